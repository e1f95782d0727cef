//! Bytes of a declared charset to text.
//!
//! Does not sniff languages and does not know UTF-7, which no sender of interest uses: its ASCII part stays readable.

use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The text of `bytes` in the charset `label`, e.g. `iso-8859-15`.
///
/// Without a label, with one nobody knows, for `us-ascii` (often a lie), and where the label would hide all of it, the bytes decide: UTF-8 if they are valid
/// UTF-8, else windows-1252. Undecodable bytes become U+FFFD.
pub fn decode(bytes: &[u8], label: Option<&str>) -> String {
    let label = label.map(|label| label.trim().trim_matches(['"', '\'']));
    let known = label
        .filter(|label| !label.eq_ignore_ascii_case("us-ascii") && !label.eq_ignore_ascii_case("ascii"))
        .and_then(|label| Encoding::for_label(label.as_bytes()))
        .filter(|encoding| !is_a_lie(encoding, bytes));
    match known {
        Some(encoding) => strip_bom(encoding.decode_without_bom_handling(bytes).0.into_owned()),
        None => guess(bytes),
    }
}

/// Whether a label cannot be meant: what browsers refuse to decode (`iso-2022-kr`, once a way to smuggle scripts), and UTF-16
/// for bytes that have no NUL in them, as every space has in UTF-16.
fn is_a_lie(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    let wide = encoding == UTF_16LE || encoding == UTF_16BE;
    encoding == REPLACEMENT || (wide && !bytes.contains(&0))
}

/// The text of `bytes` of which no charset is known: UTF-8 if valid, else windows-1252.
pub fn guess(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => strip_bom(text.to_owned()),
        // A cut can have split the last character: that alone does not make it another charset.
        Err(error) if error.error_len().is_none() => strip_bom(UTF_8.decode_without_bom_handling(bytes).0.into_owned()),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

fn strip_bom(text: String) -> String {
    match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_label_decides_and_without_one_the_bytes_do() {
        let cases: &[(&[u8], Option<&str>, &str)] = &[
            ("Grüße".as_bytes(), Some("utf-8"), "Grüße"),
            (b"Gr\xfc\xdfe", Some("iso-8859-1"), "Grüße"),
            (b"Gr\xfc\xdfe", Some("\"ISO-8859-15\""), "Grüße"),
            (b"\x93KI\x94", Some("windows-1252"), "“KI”"),
            (b"\x93KI\x94", Some("iso-8859-1"), "“KI”"),
            (b"\xc4\xe3\xba\xc3", Some("gb2312"), "你好"),
            ("Grüße".as_bytes(), None, "Grüße"),
            (b"Gr\xfc\xdfe", None, "Grüße"),
            ("Grüße".as_bytes(), Some("us-ascii"), "Grüße"),
            (b"Gr\xfc\xdfe", Some("x-unknown"), "Grüße"),
            (b"Gr\xfc\xdfe", Some("utf-8"), "Gr\u{fffd}\u{fffd}e"),
            (b"\xef\xbb\xbfHallo", Some("utf-8"), "Hallo"),
            (b"Gr\xc3\xbc\xc3", None, "Grü\u{fffd}"),
            (b"", None, ""),
            (b"H\0i\0", Some("utf-16"), "Hi"),
            (b"a lie", Some("utf-16"), "a lie"),
            (b"Gr\xfc\xdfe", Some("iso-2022-kr"), "Gr\u{fc}\u{df}e"),
        ];
        for (bytes, label, text) in cases {
            assert_eq!(decode(bytes, *label), *text, "{bytes:?} as {label:?}");
        }
    }
}
