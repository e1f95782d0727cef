//! One mail, reduced to what rules may look at.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A mailbox address with its decoded display name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Decoded display name; empty when there is none.
    pub name: String,
    /// `local@domain` as written.
    pub addr: String,
}

impl Address {
    /// The part after the last `@`, in lower case; `None` where there is no `@` or nothing after it.
    pub fn domain(&self) -> Option<String> {
        let (_, domain) = self.addr.rsplit_once('@')?;
        (!domain.is_empty()).then(|| domain.trim_end_matches('.').to_ascii_lowercase())
    }

    /// The part before the last `@`.
    pub fn local(&self) -> &str {
        self.addr.rsplit_once('@').map_or(self.addr.as_str(), |(local, _)| local)
    }
}

/// A text of the mail: one of `text/plain` and `text/html`.
///
/// Paragraphs are separated by a blank line; a single line break is a wrap and means a space.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// What the mail says in its own voice.
    pub own: String,
    /// What it quotes: `>` lines, `<blockquote>`, a forwarded mail below its separator.
    pub quoted: String,
}

/// A link in the mail. It is never opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Lower-case ASCII host (punycode); empty for a link without a readable one.
    pub host: String,
    /// The address in the parameter `n_m=` (percent-decoded), which Meta's own links carry.
    pub recipient: Option<String>,
    /// The number of the help centre's form that it leads to: `712876720715583` of `/help/contact/712876720715583`.
    pub form: Option<String>,
}

/// One mail, reduced to what rules may look at. Nothing in it is trusted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Every address of every From header. Exactly one, or nothing is proven.
    pub from: Vec<Address>,
    /// The From headers decoded, as a person would read them.
    pub from_text: String,
    /// Addresses of To. Empty when it is missing or undisclosed.
    pub to: Vec<Address>,
    /// Addresses of Cc.
    pub cc: Vec<Address>,
    /// Delivered-To, X-Original-To, Envelope-To, top to bottom: what the own host notes.
    pub delivered_to: Vec<String>,
    /// Decoded subject.
    pub subject: String,
    /// Message-ID with its angle brackets, if there is one.
    pub message_id: Option<String>,
    /// The Date header, if it can be read.
    pub date: Option<Timestamp>,
    /// The date of the top-most Received header, if it can be read.
    pub received: Option<Timestamp>,
    /// Content-Language, in lower case.
    pub content_language: Option<String>,
    /// X-Facebook-Notify: a hint about the kind, never a proof (spammers copy it).
    pub facebook_notify: Option<String>,
    /// The alternatives the mail offers, the one that says most first. Never more than two.
    pub texts: Vec<Text>,
    /// Every link, in order.
    pub links: Vec<Link>,
    /// There is more of the mail than was read: it is too long, or has too many parts. What is missing could say anything.
    pub cut: bool,
}

impl Message {
    /// The text that says most; empty when the mail has none.
    pub fn own_text(&self) -> &str {
        self.texts.first().map_or("", |text| text.own.as_str())
    }
}
