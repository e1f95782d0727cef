# Was ein Stand bedeutet und was zu tun ist. Kein Text zitiert eine Mail oder ihren Betreff: ein Betreff kann ein Einmalcode sein.
# Anrede: Sie. Wörter der Verbraucherzentralen: Widerspruch, Bestätigung, Frist.

## Der Stand in wenigen Worten, für eine Tabelle: höchstens 24 Zeichen, in den Worten des Dossiers.

state-not-objected = noch kein Widerspruch
state-no-mail-expected = keine Mail zu erwarten
state-pending = Antwort steht aus
state-code-sent = Code verschickt
state-code-unused = Code nicht eingegeben
state-received = eingegangen, in Prüfung
state-action-needed = Meta fragt nach
state-refused = abgelehnt
state-confirmed = bestätigt
state-overdue = Antwort überfällig
state-overdue-month = Frist abgelaufen
state-unobserved = nicht feststellbar

## Was für ein Konto zu tun ist. `$id` ist die Kennung des Kontos; Befehle bleiben, wie sie eingegeben werden.

date-unknown = einem unbekannten Tag
step-not-objected = Legen Sie mit Metas Formular Widerspruch für dieses Konto ein und tragen Sie ihn ein: confirmd objected { $id } --on DATUM
step-no-mail-expected = Die App antwortet möglicherweise nur mit einer Einblendung und schickt keine Mail. Haben Sie dort die Bestätigung Ihres Widerspruchs gesehen, tragen Sie sie ein: confirmd confirmed { $id } --note "in der App gesehen"
step-pending = Sie müssen nichts tun. Meta antwortet meist innerhalb von zwei Tagen; confirmd warnt ab dem { $day }.
step-pending-undated = Sie müssen nichts tun. Meta antwortet meist innerhalb von zwei Tagen; confirmd warnt, wenn es zu lange dauert.
step-code-unused = Ein Code kam, danach nichts mehr: Der Widerspruch wurde wahrscheinlich nicht abgeschickt. Öffnen Sie das Formular noch einmal, fordern Sie einen neuen Code an und schicken Sie es ab.
step-code-sent = Geben Sie den Code aus Metas Mail in das Formular ein und schicken Sie es ab; der Code gilt nur kurze Zeit.
step-received = Sie müssen nichts tun. Ihr Widerspruch liegt Meta vor und wird geprüft; Meta hat dafür Zeit bis zum { $day }.
step-received-undated = Sie müssen nichts tun. Ihr Widerspruch liegt Meta vor und wird geprüft; Meta hat dafür einen Monat Zeit.
step-action-needed = Meta bittet um weitere Angaben. Lesen Sie die Mail und beantworten Sie sie{ $see }.
step-refused = Meta lehnt ab. Lesen Sie die Begründung{ $see }; Sie können mit eigenen Gründen erneut Widerspruch einlegen oder sich bei Ihrer Datenschutzbehörde beschweren.
step-confirmed = Sie müssen nichts tun. confirmd bewahrt die Bestätigung als Beweis auf.
step-overdue-month = Der Monat, den Art. 12 Abs. 3 DSGVO Meta lässt, endete am { $day }. Mahnen Sie Meta schriftlich oder beschweren Sie sich bei Ihrer Datenschutzbehörde; auch über das Schweigen können Sie sich beschweren. Falls Meta doch bestätigt hat: confirmd confirmed { $id } --note TEXT
step-overdue = In keinem Postfach fand sich eine Mail, die als Antwort gilt. Haben Sie im Formular eine andere Adresse angegeben oder in der App widersprochen? Sonst legen Sie noch einmal Widerspruch ein. Falls Meta doch bestätigt hat: confirmd confirmed { $id } --note TEXT
step-no-mailbox = Es ist kein Postfach eingetragen, also sucht niemand nach Metas Antwort: Ergänzen Sie [[mailbox]] in der Konfiguration.
step-unobserved = Eine Antwort kann gekommen und nicht gesehen worden sein: { $mailboxes }. Rufen Sie `confirmd sync` auf und beheben Sie, was dabei gemeldet wird.
mailbox-never-read = Postfach „{ $name }“ wurde noch nie vollständig gelesen
mailbox-last-read = Postfach „{ $name }“ wurde zuletzt am { $day } vollständig gelesen
doubtful-one = Nachricht { $number } könnte die Antwort sein; sehen Sie sie zuerst an (confirmd explain { $number }).
doubtful-several = Die Nachrichten { $numbers } könnten die Antwort sein; sehen Sie sie zuerst an (confirmd messages --review).
late-reading = Die Frist ist am { $day } abgelaufen, aber seitdem wurden nicht alle Postfächer gelesen; rufen Sie `confirmd sync` auf
see = {" "}(confirmd explain { $number })
via-web = im Internet
via-app = in der App
via-letter = per Brief

