//! `confirmd redact`: a mail without personal data, to contribute as a test case. It needs no configuration; where there is one, its
//! rules count.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::args::{Args, Redact};
use super::context::{CliError, load_config, load_rules, now};
use super::output::{Output, WIDTH, wrap};
use crate::config::ConfigError;
use crate::mail::redact::{Redacted, redact};
use crate::model::harmless::harmless;

/// More than this is not read into memory: mail servers pass on a fraction of it.
const MAX_FILE: u64 = 64 << 20;

/// Prints the redacted mail on stdout, and on stderr what was replaced and what is left to the person.
pub fn run(args: &Args, command: &Redact, output: &mut Output) -> Result<(), CliError> {
    let name = harmless(&command.file.display().to_string());
    let raw = read(&command.file).map_err(|error| CliError::Failed(format!("{name}: {error}")))?;
    let rules = match load_config(args, &now()) {
        Ok(config) => load_rules(config.rules_dir.as_deref())?,
        Err(ConfigError::Absent { .. }) => load_rules(None)?,
        Err(error) => return Err(error.into()),
    };
    let redacted = redact(&raw, &rules).map_err(|error| CliError::Failed(format!("{name}: {error}")))?;
    output.line(redacted.mail.strip_suffix('\n').unwrap_or(&redacted.mail))?;
    if !args.quiet {
        for remark in remarks(&redacted) {
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

fn remarks(redacted: &Redacted) -> Vec<String> {
    let counts: Vec<String> = redacted.replaced.iter().map(|(sort, count)| format!("{count} {sort}")).collect();
    let mut remarks = vec![if counts.is_empty() {
        "Nothing had to be replaced.".to_owned()
    } else {
        format!("Replaced or left out: {}.", counts.join(", "))
    }];
    if !redacted.recognised_alike {
        remarks.push(
            "The rules do not make the same of it as of the original: compare both with `confirmd explain`.".to_owned(),
        );
    }
    remarks
        .push("Its DKIM signature is no longer valid: as evidence only the original counts, so keep that.".to_owned());
    remarks.push(
        "Look it over yourself before you publish it: names of others, postal addresses and what people wrote are not recognised."
            .to_owned(),
    );
    remarks
}
