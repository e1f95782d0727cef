//! When an answer is late, and when the law's month is over.

use jiff::civil::{Date, Weekday};

use super::period::Period;

/// The last day on which an answer is still in time.
///
/// Art. 12(3) GDPR: one month. Art. 3(4) of Regulation 1182/71: a limit that would end on a Saturday or Sunday ends with
/// the next Monday. Public holidays are not known here: a limit that ends on one is then given a day early.
pub fn deadline_on(objected_on: Date, limit: &Period) -> Option<Date> {
    let end = limit.from_date(objected_on)?;
    let days_to_monday = match end.weekday() {
        Weekday::Saturday => 2,
        Weekday::Sunday => 1,
        Weekday::Monday | Weekday::Tuesday | Weekday::Wednesday | Weekday::Thursday | Weekday::Friday => 0,
    };
    end.checked_add(jiff::Span::new().days(days_to_monday)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_limit_that_ends_on_a_weekend_ends_on_monday() {
        let month = Period::parse("1 month").unwrap();
        let cases = [
            (date(2025, 5, 20), date(2025, 6, 20)), // a Friday
            (date(2025, 5, 21), date(2025, 6, 23)), // the 21st is a Saturday
            (date(2025, 5, 22), date(2025, 6, 23)), // the 22nd is a Sunday
            (date(2025, 1, 31), date(2025, 2, 28)), // no 31 February
            (date(2024, 1, 31), date(2024, 2, 29)), // a leap year
            (date(2025, 12, 31), date(2026, 2, 2)), // 31 January 2026 is a Saturday
        ];
        for (objected, deadline) in cases {
            assert_eq!(deadline_on(objected, &month), Some(deadline), "objected on {objected}");
        }
    }
}
