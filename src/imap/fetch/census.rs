//! How many messages of a folder a first pass would read, without reading them.

use super::candidates::Details;
use super::headers::from_fields_only;
use super::{FEW, Plan, Way};
use crate::imap::session::Connection;
use crate::imap::{Error, Folder};

/// How many messages a first pass would read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Candidates {
    /// So many.
    Exactly(usize),
    /// So many and perhaps more: only the newest hits were looked at.
    AtLeast(usize),
    /// The server cannot search; reading will look at every From field.
    Unknown,
}

/// Hits to look at: two seconds on a slow line, and more than Meta sends most people in a year.
const MOST: usize = 1000;
const CHUNK: usize = 250;

const SENDERS: &str = "(UID INTERNALDATE BODY.PEEK[HEADER.FIELDS (FROM)])";

impl Connection {
    /// Counts the messages that a first pass over the folder would read: those received since the plan's date whose From field
    /// is a candidate's. The same questions in the same order as [`Connection::read_folder`], but no message is read.
    ///
    /// Errors: [`Error::Folder`] where the server refuses this folder, and the connection's.
    pub fn count_candidates(&mut self, folder: &Folder, plan: &Plan<'_>) -> Result<Candidates, Error> {
        let mut reading = self.begin(folder, None, plan)?;
        if reading.exists == 0 || reading.goal == 0 {
            return Ok(Candidates::Exactly(0));
        }
        let hits = if reading.exists <= FEW {
            let goal = reading.goal;
            self.candidates_between(&mut reading, 1, goal)?
        } else {
            if self.way(&reading.span(), plan) == Way::Samples {
                self.pass_over_the_old(&mut reading)?;
            }
            match self.search(&reading)? {
                Some(hits) => hits,
                None => return Ok(Candidates::Unknown),
            }
        };
        let newest = hits.get(hits.len().saturating_sub(MOST)..).unwrap_or_default();
        let mut count = 0;
        for hits in newest.chunks(CHUNK) {
            let looks = self.fetch_each(&mut reading, hits, SENDERS, from_fields_only(), &Details::of)?;
            // What cannot be looked at would be put up for review.
            count += looks.iter().filter(|(_, look)| look.as_ref().map_or(true, |look| reading.wants(look))).count();
        }
        Ok(if newest.len() < hits.len() { Candidates::AtLeast(count) } else { Candidates::Exactly(count) })
    }
}
