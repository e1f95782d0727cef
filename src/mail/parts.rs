//! The tree of MIME parts, walked with a budget.
//!
//! mailparse reads the Content-Type of each part and decodes its body; the walk itself is done here, because mailparse refuses
//! a whole mail for one part nested too deep, reads part headers of any size at quadratic cost, and finds nothing in a
//! multipart whose boundary is missing. Attachments are passed over, never decoded.

use mailparse::{DispositionType, ParsedContentType};

use super::headers::{self, HeaderBlock};
use super::{charset, text, transfer};

/// Nobody's mailer nests deeper; every level costs one more pass over the bytes.
pub(super) const MAX_DEPTH: usize = 20;
/// Parts that are looked at; the rest of a mail with more is not.
pub(super) const MAX_PARTS: usize = 1_000;
/// A part's Content-Type beyond this is cut: its parameters cost quadratic time in mailparse.
const MAX_CONTENT_TYPE: usize = 2 * 1024;
/// How much of all text parts together is decoded: ten times Meta's largest mails. The texts kept are a fraction of it; the rest
/// is styles and padding.
pub(super) const MAX_TEXT: usize = 2 * 1024 * 1024;

/// What a text part is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `text/plain`, and everything that cannot be told apart from it.
    Plain,
    /// `text/html`.
    Html,
}

/// A text of the mail, decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextPart {
    /// Plain or HTML.
    pub format: Format,
    /// It belongs to a mail inside this mail (`message/rfc822`).
    pub forwarded: bool,
    /// The text; all of a mail's texts are cut at 2 MiB together.
    pub text: String,
    /// There was more of it.
    pub cut: bool,
}

/// The text parts of a mail, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextParts {
    /// The texts.
    pub parts: Vec<TextPart>,
    /// Something was nested too deep to be looked at.
    pub too_deep: bool,
    /// There are more parts than are looked at.
    pub too_many: bool,
}

/// The text parts of the mail with this header block. Attachments are left out.
pub fn texts(block: &HeaderBlock<'_>) -> TextParts {
    let mut walk = Walk { found: TextParts::default(), left: MAX_PARTS, room: MAX_TEXT };
    walk.part(block, 0, false, Format::Plain);
    walk.found
}

struct Walk {
    found: TextParts,
    left: usize,
    /// How many bytes of text may still be decoded.
    room: usize,
}

impl Walk {
    fn part(&mut self, block: &HeaderBlock<'_>, depth: usize, forwarded: bool, default: Format) {
        if self.left == 0 {
            self.found.too_many = true;
            return;
        }
        self.left -= 1;
        let content_type = content_type(block);
        let kind = content_type.as_ref().map_or("", |content_type| content_type.mimetype.as_str());
        if kind.starts_with("multipart/") {
            if depth >= MAX_DEPTH {
                self.found.too_deep = true;
                return;
            }
            let boundary = content_type.as_ref().and_then(|content_type| content_type.params.get("boundary"));
            // One more than there is room for, so that it is noticed.
            let pieces = boundary.map(|boundary| split(block.body, boundary, self.left + 1)).unwrap_or_default();
            if pieces.is_empty() {
                // A multipart without its boundary: the raw body is what there is to read.
                self.text(block.body, None, "", Format::Plain, forwarded);
            }
            for piece in pieces {
                self.part(&HeaderBlock::of(piece), depth + 1, forwarded, default);
            }
        } else if is_attachment(block) {
        } else if kind == "message/rfc822" || kind == "message/global" {
            if depth >= MAX_DEPTH {
                self.found.too_deep = true;
                return;
            }
            self.part(&HeaderBlock::of(block.body), depth + 1, true, default);
        } else {
            let format = match kind {
                "text/html" | "application/xhtml+xml" => Format::Html,
                // No Content-Type, or a broken one such as `text`.
                "" | "text" | "text/plain" | "text/enriched" => default,
                _ => return,
            };
            let label = content_type.as_ref().and_then(|content_type| content_type.params.get("charset"));
            self.text(block.body, label.map(String::as_str), &transfer_encoding(block), format, forwarded);
        }
    }

    fn text(&mut self, body: &[u8], label: Option<&str>, encoding: &str, format: Format, forwarded: bool) {
        let most = match encoding {
            // Three bytes for one where everything is encoded; soft line breaks come on top, and are cut off at worst.
            "quoted-printable" => 3 * self.room,
            "base64" => 2 * self.room,
            _ => self.room,
        };
        let looked_at = &body[..body.len().min(most)];
        let decoded = decode(looked_at, encoding);
        let kept = &decoded[..decoded.len().min(self.room)];
        let cut = looked_at.len() < body.len() || kept.len() < decoded.len();
        self.room -= kept.len();
        self.found.parts.push(TextPart { format, forwarded, text: charset::decode(kept, label), cut });
    }
}

