//! What the line between two mails of an mbox looks like, and what only resembles it.
//!
//! There is no standard (RFC 4155 describes a default that few keep to), so a line counts only when sender and date
//! read like those that known programs write, and a header follows. Where it must stand, `mbox` knows.

use memchr::memchr;

/// How many bytes from a line's start are enough to judge it and what follows.
pub(super) const LOOKAHEAD: usize = 1024;

/// Bounds the line itself: an address has at most 254 bytes (RFC 5321), the date below 60.
const LONGEST_LINE: usize = 512;

/// Whether a line that begins with `From ` separates two mails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It does.
    Separator,
    /// It is text of a mail.
    Text,
    /// More bytes are needed to say.
    Unsure,
}

/// Judges the line that `rest` begins with, by itself and by the line that follows. `ended`: nothing comes after `rest`.
pub(super) fn judge(rest: &[u8], ended: bool) -> Verdict {
    if rest.len() < LOOKAHEAD && !ended {
        return Verdict::Unsure;
    }
    let (line, next) = match memchr(b'\n', &rest[..rest.len().min(LOOKAHEAD)]) {
        Some(at) => (&rest[..at], &rest[at + 1..]),
        None => (rest, &rest[..0]),
    };
    if line.len() <= LONGEST_LINE && header_follows(next) && looks_right(line) {
        Verdict::Separator
    } else {
        Verdict::Text
    }
}

/// Whether a line reads like a separator: `From anna@example.org Wed May 21 10:00:00 2025`, or nothing but `From `, which
/// Thunderbird writes today.
pub(super) fn looks_right(line: &[u8]) -> bool {
    let Some(text) = line.strip_prefix(b"From ") else { return false };
    let words: Vec<&[u8]> = text.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        return true;
    }
    let date = (0..words.len()).find(|at| is_date(&words[*at..]));
    date.is_some_and(|at| is_sender(&words[..at]))
}

/// Whether the bytes begin with a line that reads like a separator.
pub(super) fn begins_right(bytes: &[u8]) -> bool {
    looks_right(bytes.split(|byte| *byte == b'\n').next().unwrap_or_default())
}

/// Whether the bytes begin with `Name:`. Blanks before the colon are allowed (RFC 5322 section 4.5.1).
pub(super) fn begins_like_a_header(bytes: &[u8]) -> bool {
    let bytes = &bytes[..bytes.len().min(LOOKAHEAD)];
    let name = bytes.iter().take_while(|byte| byte.is_ascii_graphic() && **byte != b':').count();
    let after = bytes[name..].iter().find(|byte| !matches!(byte, b' ' | b'\t'));
    name > 0 && after == Some(&b':')
}

/// Whether the next two lines are a header's; a sentence may have a colon (`But: it is not over`), two rarely have.
fn header_follows(next: &[u8]) -> bool {
    let second = memchr(b'\n', next).map_or(&next[..0], |end| &next[end + 1..]);
    // An older separator, quoted, may stand above the header.
    (next.is_empty() || next.starts_with(b">From ") || begins_like_a_header(next))
        && (matches!(second, [] | [b' ' | b'\t' | b'\r' | b'\n', ..]) || begins_like_a_header(second))
}

/// None (a bounce), one word (`-` in Thunderbird's files), `anna at example.org` (pipermail's), or `"anna m"@example.org`.
fn is_sender(words: &[&[u8]]) -> bool {
    match words {
        [] | [_] | [_, b"at", _] => true,
        [first, .., last] => first.starts_with(b"\"") && last.windows(2).any(|pair| pair == b"\"@"),
    }
}

