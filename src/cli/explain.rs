//! `confirmd explain`: why a message was judged as it was: who sent it, what it says, whose it is. What the rules found stands below that:
//! most readers want to know what counts, and only who writes rules reads on.

mod rules;

use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::args::{Args, Explain};
use super::context::{CliError, Context, load_config, load_rules, load_rules_without_config, now};
use super::json::{SCHEMA, time};
use super::language::{language, language_without_configuration};
use super::output::{Output, padded, sign, style};
use crate::config::ConfigError;
use crate::daemon::judge::Judge;
use crate::daemon::keys::DnsKeys;
use crate::decide::advice::{claim_in_words, kind_in_a_word, proof_in_words, reason_in_words, review_advice};
use crate::decide::ingest::{Verdict, judge, settled, unread};
use crate::decide::known::Judged;
use crate::decide::overview::ReviewItem;
use crate::decide::reasons::{check_in_words, condition_in_words, signal_in_words, weight_in_words};
use crate::decide::timeline::kind_in_words;
use crate::locale::{Locale, say};
use crate::mail;
use crate::model::account::AccountId;
use crate::model::attribution::Reason;
use crate::model::harmless::{harmless, harmless_short};
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
    locale: &'static Locale,
    tz: TimeZone,
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
    recognition(&explained, output)?;
    attribution(&explained, output)?;
    conclusion(&explained, output)?;
    rules::print(explained.locale, &explained.trials, command.all, output)
}

fn stored(args: &Args, number: MessageNumber) -> Result<Explained, CliError> {
    let context = Context::load(args)?;
    let (row, raw, header, settlement) = context.read(|_, tx| {
        Ok((tx.find_message(number)?, tx.find_raw(number)?, tx.find_header(number)?, tx.find_settlement(number)?))
    })?;
    let Some(row) = row else {
        return Err(CliError::Usage(say!(context.locale, "cli-no-message", number = number.0)));
    };
    let judge_ = &context.judge;
    let (message, unreadable) = match (&raw, &header) {
        (Some(raw), _) => read(raw),
        (None, Some(header)) => (mail::header_only(header), row.unread.clone()),
        (None, None) => (Message::default(), row.unread.clone()),
    };
    let mut explained = explain(judge_, context.locale, message, row.proof, unreadable);
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
    let tz = now.time_zone().clone();
    let (judge_, server, lang) = match load_config(args, &now) {
        Ok(config) => {
            let rules = load_rules(config.rules_dir.as_deref())?;
            let lang = language(args, &config);
            (Judge::new(&config, rules, tz, lang), config.dns.server, lang)
        }
        Err(ConfigError::Absent { .. }) => {
            (Judge::without_accounts(load_rules_without_config()?, tz), None, language_without_configuration(args))
        }
        Err(error) => return Err(error.into()),
    };
    let locale = Locale::of(lang);
    let (message, unreadable) = read(&raw);
    let received_at = message.received.or(message.date).unwrap_or_else(|| now.timestamp());
    let keys = DnsKeys::new(server);
    let is_meta = |domain: &str| judge_.rules.is_sender_domain(domain);
    let proof = mail::proof::prove(&raw, &message, &[], &keys, received_at, &is_meta);
    let mut explained = explain(&judge_, locale, message, proof, unreadable);
    explained.received_at = received_at;
    Ok(explained)
}

fn read(raw: &[u8]) -> (Message, Option<(Reason, String)>) {
    match mail::parse(raw) {
        Ok(message) => (message, None),
        Err(error) => (Message::default(), Some((Reason::Unreadable, error.to_string()))),
    }
}

fn explain(
    judge_: &Judge,
    locale: &'static Locale,
    message: Message,
    proof: SenderProof,
    unreadable: Option<(Reason, String)>,
) -> Explained {
    let believed = proof.proof.is_some();
    let trials = recognise(&judge_.rules, &message, believed).trials;
    let verdict = match unreadable {
        Some((reason, why)) => Some(unread(reason, &why)),
        None => judge(&message, &proof, judge_.policy.sender, &judge_.rules, &judge_.accounts),
    };
    let (received_at, tz) = (Timestamp::UNIX_EPOCH, judge_.tz.clone());
    Explained { number: None, message, received_at, proof, vouched: false, trials, verdict, locale, tz }
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
    let (locale, message) = (explained.locale, &explained.message);
    if let Some(number) = explained.number {
        output.line(say!(locale, "explain-message", number = number.0))?;
    }
    let to: Vec<&str> = message.to.iter().map(|to| to.addr.as_str()).collect();
    let at = explained.received_at.to_zoned_datetime(explained.tz.clone());
    let rows = [
        ("explain-from", harmless_short(&message.from_text, 200)),
        ("explain-to", harmless_short(&to.join(", "), 200)),
        ("explain-subject", harmless_short(&message.subject, 200)),
        ("explain-received", format!("{} {}", locale.day(at.date()), at.strftime("%H:%M (%:z)"))),
    ];
    let rows = rows.map(|(name, value)| (say!(locale, name), value));
    let width = rows.iter().map(|(name, _)| name.width()).max().unwrap_or(0);
    for (name, value) in rows {
        output.wrapped(&format!("{}  ", padded(&name, width)), width + 2, &value)?;
    }
    output.line("")
}

