# What `confirmd doctor` finds, and what can be done about it. A todo continues a finding; neither ends in a full stop.

doc-part-configuration = Configuration
doc-part-database = Database
doc-part-mailboxes = Mailboxes
doc-part-mailbox = Mailbox "{ $name }"
doc-part-dns = DNS
doc-part-notices = Notices
doc-part-watching = Watching
doc-end = { $wrong ->
    [0] Nothing is wrong.
    [one] 1 thing is wrong.
   *[other] { $wrong } things are wrong.
}
doc-end-notes = { $count ->
    [one] 1 thing is worth a look
   *[other] { $count } things are worth a look
}
doc-end-and = { $wrong ->
    [0] Nothing is wrong; { $notes }.
    [one] 1 thing is wrong; { $notes }.
   *[other] { $wrong } things are wrong; { $notes }.
}

## Configuration

doc-named-option = named by --config
doc-named-variable = named by $CONFIRMD_CONFIG
doc-named-usual = a usual place
doc-config = { $file } ({ $named }): { $mailboxes }, { $accounts }, { $ways }
doc-count-mailboxes = { $count ->
    [one] 1 mailbox
   *[other] { $count } mailboxes
}
doc-count-accounts = { $count ->
    [one] 1 account
   *[other] { $count } accounts
}
doc-count-ways = { $count ->
    [one] 1 way to be told
   *[other] { $count } ways to be told
}
doc-count-files = { $count ->
    [one] 1 file
   *[other] { $count } files
}
doc-database = database: { $file } ({ $origin })
doc-rules = rules: { $count } in force, all shipped ({ $origin })
doc-rules-own = rules: { $count } in force, with { $files } of your own from { $folder } ({ $origin })
doc-language = language: { $lang } ({ $origin })
doc-origin-line = line { $line }
doc-origin-default = default
doc-fix-permission = run this command as the daemon's user, or let that user own the file
doc-fix-missing = correct the path, or write one there, with confirmd init
doc-fix-unreadable = let the path name a file with the configuration
doc-fix-wrong = correct that line (config.example.toml explains every key)
doc-no-mailbox = there is none: nobody looks for Meta's answers
doc-no-mailbox-todo = add a [[mailbox]] (see config.example.toml)

## Database

doc-db-unseen = { $file } cannot be looked at: { $why }
doc-db-unseen-todo = run this command as the daemon's user, or correct `database`
doc-db-open = others can read the database (mode { $mode }), and the mails in it
doc-db-foreign = the database belongs to user { $owner }, and this command runs as user { $me }
doc-db-foreign-todo = run confirmd's commands as the daemon's user
doc-db-whole = { $file }: { $size }, mode { $mode }, version { $version }, undamaged
doc-db-damaged = { $file }: { $size }, mode { $mode }: the database is damaged: { $damage }
doc-db-damaged-todo = move it away and run `confirmd sync` to read the mailboxes anew; what you recorded by hand is only in the old file
doc-db-old-todo = the next command that writes brings it to version { $newest } by itself
doc-db-refused-todo = let `database` name another file, or install the confirmd it belongs to
doc-db-busy-todo = try again; if it stays so, see which program holds it: fuser on the file
doc-db-unusable-todo = check the owner and mode of the file and its folder, and that there is room
doc-db-keep-todo = what you recorded by hand is only in the old file: keep it
doc-db-absent = { $file } does not exist yet
doc-db-absent-todo = `confirmd run` or `confirmd sync` creates it
doc-db-unwritable = this user may not write in { $folder }
doc-db-unwritable-todo = run this command as the daemon's user, or let `database` name another place
doc-room = { $size } are free there
doc-room-little = only { $size } are free in { $folder }
doc-room-little-todo = make room
doc-room-unknown = how much is free in { $folder } cannot be told: { $why }
doc-bytes = { $count } bytes
doc-see-database = see what is said of the database above

## A mailbox