/// The Content-Type that counts. Of several the lowest: it is the one that a DKIM signature covers, and whoever replays a
/// signed mail can only put others above it.
pub(super) fn content_type(block: &HeaderBlock<'_>) -> Option<ParsedContentType> {
    let value = headers::without_comments(&block.named("content-type").next_back()?.text());
    let mut parsed = mailparse::parse_content_type(text::prefix(&value, MAX_CONTENT_TYPE));
    parsed.mimetype = parsed.mimetype.split_whitespace().collect();
    Some(parsed)
}

pub(super) fn is_attachment(block: &HeaderBlock<'_>) -> bool {
    let Some(header) = block.named("content-disposition").next_back() else { return false };
    let value = headers::without_comments(&header.text());
    let first = value.split(';').next().unwrap_or_default();
    matches!(mailparse::parse_content_disposition(first).disposition, DispositionType::Attachment)
}

/// `base64` of `Content-Transfer-Encoding: BASE64 (really)`.
pub(super) fn transfer_encoding(block: &HeaderBlock<'_>) -> String {
    let value = block.named("content-transfer-encoding").next_back().map(|header| header.text()).unwrap_or_default();
    headers::without_comments(&value).trim().trim_matches(['"', ';']).to_ascii_lowercase()
}

pub(super) fn decode(body: &[u8], encoding: &str) -> Vec<u8> {
    let plain = ParsedContentType::default();
    match mailparse::body::Body::new(body, &plain, &Some(encoding.to_owned())) {
        mailparse::body::Body::Base64(part) => part.get_decoded().unwrap_or_else(|_| transfer::base64_lenient(body)),
        mailparse::body::Body::QuotedPrintable(part) => part.get_decoded().unwrap_or_else(|_| body.to_vec()),
        mailparse::body::Body::SevenBit(_) | mailparse::body::Body::EightBit(_) | mailparse::body::Body::Binary(_) => {
            body.to_vec()
        }
    }
}

/// The pieces between the lines `--boundary`, at most `limit`. The closing line may be missing.
pub(super) fn split<'a>(body: &'a [u8], boundary: &str, limit: usize) -> Vec<&'a [u8]> {
    let mut pieces = Vec::new();
    let mut open: Option<usize> = None;
    let mut at = 0;
    while at < body.len() && pieces.len() < limit {
        let end = headers::end_of_line(body, at);
        if let Some(closing) = delimiter(headers::without_line_end(&body[at..end]), boundary.as_bytes()) {
            if let Some(start) = open.take() {
                // The line end before a delimiter belongs to the delimiter (RFC 2046 section 5.1.1).
                pieces.push(headers::without_line_end(&body[start..at]));
            }
            if closing {
                return pieces;
            }
            open = Some(end);
        }
        at = end;
    }
    if let Some(start) = open.filter(|_| pieces.len() < limit) {
        pieces.push(&body[start..]);
    }
    pieces
}

