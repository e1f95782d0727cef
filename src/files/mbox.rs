//! Splits an mbox into its mails, whichever program wrote it: mboxo, mboxrd, mboxcl, mboxcl2, with LF or CRLF.
//!
//! It does not trust Content-Length (senders write it too, and edited files keep a stale one): the field counts only
//! where a separator or the end of the file stands right behind the body it promises.

use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use memchr::{memchr, memmem};

use super::reading::{Scan, Taken};
use super::separator::{self, Verdict};
use super::window::Window;

/// How much of the window stays when the rest is done with: `\r\n\r\nFrom ` may be cut anywhere.
const OVERLAP: usize = 16;

/// How much before a possible separator stays until it can be judged: `\n\r` tells that its line before is empty.
const BEFORE: usize = 3;

/// Reads the mails of an mbox that begin before `until`; the window begins with `From `.
///
/// It ends where the first mail begins that is not read, or with the file.
pub(super) fn read(
    scan: &mut Scan<'_>,
    window: &mut Window<'_>,
    path: &Path,
    until: u64,
) -> io::Result<ControlFlow<()>> {
    let finder = memmem::Finder::new(b"\nFrom ");
    loop {
        let at = window.offset();
        scan.reached(at);
        if scan.stopped {
            return Ok(ControlFlow::Break(()));
        }
        if at >= until {
            return Ok(ControlFlow::Continue(()));
        }
        skip_line(window)?;
        if window.bytes().is_empty() && !scan.more(window)? {
            return Ok(ControlFlow::Continue(()));
        }
        let head = scan.head(window)?;
        let mut taken = scan.judge(&head);
        let promised = head.content_length.filter(|_| head.ended).and_then(|body| body.checked_add(head.length as u64));
        match promised.filter(|length| mail_ends_after(window, *length)) {
            Some(length) => take_exactly(scan, window, taken.as_mut(), length)?,
            None => take_until_separator(scan, window, taken.as_mut(), head.length, &finder)?,
        }
        scan.reached(window.offset());
        if let Some(taken) = taken
            && scan.hand_over(taken, || format!("{} (byte {at})", path.display())).is_break()
        {
            return Ok(ControlFlow::Break(()));
        }
        if window.bytes().is_empty() && window.ended() {
            return Ok(ControlFlow::Continue(()));
        }
    }
}

/// Moves the window to the first mail that begins at `from` or later, wherever it stands now; false where none begins before `until`.
///
/// The window must begin some bytes before `from`: whether a line may part two mails, the line before tells. Content-Length is
/// not looked at: what is found may stand inside a mail, which only who has read from the file's start can tell.
pub(super) fn find_start(window: &mut Window<'_>, from: u64, until: u64) -> io::Result<bool> {
    let finder = memmem::Finder::new(b"\nFrom ");
    loop {
        match next_boundary(window, 0, false, &finder) {
            Boundary::At { next, .. } => {
                window.consume(next);
                if window.bytes().is_empty() || window.offset() >= until {
                    return Ok(false);
                }
                if window.offset() >= from {
                    return Ok(true);
                }
            }
            Boundary::NotBefore(safe) => {
                window.consume(safe);
                if window.offset() >= until {
                    return Ok(false);
                }
                window.fill()?;
            }
        }
    }
}

/// How many bytes before a place tell whether a mail begins there: `\n\r\n`.
pub(super) const CONTEXT: u64 = BEFORE as u64;

/// Consumes a line with its end.
pub(super) fn skip_line(window: &mut Window<'_>) -> io::Result<()> {
    loop {
        let end = memchr(b'\n', window.bytes());
        window.consume(end.map_or(window.bytes().len(), |end| end + 1));
        if end.is_some() || !window.fill()? {
            return Ok(());
        }
    }
}

/// Consumes a mail up to the next separator or the end of the file. The header of `header` bytes is in the window.
fn take_until_separator(
    scan: &mut Scan<'_>,
    window: &mut Window<'_>,
    mut taken: Option<&mut Taken<'_>>,
    header: usize,
    finder: &memmem::Finder<'_>,
) -> io::Result<()> {
    // The blank line that ends a header may be the one before a separator: `Subject: x\n\nFrom ...`.
    let mut from = header.saturating_sub(1);
    let mut whole = true;
    loop {
        let (mail, done, found) = match next_boundary(window, from, whole, finder) {
            Boundary::At { mail, next } => (mail, next, true),
            Boundary::NotBefore(safe) => (safe, safe, false),
        };
        if let Some(taken) = taken.as_deref_mut() {
            taken.add(&window.bytes()[..mail]);
        }
        window.consume(done);
        if found {
            return Ok(());
        }
        from = from.saturating_sub(done);
        whole = whole && done == 0;
        if !scan.more(window)? && scan.stopped {
            return Ok(());
        }
    }
}

