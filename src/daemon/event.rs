//! What can happen: everything the workers tell the shell.

use std::sync::mpsc::SyncSender;

use jiff::Timestamp;

use crate::imap::Folder;
use crate::model::attribution::Reason;
use crate::model::mailbox::{Cursor, MailboxName, Place};
use crate::model::message::Message;
use crate::model::proof::SenderProof;

/// A mail that was read, prepared by the worker: parsed, and its sender proven as far as can be.
#[derive(Debug)]
pub struct ReadMail {
    /// Where it was seen; `None` for a mail from a file.
    pub place: Option<Place>,
    /// The server's time of receipt.
    pub received_at: Timestamp,
    /// The exact bytes.
    pub raw: Vec<u8>,
    /// Same for copies that differ only in trace headers.
    pub identity: String,
    /// Hex SHA-256 of `raw`.
    pub sha256: String,
    /// The mail as rules look at it, or why it cannot be read.
    pub message: Result<Message, String>,
    /// How the sender was proven.
    pub proof: SenderProof,
}

/// A mail that claims to come from Meta and was not read.
#[derive(Debug)]
pub struct UnreadMail {
    /// Where it was seen; `None` for a mail from a file.
    pub place: Option<Place>,
    /// The server's time of receipt.
    pub received_at: Timestamp,
    /// A few header fields.
    pub header: Vec<u8>,
    /// The header fields as rules look at them.
    pub message: Message,
    /// Size in bytes as the server gives it.
    pub size: u64,
    /// `too_large` or `unreadable`.
    pub reason: Reason,
    /// In words.
    pub why: String,
}

/// What a worker has to say.
#[derive(Debug)]
pub enum Happening {
    /// A mail was read.
    Mail(Box<ReadMail>),
    /// A mail could not, or was not to be read.
    Unread(Box<UnreadMail>),
    /// Everything up to the cursor has been handed over.
    Progress(Cursor),
    /// A pass begins.
    Started {
        /// The folders that it reads, in this order.
        folders: Vec<Folder>,
    },
    /// A pass has read everything there was at its start.
    Complete {
        /// The start of the pass.
        started_at: Timestamp,
    },
    /// An attempt did not read everything.
    Failed {
        /// What it ran into: mailbox or folder, and what to do.
        error: String,
        /// Trying again does not help.
        hopeless: bool,
    },
    /// Something the person should know that does not make the pass incomplete.
    Remark(String),
    /// The worker has nothing more to do.
    Done,
}

/// One thing that happened at a mailbox. The worker waits for the answer before it goes on: what is not committed is
/// not passed over.
#[derive(Debug)]
pub struct Event {
    /// Where.
    pub mailbox: MailboxName,
    /// What.
    pub happening: Happening,
    /// Answered once it is committed.
    pub committed: SyncSender<Committed>,
}

/// The answer to an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Committed {
    /// It is in the database.
    Yes,
    /// It could not be written; the worker stops here and reads again later.
    No,
}
