# What commands do and what came of it: sync, scan, rules, export, verify, redact, notify-test.

left-under-a-minute = less than a minute left
left-minutes = { $count ->
    [one] about { $count } minute left
   *[other] about { $count } minutes left
}
left-hours = { $count ->
    [one] about { $count } hour left
   *[other] about { $count } hours left
}

sync-under-way = { $percent } %, folder { $folder } ({ $number } of { $folders }), { $looked ->
    [one] { $looked } mail looked at
   *[other] { $looked } mails looked at
}
sync-share = { $name } { $percent } %
sync-several = Reading { $shares }{ $left }
sync-complete = read completely
sync-stopped = Stopped early. What was read is kept; the next sync goes on from there.
sync-summary = Read { $read } of { $mailboxes } { $mailboxes ->
    [one] mailbox
   *[other] mailboxes
} completely; looked at { $looked ->
    [one] { $looked } mail that claims
   *[other] { $looked } mails that claim
} to come from Meta; { $recorded ->
    [one] { $recorded } of them is
   *[other] { $recorded } of them are
} about an objection or doubtful.

scan-under-way = { $name }: { $percent } % of { $size }{ $left }
scan-went-on = Went on where an earlier scan was stopped: { $mails ->
    [one] { $mails } mail was
   *[other] { $mails } mails were
} not read again.
scan-summary = Read { $mails ->
    [one] { $mails } mail
   *[other] { $mails } mails
}: { $candidates ->
    [one] { $candidates } claims
   *[other] { $candidates } claim
} to come from Meta, { $recorded ->
    [one] { $recorded } of them is
   *[other] { $recorded } of them are
} about an objection or doubtful.

rules-right = { $count ->
    [one] The { $count } rule in force is right.
   *[other] All { $count } rules in force are right.
}
rules-file-right = { $file }: right, { $count ->
    [one] { $count } rule
   *[other] { $count } rules
}, { $phrases ->
    [one] { $phrases } phrase
   *[other] { $phrases } phrases
}
rules-head-rule = RULE
rules-head-kind = KIND
rules-head-language = LANG
rules-head-status = STATUS
rules-head-file = FILE

export-wrote = Wrote { $out }: { $count ->
    [one] { $count } message, its key
   *[other] { $count } messages, their keys
}, a timeline, and the page to print: { $page }
export-without-key = { $count ->
    [one] The key of message { $numbers } was not kept, so its signature cannot be checked from this bundle.
   *[other] The keys of messages { $numbers } were not kept, so their signatures cannot be checked from this bundle.
}
export-verify = To check it, here or on another computer: confirmd verify { $out }

verify-files = Files, by SHA256SUMS:
verify-senders = Senders, by the messages themselves:
verify-ok = ok
verify-changed = changed
verify-missing = missing
verify-added = added
verify-no-message = no message can be checked: { $why }
verify-no-key = no key can be used: { $why }
verify-no-messages = there are no messages in this bundle
verify-message = message { $number }: { $words }
verify-vouched = { $words }; vouched for by the person
verify-was-unread = was not read when it came, so there is no signature to check
verify-other-message = { $file } is not the message that { $timeline } describes
verify-unreadable-unproven = cannot be read; its sender was not proven
verify-unreadable = signature not valid: the message cannot be read
verify-other-sender = signature valid, but of { $domain }, which is not the sender that { $timeline } names
verify-valid = signature of { $domain } valid with the stored key
verify-invalid = signature not valid: { $why }
verify-by-host = proven then by the mail host's note only, which cannot be checked offline
verify-unproven = sender not proven then
verify-file-unreadable = { $file } cannot be read: { $error }
verify-file-missing = { $file } is missing
verify-file-foreign = { $file } is not a file of this bundle
verify-fine = Fine: every file is as SHA256SUMS says.
verify-wrong = { $count ->
    [one] Wrong: { $count } thing, named above.
   *[other] Wrong: { $count } things, named above.
}
verify-note = A valid signature shows that the holder of the stored key sent exactly this message. That the key is the sender's own is what keys.json says; while the sender publishes it, DNS says so too. Checksums alone do not protect against somebody who changes them together with the files.

redact-nothing = Nothing had to be replaced.
redact-replaced = Replaced or left out: { $what }.
redact-unlike = The rules do not make the same of it as of the original: compare both with `confirmd explain`.
redact-signature = Its DKIM signature is no longer valid: as evidence only the original counts, so keep that.
redact-look = Look it over yourself before you publish it: names of others, postal addresses and what people wrote are not recognised.
redact-addresses = { $count ->
    [one] { $count } address
   *[other] { $count } addresses
}
redact-names = { $count ->
    [one] { $count } name
   *[other] { $count } names
}
redact-handles = { $count ->
    [one] { $count } user name
   *[other] { $count } user names
}
redact-numbers = { $count ->
    [one] { $count } number
   *[other] { $count } numbers
}
redact-tokens = { $count ->
    [one] { $count } token
   *[other] { $count } tokens
}
redact-links = { $count ->
    [one] { $count } link
   *[other] { $count } links
}
redact-hosts = { $count ->
    [one] { $count } host
   *[other] { $count } hosts
}
redact-headers = { $count ->
    [one] { $count } header
   *[other] { $count } headers
}
redact-attachments = { $count ->
    [one] { $count } attachment
   *[other] { $count } attachments
}

test-none = No [[notify]] is configured: warnings reach the log and nothing else.
test-title = confirmd: this is a test
test-text = If you can read this, warnings will reach you this way. Nothing has happened.
test-delivered = { $way }: delivered
