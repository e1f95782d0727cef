//! `status --watch` where it is no terminal: a new table whenever something has changed, and nothing else.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::*;
use crate::support::confirmd::signal;

/// What it prints, line by line.
fn lines(child: &mut Child) -> Receiver<String> {
    let (said, heard) = channel();
    let out = BufReader::new(child.stdout.take().unwrap());
    std::thread::spawn(move || {
        for line in out.lines().map_while(Result::ok) {
            // The test may have heard enough.
            let _ = said.send(line);
        }
    });
    heard
}

/// The lines up to the one that begins like this.
fn until(heard: &Receiver<String>, begin: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    while lines.last().is_none_or(|line| !line.starts_with(begin)) {
        let line = heard.recv_timeout(Duration::from_secs(20));
        lines.push(line.unwrap_or_else(|error| panic!("no line begins with {begin:?}: {error}: {lines:#?}")));
    }
    lines
}

#[test]
fn a_new_table_comes_when_something_has_changed_and_ctrl_c_ends_it_in_order() {
    let confirmd = Confirmd::with(FACEBOOK);
    let mut child = confirmd
        .command(&["status", "--watch", "--lang", "de"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let heard = lines(&mut child);
    // There is no database yet.
    let first = until(&heard, "Es ist kein Postfach eingetragen");
    assert!(first[0].starts_with("Stand vom ") && first[0].ends_with(" Uhr. Beenden mit Strg+C."), "{first:#?}");
    assert!(
        first.iter().any(|line| line.starts_with("? anna-facebook  nicht feststellbar  23.05.2025 (vor ")),
        "{first:#?}"
    );

    let confirm = &["confirmed", "anna-facebook", "--on", "2025-05-22", "--note", "in the app"];
    assert_eq!(confirmd.run(confirm).code, 0);
    let second = until(&heard, "Es ist kein Postfach eingetragen");
    assert!(second.iter().any(|line| line.starts_with("✔ anna-facebook  bestätigt  22.05.2025 (vor ")), "{second:#?}");
    assert!(second[1].starts_with("Stand vom "), "{second:#?}");

    // What changes no state is no news: the database is written, the table stays.
    assert_eq!(confirmd.run(confirm).code, 0);
    assert!(heard.recv_timeout(Duration::from_millis(2500)).is_err(), "a table without news");

    signal(&child, rustix::process::Signal::INT);
    let end = Run::end_of(child);
    assert_eq!((end.code, end.stderr.as_str()), (0, ""));
}

#[test]
fn watching_is_for_people_and_for_now() {
    let confirmd = Confirmd::with(FACEBOOK);
    for more in [&["--json"][..], &["--as-of", "2025-06-30"]] {
        let run = confirmd.run(&[&["status", "--watch"], more].concat());
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{run:?}");
        assert!(run.stderr.contains("--watch"), "{run:?}");
    }
}
