//! Servers that are silent, slow, or have their own idea of waiting.

use super::hostile::{SHORT, at};
use super::*;
use crate::support::faults::tried;
use crate::support::script::{Script, about};

/// Runs something against a script with little patience; how it ended and how long it took.
fn timed(name: &str, tls: Tls) -> (Error, Duration) {
    let script = Script::play(name);
    let endpoint = Endpoint { timeout: SHORT, ..at(&script, tls) };
    let mut started = Instant::now();
    let result = try_open(&endpoint, "secret").and_then(|mut connection| {
        let inbox = folder(&mut connection, "INBOX");
        started = Instant::now();
        let plan =
            Plan { since: None, generation: "g1", needles: &[], candidate: &is_candidate, message_limit: 1_000_000 };
        connection.read_folder(&inbox, None, &plan, &mut |_| Ok(()))
    });
    let took = started.elapsed();
    let _ = script.finish();
    (result.unwrap_err(), took)
}

#[test]
fn silent_and_dripping_servers_end_at_the_deadline() {
    let cases = [
        ("greeting_missing", Tls::None),
        ("greeting_missing", Tls::Implicit),
        ("greeting_missing", Tls::StartTls),
        ("greeting_drips", Tls::None),
        ("greeting_drips", Tls::StartTls),
        ("starttls_handshake_stalls", Tls::StartTls),
        ("answer_stops", Tls::None),
        ("answer_drips", Tls::None),
    ];
    for (name, tls) in cases {
        let (error, took) = timed(name, tls);
        assert!(matches!(error, Error::Timeout { .. }), "{name} {tls:?}: {error:?}");
        assert!((SHORT..SHORT * 10).contains(&took), "{name} {tls:?}: {took:?}");
        tried("Servers", &format!("{} (tls = {tls:?})", about(name)), "left at the deadline: no complete answer");
    }
}

#[test]
fn cancelling_ends_everything_at_once() {
    let cases = [
        ("greeting_missing", Tls::None),
        ("greeting_missing", Tls::Implicit),
        ("greeting_missing", Tls::StartTls),
        ("starttls_handshake_stalls", Tls::StartTls),
        ("answer_stops", Tls::None),
        ("idle_silent", Tls::None),
        ("idle_hold", Tls::None),
        ("idle_done_unanswered", Tls::None),
    ];
    for (name, tls) in cases {
        // A busy machine may come late; a program that is late by itself is late every time.
        let fastest = (0..3).map(|_| cancelled(name, tls)).find(|took| *took < Duration::from_millis(100));
        assert!(fastest.is_some(), "{name} {tls:?}");
    }
}

/// How long it takes from cancelling to the end of whatever hangs in that script.
fn cancelled(name: &str, tls: Tls) -> Duration {
    let script = Script::play(name);
    let canceller = Canceller::new().unwrap();
    let endpoint = at(&script, tls);
    let at = std::thread::scope(|scope| {
        let cancelling = scope.spawn(|| {
            wait_until(Duration::from_secs(10), || script.is_holding()).unwrap();
            let at = Instant::now();
            canceller.cancel();
            at
        });
        let result =
            Connection::open(&endpoint, &SecretString::from("secret"), &canceller).and_then(|mut connection| {
                let inbox = folder(&mut connection, "INBOX");
                if name.starts_with("idle") {
                    return connection.watch(&inbox, &read_to(3), Duration::from_secs(60)).map(drop);
                }
                let plan = Plan {
                    since: None,
                    generation: "g1",
                    needles: &[],
                    candidate: &is_candidate,
                    message_limit: 1_000_000,
                };
                connection.read_folder(&inbox, None, &plan, &mut |_| Ok(())).map(drop)
            });
        assert_eq!(result.unwrap_err(), Error::Cancelled, "{name}");
        cancelling.join().unwrap()
    });
    let took = at.elapsed();
    script.finish().unwrap_or_else(|what| panic!("{name}: {what}"));
    took
}

// ---- waiting ----

fn read_to(last_uid: u32) -> Cursor {
    Cursor { folder: "INBOX".to_owned(), uidvalidity: 7, last_uid, generation: "g1".to_owned() }
}

#[test]
fn waiting_copes_with_every_idea_of_idle() {
    let limit = Duration::from_millis(350);
    let cases = [
        ("idle_ok_at_once", Ok(Woken::Unsupported)),
        ("idle_refused", Ok(Woken::Unsupported)),
        ("idle_ended_by_server", Ok(Woken::Unsupported)),
        ("idle_chatter", Ok(Woken::Limit)),
        ("idle_news_before_plus", Ok(Woken::Mail)),
        ("idle_bye", Err("HERE is not available: idle for too long")),
        ("idle_silent", Err("HERE: no complete answer within 1 s")),
        ("idle_done_unanswered", Err("HERE: no complete answer within 1 s")),
    ];
    for (name, outcome) in cases {
        let script = Script::play(name);
        let endpoint = Endpoint { timeout: SHORT, ..at(&script, Tls::None) };
        let mut connection = try_open(&endpoint, "secret").unwrap();
        let inbox = folder(&mut connection, "INBOX");
        let woken = connection.watch(&inbox, &read_to(3), limit);
        let here = format!("localhost:{}", script.port);
        let woken = woken.map_err(|error| error.to_string().replace(&here, "HERE"));
        tried("Servers", &format!("waiting: {}", about(name)), &format!("{woken:?}"));
        assert_eq!(woken, outcome.map_err(str::to_owned), "{name}");
        drop(connection);
        script.finish().unwrap_or_else(|what| panic!("{name}: {what}"));
    }
}

#[test]
fn without_idle_waiting_is_the_callers_business() {
    let script = Script::play_text(
        "S: * OK [CAPABILITY IMAP4rev1 IDLE] ready\nC: LOGIN ...\nS: $ OK [CAPABILITY IMAP4rev1] in\n\
         C: LIST ...\nS: * LIST () \"/\" INBOX\nS: $ OK done\nC: STATUS ...\nS: $ OK done\nHOLD\n",
    );
    let mut connection = try_open(&at(&script, Tls::None), "secret").unwrap();
    let inbox = folder(&mut connection, "INBOX");
    assert_eq!(connection.watch(&inbox, &read_to(3), Duration::from_secs(60)).unwrap(), Woken::Unsupported);
    drop(connection);
    script.finish().unwrap();
}
