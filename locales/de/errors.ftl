# Warum etwas nicht ging. Sie nennen Datei, Schlüssel, Postfach oder Ordner, und dann, was zu tun ist.

config-absent = keine Konfigurationsdatei; gesucht: { $places }; legen Sie mit `confirmd init` eine an, oder gehen Sie von config.example.toml aus
config-unreadable = { $file }: nicht lesbar: { $why }
config-unreadable-named = { $file }: nicht lesbar { $named }: { $why }
config-named-option = (mit --config angegeben)
config-named-variable = (mit $CONFIRMD_CONFIG angegeben)
config-no-mailbox = { $file }: kein [[mailbox]]; dieser Befehl liest Mails: Tragen Sie ein Postfach ein (siehe config.example.toml)
config-no-account = { $file }: kein [[account]]; tragen Sie das Konto ein, für das Sie widersprochen haben (siehe config.example.toml)

imap-refused = { $at } lehnt die Anmeldung ab: { $why }; prüfen Sie Benutzername und Passwort
imap-certificate = { $at }: das Zertifikat ist nicht gültig: { $why }; prüfen Sie `host`, oder tragen Sie die Zertifizierungsstelle als `ca_file` ein
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
