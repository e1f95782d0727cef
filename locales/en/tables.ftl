# What the commands print around a state: tables, remarks, what was recorded.

head-account = ACCOUNT
head-state = STATE
head-since = SINCE
head-deadline = DEADLINE
status-since = since { $day }
status-deadline = deadline { $day }
watch-head = As of { $day } { $time }. Ctrl+C ends it.
status-through = through { $id }, in the same Accounts Centre
status-future-only = covers what you post from then on: you objected after training began on 2025-05-27
status-no-mailbox = No mailbox is configured: nobody looks for Meta's answers.
status-review = { $count ->
    [one] { $count } message needs a look: confirmd messages --review
   *[other] { $count } messages need a look: confirmd messages --review
}
mailbox-row = mailbox "{ $name }": { $how }
mailbox-ok = read completely on { $read }
mailbox-ok-failed = read completely on { $read }; the last try failed{ $error }
mailbox-stale = not read completely since { $read }{ $error }
mailbox-failing = cannot be read since { $read }{ $error }
mailbox-failing-never = cannot be read{ $error }
mailbox-unread = not read yet; run `confirmd sync`{ $error }

platform-none = no account (third-party form)
show-since = { $state } since { $day }
show-deadline = Meta's deadline (Art. 12(3) GDPR): { $day }
show-deadline-away = Meta's deadline (Art. 12(3) GDPR): { $day } ({ $away })
show-covers-all = You objected before 2025-05-27, when training began: it covers everything.
show-covers-future = You objected after training began on 2025-05-27: it covers what you post from then on.
show-nothing-yet = Nothing has happened yet.
show-next = Next:

messages-none = No message has been recognised yet.
messages-no-review = Nothing needs a look.
messages-unproven = not proven
messages-dismissed = dismissed by you

recorded-objection = Recorded: you objected for { $id } on { $day }, { $via }.
recorded-confirmation = Recorded: you saw Meta confirm the objection for { $id } on { $day }.
settled-assigned = Message { $number } belongs to { $id }, by your word. { $kind }
settled-unrecognised = Its wording is unknown, so it changes no status. If it confirms: confirmd confirmed { $id } --note TEXT
settled-take-back = To take that back: confirmd assign { $number } --undo
settled-dismissed = Message { $number } is dismissed. To take that back: confirmd dismiss { $number } --undo
settled-undone = Message { $number } is again what the rules say of it.
