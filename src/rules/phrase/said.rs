//! Which phrases can stand in a text at all: of ten thousand, nearly all begin with a word that it does not have.

use super::read::WordList;
use super::{Element, Pattern, firsts};
use crate::rules::text::Prose;

/// What a text has of a list's words.
#[derive(Debug, Default)]
pub(in crate::rules) struct Said {
    /// By the word's number: whether the text has it.
    words: Vec<bool>,
    /// By the word's number: whether one of the text's words begins with it.
    beginnings: Vec<bool>,
}

impl Said {
    pub(in crate::rules) fn of(list: &WordList, prose: &Prose) -> Said {
        let mut said = Said { words: vec![false; list.len()], beginnings: vec![false; list.len()] };
        for word in prose.vocabulary() {
            mark(&mut said.words, list.find(word));
            for end in word.char_indices().map(|(at, c)| at + c.len_utf8()) {
                mark(&mut said.beginnings, word.get(..end).and_then(|beginning| list.find(beginning)));
            }
        }
        said
    }

    /// Whether the text has a word with which the phrase begins.
    pub(in crate::rules) fn may_hold(&self, pattern: Pattern, list: &WordList) -> bool {
        let is_marked = |marks: &[bool], number: u32| marks.get(number as usize).copied().unwrap_or_default();
        let mut possible = false;
        firsts(list.elements(pattern), &mut |element| {
            possible |= match element {
                Element::Word(word) => is_marked(&self.words, word),
                Element::Beginning(word) => is_marked(&self.beginnings, word),
                Element::Number => true,
                Element::Gap | Element::Choice(_) | Element::Alternative(_) => false,
            }
        });
        possible
    }
}

fn mark(marks: &mut [bool], number: Option<u32>) {
    if let Some(mark) = number.and_then(|number| marks.get_mut(number as usize)) {
        *mark = true;
    }
}
