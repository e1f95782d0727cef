# Was schiefging, und die Worte des Systems. Der englische Text steht so im Programm und wird daran wiedererkannt;
# was niemand wiedererkennt, bleibt englisch.

## Das System.

os-missing = die Datei oder den Ordner gibt es nicht
os-forbidden = dafür fehlt die Berechtigung
os-not-permitted = das ist nicht erlaubt
os-folder = das ist ein Ordner
os-no-folder = ein Teil des Pfads ist kein Ordner
os-exists = die Datei gibt es schon
os-full = der Datenträger ist voll
os-quota = der zugeteilte Speicherplatz ist voll
os-read-only = das Dateisystem ist schreibgeschützt
os-io = das Gerät meldet einen Lesefehler oder Schreibfehler
os-descriptors = es sind zu viele Dateien geöffnet
os-not-executable = das ist kein Programm
os-refused = dort nimmt kein Server die Verbindung an
os-timed-out = die Verbindung kam nicht rechtzeitig zustande
os-reset = der Server hat die Verbindung abgebrochen
os-pipe = die Verbindung ist abgebrochen
os-host = zu diesem Rechner führt kein Weg
os-network = das Netz ist nicht erreichbar
os-name = diesen Namen kennt niemand
os-name-later = die Namensauflösung (DNS) antwortet zurzeit nicht
os-name-empty = zu diesem Namen gibt es keine Adresse
os-utf8 = der Inhalt ist kein UTF-8

## Zertifikate, in den Worten von OpenSSL.

ssl-expired = es ist abgelaufen
ssl-not-yet = es gilt noch nicht
ssl-self-signed = der Server hat es sich selbst ausgestellt
ssl-self-signed-chain = der Aussteller ist auf diesem Rechner nicht bekannt
ssl-issuer = der Aussteller ist auf diesem Rechner nicht bekannt
ssl-first = der Aussteller ist auf diesem Rechner nicht bekannt
ssl-name = es ist für einen anderen Namen ausgestellt
ssl-address = es ist für eine andere Adresse ausgestellt
ssl-revoked = es wurde zurückgezogen

## Postfächer.

fault-name-no-address = zu diesem Namen gibt es keine Adresse; prüfen Sie `host`
fault-name = der Servername lässt sich nicht auflösen: { $why }
fault-name-bare = der Servername lässt sich nicht auflösen
fault-slow = keine vollständige Antwort innerhalb von { $seconds } s
fault-closed-because = der Server hat die Verbindung geschlossen: { $words }
fault-closed = der Server hat die Verbindung geschlossen
fault-too-large = die Antwort ist größer als { $bytes } Bytes
fault-no-imap = das ist kein IMAP-Server; er sagt: { $words }
fault-preauth = der Server sagt PREAUTH: Er hat von selbst jemanden angemeldet
fault-greeting = der Server weist schon zur Begrüßung ab: { $words }
fault-unasked = der Server antwortet, wonach nicht gefragt wurde
fault-turn = der Server redet, wenn er nicht an der Reihe ist
fault-responses = mehr als { $count } Antworten auf einen Befehl
fault-line = eine Zeile ist länger als { $bytes } Bytes
fault-unreadable = eine Antwort des Servers ist nicht lesbar
fault-loopback = tls = "none" ist nur für diesen Rechner; das Passwort wäre sonst mitzulesen
fault-tls = die verschlüsselte Verbindung kam nicht zustande: { $words }; der Port will vielleicht tls = "starttls"
fault-tls-other = die verschlüsselte Verbindung kam nicht zustande: { $words }
fault-tls-stopped = der Aufbau der verschlüsselten Verbindung geht nicht weiter
fault-starttls-preauth = der Server sagt PREAUTH, statt STARTTLS anzubieten
fault-no-starttls = der Server bietet STARTTLS nicht an; verwenden Sie tls = "implicit", wenn er einen TLS-Port hat
fault-starttls-refused = der Server lehnt STARTTLS ab: { $words }
fault-injection = auf die Antwort zu STARTTLS folgt noch etwas: Vielleicht schiebt jemand Befehle unter
fault-ca-file = `ca_file` ist nicht verwendbar: { $why }
fault-ca-empty = in `ca_file` steht kein Zertifikat in PEM-Form
fault-credentials = Benutzername oder Passwort enthält einen Zeilenumbruch oder NUL; prüfen Sie, woher sie kommen
fault-no-xoauth2 = der Server bietet XOAUTH2 nicht an; verwenden Sie auth = "login", wenn er ein Passwort nimmt
fault-login-disabled = der Server nimmt auf dieser Verbindung kein Passwort an (LOGINDISABLED)
fault-secret-repeated = seine Antwort wiederholt das Passwort und wird darum nicht gezeigt
fault-no-list = er nennt seine Ordner nicht: { $words }
fault-no-uidvalidity = der Server nennt keine UIDVALIDITY, so lassen sich seine Mails nicht auseinanderhalten
fault-not-sent = der Server schickt sie nicht
fault-no-folder = den Ordner „{ $name }“ gibt es nicht; prüfen Sie `folders`
fault-ca-unreadable = ca_file { $file }: nicht lesbar: { $why }
fault-defect = beim Lesen des Postfachs stieß confirmd auf einen eigenen Fehler; bitte melden Sie ihn mit den Zeilen davor
fault-stopped = angehalten

## Passwörter und Programme.

