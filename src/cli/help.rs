//! The command line as a person reads it: help texts, headings and usage errors in their language.
//!
//! The English help texts are the comments in `args` and, word for word, `locales/en/help.ftl`; a test compares them. Completions and
//! the manual are for everybody and stay English.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory, FromArgMatches};

use super::args::Args;
use super::language;
use crate::locale::{Locale, say};
use crate::model::language::Lang;

/// Reads the process's arguments.
pub fn parse(arguments: &[OsString]) -> Result<Args, clap::Error> {
    let locale = Locale::of(language::of_raw(arguments));
    let mut command = command(locale);
    let matches = command.try_get_matches_from_mut(arguments);
    matches.and_then(|matches| Args::from_arg_matches(&matches).map_err(|error| error.format(&mut command)))
}

/// Help, version or a usage error as it is shown, with the terminal's colours in it.
pub fn shown(error: &clap::Error, arguments: &[OsString]) -> String {
    let locale = Locale::of(language::of_raw(arguments));
    let usual = error.render().ansi().to_string();
    match (locale.lang(), error.kind()) {
        (Lang::En, _) => usual,
        (Lang::De, ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand) => {
            usual.replace("[OPTIONS]", "[OPTIONEN]").replace("<COMMAND>", "<BEFEHL>")
        }
        (Lang::De, _) => match said(error, locale) {
            Some(text) => format!("confirmd: {text}\n{}\n", say!(locale, "usage-more")),
            None => usual,
        },
    }
}

/// The command line with every text in the locale's language.
fn command(locale: &'static Locale) -> Command {
    match locale.lang() {
        Lang::En => Args::command(),
        Lang::De => translated(Args::command(), "confirmd", locale),
    }
}

fn translated(command: Command, path: &str, locale: &'static Locale) -> Command {
    let option = |id: &'static str, short, action| {
        let help = say!(locale, if id == "help" { "usage-help" } else { "usage-version" });
        Arg::new(id)
            .long(id)
            .short(short)
            .action(action)
            .help(help)
            .help_heading(lasting(say!(locale, "usage-options")))
    };
    // A hidden command is for scripts.
    let shown = command.get_subcommands().filter(|sub| !sub.is_hide_set());
    let names: Vec<String> = shown.map(|sub| sub.get_name().to_owned()).collect();
    let mut command = command
        .about(say!(locale, &format!("help-{path}")))
        .subcommand_help_heading(lasting(say!(locale, "usage-commands")))
        .help_template(format!("{{about}}\n\n{}: {{usage}}\n\n{{all-args}}", say!(locale, "usage-usage")))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .mut_args(|arg| described(arg, path, locale))
        .arg(option("help", 'h', ArgAction::Help))
        .arg(option("version", 'V', ArgAction::Version));
    for name in names {
        let below = if path == "confirmd" { name.clone() } else { format!("{path}-{name}") };
        command = command.mut_subcommand(name, |sub| translated(sub, &below, locale));
    }
    command
}

/// clap keeps headings for as long as the process runs: a few dozen words, once.
fn lasting(heading: String) -> &'static str {
    Box::leak(heading.into_boxed_str())
}

/// Words that stand for a value, and the names of their texts.
const VALUES: &[(&str, &str)] = &[
    ("ACCOUNT", "value-account"),
    ("ADDRESS", "value-address"),
    ("DATE", "value-date"),
    ("DIR", "value-dir"),
    ("FILE", "value-file"),
    ("HOW", "value-how"),
    ("ID", "value-id"),
    ("KIND", "value-kind"),
    ("LANG", "value-lang"),
    ("MESSAGE", "value-message"),
    ("PATH", "value-path"),
    ("PROGRAM", "value-program"),
    ("USER", "value-user"),
    ("WAY", "value-way"),
    ("WHEN", "value-when"),
    ("WORD", "value-word"),
    ("PLATFORM", "value-platform"),
];

/// `PLATFORM[:USER][=ADDRESS,...]` is made of several.
fn placeholder(name: &str, locale: &Locale) -> String {
    let mut said = String::new();
    for word in name.split_inclusive(|c: char| !c.is_ascii_uppercase()) {
        let bare = word.trim_end_matches(|c: char| !c.is_ascii_uppercase());
        let text = VALUES.iter().find(|(value, _)| *value == bare);
        said.push_str(&text.map_or_else(|| bare.to_owned(), |(_, text)| say!(locale, *text)));
        said.push_str(word.get(bare.len()..).unwrap_or_default());
    }
    said
}

/// clap's own brackets are English: the default and the possible values are said here.
fn described(arg: Arg, path: &str, locale: &'static Locale) -> Arg {
    let mut help = say!(locale, &format!("help-{path}--{}", arg.get_id()));
    let heading = lasting(say!(locale, if arg.is_positional() { "usage-arguments" } else { "usage-options" }));
    if !arg.get_action().takes_values() {
        return arg.help(help).help_heading(heading);
    }
    let names = arg.get_value_names().unwrap_or_default().iter();
    let names: Vec<&'static str> = names.map(|name| lasting(placeholder(name, locale))).collect();
    let arg = arg.value_names(names);
    let values: Vec<String> = arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    if !values.is_empty() {
        help = say!(locale, "usage-possible", help = help, values = values.join(", "));
    }
    let defaults: Vec<String> =
        arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    if !defaults.is_empty() {
        help = say!(locale, "usage-default", help = help, value = defaults.join(" "));
    }
    arg.help(help).help_heading(heading).hide_default_value(true).hide_possible_values(true)
}

