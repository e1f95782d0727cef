//! Reading one folder: what is new since the cursor, of that what may matter, of that the bytes.
//!
//! Nothing is lost for speed: whatever cannot be told for certain is read, and what cannot be read is handed over as such. It
//! does not know what a mail means; the plan's closure says which senders matter.

mod candidates;
mod census;
mod cut;
mod each;
mod headers;
mod news;
mod span;

use jiff::Timestamp;
use jiff::civil::Date;

use super::guard::Allowance;
use super::session::Connection;
use super::{Error, Folder};
use crate::model::mailbox::Cursor;
pub use census::Candidates;
use each::Patience;
use span::{Span, Way, begun};

/// What to look for.
pub struct Plan<'a> {
    /// How far back a first pass looks: the date of receipt as the server writes it. Later passes take whatever is new.
    pub since: Option<Date>,
    /// A fingerprint of needles and `since`: after a change the folder is read from the beginning.
    pub generation: &'a str,
    /// Terms for SEARCH FROM that together find at least what `candidate` accepts, e.g. `facebookmail.com`.
    pub needles: &'a [String],
    /// Whether a mail with this From field is to be read; gets the field as it stands in the mail, unfolded.
    pub candidate: &'a dyn Fn(&str) -> bool,
    /// Larger messages are listed, not read, in bytes. The connection's own limit holds too.
    pub message_limit: u64,
}

/// What reading a folder brings, in ascending order of UIDs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A candidate's bytes.
    Mail {
        /// Its UID.
        uid: u32,
        /// The folder's UIDVALIDITY.
        uidvalidity: u32,
        /// The folder's decoded name.
        folder: String,
        /// INTERNALDATE; `None` where the server has none that can be read.
        received_at: Option<Timestamp>,
        /// The message as the server has it.
        raw: Vec<u8>,
    },
    /// A candidate larger than the limit.
    TooLarge {
        /// Its UID.
        uid: u32,
        /// The folder's UIDVALIDITY.
        uidvalidity: u32,
        /// The folder's decoded name.
        folder: String,
        /// INTERNALDATE.
        received_at: Option<Timestamp>,
        /// RFC822.SIZE, in bytes.
        size: u64,
        /// The raw header fields From, To, Cc, Subject, Date and Message-ID.
        header: Vec<u8>,
    },
    /// A message that exists and that the server does not give.
    Unreadable {
        /// Its UID.
        uid: u32,
        /// The folder's UIDVALIDITY.
        uidvalidity: u32,
        /// The folder's decoded name.
        folder: String,
        /// INTERNALDATE.
        received_at: Option<Timestamp>,
        /// The raw header fields as far as they came; often empty.
        header: Vec<u8>,
        /// The server's words, or what is wrong with its answer.
        why: String,
    },
    /// Everything up to `cursor.last_uid` has been handed over.
    Progress {
        /// How far the folder has been read.
        cursor: Cursor,
    },
}

/// The sink takes no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped;

/// Where found things go.
pub(super) type Sink<'a> = dyn FnMut(Found) -> Result<(), Stopped> + 'a;

/// How a folder was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// How far: up to what was there at the start of the pass.
    pub cursor: Cursor,
    /// In which way.
    pub looked: Looked,
}

/// In which way a folder was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looked {
    /// The counts told that nothing is new; it was not opened.
    Unchanged,
    /// From fields of all new messages.
    Headers,
    /// One SEARCH over the backlog.
    Searched,
}

/// Fewer messages than this are looked at one and all: cheaper than a search, and exact on every server.
const FEW: u32 = 200;

/// Marks the generation of a cursor whose first pass was interrupted, so that going on keeps to `since` like beginning did.
const FIRST_PASS: &str = " (first pass)";

/// The state of one folder's reading.
pub(super) struct Reading<'a> {
    folder: &'a Folder,
    plan: &'a Plan<'a>,
    uidvalidity: u32,
    /// Everything up to here has been dealt with before.
    after: u32,
    /// What was there at the start of the pass.
    goal: u32,
    exists: u32,
    first: bool,
    patience: Patience,
}

