//! Whole mails: what is read of them, and that no mail costs more than it should.

use std::time::Duration;

use confirmd::mail::proof::{NoKeys, prove};
use confirmd::mail::{Unreadable, header_only, identity, parse};
use confirmd::model::message::{Address, Link, Message, Text};
use confirmd::model::proof::Proof;
use jiff::Timestamp;
use proptest::prelude::*;

use crate::proof::{RESULTS, at, is_meta};

const MULTIPART: &str = "\
Return-Path: <notification+abc@facebookmail.com>
Delivered-To: anna@example.org
X-Original-To: widerspruch@example.org
Received: from mx-out.facebook.com (mx-out.facebook.com [66.220.144.1])
\tby mx.example.org (Postfix) with ESMTPS id 1
\tfor <anna@example.org>; Mon, 2 Jun 2025 10:00:05 +0200 (CEST)
Received: from a by b; Mon, 2 Jun 2025 09:59:00 +0200
X-Synthetic: yes, made for the confirmd test corpus
X-Facebook-Notify: objection
Date: Mon, 2 Jun 2025 10:00:00 +0200
To: =?utf-8?q?Anna_M=C3=BCller?= <anna@example.org>
Cc: \"Muster, Bob\" <bob@example.org>
Subject: =?UTF-8?B?RGVpbiBXaWRlcnNwcnVjaCBnZWc=?=
 =?UTF-8?B?ZW4gS0kgYmVpIE1ldGHCoA==?=
From: \"Facebook\" <case++123@support.facebook.com>
Message-ID: <1@facebookmail.com>
Content-Language: de-DE
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=\"b1\"

--b1
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Hallo Anna,

wir werden deinen Widerspruch ber=C3=BCck=
sichtigen.

> alt
--b1
Content-Type: text/html; charset=iso-8859-1
Content-Transfer-Encoding: 8bit

<html><head><title>t</title></head><body><span style=\"display:none\">Vorschau</span><p>Hallo Anna,</p>
<p>wir werden deinen Widerspruch ber&uuml;cksichtigen.
<a href=\"https://www.facebook.com/n/?x&amp;n_m=anna%40example.org\">Mehr</a></p><blockquote>alt</blockquote></body></html>
--b1--
";

fn address(name: &str, addr: &str) -> Address {
    Address { name: name.to_owned(), addr: addr.to_owned() }
}

fn text(own: &str, quoted: &str) -> Text {
    Text { own: own.to_owned(), quoted: quoted.to_owned() }
}

#[test]
fn a_mail_is_reduced_to_what_rules_may_look_at() {
    let plain = "Hallo Anna,\n\nwir werden deinen Widerspruch berücksichtigen.";
    let rich = "Vorschau\n\nHallo Anna,\n\nwir werden deinen Widerspruch berücksichtigen. Mehr";
    let wanted = Message {
        from: vec![address("Facebook", "case++123@support.facebook.com")],
        from_text: "\"Facebook\" <case++123@support.facebook.com>".to_owned(),
        to: vec![address("Anna Müller", "anna@example.org")],
        cc: vec![address("Muster, Bob", "bob@example.org")],
        delivered_to: vec!["anna@example.org".to_owned(), "widerspruch@example.org".to_owned()],
        subject: "Dein Widerspruch gegen KI bei Meta\u{a0}".to_owned(),
        message_id: Some("<1@facebookmail.com>".to_owned()),
        date: Some(at("2025-06-02T08:00:00Z")),
        received: Some(at("2025-06-02T08:00:05Z")),
        content_language: Some("de-de".to_owned()),
        facebook_notify: Some("objection".to_owned()),
        texts: vec![text(rich, "alt"), text(plain, "alt")],
        links: vec![Link {
            host: "www.facebook.com".to_owned(),
            recipient: Some("anna@example.org".to_owned()),
            form: None,
        }],
        cut: false,
    };
    assert_eq!(parse(MULTIPART.as_bytes()), Ok(wanted.clone()));
    assert_eq!(parse(MULTIPART.replace('\n', "\r\n").as_bytes()), Ok(wanted.clone()));
    let header = MULTIPART.split("\n\n").next().unwrap();
    assert_eq!(header_only(header.as_bytes()), Message { texts: Vec::new(), links: Vec::new(), ..wanted });
}

