//! Servers that do what no real one can be made to do, and some that real ones do.

use super::*;
use crate::support::faults::tried;
use crate::support::script::{Script, about};

/// Patience in these tests.
pub const SHORT: Duration = Duration::from_millis(400);

/// How to reach a script.
pub fn at(script: &Script, tls: Tls) -> Endpoint {
    Endpoint {
        host: "localhost".to_owned(),
        port: script.port,
        tls,
        ca_pem: Some(script.ca_pem.clone()),
        username: "anna".to_owned(),
        auth: Auth::Login,
        timeout: Duration::from_secs(10),
        message_limit: 1_000_000,
    }
}

/// Opens a connection to the script, plays it to its end, and returns what came of it, without the address.
fn opened(name: &str, change: impl FnOnce(&mut Endpoint)) -> String {
    let script = Script::play(name);
    let mut endpoint = at(&script, Tls::None);
    change(&mut endpoint);
    let secret = if name == "plain_for_umlauts" { "Grün" } else { "secret" };
    let result = try_open(&endpoint, secret);
    let shown = match result {
        Ok(connection) => {
            let idle = connection.offers("IDLE");
            let after = connection.offers("X-AFTER");
            connection.log_out();
            format!("in, IDLE {idle}, X-AFTER {after}")
        }
        Err(error) => format!("{error:?}").split(' ').next().unwrap().to_owned() + ": " + &error.to_string(),
    };
    let shown = shown.replace(&format!("localhost:{}", script.port), "HERE");
    script.finish().unwrap_or_else(|what| panic!("{name}: {what}"));
    shown
}

#[test]
fn starttls_is_established_or_nothing_is_sent() {
    let cases = [
        (
            "starttls_not_offered",
            "Policy: HERE: the server does not offer STARTTLS; use tls = \"implicit\" if it has a TLS port",
        ),
        ("starttls_refused", "Policy: HERE: the server refuses STARTTLS: not today"),
        ("starttls_preauth", "Policy: HERE: the server says PREAUTH instead of offering STARTTLS"),
        ("starttls_bye", "Unavailable: HERE is not available: too many connections"),
        (
            "starttls_injection",
            "Protocol: HERE: the server's answer to STARTTLS is followed by more: somebody may be injecting commands",
        ),
        (
            "starttls_one_byte_more",
            "Protocol: HERE: the server's answer to STARTTLS is followed by more: somebody may be injecting commands",
        ),
        ("starttls_not_imap", "Protocol: HERE: this is no IMAP server; it says: 220 mail.example.org ESMTP"),
        ("starttls_capabilities_forgotten", "in, IDLE false, X-AFTER true"),
        ("starttls_handshake_stalls", "Timeout: HERE: no complete answer within 1 s"),
    ];
    for (name, outcome) in cases {
        let shown = opened(name, |endpoint| {
            endpoint.tls = Tls::StartTls;
            endpoint.timeout = SHORT;
        });
        assert_eq!(shown, outcome, "{name}");
        tried("Transport", &format!("STARTTLS: {}", about(name)), outcome);
    }
    let plain = opened("starttls_plain_after_ok", |endpoint| endpoint.tls = Tls::StartTls);
    assert!(plain.starts_with("Protocol: HERE: the TLS handshake failed: "), "{plain}");
    tried("Transport", &format!("STARTTLS: {}", about("starttls_plain_after_ok")), &plain);
}

#[test]
fn a_plain_server_on_the_tls_port_is_recognised() {
    let plain = opened("starttls_not_imap", |endpoint| {
        endpoint.tls = Tls::Implicit;
        endpoint.timeout = SHORT;
    });
    assert_eq!(
        plain,
        "Protocol: HERE: the TLS handshake failed: wrong version number; the port may want tls = \"starttls\""
    );
}

#[test]
fn a_certificate_for_another_name_does_not_verify() {
    let script = Script::play_for("TLS\nHOLD\n", &["imap.example.org"], &[]);
    let error = try_open(&at(&script, Tls::Implicit), "secret").unwrap_err();
    assert!(matches!(&error, Error::Certificate { why, .. } if why == "hostname mismatch"), "{error:?}");
    let script = Script::play_for("TLS\nHOLD\n", &[], &["127.0.0.2"]);
    let by_address = Endpoint { host: "127.0.0.1".to_owned(), ..at(&script, Tls::Implicit) };
    let error = try_open(&by_address, "secret").unwrap_err();
    assert!(matches!(&error, Error::Certificate { why, .. } if why == "IP address mismatch"), "{error:?}");
    let script = Script::play_for("TLS\nS: * BYE there\nHOLD\n", &[], &["127.0.0.1"]);
    let by_address = Endpoint { host: "127.0.0.1".to_owned(), ..at(&script, Tls::Implicit) };
    let error = try_open(&by_address, "secret").unwrap_err();
    assert!(matches!(&error, Error::Unavailable { why, .. } if why == "there"), "{error:?}");
}

