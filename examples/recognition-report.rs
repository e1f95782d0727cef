//! What the shipped rules make of the corpus: a confusion matrix for each language (`scripts/recognition-report`).

#![allow(clippy::print_stdout, reason = "its result is what it prints")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use confirmd::rules::{RuleSet, recognise};

/// In the order of their weight; `none` has nothing to do with an objection.
const KINDS: [&str; 8] = ["none", "notice", "unrecognised", "code", "receipt", "info_request", "refused", "honoured"];

/// How many mails of one kind were taken for another, by expected and found kind.
type Matrix = BTreeMap<(String, String), usize>;

/// How many mails of a language are what they look like, and how many only come near.
#[derive(Default)]
struct Balance {
    hits: usize,
    near: usize,
}

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let rules = RuleSet::parse(RuleSet::shipped()).map_err(|errors| format!("{errors:?}"))?;
    let mut languages: BTreeMap<String, Matrix> = BTreeMap::new();
    let mut wrong = Vec::new();
    let mut balance: BTreeMap<String, Balance> = BTreeMap::new();
    for file in mails(&corpus)? {
        let name = file.strip_prefix(&corpus)?.display().to_string();
        let language = name.split('/').next().unwrap_or_default().to_owned();
        let counted = balance.entry(language.clone()).or_default();
        if name.contains("/near/") {
            counted.near += 1
        } else {
            counted.hits += 1
        }
        let (expected, found) = kinds(&file, &rules)?;
        if expected != found {
            wrong.push(format!("{name}: is {expected}, taken for {found}"));
        }
        *languages.entry(language).or_default().entry((expected, found)).or_default() += 1;
    }
    let mut honoured_though_not = 0;
    for (language, matrix) in &languages {
        honoured_though_not += print(language, matrix);
    }
    for line in &wrong {
        println!("{line}");
    }
    let short: Vec<&str> =
        balance.iter().filter(|(_, counted)| counted.near < counted.hits).map(|(name, _)| name.as_str()).collect();
    for (language, Balance { hits, near }) in &balance {
        println!("{language}: {hits} hits, {near} near misses");
    }
    if !short.is_empty() {
        println!("fewer near misses than hits: {}", short.join(", "));
    }
    println!("{} wrong, {honoured_though_not} of them honoured though not", wrong.len());
    Ok(if honoured_though_not == 0 && short.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Every `.eml` below the folder, in the order of their names.
fn mails(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(mails(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "eml") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// What a mail is, by the file beside it, and what the rules take it for.
fn kinds(file: &Path, rules: &RuleSet) -> Result<(String, String), Box<dyn std::error::Error>> {
    let expectation: toml::Table = std::fs::read_to_string(file.with_extension("toml"))?.parse()?;
    let expected = expectation.get("kind").and_then(toml::Value::as_str).unwrap_or("none").to_owned();
    let proven = expectation.get("proven").and_then(toml::Value::as_bool).unwrap_or(true);
    let message = confirmd::mail::parse(&std::fs::read(file)?)?;
    let recognition = recognise(rules, &message, proven).recognition;
    Ok((expected, recognition.map_or_else(|| "none".to_owned(), |found| found.kind.to_string())))
}

/// Prints one language's matrix; how many were taken for a confirmation and are none.
fn print(language: &str, matrix: &Matrix) -> usize {
    let count =
        |expected: &str, found: &str| matrix.get(&(expected.to_owned(), found.to_owned())).copied().unwrap_or_default();
    println!("{language}: expected kind (rows) by recognised kind (columns)");
    print!("{:<14}", "");
    for kind in KINDS {
        print!("{kind:>13}");
    }
    println!("{:>21}", "honoured though not");
    let mut though_not = 0;
    for expected in KINDS {
        print!("{expected:<14}");
        for found in KINDS {
            match count(expected, found) {
                0 => print!("{:>13}", "."),
                number => print!("{number:>13}"),
            }
        }
        let false_confirmations = if expected == "honoured" { 0 } else { count(expected, "honoured") };
        though_not += false_confirmations;
        println!("{:>21}", if false_confirmations == 0 { "-".to_owned() } else { false_confirmations.to_string() });
    }
    println!();
    though_not
}
