//! Whether the workers really make progress: the watchdog is fed only while they do.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A worker's promise to be heard of again. Cheap to renew from any thread.
#[derive(Debug, Clone)]
pub struct Pulse {
    since: Instant,
    /// Milliseconds after `since` until which all is well; `u64::MAX`: the worker has ended.
    well_until: Arc<AtomicU64>,
}

impl Pulse {
    /// A pulse that is well for the time given.
    pub fn new(within: Duration) -> Pulse {
        let pulse = Pulse { since: Instant::now(), well_until: Arc::default() };
        pulse.renew(within);
        pulse
    }

    /// Promises to be heard of again within this time.
    pub fn renew(&self, within: Duration) {
        let until = self.since.elapsed().saturating_add(within).as_millis();
        self.well_until.store(u64::try_from(until).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// The worker has ended in order; nothing more is expected of it.
    pub fn end(&self) {
        self.well_until.store(u64::MAX, Ordering::Relaxed);
    }

    /// Whether the promise has been kept so far.
    pub fn is_well(&self) -> bool {
        self.since.elapsed().as_millis() <= u128::from(self.well_until.load(Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worker_that_breaks_its_promise_is_not_well_until_it_is_heard_of_again() {
        let pulse = Pulse::new(Duration::from_secs(3600));
        assert!(pulse.is_well());
        pulse.renew(Duration::ZERO);
        std::thread::sleep(Duration::from_millis(3));
        assert!(!pulse.is_well());
        pulse.renew(Duration::from_secs(3600));
        assert!(pulse.is_well());
        pulse.renew(Duration::ZERO);
        pulse.end();
        assert!(pulse.is_well());
    }
}
