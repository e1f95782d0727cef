//! The shapes of a rule file, as TOML has them. Unknown keys are errors; nothing is checked beyond shape.

use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

use super::rule::RuleStatus;
use crate::model::account::Platform;
use crate::model::kind::Kind;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) language: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) abbreviations: Vec<String>,
    #[serde(default)]
    pub(super) function_words: Vec<String>,
    #[serde(default)]
    pub(super) capture: Capture,
    #[serde(default)]
    pub(super) lexicon: BTreeMap<Spanned<String>, Vec<Entry>>,
    #[serde(default)]
    pub(super) rule: Vec<Rule>,
    #[serde(default)]
    pub(super) coverage: Vec<Coverage>,
    #[serde(default)]
    pub(super) sender: Vec<Sender>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Capture {
    #[serde(default)]
    pub(super) greeting: Vec<Entry>,
    #[serde(default)]
    pub(super) not_a_name: Vec<String>,
    #[serde(default)]
    pub(super) sent_to: Vec<Entry>,
    #[serde(default)]
    pub(super) intended_for: Vec<Entry>,
}

/// Phrases with where they come from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) phrase: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) phrases: Vec<Spanned<String>>,
    #[allow(dead_code, reason = "required of whoever writes a phrase; a program has no use for it")]
    pub(super) status: RuleStatus,
    pub(super) source: Spanned<String>,
}

impl File {
    /// How many phrases its classes have.
    pub(super) fn phrases(&self) -> usize {
        self.lexicon.values().flatten().map(|entry| entry.phrases().count()).sum()
    }
}

impl Entry {
    pub(super) fn phrases(&self) -> impl Iterator<Item = &Spanned<String>> {
        self.phrase.iter().chain(&self.phrases)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    pub(super) id: Spanned<String>,
    pub(super) kind: Spanned<Kind>,
    pub(super) status: RuleStatus,
    pub(super) source: Spanned<String>,
    /// Takes the rule of this id out of force.
    #[serde(default)]
    pub(super) off: bool,
    #[serde(default)]
    pub(super) sentence: Vec<Spanned<AnyOf>>,
    #[serde(default)]
    pub(super) not_in_sentence: Vec<Spanned<AnyOf>>,
    #[serde(default)]
    pub(super) anywhere: Vec<Spanned<AnyOf>>,
    #[serde(default)]
    pub(super) subject: Vec<Spanned<AnyOf>>,
    #[serde(default)]
    pub(super) never: Vec<Spanned<AnyOf>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Coverage {
    pub(super) id: Spanned<String>,
    #[allow(dead_code, reason = "required of whoever writes a rule; a program has no use for it")]
    pub(super) status: RuleStatus,
    pub(super) source: Spanned<String>,
    pub(super) sentence: Vec<Spanned<AnyOf>>,
    #[serde(default)]
    pub(super) not_in_sentence: Vec<Spanned<AnyOf>>,
}

/// A phrase or class, or a list of which one suffices.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "a phrase, a class such as \"@ai\", or a list of them of which one suffices")]
pub(super) enum AnyOf {
    One(String),
    Any(Vec<String>),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sender {
    pub(super) domain: Spanned<String>,
    pub(super) needle: Option<Spanned<String>>,
    pub(super) local: Option<Spanned<String>>,
    pub(super) platform: Option<Platform>,
    #[serde(default)]
    pub(super) links_only: bool,
    #[allow(dead_code, reason = "required of whoever writes a sender; a program has no use for it")]
    pub(super) status: RuleStatus,
    pub(super) source: Spanned<String>,
}
