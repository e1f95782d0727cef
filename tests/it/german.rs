//! A German reader: tables, timelines, next steps and what was recorded, as the real program prints them; programs get the same
//! documents as ever.

use std::process::Stdio;

use crate::support::confirmd::{Confirmd, FACEBOOK, Run};
use crate::support::dovecot::Dovecot;

/// Words that stand in nearly every English sentence of this program, and in no German one.
const ENGLISH: [&str; 12] = [
    " the ",
    " and ",
    " your ",
    " you ",
    "You ",
    "message ",
    "Message ",
    " not ",
    "Meta's",
    "mailbox ",
    " for ",
    "objected on",
];

fn german(confirmd: &Confirmd, args: &[&str]) -> String {
    let Run { code, stdout, stderr } = confirmd.run(&[&["--lang", "de"], args].concat());
    assert_eq!((code, stderr.as_str()), (0, ""), "{args:?}: {stdout}");
    for word in ENGLISH {
        // Commands stay as they are typed.
        assert!(!stdout.contains(word), "{args:?} says {word:?}:\n{stdout}");
    }
    for line in stdout.lines() {
        assert!(line.chars().count() <= 80, "{args:?}: {line}");
    }
    stdout
}

#[test]
fn a_german_reader_is_told_in_german_what_stands_and_what_to_do() {
    let dovecot = Dovecot::start();
    let confirmd = Confirmd::watching(&dovecot, FACEBOOK);
    assert_eq!(
        german(&confirmd, &["objected", "anna-facebook", "--on", "2025-05-20", "--via", "app"]),
        "Eingetragen: Widerspruch für anna-facebook am 20.05.2025, in der App.\n\
         Die App antwortet möglicherweise nur mit einer Einblendung und schickt keine\n\
         Mail. Haben Sie dort die Bestätigung Ihres Widerspruchs gesehen, tragen Sie sie\n\
         ein: confirmd confirmed anna-facebook --note \"in der App gesehen\"\n"
    );
    german(&confirmd, &["objected", "anna-facebook", "--on", "2025-05-20"]);
    assert_eq!(
        german(&confirmd, &["status", "--as-of", "2025-05-22"]),
        "  KONTO          STAND                     SEIT        FRIST\n\
         ✔ anna-facebook  wartet auf Meta           20.05.2025  20.06.2025\n\
         \x20 > Sie müssen nichts tun. Meta antwortet meist innerhalb von zwei Tagen;\n\
         \x20   confirmd warnt ab dem 23.05.2025.\n\
         \n\
         ! Postfach „private“: noch nicht gelesen; rufen Sie `confirmd sync` auf\n"
    );
    assert_eq!(german(&confirmd, &["messages"]), "Noch wurde keine Nachricht erkannt.\n");

    // Nothing proves who sent it: to be looked at.
    let mail = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/de/honoured");
    let mail = std::fs::read_dir(mail)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().unwrap() == "eml");
    let scanned = confirmd.run(&["scan", mail.unwrap().to_str().unwrap()]);
    assert_eq!(scanned.code, 0, "{scanned:?}");
    let messages = german(&confirmd, &["messages", "--review"]);
    assert!(messages.contains("Absender nicht bewiesen"), "{messages}");
    assert!(messages.contains("Sie sagt, dass Meta den Widerspruch bestätigt."), "{messages}");
    assert!(german(&confirmd, &["status"]).ends_with("! 1 Nachricht bitte ansehen: confirmd messages --review\n"));
    assert_eq!(
        german(&confirmd, &["assign", "1", "anna-facebook"]),
        "Nachricht 1 gehört auf Ihr Wort zu anna-facebook. Meta hat den Widerspruch\n\
         bestätigt.\n\
         So nehmen Sie das zurück: confirmd assign 1 --undo\n"
    );
    let timeline = german(&confirmd, &["show", "anna-facebook"]);
    for said in [
        "Sie haben in der App Widerspruch eingelegt.",
        "Nachricht 1, von Ihnen\n              verbürgt.",
        "Als Nächstes: Sie müssen nichts tun. confirmd bewahrt die Bestätigung als",
    ] {
        assert!(timeline.contains(said), "{timeline}");
    }
    german(&confirmd, &["dismiss", "1"]);
    german(&confirmd, &["dismiss", "1", "--undo"]);
    german(&confirmd, &["dismiss", "1"]);

    // The environment and the configuration say it too, and programs get the same in every language.
    let run = Run::of(confirmd.command(&["messages", "--review"]).env("LANG", "de_AT.UTF-8"));
    assert_eq!(run.stdout, "Nichts ist anzusehen.\n");
    for args in [
        &["status", "--json", "--as-of", "2025-06-30"][..],
        &["show", "anna-facebook", "--json"],
        &["messages", "--json"],
    ] {
        let (de, en) =
            (confirmd.run(&[&["--lang", "de"], args].concat()), confirmd.run(&[&["--lang", "en"], args].concat()));
        assert!(de.code == 0 && de.stdout == en.stdout, "{args:?}: {de:?} {en:?}");
    }
    let check = |lang: &str| confirmd.run(&["--lang", lang, "check", "--as-of", "2025-06-30"]);
    assert_eq!(check("de"), check("en"));
}

#[test]
fn a_process_that_may_know_passwords_leaves_no_core_dump() {
    let dovecot = Dovecot::start();
    let confirmd = Confirmd::watching(&dovecot, FACEBOOK);
    let mut command = confirmd.command(&["scan", "-"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    // It waits for its input; the limit is set before anything else, but not before it is a process.
    let limits = format!("/proc/{}/limits", child.id());
    let core = || {
        let limits = std::fs::read_to_string(&limits).unwrap();
        limits
            .lines()
            .find(|line| line.starts_with("Max core file size"))
            .unwrap()
            .split_whitespace()
            .nth(4)
            .unwrap()
            .to_owned()
    };
    for _ in 0..200 {
        if core() == "0" {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(25));
    }
    assert_eq!(core(), "0");
    child.kill().unwrap();
    child.wait().unwrap();
}
