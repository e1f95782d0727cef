//! One account's timeline out of the database: for `show`, `export` and `letter`.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::decide::address::{as_used, catch_all};
use crate::decide::ingest::Settlement;
use crate::decide::overview::ReviewItem;
use crate::decide::timeline::{Arrival, Entry, What};
use crate::mail;
use crate::model::account::{Account, AccountId};
use crate::model::status::{MessageNumber, local_date};
use crate::model::transition::Subject;
use crate::store::verdict::JudgedRow;
use crate::store::{Tx, TxResult};

/// Everything that happened to the account's objection, oldest first. Messages up for review are not among it.
pub fn timeline(tx: &Tx<'_>, id: &AccountId, judged: &[JudgedRow], tz: &TimeZone) -> TxResult<Vec<Entry>> {
    let start = |on: Date| on.to_zoned_datetime(tz.clone()).map_or(Timestamp::UNIX_EPOCH, |start| start.timestamp());
    let dated = |on: Date, what| Entry { at: start(on), on, what };
    let timed = |at: Timestamp, what| Entry { at, on: local_date(at, tz), what };
    let mut entries = Vec::new();
    for row in tx.find_objections()?.into_iter().filter(|row| row.account == *id) {
        entries.push(dated(row.objection.on, What::Objected(row.objection.via)));
    }
    for row in tx.find_confirmations()?.into_iter().filter(|row| row.account == *id) {
        entries.push(dated(row.on, What::ConfirmedByHand(row.note)));
    }
    let unread = tx.find_messages()?.into_iter().filter(|row| row.unread.is_some()).map(|row| row.number);
    let unread: BTreeSet<MessageNumber> = unread.collect();
    for message in judged.iter().map(|row| &row.judged) {
        for attributed in message.accounts.iter().filter(|attributed| attributed.account == *id) {
            let what = What::Message(Arrival {
                number: message.number,
                kind: message.kind,
                basis: attributed.basis,
                proof: message.proof,
                through: attributed.through.clone(),
                unread: unread.contains(&message.number),
            });
            entries.push(timed(message.received_at, what));
        }
    }
    for (number, at, settlement) in tx.find_settlement_history()? {
        if settlement == Some(Settlement::Assigned(id.clone())) {
            entries.push(timed(at, What::Assigned(number)));
        }
    }
    for transition in tx.find_transitions(&Subject::Account(id.clone()))? {
        entries.push(timed(transition.at, What::Noticed(transition.from, transition.to, transition.severity)));
    }
    entries.sort_by_key(|entry| entry.at);
    Ok(entries)
}

/// The account as people are to read of it: where its addresses are `*@example.org`, with those that its messages were written to.
pub fn with_used_addresses(tx: &Tx<'_>, account: &Account, entries: &[Entry]) -> TxResult<Account> {
    let mut written_to: Vec<String> = Vec::new();
    if account.emails.iter().any(|email| catch_all(email).is_some()) {
        for entry in entries.iter().filter(|entry| matches!(entry.what, What::Message(_))) {
            let Some(number) = entry.what.message() else { continue };
            let message = match (tx.find_raw(number)?, tx.find_header(number)?) {
                (Some(raw), _) => mail::parse(&raw).unwrap_or_default(),
                (None, Some(header)) => mail::header_only(&header),
                (None, None) => continue,
            };
            written_to.extend(message.to.into_iter().chain(message.cc).map(|address| address.addr));
            written_to.extend(message.delivered_to);
        }
    }
    Ok(Account { emails: as_used(&account.emails, &written_to), ..account.clone() })
}

/// The messages up for review that may belong to the account, as entries.
pub fn doubtful(review: &[ReviewItem], id: &AccountId, tz: &TimeZone) -> Vec<Entry> {
    let items = review.iter().filter(|item| {
        let counts = item.message.accounts.iter().any(|attributed| attributed.account == *id);
        item.message.candidates.contains(id) && !counts
    });
    let entry = |item: &ReviewItem| Entry {
        at: item.message.received_at,
        on: local_date(item.message.received_at, tz),
        what: What::Doubtful(item.message.number, item.message.kind, item.reason),
    };
    items.map(entry).collect()
}
