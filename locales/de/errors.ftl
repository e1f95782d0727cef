# Warum etwas nicht ging. Sie nennen Datei, Schlüssel, Postfach oder Ordner, und dann, was zu tun ist.

config-absent = keine Konfigurationsdatei; gesucht: { $places }; legen Sie mit `confirmd init` eine an, oder gehen Sie von config.example.toml aus
config-unreadable = { $file }: nicht lesbar: { $why }
config-unreadable-named = { $file }: nicht lesbar { $named }: { $why }
config-named-option = (mit --config angegeben)
config-named-variable = (mit $CONFIRMD_CONFIG angegeben)
config-no-mailbox = { $file }: kein [[mailbox]]; dieser Befehl liest Mails: Tragen Sie ein Postfach ein (siehe config.example.toml)
config-no-account = { $file }: kein [[account]]; tragen Sie das Konto ein, für das Sie widersprochen haben (siehe config.example.toml)

imap-refused = { $at } lehnt die Anmeldung ab: { $why }; prüfen Sie Benutzername und Passwort
imap-certificate = { $at }: das Zertifikat ist nicht gültig: { $why }; prüfen Sie `host`, oder tragen Sie die Zertifizierungsstelle als `ca_file` ein, wenn es Ihre eigene ist
imap-broken = { $at }: { $why }
imap-unavailable = { $at } ist nicht erreichbar: { $why }
imap-folder = Ordner { $folder }: { $why }
imap-cancelled = angehalten

store-foreign = { $file }: diese Datenbank gehört einem anderen Programm; es wurde nichts geändert
store-no-database = { $file }: das ist keine SQLite-Datenbank; es wurde nichts geändert; war es die von confirmd, ist ihr Anfang beschädigt: Stellen Sie eine Sicherung wieder her, oder verschieben Sie die Datei und rufen Sie `confirmd sync` auf (was Sie selbst eingetragen haben, steht nur in der alten Datei)
store-newer = { $file }: diese Datenbank stammt von einem neueren confirmd (Version { $version }, dieses kennt { $knows }); installieren Sie jenes; es wurde nichts geändert
store-locked = { $file }: ein anderes Programm sperrt die Datenbank zu lange; versuchen Sie es noch einmal, oder sehen Sie nach, welches es ist: fuser -v { $file }
store-held = { $file }: ein confirmd liest die Postfächer für diese Datenbank schon (`run` oder `sync`); ein laufender Dienst liest von selbst, Sie müssen nichts tun
store-broken = { $file }: { $why }
store-unseen = { $file }: lässt sich nicht ansehen: { $why }
store-uncreated = { $file }: lässt sich nicht anlegen: { $why }
store-unlocked = { $file }: die Sperrdatei lässt sich nicht öffnen: { $why }
store-open-to-others = { $file }: andere können die Datei lesen, und das lässt sich nicht ändern: { $why }
store-damaged = { $file }: die Datenbank ist beschädigt ({ $why }); es wurde nichts geändert; stellen Sie eine Sicherung wieder her, oder verschieben Sie die Datei und lesen Sie die Postfächer mit `confirmd sync` neu ein (was Sie selbst eingetragen haben, steht nur in der alten Datei)
store-emptied = { $file }: die Datenbank ist leer und war es vorher nicht; es wurde nichts geändert; stellen Sie eine Sicherung wieder her, oder verschieben Sie die Datei und lesen Sie die Postfächer mit `confirmd sync` neu ein (was Sie selbst eingetragen haben, ist ohne Sicherung verloren)

