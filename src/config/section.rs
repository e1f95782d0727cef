//! Reads the values of one part of the file and says, when one is wrong, in which line and under which key.
//!
//! It knows the forms of values (texts, words, lengths of time, sizes, dates, paths), not what they are for.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use jiff::civil::Date;
use toml::{Spanned, Value};

use super::error::{ConfigError, Remark, line_of, prefix};
use super::raw::{Any, List, Text};
use crate::locale::{Phrase, phrase};
use crate::model::UnknownWord;
use crate::model::period::{Period, PeriodError};

/// The file, and what its values are measured against.
pub(super) struct Page<'a> {
    pub(super) file: &'a Path,
    pub(super) text: &'a str,
    /// Where relative paths start.
    pub(super) directory: PathBuf,
    /// For `~/` in paths.
    pub(super) home: Option<PathBuf>,
    /// The file's permission bits.
    pub(super) mode: u32,
    /// systemd's directory of credentials.
    pub(super) credentials: Option<PathBuf>,
    pub(super) today: Date,
}

impl Page<'_> {
    pub(super) fn line(&self, at: usize) -> usize {
        line_of(self.text, at)
    }

    /// A path as meant: relative to the file's directory, `~/` below the home directory.
    pub(super) fn resolve(&self, path: &str) -> PathBuf {
        match (path.strip_prefix("~/"), &self.home) {
            (Some(below), Some(home)) => home.join(below),
            _ => self.directory.join(path),
        }
    }
}

/// One table of the file.
pub(super) struct Section<'a> {
    pub(super) page: &'a Page<'a>,
    /// `mailbox "private"`, `[policy]`, or empty for the top of the file.
    pub(super) label: String,
    /// Where its header stands.
    pub(super) at: usize,
}

