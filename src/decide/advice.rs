//! What it means and what the person can do: in plain words, for someone who is worried and no engineer.
//!
//! It never quotes a mail, nor its subject: a subject can be a one-time code.

use jiff::civil::Date;

use super::overview::{AccountView, MailboxView, Overview, ReviewItem};
use crate::locale::{Locale, say};
use crate::model::account::AccountId;
use crate::model::attribution::Reason;
use crate::model::kind::Kind;
use crate::model::mailbox::MailboxState;
use crate::model::objection::Via;
use crate::model::proof::Proof;
use crate::model::status::{MessageNumber, Severity, State};

/// The state in a few words, for a table.
pub fn state_in_words(locale: &Locale, state: State, severity: Severity) -> String {
    let key = match state {
        State::NotObjected => "state-not-objected",
        State::NoMailExpected => "state-no-mail-expected",
        State::Pending => "state-pending",
        State::CodeSent if severity == Severity::Warning => "state-code-unused",
        State::CodeSent => "state-code-sent",
        State::Received => "state-received",
        State::ActionNeeded => "state-action-needed",
        State::Refused => "state-refused",
        State::Confirmed => "state-confirmed",
        State::Overdue if severity == Severity::Critical => "state-overdue-month",
        State::Overdue => "state-overdue",
        State::Unobserved => "state-unobserved",
    };
    say!(locale, key)
}

/// What the person can do for this account now, in one or two sentences.
pub fn next_step(locale: &Locale, view: &AccountView, overview: &Overview) -> String {
    let id = view.account.id.as_str();
    let status = &view.status;
    let last = view.messages.last().copied();
    let day = |date: Option<Date>| date.map_or_else(|| say!(locale, "date-unknown"), |date| locale.day(date));
    match status.state {
        State::NotObjected => say!(locale, "step-not-objected", id = id),
        State::NoMailExpected => say!(locale, "step-no-mail-expected", id = id),
        State::Pending => match status.warn_on {
            Some(warn_on) => say!(locale, "step-pending", day = locale.day(warn_on)),
            None => say!(locale, "step-pending-undated"),
        },
        State::CodeSent if status.severity == Severity::Warning => say!(locale, "step-code-unused"),
        State::CodeSent => say!(locale, "step-code-sent"),
        State::Received => match status.deadline_on {
            Some(deadline_on) => say!(locale, "step-received", day = locale.day(deadline_on)),
            None => say!(locale, "step-received-undated"),
        },
        State::ActionNeeded => say!(locale, "step-action-needed", see = see(locale, last)),
        State::Refused => say!(locale, "step-refused", see = see(locale, last)),
        State::Confirmed => say!(locale, "step-confirmed"),
        State::Overdue if status.severity == Severity::Critical => format!(
            "{}{}",
            doubtful_first(locale, &view.account.id, overview),
            say!(locale, "step-overdue-month", id = id, day = day(status.deadline_on))
        ),
        State::Overdue => format!(
            "{}{}{}",
            doubtful_first(locale, &view.account.id, overview),
            say!(locale, "step-overdue", id = id),
            late_reading(locale, overview, status.deadline_on)
        ),
        State::Unobserved => unobserved_step(locale, overview, status.since),
    }
}

/// Which mailbox keeps confirmd from telling, and what to do about it.
fn unobserved_step(locale: &Locale, overview: &Overview, late_from: Option<Date>) -> String {
    let tz = overview.as_of.time_zone();
    let read_on = |view: &MailboxView| view.health.last_complete.map(|at| at.to_zoned_datetime(tz.clone()).date());
    let unread: Vec<String> = overview
        .mailboxes
        .iter()
        .filter(|view| match (read_on(view), late_from) {
            (Some(read_on), Some(late_from)) => read_on < late_from,
            _ => true,
        })
        .map(|view| match read_on(view) {
            None => say!(locale, "mailbox-never-read", name = view.name.as_str()),
            Some(on) => say!(locale, "mailbox-last-read", name = view.name.as_str(), day = locale.day(on)),
        })
        .collect();
    if unread.is_empty() {
        return say!(locale, "step-no-mailbox");
    }
    say!(locale, "step-unobserved", mailboxes = locale.listed(&unread, "and"))
}

