//! `confirmd show`: one account's timeline, deadline and next step.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::args::{Args, Show};
use super::context::{CliError, Context};
use super::json::{AccountJson, SCHEMA, time};
use super::output::{Output, sign, style};
use crate::decide::advice::{next_step, state_in_words, via_in_words};
use crate::decide::ingest::Settlement;
use crate::decide::overview::{AccountView, Overview};
use crate::model::account::{AccountId, Platform};
use crate::model::attribution::Basis;
use crate::model::harmless::harmless;
use crate::model::kind::Kind;
use crate::model::objection::Coverage;
use crate::model::status::{MessageNumber, local_date};
use crate::model::transition::Subject;
use crate::store::{Tx, TxResult};

/// One thing that happened.
#[derive(Debug, Serialize)]
struct Entry {
    at: String,
    on: Date,
    what: &'static str,
    text: String,
    message: Option<MessageNumber>,
    #[serde(skip)]
    order: Timestamp,
}

#[derive(Serialize)]
struct ShowDocument {
    schema: u32,
    account: AccountJson,
    timeline: Vec<Entry>,
}

/// Shows an account's timeline.
pub fn run(args: &Args, command: &Show, output: &mut Output) -> Result<(), CliError> {
    let context = Context::load(args)?;
    let id = context.account(&command.account)?;
    let overview = context.overview(None)?;
    let Some(view) = overview.account(&id) else { return Ok(()) };
    let mut timeline = context.read(|judge, tx| timeline(tx, &id, &judge.judged(tx)?, &overview))?;
    timeline.sort_by_key(|entry| entry.order);
    if command.json {
        return output.json(&ShowDocument { schema: SCHEMA, account: AccountJson::new(view, &overview), timeline });
    }
    head(view, output)?;
    output.line("")?;
    for entry in &timeline {
        output.wrapped(&format!("  {}  ", entry.on), 14, &entry.text)?;
    }
    if timeline.is_empty() {
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
        state_in_words(status.state, status.severity)
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

fn timeline(
    tx: &Tx<'_>,
    id: &AccountId,
    judged: &[crate::store::verdict::JudgedRow],
    overview: &Overview,
) -> TxResult<Vec<Entry>> {
    let tz = overview.as_of.time_zone();
    let entry =
        |order: Timestamp, on: Date, what, text, message| Entry { at: time(order), on, what, text, message, order };
    let start = |on: Date| on.to_zoned_datetime(tz.clone()).map_or(Timestamp::UNIX_EPOCH, |start| start.timestamp());
    let mut entries = Vec::new();
    for row in tx.find_objections()?.into_iter().filter(|row| row.account == *id) {
        let text = format!("You objected {}.", via_in_words(row.objection.via));
        entries.push(entry(start(row.objection.on), row.objection.on, "objection", text, None));
    }
    for row in tx.find_confirmations()?.into_iter().filter(|row| row.account == *id) {
        let text = format!("You recorded a confirmation: {}", harmless(&row.note));
        entries.push(entry(start(row.on), row.on, "confirmation", text, None));
    }
    for row in judged {
        let Some(attributed) = row.judged.accounts.iter().find(|attributed| attributed.account == *id) else {
            continue;
        };
        let message = &row.judged;
        let how = match (attributed.basis, message.proof) {
            (Basis::User, _) => "vouched for by you".to_owned(),
            (_, Some(proof)) => format!("sender proven by {proof}"),
            (_, None) => "sender not proven".to_owned(),
        };
        let through = attributed.through.as_ref().map(|id| format!(", through {id}")).unwrap_or_default();
        let text = format!("{} Message {}, {how}{through}.", kind_in_words(message.kind), message.number);
        entries.push(entry(
            message.received_at,
            local_date(message.received_at, tz),
            "message",
            text,
            Some(message.number),
        ));
    }
    for (number, at, settlement) in tx.find_settlement_history()? {
        if settlement == Some(Settlement::Assigned(id.clone())) {
            let text = format!("You decided that message {number} belongs to this account.");
            entries.push(entry(at, local_date(at, tz), "settlement", text, Some(number)));
        }
    }
    for transition in tx.find_transitions(&Subject::Account(id.clone()))? {
        let text = match &transition.from {
            Some(from) if *from != transition.to => {
                format!("confirmd noticed: {from} is now {} ({}).", transition.to, transition.severity)
            }
            Some(_) => format!("confirmd noticed: {} is now {}.", transition.to, transition.severity),
            None => format!("confirmd began to watch: {}.", transition.to),
        };
        entries.push(entry(transition.at, local_date(transition.at, tz), "transition", text, None));
    }
    Ok(entries)
}

/// What a message of that kind says, as a sentence.
pub fn kind_in_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Code => "Meta sent a one-time code.",
        Kind::Receipt => "Meta received the objection.",
        Kind::Honoured => "Meta confirmed the objection.",
        Kind::InfoRequest => "Meta asks for more.",
        Kind::Refused => "Meta refuses the objection.",
        Kind::Notice => "Meta announced something; that is no confirmation.",
        Kind::Unrecognised => "Meta wrote in words that no rule knows.",
    }
}
