//! `confirmd scan`: mails from files.

use std::path::PathBuf;
use std::process::ExitCode;

use super::args::{Args, Scan};
use super::context::{CliError, Context};
use super::output::Output;
use super::progress::Progress;
use crate::daemon::keys::DnsKeys;
use crate::daemon::scan::{ScanError, Scanning, scan};
use crate::files::Wish;
use crate::locale::{Locale, say};
use crate::model::harmless::{harmless, harmless_short};

/// Reads every path, also after one could not be read. Exit code 1 where something could not be read.
pub fn run(args: &Args, command: &Scan, output: &mut Output) -> Result<ExitCode, CliError> {
    let context = Context::load(args)?;
    let (limit, server) = (context.config.limits.message, context.config.dns.server);
    let locale = context.locale;
    let (mut recorder, _) = context.recorder()?;
    let keys = DnsKeys::new(server);
    let (stream, files): (Vec<PathBuf>, Vec<PathBuf>) =
        command.paths.iter().cloned().partition(|path| path.as_os_str() == "-");
    let (mut mails, mut candidates, mut recorded, mut read_before, mut failed) = (0, 0, 0, 0, false);
    for paths in [&files, &stream].into_iter().filter(|paths| !paths.is_empty()) {
        let name = name_of(paths);
        let mut progress = Progress::new(args.quiet);
        let mut show = |done, total| show(locale, &name, (done, total), &mut progress, output);
        // Standard input is one message, however often it is named.
        let paths = if paths == &stream { &paths[..1] } else { paths };
        let threads = Wish::threads();
        let scanning = Scanning { paths, message_limit: limit, trusted: &command.trust_authserv, keys: &keys, threads };
        let scanned = scan(scanning, &mut recorder, &mut show);
        progress.clear(output);
        match scanned {
            Ok(scanned) => {
                mails += scanned.counts.mails;
                candidates += scanned.counts.candidates;
                recorded += scanned.recorded;
                read_before += scanned.read_before;
                failed |= scanned.counts.skipped > 0;
                for (origin, why) in &scanned.skipped {
                    output.complain(&format!("{}: {}", harmless(origin), harmless_short(&locale.fault(why), 200)));
                }
            }
            Err(ScanError::Files(error)) => {
                failed = true;
                output.complain(&harmless(&locale.fault(&error.to_string())));
            }
            Err(ScanError::Store(error)) => return Err(error.into()),
        }
    }
    if read_before > 0 && !args.quiet {
        output.remark(&say!(locale, "scan-went-on", mails = read_before));
    }
    let text = say!(locale, "scan-summary", mails = mails, candidates = candidates, recorded = recorded);
    output.wrapped("", 0, &text)?;
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What is under way, for a line on a terminal.
fn name_of(paths: &[PathBuf]) -> String {
    let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    harmless_short(&names.join(", "), 60)
}

/// `all.mbox: 40 % of 2300 MB, about 3 minutes left`.
fn show(locale: &Locale, name: &str, (done, total): (u64, u64), progress: &mut Progress, output: &mut Output) {
    if total == 0 {
        return;
    }
    let left = progress.left(locale, done, total);
    progress.show(output, || {
        let percent = done.saturating_mul(100) / total;
        let size = size_in_words(total);
        say!(locale, "scan-under-way", name = name, percent = percent, size = size, left = left)
    });
}

/// In the unit that gives a small number.
fn size_in_words(bytes: u64) -> String {
    match bytes {
        0..10_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}
