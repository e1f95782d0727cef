//! Raw bytes to [`Message`].
//!
//! Decides nothing about what a mail means or whether it is genuine, and trusts nothing in it. Every size in it is bounded.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

use crate::model::message::{Message, Text};

use super::headers::{HeaderBlock, RawHeader, without_comments};
use super::links::Links;
use super::parts::{Format, TextPart};
use super::{address, html, parts, text};

/// A mail that no rule can look at. It goes to review with what its header says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Not one header line: this is no mail.
    #[error("has no header: not a mail")]
    NoHeader,
    /// Nothing but parts inside parts, deeper than any mailer makes them.
    #[error("has its text nested too deep")]
    TooDeep,
}

/// All of one kind of address header together. Each header is cut at 16 kB, all of a kind at this many headers.
const MAX_SAME_HEADERS: usize = 16;

/// Reads a mail.
///
/// # Errors
/// [`Unreadable`] when there is no header at all, or when all its text is nested too deep. A broken mail is read as far as it goes.
pub fn parse(raw: &[u8]) -> Result<Message, Unreadable> {
    let block = HeaderBlock::of(raw);
    if block.headers.is_empty() {
        return Err(Unreadable::NoHeader);
    }
    let mut message = of_headers(&block);
    let found = parts::texts(&block);
    if found.parts.is_empty() && found.too_deep {
        return Err(Unreadable::TooDeep);
    }
    let mut links = Links::default();
    let long_plain = |part: &TextPart| part.format == Format::Plain && part.text.len() > text::MAX_READ;
    message.cut = found.too_many || found.too_deep || found.parts.iter().any(|part| part.cut || long_plain(part));
    message.texts = texts(&found.parts, &mut links);
    message.links = links.into_vec();
    Ok(message)
}

/// Reads a header block of which the body is not known: a mail too large to fetch. Texts and links are empty.
pub fn header_only(raw_header: &[u8]) -> Message {
    of_headers(&HeaderBlock::of(raw_header))
}

/// The date of an RFC 5322 header, e.g. `Mon, 2 Jun 2025 10:00:00 +0200 (CEST)`; a wrong weekday is forgiven.
pub fn date(value: &str) -> Option<Timestamp> {
    let value = without_comments(value);
    let value = value.trim();
    if value.len() > 100 {
        return None;
    }
    let parser = DateTimeParser::new().relaxed_weekday(true);
    // "UTC" is no zone of RFC 5322, and common all the same.
    let value = value.strip_suffix("UTC").map_or_else(|| value.to_owned(), |rest| format!("{rest}+0000"));
    parser.parse_timestamp(value.split_whitespace().collect::<Vec<_>>().join(" ")).ok()
}

fn of_headers(block: &HeaderBlock<'_>) -> Message {
    let all = |name: &str| -> Vec<&RawHeader<'_>> {
        block.headers.iter().filter(|header| header.is(name)).take(MAX_SAME_HEADERS).collect()
    };
    let addresses = |name: &str| all(name).iter().flat_map(|header| address::list(&header.text())).collect::<Vec<_>>();
    let first = |name: &str| block.named(name).next().map(RawHeader::text).filter(|value| !value.is_empty());
    Message {
        from: addresses("from"),
        from_text: all("from").iter().map(|header| header.decoded()).collect::<Vec<_>>().join(", "),
        to: addresses("to"),
        cc: addresses("cc"),
        delivered_to: delivered_to(block),
        subject: block.named("subject").next().map(RawHeader::decoded).unwrap_or_default(),
        message_id: first("message-id").map(|value| message_id(&value)),
        date: first("date").and_then(|value| date(&value)),
        received: first("received").and_then(|value| received(&value)),
        content_language: first("content-language").map(|value| without_comments(&value).trim().to_lowercase()),
        facebook_notify: first("x-facebook-notify"),
        texts: Vec::new(),
        links: Vec::new(),
        cut: false,
    }
}

