//! `kind = "email"`: a mail over SMTP, submitted as RFC 6409 and 8314 have it.
//!
//! The dialogue is lettre's, in its async form: whatever it waits for, a resolver and a TLS handshake with a mute server
//! included, is dropped once the time is over or the delivery is given up.

use std::cell::RefCell;
use std::time::{Duration, Instant};

use lettre::Message;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use secrecy::ExposeSecret;

use super::compose::compose;
use super::smtp::{self, Trouble};
use super::{Notice, NotifyError};
use crate::config::Email;

/// How often it is asked whether the delivery is given up.
const SLICE: Duration = Duration::from_millis(100);

/// For the goodbye, once the mail is taken. Together with a delivery's time it stays below what [`super::deliver`] waits.
const GOODBYE: Duration = Duration::from_millis(500);

/// Sends the notice. It is delivered once the server has taken responsibility for it.
pub(super) fn send(
    email: &Email,
    notice: &Notice,
    limit: Duration,
    stopped: &dyn Fn() -> bool,
) -> Result<(), NotifyError> {
    let started = Instant::now();
    let login = match &email.login {
        Some(login) => {
            let password = login.password.read_unless(limit, stopped)?;
            Some(Credentials::new(login.username.clone(), password.expose_secret().to_owned()))
        }
        None => None,
    };
    let left = limit.saturating_sub(started.elapsed());
    let outcome = compose(email, notice).map_err(Trouble::Refused).and_then(|mail| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Trouble::TryAgain(format!("no connection can be begun: {error}")))?;
        let outcome = runtime.block_on(submit(email, login.as_ref(), &mail, left, stopped));
        // Not waiting for its threads: the C library's resolver does not let itself be interrupted.
        runtime.shutdown_background();
        outcome
    });
    outcome.map_err(|trouble| {
        let server = format!("{}:{}", email.smtp, email.port);
        match trouble {
            Trouble::TryAgain(what) => NotifyError::TryAgain { server, what },
            Trouble::Refused(what) => NotifyError::Refused { server, what },
        }
    })
}

async fn submit(
    email: &Email,
    login: Option<&Credentials>,
    mail: &Message,
    left: Duration,
    stopped: &dyn Fn() -> bool,
) -> Result<(), Trouble> {
    let about = RefCell::new(String::new());
    let given_up = async {
        while !stopped() {
            tokio::time::sleep(SLICE).await;
        }
    };
    let taken = tokio::select! {
        taken = tokio::time::timeout(left, dialogue(email, login, mail, &about)) => taken.ok(),
        () = given_up => None,
    };
    let late = || Trouble::TryAgain(format!("no answer to {} in time", about.borrow()));
    let mut connection = taken.ok_or_else(late)??;
    // The mail is delivered already: whatever the server says now, or whether it says anything, does not matter.
    let _ = tokio::time::timeout(GOODBYE, connection.quit()).await;
    Ok(())
}

/// Everything up to the server's word that it has taken the mail. `about` is what is being waited for.
async fn dialogue(
    email: &Email,
    login: Option<&Credentials>,
    mail: &Message,
    about: &RefCell<String>,
) -> Result<AsyncSmtpConnection, Trouble> {
    let mut connection = smtp::connect(email, about).await?;
    if let Some(login) = login {
        smtp::log_in(&mut connection, login, about).await?;
    }
    smtp::hand_over(&mut connection, mail, about).await?;
    Ok(connection)
}
