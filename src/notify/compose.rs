//! Writes a notice as a mail (RFC 5322, 2045, 2047) with lettre's builder. Pure: the same notice always becomes the same mail.
//!
//! The mail is ASCII throughout, whatever the notice says, so that every server takes it. Only addresses stay as they are.

use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue, MIME_VERSION_1_0};
use lettre::message::{Body, Mailbox};
use lettre::{Address, Message};

use super::Notice;
use crate::config::Email;

/// The mail, addressed to all recipients, or which address does not let itself be written to.
pub(super) fn compose(email: &Email, notice: &Notice) -> Result<Message, String> {
    // lettre writes no year before 1970.
    let since_1970 = Duration::from_secs(u64::try_from(notice.at.as_second()).unwrap_or(0));
    let mut builder = Message::builder()
        .from(Mailbox::new(Some("confirmd".to_owned()), address(&email.from)?))
        .raw_header(header("Subject", &notice.title))
        .date(SystemTime::UNIX_EPOCH + since_1970)
        .message_id(Some(message_id(email, notice)))
        // RFC 3834: no out-of-office answer is wanted.
        .raw_header(header("Auto-Submitted", "auto-generated"))
        .raw_header(header("X-Confirmd-Event", &notice.event))
        .raw_header(header("X-Confirmd-Severity", notice.severity.as_str()))
        .header(MIME_VERSION_1_0)
        .header(ContentType::TEXT_PLAIN);
    for recipient in &email.to {
        builder = builder.to(Mailbox::new(None, address(recipient)?));
    }
    let text: String = notice.text.lines().map(|line| format!("{line}\r\n")).collect();
    let body = Body::new_with_encoding(text, ContentTransferEncoding::Base64);
    let body = body.map_err(|_| "the text cannot be encoded".to_owned())?;
    builder.body(body).map_err(|error| format!("the mail cannot be written: {error}"))
}

/// Stricter than what the configuration takes, e.g. with two dots in a row.
fn address(text: &str) -> Result<Address, String> {
    text.parse().map_err(|error| format!("{text:?} is no address a mail can be sent to: {error}"))
}

/// A header of one line, encoded where it has to be.
fn header(name: &'static str, value: &str) -> HeaderValue {
    let (name, value) = (HeaderName::new_from_ascii_str(name), line(value));
    if !value.contains("=?") {
        return HeaderValue::new(name, value);
    }
    // lettre leaves ASCII as it is, also where it reads like an encoded word. One has at most 75 characters and does not
    // split a character (RFC 2047 sections 2 and 5): 36 bytes are 48 characters of base64.
    let mut words: Vec<String> = Vec::new();
    for c in value.chars() {
        match words.last_mut() {
            Some(word) if word.len() + c.len_utf8() <= 36 => word.push(c),
            _ => words.push(c.to_string()),
        }
    }
    let encoded = words.iter().map(|word| format!("=?utf-8?B?{}?=", STANDARD.encode(word)));
    let encoded = encoded.collect::<Vec<_>>().join("\r\n ");
    HeaderValue::dangerous_new_pre_encoded(name, value, encoded)
}

fn line(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    line.trim().to_owned()
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

    fn raw(email: &Email, notice: &Notice) -> String {
        String::from_utf8(compose(email, notice).unwrap().formatted()).unwrap()
    }

    #[test]
    fn the_mail_says_what_the_notice_says() {
        let raw = raw(&way("confirmd@example.org"), &a_notice());
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
            "=?utf-8?B?eA==?= für alle, die länger schreiben wollen, als in ein Wort passt",
            "日本語のとても長い題名です。日本語のとても長い題名です。",
            &long_word,
        ] {
            let raw = raw(&way("a@example.org"), &Notice { title: title.to_owned(), ..a_notice() });
            assert!(raw.lines().all(|line| line.len() <= 76), "{raw}");
            let mail = mailparse::parse_mail(raw.as_bytes()).unwrap();
            assert_eq!(mail.headers.get_first_value("Subject").unwrap(), title);
        }
        let injected = "x\r\nBcc: mallory@example.com\r\n\r\nbody";
        let raw = raw(&way("a@example.org"), &Notice { title: injected.to_owned(), ..a_notice() });
        let mail = mailparse::parse_mail(raw.as_bytes()).unwrap();
        assert_eq!(mail.headers.get_first_value("Bcc"), None);
        assert_eq!(mail.headers.get_first_value("Subject").unwrap(), "x  Bcc: mallory@example.com    body");
    }
}
