//! Mails that want to be taken for a confirmation. Each is made and signed here, with keys that a real DNS server on
//! loopback gives, and read by the real binary: none of them may change a status.

use crate::support::desk::{Desk, MAIL};
use crate::support::sign::{Body, Domain};

const FROM: &str = "From: Facebook <case++1@support.facebook.com>";
const TO: &str = "To: Anna Muster <anna@example.org>";

/// What comes of a mail: the account's state, and the reason for review, `-` without.
fn outcome(desk: &Desk, mail: &[u8], options: &[&str]) -> String {
    let path = desk.file("mail.eml", mail);
    desk.text(&[&["scan", path.to_str().unwrap()], options].concat());
    let status = desk.json(&["status", "--json"]);
    let review = status["review"].as_array().unwrap();
    let reasons: Vec<&str> = review.iter().map(|item| item["reason"].as_str().unwrap()).collect();
    let state = status["accounts"][0]["state"].as_str().unwrap();
    format!("{state} {}", if reasons.is_empty() { "-".to_owned() } else { reasons.join(" ") })
}

/// A forger who has a domain of his own, and signs with it.
fn signed_by(desk: &Desk, domain: &str, mail: &str) -> Vec<u8> {
    let forger = Domain::new(domain);
    desk.dns.txt(&forger.key_name(), &forger.key_record());
    forger.sign(mail.as_bytes(), Body::Relaxed)
}

fn signed_by_meta(desk: &Desk, mail: &str) -> Vec<u8> {
    desk.meta.sign(mail.as_bytes(), Body::Simple)
}

#[test]
fn the_mail_that_is_not_forged_confirms() {
    let desk = Desk::new();
    assert_eq!(outcome(&desk, &signed_by_meta(&desk, MAIL), &[]), "confirmed -");
}

#[test]
fn a_sender_that_only_looks_like_meta_is_not_meta() {
    let cases = [
        ("evil.example", "From: Facebook <security@evil.example>", "unobserved unproven_sender"),
        (
            "facebook.com.evil.example",
            "From: Facebook <case++1@support.facebook.com.evil.example>",
            "unobserved unproven_sender",
        ),
        ("notfacebook.com", "From: Facebook <case++1@notfacebook.com>", "unobserved unproven_sender"),
        ("facebook-support.example", "From: <case++1@facebook-support.example>", "unobserved unproven_sender"),
        ("evil.example", "From: \"case++1@support.facebook.com\" <x@evil.example>", "unobserved unproven_sender"),
        (
            "evil.example",
            "From: =?utf-8?q?case=40support.facebook.com?= <x@evil.example>",
            "unobserved unproven_sender",
        ),
        ("evil.example", "From: Facebook <case++1@support.facebook.com>", "unobserved unproven_sender"),
        // A homograph (a Cyrillic o) and a look-alike do not even claim to be Meta.
        ("xn--facebok-eof.com", "From: <case++1@support.xn--facebok-eof.com>", "unobserved -"),
        ("faceb00kmail.com", "From: <case++1@faceb00kmail.com>", "unobserved -"),
    ];
    for (domain, from, expected) in cases {
        let desk = Desk::new();
        let mail = signed_by(&desk, domain, &MAIL.replace(FROM, from));
        assert_eq!(outcome(&desk, &mail, &[]), expected, "{from} signed by {domain}");
    }
}

#[test]
fn more_than_one_sender_is_none() {
    let cases = [
        "From: Facebook <case++1@support.facebook.com>, Otto <otto@evil.example>",
        "From: Otto <otto@evil.example>\r\nFrom: Facebook <case++1@support.facebook.com>",
        "From: Facebook: case++1@support.facebook.com, otto@evil.example;",
    ];
    for from in cases {
        let desk = Desk::new();
        let mail = signed_by_meta(&desk, &MAIL.replace(FROM, from));
        assert_eq!(outcome(&desk, &mail, &[]), "unobserved unproven_sender", "{from}");
    }
}

#[test]
fn headers_smuggled_in_above_the_signed_ones_void_the_signature() {
    let smuggled = [
        "From: Facebook <other@support.facebook.com>\r\n",
        "Subject: Something else about AI at Meta\r\n",
        "To: anna@example.org\r\n",
        "Date: Wed, 21 May 2025 09:00:01 +0000\r\n",
        "Content-Type: text/html; charset=utf-8\r\n",
    ];
    for header in smuggled {
        let desk = Desk::new();
        let mail = [header.as_bytes(), &signed_by_meta(&desk, MAIL)].concat();
        assert_eq!(outcome(&desk, &mail, &[]), "unobserved unproven_sender", "{header}");
    }
}

#[test]
fn a_signature_that_leaves_something_open_proves_nothing() {
    let all = ["Date", "To", "Subject", "From", "MIME-Version", "Content-Type"];
    let cases: [(&[&str], &str); 5] = [
        (&all, "l=20;"),
        (&all, "x=1747800000;"),
        (&["Date", "To", "Subject", "MIME-Version"], ""),
        (&["From", "Subject", "Date"], ""),
        (&["From", "To", "Date"], ""),
    ];
    for (headers, tags) in cases {
        let desk = Desk::new();
        let mail = desk.meta.sign_with(MAIL.as_bytes(), Body::Simple, headers, tags);
        assert_eq!(outcome(&desk, &mail, &[]), "unobserved unproven_sender", "{headers:?} {tags}");
    }
}

