//! Headers and texts as bytes again, in the simplest encoding there is: everything is ASCII, and nothing is hidden.
//!
//! Lines end with LF, as in any mail file on a disk.

use std::fmt::Write as _;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// RFC 2047 section 2 allows 75 characters for a word: this many bytes of UTF-8, as base64, and its frame.
const WORD: usize = 42;
/// RFC 2045 section 6.7 allows 76 characters with the `=` of a soft line break.
const LINE: usize = 75;
/// A header line beyond this is written as encoded words, which can be folded anywhere (RFC 5322 section 2.1.1 allows 998).
const LONG: usize = 900;

/// `Name: value` with its line end; what is not ASCII becomes encoded words.
pub fn header(out: &mut String, name: &str, value: &str) {
    let _ = writeln!(out, "{name}: {}", words(value.trim()));
}

/// A header of addresses, one a line: `Anna Muster <anna@example.org>`.
pub fn addresses(out: &mut String, name: &str, list: &[(String, String)]) {
    let each = list.iter().map(|(name, address)| match name.as_str() {
        "" => address.clone(),
        name if name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' ') => format!("{name} <{address}>"),
        name if is_plain(name) => {
            format!("\"{}\" <{address}>", name.replace('\\', "\\\\").replace('"', "\\\""))
        }
        name => format!("{} <{address}>", words(name)),
    });
    let _ = writeln!(out, "{name}: {}", each.collect::<Vec<_>>().join(",\n "));
}

/// The text as quoted-printable, UTF-8, with a line end at its end.
pub fn quoted_printable(out: &mut String, text: &str) {
    for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
        let mut length = 0;
        let last = line.len().saturating_sub(1);
        for (at, byte) in line.bytes().enumerate() {
            // White space at the end of a line gets lost on the way (RFC 2045 section 6.7, rule 3).
            let literal = match byte {
                b'=' => false,
                b' ' | b'\t' => at != last,
                byte => byte.is_ascii_graphic(),
            };
            let width = if literal { 1 } else { 3 };
            if length + width > LINE {
                out.push_str("=\n");
                length = 0;
            }
            if literal {
                out.push(char::from(byte));
            } else {
                let _ = write!(out, "={byte:02X}");
            }
            length += width;
        }
        out.push('\n');
    }
}

/// Whether a header value can be written as it is: no encoded word may come of it that was none.
fn is_plain(value: &str) -> bool {
    value.len() <= LONG && !value.contains("=?") && value.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ')
}

fn words(value: &str) -> String {
    if is_plain(value) {
        return value.to_owned();
    }
    let mut words: Vec<String> = Vec::new();
    let mut chunk = String::new();
    for c in value.chars().map(|c| if c.is_control() { ' ' } else { c }) {
        if chunk.len() + c.len_utf8() > WORD {
            words.push(word(&chunk));
            chunk.clear();
        }
        chunk.push(c);
    }
    words.push(word(&chunk));
    words.join("\n ")
}

fn word(text: &str) -> String {
    format!("=?UTF-8?B?{}?=", STANDARD.encode(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::{encoded_word, headers};

    #[test]
    fn headers_are_read_as_they_were_written() {
        let values = ["plain", "Widersprüche", "=?utf-8?q?x?=", "", &"ü".repeat(500), &"x y ".repeat(400)];
        for value in values {
            let mut out = String::new();
            header(&mut out, "Subject", value);
            assert!(out.is_ascii() && out.lines().all(|line| line.len() < 998), "{out}");
            let block = headers::HeaderBlock::of(out.as_bytes());
            assert_eq!(block.headers[0].decoded(), value.trim(), "{out}");
            assert_eq!(encoded_word::decode(&block.headers[0].text()), value.trim());
        }
    }

    #[test]
    fn names_are_read_as_they_were_written() {
        let names = ["", "Anna Muster", "Muster, Anna", "Jürgen \"J\" Müller", "a \"b\" \\c", "x@y (z)"];
        let list: Vec<_> = names.iter().map(|name| ((*name).to_owned(), "anna@example.org".to_owned())).collect();
        let mut out = String::new();
        addresses(&mut out, "To", &list);
        let read = crate::mail::address::list(&headers::HeaderBlock::of(out.as_bytes()).headers[0].text());
        let read: Vec<_> = read.into_iter().map(|address| (address.name, address.addr)).collect();
        assert_eq!(read, list, "{out}");
    }

    #[test]
    fn texts_are_read_as_they_were_written() {
        let long = "wörter ".repeat(50);
        let texts = ["a\n", "a = b\n\n", "trailing \nü\t\n", "\u{1b}[0m\u{0}\n", "x\ry\n", "\n", &format!("{long}\n")];
        for text in texts {
            let mut out = String::new();
            quoted_printable(&mut out, text);
            assert!(out.is_ascii() && out.lines().all(|line| line.len() <= 76), "{out}");
            let decoded = crate::mail::parts::decode(out.as_bytes(), "quoted-printable");
            assert_eq!(String::from_utf8(decoded).unwrap().replace("\r\n", "\n"), text, "{out}");
        }
        let mut out = String::new();
        quoted_printable(&mut out, "no line end");
        assert_eq!(out, "no line end\n");
    }
}
