//! What each rule recognises in the corpus, and how well its words are known: `scripts/recognition-report`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use confirmd::rules::RuleSet;

use super::{Case, Expected, judged};
use crate::support::rules;

#[test]
fn the_report_names_every_rule_and_every_language() {
    let rules = rules::shipped();
    let report = report(rules, judged());
    for rule in rules.rules() {
        assert!(report.contains(&format!("\n{} ", rule.id)), "{} is missing", rule.id);
    }
    for language in rules.rules().map(|rule| rule.language.as_str()).collect::<BTreeSet<_>>() {
        assert!(report.contains(&format!("\nphrases of {language}: ")), "{language} is missing");
    }
    if let Some(path) = std::env::var_os("RECOGNITION_REPORT") {
        std::fs::write(path, report).unwrap();
    }
}

fn report(rules: &RuleSet, judged: &[(Case, Expected)]) -> String {
    let mut hits: BTreeMap<String, usize> = BTreeMap::new();
    let mut kinds: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (case, found) in judged {
        *kinds.entry((case.expected.kind.clone(), found.kind.clone())).or_default() += 1;
        if let Some(rule) = &found.rule {
            *hits.entry(rule.clone()).or_default() += 1;
        }
    }
    let near = |id: &str| judged.iter().filter(|(case, _)| case.expected.near.as_deref() == Some(id)).count();
    let mut out = format!("{} synthetic mails\n\n", judged.len());
    let _ = writeln!(out, "{:26} {:13} {:11} {:>10} {:>11}", "rule", "kind", "status", "recognises", "near misses");
    for rule in rules.rules() {
        let (id, kind, status) = (&rule.id, rule.kind.as_str(), rule.status.as_str());
        let _ = writeln!(out, "{id:26} {kind:13} {status:11} {:>10} {:>11}", hits.get(id).unwrap_or(&0), near(id));
    }
    let _ = writeln!(out, "\n{:13} {:13} {:>5}", "should be", "is", "mails");
    for ((expected, found), count) in kinds {
        let _ = writeln!(out, "{expected:13} {found:13} {count:>5}");
    }
    out.push_str(&provenance());
    out
}

/// How many phrases of each language were seen, told, or are guesses.
fn provenance() -> String {
    let mut out = "\n".to_owned();
    for file in RuleSet::shipped() {
        let table: toml::Table = toml::from_str(file.text).unwrap();
        let Some(lexicon) = table.get("lexicon").and_then(toml::Value::as_table) else { continue };
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for entry in lexicon.values().filter_map(toml::Value::as_array).flatten() {
            let status = entry.get("status").and_then(toml::Value::as_str).unwrap();
            let phrases = entry.get("phrases").and_then(toml::Value::as_array).map_or(1, Vec::len);
            *counts.entry(status).or_default() += phrases;
        }
        let counts: Vec<String> = counts.iter().map(|(status, count)| format!("{count} {status}")).collect();
        let language = table.get("language").and_then(toml::Value::as_str).unwrap();
        let _ = writeln!(out, "phrases of {language}: {}", counts.join(", "));
    }
    out
}
