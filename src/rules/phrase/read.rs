//! Reading a phrase as a rule file writes it. Slips are explained to whoever wrote it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use memchr::memchr3;

use super::{Element, Pattern, firsts, level};
use crate::rules::letters::words_of;

/// How many brackets a phrase may have: more cannot be read, and nesting is followed by recursion.
const BRACKETS: usize = 20;

/// How many words and gaps a phrase may have: the longest shipped one has a third of them.
const LONGEST: usize = 60;

/// What phrases are made of: their elements one after the other, and the words in them, each held once: "Widerspruch" stands in
/// hundreds of them.
#[derive(Debug, Clone, Default)]
pub(in crate::rules) struct WordList {
    text: String,
    /// Where each word ends in the text.
    ends: Vec<u32>,
    /// The words' numbers in the order of their texts, to look a text's words up by.
    sorted: Vec<u32>,
    elements: Vec<Element>,
}

impl WordList {
    /// The word of that number, folded; empty for a number of another list.
    pub(super) fn word(&self, number: u32) -> &str {
        let end = |number: usize| self.ends.get(number).map(|end| *end as usize);
        let number = number as usize;
        let start = number.checked_sub(1).map_or(Some(0), end);
        start.zip(end(number)).and_then(|(start, end)| self.text.get(start..end)).unwrap_or_default()
    }

    /// The elements of a phrase; none for one of another list.
    pub(super) fn elements(&self, pattern: Pattern) -> &[Element] {
        let start = pattern.start as usize;
        self.elements.get(start..start + pattern.length as usize).unwrap_or_default()
    }

    /// How many words there are; their numbers begin at 0.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The number of a folded word, if any phrase has it.
    pub(super) fn find(&self, word: &str) -> Option<u32> {
        let at = self.sorted.binary_search_by(|number| self.word(*number).cmp(word)).ok()?;
        self.sorted.get(at).copied()
    }

    fn push(&mut self, word: &str) -> u32 {
        self.text.push_str(word);
        self.ends.push(count(self.text.len()));
        count(self.ends.len() - 1)
    }
}

/// Reads phrases that share a list of words.
#[derive(Debug, Default)]
pub(in crate::rules) struct Phrases {
    list: WordList,
    numbers: HashMap<String, u32>,
    texts: HashSet<Arc<str>>,
}

impl Phrases {
    /// The words of everything read so far.
    pub(in crate::rules) fn list(&self) -> &WordList {
        &self.list
    }

    /// The words of everything read.
    pub(in crate::rules) fn into_list(mut self) -> WordList {
        let mut sorted: Vec<u32> = (0..count(self.list.len())).collect();
        sorted.sort_unstable_by(|one, other| self.list.word(*one).cmp(self.list.word(*other)));
        self.list.sorted = sorted;
        self.list.text.shrink_to_fit();
        self.list.ends.shrink_to_fit();
        self.list.elements.shrink_to_fit();
        self.list
    }

    /// The text, held once however often it is written.
    pub(in crate::rules) fn share(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.texts.get(text) {
            return Arc::clone(known);
        }
        let text: Arc<str> = text.into();
        self.texts.insert(Arc::clone(&text));
        text
    }

    /// Reads a phrase. The error is a hint for whoever wrote it.
    pub(in crate::rules) fn read(&mut self, phrase: &str) -> Result<Pattern, String> {
        if phrase.matches('(').count() > BRACKETS {
            return Err(format!("has more than {BRACKETS} brackets; write several phrases"));
        }
        let mut rest = phrase;
        let mut choices = self.sequence(&mut rest)?;
        if !rest.is_empty() || choices.len() != 1 {
            return Err("alternatives are written `(one|other)`, with both brackets".to_owned());
        }
        let elements = choices.pop().unwrap_or_default();
        if !firsts(&elements, &mut |_| {}) {
            return Err("has no words".to_owned());
        }
        let outside: Vec<Element> = level(&elements).map(|(element, _)| element).collect();
        if outside.len() > LONGEST {
            return Err(format!("has more than {LONGEST} words; write the telling ones, with ` ... ` between them"));
        }
        if [outside.first(), outside.last()].contains(&Some(&Element::Gap)) {
            return Err("`...` stands between words, not at the beginning or the end".to_owned());
        }
        if outside.windows(2).any(|pair| pair == [Element::Gap, Element::Gap]) {
            return Err("`... ...` is one gap too many".to_owned());
        }
        let start = count(self.list.elements.len());
        self.list.elements.extend(&elements);
        Ok(Pattern { start, length: count(elements.len()) })
    }