fault-no-secret = kein Passwort und kein Token: { $why }
fault-password-file = Passwortdatei { $file }: { $why }
fault-password-env = password_env: ${ $name } ist nicht gesetzt
fault-password-credential = password_credential: { $name }: $CREDENTIALS_DIRECTORY ist nicht gesetzt; das gibt es nur in einer systemd-Unit mit LoadCredential={ $again }:...
fault-secret-empty = { $where }: leer, oder die erste Zeile ist es
fault-secret-nul = { $where }: enthält ein NUL-Zeichen
fault-secret-utf8 = { $where }: kein UTF-8
fault-secret-large = { $where }: größer als 64 KiB, das ist kein Passwort
secret-from-command = der Befehl { $name }
secret-from-file = die Datei { $name }
secret-from-env = die Umgebungsvariable { $name }
secret-from-credential = das systemd-Credential { $name }
secret-from-configuration = die Konfigurationsdatei
fault-program-not-run = { $program } lässt sich nicht starten: { $why }
program-exit = { $program } ist gescheitert (Exit-Status { $code })
program-exit-said = { $program } ist gescheitert (Exit-Status { $code }): { $words }
program-signal = { $program } ist gescheitert (beendet durch Signal { $signal })
fault-program-slow = { $program } wurde nicht innerhalb von { $seconds } s fertig und wurde beendet
fault-program-much = { $program } gab mehr als { $bytes } Bytes aus
fault-program-stopped = { $program } wurde angehalten, weil confirmd anhält

## Die Datenbank.

fault-looked-at = nicht zugänglich: { $why }

## Dateien und Mails.

fault-file-unreadable = { $file }: nicht lesbar: { $why }; prüfen Sie den Pfad und wer sie lesen darf
fault-file-packed = { $file }: ist gepackt ({ $format }); entpacken Sie sie zuerst, und lesen Sie, was herauskommt
fault-file-packed-inside = ist gepackt ({ $format }); entpacken Sie sie zuerst
fault-file-broken = { $file }: Das Lesen scheiterte bei Byte { $at }: { $why }; was davor steht, ist gelesen; versuchen Sie es für den Rest noch einmal
fault-file-broken-inside = das Lesen scheiterte bei Byte { $at }: { $why }
fault-file-no-mail = beginnt nicht wie eine Mail oder eine mbox-Datei
fault-file-over-limit = hat { $size } Bytes, mehr als die { $limit }, die `message` in [limits] erlaubt
fault-mail-no-header = hat keine Kopfzeilen: keine Mail
fault-mail-nested = verschachtelt ihren Text zu tief
fault-redact-no-header = { $file }: hat keine Kopfzeilen: keine Mail; speichern Sie den Quelltext der Mail als Datei (.eml)
fault-redact-large = { $file }: ist zu groß dafür; kürzen Sie sie zuerst von Hand
fault-redact-parts = { $file }: hat zu viele Teile; entfernen Sie von Hand, was nicht gebraucht wird
fault-redact-no-mail = { $file }: ist zu groß für eine Mail; nennen Sie eine Datei mit einer Mail
fault-read-as = { $file }: nicht lesbar: { $why }
fault-read = nicht lesbar: { $why }

## Beweispakete.

fault-out-new = { $folder }: Nennen Sie einen Ordner, den es noch nicht gibt
fault-out-parent = { $folder }: Den Ordner, in dem er liegen soll, gibt es nicht; legen Sie ihn zuerst an
fault-out-unfinished = { $folder }: Daneben liegen zu viele unfertige Pakete; entfernen Sie die Ordner `.*.unfinished-*`
fault-out-no-folder = { $folder }: Das gibt es schon und ist kein Ordner; es wird nichts überschrieben, nennen Sie einen anderen
fault-out-not-empty = { $folder }: Der Ordner ist nicht leer; es wird nichts überschrieben, nennen Sie einen anderen
fault-out-look = { $folder }: nicht zugänglich: { $why }
fault-out-look-into = { $folder }: nicht zugänglich: { $why }
fault-out-write = { $file }: lässt sich nicht schreiben: { $why }

## Benachrichtigungen und DNS.

fault-smtp-name = { $server }: Der Name lässt sich nicht auflösen: { $why }
fault-smtp-no-address = { $server }: zu diesem Namen gibt es keine Adresse
fault-smtp-connect = { $server }: keine Verbindung zu { $address }: { $why }
fault-smtp-login-later = { $server }: Die Anmeldung wird zurzeit abgelehnt ({ $code })
fault-smtp-login = { $server }: Die Anmeldung wird abgelehnt ({ $code }); prüfen Sie Benutzername und Passwort
fault-smtp-no-login = { $server }: Der Server bietet keine Anmeldung mit PLAIN oder LOGIN an
fault-smtp-starttls = { $server }: Der Server bietet STARTTLS nicht an; versuchen Sie tls = "implicit"
fault-smtp-slow = { $server }: keine rechtzeitige Antwort auf { $command }
fault-smtp-refuses = { $server }: Der Server lehnt ab ({ $what }): { $words }
fault-smtp-letters = { $server }: Der Server nimmt keine Adresse mit anderen Buchstaben als a-z an (SMTPUTF8)
fault-smtp-ca = { $server }: ca_file { $file }: { $why }
fault-gave-up = { $way }: nach { $seconds } s aufgegeben
fault-no-answer = keine rechtzeitige Antwort
fault-dns = kein Server hat rechtzeitig geantwortet

## Angaben in Befehlen.

fault-day = schreiben Sie zum Beispiel 2025-05-20
fault-word = `{ $word }` gibt es nicht; möglich sind { $known }
os-number = das ist keine Zahl
os-number-empty = das ist keine Zahl