/// What the own host notes about the recipient, top to bottom. Exim writes Envelope-To, Postfix the other two.
fn delivered_to(block: &HeaderBlock<'_>) -> Vec<String> {
    let noted =
        |header: &&RawHeader<'_>| ["delivered-to", "x-original-to", "envelope-to"].iter().any(|name| header.is(name));
    let headers = block.headers.iter().filter(noted).take(MAX_SAME_HEADERS);
    headers.flat_map(|header| address::list(&header.text())).map(|address| address.addr).collect()
}

/// `<id>` of a Message-ID header that may say more.
fn message_id(value: &str) -> String {
    let bracketed = value.find('<').and_then(|start| {
        let end = value[start..].find('>')?;
        Some(value[start..=start + end].split_whitespace().collect::<String>())
    });
    bracketed.unwrap_or_else(|| value.to_owned())
}

/// The date stands after the last semicolon (RFC 5321 section 4.4).
fn received(value: &str) -> Option<Timestamp> {
    date(value.rsplit_once(';')?.1)
}

/// The alternatives, the one that says most first. Parts of one format are read one below the other; a mail inside this mail
/// is quoted, and its links are not this mail's.
fn texts(found: &[TextPart], links: &mut Links) -> Vec<Text> {
    let mut plain = Text::default();
    let mut rich = Text::default();
    for part in found {
        let mut elsewhere = Links::default();
        let part_links = if part.forwarded { &mut elsewhere } else { &mut *links };
        let (all, mut read) = match part.format {
            Format::Plain => {
                let read = text::plain(&part.text);
                part_links.add_text(&read.own);
                part_links.add_text(&read.quoted);
                (&mut plain, read)
            }
            Format::Html => (&mut rich, html::read(&part.text, part_links)),
        };
        if part.cut {
            part_links.add_unread();
        }
        if part.forwarded {
            let own = std::mem::take(&mut read.own);
            text::append(&mut all.quoted, &own);
        }
        text::append(&mut all.own, &read.own);
        text::append(&mut all.quoted, &read.quoted);
    }
    let mut texts: Vec<Text> = [plain, rich]
        .into_iter()
        .map(|text| Text { own: text::cut(text.own), quoted: text::cut(text.quoted) })
        .collect();
    texts.retain(|text| !text.own.is_empty() || !text.quoted.is_empty());
    texts.sort_by_key(|text| std::cmp::Reverse(text.own.chars().filter(|c| c.is_alphanumeric()).count()));
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_senders_write_them() {
        let cases = [
            ("Mon, 2 Jun 2025 10:00:00 +0200", Some("2025-06-02T08:00:00Z")),
            ("Mon, 02 Jun 2025 10:00:00 +0200 (CEST)", Some("2025-06-02T08:00:00Z")),
            ("2 Jun 2025 10:00:00 GMT", Some("2025-06-02T10:00:00Z")),
            ("2 Jun 2025 10:00 -0700", Some("2025-06-02T17:00:00Z")),
            ("Sun, 2 Jun 2025 10:00:00 +0000", Some("2025-06-02T10:00:00Z")), // it was a Monday
            ("Mon,  2 Jun  2025 10:00:00 UTC", Some("2025-06-02T10:00:00Z")),
            ("Mon, 2 Jun 2025 10:00:00 (local) -0000", Some("2025-06-02T10:00:00Z")),
            ("Mon, 2 Jun 2025 25:61:00 +0200", None),
            ("Nov 3", None),
            ("", None),
        ];
        for (value, at) in cases {
            assert_eq!(date(value), at.map(|at| at.parse().unwrap()), "{value:?}");
        }
    }

    #[test]
    fn message_ids_keep_their_brackets() {
        let cases = [("<a@b>", "<a@b>"), ("x <a@b> y", "<a@b>"), ("a@b", "a@b"), ("<a@\tb>", "<a@b>"), ("<a", "<a")];
        for (value, id) in cases {
            assert_eq!(message_id(value), id, "{value:?}");
        }
    }
}
