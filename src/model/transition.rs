//! Something changed: append-only.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::account::AccountId;
use super::mailbox::MailboxName;
use super::status::{MessageNumber, Severity};

/// Whose state changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "subject", content = "id")]
pub enum Subject {
    /// An account's status.
    Account(AccountId),
    /// A mailbox's health.
    Mailbox(MailboxName),
    /// A message came up for review, or was settled.
    Message(MessageNumber),
}

/// A change of state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transition {
    /// Whose.
    pub subject: Subject,
    /// The word before; `None` the first time.
    pub from: Option<String>,
    /// The word after.
    pub to: String,
    /// The severity after.
    pub severity: Severity,
    /// When it was noticed.
    pub at: Timestamp,
}
