//! The log: lines on stderr, or the journal with its fields; how much of it by `-v`, `-q` or `RUST_LOG`.

use std::io::IsTerminal;

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use super::args::{Args, Color, Command};
use crate::systemd;

/// Starts logging. `RUST_LOG` says more than `-v` can, so it wins. The daemon, whose log is all there is to see of it, says
/// what it does.
pub fn start(args: &Args) {
    let usual = if matches!(args.command, Command::Run) { LevelFilter::INFO } else { LevelFilter::WARN };
    let level = match (args.quiet, args.verbose) {
        (true, _) => LevelFilter::ERROR,
        (false, 0) => usual,
        (false, 1) => LevelFilter::INFO,
        (false, 2) => LevelFilter::DEBUG,
        (false, _) => LevelFilter::TRACE,
    };
    // Other crates' words stay out of it: the protocol trace of a mail library could carry secrets.
    let wanted = std::env::var("RUST_LOG").ok().and_then(|wanted| wanted.parse::<Targets>().ok());
    let filter = wanted.unwrap_or_else(|| Targets::new().with_target("confirmd", level));
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
