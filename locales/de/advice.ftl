# Was ein Stand bedeutet und was zu tun ist. Kein Text zitiert eine Mail oder ihren Betreff: ein Betreff kann ein Einmalcode sein.
# Anrede: Sie. Wörter der Verbraucherzentralen: Widerspruch, Bestätigung, Frist.

## Der Stand in wenigen Worten, für eine Tabelle: höchstens 24 Zeichen.

state-not-objected = noch kein Widerspruch
state-no-mail-expected = keine Mail zu erwarten
state-pending = wartet auf Meta
state-code-sent = Code verschickt
state-code-unused = Code nicht eingegeben
state-received = eingegangen, in Prüfung
state-action-needed = Meta fragt nach
state-refused = abgelehnt
state-confirmed = bestätigt
state-overdue = keine Antwort, zu spät
state-overdue-month = Frist ohne Antwort um
state-unobserved = nicht feststellbar
