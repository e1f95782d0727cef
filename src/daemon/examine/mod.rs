//! Tries everything the daemon relies on, and says what it found and what to do: for `confirmd doctor`.
//!
//! It changes nothing: databases are opened read-only, folders with EXAMINE, and no notice is sent. It works beside a running daemon,
//! with connections of its own.

mod database;
mod folders;
mod mailbox;
mod resolvers;
mod traces;
mod watching;

pub use database::database;
pub use mailbox::{Because, NotEntered, entry, mailbox};
pub use resolvers::resolvers;
pub use watching::watching;

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How it is.
    pub level: Level,
    /// What was found, in one sentence without its full stop.
    pub what: String,
    /// What to do about it, if anything.
    pub todo: Option<String>,
    /// A line to copy into the configuration; never broken.
    pub copy: Option<String>,
    /// Details in two columns.
    pub rows: Vec<(String, String)>,
}

/// How a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// As it should be.
    Ok,
    /// It works; worth knowing, or worth improving.
    Note,
    /// Something does not work.
    Wrong,
}

impl Finding {
    /// A thing that is as it should be.
    pub fn ok(what: impl Into<String>) -> Finding {
        Finding { level: Level::Ok, what: what.into(), todo: None, copy: None, rows: Vec::new() }
    }

    /// A thing worth knowing; `todo` may be empty.
    pub fn note(what: impl Into<String>, todo: impl Into<String>) -> Finding {
        Finding { level: Level::Note, ..Finding::ok(what) }.with_todo(todo.into())
    }

    /// A thing that does not work, and what to do.
    pub fn wrong(what: impl Into<String>, todo: impl Into<String>) -> Finding {
        Finding { level: Level::Wrong, ..Finding::ok(what) }.with_todo(todo.into())
    }

    fn with_todo(self, todo: String) -> Finding {
        Finding { todo: Some(todo).filter(|todo| !todo.is_empty()), ..self }
    }
}
