//! A connection that breaks off at every step there is.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use confirmd::config::Config;
use confirmd::daemon::judge::Judge;
use confirmd::daemon::recorder::Recorder;
use confirmd::daemon::stop::Stop;
use confirmd::daemon::sync::sync;
use confirmd::model::language::Lang;
use confirmd::rules::RuleSet;
use confirmd::store::Store;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::support::answering::{Answering, Cut};
use crate::support::confirmd::{FACEBOOK, HONOURED, TITLE};
use crate::support::faults::tried;

/// A short confirmation: every line of it is a place to break off.
fn mail(number: usize) -> Vec<u8> {
    format!(
        "Authentication-Results: mx.example.org; dkim=pass header.d=support.facebook.com\r\n\
         From: Facebook <case++{number}@support.facebook.com>\r\nTo: anna@example.org\r\nSubject: {TITLE}\r\n\
         X-Synthetic: yes, made for the confirmd test corpus\r\nMessage-ID: <{number}@support.facebook.com>\r\n\r\n{HONOURED}\r\n"
    )
    .into_bytes()
}

/// Nobody sends this process a signal.
static STOP: LazyLock<Stop> = LazyLock::new(|| Stop::listen().unwrap());

/// One pass over the mailbox; whether it was complete.
fn pass(config: &Config, recorder: &mut Recorder) -> bool {
    let mailboxes: Vec<_> = config.mailboxes.iter().collect();
    let outcome = sync(config, &mailboxes, recorder, STOP.clone(), &mut |_| {}).unwrap();
    assert!(!outcome.interrupted);
    outcome.failed.is_empty()
}

#[test]
fn a_connection_cut_anywhere_loses_nothing_and_counts_nothing_twice() {
    // Hundreds of transactions: where there is a folder in memory, no disk has to keep up.
    let memory = Path::new("/dev/shm");
    let dir = tempfile::tempdir_in(if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() }).unwrap();
    std::fs::write(dir.path().join("password"), "secret").unwrap();
    let server = Answering::start();
    let text = format!(
        "database = \"{}\"\n[dns]\nserver = \"127.0.0.1:1\"\n{}{FACEBOOK}",
        dir.path().join("confirmd.db").display(),
        server.mailbox(&dir.path().join("password").display().to_string())
    );
    let today = jiff::civil::date(2025, 6, 1);
    let config = Config::from_text(&text, &PathBuf::from("confirmd.toml"), 0o600, &|_| None, today).unwrap();
    let rules = RuleSet::parse(RuleSet::shipped()).unwrap();
    let judge = Judge::new(&config, rules, TimeZone::UTC, Lang::En);
    let store = Store::open(&config.database).unwrap();
    let mut recorder = Recorder::new(store, judge, Timestamp::now()).unwrap();
    let mut delivered = 0;
    let mut one_more = || {
        delivered += 1;
        server.deliver(mail(delivered));
        delivered
    };
    // How long a session is, so that it can be cut at every line.
    one_more();
    assert!(pass(&config, &mut recorder));
    one_more();
    assert!(pass(&config, &mut recorder));
    let lines = server.lines();
    assert!(lines > 30, "{lines}");
    let mut broken = 0;
    for line in 0..lines {
        for cut in [Cut::Before(line), if line % 2 == 0 { Cut::Within(line) } else { Cut::Reset(line) }] {
            let all = one_more();
            server.cut(Some(cut));
            // After the answer to LOGOUT has begun everything has been read.
            broken += usize::from(!pass(&config, &mut recorder));
            server.cut(None);
            assert!(pass(&config, &mut recorder), "{cut:?}");
            assert_eq!(counted(&config), [all, all, all, all, 1], "{cut:?}");
        }
    }
    // The last line answers the goodbye: by then all has been read.
    assert_eq!(broken, 2 * (lines - 1));
    let outcome = "the pass fails and says so; the next one finds every mail exactly once";
    tried(
        "Servers",
        "the connection is cut before each line of the server, in the middle of each, and by a reset",
        outcome,
    );
}

/// Messages, different ones, places, verdicts that count; and how often the account has become confirmed.
fn counted(config: &Config) -> [usize; 5] {
    let database = rusqlite::Connection::open(&config.database).unwrap();
    [
        "SELECT count(*) FROM message",
        "SELECT count(DISTINCT message_id) FROM message",
        "SELECT count(*) FROM place",
        "SELECT count(*) FROM verdict_account",
        "SELECT count(*) FROM transition WHERE subject = 'account' AND to_word = 'confirmed'",
    ]
    .map(|query| database.query_row(query, [], |row| row.get::<_, u32>(0)).unwrap() as usize)
}
