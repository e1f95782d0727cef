//! What has arrived in the folder that is open, without a pass over all of them: the way from delivery to the database is as
//! short as the line lets it be.
//!
//! A pass follows all the same, and finds whatever this leaves.

use std::collections::BTreeMap;

use super::candidates::{DETAILS, Details, SENDERS};
use super::each::{Each, Patience};
use super::headers::range;
use super::{Error, Plan, Reading, Sink};
use crate::imap::Folder;
use crate::imap::guard::Allowance;
use crate::imap::session::Connection;
use crate::model::mailbox::Cursor;

/// More than these are for a pass, which searches.
const MOST: u32 = 50;

impl Connection {
    /// Reads what has arrived since `cursor` in the folder that is being watched, and hands it to `sink`.
    ///
    /// Does nothing where that is not certain to be this folder, or where there is much: a pass will read it. Errors as in
    /// [`Connection::read_folder`].
    pub fn read_news(
        &mut self,
        folder: &Folder,
        cursor: &Cursor,
        plan: &Plan<'_>,
        sink: &mut Sink<'_>,
    ) -> Result<(), Error> {
        let exists = self.notes.get().idle.exists;
        let Some(opened) = self.opened.as_ref().filter(|opened| opened.raw == folder.raw) else { return Ok(()) };
        let same = opened.uidvalidity == cursor.uidvalidity && cursor.generation == plan.generation;
        if !same || !self.pipelines() || exists.saturating_sub(opened.exists) > MOST {
            return Ok(());
        }
        let mut reading = Reading {
            folder,
            plan,
            uidvalidity: cursor.uidvalidity,
            after: cursor.last_uid,
            goal: u32::MAX,
            exists,
            first: false,
            patience: Patience::default(),
        };
        let looks = self.senders_between(&mut reading, cursor.last_uid.saturating_add(1), u32::MAX)?;
        let Some((last, _)) = looks.last() else { return Ok(()) };
        reading.goal = *last;
        self.read_candidates(&mut reading, looks, sink)?;
        reading.progress(reading.goal, sink)
    }

    /// Sender, date and size of all messages in a range, ascending; `to` may be the highest UID there can be. Of those that are too
    /// large to be read also what else is told of them.
    pub(super) fn senders_between(
        &mut self,
        reading: &mut Reading<'_>,
        from: u32,
        to: u32,
    ) -> Result<Each<Details>, Error> {
        let range = range(from, to);
        let mut looks = match self.ask(Allowance::default(), |session| session.uid_fetch(&range, SENDERS))? {
            Ok(fetches) => {
                let mut looks: BTreeMap<u32, Option<Details>> = BTreeMap::new();
                for fetch in fetches.iter() {
                    // `UID FETCH 999:*` is answered with the last message, whatever its UID (RFC 3501, section 6.4.8).
                    let Some(uid) = fetch.uid.filter(|uid| (from..=to).contains(uid)) else { continue };
                    let look = looks.entry(uid).or_default();
                    *look = look.take().or(Details::of(fetch));
                }
                // News about flags, or answers without the header.
                let bare: Vec<u32> = looks.iter().filter(|(_, look)| look.is_none()).map(|(uid, _)| *uid).collect();
                let mut each: Each<Details> =
                    looks.into_iter().filter_map(|(uid, look)| Some((uid, Ok(look?)))).collect();
                each.extend(self.fetch_each(reading, &bare, SENDERS, Allowance::default(), &Details::of)?);
                each.sort_by_key(|(uid, _)| *uid);
                each
            }
            Err(said) if said.is_temporary() => return Err(self.refused(reading.folder, &said)),
            Err(_) => {
                let uids = self.uids_between(reading, from, to)?;
                self.fetch_each(reading, &uids, SENDERS, Allowance::default(), &Details::of)?
            }
        };
        let large: Vec<u32> = looks
            .iter()
            .filter(|(_, look)| look.as_ref().is_ok_and(|look| reading.wants(look) && self.is_too_large(reading, look)))
            .map(|(uid, _)| *uid)
            .collect();
        for (uid, whole) in self.fetch_each(reading, &large, DETAILS, Allowance::default(), &Details::of)? {
            looks.iter_mut().filter(|(other, _)| *other == uid).for_each(|(_, look)| look.clone_from(&whole));
        }
        Ok(looks)
    }
}
