//! One rule tried on one message: every condition, and the words of the mail that decided it.
//!
//! It judges nothing: which of several rules that hold wins is `recognise`'s business.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use jiff::tz::TimeZone;

use super::greeting;
use super::phrase::{Hit, Said};
use super::rule::{AnyOf, Conditions, Rule, RuleSet};
use super::text::{End, Prose};
use crate::model::kind::Kind;
use crate::model::message::Message;
use crate::model::recognition::Evidence;

/// How many sentences are weighed that say what is asked for: no mail needs more, and a hostile one has thousands.
const CANDIDATES: usize = 100;

/// How many words that no rule knows are named: enough to see what is new.
const STRANGE_SHOWN: usize = 6;

/// How much of a text is read, in bytes. Meta's mails have a twentieth of it; what lies behind could speak against a promise, so
/// that a longer mail confirms nothing.
const LONGEST: usize = 64 * 1024;

/// One rule tried on a message, for `explain`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    /// The rule's id.
    pub rule: String,
    /// The kind it recognises.
    pub kind: Kind,
    /// The language of its words.
    pub language: String,
    /// Whether all conditions hold.
    pub holds: bool,
    /// Every condition, with what was found for it.
    pub conditions: Vec<Evidence>,
    /// Everything holds but that something speaks against it.
    pub(super) vetoed: bool,
    /// Everything holds but what the mail must speak of.
    pub(super) unanchored: bool,
    /// It rests on the subject, as announcements with a known one do.
    pub(super) by_subject: bool,
}

/// Which text of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Subject,
    /// What an alternative says itself; 0 is the one that says most.
    Own(usize),
    /// What an alternative quotes.
    Quoted(usize),
}

/// A message, read once, to be asked for many phrases.
pub(super) struct Reading<'a> {
    pub(super) rules: &'a RuleSet,
    pub(super) parts: BTreeMap<Part, Prose>,
    /// Whether all of every text was read.
    pub(super) whole: bool,
    /// The year in which it was sent.
    year: Option<u32>,
    /// Which phrases a part can say at all.
    said: BTreeMap<Part, Said>,
    /// Hits by part, whether words between quotation marks count, and what was asked for.
    asked: BTreeMap<(Part, bool), BTreeMap<Arc<str>, Hits>>,
}

/// Shared, because the same phrases are asked for by many rules.
type Hits = Rc<Vec<Hit>>;

/// A sentence that says what is asked for.
struct Candidate {
    sentence: usize,
    /// The words that said it.
    used: BTreeSet<usize>,
}

