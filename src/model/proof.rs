//! How a sender was proven.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::words;

words! {
    /// How the sender was proven (contract section 4).
    Proof {
        /// A valid DKIM signature, verified here.
        Dkim = "dkim",
        /// The own mail host's Authentication-Results.
        Authserv = "authserv",
        /// Vouched for by the person.
        User = "user",
    }
}

/// One thing that was looked at to prove the sender, in words a person can read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// What was looked at, e.g. `DKIM-Signature d=facebookmail.com s=s1024-2013-q3`.
    pub what: String,
    /// What came of it, e.g. `valid`, `the body was changed after signing`.
    pub outcome: String,
    /// Whether it proves the sender.
    pub proves: bool,
}

/// A DKIM key as DNS answered, kept because selectors vanish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyRecord {
    /// The DNS name, `SELECTOR._domainkey.DOMAIN`, lower case.
    pub name: String,
    /// The TXT record, its strings joined.
    pub txt: String,
    /// When DNS gave it.
    pub seen_at: Timestamp,
}

/// Everything found out about one message's sender.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SenderProof {
    /// The proof, if any; `dkim` is named where both hold.
    pub proof: Option<Proof>,
    /// The proven From domain (lower case), when there is a proof.
    pub domain: Option<String>,
    /// What was looked at, in order.
    pub checks: Vec<Check>,
    /// The keys DNS gave for it.
    pub keys: Vec<KeyRecord>,
    /// DNS could not answer: worth another try later.
    pub retry: bool,
}
