//! Delivers what stands in the outbox, by every way, until it is delivered.
//!
//! A delivery happens outside any transaction and is marked afterwards: a crash in between says something twice at worst,
//! and never loses it.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::mpsc::UnboundedSender;

use super::recorder::Recorder;
use crate::config::{Config, Notify};
use crate::decide::notice::{Notice, title_in};
use crate::locale::Locale;
use crate::mail;
use crate::model::harmless::harmless;
use crate::model::language::Lang;
use crate::model::mailbox::MailboxName;
use crate::model::status::Severity;
use crate::model::transition::Subject;
use crate::notify;
use crate::store::notice::{NoticeId, OpenNotice};
use crate::store::{Store, StoreError};

/// The first repetition of a delivery that failed (contract section 2); then doubled.
const FIRST_RETRY: SignedDuration = SignedDuration::from_secs(30);

/// A way that stays broken is tried this often.
const LONGEST_RETRY: SignedDuration = SignedDuration::from_hours(1);

/// The way that is always there.
const LOG: &str = "log";

/// What became of one delivery.
#[derive(Debug)]
pub struct Delivered {
    notice: NoticeId,
    /// The name under which it is kept.
    way: String,
    /// What a person calls it.
    label: String,
    attempts: u32,
    result: Result<(), String>,
}

/// The ways to be told, and what is under way.
#[derive(Debug)]
pub struct Outbox {
    /// With the names under which their deliveries are kept.
    ways: Vec<(String, Arc<Notify>)>,
    under_way: BTreeSet<(NoticeId, String)>,
    results: UnboundedSender<Delivered>,
}

impl Outbox {
    /// The outbox of a configuration; results come through the channel, to be given to [`Outbox::record`].
    pub fn new(config: &Config, results: UnboundedSender<Delivered>) -> Outbox {
        Outbox { ways: ways(config), under_way: BTreeSet::new(), results }
    }

    /// Goes on with other ways (a reload).
    pub fn replace_ways(&mut self, config: &Config) {
        self.ways = ways(config);
    }

    /// Starts every delivery that is due. Returns when the next one will be.
    ///
    /// `unheard` are the mailboxes whose first pass has not ended yet. Until there are none, only the other mailboxes are
    /// spoken of: what else stands in the outbox may be outdated by a mail that is still unread, and a mailbox that was not
    /// read while the machine was off is not worth a word if it can be read now.
    pub fn start_due(
        &mut self,
        recorder: &mut Recorder,
        unheard: &BTreeSet<MailboxName>,
        now: Timestamp,
    ) -> Result<Option<Timestamp>, StoreError> {
        let mut next = None;
        let open = recorder.store().read(|tx| match unheard.is_empty() {
            true => tx.find_open_notices(),
            false => tx.find_open_notices_about_mailboxes(),
        })?;
        for open in open {
            if matches!(&open.notice.subject, Subject::Mailbox(name) if unheard.contains(name)) {
                continue;
            }
            let tried = |way: &str| open.tries.iter().find(|tried| tried.way == way);
            if tried(LOG).is_none() {
                log(&open.notice, &title_for_the_log(recorder, &open.notice));
                recorder.store_mut().write(now, |tx| tx.mark_delivered(open.id, LOG))?;
            }
            let mut done = true;
            for (name, way) in &self.ways {
                let (attempts, again_at) = match tried(name) {
                    None => (0, now),
                    Some(tried) => match tried.next_try_at {
                        None => continue,
                        Some(at) => (tried.attempts, at),
                    },
                };
                done = false;
                if self.under_way.contains(&(open.id, name.clone())) {
                    continue;
                }
                // Later than any retry can be: the clock was wrong when that was written (a board without a battery).
                if again_at > now && again_at <= now + LONGEST_RETRY {
                    next = Some(next.map_or(again_at, |next: Timestamp| next.min(again_at)));
                    continue;
                }
                self.under_way.insert((open.id, name.clone()));
                self.deliver(&open, name, way, attempts);
            }
            if done {
                recorder.store_mut().write(now, |tx| tx.mark_closed(open.id))?;
            }
        }
        Ok(next)
    }

