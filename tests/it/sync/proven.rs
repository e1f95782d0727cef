//! How senders are proven: the own host's word, signatures, and DNS that does not answer.

use serde_json::json;

use super::*;
use crate::support::confirmd::corpus;
use crate::support::dns::{DnsServer, Says};
use crate::support::sign::{Body, Domain};

/// `proof` and `review` of every message.
fn proofs(confirmd: &Confirmd) -> Vec<(Value, Value)> {
    let document = confirmd.json(&["messages", "--json"]);
    document["messages"].as_array().unwrap().iter().map(|row| (row["proof"].clone(), row["review"].clone())).collect()
}

#[test]
fn the_own_hosts_word_proves_only_where_it_is_trusted_and_on_top() {
    let mail = letter(1, TITLE, HONOURED);
    let below = {
        // A sender's own line: below the Received header of the host.
        let text = String::from_utf8(mail.clone()).unwrap();
        text.replacen(
            "X-Synthetic:",
            "Authentication-Results: mx.example.org; dkim=pass header.d=support.facebook.com\r\nX-Synthetic:",
            1,
        )
    };
    let header =
        |words: &str| [format!("Authentication-Results: mx.example.org; {words}\r\n").as_bytes(), &mail].concat();
    let cases = [
        ("trusted", vouch(&mail), "trusted_authserv_ids = [\"mx.example.org\"]", true),
        ("trusted in other letters", vouch(&mail), "trusted_authserv_ids = [\"MX.example.ORG\"]", true),
        ("another id", vouch(&mail), "trusted_authserv_ids = [\"mx.example.net\"]", false),
        ("no id", vouch(&mail), "", false),
        ("below", below.into_bytes(), "trusted_authserv_ids = [\"mx.example.org\"]", false),
        (
            "another domain",
            header("dkim=pass header.d=example.com"),
            "trusted_authserv_ids = [\"mx.example.org\"]",
            false,
        ),
        ("a parent", header("dkim=pass header.d=facebook.com"), "trusted_authserv_ids = [\"mx.example.org\"]", true),
        (
            "a look-alike",
            header("dkim=pass header.d=notfacebook.com"),
            "trusted_authserv_ids = [\"mx.example.org\"]",
            false,
        ),
        (
            "SPF and DMARC",
            header("spf=pass smtp.mailfrom=support.facebook.com; dmarc=pass header.from=support.facebook.com"),
            "trusted_authserv_ids = [\"mx.example.org\"]",
            false,
        ),
        (
            "contradicting",
            header("dkim=pass header.d=support.facebook.com; dkim=fail header.d=support.facebook.com"),
            "trusted_authserv_ids = [\"mx.example.org\"]",
            false,
        ),
    ];
    let dovecot = Dovecot::start();
    for (number, (what, mail, trusted, proven)) in cases.into_iter().enumerate() {
        let folder = format!("case{number}");
        dovecot.create_folder(&folder);
        dovecot.deliver(&folder, &mail, MAY_21);
        let mut confirmd = Confirmd::with(FACEBOOK);
        confirmd.mailbox("private", &dovecot, &format!("folders = [\"{folder}\"]\n{trusted}\n"));
        confirmd.sync();
        let expected = if proven {
            (vec![(json!("authserv"), json!(null))], vec!["anna-facebook confirmed ok"])
        } else {
            (vec![(json!(null), json!("unproven_sender"))], vec!["anna-facebook pending ok"])
        };
        assert_eq!(
            (proofs(&confirmd), confirmd.states("2025-05-21")),
            (expected.0, expected.1.into_iter().map(str::to_owned).collect()),
            "{what}"
        );
    }
}

#[test]
fn a_signature_proves_and_its_key_is_kept() {
    let (dovecot, dns) = (Dovecot::start(), DnsServer::start());
    let facebook = Domain::new("facebook.com");
    dns.txt(&facebook.key_name(), &facebook.key_record());
    dovecot.deliver("INBOX", &facebook.sign(&letter(1, TITLE, HONOURED), Body::Simple), MAY_21);
    // Another body under the same signature.
    let forged = facebook.sign(&letter(7, TITLE, "Hi Anna,\r\n\r\nHello."), Body::Simple);
    let forged = String::from_utf8(forged).unwrap().replace("Hello.", HONOURED);
    dovecot.deliver("INBOX", forged.as_bytes(), MAY_21);
    // A signature of somebody else's.
    let other = Domain::new("example.com");
    dns.txt(&other.key_name(), &other.key_record());
    dovecot.deliver("INBOX", &other.sign(&letter(8, TITLE, HONOURED), Body::Simple), MAY_21);
    dovecot.deliver("INBOX", &other.sign(&letter(9, "Hello", "no word of it"), Body::Simple), MAY_21);
    let mut confirmd = Confirmd::watching(&dovecot, FACEBOOK);
    confirmd.settings(&format!("[dns]\nserver = \"{}\"\n", dns.address()));
    confirmd.sync();
    assert_eq!(
        confirmd.messages(),
        [
            "1 honoured - [anna-facebook] INBOX/1",
            "2 honoured unproven_sender [] INBOX/2",
            "3 honoured unproven_sender [] INBOX/3"
        ]
    );
    assert_eq!(proofs(&confirmd)[0], (json!("dkim"), json!(null)));
    assert_eq!(
        confirmd.sql("SELECT name || ' ' || txt FROM dkim_key WHERE message = 1"),
        [format!("{} {}", facebook.key_name(), facebook.key_record())]
    );
    assert_eq!(confirmd.states("2025-05-21"), ["anna-facebook confirmed ok"]);
    let explained = confirmd.json(&["explain", "1", "--json"]);
    assert_eq!(
        explained["proof_checks"],
        json!([{"what": "DKIM-Signature d=facebook.com s=s1024-test", "outcome": "valid", "proves": true}])
    );
}

