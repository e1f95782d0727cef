//! What can be wrong with a configuration, said with file, line and key.
//!
//! A value is shown only where it cannot be a secret; the words of the TOML parser that quote the file are not passed on.

use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::locale::{Locale, say};
use crate::model::language::Lang;

/// Why there is no usable configuration. The person can cure all of them; nothing gets better by trying again.
///
/// Displayed in English, for the log and for `check`; [`ConfigError::say`] has the person's language.
#[derive(Debug)]
pub enum ConfigError {
    /// There is no configuration file, and none was named: commands that need none go on without.
    Absent {
        /// Every place, in order.
        looked_at: Vec<PathBuf>,
    },
    /// The file is there, or was named, and cannot be read.
    Unreadable {
        /// The file.
        file: PathBuf,
        /// The name of the text that says who named it: `--config` or `$CONFIRMD_CONFIG`.
        named_by: Option<&'static str>,
        /// What the system said.
        source: std::io::Error,
    },
    /// Something in the file is wrong.
    Wrong {
        /// The file.
        file: PathBuf,
        /// The line, counted from 1; `None` where it is about the whole file.
        line: Option<usize>,
        /// The part, the key, and what to do: in English.
        what: String,
    },
    /// The command needs a mailbox.
    NoMailbox {
        /// The file.
        file: PathBuf,
    },
    /// The command needs an account.
    NoAccount {
        /// The file.
        file: PathBuf,
    },
}

impl ConfigError {
    /// What is wrong and what to do, for a person.
    pub fn say(&self, locale: &Locale) -> String {
        let shown = |file: &Path| file.display().to_string();
        match self {
            ConfigError::Absent { looked_at } => say!(locale, "config-absent", places = listed(looked_at)),
            ConfigError::Unreadable { file, named_by: None, source } => {
                say!(locale, "config-unreadable", file = shown(file), why = source.to_string())
            }
            ConfigError::Unreadable { file, named_by: Some(named_by), source } => {
                let named = say!(locale, *named_by);
                say!(locale, "config-unreadable-named", file = shown(file), named = named, why = source.to_string())
            }
            ConfigError::Wrong { file, line, what } => format!("{}: {what}", place(file, *line)),
            ConfigError::NoMailbox { file } => say!(locale, "config-no-mailbox", file = shown(file)),
            ConfigError::NoAccount { file } => say!(locale, "config-no-account", file = shown(file)),
        }
    }
}

impl std::fmt::Display for ConfigError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.say(Locale::of(Lang::En)))
    }
}

impl std::error::Error for ConfigError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            ConfigError::Unreadable { source, .. } => Some(source),
            ConfigError::Absent { .. }
            | ConfigError::Wrong { .. }
            | ConfigError::NoMailbox { .. }
            | ConfigError::NoAccount { .. } => None,
        }
    }
}

/// The line, counted from 1, in which a byte of the text stands.
pub(super) fn line_of(text: &str, at: usize) -> usize {
    let before = text.as_bytes().get(..at.min(text.len())).unwrap_or_default();
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}

/// Says in this program's words what the TOML parser, or serde, found wrong.
pub(super) fn from_toml(file: &Path, text: &str, error: &toml::de::Error) -> ConfigError {
    let span = error.span().unwrap_or(0..0);
    let message = error.message();
    let what = match DeTable::parse(text) {
        Err(_) => syntax(text, &span, message),
        Ok(document) => {
            let found = find(document.get_ref(), span.start);
            let (section, key, value) = match &found {
                Some(found) => (found.section(document.get_ref()), found.key(), Some(found.value)),
                None => (String::new(), String::new(), None),
            };
            format!("{section}{}", shape(&key, value, message))
        }
    };
    // An unexpected end is reported behind the last byte: the last line with something on it is meant.
    let at = if span.start >= text.len() { text.trim_end().len() } else { span.start };
    wrong(file, Some(line_of(text, at)), &what)
}

/// An error in one line, whatever the file has in a key or a value that is shown: `check` has one line to say it in.
pub(super) fn wrong(file: &Path, line: Option<usize>, what: &str) -> ConfigError {
    let what = what.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    ConfigError::Wrong { file: file.to_owned(), line, what }
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
                format!("{}: ", section_label(kind, *index, named))
            }
            [Step::Key(table), Step::Key(_), ..] => format!("[{table}]: "),
            _ => String::new(),
        }
    }
}

/// `mailbox "private"`, or `mailbox 2` for one without a name.
pub(super) fn section_label(kind: &str, index: usize, named: Option<&str>) -> String {
    match named.filter(|name| !name.is_empty() && !name.contains(char::is_control)) {
        Some(name) => format!("{kind} \"{name}\""),
        None => format!("{kind} {}", index + 1),
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
fn shape(key: &str, value: Option<&DeValue<'_>>, message: &str) -> String {
    if message.starts_with("unknown field") {
        // "expected `a`", "expected `a` or `b`", "expected one of `a`, `b`, `c`".
        let known = message.rsplit_once("expected ").map_or("", |(_, known)| known.trim_start_matches("one of "));
        let known = known.replace("` or `", "`, `");
        return format!("`{key}` is not a key that is known here; known are {known}");
    }
    if matches!(key, "mailbox" | "account" | "notify") && value.is_some_and(DeValue::is_table) {
        return format!("`{key}` is written in double brackets, [[{key}]], because there can be several");
    }
    let expected = message.rsplit_once("expected ").map(|(_, expected)| match expected {
        "a string" => "a text in quotes".to_owned(),
        "a boolean" => "true or false".to_owned(),
        "a sequence" => "a list in square brackets, [\"...\"]".to_owned(),
        "i64" => "a whole number".to_owned(),
        expected if expected.starts_with("struct ") => format!("a table, [{key}]"),
        expected => expected.to_owned(),
    });
    match (expected, value) {
        (Some(expected), Some(value)) => format!("`{key}` must be {expected}; here is {}", kind_of(value)),
        _ => format!("`{key}` cannot be understood"),
    }
}

fn kind_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "true or false, without quotes",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// The text is no TOML. The parser's words name no values; the key is what stands before `=` in that line.
fn syntax(text: &str, span: &Range<usize>, message: &str) -> String {
    let start = text.get(..span.start).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let bare = |key: &str| !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    let key = line.split_once('=').map(|(key, _)| key.trim()).filter(|key| bare(key));
    let key = key.map_or(String::new(), |key| format!("`{key}`: "));
    // `folders = ["\Junk"]`: the commonest slip, because IMAP writes special folders with one backslash.
    let hint = if message.contains("escape") { "; in quotes a backslash is written twice: \"\\\\Junk\"" } else { "" };
    format!("{key}not TOML: {}{hint}", message)
}

fn listed(places: &[PathBuf]) -> String {
    places.iter().map(|place| place.display().to_string()).collect::<Vec<_>>().join(", ")
}

fn place(file: &Path, line: Option<usize>) -> String {
    match line {
        Some(line) => format!("{}:{line}", file.display()),
        None => file.display().to_string(),
    }
}
