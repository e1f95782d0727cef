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
pub fn next_step(view: &AccountView, overview: &Overview) -> String {
    let id = &view.account.id;
    let status = &view.status;
    let last = view.messages.last();
    match status.state {
        State::NotObjected => format!(
            "Object with Meta's form for this account, then record it: confirmd objected {id} --on DATE"
        ),
        State::NoMailExpected => format!(
            "The app may answer with a pop-up only and send no mail. If you saw it confirm your objection, record that: \
             confirmd confirmed {id} --note \"seen in the app\""
        ),
        State::Pending => format!(
            "Nothing to do. Meta's answer usually comes within two days; confirmd warns {}.",
            from_date(status.warn_on)
        ),
        State::CodeSent if status.severity == Severity::Warning => {
            "A code came, and nothing after it: the objection was probably not sent. Open the form again, ask for a new \
             code, and send it."
                .to_owned()
        }
        State::CodeSent => "Type the code from Meta's mail into the form and send it; the code is valid for a short time only."
            .to_owned(),
        State::Received => format!(
            "Nothing to do. Meta has your objection and is reviewing it; it has time {}.",
            until_date(status.deadline_on)
        ),
        State::ActionNeeded => format!("Meta asks you for something. Read its mail and answer it{}.", see(last)),
        State::Refused => format!(
            "Meta refuses. Read its reasons{}; you can object again with your own, or complain to your data protection \
             authority.",
            see(last)
        ),
        State::Confirmed => "Nothing to do. confirmd keeps the confirmation as evidence.".to_owned(),
        State::Overdue if status.severity == Severity::Critical => format!(
            "{}The month that Art. 12(3) GDPR gives Meta ended on {}. Remind Meta in writing, or complain to your data \
             protection authority; silence counts. If Meta did confirm: confirmd confirmed {id} --note TEXT",
            doubtful_first(id, overview),
            date(status.deadline_on)
        ),
        State::Overdue => format!(
            "{}No mail that counts was found in any mailbox. Did you give another address in the form, or object in the \
             app? Else object once more. If Meta did confirm: confirmd confirmed {id} --note TEXT{}",
            doubtful_first(id, overview),
            late_reading(overview, status.deadline_on)
        ),
        State::Unobserved => unobserved_step(overview, status.since),
    }
}

/// Which mailbox keeps confirmd from telling, and what to do about it.
fn unobserved_step(overview: &Overview, late_from: Option<Date>) -> String {
    let tz = overview.as_of.time_zone();
    let unread: Vec<String> = overview
        .mailboxes
        .iter()
        .filter(|view| {
            let read_on = view.health.last_complete.map(|at| at.to_zoned_datetime(tz.clone()).date());
            match (read_on, late_from) {
                (Some(read_on), Some(late_from)) => read_on < late_from,
                _ => true,
            }
        })
        .map(|view| match view.health.last_complete {
            None => format!("mailbox \"{}\" has never been read completely", view.name),
            Some(at) => format!(
                "mailbox \"{}\" was last read completely on {}",
                view.name,
                at.to_zoned_datetime(tz.clone()).date()
            ),
        })
        .collect();
    if unread.is_empty() {
        return "No mailbox is configured, so nobody looks for Meta's answer: add a [[mailbox]] to the configuration."
            .to_owned();
    }
    format!(
        "An answer may have come and not been seen: {}. Run `confirmd sync` and mend what it reports.",
        unread.join(" and ")
    )
}

/// Sends the person to the mails that could be the missing answer, before they write to Meta in vain.
fn doubtful_first(id: &AccountId, overview: &Overview) -> String {
    let could_be = |item: &&ReviewItem| item.message.candidates.contains(id);
    let numbers: Vec<String> =
        overview.review.iter().filter(could_be).map(|item| item.message.number.to_string()).collect();
    match numbers.as_slice() {
        [] => String::new(),
        [only] => format!("Message {only} could be the answer; look at it first (confirmd explain {only}). "),
        several => format!(
            "Messages {} could be the answer; look at them first (confirmd messages --review). ",
            listed(several)
        ),
    }
}

/// `1, 2 and 3`.
fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Says that the deadline has passed without anybody looking, where that is so.
fn late_reading(overview: &Overview, deadline_on: Option<Date>) -> String {
    match deadline_on {
        Some(deadline) if overview.as_of.date() > deadline => format!(
            ". The deadline of {deadline} has passed, but not every mailbox has been read since; run `confirmd sync`"
        ),
        _ => String::new(),
    }
}

/// What a doubtful message says, as its own claim and nobody else's; nothing where its wording is unknown.
pub fn claim_in_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Code => "It brings a one-time code.",
        Kind::Receipt => "It says that Meta received the objection.",
        Kind::Honoured => "It says that Meta confirms the objection.",
        Kind::InfoRequest => "It says that Meta asks for more.",
        Kind::Refused => "It says that Meta refuses the objection.",
        Kind::Notice => "It announces something.",
        Kind::Unrecognised => "",
    }
}

