# Was `confirmd doctor` vorfindet und was sich dagegen tun lässt. Ein "todo" setzt einen Befund fort; beide enden ohne Punkt.

doc-part-configuration = Konfiguration
doc-part-database = Datenbank
doc-part-mailboxes = Postfächer
doc-part-mailbox = Postfach „{ $name }“
doc-part-dns = DNS
doc-part-notices = Benachrichtigungen
doc-part-watching = Überwachung
doc-end = { $wrong ->
    [0] Alles ist in Ordnung.
    [one] 1 Punkt stimmt nicht.
   *[other] { $wrong } Punkte stimmen nicht.
}
doc-end-notes = { $count ->
    [one] 1 Hinweis verdient einen Blick
   *[other] { $count } Hinweise verdienen einen Blick
}
doc-end-and = { $wrong ->
    [0] Kein Fehler; { $notes }.
    [one] 1 Punkt stimmt nicht; { $notes }.
   *[other] { $wrong } Punkte stimmen nicht; { $notes }.
}

## Konfiguration

doc-named-option = mit --config angegeben
doc-named-variable = mit $CONFIRMD_CONFIG angegeben
doc-named-usual = üblicher Ort
doc-config = { $file } ({ $named }): { $mailboxes }, { $accounts }, { $ways }
doc-count-mailboxes = { $count ->
    [one] 1 Postfach
   *[other] { $count } Postfächer
}
doc-count-accounts = { $count ->
    [one] 1 Konto
   *[other] { $count } Konten
}
doc-count-ways = { $count ->
    [one] 1 Benachrichtigungsweg
   *[other] { $count } Benachrichtigungswege
}
doc-count-files = { $count ->
    [one] 1 eigenen Datei
   *[other] { $count } eigenen Dateien
}
doc-database = Datenbank: { $file } ({ $origin })
doc-rules = Regeln: { $count } in Kraft, alle mitgeliefert ({ $origin })
doc-rules-own = Regeln: { $count } in Kraft, mit { $files } aus { $folder } ({ $origin })
doc-language = Sprache: { $lang } ({ $origin })
doc-origin-line = Zeile { $line }
doc-origin-default = Voreinstellung
doc-fix-permission = führen Sie diesen Befehl als Benutzer des Dienstes aus, oder geben Sie ihm die Datei
doc-fix-missing = berichtigen Sie den Pfad, oder legen Sie die Datei mit confirmd init an
doc-fix-unreadable = geben Sie den Pfad einer Konfigurationsdatei an
doc-fix-wrong = berichtigen Sie diese Zeile (config.example.toml erklärt jeden Schlüssel)
doc-no-mailbox = es ist keines eingetragen: Niemand sieht nach, ob Meta antwortet
doc-no-mailbox-todo = tragen Sie ein [[mailbox]] ein (siehe config.example.toml)

## Datenbank

doc-db-unseen = { $file } lässt sich nicht ansehen: { $why }
doc-db-unseen-todo = führen Sie diesen Befehl als Benutzer des Dienstes aus, oder berichtigen Sie `database`
doc-db-open = andere können die Datenbank und die Mails darin lesen (Rechte { $mode })
doc-db-foreign = die Datenbank gehört Benutzer { $owner }, dieser Befehl läuft als Benutzer { $me }
doc-db-foreign-todo = führen Sie die Befehle von confirmd als Benutzer des Dienstes aus
doc-db-whole = { $file }: { $size }, Rechte { $mode }, Version { $version }, unbeschädigt
doc-db-damaged = { $file }: { $size }, Rechte { $mode }: Die Datenbank ist beschädigt: { $damage }
doc-db-damaged-todo = verschieben Sie die Datei und lesen Sie die Postfächer mit `confirmd sync` neu ein; was Sie selbst eingetragen haben, steht nur in der alten Datei
doc-db-old-todo = der nächste Befehl, der etwas schreibt, bringt sie von selbst auf Version { $newest }
doc-db-refused-todo = geben Sie mit `database` eine andere Datei an, oder installieren Sie das confirmd, zu dem sie gehört
doc-db-busy-todo = versuchen Sie es noch einmal; bleibt es so, zeigt fuser, welches Programm die Datei benutzt
doc-db-unusable-todo = prüfen Sie Eigentümer und Rechte der Datei und ihres Ordners, und ob Platz frei ist
doc-db-keep-todo = was Sie selbst eingetragen haben, steht nur in der alten Datei: Heben Sie sie auf
doc-db-absent = { $file } gibt es noch nicht
doc-db-absent-todo = `confirmd run` oder `confirmd sync` legt sie an
doc-db-unwritable = dieser Benutzer darf in { $folder } nicht schreiben
doc-db-unwritable-todo = führen Sie diesen Befehl als Benutzer des Dienstes aus, oder geben Sie mit `database` einen anderen Ort an
doc-room = dort sind { $size } frei
doc-room-little = in { $folder } sind nur { $size } frei
doc-room-little-todo = schaffen Sie Platz
doc-room-unknown = wie viel in { $folder } frei ist, lässt sich nicht feststellen: { $why }
doc-bytes = { $count } Byte
doc-see-database = siehe oben bei der Datenbank

