//! The ways to be told, against real programs and a real mail server.

use std::path::Path;
use std::time::{Duration, Instant};

use confirmd::config::{Email, Login, Notify, SecretSource, Tls};
use confirmd::model::account::AccountId;
use confirmd::model::status::Severity;
use confirmd::notify::{LIMIT, Notice, NotifyError, deliver, deliver_blocking};
use mailparse::MailHeaderMap;
use secrecy::SecretString;

use crate::support::smtp::{Behaviour, SmtpServer};

fn notice() -> Notice {
    Notice {
        event: "overdue".to_owned(),
        severity: Severity::Warning,
        account: Some(AccountId("anna-facebook".to_owned())),
        mailbox: None,
        title: "anna-facebook: keine Bestätigung seit 4 Tagen".to_owned(),
        text: ".\nMeta hat sich nicht gemeldet.".to_owned(),
        at: "2025-06-30T12:00:00Z".parse().unwrap(),
        repeat: 2,
    }
}

fn said(way: &Notify, limit: Duration) -> Result<(), String> {
    deliver_blocking(way, &notice(), limit, &|| false).map_err(|error| error.to_string())
}

fn sh(script: &str) -> Notify {
    Notify::Command { command: vec!["sh".to_owned(), "-c".to_owned(), script.to_owned()] }
}

/// A way to that server, with the login anna / hunter2 and the server's authority trusted.
fn email(server: &SmtpServer, tls: Tls, directory: &Path) -> Email {
    let ca_file = directory.join("ca.pem");
    std::fs::write(&ca_file, &server.ca_pem).unwrap();
    Email {
        smtp: "127.0.0.1".to_owned(),
        port: server.port,
        tls,
        ca_file: Some(ca_file),
        login: Some(Login {
            username: "anna".to_owned(),
            password: SecretSource::Literal(SecretString::from("hunter2")),
        }),
        from: "confirmd@example.org".to_owned(),
        to: vec!["anna@example.org".to_owned(), "ben@example.org".to_owned()],
    }
}

#[test]
fn a_program_gets_the_notice_as_one_line_of_json() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("notice.json");
    assert_eq!(said(&sh(&format!("cat > {}", file.display())), LIMIT), Ok(()));
    let json = std::fs::read_to_string(&file).unwrap();
    assert_eq!(json.lines().count(), 1);
    assert!(json.ends_with("}\n"), "{json}");
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&value["event"], &value["repeat"], &value["mailbox"]), (&"overdue".into(), &2.into(), &().into()));
    assert_eq!(value["title"], "anna-facebook: keine Bestätigung seit 4 Tagen");
}

#[test]
fn a_program_that_fails_or_hangs_says_so() {
    let cases = [
        ("exit 4", "sh failed (exit status 4)"),
        ("echo 'no display' >&2; exit 1", "sh failed (exit status 1): no display"),
        ("exec sleep 600", "sh did not end within 0.5 s and was killed"),
        ("sleep 600 & wait", "sh did not end within 0.5 s and was killed"),
    ];
    for (script, error) in cases {
        let limit = if script.contains("sleep") { Duration::from_millis(500) } else { LIMIT };
        assert_eq!(said(&sh(script), limit), Err(error.to_owned()), "{script}");
    }
    assert_eq!(said(&sh("exec <&-; sleep 0.2; exit 0"), LIMIT), Ok(()), "it need not read its input");
    let missing = Notify::Command { command: vec!["/nonexistent/notify-me".to_owned()] };
    assert_eq!(
        said(&missing, LIMIT),
        Err("/nonexistent/notify-me cannot be run: No such file or directory (os error 2)".to_owned())
    );
}

