//! The IMAP edge: connects, logs in, lists folders, reads the mails that may matter, and waits for more. It only reads.
//!
//! Built on the blocking `imap` crate between two layers of our own: `sock` below TLS (deadlines, cancellation, byte budgets)
//! and `guard` above it (the whitelist of commands, and answers the crate can be trusted with). One thread per connection.
//!
//! It does not decide which mails are Meta's (a closure does), when to read again, or what a failure means for a mailbox's
//! health; it keeps nothing between connections.

mod cancel;
mod dial;
mod fault;
mod fetch;
mod folders;
mod guard;
mod inspect;
mod mutf7;
mod session;
mod sock;
mod tls;
mod watch;

pub mod backoff;

pub use cancel::Canceller;
pub use fetch::{Candidates, Found, Looked, Plan, Stopped, Summary};
pub use folders::{Chosen, Counts, Folder, Special};
pub use inspect::{Certificate, Listed, Protection};
pub use session::Connection;
pub use watch::Woken;

use std::time::Duration;

use crate::locale::{Locale, say};
use crate::model::harmless::harmless_short;
use crate::model::language::Lang;

/// Where a mailbox is and how to get in; the secret comes separately.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// Host name or address; the certificate is verified against it.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// How the connection is protected.
    pub tls: Tls,
    /// The contents of `ca_file`: certificates in PEM form, trusted beside the system's.
    pub ca_pem: Option<Vec<u8>>,
    /// The login name.
    pub username: String,
    /// How to log in.
    pub auth: Auth,
    /// `limits.timeout`: for the connect, the TLS handshake, and each command's whole answer (plus 1 s for every 32 KiB received).
    pub timeout: Duration,
    /// `limits.message`, in bytes: larger messages are not read.
    pub message_limit: u64,
}

/// How a connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// TLS from the first byte.
    Implicit,
    /// TLS after STARTTLS; nothing goes out without it.
    StartTls,
    /// None: loopback addresses only.
    None,
}

/// How to log in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Auth {
    /// With a password.
    Login,
    /// With an OAuth 2 access token.
    XOAuth2,
}

/// What went wrong, by what the caller can do about it.
///
/// After any of them but [`Error::Folder`] the connection is of no use any more ([`Error::Cancelled`] by the sink leaves it
/// usable too). Texts of the server are cut to 200 characters and hold no control characters; no secret is in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// The server refuses the credentials. Ask the person.
    Refused {
        /// `host:port`.
        at: String,
        /// The server's words.
        why: String,
    },
    /// The certificate does not verify. Ask the person.
    Certificate {
        /// `host:port`.
        at: String,
        /// OpenSSL's reason.
        why: String,
    },
    /// The server cannot be used as configured: no STARTTLS, no login by password. Ask the person.
    Policy {
        /// `host:port`.
        at: String,
        /// What is missing.
        why: String,
    },
    /// No connection, or it broke. Try again.
    Network {
        /// `host:port`.
        at: String,
        /// The system's or the server's words.
        why: String,
    },
    /// It took too long. Try again.
    Timeout {
        /// `host:port`.
        at: String,
        /// How long it was waited.
        why: String,
    },
    /// The server says that it cannot now. Try again.
    Unavailable {
        /// `host:port`.
        at: String,
        /// The server's words.
        why: String,
    },
    /// The server does not keep to the protocol, or to its limits. Try again.
    Protocol {
        /// `host:port`.
        at: String,
        /// What it did.
        why: String,
    },
    /// The server refuses one folder. The connection goes on; read the others.
    Folder {
        /// The folder's decoded name.
        folder: String,
        /// The server's words.
        why: String,
    },
    /// [`Canceller::cancel`] was called, or the sink said [`Stopped`].
    Cancelled,
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.say(Locale::of(Lang::En)))
    }
}

impl std::error::Error for Error {}

impl Error {
    /// What is wrong and what to do, for a person; displayed it is in English. The server's words stay as they are.
    pub fn say(&self, locale: &Locale) -> String {
        let (key, at, why) = match self {
            Error::Refused { at, why } => ("imap-refused", at, why),
            Error::Certificate { at, why } => ("imap-certificate", at, why),
            Error::Policy { at, why }
            | Error::Network { at, why }
            | Error::Timeout { at, why }
            | Error::Protocol { at, why } => ("imap-broken", at, why),
            Error::Unavailable { at, why } => ("imap-unavailable", at, why),
            Error::Folder { folder, why } => {
                return say!(locale, "imap-folder", folder = folder.as_str(), why = locale.fault(why));
            }
            Error::Cancelled => return say!(locale, "imap-cancelled"),
        };
        say!(locale, key, at = at.as_str(), why = locale.fault(why))
    }

    /// Whether trying again does not help until the person has changed something.
    pub fn is_hopeless(&self) -> bool {
        match self {
            Error::Refused { .. } | Error::Certificate { .. } | Error::Policy { .. } => true,
            Error::Network { .. }
            | Error::Timeout { .. }
            | Error::Unavailable { .. }
            | Error::Protocol { .. }
            | Error::Folder { .. }
            | Error::Cancelled => false,
        }
    }

    /// Whether only this folder is concerned and the connection goes on.
    pub fn is_about_a_folder(&self) -> bool {
        matches!(self, Error::Folder { .. })
    }
}

/// A time beyond all patience: longer ones would not fit into the clock.
const LONGEST: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// A server's text as it may be shown: at most 200 characters, nothing that steers a terminal or turns text around.
fn harmless(text: &str) -> String {
    harmless_up_to(text, 200)
}

fn harmless_up_to(text: &str, longest: usize) -> String {
    harmless_short(text.trim(), longest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_servers_text_is_cut_and_cannot_steer_a_terminal() {
        assert_eq!(
            harmless(" \u{1b}[31mred\u{202e}\r\nGrüße \u{2066}x "),
            "\\u{1b}[31mred\\u{202e}\\u{d}\\u{a}Grüße \\u{2066}x"
        );
        let long = harmless(&"ü".repeat(500));
        assert_eq!(long, format!("{}…", "ü".repeat(200)));
    }
}