/// Sends the person to the mails that could be the missing answer, before they write to Meta in vain.
fn doubtful_first(locale: &Locale, id: &AccountId, overview: &Overview) -> String {
    let could_be = |item: &&ReviewItem| item.message.candidates.contains(id);
    let numbers: Vec<String> =
        overview.review.iter().filter(could_be).map(|item| item.message.number.to_string()).collect();
    let text = match numbers.as_slice() {
        [] => return String::new(),
        [only] => say!(locale, "doubtful-one", number = only.as_str()),
        several => say!(locale, "doubtful-several", numbers = locale.listed(several, "and")),
    };
    text + " "
}

/// Says that the deadline has passed without anybody looking, where that is so.
fn late_reading(locale: &Locale, overview: &Overview, deadline_on: Option<Date>) -> String {
    match deadline_on {
        Some(deadline) if overview.as_of.date() > deadline => {
            format!(". {}", say!(locale, "late-reading", day = locale.day(deadline)))
        }
        _ => String::new(),
    }
}

/// What a doubtful message says, as its own claim and nobody else's; nothing where its wording is unknown.
pub fn claim_in_words(locale: &Locale, kind: Kind) -> String {
    let key = match kind {
        Kind::Code => "claim-code",
        Kind::Receipt => "claim-receipt",
        Kind::Honoured => "claim-honoured",
        Kind::InfoRequest => "claim-info-request",
        Kind::Refused => "claim-refused",
        Kind::Notice => "claim-notice",
        Kind::Unrecognised => return String::new(),
    };
    say!(locale, key)
}

/// A kind in a word, for a list.
pub fn kind_in_a_word(locale: &Locale, kind: Kind) -> String {
    let key = match kind {
        Kind::Code => "word-code",
        Kind::Receipt => "word-receipt",
        Kind::Honoured => "word-honoured",
        Kind::InfoRequest => "word-info-request",
        Kind::Refused => "word-refused",
        Kind::Notice => "word-notice",
        Kind::Unrecognised => "word-unrecognised",
    };
    say!(locale, key)
}

/// What proved a sender, as in "proven by dkim".
pub fn proof_in_words(locale: &Locale, proof: Proof) -> String {
    let key = match proof {
        Proof::Dkim => "proof-dkim",
        Proof::Authserv => "proof-authserv",
        Proof::User => "proof-by-user",
    };
    say!(locale, key)
}

/// One sentence on what is doubtful about a message, and the command that settles it.
pub fn review_advice(locale: &Locale, item: &ReviewItem) -> String {
    let number = item.message.number.0;
    let account = match item.message.candidates.as_slice() {
        [only] => only.to_string(),
        _ => say!(locale, "account-blank"),
    };
    let settle = || say!(locale, "settle", number = number, account = account.as_str());
    let look = || say!(locale, "settle-unread", number = number);
    let (doubt, settle) = match item.reason {
        Reason::UnprovenSender => (say!(locale, "doubt-unproven-sender"), settle()),
        Reason::Ambiguous => (ambiguous(locale, &item.message.candidates), settle()),
        Reason::NoAccount => (say!(locale, "doubt-no-account"), settle()),
        Reason::Unrecognised => (
            say!(locale, "doubt-unrecognised"),
            say!(locale, "settle-unrecognised", number = number, account = account.as_str()),
        ),
        Reason::ForeignLink => (say!(locale, "doubt-foreign-link"), settle()),
        Reason::Contradicts => (
            say!(locale, "doubt-contradicts"),
            say!(locale, "settle-contradicts", number = number, account = account.as_str()),
        ),
        Reason::TooLarge => (say!(locale, "doubt-too-large"), look()),
        Reason::Unreadable => (say!(locale, "doubt-unreadable"), look()),
    };
    format!("{doubt} {settle}")
}

/// Whose it could be.
fn ambiguous(locale: &Locale, candidates: &[AccountId]) -> String {
    match candidates {
        [] => say!(locale, "doubt-ambiguous-any"),
        [only] => say!(locale, "doubt-ambiguous-one", id = only.as_str()),
        several => {
            let ids: Vec<String> = several.iter().map(ToString::to_string).collect();
            // Each is to be seen as one of several: "a or b or c".
            let [first, rest @ ..] = ids.as_slice() else { return String::new() };
            let all = rest.iter().fold(first.clone(), |list, id| locale.listed(&[list, id.clone()], "or"));
            say!(locale, "doubt-ambiguous", ids = all)
        }
    }
}

