//! How far a pass over one mailbox is, as far as the server tells what there is.
//!
//! It is shown and nothing more: what has been read stands in the cursors.

use crate::imap::Folder;

/// How far a pass is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Position {
    folders: Vec<Ahead>,
    /// Which of them is being read; the ones before it have been.
    current: usize,
    last_uid: u32,
    /// Mails that may matter and were looked at.
    pub looked: usize,
}

/// A folder as the server described it at the start of the pass.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Ahead {
    name: String,
    mails: Option<u32>,
    uidnext: Option<u32>,
}

impl Position {
    /// Before the first of these folders.
    pub fn before_all(folders: &[Folder]) -> Position {
        let ahead = |folder: &Folder| Ahead {
            name: folder.name.clone(),
            mails: folder.counts.and_then(|counts| counts.messages),
            uidnext: folder.counts.and_then(|counts| counts.uidnext),
        };
        Position { folders: folders.iter().map(ahead).collect(), ..Position::default() }
    }

    /// This folder has been read up to that UID. Folders are read in order, and one in which nothing is new says nothing.
    pub fn reach(&mut self, folder: &str, last_uid: u32) {
        if let Some(at) = self.folders.iter().position(|ahead| ahead.name == folder) {
            (self.current, self.last_uid) = (at, last_uid);
        }
    }

    /// The folder that is being read, and which of how many it is, from 1 on.
    pub fn folder(&self) -> Option<(&str, usize, usize)> {
        let folder = self.folders.get(self.current)?;
        Some((&folder.name, self.current + 1, self.folders.len()))
    }

    /// Done and in all: mails where the server told how many there are in each folder, else folders.
    pub fn done_of(&self) -> (u64, u64) {
        let mails = self.folders.iter().map(|folder| folder.mails.map(u64::from)).collect::<Option<Vec<u64>>>();
        match mails {
            Some(mails) if mails.iter().sum::<u64>() > 0 => {
                let before: u64 = mails.iter().take(self.current).sum();
                let here = mails.get(self.current).copied().unwrap_or(0);
                let uidnext = self.folders.get(self.current).and_then(|folder| folder.uidnext);
                // UIDs have gaps, but grow with the mails.
                let last = uidnext.map_or(0, |uidnext| uidnext.saturating_sub(1));
                let share = u64::from(self.last_uid.min(last)) * here / u64::from(last.max(1));
                (before + share, mails.iter().sum())
            }
            Some(_) | None => (self.current as u64, self.folders.len() as u64),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn position(folders: &[(&str, Option<u32>, Option<u32>)]) -> Position {
        let ahead = |(name, mails, uidnext): &(&str, _, _)| Ahead {
            name: (*name).to_owned(),
            mails: *mails,
            uidnext: *uidnext,
        };
        Position { folders: folders.iter().map(ahead).collect(), ..Position::default() }
    }

    #[test]
    fn mails_are_counted_where_the_server_tells_how_many_there_are() {
        let mut at =
            position(&[("INBOX", Some(100), Some(1001)), ("Junk", Some(50), None), ("Empty", Some(0), Some(1))]);
        assert_eq!((at.folder(), at.done_of()), (Some(("INBOX", 1, 3)), (0, 150)));
        for (folder, uid, shown, done) in [
            ("INBOX", 500, ("INBOX", 1, 3), 50),
            ("INBOX", 1000, ("INBOX", 1, 3), 100),
            ("INBOX", 4000, ("INBOX", 1, 3), 100),
            ("Junk", 7, ("Junk", 2, 3), 100),
            ("Empty", 0, ("Empty", 3, 3), 150),
            ("unheard of", 7, ("Empty", 3, 3), 150),
        ] {
            at.reach(folder, uid);
            assert_eq!((at.folder(), at.done_of()), (Some(shown), (done, 150)), "{folder} {uid}");
        }
    }

    #[test]
    fn folders_are_counted_where_it_does_not() {
        let mut at = position(&[("INBOX", Some(100), Some(1001)), ("Junk", None, None)]);
        assert_eq!(at.done_of(), (0, 2));
        at.reach("Junk", 3);
        assert_eq!(at.done_of(), (1, 2));
        assert_eq!((position(&[]).folder(), position(&[]).done_of()), (None, (0, 0)));
    }
}
