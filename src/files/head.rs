//! The header block of a mail, as far as the splitting of files needs it: its end, From, Content-Length.
//!
//! It decodes nothing and judges nothing; whose mail it is, the caller says by the raw From value.

use memchr::memchr_iter;

/// The header block of the mail that the bytes begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    /// Bytes, with the blank line that ends it.
    pub(super) length: usize,
    /// Whether that blank line was there.
    pub(super) ended: bool,
    /// The one Content-Length field, which mboxcl files have; `None` when there are several or it is no number.
    pub(super) content_length: Option<u64>,
}

/// Which field the lines belong to.
enum Field {
    From,
    Other,
}

/// Goes once over the header's lines; leaves the value of From (unfolded, several joined by a newline) in `from`.
pub(super) fn examine(bytes: &[u8], from: &mut Vec<u8>) -> Head {
    from.clear();
    let (mut field, mut lengths, mut content_length) = (Field::Other, 0, None);
    let mut start = 0;
    for end in memchr_iter(b'\n', bytes).chain([bytes.len()]) {
        let line = &bytes[start..end];
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let Some(first) = line.first() else {
            if end < bytes.len() {
                return Head { length: end + 1, ended: true, content_length };
            }
            break;
        };
        match first {
            b' ' | b'\t' => {
                if let Field::From = field {
                    from.extend_from_slice(line);
                }
            }
            b'f' | b'F' => {
                field = Field::Other;
                if let Some(value) = value_of(line, b"from") {
                    if !from.is_empty() {
                        from.push(b'\n');
                    }
                    from.extend_from_slice(value);
                    field = Field::From;
                }
            }
            b'c' | b'C' => {
                field = Field::Other;
                if let Some(value) = value_of(line, b"content-length") {
                    lengths += 1;
                    content_length = number(value).filter(|_| lengths == 1);
                }
            }
            _ => field = Field::Other,
        }
        start = end + 1;
    }
    Head { length: bytes.len(), ended: false, content_length }
}

/// The value of a field of that name; blanks before the colon are allowed (RFC 5322 section 4.5.1).
fn value_of<'a>(line: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let (own, rest) = line.split_at_checked(name.len())?;
    let value = rest.trim_ascii_start().strip_prefix(b":")?;
    own.eq_ignore_ascii_case(name).then(|| value.trim_ascii_start())
}

fn number(value: &[u8]) -> Option<u64> {
    let digits = value.trim_ascii();
    let plain = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    std::str::from_utf8(digits).ok().filter(|_| plain)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_is_found_however_it_is_written() {
        let cases: &[(&str, &str)] = &[
            ("From: a@example.org\n\n", "a@example.org"),
            ("Subject: x\r\nFrom: a@example.org\r\n\r\n", "a@example.org"),
            ("FROM:a@example.org\n\n", "a@example.org"),
            ("from : a@example.org\n\n", "a@example.org"),
            ("From: Anna\n <a@example.org>\nTo: b\n c\n\n", "Anna <a@example.org>"),
            ("From:\r\n\tAnna\r\n <a@example.org>\r\n\r\n", "\tAnna <a@example.org>"),
            ("From: a@example.org\nfrom: b@example.org\n\n", "a@example.org\nb@example.org"),
            ("From: a@example.org", "a@example.org"),
            ("X: 1\nFrom: a@example.org\n", "a@example.org"),
            // Near misses.
            ("Subject: x\n\nFrom: a@example.org\n", ""),
            ("Resent-From: a@example.org\nFromage: x\n\n", ""),
            ("Subject: x\n From: a@example.org\n\n", ""),
            ("From a@example.org Wed May 21 10:00:00 2025\n\n", ""),
            (">From: a@example.org\nFrom\n\n", ""),
            ("\nFrom: a@example.org\n", ""),
            ("", ""),
        ];
        for (mail, expected) in cases {
            let mut from = b"left over".to_vec();
            examine(mail.as_bytes(), &mut from);
            assert_eq!(String::from_utf8(from).unwrap(), *expected, "{mail:?}");
        }
    }

    #[test]
    fn a_header_ends_with_the_first_empty_line() {
        let cases: &[(&str, usize, bool)] = &[
            ("A: 1\n\nB: 2\n\n", 6, true),
            ("A: 1\r\n\r\nB", 8, true),
            ("A: 1\n\r\nB", 7, true),
            ("A: 1\n \nB: 2\n\n", 13, true),
            ("\nA: 1\n", 1, true),
            ("\r\n", 2, true),
            ("A: 1\n", 5, false),
            ("A: 1\r\n\r", 7, false),
            ("A: 1", 4, false),
            ("", 0, false),
        ];
        for (mail, length, ended) in cases {
            let head = examine(mail.as_bytes(), &mut Vec::new());
            assert_eq!((head.length, head.ended), (*length, *ended), "{mail:?}");
        }
    }

    #[test]
    fn only_one_plain_content_length_counts() {
        let cases: &[(&str, Option<u64>)] = &[
            ("Content-Length: 12\n\n", Some(12)),
            ("content-length:0 \r\n\r\n", Some(0)),
            ("Content-Length: 12\nContent-Length: 12\n\n", None),
            ("Content-Length: 12\nContent-Length: 12\nContent-Length: 12\n\n", None),
            ("Content-Length: -1\n\n", None),
            ("Content-Length: +1\n\n", None),
            ("Content-Length: 99999999999999999999999\n\n", None),
            ("Content-Length:\n\n", None),
            ("Content-Lengths: 12\nX-Content-Length: 12\n\n", None),
        ];
        for (mail, expected) in cases {
            assert_eq!(examine(mail.as_bytes(), &mut Vec::new()).content_length, *expected, "{mail:?}");
        }
    }
}
