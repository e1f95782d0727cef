//! What changed since the last look.

use std::collections::{BTreeMap, BTreeSet};

use super::overview::{AccountView, MailboxView, Overview};
use crate::model::account::AccountId;
use crate::model::mailbox::MailboxState;
use crate::model::status::{MessageNumber, Severity};
use crate::model::transition::{Subject, Transition};

/// The word that a subject was last seen with, and its severity.
pub type Standing = BTreeMap<Subject, (String, Severity)>;

/// The word of a message that is up for review; one that is settled has [`SETTLED`].
pub const REVIEW: &str = "review";

/// The word of a message that was up for review and no longer is.
pub const SETTLED: &str = "settled";

/// Compares the overview with what was seen before; every difference is a transition.
///
/// A mailbox that is merely young (`never`) has no transition of its own: that is how every mailbox begins.
pub fn sweep(before: &Standing, overview: &Overview) -> Vec<Transition> {
    let mut sweep = Sweep::new(before, overview);
    overview.accounts.iter().for_each(|view| sweep.account(view));
    overview.mailboxes.iter().for_each(|view| sweep.mailbox(view));
    overview.review.iter().for_each(|item| sweep.message(item.message.number));
    for (subject, _) in before.iter().filter(|(_, (word, _))| word == REVIEW) {
        if let Subject::Message(number) = subject
            && overview.under_review(*number).is_none()
        {
            sweep.message(*number);
        }
    }
    sweep.transitions
}

/// The same, where only these accounts and messages can differ.
pub fn sweep_some(
    before: &Standing,
    overview: &Overview,
    accounts: &BTreeSet<AccountId>,
    messages: &BTreeSet<MessageNumber>,
) -> Vec<Transition> {
    let mut sweep = Sweep::new(before, overview);
    overview.accounts.iter().filter(|view| accounts.contains(&view.account.id)).for_each(|view| sweep.account(view));
    let (review, others): (Vec<MessageNumber>, Vec<MessageNumber>) =
        messages.iter().partition(|number| overview.under_review(**number).is_some());
    review.into_iter().chain(others).for_each(|number| sweep.message(number));
    sweep.transitions
}

/// How bad a mailbox's state is by itself.
pub const fn mailbox_severity(state: MailboxState) -> Severity {
    match state {
        MailboxState::Ok => Severity::Ok,
        MailboxState::Never => Severity::Info,
        MailboxState::Stale | MailboxState::Failing => Severity::Warning,
    }
}

/// Collects transitions.
struct Sweep<'a> {
    before: &'a Standing,
    overview: &'a Overview,
    transitions: Vec<Transition>,
}

impl Sweep<'_> {
    fn new<'a>(before: &'a Standing, overview: &'a Overview) -> Sweep<'a> {
        Sweep { before, overview, transitions: Vec::new() }
    }

    fn account(&mut self, view: &AccountView) {
        self.now(Subject::Account(view.account.id.clone()), view.status.state.as_str(), view.status.severity);
    }

    fn mailbox(&mut self, view: &MailboxView) {
        let subject = Subject::Mailbox(view.name.clone());
        if view.state != MailboxState::Never || self.before.contains_key(&subject) {
            self.now(subject, view.state.as_str(), mailbox_severity(view.state));
        }
    }

    /// A message that is up for review, or was.
    fn message(&mut self, number: MessageNumber) {
        let subject = Subject::Message(number);
        if self.overview.under_review(number).is_some() {
            self.now(subject, REVIEW, Severity::Warning);
        } else if self.before.get(&subject).is_some_and(|(word, _)| word == REVIEW) {
            self.now(subject, SETTLED, Severity::Ok);
        }
    }

    fn now(&mut self, subject: Subject, to: &str, severity: Severity) {
        let from = self.before.get(&subject);
        if from.is_none_or(|(word, was)| word != to || *was != severity) {
            let from = from.map(|(word, _)| word.clone());
            let at = self.overview.as_of.timestamp();
            self.transitions.push(Transition { subject, from, to: to.to_owned(), severity, at });
        }
    }
}
