//! Whether the process may open as many files as it needs: better said at the start than found out in the middle.

use std::fs::File;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Beside the mailboxes: two runtimes, the signals, the clock, the database with its log, a name server, a program that is run.
const OWN: usize = 24;

/// A connection, what wakes it, and for a moment the file of its password.
const EACH_MAILBOX: usize = 4;

/// Makes sure that `run` or `sync` can have enough open files for so many mailboxes; raises the soft limit where that helps.
///
/// The error is how many the process may have.
pub fn ensure(mailboxes: usize) -> Result<(), u64> {
    if is_room_for(OWN + EACH_MAILBOX * mailboxes) {
        return Ok(());
    }
    // The soft limit is low for programs that call select(2); this one does not.
    let limit = getrlimit(Resource::Nofile);
    let raised = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum });
    if raised.is_ok() && is_room_for(OWN + EACH_MAILBOX * mailboxes) {
        return Ok(());
    }
    Err(limit.maximum.or(limit.current).unwrap_or(u64::MAX))
}

fn is_room_for(files: usize) -> bool {
    let opened: std::io::Result<Vec<File>> = (0..files).map(|_| File::open("/")).collect();
    opened.is_ok()
}
