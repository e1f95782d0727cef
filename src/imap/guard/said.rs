//! Status responses: `OK`, `NO`, `BAD`, `BYE`, `PREAUTH`, with their response code and text.
//!
//! The `imap` crate knows the codes of RFC 3501 only; those that tell a wrong password from a busy server are RFC 5530's.

use super::super::harmless;
use super::tokens;

/// The first word of a status response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Word {
    Ok,
    No,
    Bad,
    Bye,
    Preauth,
}

/// A status response, made harmless to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Said {
    pub(in super::super) word: Word,
    /// The response code in capital letters, e.g. `AUTHENTICATIONFAILED`.
    pub(in super::super) code: Option<String>,
    /// What follows the code's name inside the brackets.
    pub(in super::super) argument: String,
    /// The text for people; `no explanation` where there is none.
    pub(in super::super) text: String,
}

impl Said {
    /// Reads `NO [UNAVAILABLE] text`; `None` where the line begins with none of the five words.
    pub(super) fn parse(line: &[u8]) -> Option<Said> {
        let end = line.iter().position(|byte| *byte == b' ').unwrap_or(line.len());
        let word = match line[..end].to_ascii_uppercase().as_slice() {
            b"OK" => Word::Ok,
            b"NO" => Word::No,
            b"BAD" => Word::Bad,
            b"BYE" => Word::Bye,
            b"PREAUTH" => Word::Preauth,
            _ => return None,
        };
        let rest = String::from_utf8_lossy(&line[end..]);
        let rest = rest.trim();
        let coded = rest.strip_prefix('[').and_then(|rest| rest.split_once(']'));
        let (code, argument, text) = match coded {
            Some((code, text)) => {
                let (code, argument) = code.split_once(' ').unwrap_or((code, ""));
                (Some(harmless(&code.to_ascii_uppercase())), argument.to_owned(), text.trim())
            }
            None => (None, String::new(), rest),
        };
        let text = if text.is_empty() { "no explanation".to_owned() } else { harmless(text) };
        Some(Said { word, code, argument, text })
    }

    /// Whether the code is that one.
    pub(in super::super) fn is(&self, code: &str) -> bool {
        self.code.as_deref() == Some(code)
    }

    /// The number of a code that has one, e.g. 3857529045 of `[UIDVALIDITY 3857529045]`.
    pub(super) fn number(&self) -> Option<u32> {
        tokens::number(self.argument.trim().as_bytes()).filter(|number| *number > 0)
    }

    /// Whether a refusal is over by itself: the server or the mailbox is busy, or enough is enough for today.
    pub(in super::super) fn is_temporary(&self) -> bool {
        let by_code = ["UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG", "OVERQUOTA", "THROTTLED"];
        match self.code.as_deref() {
            Some(code) if by_code.contains(&code) => true,
            // Gmail says `NO [ALERT] Too many simultaneous connections. (Failure)` to a correct password; others use no code.
            None | Some("ALERT") => {
                let text = self.text.to_ascii_lowercase();
                ["too many", "try again", "temporar", "later"].iter().any(|hint| text.contains(hint))
            }
            Some(_) => false,
        }
    }
}

/// The words of a capability list, in capital letters: `IMAP4REV1`, `LIST-STATUS`, `AUTH=PLAIN`.
pub(super) fn capabilities(list: &str) -> Vec<String> {
    list.split_ascii_whitespace().map(str::to_ascii_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn word_code_and_text_are_told_apart() {
        let cases: [(&[u8], _); 8] = [
            (b"OK", (Word::Ok, None, "", "no explanation")),
            (b"ok done", (Word::Ok, None, "", "done")),
            (b"OK [UIDVALIDITY 3857529045] UIDs valid", (Word::Ok, Some("UIDVALIDITY"), "3857529045", "UIDs valid")),
            (b"NO [authenticationfailed] no", (Word::No, Some("AUTHENTICATIONFAILED"), "", "no")),
            (b"NO [UNAVAILABLE]", (Word::No, Some("UNAVAILABLE"), "", "no explanation")),
            (b"BAD [half a code", (Word::Bad, None, "", "[half a code")),
            (b"BYE Gr\xfc\xdfe\x1b[31m", (Word::Bye, None, "", "Gr\u{fffd}\u{fffd}e\\u{1b}[31m")),
            (b"PREAUTH hello", (Word::Preauth, None, "", "hello")),
        ];
        for (line, (word, code, argument, text)) in cases {
            let said = Said::parse(line).unwrap();
            assert_eq!((said.word, said.code.as_deref()), (word, code), "{}", line.escape_ascii());
            assert_eq!((said.argument.as_str(), said.text.as_str()), (argument, text), "{}", line.escape_ascii());
        }
        for line in ["OKAY then", "", "5 EXISTS", "SEARCH 1"] {
            assert_eq!(Said::parse(line.as_bytes()), None, "{line}");
        }
    }

    #[test]
    fn a_busy_server_is_no_wrong_password() {
        let temporary = |line: &str| Said::parse(line.as_bytes()).unwrap().is_temporary();
        for line in [
            "NO [UNAVAILABLE] x",
            "NO [INUSE] x",
            "NO [LIMIT] x",
            "BYE [UNAVAILABLE] x",
            "NO [OVERQUOTA] x",
            "NO [ALERT] Too many simultaneous connections. (Failure)",
        ] {
            assert!(temporary(line), "{line}");
        }
        for line in [
            "NO [AUTHENTICATIONFAILED] x",
            "NO [AUTHORIZATIONFAILED] x",
            "NO x",
            "NO [EXPIRED] x",
            "NO [ALERT] x",
            "NO [AUTHENTICATIONFAILED] try again",
        ] {
            assert!(!temporary(line), "{line}");
        }
    }
}
