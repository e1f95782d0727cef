//! The life of a mailbox's worker thread: connect, read, wait for more, and come back after every failure.
//!
//! It never gives up: what does not help now is tried again later, ever more seldom.

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::event::Happening;
use super::pulse::Pulse;
use super::reader::{PassError, Reader};
use crate::imap::backoff::{self, ConnectBudget};
use crate::imap::{Canceller, Connection, Woken};
use crate::model::mailbox::{Cursor, MailboxName};

/// Long enough for the slowest answer the IMAP edge puts up with: 64 MiB at 32 KiB a second, and a credential helper.
const SLOWEST_STEP: Duration = Duration::from_secs(40 * 60);

/// A connection that lasted this long was a good one: its end begins a new series of tries.
const LASTED: Duration = Duration::from_secs(60);

/// What could not be written is tried again after this.
const AFTER_STORE_FAILURE: Duration = Duration::from_secs(30);

/// A worker as the shell holds it.
#[derive(Debug)]
pub struct Worker {
    /// Its mailbox.
    pub mailbox: MailboxName,
    /// Whether it makes progress.
    pub pulse: Pulse,
    canceller: Canceller,
    orders: Sender<()>,
    thread: JoinHandle<()>,
}

impl Worker {
    /// Starts the worker of a mailbox, with how far each folder has been read.
    pub fn start(reader: Reader, cursors: Vec<Cursor>, budget: &Arc<Mutex<ConnectBudget>>) -> io::Result<Worker> {
        let pulse = Pulse::new(SLOWEST_STEP);
        let (orders, inbox) = channel();
        let (mailbox, canceller) = (reader.name().clone(), reader.canceller().clone());
        let life = Life { reader, cursors, inbox, pulse: pulse.clone(), budget: Arc::clone(budget) };
        let thread = thread::Builder::new().name(format!("mailbox {mailbox}")).spawn(move || life.live())?;
        Ok(Worker { mailbox, pulse, canceller, orders, thread })
    }

    /// Has it look at once.
    pub fn look(&self) {
        // A worker that has ended looks no more.
        let _ = self.orders.send(());
        self.canceller.wake();
    }

    /// Stops it within moments, whatever it is doing.
    pub fn stop(&self) {
        self.canceller.cancel();
        self.look();
    }

    /// Whether the thread has ended.
    pub fn has_ended(&self) -> bool {
        self.thread.is_finished()
    }
}

struct Life {
    reader: Reader,
    cursors: Vec<Cursor>,
    inbox: Receiver<()>,
    pulse: Pulse,
    budget: Arc<Mutex<ConnectBudget>>,
}

impl Life {
    fn live(mut self) {
        let mut failures = 0;
        while !self.stopped() {
            self.wait_for_budget();
            self.pulse.renew(SLOWEST_STEP);
            let began = Instant::now();
            let end = self.reader.connect().map(|connection| self.watch(connection, &mut failures));
            if self.stopped() {
                break;
            }
            let delay = match end {
                Ok(End::Lost(why)) => {
                    tracing::info!(mailbox = %self.reader.name(), "connection lost: {why}");
                    failures = if began.elapsed() >= LASTED { 1 } else { failures + 1 };
                    backoff::delay(failures, false, jitter())
                }
                Ok(End::Failed(error)) | Err(error) => self.failed(error, &mut failures),
            };
            self.wait(delay);
        }
        self.pulse.end();
    }

    /// Tells of a failed attempt; how long to wait before the next.
    fn failed(&self, error: PassError, failures: &mut u32) -> Duration {
        if matches!(error, PassError::Stopped) {
            return AFTER_STORE_FAILURE;
        }
        *failures += 1;
        let hopeless = error.is_hopeless();
        // Whether it could be written or not: the next attempt comes all the same.
        let _ = self.reader.tell(Happening::Failed { error: error.to_string(), hopeless });
        backoff::delay(*failures, hopeless, jitter())
    }

    /// Reads, waits, reads again, as long as the connection lasts.
    fn watch(&mut self, mut connection: Connection, failures: &mut u32) -> End {
        let poll = self.reader.settings().poll;
        loop {
            self.pulse.renew(SLOWEST_STEP);
            match self.reader.pass(&mut connection, &mut self.cursors) {
                Ok(()) => *failures = 0,
                // The connection is good: some folder is not there. Look again at the next round.
                Err(error @ PassError::Folders(_)) => {
                    let hopeless = error.is_hopeless();
                    if self.reader.tell(Happening::Failed { error: error.to_string(), hopeless }).is_err() && self.stopped() {
                        return End::Failed(PassError::Stopped);
                    }
                }
                Err(error) => return End::Failed(error),
            }
            match self.wait_for_more(&mut connection, poll) {
                Ok(()) if self.stopped() => {
                    connection.log_out();
                    return End::Failed(PassError::Stopped);
                }
                Ok(()) => {}
                Err(why) => return End::Lost(why),
            }
        }
    }

    /// Returns when there may be something new, at the latest after `poll`.
    fn wait_for_more(&mut self, connection: &mut Connection, poll: Duration) -> Result<(), String> {
        let until = Instant::now() + poll;
        if !self.reader.settings().idle || !connection.offers("IDLE") {
            self.wait(poll);
            return Ok(());
        }
        while let Some(left) = until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero()) {
            self.pulse.renew(left + SLOWEST_STEP);
            match connection.idle("INBOX", left) {
                Ok(Woken::News) => return Ok(()),
                Ok(Woken::ByUs) => {
                    while self.inbox.try_recv().is_ok() {}
                    return Ok(());
                }
                Ok(Woken::TimeIsUp) => {}
                Err(error) => return Err(error.to_string()),
            }
        }
        Ok(())
    }

    /// Sleeps, unless stopped or told to look.
    fn wait(&self, delay: Duration) {
        self.pulse.renew(delay + SLOWEST_STEP);
        match self.inbox.recv_timeout(delay) {
            Ok(()) => while self.inbox.try_recv().is_ok() {},
            Err(RecvTimeoutError::Timeout) => {}
            // The shell is gone.
            Err(RecvTimeoutError::Disconnected) => self.reader.canceller().cancel(),
        }
    }

    /// Never more than 8 connections in 12 s, all mailboxes together (contract section 7).
    fn wait_for_budget(&self) {
        loop {
            let now = Instant::now();
            let wait = self.budget.lock().unwrap_or_else(PoisonError::into_inner).take(now);
            match wait {
                None => return,
                Some(delay) => self.wait(delay),
            }
            if self.stopped() {
                return;
            }
        }
    }

    fn stopped(&self) -> bool {
        self.reader.canceller().is_cancelled()
    }
}

/// How a connection ended.
enum End {
    /// While nothing was asked of it: no attempt has failed.
    Lost(String),
    /// While reading.
    Failed(PassError),
}

/// A number from 0 to 1 that differs between workers and tries, so that many do not come back at the same moment.
fn jitter() -> f64 {
    use std::hash::{BuildHasher, RandomState};
    let random = RandomState::new().hash_one(Instant::now());
    f64::from(u32::try_from(random >> 32).unwrap_or_default()) / f64::from(u32::MAX)
}
