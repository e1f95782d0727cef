//! Table `setting`: single values, e.g. by which rules and accounts the verdicts were made.

use rusqlite::{OptionalExtension, params};

use super::Tx;

/// By which rules, accounts and sender policy the stored verdicts were made.
pub const VERDICTS_MADE_BY: &str = "verdicts_made_by";

/// By which trusted mail hosts the stored proofs were made.
pub const PROOFS_MADE_BY: &str = "proofs_made_by";

/// Which rule files' texts were read last, and what fingerprint that gave.
pub const RULES_READ: &str = "rules_read";

impl Tx<'_> {
    /// Finds a value.
    pub fn find_setting(&self, name: &str) -> rusqlite::Result<Option<String>> {
        let sql = "SELECT value FROM setting WHERE name = ?1";
        self.sql.prepare_cached(sql)?.query_row([name], |row| row.get(0)).optional()
    }

    /// Updates a value.
    pub fn update_setting(&self, name: &str, value: &str) -> rusqlite::Result<()> {
        self.sql.execute(
            "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            params![name, value],
        )?;
        Ok(())
    }
}