impl Connection {
    /// Reads what is new in a folder and hands it to `sink`, one at a time.
    ///
    /// `cursor` is the folder's last one. Errors: [`Error::Folder`] where the server refuses this folder, [`Error::Cancelled`]
    /// where the sink stopped, and the connection's. What has been handed over before an error counts, up to the last
    /// [`Found::Progress`].
    pub fn read_folder(
        &mut self,
        folder: &Folder,
        cursor: Option<&Cursor>,
        plan: &Plan<'_>,
        sink: &mut Sink<'_>,
    ) -> Result<Summary, Error> {
        if let Some(cursor) = unchanged(folder, cursor, plan) {
            return Ok(Summary { cursor, looked: Looked::Unchanged });
        }
        if let Some(cursor) = empty(folder, plan) {
            hand(sink, Found::Progress { cursor: cursor.clone() })?;
            return Ok(Summary { cursor, looked: Looked::Unchanged });
        }
        if let Some(question) = Span::told(folder, cursor, plan).and_then(|span| self.first_question(&span, plan)) {
            self.announce(question);
        }
        let mut reading = self.begin(folder, cursor, plan)?;
        let mut looked = Looked::Headers;
        if reading.goal > reading.after && reading.exists > 0 {
            let way = self.way(&reading.span(), plan);
            if way == Way::Samples {
                self.pass_over_the_old(&mut reading)?;
            }
            match way {
                Way::Senders => {
                    let (from, to) = (reading.after + 1, reading.goal);
                    let looks = self.senders_between(&mut reading, from, to)?;
                    self.read_candidates(&mut reading, looks, sink)?;
                }
                Way::Headers => self.read_by_headers(&mut reading, true, sink)?,
                Way::Samples | Way::Search => match self.search(&reading)? {
                    Some(hits) => {
                        looked = Looked::Searched;
                        self.read_hits(&mut reading, &hits, sink)?;
                    }
                    None => self.read_by_headers(&mut reading, false, sink)?,
                },
            }
        }
        let cursor = reading.cursor(reading.goal, plan.generation);
        hand(sink, Found::Progress { cursor: cursor.clone() })?;
        Ok(Summary { cursor, looked })
    }

    fn begin<'a>(
        &mut self,
        folder: &'a Folder,
        cursor: Option<&Cursor>,
        plan: &'a Plan<'a>,
    ) -> Result<Reading<'a>, Error> {
        let opened = self.examine(folder)?;
        let (after, first) = begun(cursor, plan, opened.uidvalidity);
        let mut reading = Reading {
            folder,
            plan,
            uidvalidity: opened.uidvalidity,
            after,
            goal: 0,
            exists: opened.exists,
            first,
            patience: Patience::default(),
        };
        reading.goal = match opened.uidnext {
            Some(next) => next - 1,
            None if opened.exists == 0 => reading.after,
            None => self.highest_uid(folder)?.max(reading.after),
        };
        if reading.goal < reading.after {
            // UIDs that were given before will be given again: a mailbox restored from a backup. Messages read once before
            // are recognised as such, one that is never read is not.
            (reading.after, reading.first) = (0, true);
        }
        Ok(reading)
    }

    /// Opens a folder, read-only.
    pub(super) fn examine(&mut self, folder: &Folder) -> Result<Opened, Error> {
        self.opened = None;
        let mailbox = self
            .ask(Allowance::default(), |session| session.examine(&folder.raw))?
            .map_err(|said| self.refused(folder, &said))?;
        let told_before = folder.counts.and_then(|counts| counts.uidvalidity);
        let Some(uidvalidity) = mailbox.uid_validity.or(told_before) else {
            return Err(folder.error("the server gives no UIDVALIDITY, so its messages cannot be told apart"));
        };
        let uidnext = mailbox.uid_next.filter(|next| *next > 0);
        let opened = Opened { raw: folder.raw.clone(), uidvalidity, uidnext, exists: mailbox.exists };
        self.opened = Some(opened.clone());
        Ok(opened)
    }
}

/// The folder that was opened last, and what EXAMINE says of it.
#[derive(Debug, Clone)]
pub(super) struct Opened {
    /// Its raw name.
    pub(super) raw: String,
    pub(super) uidvalidity: u32,
    pub(super) uidnext: Option<u32>,
    pub(super) exists: u32,
}

impl Reading<'_> {
    fn span(&self) -> Span {
        Span { after: self.after, goal: self.goal, exists: self.exists, first: self.first }
    }

    fn cursor(&self, last_uid: u32, generation: &str) -> Cursor {
        Cursor {
            folder: self.folder.name.clone(),
            uidvalidity: self.uidvalidity,
            last_uid,
            generation: generation.to_owned(),
        }
    }

    /// Tells the sink that everything up to `uid` has been handed over.
    fn progress(&self, uid: u32, sink: &mut Sink<'_>) -> Result<(), Error> {
        let generation = format!("{}{}", self.plan.generation, if self.first { FIRST_PASS } else { "" });
        hand(sink, Found::Progress { cursor: self.cursor(uid, &generation) })
    }
}

pub(super) fn hand(sink: &mut Sink<'_>, found: Found) -> Result<(), Error> {
    sink(found).map_err(|Stopped| Error::Cancelled)
}

/// The cursor, where the counts tell that it stands at the end already. A count below the cursor is looked into: STATUS may be
/// behind, but UIDs may also have begun anew.
fn unchanged(folder: &Folder, cursor: Option<&Cursor>, plan: &Plan<'_>) -> Option<Cursor> {
    let (cursor, counts) = (cursor?, folder.counts?);
    let same = counts.uidvalidity == Some(cursor.uidvalidity) && cursor.generation == plan.generation;
    (same && counts.uidnext == cursor.last_uid.checked_add(1)).then(|| cursor.clone())
}

/// The cursor at the end of a folder without messages.
fn empty(folder: &Folder, plan: &Plan<'_>) -> Option<Cursor> {
    let counts = folder.counts.filter(|counts| counts.messages == Some(0))?;
    Some(Cursor {
        folder: folder.name.clone(),
        uidvalidity: counts.uidvalidity?,
        last_uid: counts.uidnext? - 1,
        generation: plan.generation.to_owned(),
    })
}
