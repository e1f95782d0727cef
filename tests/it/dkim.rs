//! DKIM on real signatures: mails signed by dkimpy (`scripts/make-dkim-fixtures`) and by the tests' own signer.

use std::collections::BTreeMap;
use std::path::PathBuf;

use confirmd::mail::proof::{Fault, KeyLookup, Lookup, NoKeys, Outcome, StoredKeys, verify};
use confirmd::model::proof::KeyRecord;
use jiff::Timestamp;

use crate::support::sign::{Body, Domain};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/dkim")
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(folder().join(format!("{name}.eml"))).unwrap()
}

fn json<T: serde::de::DeserializeOwned>(name: &str) -> BTreeMap<String, T> {
    serde_json::from_str(&std::fs::read_to_string(folder().join(name)).unwrap()).unwrap()
}

/// The records of keys.json; every other name is known not to exist.
pub struct Dns(BTreeMap<String, String>);

impl Dns {
    fn of_the_fixtures() -> Dns {
        Dns(json("keys.json"))
    }

    fn of(domain: &Domain) -> Dns {
        Dns(BTreeMap::from([(domain.key_name(), domain.key_record())]))
    }
}

impl KeyLookup for Dns {
    fn txt(&self, name: &str) -> Lookup {
        match self.0.get(name) {
            Some(txt) => Lookup::Found { txt: txt.clone(), seen_at: received_at() },
            None => Lookup::Missing,
        }
    }
}

/// When the fixtures were signed, and received.
fn received_at() -> Timestamp {
    "2025-06-02T08:00:00Z".parse().unwrap()
}

/// What became of the mail's last signature that was looked at.
fn outcome(mail: &[u8], keys: &dyn KeyLookup) -> Option<Outcome> {
    verify(mail, keys, received_at()).signatures.pop().map(|signature| signature.outcome)
}

fn invalid(fault: Fault) -> Option<Outcome> {
    Some(Outcome::Invalid(fault))
}

