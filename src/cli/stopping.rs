//! What `run`, `sync` and `status --watch` begin with: they can be stopped in order, and may open as many files as they need.

use super::context::{CliError, Context};
use crate::daemon::descriptors;
use crate::daemon::stop::Stop;
use crate::locale::{Locale, say};
use crate::store::StoreError;

/// From now on SIGTERM and SIGINT do not end the process where it stands, but tell it to end. Refuses a configuration without a
/// mailbox, and one with more than the process may open files for.
pub fn listen(context: &Context) -> Result<Stop, CliError> {
    listen_for(context.config.require_mailboxes()?.len(), context.locale)
}

/// The same for a command that reads so many mailboxes.
pub fn listen_for(mailboxes: usize, locale: &Locale) -> Result<Stop, CliError> {
    // Where no descriptor is left, tokio panics instead of saying so.
    descriptors::ensure(mailboxes)
        .map_err(|limit| CliError::Failed(say!(locale, "obstacle-descriptors", limit = limit.to_string())))?;
    Stop::listen().map_err(|error| CliError::Failed(format!("signals cannot be listened for: {error}")))
}

/// `None` where a lock was not waited for because a signal has come: that is no failure.
pub fn unless<T>(stop: &Stop, result: Result<T, CliError>) -> Result<Option<T>, CliError> {
    match result {
        Err(CliError::Store(StoreError::Busy { .. })) | Ok(_) if stop.is_wished() => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(error) => Err(error),
    }
}
