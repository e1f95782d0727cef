//! `confirmd status`: the table people look at.

use jiff::SignedDuration;

use super::args::{Args, Status};
use super::context::{CliError, Context};
use super::json::StatusDocument;
use super::output::{Output, padded, sign, style};
use crate::decide::advice::{next_step, state_in_words};
use crate::decide::overview::{AccountView, MailboxView, Overview};
use crate::locale::Locale;
use crate::model::harmless::harmless;
use crate::model::language::Lang;
use crate::model::mailbox::MailboxState;
use crate::model::objection::Coverage;
use crate::model::status::{Severity, State};

/// Shows where each account's objection stands.
pub fn run(args: &Args, command: &Status, output: &mut Output) -> Result<(), CliError> {
    let context = Context::load(args)?;
    let only = command.account.as_deref().map(|id| context.account(id)).transpose()?;
    let overview = context.overview(command.as_of)?;
    if command.json {
        return output.json(&StatusDocument::new(&overview, only.as_ref()));
    }
    let shown: Vec<&AccountView> =
        overview.accounts.iter().filter(|view| only.as_ref().is_none_or(|id| view.account.id == *id)).collect();
    table(&shown, &overview, output)?;
    output.line("")?;
    mailboxes(&overview, output)?;
    review(&overview, output)
}

fn table(accounts: &[&AccountView], overview: &Overview, output: &mut Output) -> Result<(), CliError> {
    let name_width =
        accounts.iter().map(|view| view.account.id.as_str().chars().count()).max().unwrap_or(0).clamp(7, 28);
    output.line(format!(
        "  {}  {}  {}  {}",
        padded("ACCOUNT", name_width),
        padded("STATE", STATE_WIDTH),
        padded("SINCE", DATE_WIDTH),
        "DEADLINE"
    ))?;
    for view in accounts {
        let status = &view.status;
        let severity = status.severity;
        let date = |date: Option<jiff::civil::Date>| date.map_or("-".to_owned(), |date| date.to_string());
        let color = style(severity);
        let (mut mark, mut name) = (sign(severity), view.account.id.as_str());
        if name.chars().count() > name_width {
            // Beside so long an id the columns would not fit the screen.
            output.line(format!("{color}{mark}{color:#} {name}"))?;
            (mark, name) = (" ", "");
        }
        output.line(format!(
            "{color}{mark}{color:#} {}  {color}{}{color:#}  {}  {}",
            padded(name, name_width),
            padded(&state_in_words(Locale::of(Lang::En), status.state, severity), STATE_WIDTH),
            padded(&date(status.since), DATE_WIDTH),
            date(status.deadline_on)
        ))?;
        for remark in remarks(view) {
            output.wrapped("    ", 4, &remark)?;
        }
        if wants_step(view) {
            output.wrapped("  > ", 4, &next_step(view, overview))?;
        }
    }
    Ok(())
}

const STATE_WIDTH: usize = 20;
const DATE_WIDTH: usize = 10;

/// A row whose answer is "nothing to do" needs no second line, except where it waits.
fn wants_step(view: &AccountView) -> bool {
    match view.status.state {
        State::Confirmed => false,
        State::NotObjected
        | State::NoMailExpected
        | State::Pending
        | State::CodeSent
        | State::Received
        | State::ActionNeeded
        | State::Refused
        | State::Overdue
        | State::Unobserved => true,
    }
}

/// What a row's few columns cannot say.
fn remarks(view: &AccountView) -> Vec<String> {
    let mut remarks = Vec::new();
    if let Some(through) = &view.status.through {
        remarks.push(format!("through {through}, in the same Accounts Centre"));
    }
    if view.status.state == State::Confirmed && view.status.coverage == Coverage::FutureOnly {
        remarks.push("covers what you post from then on: you objected after training began on 2025-05-27".to_owned());
    }
    remarks
}

fn mailboxes(overview: &Overview, output: &mut Output) -> Result<(), CliError> {
    if overview.mailboxes.is_empty() {
        return output.wrapped("", 0, "No mailbox is configured: nobody looks for Meta's answers.");
    }
    for view in &overview.mailboxes {
        let severity = match view.state {
            MailboxState::Ok => Severity::Ok,
            MailboxState::Never | MailboxState::Stale => Severity::Warning,
            MailboxState::Failing => Severity::Critical,
        };
        let color = style(severity);
        let lead = format!("{color}{}{color:#} ", sign(severity));
        output.wrapped(
            &lead,
            2,
            &format!("mailbox \"{}\": {}", harmless(view.name.as_str()), mailbox_in_words(view, overview)),
        )?;
    }
    Ok(())
}

fn mailbox_in_words(view: &MailboxView, overview: &Overview) -> String {
    let last = view.health.last_complete;
    let read = last.map(|last| {
        let local = last.to_zoned_datetime(overview.as_of.time_zone().clone());
        let ago = ago(overview.as_of.timestamp().duration_since(last));
        format!("{}{ago}", local.strftime("%Y-%m-%d %H:%M"))
    });
    let error = view.health.error.as_deref().map(|error| format!(": {}", harmless(error))).unwrap_or_default();
    match (view.state, read) {
        (MailboxState::Ok, Some(read)) if error.is_empty() => format!("read completely on {read}"),
        (MailboxState::Ok, Some(read)) => format!("read completely on {read}; the last try failed{error}"),
        (MailboxState::Stale, Some(read)) => format!("not read completely since {read}{error}"),
        (MailboxState::Failing, Some(read)) => format!("cannot be read since {read}{error}"),
        (MailboxState::Failing, None) => format!("cannot be read{error}"),
        (MailboxState::Never | MailboxState::Ok | MailboxState::Stale, _) => {
            format!("not read yet; run `confirmd sync`{error}")
        }
    }
}

/// " (5 minutes ago)"; nothing for a moment in the future, as with `--as-of`.
fn ago(elapsed: SignedDuration) -> String {
    let minutes = elapsed.as_secs() / 60;
    match minutes {
        i64::MIN..0 => String::new(),
        0 => " (just now)".to_owned(),
        1 => " (1 minute ago)".to_owned(),
        2..60 => format!(" ({minutes} minutes ago)"),
        60..120 => " (1 hour ago)".to_owned(),
        120..2880 => format!(" ({} hours ago)", minutes / 60),
        _ => format!(" ({} days ago)", minutes / 1440),
    }
}

fn review(overview: &Overview, output: &mut Output) -> Result<(), CliError> {
    let color = style(Severity::Warning);
    match overview.review.len() {
        0 => Ok(()),
        1 => output.line(format!("{color}!{color:#} 1 message needs a look: confirmd messages --review")),
        several => output.line(format!("{color}!{color:#} {several} messages need a look: confirmd messages --review")),
    }
}
