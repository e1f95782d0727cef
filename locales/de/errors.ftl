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

store-refused = { $file }: { $why }; es wurde nichts geändert
store-broken = { $file }: { $why }
store-damaged = { $file }: die Datenbank ist beschädigt ({ $why }); verschieben Sie sie, und lesen Sie die Postfächer mit `confirmd sync` neu ein

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
