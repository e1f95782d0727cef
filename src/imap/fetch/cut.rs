//! The beginning of a folder that a first pass need not search, told by the days on which messages came into the folder.
//!
//! UIDs ascend as messages come into a folder, whatever their INTERNALDATE says: they may have been moved or imported. So where
//! a message came in well before `since`, everything below its UID did, and was received before that. SAVEDATE (RFC 8514) is
//! the day of coming in; a hundred of them are told in milliseconds, and searching a fifth of the folder costs a fifth
//! (docs/decisions/0009). Where anything about the answers is strange, nothing is passed over.

use jiff::civil::Date;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::{Error, Reading};
use crate::imap::guard::{Allowance, Saved};
use crate::imap::session::Connection;

/// Folders of fewer messages are searched as a whole: that costs a few milliseconds.
pub(super) const MANY: u32 = 5000;

/// How many messages are asked: what is searched needlessly is one per cent of the folder at most.
const SAMPLES: u32 = 100;

/// `since` is a day in the server's time zone, and clocks go wrong.
const MARGIN: SignedDuration = SignedDuration::from_hours(3 * 24);

impl Connection {
    /// Moves the reading's start up to where messages may be that came in after `since`.
    pub(super) fn pass_over_the_old(&mut self, reading: &mut Reading<'_>) -> Result<(), Error> {
        let Some(since) = reading.plan.since else { return Ok(()) };
        let question = samples(reading.exists);
        let asked = self.ask(Allowance::default(), |session| session.run_command_and_read_response(&question))?;
        let saved = std::mem::take(&mut self.notes.get().saved);
        match asked {
            Ok(_) => reading.after = reading.after.max(old(&saved, reading.exists, since)),
            Err(said) if said.is_temporary() => return Err(self.refused(reading.folder, &said)),
            Err(_) => {}
        }
        Ok(())
    }
}

/// `FETCH 1,1010,2020 (UID SAVEDATE)`, for a folder of that many messages.
pub(super) fn samples(exists: u32) -> String {
    let numbers: Vec<String> = numbers(exists).map(|number| number.to_string()).collect();
    format!("FETCH {} (UID SAVEDATE)", numbers.join(","))
}

/// The sequence numbers asked, at even distances, the first and the last among them.
fn numbers(exists: u32) -> impl Iterator<Item = u32> {
    let last = u64::from(exists.saturating_sub(1));
    let steps = u64::from(SAMPLES - 1);
    (0..=steps).filter_map(move |step| u32::try_from(1 + step * last / steps).ok())
}

/// The UID up to which everything came into the folder before `since`; 0 where that is not certain of any.
///
/// Every number asked must have been answered, and UIDs and days must both ascend: a server that has been filled from copies
/// of several others, or tells when a file was touched last, proves nothing.
fn old(saved: &[Saved], exists: u32, since: Date) -> u32 {
    let complete = saved.iter().map(|saved| saved.number).eq(numbers(exists));
    let days: Option<Vec<Timestamp>> = saved.iter().map(|saved| moment(&saved.at)).collect();
    let begin = since.to_zoned_datetime(TimeZone::UTC).ok().and_then(|day| day.timestamp().checked_sub(MARGIN).ok());
    let (true, Some(days), Some(begin)) = (complete, days, begin) else { return 0 };
    let ascending = saved.is_sorted_by(|one, next| one.uid < next.uid) && days.is_sorted();
    let before = days.iter().take_while(|day| **day < begin).count();
    if ascending && before > 0 { saved.get(before - 1).map_or(0, |saved| saved.uid) } else { 0 }
}

/// `17-Jul-1996 02:44:25 -0700`, the day perhaps with a blank before it.
fn moment(text: &str) -> Option<Timestamp> {
    strtime::parse("%d-%b-%Y %H:%M:%S %z", text.trim_start()).ok()?.to_timestamp().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan as _;
    use jiff::civil::date;

    const SINCE: Date = date(2024, 5, 1);

    /// Answers of a folder of 100,000 messages, whose UIDs are ten times their numbers; saved every three weeks from 2020.
    fn answers() -> Vec<Saved> {
        let first = date(2020, 1, 1);
        let saved = |(nth, number)| {
            let day = first + (21 * i64::try_from(nth).unwrap()).days();
            Saved { number, uid: number * 10, at: day.strftime("%e-%b-%Y 10:00:00 +0200").to_string() }
        };
        numbers(100_000).enumerate().map(saved).collect()
    }

    #[test]
    fn a_hundred_numbers_are_asked_from_the_first_to_the_last() {
        let asked: Vec<u32> = numbers(100_000).collect();
        assert_eq!((asked.len(), asked[0], asked[1], asked[99]), (100, 1, 1011, 100_000));
        assert!(asked.is_sorted_by(|one, next| one < next));
        assert!(samples(5000).starts_with("FETCH 1,51,101,"), "{}", samples(5000));
        assert!(samples(u32::MAX).len() < 1500);
    }

    #[test]
    fn what_came_in_well_before_since_is_passed_over() {
        let uid = old(&answers(), 100_000, SINCE);
        // 75 times three weeks after the first are 2024-04-23, and once more would be after `since`.
        assert_eq!(uid, answers()[75].uid);
        assert_eq!(
            old(&answers(), 100_000, date(2024, 4, 26)),
            answers()[74].uid,
            "three days before it is not certain"
        );
        assert_eq!(old(&answers(), 100_000, date(2030, 1, 1)), 1_000_000, "all of it");
        assert_eq!(old(&answers(), 100_000, date(2020, 1, 1)), 0, "nothing");
    }

    #[test]
    fn strange_answers_prove_nothing() {
        let mut without_one = answers();
        without_one.remove(50);
        let mut twice = answers();
        twice.insert(3, twice[3].clone());
        let mut another = answers();
        another[5].number += 1;
        let mut uids = answers();
        uids.swap(10, 11);
        (uids[10].number, uids[11].number) = (uids[11].number, uids[10].number);
        let mut days = answers();
        (days[10].at, days[11].at) = (days[11].at.clone(), days[10].at.clone());
        let mut late_at_first = answers();
        late_at_first[0].at = "01-Jan-2026 00:00:00 +0000".to_owned();
        let mut no_date = answers();
        no_date[99].at = "soon".to_owned();
        for strange in [without_one, twice, another, uids, days, late_at_first, no_date, Vec::new()] {
            assert_eq!(old(&strange, 100_000, SINCE), 0);
        }
        assert_eq!(old(&answers(), 100_001, SINCE), 0, "answers about another number of messages");
    }

    #[test]
    fn equal_days_are_in_order() {
        let mut imported = answers();
        for saved in &mut imported[..60] {
            saved.at = "17-Jul-1996 02:44:25 -0700".to_owned();
        }
        assert_eq!(old(&imported, 100_000, SINCE), answers()[75].uid);
        for saved in &mut imported {
            saved.at = "17-Jul-2026 02:44:25 -0700".to_owned();
        }
        assert_eq!(old(&imported, 100_000, SINCE), 0);
    }
}
