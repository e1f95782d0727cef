//! Which mails are read, whose they are, and what they say about the platform.

use super::RULES;
use crate::model::account::Platform;
use crate::model::message::Address;

#[test]
fn needles_are_few_and_none_contains_another() {
    let expected =
        ["facebook", "fb.com", "fb_com", "instagram", "meta.com", "meta_com", "metamail", "threads", "whatsapp"];
    assert_eq!(RULES.needles(), expected);
}

#[test]
fn mails_of_metas_of_relays_and_of_forgers_are_read() {
    let read = [
        "Facebook <notification+zj4oc@facebookmail.com>",
        "Facebook <case++123456789@support.facebook.com>",
        "Instagram <no-reply@mail.instagram.com>",
        "Meta <noreply@account.meta.com>",
        "Threads <no-reply@mail.threads.net>",
        "\"Meta\" <x@global.metamail.com>",
        "notification_at_facebookmail_com_xyz@privaterelay.appleid.com",
        "noreply_at_account_meta_com_4f3@icloud.com",
        "\"notification at facebookmail.com\" <x@simplelogin.co>",
        "notification_at_facebookmail.com_anna@duck.com",
        "FACEBOOK <security@phish.example>",
    ];
    for from in read {
        assert!(RULES.is_candidate(from), "{from}");
    }
    for from in ["Anna Muster <anna@example.org>", "Meta Muster <meta@example.org>", "metaphor@example.com", ""] {
        assert!(!RULES.is_candidate(from), "{from}");
    }
}

#[test]
fn every_sender_is_a_candidate_by_its_domain_alone() {
    for sender in RULES.senders.iter().filter(|sender| !sender.links_only) {
        assert!(RULES.is_candidate(&format!("x@{}", sender.domain)), "{}", sender.domain);
    }
}

#[test]
fn domains_are_metas_on_a_label_boundary_only() {
    for domain in
        ["facebookmail.com", "priority.facebookmail.com", "FACEBOOK.COM", "mail.instagram.com", "meta.com.", "fb.com"]
    {
        assert!(RULES.is_sender_domain(domain), "{domain}");
    }
    for domain in [
        "facebookmail.com.evil.example",
        "evilfacebookmail.com",
        "evil-facebook.com",
        "faceb00kmail.com",
        "xn--facebok-y0a.com",
        "com",
        "facebook",
        "facebook.com.",
        "",
    ] {
        assert_eq!(RULES.is_sender_domain(domain), domain == "facebook.com.", "{domain}");
    }
}

#[test]
fn links_stay_with_meta_on_hosts_that_nobody_sends_from() {
    let cases = [
        ("www.facebook.com", true, true),
        ("www.threads.com", true, true),
        ("l.facebook.com", true, true),
        ("fb.me", true, false),
        ("www.messenger.com", true, false),
        ("meta.ai", true, false),
        ("wa.me", false, false),
        ("m.me", false, false),
        ("evil-fb.me", false, false),
        ("fb.me.evil.example", false, false),
        ("", false, false),
    ];
    for (host, links, sends) in cases {
        assert_eq!((RULES.is_metas_host(host), RULES.is_sender_domain(host)), (links, sends), "{host}");
    }
}

#[test]
fn the_senders_address_hints_at_the_platform() {
    let cases = [
        ("Facebook", "notification+x@facebookmail.com", Some(Platform::Facebook)),
        ("Facebook", "case++1@support.facebook.com", Some(Platform::Facebook)),
        ("Facebook", "instagram++TOKEN@support.facebook.com", Some(Platform::Instagram)),
        ("Facebook", "INSTAGRAM++token@support.facebook.com", Some(Platform::Instagram)),
        ("Facebook", "instagram++x@evil.example", None),
        ("Instagram", "no-reply@mail.instagram.com", Some(Platform::Instagram)),
        ("Threads", "no-reply@mail.threads.net", Some(Platform::Threads)),
        ("Threads", "no-reply@mail.threads.com", Some(Platform::Threads)),
        ("Meta", "x@fb.me", None),
        ("Instagram", "noreply@account.meta.com", None),
        ("Meta", "x@global.metamail.com", None),
        ("Meta", "x@business.fb.com", None),
        ("WhatsApp", "x@support.whatsapp.com", Some(Platform::None)),
        ("Facebook", "x_at_facebookmail_com_y@icloud.com", None),
        ("Facebook", "facebook.com", None),
    ];
    for (name, addr, expected) in cases {
        let from = Address { name: name.to_owned(), addr: addr.to_owned() };
        assert_eq!(RULES.platform_of(&from), expected, "{name} <{addr}>");
    }
}
