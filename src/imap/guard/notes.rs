//! What the guard and the session above the `imap` crate tell each other; the crate has no place for it.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::super::fault::Fault;
use super::said::Said;

/// Shared by the guard and its session.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct Notes(Arc<Mutex<Note>>);

/// The notes themselves.
#[derive(Debug, Default)]
pub(in super::super) struct Note {
    /// What the next command may cost.
    pub(in super::super) allowance: Allowance,
    /// The latest capability list, in capital letters; `None` until the server gave one.
    pub(in super::super) capabilities: Option<BTreeSet<String>>,
    /// The tagged answer to the last command.
    pub(in super::super) last: Option<Said>,
    /// Whether the last UID SEARCH was answered, and by nothing but UIDs.
    pub(in super::super) search: Search,
    /// What the last FETCH told of SAVEDATE (RFC 8514), which the crate does not know.
    pub(in super::super) saved: Vec<Saved>,
    /// Why the connection is of no use any more.
    pub(in super::super) fault: Option<Fault>,
    /// Commands, without tags, that go out together with the next one.
    pub(in super::super) announced: Vec<String>,
    /// The orders for the next IDLE, and what came of it.
    pub(in super::super) idle: Idle,
}

/// What one command may cost.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Allowance {
    /// Bytes on the wire.
    pub(in super::super) bytes: u64,
    /// Untagged responses.
    pub(in super::super) responses: u32,
    /// Bytes of it that the crate is given, which it keeps in memory until the answer is complete.
    pub(in super::super) kept: u64,
    /// A message larger than this is left out of the answer.
    pub(in super::super) literal: u64,
    /// A message's header fields are cut after so many bytes.
    pub(in super::super) header: u64,
    /// Another limit than the connection's.
    pub(in super::super) timeout: Option<Duration>,
}

/// Ten times what the largest ordinary answer needs: 500 header fields, 4 MiB of bodies, 6 kB of hits.
const BYTES: u64 = 64 * 1024 * 1024;
const RESPONSES: u32 = 20_000;
/// Four times what fifty of the largest header fields need; together with a copy of it far below 64 MiB.
const KEPT: u64 = 16 * 1024 * 1024;
const LITERAL: u64 = 4 * 1024 * 1024;
/// To and Cc of a mail to 2,000 people. Postfix takes no header larger than 100 kB, but others do.
const HEADER: u64 = 128 * 1024;

impl Default for Allowance {
    fn default() -> Allowance {
        Allowance { bytes: BYTES, responses: RESPONSES, kept: KEPT, literal: LITERAL, header: HEADER, timeout: None }
    }
}

/// How a UID SEARCH was answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in super::super) struct Search {
    pub(in super::super) answered: bool,
    pub(in super::super) garbage: bool,
}

/// When a message came into its folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Saved {
    /// Its sequence number.
    pub(in super::super) number: u32,
    pub(in super::super) uid: u32,
    /// As the server writes it, like an INTERNALDATE: `17-Jul-1996 02:44:25 -0700`.
    pub(in super::super) at: String,
}

/// An IDLE, before and after.
#[derive(Debug, Clone, Copy, Default)]
pub(in super::super) struct Idle {
    /// When to end it.
    pub(in super::super) until: Option<Instant>,
    /// How many messages the folder is known to hold.
    pub(in super::super) exists: u32,
    /// More messages than that were announced.
    pub(in super::super) arrived: bool,
    /// The same, since the folder was opened or its news were last asked for.
    pub(in super::super) grown: bool,
    /// The server agreed to it.
    pub(in super::super) begun: bool,
}

impl Notes {
    pub(in super::super) fn get(&self) -> MutexGuard<'_, Note> {
        // A panic elsewhere leaves plain values behind, all of them usable.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
