//! Attribution by case: which accounts there are, what the mail says, what comes of it.

use super::*;
use crate::model::message::{Address, Link};
use crate::model::recognition::Captured;

fn account(id: &str, platform: Platform, handle: &str, name: &str, emails: &[&str]) -> Account {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Account {
        id: AccountId(id.to_owned()),
        platform,
        handle: some(handle),
        display_name: some(name),
        emails: emails.iter().map(|email| (*email).to_owned()).collect(),
        accounts_centre: None,
        objection: None,
    }
}

fn to(addresses: &[&str]) -> Message {
    let to = addresses.iter().map(|addr| Address { name: String::new(), addr: (*addr).to_owned() }).collect();
    Message { to, ..Message::default() }
}

fn honoured() -> Recognition {
    Recognition {
        kind: Kind::Honoured,
        rule: Some("en-honoured".to_owned()),
        language: "en".to_owned(),
        covers_accounts_centre: false,
        foreign_link: None,
        captured: Captured::default(),
        evidence: Vec::new(),
    }
}

/// `anna-facebook` for one account, `anna-facebook via accounts_centre` for a linked one, `ambiguous: a b`, `no_account: `.
fn outcome(message: &Message, recognition: &Recognition, platform: Option<Platform>, accounts: &[Account]) -> String {
    let attribution = attribute(message, recognition, platform, accounts);
    let ids = |ids: &[AccountId]| ids.iter().map(AccountId::as_str).collect::<Vec<_>>().join(" ");
    match attribution.review {
        Some(reason) => format!("{reason}: {}", ids(&attribution.candidates)),
        None => {
            let each = attribution.accounts.iter().map(|counted| match counted.basis {
                Basis::Message => counted.account.to_string(),
                Basis::AccountsCentre | Basis::User => format!("{} via {}", counted.account, counted.basis),
            });
            each.collect::<Vec<_>>().join(", ")
        }
    }
}

const FB: Option<Platform> = Some(Platform::Facebook);
const IG: Option<Platform> = Some(Platform::Instagram);

fn anna() -> Vec<Account> {
    vec![
        account("anna-facebook", Platform::Facebook, "anna.muster", "Anna Muster", &["anna@example.org"]),
        account("anna-instagram", Platform::Instagram, "anna.ig", "", &["anna@example.org"]),
        account("otto", Platform::Facebook, "otto.m", "Otto Muster", &["otto@example.org", "otto@example.com"]),
    ]
}

#[test]
fn the_address_and_the_platform_decide_where_they_can() {
    let accounts = anna();
    let cases = [
        (to(&["anna@example.org"]), FB, "anna-facebook"),
        (to(&["ANNA@Example.org"]), IG, "anna-instagram"),
        (to(&["anna@example.org"]), None, "ambiguous: anna-facebook anna-instagram"),
        (to(&["otto@example.com"]), FB, "otto"),
        (to(&["otto@example.org"]), IG, "no_account: otto"),
        (to(&["somebody@example.net"]), FB, "no_account: "),
        (to(&["otto@example.org", "otto@example.com"]), FB, "otto"),
        (to(&["anna@example.org", "otto@example.org"]), FB, "ambiguous: anna-facebook anna-instagram otto"),
        (to(&["anna@example.org", "somebody@example.net"]), FB, "anna-facebook"),
    ];
    for (message, platform, expected) in cases {
        assert_eq!(outcome(&message, &honoured(), platform, &accounts), expected, "{:?}", message.to);
    }
}

#[test]
fn a_to_that_names_only_others_is_a_replay_whatever_the_delivery_headers_say() {
    let accounts = anna();
    let mut replay = to(&["victim@example.net"]);
    replay.delivered_to = vec!["anna@example.org".to_owned()];
    replay.cc = vec![Address { name: String::new(), addr: "anna@example.org".to_owned() }];
    assert_eq!(outcome(&replay, &honoured(), FB, &accounts), "no_account: ");
    let mut undisclosed = to(&[]);
    undisclosed.delivered_to = vec!["anna@example.org".to_owned()];
    assert_eq!(outcome(&undisclosed, &honoured(), FB, &accounts), "anna-facebook");
    assert_eq!(outcome(&to(&[]), &honoured(), FB, &accounts), "no_account: ");
}

