//! The files in a zip archive, as its central directory lists them.
//!
//! It reads what Google Takeout and ordinary programs write: stored or deflated, also beyond 4 GiB (zip64). It decrypts
//! nothing, and a directory whose files lie over each other (a bomb) is refused.

use std::fs::File;
use std::io::{self, BufReader, Read, Take};
use std::os::unix::fs::FileExt;

use flate2::Crc;
use flate2::bufread::DeflateDecoder;

use super::{Allowance, At, Bounded, Counted, STEP, damaged, fill_from};

/// An archive and how far its directory has been read.
pub(super) struct Zip<'a> {
    file: &'a File,
    directory: BufReader<Take<At<'a>>>,
    /// Files that the directory has not shown yet.
    left: u64,
    /// Bytes that the files not shown yet can have at most: no byte belongs to two.
    room: u64,
    /// What stands before the archive's first byte (a self-extracting program).
    shift: u64,
    offset: u64,
}

/// A file in the archive.
pub(super) struct Entry {
    pub(super) name: Vec<u8>,
    /// Its bytes in the archive.
    pub(super) packed: u64,
    size: u64,
    crc: u32,
    method: u16,
    encrypted: bool,
    header_at: u64,
}

/// The end record is the last thing in the file, but for a comment of at most 65,535 bytes.
const END: usize = 22;
const LONGEST_COMMENT: u64 = 65_535;
const ZIP64_LOCATOR: usize = 20;
const ZIP64_END: usize = 56;

impl<'a> Zip<'a> {
    /// Finds the directory.
    pub(super) fn open(file: &'a File) -> io::Result<Zip<'a>> {
        let length = file.metadata()?.len();
        let tail_at = length.saturating_sub(LONGEST_COMMENT + END as u64 + ZIP64_LOCATOR as u64);
        let mut tail = Vec::new();
        At { file, offset: tail_at }.take(length - tail_at).read_to_end(&mut tail)?;
        let ends_right = |at: &usize| {
            tail[*at..].starts_with(b"PK\x05\x06") && tail.len() >= *at + END + usize::from(u16_at(&tail[*at..], 20))
        };
        let found = (0..tail.len().saturating_sub(END - 1)).rev().find(ends_right);
        let at = found.ok_or_else(|| damaged("the zip archive is cut off: its directory is missing"))?;
        let end = &tail[at..];
        let (mut disk, mut files) = (u64::from(u16_at(end, 4)), u64::from(u16_at(end, 10)));
        let (mut size, mut offset) = (u64::from(u32_at(end, 12)), u64::from(u32_at(end, 16)));
        let mut directory_end = tail_at + at as u64;
        if let Some(locator) = at.checked_sub(ZIP64_LOCATOR).map(|from| &tail[from..at])
            && locator.starts_with(b"PK\x06\x07")
        {
            let mut end = [0; ZIP64_END];
            // Where nothing stands before the archive, the locator is right; else the record lies right before it.
            let right_before = directory_end.saturating_sub((ZIP64_LOCATOR + ZIP64_END) as u64);
            let places = [u64_at(locator, 8), right_before];
            let is_there = |at: &u64| file.read_exact_at(&mut end, *at).is_ok() && end.starts_with(b"PK\x06\x06");
            directory_end = places.into_iter().find(is_there).ok_or_else(|| damaged("the zip64 record is missing"))?;
            (disk, files) = (u64::from(u32_at(&end, 16)), u64_at(&end, 32));
            (size, offset) = (u64_at(&end, 40), u64_at(&end, 48));
        }
        if disk != 0 {
            return Err(damaged("this is one part of a divided zip archive; join the parts first"));
        }
        let mut first = [0; 4];
        let is_there = file.read_exact_at(&mut first, offset).is_ok() && first.starts_with(b"PK\x01\x02");
        let moved = || directory_end.checked_sub(size).and_then(|begins| begins.checked_sub(offset));
        let shift = if is_there { Some(0) } else { moved() };
        let shift = shift.ok_or_else(|| damaged("the zip archive's directory lies outside of it"))?;
        let directory = At { file, offset: offset + shift }.take(size);
        Ok(Zip {
            file,
            directory: BufReader::with_capacity(STEP / 4, directory),
            left: files,
            room: length,
            shift,
            offset: offset + shift,
        })
    }

    /// How many bytes of the file stand before what is read of the directory.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// The directory's next entry.
    pub(super) fn next(&mut self) -> io::Result<Option<Entry>> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        let mut fixed = [0; 46];
        self.directory.read_exact(&mut fixed)?;
        if !fixed.starts_with(b"PK\x01\x02") {
            return Err(damaged("the zip archive's directory is damaged"));
        }
        let lengths = [28, 30, 32].map(|at| usize::from(u16_at(&fixed, at)));
        let mut name = vec![0; lengths[0]];
        self.directory.read_exact(&mut name)?;
        let mut rest = vec![0; lengths[1] + lengths[2]];
        self.directory.read_exact(&mut rest)?;
        self.offset += (fixed.len() + name.len() + rest.len()) as u64;
        let mut entry = Entry {
            name,
            packed: u64::from(u32_at(&fixed, 20)),
            size: u64::from(u32_at(&fixed, 24)),
            crc: u32_at(&fixed, 16),
            method: u16_at(&fixed, 10),
            encrypted: u16_at(&fixed, 8) & 1 != 0,
            header_at: u64::from(u32_at(&fixed, 42)),
        };
        // What does not fit into 32 bits stands in the extra field, in this order.
        let mut wide = zip64_values(&rest[..lengths[1]]);
        for value in [&mut entry.size, &mut entry.packed, &mut entry.header_at] {
            if *value == u64::from(u32::MAX) {
                *value = wide.next().unwrap_or(*value);
            }
        }
        let room = self.room.checked_sub(entry.packed);
        self.room = room.ok_or_else(|| damaged("the zip archive claims to hold more than it does"))?;
        Ok(Some(entry))
    }

