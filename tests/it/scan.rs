//! `confirmd scan` with the real binary: mails from files, proven by DKIM keys from a real DNS server on loopback.

mod senders;

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::desk::{Desk, MAIL};
use crate::support::dns::Says;
use crate::support::sign::{Body, Domain};

fn recorded_text(mails: u32, candidates: u32, recorded: u32) -> String {
    let one = |count: u32, one: &'static str, more: &'static str| if count == 1 { one } else { more };
    let text = format!(
        "Read {mails} {}: {candidates} {} to come from Meta, {recorded} of them {} about an objection or doubtful.\n",
        one(mails, "mail", "mails"),
        one(candidates, "claims", "claim"),
        one(recorded, "is", "are")
    );
    // The blank after the 80th column at the latest becomes a line's end.
    let end = text[..81].rfind(' ').unwrap();
    format!("{}\n{}", &text[..end], &text[end + 1..])
}

#[test]
fn a_signed_mail_from_a_file_confirms_on_the_date_of_its_top_most_received_header() {
    let desk = Desk::new();
    let signed = desk.meta.sign(MAIL.as_bytes(), Body::Simple);
    let path = desk.file("mail.eml", &signed);
    assert_eq!(desk.scan(&path), recorded_text(1, 1, 1));
    let status = desk.json(&["status", "--json"]);
    let account = &status["accounts"][0];
    assert_eq!(account["state"], "confirmed");
    assert_eq!(account["confirmed_on"], "2025-05-21");
    assert_eq!(account["basis"], "message");
    let messages = desk.json(&["messages", "--json"]);
    assert_eq!(messages["messages"][0]["proof"], "dkim");
    assert_eq!(messages["messages"][0]["places"], serde_json::json!([]));
    // The key is kept, the signature is not asked for again, and the same mail counts once.
    assert_eq!(desk.scan(&path), recorded_text(1, 1, 1));
    assert_eq!(desk.json(&["messages", "--json"])["messages"].as_array().unwrap().len(), 1);
}

#[test]
fn a_changed_body_or_a_key_that_is_not_there_proves_nothing() {
    let desk = Desk::new();
    let signed = desk.meta.sign(MAIL.as_bytes(), Body::Simple);
    let text = String::from_utf8(signed).unwrap();
    desk.scan(&desk.file("changed.eml", text.replace("Hi Anna", "Hi  Anna").as_bytes()));
    let other = Domain::new("facebookmail.com");
    desk.scan(&desk.file(
        "no-key.eml",
        &other.sign(MAIL.replace("support.facebook.com", "facebookmail.com").as_bytes(), Body::Simple),
    ));
    let status = desk.json(&["status", "--json"]);
    let reasons: Vec<&str> =
        status["review"].as_array().unwrap().iter().map(|item| item["reason"].as_str().unwrap()).collect();
    assert_eq!(reasons, ["unproven_sender", "unproven_sender"]);
    assert_eq!(status["accounts"][0]["messages"], serde_json::json!([]));
}

#[test]
fn authentication_results_are_believed_only_of_the_hosts_named() {
    let desk = Desk::new();
    let header = "Authentication-Results: mx.example.org; dkim=pass header.d=support.facebook.com\r\n";
    let path = desk.file("mail.eml", format!("{header}{MAIL}").as_bytes());
    let path = path.to_str().unwrap();
    desk.text(&["scan", path]);
    assert_eq!(desk.json(&["status", "--json"])["review"][0]["reason"], "unproven_sender");
    desk.text(&["scan", path, "--trust-authserv", "mx.example.net"]);
    assert_eq!(desk.json(&["status", "--json"])["review"][0]["reason"], "unproven_sender");
    desk.text(&["scan", path, "--trust-authserv", "mx.example.net", "--trust-authserv", "mx.example.org"]);
    let status = desk.json(&["status", "--json"]);
    assert_eq!((&status["accounts"][0]["state"], &status["review"]), (&"confirmed".into(), &serde_json::json!([])));
    assert_eq!(desk.json(&["messages", "--json"])["messages"][0]["proof"], "authserv");
}

#[test]
fn an_mbox_and_a_maildir_are_read_and_only_what_claims_to_be_metas_is_looked_at() {
    let desk = Desk::new();
    let signed = String::from_utf8(desk.meta.sign(MAIL.as_bytes(), Body::Relaxed)).unwrap();
    let letter = "From: Otto <otto@example.org>\r\nTo: anna@example.org\r\nSubject: hello\r\n\r\nHow are you?\r\n";
    let separator = "From x@example.org Wed May 21 10:00:00 2025\r\n";
    let mbox = format!("{separator}{letter}\r\n{separator}{signed}\r\n{separator}{letter}\r\n");
    assert_eq!(desk.scan(&desk.file("export.mbox", mbox.as_bytes())), recorded_text(3, 1, 1));
    desk.file("Maildir/new/.keep", b"");
    desk.file("Maildir/cur/1:2,S", letter.as_bytes());
    desk.file("Maildir/cur/2:2,S", signed.as_bytes());
    let maildir = desk.dir.path().join("Maildir");
    let output = desk.scan(&maildir);
    assert!(output.contains("1 claims to come from Meta, 1 of them"), "{output}");
    assert_eq!(desk.json(&["messages", "--json"])["messages"].as_array().unwrap().len(), 1);
    assert_eq!(desk.json(&["status", "--json"])["accounts"][0]["state"], "confirmed");
    assert!(!desk.dns.asked().iter().any(|name| name.contains("example.org")), "only Meta's keys are asked for");
}

