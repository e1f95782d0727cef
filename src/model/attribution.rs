//! The accounts a recognition belongs to.

use serde::{Deserialize, Serialize};

use super::account::AccountId;
use super::words;

words! {
    /// Why a message is up for review (contract section 5).
    Reason {
        UnprovenSender = "unproven_sender",
        Ambiguous = "ambiguous",
        NoAccount = "no_account",
        Unrecognised = "unrecognised",
        ForeignLink = "foreign_link",
        Contradicts = "contradicts",
        TooLarge = "too_large",
        Unreadable = "unreadable",
    }
}

words! {
    /// What a confirmation rests on.
    Basis { Message = "message", AccountsCentre = "accounts_centre", User = "user" }
}

words! {
    /// How much a hint about the account weighed.
    Weight {
        /// Without it nothing else counts: an account that it does not fit is out.
        Decides = "decides",
        /// It names an account exactly: others that it only fits step back.
        Names = "names",
        /// It rules accounts out and names none exactly.
        RulesOut = "rules_out",
        /// It fits, and would fit others too.
        Fits = "fits",
        /// It is there and says nothing about the accounts.
        Nothing = "nothing",
        /// The mail does not have it.
        Absent = "absent",
        /// Something that decides had left no account to weigh.
        NotWeighed = "not_weighed",
    }
}

/// One account a message belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attributed {
    /// The account.
    pub account: AccountId,
    /// Whether the message speaks of the account itself or of its Accounts Centre.
    pub basis: Basis,
    /// The account the message was for, where the basis is the Accounts Centre.
    pub through: Option<AccountId>,
}

/// One hint about the account, and which accounts it speaks for and against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signal {
    /// Which hint, e.g. `To address`, `greeting`, `From domain`.
    pub name: String,
    /// What the mail has there; empty where it has nothing.
    pub value: String,
    /// How much it weighed.
    pub weight: Weight,
    /// Accounts it speaks for.
    pub supports: Vec<AccountId>,
    /// Accounts it rules out.
    pub rules_out: Vec<AccountId>,
}

/// The accounts a message belongs to: one, a group, several possible, or none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribution {
    /// Where the message counts. Empty when `review` is set.
    pub accounts: Vec<Attributed>,
    /// `ambiguous` or `no_account`, when it cannot be told.
    pub review: Option<Reason>,
    /// The accounts it could be, when `ambiguous`.
    pub candidates: Vec<AccountId>,
    /// Every hint there can be, also those that the mail does not have.
    pub signals: Vec<Signal>,
}
