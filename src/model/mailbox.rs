//! Watched mailboxes: how far they have been read, and how they are.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::period::Period;
use super::words;

/// A mailbox's `name` in the configuration.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MailboxName(pub String);

impl MailboxName {
    /// The name as written in the configuration.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for MailboxName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
    }
}

/// How far a folder has been read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The folder's name, decoded.
    pub folder: String,
    /// The server's UIDVALIDITY; another one means that all UIDs are new.
    pub uidvalidity: u32,
    /// Every UID up to this one has been dealt with.
    pub last_uid: u32,
    /// Which search that reading used: a fingerprint of the senders looked for and of `since`.
    pub generation: String,
}

/// Where a message was seen.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The mailbox.
    pub mailbox: MailboxName,
    /// The folder's name, decoded.
    pub folder: String,
    /// The folder's UIDVALIDITY at that time.
    pub uidvalidity: u32,
    /// The UID there.
    pub uid: u32,
}

words! {
    /// Contract section 5.
    MailboxState { Ok = "ok", Never = "never", Stale = "stale", Failing = "failing" }
}

/// What is known about reading a mailbox.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Health {
    /// The start of the last pass that read everything.
    pub last_complete: Option<Timestamp>,
    /// Attempts in a row that did not.
    pub failures_in_row: u32,
    /// What the last failed attempt ran into; `None` after a complete pass.
    pub error: Option<String>,
    /// The failure is one that trying again does not cure: refused credentials, a certificate that does not verify.
    pub hopeless: bool,
}

impl Health {
    /// How the mailbox is at `now`. It fails from the second failed attempt in a row on, at once where trying again does
    /// not help (contract section 7).
    pub fn state_at(&self, stale_after: &Period, now: Timestamp, tz: &TimeZone) -> MailboxState {
        if self.failures_in_row >= 2 || (self.failures_in_row >= 1 && self.hopeless) {
            return MailboxState::Failing;
        }
        match self.last_complete {
            None => MailboxState::Never,
            Some(last) => match stale_after.after(last, tz) {
                Some(stale) if stale <= now => MailboxState::Stale,
                _ => MailboxState::Ok,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mailbox_fails_from_the_second_attempt_or_at_once_when_hopeless() {
        let now: Timestamp = "2025-06-01T12:00:00Z".parse().unwrap();
        let stale_after = Period::parse("6 hours").unwrap();
        let state = |last: Option<&str>, failures_in_row, hopeless| {
            let last_complete = last.map(|at| at.parse().unwrap());
            Health { last_complete, failures_in_row, error: None, hopeless }.state_at(&stale_after, now, &TimeZone::UTC)
        };
        assert_eq!(state(None, 0, false), MailboxState::Never);
        assert_eq!(state(None, 1, false), MailboxState::Never);
        assert_eq!(state(None, 1, true), MailboxState::Failing);
        assert_eq!(state(Some("2025-06-01T11:00:00Z"), 1, false), MailboxState::Ok);
        assert_eq!(state(Some("2025-06-01T11:00:00Z"), 2, false), MailboxState::Failing);
        assert_eq!(state(Some("2025-06-01T06:00:00Z"), 0, false), MailboxState::Stale);
        assert_eq!(state(Some("2025-06-01T06:00:01Z"), 0, false), MailboxState::Ok);
    }
}
