//! The SQLite database: the only place with SQL. One file per table, one transaction per message.
//!
//! It decides nothing: what it is given it keeps, what it is asked for it returns.

mod examine;
mod lock;
pub mod mailbox;
pub mod message;
mod migrate;
pub mod notice;
pub mod objection;
pub mod scan_mark;
pub mod setting;
pub mod settlement;
pub mod status;
pub mod transition;
pub mod verdict;

use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};

use crate::locale::{Locale, say};
use crate::model::language::Lang;

pub use examine::{Examination, examine};
pub use lock::WriterLock;

/// Identifies the file as confirmd's (`PRAGMA application_id`): "cfmd".
const APPLICATION_ID: i32 = 0x6366_6d64;

/// How long a statement waits for another process's transaction. The daemon's own are milliseconds long.
const BUSY_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(5);

/// What went wrong with the database, by what can be done about it.
#[derive(Debug)]
pub enum StoreError {
    /// Another program's file, or a newer confirmd's: nothing was changed.
    Refused {
        /// The file.
        path: PathBuf,
        /// Whose it is.
        reason: String,
    },
    /// Another process writes, or holds the lock that `run` and `sync` take.
    Busy {
        /// The file.
        path: PathBuf,
        /// Who holds it.
        reason: String,
    },
    /// The file cannot be opened, created or written: permissions, a full disk, a read-only file system.
    Unusable {
        /// The file.
        path: PathBuf,
        /// Why, and what to do.
        reason: String,
    },
    /// SQLite says that the file is damaged.
    Damaged {
        /// The file.
        path: PathBuf,
        /// SQLite's words.
        reason: String,
    },
}

impl StoreError {
    /// What is wrong and what to do, for a person; displayed it is in English.
    pub fn say(&self, locale: &Locale) -> String {
        let (key, path, reason) = match self {
            StoreError::Refused { path, reason } => ("store-refused", path, reason),
            StoreError::Busy { path, reason } | StoreError::Unusable { path, reason } => ("store-broken", path, reason),
            StoreError::Damaged { path, reason } => ("store-damaged", path, reason),
        };
        say!(locale, key, file = path.display().to_string(), why = reason.as_str())
    }
}

impl std::fmt::Display for StoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.say(Locale::of(Lang::En)))
    }
}

impl std::error::Error for StoreError {}

/// The result of a piece of work inside a transaction; its error is classified when the transaction ends.
pub type TxResult<T> = rusqlite::Result<T>;

/// The database, opened for reading or for writing.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
}

impl Store {
    /// Opens the database for writing; creates it (mode 0600, its folder 0700) and migrates it where needed.
    pub fn open(path: &Path) -> Result<Store, StoreError> {
        create_private(path)?;
        refuse_untouched(path)?;
        tighten(path)?;
        let flags =
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
        let mut store = Store::connect(path, flags)?;
        migrate::check_owner(&store.connection, path)?;
        store.run(|connection| {
            connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
            connection.pragma_update(None, "synchronous", "FULL")?;
            connection.pragma_update(None, "journal_size_limit", 1 << 22)?;
            connection.pragma_update(None, "foreign_keys", true)
        })?;
        migrate::migrate(&mut store.connection, path)?;
        Ok(store)
    }

    /// Opens the database for reading; one that does not exist yet reads as empty, and is not created.
    pub fn open_to_read(path: &Path) -> Result<Store, StoreError> {
        if !path.try_exists().map_err(|error| unusable(path, &format!("cannot be looked at: {error}")))? {
            let mut connection = Connection::open_in_memory().map_err(|error| classify(path, &error))?;
            migrate::migrate(&mut connection, path)?;
            return Ok(Store { connection, path: path.to_owned() });
        }
        let flags =
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
        let owned = |store: Store| Ok((migrate::check_owner(&store.connection, path)?, store));
        let (version, store) = match Store::connect(path, flags).and_then(owned) {
            // SQLite reads a WAL database only where it may write beside it; on a read-only file system nobody does.
            Err(StoreError::Unusable { .. }) if is_at_rest(path) => {
                Store::connect_to(path, &immutable(path), flags | OpenFlags::SQLITE_OPEN_URI).and_then(owned)?
            }
            // A process killed while it made the database leaves a journal, which only a writer can roll back.
            Err(StoreError::Unusable { .. }) => return Store::open(path),
            opened => opened?,
        };
        if version < migrate::newest() {
            // Made by an older confirmd, or empty: the tables asked for are there only after migrating.
            drop(store);
            return Store::open(path);
        }
        Ok(store)
    }