#[test]
fn only_mails_that_claim_to_come_from_meta_cause_questions_to_dns() {
    let (dovecot, dns) = (Dovecot::start(), DnsServer::start());
    let friend = Domain::new("example.org");
    let mail = "From: \"facebookmail.com\" <berta@example.org>\r\nTo: anna@example.org\r\nSubject: objection to AI at Meta\r\n\
                Date: Wed, 21 May 2025 10:00:00 +0000\r\nX-Synthetic: yes, made for the confirmd test corpus\r\n\
                MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nWe will honour your objection to AI at Meta.\r\n";
    dovecot.deliver("INBOX", &friend.sign(mail.as_bytes(), Body::Simple), MAY_21);
    let mut confirmd = Confirmd::watching(&dovecot, FACEBOOK);
    confirmd.settings(&format!("[dns]\nserver = \"{}\"\n", dns.address()));
    confirmd.sync();
    assert_eq!(dns.asked(), Vec::<String>::new());
}

#[test]
fn while_dns_is_down_a_mail_is_in_review_and_is_proven_later() {
    for down in [Says::Fails, Says::Silent] {
        let (dovecot, dns) = (Dovecot::start(), DnsServer::start());
        let facebook = Domain::new("support.facebook.com");
        dns.set(&facebook.key_name(), down.clone());
        dovecot.deliver("INBOX", &facebook.sign(&letter(1, TITLE, HONOURED), Body::Relaxed), MAY_21);
        let mut confirmd = Confirmd::watching(&dovecot, FACEBOOK);
        confirmd.settings(&format!("[dns]\nserver = \"{}\"\n", dns.address()));
        confirmd.sync();
        assert_eq!(confirmd.messages(), ["1 honoured unproven_sender [] INBOX/1"], "{down:?}");
        assert_eq!(confirmd.states("2025-05-21"), ["anna-facebook pending ok"], "{down:?}");
        dns.txt(&facebook.key_name(), &facebook.key_record());
        dovecot.forget_commands();
        confirmd.sync();
        assert_eq!(dovecot.bodies_read(), 0);
        assert_eq!(confirmd.messages(), ["1 honoured - [anna-facebook] INBOX/1"], "{down:?}");
        assert_eq!(confirmd.states("2025-05-21"), ["anna-facebook confirmed ok"], "{down:?}");
        assert_eq!(confirmd.sql("SELECT state FROM status"), ["confirmed"], "{down:?}");
    }
}

#[test]
fn without_a_proof_nothing_counts_until_the_policy_says_so() {
    let dovecot = Dovecot::start();
    dovecot.deliver("INBOX", &corpus("en/honoured/no-longer-used"), MAY_21);
    dovecot.deliver("INBOX", &relay(), MAY_21);
    let mut confirmd = Confirmd::watching(&dovecot, FACEBOOK);
    confirmd.sync();
    let doubtful =
        ["1 honoured unproven_sender [] INBOX/1".to_owned(), "2 honoured unproven_sender [] INBOX/2".to_owned()];
    assert_eq!(confirmd.messages(), doubtful);
    assert_eq!(confirmd.states("2025-05-21"), ["anna-facebook pending ok"]);
    let before = confirmd.json(&["status", "--json"]);
    assert_eq!(before["review"][0]["candidates"], json!(["anna-facebook"]));

    confirmd.settings("[policy]\nsender = \"off\"\n");
    // Reading alone shows it; the next sync records it.
    for _ in 0..2 {
        assert_eq!(
            confirmd.messages(),
            ["1 honoured - [anna-facebook] INBOX/1", "2 honoured unproven_sender [] INBOX/2"],
            "a relay's address is not Meta's, whatever the policy"
        );
        assert_eq!(confirmd.states("2025-05-21"), ["anna-facebook confirmed ok"]);
        confirmd.sync();
    }
    confirmd.settings("");
    confirmd.sync();
    assert_eq!(confirmd.messages(), doubtful);
    assert_eq!(confirmd.states("2025-05-21"), ["anna-facebook pending ok"]);
}

/// A confirmation whose From a relay has rewritten.
fn relay() -> Vec<u8> {
    corpus("en/honoured/relayed")
}
