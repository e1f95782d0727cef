//! Which messages may matter: by their From fields, or by one SEARCH whose hits are looked at the same way.

use std::collections::BTreeMap;

use super::{Error, Reading, Sink};
use crate::imap::Folder;
use crate::imap::guard::Allowance;
use crate::imap::session::Connection;

/// From fields of this many messages at a time: about 100 kB.
const BATCH: usize = 500;

/// Servers need not take longer lines (RFC 2683, section 3.2.1.5).
const LONGEST_SEARCH: usize = 8000;

/// What is looked at of a From field, which may be 50 MB long. Of 500 of them it is 8 MiB.
const LONGEST_FROM: u64 = 16 * 1024;

/// Lines `* 12345 FETCH (UID 67890)` of a million messages.
const UIDS_KEPT: u64 = 32 * 1024 * 1024;

pub(super) const FROM: &str = "(UID BODY.PEEK[HEADER.FIELDS (FROM)])";

impl Connection {
    /// The messages SEARCH finds in the range, ascending; `None` where the server cannot answer that.
    pub(super) fn search(&mut self, reading: &Reading<'_>) -> Result<Option<Vec<u32>>, Error> {
        let Some(chain) = chain(reading.plan.needles) else { return Ok(None) };
        if reading.after >= reading.goal {
            return Ok(Some(Vec::new()));
        }
        let query = format!("UID {}:{} {chain}", reading.after + 1, reading.goal);
        let found = self.ask(Allowance::default(), |session| session.uid_search(&query))?;
        let search = self.notes.get().search;
        match found {
            // A server that says OK and nothing else has found nothing, or has not searched: the headers will tell.
            Ok(hits) if search.answered && !search.garbage => {
                // Some servers answer `UID 999:*` with the last message, whatever its UID.
                let mut hits: Vec<u32> = hits.into_iter().filter(|uid| reading.is_new(*uid)).collect();
                hits.sort_unstable();
                Ok(Some(hits))
            }
            Ok(_) => Ok(None),
            Err(said) if said.is_temporary() => Err(self.refused(reading.folder, &said)),
            Err(_) => Ok(None),
        }
    }

    /// Looks at the From fields of all new messages and reads those that may matter.
    pub(super) fn read_by_headers(
        &mut self,
        reading: &mut Reading<'_>,
        few: bool,
        sink: &mut Sink<'_>,
    ) -> Result<(), Error> {
        let (from, to) = (reading.after + 1, reading.goal);
        if few {
            let hits = self.candidates_between(reading, from, to)?;
            return self.read_hits(reading, &hits, sink);
        }
        let uids = self.uids_between(reading, from, to)?;
        for batch in uids.chunks(BATCH) {
            let [first, .., last] = batch else {
                self.read_hits(reading, batch, sink)?;
                continue;
            };
            let hits = self.candidates_between(reading, *first, *last)?;
            self.read_hits(reading, &hits, sink)?;
            reading.progress(*last, sink)?;
        }
        Ok(())
    }

    /// The candidates in a range, ascending, and those whose From field the server does not give: reading them will tell why.
    pub(super) fn candidates_between(
        &mut self,
        reading: &mut Reading<'_>,
        from: u32,
        to: u32,
    ) -> Result<Vec<u32>, Error> {
        let range = range(from, to);
        let mut hits = Vec::new();
        match self.ask(from_fields_only(), |session| session.uid_fetch(&range, FROM))? {
            Ok(fetches) => {
                let mut looks: BTreeMap<u32, bool> = BTreeMap::new();
                for fetch in fetches.iter() {
                    let Some(uid) = fetch.uid.filter(|uid| (from..=to).contains(uid)) else { continue };
                    match fetch.header() {
                        Some(header) => drop(looks.insert(uid, reading.is_candidate(header, LONGEST_FROM))),
                        // News about its flags, or an answer without the header: then reading it will tell.
                        None => drop(looks.entry(uid).or_insert(true)),
                    }
                }
                hits.extend(looks.into_iter().filter(|(_, candidate)| *candidate).map(|(uid, _)| uid));
            }
            Err(said) if said.is_temporary() => return Err(self.refused(reading.folder, &said)),
            Err(_) => {
                let uids = self.uids_between(reading, from, to)?;
                let headers = self.fetch_each(reading, &uids, FROM, from_fields_only(), &|fetch| {
                    fetch.header().map(<[u8]>::to_vec)
                })?;
                for (uid, header) in headers {
                    if header.map_or(true, |header| reading.is_candidate(&header, LONGEST_FROM)) {
                        hits.push(uid);
                    }
                }
            }
        }
        hits.sort_unstable();
        hits.dedup();
        Ok(hits)
    }

    /// The UIDs that exist in a range, ascending. By FETCH, because it is asked where SEARCH does not work; and without the
    /// crate's parser, which needs 2.4 kB for each.
    pub(super) fn uids_between(&mut self, reading: &Reading<'_>, from: u32, to: u32) -> Result<Vec<u32>, Error> {
        let mut uids = self.uids(reading.folder, &range(from, to), reading.exists)?;
        uids.retain(|uid| (from..=to).contains(uid));
        Ok(uids)
    }

    /// The highest UID in a folder that is not empty.
    pub(super) fn highest_uid(&mut self, folder: &Folder) -> Result<u32, Error> {
        Ok(self.uids(folder, "*", 1)?.last().copied().unwrap_or(0))
    }

