//! How long to wait while another program has the database locked, and when to stop waiting.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How long a statement waits for another process's transaction. The daemon's own are milliseconds long.
const LONGEST: Duration = Duration::from_secs(5);

/// Between two looks; it bounds how long a wish to stop goes unnoticed.
const SLOWEST_LOOK: Duration = Duration::from_millis(50);

/// The wish, set from another thread, that nobody waits for a lock any more: the process is to end.
#[derive(Debug, Clone, Default)]
pub struct Hurry(Arc<AtomicBool>);

impl Hurry {
    /// Ends every waiting, under way and to come.
    pub fn up(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// There is time again.
    pub fn down(&self) {
        self.0.store(false, Ordering::Relaxed);
    }

    /// Whether waiting is over.
    pub fn is_up(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// What SQLite asks whenever it finds the database locked, with how often it has asked before: whether to look again.
pub(super) fn look_again(hurry: Hurry) -> impl FnMut(i32) -> bool + Send + 'static {
    let mut since = Instant::now();
    move |before| {
        if before == 0 {
            since = Instant::now();
        }
        if hurry.is_up() || since.elapsed() >= LONGEST {
            return false;
        }
        // Most transactions are over at once.
        thread::sleep(Duration::from_millis(1 << before.clamp(0, 6)).min(SLOWEST_LOOK));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_in_a_hurry_does_not_wait() {
        let hurry = Hurry::default();
        let mut look_again = look_again(hurry.clone());
        assert_eq!([look_again(0), look_again(1), look_again(2)], [true; 3]);
        hurry.up();
        assert_eq!([look_again(3), look_again(0)], [false; 2]);
    }
}
