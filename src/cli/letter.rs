//! `confirmd letter`: the text of a reminder to Meta, or of a complaint to a supervisory authority.

use super::args::{Args, Letter};
use super::context::{CliError, Context};
use super::language::language;
use super::output::Output;
use super::timeline::{timeline, with_used_addresses};
use crate::decide::letter::{Block, Confirmed, Matter, letter};
use crate::decide::overview::observed_until;
use crate::locale::say;
use crate::model::status::local_date;

/// Writes the letter to stdout; nothing is sent.
pub fn run(args: &Args, command: &Letter, output: &mut Output) -> Result<(), CliError> {
    let context = Context::load(args)?;
    let id = context.account(&command.account)?;
    let overview = context.overview(None)?;
    let Some(view) = overview.account(&id) else { return Ok(()) };
    let tz = context.now.time_zone();
    let (account, entries) = context.read(|judge, tx| {
        let entries = timeline(tx, &id, &judge.judged(tx)?, tz)?;
        Ok((with_used_addresses(tx, &view.account, &entries)?, entries))
    })?;
    let health: Vec<_> = overview.mailboxes.iter().map(|view| (view.name.clone(), view.health.clone())).collect();
    let matter = Matter {
        account: &account,
        objection: view.objection,
        state: view.status.state,
        timeline: &entries,
        read_on: observed_until(&health).map(|at| local_date(at, tz)),
        today: context.now.date(),
    };
    let letter = letter(command.kind, language(args, &context.config), &matter).map_err(|Confirmed| {
        let locale = context.locale;
        CliError::Failed(match view.status.confirmed_on {
            Some(on) => say!(locale, "cli-no-letter-since", id = id.as_str(), day = locale.day(on)),
            None => say!(locale, "cli-no-letter", id = id.as_str()),
        })
    })?;
    blocks(&letter.blocks, output)?;
    output.line("")?;
    blocks(&letter.notes, output)
}

/// Blocks with an empty line between them, items of one list without.
fn blocks(blocks: &[Block], output: &mut Output) -> Result<(), CliError> {
    let mut before: Option<&Block> = None;
    for block in blocks {
        let in_list = matches!((before, block), (Some(Block::Item(_)), Block::Item(_)));
        if before.is_some() && !in_list {
            output.line("")?;
        }
        match block {
            Block::Item(text) => output.wrapped("- ", 2, text)?,
            Block::Paragraph(text) => {
                for line in text.lines() {
                    output.wrapped("", 0, line)?;
                }
            }
        }
        before = Some(block);
    }
    Ok(())
}
