//! What each kind of mail makes of an account, and whose it is: the table of contract section 4, from outside.

use serde_json::json;

use super::*;

/// Reads one folder of its own with those mails in it, a day apart from 2025-05-21 on.
fn told(dovecot: &Dovecot, folder: &str, accounts: &str, mails: &[&str]) -> Confirmd {
    dovecot.create_folder(folder);
    for (day, mail) in mails.iter().enumerate() {
        dovecot.deliver(folder, &vouched(mail), &format!("{}-May-2025 10:00:00 +0000", 21 + day));
    }
    let mut confirmd = Confirmd::with(accounts);
    let more = format!("folders = [\"{folder}\"]\ntrusted_authserv_ids = [\"mx.example.org\"]\n");
    confirmd.mailbox("private", dovecot, &more);
    confirmd.sync();
    confirmd
}

/// Mails, what is shown on which days of 2025, and the reasons for review.
type Case<'a> = (&'a [&'a str], &'a [(&'a str, &'a str)], &'a [&'a str]);

#[test]
fn every_kind_of_mail_gives_the_state_of_the_table() {
    let dovecot = Dovecot::start();
    let cases: &[Case<'_>] = &[
        (
            &[],
            &[
                ("05-20", "pending ok"),
                ("05-22", "pending ok"),
                ("05-23", "overdue warning"),
                ("06-20", "overdue warning"),
                ("06-21", "overdue critical"),
            ],
            &[],
        ),
        (
            &["en/code/numeric"],
            &[
                ("05-21", "code_sent info"),
                ("05-22", "code_sent warning"),
                ("05-23", "overdue warning"),
                ("06-21", "overdue critical"),
            ],
            &[],
        ),
        (
            &["en/receipt/received"],
            &[
                ("05-20", "pending ok"),
                ("05-21", "received ok"),
                ("06-20", "received ok"),
                ("06-21", "overdue critical"),
            ],
            &[],
        ),
        (&["de/receipt/under-review"], &[("05-21", "received ok"), ("06-21", "overdue critical")], &[]),
        (
            &["en/honoured/autumn-2024"],
            &[("05-20", "pending ok"), ("05-21", "confirmed ok"), ("06-21", "confirmed ok")],
            &[],
        ),
        (&["de/honoured/facebook"], &[("05-21", "confirmed ok"), ("06-21", "confirmed ok")], &[]),
        (
            &["en/info_request/received-but"],
            &[("05-21", "action_needed warning"), ("06-21", "action_needed warning")],
            &[],
        ),
        (&["en/refused/unable-to-honour"], &[("05-21", "refused critical"), ("06-21", "refused critical")], &[]),
        (&["en/notice/autumn-2024"], &[("05-21", "pending ok"), ("05-23", "overdue warning")], &[]),
        (&["de/notice/other-subject"], &[("05-21", "pending ok"), ("05-23", "overdue warning")], &[]),
        (&["en/unrecognised/new-wording"], &[("05-21", "pending ok"), ("05-23", "overdue warning")], &["unrecognised"]),
        (&["en/near/conditional"], &[("05-21", "pending ok")], &["unrecognised"]),
        (&["en/honoured/foreign-link"], &[("05-21", "pending ok")], &["foreign_link"]),
        (&["en/near/login-code"], &[("05-21", "pending ok")], &[]),
        // One after the other.
        (
            &["en/code/numeric", "en/receipt/received", "en/honoured/no-longer-used"],
            &[("05-21", "code_sent info"), ("05-22", "received ok"), ("05-23", "confirmed ok")],
            &[],
        ),
        (
            &["en/refused/unable-to-honour", "en/honoured/no-longer-used"],
            &[("05-21", "refused critical"), ("05-22", "confirmed ok")],
            &[],
        ),
        (
            &[
                "en/honoured/no-longer-used",
                "en/refused/unable-to-honour",
                "en/receipt/received",
                "en/code/numeric",
                "en/info_request/received-but",
            ],
            &[("05-30", "confirmed ok")],
            &["contradicts", "contradicts"],
        ),
    ];
    for (number, (mails, states, review)) in cases.iter().enumerate() {
        let confirmd = told(&dovecot, &format!("case{number}"), FACEBOOK, mails);
        for (day, state) in *states {
            let shown = confirmd.states(&format!("2025-{day}"));
            assert_eq!(shown, [format!("anna-facebook {state}")], "{mails:?} on {day}");
        }
        let status = confirmd.json(&["status", "--json"]);
        let reasons: Vec<&str> =
            status["review"].as_array().unwrap().iter().map(|item| item["reason"].as_str().unwrap()).collect();
        assert_eq!(reasons, *review, "{mails:?}");
    }
}

