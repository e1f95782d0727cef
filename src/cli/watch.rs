//! `confirmd status --watch`: the same table, anew whenever something has changed.
//!
//! It reads the configuration once, and the database like every other command: it writes nothing and needs no daemon.

use std::io;
use std::time::Duration;

use jiff::civil::Date;

use super::context::{CliError, Context, now};
use super::output::{Output, Page, can_overwrite, size};
use super::status;
use super::stopping;
use crate::decide::overview::Overview;
use crate::locale::say;
use crate::model::account::AccountId;
use crate::store::Store;

/// How often it looks whether anything has changed: soon enough for somebody who waits, and one small read of a mapped page.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Shows the table until SIGINT or SIGTERM.
pub fn run(context: Context, only: Option<&AccountId>, output: &mut Output) -> Result<(), CliError> {
    let failed = |error: io::Error| CliError::Failed(error.to_string());
    let locale = context.locale;
    let mut stop = stopping::listen_for(0, locale)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
    runtime.block_on(async {
        let mut watch = Watch { context, only, shown: None };
        loop {
            let seen = watch.look(output)?;
            while seen.still_holds(&watch)? {
                tokio::select! {
                    () = stop.signalled() => return Ok(()),
                    () = tokio::time::sleep(LOOK_EVERY) => {}
                }
            }
        }
    })
}

struct Watch<'a> {
    context: Context,
    only: Option<&'a AccountId>,
    /// What was shown last, where tables follow each other.
    shown: Option<String>,
}

/// What a look was at. When none of it has changed, neither has the table.
struct Seen {
    store: Store,
    there: bool,
    version: i64,
    /// Times of day and "3 minutes ago" change with it.
    minute: i64,
    size: Option<(usize, usize)>,
}

impl Watch<'_> {
    fn look(&mut self, output: &mut Output) -> Result<Seen, CliError> {
        // First what tells of changes, then the table: what changes in between is seen at the next look.
        let database = &self.context.config.database;
        let there = database.exists();
        let store = Store::open_to_read(database)?;
        let version = store.data_version()?;
        self.context.now = now();
        let overview = self.context.overview(None)?;
        let seen = Seen { store, there, version, minute: minute(), size: size(&io::stdout()) };
        if can_overwrite(&io::stdout()) {
            self.redraw(&overview, output)?
        } else {
            self.append(&overview, output)?
        }
        Ok(seen)
    }

    /// On a terminal: in the place of the table before.
    fn redraw(&mut self, overview: &Overview, output: &mut Output) -> Result<(), CliError> {
        output.measure();
        let page = self.page(overview, output.width());
        let fits = size(&io::stdout()).is_none_or(|(_, rows)| page.text().lines().count() < rows);
        // A table that is higher than the screen has scrolled: there is no way back to its first line.
        let first = self.shown.is_none() || !fits;
        output.control(if first { "\u{1b}[2J\u{1b}[H" } else { "\u{1b}[H" })?;
        for line in page.text().lines() {
            output.control("\u{1b}[K")?;
            output.line(line)?;
        }
        output.control("\u{1b}[J")?;
        self.shown = Some(String::new());
        Ok(())
    }

    /// Elsewhere: below the table before, and only when it says something else than how long ago a mailbox was read.
    fn append(&mut self, overview: &Overview, output: &mut Output) -> Result<(), CliError> {
        let standing = standing(overview);
        if self.shown.as_ref() != Some(&standing) {
            if self.shown.is_some() {
                output.line("")?;
            }
            output.page(&self.page(overview, output.width()))?;
            output.finish()?;
            self.shown = Some(standing);
        }
        Ok(())
    }

    fn page(&self, overview: &Overview, width: usize) -> Page {
        let locale = self.context.locale;
        let now = &overview.as_of;
        let mut page = Page::new(width);
        let (day, time) = (locale.day(now.date()), now.strftime("%H:%M").to_string());
        page.wrapped("", 0, &say!(locale, "watch-head", day = day, time = time));
        page.line("");
        let table = status::page(locale, overview, self.only, width);
        page.line(table.text().trim_end_matches('\n'));
        page
    }
}

impl Seen {
    fn still_holds(&self, watch: &Watch<'_>) -> Result<bool, CliError> {
        Ok(self.minute == minute()
            && self.size == size(&io::stdout())
            && self.there == watch.context.config.database.exists()
            && self.version == self.store.data_version()?)
    }
}

fn minute() -> i64 {
    now().timestamp().as_second().div_euclid(60)
}

/// Everything a new table is worth for: states, the day, mailboxes, what is up for review.
fn standing(overview: &Overview) -> String {
    let day: Date = overview.as_of.date();
    let accounts: Vec<_> = overview.accounts.iter().map(|view| (&view.account.id, &view.status)).collect();
    let mailboxes: Vec<_> =
        overview.mailboxes.iter().map(|view| (&view.name, view.state, &view.health.error)).collect();
    let review: Vec<_> = overview.review.iter().map(|item| (item.message.number, item.reason)).collect();
    format!("{day} {accounts:?} {mailboxes:?} {review:?}")
}
