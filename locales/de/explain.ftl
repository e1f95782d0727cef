# Warum eine Nachricht so beurteilt wurde. Die Sätze evidence-, check- und signal- stehen auf Englisch in der Datenbank und werden an
# ihrem englischen Wortlaut erkannt.

explain-message = Nachricht { $number }
explain-from = Von
explain-to = An
explain-subject = Betreff
explain-received = Empfangen
explain-sender-of = Absender: { $domain }, bewiesen durch { $proof }
explain-sender = Absender: bewiesen durch { $proof }
explain-sender-later = Absender: noch nicht bewiesen, weil DNS nicht antwortete; es wird noch einmal gefragt
explain-sender-not = Absender: nicht bewiesen
explain-no-checks = Es gibt keine Signatur und keinen Vermerk des eigenen Mailanbieters, die ihn beweisen könnten.
explain-kind = Art:
explain-kind-rule = { $kind } (Regel { $rule })
explain-kind-none = keine; keine Regel trifft zu
explain-rule-matches = Regel { $rule } ({ $kind }): trifft zu
explain-rule-differs = Regel { $rule } ({ $kind }): trifft nicht zu
explain-all = (alle Regeln mit allen Bedingungen: --all)
explain-account = Konto:
explain-signal = { $name } „{ $value }“: { $says }
explain-signal-absent = { $name }: { $says }
explain-speaks-for = spricht für { $ids }
explain-rules-out = schließt { $ids } aus
weight-decides = entscheidet
weight-names = nennt genau ein Konto
weight-rules-out = widerspricht
weight-fits = passt
weight-nothing = sagt nichts
weight-absent = steht nicht in der Mail
weight-not-weighed = nicht gewogen: Kein Konto ist übrig
explain-rules = Regeln, und was jede gefunden hat (✔ trifft zu, - trifft nicht zu):
explain-rules-far = Schon das Erste, wonach sie suchen, fanden { $count } weitere Regeln nicht: { $rules }
explain-nothing-weighed = nichts zu prüfen
explain-found = { $condition }: „{ $found }“
explain-nothing = Ergebnis: Die Nachricht ändert nichts.
explain-nothing-decided = Ergebnis: Die Nachricht ändert nichts, wie von Ihnen entschieden.
explain-review = Ergebnis: Die Nachricht ist anzusehen ({ $reason }) und ändert nichts.
explain-belongs = Ergebnis: Die Nachricht gehört zu { $ids } und ändert nichts.
explain-belongs-decided = Ergebnis: Die Nachricht gehört zu { $ids } und ändert nichts, wie von Ihnen entschieden.
explain-counts = Ergebnis: Die Nachricht gilt für { $ids }.
explain-counts-decided = Ergebnis: Die Nachricht gilt für { $ids }, wie von Ihnen entschieden.

## Bedingungen von Regeln. `$what` nennt Wendungen und Wortlisten, wie sie in den Regeldateien stehen.

evidence-subject = der Betreff sagt { $what }
evidence-sentence = ein Satz sagt { $what }
evidence-mail = die Mail sagt { $what }
evidence-never = nichts in der Mail sagt { $what }
evidence-question = dieser Satz ist keine Frage
evidence-unconditional = kein { $what } steht in diesem Satz oder leitet ihn ein
evidence-unreported = kein { $what } steht in diesem Satz oder vor seinem Doppelpunkt
evidence-not-in-sentence = dieser Satz sagt nicht { $what }
evidence-plain = jedes weitere Wort dieses Satzes ist eines von { $what }
evidence-speaks-of-objection = die Mail spricht von einem Widerspruch
evidence-speaks-of-ai = die Mail spricht von KI bei Meta
evidence-form = die Mail führt zu einem Formular für Widersprüche gegen KI
evidence-answering = von der Adresse des Absenders werden Anfragen beantwortet
evidence-no-rules = für die Sprache der Mail gibt es keine Regeln
evidence-fits = eine Regel passt
evidence-rival = die Regel `{ $rule }` ({ $kind }) trifft nicht zugleich zu
evidence-readable = die Mail ist lesbar
evidence-short = die Mail ist kurz genug, um ganz gelesen zu werden
evidence-covers = sie gilt auch für die anderen Konten (`{ $rule }`)

## Was für ein Konto spricht.

signal-delivery = Zustellvermerke
signal-to-and-cc = An und Kopie
signal-to = An
signal-platform = Plattform des Absenders
signal-name = Name im An-Feld
signal-intended = „bestimmt für“
signal-greeting = Anrede
signal-sent-to = „gesendet an“
signal-link = n_m= in einem Link

## Was als Beweis des Absenders angesehen wurde, und mit welchem Ergebnis.

check-results-of = Authentication-Results von { $host }
check-none = nicht vorhanden
check-from-many = ist nicht genau eine Adresse: beweist nichts
check-from-rewritten = wurde von { $relay } umgeschrieben und neu unterzeichnet: Metas eigene Signatur ist verloren
check-from-foreign = ist keine Domain von Meta
check-valid = gültig
check-malformed = die Signatur ist fehlerhaft aufgebaut
check-too-long = die Signatur ist zu lang
check-algorithm = die Art der Signatur wird nicht anerkannt: { $name }
check-not-aligned = die unterzeichnende Domain ist nicht die des Absenders
check-not-tried = nicht geprüft: zu viele Signaturen
check-part-of-body = nur ein Teil des Textes ist unterzeichnet (l=)
check-not-signed = die Kopfzeile { $name } ist nicht unterzeichnet
check-added = neben der unterzeichneten Kopfzeile { $name } steht eine zweite
check-expired = die Signatur war beim Empfang der Mail abgelaufen
check-from-the-future = die Signatur entstand nach dem Empfang der Mail
check-body-changed = der Text wurde nach dem Unterzeichnen geändert
check-headers-changed = die unterzeichneten Kopfzeilen wurden danach geändert, oder es ist ein anderer Schlüssel
check-no-key = DNS hat keinen Schlüssel dieses Namens
check-bad-key = der Schlüssel im DNS ist nicht lesbar
check-key-revoked = der Schlüssel wurde zurückgezogen
check-key-too-short = der Schlüssel ist zu kurz, um sicher zu sein
check-key-of-another-kind = der Schlüssel ist von anderer Art als die Signatur
check-key-forbids-hash = der Schlüssel gilt nicht für diese Art von Signatur
check-key-not-for-mail = der Schlüssel gilt nicht für Mail
check-key-being-tested = der Schlüssel ist als Test gekennzeichnet (t=y)
check-key-is-strict = der Schlüssel gilt nur für seine eigene Domain, und die Signatur nennt eine andere (t=s)
check-key-unavailable = der Schlüssel war nicht zu bekommen: { $reason }
check-untrusted = für dieses Postfach wird keinem Server geglaubt (trusted_authserv_ids)
check-forgeable = steht, wo der Absender es selbst geschrieben haben kann: nicht über der Received-Zeile des eigenen Servers
check-pass-contradicted = dkim=pass für { $domain }, aber ein anderer Vermerk widerspricht
check-pass = dkim=pass für { $domain }
check-fail = dkim=fail für die Domain des Absenders
check-contradicts = zwei Ergebnisse für die Domain des Absenders widersprechen sich
check-silent = kein dkim=pass für die Domain des Absenders
check-none-trusted = keiner stammt von einem Server, dem geglaubt wird
