//! What changed since the last look.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::overview::Overview;
use crate::model::mailbox::MailboxState;
use crate::model::status::Severity;
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
    let at = overview.as_of.timestamp();
    let mut transitions = Vec::new();
    for view in &overview.accounts {
        let subject = Subject::Account(view.account.id.clone());
        changed(before, subject, view.status.state.as_str(), view.status.severity, at, &mut transitions);
    }
    for view in &overview.mailboxes {
        let subject = Subject::Mailbox(view.name.clone());
        if view.state != MailboxState::Never || before.contains_key(&subject) {
            changed(before, subject, view.state.as_str(), mailbox_severity(view.state), at, &mut transitions);
        }
    }
    for item in &overview.review {
        changed(before, Subject::Message(item.message.number), REVIEW, Severity::Warning, at, &mut transitions);
    }
    for (subject, (word, _)) in before {
        if let Subject::Message(number) = subject
            && word == REVIEW
            && !overview.review.iter().any(|item| item.message.number == *number)
        {
            changed(before, subject.clone(), SETTLED, Severity::Ok, at, &mut transitions);
        }
    }
    transitions
}

/// How bad a mailbox's state is by itself.
pub const fn mailbox_severity(state: MailboxState) -> Severity {
    match state {
        MailboxState::Ok => Severity::Ok,
        MailboxState::Never => Severity::Info,
        MailboxState::Stale | MailboxState::Failing => Severity::Warning,
    }
}

fn changed(
    before: &Standing,
    subject: Subject,
    to: &str,
    severity: Severity,
    at: Timestamp,
    transitions: &mut Vec<Transition>,
) {
    let from = before.get(&subject);
    if from.is_none_or(|(word, was)| word != to || *was != severity) {
        let from = from.map(|(word, _)| word.clone());
        transitions.push(Transition { subject, from, to: to.to_owned(), severity, at });
    }
}
