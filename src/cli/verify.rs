//! `confirmd verify`: whether an evidence bundle is as it was exported, and whether its messages' signatures are valid. It needs no
//! configuration, no database and no network, and may be given a bundle by anybody.

use std::path::Path;
use std::process::ExitCode;

use super::args::{Args, Verify};
use super::context::CliError;
use super::output::{Output, sign, style};
use crate::evidence::record::{MessageKey, MessageRecord, read_keys, read_timeline};
use crate::evidence::{CheckedFile, FileVerdict, KEYS, TIMELINE, check, read_file};
use crate::mail;
use crate::mail::proof::StoredKeys;
use crate::model::harmless::{harmless, harmless_short};
use crate::model::proof::{KeyRecord, Proof};
use crate::model::status::Severity;

/// A mail server passes on a tenth of this; more is not read into memory.
const MAX_MESSAGE: u64 = 512 << 20;
const MAX_JSON: u64 = 256 << 20;

/// Checks the bundle. Exit code 1 where something is wrong.
pub fn run(_args: &Args, command: &Verify, output: &mut Output) -> Result<ExitCode, CliError> {
    let files = check(&command.dir)?;
    output.line("Files, by SHA256SUMS:")?;
    let mut wrong = 0;
    for file in &files {
        let (fine, verdict) = file_words(&file.verdict);
        wrong += usize::from(!fine);
        let severity = if fine { Severity::Ok } else { Severity::Critical };
        finding(severity, &format!("{}: {verdict}", harmless_short(&file.name, 200)), output)?;
    }
    output.line("")?;
    output.line("Senders, by the messages themselves:")?;
    wrong += messages(&command.dir, &files, output)?;
    output.line("")?;
    conclusion(wrong, output)?;
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn file_words(verdict: &FileVerdict) -> (bool, String) {
    match verdict {
        FileVerdict::Ok => (true, "ok".to_owned()),
        FileVerdict::Changed => (false, "changed".to_owned()),
        FileVerdict::Missing => (false, "missing".to_owned()),
        FileVerdict::Added => (false, "added".to_owned()),
        FileVerdict::Unknown(why) => (false, harmless(why)),
    }
}

/// Checks each message; how many are wrong.
fn messages(dir: &Path, files: &[CheckedFile], output: &mut Output) -> Result<usize, CliError> {
    let timeline = match read_json(dir, files, TIMELINE, read_timeline) {
        Ok(timeline) => timeline,
        Err(why) => {
            finding(Severity::Critical, &format!("no message can be checked: {why}"), output)?;
            return Ok(1);
        }
    };
    let mut wrong = 0;
    let keys = match read_json(dir, files, KEYS, read_keys) {
        Ok(keys) => keys.keys,
        Err(why) => {
            finding(Severity::Critical, &format!("no key can be used: {why}"), output)?;
            wrong += 1;
            Vec::new()
        }
    };
    if timeline.messages.is_empty() {
        finding(Severity::Info, "there are no messages in this bundle", output)?;
    }
    for record in &timeline.messages {
        let sender = sender_of(dir, files, record, &keys);
        wrong += usize::from(sender.severity == Severity::Critical);
        let vouched = if record.proof == Some(Proof::User) { "; vouched for by the person" } else { "" };
        finding(sender.severity, &format!("message {}: {}{vouched}", record.number, sender.words), output)?;
    }
    Ok(wrong)
}

/// What can be said about a message's sender now.
struct Sender {
    severity: Severity,
    words: String,
}

fn sender_of(dir: &Path, files: &[CheckedFile], record: &MessageRecord, keys: &[MessageKey]) -> Sender {
    let said = |severity, words: &str| Sender { severity, words: words.to_owned() };
    let bad = |words: String| Sender { severity: Severity::Critical, words };
    let (Some(file), Some(sha256)) = (&record.file, &record.sha256) else {
        return said(Severity::Info, "was not read when it came, so there is no signature to check");
    };
    let raw = match read(dir, files, file, MAX_MESSAGE) {
        Ok(raw) => raw,
        Err(why) => return bad(why),
    };
    if mail::sha256(&raw) != *sha256 {
        return bad(format!("{file} is not the message that {TIMELINE} describes"));
    }
    let Ok(message) = mail::parse(&raw) else {
        return match record.sender_proof {
            None => said(Severity::Info, "cannot be read; its sender was not proven"),
            Some(_) => bad("signature not valid: the message cannot be read".to_owned()),
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
    match record.sender_proof {
        _ if valid && record.sender_proof.is_some() && proof.domain != record.proof_domain => {
            bad(format!("signature valid, but of {domain}, which is not the sender that {TIMELINE} names"))
        }
        Some(Proof::Dkim) if valid => said(Severity::Ok, &format!("signature of {domain} valid with the stored key")),
        Some(Proof::Dkim) => {
            let why = proof.checks.iter().find(|check| !check.proves).map(|check| check.outcome.as_str());
            bad(format!("signature not valid: {}", harmless_short(why.unwrap_or("there is none"), 300)))
        }
        Some(Proof::Authserv | Proof::User) => {
            said(Severity::Info, "proven by the mail host's note only, which cannot be checked offline")
        }
        None => said(Severity::Info, "sender not proven, neither when it came nor now"),
    }
}

/// Reads a file that the checksums know. Others are not this bundle's.
fn read(dir: &Path, files: &[CheckedFile], name: &str, most: u64) -> Result<Vec<u8>, String> {
    let known = files.iter().find(|file| file.name == name).map(|file| &file.verdict);
    match known {
        Some(FileVerdict::Ok | FileVerdict::Changed) => {
            read_file(dir, name, most).map_err(|error| format!("{name} cannot be read: {error}"))
        }
        Some(FileVerdict::Missing) => Err(format!("{name} is missing")),
        Some(FileVerdict::Added | FileVerdict::Unknown(_)) | None => {
            Err(format!("{} is not a file of this bundle", harmless_short(name, 200)))
        }
    }
}

fn read_json<T>(
    dir: &Path,
    files: &[CheckedFile],
    name: &str,
    parse: fn(&[u8]) -> Result<T, String>,
) -> Result<T, String> {
    let bytes = read(dir, files, name, MAX_JSON)?;
    parse(&bytes).map_err(|why| format!("{name} {why}"))
}

fn conclusion(wrong: usize, output: &mut Output) -> Result<(), CliError> {
    let (severity, text) = match wrong {
        0 => (Severity::Ok, "Nothing has been changed since this bundle was exported.".to_owned()),
        1 => (Severity::Critical, "1 thing is wrong.".to_owned()),
        several => (Severity::Critical, format!("{several} things are wrong.")),
    };
    let color = style(severity);
    output.line(format!("{color}{text}{color:#}"))?;
    output.wrapped(
        "",
        0,
        "A valid signature shows that the holder of the stored key sent exactly this message. That the key is the sender's \
         own is what keys.json says; while the sender publishes it, DNS says so too. Checksums alone do not protect against \
         somebody who changes them together with the files.",
    )
}

fn finding(severity: Severity, text: &str, output: &mut Output) -> Result<(), CliError> {
    let color = style(severity);
    output.wrapped(&format!("  {color}{}{color:#} ", sign(severity)), 4, text)
}
