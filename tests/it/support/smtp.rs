//! A small mail server on a loopback address: TLS with a certificate authority of its own, login, and a will of its own.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use openssl::asn1::Asn1Time;
use openssl::bn::BigNum;
use openssl::ec::{EcGroup, EcKey};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::x509::extension::{BasicConstraints, SubjectAlternativeName};
use openssl::x509::{X509, X509Name};

/// How the server behaves.
#[derive(Clone, Default)]
pub struct Behaviour {
    /// TLS from the first byte.
    pub implicit: bool,
    /// Offers STARTTLS.
    pub starttls: bool,
    /// What stands after `250-AUTH `, e.g. `PLAIN LOGIN`; empty offers no login.
    pub auth: &'static str,
    /// Answers this to a command that begins so, instead of what it would; an empty answer means silence from then on.
    pub instead: Vec<(&'static str, &'static str)>,
    /// Sends this in clear behind its answer to STARTTLS.
    pub injects: &'static str,
    /// Closes the connection at a command that begins so.
    pub hangs_up_at: Option<&'static str>,
    /// Accepts connections and says nothing at all. The lines have `(met)` and, once the client has left, `(left)`.
    pub mute: bool,
    /// Says its greeting without an end, as fast as it is taken.
    pub floods: bool,
    /// Says its greeting one byte at a time, one every 50 ms, and never finishes.
    pub trickles: bool,
}

/// What was said on all connections, and which mails were taken.
#[derive(Default)]
pub struct Record {
    /// The client's lines, without mails; base64 is decoded, NUL shown as `|`; `(TLS)` where encryption began.
    pub lines: Vec<String>,
    /// The mails, with the doubled dots undone.
    pub mails: Vec<String>,
}

/// A running server. It ends with the test's process.
pub struct SmtpServer {
    /// Its port on 127.0.0.1.
    pub port: u16,
    /// Its authority's certificate, PEM; it is valid for 127.0.0.1.
    pub ca_pem: Vec<u8>,
    record: Arc<Mutex<Record>>,
}

impl SmtpServer {
    pub fn start(behaviour: Behaviour) -> SmtpServer {
        let (ca_pem, identity) = authority();
        let acceptor = native_tls::TlsAcceptor::new(identity).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let record = Arc::new(Mutex::new(Record::default()));
        let of_thread = Arc::clone(&record);
        std::thread::spawn(move || {
            for socket in listener.incoming().flatten() {
                let (behaviour, acceptor, record) = (behaviour.clone(), acceptor.clone(), Arc::clone(&of_thread));
                std::thread::spawn(move || serve(socket, &behaviour, &acceptor, &record));
            }
        });
        SmtpServer { port, ca_pem, record }
    }

    pub fn lines(&self) -> Vec<String> {
        self.record.lock().unwrap().lines.clone()
    }

    pub fn mails(&self) -> Vec<String> {
        self.record.lock().unwrap().mails.clone()
    }
}

trait Stream: Read + Write {}
impl<S: Read + Write> Stream for S {}

