//! The tree of MIME parts, written anew: the same shape, every text in UTF-8 and quoted-printable, nothing in attachments.
//!
//! Reads a mail as `mail::parts` does, so that what rules see is what is redacted. Where that stops looking, this gives up: a part that
//! was not looked through must not be given out.

use super::{REDACTED, Redactor, Sort, Unredactable, page, write};
use crate::mail::charset;
use crate::mail::headers::HeaderBlock;
use crate::mail::parts::{self, MAX_DEPTH, MAX_PARTS, MAX_TEXT};

/// What stands in place of an attachment.
const REMOVED: &str = "The content of this part was removed.";

/// What a part is to be written as.
enum Shape<'a> {
    Multipart { kind: String, pieces: Vec<&'a [u8]> },
    Mail(&'a [u8]),
    Text { html: bool, text: String },
    Attachment { kind: String, removed: bool },
}

impl Redactor<'_> {
    /// Writes the whole mail.
    pub fn whole(&mut self, block: &HeaderBlock<'_>, out: &mut String) -> Result<(), Unredactable> {
        self.mail(block, 0, true, out)
    }

    /// A mail, or a mail inside a mail: all headers that stay, and the body.
    fn mail(&mut self, block: &HeaderBlock<'_>, depth: usize, top: bool, out: &mut String) -> Result<(), Unredactable> {
        if block.too_many {
            return Err(Unredactable::TooLarge);
        }
        let shape = self.shape(block, depth)?;
        let (mut content, boundary) = self.content(&shape, block);
        if block.named("mime-version").next().is_none() {
            content.insert(0, ("MIME-Version".to_owned(), "1.0".to_owned()));
        }
        if top {
            content.push(("X-Redacted".to_owned(), REDACTED.to_owned()));
        }
        self.head(block, &content, out);
        self.body(shape, &boundary, depth, out)
    }

    /// A part of a multipart: of its headers only those that describe its body.
    fn part(&mut self, block: &HeaderBlock<'_>, depth: usize, out: &mut String) -> Result<(), Unredactable> {
        let shape = self.shape(block, depth)?;
        let (content, boundary) = self.content(&shape, block);
        for (name, value) in &content {
            write::header(out, name, value);
        }
        self.body(shape, &boundary, depth, out)
    }

    fn shape<'a>(&mut self, block: &HeaderBlock<'a>, depth: usize) -> Result<Shape<'a>, Unredactable> {
        self.parts += 1;
        if self.parts > MAX_PARTS || depth > MAX_DEPTH {
            return Err(Unredactable::TooManyParts);
        }
        let content_type = parts::content_type(block);
        let kind = content_type.as_ref().map_or("", |content_type| content_type.mimetype.as_str());
        let label =
            content_type.as_ref().and_then(|content_type| content_type.params.get("charset")).map(String::as_str);
        if kind.starts_with("multipart/") {
            let boundary = content_type.as_ref().and_then(|content_type| content_type.params.get("boundary"));
            let pieces = boundary.map(|boundary| parts::split(block.body, boundary, MAX_PARTS + 1)).unwrap_or_default();
            if pieces.is_empty() {
                return Ok(Shape::Text { html: false, text: decoded(block.body, "", None)? });
            }
            return Ok(Shape::Multipart { kind: kind.to_owned(), pieces });
        }
        let attachment = || {
            let removed = block.body.trim_ascii() != REMOVED.as_bytes();
            Ok(Shape::Attachment { kind: kind.to_owned(), removed })
        };
        if parts::is_attachment(block) {
            return attachment();
        }
        let html = match kind {
            "message/rfc822" | "message/global" => return Ok(Shape::Mail(block.body)),
            "text/html" | "application/xhtml+xml" => true,
            "" | "text" | "text/plain" | "text/enriched" => false,
            _ => return attachment(),
        };
        Ok(Shape::Text { html, text: decoded(block.body, &parts::transfer_encoding(block), label)? })
    }

    /// The headers that describe the body, and the boundary where there is one.
    fn content(&mut self, shape: &Shape<'_>, block: &HeaderBlock<'_>) -> (Vec<(String, String)>, String) {
        let of_type = |value: String| ("Content-Type".to_owned(), value);
        match shape {
            Shape::Multipart { kind, .. } => {
                self.boundaries += 1;
                // `=_` stands in no quoted-printable text (RFC 2045 section 6.7).
                let boundary = format!("=_redacted_{}", self.boundaries);
                let kind = if is_mimetype(kind) { kind.as_str() } else { "multipart/mixed" };
                (vec![of_type(format!("{kind}; boundary=\"{boundary}\""))], boundary)
            }
            Shape::Mail(_) => (vec![of_type("message/rfc822".to_owned())], String::new()),
            Shape::Text { html, .. } => {
                let kind = if *html { "text/html" } else { "text/plain" };
                let encoding = ("Content-Transfer-Encoding".to_owned(), "quoted-printable".to_owned());
                (vec![of_type(format!("{kind}; charset=\"UTF-8\"")), encoding], String::new())
            }
            Shape::Attachment { kind, .. } => {
                let kind = if is_mimetype(kind) { kind.as_str() } else { "application/octet-stream" };
                let mut content = vec![of_type(kind.to_owned())];
                if parts::is_attachment(block) {
                    content.push(("Content-Disposition".to_owned(), "attachment".to_owned()));
                }
                (content, String::new())
            }
        }
    }

    fn body(&mut self, shape: Shape<'_>, boundary: &str, depth: usize, out: &mut String) -> Result<(), Unredactable> {
        match shape {
            Shape::Multipart { pieces, .. } => {
                for piece in pieces {
                    out.push_str(&format!("\n--{boundary}\n"));
                    self.part(&HeaderBlock::of(piece), depth + 1, out)?;
                }
                out.push_str(&format!("\n--{boundary}--\n"));
            }
            Shape::Mail(inner) => {
                out.push('\n');
                let inner = HeaderBlock::of(inner);
                self.learn_headers(&inner);
                self.mail(&inner, depth + 1, false, out)?;
            }
            Shape::Text { html, text } => {
                out.push('\n');
                let text = if html { page::redact(self, &text) } else { self.text(&text) };
                write::quoted_printable(out, &text);
            }
            Shape::Attachment { removed, .. } => {
                self.count_if(Sort::Attachment, removed);
                out.push_str(&format!("\n{REMOVED}\n"));
            }
        }
        Ok(())
    }
}

/// The text of a part, its lines ending with LF. The whole of it, or nothing.
fn decoded(body: &[u8], encoding: &str, label: Option<&str>) -> Result<String, Unredactable> {
    if body.len() > 2 * MAX_TEXT {
        return Err(Unredactable::TooLarge);
    }
    let decoded = parts::decode(body, encoding);
    if decoded.len() > MAX_TEXT {
        return Err(Unredactable::TooLarge);
    }
    Ok(charset::decode(&decoded, label).replace("\r\n", "\n"))
}

/// `application/pdf`; nothing that could be somebody's.
fn is_mimetype(kind: &str) -> bool {
    let known = ["application/", "audio/", "font/", "image/", "message/", "model/", "multipart/", "text/", "video/"];
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '/' | '.' | '+' | '-');
    known.iter().any(|known| kind.starts_with(known)) && kind.len() <= 60 && kind.chars().all(fits)
}
