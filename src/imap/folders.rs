//! Which folders there are, and which of them to read.
//!
//! One LIST with everything in it where the server can (RFC 5819, RFC 6154), else LIST and a STATUS for each chosen folder. It
//! opens nothing and reads no mail.

mod choice;
mod special;

use super::guard::{Allowance, Said, Token, scan};
use super::session::Connection;
use super::{Error, harmless, mutf7};
pub use choice::Chosen;
pub(super) use choice::settle;
pub use special::Special;

/// A folder of the mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// The name a person reads, e.g. `Entwürfe`; the raw name where it cannot be decoded. `INBOX` is always in capital letters.
    pub name: String,
    /// What it is for, where the server or its name says so.
    pub special: Vec<Special>,
    /// What STATUS says; `None` where it was not told.
    pub counts: Option<Counts>,
    /// The name as the server knows it, e.g. `Entw&APw-rfe`.
    pub(super) raw: String,
    pub(super) selectable: bool,
}

/// What STATUS says of a folder; each `None` where it was left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// How many messages it holds.
    pub messages: Option<u32>,
    /// The UID the next message will get.
    pub uidnext: Option<u32>,
    /// Another value means that all UIDs are new.
    pub uidvalidity: Option<u32>,
}

const ITEMS: &str = "(MESSAGES UIDNEXT UIDVALIDITY)";

impl Connection {
    /// The folders to read, with their counts: those of the configuration, or by default all that may hold an answer.
    ///
    /// `wanted` are names (decoded or raw; INBOX in any case) or special uses (`\Junk`). Errors: the connection's.
    pub fn folders(&mut self, wanted: Option<&[String]>) -> Result<Chosen, Error> {
        // What STATUS says of the folder that is open is what this session has seen of it, which may be old, or of another
        // folder that had its name (RFC 3501, section 6.3.10): it will be opened anew.
        let opened = self.opened.take();
        let is_open = |folder: &Folder| opened.as_ref().is_some_and(|opened| opened.raw == folder.raw);
        let mut folders = self.list()?;
        folders.iter_mut().filter(|folder| is_open(folder)).for_each(|folder| folder.counts = None);
        let gmail = self.offers("X-GM-EXT-1");
        let mut chosen = choice::choose(folders, wanted, gmail);
        for folder in chosen.folders.iter_mut().filter(|folder| folder.counts.is_none()) {
            if !is_open(folder) {
                folder.counts = self.counts(&folder.raw)?;
            }
        }
        self.opened = opened;
        Ok(chosen)
    }

