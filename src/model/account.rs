//! The person's accounts at Meta.

use serde::{Deserialize, Serialize};

use super::objection::Objection;
use super::words;

words! {
    /// Where an account lives. `none` is a person without an account, who used the third-party form.
    Platform { Facebook = "facebook", Instagram = "instagram", Threads = "threads", None = "none" }
}

/// An account's `id` in the configuration: `[a-z0-9._-]+`, unique.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountId(pub String);

impl AccountId {
    /// The id as written in the configuration.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for AccountId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
    }
}

/// One account as the person declared it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Unique id.
    pub id: AccountId,
    /// Facebook, Instagram, Threads, or none.
    pub platform: Platform,
    /// The user name there, without `@`.
    pub handle: Option<String>,
    /// The name the account shows.
    pub display_name: Option<String>,
    /// The account's addresses and the one given in the form; never empty.
    pub emails: Vec<String>,
    /// Accounts with the same value are linked in Meta's Accounts Centre.
    pub accounts_centre: Option<String>,
    /// The objection written in the configuration; one recorded later by command is kept in the database.
    pub objection: Option<Objection>,
}
