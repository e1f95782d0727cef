//! Writes a notice as a mail (RFC 5322, 2045, 2047). Pure: the same notice always becomes the same mail.
//!
//! The mail is ASCII throughout, whatever the notice says, so that every server takes it. Only addresses stay as they are.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::Notice;
use crate::config::Email;

/// The mail with CRLF line ends, without the dots that SMTP doubles.
pub(super) fn compose(email: &Email, notice: &Notice) -> String {
    let date = notice.at.strftime("%a, %d %b %Y %H:%M:%S +0000");
    let headers = [
        format!("From: confirmd <{}>", email.from),
        format!("To: {}", email.to.join(",\r\n ")),
        format!("Subject: {}", unstructured(&notice.title)),
        format!("Date: {date}"),
        format!("Message-ID: {}", message_id(email, notice)),
        // RFC 3834: no out-of-office answer is wanted.
        "Auto-Submitted: auto-generated".to_owned(),
        format!("X-Confirmd-Event: {}", unstructured(&notice.event)),
        format!("X-Confirmd-Severity: {}", notice.severity),
        "MIME-Version: 1.0".to_owned(),
        "Content-Type: text/plain; charset=utf-8".to_owned(),
        "Content-Transfer-Encoding: base64".to_owned(),
    ];
    format!("{}\r\n\r\n{}", headers.join("\r\n"), body(&notice.text))
}

/// The same for the same notice to the same people: a mail that was taken although the answer got lost, and is sent
/// again, is one mail for whoever weeds out duplicates.
fn message_id(email: &Email, notice: &Notice) -> String {
    let digest = openssl::sha::sha256(format!("{}\n{}\n{}", notice.json(), email.from, email.to.join(",")).as_bytes());
    let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let domain = email.from.rsplit_once('@').map_or("", |(_, domain)| domain);
    let domain = if domain.is_ascii() && !domain.is_empty() { domain } else { "confirmd.invalid" };
    format!("<confirmd.{hex}@{domain}>")
}

/// A header's value: as it is when it is short and plain, else in encoded words, one per line.
///
/// An encoded word is at most 75 characters long and does not split a character (RFC 2047 sections 2 and 5).
fn unstructured(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let line = line.trim();
    if line.is_ascii() && line.len() <= 60 && !line.contains("=?") {
        return line.to_owned();
    }
    let mut words: Vec<String> = Vec::new();
    for c in line.chars() {
        match words.last_mut() {
            // 36 bytes are 48 characters of base64, and 60 with what is around them.
            Some(word) if word.len() + c.len_utf8() <= 36 => word.push(c),
            _ => words.push(c.to_string()),
        }
    }
    let encoded = words.iter().map(|word| format!("=?utf-8?B?{}?=", STANDARD.encode(word)));
    encoded.collect::<Vec<_>>().join("\r\n ")
}

/// Base64 in lines of 76 characters (RFC 2045 section 6.8); the text in it has CRLF line ends.
fn body(text: &str) -> String {
    let text: String = text.lines().map(|line| format!("{line}\r\n")).collect();
    let encoded = STANDARD.encode(text);
    let lines = encoded.as_bytes().chunks(76).map(|line| String::from_utf8_lossy(line).into_owned() + "\r\n");
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Tls;
    use crate::notify::a_notice;
    use mailparse::MailHeaderMap;

    fn way(from: &str) -> Email {
        let to = vec!["anna@example.org".to_owned(), "ben@example.org".to_owned()];
        let smtp = "smtp.example.org".to_owned();
        Email { smtp, port: 465, tls: Tls::Implicit, ca_file: None, login: None, from: from.to_owned(), to }
    }

    #[test]
    fn the_mail_says_what_the_notice_says() {
        let raw = compose(&way("confirmd@example.org"), &a_notice());
        assert!(raw.is_ascii() && raw.lines().all(|line| line.len() <= 78), "{raw}");
        assert!(!raw.replace("\r\n", "").contains(['\r', '\n']), "only whole line ends");
        let mail = mailparse::parse_mail(raw.as_bytes()).unwrap();
        let header = |name: &str| mail.headers.get_all_values(name).join(" | ");
        assert_eq!(header("From"), "confirmd <confirmd@example.org>");
        assert_eq!(header("To"), "anna@example.org, ben@example.org");
        assert_eq!(header("Subject"), "anna-facebook: keine Bestätigung seit 4 Tagen");
        assert_eq!(header("Date"), "Mon, 30 Jun 2025 12:00:00 +0000");
        assert_eq!(header("Auto-Submitted"), "auto-generated");
        assert_eq!((header("X-Confirmd-Event"), header("X-Confirmd-Severity")), ("overdue".into(), "warning".into()));
        assert_eq!(mail.get_body().unwrap(), "Meta hat sich nicht gemeldet.\r\nNächster Schritt: erinnern.\r\n");
    }

    #[test]
    fn the_message_id_is_the_notices() {
        let id = |from: &str, notice: &Notice| message_id(&way(from), notice);
        let first = id("confirmd@example.org", &a_notice());
        assert!(first.starts_with("<confirmd.") && first.ends_with("@example.org>") && first.len() == 55, "{first}");
        assert_eq!(first, id("confirmd@example.org", &a_notice()));
        assert_ne!(first, id("confirmd@example.org", &Notice { repeat: 1, ..a_notice() }));
        assert!(id("confirmd@exämple.org", &a_notice()).ends_with("@confirmd.invalid>"));
    }

    #[test]
    fn subjects_survive_whatever_is_in_them() {
        let long_word = "Bestätigung".repeat(20);
        for title in [
            "plain",
            "",
            "=?utf-8?B?eA==?=",
            "ä",
            "日本語のとても長い題名です。日本語のとても長い題名です。",
            &long_word,
        ] {
            let raw = compose(&way("a@example.org"), &Notice { title: title.to_owned(), ..a_notice() });
            assert!(raw.lines().all(|line| line.len() <= 76), "{raw}");
            let mail = mailparse::parse_mail(raw.as_bytes()).unwrap();
            assert_eq!(mail.headers.get_first_value("Subject").unwrap(), title);
        }
        let injected = "x\r\nBcc: mallory@example.com\r\n\r\nbody";
        let raw = compose(&way("a@example.org"), &Notice { title: injected.to_owned(), ..a_notice() });
        let mail = mailparse::parse_mail(raw.as_bytes()).unwrap();
        assert_eq!(mail.headers.get_first_value("Bcc"), None);
        assert_eq!(mail.headers.get_first_value("Subject").unwrap(), "x  Bcc: mallory@example.com    body");
    }
}
