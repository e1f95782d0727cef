//! What the person sent for an account.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::words;

words! {
    /// By which way the person objected. The app may answer with a pop-up only (docs/DOMAIN.md, point 8).
    Via { Web = "web", App = "app", Letter = "letter" }
}

/// One objection: on which date, by which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objection {
    /// The local date on which the person objected.
    pub on: Date,
    /// The way.
    pub via: Via,
}

words! {
    /// Whether the objection reaches content from before Meta's training began.
    Coverage { All = "all", FutureOnly = "future_only", Unknown = "unknown" }
}

/// Meta's start of training in the EU: later objections cover future content only (contract section 4).
pub const TRAINING_STARTED: Date = jiff::civil::date(2025, 5, 27);

/// What an objection of that date covers; `unknown` without one.
pub fn coverage_of(objection: Option<Objection>) -> Coverage {
    match objection {
        None => Coverage::Unknown,
        Some(objection) if objection.on < TRAINING_STARTED => Coverage::All,
        Some(_) => Coverage::FutureOnly,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn coverage_turns_on_the_day_training_started() {
        let on = |on| coverage_of(Some(Objection { on, via: Via::Web }));
        assert_eq!(on(date(2025, 5, 26)), Coverage::All);
        assert_eq!(on(date(2025, 5, 27)), Coverage::FutureOnly);
        assert_eq!(coverage_of(None), Coverage::Unknown);
    }
}
