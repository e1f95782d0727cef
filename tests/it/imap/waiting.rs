//! Waiting for mail at a real Dovecot.

use super::*;

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
