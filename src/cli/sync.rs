//! `confirmd sync`: one full pass, with progress on a terminal.

use std::io::IsTerminal;
use std::process::ExitCode;

use super::args::{Args, Sync};
use super::context::{CliError, Context};
use super::output::Output;
use crate::config::Mailbox;
use crate::daemon::sync::{Outcome, Progress, sync};
use crate::model::harmless::harmless;

/// Reads the mailboxes once. Exit code 1 where one of them was not read completely.
pub fn run(args: &Args, command: &Sync, output: &mut Output) -> Result<ExitCode, CliError> {
    let context = Context::load(args)?;
    let config = context.config.clone();
    let mailboxes = chosen(&config, command.mailbox.as_deref())?;
    let (mut recorder, lock) = context.locked_recorder()?;
    let bar = !args.quiet && std::io::stderr().is_terminal();
    let quiet = args.quiet;
    let outcome = sync(&config, &mailboxes, &mut recorder, &mut |progress| show(&progress, bar, quiet, output))
        .map_err(|error| CliError::Failed(error.to_string()))?;
    drop(lock);
    summary(&outcome, mailboxes.len(), output)
}

fn chosen<'a>(config: &'a crate::config::Config, only: Option<&str>) -> Result<Vec<&'a Mailbox>, CliError> {
    let mailboxes = config.require_mailboxes()?;
    let Some(name) = only else { return Ok(mailboxes.iter().collect()) };
    match mailboxes.iter().find(|mailbox| mailbox.name.as_str() == name) {
        Some(mailbox) => Ok(vec![mailbox]),
        None => {
            let known: Vec<&str> = mailboxes.iter().map(|mailbox| mailbox.name.as_str()).collect();
            Err(CliError::Usage(format!(
                "there is no mailbox \"{}\" in {}; there are: {}",
                harmless(name),
                config.file.display(),
                known.join(", ")
            )))
        }
    }
}

fn show(progress: &Progress<'_>, bar: bool, quiet: bool, output: &mut Output) {
    let clear = if bar { "\r\u{1b}[K" } else { "" };
    match progress {
        Progress::Looked(mailbox, count) if bar => {
            output.partial(&format!("{clear}mailbox \"{}\": {count} mails looked at", harmless(mailbox.as_str())));
        }
        Progress::Started(mailbox, folders) if bar => {
            output.partial(&format!("{clear}mailbox \"{}\": {folders} folders", harmless(mailbox.as_str())));
        }
        Progress::Looked(..) | Progress::Started(..) => {}
        Progress::Remark(mailbox, text) => {
            if !quiet {
                output.remark(&format!("{clear}mailbox \"{}\": {}", harmless(mailbox.as_str()), harmless(text)));
            }
        }
        Progress::Complete(mailbox) => {
            if !quiet {
                output.remark(&format!("{clear}mailbox \"{}\": read completely", harmless(mailbox.as_str())));
            }
        }
        Progress::Failed(mailbox, error) => {
            output.partial(clear);
            output.complain(&format!("mailbox \"{}\": {}", harmless(mailbox.as_str()), harmless(error)));
        }
    }
}

fn summary(outcome: &Outcome, mailboxes: usize, output: &mut Output) -> Result<ExitCode, CliError> {
    let read = mailboxes - outcome.failed.len().min(mailboxes);
    if outcome.interrupted {
        output.remark("Stopped early. What was read is kept; the next sync goes on from there.");
        return Ok(ExitCode::FAILURE);
    }
    output.line(format!(
        "Read {read} of {mailboxes} mailboxes completely; looked at {} mails that claim to come from Meta, {} of them are about an objection or doubtful.",
        outcome.looked, outcome.recorded
    ))?;
    Ok(if outcome.failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
