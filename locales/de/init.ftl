# Was `confirmd init` fragt und sagt. Fragen haben eine Zeile; die Vorgabe steht danach in Klammern.

init-file-head = Konfiguration von confirmd, geschrieben von `confirmd init` am { $day }. Ändern Sie, was Sie möchten, und prüfen Sie es mit `confirmd doctor`.
init-exists = { $file } gibt es schon; ändern Sie die Datei von Hand, oder ersetzen Sie sie mit --force (die alte bleibt daneben erhalten)
init-no-file = { $file } kann nicht die Konfigurationsdatei sein; geben Sie mit --out eine an
init-missing = es fehlt: { $options }; ohne Terminal für Rückfragen müssen Optionen alles angeben (confirmd init --help)
init-unwritable = { $file } lässt sich nicht schreiben: { $why }
init-nothing-written = es wurde nichts geschrieben; mit --offline wird ohne Versuch geschrieben
init-stopped = abgebrochen; es wurde nichts geschrieben
init-unreadable = Das ist nicht lesbar. Bitte geben Sie es noch einmal ein, in einer Zeile.
init-yes = j
init-no = n
init-yes-or-no = Bitte antworten Sie mit { $yes } oder { $no }.

init-welcome = In wenigen Minuten ist confirmd eingerichtet: welches Postfach es liest und für welche Konten es auf Metas Antwort wartet. Bis zur letzten Frage wird nichts geschrieben. Mit Strg+C können Sie jederzeit abbrechen.
init-mailbox = 1. Das Postfach. Meta antwortet per E-Mail. confirmd liest Ihr Postfach und ändert darin nichts.
init-email = Ihre E-Mail-Adresse
init-email-wrong = „{ $text }“ ist keine E-Mail-Adresse; schreiben Sie zum Beispiel anna@example.org.
init-server = Server: { $host }, Port { $port }, TLS: { $tls }.
init-host = IMAP-Server Ihres E-Mail-Anbieters
init-tls = Verschlüsselung: implicit, starttls, none (nur dieser Rechner)
init-tls-wrong = Bitte schreiben Sie implicit, starttls oder none.
init-port = Port
init-port-wrong = Ein Port ist eine Zahl von 1 bis 65535.
init-username = Benutzername für die Anmeldung
init-password-note = Das Passwort kommt in die Datei { $file } neben der Konfiguration, nur für Sie lesbar. Soll es lieber ein Programm ausgeben (pass, secret-tool), lassen Sie die Zeile leer.
init-password = Passwort (wird beim Tippen nicht angezeigt)
init-password-command = Programm, das das Passwort ausgibt, mit seinen Argumenten
init-token-command = Programm, das ein Zugriffstoken ausgibt, mit seinen Argumenten
init-command-empty = Geben Sie ein Programm an, zum Beispiel: pass show mail/anna
init-trying = Anmeldung bei { $host } wird versucht ...
init-again = Noch einmal versuchen?
init-anyway = Ohne gelungene Anmeldung weitermachen?

init-accounts = 2. Ihre Konten bei Meta. Ihre Angaben helfen zu erkennen, um welches Konto es in einer Antwort geht.
init-platform = Wo ist das Konto: facebook, instagram, threads, none (ich habe keines)
init-platforms = Bitte schreiben Sie facebook, instagram, threads oder none.
init-whatsapp = Für WhatsApp gibt es keinen solchen Widerspruch, also auch keine Antwort, auf die Sie warten könnten; `confirmd guide whatsapp` erklärt, was dort gilt.
init-handle = Ihr Benutzername dort (darf leer bleiben)
init-display-name = Ihr Name, wie er dort angezeigt wird (darf leer bleiben)
init-emails = Adressen des Kontos und die im Formular angegebene
init-objected = Wann haben Sie widersprochen, z. B. 20.05.2025 (leer: noch nicht)
init-date-wrong = Das ist kein Datum; schreiben Sie zum Beispiel 20.05.2025.
init-future = Dieser Tag liegt in der Zukunft.
init-via = Wie haben Sie widersprochen: web (Formular), app oder letter (Brief)
init-via-wrong = Bitte schreiben Sie web, app oder letter.
init-another = Noch ein Konto?
init-centre = Sind diese Konten in Metas Kontenübersicht verknüpft?

init-written = Geschrieben, nur für Sie lesbar: { $file }
init-password-written = Das Passwort, nur für Sie lesbar: { $file }
init-kept = Die alte Konfiguration: { $file }
init-not-objected = Sie haben noch nicht für jedes Konto widersprochen. So geht es, Schritt für Schritt:
init-next-doctor = Alles prüfen, und sehen, was noch zu tun ist:
init-next-sync = Das Postfach zum ersten Mal lesen:
init-next-status = Sehen, wo Ihre Widersprüche stehen:
init-next-run = Danach wacht confirmd von selbst und warnt, wenn eine Antwort ausbleibt:
init-next-service = Oder als Dienst, der von selbst startet, wenn das Paket oder packaging/systemd installiert ist:
