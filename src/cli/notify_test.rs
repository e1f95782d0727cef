//! `confirmd notify-test`: a test notice through every configured way.

use std::process::ExitCode;

use super::args::Args;
use super::context::{CliError, Context};
use super::output::Output;
use crate::locale::say;
use crate::model::harmless::harmless;
use crate::model::status::Severity;
use crate::notify::{LIMIT, Notice, deliver_blocking};

/// Tries every way, also after one has failed. Exit code 1 where one did.
pub fn run(args: &Args, output: &mut Output) -> Result<ExitCode, CliError> {
    let context = Context::load(args)?;
    let locale = context.locale;
    let ways = &context.config.notify;
    if ways.is_empty() {
        output.wrapped("", 0, &say!(locale, "test-none"))?;
        return Ok(ExitCode::SUCCESS);
    }
    let notice = Notice {
        event: "test".to_owned(),
        severity: Severity::Info,
        account: None,
        mailbox: None,
        title: say!(locale, "test-title"),
        text: say!(locale, "test-text"),
        at: context.now.timestamp(),
        repeat: 0,
    };
    let mut failed = false;
    for way in ways {
        match deliver_blocking(way, &notice, LIMIT, &|| false) {
            Ok(()) => output.wrapped("", 0, &say!(locale, "test-delivered", way = harmless(&way.label())))?,
            Err(error) => {
                failed = true;
                output.complain(&harmless(&locale.fault(&error.to_string())));
            }
        }
    }
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