#[test]
fn an_announcement_is_listed_and_is_never_a_confirmation_nor_up_for_review() {
    let dovecot = Dovecot::start();
    let mails =
        ["en/notice/april-2025", "de/notice/april-2025", "en/notice/may-2024", "en/notice/subject-beats-promise"];
    let instagram = FACEBOOK.replace("facebook", "instagram");
    let confirmd = told(&dovecot, "case", &format!("{FACEBOOK}{instagram}"), &mails);
    let document = confirmd.json(&["messages", "--json"]);
    for message in document["messages"].as_array().unwrap() {
        assert_eq!((&message["kind"], &message["review"]), (&json!("notice"), &json!(null)), "{message}");
    }
    assert_eq!(document["messages"].as_array().unwrap().len(), 4);
    assert_eq!(confirmd.states("2025-05-22"), ["anna-facebook pending ok", "anna-instagram pending ok"]);
    assert_eq!(confirmd.json(&["status", "--json"])["review"], json!([]));
}

#[test]
fn two_accounts_at_one_address_are_told_apart_or_not_at_all() {
    let dovecot = Dovecot::start();
    let instagram = FACEBOOK.replace("facebook", "instagram");
    let second = FACEBOOK.replace("anna-facebook", "anna-second").replace("anna.muster", "anna.second");
    let from_facebook = ["en/honoured/no-longer-used"];

    let confirmd = told(&dovecot, "platform", &format!("{FACEBOOK}{instagram}"), &from_facebook);
    assert_eq!(confirmd.states("2025-05-21"), ["anna-facebook confirmed ok", "anna-instagram pending ok"]);

    let confirmd = told(&dovecot, "same", &format!("{FACEBOOK}{second}"), &from_facebook);
    assert_eq!(confirmd.states("2025-05-21"), ["anna-facebook pending ok", "anna-second pending ok"]);
    let review = confirmd.json(&["status", "--json"])["review"].take();
    assert_eq!(
        (&review[0]["reason"], &review[0]["candidates"]),
        (&json!("ambiguous"), &json!(["anna-facebook", "anna-second"]))
    );

    let elsewhere = FACEBOOK.replace("anna@example.org", "anna@example.net");
    let confirmd = told(&dovecot, "elsewhere", &elsewhere, &from_facebook);
    let review = confirmd.json(&["status", "--json"])["review"].take();
    assert_eq!((&review[0]["reason"], &review[0]["candidates"]), (&json!("no_account"), &json!([])));
}

#[test]
fn one_confirmation_holds_for_the_accounts_centre_only_when_it_says_so() {
    let dovecot = Dovecot::start();
    let centre = "accounts_centre = \"anna\"\n";
    let instagram = FACEBOOK.replace("facebook", "instagram");
    let accounts = format!("{FACEBOOK}{centre}{instagram}{centre}");
    let confirmd = told(&dovecot, "says", &accounts, &["en/honoured/autumn-2024"]);
    let status = confirmd.json(&["status", "--json"]);
    let rest =
        |account: &Value| json!([account["state"], account["basis"], account["through"], account["confirmed_on"]]);
    assert_eq!(rest(&status["accounts"][0]), json!(["confirmed", "message", null, "2025-05-21"]));
    assert_eq!(rest(&status["accounts"][1]), json!(["confirmed", "accounts_centre", "anna-facebook", "2025-05-21"]));

    let confirmd = told(&dovecot, "silent", &accounts, &["en/honoured/no-longer-used"]);
    let status = confirmd.json(&["status", "--json", "--as-of", "2025-05-21"]);
    assert_eq!(rest(&status["accounts"][0]), json!(["confirmed", "message", null, "2025-05-21"]));
    assert_eq!(rest(&status["accounts"][1]), json!(["pending", null, null, null]));
}
