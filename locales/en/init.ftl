# What `confirmd init` asks and says. Questions are one line; the default comes behind them in brackets.

init-file-head = confirmd's configuration, written by `confirmd init` on { $day }. Change what you like, and try it with `confirmd doctor`.
init-exists = { $file } is there already; change it by hand, or replace it with --force (the old one is kept beside it)
init-no-file = { $file } cannot be the configuration's file; name one with --out
init-missing = { $options } missing; without a terminal to ask on, options say everything (confirmd init --help)
init-unwritable = { $file } cannot be written: { $why }
init-nothing-written = nothing has been written; --offline writes without trying
init-stopped = stopped; nothing has been written
init-unreadable = That cannot be read. Please type it again, in one line.
init-yes = y
init-no = n
init-yes-or-no = Please answer { $yes } or { $no }.

init-welcome = This sets up confirmd in a few minutes: which mailbox it reads, and for which accounts it waits for Meta's answer. Nothing is written before the last question. ^C ends it at any time.
init-mailbox = 1. The mailbox. Meta answers by e-mail. confirmd reads your mailbox and changes nothing in it.
init-email = Your e-mail address
init-email-wrong = "{ $text }" is not an e-mail address; write for example anna@example.org.
init-server = Server: { $host }, port { $port }, { $tls } TLS.
init-host = IMAP server of your mail provider
init-tls = Protection: implicit, starttls, or none (this machine only)
init-tls-wrong = Please type implicit, starttls or none.
init-port = Port
init-port-wrong = A port is a number from 1 to 65535.
init-username = User name for the login
init-password-note = The password is kept in the file { $file } beside the configuration, readable for you alone. If you would rather have a program print it (pass, secret-tool), leave it empty.
init-password = Password (not shown as you type)
init-password-command = Program that prints the password, with its arguments
init-token-command = Program that prints an access token, with its arguments
init-command-empty = Name a program, for example: pass show mail/anna
init-trying = Trying to log in at { $host } ...
init-again = Try again?
init-anyway = Go on without a login that works?

init-accounts = 2. Your accounts at Meta. What you say here helps to tell which account an answer is about.
init-platform = Where is the account: facebook, instagram, threads, none (I have none)
init-platforms = Please write facebook, instagram, threads or none.
init-whatsapp = For WhatsApp there is no such objection, so there is no answer to wait for; `confirmd guide whatsapp` says what is true there.
init-handle = Your user name there (may stay empty)
init-display-name = Your name as it is shown there (may stay empty)
init-emails = Addresses of the account, and the one given in the form
init-objected = When did you object, e.g. 2025-05-20 (empty: not yet)
init-date-wrong = That is no date; write for example 2025-05-20.
init-future = That day is still to come.
init-via = How did you object: web (the form), app, or letter
init-via-wrong = Please type web, app or letter.
init-another = One more account?
init-centre = Are these accounts linked in Meta's Accounts Centre?

init-written = Written, readable for you alone: { $file }
init-password-written = The password, readable for you alone: { $file }
init-kept = The old configuration: { $file }
init-not-objected = You have not objected for every account yet. How to do it, step by step:
init-next-doctor = Try everything, and see what is still to be done:
init-next-sync = Read the mailbox for the first time:
init-next-status = See where your objections stand:
init-next-run = From then on confirmd watches by itself, and warns when an answer does not come:
init-next-service = Or as a service that starts by itself, where the package or packaging/systemd is installed:
