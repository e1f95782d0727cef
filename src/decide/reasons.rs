//! Why a message was judged as it was, in the person's language: conditions of rules, hints to an account, checks of the sender.
//!
//! They are made and kept in English (`rules`, `mail`, `decide::attribute`), for programs get them too. Here is no judgement.

use crate::locale::{Form, Locale, say};
use crate::model::attribution::Weight;
use crate::model::proof::Check;

/// A rule's condition.
pub fn condition_in_words(locale: &Locale, condition: &str) -> String {
    let word = |joint: &str| say!(locale, joint, first = "", last = "").trim().to_owned();
    let said = locale.reworded(condition, CONDITIONS);
    // Between lists of words; within a phrase of a rule's the word is the phrase's own.
    said.replace(" and @", &format!(" {} @", word("and"))).replace(" or @", &format!(" {} @", word("or")))
}

/// The name of a hint to the account.
pub fn signal_in_words(locale: &Locale, name: &str) -> String {
    locale.reworded(name, SIGNALS)
}

/// How much a hint weighed.
pub fn weight_in_words(locale: &Locale, weight: Weight) -> String {
    let key = match weight {
        Weight::Decides => "weight-decides",
        Weight::Names => "weight-names",
        Weight::RulesOut => "weight-rules-out",
        Weight::Fits => "weight-fits",
        Weight::Nothing => "weight-nothing",
        Weight::Absent => "weight-absent",
        Weight::NotWeighed => "weight-not-weighed",
    };
    say!(locale, key)
}

/// What was looked at to prove the sender, and what came of it.
pub fn check_in_words(locale: &Locale, check: &Check) -> (String, String) {
    (locale.reworded(&check.what, &[("check-results-of", &["host"])]), outcome_in_words(locale, &check.outcome))
}

/// What came of a check of the sender.
pub fn outcome_in_words(locale: &Locale, outcome: &str) -> String {
    locale.reworded(outcome, OUTCOMES)
}

const CONDITIONS: &[Form] = &[
    ("evidence-subject", &["what"]),
    ("evidence-sentence", &["what"]),
    ("evidence-mail", &["what"]),
    ("evidence-never", &["what"]),
    ("evidence-question", &[]),
    ("evidence-unconditional", &["what"]),
    ("evidence-unreported", &["what"]),
    ("evidence-not-in-sentence", &["what"]),
    ("evidence-plain", &["what"]),
    ("evidence-speaks-of-objection", &[]),
    ("evidence-speaks-of-ai", &[]),
    ("evidence-form", &[]),
    ("evidence-answering", &[]),
    ("evidence-no-rules", &[]),
    ("evidence-fits", &[]),
    ("evidence-rival", &["rule", "kind"]),
    ("evidence-readable", &[]),
    ("evidence-short", &[]),
    ("evidence-covers", &["rule"]),
];

const SIGNALS: &[Form] = &[
    ("signal-delivery", &[]),
    ("signal-to-and-cc", &[]),
    ("signal-to", &[]),
    ("signal-platform", &[]),
    ("signal-name", &[]),
    ("signal-intended", &[]),
    ("signal-greeting", &[]),
    ("signal-sent-to", &[]),
    ("signal-link", &[]),
];

/// The longer of two that begin alike comes first.
const OUTCOMES: &[Form] = &[
    ("check-none", &[]),
    ("check-from-many", &[]),
    ("check-from-rewritten", &["relay"]),
    ("check-from-foreign", &[]),
    ("check-valid", &[]),
    ("check-malformed", &[]),
    ("check-too-long", &[]),
    ("check-algorithm", &["name"]),
    ("check-not-aligned", &[]),
    ("check-not-tried", &[]),
    ("check-part-of-body", &[]),
    ("check-not-signed", &["name"]),
    ("check-added", &["name"]),
    ("check-expired", &[]),
    ("check-from-the-future", &[]),
    ("check-body-changed", &[]),
    ("check-headers-changed", &[]),
    ("check-no-key", &[]),
    ("check-bad-key", &[]),
    ("check-key-revoked", &[]),
    ("check-key-too-short", &[]),
    ("check-key-of-another-kind", &[]),
    ("check-key-forbids-hash", &[]),
    ("check-key-not-for-mail", &[]),
    ("check-key-being-tested", &[]),
    ("check-key-is-strict", &[]),
    ("check-key-unavailable", &["reason"]),
    ("check-untrusted", &[]),
    ("check-forgeable", &[]),
    ("check-pass-contradicted", &["domain"]),
    ("check-pass", &["domain"]),
    ("check-fail", &[]),
    ("check-contradicts", &[]),
    ("check-silent", &[]),
    ("check-none-trusted", &[]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::language::Lang;

    #[test]
    fn what_is_kept_in_english_is_said_in_german() {
        let german = Locale::of(Lang::De);
        let cases = [
            (condition_in_words(german, "nothing in the mail says @any.undone"), "nichts in der Mail sagt @any.undone"),
            (condition_in_words(german, "one sentence says @a or @b and @c"), "ein Satz sagt @a oder @b und @c"),
            (condition_in_words(german, "the mail speaks of AI at Meta"), "die Mail spricht von KI bei Meta"),
            (signal_in_words(german, "\"was sent to\""), "„gesendet an“"),
            (signal_in_words(german, "To"), "An"),
            (outcome_in_words(german, "the header Date is not signed"), "die Kopfzeile Date ist nicht unterzeichnet"),
            (
                outcome_in_words(german, "dkim=pass for x.example, but another one says that it failed"),
                "dkim=pass für x.example, aber ein anderer Vermerk widerspricht",
            ),
            (outcome_in_words(german, "dkim=pass for x.example"), "dkim=pass für x.example"),
            (outcome_in_words(german, "what nobody foresaw"), "what nobody foresaw"),
        ];
        for (said, expected) in cases {
            assert_eq!(said, expected);
        }
        let check = Check {
            what: "Authentication-Results of mx.example.org".to_owned(),
            outcome: "the key could not be had: no answer".to_owned(),
            proves: false,
        };
        let expected = ("Authentication-Results von mx.example.org", "der Schlüssel war nicht zu bekommen: no answer");
        let (what, outcome) = check_in_words(german, &check);
        assert_eq!((what.as_str(), outcome.as_str()), expected);
    }
}
