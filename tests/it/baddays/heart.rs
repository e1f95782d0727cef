//! A daemon that stands still: the watchdog is not fed, and what systemd then does is in the units.

use std::path::Path;
use std::time::Duration;

use rustix::process::Signal;

use super::FACEBOOK;
use crate::support::daemon::{Home, at};
use crate::support::dovecot::Dovecot;
use crate::support::faults::tried;

#[test]
fn a_daemon_that_stands_still_does_not_feed_the_watchdog() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    home.configure(&format!("{}{FACEBOOK}", at(&dovecot, "private", "")));
    let daemon = home.run_with(&[("WATCHDOG_USEC", "200000")]);
    let fed = || daemon.heard().iter().filter(|said| *said == "WATCHDOG=1").count();
    daemon.until("it is fed", || fed() >= 2);
    daemon.signal(Signal::STOP);
    // What was said before is heard within 50 ms.
    std::thread::sleep(Duration::from_millis(100));
    let before = fed();
    std::thread::sleep(Duration::from_millis(600));
    assert_eq!(fed(), before, "three times its period");
    daemon.signal(Signal::CONT);
    daemon.until("it is fed again", || fed() > before);
    tried("Limits", "the daemon stands still (SIGSTOP)", "the watchdog is not fed, so that systemd starts it anew");
    assert_eq!(daemon.terminate().status.code(), Some(0));
}

#[test]
fn both_units_start_it_anew_after_whatever_ended_it_but_a_wrong_configuration() {
    for unit in ["packaging/systemd/confirmd.service", "packaging/systemd/user/confirmd.service"] {
        let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(unit)).unwrap();
        let settings: Vec<&str> = text.lines().collect();
        // on-failure: another exit code than 0, a signal (SIGABRT, SIGSEGV, SIGKILL by the kernel), the watchdog.
        for setting in [
            "Type=notify",
            "Restart=on-failure",
            "RestartSec=30",
            "RestartPreventExitStatus=2",
            "StartLimitIntervalSec=0",
        ] {
            assert!(settings.contains(&setting), "{unit}: {setting}");
        }
        assert!(settings.iter().any(|setting| setting.starts_with("WatchdogSec=")), "{unit}");
    }
}
