# Was in der Konfigurationsdatei nicht stimmt. Davor stehen Datei und Zeile, und der Teil: `mailbox "private": `, `[policy]: `.
# `$key` ist der Schlüssel; Schlüssel, Werte und Dateinamen sind in jeder Sprache dieselben.

## Die Datei als Ganzes.

cfg-empty-file = die Datei ist leer; gehen Sie von config.example.toml aus
cfg-too-large = größer als 1 MiB; das ist keine Konfigurationsdatei von confirmd
cfg-not-utf8 = ein Zeichen, das kein UTF-8 ist; speichern Sie die Datei in der Kodierung UTF-8
cfg-no-database = `database` fehlt, und weder $STATE_DIRECTORY noch $XDG_STATE_HOME noch $HOME sagen, wo sie liegen könnte

## Eine Zeile, die nicht so geschrieben ist, wie TOML es verlangt.

cfg-syntax = nicht lesbar: { $why }
cfg-syntax-key = `{ $key }`: nicht lesbar: { $why }
toml-quotes = ein Text steht in Anführungszeichen ("), zum Beispiel language = "de"
toml-unclosed-text = das schließende Anführungszeichen (") fehlt
toml-backslash = in Anführungszeichen wird ein umgekehrter Schrägstrich doppelt geschrieben: "\\Junk"
toml-twice = den Schlüssel gibt es zweimal; behalten Sie einen davon
toml-header = die Klammern sind nicht geschlossen; ein Teil beginnt wie [policy] oder [[mailbox]]
toml-unclosed-list = die Liste ist nicht mit ] geschlossen
toml-comma = in einer Liste steht zwischen zwei Werten ein Komma, und nur dort
toml-no-value = nach dem = fehlt ein Wert
toml-no-equals = zwischen Schlüssel und Wert fehlt ein =
toml-date = dieses Datum oder diese Uhrzeit gibt es nicht; ein Tag wird wie 2025-05-20 geschrieben
toml-number = das ist keine Zahl
toml-other = das ist kein TOML ({ $words }); siehe config.example.toml

## Ein Schlüssel oder ein Wert von falscher Art.

cfg-unknown-key = den Schlüssel `{ $key }` gibt es hier nicht; es gibt { $known }
cfg-double-brackets = `{ $key }` steht in doppelten Klammern, [[{ $key }]], weil es mehrere geben kann
cfg-kind = `{ $key }` muss { $expected } sein; hier steht { $found }
cfg-kind-unknown = `{ $key }` ist nicht zu verstehen
expected-text = ein Text in Anführungszeichen
expected-boolean = true oder false
expected-list = eine Liste in eckigen Klammern, ["..."],
expected-number = eine ganze Zahl
expected-table = eine Tabelle, [{ $key }],
expected-other = { $words }
found-text = ein Text
found-number = eine ganze Zahl
found-fraction = eine Zahl mit Nachkommastellen
found-boolean = true oder false ohne Anführungszeichen
found-date = ein Datum
found-list = eine Liste
found-table = eine Tabelle

## Ein Wert, den es nicht geben kann.

cfg-empty = `{ $key }` ist leer
cfg-control = `{ $key }` enthält ein Steuerzeichen, zum Beispiel einen Zeilenumbruch
cfg-nul = `{ $key }` enthält ein NUL-Zeichen
cfg-missing = `{ $key }` fehlt; schreiben Sie zum Beispiel { $example }
cfg-empty-list = `{ $key }` ist eine leere Liste; nennen Sie mindestens einen Wert, oder lassen Sie den Schlüssel weg
cfg-empty-command = `{ $key }` ist eine leere Liste; sie nennt ein Programm und seine Argumente
cfg-word = `{ $key }` ist falsch: `{ $word }` gibt es nicht; möglich sind { $known }
cfg-period = `{ $key }` ist falsch: `{ $text }` ist keine Zeitspanne; schreiben Sie zum Beispiel "90s", "5 min", "3 days" (Tage) oder "1 month" (Monat)
cfg-period-zero = `{ $key }` ist falsch: `{ $text }` ist nicht länger als null
cfg-period-beyond = `{ $key }` ist falsch: `{ $text }` reicht über den Kalender hinaus
cfg-port = `{ $key }` ist { $number }; ein Port ist eine Zahl von 1 bis 65535
cfg-host-url = `{ $key }` ist nur der Name eines Servers, ohne `://` und `/`
cfg-host-space = `{ $key }` enthält ein Leerzeichen
cfg-host-port = `{ $key }` ist nur der Name eines Servers; schreiben Sie den Port als `port = ...`
cfg-day = `{ $key }` ist kein Tag; schreiben Sie zum Beispiel 2025-05-20
cfg-future = `{ $key }` liegt in der Zukunft: { $day } (heute ist { $today })
cfg-size = `{ $key }` ist keine Größe; schreiben Sie zum Beispiel "25 MB" oder "500 KiB"
cfg-size-zero = `{ $key }` ist null; so ließe sich nichts lesen
cfg-directory = `{ $key }` ist kein Ordner: { $path }
cfg-dns-server = `{ $key }` ist nicht die Adresse eines Servers; schreiben Sie zum Beispiel "127.0.0.1:5353" oder "9.9.9.9"

## Konten.

cfg-account-twice = `{ $key }` gibt es zweimal: Das Konto in Zeile { $first } heißt auch so
cfg-id = `{ $key }` enthält { $character }; eine id besteht aus a-z, 0-9, `.`, `_` und `-`
cfg-handle-empty = `{ $key }` ist bis auf das @ leer
cfg-whatsapp = `{ $key }` ist "whatsapp", und bei WhatsApp gibt es keinen Widerspruch gegen KI-Training: Private Chats sind Ende-zu-Ende-verschlüsselt und werden nicht verwendet, und es gibt kein Formular, auf dessen Antwort Sie warten könnten; entfernen Sie dieses [[account]], und lesen Sie `confirmd guide whatsapp`
cfg-no-platform = `platform` fehlt; möglich sind "facebook", "instagram", "threads", oder "none", wenn Sie dort kein Konto haben
cfg-no-emails = `emails` fehlt; nennen Sie die Adressen des Kontos und die im Formular angegebene: emails = ["anna@example.org"]
cfg-star = `{ $key }` enthält "{ $address }"; nur ein `*` allein vor dem @ steht für jede Adresse einer Domain: "*@example.org"; alles andere wird ausgeschrieben
cfg-address-in = `{ $key }` enthält "{ $address }", das ist keine Adresse; schreiben Sie zum Beispiel "anna@example.org"
cfg-via-alone = `via` bewirkt ohne `objected` nichts; geben Sie den Weg zusammen mit dem Tag an: `confirmd objected { $id } --via ...`

## Postfächer und Passwörter.

cfg-mailbox-twice = `{ $key }` gibt es zweimal: Das Postfach in Zeile { $first } heißt auch so
cfg-login-twice = dieselben Werte für `host`, `port` und `username` wie beim Postfach in Zeile { $first }; eines davon genügt
cfg-cleartext = `{ $key }` ist "none", und { $host } ist nicht dieser Rechner: Das Passwort ginge unverschlüsselt durchs Netz; schreiben Sie "implicit" oder "starttls" ("none" ist für 127.0.0.1, ::1 und localhost)
cfg-token-for-login = `{ $key }` gehört zu `auth = "xoauth2"`; hier ist `auth` aber "login"
cfg-no-password = kein Passwort; geben Sie genau eines davon an: { $keys }
cfg-password-for-token = `{ $key }` wird bei `auth = "xoauth2"` nicht verwendet; entfernen Sie es
cfg-no-token = `token_command` fehlt; `auth = "xoauth2"` braucht ein Programm, das ein Zugriffstoken ausgibt
cfg-special-use = `{ $key }` enthält { $folder }, so heißt kein besonderer Ordner; es gibt { $known }
cfg-two-passwords = `{ $key }` und `{ $other }` sagen beide, wo das Passwort ist; behalten Sie eines davon
cfg-variable = `{ $key }` ist der Name einer Umgebungsvariablen, ohne `$` und `=`
cfg-credential = `{ $key }` ist der Name eines Credentials, ohne `/`; seine Datei nennt LoadCredential= in der Unit
cfg-open-password = `{ $key }` steht in einer Datei, die andere lesen können (Rechte { $mode }); ändern Sie das mit chmod 600 { $file }, oder verwenden Sie password_command oder password_file
cfg-password = `{ $key }` ist leer oder enthält einen Zeilenumbruch oder ein NUL-Zeichen
cfg-open-file = `{ $key }`: Andere können { $file } lesen (Rechte { $mode }); ändern Sie das mit chmod 600

## Wege, auf denen Sie benachrichtigt werden.

cfg-no-kind = `kind` fehlt; möglich sind { $known }
cfg-for-email = `{ $key }` gehört zu `kind = "email"`; hier ist `kind` aber "command"
cfg-for-command = `{ $key }` gehört zu `kind = "command"`; hier ist `kind` aber "email"
cfg-username-alone = `username` ohne Passwort; geben Sie genau eines davon an: { $keys }
cfg-password-alone = `{ $key }` wird ohne `username` nicht verwendet; ergänzen Sie ihn, oder entfernen Sie das Passwort
cfg-address = `{ $key }` ist "{ $address }", das ist keine bloße Adresse; schreiben Sie zum Beispiel "anna@example.org"
