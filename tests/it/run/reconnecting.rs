//! Servers that go away, hang, refuse and come back.

use std::time::{Duration, Instant};

use rustix::process::Signal;

use super::{FACEBOOK, MAY, confirmation, idles};
use crate::support::daemon::{Home, at, mailbox, trusting};
use crate::support::dovecot::Dovecot;
use crate::support::gate::{Gate, GateKeeper};
use crate::support::script::Script;

#[test]
fn a_server_that_was_away_is_found_again_and_with_it_what_came_meanwhile() {
    let (home, mut dovecot) = (Home::new(), Dovecot::start());
    home.configure(&format!("{}{FACEBOOK}{}", at(&dovecot, "private", ""), home.teller()));
    let daemon = home.run();
    daemon.until("it waits for mail", || idles(&dovecot) > 0);
    let stopped = Instant::now();
    dovecot.stop();
    daemon.until("the first attempt fails", || daemon.logged("Connection refused") == 1);
    assert!(stopped.elapsed() < Duration::from_secs(10), "{:?}", stopped.elapsed());
    daemon.until("the person is told", || home.told().contains(&"private: mailbox_failing".to_owned()));
    assert_eq!(daemon.logged("Connection refused"), 2, "no busy loop");
    assert!(daemon.heard().last().unwrap().ends_with("; cannot be read: private"), "{:?}", daemon.heard());
    dovecot.start_again();
    dovecot.deliver("INBOX", &confirmation(), MAY);
    daemon.until("the mail is recorded", || home.status() == ["anna-facebook confirmed"]);
    daemon.until("the person is told", || home.told().len() == 4);
    let mut told = home.told();
    told[2..].sort();
    assert_eq!(
        told,
        [
            "anna-facebook: overdue",
            "private: mailbox_failing",
            "anna-facebook: confirmed",
            "private: mailbox_recovered"
        ]
    );
}

#[test]
fn a_machine_that_wakes_up_finds_its_connection_dead_and_what_came_meanwhile() {
    let (home, mut dovecot) = (Home::new(), Dovecot::start());
    home.configure(&format!("{}{FACEBOOK}", at(&dovecot, "private", "")));
    let daemon = home.run();
    daemon.until("it waits for mail", || idles(&dovecot) > 0);
    daemon.signal(Signal::STOP);
    dovecot.stop();
    dovecot.start_again();
    dovecot.deliver("INBOX", &confirmation(), MAY);
    daemon.signal(Signal::CONT);
    daemon.until("the mail is recorded", || home.status() == ["anna-facebook confirmed"]);
    assert_eq!((daemon.logged("connection lost"), daemon.logged("not read completely")), (1, 0));
}

#[test]
fn a_connection_that_died_silently_is_noticed_at_the_next_round() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    let gate = GateKeeper::before(dovecot.imaps_port, Gate::Open);
    let private = mailbox("private", gate.port, &format!("{}\npoll = \"1s\"", trusting(&dovecot)));
    home.configure(&format!("[limits]\ntimeout = \"1s\"\n{private}{FACEBOOK}"));
    let daemon = home.run();
    daemon.until("it waits for mail", || idles(&dovecot) > 0);
    gate.freeze();
    dovecot.deliver("INBOX", &confirmation(), MAY);
    daemon.until("the mail is recorded", || home.status() == ["anna-facebook confirmed"]);
    assert_eq!(gate.arrivals().len(), 2);
    // One dead connection is no failed attempt: the new one was good.
    assert_eq!(home.sql("SELECT to_word FROM transition WHERE subject = 'mailbox'"), ["ok"]);
    assert_eq!((daemon.logged("connection lost"), daemon.logged("not read completely")), (1, 0));
}

#[test]
fn a_server_that_hangs_up_after_every_pass_is_come_back_to_ever_more_slowly() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    let gate = GateKeeper::before(dovecot.imap_port, Gate::CutAtIdle);
    let private = mailbox("private", gate.port, "tls = \"none\"\npassword_file = \"password\"");
    home.configure(&format!("{private}{FACEBOOK}"));
    let daemon = home.run();
    daemon.until("it has come three times", || gate.arrivals().len() == 3);
    let arrivals = gate.arrivals();
    let pauses: Vec<f64> = arrivals.windows(2).map(|pair| (pair[1] - pair[0]).as_secs_f64()).collect();
    // From half of 2 and 4 s on; a pass takes its time too.
    assert!(pauses[0] >= 1.0 && pauses[0] < 10.0 && pauses[1] >= 2.0, "{pauses:?}");
    assert_eq!(home.sql("SELECT to_word FROM transition WHERE subject = 'mailbox'"), ["ok"]);
}

