//! Which folders of a mailbox are read, and how many messages a first pass would look at.

use std::time::{Duration, Instant};

use super::Finding;
use crate::config::Mailbox;
use crate::daemon::reader::Reader;
use crate::imap::{Candidates, Chosen, Connection, Error, Folder, Listed, Plan, Special};
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
) -> Result<Option<Folder>, Error> {
    let settings = reader.settings();
    let all = connection.all_folders()?;
    let Chosen { folders, missing } = connection.folders(settings.folders.as_deref())?;
    let mut table = Table { rows: Vec::new(), messages: 0, candidates: 0, all_counted: true };
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
                table.rows.push((label(folder), "cannot be opened".to_owned()));
                unopened.push(error.to_string());
            }
            Err(error) => return Err(error),
        }
    }
    table.unread(&all, &folders, settings);
    findings.push(table.finding(folders.len(), all.len(), settings));
    for error in unopened {
        findings.push(if settings.folders.is_some() {
            Finding::wrong(harmless(&error), "take it out of `folders`, or ask the mail host why")
        } else {
            Finding::note(harmless(&error), "it is passed over; the others are read")
        });
    }
    findings.extend(missing.iter().map(|name| absent(name, &all)));
    Ok(folders.into_iter().find(|folder| folder.counts.and_then(|counts| counts.messages) != Some(0)))
}

/// The rows as they come.
struct Table {
    rows: Vec<(String, String)>,
    messages: u64,
    candidates: usize,
    all_counted: bool,
}

impl Table {
    fn read(&mut self, folder: &Folder, counted: Option<Candidates>) {
        let messages = folder.counts.and_then(|counts| counts.messages);
        self.messages += u64::from(messages.unwrap_or(0));
        let messages = messages.map_or("messages not counted".to_owned(), |count| plural(count.into(), "message"));
        let from_meta = match counted {
            Some(Candidates::Exactly(count)) => {
                self.candidates += count;
                format!("{count} to look at")
            }
            Some(Candidates::AtLeast(count)) => {
                self.candidates += count;
                self.all_counted = false;
                format!("{count} or more to look at")
            }
            Some(Candidates::Unknown) => {
                self.all_counted = false;
                "every sender to look at (no SEARCH)".to_owned()
            }
            None => {
                self.all_counted = false;
                "those to look at not counted: it took too long".to_owned()
            }
        };
        self.rows.push((label(folder), format!("read: {messages}, {from_meta}")));
    }

    fn unread(&mut self, all: &[Listed], chosen: &[Folder], settings: &Mailbox) {
        let is_chosen = |folder: &Folder| chosen.iter().any(|chosen| chosen.name == folder.name);
        let unread: Vec<&Listed> = all.iter().filter(|listed| !is_chosen(&listed.folder)).collect();
        for listed in unread.iter().take(MOST_UNREAD) {
            let own = listed.folder.special.iter().any(|special| matches!(special, Special::Drafts | Special::Sent));
            let why = if !listed.selectable {
                "not read: it only holds other folders"
            } else if settings.folders.is_some() {
                "not read: `folders` does not name it"
            } else if own {
                "not read: it holds what you wrote"
            } else {
                "not read: its messages are in the folder of all messages"
            };
            self.rows.push((label(&listed.folder), why.to_owned()));
        }
        if let Some(more @ 1..) = unread.len().checked_sub(MOST_UNREAD) {
            self.rows.push((format!("... {}", plural(more as u64, "more folder")), "not read".to_owned()));
        }
    }

    fn finding(self, read: usize, all: usize, settings: &Mailbox) -> Finding {
        let from_meta = if self.all_counted { "" } else { " or more" };
        let what = format!(
            "{read} of {} read: {}, {}{from_meta} to look at (since {}, and claiming to come from Meta)",
            plural(all as u64, "folder"),
            plural(self.messages, "message"),
            self.candidates,
            settings.since
        );
        let finding = if read == 0 {
            Finding::wrong(
                what,
                "without a folder no confirmation is seen: name some in `folders`, or leave the key out",
            )
        } else {
            Finding::ok(what)
        };
        Finding { rows: self.rows, ..finding }
    }
}

fn absent(name: &str, all: &[Listed]) -> Finding {
    let there: Vec<String> = all
        .iter()
        .filter(|listed| listed.selectable)
        .take(10)
        .map(|listed| format!("\"{}\"", harmless_short(&listed.folder.name, 60)))
        .collect();
    Finding::wrong(
        format!("there is no folder \"{}\", which `folders` names", harmless(name)),
        format!("correct `folders`, or create it; the server has {}", there.join(", ")),
    )
}

/// `Spam (\Junk)`.
fn label(folder: &Folder) -> String {
    let special: Vec<&str> = folder.special.iter().map(|special| special.as_str()).collect();
    let name = harmless_short(&folder.name, 40);
    if special.is_empty() { name } else { format!("{name} ({})", special.join(" ")) }
}

fn plural(count: u64, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
