//! Tables `message`, `mail`, `dkim_key` and `place`: the mails themselves, how their senders were proven, where they were seen.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::{Tx, json, parsed, parsed_optional, time, to_json};
use crate::model::attribution::Reason;
use crate::model::mailbox::{MailboxName, Place};
use crate::model::proof::{Check, KeyRecord, Proof, SenderProof};
use crate::model::status::MessageNumber;

/// A message to be recorded.
#[derive(Debug)]
pub struct NewMessage<'a> {
    /// Same for copies that differ only in trace headers.
    pub identity: &'a str,
    /// Hex SHA-256 of `raw`; `None` when the mail was not read.
    pub sha256: Option<&'a str>,
    /// The exact bytes, or the few header fields of a mail that was not read.
    pub content: Content<'a>,
    /// The From header, decoded.
    pub from: &'a str,
    /// The subject, decoded.
    pub subject: &'a str,
    /// Message-ID with its angle brackets.
    pub message_id: Option<&'a str>,
    /// The server's time of receipt.
    pub received_at: Timestamp,
    /// How the sender was proven.
    pub proof: &'a SenderProof,
}

/// What there is of a mail.
#[derive(Debug, Clone, Copy)]
pub enum Content<'a> {
    /// The exact bytes.
    Raw(&'a [u8]),
    /// Header fields only, and why.
    Unread {
        /// A few header fields.
        header: &'a [u8],
        /// Size in bytes as the server gives it.
        size: u64,
        /// `too_large` or `unreadable`.
        reason: Reason,
        /// In words.
        why: &'a str,
    },
}

/// A recorded message without its bytes.
#[derive(Debug, Clone)]
pub struct MessageRow {
    /// Its number.
    pub number: MessageNumber,
    /// Hex SHA-256 of the raw bytes.
    pub sha256: Option<String>,
    /// The From header, decoded.
    pub from: String,
    /// The subject, decoded.
    pub subject: String,
    /// Message-ID with its angle brackets.
    pub message_id: Option<String>,
    /// The server's time of receipt.
    pub received_at: Timestamp,
    /// How the sender was proven.
    pub proof: SenderProof,
    /// Why it was not read, in words.
    pub unread: Option<(Reason, String)>,
}