    /// Does everything in `work` in one transaction, or nothing of it. `now` is the time written into its rows.
    pub fn write<T>(
        &mut self,
        now: Timestamp,
        work: impl FnOnce(&Tx<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let path = self.path.clone();
        let result = (|| {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let tx = Tx { sql: transaction, now };
            let value = work(&tx)?;
            tx.sql.commit()?;
            Ok(value)
        })();
        result.map_err(|error| classify(&path, &error))
    }

    /// Reads in one consistent snapshot.
    pub fn read<T>(&self, work: impl FnOnce(&Tx<'_>) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        self.run(|connection| {
            let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Deferred)?;
            work(&Tx { sql: transaction, now: Timestamp::UNIX_EPOCH })
        })
    }

    /// A number that is another one after another process has written: a look at it costs next to nothing.
    pub fn data_version(&self) -> Result<i64, StoreError> {
        self.run(|connection| connection.pragma_query_value(None, "data_version", |row| row.get(0)))
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn connect(path: &Path, flags: OpenFlags) -> Result<Store, StoreError> {
        // SQLITE_OPEN_NOFOLLOW refuses a link anywhere on the way, and with systemd's DynamicUser= there is one:
        // /var/lib/confirmd -> private/confirmd.
        Store::connect_to(path, &real(path), flags)
    }

    fn connect_to(path: &Path, file: &Path, flags: OpenFlags) -> Result<Store, StoreError> {
        let connection = Connection::open_with_flags(file, flags).map_err(|error| classify(path, &error))?;
        let store = Store { connection, path: path.to_owned() };
        store.run(|connection| {
            connection.busy_timeout(BUSY_TIMEOUT)?;
            connection.pragma_update(None, "trusted_schema", false)
        })?;
        Ok(store)
    }

    fn run<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        work(&self.connection).map_err(|error| classify(&self.path, &error))
    }
}

/// One transaction with one time: `now` is the same for every row it writes.
#[derive(Debug)]
pub struct Tx<'a> {
    sql: Transaction<'a>,
    now: Timestamp,
}

impl Tx<'_> {
    /// The time written into the rows of this transaction, as text.
    fn now(&self) -> String {
        time(self.now)
    }
}

/// A time as it stands in the database: UTC, whole seconds.
fn time(at: Timestamp) -> String {
    at.round(jiff::TimestampRound::new().smallest(jiff::Unit::Second).mode(jiff::RoundMode::Floor))
        .unwrap_or(at)
        .to_string()
}

/// Reads a column that holds a word, a time or a date.
fn parsed<T: std::str::FromStr>(row: &rusqlite::Row<'_>, column: &str) -> rusqlite::Result<T>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    let text: String = row.get(column)?;
    text.parse().map_err(|error: T::Err| unreadable_column(row, column, Box::new(error)))
}

/// Reads a column that holds a word, a time or a date, or nothing.
fn parsed_optional<T: std::str::FromStr>(row: &rusqlite::Row<'_>, column: &str) -> rusqlite::Result<Option<T>>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    let text: Option<String> = row.get(column)?;
    text.map(|text| text.parse().map_err(|error: T::Err| unreadable_column(row, column, Box::new(error)))).transpose()
}

