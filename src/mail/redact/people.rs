//! Who a mail is about: addresses, names and user names, and the invented person that takes the place of each.
//!
//! Names are learned where a mail says them: beside addresses, in the greeting and the footer, in local parts. Somebody who is
//! only talked about ("Ruby commented on your post") is nobody that can be learned from here.

use std::collections::BTreeMap;

use super::fold::{Seen, folded, plain};
use crate::decide::address::canonical;
use crate::model::message::Address;
use crate::rules::Vocabulary;

/// First names in the order of the alphabet, so that the second person of a mail is seen to be the second.
const FIRST: [&str; 10] = ["Anna", "Berta", "Carla", "Dora", "Emil", "Frieda", "Gustav", "Helga", "Ida", "Jakob"];

/// Local parts that name a desk and not a person, and words that stand in many names of mailboxes.
const NOBODY: &[&str] = &[
    "info",
    "mail",
    "email",
    "post",
    "office",
    "kontakt",
    "contact",
    "hello",
    "hallo",
    "service",
    "support",
    "team",
    "admin",
    "webmaster",
    "postmaster",
    "news",
    "newsletter",
    "noreply",
    "reply",
    "bounce",
    "bounces",
    "privat",
    "private",
    "privacy",
    "home",
    "work",
    "user",
    "person",
    "account",
    "accounts",
    "social",
    "example",
    "undisclosed",
    "recipients",
    "operations",
    "help",
    "center",
    "centre",
    "security",
    "notification",
    "platforms",
    "community",
    "business",
];

/// The people of one mail.
#[derive(Debug, Default)]
pub struct People {
    count: usize,
    by_address: BTreeMap<String, usize>,
    /// By the first character, the longest first.
    patterns: BTreeMap<char, Vec<Pattern>>,
}

#[derive(Debug)]
struct Pattern {
    /// Folded.
    written: Vec<char>,
    with: String,
    kind: PatternKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum PatternKind {
    /// A user name: the same in every case, and no letter or digit touches it.
    Handle,
    /// A word of a name: no letter touches it but the `s` of "Rubys".
    Word,
    /// A word of a name that is a word of the rules too (`Will`), or very short: only as it was written, or all in capitals.
    OnlyAs(String),
}

/// What was found of a person in a text.
pub struct Found {
    /// How many characters.
    pub length: usize,
    /// What takes their place.
    pub with: String,
    /// A user name; else a name.
    pub handle: bool,
}

impl People {
    /// The placeholder of an address: `anna@example.org` for the first, then `person2@example.org`.
    pub fn address(&mut self, address: &str) -> String {
        match self.of_address(address) {
            0 => "anna@example.org".to_owned(),
            number => format!("person{}@example.org", number + 1),
        }
    }

    /// The number of the person who has this address, counted from 0.
    pub fn of_address(&mut self, address: &str) -> usize {
        let next = self.count;
        let number = *self.by_address.entry(canonical(address)).or_insert(next);
        self.count = self.count.max(number + 1);
        number
    }

    /// Somebody of whom only a name is known.
    pub fn nameless(&mut self) -> usize {
        self.count += 1;
        self.count - 1
    }

    /// Keeps the first place for whom the mail is for, also where no address of theirs is known.
    pub fn reserve_first(&mut self) {
        self.count = self.count.max(1);
    }

    /// The invented name that stands before an address: of one word where the real one has one.
    pub fn shown(&mut self, address: &Address) -> String {
        let person = self.of_address(&address.addr);
        let first = first_name(person);
        if address.name.split_whitespace().nth(1).is_some() {
            format!("{first} {}", last_name(person))
        } else {
            first.to_owned()
        }
    }

