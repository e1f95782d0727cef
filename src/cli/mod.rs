//! The command line: one file per command. Results go to stdout, everything else to stderr.

mod args;
mod core_dump;
mod defect;
mod context;
mod output;
mod logging;
mod json;
mod status;
mod watch;
mod check;
mod timeline;
mod show;
mod messages;
mod explain;
mod record;
mod settle;
mod export;
mod verify;
mod letter;
mod redact;
mod language;
mod help;
mod rules;
mod progress;
mod stopping;
mod sync;
mod scan;
mod run;
mod notify_test;
mod guide;
mod doctor;
mod init;
mod completions;
mod complete;
mod man;

use std::ffi::OsString;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use args::{Args, Command};
use context::CliError;
use output::Output;

use crate::locale::say;

/// The process: arguments in, exit code out. 0 fine, 1 failed at run time, 2 wrong usage or configuration; `check` has
/// its own codes (contract section 2).
pub fn main() -> ExitCode {
    core_dump::forbid();
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let args = match help::parse(&arguments) {
        Ok(args) => args,
        Err(error) => return usage_error(&error, &arguments),
    };
    logging::start(&args);
    defect::tell_plainly();
    let mut output = Output::new(args.color);
    let result = catch_unwind(AssertUnwindSafe(|| dispatch(&args, &mut output)));
    // Not 101, which neither a monitor nor the contract knows.
    let result = result.unwrap_or_else(|_| Err(CliError::Failed(say!(language::locale(&args), "defect"))));
    let flushed = output.finish();
    match result.and_then(|code| flushed.map(|()| code)) {
        Ok(code) => code,
        Err(error) if matches!(args.command, Command::Check(_)) => check::unknown(&mut output, &error.to_string()),
        Err(error) => {
            output.complain(&error.say(language::locale(&args)));
            ExitCode::from(error.exit_code())
        }
    }
}

fn dispatch(args: &Args, output: &mut Output) -> Result<ExitCode, CliError> {
    match &args.command {
        Command::Scan(command) => return scan::run(args, command, output),
        Command::Sync(command) => return sync::run(args, command, output),
        Command::Check(command) => return check::run(args, command, output),
        Command::NotifyTest => return notify_test::run(args, output),
        Command::Doctor => return doctor::run(args, output),
        Command::Init(command) => return init::run(args, command, output),
        Command::Rules(command) => return rules::run(args, command, output),
        Command::Verify(command) => return verify::run(args, command, output),
        Command::Run => run::run(args)?,
        Command::Status(command) => status::run(args, command, output)?,
        Command::Show(command) => show::run(args, command, output)?,
        Command::Messages(command) => messages::run(args, command, output)?,
        Command::Explain(command) => explain::run(args, command, output)?,
        Command::Guide(command) => guide::run(args, command, output)?,
        Command::Objected(command) => record::objected(args, command, output)?,
        Command::Confirmed(command) => record::confirmed(args, command, output)?,
        Command::Assign(command) => settle::assign(args, command, output)?,
        Command::Dismiss(command) => settle::dismiss(args, command, output)?,
        Command::Export(command) => export::run(args, command, output)?,
        Command::Letter(command) => letter::run(args, command, output)?,
        Command::Redact(command) => redact::run(args, command, output)?,
        Command::Completions(command) => completions::run(command, output)?,
        Command::Complete(command) => complete::run(command, output)?,
        Command::Man(command) => man::run(command, output)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// `--help` and `--version` are results; everything else is wrong usage. A monitor that calls `check` wrongly must see
/// UNKNOWN, not the CRITICAL that exit code 2 would mean to it.
fn usage_error(error: &clap::Error, arguments: &[OsString]) -> ExitCode {
    let wanted = !error.use_stderr();
    if is_check(arguments.iter().skip(1).cloned()) && !wanted {
        let first_line = error.to_string().lines().next().unwrap_or("wrong usage").to_owned();
        return check::unknown(&mut Output::new(args::Color::Never), &first_line);
    }
    // Nothing can be done when even this cannot be written.
    let text = help::shown(error, arguments);
    let _ = if wanted {
        anstream::stdout().write_all(text.as_bytes())
    } else {
        anstream::stderr().write_all(text.as_bytes())
    };
    if wanted { ExitCode::SUCCESS } else { ExitCode::from(2) }
}

/// Whether `check` is the command: the first word that is no option and no option's value (`rules check` is another one).
fn is_check(args: impl Iterator<Item = OsString>) -> bool {
    let mut value_follows = false;
    for arg in args {
        if std::mem::take(&mut value_follows) {
            continue;
        }
        if !arg.to_string_lossy().starts_with('-') {
            return arg == "check";
        }
        value_follows = ["--config", "--lang", "--color"].iter().any(|option| arg == *option);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_is_the_first_word_that_is_no_option() {
        let cases = [
            ("check", true),
            ("check --bogus", true),
            ("-vv --color never --config x check --as-of y", true),
            ("--config=x check", true),
            ("--bogus check", true),
            ("rules check --bogus", false),
            ("--config check status", false),
            ("status check", false),
            ("", false),
        ];
        for (line, checks) in cases {
            assert_eq!(is_check(line.split_whitespace().map(OsString::from)), checks, "{line}");
        }
    }
}
