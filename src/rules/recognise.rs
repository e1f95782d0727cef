//! What kind of mail a message is.
//!
//! The announcement contains the confirmation's words (docs/DOMAIN.md, point 1): so a promise counts only in the mail's own voice, in the
//! indicative, with nothing anywhere in the mail against it. What is contradictory or new becomes `unrecognised` and goes to the person.
//!
//! Whether the sender is who it claims to be is not judged here, nor whose account the mail is about.

use super::capture;
use super::language;
use super::rule::RuleSet;
use super::trial::{Part, Reading, Trial};
use super::unknown;
use crate::model::kind::Kind;
use crate::model::message::Message;
use crate::model::recognition::{Evidence, Recognition};

/// What came of trying every rule on a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recognised {
    /// What the mail is; `None` when it has nothing to do with an objection to AI.
    pub recognition: Option<Recognition>,
    /// Every rule with every condition, for `explain`.
    pub trials: Vec<Trial>,
}

/// Recognises a message. `sender_is_metas_and_proven` decides only whether an unknown wording is worth a person's look.
pub fn recognise(rules: &RuleSet, message: &Message, sender_is_metas_and_proven: bool) -> Recognised {
    let mut reading = Reading::of(rules, message);
    let trials: Vec<Trial> = rules.rules.iter().map(|rule| reading.trial(rule, Part::Own(0), false)).collect();
    let recognition = match decide(&mut reading, &trials, sender_is_metas_and_proven) {
        Decision::Rule(trial) => Some(recognition_of(&mut reading, message, trial)),
        Decision::Contradictory(evidence) => Some(unrecognised(rules, message, evidence)),
        Decision::NoRule if sender_is_metas_and_proven => {
            // What was not read of a mail of Meta's could be the answer.
            let unread = (!reading.whole).then(|| vec![too_long()]);
            let evidence = unknown::wording(&mut reading, message, &trials).or(unread);
            evidence.map(|evidence| unrecognised(rules, message, evidence))
        }
        Decision::NoRule => None,
    };
    Recognised { recognition, trials }
}

enum Decision<'a> {
    Rule(&'a Trial),
    /// It promises, and something in it speaks against that.
    Contradictory(Vec<Evidence>),
    NoRule,
}

fn decide<'a>(reading: &mut Reading<'_>, trials: &'a [Trial], proven: bool) -> Decision<'a> {
    let of_kind = |kind: Kind| trials.iter().find(move |trial| trial.kind == kind && trial.holds);
    // A known subject settles it: no confirmation was ever sent under an announcement's.
    if let Some(notice) = trials.iter().find(|trial| trial.kind == Kind::Notice && trial.holds && trial.by_subject) {
        return Decision::Rule(notice);
    }
    let promise = trials.iter().find(|trial| trial.kind == Kind::Honoured && (trial.holds || trial.vetoed));
    if let Some(promise) = promise {
        let vetoed = trials.iter().find(|trial| trial.kind == Kind::Honoured && trial.vetoed);
        let against = match vetoed {
            _ if !reading.whole => vec![too_long()],
            Some(vetoed) => vetoed.conditions.iter().filter(|evidence| !evidence.holds).cloned().collect(),
            None => contradictions(reading),
        };
        if against.is_empty() {
            return Decision::Rule(promise);
        }
        let evidence = promise.conditions.iter().filter(|evidence| evidence.holds).cloned().chain(against).collect();
        return Decision::Contradictory(evidence);
    }
    let weighty = [Kind::Refused, Kind::InfoRequest, Kind::Receipt, Kind::Code];
    if let Some(trial) = weighty.into_iter().find_map(of_kind) {
        return Decision::Rule(trial);
    }
    if let Some(trial) = trials.iter().find(|trial| proven && trial.kind != Kind::Notice && trial.vetoed) {
        return Decision::Contradictory(trial.conditions.clone());
    }
    of_kind(Kind::Notice).map_or(Decision::NoRule, Decision::Rule)
}

fn too_long() -> Evidence {
    Evidence { condition: "the mail is short enough to be read whole".to_owned(), holds: false, found: None }
}

/// What any text of the mail says that a confirmation would not: a refusal, a request, a code, an announcement.
///
/// Quotations count here: they cannot promise, but a refusal in them makes a promise doubtful. So does a refusal under a condition, or of a
/// part: whoever confirms does not speak of refusing.
fn contradictions(reading: &mut Reading<'_>) -> Vec<Evidence> {
    let parts: Vec<Part> = reading.parts.keys().copied().filter(|part| *part != Part::Subject).collect();
    let rules = reading.rules;
    for rule in &rules.rules {
        for part in &parts {
            let found = match rule.kind {
                Kind::Refused => reading.says(&rule.conditions.sentence, *part),
                Kind::InfoRequest | Kind::Code | Kind::Notice => {
                    let trial = reading.trial(rule, *part, true);
                    let found = trial.conditions.into_iter().find_map(|evidence| evidence.found);
                    found.filter(|_| trial.holds)
                }
                Kind::Receipt | Kind::Honoured | Kind::Unrecognised => None,
            };
            if found.is_some() {
                let condition = format!("the rule `{}` ({}) does not hold as well", rule.id, rule.kind);
                return vec![Evidence { condition, holds: false, found }];
            }
        }
    }
    Vec::new()
}

fn recognition_of(reading: &mut Reading<'_>, message: &Message, trial: &Trial) -> Recognition {
    let rules = reading.rules;
    let mut evidence = trial.conditions.clone();
    let covers = trial.kind == Kind::Honoured && covers_accounts_centre(reading, &trial.language, &mut evidence);
    Recognition {
        kind: trial.kind,
        rule: Some(trial.rule.clone()),
        language: trial.language.clone(),
        covers_accounts_centre: covers,
        foreign_link: foreign_link(rules, message),
        captured: capture::captured(rules, message, &trial.language),
        evidence,
    }
}

fn covers_accounts_centre(reading: &mut Reading<'_>, language: &str, evidence: &mut Vec<Evidence>) -> bool {
    let rules = reading.rules;
    for coverage in rules.coverage.iter().filter(|coverage| coverage.language == language) {
        let mut tried = Vec::new();
        if reading.sentence(&coverage.conditions, Part::Own(0), false, &mut tried) {
            let found = tried.into_iter().find_map(|evidence| evidence.found);
            let condition = format!("it holds for the other accounts too (`{}`)", coverage.id);
            evidence.push(Evidence { condition, holds: true, found });
            return true;
        }
    }
    false
}

fn unrecognised(rules: &RuleSet, message: &Message, evidence: Vec<Evidence>) -> Recognition {
    let language = language::of(rules, message);
    Recognition {
        kind: Kind::Unrecognised,
        rule: None,
        covers_accounts_centre: false,
        foreign_link: foreign_link(rules, message),
        captured: capture::captured(rules, message, &language),
        language,
        evidence,
    }
}

/// The first link to a host that is not Meta's. Links without a host (`mailto:`, `tel:`) lead nowhere.
fn foreign_link(rules: &RuleSet, message: &Message) -> Option<String> {
    let foreign = |host: &&str| !host.is_empty() && !rules.is_metas_host(host);
    message.links.iter().map(|link| link.host.as_str()).find(foreign).map(str::to_owned)
}
