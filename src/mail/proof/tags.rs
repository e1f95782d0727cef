//! Tag lists (RFC 6376 section 3.2): the syntax of DKIM signatures and key records.

use std::collections::BTreeMap;

/// The tags of an unfolded `a=rsa-sha256; d=example.org; ...`; `None` when it is no tag list or a tag stands twice.
pub fn parse(text: &str) -> Option<BTreeMap<&str, &str>> {
    let mut tags = BTreeMap::new();
    let mut pieces = text.split(';').peekable();
    while let Some(piece) = pieces.next() {
        if piece.trim().is_empty() {
            // Only the last one may be empty.
            if pieces.peek().is_some() {
                return None;
            }
            break;
        }
        let (name, value) = piece.split_once('=')?;
        let name = name.trim();
        let fine = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if !fine || tags.insert(name, value.trim()).is_some() {
            return None;
        }
    }
    Some(tags)
}

/// A base64 value, which may be folded.
pub fn base64(value: &str) -> Option<Vec<u8>> {
    use base64::Engine;
    use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
    let config = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let digits: String = value.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    GeneralPurpose::new(&base64::alphabet::STANDARD, config).decode(digits).ok()
}

/// `value` in lower case if it can be (part of) a DNS name that a key is asked for under: letters, digits, `-`, `_` and dots.
pub fn domain_name(value: &str) -> Option<String> {
    let fine = value.len() <= 253
        && value.split('.').all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        });
    fine.then(|| value.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tag_lists_are_read_strictly() {
        let shown = |text| {
            parse(text)
                .map(|tags| tags.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" "))
        };
        let cases = [
            ("v=1; a=rsa-sha256;d = example.org ; b=ab c==;", Some("a=rsa-sha256 b=ab c== d=example.org v=1")),
            ("p=", Some("p=")),
            ("", Some("")),
            ("v=1; v=1", None),
            ("v=1;; a=x", None),
            ("v", None),
            ("=x", None),
            ("1a=x", None),
            ("a b=x", None),
        ];
        for (text, tags) in cases {
            assert_eq!(shown(text).as_deref(), tags, "{text:?}");
        }
    }

    #[test]
    fn names_are_checked_before_anything_asks_for_them() {
        assert_eq!(domain_name("S1024-2013-q3"), Some("s1024-2013-q3".to_owned()));
        for bad in
            ["", ".", "a..b", ".a", "a.", "a b", "a\u{0}", "ä.example", "a*b", &"a".repeat(64), &"a.".repeat(200)]
        {
            assert_eq!(domain_name(bad), None, "{bad:?}");
        }
    }
}
