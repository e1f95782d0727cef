//! When workers may connect: never more than 8 connections in 12 s to one host (contract section 7).
//!
//! A host is what a server counts by. All mailboxes of a law office together may connect more often; those at one provider may not.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::imap::backoff::Budget;

/// When connections were made, of all workers together.
#[derive(Debug)]
pub struct Dialling {
    since: Instant,
    made: Mutex<BTreeMap<String, Budget>>,
}

impl Default for Dialling {
    fn default() -> Dialling {
        Dialling { since: Instant::now(), made: Mutex::default() }
    }
}

impl Dialling {
    /// Takes leave for one connection to a host now, or says how long to wait before asking again.
    pub fn take(&self, host: &str) -> Result<(), Duration> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let made = made.entry(one_name(host)).or_default();
        let now = self.since.elapsed();
        let wait = made.wait(now);
        if wait.is_zero() {
            made.spend(now);
            return Ok(());
        }
        Err(wait)
    }
}

/// The host's name; this machine has several.
fn one_name(host: &str) -> String {
    let host = host.trim_start_matches('[').trim_end_matches(']').trim_end_matches('.').to_ascii_lowercase();
    match host.as_str() {
        "localhost" | "::1" => "127.0.0.1".to_owned(),
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_connections_to_a_host_are_enough_and_another_host_has_its_own_eight() {
        let dialling = Dialling::default();
        let names = ["localhost", "127.0.0.1", "::1", "LocalHost", "localhost.", "[::1]", "127.0.0.1", "localhost"];
        for name in names {
            assert_eq!(dialling.take(name), Ok(()), "{name}");
        }
        let wait = dialling.take("localhost").unwrap_err();
        assert!(wait > Duration::from_secs(11), "{wait:?}");
        for _ in 0..8 {
            assert_eq!(dialling.take("imap.example.org"), Ok(()));
        }
        assert!(dialling.take("IMAP.example.org").is_err());
    }
}
