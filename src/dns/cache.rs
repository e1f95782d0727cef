//! What DNS has answered lately.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::Answer;

/// A key that is withdrawn should not be believed for longer.
const MAX_FOUND: Duration = Duration::from_secs(3600);
/// Even a record that says it must not be kept answers for all mails of one pass.
const MIN_FOUND: Duration = Duration::from_secs(30);
/// A new key may appear any minute.
const MISSING: Duration = Duration::from_secs(300);
/// Long enough that a hundred mails do not each wait for a server that is down.
const UNAVAILABLE: Duration = Duration::from_secs(30);
/// Meta signs with a handful of keys.
const MAX_ENTRIES: usize = 256;

/// Answers by name, each until its time is over.
#[derive(Debug, Default)]
pub struct Cache {
    entries: BTreeMap<String, (Answer, Instant)>,
}

impl Cache {
    /// The answer for `name`, if it still holds at `now`.
    pub fn get(&self, name: &str, now: Instant) -> Option<Answer> {
        self.entries.get(name).filter(|(_, until)| now < *until).map(|(answer, _)| answer.clone())
    }

    /// Remembers an answer that DNS gave at `now` and that holds for `ttl`, within this module's bounds.
    pub fn put(&mut self, name: String, answer: Answer, ttl: Duration, now: Instant) {
        let keep = match answer {
            Answer::Found(_) => ttl.clamp(MIN_FOUND, MAX_FOUND),
            Answer::Missing => ttl.min(MISSING),
            Answer::Unavailable(_) => ttl.min(UNAVAILABLE),
        };
        if self.entries.len() >= MAX_ENTRIES {
            self.entries.retain(|_, (_, until)| now < *until);
        }
        if self.entries.len() >= MAX_ENTRIES {
            self.entries.clear();
        }
        self.entries.insert(name, (answer, now + keep));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_hold_for_a_bounded_time() {
        let found = Answer::Found("p=".to_owned());
        let unavailable = Answer::Unavailable("x".to_owned());
        let cases = [
            (found.clone(), 600, 600),
            (found.clone(), 0, 30),
            (found, 1_000_000, 3600),
            (Answer::Missing, u64::MAX, 300),
            (unavailable, u64::MAX, 30),
        ];
        for (answer, ttl, holds) in cases {
            let start = Instant::now();
            let mut cache = Cache::default();
            cache.put("a".to_owned(), answer.clone(), Duration::from_secs(ttl), start);
            let at = |seconds| cache.get("a", start + Duration::from_secs(seconds));
            assert_eq!((at(holds - 1), at(holds)), (Some(answer), None), "ttl {ttl}");
        }
    }

    #[test]
    fn the_cache_stays_small() {
        let start = Instant::now();
        let mut cache = Cache::default();
        for n in 0..10_000 {
            cache.put(format!("n{n}"), Answer::Missing, Duration::MAX, start);
        }
        assert!(cache.entries.len() <= MAX_ENTRIES);
        assert_eq!(cache.get("n9999", start), Some(Answer::Missing));
    }
}
