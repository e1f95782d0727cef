//! Tables `mailbox` and `cursor`: how reading each mailbox goes, and how far each folder has been read.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::{Tx, parsed_optional, time};
use crate::model::mailbox::{Cursor, Health, MailboxName};

impl Tx<'_> {
    /// Finds the health of every mailbox that was ever tried.
    pub fn find_health(&self) -> rusqlite::Result<BTreeMap<MailboxName, Health>> {
        self.sql.prepare_cached(SELECT_HEALTH)?.query_map([], health)?.collect()
    }

    /// Finds the health of one mailbox; `None` when it was never tried.
    pub fn find_health_of(&self, mailbox: &MailboxName) -> rusqlite::Result<Option<Health>> {
        let sql = format!("{SELECT_HEALTH} WHERE name = ?1");
        let found = self.sql.prepare_cached(&sql)?.query_row([mailbox.as_str()], health).optional()?;
        Ok(found.map(|(_, health)| health))
    }

    /// Updates the health after a pass that read everything there was at `started_at`.
    pub fn mark_complete(&self, mailbox: &MailboxName, started_at: Timestamp) -> rusqlite::Result<()> {
        self.sql.execute(
            "INSERT INTO mailbox (name, last_complete, failures_in_row, hopeless, error, attempted_at)
             VALUES (?1, ?2, 0, 0, NULL, ?3)
             ON CONFLICT (name) DO UPDATE SET last_complete = excluded.last_complete, failures_in_row = 0, hopeless = 0,
                 error = NULL, attempted_at = excluded.attempted_at",
            params![mailbox.as_str(), time(started_at), self.now()],
        )?;
        Ok(())
    }

    /// Updates the health after an attempt that did not read everything.
    pub fn mark_failed(&self, mailbox: &MailboxName, error: &str, hopeless: bool) -> rusqlite::Result<()> {
        self.sql.execute(
            "INSERT INTO mailbox (name, last_complete, failures_in_row, hopeless, error, attempted_at)
             VALUES (?1, NULL, 1, ?2, ?3, ?4)
             ON CONFLICT (name) DO UPDATE SET failures_in_row = failures_in_row + 1, hopeless = excluded.hopeless,
                 error = excluded.error, attempted_at = excluded.attempted_at",
            params![mailbox.as_str(), hopeless, error, self.now()],
        )?;
        Ok(())
    }

    /// Finds how far each folder of a mailbox has been read.
    pub fn find_cursors(&self, mailbox: &MailboxName) -> rusqlite::Result<Vec<Cursor>> {
        let sql = "SELECT folder, uidvalidity, last_uid, generation FROM cursor WHERE mailbox = ?1 ORDER BY folder";
        let row = |row: &rusqlite::Row<'_>| {
            Ok(Cursor {
                folder: row.get("folder")?,
                uidvalidity: row.get("uidvalidity")?,
                last_uid: row.get("last_uid")?,
                generation: row.get("generation")?,
            })
        };
        self.sql.prepare_cached(sql)?.query_map([mailbox.as_str()], row)?.collect()
    }

    /// Updates how far a folder has been read.
    pub fn update_cursor(&self, mailbox: &MailboxName, cursor: &Cursor) -> rusqlite::Result<()> {
        self.sql.execute(
            "INSERT INTO cursor (mailbox, folder, uidvalidity, last_uid, generation, updated_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (mailbox, folder) DO UPDATE SET uidvalidity = excluded.uidvalidity, last_uid = excluded.last_uid,
                 generation = excluded.generation, updated_at = excluded.updated_at",
            params![mailbox.as_str(), cursor.folder, cursor.uidvalidity, cursor.last_uid, cursor.generation, self.now()],
        )?;
        Ok(())
    }
}

const SELECT_HEALTH: &str = "SELECT name, last_complete, failures_in_row, hopeless, error FROM mailbox";

fn health(row: &rusqlite::Row<'_>) -> rusqlite::Result<(MailboxName, Health)> {
    let health = Health {
        last_complete: parsed_optional(row, 1)?,
        failures_in_row: row.get(2)?,
        hopeless: row.get(3)?,
        error: row.get(4)?,
    };
    Ok((MailboxName(row.get(0)?), health))
}
