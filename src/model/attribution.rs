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
    /// What the mail has there.
    pub value: String,
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
    /// Every hint that was weighed.
    pub signals: Vec<Signal>,
}
