//! `confirmd sync`: one full pass over the mailboxes, side by side, then the end.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use anyhow::Context;
use jiff::Timestamp;
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::dialling::Dialling;
use super::event::{Committed, Event, Happening};
use super::keys::DnsKeys;
use super::position::Position;
use super::reader::{PassError, Reader};
use super::recorder::Recorder;
use super::reprove::{reprove, waiting};
use super::stop::Stop;
use crate::config::{Config, Mailbox};
use crate::model::mailbox::{Cursor, MailboxName};
use crate::store::StoreError;

/// Something to show while it goes on.
#[derive(Debug)]
pub enum Progress<'a> {
    /// A pass has begun, or has come this far.
    At(&'a MailboxName, &'a Position),
    /// Something the person should know.
    Remark(&'a MailboxName, &'a str),
    /// The mailbox has been read completely.
    Complete(&'a MailboxName),
    /// The mailbox has not been read completely.
    Failed(&'a MailboxName, &'a str),
}

/// What came of a pass.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Mails that may matter and were looked at.
    pub looked: usize,
    /// How many of them are about an objection, or doubtful; of a mail in two folders both copies count.
    pub recorded: usize,
    /// The mailboxes that were not read completely.
    pub failed: Vec<MailboxName>,
    /// A signal ended it early.
    pub interrupted: bool,
}

/// Reads these mailboxes once, completely. Every mail is committed as it comes; a signal stops it within moments and
/// leaves everything consistent.
pub fn sync(
    config: &Config,
    mailboxes: &[&Mailbox],
    recorder: &mut Recorder,
    stop: Stop,
    progress: &mut dyn FnMut(Progress<'_>),
) -> anyhow::Result<Outcome> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let result = runtime.block_on(run(config, mailboxes, recorder, stop, progress));
    // A question to DNS that is still open is not waited for.
    runtime.shutdown_background();
    result
}

