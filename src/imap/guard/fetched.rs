//! FETCH responses, reduced to the items this program asks for, while their literals stream through.
//!
//! The `imap` crate panics on `INTERNALDATE NIL`, overflows the stack on nested parentheses, and ends the session over an item
//! it does not know. It gets to see UID, INTERNALDATE, RFC822.SIZE, `BODY[]` and `BODY[HEADER]` only.

use super::notes::{Allowance, Saved};
use super::tokens::Token;

/// One FETCH response on its way.
#[derive(Debug)]
pub(super) struct Fetched {
    number: u32,
    /// Bytes of a message, and of header fields, that pass.
    most: [u64; 2],
    depth: usize,
    /// The item whose value comes next.
    item: Option<Item>,
    /// Whether something of it has been written.
    begun: bool,
    uid: Option<u32>,
    saved: Option<String>,
}

/// An item this program asks for, or one to leave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Item {
    Uid,
    InternalDate,
    SaveDate,
    Size,
    Body,
    Header,
    Other,
}

/// Deeper than any answer to what this program asks: items are at depth 1, the flags nobody asked for at 2.
const DEEPEST: usize = 24;

impl Fetched {
    /// The response to message `number`; tokens follow.
    pub(super) fn new(number: u32, allowance: &Allowance) -> Fetched {
        let most = [allowance.literal, allowance.header];
        Fetched { number, most, depth: 0, item: None, begun: false, uid: None, saved: None }
    }

    /// Writes what remains of these words; `false` where they nest too deeply to go on.
    pub(super) fn words(&mut self, tokens: Vec<Token>, out: &mut Vec<u8>) -> bool {
        for token in tokens {
            match token {
                Token::Open => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return false;
                    }
                }
                Token::Close => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == 1 {
                        self.item = None;
                    }
                }
                Token::Atom(_) | Token::Text(_) if self.depth != 1 => {}
                Token::Atom(atom) => match self.item.take() {
                    None => self.item = Some(Item::named(&atom)),
                    Some(item) => self.atom(item, &atom, out),
                },
                Token::Text(text) => {
                    if let Some(item) = self.item.take() {
                        self.text(item, &text, out);
                    }
                }
            }
        }
        true
    }

    /// Writes the announcement of a literal of that size if its bytes are wanted; how many of them are.
    ///
    /// A message too large is left out, header fields too large are cut.
    pub(super) fn literal(&mut self, size: u64, out: &mut Vec<u8>) -> u64 {
        let item = if self.depth == 1 { self.item.take() } else { None };
        let [message, header] = self.most;
        let (name, passing) = match item {
            Some(Item::Body) if size <= message => ("BODY[]", size),
            // The crate takes selected header fields for the header.
            Some(Item::Header) => ("BODY[HEADER]", size.min(header)),
            Some(Item::Body | Item::Uid | Item::InternalDate | Item::SaveDate | Item::Size | Item::Other) | None => {
                return 0;
            }
        };
        self.begin(out);
        out.extend(format!("{name} {{{passing}}}\r\n").bytes());
        passing
    }

    /// When the message came into its folder, where that was told.
    pub(super) fn saved(&self) -> Option<Saved> {
        Some(Saved { number: self.number, uid: self.uid?, at: self.saved.clone()? })
    }

    /// Writes the end of the response.
    pub(super) fn end(self, out: &mut Vec<u8>) {
        if self.begun {
            out.extend(b")\r\n");
        }
    }

    fn atom(&mut self, item: Item, atom: &[u8], out: &mut Vec<u8>) {
        let nil = atom.eq_ignore_ascii_case(b"NIL");
        let value = Token::Atom(atom.to_vec()).number();
        let digits = !atom.is_empty() && atom.iter().all(u8::is_ascii_digit);
        let words = match (item, value) {
            (Item::Uid, Some(uid)) => {
                self.uid = Some(uid);
                format!("UID {uid}")
            }
            // Larger than the crate's 32 bits is still a size, and larger than any limit.
            (Item::Size, size) if digits => format!("RFC822.SIZE {}", size.unwrap_or(u32::MAX)),
            // No such header field is an empty header; no body is no body.
            (Item::Header, _) if nil => "BODY[HEADER] {0}\r\n".to_owned(),
            (Item::Body, _) if nil => "BODY[] NIL".to_owned(),
            _ => return,
        };
        self.begin(out);
        out.extend(words.bytes());
    }

    fn text(&mut self, item: Item, text: &[u8], out: &mut Vec<u8>) {
        let date_like = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'-' | b':' | b'+');
        if item == Item::SaveDate {
            let fine = text.len() <= 32 && text.iter().all(date_like);
            self.saved = fine.then(|| String::from_utf8_lossy(text).into_owned());
        } else if item == Item::InternalDate {
            if !text.is_empty() && text.iter().all(date_like) {
                self.begin(out);
                out.extend(b"INTERNALDATE \"");
                out.extend(text);
                out.push(b'"');
            }
        } else {
            // A quoted string becomes a literal: the crate would keep its escapes, and cannot read an empty one.
            self.item = Some(item);
            let passing = self.literal(text.len() as u64, out);
            out.extend(text.iter().take(usize::try_from(passing).unwrap_or(usize::MAX)));
        }
    }

    fn begin(&mut self, out: &mut Vec<u8>) {
        if self.begun {
            out.push(b' ');
        } else {
            out.extend(format!("* {} FETCH (", self.number).bytes());
            self.begun = true;
        }
    }
}