/// The client going away ends the connection at any point: every `None` means that.
fn serve(
    socket: TcpStream,
    behaviour: &Behaviour,
    acceptor: &native_tls::TlsAcceptor,
    record: &Mutex<Record>,
) -> Option<()> {
    let note = |line: String| record.lock().unwrap().lines.push(line);
    if behaviour.mute {
        note("(met)".to_owned());
        silence(socket);
        note("(left)".to_owned());
        return None;
    }
    if behaviour.floods {
        let mut socket = socket;
        loop {
            socket.write_all(&[b'2'; 4096]).ok()?;
        }
    }
    if behaviour.trickles {
        let mut socket = socket;
        loop {
            socket.write_all(b"2").ok()?;
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
    }
    let mut clear = Some(socket);
    let mut stream: BufReader<Box<dyn Stream>> = if behaviour.implicit {
        note("(TLS)".to_owned());
        BufReader::new(Box::new(acceptor.accept(clear.take()?).ok()?))
    } else {
        BufReader::new(Box::new(clear.as_ref()?.try_clone().ok()?))
    };
    let mut encrypted = behaviour.implicit;
    say(&mut stream, "220 smtp.example.org ready")?;
    let mut login_lines = 0;
    loop {
        let line = line(&mut stream)?;
        let shown = if login_lines > 0 { decoded(&line) } else { shown(&line) };
        note(shown);
        login_lines = i32::max(login_lines - 1, 0);
        if behaviour.hangs_up_at.is_some_and(|command| line.starts_with(command)) {
            return None;
        }
        if let Some((_, answer)) = behaviour.instead.iter().find(|(command, _)| line.starts_with(command)) {
            if answer.is_empty() {
                return silence(stream.into_inner());
            }
            say(&mut stream, answer)?;
            continue;
        }
        match line.split([' ', ':']).next()? {
            "EHLO" => {
                let starttls = if behaviour.starttls && !encrypted { "250-STARTTLS\r\n" } else { "" };
                let auth =
                    if behaviour.auth.is_empty() { String::new() } else { format!("250-AUTH {}\r\n", behaviour.auth) };
                say(&mut stream, &format!("250-smtp.example.org\r\n{starttls}{auth}250 8BITMIME"))?;
            }
            "STARTTLS" => {
                say(&mut stream, &format!("220 go ahead{}", behaviour.injects))?;
                note("(TLS)".to_owned());
                stream = BufReader::new(Box::new(acceptor.accept(clear.take()?).ok()?));
                encrypted = true;
            }
            "AUTH" if line == "AUTH LOGIN" => {
                say(&mut stream, "334 VXNlcm5hbWU6")?;
                login_lines = 2;
            }
            "DATA" => {
                say(&mut stream, "354 go ahead")?;
                let mail = mail(&mut stream)?;
                record.lock().unwrap().mails.push(mail);
                say(&mut stream, "250 taken")?;
            }
            "QUIT" => return say(&mut stream, "221 bye"),
            "AUTH" => say(&mut stream, "235 welcome")?,
            "MAIL" | "RCPT" => say(&mut stream, "250 fine")?,
            // The two lines of AUTH LOGIN.
            _ if login_lines == 1 => say(&mut stream, "334 UGFzc3dvcmQ6")?,
            _ => say(&mut stream, "235 welcome")?,
        }
    }
}

fn say(stream: &mut BufReader<Box<dyn Stream>>, text: &str) -> Option<()> {
    stream.get_mut().write_all(format!("{text}\r\n").as_bytes()).ok()
}

fn line(stream: &mut BufReader<Box<dyn Stream>>) -> Option<String> {
    let mut line = String::new();
    let read = stream.read_line(&mut line).ok()?;
    (read > 0).then(|| line.trim_end().to_owned())
}

fn mail(stream: &mut BufReader<Box<dyn Stream>>) -> Option<String> {
    let mut mail = String::new();
    loop {
        let line = line(stream)?;
        match line.strip_prefix('.') {
            Some("") => return Some(mail),
            Some(rest) => mail.push_str(rest),
            None => mail.push_str(&line),
        }
        mail.push_str("\r\n");
    }
}

/// Holds the connection open until the client leaves.
fn silence(mut stream: impl Read) -> Option<()> {
    let mut nothing = [0; 64];
    while stream.read(&mut nothing).ok()? > 0 {}
    None
}

fn shown(line: &str) -> String {
    match line.strip_prefix("AUTH PLAIN ") {
        Some(base64) => format!("AUTH PLAIN {}", decoded(base64)),
        None => line.to_owned(),
    }
}

fn decoded(base64: &str) -> String {
    String::from_utf8(STANDARD.decode(base64).unwrap()).unwrap().replace('\0', "|")
}

static AUTHORITIES: AtomicU32 = AtomicU32::new(0);

/// An authority, and a certificate of it for 127.0.0.1.
fn authority() -> (Vec<u8>, native_tls::Identity) {
    let (ca_key, key) = (key(), key());
    // OpenSSL looks for an authority by its name: two with one name would be mistaken for each other.
    let ca_name = name(&format!("confirmd test authority {}", AUTHORITIES.fetch_add(1, Ordering::Relaxed)));
    let mut ca = certificate(&ca_name, &ca_name, &ca_key, 1);
    ca.append_extension(BasicConstraints::new().critical().ca().build().unwrap()).unwrap();
    ca.sign(&ca_key, MessageDigest::sha256()).unwrap();
    let ca = ca.build();
    let mut leaf = certificate(&name("127.0.0.1"), &ca_name, &key, 2);
    let names = SubjectAlternativeName::new().ip("127.0.0.1").build(&leaf.x509v3_context(Some(&ca), None)).unwrap();
    leaf.append_extension(names).unwrap();
    leaf.sign(&ca_key, MessageDigest::sha256()).unwrap();
    let identity =
        native_tls::Identity::from_pkcs8(&leaf.build().to_pem().unwrap(), &key.private_key_to_pem_pkcs8().unwrap());
    (ca.to_pem().unwrap(), identity.unwrap())
}

fn key() -> PKey<Private> {
    let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).unwrap();
    PKey::from_ec_key(EcKey::generate(&group).unwrap()).unwrap()
}

fn name(common: &str) -> X509Name {
    let mut name = X509Name::builder().unwrap();
    name.append_entry_by_nid(Nid::COMMONNAME, common).unwrap();
    name.build()
}

fn certificate(subject: &X509Name, issuer: &X509Name, key: &PKey<Private>, serial: u32) -> openssl::x509::X509Builder {
    let mut builder = X509::builder().unwrap();
    builder.set_version(2).unwrap();
    builder.set_serial_number(&BigNum::from_u32(serial).unwrap().to_asn1_integer().unwrap()).unwrap();
    builder.set_subject_name(subject).unwrap();
    builder.set_issuer_name(issuer).unwrap();
    builder.set_pubkey(key).unwrap();
    builder.set_not_before(&Asn1Time::days_from_now(0).unwrap()).unwrap();
    builder.set_not_after(&Asn1Time::days_from_now(1).unwrap()).unwrap();
    builder
}
