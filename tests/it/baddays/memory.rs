//! Too little memory: the process ends where it stands, and has lost nothing.

use super::{FACEBOOK, MAY, confirmation, said, sound};
use crate::support::daemon::{Home, at};
use crate::support::dovecot::Dovecot;
use crate::support::faults::tried;

#[test]
fn a_sync_without_enough_memory_ends_and_the_next_one_reads_everything() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    home.configure(&format!("{}{FACEBOOK}", at(&dovecot, "private", "")));
    dovecot.deliver("INBOX", &confirmation(), MAY);
    let mut ended = Vec::new();
    // From hardly enough to load the program to plenty; addresses, so more than what is used.
    for megabytes in [25, 40, 90, 140] {
        let limit = format!("--as={}", megabytes * 1024 * 1024);
        let (code, _, stderr) = home.says_under(&["prlimit", &limit], &["sync"]);
        // 127: a library could not be loaded. -1: aborted. 1: SQLite or a thread could not have any, and it was said.
        assert!([-1, 0, 1, 127].contains(&code), "{megabytes} MB: {code} {stderr}");
        if code != 0 {
            ended.push((code, said(&home, &stderr)));
        }
        if home.database().exists() && !home.sql("SELECT 1").is_empty() {
            assert_eq!(home.sql("PRAGMA integrity_check"), ["ok"], "{megabytes} MB");
        }
    }
    assert!(!ended.is_empty());
    assert_eq!(home.says(&["sync"]).0, 0);
    assert_eq!(home.sql("SELECT count(*) FROM message"), ["1"]);
    sound(&home);
    let aborted = ended.iter().any(|(code, _)| *code == -1);
    let how = if aborted { "aborts (SIGABRT)" } else { "ends with an error" };
    tried("Limits", "too little memory for a sync", &format!("{how}; the next sync reads everything, once"));
}