    /// What is packed in an entry.
    pub(super) fn data(&self, entry: &Entry, allowance: &Allowance) -> io::Result<Data<'a>> {
        let mut header = [0; 30];
        let header_at = entry.header_at.saturating_add(self.shift);
        if fill_from(&mut At { file: self.file, offset: header_at }, &mut header)? < header.len()
            || !header.starts_with(b"PK\x03\x04")
        {
            return Err(damaged("does not stand where the zip archive's directory says"));
        }
        let unsupported = |why: String| io::Error::new(io::ErrorKind::Unsupported, why);
        if entry.encrypted {
            return Err(unsupported("is encrypted; unpack the archive with its password first".to_owned()));
        }
        let names = u64::from(u16_at(&header, 26)) + u64::from(u16_at(&header, 28));
        let packed = At { file: self.file, offset: header_at + 30 + names }.take(entry.packed);
        let packed = BufReader::with_capacity(STEP, allowance.counted(packed));
        let unpacked: Unpacked<'a> = match entry.method {
            0 => Unpacked::Stored(packed),
            8 => Unpacked::Deflated(DeflateDecoder::new(packed)),
            method => {
                return Err(unsupported(format!(
                    "is compressed in a way that is not known here ({method}); unpack the archive first"
                )));
            }
        };
        Ok(Data {
            source: allowance.bounded(unpacked),
            crc: Crc::new(),
            given: 0,
            size: entry.size,
            expected: entry.crc,
        })
    }
}

type Source<'a> = BufReader<Counted<Take<At<'a>>>>;

enum Unpacked<'a> {
    Stored(Source<'a>),
    Deflated(DeflateDecoder<Source<'a>>),
}

impl Read for Unpacked<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Unpacked::Stored(source) => source.read(into),
            Unpacked::Deflated(source) => source.read(into),
        }
    }
}

/// A file's content; at its end it must be what the directory says.
pub(super) struct Data<'a> {
    source: Bounded<Unpacked<'a>>,
    crc: Crc,
    given: u64,
    size: u64,
    expected: u32,
}

impl Read for Data<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(into)?;
        self.crc.update(&into[..count]);
        self.given += count as u64;
        if count == 0 && !into.is_empty() && (self.crc.sum() != self.expected || self.given != self.size) {
            return Err(damaged("it is damaged: its checksum is another one"));
        }
        Ok(count)
    }
}

/// The values of the extra field 1: sizes and offsets of eight bytes.
fn zip64_values(mut extra: &[u8]) -> impl Iterator<Item = u64> {
    let mut found: &[u8] = &[];
    while let Some((head, rest)) = extra.split_at_checked(4) {
        let Some((value, after)) = rest.split_at_checked(usize::from(u16_at(head, 2))) else { break };
        if u16_at(head, 0) == 1 {
            found = value;
            break;
        }
        extra = after;
    }
    found.chunks_exact(8).map(|value| u64_at(value, 0))
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).and_then(|two| two.try_into().ok()).map_or(0, u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..at + 8).and_then(|eight| eight.try_into().ok()).map_or(0, u64::from_le_bytes)
}
