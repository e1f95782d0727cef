//! Everything a person, a script or a monitor is shown, computed from what is stored.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, ZonedDateTime};

use super::known::{Judged, Known};
use crate::model::account::{Account, AccountId};
use crate::model::attribution::Reason;
use crate::model::mailbox::{Health, MailboxName, MailboxState};
use crate::model::objection::Objection;
use crate::model::status::{Facts, MessageNumber, Policy, Severity, Status, next_change, status_at};

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

/// Computes the overview at `now`.
pub fn overview(known: &Known, policy: &Policy, now: &ZonedDateTime) -> Overview {
    let observed_until = observed_until(&known.mailboxes);
    let accounts: Vec<AccountView> =
        known.accounts.iter().map(|account| account_view(known, account, observed_until, policy, now)).collect();
    let mut contradicting: BTreeMap<MessageNumber, Vec<AccountId>> = BTreeMap::new();
    for view in &accounts {
        for number in &view.status.contradicting {
            contradicting.entry(*number).or_default().push(view.account.id.clone());
        }
    }
    let review = known
        .doubtful
        .values()
        .filter_map(|message| review_item(message, contradicting.get(&message.number).map_or(&[], Vec::as_slice)));
    Overview { as_of: now.clone(), review: review.collect(), accounts, mailboxes: mailbox_views(known, policy, now) }
}

/// The moment up to which every mailbox has been fully read; `None` when one never was, or when there is none.
pub fn observed_until(mailboxes: &[(MailboxName, Health)]) -> Option<Timestamp> {
    let complete: Option<Vec<Timestamp>> = mailboxes.iter().map(|(_, health)| health.last_complete).collect();
    complete?.into_iter().min()
}

fn account_view(
    known: &Known,
    account: &Account,
    observed_until: Option<Timestamp>,
    policy: &Policy,
    now: &ZonedDateTime,
) -> AccountView {
    let nothing = Facts::default();
    let facts = known.facts.get(&account.id).unwrap_or(&nothing);
    AccountView {
        account: account.clone(),
        objection: facts.objection,
        status: status_at(facts, observed_until, policy, now),
        messages: facts.heard.iter().map(|heard| heard.message).collect(),
        next_change: next_change(facts, policy, now),
    }
}

fn mailbox_views(known: &Known, policy: &Policy, now: &ZonedDateTime) -> Vec<MailboxView> {
    let view = |(name, health): &(MailboxName, Health)| MailboxView {
        name: name.clone(),
        state: health.state_at(&policy.stale_after, now.timestamp(), now.time_zone()),
        health: health.clone(),
    };
    known.mailboxes.iter().map(view).collect()
}

/// The message as one that is up for review, if it is; `contradicted` are the accounts whose confirmation it speaks against.
fn review_item(message: &Judged, contradicted: &[AccountId]) -> Option<ReviewItem> {
    if let Some(reason) = message.review {
        return Some(ReviewItem { message: message.clone(), reason });
    }
    (!contradicted.is_empty() && !message.settled).then(|| {
        let message = Judged { candidates: contradicted.to_vec(), ..message.clone() };
        ReviewItem { message, reason: Reason::Contradicts }
    })
}

impl Overview {
    /// Looks again at what one message, recorded since, can have changed: at these accounts, to which it belongs or belonged,
    /// and at what is up for review because of it. Returns the numbers of the messages looked at.
    ///
    /// Only before [`AccountView::next_change`] of every account, and as long as no mailbox has been read: then everything
    /// else is as it was. A first pass over thousands of mails would otherwise look at all accounts thousands of times.
    pub fn look_again(
        &mut self,
        known: &Known,
        accounts: &BTreeSet<AccountId>,
        message: MessageNumber,
        policy: &Policy,
        now: &ZonedDateTime,
    ) -> BTreeSet<MessageNumber> {
        let observed_until = observed_until(&known.mailboxes);
        let mut messages = BTreeSet::from([message]);
        for view in self.accounts.iter_mut().filter(|view| accounts.contains(&view.account.id)) {
            messages.extend(&view.status.contradicting);
            *view = account_view(known, &view.account, observed_until, policy, now);
            messages.extend(&view.status.contradicting);
        }
        for number in &messages {
            let contradicted = self.accounts.iter().filter(|view| view.status.contradicting.contains(number));
            let contradicted: Vec<AccountId> = contradicted.map(|view| view.account.id.clone()).collect();
            let item = known.doubtful.get(number).and_then(|message| review_item(message, &contradicted));
            match (self.review.binary_search_by_key(number, |item| item.message.number), item) {
                (Ok(at), Some(item)) => self.review[at] = item,
                (Ok(at), None) => drop(self.review.remove(at)),
                (Err(at), Some(item)) => self.review.insert(at, item),
                (Err(_), None) => {}
            }
        }
        self.as_of = now.clone();
        messages
    }

    /// The message of that number, if it is up for review.
    pub fn under_review(&self, number: MessageNumber) -> Option<&ReviewItem> {
        let at = self.review.binary_search_by_key(&number, |item| item.message.number).ok()?;
        self.review.get(at)
    }

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
