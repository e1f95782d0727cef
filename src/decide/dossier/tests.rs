use std::collections::BTreeSet;

use jiff::civil::date;

use super::*;
use crate::decide::template::gaps;
use crate::decide::timeline::{Arrival, What};
use crate::model::account::Platform;
use crate::model::attribution::Basis;
use crate::model::objection::Via;
use crate::model::proof::{Check, KeyRecord, Proof};
use crate::model::status::{Facts, Heard, Policy, Severity, State, status_at};

const NOW: &str = "2025-06-24T12:00:00+02:00[Europe/Berlin]";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn part(heard: Option<(Kind, Basis)>, through: Option<&str>) -> AccountPart {
    let now: ZonedDateTime = NOW.parse().unwrap();
    let objection = Some(Objection { on: date(2025, 5, 20), via: Via::Web });
    let through = through.map(|id| AccountId(id.to_owned()));
    let heard: Vec<Heard> = heard
        .into_iter()
        .map(|(kind, basis)| Heard {
            message: MessageNumber(3),
            kind,
            received_at: at("2025-05-22T08:00:00Z"),
            basis,
            through: through.clone(),
        })
        .collect();
    let arrivals = heard.iter().map(|heard| Entry {
        at: heard.received_at,
        on: date(2025, 5, 22),
        what: What::Message(Arrival {
            number: heard.message,
            kind: heard.kind,
            basis: heard.basis,
            proof: Some(Proof::Dkim),
            through: heard.through.clone(),
            unread: false,
        }),
    });
    let objected = Entry { at: at("2025-05-19T22:00:00Z"), on: date(2025, 5, 20), what: What::Objected(Via::Web) };
    let timeline = [objected].into_iter().chain(arrivals).collect();
    let facts = Facts { objection, heard: heard.clone(), confirmed_by_hand: Vec::new() };
    let status = status_at(&facts, Some(now.timestamp()), &Policy::default(), &now);
    let account = Account {
        id: AccountId("anna-facebook".to_owned()),
        platform: Platform::Facebook,
        handle: Some("anna.muster".to_owned()),
        display_name: Some("Anna <Muster>".to_owned()),
        emails: vec!["anna@example.org".to_owned()],
        accounts_centre: None,
        objection: None,
    };
    AccountPart { account, objection, status, timeline }
}

fn message() -> MessagePart {
    let key = KeyRecord {
        name: "s1024._domainkey.facebookmail.com".to_owned(),
        txt: "p=".to_owned(),
        seen_at: at("2025-05-22T08:01:00Z"),
    };
    MessagePart {
        number: MessageNumber(3),
        file: Some("messages/0003.eml".to_owned()),
        size: 1234,
        sha256: Some("0".repeat(64)),
        kind: Kind::Honoured,
        accounts: vec![AccountId("anna-facebook".to_owned())],
        review: None,
        vouched: false,
        proof: SenderProof {
            proof: Some(Proof::Dkim),
            domain: Some("facebookmail.com".to_owned()),
            checks: vec![Check { what: "DKIM-Signature".to_owned(), outcome: "valid".to_owned(), proves: true }],
            keys: vec![key],
            retry: false,
        },
        from: "\"><script>alert(1)</script> <x@facebookmail.com>".to_owned(),
        to: "anna@example.org".to_owned(),
        subject: "</title><img src=http://evil.example/x.png onerror=alert(1)> {style}\u{202e}".to_owned(),
        received_at: at("2025-05-22T08:00:00Z"),
        text: Some(Text {
            own: "Hallo Anna,\n\nwir werden <b>nachkommen</b>,\nwie versprochen.".to_owned(),
            quoted: "</div></body><iframe src='//evil.example'>".to_owned(),
        }),
        unread: None,
    }
}

fn dossier(accounts: Vec<AccountPart>, messages: Vec<MessagePart>) -> Dossier {
    let made_at: ZonedDateTime = NOW.parse().unwrap();
    let read_until = Some(made_at.timestamp());
    Dossier { made_at, made_by: "confirmd 0.1.0".to_owned(), read_until, watches: true, accounts, messages }
}

