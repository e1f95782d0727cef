//! What reaches a terminal: fits, has colours only where wanted, and nothing of a mail's can move it.

use std::io::Read;
use std::process::Stdio;

use super::*;

const HOSTILE: &str = "Objection\u{1b}[2J \u{1b}]0;owned\u{7} \u{202e}gnp.exe \u{9b}31m \u{2066}x \u{200b}y AI at Meta";

/// A mailbox in which everything that can be hostile is.
fn hostile(dovecot: &Dovecot) -> Confirmd {
    let encoded = |text: &str| {
        use base64::Engine as _;
        format!("=?utf-8?b?{}?=", base64::engine::general_purpose::STANDARD.encode(text))
    };
    let folder = "Post\u{202e}\u{200b}x";
    dovecot.create_folder(folder);
    let mail = String::from_utf8(letter(1, &encoded(HOSTILE), HONOURED)).unwrap();
    let mail = mail.replace("From: Facebook", &format!("From: {}", encoded("Face\u{1b}[31mbook\u{202e}")));
    dovecot.deliver(folder, mail.as_bytes(), MAY_21);
    let greets = "Hi \u{1b}[2J\u{202e}Anna,\r\n\r\nWe will honour your objection. We won't use it for generative AI models at Meta.";
    dovecot.deliver(folder, &vouch(&letter(2, TITLE, greets)), MAY_21);
    let confirmd = Confirmd::watching(dovecot, FACEBOOK);
    confirmd.sync();
    confirmd
}

fn is_harmless(text: &str) -> bool {
    !text.chars().any(|c| c != '\n' && (c.is_control() || "\u{202e}\u{2066}\u{200b}".contains(c)))
}

#[test]
fn nothing_in_a_mail_or_a_folders_name_moves_a_terminal() {
    let dovecot = Dovecot::start();
    let confirmd = hostile(&dovecot);
    let commands: &[&[&str]] = &[
        &["status"],
        &["status", "--json"],
        &["check"],
        &["show", "anna-facebook"],
        &["show", "anna-facebook", "--json"],
        &["messages"],
        &["messages", "--json"],
        &["explain", "1"],
        &["explain", "1", "--json"],
        &["explain", "1", "--all"],
        &["explain", "2"],
        &["assign", "1", "anna-facebook"],
        &["-vvv", "sync"],
    ];
    for args in commands {
        let run = confirmd.run(args);
        assert!(run.code <= 2, "{args:?}: {run:?}");
        assert!(is_harmless(&run.stdout) && is_harmless(&run.stderr), "{args:?}: {run:?}");
        if args.contains(&"--json") {
            serde_json::from_str::<Value>(&run.stdout).unwrap();
        }
    }
    let document = confirmd.json(&["messages", "--json"]);
    let subject = "Objection [2J  ]0;owned  \u{202e}gnp.exe  31m \u{2066}x \u{200b}y AI at Meta";
    assert_eq!(
        document["messages"][0]["subject"], subject,
        "controls are blanks already; what is left, a program gets as it is"
    );
    assert_eq!(document["messages"][0]["places"][0]["folder"], "Post\u{202e}\u{200b}x");
    let text = confirmd.run(&["messages"]).stdout;
    assert!(text.contains("\\u{202e}gnp.exe"), "{text}");
    // The same where colours are on: escape sequences are ours alone.
    let colored = confirmd.run(&["--color", "always", "messages"]).stdout;
    assert!(
        !colored.contains("\u{1b}[2J") && !colored.contains('\u{202e}') && colored.contains("\u{1b}["),
        "{colored}"
    );
}

