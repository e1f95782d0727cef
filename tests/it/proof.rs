//! Whether the sender of a whole mail is proven.

use std::cell::RefCell;

use confirmd::mail::parse;
use confirmd::mail::proof::{KeyLookup, Lookup, NoKeys, prove};
use confirmd::model::proof::{Check, Proof, SenderProof};
use jiff::Timestamp;
use proptest::prelude::*;

use crate::support::sign::{Body, Domain};

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Gives one domain's key and notes who was asked for.
struct Dns<'a> {
    domain: &'a Domain,
    asked: RefCell<Vec<String>>,
}

impl KeyLookup for Dns<'_> {
    fn txt(&self, name: &str) -> Lookup {
        self.asked.borrow_mut().push(name.to_owned());
        if name == self.domain.key_name() {
            Lookup::Found { txt: self.domain.key_record(), seen_at: at("2025-06-02T08:00:00Z") }
        } else {
            Lookup::Missing
        }
    }
}

pub const RESULTS: &str = "Authentication-Results: mx.example.org; dkim=pass header.d=facebookmail.com\r\n";

fn from_meta() -> String {
    mail_of("Facebook <notification+abc@facebookmail.com>")
}

fn mail_of(from: &str) -> String {
    format!(
        "X-Synthetic: yes, made for the confirmd test corpus\r\nFrom: {from}\r\nTo: anna@example.org\r\n\
         Subject: KI bei Meta\r\nDate: Mon, 2 Jun 2025 10:00:00 +0200\r\n\r\nHallo Anna\r\n"
    )
}

pub fn is_meta(domain: &str) -> bool {
    ["facebookmail.com", "facebook.com"].iter().any(|meta| domain == *meta || domain.ends_with(&format!(".{meta}")))
}

fn proven(raw: &[u8], keys: &dyn KeyLookup) -> SenderProof {
    let message = parse(raw).unwrap();
    prove(raw, &message, &["mx.example.org".to_owned()], keys, at("2025-06-02T08:00:00Z"), &is_meta)
}

fn summary(proof: &SenderProof) -> (Option<Proof>, Option<&str>, bool) {
    (proof.proof, proof.domain.as_deref(), proof.retry)
}

#[test]
fn either_proof_suffices_and_dkim_is_named_where_both_hold() {
    let meta = Domain::new("facebookmail.com");
    let dns = Dns { domain: &meta, asked: RefCell::default() };
    let signed = String::from_utf8(meta.sign(from_meta().as_bytes(), Body::Simple)).unwrap();
    let changed = signed.replace("Hallo Anna", "Hallo Anna, gescannt");
    let failed = RESULTS.replace("pass", "fail");
    let domain = Some("facebookmail.com");

    let both = proven(format!("{RESULTS}{signed}").as_bytes(), &dns);
    assert_eq!(summary(&both), (Some(Proof::Dkim), domain, false));
    let checks = [
        ("DKIM-Signature d=facebookmail.com s=s1024-test", "valid"),
        ("Authentication-Results of mx.example.org", "dkim=pass for facebookmail.com"),
    ];
    let checks =
        checks.map(|(what, outcome)| Check { what: what.to_owned(), outcome: outcome.to_owned(), proves: true });
    assert_eq!(both.checks, checks);
    assert_eq!(
        both.keys.iter().map(|key| (key.name.as_str(), key.txt.as_str())).collect::<Vec<_>>(),
        [(meta.key_name().as_str(), meta.key_record().as_str())]
    );

    let cases = [
        (signed.clone(), (Some(Proof::Dkim), domain, false)),
        // They disagree: either suffices.
        (format!("{failed}{signed}"), (Some(Proof::Dkim), domain, false)),
        (format!("{RESULTS}{changed}"), (Some(Proof::Authserv), domain, false)),
        (format!("{RESULTS}{}", from_meta()), (Some(Proof::Authserv), domain, false)),
        (changed, (None, None, false)),
        (format!("{failed}{}", from_meta()), (None, None, false)),
        (from_meta(), (None, None, false)),
    ];
    for (raw, wanted) in &cases {
        assert_eq!(summary(&proven(raw.as_bytes(), &dns)), *wanted, "{raw}");
    }
}