/// Where a mail ends.
enum Boundary {
    /// The mail has `mail` bytes more, and `next` is where a separator begins or the file ends.
    At { mail: usize, next: usize },
    /// Not among the first bytes; more must be read to say.
    NotBefore(usize),
}

/// Looks for the mail's end in the window, behind `from`. `whole`: the window begins where the mail does.
fn next_boundary(window: &Window<'_>, from: usize, whole: bool, finder: &memmem::Finder<'_>) -> Boundary {
    let bytes = window.bytes();
    for hit in finder.find_iter(&bytes[from..]) {
        let line_end = from + hit;
        let next = line_end + 1;
        let before = before_blank_line(&bytes[..next], whole);
        // Most hits are sentences: neither after an empty line nor `From - ` or a bare `From `.
        if before.is_none() && bytes.get(next + 5).is_some_and(|byte| !matches!(byte, b'-' | b'\r' | b'\n')) {
            continue;
        }
        match separator::judge(&bytes[next..], window.ended()) {
            Verdict::Unsure => return Boundary::NotBefore(line_end.saturating_sub(BEFORE)),
            Verdict::Text => {}
            Verdict::Separator => {
                if let Some(mail) = before.or_else(|| is_thunderbirds(&bytes[next..]).then_some(next)) {
                    return Boundary::At { mail, next };
                }
            }
        }
    }
    if window.ended() {
        let mail = before_blank_line(bytes, whole).unwrap_or(bytes.len());
        return Boundary::At { mail, next: bytes.len() };
    }
    Boundary::NotBefore(bytes.len().saturating_sub(OVERLAP))
}

/// How many bytes there are before the blank line that `bytes` ends with; `None` when it ends otherwise.
///
/// `whole`: the bytes begin where a line does.
fn before_blank_line(bytes: &[u8], whole: bool) -> Option<usize> {
    let line = bytes.strip_suffix(b"\n")?;
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if line.is_empty() { whole.then_some(0) } else { line.ends_with(b"\n").then_some(line.len()) }
}

/// Thunderbird does not look for a blank line before its separators (`From - Wed May 21 10:00:00 2025`, today `From `), and
/// its folder files can lack it; the status line that it writes below (`X-Mozilla-Status: 0001`) tells them from text.
fn is_thunderbirds(line: &[u8]) -> bool {
    let next = memchr(b'\n', line).map_or(&line[..0], |end| &line[end + 1..]);
    (line.starts_with(b"From - ") || line[5..].starts_with(b"\n") || line[5..].starts_with(b"\r\n"))
        && next.starts_with(b"X-Mozilla-Status:")
}

/// Whether a separator or the end of the file really stands behind `length` bytes of the window's mail.
fn mail_ends_after(window: &mut Window<'_>, length: u64) -> bool {
    let mut bytes = [0; separator::LOOKAHEAD + 8];
    // One byte more shows whether a line begins there.
    let Some(count) = length.checked_sub(1).and_then(|ahead| window.peek(ahead, &mut bytes)) else { return false };
    let ended = count < bytes.len();
    let Some((last, rest)) = bytes[..count].split_first() else { return false };
    let blank = line_end(rest);
    let rest = &rest[blank..];
    (ended && rest.is_empty())
        || ((*last == b'\n' || blank > 0)
            && rest.starts_with(b"From ")
            && separator::judge(rest, ended) == Verdict::Separator)
}

/// Bytes of the line end at the start, if there is one.
fn line_end(bytes: &[u8]) -> usize {
    if bytes.starts_with(b"\r\n") { 2 } else { usize::from(bytes.starts_with(b"\n")) }
}

/// Consumes a mail of a known length, and the line end between it and the next separator.
fn take_exactly(
    scan: &mut Scan<'_>,
    window: &mut Window<'_>,
    mut taken: Option<&mut Taken<'_>>,
    length: u64,
) -> io::Result<()> {
    let mut left = length;
    while left > 0 {
        let here = window.bytes().len().min(usize::try_from(left).unwrap_or(usize::MAX));
        if let Some(taken) = taken.as_deref_mut() {
            taken.add(&window.bytes()[..here]);
        }
        window.consume(here);
        left -= here as u64;
        // A file may have become shorter since it was looked into.
        if left > 0 && !scan.more(window)? {
            return Ok(());
        }
    }
    while window.bytes().len() < 2 && scan.more(window)? {}
    window.consume(line_end(window.bytes()));
    if window.bytes().is_empty() {
        scan.more(window)?;
    }
    Ok(())
}
