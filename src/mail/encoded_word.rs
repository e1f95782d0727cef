//! Encoded words of RFC 2047 in header texts.
//!
//! mailparse decodes each word alone: a character split over two words (Outlook does that) becomes U+FFFD, 8-bit text before
//! a word hides it, and thousands of words cost quadratic time. This one joins the bytes of neighbouring words of one charset
//! and is linear. It does not look at where in a header the words stand; the callers decide what may be decoded.

use super::{charset, transfer};

/// RFC 2047 section 2 allows 75 characters. Real mailers write more; nobody writes a charset name this long.
const MAX_CHARSET: usize = 40;

/// `text` with its encoded words decoded, e.g. `=?utf-8?q?Widerspr=C3=BCche?=`. What is none stays as it is.
pub fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = Run::default();
    let mut rest = text;
    while let Some(start) = rest.find("=?") {
        let (before, from_here) = rest.split_at(start);
        match word_at(from_here) {
            Some((word, length)) => {
                // White space between two encoded words is not part of the text (RFC 2047 section 6.2).
                if !before.trim_matches([' ', '\t']).is_empty() || run.is_empty() {
                    run.flush(&mut out);
                    out.push_str(before);
                }
                run.push(word, &mut out);
                rest = &from_here[length..];
            }
            None => {
                run.flush(&mut out);
                out.push_str(before);
                out.push_str("=?");
                rest = &from_here[2..];
            }
        }
    }
    run.flush(&mut out);
    out.push_str(rest);
    out.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

struct Word<'a> {
    charset: &'a str,
    bytes: Vec<u8>,
}

/// The encoded word that `text` begins with, and its length.
fn word_at(text: &str) -> Option<(Word<'_>, usize)> {
    let inner = text.strip_prefix("=?")?;
    let (charset_end, _) = inner.bytes().enumerate().take(MAX_CHARSET + 1).find(|(_, byte)| *byte == b'?')?;
    let charset = &inner[..charset_end];
    if charset.is_empty() || charset.bytes().any(|byte| !byte.is_ascii_graphic()) {
        return None;
    }
    let encoded = inner.get(charset_end + 1..)?;
    let base64 = match encoded.as_bytes().first()? {
        b'b' | b'B' => true,
        b'q' | b'Q' => false,
        _ => return None,
    };
    let content = encoded.get(1..)?.strip_prefix('?')?;
    // `=?utf-8?q??=` is an empty word; a quoted `=` before `?=` belongs to the text.
    let length = content.find('?')?;
    if !content[length..].starts_with("?=") {
        return None;
    }
    let bytes = if base64 {
        transfer::base64_lenient(&content.as_bytes()[..length])
    } else {
        transfer::quoted_word(&content.as_bytes()[..length])
    };
    // RFC 2231 section 5: `utf-8*de`.
    let charset = charset.split('*').next().unwrap_or(charset);
    let consumed = 2 + charset_end + 1 + 2 + length + 2;
    Some((Word { charset, bytes }, consumed))
}

/// Neighbouring words of one charset, their bytes joined.
#[derive(Default)]
struct Run {
    charset: String,
    bytes: Vec<u8>,
    open: bool,
}

impl Run {
    fn is_empty(&self) -> bool {
        !self.open
    }

    fn push(&mut self, word: Word<'_>, out: &mut String) {
        if self.open && !self.charset.eq_ignore_ascii_case(word.charset) {
            self.flush(out);
        }
        if !self.open {
            self.open = true;
            self.charset = word.charset.to_owned();
        }
        self.bytes.extend(word.bytes);
    }

    fn flush(&mut self, out: &mut String) {
        if self.open {
            out.push_str(&charset::decode(&self.bytes, Some(&self.charset)));
            self.bytes.clear();
            self.open = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_decoded_and_neighbours_joined() {
        let cases = [
            ("plain", "plain"),
            ("=?utf-8?q?Widerspr=C3=BCche?=", "Widersprüche"),
            ("=?UTF-8?B?S8O8bmRpZ3VuZw==?=", "Kündigung"),
            ("=?iso-8859-1?Q?Gr=FC=DFe_aus?= Bonn", "Grüße aus Bonn"),
            ("=?utf-8?q?a?= =?utf-8?q?b?=", "ab"),
            ("=?utf-8?q?a?= \t =?iso-8859-1?q?=FC?=", "aü"),
            ("=?utf-8?q?a?= x =?utf-8?q?b?=", "a x b"),
            // ü split over two words, quoted and in base64.
            ("=?utf-8?q?Gr=C3?= =?utf-8?q?=BC=C3=9Fe?=", "Grüße"),
            ("=?utf-8?b?R3LD?= =?UTF-8?b?vMOfZQ==?=", "Grüße"),
            ("Grüße =?utf-8?q?=C3=BC?=", "Grüße ü"),
            ("=?utf-8*de?q?=C3=BC?=", "ü"),
            ("=?utf-8?q?two words?=", "two words"),
            ("=?utf-8?q??=", ""),
            ("=?utf-8?x?a?=", "=?utf-8?x?a?="),
            ("=?utf-8?q?unfinished", "=?utf-8?q?unfinished"),
            ("=? =?utf-8?q?a?=", "=? a"),
            ("=??q?a?=", "=??q?a?="),
            ("a =?utf-8?q?=00b?=", "a  b"),
            ("=?unknown-8bit?q?Gr=FC=DFe?=", "Grüße"),
        ];
        for (text, decoded) in cases {
            assert_eq!(decode(text), decoded, "{text:?}");
        }
    }
}
