# What is wrong in the configuration file. Before it stand file and line, and the part: `mailbox "private": `, `[policy]: `.
# `$key` is the key; keys, values and file names are the same in every language.

## The file as a whole.

cfg-empty-file = the file is empty; start from config.example.toml
cfg-too-large = larger than 1 MiB; that is no configuration file of confirmd's
cfg-not-utf8 = a character that is not UTF-8; save the file with the encoding UTF-8
cfg-no-database = `database` is missing, and none of $STATE_DIRECTORY, $XDG_STATE_HOME and $HOME says where it could be

## A line that is not written as TOML wants it.

cfg-syntax = not readable: { $why }
cfg-syntax-key = `{ $key }`: not readable: { $why }
toml-quotes = a text stands in quotes, for example language = "de"
toml-unclosed-text = the quotes are not closed
toml-backslash = in quotes a backslash is written twice: "\\Junk"
toml-twice = the key is there twice; keep one of them
toml-header = the brackets are not closed; a part begins like [policy] or [[mailbox]]
toml-unclosed-list = the list is not closed with ]
toml-comma = in a list a comma stands between two values, and only there
toml-no-value = after the = a value is missing
toml-no-equals = between key and value an = is missing
toml-date = there is no such date or time; a day is written like 2025-05-20
toml-number = this is no number
toml-other = this is not TOML ({ $words }); see config.example.toml

## A key or a value of the wrong kind.

cfg-unknown-key = `{ $key }` is not a key that is known here; known are { $known }
cfg-double-brackets = `{ $key }` is written in double brackets, [[{ $key }]], because there can be several
cfg-kind = `{ $key }` must be { $expected }; here is { $found }
cfg-kind-unknown = `{ $key }` cannot be understood
expected-text = a text in quotes
expected-boolean = true or false
expected-list = a list in square brackets, ["..."]
expected-number = a whole number
expected-table = a table, [{ $key }]
expected-other = { $words }
found-text = a text
found-number = a whole number
found-fraction = a number with a fraction
found-boolean = true or false, without quotes
found-date = a date
found-list = a list
found-table = a table

## A value that cannot be.

cfg-empty = `{ $key }` is empty
cfg-control = `{ $key }` contains a control character, such as a line break
cfg-nul = `{ $key }` contains a NUL character
cfg-missing = `{ $key }` is missing; write for example { $example }
cfg-empty-list = `{ $key }` is an empty list; name at least one, or leave the key out
cfg-empty-command = `{ $key }` is an empty list; it names a program and its arguments
cfg-word = `{ $key }` is wrong: `{ $word }` is not one of { $known }
cfg-period = `{ $key }` is wrong: `{ $text }` is not a length of time; write for example "90s", "5 min", "3 days" or "1 month"
cfg-period-zero = `{ $key }` is wrong: `{ $text }` is not longer than zero
cfg-period-beyond = `{ $key }` is wrong: `{ $text }` reaches beyond the calendar
cfg-port = `{ $key }` is { $number }; a port is a number from 1 to 65535
cfg-host-url = `{ $key }` is a server's name alone, without `://` and `/`
cfg-host-space = `{ $key }` contains a space
cfg-host-port = `{ $key }` is a server's name alone; write the port as `port = ...`
cfg-day = `{ $key }` is not a day; write for example 2025-05-20
cfg-future = `{ $key }` is in the future: { $day } (today is { $today })
cfg-size = `{ $key }` is not a size; write for example "25 MB" or "500 KiB"
cfg-size-zero = `{ $key }` is zero; nothing could be read
cfg-directory = `{ $key }` is not a directory: { $path }
cfg-dns-server = `{ $key }` is not the address of a server; write for example "127.0.0.1:5353" or "9.9.9.9"

## Accounts.

cfg-account-twice = `{ $key }` is used twice: the account in line { $first } has it too
cfg-id = `{ $key }` contains { $character }; an id is made of a-z, 0-9, `.`, `_` and `-`
cfg-handle-empty = `{ $key }` is empty but for the @
cfg-whatsapp = `{ $key }` is "whatsapp", and WhatsApp has no objection to AI training: private chats are end-to-end encrypted and not used, and there is no form whose answer could be waited for; remove this [[account]] and see `confirmd guide whatsapp`
cfg-no-platform = `platform` is missing; it is "facebook", "instagram", "threads", or "none" for somebody without an account
cfg-no-emails = `emails` is missing; list the account's addresses and the one given in the form: emails = ["anna@example.org"]
cfg-star = `{ $key }` contains "{ $address }"; `*` alone before the @ stands for every address of a domain: "*@example.org"; anything else is written out
cfg-address-in = `{ $key }` contains "{ $address }", which is not an address; write for example "anna@example.org"
cfg-via-alone = `via` has no effect without `objected`; give the way with the date: `confirmd objected { $id } --via ...`

## Mailboxes and passwords.

cfg-mailbox-twice = `{ $key }` is used twice: the mailbox in line { $first } has it too
cfg-login-twice = the same `host`, `port` and `username` as the mailbox in line { $first }; one of them is enough
cfg-cleartext = `{ $key }` is "none", and { $host } is not this machine: the password would cross the network in clear; write "implicit" or "starttls" ("none" is for 127.0.0.1, ::1 and localhost)
cfg-token-for-login = `{ $key }` belongs to `auth = "xoauth2"`; here `auth` is "login"
cfg-no-password = no password; give exactly one of { $keys }
cfg-password-for-token = `{ $key }` is not used with `auth = "xoauth2"`; remove it
cfg-no-token = `token_command` is missing; `auth = "xoauth2"` needs a program that prints an access token
cfg-special-use = `{ $key }` contains { $folder }, which is no special use; known are { $known }
cfg-two-passwords = `{ $key }` and `{ $other }` both say where the password is; keep one of them
cfg-variable = `{ $key }` is the name of an environment variable, without `$` and `=`
cfg-credential = `{ $key }` is the name of a credential, without `/`; its file is set by LoadCredential= in the unit
cfg-open-password = `{ $key }` stands in a file that others can read (mode { $mode }); chmod 600 { $file }, or use password_command or password_file
cfg-password = `{ $key }` is empty, or contains a line break or a NUL character
cfg-open-file = `{ $key }`: others can read { $file } (mode { $mode }); chmod 600 it

## Ways to be told.

cfg-no-kind = `kind` is missing; it is one of { $known }
cfg-for-email = `{ $key }` belongs to `kind = "email"`; here `kind` is "command"
cfg-for-command = `{ $key }` belongs to `kind = "command"`; here `kind` is "email"
cfg-username-alone = `username` without a password; give exactly one of { $keys }
cfg-password-alone = `{ $key }` is not used without `username`; add it, or remove the password
cfg-address = `{ $key }` is "{ $address }", which is not an address alone; write for example "anna@example.org"
