//! What went wrong, in the person's language.
//!
//! Edges say it in English, for the log, for `check` and for the database, which keeps why a mailbox could not be read. Here is no
//! judgement: a sentence is recognised by its English form (`locales/en/faults.ftl`), and stays as it is where no form fits, as
//! the words of a server do.

use super::{Form, Locale};

impl Locale {
    /// The sentence in this language; what it names as its reason (the gap `why`) too.
    pub fn fault(&self, english: &str) -> String {
        self.reworded_within(english, FAULTS)
    }
}

/// Of two that fit, the first counts: the longer one stands before the one that it begins or ends like.
const FAULTS: &[Form] = &[
    // What is kept of a mailbox that could not be read.
    ("imap-refused", &["at", "why"]),
    ("imap-certificate", &["at", "why"]),
    ("imap-unavailable", &["at", "why"]),
    ("imap-folder", &["folder", "why"]),
    ("store-damaged", &["file", "why"]),
    // The system.
    ("os-missing", &[]),
    ("os-forbidden", &[]),
    ("os-not-permitted", &[]),
    ("os-folder", &[]),
    ("os-no-folder", &[]),
    ("os-exists", &[]),
    ("os-full", &[]),
    ("os-quota", &[]),
    ("os-read-only", &[]),
    ("os-io", &[]),
    ("os-descriptors", &[]),
    ("os-not-executable", &[]),
    ("os-refused", &[]),
    ("os-timed-out", &[]),
    ("os-reset", &[]),
    ("os-pipe", &[]),
    ("os-host", &[]),
    ("os-network", &[]),
    ("os-name", &[]),
    ("os-name-later", &[]),
    ("os-name-empty", &[]),
    ("os-utf8", &[]),
    // Certificates, in OpenSSL's words.
    ("ssl-expired", &[]),
    ("ssl-not-yet", &[]),
    ("ssl-self-signed", &[]),
    ("ssl-self-signed-chain", &[]),
    ("ssl-issuer", &[]),
    ("ssl-first", &[]),
    ("ssl-name", &[]),
    ("ssl-address", &[]),
    ("ssl-revoked", &[]),
    // Mailboxes.
    ("fault-name-no-address", &[]),
    ("fault-name", &["why"]),
    ("fault-name-bare", &[]),
    ("fault-slow", &["seconds"]),
    ("fault-closed-because", &["words"]),
    ("fault-closed", &[]),
    ("fault-too-large", &["bytes"]),
    ("fault-no-imap", &["words"]),
    ("fault-preauth", &[]),
    ("fault-greeting", &["words"]),
    ("fault-unasked", &[]),
    ("fault-turn", &[]),
    ("fault-responses", &["count"]),
    ("fault-line", &["bytes"]),
    ("fault-unreadable", &[]),
    ("fault-loopback", &[]),
    ("fault-tls", &["words"]),
    ("fault-tls-other", &["words"]),
    ("fault-tls-stopped", &[]),
    ("fault-starttls-preauth", &[]),
    ("fault-no-starttls", &[]),
    ("fault-starttls-refused", &["words"]),
    ("fault-injection", &[]),
    ("fault-ca-file", &["why"]),
    ("fault-ca-empty", &[]),
    ("fault-credentials", &[]),
    ("fault-no-xoauth2", &[]),
    ("fault-login-disabled", &[]),
    ("fault-secret-repeated", &[]),
    ("fault-no-list", &["words"]),
    ("fault-no-uidvalidity", &[]),
    ("fault-not-sent", &[]),
    ("fault-no-folder", &["name"]),
    ("fault-ca-unreadable", &["file", "why"]),
    ("fault-defect", &[]),
    ("fault-stopped", &[]),
    // Passwords and programs.
    ("fault-no-secret", &["why"]),
    ("fault-password-file", &["file", "why"]),
    ("fault-password-env", &["name"]),
    ("fault-password-credential", &["name", "again"]),
    ("fault-secret-empty", &["where"]),
    ("fault-secret-nul", &["where"]),
    ("fault-secret-utf8", &["where"]),
    ("fault-secret-large", &["where"]),
    ("secret-from-command", &["name"]),
    ("secret-from-file", &["name"]),
    ("secret-from-env", &["name"]),
    ("secret-from-credential", &["name"]),
    ("secret-from-configuration", &[]),
    ("fault-program-not-run", &["program", "why"]),
    ("program-exit", &["program", "code"]),
    ("program-exit-said", &["program", "code", "words"]),
    ("program-signal", &["program", "signal"]),
    ("fault-program-slow", &["program", "seconds"]),
    ("fault-program-much", &["program", "bytes"]),
    ("fault-program-stopped", &["program"]),
    // The database.
    ("fault-looked-at", &["why"]),
    // Files and mails.
    ("fault-file-unreadable", &["file", "why"]),
    ("fault-file-packed", &["file", "format"]),
    ("fault-file-packed-inside", &["format"]),
    ("fault-file-broken", &["file", "at", "why"]),
    ("fault-file-broken-inside", &["at", "why"]),
    ("fault-file-no-mail", &[]),
    ("fault-file-over-limit", &["size", "limit"]),
    ("fault-mail-no-header", &[]),
    ("fault-mail-nested", &[]),
    ("fault-redact-no-header", &["file"]),
    ("fault-redact-large", &["file"]),
    ("fault-redact-parts", &["file"]),
    ("fault-redact-no-mail", &["file"]),
    ("fault-read-as", &["file", "why"]),
    ("fault-read", &["why"]),
    // Evidence bundles.
    ("fault-out-new", &["folder"]),
    ("fault-out-parent", &["folder"]),
    ("fault-out-unfinished", &["folder"]),
    ("fault-out-no-folder", &["folder"]),
    ("fault-out-not-empty", &["folder"]),
    ("fault-out-look", &["folder", "why"]),
    ("fault-out-look-into", &["folder", "why"]),
    ("fault-out-write", &["file", "why"]),
    // Notices and DNS.
    ("fault-smtp-name", &["server", "why"]),
    ("fault-smtp-no-address", &["server"]),
    ("fault-smtp-connect", &["server", "address", "why"]),
    ("fault-smtp-login-later", &["server", "code"]),
    ("fault-smtp-login", &["server", "code"]),
    ("fault-smtp-no-login", &["server"]),
    ("fault-smtp-starttls", &["server"]),
    ("fault-smtp-slow", &["server", "command"]),
    ("fault-smtp-refuses", &["server", "what", "words"]),
    ("fault-smtp-letters", &["server"]),
    ("fault-smtp-ca", &["server", "file", "why"]),
    ("fault-gave-up", &["way", "seconds"]),
    ("fault-no-answer", &[]),
    ("fault-dns", &[]),
    // What is given to commands.
    ("fault-day", &[]),
    ("fault-word", &["word", "known"]),
    ("os-number", &[]),
    ("os-number-empty", &[]),
    // Whatever else a server or a file has to say: it comes last, because it fits much.
    ("imap-broken", &["at", "why"]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::language::Lang;

    #[test]
    fn what_went_wrong_is_said_again_with_its_reason() {
        let cases = [
            (
                "imap.example.org:993 refuses the login: [AUTHENTICATIONFAILED] no; check username and password",
                "imap.example.org:993 lehnt die Anmeldung ab: [AUTHENTICATIONFAILED] no; prüfen Sie Benutzername und Passwort",
            ),
            (
                "imap.example.org:993: the name cannot be resolved: failed to lookup address information: Name or service not known",
                "imap.example.org:993: der Servername lässt sich nicht auflösen: diesen Namen kennt niemand",
            ),
            (
                "mail.eml: cannot be read: No such file or directory (os error 2)",
                "mail.eml: nicht lesbar: die Datei oder den Ordner gibt es nicht",
            ),
            (
                "no password or token: pass failed (exit status 2): gpg: no secret key",
                "kein Passwort und kein Token: pass ist gescheitert (Exit-Status 2): gpg: no secret key",
            ),
            ("a server's own words", "a server's own words"),
            ("their words: they stay", "their words: they stay"),
        ];
        for (english, german) in cases {
            assert_eq!(Locale::of(Lang::De).fault(english), german);
            assert_eq!(Locale::of(Lang::En).fault(english), english);
        }
    }
}
