//! What a mail is that no rule fits: nothing of interest, or words that no rule knows.
//!
//! A lost confirmation is never noticed, a superfluous look costs a minute: so several hints count here that are too weak for a rule, and
//! languages that have no rules. Nothing here confirms or refuses; ordinary notifications must not come out of it, or nobody would look
//! any more.

use super::capture;
use super::language;
use super::phrase::Pattern;
use super::rule::{AnyOf, Conditions, RuleSet, Term};
use super::text::Prose;
use super::trial::{Part, Reading, Trial};
use crate::model::kind::Kind;
use crate::model::message::Message;
use crate::model::recognition::Evidence;

/// Fewer words tell no language, and say nothing that a person would have to read.
const FEWEST_WORDS: usize = 8;

/// Why a person should read a mail of Meta's that no rule fits; `None` where nothing hints at an objection to AI.
pub(super) fn wording(reading: &mut Reading<'_>, message: &Message, trials: &[Trial]) -> Option<Vec<Evidence>> {
    let mut evidence = objection_and_ai(reading, message)
        .or_else(|| in_one_sentence(reading, &["objection", "ai_perhaps"]))
        .or_else(|| without_anchors(trials))
        .or_else(|| in_one_sentence(reading, &["ai", "own_information", "negation"]))
        .or_else(|| form(reading.rules, message))
        .or_else(|| answer(reading, message))?;
    evidence.push(Evidence { condition: "a rule fits".to_owned(), holds: false, found: None });
    Some(evidence)
}

/// The mail speaks of an objection and of AI, wherever. Where no rules are known of its language, the letters for AI suffice.
fn objection_and_ai(reading: &mut Reading<'_>, message: &Message) -> Option<Vec<Evidence>> {
    let objection = first(reading, "objection")?;
    let ai = match first(reading, "ai") {
        None if !language::is_of_rules(reading.rules, message) => first(reading, "ai_perhaps"),
        ai => ai,
    }?;
    Some(vec![held("the mail speaks of an objection", objection), held("the mail speaks of AI at Meta", ai)])
}

/// Words that alone say little ("Meta AI" stands below many mails) count where they stand in one sentence.
fn in_one_sentence(reading: &mut Reading<'_>, classes: &[&str]) -> Option<Vec<Evidence>> {
    let sentence = classes.iter().map(|class| AnyOf::of_any_language(class)).collect();
    let together = Conditions { sentence, no_question: false, ..Conditions::default() };
    own_parts(reading).into_iter().find_map(|part| {
        let mut tried = Vec::new();
        reading.sentence(&together, part, false, &mut tried).then_some(tried)
    })
}

/// It promises or refuses as a rule has it, and only does not say what it is about.
fn without_anchors(trials: &[Trial]) -> Option<Vec<Evidence>> {
    let answers = |trial: &&Trial| matches!(trial.kind, Kind::Honoured | Kind::Refused) && trial.unanchored;
    trials.iter().find(answers).map(|trial| trial.conditions.clone())
}

/// It leads to one of the forms for objections to AI.
fn form(rules: &RuleSet, message: &Message) -> Option<Vec<Evidence>> {
    let metas = message.links.iter().filter(|link| rules.is_metas_host(&link.host));
    let form = metas.filter_map(|link| link.form.as_ref()).find(|form| says(rules, "objection_form", form))?;
    Some(vec![held("the mail links to a form for objections to AI", form.clone())])
}

/// It comes from where requests are answered, and speaks of AI, or in a language of which no rules are known.
fn answer(reading: &mut Reading<'_>, message: &Message) -> Option<Vec<Evidence>> {
    let [from] = message.from.as_slice() else { return None };
    if !says(reading.rules, "answering_sender", &from.addr) {
        return None;
    }
    let answering = held("the sender's address is one that answers requests", from.addr.clone());
    if let Some(ai) = first(reading, "ai") {
        return Some(vec![answering, held("the mail speaks of AI at Meta", ai)]);
    }
    let words = reading.parts.get(&Part::Own(0)).map_or(0, |prose| prose.words.len());
    // A greeting tells a language whose text is too short for function words.
    let greets = || capture::captured(reading.rules, message, "").greeting.is_some();
    if words < FEWEST_WORDS || language::is_of_rules(reading.rules, message) || greets() {
        return None;
    }
    let condition = "no rules are known of the mail's language".to_owned();
    Some(vec![answering, Evidence { condition, holds: true, found: None }])
}

fn own_parts(reading: &Reading<'_>) -> Vec<Part> {
    let is_own = |part: &Part| matches!(part, Part::Subject | Part::Own(_));
    reading.parts.keys().copied().filter(is_own).collect()
}

fn first(reading: &mut Reading<'_>, class: &str) -> Option<String> {
    let any_of = AnyOf::of_any_language(class);
    own_parts(reading).into_iter().find_map(|part| reading.first(&any_of, part, false))
}

/// The classes that are asked for here; no rule need name them.
pub(super) const CLASSES: [&str; 7] =
    ["objection", "ai", "ai_perhaps", "own_information", "negation", "objection_form", "answering_sender"];

/// Whether something that is no text of the mail (an address, a number) says what a class asks for.
fn says(rules: &RuleSet, class: &str, text: &str) -> bool {
    let prose = Prose::read(text, &rules.abbreviations);
    let term = Term::Class { language: None, name: class.into() };
    let says = |pattern: &Pattern| !pattern.find(&rules.words, &prose, true).is_empty();
    rules.patterns(&term).any(says)
}

fn held(condition: &str, found: String) -> Evidence {
    Evidence { condition: condition.to_owned(), holds: true, found: Some(found) }
}