#[test]
fn a_ca_file_without_a_certificate_is_the_persons_to_mend() {
    for pem in ["", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        let error = try_open(&endpoint("localhost", 1, Tls::Implicit, pem.into()), "secret").unwrap_err();
        assert!(matches!(&error, Error::Policy { why, .. } if why.starts_with("`ca_file` ")), "{pem}: {error:?}");
    }
}

#[test]
fn every_way_a_login_can_end_says_what_to_do() {
    let cases = [
        ("greeting_bye", "Unavailable: HERE is not available: maintenance"),
        ("greeting_preauth", "Policy: HERE: the server says PREAUTH: it has logged in somebody by itself"),
        ("greeting_closes", "Network: HERE: the server closed the connection"),
        ("login_disabled", "Policy: HERE: the server takes no password on this connection (LOGINDISABLED)"),
        ("login_busy", "Unavailable: HERE is not available: Temporary authentication failure."),
        ("login_limit", "Unavailable: HERE is not available: Too many simultaneous connections. (Failure)"),
        (
            "login_refused",
            "Refused: HERE refuses the login: Invalid credentials (Failure); check username and password",
        ),
        (
            "login_echoed",
            "Refused: HERE refuses the login: it repeats the secret, so its words are not shown; check username and password",
        ),
        ("login_bye", "Unavailable: HERE is not available: too many errors"),
        ("plain_for_umlauts", "in, IDLE false, X-AFTER false"),
    ];
    for (name, outcome) in cases {
        assert_eq!(opened(name, |_| {}), outcome, "{name}");
        tried("Logging in", &about(name), outcome);
    }
}

#[test]
fn xoauth2_gets_in_is_refused_or_is_not_offered() {
    let cases = [
        ("xoauth2", "in, IDLE true, X-AFTER false"),
        (
            "xoauth2_refused",
            "Refused: HERE refuses the login: Invalid credentials (Failure); check username and password",
        ),
        (
            "xoauth2_not_offered",
            "Policy: HERE: the server does not offer XOAUTH2; use auth = \"login\" if it takes a password",
        ),
    ];
    for (name, outcome) in cases {
        assert_eq!(opened(name, |endpoint| endpoint.auth = Auth::XOAuth2), outcome, "{name}");
        tried("Logging in", &about(name), outcome);
    }
}

#[test]
fn a_password_that_cannot_be_sent_is_not_sent() {
    let script = Script::play_text("S: * OK [CAPABILITY IMAP4rev1] ready\nHOLD\n");
    let error = try_open(&at(&script, Tls::None), "two\r\nlines").unwrap_err();
    assert!(matches!(&error, Error::Policy { why, .. } if why.contains("line break")), "{error:?}");
    script.finish().unwrap();
}

// ---- folders ----

fn open_script(script: &Script) -> Connection {
    try_open(&at(script, Tls::None), "secret").unwrap()
}

#[test]
fn folders_are_listed_whatever_the_server_can() {
    let counts = |folder: &Folder| folder.counts.map(|counts| (counts.messages, counts.uidnext, counts.uidvalidity));
    let cases: [(&str, &[_]); 3] = [
        (
            "folders_strange",
            &[
                ("INBOX", Some((Some(4), Some(5), Some(6)))),
                ("quoted \"and\\ more", Some((Some(1), Some(2), Some(3)))),
                // A name that no quoted string can hold cannot be opened: it is listed, and opening it will say so.
                ("line??feed", None),
                ("\u{1f600}", None),
                ("&broken", None),
                ("Entw??rfe", None),
                ("100%", None),
            ],
        ),
        ("list_status_refused", &[("INBOX", Some((Some(1), Some(2), Some(3)))), ("Rest", None)]),
        (
            "list_status_in_any_order",
            &[("INBOX", Some((Some(4), Some(5), Some(6)))), ("a\"b", Some((Some(1), Some(2), Some(3))))],
        ),
    ];
    for (name, expected) in cases {
        let script = Script::play(name);
        let mut connection = open_script(&script);
        let chosen = connection.folders(None).unwrap();
        let shown: Vec<_> = chosen.folders.iter().map(|folder| (folder.name.as_str(), counts(folder))).collect();
        assert_eq!(shown, expected, "{name}");
        drop(connection);
        script.finish().unwrap();
        let names: Vec<String> = shown.iter().map(|(name, _)| format!("{name:?}")).collect();
        tried("Servers", &about(name), &format!("folders found: {}", names.join(", ")));
    }
}

// ---- reading ----

/// Reads INBOX of a script and lets it end.
fn read_script(name: &str, cursor: Option<&Cursor>, since: Option<&str>) -> Result<(Vec<Found>, Summary), Error> {
    let script = Script::play(name);
    let mut connection = open_script(&script);
    let inbox = folder(&mut connection, "INBOX");
    let needles = NEEDLES.map(str::to_owned);
    let since = since.map(|since| since.parse().unwrap());
    let plan = Plan { since, generation: "g1", needles: &needles, candidate: &is_candidate, message_limit: 1_000_000 };
    let mut found = Vec::new();
    let result = connection.read_folder(&inbox, cursor, &plan, &mut |thing| {
        if !matches!(thing, Found::Progress { .. }) {
            found.push(thing);
        }
        Ok(())
    });
    drop(connection);
    script.finish().unwrap_or_else(|what| panic!("{name}: {what}"));
    result.map(|summary| (found, summary))
}

