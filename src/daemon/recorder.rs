//! The one writer: takes what happened, and records it with everything that follows from it, in one transaction each.

use jiff::Timestamp;

use super::event::{ReadMail, UnreadMail};
use super::judge::Judge;
use super::reprove::with_other_hosts;
use crate::decide::ingest::{Settlement, judge, unread};
use crate::decide::notice::{next_repeat, notice_of, repeats};
use crate::decide::objections::is_news;
use crate::decide::overview::{Overview, overview};
use crate::decide::sweep::sweep;
use crate::locale::Locale;
use crate::mail;
use crate::model::account::AccountId;
use crate::model::attribution::Reason;
use crate::model::mailbox::{Cursor, MailboxName};
use crate::model::message::Message;
use crate::model::objection::Objection;
use crate::model::proof::{Proof, SenderProof};
use crate::model::status::{MessageNumber, Policy};
use crate::store::message::{Content, MessageRow, NewMessage};
use crate::store::setting::{PROOFS_MADE_BY, VERDICTS_MADE_BY};
use crate::store::{Store, StoreError, Tx, TxResult};

/// The writer of the database.
#[derive(Debug)]
pub struct Recorder {
    store: Store,
    judge: Judge,
    seen: Option<Seen>,
}

/// Where everything stood after the last transaction, and when that changes by itself.
#[derive(Debug)]
struct Seen {
    overview: Overview,
    next_change: Option<Timestamp>,
}

impl Recorder {
    /// A recorder on an open database: records what the configuration says, and judges stored messages anew where rules
    /// or accounts have changed.
    pub fn new(store: Store, judge: Judge, now: Timestamp) -> Result<Recorder, StoreError> {
        let mut recorder = Recorder { store, judge, seen: None };
        recorder.take_over(now)?;
        Ok(recorder)
    }

    /// Goes on with other rules and accounts (a reload).
    pub fn replace_judge(&mut self, judge: Judge, now: Timestamp) -> Result<(), StoreError> {
        let old = std::mem::replace(&mut self.judge, judge);
        self.take_over(now).inspect_err(|_| self.judge = old)
    }

    /// The rules, accounts and policy in force.
    pub fn judge(&self) -> &Judge {
        &self.judge
    }

    /// The database, to read from.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The database, for what changes no status: the outbox.
    pub fn store_mut(&mut self) -> &mut Store {
        &mut self.store
    }

    /// Where everything stood after the last transaction.
    pub fn overview(&self) -> Option<&Overview> {
        self.seen.as_ref().map(|seen| &seen.overview)
    }

    /// When that changes by itself: a deadline, a mailbox that becomes stale, a warning to be repeated.
    pub fn next_change(&self) -> Option<Timestamp> {
        self.seen.as_ref().and_then(|seen| seen.next_change)
    }

