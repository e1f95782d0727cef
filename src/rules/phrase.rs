//! A phrase of a rule file, and where a text says it.
//!
//! A phrase is matched on whole words, within one sentence. It is no regular expression: whoever can read the mail can write it.
//!
//! | written | means |
//! |---|---|
//! | `your objection` | these words, one after the other |
//! | `object*` | a word that begins so |
//! | `will ... honour` | up to [`GAP`] other words in between |
//! | `(will\|ll) honour` | either word; `(now\|)` is a word that may be missing |
//! | `#` | a number of five to eight digits, also `123 456` |

mod read;
mod said;

use std::collections::BTreeSet;

use super::text::Prose;
pub(super) use read::{Phrases, WordList};
pub(super) use said::Said;

/// How many words ` ... ` may stand for. German puts the verb at the end: "werden deine öffentlichen Informationen von Facebook und
/// Instagram sowie deine Interaktionen mit KI bei Meta ab sofort nicht mehr" has sixteen between `werden` and `nicht`.
pub(super) const GAP: usize = 24;

/// A phrase, ready to be looked for: where its elements stand in the [`WordList`] with which it was read. A daemon holds ten
/// thousands of them for years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pattern {
    start: u32,
    length: u32,
}

/// One element of a phrase. Words are numbers of the [`WordList`] with which the phrase was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Element {
    Word(u32),
    Beginning(u32),
    Number,
    Gap,
    /// One of the alternatives that the next so many elements hold.
    Choice(u32),
    /// An alternative of so many elements; an empty one stands for nothing at all.
    Alternative(u32),
}

/// Where a phrase stands in a text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hit {
    pub(super) sentence: usize,
    /// Indices of the words that the phrase names; what a gap skips is not among them.
    pub(super) words: Vec<usize>,
}

impl Pattern {
    /// Every place where the text says this. `foreign` words (between quotation marks) count only where asked for.
    pub(super) fn find(&self, list: &WordList, prose: &Prose, foreign: bool) -> Vec<Hit> {
        let mut places = BTreeSet::new();
        let elements = list.elements(*self);
        firsts(elements, &mut |element| match element {
            Element::Word(word) => places.extend(prose.places(list.word(word), false)),
            Element::Beginning(word) => places.extend(prose.places(list.word(word), true)),
            Element::Number => places.extend(0..prose.words.len()),
            Element::Gap | Element::Choice(_) | Element::Alternative(_) => {}
        });
        let mut hits = Vec::new();
        for start in places {
            let Some(sentence) = prose.words.get(start).map(|word| word.sentence) else { continue };
            let end = prose.sentences.get(sentence).map_or(0, |sentence| sentence.words.end);
            let paths = (Search { list, prose, end, foreign }).along(vec![(start, Vec::new())], elements);
            if let Some((_, words)) = paths.into_iter().next() {
                hits.push(Hit { sentence, words });
            }
        }
        hits
    }

    /// The words that it asks for, folded, each with whether it is only a beginning (`object*`).
    pub(super) fn words<'a>(&self, list: &'a WordList) -> impl Iterator<Item = (&'a str, bool)> + use<'a> {
        list.elements(*self).iter().filter_map(|element| match element {
            Element::Word(word) => Some((list.word(*word), false)),
            Element::Beginning(word) => Some((list.word(*word), true)),
            Element::Number | Element::Gap | Element::Choice(_) | Element::Alternative(_) => None,
        })
    }

    /// The one way to write this phrase; fingerprints rest on it.
    pub(super) fn written(&self, list: &WordList) -> String {
        written(list.elements(*self), list)
    }
}

/// The first element, those that belong to it (a choice's alternatives), and what comes behind.
fn split(elements: &[Element]) -> Option<(Element, &[Element], &[Element])> {
    let (first, behind) = elements.split_first()?;
    let inside = match first {
        Element::Choice(length) | Element::Alternative(length) => *length as usize,
        Element::Word(_) | Element::Beginning(_) | Element::Number | Element::Gap => 0,
    };
    let (inside, behind) = behind.split_at_checked(inside)?;
    Some((*first, inside, behind))
}

