//! How far large files have been read, so that a scan that was stopped or killed is gone on with near where it was.
//!
//! A mark is written only after everything before it has been recorded. It saves time and decides nothing: without it everything is read
//! again, and counts once.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

use super::Scanning;
use crate::daemon::recorder::Recorder;
use crate::files::{Counts, Mark, Passed, Reached};
use crate::store::StoreError;
use crate::store::scan_mark::ScanMark;

/// Seldom enough to cost nothing: each time the disk is waited for.
const EVERY: Duration = Duration::from_secs(1);

/// Nobody goes on with a scan of so long ago.
const OLD: SignedDuration = SignedDuration::from_hours(90 * 24);

/// The marks of one scan.
pub(super) struct Marks {
    search: String,
    known: BTreeMap<String, ScanMark>,
    /// Files with a mark in the database that this scan has met.
    kept: BTreeSet<String>,
    /// Messages recorded in the file at hand, those of earlier scans included.
    recorded: u64,
    last: Option<Mark>,
    written: Instant,
}

impl Marks {
    /// The marks of earlier scans that looked for the same.
    pub(super) fn of(recorder: &Recorder, scanning: Scanning<'_>) -> Result<Marks, StoreError> {
        let (limit, trusted) = (scanning.message_limit, scanning.trusted);
        let search = format!("{} up to {limit} believing {trusted:?}", recorder.judge().made_by());
        let known = recorder.store().read(|tx| tx.find_scan_marks(&search))?;
        Ok(Marks { search, known, kept: BTreeSet::new(), recorded: 0, last: None, written: Instant::now() })
    }

    /// How far each file has been read.
    pub(super) fn known(&self) -> BTreeMap<String, Reached> {
        let reached = |mark: &ScanMark| Reached {
            member: mark.member,
            offset: mark.reached,
            counts: Counts { mails: mark.mails, candidates: mark.candidates, skipped: mark.skipped },
        };
        self.known.iter().map(|(file, mark)| (file.clone(), reached(mark))).collect()
    }

    /// The reading has come further, and everything before has been recorded.
    pub(super) fn reach(&mut self, passed: &Passed, recorded: bool, recorder: &mut Recorder) -> Result<(), StoreError> {
        let Some(mark) = &passed.mark else { return Ok(()) };
        let is_other = self.last.as_ref().is_none_or(|last| last.file != mark.file);
        if is_other {
            self.recorded = self.known.get(&mark.file).map_or(0, |known| known.recorded);
        }
        self.recorded += u64::from(recorded);
        // The end of all is no place to go on from.
        let ended = mark.reached.offset.is_none() && passed.done < passed.total;
        self.last = Some(mark.clone());
        if ended || recorded || self.written.elapsed() >= EVERY { self.keep(recorder) } else { Ok(()) }
    }

    /// Writes down how far the reading has come.
    pub(super) fn keep(&mut self, recorder: &mut Recorder) -> Result<(), StoreError> {
        let Some(Mark { file, reached }) = &self.last else { return Ok(()) };
        let Counts { mails, candidates, skipped } = reached.counts;
        let (member, recorded) = (reached.member, self.recorded);
        let mark = ScanMark { member, reached: reached.offset, mails, candidates, skipped, recorded };
        let search = &self.search;
        recorder.store_mut().write(Timestamp::now(), |tx| tx.update_scan_mark(file, search, &mark))?;
        self.kept.insert(file.clone());
        self.written = Instant::now();
        Ok(())
    }

    /// The scan has ended: nothing is left to go on with. How many mails earlier scans had read, and messages recorded.
    pub(super) fn ended(self, recorder: &mut Recorder, met: &BTreeSet<String>) -> Result<(u64, u64), StoreError> {
        let before: Vec<&ScanMark> =
            self.known.iter().filter(|(file, _)| met.contains(*file)).map(|(_, mark)| mark).collect();
        let sums = (before.iter().map(|mark| mark.mails).sum(), before.iter().map(|mark| mark.recorded).sum());
        let files: BTreeSet<&String> =
            self.kept.iter().chain(met.iter().filter(|file| self.known.contains_key(*file))).collect();
        if !files.is_empty() {
            let now = Timestamp::now();
            let old = now.checked_sub(OLD).unwrap_or(Timestamp::UNIX_EPOCH);
            recorder.store_mut().write(now, |tx| tx.clear_scan_marks(files, old))?;
        }
        Ok(sums)
    }
}