    /// Does `work` and everything that follows from it for statuses, in one transaction.
    pub fn write<T>(
        &mut self,
        now: Timestamp,
        work: impl FnOnce(&Judge, &Tx<'_>) -> TxResult<T>,
    ) -> Result<T, StoreError> {
        let judge = &self.judge;
        let (value, seen) = self.store.write(now, |tx| {
            let value = work(judge, tx)?;
            Ok((value, refresh(judge, tx, now)?))
        })?;
        self.seen = Some(seen);
        Ok(value)
    }

    /// Records a mail that was read; `None` when it has nothing to do with an objection.
    pub fn on_mail(&mut self, mail: &ReadMail, now: Timestamp) -> Result<Option<MessageNumber>, StoreError> {
        let judge = &self.judge;
        let verdict = match &mail.message {
            Ok(message) => judge_message(judge, message, &mail.proof),
            Err(why) => Some(unread(Reason::Unreadable, why)),
        };
        // Of a mail whose text cannot be had, its header says what there is to say.
        let header = if mail.message.is_err() { mail::header_only(&mail.raw) } else { Message::default() };
        let message = mail.message.as_ref().unwrap_or(&header);
        let known = self.store.read(|tx| find_copy(tx, mail))?;
        if verdict.is_none() && known.is_none() {
            return Ok(None);
        }
        self.write(now, |judge, tx| {
            let number = match find_copy(tx, mail)? {
                Some(row) => {
                    merge_copy(tx, &row, mail)?;
                    row.number
                }
                None => tx.insert_message(&new_message(mail, message))?,
            };
            if let Some(place) = &mail.place {
                tx.insert_place(number, place)?;
            }
            rejudge(judge, tx, number)?;
            Ok(Some(number))
        })
    }

    /// Records a mail that claims to come from Meta and was not read.
    pub fn on_unread(&mut self, mail: &UnreadMail, now: Timestamp) -> Result<MessageNumber, StoreError> {
        // Header and size are all there is to tell one from another.
        let identity = mail::sha256(&[mail.header.as_slice(), b"\n", mail.size.to_string().as_bytes()].concat());
        self.write(now, |judge, tx| {
            let at_place = match &mail.place {
                Some(place) => tx.find_message_at(place)?,
                None => None,
            };
            let known = match at_place {
                Some(row) => Some(row),
                None => tx.find_message_by_identity(&identity)?,
            };
            let number = match known {
                Some(row) => row.number,
                None => tx.insert_message(&NewMessage {
                    identity: &identity,
                    sha256: None,
                    content: Content::Unread {
                        header: &mail.header,
                        size: mail.size,
                        reason: mail.reason,
                        why: &mail.why,
                    },
                    from: &mail.message.from_text,
                    subject: &mail.message.subject,
                    message_id: mail.message.message_id.as_deref(),
                    received_at: mail.received_at,
                    proof: &SenderProof::default(),
                })?,
            };
            if let Some(place) = &mail.place {
                tx.insert_place(number, place)?;
            }
            rejudge(judge, tx, number)?;
            Ok(number)
        })
    }

    /// Records how far a folder has been read.
    pub fn on_progress(&mut self, mailbox: &MailboxName, cursor: &Cursor, now: Timestamp) -> Result<(), StoreError> {
        self.store.write(now, |tx| {
            tx.mark_places_past(mailbox, &cursor.folder, cursor.uidvalidity)?;
            tx.update_cursor(mailbox, cursor)
        })
    }

    /// Records that everything there was at `started_at` has been read.
    pub fn on_complete(
        &mut self,
        mailbox: &MailboxName,
        started_at: Timestamp,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(now, |_, tx| tx.mark_complete(mailbox, started_at))
    }

    /// Records that an attempt to read a mailbox failed.
    pub fn on_failed(
        &mut self,
        mailbox: &MailboxName,
        error: &str,
        hopeless: bool,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(now, |_, tx| tx.mark_failed(mailbox, error, hopeless))
    }

    /// Records a better proof of a stored message's sender.
    pub fn on_proof(&mut self, number: MessageNumber, proof: &SenderProof, now: Timestamp) -> Result<(), StoreError> {
        self.write(now, |judge, tx| {
            tx.update_proof(number, proof)?;
            rejudge(judge, tx, number)
        })
    }

    /// Records what the person decided about a message; `None` takes the last decision back.
    pub fn on_settled(
        &mut self,
        number: MessageNumber,
        settlement: Option<&Settlement>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(now, |judge, tx| {
            tx.insert_settlement(number, settlement)?;
            rejudge(judge, tx, number)
        })
    }

    /// Records an objection.
    pub fn on_objected(&mut self, account: &AccountId, objection: Objection, now: Timestamp) -> Result<(), StoreError> {
        self.write(now, |_, tx| tx.insert_objection(account, objection, false))
    }

    /// Records a confirmation seen elsewhere.
    pub fn on_confirmed(
        &mut self,
        account: &AccountId,
        on: jiff::civil::Date,
        note: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(now, |_, tx| tx.insert_confirmation(account, on, note))
    }

    /// Records what time alone has changed.
    pub fn on_tick(&mut self, now: Timestamp) -> Result<(), StoreError> {
        self.write(now, |_, _| Ok(()))
    }

    fn take_over(&mut self, now: Timestamp) -> Result<(), StoreError> {
        self.write(now, |judge, tx| {
            let records = judge.recorded_objections(tx)?;
            for account in &judge.accounts {
                let records = records.get(&account.id).map_or(&[][..], Vec::as_slice);
                if let Some(objection) = account.objection.filter(|_| is_news(account.objection, records)) {
                    tx.insert_objection(&account.id, objection, true)?;
                }
            }
            let hosts = format!("{:?}", judge.trusted);
            if tx.find_setting(PROOFS_MADE_BY)?.as_ref() != Some(&hosts) {
                for reproved in with_other_hosts(tx, judge)? {
                    tx.update_proof(reproved.message, &reproved.proof)?;
                    rejudge(judge, tx, reproved.message)?;
                }
                tx.update_setting(PROOFS_MADE_BY, &hosts)?;
            }
            if tx.find_setting(VERDICTS_MADE_BY)?.as_deref() != Some(judge.made_by()) {
                for row in tx.find_messages()? {
                    rejudge(judge, tx, row.number)?;
                }
                tx.update_setting(VERDICTS_MADE_BY, judge.made_by())?;
            }
            Ok(())
        })
    }
}

/// Statuses, transitions and notices after whatever this transaction has changed.
fn refresh(judge: &Judge, tx: &Tx<'_>, now: Timestamp) -> TxResult<Seen> {
    let locale = Locale::of(judge.lang);
    let known = judge.known(tx)?;
    let overview = overview(&known, &judge.policy, &now.to_zoned_datetime(judge.tz.clone()));
    let mut standing = tx.find_standing()?;
    for transition in sweep(&standing, &overview) {
        tx.insert_transition(&transition)?;
        match notice_of(locale, &transition, &overview) {
            // Good news about something nobody was told of is no news.
            Some(notice) if notice.is_recovery() && tx.is_untold(&notice.subject)? => {
                tx.mark_superseded(&notice.subject)?
            }
            Some(notice) => {
                tx.insert_notice(&notice)?;
            }
            // A severity that went down within a state is no news, but what was to be said before still holds.
            None if transition.from.as_deref() == Some(&transition.to) => {}
            None => tx.mark_superseded(&transition.subject)?,
        }
        standing.insert(transition.subject, (transition.to, transition.severity));
    }
    let repeat_every = &judge.policy.repeat_every;
    for notice in repeats(locale, &standing, &tx.find_told()?, &overview, repeat_every) {
        tx.insert_notice(&notice)?;
    }
    tx.update_status(&overview.accounts)?;
    let next_change =
        next_change(&overview, &judge.policy, next_repeat(&standing, &tx.find_told()?, repeat_every, &judge.tz));
    Ok(Seen { overview, next_change })
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

/// Makes the verdict on a stored message anew.
fn rejudge(judge: &Judge, tx: &Tx<'_>, number: MessageNumber) -> TxResult<()> {
    let Some(row) = tx.find_message(number)? else { return Ok(()) };
    let settlement = tx.find_settlement(number)?;
    match judge.verdict_on_stored(tx, &row, settlement.as_ref())? {
        Some(verdict) => tx.update_verdict(number, &verdict, settlement.is_some()),
        None => tx.clear_verdict(number),
    }
}

/// The stored copy of this mail: the same mail elsewhere, or what was recorded of it when it could not be read.
fn find_copy(tx: &Tx<'_>, mail: &ReadMail) -> TxResult<Option<MessageRow>> {
    if let Some(row) = tx.find_message_by_identity(&mail.identity)? {
        return Ok(Some(row));
    }
    match &mail.place {
        Some(place) => Ok(tx.find_message_at(place)?.filter(|row| row.unread.is_some())),
        None => Ok(None),
    }
}

/// Keeps the best of two copies: the earlier receipt, the copy that proves its sender, the one that could be read.
fn merge_copy(tx: &Tx<'_>, row: &MessageRow, mail: &ReadMail) -> TxResult<()> {
    tx.update_received_at(row.number, mail.received_at)?;
    let better = strength(mail.proof.proof) > strength(row.proof.proof);
    if row.unread.is_some() || better {
        tx.update_raw(row.number, &mail.identity, &mail.raw, &mail.sha256)?;
        tx.update_proof(row.number, &mail.proof)?;
    }
    Ok(())
}

/// A signature proves for ever, a mail host's note only as far as that host is believed.
fn strength(proof: Option<Proof>) -> u8 {
    match proof {
        None => 0,
        Some(Proof::Authserv | Proof::User) => 1,
        Some(Proof::Dkim) => 2,
    }
}

fn new_message<'a>(mail: &'a ReadMail, message: &'a Message) -> NewMessage<'a> {
    NewMessage {
        identity: &mail.identity,
        sha256: Some(&mail.sha256),
        content: Content::Raw(&mail.raw),
        from: &message.from_text,
        subject: &message.subject,
        message_id: message.message_id.as_deref(),
        received_at: mail.received_at,
        proof: &mail.proof,
    }
}

fn judge_message(judge_: &Judge, message: &Message, proof: &SenderProof) -> Option<crate::decide::ingest::Verdict> {
    judge(message, proof, judge_.policy.sender, &judge_.rules, &judge_.accounts)
}