/// Title and text of the notice that an account changed.
pub fn account_notice(locale: &Locale, view: &AccountView, overview: &Overview) -> (String, String) {
    let name = account_name(view);
    let name = name.as_str();
    let status = &view.status;
    let title = match status.state {
        State::Confirmed => say!(locale, "title-confirmed", name = name),
        State::Received => say!(locale, "title-received", name = name),
        State::ActionNeeded => say!(locale, "title-action-needed", name = name),
        State::Refused => say!(locale, "title-refused", name = name),
        State::Overdue if status.severity == Severity::Critical => match status.deadline_on {
            Some(day) => say!(locale, "title-overdue-month", name = name, day = locale.day(day)),
            None => say!(locale, "title-overdue", name = name),
        },
        State::Overdue => match view.objection {
            Some(objection) => say!(locale, "title-overdue-since", name = name, day = locale.day(objection.on)),
            None => say!(locale, "title-overdue", name = name),
        },
        State::Unobserved => say!(locale, "title-unobserved", name = name),
        State::CodeSent if status.severity == Severity::Warning => say!(locale, "title-code-unused", name = name),
        State::CodeSent => say!(locale, "title-code-sent", name = name),
        State::Pending => say!(locale, "title-pending", name = name),
        State::NotObjected => say!(locale, "title-not-objected", name = name),
        State::NoMailExpected => say!(locale, "title-no-mail-expected", name = name),
    };
    (title, next_step(locale, view, overview))
}

/// Title and text of the notice that a message needs the person.
pub fn review_notice(locale: &Locale, item: &ReviewItem) -> (String, String) {
    let reason = reason_in_words(locale, item.reason);
    (say!(locale, "title-review", number = item.message.number.0, reason = reason), review_advice(locale, item))
}

/// Title and text of the notice that a mailbox can no longer, or again, be read.
pub fn mailbox_notice(locale: &Locale, view: &MailboxView) -> (String, String) {
    let name = view.name.as_str();
    let reason = match view.health.error.as_deref() {
        Some(error) => locale.fault(error),
        None => say!(locale, "no-error-reported"),
    };
    match view.state {
        MailboxState::Ok => {
            (say!(locale, "title-mailbox-recovered", name = name), say!(locale, "text-mailbox-recovered"))
        }
        MailboxState::Never => (say!(locale, "title-mailbox-never", name = name), reason),
        MailboxState::Stale => {
            (say!(locale, "title-mailbox-stale", name = name), say!(locale, "text-mailbox-stale", reason = reason))
        }
        MailboxState::Failing => {
            (say!(locale, "title-mailbox-failing", name = name), say!(locale, "text-mailbox-failing", reason = reason))
        }
    }
}

/// A reason for review in a few words.
pub fn reason_in_words(locale: &Locale, reason: Reason) -> String {
    let key = match reason {
        Reason::UnprovenSender => "reason-unproven-sender",
        Reason::Ambiguous => "reason-ambiguous",
        Reason::NoAccount => "reason-no-account",
        Reason::Unrecognised => "reason-unrecognised",
        Reason::ForeignLink => "reason-foreign-link",
        Reason::Contradicts => "reason-contradicts",
        Reason::TooLarge => "reason-too-large",
        Reason::Unreadable => "reason-unreadable",
    };
    say!(locale, key)
}

/// What a person calls the account: its id, which they chose.
pub fn account_name(view: &AccountView) -> String {
    view.account.id.to_string()
}

/// "in the app", as in "objected on 2025-05-20 in the app".
pub fn via_in_words(locale: &Locale, via: Via) -> String {
    let key = match via {
        Via::Web => "via-web",
        Via::App => "via-app",
        Via::Letter => "via-letter",
    };
    say!(locale, key)
}

fn see(locale: &Locale, last: Option<MessageNumber>) -> String {
    last.map_or(String::new(), |number| say!(locale, "see", number = number.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::language::Lang;

    #[test]
    fn a_doubtful_message_confirms_nothing_in_any_text() {
        for kind in Kind::ALL {
            for (lang, subject) in [(Lang::En, "It "), (Lang::De, "Darin ")] {
                let claim = claim_in_words(Locale::of(lang), *kind);
                assert!(claim.is_empty() || claim.starts_with(subject), "{kind}: {claim}");
            }
        }
    }
}
