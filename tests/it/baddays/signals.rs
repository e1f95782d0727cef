//! SIGTERM at any moment: obeyed within two seconds, with the exit code of the contract, and the next one goes on.

use std::os::unix::process::ExitStatusExt;
use std::process::{ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::{FACEBOOK, MAY, Moments, rounds, sound};
use crate::support::confirmd::{HONOURED, TITLE, letter, vouch};
use crate::support::daemon::{Home, at};
use crate::support::dovecot::Dovecot;
use crate::support::faults::tried;

/// Starts it, sends SIGTERM after a while, and waits for the end; how it ended.
fn terminated_after(home: &Home, command: &str, moment: Duration) -> ExitStatus {
    let mut child = home.command(&[command]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(moment);
    let begun = Instant::now();
    kill_process(Pid::from_child(&child), Signal::TERM).unwrap();
    let status = child.wait().unwrap();
    assert!(begun.elapsed() < Duration::from_secs(2), "{command} after {moment:?}: {:?}", begun.elapsed());
    status
}

/// In the first moments, before there is anything to put in order, the signal ends the process by itself.
fn is_by_itself(status: ExitStatus) -> bool {
    status.signal() == Some(Signal::TERM.as_raw())
}

#[test]
fn at_any_moment_of_run_and_sync() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    home.configure(&format!("{}{FACEBOOK}{}", at(&dovecot, "private", ""), home.teller()));
    let deliver = |from: usize, to: usize| {
        let mails: Vec<_> = (from..to).map(|n| (vouch(&letter(n, TITLE, HONOURED)), MAY.to_owned())).collect();
        dovecot.deliver_all("INBOX", &mails);
    };
    deliver(0, 5);
    let begun = Instant::now();
    assert_eq!(home.says(&["sync"]).0, 0);
    let whole = begun.elapsed();
    let rounds = rounds(6);
    let (mut moments, mut mails, mut in_order) = (Moments::new(), 5, 0);
    for round in 0..rounds {
        deliver(mails, mails + 5);
        mails += 5;
        let (command, stopped) = if round % 2 == 0 { ("sync", 1) } else { ("run", 0) };
        let status = terminated_after(&home, command, moments.within(whole));
        // A sync may have been through.
        let ended = status.code() == Some(stopped) || (command == "sync" && status.code() == Some(0));
        assert!(ended || is_by_itself(status), "{command}: {status}");
        in_order += u32::from(ended);
        assert_eq!(home.sql("PRAGMA quick_check"), ["ok"]);
    }
    assert!(in_order * 3 >= rounds, "only {in_order} of {rounds} had begun");
    assert_eq!(home.says(&["sync"]).0, 0);
    assert_eq!(home.sql("SELECT count(*), count(DISTINCT message_id) FROM message"), [format!("{mails}|{mails}")]);
    assert_eq!(home.status(), ["anna-facebook confirmed"]);
    sound(&home);
    tried(
        "Kills",
        "SIGTERM at any moment of run and sync",
        "ends within 2 s: run with 0, sync with 1; everything exactly once",
    );
}
