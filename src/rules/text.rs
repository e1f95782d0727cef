//! A text as rules read it: words, sentences, and whose voice speaks.
//!
//! Mails wrap lines, hyphenate, hide zero-width characters and write apostrophes in five ways; nothing of that may change what
//! a mail says. Where it cannot be told whether a sentence ends, it does not: a condition that leaks into a promise costs a look by
//! the person, a promise cut loose from its condition would be a false confirmation.
//!
//! This module knows no phrase of any language but the abbreviations it is given, and nothing of rules.

mod sentence;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Bound, Range};

use super::letters::{fold, is_word, visible, word_length};
use super::quotes;
use sentence::{find_reach, sentence_end};

/// A text, read.
#[derive(Debug, Clone, Default)]
pub(super) struct Prose {
    /// The text with what nobody sees taken out; words and sentences point into it.
    pub(super) shown: String,
    pub(super) words: Vec<Word>,
    pub(super) sentences: Vec<Sentence>,
    /// Where each word stands, also words that hyphens divide (`email` for "E-Mail"): a text is asked for thousands of phrases.
    index: BTreeMap<String, Vec<usize>>,
}

/// One word, folded for comparing.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// Lower case, `ß` as `ss`.
    pub(super) folded: String,
    /// The next word follows after a hyphen only: `E-Mail`, `Wider-` at the end of a line.
    pub(super) glued: bool,
    /// It stands in a passage between quotation marks: not the mail's own voice.
    pub(super) foreign: bool,
    pub(super) sentence: usize,
    at: Range<usize>,
}

/// How a sentence ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// `.` or `!`: what follows stands for itself.
    Full,
    /// `?`
    Question,
    /// `:`
    Colon,
    /// Nothing at all, as headings and table cells.
    Open,
}

/// One sentence. No sentence reaches over a paragraph.
#[derive(Debug, Clone)]
pub(super) struct Sentence {
    /// Indices of its words.
    pub(super) words: Range<usize>,
    pub(super) end: End,
    /// The first sentence that it does not introduce: `If you object:` reaches over a list, a question over its answer.
    reach: usize,
    paragraph: usize,
}

impl Prose {
    /// Reads a text. `abbreviations` are folded, without dots (`z`, `art`, `evtl`).
    pub(super) fn read(raw: &str, abbreviations: &BTreeSet<String>) -> Prose {
        let shown = visible(raw);
        let foreign = quotes::passages(&shown);
        let mut prose = Prose { shown, ..Prose::default() };
        let mut lists = Vec::new();
        for (number, paragraph) in paragraphs(&prose.shown).into_iter().enumerate() {
            let text = prose.shown.get(paragraph.clone()).unwrap_or_default();
            lists.push(text.trim_start().starts_with(['•', '·', '*', '-', '–', '—', '▪', '●', '○', '‣', '◦']));
            scan(text, paragraph.start, number, abbreviations, &mut prose.words, &mut prose.sentences);
        }
        for word in &mut prose.words {
            let begun = foreign.partition_point(|passage| passage.start <= word.at.start);
            word.foreign =
                begun.checked_sub(1).and_then(|last| foreign.get(last)).is_some_and(|last| word.at.start < last.end);
        }
        find_reach(&mut prose.sentences, &lists);
        prose.index();
        prose
    }

    /// The places at which a word stands that equals `word`, or begins with it.
    pub(super) fn places(&self, word: &str, beginning: bool) -> Vec<usize> {
        if !beginning {
            return self.index.get(word).cloned().unwrap_or_default();
        }
        let from = self.index.range::<str, _>((Bound::Included(word), Bound::Unbounded));
        let mut places: Vec<usize> = from
            .take_while(|(found, _)| found.starts_with(word))
            .flat_map(|(_, places)| places.iter().copied())
            .collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// Every word that can be asked for, once, also those that hyphens divide.
    pub(super) fn vocabulary(&self) -> impl Iterator<Item = &str> {
        self.index.keys().map(String::as_str)
    }

    fn index(&mut self) {
        for (number, sentence) in self.sentences.iter().enumerate() {
            for word in self.words.get_mut(sentence.words.clone()).unwrap_or_default() {
                word.sentence = number;
            }
        }
        for (place, word) in self.words.iter().enumerate() {
            self.index.entry(word.folded.clone()).or_default().push(place);
            let mut joined = word.folded.clone();
            let mut glued = word.glued;
            for next in self.words.iter().skip(place + 1).take(2).take_while(|next| next.sentence == word.sentence) {
                if !glued {
                    break;
                }
                joined.push_str(&next.folded);
                glued = next.glued;
                self.index.entry(joined.clone()).or_default().push(place);
            }
        }
    }

    /// The sentences whose words count as said together with this one when looking for what speaks against it: a neighbour
    /// that no full stop divides from it, as layouts break sentences over table cells.
    pub(super) fn joined(&self, number: usize) -> Vec<usize> {
        let mut joined = vec![number];
        let open = |sentence: &Sentence| matches!(sentence.end, End::Open | End::Colon);
        if let Some(before) = number.checked_sub(1)
            && self.sentences.get(before).is_some_and(open)
        {
            joined.push(before);
        }
        if self.sentences.get(number).is_some_and(open) && number + 1 < self.sentences.len() {
            joined.push(number + 1);
        }
        joined
    }

    /// Whether one sentence introduces the other with a colon.
    pub(super) fn announces(&self, head: usize, number: usize) -> bool {
        self.introduces(head, number) && self.sentences.get(head).is_some_and(|head| head.end == End::Colon)
    }

    /// Whether one sentence introduces the other.
    pub(super) fn introduces(&self, head: usize, number: usize) -> bool {
        head < number && self.sentences.get(head).is_some_and(|head| number < head.reach)
    }

    /// The sentence as a person reads it, on one line, at most 300 characters.
    pub(super) fn sentence_text(&self, number: usize) -> String {
        let words = self.sentences.get(number).map(|sentence| sentence.words.clone()).unwrap_or_default();
        self.between(words, 300)
    }

    /// A word as the text has it.
    pub(super) fn word_text(&self, place: usize) -> &str {
        self.words.get(place).and_then(|word| self.shown.get(word.at.clone())).unwrap_or_default()
    }

    /// The number that a word is: of dates, times, sections of the law.
    pub(super) fn number(&self, place: usize) -> Option<u32> {
        let word = self.words.get(place).filter(|word| word.folded.bytes().all(|byte| byte.is_ascii_digit()))?;
        Some(word.folded.parse().unwrap_or(u32::MAX))
    }

    /// Whether a comma divides a word from the next.
    pub(super) fn comma_behind(&self, place: usize) -> bool {
        let (Some(word), Some(next)) = (self.words.get(place), self.words.get(place + 1)) else { return false };
        self.shown.get(word.at.end..next.at.start).is_some_and(|gap| gap.contains([',', '،', '、', '!']))
    }

    fn between(&self, words: Range<usize>, limit: usize) -> String {
        let Some(words) = self.words.get(words) else { return String::new() };
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return String::new() };
        let text = self.shown.get(first.at.start..last.at.end).unwrap_or_default();
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match line.char_indices().nth(limit) {
            Some((cut, _)) => format!("{} …", line.get(..cut).unwrap_or_default()),
            None => line,
        }
    }
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}')
}

