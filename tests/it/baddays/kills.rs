//! `kill -9` at any moment: nothing is lost, nothing is there twice. Killed syncs are in `sync::interrupted`.

use std::process::Stdio;
use std::time::{Duration, Instant};

use super::migrating::{facts, home as earlier_home, make_earlier, migrations};
use super::{FACEBOOK, MAY, Moments, rounds, sound};
use crate::support::confirmd::{HONOURED, TITLE, letter};
use crate::support::daemon::{Home, at};
use crate::support::dovecot::{Dovecot, wait_until};
use crate::support::faults::tried;

#[test]
fn kills_of_the_daemon_lose_no_notice_and_record_none_twice() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    home.configure(&format!("{}{FACEBOOK}{}", at(&dovecot, "private", ""), home.teller()));
    // Nobody vouches for it, so each is up for review, and somebody is told of each.
    let deliver = |number: u32| dovecot.deliver("INBOX", &letter(number as usize, TITLE, HONOURED), MAY);
    let all_told = |messages: u32| {
        home.sql("SELECT count(*) FROM message") == [messages.to_string()]
            && home.sql("SELECT count(*) FROM notice WHERE closed = 0") == ["0"]
    };
    deliver(1);
    let begun = Instant::now();
    let daemon = home.run();
    daemon.until("the first is told", || all_told(1));
    let whole = begun.elapsed();
    daemon.kill();
    let (rounds, mut moments) = (rounds(6), Moments::new());
    for round in 0..rounds {
        deliver(round + 2);
        let daemon = home.launch(&[]);
        std::thread::sleep(moments.within(whole));
        daemon.kill();
        assert_eq!(home.sql("PRAGMA quick_check"), ["ok"], "round {round}");
    }
    let daemon = home.run();
    daemon.until("all are told", || all_told(rounds + 1));
    assert_eq!(daemon.terminate().status.code(), Some(0));
    sound(&home);
    assert_eq!(
        home.sql("SELECT message_id FROM message GROUP BY message_id HAVING count(*) > 1"),
        Vec::<String>::new()
    );
    let twice = "SELECT subject, subject_id, to_word FROM transition GROUP BY 1, 2, 3 HAVING count(*) > 1 AND subject = 'message'";
    assert_eq!(home.sql(twice), Vec::<String>::new());
    let twice = "SELECT subject_id FROM notice WHERE subject = 'message' GROUP BY subject_id HAVING count(*) > 1";
    assert_eq!(home.sql(twice), Vec::<String>::new());
    let titles: Vec<String> = home.told_json().iter().map(|told| told["title"].as_str().unwrap().to_owned()).collect();
    for number in 1..=rounds + 1 {
        let about = format!("Message {number} needs a look");
        let times = titles.iter().filter(|title| title.starts_with(&about)).count();
        // Twice only where the kill came between the delivery and the mark.
        assert!((1..=2).contains(&times), "message {number} was told {times} times: {titles:#?}");
    }
    tried(
        "Kills",
        "kill -9 of the daemon at any moment of reading, recording and delivering",
        "every message and notice is in the database once, every notice is told, at most once more than needed",
    );
}

#[test]
fn kills_while_an_earlier_database_is_brought_up_to_date_leave_all_or_nothing() {
    let template = earlier_home();
    make_earlier(&template, 1, 3);
    let before = facts(&template);
    let again = |home: &Home| {
        std::fs::copy(template.database(), home.database()).unwrap();
        for suffix in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(home.path(&format!("confirmd.db{suffix}")));
        }
    };
    // From the first touch of the file to the end, without anything that kills.
    let home = earlier_home();
    again(&home);
    let run =
        |home: &Home| home.command(&["dismiss", "1"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let touched = |home: &Home| wait_until(Duration::from_secs(20), || home.path("confirmd.db-shm").exists()).unwrap();
    let mut child = run(&home);
    touched(&home);
    let begun = Instant::now();
    assert!(child.wait().unwrap().success());
    let whole = begun.elapsed();
    let mut moments = Moments::new();
    let rounds = rounds(6);
    let newest = migrations().len();
    let mut killed = 0;
    for round in 0..rounds {
        again(&home);
        let mut child = run(&home);
        touched(&home);
        std::thread::sleep(moments.within(whole));
        let _ = child.kill();
        killed += u32::from(!child.wait().unwrap().success());
        let version = home.sql("PRAGMA user_version");
        assert!((1..=newest).any(|known| version == [known.to_string()]), "round {round}: {version:?}");
        let (code, _, stderr) = home.says(&["status"]);
        assert_eq!((code, stderr.as_str()), (0, ""), "round {round}");
        assert_eq!(home.sql("PRAGMA user_version"), [newest.to_string()], "round {round}");
        // The dismissal and its transition may have been through.
        let kept = |facts: Vec<String>| {
            let changing = |fact: &String| {
                fact.starts_with("settlement") || fact.starts_with("transition") || fact.starts_with("objection")
            };
            facts.into_iter().filter(|fact| !changing(fact)).collect::<Vec<_>>()
        };
        assert_eq!(kept(facts(&home)), kept(before.clone()), "round {round}");
        sound(&home);
    }
    assert!(killed * 3 >= rounds, "only {killed} of {rounds} were killed on the way");
    let (code, _, stderr) = home.says(&["dismiss", "1"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    tried(
        "Kills",
        "kill -9 while an earlier database is brought up to date",
        "it is of the one version or the other, with everything in it; the next command finishes it",
    );
}
