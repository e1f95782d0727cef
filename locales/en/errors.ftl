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

store-foreign = { $file }: this database belongs to another program; nothing was changed
store-no-database = { $file }: this is not an SQLite database; nothing was changed; if it was confirmd's, its beginning is damaged: restore a backup, or move it away and run `confirmd sync` (what you recorded by hand is only in the old file)
store-newer = { $file }: this database was made by a newer confirmd (version { $version }, this one knows { $knows }); install that one; nothing was changed
store-locked = { $file }: another program has locked the database for too long; try again, or see which one it is: fuser -v { $file }
store-held = { $file }: a confirmd already reads the mailboxes for this database (`run` or `sync`); a running daemon reads by itself, nothing needs to be done
store-broken = { $file }: { $why }
store-unseen = { $file }: cannot be looked at: { $why }
store-uncreated = { $file }: cannot be created: { $why }
store-unlocked = { $file }: its lock file cannot be opened: { $why }
store-open-to-others = { $file }: others can read it, and that cannot be changed: { $why }
store-damaged = { $file }: the database is damaged ({ $why }); nothing was changed; restore a backup, or move it away and run `confirmd sync` to read the mailboxes anew (what you recorded by hand is only in the old file)
store-emptied = { $file }: the database is empty, and was not before; nothing was changed; restore a backup, or move it away and run `confirmd sync` to read the mailboxes anew (what you recorded by hand is lost without a backup)

obstacle-full = the disk is full; make room, nothing is lost
obstacle-read-only = the file system is mounted read-only, nothing can be recorded; see why (a failing disk?), and make it writable again
obstacle-owner = belongs to user { $owner }, and this command runs as user { $me }; run it as that user (sudo -u '#{ $uid }' confirmd ...), or as root
obstacle-owner-of = { $what } belongs to user { $owner }, and this command runs as user { $me }; run it as that user (sudo -u '#{ $uid }' confirmd ...), or as root
obstacle-mode = the mode of { $what } ({ $mode }) forbids it; change it with chmod
obstacle-descriptors = this process may have only { $limit } files open; raise the limit (LimitNOFILE= in the systemd unit, or ulimit -n)
obstacle-folder = is a folder; `database` must name a file
obstacle-disk = the disk cannot be read or written ({ $why }); see the system's log (dmesg), and whether a quota is used up

clock-wrong = the clock says { $today }, which it cannot be; set it ({ $why })
defect = this is a defect of confirmd, please report it with the line above

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

## What is wrong in a rule file: where, and what to do.

slip-in-rule-field = rule `{ $id }`, `{ $field }`
slip-in-rule = rule `{ $id }`
slip-in-coverage-field = coverage `{ $id }`, `{ $field }`
slip-in-coverage = coverage `{ $id }`
slip-in-class = class `{ $name }`
slip-in-sender = sender `{ $domain }`
slip-in-capture = capture, `{ $field }`
slip-in-file = the file
slip-in-no-rule-file = not a rule file
slip-unknown-field = unknown field `{ $field }`, expected { $known }
slip-missing-field = missing field `{ $field }`
slip-no-language = rules and phrases need a language: write `language = "de"` as the file's first line
slip-language = `{ $language }` is no language's short name; write one as in `de`, in lower case
slip-not-utf8 = is not written in UTF-8; save it anew as UTF-8
slip-folder = is a folder; name the files in it
slip-unreadable = cannot be read: { $why }
slip-long-file = has more than 1 MB; that is no rule file
slip-twice = this id stands twice in the file, and the first would be lost; give one another id
slip-class-in-class = `{ $class }` is a class, and a class holds only phrases; name both where the rule asks for them: `["@one", "@other"]`
slip-blank = `{ $phrase }` must contain { $blank } once, where the mail has it
slip-no-phrase = an entry needs `phrase = "..."` or `phrases = ["..."]`
slip-no-source = say in `source` where the words come from, e.g. "a mail of 2026-01-02, redacted copy in the corpus"
slip-empty-list = an empty list can never hold; leave it out
slip-needs-sentence = needs `sentence = [...]`: the words that say it, which must stand in one sentence
slip-needs-something = needs at least one of `sentence`, `anywhere` and `subject`
slip-unrecognised = `unrecognised` is what remains when no rule fits; a rule says one of code, receipt, honoured, info_request, refused, notice
slip-syntax = { $why }; look here and in the line above for a quotation mark, comma or bracket that is missing, or a quotation mark that is curly
slip-class-outside = `{ $class }` is a class; write it below `[lexicon]`
slip-list = a list stands where one text is expected; several phrases are written `phrases = [...]`
slip-dots = `{ $phrase }` `{ $part }` is no gap; write ` ... `
slip-unasked-near = no rule asks for a class `{ $name }`; did you mean { $near }?
slip-unasked = no rule asks for a class `{ $name }`; take one that is there, or name `@{ $same }` in a rule
slip-no-such-language = there is no class `{ $name }` of language `{ $language }`; no rule file is in the language `{ $same }`
slip-no-class-near = there is no class `{ $name }` of language `{ $language }`; did you mean { $near }?
slip-no-class-of = there is no class `{ $name }` of language `{ $language }`; add `{ $same } = [...]` under `[lexicon]`
slip-no-class-any-near = there is no class `{ $name }`; did you mean { $near }?
slip-no-class = there is no class `{ $name }`; add `{ $same } = [...]` under `[lexicon]`
slip-domain = write the domain as in `facebookmail.com`: lower case, without `@`, `*` or a leading dot
slip-needle = `needle` must be a part of the domain without a dot, at least four letters; or leave it out
slip-local = `local` is the beginning of the part before the `@`: end it with `*`, as in `instagram++*`
slip-brackets = `{ $phrase }` has more than { $most } brackets; write several phrases
slip-alternatives = `{ $phrase }` alternatives are written `(one|other)`, with both brackets
slip-no-words = `{ $phrase }` has no words
slip-long-phrase = `{ $phrase }` has more than { $most } words; write the telling ones, with ` ... ` between them
slip-gap-at-end = `{ $phrase }` `...` stands between words, not at the beginning or the end
slip-two-gaps = `{ $phrase }` `... ...` is one gap too many
slip-bracket-before = `{ $phrase }` in `{ $part }(`: brackets hold whole words; put a space before them
slip-bracket-open = `{ $phrase }` the bracket `(` is never closed
slip-bracket-behind = `{ $phrase }` brackets hold whole words; put a space behind `)`
slip-star-inside = `{ $phrase }` in `{ $part }`: `*` ends a word, `#` and `...` stand alone between spaces
slip-star-short = `{ $phrase }` `{ $part }` would match nearly every word; write at least two letters before `*`
slip-star-alone = `{ $phrase }` `*` needs the beginning of a word before it