impl<'a> Reading<'a> {
    pub(super) fn of(rules: &'a RuleSet, message: &Message) -> Reading<'a> {
        let mut whole = !message.cut;
        let mut read = |text: &str| {
            let short = &text[..text.floor_char_boundary(LONGEST)];
            whole &= short.len() == text.len();
            Prose::read(short, &rules.abbreviations)
        };
        let mut parts = BTreeMap::from([(Part::Subject, read(&message.subject))]);
        for (number, text) in message.texts.iter().enumerate() {
            parts.insert(Part::Own(number), read(&text.own));
            parts.insert(Part::Quoted(number), read(&text.quoted));
        }
        let sent = message.date.or(message.received);
        let year = sent.and_then(|at| u32::try_from(at.to_zoned_datetime(TimeZone::UTC).year()).ok());
        Reading { rules, parts, whole, year, said: BTreeMap::new(), asked: BTreeMap::new() }
    }

    /// Tries a rule on one part. `foreign`: also on what that part has between quotation marks.
    pub(super) fn trial(&mut self, rule: &Rule, part: Part, foreign: bool) -> Trial {
        let conditions = &rule.conditions;
        let mut evidence = Vec::new();
        for any_of in &conditions.subject {
            let found = self.first(any_of, Part::Subject, true);
            evidence.push(seen(format!("the subject says {}", any_of.shown), found));
        }
        self.sentence(conditions, part, foreign, &mut evidence);
        let said = evidence.iter().all(|evidence| evidence.holds);
        for any_of in &conditions.anywhere {
            let found = self.first(any_of, part, true).or_else(|| self.first(any_of, Part::Subject, true));
            evidence.push(seen(format!("the mail says {}", any_of.shown), found));
        }
        let positive = evidence.iter().all(|evidence| evidence.holds);
        let before = evidence.len();
        for any_of in &conditions.never {
            let parts: Vec<Part> = self.parts.keys().copied().collect();
            let found = parts.into_iter().find_map(|part| self.first(any_of, part, true));
            evidence.push(unseen(format!("nothing in the mail says {}", any_of.shown), found));
        }
        let holds = evidence.iter().all(|evidence| evidence.holds);
        let unopposed = evidence.iter().skip(before).all(|evidence| evidence.holds);
        Trial {
            rule: rule.id.clone(),
            kind: rule.kind,
            language: rule.language.clone(),
            holds,
            conditions: evidence,
            vetoed: positive && !holds,
            unanchored: said && !positive && unopposed,
            by_subject: !conditions.subject.is_empty(),
        }
    }

    /// Whether one sentence satisfies the conditions on sentences; what was found is noted in `evidence`.
    pub(super) fn sentence(
        &mut self,
        conditions: &Conditions,
        part: Part,
        foreign: bool,
        evidence: &mut Vec<Evidence>,
    ) -> bool {
        if conditions.sentence.is_empty() {
            return true;
        }
        let asked: Vec<&str> = conditions.sentence.iter().map(|any_of| &*any_of.shown).collect();
        let condition = format!("one sentence says {}", asked.join(" and "));
        let mut best: Option<Vec<Evidence>> = None;
        for candidate in self.candidates(&conditions.sentence, part, foreign).into_iter().take(CANDIDATES) {
            let candidate = self.with_harmless(conditions, part, candidate);
            let text = self.parts.get(&part).map(|prose| prose.sentence_text(candidate.sentence));
            let mut tried = vec![seen(condition.clone(), text.map(masked))];
            self.against(conditions, part, &candidate, &mut tried);
            if tried.iter().all(|evidence| evidence.holds) {
                evidence.extend(tried);
                return true;
            }
            let failures = |tried: &[Evidence]| tried.iter().filter(|evidence| !evidence.holds).count();
            if best.as_ref().is_none_or(|best| failures(&tried) < failures(best)) {
                best = Some(tried);
            }
        }
        evidence.extend(best.unwrap_or_else(|| vec![seen(condition, None)]));
        false
    }

    /// The first sentence that says all of these, whatever stands around it.
    pub(super) fn says(&mut self, all: &[AnyOf], part: Part) -> Option<String> {
        let sentence = self.candidates(all, part, true).first()?.sentence;
        self.parts.get(&part).map(|prose| masked(prose.sentence_text(sentence)))
    }

    /// What speaks against a sentence that says what is asked for.
    fn against(&mut self, conditions: &Conditions, part: Part, candidate: &Candidate, evidence: &mut Vec<Evidence>) {
        let Some(prose) = self.parts.get(&part) else { return };
        let Some(sentence) = prose.sentences.get(candidate.sentence) else { return };
        let question = sentence.end == End::Question;
        if conditions.no_question {
            let found = question.then(|| masked(prose.sentence_text(candidate.sentence)));
            evidence.push(unseen("that sentence is no question".to_owned(), found));
        }
        if let Some(any_of) = &conditions.unconditional {
            let found = self.within(any_of, part, candidate, Prose::introduces);
            evidence.push(unseen(format!("no {} stands in that sentence or introduces it", any_of.shown), found));
        }
        if let Some(any_of) = &conditions.unreported {
            let found = self.within(any_of, part, candidate, Prose::announces);
            evidence.push(unseen(format!("no {} stands in that sentence or before its colon", any_of.shown), found));
        }
        for any_of in &conditions.not_in_sentence {
            let found = self.within(any_of, part, candidate, |_, _, _| false);
            evidence.push(unseen(format!("that sentence does not say {}", any_of.shown), found));
        }
        if let Some(any_of) = &conditions.plain {
            let found = self.strange(any_of, part, candidate);
            evidence.push(unseen(format!("every other word of that sentence is one of {}", any_of.shown), found));
        }
    }

    /// The sentences that say all of these, with the words that did.
    fn candidates(&mut self, all: &[AnyOf], part: Part, foreign: bool) -> Vec<Candidate> {
        let mut said: Option<BTreeMap<usize, BTreeSet<usize>>> = None;
        for any_of in all {
            let mut here: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
            for hit in self.hits(any_of, part, foreign).iter() {
                here.entry(hit.sentence).or_default().extend(&hit.words);
            }
            said = Some(match said {
                None => here,
                Some(before) => before
                    .into_iter()
                    .filter_map(|(sentence, mut words)| {
                        words.extend(here.get(&sentence)?);
                        Some((sentence, words))
                    })
                    .collect(),
            });
        }
        said.unwrap_or_default().into_iter().map(|(sentence, used)| Candidate { sentence, used }).collect()
    }

    /// Counts the words of harmless turns as used, in the sentence and in those joined to it.
    fn with_harmless(&mut self, conditions: &Conditions, part: Part, mut candidate: Candidate) -> Candidate {
        if let Some(any_of) = &conditions.harmless {
            for hit in
                self.hits(any_of, part, false).iter().filter(|hit| hit.sentence.abs_diff(candidate.sentence) <= 1)
            {
                candidate.used.extend(&hit.words);
            }
        }
        candidate
    }

    /// What a sentence, or one joined to it or `governing` it, says of this, but for words already used: the `not` of "will
    /// not use" is no refusal.
    fn within(
        &mut self,
        any_of: &AnyOf,
        part: Part,
        candidate: &Candidate,
        governing: impl Fn(&Prose, usize, usize) -> bool,
    ) -> Option<String> {
        let hits = self.hits(any_of, part, true);
        let prose = self.parts.get(&part)?;
        let joined = prose.joined(candidate.sentence);
        let hit = hits.iter().find(|hit| {
            let near = joined.contains(&hit.sentence) || governing(prose, hit.sentence, candidate.sentence);
            near && !hit.words.iter().all(|word| candidate.used.contains(word))
        })?;
        Some(masked(prose.sentence_text(hit.sentence)))
    }

    /// The words of a sentence, and of a head that its colon joins to it, that are neither part of a promise nor plain: what they mean, no
    /// rule knows.
    fn strange(&mut self, plain: &AnyOf, part: Part, candidate: &Candidate) -> Option<String> {
        let mut known = candidate.used.clone();
        let rules = self.rules;
        let promises = rules.rules.iter().filter(|rule| rule.kind == Kind::Honoured && plain.is_of(&rule.language));
        for any_of in promises.flat_map(|rule| &rule.conditions.sentence).chain([plain]) {
            known.extend(self.hits(any_of, part, true).iter().flat_map(|hit| hit.words.iter().copied()));
        }
        let prose = self.parts.get(&part)?;
        let head = candidate.sentence.checked_sub(1).filter(|head| prose.announces(*head, candidate.sentence));
        let mut strange = Vec::new();
        for number in head.into_iter().chain([candidate.sentence]) {
            let words = prose.sentences.get(number)?.words.clone();
            let greeting = greeting::length(self.rules, prose, number);
            let is_past = |place: &usize| prose.number(*place).is_some_and(|number| !self.is_later_year(number));
            strange.extend(words.skip(greeting).filter(|place| !known.contains(place) && !is_past(place)));
        }
        let shown: Vec<&str> = strange.iter().take(STRANGE_SHOWN).map(|place| prose.word_text(*place)).collect();
        (!shown.is_empty()).then(|| masked(shown.join(" ")))
    }

    /// A promise for another year is none today. Of a mail without a date nothing is known.
    fn is_later_year(&self, number: u32) -> bool {
        (1_900..3_000).contains(&number) && self.year.is_some_and(|year| number > year)
    }

    /// The first sentence of a part that says this.
    pub(super) fn first(&mut self, any_of: &AnyOf, part: Part, foreign: bool) -> Option<String> {
        let hit = self.hits(any_of, part, foreign).first()?.sentence;
        self.parts.get(&part).map(|prose| masked(prose.sentence_text(hit)))
    }

    fn hits(&mut self, any_of: &AnyOf, part: Part, foreign: bool) -> Hits {
        let asked = self.asked.entry((part, foreign)).or_default();
        if let Some(known) = asked.get(&*any_of.key) {
            return Rc::clone(known);
        }
        let list = &self.rules.words;
        let mut hits: Vec<Hit> = match self.parts.get(&part) {
            Some(prose) if !prose.words.is_empty() => {
                let said = self.said.entry(part).or_insert_with(|| Said::of(list, prose));
                let patterns = any_of.terms.iter().flat_map(|term| self.rules.patterns(term));
                patterns
                    .filter(|pattern| said.may_hold(**pattern, list))
                    .flat_map(|pattern| pattern.find(list, prose, foreign))
                    .collect()
            }
            Some(_) | None => Vec::new(),
        };
        hits.sort();
        hits.dedup();
        let hits = Rc::new(hits);
        asked.insert(Arc::clone(&any_of.key), Rc::clone(&hits));
        hits
    }
}

fn seen(condition: String, found: Option<String>) -> Evidence {
    Evidence { condition, holds: found.is_some(), found }
}

fn unseen(condition: String, found: Option<String>) -> Evidence {
    Evidence { condition, holds: found.is_none(), found }
}

/// Evidence is kept and shown; a one-time code in it would outlive its mail. Years stay readable.
fn masked(text: String) -> String {
    let mut out = String::with_capacity(text.len());
    let mut digits = String::new();
    for c in text.chars().chain(['\0']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if digits.len() > 4 {
            out.extend(std::iter::repeat_n('•', digits.len()));
        } else {
            out.push_str(&digits);
        }
        digits.clear();
        if c != '\0' {
            out.push(c);
        }
    }
    out
}
