//! What is in the way of a file: a full disk, a read-only file system, another owner, no descriptor left.
//!
//! SQLite tells only that a file cannot be opened or written, not why; so it is looked for. Looking changes nothing.

use std::io::{Error, ErrorKind};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{Access, StatVfs, StatVfsMountFlags, access, statvfs};
use rustix::io::Errno;
use rustix::process::{Resource, geteuid, getrlimit};

use super::{beside, real};
use crate::locale::{Locale, say};

/// Less than this and SQLite cannot even make its index of the log (`-shm`, 32 KiB) beside a page or two of the log itself.
const TOO_LITTLE: u64 = 64 * 1024;

/// What is in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// No room, or no room for another file.
    Full,
    /// The file system is mounted read-only.
    ReadOnly,
    /// A file or folder is another user's.
    Owner {
        /// It.
        what: PathBuf,
        /// Whose it is.
        owner: u32,
        /// As whom this process runs.
        me: u32,
    },
    /// A file or folder is one's own, and its mode forbids it.
    Mode {
        /// It.
        what: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// The process may open no more files.
    Descriptors {
        /// How many it may have open.
        limit: u64,
    },
    /// There is a folder where the file should be.
    Folder,
    /// The disk fails; SQLite's words.
    Disk(String),
    /// The system's or SQLite's words.
    Other(String),
}

impl Obstacle {
    /// What it is and what to do; `of` is the database that was just named.
    pub fn say(&self, of: &Path, locale: &Locale) -> String {
        match self {
            Obstacle::Full => say!(locale, "obstacle-full"),
            Obstacle::ReadOnly => say!(locale, "obstacle-read-only"),
            Obstacle::Owner { what, owner, me } => {
                let (uid, owner, me) = (owner.to_string(), name_of(*owner), name_of(*me));
                if what == of {
                    say!(locale, "obstacle-owner", owner = owner, me = me, uid = uid)
                } else {
                    say!(locale, "obstacle-owner-of", what = shown(what), owner = owner, me = me, uid = uid)
                }
            }
            Obstacle::Mode { what, mode } => {
                say!(locale, "obstacle-mode", what = shown(what), mode = format!("{mode:o}"))
            }
            Obstacle::Descriptors { limit } => say!(locale, "obstacle-descriptors", limit = limit.to_string()),
            Obstacle::Folder => say!(locale, "obstacle-folder"),
            Obstacle::Disk(words) => say!(locale, "obstacle-disk", why = words.as_str()),
            Obstacle::Other(words) => words.clone(),
        }
    }
}

/// What keeps everybody, whoever they are, from writing the database: the file system is full or read-only.
pub fn of_the_disk(path: &Path) -> Option<Obstacle> {
    let folder = real(path);
    let stat = statvfs(folder.ancestors().skip(1).find(|folder| folder.is_dir())?).ok()?;
    if stat.f_flag.contains(StatVfsMountFlags::RDONLY) {
        return Some(Obstacle::ReadOnly);
    }
    is_full(&stat).then_some(Obstacle::Full)
}

/// How much room `stat` leaves this process: the reserve of some file systems is root's alone.
fn is_full(stat: &StatVfs) -> bool {
    let blocks = if geteuid().is_root() { stat.f_bfree } else { stat.f_bavail };
    // No count of files at all: btrfs and others make them as needed.
    let no_file_left = stat.f_files > 0 && stat.f_ffree == 0;
    blocks.saturating_mul(stat.f_frsize) < TOO_LITTLE || no_file_left
}

/// Looks for what keeps this process from reading and writing the database; `None` when nothing is found.
pub(super) fn find(path: &Path) -> Option<Obstacle> {
    if let Err(error) = std::fs::File::open("/")
        && is_of_descriptors(&error)
    {
        return Some(no_descriptor());
    }
    if let Some(obstacle) = of_the_disk(path) {
        return Some(obstacle);
    }
    let file = real(path);
    let folder = file.parent().unwrap_or(Path::new("/"));
    let suffixes = ["", "-wal", "-shm", "-journal"].map(|suffix| beside(path, suffix));
    let files = suffixes.iter().filter(|file| file.symlink_metadata().is_ok());
    let forbidden = |what: &Path, wanted| access(what, wanted) == Err(Errno::ACCESS);
    files
        .map(PathBuf::as_path)
        .find(|file| forbidden(file, Access::READ_OK | Access::WRITE_OK))
        .or_else(|| Some(folder).filter(|folder| forbidden(folder, Access::WRITE_OK | Access::EXEC_OK)))
        .map(of_owner)
}

/// What a file operation on `what` ran into.
#[allow(clippy::wildcard_enum_match_arm, reason = "the system's errors are open")]
pub(super) fn of_io(what: &Path, error: &Error) -> Obstacle {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Obstacle::Full,
        ErrorKind::ReadOnlyFilesystem => Obstacle::ReadOnly,
        ErrorKind::PermissionDenied => of_owner(what),
        _ if is_of_descriptors(error) => no_descriptor(),
        _ => Obstacle::Other(error.to_string()),
    }
}

/// Who owns it, or the nearest folder above it that can be looked at.
fn of_owner(what: &Path) -> Obstacle {
    let me = geteuid().as_raw();
    let seen = what.ancestors().find_map(|what| Some((what, what.symlink_metadata().ok()?)));
    match seen {
        Some((what, metadata)) if metadata.uid() != me => {
            Obstacle::Owner { what: what.to_owned(), owner: metadata.uid(), me }
        }
        Some((what, metadata)) => Obstacle::Mode { what: what.to_owned(), mode: metadata.permissions().mode() & 0o777 },
        None => Obstacle::Other(Error::from(ErrorKind::PermissionDenied).to_string()),
    }
}

/// `anna (1000)`; a number alone where there is no name for it, as with systemd's DynamicUser=.
fn name_of(uid: u32) -> String {
    let uid = uid.to_string();
    let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    // `anna:x:1000:1000:Anna:/home/anna:/bin/bash`
    let name = users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)? == uid).then(|| name.to_owned())
    });
    name.map_or_else(|| uid.clone(), |name| format!("{name} ({uid})"))
}

fn is_of_descriptors(error: &Error) -> bool {
    [Errno::MFILE, Errno::NFILE].iter().any(|errno| error.raw_os_error() == Some(errno.raw_os_error()))
}

fn no_descriptor() -> Obstacle {
    Obstacle::Descriptors { limit: getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX) }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