/// The elements of one level, each with those that belong to it.
fn level(elements: &[Element]) -> impl Iterator<Item = (Element, &[Element])> {
    let mut rest = elements;
    std::iter::from_fn(move || {
        let (first, inside, behind) = split(rest)?;
        rest = behind;
        Some((first, inside))
    })
}

/// A place reached, and the words that led there.
type Path = (usize, Vec<usize>);

struct Search<'a> {
    list: &'a WordList,
    prose: &'a Prose,
    end: usize,
    foreign: bool,
}

impl Search<'_> {
    /// Where the elements can lead to, from each of these places on. Places are followed side by side and each only once, so
    /// that several gaps cost no more than their sum.
    fn along(&self, mut paths: Vec<Path>, elements: &[Element]) -> Vec<Path> {
        for (element, inside) in level(elements) {
            let mut next: Vec<Path> = Vec::new();
            let mut reached = BTreeSet::new();
            for (at, words) in paths {
                for (to, used) in self.step(at, element, inside) {
                    if reached.insert(to) {
                        next.push((to, words.iter().copied().chain(used).collect()));
                    }
                }
            }
            paths = next;
        }
        paths
    }

    fn step(&self, at: usize, element: Element, inside: &[Element]) -> Vec<Path> {
        match element {
            Element::Gap => {
                let mut to: Vec<Path> = vec![(at, Vec::new())];
                to.extend((at..at + GAP).take_while(|at| self.may_skip(*at)).map(|at| (at + 1, Vec::new())));
                to
            }
            Element::Choice(_) => {
                level(inside).flat_map(|(_, choice)| self.along(vec![(at, Vec::new())], choice)).collect()
            }
            Element::Alternative(_) => Vec::new(),
            Element::Word(_) | Element::Beginning(_) | Element::Number => {
                let length = self.word_at(at, element);
                length.map(|length| (at + length, (at..at + length).collect())).into_iter().collect()
            }
        }
    }

    fn accepts(&self, element: Element, word: &str) -> bool {
        match element {
            Element::Word(expected) => self.list.word(expected) == word,
            Element::Beginning(beginning) => word.starts_with(self.list.word(beginning)),
            Element::Number => (5..=8).contains(&word.len()) && is_digits(word),
            Element::Gap | Element::Choice(_) | Element::Alternative(_) => false,
        }
    }

    fn may_skip(&self, at: usize) -> bool {
        at < self.end && self.prose.words.get(at).is_some_and(|word| self.foreign || !word.foreign)
    }

    /// How many words of the text, from `at` on, are what the element asks for: more than one where hyphens divide a word
    /// (`email` in "E-Mail", `widerspruch` in "Wider-\nspruch").
    fn word_at(&self, at: usize, element: Element) -> Option<usize> {
        let word = self.prose.words.get(at).filter(|word| at < self.end && (self.foreign || !word.foreign))?;
        if self.accepts(element, &word.folded) {
            return Some(1);
        }
        let halves = |place: usize| {
            self.prose
                .words
                .get(place)
                .is_some_and(|word| place < self.end && word.folded.len() == 3 && is_digits(&word.folded))
        };
        if element == Element::Number && halves(at) && halves(at + 1) {
            return Some(2);
        }
        let mut joined = word.folded.clone();
        let mut glued = word.glued;
        for length in 2..=3 {
            let next = self.prose.words.get(at + length - 1).filter(|_| glued && at + length <= self.end)?;
            joined.push_str(&next.folded);
            glued = next.glued;
            if self.accepts(element, &joined) {
                return Some(length);
            }
        }
        None
    }
}

