//! How much the database is asked, counted for tests: a guard on counts holds on every machine, one on times on none.

use std::cell::Cell;
use std::ops::Sub;

use rusqlite::trace::{TraceEvent, TraceEventCodes};

use super::Store;

/// What was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Work {
    /// Statements begun.
    pub statements: usize,
    /// Rows they gave.
    pub rows: usize,
}

impl Sub for Work {
    type Output = Work;
    fn sub(self, before: Work) -> Work {
        Work { statements: self.statements - before.statements, rows: self.rows - before.rows }
    }
}

thread_local! {
    static DONE: Cell<Work> = const { Cell::new(Work { statements: 0, rows: 0 }) };
}

/// Counts what this store is asked from now on.
pub fn watch(store: &mut Store) {
    let codes = TraceEventCodes::SQLITE_TRACE_STMT | TraceEventCodes::SQLITE_TRACE_ROW;
    store.connection.trace_v2(codes, Some(count)).unwrap();
}

/// What all watched stores of this thread were asked so far.
pub fn done() -> Work {
    DONE.get()
}

#[allow(clippy::wildcard_enum_match_arm, reason = "SQLite's events are open")]
fn count(event: TraceEvent<'_>) {
    let Work { statements, rows } = DONE.get();
    DONE.set(match event {
        TraceEvent::Stmt(..) => Work { statements: statements + 1, rows },
        TraceEvent::Row(_) => Work { statements, rows: rows + 1 },
        _ => Work { statements, rows },
    });
}
