# Was die Befehle um einen Stand herum ausgeben: Tabellen, Bemerkungen, was eingetragen wurde.

head-account = KONTO
head-state = STAND
head-since = SEIT
head-deadline = FRIST
status-since = seit { $day }
status-deadline = Frist: { $day }
watch-head = Stand vom { $day }, { $time } Uhr. Beenden mit Strg+C.
status-through = über { $id } in derselben Kontenübersicht
status-future-only = gilt für das, was Sie danach veröffentlichen: Ihr Widerspruch kam nach dem Beginn des Trainings am 27.05.2025
status-no-mailbox = Es ist kein Postfach eingetragen: Niemand sucht nach Metas Antworten.
status-review = { $count ->
    [one] { $count } Nachricht bitte ansehen: confirmd messages --review
   *[other] { $count } Nachrichten bitte ansehen: confirmd messages --review
}
mailbox-row = Postfach „{ $name }“: { $how }
mailbox-ok = vollständig gelesen am { $read }
mailbox-ok-failed = vollständig gelesen am { $read }; der letzte Versuch schlug fehl{ $error }
mailbox-stale = nicht vollständig gelesen seit { $read }{ $error }
mailbox-failing = nicht lesbar seit { $read }{ $error }
mailbox-failing-never = nicht lesbar{ $error }
mailbox-unread = noch nicht gelesen; rufen Sie `confirmd sync` auf{ $error }

platform-none = kein Konto (Formular für Dritte)
show-since = { $state } seit { $day }
show-deadline = Metas Frist (Art. 12 Abs. 3 DSGVO): { $day }
show-deadline-away = Metas Frist (Art. 12 Abs. 3 DSGVO): { $day } ({ $away })
show-covers-all = Ihr Widerspruch kam vor dem 27.05.2025, dem Beginn des Trainings: Er gilt für alles.
show-covers-future = Ihr Widerspruch kam nach dem Beginn des Trainings am 27.05.2025: Er gilt für das, was Sie danach veröffentlichen.
show-nothing-yet = Noch ist nichts geschehen.
show-next = Als Nächstes:

messages-none = Noch wurde keine Nachricht erkannt.
messages-no-review = Es ist nichts anzusehen.
messages-unproven = nicht bewiesen
messages-dismissed = von Ihnen verworfen

recorded-objection = Eingetragen: Widerspruch für { $id } am { $day }, { $via }.
recorded-confirmation = Eingetragen: Sie haben am { $day } gesehen, dass Meta den Widerspruch für { $id } bestätigt hat.
settled-assigned = Nachricht { $number } gehört nach Ihrer Entscheidung zu { $id }. { $kind }
settled-unrecognised = Ihr Wortlaut ist unbekannt, darum ändert sie keinen Stand. Falls sie den Widerspruch bestätigt: confirmd confirmed { $id } --note TEXT
settled-take-back = So nehmen Sie das zurück: confirmd assign { $number } --undo
settled-dismissed = Nachricht { $number } ist verworfen. So nehmen Sie das zurück: confirmd dismiss { $number } --undo
settled-undone = Für Nachricht { $number } gilt wieder, was die Regeln sagen.