#[test]
fn a_mail_to_two_accounts_addresses_is_ambiguous_also_by_cc() {
    let accounts = anna();
    let mut both = to(&["anna@example.org"]);
    both.cc = vec![Address { name: String::new(), addr: "otto@example.org".to_owned() }];
    assert_eq!(outcome(&both, &honoured(), FB, &accounts), "ambiguous: anna-facebook anna-instagram otto");
}

fn two_instagrams() -> Vec<Account> {
    vec![
        account("art", Platform::Instagram, "anna.paints", "Anna Muster", &["anna@example.org"]),
        account("private", Platform::Instagram, "anna.m", "Anna Muster", &["anna@example.org"]),
    ]
}

#[test]
fn names_in_the_mail_decide_between_two_accounts_of_one_address() {
    let accounts = two_instagrams();
    let message = to(&["anna@example.org"]);
    let with = |change: fn(&mut Captured)| {
        let mut recognition = honoured();
        change(&mut recognition.captured);
        outcome(&message, &recognition, IG, &accounts)
    };
    assert_eq!(with(|_| ()), "ambiguous: art private");
    assert_eq!(with(|captured| captured.intended_for = Some("anna.m".to_owned())), "private");
    assert_eq!(with(|captured| captured.greeting = Some("Anna.Paints".to_owned())), "art");
    assert_eq!(with(|captured| captured.greeting = Some("Anna".to_owned())), "ambiguous: art private");
    assert_eq!(
        with(|captured| captured.intended_for = Some("somebody.else".to_owned())),
        "no_account: art private",
        "an account that is not declared"
    );
    assert_eq!(
        with(|captured| {
            captured.intended_for = Some("anna.m".to_owned());
            captured.greeting = Some("anna.paints".to_owned());
        }),
        "ambiguous: art private",
        "two names that contradict each other"
    );
}

#[test]
fn names_that_contradict_the_only_account_go_to_review() {
    let accounts = anna();
    let named = |name: &str| {
        let mut message = to(&["anna@example.org"]);
        message.to[0].name = name.to_owned();
        outcome(&message, &honoured(), FB, &accounts)
    };
    assert_eq!(named("Anna Muster"), "anna-facebook");
    assert_eq!(named("ANNA"), "anna-facebook");
    assert_eq!(named("anna@example.org"), "anna-facebook");
    assert_eq!(named("Ruby Tuesday"), "no_account: anna-facebook");
    let mut recognition = honoured();
    recognition.captured.greeting = Some("Ruby".to_owned());
    assert_eq!(outcome(&to(&["anna@example.org"]), &recognition, FB, &accounts), "no_account: anna-facebook");
}

#[test]
fn an_address_inside_the_mail_that_is_not_the_accounts_rules_it_out() {
    let accounts = anna();
    let mut message = to(&["anna@example.org"]);
    let link =
        |address: &str| Link { host: "www.facebook.com".to_owned(), recipient: Some(address.to_owned()), form: None };
    message.links = vec![link("anna@example.org")];
    assert_eq!(outcome(&message, &honoured(), FB, &accounts), "anna-facebook");
    message.links = vec![link("victim@example.net")];
    assert_eq!(outcome(&message, &honoured(), FB, &accounts), "no_account: anna-facebook");
}

#[test]
fn the_accounts_centre_is_confirmed_only_where_the_message_says_so() {
    let mut accounts = anna();
    accounts[0].accounts_centre = Some("anna".to_owned());
    accounts[1].accounts_centre = Some("anna".to_owned());
    let message = to(&["anna@example.org"]);
    assert_eq!(outcome(&message, &honoured(), FB, &accounts), "anna-facebook");
    let mut covers = honoured();
    covers.covers_accounts_centre = true;
    assert_eq!(outcome(&message, &covers, FB, &accounts), "anna-facebook, anna-instagram via accounts_centre");
    assert_eq!(
        outcome(&message, &covers, None, &accounts),
        "anna-facebook via accounts_centre, anna-instagram via accounts_centre",
        "it was for one of the two and holds for both"
    );
    covers.kind = Kind::Refused;
    assert_eq!(outcome(&message, &covers, FB, &accounts), "anna-facebook", "only a confirmation spreads");
}

