//! Table `scan_mark`: how far each large file has been read by scans that have not ended.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::params;

use super::{Tx, time};

/// How far a file has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScanMark {
    /// Of an archive, the number of the file in it; else 0.
    pub member: u64,
    /// Offset of the next mail in bytes; `None` when the file has been read to its end.
    pub reached: Option<u64>,
    /// Mails before it.
    pub mails: u64,
    /// Those among them that claim to come from Meta.
    pub candidates: u64,
    /// What could not be read.
    pub skipped: u64,
    /// Messages recorded.
    pub recorded: u64,
}

impl Tx<'_> {
    /// Finds how far each file has been read by this search.
    pub fn find_scan_marks(&self, search: &str) -> rusqlite::Result<BTreeMap<String, ScanMark>> {
        let sql = "SELECT file, member, reached, mails, candidates, skipped, recorded FROM scan_mark WHERE search = ?1";
        let row = |row: &rusqlite::Row<'_>| {
            let number = |name: &str| row.get(name).map(i64::cast_unsigned);
            let mark = ScanMark {
                member: number("member")?,
                reached: row.get::<_, Option<i64>>("reached")?.map(i64::cast_unsigned),
                mails: number("mails")?,
                candidates: number("candidates")?,
                skipped: number("skipped")?,
                recorded: number("recorded")?,
            };
            Ok((row.get("file")?, mark))
        };
        self.sql.prepare_cached(sql)?.query_map([search], row)?.collect()
    }

    /// Updates how far a file has been read.
    pub fn update_scan_mark(&self, file: &str, search: &str, mark: &ScanMark) -> rusqlite::Result<()> {
        self.sql.execute(
            "INSERT INTO scan_mark (file, search, member, reached, mails, candidates, skipped, recorded, updated_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT (file) DO UPDATE SET search = excluded.search, member = excluded.member, reached = excluded.reached,
                 mails = excluded.mails, candidates = excluded.candidates, skipped = excluded.skipped,
                 recorded = excluded.recorded, updated_at = excluded.updated_at",
            params![
                file,
                search,
                mark.member.cast_signed(),
                mark.reached.map(u64::cast_signed),
                mark.mails.cast_signed(),
                mark.candidates.cast_signed(),
                mark.skipped.cast_signed(),
                mark.recorded.cast_signed(),
                self.now(),
            ],
        )?;
        Ok(())
    }

    /// Forgets how far these files have been read: the scan has ended. Also what scans of before `old` have left, whose files
    /// nobody goes on with.
    pub fn clear_scan_marks<'a>(
        &self,
        files: impl IntoIterator<Item = &'a String>,
        old: Timestamp,
    ) -> rusqlite::Result<()> {
        let mut delete = self.sql.prepare_cached("DELETE FROM scan_mark WHERE file = ?1")?;
        for file in files {
            delete.execute([file])?;
        }
        self.sql.execute("DELETE FROM scan_mark WHERE updated_at < ?1", [time(old)])?;
        Ok(())
    }
}
