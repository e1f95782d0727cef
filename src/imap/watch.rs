//! Waiting for new mail in one folder: IDLE (RFC 2177).
//!
//! Where a server has no IDLE, or does not keep to it, waiting is the caller's business, and so is polling beside it.

use std::time::{Duration, Instant};

use super::guard::{Allowance, Idle};
use super::session::Connection;
use super::{Error, Folder};
use crate::model::mailbox::Cursor;

/// Why the waiting is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Woken {
    /// The folder holds more than has been read.
    Mail,
    /// The time is over.
    Limit,
    /// [`Canceller::wake`](super::Canceller::wake) was called.
    Asked,
    /// The server has no IDLE, or refuses it: wait by other means.
    Unsupported,
}

/// An IDLE is ended and begun anew this often, whatever is said meanwhile: some servers and many home routers forget a
/// connection that has been silent for 5 minutes (RFC 2177 speaks of 30).
const RENEW: Duration = Duration::from_secs(4 * 60);

/// A server that ends an IDLE by itself sooner than this would make the waiting a busy loop.
const TOO_SOON: Duration = Duration::from_secs(10);

impl Connection {
    /// Waits until the folder holds more than `cursor` says, for `limit` at most.
    ///
    /// Opens the folder first, unless it is open and nothing has arrived since: what comes between reading and waiting is
    /// noticed. Errors: [`Error::Folder`], and the
    /// connection's.
    pub fn watch(&mut self, folder: &Folder, cursor: &Cursor, limit: Duration) -> Result<Woken, Error> {
        let end = Instant::now() + rounded(limit.min(super::LONGEST));
        if !self.offers("IDLE") {
            return Ok(Woken::Unsupported);
        }
        let next = cursor.last_uid.saturating_add(1);
        let waits_there = self.opened.as_ref().is_some_and(|opened| {
            opened.raw == folder.raw && opened.uidvalidity == cursor.uidvalidity && opened.uidnext == Some(next)
        });
        if !waits_there || self.notes.get().idle.grown || !self.pipelines() {
            let opened = self.examine(folder)?;
            let all_read = opened.uidnext.is_none_or(|uidnext| uidnext == next);
            if opened.uidvalidity != cursor.uidvalidity || !all_read {
                return Ok(Woken::Mail);
            }
        }
        loop {
            let begun_at = Instant::now();
            if self.canceller.take_woken() {
                return Ok(Woken::Asked);
            }
            if begun_at >= end {
                return Ok(Woken::Limit);
            }
            let until = end.min(begun_at + RENEW);
            let outcome = self.idle(until)?;
            let early = Instant::now() < until && begun_at.elapsed() < TOO_SOON;
            match outcome {
                None => return Ok(Woken::Unsupported),
                Some(idle) if idle.arrived => return Ok(Woken::Mail),
                Some(_) if early && !self.canceller.is_woken() => return Ok(Woken::Unsupported),
                Some(_) => {}
            }
        }
    }

    /// One IDLE, ended by the guard; `None` where the server does not agree to it.
    fn idle(&mut self, until: Instant) -> Result<Option<Idle>, Error> {
        self.notes.get().idle.until = Some(until);
        let answer = self.ask(Allowance::default(), |session| session.run_command_and_check_ok("IDLE"))?;
        let idle = self.notes.get().idle;
        Ok(answer.ok().filter(|()| idle.begun).map(|()| idle))
    }
}

/// Where a round over all folders is due soon after an IDLE would be begun anew, it comes a little sooner and does for both: the
/// machine wakes once instead of twice.
fn rounded(limit: Duration) -> Duration {
    if limit > RENEW && limit < RENEW * 3 / 2 { RENEW } else { limit }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_that_is_due_soon_after_a_renewal_comes_with_it() {
        let minutes = |minutes: u64| Duration::from_secs(minutes * 60);
        let cases = [(1, 1), (4, 4), (5, 4), (6, 6), (15, 15)];
        for (limit, expected) in cases {
            assert_eq!(rounded(minutes(limit)), minutes(expected), "{limit} minutes");
        }
    }
}