#[test]
fn the_third_party_form_takes_mails_from_every_sender_and_threads_follows_instagram() {
    let none = vec![account("form", Platform::None, "", "Anna Muster", &["anna@example.org"])];
    let threads = vec![account("threads", Platform::Threads, "anna.m", "", &["anna@example.org"])];
    let message = to(&["anna@example.org"]);
    for platform in [FB, IG, None] {
        assert_eq!(outcome(&message, &honoured(), platform, &none), "form");
    }
    assert_eq!(outcome(&message, &honoured(), IG, &threads), "threads");
    assert_eq!(outcome(&message, &honoured(), FB, &threads), "no_account: threads");
}

#[test]
fn a_catch_all_domain_takes_every_address_that_nobody_else_names() {
    let accounts = vec![
        account("all", Platform::Facebook, "", "", &["*@example.org"]),
        account("otto", Platform::Facebook, "", "", &["otto@example.org"]),
        account("umlaut", Platform::Facebook, "", "", &["*@exämple.com"]),
    ];
    let cases: &[(&[&str], &str)] = &[
        (&["meta@example.org"], "all"),
        (&["META+2@Example.ORG"], "all"),
        (&["otto@example.org"], "otto"),
        (&["Otto@EXAMPLE.org"], "otto"),
        (&["otto+meta@example.org"], "all"),
        (&["meta@example.org", "facebook@example.org"], "all"),
        (&["meta@example.org", "otto@example.org"], "ambiguous: all otto"),
        (&["meta@xn--exmple-cua.com"], "umlaut"),
        (&["meta@exämple.com"], "umlaut"),
        (&["meta@mail.example.org"], "no_account: "),
        (&["meta@notexample.org"], "no_account: "),
        (&["meta@example.com"], "no_account: "),
    ];
    for (addresses, expected) in cases {
        assert_eq!(outcome(&to(addresses), &honoured(), FB, &accounts), *expected, "{addresses:?}");
    }
}

#[test]
fn two_accounts_of_one_catch_all_domain_are_told_apart_by_what_the_mail_says() {
    let mut accounts = two_instagrams();
    for account in &mut accounts {
        account.emails = vec!["*@example.org".to_owned()];
    }
    let message = to(&["meta@example.org"]);
    assert_eq!(outcome(&message, &honoured(), IG, &accounts), "ambiguous: art private");
    let mut recognition = honoured();
    recognition.captured.intended_for = Some("anna.m".to_owned());
    assert_eq!(outcome(&message, &recognition, IG, &accounts), "private");
}

#[test]
fn an_address_in_a_link_within_a_catch_all_domain_rules_nothing_out() {
    let accounts = vec![
        account("all", Platform::Facebook, "", "", &["*@example.org"]),
        account("otto", Platform::Facebook, "", "", &["otto@example.org"]),
    ];
    let cases =
        [("fb@example.org", "all"), ("otto@example.org", "no_account: all"), ("fb@example.net", "no_account: all")];
    for (address, expected) in cases {
        let mut message = to(&["meta@example.org"]);
        message.links =
            vec![Link { host: "www.facebook.com".to_owned(), recipient: Some(address.to_owned()), form: None }];
        assert_eq!(outcome(&message, &honoured(), FB, &accounts), expected, "{address}");
    }
}

/// Two accounts of one platform with an address in common: every hint can name either.
fn two_of_everything() -> Vec<Account> {
    vec![
        account("art", Platform::Facebook, "anna.paints", "Anna Muster", &["shared@example.org", "art@example.org"]),
        account("otto", Platform::Facebook, "otto.m", "Otto Beispiel", &["shared@example.org", "otto@example.org"]),
    ]
}

/// Has one hint name the first account, or the second.
fn naming(hint: &str, second: bool, message: &mut Message, recognition: &mut Recognition) {
    let either = |first: &str, other: &str| if second { other } else { first }.to_owned();
    let address = either("art@example.org", "otto@example.org");
    match hint {
        "To" => message.to[0].addr = address,
        NAME => message.to[0].name = either("Anna Muster", "Otto Beispiel"),
        INTENDED => recognition.captured.intended_for = Some(either("anna.paints", "otto.m")),
        GREETING => recognition.captured.greeting = Some(either("Anna", "Otto")),
        SENT_TO => recognition.captured.sent_to = Some(address),
        LINK => {
            message.links.push(Link { host: "www.facebook.com".to_owned(), recipient: Some(address), form: None });
        }
        _ => panic!("{hint}"),
    }
}

