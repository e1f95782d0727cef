//! Which language a mail is written in, for mails that no rule fits.
//!
//! Function words decide; `Content-Language` only where they do not. No statistics, no tables: a language is known when its rule
//! file lists its function words.

use std::collections::BTreeMap;

use super::letters::words_of;
use super::rule::RuleSet;
use crate::model::message::Message;

/// "Undetermined" (BCP 47); also of a text in a language that is known to have no rules.
const UNKNOWN: &str = "und";

/// A text has at least one function word among so many of its language; in the paragraphs of `tests/detected.rs` every third is one.
/// Where fewer are, it may be another language that shares a few (Russian and Bulgarian: every sixth).
const SURE: usize = 4;

/// Short mails have fewer: enough to name the language, not enough to rely on it.
const LIKELY: usize = 16;

/// The BCP 47 tag of the language of a message's text; `und` where that cannot be told.
pub(super) fn of(rules: &RuleSet, message: &Message) -> String {
    let hint = message.content_language.as_deref().and_then(|tag| tag.split(['-', ',', ';', ' ']).next());
    let told = told(rules, message, LIKELY).filter(|language| *language != UNKNOWN);
    told.or(hint.filter(|hint| !hint.is_empty())).unwrap_or(UNKNOWN).to_owned()
}

/// Whether the message's text is in a language that has rules, by the text alone: a header may say anything.
pub(super) fn is_of_rules(rules: &RuleSet, message: &Message) -> bool {
    told(rules, message, SURE).is_some_and(|language| rules.rules.iter().any(|rule| rule.language == language))
}

/// The language that the function words tell, if at least one in so many words is one.
fn told<'a>(rules: &'a RuleSet, message: &Message, one_in: usize) -> Option<&'a str> {
    let words: Vec<String> = words_of(message.own_text()).into_iter().chain(words_of(&message.subject)).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in &words {
        for (language, _) in rules.function_words.iter().filter(|(_, known)| known.contains(word)) {
            *counts.entry(language).or_default() += 1;
        }
    }
    let most = counts.values().max().copied()?;
    let mut leading = counts.iter().filter(|(_, count)| **count == most).map(|(language, _)| *language);
    match (leading.next(), leading.next()) {
        (Some(only), None) if most.saturating_mul(one_in) >= words.len() => Some(only),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_decide_and_the_header_only_hints() {
        let words = |words: &str| words.split(' ').map(str::to_owned).collect();
        let rules = RuleSet {
            function_words: [("de".to_owned(), words("und die wir")), ("en".to_owned(), words("and the we"))].into(),
            ..RuleSet::default()
        };
        let message = |text: &str, hint: Option<&str>| Message {
            subject: text.to_owned(),
            content_language: hint.map(str::to_owned),
            ..Message::default()
        };
        assert_eq!(of(&rules, &message("die Daten und wir", Some("en"))), "de");
        assert_eq!(of(&rules, &message("we and the data", None)), "en");
        assert_eq!(of(&rules, &message("données", Some("fr-fr"))), "fr");
        assert_eq!(of(&rules, &message("12345", None)), "und");
    }
}
