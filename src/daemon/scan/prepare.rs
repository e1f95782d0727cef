//! What threads do with a mail from a file before it is recorded: read it, and prove its sender where that matters.

use std::sync::Arc;

use jiff::Timestamp;
use memchr::memmem::{self, Finder};

use super::Scanning;
use crate::daemon::event::{ReadMail, UnreadMail};
use crate::daemon::reader::{is_candidate, prepare};
use crate::files::Item;
use crate::mail;
use crate::model::attribution::Reason;
use crate::rules::{RuleBook, recognise};

/// A mail, prepared.
pub(super) enum Prepared {
    /// It may be about an objection.
    Mail(Box<ReadMail>),
    /// It has nothing to do with one.
    Nothing { raw: Vec<u8>, identity: String },
    /// It could not be read; of a mail over the limit there is its header.
    Skipped { origin: String, why: String, unread: Option<Box<UnreadMail>> },
}

/// Everything that preparing needs.
pub(super) struct Preparing<'a> {
    rules: &'a Arc<RuleBook>,
    scanning: Scanning<'a>,
    /// The rules' needles; `None` where they are not all ASCII.
    needles: Option<Vec<Finder<'a>>>,
}

impl<'a> Preparing<'a> {
    pub(super) fn new(rules: &'a Arc<RuleBook>, scanning: Scanning<'a>) -> Preparing<'a> {
        let needles = rules.needles();
        let needles = needles.iter().all(|needle| needle.is_ascii()).then(|| needles.iter().map(Finder::new).collect());
        Preparing { rules, scanning, needles }
    }

    /// Whether a mail with this From value is to be read. The one definition is asked only where it can say yes: it needs
    /// one of the needles or an encoded word.
    pub(super) fn is_candidate(&self, from: &[u8]) -> bool {
        if let Some(needles) = &self.needles {
            let lower = from.to_ascii_lowercase();
            let has_needle = needles.iter().any(|needle| needle.find(&lower).is_some());
            if !has_needle && memmem::find(from, b"=?").is_none() {
                return false;
            }
        }
        // Several From fields: a forger's trick, and worth reading.
        from.split(|byte| *byte == b'\n').any(|field| is_candidate(self.rules, &String::from_utf8_lossy(field)))
    }

    /// Prepares what was found.
    pub(super) fn prepare(&self, item: Item) -> Prepared {
        match item {
            Item::Mail { raw, .. } => {
                // Most mails of Meta's are no answer: neither is DNS asked for their senders, nor anything verified.
                let nothing =
                    mail::parse(&raw).is_ok_and(|message| recognise(self.rules, &message, true).recognition.is_none());
                if nothing {
                    return Prepared::Nothing { identity: mail::identity(&raw), raw };
                }
                Prepared::Mail(Box::new(self.whole(raw)))
            }
            Item::Skipped { origin, why, header, size } => {
                let unread =
                    (!header.is_empty()).then(|| Box::new(unread(header, size, why.clone(), Timestamp::now())));
                Prepared::Skipped { origin, why, unread }
            }
        }
    }

    /// Reads a mail and proves its sender.
    pub(super) fn whole(&self, raw: Vec<u8>) -> ReadMail {
        let is_meta = |domain: &str| self.rules.is_sender_domain(domain);
        prepare(None, None, raw, Timestamp::now(), self.scanning.trusted, self.scanning.keys, &is_meta)
    }
}

fn unread(header: Vec<u8>, size: u64, why: String, now: Timestamp) -> UnreadMail {
    let message = mail::header_only(&header);
    let received_at = message.received.or(message.date).unwrap_or(now);
    UnreadMail { place: None, received_at, header, message, size, reason: Reason::TooLarge, why }
}
