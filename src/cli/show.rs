//! `confirmd show`: one account's timeline, deadline and next step.

use jiff::civil::Date;
use serde::Serialize;

use super::args::{Args, Show};
use super::context::{CliError, Context};
use super::json::{AccountJson, SCHEMA, time};
use super::output::{Output, sign, style};
use super::timeline::timeline;
use crate::decide::advice::{next_step, state_in_words};
use crate::decide::overview::AccountView;
use crate::decide::timeline::{Entry, for_the_person};
use crate::locale::Locale;
use crate::model::account::Platform;
use crate::model::harmless::harmless;
use crate::model::language::Lang;
use crate::model::objection::Coverage;
use crate::model::status::MessageNumber;

#[derive(Serialize)]
struct EntryJson {
    at: String,
    on: Date,
    what: &'static str,
    text: String,
    message: Option<MessageNumber>,
}

#[derive(Serialize)]
struct ShowDocument {
    schema: u32,
    account: AccountJson,
    timeline: Vec<EntryJson>,
}

/// Shows an account's timeline.
pub fn run(args: &Args, command: &Show, output: &mut Output) -> Result<(), CliError> {
    let context = Context::load(args)?;
    let id = context.account(&command.account)?;
    let overview = context.overview(None)?;
    let Some(view) = overview.account(&id) else { return Ok(()) };
    let entries = context.read(|judge, tx| timeline(tx, &id, &judge.judged(tx)?, overview.as_of.time_zone()))?;
    if command.json {
        let timeline = entries.iter().map(EntryJson::new).collect();
        return output.json(&ShowDocument { schema: SCHEMA, account: AccountJson::new(view, &overview), timeline });
    }
    head(view, output)?;
    output.line("")?;
    for entry in &entries {
        output.wrapped(&format!("  {}  ", entry.on), 14, &for_the_person(&entry.what))?;
    }
    if entries.is_empty() {
        output.line("  Nothing has happened yet.")?;
    }
    output.line("")?;
    output.wrapped("Next: ", 6, &next_step(view, &overview))
}

fn head(view: &AccountView, output: &mut Output) -> Result<(), CliError> {
    let (account, status) = (&view.account, &view.status);
    let platform = match account.platform {
        Platform::Facebook => "Facebook",
        Platform::Instagram => "Instagram",
        Platform::Threads => "Threads",
        Platform::None => "no account (third-party form)",
    };
    let handle = account.handle.as_deref().map(|handle| format!(" {}", harmless(handle))).unwrap_or_default();
    let color = style(status.severity);
    output.wrapped("", 0, &format!("{} - {platform}{handle}", account.id))?;
    let since = status.since.map(|since| format!(" since {since}")).unwrap_or_default();
    output.line(format!(
        "{color}{} {}{color:#}{since}",
        sign(status.severity),
        state_in_words(Locale::of(Lang::En), status.state, status.severity)
    ))?;
    if let Some(deadline) = status.deadline_on {
        output.line(format!("Meta's deadline (Art. 12(3) GDPR): {deadline}"))?;
    }
    match status.coverage {
        Coverage::All => output.line("You objected before 2025-05-27, when training began: it covers everything."),
        Coverage::FutureOnly => output.wrapped(
            "",
            0,
            "You objected after training began on 2025-05-27: it covers what you post from then on.",
        ),
        Coverage::Unknown => Ok(()),
    }
}

impl EntryJson {
    fn new(entry: &Entry) -> EntryJson {
        EntryJson {
            at: time(entry.at),
            on: entry.on,
            what: entry.what.word(),
            text: for_the_person(&entry.what),
            message: entry.what.message(),
        }
    }
}