/// Reads a column that holds JSON.
fn json<T: serde::de::DeserializeOwned>(row: &rusqlite::Row<'_>, column: &str) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|error| unreadable_column(row, column, Box::new(error)))
}

fn to_json<T: serde::Serialize>(value: &T) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}

fn unreadable_column(
    row: &rusqlite::Row<'_>,
    column: &str,
    error: Box<dyn std::error::Error + Send + Sync>,
) -> rusqlite::Error {
    let index = row.as_ref().column_index(column).unwrap_or_default();
    rusqlite::Error::FromSqlConversionFailure(index, rusqlite::types::Type::Text, error)
}

/// The path without links.
fn real(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// Whether everything is in the main file: nobody has it open, and nobody was killed while writing.
fn is_at_rest(path: &Path) -> bool {
    ["-wal", "-journal"].iter().all(|suffix| {
        let mut beside = real(path).into_os_string();
        beside.push(suffix);
        std::fs::metadata(beside).map_or(true, |metadata| metadata.len() == 0)
    })
}

/// The path as a URI for a file that does not change (<https://www.sqlite.org/uri.html>).
fn immutable(path: &Path) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;
    let mut uri = String::from("file:");
    for byte in real(path).as_os_str().as_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => uri.push(char::from(*byte)),
            byte => uri.push_str(&format!("%{byte:02x}")),
        }
    }
    PathBuf::from(uri + "?immutable=1")
}

/// Creates the file with mode 0600 before SQLite does with whatever the umask allows; `-wal` and `-shm` inherit it.
fn create_private(path: &Path) -> Result<(), StoreError> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .map_err(|error| unusable(path, &format!("its folder {} cannot be created: {error}", folder.display())))?;
    }
    match std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(unusable(path, &format!("cannot be created: {error}"))),
    }
}

/// Refuses what is not confirmd's before anything about it changes: opened for writing, its mode and its journal would.
///
/// Whatever else is wrong is left to the opening for writing, which can mend what a killed process has left behind.
fn refuse_untouched(path: &Path) -> Result<(), StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    match Store::connect(path, flags).and_then(|store| migrate::check_owner(&store.connection, path)) {
        Err(refused @ StoreError::Refused { .. }) => Err(refused),
        Ok(_) | Err(StoreError::Busy { .. } | StoreError::Unusable { .. } | StoreError::Damaged { .. }) => Ok(()),
    }
}

/// A database that others can read (copied there by hand, say) is made private again.
fn tighten(path: &Path) -> Result<(), StoreError> {
    let metadata = std::fs::metadata(path).map_err(|error| unusable(path, &error.to_string()))?;
    if metadata.is_dir() {
        return Err(unusable(path, "is a folder; `database` must name a file"));
    }
    if metadata.is_file() && metadata.permissions().mode() & 0o077 != 0 {
        let private = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(path, private)
            .map_err(|error| unusable(path, &format!("others can read it, and that cannot be changed: {error}")))?;
    }
    Ok(())
}

fn unusable(path: &Path, reason: &str) -> StoreError {
    StoreError::Unusable { path: path.to_owned(), reason: reason.to_owned() }
}

fn classify(path: &Path, error: &rusqlite::Error) -> StoreError {
    let path = path.to_owned();
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy {
            path,
            reason: "another program has locked the database for too long; try again, or see what it is".to_owned(),
        },
        Some(ErrorCode::NotADatabase) => {
            StoreError::Refused { path, reason: "this is not an SQLite database, so it is not confirmd's".to_owned() }
        }
        Some(ErrorCode::DatabaseCorrupt) => StoreError::Damaged { path, reason: error.to_string() },
        Some(ErrorCode::DiskFull) => {
            StoreError::Unusable { path, reason: "the disk is full; make room, nothing is lost".to_owned() }
        }
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => StoreError::Unusable {
            path,
            reason: format!("this user may not write here ({error}); confirmd's commands run as the daemon's user"),
        },
        _ => StoreError::Unusable { path, reason: error.to_string() },
    }
}
