//! `confirmd run`: the daemon. Everything that can happen comes together here, one thing after the other.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use jiff::Timestamp;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::mpsc::{self, Receiver, Sender, UnboundedReceiver};
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::alarm::{Alarm, Rang};
use super::dialling::Dialling;
use super::event::{Committed, Event, Happening};
use super::judge::Judge;
use super::keys::DnsKeys;
use super::outbox::{Delivered, Outbox};
use super::reader::Reader;
use super::recorder::Recorder;
use super::reprove::{Reproved, reprove, waiting};
use super::stop::Stop;
use super::summary::in_words;
use super::worker::Worker;
use crate::config::Config;
use crate::model::harmless::harmless;
use crate::model::mailbox::{MailboxName, MailboxState};
use crate::store::StoreError;
use crate::systemd::ServiceManager;

/// A worker that has not ended by then is left behind: the process ends within 2 s of the signal.
const STOP_WITHIN: Duration = Duration::from_secs(1);

/// When the database could not be written (a full disk, a lock), look again after this.
const AFTER_STORE_FAILURE: Duration = Duration::from_secs(10);

/// A sender that DNS could not prove is tried again after every full pass, and this often while there is none.
const REPROVE_EVERY: jiff::SignedDuration = jiff::SignedDuration::from_mins(15);

/// Loads configuration and rules anew, for SIGHUP; the error is for the log.
pub type Reload<'a> = dyn FnMut() -> Result<(Config, Judge), String> + 'a;

/// Watches the mailboxes until `stop` says so.
pub fn run(config: Config, recorder: Recorder, stop: Stop, reload: &mut Reload<'_>) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let result = runtime.block_on(async { Daemon::start(config, recorder, stop)?.live(reload).await });
    // Deliveries under way are dropped, and what they started is killed: the outbox still has them.
    runtime.shutdown_timeout(Duration::from_millis(100));
    result
}

struct Daemon {
    stop: Stop,
    config: Config,
    recorder: Recorder,
    workers: Vec<Worker>,
    budget: Arc<Dialling>,
    keys: Arc<DnsKeys>,
    events: Sender<Event>,
    happened: Receiver<Event>,
    outbox: Outbox,
    delivered: UnboundedReceiver<Delivered>,
    proofs: JoinSet<Vec<Reproved>>,
    /// When to prove senders again; `None` while none waits for it.
    reprove_at: Option<Timestamp>,
    alarm: Alarm,
    /// Mailboxes whose first pass has not ended yet, well or badly: until then nobody is told of accounts.
    unheard: BTreeSet<MailboxName>,
    /// Set when the database could not be written (a full disk, a lock): look again then.
    retry_at: Option<Instant>,
    /// What it was, to say it once.
    trouble: Option<String>,
    /// Mailboxes whose last event could not be written: the trouble lasts, even if less can be written.
    unwritten: BTreeSet<MailboxName>,
    status: String,
    service: ServiceManager,
}

impl Daemon {
    fn start(config: Config, recorder: Recorder, stop: Stop) -> anyhow::Result<Daemon> {
        let (events, happened) = mpsc::channel(64);
        let (results, delivered) = mpsc::unbounded_channel();
        let mut daemon = Daemon {
            stop,
            outbox: Outbox::new(&config, results),
            keys: Arc::new(DnsKeys::new(config.dns.server)),
            budget: Arc::default(),
            workers: Vec::new(),
            proofs: JoinSet::new(),
            reprove_at: Some(Timestamp::now()),
            alarm: Alarm::new()?,
            unheard: BTreeSet::new(),
            retry_at: None,
            trouble: None,
            unwritten: BTreeSet::new(),
            status: String::new(),
            service: ServiceManager::from_env(&|name| std::env::var_os(name), std::process::id()),
            config,
            recorder,
            events,
            happened,
            delivered,
        };
        let readers = readers(&daemon.config, daemon.recorder.judge(), &daemon.keys, &daemon.events)?;
        daemon.start_workers(readers)?;
        Ok(daemon)
    }

