//! Everything a person, a script or a monitor is shown, computed from what is stored.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};

use crate::model::account::{Account, AccountId};
use crate::model::attribution::{Attributed, Reason};
use crate::model::kind::Kind;
use crate::model::mailbox::{Health, MailboxName, MailboxState};
use crate::model::objection::Objection;
use crate::model::proof::Proof;
use crate::model::status::{Facts, Heard, MessageNumber, Policy, Severity, Status, local_date, next_change, status_at};

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

/// Everything stored that an overview is computed from.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// The declared accounts, in the configuration's order.
    pub accounts: Vec<Account>,
    /// The objection in force for each.
    pub objections: BTreeMap<AccountId, Objection>,
    /// Confirmations recorded by hand.
    pub confirmed_by_hand: Vec<(AccountId, Date)>,
    /// The messages, by number.
    pub messages: Vec<Judged>,
    /// The configured mailboxes, in the configuration's order.
    pub mailboxes: Vec<(MailboxName, Health)>,
}

impl Known {
    /// Without what a clock that ran ahead has written: a pass that is yet to begin has read nothing. A clock that was set back
    /// by less than `stale_after` is no matter.
    pub fn believed_at(mut self, now: Timestamp, policy: &Policy, tz: &TimeZone) -> Known {
        if let Some(latest) = policy.stale_after.after(now, tz) {
            for (_, health) in &mut self.mailboxes {
                health.last_complete = health.last_complete.filter(|last| *last <= latest);
            }
        }
        self
    }
}

/// One account and where it stands.
#[derive(Debug, Clone)]
pub struct AccountView {
    /// The account.
    pub account: Account,
    /// The objection in force.
    pub objection: Option<Objection>,
    /// Where it stands.
    pub status: Status,
    /// The messages that belong to it, announcements among them.
    pub messages: Vec<MessageNumber>,
    /// When time alone will change the status.
    pub next_change: Option<Timestamp>,
}

/// One mailbox and how it is.
#[derive(Debug, Clone)]
pub struct MailboxView {
    /// The mailbox.
    pub name: MailboxName,
    /// How it is.
    pub state: MailboxState,
    /// What is known about reading it.
    pub health: Health,
}

/// One message that needs a person.
#[derive(Debug, Clone)]
pub struct ReviewItem {
    /// The message.
    pub message: Judged,
    /// Why.
    pub reason: Reason,
}

/// Where everything stands at one moment.
#[derive(Debug, Clone)]
pub struct Overview {
    /// The moment.
    pub as_of: ZonedDateTime,
    /// The accounts, in the configuration's order.
    pub accounts: Vec<AccountView>,
    /// The mailboxes, in the configuration's order.
    pub mailboxes: Vec<MailboxView>,
    /// The messages up for review, by number.
    pub review: Vec<ReviewItem>,
}

/// What was known at the end of that local day: what came later is left out.
pub fn as_of(mut known: Known, day: Date, tz: &TimeZone) -> Known {
    known.messages.retain(|message| local_date(message.received_at, tz) <= day);
    known.objections.retain(|_, objection| objection.on <= day);
    known.confirmed_by_hand.retain(|(_, on)| *on <= day);
    known
}

