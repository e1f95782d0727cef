//! Rule files (TOML) to a [`RuleSet`]. Every slip is reported with file, line and a hint, all at once.
//!
//! It reads no files: it is handed their text. What a rule always has to hold, whoever wrote it, is added here (`always`).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use toml::Spanned;

use super::check;
use super::letters::words_of;
use super::phrase::{Pattern, Phrases};
use super::raw;
use super::rule::{AnyOf, Capture, Conditions, Coverage, Rule, RuleSet, Term};
use super::sender::{Sender, needles_of};
use super::source::{RuleError, Source};
use super::unknown;
use crate::model::kind::Kind;

/// Classes that always speak, whatever a rule says (docs/RULES.md, "What always holds").
mod always {
    pub(super) const AI: &str = "@any.ai";
    pub(super) const OBJECTION: &str = "@any.objection";
    pub(super) const CONDITION: &str = "@condition";
    pub(super) const UNSURE: &str = "@unsure";
    pub(super) const HARMLESS: &str = "@harmless";
    pub(super) const PLAIN: &str = "@plain";
    pub(super) const REPORTED: &str = "@reported";
    pub(super) const NEGATION: &str = "@negation";
    pub(super) const STRANGERS: &str = "@any.strangers";
    pub(super) const ANNOUNCEMENT: &str = "@any.announcement";
    pub(super) const PENDING: &str = "@any.pending";
    pub(super) const UNDONE: &str = "@any.undone";
}

impl RuleSet {
    /// Reads rule files. A later rule with the same id replaces an earlier one, phrases add to a class, senders add up.
    pub fn parse(files: &[Source<'_>]) -> Result<RuleSet, Vec<RuleError>> {
        let (set, errors) = RuleSet::read(files);
        if errors.is_empty() { Ok(set) } else { Err(errors) }
    }

    /// How many phrases the classes of a rule file have; none of one that cannot be read.
    pub fn phrases_in(text: &str) -> usize {
        toml::from_str::<raw::File>(text.strip_prefix('\u{feff}').unwrap_or(text)).map_or(0, |file| file.phrases())
    }

    /// The same, with everything that could be read beside the slips.
    pub(super) fn read(files: &[Source<'_>]) -> (RuleSet, Vec<RuleError>) {
        let mut reader = Reader::default();
        for file in files {
            reader.read(file);
        }
        reader.resolve();
        reader.set.words = reader.phrases.into_list();
        reader.set.rules.shrink_to_fit();
        (reader.set, reader.errors)
    }
}

#[derive(Default)]
struct Reader {
    set: RuleSet,
    phrases: Phrases,
    errors: Vec<RuleError>,
    /// Every class, with its languages.
    classes: BTreeMap<String, BTreeSet<String>>,
    /// Every class at its first appearance; the hint is its name.
    added: Vec<RuleError>,
    /// The classes that rules ask for.
    asked: BTreeSet<String>,
    /// Every use of a class that was not known yet, to be looked up when all files have been read.
    uses: Vec<(RuleError, Term)>,
}

/// What errors need to know of the file being read.
#[derive(Clone, Copy)]
struct Here<'a> {
    file: &'a Source<'a>,
    language: Option<&'a str>,
}

impl Here<'_> {
    fn error(&self, span: Option<Range<usize>>, place: impl Into<String>, hint: impl Into<String>) -> RuleError {
        let before = span.and_then(|span| self.file.text.get(..span.start));
        let line = before.map(|before| before.matches('\n').count() + 1);
        RuleError { file: self.file.name.to_owned(), line, place: place.into(), hint: hint.into() }
    }
}

