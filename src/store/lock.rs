//! The lock that makes `run` and `sync` the only reader of mailboxes on one database.
//!
//! It is a file lock beside the database: the kernel lets go of it when the process dies, however it dies.

use std::fs::{File, TryLockError};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;

use super::{Attempt, Holder, StoreError, beside, unusable};

/// What the lock file's name ends with.
const LOCK: &str = ".lock";

/// Held by `run` and `sync` while they read mailboxes.
#[derive(Debug)]
pub struct WriterLock {
    _file: File,
}

impl WriterLock {
    /// Takes the lock, or says that another process has it.
    pub fn take(database: &Path) -> Result<WriterLock, StoreError> {
        let file = open(database)?;
        match file.try_lock() {
            Ok(()) => Ok(WriterLock { _file: file }),
            Err(TryLockError::WouldBlock) => {
                Err(StoreError::Busy { path: database.to_owned(), holder: Holder::Confirmd })
            }
            Err(TryLockError::Error(error)) => Err(unusable(database, Attempt::Lock, &beside(database, LOCK), &error)),
        }
    }

    /// Whether another process holds the lock.
    pub fn is_taken(database: &Path) -> bool {
        let Ok(file) = File::open(beside(database, LOCK)) else { return false };
        matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock))
    }
}

fn open(database: &Path) -> Result<File, StoreError> {
    let path = beside(database, LOCK);
    let options =
        std::fs::OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(&path);
    let file = options.map_err(|error| unusable(database, Attempt::Lock, &path, &error))?;
    // What root does once with another's database must not lock its owner out; SQLite gives away its files the same way.
    if rustix::process::geteuid().is_root()
        && let Ok(owner) = std::fs::metadata(database)
    {
        let _ = std::os::unix::fs::fchown(&file, Some(owner.uid()), Some(owner.gid()));
    }
    Ok(file)
}
