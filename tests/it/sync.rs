//! `confirmd sync`, the real program against a real Dovecot: getting in, and which mails are seen where.

#[path = "sync/alike.rs"]
mod alike;
#[path = "sync/interrupted.rs"]
mod interrupted;
#[path = "sync/many.rs"]
mod many;
#[path = "sync/meaning.rs"]
mod meaning;
#[path = "sync/proven.rs"]
mod proven;

use serde_json::{Value, json};

use crate::support::certificates::Certificates;
use crate::support::confirmd::{Confirmd, FACEBOOK, HONOURED, MAY_21, TITLE, letter, vouch, vouched};
use crate::support::dovecot::{Dovecot, PASSWORD, USER};

/// The one line that a complete pass over one mailbox prints.
fn read_all(looked: usize, recorded: usize) -> String {
    let claim = if looked == 1 { "mail that claims" } else { "mails that claim" };
    let are = if recorded == 1 { "is" } else { "are" };
    // The blank after the 80th column at the latest becomes a line's end.
    let text = format!(
        "Read 1 of 1 mailbox completely; looked at {looked} {claim} to come from Meta; {recorded} of them {are} about an objection or \
         doubtful.\n"
    );
    let end = text[..81].rfind(' ').unwrap();
    format!("{}\n{}", &text[..end], &text[end + 1..])
}

/// The mailboxes in `status --json`, with times replaced.
fn mailboxes(confirmd: &Confirmd) -> Value {
    let mut mailboxes = confirmd.json(&["status", "--json"])["mailboxes"].take();
    for mailbox in mailboxes.as_array_mut().unwrap() {
        if mailbox["last_complete"].is_string() {
            mailbox["last_complete"] = json!("TIME");
        }
    }
    mailboxes
}

// ---- getting in ----

#[test]
fn tls_starttls_and_plain_loopback_all_lead_in() {
    let dovecot = Dovecot::start();
    dovecot.deliver("INBOX", &vouched("en/honoured/no-longer-used"), MAY_21);
    let ways = [
        format!("port = {}", dovecot.imaps_port),
        format!("port = {}\ntls = \"starttls\"", dovecot.imap_port),
        format!("port = {}\ntls = \"none\"", dovecot.imap_port),
    ];
    for way in ways {
        let mut confirmd = Confirmd::with(FACEBOOK);
        confirmd.mailbox_at("private", &dovecot, &format!("{way}\ntrusted_authserv_ids = [\"mx.example.org\"]\n"));
        let run = confirmd.run(&["sync"]);
        assert_eq!((run.code, run.stdout), (0, read_all(1, 1)), "{way}");
        assert_eq!(run.stderr, "mailbox \"private\": read completely\n", "{way}");
        assert_eq!(
            mailboxes(&confirmd),
            json!([{"name": "private", "state": "ok", "last_complete": "TIME", "error": null}]),
            "{way}"
        );
        assert_eq!(confirmd.states("2025-05-21"), ["anna-facebook confirmed ok"], "{way}");
    }
}

#[test]
fn a_certificate_of_another_authority_makes_the_mailbox_fail_at_once() {
    let dovecot = Dovecot::start();
    let mut confirmd = Confirmd::with(FACEBOOK);
    std::fs::write(confirmd.path().join("other.pem"), Certificates::for_names(&["localhost"], &[]).ca_pem).unwrap();
    confirmd.secret("private", PASSWORD);
    confirmd.mailbox_text(&format!(
        "[[mailbox]]\nname = \"private\"\nhost = \"localhost\"\nport = {}\nusername = \"{USER}\"\n\
         password_file = \"private.password\"\nca_file = \"{}\"\n",
        dovecot.imaps_port,
        confirmd.path().join("other.pem").display()
    ));
    let run = confirmd.run(&["sync"]);
    let said = format!("confirmd: mailbox \"private\": localhost:{}: ", dovecot.imaps_port);
    assert!(run.stderr.starts_with(&said) && run.stderr.contains("certificate"), "{run:?}");
    assert_eq!((run.code, run.stderr.lines().count()), (1, 1), "{run:?}");
    assert_eq!(mailboxes(&confirmd)[0]["state"], "failing");
    let check = confirmd.run(&["check", "--as-of", "2025-05-21"]);
    assert!(check.stdout.starts_with("CONFIRMD UNKNOWN - mailbox private failing | "), "{check:?}");
    assert_eq!(check.code, 3);
    assert_eq!(dovecot.commands(), Vec::<String>::new());
}