#[test]
fn signatures_of_another_implementation_are_verified() {
    let valid = Some(Outcome::Valid);
    let expected = [
        ("rr", valid.clone()),
        ("rs", valid.clone()),
        ("sr", valid.clone()),
        ("ss", valid.clone()),
        ("empty-body-rr", valid.clone()),
        ("empty-body-rs", valid.clone()),
        ("empty-body-sr", valid.clone()),
        ("empty-body-ss", valid.clone()),
        ("no-final-line-end-rr", valid.clone()),
        ("no-final-line-end-rs", valid.clone()),
        ("no-final-line-end-sr", valid.clone()),
        ("no-final-line-end-ss", valid.clone()),
        ("like-meta", valid.clone()),
        ("ed25519", valid.clone()),
        ("from-subdomain", valid.clone()),
        ("identity-of-subdomain", valid.clone()),
        ("oversigned", valid.clone()),
        ("not-yet-expired", valid.clone()),
        ("second-of-two", valid.clone()),
        ("broken-and-valid", valid.clone()),
        ("eight-bit", valid.clone()),
        ("headers-added", valid.clone()),
        ("lf-rr", valid.clone()),
        ("lf-ss", valid.clone()),
        ("white-space-changed-rr", valid.clone()),
        // Signed by somebody who looks like Meta: valid for himself. That he is not Meta is for `prove`.
        ("look-alike-suffix", valid.clone()),
        ("look-alike-digits", valid.clone()),
        ("display-name", valid.clone()),
        ("white-space-changed-ss", invalid(Fault::HeadersChanged)),
        ("body-changed", invalid(Fault::BodyChanged)),
        ("body-continued", invalid(Fault::BodyChanged)),
        ("subject-changed", invalid(Fault::HeadersChanged)),
        ("to-added-above", invalid(Fault::Added("To"))),
        ("to-added-below", invalid(Fault::Added("To"))),
        ("subject-added-above", invalid(Fault::Added("Subject"))),
        ("subject-added-below", invalid(Fault::Added("Subject"))),
        ("date-added-above", invalid(Fault::Added("Date"))),
        ("date-added-below", invalid(Fault::Added("Date"))),
        ("content-type-added-above", invalid(Fault::Added("Content-Type"))),
        ("content-type-added-below", invalid(Fault::Added("Content-Type"))),
        ("oversigned-and-added", invalid(Fault::HeadersChanged)),
        ("to-not-signed", invalid(Fault::NotSigned("To"))),
        ("subject-not-signed", invalid(Fault::NotSigned("Subject"))),
        ("date-not-signed", invalid(Fault::NotSigned("Date"))),
        ("part-of-body", invalid(Fault::PartOfBody)),
        ("part-of-body-continued", invalid(Fault::PartOfBody)),
        ("strict-identity-of-subdomain", invalid(Fault::KeyIsStrict)),
        ("sha1", invalid(Fault::Algorithm("rsa-sha1".to_owned()))),
        ("key-test768", invalid(Fault::KeyTooShort)),
        ("key-sha1only", invalid(Fault::KeyForbidsHash)),
        ("key-testing", invalid(Fault::KeyBeingTested)),
        ("key-revoked", invalid(Fault::KeyRevoked)),
        ("key-gone", invalid(Fault::NoKey)),
        ("unaligned", invalid(Fault::NotAligned)),
        ("expired", valid),
        // Not exactly one From address: no signature is looked at.
        ("from-added-above", None),
        ("from-added-below", None),
        ("two-addresses", None),
        ("unsigned", None),
    ];
    let dns = Dns::of_the_fixtures();
    for (name, wanted) in &expected {
        assert_eq!(outcome(&fixture(name), &dns), *wanted, "{name}");
    }

    let dkimpy: BTreeMap<String, bool> = json("dkimpy.json");
    let named: Vec<&str> = expected.iter().map(|(name, _)| *name).collect();
    assert_eq!(dkimpy.keys().filter(|name| !named.contains(&name.as_str())).collect::<Vec<_>>(), Vec::<&String>::new());
    for (name, wanted) in &expected {
        let looser = *wanted == Some(Outcome::Valid) && !dkimpy[*name];
        assert!(!looser, "{name}: dkimpy does not accept what we do");
    }
}

#[test]
fn expiry_counts_against_the_time_of_receipt() {
    let dns = Dns::of_the_fixtures();
    let at = |name: &str, received: &str| {
        verify(&fixture(name), &dns, received.parse().unwrap()).signatures[0].outcome.clone()
    };
    // Made at 08:00:00, expires one second later.
    assert_eq!(at("expired", "2025-06-02T08:00:01Z"), Outcome::Valid);
    assert_eq!(at("expired", "2025-06-02T08:00:02Z"), Outcome::Invalid(Fault::Expired));
    // Received long before it was made; an hour of skew is forgiven.
    assert_eq!(at("rr", "2025-06-02T07:00:00Z"), Outcome::Valid);
    assert_eq!(at("rr", "2025-06-02T06:59:59Z"), Outcome::Invalid(Fault::FromTheFuture));
    assert_eq!(at("rr", "2030-01-01T00:00:00Z"), Outcome::Valid);
}

#[test]
fn a_stored_key_verifies_without_dns() {
    let mail = fixture("like-meta");
    let seen = verify(&mail, &Dns::of_the_fixtures(), received_at());
    assert!(seen.is_valid());
    let name = "test1024._domainkey.facebookmail.com".to_owned();
    let txt = json::<String>("keys.json")[&name].clone();
    assert_eq!(seen.keys, [KeyRecord { name, txt, seen_at: received_at() }]);

    let stored: StoredKeys = seen.keys.into_iter().collect();
    assert!(verify(&mail, &stored, received_at()).is_valid());
    let other = verify(&fixture("rr"), &stored, received_at());
    assert_eq!((other.is_valid(), other.worth_another_try()), (false, true));
}

