//! `confirmd sync`: one full pass, with progress on a terminal.

use std::collections::BTreeMap;
use std::process::ExitCode;

use super::args::{Args, Sync};
use super::context::{CliError, Context};
use super::output::Output;
use super::progress::Progress as Line;
use super::stopping;
use crate::config::{Config, Mailbox};
use crate::daemon::position::Position;
use crate::daemon::sync::{Outcome, Progress, sync};
use crate::locale::{Locale, say};
use crate::model::harmless::{harmless, harmless_short};
use crate::model::mailbox::MailboxName;

/// Reads the mailboxes once. Exit code 1 where one of them was not read completely.
pub fn run(args: &Args, command: &Sync, output: &mut Output) -> Result<ExitCode, CliError> {
    let context = Context::load(args)?;
    let config = context.config.clone();
    let locale = context.locale;
    let mailboxes = chosen(&config, command.mailbox.as_deref(), locale)?;
    let stop = stopping::listen(&context)?;
    let opened = stopping::unless(&stop, context.locked_recorder(stop.hurry()))?;
    let Some((mut recorder, lock)) = opened else { return Ok(stopped(locale, output)) };
    let mut watched = Watched { locale, quiet: args.quiet, line: Line::new(args.quiet), under_way: BTreeMap::new() };
    let result = sync(&config, &mailboxes, &mut recorder, stop, &mut |progress| watched.show(&progress, output));
    watched.line.clear(output);
    let outcome = result?;
    drop(lock);
    summary(locale, &outcome, mailboxes.len(), output)
}

fn chosen<'a>(config: &'a Config, only: Option<&str>, locale: &Locale) -> Result<Vec<&'a Mailbox>, CliError> {
    let mailboxes = config.require_mailboxes()?;
    let Some(name) = only else { return Ok(mailboxes.iter().collect()) };
    match mailboxes.iter().find(|mailbox| mailbox.name.as_str() == name) {
        Some(mailbox) => Ok(vec![mailbox]),
        None => {
            let known: Vec<&str> = mailboxes.iter().map(|mailbox| mailbox.name.as_str()).collect();
            let (name, file) = (harmless(name), config.file.display().to_string());
            Err(CliError::Usage(say!(locale, "cli-no-mailbox", name = name, file = file, known = known.join(", "))))
        }
    }
}

/// What is shown while it goes on.
struct Watched<'a> {
    locale: &'a Locale,
    quiet: bool,
    line: Line,
    /// The mailboxes that are being read, and how far.
    under_way: BTreeMap<MailboxName, Position>,
}

impl Watched<'_> {
    fn show(&mut self, progress: &Progress<'_>, output: &mut Output) {
        match progress {
            Progress::At(mailbox, position) => {
                self.under_way.insert((*mailbox).clone(), (*position).clone());
                let (locale, under_way, done, total) = (self.locale, &self.under_way, self.done(), self.total());
                let left = self.line.left(locale, done, total);
                self.line.show(output, || under_way_in_words(locale, under_way, &left));
            }
            Progress::Remark(mailbox, text) if !self.quiet => {
                self.say(mailbox, &harmless(&self.locale.fault(text)), output);
            }
            Progress::Remark(..) => {}
            Progress::Complete(mailbox) => {
                self.under_way.remove(*mailbox);
                if !self.quiet {
                    self.say(mailbox, &say!(self.locale, "sync-complete"), output);
                }
            }
            Progress::Failed(mailbox, error) => {
                self.under_way.remove(*mailbox);
                self.line.clear(output);
                output.complain(&named(self.locale, mailbox, &harmless(&self.locale.fault(error))));
            }
        }
    }

    fn say(&mut self, mailbox: &MailboxName, how: &str, output: &mut Output) {
        self.line.clear(output);
        output.remark(&named(self.locale, mailbox, how));
    }

    fn done(&self) -> u64 {
        self.under_way.values().map(|position| position.done_of().0).sum()
    }

    fn total(&self) -> u64 {
        self.under_way.values().map(|position| position.done_of().1).sum()
    }
}

fn named(locale: &Locale, mailbox: &MailboxName, how: &str) -> String {
    say!(locale, "mailbox-row", name = harmless(mailbox.as_str()), how = how)
}

/// One mailbox with its folder, several with their shares.
fn under_way_in_words(locale: &Locale, under_way: &BTreeMap<MailboxName, Position>, left: &str) -> String {
    let percent = |position: &Position| {
        let (done, total) = position.done_of();
        done.saturating_mul(100) / total.max(1)
    };
    let mut mailboxes = under_way.iter();
    if let (Some((mailbox, position)), None) = (mailboxes.next(), mailboxes.next()) {
        let Some((folder, number, folders)) = position.folder() else { return named(locale, mailbox, "") };
        let folder = harmless_short(folder, 30);
        let how = say!(
            locale,
            "sync-under-way",
            percent = percent(position),
            folder = folder,
            number = number,
            folders = folders,
            looked = position.looked
        );
        return named(locale, mailbox, &format!("{how}{left}"));
    }
    let shares = under_way.iter().map(|(mailbox, position)| {
        say!(locale, "sync-share", name = harmless(mailbox.as_str()), percent = percent(position))
    });
    say!(locale, "sync-several", shares = shares.collect::<Vec<_>>().join(", "), left = left)
}

fn summary(locale: &Locale, outcome: &Outcome, mailboxes: usize, output: &mut Output) -> Result<ExitCode, CliError> {
    let read = mailboxes - outcome.failed.len().min(mailboxes);
    if outcome.interrupted {
        return Ok(stopped(locale, output));
    }
    let text = say!(
        locale,
        "sync-summary",
        read = read,
        mailboxes = mailboxes,
        looked = outcome.looked,
        recorded = outcome.recorded
    );
    output.wrapped("", 0, &text)?;
    Ok(if outcome.failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn stopped(locale: &Locale, output: &mut Output) -> ExitCode {
    output.remark(&say!(locale, "sync-stopped"));
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::language::Lang;

    #[test]
    fn what_is_under_way_fits_a_line_and_says_which_mailbox() {
        let name = |name: &str| MailboxName(name.to_owned());
        let one = BTreeMap::from([(name("private"), Position::default())]);
        let two = BTreeMap::from([(name("private"), Position::default()), (name("work"), Position::default())]);
        let said = |lang, under_way| under_way_in_words(Locale::of(lang), under_way, ", x");
        assert_eq!(said(Lang::En, &one), "mailbox \"private\": ");
        assert_eq!(said(Lang::En, &two), "Reading private 0 %, work 0 %, x");
        assert_eq!(said(Lang::De, &two), "Liest private 0 %, work 0 %, x");
    }
}
