//! The corpus: synthetic mails, each with one behaviour, beside what is expected of them.
//!
//! `tests/corpus/LANGUAGE/KIND/NAME.eml` with `NAME.toml`; `near` holds what only looks like something. The mails go through the real
//! parser and the shipped rules, as they would from a mailbox.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helpers may fail the test")]

mod dressed;
mod report;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use confirmd::model::kind::Kind;
use confirmd::model::message::Message;
use confirmd::rules::{RuleSet, recognise};
use serde::Deserialize;

use crate::support::rules;

/// Says in a mail that it is made up.
const SYNTHETIC: &str = "X-Synthetic: yes, made for the confirmd test corpus";

/// `confirmd redact` says with it that a mail is real, and whom it named is not.
const REDACTED: &str = "X-Redacted:";

/// Whether a mail may be given to everybody: made up, or redacted.
fn is_shareable(raw: &[u8]) -> bool {
    let text = String::from_utf8_lossy(raw);
    text.lines().take_while(|line| !line.is_empty()).any(|line| line == SYNTHETIC || line.starts_with(REDACTED))
}

/// What is expected of a mail. What is left out must not be found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    /// What this mail is for; one sentence.
    behaviour: String,
    /// A kind, or `none`.
    kind: String,
    rule: Option<String>,
    language: Option<String>,
    /// The rule that this mail comes near and must not satisfy.
    near: Option<String>,
    /// Whether the sender is taken for Meta's and proven.
    proven: Option<bool>,
    #[serde(default)]
    covers_accounts_centre: bool,
    foreign_link: Option<String>,
    greeting: Option<String>,
    intended_for: Option<String>,
    sent_to: Option<String>,
}

struct Case {
    /// `en/honoured/autumn-2024`
    name: String,
    message: Message,
    raw: Vec<u8>,
    expected: Expected,
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files_below(&path, found) } else { found.push(path) }
    }
}

fn cases() -> Vec<Case> {
    let mut files = Vec::new();
    files_below(&corpus(), &mut files);
    files.sort();
    let mails = files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "eml"));
    mails
        .map(|file| {
            let raw = std::fs::read(file).unwrap();
            let text = std::fs::read_to_string(file.with_extension("toml")).unwrap();
            let expected = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            let message = confirmd::mail::parse(&raw).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            let name = file.with_extension("").strip_prefix(corpus()).unwrap().to_str().unwrap().to_owned();
            Case { name, message, raw, expected }
        })
        .collect()
}

/// What the rules make of a mail, in the terms of its expectation.
fn found(rules: &RuleSet, case: &Case) -> Expected {
    let Expected { behaviour, near, proven, .. } = case.expected.clone();
    let recognised = recognise(rules, &case.message, proven.unwrap_or(true));
    let fixed = Expected { behaviour, near, proven, ..Expected::default() };
    match recognised.recognition {
        None => Expected { kind: "none".to_owned(), ..fixed },
        Some(found) => Expected {
            kind: found.kind.to_string(),
            rule: found.rule,
            language: Some(found.language),
            covers_accounts_centre: found.covers_accounts_centre,
            foreign_link: found.foreign_link,
            greeting: found.captured.greeting,
            intended_for: found.captured.intended_for,
            sent_to: found.captured.sent_to,
            ..fixed
        },
    }
}

/// Every mail with what was found: recognised once for all tests.
fn judged() -> &'static [(Case, Expected)] {
    static JUDGED: OnceLock<Vec<(Case, Expected)>> = OnceLock::new();
    JUDGED.get_or_init(|| {
        let judged = |case: Case| {
            let found = found(rules::shipped(), &case);
            (case, found)
        };
        cases().into_iter().map(judged).collect()
    })
}