    pub(super) fn list(&mut self) -> Result<Vec<Folder>, Error> {
        let special = if self.offers("SPECIAL-USE") { "SPECIAL-USE " } else { "" };
        let everything = format!(r#"LIST "" "*" RETURN ({special}STATUS {ITEMS})"#);
        let commands = [self.offers("LIST-STATUS").then_some(everything), Some(r#"LIST "" "*""#.to_owned())];
        let mut refusal: Option<Said> = None;
        for command in commands.into_iter().flatten() {
            match self.ask(Allowance::default(), |session| session.run_command_and_read_response(&command))? {
                Ok(lines) => return Ok(read_list(&lines)),
                Err(said) => refusal = Some(said),
            }
        }
        let text = refusal.map_or_else(String::new, |said| said.text);
        Err(self.unavailable(format!("it does not list its folders: {text}")))
    }

    /// The counts of one folder; `None` where the server refuses them (opening the folder will tell why).
    fn counts(&mut self, raw: &str) -> Result<Option<Counts>, Error> {
        let command = format!("STATUS {} {ITEMS}", quoted(raw));
        let answer = self.ask(Allowance::default(), |session| session.run_command_and_read_response(&command))?;
        let Ok(lines) = answer else { return Ok(None) };
        Ok(responses(&lines).find_map(|response| {
            let Response::Status(name, counts) = response else { return None };
            same(&name, raw).then_some(counts)
        }))
    }
}

/// A quoted string; names come from the server and hold no line break (the guard saw to it, and will again).
fn quoted(raw: &str) -> String {
    format!("\"{}\"", raw.replace('\\', r"\\").replace('"', "\\\""))
}

/// INBOX is the one name without case (RFC 3501, section 5.1).
fn same(name: &str, raw: &str) -> bool {
    name == raw || (name.eq_ignore_ascii_case("INBOX") && raw.eq_ignore_ascii_case("INBOX"))
}

/// What the guard leaves of a LIST.
enum Response {
    List(Vec<String>, String),
    Status(String, Counts),
}

fn read_list(lines: &[u8]) -> Vec<Folder> {
    let mut folders: Vec<Folder> = Vec::new();
    let mut all_counts: Vec<(String, Counts)> = Vec::new();
    for response in responses(lines) {
        match response {
            Response::Status(name, counts) => all_counts.push((name, counts)),
            // Some servers name a folder twice, once for each thing they have to say about it.
            Response::List(attributes, raw) => match folders.iter_mut().find(|folder| same(&folder.raw, &raw)) {
                Some(folder) => folder.add(&attributes),
                None => {
                    let mut folder = Folder::named(raw);
                    folder.add(&attributes);
                    folders.push(folder);
                }
            },
        }
    }
    for folder in &mut folders {
        // The order of LIST and STATUS responses is the server's.
        folder.counts = all_counts.iter().find(|(name, _)| same(name, &folder.raw)).map(|(_, counts)| *counts);
    }
    folders
}

impl Folder {
    /// The error of this folder; its name is the server's text, too.
    pub(super) fn error(&self, why: impl Into<String>) -> Error {
        Error::Folder { folder: harmless(&self.name), why: why.into() }
    }

    fn named(raw: String) -> Folder {
        let name = if raw.eq_ignore_ascii_case("INBOX") {
            "INBOX".to_owned()
        } else {
            mutf7::decode(&raw).unwrap_or_else(|| raw.clone())
        };
        Folder { name, special: Vec::new(), counts: None, raw, selectable: true }
    }

    fn add(&mut self, attributes: &[String]) {
        for attribute in attributes {
            if attribute.eq_ignore_ascii_case("\\Noselect") || attribute.eq_ignore_ascii_case("\\NonExistent") {
                self.selectable = false;
            }
            if let Some(special) = Special::of_attribute(attribute)
                && !self.special.contains(&special)
            {
                self.special.push(special);
            }
        }
    }
}

/// The LIST and STATUS responses in canonical lines; the rest is not there.
fn responses(lines: &[u8]) -> impl Iterator<Item = Response> {
    lines.split(|byte| *byte == b'\n').filter_map(|line| {
        let (tokens, _) = scan(line.strip_prefix(b"* ")?.trim_ascii_end())?;
        let text = |token: &Token| token.bytes().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        match tokens.as_slice() {
            [Token::Atom(word), Token::Open, rest @ ..] if word == b"LIST" => {
                let close = rest.iter().position(|token| *token == Token::Close)?;
                let attributes = rest[..close].iter().filter_map(text).collect();
                Some(Response::List(attributes, text(rest.get(close + 2)?)?))
            }
            [Token::Atom(word), name, items @ ..] if word == b"STATUS" => {
                let mut counts = Counts::default();
                for pair in items.windows(2) {
                    match pair {
                        [Token::Atom(item), value] if item == b"MESSAGES" => counts.messages = value.number(),
                        // Zero is no UID, and no UIDVALIDITY (RFC 3501, nz-number).
                        [Token::Atom(item), value] if item == b"UIDNEXT" => {
                            counts.uidnext = value.number().filter(|n| *n > 0)
                        }
                        [Token::Atom(item), value] if item == b"UIDVALIDITY" => {
                            counts.uidvalidity = value.number().filter(|n| *n > 0);
                        }
                        _ => {}
                    }
                }
                Some(Response::Status(text(name)?, counts))
            }
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_in_whatever_order_it_comes() {
        let lines = concat!(
            "* STATUS \"inbox\" (MESSAGES 3 UIDNEXT 5 UIDVALIDITY 7)\r\n",
            "* LIST (\\HasChildren) \"/\" \"Inbox\"\r\n",
            "* LIST () \"/\" \"a\\\"b\\\\c\"\r\n",
            "* LIST (\\Noselect) NIL \"Archiv\"\r\n",
            "* LIST (\\Drafts) \"/\" \"Entw&APw-rfe\"\r\n",
            "* STATUS \"a\\\"b\\\\c\" (UIDNEXT 0)\r\n",
            "* STATUS \"Entw&APw-rfe\" ()\r\n",
            "* LIST (\\Sent) \"/\" \"Entw&APw-rfe\"\r\n",
            "* LIST () \"/\" \"a&!!-b\"\r\n",
        );
        let shown: Vec<String> = read_list(lines.as_bytes())
            .iter()
            .map(|folder| {
                let Folder { name, special, counts, raw, selectable } = folder;
                let counts = counts.map(|counts| (counts.messages, counts.uidnext, counts.uidvalidity));
                format!("{name} | {raw} | {special:?} {selectable} {counts:?}")
            })
            .collect();
        assert_eq!(
            shown,
            [
                "INBOX | Inbox | [] true Some((Some(3), Some(5), Some(7)))",
                r#"a"b\c | a"b\c | [] true Some((None, None, None))"#,
                "Archiv | Archiv | [] false None",
                "Entwürfe | Entw&APw-rfe | [Drafts, Sent] true Some((None, None, None))",
                "a&!!-b | a&!!-b | [] true None",
            ]
        );
    }
}
