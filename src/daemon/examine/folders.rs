//! Which folders of a mailbox are read, and how many messages a first pass would look at.

use std::time::{Duration, Instant};

use super::Finding;
use crate::config::Mailbox;
use crate::daemon::reader::Reader;
use crate::imap::{Candidates, Chosen, Connection, Error, Folder, Listed, Plan, Special};
use crate::locale::{Locale, say};
use crate::model::harmless::{harmless, harmless_short};

/// Counting is for a glance: a mailbox of hundreds of folders on a slow server must not take minutes.
const PATIENCE: Duration = Duration::from_secs(30);

/// Folders that are not read and shown by name; the rest is counted.
const MOST_UNREAD: usize = 30;

/// Looks at every folder; `first` becomes the first one that holds messages. The error is the connection's end.
pub(super) fn folders(
    connection: &mut Connection,
    reader: &Reader,
    needles: &[String],
    findings: &mut Vec<Finding>,
    locale: &'static Locale,
) -> Result<Option<Folder>, Error> {
    let settings = reader.settings();
    let all = connection.all_folders()?;
    let Chosen { folders, missing } = connection.folders(settings.folders.as_deref())?;
    let mut table = Table { locale, rows: Vec::new(), messages: 0, candidates: 0, all_counted: true };
    let candidate = |from: &str| reader.is_candidate(from);
    let plan =
        Plan { since: Some(settings.since), generation: "", needles, candidate: &candidate, message_limit: u64::MAX };
    let end = Instant::now() + PATIENCE;
    let mut unopened = Vec::new();
    for folder in &folders {
        let counted = if Instant::now() < end { Some(connection.count_candidates(folder, &plan)) } else { None };
        match counted.transpose() {
            Ok(counted) => table.read(folder, counted),
            Err(error) if error.is_about_a_folder() => {
                table.rows.push((label(folder), say!(locale, "doc-folder-unopened")));
                unopened.push(error.to_string());
            }
            Err(error) => return Err(error),
        }
    }
    table.unread(&all, &folders, settings);
    findings.push(table.finding(folders.len(), all.len(), settings));
    for error in unopened {
        findings.push(if settings.folders.is_some() {
            Finding::wrong(harmless(&error), say!(locale, "doc-folder-named-todo"))
        } else {
            Finding::note(harmless(&error), say!(locale, "doc-folder-passed-todo"))
        });
    }
    findings.extend(missing.iter().map(|name| absent(name, &all, locale)));
    Ok(folders.into_iter().find(|folder| folder.counts.and_then(|counts| counts.messages) != Some(0)))
}

/// The rows as they come.
struct Table {
    locale: &'static Locale,
    rows: Vec<(String, String)>,
    messages: u64,
    candidates: usize,
    all_counted: bool,
}

impl Table {
    fn read(&mut self, folder: &Folder, counted: Option<Candidates>) {
        let messages = folder.counts.and_then(|counts| counts.messages);
        self.messages += u64::from(messages.unwrap_or(0));
        let locale = self.locale;
        let messages = messages.map_or_else(
            || say!(locale, "doc-messages-uncounted"),
            |count| say!(locale, "doc-messages", count = count),
        );
        let from_meta = match counted {
            Some(Candidates::Exactly(count)) => {
                self.candidates += count;
                say!(locale, "doc-look", count = count)
            }
            Some(Candidates::AtLeast(count)) => {
                self.candidates += count;
                self.all_counted = false;
                say!(locale, "doc-look-more", count = count)
            }
            Some(Candidates::Unknown) => {
                self.all_counted = false;
                say!(locale, "doc-look-all")
            }
            None => {
                self.all_counted = false;
                say!(locale, "doc-look-uncounted")
            }
        };
        self.rows.push((label(folder), say!(locale, "doc-folder-read", messages = messages, look = from_meta)));
    }

    fn unread(&mut self, all: &[Listed], chosen: &[Folder], settings: &Mailbox) {
        let is_chosen = |folder: &Folder| chosen.iter().any(|chosen| chosen.name == folder.name);
        let unread: Vec<&Listed> = all.iter().filter(|listed| !is_chosen(&listed.folder)).collect();
        for listed in unread.iter().take(MOST_UNREAD) {
            let own = listed.folder.special.iter().any(|special| matches!(special, Special::Drafts | Special::Sent));
            let why = if !listed.selectable {
                "doc-unread-parent"
            } else if settings.folders.is_some() {
                "doc-unread-unnamed"
            } else if own {
                "doc-unread-own"
            } else {
                "doc-unread-all"
            };
            self.rows.push((label(&listed.folder), say!(self.locale, why)));
        }
        if let Some(more @ 1..) = unread.len().checked_sub(MOST_UNREAD) {
            let row = (say!(self.locale, "doc-more-folders", count = more), say!(self.locale, "doc-unread"));
            self.rows.push(row);
        }
    }

    fn finding(self, read: usize, all: usize, settings: &Mailbox) -> Finding {
        let locale = self.locale;
        let look = if self.all_counted { "doc-look" } else { "doc-look-more" };
        let what = say!(
            locale,
            "doc-folders",
            read = read,
            all = all,
            messages = say!(locale, "doc-messages", count = self.messages),
            look = say!(locale, look, count = self.candidates),
            since = locale.day(settings.since),
        );
        let finding =
            if read == 0 { Finding::wrong(what, say!(locale, "doc-folders-todo")) } else { Finding::ok(what) };
        Finding { rows: self.rows, ..finding }
    }
}

fn absent(name: &str, all: &[Listed], locale: &Locale) -> Finding {
    let there: Vec<String> = all
        .iter()
        .filter(|listed| listed.selectable)
        .take(10)
        .map(|listed| format!("\"{}\"", harmless_short(&listed.folder.name, 60)))
        .collect();
    Finding::wrong(
        say!(locale, "doc-folder-absent", name = harmless(name)),
        say!(locale, "doc-folder-absent-todo", there = there.join(", ")),
    )
}

/// `Spam (\Junk)`.
fn label(folder: &Folder) -> String {
    let special: Vec<&str> = folder.special.iter().map(|special| special.as_str()).collect();
    let name = harmless_short(&folder.name, 40);
    if special.is_empty() { name } else { format!("{name} ({})", special.join(" ")) }
}