fn sender(explained: &Explained, output: &mut Output) -> Result<(), CliError> {
    let (locale, proof) = (explained.locale, &explained.proof);
    let text = match (proof.proof, &proof.domain) {
        (Some(how), Some(domain)) => {
            say!(locale, "explain-sender-of", domain = harmless(domain), proof = proof_in_words(locale, how))
        }
        (Some(how), None) => say!(locale, "explain-sender", proof = proof_in_words(locale, how)),
        (None, _) if proof.retry => say!(locale, "explain-sender-later"),
        (None, _) => say!(locale, "explain-sender-not"),
    };
    output.wrapped("", 0, &text)?;
    for check in &proof.checks {
        let (what, outcome) = check_in_words(locale, check);
        tick(check.proves, &format!("{}: {}", harmless(&what), harmless(&outcome)), output)?;
    }
    if proof.checks.is_empty() {
        output.wrapped("  ", 2, &say!(locale, "explain-no-checks"))?;
    }
    output.line("")
}

fn recognition(explained: &Explained, output: &mut Output) -> Result<(), CliError> {
    let locale = explained.locale;
    let label = format!("{} ", say!(locale, "explain-kind"));
    match &explained.verdict {
        Some(verdict) => {
            let says = if verdict.review.is_some() {
                claim_in_words(locale, verdict.kind)
            } else {
                kind_in_words(locale, verdict.kind)
            };
            let kind = kind_in_a_word(locale, verdict.kind);
            let kind = match verdict.rule.as_deref() {
                Some(rule) => say!(locale, "explain-kind-rule", kind = kind, rule = rule),
                None => kind,
            };
            let dash = if says.is_empty() { "" } else { " - " };
            output.wrapped(&label, label.width(), &format!("{kind}{dash}{says}"))?;
            for evidence in &verdict.evidence {
                show_evidence(locale, evidence, output)?;
            }
        }
        None => output.wrapped(&label, label.width(), &say!(locale, "explain-kind-none"))?,
    }
    output.line("")
}

fn show_evidence(locale: &Locale, evidence: &Evidence, output: &mut Output) -> Result<(), CliError> {
    let condition = condition_in_words(locale, &evidence.condition);
    let text = match &evidence.found {
        Some(found) => say!(locale, "explain-found", condition = condition, found = harmless_short(found, 160)),
        None => condition,
    };
    tick(evidence.holds, &text, output)
}

fn attribution(explained: &Explained, output: &mut Output) -> Result<(), CliError> {
    let Some(verdict) = &explained.verdict else { return Ok(()) };
    let locale = explained.locale;
    output.line(say!(locale, "explain-account"))?;
    let ids = |ids: &[AccountId]| ids.iter().map(AccountId::as_str).collect::<Vec<_>>().join(", ");
    for signal in &verdict.signals {
        let mut says = vec![weight_in_words(locale, signal.weight)];
        if !signal.supports.is_empty() {
            says.push(say!(locale, "explain-speaks-for", ids = ids(&signal.supports)));
        }
        if !signal.rules_out.is_empty() {
            says.push(say!(locale, "explain-rules-out", ids = ids(&signal.rules_out)));
        }
        let (name, value) = (signal_in_words(locale, &signal.name), harmless_short(&signal.value, 80));
        let text = match value.is_empty() {
            true => say!(locale, "explain-signal-absent", name = name, says = says.join("; ")),
            false => say!(locale, "explain-signal", name = name, value = value, says = says.join("; ")),
        };
        output.wrapped("  - ", 4, &text)?;
    }
    if verdict.signals.is_empty() {
        output.line(format!("  {}", say!(locale, "explain-nothing-weighed")))?;
    }
    output.line("")
}

fn conclusion(explained: &Explained, output: &mut Output) -> Result<(), CliError> {
    let locale = explained.locale;
    let Some(verdict) = &explained.verdict else {
        return output.wrapped("", 0, &say!(locale, "explain-nothing"));
    };
    if let Some(reason) = verdict.review {
        output.wrapped("", 0, &say!(locale, "explain-review", reason = reason_in_words(locale, reason)))?;
        return match explained.number {
            Some(number) => {
                output.wrapped("  > ", 4, &review_advice(locale, &item(explained, verdict, number, reason)))
            }
            None => Ok(()),
        };
    }
    let accounts: Vec<&str> = verdict.accounts.iter().map(|attributed| attributed.account.as_str()).collect();
    let ids = accounts.join(", ");
    let text = match (accounts.is_empty(), verdict.kind.changes_status(), explained.vouched) {
        (true, _, false) => say!(locale, "explain-nothing"),
        (true, _, true) => say!(locale, "explain-nothing-decided"),
        (false, false, false) => say!(locale, "explain-belongs", ids = ids),
        (false, false, true) => say!(locale, "explain-belongs-decided", ids = ids),
        (false, true, false) => say!(locale, "explain-counts", ids = ids),
        (false, true, true) => say!(locale, "explain-counts-decided", ids = ids),
    };
    output.wrapped("", 0, &text)
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
