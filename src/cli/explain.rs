//! `confirmd explain`: why a message was judged as it was: who sent it, what it says, whose it is.

use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;

use super::args::{Args, Explain};
use super::context::{CliError, Context, load_config, load_rules, now};
use super::json::{SCHEMA, time};
use super::output::{Output, sign, style};
use crate::config::ConfigError;
use crate::daemon::judge::Judge;
use crate::daemon::keys::DnsKeys;
use crate::decide::advice::{claim_in_words, reason_in_words, review_advice};
use crate::decide::ingest::{Verdict, judge, settled, unread};
use crate::decide::overview::{Judged, ReviewItem};
use crate::decide::timeline::kind_in_words;
use crate::locale::Locale;
use crate::mail;
use crate::model::attribution::Reason;
use crate::model::harmless::{harmless, harmless_short};
use crate::model::language::Lang;
use crate::model::message::Message;
use crate::model::proof::{Proof, SenderProof};
use crate::model::recognition::Evidence;
use crate::model::status::{MessageNumber, Severity};
use crate::rules::{Trial, recognise};

/// Everything known about one message.
struct Explained {
    number: Option<MessageNumber>,
    message: Message,
    received_at: Timestamp,
    proof: SenderProof,
    vouched: bool,
    trials: Vec<Trial>,
    verdict: Option<Verdict>,
}

#[derive(Serialize)]
struct ExplainDocument<'a> {
    schema: u32,
    message: Option<MessageNumber>,
    from: &'a str,
    to: Vec<&'a str>,
    subject: &'a str,
    received_at: String,
    proof: Option<Proof>,
    proof_domain: Option<&'a str>,
    proof_checks: &'a [crate::model::proof::Check],
    verdict: Option<&'a Verdict>,
    rules: Vec<TrialJson<'a>>,
}

#[derive(Serialize)]
struct TrialJson<'a> {
    rule: &'a str,
    kind: crate::model::kind::Kind,
    language: &'a str,
    holds: bool,
    conditions: &'a [Evidence],
}

