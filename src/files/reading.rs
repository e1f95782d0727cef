//! Reads one file: tells its shape, judges each mail by its From, hands over the wanted ones.
//!
//! It knows nothing of other files, of the order in which they are read, or of threads.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::rc::Rc;

use super::head::{self, Head};
use super::packed;
use super::walk::{self, Shape};
use super::window::Window;
use super::{Counts, FilesError, Item, has_extension, mbox, separator};

/// Which part of a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    /// Of a zip or tar archive, the first of its files that is read; 0 for the first.
    pub(super) member: u64,
    /// Where in that file (as unpacked) the reading begins; but for 0, a mail of an mbox begins there.
    pub(super) from: u64,
    /// Of an mbox: mails that begin here or later are not read.
    pub(super) until: u64,
    /// It is not known whether a mail begins at `from`: the first that does so at it or later is looked for.
    pub(super) search: bool,
}

/// A whole file.
pub(super) const WHOLE: Span = Span { member: 0, from: 0, until: u64::MAX, search: false };

/// How far a reading has come, each time that something is to be told.
pub(super) struct Step {
    /// What was found; `None` when only the place has changed.
    pub(super) item: Option<Item>,
    /// Everything up to and with the item.
    pub(super) counts: Counts,
    /// Before this everything has been told: the archive's member, and the offset in it.
    pub(super) reached: (u64, u64),
    /// Bytes of the file that have been read.
    pub(super) done: u64,
}

/// Where a reading of a part of an mbox began, if any mail begins in it, and the first mail that it did not read begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ends {
    pub(super) start: Option<u64>,
    pub(super) end: u64,
}

/// One reading: what the caller wants, and how far it has come.
pub(super) struct Scan<'a> {
    limit: u64,
    candidate: &'a dyn Fn(&[u8]) -> bool,
    out: &'a mut dyn FnMut(Step) -> ControlFlow<()>,
    /// Called before much memory is taken for a wanted mail.
    before_much: &'a dyn Fn(),
    pub(super) counts: Counts,
    reached: (u64, u64),
    /// Of a packed file, how many of its bytes have been read.
    packed: Option<Rc<Cell<u64>>>,
    /// Bytes of the file at hand that have been read, and of the files before this one, where several are read in a row.
    done: u64,
    before: u64,
    /// Set when the caller wants no more: what comes then is told to nobody.
    pub(super) stopped: bool,
    /// The From value of the mail at hand; kept to be used again.
    from: Vec<u8>,
}

impl<'a> Scan<'a> {
    pub(super) fn new(
        limit: u64,
        candidate: &'a dyn Fn(&[u8]) -> bool,
        out: &'a mut dyn FnMut(Step) -> ControlFlow<()>,
        before_much: &'a dyn Fn(),
    ) -> Self {
        Scan {
            limit,
            candidate,
            out,
            before_much,
            counts: Counts::default(),
            reached: (0, 0),
            packed: None,
            done: 0,
            before: 0,
            stopped: false,
            from: Vec::new(),
        }
    }

    /// Reads a file, or a part of it.
    pub(super) fn file(
        &mut self,
        path: &Path,
        shape: Shape,
        span: Span,
        buffer: &mut [u8],
    ) -> Result<ControlFlow<()>, FilesError> {
        let file = open(path, shape)?;
        (self.reached, self.packed) = ((span.member, span.from), None);
        let read = if (span.member, span.from) == (0, 0) {
            let mut reader = &file;
            let one = shape == Shape::One || has_extension(path, "eml");
            let mut window = Window::new(&mut reader, Some(&file), buffer).of_one_mail(one);
            self.content(&mut window, path, shape, span.until)
        } else if packed::format_of(&file).is_none() {
            if span.member > 0 {
                return Ok(ControlFlow::Continue(()));
            }
            self.part(&file, path, span, buffer).map(|(flow, _)| flow)
        } else {
            Err(FilesError::Packed { path: path.to_owned(), format: "" })
        };
        match (read, packed::format_of(&file)) {
            (Err(FilesError::Packed { .. }), Some(format)) => {
                packed::Archive { file: &file, path, shape }.read(self, format, span, buffer)
            }
            (read, _) => read,
        }
    }

