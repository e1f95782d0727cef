//! What is under way: on a terminal one line that is written over, elsewhere a plain line now and then.
//!
//! How long it takes is measured from the moment this was made, with a clock that nobody can set.

use std::io;
use std::time::{Duration, Instant};

use super::output::{Output, can_overwrite};
use crate::locale::{Locale, say};

/// Often enough to see that something moves, seldom enough to cost nothing.
const WRITE_OVER_EVERY: Duration = Duration::from_millis(200);

/// In a log or with a screen reader every line is one too many: whoever waits that long wants to know.
const PLAIN_EVERY: Duration = Duration::from_secs(30);

/// The first guess at the time left comes when there is something to guess from.
const GUESS_AFTER: Duration = Duration::from_secs(3);

/// Shows what is under way.
pub struct Progress {
    way: Way,
    began: Instant,
    shown: Instant,
    /// A line stands there that is to be erased.
    open: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Over,
    Plain,
    Silent,
}

impl Progress {
    /// For stderr; silent with `-q`.
    pub fn new(quiet: bool) -> Progress {
        let way = match (quiet, can_overwrite(&io::stderr())) {
            (true, _) => Way::Silent,
            (false, true) => Way::Over,
            (false, false) => Way::Plain,
        };
        let now = Instant::now();
        // The first line comes at once where it is written over.
        let shown = if way == Way::Over { now.checked_sub(WRITE_OVER_EVERY).unwrap_or(now) } else { now };
        Progress { way, began: now, shown, open: false }
    }

    /// Shows the text, if it is time for it.
    pub fn show(&mut self, output: &mut Output, text: impl FnOnce() -> String) {
        let every = match self.way {
            Way::Over => WRITE_OVER_EVERY,
            Way::Plain => PLAIN_EVERY,
            Way::Silent => return,
        };
        if self.shown.elapsed() < every {
            return;
        }
        self.shown = Instant::now();
        if self.way == Way::Over {
            output.partial(&text());
            self.open = true;
        } else {
            output.remark(&text());
        }
    }

    /// Erases the line, so that others can be written.
    pub fn clear(&mut self, output: &mut Output) {
        if std::mem::take(&mut self.open) {
            output.partial("");
        }
    }

    /// ", about 3 minutes left"; nothing while there is nothing to guess from.
    pub fn left(&self, locale: &Locale, done: u64, total: u64) -> String {
        match left(self.began.elapsed(), done, total) {
            None => String::new(),
            Some(left) => format!(", {}", in_words(locale, left)),
        }
    }
}

/// How much longer it takes, if it goes on as it did.
fn left(elapsed: Duration, done: u64, total: u64) -> Option<Duration> {
    if elapsed < GUESS_AFTER || done == 0 || total == 0 {
        return None;
    }
    let rest = total.saturating_sub(done);
    let seconds = u128::from(elapsed.as_secs()) * u128::from(rest) / u128::from(done);
    Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(u64::MAX)))
}

fn in_words(locale: &Locale, left: Duration) -> String {
    // The longer it takes, the coarser the guess.
    match left.as_secs() {
        0..60 => say!(locale, "left-under-a-minute"),
        seconds @ 60..7200 => say!(locale, "left-minutes", count = seconds.div_ceil(60)),
        seconds => say!(locale, "left-hours", count = seconds.div_ceil(3600)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::language::Lang;

    #[test]
    fn the_time_left_is_guessed_from_what_was_done() {
        let seconds = Duration::from_secs;
        let cases = [
            ((2, 50, 100), None),
            ((10, 0, 100), None),
            ((10, 5, 0), None),
            ((10, 50, 100), Some(10)),
            ((10, 100, 100), Some(0)),
            ((10, 120, 100), Some(0)),
            ((100, 1, u64::MAX), Some(u64::MAX)),
        ];
        for ((elapsed, done, total), expected) in cases {
            assert_eq!(left(seconds(elapsed), done, total), expected.map(seconds), "{elapsed} s, {done} of {total}");
        }
    }

    #[test]
    fn the_time_left_is_said_coarsely() {
        let cases = [
            (59, "less than a minute left", "noch weniger als eine Minute"),
            (60, "about 1 minute left", "noch etwa 1 Minute"),
            (61, "about 2 minutes left", "noch etwa 2 Minuten"),
            (7200, "about 2 hours left", "noch etwa 2 Stunden"),
        ];
        for (left, english, german) in cases {
            assert_eq!(in_words(Locale::of(Lang::En), Duration::from_secs(left)), english);
            assert_eq!(in_words(Locale::of(Lang::De), Duration::from_secs(left)), german);
        }
    }
}
