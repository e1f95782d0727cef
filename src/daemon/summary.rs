//! Where everything stands, in one line for `systemctl status`.

use std::collections::BTreeMap;

use crate::decide::overview::Overview;
use crate::model::harmless::harmless;
use crate::model::mailbox::MailboxState;
use crate::model::status::State;

/// The line, e.g. `Accounts: 1 pending, 2 confirmed; cannot be read: private; 1 to review`.
pub fn in_words(overview: &Overview) -> String {
    let mut counts: BTreeMap<State, usize> = BTreeMap::new();
    for view in &overview.accounts {
        *counts.entry(view.status.state).or_default() += 1;
    }
    let states: Vec<String> = counts.into_iter().map(|(state, count)| format!("{count} {state}")).collect();
    let mut words = format!("Accounts: {}", states.join(", "));
    let unread: Vec<&str> = overview
        .mailboxes
        .iter()
        .filter(|view| matches!(view.state, MailboxState::Failing | MailboxState::Stale))
        .map(|view| view.name.as_str())
        .collect();
    if !unread.is_empty() {
        words.push_str(&format!("; cannot be read: {}", harmless(&unread.join(", "))));
    }
    if !overview.review.is_empty() {
        words.push_str(&format!("; {} to review", overview.review.len()));
    }
    words
}
