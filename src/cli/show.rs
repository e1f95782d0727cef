//! `confirmd show`: one account's timeline, deadline and next step.

use jiff::civil::Date;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::args::{Args, Show};
use super::context::{CliError, Context};
use super::json::{AccountJson, SCHEMA, time};
use super::output::{Output, sign, style};
use super::timeline::timeline;
use crate::decide::advice::{next_step, state_in_words};
use crate::decide::overview::AccountView;
use crate::decide::timeline::{Entry, for_the_person};
use crate::locale::{Locale, say};
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
    let locale = context.locale;
    let today = overview.as_of.date();
    head(locale, view, today, output)?;
    output.line("")?;
    for entry in &entries {
        output.wrapped(&format!("  {}  ", locale.day(entry.on)), 14, &for_the_person(locale, &entry.what))?;
    }
    if entries.is_empty() {
        output.line(format!("  {}", say!(locale, "show-nothing-yet")))?;
    }
    output.line("")?;
    let next = say!(locale, "show-next");
    output.wrapped(&format!("{next} "), next.width() + 1, &next_step(locale, view, &overview))
}

fn head(locale: &Locale, view: &AccountView, today: Date, output: &mut Output) -> Result<(), CliError> {
    let (account, status) = (&view.account, &view.status);
    let platform = match account.platform {
        Platform::Facebook => "Facebook".to_owned(),
        Platform::Instagram => "Instagram".to_owned(),
        Platform::Threads => "Threads".to_owned(),
        Platform::None => say!(locale, "platform-none"),
    };
    let handle = account.handle.as_deref().map(|handle| format!(" {}", harmless(handle))).unwrap_or_default();
    let color = style(status.severity);
    output.wrapped("", 0, &format!("{} - {platform}{handle}", account.id))?;
    let state = state_in_words(locale, status.state, status.severity);
    let said = match status.since {
        Some(since) => {
            let day = format!("{} ({})", locale.day(since), locale.from_today(since, today));
            say!(locale, "show-since", state = state, day = day)
        }
        None => state,
    };
    output.wrapped(&format!("{color}{}{color:#} ", sign(status.severity)), 2, &said)?;
    if let Some(deadline) = status.deadline_on {
        let day = locale.day(deadline);
        output.wrapped(
            "",
            0,
            &match deadline >= today {
                true => say!(locale, "show-deadline-away", day = day, away = locale.from_today(deadline, today)),
                false => say!(locale, "show-deadline", day = day),
            },
        )?;
    }
    match status.coverage {
        Coverage::All => output.wrapped("", 0, &say!(locale, "show-covers-all")),
        Coverage::FutureOnly => output.wrapped("", 0, &say!(locale, "show-covers-future")),
        Coverage::Unknown => Ok(()),
    }
}

impl EntryJson {
    fn new(entry: &Entry) -> EntryJson {
        EntryJson {
            at: time(entry.at),
            on: entry.on,
            what: entry.what.word(),
            text: for_the_person(Locale::of(Lang::En), &entry.what),
            message: entry.what.message(),
        }
    }
}
