//! The SMTP dialogue (RFC 5321), as far as one short mail needs it, under one deadline from the first packet to the last.
//!
//! It knows no notice and no configuration. What the server says is shown only where it cannot echo the password.

use std::io::{ErrorKind, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use native_tls::{HandshakeError, TlsConnector, TlsStream};
use zeroize::Zeroizing;

use crate::config::program::harmless_end;

/// What stands in the way.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// Network trouble, or an answer of the 400s.
    TryAgain(String),
    /// An answer of the 500s, an untrusted certificate, a server that lacks what is needed.
    Refused(String),
}

/// One connection to a mail server.
pub(super) struct Session<'a> {
    wire: Wire<'a>,
    /// Received and not yet looked at.
    buffer: Vec<u8>,
    /// The lines of the answer to EHLO, in upper case.
    extensions: Vec<String>,
}

enum Wire<'a> {
    Clear(Bounded<'a>),
    Encrypted(Box<TlsStream<Bounded<'a>>>),
}

/// An answer: its code, and its text as it came.
struct Answer {
    code: u16,
    text: Vec<String>,
}

/// RFC 5321 section 4.5.3.1.5 allows 512 bytes a line; servers have been seen to write more.
const MAX_LINE: usize = 4096;
/// No server has this many extensions.
const MAX_LINES: usize = 128;

/// So that an address nobody answers at (IPv6 without a route) leaves time for the next.
const MAX_CONNECT: Duration = Duration::from_secs(10);

impl<'a> Session<'a> {
    /// Connects to the first address that answers. Everything on this connection must be over before `left` is.
    pub(super) fn connect(
        host: &str,
        port: u16,
        left: Duration,
        stopped: &'a dyn Fn() -> bool,
    ) -> Result<Session<'a>, Trouble> {
        let until = Instant::now() + left;
        let addresses = (host, port).to_socket_addrs();
        let addresses = addresses.map_err(|error| Trouble::TryAgain(format!("name cannot be resolved: {error}")))?;
        let mut last = Trouble::TryAgain("the name has no address".to_owned());
        for address in addresses {
            let wait = until.saturating_duration_since(Instant::now()).min(MAX_CONNECT);
            if wait.is_zero() || stopped() {
                break;
            }
            match TcpStream::connect_timeout(&address, wait) {
                Ok(socket) => {
                    let wire = Wire::Clear(Bounded { socket, until, stopped });
                    return Ok(Session { wire, buffer: Vec::new(), extensions: Vec::new() });
                }
                Err(error) => last = Trouble::TryAgain(format!("cannot connect to {address}: {error}")),
            }
        }
        Err(last)
    }

    /// Goes on with TLS. Host name and certificate are checked by the connector.
    pub(super) fn encrypt(self, connector: &TlsConnector, host: &str) -> Result<Session<'a>, Trouble> {
        let Wire::Clear(clear) = self.wire else {
            return Err(Trouble::Refused("the connection is encrypted already".to_owned()));
        };
        match connector.connect(host, clear) {
            Ok(stream) => {
                let wire = Wire::Encrypted(Box::new(stream));
                Ok(Session { wire, buffer: Vec::new(), extensions: Vec::new() })
            }
            Err(HandshakeError::Failure(error)) => {
                let text = harmless_end(error.to_string().as_bytes());
                // OpenSSL names a failed check of the certificate like this; anything else can be a bad moment.
                let untrusted = text.contains("certificate verify failed") || text.contains("hostname mismatch");
                let what = format!("TLS: {text}");
                Err(if untrusted { Trouble::Refused(what) } else { Trouble::TryAgain(what) })
            }
            Err(HandshakeError::WouldBlock(_)) => Err(Trouble::TryAgain("TLS: no answer in time".to_owned())),
        }
    }

    /// Waits for the server's first words.
    pub(super) fn greeting(&mut self) -> Result<(), Trouble> {
        self.answer("its greeting")?.expect(220, "its greeting").map(drop)
    }

    /// Asks for the extensions. The name given says nothing about this machine; servers do not check it on submission.
    pub(super) fn hello(&mut self) -> Result<(), Trouble> {
        self.extensions = self.ask("EHLO [127.0.0.1]", "EHLO")?.expect(250, "EHLO")?;
        self.extensions.iter_mut().for_each(|line| line.make_ascii_uppercase());
        Ok(())
    }

    /// Asks for TLS; [`Session::encrypt`] must follow.
    pub(super) fn starttls(&mut self) -> Result<(), Trouble> {
        if !self.offers("STARTTLS") {
            return Err(Trouble::Refused("the server does not offer STARTTLS; try tls = \"implicit\"".to_owned()));
        }
        self.ask("STARTTLS", "STARTTLS")?.expect(220, "STARTTLS")?;
        // Words that came in clear behind the answer would be taken for the encrypted server's (CVE-2011-0411).
        if !self.buffer.is_empty() {
            return Err(Trouble::Refused("the server spoke on in clear after STARTTLS".to_owned()));
        }
        Ok(())
    }

    /// Logs in with PLAIN or LOGIN. The server's words are not shown: some echo what they did not like.
    pub(super) fn log_in(&mut self, username: &str, password: &str) -> Result<(), Trouble> {
        let offered: Vec<&str> = self.extensions.iter().filter_map(|line| line.strip_prefix("AUTH")).collect();
        let offers = |mechanism: &str| {
            let mut words = offered.iter().flat_map(|line| line.split([' ', '=']));
            words.any(|word| word == mechanism)
        };
        let encode = |text: &str| Zeroizing::new(STANDARD.encode(text));
        let answer = if offers("PLAIN") {
            let plain = Zeroizing::new(format!("\0{username}\0{password}"));
            self.ask(&Zeroizing::new(format!("AUTH PLAIN {}", *encode(&plain))), "the login")?
        } else if offers("LOGIN") {
            let mut answer = self.ask("AUTH LOGIN", "the login")?;
            for word in [username, password] {
                if answer.code == 334 {
                    answer = self.ask(&encode(word), "the login")?;
                }
            }
            answer
        } else {
            return Err(Trouble::Refused("the server offers no login with PLAIN or LOGIN".to_owned()));
        };
        match answer.code {
            235 => Ok(()),
            code @ 400..500 => Err(Trouble::TryAgain(format!("the login is refused for now ({code})"))),
            code => Err(Trouble::Refused(format!("the login is refused ({code}); check username and password"))),
        }
    }

    /// Hands over one mail for all recipients, or for none.
    pub(super) fn send(&mut self, from: &str, to: &[String], mail: &str) -> Result<(), Trouble> {
        let international = !from.is_ascii() || to.iter().any(|address| !address.is_ascii());
        if international && !self.offers("SMTPUTF8") {
            return Err(Trouble::Refused("the server takes no address with letters beyond a-z (SMTPUTF8)".to_owned()));
        }
        let parameter = if international { " SMTPUTF8" } else { "" };
        self.ask(&format!("MAIL FROM:<{from}>{parameter}"), "the sender")?.expect(250, "the sender")?;
        for recipient in to {
            let about = format!("the recipient {recipient}");
            let answer = self.ask(&format!("RCPT TO:<{recipient}>"), &about)?;
            if answer.code != 251 {
                answer.expect(250, &about)?;
            }
        }
        self.ask("DATA", "DATA")?.expect(354, "DATA")?;
        self.ask(&format!("{}.", dotted(mail)), "the mail")?.expect(250, "the mail").map(drop)
    }

    /// Says goodbye. The mail is delivered already; whatever the server says does not matter.
    pub(super) fn quit(&mut self) {
        let _ = self.ask("QUIT", "QUIT");
    }

    fn offers(&self, extension: &str) -> bool {
        self.extensions.iter().any(|line| line.split(' ').next() == Some(extension))
    }

    fn ask(&mut self, line: &str, about: &str) -> Result<Answer, Trouble> {
        let bytes = Zeroizing::new(format!("{line}\r\n"));
        let sent = match &mut self.wire {
            Wire::Clear(stream) => stream.write_all(bytes.as_bytes()).and_then(|()| stream.flush()),
            Wire::Encrypted(stream) => stream.write_all(bytes.as_bytes()).and_then(|()| stream.flush()),
        };
        sent.map_err(|error| broken(about, &error))?;
        self.answer(about)
    }

    /// Reads `250-text` lines up to the `250 text` that ends them.
    fn answer(&mut self, about: &str) -> Result<Answer, Trouble> {
        let mut text = Vec::new();
        while text.len() < MAX_LINES {
            let line = self.line(about)?;
            let (code, rest) = line.split_at_checked(3).unwrap_or(("", ""));
            let Ok(code) = code.parse::<u16>() else { break };
            text.push(rest.get(1..).unwrap_or_default().to_owned());
            if !rest.starts_with('-') {
                return Ok(Answer { code, text });
            }
        }
        Err(Trouble::Refused(format!("the answer to {about} is no SMTP")))
    }

    fn line(&mut self, about: &str) -> Result<String, Trouble> {
        loop {
            if let Some(end) = self.buffer.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.buffer.drain(..=end).collect();
                return Ok(String::from_utf8_lossy(&line).trim_end().to_owned());
            }
            if self.buffer.len() > MAX_LINE {
                return Err(Trouble::Refused(format!("the answer to {about} is no SMTP")));
            }
            let mut chunk = [0; 1024];
            let read = match &mut self.wire {
                Wire::Clear(stream) => stream.read(&mut chunk),
                Wire::Encrypted(stream) => stream.read(&mut chunk),
            };
            match read {
                Ok(0) => return Err(Trouble::TryAgain(format!("the server hung up instead of answering to {about}"))),
                Ok(read) => self.buffer.extend_from_slice(chunk.get(..read).unwrap_or_default()),
                Err(error) => return Err(broken(about, &error)),
            }
        }
    }
}

