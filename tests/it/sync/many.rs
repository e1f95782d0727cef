//! A large mailbox, and mails that cannot be read.

use serde_json::json;

use super::*;
use crate::support::confirmd::corpus;
use crate::support::line::Line;
use crate::support::script::Script;

/// A mail from a friend, about Meta.
fn private_mail(number: usize) -> Vec<u8> {
    format!(
        "From: Berta <berta@example.org>\r\nTo: anna@example.org\r\nSubject: Hello {number} from facebookmail.com\r\n\
         Message-ID: <{number}@example.org>\r\nX-Synthetic: yes, made for the confirmd test corpus\r\n\r\n\
         Meta will honour your objection to AI at Meta, won't it?\r\n"
    )
    .into_bytes()
}

#[test]
fn of_two_thousand_mails_twelve_are_read_and_no_flag_changes() {
    let dovecot = Dovecot::start();
    let mut mails: Vec<(Vec<u8>, String)> =
        (0..2000).map(|number| (private_mail(number), "20-May-2025 10:00:00 +0000".to_owned())).collect();
    for number in 0..10 {
        let answer = letter(
            number,
            TITLE,
            "Hi Anna,\r\n\r\nWe've received your objection to your information being used for AI at Meta.",
        );
        mails[number * 190 + 7] = (vouch(&answer), MAY_21.to_owned());
    }
    // Two that come from Meta and have nothing to do with it.
    mails[1000] = (vouched("en/near/login-code"), MAY_21.to_owned());
    mails[1999] = (vouched("en/near/ads-receipt"), MAY_21.to_owned());
    dovecot.deliver_all("INBOX", &mails);
    dovecot.deliver("INBOX", &vouched("en/honoured/no-longer-used"), "01-Apr-2024 10:00:00 +0000");
    let flags = dovecot.flags("INBOX");

    let confirmd = Confirmd::watching(&dovecot, FACEBOOK);
    let run = confirmd.run(&["sync"]);
    assert_eq!((run.code, run.stdout), (0, read_all(12, 10)));
    assert_eq!(dovecot.bodies_read(), 12, "the one from before `since` is not read");
    let uids: Vec<String> = confirmd.sql("SELECT uid FROM place ORDER BY uid");
    let expected: Vec<String> = (0..10).map(|number| (number * 190 + 8).to_string()).collect();
    assert_eq!(uids, expected);
    assert_eq!(dovecot.flags("INBOX"), flags, "\\Recent and \\Seen included");
    for command in dovecot.commands() {
        let verb = command.trim_start_matches("UID ").split(' ').next().unwrap().to_owned();
        assert!(["LIST", "EXAMINE", "FETCH", "SEARCH", "LOGOUT", "NOOP"].contains(&verb.as_str()), "{command}");
        assert!(!command.contains("BODY["), "{command}");
    }

    dovecot.forget_commands();
    let again = confirmd.run(&["sync"]);
    assert_eq!((again.code, again.stdout), (0, read_all(0, 0)));
    assert_eq!(
        dovecot.commands(),
        [r#"LIST "" "*" RETURN (SPECIAL-USE STATUS (MESSAGES UIDNEXT UIDVALIDITY))"#, "LOGOUT"]
    );
    assert_eq!(dovecot.flags("INBOX"), flags);
}

#[test]
fn a_pass_costs_the_same_at_any_size_and_one_new_mail_a_round_trip_more() {
    const COUNTS: &str = r#"LIST "" "*" RETURN (SPECIAL-USE STATUS (MESSAGES UIDNEXT UIDVALIDITY))"#;
    for size in [20, 2000] {
        let dovecot = Dovecot::start();
        let mails: Vec<(Vec<u8>, String)> =
            (0..size).map(|number| (private_mail(number), "20-May-2025 10:00:00 +0000".to_owned())).collect();
        dovecot.deliver_all("INBOX", &mails);
        let line = Line::to(dovecot.imap_port);
        let mut confirmd = Confirmd::with(FACEBOOK);
        let way = format!("port = {}\ntls = \"none\"\ntrusted_authserv_ids = [\"mx.example.org\"]\n", line.port);
        confirmd.mailbox_at("private", &dovecot, &way);
        confirmd.sync();
        // LOGIN and LOGOUT are a round trip each.
        let pass = |expected: (usize, usize)| {
            line.trips();
            dovecot.forget_commands();
            confirmd.sync();
            assert_eq!((line.trips(), dovecot.bodies_read()), expected, "of {size}");
            dovecot.commands()
        };
        assert_eq!(pass((3, 0)), [COUNTS, "LOGOUT"], "nothing new");
        dovecot.deliver("INBOX", &private_mail(size), MAY_21);
        let commands = pass((4, 0));
        assert_eq!(commands.len(), 4, "one that is not Meta's: {commands:?}");
        assert_eq!(commands[..2], [COUNTS, "EXAMINE \"INBOX\""]);
        // Its body is asked for when its sender is known, and never that of a stranger's mail.
        dovecot.deliver("INBOX", &vouched("en/receipt/received"), MAY_21);
        let commands = pass((5, 1));
        assert_eq!(commands.len(), 5, "one of Meta's: {commands:?}");
        assert_eq!(pass((3, 0)), [COUNTS, "LOGOUT"], "nothing new again");
    }
}

#[test]
fn too_large_a_mail_is_put_up_for_review_and_the_rest_is_read() {
    let dovecot = Dovecot::start();
    let large = [corpus("en/honoured/no-longer-used"), b"x".repeat(10_000)].concat();
    dovecot.deliver("INBOX", &vouch(&large), MAY_21);
    dovecot.deliver("INBOX", &vouched("en/receipt/received"), MAY_21);
    let mut confirmd = Confirmd::watching(&dovecot, FACEBOOK);
    confirmd.settings("[limits]\nmessage = \"8 KB\"\n");
    let run = confirmd.run(&["sync"]);
    assert_eq!((run.code, run.stdout), (0, read_all(2, 2)), "{}", run.stderr);
    assert_eq!(dovecot.bodies_read(), 1);
    let status = confirmd.json(&["status", "--json", "--as-of", "2025-05-21"]);
    let large = status["review"][0]["message"].as_i64().unwrap();
    assert_eq!(
        status["review"],
        json!([{
            "message": large, "kind": "unrecognised", "reason": "too_large", "candidates": [],
            "from": "Facebook <notification+zj4oc2k@facebookmail.com>", "subject": "Your objection request", "received_at": "2025-05-21T10:00:00Z"
        }])
    );
    assert_eq!(status["accounts"][0]["state"], "received");
    let messages = confirmd.json(&["messages", "--json", "--review"]);
    assert_eq!((&messages["messages"][0]["sha256"], &messages["messages"][0]["proof"]), (&json!(null), &json!(null)));
    assert_eq!(confirmd.run(&["explain", &large.to_string()]).code, 0);
    assert_eq!(confirmd.run(&["check", "--as-of", "2025-05-21"]).code, 1);

    // The limit is raised: rules and `since` are the same, so nothing is read again; dismissing settles it.
    let dismissed = confirmd.run(&["dismiss", &large.to_string()]);
    assert_eq!(dismissed.code, 0, "{dismissed:?}");
    assert_eq!(confirmd.json(&["status", "--json"])["review"], json!([]));
}

#[test]
fn an_unreadable_mail_is_put_up_for_review_and_the_rest_is_read() {
    let server = Script::play("one_message_is_bad_since");
    let mut confirmd = Confirmd::with(FACEBOOK);
    confirmd.secret("private", "secret");
    confirmd.mailbox_text(&format!(
        "[[mailbox]]\nname = \"private\"\nhost = \"127.0.0.1\"\nport = {}\ntls = \"none\"\nusername = \"anna\"\n\
         password_file = \"private.password\"\n",
        server.port
    ));
    let run = confirmd.run(&["sync"]);
    let played = server.finish();
    assert_eq!(played, Ok(()), "{run:?}");
    assert_eq!(run.code, 0, "a single unreadable mail does not count against the mailbox: {run:?}");
    assert_eq!(confirmd.messages(), ["1 unrecognised unreadable [] INBOX/3"]);
    assert_eq!(mailboxes(&confirmd)[0]["state"], "ok");
}
