//! `confirmd man`: the manual pages confirmd(1) and confirmd.toml(5), as roff.
//!
//! Nothing is said here that is said elsewhere: commands and options come from the command line's definition, settings from
//! `config.example.toml`; what neither knows (files, environment, exit codes) stands in `templates/confirmd.1.txt`.

mod settings;

use clap::{Arg, ArgAction, Command, CommandFactory};
use clap_mangen::roff::{Inline, Roff, bold, italic, roman};

use super::args::{Args, Man};
use super::context::CliError;
use super::output::Output;

/// The pages there are.
pub const PAGES: &[&str] = &["confirmd", "confirmd.toml"];

/// What stands in no definition: lines of roff, with `.SH` for a section.
const MORE: &str = include_str!("../../templates/confirmd.1.txt");

/// Writes one page.
pub fn run(command: &Man, output: &mut Output) -> Result<(), CliError> {
    let page = if command.page == "confirmd.toml" { settings::page() } else { page() };
    output.line(page.trim_end())
}

/// confirmd(1).
fn page() -> String {
    let mut command = Args::command().next_line_help(false);
    command.build();
    let mut roff = Roff::new();
    title(&mut roff, "confirmd", "1");
    roff.control("SH", ["NAME"]);
    roff.text([roman("confirmd - watch mailboxes for Meta's answers to an objection against AI training")]);
    roff.control("SH", ["SYNOPSIS"]);
    roff.text([bold("confirmd"), roman(" ["), italic("OPTIONS"), roman("] "), italic("COMMAND"), roman(" ...")]);
    roff.control("SH", ["DESCRIPTION"]);
    roff.text([roman(command.get_about().map(ToString::to_string).unwrap_or_default())]);
    roff.control("SH", ["COMMANDS"]);
    commands(&mut roff, &command, "");
    roff.control("SH", ["OPTIONS"]);
    roff.text([roman("They can stand before and after the command.")]);
    for arg in command.get_arguments() {
        argument(&mut roff, arg);
    }
    roff.to_roff() + MORE
}

/// `.TH`, without a date: the page of a version is always the same.
fn title(roff: &mut Roff, name: &str, section: &str) {
    roff.control("TH", [name, section, "", concat!("confirmd ", env!("CARGO_PKG_VERSION")), "confirmd"]);
}

fn commands(roff: &mut Roff, parent: &Command, above: &str) {
    for command in parent.get_subcommands().filter(|command| !command.is_hide_set()) {
        let name = format!("{above}{}", command.get_name());
        if command.has_subcommands() {
            commands(roff, command, &format!("{name} "));
            continue;
        }
        roff.control("SS", [usage(&name, command).as_str()]);
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        roff.text([roman(format!("{}.", about.trim_end_matches('.')))]);
        for arg in command.get_arguments().filter(|arg| !arg.is_global_set()) {
            argument(roff, arg);
        }
    }
}

/// `letter [OPTIONS] <ACCOUNT>` as `letter [--kind KIND] ACCOUNT`: the options are few enough to be named.
fn usage(name: &str, command: &Command) -> String {
    let own = || command.get_arguments().filter(|arg| !arg.is_global_set() && !is_help(arg));
    let options = own().filter(|arg| !arg.is_positional()).map(|arg| {
        let option = format!("--{}{}", arg.get_long().unwrap_or_default(), value(arg, " "));
        if arg.is_required_set() { option } else { format!("[{option}]") }
    });
    let positionals = own().filter(|arg| arg.is_positional()).map(|arg| {
        let many = if matches!(arg.get_action(), ArgAction::Append) { "..." } else { "" };
        let name = value(arg, "");
        if arg.is_required_set() { format!("{name}{many}") } else { format!("[{name}{many}]") }
    });
    [name.to_owned()].into_iter().chain(options).chain(positionals).collect::<Vec<_>>().join(" ")
}

/// `.TP`, the argument as it is written, what it means.
fn argument(roff: &mut Roff, arg: &Arg) {
    let Some(help) = arg.get_help().filter(|_| !arg.is_hide_set() && !is_help(arg)) else { return };
    let mut head: Vec<Inline> = Vec::new();
    if let Some(short) = arg.get_short() {
        head.extend([bold(format!("-{short}")), roman(", ")]);
    }
    match arg.get_long() {
        Some(long) => head.extend([bold(format!("--{long}")), italic(value(arg, " "))]),
        None => head.push(italic(value(arg, ""))),
    }
    let mut text = help.to_string();
    let words = if arg.get_action().takes_values() { arg.get_possible_values() } else { Vec::new() };
    if !words.is_empty() {
        let words: Vec<&str> = words.iter().map(clap::builder::PossibleValue::get_name).collect();
        text.push_str(&format!(" [{}]", words.join(", ")));
    }
    if let [default] = arg.get_default_values()
        && arg.get_action().takes_values()
    {
        text.push_str(&format!(" [default: {}]", default.to_string_lossy()));
    }
    roff.control("TP", []);
    roff.text(head);
    roff.text([roman(text)]);
}

fn is_help(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::Help | ArgAction::Version | ArgAction::HelpShort | ArgAction::HelpLong)
}

/// The name of an argument's value after `lead`; nothing for a flag.
fn value(arg: &Arg, lead: &str) -> String {
    if !arg.get_action().takes_values() {
        return String::new();
    }
    let name = arg.get_value_names().and_then(<[_]>::first).map(ToString::to_string);
    format!("{lead}{}", name.unwrap_or_else(|| arg.get_id().as_str().to_uppercase()))
}