    /// Learns a name as it is shown: `Ruby Tuesday`, `Tuesday, Ruby`.
    pub fn learn_name(&mut self, person: usize, name: &str, common: &Vocabulary) {
        let words: Vec<&str> = name.split(|c: char| !c.is_alphabetic() && !super::fold::joins(c)).collect();
        let words: Vec<&str> = words.into_iter().filter(|word| word.chars().count() > 1).collect();
        let (first, last) = (first_name(person), last_name(person));
        for (at, word) in words.iter().enumerate() {
            self.learn_word(word, if at == 0 { first } else { last }, common);
        }
        if words.len() > 1 {
            // `rubytuesday`, as in addresses and user names; `tuesdayruby` names nobody less.
            let joined = |words: &mut dyn Iterator<Item = &&str>| words.map(|word| folded(word)).collect::<String>();
            let handle = handle_of(person);
            self.learn_handle_as(&joined(&mut words.iter()), &handle.replace('.', ""));
            self.learn_handle_as(&joined(&mut words.iter().rev()), &handle.replace('.', ""));
        }
    }

    /// Learns a user name: `ruby.tuesday82`.
    pub fn learn_handle(&mut self, person: usize, handle: &str) {
        self.learn_handle_as(handle, &handle_of(person));
    }

    /// Learns what an address says about its owner's name: `ruby.tuesday82@...`.
    pub fn learn_local(&mut self, person: usize, local: &str, common: &Vocabulary) {
        let words: Vec<&str> = local.split(|c: char| !c.is_alphabetic()).collect();
        let telling = |word: &&str| {
            word.chars().count() >= 4 && !NOBODY.contains(&word.to_lowercase().as_str()) && !common.contains(word)
        };
        let words: Vec<&str> = words.into_iter().filter(telling).collect();
        for (at, word) in words.iter().enumerate() {
            self.learn_word(word, if at == 0 { first_name(person) } else { last_name(person) }, common);
        }
        let is_one_word = words.first().is_some_and(|word| *word == local);
        if local.chars().count() >= 4 && !words.is_empty() && !is_one_word {
            let with = if person == 0 { "anna".to_owned() } else { format!("person{}", person + 1) };
            self.learn_handle_as(local, &with);
        }
    }

    fn learn_word(&mut self, word: &str, with: &str, common: &Vocabulary) {
        let ordinary = common.contains(word) || NOBODY.contains(&word.to_lowercase().as_str());
        let kind = if ordinary || word.chars().count() < 4 {
            // `von` and `de` are no names, and `will` in small letters is a verb.
            if word.starts_with(char::is_lowercase) {
                return;
            }
            PatternKind::OnlyAs(plain(&super::fold::fold(word)))
        } else {
            PatternKind::Word
        };
        self.learn(word, with, &kind);
        // As people without an umlaut key write it.
        let spelled = word.to_lowercase().replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").replace('ß', "ss");
        if kind == PatternKind::Word && spelled != word.to_lowercase() {
            self.learn(&spelled, with, &kind);
        }
    }

    fn learn_handle_as(&mut self, handle: &str, with: &str) {
        let handle = handle.trim().trim_start_matches('@');
        if handle.chars().count() > 1 {
            self.learn(handle, with, &PatternKind::Handle);
        }
    }

    fn learn(&mut self, written: &str, with: &str, kind: &PatternKind) {
        let written: Vec<char> = folded(written).chars().collect();
        let Some(first) = written.first() else { return };
        let known = self.patterns.entry(*first).or_default();
        // What was learned first stays; a user name that is also a name is both.
        if known.iter().any(|pattern| pattern.written == written) {
            return;
        }
        let at = known.partition_point(|pattern| pattern.written.len() >= written.len());
        known.insert(at, Pattern { written, with: with.to_owned(), kind: kind.clone() });
    }

