//! TLS: implicit, or after STARTTLS. TLS 1.2 at least, the host name verified, an extra CA beside the system's.
//!
//! Written out because the `imap` crate's own STARTTLS reads no greeting, discards injected plaintext silently and knows no
//! deadline. Nothing learned before the handshake is used after it.

mod hello;

use std::collections::BTreeMap;
use std::error::Error as _;
use std::io::{self, Read, Write};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use native_tls::{Certificate, HandshakeError, Protocol, TlsConnector, TlsStream};
use openssl::asn1::Asn1Time;
use openssl::nid::Nid;
use openssl::x509::{X509, X509NameRef};

use super::fault::Fault;
use super::guard::Word;
use super::inspect::{self, Protection};
use super::sock::{Sock, Transport};
use super::{guard, harmless, harmless_up_to};

/// The connection, with or without TLS.
pub(super) enum Stream {
    Plain(Sock),
    Tls(Box<TlsStream<Sock>>),
}

/// Why there is no TLS.
#[derive(Debug)]
pub(super) enum Failure {
    /// The certificate does not verify; what OpenSSL says of it.
    Certificate(String),
    Fault(Fault),
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Failure {
        Failure::Fault(fault)
    }
}

/// Shakes hands with `host` over a fresh socket.
pub(super) fn handshake(mut sock: Sock, host: &str, connector: &TlsConnector) -> Result<Stream, Failure> {
    sock.begin_phase();
    sock.keep_beginning(hello::LONGEST);
    let host = host.trim_start_matches('[').trim_end_matches(']');
    match connector.connect(host, sock) {
        Ok(stream) => Ok(Stream::Tls(Box::new(stream))),
        Err(HandshakeError::Failure(error)) => Err(failure(&error)),
        // The socket below never says so outside IDLE.
        Err(HandshakeError::WouldBlock(_)) => Err(Fault::protocol("the TLS handshake does not go on").into()),
    }
}

/// Asks for TLS on a plain connection (RFC 3501, section 6.2.1). The greeting is read here.
pub(super) fn starttls(sock: &mut Sock) -> Result<(), Fault> {
    sock.begin_phase();
    let mut lines = Lines { sock, buffer: Vec::new() };
    let greeting = lines.next()?;
    match greeting.strip_prefix("* ").and_then(|line| guard::said(line.as_bytes())) {
        Some(said) if said.word == Word::Ok => {}
        // Logged in already, STARTTLS is not allowed any more: an attacker's way to keep the connection plain.
        Some(said) if said.word == Word::Preauth => {
            return Err(Fault::Policy("the server says PREAUTH instead of offering STARTTLS".to_owned()));
        }
        Some(said) => return Err(Fault::Bye { code: said.code, text: said.text }),
        None => {
            return Err(Fault::protocol(format!("this is no IMAP server; it says: {}", harmless_up_to(&greeting, 60))));
        }
    }
    lines.send("s1 CAPABILITY")?;
    let mut offered = false;
    loop {
        let line = lines.next()?;
        let upper = line.to_ascii_uppercase();
        if let Some(list) = upper.strip_prefix("* CAPABILITY ") {
            offered = list.split(' ').any(|word| word == "STARTTLS");
        } else if upper.starts_with("S1 ") {
            break;
        }
    }
    if !offered {
        return Err(Fault::Policy(
            "the server does not offer STARTTLS; use tls = \"implicit\" if it has a TLS port".to_owned(),
        ));
    }
    lines.send("s2 STARTTLS")?;
    loop {
        let line = lines.next()?;
        match line.strip_prefix("s2 ").and_then(|line| guard::said(line.as_bytes())) {
            Some(said) if said.word == Word::Ok => break,
            Some(said) => return Err(Fault::Policy(format!("the server refuses STARTTLS: {}", said.text))),
            None if line.starts_with("* ") => {}
            None => return Err(Fault::protocol("the server answers what was not asked")),
        }
    }
    if lines.buffer.is_empty() {
        Ok(())
    } else {
        // Would be taken for the server's own words once TLS has begun (CVE-2011-0411 and its kin).
        Err(Fault::protocol("the server's answer to STARTTLS is followed by more: somebody may be injecting commands"))
    }
}

/// Building a `TlsConnector` loads the system's roots, which takes 2 MB and a fifth of a second: one for every CA file in use.
static CONNECTORS: Mutex<BTreeMap<Option<Vec<u8>>, TlsConnector>> = Mutex::new(BTreeMap::new());

/// More CA files than anybody configures; a file that changes with every reload must not pile up.
const MOST_CONNECTORS: usize = 8;

/// What verifies certificates, with those of a `ca_file` beside the system's. To be had before connecting: the first one takes
/// its time, in which no cancelling is noticed.
pub(super) fn connector(ca_pem: Option<&[u8]>) -> Result<TlsConnector, Fault> {
    let mut connectors = CONNECTORS.lock().unwrap_or_else(PoisonError::into_inner);
    let key = ca_pem.map(<[u8]>::to_vec);
    if let Some(connector) = connectors.get(&key) {
        return Ok(connector.clone());
    }
    let policy =
        |error: native_tls::Error| Fault::Policy(format!("`ca_file` cannot be used: {}", harmless(&error.to_string())));
    let mut builder = TlsConnector::builder();
    builder.min_protocol_version(Some(Protocol::Tlsv12));
    if let Some(pem) = ca_pem {
        let certificates = Certificate::stack_from_pem(pem).map_err(policy)?;
        if certificates.is_empty() {
            return Err(Fault::Policy("`ca_file` holds no certificate in PEM form".to_owned()));
        }
        for certificate in certificates {
            builder.add_root_certificate(certificate);
        }
    }
    let connector = builder.build().map_err(policy)?;
    if connectors.len() >= MOST_CONNECTORS {
        connectors.clear();
    }
    connectors.insert(key, connector.clone());
    Ok(connector)
}

