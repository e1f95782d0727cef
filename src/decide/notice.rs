//! Which changes a person is told of, and in which words.
//!
//! It does not know how notices travel, nor whether one arrived.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::advice::{account_notice, mailbox_notice, review_notice};
use super::overview::Overview;
use super::sweep::{REVIEW, Standing};
use crate::locale::Locale;
use crate::model::account::AccountId;
use crate::model::mailbox::{MailboxName, MailboxState};
use crate::model::period::Period;
use crate::model::status::{Severity, State};
use crate::model::transition::{Subject, Transition};

/// A text to deliver because of a transition (contract section 5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Whose state it is about.
    pub subject: Subject,
    /// A state, `review`, `mailbox_failing` or `mailbox_recovered`.
    pub event: String,
    /// How bad it is.
    pub severity: Severity,
    /// The account, if it is about one.
    pub account: Option<AccountId>,
    /// The mailbox, if it is about one.
    pub mailbox: Option<MailboxName>,
    /// One line.
    pub title: String,
    /// What it means and what the person can do.
    pub text: String,
    /// When it was decided.
    pub at: Timestamp,
    /// 0 the first time, then counted up while it lasts.
    pub repeat: u32,
}

/// The event of a mailbox that is read again.
const MAILBOX_RECOVERED: &str = "mailbox_recovered";

impl Notice {
    /// Whether it only takes a warning back.
    pub fn is_recovery(&self) -> bool {
        self.event == MAILBOX_RECOVERED
    }
}

/// The notice of a transition; `None` for a change nobody needs to be told of.
///
/// Told: everything that is a warning or worse, and the good news: `received`, `confirmed`, a mailbox that is read again.
pub fn notice_of(locale: &Locale, transition: &Transition, overview: &Overview) -> Option<Notice> {
    match &transition.subject {
        Subject::Account(id) => {
            let good_news = [State::Confirmed.as_str(), State::Received.as_str()].contains(&transition.to.as_str());
            if !good_news && !is_bad(transition.severity) {
                return None;
            }
            // The same state with a lower severity is no news.
            notice_about(locale, &transition.subject, overview, transition.at)
                .filter(|_| overview.account(id).is_some())
        }
        Subject::Mailbox(_) => {
            let was_bad = transition.from.as_deref().is_some_and(is_bad_mailbox_word);
            let is_bad = is_bad_mailbox_word(&transition.to);
            (was_bad != is_bad).then(|| notice_about(locale, &transition.subject, overview, transition.at)).flatten()
        }
        Subject::Message(_) => (transition.to == REVIEW)
            .then(|| notice_about(locale, &transition.subject, overview, transition.at))
            .flatten(),
    }
}

/// What was last told of a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Whose state it was.
    pub subject: Subject,
    /// When.
    pub at: Timestamp,
    /// How often it had been repeated.
    pub repeat: u32,
}

impl Told {
    /// What the notice tells, as it is remembered: whole seconds.
    pub fn of(notice: &Notice) -> Told {
        let at = Timestamp::from_second(notice.at.as_second()).unwrap_or(notice.at);
        Told { subject: notice.subject.clone(), at, repeat: notice.repeat }
    }
}

/// The notices to say again: what is still bad, and was last told a `repeat_every` ago.
pub fn repeats(
    locale: &Locale,
    standing: &Standing,
    told: &[Told],
    overview: &Overview,
    repeat_every: &Period,
) -> Vec<Notice> {
    let (now, tz) = (overview.as_of.timestamp(), overview.as_of.time_zone());
    // Told later than the next repetition will be: by a clock that ran ahead, and nobody is to wait until it is right.
    let latest = repeat_every.after(now, tz);
    let is_due = |told: &&Told| {
        repeat_at(told, repeat_every, tz).is_some_and(|at| at <= now) || latest.is_some_and(|latest| told.at > latest)
    };
    let due = told.iter().filter(is_due);
    due.filter(|told| still_bad(standing, &told.subject))
        .filter_map(|told| {
            Some(Notice { repeat: told.repeat + 1, ..notice_about(locale, &told.subject, overview, now)? })
        })
        .collect()
}

/// When the next repetition is due; `None` when nothing is bad.
pub fn next_repeat(standing: &Standing, told: &[Told], repeat_every: &Period, tz: &TimeZone) -> Option<Timestamp> {
    let bad = told.iter().filter(|told| still_bad(standing, &told.subject));
    bad.filter_map(|told| repeat_at(told, repeat_every, tz)).min()
}

fn repeat_at(told: &Told, repeat_every: &Period, tz: &TimeZone) -> Option<Timestamp> {
    repeat_every.after(told.at, tz)
}

fn still_bad(standing: &Standing, subject: &Subject) -> bool {
    standing.get(subject).is_some_and(|(word, severity)| match subject {
        Subject::Account(_) => is_bad(*severity),
        Subject::Mailbox(_) => is_bad_mailbox_word(word),
        Subject::Message(_) => word == REVIEW,
    })
}

/// The notice's title in another language (the log's), while that is what still holds; else its event.
pub fn title_in(locale: &Locale, notice: &Notice, overview: Option<&Overview>) -> String {
    let now = overview.and_then(|overview| notice_about(locale, &notice.subject, overview, notice.at));
    match now.filter(|now| now.event == notice.event && now.severity == notice.severity) {
        Some(now) => now.title,
        None => notice.event.clone(),
    }
}

/// The notice about a subject as it stands now; `None` when it is no longer there.
fn notice_about(locale: &Locale, subject: &Subject, overview: &Overview, at: Timestamp) -> Option<Notice> {
    let notice = |event: &str, severity, (title, text): (String, String)| Notice {
        subject: subject.clone(),
        event: event.to_owned(),
        severity,
        account: None,
        mailbox: None,
        title,
        text,
        at,
        repeat: 0,
    };
    match subject {
        Subject::Account(id) => {
            let view = overview.account(id)?;
            let told = notice(view.status.state.as_str(), view.status.severity, account_notice(locale, view, overview));
            Some(Notice { account: Some(id.clone()), ..told })
        }
        Subject::Mailbox(name) => {
            let view = overview.mailboxes.iter().find(|view| view.name == *name)?;
            let (event, severity) = match view.state {
                MailboxState::Failing | MailboxState::Stale => ("mailbox_failing", Severity::Warning),
                MailboxState::Ok | MailboxState::Never => (MAILBOX_RECOVERED, Severity::Ok),
            };
            Some(Notice { mailbox: Some(name.clone()), ..notice(event, severity, mailbox_notice(locale, view)) })
        }
        Subject::Message(number) => {
            let item = overview.under_review(*number)?;
            let account = match item.message.candidates.as_slice() {
                [only] => Some(only.clone()),
                _ => None,
            };
            Some(Notice { account, ..notice(REVIEW, Severity::Warning, review_notice(locale, item)) })
        }
    }
}

fn is_bad(severity: Severity) -> bool {
    match severity {
        Severity::Warning | Severity::Critical | Severity::Unknown => true,
        Severity::Ok | Severity::Info => false,
    }
}

fn is_bad_mailbox_word(word: &str) -> bool {
    [MailboxState::Failing.as_str(), MailboxState::Stale.as_str()].contains(&word)
}
