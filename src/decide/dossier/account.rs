//! One account in a dossier: where it stands, and what happened when.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{AccountPart, Dossier, Words, anchor, definitions};
use crate::decide::html::Html;
use crate::decide::timeline::{Arrival, What};
use crate::model::account::{Account, Platform};
use crate::model::attribution::{Basis, Reason};
use crate::model::deadline::deadline_on;
use crate::model::kind::Kind;
use crate::model::language::Lang;
use crate::model::objection::{Coverage, Via};
use crate::model::period::Period;
use crate::model::proof::Proof;
use crate::model::status::{Severity, State};

/// What happened, as a sentence that addresses nobody: for the dossier, and for programs that read the bundle.
pub fn sentence(lang: Lang, what: &What) -> String {
    sentence_in(&Words::new(lang, TimeZone::UTC), what)
}

/// The account's part of the page.
pub(super) fn section(words: &Words, part: &AccountPart, dossier: &Dossier) -> Html {
    let status = Html::element(tone(part.status.severity), Html::element("p", standing(words, part, dossier)));
    let pieces = [
        Html::element("h2", name(words, &part.account)),
        status,
        definitions(facts(words, part)),
        Html::element("h3", words.get("timeline_title")),
        timeline(words, part, dossier.made_at.date()),
    ];
    Html::element("section", Html::lines(pieces))
}

fn name(words: &Words, account: &Account) -> String {
    let platform = match account.platform {
        Platform::Facebook => "Facebook",
        Platform::Instagram => "Instagram",
        Platform::Threads => "Threads",
        Platform::None => return words.get("account_none"),
    };
    match account.handle.as_deref() {
        Some(handle) => words.fill("account_platform", &[("platform", platform), ("handle", handle)]),
        None => words.fill("account_platform_only", &[("platform", platform)]),
    }
}

fn tone(severity: Severity) -> &'static str {
    match severity {
        Severity::Ok => "div class=\"status good\"",
        Severity::Info => "div class=\"status\"",
        Severity::Warning | Severity::Unknown => "div class=\"status warn\"",
        Severity::Critical => "div class=\"status bad\"",
    }
}

/// The last day of the month that the law gives. The policy may say another deadline for warnings; that one is nobody else's.
fn month(part: &AccountPart) -> Option<Date> {
    deadline_on(part.objection?.on, &Period::months(1))
}

fn standing(words: &Words, part: &AccountPart, dossier: &Dossier) -> String {
    let status = &part.status;
    let day = |date: Option<Date>| date.map_or_else(|| words.get("unknown_day"), |date| words.lang.date(date));
    let read = dossier.read_until.map_or_else(|| words.get("unknown_day"), |at| words.day(at));
    let month = month(part);
    let name = match status.state {
        State::NotObjected => "state_not_objected",
        State::NoMailExpected => "state_no_mail_expected",
        State::Pending => "state_pending",
        State::CodeSent => "state_code_sent",
        State::Received => "state_received",
        State::ActionNeeded => "state_action_needed",
        State::Refused => "state_refused",
        State::Confirmed => match status.basis {
            Some(Basis::AccountsCentre) => "state_confirmed_accounts_centre",
            Some(Basis::User) => "state_confirmed_user",
            Some(Basis::Message) | None => "state_confirmed_message",
        },
        // "By the end of the period" is said only when the mailboxes have been read since.
        State::Overdue => {
            let read_on = dossier.read_until.map(|at| at.to_zoned_datetime(words.tz.clone()).date());
            match (month, read_on) {
                (Some(month), Some(read_on)) if read_on > month => "state_overdue_past",
                _ => "state_overdue",
            }
        }
        State::Unobserved => "state_unobserved",
    };
    let through = status.through.as_ref().map(ToString::to_string).unwrap_or_default();
    let values =
        [("deadline", day(month)), ("confirmed", day(status.confirmed_on)), ("through", through), ("read", read)];
    words.fill(name, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
}

fn facts(words: &Words, part: &AccountPart) -> Vec<(String, Html)> {
    let account = &part.account;
    let mut rows = vec![(words.get("label_id"), account.id.as_str().into())];
    if let Some(name) = &account.display_name {
        rows.push((words.get("label_name"), name.as_str().into()));
    }
    let emails = account.emails.iter().map(|email| match email.strip_prefix("*@") {
        Some(domain) => words.fill("every_address", &[("domain", domain)]),
        None => email.clone(),
    });
    rows.push((words.get("label_emails"), emails.collect::<Vec<_>>().join(", ").into()));
    let objected = match part.objection {
        Some(objection) => {
            let day = words.lang.date(objection.on);
            words.fill("objected", &[("day", &day), ("via", &words.get(via(objection.via)))])
        }
        None => words.get("objected_unknown"),
    };
    rows.push((words.get("label_objected"), objected.into()));
    let deadline = match month(part) {
        Some(month) => words.fill("deadline", &[("day", &words.lang.date(month))]),
        None => words.get("deadline_unknown"),
    };
    rows.push((words.get("label_deadline"), deadline.into()));
    let confirmed = match part.status.confirmed_on {
        Some(on) => words.fill("confirmed", &[("day", &words.lang.date(on))]),
        None => words.get("confirmed_not"),
    };
    rows.push((words.get("label_confirmed"), confirmed.into()));
    let coverage = match part.status.coverage {
        Coverage::All => "coverage_all",
        Coverage::FutureOnly => "coverage_future_only",
        Coverage::Unknown => "coverage_unknown",
    };
    rows.push((words.get("label_coverage"), words.get(coverage).into()));
    rows
}

fn via(via: Via) -> &'static str {
    match via {
        Via::Web => "via_web",
        Via::App => "via_app",
        Via::Letter => "via_letter",
    }
}