#[test]
fn no_mail_is_lost_over_what_a_server_does_to_others() {
    let cases: [(&str, &[(u32, &str)]); 17] = [
        ("internaldate_nil", &[(1, "one"), (3, "three")]),
        ("news_in_between", &[(1, "one"), (3, "three")]),
        ("odd_case_and_nil", &[(1, "one"), (3, "three")]),
        ("uidvalidity_changes_during", &[(1, "one"), (3, "three")]),
        ("one_message_is_bad", &[(1, "one"), (3, "cannot parse message")]),
        ("one_message_is_gone", &[(1, "one")]),
        ("one_message_is_empty", &[(1, "the server sends an empty message"), (3, "three")]),
        ("one_message_has_no_body", &[(1, "the server does not send it"), (3, "three")]),
        ("flags_in_between", &[(1, "one")]),
        ("uidnext_missing", &[(1, "one"), (3, "three")]),
        ("uidvalidity_changes", &[(1, "one"), (3, "three")]),
        ("body_without_end", &[(1, "again"), (3, "three")]),
        ("search_hits_that_are_none", &[(9, "nine")]),
        ("search_refused", &[(9, "nine")]),
        ("search_garbage", &[(9, "nine")]),
        ("search_unanswered", &[(9, "nine")]),
        ("one_header_is_bad", &[(9, "something")]),
    ];
    for (name, expected) in cases {
        let (found, summary) = read_script(name, None, None).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(subjects(&found), are(expected), "{name}");
        let validity = if name == "uidvalidity_changes" { 8 } else { 7 };
        let goal = if summary.cursor.last_uid > 3 { 2000 } else { 3 };
        assert_eq!((summary.cursor.uidvalidity, summary.cursor.last_uid), (validity, goal), "{name}");
        assert_eq!(summary.cursor.generation, "g1", "{name}");
        let told: Vec<String> = expected.iter().map(|(uid, subject)| format!("{uid} ({subject})")).collect();
        tried("Servers", &about(name), &format!("read to the end, found: {}", told.join(", ")));
    }
    assert_eq!(read_script("search_bad", None, None).unwrap().1.looked, Looked::Headers);
    assert_eq!(read_script("search_hits_that_are_none", None, None).unwrap().1.looked, Looked::Searched);
}

#[test]
fn a_mail_without_a_date_is_read_and_says_so() {
    let (found, _) = read_script("internaldate_nil", None, Some("2025-05-24")).unwrap();
    let dates: Vec<_> = found
        .iter()
        .map(|found| match found {
            Found::Mail { received_at, .. } => *received_at,
            Found::TooLarge { .. } | Found::Unreadable { .. } | Found::Progress { .. } => panic!("{found:?}"),
        })
        .collect();
    assert_eq!(dates, [None, None]);
}

#[test]
fn since_compares_with_the_date_the_server_writes() {
    let (found, _) = read_script("dates_of_the_server", None, Some("2025-05-24")).unwrap();
    assert_eq!(subjects(&found), are(&[(3, "three")]));
}

#[test]
fn uids_that_begin_anew_are_read_again() {
    let cursor = Cursor { folder: "INBOX".to_owned(), uidvalidity: 7, last_uid: 50, generation: "g1".to_owned() };
    let (found, summary) = read_script("uids_begin_anew", Some(&cursor), None).unwrap();
    assert_eq!((subjects(&found), summary.cursor.last_uid), (are(&[(1, "one"), (3, "three")]), 3));
    tried("Servers", &about("uids_begin_anew"), "read again from the beginning, found: 1 (one), 3 (three)");
}

#[test]
fn what_the_server_refuses_is_the_folders_or_the_moments() {
    let cases = [
        ("examine_refused", "folder INBOX: Grüße \\u{202e} no", true),
        (
            "uidvalidity_missing",
            "folder INBOX: the server gives no UIDVALIDITY, so its messages cannot be told apart",
            true,
        ),
        ("everything_is_refused_for_now", "HERE is not available: backend is down", false),
        ("bye_while_reading", "HERE is not available: shutting down", false),
        ("literal_of_4_gib", "HERE: a literal of 4294967295 bytes is announced", false),
        ("answer_without_end", "HERE: a line is longer than 1048576 bytes", false),
        ("a_million_responses", "HERE: more than 20000 responses to one command", false),
    ];
    for (name, text, about_folder) in cases {
        let error = read_script(name, None, None).unwrap_err();
        let shown = error.to_string();
        let shown = match shown.strip_prefix("localhost:") {
            Some(rest) => format!("HERE{}", rest.trim_start_matches(|c: char| c.is_ascii_digit())),
            None => shown,
        };
        assert_eq!((shown.as_str(), error.is_about_a_folder()), (text, about_folder), "{name}");
        assert!(!error.is_hopeless(), "{name}");
        tried("Servers", &about(name), text);
    }
}
