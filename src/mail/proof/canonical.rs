//! Canonical forms of header and body (RFC 6376 section 3.4), and what is hashed of them.
//!
//! Mail files have LF where the signer saw CRLF: a bare LF counts as CRLF throughout. A bare CR is a character like any other.

use openssl::sha::Sha256;

use crate::mail::headers::{HeaderBlock, RawHeader, end_of_line};

/// One of the two forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Canon {
    /// As it is.
    Simple,
    /// White space and the case of header names do not count.
    Relaxed,
}

/// The SHA-256 of a body in canonical form.
pub fn body_hash(body: &[u8], canon: Canon) -> [u8; 32] {
    let mut hash = Sha256::new();
    let mut empty_lines = 0usize;
    let mut any = false;
    let mut at = 0;
    while at < body.len() {
        let end = end_of_line(body, at);
        let line = strip_line_end(&body[at..end]);
        at = end;
        let is_empty = match canon {
            Canon::Simple => line.is_empty(),
            Canon::Relaxed => line.iter().all(is_blank),
        };
        if is_empty {
            empty_lines += 1;
            continue;
        }
        // Empty lines count only when something follows them.
        for _ in 0..std::mem::take(&mut empty_lines) {
            hash.update(b"\r\n");
        }
        match canon {
            Canon::Simple => hash.update(line),
            Canon::Relaxed => collapsed(line, |piece| hash.update(piece)),
        }
        hash.update(b"\r\n");
        any = true;
    }
    // Section 3.4.3: an empty body is one CRLF in the simple form; section 3.4.4: nothing in the relaxed one.
    if !any && canon == Canon::Simple {
        hash.update(b"\r\n");
    }
    hash.finish()
}

/// The bytes that a signature is over: the signed headers in its order, then the signature's own header without its value `b=`.
///
/// `signed` are lower-case names; each takes the lowest header of that name that no earlier entry took.
pub fn header_data(
    block: &HeaderBlock<'_>,
    raw: &[u8],
    signature: &RawHeader<'_>,
    signed: &[String],
    canon: Canon,
) -> Vec<u8> {
    let mut lowest: std::collections::BTreeMap<Vec<u8>, Vec<&RawHeader<'_>>> = std::collections::BTreeMap::new();
    for header in block.headers.iter().filter(|header| header.range != signature.range) {
        lowest.entry(header.name.to_ascii_lowercase()).or_default().push(header);
    }
    let mut data = Vec::new();
    for name in signed {
        if let Some(header) = lowest.get_mut(name.as_bytes()).and_then(Vec::pop) {
            push_header(&raw[header.range.clone()], canon, &mut data);
            data.extend_from_slice(b"\r\n");
        }
    }
    push_header(&without_signature_value(&raw[signature.range.clone()]), canon, &mut data);
    data
}

/// A header in canonical form, without its final line end.
fn push_header(header: &[u8], canon: Canon, out: &mut Vec<u8>) {
    let header = strip_line_end(header);
    match canon {
        Canon::Simple => {
            let mut at = 0;
            while at < header.len() {
                let end = end_of_line(header, at);
                let line = &header[at..end];
                out.extend_from_slice(strip_line_end(line));
                if line.ends_with(b"\n") {
                    out.extend_from_slice(b"\r\n");
                }
                at = end;
            }
        }
        Canon::Relaxed => {
            let colon = header.iter().position(|byte| *byte == b':').unwrap_or(header.len());
            out.extend(header[..colon].trim_ascii_end().to_ascii_lowercase());
            out.push(b':');
            let value = header.get(colon + 1..).unwrap_or_default();
            let mut at = 0;
            let mut space = false;
            let begun = out.len();
            while at < value.len() {
                let end = end_of_line(value, at);
                for byte in strip_line_end(&value[at..end]) {
                    if is_blank(byte) {
                        space = true;
                        continue;
                    }
                    // None at the beginning, and none at the end.
                    if std::mem::take(&mut space) && out.len() > begun {
                        out.push(b' ');
                    }
                    out.push(*byte);
                }
                at = end;
            }
        }
    }
}

/// A line in pieces, runs of space and tab as one space, none at the end. It is not copied: it may be a whole mail long.
fn collapsed(line: &[u8], mut piece: impl FnMut(&[u8])) {
    let mut rest = line;
    while !rest.is_empty() {
        let words = rest.iter().position(is_blank).unwrap_or(rest.len());
        let (word, after) = rest.split_at(words);
        piece(word);
        let blanks = after.iter().position(|byte| !is_blank(byte)).unwrap_or(after.len());
        rest = &after[blanks..];
        if blanks > 0 && !rest.is_empty() {
            piece(b" ");
        }
    }
}

