//! The SQLite database: the only place with SQL. One file per table, one transaction per message.
//!
//! It decides nothing: what it is given it keeps, what it is asked for it returns.

mod error;
mod examine;
mod instant;
mod lock;
pub mod mailbox;
pub mod message;
mod migrate;
pub mod notice;
pub mod objection;
mod obstacle;
mod patience;
pub mod scan_mark;
pub mod setting;
pub mod settlement;
pub mod status;
pub mod transition;
pub mod verdict;
#[cfg(test)]
pub mod work;

use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use error::{Attempt, classify, unusable};
use instant::written as time;

pub use error::{Holder, StoreError, Whose};
pub use examine::{Examination, examine};
pub use lock::WriterLock;
pub use obstacle::{Obstacle, of_the_disk};
pub use patience::Hurry;

/// Identifies the file as confirmd's (`PRAGMA application_id`): "cfmd".
const APPLICATION_ID: i32 = 0x6366_6d64;

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
        Store::open_unless(path, &Hurry::default())
    }

    /// The same; neither this nor anything later waits for another program's lock once `hurry` is up.
    pub fn open_unless(path: &Path, hurry: &Hurry) -> Result<Store, StoreError> {
        refuse_emptied(path)?;
        create_private(path)?;
        refuse_untouched(path, hurry)?;
        tighten(path)?;
        let flags =
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
        let mut store = Store::connect(path, flags, hurry)?;
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
        Store::open_to_read_unless(path, &Hurry::default())
    }

    /// The same; neither this nor anything later waits for another program's lock while `hurry` is up.
    pub fn open_to_read_unless(path: &Path, hurry: &Hurry) -> Result<Store, StoreError> {
        if !path.try_exists().map_err(|error| unusable(path, Attempt::Look, path, &error))? {
            let mut connection = Connection::open_in_memory().map_err(|error| classify(path, &error))?;
            migrate::migrate(&mut connection, path)?;
            return Ok(Store { connection, path: path.to_owned() });
        }
        refuse_emptied(path)?;
        let flags =
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
        let owned = |store: Store| Ok((migrate::check_owner(&store.connection, path)?, store));
        let (version, store) = match Store::connect(path, flags, hurry).and_then(owned) {
            // SQLite reads a WAL database only where it may write beside it; on a read-only file system nobody does.
            Err(StoreError::Unusable { .. }) if is_at_rest(path) => {
                let flags = flags | OpenFlags::SQLITE_OPEN_URI;
                Store::connect_to(path, &immutable(path), flags, hurry).and_then(owned)?
            }
            // A process killed while it made the database leaves a journal, which only a writer can roll back.
            Err(StoreError::Unusable { .. }) => return Store::open_unless(path, hurry),
            opened => opened?,
        };
        if version < migrate::newest() {
            // Made by an older confirmd, or empty: the tables asked for are there only after migrating.
            drop(store);
            return Store::open_unless(path, hurry);
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

    fn connect(path: &Path, flags: OpenFlags, hurry: &Hurry) -> Result<Store, StoreError> {
        // SQLITE_OPEN_NOFOLLOW refuses a link anywhere on the way, and with systemd's DynamicUser= there is one:
        // /var/lib/confirmd -> private/confirmd.
        Store::connect_to(path, &real(path), flags, hurry)
    }

    fn connect_to(path: &Path, file: &Path, flags: OpenFlags, hurry: &Hurry) -> Result<Store, StoreError> {
        let opened = Connection::open_with_flags(file, flags).and_then(|mut connection| {
            connection.busy_handler(Some(patience::look_again(hurry.clone())))?;
            connection.pragma_update(None, "trusted_schema", false)?;
            Ok(connection)
        });
        let connection = opened.map_err(|error| classify(path, &error))?;
        Ok(Store { connection, path: path.to_owned() })
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
    /// A number that is another one after another process has written.
    pub fn data_version(&self) -> TxResult<i64> {
        self.sql.pragma_query_value(None, "data_version", |row| row.get(0))
    }

    /// The time written into the rows of this transaction, as text.
    fn now(&self) -> String {
        time(self.now)
    }
}

/// Reads a column that holds a word, a time or a date.
fn parsed<T: std::str::FromStr>(row: &rusqlite::Row<'_>, column: impl Column) -> rusqlite::Result<T>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    let text = row.get_ref(column)?.as_str().map_err(|error| unreadable_column(row, column, Box::new(error)))?;
    text.parse().map_err(|error: T::Err| unreadable_column(row, column, Box::new(error)))
}

/// Reads a column that holds a word, a time or a date, or nothing.
fn parsed_optional<T: std::str::FromStr>(row: &rusqlite::Row<'_>, column: impl Column) -> rusqlite::Result<Option<T>>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    if row.get_ref(column)? == rusqlite::types::ValueRef::Null {
        return Ok(None);
    }
    parsed(row, column).map(Some)
}

/// Reads a column that holds JSON.
fn json<T: serde::de::DeserializeOwned>(row: &rusqlite::Row<'_>, column: impl Column) -> rusqlite::Result<T> {
    let text = row.get_ref(column)?.as_str().map_err(|error| unreadable_column(row, column, Box::new(error)))?;
    serde_json::from_str(text).map_err(|error| unreadable_column(row, column, Box::new(error)))
}

/// A column's name; or its place, where so many rows are read that looking for the name would cost more than reading.
trait Column: rusqlite::RowIndex + Copy {}

impl Column for &str {}
impl Column for usize {}

fn to_json<T: serde::Serialize>(value: &T) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}

