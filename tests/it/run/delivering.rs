//! Notices: delivered until they are, never lost, never doubled.

use std::time::Duration;

use super::{FACEBOOK, idles};
use crate::support::daemon::{Daemon, Home, PATIENCE, at};
use crate::support::dovecot::{Dovecot, wait_until};
use crate::support::smtp::{Behaviour, SmtpServer};

/// The open deliveries: attempts, and in how many seconds the next one is due, to the nearest ten.
fn waiting(home: &Home) -> Vec<String> {
    home.sql(
        "SELECT attempts, CAST(round((julianday(next_try_at) - julianday('now')) * 8640) * 10 AS INTEGER) FROM delivery
         WHERE next_try_at IS NOT NULL",
    )
}

#[test]
fn a_command_that_fails_three_times_is_run_again_after_30_s_and_longer_until_it_delivers() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    let tries = home.path("tries");
    let failing = home.command_way(&format!(
        "echo try >> {tries}; test $(wc -l < {tries}) -gt 3 && cat >> {told}",
        tries = tries.display(),
        told = home.path("told").display()
    ));
    home.configure(&format!("{}{FACEBOOK}{failing}", at(&dovecot, "private", "")));
    let daemon = home.run();
    for (attempts, pause) in [(1, 30), (2, 60), (3, 120)] {
        daemon.until("it fails", || {
            home.sql("SELECT attempts FROM delivery WHERE next_try_at IS NOT NULL") == [attempts.to_string()]
        });
        assert_eq!(waiting(&home), [format!("{attempts}|{pause}")]);
        assert_eq!(home.told(), Vec::<String>::new());
        home.change("UPDATE delivery SET next_try_at = '2025-01-01T00:00:00Z' WHERE next_try_at IS NOT NULL");
        daemon.reload();
    }
    daemon.until("it is delivered", || home.sql("SELECT closed FROM notice WHERE superseded = 0") == ["1"]);
    assert_eq!(home.told(), ["anna-facebook: overdue"]);
    assert_eq!(daemon.logged("a notice could not be delivered: /bin/sh failed (exit status 1)"), 3);
}

#[test]
fn a_delivery_that_failed_is_tried_again_by_itself_when_it_is_due() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    let failed = home.path("failed");
    let once = home.command_way(&format!(
        "if mkdir {}; then exit 1; fi; cat >> {}",
        failed.display(),
        home.path("told").display()
    ));
    home.configure(&format!("{}{FACEBOOK}{once}", at(&dovecot, "private", "")));
    let daemon = home.run();
    daemon.until("it fails", || waiting(&home) == ["1|30"]);
    // As if 27 s had passed.
    let due = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(3);
    home.change(&format!("UPDATE delivery SET next_try_at = '{due}' WHERE next_try_at IS NOT NULL"));
    let passes = idles(&dovecot);
    daemon.reload();
    daemon.until("it has looked again", || idles(&dovecot) > passes);
    daemon.until("it is delivered", || !home.told().is_empty());
    assert!(jiff::Timestamp::now() >= due);
    assert_eq!(home.told(), ["anna-facebook: overdue"]);
}

#[test]
fn a_clock_that_was_wrong_once_does_not_keep_a_notice_for_years() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    home.configure(&format!("{}{FACEBOOK}{}", at(&dovecot, "private", ""), home.command_way("exit 1")));
    let daemon = home.run();
    daemon.until("it fails", || waiting(&home).len() == 1);
    home.change("UPDATE delivery SET next_try_at = '2099-01-01T00:00:00Z' WHERE next_try_at IS NOT NULL");
    daemon.reload();
    daemon.until("it is tried again", || waiting(&home) == ["2|60"]);
}

#[test]
fn a_kill_between_transition_and_delivery_loses_nothing_and_doubles_nothing() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    // The first run never ends.
    let pid = home.path("pid");
    let hanging = home.command_way(&format!(
        "if test ! -e {pid}; then echo $$ > {pid}.new; mv {pid}.new {pid}; exec sleep 600; fi; cat >> {told}",
        pid = pid.display(),
        told = home.path("told").display()
    ));
    home.configure(&format!("{}{FACEBOOK}{hanging}", at(&dovecot, "private", "")));
    let daemon = home.run();
    daemon.until("the delivery has begun", || pid.exists());
    daemon.kill();
    end(&std::fs::read_to_string(&pid).unwrap());
    assert_eq!(
        home.sql("SELECT to_word FROM transition WHERE subject = 'account' ORDER BY id"),
        ["unobserved", "overdue"]
    );
    assert_eq!(home.told(), Vec::<String>::new());

    let daemon = home.run();
    daemon.until("it is delivered", || home.sql("SELECT closed FROM notice WHERE superseded = 0") == ["1"]);
    assert_eq!(home.told(), ["anna-facebook: overdue"]);
    daemon.kill();
    let daemon = home.run();
    let passes = idles(&dovecot);
    daemon.until("it has looked again", || idles(&dovecot) > passes);
    daemon.terminate();
    assert_eq!(home.told(), ["anna-facebook: overdue"]);
    assert_eq!(home.sql("SELECT count(*) FROM notice WHERE superseded = 0"), ["1"]);
}