#[test]
fn a_message_on_standard_input_is_one_mail() {
    let desk = Desk::new();
    let signed = desk.meta.sign(MAIL.as_bytes(), Body::Simple);
    let path = desk.file("mail.eml", &signed);
    let mut command = Command::new(env!("CARGO_BIN_EXE_confirmd"));
    command.env_clear().env("CONFIRMD_CONFIG", desk.dir.path().join("confirmd.toml"));
    let output = command.args(["scan", "-"]).stdin(fs::File::open(path).unwrap()).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), recorded_text(1, 1, 1));
    assert_eq!(desk.json(&["status", "--json"])["accounts"][0]["state"], "confirmed");
}

#[test]
fn what_is_too_large_goes_to_review_and_what_is_not_there_is_an_error() {
    let desk = Desk::new();
    let large = format!("{MAIL}{}", "a long line of text\r\n".repeat(2000));
    let output = desk.run(&["scan", desk.file("large.eml", large.as_bytes()).to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(desk.json(&["status", "--json"])["review"][0]["reason"], "too_large");
    let output = desk.run(&["scan", "/does/not/exist.eml"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("/does/not/exist.eml"));
}

/// Twenty mails: of strangers, of Meta's about something else, confirmations, one of unknown wording, one over the limit.
fn mails(desk: &Desk) -> Vec<Vec<u8>> {
    let synthetic = "X-Synthetic: yes, made for the confirmd test corpus\r\n";
    let other = |from: &str, number: u32, body: &str| {
        format!(
            "{synthetic}From: {from}\r\nTo: anna@example.org\r\nSubject: news\r\nDate: Wed, 21 May 2025 09:00:00 +0000\r\n\
             Message-ID: <{number}@example.org>\r\n\r\n{body}\r\n"
        )
        .into_bytes()
    };
    let confirmation = |number: u32| {
        let mail = MAIL.replace("<1@", &format!("<{number}@")).replace("Hi Anna", &format!("Hi Anna, {number}"));
        desk.meta.sign(mail.as_bytes(), Body::Simple)
    };
    let facebook = "Facebook <friends@facebookmail.com>";
    let mut mails = vec![
        other("Otto <otto@example.org>", 1, "From: notification@facebookmail.com\r\n\r\nFrom here on it is text."),
        other(facebook, 2, "You have a new friend."),
        confirmation(3),
        other("=?utf-8?q?F=61cebook?= <x@example.org>", 4, "You have a new friend."),
        other(facebook, 5, &"A long line of text.\r\n".repeat(1200)),
        other("Relay\r\n <case_at_support_facebook_com@relay.example>", 6, "You have a new friend."),
        String::from_utf8(confirmation(7))
            .unwrap()
            .replace("support.facebook.com>\r\nTo", "FACEBOOK.com>\r\nTo")
            .into_bytes(),
        other("Otto <otto@example.org>\r\nFrom: =?utf-8?b?RmFjZWJvb2s=?= <x@example.org>", 8, "x"),
    ];
    mails.extend(
        (9..=20).map(|number| other(&format!("Otto <o{number}@example.org>"), number, "How are you?\r\n\r\nBye")),
    );
    mails
}

/// Everything that was found, without numbers and places.
fn found(desk: &Desk) -> Vec<String> {
    let messages = desk.json(&["messages", "--json"]);
    let short = |message: &serde_json::Value| {
        format!("{} {} {} {}", message["kind"], message["proof"], message["review"], message["accounts"])
    };
    let mut found: Vec<String> = messages["messages"].as_array().unwrap().iter().map(short).collect();
    found.sort();
    found
}

#[test]
fn the_same_mails_count_the_same_however_they_are_kept() {
    use crate::support::pack::{Method, gzip, tar, zip};
    let separator = "From x@example.org Wed May 21 10:00:00 2025\r\n";
    let first = Desk::new();
    let mails = mails(&first);
    let mbox: Vec<u8> =
        mails.iter().flat_map(|mail| [separator.as_bytes(), mail.as_slice(), b"\r\n".as_slice()].concat()).collect();
    let with_length = |mail: &Vec<u8>| {
        let body = mail.windows(4).position(|four| four == b"\r\n\r\n").unwrap() + 4;
        let field = format!("Content-Length: {}\r\n", mail.len() - body);
        [separator.as_bytes(), field.as_bytes(), mail.as_slice(), b"\r\n".as_slice()].concat()
    };
    let mboxcl: Vec<u8> = mails.iter().flat_map(with_length).collect();
    let numbered = |folder: &str, end: &str| -> Vec<(String, &[u8])> {
        mails.iter().enumerate().map(|(at, mail)| (format!("{folder}/{at:02}{end}"), mail.as_slice())).collect()
    };
    let (maildir, letters) = (numbered("Maildir/cur", ":2,S"), numbered("letters", ".eml"));
    let in_tar: Vec<(&str, &[u8])> = maildir.iter().map(|(name, mail)| (name.as_str(), *mail)).collect();
    let takeout = [("Takeout/Mail/All mail.mbox", mbox.as_slice(), Method::Deflated)];
    type Files = Vec<(String, Vec<u8>)>;
    let ways: [(&str, Files); 7] = [
        ("all.mbox", vec![("all.mbox".to_owned(), mbox.clone())]),
        ("cl.mbox", vec![("cl.mbox".to_owned(), mboxcl)]),
        ("all.mbox.gz", vec![("all.mbox.gz".to_owned(), gzip(&mbox))]),
        ("all.zip", vec![("all.zip".to_owned(), zip(&takeout))]),
        ("all.tgz", vec![("all.tgz".to_owned(), gzip(&tar(&in_tar)))]),
        ("Maildir", maildir.iter().map(|(name, mail)| (name.clone(), mail.to_vec())).collect()),
        ("letters", letters.iter().map(|(name, mail)| (name.clone(), mail.to_vec())).collect()),
    ];
    let expected = recorded_text(20, 7, 3);
    let mut seen = Vec::new();
    for (path, files) in ways {
        let desk = Desk { meta: first.meta.clone(), ..Desk::new() };
        desk.dns.txt(&desk.meta.key_name(), &desk.meta.key_record());
        desk.file("Maildir/new/.keep", b"");
        for (name, content) in files {
            desk.file(&name, &content);
        }
        let scan =
            |desk: &Desk| String::from_utf8(desk.run(&["scan", desk.dir.path().join(path).to_str().unwrap()]).stdout);
        assert_eq!(scan(&desk).unwrap(), expected, "{path}");
        let once = found(&desk);
        if path == "all.zip" {
            assert_eq!(
                (scan(&desk).unwrap(), found(&desk)),
                (expected.clone(), once.clone()),
                "reading again doubles nothing"
            );
        }
        seen.push((path, once));
    }
    for (path, found) in &seen[1..] {
        assert_eq!(found, &seen[0].1, "{path} and {}", seen[0].0);
    }
}

#[test]
fn a_scan_that_is_killed_goes_on_where_it_was_and_counts_the_same() {
    let desk = Desk::new();
    let silent = Domain::new("instagram.com");
    desk.dns.set(&silent.key_name(), Says::Silent);
    let late = MAIL.replace("case++1@support.facebook.com", "case@instagram.com").replace("<1@", "<2@");
    let letter = format!(
        "From: Otto <otto@example.org>\r\nTo: anna@example.org\r\nX-Synthetic: yes, made for the confirmd test corpus\r\n\r\n{}",
        "How are you?\r\n".repeat(7000)
    );
    let separator = "From x@example.org Wed May 21 10:00:00 2025\r\n";
    let entry = |mail: &[u8]| [separator.as_bytes(), mail, b"\r\n".as_slice()].concat();
    let strangers = entry(letter.as_bytes()).repeat(100);
    let [first, last] =
        [(&desk.meta, MAIL), (&silent, late.as_str())].map(|(by, mail)| entry(&by.sign(mail.as_bytes(), Body::Simple)));
    let path = desk.file("export.mbox", &[strangers.clone(), first, strangers, last].concat());
    let mut command = Command::new(env!("CARGO_BIN_EXE_confirmd"));
    command.env_clear().env("CONFIRMD_CONFIG", desk.dir.path().join("confirmd.toml")).arg("scan").arg(&path);
    let mut running = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    // It waits for DNS at the last mail; the first is recorded.
    let asked = || desk.dns.asked().iter().any(|name| name.contains("instagram.com"));
    let recorded = || desk.json(&["messages", "--json"])["messages"].as_array().unwrap().len();
    let deadline = Instant::now() + Duration::from_secs(300);
    while !(asked() && recorded() == 1) {
        assert!(Instant::now() < deadline, "the scan has not come so far");
        std::thread::sleep(Duration::from_millis(20));
    }
    running.kill().unwrap();
    running.wait().unwrap();
    desk.dns.txt(&silent.key_name(), &silent.key_record());
    let output = desk.run(&["scan", path.to_str().unwrap()]);
    let told = String::from_utf8(output.stderr).unwrap();
    // How far it had come is written down with what was recorded, and then every second.
    let before: u32 = told.split(' ').nth(8).unwrap().parse().unwrap();
    assert_eq!(told, format!("Went on where an earlier scan was stopped: {before} mails were not read again.\n"));
    assert!((101..=201).contains(&before), "{told}");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), recorded_text(202, 2, 2));
    assert_eq!(recorded(), 2);
    // The scan has ended: the next one reads everything, and finds nothing new.
    let output = desk.run(&["scan", path.to_str().unwrap()]);
    assert_eq!((output.stderr.as_slice(), recorded()), (b"".as_slice(), 2));
    assert_eq!(String::from_utf8(output.stdout).unwrap(), recorded_text(202, 2, 2));
}
