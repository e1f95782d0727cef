//! The IMAP edge against a real Dovecot. What no real server does is in `imap/hostile.rs`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "helpers of tests fail like tests"
)]

#[path = "imap/beginning.rs"]
mod beginning;
#[path = "imap/hostile.rs"]
mod hostile;
#[path = "imap/patience.rs"]
mod patience;
#[path = "imap/reading.rs"]
mod reading;
#[path = "imap/waiting.rs"]
mod waiting;

use std::time::{Duration, Instant};

use confirmd::imap::{
    Auth, Canceller, Connection, Endpoint, Error, Folder, Found, Looked, Plan, Stopped, Summary, Tls, Woken,
};
use confirmd::model::mailbox::Cursor;
use secrecy::SecretString;

use crate::support::dovecot::{Dovecot, PASSWORD, USER, wait_until};

/// What reading a folder looks for in these tests.
const NEEDLES: [&str; 2] = ["facebookmail.com", "instagram.com"];

fn endpoint(host: &str, port: u16, tls: Tls, ca_pem: Vec<u8>) -> Endpoint {
    Endpoint {
        host: host.to_owned(),
        port,
        tls,
        ca_pem: Some(ca_pem),
        username: USER.to_owned(),
        auth: Auth::Login,
        timeout: Duration::from_secs(10),
        message_limit: 25_000_000,
    }
}

fn try_open(endpoint: &Endpoint, password: &str) -> Result<Connection, Error> {
    Connection::open(endpoint, &SecretString::from(password), &Canceller::new().unwrap())
}

/// Connected to that Dovecot over TLS.
fn open(dovecot: &Dovecot) -> Connection {
    try_open(&endpoint("localhost", dovecot.imaps_port, Tls::Implicit, dovecot.ca_pem()), PASSWORD).unwrap()
}

/// A synthetic mail.
fn mail(from: &str, subject: &str) -> Vec<u8> {
    format!(
        "From: {from}\r\nTo: Anna <anna@example.org>\r\nSubject: {subject}\r\nDate: Sat, 24 May 2025 10:00:00 +0200\r\n\
         Message-ID: <{subject}@example.org>\r\nX-Synthetic: yes, made for the confirmd test corpus\r\n\r\nHello Anna,\r\n{subject}\r\n"
    )
    .into_bytes()
}

const META: &str = "Facebook <notification@facebookmail.com>";
const FRIEND: &str = "Berta <berta@example.org>";
const MAY: &str = "24-May-2025 10:00:00 +0200";

fn is_candidate(from: &str) -> bool {
    NEEDLES.iter().any(|needle| from.contains(needle))
}

fn folder(connection: &mut Connection, name: &str) -> Folder {
    let chosen = connection.folders(Some(&[name.to_owned()])).unwrap();
    assert_eq!(chosen.missing, Vec::<String>::new());
    chosen.folders.into_iter().next().unwrap()
}

/// Reads a folder; what was found without the progress, and the summary.
fn read(connection: &mut Connection, name: &str, cursor: Option<&Cursor>) -> (Vec<Found>, Summary) {
    let needles = NEEDLES.map(str::to_owned);
    let plan =
        Plan { since: None, generation: "g1", needles: &needles, candidate: &is_candidate, message_limit: 25_000_000 };
    read_with(connection, name, cursor, &plan)
}

fn read_with(
    connection: &mut Connection,
    name: &str,
    cursor: Option<&Cursor>,
    plan: &Plan<'_>,
) -> (Vec<Found>, Summary) {
    let folder = folder(connection, name);
    let mut found = Vec::new();
    let summary = connection
        .read_folder(&folder, cursor, plan, &mut |thing| {
            if !matches!(thing, Found::Progress { .. }) {
                found.push(thing);
            }
            Ok(())
        })
        .unwrap();
    (found, summary)
}

/// The subjects of mails found, with their UIDs.
fn subjects(found: &[Found]) -> Vec<(u32, String)> {
    let subject = |raw: &[u8]| {
        let text = String::from_utf8_lossy(raw).into_owned();
        text.lines().find_map(|line| line.strip_prefix("Subject: ").map(str::to_owned)).unwrap()
    };
    found
        .iter()
        .map(|found| match found {
            Found::Mail { uid, raw, .. } => (*uid, subject(raw)),
            Found::TooLarge { uid, .. } => (*uid, "too large".to_owned()),
            Found::Unreadable { uid, why, .. } => (*uid, why.clone()),
            Found::Progress { .. } => panic!("progress is no find"),
        })
        .collect()
}

fn are(subjects: &[(u32, &str)]) -> Vec<(u32, String)> {
    subjects.iter().map(|(uid, subject)| (*uid, (*subject).to_owned())).collect()
}

// ---- getting in ----

#[test]
fn tls_starttls_and_plain_loopback_all_lead_in() {
    let dovecot = Dovecot::start();
    let ways =
        [(dovecot.imaps_port, Tls::Implicit), (dovecot.imap_port, Tls::StartTls), (dovecot.imap_port, Tls::None)];
    for (port, tls) in ways {
        for host in ["localhost", "127.0.0.1"] {
            let connection = try_open(&endpoint(host, port, tls, dovecot.ca_pem()), PASSWORD);
            let connection = connection.unwrap_or_else(|error| panic!("{host} {tls:?}: {error}"));
            assert!(connection.offers("IDLE") && connection.offers("list-status"), "{host} {tls:?}");
            connection.log_out();
        }
    }
    assert_eq!(dovecot.commands(), ["LOGOUT"; 6]);
}

