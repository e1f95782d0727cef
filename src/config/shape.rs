//! What the TOML parser, or serde, found wrong, in this program's words.
//!
//! Their own words may quote the file, and with it a password: of serde's none are passed on, of the parser's only those that
//! name no value.

use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::{ConfigError, line_of, prefix, section_label};
use crate::locale::{Phrase, phrase};

/// Says in this program's words what the TOML parser, or serde, found wrong.
pub(super) fn from_toml(file: &Path, text: &str, error: &toml::de::Error) -> ConfigError {
    let span = error.span().unwrap_or(0..0);
    let message = error.message();
    let (section, what) = match DeTable::parse(text) {
        Err(_) => (String::new(), syntax(text, &span, message)),
        Ok(document) => match find(document.get_ref(), span.start) {
            Some(found) => (found.section(document.get_ref()), shape(&found.key(), Some(found.value), message)),
            None => (String::new(), shape("", None, message)),
        },
    };
    // An unexpected end is reported behind the last byte: the last line with something on it is meant.
    let at = if span.start >= text.len() { text.trim_end().len() } else { span.start };
    ConfigError::wrong(file, Some(line_of(text, at)), section, what)
}

/// Where a byte of the text stands: the keys and indexes that lead there.
struct Found<'a> {
    path: Vec<Step<'a>>,
    value: &'a DeValue<'a>,
}

enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

impl<'a> Found<'a> {
    fn key(&self) -> String {
        let last = self.path.iter().rev().find_map(|step| match step {
            Step::Key(key) => Some(*key),
            Step::Index(_) => None,
        });
        last.unwrap_or_default().to_owned()
    }

    /// `mailbox "private": `, `[policy]: `, or nothing at the top of the file.
    fn section(&self, document: &DeTable<'_>) -> String {
        match self.path.as_slice() {
            [Step::Key(kind), Step::Index(index), _, ..] => {
                let item = document.get(*kind).and_then(|list| list.get_ref().as_array()?.get(*index));
                let named = item.and_then(|item| {
                    let table = item.get_ref().as_table()?;
                    table.get("name").or_else(|| table.get("id"))?.get_ref().as_str()
                });
                prefix(&section_label(kind, *index, named))
            }
            [Step::Key(table), Step::Key(_), ..] => prefix(&format!("[{table}]")),
            _ => String::new(),
        }
    }
}

/// The deepest value that holds the byte, or whose key does.
///
/// Every value is looked into: the span of a `[[mailbox]]` is that of its header and does not enclose its keys.
fn find<'a>(table: &'a DeTable<'a>, at: usize) -> Option<Found<'a>> {
    fn in_value<'a>(value: &'a Spanned<DeValue<'a>>, at: usize) -> Option<Found<'a>> {
        let deeper = match value.get_ref() {
            DeValue::Table(table) => find(table, at),
            DeValue::Array(items) => items.iter().enumerate().find_map(|(index, item)| {
                let mut found = in_value(item, at)?;
                found.path.insert(0, Step::Index(index));
                Some(found)
            }),
            DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_) => None,
        };
        let here = || value.span().contains(&at).then(|| Found { path: Vec::new(), value: value.get_ref() });
        deeper.or_else(here)
    }
    table.iter().find_map(|(key, value)| {
        let here = || key.span().contains(&at).then(|| Found { path: Vec::new(), value: value.get_ref() });
        let mut found = in_value(value, at).or_else(here)?;
        found.path.insert(0, Step::Key(key.get_ref()));
        Some(found)
    })
}

/// A name or a type that serde did not accept. serde quotes the value; it may be a password and is left out.
fn shape(key: &str, value: Option<&DeValue<'_>>, message: &str) -> Phrase {
    if message.starts_with("unknown field") {
        // "expected `a`", "expected `a` or `b`", "expected one of `a`, `b`, `c`".
        let known = message.rsplit_once("expected ").map_or("", |(_, known)| known.trim_start_matches("one of "));
        return phrase!("cfg-unknown-key", key = key, known = known.replace("` or `", "`, `"));
    }
    if matches!(key, "mailbox" | "account" | "notify") && value.is_some_and(DeValue::is_table) {
        return phrase!("cfg-double-brackets", key = key);
    }
    let expected = message.rsplit_once("expected ").map(|(_, expected)| match expected {
        "a string" => phrase!("expected-text"),
        "a boolean" => phrase!("expected-boolean"),
        "a sequence" => phrase!("expected-list"),
        "i64" => phrase!("expected-number"),
        expected if expected.starts_with("struct ") => phrase!("expected-table", key = key),
        expected => phrase!("expected-other", words = expected),
    });
    match (expected, value) {
        (Some(expected), Some(value)) => {
            phrase!("cfg-kind", key = key, expected = expected, found = Phrase::new(kind_of(value), Vec::new()))
        }
        _ => phrase!("cfg-kind-unknown", key = key),
    }
}

fn kind_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "found-text",
        DeValue::Integer(_) => "found-number",
        DeValue::Float(_) => "found-fraction",
        DeValue::Boolean(_) => "found-boolean",
        DeValue::Datetime(_) => "found-date",
        DeValue::Array(_) => "found-list",
        DeValue::Table(_) => "found-table",
    }
}

/// The text is no TOML. The key is what stands before `=` in that line.
fn syntax(text: &str, span: &Range<usize>, message: &str) -> Phrase {
    let start = text.get(..span.start).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let bare = |key: &str| !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    match line.split_once('=').map(|(key, value)| (key.trim(), value.trim())) {
        // The parser takes nothing for a text without quotes.
        Some((key, value)) if bare(key) && (value.is_empty() || value.starts_with('#')) => {
            phrase!("cfg-syntax-key", key = key, why = phrase!("toml-no-value"))
        }
        Some((key, _)) if bare(key) => phrase!("cfg-syntax-key", key = key, why = slip(message)),
        Some(_) | None => phrase!("cfg-syntax", why = slip(message)),
    }
}

/// The slip that is behind the parser's words, e.g. "string values must be quoted, expected literal string"; the first that fits.
const SLIPS: &[(&str, &str)] = &[
    // `folders = ["\Junk"]`: the commonest, because IMAP writes special folders with one backslash.
    ("escape", "toml-backslash"),
    ("unicode", "toml-backslash"),
    ("duplicate key", "toml-twice"),
    ("must be quoted", "toml-quotes"),
    ("unclosed array table", "toml-header"),
    ("unclosed table", "toml-header"),
    ("missing table open", "toml-header"),
    ("unclosed array", "toml-unclosed-list"),
    ("comma", "toml-comma"),
    ("in array", "toml-comma"),
    ("basic string", "toml-unclosed-text"),
    ("literal string", "toml-unclosed-text"),
    ("opening quote", "toml-unclosed-text"),
    ("missing value", "toml-no-value"),
    ("key with no value", "toml-no-equals"),
    ("missing assignment", "toml-no-equals"),
    ("date", "toml-date"),
    ("time", "toml-date"),
    ("number", "toml-number"),
    ("numeric", "toml-number"),
    ("digit", "toml-number"),
    ("leading zero", "toml-number"),
    ("radix", "toml-number"),
];

fn slip(message: &str) -> Phrase {
    match SLIPS.iter().find(|(words, _)| message.contains(words)) {
        Some((_, name)) => Phrase::new(name, Vec::new()),
        None => phrase!("toml-other", words = message),
    }
}
