//! Tables `notice` and `delivery`: the outbox. What stands here is delivered until it is, also after a restart.

use jiff::Timestamp;
use rusqlite::params;

use super::transition::{subject_columns, subject_of};
use super::{Tx, parsed, time};
use crate::decide::notice::{Notice, Told};
use crate::model::account::AccountId;
use crate::model::mailbox::MailboxName;
use crate::model::transition::Subject;

/// A notice's number in the outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoticeId(pub i64);

/// A notice that is not delivered everywhere yet.
#[derive(Debug, Clone)]
pub struct OpenNotice {
    /// Its number.
    pub id: NoticeId,
    /// What to say.
    pub notice: Notice,
    /// The ways tried so far.
    pub tries: Vec<Tried>,
}

/// What became of one way of telling.
#[derive(Debug, Clone)]
pub struct Tried {
    /// Which `[[notify]]`.
    pub way: String,
    /// How often it was tried.
    pub attempts: u32,
    /// When to try again; `None` once it was delivered.
    pub next_try_at: Option<Timestamp>,
}

impl Tx<'_> {
    /// Inserts a notice; an older one about the same subject that was not delivered yet is no longer true.
    pub fn insert_notice(&self, notice: &Notice) -> rusqlite::Result<NoticeId> {
        let (subject, id) = subject_columns(&notice.subject);
        self.sql.execute(
            "UPDATE notice SET superseded = 1, closed = 1 WHERE closed = 0 AND subject = ?1 AND subject_id = ?2",
            params![subject, id],
        )?;
        self.sql.execute(
            "INSERT INTO notice (subject, subject_id, event, severity, account_id, mailbox, title, text, at, repeat, superseded, closed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 0, 0)",
            params![
                subject,
                id,
                notice.event,
                notice.severity.as_str(),
                notice.account.as_ref().map(AccountId::as_str),
                notice.mailbox.as_ref().map(MailboxName::as_str),
                notice.title,
                notice.text,
                time(notice.at),
                notice.repeat,
            ],
        )?;
        Ok(NoticeId(self.sql.last_insert_rowid()))
    }

    /// Whether what is to be said about a subject has not reached anybody yet, neither the first time nor as a repetition.
    pub fn is_untold(&self, subject: &Subject) -> rusqlite::Result<bool> {
        let (subject, id) = subject_columns(subject);
        self.sql.query_row(
            "SELECT EXISTS (SELECT 1 FROM notice WHERE closed = 0 AND subject = ?1 AND subject_id = ?2)
                 AND NOT EXISTS (SELECT 1 FROM notice JOIN delivery ON delivery.notice = notice.id
                     WHERE subject = ?1 AND subject_id = ?2 AND delivered_at IS NOT NULL
                         AND id >= (SELECT max(id) FROM notice WHERE subject = ?1 AND subject_id = ?2 AND repeat = 0))",
            params![subject, id],
            |row| row.get(0),
        )
    }

    /// Closes what is open about a subject that is no longer bad: saying it now would be wrong.
    pub fn mark_superseded(&self, subject: &Subject) -> rusqlite::Result<()> {
        let (subject, id) = subject_columns(subject);
        self.sql.execute(
            "UPDATE notice SET superseded = 1, closed = 1 WHERE closed = 0 AND subject = ?1 AND subject_id = ?2",
            params![subject, id],
        )?;
        Ok(())
    }

    /// Finds the notices that are not delivered everywhere yet, oldest first.
    pub fn find_open_notices(&self) -> rusqlite::Result<Vec<OpenNotice>> {
        self.find_open_notices_where("TRUE")
    }

    /// The same of those about mailboxes alone.
    pub fn find_open_notices_about_mailboxes(&self) -> rusqlite::Result<Vec<OpenNotice>> {
        self.find_open_notices_where("subject = 'mailbox'")
    }

    fn find_open_notices_where(&self, condition: &str) -> rusqlite::Result<Vec<OpenNotice>> {
        let sql = format!(
            "SELECT id, subject, subject_id, event, severity, account_id, mailbox, title, text, at, repeat
                 FROM notice WHERE closed = 0 AND {condition} ORDER BY id"
        );
        let mut statement = self.sql.prepare_cached(&sql)?;
        let mut open: Vec<OpenNotice> = statement.query_map([], open_notice)?.collect::<Result<_, _>>()?;
        let sql = "SELECT way, attempts, next_try_at FROM delivery WHERE notice = ?1 ORDER BY way";
        let mut statement = self.sql.prepare_cached(sql)?;
        for notice in &mut open {
            let tried = |row: &rusqlite::Row<'_>| {
                Ok(Tried {
                    way: row.get("way")?,
                    attempts: row.get("attempts")?,
                    next_try_at: super::parsed_optional(row, "next_try_at")?,
                })
            };
            notice.tries = statement.query_map([notice.id.0], tried)?.collect::<Result<_, _>>()?;
        }
        Ok(open)
    }

    /// Finds what was last told of each subject, delivered or still open.
    pub fn find_told(&self) -> rusqlite::Result<Vec<Told>> {
        let sql = "SELECT subject, subject_id, at, repeat FROM notice
                   WHERE id IN (SELECT max(id) FROM notice GROUP BY subject, subject_id)";
        let told = |row: &rusqlite::Row<'_>| {
            Ok(Told { subject: subject_of(row)?, at: parsed(row, "at")?, repeat: row.get("repeat")? })
        };
        self.sql.prepare_cached(sql)?.query_map([], told)?.collect()
    }

    /// Marks a notice delivered by one way.
    pub fn mark_delivered(&self, notice: NoticeId, way: &str) -> rusqlite::Result<()> {
        self.sql.execute(
            "INSERT INTO delivery (notice, way, attempts, next_try_at, delivered_at, error) VALUES (?1, ?2, 1, NULL, ?3, NULL)
             ON CONFLICT (notice, way) DO UPDATE SET attempts = attempts + 1, next_try_at = NULL,
                 delivered_at = excluded.delivered_at, error = NULL",
            params![notice.0, way, self.now()],
        )?;
        Ok(())
    }

    /// Marks that one way failed, and when to try it again.
    pub fn mark_undelivered(
        &self,
        notice: NoticeId,
        way: &str,
        error: &str,
        again_at: Timestamp,
    ) -> rusqlite::Result<()> {
        self.sql.execute(
            "INSERT INTO delivery (notice, way, attempts, next_try_at, delivered_at, error) VALUES (?1, ?2, 1, ?3, NULL, ?4)
             ON CONFLICT (notice, way) DO UPDATE SET attempts = attempts + 1, next_try_at = excluded.next_try_at, error = excluded.error",
            params![notice.0, way, time(again_at), error],
        )?;
        Ok(())
    }

    /// Marks a notice as delivered by every way there is.
    pub fn mark_closed(&self, notice: NoticeId) -> rusqlite::Result<()> {
        self.sql.execute("UPDATE notice SET closed = 1 WHERE id = ?1", [notice.0])?;
        Ok(())
    }
}

fn open_notice(row: &rusqlite::Row<'_>) -> rusqlite::Result<OpenNotice> {
    let account: Option<String> = row.get("account_id")?;
    let mailbox: Option<String> = row.get("mailbox")?;
    Ok(OpenNotice {
        id: NoticeId(row.get("id")?),
        notice: Notice {
            subject: subject_of(row)?,
            event: row.get("event")?,
            severity: parsed(row, "severity")?,
            account: account.map(AccountId),
            mailbox: mailbox.map(MailboxName),
            title: row.get("title")?,
            text: row.get("text")?,
            at: parsed(row, "at")?,
            repeat: row.get("repeat")?,
        },
        tries: Vec::new(),
    })
}