impl Tx<'_> {
    /// Finds the message of that identity.
    pub fn find_message_by_identity(&self, identity: &str) -> rusqlite::Result<Option<MessageRow>> {
        let sql = format!("{SELECT_MESSAGE} WHERE identity = ?1");
        self.sql.query_row(&sql, [identity], message_row).optional()
    }

    /// Finds the message that was seen at that place.
    pub fn find_message_at(&self, place: &Place) -> rusqlite::Result<Option<MessageRow>> {
        let sql = format!(
            "{SELECT_MESSAGE} WHERE number = (SELECT message FROM place
                 WHERE mailbox = ?1 AND folder = ?2 AND uidvalidity = ?3 AND uid = ?4)"
        );
        let key = params![place.mailbox.as_str(), place.folder, place.uidvalidity, place.uid];
        self.sql.query_row(&sql, key, message_row).optional()
    }

    /// Finds the message of that number.
    pub fn find_message(&self, number: MessageNumber) -> rusqlite::Result<Option<MessageRow>> {
        let sql = format!("{SELECT_MESSAGE} WHERE number = ?1");
        self.sql.query_row(&sql, [number.0], message_row).optional()
    }

    /// Finds every message, by number.
    pub fn find_messages(&self) -> rusqlite::Result<Vec<MessageRow>> {
        let sql = format!("{SELECT_MESSAGE} ORDER BY number");
        self.sql.prepare_cached(&sql)?.query_map([], message_row)?.collect()
    }

    /// Finds the numbers of messages whose DKIM keys DNS could not give yet.
    pub fn find_messages_to_prove(&self) -> rusqlite::Result<Vec<MessageNumber>> {
        let sql = "SELECT number FROM message WHERE proof_retry = 1 AND unread IS NULL ORDER BY number";
        self.sql.prepare_cached(sql)?.query_map([], |row| row.get(0).map(MessageNumber))?.collect()
    }

    /// Finds the exact bytes; `None` when the mail was not read.
    pub fn find_raw(&self, number: MessageNumber) -> rusqlite::Result<Option<Vec<u8>>> {
        let sql = "SELECT raw FROM mail WHERE message = ?1";
        self.sql.prepare_cached(sql)?.query_row([number.0], |row| row.get(0)).optional()
    }

    /// Finds the header fields that were read of a mail that was not read itself.
    pub fn find_header(&self, number: MessageNumber) -> rusqlite::Result<Option<Vec<u8>>> {
        let sql = "SELECT header FROM message WHERE number = ?1";
        Ok(self.sql.query_row(sql, [number.0], |row| row.get::<_, Option<Vec<u8>>>(0)).optional()?.flatten())
    }

    /// Finds the keys DNS gave for a message.
    pub fn find_keys(&self, number: MessageNumber) -> rusqlite::Result<Vec<KeyRecord>> {
        let sql = "SELECT name, txt, seen_at FROM dkim_key WHERE message = ?1 ORDER BY name, txt";
        let key = |row: &rusqlite::Row<'_>| {
            Ok(KeyRecord { name: row.get("name")?, txt: row.get("txt")?, seen_at: parsed(row, "seen_at")? })
        };
        self.sql.prepare_cached(sql)?.query_map([number.0], key)?.collect()
    }

    /// Inserts a message; its identity must be new.
    pub fn insert_message(&self, new: &NewMessage<'_>) -> rusqlite::Result<MessageNumber> {
        let (raw, header, size, unread, why) = match new.content {
            Content::Raw(raw) => (Some(raw), None, raw.len() as u64, None, None),
            Content::Unread { header, size, reason, why } => {
                (None, Some(header), size, Some(reason.as_str()), Some(why))
            }
        };
        self.sql.execute(
            "INSERT INTO message (identity, sha256, header, size, from_text, subject, message_id, received_at,
                                  proof, proof_domain, proof_detail, proof_retry, unread, unread_why, recorded_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
            params![
                new.identity,
                new.sha256,
                header,
                i64::try_from(size).unwrap_or(i64::MAX),
                new.from,
                new.subject,
                new.message_id,
                time(new.received_at),
                new.proof.proof.map(Proof::as_str),
                new.proof.domain,
                to_json(&new.proof.checks)?,
                new.proof.retry,
                unread,
                why,
                self.now(),
            ],
        )?;
        let number = MessageNumber(self.sql.last_insert_rowid());
        if let Some(raw) = raw {
            self.sql.execute("INSERT INTO mail (message, raw) VALUES (?1, ?2)", params![number.0, raw])?;
        }
        self.insert_keys(number, &new.proof.keys)?;
        Ok(number)
    }

    /// Updates how the sender was proven.
    pub fn update_proof(&self, number: MessageNumber, proof: &SenderProof) -> rusqlite::Result<()> {
        self.sql.execute(
            "UPDATE message SET proof = ?2, proof_domain = ?3, proof_detail = ?4, proof_retry = ?5 WHERE number = ?1",
            params![number.0, proof.proof.map(Proof::as_str), proof.domain, to_json(&proof.checks)?, proof.retry],
        )?;
        self.insert_keys(number, &proof.keys)
    }

    /// Replaces the bytes by those of a better copy: one that proves its sender, or one that could be read.
    pub fn update_raw(&self, number: MessageNumber, identity: &str, raw: &[u8], sha256: &str) -> rusqlite::Result<()> {
        self.sql.execute(
            "UPDATE message SET identity = ?2, sha256 = ?3, size = ?4, header = NULL, unread = NULL, unread_why = NULL
             WHERE number = ?1",
            params![number.0, identity, sha256, i64::try_from(raw.len()).unwrap_or(i64::MAX)],
        )?;
        self.sql.execute("INSERT OR REPLACE INTO mail (message, raw) VALUES (?1, ?2)", params![number.0, raw])?;
        Ok(())
    }

    /// Keeps the earliest time of receipt of all copies, so that the order in which they are found does not matter.
    pub fn update_received_at(&self, number: MessageNumber, received_at: Timestamp) -> rusqlite::Result<bool> {
        let sql = "UPDATE message SET received_at = ?2 WHERE number = ?1 AND received_at > ?2";
        Ok(self.sql.execute(sql, params![number.0, time(received_at)])? > 0)
    }

    /// Inserts where the message was seen, unless that is known.
    pub fn insert_place(&self, number: MessageNumber, place: &Place) -> rusqlite::Result<()> {
        self.sql.execute(
            "INSERT INTO place (mailbox, folder, uidvalidity, uid, message, current, seen_at)
             VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6)
             ON CONFLICT (mailbox, folder, uidvalidity, uid) DO UPDATE SET current = 1",
            params![place.mailbox.as_str(), place.folder, place.uidvalidity, place.uid, number.0, self.now()],
        )?;
        Ok(())
    }

    /// Marks the places of a folder's earlier UIDVALIDITY: those UIDs mean nothing any more.
    pub fn mark_places_past(&self, mailbox: &MailboxName, folder: &str, uidvalidity: u32) -> rusqlite::Result<()> {
        self.sql.execute(
            "UPDATE place SET current = 0 WHERE mailbox = ?1 AND folder = ?2 AND uidvalidity <> ?3 AND current = 1",
            params![mailbox.as_str(), folder, uidvalidity],
        )?;
        Ok(())
    }

    /// Finds where each message is, by message.
    pub fn find_places(&self) -> rusqlite::Result<Vec<(MessageNumber, Place)>> {
        let sql = "SELECT message, mailbox, folder, uidvalidity, uid FROM place WHERE current = 1
                   ORDER BY message, mailbox, folder, uidvalidity, uid";
        let place = |row: &rusqlite::Row<'_>| {
            let place = Place {
                mailbox: MailboxName(row.get("mailbox")?),
                folder: row.get("folder")?,
                uidvalidity: row.get("uidvalidity")?,
                uid: row.get("uid")?,
            };
            Ok((MessageNumber(row.get("message")?), place))
        };
        self.sql.prepare_cached(sql)?.query_map([], place)?.collect()
    }

    /// Finds the mailboxes in which a message was ever seen.
    pub fn find_mailboxes_of(&self, number: MessageNumber) -> rusqlite::Result<Vec<MailboxName>> {
        let sql = "SELECT DISTINCT mailbox FROM place WHERE message = ?1 ORDER BY mailbox";
        self.sql.prepare_cached(sql)?.query_map([number.0], |row| row.get(0).map(MailboxName))?.collect()
    }

    fn insert_keys(&self, number: MessageNumber, keys: &[KeyRecord]) -> rusqlite::Result<()> {
        let sql = "INSERT INTO dkim_key (message, name, txt, seen_at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
        for key in keys {
            self.sql.execute(sql, params![number.0, key.name, key.txt, time(key.seen_at)])?;
        }
        Ok(())
    }
}

const SELECT_MESSAGE: &str = "SELECT number, sha256, from_text, subject, message_id, received_at, proof, proof_domain,
    proof_detail, proof_retry, unread, unread_why FROM message";

fn message_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<MessageRow> {
    let reason: Option<Reason> = parsed_optional(row, "unread")?;
    let why: Option<String> = row.get("unread_why")?;
    let checks: Vec<Check> = json(row, "proof_detail")?;
    Ok(MessageRow {
        number: MessageNumber(row.get("number")?),
        sha256: row.get("sha256")?,
        from: row.get("from_text")?,
        subject: row.get("subject")?,
        message_id: row.get("message_id")?,
        received_at: parsed(row, "received_at")?,
        proof: SenderProof {
            proof: parsed_optional(row, "proof")?,
            domain: row.get("proof_domain")?,
            checks,
            keys: Vec::new(),
            retry: row.get("proof_retry")?,
        },
        unread: reason.map(|reason| (reason, why.unwrap_or_default())),
    })
}