async fn run(
    config: &Config,
    mailboxes: &[&Mailbox],
    recorder: &mut Recorder,
    mut stop: Stop,
    progress: &mut dyn FnMut(Progress<'_>),
) -> anyhow::Result<Outcome> {
    let (events, mut happened) = mpsc::channel::<Event>(CHANNEL);
    let keys = Arc::new(DnsKeys::new(config.dns.server));
    let dialling = Arc::new(Dialling::default());
    let mut readers = BTreeMap::new();
    for mailbox in mailboxes {
        let reader = Reader::new(config, mailbox, &recorder.judge().rules, &keys, &events)?;
        let cursors = recorder.store().read(|tx| tx.find_cursors(&mailbox.name))?;
        readers.insert(mailbox.name.clone(), reader.canceller().clone());
        let dialling = Arc::clone(&dialling);
        let worker = move || once(&reader, cursors, &dialling);
        let thread = thread::Builder::new().name(format!("mailbox {}", mailbox.name));
        thread.spawn(worker).context("no thread can be started")?;
    }
    // Workers hold the other ends: when the last one is gone, there is nothing more to hear.
    drop(events);

    let again = recorder.store().read(|tx| waiting(tx, recorder.judge()))?;
    let mut outcome = Outcome::default();
    let mut positions: BTreeMap<MailboxName, Position> = BTreeMap::new();
    let mut broken: Option<StoreError> = None;
    let mut leave_at = Instant::now();
    loop {
        let event = tokio::select! {
            event = happened.recv() => event,
            () = stop.signalled(), if !outcome.interrupted => {
                outcome.interrupted = true;
                leave_at = Instant::now() + STOP_WITHIN;
                readers.values().for_each(crate::imap::Canceller::cancel);
                continue;
            }
            () = tokio::time::sleep_until(leave_at), if outcome.interrupted => None,
        };
        let Some(Event { mailbox, happening, committed }) = event else { break };
        if outcome.interrupted && !matches!(happening, Happening::Failed { .. }) {
            // The receiver may be gone already; then nobody needs the answer.
            let _ = committed.send(Committed::No);
            continue;
        }
        let counted = matches!(happening, Happening::Mail(_) | Happening::Unread(_));
        if let Some(position) = moved(positions.entry(mailbox.clone()).or_default(), &happening) {
            progress(Progress::At(&mailbox, position));
        }
        match record(recorder, &mailbox, &happening, outcome.interrupted, progress) {
            Ok(recorded) => {
                outcome.recorded += usize::from(recorded);
                let _ = committed.send(Committed::Yes);
            }
            // The lock was not waited for any longer.
            Err(StoreError::Busy { .. }) if stop.is_wished() => {
                let _ = committed.send(Committed::No);
            }
            Err(error) => {
                readers.values().for_each(crate::imap::Canceller::cancel);
                broken.get_or_insert(error);
                let _ = committed.send(Committed::No);
            }
        }
        if let Happening::Failed { .. } = happening {
            outcome.failed.push(mailbox);
        } else if counted {
            outcome.looked += 1;
        }
    }
    if let Some(error) = broken {
        return Err(error.into());
    }
    if !outcome.interrupted {
        let rules = Arc::clone(&recorder.judge().rules);
        let proving = tokio::task::spawn_blocking(move || reprove(again, &keys, &rules));
        tokio::select! {
            reproved = proving => {
                let now = Timestamp::now();
                for reproved in reproved? {
                    recorder.on_proof(reproved.message, &reproved.proof, now)?;
                }
            }
            () = stop.signalled() => outcome.interrupted = true,
        }
    }
    Ok(outcome)
}

/// A worker that has not ended by then is left behind: it may wait for DNS, which nothing interrupts.
const STOP_WITHIN: Duration = Duration::from_millis(1500);

/// How many events may wait. Each worker waits for its answer, so more than one each never do.
const CHANNEL: usize = 64;

/// The worker: connects, reads, says how it ended.
fn once(reader: &Reader, mut cursors: Vec<Cursor>, dialling: &Dialling) {
    while let Err(wait) = dialling.take(&reader.settings().host) {
        reader.canceller().wait(wait);
        if reader.canceller().is_cancelled() {
            return;
        }
    }
    let result = reader.connect().and_then(|mut connection| {
        let result = reader.pass(&mut connection, &mut cursors, &mut None);
        if result.is_ok() {
            connection.log_out();
        }
        result
    });
    let failed = match result {
        Ok(()) | Err(PassError::Stopped) => return,
        Err(error) => Happening::Failed { error: error.to_string(), hopeless: error.is_hopeless() },
    };
    // When the shell is gone there is nobody to tell.
    let _ = reader.tell(failed);
}

/// How far the pass has come with this; `None` where it has come no further.
fn moved<'a>(position: &'a mut Position, happening: &Happening) -> Option<&'a Position> {
    match happening {
        Happening::Started { folders } => *position = Position::before_all(folders),
        Happening::Progress(cursor) => position.reach(&cursor.folder, cursor.last_uid),
        Happening::Mail(_) | Happening::Unread(_) => position.looked += 1,
        Happening::Complete { .. } | Happening::Failed { .. } | Happening::Remark(_) | Happening::Done => return None,
    }
    Some(position)
}

/// Records what happened; whether it was a message not known before.
fn record(
    recorder: &mut Recorder,
    mailbox: &MailboxName,
    happening: &Happening,
    interrupted: bool,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<bool, StoreError> {
    let now = Timestamp::now();
    match happening {
        Happening::Mail(mail) => return recorder.on_mail(mail, now).map(|recorded| recorded.is_some()),
        Happening::Unread(mail) => return recorder.on_unread(mail, now).map(|_| true),
        Happening::Progress(cursor) => recorder.on_progress(mailbox, cursor, now)?,
        Happening::Started { .. } => {}
        Happening::Remark(text) => progress(Progress::Remark(mailbox, text)),
        Happening::Complete { started_at } => {
            recorder.on_complete(mailbox, *started_at, now)?;
            progress(Progress::Complete(mailbox));
        }
        // A pass that was stopped by hand says nothing about the mailbox.
        Happening::Failed { .. } if interrupted => {}
        Happening::Failed { error, hopeless } => {
            recorder.on_failed(mailbox, error, *hopeless, now)?;
            progress(Progress::Failed(mailbox, error));
        }
        Happening::Done => {}
    }
    Ok(false)
}
