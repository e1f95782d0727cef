# What edges say went wrong, and the system's own words: kept in English, for the log, `check` and the database; recognised here
# and said again in the person's language. The English is what stands in the code: `tests/it/locales.rs` compares.

## The system.

os-missing = No such file or directory (os error 2)
os-forbidden = Permission denied (os error 13)
os-not-permitted = Operation not permitted (os error 1)
os-folder = Is a directory (os error 21)
os-no-folder = Not a directory (os error 20)
os-exists = File exists (os error 17)
os-full = No space left on device (os error 28)
os-quota = Disk quota exceeded (os error 122)
os-read-only = Read-only file system (os error 30)
os-io = Input/output error (os error 5)
os-descriptors = Too many open files (os error 24)
os-not-executable = Exec format error (os error 8)
os-refused = Connection refused (os error 111)
os-timed-out = Connection timed out (os error 110)
os-reset = Connection reset by peer (os error 104)
os-pipe = Broken pipe (os error 32)
os-host = No route to host (os error 113)
os-network = Network is unreachable (os error 101)
os-name = failed to lookup address information: Name or service not known
os-name-later = failed to lookup address information: Temporary failure in name resolution
os-name-empty = failed to lookup address information: No address associated with hostname
os-utf8 = stream did not contain valid UTF-8

## Certificates, in OpenSSL's words.

ssl-expired = certificate has expired
ssl-not-yet = certificate is not yet valid
ssl-self-signed = self-signed certificate
ssl-self-signed-chain = self-signed certificate in certificate chain
ssl-issuer = unable to get local issuer certificate
ssl-first = unable to verify the first certificate
ssl-name = hostname mismatch
ssl-address = IP address mismatch
ssl-revoked = certificate revoked

## Mailboxes.

fault-name-no-address = the name has no address; check `host`
fault-name = the name cannot be resolved: { $why }
fault-name-bare = the name cannot be resolved
fault-slow = no complete answer within { $seconds } s
fault-closed-because = the server closed the connection: { $words }
fault-closed = the server closed the connection
fault-too-large = the answer is larger than { $bytes } bytes
fault-no-imap = this is no IMAP server; it says: { $words }
fault-preauth = the server says PREAUTH: it has logged in somebody by itself
fault-greeting = the greeting is a refusal: { $words }
fault-unasked = the server answers what was not asked
fault-turn = the server speaks out of turn
fault-responses = more than { $count } responses to one command
fault-line = a line is longer than { $bytes } bytes
fault-unreadable = an answer of the server cannot be read
fault-loopback = tls = "none" is for loopback addresses; the password would be readable
fault-tls = the TLS handshake failed: { $words }; the port may want tls = "starttls"
fault-tls-other = the TLS handshake failed: { $words }
fault-tls-stopped = the TLS handshake does not go on
fault-starttls-preauth = the server says PREAUTH instead of offering STARTTLS
fault-no-starttls = the server does not offer STARTTLS; use tls = "implicit" if it has a TLS port
fault-starttls-refused = the server refuses STARTTLS: { $words }
fault-injection = the server's answer to STARTTLS is followed by more: somebody may be injecting commands
fault-ca-file = `ca_file` cannot be used: { $why }
fault-ca-empty = `ca_file` holds no certificate in PEM form
fault-credentials = username or password contains a line break or NUL; check where they come from
fault-no-xoauth2 = the server does not offer XOAUTH2; use auth = "login" if it takes a password
fault-login-disabled = the server takes no password on this connection (LOGINDISABLED)
fault-secret-repeated = it repeats the secret, so its words are not shown
fault-no-list = it does not list its folders: { $words }
fault-no-uidvalidity = the server gives no UIDVALIDITY, so its messages cannot be told apart
fault-not-sent = the server does not send it
fault-no-folder = there is no folder "{ $name }"; check `folders`
fault-ca-unreadable = ca_file { $file }: cannot be read: { $why }
fault-defect = confirmd ran into a defect while reading the mailbox; please report it with the lines before this one
fault-stopped = stopped

## Passwords and programs.

