//! The steps of an SMTP dialogue with lettre's client, each with a name that an error can say.
//!
//! It has no time limit: who drops the future ends it. What the server says is shown only where it cannot echo the password.
//!
//! lettre's `AsyncSmtpTransport` is the same client in one piece. It is not used as such for two reasons. It keeps what
//! came in clear behind the answer to STARTTLS and takes it for the encrypted server's words (CVE-2011-0411 has the same
//! mistake on the other side); [`ByteWise`] prevents that, and a transport does not take a stream. And its errors do not
//! say whether the login was refused, in which case the server's words may be the password, or which recipient.

use std::cell::RefCell;
use std::error::Error as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use lettre::Message;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{
    AsyncSmtpConnection, AsyncTokioStream, Certificate, TlsParameters, TlsParametersBuilder,
};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use crate::config::program::harmless_end;
use crate::config::{Email, Tls};

/// What stands in the way.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// Network trouble, or an answer of the 400s.
    TryAgain(String),
    /// An answer of the 500s, an untrusted certificate, a server that lacks what is needed.
    Refused(String),
}

/// So that an address nobody answers at (IPv6 without a route) leaves time for the next.
const MAX_CONNECT: Duration = Duration::from_secs(10);

/// A dialogue has a few kilobytes, with the certificates of a TLS handshake about ten.
const MAX_BYTES: usize = 1024 * 1024;

/// In the order in which they are tried.
const MECHANISMS: &[Mechanism] = &[Mechanism::Plain, Mechanism::Login];

/// Connects to the first address that answers, encrypts, and asks for the server's extensions.
pub(super) async fn connect(email: &Email, about: &RefCell<String>) -> Result<AsyncSmtpConnection, Trouble> {
    let server = (email.smtp.as_str(), email.port);
    // The name given says nothing about this machine; servers do not check it on submission.
    let hello = ClientId::Ipv4(Ipv4Addr::LOCALHOST);
    match email.tls {
        Tls::Implicit => {
            let tls = Some(trust(email)?);
            step(
                about,
                "the connection",
                AsyncSmtpConnection::connect_tokio1(server, Some(MAX_CONNECT), &hello, tls, None),
            )
            .await
        }
        Tls::Starttls => {
            let tls = trust(email)?;
            let mut connection = in_clear(server, &hello, about).await?;
            if !connection.can_starttls() {
                let what = "the server does not offer STARTTLS; try tls = \"implicit\"";
                return Err(Trouble::Refused(what.to_owned()));
            }
            step(about, "STARTTLS", connection.starttls(tls, &hello)).await?;
            Ok(connection)
        }
        Tls::None => in_clear(server, &hello, about).await,
    }
}

/// Logs in with PLAIN or LOGIN. The server's words are not shown: some echo what they did not like.
pub(super) async fn log_in(
    connection: &mut AsyncSmtpConnection,
    login: &Credentials,
    about: &RefCell<String>,
) -> Result<(), Trouble> {
    if connection.server_info().get_auth_mechanism(MECHANISMS).is_none() {
        return Err(Trouble::Refused("the server offers no login with PLAIN or LOGIN".to_owned()));
    }
    about.replace("the login".to_owned());
    match connection.auth(MECHANISMS, login).await {
        Ok(_) => Ok(()),
        Err(error) => Err(match error.status() {
            Some(code) if error.is_transient() => Trouble::TryAgain(format!("the login is refused for now ({code})")),
            Some(code) => Trouble::Refused(format!("the login is refused ({code}); check username and password")),
            None => trouble("the login", &error),
        }),
    }
}

/// Hands over one mail for all recipients, or for none.
pub(super) async fn hand_over(
    connection: &mut AsyncSmtpConnection,
    mail: &Message,
    about: &RefCell<String>,
) -> Result<(), Trouble> {
    let envelope = mail.envelope();
    let mut parameters = Vec::new();
    if !envelope.from().into_iter().chain(envelope.to()).all(|address| AsRef::<str>::as_ref(address).is_ascii()) {
        if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
            let what = "the server takes no address with letters beyond a-z (SMTPUTF8)";
            return Err(Trouble::Refused(what.to_owned()));
        }
        // RFC 6531 section 3.1: who offers SMTPUTF8 offers 8BITMIME. The headers have the addresses as they are.
        parameters = vec![MailParameter::SmtpUtfEight, MailParameter::Body(MailBodyParameter::EightBitMime)];
    }
    step(about, "the sender", connection.command(Mail::new(envelope.from().cloned(), parameters))).await?;
    for recipient in envelope.to() {
        let name = format!("the recipient {recipient}");
        step(about, &name, connection.command(Rcpt::new(recipient.clone(), Vec::new()))).await?;
    }
    step(about, "DATA", connection.command(Data)).await?;
    step(about, "the mail", connection.message(&mail.formatted())).await?;
    Ok(())
}

