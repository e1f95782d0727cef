//! Mails built to break whoever reads them. Each is a confirmation of Meta's underneath, so that its verdict tells whether it was
//! read; all of them lie in one mailbox, because none may keep the others from being read.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::support::answering::Answering;
use crate::support::confirmd::{FACEBOOK, HONOURED, letter, vouch};
use crate::support::daemon::Home;
use crate::support::dovecot::wait_until;
use crate::support::faults::{fault, tried};

/// A confirmation with this subject, changed by `change`, with the own host's word that it is Meta's.
fn confirmation(subject: usize, change: impl FnOnce(String) -> String) -> Vec<u8> {
    vouch(change(String::from_utf8(letter(subject, &subject.to_string(), HONOURED)).unwrap()).as_bytes())
}

/// The same with another Content-Type and body.
fn with_body(subject: usize, content_type: &str, body: &str) -> Vec<u8> {
    confirmation(subject, |mail| {
        let (head, _) = mail.split_once("\r\n\r\n").unwrap();
        let head =
            head.replace("Content-Type: text/plain; charset=\"UTF-8\"", &format!("Content-Type: {content_type}"));
        format!("{head}\r\n\r\n{body}")
    })
}

/// Further header fields below the usual ones.
fn with_headers(subject: usize, headers: &str) -> Vec<u8> {
    confirmation(subject, |mail| mail.replacen("MIME-Version: 1.0\r\n", &format!("{headers}MIME-Version: 1.0\r\n"), 1))
}

fn html(subject: usize, before: &str, after: &str) -> Vec<u8> {
    with_body(subject, "text/html; charset=utf-8", &format!("{before}<p>{HONOURED}</p>{after}"))
}

const CONFIRMS: &str = "honoured, counts";
const REVIEW: &str = "unrecognised, up for review as unrecognised";

/// What is wrong with each mail, the mail, and what becomes of it.
fn mails() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let nested: String =
        (0..20_000).map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n")).collect();
    let part = format!("Content-Type: text/plain; charset=utf-8\r\n\r\n{HONOURED}\r\n");
    let many_links: String = (0..20_000).map(|n| format!("<a href=\"https://www.facebook.com/{n}\">{n}</a>")).collect();
    let attributes: String = (0..20_000).map(|n| format!("a{n}=b ")).collect();
    vec![
        (
            fault("multiparts nested 20,000 deep, nothing else"),
            with_body(0, "multipart/mixed; boundary=x", &format!("--x\r\n{nested}\r\n{HONOURED}")),
            "unrecognised, up for review as unreadable",
        ),
        (
            fault("multiparts nested 20,000 deep beside the text"),
            with_body(1, "multipart/mixed; boundary=x", &format!("--x\r\n{part}--x\r\n{nested}")),
            REVIEW,
        ),
        (
            fault("100,000 header fields"),
            with_headers(2, &"X-H: y\r\n".repeat(100_000)),
            "honoured, up for review as unproven_sender",
        ),
        (fault("a header line of 3 MB"), with_headers(3, &format!("X-H: {}\r\n", "y".repeat(3_000_000))), CONFIRMS),
        (
            fault("a header line of 50 MB"),
            with_headers(4, &format!("X-H: {}\r\n", "y".repeat(50_000_000))),
            "unrecognised, up for review as too_large",
        ),
        (
            fault("a multipart without its boundary"),
            with_body(5, "multipart/mixed", &format!("--x\r\n{part}--x--\r\n")),
            CONFIRMS,
        ),
        (
            fault("a multipart whose boundary never comes"),
            with_body(6, "multipart/mixed; boundary=y", HONOURED),
            CONFIRMS,
        ),
        (
            fault("a multipart that is never closed"),
            with_body(7, "multipart/mixed; boundary=x", &format!("--x\r\n{part}")),
            CONFIRMS,
        ),
        (
            fault("boundaries that overlap, one the beginning of the other"),
            with_body(
                8,
                "multipart/mixed; boundary=x",
                &format!(
                    "--x\r\nContent-Type: multipart/mixed; boundary=xx\r\n\r\n--xx\r\n{part}--x\r\n--xx--\r\n--x--\r\n"
                ),
            ),
            CONFIRMS,
        ),
        (
            fault("the same boundary in twenty levels"),
            with_body(
                9,
                "multipart/mixed; boundary=x",
                &(format!("--x\r\n{}", "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n".repeat(19)) + &part),
            ),
            CONFIRMS,
        ),
        (
            fault("300,000 parts"),
            with_body(
                10,
                "multipart/mixed; boundary=x",
                &format!("--x\r\n{part}{}", "--x\r\n\r\n\r\n".repeat(300_000)),
            ),
            REVIEW,
        ),
        (fault("a charset nobody knows"), with_body(11, "text/plain; charset=klingon", HONOURED), CONFIRMS),
        (
            fault("a charset that is a lie (UTF-16 for ASCII)"),
            with_body(12, "text/plain; charset=utf-16", HONOURED),
            CONFIRMS,
        ),
        (
            fault("a charset that hides everything (ISO-2022-KR)"),
            with_body(13, "text/plain; charset=iso-2022-kr", HONOURED),
            CONFIRMS,
        ),
        (
            fault("base64 that is broken"),
            confirmation(14, |mail| {
                use base64::Engine as _;
                let (head, body) = mail.split_once("\r\n\r\n").unwrap();
                let encoded = base64::engine::general_purpose::STANDARD.encode(body);
                let (one, two) = encoded.split_at(40);
                format!("{}\r\n\r\n{one}*!\r\n{two}%\r\n", head.replace("Encoding: 8bit", "Encoding: base64"))
            }),
            CONFIRMS,
        ),
        (
            fault("quoted-printable that is broken"),
            confirmation(15, |mail| {
                mail.replace("Encoding: 8bit", "Encoding: quoted-printable").replace("Hi Anna", "Hi=XY=4 Anna")
            }),
            CONFIRMS,
        ),
        (
            fault("a Date in the year 0"),
            confirmation(16, |mail| mail.replacen("Date: Wed, 21 May 2025", "Date: Sat, 1 Jan 0000", 1)),
            CONFIRMS,
        ),
        (
            fault("a Date in the year 99999"),
            confirmation(17, |mail| mail.replacen("Date: Wed, 21 May 2025", "Date: Sat, 1 Jan 99999", 1)),
            CONFIRMS,
        ),
        (
            fault("no Message-ID"),
            confirmation(18, |mail| mail.replace("Message-ID: <18@support.facebook.com>\r\n", "")),
            CONFIRMS,
        ),
        (
            fault("two different Message-IDs in one mail"),
            with_headers(19, "Message-ID: <other@support.facebook.com>\r\n"),
            CONFIRMS,
        ),
        (
            fault("two different mails with one Message-ID"),
            confirmation(20, |mail| mail.replace("<20@support", "<11@support")),
            CONFIRMS,
        ),
        (fault("HTML: 150,000 open elements"), html(21, &"<div><b><i>".repeat(50_000), ""), CONFIRMS),
        (fault("HTML: a tag with 20,000 attributes"), html(22, &format!("<img {attributes}>"), ""), CONFIRMS),
        (fault("HTML: a tag that never ends"), html(23, "", &format!("<a href='{}", "x".repeat(3_000_000))), REVIEW),
        (fault("HTML: a comment that never ends"), html(24, "", &format!("<!--{}", "-".repeat(3_000_000))), REVIEW),
        (fault("HTML: 20,000 links"), html(25, "", &many_links), REVIEW),
        (
            fault("HTML: 900,000 characters of entities"),
            html(26, "", &"&amp;&#x41;&nosuch&#xffffffff;".repeat(30_000)),
            REVIEW,
        ),
        (
            fault("HTML: three megabytes of styles above the text"),
            html(27, &format!("<style>{}</style>", "p{color:red}".repeat(270_000)), ""),
            REVIEW,
        ),
        (
            fault("3 MB of empty lines above the text"),
            with_body(28, "text/plain; charset=utf-8", &format!("{}{HONOURED}", "\r\n".repeat(1_500_000))),
            REVIEW,
        ),
        (
            fault("3 MB of text behind the confirmation"),
            with_body(
                29,
                "text/plain; charset=utf-8",
                &format!("{HONOURED}\r\n\r\n{}", "And so on.\r\n".repeat(250_000)),
            ),
            REVIEW,
        ),
        (
            fault("3 MB of an attachment"),
            with_body(
                30,
                "multipart/mixed; boundary=x",
                &format!(
                    "--x\r\n{part}--x\r\nContent-Type: application/pdf\r\n\r\n{}\r\n--x--\r\n",
                    "JVBERi0xLjQK\r\n".repeat(220_000)
                ),
            ),
            CONFIRMS,
        ),
        (
            fault("NUL and 8-bit bytes without a charset"),
            confirmation(31, |mail| mail.replace("charset=\"UTF-8\"", "").replace("Hi Anna", "Hi \0Ann\u{e4}")),
            CONFIRMS,
        ),
    ]
}