/// Computes the overview at `now`.
pub fn overview(known: &Known, policy: &Policy, now: &ZonedDateTime) -> Overview {
    let observed_until = observed_until(&known.mailboxes);
    let mut facts: BTreeMap<&AccountId, (Facts, Vec<MessageNumber>)> = BTreeMap::new();
    for account in &known.accounts {
        let objection = known.objections.get(&account.id).copied();
        facts.insert(&account.id, (Facts { objection, ..Facts::default() }, Vec::new()));
    }
    for message in &known.messages {
        for attributed in &message.accounts {
            let Some((facts, messages)) = facts.get_mut(&attributed.account) else { continue };
            messages.push(message.number);
            if message.kind.changes_status() {
                facts.heard.push(Heard {
                    message: message.number,
                    kind: message.kind,
                    received_at: message.received_at,
                    basis: attributed.basis,
                    through: attributed.through.clone(),
                });
            }
        }
    }
    for (id, on) in &known.confirmed_by_hand {
        if let Some((facts, _)) = facts.get_mut(id) {
            facts.confirmed_by_hand.push(*on);
        }
    }

    let mut contradicting: BTreeMap<MessageNumber, Vec<AccountId>> = BTreeMap::new();
    let mut accounts = Vec::with_capacity(known.accounts.len());
    for account in &known.accounts {
        let Some((facts, messages)) = facts.remove(&account.id) else { continue };
        let status = status_at(&facts, observed_until, policy, now);
        for number in &status.contradicting {
            contradicting.entry(*number).or_default().push(account.id.clone());
        }
        let next_change = next_change(&facts, policy, now);
        accounts.push(AccountView {
            account: account.clone(),
            objection: facts.objection,
            status,
            messages,
            next_change,
        });
    }
    Overview {
        as_of: now.clone(),
        accounts,
        mailboxes: mailbox_views(known, policy, now),
        review: review(&known.messages, &contradicting),
    }
}

/// The moment up to which every mailbox has been fully read; `None` when one never was, or when there is none.
pub fn observed_until(mailboxes: &[(MailboxName, Health)]) -> Option<Timestamp> {
    let complete: Option<Vec<Timestamp>> = mailboxes.iter().map(|(_, health)| health.last_complete).collect();
    complete?.into_iter().min()
}

fn mailbox_views(known: &Known, policy: &Policy, now: &ZonedDateTime) -> Vec<MailboxView> {
    let view = |(name, health): &(MailboxName, Health)| MailboxView {
        name: name.clone(),
        state: health.state_at(&policy.stale_after, now.timestamp(), now.time_zone()),
        health: health.clone(),
    };
    known.mailboxes.iter().map(view).collect()
}

fn review(messages: &[Judged], contradicting: &BTreeMap<MessageNumber, Vec<AccountId>>) -> Vec<ReviewItem> {
    let mut items = Vec::new();
    for message in messages {
        if let Some(reason) = message.review {
            items.push(ReviewItem { message: message.clone(), reason });
        } else if let Some(accounts) = contradicting.get(&message.number).filter(|_| !message.settled) {
            let message = Judged { candidates: accounts.clone(), ..message.clone() };
            items.push(ReviewItem { message, reason: Reason::Contradicts });
        }
    }
    items
}

impl Overview {
    /// What the monitoring plugin exits with (contract section 4): critical before warning before unknown before ok.
    pub fn worst(&self) -> Severity {
        let mut worst = Severity::Ok;
        for view in &self.accounts {
            worst = worse(worst, view.status.severity);
        }
        if !self.review.is_empty() {
            worst = worse(worst, Severity::Warning);
        }
        if self.blind_mailboxes().next().is_some() {
            worst = worse(worst, Severity::Unknown);
        }
        worst
    }

    /// The mailboxes that are not read as they should be while an account waits for a mail.
    pub fn blind_mailboxes(&self) -> impl Iterator<Item = &MailboxView> {
        let waiting = self.accounts.iter().any(|view| view.status.state.waits_for_mail());
        self.mailboxes.iter().filter(move |view| waiting && view.state != MailboxState::Ok)
    }

    /// The account of that id.
    pub fn account(&self, id: &AccountId) -> Option<&AccountView> {
        self.accounts.iter().find(|view| view.account.id == *id)
    }
}

/// The one that a monitor has to show: critical before warning before unknown before ok.
pub fn worse(a: Severity, b: Severity) -> Severity {
    let rank = |severity| match severity {
        Severity::Ok | Severity::Info => 0,
        Severity::Unknown => 1,
        Severity::Warning => 2,
        Severity::Critical => 3,
    };
    if rank(b) > rank(a) { b } else { a }
}