fn unreadable_column(
    row: &rusqlite::Row<'_>,
    column: impl Column,
    error: Box<dyn std::error::Error + Send + Sync>,
) -> rusqlite::Error {
    let index = column.idx(row.as_ref()).unwrap_or_default();
    rusqlite::Error::FromSqlConversionFailure(index, rusqlite::types::Type::Text, error)
}

/// The path without links.
fn real(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// Whether everything is in the main file: nobody has it open, and nobody was killed while writing.
fn is_at_rest(path: &Path) -> bool {
    ["-wal", "-journal"].iter().all(|suffix| is_empty_or_missing(&beside(path, suffix)))
}

fn is_empty_or_missing(file: &Path) -> bool {
    std::fs::metadata(file).map_or(true, |metadata| metadata.len() == 0)
}

/// A file that belongs to the database: `confirmd.db-wal`. One file for one database, by whatever links it is named.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut beside = real(path).into_os_string();
    beside.push(suffix);
    beside.into()
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

/// Refuses an empty file that has been a database: SQLite would begin anew in it, and delete the log that may still hold
/// everything. The lock file is there from the first complete reading on.
fn refuse_emptied(path: &Path) -> Result<(), StoreError> {
    let is_empty = std::fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.len() == 0);
    let was_used = || !is_empty_or_missing(&beside(path, "-wal")) || beside(path, ".lock").exists();
    if is_empty && was_used() {
        return Err(StoreError::Damaged { path: path.to_owned(), words: None });
    }
    Ok(())
}

/// Creates the file with mode 0600 before SQLite does with whatever the umask allows; `-wal` and `-shm` inherit it.
fn create_private(path: &Path) -> Result<(), StoreError> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .map_err(|error| unusable(path, Attempt::Create, folder, &error))?;
    }
    match std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        // Some systems look at the folder before they look whether the file is there.
        Err(_) if path.exists() => Ok(()),
        Err(error) => Err(unusable(path, Attempt::Create, path, &error)),
    }
}

/// Refuses what is not confirmd's before anything about it changes: opened for writing, its mode and its journal would.
///
/// Whatever else is wrong is left to the opening for writing, which can mend what a killed process has left behind. Who has it
/// locked would only be waited for once more.
fn refuse_untouched(path: &Path, hurry: &Hurry) -> Result<(), StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    match Store::connect(path, flags, hurry).and_then(|store| migrate::check_owner(&store.connection, path)) {
        Err(error @ (StoreError::Refused { .. } | StoreError::Busy { .. })) => Err(error),
        Ok(_) | Err(StoreError::Unusable { .. } | StoreError::Damaged { .. }) => Ok(()),
    }
}

/// A database that others can read (copied there by hand, say) is made private again.
#[allow(clippy::wildcard_enum_match_arm, reason = "the system's errors are open")]
fn tighten(path: &Path) -> Result<(), StoreError> {
    let metadata = std::fs::metadata(path).map_err(|error| unusable(path, Attempt::Look, path, &error))?;
    if metadata.is_dir() {
        let (path, attempt) = (path.to_owned(), Attempt::Use);
        return Err(StoreError::Unusable { path, attempt, obstacle: Obstacle::Folder });
    }
    if metadata.is_file() && metadata.permissions().mode() & 0o077 != 0 {
        let private = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(path, private).map_err(|error| match error.kind() {
            // Another user's: that is what matters.
            std::io::ErrorKind::PermissionDenied => unusable(path, Attempt::Use, path, &error),
            _ => unusable(path, Attempt::Tighten, path, &error),
        })?;
    }
    Ok(())
}
