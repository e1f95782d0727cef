//! Fetching something of each of several messages, whatever happens to one of them.

use std::collections::BTreeMap;

use imap::types::Fetch;

use super::Reading;
use crate::imap::Error;
use crate::imap::guard::Allowance;
use crate::imap::session::Connection;

/// What was fetched of a message, or why it was not.
pub(super) type Each<T> = Vec<(u32, Result<T, String>)>;

/// How many messages in a row the server refuses one by one before the folder counts as refused. A damaged mail is one; a
/// server that fails at everything would otherwise fill the review with the whole folder.
const MOST_IN_A_ROW: u32 = 25;

#[derive(Debug, Default)]
pub(super) struct Patience {
    failed_in_a_row: u32,
}

impl Connection {
    /// Fetches `items` of every message of `uids` (ascending); `take` finds them in an answer.
    ///
    /// A refusal of several is followed up until it is known which single ones it is about. A message that exists no more is
    /// left out. Errors: the connection's, or the folder's where nothing can be read.
    pub(super) fn fetch_each<T>(
        &mut self,
        reading: &mut Reading<'_>,
        uids: &[u32],
        items: &str,
        allowance: Allowance,
        take: &dyn Fn(&Fetch<'_>) -> Option<T>,
    ) -> Result<Each<T>, Error> {
        if uids.is_empty() {
            return Ok(Vec::new());
        }
        let mut why = "the server does not send it".to_owned();
        let mut got: BTreeMap<u32, T> = BTreeMap::new();
        match self.ask(allowance, |session| session.uid_fetch(set(uids), items))? {
            Ok(fetches) => {
                for fetch in fetches.iter() {
                    // Answers about other messages, and without what was asked for, are news about flags.
                    let Some(uid) = fetch.uid.filter(|uid| uids.binary_search(uid).is_ok()) else { continue };
                    if let Some(value) = take(fetch) {
                        got.entry(uid).or_insert(value);
                    }
                }
            }
            Err(said) if said.is_temporary() => return Err(self.refused(reading.folder, &said)),
            Err(_) if uids.len() > 1 => {
                let (left, right) = uids.split_at(uids.len() / 2);
                let mut each = self.fetch_each(reading, left, items, allowance, take)?;
                each.extend(self.fetch_each(reading, right, items, allowance, take)?);
                return Ok(each);
            }
            Err(said) => why = said.text,
        }
        if !got.is_empty() {
            reading.patience.failed_in_a_row = 0;
        }
        let missing: Vec<u32> = uids.iter().copied().filter(|uid| !got.contains_key(uid)).collect();
        let mut each: Each<T> = got.into_iter().map(|(uid, value)| (uid, Ok(value))).collect();
        for uid in self.still_there(&missing)? {
            if uids.len() > 1 {
                each.extend(self.fetch_each(reading, &[uid], items, allowance, take)?);
            } else {
                reading.patience.failed_in_a_row += 1;
                if reading.patience.failed_in_a_row > MOST_IN_A_ROW {
                    let why = format!("{MOST_IN_A_ROW} messages in a row cannot be read: {why}");
                    return Err(reading.folder.error(why));
                }
                each.push((uid, Err(why.clone())));
            }
        }
        each.sort_by_key(|(uid, _)| *uid);
        Ok(each)
    }

    /// Which of these messages still exist; all of them where the server does not tell.
    fn still_there(&mut self, uids: &[u32]) -> Result<Vec<u32>, Error> {
        if uids.is_empty() {
            return Ok(Vec::new());
        }
        // Lets the server notice what others have expunged meanwhile.
        let _ = self.ask(Allowance::default(), |session| session.noop())?;
        let found = self.ask(Allowance::default(), |session| session.uid_search(format!("UID {}", set(uids))))?;
        let search = self.notes.get().search;
        Ok(match found {
            Ok(found) if search.answered && !search.garbage => {
                uids.iter().copied().filter(|uid| found.contains(uid)).collect()
            }
            Ok(_) | Err(_) => uids.to_vec(),
        })
    }
}

/// A UID set: `3,7:9`. Ascending in, so that servers with short lines get short lines.
pub(super) fn set(uids: &[u32]) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for &uid in uids {
        match ranges.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(uid) => *last = uid,
            _ => ranges.push((uid, uid)),
        }
    }
    let shown = |(first, last): &(u32, u32)| if first == last { first.to_string() } else { format!("{first}:{last}") };
    ranges.iter().map(shown).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uid_sets_are_short() {
        let cases: [(&[u32], &str); 5] = [
            (&[7], "7"),
            (&[1, 2, 3], "1:3"),
            (&[1, 3, 4, 9], "1,3:4,9"),
            (&[4_294_967_294, 4_294_967_295], "4294967294:4294967295"),
            (&[], ""),
        ];
        for (uids, text) in cases {
            assert_eq!(set(uids), text);
        }
    }
}
