//! `confirmd assign` and `confirmd dismiss`: the person settles a doubtful message. Remembered, and undoable.

use super::args::{Args, Assign, Dismiss};
use super::context::{CliError, Context};
use super::output::Output;
use crate::decide::ingest::Settlement;
use crate::decide::timeline::kind_in_words;
use crate::locale::say;
use crate::model::kind::Kind;
use crate::model::status::MessageNumber;

/// The message counts for this account.
pub fn assign(args: &Args, command: &Assign, output: &mut Output) -> Result<(), CliError> {
    let number = MessageNumber(command.message);
    let Some(account) = &command.account else { return undo(args, number, output) };
    let context = Context::load(args)?;
    let id = context.account(account)?;
    let kind = kind_of(&context, number)?;
    let locale = context.locale;
    settle(context, number, Some(&Settlement::Assigned(id.clone())))?;
    let said = kind_in_words(locale, kind);
    output.wrapped("", 0, &say!(locale, "settled-assigned", number = number.0, id = id.as_str(), kind = said))?;
    if kind == Kind::Unrecognised {
        output.wrapped("", 0, &say!(locale, "settled-unrecognised", id = id.as_str()))?;
    }
    output.wrapped("", 0, &say!(locale, "settled-take-back", number = number.0))
}

/// The message counts for nothing.
pub fn dismiss(args: &Args, command: &Dismiss, output: &mut Output) -> Result<(), CliError> {
    let number = MessageNumber(command.message);
    if command.undo {
        return undo(args, number, output);
    }
    let context = Context::load(args)?;
    kind_of(&context, number)?;
    let locale = context.locale;
    settle(context, number, Some(&Settlement::Dismissed))?;
    output.wrapped("", 0, &say!(locale, "settled-dismissed", number = number.0))
}

fn undo(args: &Args, number: MessageNumber, output: &mut Output) -> Result<(), CliError> {
    let context = Context::load(args)?;
    let settled = context.read(|_, tx| tx.find_settlement(number))?;
    if settled.is_none() {
        return Err(CliError::Usage(say!(context.locale, "cli-not-settled", number = number.0)));
    }
    let locale = context.locale;
    settle(context, number, None)?;
    output.wrapped("", 0, &say!(locale, "settled-undone", number = number.0))
}

fn settle(context: Context, number: MessageNumber, settlement: Option<&Settlement>) -> Result<(), CliError> {
    let (mut recorder, now) = context.recorder()?;
    Ok(recorder.on_settled(number, settlement, now.timestamp())?)
}

fn kind_of(context: &Context, number: MessageNumber) -> Result<Kind, CliError> {
    let judged = context.read(|judge, tx| judge.judged(tx))?;
    match judged.iter().find(|row| row.judged.number == number) {
        Some(row) => Ok(row.judged.kind),
        None => Err(CliError::Usage(say!(context.locale, "cli-no-message", number = number.0))),
    }
}
