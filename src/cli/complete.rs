//! `confirmd __complete`: what could stand at the end of an unfinished command line; asked by the scripts of
//! [`super::completions`] when somebody presses the tabulator key.
//!
//! It says nothing about options and commands, which stand in the scripts; nothing on an error, because there is no place for one;
//! and it never makes a database.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use clap::builder::OsStringValueParser;
use clap::{ArgMatches, Command, CommandFactory};

use super::args::{Args, Complete};
use super::context::{CliError, now};
use super::output::Output;
use crate::config::Config;
use crate::decide::known::Judged;
use crate::model::harmless::harmless_short;
use crate::model::kind;
use crate::store::Store;

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An account's id.
    Account,
    /// A mailbox's name.
    Mailbox,
    /// The number of any message.
    Message,
    /// The number of a message that needs a person; with `--undo`, of one that a person has settled.
    Doubtful,
}

/// Where a value can stand: command, argument, what it is.
pub const VALUES: &[(&str, &str, Kind)] = &[
    ("status", "account", Kind::Account),
    ("show", "account", Kind::Account),
    ("explain", "what", Kind::Message),
    ("assign", "message", Kind::Doubtful),
    ("assign", "account", Kind::Account),
    ("dismiss", "message", Kind::Doubtful),
    ("objected", "account", Kind::Account),
    ("confirmed", "account", Kind::Account),
    ("export", "accounts", Kind::Account),
    ("letter", "account", Kind::Account),
    ("sync", "mailbox", Kind::Mailbox),
];

/// Stands for the unfinished word while the line is parsed; nobody can type it.
const UNFINISHED: &str = "\u{0}";

/// The subject of a mail beside its number, in characters.
const SUBJECT: usize = 50;

/// One line for each value that fits: the value, a tabulator, a word about it.
pub fn run(command: &Complete, output: &mut Output) -> Result<(), CliError> {
    let Some(place) = place(&joined(&command.words)) else { return Ok(()) };
    for (value, about) in values(&place).unwrap_or_default() {
        if value.starts_with(&place.begun) {
            output.line(format!("{value}\t{about}"))?;
        }
    }
    Ok(())
}

/// Where the unfinished word stands.
#[derive(Debug, PartialEq, Eq)]
struct Place {
    kind: Kind,
    /// What is there of the value.
    begun: String,
    /// `--undo`.
    undo: bool,
    /// `--config`.
    config: Option<PathBuf>,
}

/// Finds out by parsing the line as clap would, with every value allowed.
fn place(words: &[OsString]) -> Option<Place> {
    let (last, finished) = words.split_last()?;
    let last = last.to_str()?;
    let (option, begun) = match last.split_once('=') {
        Some((option, begun)) if option.starts_with("--") => (format!("{option}="), begun),
        _ if last.starts_with('-') => return None,
        _ => (String::new(), last),
    };
    let line = [OsString::from("confirmd")].into_iter().chain(finished.iter().cloned());
    let line = line.chain([OsString::from(format!("{option}{UNFINISHED}"))]);
    let matches = lenient(Args::command()).ignore_errors(true).try_get_matches_from(line).ok()?;
    let (name, own) = matches.subcommand()?;
    let (_, _, kind) = VALUES.iter().find(|(command, arg, _)| *command == name && is_unfinished(own, arg))?;
    Some(Place {
        kind: *kind,
        begun: begun.to_owned(),
        undo: own.try_get_one::<bool>("undo").ok().flatten().copied().unwrap_or(false),
        config: own.try_get_raw("config").ok().flatten().and_then(|mut given| given.next_back()).map(PathBuf::from),
    })
}

fn is_unfinished(matches: &ArgMatches, arg: &str) -> bool {
    let mut given = matches.try_get_raw(arg).ok().flatten().into_iter().flatten();
    given.any(|value| value == OsStr::new(UNFINISHED))
}

/// An unfinished word is no number and no date yet.
fn lenient(command: Command) -> Command {
    let any = |arg: clap::Arg| {
        if arg.get_action().takes_values() { arg.value_parser(OsStringValueParser::new()) } else { arg }
    };
    command.mut_args(any).mut_subcommands(lenient)
}

/// bash takes `--mailbox=private` for three words.
fn joined(words: &[OsString]) -> Vec<OsString> {
    let mut joined: Vec<OsString> = Vec::new();
    for word in words {
        match joined.last_mut() {
            Some(before) if word == "=" || before.to_string_lossy().ends_with('=') => before.push(word),
            _ => joined.push(word.clone()),
        }
    }
    joined
}