/// Byte ranges between blank lines.
fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            found.push(start..at);
            start = at + line.len();
        }
        at += line.len();
    }
    found.push(start..at);
    found.retain(|range| text.get(range.clone()).is_some_and(|part| part.contains(is_word)));
    found
}

/// Splits one paragraph into words and sentences.
fn scan(
    text: &str,
    offset: usize,
    paragraph: usize,
    abbreviations: &BTreeSet<String>,
    words: &mut Vec<Word>,
    sentences: &mut Vec<Sentence>,
) {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let char_at = |i: usize| chars.get(i).map(|(_, c)| *c);
    let byte_at = |i: usize| chars.get(i).map_or(text.len(), |(at, _)| *at);
    // Behind this stands no word any more: looked for once, or a page of dots would be read to its end from every dot.
    let words_end = chars.iter().rposition(|(_, c)| is_word(*c)).map_or(0, |last| last + 1);
    let mut first = words.len();
    let mut i = 0;
    while let Some(c) = char_at(i) {
        if is_word(c) {
            let end = i + word_length(chars.get(i..).unwrap_or_default().iter().map(|(_, c)| *c));
            let at = byte_at(i)..byte_at(end);
            words.push(Word {
                folded: fold(text.get(at.clone()).unwrap_or_default()),
                glued: is_glued(&chars, end),
                foreign: false,
                sentence: 0,
                at: offset + at.start..offset + at.end,
            });
            i = end;
            continue;
        }
        let last = words.get(first..).and_then(<[Word]>::last);
        if let Some((end, next)) = sentence_end(&chars, i, words_end, last, abbreviations) {
            if words.len() > first {
                sentences.push(Sentence { words: first..words.len(), end, reach: 0, paragraph });
            }
            first = words.len();
            i = next;
            continue;
        }
        i += 1;
    }
    if words.len() > first {
        sentences.push(Sentence { words: first..words.len(), end: End::Open, reach: 0, paragraph });
    }
}

/// Whether a hyphen, and at most a line break behind it, is all that lies between a word ending at `end` and the next.
fn is_glued(chars: &[(usize, char)], end: usize) -> bool {
    let mut rest = chars.iter().skip(end).map(|(_, c)| *c);
    if !rest.next().is_some_and(is_dash) {
        return false;
    }
    let rest: String = rest.take(40).collect();
    let blank = rest.len() - rest.trim_start().len();
    let (gap, next) = rest.split_at(blank);
    next.starts_with(is_word) && (gap.is_empty() || gap.contains('\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hyphens_glue_and_dashes_divide() {
        let glued = |text: &str| -> Vec<(String, bool)> {
            Prose::read(text, &BTreeSet::new()).words.into_iter().map(|word| (word.folded, word.glued)).collect()
        };
        let expect =
            |words: &[(&str, bool)]| words.iter().map(|(word, glue)| ((*word).to_owned(), *glue)).collect::<Vec<_>>();
        assert_eq!(glued("E-Mail"), expect(&[("e", true), ("mail", false)]));
        assert_eq!(glued("Wider-\n  spruch"), expect(&[("wider", true), ("spruch", false)]));
        assert_eq!(glued("KI \u{2013} Modelle"), expect(&[("ki", false), ("modelle", false)]));
        assert_eq!(glued("Vor- und"), expect(&[("vor", false), ("und", false)]));
    }
}