obstacle-full = die Platte ist voll; schaffen Sie Platz, es geht nichts verloren
obstacle-read-only = das Dateisystem ist nur zum Lesen eingehängt, es lässt sich nichts festhalten; sehen Sie nach, warum (eine Platte mit Fehlern?), und machen Sie es wieder beschreibbar
obstacle-owner = gehört Benutzer { $owner }, dieser Befehl läuft als Benutzer { $me }; rufen Sie ihn als jener Benutzer auf (sudo -u '#{ $uid }' confirmd ...) oder als root
obstacle-owner-of = { $what } gehört Benutzer { $owner }, dieser Befehl läuft als Benutzer { $me }; rufen Sie ihn als jener Benutzer auf (sudo -u '#{ $uid }' confirmd ...) oder als root
obstacle-mode = die Rechte von { $what } ({ $mode }) lassen es nicht zu; ändern Sie sie mit chmod
obstacle-descriptors = dieser Prozess darf nur { $limit } Dateien geöffnet haben; erhöhen Sie die Grenze (LimitNOFILE= in der systemd-Unit, sonst ulimit -n)
obstacle-folder = ist ein Ordner; `database` muss eine Datei nennen
obstacle-disk = die Platte lässt sich nicht lesen oder beschreiben ({ $why }); sehen Sie in das Protokoll des Systems (dmesg) und nach, ob ein Kontingent erschöpft ist

clock-wrong = die Uhr zeigt den { $today }, und das kann nicht sein; stellen Sie sie ({ $why })
defect = das ist ein Fehler in confirmd, bitte melden Sie ihn mit der Zeile darüber

secret-command = dem Befehl { $name }
secret-file = der Datei { $name }
secret-env = der Umgebungsvariablen { $name }
secret-credential = dem systemd-Credential { $name }
secret-literal = der Konfigurationsdatei

cli-no-account = das Konto „{ $id }“ gibt es in { $file } nicht; es gibt: { $known }
cli-no-mailbox = das Postfach „{ $name }“ gibt es in { $file } nicht; es gibt: { $known }
cli-no-message = die Nachricht { $number } gibt es nicht; siehe `confirmd messages`
cli-not-settled = über Nachricht { $number } haben Sie nichts entschieden
cli-no-note = --note muss sagen, was Sie gesehen haben, und wo
cli-future = --on { $day } liegt in der Zukunft; heute ist der { $today }
cli-no-letter = Meta hat den Widerspruch für { $id } bestätigt: Es ist kein Brief nötig
cli-no-letter-since = Meta hat den Widerspruch für { $id } am { $day } bestätigt: Es ist kein Brief nötig

## Was in einer Regeldatei nicht stimmt: wo, und was zu tun ist.

