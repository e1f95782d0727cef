//! `kind = "command"`: a program gets the notice as JSON on its standard input.

use std::time::Duration;

use super::{Notice, NotifyError};
use crate::config::program::Program;

/// Runs the program. The line of JSON ends with a line break, so that `read -r` in a shell script takes it.
pub(super) fn run(
    command: &[String],
    notice: &Notice,
    limit: Duration,
    stopped: &dyn Fn() -> bool,
) -> Result<(), NotifyError> {
    let input = format!("{}\n", notice.json());
    let program = Program { command, input: input.as_bytes(), output: 0, complaints: true, timeout: limit };
    program.run(stopped)?;
    Ok(())
}
