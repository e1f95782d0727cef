//! Letters: a reminder to Meta, or a complaint to a supervisory authority, filled in from what happened.
//!
//! No letter claims what is not known: gaps stand in it in square brackets. Nothing is sent; and it is no legal advice, which the
//! notes below every letter say.

use jiff::civil::Date;

use super::template::Texts;
use super::timeline::{Entry, What};
use crate::model::account::{Account, Platform};
use crate::model::deadline::deadline_on;
use crate::model::harmless::harmless;
use crate::model::kind::Kind;
use crate::model::language::Lang;
use crate::model::objection::{Objection, Via};
use crate::model::period::Period;
use crate::model::status::State;
use crate::model::words;

words! {
    /// Which letter.
    LetterKind {
        /// To Meta.
        Reminder = "reminder",
        /// To a supervisory authority: Hamburg's in German, Ireland's in English.
        Complaint = "complaint",
    }
}

/// What a letter is filled in from.
#[derive(Debug, Clone)]
pub struct Matter<'a> {
    /// The account; its addresses as [`as_used`](super::address::as_used) has them.
    pub account: &'a Account,
    /// The objection in force.
    pub objection: Option<Objection>,
    /// Where the account stands.
    pub state: State,
    /// The account's timeline, oldest first.
    pub timeline: &'a [Entry],
    /// The local date up to which every mailbox has been fully read.
    pub read_on: Option<Date>,
    /// The date of the letter.
    pub today: Date,
}

/// A letter, not yet broken into lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The letter itself.
    pub blocks: Vec<Block>,
    /// What the person should know about it.
    pub notes: Vec<Block>,
}

/// A part of a letter, set apart from the next by an empty line; items of one list stand together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph, or a few short lines as they are.
    Paragraph(String),
    /// An item of a list.
    Item(String),
}

/// Meta has confirmed on that date: there is nothing to remind of or to complain about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Confirmed;

/// Within how many days an answer to a reminder is asked for.
const DAYS_TO_ANSWER: i64 = 14;

/// A mailbox read at most this many days ago was read "to this day".
const DAYS_OF_TODAY: i32 = 2;

/// The letter for an account's matter; none for one that Meta has confirmed.
pub fn letter(kind: LetterKind, lang: Lang, matter: &Matter<'_>) -> Result<Letter, Confirmed> {
    if matter.state == State::Confirmed {
        return Err(Confirmed);
    }
    let writer = Writer::new(lang, matter);
    let blocks = match kind {
        LetterKind::Reminder => writer.reminder(),
        LetterKind::Complaint => writer.complaint(),
    };
    let notes = writer.notes(kind, &blocks);
    Ok(Letter { blocks, notes })
}

/// The texts of letters in a language.
fn texts(lang: Lang) -> Texts {
    Texts::parse(match lang {
        Lang::De => include_str!("../../templates/letter.de.txt"),
        Lang::En => include_str!("../../templates/letter.en.txt"),
    })
}

/// Whether the month that Art. 12(3) GDPR gives Meta is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Month {
    Over(Date),
    Running(Date),
    Unknown,
}

struct Writer<'a> {
    texts: Texts,
    lang: Lang,
    matter: &'a Matter<'a>,
    month: Month,
    /// Meta's last word: a receipt, a request or a refusal.
    heard: Option<(Kind, Date)>,
    values: Vec<(&'static str, String)>,
}