/// `Wed May 21 10:00:00 2025` and its variants, or `Wed, 21 May 2025 10:00:00 +0200`.
fn is_date(words: &[&[u8]]) -> bool {
    match words {
        // ImportExportTools for Thunderbird: `Wed May 21 2025 10:00:00`.
        [weekday, month, day, year, time] if is_weekday(weekday) && is_year(year) => {
            is_month(month) && is_number(day, 1..=31) && is_time(time)
        }
        // A zone stands before the year (`+0000` in Google Takeout, `MET DST`) or after it, or nowhere.
        [weekday, month, day, time, rest @ ..] if is_weekday(weekday) => {
            let zones = rest.iter().take_while(|word| is_zone(word)).count();
            let right = is_month(month) && is_number(day, 1..=31) && is_time(time) && zones <= 2;
            right && rest[zones..].split_first().is_some_and(|(year, after)| is_year(year) && may_follow_a_date(after))
        }
        [weekday, day, month, year, time, after @ ..] if weekday.strip_suffix(b",").is_some_and(is_weekday) => {
            let right = is_number(day, 1..=31) && is_month(month) && is_year(year) && is_time(time);
            right && may_follow_a_date(after)
        }
        _ => false,
    }
}

/// Nothing, a zone, or the `remote from HOST` of UUCP.
fn may_follow_a_date(words: &[&[u8]]) -> bool {
    match words {
        [b"remote", b"from", _] => true,
        words => words.len() <= 2 && words.iter().all(|word| is_zone(word)),
    }
}

fn is_weekday(word: &[u8]) -> bool {
    matches!(word, b"Mon" | b"Tue" | b"Wed" | b"Thu" | b"Fri" | b"Sat" | b"Sun")
}

fn is_month(word: &[u8]) -> bool {
    const MONTHS: &[u8] = b"JanFebMarAprMayJunJulAugSepOctNovDec";
    MONTHS.chunks(3).any(|month| month == word)
}

/// `10:00:00`, `9:05`; a second may be 60.
fn is_time(word: &[u8]) -> bool {
    let mut parts = word.split(|byte| *byte == b':');
    let hour = parts.next().is_some_and(|hour| is_number(hour, 0..=23));
    let minute = parts.next().is_some_and(|minute| minute.len() == 2 && is_number(minute, 0..=59));
    let second = parts.next().is_none_or(|second| second.len() == 2 && is_number(second, 0..=60));
    hour && minute && second && parts.next().is_none()
}

fn is_year(word: &[u8]) -> bool {
    word.len() == 4 && is_number(word, 1970..=9999)
}

/// `+0200`, `CEST`, `(+0200)`.
fn is_zone(word: &[u8]) -> bool {
    match word {
        [b'(', zone @ .., b')'] => is_zone(zone),
        [b'+' | b'-', digits @ ..] => digits.len() == 4 && digits.iter().all(u8::is_ascii_digit),
        letters => (1..=5).contains(&letters.len()) && letters.iter().all(u8::is_ascii_uppercase),
    }
}

