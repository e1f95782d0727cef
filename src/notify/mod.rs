//! Tells the person, by the ways they configured. The log, which always says it too, is not a way.
//!
//! It does not decide what is worth telling, does not try again, and keeps no record: that is for those who call it.

mod command;
mod compose;
mod email;
mod smtp;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::oneshot;

use crate::config::program::ProgramError;
use crate::config::{Notify, SecretError};
use crate::model::account::AccountId;
use crate::model::mailbox::MailboxName;
use crate::model::status::Severity;

/// A text to deliver because of a transition. Nothing in it may be a secret, a mail's body or a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// A state's word, or `review`, `mailbox_failing`, `mailbox_recovered`, `test`.
    pub event: String,
    /// How bad it is.
    pub severity: Severity,
    /// The account it is about, if any.
    pub account: Option<AccountId>,
    /// The mailbox it is about, if any.
    pub mailbox: Option<MailboxName>,
    /// One line.
    pub title: String,
    /// What it means and what to do, in sentences.
    pub text: String,
    /// When it became so.
    pub at: Timestamp,
    /// How often it has been said before: 0 the first time.
    pub repeat: u32,
}

impl Notice {
    /// The notice as one line of JSON, without a line break at its end. Source: contract section 5.
    pub fn json(&self) -> String {
        serde_json::json!({
            "schema": 1,
            "event": self.event,
            "severity": self.severity.as_str(),
            "account": self.account.as_ref().map(AccountId::as_str),
            "mailbox": self.mailbox.as_ref().map(MailboxName::as_str),
            "title": self.title,
            "text": self.text,
            "at": self.at.to_string(),
            "repeat": self.repeat,
        })
        .to_string()
    }
}

/// Why a notice could not be delivered.
#[derive(Debug, thiserror::Error)]
pub enum NotifyError {
    /// The configured program did not do its work.
    #[error("{0}")]
    Program(#[from] ProgramError),
    /// The password for the mail server could not be had.
    #[error("{0}")]
    Secret(#[from] SecretError),
    /// The mail server could not be talked to, or cannot at the moment: worth another try.
    #[error("{server}: {what}")]
    TryAgain {
        /// Host and port.
        server: String,
        /// What happened, made harmless.
        what: String,
    },
    /// The mail server refuses, or cannot be trusted: the person has to change something.
    #[error("{server}: {what}")]
    Refused {
        /// Host and port.
        server: String,
        /// What happened, made harmless.
        what: String,
    },
    /// Nothing came of it within the time, or the thread that was at it broke down.
    #[error("{way}: gave up after {} s", limit.as_secs_f32())]
    GaveUp {
        /// The way, as [`Notify::label`] has it.
        way: String,
        /// The time it had.
        limit: Duration,
    },
}

/// How long one delivery may take (contract section 3).
pub const LIMIT: Duration = Duration::from_secs(30);

/// Delivers a notice by one way, without blocking the runtime. Needs a tokio runtime with a timer.
///
/// When the future is dropped the delivery is given up: a program is killed with its children, a connection is closed. The
/// drop waits for that, for [`GRACE`] at most, so that nothing is left behind when the process ends next.
pub async fn deliver(way: Notify, notice: Notice, limit: Duration) -> Result<(), NotifyError> {
    let label = way.label();
    let gave_up = || NotifyError::GaveUp { way: label.clone(), limit };
    let (working, ended) = std::sync::mpsc::channel();
    let stop = StopOnDrop { stop: Arc::default(), ended };
    let (done, outcome) = oneshot::channel();
    let stopped = Arc::clone(&stop.stop);
    // A thread of its own, not the runtime's pool: a resolver that hangs must not keep the runtime from ending.
    let thread = std::thread::Builder::new().name("notify".to_owned()).spawn(move || {
        let outcome = deliver_blocking(&way, &notice, limit, &|| stopped.load(Ordering::Relaxed));
        let _ = done.send(outcome);
        drop(working);
    });
    if thread.is_err() {
        return Err(gave_up());
    }
    // A second on top, for the delivery's own and more telling end.
    match tokio::time::timeout(limit + Duration::from_secs(1), outcome).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) | Err(_) => Err(gave_up()),
    }
}

/// Delivers a notice by one way, within `limit`. Once `stopped` says yes it is given up. Not to be called on a thread that
/// drives a tokio runtime: it blocks, and a mail has a runtime of its own.
pub fn deliver_blocking(
    way: &Notify,
    notice: &Notice,
    limit: Duration,
    stopped: &dyn Fn() -> bool,
) -> Result<(), NotifyError> {
    match way {
        Notify::Command { command } => command::run(command, notice, limit, stopped),
        Notify::Email(email) => email::send(email, notice, limit, stopped),
    }
}

/// A program is killed within 20 ms, a connection closed within 100 ms.
const GRACE: Duration = Duration::from_millis(300);

struct StopOnDrop {
    stop: Arc<AtomicBool>,
    /// Hears nothing, until the other end is dropped.
    ended: std::sync::mpsc::Receiver<()>,
}

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // A thread that does not end by itself is left behind.
        let _ = self.ended.recv_timeout(GRACE);
    }
}

#[cfg(test)]
pub(crate) fn a_notice() -> Notice {
    Notice {
        event: "overdue".to_owned(),
        severity: Severity::Warning,
        account: Some(AccountId("anna-facebook".to_owned())),
        mailbox: None,
        title: "anna-facebook: keine Bestätigung seit 4 Tagen".to_owned(),
        text: "Meta hat sich nicht gemeldet.\nNächster Schritt: erinnern.".to_owned(),
        at: "2025-06-30T12:00:00Z".parse().unwrap(),
        repeat: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_json_is_that_of_the_contract_on_one_line() {
        let json = a_notice().json();
        assert!(!json.contains('\n'), "{json}");
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        let expected = serde_json::json!({
            "schema": 1, "event": "overdue", "severity": "warning", "account": "anna-facebook", "mailbox": null,
            "title": "anna-facebook: keine Bestätigung seit 4 Tagen",
            "text": "Meta hat sich nicht gemeldet.\nNächster Schritt: erinnern.",
            "at": "2025-06-30T12:00:00Z", "repeat": 0
        });
        assert_eq!(value, expected);
    }
}