    /// Whoever is named at `seen[at]`.
    pub fn find(&self, seen: &[Seen], at: usize) -> Option<Found> {
        let first = seen.get(at)?.c.to_lowercase().next()?;
        let before = at.checked_sub(1).and_then(|before| seen.get(before)).map(|seen| seen.c);
        for pattern in self.patterns.get(&first)? {
            let end = at + pattern.written.len();
            let Some(here) = seen.get(at..end) else { continue };
            let same = here.iter().zip(&pattern.written).all(|(seen, c)| seen.c.to_lowercase().eq([*c]));
            if same && pattern.stands(&plain(here), before, seen.get(end..).unwrap_or_default()) {
                let handle = pattern.kind == PatternKind::Handle;
                let with = if handle { pattern.with.clone() } else { in_case_of(&plain(here), &pattern.with) };
                return Some(Found { length: pattern.written.len(), with, handle });
            }
        }
        None
    }
}

impl Pattern {
    fn stands(&self, here: &str, before: Option<char>, behind: &[Seen]) -> bool {
        let next = behind.first().map(|seen| seen.c);
        match &self.kind {
            PatternKind::Handle => {
                !before.is_some_and(char::is_alphanumeric) && !next.is_some_and(char::is_alphanumeric)
            }
            PatternKind::Word => {
                let genitive = next == Some('s') && !behind.get(1).is_some_and(|seen| seen.c.is_alphabetic());
                !before.is_some_and(char::is_alphabetic) && (genitive || !next.is_some_and(char::is_alphabetic))
            }
            PatternKind::OnlyAs(written) => {
                let as_written = here == written || (here.len() > 1 && here == written.to_uppercase());
                as_written && !before.is_some_and(char::is_alphabetic) && !next.is_some_and(char::is_alphabetic)
            }
        }
    }
}

/// `Anna`, `anna` or `ANNA`, as the original was written.
fn in_case_of(original: &str, name: &str) -> String {
    let letters = || original.chars().filter(|c| c.is_alphabetic());
    if letters().all(char::is_lowercase) {
        name.to_lowercase()
    } else if letters().count() > 1 && letters().all(char::is_uppercase) {
        name.to_uppercase()
    } else {
        name.to_owned()
    }
}

fn first_name(person: usize) -> &'static str {
    FIRST.get(person % FIRST.len()).copied().unwrap_or("Anna")
}

fn last_name(person: usize) -> &'static str {
    if person == 0 { "Muster" } else { "Beispiel" }
}

fn handle_of(person: usize) -> String {
    format!("{}.{}", first_name(person), last_name(person)).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::super::fold::fold;
    use super::*;
    use crate::rules::RuleSet;

    fn replaced(people: &People, text: &str) -> String {
        let seen = fold(text);
        let mut out = String::new();
        let mut at = 0;
        while at < seen.len() {
            match people.find(&seen, at) {
                Some(found) => {
                    out.push_str(&found.with);
                    at += found.length;
                }
                None => {
                    out.push(seen[at].c);
                    at += 1;
                }
            }
        }
        out
    }

    #[test]
    fn a_person_is_found_in_every_writing_and_nobody_else() {
        let rules = RuleSet::shipped_once();
        let common = rules.vocabulary();
        let mut people = People::default();
        let ruby = people.of_address("ruby.tuesday82@example.com");
        people.learn_name(ruby, "Ruby Müller-Will", common);
        people.learn_handle(ruby, "sunny_flower");
        people.learn_local(ruby, "ruby.tuesday82", common);
        people.learn_local(ruby, "facebook", common);
        let cases = [
            ("Hi Ruby,", "Hi Anna,"),
            ("RUBY and ruby", "ANNA and anna"),
            ("Rubys Konto, Ruby's", "Annas Konto, Anna's"),
            ("Mueller Muller MÜLLER", "Muster Muster MUSTER"),
            ("Will, we will", "Muster, we will"),
            ("@Sunny_Flower!", "@anna.muster!"),
            ("ruby.tuesday82", "anna"),
            ("ruby82_x Tuesday", "anna82_x Muster"),
            ("rubymullerwill", "annamuster"),
            ("Rubyn Trubys facebook Muellers2", "Rubyn Trubys facebook Musters2"),
        ];
        for (text, wanted) in cases {
            assert_eq!(replaced(&people, text), wanted, "{text}");
        }
    }

    #[test]
    fn one_address_is_one_person_however_it_is_written() {
        let mut people = People::default();
        let cases = [
            ("ruby@example.com", "anna@example.org"),
            ("otto@example.com", "person2@example.org"),
            ("RUBY@Example.com", "anna@example.org"),
        ];
        for (address, placeholder) in cases {
            assert_eq!(people.address(address), placeholder, "{address}");
        }
    }
}