impl Item {
    fn named(name: &[u8]) -> Item {
        let name = name.to_ascii_uppercase();
        match name.as_slice() {
            b"UID" => Item::Uid,
            b"INTERNALDATE" => Item::InternalDate,
            b"SAVEDATE" => Item::SaveDate,
            b"RFC822.SIZE" => Item::Size,
            b"BODY[]" => Item::Body,
            b"BODY[HEADER]" => Item::Header,
            _ if name.starts_with(b"BODY[HEADER.FIELDS (") && name.ends_with(b")]") => Item::Header,
            _ => Item::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens::scan;
    use super::*;

    /// The rewritten response; the bytes of a literal are shown as `...`.
    fn rewritten(lines: &[&str]) -> String {
        let mut fetched = Fetched::new(12, &Allowance { literal: 9, header: 9, ..Allowance::default() });
        let mut out = Vec::new();
        for line in lines {
            let (tokens, literal) = scan(line.as_bytes()).unwrap();
            assert!(fetched.words(tokens, &mut out), "{line}");
            if let Some(size) = literal {
                let passing = fetched.literal(size, &mut out);
                out.extend(if passing > 0 { b"...".as_slice() } else { b"" });
            }
        }
        fetched.end(&mut out);
        String::from_utf8(out).unwrap().replace("\r\n", "|")
    }

    #[test]
    fn what_was_asked_for_passes_and_the_rest_is_left_out() {
        let cases: [(&[&str], &str); 18] = [
            (&["(UID 7 RFC822.SIZE 100)"], "* 12 FETCH (UID 7 RFC822.SIZE 100)|"),
            (
                &[r#"(INTERNALDATE "17-Jul-1996 02:44:25 -0700" UID 7)"#],
                r#"* 12 FETCH (INTERNALDATE "17-Jul-1996 02:44:25 -0700" UID 7)|"#,
            ),
            (
                &[r#"(INTERNALDATE " 7-Jul-1996 02:44:25 -0700")"#],
                r#"* 12 FETCH (INTERNALDATE " 7-Jul-1996 02:44:25 -0700")|"#,
            ),
            (&["(UID 7 BODY[] {5}", ")"], "* 12 FETCH (UID 7 BODY[] {5}|...)|"),
            (&["(BODY[HEADER.FIELDS (FROM TO)] {5}", " UID 7)"], "* 12 FETCH (BODY[HEADER] {5}|... UID 7)|"),
            (
                &[r#"(uid 7 body[header.fields ("from")] "From: \"x\"")"#],
                "* 12 FETCH (UID 7 BODY[HEADER] {9}|From: \"x\")|",
            ),
            (&[r#"(UID 7 BODY[] "")"#], "* 12 FETCH (UID 7 BODY[] {0}|)|"),
            (&["(UID 7 BODY[] NIL)"], "* 12 FETCH (UID 7 BODY[] NIL)|"),
            (&["(BODY[HEADER.FIELDS (FROM)] NIL UID 7)"], "* 12 FETCH (BODY[HEADER] {0}| UID 7)|"),
            // Panics, overflows and unknown items of the crate.
            (&["(UID 7 INTERNALDATE NIL)"], "* 12 FETCH (UID 7)|"),
            (&["(UID 7 RFC822.SIZE 5000000000)"], "* 12 FETCH (UID 7 RFC822.SIZE 4294967295)|"),
            (&[r"(FLAGS (\Seen $x [odd]) UID 7 MODSEQ (5) EMAILID (M1) X-GM-LABELS (UID 9))"], "* 12 FETCH (UID 7)|"),
            (&["(BODY[TEXT] {5}", " UID 7 ENVELOPE ({3}", " UID 9) BODY[]<0> {4}", ")"], "* 12 FETCH (UID 7)|"),
            (&[r"(FLAGS (\Seen))"], ""),
            (&["()"], ""),
            // Larger than allowed: a message is left out, header fields are cut.
            (&["(UID 7 BODY[] {10}", ")"], "* 12 FETCH (UID 7)|"),
            (&["(UID 7 BODY[HEADER.FIELDS (FROM)] {10}", ")"], "* 12 FETCH (UID 7 BODY[HEADER] {9}|...)|"),
            (&["(BODY[HEADER.FIELDS (FROM)] \"0123456789\" UID 7)"], "* 12 FETCH (BODY[HEADER] {9}|012345678 UID 7)|"),
        ];
        for (lines, expected) in cases {
            assert_eq!(rewritten(lines), expected, "{lines:?}");
        }
    }

    #[test]
    fn a_date_of_saving_is_noted_and_not_passed_on() {
        let cases = [
            (r#"(SAVEDATE " 7-Jul-1996 02:44:25 -0700" UID 7)"#, Some((7, " 7-Jul-1996 02:44:25 -0700"))),
            (r#"(UID 7 SAVEDATE NIL)"#, None),
            (r#"(SAVEDATE "17-Jul-1996 02:44:25 -0700")"#, None),
            (r#"(UID 7 SAVEDATE "\"17")"#, None),
        ];
        for (line, expected) in cases {
            let (mut fetched, mut out) = (Fetched::new(12, &Allowance::default()), Vec::new());
            assert!(fetched.words(scan(line.as_bytes()).unwrap().0, &mut out));
            let saved = expected.map(|(uid, at)| Saved { number: 12, uid, at: at.to_owned() });
            assert_eq!(fetched.saved(), saved, "{line}");
            assert!(!String::from_utf8(out).unwrap().contains("1996"), "{line}");
        }
    }

    #[test]
    fn nesting_without_end_is_noticed() {
        let (tokens, _) = scan("(".repeat(2000).as_bytes()).unwrap();
        assert!(!Fetched::new(1, &Allowance::default()).words(tokens, &mut Vec::new()));
    }
}
