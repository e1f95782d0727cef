//! The files in a tar archive, one after the other: ustar, GNU and pax.
//!
//! Links, devices and sparse files hold no mail: they are passed over. Nothing is trusted but sizes, and those only as far as
//! bytes come.

use std::io::{self, Read, Take};

use super::{damaged, fill_from};

const BLOCK: usize = 512;

/// A name longer than that is nobody's; it bounds what a header may make us keep.
const LONGEST_NAME: u64 = 64 << 10;

/// An archive that is read once, from its start.
pub(super) struct Tar<R> {
    source: R,
    /// Bytes of the file at hand that nobody has read yet.
    left: u64,
    /// Zeros behind it, up to a whole block.
    padding: u64,
    offset: u64,
}

impl<R: Read> Tar<R> {
    pub(super) fn of(source: R) -> Tar<R> {
        Tar { source, left: 0, padding: 0, offset: 0 }
    }

    /// How many bytes of the archive have been passed.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// Goes to the next ordinary file; its name.
    pub(super) fn next(&mut self) -> io::Result<Option<Vec<u8>>> {
        let (mut long_name, mut long_size) = (None, None);
        loop {
            self.pass(self.left.saturating_add(self.padding))?;
            let mut block = [0; BLOCK];
            // Old archives end without the two blocks of zeros.
            if fill_from(&mut self.source, &mut block)? < BLOCK || block.iter().all(|byte| *byte == 0) {
                return Ok(None);
            }
            self.offset += BLOCK as u64;
            if !begins(&block) {
                return Err(damaged("a tar header's checksum is wrong"));
            }
            let size = number(&block[124..136]).ok_or_else(|| damaged("a tar header has no size"))?;
            let kind = block[156];
            let size = if is_file(kind) { long_size.take().unwrap_or(size) } else { size };
            (self.left, self.padding) = (size, size.wrapping_neg() % BLOCK as u64);
            match kind {
                b'L' => long_name = Some(text(&self.small()?).to_vec()),
                b'x' => {
                    let records = self.small()?;
                    long_name = record(&records, b"path").map(<[u8]>::to_vec).or(long_name);
                    long_size = record(&records, b"size").and_then(|size| std::str::from_utf8(size).ok()?.parse().ok());
                }
                kind if is_file(kind) => return Ok(Some(long_name.unwrap_or_else(|| name(&block)))),
                _ => (long_name, long_size) = (None, None),
            }
        }
    }

    /// The file's content.
    pub(super) fn data(&mut self) -> Data<'_, R> {
        Data { tar: self }
    }

    /// The content of a header that speaks of the next one.
    fn small(&mut self) -> io::Result<Vec<u8>> {
        if self.left > LONGEST_NAME {
            return Err(damaged("a tar header is too long"));
        }
        let mut content = Vec::new();
        let count = self.data().read_to_end(&mut content)?;
        (count as u64 <= LONGEST_NAME).then_some(content).ok_or_else(|| damaged("a tar header is too long"))
    }

    fn pass(&mut self, count: u64) -> io::Result<()> {
        let passed = io::copy(&mut self.take(count), &mut io::sink())?;
        (self.left, self.padding) = (0, 0);
        self.offset += passed;
        if passed < count { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }

    fn take(&mut self, count: u64) -> Take<&mut R> {
        (&mut self.source).take(count)
    }
}

/// The content of the file at hand.
pub(super) struct Data<'a, R> {
    tar: &'a mut Tar<R>,
}

impl<R: Read> Read for Data<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.tar.take(self.tar.left).read(into)?;
        if count == 0 && self.tar.left > 0 && !into.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.tar.left -= count as u64;
        self.tar.offset += count as u64;
        Ok(count)
    }
}

/// Whether the bytes begin with a tar header: its checksum is the sum of its bytes, with blanks where it stands itself.
pub(super) fn begins(bytes: &[u8]) -> bool {
    let Some(block) = bytes.first_chunk::<BLOCK>() else { return false };
    let sum = |bytes: &[u8]| bytes.iter().map(|byte| u64::from(*byte)).sum::<u64>();
    let expected = sum(&block[..148]) + 8 * u64::from(b' ') + sum(&block[156..]);
    number(&block[148..156]) == Some(expected) && block[0] != 0
}

fn is_file(kind: u8) -> bool {
    matches!(kind, b'0' | 0 | b'7')
}

fn name(block: &[u8; BLOCK]) -> Vec<u8> {
    let (name, prefix) = (text(&block[..100]), text(&block[345..500]));
    // GNU's format keeps other things where ustar has the prefix.
    if prefix.is_empty() || &block[257..263] != b"ustar\0" {
        return name.to_vec();
    }
    [prefix, b"/", name].concat()
}

/// Up to the first NUL.
fn text(field: &[u8]) -> &[u8] {
    field.split(|byte| *byte == 0).next().unwrap_or_default()
}

/// Octal digits, or after a byte 0x80 a big-endian number (GNU, from 8 GiB on).
fn number(field: &[u8]) -> Option<u64> {
    if let Some((0x80, rest)) = field.split_first() {
        let (high, low) = rest.split_at_checked(rest.len().checked_sub(8)?)?;
        let low: [u8; 8] = low.try_into().ok()?;
        return high.iter().all(|byte| *byte == 0).then(|| u64::from_be_bytes(low));
    }
    let digits = text(field).trim_ascii();
    std::str::from_utf8(digits).ok().and_then(|digits| u64::from_str_radix(digits, 8).ok())
}

/// The value of a pax record: `24 path=a/long/name.mbox\n`.
fn record<'a>(records: &'a [u8], wanted: &[u8]) -> Option<&'a [u8]> {
    let mut rest = records;
    while let Some(blank) = rest.iter().position(|byte| *byte == b' ') {
        let length: usize = std::str::from_utf8(&rest[..blank]).ok()?.parse().ok()?;
        let (record, after) = rest.split_at_checked(length)?;
        let (key, value) = record.get(blank + 1..)?.strip_suffix(b"\n")?.split_at_checked(wanted.len())?;
        if let Some(value) = value.strip_prefix(b"=").filter(|_| key == wanted) {
            return Some(value);
        }
        rest = after;
    }
    None
}
