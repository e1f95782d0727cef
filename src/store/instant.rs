//! Times as they stand in the database: UTC, whole seconds, `2025-06-30T12:00:00Z`.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use rusqlite::Row;

use super::{Column, parsed};

/// A time as it is written into the database.
pub(super) fn written(at: Timestamp) -> String {
    at.round(jiff::TimestampRound::new().smallest(jiff::Unit::Second).mode(jiff::RoundMode::Floor))
        .unwrap_or(at)
        .to_string()
}

/// Reads a column that holds a time. An overview reads tens of thousands, nearly all in the one form that this program writes.
pub(super) fn instant(row: &Row<'_>, column: impl Column) -> rusqlite::Result<Timestamp> {
    match row.get_ref(column)?.as_str().ok().and_then(own_form) {
        Some(at) => Ok(at),
        None => parsed(row, column),
    }
}

/// The time, if it is written as [`written`] does; other forms are a library's to read.
fn own_form(text: &str) -> Option<Timestamp> {
    let [y0, y1, y2, y3, b'-', mo0, mo1, b'-', d0, d1, b'T', h0, h1, b':', mi0, mi1, b':', s0, s1, b'Z'] =
        text.as_bytes()
    else {
        return None;
    };
    let digit = |byte: &u8| byte.is_ascii_digit().then(|| i16::from(byte - b'0'));
    let two = |tens: &u8, ones: &u8| Some(digit(tens)? * 10 + digit(ones)?);
    let small = |tens: &u8, ones: &u8| i8::try_from(two(tens, ones)?).ok();
    let year = two(y0, y1)? * 100 + two(y2, y3)?;
    let at = DateTime::new(year, small(mo0, mo1)?, small(d0, d1)?, small(h0, h1)?, small(mi0, mi1)?, small(s0, s1)?, 0);
    Offset::UTC.to_timestamp(at.ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_as_the_library_reads_it() {
        // A day and a bit apart, over the years in which mails were sent and will be.
        for number in 0..20_000_i64 {
            let at = Timestamp::from_second(number * 90_061).unwrap();
            assert_eq!(own_form(&written(at)), Some(at));
        }
        for text in ["2024-02-29T23:59:59Z", "0000-01-01T00:00:00Z", "9999-12-30T00:00:00Z", "2025-06-30T12:00:60Z"] {
            assert_eq!(own_form(text).or_else(|| text.parse().ok()), text.parse().ok(), "{text}");
        }
    }

    #[test]
    fn other_forms_are_left_to_the_library() {
        for text in [
            "",
            "2025-02-29T12:00:00Z",
            "2025-13-01T12:00:00Z",
            "2025-06-30T24:00:00Z",
            "2025-06-30 12:00:00Z",
            "2025-06-30T12:00:00.5Z",
            "2025-06-30T12:00:00+00:00",
            "+025-06-30T12:00:00Z",
            "２025-06-30T12:00Z",
        ] {
            assert_eq!(own_form(text), None, "{text}");
        }
    }
}
