//! Packed exports: gzip, zip and tar are read as they are, what stands in them is never written to a disk.
//!
//! What it deliberately does not do: it unpacks nothing that is packed twice (but a tar in gzip), it knows no password and no
//! other compression. Memory is that of one window and one decoder, whatever a file claims; time is bounded by what a file may
//! grow to.

mod gzip;
mod tar;
mod zip;

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::ops::ControlFlow;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::reading::{Scan, Span};
use super::walk::Shape;
use super::window::{Window, retry};
use super::{FilesError, has_extension, mbox, separator};
use gzip::Members;
use tar::Tar;
use zip::Zip;

/// A format that is unpacked here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Gzip,
    Zip,
    Tar,
}

/// What a packed file may always grow to.
const FREE: u64 = 2 << 30;

/// How much more it may give for each of its bytes: deflate's most is 1032, a mailbox that consists of pictures of one colour reaches 100.
const RATIO: u64 = 100;

/// How much of a packed file is read at once.
const STEP: usize = 64 << 10;

/// The name of the packed format that the bytes begin with, whether it is unpacked here or must be by the person.
pub(super) fn name_of(bytes: &[u8]) -> Option<&'static str> {
    const FORMATS: &[(&[u8], &str)] = &[
        (b"\x1F\x8B", "gzip"),
        (b"PK\x03\x04", "zip"),
        (b"BZh", "bzip2"),
        (b"\xFD7zXZ\0", "xz"),
        (b"\x28\xB5\x2F\xFD", "zstd"),
        (b"7z\xBC\xAF\x27\x1C", "7z"),
    ];
    let found = FORMATS.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, name)| *name);
    // `BZh1: x` would be a header.
    found.filter(|_| !separator::begins_like_a_header(bytes)).or_else(|| tar::begins(bytes).then_some("tar"))
}

/// The format of a file that is unpacked here. A pipe has none: it cannot be looked into without taking from it.
pub(super) fn format_of(file: &File) -> Option<Format> {
    let mut start = [0; separator::LOOKAHEAD];
    let count = fill_from(&mut At { file, offset: 0 }, &mut start).ok()?;
    match name_of(&start[..count])? {
        "gzip" => Some(Format::Gzip),
        "zip" => Some(Format::Zip),
        "tar" => Some(Format::Tar),
        _ => None,
    }
}

/// Whether an error says that a packed file is damaged, cut off or hostile; reading it again does not help.
pub(super) fn is_damage(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof)
}

/// A packed file.
pub(super) struct Archive<'a> {
    pub(super) file: &'a File,
    pub(super) path: &'a Path,
    pub(super) shape: Shape,
}

