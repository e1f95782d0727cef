//! What stands in a bundle's JSON files, field by field. Fields may be added; none changes its meaning without a new `schema`.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::model::account::{AccountId, Platform};
use crate::model::attribution::{Basis, Reason};
use crate::model::kind::Kind;
use crate::model::language::Lang;
use crate::model::mailbox::Place;
use crate::model::objection::{Coverage, Via};
use crate::model::proof::{Check, Proof};
use crate::model::status::{MessageNumber, Severity, State};

/// The version of these shapes.
pub const SCHEMA: u32 = 1;

/// `timeline.json`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Timeline {
    /// The version.
    pub schema: u32,
    /// When the bundle was made.
    pub made_at: Timestamp,
    /// By which program and version.
    pub made_by: String,
    /// The language of the texts.
    pub language: Lang,
    /// The moment up to which every mailbox had been fully read.
    pub read_until: Option<Timestamp>,
    /// The accounts, in the order asked for.
    pub accounts: Vec<AccountRecord>,
    /// Their messages, by number.
    pub messages: Vec<MessageRecord>,
}

/// One account, its status when the bundle was made, and what happened.
#[derive(Debug, Serialize, Deserialize)]
#[allow(missing_docs, reason = "a field means what the contract says of its word")]
pub struct AccountRecord {
    pub id: AccountId,
    pub platform: Platform,
    pub handle: Option<String>,
    pub display_name: Option<String>,
    pub emails: Vec<String>,
    pub state: State,
    pub severity: Severity,
    pub objected_on: Option<Date>,
    pub via: Option<Via>,
    pub confirmed_on: Option<Date>,
    pub basis: Option<Basis>,
    pub through: Option<AccountId>,
    pub coverage: Coverage,
    pub warn_on: Option<Date>,
    pub deadline_on: Option<Date>,
    pub timeline: Vec<EntryRecord>,
}

/// One thing that happened.
#[derive(Debug, Serialize, Deserialize)]
pub struct EntryRecord {
    /// When; what has a date only happened at the start of that day.
    pub at: Timestamp,
    /// The local date.
    pub on: Date,
    /// What, as one word.
    pub what: String,
    /// What, as a sentence.
    pub text: String,
    /// The message it is about.
    pub message: Option<MessageNumber>,
}

/// One message and what is known about it.
#[derive(Debug, Serialize, Deserialize)]
#[allow(missing_docs, reason = "a field means what the contract says of its word")]
pub struct MessageRecord {
    pub number: MessageNumber,
    /// The file with its exact bytes, or with the few header fields that were read of it.
    pub file: Option<String>,
    /// Of the file, in bytes.
    pub size: u64,
    /// Of the exact bytes; `None` when the message was not read.
    pub sha256: Option<String>,
    pub kind: Kind,
    pub rule: Option<String>,
    pub language: Option<String>,
    /// How the sender was proven, `user` before what the mail itself proves.
    pub proof: Option<Proof>,
    /// How the sender was proven, whatever the person has vouched for.
    pub sender_proof: Option<Proof>,
    pub proof_domain: Option<String>,
    pub proof_checks: Vec<Check>,
    /// The accounts of this bundle for which it counts.
    pub accounts: Vec<AccountId>,
    pub review: Option<Reason>,
    pub from: String,
    pub subject: String,
    pub message_id: Option<String>,
    pub received_at: Timestamp,
    pub places: Vec<Place>,
}

/// `keys.json`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Keys {
    /// The version.
    pub schema: u32,
    /// By message.
    pub keys: Vec<MessageKey>,
}

/// A DKIM key as DNS gave it for one message.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MessageKey {
    /// The message.
    pub message: MessageNumber,
    /// The DNS name, `SELECTOR._domainkey.DOMAIN`.
    pub name: String,
    /// The TXT record, its strings joined.
    pub txt: String,
    /// When DNS gave it.
    pub seen_at: Timestamp,
}

/// Reads `timeline.json`; otherwise says in words why not.
pub fn read_timeline(bytes: &[u8]) -> Result<Timeline, String> {
    read(bytes)
}

/// Reads `keys.json`; otherwise says in words why not.
pub fn read_keys(bytes: &[u8]) -> Result<Keys, String> {
    read(bytes)
}

#[derive(Deserialize)]
struct Versioned {
    schema: u32,
}

fn read<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> Result<T, String> {
    // serde_json's own words may quote what stands there; line and column do.
    let place = |error: serde_json::Error| format!("is not as confirmd writes it (line {})", error.line());
    let Versioned { schema } = serde_json::from_slice(bytes).map_err(place)?;
    if schema != SCHEMA {
        return Err(format!("has the form {schema}, which this confirmd does not know"));
    }
    serde_json::from_slice(bytes).map_err(place)
}