    /// Reads a part of an mbox from its middle.
    pub(super) fn part(
        &mut self,
        file: &File,
        path: &Path,
        span: Span,
        buffer: &mut [u8],
    ) -> Result<(ControlFlow<()>, Ends), FilesError> {
        let begin = if span.search { span.from.saturating_sub(mbox::CONTEXT) } else { span.from };
        let mut reader = At { file, offset: begin };
        let mut window = Window::new(&mut reader, Some(file), buffer).beginning_at(begin);
        self.reached = (0, span.from);
        if span.search {
            let found = mbox::find_start(&mut window, span.from, span.until);
            if !found.map_err(|source| self.broken(&window, path, source))? {
                return Ok((ControlFlow::Continue(()), Ends { start: None, end: span.until }));
            }
        }
        let start = Some(window.offset());
        self.reached = (0, window.offset());
        let _ = self.tell(None);
        let flow = mbox::read(self, &mut window, path, span.until);
        let flow = flow.map_err(|source| self.broken(&window, path, source))?;
        Ok((flow, Ends { start, end: window.offset() }))
    }

    /// Decides by the first bytes what the window shows, and reads it.
    pub(super) fn content(
        &mut self,
        window: &mut Window<'_>,
        path: &Path,
        shape: Shape,
        until: u64,
    ) -> Result<ControlFlow<()>, FilesError> {
        // A pipe may give a few bytes at a time: enough must be there to tell the formats apart.
        while window.bytes().len() < separator::LOOKAHEAD {
            match window.fill() {
                Ok(true) => {}
                Ok(false) => break,
                // Reading a directory or a device that gives nothing fails here, with nothing read.
                Err(source) if window.bytes().is_empty() && self.packed.is_none() => {
                    return Err(FilesError::Unreadable { path: path.to_owned(), source });
                }
                Err(source) => return Err(self.broken(window, path, source)),
            }
        }
        // Windows programs write a byte order mark before a text; it is no part of the mail.
        if window.bytes().starts_with(b"\xEF\xBB\xBF") {
            window.consume(3);
        }
        let bytes = window.bytes();
        if bytes.is_empty() {
            let one_mail = matches!(shape, Shape::One) || has_extension(path, "eml");
            return Ok(if one_mail { self.skip(path, "is empty".to_owned()) } else { ControlFlow::Continue(()) });
        }
        if let Some(format) = packed::name_of(bytes) {
            return Err(FilesError::Packed { path: path.to_owned(), format });
        }
        let read = if separator::begins_like_a_header(bytes) && shape != Shape::Perhaps {
            self.whole(window, path)
        } else if !bytes.starts_with(b"From ") {
            return Ok(match shape {
                Shape::Perhaps => ControlFlow::Continue(()),
                Shape::ByContent | Shape::One => self.skip(path, "does not begin like a mail or an mbox".to_owned()),
            });
        } else {
            match shape {
                Shape::Perhaps if !separator::begins_right(bytes) => return Ok(ControlFlow::Continue(())),
                Shape::ByContent | Shape::Perhaps => mbox::read(self, window, path, until),
                Shape::One => mbox::skip_line(window).and_then(|()| self.whole(window, path)),
            }
        };
        read.map_err(|source| self.broken(window, path, source))
    }

    /// Reads a file that is one mail.
    fn whole(&mut self, window: &mut Window<'_>, path: &Path) -> io::Result<ControlFlow<()>> {
        let head = self.head(window)?;
        let Some(mut taken) = self.judge(&head) else { return Ok(ControlFlow::Continue(())) };
        loop {
            taken.add(window.bytes());
            window.consume(window.bytes().len());
            if !self.more(window)? {
                self.member_done();
                return Ok(self.hand_over(taken, || path.display().to_string()));
            }
        }
    }

    /// Shows the whole header in the window, or its first MiB, and leaves its From value in `self.from`.
    pub(super) fn head(&mut self, window: &mut Window<'_>) -> io::Result<Head> {
        loop {
            let complete = head::examine(window.bytes(), &mut self.from);
            if complete.ended || !self.more(window)? {
                return Ok(complete);
            }
        }
    }

