//! The stream above TLS: what is sent is on the whitelist, what is received can be read by the `imap` crate.
//!
//! The crate trusts its server: a bad one makes it panic, overflow its stack, hang, or grow without bound. Here every response
//! is read within limits and written anew in the canonical form of the few responses this program needs; everything else is
//! left out. The guard also waits in IDLE by itself: the crate sees a command that takes long.
//!
//! It does not decide what to ask or what an answer means.

mod ahead;
mod data;
mod fetched;
mod incoming;
mod notes;
mod outgoing;
mod said;
mod tokens;

use std::io::{self, Read, Write};

use zeroize::Zeroizing;

use super::fault::Fault;
use super::sock::Transport;
use ahead::Ahead;
use fetched::Fetched;
pub(super) use notes::{Allowance, Idle, Notes, Saved};
use outgoing::Command;
pub(super) use outgoing::Verb;
pub(super) use said::{Said, Word};
pub(super) use tokens::{Token, scan};

/// A stream that speaks canonical IMAP to the crate above it.
pub(super) struct Guard<T> {
    inner: T,
    notes: Notes,
    /// Received and not yet looked at.
    input: Buffer,
    /// Rewritten and not yet read by the crate.
    ready: Buffer,
    /// A line the crate is writing; it may hold the password.
    line: Zeroizing<Vec<u8>>,
    open: Option<Open>,
    ahead: Ahead,
    response: Option<Response>,
    literal: Literal,
    /// Bytes of the answer that the crate has been given, and how many it may be.
    given: u64,
    kept: u64,
    greeted: bool,
    poison: Option<Fault>,
}

/// The command that is being answered.
struct Open {
    /// As the server knows it, and as the crate does: they differ where the command went out before the crate asked.
    tag: String,
    crates: String,
    verb: Verb,
    allowance: Allowance,
    /// A continuation request has come, and may be answered.
    continued: bool,
    /// DONE has been sent.
    done: bool,
    responses: u32,
    /// Bytes of header fields that have been passed over.
    forgiven: u64,
}

/// A data response that goes on after a literal.
struct Response {
    form: Form,
    literals: u32,
}

enum Form {
    Skipped,
    Fetched(Fetched),
    List(Vec<Token>),
    Status(Vec<Token>),
}

/// The literal whose bytes come next.
enum Literal {
    None,
    /// So many bytes pass, and so many behind them do not.
    Pass(u64, u64),
    Skip(u64),
    /// A folder name.
    Keep(u64, Vec<u8>),
}

/// A line outside literals; only SEARCH results have a reason to be longer (100,000 hits are 700 kB).
const LONGEST_LINE: usize = 1024 * 1024;
const LONGEST_SEARCH: usize = 4 * LONGEST_LINE;
/// The answers to what this program asks have two at most; the crate's time grows with their square.
const MOST_LITERALS: u32 = 64;
/// A mailbox may hold a few mails with header fields of 50 MB each; more than this of them to one question is an attack.
const MOST_FORGIVEN: u64 = 1024 * 1024 * 1024;
/// Folder names, and nothing else that is kept.
const LONGEST_NAME: u64 = 16 * 1024;
const CHUNK: usize = 16 * 1024;

impl<T: Transport> Guard<T> {
    /// Guards a fresh connection; `greeted` where the greeting has been read before (STARTTLS).
    pub(super) fn new(inner: T, notes: Notes, greeted: bool) -> Guard<T> {
        Guard {
            inner,
            notes,
            input: Buffer::default(),
            ready: Buffer::default(),
            line: Zeroizing::new(Vec::new()),
            open: None,
            ahead: Ahead::default(),
            response: None,
            literal: Literal::None,
            given: 0,
            kept: Allowance::default().kept,
            greeted,
            poison: None,
        }
    }

    /// After the first fault nothing works any more: what the crate and the server think of each other is unknown.
    fn poisoned<R>(&mut self, result: io::Result<R>) -> io::Result<R> {
        result.map_err(|error| {
            let fault = Fault::of(&error);
            self.notes.get().fault.get_or_insert(fault.clone());
            self.poison.get_or_insert(fault).clone().into_io()
        })
    }