#[test]
fn a_mail_is_sent_over_tls_with_a_login() {
    let directory = tempfile::tempdir().unwrap();
    let rest =
        ["MAIL FROM:<confirmd@example.org>", "RCPT TO:<anna@example.org>", "RCPT TO:<ben@example.org>", "DATA", "QUIT"];
    let hello = "EHLO [127.0.0.1]";
    let cases = [
        (
            Behaviour { implicit: true, auth: "LOGIN PLAIN", ..Behaviour::default() },
            Tls::Implicit,
            vec!["(TLS)", hello, "AUTH PLAIN |anna|hunter2"],
        ),
        (
            Behaviour { implicit: true, auth: "LOGIN", ..Behaviour::default() },
            Tls::Implicit,
            vec!["(TLS)", hello, "AUTH LOGIN", "anna", "hunter2"],
        ),
        (
            Behaviour { starttls: true, auth: "PLAIN", ..Behaviour::default() },
            Tls::Starttls,
            vec![hello, "STARTTLS", "(TLS)", hello, "AUTH PLAIN |anna|hunter2"],
        ),
        (Behaviour { auth: "PLAIN", ..Behaviour::default() }, Tls::None, vec![hello, "AUTH PLAIN |anna|hunter2"]),
    ];
    for (behaviour, tls, dialogue) in cases {
        let server = SmtpServer::start(behaviour);
        assert_eq!(said(&Notify::Email(email(&server, tls, directory.path())), LIMIT), Ok(()), "{dialogue:?}");
        assert_eq!(server.lines(), [dialogue.as_slice(), &rest].concat());
        let [raw] = server.mails().try_into().unwrap();
        let mail = mailparse::parse_mail(raw.as_bytes()).unwrap();
        let subject = mail.headers.get_first_value("Subject").unwrap();
        assert_eq!(subject, "anna-facebook: keine Bestätigung seit 4 Tagen");
        assert_eq!(mail.get_body().unwrap(), ".\r\nMeta hat sich nicht gemeldet.\r\n");
    }
}

#[test]
fn a_relay_on_this_machine_wants_no_login() {
    let directory = tempfile::tempdir().unwrap();
    let server = SmtpServer::start(Behaviour::default());
    let way = Email { login: None, ..email(&server, Tls::None, directory.path()) };
    assert_eq!(said(&Notify::Email(way), LIMIT), Ok(()));
    assert_eq!(server.mails().len(), 1);
}

#[test]
fn what_a_server_refuses_is_told_and_nothing_is_sent() {
    let directory = tempfile::tempdir().unwrap();
    let open = |instead| Behaviour { auth: "PLAIN", instead: vec![instead], ..Behaviour::default() };
    let cases = [
        (open(("EHLO", "554 5.7.1 not you")), "the server refuses the connection: 554 5.7.1 not you"),
        (open(("MAIL", "451 4.7.1 greylisted")), "the server refuses the sender: 451 4.7.1 greylisted"),
        (
            open(("RCPT TO:<ben", "550-5.1.1 no\x1b[2Jsuch\r\n550 user")),
            "the server refuses the recipient ben@example.org: 550 5.1.1 no [2Jsuch user",
        ),
        (open(("DATA", "452 full")), "the server refuses DATA: 452 full"),
        (
            // It echoes what it did not like.
            open(("AUTH", "535 5.7.8 bad AGFubmEAaHVudGVyMg==")),
            "the login is refused (535); check username and password",
        ),
        (open(("AUTH", "454 4.7.0 later")), "the login is refused for now (454)"),
        (Behaviour { auth: "CRAM-MD5", ..Behaviour::default() }, "the server offers no login with PLAIN or LOGIN"),
        (open(("EHLO", "hello?")), "the answer to the connection is no SMTP"),
    ];
    for (behaviour, error) in cases {
        let server = SmtpServer::start(behaviour);
        let told = said(&Notify::Email(email(&server, Tls::None, directory.path())), LIMIT);
        assert_eq!(told, Err(format!("127.0.0.1:{}: {error}", server.port)));
        assert_eq!(server.mails(), Vec::<String>::new());
    }
}

#[test]
fn no_password_goes_to_a_server_that_is_not_trusted() {
    let directory = tempfile::tempdir().unwrap();
    let server = SmtpServer::start(Behaviour { implicit: true, auth: "PLAIN", ..Behaviour::default() });
    let trusted = email(&server, Tls::Implicit, directory.path());
    let unknown = Email { ca_file: None, ..trusted.clone() };
    let told = said(&Notify::Email(unknown), LIMIT).unwrap_err();
    assert!(told.contains("TLS: ") && told.contains("certificate verify failed"), "{told}");
    let other_name = Email { smtp: "localhost".to_owned(), ..trusted.clone() };
    let told = said(&Notify::Email(other_name), LIMIT).unwrap_err();
    assert!(told.contains("certificate verify failed") && told.contains("ostname mismatch"), "{told}");
    let nothing = directory.path().join("empty.pem");
    std::fs::write(&nothing, "").unwrap();
    let told = said(&Notify::Email(Email { ca_file: Some(nothing.clone()), ..trusted }), LIMIT).unwrap_err();
    let expected = format!("ca_file {}: no certificate in it; it has to be PEM", nothing.display());
    assert!(told.ends_with(&expected), "{told}");
    let spoken = server.lines();
    assert!(spoken.iter().all(|line| line == "(TLS)"), "{spoken:?}");
}

