# Why a message was judged as it was. The sentences called evidence-, check- and signal- are also how it is kept and what programs get:
# a change here changes nothing there, and has to follow a change there.

explain-message = Message { $number }
explain-from = From
explain-to = To
explain-subject = Subject
explain-received = Received
explain-sender-of = Sender: { $domain } proven by { $proof }
explain-sender = Sender: proven by { $proof }
explain-sender-later = Sender: not proven yet, DNS could not answer; it will be asked again
explain-sender-not = Sender: not proven
explain-no-checks = There is no signature and no note of the own mail host's that could prove it.
explain-kind = Kind:
explain-kind-rule = { $kind } (rule { $rule })
explain-kind-none = none; no rule matches
explain-rule-matches = rule { $rule } ({ $kind }): matches
explain-rule-differs = rule { $rule } ({ $kind }): does not match
explain-all = (every rule with every condition: --all)
explain-account = Account:
explain-signal = { $name } "{ $value }": { $says }
explain-signal-absent = { $name }: { $says }
explain-speaks-for = speaks for { $ids }
explain-rules-out = rules out { $ids }
weight-decides = decides
weight-names = names an account exactly
weight-rules-out = contradicts
weight-fits = fits
weight-nothing = says nothing
weight-absent = not in the mail
weight-not-weighed = not weighed: no account is left
explain-rules = Rules, with what each found (✔ holds, - does not):
explain-rules-far = Not even the first of what they ask for was found by { $count } other rules: { $rules }
explain-nothing-weighed = nothing was weighed
explain-found = { $condition }: "{ $found }"
explain-nothing = So: it changes nothing.
explain-nothing-decided = So: it changes nothing, as you decided.
explain-review = So: it is up for review ({ $reason }) and changes nothing.
explain-belongs = So: it belongs to { $ids } and changes nothing.
explain-belongs-decided = So: it belongs to { $ids } and changes nothing, as you decided.
explain-counts = So: it counts for { $ids }.
explain-counts-decided = So: it counts for { $ids }, as you decided.

## Conditions of rules. `$what` names phrases and lists of words, as they stand in the rule files.

evidence-subject = the subject says { $what }
evidence-sentence = one sentence says { $what }
evidence-mail = the mail says { $what }
evidence-never = nothing in the mail says { $what }
evidence-question = that sentence is no question
evidence-unconditional = no { $what } stands in that sentence or introduces it
evidence-unreported = no { $what } stands in that sentence or before its colon
evidence-not-in-sentence = that sentence does not say { $what }
evidence-plain = every other word of that sentence is one of { $what }
evidence-speaks-of-objection = the mail speaks of an objection
evidence-speaks-of-ai = the mail speaks of AI at Meta
evidence-form = the mail links to a form for objections to AI
evidence-answering = the sender's address is one that answers requests
evidence-no-rules = no rules are known of the mail's language
evidence-fits = a rule fits
evidence-rival = the rule `{ $rule }` ({ $kind }) does not hold as well
evidence-readable = the mail can be read
evidence-short = the mail is short enough to be read whole
evidence-covers = it holds for the other accounts too (`{ $rule }`)

## What speaks for an account.

signal-delivery = delivery headers
signal-to-and-cc = To and Cc
signal-to = To
signal-platform = platform of the sender
signal-name = name in To
signal-intended = "intended for"
signal-greeting = greeting
signal-sent-to = "was sent to"
signal-link = n_m= in a link

## What was looked at to prove the sender, and what came of it.

check-results-of = Authentication-Results of { $host }
check-none = there is none
check-from-many = is not exactly one address: proves nothing
check-from-rewritten = was rewritten by { $relay }, which signs anew: Meta's own signature is lost
check-from-foreign = is not one of Meta's domains
check-valid = valid
check-malformed = the signature is not well-formed
check-too-long = the signature header is too long
check-algorithm = the signature is of a kind that is not accepted: { $name }
check-not-aligned = the signing domain is not the sender's
check-not-tried = not tried: there are too many signatures
check-part-of-body = only a part of the body is signed (l=)
check-not-signed = the header { $name } is not signed
check-added = a second header { $name } stands beside the signed one
check-expired = the signature had expired when the mail was received
check-from-the-future = the signature was made after the mail was received
check-body-changed = the body was changed after signing
check-headers-changed = the signed headers were changed after signing, or the key is another one
check-no-key = DNS has no key of that name
check-bad-key = the key in DNS cannot be read
check-key-revoked = the key was revoked
check-key-too-short = the key is too short to be safe
check-key-of-another-kind = the key is of another kind than the signature
check-key-forbids-hash = the key is not for this kind of signature
check-key-not-for-mail = the key is not for mail
check-key-being-tested = the key is marked as being tested (t=y)
check-key-is-strict = the key is for its own domain only, and the signature names another (t=s)
check-key-unavailable = the key could not be had: { $reason }
check-untrusted = no server is trusted for this mailbox (trusted_authserv_ids)
check-forgeable = stands where the sender can have written it: not above the Received header of the own host
check-pass-contradicted = dkim=pass for { $domain }, but another one says that it failed
check-pass = dkim=pass for { $domain }
check-fail = dkim=fail for the sender's domain
check-contradicts = two results for the sender's domain contradict each other
check-silent = no dkim=pass for the sender's domain
check-none-trusted = none is of a trusted server
