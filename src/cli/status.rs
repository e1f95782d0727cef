//! `confirmd status`: the table people look at.

use jiff::SignedDuration;
use jiff::civil::Date;
use unicode_width::UnicodeWidthStr;

use super::args::{Args, Status};
use super::context::{CliError, Context};
use super::json::StatusDocument;
use super::output::{Output, Page, padded, sign, style, weight};
use super::watch;
use crate::decide::advice::{next_step, state_in_words};
use crate::decide::overview::{AccountView, MailboxView, Overview};
use crate::locale::{Locale, say};
use crate::model::account::AccountId;
use crate::model::harmless::harmless;
use crate::model::mailbox::MailboxState;
use crate::model::objection::Coverage;
use crate::model::status::{Severity, State};

/// Shows where each account's objection stands.
pub fn run(args: &Args, command: &Status, output: &mut Output) -> Result<(), CliError> {
    let context = Context::load(args)?;
    let only = command.account.as_deref().map(|id| context.account(id)).transpose()?;
    if command.watch {
        return watch::run(context, only.as_ref(), output);
    }
    let overview = context.overview(command.as_of)?;
    if command.json {
        return output.json(&StatusDocument::new(&overview, only.as_ref()));
    }
    output.page(&page(context.locale, &overview, only.as_ref(), output.width()))
}

/// The table, the mailboxes and what is to be looked at, for lines of this width.
pub(super) fn page(locale: &Locale, overview: &Overview, only: Option<&AccountId>, width: usize) -> Page {
    let accounts = overview.accounts.iter().filter(|view| only.is_none_or(|id| view.account.id == *id));
    let rows: Vec<Row<'_>> = accounts.map(|view| Row::new(locale, view, overview)).collect();
    let mut page = Page::new(width);
    table(locale, &rows, &mut page);
    page.line("");
    mailboxes(locale, overview, &mut page);
    review(locale, overview, &mut page);
    page
}

/// An account in words.
struct Row<'a> {
    id: &'a str,
    severity: Severity,
    state: String,
    since: String,
    /// `12 days ago`, where there is a date.
    ago: Option<String>,
    deadline: String,
    remarks: Vec<String>,
    step: Option<String>,
}

impl Row<'_> {
    fn new<'a>(locale: &Locale, view: &'a AccountView, overview: &Overview) -> Row<'a> {
        let status = &view.status;
        let day = |date: Option<Date>| date.map_or("-".to_owned(), |date| locale.day(date));
        Row {
            id: view.account.id.as_str(),
            severity: status.severity,
            state: state_in_words(locale, status.state, status.severity),
            since: day(status.since),
            ago: status.since.map(|since| locale.from_today(since, overview.as_of.date())),
            deadline: day(status.deadline_on),
            remarks: remarks(locale, view),
            step: wants_step(view).then(|| next_step(locale, view, overview)),
        }
    }

    /// The date and how long ago that is.
    fn since_and_ago(&self) -> String {
        self.ago.as_ref().map_or_else(|| self.since.clone(), |ago| format!("{} ({ago})", self.since))
    }

    /// What stands below a row.
    fn below(&self, page: &mut Page) {
        for remark in &self.remarks {
            page.wrapped("    ", 4, remark);
        }
        if let Some(step) = &self.step {
            page.wrapped("  > ", 4, step);
        }
    }
}

