//! What there is to read of a folder, and the question to begin with.
//!
//! The counts of LIST-STATUS tell it before the folder is opened: so the question can go out together with EXAMINE. What EXAMINE
//! says counts; where it says otherwise, the question is asked once more.

use super::candidates::SENDERS;
use super::headers::{FROM, chain};
use super::{FEW, FIRST_PASS, Plan, cut};
use crate::imap::Folder;
use crate::imap::session::Connection;
use crate::model::mailbox::Cursor;

/// UIDs to look at, and how many messages there are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    /// Everything up to here has been dealt with before.
    pub(super) after: u32,
    /// The last one.
    pub(super) goal: u32,
    pub(super) exists: u32,
    /// Whether `since` holds.
    pub(super) first: bool,
}

/// How to find out which messages of a span may matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Sender, date and size of all: so few that another round trip costs more.
    Senders,
    /// The From fields of all.
    Headers,
    /// A search, after it is known where to begin.
    Samples,
    /// A search.
    Search,
}

/// So few are asked for all that at once: a hundred bytes more of each.
const VERY_FEW: u32 = 30;

impl Span {
    /// As the counts tell; `None` where they do not tell all of it.
    pub(super) fn told(folder: &Folder, cursor: Option<&Cursor>, plan: &Plan<'_>) -> Option<Span> {
        let counts = folder.counts?;
        let (after, first) = begun(cursor, plan, counts.uidvalidity?);
        let (goal, exists) = (counts.uidnext? - 1, counts.messages?);
        (goal > after && exists > 0).then_some(Span { after, goal, exists, first })
    }

    fn holds_at_most(&self, number: u32) -> bool {
        self.goal.saturating_sub(self.after) <= number || self.exists <= number
    }
}

/// How far a folder of that UIDVALIDITY has been read, and whether `since` holds for the rest.
pub(super) fn begun(cursor: Option<&Cursor>, plan: &Plan<'_>, uidvalidity: u32) -> (u32, bool) {
    let started = |cursor: &&Cursor| {
        let interrupted = cursor.generation.strip_suffix(FIRST_PASS) == Some(plan.generation);
        cursor.uidvalidity == uidvalidity && (interrupted || cursor.generation == plan.generation)
    };
    let going_on = cursor.filter(started);
    let first = going_on.is_none_or(|cursor| cursor.generation != plan.generation);
    (going_on.map_or(0, |cursor| cursor.last_uid), first)
}

impl Connection {
    /// How to look at a span.
    pub(super) fn way(&self, span: &Span, plan: &Plan<'_>) -> Way {
        if self.pipelines() && span.holds_at_most(VERY_FEW) {
            Way::Senders
        } else if span.holds_at_most(FEW) {
            Way::Headers
        } else if span.first && plan.since.is_some() && span.exists >= cut::MANY && self.offers("SAVEDATE") {
            Way::Samples
        } else {
            Way::Search
        }
    }

    /// The first question about a span, as it will be asked; `None` where there is none to search for.
    pub(super) fn first_question(&self, span: &Span, plan: &Plan<'_>) -> Option<String> {
        let Span { after, goal, exists, .. } = span;
        let range = format!("{}:{goal}", after + 1);
        Some(match self.way(span, plan) {
            Way::Senders => format!("UID FETCH {range} {SENDERS}"),
            Way::Headers => format!("UID FETCH {range} {FROM}"),
            Way::Samples => cut::samples(*exists),
            Way::Search => format!("UID SEARCH UID {range} {}", chain(plan.needles)?),
        })
    }
}
