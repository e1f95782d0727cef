//! Another program has the database locked, for longer than anybody waits.

use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use rustix::process::{Pid, Signal, kill_process};

use super::{FACEBOOK, MAY, confirmation, home_with_a_confirmation, said, sound};
use crate::support::daemon::{Home, at};
use crate::support::dovecot::{Dovecot, wait_until};
use crate::support::faults::tried;

/// Another program in the middle of something.
struct Lock(Connection);

impl Lock {
    /// It writes: others can read.
    fn of_a_writer(home: &Home) -> Lock {
        Lock::take(home, "BEGIN IMMEDIATE")
    }

    /// It wants nobody else to touch it.
    fn exclusive(home: &Home) -> Lock {
        Lock::take(home, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE")
    }

    fn take(home: &Home, how: &str) -> Lock {
        let connection = Connection::open(home.database()).unwrap();
        connection.busy_timeout(Duration::from_secs(20)).unwrap();
        connection.execute_batch(how).unwrap();
        connection.execute("INSERT INTO setting VALUES ('of another program', 'x')", []).unwrap();
        Lock(connection)
    }

    fn release(self) {
        self.0.execute_batch("ROLLBACK").unwrap();
    }
}

fn start(home: &Home, command: &[&str]) -> Child {
    home.command(command).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn end(child: Child) -> (i32, String, String) {
    let output = child.wait_with_output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

#[test]
fn whoever_needs_the_lock_waits_for_seconds_and_says_so() {
    let dovecot = Dovecot::start();
    let home = home_with_a_confirmation(&dovecot);
    let database = home.database().display().to_string();
    let locked = "DIR/confirmd.db: another program has locked the database for too long; try again, or see which one it is: \
                  fuser -v DIR/confirmd.db";
    let lock = Lock::of_a_writer(&home);
    for command in [&["status"][..], &["check"], &["messages"]] {
        assert_eq!(home.says(command).0, 0, "{command:?} needs no lock");
    }
    let waiting = [&["objected", "anna-facebook"][..], &["dismiss", "1"], &["sync"]];
    let started: Vec<_> = waiting.iter().map(|command| (command, start(&home, command))).collect();
    for (command, child) in started {
        let (code, stdout, stderr) = end(child);
        assert_eq!((code, stdout.as_str(), said(&home, &stderr).as_str()), (1, "", locked), "{command:?}");
    }
    lock.release();
    tried("Database", "another program writes for minutes, a command that writes", locked);
    let lock = Lock::exclusive(&home);
    let started: Vec<_> = [["status"], ["check"], ["sync"]].map(|command| (command, start(&home, &command))).into();
    for (command, child) in started {
        let (code, stdout, stderr) = end(child);
        match command {
            ["check"] => {
                let line = format!("CONFIRMD UNKNOWN - {locked}");
                assert_eq!((code, said(&home, &stdout)), (3, line.clone()), "{stderr}");
                tried("Database", "another program locks everybody out, and the monitor asks", &line);
            }
            _ => assert_eq!((code, stdout.as_str(), said(&home, &stderr).as_str()), (1, "", locked), "{command:?}"),
        }
    }
    lock.release();
    assert_eq!(home.says(&["sync"]).0, 0, "{database}");
    sound(&home);
}

#[test]
fn a_daemon_that_cannot_write_goes_on_when_the_lock_is_gone() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    home.configure(&format!("{}{FACEBOOK}", at(&dovecot, "private", "")));
    let daemon = home.run();
    daemon.until("it is read", || home.last_complete("private").is_some());
    let lock = Lock::of_a_writer(&home);
    dovecot.deliver("INBOX", &confirmation(), MAY);
    daemon.until("it is said", || daemon.logged("another program has locked the database for too long") > 0);
    daemon.until("the manager hears", || daemon.heard().iter().any(|said| said.contains("cannot be written")));
    lock.release();
    daemon.until("the mail is recorded", || home.status() == ["anna-facebook confirmed"]);
    daemon.until("all is well", || daemon.heard().last().unwrap() == "STATUS=Accounts: 1 confirmed");
    assert_eq!(home.sql("SELECT count(*) FROM message"), ["1"]);
    let heard: Vec<String> = daemon.heard().iter().map(|heard| said(&home, heard)).collect();
    let status = heard.iter().find(|heard| heard.contains("cannot be written")).unwrap();
    tried(
        "Database",
        "another program writes for minutes, the running daemon",
        &format!("{status}; goes on by itself"),
    );
    assert_eq!(daemon.terminate().status.code(), Some(0));
    sound(&home);
}

#[test]
fn a_signal_is_obeyed_while_waiting_for_the_lock() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    home.configure(&format!("{}{FACEBOOK}", at(&dovecot, "private", "")));
    // A running daemon that has a mail to write.
    let daemon = home.run();
    daemon.until("it is read", || home.last_complete("private").is_some());
    let lock = Lock::of_a_writer(&home);
    dovecot.deliver("INBOX", &confirmation(), MAY);
    let body_read = || dovecot.bodies_read() == 1;
    daemon.until("it has the mail", body_read);
    // It has begun to wait, or does so in a moment: at either the signal is obeyed.
    let ended = daemon.terminate();
    assert!(ended.after < Duration::from_secs(2), "{:?}", ended.after);
    assert_eq!(ended.status.code(), Some(0));
    lock.release();
    // A daemon and a sync that cannot even begin.
    for (command, code, words) in
        [("run", 0, ""), ("sync", 1, "Stopped early. What was read is kept; the next sync goes on from there.")]
    {
        let lock = Lock::exclusive(&home);
        let child = start(&home, &[command]);
        wait_until(Duration::from_secs(40), || has_open(&child, &home.database()) && hears_sigterm(&child)).unwrap();
        kill_process(Pid::from_child(&child), Signal::TERM).unwrap();
        let begun = Instant::now();
        let (ended, stdout, stderr) = end(child);
        assert!(begun.elapsed() < Duration::from_secs(2), "{command}: {:?}", begun.elapsed());
        assert_eq!((ended, stdout.as_str(), stderr.trim()), (code, "", words), "{command}");
        lock.release();
    }
    tried("Database", "locked by another program, and SIGTERM comes", "ends within 2 s: run with 0, sync with 1");
    let daemon = home.run();
    daemon.until("the mail is recorded", || home.status() == ["anna-facebook confirmed"]);
    sound(&home);
}

/// Whether SIGTERM no longer ends it where it stands (proc(5), `SigCgt`).
fn hears_sigterm(child: &Child) -> bool {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).unwrap();
    u64::from_str_radix(caught.trim(), 16).unwrap() >> (Signal::TERM.as_raw() - 1) & 1 == 1
}

/// Whether it has come as far as the database.
fn has_open(child: &Child, file: &Path) -> bool {
    let open = std::fs::read_dir(format!("/proc/{}/fd", child.id())).into_iter().flatten().flatten();
    open.into_iter().any(|open| std::fs::read_link(open.path()).is_ok_and(|open| open == file))
}
