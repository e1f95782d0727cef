//! What a rule file says, checked: rules, lexicon, senders.
//!
//! Nothing here reads TOML (`parse`) or a mail (`recognise`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use super::phrase::{Pattern, Phrases, WordList};
use super::sender::Sender;
use super::vocabulary::Vocabulary;
use crate::model::kind::Kind;
use crate::model::words;

words! {
    /// How well the wording of a rule or phrase is known.
    RuleStatus {
        /// Read in a public source.
        Seen = "seen",
        /// A source describes it without its words.
        Told = "told",
        /// Likely, and not checked against a real mail.
        Unverified = "unverified",
        /// Inferred: no public mail of this kind is known.
        Guess = "guess",
    }
}

/// One rule: how one kind of mail reads in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Unique; a later file's rule of the same id replaces this one.
    pub id: String,
    /// The kind of mail it recognises.
    pub kind: Kind,
    /// BCP 47 tag of the mail's language.
    pub language: String,
    /// How well its wording is known.
    pub status: RuleStatus,
    /// Where the wording comes from.
    pub source: String,
    /// The file it was read from.
    pub file: String,
    pub(super) conditions: Conditions,
}

/// What must hold, and what must not. An empty list asks for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Conditions {
    /// One sentence of the mail's own voice says all of these ...
    pub(super) sentence: Vec<AnyOf>,
    /// ... and none of these, but for words that the phrases above have used themselves.
    pub(super) not_in_sentence: Vec<AnyOf>,
    /// What makes a sentence conditional or unsure; must neither stand in it nor introduce it.
    pub(super) unconditional: Option<AnyOf>,
    /// What reports or announces a promise; must neither stand in the sentence nor, with a colon, before it.
    pub(super) unreported: Option<AnyOf>,
    /// What looks like one of those and is not: "This means that we".
    pub(super) harmless: Option<AnyOf>,
    /// The only other words that the sentence may have: no list of doubts is ever complete.
    pub(super) plain: Option<AnyOf>,
    /// A question does not count as that sentence.
    pub(super) no_question: bool,
    /// The mail or its subject says each of these somewhere.
    pub(super) anywhere: Vec<AnyOf>,
    /// The subject says each of these.
    pub(super) subject: Vec<AnyOf>,
    /// Nothing in the mail says any of these: no text, no quotation, no subject.
    pub(super) never: Vec<AnyOf>,
}

/// Phrases and classes of which one suffices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AnyOf {
    /// As the rule file writes it, alternatives joined by "or".
    pub(super) shown: Arc<str>,
    pub(super) terms: Box<[Term]>,
    /// The terms in their one way of writing: what is told apart by it, says something else.
    pub(super) key: Arc<str>,
}

impl AnyOf {
    pub(super) fn new(shown: &str, terms: Vec<Term>, phrases: &mut Phrases) -> AnyOf {
        let written: BTreeSet<String> = terms.iter().map(|term| term.written(phrases.list())).collect();
        let key = written.into_iter().collect::<Vec<_>>().join(" | ");
        AnyOf { shown: phrases.share(shown), terms: terms.into(), key: phrases.share(&key) }
    }

    /// `@any.CLASS`: what the languages call so.
    pub(super) fn of_any_language(class: &str) -> AnyOf {
        let written: Arc<str> = format!("@any.{class}").into();
        let terms = [Term::Class { language: None, name: class.into() }].into();
        AnyOf { shown: Arc::clone(&written), terms, key: written }
    }

    /// Whether it asks for a class of this language.
    pub(super) fn is_of(&self, language: &str) -> bool {
        let of = |term: &Term| matches!(term, Term::Class { language: Some(own), .. } if **own == *language);
        self.terms.iter().any(of)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Term {
    /// `@class`, `@de.class` or, for every language, `@any.class`.
    Class {
        /// `None`: every language.
        language: Option<Arc<str>>,
        name: Arc<str>,
    },
    Phrase(Pattern),
}

impl Term {
    /// The one way to write it.
    fn written(&self, list: &WordList) -> String {
        match self {
            Term::Class { language, name } => format!("@{}.{name}", language.as_deref().unwrap_or("any")),
            Term::Phrase(pattern) => pattern.written(list),
        }
    }
}

/// When a mail says that it holds for the other accounts in the same Accounts Centre.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Coverage {
    pub(super) id: String,
    pub(super) language: String,
    pub(super) conditions: Conditions,
}

/// Where a mail says whom it is for, in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Capture {
    pub(super) greeting: Vec<String>,
    /// What follows a greeting and is no name: `there`, `zusammen`.
    pub(super) not_a_name: BTreeSet<String>,
    pub(super) sent_to: Vec<String>,
    pub(super) intended_for: Vec<String>,
}

/// Everything that is known of what Meta's mails look like: rules, lexicons, senders.
#[derive(Debug, Clone, Default)]
pub struct RuleSet {
    pub(super) rules: Vec<Rule>,
    pub(super) coverage: Vec<Coverage>,
    /// The words of all phrases.
    pub(super) words: WordList,
    /// By language and class.
    pub(super) lexicon: BTreeMap<(String, String), Vec<Pattern>>,
    /// By language.
    pub(super) captures: BTreeMap<String, Capture>,
    /// By language: words so frequent that they give it away.
    pub(super) function_words: BTreeMap<String, BTreeSet<String>>,
    /// Of all languages: a full stop behind a short word ends a sentence in none.
    pub(super) abbreviations: BTreeSet<String>,
    pub(super) senders: Vec<Sender>,
    pub(super) needles: Vec<String>,
    /// Made when it is first asked for: only redacting asks.
    pub(super) vocabulary: OnceLock<Vocabulary>,
}

impl RuleSet {
    /// The rules in force, in the order of their files.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter()
    }

    pub(super) fn patterns<'a>(&'a self, term: &'a Term) -> Box<dyn Iterator<Item = &'a Pattern> + 'a> {
        match term {
            Term::Phrase(pattern) => Box::new(std::iter::once(pattern)),
            Term::Class { language: Some(language), name } => {
                Box::new(self.lexicon.get(&(language.to_string(), name.to_string())).into_iter().flatten())
            }
            Term::Class { language: None, name } => Box::new(
                self.lexicon.iter().filter(move |((_, class), _)| **class == **name).flat_map(|(_, patterns)| patterns),
            ),
        }
    }
}
