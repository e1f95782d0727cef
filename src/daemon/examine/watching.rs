//! Whether somebody watches: the running daemon, and when each mailbox was last read completely.

use std::path::Path;

use jiff::ZonedDateTime;

use super::Finding;
use crate::locale::{Locale, say};
use crate::model::harmless::harmless;
use crate::model::mailbox::{Health, MailboxName, MailboxState};
use crate::model::period::Period;
use crate::store::WriterLock;

/// Looks whether a confirmd is at work on this database, and how each mailbox (in the configuration's order) is.
pub fn watching(
    database: &Path,
    mailboxes: &[(MailboxName, Health)],
    stale_after: &Period,
    now: &ZonedDateTime,
    locale: &Locale,
) -> Vec<Finding> {
    let running = WriterLock::is_taken(database);
    let mut findings = vec![if running {
        Finding::ok(say!(locale, "doc-running"))
    } else {
        Finding::note(say!(locale, "doc-not-running"), say!(locale, "doc-not-running-todo"))
    }];
    let of = |(name, health): &(MailboxName, Health)| of_mailbox(name, health, running, stale_after, now, locale);
    findings.extend(mailboxes.iter().map(of));
    findings
}

fn of_mailbox(
    name: &MailboxName,
    health: &Health,
    running: bool,
    stale_after: &Period,
    now: &ZonedDateTime,
    locale: &Locale,
) -> Finding {
    let name = harmless(name.as_str());
    let since = match health.last_complete.map(|last| last.to_zoned_datetime(now.time_zone().clone())) {
        Some(last) => {
            let at = format!("{} {}", locale.day(last.date()), last.strftime("%H:%M"));
            say!(locale, "doc-read-last", at = at)
        }
        None => say!(locale, "doc-read-never"),
    };
    let error =
        health.error.as_deref().map(|error| format!(": {}", harmless(&locale.fault(error)))).unwrap_or_default();
    let look = if running { "doc-watch-log-todo" } else { "doc-watch-sync-todo" };
    match health.state_at(stale_after, now.timestamp(), now.time_zone()) {
        MailboxState::Ok => Finding::ok(say!(locale, "doc-box-ok", name = name, since = since, error = error)),
        MailboxState::Never => Finding::note(
            say!(locale, "doc-box-never", name = name, error = error),
            say!(locale, if running { "doc-watch-wait-todo" } else { look }),
        ),
        MailboxState::Stale => {
            Finding::wrong(say!(locale, "doc-box-stale", name = name, since = since, error = error), say!(locale, look))
        }
        MailboxState::Failing => Finding::wrong(
            say!(locale, "doc-box-failing", name = name, since = since, error = error),
            say!(locale, look),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::language::Lang;
    use jiff::Timestamp;
    use jiff::tz::TimeZone;

    #[test]
    fn a_stale_or_failing_mailbox_is_wrong_and_one_never_read_worth_a_note() {
        let now: Timestamp = "2025-06-01T12:00:00Z".parse().unwrap();
        let now = now.to_zoned_datetime(TimeZone::UTC);
        let shown = |last: Option<&str>, failures_in_row, running| {
            let last_complete = last.map(|at| at.parse().unwrap());
            let error = (failures_in_row > 0).then(|| "no route\u{7}".to_owned());
            let health = Health { last_complete, failures_in_row, error, hopeless: false };
            let name = MailboxName("private".to_owned());
            let Finding { level, what, todo, .. } =
                of_mailbox(&name, &health, running, &Period::hours(6), &now, Locale::of(Lang::En));
            format!("{level:?} {what} > {}", todo.unwrap_or_default())
        };
        let sync = "start the daemon, or run `confirmd sync` now";
        let log = "see what is said of the mailbox above, and the daemon's log: journalctl --user -u confirmd";
        let fresh = Some("2025-06-01T11:55:00Z");
        let old = Some("2025-06-01T01:00:00Z");
        let cases = [
            (fresh, 0, true, "Ok mailbox \"private\": read completely, last on 2025-06-01 11:55 > ".to_owned()),
            (old, 0, true, format!("Wrong mailbox \"private\": stale, read completely last on 2025-06-01 01:00 > {log}")),
            (old, 0, false, format!("Wrong mailbox \"private\": stale, read completely last on 2025-06-01 01:00 > {sync}")),
            (
                fresh,
                2,
                true,
                format!(
                    "Wrong mailbox \"private\": cannot be read (read completely last on 2025-06-01 11:55): no route\\u{{7}} > {log}"
                ),
            ),
            (None, 0, false, format!("Note mailbox \"private\": not read completely yet > {sync}")),
            (
                None,
                0,
                true,
                "Note mailbox \"private\": not read completely yet > the first pass may be under way; look again in a while"
                    .to_owned(),
            ),
        ];
        for (last, failures, running, expected) in cases {
            assert_eq!(shown(last, failures, running), expected);
        }
    }
}
