//! A bounded view of a file or stream that slides forward.
//!
//! It knows bytes and offsets only; what a line or a mail is, others say.

use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::FileExt;

/// Bounds the memory of a reading, and how long a header may be: mail servers refuse headers far below 1 MiB.
const CAPACITY: usize = 1 << 20;

/// How much is read at once: small enough that the processor's cache still holds it when it is searched.
const STEP: usize = 256 << 10;

/// How much is read first of a file that is one mail: nearly every header is shorter, and most mails are nobody's concern.
const FIRST_OF_ONE: usize = 16 << 10;

/// The memory of a window, to be used for one file after the other.
pub(super) fn buffer() -> Vec<u8> {
    vec![0; CAPACITY]
}

/// The part of a file or stream that is in memory.
pub(super) struct Window<'a> {
    source: &'a mut dyn Read,
    /// The same file, for a look ahead that does not move the window. A pipe or a packed file has none that works.
    file: Option<&'a File>,
    buffer: &'a mut [u8],
    start: usize,
    end: usize,
    ended: bool,
    /// Where `buffer[0]` stands in the source.
    base: u64,
    /// How much is read next.
    step: usize,
}

impl<'a> Window<'a> {
    pub(super) fn new(source: &'a mut dyn Read, file: Option<&'a File>, buffer: &'a mut [u8]) -> Self {
        Window { source, file, buffer, start: 0, end: 0, ended: false, base: 0, step: STEP }
    }

    /// The source stands at this offset already.
    pub(super) fn beginning_at(self, base: u64) -> Self {
        Window { base, ..self }
    }

    /// Little is read at first: one mail, of which the header may be enough.
    pub(super) fn of_one_mail(self, one: bool) -> Self {
        Window { step: if one { FIRST_OF_ONE } else { STEP }, ..self }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// Where the window's first byte stands in the source.
    pub(super) fn offset(&self) -> u64 {
        self.base + self.start as u64
    }

    /// Whether the source has nothing behind the window.
    pub(super) fn ended(&self) -> bool {
        self.ended
    }

    /// Forgets the window's first bytes.
    pub(super) fn consume(&mut self, count: usize) {
        self.start = (self.start + count).min(self.end);
    }

    /// Reads once at the window's end; false when nothing came, because the source has ended or the window is full.
    pub(super) fn fill(&mut self) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        if self.buffer.len() - self.end < STEP && self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            self.base += self.start as u64;
            self.end -= self.start;
            self.start = 0;
        }
        let until = self.buffer.len().min(self.end + self.step);
        if until == self.end {
            return Ok(false);
        }
        self.step = STEP;
        let count = retry(|| self.source.read(&mut self.buffer[self.end..until]))?;
        self.end += count;
        self.ended = count == 0;
        Ok(count > 0)
    }

    /// Copies what stands `ahead` bytes from the window's start; `None` where a stream cannot be looked into that far.
    ///
    /// Less than asked for means that the source ends there.
    pub(super) fn peek(&mut self, ahead: u64, into: &mut [u8]) -> Option<usize> {
        let until = usize::try_from(ahead).ok().and_then(|ahead| ahead.checked_add(into.len()));
        let fits = until.filter(|until| *until <= CAPACITY);
        // A stream is read on as far as there is room: what comes is kept.
        while self.file.is_none() && fits.is_some_and(|until| self.bytes().len() < until) && self.fill().ok()? {}
        let here = usize::try_from(ahead).ok().and_then(|ahead| self.bytes().get(ahead..));
        if let Some(here) = here.filter(|here| self.ended || here.len() >= into.len()) {
            let count = here.len().min(into.len());
            into[..count].copy_from_slice(&here[..count]);
            return Some(count);
        }
        if self.ended {
            return Some(0);
        }
        let (file, mut count) = (self.file?, 0);
        let offset = self.offset().checked_add(ahead)?;
        while count < into.len() {
            match retry(|| file.read_at(&mut into[count..], offset + count as u64)).ok()? {
                0 => break,
                more => count += more,
            }
        }
        Some(count)
    }
}

/// A signal (SIGWINCH while a progress bar is shown) may interrupt a read; that is no error.
pub(super) fn retry(mut read: impl FnMut() -> io::Result<usize>) -> io::Result<usize> {
    loop {
        match read() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            done => return done,
        }
    }
}
