//! Letters and words, made comparable: what nobody sees is taken out, case and compatibility forms are evened out.
//!
//! It knows nothing of sentences.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds a word for comparing: lower case, `ß` as `ss` (Swiss mails write `gemäss`), Romanian `ş` and `ţ` with a comma below (ISO 8859-2
/// has them only with a cedilla).
pub(super) fn fold(word: &str) -> String {
    let lower = word.to_lowercase();
    if lower.is_ascii() || !lower.contains(['ß', 'ş', 'ţ']) {
        return lower;
    }
    lower.replace('ß', "ss").replace('ş', "ș").replace('ţ', "ț")
}

/// Splits a phrase into folded words, by the same measure as a text: `KI-Modelle` is two words, `we'll` too.
pub(super) fn words_of(text: &str) -> Vec<String> {
    let shown = if is_plain(text) { Cow::Borrowed(text) } else { Cow::Owned(visible(text)) };
    let mut words = Vec::new();
    let mut rest: &str = &shown;
    while let Some(first) = rest.chars().next() {
        let length = word_length(rest.chars());
        let end = rest.char_indices().nth(length.max(1)).map_or(rest.len(), |(at, _)| at);
        let (word, behind) = rest.split_at(end);
        if is_word(first) {
            words.push(fold(word));
        }
        rest = behind;
    }
    words
}

/// How many characters the word has that begins here; 0 where none does. In scripts that write no spaces every character is a word, so
/// that a phrase of them is found wherever it stands.
pub(super) fn word_length(mut chars: impl Iterator<Item = char>) -> usize {
    match chars.next() {
        Some(first) if is_unspaced(first) => 1,
        Some(first) if is_word(first) => 1 + chars.take_while(|c| is_word(*c) && !is_unspaced(*c)).count(),
        Some(_) | None => 0,
    }
}

/// Letters of scripts without spaces between words: Thai, Lao, Burmese, Khmer, kana, Han.
fn is_unspaced(c: char) -> bool {
    is_word(c)
        && matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
            | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Whether there is nothing to take out and to even out: the phrases of most rules, and it must be known quickly of ten thousands.
fn is_plain(text: &str) -> bool {
    // ASCII, and letters of Latin, Greek and Cyrillic scripts that are their own compatibility form.
    let stays = |c: char| {
        matches!(c,
            '\n' | ' '..='~' | 'À'..='ı' | 'Ĵ'..='ľ' | 'Ł'..='ň' | 'Ŋ'..='ž' | 'Ș'..='ț' | 'Ά' | 'Έ'..='Ί' | 'Ό' | 'Ύ'..='Ρ' | 'Σ'..='ώ'
            | 'Ѐ'..='џ')
            && c != '`'
    };
    text.chars().all(stays) && !text.contains("://")
}

/// The text with what nobody sees taken out: compatibility forms, invisible characters, addresses of links.
pub(super) fn visible(raw: &str) -> String {
    let clean: String = raw
        .replace("\r\n", "\n")
        .chars()
        .map(|c| match c {
            // Typed as apostrophes; NFKC would make a space and a combining accent of them.
            '\u{b4}' | '`' => '\'',
            '\r' | '\u{2028}' | '\u{b}' | '\u{c}' | '\u{85}' => '\n',
            c => c,
        })
        .flat_map(|c| if c == '\u{2029}' { ['\n', '\n'] } else { [c, '\0'] })
        .filter(|c| *c != '\0')
        .nfkc()
        .filter(|c| !is_invisible(*c))
        .collect();
    without_links(&clean)
}

/// Soft hyphens, joiners, direction marks, variation selectors: layouts and preheaders are full of them (`&zwnj;&nbsp;`).
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}

/// Plain-text alternatives print the addresses of links amid the sentence; their letters are no words.
fn without_links(text: &str) -> String {
    let mut rest = text;
    let mut out = String::with_capacity(text.len());
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at);
        let scheme = before.len() - before.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
        out.push_str(before.get(..scheme).unwrap_or_default());
        let stop =
            |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '”' | '“' | '«' | '»' | ')' | ']' | '}');
        let length = after.find(stop).unwrap_or(after.len());
        let link = after.get(..length).unwrap_or_default();
        // The full stop behind it belongs to the sentence.
        rest = after.get(link.trim_end_matches(['.', '!', '?', ':', ',', ';']).len()..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_plain_stays_as_it_is() {
        let plain: Vec<char> = ('\0'..='\u{ffff}').filter(|c| is_plain(&c.to_string())).collect();
        assert!(plain.len() > 400, "{}", plain.len());
        for c in &plain {
            for (before, after) in [("", ""), ("a", "e"), ("Α", "ι"), (" ", " ")] {
                let text = format!("{before}{c}{after}");
                assert_eq!(visible(&text), text);
            }
        }
        for other in
            ["\u{a0}", "\u{301}", "e\u{301}", "\u{ad}", "ﬁ", "ŀ", "ŉ", "ſ", "\u{37e}", "http://x", "`", "\r", "\0"]
        {
            assert!(!is_plain(other), "{other:?}");
        }
    }

    #[test]
    fn what_nobody_sees_does_not_count() {
        let plain = words_of("we won't use your information, Straße");
        for variant in [
            "we won\u{2019}t use your infor\u{ad}mation, Strasse",
            "we\u{a0}won't use\u{200b} your in\u{feff}formation Straße",
            "WE WON\u{b4}T USE YOUR INFORMATION, STRASSE",
            "\u{ff57}e won't use <https://www.facebook.com/help/?n_m=anna%40example.org> your information straße",
        ] {
            assert_eq!(words_of(variant), plain, "{variant}");
        }
    }
}
