//! The database: one daemon on it, others beside it, and what is said when the daemon is dead.

use super::{FACEBOOK, idles};
use crate::support::daemon::{Home, at, mailbox};
use crate::support::dovecot::Dovecot;

#[test]
fn a_second_daemon_and_a_sync_are_refused_and_everything_else_works_beside_it() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    home.configure(&format!("{}{FACEBOOK}", at(&dovecot, "private", "")));
    let daemon = home.run();
    daemon.until("it waits for mail", || idles(&dovecot) > 0);
    for command in ["run", "sync"] {
        let (code, stdout, stderr) = home.says(&[command]);
        assert_eq!((code, stdout.as_str()), (1, ""));
        assert!(stderr.contains("a confirmd already reads the mailboxes for this database"), "{stderr}");
    }
    let (code, stdout, _) = home.says(&["status", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!((code, &json["accounts"][0]["state"]), (0, &"overdue".into()));
    let (code, stdout, _) = home.says(&["check"]);
    assert!(code == 2 && stdout.starts_with("CONFIRMD CRITICAL - anna-facebook overdue |"), "{code} {stdout}");
    let (code, ..) = home.says(&["confirmed", "anna-facebook", "--on", "2025-05-24", "--note", "seen in the app"]);
    assert_eq!((code, home.status()), (0, vec!["anna-facebook confirmed".to_owned()]));
    daemon.terminate();
    let (code, _, stderr) = home.says(&["sync"]);
    assert_eq!(code, 0, "{stderr}");
}

#[test]
fn a_dead_daemon_is_unknown_to_the_monitor_once_the_mailbox_is_stale() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    let today = jiff::Timestamp::now().to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
    let account = FACEBOOK.replace("2025-05-20", &today.to_string());
    home.configure(&format!("[policy]\nstale_after = \"2s\"\n{}{account}", at(&dovecot, "private", "poll = \"1s\"")));
    let daemon = home.run();
    let check = || home.says(&["check"]);
    daemon.until("it is read", || home.last_complete("private").is_some());
    daemon.until("all is well", || check().0 == 0);
    daemon.kill();
    let stale = crate::support::dovecot::wait_until(std::time::Duration::from_secs(20), || check().0 == 3);
    let (_, line, _) = check();
    assert!(stale.is_ok() && line.starts_with("CONFIRMD UNKNOWN - mailbox private stale |"), "{line}");
}

#[test]
fn a_database_that_cannot_be_used_is_said_at_once() {
    let home = Home::new();
    home.configure(&format!("{}{FACEBOOK}", mailbox("private", 1, "password_file = \"password\"")));
    home.write("confirmd.db", "this is a letter to my grandmother, not a database");
    let (code, stdout, stderr) = home.says(&["run"]);
    assert_eq!((code, stdout.as_str()), (1, ""));
    assert!(
        stderr.contains(
            "this is not an SQLite database; nothing was changed; if it was confirmd's, its beginning is damaged"
        ),
        "{stderr}"
    );
}
