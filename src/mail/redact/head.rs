//! Headers: which stay, and in what form.
//!
//! Whatever is not known to be harmless or needed is left out; nothing is left out silently, the person is told how many.

use super::{Redactor, Sort, write};
use crate::mail::headers::{HeaderBlock, RawHeader, without_comments};
use crate::mail::{address, message};

/// Words of Meta's local parts, and of Meta's addresses inside those of relays, that are the same for everybody.
pub const LOCAL_WORDS: &[&str] = &[
    "",
    "account",
    "accounts",
    "advertise",
    "at",
    "business",
    "case",
    "com",
    "facebook",
    "facebookmail",
    "fb",
    "friends",
    "group",
    "info",
    "instagram",
    "mail",
    "meta",
    "metamail",
    "net",
    "no",
    "noreply",
    "notification",
    "notify",
    "org",
    "pageupdates",
    "privacy",
    "reply",
    "security",
    "support",
    "threads",
    "update",
    "whatsapp",
];

/// The longest tag of a signature that is kept: h= names a few headers.
const MAX_TAG: usize = 400;

/// What becomes of a header.
enum Fate {
    Addresses,
    Text,
    Date,
    Ids,
    Received,
    Signature,
    Language,
    /// Written anew with the body.
    Content,
    Dropped,
}

fn fate(header: &RawHeader<'_>) -> Fate {
    match String::from_utf8_lossy(header.name).to_ascii_lowercase().as_str() {
        "from" | "to" | "cc" | "reply-to" | "sender" | "errors-to" | "return-path" | "delivered-to"
        | "x-original-to" | "envelope-to" => Fate::Addresses,
        "subject" | "x-mailer" | "x-facebook-notify" | "feedback-id" | "x-synthetic" | "auto-submitted"
        | "precedence" | "mime-version" => Fate::Text,
        "date" => Fate::Date,
        "message-id" | "in-reply-to" | "references" => Fate::Ids,
        "received" => Fate::Received,
        "dkim-signature" => Fate::Signature,
        "content-language" => Fate::Language,
        "content-type" | "content-transfer-encoding" | "content-disposition" | "x-redacted" => Fate::Content,
        _ => Fate::Dropped,
    }
}

