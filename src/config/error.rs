//! What can be wrong with a configuration, said with file, line and key.
//!
//! The texts are in `locales/*/config.ftl`. What the TOML parser finds is in [`shape`](super::shape).

use std::path::{Path, PathBuf};

use crate::locale::{Locale, Phrase, say};
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
        /// Where, and what to do.
        remark: Remark,
        /// What `language` seems to ask for in this file that cannot be used.
        language: Option<Lang>,
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
                say!(locale, "config-unreadable", file = shown(file), why = locale.fault(&source.to_string()))
            }
            ConfigError::Unreadable { file, named_by: Some(named_by), source } => {
                let (named, why) = (say!(locale, *named_by), locale.fault(&source.to_string()));
                say!(locale, "config-unreadable-named", file = shown(file), named = named, why = why)
            }
            ConfigError::Wrong { remark, .. } => remark.say(locale),
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

/// What is to be said of a place in the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Remark {
    /// The file.
    pub file: PathBuf,
    /// The line, counted from 1; `None` where it is about the whole file.
    pub line: Option<usize>,
    /// `mailbox "private": `, `[policy]: `, or nothing at the top of the file.
    pub section: String,
    /// The key, what is wrong with it, and what to do.
    pub what: Phrase,
}

impl Remark {
    /// In one line, whatever the file has in a key or a value that is shown: `check` has one line to say it in.
    pub fn say(&self, locale: &Locale) -> String {
        let said = format!("{}: {}{}", place(&self.file, self.line), self.section, self.what.say(locale));
        said.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
    }
}

impl std::fmt::Display for Remark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.say(Locale::of(Lang::En)))
    }
}

impl ConfigError {
    /// An error about the file as a whole, or about a line of it.
    pub(super) fn wrong(file: &Path, line: Option<usize>, section: String, what: Phrase) -> ConfigError {
        ConfigError::Wrong { remark: Remark { file: file.to_owned(), line, section, what }, language: None }
    }

    /// The language to say it in, where the file names one although it cannot be used.
    pub fn language(&self) -> Option<Lang> {
        match self {
            ConfigError::Wrong { language, .. } => *language,
            ConfigError::Absent { .. }
            | ConfigError::Unreadable { .. }
            | ConfigError::NoMailbox { .. }
            | ConfigError::NoAccount { .. } => None,
        }
    }

    /// The same error, said in the language that this text of a configuration seems to ask for.
    pub(super) fn of_text(self, text: &str) -> ConfigError {
        match self {
            ConfigError::Wrong { remark, .. } => ConfigError::Wrong { remark, language: language_in(text) },
            other @ (ConfigError::Absent { .. }
            | ConfigError::Unreadable { .. }
            | ConfigError::NoMailbox { .. }
            | ConfigError::NoAccount { .. }) => other,
        }
    }
}

/// What `language` says before the first part, also in a file that is no TOML.
fn language_in(text: &str) -> Option<Lang> {
    let top = text.lines().map(str::trim).take_while(|line| !line.starts_with('['));
    let value = top.filter_map(|line| line.split_once('=')).find(|(key, _)| key.trim() == "language")?.1;
    value.split('#').next()?.trim().trim_matches(['"', '\'']).parse().ok()
}

/// The line, counted from 1, in which a byte of the text stands.
pub(super) fn line_of(text: &str, at: usize) -> usize {
    let before = text.as_bytes().get(..at.min(text.len())).unwrap_or_default();
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}

/// `mailbox "private"`, or `mailbox 2` for one without a name.
pub(super) fn section_label(kind: &str, index: usize, named: Option<&str>) -> String {
    match named.filter(|name| !name.is_empty() && !name.contains(char::is_control)) {
        Some(name) => format!("{kind} \"{name}\""),
        None => format!("{kind} {}", index + 1),
    }
}

/// How a section stands before what is said of it: `[policy]: `; nothing for the top of the file.
pub(super) fn prefix(label: &str) -> String {
    if label.is_empty() { String::new() } else { format!("{label}: ") }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_found_in_a_file_that_cannot_be_used() {
        let cases = [
            ("language = \"de\"\n[policy\n", Some(Lang::De)),
            ("# language = \"de\"\n language=de # mine\n", Some(Lang::De)),
            ("database = 3\nlanguage = 'en'\n", Some(Lang::En)),
            ("language = \"fr\"\n", None),
            ("[policy]\nlanguage = \"de\"\n", None),
            ("", None),
        ];
        for (text, language) in cases {
            assert_eq!(language_in(text), language, "{text:?}");
        }
    }
}