/// `SSL_R_CERTIFICATE_VERIFY_FAILED` of OpenSSL.
const CERTIFICATE_VERIFY_FAILED: i32 = 134;

fn failure(error: &native_tls::Error) -> Failure {
    let text = error.to_string();
    if let Some(io) = error.source().and_then(|source| source.downcast_ref::<io::Error>()) {
        return Fault::of(io).into();
    }
    let stack = error.source().and_then(|source| source.downcast_ref::<openssl::error::ErrorStack>());
    let reasons: Vec<i32> =
        stack.map(|stack| stack.errors().iter().map(|error| error.reason_code()).collect()).unwrap_or_default();
    if reasons.contains(&CERTIFICATE_VERIFY_FAILED) {
        // `... (unable to get local issuer certificate)`: the last parenthesis is the verifier's own reason.
        let reason = text.rsplit_once(" (").map_or(text.as_str(), |(_, reason)| reason.trim_end_matches(')'));
        return Failure::Certificate(harmless(reason));
    }
    let reason = stack.and_then(|stack| stack.errors().first()?.reason().map(str::to_owned)).unwrap_or(text);
    let hint = match reason.as_str() {
        "wrong version number" | "packet length too long" | "http request" => "; the port may want tls = \"starttls\"",
        _ => "",
    };
    Fault::protocol(format!("the TLS handshake failed: {}{hint}", harmless(&reason))).into()
}

fn certificate(der: &[u8]) -> Option<inspect::Certificate> {
    let certificate = X509::from_der(der).ok()?;
    let text = |name: &X509NameRef, nid| {
        let entry = name.entries_by_nid(nid).next()?;
        entry.data().to_string().ok().map(|text| harmless_up_to(&text, 80))
    };
    let (subject, issuer) = (certificate.subject_name(), certificate.issuer_name());
    let first_name = || {
        let names = certificate.subject_alt_names()?;
        names.iter().find_map(|name| name.dnsname()).map(|name| harmless_up_to(name, 80))
    };
    let ends_in = Asn1Time::from_unix(0).and_then(|epoch| epoch.diff(certificate.not_after()));
    let ends_at = ends_in
        .ok()
        .and_then(|left| Timestamp::from_second(i64::from(left.days) * 24 * 60 * 60 + i64::from(left.secs)).ok());
    Some(inspect::Certificate {
        subject: text(subject, Nid::COMMONNAME).or_else(first_name).unwrap_or_default(),
        issuer: text(issuer, Nid::COMMONNAME).or_else(|| text(issuer, Nid::ORGANIZATIONNAME)).unwrap_or_default(),
        ends_at,
    })
}

/// Lines of the plain conversation before TLS.
struct Lines<'a> {
    sock: &'a mut Sock,
    buffer: Vec<u8>,
}

/// Lines before STARTTLS are greetings and capability lists.
const LONGEST: usize = 16 * 1024;
/// And few.
const MOST_BYTES: usize = 64 * 1024;

impl Lines<'_> {
    fn next(&mut self) -> Result<String, Fault> {
        loop {
            if let Some(end) = self.buffer.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.buffer.drain(..=end).collect();
                return Ok(String::from_utf8_lossy(&line).trim_end().to_owned());
            }
            if self.buffer.len() > LONGEST {
                return Err(Fault::protocol("a line before STARTTLS does not end"));
            }
            let mut chunk = [0; 4096];
            match self.sock.read(&mut chunk) {
                Ok(0) => return Err(Fault::Network("the server closed the connection".to_owned())),
                Ok(n) => self.buffer.extend(&chunk[..n]),
                Err(error) => return Err(Fault::of(&error)),
            }
        }
    }

    fn send(&mut self, command: &str) -> Result<(), Fault> {
        self.sock.begin(MOST_BYTES as u64, None);
        self.sock.write_all(format!("{command}\r\n").as_bytes()).map_err(|error| Fault::of(&error))
    }
}

impl Stream {
    /// How it is protected, once: the copy of the handshake's beginning is given up.
    pub(super) fn protection(&mut self) -> Option<Protection> {
        let chosen = hello::chosen(&self.sock().take_beginning());
        let Stream::Tls(stream) = self else { return None };
        let der = stream.peer_certificate().ok().flatten().and_then(|certificate| certificate.to_der().ok());
        let (version, cipher) = chosen.map(|chosen| (chosen.version, chosen.cipher)).unzip();
        Some(Protection { version, cipher, certificate: der.and_then(|der| certificate(&der)) })
    }

    fn sock(&mut self) -> &mut Sock {
        match self {
            Stream::Plain(sock) => sock,
            Stream::Tls(stream) => stream.get_mut(),
        }
    }
}

impl Transport for Stream {
    fn begin(&mut self, bytes: u64, timeout: Option<Duration>) {
        self.sock().begin(bytes, timeout);
    }

    fn forgive(&mut self, bytes: u64) {
        self.sock().forgive(bytes);
    }

    fn idle_until(&mut self, until: Option<Instant>) {
        self.sock().idle_until(until);
    }
}

impl Read for Stream {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        match self {
            Stream::Plain(sock) => sock.read(buf),
            Stream::Tls(stream) => stream.read(buf),
        }
    }
}

impl Write for Stream {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        match self {
            Stream::Plain(sock) => sock.write(buf),
            Stream::Tls(stream) => stream.write(buf),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Stream::Plain(sock) => sock.flush(),
            Stream::Tls(stream) => stream.flush(),
        }
    }
}
