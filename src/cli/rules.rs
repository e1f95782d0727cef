//! `confirmd rules`: the rules in force, and whether rule files are right.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::args::{Args, Rules};
use super::context::{CliError, load_config, load_rules, load_rules_without_config, now, read_rule_file};
use super::json::SCHEMA;
use super::language::locale;
use super::output::{Output, padded};
use crate::config::ConfigError;
use crate::decide::advice::kind_in_a_word;
use crate::decide::slips::slip_in_words;
use crate::locale::{Locale, say};
use crate::rules::{RuleBook, RuleSet, Source};

#[derive(Serialize)]
struct RulesDocument {
    schema: u32,
    rules: Vec<RuleJson>,
}

#[derive(Serialize)]
struct RuleJson {
    id: String,
    kind: crate::model::kind::Kind,
    language: String,
    status: String,
    source: String,
    file: String,
}

/// Lists or checks rules.
pub fn run(args: &Args, command: &Rules, output: &mut Output) -> Result<ExitCode, CliError> {
    let locale = locale(args);
    match command {
        Rules::List { json } => list(args, locale, *json, output).map(|()| ExitCode::SUCCESS),
        Rules::Check { files } if files.is_empty() => {
            let rules = in_force(args)?;
            output.wrapped("", 0, &say!(locale, "rules-right", count = rules.rules().count()))?;
            for (name, text) in rules.own() {
                let own = rules.rules().filter(|rule| rule.file == name).count();
                output.line(said_of_file(locale, name, own, text))?;
            }
            Ok(ExitCode::SUCCESS)
        }
        Rules::Check { files } => check(locale, files, output),
    }
}

fn list(args: &Args, locale: &Locale, json: bool, output: &mut Output) -> Result<(), CliError> {
    let rules = in_force(args)?;
    let rows = rules.rules().map(|rule| RuleJson {
        id: rule.id.clone(),
        kind: rule.kind,
        language: rule.language.clone(),
        status: rule.status.to_string(),
        source: rule.source.clone(),
        file: rule.file.clone(),
    });
    let rows: Vec<RuleJson> = rows.collect();
    if json {
        return output.json(&RulesDocument { schema: SCHEMA, rules: rows });
    }
    let head = ["rules-head-rule", "rules-head-kind", "rules-head-language", "rules-head-status"];
    let head = head.map(|name| say!(locale, name));
    let cells =
        |row: &RuleJson| [row.id.clone(), kind_in_a_word(locale, row.kind), row.language.clone(), row.status.clone()];
    let lines: Vec<_> = rows.iter().map(|row| (cells(row), row.file.clone())).collect();
    let widest = |column: usize| lines.iter().map(|(cells, _)| cells[column].width()).max().unwrap_or(0);
    let widths = [0, 1, 2, 3].map(|column| widest(column).max(head[column].width()));
    for (cells, file) in std::iter::once((head, say!(locale, "rules-head-file"))).chain(lines) {
        let columns = cells.iter().zip(widths).map(|(cell, width)| padded(cell, width)).collect::<Vec<_>>();
        output.line(format!("{}  {file}", columns.join("  ")))?;
    }
    Ok(())
}

/// Each file is read over the shipped rules, as it would be in `rules_dir`.
fn check(locale: &Locale, files: &[PathBuf], output: &mut Output) -> Result<ExitCode, CliError> {
    let mut wrong = false;
    for path in files {
        match check_one(path) {
            Ok((own, text)) => output.line(said_of_file(locale, &path.display().to_string(), own, &text))?,
            Err(CliError::Rules(slips)) => {
                wrong = true;
                for slip in slips {
                    output.remark(&slip_in_words(locale, &slip));
                }
            }
            Err(error) => return Err(error),
        }
    }
    Ok(if wrong { ExitCode::from(2) } else { ExitCode::SUCCESS })
}

fn said_of_file(locale: &Locale, name: &str, rules: usize, text: &str) -> String {
    say!(locale, "rules-file-right", file = name, count = rules, phrases = RuleSet::phrases_in(text))
}

/// How many rules the file has, if it is right, and its text.
fn check_one(path: &Path) -> Result<(usize, String), CliError> {
    let name = path.display().to_string();
    let text = read_rule_file(path)?;
    let own = Source { name: &name, text: &text };
    let sources: Vec<Source<'_>> = RuleSet::shipped().iter().copied().chain([own]).collect();
    let rules = RuleSet::parse(&sources).map_err(CliError::Rules)?;
    let count = rules.rules().filter(|rule| rule.file == name).count();
    Ok((count, text))
}

fn in_force(args: &Args) -> Result<RuleBook, CliError> {
    match load_config(args, &now()) {
        Ok(config) => load_rules(config.rules_dir.as_deref()),
        Err(ConfigError::Absent { .. }) => load_rules_without_config(),
        Err(error) => Err(error.into()),
    }
}
