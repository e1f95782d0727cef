//! Where an account stands: a pure function of what is known and the date.
//!
//! It does not know how messages were recognised, nor how mailboxes are read; it is told when they were.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};
use serde::{Deserialize, Serialize};

use super::account::AccountId;
use super::attribution::Basis;
use super::deadline::deadline_on;
use super::kind::Kind;
use super::objection::{Coverage, Objection, Via, coverage_of};
use super::period::Period;
use super::words;

words! {
    /// Contract section 4.
    State {
        NotObjected = "not_objected",
        NoMailExpected = "no_mail_expected",
        Pending = "pending",
        CodeSent = "code_sent",
        Received = "received",
        ActionNeeded = "action_needed",
        Refused = "refused",
        Confirmed = "confirmed",
        Overdue = "overdue",
        Unobserved = "unobserved",
    }
}

impl State {
    /// Whether a mail of Meta's would change this for the better, so that a mailbox nobody reads is a problem.
    pub const fn waits_for_mail(self) -> bool {
        match self {
            State::Pending
            | State::CodeSent
            | State::Received
            | State::ActionNeeded
            | State::Overdue
            | State::Unobserved => true,
            State::NotObjected | State::NoMailExpected | State::Refused | State::Confirmed => false,
        }
    }
}

words! {
    /// How bad it is. `unknown` is not on the scale: it means that nobody could look.
    Severity { Ok = "ok", Info = "info", Warning = "warning", Critical = "critical", Unknown = "unknown" }
}

/// A message's number in `messages`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MessageNumber(pub i64);

impl std::fmt::Display for MessageNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::str::FromStr for MessageNumber {
    type Err = std::num::ParseIntError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(MessageNumber)
    }
}

/// The `[policy]` of the configuration.
#[derive(Debug, Clone)]
pub struct Policy {
    /// No confirmation this long after objecting: late.
    pub warn_after: Period,
    /// Art. 12(3) GDPR: critical after it.
    pub deadline: Period,
    /// A warning is said again this often while it lasts.
    pub repeat_every: Period,
    /// A mailbox not fully read for this long is stale.
    pub stale_after: Period,
    /// Whether the sender must be proven for a message to count.
    pub sender: SenderPolicy,
}

impl Default for Policy {
    /// The defaults of contract section 3.
    fn default() -> Policy {
        Policy {
            warn_after: Period::days(3),
            deadline: Period::months(1),
            repeat_every: Period::days(7),
            stale_after: Period::hours(6),
            sender: SenderPolicy::Require,
        }
    }
}

words! {
    /// Whether the sender must be proven for a message to count.
    SenderPolicy { Require = "require", Off = "off" }
}

/// One message that belongs to an account; whether it says anything about its status, its kind decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// Its number.
    pub message: MessageNumber,
    /// What it says.
    pub kind: Kind,
    /// The server's time of receipt.
    pub received_at: Timestamp,
    /// Why it counts for this account.
    pub basis: Basis,
    /// The account it was for, when the basis is the Accounts Centre.
    pub through: Option<AccountId>,
}

/// Everything known about one account's objection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// The objection in force.
    pub objection: Option<Objection>,
    /// The messages that belong to the account, in any order.
    pub heard: Vec<Heard>,
    /// Dates of confirmations recorded by hand.
    pub confirmed_by_hand: Vec<Date>,
}

impl Facts {
    /// What was known at the end of that local day: later messages, confirmations and objections left out.
    pub fn as_of(mut self, day: Date, tz: &TimeZone) -> Facts {
        self.objection = self.objection.filter(|objection| objection.on <= day);
        self.heard.retain(|heard| local_date(heard.received_at, tz) <= day);
        self.confirmed_by_hand.retain(|on| *on <= day);
        self
    }
}

/// Where an account stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The state.
    pub state: State,
    /// How bad it is.
    pub severity: Severity,
    /// The local date of the confirmation, when `confirmed`.
    pub confirmed_on: Option<Date>,
    /// What the confirmation rests on, when `confirmed`.
    pub basis: Option<Basis>,
    /// The account it came through, when that is another one of the same Accounts Centre.
    pub through: Option<AccountId>,
    /// What the objection covers.
    pub coverage: Coverage,
    /// The date from which silence is late.
    pub warn_on: Option<Date>,
    /// The last day of the law's month.
    pub deadline_on: Option<Date>,
    /// Since when it is so: the date of the message, objection or limit that made it so.
    pub since: Option<Date>,
    /// Later refusals and requests that speak against a confirmation: for review.
    pub contradicting: Vec<MessageNumber>,
}