fn timeline(words: &Words, part: &AccountPart, today: Date) -> Html {
    let mut rows: Vec<(Date, Html)> = Vec::new();
    for entry in &part.timeline {
        rows.push((entry.on, row(words, entry.on, &entry.what)));
    }
    // A confirmation in time makes the end of the period nobody's concern.
    let month = month(part).filter(|month| part.status.confirmed_on.is_none_or(|on| on > *month));
    if let Some(month) = month {
        let name = if today > month { "what_deadline_past" } else { "what_deadline_future" };
        let cells = [Html::element("th", words.lang.date(month)), Html::element("td", words.get(name))];
        rows.push((month, Html::element("tr class=\"term\"", Html::lines(cells))));
    }
    if rows.is_empty() {
        return Html::element("p", words.get("timeline_empty"));
    }
    rows.sort_by_key(|(on, _)| *on);
    Html::element("table", Html::element("tbody", Html::lines(rows.into_iter().map(|(_, row)| row))))
}

fn row(words: &Words, on: Date, what: &What) -> Html {
    let tag = match what {
        What::Objected(_) | What::ConfirmedByHand(_) => "tr class=\"own\"",
        What::Message(_) => "tr class=\"meta\"",
        What::Doubtful(..) | What::Assigned(_) | What::Noticed(..) => "tr",
    };
    let mut said = Html::from(main_clause(words, what));
    if let Some(number) = what.message() {
        said = said.and(Html::link_to(&anchor(number), &words.message(number)));
    }
    let how = remarks(words, what);
    if !how.is_empty() {
        said = said.and(Html::element("span class=\"soft\"", how));
    }
    let cells = [Html::element("th", words.lang.date(on)), Html::element("td", said)];
    Html::element(tag, Html::lines(cells))
}

fn sentence_in(words: &Words, what: &What) -> String {
    let remarks = remarks(words, what);
    let main = main_clause(words, what);
    if remarks.is_empty() { main } else { format!("{main} {remarks}") }
}

fn main_clause(words: &Words, what: &What) -> String {
    match what {
        What::Objected(way) => words.fill("what_objected", &[("via", &words.get(via(*way)))]),
        What::ConfirmedByHand(note) => words.fill("what_confirmed", &[("note", note)]),
        What::Message(arrival) if arrival.unread => words.get("what_unread"),
        What::Message(arrival) => words.get(kind_name(arrival.kind)),
        What::Doubtful(_, kind, reason) => {
            let (kind, reason) = (words.get(kind_name(*kind)), words.get(reason_name(*reason)));
            words.fill("what_doubtful", &[("kind", &kind), ("reason", &reason)])
        }
        What::Assigned(_) => words.get("what_assigned"),
        What::Noticed(_, to, severity) => words.fill("what_noticed", &[("to", &state_word(words, to, *severity))]),
    }
}

fn remarks(words: &Words, what: &What) -> String {
    let What::Message(Arrival { basis, proof, through, .. }) = what else { return String::new() };
    let how = match (basis, proof) {
        (Basis::User, _) | (_, Some(Proof::User)) => "how_user",
        (_, Some(Proof::Dkim)) => "how_dkim",
        (_, Some(Proof::Authserv)) => "how_authserv",
        (_, None) => "how_none",
    };
    let how = words.get(how);
    match through {
        Some(id) => format!("{how} {}", words.fill("how_through", &[("through", id.as_str())])),
        None => how,
    }
}

/// The name of the sentence for what a message says.
pub(super) fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Code => "what_code",
        Kind::Receipt => "what_receipt",
        Kind::Honoured => "what_honoured",
        Kind::InfoRequest => "what_info_request",
        Kind::Refused => "what_refused",
        Kind::Notice => "what_notice",
        Kind::Unrecognised => "what_unrecognised",
    }
}

/// The name of the words for why a message is up for review.
pub(super) fn reason_name(reason: Reason) -> &'static str {
    match reason {
        Reason::UnprovenSender => "reason_unproven_sender",
        Reason::Ambiguous => "reason_ambiguous",
        Reason::NoAccount => "reason_no_account",
        Reason::Unrecognised => "reason_unrecognised",
        Reason::ForeignLink => "reason_foreign_link",
        Reason::Contradicts => "reason_contradicts",
        Reason::TooLarge => "reason_too_large",
        Reason::Unreadable => "reason_unreadable",
    }
}

/// A word of the contract in words for people; one that this version does not know stays as it is.
fn state_word(words: &Words, word: &str, severity: Severity) -> String {
    let Ok(state) = word.parse::<State>() else { return word.to_owned() };
    words.get(match state {
        State::NotObjected => "word_not_objected",
        State::NoMailExpected => "word_no_mail_expected",
        State::Pending => "word_pending",
        State::CodeSent => "word_code_sent",
        State::Received => "word_received",
        State::ActionNeeded => "word_action_needed",
        State::Refused => "word_refused",
        State::Confirmed => "word_confirmed",
        State::Overdue if severity == Severity::Critical => "word_overdue_critical",
        State::Overdue => "word_overdue",
        State::Unobserved => "word_unobserved",
    })
}
