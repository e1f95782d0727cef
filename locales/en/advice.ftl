# What a state means and what the person can do. No text quotes a mail or its subject: a subject can be a one-time code.

## The states in a few words, for a table: at most 20 characters.

state-not-objected = not objected yet
state-no-mail-expected = no mail expected
state-pending = waiting for Meta
state-code-sent = code sent
state-code-unused = code not used
state-received = received, in review
state-action-needed = Meta asks for more
state-refused = refused
state-confirmed = confirmed
state-overdue = no answer, late
state-overdue-month = no answer in a month
state-unobserved = cannot tell

## What to do for an account. `$id` is the account's id; commands stay as they are typed.

date-unknown = an unknown date
step-not-objected = Object with Meta's form for this account, then record it: confirmd objected { $id } --on DATE
step-no-mail-expected = The app may answer with a pop-up only and send no mail. If you saw it confirm your objection, record that: confirmd confirmed { $id } --note "seen in the app"
step-pending = Nothing to do. Meta's answer usually comes within two days; confirmd warns from { $day } on.
step-pending-undated = Nothing to do. Meta's answer usually comes within two days; confirmd warns when it is late.
step-code-unused = A code came, and nothing after it: the objection was probably not sent. Open the form again, ask for a new code, and send it.
step-code-sent = Type the code from Meta's mail into the form and send it; the code is valid for a short time only.
step-received = Nothing to do. Meta has your objection and is reviewing it; it has time until { $day }.
step-received-undated = Nothing to do. Meta has your objection and is reviewing it; it has time for a month.
step-action-needed = Meta asks you for something. Read its mail and answer it{ $see }.
step-refused = Meta refuses. Read its reasons{ $see }; you can object again with your own, or complain to your data protection authority.
step-confirmed = Nothing to do. confirmd keeps the confirmation as evidence.
step-overdue-month = The month that Art. 12(3) GDPR gives Meta ended on { $day }. Remind Meta in writing, or complain to your data protection authority; you can also complain about silence. If Meta did confirm: confirmd confirmed { $id } --note TEXT
step-overdue = No mail that counts was found in any mailbox. Did you give another address in the form, or object in the app? If neither, object once more. If Meta did confirm: confirmd confirmed { $id } --note TEXT
step-no-mailbox = No mailbox is configured, so nobody looks for Meta's answer: add a [[mailbox]] to the configuration.
step-unobserved = An answer may have come and not been seen: { $mailboxes }. Run `confirmd sync` and mend what it reports.
mailbox-never-read = mailbox "{ $name }" has never been read completely
mailbox-last-read = mailbox "{ $name }" was last read completely on { $day }
doubtful-one = Message { $number } could be the answer; look at it first (confirmd explain { $number }).
doubtful-several = Messages { $numbers } could be the answer; look at them first (confirmd messages --review).
late-reading = The deadline of { $day } has passed, but not every mailbox has been read since; run `confirmd sync`
see = {" "}(confirmd explain { $number })
via-web = on the web
via-app = in the app
via-letter = by letter

## A doubtful message: its own claim, why it is doubtful, how to settle it.

claim-code = It brings a one-time code.
claim-receipt = It says that Meta received the objection.
claim-honoured = It says that Meta confirms the objection.
claim-info-request = It says that Meta asks for more.
claim-refused = It says that Meta refuses the objection.
claim-notice = It announces something.
account-blank = ACCOUNT
settle = If it counts: confirmd assign { $number } { $account } - if not: confirmd dismiss { $number }
settle-unrecognised = Read it. If it confirms the objection: confirmd confirmed { $account } --note TEXT - if not: confirmd dismiss { $number }
settle-contradicts = If it undoes the confirmation: confirmd assign { $number } { $account } - if not: confirmd dismiss { $number }
settle-unread = Look at it in your mail program, then: confirmd dismiss { $number }
doubt-unproven-sender = It reads like a mail of Meta's, but nothing proves that Meta sent it.
doubt-ambiguous = It could belong to { $ids }.
doubt-ambiguous-one = It could belong to { $id }, or to an account you have not declared.
doubt-ambiguous-any = It could belong to any of your accounts.
doubt-no-account = Meta sent it, but it names none of your accounts' addresses, or a name that is not yours.
doubt-unrecognised = Meta writes about an objection and AI in words that no rule knows: its wording has changed.
doubt-foreign-link = It reads like a confirmation, but a link in it leads away from Meta. Do not follow it.
doubt-contradicts = It says less than the confirmation that came before it.
doubt-too-large = It claims to come from Meta and is larger than limits.message, so it was not read.
doubt-unreadable = It claims to come from Meta and could not be read.

