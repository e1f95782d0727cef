//! `confirmd objected` and `confirmd confirmed`: what the person did and saw.

use jiff::civil::Date;

use super::args::{Args, Confirmed, Objected};
use super::context::{CliError, Context};
use super::output::Output;
use crate::decide::advice::{next_step, via_in_words};
use crate::locale::{Locale, say};
use crate::model::objection::Objection;

/// Records an objection.
pub fn objected(args: &Args, command: &Objected, output: &mut Output) -> Result<(), CliError> {
    let context = Context::load(args)?;
    let id = context.account(&command.account)?;
    let on = not_in_the_future(command.on, context.now.date(), context.locale)?;
    let objection = Objection { on, via: command.via };
    let locale = context.locale;
    let (mut recorder, now) = context.recorder()?;
    recorder.on_objected(&id, objection, now.timestamp())?;
    let via = via_in_words(locale, command.via);
    output.wrapped("", 0, &say!(locale, "recorded-objection", id = id.as_str(), day = locale.day(on), via = via))?;
    match recorder.overview().and_then(|overview| Some((overview, overview.account(&id)?))) {
        Some((overview, view)) => output.wrapped("", 0, &next_step(locale, view, overview)),
        None => Ok(()),
    }
}

/// Records a confirmation seen elsewhere.
pub fn confirmed(args: &Args, command: &Confirmed, output: &mut Output) -> Result<(), CliError> {
    let context = Context::load(args)?;
    let id = context.account(&command.account)?;
    let on = not_in_the_future(command.on, context.now.date(), context.locale)?;
    let note = command.note.trim();
    if note.is_empty() {
        return Err(CliError::Usage(say!(context.locale, "cli-no-note")));
    }
    let locale = context.locale;
    let (mut recorder, now) = context.recorder()?;
    recorder.on_confirmed(&id, on, note, now.timestamp())?;
    output.wrapped("", 0, &say!(locale, "recorded-confirmation", id = id.as_str(), day = locale.day(on)))
}

fn not_in_the_future(on: Option<Date>, today: Date, locale: &Locale) -> Result<Date, CliError> {
    match on {
        None => Ok(today),
        Some(on) if on <= today => Ok(on),
        Some(on) => Err(CliError::Usage(say!(locale, "cli-future", day = locale.day(on), today = locale.day(today)))),
    }
}
