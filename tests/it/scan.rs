//! `confirmd scan` with the real binary: mails from files, proven by DKIM keys from a real DNS server on loopback.

use std::fs;
use std::process::Command;

use crate::support::desk::{Desk, MAIL};
use crate::support::sign::{Body, Domain};

fn recorded(mails: u32, candidates: u32, recorded: u32) -> String {
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
    assert_eq!(desk.scan(&path), recorded(1, 1, 1));
    let status = desk.json(&["status", "--json"]);
    let account = &status["accounts"][0];
    assert_eq!(account["state"], "confirmed");
    assert_eq!(account["confirmed_on"], "2025-05-21");
    assert_eq!(account["basis"], "message");
    let messages = desk.json(&["messages", "--json"]);
    assert_eq!(messages["messages"][0]["proof"], "dkim");
    assert_eq!(messages["messages"][0]["places"], serde_json::json!([]));
    // The key is kept, the signature is not asked for again, and the same mail counts once.
    assert_eq!(desk.scan(&path), recorded(1, 1, 1));
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
    assert_eq!(desk.scan(&desk.file("export.mbox", mbox.as_bytes())), recorded(3, 1, 1));
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
    assert_eq!(String::from_utf8(output.stdout).unwrap(), recorded(1, 1, 1));
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