#[test]
fn broken_mails_are_read_as_far_as_they_go() {
    let own = |raw: &str| parse(raw.as_bytes()).map(|message| message.own_text().to_owned());
    let cases = [
        ("Subject: x\r\n\r\nHallo", Ok("Hallo")),
        (" leading space\r\nSubject: x\r\n\r\nHallo", Ok("Hallo")),
        ("Subject: x\r\nno header\r\n\r\nHallo", Ok("Hallo")),
        ("Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\nHallo", Ok("Hallo")),
        ("Subject: x\r\nContent-Type: text/plain; charset=nonsense\r\n\r\nGrüße", Ok("Grüße")),
        ("Subject: x\r\nContent-Transfer-Encoding: base64\r\n\r\nSGFsbG8*=", Ok("Hallo")),
        ("Subject: x\r\n", Ok("")),
        ("Subject: x", Ok("")),
        ("", Err(Unreadable::NoHeader)),
        ("\r\n\r\nHallo", Err(Unreadable::NoHeader)),
        ("nothing like a mail", Err(Unreadable::NoHeader)),
    ];
    for (raw, wanted) in cases {
        assert_eq!(own(raw), wanted.map(str::to_owned), "{raw:?}");
    }
    let deep: String =
        (0..200).map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n")).collect();
    assert_eq!(own(&deep), Err(Unreadable::TooDeep));
    assert_eq!(parse(b"From: a@x.example\r\nFrom: b@y.example, c@z.example\r\n\r\n").unwrap().from.len(), 3);
    assert_eq!(parse(b"To: undisclosed-recipients:;\r\n\r\n").unwrap().to, []);
}

#[test]
fn a_forwarded_mail_inside_is_quoted_and_its_links_are_not_this_mails() {
    let raw = "Subject: Fwd\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nsee below https://own.example/\r\n--b\r\n\
               Content-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\nWe will honour https://other.example/\r\n--b--\r\n";
    let message = parse(raw.as_bytes()).unwrap();
    assert_eq!(message.texts, [text("see below https://own.example/", "We will honour https://other.example/")]);
    assert_eq!(message.links.iter().map(|link| link.host.as_str()).collect::<Vec<_>>(), ["own.example"]);
}

/// The processor time of this thread: what it is given does not depend on what else the machine does.
fn worked() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap())
}

/// Mails that are large, deep or many: whatever is quadratic would take minutes of work.
#[test]
fn hostile_mails_take_bounded_time() {
    let head = "From: x@facebookmail.com\r\nSubject: x\r\n";
    let mut mails: Vec<(&str, String)> = vec![
        ("12 MB of text", format!("{head}\r\n{}", "Wort und Wort und Wort\r\n".repeat(500_000))),
        ("50 MB without a line end", format!("{head}\r\n{}", "x".repeat(50_000_000))),
        ("10 MB of empty lines", format!("{head}\r\n{}", "\n".repeat(10_000_000))),
        ("100,000 headers", format!("{head}{}\r\nx", "X-H: y\r\n".repeat(100_000))),
        ("a header of 15 MB", format!("{head}To: {}\r\n\r\nx", "a@example.org, ".repeat(1_000_000))),
        ("encoded words", format!("{head}To: {}\r\nSubject:{}\r\n\r\nx", " =?a".repeat(100_000), " =?utf-8?q?a?=".repeat(100_000))),
        ("open comments", format!("{head}To: {}\r\nReceived: {}\r\n\r\nx", "(".repeat(100_000), "(".repeat(100_000))),
        ("signatures", format!("{}{head}\r\nx", "DKIM-Signature: v=1; a=rsa-sha256; d=facebookmail.com; s=x; h=from:to:subject:date; bh=QUJD; b=QUJD\r\n".repeat(20_000))),
        ("results", format!("{}{head}\r\nx", RESULTS.repeat(20_000))),
        ("parts", format!("{head}Content-Type: multipart/mixed; boundary=b\r\n\r\n{}", "--b\r\n\r\nx\r\n".repeat(2_000_000))),
        ("quote marks", format!("{head}\r\n{}", "> ".repeat(10_000_000))),
        ("introductions", format!("{head}\r\n{}", "On 1\n".repeat(300_000))),
        ("URLs", format!("{head}\r\n{}", (0..300_000).map(|n| format!("https://h{n}.example/ ")).collect::<String>())),
    ];
    let nested: String =
        (0..100_000).map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n")).collect();
    mails.push(("nested parts", format!("{head}{nested}")));
    let html = |body: String| format!("{head}Content-Type: text/html\r\n\r\n{body}");
    mails.push(("nested elements", html("<div><ul><li>".repeat(200_000))));
    mails.push(("attributes", html(format!("<a {}>", (0..100_000).map(|n| format!("a{n}=b ")).collect::<String>()))));
    mails.push(("one long tag", html(format!("<a href='{}", "x".repeat(30_000_000)))));
    mails.push(("entities", html("&amp;&#x41;&nosuch".repeat(200_000))));
    for (what, raw) in &mails {
        let started = worked();
        let message = parse(raw.as_bytes()).unwrap_or_default();
        let proof = prove(
            raw.as_bytes(),
            &message,
            &["mx.example.org".to_owned()],
            &NoKeys,
            at("2025-06-02T08:00:00Z"),
            &is_meta,
        );
        identity(raw.as_bytes());
        let took = worked() - started;
        assert!(took < Duration::from_secs(15), "{what}: {took:?}");
        let kept = serde_json::to_vec(&message).unwrap().len() + serde_json::to_vec(&proof).unwrap().len();
        assert!(kept < 2_000_000, "{what}: {kept} bytes are kept");
    }
}

