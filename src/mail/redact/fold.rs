//! A text as the search for personal data reads it: what nobody sees is gone, accents and compatibility forms are evened out, and
//! each character knows where it stands in the original.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// One visible character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Without accents: `u` for `ü`; upper and lower case are kept.
    pub c: char,
    start: usize,
    end: usize,
}

/// The visible characters of `text`: `R`, `u`, `b`, `y` also of `Ru&shy;by` and of full-width letters.
pub fn fold(text: &str) -> Vec<Seen> {
    let mut seen: Vec<Seen> = Vec::with_capacity(text.len());
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        if c.is_ascii() {
            seen.push(Seen { c, start, end });
            continue;
        }
        let before = seen.len();
        if !is_invisible(c) {
            let base = std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c));
            seen.extend(base.map(|c| Seen { c, start, end }));
        }
        if seen.len() == before
            && let Some(last) = seen.last_mut()
        {
            // An accent or a soft hyphen belongs to the letter before it.
            last.end = end;
        }
    }
    seen
}

/// The bytes of the original that these characters stand for.
pub fn range(seen: &[Seen]) -> Range<usize> {
    match (seen.first(), seen.last()) {
        (Some(first), Some(last)) => first.start..last.end,
        _ => 0..0,
    }
}

/// The characters as a text.
pub fn plain(seen: &[Seen]) -> String {
    seen.iter().map(|seen| seen.c).collect()
}

/// The text as it is compared: no accents, lower case.
pub fn folded(text: &str) -> String {
    plain(&fold(text)).to_lowercase()
}

/// Whether a character stands inside a word without dividing it: an accent of its own, a soft hyphen.
pub fn joins(c: char) -> bool {
    is_combining_mark(c) || is_invisible(c)
}

fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hides_in_a_word_is_seen_and_found_again() {
        let cases = [
            ("Ruby", "Ruby"),
            ("Ru\u{ad}by", "Ruby"),
            ("Ru\u{200b}by\u{feff}", "Ruby"),
            ("Rüby", "Ruby"),
            ("Ru\u{308}by", "Ruby"),
            ("Ｒｕｂｙ", "Ruby"),
            ("１２", "12"),
        ];
        for (text, shown) in cases {
            let seen = fold(text);
            assert_eq!((plain(&seen).as_str(), range(&seen)), (shown, 0..text.len()), "{text:?}");
        }
        assert_eq!(range(&fold("x Rü\u{ad}by y")[2..6]), 2..9);
    }
}