#[test]
fn somebody_elses_genuine_confirmation_sent_on_is_a_replay() {
    let desk = Desk::new();
    let victims = signed_by_meta(&desk, &MAIL.replace(TO, "To: Ruby Tuesday <ruby@example.net>"));
    let replayed = [b"Delivered-To: anna@example.org\r\n".as_slice(), &victims].concat();
    assert_eq!(outcome(&desk, &replayed, &[]), "unobserved no_account");
}

#[test]
fn a_strangers_words_in_a_genuine_mail_confirm_nothing() {
    let promise = "We've reviewed your request and will honour your objection. This means we won't use your public information from\r\n\
        Facebook and Instagram for future development and improvement of generative AI models at Meta.";
    assert!(MAIL.contains(promise));
    let texts = [
        format!("Max Power commented on your post:\r\n\r\n{promise}"),
        format!("Max Power mentioned you in a comment: \"{promise}\""),
        format!("You've been invited to join the business {promise}"),
        format!("> {}", promise.replace("\r\n", "\r\n> ")),
        format!("If you object, you will get a mail that says: {promise}"),
    ];
    for text in texts {
        let desk = Desk::new();
        let mail = signed_by_meta(&desk, &MAIL.replace(promise, &text));
        let outcome = outcome(&desk, &mail, &[]);
        assert!(["unobserved -", "unobserved unrecognised"].contains(&outcome.as_str()), "{outcome}: {text}");
    }
}

#[test]
fn a_link_that_leads_away_from_meta_puts_even_a_genuine_mail_up_for_review() {
    let links =
        ["https://evil.example/login", "https://www.facebook.com@evil.example/", "https://facebook.com.evil.example/x"];
    for link in links {
        let desk = Desk::new();
        let mail = signed_by_meta(&desk, &format!("{MAIL}\r\nLog in here: {link}\r\n"));
        assert_eq!(outcome(&desk, &mail, &[]), "unobserved foreign_link", "{link}");
    }
    let desk = Desk::new();
    let mail = signed_by_meta(&desk, &format!("{MAIL}\r\nRead more: https://www.facebook.com/privacy\r\n"));
    assert_eq!(outcome(&desk, &mail, &[]), "confirmed -");
}

#[test]
fn results_that_a_sender_can_have_written_are_not_the_own_hosts() {
    let pass = "Authentication-Results: mx.example.org; dkim=pass header.d=support.facebook.com\r\n";
    let trust = ["--trust-authserv", "mx.example.org"];
    let (head, rest) = MAIL.split_once("From:").unwrap();
    let below_received = format!("{head}{pass}From:{rest}");
    let other_host = MAIL.replace(
        "X-Synthetic",
        "Authentication-Results: mx.evil.example; dkim=pass header.d=facebook.com\r\nX-Synthetic",
    );
    let only_spf = format!(
        "Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=support.facebook.com; dmarc=pass\r\n{MAIL}"
    );
    let contradicting =
        format!("Authentication-Results: mx.example.org; dkim=fail header.d=support.facebook.com\r\n{pass}{MAIL}");
    let other_domain = format!("Authentication-Results: mx.example.org; dkim=pass header.d=evil.example\r\n{MAIL}");
    for mail in [below_received, other_host, only_spf, contradicting, other_domain] {
        let desk = Desk::new();
        assert_eq!(outcome(&desk, mail.as_bytes(), &trust), "unobserved unproven_sender", "{mail}");
    }
    let desk = Desk::new();
    assert_eq!(outcome(&desk, format!("{pass}{MAIL}").as_bytes(), &trust), "confirmed -");
}

#[test]
fn a_forwarded_confirmation_is_the_forwarders_mail() {
    let desk = Desk::new();
    let forwarded = MAIL.replace(FROM, "From: Otto <otto@example.org>").replace("Subject: ", "Subject: Fwd: ");
    assert_eq!(outcome(&desk, forwarded.as_bytes(), &[]), "unobserved -");
}

#[test]
fn a_relay_is_named_and_its_mail_is_for_review() {
    let cases = [
        (
            "privaterelay.appleid.com",
            "Facebook <case_at_support_facebook_com_x1@privaterelay.appleid.com>",
            "Apple's Hide My Email",
        ),
        ("simplelogin.co", "\"Facebook - case at support.facebook.com\" <x1@simplelogin.co>", "SimpleLogin"),
        ("duck.com", "Facebook <case_at_support.facebook.com_anna@duck.com>", "DuckDuckGo Email Protection"),
        ("mozmail.com", "\"case@support.facebook.com [via Relay]\" <x1@mozmail.com>", "Firefox Relay"),
    ];
    for (domain, from, relay) in cases {
        let desk = Desk::new();
        let mail = signed_by(&desk, domain, &MAIL.replace(FROM, &format!("From: {from}")));
        assert_eq!(outcome(&desk, &mail, &[]), "unobserved unproven_sender", "{from}");
        let explained = desk.text(&["explain", "1"]);
        let words: Vec<&str> = explained.split_whitespace().collect();
        assert!(words.join(" ").contains(&format!("was rewritten by {relay}")), "{explained}");
    }
}