impl Reader {
    fn read(&mut self, file: &Source<'_>) {
        // Editors for Windows begin a file with a byte order mark.
        let file = &Source { text: file.text.strip_prefix('\u{feff}').unwrap_or(file.text), ..*file };
        let here = Here { file, language: None };
        if let Some(hint) = check::too_long(file.text) {
            self.errors.push(here.error(None, "the file", hint));
            return;
        }
        let raw: raw::File = match toml::from_str(file.text) {
            Ok(raw) => raw,
            Err(error) => {
                let hint = check::of_toml(file.text, &error, |name| self.classes.contains_key(name));
                self.errors.push(here.error(error.span(), "not a rule file", hint));
                return;
            }
        };
        let language = raw.language.as_ref().map(|language| language.get_ref().as_str());
        let here = Here { file, language };
        for (span, place, hint) in check::slips(&raw) {
            self.errors.push(here.error(Some(span), place, hint));
        }
        self.language(here, &raw);
        for sender in &raw.sender {
            self.sender(here, sender);
        }
        let Some(language) = language else {
            if !raw.lexicon.is_empty() || !raw.rule.is_empty() || !raw.coverage.is_empty() {
                let hint = "rules and phrases need a language: write `language = \"de\"` as the file's first line";
                self.errors.push(here.error(None, "the file", hint));
            }
            return;
        };
        for (class, entries) in &raw.lexicon {
            let name = class.get_ref();
            if !self.classes.contains_key(name) {
                self.added.push(here.error(Some(class.span()), format!("class `{name}`"), name));
            }
            self.classes.entry(name.clone()).or_default().insert(language.to_owned());
            let mut patterns = Vec::new();
            for entry in entries {
                patterns.extend(self.entry(here, entry, &format!("class `{name}`")));
            }
            let known = self.set.lexicon.entry((language.to_owned(), name.clone())).or_default();
            known.reserve_exact(patterns.len());
            known.extend(patterns);
        }
        for rule in &raw.rule {
            self.rule(here, language, rule);
        }
        for coverage in &raw.coverage {
            let place = format!("coverage `{}`", coverage.id.get_ref());
            self.source(here, &coverage.source, &place);
            let mut conditions = Conditions {
                sentence: self.list(here, &coverage.sentence, &format!("{place}, `sentence`")),
                not_in_sentence: self.list(here, &coverage.not_in_sentence, &format!("{place}, `not_in_sentence`")),
                no_question: true,
                ..Conditions::default()
            };
            self.firm(here, &mut conditions, &place);
            // It adds to a promise that was weighed word by word.
            conditions.plain = None;
            let id = coverage.id.get_ref().clone();
            self.set.coverage.retain(|known| known.id != id);
            self.set.coverage.push(Coverage { id, language: language.to_owned(), conditions });
        }
    }

    /// What a file says of its language beside rules and phrases.
    fn language(&mut self, here: Here<'_>, raw: &raw::File) {
        let abbreviations = raw.abbreviations.iter().flat_map(|abbreviation| words_of(abbreviation));
        self.set.abbreviations.extend(abbreviations);
        let Some(language) = here.language else { return };
        let known = self.set.function_words.entry(language.to_owned()).or_default();
        known.extend(raw.function_words.iter().flat_map(|word| words_of(word)));
        let lists = [
            ("greeting", "NAME", &raw.capture.greeting),
            ("sent_to", "ADDRESS", &raw.capture.sent_to),
            ("intended_for", "USER", &raw.capture.intended_for),
        ];
        for (field, blank, entries) in lists {
            for phrase in entries.iter().flat_map(raw::Entry::phrases) {
                if phrase.get_ref().split(blank).count() != 2 {
                    let hint = format!("`{}` must contain {blank} once, where the mail has it", phrase.get_ref());
                    self.errors.push(here.error(Some(phrase.span()), format!("capture, `{field}`"), hint));
                }
            }
        }
        let texts = |entries: &[raw::Entry]| -> Vec<String> {
            entries.iter().flat_map(raw::Entry::phrases).map(|phrase| phrase.get_ref().clone()).collect()
        };
        let capture: &mut Capture = self.set.captures.entry(language.to_owned()).or_default();
        capture.greeting.extend(texts(&raw.capture.greeting));
        capture.sent_to.extend(texts(&raw.capture.sent_to));
        capture.intended_for.extend(texts(&raw.capture.intended_for));
        capture.not_a_name.extend(raw.capture.not_a_name.iter().map(|word| word.to_lowercase()));
    }

