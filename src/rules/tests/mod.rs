//! The shipped rules, tried on synthetic mails: case tables of sentences, hit beside near miss.

mod detected;
mod elsewhere;
mod files;
mod honoured;
mod inventions;
mod kinds;
mod languages;
mod limits;
mod north;
mod properties;
mod senders;
mod slavic;
mod south;
mod spoiled;
mod wordings;

use std::sync::LazyLock;

use super::{Recognised, RuleSet, recognise};
use crate::model::kind::Kind;
use crate::model::message::{Message, Text};

static RULES: LazyLock<&RuleSet> = LazyLock::new(RuleSet::shipped_once);

/// The form's titles: subjects that speak of an objection and of AI (seen).
const DE: &str = "Einspruch gegen die Verwendung deiner Informationen für KI bei Meta";
const EN: &str = "Object to your information being used for AI at Meta";

fn mail(subject: &str, text: &str) -> Message {
    let own = text.to_owned();
    Message { subject: subject.to_owned(), texts: vec![Text { own, quoted: String::new() }], ..Message::default() }
}

fn kind_of(message: &Message) -> Option<Kind> {
    recognise(&RULES, message, true).recognition.map(|recognition| recognition.kind)
}

/// Why a mail was recognised as it was, for a failing case.
fn because(message: &Message) -> String {
    let Recognised { recognition, trials } = recognise(&RULES, message, true);
    let near = trials.iter().filter(|trial| trial.conditions.iter().any(|evidence| evidence.found.is_some()));
    format!("{recognition:#?}\n{:#?}", near.collect::<Vec<_>>())
}

/// Asserts the kind of every mail, with the evidence where one differs.
fn check(subject: &str, cases: &[(&str, Option<Kind>)]) {
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let message = mail(subject, text);
        let found = kind_of(&message);
        if found != *expected {
            wrong.push(format!("{text}\n  is {found:?}, not {expected:?}"));
            if std::env::var_os("WHY").is_some() {
                wrong.push(because(&message));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}\n(WHY=1 says why)", wrong.join("\n"));
}

/// Asserts what promises, what refuses, and what must never be taken for a promise but is shown to the person.
fn check_language(subject: &str, promises: &[&str], refusals: &[&str], near: &[&str]) {
    check(subject, &promises.iter().map(|text| (*text, Some(Kind::Honoured))).collect::<Vec<_>>());
    check(subject, &refusals.iter().map(|text| (*text, Some(Kind::Refused))).collect::<Vec<_>>());
    for text in near {
        let kind = kind_of(&mail(subject, text));
        assert!(kind.is_some() && kind != Some(Kind::Honoured), "{text} is {kind:?}");
    }
    // Whatever is new is shown to the person.
    check(subject, &[("1 2 3.", Some(Kind::Unrecognised))]);
}

/// The same, and what only acknowledges, and what no rule knows: the last two are promises that are denied, which refuse nothing.
fn check_answers(subject: &str, promises: &[&str], [refusal, receipt]: [&str; 2], unknown: [&str; 3], near: &[&str]) {
    check_language(subject, promises, &[refusal], near);
    check(subject, &[(receipt, Some(Kind::Receipt))]);
    check(subject, &unknown.map(|text| (text, Some(Kind::Unrecognised))));
}
