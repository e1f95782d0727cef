//! A logged-in connection, and how its failures are told.
//!
//! What to ask is in `folders`, `fetch` and `watch`. No reconnecting: a connection that failed is thrown away.

use std::cell::Cell;
use std::collections::BTreeSet;

use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use super::fault::Fault;
use super::fetch::Opened;
use super::guard::{Allowance, Guard, Notes, Said};
use super::inspect::Protection;
use super::tls::{Failure, Stream};
use super::{Auth, Canceller, Endpoint, Error, Folder, Tls, dial, tls};

/// A connection to one mailbox, logged in.
pub struct Connection {
    session: Session,
    pub(super) notes: Notes,
    pub(super) canceller: Canceller,
    at: String,
    pub(super) capabilities: BTreeSet<String>,
    pub(super) protection: Option<Protection>,
    pub(super) message_limit: u64,
    pub(super) opened: Option<Opened>,
}

pub(super) type Session = imap::Session<Guard<Stream>>;

/// A stop must be prompt (contract section 7), whether the server says goodbye or not.
const GOODBYE: std::time::Duration = std::time::Duration::from_millis(500);

impl Connection {
    /// Connects, protects the connection, and logs in.
    ///
    /// Nothing secret leaves before TLS is established and the server has said that it takes a login. Errors: all but
    /// [`Error::Folder`].
    pub fn open(endpoint: &Endpoint, secret: &SecretString, canceller: &Canceller) -> Result<Connection, Error> {
        let at = format!("{}:{}", endpoint.host, endpoint.port);
        let (mut stream, greeted) = connect(endpoint, canceller).map_err(|failure| match failure {
            Failure::Certificate(why) => Error::Certificate { at: at.clone(), why },
            Failure::Fault(fault) => of_fault(&at, fault),
        })?;
        let protection = stream.protection();
        let notes = Notes::default();
        let mut client = imap::Client::new(Guard::new(stream, notes.clone(), greeted));
        let failed = |error| of_crate(&at, &notes, error);
        if !greeted {
            client.read_greeting().map_err(failed)?;
        }
        let known = notes.get().capabilities.is_some();
        if !known {
            client.capabilities().map_err(failed)?;
        }
        let offered = notes.get().capabilities.take().unwrap_or_default();
        let session =
            log_in(client, endpoint, &offered, secret).map_err(|error| of_login(&at, &notes, secret, error))?;
        let mut connection = Connection {
            session,
            notes,
            canceller: canceller.clone(),
            at,
            capabilities: BTreeSet::new(),
            protection,
            message_limit: endpoint.message_limit,
            opened: None,
        };
        connection.learn_capabilities()?;
        Ok(connection)
    }

    /// Whether the server offers that extension, e.g. `IDLE`.
    pub fn offers(&self, capability: &str) -> bool {
        self.capabilities.contains(&capability.to_ascii_uppercase())
    }

    /// Whether several questions may be under way at once. RFC 3501 (section 5.5) lets everybody do that; servers from before
    /// LIST-STATUS (RFC 5819, of 2010) get one at a time, for some of them, and proxies before them, lose what comes early.
    pub(super) fn pipelines(&self) -> bool {
        self.offers("LIST-STATUS")
    }

    /// Has a command go out together with the next one: it will be asked right after it.
    pub(super) fn announce(&mut self, command: String) {
        if self.pipelines() {
            self.notes.get().announced.push(command);
        }
    }

    /// Says goodbye, within half a second.
    pub fn log_out(mut self) {
        let allowance = Allowance { timeout: Some(GOODBYE), ..Allowance::default() };
        // Closing the socket says the same.
        let _ = self.ask(allowance, |session| session.logout());
    }

    /// Runs a command. The outer error is the connection's end; the inner one is the server's `NO` or `BAD`.
    pub(super) fn ask<R>(
        &mut self,
        allowance: Allowance,
        command: impl FnOnce(&mut Session) -> imap::Result<R>,
    ) -> Result<Result<R, Said>, Error> {
        self.notes.get().allowance = allowance;
        let result = command(&mut self.session);
        // Nobody reads them, and they would pile up.
        drop(self.session.take_all_unsolicited());
        match result {
            Ok(answer) => Ok(Ok(answer)),
            Err(error @ (imap::Error::No(_) | imap::Error::Bad(_))) => match self.notes.get().last.clone() {
                Some(said) => Ok(Err(said)),
                None => Err(of_crate(&self.at, &self.notes, error)),
            },
            Err(error) => Err(of_crate(&self.at, &self.notes, error)),
        }
    }

    /// The error for a folder the server refuses, or for a server that refuses everything for now.
    pub(super) fn refused(&self, folder: &Folder, said: &Said) -> Error {
        if said.is_temporary() {
            Error::Unavailable { at: self.at.clone(), why: said.text.clone() }
        } else {
            folder.error(said.text.clone())
        }
    }

    pub(super) fn unavailable(&self, why: String) -> Error {
        Error::Unavailable { at: self.at.clone(), why }
    }

    fn learn_capabilities(&mut self) -> Result<(), Error> {
        // Most servers tell them in the answer to the login (`OK [CAPABILITY ...]`): a round trip saved.
        let told = self.notes.get().capabilities.take();
        self.capabilities = match told {
            Some(capabilities) => capabilities,
            None => {
                let _ = self.ask(Allowance::default(), |session| session.run_command_and_check_ok("CAPABILITY"))?;
                self.notes.get().capabilities.take().unwrap_or_default()
            }
        };
        Ok(())
    }
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Connection").field("at", &self.at).finish_non_exhaustive()
    }
}