/// One to four digits in a range.
fn is_number(word: &[u8], range: std::ops::RangeInclusive<u16>) -> bool {
    let digits = (1..=4).contains(&word.len()) && word.iter().all(u8::is_ascii_digit);
    digits && range.contains(&word.iter().fold(0, |number, digit| number * 10 + u16::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separators_of_known_programs_count() {
        let lines = [
            "From anna@example.org Wed May 21 10:00:00 2025",
            "From anna@example.org  Wed May  1 10:00:00 2025",
            "From anna@example.org Wed May 21 10:00:00 2025\r",
            "From - Wed May 21 10:00:00 2025",
            "From - Wed May 21 2025 10:00:00",
            "From ",
            "From \r",
            "From 1234567890@xxx Wed May 21 10:00:00 +0000 2025",
            "From MAILER-DAEMON Fri Jul  8 12:08:34 2011",
            "From  Fri Jul  8 12:08:34 2011",
            "From ???@??? Wed May 21 10:00:00 2025",
            "From anna@example.org Wed May 21 10:00 2025",
            "From anna@example.org Wed May 21 9:00:60 2025",
            "From anna@example.org Wed May 21 10:00:00 CEST 2025",
            "From anna@example.org Wed May 21 10:00:00 MET DST 1997",
            "From anna@example.org Wed May 21 10:00:00 2025 +0200",
            "From anna@example.org Wed May 21 10:00:00 2025 (+0200)",
            "From anna@example.org Wed, 21 May 2025 10:00:00 +0200",
            "From anna at example.org  Wed May 21 10:00:00 2025",
            "From \"anna m\"@example.org Wed May 21 10:00:00 2025",
            "From anna Wed May 21 10:00:00 1997 remote from example",
            "From \u{fc}mit@example.org Wed May 21 10:00:00 2025",
        ];
        for line in lines {
            assert!(looks_right(line.as_bytes()), "{line:?}");
        }
    }

    #[test]
    fn sentences_that_begin_with_from_do_not_count() {
        let lines = [
            "From now on everything is better.",
            "From Wed May 21 on we are closed.",
            "From anna@example.org",
            "From anna@example.org Wed May 21 10:00:00",
            "From anna@example.org Wed May 21 2025",
            "From anna@example.org on Wed May 21 10:00:00 2025",
            "From the log of Wed May 21 10:00:00 2025",
            "From anna@example.org Wed May 21 10:00:00 2025 he wrote",
            "From anna@example.org Wed May 21 10:00:00 2025:",
            "From anna@example.org wed may 21 10:00:00 2025",
            "From anna@example.org Wed Mai 21 10:00:00 2025",
            "From anna@example.org Wed May 32 10:00:00 2025",
            "From anna@example.org Wed May 21 24:00:00 2025",
            "From anna@example.org Wed May 21 10:00:00:00 2025",
            "From anna@example.org Wed May 21 10:00:00 25",
            "From anna@example.org Wed May 21 10:00:00 20255",
            "From: anna@example.org Wed May 21 10:00:00 2025",
            ">From anna@example.org Wed May 21 10:00:00 2025",
            "from anna@example.org Wed May 21 10:00:00 2025",
            "From\tanna@example.org Wed May 21 10:00:00 2025",
            "From",
            "From\r",
            "",
        ];
        for line in lines {
            assert!(!looks_right(line.as_bytes()), "{line:?}");
        }
    }

    #[test]
    fn a_header_must_follow() {
        let cases: &[(&str, bool, Verdict)] = &[
            ("Subject: x\n", true, Verdict::Separator),
            (">From old@example.org\nSubject: x\n", true, Verdict::Separator),
            ("", true, Verdict::Separator),
            ("Subject: x", true, Verdict::Separator),
            ("Subject: x\r\n\r\nHello\n", true, Verdict::Separator),
            ("Subject: x\n y\n", true, Verdict::Separator),
            ("he wrote this:\n", true, Verdict::Text),
            ("But: it is not over.\nAnd so on.\n", true, Verdict::Text),
            ("\nSubject: x\n", true, Verdict::Text),
            ("Subject: x\n", false, Verdict::Unsure),
            ("", false, Verdict::Unsure),
        ];
        for (next, ended, expected) in cases {
            let text = format!("From anna@example.org Wed May 21 10:00:00 2025\n{next}");
            assert_eq!(judge(text.as_bytes(), *ended), *expected, "{next:?}");
        }
        assert_eq!(judge(b"From anna@example.org Wed May 21 10:00:00 2025", true), Verdict::Separator);
        let long = format!("From {}@example.org Wed May 21 10:00:00 2025\nA: 1\n", "a".repeat(LONGEST_LINE));
        assert_eq!(judge(long.as_bytes(), true), Verdict::Text);
        let endless = format!("From a Wed May 21 10:00:00 2025{}", " ".repeat(3 * LOOKAHEAD));
        assert_eq!(judge(endless.as_bytes(), false), Verdict::Text);
    }

    #[test]
    fn a_header_begins_with_a_name_and_a_colon() {
        for right in ["A:", "Subject: x", "X-Y :z", "From: a", "From : a"] {
            assert!(begins_like_a_header(right.as_bytes()), "{right:?}");
        }
        for wrong in ["", ":", " A: 1", "A 1: x", "A", "From a b: c", "\u{fc}: x", "\0A: x", "A\nB: x"] {
            assert!(!begins_like_a_header(wrong.as_bytes()), "{wrong:?}");
        }
    }
}
