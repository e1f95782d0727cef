//! What makes a connection unusable, below the level of commands.
//!
//! It travels as the payload of an `io::Error` through TLS and the `imap` crate and is found again above them. It knows no
//! host name and no folder: [`Error`](super::Error) adds those.

use std::io;
use std::time::Duration;

use super::harmless;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fault {
    #[error("cancelled")]
    Cancelled,
    #[error("no complete answer within {} s", .0.as_secs_f32().ceil())]
    Timeout(Duration),
    #[error("{0}")]
    Network(String),
    /// The server said goodbye: its response code and its text.
    #[error("the server closed the connection: {text}")]
    Bye { code: Option<String>, text: String },
    #[error("{0}")]
    Protocol(String),
    #[error("{0}")]
    Policy(String),
}

impl Fault {
    pub(super) fn protocol(what: impl Into<String>) -> Fault {
        Fault::Protocol(what.into())
    }

    pub(super) fn into_io(self) -> io::Error {
        let kind = match &self {
            Fault::Cancelled => io::ErrorKind::ConnectionAborted,
            Fault::Timeout(_) => io::ErrorKind::TimedOut,
            Fault::Network(_) | Fault::Bye { .. } => io::ErrorKind::ConnectionReset,
            Fault::Protocol(_) | Fault::Policy(_) => io::ErrorKind::InvalidData,
        };
        io::Error::new(kind, self)
    }

    /// The fault inside an `io::Error`, or the network fault it means.
    pub(super) fn of(error: &io::Error) -> Fault {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<Fault>()) {
            Some(fault) => fault.clone(),
            None => Fault::Network(harmless(&error.to_string())),
        }
    }
}
