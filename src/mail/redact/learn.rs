//! Whom a mail names: in its headers, its greeting and footer, and beside the addresses in its texts.
//!
//! The person it is for comes first, and so becomes Anna Muster. Meta's desks and brands are nobody.

use super::Redactor;
use crate::mail::address;
use crate::mail::headers::HeaderBlock;
use crate::model::message::{Address, Message, Text};
use crate::model::recognition::Captured;

/// What makes a display name that of a desk rather than a person's, besides Meta's brands.
const DESKS: &[&str] = &[
    "meta",
    "privacy",
    "support",
    "team",
    "operations",
    "help",
    "security",
    "center",
    "centre",
    "community",
    "noreply",
];

/// Greetings of languages that have no rules yet: whoever contributes the first mail of one needs its name out of it.
const GREETINGS: &[&str] = &[
    "bonjour",
    "salut",
    "cher",
    "chère",
    "ciao",
    "buongiorno",
    "gentile",
    "caro",
    "cara",
    "hola",
    "estimado",
    "estimada",
    "querido",
    "querida",
    "olá",
    "oi",
    "caro(a)",
    "prezado",
    "prezada",
    "beste",
    "hoi",
    "dag",
    "hallo",
    "hej",
    "hei",
    "kære",
    "cześć",
    "witaj",
    "dobrý den",
    "ahoj",
    "szia",
    "kedves",
    "bună",
    "salutare",
    "γεια σου",
    "merhaba",
    "hyvä",
    "moi",
    "tere",
    "labas",
    "sveiki",
    "hi",
    "hello",
    "dear",
    "hey",
    "liebe",
    "lieber",
    "guten tag",
];

impl Redactor<'_> {
    /// Learns whom the mail is about, the person it is for first.
    pub fn learn(&mut self, block: &HeaderBlock<'_>, message: &Message) {
        let noted = message.delivered_to.iter().map(|addr| Address { name: String::new(), addr: addr.clone() });
        let mut named: Vec<Address> = message.to.iter().chain(&message.cc).cloned().chain(noted).collect();
        for header in ["from", "reply-to", "sender", "return-path", "errors-to"] {
            named.extend(block.named(header).flat_map(|header| address::list(&header.text())));
        }
        let texts: Vec<&String> = message.texts.iter().flat_map(|text| [&text.own, &text.quoted]).collect();
        let footers = texts.iter().filter_map(|text| self.captured(message, text).sent_to);
        let footers: Vec<Address> = footers.map(|addr| Address { name: String::new(), addr }).collect();
        for address in named.iter().chain(&footers) {
            if self.is_somebodys(address) {
                self.people.of_address(&address.addr);
            }
        }
        self.people.reserve_first();
        for address in &named {
            self.learn_address(address);
        }
        for text in texts {
            self.learn_text(message, text);
        }
    }

    /// Learns whom the headers of a mail inside this mail name.
    pub fn learn_headers(&mut self, block: &HeaderBlock<'_>) {
        for header in ["from", "to", "cc", "reply-to", "sender"] {
            let named: Vec<Address> = block.named(header).flat_map(|header| address::list(&header.text())).collect();
            for address in &named {
                self.learn_address(address);
            }
        }
    }

    pub fn is_somebodys(&self, address: &Address) -> bool {
        address.domain().is_some_and(|domain| !self.keeps_domain(address.local(), &domain))
    }

    fn learn_address(&mut self, address: &Address) {
        let is_desk = self.is_desk(&address.name);
        let person = if self.is_somebodys(address) {
            let person = self.people.of_address(&address.addr);
            self.people.learn_local(person, address.local(), self.common);
            person
        } else if is_desk {
            return;
        } else {
            self.people.nameless()
        };
        if !is_desk {
            self.people.learn_name(person, &address.name, self.common);
        }
    }

    /// What one text says about whom it is for.
    fn captured(&self, message: &Message, text: &str) -> Captured {
        let alone = Text { own: text.to_owned(), quoted: String::new() };
        self.rules.captured(&Message { texts: vec![alone], links: Vec::new(), ..message.clone() })
    }

    /// Meta's brands, and what is called after its work. No name at all is nobody's either.
    pub fn is_desk(&self, name: &str) -> bool {
        let words = name.to_lowercase();
        let mut words = words.split(|c: char| !c.is_alphanumeric());
        name.is_empty() || self.rules.is_candidate(name) || words.any(|word| DESKS.contains(&word))
    }

    /// The greeting, the footer, and names beside addresses: "Am Montag schrieb Ruby Tuesday <ruby@example.com>:".
    fn learn_text(&mut self, message: &Message, text: &str) {
        let captured = self.captured(message, text);
        let elsewhere = greeting(text).filter(|name| !name.split_whitespace().all(|word| self.common.contains(word)));
        if let Some(handle) = &captured.intended_for {
            self.people.learn_handle(0, handle);
        }
        for name in captured.greeting.into_iter().chain(elsewhere) {
            if name.contains(|c: char| c.is_ascii_digit() || matches!(c, '.' | '_')) {
                self.people.learn_handle(0, &name);
            } else if !self.is_desk(&name) {
                self.people.learn_name(0, &name, self.common);
            }
        }
        for piece in text.split('>') {
            let Some((before, inside)) = piece.rsplit_once('<') else { continue };
            let Some(addr) = address::addr_spec(inside) else { continue };
            let words: Vec<&str> = before.split_whitespace().rev().take(4).collect();
            let is_name = |word: &&&str| word.starts_with(char::is_uppercase) && !word.ends_with([':', ',', '.', ';']);
            let name: Vec<&str> = words.iter().take_while(is_name).copied().collect();
            self.learn_address(&Address { name: name.into_iter().rev().collect::<Vec<_>>().join(" "), addr });
        }
    }
}

/// The name in a greeting of any language: a word of greeting at the beginning of one of the first lines, up to three words behind it
/// that begin with a capital or look like a user name, and a comma, an exclamation mark or the end of the line.
fn greeting(text: &str) -> Option<String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(4);
    lines.into_iter().find_map(|line| {
        let lower = line.to_lowercase();
        let greeting = GREETINGS.iter().find(|greeting| lower.starts_with(&format!("{greeting} ")))?;
        let rest: String = line.chars().skip(greeting.chars().count()).collect();
        let name = rest.split([',', '!', ':', ';']).next()?.trim();
        let is_handle = |word: &str| word.contains(|c: char| c.is_ascii_digit() || matches!(c, '.' | '_'));
        let fits = |word: &str| word.starts_with(char::is_uppercase) || is_handle(word);
        let words: Vec<&str> = name.split_whitespace().collect();
        ((1..=3).contains(&words.len()) && words.iter().all(|word| fits(word)))
            .then(|| name.trim_end_matches('.').to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_greeting_of_any_language_names_somebody() {
        let cases = [
            ("Bonjour Ruby,\n\nNous", Some("Ruby")),
            ("Hola, Ruby", None),
            ("Ciao sunny.flower,", Some("sunny.flower")),
            ("Logo\n\nOlá Ruby Tuesday!", Some("Ruby Tuesday")),
            ("Salut à tous,", None),
            ("Dear all,", None),
            ("Higher", None),
            ("", None),
        ];
        for (text, name) in cases {
            assert_eq!(greeting(text).as_deref(), name, "{text}");
        }
    }
}
