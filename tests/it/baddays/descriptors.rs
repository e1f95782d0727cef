//! A process that may open only a few files.

use std::process::Command;

use super::{FACEBOOK, MAY, confirmation, said, sound};
use crate::support::daemon::{Home, at};
use crate::support::dovecot::Dovecot;
use crate::support::faults::tried;

#[test]
fn every_command_either_works_or_says_what_it_lacks() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    home.configure(&format!("{}{FACEBOOK}", at(&dovecot, "private", "")));
    dovecot.deliver("INBOX", &confirmation(), MAY);
    let (mut worked, mut words) = (0, Vec::new());
    // Below five the program's own libraries cannot be loaded.
    for files in [5, 6, 8, 10, 20, 26, 40] {
        let limit = format!("--nofile={files}:{files}");
        let bundle = home.path(&format!("bundle{files}")).display().to_string();
        let commands: &[&[&str]] = match files {
            ..14 => &[&["status"], &["objected", "anna-facebook", "--on", "2025-05-20"], &["sync"]],
            14.. => &[&["sync"], &["export", "anna-facebook", "--out", &bundle], &["run"]],
        };
        for command in commands {
            if files == 40 && command == &["run"] {
                continue; // Enough: it would go on for ever.
            }
            let (code, stdout, stderr) = home.says_under(&["prlimit", &limit], command);
            let told = said(&home, &stderr);
            assert!(
                !stderr.contains("panicked") && !stderr.contains("a defect of confirmd"),
                "{files} {command:?}: {stderr}"
            );
            if code == 0 {
                worked += 1;
                continue;
            }
            let lacks = told.contains("may have only") || told.contains("Too many open files");
            assert!([1, 2].contains(&code) && lacks, "{files} {command:?}: {code} {stdout}{stderr}");
            words.push(told.replace(&files.to_string(), "N"));
        }
    }
    assert!(worked >= 4, "{worked}: {words:#?}");
    assert_eq!(home.says(&["sync"]).0, 0);
    assert_eq!(
        (home.status(), home.sql("SELECT count(*) FROM message")),
        (vec!["anna-facebook confirmed".to_owned()], vec!["1".to_owned()])
    );
    sound(&home);
    let usual = words.iter().find(|words| words.contains("may have only")).unwrap();
    tried(
        "Limits",
        "five to forty open files: sync, run, status, export, objected",
        &format!("works, or says: {usual}"),
    );
}

#[test]
fn a_daemon_that_runs_out_of_them_goes_on_when_they_are_back() {
    let (home, mut dovecot) = (Home::new(), Dovecot::start());
    home.configure(&format!("{}{FACEBOOK}{}", at(&dovecot, "private", ""), home.teller()));
    let daemon = home.run();
    daemon.until("it is told", || home.told() == ["anna-facebook: overdue"]);
    let limit = |files: &str| {
        let set =
            Command::new("prlimit").args(["--pid", &daemon.pid().to_string(), &format!("--nofile={files}:")]).status();
        assert!(set.unwrap().success());
    };
    // As many as the standard streams: every other that is open stays so, and no new one can be.
    limit("3");
    dovecot.stop();
    dovecot.start_again();
    dovecot.deliver("INBOX", &confirmation(), MAY);
    daemon.until("it is said", || daemon.logged("Too many open files") > 0);
    assert_eq!(home.status(), ["anna-facebook overdue"]);
    limit("1024");
    daemon.until("the mail is recorded", || home.status() == ["anna-facebook confirmed"]);
    daemon.until("it is told", || home.told().iter().any(|told| told == "anna-facebook: confirmed"));
    let line = daemon.log().into_iter().find(|line| line.contains("Too many open files")).unwrap();
    let line = line.trim().trim_start_matches("WARN ").to_owned();
    tried(
        "Limits",
        "the running daemon may open no more files",
        &format!("{}; goes on when it may", said(&home, &line)),
    );
    assert_eq!(daemon.terminate().status.code(), Some(0));
    sound(&home);
}
