//! `confirmd rules`: the rules in force, and whether rule files are right.

use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;

use super::args::{Args, Rules};
use super::context::{CliError, load_config, load_rules, now, read_rule_file};
use super::json::SCHEMA;
use super::output::{Output, padded};
use crate::config::ConfigError;
use crate::rules::{RuleSet, Source};

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
    match command {
        Rules::List { json } => list(args, *json, output).map(|()| ExitCode::SUCCESS),
        Rules::Check { files } if files.is_empty() => {
            let rules = in_force(args)?;
            output.line(format!("All {} rules in force are right.", rules.rules().count()))?;
            Ok(ExitCode::SUCCESS)
        }
        Rules::Check { files } => check(files, output),
    }
}

fn list(args: &Args, json: bool, output: &mut Output) -> Result<(), CliError> {
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
    let width = rows.iter().map(|row| row.id.chars().count()).max().unwrap_or(0).max(4);
    output.line(format!(
        "{}  {}  {}  {}  FILE",
        padded("RULE", width),
        padded("KIND", 12),
        "LANG",
        padded("STATUS", 10)
    ))?;
    for row in &rows {
        let (id, kind, status) = (padded(&row.id, width), padded(row.kind.as_str(), 12), padded(&row.status, 10));
        output.line(format!("{id}  {kind}  {:4}  {status}  {}", row.language, row.file))?;
    }
    Ok(())
}

/// Each file is read over the shipped rules, as it would be in `rules_dir`.
fn check(files: &[PathBuf], output: &mut Output) -> Result<ExitCode, CliError> {
    let mut wrong = false;
    for path in files {
        let name = path.display().to_string();
        let text = read_rule_file(path)?;
        let sources: Vec<Source<'_>> =
            RuleSet::shipped().iter().copied().chain([Source { name: &name, text: &text }]).collect();
        match RuleSet::parse(&sources) {
            Ok(rules) => {
                let own = rules.rules().filter(|rule| rule.file == name).count();
                output.line(format!("{name}: right, {own} rules"))?;
            }
            Err(errors) => {
                wrong = true;
                for error in errors {
                    output.remark(&error.to_string());
                }
            }
        }
    }
    Ok(if wrong { ExitCode::from(2) } else { ExitCode::SUCCESS })
}

fn in_force(args: &Args) -> Result<RuleSet, CliError> {
    match load_config(args, &now()) {
        Ok(config) => load_rules(config.rules_dir.as_deref()),
        Err(ConfigError::Absent { .. }) => load_rules(None),
        Err(error) => Err(error.into()),
    }
}