#[test]
fn a_wrong_password_makes_the_mailbox_fail_at_once_and_is_never_said() {
    let dovecot = Dovecot::start();
    let confirmd = Confirmd::watching(&dovecot, FACEBOOK);
    confirmd.secret("private", "Sesam-oeffne-dich");
    let run = confirmd.run(&["-vvv", "sync"]);
    let error = format!(
        "localhost:{} refuses the login: Authentication failed.; check username and password",
        dovecot.imaps_port
    );
    assert!(run.stderr.contains(&format!("confirmd: mailbox \"private\": {error}\n")), "{run:?}");
    assert_eq!(run.code, 1);
    assert!(!format!("{run:?}").contains("Sesam"), "{run:?}");
    assert_eq!(
        mailboxes(&confirmd),
        json!([{"name": "private", "state": "failing", "last_complete": null, "error": error}])
    );
    assert_eq!(confirmd.run(&["check"]).code, 3);
    // Right again: as if nothing had been.
    confirmd.secret("private", PASSWORD);
    confirmd.sync();
    assert_eq!(mailboxes(&confirmd)[0]["state"], "ok");
}

#[test]
fn an_outage_fails_the_mailbox_from_the_second_time_on_and_the_other_one_is_read() {
    let mut down = Dovecot::start();
    let up = Dovecot::start();
    let mut confirmd = Confirmd::with(FACEBOOK);
    confirmd.mailbox("down", &down, "");
    confirmd.mailbox("up", &up, "trusted_authserv_ids = [\"mx.example.org\"]\n");
    up.deliver("INBOX", &vouched("en/honoured/no-longer-used"), MAY_21);
    down.stop();
    for state in ["never", "failing"] {
        let run = confirmd.run(&["sync"]);
        assert_eq!(run.code, 1, "{run:?}");
        assert!(run.stdout.starts_with("Read 1 of 2 mailboxes completely; "), "{run:?}");
        let mailboxes = mailboxes(&confirmd);
        assert_eq!((&mailboxes[0]["name"], &mailboxes[0]["state"]), (&json!("down"), &json!(state)));
        assert!(mailboxes[0]["error"].as_str().unwrap().contains("refused"), "{mailboxes}");
        assert_eq!(mailboxes[1], json!({"name": "up", "state": "ok", "last_complete": "TIME", "error": null}));
    }
    assert_eq!(confirmd.messages(), ["1 honoured - [anna-facebook] INBOX/1"]);
    let only = confirmd.run(&["sync", "--mailbox", "up"]);
    assert_eq!((only.code, only.stdout), (0, read_all(0, 0)));
    down.start_again();
    confirmd.sync();
    assert_eq!(mailboxes(&confirmd)[0]["state"], "ok");
}

#[test]
fn an_unknown_mailbox_is_wrong_usage() {
    let dovecot = Dovecot::start();
    let confirmd = Confirmd::watching(&dovecot, FACEBOOK);
    let run = confirmd.run(&["sync", "--mailbox", "Private"]);
    let error = format!(
        "confirmd: there is no mailbox \"Private\" in {}; there are: private\n",
        confirmd.config_path().display()
    );
    assert_eq!((run.code, run.stdout.as_str(), run.stderr), (2, "", error));
    assert!(!confirmd.database().exists());
}

// ---- folders ----

