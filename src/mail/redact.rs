//! A mail without personal data, to be shared as an example: recognised as before, and nobody's.
//!
//! Every text is decoded, searched and written anew, so that no encoding hides anything; headers that no rule needs are left out, and so
//! is what attachments contain. The same original gets the same placeholder everywhere. Signatures do not survive this, and somebody
//! who is only talked about is not found: a person must look it over.

mod fold;
mod learn;
mod head;
mod link;
mod page;
mod part;
mod people;
mod scan;
mod shape;
mod write;

use std::collections::BTreeMap;
use std::ops::Range;

use super::headers::HeaderBlock;
use super::message;
use super::proof::is_rewritten;
use crate::model::kind::Kind;
use crate::model::message::Message;
use crate::model::words;
use crate::rules::{RuleSet, Vocabulary, recognise};

use people::People;
use scan::Find;
use shape::Shapes;

/// The header that says what was done.
pub const REDACTED: &str = "by confirmd; personal data replaced, signatures no longer valid";

/// Mail servers pass on a fraction of this.
const MAX_MAIL: usize = 64 * 1024 * 1024;

/// Real mails are done after one pass, and a second shows that they are.
const MAX_PASSES: usize = 6;

words! {
    /// What was replaced or left out.
    Sort {
        Address = "addresses",
        Name = "names",
        Handle = "user names",
        Number = "numbers",
        Token = "tokens",
        Link = "links",
        Host = "hosts",
        Header = "headers",
        Attachment = "attachments",
    }
}

/// A mail that may be shown, once a person has looked it over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redacted {
    /// The mail: ASCII, lines end with LF.
    pub mail: String,
    /// How much of each sort was replaced or left out; what was a placeholder already does not count.
    pub replaced: BTreeMap<Sort, usize>,
    /// The rules make the same of it as before: kind, rule, coverage.
    pub recognised_alike: bool,
}

/// A mail that cannot be redacted. Part of it could stay unseen, so that nothing is given out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unredactable {
    /// Not one header line.
    #[error("has no header: not a mail; save the mail's source as a file (.eml)")]
    NoHeader,
    /// The mail, one of its texts, or the number of its headers.
    #[error("is too large to be redacted; shorten it by hand first")]
    TooLarge,
    /// Parts inside parts, or more parts than any mailer makes.
    #[error("has too many parts; take out by hand what is not needed")]
    TooManyParts,
}

/// Takes the personal data out of a mail: addresses, names, user names, numbers, tokens, tracking parameters.
///
/// # Errors
/// [`Unredactable`] when the bytes are no mail or more than can be looked through.
pub fn redact(raw: &[u8], rules: &RuleSet) -> Result<Redacted, Unredactable> {
    if raw.len() > MAX_MAIL {
        return Err(Unredactable::TooLarge);
    }
    let message = readable(raw)?;
    let common = rules.vocabulary();
    let (mut mail, replaced) = pass(raw, &message, rules, common)?;
    // Placeholders put together can look like something else (`https://https://:x`): once more, until nothing changes.
    for _ in 1..MAX_PASSES {
        let (again, _) = pass(mail.as_bytes(), &readable(mail.as_bytes())?, rules, common)?;
        if again == mail {
            break;
        }
        mail = again;
    }
    let recognised_alike = essence(rules, &readable(mail.as_bytes())?) == essence(rules, &message);
    Ok(Redacted { mail, replaced, recognised_alike })
}

fn readable(raw: &[u8]) -> Result<Message, Unredactable> {
    message::parse(raw).map_err(|error| match error {
        message::Unreadable::NoHeader => Unredactable::NoHeader,
        message::Unreadable::TooDeep => Unredactable::TooManyParts,
    })
}

/// Takes out what can be found, once.
fn pass(
    raw: &[u8],
    message: &Message,
    rules: &RuleSet,
    common: &Vocabulary,
) -> Result<(String, BTreeMap<Sort, usize>), Unredactable> {
    let block = HeaderBlock::of(raw);
    let mut redactor = Redactor::new(rules, common);
    redactor.learn(&block, message);
    let mut mail = String::new();
    redactor.whole(&block, &mut mail)?;
    Ok((mail, redactor.counts))
}

/// What must stay as it was.
#[derive(PartialEq, Eq)]
struct Essence {
    is_candidate: bool,
    rule: Option<(Kind, Option<String>)>,
    covers_accounts_centre: bool,
    has_foreign_link: bool,
}

/// A proven sender is assumed, so that an unknown wording counts too.
fn essence(rules: &RuleSet, message: &Message) -> Essence {
    let found = recognise(rules, message, true).recognition;
    Essence {
        is_candidate: rules.is_candidate(&message.from_text),
        covers_accounts_centre: found.as_ref().is_some_and(|found| found.covers_accounts_centre),
        has_foreign_link: found.as_ref().is_some_and(|found| found.foreign_link.is_some()),
        rule: found.map(|found| (found.kind, found.rule)),
    }
}