## Eine zweifelhafte Nachricht: was sie selbst sagt, warum sie zweifelhaft ist, wie man entscheidet.

claim-code = Darin steht ein Einmalcode.
claim-receipt = Darin heißt es, dass Meta den Widerspruch erhalten hat.
claim-honoured = Darin heißt es, dass Meta den Widerspruch bestätigt.
claim-info-request = Darin wird um weitere Angaben gebeten.
claim-refused = Darin heißt es, dass Meta den Widerspruch ablehnt.
claim-notice = Darin wird etwas angekündigt.
account-blank = KONTO
settle = Wenn sie gilt: confirmd assign { $number } { $account } - wenn nicht: confirmd dismiss { $number }
settle-unrecognised = Lesen Sie sie. Wenn sie den Widerspruch bestätigt: confirmd confirmed { $account } --note TEXT - sonst: confirmd dismiss { $number }
settle-contradicts = Wenn sie die Bestätigung aufhebt: confirmd assign { $number } { $account } - wenn nicht: confirmd dismiss { $number }
settle-unread = Sehen Sie sie in Ihrem Mailprogramm an, danach: confirmd dismiss { $number }
doubt-unproven-sender = Die Nachricht liest sich wie eine Mail von Meta, aber nichts beweist, dass Meta sie geschickt hat.
doubt-ambiguous = Die Nachricht könnte zu { $ids } gehören.
doubt-ambiguous-one = Die Nachricht könnte zu { $id } gehören oder zu einem Konto, das Sie nicht eingetragen haben.
doubt-ambiguous-any = Die Nachricht könnte zu jedem Ihrer Konten gehören.
doubt-no-account = Meta hat die Nachricht geschickt, aber sie nennt keine Adresse Ihrer Konten oder einen Namen, der nicht Ihrer ist.
doubt-unrecognised = Meta schreibt über einen Widerspruch und KI in einem Wortlaut, den keine Regel kennt: Er hat sich geändert.
doubt-foreign-link = Die Nachricht liest sich wie eine Bestätigung, aber ein Link darin führt von Meta weg. Folgen Sie ihm nicht.
doubt-contradicts = Die Nachricht sagt weniger als die Bestätigung, die vor ihr kam.
doubt-too-large = Die Nachricht gibt an, von Meta zu kommen, und ist größer als limits.message; darum wurde sie nicht gelesen.
doubt-unreadable = Die Nachricht gibt an, von Meta zu kommen, und ließ sich nicht lesen.

## Dasselbe in wenigen Worten, für eine Liste.

reason-unproven-sender = Absender nicht bewiesen
reason-ambiguous = mehrere Konten möglich
reason-no-account = zu keinem Ihrer Konten
reason-unrecognised = unbekannter Wortlaut
reason-foreign-link = Link führt von Meta weg
reason-contradicts = widerspricht einer Bestätigung
reason-too-large = zu groß zum Lesen
reason-unreadable = nicht lesbar

