//! `confirmd redact`: a mail without personal data, to contribute as a test case. It needs no configuration; where there is one, its
//! rules count.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::args::{Args, Redact};
use super::context::{CliError, load_config, load_rules, load_rules_without_config, now};
use super::language::locale;
use super::output::{Output, WIDTH, wrap};
use crate::config::ConfigError;
use crate::locale::{Locale, say};
use crate::mail::redact::{Redacted, Sort, redact};
use crate::model::harmless::harmless;

/// More than this is not read into memory: mail servers pass on a fraction of it.
const MAX_FILE: u64 = 64 << 20;

/// Prints the redacted mail on stdout, and on stderr what was replaced and what is left to the person.
pub fn run(args: &Args, command: &Redact, output: &mut Output) -> Result<(), CliError> {
    let name = harmless(&command.file.display().to_string());
    let raw = read(&command.file).map_err(|error| CliError::Failed(format!("{name}: {error}")))?;
    let rules = match load_config(args, &now()) {
        Ok(config) => load_rules(config.rules_dir.as_deref())?,
        Err(ConfigError::Absent { .. }) => load_rules_without_config()?,
        Err(error) => return Err(error.into()),
    };
    let redacted = redact(&raw, &rules).map_err(|error| CliError::Failed(format!("{name}: {error}")))?;
    output.line(redacted.mail.strip_suffix('\n').unwrap_or(&redacted.mail))?;
    if !args.quiet {
        for remark in remarks(locale(args), &redacted) {
            for line in wrap(&remark, WIDTH) {
                output.remark(&line);
            }
        }
    }
    Ok(())
}

/// The file's bytes; `-` is standard input.
fn read(path: &Path) -> Result<Vec<u8>, String> {
    let mut raw = Vec::new();
    let mut limited: Box<dyn Read> = if path == Path::new("-") {
        Box::new(std::io::stdin().lock().take(MAX_FILE + 1))
    } else {
        let file = File::open(path).map_err(|error| format!("cannot be read: {error}"))?;
        Box::new(file.take(MAX_FILE + 1))
    };
    limited.read_to_end(&mut raw).map_err(|error| format!("cannot be read: {error}"))?;
    if raw.len() as u64 > MAX_FILE {
        return Err("is too large to be a mail; give a file with one mail".to_owned());
    }
    Ok(raw)
}

fn remarks(locale: &Locale, redacted: &Redacted) -> Vec<String> {
    let counts: Vec<String> = redacted.replaced.iter().map(|(sort, count)| counted(locale, *sort, *count)).collect();
    let mut remarks = vec![match counts.is_empty() {
        true => say!(locale, "redact-nothing"),
        false => say!(locale, "redact-replaced", what = counts.join(", ")),
    }];
    if !redacted.recognised_alike {
        remarks.push(say!(locale, "redact-unlike"));
    }
    remarks.push(say!(locale, "redact-signature"));
    remarks.push(say!(locale, "redact-look"));
    remarks
}

fn counted(locale: &Locale, sort: Sort, count: usize) -> String {
    let name = match sort {
        Sort::Address => "redact-addresses",
        Sort::Name => "redact-names",
        Sort::Handle => "redact-handles",
        Sort::Number => "redact-numbers",
        Sort::Token => "redact-tokens",
        Sort::Link => "redact-links",
        Sort::Host => "redact-hosts",
        Sort::Header => "redact-headers",
        Sort::Attachment => "redact-attachments",
    };
    say!(locale, name, count = count)
}
