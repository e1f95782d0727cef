//! SIGTERM, whatever the daemon is doing.

use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use super::{FACEBOOK, MAY, idles, unproven_confirmation};
use crate::support::daemon::{Daemon, Home, at, is_running, mailbox};
use crate::support::dns::{DnsServer, Says};
use crate::support::dovecot::Dovecot;
use crate::support::gate::{Gate, GateKeeper};
use crate::support::script::Script;
use crate::support::sign::{Body, Domain};

/// The contract's 2 s.
#[track_caller]
fn ends_promptly(daemon: Daemon) {
    let ended = daemon.terminate();
    eprintln!("ended after {:?}", ended.after);
    assert!(ended.after < Duration::from_secs(2), "{:?}", ended.after);
    assert_eq!(ended.status.code(), Some(0));
    assert_eq!(ended.heard.last().map(String::as_str), Some("STOPPING=1"));
}

#[test]
fn while_idling() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    home.configure(&format!("{}{FACEBOOK}", at(&dovecot, "private", "")));
    let daemon = home.run();
    daemon.until("it waits for mail", || idles(&dovecot) > 0);
    ends_promptly(daemon);
}

#[test]
fn while_a_connect_a_handshake_or_an_answer_hangs() {
    let home = Home::new();
    let (_queue, hole, _filling) = full_queue();
    let silent = GateKeeper::before(1, Gate::Silent);
    let held = Script::play_text("@login\nC: LIST \"\" \"*\"\nHOLD\n");
    home.write("password", "secret");
    let password = "password_file = \"password\"\n";
    let plain = format!("tls = \"none\"\n{password}");
    let sections = [
        mailbox("connect", hole, &plain),
        mailbox("handshake", silent.port, password),
        mailbox("greeting", silent.port, &plain).replace("anna@", "ben@"),
        mailbox("answer", held.port, &plain).replace("anna@example.org", "anna"),
        FACEBOOK.to_owned(),
    ];
    home.configure(&sections.concat());
    let daemon = home.run();
    daemon.until("all are under way", || is_connecting_to(hole) && silent.arrivals().len() == 2 && held.is_holding());
    ends_promptly(daemon);
}

#[test]
fn while_it_waits_to_try_again() {
    let home = Home::new();
    let shut = GateKeeper::before(1, Gate::Shut);
    home.configure(&format!("{}{FACEBOOK}", mailbox("private", shut.port, "password_file = \"password\"")));
    let daemon = home.run();
    daemon.until("an attempt has failed", || daemon.logged("not read completely") > 0);
    ends_promptly(daemon);
}

#[test]
fn while_a_password_command_hangs_which_is_ended_with_its_children() {
    let home = Home::new();
    let hanging = hanging(&home);
    let more = format!("password_command = [\"/bin/sh\", \"-c\", '''{hanging}''']");
    home.configure(&format!("{}{FACEBOOK}", mailbox("private", 1, &more)));
    let daemon = home.run();
    daemon.until("it hangs", || home.path("pid").exists());
    let pid = std::fs::read_to_string(home.path("pid")).unwrap();
    assert!(is_running(&pid));
    ends_promptly(daemon);
    assert!(!is_running(&pid));
}

#[test]
fn while_a_delivery_hangs_which_is_ended_with_its_children() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    let way = home.command_way(&hanging(&home));
    home.configure(&format!("{}{FACEBOOK}{way}", at(&dovecot, "private", "")));
    let daemon = home.run();
    daemon.until("it hangs", || home.path("pid").exists());
    let pid = std::fs::read_to_string(home.path("pid")).unwrap();
    assert!(is_running(&pid));
    ends_promptly(daemon);
    assert!(!is_running(&pid));
    assert_eq!(home.sql("SELECT closed FROM notice WHERE superseded = 0"), ["0"], "the next one delivers it");
}

#[test]
fn while_dns_is_silent() {
    let (home, dovecot, dns) = (Home::new(), Dovecot::start(), DnsServer::start());
    let meta = Domain::new("support.facebook.com");
    dns.set(&meta.key_name(), Says::Silent);
    let section = format!("[dns]\nserver = \"{}\"\n", dns.address());
    home.configure(&format!("{section}{}{FACEBOOK}", at(&dovecot, "private", "")));
    dovecot.deliver("INBOX", &meta.sign(&unproven_confirmation(), Body::Simple), MAY);
    let daemon = home.run();
    daemon.until("DNS is asked", || !dns.asked().is_empty());
    ends_promptly(daemon);
    assert_eq!(home.sql("SELECT number FROM message"), Vec::<String>::new(), "read again by the next one");
}

#[test]
fn with_the_interrupt_key() {
    let home = Home::new();
    home.configure(&format!("{}{FACEBOOK}", mailbox("private", 1, "password_file = \"password\"")));
    let mut daemon = home.run();
    let begun = std::time::Instant::now();
    daemon.signal(rustix::process::Signal::INT);
    let ended = daemon.until_it_ends(begun);
    assert!(ended.after < Duration::from_secs(2), "{:?}", ended.after);
    assert_eq!(ended.status.code(), Some(0));
}

/// A script that notes the number of a child that never ends, and waits for it.
fn hanging(home: &Home) -> String {
    let pid = home.path("pid");
    format!("sleep 600 & echo $! > {pid}.new; mv {pid}.new {pid}; wait", pid = pid.display())
}

/// A listener whose queue is full lets connects hang, as a black hole does.
fn full_queue() -> (std::os::fd::OwnedFd, u16, Vec<TcpStream>) {
    use rustix::net::{AddressFamily, SocketType};
    let socket = rustix::net::socket(AddressFamily::INET, SocketType::STREAM, None).unwrap();
    rustix::net::bind(&socket, &"127.0.0.1:0".parse::<SocketAddr>().unwrap()).unwrap();
    rustix::net::listen(&socket, 0).unwrap();
    let address = SocketAddr::try_from(rustix::net::getsockname(&socket).unwrap()).unwrap();
    let mut filling = Vec::new();
    while let Ok(stream) = TcpStream::connect_timeout(&address, Duration::from_millis(200)) {
        filling.push(stream);
    }
    (socket, address.port(), filling)
}

/// Whether somebody's connect to that port of 127.0.0.1 is not answered yet.
fn is_connecting_to(port: u16) -> bool {
    // `0: 0100007F:A2C4 0100007F:1F90 02 ...`: local and remote address, and the state SYN_SENT.
    let remote = format!("0100007F:{port:04X}");
    let table = std::fs::read_to_string("/proc/net/tcp").unwrap();
    table.lines().any(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        fields.get(2) == Some(&remote.as_str()) && fields.get(3) == Some(&"02")
    })
}
