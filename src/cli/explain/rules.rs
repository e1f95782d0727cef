//! Every condition of the rules, for whoever wants to know why one did not match.
//!
//! There are some two hundred rules: in full stand those that found what they ask for first, or all where that is asked for; the others
//! are only named.

use super::show_evidence;
use crate::cli::context::CliError;
use crate::cli::output::Output;
use crate::decide::advice::kind_in_a_word;
use crate::locale::{Locale, say};
use crate::rules::Trial;

/// Prints rules with their conditions; without `all` only those that came near.
pub(super) fn print(locale: &Locale, trials: &[Trial], all: bool, output: &mut Output) -> Result<(), CliError> {
    let (near, far): (Vec<&Trial>, Vec<&Trial>) = trials.iter().partition(|trial| all || came_near(trial));
    output.line("")?;
    output.line(say!(locale, "explain-rules"))?;
    for trial in near {
        let (rule, kind) = (trial.rule.as_str(), kind_in_a_word(locale, trial.kind));
        let text = match trial.holds {
            true => say!(locale, "explain-rule-matches", rule = rule, kind = kind),
            false => say!(locale, "explain-rule-differs", rule = rule, kind = kind),
        };
        output.wrapped("  ", 4, &text)?;
        for evidence in &trial.conditions {
            show_evidence(locale, evidence, output)?;
        }
    }
    if far.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = far.iter().map(|trial| trial.rule.as_str()).collect();
    output.wrapped("  ", 2, &say!(locale, "explain-rules-far", count = names.len(), rules = names.join(", ")))?;
    output.wrapped("  ", 2, &say!(locale, "explain-all"))
}

/// What a rule asks for first is what tells it from others: the words of its sentence, its subject.
fn came_near(trial: &Trial) -> bool {
    trial.holds || trial.conditions.first().is_some_and(|evidence| evidence.holds)
}