#[test]
fn each_hint_alone_names_an_account_and_any_two_that_disagree_go_to_review() {
    let accounts = two_of_everything();
    let hints = ["To", NAME, INTENDED, GREETING, SENT_TO, LINK];
    let mail = |said: &[(&str, bool)]| {
        let (mut message, mut recognition) = (to(&["shared@example.org"]), honoured());
        for (hint, second) in said {
            naming(hint, *second, &mut message, &mut recognition);
        }
        outcome(&message, &recognition, FB, &accounts)
    };
    assert_eq!(mail(&[]), "ambiguous: art otto");
    for one in hints {
        assert_eq!(mail(&[(one, false)]), "art", "{one}");
        assert_eq!(mail(&[(one, true)]), "otto", "{one}");
        for other in hints.into_iter().filter(|other| *other != one) {
            assert_eq!(mail(&[(one, false), (other, false)]), "art", "{one} and {other}");
            let found = mail(&[(one, false), (other, true)]);
            let review = ["ambiguous: ", "no_account: "].iter().any(|reason| found.starts_with(reason));
            assert!(review, "{one} and {other} disagree: {found}");
        }
    }
    // Two links that disagree are one hint that contradicts itself.
    assert_eq!(mail(&[(LINK, false), (LINK, true)]), "no_account: art otto");
}

#[test]
fn every_hint_is_listed_with_its_weight_also_where_the_mail_has_none() {
    let accounts = two_of_everything();
    let weighed = |message: &Message, recognition: &Recognition, platform: Option<Platform>| -> Vec<String> {
        let signals = attribute(message, recognition, platform, &accounts).signals;
        signals.iter().map(|signal| format!("{}: {} {}", signal.name, signal.value, signal.weight)).collect()
    };
    let mut message = to(&["shared@example.org"]);
    message.from_text = "Facebook <x@facebookmail.com>".to_owned();
    let nothing = weighed(&message, &honoured(), None);
    assert_eq!(
        nothing,
        [
            "To and Cc: shared@example.org decides",
            "platform of the sender: Facebook <x@facebookmail.com> nothing",
            "name in To:  absent",
            "\"intended for\":  absent",
            "greeting:  absent",
            "\"was sent to\":  absent",
            "n_m= in a link:  absent",
        ]
    );
    let mut recognition = honoured();
    for hint in [NAME, INTENDED, GREETING, SENT_TO, LINK] {
        naming(hint, false, &mut message, &mut recognition);
    }
    assert_eq!(
        weighed(&message, &recognition, FB),
        [
            "To and Cc: shared@example.org decides",
            "platform of the sender: facebook (Facebook <x@facebookmail.com>) decides",
            "name in To: Anna Muster names",
            "\"intended for\": anna.paints names",
            "greeting: Anna rules_out",
            "\"was sent to\": art@example.org rules_out",
            "n_m= in a link: art@example.org rules_out",
        ]
    );
    let replay = weighed(&to(&["victim@example.net"]), &recognition, FB);
    assert_eq!(replay[0], "To: victim@example.net decides");
    assert!(replay.len() == 7 && replay[1..].iter().all(|signal| signal.ends_with(":  not_weighed")), "{replay:?}");
}

#[test]
fn an_address_that_is_written_otherwise_is_shown_with_the_one_it_reaches() {
    let accounts = vec![
        account("gmail", Platform::Facebook, "", "", &["anna@gmail.com", "anna.alias@example.org"]),
        account("all", Platform::Facebook, "", "", &["*@example.net"]),
        account("umlaut", Platform::Facebook, "", "", &["anna@exämple.org"]),
    ];
    let cases = [
        ("a.nna+fb@googlemail.com", "gmail", "a.nna+fb@googlemail.com = anna@gmail.com"),
        ("ANNA@gmail.com", "gmail", "ANNA@gmail.com = anna@gmail.com"),
        ("anna.alias@example.org", "gmail", "anna.alias@example.org"),
        ("fb@example.net", "all", "fb@example.net = *@example.net"),
        ("anna@xn--exmple-cua.org", "umlaut", "anna@xn--exmple-cua.org = anna@exämple.org"),
        ("annaalias@example.org", "no_account: ", "annaalias@example.org"),
        ("anna+fb@example.org", "no_account: ", "anna+fb@example.org"),
    ];
    for (address, expected, shown) in cases {
        let message = to(&[address]);
        assert_eq!(outcome(&message, &honoured(), FB, &accounts), expected, "{address}");
        assert_eq!(attribute(&message, &honoured(), FB, &accounts).signals[0].value, shown);
    }
}