#[test]
fn what_a_mail_says_stays_text() {
    let page = page(Lang::De, &dossier(vec![part(Some((Kind::Honoured, Basis::Message)), None)], vec![message()]));
    let tags: BTreeSet<&str> =
        page.split('<').skip(1).filter_map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric()).next()).collect();
    for tag in ["script", "img", "iframe", "link", "object", "form", "svg", "b"] {
        assert!(!tags.contains(tag), "<{tag}> in {page}");
    }
    assert_eq!(page.matches("</title>").count(), 1);
    assert_eq!(page.matches("<body>").count(), 1);
    assert!(page.contains("&lt;img src=http://evil.example/x.png onerror=alert(1)&gt; {style}\\u{202e}"), "{page}");
    assert!(page.contains("<p dir=\"auto\">wir werden &lt;b&gt;nachkommen&lt;/b&gt;, wie versprochen.</p>"), "{page}");
    let policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
    assert!(page.contains(&format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">")));
    // Links lead to places in the page only, and the style loads nothing.
    assert!(page.match_indices("href=").all(|(place, _)| page[place..].starts_with("href=\"#message-3\"")));
    assert!(!page.contains("url(") && !page.contains("@import"));
}

#[test]
fn a_page_is_well_formed() {
    let parts = vec![part(None, None), part(Some((Kind::Refused, Basis::Message)), None)];
    for lang in Lang::ALL {
        let page = page(*lang, &dossier(parts.clone(), vec![message()]));
        let mut open: Vec<&str> = Vec::new();
        for tag in page.split('<').skip(1) {
            let name = tag.split(['>', ' ', '\n']).next().unwrap_or_default();
            match name.strip_prefix('/') {
                Some(name) => assert_eq!(open.pop(), Some(name)),
                None if matches!(name, "!doctype" | "meta") => {}
                None => open.push(name),
            }
        }
        assert_eq!(open, Vec::<&str>::new());
    }
}

#[test]
fn every_state_is_said_in_a_sentence() {
    let says = |part: AccountPart, sentence: &str| {
        let page = page(Lang::De, &dossier(vec![part], Vec::new()));
        assert!(page.contains(&format!("<p>{sentence}</p>")), "{sentence}\n{page}");
    };
    says(
        part(None, None),
        "Bis zum Ende der Frist am 20. Juni 2025 und seither ist keine Bestätigung von Meta eingegangen (Postfächer \
         vollständig gelesen bis 24. Juni 2025).",
    );
    says(part(Some((Kind::Honoured, Basis::Message)), None), "Meta hat den Widerspruch am 22. Mai 2025 bestätigt.");
    says(
        part(Some((Kind::Honoured, Basis::AccountsCentre)), Some("anna-instagram")),
        "Meta hat den Widerspruch am 22. Mai 2025 bestätigt. Die Bestätigung ging an das Konto anna-instagram und gilt nach \
         ihrem Wortlaut auch für die anderen Konten in derselben Kontenübersicht. Dass dieses Konto dazugehört, ist eine \
         eigene Angabe.",
    );
    says(part(Some((Kind::Refused, Basis::Message)), None), "Meta hat den Widerspruch abgelehnt.");
    says(
        part(Some((Kind::InfoRequest, Basis::Message)), None),
        "Meta hat um weitere Angaben gebeten. Eine Entscheidung liegt nicht vor.",
    );
}

#[test]
fn the_end_of_the_month_stands_in_the_timeline_unless_meta_confirmed_before() {
    let shows =
        |part: AccountPart| page(Lang::En, &dossier(vec![part], Vec::new())).contains("The period of Art. 12(3)");
    assert!(shows(part(None, None)));
    assert!(shows(part(Some((Kind::Refused, Basis::Message)), None)));
    assert!(!shows(part(Some((Kind::Honoured, Basis::Message)), None)));
}

