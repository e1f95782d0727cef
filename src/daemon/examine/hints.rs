//! What is known of some mail hosts whose users are refused at first. Hints: hosts change their settings pages.

/// Hosts by the ends of their IMAP servers' names, and what their users have to do first.
const HINTS: &[(&[&str], &str)] = &[
    (&["gmx.net", "gmx.de", "gmx.com"], "GMX: switch on IMAP under E-Mail > Einstellungen > POP3/IMAP Abruf"),
    (&["web.de"], "web.de: switch on IMAP under E-Mail > Einstellungen > POP3/IMAP Abruf"),
    (
        &["gmail.com", "googlemail.com"],
        "Gmail: needs an app password, for which 2-step verification must be on; the account's own password is refused",
    ),
    (
        &["outlook.com", "office365.com", "hotmail.com"],
        "Outlook: takes no password any more; needs auth = \"xoauth2\" and a token_command",
    ),
    (&["yahoo.com", "aol.com"], "Yahoo: needs an app password (Account Security > Generate app password)"),
    (&["me.com", "icloud.com"], "iCloud: needs an app-specific password (account.apple.com > Sign-In and Security)"),
    (&["fastmail.com"], "Fastmail: needs an app password (Settings > Privacy & Security)"),
    (&["t-online.de"], "T-Online: needs the separate password for e-mail programs (Passwort für E-Mail-Programme)"),
];

/// What a person who is refused at this IMAP host may have to do first.
pub(super) fn hint(host: &str) -> Option<&'static str> {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let is_within = |domain: &str| host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    HINTS.iter().find(|(domains, _)| domains.iter().any(|domain| is_within(domain))).map(|(_, hint)| *hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_known_by_the_end_of_its_name() {
        let cases = [
            ("imap.gmx.net", Some("GMX")),
            ("IMAP.web.de.", Some("web.de")),
            ("imap.gmail.com", Some("Gmail")),
            ("outlook.office365.com", Some("Outlook")),
            ("imap-mail.outlook.com", Some("Outlook")),
            ("imap.mail.yahoo.com", Some("Yahoo")),
            ("imap.mail.me.com", Some("iCloud")),
            ("secureimap.t-online.de", Some("T-Online")),
            ("imap.notweb.de", None),
            ("gmail.com.example.org", None),
            ("imap.some.com", None),
            ("127.0.0.1", None),
            ("", None),
        ];
        for (host, name) in cases {
            assert_eq!(hint(host).and_then(|hint| hint.split(':').next()), name, "{host}");
        }
    }
}
