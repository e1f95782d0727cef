//! Reads mails from files instead of a server, and records them the same way.
//!
//! It says nothing about the mailboxes: a file is what the person chose to show, not all there is.

use std::ops::ControlFlow;
use std::path::Path;

use jiff::Timestamp;

use super::event::{ReadMail, UnreadMail};
use super::keys::DnsKeys;
use super::reader::{is_candidate, prepare};
use super::recorder::Recorder;
use crate::files::{self, Counts, FilesError, Item};
use crate::mail;
use crate::model::attribution::Reason;
use crate::store::StoreError;

/// What a scan of one path brought.
#[derive(Debug, Default)]
pub struct Scanned {
    /// Mails found, and those among them that claim to come from Meta.
    pub counts: Counts,
    /// Messages recorded: about an objection, or doubtful.
    pub recorded: usize,
    /// What could not be read: origin and reason.
    pub skipped: Vec<(String, String)>,
}

/// Why a scan ended early.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// The path cannot be read.
    #[error("{0}")]
    Files(#[from] FilesError),
    /// The database cannot be written.
    #[error("{0}")]
    Store(#[from] StoreError),
}

/// Reads every mail under a path. `trusted` are the mail hosts whose Authentication-Results are believed.
pub fn scan(
    path: &Path,
    message_limit: u64,
    trusted: &[String],
    keys: &DnsKeys,
    recorder: &mut Recorder,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Scanned, ScanError> {
    let rules = std::sync::Arc::clone(&recorder.judge().rules);
    let candidate = |from: &[u8]| is_candidate(&rules, &String::from_utf8_lossy(from));
    let is_meta = |domain: &str| rules.is_sender_domain(domain);
    let mut scanned = Scanned::default();
    let mut broken = None;
    let mut sink = |item: Item| {
        let now = Timestamp::now();
        let recorded = match item {
            Item::Mail { raw, .. } => {
                let mail: ReadMail = prepare(None, None, raw, now, trusted, keys, &is_meta);
                recorder.on_mail(&mail, now).map(|number| number.is_some())
            }
            Item::Skipped { origin, why, header, size } => {
                scanned.skipped.push((origin, why.clone()));
                if header.is_empty() {
                    Ok(false)
                } else {
                    recorder.on_unread(&unread(header, size, why, now), now).map(|_| true)
                }
            }
        };
        match recorded {
            Ok(recorded) => {
                scanned.recorded += usize::from(recorded);
                ControlFlow::Continue(())
            }
            Err(error) => {
                broken = Some(error);
                ControlFlow::Break(())
            }
        }
    };
    let counts = files::read(path, message_limit, &candidate, &mut sink, progress)?;
    match broken {
        Some(error) => Err(error.into()),
        None => Ok(Scanned { counts, ..scanned }),
    }
}

fn unread(header: Vec<u8>, size: u64, why: String, now: Timestamp) -> UnreadMail {
    let message = mail::header_only(&header);
    let received_at = message.received.or(message.date).unwrap_or(now);
    UnreadMail { place: None, received_at, header, message, size, reason: Reason::TooLarge, why }
}
