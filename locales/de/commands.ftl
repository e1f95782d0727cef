# Was Befehle tun und was dabei herauskam: sync, scan, rules, export, verify, redact, notify-test.

left-under-a-minute = noch weniger als eine Minute
left-minutes = { $count ->
    [one] noch etwa { $count } Minute
   *[other] noch etwa { $count } Minuten
}
left-hours = { $count ->
    [one] noch etwa { $count } Stunde
   *[other] noch etwa { $count } Stunden
}

sync-under-way = { $percent } %, Ordner { $folder } ({ $number } von { $folders }), { $looked ->
    [one] { $looked } Mail angesehen
   *[other] { $looked } Mails angesehen
}
sync-share = { $name } { $percent } %
sync-several = Liest { $shares }{ $left }
sync-complete = vollständig gelesen
sync-stopped = Vorzeitig beendet. Was gelesen wurde, bleibt erhalten; der nächste Aufruf macht dort weiter.
sync-summary = { $read } von { $mailboxes } { $mailboxes ->
    [one] Postfach
   *[other] Postfächern
} vollständig gelesen; { $looked ->
    [one] { $looked } Mail angesehen, die angibt, von Meta zu kommen
   *[other] { $looked } Mails angesehen, die angeben, von Meta zu kommen
}; davon { $recorded ->
    [one] betrifft { $recorded } einen Widerspruch oder ist zweifelhaft
   *[other] betreffen { $recorded } einen Widerspruch oder sind zweifelhaft
}.

scan-under-way = { $name }: { $percent } % von { $size }{ $left }
scan-went-on = Dort weitergelesen, wo eine frühere Durchsicht abgebrochen wurde: { $mails ->
    [one] { $mails } Mail wurde
   *[other] { $mails } Mails wurden
} nicht noch einmal gelesen.
scan-summary = { $mails ->
    [one] { $mails } Mail
   *[other] { $mails } Mails
} gelesen: { $candidates ->
    [one] { $candidates } gibt an, von Meta zu kommen
   *[other] { $candidates } geben an, von Meta zu kommen
}; davon { $recorded ->
    [one] betrifft { $recorded } einen Widerspruch oder ist zweifelhaft
   *[other] betreffen { $recorded } einen Widerspruch oder sind zweifelhaft
}.

rules-right = { $count ->
    [one] Die { $count } geltende Regel ist in Ordnung.
   *[other] Alle { $count } geltenden Regeln sind in Ordnung.
}
rules-file-right = { $file }: in Ordnung, { $count ->
    [one] { $count } Regel
   *[other] { $count } Regeln
}, { $phrases ->
    [one] { $phrases } Wendung
   *[other] { $phrases } Wendungen
}
rules-head-rule = REGEL
rules-head-kind = ART
rules-head-language = SPR.
rules-head-status = STATUS
rules-head-file = DATEI

export-wrote = { $out } geschrieben: { $count ->
    [one] { $count } Nachricht mit ihrem Schlüssel
   *[other] { $count } Nachrichten mit ihren Schlüsseln
}, ein Verlauf und die Seite zum Ausdrucken: { $page }
export-without-key = { $count ->
    [one] Der Schlüssel zu Nachricht { $numbers } ist nicht erhalten; ihre Signatur lässt sich aus diesem Bündel nicht prüfen.
   *[other] Die Schlüssel zu den Nachrichten { $numbers } sind nicht erhalten; ihre Signaturen lassen sich aus diesem Bündel nicht prüfen.
}
export-verify = So prüfen Sie das Bündel, hier oder auf einem anderen Rechner: confirmd verify { $out }

verify-files = Dateien, nach SHA256SUMS:
verify-senders = Absender, nach den Nachrichten selbst:
verify-ok = in Ordnung
verify-changed = verändert
verify-missing = fehlt
verify-added = hinzugefügt
verify-no-message = keine Nachricht lässt sich prüfen: { $why }
verify-no-key = kein Schlüssel lässt sich verwenden: { $why }
verify-no-messages = dieses Bündel enthält keine Nachrichten
verify-message = Nachricht { $number }: { $words }
verify-vouched = { $words }; von Hand zugeordnet
verify-was-unread = wurde beim Eintreffen nicht gelesen, eine Signatur ist nicht zu prüfen
verify-other-message = { $file } ist nicht die Nachricht, die { $timeline } beschreibt
verify-unreadable-unproven = nicht lesbar; der Absender war nicht bewiesen
verify-unreadable = Signatur ungültig: die Nachricht ist nicht lesbar
verify-other-sender = Signatur gültig, aber von { $domain }; { $timeline } nennt einen anderen Absender
verify-valid = Signatur von { $domain } mit dem beiliegenden Schlüssel gültig
verify-invalid = Signatur ungültig: { $why }
verify-by-host = damals nur durch den Vermerk des Mailanbieters bewiesen, der sich so nicht prüfen lässt
verify-unproven = Absender war nicht bewiesen
verify-file-unreadable = { $file } ist nicht lesbar: { $error }
verify-file-missing = { $file } fehlt
verify-file-foreign = { $file } gehört nicht zu diesem Bündel
verify-fine = In Ordnung: Jede Datei ist so, wie SHA256SUMS sagt.
verify-wrong = { $count ->
    [one] Nicht in Ordnung: { $count } Befund, siehe oben.
   *[other] Nicht in Ordnung: { $count } Befunde, siehe oben.
}
verify-note = Eine gültige Signatur zeigt, dass genau diese Nachricht vom Inhaber des beiliegenden Schlüssels stammt. Dass der Schlüssel dem Absender gehört, steht in keys.json; solange der Absender ihn veröffentlicht, sagt es auch DNS. Prüfsummen allein schützen nicht vor jemandem, der sie zusammen mit den Dateien ändert.

redact-nothing = Es war nichts zu ersetzen.
redact-replaced = Ersetzt oder weggelassen: { $what }.
redact-unlike = Die Regeln beurteilen das Ergebnis anders als die ursprüngliche Mail: Vergleichen Sie beide mit `confirmd explain`.
redact-signature = Die DKIM-Signatur ist nicht mehr gültig: Als Beweis gilt nur die ursprüngliche Mail, bewahren Sie sie auf.
redact-look = Sehen Sie das Ergebnis durch, bevor Sie es veröffentlichen: Namen anderer, Postanschriften und was jemand geschrieben hat, werden nicht erkannt.
redact-addresses = { $count ->
    [one] { $count } Adresse
   *[other] { $count } Adressen
}
redact-names = { $count ->
    [one] { $count } Name
   *[other] { $count } Namen
}
redact-handles = { $count ->
    [one] { $count } Nutzername
   *[other] { $count } Nutzernamen
}
redact-numbers = { $count ->
    [one] { $count } Nummer
   *[other] { $count } Nummern
}
redact-tokens = { $count } Kennzeichen
redact-links = { $count ->
    [one] { $count } Link
   *[other] { $count } Links
}
redact-hosts = { $count ->
    [one] { $count } Rechnername
   *[other] { $count } Rechnernamen
}
redact-headers = { $count ->
    [one] { $count } Kopfzeile
   *[other] { $count } Kopfzeilen
}
redact-attachments = { $count ->
    [one] { $count } Anhang
   *[other] { $count } Anhänge
}

test-none = Es ist kein [[notify]] eingetragen: Warnungen stehen nur im Protokoll.
test-title = confirmd: Dies ist ein Test
test-text = Wenn Sie das lesen können, erreichen Warnungen Sie auf diesem Weg. Es ist nichts geschehen.
test-delivered = { $way }: zugestellt
