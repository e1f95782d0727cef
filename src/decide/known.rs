//! What is stored, as far as statuses and the review depend on it.
//!
//! It computes no status: `overview` does.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::model::account::{Account, AccountId};
use crate::model::attribution::{Attributed, Reason};
use crate::model::kind::Kind;
use crate::model::mailbox::{Health, MailboxName};
use crate::model::proof::Proof;
use crate::model::status::{Facts, Heard, MessageNumber, Policy, local_date};

/// Everything stored that an overview is computed from.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// The declared accounts, in the configuration's order.
    pub accounts: Vec<Account>,
    /// What is known about each account's objection; its messages, announcements among them, by number.
    pub facts: BTreeMap<AccountId, Facts>,
    /// The messages that are up for review or can come to be ([`Judged::is_doubtful`]), by number.
    pub doubtful: BTreeMap<MessageNumber, Judged>,
    /// The configured mailboxes, in the configuration's order.
    pub mailboxes: Vec<(MailboxName, Health)>,
}

/// A stored message as far as an overview needs it: who sent it, what it means, where it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// Its number.
    pub number: MessageNumber,
    /// The kind of mail.
    pub kind: Kind,
    /// How the sender was proven.
    pub proof: Option<Proof>,
    /// Where it counts.
    pub accounts: Vec<Attributed>,
    /// Why it is up for review, as far as the message alone tells.
    pub review: Option<Reason>,
    /// The accounts it could belong to.
    pub candidates: Vec<AccountId>,
    /// The person has settled it.
    pub settled: bool,
    /// The From header, decoded.
    pub from: String,
    /// The subject, decoded.
    pub subject: String,
    /// The server's time of receipt.
    pub received_at: Timestamp,
}

impl Judged {
    /// Whether it is up for review, or goes there when it comes after a confirmation.
    pub fn is_doubtful(&self) -> bool {
        self.review.is_some() || matches!(self.kind, Kind::Refused | Kind::InfoRequest)
    }
}

impl Known {
    /// Takes a message in; what was known of it before has been forgotten ([`Known::forget`]).
    pub fn hear(&mut self, message: &Judged) {
        for attributed in &message.accounts {
            let heard = Heard {
                message: message.number,
                kind: message.kind,
                received_at: message.received_at,
                basis: attributed.basis,
                through: attributed.through.clone(),
            };
            let all = &mut self.facts.entry(attributed.account.clone()).or_default().heard;
            let at = all.partition_point(|other| other.message < heard.message);
            all.insert(at, heard);
        }
        if message.is_doubtful() {
            self.doubtful.insert(message.number, message.clone());
        }
    }

    /// Forgets a message. Returns the accounts it belonged to.
    pub fn forget(&mut self, number: MessageNumber) -> BTreeSet<AccountId> {
        self.doubtful.remove(&number);
        let mut belonged = BTreeSet::new();
        for (id, facts) in &mut self.facts {
            if let Ok(at) = facts.heard.binary_search_by_key(&number, |heard| heard.message) {
                facts.heard.remove(at);
                belonged.insert(id.clone());
            }
        }
        belonged
    }

    /// Drops what a clock that ran ahead has written: a pass that is yet to begin has read nothing. `now` is the clock's time; a
    /// clock that was set back by less than `stale_after` is no matter.
    pub fn believe_at(&mut self, now: Timestamp, policy: &Policy, tz: &TimeZone) {
        if let Some(latest) = policy.stale_after.after(now, tz) {
            for (_, health) in &mut self.mailboxes {
                health.last_complete = health.last_complete.filter(|last| *last <= latest);
            }
        }
    }

    /// What was known at the end of that local day: what came later is left out.
    pub fn as_of(mut self, day: Date, tz: &TimeZone) -> Known {
        self.doubtful.retain(|_, message| local_date(message.received_at, tz) <= day);
        self.facts = self.facts.into_iter().map(|(id, facts)| (id, facts.as_of(day, tz))).collect();
        self
    }
}