/// Columns where they fit, with as much as fits; else each account in lines of its own.
fn table(locale: &Locale, rows: &[Row<'_>], page: &mut Page) {
    let head = ["head-account", "head-state", "head-since", "head-deadline"].map(|name| say!(locale, name));
    let widest = |column: usize, cell: &dyn Fn(&Row<'_>) -> String| {
        rows.iter().map(|row| cell(row).width()).max().unwrap_or(0).max(head[column].width())
    };
    let (state, deadline) = (widest(1, &|row| row.state.clone()), widest(3, &|row| row.deadline.clone()));
    let (full, short) = (widest(2, &|row| row.since_and_ago()), widest(2, &|row| row.since.clone()));
    let id = widest(0, &|row| row.id.to_owned());
    // Sign and blank, then two blanks between columns.
    let room = |since: usize| page.width().saturating_sub(2 + 2 + state + 2 + since + 2 + deadline);
    if id <= room(full) {
        columns(&head, rows, [id, state, full], &|row| row.since_and_ago(), page);
    } else if room(short) >= head[0].width() {
        let widths = rows.iter().map(|row| row.id.width()).filter(|width| *width <= room(short));
        let id = widths.max().unwrap_or(0).max(head[0].width());
        columns(&head, rows, [id, state, short], &|row| row.since.clone(), page);
    } else {
        rows.iter().for_each(|row| lines(locale, row, page));
    }
}

fn columns(
    head: &[String; 4],
    rows: &[Row<'_>],
    [id, state, since]: [usize; 3],
    since_of: &dyn Fn(&Row<'_>) -> String,
    page: &mut Page,
) {
    let [account, stand, from, deadline] = head;
    page.line(format!("  {}  {}  {}  {deadline}", padded(account, id), padded(stand, state), padded(from, since)));
    for row in rows {
        let (color, bold) = (style(row.severity), weight(row.severity));
        let mut lead = format!("{color}{}{color:#} {}", sign(row.severity), padded(row.id, id));
        if row.id.width() > id {
            // Beside so long an id the columns would not fit the screen.
            page.wrapped(&format!("{color}{}{color:#} ", sign(row.severity)), 2, row.id);
            lead = " ".repeat(2 + id);
        }
        let stand = format!("{bold}{}{bold:#}", padded(&row.state, state));
        page.line(format!("{lead}  {stand}  {}  {}", padded(&since_of(row), since), row.deadline));
        row.below(page);
    }
}

/// A row on a terminal too narrow for columns.
fn lines(locale: &Locale, row: &Row<'_>, page: &mut Page) {
    let (color, bold) = (style(row.severity), weight(row.severity));
    page.wrapped(&format!("{color}{}{color:#} ", sign(row.severity)), 2, row.id);
    page.line(format!("  {bold}{}{bold:#}", row.state));
    if row.ago.is_some() {
        page.wrapped("  ", 2, &say!(locale, "status-since", day = row.since_and_ago()));
    }
    if row.deadline != "-" {
        page.wrapped("  ", 2, &say!(locale, "status-deadline", day = row.deadline.as_str()));
    }
    row.below(page);
}

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

fn mailboxes(locale: &Locale, overview: &Overview, page: &mut Page) {
    if overview.mailboxes.is_empty() {
        return page.wrapped("", 0, &say!(locale, "status-no-mailbox"));
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
        page.wrapped(&lead, 2, &say!(locale, "mailbox-row", name = name, how = how));
    }
}

fn mailbox_in_words(locale: &Locale, view: &MailboxView, overview: &Overview) -> String {
    let last = view.health.last_complete;
    let read = last.map(|last| {
        let local = last.to_zoned_datetime(overview.as_of.time_zone().clone());
        let ago = ago(locale, overview.as_of.timestamp().duration_since(last));
        format!("{} {}{ago}", locale.day(local.date()), local.strftime("%H:%M"))
    });
    let error =
        view.health.error.as_deref().map(|error| format!(": {}", harmless(&locale.fault(error)))).unwrap_or_default();
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
    let said = match minutes {
        i64::MIN..0 => return String::new(),
        0 => say!(locale, "just-now"),
        1..60 => say!(locale, "minutes-ago", count = minutes),
        60..2880 => say!(locale, "hours-ago", count = minutes / 60),
        _ => say!(locale, "days-ago", count = minutes / 1440),
    };
    format!(" ({said})")
}

fn review(locale: &Locale, overview: &Overview, page: &mut Page) {
    let count = overview.review.len();
    if count > 0 {
        let color = style(Severity::Warning);
        page.wrapped(&format!("{color}!{color:#} "), 2, &say!(locale, "status-review", count = count));
    }
}

#[cfg(test)]
mod tests;
