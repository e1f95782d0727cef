//! Mails from files: `.eml`, mbox and Maildir give the same raw bytes that a server would.
//!
//! A mail is judged by its From header field first; of a mail that nobody asks for, nothing is copied. Memory is bounded
//! for a file of any size: a window of 1 MiB, and one wanted mail up to the limit. (A directory costs its file names.)
//!
//! What it deliberately does not do:
//! - It takes no `>` away from `>From ` lines. mboxo and mboxrd files look alike and only the latter can be undone, so
//!   "undoing" would change bytes that a DKIM signature covers, and the file as found is the evidence. A mail with such
//!   a line may therefore fail its signature; it goes to review then, it is not lost. A mail from an mbox is exactly
//!   what stands between its separator line and the one blank line that ends it; that line belongs to the format,
//!   before the next separator as well as at the end of the file.
//! - It unpacks nothing, changes no line ends and decodes nothing.
//! - It does not say when a mail was received: that stands in the mail.

mod head;
mod mbox;
mod separator;
mod walk;
mod window;

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use head::Head;
use walk::{Found, Shape};
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
    /// It must be unpacked first, by the person.
    #[error("{}: is packed ({format}); unpack it first and scan what comes out of it", path.display())]
    Packed {
        /// The path as named.
        path: PathBuf,
        /// The format's name: `gzip`.
        format: &'static str,
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
/// to `sink`, in the order of the files' names and of the mails in a file.
///
/// `candidate` is asked with the raw value of the From field: unfolded, leading blanks gone, several fields joined by a
/// newline, empty when there is none. A header beyond 1 MiB is judged by its first MiB. `message_limit` is in bytes.
/// `progress` gets the bytes done and in all (0 when that cannot be known, as for a pipe). `ControlFlow::Break` from
/// `sink` ends the reading early, with the counts so far.
pub fn read(
    path: &Path,
    message_limit: u64,
    candidate: &dyn Fn(&[u8]) -> bool,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Counts, FilesError> {
    if path == Path::new("-") {
        return read_message(&mut io::stdin().lock(), "standard input", message_limit, candidate, sink);
    }
    let found = walk::find(path)?;
    let total = found.files.iter().map(|file| file.size).sum();
    let mut scan = Scan::new(message_limit, candidate, sink, progress);
    scan.total = total;
    for (path, why) in found.unreadable {
        if scan.skip(&path, why).is_break() {
            return Ok(scan.counts);
        }
    }
    let mut buffer = window::buffer();
    for file in &found.files {
        match scan.file(file, &mut buffer) {
            Ok(ControlFlow::Continue(())) => {}
            Ok(ControlFlow::Break(())) => return Ok(scan.counts),
            Err(error) if found.named => return Err(error),
            Err(error) => {
                if scan.skip(&file.path, without_path(&error)).is_break() {
                    return Ok(scan.counts);
                }
            }
        }
        scan.done += file.size;
        (scan.progress)(scan.done, scan.total);
    }
    Ok(scan.counts)
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
    let mut window = Window::new(source, None, &mut buffer);
    let progress = &mut |_, _| {};
    let mut scan = Scan::new(message_limit, candidate, sink, progress);
    // Whether the caller wants to stop makes no difference after the only mail.
    let _ = scan.content(&mut window, Path::new(name), Shape::One)?;
    Ok(scan.counts)
}

/// One reading: what the caller wants, and how far it has come.
struct Scan<'a> {
    limit: u64,
    candidate: &'a dyn Fn(&[u8]) -> bool,
    sink: &'a mut dyn FnMut(Item) -> ControlFlow<()>,
    progress: &'a mut dyn FnMut(u64, u64),
    counts: Counts,
    /// Bytes of the files before this one.
    done: u64,
    total: u64,
    /// The From value of the mail at hand; kept to be used again.
    from: Vec<u8>,
}

impl<'a> Scan<'a> {
    fn new(
        limit: u64,
        candidate: &'a dyn Fn(&[u8]) -> bool,
        sink: &'a mut dyn FnMut(Item) -> ControlFlow<()>,
        progress: &'a mut dyn FnMut(u64, u64),
    ) -> Self {
        Scan { limit, candidate, sink, progress, counts: Counts::default(), done: 0, total: 0, from: Vec::new() }
    }

    fn file(&mut self, found: &Found, buffer: &mut [u8]) -> Result<ControlFlow<()>, FilesError> {
        let file = match File::open(&found.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && found.shape == Shape::One => {
                walk::renamed(&found.path).map_or(Err(error), File::open)
            }
            opened => opened,
        };
        let file = file.map_err(|source| FilesError::Unreadable { path: found.path.clone(), source })?;
        let mut reader = &file;
        let mut window = Window::new(&mut reader, Some(&file), buffer);
        self.content(&mut window, &found.path, found.shape)
    }

    /// Decides by the first bytes what the window shows, and reads it.
    fn content(&mut self, window: &mut Window<'_>, path: &Path, shape: Shape) -> Result<ControlFlow<()>, FilesError> {
        let broken = |window: &Window<'_>, source| FilesError::Interrupted {
            path: path.to_owned(),
            at: window.offset() + window.bytes().len() as u64,
            source,
        };
        // A pipe may give a few bytes at a time: enough must be there to tell the formats apart.
        while window.bytes().len() < separator::LOOKAHEAD {
            match window.fill() {
                Ok(true) => {}
                Ok(false) => break,
                // Reading a directory or a device that gives nothing fails here, with nothing read.
                Err(source) if window.bytes().is_empty() => {
                    return Err(FilesError::Unreadable { path: path.to_owned(), source });
                }
                Err(source) => return Err(broken(window, source)),
            }
        }
        // Windows programs write a byte order mark before a text; it is no part of the mail.
        if window.bytes().starts_with(b"\xEF\xBB\xBF") {
            window.consume(3);
        }
        let bytes = window.bytes();
        if bytes.is_empty() {
            let one_mail = shape == Shape::One || has_extension(path, "eml");
            return Ok(if one_mail { self.skip(path, "is empty".to_owned()) } else { ControlFlow::Continue(()) });
        }
        if let Some(format) = packed(bytes) {
            return Err(FilesError::Packed { path: path.to_owned(), format });
        }
        let read = if separator::begins_like_a_header(bytes) {
            self.whole(window, path)
        } else if !bytes.starts_with(b"From ") {
            return Ok(self.skip(path, "does not begin like a mail or an mbox".to_owned()));
        } else {
            match shape {
                Shape::ByContent => mbox::read(self, window, path),
                Shape::One => mbox::skip_line(window).and_then(|()| self.whole(window, path)),
            }
        };
        read.map_err(|source| broken(window, source))
    }

    /// Reads a file that is one mail.
    fn whole(&mut self, window: &mut Window<'_>, path: &Path) -> io::Result<ControlFlow<()>> {
        let head = self.head(window)?;
        let Some(mut taken) = self.judge(&head) else { return Ok(ControlFlow::Continue(())) };
        loop {
            taken.add(window.bytes());
            window.consume(window.bytes().len());
            if !self.more(window)? {
                return Ok(self.hand_over(taken, || path.display().to_string()));
            }
        }
    }

    /// Shows the whole header in the window, or its first MiB, and leaves its From value in `self.from`.
    fn head(&mut self, window: &mut Window<'_>) -> io::Result<Head> {
        loop {
            let complete = head::examine(window.bytes(), &mut self.from);
            if complete.ended || !self.more(window)? {
                return Ok(complete);
            }
        }
    }

    /// Counts a mail, and asks whether it is wanted.
    fn judge(&mut self, head: &Head) -> Option<Taken> {
        self.counts.mails += 1;
        if !(self.candidate)(&self.from) {
            return None;
        }
        self.counts.candidates += 1;
        Some(Taken::new(head.length, self.limit))
    }

    fn more(&mut self, window: &mut Window<'_>) -> io::Result<bool> {
        let more = window.fill()?;
        // A file may have grown since its size was asked for.
        (self.progress)((self.done + window.offset()).min(self.total), self.total);
        Ok(more)
    }

    fn hand_over(&mut self, taken: Taken, origin: impl FnOnce() -> String) -> ControlFlow<()> {
        let Taken { mut raw, header, size, .. } = taken;
        if size <= self.limit {
            return (self.sink)(Item::Mail { origin: origin(), raw });
        }
        raw.truncate(header);
        raw.shrink_to_fit();
        let why = format!("has {size} bytes, over the limit of {} (`message` in [limits])", self.limit);
        self.counts.skipped += 1;
        (self.sink)(Item::Skipped { origin: origin(), why, header: raw, size })
    }

    fn skip(&mut self, path: &Path, why: String) -> ControlFlow<()> {
        self.counts.skipped += 1;
        (self.sink)(Item::Skipped { origin: path.display().to_string(), why, header: Vec::new(), size: 0 })
    }
}