/// What is wrong with the usage, for the kinds that people meet; `None` for the others.
#[allow(clippy::wildcard_enum_match_arm, reason = "clap's enums are open")]
fn said(error: &clap::Error, locale: &Locale) -> Option<String> {
    let value = |kind: ContextKind| match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(", ")),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        ContextValue::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let meant = |kind| value(kind).map(|word| say!(locale, "usage-meant", word = word)).unwrap_or_default();
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let meant = meant(ContextKind::SuggestedSubcommand);
            Some(say!(locale, "usage-unknown-command", word = value(ContextKind::InvalidSubcommand)?, meant = meant))
        }
        ErrorKind::UnknownArgument => {
            let meant = meant(ContextKind::SuggestedArg);
            Some(say!(locale, "usage-unknown", word = value(ContextKind::InvalidArg)?, meant = meant))
        }
        ErrorKind::MissingRequiredArgument => {
            Some(say!(locale, "usage-missing", words = value(ContextKind::InvalidArg)?))
        }
        ErrorKind::MissingSubcommand => Some(say!(locale, "usage-no-command")),
        ErrorKind::InvalidValue if value(ContextKind::InvalidValue).is_none_or(|value| value.is_empty()) => {
            Some(say!(locale, "usage-no-value", option = value(ContextKind::InvalidArg)?))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let (word, option) = (value(ContextKind::InvalidValue)?, value(ContextKind::InvalidArg)?);
            let known = value(ContextKind::ValidValue).map(|known| say!(locale, "usage-known", values = known));
            let why = || std::error::Error::source(error).map(|why| format!("; {}", locale.fault(&why.to_string())));
            let known = known.or_else(why);
            Some(say!(locale, "usage-invalid", word = word, option = option, known = known.unwrap_or_default()))
        }
        ErrorKind::ArgumentConflict => {
            let (one, other) = (value(ContextKind::InvalidArg)?, value(ContextKind::PriorArg)?);
            Some(say!(locale, "usage-conflict", one = one, other = other))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::builder::StyledStr;
    use std::collections::BTreeSet;

    /// Every command and argument: the text's name, and what the derive says.
    fn texts(command: &Command, path: &str, texts: &mut Vec<(String, String)>) {
        let text = |text: Option<&StyledStr>| text.map(ToString::to_string).unwrap_or_default();
        texts.push((format!("help-{path}"), text(command.get_about())));
        for arg in command.get_arguments() {
            texts.push((format!("help-{path}--{}", arg.get_id()), text(arg.get_help())));
        }
        for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
            let name = sub.get_name();
            let below = if path == "confirmd" { name.to_owned() } else { format!("{path}-{name}") };
            self::texts(sub, &below, texts);
        }
    }

    #[test]
    fn every_command_and_argument_has_its_help_in_both_languages_and_no_help_is_for_nothing() {
        let mut known = Vec::new();
        texts(&Args::command(), "confirmd", &mut known);
        for (name, english) in &known {
            assert!(Locale::of(Lang::En).has(name), "{name} = {english}");
            assert_eq!(&say!(Locale::of(Lang::En), name), english, "{name}");
            assert!(Locale::of(Lang::De).has(name), "{name}");
        }
        let names: BTreeSet<&str> = known.iter().map(|(name, _)| name.as_str()).collect();
        let file = include_str!("../../locales/en/help.ftl");
        let written = file.lines().filter_map(|line| line.split_once(" = ")).map(|(name, _)| name);
        let unused: Vec<&str> = written.filter(|name| name.starts_with("help-") && !names.contains(name)).collect();
        assert_eq!(unused, Vec::<&str>::new());
    }

    #[test]
    fn the_translated_command_line_is_the_same_command_line() {
        command(Locale::of(Lang::De)).debug_assert();
        let words = |line: &str| line.split(' ').map(OsString::from).collect::<Vec<_>>();
        for line in ["confirmd --lang de status a --as-of 2025-05-20", "confirmd -vv --lang=de rules list --json"] {
            let args = parse(&words(line));
            assert!(args.is_ok(), "{line}: {args:?}");
        }
    }

    #[test]
    fn usage_errors_are_said_in_german() {
        let said = |line: &str| {
            let arguments: Vec<OsString> =
                format!("confirmd --lang de {line}").split(' ').map(OsString::from).collect();
            let error = parse(&arguments).unwrap_err();
            shown(&error, &arguments).lines().next().unwrap_or_default().to_owned()
        };
        let cases = [
            ("statsu", "confirmd: den Befehl „statsu“ gibt es nicht; meinten Sie „status“?"),
            ("status --jsn", "confirmd: „--jsn“ gibt es hier nicht; meinten Sie „--json“?"),
            ("status --bogus", "confirmd: „--bogus“ gibt es hier nicht"),
            ("show", "confirmd: es fehlt: <KONTO>"),
            ("status --as-of", "confirmd: nach „--as-of <DATUM>“ fehlt der Wert"),
            (
                "status --as-of x",
                "confirmd: „x“ ist für „--as-of <DATUM>“ nicht möglich; schreiben Sie zum Beispiel 2025-05-20",
            ),
            (
                "--color x status",
                "confirmd: „x“ ist für „--color <WANN>“ nicht möglich; möglich sind auto, always, never",
            ),
            ("-q -v status", "confirmd: „--quiet“ und „--verbose...“ schließen einander aus"),
        ];
        for (line, expected) in cases {
            assert_eq!(said(line), expected, "{line}");
        }
    }
}