#[test]
fn starttls_is_not_given_up_and_not_mixed_with_clear_words() {
    let directory = tempfile::tempdir().unwrap();
    let cases = [
        (
            Behaviour { auth: "PLAIN", ..Behaviour::default() },
            "the server does not offer STARTTLS; try tls = \"implicit\"",
        ),
        (
            Behaviour { starttls: true, auth: "PLAIN", injects: "\r\n250 AUTH PLAIN", ..Behaviour::default() },
            // What was said in clear is taken for the handshake, where it means nothing.
            "TLS: ",
        ),
        (
            Behaviour { starttls: true, instead: vec![("STARTTLS", "454 no TLS now")], ..Behaviour::default() },
            "the server refuses STARTTLS: 454 no TLS now",
        ),
    ];
    for (behaviour, error) in cases {
        let server = SmtpServer::start(behaviour);
        let told = said(&Notify::Email(email(&server, Tls::Starttls, directory.path())), LIMIT).unwrap_err();
        let expected = format!("127.0.0.1:{}: {error}", server.port);
        let fits = if error == "TLS: " { told.starts_with(&expected) } else { told == expected };
        assert!(fits, "{told} {:?}", server.lines());
        let spoken = server.lines();
        let harmless = ["EHLO [127.0.0.1]", "STARTTLS", "(TLS)", "QUIT"];
        assert!(spoken.iter().all(|line| harmless.contains(&line.as_str())), "{spoken:?}");
        assert_eq!(server.mails(), Vec::<String>::new());
    }
}

#[test]
fn a_server_that_is_mute_or_trickles_is_left_in_time() {
    let directory = tempfile::tempdir().unwrap();
    let limit = Duration::from_millis(600);
    let silent_at = |command| Behaviour { auth: "PLAIN", instead: vec![(command, "")], ..Behaviour::default() };
    let cases = [
        (Behaviour { mute: true, ..Behaviour::default() }, Tls::Implicit, "no answer to the connection in time"),
        (Behaviour { mute: true, ..Behaviour::default() }, Tls::None, "no answer to the connection in time"),
        (Behaviour { trickles: true, ..Behaviour::default() }, Tls::None, "no answer to the connection in time"),
        (silent_at("AUTH"), Tls::None, "no answer to the login in time"),
        (silent_at("DATA"), Tls::None, "no answer to DATA in time"),
    ];
    for (behaviour, tls, error) in cases {
        let server = SmtpServer::start(behaviour);
        let started = Instant::now();
        let told = said(&Notify::Email(email(&server, tls, directory.path())), limit).unwrap_err();
        assert!(told.starts_with(&format!("127.0.0.1:{}: {error}", server.port)), "{told}");
        assert!(started.elapsed() < Duration::from_secs(5), "{error}: {:?}", started.elapsed());
    }
    // The port of a listener that is gone.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let server = SmtpServer::start(Behaviour::default());
    let nobody = Email { port, ..email(&server, Tls::None, directory.path()) };
    let told = said(&Notify::Email(nobody), LIMIT).unwrap_err();
    assert_eq!(
        told,
        format!("127.0.0.1:{port}: cannot connect to 127.0.0.1:{port}: Connection refused (os error 111)")
    );
}

#[test]
fn a_server_that_hangs_up_or_never_ends_is_worth_another_try() {
    let directory = tempfile::tempdir().unwrap();
    let cases = [
        (
            Behaviour { hangs_up_at: Some("DATA"), auth: "PLAIN", ..Behaviour::default() },
            "the server hung up instead of answering to DATA",
        ),
        (Behaviour { floods: true, ..Behaviour::default() }, "the connection failed: the server says too much"),
    ];
    for (behaviour, error) in cases {
        let server = SmtpServer::start(behaviour);
        let way = Notify::Email(email(&server, Tls::None, directory.path()));
        let told = deliver_blocking(&way, &notice(), LIMIT, &|| false).unwrap_err();
        assert_eq!(told.to_string(), format!("127.0.0.1:{}: {error}", server.port));
        assert!(matches!(told, NotifyError::TryAgain { .. }), "{told:?}");
    }
}

#[test]
fn a_mail_that_is_taken_is_delivered_whatever_the_server_says_to_the_goodbye() {
    let directory = tempfile::tempdir().unwrap();
    let silent = Behaviour { auth: "PLAIN", instead: vec![("QUIT", "")], ..Behaviour::default() };
    let rude = Behaviour { auth: "PLAIN", hangs_up_at: Some("QUIT"), ..Behaviour::default() };
    for behaviour in [silent, rude] {
        let server = SmtpServer::start(behaviour);
        assert_eq!(said(&Notify::Email(email(&server, Tls::None, directory.path())), LIMIT), Ok(()));
        assert_eq!(server.mails().len(), 1);
    }
}