## The same in a few words, for a list.

reason-unproven-sender = sender not proven
reason-ambiguous = several accounts possible
reason-no-account = none of your accounts
reason-unrecognised = unknown wording
reason-foreign-link = link away from Meta
reason-contradicts = contradicts a confirmation
reason-too-large = too large to read
reason-unreadable = unreadable

## Titles and texts of notices.

title-confirmed = { $name }: Meta confirmed the objection
title-received = { $name }: Meta received the objection
title-action-needed = { $name }: Meta asks for more
title-refused = { $name }: Meta refuses the objection
title-overdue-month = { $name }: no confirmation, and the deadline of { $day } has passed
title-overdue-since = { $name }: no confirmation, objected on { $day }
title-overdue = { $name }: no confirmation
title-unobserved = { $name }: cannot tell whether Meta confirmed
title-code-unused = { $name }: a code came and nothing after it
title-code-sent = { $name }: Meta sent a code
title-pending = { $name }: waiting for Meta
title-not-objected = { $name }: no objection recorded
title-no-mail-expected = { $name }: objected in the app, no mail expected
title-review = Message { $number } needs a look: { $reason }
no-error-reported = no error was reported
title-mailbox-recovered = Mailbox "{ $name }" is read again
text-mailbox-recovered = Nothing to do. What came meanwhile has been looked at.
title-mailbox-never = Mailbox "{ $name }" has not been read yet
title-mailbox-stale = Mailbox "{ $name }" has not been read for too long
text-mailbox-stale = While it is not read, a confirmation can arrive unseen. Last error: { $reason }.
title-mailbox-failing = Mailbox "{ $name }" cannot be read
text-mailbox-failing = While it is not read, a confirmation can arrive unseen. { $reason }.

## A timeline's entries.

entry-objected = You objected { $via }.
entry-confirmed = You recorded a confirmation: { $note }
entry-unread = A message came that was not read. Message { $number }, assigned by you.
entry-message = { $kind } Message { $number }, { $how }.
entry-message-through = { $kind } Message { $number }, { $how }, through { $id }.
entry-doubtful = Message { $number } came, up for review: { $reason }.
entry-assigned = You decided that message { $number } belongs to this account.
entry-noticed = confirmd noticed: { $state }.
entry-noticed-change = confirmd noticed: { $state } (before: { $before }).
entry-watching = confirmd began to watch: { $state }.
proof-user = vouched for by you
proof-by = sender proven by { $proof }
proof-none = sender not proven
kind-code = Meta sent a one-time code.
kind-receipt = Meta received the objection.
kind-honoured = Meta confirmed the objection.
kind-info-request = Meta asks for more.
kind-refused = Meta refuses the objection.
kind-notice = Meta announced something; that is no confirmation.
kind-unrecognised = Meta wrote in words that no rule knows.

## Kinds of messages in a word, and what proved a sender.

word-code = one-time code
word-receipt = receipt
word-honoured = confirmation
word-info-request = question
word-refused = refusal
word-notice = announcement
word-unrecognised = unknown wording
proof-dkim = DKIM signature
proof-authserv = your mail host's note
proof-by-user = your word