impl Answer {
    fn expect(self, code: u16, about: &str) -> Result<Vec<String>, Trouble> {
        if self.code == code {
            return Ok(self.text);
        }
        let said = harmless_end(self.text.join(" ").as_bytes());
        let what = format!("the server refuses {about}: {} {said}", self.code);
        Err(if (400..500).contains(&self.code) { Trouble::TryAgain(what) } else { Trouble::Refused(what) })
    }
}

/// A socket whose reads and writes all end by one deadline, however slowly the other side trickles.
struct Bounded<'a> {
    socket: TcpStream,
    until: Instant,
    stopped: &'a dyn Fn() -> bool,
}

impl Bounded<'_> {
    /// The socket's timeout is only a slice, so that a stop is noticed; a slice that ends is not an error yet.
    fn wait<T>(&mut self, mut once: impl FnMut(&mut TcpStream) -> std::io::Result<T>) -> std::io::Result<T> {
        loop {
            let left = self.until.saturating_duration_since(Instant::now());
            if left.is_zero() || (self.stopped)() {
                return Err(std::io::Error::new(ErrorKind::TimedOut, "no time left"));
            }
            let slice = left.min(Duration::from_millis(100)).max(Duration::from_millis(1));
            self.socket.set_read_timeout(Some(slice))?;
            self.socket.set_write_timeout(Some(slice))?;
            match once(&mut self.socket) {
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                outcome => return outcome,
            }
        }
    }
}

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.wait(|socket| socket.read(buffer))
    }
}