#[test]
fn a_mailbox_full_of_mail_bombs_is_read_to_its_end() {
    let server = Answering::start();
    let mails = mails();
    for (_, raw, _) in &mails {
        server.deliver(raw.clone());
    }
    let home = Home::new();
    home.configure(&format!("{}{FACEBOOK}", server.mailbox("password")));
    let daemon = home.run();
    let read = wait_until(Duration::from_secs(300), || home.last_complete("private").is_some());
    assert!(read.is_ok(), "not everything is read: {:?}", home.sql("SELECT subject FROM message"));
    let peak = super::memory::peak(&daemon);
    let (code, stdout, stderr) = home.says(&["messages", "--json"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    let document: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    let mut verdicts: BTreeMap<usize, String> = BTreeMap::new();
    for message in document["messages"].as_array().unwrap() {
        let word = |key: &str| message[key].as_str().unwrap_or_default().to_owned();
        // The time of receipt is the server's, whatever the mail says.
        assert_eq!(word("received_at"), "2025-05-21T10:00:00Z", "{message}");
        let verdict = match word("review") {
            review if review.is_empty() => format!("{}, counts", word("kind")),
            review => format!("{}, up for review as {review}", word("kind")),
        };
        let double = verdicts.insert(word("subject").parse().unwrap(), verdict);
        assert_eq!(double, None, "{message}");
    }
    let told: Vec<(&str, String)> = mails
        .iter()
        .enumerate()
        .map(|(number, (fault, ..))| {
            let nothing = || "no message: says nothing of an objection".to_owned();
            (*fault, verdicts.remove(&number).unwrap_or_else(nothing))
        })
        .collect();
    let expected: Vec<(&str, String)> =
        mails.iter().map(|(fault, _, verdict)| (*fault, (*verdict).to_owned())).collect();
    assert_eq!(told, expected);
    assert!(peak < super::memory::MOST, "{peak} kB");
    for (fault, verdict) in told {
        tried("Mails", fault, &format!("{verdict}; memory below 64 MiB"));
    }
}
