//! The same mails in other clothes: more headers, and every letter an HTML entity. Nothing of that changes what they say.

use std::fmt::Write as _;

use confirmd::model::kind::Kind;
use confirmd::model::message::Message;
use confirmd::rules::{RuleSet, recognise};

use super::{Case, cases};
use crate::support::rules;

/// What mail hosts and clients add; none of it says anything about the kind.
const HARMLESS: &str = "X-Spam-Status: No, score=-1.2\r\nList-Unsubscribe: <mailto:unsubscribe@support.facebook.com>\r\n\
    X-Priority: 3\r\nThread-Topic: We will honour your objection\r\nX-Mailer: ZuckMail [version 1.00]\r\nX-Folded: one\r\n two\r\n";

fn kind(rules: &RuleSet, message: &Message) -> Option<Kind> {
    recognise(rules, message, true).recognition.map(|found| found.kind)
}

/// The mail with its text as HTML in which every character is an entity; `None` where it has quotations or alternatives.
fn in_entities(case: &Case) -> Option<Vec<u8>> {
    let [text] = case.message.texts.as_slice() else { return None };
    let raw = String::from_utf8_lossy(&case.raw).replace("\r\n", "\n");
    let (head, _) = raw.split_once("\n\n")?;
    if !text.quoted.is_empty() || !case.message.links.is_empty() || head.contains("format=flowed") {
        return None;
    }
    let mut mail = String::new();
    let mut skipping = false;
    for line in head.lines() {
        skipping = line.starts_with("Content-T") || skipping && line.starts_with([' ', '\t']);
        if !skipping {
            let _ = writeln!(mail, "{line}");
        }
    }
    mail.push_str("Content-Type: text/html; charset=us-ascii\n\n<html><body>\n");
    for paragraph in text.own.split("\n\n") {
        let entities = |c: char| if c.is_whitespace() { " ".to_owned() } else { format!("&#{};", u32::from(c)) };
        let _ = writeln!(mail, "<p>{}</p>", paragraph.chars().map(entities).collect::<String>());
    }
    mail.push_str("</body></html>\n");
    Some(mail.into_bytes())
}

#[test]
fn harmless_headers_and_entities_never_change_a_verdict() {
    let rules = rules::shipped();
    let (mut dressed, mut wrong) = (0, Vec::new());
    // Every third mail: all kinds and languages are among them, and the rest would say the same.
    for case in cases().iter().step_by(3) {
        let plain = kind(rules, &case.message);
        let with_headers = confirmd::mail::parse(&[HARMLESS.as_bytes(), &case.raw].concat()).unwrap();
        if kind(rules, &with_headers) != plain {
            wrong.push(format!("{} with more headers", case.name));
        }
        let Some(entities) = in_entities(case) else { continue };
        dressed += 1;
        let found = kind(rules, &confirmd::mail::parse(&entities).unwrap());
        if found != plain {
            wrong.push(format!("{} in entities is {found:?}, not {plain:?}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(dressed > 50, "only {dressed} mails could be dressed otherwise");
}
