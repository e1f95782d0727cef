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

use std::collections::BTreeSet;

use super::letters::words_of;
use super::text::Prose;

/// How many words ` ... ` may stand for. German puts the verb at the end: "werden deine öffentlichen Informationen von Facebook und
/// Instagram sowie deine Interaktionen mit KI bei Meta ab sofort nicht mehr" has sixteen between `werden` and `nicht`.
pub(super) const GAP: usize = 24;

/// How many brackets a phrase may have: more cannot be read, and nesting is followed by recursion.
const BRACKETS: usize = 20;

/// A phrase, ready to be looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern(Vec<Element>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Element {
    Word(String),
    Beginning(String),
    Number,
    Gap,
    /// One of these; an empty one stands for nothing at all.
    Choice(Vec<Vec<Element>>),
}

/// Where a phrase stands in a text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hit {
    pub(super) sentence: usize,
    /// Indices of the words that the phrase names; what a gap skips is not among them.
    pub(super) words: Vec<usize>,
}

/// Reads a phrase. The error is a hint for whoever wrote it.
pub(super) fn parse(phrase: &str) -> Result<Pattern, String> {
    if phrase.matches('(').count() > BRACKETS {
        return Err(format!("has more than {BRACKETS} brackets; write several phrases"));
    }
    let mut rest = phrase;
    let mut choices = sequence(&mut rest)?;
    if !rest.is_empty() || choices.len() != 1 {
        return Err("alternatives are written `(one|other)`, with both brackets".to_owned());
    }
    let elements = choices.pop().unwrap_or_default();
    if firsts(&elements).is_none() {
        return Err("has no words".to_owned());
    }
    if [elements.first(), elements.last()].contains(&Some(&Element::Gap)) {
        return Err("`...` stands between words, not at the beginning or the end".to_owned());
    }
    if elements.windows(2).any(|pair| pair == [Element::Gap, Element::Gap]) {
        return Err("`... ...` is one gap too many".to_owned());
    }
    Ok(Pattern(elements))
}

impl Pattern {
    /// Every place where the text says this. `foreign` words (between quotation marks) count only where asked for.
    pub(super) fn find(&self, prose: &Prose, foreign: bool) -> Vec<Hit> {
        let mut places = BTreeSet::new();
        for element in firsts(&self.0).unwrap_or_default() {
            match element {
                Element::Word(word) => places.extend(prose.places(word, false)),
                Element::Beginning(word) => places.extend(prose.places(word, true)),
                Element::Number => places.extend(0..prose.words.len()),
                Element::Gap | Element::Choice(_) => {}
            }
        }
        let mut hits = Vec::new();
        for start in places {
            let Some(sentence) = prose.words.get(start).map(|word| word.sentence) else { continue };
            let end = prose.sentences.get(sentence).map_or(0, |sentence| sentence.words.end);
            let paths = (Search { prose, end, foreign }).along(vec![(start, Vec::new())], &self.0);
            if let Some((_, words)) = paths.into_iter().next() {
                hits.push(Hit { sentence, words });
            }
        }
        hits
    }

    /// The words that it asks for, folded, each with whether it is only a beginning (`object*`).
    pub(super) fn words(&self) -> Vec<(&str, bool)> {
        let mut found = Vec::new();
        let mut rest: Vec<&Element> = self.0.iter().collect();
        while let Some(element) = rest.pop() {
            match element {
                Element::Word(word) => found.push((word.as_str(), false)),
                Element::Beginning(word) => found.push((word.as_str(), true)),
                Element::Choice(choices) => rest.extend(choices.iter().flatten()),
                Element::Number | Element::Gap => {}
            }
        }
        found
    }
}

/// A place reached, and the words that led there.
type Path = (usize, Vec<usize>);

struct Search<'a> {
    prose: &'a Prose,
    end: usize,
    foreign: bool,
}

