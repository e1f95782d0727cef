//! What one mail costs before it is recorded, and what a table of 500 accounts costs. Nothing here reads a file or asks anybody while it is measured.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::PathBuf;

use confirmd::decide::attribute::attribute;
use confirmd::decide::overview::{Judged, Known, overview};
use confirmd::mail::redact::redact;
use confirmd::mail::proof::{KeyLookup, Lookup, verify};
use confirmd::mail::{identity, parse};
use confirmd::model::account::{Account, AccountId, Platform};
use confirmd::model::attribution::{Attributed, Basis};
use confirmd::model::kind::Kind;
use confirmd::model::mailbox::{Health, MailboxName};
use confirmd::model::objection::{Objection, Via};
use confirmd::model::proof::Proof;
use confirmd::model::status::Policy;
use confirmd::rules::{RuleSet, recognise};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::TimeZone;

fn file(path: &str) -> Vec<u8> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    std::fs::read(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A newsletter of Meta's kind: 50 kB of HTML in quoted-printable beside a little plain text.
fn newsletter() -> Vec<u8> {
    let row = "<tr><td style=3D\"padding:0 8px;font:14px Arial\">Anna and five others have commented on a photo =\r\n\
               of the garden</td></tr>\r\n";
    format!(
        "X-Synthetic: yes, made for the confirmd benchmarks\r\nFrom: Facebook <notification@facebookmail.com>\r\n\
         To: anna@example.org\r\nSubject: news\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nAnna has commented on a photo.\r\n\
         --b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
         <html><body><table>{}</table></body></html>\r\n--b--\r\n",
        row.repeat(50_000 / row.len())
    )
    .into_bytes()
}

struct Keys(BTreeMap<String, String>);

impl KeyLookup for Keys {
    fn txt(&self, name: &str) -> Lookup {
        let found = self.0.get(name);
        found.map_or(Lookup::Missing, |txt| Lookup::Found { txt: txt.clone(), seen_at: Timestamp::UNIX_EPOCH })
    }
}

/// The records of the fixtures: `"name": "record",` on each line.
fn keys() -> Keys {
    let text = String::from_utf8(file("tests/fixtures/dkim/keys.json")).unwrap_or_default();
    let record = |line: &str| {
        let mut parts = line.split('"');
        Some((parts.nth(1)?.to_owned(), parts.nth(1)?.to_owned()))
    };
    Keys(text.lines().filter_map(record).collect())
}

fn account(number: usize) -> Account {
    Account {
        id: AccountId(format!("client-{number}")),
        platform: if number % 2 == 0 { Platform::Facebook } else { Platform::Instagram },
        handle: Some(format!("client.{number}")),
        display_name: Some(format!("Client Number {number}")),
        emails: vec![format!("client{number}@example.org")],
        accounts_centre: Some(format!("client-{}", number / 2)),
        objection: Some(Objection { on: date(2025, 5, 20), via: Via::Web }),
    }
}

fn mails(c: &mut Criterion) {
    let rules = RuleSet::parse(RuleSet::shipped()).unwrap_or_else(|errors| panic!("{errors:?}"));
    let accounts: Vec<Account> = (0..500).map(account).collect();
    let mut own = vec![Account { emails: vec!["anna@example.org".to_owned()], ..account(0) }];
    own.extend((1..4).map(account));
    let confirmation = file("tests/corpus/de/honoured/facebook.eml");
    let newsletter = newsletter();
    let both = [("a confirmation", &confirmation), ("a newsletter of 50 kB", &newsletter)];
    let mut group = c.benchmark_group("mail");
    for (name, raw) in both {
        group.throughput(Throughput::Bytes(raw.len() as u64));
        group.bench_function(format!("parse: {name}"), |b| b.iter(|| parse(black_box(raw))));
        group.bench_function(format!("identity: {name}"), |b| b.iter(|| identity(black_box(raw))));
        let Ok(message) = parse(raw) else { continue };
        group.bench_function(format!("recognise: {name}"), |b| b.iter(|| recognise(&rules, black_box(&message), true)));
        let Some(recognition) = recognise(&rules, &message, true).recognition else { continue };
        for (of, accounts) in [("4 accounts", &own), ("500 accounts", &accounts)] {
            group.bench_function(format!("attribute among {of}: {name}"), |b| {
                b.iter(|| attribute(black_box(&message), &recognition, Some(Platform::Facebook), accounts))
            });
        }
    }
    let (keys, at) = (keys(), Timestamp::from_second(1_750_000_000).unwrap_or(Timestamp::UNIX_EPOCH));
    for name in ["like-meta", "key-testing", "ed25519"] {
        let raw = file(&format!("tests/fixtures/dkim/{name}.eml"));
        group.throughput(Throughput::Bytes(raw.len() as u64));
        group.bench_function(format!("verify DKIM: {name}"), |b| b.iter(|| verify(black_box(&raw), &keys, at)));
    }
    group.finish();
    c.bench_function("rules: read all that are shipped", |b| b.iter(|| RuleSet::parse(black_box(RuleSet::shipped()))));
}

/// Texts that make a careless search look at everything again and again, each in three sizes: the throughput of a line must not
/// fall with its size.
fn redaction(c: &mut Criterion) {
    let rules = RuleSet::parse(RuleSet::shipped()).unwrap_or_else(|errors| panic!("{errors:?}"));
    let mut group = c.benchmark_group("redact");
    group.sample_size(10);
    for piece in ["Ruby ", "a@", "1 ", "<b>", "&#82;", "https://", "\u{ad}"] {
        for size in [10_000, 40_000, 160_000] {
            let text = piece.repeat(size / piece.len());
            let raw = format!("To: Ruby <ruby@example.com>\nContent-Type: text/html; charset=utf-8\n\n{text}\n");
            group.throughput(Throughput::Bytes(raw.len() as u64));
            group.bench_function(format!("{size} bytes of {piece:?}"), |b| b.iter(|| redact(black_box(raw.as_bytes()), &rules)));
        }
    }
    group.finish();
}

/// 500 accounts in 200 mailboxes, 20 messages for each account.
fn tables(c: &mut Criterion) {
    let accounts: Vec<Account> = (0..500).map(account).collect();
    let received_at = Timestamp::from_second(1_748_000_000).unwrap_or(Timestamp::UNIX_EPOCH);
    let judged = |number: usize| Judged {
        number: confirmd::model::status::MessageNumber(number as i64 + 1),
        kind: if number % 20 == 19 { Kind::Honoured } else { Kind::Receipt },
        proof: Some(Proof::Dkim),
        accounts: vec![Attributed { account: accounts[number % 500].id.clone(), basis: Basis::Message, through: None }],
        review: None,
        candidates: Vec::new(),
        settled: false,
        from: "Facebook <case@support.facebook.com>".to_owned(),
        subject: "Your objection".to_owned(),
        received_at,
    };
    let health = Health { last_complete: Some(received_at), ..Health::default() };
    let known = Known {
        objections: accounts.iter().filter_map(|account| Some((account.id.clone(), account.objection?))).collect(),
        messages: (0..10_000).map(judged).collect(),
        mailboxes: (0..200).map(|number| (MailboxName(format!("box-{number}")), health.clone())).collect(),
        accounts,
        confirmed_by_hand: Vec::new(),
    };
    let now = Timestamp::from_second(1_750_000_000).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned_datetime(TimeZone::UTC);
    let policy = Policy::default();
    c.bench_function("overview of 500 accounts, 10,000 messages, 200 mailboxes", |b| {
        b.iter(|| overview(black_box(&known), &policy, &now))
    });
}

criterion_group!(benches, mails, redaction, tables);
criterion_main!(benches);