/// Where the account stands at `now`, of which the local date counts.
///
/// `observed_until` is the moment up to which every mailbox has been fully read; `None` when one never was, or when there
/// is none. Source: contract section 4.
pub fn status_at(facts: &Facts, observed_until: Option<Timestamp>, policy: &Policy, now: &ZonedDateTime) -> Status {
    let tz = now.time_zone();
    let today = now.date();
    let heard = Standing::of(facts, tz);
    let warn_on = facts.objection.and_then(|objection| policy.warn_after.from_date(objection.on));
    let deadline_on = facts.objection.and_then(|objection| deadline_on(objection.on, &policy.deadline));
    let after_deadline = deadline_on.and_then(|day| day.tomorrow().ok());

    let mut status = Status {
        state: State::NotObjected,
        severity: Severity::Info,
        confirmed_on: None,
        basis: None,
        through: None,
        coverage: coverage_of(facts.objection),
        warn_on,
        deadline_on,
        since: facts.objection.map(|objection| objection.on),
        contradicting: heard.contradicting,
    };
    if let Some(confirmation) = heard.confirmation {
        status.state = State::Confirmed;
        status.severity = Severity::Ok;
        status.confirmed_on = Some(confirmation.on);
        status.since = Some(confirmation.on);
        status.basis = Some(confirmation.basis);
        status.through = confirmation.through;
        return status;
    }

    // From which date silence is late, where it can become late at all.
    let mut late_from = None;
    match heard.last {
        Some(last) => {
            status.since = Some(local_date(last.received_at, tz));
            match last.kind {
                Kind::Code => {
                    let old = now.timestamp().duration_since(last.received_at) >= CODE_LASTS;
                    status.state = State::CodeSent;
                    status.severity = if old { Severity::Warning } else { Severity::Info };
                    late_from = earliest(warn_on, after_deadline);
                }
                Kind::Receipt => {
                    status.state = State::Received;
                    status.severity = Severity::Ok;
                    late_from = after_deadline;
                }
                Kind::InfoRequest => {
                    status.state = State::ActionNeeded;
                    status.severity = Severity::Warning;
                }
                Kind::Refused => {
                    status.state = State::Refused;
                    status.severity = Severity::Critical;
                }
                // Confirmations have been dealt with above; the others never stand for a status.
                Kind::Honoured | Kind::Notice | Kind::Unrecognised => {}
            }
        }
        None => match facts.objection.map(|objection| objection.via) {
            None => {}
            Some(Via::App) => status.state = State::NoMailExpected,
            Some(Via::Web | Via::Letter) => {
                status.state = State::Pending;
                status.severity = Severity::Ok;
                late_from = earliest(warn_on, after_deadline);
            }
        },
    }

    if let Some(late_from) = late_from.filter(|late_from| today >= *late_from) {
        status.since = Some(late_from);
        if !observed_since(observed_until, late_from, tz) {
            status.state = State::Unobserved;
            status.severity = Severity::Unknown;
        } else {
            status.state = State::Overdue;
            // "Past the deadline" is said only when every mailbox has been read since then: the mail may have come meanwhile.
            let past = after_deadline.filter(|day| today >= *day && observed_since(observed_until, *day, tz));
            status.severity = if past.is_some() { Severity::Critical } else { Severity::Warning };
        }
    }
    status
}

