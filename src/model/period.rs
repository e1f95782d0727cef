//! Lengths of time as people write them: `90s`, `5 min`, `3 days`, `1 month`.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

/// A positive length of time. Calendar units keep their meaning: a month after 31 January is the last of February.
#[derive(Debug, Clone, Copy)]
pub struct Period(Span);

/// Why a text is no [`Period`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// Not a length of time at all.
    #[error("`{0}` is not a length of time; write for example \"90s\", \"5 min\", \"3 days\" or \"1 month\"")]
    Unreadable(String),
    /// Zero or negative.
    #[error("`{0}` is not longer than zero")]
    NotPositive(String),
    /// A date that far away is not in the calendar.
    #[error("`{0}` reaches beyond the calendar")]
    BeyondCalendar(String),
}

impl Period {
    /// So many hours.
    pub fn hours(hours: i32) -> Period {
        Period(Span::new().hours(hours))
    }

    /// So many days.
    pub fn days(days: i32) -> Period {
        Period(Span::new().days(days))
    }

    /// So many calendar months.
    pub fn months(months: i32) -> Period {
        Period(Span::new().months(months))
    }

    /// Reads a length of time in jiff's friendly or ISO 8601 form.
    pub fn parse(text: &str) -> Result<Period, PeriodError> {
        let span: Span = text.trim().parse().map_err(|_| PeriodError::Unreadable(text.to_owned()))?;
        if span.is_zero() || span.is_negative() {
            return Err(PeriodError::NotPositive(text.to_owned()));
        }
        let period = Period(span);
        // 2100 is later than any date this program is given: what fits from there fits from every date before.
        let far = jiff::civil::date(2100, 1, 1);
        if period.from_date(far).is_none() || period.after(Timestamp::UNIX_EPOCH, &TimeZone::UTC).is_none() {
            return Err(PeriodError::BeyondCalendar(text.to_owned()));
        }
        Ok(period)
    }

    /// The first date on which this much time has passed since the beginning of `date`; `None` beyond the calendar.
    ///
    /// Hours and smaller units count from midnight and a begun day is not over: 36 hours after the 1st is the 3rd.
    pub fn from_date(&self, date: Date) -> Option<Date> {
        let end = date.at(0, 0, 0, 0).checked_add(self.0).ok()?;
        if end.time() == Time::midnight() { Some(end.date()) } else { end.date().tomorrow().ok() }
    }

    /// The instant this much time after `start`; days and months by the local calendar. `None` beyond the calendar.
    pub fn after(&self, start: Timestamp, tz: &TimeZone) -> Option<Timestamp> {
        let zoned = start.to_zoned_datetime(tz.clone());
        zoned.checked_add(self.0).ok().map(|end| end.timestamp())
    }

    /// This length as an exact duration, days taken as 24 hours and months as 30 days: for timers, not for dates.
    pub fn roughly(&self) -> std::time::Duration {
        let span = self.0;
        let days = i64::from(span.get_years()) * 365
            + i64::from(span.get_months()) * 30
            + i64::from(span.get_weeks()) * 7
            + i64::from(span.get_days());
        let seconds = i64::from(span.get_hours()) * 3600 + span.get_minutes() * 60 + span.get_seconds();
        let millis = span.get_milliseconds() + (days * 86_400 + seconds) * 1000;
        std::time::Duration::from_millis(u64::try_from(millis).unwrap_or(0).max(1))
    }
}

impl std::fmt::Display for Period {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:#}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn every_form_of_the_contract_is_read() {
        for (text, roughly) in
            [("90s", 90), ("5 min", 300), ("3 days", 259_200), ("1 month", 2_592_000), ("6 hours", 21_600)]
        {
            assert_eq!(Period::parse(text).unwrap().roughly().as_secs(), roughly, "{text}");
        }
    }

    #[test]
    fn zero_negative_nonsense_and_the_far_future_are_refused() {
        assert!(matches!(Period::parse("0s"), Err(PeriodError::NotPositive(_))));
        assert!(matches!(Period::parse("-3 days"), Err(PeriodError::NotPositive(_))));
        assert!(matches!(Period::parse("soon"), Err(PeriodError::Unreadable(_))));
        assert!(matches!(Period::parse(""), Err(PeriodError::Unreadable(_))));
        assert!(matches!(Period::parse("9000 years"), Err(PeriodError::BeyondCalendar(_))));
        assert!(Period::parse("99999999999 years").is_err());
    }

    #[test]
    fn a_begun_day_is_not_over() {
        let from = |text: &str| Period::parse(text).unwrap().from_date(date(2025, 5, 1)).unwrap();
        assert_eq!(from("3 days"), date(2025, 5, 4));
        assert_eq!(from("36 hours"), date(2025, 5, 3));
        assert_eq!(from("24 hours"), date(2025, 5, 2));
        assert_eq!(from("1 month"), date(2025, 6, 1));
    }
}
