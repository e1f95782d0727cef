//! The commands beside `sync`, as the real program: documents field by field, exit codes, terminals.

#[path = "cli/database.rs"]
mod database;
#[path = "cli/display.rs"]
mod display;
#[path = "cli/slips.rs"]
mod slips;
#[path = "cli/usage.rs"]
mod usage;
#[path = "cli/watching.rs"]
mod watching;

use serde_json::{Value, json};

use crate::support::confirmd::{Confirmd, FACEBOOK, HONOURED, MAY_21, Run, TITLE, corpus, letter, vouch, vouched};
use crate::support::dovecot::Dovecot;

/// The document with the moment it was made at replaced.
fn timeless(mut document: Value) -> Value {
    assert!(document["as_of"].as_str().unwrap().ends_with('Z'), "{document}");
    document["as_of"] = json!("TIME");
    document
}

const PERFDATA: &str = "not_objected=0 no_mail_expected=0 pending=0 code_sent=0 received=0 action_needed=0 refused=0 confirmed=0 \
    overdue=0 unobserved=0";

/// The perfdata of one account in this state; `rest` is what follows the states.
fn perfdata(state: &str, rest: &str) -> String {
    format!("accounts=1 {}{rest}", PERFDATA.replace(&format!(" {state}=0"), &format!(" {state}=1")))
}

// ---- before anything has been read ----

#[test]
fn before_the_first_sync_everything_can_be_asked_and_no_file_appears() {
    let dovecot = Dovecot::start();
    let confirmd = Confirmd::watching(&dovecot, FACEBOOK);
    let status = confirmd.json(&["status", "--json", "--as-of", "2025-05-22"]);
    assert_eq!(
        status,
        json!({
            "schema": 1,
            "as_of": "2025-05-22T12:00:00Z",
            "accounts": [{
                "id": "anna-facebook", "platform": "facebook", "handle": "anna.muster", "state": "pending", "severity": "ok",
                "objected_on": "2025-05-20", "via": "web", "confirmed_on": null, "basis": null, "through": null,
                "coverage": "all", "warn_on": "2025-05-23", "deadline_on": "2025-06-20", "since": "2025-05-20", "messages": [],
                "next_step": "Nothing to do. Meta's answer usually comes within two days; confirmd warns from 2025-05-23 on."
            }],
            "mailboxes": [{"name": "private", "state": "never", "last_complete": null, "error": null}],
            "review": []
        })
    );
    // A later day: nobody has looked, so it is not called overdue.
    assert_eq!(confirmd.states("2025-05-23"), ["anna-facebook unobserved unknown"]);
    let check = confirmd.run(&["check", "--as-of", "2025-05-23"]);
    let line = format!(
        "CONFIRMD UNKNOWN - anna-facebook unobserved, mailbox private never | {}\n",
        perfdata("unobserved", " review=0")
    );
    assert_eq!(check, Run { code: 3, stdout: line, stderr: String::new() });
    assert_eq!(confirmd.json(&["messages", "--json"]), json!({"schema": 1, "messages": []}));
    let show = confirmd.json(&["show", "anna-facebook", "--json"]);
    assert_eq!((&show["schema"], &show["account"]["id"]), (&json!(1), &json!("anna-facebook")));
    for (args, code) in [
        (&["status"][..], 0),
        (&["messages"], 0),
        (&["messages", "--review"], 0),
        (&["show", "anna-facebook"], 0),
        (&["explain", "1"], 2),
        (&["assign", "1", "anna-facebook"], 2),
        (&["dismiss", "1"], 2),
        (&["dismiss", "1", "--undo"], 2),
    ] {
        assert_eq!(confirmd.run(args).code, code, "{args:?}");
    }
    assert!(!confirmd.path().join(".local").exists(), "asking creates nothing");
}