#[test]
fn a_refused_password_is_told_at_once_and_not_tried_again_until_a_reload() {
    // Dovecot itself slows down those who came with a wrong password.
    let patient = "service anvil {\n  unix_listener anvil-auth-penalty {\n    mode = 0\n  }\n}";
    let (home, dovecot) = (Home::new(), Dovecot::start_with(patient));
    let gate = GateKeeper::before(dovecot.imaps_port, Gate::Open);
    let private = mailbox("private", gate.port, &trusting(&dovecot));
    home.configure(&format!("{private}{FACEBOOK}{}", home.teller()));
    home.write("password", "wrong");
    let daemon = home.run();
    daemon.until("the person is told", || home.told().len() == 2);
    let mut told = home.told();
    told.sort();
    assert_eq!(told, ["anna-facebook: unobserved", "private: mailbox_failing"]);
    let notices = home.told_json();
    let text = notices.iter().find(|notice| notice["mailbox"] == "private").unwrap().to_string();
    assert!(text.contains("refuses the login") && !text.contains("wrong"), "{text}");
    // A passing failure would be tried again after 2 s at most.
    std::thread::sleep(Duration::from_millis(2500));
    assert_eq!(gate.arrivals().len(), 1);
    home.write("password", crate::support::dovecot::PASSWORD);
    daemon.reload();
    daemon.until("the person is told", || home.told().len() == 4);
    let mut told = home.told().split_off(2);
    told.sort();
    assert_eq!(told, ["anna-facebook: overdue", "private: mailbox_recovered"]);
    assert_eq!(gate.arrivals().len(), 2);
}

#[test]
fn a_password_command_that_fails_is_run_again_ever_more_seldom() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    let script = format!(
        "echo run >> {runs}; test -e {good} && cat {good}",
        runs = home.path("runs").display(),
        good = home.path("good").display()
    );
    let ca = dovecot.ca_path();
    let more = format!("ca_file = \"{}\"\npassword_command = [\"/bin/sh\", \"-c\", '''{script}''']", ca.display());
    home.configure(&format!("{}{FACEBOOK}", mailbox("private", dovecot.imaps_port, &more)));
    let daemon = home.run();
    let runs = || std::fs::read_to_string(home.path("runs")).unwrap_or_default().lines().count();
    let failed = |times: usize| daemon.until("it fails", || daemon.logged("/bin/sh failed (exit status 1)") == times);
    let begun = Instant::now();
    failed(2);
    assert!(begun.elapsed() >= Duration::from_secs(1), "{:?}", begun.elapsed());
    assert_eq!(runs(), 2);
    let begun = Instant::now();
    home.write("good", crate::support::dovecot::PASSWORD);
    daemon.until("it waits for mail", || idles(&dovecot) > 0);
    assert!(begun.elapsed() >= Duration::from_millis(1900), "half of 4 s at least: {:?}", begun.elapsed());
    assert_eq!((runs(), home.status()), (3, vec!["anna-facebook overdue".to_owned()]));
}

#[test]
fn never_more_than_eight_connections_in_twelve_seconds() {
    let home = Home::new();
    let gate = GateKeeper::before(1, Gate::Shut);
    let one = |number| {
        let section = mailbox(&format!("m{number}"), gate.port, "tls = \"none\"\npassword_file = \"password\"");
        section.replace("anna@example.org", &format!("anna{number}@example.org"))
    };
    let ten: String = (0..10).map(one).collect();
    home.configure(&format!("{ten}{FACEBOOK}"));
    let daemon = home.run();
    daemon.until("twelve have come", || gate.arrivals().len() >= 12);
    let arrivals = gate.arrivals();
    for window in arrivals.windows(9) {
        let took = window[8] - window[0];
        // The gate's clock is not the daemon's: a connection is seen a moment after it was made.
        assert!(took > Duration::from_millis(11_900), "{took:?}");
    }
}

/// With another UIDVALIDITY every time, what was read counts for nothing.
#[test]
fn a_folder_that_is_new_every_time_it_is_opened_is_not_read_without_end() {
    let opened = |number: u32| {
        format!(
            "C: EXAMINE \"INBOX\"\nS: * 0 EXISTS\nS: * OK [UIDVALIDITY {number}] valid\nS: * OK [UIDNEXT 1] next\nS: $ OK done\n"
        )
    };
    let round = |number: u32| {
        let status = if number == 0 { "C: STATUS ...\nS: $ NO not today\n" } else { "" };
        let list = "C: LIST \"\" \"*\"\nS: * LIST () \"/\" INBOX\nS: $ OK done\n";
        format!("{list}{status}{}{}", opened(2 * number + 1), opened(2 * number + 2))
    };
    let home = Home::new();
    let script = Script::play_text(&format!("@login\n{}", (0..6).map(round).collect::<String>()));
    home.write("password", "secret");
    let private = mailbox("private", script.port, "tls = \"none\"\npassword_file = \"password\"");
    home.configure(&format!("{}{FACEBOOK}", private.replace("anna@example.org", "anna")));
    let begun = Instant::now();
    let _daemon = home.run();
    script.finish().unwrap();
    // Three times at once, then after half of 2 and of 4 s at least.
    assert!(begun.elapsed() >= Duration::from_secs(3), "{:?}", begun.elapsed());
}
