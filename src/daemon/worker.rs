//! The life of a mailbox's worker thread: connect, read, wait for more, and come back after every failure.
//!
//! It never gives up: what does not help now is tried again later, ever more seldom.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::dialling::Dialling;
use super::event::Happening;
use super::pulse::Pulse;
use super::reader::{PassError, Reader};
use crate::imap::backoff::{Failure, delay};
use crate::imap::{self, Canceller, Connection, Folder, Woken};
use crate::model::mailbox::{Cursor, MailboxName};

/// Long enough for the slowest answer the IMAP edge puts up with: 64 MiB at 32 KiB a second, and a credential helper.
const SLOWEST_STEP: Duration = Duration::from_secs(40 * 60);

/// A connection that lasted this long was a good one: its end begins a new series of tries.
const LASTED: Duration = Duration::from_secs(60);

/// What could not be written (a full disk) is read again after this at the latest. Every try is another login.
const AFTER_STORE_FAILURE: Duration = Duration::from_secs(60);

/// Mail that is there as soon as the last has been read is nothing strange a few times.
const MOST_HURRIED: u32 = 3;

/// Waiting that ends sooner has been none.
const AT_ONCE: Duration = Duration::from_millis(500);

/// A worker as the shell holds it.
#[derive(Debug)]
pub struct Worker {
    /// Its mailbox.
    pub mailbox: MailboxName,
    pulse: Pulse,
    canceller: Canceller,
    orders: Sender<()>,
    thread: JoinHandle<()>,
}

