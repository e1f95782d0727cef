//! TLS: implicit, or after STARTTLS. TLS 1.2 at least, the host name verified, an extra CA beside the system's.
//!
//! Written out because the `imap` crate's own STARTTLS reads no greeting, discards injected plaintext silently and knows no
//! deadline. Nothing learned before the handshake is used after it.

mod hello;

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use openssl::asn1::Asn1Time;
use openssl::error::ErrorStack;
use openssl::nid::Nid;
use openssl::ssl::{HandshakeError, SslConnector, SslConnectorBuilder, SslMethod, SslStream, SslVersion};
use openssl::x509::{X509, X509NameRef, X509Ref, X509VerifyResult};

use super::fault::Fault;
use super::guard::Word;
use super::inspect::{self, Protection};
use super::sock::{Sock, Transport};
use super::{guard, harmless, harmless_up_to};

/// The connection, with or without TLS.
pub(super) enum Stream {
    Plain(Sock),
    Tls(Box<SslStream<Sock>>),
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
pub(super) fn handshake(mut sock: Sock, host: &str, connector: &SslConnector) -> Result<Stream, Failure> {
    sock.begin_phase();
    sock.keep_beginning(hello::LONGEST);
    let host = host.trim_start_matches('[').trim_end_matches(']');
    connector.connect(host, sock).map(|stream| Stream::Tls(Box::new(stream))).map_err(failure)
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

/// One for every CA file in use: where the system's certificates are one file, building one reads them all, which takes 2 MB and a
/// fifth of a second.
static CONNECTORS: Mutex<BTreeMap<Option<Vec<u8>>, SslConnector>> = Mutex::new(BTreeMap::new());

/// More CA files than anybody configures; a file that changes with every reload must not pile up.
const MOST_CONNECTORS: usize = 8;

/// What verifies certificates, with those of a `ca_file` beside the system's. To be had before connecting: the first one takes
/// its time, in which no cancelling is noticed.
pub(super) fn connector(ca_pem: Option<&[u8]>) -> Result<SslConnector, Fault> {
    let mut connectors = CONNECTORS.lock().unwrap_or_else(PoisonError::into_inner);
    let key = ca_pem.map(<[u8]>::to_vec);
    if let Some(connector) = connectors.get(&key) {
        return Ok(connector.clone());
    }
    let connector = build(ca_pem)?;
    if connectors.len() >= MOST_CONNECTORS {
        connectors.clear();
    }
    connectors.insert(key, connector.clone());
    Ok(connector)
}

fn build(ca_pem: Option<&[u8]>) -> Result<SslConnector, Fault> {
    let unusable = |error: ErrorStack| Fault::Policy(format!("TLS cannot be used: {}", harmless(&error.to_string())));
    let policy =
        |error: ErrorStack| Fault::Policy(format!("`ca_file` cannot be used: {}", harmless(&error.to_string())));
    // It verifies certificates and names, and trusts what OpenSSL was built to trust.
    let mut builder = SslConnector::builder(SslMethod::tls_client()).map_err(unusable)?;
    builder.set_min_proto_version(Some(SslVersion::TLS1_2)).map_err(unusable)?;
    trust_the_system(&mut builder);
    if let Some(pem) = ca_pem {
        let certificates = X509::stack_from_pem(pem).map_err(policy)?;
        if certificates.is_empty() {
            return Err(Fault::Policy("`ca_file` holds no certificate in PEM form".to_owned()));
        }
        for certificate in certificates {
            builder.cert_store_mut().add_cert(certificate).map_err(policy)?;
        }
    }
    Ok(builder.build())
}

/// Trusts the system's certificates wherever this system has them. A folder in which they are found by the hash of their subject
/// (`5ad8a5d6.0`, c_rehash(1)) is asked for the one that is needed; a single file is read whole, and stays in memory.
fn trust_the_system(builder: &mut SslConnectorBuilder) {
    let found = openssl_probe::probe();
    let mut asked = false;
    for folder in found.cert_dir.iter().filter(|folder| is_hashed(folder)) {
        asked |= builder.load_verify_locations(None, Some(folder)).is_ok();
    }
    if let Some(file) = found.cert_file.filter(|_| !asked) {
        // Without it a certificate does not verify, and that is told.
        let _ = builder.load_verify_locations(Some(&file), None);
    }
}

fn is_hashed(folder: &Path) -> bool {
    let is_hash =
        |name: &str| name.len() == 10 && name.ends_with(".0") && name[..8].bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut names = std::fs::read_dir(folder).into_iter().flatten().flatten();
    names.any(|entry| entry.file_name().to_str().is_some_and(is_hash))
}

/// `SSL_R_CERTIFICATE_VERIFY_FAILED` of OpenSSL.
const CERTIFICATE_VERIFY_FAILED: i32 = 134;

fn failure(error: HandshakeError<Sock>) -> Failure {
    let (error, verified) = match error {
        HandshakeError::SetupFailure(error) => {
            return Fault::protocol(format!("the TLS handshake failed: {}", harmless(&error.to_string()))).into();
        }
        // The socket below never says so outside IDLE.
        HandshakeError::WouldBlock(_) => return Fault::protocol("the TLS handshake does not go on").into(),
        HandshakeError::Failure(handshake) => {
            let verified = handshake.ssl().verify_result();
            (handshake.into_error(), verified)
        }
    };
    if let Some(io) = error.io_error() {
        return Fault::of(io).into();
    }
    let reasons = error.ssl_error().map(ErrorStack::errors).unwrap_or_default();
    if reasons.iter().any(|error| error.reason_code() == CERTIFICATE_VERIFY_FAILED) {
        // The verifier's own reason: `unable to get local issuer certificate`.
        return Failure::Certificate(match verified {
            X509VerifyResult::OK => harmless(&error.to_string()),
            reason => harmless(reason.error_string()),
        });
    }
    let reason = reasons.first().and_then(|error| error.reason().map(str::to_owned)).unwrap_or(error.to_string());
    let hint = match reason.as_str() {
        "wrong version number" | "packet length too long" | "http request" => "; the port may want tls = \"starttls\"",
        _ => "",
    };
    Fault::protocol(format!("the TLS handshake failed: {}{hint}", harmless(&reason))).into()
}

fn shown(certificate: &X509Ref) -> inspect::Certificate {
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
    inspect::Certificate {
        subject: text(subject, Nid::COMMONNAME).or_else(first_name).unwrap_or_default(),
        issuer: text(issuer, Nid::COMMONNAME).or_else(|| text(issuer, Nid::ORGANIZATIONNAME)).unwrap_or_default(),
        ends_at,
    }
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
        let certificate = stream.ssl().peer_certificate().map(|certificate| shown(&certificate));
        let (version, cipher) = chosen.map(|chosen| (chosen.version, chosen.cipher)).unzip();
        Some(Protection { version, cipher, certificate })
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
