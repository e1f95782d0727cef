//! Where everything stands, kept between transactions: recording one message does not read all the others again.
//!
//! What is drawn from the database and what is kept are the same; a picture of a database that another process has written to
//! since is thrown away.

use std::collections::BTreeSet;

use jiff::{Timestamp, ZonedDateTime};

use super::judge::Judge;
use crate::decide::known::Known;
use crate::decide::notice::{Told, next_repeat, notice_of, repeats};
use crate::decide::overview::{AccountView, Overview, overview};
use crate::decide::sweep::{Standing, sweep, sweep_some};
use crate::locale::Locale;
use crate::model::account::AccountId;
use crate::model::mailbox::MailboxName;
use crate::model::status::{MessageNumber, Policy};
use crate::model::transition::Transition;
use crate::store::{Tx, TxResult};

/// What a transaction has changed.
#[derive(Debug)]
pub enum Changed {
    /// Nothing but the time.
    Nothing,
    /// A message, its verdict, its settlement.
    Message(MessageNumber),
    /// How reading a mailbox goes.
    Mailbox(MailboxName),
    /// More than that.
    Anything,
}

/// Where everything stood after the last transaction.
#[derive(Debug)]
pub struct Picture {
    known: Known,
    standing: Standing,
    /// What was last told of each subject, the latest last.
    told: Vec<Told>,
    overview: Overview,
    /// No repetition is due before.
    next_repeat: Option<Timestamp>,
    next_change: Option<Timestamp>,
    /// What the database says as long as no other process has written to it; `None` after a transaction that failed.
    version: Option<i64>,
}

impl Picture {
    /// Where everything stood.
    pub fn overview(&self) -> &Overview {
        &self.overview
    }

    /// When that changes by itself: a deadline, a mailbox that becomes stale, a warning to be repeated.
    pub fn next_change(&self) -> Option<Timestamp> {
        self.next_change
    }

    /// Statuses, transitions and notices after what this transaction has changed: written, and kept.
    pub fn renew(
        kept: &mut Option<Picture>,
        changed: &Changed,
        judge: &Judge,
        tx: &Tx<'_>,
        now: Timestamp,
    ) -> TxResult<()> {
        let now = now.to_zoned_datetime(judge.tz.clone());
        let version = tx.data_version()?;
        match (kept.as_mut().filter(|kept| kept.version == Some(version)), changed) {
            (Some(kept), Changed::Message(number)) => kept.look_at_message(*number, judge, tx, &now),
            (Some(kept), Changed::Mailbox(name)) => {
                let health = tx.find_health_of(name)?.unwrap_or_default();
                kept.known.mailboxes.iter_mut().filter(|(known, _)| known == name).for_each(|it| it.1 = health.clone());
                kept.look(judge, tx, &now)
            }
            (Some(kept), Changed::Nothing) => kept.look(judge, tx, &now),
            (None, _) | (_, Changed::Anything) => {
                let mut drawn = Picture::draw(judge, tx, &now)?;
                drawn.look(judge, tx, &now)?;
                drawn.version = Some(version);
                *kept = Some(drawn);
                Ok(())
            }
        }
    }

    /// The transaction was not committed: what the next one changes is drawn anew.
    pub fn distrust(&mut self) {
        self.version = None;
    }

    fn draw(judge: &Judge, tx: &Tx<'_>, now: &ZonedDateTime) -> TxResult<Picture> {
        let known = judge.known(tx, now.timestamp())?;
        let overview = overview(&known, &judge.policy, now);
        tx.update_status(overview.accounts.iter())?;
        tx.keep_status_of(overview.accounts.iter().map(|view| &view.account.id))?;
        let (standing, told) = (tx.find_standing()?, tx.find_told()?);
        Ok(Picture { known, standing, told, overview, next_repeat: None, next_change: None, version: None })
    }