    fn start_workers(&mut self, readers: Vec<Reader>) -> anyhow::Result<()> {
        self.unwritten.clear();
        self.unheard = readers.iter().map(|reader| reader.name().clone()).collect();
        for reader in readers {
            let cursors = self.recorder.store().read(|tx| tx.find_cursors(reader.name()))?;
            let worker = Worker::start(reader, cursors, &self.budget).context("no thread can be started")?;
            self.workers.push(worker);
        }
        Ok(())
    }

    async fn live(mut self, reload: &mut Reload<'_>) -> anyhow::Result<()> {
        let mut stop = self.stop.clone();
        let mut hang_up: Signal = signal(SignalKind::hangup())?;
        let watchdog = self.service.watchdog_interval();
        let mut feed = tokio::time::interval(watchdog.unwrap_or(Duration::from_secs(3600)));
        self.look();
        told(self.service.ready(&self.status));
        tracing::info!(mailboxes = self.workers.len(), accounts = self.config.accounts.len(), "watching");
        loop {
            let retry_at = self.retry_at;
            tokio::select! {
                () = stop.signalled() => break,
                _ = hang_up.recv() => self.reload(reload).await?,
                Some(event) = self.happened.recv() => self.on_event(event),
                Some(delivered) = self.delivered.recv() => self.on_delivered(&delivered),
                Some(reproved) = self.proofs.join_next() => self.on_reproved(reproved.unwrap_or_default()),
                rang = self.alarm.wait() => self.on_alarm(rang),
                () = sleep_until(retry_at), if retry_at.is_some() => self.look(),
                _ = feed.tick(), if watchdog.is_some() => self.feed_watchdog(),
            }
        }
        told(self.service.stopping());
        tracing::info!("stopping");
        self.stop_workers().await;
        Ok(())
    }

    /// What a worker has to say.
    fn on_event(&mut self, Event { mailbox, happening, committed }: Event) {
        let now = Timestamp::now();
        self.workers.iter().filter(|worker| worker.mailbox == mailbox).for_each(Worker::is_heard_of);
        let result = match &happening {
            Happening::Mail(mail) => self.recorder.on_mail(mail, now).map(|number| {
                if let Some(number) = number {
                    tracing::info!(%mailbox, number = number.0, "a message was recorded");
                }
            }),
            Happening::Unread(mail) => self.recorder.on_unread(mail, now).map(|number| {
                tracing::warn!(%mailbox, number = number.0, "a message is up for review: {}", harmless(&mail.why));
            }),
            Happening::Progress(cursor) => self.recorder.on_progress(&mailbox, cursor, now),
            Happening::Complete { started_at } => self.recorder.on_complete(&mailbox, *started_at, now),
            Happening::Failed { error, hopeless } => {
                tracing::warn!(%mailbox, hopeless, "the mailbox was not read completely: {}", harmless(error));
                self.recorder.on_failed(&mailbox, error, *hopeless, now)
            }
            Happening::Remark(text) => {
                tracing::info!(%mailbox, "{}", harmless(text));
                Ok(())
            }
            Happening::Started { .. } | Happening::Done => Ok(()),
        };
        let answer = if result.is_ok() { Committed::Yes } else { Committed::No };
        // The receiver may be gone already; then nobody needs the answer.
        let _ = committed.send(answer);
        if let Err(error) = result {
            self.unwritten.insert(mailbox);
            return self.on_store_failure(&error);
        }
        self.unwritten.remove(&mailbox);
        match happening {
            Happening::Complete { .. } => {
                self.unheard.remove(&mailbox);
                // The network is up, so DNS may be too.
                self.reprove_at = self.reprove_at.and(Some(now));
            }
            Happening::Mail(mail) if mail.proof.retry => {
                self.reprove_at.get_or_insert(now + REPROVE_EVERY);
            }
            Happening::Failed { .. } if self.state_of(&mailbox) == Some(MailboxState::Failing) => {
                self.unheard.remove(&mailbox);
            }
            // Nothing that a person is told of can have changed.
            Happening::Progress(_) | Happening::Started { .. } | Happening::Remark(_) | Happening::Done => return,
            Happening::Mail(_) | Happening::Unread(_) | Happening::Failed { .. } => {}
        }
        // What was to be tried again later has been done with this.
        self.retry_at = None;
        self.follow();
    }

