//! The JSON documents of contract section 5, field by field. Fields may be added; none changes its meaning.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::decide::advice::next_step;
use crate::decide::overview::{AccountView, MailboxView, Overview, ReviewItem};
use crate::locale::Locale;
use crate::model::account::{AccountId, Platform};
use crate::model::attribution::{Basis, Reason};
use crate::model::kind::Kind;
use crate::model::language::Lang;
use crate::model::mailbox::{MailboxName, MailboxState, Place};
use crate::model::objection::{Coverage, Via};
use crate::model::proof::Proof;
use crate::model::status::{MessageNumber, Severity, State};

/// The version of these shapes.
pub const SCHEMA: u32 = 1;

/// `status --json`.
#[derive(Debug, Serialize)]
pub struct StatusDocument {
    schema: u32,
    as_of: String,
    accounts: Vec<AccountJson>,
    mailboxes: Vec<MailboxJson>,
    review: Vec<ReviewJson>,
}

/// One account in `status --json` and `show --json`.
#[derive(Debug, Serialize)]
pub struct AccountJson {
    id: AccountId,
    platform: Platform,
    handle: Option<String>,
    state: State,
    severity: Severity,
    objected_on: Option<Date>,
    via: Option<Via>,
    confirmed_on: Option<Date>,
    basis: Option<Basis>,
    through: Option<AccountId>,
    coverage: Coverage,
    warn_on: Option<Date>,
    deadline_on: Option<Date>,
    since: Option<Date>,
    messages: Vec<MessageNumber>,
    next_step: String,
}

#[derive(Debug, Serialize)]
struct MailboxJson {
    name: MailboxName,
    state: MailboxState,
    last_complete: Option<String>,
    error: Option<String>,
}

#[derive(Debug, Serialize)]
struct ReviewJson {
    message: MessageNumber,
    kind: Kind,
    reason: Reason,
    candidates: Vec<AccountId>,
    from: String,
    subject: String,
    received_at: String,
}

/// `messages --json`.
#[derive(Debug, Serialize)]
pub struct MessagesDocument {
    /// The version.
    pub schema: u32,
    /// The messages, by number.
    pub messages: Vec<MessageJson>,
}

/// One message in `messages --json`.
#[derive(Debug, Serialize)]
pub struct MessageJson {
    /// Its number.
    pub number: MessageNumber,
    /// The kind of mail.
    pub kind: Kind,
    /// The rule that matched.
    pub rule: Option<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// How the sender was proven.
    pub proof: Option<Proof>,
    /// Where it counts.
    pub accounts: Vec<AccountId>,
    /// Why it is up for review.
    pub review: Option<Reason>,
    /// From, decoded.
    pub from: String,
    /// Subject, decoded.
    pub subject: String,
    /// Message-ID.
    pub message_id: Option<String>,
    /// The server's time of receipt.
    pub received_at: String,
    /// Of the raw bytes.
    pub sha256: Option<String>,
    /// Where it was seen.
    pub places: Vec<Place>,
}

impl StatusDocument {
    /// The document for an overview, of all accounts or of one.
    pub fn new(overview: &Overview, only: Option<&AccountId>) -> StatusDocument {
        let accounts = overview.accounts.iter().filter(|view| only.is_none_or(|id| view.account.id == *id));
        StatusDocument {
            schema: SCHEMA,
            as_of: time(overview.as_of.timestamp()),
            accounts: accounts.map(|view| AccountJson::new(view, overview)).collect(),
            mailboxes: overview.mailboxes.iter().map(mailbox).collect(),
            review: overview.review.iter().map(review).collect(),
        }
    }
}

impl AccountJson {
    /// One account.
    pub fn new(view: &AccountView, overview: &Overview) -> AccountJson {
        let status = &view.status;
        AccountJson {
            id: view.account.id.clone(),
            platform: view.account.platform,
            handle: view.account.handle.clone(),
            state: status.state,
            severity: status.severity,
            objected_on: view.objection.map(|objection| objection.on),
            via: view.objection.map(|objection| objection.via),
            confirmed_on: status.confirmed_on,
            basis: status.basis,
            through: status.through.clone(),
            coverage: status.coverage,
            warn_on: status.warn_on,
            deadline_on: status.deadline_on,
            since: status.since,
            messages: view.messages.clone(),
            next_step: next_step(Locale::of(Lang::En), view, overview),
        }
    }
}

fn mailbox(view: &MailboxView) -> MailboxJson {
    MailboxJson {
        name: view.name.clone(),
        state: view.state,
        last_complete: view.health.last_complete.map(time),
        error: view.health.error.clone(),
    }
}

fn review(item: &ReviewItem) -> ReviewJson {
    ReviewJson {
        message: item.message.number,
        kind: item.message.kind,
        reason: item.reason,
        candidates: item.message.candidates.clone(),
        from: item.message.from.clone(),
        subject: item.message.subject.clone(),
        received_at: time(item.message.received_at),
    }
}

/// A time in UTC with whole seconds: `2025-06-30T12:00:00Z`.
pub fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