    fn rule(&mut self, here: Here<'_>, language: &str, raw: &raw::Rule) {
        let id = raw.id.get_ref().clone();
        let place = format!("rule `{id}`");
        self.source(here, &raw.source, &place);
        let list = |reader: &mut Self, field: &str, terms: &[Spanned<raw::AnyOf>]| {
            reader.list(here, terms, &format!("{place}, `{field}`"))
        };
        let mut conditions = Conditions {
            sentence: list(self, "sentence", &raw.sentence),
            not_in_sentence: list(self, "not_in_sentence", &raw.not_in_sentence),
            anywhere: list(self, "anywhere", &raw.anywhere),
            subject: list(self, "subject", &raw.subject),
            never: list(self, "never", &raw.never),
            ..Conditions::default()
        };
        let kind = *raw.kind.get_ref();
        if let Some(hint) = check::misses(kind, &conditions).filter(|_| !raw.off) {
            self.errors.push(here.error(Some(raw.id.span()), &place, hint));
        }
        self.what_always_holds(here, kind, &mut conditions, &place);
        self.set.rules.retain(|known| known.id != id);
        if !raw.off {
            self.set.rules.push(Rule {
                id,
                kind,
                language: language.to_owned(),
                status: raw.status,
                source: raw.source.get_ref().clone(),
                file: here.file.name.to_owned(),
                conditions,
            });
        }
    }

    /// What nobody should have to remember when writing a rule (docs/RULES.md, "What always holds").
    fn what_always_holds(&mut self, here: Here<'_>, kind: Kind, conditions: &mut Conditions, place: &str) {
        if kind == Kind::Notice {
            return;
        }
        conditions.anywhere.push(self.class(here, always::AI, place));
        conditions.never.push(self.class(here, always::STRANGERS, place));
        if kind == Kind::Code {
            return;
        }
        conditions.unconditional = Some(self.class(here, always::CONDITION, place));
        // "Could you send us a screenshot?" is a request.
        conditions.no_question = kind != Kind::InfoRequest;
        if kind == Kind::Receipt {
            // "We have received your objection and ...": what else they did with it must not be passed over.
            conditions.plain = Some(self.class(here, always::PLAIN, place));
        }
        if kind == Kind::Honoured {
            self.firm(here, conditions, place);
            conditions.anywhere.push(self.class(here, always::OBJECTION, place));
            conditions.never.push(self.class(here, always::ANNOUNCEMENT, place));
            conditions.never.push(self.class(here, always::PENDING, place));
            conditions.never.push(self.class(here, always::UNDONE, place));
        }
    }

    /// What a promise must be free of: conditions, doubt, report, denial.
    fn firm(&mut self, here: Here<'_>, conditions: &mut Conditions, place: &str) {
        let condition = self.class(here, always::CONDITION, place);
        let unsure = self.class(here, always::UNSURE, place);
        let shown = format!("{} or {}", condition.shown, unsure.shown);
        let terms = condition.terms.into_iter().chain(unsure.terms).collect();
        conditions.unconditional = Some(AnyOf::new(&shown, terms, &mut self.phrases));
        conditions.unreported = Some(self.class(here, always::REPORTED, place));
        conditions.harmless = Some(self.class(here, always::HARMLESS, place));
        conditions.plain = Some(self.class(here, always::PLAIN, place));
        conditions.not_in_sentence.push(self.class(here, always::NEGATION, place));
    }

    fn class(&mut self, here: Here<'_>, class: &str, place: &str) -> AnyOf {
        let terms = self.term(here, class, None, place).into_iter().collect();
        AnyOf::new(class, terms, &mut self.phrases)
    }

    fn list(&mut self, here: Here<'_>, raw: &[Spanned<raw::AnyOf>], place: &str) -> Vec<AnyOf> {
        raw.iter().map(|any_of| self.any_of(here, any_of, place)).collect()
    }

    fn any_of(&mut self, here: Here<'_>, raw: &Spanned<raw::AnyOf>, place: &str) -> AnyOf {
        let texts = match raw.get_ref() {
            raw::AnyOf::One(text) => std::slice::from_ref(text),
            raw::AnyOf::Any(texts) => texts,
        };
        if texts.is_empty() {
            self.errors.push(here.error(Some(raw.span()), place, "an empty list can never hold; leave it out"));
        }
        let terms = texts.iter().filter_map(|text| self.term(here, text, Some(raw.span()), place)).collect();
        AnyOf::new(&texts.join(" or "), terms, &mut self.phrases)
    }