impl Search<'_> {
    /// Where the elements can lead to, from each of these places on. Places are followed side by side and each only once, so
    /// that several gaps cost no more than their sum.
    fn along(&self, mut paths: Vec<Path>, elements: &[Element]) -> Vec<Path> {
        for element in elements {
            let mut next: Vec<Path> = Vec::new();
            let mut reached = BTreeSet::new();
            for (at, words) in paths {
                for (to, used) in self.step(at, element) {
                    if reached.insert(to) {
                        next.push((to, words.iter().copied().chain(used).collect()));
                    }
                }
            }
            paths = next;
        }
        paths
    }

    fn step(&self, at: usize, element: &Element) -> Vec<Path> {
        match element {
            Element::Gap => {
                let mut to: Vec<Path> = vec![(at, Vec::new())];
                to.extend((at..at + GAP).take_while(|at| self.may_skip(*at)).map(|at| (at + 1, Vec::new())));
                to
            }
            Element::Choice(choices) => {
                choices.iter().flat_map(|choice| self.along(vec![(at, Vec::new())], choice)).collect()
            }
            Element::Word(_) | Element::Beginning(_) | Element::Number => {
                let length = self.word_at(at, element);
                length.map(|length| (at + length, (at..at + length).collect())).into_iter().collect()
            }
        }
    }

    fn may_skip(&self, at: usize) -> bool {
        at < self.end && self.prose.words.get(at).is_some_and(|word| self.foreign || !word.foreign)
    }

    /// How many words of the text, from `at` on, are what the element asks for: more than one where hyphens divide a word
    /// (`email` in "E-Mail", `widerspruch` in "Wider-\nspruch").
    fn word_at(&self, at: usize, element: &Element) -> Option<usize> {
        let word = self.prose.words.get(at).filter(|word| at < self.end && (self.foreign || !word.foreign))?;
        if element.accepts(&word.folded) {
            return Some(1);
        }
        let halves = |place: usize| {
            self.prose
                .words
                .get(place)
                .is_some_and(|word| place < self.end && word.folded.len() == 3 && is_digits(&word.folded))
        };
        if *element == Element::Number && halves(at) && halves(at + 1) {
            return Some(2);
        }
        let mut joined = word.folded.clone();
        let mut glued = word.glued;
        for length in 2..=3 {
            let next = self.prose.words.get(at + length - 1).filter(|_| glued && at + length <= self.end)?;
            joined.push_str(&next.folded);
            glued = next.glued;
            if element.accepts(&joined) {
                return Some(length);
            }
        }
        None
    }
}

impl Element {
    fn accepts(&self, word: &str) -> bool {
        match self {
            Element::Word(expected) => expected == word,
            Element::Beginning(beginning) => word.starts_with(beginning.as_str()),
            Element::Number => (5..=8).contains(&word.len()) && is_digits(word),
            Element::Gap | Element::Choice(_) => false,
        }
    }
}