impl Archive<'_> {
    /// Reads all mails in it, or those from a place on that an earlier reading has reached.
    pub(super) fn read(
        &self,
        scan: &mut Scan<'_>,
        format: Format,
        span: Span,
        buffer: &mut [u8],
    ) -> Result<ControlFlow<()>, FilesError> {
        let allowance = Allowance::default();
        scan.unpacks(&allowance.consumed);
        let source = allowance.counted(At { file: self.file, offset: 0 });
        match format {
            Format::Zip => self.zip(scan, span, buffer, &allowance),
            Format::Tar => self.tar(scan, span, buffer, source),
            Format::Gzip => {
                let mut unpacked = allowance.bounded(Members::of(BufReader::with_capacity(STEP, source)));
                let mut start = [0; separator::LOOKAHEAD];
                let count = fill_from(&mut unpacked, &mut start).map_err(|source| self.unpackable(0, source))?;
                let mut whole = (&start[..count]).chain(unpacked);
                if tar::begins(&start[..count]) {
                    return self.tar(scan, span, buffer, whole);
                }
                if span.member > 0 {
                    return Ok(ControlFlow::Continue(()));
                }
                self.member(scan, &mut whole, self.path, self.shape, span.from, buffer)
            }
        }
    }

    fn tar(
        &self,
        scan: &mut Scan<'_>,
        span: Span,
        buffer: &mut [u8],
        source: impl Read,
    ) -> Result<ControlFlow<()>, FilesError> {
        let mut tar = Tar::of(source);
        let (mut number, mut found) = (0, false);
        while let Some(name) = tar.next().map_err(|source| self.unpackable(tar.offset(), source))? {
            number += 1;
            let from = if number == span.member { span.from } else { 0 };
            let Some((path, shape)) = self.member_of(&name).filter(|_| number >= span.member) else { continue };
            found = true;
            scan.reached_member(number);
            if self.member_or_word(scan, &mut tar.data(), &path, shape, from, buffer)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(self.word_if_nothing(scan, found))
    }

    fn zip(
        &self,
        scan: &mut Scan<'_>,
        span: Span,
        buffer: &mut [u8],
        allowance: &Allowance,
    ) -> Result<ControlFlow<()>, FilesError> {
        let mut zip = Zip::open(self.file).map_err(|source| self.unpackable(0, source))?;
        let (mut number, mut found) = (0, false);
        while let Some(entry) = zip.next().map_err(|source| self.unpackable(zip.offset(), source))? {
            number += 1;
            let from = if number == span.member { span.from } else { 0 };
            let Some((path, shape)) = self.member_of(&entry.name) else { continue };
            if number < span.member {
                allowance.consumed.set(allowance.consumed.get() + entry.packed);
                continue;
            }
            found = true;
            scan.reached_member(number);
            let flow = match zip.data(&entry, allowance) {
                Ok(mut data) => self.member_or_word(scan, &mut data, &path, shape, from, buffer)?,
                Err(why) if shape == Shape::Perhaps && why.kind() == io::ErrorKind::Unsupported => {
                    ControlFlow::Continue(())
                }
                Err(why) => scan.skip(&path, why.to_string()),
            };
            if flow.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(self.word_if_nothing(scan, found))
    }

    /// One of the archive's files. What is wrong with it alone is told, and the rest is read.
    fn member_or_word(
        &self,
        scan: &mut Scan<'_>,
        source: &mut dyn Read,
        path: &Path,
        shape: Shape,
        from: u64,
        buffer: &mut [u8],
    ) -> Result<ControlFlow<()>, FilesError> {
        match self.member(scan, source, path, shape, from, buffer) {
            Err(FilesError::Packed { format, .. }) if shape != Shape::Perhaps || is_named_packed(path) => {
                Ok(scan.skip(path, format!("is packed ({format}) once more; unpack it first")))
            }
            Err(FilesError::Packed { .. }) => Ok(ControlFlow::Continue(())),
            Err(FilesError::Unpackable { at, source, .. }) if !is_too_much(&source) => {
                Ok(scan.skip(path, format!("unpacking failed after {at} bytes: {source}")))
            }
            read => read,
        }
    }

    /// What a stream gives, from an offset on that an earlier reading has reached.
    fn member(
        &self,
        scan: &mut Scan<'_>,
        source: &mut dyn Read,
        path: &Path,
        shape: Shape,
        from: u64,
        buffer: &mut [u8],
    ) -> Result<ControlFlow<()>, FilesError> {
        if from == 0 {
            let mut window = Window::new(source, None, buffer).of_one_mail(shape != Shape::ByContent);
            return scan.content(&mut window, path, shape, u64::MAX);
        }
        scan.reached(from);
        let passed = io::copy(&mut source.take(from), &mut io::sink()).map_err(|source| self.unpackable(0, source))?;
        let mut window = Window::new(source, None, buffer).beginning_at(passed);
        let read = mbox::read(scan, &mut window, path, u64::MAX);
        read.map_err(|source| scan.broken(&window, path, source))
    }

    /// The path of an archive's file, below that of the archive, and what is to be expected of it; `None` for what is none.
    fn member_of(&self, name: &[u8]) -> Option<(PathBuf, Shape)> {
        let name = Path::new(std::ffi::OsStr::from_bytes(name));
        let file = name.file_name()?;
        // macOS packs a shadow of each file beside it: `__MACOSX/._all.mbox`.
        if name.as_os_str().as_bytes().ends_with(b"/") || file.as_bytes().starts_with(b"._") {
            return None;
        }
        let parent = name.parent().and_then(Path::file_name);
        let shape = if parent.is_some_and(|parent| parent == "cur" || parent == "new") {
            Shape::One
        } else if ["eml", "mbox"].iter().any(|end| has_extension(name, end)) {
            Shape::ByContent
        } else {
            Shape::Perhaps
        };
        Some((self.path.join(name.strip_prefix("/").unwrap_or(name)), shape))
    }

    /// A person who names an archive wants to hear that there is nothing in it.
    fn word_if_nothing(&self, scan: &mut Scan<'_>, found: bool) -> ControlFlow<()> {
        let nothing = !found && self.shape != Shape::Perhaps;
        if nothing { scan.skip(self.path, "holds no files".to_owned()) } else { ControlFlow::Continue(()) }
    }

    fn unpackable(&self, at: u64, source: io::Error) -> FilesError {
        let path = self.path.to_owned();
        match is_damage(&source) {
            true => FilesError::Unpackable { path, at, source },
            false => FilesError::Interrupted { path, at, source },
        }
    }
}

/// Whether a file's name says that it is packed.
pub(super) fn is_named_packed(path: &Path) -> bool {
    ["gz", "tgz", "zip", "bz2", "xz", "zst", "7z", "tar"].iter().any(|end| has_extension(path, end))
}

/// How much has been read of a packed file, and how much has come out of it.
#[derive(Default)]
struct Allowance {
    consumed: Rc<Cell<u64>>,
    given: Rc<Cell<u64>>,
}

impl Allowance {
    /// Counts what is read of the packed file.
    fn counted<R: Read>(&self, source: R) -> Counted<R> {
        Counted { source, consumed: Rc::clone(&self.consumed) }
    }

    /// Bounds what comes out.
    fn bounded<R: Read>(&self, source: R) -> Bounded<R> {
        Bounded { source, consumed: Rc::clone(&self.consumed), given: Rc::clone(&self.given), free: FREE }
    }
}

struct Counted<R> {
    source: R,
    consumed: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(into)?;
        self.consumed.set(self.consumed.get() + count as u64);
        Ok(count)
    }
}

