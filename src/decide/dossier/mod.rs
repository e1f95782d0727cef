//! The dossier of an evidence bundle: one self-contained page for people, on screen and on paper.
//!
//! It runs nothing and loads nothing: no script, no image, no font, no link that leaves the page. What a mail says stands in it as
//! text only.

mod account;
mod message;

use jiff::ZonedDateTime;
use jiff::{Timestamp, tz::TimeZone};

use super::html::Html;
use super::template::{Texts, fill};
use super::timeline::Entry;
use crate::model::account::{Account, AccountId};
use crate::model::attribution::Reason;
use crate::model::kind::Kind;
use crate::model::language::Lang;
use crate::model::message::Text;
use crate::model::objection::Objection;
use crate::model::proof::SenderProof;
use crate::model::status::{MessageNumber, Status};

pub use account::sentence;

/// What a dossier shows.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// When it is made, in the local time zone.
    pub made_at: ZonedDateTime,
    /// By which program and version.
    pub made_by: String,
    /// The moment up to which every mailbox has been fully read.
    pub read_until: Option<Timestamp>,
    /// Whether any mailbox is watched.
    pub watches: bool,
    /// The accounts, in the order asked for.
    pub accounts: Vec<AccountPart>,
    /// The messages, by number.
    pub messages: Vec<MessagePart>,
}

/// One account's part.
#[derive(Debug, Clone)]
pub struct AccountPart {
    /// The account; its addresses as [`as_used`](super::address::as_used) has them.
    pub account: Account,
    /// The objection in force.
    pub objection: Option<Objection>,
    /// Where it stands.
    pub status: Status,
    /// What happened, oldest first.
    pub timeline: Vec<Entry>,
}

/// One message's part.
#[derive(Debug, Clone)]
pub struct MessagePart {
    /// Its number.
    pub number: MessageNumber,
    /// The file in the bundle.
    pub file: Option<String>,
    /// The file's size in bytes.
    pub size: u64,
    /// Of the exact bytes; `None` when the message was not read.
    pub sha256: Option<String>,
    /// What it says.
    pub kind: Kind,
    /// The accounts of the dossier for which it counts.
    pub accounts: Vec<AccountId>,
    /// Why it is up for review.
    pub review: Option<Reason>,
    /// The person has assigned it by hand.
    pub vouched: bool,
    /// How the sender was proven, with the keys that are enclosed.
    pub proof: SenderProof,
    /// From, decoded.
    pub from: String,
    /// To, decoded.
    pub to: String,
    /// The subject, decoded.
    pub subject: String,
    /// The server's time of receipt.
    pub received_at: Timestamp,
    /// Its text; `None` where there is no readable one.
    pub text: Option<Text>,
    /// Why it was not read, in words.
    pub unread: Option<String>,
}

/// The page.
pub fn page(lang: Lang, dossier: &Dossier) -> String {
    let words = Words::new(lang, dossier.made_at.time_zone().clone());
    let mut body = vec![head(&words, dossier)];
    body.extend(dossier.accounts.iter().map(|account| account::section(&words, account, dossier)));
    body.push(messages(&words, dossier));
    body.push(checking(&words, dossier));
    fill(
        include_str!("../../../templates/dossier.html"),
        &[
            ("lang", lang.as_str()),
            ("title", Html::from(words.get("title")).as_str()),
            ("style", include_str!("../../../templates/dossier.css").trim()),
            ("body", Html::lines(body).as_str()),
        ],
    )
}

/// The texts of a dossier in a language, and how it writes dates.
struct Words {
    texts: Texts,
    lang: Lang,
    tz: TimeZone,
}

impl Words {
    fn new(lang: Lang, tz: TimeZone) -> Words {
        let texts = Texts::parse(match lang {
            Lang::De => include_str!("../../../templates/dossier.de.txt"),
            Lang::En => include_str!("../../../templates/dossier.en.txt"),
        });
        Words { texts, lang, tz }
    }

    fn get(&self, name: &str) -> String {
        self.texts.get(name)
    }

    fn fill(&self, name: &str, values: &[(&str, &str)]) -> String {
        self.texts.fill(name, values)
    }

    fn day(&self, at: Timestamp) -> String {
        self.lang.date(at.to_zoned_datetime(self.tz.clone()).date())
    }

    /// `22. Mai 2025, 10:00 Uhr (UTC+02:00)`.
    fn moment(&self, at: Timestamp) -> String {
        let local = at.to_zoned_datetime(self.tz.clone());
        let clock = local.strftime("%H:%M").to_string();
        let offset = local.strftime("%:z").to_string();
        self.fill("time", &[("day", &self.lang.date(local.date())), ("clock", &clock), ("offset", &offset)])
    }

    fn message(&self, number: MessageNumber) -> String {
        self.fill("message", &[("number", &number.to_string())])
    }
}

fn anchor(number: MessageNumber) -> String {
    format!("message-{number}")
}

/// A list of names and what they stand for.
fn definitions(rows: Vec<(String, Html)>) -> Html {
    let row = |(name, value): (String, Html)| [Html::element("dt", name), Html::element("dd", value)];
    Html::element("dl", Html::lines(rows.into_iter().flat_map(row)))
}

fn paragraph(text: String) -> Html {
    Html::element("p", text)
}

fn head(words: &Words, dossier: &Dossier) -> Html {
    let made = words.moment(dossier.made_at.timestamp());
    let made = words.fill("made", &[("at", &made), ("by", &dossier.made_by)]);
    let read = match dossier.read_until {
        Some(at) => words.fill("read", &[("at", &words.moment(at))]),
        None if dossier.watches => words.get("read_never"),
        None => words.get("none_watched"),
    };
    let soft = format!("{made} {read} {}", words.get("no_advice"));
    let pieces = [
        Html::element("h1", words.get("title")),
        paragraph(words.get("lead")),
        Html::element("p class=\"soft\"", soft),
    ];
    Html::element("header", Html::lines(pieces))
}

fn messages(words: &Words, dossier: &Dossier) -> Html {
    let lead = if dossier.messages.is_empty() { "messages_none" } else { "messages_lead" };
    let mut pieces = vec![Html::element("h2", words.get("messages_title")), paragraph(words.get(lead))];
    pieces.extend(dossier.messages.iter().map(|part| message::article(words, part)));
    Html::element("section", Html::lines(pieces))
}

fn checking(words: &Words, dossier: &Dossier) -> Html {
    let command = |text: &str, command: &str| Html::from(words.get(text)).and(Html::element("code", command));
    let mut items = vec![
        command("check_sums", "sha256sum -c SHA256SUMS"),
        command("check_signatures", &words.get("command_signatures")),
    ];
    let mut names: Vec<&str> =
        dossier.messages.iter().flat_map(|message| message.proof.keys.iter().map(|key| key.name.as_str())).collect();
    names.sort_unstable();
    names.dedup();
    if !names.is_empty() {
        let names = names.into_iter().map(|name| Html::element("code", name));
        items.push(names.fold(words.get("check_keys").into(), Html::and));
    }
    items.push(words.get("check_limits").into());
    let list = Html::lines(items.into_iter().map(|item: Html| Html::element("li", item)));
    let pieces = [
        Html::element("h2", words.get("check_title")),
        Html::element("ul", list),
        Html::element("p class=\"soft\"", words.get("private")),
    ];
    Html::element("footer", Html::lines(pieces))
}

#[cfg(test)]
mod tests;