doc-untried = cannot be tried: { $why }
doc-untried-todo = close other programs
doc-login = logged in as { $user }
doc-login-by = logged in as { $user } ({ $way }, secret from { $secret })
doc-by-password = password
doc-no-tls = { $at }: no TLS (tls = "none"), which stays on this machine
doc-tls = { $at }: { $version }{ $cipher }
doc-starttls = { $at }: { $version } after STARTTLS{ $cipher }
doc-nameless = (no name)
doc-certificate = certificate of { $subject }, issued by { $issuer }
doc-certificate-until = { $certificate }, valid until { $day }
doc-certificate-soon = { $certificate }, valid until { $day }, { $days ->
    [one] 1 day
   *[other] { $days } days
} from now
doc-certificate-soon-todo = the mail host has to renew it; after that day nothing is read
doc-idle = new mail is noticed at once (IDLE), and looked for every { $every }
doc-poll = new mail is looked for every { $every } (idle = false)
doc-no-idle = no IDLE: new mail is noticed within { $every } (poll)
doc-list-status = one question tells which folders have changed (LIST-STATUS)
doc-no-list-status = no LIST-STATUS: each folder is asked for by itself at every look
doc-capabilities = capabilities: { $words }
doc-hint = hint: { $remark }
doc-refused-todo = check `username`, and what comes from { $secret }
doc-refused-typed-todo = type both once more; some mail hosts want an app password, or IMAP switched on first
doc-certificate-todo = if `host` is right and the certificate is your own CA's, name that CA in `ca_file`; else do not log in: somebody may stand between
doc-network-todo = check `host`, `port` and `tls`, and the network
doc-timeout-todo = check `host`, `port` and `tls`; a firewall may swallow the connection
doc-policy-todo = check `tls` and `auth`
doc-unavailable-todo = try again later; if it stays so, ask the mail host
doc-protocol-todo = check `port` and `tls`: is that an IMAP server?
doc-secret-todo = make { $secret } give the password on its first line, for this user
doc-ca-file-todo = correct `ca_file`, or make it readable for this user
doc-look-ended = the look at its folders ended early: { $why }
doc-look-ended-todo = try again; if it stays so, ask the mail host, or raise `timeout` in [limits]

## Its folders

doc-messages = { $count ->
    [one] 1 message
   *[other] { $count } messages
}
doc-messages-uncounted = messages not counted
doc-look = { $count } to look at
doc-look-more = { $count } or more to look at
doc-look-all = every sender to look at (no SEARCH)
doc-look-uncounted = those to look at not counted: it took too long
doc-folder-read = read: { $messages }, { $look }
doc-folder-unopened = cannot be opened
doc-folder-named-todo = take it out of `folders`, or ask the mail host why
doc-folder-passed-todo = it is passed over; the others are read
doc-folder-absent = there is no folder "{ $name }", which `folders` names
doc-folder-absent-todo = correct `folders`, or create it; the server has { $there }
doc-unread = not read
doc-unread-parent = not read: it only holds other folders
doc-unread-unnamed = not read: `folders` does not name it
doc-unread-own = not read: it holds what you wrote
doc-unread-all = not read: its messages are in the folder of all messages
doc-more-folders = { $count ->
    [one] ... 1 more folder
   *[other] ... { $count } more folders
}
doc-folders = { $all ->
    [one] { $read } of 1 folder read: { $messages }, { $look } (since { $since }, and claiming to come from Meta)
   *[other] { $read } of { $all } folders read: { $messages }, { $look } (since { $since }, and claiming to come from Meta)
}
doc-folders-todo = without a folder no confirmation is seen: name some in `folders`, or leave the key out

## Who checks its mails

doc-auth-no-mail = no mail is there yet that could show who checks mails for this mailbox
doc-auth-newest = { $count ->
    [one] the newest mail
   *[other] the newest { $count } mails
}
doc-auth-known = known of this host
doc-auth-trusted = { $newest }: Authentication-Results of { $ids }, trusted ({ $how })
doc-auth-expected = , and none of { $ids } (trusted_authserv_ids)
doc-auth-many = { $newest }: Authentication-Results of { $count } servers, no one of them in half of the mails{ $expected }
doc-auth-many-todo = a host that has another name each time cannot be trusted by its name; senders are proven by their DKIM signatures, which needs DNS
doc-auth-none = { $newest }: no Authentication-Results that speak of DKIM{ $expected }
doc-auth-none-todo = senders are proven by their DKIM signatures alone, which needs DNS; nothing needs to be done
doc-auth-foreign = { $newest }: Authentication-Results of { $ids }, not trusted{ $expected }
doc-auth-foreign-todo = if that is your own mail host (ask it, or compare with mails from elsewhere: a sender can write such a line too), add to this [[mailbox]], so that senders are proven also where DKIM cannot be verified here:
doc-auth-nameless = a server that gives no name (Outlook: "outlook")