    /// Reads alternatives up to a closing bracket or the end.
    fn sequence(&mut self, rest: &mut &str) -> Result<Vec<Vec<Element>>, String> {
        let mut done = Vec::new();
        let mut choice = Vec::new();
        loop {
            let at = memchr3(b'(', b')', b'|', rest.as_bytes()).unwrap_or(rest.len());
            let (plain, behind) = rest.split_at(at);
            choice.extend(self.elements(plain)?);
            *rest = behind;
            if let Some(inside) = rest.strip_prefix('(') {
                if plain.ends_with(char::is_alphanumeric) {
                    return Err(format!("in `{plain}(`: brackets hold whole words; put a space before them"));
                }
                *rest = inside;
                let inner = self.sequence(rest)?;
                *rest = rest.strip_prefix(')').ok_or("the bracket `(` is never closed")?;
                if rest.starts_with(|c: char| c.is_alphanumeric() || c == '*') {
                    return Err("brackets hold whole words; put a space behind `)`".to_owned());
                }
                let inside: usize = inner.iter().map(|alternative| 1 + alternative.len()).sum();
                choice.push(Element::Choice(count(inside)));
                for alternative in inner {
                    choice.push(Element::Alternative(count(alternative.len())));
                    choice.extend(alternative);
                }
            } else if let Some(other) = rest.strip_prefix('|') {
                done.push(std::mem::take(&mut choice));
                *rest = other;
            } else {
                done.push(choice);
                return Ok(done);
            }
        }
    }

    /// Reads words, gaps and numbers, without brackets.
    fn elements(&mut self, text: &str) -> Result<Vec<Element>, String> {
        let mut elements = Vec::new();
        for chunk in text.split_whitespace() {
            match chunk {
                "..." | "…" => elements.push(Element::Gap),
                "#" => elements.push(Element::Number),
                _ => self.words(chunk, &mut elements)?,
            }
        }
        Ok(elements)
    }

    /// Reads what stands between two spaces: a word, the beginning of one, or several (`KI-Modelle`).
    fn words(&mut self, chunk: &str, elements: &mut Vec<Element>) -> Result<(), String> {
        let (body, open) = match chunk.strip_suffix('*') {
            Some(body) => (body, true),
            None => (chunk, false),
        };
        // Nine of ten were read before, and are written as they are held.
        if !open && let Some(number) = self.numbers.get(body) {
            elements.push(Element::Word(*number));
            return Ok(());
        }
        if chunk.len() > 1 && chunk.bytes().all(|byte| byte == b'.') {
            return Err(format!("`{chunk}` is no gap; write ` ... `"));
        }
        if body.contains(['*', '#']) || body.contains("...") {
            return Err(format!("in `{chunk}`: `*` ends a word, `#` and `...` stand alone between spaces"));
        }
        let mut words = words_of(body);
        let last = if open { words.pop() } else { None };
        elements.extend(words.iter().map(|word| Element::Word(self.number(word))));
        match last {
            Some(last) if last.chars().count() < 2 => {
                return Err(format!("`{chunk}` would match nearly every word; write at least two letters before `*`"));
            }
            Some(last) => elements.push(Element::Beginning(self.number(&last))),
            None if open => return Err("`*` needs the beginning of a word before it".to_owned()),
            None => {}
        }
        Ok(())
    }

    fn number(&mut self, word: &str) -> u32 {
        if let Some(known) = self.numbers.get(word) {
            return *known;
        }
        let number = self.list.push(word);
        self.numbers.insert(word.to_owned(), number);
        number
    }
}

/// Rule files are read whole into memory: nothing in them is counted beyond four thousand million.
fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleSet;

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
            ("we .. honour", "`..` is no gap; write ` ... `"),
            ("(now|)", "has no words"),
            ("un(able|willing)", "brackets hold whole words"),
            ("(refus|reject)*", "brackets hold whole words"),
            (&"word ".repeat(61), "has more than 60 words"),
        ];
        for (phrase, hint) in cases {
            let error = Phrases::default().read(phrase).unwrap_err();
            assert!(error.contains(hint), "{phrase}: {error}");
        }
    }

    #[test]
    fn a_word_that_is_held_is_read_as_itself() {
        let list = &RuleSet::shipped_once().words;
        let words: Vec<&str> = (0..count(list.len())).map(|number| list.word(number)).collect();
        assert!(words.len() > 5_000, "{}", words.len());
        for word in words {
            assert_eq!(words_of(word), [word]);
            assert_eq!(list.find(word).map(|number| list.word(number)), Some(word));
        }
    }

    #[test]
    fn words_are_held_once() {
        let mut phrases = Phrases::default();
        for phrase in ["your objection", "(your|the|) objection", "your object*"] {
            let pattern = phrases.read(phrase).unwrap();
            assert_eq!(pattern.written(phrases.list()), phrase);
        }
        let list = phrases.into_list();
        assert_eq!(
            (0..5).map(|number| list.word(number)).collect::<Vec<_>>(),
            ["your", "objection", "the", "object", ""]
        );
    }
}
