//! Table `settlement`: what the person decided about doubtful messages. Append-only; the last word counts.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::params;

use super::{Tx, parsed};
use crate::decide::ingest::Settlement;
use crate::model::account::AccountId;
use crate::model::status::MessageNumber;

impl Tx<'_> {
    /// Inserts a decision; `None` takes the last one back.
    pub fn insert_settlement(&self, number: MessageNumber, settlement: Option<&Settlement>) -> rusqlite::Result<()> {
        let (action, account) = match settlement {
            Some(Settlement::Assigned(account)) => ("assign", Some(account.as_str())),
            Some(Settlement::Dismissed) => ("dismiss", None),
            None => ("undo", None),
        };
        self.sql.execute(
            "INSERT INTO settlement (message, action, account_id, at) VALUES (?1, ?2, ?3, ?4)",
            params![number.0, action, account, self.now()],
        )?;
        Ok(())
    }

    /// Finds the decision in force for each message that has one.
    pub fn find_settlements(&self) -> rusqlite::Result<BTreeMap<MessageNumber, Settlement>> {
        let mut settlements = BTreeMap::new();
        for (number, _, settlement) in self.find_settlement_history()? {
            match settlement {
                Some(settlement) => settlements.insert(number, settlement),
                None => settlements.remove(&number),
            };
        }
        Ok(settlements)
    }

    /// Finds the decision in force for one message.
    pub fn find_settlement(&self, number: MessageNumber) -> rusqlite::Result<Option<Settlement>> {
        Ok(self.find_settlements()?.remove(&number))
    }

    /// Finds every decision ever made, oldest first; `None` is one taken back.
    pub fn find_settlement_history(&self) -> rusqlite::Result<Vec<(MessageNumber, Timestamp, Option<Settlement>)>> {
        let sql = "SELECT message, action, account_id, at FROM settlement ORDER BY id";
        let row = |row: &rusqlite::Row<'_>| {
            let action: String = row.get("action")?;
            let account: Option<String> = row.get("account_id")?;
            let settlement = match (action.as_str(), account) {
                ("assign", Some(account)) => Some(Settlement::Assigned(AccountId(account))),
                ("dismiss", _) => Some(Settlement::Dismissed),
                _ => None,
            };
            Ok((MessageNumber(row.get("message")?), parsed(row, "at")?, settlement))
        };
        self.sql.prepare_cached(sql)?.query_map([], row)?.collect()
    }
}
