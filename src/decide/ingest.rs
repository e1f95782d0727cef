//! What to record of one message.
//!
//! A strange mail is a value here, never an error. Nothing is guessed: what is not certain comes out with a reason for review.

use serde::{Deserialize, Serialize};

use super::attribute::{attribute, linked_with};
use crate::model::account::{Account, AccountId, Platform};
use crate::model::attribution::{Attributed, Basis, Reason, Signal};
use crate::model::kind::Kind;
use crate::model::message::Message;
use crate::model::proof::SenderProof;
use crate::model::recognition::{Evidence, Recognition};
use crate::model::status::SenderPolicy;
use crate::rules::{RuleSet, recognise};

/// What a message means, with everything that led there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// The kind of mail.
    pub kind: Kind,
    /// The rule that matched; `None` where none did.
    pub rule: Option<String>,
    /// BCP 47 tag; `None` where the mail was not read.
    pub language: Option<String>,
    /// Whether the mail says that it holds for the other accounts in the Accounts Centre.
    pub covers_accounts_centre: bool,
    /// Where it counts. Empty when it is up for review.
    pub accounts: Vec<Attributed>,
    /// Why it is up for review.
    pub review: Option<Reason>,
    /// The accounts it could belong to, when it is up for review.
    pub candidates: Vec<AccountId>,
    /// The conditions of the rule that matched.
    pub evidence: Vec<Evidence>,
    /// The hints about the account that were weighed.
    pub signals: Vec<Signal>,
}

/// Judges a message; `None` when it has nothing to do with an objection.
///
/// An announcement (`notice`) is recorded and never up for review: it asks nothing of the person and changes nothing.
pub fn judge(
    message: &Message,
    proof: &SenderProof,
    sender: SenderPolicy,
    rules: &RuleSet,
    accounts: &[Account],
) -> Option<Verdict> {
    let believed = match sender {
        SenderPolicy::Require => {
            proof.proof.is_some() && proof.domain.as_deref().is_some_and(|domain| rules.is_sender_domain(domain))
        }
        SenderPolicy::Off => only_from_domain(message).is_some_and(|domain| rules.is_sender_domain(&domain)),
    };
    let recognition = recognise(rules, message, believed).recognition?;
    let platform = match message.from.as_slice() {
        [only] => rules.platform_of(only),
        _ => None,
    };
    Some(verdict_of(message, recognition, believed, platform, accounts))
}

fn verdict_of(
    message: &Message,
    recognition: Recognition,
    believed: bool,
    platform: Option<Platform>,
    accounts: &[Account],
) -> Verdict {
    let attribution = attribute(message, &recognition, platform, accounts);
    let doubt = if !believed {
        Some(Reason::UnprovenSender)
    } else if recognition.kind == Kind::Unrecognised {
        Some(Reason::Unrecognised)
    } else if recognition.kind == Kind::Honoured && recognition.foreign_link.is_some() {
        Some(Reason::ForeignLink)
    } else {
        attribution.review
    };
    let review = doubt.filter(|_| recognition.kind != Kind::Notice);
    let possible =
        attribution.accounts.iter().map(|attributed| attributed.account.clone()).chain(attribution.candidates);
    let (counted, candidates) = match review {
        Some(_) => (Vec::new(), possible.collect()),
        None => (attribution.accounts, Vec::new()),
    };
    Verdict {
        kind: recognition.kind,
        rule: recognition.rule,
        language: Some(recognition.language),
        covers_accounts_centre: recognition.covers_accounts_centre,
        accounts: counted,
        review,
        candidates,
        evidence: recognition.evidence,
        signals: attribution.signals,
    }
}

/// The verdict on a mail that claims to come from Meta and could not be read.
pub fn unread(reason: Reason, why: &str) -> Verdict {
    Verdict {
        kind: Kind::Unrecognised,
        rule: None,
        language: None,
        covers_accounts_centre: false,
        accounts: Vec::new(),
        review: Some(reason),
        candidates: Vec::new(),
        evidence: vec![Evidence {
            condition: "the mail can be read".to_owned(),
            holds: false,
            found: Some(why.to_owned()),
        }],
        signals: Vec::new(),
    }
}

/// What the person decided about a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settlement {
    /// It belongs to this account, and its sender is vouched for.
    Assigned(AccountId),
    /// It is nothing.
    Dismissed,
}

/// The verdict after the person's decision: where it counts, and whether it is still up for review.
pub fn settled(mut verdict: Verdict, settlement: Option<&Settlement>, accounts: &[Account]) -> Verdict {
    match settlement {
        None => {}
        Some(Settlement::Dismissed) => {
            verdict.review = None;
            verdict.accounts.clear();
            verdict.candidates.clear();
        }
        Some(Settlement::Assigned(id)) => {
            verdict.review = None;
            verdict.candidates.clear();
            verdict.accounts = vec![Attributed { account: id.clone(), basis: Basis::User, through: None }];
            if verdict.covers_accounts_centre && verdict.kind == Kind::Honoured {
                let own = accounts.iter().find(|account| account.id == *id);
                let linked = own.into_iter().flat_map(|own| linked_with(own, accounts));
                verdict.accounts.extend(linked.map(|account| Attributed {
                    account: account.id.clone(),
                    basis: Basis::AccountsCentre,
                    through: Some(id.clone()),
                }));
            }
        }
    }
    verdict
}

/// The domain of the one From address; `None` where there are several, or none.
pub fn only_from_domain(message: &Message) -> Option<String> {
    match message.from.as_slice() {
        [only] => only.domain(),
        _ => None,
    }
}