/// The next moment at which the same facts can give another status; `None` when time alone changes nothing any more.
pub fn next_change(facts: &Facts, policy: &Policy, now: &ZonedDateTime) -> Option<Timestamp> {
    let tz = now.time_zone();
    let heard = Standing::of(facts, tz);
    if heard.confirmation.is_some() {
        return None;
    }
    let on = facts.objection.map(|objection| objection.on);
    let warn_on = on.and_then(|on| policy.warn_after.from_date(on));
    let after_deadline = on.and_then(|on| deadline_on(on, &policy.deadline)).and_then(|day| day.tomorrow().ok());
    let code_old = heard
        .last
        .filter(|last| last.kind == Kind::Code)
        .and_then(|last| last.received_at.checked_add(CODE_LASTS).ok());
    [warn_on.and_then(|day| start_of(day, tz)), after_deadline.and_then(|day| start_of(day, tz)), code_old]
        .into_iter()
        .flatten()
        .filter(|moment| *moment > now.timestamp())
        .min()
}

/// The local date of an instant.
pub fn local_date(at: Timestamp, tz: &TimeZone) -> Date {
    at.to_zoned_datetime(tz.clone()).date()
}

/// A code is typed in at once or not at all; a day later nothing has come of it.
const CODE_LASTS: jiff::SignedDuration = jiff::SignedDuration::from_hours(24);

struct Confirmation {
    on: Date,
    basis: Basis,
    through: Option<AccountId>,
}

/// What the messages add up to.
struct Standing<'a> {
    confirmation: Option<Confirmation>,
    /// The last word, where nothing is confirmed.
    last: Option<&'a Heard>,
    contradicting: Vec<MessageNumber>,
}

impl<'a> Standing<'a> {
    fn of(facts: &'a Facts, tz: &TimeZone) -> Standing<'a> {
        enum Event<'a> {
            Mail(&'a Heard),
            ByHand(Date),
        }
        // A confirmation by hand has a date only. It takes the start of that day: a refusal of the same day is then
        // later and goes to review, where the other order would hide it.
        let mut events: Vec<(Timestamp, Kind, Event<'a>)> = Vec::with_capacity(facts.heard.len() + 1);
        events.extend(facts.heard.iter().map(|heard| (heard.received_at, heard.kind, Event::Mail(heard))));
        events.extend(
            facts
                .confirmed_by_hand
                .iter()
                .filter_map(|on| Some((start_of(*on, tz)?, Kind::Honoured, Event::ByHand(*on)))),
        );
        events.sort_by_key(|(at, kind, _)| (*at, *kind));

        // Answers to an earlier objection say nothing about this one, except a confirmation. One day of grace: the code
        // comes before the form is sent, and the person's calendar need not be the server's.
        let counts_from = facts.objection.and_then(|objection| objection.on.yesterday().ok());
        let mut standing = Standing { confirmation: None, last: None, contradicting: Vec::new() };
        for (at, kind, event) in events {
            let heard = match event {
                Event::ByHand(on) => {
                    standing.confirmation.get_or_insert(Confirmation { on, basis: Basis::User, through: None });
                    continue;
                }
                Event::Mail(heard) => heard,
            };
            match kind {
                Kind::Honoured => {
                    standing.confirmation.get_or_insert_with(|| Confirmation {
                        on: local_date(at, tz),
                        basis: heard.basis,
                        through: heard.through.clone(),
                    });
                }
                Kind::Refused | Kind::InfoRequest if standing.confirmation.is_some() => {
                    if heard.basis == Basis::User {
                        // The person has looked at it and said that it counts.
                        standing.confirmation = None;
                        standing.last = Some(heard);
                    } else {
                        standing.contradicting.push(heard.message);
                    }
                }
                Kind::Code | Kind::Receipt | Kind::InfoRequest | Kind::Refused => {
                    let earlier_objection = counts_from.is_some_and(|from| local_date(at, tz) < from);
                    if !earlier_objection && standing.confirmation.is_none() {
                        standing.last = Some(heard);
                    }
                }
                Kind::Notice | Kind::Unrecognised => {}
            }
        }
        standing
    }
}

fn earliest(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

fn observed_since(observed_until: Option<Timestamp>, day: Date, tz: &TimeZone) -> bool {
    match (observed_until, start_of(day, tz)) {
        (Some(until), Some(start)) => until >= start,
        _ => false,
    }
}

/// Midnight at the beginning of a local day (the first moment there is, where a clock change swallows midnight).
fn start_of(day: Date, tz: &TimeZone) -> Option<Timestamp> {
    day.to_zoned_datetime(tz.clone()).ok().map(|start| start.timestamp())
}

#[cfg(test)]
mod tests;