## DNS

doc-dns-system = the system's resolver ({ $servers }, from /etc/resolv.conf)
doc-dns-system-none = the system's resolver (/etc/resolv.conf names none)
doc-dns-ok = { $asked } gives Meta's DKIM key, { $key }, in { $took }
doc-dns-missing = { $asked } answers in { $took } that there is no DKIM key { $key }
doc-dns-missing-todo = Meta may have changed it, then nothing needs to be done; if the senders of new mails stay unproven too, let [dns] server name another resolver: some filter what they answer
doc-dns-silent = { $asked } cannot be asked for Meta's DKIM key ({ $took }): { $why }
doc-dns-silent-todo = DKIM cannot be verified; senders are then proven only by the Authentication-Results of a trusted server ({ $only }): check [dns] server, or the network
doc-dns-nothing = no mailbox has one that is trusted, so no mail can change a status
doc-dns-otherwise = that is so for { $mailboxes }
doc-mailbox = mailbox "{ $name }"

## Notices

doc-no-notify = no [[notify]]: warnings reach the log and `confirmd status`, and nobody else
doc-no-notify-todo = add a [[notify]], then try it with `confirmd notify-test`
doc-nothing-sent = nothing has been sent; `confirmd notify-test` sends a test through each
doc-no-program = { $label }: there is no such program
doc-no-program-todo = correct `command` in [[notify]]; the daemon's $PATH may be shorter than yours: write the whole path
doc-email = { $label }, to { $to }

## Watching

doc-running = a confirmd (`run`, or a `sync` under way) reads the mailboxes for this database
doc-not-running = no confirmd is running: nobody would notice a confirmation that does not come
doc-not-running-todo = start the daemon: systemctl --user enable --now confirmd (packaging/ has the units), or confirmd run
doc-read-never = never
doc-read-last = last on { $at }
doc-box-ok = mailbox "{ $name }": read completely, { $since }{ $error }
doc-box-never = mailbox "{ $name }": not read completely yet{ $error }
doc-box-stale = mailbox "{ $name }": stale, read completely { $since }{ $error }
doc-box-failing = mailbox "{ $name }": cannot be read (read completely { $since }){ $error }
doc-watch-log-todo = see what is said of the mailbox above, and the daemon's log: journalctl --user -u confirmd
doc-watch-sync-todo = start the daemon, or run `confirmd sync` now
doc-watch-wait-todo = the first pass may be under way; look again in a while

## What customers of some mail hosts have to do first (hosts.toml). Hosts change their settings pages.

host-gmail = Gmail: needs an app password, for which 2-step verification must be on; the account's own password is refused
host-gmx = GMX: switch on IMAP under E-Mail > Einstellungen > POP3/IMAP Abruf
host-webde = WEB.DE: switch on IMAP under E-Mail > Einstellungen > POP3/IMAP Abruf
host-telekom = Telekom: needs the separate password for e-mail programs (Passwort für E-Mail-Programme)
host-outlook = Outlook: takes no password any more; needs auth = "xoauth2" and a token_command, a program that prints an access token
host-icloud = iCloud: needs an app-specific password (account.apple.com > Sign-In and Security)
host-yahoo = Yahoo: needs an app password (Account Security > Generate app password)
host-aol = AOL: needs an app password (Account Security > Generate app password)
host-fastmail = Fastmail: needs an app password (Settings > Privacy & Security)
host-proton = Proton Mail: its Bridge must run on this machine; it shows the password to use here, and its certificate goes into ca_file
host-tuta = Tuta: offers no IMAP, so confirmd cannot read this mailbox; give Meta an address at another host