impl<'a> TrialJson<'a> {
    fn new(trial: &'a Trial) -> TrialJson<'a> {
        let Trial { rule, kind, language, holds, conditions, .. } = trial;
        TrialJson { rule, kind: *kind, language, holds: *holds, conditions }
    }
}

/// Explains a stored message or a mail file.
pub fn run(args: &Args, command: &Explain, output: &mut Output) -> Result<(), CliError> {
    let explained = match command.what.parse::<i64>() {
        Ok(number) => stored(args, MessageNumber(number))?,
        Err(_) => file(args, Path::new(&command.what))?,
    };
    if command.json {
        return output.json(&document(&explained));
    }
    head(&explained, output)?;
    sender(&explained, output)?;
    recognition(&explained, command.all, output)?;
    attribution(&explained, output)?;
    conclusion(&explained, output)
}

fn stored(args: &Args, number: MessageNumber) -> Result<Explained, CliError> {
    let context = Context::load(args)?;
    let (row, raw, header, settlement) = context.read(|_, tx| {
        Ok((tx.find_message(number)?, tx.find_raw(number)?, tx.find_header(number)?, tx.find_settlement(number)?))
    })?;
    let Some(row) = row else {
        return Err(CliError::Usage(format!("there is no message {number}; see `confirmd messages`")));
    };
    let judge_ = &context.judge;
    let (message, unreadable) = match (&raw, &header) {
        (Some(raw), _) => read(raw),
        (None, Some(header)) => (mail::header_only(header), row.unread.clone()),
        (None, None) => (Message::default(), row.unread.clone()),
    };
    let mut explained = explain(judge_, message, row.proof, unreadable);
    explained.verdict = explained.verdict.map(|verdict| settled(verdict, settlement.as_ref(), &judge_.accounts));
    explained.vouched = settlement.is_some();
    explained.number = Some(number);
    explained.received_at = row.received_at;
    Ok(explained)
}

/// A mail file needs no configuration: without one there are no accounts to attribute it to, and the shipped rules apply.
fn file(args: &Args, path: &Path) -> Result<Explained, CliError> {
    let now = now();
    let raw = std::fs::read(path).map_err(|error| {
        CliError::Failed(format!("{}: cannot be read: {error}", harmless(&path.display().to_string())))
    })?;
    let (judge_, server) = match load_config(args, &now) {
        Ok(config) => {
            let rules = load_rules(config.rules_dir.as_deref())?;
            (Judge::new(&config, rules, now.time_zone().clone()), config.dns.server)
        }
        Err(ConfigError::Absent { .. }) => (Judge::without_accounts(load_rules(None)?, now.time_zone().clone()), None),
        Err(error) => return Err(error.into()),
    };
    let (message, unreadable) = read(&raw);
    let received_at = message.received.or(message.date).unwrap_or_else(|| now.timestamp());
    let keys = DnsKeys::new(server);
    let is_meta = |domain: &str| judge_.rules.is_sender_domain(domain);
    let proof = mail::proof::prove(&raw, &message, &[], &keys, received_at, &is_meta);
    let mut explained = explain(&judge_, message, proof, unreadable);
    explained.received_at = received_at;
    Ok(explained)
}

fn read(raw: &[u8]) -> (Message, Option<(Reason, String)>) {
    match mail::parse(raw) {
        Ok(message) => (message, None),
        Err(error) => (Message::default(), Some((Reason::Unreadable, error.to_string()))),
    }
}

fn explain(judge_: &Judge, message: Message, proof: SenderProof, unreadable: Option<(Reason, String)>) -> Explained {
    let believed = proof.proof.is_some();
    let trials = recognise(&judge_.rules, &message, believed).trials;
    let verdict = match unreadable {
        Some((reason, why)) => Some(unread(reason, &why)),
        None => judge(&message, &proof, judge_.policy.sender, &judge_.rules, &judge_.accounts),
    };
    Explained { number: None, message, received_at: Timestamp::UNIX_EPOCH, proof, vouched: false, trials, verdict }
}

fn document(explained: &Explained) -> ExplainDocument<'_> {
    ExplainDocument {
        schema: SCHEMA,
        message: explained.number,
        from: &explained.message.from_text,
        to: explained.message.to.iter().map(|to| to.addr.as_str()).collect(),
        subject: &explained.message.subject,
        received_at: time(explained.received_at),
        proof: explained.proof.proof,
        proof_domain: explained.proof.domain.as_deref(),
        proof_checks: &explained.proof.checks,
        verdict: explained.verdict.as_ref(),
        rules: explained.trials.iter().map(TrialJson::new).collect(),
    }
}

fn head(explained: &Explained, output: &mut Output) -> Result<(), CliError> {
    let message = &explained.message;
    if let Some(number) = explained.number {
        output.line(format!("Message {number}"))?;
    }
    let to: Vec<&str> = message.to.iter().map(|to| to.addr.as_str()).collect();
    output.line(format!("From      {}", harmless_short(&message.from_text, 68)))?;
    output.line(format!("To        {}", harmless_short(&to.join(", "), 68)))?;
    output.line(format!("Subject   {}", harmless_short(&message.subject, 68)))?;
    output.line(format!("Received  {}", time(explained.received_at)))?;
    output.line("")
}

fn sender(explained: &Explained, output: &mut Output) -> Result<(), CliError> {
    let proof = &explained.proof;
    match (proof.proof, &proof.domain) {
        (Some(how), Some(domain)) => output.line(format!("Sender: {} proven by {how}", harmless(domain)))?,
        (Some(how), None) => output.line(format!("Sender: proven by {how}"))?,
        (None, _) if proof.retry => {
            output.line("Sender: not proven yet, DNS could not answer; it will be asked again")?;
        }
        (None, _) => output.line("Sender: not proven")?,
    }
    for check in &proof.checks {
        tick(check.proves, &format!("{}: {}", harmless(&check.what), harmless(&check.outcome)), output)?;
    }
    if proof.checks.is_empty() {
        output.line("  There is no signature and no note of the own mail host's that could prove it.")?;
    }
    output.line("")
}

