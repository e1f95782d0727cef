//! `confirmd verify`: whether an evidence bundle is as it was exported, and whether its messages' signatures are valid. It needs no
//! configuration, no database and no network, and may be given a bundle by anybody.

use std::path::Path;
use std::process::ExitCode;

use super::args::{Args, Verify};
use super::context::CliError;
use super::language::locale;
use super::output::{Output, sign, style, weight};
use crate::decide::reasons::outcome_in_words;
use crate::evidence::record::{MessageKey, MessageRecord, read_keys, read_timeline};
use crate::evidence::{CheckedFile, FileVerdict, KEYS, TIMELINE, check, read_file};
use crate::locale::{Locale, say};
use crate::mail;
use crate::mail::proof::StoredKeys;
use crate::model::harmless::{harmless, harmless_short};
use crate::model::proof::{KeyRecord, Proof};
use crate::model::status::Severity;

/// A mail server passes on a tenth of this; more is not read into memory.
const MAX_MESSAGE: u64 = 512 << 20;
const MAX_JSON: u64 = 256 << 20;

/// Checks the bundle. Exit code 1 where something is wrong.
pub fn run(args: &Args, command: &Verify, output: &mut Output) -> Result<ExitCode, CliError> {
    let files = check(&command.dir)?;
    let locale = locale(args);
    output.line(say!(locale, "verify-files"))?;
    let mut wrong = 0;
    for file in &files {
        let (fine, verdict) = file_words(locale, &file.verdict);
        wrong += usize::from(!fine);
        let severity = if fine { Severity::Ok } else { Severity::Critical };
        finding(severity, &format!("{}: {verdict}", harmless_short(&file.name, 200)), output)?;
    }
    output.line("")?;
    output.line(say!(locale, "verify-senders"))?;
    wrong += messages(locale, &command.dir, &files, output)?;
    output.line("")?;
    conclusion(locale, wrong, output)?;
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn file_words(locale: &Locale, verdict: &FileVerdict) -> (bool, String) {
    match verdict {
        FileVerdict::Ok => (true, say!(locale, "verify-ok")),
        FileVerdict::Changed => (false, say!(locale, "verify-changed")),
        FileVerdict::Missing => (false, say!(locale, "verify-missing")),
        FileVerdict::Added => (false, say!(locale, "verify-added")),
        FileVerdict::Unknown(why) => (false, harmless(&locale.fault(why))),
    }
}

/// Checks each message; how many are wrong.
fn messages(locale: &Locale, dir: &Path, files: &[CheckedFile], output: &mut Output) -> Result<usize, CliError> {
    let timeline = match read_json(locale, dir, files, TIMELINE, read_timeline) {
        Ok(timeline) => timeline,
        Err(why) => {
            finding(Severity::Critical, &say!(locale, "verify-no-message", why = why), output)?;
            return Ok(1);
        }
    };
    let mut wrong = 0;
    let keys = match read_json(locale, dir, files, KEYS, read_keys) {
        Ok(keys) => keys.keys,
        Err(why) => {
            finding(Severity::Critical, &say!(locale, "verify-no-key", why = why), output)?;
            wrong += 1;
            Vec::new()
        }
    };
    if timeline.messages.is_empty() {
        finding(Severity::Info, &say!(locale, "verify-no-messages"), output)?;
    }
    for record in &timeline.messages {
        let sender = sender_of(locale, dir, files, record, &keys);
        wrong += usize::from(sender.severity == Severity::Critical);
        let words = match record.proof {
            Some(Proof::User) => say!(locale, "verify-vouched", words = sender.words),
            Some(Proof::Dkim | Proof::Authserv) | None => sender.words,
        };
        finding(sender.severity, &say!(locale, "verify-message", number = record.number.0, words = words), output)?;
    }
    Ok(wrong)
}

/// What can be said about a message's sender now.
struct Sender {
    severity: Severity,
    words: String,
}

fn sender_of(
    locale: &Locale,
    dir: &Path,
    files: &[CheckedFile],
    record: &MessageRecord,
    keys: &[MessageKey],
) -> Sender {
    let said = |severity, name: &str| Sender { severity, words: say!(locale, name) };
    let bad = |words: String| Sender { severity: Severity::Critical, words };
    let (Some(file), Some(sha256)) = (&record.file, &record.sha256) else {
        return said(Severity::Info, "verify-was-unread");
    };
    let raw = match read(locale, dir, files, file, MAX_MESSAGE) {
        Ok(raw) => raw,
        Err(why) => return bad(why),
    };
    if mail::sha256(&raw) != *sha256 {
        return bad(say!(locale, "verify-other-message", file = file.as_str(), timeline = TIMELINE));
    }
    let Ok(message) = mail::parse(&raw) else {
        return match record.sender_proof {
            None => said(Severity::Info, "verify-unreadable-unproven"),
            Some(_) => bad(say!(locale, "verify-unreadable")),
        };
    };
    let of_message = keys.iter().filter(|key| key.message == record.number);
    let stored: StoredKeys = of_message
        .map(|key| KeyRecord { name: key.name.clone(), txt: key.txt.clone(), seen_at: key.seen_at })
        .collect();
    // Whose domain it is was judged by the rules of that time; here only the signature counts.
    let proof = mail::proof::prove(&raw, &message, &[], &stored, record.received_at, &|_| true);
    let valid = proof.proof == Some(Proof::Dkim);
    let domain = harmless(proof.domain.as_deref().unwrap_or_default());
    if valid && record.sender_proof.is_some() && proof.domain != record.proof_domain {
        return bad(say!(locale, "verify-other-sender", domain = domain, timeline = TIMELINE));
    }
    match record.sender_proof {
        Some(_) if valid => Sender { severity: Severity::Ok, words: say!(locale, "verify-valid", domain = domain) },
        Some(Proof::Dkim) => {
            let why = proof.checks.iter().find(|check| !check.proves).map(|check| check.outcome.as_str());
            let why = outcome_in_words(locale, &harmless_short(why.unwrap_or("there is none"), 300));
            bad(say!(locale, "verify-invalid", why = why))
        }
        Some(Proof::Authserv | Proof::User) => said(Severity::Info, "verify-by-host"),
        None => said(Severity::Info, "verify-unproven"),
    }
}

/// Reads a file that the checksums know. Others are not this bundle's.
fn read(locale: &Locale, dir: &Path, files: &[CheckedFile], name: &str, most: u64) -> Result<Vec<u8>, String> {
    let known = files.iter().find(|file| file.name == name).map(|file| &file.verdict);
    match known {
        Some(FileVerdict::Ok | FileVerdict::Changed) => read_file(dir, name, most).map_err(|error| {
            say!(locale, "verify-file-unreadable", file = name, error = locale.fault(&error.to_string()))
        }),
        Some(FileVerdict::Missing) => Err(say!(locale, "verify-file-missing", file = name)),
        Some(FileVerdict::Added | FileVerdict::Unknown(_)) | None => {
            Err(say!(locale, "verify-file-foreign", file = harmless_short(name, 200)))
        }
    }
}

fn read_json<T>(
    locale: &Locale,
    dir: &Path,
    files: &[CheckedFile],
    name: &str,
    parse: fn(&[u8]) -> Result<T, String>,
) -> Result<T, String> {
    let bytes = read(locale, dir, files, name, MAX_JSON)?;
    parse(&bytes).map_err(|why| format!("{name} {why}"))
}

fn conclusion(locale: &Locale, wrong: usize, output: &mut Output) -> Result<(), CliError> {
    let (severity, text) = match wrong {
        0 => (Severity::Ok, say!(locale, "verify-fine")),
        wrong => (Severity::Critical, say!(locale, "verify-wrong", count = wrong)),
    };
    let bold = weight(severity);
    output.line(format!("{bold}{text}{bold:#}"))?;
    output.wrapped("", 0, &say!(locale, "verify-note"))
}

fn finding(severity: Severity, text: &str, output: &mut Output) -> Result<(), CliError> {
    let color = style(severity);
    output.wrapped(&format!("  {color}{}{color:#} ", sign(severity)), 4, text)
}
