//! `confirmd status`: the table people look at.

use jiff::SignedDuration;

use super::args::{Args, Status};
use super::context::{CliError, Context};
use super::json::StatusDocument;
use super::output::{Output, padded, sign, style};
use crate::decide::advice::{next_step, state_in_words};
use crate::decide::overview::{AccountView, MailboxView, Overview};
use crate::locale::{Locale, say};
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
    let locale = context.locale;
    table(locale, &shown, &overview, output)?;
    output.line("")?;
    mailboxes(locale, &overview, output)?;
    review(locale, &overview, output)
}

fn table(locale: &Locale, accounts: &[&AccountView], overview: &Overview, output: &mut Output) -> Result<(), CliError> {
    let state_width = match locale.lang() {
        Lang::De => 24,
        Lang::En => 20,
    };
    let name_width = accounts
        .iter()
        .map(|view| view.account.id.as_str().chars().count())
        .max()
        .unwrap_or(0)
        .clamp(7, 48 - state_width);
    output.line(format!(
        "  {}  {}  {}  {}",
        padded(&say!(locale, "head-account"), name_width),
        padded(&say!(locale, "head-state"), state_width),
        padded(&say!(locale, "head-since"), DATE_WIDTH),
        say!(locale, "head-deadline")
    ))?;
    for view in accounts {
        let status = &view.status;
        let severity = status.severity;
        let date = |date: Option<jiff::civil::Date>| date.map_or("-".to_owned(), |date| locale.day(date));
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
            padded(&state_in_words(locale, status.state, severity), state_width),
            padded(&date(status.since), DATE_WIDTH),
            date(status.deadline_on)
        ))?;
        for remark in remarks(locale, view) {
            output.wrapped("    ", 4, &remark)?;
        }
        if wants_step(view) {
            output.wrapped("  > ", 4, &next_step(locale, view, overview))?;
        }
    }
    Ok(())
}

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
fn remarks(locale: &Locale, view: &AccountView) -> Vec<String> {
    let mut remarks = Vec::new();
    if let Some(through) = &view.status.through {
        remarks.push(say!(locale, "status-through", id = through.as_str()));
    }
    if view.status.state == State::Confirmed && view.status.coverage == Coverage::FutureOnly {
        remarks.push(say!(locale, "status-future-only"));
    }
    remarks
}

fn mailboxes(locale: &Locale, overview: &Overview, output: &mut Output) -> Result<(), CliError> {
    if overview.mailboxes.is_empty() {
        return output.wrapped("", 0, &say!(locale, "status-no-mailbox"));
    }
    for view in &overview.mailboxes {
        let severity = match view.state {
            MailboxState::Ok => Severity::Ok,
            MailboxState::Never | MailboxState::Stale => Severity::Warning,
            MailboxState::Failing => Severity::Critical,
        };
        let color = style(severity);
        let lead = format!("{color}{}{color:#} ", sign(severity));
        let (name, how) = (harmless(view.name.as_str()), mailbox_in_words(locale, view, overview));
        output.wrapped(&lead, 2, &say!(locale, "mailbox-row", name = name, how = how))?;
    }
    Ok(())
}

fn mailbox_in_words(locale: &Locale, view: &MailboxView, overview: &Overview) -> String {
    let last = view.health.last_complete;
    let read = last.map(|last| {
        let local = last.to_zoned_datetime(overview.as_of.time_zone().clone());
        let ago = ago(locale, overview.as_of.timestamp().duration_since(last));
        format!("{} {}{ago}", locale.day(local.date()), local.strftime("%H:%M"))
    });
    let error = view.health.error.as_deref().map(|error| format!(": {}", harmless(error))).unwrap_or_default();
    match (view.state, read) {
        (MailboxState::Ok, Some(read)) if error.is_empty() => say!(locale, "mailbox-ok", read = read),
        (MailboxState::Ok, Some(read)) => say!(locale, "mailbox-ok-failed", read = read, error = error),
        (MailboxState::Stale, Some(read)) => say!(locale, "mailbox-stale", read = read, error = error),
        (MailboxState::Failing, Some(read)) => say!(locale, "mailbox-failing", read = read, error = error),
        (MailboxState::Failing, None) => say!(locale, "mailbox-failing-never", error = error),
        (MailboxState::Never | MailboxState::Ok | MailboxState::Stale, _) => {
            say!(locale, "mailbox-unread", error = error)
        }
    }
}

/// " (5 minutes ago)"; nothing for a moment in the future, as with `--as-of`.
fn ago(locale: &Locale, elapsed: SignedDuration) -> String {
    let minutes = elapsed.as_secs() / 60;
    let text = match minutes {
        i64::MIN..0 => return String::new(),
        0 => say!(locale, "just-now"),
        1..60 => say!(locale, "minutes-ago", count = minutes),
        60..2880 => say!(locale, "hours-ago", count = minutes / 60),
        _ => say!(locale, "days-ago", count = minutes / 1440),
    };
    format!(" ({text})")
}

fn review(locale: &Locale, overview: &Overview, output: &mut Output) -> Result<(), CliError> {
    let color = style(Severity::Warning);
    match overview.review.len() {
        0 => Ok(()),
        count => output.line(format!("{color}!{color:#} {}", say!(locale, "status-review", count = count))),
    }
}