/// Pieces that mails are made of, right and wrong.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let known = prop::sample::select(vec![
        "\r\n",
        "\n",
        "\r",
        " ",
        "\t",
        ":",
        ";",
        ",",
        "=",
        "\"",
        "<",
        ">",
        "(",
        ")",
        "@",
        "\\",
        "\0",
        "ü",
        "\u{202e}",
        "=?utf-8?q?=C3",
        "?=",
        "=?b?b?",
        "From: ",
        "To: ",
        "Date: Mon, 2 Jun 2025 10:00:00 +0200",
        "Received: from a (b [192.0.2.1]) by c; ",
        "Content-Type: multipart/mixed; boundary=b\r\n",
        "Content-Type: text/html\r\n",
        "Content-Type: message/rfc822\r\n",
        "--b\r\n",
        "--b--",
        "Content-Transfer-Encoding: base64\r\n",
        "Content-Transfer-Encoding: quoted-printable\r\n",
        "\r\n\r\n",
        "x@facebookmail.com",
        "DKIM-Signature: v=1; a=rsa-sha256; d=facebookmail.com; s=s; h=from:to:subject:date; bh=QQ==; b=QQ==\r\n",
        "i=@",
        "t=1;",
        "Authentication-Results: mx.example.org; dkim=pass header.d=",
        "<a href=https://",
        "n_m=a%40b",
        "<blockquote>",
        "</div>",
        "<script>",
        "&#x",
        "> ",
        "On 1 x wrote:",
        "-----Original Message-----",
        "From ",
        "https://[",
        "%",
        "www.",
    ]);
    prop_oneof![8 => known.prop_map(|piece| piece.as_bytes().to_vec()), 1 => prop::collection::vec(any::<u8>(), 0..6)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_without_panic(pieces in prop::collection::vec(piece(), 0..60)) {
        let raw = pieces.concat();
        let message = parse(&raw).unwrap_or_default();
        let proof = prove(&raw, &message, &["mx.example.org".to_owned(), "outlook".to_owned()], &NoKeys, Timestamp::UNIX_EPOCH, &|_| true);
        prop_assert_ne!(proof.proof, Some(Proof::Dkim));
        prop_assert_eq!(identity(&raw), identity(&raw));
        prop_assert!(message.texts.len() <= 2);
        header_only(&raw);
    }

    #[test]
    fn a_mutated_mail_is_read_without_panic(at in 0..MULTIPART.len(), length in 0..40usize, put in piece()) {
        let end = (at + length).min(MULTIPART.len());
        let raw = [&MULTIPART.as_bytes()[..at], &put, &MULTIPART.as_bytes()[end..]].concat();
        let message = parse(&raw).unwrap_or_default();
        prove(&raw, &message, &[], &NoKeys, Timestamp::UNIX_EPOCH, &|_| true);
    }
}