fn is_digits(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// The elements a match can begin with; `None` where it can be over without a single word.
fn firsts(elements: &[Element]) -> Option<Vec<&Element>> {
    let mut found = Vec::new();
    for element in elements {
        match element {
            Element::Word(_) | Element::Beginning(_) | Element::Number => {
                found.push(element);
                return Some(found);
            }
            Element::Gap => {}
            Element::Choice(choices) => {
                let mut always = true;
                for choice in choices {
                    match firsts(choice) {
                        Some(more) => found.extend(more),
                        None => always = false,
                    }
                }
                if always {
                    return Some(found);
                }
            }
        }
    }
    None
}

/// Reads alternatives up to a closing bracket or the end.
fn sequence(rest: &mut &str) -> Result<Vec<Vec<Element>>, String> {
    let mut choices = vec![Vec::new()];
    loop {
        let at = rest.find(['(', ')', '|']).unwrap_or(rest.len());
        let (plain, behind) = rest.split_at(at);
        let plain_elements = elements(plain)?;
        if let Some(last) = choices.last_mut() {
            last.extend(plain_elements);
        }
        *rest = behind;
        if let Some(inside) = rest.strip_prefix('(') {
            if plain.ends_with(char::is_alphanumeric) {
                return Err(format!("in `{plain}(`: brackets hold whole words; put a space before them"));
            }
            *rest = inside;
            let choice = sequence(rest)?;
            *rest = rest.strip_prefix(')').ok_or("the bracket `(` is never closed")?;
            if rest.starts_with(|c: char| c.is_alphanumeric() || c == '*') {
                return Err("brackets hold whole words; put a space behind `)`".to_owned());
            }
            if let Some(last) = choices.last_mut() {
                last.push(Element::Choice(choice));
            }
        } else if let Some(other) = rest.strip_prefix('|') {
            choices.push(Vec::new());
            *rest = other;
        } else {
            return Ok(choices);
        }
    }
}

/// Reads words, gaps and numbers, without brackets.
fn elements(text: &str) -> Result<Vec<Element>, String> {
    let mut elements = Vec::new();
    for chunk in text.split_whitespace() {
        match chunk {
            "..." | "…" => elements.push(Element::Gap),
            "#" => elements.push(Element::Number),
            _ => {
                let (body, open) = match chunk.strip_suffix('*') {
                    Some(body) => (body, true),
                    None => (chunk, false),
                };
                if body.contains(['*', '#']) || body.contains("...") {
                    return Err(format!("in `{chunk}`: `*` ends a word, `#` and `...` stand alone between spaces"));
                }
                let mut words = words_of(body);
                let last = if open { words.pop() } else { None };
                elements.extend(words.into_iter().map(Element::Word));
                match last {
                    Some(last) if last.chars().count() < 2 => {
                        return Err(format!(
                            "`{chunk}` would match nearly every word; write at least two letters before `*`"
                        ));
                    }
                    Some(last) => elements.push(Element::Beginning(last)),
                    None if open => return Err("`*` needs the beginning of a word before it".to_owned()),
                    None => {}
                }
            }
        }
    }
    Ok(elements)
}

impl std::fmt::Display for Pattern {
    /// The one way to write this phrase; fingerprints rest on it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&written(&self.0))
    }
}

fn written(elements: &[Element]) -> String {
    let written: Vec<String> = elements
        .iter()
        .map(|element| match element {
            Element::Word(word) => word.clone(),
            Element::Beginning(word) => format!("{word}*"),
            Element::Number => "#".to_owned(),
            Element::Gap => "...".to_owned(),
            Element::Choice(choices) => {
                format!("({})", choices.iter().map(|choice| self::written(choice)).collect::<Vec<_>>().join("|"))
            }
        })
        .collect();
    written.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(text: &str, phrase: &str) -> bool {
        let prose = Prose::read(text, &BTreeSet::new());
        !parse(phrase).unwrap().find(&prose, false).is_empty()
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
        let prose = Prose::read("Wir werden ihm nicht nachkommen.", &BTreeSet::new());
        let hits = parse("werden ... nachkommen").unwrap().find(&prose, false);
        assert_eq!(hits, [Hit { sentence: 0, words: vec![1, 4] }]);
    }

    #[test]
    fn slips_in_a_phrase_are_explained() {
        let cases = [
            ("", "has no words"),
            ("... later", "`...` stands between words"),
            ("we (will honour", "never closed"),
            ("we will) honour", "with both brackets"),
            ("a|b", "with both brackets"),
            ("k*", "write at least two letters"),
            ("wo*rd", "`*` ends a word"),
            ("(now|)", "has no words"),
            ("un(able|willing)", "brackets hold whole words"),
            ("(refus|reject)*", "brackets hold whole words"),
        ];
        for (phrase, hint) in cases {
            let error = parse(phrase).unwrap_err();
            assert!(error.contains(hint), "{phrase}: {error}");
        }
    }
}