impl Redactor<'_> {
    /// Writes the headers that stay, top to bottom; `content` takes the place of those that describe the body.
    pub fn head(&mut self, block: &HeaderBlock<'_>, content: &[(String, String)], out: &mut String) {
        let mut content: Vec<&(String, String)> = content.iter().collect();
        for header in &block.headers {
            let name = String::from_utf8_lossy(header.name).into_owned();
            match fate(header) {
                Fate::Addresses => self.addresses(&name, header, out),
                Fate::Text => {
                    let decoded = header.decoded();
                    // `X-Facebook-Notify: TYPE; mailid=TOKEN`: the type is what a rule could ask for.
                    let is_notify = header.is("x-facebook-notify");
                    let decoded = if is_notify { decoded.split(';').next().unwrap_or_default() } else { &decoded };
                    let text = self.text(decoded);
                    write::header(out, &name, &text);
                }
                Fate::Date => {
                    let value = without_comments(&header.text());
                    if message::date(&value).is_some() {
                        write::header(out, &name, value.trim());
                    } else {
                        self.count_if(Sort::Header, true);
                    }
                }
                Fate::Ids => {
                    let ids: Vec<String> = header.text().split_whitespace().map(|id| self.message_id(id)).collect();
                    write::header(out, &name, &ids.join(" "));
                }
                Fate::Received => {
                    let value = self.received(&header.text());
                    write::header(out, &name, &value);
                }
                Fate::Signature => {
                    let value = self.signature(&header.text());
                    write::header(out, &name, &value);
                }
                Fate::Language => {
                    let tag = without_comments(&header.text());
                    let fits = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | ',' | ' ');
                    write::header(out, &name, tag.chars().filter(fits).take(35).collect::<String>().trim());
                }
                Fate::Content => {
                    // Of several the lowest counts (see `parts`), so that the place of the first is as good as any.
                    if let Some(at) = content.iter().position(|(name, _)| header.is(name)) {
                        let (name, value) = content.remove(at);
                        write::header(out, name, value);
                    }
                }
                Fate::Dropped => self.count_if(Sort::Header, true),
            }
        }
        for (name, value) in content {
            write::header(out, name, value);
        }
    }

    fn addresses(&mut self, name: &str, header: &RawHeader<'_>, out: &mut String) {
        let mut list = Vec::new();
        for address in address::list(&header.text()) {
            let addr = self.address(&address.addr);
            self.count_if(Sort::Address, addr != address.addr);
            let shown = if self.is_somebodys(&address) && !self.is_desk(&address.name) {
                let shown = if address.name.contains('@') { addr.clone() } else { self.people.shown(&address) };
                self.count_if(Sort::Name, shown != address.name);
                shown
            } else {
                self.text(&address.name)
            };
            list.push((shown, addr));
        }
        if !list.is_empty() {
            return write::addresses(out, name, &list);
        }
        let decoded = header.decoded();
        match decoded.as_str() {
            "" | "<>" => write::header(out, name, &decoded),
            _ if header.is("from") && self.is_desk(&decoded) => {
                let text = self.text(&decoded);
                write::header(out, name, &text);
            }
            // `undisclosed-recipients:;`, or a name without an address.
            _ => write::header(out, name, "undisclosed-recipients:;"),
        }
    }

    /// `<4bc1e7f9@support.facebook.com>`.
    fn message_id(&mut self, id: &str) -> String {
        let inside = id.trim_matches(['<', '>']);
        let (local, domain) = inside.rsplit_once('@').unwrap_or((inside, ""));
        let domain = domain.to_ascii_lowercase();
        let domain = if self.rules.is_sender_domain(&domain) { self.domain(&domain) } else { "example.org".to_owned() };
        let redacted = format!("<{}@{domain}>", self.shapes.of(local));
        self.count_if(Sort::Token, redacted != id);
        redacted
    }

    /// `from mx-out.facebook.com by host1.example; DATE`: whose machines, and when. Addresses and queue ids go.
    fn received(&mut self, value: &str) -> String {
        let (route, date) = value.rsplit_once(';').unwrap_or((value, ""));
        let route = without_comments(route);
        let words: Vec<&str> = route.split_whitespace().collect();
        let mut out: Vec<String> = Vec::new();
        for pair in words.windows(2) {
            if let [word @ ("from" | "by"), host] = pair {
                let host = host.trim_matches(['[', ']', ',', ';']).to_ascii_lowercase();
                out.push(format!("{word} {}", self.host(&host)));
            }
        }
        let date = without_comments(date);
        if message::date(&date).is_some() {
            return format!("{}; {}", out.join(" "), date.trim());
        }
        out.join(" ")
    }

    /// Who signed, which headers and how; the signature itself is void.
    fn signature(&mut self, value: &str) -> String {
        let mut tags = Vec::new();
        for tag in value.split(';') {
            let Some((key, value)) = tag.split_once('=') else { continue };
            let value: String = value.split_whitespace().collect();
            let value = match key.trim() {
                "v" | "a" | "c" | "q" | "h" if value.len() <= MAX_TAG => {
                    let fits = |c: &char| c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_' | '/');
                    value.chars().filter(fits).collect()
                }
                "d" => self.host(&value.to_ascii_lowercase()),
                // A selector of Meta's is the same for everybody; another's could be made for one mail.
                "s" if value.len() <= 20 && value.starts_with("s1024-") => value,
                "s" => self.shapes.of(&value),
                "b" | "bh" => "redacted".to_owned(),
                _ => continue,
            };
            tags.push(format!("{}={value}", key.trim()));
        }
        tags.join("; ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleSet;

    #[test]
    fn headers_keep_what_rules_need() {
        let rules = RuleSet::shipped_once();
        let common = rules.vocabulary();
        let cases = [
            (
                "From: Facebook <case++100200300400@support.facebook.com>",
                "From: Facebook <case++000000000001@support.facebook.com>",
            ),
            (
                "From: Facebook <notification+zj4oc2k@facebookmail.com>",
                "From: Facebook <notification+xx0xx0a@facebookmail.com>",
            ),
            (
                "From: Facebook <instagram++Ab1c@support.facebook.com>",
                "From: Facebook <instagram++Xx0a@support.facebook.com>",
            ),
            (
                "From: Facebook <case_at_support_facebook_com_x1y2@privaterelay.appleid.com>",
                "From: Facebook <case_at_support_facebook_com_x0x1@privaterelay.appleid.com>",
            ),
            (
                "From: \"Facebook - case at support.facebook.com\" <k3j4h5@simplelogin.co>",
                "From: \"Facebook - case at support.facebook.com\" <anna@example.org>",
            ),
            ("To: Ruby Tuesday <ruby.t@example.com>", "To: Anna Muster <anna@example.org>"),
            (
                "To: =?utf-8?q?J=C3=BCrgen?= <j@example.com>, o@example.com",
                "To: Anna <anna@example.org>,\n person2@example.org",
            ),
            ("To: undisclosed-recipients:;", "To: undisclosed-recipients:;"),
            ("Return-Path: <>", "Return-Path: <>"),
            ("Message-ID: <4bc1e7f9@support.facebook.com>", "Message-ID: <0xx0x0x1@support.facebook.com>"),
            ("Message-ID: <4bc1@ruby.example>", "Message-ID: <0xx1@example.org>"),
            (
                "Received: from mx-out.facebook.com (x [192.0.2.25]) by mail.ruby.example (Postfix) id 4bK22; Tue, 20 May 2025 14:03:11 -0700 (PDT)",
                "Received: from mx-out.facebook.com by host1.example; Tue, 20 May 2025 14:03:11 -0700",
            ),
            ("X-Facebook-Notify: privacy; mailid=5b3c0x1", "X-Facebook-Notify: privacy"),
            (
                "DKIM-Signature: v=1; a=rsa-sha256; d=facebookmail.com; s=s1024-2013-q3; t=1747774991; h=Date:To; bh=abc=; b=def",
                "DKIM-Signature: v=1; a=rsa-sha256; d=facebookmail.com; s=s1024-2013-q3; h=Date:To; bh=redacted; b=redacted",
            ),
            ("Content-Language: de-DE (x)", "Content-Language: de-DE"),
            ("Date: Tue, 20 May 2025 14:03:11 -0700 (from ruby)", "Date: Tue, 20 May 2025 14:03:11 -0700"),
            ("Date: ruby", ""),
            ("X-Spam: ruby", ""),
            ("Authentication-Results: mx.ruby.example; dkim=pass", ""),
            ("List-Unsubscribe: <https://www.facebook.com/o.php?k=abc>", ""),
        ];
        for (header, wanted) in cases {
            let raw = format!("{header}\n\n");
            let block = HeaderBlock::of(raw.as_bytes());
            let mut redactor = Redactor::new(rules, common);
            redactor.learn(&block, &message::parse(raw.as_bytes()).unwrap());
            let mut out = String::new();
            redactor.head(&block, &[], &mut out);
            assert_eq!(out.trim_end(), wanted, "{header}");
        }
    }
}
