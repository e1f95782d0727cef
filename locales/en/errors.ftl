# Why something did not work. Lowercase fragments that name file, key, mailbox or folder, and then what to do.

config-absent = no configuration file; looked for { $places }; run `confirmd init`, or start from config.example.toml
config-unreadable = { $file }: cannot be read: { $why }
config-unreadable-named = { $file }: cannot be read { $named }: { $why }
config-named-option = (named by --config)
config-named-variable = (named by $CONFIRMD_CONFIG)
config-no-mailbox = { $file }: no [[mailbox]]; this command reads mail: add one (see config.example.toml)
config-no-account = { $file }: no [[account]]; add the account you objected for (see config.example.toml)

imap-refused = { $at } refuses the login: { $why }; check username and password
imap-certificate = { $at }: the certificate does not verify: { $why }; check `host`, or name the CA in `ca_file` if it is your own
imap-broken = { $at }: { $why }
imap-unavailable = { $at } is not available: { $why }
imap-folder = folder { $folder }: { $why }
imap-cancelled = stopped

store-refused = { $file }: { $why }; nothing was changed
store-broken = { $file }: { $why }
store-damaged = { $file }: the database is damaged ({ $why }); move it away and run `confirmd sync` to read the mailboxes anew

secret-command = the command { $name }
secret-file = the file { $name }
secret-env = the environment variable { $name }
secret-credential = the credential { $name }
secret-literal = the configuration file

cli-no-account = there is no account "{ $id }" in { $file }; there are: { $known }
cli-no-mailbox = there is no mailbox "{ $name }" in { $file }; there are: { $known }
cli-no-message = there is no message { $number }; see `confirmd messages`
cli-not-settled = nothing has been decided about message { $number }
cli-no-note = --note must say what you saw, and where
cli-future = --on { $day } lies in the future; today is { $today }
cli-no-letter = Meta confirmed the objection for { $id }: no letter is needed
cli-no-letter-since = Meta confirmed the objection for { $id } on { $day }: no letter is needed
