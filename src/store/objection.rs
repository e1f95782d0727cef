//! Tables `objection` and `confirmation`: what the person recorded. Append-only.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::params;

use super::{Tx, parsed};
use crate::model::account::AccountId;
use crate::model::objection::Objection;

/// An objection as recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectionRow {
    /// The account.
    pub account: AccountId,
    /// The objection.
    pub objection: Objection,
    /// It stood in the configuration; else it was recorded by command.
    pub from_config: bool,
    /// When it was recorded.
    pub recorded_at: Timestamp,
}

/// A confirmation recorded by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfirmationRow {
    /// The account.
    pub account: AccountId,
    /// The local date on which the person saw it.
    pub on: Date,
    /// What the person saw, in their words.
    pub note: String,
    /// When it was recorded.
    pub recorded_at: Timestamp,
}

impl Tx<'_> {
    /// Inserts an objection.
    pub fn insert_objection(
        &self,
        account: &AccountId,
        objection: Objection,
        from_config: bool,
    ) -> rusqlite::Result<()> {
        self.sql.execute(
            "INSERT INTO objection (account_id, objected_on, via, source, recorded_at) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                account.as_str(),
                objection.on.to_string(),
                objection.via.as_str(),
                if from_config { "config" } else { "command" },
                self.now(),
            ],
        )?;
        Ok(())
    }

    /// Finds every objection, oldest record first.
    pub fn find_objections(&self) -> rusqlite::Result<Vec<ObjectionRow>> {
        let sql = "SELECT account_id, objected_on, via, source, recorded_at FROM objection ORDER BY id";
        let row = |row: &rusqlite::Row<'_>| {
            Ok(ObjectionRow {
                account: AccountId(row.get(0)?),
                objection: Objection { on: parsed(row, 1)?, via: parsed(row, 2)? },
                from_config: row.get_ref(3)?.as_str()? == "config",
                recorded_at: parsed(row, 4)?,
            })
        };
        self.sql.prepare_cached(sql)?.query_map([], row)?.collect()
    }

    /// Inserts a confirmation seen elsewhere.
    pub fn insert_confirmation(&self, account: &AccountId, on: Date, note: &str) -> rusqlite::Result<()> {
        self.sql.execute(
            "INSERT INTO confirmation (account_id, confirmed_on, note, recorded_at) VALUES (?1, ?2, ?3, ?4)",
            params![account.as_str(), on.to_string(), note, self.now()],
        )?;
        Ok(())
    }

    /// Finds every confirmation recorded by hand, oldest record first.
    pub fn find_confirmations(&self) -> rusqlite::Result<Vec<ConfirmationRow>> {
        let sql = "SELECT account_id, confirmed_on, note, recorded_at FROM confirmation ORDER BY id";
        let row = |row: &rusqlite::Row<'_>| {
            Ok(ConfirmationRow {
                account: AccountId(row.get("account_id")?),
                on: parsed(row, "confirmed_on")?,
                note: row.get("note")?,
                recorded_at: parsed(row, "recorded_at")?,
            })
        };
        self.sql.prepare_cached(sql)?.query_map([], row)?.collect()
    }
}