#[test]
fn another_try_is_worth_it_only_while_dns_could_not_answer() {
    let meta = Domain::new("facebookmail.com");
    let signed = String::from_utf8(meta.sign(from_meta().as_bytes(), Body::Relaxed)).unwrap();
    assert_eq!(summary(&proven(signed.as_bytes(), &NoKeys)), (None, None, true));
    let domain = Some("facebookmail.com");
    assert_eq!(
        summary(&proven(format!("{RESULTS}{signed}").as_bytes(), &NoKeys)),
        (Some(Proof::Authserv), domain, true)
    );
    assert_eq!(summary(&proven(signed.replace("Hallo", "Hello").as_bytes(), &NoKeys)), (None, None, false));
    let stranger = Domain::new("other.example");
    let dns = Dns { domain: &stranger, asked: RefCell::default() };
    assert_eq!(summary(&proven(signed.as_bytes(), &dns)), (None, None, false));
}

#[test]
fn who_only_looks_like_meta_proves_nothing_and_causes_no_question() {
    let senders = [
        ("facebookmail.com.evil.example", "Facebook <x@facebookmail.com.evil.example>"),
        ("faceb00kmail.com", "Facebook <x@faceb00kmail.com>"),
        ("xn--fcebookmail-2lb.com", "Facebook <x@xn--fcebookmail-2lb.com>"),
        ("evilfacebookmail.com", "Facebook <x@evilfacebookmail.com>"),
        ("evil.example", "\"notification@facebookmail.com\" <x@evil.example>"),
        ("evil.example", "notification@facebookmail.com <x@evil.example>"),
        ("evil.example", "=?utf-8?q?notification=40facebookmail=2Ecom?= <x@evil.example>"),
        ("evil.example", "x@evil.example (notification@facebookmail.com)"),
        ("evil.example", "<notification@facebookmail.com@evil.example>"),
        // Two readings.
        ("facebookmail.com", "notification@facebookmail.com, x@evil.example"),
        ("facebookmail.com", "<notification@facebookmail.com> <x@evil.example>"),
        ("evil.example", "x@evil.example\r\nFrom: notification@facebookmail.com"),
        ("facebookmail.com", "notification@facebookmail.com\r\nFrom: notification@facebookmail.com"),
    ];
    for (domain, from) in senders {
        let domain = Domain::new(domain);
        let dns = Dns { domain: &domain, asked: RefCell::default() };
        let headers = ["From", "To", "Subject", "Date", "From"];
        let signed = domain.sign_with(mail_of(from).as_bytes(), Body::Relaxed, &headers, "");
        let raw = [RESULTS.as_bytes(), &signed].concat();
        let proof = proven(&raw, &dns);
        assert_eq!(summary(&proof), (None, None, false), "{from}");
        assert_eq!(dns.asked.into_inner(), Vec::<String>::new(), "{from}");
    }
}

#[test]
fn a_signature_of_another_organisation_proves_nothing_for_meta() {
    let evil = Domain::new("evil.example");
    let dns = Dns { domain: &evil, asked: RefCell::default() };
    let signed = evil.sign(from_meta().as_bytes(), Body::Relaxed);
    let proof = proven(&signed, &dns);
    assert_eq!(summary(&proof), (None, None, false));
    assert_eq!(proof.checks[0].outcome, "the signing domain is not the sender's");
    assert_eq!(dns.asked.into_inner(), Vec::<String>::new());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_changed_byte_never_stays_proven_by_dkim(position in 0.0..1.0f64, byte in any::<u8>()) {
        let (mail, domain) = signed();
        let dns = Dns { domain, asked: RefCell::default() };
        let at = (position * mail.len() as f64) as usize;
        let mut changed = mail.clone();
        changed[at] = byte;
        let before = parse(mail).unwrap();
        let after = parse(&changed).ok().filter(|_| proven(&changed, &dns).proof.is_some());
        if let Some(after) = after {
                // What was not signed may change; what rules look at may not, but for white space in a header.
                let words = |text: &str| text.split_whitespace().collect::<String>();
                prop_assert_eq!((&after.from, &after.to, words(&after.subject), &after.texts), (&before.from, &before.to, words(&before.subject), &before.texts));
        }
    }
}

/// One signed mail for all cases: making keys is slow.
fn signed() -> (&'static Vec<u8>, &'static Domain) {
    static SIGNED: std::sync::OnceLock<(Vec<u8>, Domain)> = std::sync::OnceLock::new();
    let (mail, domain) = SIGNED.get_or_init(|| {
        let domain = Domain::new("facebookmail.com");
        (domain.sign(from_meta().as_bytes(), Body::Simple), domain)
    });
    (mail, domain)
}
