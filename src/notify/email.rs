//! `kind = "email"`: a mail over SMTP, submitted as RFC 6409 and 8314 have it.
//!
//! The dialogue is our own. lettre's blocking client has no time limit on the TLS handshake of an implicit connection, so a
//! mute server would hold its thread for good; here every step ends by the same deadline.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

use super::compose::compose;
use super::smtp::{Session, Trouble};
use super::{Notice, NotifyError};
use crate::config::{Email, Tls};

/// Sends the notice. It is delivered once the server has taken responsibility for it.
pub(super) fn send(
    email: &Email,
    notice: &Notice,
    limit: Duration,
    stopped: &dyn Fn() -> bool,
) -> Result<(), NotifyError> {
    let started = std::time::Instant::now();
    let login = match &email.login {
        Some(login) => Some((login.username.as_str(), login.password.read_unless(limit, stopped)?)),
        None => None,
    };
    let left = limit.saturating_sub(started.elapsed());
    submit(email, login, &compose(email, notice), left, stopped).map_err(|trouble| {
        let server = format!("{}:{}", email.smtp, email.port);
        match trouble {
            Trouble::TryAgain(what) => NotifyError::TryAgain { server, what },
            Trouble::Refused(what) => NotifyError::Refused { server, what },
        }
    })
}

fn submit(
    email: &Email,
    login: Option<(&str, SecretString)>,
    mail: &str,
    left: Duration,
    stopped: &dyn Fn() -> bool,
) -> Result<(), Trouble> {
    let connector = match email.tls {
        Tls::Implicit | Tls::Starttls => Some(connector(email)?),
        Tls::None => None,
    };
    let mut session = Session::connect(&email.smtp, email.port, left, stopped)?;
    if let (Tls::Implicit, Some(connector)) = (email.tls, &connector) {
        session = session.encrypt(connector, &email.smtp)?;
    }
    session.greeting()?;
    session.hello()?;
    if let (Tls::Starttls, Some(connector)) = (email.tls, &connector) {
        session.starttls()?;
        session = session.encrypt(connector, &email.smtp)?;
        // RFC 3207 section 4.2: what was offered in clear is forgotten.
        session.hello()?;
    }
    if let Some((username, password)) = &login {
        session.log_in(username, password.expose_secret())?;
    }
    session.send(&email.from, &email.to, mail)?;
    session.quit();
    Ok(())
}

/// The system's trust anchors and `ca_file`; certificate and host name are always checked.
fn connector(email: &Email) -> Result<native_tls::TlsConnector, Trouble> {
    let mut builder = native_tls::TlsConnector::builder();
    if let Some(file) = &email.ca_file {
        let wrong = |what: String| Trouble::Refused(format!("ca_file {}: {what}", file.display()));
        let pem = std::fs::read(file).map_err(|error| wrong(error.to_string()))?;
        let certificates = native_tls::Certificate::stack_from_pem(&pem).map_err(|error| wrong(error.to_string()))?;
        if certificates.is_empty() {
            return Err(wrong("no certificate in it; it has to be PEM".to_owned()));
        }
        for certificate in certificates {
            builder.add_root_certificate(certificate);
        }
    }
    builder.build().map_err(|error| Trouble::Refused(format!("TLS cannot be set up: {error}")))
}