    fn checked(&self) -> io::Result<()> {
        self.poison.clone().map_or(Ok(()), |fault| Err(fault.into_io()))
    }
}

// ---- what is sent ----

impl<T: Transport> Write for Guard<T> {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        self.checked()?;
        self.line.extend_from_slice(buf);
        Ok(buf.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.checked()?;
        if self.line.is_empty() {
            return Ok(());
        }
        let line = std::mem::replace(&mut self.line, Zeroizing::new(Vec::new()));
        let result = self.send(&line);
        self.poisoned(result)
    }
}

impl<T: Transport> Guard<T> {
    fn send(&mut self, line: &[u8]) -> io::Result<()> {
        let bare =
            line.strip_suffix(b"\r\n").ok_or_else(|| Fault::protocol("command not sent: it does not end").into_io())?;
        match &mut self.open {
            Some(open) if open.verb == Verb::Authenticate && open.continued && outgoing::is_answer(bare) => {
                open.continued = false;
                self.inner.write_all(line)?;
            }
            Some(_) => return Err(Fault::protocol("command not sent: the last one is not answered").into_io()),
            None => {
                let command = outgoing::command(bare).map_err(Fault::into_io)?;
                let lines = self.prepared(bare, command)?;
                if lines.is_empty() {
                    return Ok(());
                }
                self.inner.write_all(&lines)?;
            }
        }
        self.inner.flush()
    }

    /// A command begins; `tag` is the server's name for it, and `early` says that it went out before its turn.
    fn begin(&mut self, command: Command, tag: String, early: bool) -> io::Result<()> {
        // An answer that is here before its question was not given to it.
        let unasked = !early
            && self
                .input
                .rest()
                .split(|byte| *byte == b'\n')
                .any(|line| !line.trim_ascii().is_empty() && !line.starts_with(b"*"));
        if unasked {
            return Err(Fault::protocol("the server answers what was not asked").into_io());
        }
        let mut note = self.notes.get();
        let allowance = std::mem::take(&mut note.allowance);
        note.last = None;
        note.search = notes::Search::default();
        note.saved.clear();
        (note.idle.arrived, note.idle.begun) = (false, false);
        note.idle.grown &= command.verb != Verb::Examine;
        drop(note);
        self.inner.begin(allowance.bytes, allowance.timeout);
        let Command { tag: crates, verb } = command;
        self.open =
            Some(Open { tag, crates, verb, allowance, continued: false, done: false, responses: 0, forgiven: 0 });
        (self.given, self.kept) = (0, allowance.kept);
        Ok(())
    }

    fn end_idle(&mut self) -> io::Result<()> {
        let Some(open) = &mut self.open else { return Ok(()) };
        if open.verb != Verb::Idle || !open.continued || open.done {
            return Ok(());
        }
        open.done = true;
        self.inner.idle_until(None);
        self.inner.begin(open.allowance.bytes, open.allowance.timeout);
        self.inner.write_all(outgoing::DONE)?;
        self.inner.flush()
    }
}

// ---- what is received ----

impl<T: Transport> Read for Guard<T> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.checked()?;
        let result = self.read_rewritten(buf).and_then(|n| self.give(n));
        self.poisoned(result)
    }
}

