//! A German reader: tables, timelines, next steps and what was recorded, as the real program prints them; programs get the same
//! documents as ever.

use unicode_width::UnicodeWidthStr;

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
    speaks_german(args, &stdout);
    for line in stdout.lines() {
        assert!(UnicodeWidthStr::width(line) <= 80, "{args:?}: {line}");
    }
    stdout
}

/// Commands stay as they are typed, and quotations of a mail as it says them.
#[track_caller]
fn speaks_german(args: &[&str], text: &str) {
    for word in ENGLISH {
        assert!(!text.contains(word), "{args:?} says {word:?}:\n{text}");
    }
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
        "  KONTO          STAND              SEIT                      FRIST\n\
         ✔ anna-facebook  Antwort steht aus  20.05.2025 (vor 2 Tagen)  20.06.2025\n\
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
    assert!(messages.contains("Darin heißt es, dass Meta den Widerspruch bestätigt."), "{messages}");
    assert!(german(&confirmd, &["status"]).ends_with("! 1 Nachricht bitte ansehen: confirmd messages --review\n"));
    assert_eq!(
        german(&confirmd, &["assign", "1", "anna-facebook"]),
        "Nachricht 1 gehört nach Ihrer Entscheidung zu anna-facebook. Meta hat den\n\
         Widerspruch bestätigt.\n\
         So nehmen Sie das zurück: confirmd assign 1 --undo\n"
    );
    let timeline = german(&confirmd, &["show", "anna-facebook"]);
    for said in [
        "Sie haben in der App Widerspruch eingelegt.",
        "Nachricht 1, von Ihnen\n              zugeordnet.",
        "Als Nächstes: Sie müssen nichts tun. confirmd bewahrt die Bestätigung als",
    ] {
        assert!(timeline.contains(said), "{timeline}");
    }
    german(&confirmd, &["dismiss", "1"]);
    german(&confirmd, &["dismiss", "1", "--undo"]);
    german(&confirmd, &["dismiss", "1"]);

    // The environment and the configuration say it too, and programs get the same in every language.
    let run = Run::of(confirmd.command(&["messages", "--review"]).env("LANG", "de_AT.UTF-8"));
    assert_eq!(run.stdout, "Es ist nichts anzusehen.\n");
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

/// Accounts in as many states as can be had without a mail of Meta's that is proven.
const ACCOUNTS: &str = "
[[account]]
id = \"anna-facebook\"
platform = \"facebook\"
handle = \"anna.muster\"
emails = [\"anna@example.org\"]
objected = 2025-05-20

[[account]]
id = \"anna-instagram-mit-einer-langen-kennung-fuer-die-ganze-familie\"
platform = \"instagram\"
emails = [\"anna@example.org\"]

[[account]]
id = \"otto\"
platform = \"none\"
emails = [\"otto@example.org\"]
objected = 2025-05-28
via = \"app\"

[[account]]
id = \"berta\"
platform = \"threads\"
handle = \"日本語の名前日本語の名前日本語の名前日本語の名前日本語の名前\"
emails = [\"berta@example.org\"]
objected = 2025-06-20
";

/// A home with these accounts, one of them confirmed by hand, and the German mails of the corpus.
fn with_several_states() -> Confirmd {
    let confirmd = Confirmd::with(ACCOUNTS);
    let corpus = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/de");
    let out = german(&confirmd, &["--quiet", "scan", corpus.to_str().unwrap()]);
    assert!(out.contains(" Mails gelesen: "), "{out}");
    let out = german(&confirmd, &["confirmed", "berta", "--on", "2025-06-22", "--note", "in der App gesehen"]);
    assert_eq!(
        out,
        "Eingetragen: Sie haben am 22.06.2025 gesehen, dass Meta den Widerspruch für\nberta bestätigt hat.\n"
    );
    confirmd
}

#[test]
fn every_command_answers_in_german_within_eighty_columns() {
    let confirmd = with_several_states();
    let count = confirmd.json(&["messages", "--json"])["messages"].as_array().unwrap().len();
    assert!(count > 20, "{count}");
    let numbers: Vec<String> = (1..=count).map(|number| number.to_string()).collect();
    let mut commands: Vec<Vec<&str>> = numbers.iter().map(|number| vec!["explain", number]).collect();
    let more: &[&[&str]] = &[
        &["status"],
        &["status", "--as-of", "2025-05-30"],
        &["messages"],
        &["messages", "--review"],
        &["explain", "1", "--all"],
        &["rules", "check"],
        &["assign", "1", "berta"],
        &["explain", "1"],
        &["assign", "1", "--undo"],
        &["notify-test"],
    ];
    commands.extend(more.iter().map(|args| args.to_vec()));
    for id in ["anna-facebook", "anna-instagram-mit-einer-langen-kennung-fuer-die-ganze-familie", "otto", "berta"] {
        commands.push(vec!["show", id]);
        commands.push(vec!["status", id]);
    }
    for args in &commands {
        let out = german(&confirmd, args);
        assert!(!out.is_empty(), "{args:?}");
        if args.contains(&"--undo") {
            continue;
        }
        let english = confirmd.run(&[&["--lang", "en"][..], args].concat());
        assert_eq!(english.code, 0, "{english:?}");
        assert_ne!(out, english.stdout, "{args:?}");
        for line in english.stdout.lines() {
            assert!(UnicodeWidthStr::width(line) <= 80, "{args:?}: {line}");
        }
    }
    // A path and a file name may be longer than a line, and are copied from there.
    let bundle = confirmd.path().join("bundle");
    let bundle = bundle.to_str().unwrap();
    for (args, said) in [
        (&["export", "berta", "--out", bundle][..], "ein Verlauf und die Seite zum Ausdrucken: dossier.html"),
        (&["verify", bundle], "In Ordnung: Jede Datei ist so, wie SHA256SUMS sagt.\n"),
        (&["rules", "list"], "REGEL "),
    ] {
        let Run { code, stdout, stderr } = confirmd.run(&[&["--lang", "de"], args].concat());
        assert_eq!((code, stderr.as_str()), (0, ""), "{args:?}: {stdout}");
        assert!(stdout.contains(said), "{args:?}: {stdout}");
        speaks_german(args, &stdout);
    }
}

#[test]
fn what_went_wrong_is_said_in_german_too() {
    let confirmd = Confirmd::with(FACEBOOK);
    let file = confirmd.path().join(".config/confirmd/config.toml");
    let good = std::fs::read_to_string(&file).unwrap();
    let said = |text: &str, lang: &[&str], locale: &str| {
        std::fs::write(&file, text).unwrap();
        let args = [lang, &["status"]].concat();
        let Run { code, stdout, stderr } = Run::of(confirmd.command(&args).env("LC_ALL", locale));
        assert_eq!((code, stdout.as_str()), (2, ""), "{stderr}");
        stderr.replace(&file.display().to_string(), "FILE")
    };
    let bad = format!("[policy]\nsender = \"nie\"\n{good}");
    let german = "confirmd: FILE:2: [policy]: `sender` ist falsch: `nie` gibt es nicht; möglich sind require, off\n";
    let english = "confirmd: FILE:2: [policy]: `sender` is wrong: `nie` is not one of require, off\n";
    // By the option, by the file although it is of no use, by the environment: in this order.
    assert_eq!(said(&bad, &["--lang", "de"], "C"), german);
    assert_eq!(said(&bad, &[], "de_AT.UTF-8"), german);
    assert_eq!(said(&bad, &[], "C"), english);
    assert_eq!(said(&format!("language = \"de\"\n{bad}"), &[], "C"), german.replace(":2:", ":3:"));
    assert_eq!(said(&format!("language = \"en\"\n{bad}"), &[], "de_DE.UTF-8"), english.replace(":2:", ":3:"));
    assert_eq!(said(&format!("language = \"en\"\n{bad}"), &["--lang", "de"], "C"), german.replace(":2:", ":3:"));
    std::fs::write(&file, &good).unwrap();

    let failing = |args: &[&str], expected: &str| {
        let Run { stdout, stderr, .. } = confirmd.run(&[&["--lang", "de"], args].concat());
        assert_eq!((stdout.as_str(), stderr.replace(&file.display().to_string(), "FILE").as_str()), ("", expected));
    };
    failing(&["show", "otto"], "confirmd: das Konto „otto“ gibt es in FILE nicht; es gibt: anna-facebook\n");
    failing(&["explain", "7"], "confirmd: die Nachricht 7 gibt es nicht; siehe `confirmd messages`\n");
    failing(&["dismiss", "7", "--undo"], "confirmd: über Nachricht 7 haben Sie nichts entschieden\n");
    failing(&["explain", "x.eml"], "confirmd: x.eml: nicht lesbar: die Datei oder den Ordner gibt es nicht\n");
    failing(&["redact", "x.eml"], "confirmd: x.eml: nicht lesbar: die Datei oder den Ordner gibt es nicht\n");
    failing(
        &["export", "anna-facebook", "--out", "x/y"],
        "confirmd: x/y: Den Ordner, in dem er liegen soll, gibt es nicht; legen Sie ihn zuerst an\n",
    );
    failing(
        &["confirmed", "anna-facebook", "--note", " "],
        "confirmd: --note muss sagen, was Sie gesehen haben, und wo\n",
    );
}

#[test]
fn programs_read_the_same_in_every_language() {
    let confirmd = with_several_states();
    for args in [
        &["status", "--json", "--as-of", "2025-06-30"][..],
        &["show", "berta", "--json"],
        &["messages", "--json"],
        &["messages", "--review", "--json"],
        &["explain", "1", "--json"],
        &["explain", "1", "--all", "--json"],
        &["rules", "list", "--json"],
        &["check", "--as-of", "2025-06-30"],
    ] {
        let run = |lang: &str| confirmd.run(&[&["--lang", lang], args].concat());
        let (de, en) = (run("de"), run("en"));
        assert_eq!(de.code, i32::from(args[0] == "check"), "{de:?}");
        assert_eq!(de, en, "{args:?}");
        assert!(de.stdout.len() > 100, "{de:?}");
    }
}

#[test]
fn the_remarks_of_redact_are_german_and_the_mail_is_what_it_was() {
    let confirmd = Confirmd::with(FACEBOOK);
    let mail = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/de/honoured/as-announced.eml");
    let run = |lang: &str| confirmd.run(&["--lang", lang, "redact", mail.to_str().unwrap()]);
    let (de, en) = (run("de"), run("en"));
    assert_eq!((de.code, &de.stdout), (0, &en.stdout));
    assert!(de.stderr.starts_with("Ersetzt oder weggelassen: "), "{de:?}");
    speaks_german(&["redact"], &de.stderr);
}
