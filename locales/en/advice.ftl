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
