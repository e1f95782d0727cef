//! A sync that is not alone, is stopped, or is killed.

use std::time::{Duration, Instant};

use rustix::process::Signal;

use super::*;
use crate::baddays::{Moments, rounds};
use crate::support::confirmd::{Run, signal};
use crate::support::dovecot::wait_until;
use crate::support::faults::tried;

/// Of an account for which no objection is recorded, nothing is ever late.
const UNDATED: &str = "
[[account]]
id = \"anna-facebook\"
platform = \"facebook\"
emails = [\"anna@example.org\"]
";

const RECEIPT: &str = "Hi Anna,\r\n\r\nWe've received your objection to your information being used for AI at Meta.";

/// So many receipts, numbered.
fn receipts(numbers: std::ops::Range<usize>) -> Vec<(Vec<u8>, String)> {
    numbers.map(|number| (vouch(&letter(number, TITLE, RECEIPT)), MAY_21.to_owned())).collect()
}

/// Every message exactly once, and a sound database.
#[track_caller]
fn sound(confirmd: &Confirmd, messages: usize) {
    assert_eq!(confirmd.sql("PRAGMA integrity_check"), ["ok"]);
    assert_eq!(confirmd.sql("PRAGMA foreign_key_check"), Vec::<String>::new());
    assert_eq!(confirmd.sql("SELECT count(*) FROM message"), [messages.to_string()]);
    assert_eq!(confirmd.sql("SELECT count(DISTINCT message_id) FROM message"), [messages.to_string()]);
    assert_eq!(confirmd.sql("SELECT count(*) FROM verdict_account"), [messages.to_string()]);
    // One transition into `received`, however often it was begun anew.
    assert_eq!(
        confirmd.sql("SELECT count(*) FROM transition WHERE subject = 'account' AND to_word = 'received'"),
        ["1"]
    );
}

#[test]
fn a_second_sync_is_refused_and_everything_else_works_beside_the_first() {
    let dovecot = Dovecot::start();
    dovecot.deliver_all("INBOX", &receipts(0..2));
    let confirmd = Confirmd::watching(&dovecot, &FACEBOOK.replace("2025-05-20", "2026-11-01"));
    confirmd.sync();
    let lock = std::fs::File::open(format!("{}.lock", confirmd.database().display())).unwrap();
    lock.lock().unwrap();
    let run = confirmd.run(&["sync"]);
    assert_eq!((run.code, run.stdout.as_str()), (1, ""), "{run:?}");
    assert!(run.stderr.contains("already reads the mailboxes"), "{run:?}");
    for command in [
        &["status"][..],
        &["messages"],
        &["show", "anna-facebook"],
        &["explain", "1"],
        &["objected", "anna-facebook"],
        &["dismiss", "1"],
        &["dismiss", "1", "--undo"],
        &["rules", "list"],
    ] {
        let run = confirmd.run(command);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{command:?}: {run:?}");
    }
    drop(lock);
    confirmd.sync();
}

#[test]
fn a_signal_ends_a_sync_with_code_1_and_the_next_one_goes_on() {
    for by in [Signal::TERM, Signal::INT] {
        let dovecot = Dovecot::start();
        dovecot.deliver_all("INBOX", &receipts(0..150));
        let confirmd = Confirmd::watching(&dovecot, UNDATED);
        let child = confirmd.start(&["sync"]);
        let begun = || confirmd.database().exists() && count(&confirmd) > 5;
        wait_until(Duration::from_secs(60), begun).unwrap();
        signal(&child, by);
        let from = Instant::now();
        let run = Run::end_of(child);
        assert!(from.elapsed() < Duration::from_secs(2), "{:?}", from.elapsed());
        assert_eq!((run.code, run.stdout.as_str()), (1, ""), "{run:?}");
        assert_eq!(run.stderr, "Stopped early. What was read is kept; the next sync goes on from there.\n");
        let read = count(&confirmd);
        assert!((5..150).contains(&read), "{read}");
        assert_eq!(
            mailboxes(&confirmd),
            serde_json::json!([{"name": "private", "state": "never", "last_complete": null, "error": null}])
        );
        confirmd.sync();
        sound(&confirmd, 150);
    }
}

/// How many messages are recorded; 0 before there is a table.
fn count(confirmd: &Confirmd) -> i64 {
    let database =
        rusqlite::Connection::open_with_flags(confirmd.database(), rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY);
    database.and_then(|database| database.query_row("SELECT count(*) FROM message", [], |row| row.get(0))).unwrap_or(0)
}

#[test]
fn a_signal_ends_a_sync_that_waits_for_a_silent_server() {
    let server = crate::support::script::Script::play_text("S: * OK [CAPABILITY IMAP4rev1] ready\nHOLD\n");
    let mut confirmd = Confirmd::with(FACEBOOK);
    confirmd.secret("private", "secret");
    confirmd.mailbox_text(&format!(
        "[[mailbox]]\nname = \"private\"\nhost = \"127.0.0.1\"\nport = {}\ntls = \"none\"\nusername = \"anna\"\n\
         password_file = \"private.password\"\n",
        server.port
    ));
    let child = confirmd.start(&["sync"]);
    wait_until(Duration::from_secs(20), || server.is_holding()).unwrap();
    signal(&child, Signal::TERM);
    let from = Instant::now();
    let run = Run::end_of(child);
    assert!(from.elapsed() < Duration::from_secs(2), "{:?}", from.elapsed());
    assert_eq!((run.code, run.stdout.as_str()), (1, ""), "{run:?}");
    assert_eq!(mailboxes(&confirmd)[0]["error"], Value::Null, "a pass stopped by hand says nothing about the mailbox");
}

#[test]
fn kills_at_any_moment_lose_nothing_and_count_nothing_twice() {
    let dovecot = Dovecot::start();
    dovecot.create_folder("Post");
    dovecot.deliver_all("INBOX", &receipts(0..4));
    let mut confirmd = Confirmd::with(UNDATED);
    let plain = format!("port = {}\ntls = \"none\"\ntrusted_authserv_ids = [\"mx.example.org\"]\n", dovecot.imap_port);
    confirmd.mailbox_at("private", &dovecot, &plain);
    let from = Instant::now();
    confirmd.sync();
    let whole = from.elapsed();
    let (rounds, mut moments, mut killed) = (rounds(15), Moments::new(), 0);
    for round in 0..rounds as usize {
        let new = 4 + round * 6;
        dovecot.deliver_all("INBOX", &receipts(new..new + 6));
        if round % 7 == 3 {
            // The folder is new, and holds copies of what is in the other one.
            dovecot.recreate_folder("Post");
            dovecot.deliver_all("Post", &receipts(0..new));
        }
        let mut child = confirmd.start(&["sync"]);
        std::thread::sleep(moments.within(whole));
        child.kill().unwrap();
        let run = Run::end_of(child);
        killed += u32::from(run.code == -1);
        assert!([-1, 0].contains(&run.code), "{run:?}");
        assert_eq!(confirmd.sql("PRAGMA quick_check"), ["ok"], "round {round}");
        assert_eq!(confirmd.run(&["status"]).code, 0, "round {round}");
    }
    assert!(killed * 3 >= rounds, "only {killed} of {rounds} were killed on the way");
    let run = confirmd.run(&["sync"]);
    assert_eq!(run.code, 0, "{run:?}");
    let all = 4 + 6 * rounds as usize;
    sound(&confirmd, all);
    let again = confirmd.run(&["sync"]);
    assert_eq!((again.code, again.stdout), (0, read_all(0, 0)));
    sound(&confirmd, all);
    tried("Kills", "kill -9 at any moment of a sync", "the next one goes on; every message is there exactly once");
}

#[test]
fn a_kill_while_the_database_is_being_made_leaves_one_that_works() {
    let dovecot = Dovecot::start();
    dovecot.deliver_all("INBOX", &receipts(0..3));
    let plain = format!("port = {}\ntls = \"none\"\ntrusted_authserv_ids = [\"mx.example.org\"]\n", dovecot.imap_port);
    for round in 0..15 {
        let mut confirmd = Confirmd::with(UNDATED);
        confirmd.mailbox_at("private", &dovecot, &plain);
        let mut child = confirmd.start(&["sync"]);
        let _ = wait_until(Duration::from_secs(5), || confirmd.database().exists());
        std::thread::sleep(Duration::from_micros(round * 700));
        child.kill().unwrap();
        drop(Run::end_of(child));
        let status = confirmd.run(&["status", "--json"]);
        assert_eq!((status.code, status.stderr.as_str()), (0, ""), "round {round}: {status:?}");
        confirmd.sync();
        sound(&confirmd, 3);
    }
    tried("Kills", "kill -9 while the database is being made", "the next command finishes it");
}

#[test]
fn a_signal_ends_a_sync_that_waits_for_dns() {
    use crate::support::dns::{DnsServer, Says};
    use crate::support::sign::{Body, Domain};
    let (dovecot, dns) = (Dovecot::start(), DnsServer::start());
    let facebook = Domain::new("support.facebook.com");
    dns.set(&facebook.key_name(), Says::Silent);
    dovecot.deliver("INBOX", &facebook.sign(&letter(1, TITLE, HONOURED), Body::Simple), MAY_21);
    let mut confirmd = Confirmd::watching(&dovecot, FACEBOOK);
    confirmd.settings(&format!("[dns]\nserver = \"{}\"\n", dns.address()));
    // In the pass, and when the stored message is to be proven again.
    for complete in [false, true] {
        if complete {
            confirmd.sync();
        }
        let asked = dns.asked().len();
        let child = confirmd.start(&["sync"]);
        wait_until(Duration::from_secs(20), || dns.asked().len() > asked).unwrap();
        signal(&child, Signal::TERM);
        let from = Instant::now();
        let run = Run::end_of(child);
        assert!(from.elapsed() < Duration::from_secs(3), "{:?}", from.elapsed());
        assert_eq!((run.code, run.stdout.as_str()), (1, ""), "{run:?}");
        assert!(run.stderr.ends_with("the next sync goes on from there.\n"), "{run:?}");
    }
    dns.txt(&facebook.key_name(), &facebook.key_record());
    confirmd.sync();
    assert_eq!(confirmd.states("2025-05-21"), ["anna-facebook confirmed ok"]);
}