impl Worker {
    /// Starts the worker of a mailbox, with how far each folder has been read.
    pub fn start(reader: Reader, cursors: Vec<Cursor>, budget: &Arc<Dialling>) -> io::Result<Worker> {
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

    /// It was heard of, so it makes progress. It waits for an answer now: what it promises afterwards is not overwritten.
    pub fn is_heard_of(&self) {
        self.pulse.renew(SLOWEST_STEP);
    }

    /// Whether it makes progress. One whose thread has ended makes none, however it ended.
    pub fn is_well(&self) -> bool {
        self.pulse.is_well() && !self.has_ended()
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
    budget: Arc<Dialling>,
}

impl Life {
    fn live(self) {
        self.live_by(|life| match life.reader.connect() {
            Ok(connection) => life.watch(connection),
            Err(error) => End::Failed(error),
        });
    }

    /// Attempt after attempt until it is stopped.
    fn live_by(mut self, mut attempt: impl FnMut(&mut Life) -> End) {
        let mut failures = 0;
        while !self.stopped() {
            self.wait_for_budget();
            if self.stopped() {
                break;
            }
            self.pulse.renew(SLOWEST_STEP);
            let began = Instant::now();
            // A defect that one strange mail brings to light must not end the watch over all the others.
            let end = catch_unwind(AssertUnwindSafe(|| attempt(&mut self)));
            if self.stopped() {
                break;
            }
            let end = end.unwrap_or(End::Failed(PassError::Defect));
            self.recover(end, began.elapsed(), &mut failures);
        }
        self.pulse.end();
    }

    /// Tells of a failed attempt, and waits until it is time for the next. `failures` counts the attempts and the short-lived
    /// connections in a row.
    fn recover(&self, end: End, lasted: Duration, failures: &mut u32) {
        match end {
            End::Lost(why) => {
                tracing::info!(mailbox = %self.reader.name(), "connection lost: {why}");
                *failures = if lasted >= LASTED { 1 } else { *failures + 1 };
                // It was good for a pass, and a pass is due after `poll` at the latest.
                self.wait(delay(Failure::Passing, *failures, jitter()).min(self.reader.settings().poll));
            }
            End::Failed(PassError::Stopped) => {
                *failures += 1;
                self.wait(delay(Failure::Passing, *failures, jitter()).min(AFTER_STORE_FAILURE));
            }
            End::Failed(error) => {
                *failures += 1;
                let hopeless = error.is_hopeless();
                // Whether it could be written or not: the next attempt comes all the same.
                let _ = self.reader.tell(Happening::Failed { error: error.to_string(), hopeless });
                if hopeless {
                    self.wait_out(delay(Failure::Hopeless, *failures, jitter()));
                } else {
                    self.wait(delay(Failure::Passing, *failures, jitter()));
                }
            }
        }
    }

    /// Reads, waits, reads again, as long as the connection lasts.
    fn watch(&mut self, mut connection: Connection) -> End {
        let poll = self.reader.settings().poll;
        let (mut good, mut hurried) = (false, 0);
        loop {
            self.pulse.renew(SLOWEST_STEP);
            let mut watched = None;
            let before = self.cursors.clone();
            match self.reader.pass(&mut connection, &mut self.cursors, &mut watched) {
                Ok(()) => {}
                // The connection is good: some folder is not there. Look again at the next round.
                Err(error @ PassError::Folders(_)) => {
                    let hopeless = error.is_hopeless();
                    if self.reader.tell(Happening::Failed { error: error.to_string(), hopeless }).is_err()
                        && self.stopped()
                    {
                        return End::Failed(PassError::Stopped);
                    }
                }
                // It was good and died since: whether the mailbox can be read is for the next one to say.
                Err(PassError::Imap(error)) if good => return End::Lost(error.to_string()),
                Err(error) => return End::Failed(error),
            }
            good = true;
            let waiting = Instant::now();
            match self.wait_for_more(&mut connection, watched.as_ref(), poll) {
                Ok(()) if self.stopped() => {
                    connection.log_out();
                    return End::Failed(PassError::Stopped);
                }
                Ok(()) => {}
                Err(end) => return end,
            }
            // A server that calls the folder new every time it is opened (another UIDVALIDITY, say) would be read without end.
            // Mail that comes one after the other is none of that: each time the folder has been read further.
            let at_once = waiting.elapsed() < AT_ONCE && !have_moved_on(&before, &self.cursors);
            hurried = if at_once { hurried + 1 } else { 0 };
            if hurried > MOST_HURRIED {
                self.wait(delay(Failure::Passing, hurried - MOST_HURRIED, jitter()).min(poll));
            }
        }
    }

    /// Returns when there may be something new, at the latest after `poll`.
    fn wait_for_more(
        &mut self,
        connection: &mut Connection,
        watched: Option<&Folder>,
        poll: Duration,
    ) -> Result<(), End> {
        let until = Instant::now() + poll;
        let cursor = watched.and_then(|folder| self.cursors.iter().find(|cursor| cursor.folder == folder.name));
        if let (Some(folder), Some(cursor), true) = (watched, cursor, self.reader.settings().idle) {
            self.pulse.renew(poll + SLOWEST_STEP);
            match connection.watch(folder, cursor, poll) {
                Ok(Woken::Mail) => {
                    self.pulse.renew(SLOWEST_STEP);
                    return match self.reader.news(connection, folder, &mut self.cursors) {
                        // What is wrong with the folder is for the pass to say.
                        Ok(()) | Err(PassError::Imap(imap::Error::Folder { .. })) => Ok(()),
                        Err(PassError::Imap(error)) => Err(End::Lost(error.to_string())),
                        Err(error) => Err(End::Failed(error)),
                    };
                }
                Ok(Woken::Limit) => return Ok(()),
                Ok(Woken::Asked) => {
                    while self.inbox.try_recv().is_ok() {}
                    return Ok(());
                }
                // It went away meanwhile, or cannot be watched: the next round will tell.
                Ok(Woken::Unsupported) | Err(imap::Error::Folder { .. }) => {}
                Err(error) => return Err(End::Lost(error.to_string())),
            }
        }
        self.wait(until.saturating_duration_since(Instant::now()));
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

    /// Sleeps to the end, also when told to look: it would be another refused login.
    fn wait_out(&self, delay: Duration) {
        let end = Instant::now() + delay;
        while !self.stopped() && Instant::now() < end {
            self.wait(end.saturating_duration_since(Instant::now()));
        }
    }

    fn wait_for_budget(&self) {
        while let Err(wait) = self.budget.take(&self.reader.settings().host) {
            self.wait(wait);
            if self.stopped() {
                return;
            }
        }
    }

    fn stopped(&self) -> bool {
        self.reader.canceller().is_cancelled()
    }
}

/// Whether some folder has been read further, with the UIDs it had.
fn have_moved_on(before: &[Cursor], after: &[Cursor]) -> bool {
    after.iter().any(|now| {
        before.iter().any(|then| {
            then.folder == now.folder && then.uidvalidity == now.uidvalidity && then.last_uid < now.last_uid
        })
    })
}

/// How a connection ended.
enum End {
    /// While nothing was asked of it: no attempt has failed.
    Lost(String),
    /// Before everything was read once.
    Failed(PassError),
}

/// A number from 0 to 1 that differs between workers and tries, so that many do not come back at the same moment.
fn jitter() -> f64 {
    use std::hash::{BuildHasher, RandomState};
    let random = RandomState::new().hash_one(Instant::now());
    f64::from(u32::try_from(random >> 32).unwrap_or_default()) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use tokio::sync::mpsc;

    use super::*;
    use crate::config::Config;
    use crate::daemon::event::{Committed, Event};
    use crate::daemon::keys::DnsKeys;
    use crate::rules::{RuleBook, RuleSet};

    fn life() -> (Life, Sender<()>, mpsc::Receiver<Event>) {
        let text = "database = \"x.db\"\n[[mailbox]]\nname = \"private\"\nhost = \"localhost\"\nusername = \"anna\"\n\
                    password_env = \"NONE\"\n";
        let today = jiff::civil::date(2025, 5, 20);
        let config = Config::from_text(text, std::path::Path::new("x.toml"), 0o600, &|_| None, today).unwrap();
        let (events, happened) = mpsc::channel(1);
        let rules = Arc::new(RuleBook::from(RuleSet::parse(&[]).unwrap()));
        let keys = Arc::new(DnsKeys::new(None));
        let reader = Reader::new(&config, &config.mailboxes[0], &rules, &keys, &events).unwrap();
        let (orders, inbox) = channel();
        let pulse = Pulse::new(SLOWEST_STEP);
        (Life { reader, cursors: Vec::new(), inbox, pulse, budget: Arc::default() }, orders, happened)
    }

    #[test]
    fn an_attempt_that_panics_is_told_and_followed_by_another() {
        let (life, orders, mut happened) = life();
        let attempts = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&attempts);
        let worker = thread::spawn(move || {
            life.live_by(move |life| {
                if counted.fetch_add(1, Ordering::SeqCst) == 0 {
                    panic!("a defect made for this test");
                }
                life.reader.canceller().cancel();
                End::Failed(PassError::Stopped)
            });
        });
        let event = happened.blocking_recv().unwrap();
        let Happening::Failed { error, hopeless } = &event.happening else { panic!("{:?}", event.happening) };
        assert_eq!(
            (error.as_str(), *hopeless),
            (
                "confirmd ran into a defect while reading the mailbox; please report it with the lines before this one",
                false
            )
        );
        event.committed.send(Committed::Yes).unwrap();
        // The pause before the next attempt ends with the first word from the shell.
        orders.send(()).unwrap();
        worker.join().unwrap();
        assert_eq!(attempts.load(Ordering::SeqCst), 2);
    }

    #[test]
    fn a_worker_that_keeps_no_promise_or_has_ended_makes_no_progress() {
        let (life, orders, _happened) = life();
        let (end, ending) = channel::<()>();
        let thread = thread::spawn(move || {
            let _ = ending.recv();
        });
        let canceller = life.reader.canceller().clone();
        let worker =
            Worker { mailbox: life.reader.name().clone(), pulse: life.pulse.clone(), canceller, orders, thread };
        assert!(worker.is_well());
        worker.pulse.renew(Duration::ZERO);
        thread::sleep(Duration::from_millis(3));
        assert!(!worker.is_well());
        worker.is_heard_of();
        assert!(worker.is_well());
        drop(end);
        while !worker.has_ended() {
            thread::yield_now();
        }
        assert!(!worker.is_well(), "whatever it had promised");
    }
}