/// Whether a line is `--boundary` (false) or `--boundary--` (true). Another boundary may begin like this one.
fn delimiter(line: &[u8], boundary: &[u8]) -> Option<bool> {
    let rest = line.strip_prefix(b"--")?.strip_prefix(boundary)?.trim_ascii_end();
    match rest {
        b"" => Some(false),
        b"--" => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(raw: &str) -> Vec<(Format, bool, String)> {
        let parts = texts(&HeaderBlock::of(raw.as_bytes())).parts;
        parts.into_iter().map(|part| (part.format, part.forwarded, part.text)).collect()
    }

    #[test]
    fn texts_are_found_and_decoded() {
        use Format::{Html, Plain};
        type Case<'a> = (&'a str, &'a [(Format, bool, &'a str)]);
        let cases: &[Case<'_>] = &[
            ("A: b\r\n\r\nHallo", &[(Plain, false, "Hallo")]),
            ("Content-Type: text/html; charset=utf-8\r\n\r\n<p>", &[(Html, false, "<p>")]),
            ("Content-Type: text/html (c)\r\n\r\n<p>", &[(Html, false, "<p>")]),
            ("Content-Type: TEXT/HTML ; charset=x\r\n\r\n<p>", &[(Html, false, "<p>")]),
            ("Content-Type: text\r\n\r\na", &[(Plain, false, "a")]),
            ("Content-Type: application/pdf\r\n\r\na", &[]),
            (
                "Content-Type: text/plain\r\nContent-Transfer-Encoding: BASE64 (x)\r\n\r\nSGFsbG8=\r\n",
                &[(Plain, false, "Hallo")],
            ),
            (
                "Content-Transfer-Encoding: quoted-printable\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\nGr=FC=DF=\r\ne",
                &[(Plain, false, "Grüße")],
            ),
            ("Content-Transfer-Encoding: base64\r\n\r\nSGF*sbG8=\r\n-- \r\nlist\r\n", &[(Plain, false, "Hallo")]),
            (
                "Content-Type: multipart/alternative; boundary=\"b\"\r\n\r\nx\r\n--b\r\n\r\none\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>\r\n--b--\r\nx",
                &[(Plain, false, "one"), (Html, false, "<p>")],
            ),
            (
                "Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b \n\ntwo",
                &[(Plain, false, "one"), (Plain, false, "two")],
            ),
            // A boundary that begins like the other one.
            (
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: multipart/mixed; boundary=bb\r\n\r\n--bb\r\n\r\none\r\n--bb--\r\n--b--\r\n",
                &[(Plain, false, "one")],
            ),
            ("Content-Type: multipart/mixed; boundary=b\r\n\r\nno boundary", &[(Plain, false, "no boundary")]),
            ("Content-Type: multipart/mixed\r\n\r\n--b\r\n\r\none", &[(Plain, false, "--b\r\n\r\none")]),
            (
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Disposition: attachment; filename=x\r\n\r\none\r\n--b\r\nContent-Disposition: inline\r\n\r\ntwo\r\n--b--",
                &[(Plain, false, "two")],
            ),
            (
                "Content-Type: message/rfc822\r\n\r\nSubject: x\r\nContent-Type: text/html\r\n\r\n<p>",
                &[(Html, true, "<p>")],
            ),
            // A replayed mail with another Content-Type above the signed one: the lowest counts.
            ("Content-Type: text/html\r\nContent-Type: text/plain\r\n\r\n<p>", &[(Plain, false, "<p>")]),
            (
                "Content-Type: multipart/mixed; boundary*0=a; boundary*1=b\r\n\r\n--ab\r\n\r\none\r\n--ab--",
                &[(Plain, false, "one")],
            ),
        ];
        for (raw, wanted) in cases {
            let wanted: Vec<_> =
                wanted.iter().map(|(format, forwarded, text)| (*format, *forwarded, (*text).to_owned())).collect();
            assert_eq!(found(raw), wanted, "{raw:?}");
        }
    }

    /// A text, and beside it multiparts nested `depth` deep.
    fn nested(depth: usize) -> String {
        let mut raw = String::from("Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\ntop\r\n--x\r\n");
        for level in 0..depth {
            raw.push_str(&format!("Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n"));
        }
        raw + "\r\ndeep"
    }

    #[test]
    fn what_is_nested_too_deep_is_left_and_the_rest_is_read() {
        let shallow = texts(&HeaderBlock::of(nested(10).as_bytes()));
        assert_eq!((shallow.parts.len(), shallow.too_deep), (2, false));
        let deep = texts(&HeaderBlock::of(nested(5_000).as_bytes()));
        assert_eq!((deep.parts.len(), deep.parts[0].text.as_str(), deep.too_deep), (1, "top", true));
    }

    #[test]
    fn parts_and_content_types_are_bounded() {
        let many = format!("Content-Type: multipart/mixed; boundary=b\r\n\r\n{}", "--b\r\n\r\na\r\n".repeat(200_000));
        assert_eq!(texts(&HeaderBlock::of(many.as_bytes())).parts.len(), MAX_PARTS - 1);
        let params: String = (0..20_000).map(|n| format!("; a*{n}=b")).collect();
        assert_eq!(
            found(&format!("Content-Type: text/plain{params}\r\n\r\na")),
            [(Format::Plain, false, "a".to_owned())]
        );
    }

    #[test]
    fn all_texts_together_are_bounded_and_what_is_missing_is_said() {
        let parts = |count: usize, text: &str| {
            let part = format!("--b\r\n\r\n{text}\r\n");
            let raw = format!("Content-Type: multipart/mixed; boundary=b\r\n\r\n{}--b--\r\n", part.repeat(count));
            let found = texts(&HeaderBlock::of(raw.as_bytes()));
            let cut = found.parts.iter().filter(|part| part.cut).count();
            (found.parts.iter().map(|part| part.text.len()).sum::<usize>(), cut, found.too_many)
        };
        let quarter = "x".repeat(MAX_TEXT / 4);
        assert_eq!(parts(4, &quarter), (MAX_TEXT, 0, false));
        assert_eq!(parts(6, &quarter), (MAX_TEXT, 2, false));
        assert_eq!(parts(MAX_PARTS - 1, "x"), (MAX_PARTS - 1, 0, false));
        assert_eq!(parts(MAX_PARTS, "x"), (MAX_PARTS - 1, 0, true));
    }
}