#[test]
fn a_warning_is_repeated_while_it_lasts_also_across_restarts_and_never_within_the_interval() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    let policy = "[policy]\nrepeat_every = \"1s\"\n";
    home.configure(&format!("{policy}{}{FACEBOOK}{}", at(&dovecot, "private", ""), home.teller()));
    // A kill between a delivery and its mark is the one moment that says it twice.
    let told = |daemon: &Daemon, times: usize| {
        daemon.until("it is told again", || {
            home.told().len() >= times && home.sql("SELECT count(*) FROM notice WHERE closed = 0") == ["0"]
        });
    };
    let daemon = home.run();
    told(&daemon, 2);
    daemon.kill();
    let daemon = home.run();
    told(&daemon, 4);
    assert_eq!(daemon.terminate().status.code(), Some(0));
    let notices = home.told_json();
    let repeats: Vec<u64> = notices.iter().map(|notice| notice["repeat"].as_u64().unwrap()).collect();
    // One that was being told when the kill came is followed by the next, not told again.
    assert_eq!(repeats[..2], [0, 1], "{repeats:?}");
    assert!(repeats.windows(2).all(|pair| pair[0] < pair[1]), "{repeats:?}");
    let at: Vec<jiff::Timestamp> =
        notices.iter().map(|notice| notice["at"].as_str().unwrap().parse().unwrap()).collect();
    for pair in at.windows(2) {
        assert!(pair[1].duration_since(pair[0]) >= jiff::SignedDuration::from_secs(1), "{at:?}");
    }
}

#[test]
fn a_way_that_fails_holds_up_neither_the_others_nor_the_daemon() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    let smtp = SmtpServer::start(Behaviour { auth: "PLAIN", ..Behaviour::default() });
    let email = |port: u16| {
        format!(
            "[[notify]]\nkind = \"email\"\nsmtp = \"127.0.0.1\"\nport = {port}\ntls = \"none\"\nusername = \"anna\"\n\
             password_file = \"password\"\nfrom = \"confirmd@example.org\"\nto = [\"anna@example.org\"]\n"
        )
    };
    let ways = [home.command_way("exit 1"), email(1), email(smtp.port), home.teller()].concat();
    home.configure_in("de", &format!("{}{FACEBOOK}{ways}", at(&dovecot, "private", "")));
    let daemon = home.run();
    daemon.until("the good ways deliver", || home.told().len() == 1 && smtp.mails().len() == 1);
    daemon.until("the others are put off", || waiting(&home).len() == 2);
    assert_eq!(waiting(&home), ["1|30", "1|30"]);
    let mail = confirmd::mail::parse(smtp.mails().remove(0).as_bytes()).unwrap();
    assert_eq!(
        mail.subject, "anna-facebook: keine Bestätigung, und die Frist ist am 20.06.2025 abgelaufen",
        "the person reads their language"
    );
    assert_eq!(
        daemon.logged("anna-facebook: no confirmation, and the deadline of 2025-06-20 has passed"),
        1,
        "the log is English"
    );
    let delivered =
        "SELECT count(*) FROM delivery WHERE delivered_at IS NOT NULL AND notice = (SELECT max(id) FROM notice)";
    daemon.until("the log and two ways are marked", || home.sql(delivered) == ["3"]);
    // A command's arguments may be secret.
    let written = [daemon.log(), home.sql("SELECT way FROM delivery")].concat();
    assert!(!written.iter().any(|line| line.contains("exit 1") || line.contains("cat >>")), "{written:?}");
    assert_eq!(daemon.terminate().status.code(), Some(0));
}

/// Ends a program that a killed daemon has left behind.
fn end(pid: &str) {
    let pid = rustix::process::Pid::from_raw(pid.trim().parse().unwrap()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
    let gone = wait_until(PATIENCE.min(Duration::from_secs(5)), || {
        !crate::support::daemon::is_running(&pid.as_raw_nonzero().to_string())
    });
    gone.unwrap();
}