    /// Counts a mail, and asks whether it is wanted.
    pub(super) fn judge(&mut self, head: &Head) -> Option<Taken<'a>> {
        self.counts.mails += 1;
        if !(self.candidate)(&self.from) {
            return None;
        }
        self.counts.candidates += 1;
        Some(Taken::new(head.length, self.limit, self.before_much))
    }

    /// Everything before this offset of the file at hand has been told.
    pub(super) fn reached(&mut self, offset: u64) {
        self.reached.1 = offset;
    }

    /// Another file is read now; those before it have this many bytes.
    pub(super) fn begin(&mut self, before: u64) {
        (self.before, self.done) = (before, 0);
    }

    /// That file has been read; with it, they have this many bytes.
    pub(super) fn file_ended(&mut self, with: u64) -> ControlFlow<()> {
        (self.before, self.done) = (0, with);
        self.tell(None)
    }

    /// Where the first mail begins that was not read.
    pub(super) fn place(&self) -> u64 {
        self.reached.1
    }

    /// The archive's file of this number is read now.
    pub(super) fn reached_member(&mut self, member: u64) {
        self.reached = (member, 0);
    }

    /// Nothing more is to come of the file at hand, or of the archive's file: a later reading goes on behind it.
    fn member_done(&mut self) {
        self.reached = (self.reached.0 + 1, 0);
    }

    /// How many bytes of a packed file have been read is counted here.
    pub(super) fn unpacks(&mut self, consumed: &Rc<Cell<u64>>) {
        self.packed = Some(Rc::clone(consumed));
    }

    /// Reads on; false at the end, and when the caller wants no more.
    pub(super) fn more(&mut self, window: &mut Window<'_>) -> io::Result<bool> {
        let more = window.fill()?;
        self.done = self.packed.as_ref().map_or(window.offset(), |packed| packed.get());
        Ok(self.tell(None).is_continue() && more)
    }

    pub(super) fn hand_over(&mut self, taken: Taken<'_>, origin: impl FnOnce() -> String) -> ControlFlow<()> {
        let Taken { mut raw, header, size, .. } = taken;
        let item = if size <= self.limit {
            Item::Mail { origin: origin(), raw }
        } else {
            raw.truncate(header);
            raw.shrink_to_fit();
            let why = format!("has {size} bytes, over the limit of {} (`message` in [limits])", self.limit);
            self.counts.skipped += 1;
            Item::Skipped { origin: origin(), why, header: raw, size }
        };
        self.tell(Some(item))
    }

    pub(super) fn skip(&mut self, path: &Path, why: String) -> ControlFlow<()> {
        self.member_done();
        self.counts.skipped += 1;
        let item = Item::Skipped { origin: path.display().to_string(), why, header: Vec::new(), size: 0 };
        self.tell(Some(item))
    }

    /// What went wrong, by what helps.
    pub(super) fn broken(&self, window: &Window<'_>, path: &Path, source: io::Error) -> FilesError {
        let (path, at) = (path.to_owned(), window.offset() + window.bytes().len() as u64);
        match self.packed.is_some() && packed::is_damage(&source) {
            true => FilesError::Unpackable { path, at, source },
            false => FilesError::Interrupted { path, at, source },
        }
    }

    fn tell(&mut self, item: Option<Item>) -> ControlFlow<()> {
        if self.stopped {
            return ControlFlow::Break(());
        }
        let step = Step { item, counts: self.counts, reached: self.reached, done: self.before + self.done };
        let flow = (self.out)(step);
        self.stopped = flow.is_break();
        flow
    }
}

/// A wanted mail while it is read: at most the limit, or its header where that is longer.
pub(super) struct Taken<'a> {
    raw: Vec<u8>,
    header: usize,
    room: usize,
    size: u64,
    before_much: &'a dyn Fn(),
}

/// Most mails are smaller: several threads may hold one of this size at once.
const MUCH: usize = 1 << 20;

impl<'a> Taken<'a> {
    fn new(header: usize, limit: u64, before_much: &'a dyn Fn()) -> Taken<'a> {
        let room = usize::try_from(limit).unwrap_or(usize::MAX).max(header);
        Taken { raw: Vec::new(), header, room, size: 0, before_much }
    }

    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.size += bytes.len() as u64;
        let room = self.room - self.raw.len();
        let add = &bytes[..bytes.len().min(room)];
        if self.raw.len() <= MUCH && self.raw.len() + add.len() > MUCH {
            (self.before_much)();
        }
        self.raw.extend_from_slice(add);
    }
}

/// Opens a file that was found; a Maildir's may have another name by now.
pub(super) fn open(path: &Path, shape: Shape) -> Result<File, FilesError> {
    let file = match File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound && shape == Shape::One => {
            walk::renamed(path).map_or(Err(error), File::open)
        }
        opened => opened,
    };
    file.map_err(|source| FilesError::Unreadable { path: path.to_owned(), source })
}

/// A file from an offset on.
struct At<'a> {
    file: &'a File,
    offset: u64,
}

impl Read for At<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read_at(into, self.offset)?;
        self.offset += count as u64;
        Ok(count)
    }
}
