//! When to connect again: pure. The caller brings the clock and the dice.

use std::collections::VecDeque;
use std::time::Duration;

/// What kind of failure the waiting is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// Network, server, protocol: it may be over in a moment.
    Passing,
    /// Refused credentials, a certificate that does not verify: somebody must do something. Asking often can lock the login.
    Hopeless,
}

/// The first reconnect is within 10 s (contract section 7), also with jitter.
const PASSING: (Duration, Duration) = (Duration::from_secs(2), Duration::from_secs(15 * 60));
/// Hours, but not days: the person changes the password and does not want to restart the daemon.
const HOPELESS: (Duration, Duration) = (Duration::from_secs(15 * 60), Duration::from_secs(6 * 60 * 60));

/// How long to wait after so many failures in a row (1 is the first), with a random number of `0.0..1.0`.
///
/// Doubles from 2 s to 15 min, or from 15 min to 6 h; half of each is jitter, so that many mailboxes do not come back at once.
pub fn delay(failure: Failure, failures_in_row: u32, random: f64) -> Duration {
    let (first, most) = match failure {
        Failure::Passing => PASSING,
        Failure::Hopeless => HOPELESS,
    };
    let doubled = first.saturating_mul(2_u32.saturating_pow(failures_in_row.saturating_sub(1)));
    let random = if random.is_finite() { random.clamp(0.0, 1.0) } else { 0.5 };
    doubled.min(most).mul_f64(0.5 + 0.5 * random)
}

/// Never more than 8 connections in 12 s to one host (contract section 7), whatever the reasons.
#[derive(Debug, Clone, Default)]
pub struct Budget {
    /// When the last connections were made, as time since any fixed moment.
    made: VecDeque<Duration>,
}

const MOST: usize = 8;
const WINDOW: Duration = Duration::from_secs(12);
/// The server counts arrivals. The first connection of a window may arrive late and the last one at once: a lost SYN is sent again
/// after a second (RFC 6298, section 2).
const ON_THE_WAY: Duration = Duration::from_millis(1500);

impl Budget {
    /// How long to wait from `now` before the next connection; zero if it may be made at once.
    pub fn wait(&self, now: Duration) -> Duration {
        match self.made.len().checked_sub(MOST).and_then(|nth| self.made.get(nth)) {
            Some(oldest) => (*oldest + WINDOW + ON_THE_WAY).saturating_sub(now),
            None => Duration::ZERO,
        }
    }

    /// A connection is made at `now`.
    pub fn spend(&mut self, now: Duration) {
        self.made.push_back(now);
        while self.made.len() > MOST {
            self.made.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn waiting_grows_to_its_limit() {
        let seconds = |failure, nth, random| delay(failure, nth, random).as_secs_f64();
        let cases = [
            (Failure::Passing, 1, 1.0, 2.0),
            (Failure::Passing, 1, 0.0, 1.0),
            (Failure::Passing, 2, 1.0, 4.0),
            (Failure::Passing, 5, 0.5, 24.0),
            (Failure::Passing, 10, 1.0, 900.0),
            (Failure::Passing, 4_000_000_000, 1.0, 900.0),
            (Failure::Passing, 0, 1.0, 2.0),
            (Failure::Passing, 1, f64::NAN, 1.5),
            (Failure::Hopeless, 1, 1.0, 900.0),
            (Failure::Hopeless, 3, 1.0, 3600.0),
            (Failure::Hopeless, 9, 1.0, 21600.0),
        ];
        for (failure, nth, random, expected) in cases {
            assert_eq!(seconds(failure, nth, random), expected, "{failure:?} {nth} {random}");
        }
    }

    proptest! {
        #[test]
        fn the_first_reconnect_is_within_ten_seconds_and_none_is_immediate(random in 0.0..1.0) {
            let first = delay(Failure::Passing, 1, random);
            prop_assert!(first <= Duration::from_secs(10) && first >= Duration::from_secs(1));
        }

        #[test]
        fn no_window_of_twelve_seconds_holds_more_than_eight(gaps in prop::collection::vec(0_u64..4000, 1..60)) {
            let (mut budget, mut now, mut made) = (Budget::default(), Duration::ZERO, Vec::new());
            for gap in gaps {
                now += Duration::from_millis(gap);
                now += budget.wait(now);
                budget.spend(now);
                made.push(now);
            }
            for window in made.windows(MOST + 1) {
                prop_assert!(window[MOST] - window[0] >= WINDOW + ON_THE_WAY);
            }
        }
    }

    #[test]
    fn eight_may_come_at_once_and_the_ninth_waits() {
        let mut budget = Budget::default();
        for _ in 0..8 {
            assert_eq!(budget.wait(Duration::from_secs(100)), Duration::ZERO);
            budget.spend(Duration::from_secs(100));
        }
        assert_eq!(budget.wait(Duration::from_secs(105)), Duration::from_millis(8500));
        assert_eq!(budget.wait(Duration::from_secs(200)), Duration::ZERO);
    }
}