#[test]
fn a_certificate_that_does_not_verify_is_hopeless_and_nothing_is_sent() {
    let dovecot = Dovecot::start();
    let other_ca = crate::support::certificates::Certificates::for_names(&["localhost"], &[]).ca_pem;
    for (port, tls) in [(dovecot.imaps_port, Tls::Implicit), (dovecot.imap_port, Tls::StartTls)] {
        let unknown = try_open(&endpoint("localhost", port, tls, other_ca.clone()), PASSWORD).unwrap_err();
        let at = format!("localhost:{port}");
        assert!(matches!(&unknown, Error::Certificate { at: told, .. } if *told == at), "{unknown}");
        assert!(unknown.to_string().contains("unable to get local issuer certificate"), "{unknown}");
        assert!(unknown.is_hopeless());
    }
    assert_eq!(dovecot.commands(), Vec::<String>::new());
}

#[test]
fn a_wrong_password_is_refused_and_never_repeated() {
    let dovecot = Dovecot::start();
    let endpoint = endpoint("localhost", dovecot.imaps_port, Tls::Implicit, dovecot.ca_pem());
    let error = try_open(&endpoint, "wrong-password").unwrap_err();
    let at = format!("localhost:{}", dovecot.imaps_port);
    assert_eq!(error, Error::Refused { at: at.clone(), why: "Authentication failed.".to_owned() });
    assert_eq!(
        error.to_string(),
        format!("{at} refuses the login: Authentication failed.; check username and password")
    );
    assert!(error.is_hopeless());
}

#[test]
fn a_password_with_umlauts_goes_through_sasl() {
    let dovecot = Dovecot::start();
    let endpoint = endpoint("localhost", dovecot.imaps_port, Tls::Implicit, dovecot.ca_pem());
    let error = try_open(&endpoint, "Grün").unwrap_err();
    assert!(matches!(error, Error::Refused { .. }), "{error}");
}

#[test]
fn a_server_that_is_not_there_is_tried_again() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let here = Endpoint { ca_pem: None, ..endpoint("localhost", port, Tls::Implicit, Vec::new()) };
    let error = try_open(&here, PASSWORD).unwrap_err();
    assert!(matches!(&error, Error::Network { why, .. } if why.contains("refused")), "{error}");
    assert!(!error.is_hopeless());
    let nowhere = Endpoint { host: "no-such-host.invalid".to_owned(), ..here };
    let unknown = try_open(&nowhere, PASSWORD).unwrap_err();
    assert!(matches!(&unknown, Error::Network { why, .. } if why.contains("cannot be resolved")), "{unknown}");
}

// ---- folders ----

#[test]
fn folders_of_all_kinds_are_listed_and_opened() {
    let dovecot = Dovecot::start();
    let names = ["Entwürfe", "Gesendet", "Spam", "a\"b\\c", "Familie/Kinder/Ämter", "Größe & Maß", "日本語"];
    for name in names {
        dovecot.create_folder(name);
    }
    dovecot.deliver("a\"b\\c", &mail(META, "quoted"), MAY);
    dovecot.deliver("Familie/Kinder/Ämter", &mail(META, "nested"), MAY);
    let mut connection = open(&dovecot);
    let chosen = connection.folders(None).unwrap();
    let mut listed: Vec<&str> = chosen.folders.iter().map(|folder| folder.name.as_str()).collect();
    assert_eq!(listed.remove(0), "INBOX");
    listed.sort_unstable();
    // Familie and Familie/Kinder exist only as the way to Ämter.
    assert_eq!(listed, ["Familie/Kinder/Ämter", "Größe & Maß", "Spam", "a\"b\\c", "日本語"]);
    for (name, subject) in [("a\"b\\c", "quoted"), ("Familie/Kinder/Ämter", "nested")] {
        let (found, _) = read(&mut connection, name, None);
        assert_eq!(subjects(&found), are(&[(1, subject)]), "{name}");
    }
}

#[test]
fn special_uses_and_names_choose_folders_and_missing_names_are_told() {
    let dovecot = Dovecot::start();
    dovecot.create_folder("Spam");
    let mut connection = open(&dovecot);
    let wanted = ["inbox", "\\Junk", "\\Archive", "Nirgends"].map(str::to_owned);
    let chosen = connection.folders(Some(&wanted)).unwrap();
    let names: Vec<&str> = chosen.folders.iter().map(|folder| folder.name.as_str()).collect();
    assert_eq!(names, ["INBOX", "Spam"]);
    assert_eq!(chosen.missing, ["Nirgends"]);
}

#[test]
fn without_special_use_and_list_status_the_usual_names_and_status_do() {
    let dovecot = Dovecot::start_without_special_use();
    for name in ["Entwürfe", "Gesendete Objekte", "Spam"] {
        dovecot.create_folder(name);
    }
    let mut connection = open(&dovecot);
    let chosen = connection.folders(None).unwrap();
    let names: Vec<&str> = chosen.folders.iter().map(|folder| folder.name.as_str()).collect();
    assert_eq!(names, ["INBOX", "Spam"]);
}

#[test]
fn of_a_mailbox_like_gmails_the_archive_is_read() {
    let dovecot = Dovecot::start();
    for name in ["[Gmail]/Alle Nachrichten", "[Gmail]/Gesendet", "[Gmail]/Spam", "[Gmail]/Papierkorb", "Rechnungen"] {
        dovecot.create_folder(name);
    }
    let mut connection = open(&dovecot);
    let mut names: Vec<String> =
        connection.folders(None).unwrap().folders.into_iter().map(|folder| folder.name).collect();
    names.sort_unstable();
    assert_eq!(names, ["[Gmail]/Alle Nachrichten", "[Gmail]/Papierkorb", "[Gmail]/Spam"]);
}
