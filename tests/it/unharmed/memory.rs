//! Servers and mails without measure: what they cost is counted at the real daemon, by the most memory it ever had.

use std::time::Duration;

use crate::support::answering::Answering;
use crate::support::confirmd::{FACEBOOK, HONOURED, TITLE, letter, vouch};
use crate::support::daemon::{Daemon, Home, mailbox};
use crate::support::dovecot::wait_until;
use crate::support::faults::{fault, tried};
use crate::support::script::Script;

/// What a hostile server may make the daemon use at most.
pub(super) const MOST: u64 = 64 * 1024;

/// Pages of the program and its libraries in a release build (docs/MEASUREMENTS.md); an unoptimised one has 10 MB more.
const PROGRAM: u64 = 14 * 1024;

/// The most memory that a process has had in use, in kB, as if it were a release build.
pub(super) fn peak(daemon: &Daemon) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", daemon.pid())).unwrap();
    let field = |name: &str| -> u64 {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    };
    field("VmHWM:") - field("RssFile:").saturating_sub(PROGRAM)
}

#[track_caller]
fn stayed_small(daemon: &Daemon, what: &str) {
    let peak = peak(daemon);
    assert!(peak < MOST, "{what}: {peak} kB");
}

const TO_INBOX: &str =
    "S: * OK [CAPABILITY IMAP4rev1] ready\nC: LOGIN ...\nS: $ OK [CAPABILITY IMAP4rev1] in\nC: LIST ...\n";

/// A session up to the question for the From fields of `exists` mails.
fn to_from_fields(exists: u32) -> String {
    format!(
        "{TO_INBOX}S: * LIST () \"/\" INBOX\nS: $ OK done\nC: STATUS ...\n\
         S: * STATUS INBOX (MESSAGES {exists} UIDNEXT {next} UIDVALIDITY 7)\nS: $ OK done\nC: EXAMINE ...\n\
         S: * {exists} EXISTS\nS: * OK [UIDVALIDITY 7]\nS: * OK [UIDNEXT {next}]\nS: $ OK [READ-ONLY] done\nC: UID ...\n",
        next = exists + 1
    )
}

/// A From field of so many bytes.
fn from_field(uid: u32, size: usize) -> String {
    format!(
        "S\\ * {uid} FETCH (UID {uid} BODY[HEADER.FIELDS (FROM)] {{{size}}}\\r\\nFrom: \nFLOOD {} x\nS: )\n",
        size - 6
    )
}

/// The daemon with a server that follows this transcript, until it logs that.
fn meets(transcript: &str, logs: &str) -> (Daemon, Home) {
    let script = Script::play_text(transcript);
    let home = Home::new();
    let plain = mailbox("private", script.port, "tls = \"none\"\npassword_file = \"password\"");
    home.configure(&format!("{plain}{FACEBOOK}"));
    let daemon = home.run();
    let told = wait_until(Duration::from_secs(150), || daemon.logged(logs) > 0);
    assert!(told.is_ok(), "in vain: {logs}");
    (daemon, home)
}

#[test]
fn a_server_without_measure_is_left_with_a_clear_word_and_the_daemon_stays_small() {
    let three = to_from_fields(3);
    let many_hits: String = (1..=700_000).map(|uid| format!(" {uid}")).collect();
    let cases = [
        (fault("a line without end"), format!("{three}FLOOD 200000000 x\n"), "a line is longer than 1048576 bytes"),
        (fault("a greeting without end"), "FLOOD 200000000 x\n".to_owned(), "a line is longer than 1048576 bytes"),
        (
            fault("a literal of 4 GiB is announced, and zeros follow"),
            format!("{three}S: * 1 FETCH (UID 1 BODY[HEADER.FIELDS (FROM)] {{4294967295}}\nFLOOD 200000000 0\n"),
            "a literal of 4294967295 bytes is announced",
        ),
        (
            fault("a literal of 1 GiB where a From field was asked for"),
            format!("{three}S: * 1 FETCH (UID 1 BODY[HEADER.FIELDS (FROM)] {{1073741824}}\nFLOOD 200000000 0\n"),
            "a literal of 1073741824 bytes is announced",
        ),
        (
            fault("a million untagged answers to one question"),
            format!("{three}REPEAT 1000000 * 1 FETCH (UID 1)\n"),
            "more than 20000 responses to one command",
        ),
        (
            fault("20,000 folder names of 3 kB each"),
            format!("{TO_INBOX}REPEAT 20000 * LIST () \"/\" \"{}\"\n", "x".repeat(3000)),
            "the answer is larger than 16777216 bytes",
        ),
        (
            fault("a SEARCH result of 5 MB"),
            format!("{}S: * SEARCH{many_hits}\nS: $ OK done\nHOLD\n", to_from_fields(1_000_000)),
            "a line is longer than 4194304 bytes",
        ),
    ];
    for (fault, transcript, said) in cases {
        let (daemon, _home) = meets(&transcript, said);
        stayed_small(&daemon, fault);
        tried("Servers", fault, &format!("\"{said}\"; memory below 64 MiB"));
    }
}