#[test]
fn without_a_mailbox_the_state_is_kept_by_hand() {
    let confirmd = Confirmd::with(&FACEBOOK.replace("objected = 2025-05-20\n", ""));
    assert_eq!(confirmd.states("2025-05-21"), ["anna-facebook not_objected info"]);
    let run = confirmd.run(&["objected", "anna-facebook", "--on", "2025-05-21", "--via", "letter"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{run:?}");
    assert!(run.stdout.starts_with("Recorded: you objected for anna-facebook on 2025-05-21, by letter.\n"), "{run:?}");
    let account = confirmd.json(&["status", "anna-facebook", "--json", "--as-of", "2025-05-22"])["accounts"][0].take();
    assert_eq!(
        json!([account["state"], account["objected_on"], account["via"], account["warn_on"], account["deadline_on"]]),
        json!(["pending", "2025-05-21", "letter", "2025-05-24", "2025-06-23"]),
        "2025-06-21 is a Saturday"
    );
    assert_eq!(confirmd.run(&["objected", "anna-facebook", "--on", "2025-05-28", "--via", "app"]).code, 0);
    assert_eq!(confirmd.states("2025-09-01"), ["anna-facebook no_mail_expected info"]);
    let run =
        confirmd.run(&["confirmed", "anna-facebook", "--on", "2025-05-29", "--note", "pop-up\u{1b}[2J in the app"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{run:?}");
    let account = confirmd.json(&["status", "--json"])["accounts"][0].take();
    assert_eq!(
        json!([account["state"], account["confirmed_on"], account["basis"], account["coverage"], account["messages"]]),
        json!(["confirmed", "2025-05-29", "user", "future_only", []])
    );
    assert_eq!(confirmd.states("2025-05-28"), ["anna-facebook no_mail_expected info"], "the day before");
    let show = confirmd.json(&["show", "anna-facebook", "--json"]);
    let timeline: Vec<&str> = show["timeline"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["what"] != "transition")
        .map(|entry| entry["text"].as_str().unwrap())
        .collect();
    assert_eq!(
        timeline,
        [
            "You objected by letter.",
            "You objected in the app.",
            "You recorded a confirmation: pop-up\\u{1b}[2J in the app"
        ]
    );
    assert_eq!(confirmd.run(&["check"]).code, 0);
}

#[test]
fn the_deadline_moves_over_the_weekend_and_is_critical_the_day_after() {
    let dovecot = Dovecot::start();
    let cases = [
        ("2025-05-20", "2025-06-20", "2025-06-21"),
        ("2025-05-21", "2025-06-23", "2025-06-24"),
        ("2025-05-22", "2025-06-23", "2025-06-24"),
        ("2025-01-31", "2025-02-28", "2025-03-01"),
    ];
    for (objected, deadline, after) in cases {
        let confirmd = Confirmd::watching(&dovecot, &FACEBOOK.replace("2025-05-20", objected));
        confirmd.sync();
        let account = confirmd.json(&["status", "--json"])["accounts"][0].take();
        assert_eq!(account["deadline_on"], deadline, "{objected}");
        assert_eq!(confirmd.states(deadline), ["anna-facebook overdue warning"], "{objected}");
        assert_eq!(confirmd.states(after), ["anna-facebook overdue critical"], "{objected}");
        let codes = [objected, deadline, after].map(|day| confirmd.run(&["check", "--as-of", day]).code);
        assert_eq!(codes, [0, 1, 2], "{objected}");
    }
}

// ---- messages ----

/// An unproven confirmation (1), a proven receipt (2), and something from Meta that fits no account (3).
fn doubtful(dovecot: &Dovecot) -> Confirmd {
    dovecot.deliver("INBOX", &letter(1, TITLE, HONOURED), MAY_21);
    dovecot.deliver("INBOX", &vouched("en/receipt/received"), "22-May-2025 10:00:00 +0000");
    dovecot.deliver("INBOX", &vouched("en/honoured/passive"), "23-May-2025 10:00:00 +0000");
    let confirmd = Confirmd::watching(dovecot, FACEBOOK);
    confirmd.sync();
    confirmd
}

#[test]
fn messages_are_told_field_by_field() {
    let dovecot = Dovecot::start();
    let confirmd = doubtful(&dovecot);
    let document = confirmd.json(&["messages", "--json"]);
    let sha256 = |raw: &[u8]| confirmd::mail::sha256(raw);
    let uidvalidity = document["messages"][0]["places"][0]["uidvalidity"].as_u64().unwrap();
    let place = |uid: u32| json!([{"mailbox": "private", "folder": "INBOX", "uidvalidity": uidvalidity, "uid": uid}]);
    assert_eq!(
        document,
        json!({"schema": 1, "messages": [
            {"number": 1, "kind": "honoured", "rule": "en-honoured", "language": "en", "proof": null, "accounts": [],
             "review": "unproven_sender", "from": "Facebook <case++1@support.facebook.com>", "subject": TITLE,
             "message_id": "<1@support.facebook.com>", "received_at": "2025-05-21T10:00:00Z",
             "sha256": sha256(&letter(1, TITLE, HONOURED)), "places": place(1)},
            {"number": 2, "kind": "receipt", "rule": "en-received", "language": "en", "proof": "authserv",
             "accounts": ["anna-facebook"], "review": null, "from": "Facebook <case++100200300400@support.facebook.com>",
             "subject": TITLE, "message_id": document["messages"][1]["message_id"], "received_at": "2025-05-22T10:00:00Z",
             "sha256": sha256(&vouched("en/receipt/received")), "places": place(2)},
            {"number": 3, "kind": "honoured", "rule": "en-honoured", "language": "en", "proof": "authserv", "accounts": [],
             "review": "no_account", "from": "Instagram <no-reply@mail.instagram.com>", "subject": "Your request",
             "message_id": document["messages"][2]["message_id"], "received_at": "2025-05-23T10:00:00Z",
             "sha256": sha256(&vouched("en/honoured/passive")), "places": place(3)},
        ]})
    );
    let review = confirmd.json(&["messages", "--review", "--json"]);
    assert_eq!(review, json!({"schema": 1, "messages": [document["messages"][0], document["messages"][2]]}));
    let status = confirmd.json(&["status", "--json", "--as-of", "2025-05-22"]);
    assert_eq!(
        status["review"],
        json!([{"message": 1, "kind": "honoured", "reason": "unproven_sender", "candidates": ["anna-facebook"],
            "from": "Facebook <case++1@support.facebook.com>", "subject": TITLE, "received_at": "2025-05-21T10:00:00Z"}])
    );
    assert_eq!(status["accounts"][0]["messages"], json!([2]));
    let check = confirmd.run(&["check", "--as-of", "2025-05-22"]);
    assert!(check.stdout.starts_with("CONFIRMD WARNING - 1 to review | "), "{check:?}");
    assert_eq!((check.code, check.stdout.lines().count()), (1, 1));
}

#[test]
fn a_person_settles_doubtful_messages_and_can_take_that_back() {
    let dovecot = Dovecot::start();
    let confirmd = doubtful(&dovecot);
    let state = || confirmd.states("2025-05-30")[0].clone();
    let reviews = || confirmd.json(&["status", "--json"])["review"].as_array().unwrap().len();
    assert_eq!((state().as_str(), reviews()), ("anna-facebook received ok", 2));
    let run = confirmd.run(&["assign", "1", "anna-facebook"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{run:?}");
    let account = confirmd.json(&["status", "--json"])["accounts"][0].take();
    assert_eq!(
        json!([account["state"], account["basis"], account["confirmed_on"], account["messages"]]),
        json!(["confirmed", "user", "2025-05-21", [1, 2]])
    );
    assert_eq!(confirmd.json(&["messages", "--json"])["messages"][0]["proof"], "user");
    assert_eq!(confirmd.sql("SELECT state FROM status"), ["confirmed"]);
    assert_eq!(confirmd.run(&["assign", "1", "--undo"]).code, 0);
    assert_eq!((state().as_str(), reviews()), ("anna-facebook received ok", 2));
    assert_eq!(confirmd.run(&["assign", "1", "--undo"]).code, 2, "nothing is left to take back");
    assert_eq!(confirmd.run(&["dismiss", "3"]).code, 0);
    assert_eq!((state().as_str(), reviews()), ("anna-facebook received ok", 1));
    // What was decided stays decided when the mailbox is read again.
    confirmd.sync();
    assert_eq!(reviews(), 1);
    for (args, said) in [
        (&["assign", "1", "nobody"][..], "there is no account \"nobody\" in "),
        (&["assign", "99", "anna-facebook"], "there is no message 99; see `confirmd messages`"),
        (&["dismiss", "99"], "there is no message 99; see `confirmd messages`"),
        (&["explain", "99"], "there is no message 99; see `confirmd messages`"),
        (&["show", "nobody"], "there is no account \"nobody\" in "),
        (&["status", "nobody"], "there is no account \"nobody\" in "),
        (&["objected", "anna-facebook", "--on", "2999-01-01"], "--on 2999-01-01 lies in the future"),
        (&["confirmed", "anna-facebook", "--note", "  "], "--note must say what you saw"),
    ] {
        let run = confirmd.run(args);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{args:?}: {run:?}");
        assert!(run.stderr.starts_with(&format!("confirmd: {said}")), "{args:?}: {run:?}");
    }
}

#[test]
fn a_message_and_a_mail_file_are_explained() {
    let dovecot = Dovecot::start();
    let confirmd = doubtful(&dovecot);
    let explained = confirmd.json(&["explain", "1", "--json"]);
    assert_eq!(
        json!([
            explained["schema"],
            explained["message"],
            explained["proof"],
            explained["verdict"]["review"],
            explained["verdict"]["kind"],
            explained["verdict"]["candidates"],
            explained["to"]
        ]),
        json!([1, 1, null, "unproven_sender", "honoured", ["anna-facebook"], ["anna@example.org"]])
    );
    let text = confirmd.run(&["explain", "1"]);
    for said in
        ["Sender: not proven", "Kind: confirmation (rule en-honoured)", "To and Cc", "confirmd assign 1 anna-facebook"]
    {
        assert!(text.stdout.contains(said), "{said}: {}", text.stdout);
    }
    // A file needs no configuration.
    let file = confirmd.path().join("mail.eml");
    std::fs::write(&file, corpus("de/honoured/facebook")).unwrap();
    let file = file.to_str().unwrap();
    let bare = |args: &[&str]| Run::of(confirmd.command(args).env("HOME", "/nonexistent"));
    let run = bare(&["explain", file, "--json"]);
    let explained: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert_eq!(json!([explained["message"], explained["verdict"]["kind"]]), json!([null, "honoured"]));
    assert_eq!(bare(&["explain", "nowhere.eml"]).code, 1);
    assert_eq!(bare(&["rules", "list"]).code, 0);
    assert_eq!(bare(&["rules", "check"]).code, 0);
}
