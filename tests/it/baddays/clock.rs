//! A clock that is wrong: set back, years ahead, before all mails. Nothing is called overdue that nobody has looked for, no notice
//! comes twice, and what a wrong clock has written is believed no longer than it has to be.

use super::{FACEBOOK, MAY, confirmation, said, sound};
use crate::support::daemon::{Home, mailbox};
use crate::support::dovecot::Dovecot;
use crate::support::faults::tried;
use crate::support::world::World;

const NOT_YET: &str = "anna-facebook: no confirmation, objected on 2025-05-20";

/// Each transition begins with the word that the one before ended with.
#[track_caller]
fn in_order(world: &mut World) {
    let transitions = world.transitions("anna-facebook");
    let mut before = "-".to_owned();
    for one in &transitions {
        let (from, to) = one.split_once('>').unwrap();
        assert_eq!(from, before, "{transitions:?}");
        to.clone_into(&mut before);
    }
}

#[test]
fn a_clock_years_ahead_for_a_while_makes_nothing_overdue_that_nobody_has_looked_for() {
    let mut world = World::with(FACEBOOK);
    world.ticks().shows(&["anna-facebook pending ok"]).announces_nothing();
    world.on("2031-01-01").passes().shows(&["anna-facebook unobserved unknown"]);
    world.announces(&[
        "anna-facebook: cannot tell whether Meta confirmed",
        "Mailbox \"private\" has not been read for too long",
    ]);
    world.on("2025-05-21").passes().shows(&["anna-facebook pending ok"]).ticks();
    world.announces(&["Mailbox \"private\" is read again"]);
    world.on("2025-05-22").ticks().announces_nothing();
    world.on("2025-05-23").ticks().announces(&[NOT_YET]);
    world.on("2025-05-24").ticks().announces_nothing();
    in_order(&mut world);
    tried(
        "Clock",
        "years ahead for a while, and no mailbox read meanwhile",
        "unobserved, never overdue; as before when it is right again",
    );
}

#[test]
fn what_was_read_by_a_clock_that_ran_ahead_is_not_believed_when_it_is_right_again() {
    let mut world = World::with(FACEBOOK);
    world.ticks().announces_nothing();
    let late = "anna-facebook: no confirmation, and the deadline of 2025-06-20 has passed";
    world.on("2027-01-01").ticks().shows(&["anna-facebook overdue critical"]).announces(&[late]);
    world.on("2025-05-21").passes().shows(&["anna-facebook pending ok"]);
    // Late by the right clock, and not read since: that pass of 2027 has not been.
    world.on("2025-05-24").passes().shows(&["anna-facebook unobserved unknown"]);
    world.ticks().shows(&["anna-facebook overdue warning"]);
    in_order(&mut world);
    tried(
        "Clock",
        "years ahead, mailboxes read, then right again",
        "what was read \"in 2027\" counts as not read: unobserved until the next pass",
    );
}

#[test]
fn a_warning_told_by_a_clock_that_ran_ahead_is_not_kept_from_being_repeated_for_years() {
    let mut world = World::with(FACEBOOK);
    world.on("2025-05-23").ticks().announces(&[NOT_YET]);
    world.on("2025-05-30").ticks().announces(&[&format!("{NOT_YET} (again: 1)")]);
    // Told by a clock that is two days ahead: a clock set right by less than the interval says nothing twice.
    world.on("2025-06-08").ticks().announces(&[&format!("{NOT_YET} (again: 2)")]);
    world.on("2025-06-06").ticks().announces_nothing();
    world.on("2025-06-14").ticks().announces_nothing();
    world.on("2025-06-15").ticks().announces(&[&format!("{NOT_YET} (again: 3)")]);
    tried("Clock", "set back by days", "no notice twice");
    let late = "anna-facebook: no confirmation, and the deadline of 2025-06-20 has passed";
    world.on("2031-01-01").ticks().announces(&[late]);
    world.on("2025-06-23").ticks().announces(&[&format!("{late} (again: 1)")]);
    world.on("2025-06-24").ticks().announces_nothing();
    world.on("2025-06-30").ticks().announces(&[&format!("{late} (again: 2)")]);
    in_order(&mut world);
    tried("Clock", "set back by years", "repeated at once where it was said \"in 2031\", then at the usual interval");
}

#[test]
fn the_beginning_and_the_end_of_a_computers_time_are_survived() {
    let mut world = World::with(FACEBOOK);
    for day in ["1970-01-01", "2038-01-20", "1969-12-31", "2106-02-08", "2262-04-10", "9998-12-31", "2025-05-21"] {
        world.on(day).passes().ticks();
    }
    world.shows(&["anna-facebook pending ok"]);
    in_order(&mut world);
}

/// Real processes, whose clock `faketime` sets.
#[test]
fn every_command_runs_at_any_time_and_the_facts_stay() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    // Without TLS: a certificate has its own time.
    let plain = mailbox("private", dovecot.imap_port, "tls = \"none\"\npassword_file = \"password\"");
    home.configure(&format!("{plain}{FACEBOOK}"));
    dovecot.deliver("INBOX", &confirmation(), MAY);
    assert_eq!(home.says(&["sync"]).0, 0);
    for time in ["2025-05-22 00:00:00", "2038-01-20 00:00:00", "2200-01-01 00:00:00"] {
        let at = format!("@{time}");
        let wrapper = ["faketime", "-f", &at];
        for command in [&["status"][..], &["sync"]] {
            let (code, _, stderr) = home.says_under(&wrapper, command);
            assert!(code == 0 && !stderr.contains("panicked"), "{time} {command:?}: {code} {stderr}");
        }
        let (code, line, _) = home.says_under(&wrapper, &["check"]);
        assert_eq!((code, line.lines().count()), (0, 1), "{time}: {line}");
    }
    assert_eq!(
        (home.status(), home.sql("SELECT count(*) FROM message")),
        (vec!["anna-facebook confirmed".to_owned()], vec!["1".to_owned()])
    );
    sound(&home);
    tried("Clock", "from 2025 to 2200, real processes", "every command runs, and every fact stays");
    // A board without a battery, before it has asked for the time. 1, not 2: systemd starts it anew until the clock is right.
    let (code, _, stderr) = home.says_under(&["faketime", "-f", "@1970-01-02 00:00:00"], &["run"]);
    let words = said(&home, &stderr);
    assert!(
        code == 1 && words.starts_with("the clock says 1970-01-02, which it cannot be; set it ("),
        "{code} {stderr}"
    );
    tried("Clock", "1970 at the start of the daemon", &words);
}
