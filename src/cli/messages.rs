//! `confirmd messages`: recognised and doubtful messages; `--review` only those that need a person.

use std::collections::BTreeMap;

use unicode_width::UnicodeWidthStr;

use super::args::{Args, Messages};
use super::context::{CliError, Context};
use super::json::{MessageJson, MessagesDocument, SCHEMA, time};
use super::output::{Output, weight};
use crate::decide::advice::{claim_in_words, kind_in_a_word, proof_in_words, reason_in_words, review_advice};
use crate::decide::overview::{Overview, ReviewItem};
use crate::locale::{Locale, say};
use crate::model::account::AccountId;
use crate::model::attribution::Reason;
use crate::model::harmless::harmless_short;
use crate::model::mailbox::Place;
use crate::model::status::{MessageNumber, Severity, local_date};
use crate::store::verdict::JudgedRow;

/// Lists the messages.
pub fn run(args: &Args, command: &Messages, output: &mut Output) -> Result<(), CliError> {
    let context = Context::load(args)?;
    let overview = context.overview(None)?;
    let review: BTreeMap<MessageNumber, &ReviewItem> =
        overview.review.iter().map(|item| (item.message.number, item)).collect();
    let mut judged = context.read(|judge, tx| judge.judged(tx))?;
    if command.review {
        judged.retain(|row| review.contains_key(&row.judged.number));
    }
    if command.json {
        return output.json(&document(&context, &judged, &review)?);
    }
    if judged.is_empty() {
        let locale = context.locale;
        return output.line(match command.review {
            true => say!(locale, "messages-no-review"),
            false => say!(locale, "messages-none"),
        });
    }
    for row in &judged {
        entry(context.locale, row, review.get(&row.judged.number).copied(), &overview, output)?;
    }
    Ok(())
}

fn entry(
    locale: &Locale,
    row: &JudgedRow,
    review: Option<&ReviewItem>,
    overview: &Overview,
    output: &mut Output,
) -> Result<(), CliError> {
    let message = &row.judged;
    let on = local_date(message.received_at, overview.as_of.time_zone());
    let accounts: Vec<&str> = message.accounts.iter().map(|attributed| attributed.account.as_str()).collect();
    let proof = match message.proof {
        Some(proof) => proof_in_words(locale, proof),
        None => say!(locale, "messages-unproven"),
    };
    let whose = match (review, accounts.as_slice()) {
        (Some(item), _) => reason_in_words(locale, item.reason),
        (None, []) if message.settled => say!(locale, "messages-dismissed"),
        (None, []) => "-".to_owned(),
        (None, accounts) => accounts.join(", "),
    };
    let bold = weight(if review.is_some() { Severity::Warning } else { Severity::Ok });
    let kind = kind_in_a_word(locale, message.kind);
    let mut row = format!("{:>4}  {}  {kind}", message.number.0, locale.day(on));
    // Where that is the reason it is said once.
    if review.is_none_or(|item| item.reason != Reason::UnprovenSender) {
        row.push_str(&format!("  {proof}"));
    }
    if row.width() + 2 + whose.width() <= output.width() {
        output.line(format!("{row}  {bold}{whose}{bold:#}"))?;
    } else {
        output.line(row)?;
        output.wrapped("      ", 6, &whose)?;
    }
    output.wrapped("      ", 6, &harmless_short(&message.from, 200))?;
    output.wrapped("      ", 6, &harmless_short(&message.subject, 200))?;
    if let Some(item) = review {
        let step = format!("{} {}", claim_in_words(locale, message.kind), review_advice(locale, item));
        output.wrapped("    > ", 6, &step)?;
    }
    Ok(())
}

fn document(
    context: &Context,
    judged: &[JudgedRow],
    review: &BTreeMap<MessageNumber, &ReviewItem>,
) -> Result<MessagesDocument, CliError> {
    let (rows, places) = context.read(|_, tx| Ok((tx.find_messages()?, tx.find_places()?)))?;
    let rows: BTreeMap<MessageNumber, _> = rows.into_iter().map(|row| (row.number, row)).collect();
    let mut places_of: BTreeMap<MessageNumber, Vec<Place>> = BTreeMap::new();
    for (number, place) in places {
        places_of.entry(number).or_default().push(place);
    }
    let message = |judged: &JudgedRow| {
        let message = &judged.judged;
        let row = rows.get(&message.number);
        let accounts: Vec<AccountId> = message.accounts.iter().map(|attributed| attributed.account.clone()).collect();
        MessageJson {
            number: message.number,
            kind: message.kind,
            rule: judged.rule.clone(),
            language: judged.language.clone(),
            proof: message.proof,
            accounts,
            review: review.get(&message.number).map(|item| item.reason),
            from: message.from.clone(),
            subject: message.subject.clone(),
            message_id: row.and_then(|row| row.message_id.clone()),
            received_at: time(message.received_at),
            sha256: row.and_then(|row| row.sha256.clone()),
            places: places_of.remove(&message.number).unwrap_or_default(),
        }
    };
    Ok(MessagesDocument { schema: SCHEMA, messages: judged.iter().map(message).collect() })
}