    fn on_delivered(&mut self, delivered: &Delivered) {
        let now = Timestamp::now();
        if let Err(error) = self.outbox.record(delivered, self.recorder.store_mut(), now) {
            return self.on_store_failure(&error);
        }
        self.follow();
    }

    fn on_reproved(&mut self, reproved: Vec<Reproved>) {
        let now = Timestamp::now();
        for Reproved { message, proof } in reproved {
            if let Err(error) = self.recorder.on_proof(message, &proof, now) {
                return self.on_store_failure(&error);
            }
        }
        self.follow();
    }

    fn on_alarm(&mut self, rang: Rang) {
        if rang == Rang::ClockSet {
            tracing::info!("the clock was set, or the machine has slept: looking at every mailbox");
            // A connection rarely survives a sleep, and waiting for its keepalive would take minutes.
            self.workers.iter().for_each(Worker::look);
        }
        self.look();
    }

    /// What time alone has changed.
    fn look(&mut self) {
        self.retry_at = None;
        match self.recorder.on_tick(Timestamp::now()) {
            Ok(()) => self.follow(),
            Err(error) => self.on_store_failure(&error),
        }
    }

    /// After anything that can have changed something: deliver what is due, and set the alarm to the next moment at which
    /// something changes by itself.
    fn follow(&mut self) {
        let now = Timestamp::now();
        let undelivered = match self.deliver(now) {
            Ok(next) => next,
            Err(error) => return self.on_store_failure(&error),
        };
        if self.reprove_at.is_some_and(|at| at <= now) && self.proofs.is_empty() {
            self.reprove_at = self.start_reproving(now);
        }
        // While DNS is being asked it is no deadline: its end comes by itself.
        let reprove_at = self.reprove_at.filter(|_| self.proofs.is_empty());
        let next = [self.recorder.next_change(), undelivered, reprove_at].into_iter().flatten().min();
        if let Err(error) = self.alarm.set(next) {
            tracing::error!("the next deadline cannot be watched for: {error}");
            self.retry_at = Some(Instant::now() + AFTER_STORE_FAILURE);
        }
        if self.retry_at.is_none() && self.unwritten.is_empty() && self.trouble.take().is_some() {
            tracing::info!("the database can be written again");
        }
        let status = self.recorder.overview().map(in_words).unwrap_or_default();
        if status != self.status && self.trouble.is_none() {
            told(self.service.status(&status));
            self.status = status;
        }
    }

    fn deliver(&mut self, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        self.outbox.start_due(&mut self.recorder, &self.unheard, now)
    }

    /// Asks DNS again for the keys it could not give. Returns when to do so next.
    fn start_reproving(&mut self, now: Timestamp) -> Option<Timestamp> {
        let waiting = match self.recorder.store().read(|tx| waiting(tx, self.recorder.judge())) {
            Ok(waiting) if waiting.is_empty() => return None,
            Ok(waiting) => waiting,
            Err(error) => {
                self.on_store_failure(&error);
                return Some(now + REPROVE_EVERY);
            }
        };
        // Its own cache: what could not be answered a moment ago is asked anew.
        let keys = Arc::new(DnsKeys::new(self.config.dns.server));
        let rules = Arc::clone(&self.recorder.judge().rules);
        self.proofs.spawn_blocking(move || reprove(waiting, &keys, &rules));
        Some(now + REPROVE_EVERY)
    }

