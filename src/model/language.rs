//! The languages confirmd speaks, and how each writes a date.

use jiff::civil::Date;

use super::words;

words! {
    /// The languages confirmd speaks.
    Lang { De = "de", En = "en" }
}

impl Lang {
    /// A date as people write it in a letter: `20. Mai 2025`, `20 May 2025`.
    pub fn date(self, date: Date) -> String {
        let (months, dot) = match self {
            Lang::De => (MONTHS_DE, "."),
            Lang::En => (MONTHS_EN, ""),
        };
        let month = months.get(usize::from(date.month().unsigned_abs()).saturating_sub(1)).copied().unwrap_or_default();
        format!("{}{dot} {month} {}", date.day(), date.year())
    }
}

const MONTHS_DE: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_are_written_as_in_a_letter() {
        assert_eq!(Lang::De.date(date(2025, 5, 20)), "20. Mai 2025");
        assert_eq!(Lang::En.date(date(2025, 5, 20)), "20 May 2025");
        assert_eq!(Lang::De.date(date(2026, 3, 1)), "1. März 2026");
        assert_eq!(Lang::En.date(date(2024, 12, 31)), "31 December 2024");
    }
}
