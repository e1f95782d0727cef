//! `confirmd export`: an evidence bundle of one or several accounts, for an authority, a court, or the drawer.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::Timestamp;

use super::args::{Args, Export};
use super::context::{CliError, Context};
use super::language::language;
use super::output::Output;
use super::timeline::{doubtful, timeline, with_used_addresses};
use crate::decide::dossier::{AccountPart, Dossier, MessagePart, page, sentence};
use crate::decide::overview::{AccountView, Overview, observed_until};
use crate::decide::timeline::Entry;
use crate::evidence::record::{AccountRecord, EntryRecord, Keys, MessageKey, MessageRecord, SCHEMA, Timeline};
use crate::evidence::{Builder, DOSSIER, EvidenceError, KEYS, MESSAGES, TIMELINE};
use crate::locale::{Locale, say};
use crate::mail;
use crate::model::account::AccountId;
use crate::model::harmless::harmless;
use crate::model::language::Lang;
use crate::model::mailbox::Place;
use crate::model::proof::Proof;
use crate::model::status::MessageNumber;
use crate::store::verdict::JudgedRow;

/// Writes the bundle.
pub fn run(args: &Args, command: &Export, output: &mut Output) -> Result<(), CliError> {
    let context = Context::load(args)?;
    let lang = language(args, &context.config);
    let mut ids: Vec<AccountId> = Vec::new();
    for id in &command.accounts {
        let id = context.account(id)?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    // Before anything is read: a place that cannot be used is the more likely mistake.
    let mut builder = Builder::new(&command.out)?;
    let facts = facts(&context, &ids)?;
    let mut written = Written::default();
    for row in &facts.judged {
        if facts.concerns(&row.judged.number) {
            add_message(&context, row, &facts, &mut builder, &mut written)?;
        }
    }
    let read_until = facts.read_until;
    let made_by = format!("confirmd {}", env!("CARGO_PKG_VERSION"));
    let made_at = context.now.timestamp();
    let timeline = Timeline {
        schema: SCHEMA,
        // Whole seconds, as everywhere.
        made_at: Timestamp::from_second(made_at.as_second()).unwrap_or(made_at),
        made_by: made_by.clone(),
        language: lang,
        read_until,
        accounts: facts.accounts.iter().map(|(view, entries)| account_record(view, entries, lang)).collect(),
        messages: std::mem::take(&mut written.records),
    };
    let mut accounts = Vec::with_capacity(facts.accounts.len());
    for (view, timeline) in facts.accounts {
        let account = context.read(|_, tx| with_used_addresses(tx, &view.account, &timeline))?;
        accounts.push(AccountPart { account, objection: view.objection, status: view.status, timeline });
    }
    let dossier = Dossier {
        made_at: context.now.clone(),
        made_by,
        read_until,
        watches: !context.config.mailboxes.is_empty(),
        accounts,
        messages: std::mem::take(&mut written.parts),
    };
    builder.add(TIMELINE, &json(&timeline)?)?;
    builder.add(KEYS, &json(&Keys { schema: SCHEMA, keys: std::mem::take(&mut written.keys) })?)?;
    builder.add(DOSSIER, page(lang, &dossier).as_bytes())?;
    builder.finish()?;
    report(context.locale, &command.out, timeline.messages.len(), &written, output)
}

impl From<EvidenceError> for CliError {
    fn from(error: EvidenceError) -> CliError {
        match error {
            EvidenceError::Place { .. } => CliError::Usage(harmless(&error.to_string())),
            EvidenceError::Failed { .. } => CliError::Failed(harmless(&error.to_string())),
        }
    }
}

/// Everything but the messages' bytes, in one consistent snapshot.
struct Facts {
    accounts: Vec<(AccountView, Vec<Entry>)>,
    judged: Vec<JudgedRow>,
    places: Vec<(MessageNumber, Place)>,
    overview: Overview,
    read_until: Option<Timestamp>,
}

impl Facts {
    /// Whether the message belongs, or may belong, to one of the accounts.
    fn concerns(&self, number: &MessageNumber) -> bool {
        self.accounts.iter().any(|(_, entries)| entries.iter().any(|entry| entry.what.message() == Some(*number)))
    }

    fn ids(&self) -> BTreeSet<&AccountId> {
        self.accounts.iter().map(|(view, _)| &view.account.id).collect()
    }
}

fn facts(context: &Context, ids: &[AccountId]) -> Result<Facts, CliError> {
    let tz = context.now.time_zone();
    let facts = context.read(|judge, tx| {
        let known = judge.known(tx, context.now.timestamp())?;
        let overview = crate::decide::overview::overview(&known, &judge.policy, &context.now);
        let judged = judge.judged(tx)?;
        let mut accounts = Vec::new();
        for view in ids.iter().filter_map(|id| overview.account(id)) {
            let mut entries = timeline(tx, &view.account.id, &judged, tz)?;
            entries.extend(doubtful(&overview.review, &view.account.id, tz));
            entries.sort_by_key(|entry| entry.at);
            accounts.push((view.clone(), entries));
        }
        let read_until = observed_until(&known.mailboxes);
        Ok(Facts { accounts, judged, places: tx.find_places()?, overview, read_until })
    })?;
    Ok(facts)
}

/// What has been written of the messages.
#[derive(Default)]
struct Written {
    records: Vec<MessageRecord>,
    parts: Vec<MessagePart>,
    keys: Vec<MessageKey>,
    /// Proven by a signature whose key is not there any more.
    without_key: Vec<MessageNumber>,
}

/// Writes one message's file, and describes it for `timeline.json`, `keys.json` and the dossier. Its row, bytes and keys are read
/// together: a better copy may take their place at any time.
fn add_message(
    context: &Context,
    row: &JudgedRow,
    facts: &Facts,
    builder: &mut Builder,
    written: &mut Written,
) -> Result<(), CliError> {
    let judged = &row.judged;
    let number = judged.number;
    let (stored, raw, header, keys) = context.read(|_, tx| {
        Ok((tx.find_message(number)?, tx.find_raw(number)?, tx.find_header(number)?, tx.find_keys(number)?))
    })?;
    let Some(stored) = stored else { return Ok(()) };
    // Files are named after numbers, never after what a mail says.
    let (file, bytes) = match (&raw, &header) {
        (Some(raw), _) => (Some(format!("{MESSAGES}/{:04}.eml", number.0)), raw.as_slice()),
        (None, Some(header)) => (Some(format!("{MESSAGES}/{:04}.header.txt", number.0)), header.as_slice()),
        (None, None) => (None, &[][..]),
    };
    if let Some(file) = &file {
        builder.add(file, bytes)?;
    }
    let message = match (&raw, &header) {
        (Some(raw), _) => mail::parse(raw).ok(),
        (None, header) => header.as_deref().map(mail::header_only),
    };
    let of_bundle = facts.ids();
    let accounts: Vec<AccountId> = judged
        .accounts
        .iter()
        .map(|attributed| attributed.account.clone())
        .filter(|account| of_bundle.contains(account))
        .collect();
    let review = facts.overview.under_review(number).map(|item| item.reason);
    let sha256 = raw.as_deref().map(mail::sha256);
    let places = facts.places.iter().filter(|(of, _)| *of == number).map(|(_, place)| place.clone());
    if stored.proof.proof == Some(Proof::Dkim) && keys.is_empty() {
        written.without_key.push(number);
    }
    written.records.push(MessageRecord {
        number,
        file: file.clone(),
        size: bytes.len() as u64,
        sha256: sha256.clone(),
        kind: judged.kind,
        rule: row.rule.clone(),
        language: row.language.clone(),
        proof: judged.proof,
        sender_proof: stored.proof.proof,
        proof_domain: stored.proof.domain.clone(),
        proof_checks: stored.proof.checks.clone(),
        accounts: accounts.clone(),
        review,
        from: stored.from.clone(),
        subject: stored.subject.clone(),
        message_id: stored.message_id.clone(),
        received_at: stored.received_at,
        places: places.collect(),
    });
    written.keys.extend(keys.iter().map(|key| MessageKey {
        message: number,
        name: key.name.clone(),
        txt: key.txt.clone(),
        seen_at: key.seen_at,
    }));
    let to = message.iter().flat_map(|message| &message.to);
    written.parts.push(MessagePart {
        number,
        file,
        size: bytes.len() as u64,
        sha256,
        kind: judged.kind,
        accounts,
        review,
        vouched: judged.proof == Some(Proof::User),
        to: to.map(|address| address.addr.as_str()).collect::<Vec<_>>().join(", "),
        text: message.as_ref().and_then(|message| message.texts.first().cloned()),
        from: stored.from,
        subject: stored.subject,
        received_at: stored.received_at,
        unread: stored.unread.map(|(_, why)| why),
        proof: crate::model::proof::SenderProof { keys, ..stored.proof },
    });
    Ok(())
}

fn account_record(view: &AccountView, entries: &[Entry], lang: Lang) -> AccountRecord {
    let (account, status) = (&view.account, &view.status);
    let entry = |entry: &Entry| EntryRecord {
        at: entry.at,
        on: entry.on,
        what: entry.what.word().to_owned(),
        text: sentence(lang, &entry.what),
        message: entry.what.message(),
    };
    AccountRecord {
        id: account.id.clone(),
        platform: account.platform,
        handle: account.handle.clone(),
        display_name: account.display_name.clone(),
        emails: account.emails.clone(),
        state: status.state,
        severity: status.severity,
        objected_on: view.objection.map(|objection| objection.on),
        via: view.objection.map(|objection| objection.via),
        confirmed_on: status.confirmed_on,
        basis: status.basis,
        through: status.through.clone(),
        coverage: status.coverage,
        warn_on: status.warn_on,
        deadline_on: status.deadline_on,
        timeline: entries.iter().map(entry).collect(),
    }
}

fn json(document: &impl serde::Serialize) -> Result<Vec<u8>, CliError> {
    let mut text = serde_json::to_vec_pretty(document).map_err(|error| CliError::Failed(error.to_string()))?;
    text.push(b'\n');
    Ok(text)
}

fn report(
    locale: &Locale,
    out: &Path,
    messages: usize,
    written: &Written,
    output: &mut Output,
) -> Result<(), CliError> {
    let out = harmless(&out.display().to_string());
    // Paths are copied from here, so that these lines are broken by the terminal alone.
    output.line(say!(locale, "export-wrote", out = out.as_str(), count = messages, page = DOSSIER))?;
    if !written.without_key.is_empty() {
        let numbers: Vec<String> = written.without_key.iter().map(ToString::to_string).collect();
        let (count, numbers) = (numbers.len(), locale.listed(&numbers, "and"));
        output.remark(&say!(locale, "export-without-key", count = count, numbers = numbers));
    }
    output.line(say!(locale, "export-verify", out = out.as_str()))
}
