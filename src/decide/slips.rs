//! What is wrong in a rule file, in the person's language. The reader of the files says it in English, for the log gets it too.
//!
//! What the TOML parser says of a file that is none stays in its words.

use crate::locale::{Form, Locale};
use crate::rules::RuleError;

/// A slip with file, line and hint, as it stands on a line of its own.
pub fn slip_in_words(locale: &Locale, slip: &RuleError) -> String {
    let hint = locale.reworded(&slip.hint, HINTS);
    RuleError { place: locale.reworded(&slip.place, PLACES), hint, ..slip.clone() }.to_string()
}

const PLACES: &[Form] = &[
    ("slip-in-rule-field", &["id", "field"]),
    ("slip-in-rule", &["id"]),
    ("slip-in-coverage-field", &["id", "field"]),
    ("slip-in-coverage", &["id"]),
    ("slip-in-class", &["name"]),
    ("slip-in-sender", &["domain"]),
    ("slip-in-capture", &["field"]),
    ("slip-in-file", &[]),
    ("slip-in-no-rule-file", &[]),
];

/// The longer of two that end alike comes first.
const HINTS: &[Form] = &[
    ("slip-unknown-field", &["field", "known"]),
    ("slip-missing-field", &["field"]),
    ("slip-no-language", &[]),
    ("slip-language", &["language"]),
    ("slip-not-utf8", &[]),
    ("slip-folder", &[]),
    ("slip-unreadable", &["why"]),
    ("slip-long-file", &[]),
    ("slip-twice", &[]),
    ("slip-class-in-class", &["class"]),
    ("slip-blank", &["phrase", "blank"]),
    ("slip-no-phrase", &[]),
    ("slip-no-source", &[]),
    ("slip-empty-list", &[]),
    ("slip-needs-sentence", &[]),
    ("slip-needs-something", &[]),
    ("slip-unrecognised", &[]),
    ("slip-syntax", &["why"]),
    ("slip-class-outside", &["class"]),
    ("slip-list", &[]),
    ("slip-dots", &["phrase", "part"]),
    ("slip-unasked-near", &["name", "near"]),
    ("slip-unasked", &["name", "same"]),
    ("slip-no-such-language", &["name", "language", "same"]),
    ("slip-no-class-near", &["name", "language", "near"]),
    ("slip-no-class-of", &["name", "language", "same"]),
    ("slip-no-class-any-near", &["name", "near"]),
    ("slip-no-class", &["name", "same"]),
    ("slip-domain", &[]),
    ("slip-needle", &[]),
    ("slip-local", &[]),
    ("slip-brackets", &["phrase", "most"]),
    ("slip-alternatives", &["phrase"]),
    ("slip-no-words", &["phrase"]),
    ("slip-long-phrase", &["phrase", "most"]),
    ("slip-gap-at-end", &["phrase"]),
    ("slip-two-gaps", &["phrase"]),
    ("slip-bracket-before", &["phrase", "part"]),
    ("slip-bracket-open", &["phrase"]),
    ("slip-bracket-behind", &["phrase"]),
    ("slip-star-inside", &["phrase", "part"]),
    ("slip-star-short", &["phrase", "part"]),
    ("slip-star-alone", &["phrase"]),
];