/// A wanted mail while it is read: at most the limit, or its header where that is longer.
struct Taken {
    raw: Vec<u8>,
    header: usize,
    room: usize,
    size: u64,
}

impl Taken {
    fn new(header: usize, limit: u64) -> Taken {
        let room = usize::try_from(limit).unwrap_or(usize::MAX).max(header);
        Taken { raw: Vec::new(), header, room, size: 0 }
    }

    fn add(&mut self, bytes: &[u8]) {
        self.size += bytes.len() as u64;
        let room = self.room - self.raw.len();
        self.raw.extend_from_slice(&bytes[..bytes.len().min(room)]);
    }
}

/// An item's reason stands beside its origin: the path need not be said twice.
fn without_path(error: &FilesError) -> String {
    match error {
        FilesError::Unreadable { source, .. } => walk::cannot_be_read(source),
        FilesError::Packed { format, .. } => format!("is packed ({format}); unpack it first"),
        FilesError::Interrupted { at, source, .. } => format!("reading failed at byte {at}: {source}"),
    }
}

/// The format of a packed file by its first bytes.
fn packed(bytes: &[u8]) -> Option<&'static str> {
    const FORMATS: &[(&[u8], &str)] = &[
        (b"\x1F\x8B", "gzip"),
        (b"PK\x03\x04", "zip"),
        (b"BZh", "bzip2"),
        (b"\xFD7zXZ\0", "xz"),
        (b"\x28\xB5\x2F\xFD", "zstd"),
        (b"7z\xBC\xAF\x27\x1C", "7z"),
    ];
    // `BZh1: x` would be a header.
    let found = FORMATS.iter().find(|(magic, _)| bytes.starts_with(magic))?;
    (!separator::begins_like_a_header(bytes)).then_some(found.1)
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().and_then(OsStr::to_str).is_some_and(|own| own.eq_ignore_ascii_case(extension))
}