/// One mail being redacted: whom it is about, and which placeholders were given.
struct Redactor<'a> {
    rules: &'a RuleSet,
    /// Words that are no names although a name can be spelled like one.
    common: &'a Vocabulary,
    people: People,
    shapes: Shapes,
    hosts: BTreeMap<String, usize>,
    counts: BTreeMap<Sort, usize>,
    /// Boundaries given so far.
    boundaries: usize,
    /// Parts looked at so far.
    parts: usize,
}

/// One replacement in a text.
struct Edit {
    range: Range<usize>,
    with: String,
}

impl<'a> Redactor<'a> {
    fn new(rules: &'a RuleSet, common: &'a Vocabulary) -> Redactor<'a> {
        Redactor {
            rules,
            common,
            people: People::default(),
            shapes: Shapes::default(),
            hosts: BTreeMap::new(),
            counts: BTreeMap::new(),
            boundaries: 0,
            parts: 0,
        }
    }

    /// A text as it may be published.
    fn text(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut from = 0;
        for edit in self.edits(text) {
            out.push_str(text.get(from..edit.range.start).unwrap_or_default());
            out.push_str(&edit.with);
            from = edit.range.end;
        }
        out.push_str(text.get(from..).unwrap_or_default());
        out
    }

    /// What is to be replaced in a text, from left to right.
    fn edits(&mut self, text: &str) -> Vec<Edit> {
        let seen = fold::fold(text);
        let mut edits: Vec<Edit> = Vec::new();
        let mut at = 0;
        while at < seen.len() {
            let (length, with, sort) = self.at(&seen, at);
            let here = seen.get(at..at + length).unwrap_or_default();
            if let Some(sort) = sort {
                let range = fold::range(here);
                // One character that stands for two (`ﬁ`) can end one find and begin the next.
                if edits.last().is_none_or(|last| last.range.end <= range.start) {
                    self.count_if(sort, text.get(range.clone()) != Some(with.as_str()));
                    edits.push(Edit { range, with });
                }
            }
            at += length.max(1);
        }
        edits
    }

    fn at(&mut self, seen: &[fold::Seen], at: usize) -> (usize, String, Option<Sort>) {
        let shown = |length: usize| fold::plain(seen.get(at..at + length).unwrap_or_default());
        match scan::find(seen, at) {
            Some(Find::Link(length)) => return (length, self.link(&shown(length)), Some(Sort::Link)),
            Some(Find::Address(length)) => {
                return (length, self.address(&shown(length)), Some(Sort::Address));
            }
            Some(Find::Mention(length)) => {
                let name = shown(length).split_off(1);
                if self.people.find(seen, at + 1).is_none_or(|found| found.length != length - 1) {
                    let person = self.people.nameless();
                    self.people.learn_handle(person, &name);
                }
                return (1, "@".to_owned(), None);
            }
            Some(Find::Grouped(_) | Find::Number(_) | Find::Token(_)) | None => {}
        }
        if let Some(found) = self.people.find(seen, at) {
            return (found.length, found.with, Some(if found.handle { Sort::Handle } else { Sort::Name }));
        }
        match scan::find_number(seen, at) {
            Some(Find::Grouped(length)) => (length, self.shapes.of_grouped(&shown(length)), Some(Sort::Number)),
            Some(Find::Number(length)) => (length, self.shapes.of(&shown(length)), Some(Sort::Number)),
            Some(Find::Token(length)) => (length, self.shapes.of(&shown(length)), Some(Sort::Token)),
            Some(Find::Link(_) | Find::Address(_) | Find::Mention(_)) | None => (1, String::new(), None),
        }
    }

    /// An address as it may be published. Meta's keep their domain and the words of their local part: `case++00001@...`.
    fn address(&mut self, address: &str) -> String {
        let address = address.replace("%40", "@");
        let Some((local, domain)) = address.rsplit_once('@') else { return self.text(&address) };
        let lower = domain.trim_end_matches('.').to_ascii_lowercase();
        if self.keeps_domain(local, &lower) {
            let parts: Vec<String> =
                local.split_inclusive(['+', '.', '_', '-', '=']).map(|part| self.local_part(part)).collect();
            return format!("{}@{}", parts.concat(), self.domain(&lower));
        }
        self.people.address(&address)
    }

    /// Whether an address is Meta's, or a relay made it from one: nobody's, but for what is random in it.
    fn keeps_domain(&self, local: &str, domain: &str) -> bool {
        self.rules.is_sender_domain(domain) || is_rewritten(local, domain)
    }

    fn domain(&mut self, domain: &str) -> String {
        domain.split('.').map(|label| self.text(label)).collect::<Vec<_>>().join(".")
    }

    /// A word of a local part with the sign behind it.
    fn local_part(&mut self, part: &str) -> String {
        let word = part.trim_end_matches(['+', '.', '_', '-', '=']);
        let sign = part.get(word.len()..).unwrap_or_default();
        if head::LOCAL_WORDS.contains(&word.to_ascii_lowercase().as_str()) {
            return part.to_owned();
        }
        format!("{}{sign}", self.shapes.of(word))
    }

    fn count_if(&mut self, sort: Sort, counts: bool) {
        if counts {
            *self.counts.entry(sort).or_default() += 1;
        }
    }
}