## Überschriften und Texte der Benachrichtigungen.

title-confirmed = { $name }: Meta hat den Widerspruch bestätigt
title-received = { $name }: Meta hat den Widerspruch erhalten
title-action-needed = { $name }: Meta bittet um weitere Angaben
title-refused = { $name }: Meta lehnt den Widerspruch ab
title-overdue-month = { $name }: keine Bestätigung, und die Frist ist am { $day } abgelaufen
title-overdue-since = { $name }: keine Bestätigung, Widerspruch vom { $day }
title-overdue = { $name }: keine Bestätigung
title-unobserved = { $name }: nicht feststellbar, ob Meta bestätigt hat
title-code-unused = { $name }: Ein Code kam, danach nichts mehr
title-code-sent = { $name }: Meta hat einen Code geschickt
title-pending = { $name }: Metas Antwort steht aus
title-not-objected = { $name }: kein Widerspruch eingetragen
title-no-mail-expected = { $name }: Widerspruch in der App, keine Mail zu erwarten
title-review = Bitte ansehen: Nachricht { $number } ({ $reason })
no-error-reported = kein Fehler gemeldet
title-mailbox-recovered = Postfach „{ $name }“ wird wieder gelesen
text-mailbox-recovered = Sie müssen nichts tun. Was inzwischen kam, ist durchgesehen.
title-mailbox-never = Postfach „{ $name }“ wurde noch nicht gelesen
title-mailbox-stale = Postfach „{ $name }“ wurde zu lange nicht gelesen
text-mailbox-stale = Solange es nicht gelesen wird, kann eine Bestätigung ungesehen ankommen. Letzter Fehler: { $reason }.
title-mailbox-failing = Postfach „{ $name }“ lässt sich nicht lesen
text-mailbox-failing = Solange es nicht gelesen wird, kann eine Bestätigung ungesehen ankommen. { $reason }.

## Die Einträge eines Verlaufs.

entry-objected = Sie haben { $via } Widerspruch eingelegt.
entry-confirmed = Sie haben eine Bestätigung eingetragen: { $note }
entry-unread = Eine Nachricht kam an, die nicht gelesen wurde. Nachricht { $number }, von Ihnen zugeordnet.
entry-message = { $kind } Nachricht { $number }, { $how }.
entry-message-through = { $kind } Nachricht { $number }, { $how }, über { $id }.
entry-doubtful = Nachricht { $number } kam an und ist anzusehen: { $reason }.
entry-assigned = Sie haben entschieden, dass Nachricht { $number } zu diesem Konto gehört.
entry-noticed = confirmd stellte fest: { $state }.
entry-noticed-change = confirmd stellte fest: { $state } (vorher: { $before }).
entry-watching = confirmd begann zu beobachten: { $state }.
proof-user = von Ihnen zugeordnet
proof-by = Absender bewiesen durch { $proof }
proof-none = Absender nicht bewiesen
kind-code = Meta hat einen Einmalcode geschickt.
kind-receipt = Meta hat den Widerspruch erhalten.
kind-honoured = Meta hat den Widerspruch bestätigt.
kind-info-request = Meta bittet um weitere Angaben.
kind-refused = Meta lehnt den Widerspruch ab.
kind-notice = Meta hat etwas angekündigt; das ist keine Bestätigung.
kind-unrecognised = Meta schrieb in einem Wortlaut, den keine Regel kennt.

## Arten von Nachrichten in einem Wort, und wodurch ein Absender bewiesen ist.

word-code = Einmalcode
word-receipt = Eingangsbestätigung
word-honoured = Bestätigung
word-info-request = Rückfrage
word-refused = Ablehnung
word-notice = Ankündigung
word-unrecognised = unbekannter Wortlaut
proof-dkim = DKIM-Signatur
proof-authserv = Vermerk des eigenen Mailanbieters
proof-by-user = Ihr Wort
