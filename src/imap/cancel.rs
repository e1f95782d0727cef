//! Stopping or waking a connection from another thread.
//!
//! Not a general event: one connection worker waits on it, any number of threads signal it.

use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::pipe::{PipeFlags, pipe_with};

/// Ends a connection, or only its waiting, from another thread.
///
/// [`cancel`](Canceller::cancel) is for ever: every connect, handshake, read and write under way or yet to come ends with
/// [`Error::Cancelled`](super::Error::Cancelled) within milliseconds. [`wake`](Canceller::wake) ends the IDLE under way, or
/// the next one if none is.
#[derive(Debug, Clone)]
pub struct Canceller(Arc<Signals>);

#[derive(Debug)]
struct Signals {
    cancelled: AtomicBool,
    woken: AtomicBool,
    // A pipe, because a thread that sleeps in poll(2) on a socket is only reached through another descriptor.
    reader: OwnedFd,
    writer: OwnedFd,
}

impl Canceller {
    /// Makes one; fails where the process may not open two more descriptors.
    pub fn new() -> std::io::Result<Canceller> {
        let (reader, writer) = pipe_with(PipeFlags::CLOEXEC | PipeFlags::NONBLOCK)?;
        let signals = Signals { cancelled: AtomicBool::new(false), woken: AtomicBool::new(false), reader, writer };
        Ok(Canceller(Arc::new(signals)))
    }

    /// Ends whatever is under way, and everything after it.
    pub fn cancel(&self) {
        self.0.cancelled.store(true, Ordering::SeqCst);
        self.signal();
    }

    /// Ends the IDLE under way, or the next one.
    pub fn wake(&self) {
        self.0.woken.store(true, Ordering::SeqCst);
        self.signal();
    }

    /// Whether [`cancel`](Canceller::cancel) was called.
    pub fn is_cancelled(&self) -> bool {
        self.0.cancelled.load(Ordering::SeqCst)
    }

    /// Sleeps, unless it is signalled.
    pub fn wait(&self, at_most: Duration) {
        let timeout = Timespec::try_from(at_most).ok();
        // Woken by something else, it has slept less: the caller looks again.
        let _ = poll(&mut [PollFd::new(&self.0.reader, PollFlags::IN)], timeout.as_ref());
    }

    pub(super) fn is_woken(&self) -> bool {
        self.0.woken.load(Ordering::SeqCst)
    }

    /// Whether it was woken since the last call.
    pub(super) fn take_woken(&self) -> bool {
        self.0.woken.swap(false, Ordering::SeqCst)
    }

    /// Readable after a signal.
    pub(super) fn descriptor(&self) -> BorrowedFd<'_> {
        self.0.reader.as_fd()
    }

    /// Makes the descriptor unreadable again; what was signalled stays in the flags, which are set before the byte is written.
    pub(super) fn drain(&self) {
        let mut bytes = [0; 64];
        while matches!(rustix::io::read(&self.0.reader, &mut bytes), Ok(n) if n == bytes.len()) {}
    }

    fn signal(&self) {
        // A full pipe is readable already: nothing is lost when this write fails.
        let _ = rustix::io::write(&self.0.writer, &[0]);
    }
}
