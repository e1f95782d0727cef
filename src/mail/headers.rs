//! The header block as bytes: which header stands where.
//!
//! Everything that reads headers (the message, the proofs, the fingerprint) reads them through this one list, so that no two
//! of them can disagree about what a mail's headers are. It never fails: a line that is no header is skipped.

use std::ops::Range;

use super::{charset, encoded_word};

/// No mail has more; one that does proves nothing, and the rest of its headers are not kept.
pub const MAX_HEADERS: usize = 20_000;

/// How much of one header is decoded. Decoding is bounded; the list itself and the proofs see the whole.
pub const MAX_DECODED: usize = 16 * 1024;

/// One header, as the bytes have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawHeader<'a> {
    /// The name without the white space before the colon, in its own spelling.
    pub name: &'a [u8],
    /// Everything after the colon, with folds, without the final line end.
    pub value: &'a [u8],
    /// Where the header stands in the mail: name, colon, value and final line end.
    pub range: Range<usize>,
}

impl RawHeader<'_> {
    /// Whether this is the header `name`, in any case.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name.as_bytes())
    }

    /// The unfolded value as text, trimmed, at most [`MAX_DECODED`] bytes of it; control characters become spaces.
    pub fn text(&self) -> String {
        unfold(self.value)
    }

    /// Like [`RawHeader::text`], with the encoded words of RFC 2047 decoded.
    pub fn decoded(&self) -> String {
        encoded_word::decode(&self.text())
    }
}

/// The headers of a mail or a part, and where its body begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderBlock<'a> {
    /// The headers, top to bottom, at most [`MAX_HEADERS`].
    pub headers: Vec<RawHeader<'a>>,
    /// The bytes below the empty line; empty where there is none.
    pub body: &'a [u8],
    /// There were more than [`MAX_HEADERS`].
    pub too_many: bool,
}

impl<'a> HeaderBlock<'a> {
    /// The headers of `raw`, a whole mail, a part, or a header block alone. Lines end with CRLF or LF.
    pub fn of(raw: &'a [u8]) -> HeaderBlock<'a> {
        let mut block = HeaderBlock { headers: Vec::new(), body: &[], too_many: false };
        let mut at = if raw.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        if raw[at..].starts_with(b"From ") {
            at = end_of_line(raw, at); // the separator line of an mbox
        }
        // The header that a folded line belongs to: where it began, and whether it was one.
        let mut open: Option<Range<usize>> = None;
        while at < raw.len() {
            let end = end_of_line(raw, at);
            let line = without_line_end(&raw[at..end]);
            if line.is_empty() {
                block.close(raw, open.take());
                block.body = &raw[end..];
                return block;
            }
            if matches!(line.first(), Some(b' ' | b'\t')) {
                if let Some(range) = open.as_mut() {
                    range.end = end;
                }
            } else {
                block.close(raw, open.take());
                open = Some(at..end);
            }
            at = end;
        }
        block.close(raw, open);
        block
    }

    /// The headers called `name`, top to bottom.
    pub fn named<'b>(&'b self, name: &'b str) -> impl DoubleEndedIterator<Item = &'b RawHeader<'a>> {
        self.headers.iter().filter(move |header| header.is(name))
    }

    /// Keeps the lines of `range` if they are a header.
    fn close(&mut self, raw: &'a [u8], range: Option<Range<usize>>) {
        let Some(range) = range else { return };
        let Some(colon) = raw[range.clone()].iter().position(|byte| *byte == b':') else { return };
        let name = raw[range.start..range.start + colon].trim_ascii_end();
        // RFC 5322 section 2.2: printable ASCII. UTF-8 in a name is let through: it is nobody's header.
        if name.is_empty() || name.iter().any(|byte| *byte <= b' ' || *byte == 0x7f) {
            return;
        }
        if self.headers.len() >= MAX_HEADERS {
            self.too_many = true;
            return;
        }
        let value = without_line_end(&raw[range.start + colon + 1..range.end]);
        self.headers.push(RawHeader { name, value, range });
    }
}

/// The text of a header value: unfolded, trimmed, cut at [`MAX_DECODED`] bytes, control characters as spaces.
pub fn unfold(value: &[u8]) -> String {
    let cut = &value[..value.len().min(MAX_DECODED)];
    // A fold is the line end alone; the white space after it stays (RFC 5322 section 2.2.3).
    let unfolded = charset::guess(cut).replace("\r\n", "").replace('\n', "");
    let text: String = unfolded.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.trim().to_owned()
}