## Ein Postfach

doc-untried = lässt sich nicht prüfen: { $why }
doc-untried-todo = schließen Sie andere Programme
doc-login = angemeldet als { $user }
doc-login-by = angemeldet als { $user } ({ $way }, aus { $secret })
doc-by-password = Passwort
doc-no-tls = { $at }: ohne TLS (tls = "none"); die Verbindung verlässt diesen Rechner nicht
doc-tls = { $at }: { $version }{ $cipher }
doc-starttls = { $at }: { $version } nach STARTTLS{ $cipher }
doc-nameless = (ohne Namen)
doc-certificate = Zertifikat von { $subject }, ausgestellt von { $issuer }
doc-certificate-until = { $certificate }, gültig bis { $day }
doc-certificate-soon = { $certificate }, gültig bis { $day }, noch { $days ->
    [one] 1 Tag
   *[other] { $days } Tage
}
doc-certificate-soon-todo = Ihr E-Mail-Anbieter muss es erneuern; danach wird nichts mehr gelesen
doc-idle = neue Mails werden sofort bemerkt (IDLE), außerdem wird alle { $every } nachgesehen
doc-poll = nach neuen Mails wird alle { $every } gesehen (idle = false)
doc-no-idle = kein IDLE: neue Mails werden innerhalb von { $every } bemerkt (poll)
doc-list-status = eine Frage genügt, um geänderte Ordner zu finden (LIST-STATUS)
doc-no-list-status = kein LIST-STATUS: Jeder Ordner wird einzeln abgefragt
doc-capabilities = Fähigkeiten: { $words }
doc-hint = Hinweis: { $remark }
doc-refused-todo = prüfen Sie `username` und das Passwort aus { $secret }
doc-refused-typed-todo = geben Sie beides noch einmal ein; manche Anbieter verlangen ein App-Passwort, oder dass IMAP erst eingeschaltet wird
doc-certificate-todo = wenn `host` stimmt und das Zertifikat von Ihrer eigenen Zertifizierungsstelle ist, tragen Sie diese als `ca_file` ein; sonst melden Sie sich nicht an: Jemand könnte dazwischen stehen
doc-network-todo = prüfen Sie `host`, `port` und `tls` und Ihre Netzverbindung
doc-timeout-todo = prüfen Sie `host`, `port` und `tls`; vielleicht verschluckt eine Firewall die Verbindung
doc-policy-todo = prüfen Sie `tls` und `auth`
doc-unavailable-todo = versuchen Sie es später noch einmal; bleibt es so, fragen Sie Ihren E-Mail-Anbieter
doc-protocol-todo = prüfen Sie `port` und `tls`: Ist das ein IMAP-Server?
doc-secret-todo = sorgen Sie dafür, dass aus { $secret } in der ersten Zeile das Passwort kommt, auch für diesen Benutzer
doc-ca-file-todo = berichtigen Sie `ca_file`, oder machen Sie die Datei für diesen Benutzer lesbar
doc-look-ended = die Ordner konnten nicht alle angesehen werden: { $why }
doc-look-ended-todo = versuchen Sie es noch einmal; bleibt es so, fragen Sie Ihren E-Mail-Anbieter, oder erhöhen Sie `timeout` in [limits]

## Seine Ordner