impl Write for Bounded<'_> {
    fn write(&mut self, buffer: &[u8]) -> std::io::Result<usize> {
        self.wait(|socket| socket.write(buffer))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn broken(about: &str, error: &std::io::Error) -> Trouble {
    if error.kind() == ErrorKind::TimedOut {
        return Trouble::TryAgain(format!("no answer to {about} in time"));
    }
    Trouble::TryAgain(format!("connection lost at {about}: {}", harmless_end(error.to_string().as_bytes())))
}

/// A line that begins with a dot gets a second one (RFC 5321 section 4.5.2).
fn dotted(mail: &str) -> String {
    mail.split_inclusive("\r\n")
        .map(|line| if line.starts_with('.') { format!(".{line}") } else { line.to_owned() })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_begins_with_a_dot_gets_another() {
        assert_eq!(dotted("a\r\n.\r\n..b\r\nc.\r\n"), "a\r\n..\r\n...b\r\nc.\r\n");
        assert_eq!(dotted(""), "");
    }

    #[test]
    fn an_answer_of_the_400s_is_worth_another_try() {
        let answer = |code| Answer { code, text: vec!["4.7.1 greylisted".to_owned()] }.expect(250, "the mail");
        assert_eq!(answer(250), Ok(vec!["4.7.1 greylisted".to_owned()]));
        assert_eq!(answer(451), Err(Trouble::TryAgain("the server refuses the mail: 451 4.7.1 greylisted".to_owned())));
        assert_eq!(answer(550), Err(Trouble::Refused("the server refuses the mail: 550 4.7.1 greylisted".to_owned())));
        assert_eq!(answer(354), Err(Trouble::Refused("the server refuses the mail: 354 4.7.1 greylisted".to_owned())));
    }
}