    fn on_store_failure(&mut self, error: &StoreError) {
        // Nobody waits for a lock any more: that is no trouble but the end.
        if self.stop.is_wished() {
            return;
        }
        let trouble = harmless(&error.to_string());
        if self.trouble.as_ref() != Some(&trouble) {
            tracing::error!("{trouble}");
            told(self.service.status(&format!("the database cannot be written: {trouble}")));
            self.status.clear();
            self.trouble = Some(trouble);
        }
        self.retry_at = Some(Instant::now() + AFTER_STORE_FAILURE);
    }

    /// All or nothing: with any error the old configuration stays in force. An error here is one that leaves nothing watched.
    async fn reload(&mut self, reload: &mut Reload<'_>) -> anyhow::Result<()> {
        told(self.service.reloading());
        match reload() {
            Err(error) => tracing::error!("the configuration was not reloaded, the old one stays in force: {error}"),
            Ok((config, _)) if config.database != self.config.database => {
                tracing::error!(
                    "the configuration was not reloaded: another `database` needs a restart; the old one stays in force"
                );
            }
            Ok((config, judge)) => self.take_over(config, judge).await?,
        }
        self.look();
        told(self.service.ready(&self.status));
        Ok(())
    }

    async fn take_over(&mut self, config: Config, judge: Judge) -> anyhow::Result<()> {
        let keys = Arc::new(DnsKeys::new(config.dns.server));
        let readers = match readers(&config, &judge, &keys, &self.events) {
            Ok(readers) => readers,
            Err(error) => {
                tracing::error!("the configuration was not reloaded, the old one stays in force: {error}");
                return Ok(());
            }
        };
        if let Err(error) = self.recorder.replace_judge(judge, Timestamp::now()) {
            self.on_store_failure(&error);
            tracing::error!("the configuration was not reloaded, the old one stays in force");
            return Ok(());
        }
        self.stop_workers().await;
        self.keys = keys;
        self.outbox.replace_ways(&config);
        self.config = config;
        // Without workers nothing is watched: whoever starts the daemon anew does better than waiting.
        self.start_workers(readers).context("the mailboxes cannot be watched any more")?;
        tracing::info!("the configuration was reloaded");
        Ok(())
    }

    /// Stops every worker; what they still have to say is refused, so they read it again.
    async fn stop_workers(&mut self) {
        self.workers.iter().for_each(Worker::stop);
        let until = Instant::now() + STOP_WITHIN;
        while !self.workers.iter().all(Worker::has_ended) && Instant::now() < until {
            if let Ok(Some(event)) = tokio::time::timeout(Duration::from_millis(10), self.happened.recv()).await {
                // The receiver may be gone already; then nobody needs the answer.
                let _ = event.committed.send(Committed::No);
            }
        }
        self.workers.clear();
    }

    fn feed_watchdog(&self) {
        match self.workers.iter().find(|worker| !worker.is_well()) {
            None => told(self.service.watchdog()),
            Some(worker) => {
                tracing::error!(mailbox = %worker.mailbox, "the worker makes no progress; the watchdog is not fed")
            }
        }
    }

    fn state_of(&self, mailbox: &MailboxName) -> Option<MailboxState> {
        let views = &self.recorder.overview()?.mailboxes;
        views.iter().find(|view| view.name == *mailbox).map(|view| view.state)
    }
}

/// A reader for every mailbox.
fn readers(
    config: &Config,
    judge: &Judge,
    keys: &Arc<DnsKeys>,
    events: &Sender<Event>,
) -> std::io::Result<Vec<Reader>> {
    config.mailboxes.iter().map(|mailbox| Reader::new(config, mailbox, &judge.rules, keys, events)).collect()
}

/// A service manager that does not listen is no reason to stop, and one that waits for us will act by itself.
fn told(result: std::io::Result<()>) {
    if let Err(error) = result {
        tracing::warn!("the service manager could not be told: {error}");
    }
}

async fn sleep_until(at: Option<Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}
