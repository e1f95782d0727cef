//! `confirmd run`: the daemon, in the foreground.

use super::args::Args;
use super::context::{CliError, Context};
use crate::daemon::run::run as watch;

/// Watches until SIGTERM or SIGINT.
pub fn run(args: &Args) -> Result<(), CliError> {
    let context = Context::load(args)?;
    context.config.require_mailboxes()?;
    let config = context.config.clone();
    let (recorder, lock) = context.locked_recorder()?;
    let mut reload = || {
        let context = Context::load(args).map_err(|error| error.to_string())?;
        context.config.require_mailboxes().map_err(|error| error.to_string())?;
        Ok((context.config, context.judge))
    };
    let result = watch(config, recorder, &mut reload).map_err(|error| CliError::Failed(error.to_string()));
    drop(lock);
    result
}
