//! Proving senders again: what DNS could not answer the first time, and what another trusted mail host would say.

use std::sync::Arc;

use super::judge::Judge;
use super::keys::DnsKeys;
use crate::mail;
use crate::mail::proof::{KeyLookup, StoredKeys};
use crate::model::proof::{Proof, SenderProof};
use crate::model::status::MessageNumber;
use crate::rules::RuleSet;
use crate::store::{Tx, TxResult};

/// A stored message whose sender is to be proven again.
#[derive(Debug)]
pub struct Waiting {
    message: MessageNumber,
    raw: Vec<u8>,
    received_at: jiff::Timestamp,
    trusted: Vec<String>,
    so_far: Option<Proof>,
}

/// What came of it.
#[derive(Debug)]
pub struct Reproved {
    /// The message.
    pub message: MessageNumber,
    /// How its sender is proven now.
    pub proof: SenderProof,
}

/// The messages whose sender DNS could not prove yet.
pub fn waiting(tx: &Tx<'_>, judge: &Judge) -> TxResult<Vec<Waiting>> {
    let mut waiting = Vec::new();
    for message in tx.find_messages_to_prove()? {
        if let (Some(row), Some(raw)) = (tx.find_message(message)?, tx.find_raw(message)?) {
            let trusted = trusted_for(tx, judge, message)?;
            waiting.push(Waiting { message, raw, received_at: row.received_at, trusted, so_far: row.proof.proof });
        }
    }
    Ok(waiting)
}

/// Asks DNS again; what has come of it, as far as something has. Blocks as long as DNS may take; give it a thread of its own.
pub fn reprove(waiting: Vec<Waiting>, keys: &Arc<DnsKeys>, rules: &RuleSet) -> Vec<Reproved> {
    let again = waiting.into_iter().filter_map(|waiting| {
        let Waiting { message, raw, received_at, trusted, so_far } = waiting;
        let proof = prove(&raw, &trusted, &**keys, received_at, rules);
        let is_news = !proof.retry || proof.proof != so_far;
        is_news.then_some(Reproved { message, proof })
    });
    again.collect()
}

/// Proves the senders of stored messages anew by other trusted mail hosts, with the keys DNS gave at the time. What DKIM
/// has proven stays proven.
pub fn with_other_hosts(tx: &Tx<'_>, judge: &Judge) -> TxResult<Vec<Reproved>> {
    let mut reproved = Vec::new();
    for row in tx.find_messages()? {
        // A mail from a file was believed by the hosts that the person named then; the mailboxes' hosts say nothing of it.
        let from_a_file = tx.find_mailboxes_of(row.number)?.is_empty();
        if from_a_file || row.proof.proof == Some(Proof::Dkim) {
            continue;
        }
        let Some(raw) = tx.find_raw(row.number)? else { continue };
        let keys: StoredKeys = tx.find_keys(row.number)?.into_iter().collect();
        let trusted = trusted_for(tx, judge, row.number)?;
        let proof = prove(&raw, &trusted, &keys, row.received_at, &judge.rules);
        reproved.push(Reproved { message: row.number, proof });
    }
    Ok(reproved)
}

fn prove(
    raw: &[u8],
    trusted: &[String],
    keys: &dyn KeyLookup,
    received_at: jiff::Timestamp,
    rules: &RuleSet,
) -> SenderProof {
    match mail::parse(raw) {
        Ok(message) => {
            mail::proof::prove(raw, &message, trusted, keys, received_at, &|domain| rules.is_sender_domain(domain))
        }
        Err(_) => SenderProof::default(),
    }
}

/// Whose Authentication-Results to believe for a message: those of the mailboxes it was seen in.
fn trusted_for(tx: &Tx<'_>, judge: &Judge, message: MessageNumber) -> TxResult<Vec<String>> {
    let mailboxes = tx.find_mailboxes_of(message)?;
    Ok(mailboxes.iter().filter_map(|name| judge.trusted.get(name)).flatten().cloned().collect())
}