doc-messages = { $count ->
    [one] 1 Mail
   *[other] { $count } Mails
}
doc-messages-uncounted = Mails nicht gezählt
doc-look = { $count } zu prüfen
doc-look-more = { $count } oder mehr zu prüfen
doc-look-all = alle Absender zu prüfen (kein SEARCH)
doc-look-uncounted = die zu prüfenden nicht gezählt: Es hat zu lange gedauert
doc-folder-read = wird gelesen: { $messages }, { $look }
doc-folder-unopened = lässt sich nicht öffnen
doc-folder-named-todo = nehmen Sie ihn aus `folders`, oder fragen Sie Ihren E-Mail-Anbieter nach dem Grund
doc-folder-passed-todo = er wird übergangen; die anderen werden gelesen
doc-folder-absent = den Ordner „{ $name }“, den `folders` nennt, gibt es nicht
doc-folder-absent-todo = berichtigen Sie `folders`, oder legen Sie ihn an; der Server hat { $there }
doc-unread = nicht gelesen
doc-unread-parent = nicht gelesen: enthält nur andere Ordner
doc-unread-unnamed = nicht gelesen: `folders` nennt ihn nicht
doc-unread-own = nicht gelesen: enthält, was Sie selbst geschrieben haben
doc-unread-all = nicht gelesen: seine Mails liegen auch im Ordner aller Mails
doc-more-folders = { $count ->
    [one] ... 1 weiterer Ordner
   *[other] ... { $count } weitere Ordner
}
doc-folders = { $all ->
    [one] { $read } von 1 Ordner wird gelesen: { $messages }, { $look } (seit { $since }, angeblich von Meta)
   *[other] { $read } von { $all } Ordnern werden gelesen: { $messages }, { $look } (seit { $since }, angeblich von Meta)
}
doc-folders-todo = ohne Ordner wird keine Bestätigung gesehen: Nennen Sie welche in `folders`, oder lassen Sie den Schlüssel weg

## Wer die Mails prüft

doc-auth-no-mail = es ist noch keine Mail da, an der zu sehen wäre, wer die Mails für dieses Postfach prüft
doc-auth-newest = { $count ->
    [one] die neueste Mail
   *[other] die neuesten { $count } Mails
}
doc-auth-known = für diesen Anbieter bekannt
doc-auth-trusted = { $newest }: Authentication-Results von { $ids }, vertrauenswürdig ({ $how })
doc-auth-expected = , und keine von { $ids } (trusted_authserv_ids)
doc-auth-many = { $newest }: Authentication-Results von { $count } Servern, keiner davon in der Hälfte der Mails{ $expected }
doc-auth-many-todo = ein Anbieter, der jedes Mal anders heißt, lässt sich nicht am Namen erkennen; Absender werden durch ihre DKIM-Signatur nachgewiesen, wozu DNS nötig ist
doc-auth-none = { $newest }: keine Authentication-Results, die DKIM nennen{ $expected }
doc-auth-none-todo = Absender werden allein durch ihre DKIM-Signatur nachgewiesen, wozu DNS nötig ist; Sie müssen nichts tun
doc-auth-foreign = { $newest }: Authentication-Results von { $ids }, nicht als vertrauenswürdig eingetragen{ $expected }
doc-auth-foreign-todo = wenn das Ihr eigener E-Mail-Anbieter ist (fragen Sie ihn, oder vergleichen Sie mit anderen Mails: Auch ein Absender kann eine solche Zeile schreiben), ergänzen Sie bei diesem [[mailbox]], damit Absender auch nachgewiesen sind, wo DKIM hier nicht geprüft werden kann:
doc-auth-nameless = einem Server ohne Namen (Outlook: "outlook")

## DNS