fn recognition(explained: &Explained, all: bool, output: &mut Output) -> Result<(), CliError> {
    match &explained.verdict {
        Some(verdict) => {
            let rule = verdict.rule.as_deref().map(|rule| format!(" (rule {rule})")).unwrap_or_default();
            let says = if verdict.review.is_some() {
                claim_in_words(Locale::of(Lang::En), verdict.kind)
            } else {
                kind_in_words(Locale::of(Lang::En), verdict.kind)
            };
            let dash = if says.is_empty() { "" } else { " - " };
            output.wrapped("Kind: ", 6, &format!("{}{rule}{dash}{says}", verdict.kind))?;
            for evidence in &verdict.evidence {
                show_evidence(evidence, output)?;
            }
        }
        None => output.line("Kind: none; no rule matches, it has nothing to do with an objection")?,
    }
    if all {
        for trial in &explained.trials {
            output.line(format!(
                "  rule {} ({}): {}",
                trial.rule,
                trial.kind,
                if trial.holds { "matches" } else { "does not match" }
            ))?;
            for evidence in &trial.conditions {
                show_evidence(evidence, output)?;
            }
        }
    } else if explained.verdict.as_ref().is_none_or(|verdict| verdict.rule.is_none()) {
        output.line("  (every rule with every condition: --all)")?;
    }
    output.line("")
}

fn show_evidence(evidence: &Evidence, output: &mut Output) -> Result<(), CliError> {
    let found =
        evidence.found.as_deref().map(|found| format!(": \"{}\"", harmless_short(found, 160))).unwrap_or_default();
    tick(evidence.holds, &format!("{}{found}", evidence.condition), output)
}

fn attribution(explained: &Explained, output: &mut Output) -> Result<(), CliError> {
    let Some(verdict) = &explained.verdict else { return Ok(()) };
    output.line("Account:")?;
    for signal in &verdict.signals {
        let ids = |ids: &[crate::model::account::AccountId]| {
            ids.iter().map(crate::model::account::AccountId::as_str).collect::<Vec<_>>().join(", ")
        };
        let mut says = Vec::new();
        if !signal.supports.is_empty() {
            says.push(format!("speaks for {}", ids(&signal.supports)));
        }
        if !signal.rules_out.is_empty() {
            says.push(format!("rules out {}", ids(&signal.rules_out)));
        }
        if says.is_empty() {
            says.push("says nothing".to_owned());
        }
        let text = format!("{} \"{}\" {}", signal.name, harmless_short(&signal.value, 80), says.join(", "));
        output.wrapped("  - ", 4, &text)?;
    }
    if verdict.signals.is_empty() {
        output.line("  nothing was weighed")?;
    }
    output.line("")
}

fn conclusion(explained: &Explained, output: &mut Output) -> Result<(), CliError> {
    let Some(verdict) = &explained.verdict else {
        return output.line("So: it changes nothing.");
    };
    if let Some(reason) = verdict.review {
        let color = style(Severity::Warning);
        output.line(format!(
            "{color}So: it is up for review ({}) and changes nothing.{color:#}",
            reason_in_words(Locale::of(Lang::En), reason)
        ))?;
        return match explained.number {
            Some(number) => output.wrapped(
                "  > ",
                4,
                &review_advice(Locale::of(Lang::En), &item(explained, verdict, number, reason)),
            ),
            None => Ok(()),
        };
    }
    let accounts: Vec<&str> = verdict.accounts.iter().map(|attributed| attributed.account.as_str()).collect();
    let by_whom = if explained.vouched { ", as you decided" } else { "" };
    match (accounts.as_slice(), verdict.kind.changes_status()) {
        ([], _) => output.line(format!("So: it changes nothing{by_whom}.")),
        (accounts, false) => {
            output.line(format!("So: it belongs to {} and changes nothing{by_whom}.", accounts.join(", ")))
        }
        (accounts, true) => output.line(format!("So: it counts for {}{by_whom}.", accounts.join(", "))),
    }
}

fn item(explained: &Explained, verdict: &Verdict, number: MessageNumber, reason: Reason) -> ReviewItem {
    ReviewItem {
        reason,
        message: Judged {
            number,
            kind: verdict.kind,
            proof: explained.proof.proof,
            accounts: Vec::new(),
            review: Some(reason),
            candidates: verdict.candidates.clone(),
            settled: false,
            from: explained.message.from_text.clone(),
            subject: explained.message.subject.clone(),
            received_at: explained.received_at,
        },
    }
}

fn tick(holds: bool, text: &str, output: &mut Output) -> Result<(), CliError> {
    let severity = if holds { Severity::Ok } else { Severity::Info };
    let color = style(severity);
    let mark = if holds { sign(Severity::Ok) } else { "-" };
    output.wrapped(&format!("  {color}{mark}{color:#} "), 4, text)
}
