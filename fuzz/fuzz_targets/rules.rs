//! The shipped rules on any words: the first line is the subject, the rest the text.
#![no_main]

use std::sync::LazyLock;

use confirmd::mail;
use confirmd::model::kind::Kind;
use confirmd::rules::{RuleSet, recognise};
use libfuzzer_sys::fuzz_target;

static RULES: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::parse(RuleSet::shipped()).expect("the shipped rules"));

fuzz_target!(|words: &[u8]| {
    let at = words.iter().position(|byte| *byte == b'\n').unwrap_or(words.len());
    let (subject, text) = words.split_at(at);
    let from = b"From: Facebook <case@support.facebook.com>\r\nContent-Type: text/plain; charset=utf-8\r\nSubject: ";
    let message = mail::parse(&[from, subject, b"\r\n\r\n", text].concat()).expect("it has a header");
    let proven = recognise(&RULES, &message, true);
    let unproven = recognise(&RULES, &message, false);
    let kind = |recognised: &confirmd::rules::Recognised| recognised.recognition.as_ref().map(|found| found.kind);
    // Who sent it decides only whether an unknown wording is worth a look.
    let (proven, unproven) = (kind(&proven), kind(&unproven));
    assert!(
        proven == unproven || (proven == Some(Kind::Unrecognised) && unproven.is_none()),
        "{proven:?} {unproven:?}"
    );
});
