//! Mails from files: `.eml`, mbox and Maildir, also in gzip, zip and tar, give the same raw bytes that a server would.
//!
//! A mail is judged by its From header field first; of a mail that nobody asks for, nothing is copied. Memory is bounded
//! for a file of any size: for each thread a window of 1 MiB and a few mails that wait, and one wanted mail up to the limit.
//! (A directory costs its file names.)
//!
//! What it deliberately does not do:
//! - It takes no `>` away from `>From ` lines. mboxo and mboxrd files look alike and only the latter can be undone, so
//!   "undoing" would change bytes that a DKIM signature covers, and the file as found is the evidence. A mail with such
//!   a line may therefore fail its signature; it goes to review then, it is not lost. A mail from an mbox is exactly
//!   what stands between its separator line and the one blank line that ends it; that line belongs to the format,
//!   before the next separator as well as at the end of the file.
//! - It writes nothing to disk, changes no line ends and decodes nothing in a mail.
//! - It does not say when a mail was received: that stands in the mail.

mod plan;
mod ahead;
mod row;
mod teller;
mod reading;
mod mbox;
mod head;
mod separator;
mod packed;
mod walk;
mod window;

use std::ffi::OsStr;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

pub use ahead::read_ahead;
use reading::{Scan, Step};
use walk::Shape;
use window::Window;

/// What was found, for the caller to judge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A mail whose From the caller wants.
    Mail {
        /// The file, and in an mbox the byte at which the mail's separator line begins: `all.mbox (byte 4711)`.
        origin: String,
        /// The mail as it stands in the file, line ends included.
        raw: Vec<u8>,
    },
    /// What could not be handed over: a file that cannot be read or holds no mail, or a wanted mail over the limit.
    Skipped {
        /// As for a mail.
        origin: String,
        /// The reason and what helps, for people.
        why: String,
        /// Of a mail over the limit, its header block with the blank line, at most 1 MiB; empty for a file.
        header: Vec<u8>,
        /// Bytes of the mail over the limit; 0 for a file.
        size: u64,
    },
}

impl Item {
    /// About how much memory it takes.
    fn weight(&self) -> u64 {
        let (Item::Mail { raw: bytes, .. } | Item::Skipped { header: bytes, .. }) = self;
        bytes.len() as u64 + 256
    }
}

/// How far a reading has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    /// Everything so far; what earlier readings have told of files that this one goes on with is counted.
    pub counts: Counts,
    /// Bytes done.
    pub done: u64,
    /// Bytes in all; 0 when that cannot be known, as for a pipe.
    pub total: u64,
    /// In a file that is worth it, the place from which a later reading can go on: everything before it has been told.
    pub mark: Option<Mark>,
}

/// A place in a file that is large enough to go on there after an interruption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Which file: where it is on which disk, its size, and when it was changed.
    pub file: String,
    /// Where in it.
    pub reached: Reached,
}

/// How far a file has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reached {
    /// Of an archive, the number of the file in it. Of a file that is none 0, and 1 when nothing more is to come of it.
    pub member: u64,
    /// Where the next mail begins in that, unpacked, in bytes; `None` when everything has been read.
    pub offset: Option<u64>,
    /// What was found before.
    pub counts: Counts,
}

/// What to read, and how.
pub struct Wish<'a> {
    /// Larger mails are not handed over, but told with their header; in bytes.
    pub message_limit: u64,
    /// Is asked with the raw value of the From field: unfolded, leading blanks gone, several fields joined by a newline, empty
    /// when there is none. A header beyond 1 MiB is judged by its first MiB.
    pub candidate: &'a (dyn Fn(&[u8]) -> bool + Sync),
    /// How many threads read ahead; with one, everything happens on the caller's.
    pub threads: usize,
    /// A large mbox is read in parts of this many bytes; from half of it on, a reading can be gone on with after an interruption.
    pub part: u64,
    /// How far an earlier reading came in a file ([`Mark::file`]), if it is to be gone on with.
    pub reached: &'a dyn Fn(&str) -> Option<Reached>,
}

/// How many there were.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Mails, wanted or not, those over the limit included.
    pub mails: u64,
    /// Those whose From the caller wants.
    pub candidates: u64,
    /// Items of the kind `Skipped`.
    pub skipped: u64,
}

