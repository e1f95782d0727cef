//! `confirmd check`: a monitoring plugin. One line and perfdata on stdout, and never another exit code than 0 to 3.

use std::collections::BTreeMap;
use std::process::ExitCode;

use super::args::{Args, Check};
use super::context::{CliError, Context};
use super::output::Output;
use crate::decide::overview::{Overview, worse};
use crate::locale::Locale;
use crate::model::harmless::harmless_short;
use crate::model::language::Lang;
use crate::model::status::{Severity, State};
use crate::store;

/// Prints the line and exits with the worst of all accounts, the review and the mailboxes.
pub fn run(args: &Args, command: &Check, output: &mut Output) -> Result<ExitCode, CliError> {
    let context = Context::load(args)?;
    let overview = context.overview(command.as_of)?;
    // What was read so far can be asked, and nothing more can be recorded: no news may be no news any longer.
    let watches = !context.config.mailboxes.is_empty();
    let obstacle = watches.then(|| store::of_the_disk(&context.config.database)).flatten();
    let worst = if obstacle.is_some() { worse(overview.worst(), Severity::Unknown) } else { overview.worst() };
    let trouble = obstacle.map(|obstacle| {
        format!(
            "{}: {}",
            context.config.database.display(),
            obstacle.say(&context.config.database, Locale::of(Lang::En))
        )
    });
    output.line(line(&overview, worst, trouble.as_deref()))?;
    Ok(ExitCode::from(exit_code(worst)))
}

/// The answer when nothing could be looked at.
pub fn unknown(output: &mut Output, why: &str) -> ExitCode {
    let one_line = why.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = harmless_short(&one_line.replace('|', "/"), 400);
    // A monitor that has closed the pipe reads the exit code all the same.
    let _ = output.line(format!("CONFIRMD UNKNOWN - {text}"));
    let _ = output.finish();
    ExitCode::from(3)
}

fn exit_code(worst: Severity) -> u8 {
    match worst {
        Severity::Ok | Severity::Info => 0,
        Severity::Warning => 1,
        Severity::Critical => 2,
        Severity::Unknown => 3,
    }
}

fn line(overview: &Overview, worst: Severity, trouble: Option<&str>) -> String {
    let word = match worst {
        Severity::Ok | Severity::Info => "OK",
        Severity::Warning => "WARNING",
        Severity::Critical => "CRITICAL",
        Severity::Unknown => "UNKNOWN",
    };
    let mut parts: Vec<String> = trouble.map(|trouble| harmless_short(trouble, 400)).into_iter().collect();
    for view in &overview.accounts {
        if matches!(view.status.severity, Severity::Warning | Severity::Critical | Severity::Unknown) {
            parts.push(format!("{} {}", view.account.id, view.status.state));
        }
    }
    for view in overview.blind_mailboxes() {
        parts.push(format!("mailbox {} {}", harmless_short(view.name.as_str(), 40), view.state));
    }
    if !overview.review.is_empty() {
        parts.push(format!("{} to review", overview.review.len()));
    }
    if parts.is_empty() {
        parts = counts(overview)
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(state, count)| format!("{count} {state}"))
            .collect();
    }
    // A bar would end the text and begin the perfdata.
    format!("CONFIRMD {word} - {} | {}", parts.join(", ").replace('|', "/"), perfdata(overview))
}

fn counts(overview: &Overview) -> BTreeMap<State, usize> {
    let mut counts: BTreeMap<State, usize> = State::ALL.iter().map(|state| (*state, 0)).collect();
    for view in &overview.accounts {
        *counts.entry(view.status.state).or_default() += 1;
    }
    counts
}

/// `label=value` pairs, the same ones every time, as the Monitoring Plugins guidelines want.
fn perfdata(overview: &Overview) -> String {
    let mut data = vec![format!("accounts={}", overview.accounts.len())];
    data.extend(counts(overview).into_iter().map(|(state, count)| format!("{state}={count}")));
    data.push(format!("review={}", overview.review.len()));
    let oldest = overview.mailboxes.iter().filter_map(|view| view.health.last_complete).min();
    if let Some(oldest) = oldest {
        let age = overview.as_of.timestamp().duration_since(oldest).as_secs().max(0);
        data.push(format!("oldest_read={age}s"));
    }
    data.join(" ")
}
