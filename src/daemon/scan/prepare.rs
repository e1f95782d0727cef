//! What threads do with a mail from a file before it is recorded: read it, and prove its sender where that matters.

use std::sync::Arc;

use jiff::Timestamp;

use super::Scanning;
use crate::daemon::event::{ReadMail, UnreadMail};
use crate::daemon::judge::Judge;
use crate::daemon::reader::prepare;
use crate::decide::ingest;
use crate::files::Item;
use crate::mail;
use crate::model::account::Account;
use crate::model::attribution::Reason;
use crate::model::message::{Address, Message};
use crate::model::proof::{Proof, SenderProof};
use crate::model::status::SenderPolicy;
use crate::rules::RuleBook;

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
    rules: Arc<RuleBook>,
    accounts: Vec<Account>,
    sender: SenderPolicy,
    scanning: Scanning<'a>,
}

impl<'a> Preparing<'a> {
    pub(super) fn new(judge: &Judge, scanning: Scanning<'a>) -> Preparing<'a> {
        let (rules, accounts) = (Arc::clone(&judge.rules), judge.accounts.clone());
        Preparing { rules, accounts, sender: judge.policy.sender, scanning }
    }

    /// Prepares what was found.
    pub(super) fn prepare(&self, item: Item) -> Prepared {
        match item {
            Item::Mail { raw, .. } => {
                // Most mails of Meta's are no answer: neither is DNS asked for their senders, nor anything verified.
                let nothing = mail::parse(&raw).is_ok_and(|message| self.is_nothing(&message));
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

    /// Whether a mail has nothing to do with an objection, even when its sender should be proven.
    ///
    /// More is made of a proven sender's mail than of any other, and only one with Meta's domain can be proven.
    fn is_nothing(&self, message: &Message) -> bool {
        let domain =
            message.from.first().and_then(Address::domain).filter(|domain| self.rules.is_sender_domain(domain));
        let proof = SenderProof { proof: domain.as_ref().map(|_| Proof::Dkim), domain, ..SenderProof::default() };
        ingest::judge(message, &proof, self.sender, &self.rules, &self.accounts).is_none()
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
