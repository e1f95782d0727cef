//! Modified UTF-7: how folder names travel (RFC 3501, section 5.1.3).
//!
//! `Entw&APw-rfe` is `Entwürfe`. Only the encoding: what a name means is `folders`' business.

use base64::Engine as _;
use base64::alphabet::IMAP_MUTF7;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Lenient about the unused bits at the end: some servers do not clear them.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &IMAP_MUTF7,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::RequireNone)
        .with_decode_allow_trailing_bits(true),
);

/// The name a person reads; `None` where the text is not modified UTF-7 (then the raw name is all there is).
pub(super) fn decode(raw: &str) -> Option<String> {
    let mut name = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        name.push_str(plain(&rest[..at])?);
        let (encoded, after) = rest[at + 1..].split_once('-')?;
        if encoded.is_empty() {
            name.push('&');
        } else {
            let bytes = BASE64.decode(encoded).ok()?;
            let (units, odd) = bytes.as_chunks::<2>();
            if units.is_empty() || !odd.is_empty() {
                return None;
            }
            let units: Vec<u16> = units.iter().map(|unit| u16::from_be_bytes(*unit)).collect();
            name.push_str(&String::from_utf16(&units).ok()?);
        }
        rest = after;
    }
    name.push_str(plain(rest)?);
    Some(name)
}

/// The name as the server knows it. Every text has one.
pub(super) fn encode(name: &str) -> String {
    let mut raw = String::with_capacity(name.len());
    let mut units: Vec<u8> = Vec::new();
    for character in name.chars() {
        if matches!(character, ' '..='~') {
            flush(&mut units, &mut raw);
            raw.push(character);
            if character == '&' {
                raw.push('-');
            }
        } else {
            for unit in character.encode_utf16(&mut [0; 2]) {
                units.extend(unit.to_be_bytes());
            }
        }
    }
    flush(&mut units, &mut raw);
    raw
}

fn flush(units: &mut Vec<u8>, raw: &mut String) {
    if !units.is_empty() {
        raw.push('&');
        raw.push_str(&BASE64.encode(&units));
        raw.push('-');
        units.clear();
    }
}

fn plain(text: &str) -> Option<&str> {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~')).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_read_and_written() {
        let cases = [
            ("INBOX", "INBOX"),
            ("Entw&APw-rfe", "Entwürfe"),
            ("Gel&APY-schte Elemente", "Gelöschte Elemente"),
            ("Brouillons &- co", "Brouillons & co"),
            ("&U,BTFw-", "台北"),
            ("~peter/mail/&U,BTFw-/&ZeVnLIqe-", "~peter/mail/台北/日本語"),
            ("&2D3cTA-", "👌"),
            ("", ""),
        ];
        for (raw, name) in cases {
            assert_eq!(decode(raw).as_deref(), Some(name), "{raw}");
            assert_eq!(encode(name), raw, "{name}");
        }
    }

    #[test]
    fn what_is_no_modified_utf7_has_no_decoded_name() {
        // No end; no base64; half a character; a lone surrogate; raw 8-bit; a control character.
        for raw in ["Entw&APw", "a&!!-b", "&AA-", "&2D0-", "Entwürfe", "a\u{7}b", "&"] {
            assert_eq!(decode(raw), None, "{raw}");
        }
    }

    proptest! {
        #[test]
        fn every_name_survives_the_journey(name in "\\PC*") {
            prop_assert_eq!(decode(&encode(&name)), Some(name));
        }

        #[test]
        fn no_text_makes_it_panic(raw in "[ -~&]*") {
            let _ = decode(&raw);
        }
    }
}