#[test]
fn dns_is_not_asked_for_what_the_mail_itself_contradicts() {
    struct Refusing;
    impl KeyLookup for Refusing {
        fn txt(&self, name: &str) -> Lookup {
            panic!("{name} was asked for")
        }
    }
    for name in [
        "body-changed",
        "subject-added-above",
        "expired",
        "to-not-signed",
        "part-of-body",
        "unaligned",
        "sha1",
        "two-addresses",
    ] {
        let later = "2025-06-03T08:00:00Z".parse().unwrap();
        assert!(!verify(&fixture(name), &Refusing, later).is_valid(), "{name}");
    }
}

#[test]
fn a_key_that_cannot_be_had_is_worth_another_try() {
    let report = verify(&fixture("rr"), &NoKeys, received_at());
    assert_eq!(report.signatures[0].outcome, Outcome::Unavailable("DNS is not asked".to_owned()));
    assert!(report.worth_another_try());
    assert!(!verify(&fixture("key-gone"), &Dns::of_the_fixtures(), received_at()).worth_another_try());
}

#[test]
fn only_a_few_signatures_are_tried() {
    struct Counting(std::cell::Cell<usize>);
    impl KeyLookup for Counting {
        fn txt(&self, _: &str) -> Lookup {
            self.0.set(self.0.get() + 1);
            Lookup::Missing
        }
    }
    let mail = fixture("rr");
    let header_end = mail.windows(11).position(|window| window == b"X-Synthetic").unwrap();
    let mut many = mail[..header_end].repeat(1_000);
    many.extend_from_slice(&mail);
    let counting = Counting(std::cell::Cell::new(0));
    let report = verify(&many, &counting, received_at());
    assert_eq!(counting.0.get(), 5);
    assert_eq!(report.signatures[5].outcome, Outcome::Invalid(Fault::NotTried));
    assert_eq!(report.signatures.len(), 50);
}

#[test]
fn the_tests_own_signer_is_understood() {
    let meta = Domain::new("facebookmail.com");
    let mail = "X-Synthetic: yes, made for the confirmd test corpus\nFrom: Facebook <x@facebookmail.com>\nTo: anna@example.org\n\
                Subject: one\n two\nDate: Mon, 2 Jun 2025 10:00:00 +0200\n\n Hi \t Anna, \n\n\nline\n\n\n";
    for body in [Body::Simple, Body::Relaxed] {
        for content in [
            mail,
            &mail.replace("line\n\n\n", "line"),
            "From: x@facebookmail.com\nTo: a@example.org\nSubject: x\nDate: x\n\n",
        ] {
            let signed = meta.sign(content.as_bytes(), body);
            assert_eq!(outcome(&signed, &Dns::of(&meta)), Some(Outcome::Valid), "{body:?} {content:?}");
            let changed = [signed.as_slice(), b"more\r\n"].concat();
            assert_eq!(outcome(&changed, &Dns::of(&meta)), invalid(Fault::BodyChanged), "{body:?}");
            let stranger = Domain::new("facebookmail.com");
            assert_eq!(outcome(&signed, &Dns::of(&stranger)), invalid(Fault::HeadersChanged), "{body:?}");
        }
    }
}

#[test]
fn a_large_mail_is_verified_quickly() {
    let meta = Domain::new("facebookmail.com");
    let head = "X-Synthetic: yes, made for the confirmd test corpus\r\nFrom: x@facebookmail.com\r\nTo: a@example.org\r\nSubject: x\r\nDate: x\r\n\r\n";
    let mail = head.to_owned() + &"A line of a long mail, as long as they are.\r\n".repeat(200_000);
    let signed = meta.sign(mail.as_bytes(), Body::Relaxed);
    let started = std::time::Instant::now();
    assert_eq!(outcome(&signed, &Dns::of(&meta)), Some(Outcome::Valid));
    assert!(started.elapsed() < std::time::Duration::from_secs(20), "{:?} for 9 MB", started.elapsed());
}
