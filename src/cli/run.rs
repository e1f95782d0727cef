//! `confirmd run`: the daemon, in the foreground.

use super::args::Args;
use super::context::{CliError, Context};
use super::stopping;
use crate::daemon::run::run as watch;

/// Watches until SIGTERM or SIGINT.
pub fn run(args: &Args) -> Result<(), CliError> {
    let context = Context::load(args)?;
    let stop = stopping::listen(&context)?;
    let config = context.config.clone();
    let Some((recorder, lock)) = stopping::unless(&stop, context.locked_recorder(stop.hurry()))? else { return Ok(()) };
    let mut reload = || {
        let context = Context::load_again(args).map_err(|error| error.to_string())?;
        context.config.require_mailboxes().map_err(|error| error.to_string())?;
        Ok((context.config, context.judge))
    };
    let result = watch(config, recorder, stop, &mut reload);
    drop(lock);
    Ok(result?)
}
