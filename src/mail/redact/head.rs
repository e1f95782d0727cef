//! Headers: which stay, in what form, and which people they name.

use super::{Redactor, Sort, write};
use crate::mail::headers::{HeaderBlock, RawHeader, without_comments};
use crate::mail::{address, message};
use crate::model::message::{Address, Message, Text};
use crate::model::recognition::Captured;

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

/// What makes a display name that of a desk rather than a person's, besides Meta's brands.
const DESKS: &[&str] = &[
    "meta",
    "privacy",
    "support",
    "team",
    "operations",
    "help",
    "security",
    "center",
    "centre",
    "community",
    "noreply",
];

/// Greetings of languages that have no rules yet: whoever contributes the first mail of one needs its name out of it.
const GREETINGS: &[&str] = &[
    "bonjour",
    "salut",
    "cher",
    "chère",
    "ciao",
    "buongiorno",
    "gentile",
    "caro",
    "cara",
    "hola",
    "estimado",
    "estimada",
    "querido",
    "querida",
    "olá",
    "oi",
    "caro(a)",
    "prezado",
    "prezada",
    "beste",
    "hoi",
    "dag",
    "hallo",
    "hej",
    "hei",
    "kære",
    "cześć",
    "witaj",
    "dobrý den",
    "ahoj",
    "szia",
    "kedves",
    "bună",
    "salutare",
    "γεια σου",
    "merhaba",
    "hyvä",
    "moi",
    "tere",
    "labas",
    "sveiki",
    "hi",
    "hello",
    "dear",
    "hey",
    "liebe",
    "lieber",
    "guten tag",
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
    /// Learns whom the mail is about, the person it is for first.
    pub fn learn(&mut self, block: &HeaderBlock<'_>, message: &Message) {
        let noted = message.delivered_to.iter().map(|addr| Address { name: String::new(), addr: addr.clone() });
        let mut named: Vec<Address> = message.to.iter().chain(&message.cc).cloned().chain(noted).collect();
        for header in ["from", "reply-to", "sender", "return-path", "errors-to"] {
            named.extend(block.named(header).flat_map(|header| address::list(&header.text())));
        }
        let texts: Vec<&String> = message.texts.iter().flat_map(|text| [&text.own, &text.quoted]).collect();
        let footers = texts.iter().filter_map(|text| self.captured(message, text).sent_to);
        let footers: Vec<Address> = footers.map(|addr| Address { name: String::new(), addr }).collect();
        for address in named.iter().chain(&footers) {
            if self.is_somebodys(address) {
                self.people.of_address(&address.addr);
            }
        }
        self.people.reserve_first();
        for address in &named {
            self.learn_address(address);
        }
        for text in texts {
            self.learn_text(message, text);
        }
    }

    /// Learns whom the headers of a mail inside this mail name.
    pub fn learn_headers(&mut self, block: &HeaderBlock<'_>) {
        for header in ["from", "to", "cc", "reply-to", "sender"] {
            let named: Vec<Address> = block.named(header).flat_map(|header| address::list(&header.text())).collect();
            for address in &named {
                self.learn_address(address);
            }
        }
    }

    fn is_somebodys(&self, address: &Address) -> bool {
        address.domain().is_some_and(|domain| !self.keeps_domain(address.local(), &domain))
    }

    fn learn_address(&mut self, address: &Address) {
        let is_desk = self.is_desk(&address.name);
        let person = if self.is_somebodys(address) {
            let person = self.people.of_address(&address.addr);
            self.people.learn_local(person, address.local(), &self.common);
            person
        } else if is_desk {
            return;
        } else {
            self.people.nameless()
        };
        if !is_desk {
            self.people.learn_name(person, &address.name, &self.common);
        }
    }

    /// What one text says about whom it is for.
    fn captured(&self, message: &Message, text: &str) -> Captured {
        let alone = Text { own: text.to_owned(), quoted: String::new() };
        self.rules.captured(&Message { texts: vec![alone], links: Vec::new(), ..message.clone() })
    }

    /// Meta's brands, and what is called after its work. No name at all is nobody's either.
    fn is_desk(&self, name: &str) -> bool {
        let words = name.to_lowercase();
        let mut words = words.split(|c: char| !c.is_alphanumeric());
        name.is_empty() || self.rules.is_candidate(name) || words.any(|word| DESKS.contains(&word))
    }

    /// The greeting, the footer, and names beside addresses: "Am Montag schrieb Ruby Tuesday <ruby@example.com>:".
    fn learn_text(&mut self, message: &Message, text: &str) {
        let captured = self.captured(message, text);
        let elsewhere = greeting(text).filter(|name| !name.split_whitespace().all(|word| self.common.contains(word)));
        if let Some(handle) = &captured.intended_for {
            self.people.learn_handle(0, handle);
        }
        for name in captured.greeting.into_iter().chain(elsewhere) {
            if name.contains(|c: char| c.is_ascii_digit() || matches!(c, '.' | '_')) {
                self.people.learn_handle(0, &name);
            } else if !self.is_desk(&name) {
                self.people.learn_name(0, &name, &self.common);
            }
        }
        for piece in text.split('>') {
            let Some((before, inside)) = piece.rsplit_once('<') else { continue };
            let Some(addr) = address::addr_spec(inside) else { continue };
            let words: Vec<&str> = before.split_whitespace().rev().take(4).collect();
            let is_name = |word: &&&str| word.starts_with(char::is_uppercase) && !word.ends_with([':', ',', '.', ';']);
            let name: Vec<&str> = words.iter().take_while(is_name).copied().collect();
            self.learn_address(&Address { name: name.into_iter().rev().collect::<Vec<_>>().join(" "), addr });
        }
    }

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

/// The name in a greeting of any language: a word of greeting at the beginning of one of the first lines, up to three words behind it
/// that begin with a capital or look like a user name, and a comma, an exclamation mark or the end of the line.
fn greeting(text: &str) -> Option<String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(4);
    lines.into_iter().find_map(|line| {
        let lower = line.to_lowercase();
        let greeting = GREETINGS.iter().find(|greeting| lower.starts_with(&format!("{greeting} ")))?;
        let rest: String = line.chars().skip(greeting.chars().count()).collect();
        let name = rest.split([',', '!', ':', ';']).next()?.trim();
        let is_handle = |word: &str| word.contains(|c: char| c.is_ascii_digit() || matches!(c, '.' | '_'));
        let fits = |word: &str| word.starts_with(char::is_uppercase) || is_handle(word);
        let words: Vec<&str> = name.split_whitespace().collect();
        ((1..=3).contains(&words.len()) && words.iter().all(|word| fits(word)))
            .then(|| name.trim_end_matches('.').to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleSet;

    #[test]
    fn headers_keep_what_rules_need() {
        let rules = RuleSet::parse(RuleSet::shipped()).unwrap();
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
            let mut redactor = Redactor::new(&rules);
            redactor.learn(&block, &message::parse(raw.as_bytes()).unwrap());
            let mut out = String::new();
            redactor.head(&block, &[], &mut out);
            assert_eq!(out.trim_end(), wanted, "{header}");
        }
    }

    #[test]
    fn a_greeting_of_any_language_names_somebody() {
        let cases = [
            ("Bonjour Ruby,\n\nNous", Some("Ruby")),
            ("Hola, Ruby", None),
            ("Ciao sunny.flower,", Some("sunny.flower")),
            ("Logo\n\nOlá Ruby Tuesday!", Some("Ruby Tuesday")),
            ("Salut à tous,", None),
            ("Dear all,", None),
            ("Higher", None),
            ("", None),
        ];
        for (text, name) in cases {
            assert_eq!(greeting(text).as_deref(), name, "{text}");
        }
    }
}