doc-dns-system = der Resolver des Systems ({ $servers }, aus /etc/resolv.conf)
doc-dns-system-none = der Resolver des Systems (/etc/resolv.conf nennt keinen)
doc-dns-ok = { $asked } liefert Metas DKIM-Schlüssel { $key } in { $took }
doc-dns-missing = { $asked } antwortet in { $took }, dass es den DKIM-Schlüssel { $key } nicht gibt
doc-dns-missing-todo = vielleicht hat Meta ihn gewechselt, dann müssen Sie nichts tun; bleiben auch die Absender neuer Mails ohne Nachweis, geben Sie in [dns] server einen anderen Resolver an: manche filtern ihre Antworten
doc-dns-silent = { $asked } lässt sich nicht nach Metas DKIM-Schlüssel fragen ({ $took }): { $why }
doc-dns-silent-todo = DKIM lässt sich nicht prüfen; Absender sind dann nur durch Authentication-Results eines vertrauenswürdigen Servers nachgewiesen ({ $only }): Prüfen Sie [dns] server oder Ihre Netzverbindung
doc-dns-nothing = kein Postfach hat einen solchen, also kann keine Mail einen Stand ändern
doc-dns-otherwise = so bei { $mailboxes }
doc-mailbox = Postfach „{ $name }“

## Benachrichtigungen

doc-no-notify = kein [[notify]]: Warnungen stehen nur im Protokoll und in `confirmd status`
doc-no-notify-todo = tragen Sie ein [[notify]] ein, und versuchen Sie es mit `confirmd notify-test`
doc-nothing-sent = es wurde nichts verschickt; `confirmd notify-test` schickt auf jedem Weg eine Probe
doc-no-program = { $label }: dieses Programm gibt es nicht
doc-no-program-todo = berichtigen Sie `command` in [[notify]]; der $PATH des Dienstes kann kürzer sein als Ihrer: Schreiben Sie den ganzen Pfad
doc-email = { $label }, an { $to }

## Überwachung

doc-running = ein confirmd (`run` oder ein laufendes `sync`) liest die Postfächer für diese Datenbank
doc-not-running = es läuft kein confirmd: Niemand würde bemerken, dass eine Bestätigung ausbleibt
doc-not-running-todo = starten Sie den Dienst: systemctl --user enable --now confirmd (die Units stehen in packaging/), oder confirmd run
doc-read-never = noch nie
doc-read-last = zuletzt am { $at }
doc-box-ok = Postfach „{ $name }“: vollständig gelesen, { $since }{ $error }
doc-box-never = Postfach „{ $name }“: noch nicht vollständig gelesen{ $error }
doc-box-stale = Postfach „{ $name }“: nicht aktuell, vollständig gelesen { $since }{ $error }
doc-box-failing = Postfach „{ $name }“: nicht lesbar (vollständig gelesen { $since }){ $error }
doc-watch-log-todo = siehe oben beim Postfach, und im Protokoll des Dienstes: journalctl --user -u confirmd
doc-watch-sync-todo = starten Sie den Dienst, oder führen Sie jetzt `confirmd sync` aus
doc-watch-wait-todo = vielleicht läuft das erste Lesen noch; sehen Sie später noch einmal nach

## Was Kundinnen und Kunden mancher Anbieter zuerst tun müssen (hosts.toml). Anbieter ändern ihre Einstellungsseiten.

host-gmail = Gmail: braucht ein App-Passwort, und dafür die Bestätigung in zwei Schritten; das Passwort des Google-Kontos wird abgelehnt
host-gmx = GMX: IMAP einschalten unter E-Mail > Einstellungen > POP3/IMAP Abruf
host-webde = WEB.DE: IMAP einschalten unter E-Mail > Einstellungen > POP3/IMAP Abruf
host-telekom = Telekom: braucht das eigene „Passwort für E-Mail-Programme“
host-outlook = Outlook: nimmt kein Passwort mehr an; nötig sind auth = "xoauth2" und ein token_command, also ein Programm, das ein Zugriffstoken ausgibt
host-icloud = iCloud: braucht ein app-spezifisches Passwort (account.apple.com > Anmeldung und Sicherheit)
host-yahoo = Yahoo: braucht ein App-Passwort (Accountsicherheit > App-Passwort generieren)
host-aol = AOL: braucht ein App-Passwort (Accountsicherheit > App-Passwort generieren)
host-fastmail = Fastmail: braucht ein App-Passwort (Settings > Privacy & Security)
host-proton = Proton Mail: die Bridge muss auf diesem Rechner laufen; sie zeigt das Passwort an, und ihr Zertifikat gehört in ca_file
host-tuta = Tuta: bietet kein IMAP an, confirmd kann dieses Postfach nicht lesen; geben Sie bei Meta eine Adresse bei einem anderen Anbieter an
