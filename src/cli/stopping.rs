//! What `run` and `sync` begin with: they can be stopped at any moment, and may open as many files as they need.

use super::context::{CliError, Context};
use crate::daemon::descriptors;
use crate::daemon::stop::Stop;
use crate::locale::{Locale, say};
use crate::store::StoreError;

/// From now on SIGTERM and SIGINT do not end the process where it stands, but tell it to end.
pub fn listen(locale: impl FnOnce() -> &'static Locale) -> Result<Stop, CliError> {
    // Where none is left, tokio panics instead of saying so.
    descriptors::ensure(0).map_err(|limit| too_few_files(locale(), limit))?;
    Stop::listen().map_err(|error| CliError::Failed(format!("signals cannot be listened for: {error}")))
}

/// Refuses a configuration without a mailbox, and one with more than the process may open files for.
pub fn require_files(context: &Context) -> Result<(), CliError> {
    let mailboxes = context.config.require_mailboxes()?.len();
    descriptors::ensure(mailboxes).map_err(|limit| too_few_files(context.locale, limit))
}

/// `None` where a lock was not waited for because a signal has come: that is no failure.
pub fn unless<T>(stop: &Stop, result: Result<T, CliError>) -> Result<Option<T>, CliError> {
    match result {
        Err(CliError::Store(StoreError::Busy { .. })) | Ok(_) if stop.is_wished() => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(error) => Err(error),
    }
}

fn too_few_files(locale: &Locale, limit: u64) -> CliError {
    CliError::Failed(say!(locale, "obstacle-descriptors", limit = limit.to_string()))
}
