//! Which words rules live on, and whom a mail greets: what must be known to take a person out of a mail and leave it recognisable.
//!
//! Nothing here recognises a mail.

use std::collections::BTreeSet;

use super::capture;
use super::language;
use super::letters::{fold, words_of};
use super::phrase::{Pattern, WordList};
use super::rule::{Capture, Conditions, RuleSet, Term};
use crate::model::message::Message;
use crate::model::recognition::Captured;

/// The words that the rules of all languages ask for.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// Folded.
    words: BTreeSet<String>,
    /// Of `object*`.
    beginnings: BTreeSet<String>,
}

impl Vocabulary {
    /// Whether a phrase of any rule, lexicon or greeting asks for this word, whatever the case, e.g. `will` or `Widerspruch`.
    pub fn contains(&self, word: &str) -> bool {
        let word = fold(word);
        let mut ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
        self.words.contains(&word)
            || ends.any(|end| word.get(..end).is_some_and(|beginning| self.beginnings.contains(beginning)))
    }

    /// Takes a phrase as it was read: there are thousands, and a redaction asks for them all.
    fn add(&mut self, pattern: &Pattern, list: &WordList) {
        for (word, is_beginning) in pattern.words(list) {
            let known = if is_beginning { &mut self.beginnings } else { &mut self.words };
            if !known.contains(word) {
                known.insert(word.to_owned());
            }
        }
    }

    fn add_all(&mut self, conditions: &Conditions, list: &WordList) {
        let Conditions { sentence, not_in_sentence, anywhere, subject, never, .. } = conditions;
        let lists = [sentence, not_in_sentence, anywhere, subject, never].into_iter().flatten();
        for any_of in lists
            .chain(&conditions.unconditional)
            .chain(&conditions.unreported)
            .chain(&conditions.harmless)
            .chain(&conditions.plain)
        {
            for term in &any_of.terms {
                if let Term::Phrase(pattern) = term {
                    self.add(pattern, list);
                }
            }
        }
    }
}

impl RuleSet {
    /// The words that the rules, lexicons and greetings ask for.
    pub fn vocabulary(&self) -> &Vocabulary {
        self.vocabulary.get_or_init(|| self.collect_vocabulary())
    }

    fn collect_vocabulary(&self) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        for pattern in self.lexicon.values().flatten() {
            vocabulary.add(pattern, &self.words);
        }
        for conditions in self.rules.iter().map(|rule| &rule.conditions) {
            vocabulary.add_all(conditions, &self.words);
        }
        for coverage in &self.coverage {
            vocabulary.add_all(&coverage.conditions, &self.words);
        }
        for Capture { greeting, not_a_name, sent_to, intended_for } in self.captures.values() {
            for phrase in greeting.iter().chain(not_a_name).chain(sent_to).chain(intended_for) {
                vocabulary.words.extend(words_of(phrase));
            }
        }
        vocabulary.words.extend(self.function_words.values().flatten().cloned());
        vocabulary
    }

    /// What a message says about whom it is for, also when no rule recognises it.
    pub fn captured(&self, message: &Message) -> Captured {
        capture::captured(self, message, &language::of(self, message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_own_words_are_known_and_names_are_not() {
        let rules = RuleSet::shipped_once();
        let vocabulary = rules.vocabulary();
        for word in ["will", "WILL", "objection", "Widerspruch", "Meta", "Hi", "Hallo", "refused", "und"] {
            assert!(vocabulary.contains(word), "{word}");
        }
        for word in ["Ruby", "Tuesday", "Jürgen", "sunnyflower"] {
            assert!(!vocabulary.contains(word), "{word}");
        }
    }
}
