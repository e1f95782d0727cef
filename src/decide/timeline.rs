//! What happened to one account's objection, in order: what the person did, what Meta wrote, what confirmd noticed.
//!
//! Entries are values; who shows them words them. [`for_the_person`] is how the command line does.

use jiff::Timestamp;
use jiff::civil::Date;

use super::advice::{claim_in_words, proof_in_words, reason_in_words, state_in_words, via_in_words};
use crate::locale::{Locale, say};
use crate::model::account::AccountId;
use crate::model::attribution::{Basis, Reason};
use crate::model::harmless::harmless;
use crate::model::kind::Kind;
use crate::model::objection::Via;
use crate::model::proof::Proof;
use crate::model::status::{MessageNumber, Severity, State};

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When; what has a date only happened at the start of that day.
    pub at: Timestamp,
    /// The local date.
    pub on: Date,
    /// What.
    pub what: What,
}

/// What can happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The person objected.
    Objected(Via),
    /// The person saw a confirmation elsewhere; their own words.
    ConfirmedByHand(String),
    /// A message came that belongs to the account.
    Message(Arrival),
    /// A message came that may belong to the account, and counts for nothing until the person has settled it.
    Doubtful(MessageNumber, Kind, Reason),
    /// The person decided that a message belongs to the account.
    Assigned(MessageNumber),
    /// The status changed; the contract's words, none before the first.
    Noticed(Option<String>, String, Severity),
}

/// A message that belongs to the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// Its number.
    pub number: MessageNumber,
    /// What it says.
    pub kind: Kind,
    /// Why it counts for this account.
    pub basis: Basis,
    /// How its sender was proven.
    pub proof: Option<Proof>,
    /// The account it was for, when it came through another of the same Accounts Centre.
    pub through: Option<AccountId>,
    /// It claims to come from Meta and was not read: too large, or unreadable.
    pub unread: bool,
}

impl What {
    /// The word for programs.
    pub fn word(&self) -> &'static str {
        match self {
            What::Objected(_) => "objection",
            What::ConfirmedByHand(_) => "confirmation",
            What::Message(_) => "message",
            What::Doubtful(..) => "doubtful",
            What::Assigned(_) => "settlement",
            What::Noticed(..) => "transition",
        }
    }

    /// The message it is about.
    pub fn message(&self) -> Option<MessageNumber> {
        match self {
            What::Message(arrival) => Some(arrival.number),
            What::Doubtful(number, ..) | What::Assigned(number) => Some(*number),
            What::Objected(_) | What::ConfirmedByHand(_) | What::Noticed(..) => None,
        }
    }
}

/// An entry as a sentence to the person whose account it is.
pub fn for_the_person(locale: &Locale, what: &What) -> String {
    match what {
        What::Objected(via) => say!(locale, "entry-objected", via = via_in_words(locale, *via)),
        What::ConfirmedByHand(note) => say!(locale, "entry-confirmed", note = harmless(note)),
        What::Message(Arrival { number, unread: true, .. }) => say!(locale, "entry-unread", number = number.0),
        What::Message(Arrival { number, kind, basis, proof, through, unread: false }) => {
            let how = match (basis, proof) {
                (Basis::User, _) => say!(locale, "proof-user"),
                (_, Some(proof)) => say!(locale, "proof-by", proof = proof_in_words(locale, *proof)),
                (_, None) => say!(locale, "proof-none"),
            };
            let kind = kind_in_words(locale, *kind);
            match through {
                None => say!(locale, "entry-message", kind = kind, number = number.0, how = how),
                Some(id) => {
                    let id = id.as_str();
                    say!(locale, "entry-message-through", kind = kind, number = number.0, how = how, id = id)
                }
            }
        }
        What::Doubtful(number, kind, reason) => {
            let reason = reason_in_words(locale, *reason);
            let claim = claim_in_words(locale, *kind);
            let entry = say!(locale, "entry-doubtful", number = number.0, reason = reason);
            format!("{entry} {claim}").trim_end().to_owned()
        }
        What::Assigned(number) => say!(locale, "entry-assigned", number = number.0),
        What::Noticed(from, to, severity) => {
            let state = in_words(locale, to, *severity);
            match from.as_ref().filter(|from| *from != to) {
                Some(from) => {
                    let before = in_words(locale, from, Severity::Ok);
                    say!(locale, "entry-noticed-change", state = state, before = before)
                }
                None if from.is_some() => say!(locale, "entry-noticed", state = state),
                None => say!(locale, "entry-watching", state = state),
            }
        }
    }
}

/// A stored state as the table says it; a word of an earlier version stays as it is.
fn in_words(locale: &Locale, state: &str, severity: Severity) -> String {
    state.parse::<State>().map_or_else(|_| state.to_owned(), |state| state_in_words(locale, state, severity))
}

/// What a message of that kind says, as a sentence.
pub fn kind_in_words(locale: &Locale, kind: Kind) -> String {
    let key = match kind {
        Kind::Code => "kind-code",
        Kind::Receipt => "kind-receipt",
        Kind::Honoured => "kind-honoured",
        Kind::InfoRequest => "kind-info-request",
        Kind::Refused => "kind-refused",
        Kind::Notice => "kind-notice",
        Kind::Unrecognised => "kind-unrecognised",
    };
    say!(locale, key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::language::Lang;

    #[test]
    fn every_entry_is_a_sentence_to_the_person() {
        let arrival = |basis, proof, through: Option<&str>| {
            let through = through.map(|id| AccountId(id.to_owned()));
            What::Message(Arrival {
                number: MessageNumber(3),
                kind: Kind::Receipt,
                basis,
                proof,
                through,
                unread: false,
            })
        };
        let noticed =
            |from: Option<&str>, to: &str, severity| What::Noticed(from.map(str::to_owned), to.to_owned(), severity);
        let cases = [
            (What::Objected(Via::App), "You objected in the app."),
            (What::ConfirmedByHand("a pop\u{1b}up".to_owned()), "You recorded a confirmation: a pop\\u{1b}up"),
            (
                arrival(Basis::Message, Some(Proof::Dkim), None),
                "Meta received the objection. Message 3, sender proven by DKIM signature.",
            ),
            (arrival(Basis::Message, None, None), "Meta received the objection. Message 3, sender not proven."),
            (
                arrival(Basis::AccountsCentre, Some(Proof::Authserv), Some("anna-facebook")),
                "Meta received the objection. Message 3, sender proven by your mail host's note, through anna-facebook.",
            ),
            (
                arrival(Basis::User, Some(Proof::User), None),
                "Meta received the objection. Message 3, vouched for by you.",
            ),
            (
                What::Doubtful(MessageNumber(4), Kind::Honoured, Reason::UnprovenSender),
                "Message 4 came, up for review: sender not proven. It says that Meta confirms the objection.",
            ),
            (What::Assigned(MessageNumber(3)), "You decided that message 3 belongs to this account."),
            (noticed(None, "pending", Severity::Ok), "confirmd began to watch: waiting for Meta."),
            (
                noticed(Some("pending"), "overdue", Severity::Warning),
                "confirmd noticed: no answer, late (before: waiting for Meta).",
            ),
            (noticed(Some("overdue"), "overdue", Severity::Critical), "confirmd noticed: no answer in a month."),
        ];
        for (what, sentence) in cases {
            assert_eq!(for_the_person(Locale::of(Lang::En), &what), sentence);
        }
    }
}