impl Section<'_> {
    /// An error about a value.
    pub(super) fn wrong(&self, at: &Range<usize>, key: &str, what: Phrase) -> ConfigError {
        let line = Some(self.page.line(at.start));
        ConfigError::wrong(self.page.file, line, prefix(&self.label), what.with("key", key))
    }

    /// An error about the section as a whole, e.g. a key that is missing.
    pub(super) fn lacks(&self, what: Phrase) -> ConfigError {
        ConfigError::wrong(self.page.file, Some(self.page.line(self.at)), prefix(&self.label), what)
    }

    /// A word about a value that works.
    pub(super) fn remark(&self, at: &Range<usize>, what: Phrase) -> Remark {
        let (file, line) = (self.page.file.to_owned(), Some(self.page.line(at.start)));
        Remark { file, line, section: prefix(&self.label), what }
    }

    /// A text that says something: not empty, no control characters (a stray newline would end an IMAP command).
    pub(super) fn text(&self, key: &str, value: &Text) -> Result<Option<String>, ConfigError> {
        value.as_ref().map(|value| self.one(key, value)).transpose()
    }

    pub(super) fn one(&self, key: &str, value: &Spanned<String>) -> Result<String, ConfigError> {
        let text = value.get_ref();
        let trouble = if text.trim().is_empty() {
            phrase!("cfg-empty")
        } else if text.contains(char::is_control) {
            phrase!("cfg-control")
        } else {
            return Ok(text.clone());
        };
        Err(self.wrong(&value.span(), key, trouble))
    }

    /// A text that must be there; `example` says how it is written.
    pub(super) fn required(&self, key: &str, value: &Text, example: &str) -> Result<String, ConfigError> {
        self.text(key, value)?.ok_or_else(|| self.lacks(phrase!("cfg-missing", key = key, example = example)))
    }

    /// A list with at least one text in it.
    pub(super) fn list(&self, key: &str, value: &List) -> Result<Option<Vec<String>>, ConfigError> {
        let Some(list) = value else { return Ok(None) };
        if list.get_ref().is_empty() {
            return Err(self.wrong(&list.span(), key, phrase!("cfg-empty-list")));
        }
        self.texts(key, value)
    }

    /// A list that may be empty.
    pub(super) fn texts(&self, key: &str, value: &List) -> Result<Option<Vec<String>>, ConfigError> {
        let Some(list) = value else { return Ok(None) };
        list.get_ref().iter().map(|item| self.one(key, item)).collect::<Result<_, _>>().map(Some)
    }

    /// A program and its arguments. Arguments may be empty or hold anything but NUL; the program's name may not.
    pub(super) fn command(&self, key: &str, value: &List) -> Result<Option<Vec<String>>, ConfigError> {
        let Some(list) = value else { return Ok(None) };
        let words = list.get_ref();
        let Some(program) = words.first() else {
            return Err(self.wrong(&list.span(), key, phrase!("cfg-empty-command")));
        };
        self.one(key, program)?;
        if let Some(word) = words.iter().find(|word| word.get_ref().contains('\0')) {
            return Err(self.wrong(&word.span(), key, phrase!("cfg-nul")));
        }
        Ok(Some(words.iter().map(|word| word.get_ref().clone()).collect()))
    }

    /// One of the contract's words.
    pub(super) fn word<W>(&self, key: &str, value: &Text) -> Result<Option<W>, ConfigError>
    where
        W: FromStr<Err = UnknownWord>,
    {
        let Some(value) = value else { return Ok(None) };
        let word = value.get_ref().parse();
        word.map(Some).map_err(|UnknownWord { word, known }| {
            self.wrong(&value.span(), key, phrase!("cfg-word", word = word, known = known.join(", ")))
        })
    }

    /// A length of time by the calendar.
    pub(super) fn period(&self, key: &str, value: &Text) -> Result<Option<Period>, ConfigError> {
        let Some(value) = value else { return Ok(None) };
        Period::parse(value.get_ref()).map(Some).map_err(|error| self.wrong(&value.span(), key, period(error)))
    }

    /// A length of time for a timer.
    pub(super) fn duration(&self, key: &str, value: &Text, default: Duration) -> Result<Duration, ConfigError> {
        Ok(self.period(key, value)?.map_or(default, |period| period.roughly()))
    }

    pub(super) fn port(&self, value: Option<&Spanned<i64>>, default: u16) -> Result<u16, ConfigError> {
        let Some(value) = value else { return Ok(default) };
        match u16::try_from(*value.get_ref()) {
            Ok(port) if port > 0 => Ok(port),
            Ok(_) | Err(_) => {
                let what = phrase!("cfg-port", number = value.get_ref().to_string());
                Err(self.wrong(&value.span(), "port", what))
            }
        }
    }

    /// The name or address of a server, without port or scheme.
    pub(super) fn host(&self, key: &str, value: &Text, example: &str) -> Result<String, ConfigError> {
        let host = self.required(key, value, example)?;
        let span = value.as_ref().map(Spanned::span).unwrap_or_default();
        let address = host.parse::<std::net::IpAddr>().is_ok();
        let what = if host.contains("://") || host.contains('/') {
            phrase!("cfg-host-url")
        } else if host.contains(char::is_whitespace) {
            phrase!("cfg-host-space")
        } else if host.contains(':') && !address {
            phrase!("cfg-host-port")
        } else {
            return Ok(host);
        };
        Err(self.wrong(&span, key, what))
    }

    /// A day that is not in the future.
    pub(super) fn past_date(&self, key: &str, value: &Any) -> Result<Option<Date>, ConfigError> {
        let Some(value) = value else { return Ok(None) };
        let wrong = |what: Phrase| self.wrong(&value.span(), key, what);
        let read: Option<Date> = match value.get_ref() {
            Value::Datetime(stamp) if stamp.time.is_none() && stamp.offset.is_none() => stamp.date.and_then(|date| {
                Date::new(i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?)
                    .ok()
            }),
            Value::String(text) => text.parse().ok().filter(|date: &Date| date.to_string() == *text),
            Value::Datetime(_)
            | Value::Integer(_)
            | Value::Float(_)
            | Value::Boolean(_)
            | Value::Array(_)
            | Value::Table(_) => None,
        };
        let date = read.ok_or_else(|| wrong(phrase!("cfg-day")))?;
        if date > self.page.today {
            return Err(wrong(phrase!("cfg-future", day = date.to_string(), today = self.page.today.to_string())));
        }
        Ok(Some(date))
    }

    /// A number of bytes: `25_000_000`, `"25 MB"`, `"500 KiB"`.
    pub(super) fn size(&self, key: &str, value: &Any) -> Result<Option<u64>, ConfigError> {
        let Some(value) = value else { return Ok(None) };
        let bytes = match value.get_ref() {
            Value::Integer(bytes) => u64::try_from(*bytes).ok(),
            Value::String(text) => bytes_in(text),
            Value::Datetime(_) | Value::Float(_) | Value::Boolean(_) | Value::Array(_) | Value::Table(_) => None,
        };
        match bytes {
            Some(0) => Err(self.wrong(&value.span(), key, phrase!("cfg-size-zero"))),
            Some(bytes) => Ok(Some(bytes)),
            None => Err(self.wrong(&value.span(), key, phrase!("cfg-size"))),
        }
    }

    pub(super) fn path(&self, key: &str, value: &Text) -> Result<Option<PathBuf>, ConfigError> {
        Ok(self.text(key, value)?.map(|path| self.page.resolve(&path)))
    }
}

/// Why a text is no length of time; `key` is to be filled.
pub(super) fn period(error: PeriodError) -> Phrase {
    match error {
        PeriodError::Unreadable(text) => phrase!("cfg-period", text = text),
        PeriodError::NotPositive(text) => phrase!("cfg-period-zero", text = text),
        PeriodError::BeyondCalendar(text) => phrase!("cfg-period-beyond", text = text),
    }
}

/// `25 MB` is 25,000,000 bytes (SI), `25 MiB` is 26,214,400 (IEC 80000-13). No fractions.
fn bytes_in(text: &str) -> Option<u64> {
    let text = text.trim();
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '_').unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let factor: u64 = match unit.trim_start().to_ascii_lowercase().as_str() {
        "" | "b" | "bytes" => 1,
        "kb" => 1000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        _ => return None,
    };
    number.replace('_', "").parse::<u64>().ok()?.checked_mul(factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_with_decimal_and_binary_units() {
        let cases = [
            ("25 MB", Some(25_000_000)),
            ("25MB", Some(25_000_000)),
            ("500 KiB", Some(512_000)),
            ("1 GiB", Some(1_073_741_824)),
            ("1_000", Some(1000)),
            ("12 b", Some(12)),
            ("0 MB", Some(0)),
            ("", None),
            ("MB", None),
            ("-1 MB", None),
            ("2.5 MB", None),
            ("25 M", None),
            ("99999999999999999999 B", None),
            ("99999999999 GiB", None),
        ];
        for (text, bytes) in cases {
            assert_eq!(bytes_in(text), bytes, "{text}");
        }
    }
}