#[test]
fn colours_are_there_only_where_they_are_wanted() {
    let confirmd = Confirmd::with(FACEBOOK);
    let colored = |args: &[&str], env: &[(&str, &str)]| {
        let run = Run::of(confirmd.command(args).envs(env.iter().copied()));
        assert_eq!(run.code, 0, "{run:?}");
        run.stdout.contains('\u{1b}')
    };
    assert!(!colored(&["status"], &[]), "a pipe is no terminal");
    assert!(!colored(&["status"], &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "")]));
    assert!(!colored(&["--color", "never", "status"], &[("CLICOLOR_FORCE", "1")]));
    assert!(colored(&["--color", "always", "status"], &[]));
    assert!(colored(&["--color=always", "status"], &[("NO_COLOR", "1")]));
    assert!(!colored(&["--color", "always", "status", "--json"], &[]));
    let check = confirmd.run(&["--color", "always", "check"]);
    assert!(!check.stdout.contains('\u{1b}'), "{check:?}");
}

#[test]
fn every_line_fits_eighty_columns() {
    let dovecot = Dovecot::start();
    let long = "a-very-long-account-id-of-somebody-who-likes-them-long-and-clear";
    let second = FACEBOOK
        .replace("anna-facebook", long)
        .replace("anna.muster", "anna.second")
        .replace("2025-05-20", "2025-06-20");
    dovecot.deliver("INBOX", &letter(1, &format!("{TITLE}: {}", "very ".repeat(60)), HONOURED), MAY_21);
    dovecot.deliver("INBOX", &vouched("en/honoured/no-longer-used"), MAY_21);
    let confirmd = Confirmd::watching(&dovecot, &format!("{FACEBOOK}{second}"));
    confirmd.sync();
    for args in [
        &["status"][..],
        &["status", "--as-of", "2025-06-21"],
        &["status", long],
        &["show", long],
        &["show", "anna-facebook"],
        &["messages"],
        &["messages", "--review"],
        &["explain", "1"],
        &["explain", "2"],
    ] {
        let run = confirmd.run(args);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{args:?}: {run:?}");
        for line in run.stdout.lines() {
            let width = unicode_width::UnicodeWidthStr::width(line);
            assert!(width <= 80, "{args:?}: {width} columns: {line}\n{}", run.stdout);
        }
    }
    let table = confirmd.run(&["status", "--as-of", "2025-06-21"]).stdout;
    let head: Vec<&str> = table.lines().take(1).collect();
    assert_eq!(head, ["  ACCOUNT        STATE                 SINCE       DEADLINE"]);
    assert!(
        table.contains(&format!("\n· {long}\n"))
            || table.contains(&format!("\n! {long}\n"))
            || table.contains(&format!("\n✔ {long}\n")),
        "{table}"
    );
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure_and_a_full_disk_is() {
    let confirmd = Confirmd::with(FACEBOOK);
    for (args, code) in [
        (&["status"][..], 0),
        (&["rules", "list"], 0),
        (&["rules", "list", "--json"], 0),
        (&["--help"], 0),
        (&["check"], 3),
        (&["check", "--bogus"], 3),
    ] {
        let mut child = confirmd.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(code), ""), "{args:?}");

        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut child = confirmd.command(args).stdout(full).stderr(Stdio::piped()).spawn().unwrap();
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        let code = child.wait().unwrap().code();
        if args[0] == "check" {
            assert_eq!(code, Some(3), "{args:?}");
        } else if args[0] != "--help" {
            assert_eq!(code, Some(1), "{args:?}");
            assert!(said.contains("the result cannot be written: No space left on device"), "{said}");
        }
        assert!(!said.contains("panicked"), "{said}");
    }
}

#[test]
fn quiet_is_quiet_and_progress_is_only_for_terminals() {
    let dovecot = Dovecot::start();
    let confirmd = Confirmd::watching(&dovecot, FACEBOOK);
    let run = confirmd.run(&["sync"]);
    assert_eq!(run.stderr, "mailbox \"private\": read completely\n");
    let run = confirmd.run(&["-q", "sync"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{run:?}");
    let status = timeless(confirmd.json(&["-q", "status", "--json"]));
    assert_eq!(status["schema"], 1);
}