#[test]
fn a_missing_named_folder_is_reported_and_the_rest_is_read() {
    let dovecot = Dovecot::start();
    dovecot.deliver("INBOX", &vouched("en/honoured/no-longer-used"), MAY_21);
    let mut confirmd = Confirmd::with(FACEBOOK);
    confirmd.mailbox(
        "private",
        &dovecot,
        "folders = [\"INBOX\", \"\\\\Junk\", \"Bücher\"]\ntrusted_authserv_ids = [\"mx.example.org\"]\n",
    );
    let run = confirmd.run(&["sync"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert_eq!(run.stderr, "confirmd: mailbox \"private\": there is no folder \"Bücher\"; check `folders`\n");
    assert_eq!(run.stdout, read_all(1, 1).replace("Read 1", "Read 0"));
    assert_eq!(confirmd.messages(), ["1 honoured - [anna-facebook] INBOX/1"]);
    assert_eq!(
        mailboxes(&confirmd),
        json!([{"name": "private", "state": "never", "last_complete": null,
                "error": "there is no folder \"Bücher\"; check `folders`"}])
    );
    dovecot.create_folder("Bücher");
    confirmd.sync();
    assert_eq!(
        mailboxes(&confirmd),
        json!([{"name": "private", "state": "ok", "last_complete": "TIME", "error": null}])
    );
}

#[test]
fn spam_archive_and_folders_with_umlauts_are_read_drafts_and_sent_mail_are_not() {
    let dovecot = Dovecot::start();
    let folders =
        ["INBOX", "Spam", "Archiv", "Papierkorb", "Familie/Ämter & Behörden", "日本語", "Entwürfe", "Gesendet"];
    for (number, folder) in folders.into_iter().enumerate() {
        if folder != "INBOX" {
            dovecot.create_folder(folder);
        }
        dovecot.deliver(folder, &vouch(&letter(number, TITLE, HONOURED)), MAY_21);
    }
    let confirmd = Confirmd::watching(&dovecot, FACEBOOK);
    let run = confirmd.run(&["sync"]);
    assert_eq!((run.code, run.stdout), (0, read_all(6, 6)));
    let document = confirmd.json(&["messages", "--json"]);
    let messages = document["messages"].as_array().unwrap();
    let mut seen: Vec<&str> = messages.iter().map(|message| message["places"][0]["folder"].as_str().unwrap()).collect();
    seen.sort_unstable();
    assert_eq!(seen, ["Archiv", "Familie/Ämter & Behörden", "INBOX", "Papierkorb", "Spam", "日本語"]);
}

#[test]
fn the_same_mail_in_two_folders_is_one_message_with_two_places() {
    let dovecot = Dovecot::start();
    dovecot.create_folder("Archiv");
    let mail = vouched("en/honoured/no-longer-used");
    // The copy has gone through another hop and came a day earlier.
    let copy = vouch(
        &[
            b"Delivered-To: anna@example.org\r\n".as_slice(),
            &crate::support::confirmd::corpus("en/honoured/no-longer-used"),
        ]
        .concat(),
    );
    dovecot.deliver("INBOX", &mail, "22-May-2025 00:30:00 +0200");
    dovecot.deliver("Archiv", &copy, "23-May-2025 10:00:00 +0200");
    let confirmd = Confirmd::watching(&dovecot, FACEBOOK);
    let run = confirmd.run(&["sync"]);
    assert_eq!((run.code, run.stdout), (0, read_all(2, 2)));
    assert_eq!(confirmd.messages(), ["1 honoured - [anna-facebook] Archiv/1,INBOX/1"]);
    let status = confirmd.json(&["status", "--json"]);
    assert_eq!(status["accounts"][0]["confirmed_on"], "2025-05-21", "the server's earliest date of receipt, in UTC");
}

#[test]
fn a_mail_that_is_moved_stays_one_message() {
    let dovecot = Dovecot::start();
    dovecot.create_folder("Archiv");
    dovecot.deliver("INBOX", &vouched("en/receipt/received"), MAY_21);
    let confirmd = Confirmd::watching(&dovecot, FACEBOOK);
    confirmd.sync();
    dovecot.move_to("INBOX", "1", "Archiv");
    confirmd.sync();
    assert_eq!(confirmd.sql("SELECT count(*) FROM message"), ["1"]);
    let document = confirmd.json(&["messages", "--json"]);
    let places = document["messages"][0]["places"].as_array().unwrap();
    assert!(places.iter().any(|place| place["folder"] == "Archiv" && place["uid"] == 1), "{document}");
    assert_eq!(confirmd.states("2025-05-21"), ["anna-facebook received ok"]);
}

#[test]
fn a_changed_uidvalidity_counts_nothing_twice_and_loses_nothing() {
    let dovecot = Dovecot::start();
    dovecot.create_folder("Post");
    let (gone, kept) = (vouched("en/receipt/received"), vouched("en/honoured/no-longer-used"));
    dovecot.deliver("Post", &gone, MAY_21);
    dovecot.deliver("Post", &kept, "22-May-2025 10:00:00 +0000");
    let confirmd = Confirmd::watching(&dovecot, FACEBOOK);
    confirmd.sync();
    assert_eq!(confirmd.messages(), ["1 receipt - [anna-facebook] Post/1", "2 honoured - [anna-facebook] Post/2"]);
    let before = confirmd.json(&["messages", "--json"])["messages"][1].clone();

    dovecot.recreate_folder("Post");
    dovecot.deliver("Post", &kept, "22-May-2025 10:00:00 +0000");
    dovecot.deliver("Post", &vouched("en/refused/unable-to-honour"), "24-May-2025 10:00:00 +0000");
    confirmd.sync();
    assert_eq!(
        confirmd.messages(),
        [
            "1 receipt - [anna-facebook] ",
            "2 honoured - [anna-facebook] Post/1",
            "3 refused contradicts [anna-facebook] Post/2"
        ],
        "the first one is gone from the mailbox and kept here"
    );
    let after = confirmd.json(&["messages", "--json"])["messages"][1].clone();
    assert_ne!(before["places"][0]["uidvalidity"], after["places"][0]["uidvalidity"]);
    assert_eq!(before["sha256"], after["sha256"]);
    assert_eq!(confirmd.states("2025-05-30"), ["anna-facebook confirmed ok"]);
}
