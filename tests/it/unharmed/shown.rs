//! Everything that a mail, a folder's name or a server's words can smuggle in, looked for in everything that confirmd puts out.

use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use base64::Engine as _;
use serde_json::Value;

use crate::support::answering::Answering;
use crate::support::confirmd::{Confirmd, FACEBOOK, HONOURED, Run, TITLE, letter, signal, vouch};
use crate::support::dovecot::wait_until;
use crate::support::faults::tried;

/// Cursor movements, a window title, a line break, a reversed file name, invisible characters, a tag, and a shell's words.
const NASTY: &str = "AI\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}31m\r\nFrom: forged\u{202e}gnp.exe\u{2066}\u{200b}\u{2028}\u{feff}<script>\"'&$(x)`";

/// What no text for people may contain: controls but the line break, and what turns text around or is invisible.
fn is_harmless(text: &str) -> bool {
    let turns =
        |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    !text.chars().any(|c| (c.is_control() && c != '\n') || turns(c))
}

fn encoded(text: &str) -> String {
    format!("=?utf-8?b?{}?=", base64::engine::general_purpose::STANDARD.encode(text))
}

/// A letter with nasty words wherever a sender can put some.
fn nasty(number: usize, text: &str) -> Vec<u8> {
    let mail = String::from_utf8(letter(number, &encoded(&format!("{TITLE} {NASTY}")), text)).unwrap();
    let mail = mail.replace("From: Facebook", &format!("From: {}", encoded(NASTY)));
    mail.replace("To: Anna Muster", &format!("To: {}", encoded(NASTY))).into_bytes()
}

#[test]
fn nothing_of_a_mails_a_folders_or_a_servers_words_reaches_anybody_raw() {
    let server = Answering::start();
    // The folder is called `Post`, a reversal, a quotation mark, and a line that is not one.
    server.refuse("Post&IC4AGwAK-x\\\"<b>", "gone \u{1b}[2J\u{202e}\u{7} <script>alert(1)</script>");
    server.deliver(vouch(&nasty(1, &format!("{NASTY}\r\n\r\n{HONOURED}"))));
    server.deliver(nasty(2, HONOURED));
    server.deliver(vouch(&nasty(
        3,
        &format!("Hi {NASTY},\r\n\r\nWe need more details on your objection to AI at Meta. {NASTY}"),
    )));
    let mut confirmd = Confirmd::with(FACEBOOK);
    confirmd.secret("private", "secret");
    let told = confirmd.path().join("told");
    confirmd.settings(&format!(
        "[dns]\nserver = \"127.0.0.1:1\"\n[[notify]]\nkind = \"command\"\ncommand = [\"/bin/sh\", \"-c\", \"cat >> {}\"]\n",
        told.display()
    ));
    confirmd.mailbox_text(&server.mailbox("private.password"));
    let daemon = confirmd.start(&["-vvvv", "run"]);
    let notices = || std::fs::read_to_string(&told).unwrap_or_default();
    let done = wait_until(Duration::from_secs(60), || notices().contains("\"review\""));
    signal(&daemon, rustix::process::Signal::TERM);
    let log = Run::end_of(daemon);
    done.unwrap_or_else(|_| panic!("{log:?} {}", notices()));
    assert!(is_harmless(&log.stderr) && log.stdout.is_empty(), "{log:?}");
    assert!(log.stderr.contains("gone "), "the server's words are told: {log:?}");
    for line in notices().lines() {
        let notice: Value = serde_json::from_str(line).unwrap();
        let (title, text) = (notice["title"].as_str().unwrap(), notice["text"].as_str().unwrap());
        assert!(is_harmless(title) && !title.contains('\n') && is_harmless(text), "{line}");
    }
    // Named in the configuration it is an error that stands in the status; there it can have no control characters.
    server.refuse("Post&IC4-x\\\"<b>", "gone \u{1b}[2J\u{202e}\u{7} <script>alert(1)</script>");
    confirmd.no_mailbox();
    confirmd.mailbox_text(
        &(server.mailbox("private.password") + "folders = [\"INBOX\", \"Post\\u202ex\\\"<b>\", \"Nirgends\\u202e\"]\n"),
    );

    let commands: &[&[&str]] = &[
        &["status"],
        &["show", "anna-facebook"],
        &["messages"],
        &["messages", "--review"],
        &["explain", "1"],
        &["explain", "1", "--all"],
        &["explain", "2"],
        &["explain", "3"],
        &["check"],
        &["letter", "anna-facebook"],
        &["letter", "anna-facebook", "--kind", "complaint"],
        &["status"],
    ];
    let failed = confirmd.run(&["-vvvv", "sync"]);
    assert!(failed.code == 1 && failed.stderr.contains("gone ") && is_harmless(&failed.stderr), "{failed:?}");
    for language in ["de", "en"] {
        for args in commands {
            let run = confirmd.run(&[&["--lang", language][..], args].concat());
            assert!(run.code <= 3, "{args:?}: {run:?}");
            assert!(is_harmless(&run.stdout) && is_harmless(&run.stderr), "{args:?}: {run:?}");
        }
    }
    for args in [
        &["status", "--json"][..],
        &["messages", "--json"],
        &["show", "anna-facebook", "--json"],
        &["explain", "1", "--json"],
    ] {
        let document = confirmd.run(args).stdout;
        assert!(serde_json::from_str::<Value>(&document).is_ok() && is_harmless(&document), "{args:?}: {document}");
    }

    let out = confirmd.path().join("bundle");
    let run = confirmd.run(&["export", "anna-facebook", "--out", out.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(is_harmless(&run.stdout) && is_harmless(&run.stderr), "{run:?}");
    let page = std::fs::read_to_string(out.join("dossier.html")).unwrap();
    assert!(is_harmless(&page) && !page.contains("<script") && !page.contains("<b>\""), "{page}");
    let timeline = std::fs::read_to_string(out.join("timeline.json")).unwrap();
    assert!(serde_json::from_str::<Value>(&timeline).is_ok(), "{timeline}");
    assert_eq!(std::fs::metadata(out.join("dossier.html")).unwrap().permissions().mode() & 0o7777, 0o600);
    let outcome = "made visible (\\u{202e}) or blank in tables, timelines, logs, notices, letters and the dossier; JSON valid, HTML escaped";
    tried(
        "Output",
        "control, escape, bidi and line-breaking characters in subjects, names, texts, folder names and server errors",
        outcome,
    );
}