/// A structured header's value without its comments, e.g. `text/html (of a kind)`. Quoted strings are left alone.
pub fn without_comments(value: &str) -> String {
    let mut kept = String::with_capacity(value.len());
    let mut depth = 0usize;
    let mut quoted = false;
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                let next = chars.next();
                if depth == 0 {
                    kept.push(c);
                    kept.extend(next);
                }
            }
            '"' if depth == 0 => {
                quoted = !quoted;
                kept.push(c);
            }
            '(' if !quoted => depth += 1,
            ')' if !quoted && depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    kept.push(' ');
                }
            }
            c if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

/// Where the line that begins at `at` ends, its line end included.
pub fn end_of_line(raw: &[u8], at: usize) -> usize {
    raw[at..].iter().position(|byte| *byte == b'\n').map_or(raw.len(), |length| at + length + 1)
}

/// The line without its CRLF or LF.
pub fn without_line_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(raw: &str) -> (Vec<(String, String)>, String) {
        let block = HeaderBlock::of(raw.as_bytes());
        let pairs = block
            .headers
            .iter()
            .map(|header| (String::from_utf8_lossy(header.name).into_owned(), header.text()))
            .collect();
        (pairs, String::from_utf8_lossy(block.body).into_owned())
    }

    #[test]
    fn a_header_block_is_read_whatever_stands_in_it() {
        type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str);
        let cases: &[Case<'_>] = &[
            ("A: 1\r\nB: 2\r\n\r\nbody", &[("A", "1"), ("B", "2")], "body"),
            ("A: 1\nB: 2\n\nbody", &[("A", "1"), ("B", "2")], "body"),
            ("A: one\r\n two\r\n\tthree\r\n\r\n", &[("A", "one two three")], ""),
            ("A : 1\r\n\r\nb", &[("A", "1")], "b"),
            ("From a@example.org Mon Jan  1\nA: 1\n\nb", &[("A", "1")], "b"),
            (" leading\r\nA: 1\r\n\r\nb", &[("A", "1")], "b"),
            ("no header\r\n of this\r\nA: 1\r\n\r\nb", &[("A", "1")], "b"),
            ("two words: 1\r\nA: 1\r\n\r\nb", &[("A", "1")], "b"),
            (": 1\r\nA:\r\n\r\nb", &[("A", "")], "b"),
            ("A: 1", &[("A", "1")], ""),
            ("A: 1\r\n", &[("A", "1")], ""),
            ("\r\nA: 1\r\n", &[], "A: 1\r\n"),
            ("", &[], ""),
            ("A: a\u{0}b\rc\r\n\r\n", &[("A", "a b c")], ""),
            // A line of white space is a fold, not the end of the headers.
            ("A: 1\r\n \r\nB: 2\r\n\r\nb", &[("A", "1"), ("B", "2")], "b"),
        ];
        for (raw, pairs, body) in cases {
            let (found, found_body) = list(raw);
            let wanted: Vec<_> = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            assert_eq!((found, found_body.as_str()), (wanted, *body), "{raw:?}");
        }
    }

    #[test]
    fn the_range_covers_the_header_with_its_line_end() {
        let raw = b"A: 1\r\nB: 2\r\n 3\r\n\r\nbody";
        let block = HeaderBlock::of(raw);
        let slices: Vec<&[u8]> = block.headers.iter().map(|header| &raw[header.range.clone()]).collect();
        assert_eq!(slices, [b"A: 1\r\n".as_slice(), b"B: 2\r\n 3\r\n"]);
        assert_eq!(block.headers[1].value, b" 2\r\n 3");
    }

    #[test]
    fn a_hundred_thousand_headers_are_cut_and_said_so() {
        let raw = format!("{}\r\nbody", "X: y\r\n".repeat(100_000));
        let block = HeaderBlock::of(raw.as_bytes());
        assert_eq!((block.headers.len(), block.too_many, block.body), (MAX_HEADERS, true, b"body".as_slice()));
    }

    #[test]
    fn comments_go_and_quoted_parentheses_stay() {
        let cases = [
            ("text/html (c)", "text/html  "),
            ("a (b (c) d) e", "a   e"),
            ("a \"(b)\" c", "a \"(b)\" c"),
            ("a (\\) b) c", "a   c"),
            ("a (unclosed", "a "),
        ];
        for (value, kept) in cases {
            assert_eq!(without_comments(value), kept, "{value:?}");
        }
    }
}
