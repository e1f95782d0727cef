//! Reads mails from files instead of a server, and records them the same way.
//!
//! It says nothing about the mailboxes: a file is what the person chose to show, not all there is.

mod marks;
mod prepare;
mod senders;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;

use super::keys::DnsKeys;
use super::recorder::Recorder;
use crate::files::{self, Counts, FilesError, Passed, Wish};
use crate::store::StoreError;
use marks::Marks;
use prepare::{Prepared, Preparing};
pub use senders::Senders;

/// What a scan brought.
#[derive(Debug, Default)]
pub struct Scanned {
    /// Mails found, and those among them that claim to come from Meta.
    pub counts: Counts,
    /// Messages recorded: about an objection, or doubtful.
    pub recorded: u64,
    /// Mails that a scan which did not end has read already; they are among those above.
    pub read_before: u64,
    /// What could not be read: origin and reason.
    pub skipped: Vec<(String, String)>,
}

/// What to read, and whom to believe.
#[derive(Debug, Clone, Copy)]
pub struct Scanning<'a> {
    /// Files and folders; or `-` alone.
    pub paths: &'a [PathBuf],
    /// Larger mails are listed for review, not read; in bytes.
    pub message_limit: u64,
    /// The mail hosts whose Authentication-Results are believed.
    pub trusted: &'a [String],
    /// Where DKIM keys come from.
    pub keys: &'a DnsKeys,
    /// How many threads read.
    pub threads: usize,
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

/// Reads every mail under the paths, or what a scan has left that was stopped. `progress` gets the bytes done and in all.
pub fn scan(
    scanning: Scanning<'_>,
    recorder: &mut Recorder,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Scanned, ScanError> {
    let rules = Arc::clone(&recorder.judge().rules);
    let preparing = Preparing::new(recorder.judge(), scanning);
    let senders = Senders::of(&rules);
    let mut marks = Marks::of(recorder, scanning)?;
    let (known, met) = (marks.known(), RefCell::new(BTreeSet::new()));
    let mut scanned = Scanned::default();
    let mut broken = None;
    let candidate = |from: &[u8]| senders.is_candidate(from);
    let wish = Wish {
        message_limit: scanning.message_limit,
        candidate: &candidate,
        threads: scanning.threads,
        part: Wish::PART,
        reached: &|file| {
            let reached = known.get(file).copied()?;
            met.borrow_mut().insert(file.to_owned());
            Some(reached)
        },
    };
    let mut told = |prepared: Option<Prepared>, passed: &Passed| {
        progress(passed.done, passed.total);
        let recorded = prepared.map_or(Ok(false), |prepared| record(prepared, &preparing, recorder, &mut scanned));
        let marked = recorded.and_then(|recorded| {
            scanned.recorded += u64::from(recorded);
            marks.reach(passed, recorded, recorder)
        });
        match marked {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                broken = Some(error);
                ControlFlow::Break(())
            }
        }
    };
    let read = files::read_ahead(scanning.paths, &wish, &|item| preparing.prepare(item), &mut told);
    if let Some(error) = broken {
        return Err(error.into());
    }
    match read {
        Ok(counts) => {
            let (read_before, recorded_before) = marks.ended(recorder, &met.into_inner())?;
            Ok(Scanned { counts, read_before, recorded: scanned.recorded + recorded_before, ..scanned })
        }
        Err(error) => {
            marks.keep(recorder)?;
            Err(error.into())
        }
    }
}

/// Records what was found; whether it was a message about an objection, or a doubtful one.
fn record(
    prepared: Prepared,
    preparing: &Preparing<'_>,
    recorder: &mut Recorder,
    scanned: &mut Scanned,
) -> Result<bool, StoreError> {
    let now = Timestamp::now();
    match prepared {
        Prepared::Mail(mail) => Ok(recorder.on_mail(&mail, now)?.is_some()),
        // A copy that was recorded by other rules, or settled by hand, is kept up.
        Prepared::Nothing { raw, identity } if recorder.knows(&identity)? => {
            Ok(recorder.on_mail(&preparing.whole(raw), now)?.is_some())
        }
        Prepared::Nothing { .. } => Ok(false),
        Prepared::Skipped { origin, why, unread } => {
            scanned.skipped.push((origin, why));
            match unread {
                Some(unread) => recorder.on_unread(&unread, now).map(|_| true),
                None => Ok(false),
            }
        }
    }
}