slip-in-rule-field = Regel `{ $id }`, `{ $field }`
slip-in-rule = Regel `{ $id }`
slip-in-coverage-field = Abdeckung `{ $id }`, `{ $field }`
slip-in-coverage = Abdeckung `{ $id }`
slip-in-class = Klasse `{ $name }`
slip-in-sender = Absender `{ $domain }`
slip-in-capture = capture, `{ $field }`
slip-in-file = die Datei
slip-in-no-rule-file = keine Regeldatei
slip-unknown-field = das Feld `{ $field }` gibt es nicht; möglich: { $known }
slip-missing-field = das Feld `{ $field }` fehlt
slip-no-language = Regeln und Wendungen brauchen eine Sprache: Schreiben Sie `language = "de"` als erste Zeile der Datei
slip-language = `{ $language }` ist kein Kürzel einer Sprache; schreiben Sie eines wie `de`, klein
slip-not-utf8 = ist nicht in UTF-8 geschrieben; speichern Sie sie als UTF-8 neu
slip-folder = ist ein Ordner; nennen Sie die Dateien darin
slip-unreadable = ist nicht lesbar: { $why }
slip-long-file = hat mehr als 1 MB; das ist keine Regeldatei
slip-twice = diese id steht zweimal in der Datei, und die erste ginge verloren; geben Sie einer eine andere
slip-class-in-class = `{ $class }` ist eine Klasse, und eine Klasse enthält nur Wendungen; nennen Sie beide, wo die Regel danach fragt: `["@one", "@other"]`
slip-blank = `{ $phrase }` muss einmal { $blank } enthalten, wo die Mail es hat
slip-no-phrase = ein Eintrag braucht `phrase = "..."` oder `phrases = ["..."]`
slip-no-source = sagen Sie in `source`, woher die Worte stammen, z. B. „eine Mail vom 02.01.2026“
slip-empty-list = eine leere Liste trifft nie zu; lassen Sie sie weg
slip-needs-sentence = braucht `sentence = [...]`: die Worte, die es sagen und in einem Satz stehen müssen
slip-needs-something = braucht wenigstens eines von `sentence`, `anywhere` und `subject`
slip-unrecognised = `unrecognised` ist, was übrig bleibt, wenn keine Regel passt; eine Regel nennt eines von code, receipt, honoured, info_request, refused, notice
slip-syntax = { $why }; suchen Sie hier und in der Zeile darüber ein Anführungszeichen, Komma oder eine Klammer, die fehlen, oder ein Anführungszeichen, das nicht gerade ist
slip-class-outside = `{ $class }` ist eine Klasse; schreiben Sie sie unter `[lexicon]`
slip-list = hier steht eine Liste, wo ein Text stehen muss; mehrere Wendungen schreiben Sie als `phrases = [...]`
slip-dots = `{ $phrase }`: `{ $part }` ist keine Lücke; schreiben Sie ` ... `
slip-unasked-near = nach einer Klasse `{ $name }` fragt keine Regel; meinten Sie { $near }?
slip-unasked = nach einer Klasse `{ $name }` fragt keine Regel; nehmen Sie eine vorhandene, oder nennen Sie `@{ $same }` in einer Regel
slip-no-such-language = eine Klasse `{ $name }` der Sprache `{ $language }` gibt es nicht; keine Regeldatei ist in der Sprache `{ $same }`
slip-no-class-near = eine Klasse `{ $name }` der Sprache `{ $language }` gibt es nicht; meinten Sie { $near }?
slip-no-class-of = eine Klasse `{ $name }` der Sprache `{ $language }` gibt es nicht; ergänzen Sie `{ $same } = [...]` unter `[lexicon]`
slip-no-class-any-near = eine Klasse `{ $name }` gibt es nicht; meinten Sie { $near }?
slip-no-class = eine Klasse `{ $name }` gibt es nicht; ergänzen Sie `{ $same } = [...]` unter `[lexicon]`
slip-domain = schreiben Sie die Domain wie `facebookmail.com`: klein, ohne `@`, `*` oder Punkt am Anfang
slip-needle = `needle` muss ein Teil der Domain ohne Punkt sein, wenigstens vier Buchstaben; oder lassen Sie es weg
slip-local = `local` ist der Anfang des Teils vor dem `@`: Beenden Sie es mit `*`, wie in `instagram++*`
slip-brackets = `{ $phrase }` hat mehr als { $most } Klammern; schreiben Sie mehrere Wendungen
slip-alternatives = `{ $phrase }`: Alternativen schreibt man `(eins|anderes)`, mit beiden Klammern
slip-no-words = `{ $phrase }` hat keine Wörter
slip-long-phrase = `{ $phrase }` hat mehr als { $most } Wörter; schreiben Sie die bezeichnenden, mit ` ... ` dazwischen
slip-gap-at-end = `{ $phrase }`: `...` steht zwischen Wörtern, nicht am Anfang oder Ende
slip-two-gaps = `{ $phrase }`: `... ...` ist eine Lücke zu viel
slip-bracket-before = `{ $phrase }`: in `{ $part }(` – Klammern enthalten ganze Wörter; setzen Sie ein Leerzeichen davor
slip-bracket-open = `{ $phrase }`: die Klammer `(` wird nie geschlossen
slip-bracket-behind = `{ $phrase }`: Klammern enthalten ganze Wörter; setzen Sie ein Leerzeichen hinter `)`
slip-star-inside = `{ $phrase }`: in `{ $part }` – `*` beendet ein Wort, `#` und `...` stehen allein zwischen Leerzeichen
slip-star-short = `{ $phrase }`: `{ $part }` träfe fast jedes Wort; schreiben Sie wenigstens zwei Buchstaben vor `*`
slip-star-alone = `{ $phrase }`: vor `*` gehört der Anfang eines Wortes
