//! A look at the database file that changes nothing: whose it is, which version, whether it is damaged.

use std::path::Path;

use rusqlite::OpenFlags;

use super::{Hurry, Store, StoreError, migrate, refuse_emptied};

/// What was found in a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examination {
    /// How many migrations have been applied; 0 for an empty file.
    pub version: i64,
    /// How many this program knows; a database of fewer is migrated when it is next written.
    pub newest: i64,
    /// What `PRAGMA quick_check` complains of first; `None` when it finds nothing.
    pub damage: Option<String>,
}

/// Examines a database that exists, read-only and without migrating it.
///
/// Errors: [`StoreError::Refused`] for another program's or a newer one's, and what opening it runs into.
pub fn examine(path: &Path) -> Result<Examination, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    refuse_emptied(path)?;
    let store = Store::connect(path, flags, &Hurry::default())?;
    let version = migrate::check_owner(&store.connection, path)?;
    // The first complaint is enough to act on; all of them can be thousands.
    let answer: String = store.run(|connection| connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)))?;
    Ok(Examination { version, newest: migrate::newest(), damage: (answer != "ok").then_some(answer) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sound_database_is_told_from_a_damaged_and_a_foreign_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("confirmd.db");
        drop(Store::open(&path).unwrap());
        let newest = migrate::newest();
        assert_eq!(examine(&path).unwrap(), Examination { version: newest, newest, damage: None });

        let foreign = folder.path().join("foreign.db");
        rusqlite::Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE x (y)").unwrap();
        let error = examine(&foreign).unwrap_err().to_string();
        assert!(error.ends_with("this database belongs to another program; nothing was changed"), "{error}");

        let mut bytes = std::fs::read(&path).unwrap();
        let page = 4096;
        bytes[page * 2..page * 3].fill(0xff);
        let damaged = folder.path().join("damaged.db");
        std::fs::write(&damaged, bytes).unwrap();
        let found = examine(&damaged);
        assert!(
            matches!(&found, Ok(Examination { damage: Some(_), .. }) | Err(StoreError::Damaged { .. })),
            "{found:?}"
        );
    }

    #[test]
    fn an_older_or_empty_one_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("confirmd.db");
        std::fs::write(&path, b"").unwrap();
        assert_eq!(examine(&path).unwrap(), Examination { version: 0, newest: migrate::newest(), damage: None });
        assert_eq!(std::fs::read(&path).unwrap(), b"");
    }
}
