//! What the service manager and the signals get to see.

use std::time::{Duration, Instant};

use super::{FACEBOOK, MAY, confirmation, idles};
use crate::support::daemon::{Home, at, mailbox, trusting};
use crate::support::dovecot::Dovecot;
use crate::support::gate::{Gate, GateKeeper};

#[test]
fn it_is_ready_without_a_network_and_says_in_words_how_things_stand() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    let gate = GateKeeper::before(dovecot.imaps_port, Gate::Shut);
    home.configure(&format!("{}{FACEBOOK}", mailbox("private", gate.port, &trusting(&dovecot))));
    let daemon = home.run();
    assert_eq!(daemon.heard(), ["STATUS=Accounts: 1 unobserved", "READY=1\nSTATUS=Accounts: 1 unobserved"]);
    daemon.until("an attempt fails", || daemon.logged("not read completely") == 1);
    gate.set(Gate::Open);
    daemon.until("it is read", || daemon.heard().len() == 3);
    assert_eq!(daemon.heard()[2], "STATUS=Accounts: 1 overdue");
    let ended = daemon.terminate();
    assert_eq!(ended.heard[3..], ["STOPPING=1"]);
}

#[test]
fn the_watchdog_is_fed_twice_in_its_period() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    home.configure(&format!("{}{FACEBOOK}", at(&dovecot, "private", "")));
    let fed = |heard: &[String]| heard.iter().filter(|said| *said == "WATCHDOG=1").count();
    let daemon = home.run_with(&[("WATCHDOG_USEC", "400000")]);
    let begun = Instant::now();
    let before = fed(&daemon.heard());
    daemon.until("it is fed five times", || fed(&daemon.heard()) >= before + 5);
    assert!(begun.elapsed() >= Duration::from_millis(700), "{:?}", begun.elapsed());
    daemon.terminate();
    let daemon = home.run_with(&[("WATCHDOG_USEC", "400000"), ("WATCHDOG_PID", "1")]);
    let passes = idles(&dovecot);
    daemon.until("it waits for mail", || idles(&dovecot) > passes);
    assert_eq!(fed(&daemon.terminate().heard), 0, "a watchdog that is meant for another process");
}

#[test]
fn a_reload_takes_over_a_good_configuration() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    home.configure(&format!("{}{FACEBOOK}", mailbox("old", 1, "password_file = \"password\"")));
    let daemon = home.run();
    daemon.until("the old mailbox is tried", || daemon.logged("Connection refused") > 0);
    let instagram = FACEBOOK.replace("facebook", "instagram").replace("anna.muster", "anna.ig");
    home.configure(&format!("{}{FACEBOOK}{instagram}", at(&dovecot, "new", "")));
    let before = daemon.heard().len();
    daemon.reload();
    let heard = daemon.heard().split_off(before);
    let reloading = heard.iter().position(|said| said.starts_with("RELOADING=1\nMONOTONIC_USEC=")).unwrap();
    let ready = heard.iter().position(|said| said.starts_with("READY=1")).unwrap();
    assert!(reloading < ready, "{heard:?}");
    daemon.until("the new mailbox is watched", || idles(&dovecot) > 0);
    daemon.until("all is told", || daemon.heard().last().unwrap() == "STATUS=Accounts: 2 overdue");
    assert_eq!(home.status(), ["anna-facebook overdue", "anna-instagram overdue"]);
}

#[test]
fn a_daemon_that_knows_passwords_leaves_no_core_dump() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    home.configure(&format!("{}{FACEBOOK}", at(&dovecot, "private", "")));
    let daemon = home.run();
    daemon.until("it waits for mail", || idles(&dovecot) == 1);
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", daemon.pid())).unwrap();
    let core = limits.lines().find_map(|line| line.strip_prefix("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().collect::<Vec<_>>(), ["0", "0", "bytes"]);
}

#[test]
fn many_reloads_neither_hammer_the_server_nor_leave_anything_open() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    let gate = GateKeeper::before(dovecot.imaps_port, Gate::Open);
    home.configure(&format!("{}{FACEBOOK}", mailbox("private", gate.port, &trusting(&dovecot))));
    let daemon = home.run();
    daemon.until("it waits for mail", || idles(&dovecot) == 1);
    let open = |what: &str| std::fs::read_dir(format!("/proc/{}/{what}", daemon.pid())).unwrap().count();
    let before = open("fd");
    for times in 2..=3 {
        daemon.reload();
        daemon.until("it waits for mail", || idles(&dovecot) == times);
    }
    daemon.until("nothing more is open than before", || open("fd") == before);
    for _ in 0..20 {
        daemon.reload();
    }
    // However long the reloads take: no twelve seconds see more than eight connections.
    for window in gate.arrivals().windows(9) {
        let took = window[8] - window[0];
        assert!(took >= Duration::from_secs(12), "nine connections in {took:?}");
    }
    assert_eq!(daemon.logged("the configuration was reloaded"), 22);
    let ended = daemon.terminate();
    assert!(ended.after < Duration::from_secs(2), "{:?}", ended.after);
}

#[test]
fn a_reload_of_a_bad_configuration_changes_nothing() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    let good = format!("{}{FACEBOOK}", at(&dovecot, "private", ""));
    home.configure(&good);
    let daemon = home.run();
    daemon.until("it waits for mail", || idles(&dovecot) > 0);
    let bad = ["nonsense = 1\n".to_owned(), format!("[[notify]]\nkind = \"pigeon\"\n{good}"), FACEBOOK.to_owned()];
    for (times, bad) in bad.iter().enumerate() {
        home.configure(bad);
        daemon.reload();
        let said = || daemon.logged("the configuration was not reloaded, the old one stays in force") == times + 1;
        daemon.until(&format!("it is said of {bad}"), said);
    }
    std::fs::write(home.path("config.toml"), "database = \"elsewhere.db\"\n".to_owned() + &good).unwrap();
    daemon.reload();
    daemon.until("it is said", || daemon.logged("another `database` needs a restart") == 1);
    assert!(!home.path("elsewhere.db").exists());
    dovecot.deliver("INBOX", &confirmation(), MAY);
    daemon.until("the old one stays in force", || home.status() == ["anna-facebook confirmed"]);
    assert_eq!(dovecot.commands().iter().filter(|command| command.starts_with("LOGOUT")).count(), 0);
}