/// Every value that could stand there, and a word about it; `None` where configuration or database do not say.
fn values(place: &Place) -> Option<Vec<(String, String)>> {
    let env = |name: &str| std::env::var_os(name);
    let config = Config::load(place.config.as_deref(), &env, now().date()).ok()?;
    let word = |text: &str| harmless_short(text, SUBJECT);
    Some(match place.kind {
        Kind::Account => config
            .accounts
            .iter()
            .map(|account| {
                let name = account.handle.as_ref().or(account.display_name.as_ref());
                let about = format!("{} {}", account.platform, name.map_or("", String::as_str));
                (account.id.to_string(), word(about.trim_end()))
            })
            .collect(),
        Kind::Mailbox => {
            config.mailboxes.iter().map(|mailbox| (mailbox.name.to_string(), word(&mailbox.username))).collect()
        }
        Kind::Message | Kind::Doubtful => {
            if !config.database.exists() {
                return None;
            }
            let judged = Store::open_to_read(&config.database).ok()?.read(|tx| tx.find_judged()).ok()?;
            let fits = |judged: &Judged| match place.kind {
                Kind::Doubtful if place.undo => judged.settled,
                Kind::Doubtful => !judged.settled && (judged.review.is_some() || may_contradict(judged)),
                Kind::Message | Kind::Account | Kind::Mailbox => true,
            };
            let rows = judged.into_iter().map(|row| row.judged).filter(fits);
            rows.map(|judged| (judged.number.to_string(), word(&judged.subject))).collect()
        }
    })
}

/// Whether it goes to review when it comes after a confirmation.
fn may_contradict(judged: &Judged) -> bool {
    matches!(judged.kind, kind::Kind::Refused | kind::Kind::InfoRequest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> Option<(Kind, String)> {
        let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        place(&joined(&words)).map(|place| (place.kind, place.begun))
    }

    #[test]
    fn the_place_of_the_unfinished_word_says_what_is_wanted() {
        let cases = [
            ("show ", Some((Kind::Account, ""))),
            ("show anna-f", Some((Kind::Account, "anna-f"))),
            ("-vv --config /x.toml show --json an", Some((Kind::Account, "an"))),
            ("status ", Some((Kind::Account, ""))),
            ("status --as-of ", None),
            ("status --as-of 2025-06-01 ", Some((Kind::Account, ""))),
            ("explain 1", Some((Kind::Message, "1"))),
            ("assign ", Some((Kind::Doubtful, ""))),
            ("assign 1 ", Some((Kind::Account, ""))),
            ("assign 1 anna-facebook ", None),
            ("dismiss --undo ", Some((Kind::Doubtful, ""))),
            ("export anna-facebook anna-", Some((Kind::Account, "anna-"))),
            ("export --out ", None),
            ("export --out x ", Some((Kind::Account, ""))),
            ("objected ", Some((Kind::Account, ""))),
            ("confirmed --note x ", Some((Kind::Account, ""))),
            ("letter --kind complaint ", Some((Kind::Account, ""))),
            ("sync --mailbox ", Some((Kind::Mailbox, ""))),
            ("sync --mailbox=pri", Some((Kind::Mailbox, "pri"))),
            ("sync --mailbox = pri", Some((Kind::Mailbox, "pri"))),
            ("sync --mailbox =", Some((Kind::Mailbox, ""))),
            ("show -", None),
            ("show --js", None),
            ("guide ", None),
            ("rules check ", None),
            ("nonsense ", None),
            ("sh", None),
            ("", None),
        ];
        for (line, expected) in cases {
            assert_eq!(found(line), expected.map(|(kind, begun)| (kind, begun.to_owned())), "{line}");
        }
    }

    #[test]
    fn the_configuration_and_undo_are_those_of_the_line() {
        let words = ["dismiss", "--config", "/x.toml", "--undo", ""].map(OsString::from);
        let place = place(&words).unwrap();
        assert_eq!((place.config, place.undo), (Some(PathBuf::from("/x.toml")), true));
    }

    #[test]
    fn no_account_or_message_of_any_command_is_forgotten() {
        let mut takes = Vec::new();
        for command in Args::command().get_subcommands() {
            for arg in command.get_positionals() {
                let names = arg.get_value_names().unwrap_or_default();
                if names.iter().any(|name| name.starts_with("ACCOUNT") || name.starts_with("MESSAGE")) {
                    takes.push((command.get_name().to_owned(), arg.get_id().to_string()));
                }
            }
        }
        takes.sort();
        let mut known: Vec<_> = VALUES.iter().map(|(name, arg, _)| ((*name).to_owned(), (*arg).to_owned())).collect();
        known.retain(|(name, _)| name != "sync");
        known.sort();
        assert_eq!(takes, known);
    }
}
