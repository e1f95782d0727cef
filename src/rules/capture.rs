//! What a mail says about whom it is for: the greeting's name, and the footer's address and user name.
//!
//! It takes what is written and compares it with nothing; which account that is, attribution decides.

use super::letters::visible;
use super::rule::{Capture, RuleSet};
use crate::model::message::Message;
use crate::model::recognition::Captured;

/// A greeting may stand below a hidden preheader and a logo's text, and no deeper: "Hi Ruby," further down is a quotation.
const GREETING_WITHIN: usize = 3;

/// Names longer than this (in words) are sentences.
const NAME_WORDS: usize = 4;

/// Reads greeting and footer; the language of the rule first, then the others.
pub(super) fn captured(rules: &RuleSet, message: &Message, language: &str) -> Captured {
    let own = rules.captures.get(language).into_iter();
    let others = rules.captures.iter().filter(|(other, _)| *other != language).map(|(_, capture)| capture);
    let captures: Vec<&Capture> = own.chain(others).collect();
    let text = visible(message.own_text());
    let footers: Vec<&str> = text.split("\n\n").filter(|paragraph| paragraph.contains('@')).collect();
    // A user name stands only beside the address: "is meant for you" is no footer.
    let footer = |phrases: &[String], blank: &str, accepts: fn(&str) -> bool| {
        footers.iter().find_map(|footer| {
            phrases.iter().find_map(|phrase| filled(footer, phrase, blank).filter(|value| accepts(value)))
        })
    };
    let is_name = |name: &str| !captures.iter().any(|capture| capture.not_a_name.contains(&name.to_lowercase()));
    Captured {
        greeting: captures.iter().find_map(|capture| greeting(&text, capture)).filter(|name| is_name(name)),
        intended_for: captures.iter().find_map(|capture| footer(&capture.intended_for, "USER", is_handle)),
        sent_to: captures.iter().find_map(|capture| footer(&capture.sent_to, "ADDRESS", is_address)),
    }
}

/// The name in the greeting: of `Hi Ruby,` or of a line that is nothing but `Hi Ruby`.
fn greeting(text: &str, capture: &Capture) -> Option<String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(GREETING_WITHIN);
    for line in lines {
        for phrase in &capture.greeting {
            let (before, after) = phrase.split_once("NAME")?;
            let Some(rest) = strip_prefix_folded(line, before) else { continue };
            let close = if after.is_empty() { [',', '!', ':'].as_slice() } else { &[','] };
            let name = match rest.split_once(close) {
                Some((name, _)) => name,
                None if after.is_empty() => rest.trim_end_matches('.'),
                None => continue,
            };
            let name = name.trim();
            let words = name.split_whitespace().count();
            let short = (1..=NAME_WORDS).contains(&words) && name.chars().count() <= 60;
            if short && !name.contains(['?', '.', '…']) || is_handle(name) {
                return Some(name.to_owned());
            }
        }
    }
    None
}

/// Instagram greets with user names: letters, digits, dots, underscores.
fn is_handle(name: &str) -> bool {
    (1..=30).contains(&name.len()) && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_'))
}

fn is_address(value: &str) -> bool {
    value.contains('@')
}

/// What stands in a phrase's blank: of "was sent to ADDRESS and", the word between.
fn filled(text: &str, phrase: &str, blank: &str) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (before, after) = phrase.split_once(blank)?;
    let mut rest = line.as_str();
    while let Some(at) = find_folded(rest, before) {
        rest = rest.get(at..)?;
        let (word, behind) = rest.split_once(' ').unwrap_or((rest, ""));
        let value = word
            .trim_matches(['<', '>', '(', ')', '"', '“', '”', '„', ',', ';'])
            .trim_end_matches('.')
            .trim_start_matches('@');
        let follows = after.trim().is_empty() || strip_prefix_folded(behind, after.trim_start()).is_some();
        if !value.is_empty() && follows {
            return Some(value.to_owned());
        }
    }
    None
}

/// The byte position behind the first occurrence of `needle`, whatever the case.
fn find_folded(text: &str, needle: &str) -> Option<usize> {
    text.char_indices().find_map(|(at, _)| {
        let rest = strip_prefix_folded(text.get(at..)?, needle)?;
        Some(text.len() - rest.len())
    })
}

fn strip_prefix_folded<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let mut rest = text.chars();
    for expected in prefix.chars() {
        let found = rest.next()?;
        if !found.to_lowercase().eq(expected.to_lowercase()) {
            return None;
        }
    }
    Some(rest.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::message::Text;

    fn captured_from(text: &str) -> Captured {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        let english = Capture {
            greeting: texts(&["Hi NAME", "Hello NAME"]),
            not_a_name: ["there".to_owned()].into(),
            sent_to: texts(&["was sent to ADDRESS"]),
            intended_for: texts(&["intended for USER"]),
        };
        let rules = RuleSet { captures: [("en".to_owned(), english)].into(), ..RuleSet::default() };
        let text = Text { own: text.to_owned(), quoted: String::new() };
        captured(&rules, &Message { texts: vec![text], ..Message::default() }, "en")
    }

    #[test]
    fn a_greeting_is_the_first_lines_and_a_name() {
        let cases = [
            ("Hi Ruby,\n\nWe've", Some("Ruby")),
            ("hi Anna Maria Muster,\nWe", Some("Anna Maria Muster")),
            ("Hi anna.muster,\n\nWe", Some("anna.muster")),
            ("A hidden preheader\n\nFacebook\n\nHello Anna!\n\nWe", Some("Anna")),
            ("Hi Ruby\n\nWe", Some("Ruby")),
            ("Hi Ruby, we've reviewed it.", Some("Ruby")),
            ("Hi there,\n\nWe", None),
            ("Hi,\n\nWe", None),
            ("His objection,\n\nwe", None),
            ("One\n\nTwo\n\nThree\n\nHi Ruby,", None),
            ("Hi we've got news about how we use your information, and", None),
        ];
        for (text, expected) in cases {
            assert_eq!(captured_from(text).greeting.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_footer_gives_address_and_user() {
        let anna = Some("anna@example.org");
        let cases = [
            ("This message was sent to anna@example.org at your request.", anna, None),
            ("This message was sent\nto anna@example.org.", anna, None),
            ("It was sent to <anna@example.org>, and intended for anna.muster. Not you?", anna, Some("anna.muster")),
            ("It was sent to anna@example.org and intended for\n@anna_muster.", anna, Some("anna_muster")),
            ("It was sent to you.\n\nIt is intended for everybody.", None, None),
            ("It was seen by anna@example.org and intended for whom?", None, None),
        ];
        for (text, sent_to, intended_for) in cases {
            let found = captured_from(text);
            assert_eq!((found.sent_to.as_deref(), found.intended_for.as_deref()), (sent_to, intended_for), "{text}");
        }
        assert_eq!(filled("was sent to a@example.org by you", "was sent to ADDRESS and", "ADDRESS"), None);
    }
}
