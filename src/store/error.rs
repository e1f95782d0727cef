//! What can be wrong with the database, by what can be done about it, and how that is told.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use super::obstacle::{Obstacle, find, of_io};
use crate::locale::{Locale, say};
use crate::model::language::Lang;

/// What went wrong with the database, by what can be done about it.
#[derive(Debug)]
pub enum StoreError {
    /// Another program's file, or a newer confirmd's: nothing was changed.
    Refused {
        /// The file.
        path: PathBuf,
        /// Whose it is.
        whose: Whose,
    },
    /// Another process writes, or holds the lock that `run` and `sync` take.
    Busy {
        /// The file.
        path: PathBuf,
        /// Who holds it.
        holder: Holder,
    },
    /// The file cannot be opened, created or written: permissions, a full disk, a read-only file system.
    Unusable {
        /// The file.
        path: PathBuf,
        /// What could not be done with it.
        attempt: Attempt,
        /// What is in the way.
        obstacle: Obstacle,
    },
    /// SQLite says that the file is damaged. Nothing was changed.
    Damaged {
        /// The file.
        path: PathBuf,
        /// SQLite's words; `None` for a database that something has emptied.
        words: Option<String>,
    },
}

/// Whose a file is that is not this program's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// Another program's SQLite database.
    AnotherProgram,
    /// No SQLite database, or one whose beginning is damaged.
    NoDatabase,
    /// A newer confirmd's.
    Newer {
        /// How many migrations it has.
        version: i64,
        /// How many this program knows.
        knows: i64,
    },
}

/// Who holds a lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// Another program's transaction that lasted too long.
    Unknown,
    /// Another `run` or `sync`.
    Confirmd,
}

/// What could not be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// Reading or writing it.
    Use,
    /// Looking whether it is there.
    Look,
    /// Creating it.
    Create,
    /// Taking its lock file.
    Lock,
    /// Making it unreadable for others.
    Tighten,
}

impl StoreError {
    /// What is wrong and what to do, for a person; displayed it is in English.
    pub fn say(&self, locale: &Locale) -> String {
        match self {
            StoreError::Refused { path, whose } => whose.say(&shown(path), locale),
            StoreError::Busy { path, holder: Holder::Unknown } => say!(locale, "store-locked", file = shown(path)),
            StoreError::Busy { path, holder: Holder::Confirmd } => say!(locale, "store-held", file = shown(path)),
            StoreError::Unusable { path, attempt, obstacle } => {
                attempt.say(&shown(path), &obstacle.say(path, locale), locale)
            }
            StoreError::Damaged { path, words: Some(words) } => {
                say!(locale, "store-damaged", file = shown(path), why = words.as_str())
            }
            StoreError::Damaged { path, words: None } => say!(locale, "store-emptied", file = shown(path)),
        }
    }
}

impl Whose {
    fn say(&self, file: &str, locale: &Locale) -> String {
        match self {
            Whose::AnotherProgram => say!(locale, "store-foreign", file = file),
            Whose::NoDatabase => say!(locale, "store-no-database", file = file),
            Whose::Newer { version, knows } => {
                say!(locale, "store-newer", file = file, version = *version, knows = *knows)
            }
        }
    }
}

impl Attempt {
    fn say(self, file: &str, why: &str, locale: &Locale) -> String {
        match self {
            Attempt::Use => say!(locale, "store-broken", file = file, why = why),
            Attempt::Look => say!(locale, "store-unseen", file = file, why = why),
            Attempt::Create => say!(locale, "store-uncreated", file = file, why = why),
            Attempt::Lock => say!(locale, "store-unlocked", file = file, why = why),
            Attempt::Tighten => say!(locale, "store-open-to-others", file = file, why = why),
        }
    }
}

impl std::fmt::Display for StoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.say(Locale::of(Lang::En)))
    }
}

impl std::error::Error for StoreError {}

/// The error of a file operation on the database, its folder or its lock file `what`.
pub(super) fn unusable(path: &Path, attempt: Attempt, what: &Path, error: &std::io::Error) -> StoreError {
    StoreError::Unusable { path: path.to_owned(), attempt, obstacle: of_io(what, error) }
}

/// The error of an SQLite operation.
#[allow(clippy::wildcard_enum_match_arm, reason = "SQLite's codes are open")]
pub(super) fn classify(path: &Path, error: &rusqlite::Error) -> StoreError {
    let path = path.to_owned();
    let Some(code) = error.sqlite_error_code() else {
        // A word, a time or a number that this program never writes.
        return StoreError::Damaged { path, words: Some(error.to_string()) };
    };
    let found = |obstacle| StoreError::Unusable { path: path.clone(), attempt: Attempt::Use, obstacle };
    match code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::Busy { path, holder: Holder::Unknown },
        ErrorCode::NotADatabase => StoreError::Refused { path, whose: Whose::NoDatabase },
        ErrorCode::DatabaseCorrupt => StoreError::Damaged { path, words: Some(error.to_string()) },
        ErrorCode::DiskFull => found(Obstacle::Full),
        // SQLite does not tell why: ("unable to open database file", "disk I/O error").
        ErrorCode::SystemIoFailure => found(find(&path).unwrap_or_else(|| Obstacle::Disk(error.to_string()))),
        _ => found(find(&path).unwrap_or_else(|| Obstacle::Other(error.to_string()))),
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