#[test]
fn every_certificate_in_the_file_is_trusted() {
    let directory = tempfile::tempdir().unwrap();
    let other = SmtpServer::start(Behaviour::default());
    for (tls, implicit) in [(Tls::Implicit, true), (Tls::Starttls, false)] {
        let behaviour = Behaviour { implicit, starttls: !implicit, auth: "PLAIN", ..Behaviour::default() };
        let server = SmtpServer::start(behaviour);
        let way = email(&server, tls, directory.path());
        let both = [other.ca_pem.as_slice(), &server.ca_pem].concat();
        std::fs::write(directory.path().join("ca.pem"), both).unwrap();
        assert_eq!(said(&Notify::Email(way), LIMIT), Ok(()));
    }
}

#[test]
fn addresses_beyond_ascii_need_a_server_that_takes_them() {
    let directory = tempfile::tempdir().unwrap();
    let cases = [
        (
            "250-smtp.example.org\r\n250 AUTH PLAIN",
            Err("the server takes no address with letters beyond a-z (SMTPUTF8)".to_owned()),
        ),
        ("250-smtp.example.org\r\n250-AUTH PLAIN\r\n250-8BITMIME\r\n250 SMTPUTF8", Ok(())),
    ];
    for (extensions, expected) in cases {
        let server = SmtpServer::start(Behaviour { instead: vec![("EHLO", extensions)], ..Behaviour::default() });
        let to = vec!["änna@exämple.org".to_owned()];
        let way = Email { to, ..email(&server, Tls::None, directory.path()) };
        let told = said(&Notify::Email(way), LIMIT);
        assert_eq!(told, expected.clone().map_err(|what: String| format!("127.0.0.1:{}: {what}", server.port)));
        let from = "MAIL FROM:<confirmd@example.org> SMTPUTF8 BODY=8BITMIME".to_owned();
        assert_eq!(server.lines().contains(&from), expected.is_ok(), "{:?}", server.lines());
        assert_eq!(server.lines().contains(&"RCPT TO:<änna@exämple.org>".to_owned()), expected.is_ok());
    }
}

#[test]
fn a_password_that_cannot_be_had_is_the_reason() {
    let directory = tempfile::tempdir().unwrap();
    let server = SmtpServer::start(Behaviour::default());
    let mut way = email(&server, Tls::None, directory.path());
    let password = SecretSource::Command(vec!["false".to_owned()]);
    way.login = Some(Login { username: "anna".to_owned(), password });
    assert_eq!(said(&Notify::Email(way), LIMIT), Err("no password or token: false failed (exit status 1)".to_owned()));
    assert_eq!(server.lines(), Vec::<String>::new());
}

#[test]
fn a_handshake_nobody_waits_for_any_more_ends() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let directory = tempfile::tempdir().unwrap();
    let server = SmtpServer::start(Behaviour { mute: true, ..Behaviour::default() });
    let way = Notify::Email(email(&server, Tls::Implicit, directory.path()));
    let seen = async |word: &str| {
        while !server.lines().iter().any(|line| line == word) {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    runtime.block_on(async {
        tokio::select! {
            outcome = deliver(way, notice(), LIMIT) => panic!("{outcome:?}"),
            () = seen("(met)") => {}
        }
        tokio::time::timeout(Duration::from_secs(5), seen("(left)")).await.expect("the connection is still there");
    });
}

#[test]
fn a_delivery_nobody_waits_for_any_more_ends() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let directory = tempfile::tempdir().unwrap();
    let pid_file = directory.path().join("pid");
    let write_pid = format!("echo $$ > {0}.new; mv {0}.new {0}", pid_file.display());
    runtime.block_on(deliver(sh(&write_pid), notice(), LIMIT)).unwrap();
    std::fs::remove_file(&pid_file).unwrap();

    runtime.block_on(async {
        let begun = async {
            while !pid_file.exists() {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::select! {
            outcome = deliver(sh(&format!("{write_pid}; sleep 600; true")), notice(), LIMIT) => panic!("{outcome:?}"),
            () = begun => {}
        }
    });
    let process = format!("/proc/{}", std::fs::read_to_string(&pid_file).unwrap().trim());
    let until = Instant::now() + Duration::from_secs(5);
    while Path::new(&process).exists() {
        assert!(Instant::now() < until, "the program still runs");
        std::thread::sleep(Duration::from_millis(10));
    }
}