#[test]
fn a_proof_is_explained_as_what_it_is() {
    let base = message();
    let with = |proof: Option<Proof>, change: fn(&mut MessagePart)| {
        let mut part = message();
        part.proof.proof = proof;
        change(&mut part);
        page(Lang::En, &dossier(Vec::new(), vec![part]))
    };
    assert!(base.review.is_none());
    let cases = [
        (with(Some(Proof::Dkim), |_| {}), "offers on the internet, fetched on 22 May 2025."),
        (with(Some(Proof::Dkim), |part| part.proof.keys.clear()), "That key was not kept."),
        (with(Some(Proof::Authserv), |_| {}), "it is the provider&#39;s word and cannot be recalculated afterwards"),
        (with(None, |_| {}), "Nothing proves that this message comes from Meta."),
        (with(None, |part| part.vouched = true), "the person vouches for it"),
        (with(None, |part| part.review = Some(Reason::UnprovenSender)), "does not count: its sender is not proven."),
        (with(None, |part| part.review = Some(Reason::UnprovenSender)), "<h3>Message 3 (does not count)</h3>"),
        (
            with(Some(Proof::Dkim), |part| part.review = Some(Reason::Contradicts)),
            "<h3>Message 3: Meta confirms that it will honour the objection.</h3>",
        ),
        (
            with(None, |part| part.unread = Some("30 MB, more than limits.message".to_owned())),
            "only a few header lines: 30 MB, more than limits.message.",
        ),
    ];
    for (page, words) in cases {
        assert!(page.contains(words), "{words}\n{page}");
    }
}

#[test]
fn a_huge_text_is_cut_and_says_so() {
    let mut part = message();
    part.text = Some(Text { own: "Wort ".repeat(1_000_000), quoted: "zitiert".to_owned() });
    let page = page(Lang::De, &dossier(Vec::new(), vec![part]));
    assert!(page.len() < 60_000, "{}", page.len());
    assert!(page.contains("Hier gekürzt. Der vollständige Text steht in der beiliegenden Datei."));
}

#[test]
fn sentences_address_nobody() {
    let noticed = |to: &str, severity| What::Noticed(Some("pending".to_owned()), to.to_owned(), severity);
    let cases = [
        (What::Objected(Via::App), "Widerspruch nach Art. 21 DSGVO, in der App."),
        (
            What::Doubtful(MessageNumber(4), Kind::Honoured, Reason::UnprovenSender),
            "Eine Nachricht trifft ein, die nicht mitzählt (ihr Absender ist nicht bewiesen). Sie liest sich so: Meta \
             bestätigt, dem Widerspruch nachzukommen.",
        ),
        (noticed("overdue", Severity::Critical), "confirmd hält den Stand fest: Frist ohne Bestätigung abgelaufen."),
        (noticed("of_tomorrow", Severity::Ok), "confirmd hält den Stand fest: of_tomorrow."),
    ];
    for (what, german) in cases {
        assert_eq!(sentence(Lang::De, &what), german);
    }
}

#[test]
fn both_languages_have_the_same_texts_with_the_same_gaps_and_all_are_used() {
    let texts = |lang| Words::new(lang, TimeZone::UTC).texts;
    let (de, en) = (texts(Lang::De), texts(Lang::En));
    assert_eq!(de.names().collect::<Vec<_>>(), en.names().collect::<Vec<_>>());
    let code = [include_str!("mod.rs"), include_str!("account.rs"), include_str!("message.rs")].concat();
    for name in de.names() {
        let of = |texts: &Texts| gaps(&texts.get(name)).iter().map(|gap| (*gap).to_owned()).collect::<BTreeSet<_>>();
        assert_eq!(of(&de), of(&en), "{name}");
        assert!(code.contains(&format!("\"{name}\"")), "{name} is not used");
    }
    for state in State::ALL {
        assert!(code.contains(&format!("\"word_{state}\"")), "{state}");
    }
}
