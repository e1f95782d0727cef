//! The resolver against a real server on loopback.

use std::time::{Duration, Instant};

use confirmd::dns::{Answer, Resolver};

use crate::support::dns::{DnsServer, Says};

const NAME: &str = "s1024-2013-q3._domainkey.facebookmail.com";

fn found(record: &str) -> Answer {
    Answer::Found(record.to_owned())
}

fn unavailable(answer: &Answer) -> bool {
    matches!(answer, Answer::Unavailable(_))
}

#[test]
fn records_are_found_and_remembered() {
    let server = DnsServer::start();
    let key = format!("k=rsa; t=s; h=sha256; p={}", "A".repeat(216));
    server.txt(NAME, &key);
    server.set("two.example", Says::Txt(vec!["v=spf1 -all".to_owned(), "v=DKIM1; p=abc".to_owned()]));
    server.set("alias.example", Says::Alias("target.example".to_owned(), "p=abc".to_owned()));
    server.set("empty.example", Says::Nothing);
    let resolver = Resolver::new(Some(server.address()));
    assert_eq!(resolver.txt(NAME), found(&key));
    assert_eq!(resolver.txt(&format!("{}.", NAME.to_uppercase())), found(&key));
    assert_eq!(resolver.txt("two.example"), found("v=DKIM1; p=abc"));
    assert_eq!(resolver.txt("alias.example"), found("p=abc"));
    assert_eq!(resolver.txt("empty.example"), Answer::Missing);
    assert_eq!(resolver.txt("none.example"), Answer::Missing);
    assert_eq!(resolver.txt("none.example"), Answer::Missing);
    assert_eq!(resolver.txt(&"a.".repeat(200)), Answer::Missing);
    let asked =
        [NAME, "two.example", "alias.example", "empty.example", "none.example"].map(|name| format!("udp {name}"));
    assert_eq!(server.asked(), asked);
}

#[test]
fn an_answer_that_does_not_fit_is_asked_for_again_over_tcp() {
    let server = DnsServer::start();
    let key = format!("k=rsa; p={}", "A".repeat(2_000));
    server.set("long.example", Says::Long(key.clone()));
    assert_eq!(Resolver::new(Some(server.address())).txt("long.example"), found(&key));
    assert_eq!(server.asked(), ["udp long.example", "tcp long.example"]);
}

#[test]
fn forged_packets_are_passed_over() {
    let server = DnsServer::start();
    server.set(NAME, Says::AfterForgeries("p=real".to_owned()));
    assert_eq!(Resolver::new(Some(server.address())).txt(NAME), found("p=real"));
}

#[test]
fn failures_are_told_from_missing_keys_and_end_in_time() {
    let server = DnsServer::start();
    server.set("fails.example", Says::Fails);
    server.set("silent.example", Says::Silent);
    server.set("drips.example", Says::Drips);
    let resolver = Resolver::new(Some(server.address())).within(Duration::from_millis(1_500));
    let started = Instant::now();
    assert_eq!(resolver.txt("fails.example"), Answer::Unavailable(format!("{} answered SERVFAIL", server.address())));
    assert!(started.elapsed() < Duration::from_secs(1));
    for name in ["silent.example", "drips.example"] {
        let started = Instant::now();
        assert!(unavailable(&resolver.txt(name)), "{name}");
        let took = started.elapsed();
        assert!((Duration::from_millis(1_400)..Duration::from_secs(3)).contains(&took), "{name}: {took:?}");
    }
    // Not asked again at once.
    let asked = server.asked().len();
    assert!(unavailable(&resolver.txt("silent.example")));
    assert_eq!(server.asked().len(), asked);

    let address = server.address();
    drop(server);
    let started = Instant::now();
    assert!(unavailable(&Resolver::new(Some(address)).txt(NAME)));
    assert!(started.elapsed() < Duration::from_secs(1), "nobody listens: no reason to wait");
}

#[test]
fn a_lost_datagram_is_sent_again() {
    let server = DnsServer::start();
    server.set(NAME, Says::Silent);
    let resolver = Resolver::new(Some(server.address()));
    std::thread::scope(|scope| {
        let answer = scope.spawn(|| resolver.txt(NAME));
        while server.asked().is_empty() {
            std::thread::yield_now();
        }
        server.txt(NAME, "p=abc");
        assert_eq!(answer.join().unwrap(), found("p=abc"));
    });
    assert_eq!(server.asked().len(), 2);
}

#[test]
fn the_next_server_is_asked_when_one_cannot_answer() {
    let (fails, silent, good) = (DnsServer::start(), DnsServer::start(), DnsServer::start());
    let gone = DnsServer::start().address();
    fails.set(NAME, Says::Fails);
    silent.set(NAME, Says::Silent);
    good.txt(NAME, "p=abc");
    let servers = vec![gone, fails.address(), silent.address(), good.address()];
    assert_eq!(Resolver::with_servers(servers).txt(NAME), found("p=abc"));
    assert!(unavailable(&Resolver::with_servers(Vec::new()).txt(NAME)));
}
