//! The greeting that a sentence begins with: "Hi Anna, we will honour ..." has a name in it, which is no word of the sentence.
//!
//! Whose name it is, `capture` reads.

use super::letters::words_of;
use super::rule::RuleSet;
use super::text::Prose;

/// Longer names are sentences.
const NAME_WORDS: usize = 4;

/// How many words of a sentence are a greeting, by the phrases of all languages.
pub(super) fn length(rules: &RuleSet, prose: &Prose, sentence: usize) -> usize {
    let phrases = rules.captures.values().flat_map(|capture| &capture.greeting);
    phrases.filter_map(|phrase| of_phrase(phrase, prose, sentence)).max().unwrap_or(0)
}

/// The same by one phrase, e.g. `Hi NAME`: up to the comma behind the name, or to the sentence's end.
fn of_phrase(phrase: &str, prose: &Prose, sentence: usize) -> Option<usize> {
    let opening = words_of(phrase.split_once("NAME")?.0);
    let words = prose.sentences.get(sentence)?.words.clone();
    let begins = |(place, word): (usize, &String)| prose.words.get(place).is_some_and(|found| found.folded == *word);
    if opening.is_empty() || opening.len() >= words.len() || !words.clone().zip(&opening).all(begins) {
        return None;
    }
    let name = words.clone().skip(opening.len()).take(NAME_WORDS);
    let last = name.clone().find(|place| place + 1 == words.end || prose.comma_behind(*place))?;
    Some(last + 1 - words.start)
}
