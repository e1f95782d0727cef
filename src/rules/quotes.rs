//! Passages between quotation marks, and lines behind `>`: somebody else's words, or words about words.
//!
//! Four words make a passage; fewer are a name or a term (`"AI at Meta"`). Where a mark is never closed, the rest of its paragraph counts
//! as quoted: what is doubted goes to review, what is believed confirms.

use std::ops::Range;

/// From this many words on, what stands between quotation marks is a passage and not a term.
const PASSAGE_WORDS: usize = 4;

/// A closing mark further away than this (in characters) belongs to something else.
const REACH: usize = 4000;

/// Single marks look like apostrophes: theirs is a sentence or two.
const REACH_OF_SINGLE: usize = 400;

/// The byte ranges of all quoted passages of four words or more, in order and apart.
pub(super) fn passages(text: &str) -> Vec<Range<usize>> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let byte_at = |i: usize| chars.get(i).map_or(text.len(), |(at, _)| *at);
    let mut found = quoted_lines(text);
    let mut i = 0;
    while i < chars.len() {
        let Some(closers) = opens(&chars, i) else {
            i += 1;
            continue;
        };
        i = match closing(&chars, i, closers) {
            Some(end) => {
                push(text, byte_at(i)..byte_at(end), &mut found);
                end + 1
            }
            None if is_single(&chars, i) => i + 1,
            None => {
                let end = paragraph_end(&chars, i, chars.len());
                push(text, byte_at(i)..byte_at(end), &mut found);
                end.max(i + 1)
            }
        };
    }
    merged(found)
}

fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| range.start);
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// Lines that begin with `>`, which HTML can hold too.
fn quoted_lines(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with('>') {
            found.push(at..at + line.len());
        }
        at += line.len();
    }
    found
}

fn push(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let words = text.get(range.clone()).unwrap_or_default().split_whitespace();
    if words.filter(|word| word.contains(char::is_alphanumeric)).count() >= PASSAGE_WORDS {
        found.push(range);
    }
}

/// The marks that can close a quotation opened at `chars[i]`; `None` where none opens there.
fn opens(chars: &[(usize, char)], i: usize) -> Option<&'static [char]> {
    let at = |i: usize| chars.get(i).map(|(_, c)| *c);
    let before_word = at(i + 1).is_some_and(|c| !c.is_whitespace());
    let after_gap = i
        .checked_sub(1)
        .and_then(at)
        .is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '>' | ':' | '–' | '—'));
    match at(i)? {
        '„' | '‟' => Some(&['“', '”', '"']),
        '“' => Some(&['”', '"', '“']),
        '"' => Some(&['"', '”', '“']),
        '”' if after_gap && before_word => Some(&['”', '"']),
        '«' => Some(&['»']),
        '»' if before_word => Some(&['«', '»']),
        '‚' => Some(&['‘', '’', '\'']),
        '‹' if before_word => Some(&['›']),
        '›' if before_word => Some(&['‹']),
        // Apostrophes look the same: only before a word, and only when something closes it.
        '‘' | '\'' | '’' if after_gap && before_word => Some(&['’', '\'', '‘']),
        _ => None,
    }
}

fn closing(chars: &[(usize, char)], open: usize, closers: &[char]) -> Option<usize> {
    let at = |i: usize| chars.get(i).map(|(_, c)| *c);
    let single = is_single(chars, open);
    let straight = single || at(open) == Some('"');
    let reach = chars.len().min(open + if single { REACH_OF_SINGLE } else { REACH });
    let limit = if straight { paragraph_end(chars, open, reach) } else { reach };
    (open + 1..limit).find(|i| {
        let closes = at(*i).is_some_and(|c| closers.contains(&c));
        // The apostrophe of "won't" has a letter behind it.
        closes && !(single && at(i + 1).is_some_and(char::is_alphanumeric))
    })
}

fn is_single(chars: &[(usize, char)], i: usize) -> bool {
    chars.get(i).is_some_and(|(_, c)| matches!(c, '‘' | '\'' | '’' | '‚'))
}

/// Where the paragraph of `chars[from]` ends: at a blank line, or else at `limit`.
fn paragraph_end(chars: &[(usize, char)], from: usize, limit: usize) -> usize {
    let mut fresh_line = false;
    for (i, (_, c)) in chars.iter().enumerate().take(limit).skip(from) {
        match c {
            '\n' if fresh_line => return i,
            '\n' => fresh_line = true,
            c if c.is_whitespace() => {}
            _ => fresh_line = false,
        }
    }
    limit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passages_of_four_words_are_somebody_elses() {
        let cases: &[(&str, &[&str])] = &[
            ("Er sagt: „wir werden ihm nachkommen“ und geht.", &["„wir werden ihm nachkommen"]),
            ("Er sagt: „wir werden ihm nachkommen\" und geht.", &["„wir werden ihm nachkommen"]),
            ("Er sagt: »wir werden ihm nachkommen« und geht.", &["»wir werden ihm nachkommen"]),
            ("Il dit « nous allons le respecter » et part.", &["« nous allons le respecter "]),
            ("She said “we will honour it” and left.", &["“we will honour it"]),
            ("She said \"we will honour it\" and left.", &["\"we will honour it"]),
            ("She said 'we won't use it' and left.", &["'we won't use it"]),
            ("She said ‘we won’t use it’ and left.", &["‘we won’t use it"]),
            ("Das Formular „KI bei Meta“ und \"AI at Meta\".", &[]),
            ("We won't use users' data and we'll say so.", &[]),
            ("We won’t use users’ data and we’ll say so.", &[]),
            ("Hi,\n> we wrote\nbye", &["> we wrote\n"]),
            ("A “one.\n\nTwo three four” five.", &["“one.\n\nTwo three four"]),
            ("A \"mark never closed in here\n\nNext one.", &["\"mark never closed in here\n"]),
        ];
        for (text, expected) in cases {
            let found: Vec<&str> = passages(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(&found, expected, "{text}");
        }
    }
}
