//! Reading candidates: a look at size, date and sender, then the bytes in batches.

use imap::types::Fetch;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use super::each::Each;
use super::{Error, Found, Reading, Sink, hand};
use crate::imap::guard::Allowance;
use crate::imap::session::Connection;

/// What is known of a candidate before its body is read.
#[derive(Clone)]
pub(super) struct Details {
    uid: u32,
    size: u64,
    received_at: Option<Timestamp>,
    /// The date as the server writes it, in the server's time zone.
    received_on: Option<Date>,
    header: Vec<u8>,
}

pub(super) const DETAILS: &str =
    "(UID INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (FROM TO CC SUBJECT DATE MESSAGE-ID)])";

/// The same of a message that is perhaps no candidate: of the header nothing but the sender.
pub(super) const SENDERS: &str = "(UID INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (FROM)])";

/// How many candidates are looked at at a time, where round trips are spared and where not.
const HITS: usize = 500;
const HITS_ONE_BY_ONE: usize = 50;
/// How many bytes of bodies are read at a time: memory.
const BODY_BYTES: u64 = 4 * 1024 * 1024;
/// How many bodies are handed over before that is noted as progress: what an interruption makes read again.
const BODIES: usize = 20;

/// What is done with candidates, in the order of their UIDs.
enum Step {
    /// These bodies are read.
    Read(Vec<Details>),
    /// This one is handed over as it is.
    Hand(Found),
}

impl Connection {
    /// Reads the hits (ascending) that are candidates indeed, and hands them over.
    pub(super) fn read_hits(
        &mut self,
        reading: &mut Reading<'_>,
        hits: &[u32],
        sink: &mut Sink<'_>,
    ) -> Result<(), Error> {
        let at_a_time = if self.pipelines() { HITS } else { HITS_ONE_BY_ONE };
        for hits in hits.chunks(at_a_time) {
            let looks = self.fetch_each(reading, hits, DETAILS, Allowance::default(), &Details::of)?;
            self.read_candidates(reading, looks, sink)?;
            if let Some(last) = hits.last() {
                reading.progress(*last, sink)?;
            }
        }
        Ok(())
    }

    /// Reads what is wanted of messages that have been looked at.
    pub(super) fn read_candidates(
        &mut self,
        reading: &mut Reading<'_>,
        looks: Each<Details>,
        sink: &mut Sink<'_>,
    ) -> Result<(), Error> {
        for step in self.steps(reading, looks) {
            match step {
                Step::Hand(found) => hand(sink, found)?,
                Step::Read(batch) => self.read_bodies(reading, batch, sink)?,
            }
        }
        Ok(())
    }

    fn steps(&self, reading: &Reading<'_>, looks: Each<Details>) -> Vec<Step> {
        let mut steps = Vec::new();
        for (uid, look) in looks {
            match look {
                Ok(details) if !reading.wants(&details) => {}
                Ok(details) if !self.is_too_large(reading, &details) => match steps.last_mut() {
                    Some(Step::Read(batch)) if bytes(batch) + details.size <= BODY_BYTES => batch.push(details),
                    _ => steps.push(Step::Read(vec![details])),
                },
                Ok(details) => steps.push(Step::Hand(details.too_large(reading))),
                Err(why) => steps.push(Step::Hand(Details::unknown(uid).unreadable(reading, why))),
            }
        }
        steps
    }

