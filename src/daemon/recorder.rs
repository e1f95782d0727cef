//! The one writer: takes what happened, and records it with everything that follows from it, in one transaction each.

use jiff::Timestamp;

use super::event::{ReadMail, UnreadMail};
use super::judge::Judge;
use super::picture::{Changed, Picture};
use super::reprove::with_other_hosts;
use crate::decide::ingest::{Settlement, judge, unread};
use crate::decide::objections::is_news;
use crate::decide::overview::Overview;
use crate::mail;
use crate::model::account::AccountId;
use crate::model::attribution::Reason;
use crate::model::mailbox::{Cursor, MailboxName};
use crate::model::message::Message;
use crate::model::objection::Objection;
use crate::model::proof::{Proof, SenderProof};
use crate::model::status::MessageNumber;
use crate::store::message::{Content, MessageRow, NewMessage};
use crate::store::setting::{PROOFS_MADE_BY, RULES_READ, VERDICTS_MADE_BY};
use crate::store::{Store, StoreError, Tx, TxResult};

/// The writer of the database.
#[derive(Debug)]
pub struct Recorder {
    store: Store,
    judge: Judge,
    /// Where everything stood after the last transaction.
    picture: Option<Picture>,
}

impl Recorder {
    /// A recorder on an open database: records what the configuration says, and judges stored messages anew where rules
    /// or accounts have changed.
    pub fn new(store: Store, judge: Judge, now: Timestamp) -> Result<Recorder, StoreError> {
        let mut recorder = Recorder { store, judge, picture: None };
        recorder.take_over(now)?;
        Ok(recorder)
    }

    /// Goes on with other rules and accounts (a reload).
    pub fn replace_judge(&mut self, judge: Judge, now: Timestamp) -> Result<(), StoreError> {
        if let Some(picture) = &mut self.picture {
            picture.distrust();
        }
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
        self.picture.as_ref().map(Picture::overview)
    }

    /// When that changes by itself: a deadline, a mailbox that becomes stale, a warning to be repeated.
    pub fn next_change(&self) -> Option<Timestamp> {
        self.picture.as_ref().and_then(Picture::next_change)
    }

    /// Does `work` and everything that follows from it for statuses, in one transaction.
    pub fn write<T>(
        &mut self,
        now: Timestamp,
        work: impl FnOnce(&Judge, &Tx<'_>) -> TxResult<T>,
    ) -> Result<T, StoreError> {
        self.record(now, |judge, tx| Ok((work(judge, tx)?, Changed::Anything)))
    }

    /// The same, where it is known what `work` changes.
    fn record<T>(
        &mut self,
        now: Timestamp,
        work: impl FnOnce(&Judge, &Tx<'_>) -> TxResult<(T, Changed)>,
    ) -> Result<T, StoreError> {
        let (judge, picture) = (&self.judge, &mut self.picture);
        let result = self.store.write(now, |tx| {
            let (value, changed) = work(judge, tx)?;
            Picture::renew(picture, &changed, judge, tx, now)?;
            Ok(value)
        });
        if let (Err(_), Some(picture)) = (&result, &mut self.picture) {
            picture.distrust();
        }
        result
    }

    /// Whether a copy of this mail is stored.
    pub fn knows(&self, identity: &str) -> Result<bool, StoreError> {
        self.store.read(|tx| Ok(tx.find_message_by_identity(identity)?.is_some()))
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
        self.record(now, |judge, tx| {
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
            Ok((Some(number), Changed::Message(number)))
        })
    }

    /// Records a mail that claims to come from Meta and was not read.
    pub fn on_unread(&mut self, mail: &UnreadMail, now: Timestamp) -> Result<MessageNumber, StoreError> {
        // Header and size are all there is to tell one from another.
        let identity = mail::sha256(&[mail.header.as_slice(), b"\n", mail.size.to_string().as_bytes()].concat());
        self.record(now, |judge, tx| {
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
            Ok((number, Changed::Message(number)))
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
        self.record(now, |_, tx| Ok((tx.mark_complete(mailbox, started_at)?, Changed::Mailbox(mailbox.clone()))))
    }

    /// Records that an attempt to read a mailbox failed.
    pub fn on_failed(
        &mut self,
        mailbox: &MailboxName,
        error: &str,
        hopeless: bool,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.record(now, |_, tx| Ok((tx.mark_failed(mailbox, error, hopeless)?, Changed::Mailbox(mailbox.clone()))))
    }

    /// Records a better proof of a stored message's sender.
    pub fn on_proof(&mut self, number: MessageNumber, proof: &SenderProof, now: Timestamp) -> Result<(), StoreError> {
        self.record(now, |judge, tx| {
            tx.update_proof(number, proof)?;
            Ok((rejudge(judge, tx, number)?, Changed::Message(number)))
        })
    }

    /// Records what the person decided about a message; `None` takes the last decision back.
    pub fn on_settled(
        &mut self,
        number: MessageNumber,
        settlement: Option<&Settlement>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.record(now, |judge, tx| {
            tx.insert_settlement(number, settlement)?;
            Ok((rejudge(judge, tx, number)?, Changed::Message(number)))
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
        self.record(now, |_, _| Ok(((), Changed::Nothing)))
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
            // So that the next one need not read these rules to know them.
            match judge.rules.remembered() {
                Some(read) if tx.find_setting(RULES_READ)?.as_ref() != Some(&read) => {
                    tx.update_setting(RULES_READ, &read)
                }
                _ => Ok(()),
            }
        })
    }
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

#[cfg(test)]
mod tests;