    /// Everything, anew.
    fn look(&mut self, judge: &Judge, tx: &Tx<'_>, now: &ZonedDateTime) -> TxResult<()> {
        self.known.believe_at(now.timestamp(), &judge.policy, &judge.tz);
        let before = std::mem::replace(&mut self.overview, overview(&self.known, &judge.policy, now));
        let views = before.accounts.iter().zip(&self.overview.accounts);
        tx.update_status(views.filter(|(before, view)| differ(before, view)).map(|(_, view)| view))?;
        self.tell(sweep(&self.standing, &self.overview), judge, tx)?;
        let (locale, repeat_every) = (Locale::of(judge.lang), &judge.policy.repeat_every);
        for notice in repeats(locale, &self.standing, &self.told, &self.overview, repeat_every) {
            tx.insert_notice(&notice)?;
            self.remember(Told::of(&notice));
        }
        self.next_repeat = next_repeat(&self.standing, &self.told, repeat_every, &judge.tz);
        self.next_change = next_change(&self.overview, &judge.policy, self.next_repeat);
        Ok(())
    }

    /// What a message alone has changed; everything, where time has changed something as well.
    fn look_at_message(
        &mut self,
        number: MessageNumber,
        judge: &Judge,
        tx: &Tx<'_>,
        now: &ZonedDateTime,
    ) -> TxResult<()> {
        let mut touched: BTreeSet<AccountId> = self.known.forget(number);
        if let Some(row) = tx.find_judged_of(number)? {
            touched.extend(row.judged.accounts.iter().map(|attributed| attributed.account.clone()));
            self.known.hear(&row.judged);
        }
        let at = now.timestamp();
        if at < self.overview.as_of.timestamp() || self.next_change.is_some_and(|next| next <= at) {
            return self.look(judge, tx, now);
        }
        let messages = self.overview.look_again(&self.known, &touched, number, &judge.policy, now);
        tx.update_status(self.overview.accounts.iter().filter(|view| touched.contains(&view.account.id)))?;
        let new = self.tell(sweep_some(&self.standing, &self.overview, &touched, &messages), judge, tx)?;
        // What was told before is no sooner due than it was.
        let new = self.told.split_at(self.told.len() - new).1;
        let new = next_repeat(&self.standing, new, &judge.policy.repeat_every, &judge.tz);
        self.next_repeat = [self.next_repeat, new].into_iter().flatten().min();
        self.next_change = next_change(&self.overview, &judge.policy, self.next_repeat);
        Ok(())
    }

    /// Writes transitions and what is to be told of them. Returns how much that is.
    fn tell(&mut self, transitions: Vec<Transition>, judge: &Judge, tx: &Tx<'_>) -> TxResult<usize> {
        let mut told = 0;
        for transition in transitions {
            tx.insert_transition(&transition)?;
            match notice_of(Locale::of(judge.lang), &transition, &self.overview) {
                // Good news about something nobody was told of is no news.
                Some(notice) if notice.is_recovery() && tx.is_untold(&notice.subject)? => {
                    tx.mark_superseded(&notice.subject)?
                }
                Some(notice) => {
                    tx.insert_notice(&notice)?;
                    self.remember(Told::of(&notice));
                    told += 1;
                }
                // A severity that went down within a state is no news, but what was to be said before still holds.
                None if transition.from.as_deref() == Some(&transition.to) => {}
                None => tx.mark_superseded(&transition.subject)?,
            }
            self.standing.insert(transition.subject, (transition.to, transition.severity));
        }
        Ok(told)
    }

    fn remember(&mut self, told: Told) {
        self.told.retain(|other| other.subject != told.subject);
        self.told.push(told);
    }
}

/// Whether the rows in the table `status` differ.
fn differ(a: &AccountView, b: &AccountView) -> bool {
    let row = |view: &AccountView| {
        let status = &view.status;
        let objected_on = view.objection.map(|objection| objection.on);
        (status.state, status.severity, objected_on, status.confirmed_on, status.deadline_on)
    };
    row(a) != row(b)
}

/// The next moment at which something changes by itself.
fn next_change(overview: &Overview, policy: &Policy, repeat: Option<Timestamp>) -> Option<Timestamp> {
    let now = overview.as_of.timestamp();
    let accounts = overview.accounts.iter().filter_map(|view| view.next_change);
    let stale = overview
        .mailboxes
        .iter()
        .filter_map(|view| policy.stale_after.after(view.health.last_complete?, overview.as_of.time_zone()));
    accounts.chain(stale).chain(repeat).filter(|at| *at > now).min()
}
