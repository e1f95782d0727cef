//! Content-Transfer-Encoding, forgivingly.
//!
//! mailparse decodes well-formed bodies; this takes over where it gives up (a list's footer below base64), and decodes the
//! encoded words of headers.

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Decodes what is base64 in `bytes` and forgives the rest: stray characters are skipped, and the data ends with its padding
/// or with a line that has a space inside, which is a footer that somebody put below it.
pub fn base64_lenient(bytes: &[u8]) -> Vec<u8> {
    let mut digits = Vec::with_capacity(bytes.len());
    'lines: for line in bytes.split(|byte| *byte == b'\n') {
        let line = line.trim_ascii();
        if line.contains(&b' ') {
            break;
        }
        for byte in line {
            match byte {
                b'=' => break 'lines,
                byte if byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/') => digits.push(*byte),
                _ => {}
            }
        }
    }
    if digits.len() % 4 == 1 {
        digits.pop();
    }
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    GeneralPurpose::new(&alphabet::STANDARD, config).decode(&digits).unwrap_or_default()
}

/// The `Q` encoding of RFC 2047 section 4.2: `_` is a space, `=FC` a byte; a broken escape stays as it is.
pub fn quoted_word(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, tail)) = rest.split_first() {
        rest = tail;
        match first {
            b'_' => out.push(b' '),
            b'=' => match tail.first_chunk::<2>().and_then(hex_byte) {
                Some(byte) => {
                    out.push(byte);
                    rest = &tail[2..];
                }
                None => out.push(b'='),
            },
            byte => out.push(*byte),
        }
    }
    out
}

/// The byte that two hexadecimal digits stand for.
pub fn hex_byte(digits: &[u8; 2]) -> Option<u8> {
    let digit = |byte: u8| (byte as char).to_digit(16);
    u8::try_from(digit(digits[0])? * 16 + digit(digits[1])?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_forgives_what_real_mails_do_to_it() {
        let cases: &[(&str, &str)] = &[
            ("SGFsbG8=", "Hallo"),
            ("SGFs\r\nbG8=\r\n", "Hallo"),
            ("SGFs*bG8=", "Hallo"),
            ("SGFsbG8", "Hallo"),
            ("SGFsbG8=\r\n_______\r\nlist mailing list\r\n", "Hallo"),
            ("SGFsbG8h\r\nThis is a footer\r\n", "Hallo!"),
            ("SGFsbG8=SGFs", "Hallo"),
            ("A", ""),
            ("", ""),
        ];
        for (encoded, text) in cases {
            assert_eq!(String::from_utf8_lossy(&base64_lenient(encoded.as_bytes())), *text, "{encoded:?}");
        }
    }

    #[test]
    fn a_broken_escape_stays_visible() {
        let cases: &[(&str, &[u8])] =
            &[("a_b", b"a b"), ("=FC=fc", b"\xfc\xfc"), ("50=", b"50="), ("=G1=4", b"=G1=4"), ("", b"")];
        for (encoded, bytes) in cases {
            assert_eq!(quoted_word(encoded.as_bytes()), *bytes, "{encoded:?}");
        }
    }
}