fn connect(endpoint: &Endpoint, canceller: &Canceller) -> Result<(Stream, bool), Failure> {
    let connector = match endpoint.tls {
        Tls::Implicit | Tls::StartTls => Some(tls::connector(endpoint.ca_pem.as_deref())?),
        Tls::None => None,
    };
    let mut sock = dial::connect(&endpoint.host, endpoint.port, endpoint.timeout.min(super::LONGEST), canceller)?;
    let starttls = endpoint.tls == Tls::StartTls;
    match connector {
        Some(connector) => {
            if starttls {
                tls::starttls(&mut sock)?;
            }
            Ok((tls::handshake(sock, &endpoint.host, &connector)?, starttls))
        }
        None if sock.is_loopback() => {
            sock.begin_phase();
            Ok((Stream::Plain(sock), false))
        }
        None => {
            Err(Fault::Policy("tls = \"none\" is for loopback addresses; the password would be readable".to_owned())
                .into())
        }
    }
}

/// Why there is no session: ours, or the server's.
enum NoLogin {
    Policy(&'static str),
    Server(imap::Error),
}

fn log_in(
    client: imap::Client<Guard<Stream>>,
    endpoint: &Endpoint,
    offered: &BTreeSet<String>,
    secret: &SecretString,
) -> Result<Session, NoLogin> {
    let user = endpoint.username.as_str();
    let secret = secret.expose_secret();
    let unsendable = |text: &str| text.bytes().any(|byte| matches!(byte, b'\r' | b'\n' | 0));
    if unsendable(user) || unsendable(secret) {
        return Err(NoLogin::Policy("username or password contains a line break or NUL; check where they come from"));
    }
    let result = match endpoint.auth {
        Auth::XOAuth2 if !offered.contains("AUTH=XOAUTH2") => {
            return Err(NoLogin::Policy(
                "the server does not offer XOAUTH2; use auth = \"login\" if it takes a password",
            ));
        }
        Auth::XOAuth2 => {
            let answer = format!("user={user}\u{1}auth=Bearer {secret}\u{1}\u{1}");
            client.authenticate("XOAUTH2", &Once::new(answer))
        }
        // A quoted string holds ASCII only (RFC 3501, section 4.3): `Grün` goes through SASL where the server lets it.
        Auth::Login if !(user.is_ascii() && secret.is_ascii()) && offered.contains("AUTH=PLAIN") => {
            client.authenticate("PLAIN", &Once::new(format!("\0{user}\0{secret}")))
        }
        Auth::Login if offered.contains("LOGINDISABLED") => {
            return Err(NoLogin::Policy("the server takes no password on this connection (LOGINDISABLED)"));
        }
        Auth::Login => client.login(user, secret),
    };
    result.map_err(|(error, _)| NoLogin::Server(error))
}

/// Answers the first challenge, and every later one with nothing: a refusal of XOAUTH2 comes as a second challenge whose answer
/// must be empty.
struct Once(Cell<Zeroizing<String>>);

impl Once {
    fn new(answer: String) -> Once {
        Once(Cell::new(Zeroizing::new(answer)))
    }
}

impl imap::Authenticator for Once {
    type Response = Zeroizing<String>;

    fn process(&self, _challenge: &[u8]) -> Zeroizing<String> {
        self.0.take()
    }
}

fn of_login(at: &str, notes: &Notes, secret: &SecretString, error: NoLogin) -> Error {
    let at = at.to_owned();
    let error = match error {
        NoLogin::Policy(why) => return Error::Policy { at, why: why.to_owned() },
        NoLogin::Server(error) => error,
    };
    let said = notes.get().last.clone();
    let (Some(said), imap::Error::No(_) | imap::Error::Bad(_)) = (said, &error) else {
        return of_crate(&at, notes, error);
    };
    let why = without(&said.text, secret.expose_secret());
    if said.is_temporary() {
        Error::Unavailable { at, why }
    } else if said.is("PRIVACYREQUIRED") {
        Error::Policy { at, why }
    } else {
        Error::Refused { at, why }
    }
}

/// Some servers repeat the line they did not understand. The text may be cut: the secret's beginning gives it away.
fn without(text: &str, secret: &str) -> String {
    let beginning = |form: &str| form.chars().take(6).collect::<String>();
    let plain = beginning(secret);
    let escaped = beginning(&secret.replace('\\', r"\\").replace('"', "\\\""));
    // A SASL answer in base64 is longer than any word of a text for people.
    let encoded = text
        .split_whitespace()
        .any(|word| word.len() >= 40 && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'='));
    if encoded || (!secret.is_empty() && (text.contains(&plain) || text.contains(&escaped))) {
        "it repeats the secret, so its words are not shown".to_owned()
    } else {
        text.to_owned()
    }
}

fn of_crate(at: &str, notes: &Notes, error: imap::Error) -> Error {
    if let Some(fault) = notes.get().fault.clone() {
        return of_fault(at, fault);
    }
    let at = at.to_owned();
    if let imap::Error::Io(error) = error {
        of_fault(&at, Fault::of(&error))
    } else if matches!(error, imap::Error::ConnectionLost) {
        Error::Network { at, why: "the server closed the connection".to_owned() }
    } else {
        // The crate calls whatever it cannot parse a BYE; a real one is a fault of the guard's.
        Error::Protocol { at, why: "an answer of the server cannot be read".to_owned() }
    }
}

fn of_fault(at: &str, fault: Fault) -> Error {
    let at = at.to_owned();
    let why = fault.to_string();
    match fault {
        Fault::Cancelled => Error::Cancelled,
        Fault::Timeout(_) => Error::Timeout { at, why },
        Fault::Network(_) => Error::Network { at, why },
        Fault::Bye { text, .. } => Error::Unavailable { at, why: text },
        Fault::Protocol(_) => Error::Protocol { at, why },
        Fault::Policy(_) => Error::Policy { at, why },
    }
}
