//! Whether somebody watches: the running daemon, and when each mailbox was last read completely.

use std::path::Path;

use jiff::ZonedDateTime;

use super::Finding;
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
) -> Vec<Finding> {
    let running = WriterLock::is_taken(database);
    let mut findings = vec![if running {
        Finding::ok("a confirmd (`run`, or a `sync` under way) reads the mailboxes for this database")
    } else {
        Finding::note(
            "no confirmd is running: nobody would notice a confirmation that does not come",
            "start the daemon: systemctl --user enable --now confirmd (packaging/ has the units), or confirmd run",
        )
    }];
    findings.extend(mailboxes.iter().map(|(name, health)| of_mailbox(name, health, running, stale_after, now)));
    findings
}

fn of_mailbox(
    name: &MailboxName,
    health: &Health,
    running: bool,
    stale_after: &Period,
    now: &ZonedDateTime,
) -> Finding {
    let name = format!("mailbox \"{}\"", harmless(name.as_str()));
    let last = health
        .last_complete
        .map(|last| last.to_zoned_datetime(now.time_zone().clone()).strftime("%Y-%m-%d %H:%M").to_string());
    let since = last.as_deref().map_or_else(|| "never".to_owned(), |last| format!("last on {last}"));
    let error = health.error.as_deref().map(|error| format!(": {}", harmless(error))).unwrap_or_default();
    let look = if running {
        "see what is said of the mailbox above, and the daemon's log: journalctl --user -u confirmd"
    } else {
        "start the daemon, or run `confirmd sync` now"
    };
    match health.state_at(stale_after, now.timestamp(), now.time_zone()) {
        MailboxState::Ok => Finding::ok(format!("{name}: read completely, {since}{error}")),
        MailboxState::Never => Finding::note(
            format!("{name}: not read completely yet{error}"),
            if running { "the first pass may be under way; look again in a while" } else { look },
        ),
        MailboxState::Stale => Finding::wrong(format!("{name}: stale, read completely {since}{error}"), look),
        MailboxState::Failing => {
            Finding::wrong(format!("{name}: cannot be read (read completely {since}){error}"), look)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
            let Finding { level, what, todo, .. } = of_mailbox(&name, &health, running, &Period::hours(6), &now);
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
