//! Table `transition`: every change of an account's status, a mailbox's health or a message's need for review.

use rusqlite::params;

use super::instant::instant;
use super::{Tx, parsed, time};
use crate::decide::sweep::Standing;
use crate::model::account::AccountId;
use crate::model::mailbox::MailboxName;
use crate::model::status::{MessageNumber, Severity};
use crate::model::transition::{Subject, Transition};

impl Tx<'_> {
    /// Inserts a transition.
    pub fn insert_transition(&self, transition: &Transition) -> rusqlite::Result<()> {
        let (subject, id) = subject_columns(&transition.subject);
        self.sql.execute(
            "INSERT INTO transition (subject, subject_id, from_word, to_word, severity, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![subject, id, transition.from, transition.to, transition.severity.as_str(), time(transition.at)],
        )?;
        Ok(())
    }

    /// Finds the last word and severity of every subject.
    pub fn find_standing(&self) -> rusqlite::Result<Standing> {
        let sql = "SELECT subject, subject_id, to_word, severity FROM transition
                   WHERE id IN (SELECT max(id) FROM transition GROUP BY subject, subject_id)";
        let row = |row: &rusqlite::Row<'_>| {
            let word: String = row.get("to_word")?;
            let severity: Severity = parsed(row, "severity")?;
            Ok((subject_of(row)?, (word, severity)))
        };
        self.sql.prepare_cached(sql)?.query_map([], row)?.collect()
    }

    /// Finds the transitions of one subject, oldest first.
    pub fn find_transitions(&self, of: &Subject) -> rusqlite::Result<Vec<Transition>> {
        let (subject, id) = subject_columns(of);
        let sql = "SELECT from_word, to_word, severity, at FROM transition WHERE subject = ?1 AND subject_id = ?2 ORDER BY id";
        let row = |row: &rusqlite::Row<'_>| {
            let at = instant(row, "at")?;
            Ok(Transition {
                subject: of.clone(),
                from: row.get("from_word")?,
                to: row.get("to_word")?,
                severity: parsed(row, "severity")?,
                at,
            })
        };
        self.sql.prepare_cached(sql)?.query_map([subject, &id], row)?.collect()
    }
}

/// A subject as the two columns that name it.
pub(super) fn subject_columns(subject: &Subject) -> (&'static str, String) {
    match subject {
        Subject::Account(id) => ("account", id.to_string()),
        Subject::Mailbox(name) => ("mailbox", name.to_string()),
        Subject::Message(number) => ("message", number.to_string()),
    }
}

/// The subject named by a row's two columns.
pub(super) fn subject_of(row: &rusqlite::Row<'_>) -> rusqlite::Result<Subject> {
    let subject: String = row.get("subject")?;
    Ok(match subject.as_str() {
        "account" => Subject::Account(AccountId(row.get("subject_id")?)),
        "mailbox" => Subject::Mailbox(MailboxName(row.get("subject_id")?)),
        _ => Subject::Message(MessageNumber(parsed(row, "subject_id")?)),
    })
}