    fn term(&mut self, here: Here<'_>, text: &str, span: Option<Range<usize>>, place: &str) -> Option<Term> {
        let Some(class) = text.strip_prefix('@') else {
            return match self.phrases.read(text) {
                Ok(pattern) => Some(Term::Phrase(pattern)),
                Err(hint) => {
                    self.errors.push(here.error(span, place, format!("`{text}` {hint}")));
                    None
                }
            };
        };
        let (language, name) = match class.split_once('.') {
            Some(("any", name)) => (None, name),
            Some((language, name)) => (Some(language), name),
            None => (here.language, class),
        };
        let term = Term::Class {
            language: language.map(|language| self.phrases.share(language)),
            name: self.phrases.share(name),
        };
        self.asked.insert(name.to_owned());
        if !self.is_known(language, name) {
            self.uses.push((here.error(span, place, text), term.clone()));
        }
        Some(term)
    }

    fn entry(&mut self, here: Here<'_>, entry: &raw::Entry, place: &str) -> Vec<Pattern> {
        self.source(here, &entry.source, place);
        let mut patterns = Vec::new();
        let mut any = false;
        for text in entry.phrases() {
            any = true;
            match self.phrases.read(text.get_ref()) {
                Ok(pattern) => patterns.push(pattern),
                Err(hint) => {
                    let hint = format!("`{}` {hint}", text.get_ref());
                    self.errors.push(here.error(Some(text.span()), place, hint));
                }
            }
        }
        if !any {
            let hint = "an entry needs `phrase = \"...\"` or `phrases = [\"...\"]`";
            self.errors.push(here.error(Some(entry.source.span()), place, hint));
        }
        patterns
    }

    fn source(&mut self, here: Here<'_>, source: &Spanned<String>, place: &str) {
        if source.get_ref().trim().is_empty() {
            let hint =
                "say in `source` where the words come from, e.g. \"a mail of 2026-01-02, redacted copy in the corpus\"";
            self.errors.push(here.error(Some(source.span()), place, hint));
        }
    }

    fn sender(&mut self, here: Here<'_>, raw: &raw::Sender) {
        let domain = raw.domain.get_ref().clone();
        let place = format!("sender `{domain}`");
        self.source(here, &raw.source, &place);
        let legal = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
        if !domain.chars().all(legal) || !domain.contains('.') || domain.starts_with('.') || domain.ends_with('.') {
            let hint = "write the domain as in `facebookmail.com`: lower case, without `@`, `*` or a leading dot";
            self.errors.push(here.error(Some(raw.domain.span()), &place, hint));
        }
        if let Some(needle) = &raw.needle
            && (needle.get_ref().len() < 4
                || !domain.contains(needle.get_ref().as_str())
                || needle.get_ref().contains('.'))
        {
            let hint = "`needle` must be a part of the domain without a dot, at least four letters; or leave it out";
            self.errors.push(here.error(Some(needle.span()), &place, hint));
        }
        let local = raw.local.as_ref().map(|local| match local.get_ref().strip_suffix('*') {
            Some(beginning) => beginning.to_ascii_lowercase(),
            None => {
                let hint = "`local` is the beginning of the part before the `@`: end it with `*`, as in `instagram++*`";
                self.errors.push(here.error(Some(local.span()), &place, hint));
                String::new()
            }
        });
        self.set.senders.retain(|known| known.domain != domain || known.local != local);
        let needle = raw.needle.as_ref().map(|needle| needle.get_ref().clone());
        let links_only = raw.links_only;
        self.set.senders.push(Sender { domain, needle, local, platform: raw.platform, links_only });
    }

    /// Whether there is such a class; without a language, in any.
    fn is_known(&self, language: Option<&str>, class: &str) -> bool {
        let languages = self.classes.get(class);
        languages.is_some_and(|languages| language.is_none_or(|language| languages.contains(language)))
    }

    /// When all files are read: every class that is spoken of must exist.
    fn resolve(&mut self) {
        self.set.needles = needles_of(&self.set.senders);
        for (mut error, term) in std::mem::take(&mut self.uses) {
            let Term::Class { language, name } = term else { continue };
            if self.is_known(language.as_deref(), &name) {
                continue;
            }
            let is_named = error.hint.contains('.');
            error.hint = check::no_class(&name, language.as_deref(), is_named, &self.classes);
            self.errors.push(error);
        }
        for mut error in std::mem::take(&mut self.added) {
            if !self.asked.contains(&error.hint) && !unknown::CLASSES.contains(&error.hint.as_str()) {
                error.hint = check::unasked(&error.hint, &self.asked);
                self.errors.push(error);
            }
        }
        self.errors.dedup();
    }
}