/// Why a path that the person named cannot be read. Inside a directory the same is an [`Item::Skipped`].
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// It is not there, or not for us: the person can cure it.
    #[error("{}: cannot be read: {source}; check the path and who may read it", path.display())]
    Unreadable {
        /// The path as named.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It must be unpacked first, by the person: a format that is not known here, or a packed pipe.
    #[error("{}: is packed ({format}); unpack it first and scan what comes out of it", path.display())]
    Packed {
        /// The path as named.
        path: PathBuf,
        /// The format's name: `gzip`.
        format: &'static str,
    },
    /// A packed file is damaged or cut off, or grows beyond all bounds. Mails that were handed over before stand.
    #[error(
        "{}: unpacking failed after {at} bytes: {source}; what stands before was read, for the rest get the file anew or \
         unpack it and scan what comes out", path.display()
    )]
    Unpackable {
        /// The path as named.
        path: PathBuf,
        /// How far it was unpacked, in bytes.
        at: u64,
        /// What is wrong.
        source: io::Error,
    },
    /// The disk or the pipe failed half-way. Mails that were handed over before stand; trying again may go better.
    #[error("{}: reading failed at byte {at}: {source}; what stands before was read, try again for the rest", path.display())]
    Interrupted {
        /// The path as named.
        path: PathBuf,
        /// How far it was read, in bytes.
        at: u64,
        /// What the system said.
        source: io::Error,
    },
}

/// Reads every mail at `path` (a file, a directory, or `-` for one message on standard input) and hands the wanted ones
/// to `sink`, in the order of the files' names and of the mails in a file, all on this thread.
///
/// `candidate` and `message_limit` are as in [`Wish`], `progress` gets the bytes done and in all. `ControlFlow::Break` from `sink`
/// ends the reading early, with the counts so far.
pub fn read(
    path: &Path,
    message_limit: u64,
    candidate: &dyn Fn(&[u8]) -> bool,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Counts, FilesError> {
    let mut told = |item: Option<Item>, passed: &Passed| {
        progress(passed.done, passed.total);
        item.map_or(ControlFlow::Continue(()), &mut *sink)
    };
    ahead::read_here(path, message_limit, candidate, &mut told)
}

/// Reads one message from a stream, as `read` does for `-`. An mbox separator line above it is dropped (procmail pipes
/// mails with one); below it nothing is taken for a separator. `name` stands in the origin and in errors.
pub fn read_message(
    source: &mut dyn Read,
    name: &str,
    message_limit: u64,
    candidate: &dyn Fn(&[u8]) -> bool,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> Result<Counts, FilesError> {
    let mut buffer = window::buffer();
    let mut window = Window::new(source, None, &mut buffer).of_one_mail(true);
    let mut out = |step: Step| step.item.map_or(ControlFlow::Continue(()), &mut *sink);
    let mut scan = Scan::new(message_limit, candidate, &mut out, &|| {});
    // Whether the caller wants to stop makes no difference after the only mail.
    let _ = scan.content(&mut window, Path::new(name), Shape::One, u64::MAX)?;
    Ok(scan.counts)
}

/// An item's reason stands beside its origin: the path need not be said twice.
fn without_path(error: &FilesError) -> String {
    match error {
        FilesError::Unreadable { source, .. } => walk::cannot_be_read(source),
        FilesError::Packed { format, .. } => format!("is packed ({format}); unpack it first"),
        FilesError::Unpackable { at, source, .. } => format!("unpacking failed after {at} bytes: {source}"),
        FilesError::Interrupted { at, source, .. } => format!("reading failed at byte {at}: {source}"),
    }
}

/// What went wrong with a path that the person named, to be told beside it.
fn without_name(error: &FilesError, path: &Path) -> String {
    let text = error.to_string();
    text.strip_prefix(&format!("{}: ", path.display())).map_or(text.clone(), str::to_owned)
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().and_then(OsStr::to_str).is_some_and(|own| own.eq_ignore_ascii_case(extension))
}

impl std::ops::Add for Counts {
    type Output = Counts;

    fn add(self, other: Counts) -> Counts {
        Counts {
            mails: self.mails + other.mails,
            candidates: self.candidates + other.candidates,
            skipped: self.skipped + other.skipped,
        }
    }
}