    fn read_bodies(
        &mut self,
        reading: &mut Reading<'_>,
        batch: Vec<Details>,
        sink: &mut Sink<'_>,
    ) -> Result<(), Error> {
        let uids: Vec<u32> = batch.iter().map(|details| details.uid).collect();
        let usual = Allowance::default();
        // Sizes are the server's word, and some are wrong by a few per cent (line ends).
        let announced = batch.iter().map(|details| details.size);
        let literal = with_slack(announced.clone().max().unwrap_or(0));
        let kept = with_slack(announced.fold(0, u64::saturating_add)).max(usual.kept);
        let allowance = Allowance { bytes: usual.bytes.max(kept.saturating_mul(2)), kept, literal, ..usual };
        let body = |fetch: &Fetch<'_>| fetch.body().map(<[u8]>::to_vec);
        let mut bodies = self.fetch_each(reading, &uids, "(UID BODY.PEEK[])", allowance, &body)?.into_iter().peekable();
        let (mut last, mut handed) = (None, 0);
        for details in batch {
            let uid = details.uid;
            // One that is not there has been expunged meanwhile.
            let Some((_, body)) = bodies.next_if(|(other, _)| *other == uid) else { continue };
            if let (Some(last), true) = (last, handed == BODIES) {
                reading.progress(last, sink)?;
                handed = 0;
            }
            (last, handed) = (Some(uid), handed + 1);
            let found = match body {
                Ok(raw) if raw.is_empty() => {
                    details.unreadable(reading, "the server sends an empty message".to_owned())
                }
                Ok(raw) => details.mail(reading, raw),
                Err(why) => details.unreadable(reading, why),
            };
            hand(sink, found)?;
        }
        last.map_or(Ok(()), |last| reading.progress(last, sink))
    }

    pub(super) fn is_too_large(&self, reading: &Reading<'_>, details: &Details) -> bool {
        details.size > self.largest(reading)
    }

    fn largest(&self, reading: &Reading<'_>) -> u64 {
        reading.plan.message_limit.min(self.message_limit)
    }
}

/// How large a message may be that was announced with this size: two copies of it are in memory for a moment.
fn with_slack(size: u64) -> u64 {
    size.saturating_add((size / 4).min(1024 * 1024) + 64 * 1024)
}

/// How many bytes they are; a size that the server did not tell counts as a large one.
fn bytes(batch: &[Details]) -> u64 {
    batch.iter().map(|details| if details.size == 0 { BODY_BYTES / 20 } else { details.size }).sum()
}

impl Reading<'_> {
    /// Whether a hit is to be read: its From field matches (a search finds display names too), and a first pass looks that far
    /// back. Without a date it is: nothing is lost for want of one.
    pub(super) fn wants(&self, details: &Details) -> bool {
        let since = self.plan.since.filter(|_| self.first);
        let recent = match (details.received_on, since) {
            (Some(on), Some(since)) => on >= since,
            _ => true,
        };
        recent && self.is_candidate(&details.header, Allowance::default().header)
    }
}

impl Details {
    pub(super) fn of(fetch: &Fetch<'_>) -> Option<Details> {
        let date = fetch.internal_date();
        let received_at = date.and_then(|date| Timestamp::from_second(date.timestamp()).ok());
        let offset = date.and_then(|date| Offset::from_seconds(date.offset().local_minus_utc()).ok());
        let received_on = received_at.zip(offset).map(|(at, offset)| offset.to_datetime(at).date());
        Some(Details {
            uid: fetch.uid?,
            size: fetch.size.map_or(0, u64::from),
            received_at,
            received_on,
            header: fetch.header()?.to_vec(),
        })
    }

    fn unknown(uid: u32) -> Details {
        Details { uid, size: 0, received_at: None, received_on: None, header: Vec::new() }
    }

    fn mail(self, reading: &Reading<'_>, raw: Vec<u8>) -> Found {
        let Details { uid, received_at, .. } = self;
        let (uidvalidity, folder) = (reading.uidvalidity, reading.folder.name.clone());
        Found::Mail { uid, uidvalidity, folder, received_at, raw }
    }

    fn too_large(self, reading: &Reading<'_>) -> Found {
        let Details { uid, received_at, size, header, .. } = self;
        let (uidvalidity, folder) = (reading.uidvalidity, reading.folder.name.clone());
        Found::TooLarge { uid, uidvalidity, folder, received_at, size, header }
    }

    fn unreadable(self, reading: &Reading<'_>, why: String) -> Found {
        let Details { uid, received_at, header, .. } = self;
        let (uidvalidity, folder) = (reading.uidvalidity, reading.folder.name.clone());
        Found::Unreadable { uid, uidvalidity, folder, received_at, header, why }
    }
}
