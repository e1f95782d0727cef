//! The quick look at a From field loses no mail that reading all of it would find.

use std::ops::ControlFlow;

use confirmd::daemon::scan::Senders;
use confirmd::files::read_message;
use confirmd::mail;
use proptest::prelude::*;

use crate::support::rules;

/// Header lines, each with something that makes a sender hard to see.
fn line() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec!["From", "from", "FROM ", "From\t", "Resent-From", "To", "X"]);
    let word = prop::sample::select(vec![
        "Facebook",
        "faceBOOK",
        "face",
        "book",
        "<a@facebookmail.com>",
        "<a@SUPPORT.FACEBOOK.COM>",
        "<x_at_meta_com_1@relay.example>",
        "<anna@example.org>",
        "=?utf-8?q?F=61cebook?=",
        "=?utf-8?b?RmFjZWJvb2s=?=",
        "=?utf-8?b?RmFj?=",
        "=?utf-8?b?ZWJvb2s=?=",
        "=?iso-8859-1?q?inst=61gram=E9?=",
        "=?utf-8?q?broken",
        "\"M\u{fc}ller, Otto\"",
        "(threads)",
        ",",
        "thre\u{0}ads",
        "\r",
        "\u{212a}",
    ]);
    let between = prop::sample::select(vec!["", " ", "\n ", "\r\n\t", "\n  \n "]);
    (name, prop::collection::vec((between, word), 0..5))
        .prop_map(|(name, words)| words.iter().fold(format!("{name}:"), |line, (between, word)| line + between + word))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn no_mail_is_lost_that_reading_all_of_it_would_find(lines in prop::collection::vec(line(), 1..5), windows in any::<bool>()) {
        let rules = rules::shipped();
        let senders = Senders::of(rules);
        let end = if windows { "\r\n" } else { "\n" };
        let raw = format!("X-Synthetic: yes, made for the confirmd test corpus{end}{}{end}{end}body{end}", lines.join(end));
        let message = mail::parse(raw.as_bytes()).unwrap();
        let is_metas = message.from.iter().filter_map(|from| from.domain()).any(|domain| rules.is_sender_domain(&domain));
        let slow = rules.is_candidate(&message.from_text) || is_metas;
        let mut sink = |_| ControlFlow::Continue(());
        let counts = read_message(&mut raw.as_bytes(), "one", 1000, &|from| senders.is_candidate(from), &mut sink).unwrap();
        prop_assert!(!slow || counts.candidates == 1, "{raw:?}");
    }
}