impl<'a> Writer<'a> {
    fn new(lang: Lang, matter: &'a Matter<'a>) -> Writer<'a> {
        // The policy may say another deadline; the law's is a month.
        let deadline = matter.objection.and_then(|objection| deadline_on(objection.on, &Period::months(1)));
        let month = match deadline {
            Some(deadline) if matter.today > deadline => Month::Over(deadline),
            Some(deadline) => Month::Running(deadline),
            None => Month::Unknown,
        };
        let mut writer =
            Writer { texts: texts(lang), lang, matter, month, heard: last_heard(matter), values: Vec::new() };
        writer.values = writer.known();
        writer
    }

    /// What gaps are filled with, or the bracket that asks the person to do it.
    fn known(&self) -> Vec<(&'static str, String)> {
        let account = self.matter.account;
        let get = |name: &str| self.texts.get(name);
        let day = |date: Date| self.lang.date(date);
        let platform = match account.platform {
            Platform::Facebook => "Facebook".to_owned(),
            Platform::Instagram => "Instagram".to_owned(),
            Platform::Threads => "Threads".to_owned(),
            Platform::None => get("platform_none"),
        };
        let handle = account.handle.as_deref().or(account.display_name.as_deref());
        let handle = handle.map_or_else(|| get("unknown_handle"), harmless);
        let email = account.emails.iter().map(|email| match email.strip_prefix("*@") {
            // Which of the domain's addresses it was nobody knows.
            Some(domain) => self.texts.fill("any_address", &[("domain", &harmless(domain))]),
            None => harmless(email),
        });
        let email = email.collect::<Vec<_>>().join(", ");
        let via = match self.matter.objection.map(|objection| objection.via) {
            Some(Via::Web) => get("via_web"),
            Some(Via::App) => get("via_app"),
            Some(Via::Letter) => get("via_letter"),
            None => get("via_unknown"),
        };
        let whose = if account.platform == Platform::None { "whose_nobody" } else { "whose_account" };
        let named = [("platform", platform.as_str()), ("handle", &handle), ("email", &email)];
        let whose = self.texts.fill(whose, &named);
        let subject = match account.platform {
            Platform::None => platform.clone(),
            Platform::Facebook | Platform::Instagram | Platform::Threads => self.texts.fill("account_named", &named),
        };
        let until = self.matter.today.checked_add(jiff::Span::new().days(DAYS_TO_ANSWER)).unwrap_or(self.matter.today);
        let deadline = match self.month {
            Month::Over(deadline) | Month::Running(deadline) => day(deadline),
            Month::Unknown => String::new(),
        };
        let heard_anything = self.heard.is_some();
        vec![
            ("name", account.display_name.as_deref().map_or_else(|| get("unknown_name"), harmless)),
            ("account", subject),
            ("email", email),
            ("whose", whose),
            ("via", via),
            ("id", account.id.to_string()),
            ("today", day(self.matter.today)),
            ("until", day(until)),
            ("objected", self.matter.objection.map_or_else(|| get("unknown_date"), |objection| day(objection.on))),
            ("received", self.heard.map(|(_, on)| day(on)).unwrap_or_default()),
            ("deadline", deadline),
            ("looked", self.looked()),
            ("extension", get(if heard_anything { "check_extension" } else { "no_extension" })),
        ]
    }

    /// "Missing" is said only of mailboxes that have been read; else the person is asked to look.
    fn looked(&self) -> String {
        let Some(read) = self.matter.read_on else { return self.texts.get("looked_never") };
        let recent = self.matter.today.since(read).is_ok_and(|span| span.get_days() <= DAYS_OF_TODAY);
        let name = if recent && self.matter.state != State::Unobserved { "looked" } else { "looked_too_early" };
        self.texts.fill(name, &[("read", &self.lang.date(read))])
    }

    fn say(&self, name: &str) -> String {
        self.say_with(name, &[])
    }

    fn say_with(&self, name: &str, more: &[(&str, &str)]) -> String {
        let known = self.values.iter().map(|(name, value)| (*name, value.as_str()));
        let values: Vec<(&str, &str)> = more.iter().copied().chain(known).collect();
        self.texts.fill(name, &values)
    }

    fn paragraph(&self, name: &str) -> Block {
        Block::Paragraph(self.say(name))
    }

    fn is_refused(&self) -> bool {
        self.heard.is_some_and(|(kind, _)| kind == Kind::Refused)
    }

    /// The name of a text, or of its variant after a refusal.
    fn or_refused(&self, name: &'static str, refused: &'static str) -> &'static str {
        if self.is_refused() { refused } else { name }
    }

    fn head(&self, to: &str, subject: &str) -> Vec<Block> {
        let subject = self.say(subject);
        vec![
            self.paragraph("sender"),
            self.paragraph(to),
            self.paragraph("date"),
            Block::Paragraph(self.say_with("subject_line", &[("subject", &subject)])),
            self.paragraph("greeting"),
        ]
    }

    fn reminder(&self) -> Vec<Block> {
        let mut blocks = self.head("to_meta", self.or_refused("reminder_subject", "reminder_subject_refused"));
        blocks.push(self.paragraph("objected"));
        blocks.push(self.paragraph(match self.heard.map(|(kind, _)| kind) {
            Some(Kind::Refused) => "heard_refused",
            Some(Kind::InfoRequest) => "heard_info_request",
            Some(Kind::Receipt) => "heard_receipt",
            Some(Kind::Code | Kind::Honoured | Kind::Notice | Kind::Unrecognised) | None => "heard_nothing",
        }));
        // After a refusal the month is no longer the matter: Meta has answered.
        if !self.is_refused() {
            blocks.push(self.paragraph(match self.month {
                Month::Over(_) => "deadline_over",
                Month::Running(_) => "deadline_running",
                Month::Unknown => "deadline_unknown",
            }));
        }
        blocks.push(self.paragraph("ask"));
        let whom = if self.matter.account.platform == Platform::None { "ask_whom_nobody" } else { "ask_whom" };
        blocks.extend(["ask_honour", "ask_since", whom].map(|name| Block::Item(self.say(name))));
        blocks.push(self.paragraph(self.or_refused("otherwise", "otherwise_refused")));
        blocks.push(self.paragraph("closing"));
        blocks
    }

    fn complaint(&self) -> Vec<Block> {
        let mut blocks = self.head("to_authority", self.or_refused("complaint_subject", "complaint_subject_refused"));
        blocks.push(self.paragraph("complaint_objected"));
        blocks.push(self.paragraph("what_happened"));
        blocks.extend(self.steps().into_iter().map(Block::Item));
        blocks.push(self.paragraph(match (self.is_refused(), self.month) {
            (true, _) => "wrong_refused",
            (false, Month::Over(_)) => "wrong_over",
            (false, Month::Running(_)) => "wrong_running",
            (false, Month::Unknown) => "wrong_unknown",
        }));
        blocks.push(self.paragraph(self.or_refused("please", "please_refused")));
        blocks.push(self.paragraph("attached"));
        blocks.extend(["attached_dossier", "attached_reminder"].map(|name| Block::Item(self.say(name))));
        blocks.push(self.paragraph("closing"));
        blocks
    }

    /// What happened, by date; what the person did beyond that is theirs to add.
    fn steps(&self) -> Vec<String> {
        let mut steps: Vec<(Date, &str)> = Vec::new();
        steps.extend(self.matter.objection.map(|objection| (objection.on, "step_objected")));
        for entry in counting(self.matter) {
            let name = match &entry.what {
                What::Message(arrival) => match arrival.kind {
                    Kind::Code => "step_code",
                    Kind::Receipt => "step_receipt",
                    Kind::InfoRequest => "step_info_request",
                    Kind::Refused => "step_refused",
                    Kind::Honoured => "step_honoured",
                    Kind::Notice | Kind::Unrecognised => continue,
                },
                What::Objected(_)
                | What::ConfirmedByHand(_)
                | What::Doubtful(..)
                | What::Assigned(_)
                | What::Noticed(..) => continue,
            };
            steps.push((entry.on, name));
        }
        match self.month {
            Month::Over(deadline) if !self.is_refused() => steps.push((deadline, "step_deadline_over")),
            Month::Running(deadline) if !self.is_refused() => steps.push((deadline, "step_deadline_running")),
            Month::Over(_) | Month::Running(_) | Month::Unknown => {}
        }
        steps.sort_by_key(|(on, _)| *on);
        let mut steps: Vec<String> =
            steps.into_iter().map(|(on, name)| self.say_with(name, &[("on", &self.lang.date(on))])).collect();
        steps.push(self.say("step_reminder"));
        if !self.is_refused() {
            steps.push(self.say("step_silence"));
        }
        steps
    }

    fn notes(&self, kind: LetterKind, blocks: &[Block]) -> Vec<Block> {
        let objection = self.matter.objection;
        let mut names = vec!["note_no_advice"];
        if objection.is_none() {
            names.push("note_not_recorded");
        }
        if matches!(self.month, Month::Running(_)) && !self.is_refused() {
            names.push("note_running");
        }
        if objection.is_some() && !self.is_refused() {
            names.push("note_holidays");
        }
        match objection.map(|objection| objection.via) {
            Some(Via::App) => names.push("note_app"),
            Some(Via::Letter) => names.push("note_letter"),
            Some(Via::Web) | None => {}
        }
        let only_code = |entry: &Entry| matches!(&entry.what, What::Message(arrival) if arrival.kind == Kind::Code);
        if self.heard.is_none() && counting(self.matter).any(only_code) {
            names.push("note_code");
        }
        if kind == LetterKind::Complaint {
            names.extend(["note_first_meta", "note_authority", "note_export"]);
        }
        let gaps = blocks.iter().map(|block| text_of(block).matches('[').count()).sum::<usize>();
        let count = gaps.to_string();
        let gaps = match gaps {
            0 => None,
            1 => Some(self.say("note_gap")),
            _ => Some(self.say_with("note_gaps", &[("count", &count)])),
        };
        let items = names.into_iter().map(|name| self.say(name)).chain(gaps).map(Block::Item);
        [self.paragraph("notes_title")].into_iter().chain(items).collect()
    }
}

fn text_of(block: &Block) -> &str {
    match block {
        Block::Paragraph(text) | Block::Item(text) => text,
    }
}

/// The entries about this objection: what came before it answers another. One day of grace, as in `model::status`: the code
/// comes before the form is sent.
fn counting<'a>(matter: &'a Matter<'_>) -> impl Iterator<Item = &'a Entry> {
    let from = matter.objection.and_then(|objection| objection.on.yesterday().ok());
    matter.timeline.iter().filter(move |entry| from.is_none_or(|from| entry.on >= from))
}

fn last_heard(matter: &Matter<'_>) -> Option<(Kind, Date)> {
    let heard = |entry: &Entry| match &entry.what {
        What::Message(arrival) => match arrival.kind {
            Kind::Receipt | Kind::InfoRequest | Kind::Refused => Some((arrival.kind, entry.on)),
            Kind::Code | Kind::Honoured | Kind::Notice | Kind::Unrecognised => None,
        },
        What::Objected(_) | What::ConfirmedByHand(_) | What::Doubtful(..) | What::Assigned(_) | What::Noticed(..) => {
            None
        }
    };
    counting(matter).filter_map(heard).last()
}

#[cfg(test)]
mod tests;