/// One sentence on what is doubtful about a message, and the command that settles it.
pub fn review_advice(item: &ReviewItem) -> String {
    let number = item.message.number;
    let account = match item.message.candidates.as_slice() {
        [only] => only.to_string(),
        _ => "ACCOUNT".to_owned(),
    };
    let settle = format!("It counts: confirmd assign {number} {account} - it does not: confirmd dismiss {number}");
    let (doubt, settle) = match item.reason {
        Reason::UnprovenSender => {
            ("It reads like a mail of Meta's, but nothing proves that Meta sent it.".to_owned(), settle)
        }
        Reason::Ambiguous => (format!("It could belong to {}.", one_of(&item.message.candidates)), settle),
        Reason::NoAccount => (
            "Meta sent it, but it names none of your accounts' addresses, or a name that is not yours.".to_owned(),
            settle,
        ),
        Reason::Unrecognised => (
            "Meta writes about an objection and AI in words that no rule knows.".to_owned(),
            format!("Read it. It confirms: confirmd confirmed {account} --note TEXT - else: confirmd dismiss {number}"),
        ),
        Reason::ForeignLink => (
            "It reads like a confirmation, but a link in it leads away from Meta. Do not follow it.".to_owned(),
            settle,
        ),
        Reason::Contradicts => (
            "It says less than the confirmation that came before it.".to_owned(),
            format!(
                "It undoes the confirmation: confirmd assign {number} {account} - it does not: confirmd dismiss {number}"
            ),
        ),
        Reason::TooLarge => (
            "It claims to come from Meta and is larger than limits.message, so it was not read.".to_owned(),
            format!("Look at it in your mail program, then: confirmd dismiss {number}"),
        ),
        Reason::Unreadable => (
            "It claims to come from Meta and could not be read.".to_owned(),
            format!("Look at it in your mail program, then: confirmd dismiss {number}"),
        ),
    };
    format!("{doubt} {settle}")
}

/// Title and text of the notice that an account changed.
pub fn account_notice(view: &AccountView, overview: &Overview) -> (String, String) {
    let name = account_name(view);
    let status = &view.status;
    let title = match status.state {
        State::Confirmed => format!("{name}: Meta confirmed the objection"),
        State::Received => format!("{name}: Meta received the objection"),
        State::ActionNeeded => format!("{name}: Meta asks for more"),
        State::Refused => format!("{name}: Meta refuses the objection"),
        State::Overdue if status.severity == Severity::Critical => {
            format!("{name}: no confirmation, and the deadline of {} has passed", date(status.deadline_on))
        }
        State::Overdue => match view.objection {
            Some(objection) => format!("{name}: no confirmation, objected on {}", objection.on),
            None => format!("{name}: no confirmation"),
        },
        State::Unobserved => format!("{name}: cannot tell whether Meta confirmed"),
        State::CodeSent if status.severity == Severity::Warning => format!("{name}: a code came and nothing after it"),
        State::CodeSent => format!("{name}: Meta sent a code"),
        State::Pending => format!("{name}: waiting for Meta"),
        State::NotObjected => format!("{name}: no objection recorded"),
        State::NoMailExpected => format!("{name}: objected in the app, no mail expected"),
    };
    (title, next_step(view, overview))
}

/// Title and text of the notice that a message needs the person.
pub fn review_notice(item: &ReviewItem) -> (String, String) {
    (format!("Message {} needs a look: {}", item.message.number, reason_in_words(item.reason)), review_advice(item))
}

/// Title and text of the notice that a mailbox can no longer, or again, be read.
pub fn mailbox_notice(view: &MailboxView) -> (String, String) {
    let name = &view.name;
    let reason = view.health.error.as_deref().unwrap_or("no error was reported");
    match view.state {
        MailboxState::Ok => (
            format!("Mailbox \"{name}\" is read again"),
            "Nothing to do. What came meanwhile has been looked at.".to_owned(),
        ),
        MailboxState::Never => (format!("Mailbox \"{name}\" has not been read yet"), reason.to_owned()),
        MailboxState::Stale => (
            format!("Mailbox \"{name}\" has not been read for too long"),
            format!("While it is not read, a confirmation can arrive unseen. Last error: {reason}."),
        ),
        MailboxState::Failing => (
            format!("Mailbox \"{name}\" cannot be read"),
            format!("While it is not read, a confirmation can arrive unseen. {reason}."),
        ),
    }
}

/// A reason for review in a few words.
pub fn reason_in_words(reason: Reason) -> &'static str {
    match reason {
        Reason::UnprovenSender => "sender not proven",
        Reason::Ambiguous => "several accounts possible",
        Reason::NoAccount => "none of your accounts",
        Reason::Unrecognised => "unknown wording",
        Reason::ForeignLink => "link away from Meta",
        Reason::Contradicts => "contradicts a confirmation",
        Reason::TooLarge => "too large to read",
        Reason::Unreadable => "unreadable",
    }
}

/// What a person calls the account: its id, which they chose.
pub fn account_name(view: &AccountView) -> String {
    view.account.id.to_string()
}

/// "via the app", as in "objected on 2025-05-20 via the app".
pub fn via_in_words(via: Via) -> &'static str {
    match via {
        Via::Web => "on the web",
        Via::App => "in the app",
        Via::Letter => "by letter",
    }
}

fn see(last: Option<&MessageNumber>) -> String {
    last.map_or(String::new(), |number| format!(" (confirmd explain {number})"))
}

fn one_of(candidates: &[AccountId]) -> String {
    match candidates {
        [] => "any of your accounts".to_owned(),
        [only] => format!("{only}, or to an account you have not declared"),
        [first, rest @ ..] => rest.iter().fold(first.to_string(), |list, id| format!("{list} or {id}")),
    }
}

fn date(date: Option<Date>) -> String {
    date.map_or("an unknown date".to_owned(), |date| date.to_string())
}

fn from_date(date: Option<Date>) -> String {
    date.map_or("when it is late".to_owned(), |date| format!("from {date} on"))
}

fn until_date(date: Option<Date>) -> String {
    date.map_or("for a month".to_owned(), |date| format!("until {date}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doubtful_message_confirms_nothing_in_any_text() {
        for kind in Kind::ALL {
            let claim = claim_in_words(*kind);
            assert!(claim.is_empty() || claim.starts_with("It "), "{kind}: {claim}");
        }
    }
}