#[test]
fn what_anybody_can_send_does_not_keep_the_others_from_being_read() {
    let big: String = [1, 2].map(|uid| from_field(uid, 50_000_000)).concat();
    let many: String = (1..=200).map(|uid| from_field(uid, 200_000)).collect();
    let hits: String = (1..=500_000).map(|uid| format!(" {uid}")).collect();
    let asked_next = "S: $ OK done\nC: UID FETCH ...\nS: * BYE so far, so good\n";
    let cases = [
        (fault("mails with From fields of 50 MB"), format!("{}{big}{asked_next}", to_from_fields(3))),
        (fault("200 mails with From fields of 200 kB each"), format!("{}{many}{asked_next}", to_from_fields(200))),
        (
            fault("half a million hits of a SEARCH"),
            format!("{}S: * SEARCH{hits}\n{asked_next}", to_from_fields(1_000_000)),
        ),
    ];
    for (fault, transcript) in cases {
        let (daemon, _home) = meets(&transcript, "so far, so good");
        stayed_small(&daemon, fault);
        tried("Mails", fault, "the pass goes on with the next question; memory below 64 MiB");
    }
}

#[test]
fn a_mail_of_a_gigabyte_is_listed_and_not_read() {
    let field = "From: a@facebookmail.com\\r\\nSubject: large\\r\\n\\r\\n";
    let transcript = format!(
        "{}S\\ * 1 FETCH (UID 1 BODY[HEADER.FIELDS (FROM)] {{44}}\\r\\n{field})\\r\\n\nS: $ OK done\nC: UID FETCH 1 ...\n\
         S\\ * 1 FETCH (UID 1 INTERNALDATE \"21-May-2025 10:00:00 +0000\" RFC822.SIZE 1073741824 \
         BODY[HEADER.FIELDS (FROM TO CC SUBJECT DATE MESSAGE-ID)] {{44}}\\r\\n{field})\\r\\n\nS: $ OK done\nHOLD\n",
        to_from_fields(1)
    );
    let (daemon, home) = meets(&transcript, "a message is up for review");
    daemon.until("it is listed", || home.sql("SELECT unread FROM message") == ["too_large"]);
    stayed_small(&daemon, "1 GiB");
    let (code, stdout, _) = home.says(&["messages", "--review"]);
    assert_eq!(code, 0);
    assert!(stdout.contains("too large") && stdout.contains("large"), "{stdout}");
    tried(
        "Mails",
        "a mail of 1 GiB that claims to come from Meta",
        "up for review as too_large, not read; memory below 64 MiB",
    );
}

#[test]
fn a_mail_just_below_the_limit_is_read_and_kept_in_little_memory() {
    let server = Answering::start();
    let text = format!(
        "{HONOURED}\r\n\r\n{}",
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do.\r\n".repeat(369_000)
    );
    let raw = vouch(&letter(1, TITLE, &text));
    assert!((24_000_000..25_000_000).contains(&raw.len()), "{}", raw.len());
    server.deliver(raw);
    server.deliver(vouch(&letter(2, TITLE, HONOURED)));
    let home = Home::new();
    home.configure(&format!("{}{FACEBOOK}", server.mailbox("password")));
    let daemon = home.run();
    let read = wait_until(Duration::from_secs(150), || home.last_complete("private").is_some());
    assert!(read.is_ok(), "not both are read");
    assert_eq!(home.status(), ["anna-facebook confirmed"]);
    assert_eq!(
        home.sql("SELECT message, kind, review FROM verdict ORDER BY message"),
        ["1|unrecognised|unrecognised", "2|honoured|-"]
    );
    // The bytes, the copy that SQLite is given, and the record it makes of it.
    let peak = peak(&daemon);
    assert!(peak < 2 * MOST, "{peak} kB");
    let outcome = "up for review as unrecognised (not all of it was read), kept whole; memory below 128 MiB";
    tried("Mails", "a mail of 24 MB from Meta, a confirmation and much more behind it", outcome);
}