async fn in_clear(
    server: (&str, u16),
    hello: &ClientId,
    about: &RefCell<String>,
) -> Result<AsyncSmtpConnection, Trouble> {
    about.replace("the connection".to_owned());
    let mut last = Trouble::TryAgain("the name has no address".to_owned());
    let addresses = tokio::net::lookup_host(server).await;
    for address in addresses.map_err(|error| Trouble::TryAgain(format!("name cannot be resolved: {error}")))? {
        let error = match tokio::time::timeout(MAX_CONNECT, TcpStream::connect(address)).await {
            Ok(Ok(socket)) => {
                let stream = Box::new(ByteWise { socket, left: MAX_BYTES });
                let connection = AsyncSmtpConnection::connect_with_transport(stream, hello);
                return step(about, "the connection", connection).await;
            }
            Ok(Err(error)) => error.to_string(),
            Err(_) => "no answer in time".to_owned(),
        };
        last = Trouble::TryAgain(format!("cannot connect to {address}: {error}"));
    }
    Err(last)
}

/// The system's trust anchors and every certificate in `ca_file`; certificate and host name are always checked.
fn trust(email: &Email) -> Result<TlsParameters, Trouble> {
    let mut builder = TlsParametersBuilder::new(email.smtp.clone());
    if let Some(file) = &email.ca_file {
        let wrong = |what: String| Trouble::Refused(format!("ca_file {}: {what}", file.display()));
        let pem = std::fs::read(file).map_err(|error| wrong(error.to_string()))?;
        // lettre's own `from_pem` takes the first one and is silent about the others.
        let certificates = native_tls::Certificate::stack_from_pem(&pem).map_err(|error| wrong(error.to_string()))?;
        if certificates.is_empty() {
            return Err(wrong("no certificate in it; it has to be PEM".to_owned()));
        }
        for certificate in certificates {
            let der = certificate.to_der().map_err(|error| wrong(error.to_string()))?;
            builder =
                builder.add_root_certificate(Certificate::from_der(der).map_err(|error| wrong(error.to_string()))?);
        }
    }
    builder.build_native().map_err(|error| Trouble::Refused(format!("TLS cannot be set up: {error}")))
}

async fn step<T>(
    about: &RefCell<String>,
    name: &str,
    answer: impl Future<Output = Result<T, Error>>,
) -> Result<T, Trouble> {
    about.replace(name.to_owned());
    answer.await.map_err(|error| trouble(name, &error))
}

fn trouble(about: &str, error: &Error) -> Trouble {
    let causes =
        || std::iter::successors(error.source(), |cause: &&(dyn std::error::Error + 'static)| (*cause).source());
    let cause = causes().last().map_or_else(|| error.to_string(), ToString::to_string);
    if let Some(code) = error.status() {
        let what = format!("the server refuses {about}: {code} {}", harmless_end(cause.as_bytes()));
        return if error.is_transient() { Trouble::TryAgain(what) } else { Trouble::Refused(what) };
    }
    if error.is_response() {
        // lettre has no other sign for a connection that ends before the answer does.
        return if cause == "incomplete response" {
            Trouble::TryAgain(format!("the server hung up instead of answering to {about}"))
        } else {
            Trouble::Refused(format!("the answer to {about} is no SMTP"))
        };
    }
    if let Some(tls) = causes().find(|cause| cause.is::<native_tls::Error>()) {
        let text = harmless_end(tls.to_string().as_bytes());
        // OpenSSL names a failed check of the certificate like this; anything else can be a bad moment.
        let untrusted = text.contains("certificate verify failed") || text.contains("hostname mismatch");
        let what = format!("TLS: {text}");
        return if untrusted { Trouble::Refused(what) } else { Trouble::TryAgain(what) };
    }
    let what = format!("{about} failed: {}", harmless_end(cause.as_bytes()));
    if error.is_client() { Trouble::Refused(what) } else { Trouble::TryAgain(what) }
}

/// A socket that gives one byte at a time, so that nobody above it has read beyond a line's end when TLS begins, and that
/// ends a server which never ends its line.
#[derive(Debug)]
struct ByteWise {
    socket: TcpStream,
    left: usize,
}

impl AsyncTokioStream for ByteWise {
    fn peer_addr(&self) -> std::io::Result<SocketAddr> {
        self.socket.peer_addr()
    }
}

impl AsyncRead for ByteWise {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<std::io::Result<()>> {
        if into.remaining() == 0 {
            return Poll::Ready(Ok(()));
        }
        let Some(left) = self.left.checked_sub(1) else {
            return Poll::Ready(Err(std::io::Error::other("the server says too much")));
        };
        let mut byte = [0];
        let mut byte = ReadBuf::new(&mut byte);
        ready!(Pin::new(&mut self.socket).poll_read(cx, &mut byte))?;
        into.put_slice(byte.filled());
        self.left = left;
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for ByteWise {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.socket).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(cx)
    }
}