fn is_digits(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Tells the elements a match can begin with. Whether it begins with one of them: where not, it can be over without a single word.
fn firsts(elements: &[Element], found: &mut impl FnMut(Element)) -> bool {
    let mut rest = elements;
    while let Some((element, inside, behind)) = split(rest) {
        rest = behind;
        match element {
            Element::Word(_) | Element::Beginning(_) | Element::Number => {
                found(element);
                return true;
            }
            Element::Gap | Element::Alternative(_) => {}
            Element::Choice(_) => {
                let mut always = true;
                let mut choices = inside;
                while let Some((_, choice, others)) = split(choices) {
                    choices = others;
                    always &= firsts(choice, found);
                }
                if always {
                    return true;
                }
            }
        }
    }
    false
}

fn written(elements: &[Element], list: &WordList) -> String {
    let written = level(elements).map(|(element, inside)| match element {
        Element::Word(word) => list.word(word).to_owned(),
        Element::Beginning(word) => format!("{}*", list.word(word)),
        Element::Number => "#".to_owned(),
        Element::Gap => "...".to_owned(),
        Element::Choice(_) | Element::Alternative(_) => {
            let choices = level(inside).map(|(_, choice)| self::written(choice, list));
            format!("({})", choices.collect::<Vec<_>>().join("|"))
        }
    });
    written.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(text: &str, phrase: &str) -> Vec<Hit> {
        let mut phrases = Phrases::default();
        let pattern = phrases.read(phrase).unwrap();
        pattern.find(&phrases.into_list(), &Prose::read(text, &BTreeSet::new()), false)
    }

    fn says(text: &str, phrase: &str) -> bool {
        !hits(text, phrase).is_empty()
    }

    #[test]
    fn phrases_match_whole_words_within_a_sentence() {
        let cases = [
            ("We will honour your objection.", "will honour your objection", true),
            ("We will honour your\nobjection.", "honour your objection", true),
            ("We will honour your objections.", "your objection", false),
            ("We will honour your objections.", "your objection*", true),
            ("We'll honour it.", "we (will|ll) honour", true),
            ("We will now honour it.", "will (now|) honour", true),
            ("We will honour it.", "will (now|) honour", true),
            ("We will honour it.", "(now|) will (honour (it|them)|stop)", true),
            ("We will honour us.", "(now|) will (honour (it|them)|stop)", false),
            ("We won't, today, honour it.", "(won|don)'t ... (honour|respect)", true),
            ("We will never honour it.", "will (now|) honour", false),
            ("We will, as of today, honour it.", "will ... honour", true),
            ("We will see. They honour it.", "will ... honour", false),
            ("KI-Modelle", "KI Modelle", true),
            ("KI-\nModelle", "KI-Modelle", true),
            ("per E-Mail", "email", true),
            ("per Email", "email", true),
            ("Wider-\nspruch", "widerspruch", true),
            ("Wider spruch", "widerspruch", false),
            ("l'IA de Meta", "IA de Meta", true),
            ("123456 ist dein Code", "# ist dein code", true),
            ("123 456 ist dein Code", "# ist dein code", true),
            ("FB-12345 ist dein Code", "# ist dein code", true),
            ("123 ist dein Code", "# ist dein code", false),
            ("Seit 2025 ist dein Code", "# ist dein code", false),
            ("She said “we will honour it” today.", "will honour it", false),
            ("We will “as they wrote to us” honour it.", "will ... honour", false),
            ("Die “KI bei Meta” lernt.", "KI bei Meta", true),
        ];
        for (text, phrase, expected) in cases {
            assert_eq!(says(text, phrase), expected, "{phrase} in {text}");
        }
    }

    #[test]
    fn a_gap_is_bounded_and_no_longer_than_its_sentence() {
        let text = |between: usize| format!("will {}honour", "x ".repeat(between));
        assert!(says(&text(GAP), "will ... honour"));
        assert!(!says(&text(GAP + 1), "will ... honour"));
    }

    #[test]
    fn a_match_names_the_words_it_used_and_not_the_skipped_ones() {
        let hits = hits("Wir werden ihm nicht nachkommen.", "werden ... nachkommen");
        assert_eq!(hits, [Hit { sentence: 0, words: vec![1, 4] }]);
    }
}