    /// Records what became of a delivery.
    pub fn record(&mut self, delivered: &Delivered, store: &mut Store, now: Timestamp) -> Result<(), StoreError> {
        self.under_way.remove(&(delivered.notice, delivered.way.clone()));
        match &delivered.result {
            Ok(()) => store.write(now, |tx| tx.mark_delivered(delivered.notice, &delivered.way)),
            Err(error) => {
                let again_at = now + retry_after(delivered.attempts);
                tracing::warn!(way = %harmless(&delivered.label), again_at = %again_at, "a notice could not be delivered: {}", harmless(error));
                store.write(now, |tx| tx.mark_undelivered(delivered.notice, &delivered.way, error, again_at))
            }
        }
    }

    fn deliver(&self, open: &OpenNotice, name: &str, way: &Arc<Notify>, attempts: u32) {
        let (results, way, name, label) = (self.results.clone(), Arc::clone(way), name.to_owned(), way.label());
        let (id, told) = (open.id, shape(&open.notice));
        tokio::spawn(async move {
            let result = notify::deliver((*way).clone(), told, notify::LIMIT).await.map_err(|error| error.to_string());
            // When the daemon has stopped, the next one delivers it.
            let _ = results.send(Delivered { notice: id, way: name, label, attempts, result });
        });
    }
}

/// Each way with the name under which its deliveries are kept; of two alike, one. A command's arguments may be secret and are
/// told apart without being written down.
fn ways(config: &Config) -> Vec<(String, Arc<Notify>)> {
    let mut ways: Vec<(String, Arc<Notify>)> = Vec::new();
    for way in &config.notify {
        let what = match way {
            Notify::Command { command } => command.join("\0"),
            Notify::Email(email) => format!("{} {}", email.port, email.to.join(" ")),
        };
        let name = format!("{} {}", way.label(), &mail::sha256(what.as_bytes())[..8]);
        if ways.iter().all(|(known, _)| *known != name) {
            ways.push((name, Arc::new(way.clone())));
        }
    }
    ways
}

/// A notice in the shape that travels (contract section 5).
pub fn shape(notice: &Notice) -> notify::Notice {
    notify::Notice {
        event: notice.event.clone(),
        severity: notice.severity,
        account: notice.account.clone(),
        mailbox: notice.mailbox.clone(),
        title: harmless(&notice.title),
        text: harmless(&notice.text),
        at: notice.at,
        repeat: notice.repeat,
    }
}

/// The log is English, whatever the person reads.
fn title_for_the_log(recorder: &Recorder, notice: &Notice) -> String {
    match recorder.judge().lang {
        Lang::En => notice.title.clone(),
        Lang::De => title_in(Locale::of(Lang::En), notice, recorder.overview()),
    }
}

fn log(notice: &Notice, title: &str) {
    let account = notice.account.as_ref().map_or("", |id| id.as_str());
    let mailbox = notice.mailbox.as_ref().map_or("", |name| name.as_str());
    let (event, severity, title) = (&notice.event, notice.severity, harmless(title));
    match severity {
        Severity::Ok | Severity::Info => {
            tracing::info!(event, %severity, account, mailbox, repeat = notice.repeat, "{title}");
        }
        Severity::Warning | Severity::Critical | Severity::Unknown => {
            tracing::warn!(event, %severity, account, mailbox, repeat = notice.repeat, "{title}");
        }
    }
}

/// 30 s, then doubled, up to an hour.
fn retry_after(attempts: u32) -> SignedDuration {
    FIRST_RETRY.checked_mul(1i32 << attempts.min(10)).map_or(LONGEST_RETRY, |delay| delay.min(LONGEST_RETRY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_way_is_tried_again_after_30_s_and_ever_more_seldom() {
        let seconds: Vec<i64> = (0..10).map(|attempts| retry_after(attempts).as_secs()).collect();
        assert_eq!(seconds, [30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]);
    }
}