    fn uids(&mut self, folder: &Folder, range: &str, exists: u32) -> Result<Vec<u32>, Error> {
        let usual = Allowance::default();
        let responses = usual.responses.saturating_add(exists);
        let allowance = Allowance { responses, kept: UIDS_KEPT, ..usual };
        let command = format!("UID FETCH {range} (UID)");
        let lines = self
            .ask(allowance, |session| session.run_command_and_read_response(&command))?
            .map_err(|said| self.refused(folder, &said))?;
        let mut uids: Vec<u32> = lines.split(|byte| *byte == b'\n').filter_map(uid_of).collect();
        uids.sort_unstable();
        uids.dedup();
        Ok(uids)
    }
}

impl Reading<'_> {
    pub(super) fn is_new(&self, uid: u32) -> bool {
        uid > self.after && uid <= self.goal
    }

    /// Whether one of the From fields in a header is a candidate's. There may be two: a forger's trick, and worth reading. So is
    /// a header of which not all is there: it was asked for up to `longest` bytes.
    pub(super) fn is_candidate(&self, header: &[u8], longest: u64) -> bool {
        header.len() as u64 >= longest || from_fields(header).iter().any(|field| (self.plan.candidate)(field))
    }
}

/// What an answer may cost that has nothing but From fields in it.
pub(super) fn from_fields_only() -> Allowance {
    Allowance { header: LONGEST_FROM, ..Allowance::default() }
}

/// `3:7`, or `3:*` where there is no end.
pub(super) fn range(from: u32, to: u32) -> String {
    if to == u32::MAX { format!("{from}:*") } else { format!("{from}:{to}") }
}

/// `OR FROM "x" OR FROM "y" FROM "z"`: one question instead of three, five times faster (RFC 3501: OR takes two keys).
///
/// `None` where there is nothing to search for, or where it would need a CHARSET, which not every server knows.
pub(super) fn chain(needles: &[String]) -> Option<String> {
    let mut keys = Vec::new();
    for needle in needles {
        if needle.is_empty() || !needle.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return None;
        }
        keys.push(format!("FROM \"{}\"", needle.replace('\\', r"\\").replace('"', "\\\"")));
    }
    let last = keys.pop()?;
    let chain = keys.iter().map(|key| format!("OR {key} ")).collect::<String>() + &last;
    (chain.len() <= LONGEST_SEARCH).then_some(chain)
}

/// The UID of `* 12 FETCH (UID 7)`, the form the guard writes.
fn uid_of(line: &[u8]) -> Option<u32> {
    let line = str::from_utf8(line).ok()?.trim_end();
    line.strip_suffix(')')?.rsplit_once("UID ")?.1.parse().ok()
}

/// The From fields of a header block, unfolded; 8-bit that is no UTF-8 becomes U+FFFD.
fn from_fields(header: &[u8]) -> Vec<String> {
    let mut fields: Vec<String> = Vec::new();
    let mut inside = false;
    for line in header.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if matches!(line.first(), Some(b' ' | b'\t')) {
            if let (true, Some(field)) = (inside, fields.last_mut()) {
                field.push_str(&String::from_utf8_lossy(line));
            }
            continue;
        }
        let (name, value) = match line.iter().position(|byte| *byte == b':') {
            Some(at) => (&line[..at], &line[at + 1..]),
            None => (line, b"".as_slice()),
        };
        inside = name.trim_ascii_end().eq_ignore_ascii_case(b"From");
        if inside {
            fields.push(String::from_utf8_lossy(value).into_owned());
        }
    }
    fields.iter().map(|field| field.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_fields_are_found_however_they_are_written() {
        let cases: [(&[u8], &[&str]); 7] = [
            (b"From: Meta <a@facebookmail.com>\r\n\r\n", &["Meta <a@facebookmail.com>"]),
            (b"FROM :\r\n Meta\r\n\t<a@b.example>\r\n\r\n", &["Meta\t<a@b.example>"]),
            (b"From: a@b.example\nFrom: c@d.example\n", &["a@b.example", "c@d.example"]),
            (b"From: Gr\xc3\xbc\xdf <a@b.example>\r\n", &["Gr\u{fc}\u{fffd} <a@b.example>"]),
            (b"X-From: a@b.example\r\nFromage: x\r\n", &[]),
            (b"To: x\r\n From: a@b.example\r\n", &[]),
            (b"", &[]),
        ];
        for (header, fields) in cases {
            assert_eq!(from_fields(header), fields, "{}", header.escape_ascii());
        }
    }

    #[test]
    fn all_needles_go_into_one_chain() {
        let needles = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let cases: [(&[&str], Option<&str>); 6] = [
            (&["a.example"], Some(r#"FROM "a.example""#)),
            (&["a", "b", "c"], Some(r#"OR FROM "a" OR FROM "b" FROM "c""#)),
            (&[r#"a"b\c"#], Some(r#"FROM "a\"b\\c""#)),
            (&["grün.example", "b"], None),
            (&["a\r\nb"], None),
            (&[], None),
        ];
        for (words, query) in cases {
            assert_eq!(chain(&needles(words)).as_deref(), query, "{words:?}");
        }
        assert_eq!(chain(&vec!["x".repeat(100); 200]), None, "too long a line");
    }

    #[test]
    fn a_uid_is_read_from_the_guards_line() {
        assert_eq!(uid_of(b"* 12 FETCH (UID 7)\r"), Some(7));
        assert_eq!(uid_of(b"* 12 EXISTS\r"), None);
        assert_eq!(uid_of(b""), None);
    }
}