fault-no-secret = no password or token: { $why }
fault-password-file = password file { $file }: { $why }
fault-password-env = password_env: ${ $name } is not set
fault-password-credential = password_credential: { $name }: $CREDENTIALS_DIRECTORY is not set; it is only there in a systemd unit with LoadCredential={ $again }:...
fault-secret-empty = { $where }: empty, or its first line is
fault-secret-nul = { $where }: contains a NUL character
fault-secret-utf8 = { $where }: not UTF-8
fault-secret-large = { $where }: larger than 64 KiB, which is no password
secret-from-command = the command { $name }
secret-from-file = the file { $name }
secret-from-env = the environment variable { $name }
secret-from-credential = the credential { $name }
secret-from-configuration = the configuration file
fault-program-not-run = { $program } cannot be run: { $why }
program-exit = { $program } failed (exit status { $code })
program-exit-said = { $program } failed (exit status { $code }): { $words }
program-signal = { $program } failed (killed by signal { $signal })
fault-program-slow = { $program } did not end within { $seconds } s and was killed
fault-program-much = { $program } printed more than { $bytes } bytes
fault-program-stopped = { $program } was stopped, because confirmd stops

## The database.

fault-looked-at = cannot be looked at: { $why }

## Files and mails.

fault-file-unreadable = { $file }: cannot be read: { $why }; check the path and who may read it
fault-file-packed = { $file }: is packed ({ $format }); unpack it first and scan what comes out of it
fault-file-packed-inside = is packed ({ $format }); unpack it first
fault-file-broken = { $file }: reading failed at byte { $at }: { $why }; what stands before was read, try again for the rest
fault-file-broken-inside = reading failed at byte { $at }: { $why }
fault-file-no-mail = does not begin like a mail or an mbox
fault-file-over-limit = has { $size } bytes, over the limit of { $limit } (`message` in [limits])
fault-mail-no-header = has no header: not a mail
fault-mail-nested = has its text nested too deep
fault-redact-no-header = { $file }: has no header: not a mail; save the mail's source as a file (.eml)
fault-redact-large = { $file }: is too large to be redacted; shorten it by hand first
fault-redact-parts = { $file }: has too many parts; take out by hand what is not needed
fault-redact-no-mail = { $file }: is too large to be a mail; give a file with one mail
fault-read-as = { $file }: cannot be read: { $why }
fault-read = cannot be read: { $why }

## Evidence bundles.

fault-out-new = { $folder }: name a folder that does not exist yet
fault-out-parent = { $folder }: the folder it should be in does not exist; create that first
fault-out-unfinished = { $folder }: there are too many unfinished bundles beside it; remove the `.*.unfinished-*` folders
fault-out-no-folder = { $folder }: is there already and is no folder; nothing is overwritten, name another
fault-out-not-empty = { $folder }: is not empty; nothing is overwritten, name another folder
fault-out-look = { $folder }: cannot be looked at: { $why }
fault-out-look-into = { $folder }: cannot be looked into: { $why }
fault-out-write = { $file }: cannot be written: { $why }

## Notices and DNS.

fault-smtp-name = { $server }: name cannot be resolved: { $why }
fault-smtp-no-address = { $server }: the name has no address
fault-smtp-connect = { $server }: cannot connect to { $address }: { $why }
fault-smtp-login-later = { $server }: the login is refused for now ({ $code })
fault-smtp-login = { $server }: the login is refused ({ $code }); check username and password
fault-smtp-no-login = { $server }: the server offers no login with PLAIN or LOGIN
fault-smtp-starttls = { $server }: the server does not offer STARTTLS; try tls = "implicit"
fault-smtp-slow = { $server }: no answer to { $command } in time
fault-smtp-refuses = { $server }: the server refuses { $what }: { $words }
fault-smtp-letters = { $server }: the server takes no address with letters beyond a-z (SMTPUTF8)
fault-smtp-ca = { $server }: ca_file { $file }: { $why }
fault-gave-up = { $way }: gave up after { $seconds } s
fault-no-answer = no answer in time
fault-dns = no server answered in time

## What is given to commands.

fault-day = not a day; write for example 2025-05-20
fault-word = `{ $word }` is not one of { $known }
os-number = invalid digit found in string
os-number-empty = cannot parse integer from empty string