#[test]
fn every_mail_is_what_it_should_be() {
    let mut wrong = Vec::new();
    for (case, found) in judged() {
        if *found != case.expected {
            let why = std::env::var_os("WHY").map(|_| recognise(rules::shipped(), &case.message, true));
            wrong.push(format!(
                "{}\n expected {:?}\n found    {found:?}\n{}",
                case.name,
                case.expected,
                why.map(|why| format!("{:#?}\n{why:#?}", case.message)).unwrap_or_default()
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n(WHY=1 shows the mails and every condition)", wrong.join("\n"));
}

#[test]
fn no_near_miss_is_a_confirmation_even_of_a_proven_sender() {
    for (case, found) in judged() {
        let honoured = match case.expected.proven {
            // As it was found, a proven sender was assumed.
            None | Some(true) => found.kind == Kind::Honoured.as_str(),
            Some(false) => {
                let recognition = recognise(rules::shipped(), &case.message, true).recognition;
                recognition.is_some_and(|found| found.kind == Kind::Honoured)
            }
        };
        assert_eq!(honoured, case.expected.kind == "honoured", "{}", case.name);
    }
}

#[test]
fn a_contribution_is_made_up_or_redacted() {
    let cases = [
        (format!("From: a@example.org\n{SYNTHETIC}\n\nHi"), true),
        ("From: a@example.org\r\nX-Redacted: by confirmd redact\r\n\r\nHi".to_owned(), true),
        ("From: a@example.org\n\nX-Redacted: only the body says so".to_owned(), false),
        ("From: a@example.org\n\nHi".to_owned(), false),
    ];
    for (mail, expected) in cases {
        assert_eq!(is_shareable(mail.as_bytes()), expected, "{mail}");
    }
}

#[test]
fn every_mail_has_an_expectation_and_says_that_it_is_synthetic_or_redacted() {
    let mut files = Vec::new();
    files_below(&corpus(), &mut files);
    let mut names: BTreeMap<PathBuf, BTreeSet<String>> = BTreeMap::new();
    for file in files {
        let extension = file.extension().unwrap().to_str().unwrap().to_owned();
        names.entry(file.with_extension("")).or_default().insert(extension);
    }
    for (name, extensions) in names {
        assert_eq!(extensions, ["eml", "toml"].map(str::to_owned).into(), "{}", name.display());
    }
    for case in cases() {
        assert!(is_shareable(&case.raw), "{}: no line `{SYNTHETIC}`, and no `{REDACTED}`", case.name);
        assert!(!case.expected.behaviour.is_empty(), "{}: says not what it is for", case.name);
    }
}

#[test]
fn mails_come_only_from_meta_and_from_example_domains() {
    let rules = rules::shipped();
    let allowed = |domain: &str| {
        let reserved = ["example.org", "example.com", "example.net"];
        // The relays that rewrite From are known by their domains; nobody lives at these addresses.
        let relay = ["privaterelay.appleid.com", "icloud.com", "simplelogin.co", "duck.com"];
        rules.is_sender_domain(domain)
            || reserved.contains(&domain)
            || domain.ends_with(".example")
            || relay.contains(&domain)
    };
    for case in cases() {
        let addresses = case.message.from.iter().chain(&case.message.to).chain(&case.message.cc);
        for address in addresses {
            let domain = address.domain().unwrap_or_default();
            assert!(allowed(&domain), "{}: {}", case.name, address.addr);
        }
    }
}

#[test]
fn every_rule_has_a_mail_that_it_recognises_and_one_that_only_comes_near() {
    let rules = rules::shipped();
    let cases = cases();
    let hits: BTreeSet<&str> = cases.iter().filter_map(|case| case.expected.rule.as_deref()).collect();
    let near: BTreeSet<&str> = cases.iter().filter_map(|case| case.expected.near.as_deref()).collect();
    let ids: BTreeSet<&str> = rules.rules().map(|rule| rule.id.as_str()).collect();
    let of = |named: &BTreeSet<&str>| ids.difference(named).map(|id| (*id).to_owned()).collect::<Vec<_>>();
    assert_eq!(of(&hits), Vec::<String>::new(), "rules without a mail that they recognise");
    assert_eq!(of(&near), Vec::<String>::new(), "rules without a mail that only comes near");
    assert!(near.is_subset(&ids), "near misses of rules that do not exist: {:?}", near.difference(&ids));
}
