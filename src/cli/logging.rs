//! The log: lines on stderr, or the journal with its fields; how much of it by `-v`, `-q` or `RUST_LOG`.

use std::io::IsTerminal;

use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, fmt};

use super::args::{Args, Color, Command};
use crate::systemd;

/// Starts logging. `RUST_LOG` says more than `-v` can, so it wins. The daemon, whose log is all there is to see of it, says
/// what it does.
pub fn start(args: &Args) {
    let usual = if matches!(args.command, Command::Run) { "info" } else { "warn" };
    let level = match (args.quiet, args.verbose) {
        (true, _) => "error",
        (false, 0) => usual,
        (false, 1) => "info",
        (false, 2) => "debug",
        (false, _) => "trace",
    };
    // Other crates' words stay out of it: the protocol trace of a mail library could carry secrets.
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(format!("off,confirmd={level}")));
    let ansi = match args.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
    };
    let env = |name: &str| std::env::var_os(name);
    let journal = if systemd::stderr_is_journal(&env) { systemd::journal_layer() } else { None };
    let lines = fmt::layer().with_writer(std::io::stderr).with_ansi(ansi).with_target(false).without_time();
    let lines = journal.is_none().then_some(lines);
    // A second start in one process (tests) keeps the first.
    let _ = tracing_subscriber::registry().with(filter).with(journal).with(lines).try_init();
}