fn is_blank(byte: &u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// The DKIM-Signature header with the value of its tag `b` taken out, everything else byte for byte.
fn without_signature_value(header: &[u8]) -> Vec<u8> {
    let colon = header.iter().position(|byte| *byte == b':').map_or(0, |at| at + 1);
    let mut out = header[..colon].to_vec();
    for (at, tag) in header[colon..].split(|byte| *byte == b';').enumerate() {
        if at > 0 {
            out.push(b';');
        }
        let equals = tag.iter().position(|byte| *byte == b'=');
        match equals.filter(|equals| tag[..*equals].trim_ascii() == b"b") {
            Some(equals) => out.extend_from_slice(&tag[..=equals]),
            None => out.extend_from_slice(tag),
        }
    }
    out
}

fn strip_line_end(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\n").map_or(line, |line| line.strip_suffix(b"\r").unwrap_or(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_have_the_canonical_forms_of_the_rfc() {
        let same = |a: &[u8], b: &[u8], canon| body_hash(a, canon) == body_hash(b, canon);
        // RFC 6376 section 3.4.5.
        let body = b" C \r\nD \t E\r\n\r\n\r\n";
        assert_eq!(body_hash(body, Canon::Relaxed), openssl::sha::sha256(b" C\r\nD E\r\n"));
        assert_eq!(body_hash(body, Canon::Simple), openssl::sha::sha256(b" C \r\nD \t E\r\n"));
        assert_eq!(body_hash(b"", Canon::Simple), openssl::sha::sha256(b"\r\n"));
        assert_eq!(body_hash(b"", Canon::Relaxed), openssl::sha::sha256(b""));
        assert_eq!(body_hash(b"\r\n\r\n", Canon::Simple), openssl::sha::sha256(b"\r\n"));
        assert_eq!(body_hash(b" \r\n\r\n", Canon::Relaxed), openssl::sha::sha256(b""));
        assert_eq!(body_hash(b"a", Canon::Simple), openssl::sha::sha256(b"a\r\n"));
        assert!(same(b"a\r\n\r\nb\r\n", b"a\n\nb\n", Canon::Simple));
        assert!(!same(b"a\r\n\r\nb\r\n", b"a\r\nb\r\n", Canon::Simple));
        assert!(!same(b"a \r\n", b"a\r\n", Canon::Simple));
        assert!(!same(b"a b\r\n", b"ab\r\n", Canon::Relaxed));
        assert!(!same(b"a\rb\r\n", b"a\r\nb\r\n", Canon::Simple));
    }

    #[test]
    fn headers_have_the_canonical_forms_of_the_rfc() {
        let raw = b"A: X\r\nB : Y\t\r\n\tZ  \r\nDKIM-Signature: a=1; b=xy\r\n z; bh=q\r\n\r\n";
        let block = HeaderBlock::of(raw);
        let names = ["a".to_owned(), "b".to_owned(), "missing".to_owned()];
        let data = |canon| String::from_utf8(header_data(&block, raw, &block.headers[2], &names, canon)).unwrap();
        assert_eq!(data(Canon::Relaxed), "a:X\r\nb:Y Z\r\ndkim-signature:a=1; b=; bh=q");
        assert_eq!(data(Canon::Simple), "A: X\r\nB : Y\t\r\n\tZ  \r\nDKIM-Signature: a=1; b=; bh=q");
        let unix: Vec<u8> = raw.iter().copied().filter(|byte| *byte != b'\r').collect();
        let block = HeaderBlock::of(&unix);
        assert_eq!(
            header_data(&block, &unix, &block.headers[2], &names, Canon::Simple),
            data(Canon::Simple).as_bytes()
        );
    }

    #[test]
    fn each_entry_takes_the_next_header_from_below() {
        let raw = b"A: 1\r\nA: 2\r\nA: 3\r\nDKIM-Signature: b=\r\n\r\n";
        let block = HeaderBlock::of(raw);
        let names = ["a".to_owned(), "a".to_owned()];
        let data = header_data(&block, raw, &block.headers[3], &names, Canon::Relaxed);
        assert_eq!(String::from_utf8(data).unwrap(), "a:3\r\na:2\r\ndkim-signature:b=");
    }
}
