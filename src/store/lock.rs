//! The lock that makes `run` and `sync` the only reader of mailboxes on one database.
//!
//! It is a file lock beside the database: the kernel lets go of it when the process dies, however it dies.

use std::fs::{File, TryLockError};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::{StoreError, real, unusable};

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
            Err(TryLockError::WouldBlock) => Err(StoreError::Busy {
                path: database.to_owned(),
                reason: "a confirmd already reads the mailboxes for this database (`run` or `sync`); \
                         a running daemon reads by itself, nothing needs to be done"
                    .to_owned(),
            }),
            Err(TryLockError::Error(error)) => Err(unusable(database, &format!("cannot be locked: {error}"))),
        }
    }

    /// Whether another process holds the lock.
    pub fn is_taken(database: &Path) -> bool {
        let Ok(file) = File::open(lock_path(database)) else { return false };
        matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock))
    }
}

fn open(database: &Path) -> Result<File, StoreError> {
    let path = lock_path(database);
    let options =
        std::fs::OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(&path);
    options.map_err(|error| unusable(database, &format!("its lock file {} cannot be opened: {error}", path.display())))
}

fn lock_path(database: &Path) -> PathBuf {
    // One lock for one file, by whatever links it is named.
    let mut path = real(database).into_os_string();
    path.push(".lock");
    path.into()
}
