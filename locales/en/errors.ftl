# Why something did not work. Lowercase fragments that name file, key, mailbox or folder, and then what to do.

config-absent = no configuration file; looked for { $places }; run `confirmd init`, or start from config.example.toml
config-unreadable = { $file }: cannot be read: { $why }
config-unreadable-named = { $file }: cannot be read { $named }: { $why }
config-named-option = (named by --config)
config-named-variable = (named by $CONFIRMD_CONFIG)
config-no-mailbox = { $file }: no [[mailbox]]; this command reads mail: add one (see config.example.toml)
config-no-account = { $file }: no [[account]]; add the account you objected for (see config.example.toml)

imap-refused = { $at } refuses the login: { $why }; check username and password
imap-certificate = { $at }: the certificate does not verify: { $why }; check `host`, or name the CA in `ca_file`
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
