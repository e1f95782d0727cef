//! The IMAP edge against a real Dovecot. What no real server does is in `imap/hostile.rs`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "helpers of tests fail like tests"
)]

#[path = "imap/hostile.rs"]
mod hostile;

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
    let other_ca = crate::support::certificates::Certificates::for_localhost().ca_pem;
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
    let error = try_open(&endpoint("localhost", port, Tls::Implicit, Vec::new()), PASSWORD).unwrap_err();
    assert!(matches!(&error, Error::Network { why, .. } if why.contains("refused")), "{error}");
    assert!(!error.is_hopeless());
    let unknown = try_open(&endpoint("no-such-host.invalid", port, Tls::Implicit, Vec::new()), PASSWORD).unwrap_err();
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

// ---- reading ----

#[test]
fn candidates_are_read_once_and_nothing_else_is() {
    let dovecot = Dovecot::start();
    dovecot.deliver("INBOX", &mail(META, "first"), MAY);
    dovecot.deliver("INBOX", &mail(FRIEND, "friend"), MAY);
    dovecot.deliver("INBOX", &mail("\"facebookmail.com\" <x@evil.example>", "name only"), MAY);
    dovecot.deliver("INBOX", &mail("Instagram <no-reply@mail.instagram.com>", "last"), MAY);
    let before = dovecot.flags("INBOX");
    let mut connection = open(&dovecot);
    let (found, first) = read(&mut connection, "INBOX", None);
    // The closure of these tests looks at the whole field, so a display name counts.
    assert_eq!(subjects(&found), are(&[(1, "first"), (3, "name only"), (4, "last")]));
    let Found::Mail { uidvalidity, folder, received_at, raw, .. } = &found[0] else { panic!("{found:?}") };
    assert_eq!((*uidvalidity, folder.as_str()), (first.cursor.uidvalidity, "INBOX"));
    assert_eq!(received_at.unwrap().to_string(), "2025-05-24T08:00:00Z");
    assert_eq!(*raw, mail(META, "first"));
    assert_eq!((first.cursor.last_uid, first.cursor.generation.as_str(), first.looked), (4, "g1", Looked::Headers));
    assert_eq!(dovecot.bodies_read(), 3);
    connection.log_out();

    let mut connection = open(&dovecot);
    dovecot.forget_commands();
    let (found, second) = read(&mut connection, "INBOX", Some(&first.cursor));
    assert_eq!((found, second.looked, &second.cursor), (vec![], Looked::Unchanged, &first.cursor));
    connection.log_out();
    assert_eq!(
        dovecot.commands(),
        [r#"LIST "" "*" RETURN (SPECIAL-USE STATUS (MESSAGES UIDNEXT UIDVALIDITY))"#, "LOGOUT"],
        "an up-to-date mailbox costs one LIST-STATUS"
    );
    assert_eq!(dovecot.flags("INBOX"), before, "no flag has changed, \\Recent included");

    dovecot.deliver("INBOX", &mail(META, "new"), MAY);
    let mut connection = open(&dovecot);
    let (found, third) = read(&mut connection, "INBOX", Some(&first.cursor));
    assert_eq!(subjects(&found), are(&[(5, "new")]));
    assert_eq!((third.cursor.last_uid, dovecot.bodies_read()), (5, 1));
}

#[test]
fn every_command_on_the_wire_only_reads() {
    let dovecot = Dovecot::start();
    dovecot.deliver("INBOX", &mail(META, "one"), MAY);
    let mut connection = open(&dovecot);
    read(&mut connection, "INBOX", None);
    connection.log_out();
    assert_eq!(
        dovecot.commands(),
        [
            r#"LIST "" "*" RETURN (SPECIAL-USE STATUS (MESSAGES UIDNEXT UIDVALIDITY))"#,
            r#"EXAMINE "INBOX""#,
            "UID FETCH 1:1 (UID BODY.PEEK[HEADER.FIELDS (FROM)])",
            "UID FETCH 1 (UID INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (FROM TO CC SUBJECT DATE MESSAGE-ID)])",
            "UID FETCH 1 (UID BODY.PEEK[])",
            "LOGOUT",
        ]
    );
}

#[test]
fn a_changed_uidvalidity_or_generation_starts_from_the_beginning() {
    let dovecot = Dovecot::start();
    dovecot.create_folder("Post");
    dovecot.deliver("Post", &mail(META, "old"), MAY);
    let mut connection = open(&dovecot);
    let (_, first) = read(&mut connection, "Post", None);
    dovecot.recreate_folder("Post");
    dovecot.deliver("Post", &mail(META, "after"), MAY);
    let (found, second) = read(&mut connection, "Post", Some(&first.cursor));
    assert_eq!(subjects(&found), are(&[(1, "after")]));
    assert_ne!(second.cursor.uidvalidity, first.cursor.uidvalidity);

    let other = Cursor { generation: "g0".to_owned(), ..second.cursor.clone() };
    let (found, third) = read(&mut connection, "Post", Some(&other));
    assert_eq!(subjects(&found), are(&[(1, "after")]));
    assert_eq!(third.cursor, second.cursor);
}

#[test]
fn a_first_pass_looks_back_to_since_and_later_ones_take_what_is_new() {
    let dovecot = Dovecot::start();
    let plan = |candidate| Plan {
        since: Some(jiff::civil::date(2025, 5, 24)),
        generation: "g1",
        needles: &[],
        candidate,
        message_limit: 25_000_000,
    };
    dovecot.deliver("INBOX", &mail(META, "the day before"), "24-May-2025 00:59:59 +0100");
    dovecot.deliver("INBOX", &mail(META, "that day"), "23-May-2025 23:00:00 -0100");
    let mut connection = open(&dovecot);
    let (found, first) = read_with(&mut connection, "INBOX", None, &plan(&is_candidate));
    assert_eq!(subjects(&found), are(&[(2, "that day")]));
    dovecot.deliver("INBOX", &mail(META, "moved here later"), "01-Jan-2024 00:00:00 +0000");
    let (found, _) = read_with(&mut connection, "INBOX", Some(&first.cursor), &plan(&is_candidate));
    assert_eq!(subjects(&found), are(&[(3, "moved here later")]));
}

#[test]
fn too_large_a_mail_is_listed_with_its_header() {
    let dovecot = Dovecot::start();
    let large = [mail(META, "large"), b"x".repeat(2000)].concat();
    dovecot.deliver("INBOX", &mail(META, "small"), MAY);
    dovecot.deliver("INBOX", &large, MAY);
    dovecot.deliver("INBOX", &mail(META, "small too"), MAY);
    let mut connection = open(&dovecot);
    let plan = Plan { since: None, generation: "g1", needles: &[], candidate: &is_candidate, message_limit: 1000 };
    let (found, summary) = read_with(&mut connection, "INBOX", None, &plan);
    assert_eq!(subjects(&found), are(&[(1, "small"), (2, "too large"), (3, "small too")]));
    let Found::TooLarge { size, header, .. } = &found[1] else { panic!("{found:?}") };
    assert_eq!(*size, large.len() as u64);
    let header = String::from_utf8_lossy(header);
    assert!(header.contains("Subject: large") && header.contains("From: Facebook"), "{header}");
    assert!(!header.contains("X-Synthetic"), "{header}");
    assert_eq!((summary.cursor.last_uid, dovecot.bodies_read()), (3, 2));
}

#[test]
fn search_and_headers_find_the_same_twelve_of_two_thousand() {
    let dovecot = Dovecot::start();
    let mails: Vec<(Vec<u8>, String)> = (1..=2000)
        .map(|nth| {
            let from = match nth % 160 {
                7 => META,
                // A search finds these too; they are no candidates.
                8 => "facebookmail.com news <x@evil.example>",
                _ => FRIEND,
            };
            (mail(from, &format!("mail {nth}")), MAY.to_owned())
        })
        .collect();
    dovecot.deliver_all("INBOX", &mails);
    let only_addresses = |from: &str| from.ends_with("@facebookmail.com>");
    let needles = NEEDLES.map(str::to_owned);
    let by_search = Plan {
        since: None,
        generation: "g1",
        needles: &needles,
        candidate: &only_addresses,
        message_limit: 25_000_000,
    };
    let by_headers = Plan { needles: &[], ..by_search };
    let mut connection = open(&dovecot);
    let (searched, first) = read_with(&mut connection, "INBOX", None, &by_search);
    let (looked_at, second) = read_with(&mut connection, "INBOX", None, &by_headers);
    assert_eq!((first.looked, second.looked), (Looked::Searched, Looked::Headers));
    let expected: Vec<(u32, String)> =
        (0..13).map(|nth| nth * 160 + 7).filter(|uid| *uid <= 2000).map(|uid| (uid, format!("mail {uid}"))).collect();
    assert_eq!(expected.len(), 13);
    assert_eq!(subjects(&searched), expected);
    assert_eq!(searched, looked_at);
    assert_eq!(first.cursor, second.cursor);
}

#[test]
fn an_interrupted_pass_goes_on_where_it_stopped() {
    let dovecot = Dovecot::start();
    let mails: Vec<(Vec<u8>, String)> =
        (1..=90).map(|nth| (mail(META, &format!("mail {nth}")), MAY.to_owned())).collect();
    dovecot.deliver("INBOX", &mail(META, "long ago"), "01-Jan-2020 00:00:00 +0000");
    dovecot.deliver_all("INBOX", &mails);
    dovecot.deliver("INBOX", &mail(META, "long ago, last"), "01-Jan-2020 00:00:00 +0000");
    let since = Some(jiff::civil::date(2025, 1, 1));
    let plan = Plan { since, generation: "g1", needles: &[], candidate: &is_candidate, message_limit: 25_000_000 };
    let mut connection = open(&dovecot);
    let inbox = folder(&mut connection, "INBOX");
    let (mut cursor, mut uids) = (None, Vec::new());
    let mut interruptions = 0;
    let last = loop {
        let mut taken = 0;
        let result = connection.read_folder(&inbox, cursor.clone().as_ref(), &plan, &mut |found| {
            match found {
                Found::Progress { cursor: progress } => cursor = Some(progress),
                Found::Mail { .. } if taken == 30 => return Err(Stopped),
                Found::Mail { uid, .. } => {
                    taken += 1;
                    uids.push(uid);
                }
                Found::TooLarge { .. } | Found::Unreadable { .. } => panic!("{found:?}"),
            }
            Ok(())
        });
        match result {
            Ok(summary) => break summary,
            Err(error) => assert_eq!(error, Error::Cancelled),
        }
        interruptions += 1;
        assert!(interruptions < 20);
    };
    // Some are handed over twice, which the caller recognises; none is left out, and `since` holds to the end.
    uids.sort_unstable();
    uids.dedup();
    assert_eq!(uids, (2..=91).collect::<Vec<u32>>());
    assert_eq!((last.cursor.last_uid, last.cursor.generation.as_str()), (92, "g1"));
    assert!(interruptions > 1);
}

#[test]
fn what_was_expunged_meanwhile_is_no_error() {
    let dovecot = Dovecot::start();
    for subject in ["one", "two", "three"] {
        dovecot.deliver("INBOX", &mail(META, subject), MAY);
    }
    let mut connection = open(&dovecot);
    let needles = NEEDLES.map(str::to_owned);
    // The closure is asked about the From fields before the bodies are read: a moment to expunge in.
    let expunged = std::cell::Cell::new(0);
    let candidate = |from: &str| {
        expunged.set(expunged.get() + 1);
        if expunged.get() == 4 {
            dovecot.expunge("INBOX", "2");
        }
        is_candidate(from)
    };
    let plan =
        Plan { since: None, generation: "g1", needles: &needles, candidate: &candidate, message_limit: 25_000_000 };
    let (found, summary) = read_with(&mut connection, "INBOX", None, &plan);
    assert_eq!(subjects(&found), are(&[(1, "one"), (3, "three")]));
    assert_eq!(summary.cursor.last_uid, 3);
}

#[test]
fn a_folder_that_is_gone_is_the_folders_error_and_the_rest_is_read() {
    let dovecot = Dovecot::start();
    dovecot.create_folder("Weg");
    dovecot.deliver("Weg", &mail(META, "gone"), MAY);
    dovecot.deliver("INBOX", &mail(META, "there"), MAY);
    let mut connection = open(&dovecot);
    let gone = folder(&mut connection, "Weg");
    dovecot.delete_folder("Weg");
    let plan =
        Plan { since: None, generation: "g1", needles: &[], candidate: &is_candidate, message_limit: 25_000_000 };
    let error = connection.read_folder(&gone, None, &plan, &mut |_| Ok(())).unwrap_err();
    assert!(matches!(&error, Error::Folder { folder, .. } if folder == "Weg"), "{error}");
    assert!(error.is_about_a_folder() && !error.is_hopeless());
    let (found, _) = read(&mut connection, "INBOX", None);
    assert_eq!(subjects(&found), are(&[(1, "there")]));
}

#[test]
fn an_empty_folder_is_not_even_opened() {
    let dovecot = Dovecot::start();
    let mut connection = open(&dovecot);
    let (found, summary) = read(&mut connection, "INBOX", None);
    assert_eq!((found, summary.cursor.last_uid, summary.looked), (vec![], 0, Looked::Unchanged));
    connection.log_out();
    assert!(dovecot.commands().iter().all(|command| !command.starts_with("EXAMINE")), "{:?}", dovecot.commands());
}

// ---- waiting ----

#[test]
fn a_delivery_ends_the_waiting_and_so_does_the_limit() {
    let dovecot = Dovecot::start();
    let mut connection = open(&dovecot);
    let (_, summary) = read(&mut connection, "INBOX", None);
    let inbox = folder(&mut connection, "INBOX");
    let started = Instant::now();
    assert_eq!(connection.watch(&inbox, &summary.cursor, Duration::from_millis(300)).unwrap(), Woken::Limit);
    assert!((300..2000).contains(&started.elapsed().as_millis()), "{:?}", started.elapsed());

    std::thread::scope(|scope| {
        scope.spawn(|| {
            wait_until(Duration::from_secs(5), || dovecot.commands().iter().filter(|c| *c == "IDLE").count() == 2)
                .unwrap();
            dovecot.deliver("INBOX", &mail(META, "new"), MAY);
        });
        let woken = connection.watch(&inbox, &summary.cursor, Duration::from_secs(20)).unwrap();
        assert_eq!(woken, Woken::Mail);
    });
    let (found, second) = read(&mut connection, "INBOX", Some(&summary.cursor));
    assert_eq!(subjects(&found), are(&[(1, "new")]));
    // What arrives between reading and waiting is noticed at once.
    dovecot.deliver("INBOX", &mail(META, "in between"), MAY);
    assert_eq!(connection.watch(&inbox, &second.cursor, Duration::from_secs(20)).unwrap(), Woken::Mail);
    connection.log_out();
}

#[test]
fn waking_ends_the_waiting_and_the_connection_lives() {
    let dovecot = Dovecot::start();
    let canceller = Canceller::new().unwrap();
    let endpoint = endpoint("localhost", dovecot.imaps_port, Tls::Implicit, dovecot.ca_pem());
    let mut connection = Connection::open(&endpoint, &SecretString::from(PASSWORD), &canceller).unwrap();
    let (_, summary) = read(&mut connection, "INBOX", None);
    let inbox = folder(&mut connection, "INBOX");
    std::thread::scope(|scope| {
        scope.spawn(|| {
            wait_until(Duration::from_secs(5), || dovecot.commands().contains(&"IDLE".to_owned())).unwrap();
            canceller.wake();
        });
        assert_eq!(connection.watch(&inbox, &summary.cursor, Duration::from_secs(20)).unwrap(), Woken::Asked);
    });
    dovecot.deliver("INBOX", &mail(META, "new"), MAY);
    let (found, _) = read(&mut connection, "INBOX", Some(&summary.cursor));
    assert_eq!(subjects(&found), are(&[(1, "new")]));
}

#[test]
fn cancelling_ends_the_waiting_at_once() {
    let dovecot = Dovecot::start();
    let canceller = Canceller::new().unwrap();
    let endpoint = endpoint("localhost", dovecot.imaps_port, Tls::Implicit, dovecot.ca_pem());
    let mut connection = Connection::open(&endpoint, &SecretString::from(PASSWORD), &canceller).unwrap();
    let (_, summary) = read(&mut connection, "INBOX", None);
    let inbox = folder(&mut connection, "INBOX");
    let cancelled_at = std::thread::scope(|scope| {
        let cancelling = scope.spawn(|| {
            wait_until(Duration::from_secs(5), || dovecot.commands().contains(&"IDLE".to_owned())).unwrap();
            let at = Instant::now();
            canceller.cancel();
            at
        });
        let error = connection.watch(&inbox, &summary.cursor, Duration::from_secs(20)).unwrap_err();
        assert_eq!(error, Error::Cancelled);
        cancelling.join().unwrap()
    });
    assert!(cancelled_at.elapsed() < Duration::from_millis(100), "{:?}", cancelled_at.elapsed());
}

#[test]
fn a_server_that_stops_is_noticed_while_waiting() {
    let mut dovecot = Dovecot::start();
    let mut connection = open(&dovecot);
    let (_, summary) = read(&mut connection, "INBOX", None);
    let inbox = folder(&mut connection, "INBOX");
    let waiting = std::thread::spawn(move || connection.watch(&inbox, &summary.cursor, Duration::from_secs(20)));
    wait_until(Duration::from_secs(5), || dovecot.commands().contains(&"IDLE".to_owned())).unwrap();
    dovecot.stop();
    let error = waiting.join().unwrap().unwrap_err();
    assert!(matches!(error, Error::Network { .. } | Error::Unavailable { .. }), "{error:?}");
    dovecot.start_again();
    assert_eq!(subjects(&read(&mut open(&dovecot), "INBOX", None).0), are(&[]));
}
