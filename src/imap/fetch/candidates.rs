//! Reading candidates: a look at size, date and sender, then the bytes in batches.

use imap::types::Fetch;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use super::{Error, Found, Reading, Sink, hand};
use crate::imap::guard::Allowance;
use crate::imap::session::Connection;

/// What is known of a candidate before its body is read.
pub(super) struct Details {
    uid: u32,
    size: u64,
    received_at: Option<Timestamp>,
    /// The date as the server writes it, in the server's time zone.
    received_on: Option<Date>,
    header: Vec<u8>,
}

const DETAILS: &str = "(UID INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (FROM TO CC SUBJECT DATE MESSAGE-ID)])";

/// How many candidates are looked at, and how much is read at a time: memory, and what an interruption makes read again.
const HITS: usize = 50;
const BODIES: usize = 20;
const BODY_BYTES: u64 = 4 * 1024 * 1024;

impl Connection {
    /// Reads the hits (ascending) that are candidates indeed, and hands them over.
    pub(super) fn read_hits(
        &mut self,
        reading: &mut Reading<'_>,
        hits: &[u32],
        sink: &mut Sink<'_>,
    ) -> Result<(), Error> {
        for hits in hits.chunks(HITS) {
            let looks = self.fetch_each(reading, hits, DETAILS, Allowance::default(), &Details::of)?;
            let mut batch: Vec<Details> = Vec::new();
            let mut bytes = 0;
            for (uid, look) in looks {
                let found = match look {
                    Ok(details) if !reading.wants(&details) => continue,
                    Ok(details) if details.size <= self.largest(reading) => {
                        if batch.len() >= BODIES || (bytes + details.size > BODY_BYTES && !batch.is_empty()) {
                            self.read_bodies(reading, std::mem::take(&mut batch), sink)?;
                            bytes = 0;
                        }
                        bytes += details.size;
                        batch.push(details);
                        continue;
                    }
                    Ok(details) => details.too_large(reading),
                    Err(why) => Details::unknown(uid).unreadable(reading, why),
                };
                self.read_bodies(reading, std::mem::take(&mut batch), sink)?;
                bytes = 0;
                hand(sink, found)?;
            }
            self.read_bodies(reading, batch, sink)?;
            if let Some(last) = hits.last() {
                reading.progress(*last, sink)?;
            }
        }
        Ok(())
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
        let mut last = None;
        for details in batch {
            let uid = details.uid;
            // One that is not there has been expunged meanwhile.
            let Some((_, body)) = bodies.next_if(|(other, _)| *other == uid) else { continue };
            last = Some(uid);
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

    fn largest(&self, reading: &Reading<'_>) -> u64 {
        reading.plan.message_limit.min(self.message_limit)
    }
}

/// How large a message may be that was announced with this size: two copies of it are in memory for a moment.
fn with_slack(size: u64) -> u64 {
    size.saturating_add((size / 4).min(1024 * 1024) + 64 * 1024)
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
