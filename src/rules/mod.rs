//! What Meta's mails look like, as data, and what kind of mail a message is.
//!
//! `rules/*.toml` say how each kind reads in each language (docs/RULES.md); this module reads those files and tries them on a
//! [`Message`](crate::model::message::Message). A new wording, sender or language is a change of those files, not of this code.
//!
//! It opens no file and no mail, proves no sender, and does not know the person's accounts.

mod rule;
mod sender;

mod source;
mod check;
mod parse;
mod raw;
mod shipped;
mod book;

mod recognise;
mod trial;
mod unknown;

mod capture;
mod fingerprint;
mod greeting;
mod language;
mod letters;
mod phrase;
mod quotes;
mod text;
mod vocabulary;

pub use book::RuleBook;
pub use recognise::{Recognised, recognise};
pub use rule::{Rule, RuleSet, RuleStatus};
pub use source::{RuleError, Source};
pub use trial::Trial;
pub use vocabulary::Vocabulary;

#[cfg(test)]
mod tests;
