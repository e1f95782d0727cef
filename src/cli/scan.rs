//! `confirmd scan`: mails from files.

use std::io::IsTerminal;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use super::args::{Args, Scan};
use super::context::{CliError, Context};
use super::output::Output;
use crate::daemon::keys::DnsKeys;
use crate::daemon::scan::{ScanError, scan};
use crate::model::harmless::{harmless, harmless_short};

/// Reads every path, also after one could not be read. Exit code 1 where something could not be read.
pub fn run(args: &Args, command: &Scan, output: &mut Output) -> Result<ExitCode, CliError> {
    let context = Context::load(args)?;
    let (limit, server) = (context.config.limits.message, context.config.dns.server);
    let (mut recorder, _) = context.recorder()?;
    let keys = DnsKeys::new(server);
    let mut progress = Progress::new(!args.quiet && std::io::stderr().is_terminal());
    let (mut mails, mut candidates, mut recorded, mut failed) = (0, 0, 0, false);
    for path in &command.paths {
        let name = harmless(&path.display().to_string());
        let mut show = |done, total| progress.show(&name, done, total, output);
        match scan(path, limit, &command.trust_authserv, &keys, &mut recorder, &mut show) {
            Ok(scanned) => {
                mails += scanned.counts.mails;
                candidates += scanned.counts.candidates;
                recorded += scanned.recorded;
                failed |= !scanned.skipped.is_empty();
                for (origin, why) in &scanned.skipped {
                    output.complain(&format!("{}: {}", harmless(origin), harmless_short(why, 200)));
                }
            }
            Err(ScanError::Files(error)) => {
                failed = true;
                output.complain(&harmless(&error.to_string()));
            }
            Err(ScanError::Store(error)) => return Err(error.into()),
        }
    }
    progress.end(output);
    let text = format!(
        "Read {mails} mails: {candidates} claim to come from Meta, {recorded} of them are about an objection or doubtful."
    );
    output.wrapped("", 0, &text)?;
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// A line on a terminal that is written over, a few times a second.
struct Progress {
    wanted: bool,
    began: Instant,
    shown: Option<Instant>,
}

impl Progress {
    fn new(wanted: bool) -> Progress {
        Progress { wanted, began: Instant::now(), shown: None }
    }

    fn show(&mut self, name: &str, done: u64, total: u64, output: &mut Output) {
        let fresh = self.shown.is_some_and(|shown| shown.elapsed() < Duration::from_millis(200));
        if !self.wanted || fresh || total == 0 {
            return;
        }
        self.shown = Some(Instant::now());
        let percent = done.saturating_mul(100) / total;
        let left = self.began.elapsed().as_secs().saturating_mul(total - done.min(total)) / done.max(1);
        output.partial(&format!("\r\u{1b}[K{name}: {percent} % of {} MB, about {left} s left", total / 1_000_000));
    }

    fn end(&self, output: &mut Output) {
        if self.shown.is_some() {
            output.partial("\r\u{1b}[K");
        }
    }
}
