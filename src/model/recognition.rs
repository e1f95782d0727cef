//! A rule matched a message.

use serde::{Deserialize, Serialize};

use super::kind::Kind;

/// One condition of a rule, and what was found for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The condition in words, e.g. `one sentence says @promise and @ai`.
    pub condition: String,
    /// Whether it held.
    pub holds: bool,
    /// The words of the mail that decided it (a sentence at most), where there are any.
    pub found: Option<String>,
}

/// What the mail says about whom it is for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Captured {
    /// The name in the greeting: `Ruby` of "Hi Ruby,".
    pub greeting: Option<String>,
    /// The user name of "... and intended for USERNAME."
    pub intended_for: Option<String>,
    /// The address of "This message was sent to ADDRESS".
    pub sent_to: Option<String>,
}

/// A rule matched: kind, language, captured fields, and the evidence for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recognition {
    /// The kind of mail.
    pub kind: Kind,
    /// The rule's id; `None` for `unrecognised`, where no rule fits.
    pub rule: Option<String>,
    /// BCP 47 tag of the language, e.g. `de`.
    pub language: String,
    /// Whether the mail says that it holds for the other accounts in the same Accounts Centre.
    pub covers_accounts_centre: bool,
    /// A link leads to this host outside Meta's domains.
    pub foreign_link: Option<String>,
    /// What the mail says about whom it is for.
    pub captured: Captured,
    /// Every condition of the rule that matched.
    pub evidence: Vec<Evidence>,
}