struct Bounded<R> {
    source: R,
    consumed: Rc<Cell<u64>>,
    given: Rc<Cell<u64>>,
    free: u64,
}

const TOO_MUCH: &str = "it grows beyond 2 GB and a hundred times its size, as no mailbox does";

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(into)?;
        self.given.set(self.given.get() + count as u64);
        if self.given.get() > self.free.saturating_add(self.consumed.get().saturating_mul(RATIO)) {
            return Err(io::Error::new(io::ErrorKind::InvalidData, TOO_MUCH));
        }
        Ok(count)
    }
}

fn is_too_much(error: &io::Error) -> bool {
    error.to_string() == TOO_MUCH
}

/// A file from an offset on, whoever else reads it.
struct At<'a> {
    file: &'a File,
    offset: u64,
}

impl Read for At<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = retry(|| self.file.read_at(into, self.offset))?;
        self.offset += count as u64;
        Ok(count)
    }
}

/// Reads until `into` is full or the source has ended.
fn fill_from(source: &mut dyn Read, into: &mut [u8]) -> io::Result<usize> {
    let mut count = 0;
    while count < into.len() {
        match retry(|| source.read(&mut into[count..]))? {
            0 => break,
            more => count += more,
        }
    }
    Ok(count)
}

fn damaged(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_grows_too_much_is_an_error_and_what_grows_as_mail_does_is_none() {
        let read = |bytes: u64, consumed: u64| {
            let (consumed, given) = (Rc::new(Cell::new(consumed)), Rc::default());
            let mut bounded = Bounded { source: io::repeat(b'x').take(bytes), consumed, given, free: 1000 };
            io::copy(&mut bounded, &mut io::sink()).map_err(|error| error.to_string())
        };
        assert_eq!(read(1000, 0), Ok(1000));
        assert_eq!(read(1001, 0), Err(TOO_MUCH.to_owned()));
        assert_eq!(read(101_000, 1000), Ok(101_000));
        assert_eq!(read(101_001, 1000), Err(TOO_MUCH.to_owned()));
        assert_eq!(read(500, u64::MAX), Ok(500));
    }
}