impl<T: Transport> Guard<T> {
    fn read_rewritten(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.ready.is_empty() {
                return Ok(self.ready.take(buf));
            }
            match std::mem::replace(&mut self.literal, Literal::None) {
                Literal::None => self.next_line()?,
                Literal::Pass(left, behind) => {
                    let wanted = buf.len().min(usize::try_from(left).unwrap_or(usize::MAX));
                    let n = self.read_raw(&mut buf[..wanted])?;
                    self.literal = Literal::after(n as u64, left, |left| Literal::Pass(left, behind));
                    if let (Literal::None, 1..) = (&self.literal, behind) {
                        self.literal = Literal::Skip(behind);
                    }
                    return Ok(n);
                }
                Literal::Skip(left) => {
                    let mut waste = [0; CHUNK];
                    let wanted = CHUNK.min(usize::try_from(left).unwrap_or(usize::MAX));
                    let n = self.read_raw(&mut waste[..wanted])?;
                    self.literal = Literal::after(n as u64, left, Literal::Skip);
                }
                Literal::Keep(left, mut kept) => {
                    let mut piece = [0; 1024];
                    let wanted = piece.len().min(usize::try_from(left).unwrap_or(usize::MAX));
                    let n = self.read_raw(&mut piece[..wanted])?;
                    kept.extend(&piece[..n]);
                    if n as u64 == left {
                        self.keep(kept);
                    } else {
                        self.literal = Literal::Keep(left - n as u64, kept);
                    }
                }
            }
        }
    }

    /// Counts what the crate is about to be given.
    fn give(&mut self, n: usize) -> io::Result<usize> {
        self.given += n as u64;
        if self.given > self.kept {
            return Err(Fault::protocol(format!("the answer is larger than {} bytes", self.kept)).into_io());
        }
        Ok(n)
    }

    /// Bytes of a literal.
    fn read_raw(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if buf.is_empty() {
            return Ok(0);
        }
        if !self.input.is_empty() {
            return Ok(self.input.take(buf));
        }
        self.fill(buf)
    }

    fn fill(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.inner.read(buf) {
                Ok(0) => return Err(Fault::Network("the server closed the connection".to_owned()).into_io()),
                // An IDLE has lasted long enough.
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => self.end_idle()?,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => return result,
            }
        }
    }

    /// Reads one line and rewrites it.
    fn next_line(&mut self) -> io::Result<()> {
        let mut searched = 0;
        let end = loop {
            let received = self.input.rest();
            if let Some(at) = received[searched..].iter().position(|byte| *byte == b'\n') {
                break searched + at;
            }
            searched = received.len();
            let longest = if received.starts_with(b"* SEARCH ") { LONGEST_SEARCH } else { LONGEST_LINE };
            if searched > longest {
                return Err(Fault::protocol(format!("a line is longer than {longest} bytes")).into_io());
            }
            let mut chunk = [0; CHUNK];
            let n = self.fill(&mut chunk)?;
            self.input.bytes.extend(&chunk[..n]);
        };
        let mut line = self.input.rest()[..=end].to_vec();
        self.input.consume(end + 1);
        while matches!(line.last(), Some(b'\r' | b'\n')) {
            line.pop();
        }
        self.rewrite(&line).map_err(Fault::into_io)?;
        let arrived = self.notes.get().idle.arrived;
        if arrived { self.end_idle() } else { Ok(()) }
    }
}

/// Reads a status response such as `OK [READ-ONLY] done`.
pub(super) fn said(line: &[u8]) -> Option<Said> {
    Said::parse(line)
}

/// Bytes that are written at the end and read at the beginning.
#[derive(Default)]
struct Buffer {
    bytes: Vec<u8>,
    read: usize,
}

impl Buffer {
    fn rest(&self) -> &[u8] {
        &self.bytes[self.read..]
    }

    fn is_empty(&self) -> bool {
        self.rest().is_empty()
    }

    fn consume(&mut self, n: usize) {
        self.read += n;
        // All read, the usual case: start again. Otherwise move the rest to the front only now and then.
        if self.is_empty() {
            self.bytes.clear();
            self.read = 0;
        } else if self.read >= 4 * CHUNK && self.read * 2 >= self.bytes.len() {
            self.bytes.drain(..self.read);
            self.read = 0;
        }
    }

    fn take(&mut self, buf: &mut [u8]) -> usize {
        let n = self.rest().len().min(buf.len());
        buf[..n].copy_from_slice(&self.rest()[..n]);
        self.consume(n);
        n
    }
}

impl Literal {
    fn after(read: u64, left: u64, more: impl Fn(u64) -> Literal) -> Literal {
        if read == left { Literal::None } else { more(left - read) }
    }
}

#[cfg(test)]
mod nasty;
#[cfg(test)]
mod tests;
