//! The whitelist: the only commands that leave this program. What is not listed here cannot be sent.
//!
//! This is what makes "read-only" a property of the wire. It looks at the finished line, whoever wrote it and from whatever
//! folder name or search term it was made; it does not know what the session meant.

use super::super::fault::Fault;

/// A command of the whitelist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Verb {
    Capability,
    Noop,
    Login,
    Authenticate,
    Logout,
    Id,
    List,
    Status,
    Examine,
    Search,
    Fetch,
    Idle,
}

/// A line that may be sent.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Command {
    pub(super) tag: String,
    pub(super) verb: Verb,
}

/// Ends an IDLE. The guard sends it by itself.
pub(super) const DONE: &[u8] = b"DONE\r\n";

/// Longer than any command this program has a reason for; servers refuse long lines in their own ways (RFC 2683, 3.2.1.5).
const LONGEST: usize = 16 * 1024;

/// The command in a line (without its CRLF), or why it is not sent.
pub(super) fn command(line: &[u8]) -> Result<Command, Fault> {
    // Never the line itself in the message: it may hold the password.
    let refused = |why: &str| Fault::Protocol(format!("command not sent: {why}"));
    if line.len() > LONGEST {
        return Err(refused("it is too long"));
    }
    if line.iter().any(|byte| matches!(byte, b'\r' | b'\n' | 0)) {
        return Err(refused("it contains a line break or NUL"));
    }
    let text = str::from_utf8(line).map_err(|_| refused("it is not UTF-8"))?;
    let (tag, command) = text.split_once(' ').ok_or_else(|| refused("it has no tag"))?;
    if tag.is_empty() || !tag.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(refused("it has no tag"));
    }
    let verb = verb_of(command).ok_or_else(|| refused("it is not one of the commands that only read"))?;
    // `{5}` at the end of a line announces a literal: what follows would escape this check.
    let literal = command.ends_with('}');
    let ascii = command.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if literal || (!ascii && verb != Verb::Login) {
        return Err(refused("it contains what only a literal may contain"));
    }
    Ok(Command { tag: tag.to_owned(), verb })
}

/// Whether a line (without its CRLF) may answer a challenge of AUTHENTICATE: base64, nothing, or `*` to give up.
pub(super) fn is_answer(line: &[u8]) -> bool {
    line == b"*" || line.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='))
}

fn verb_of(command: &str) -> Option<Verb> {
    let (verb, arguments) = command.split_once(' ').unwrap_or((command, ""));
    match (verb, arguments) {
        ("CAPABILITY", "") => Some(Verb::Capability),
        ("NOOP", "") => Some(Verb::Noop),
        ("LOGOUT", "") => Some(Verb::Logout),
        ("IDLE", "") => Some(Verb::Idle),
        ("AUTHENTICATE", "XOAUTH2" | "PLAIN") => Some(Verb::Authenticate),
        ("LOGIN", _) => {
            let password = after_quoted(arguments)?.strip_prefix(' ')?;
            after_quoted(password)?.is_empty().then_some(Verb::Login)
        }
        ("ID", _) => after_words(arguments.strip_prefix('(')?, ")")?.is_empty().then_some(Verb::Id),
        ("EXAMINE", _) => after_quoted(arguments)?.is_empty().then_some(Verb::Examine),
        ("STATUS", _) => {
            let items = after_quoted(arguments)?.strip_prefix(" (")?;
            after_words(items, ")")?.is_empty().then_some(Verb::Status)
        }
        ("LIST", _) => {
            let options = arguments.strip_prefix(r#""" "*""#)?;
            let plain = options.is_empty();
            let extended = options.strip_prefix(" RETURN (").and_then(|words| words.strip_suffix(')'));
            (plain || extended.is_some_and(|words| words.bytes().all(is_option))).then_some(Verb::List)
        }
        ("FETCH", what) => only_peeks(what).then_some(Verb::Fetch),
        ("UID", _) => match arguments.split_once(' ')? {
            ("SEARCH", keys) => only_keys(keys).then_some(Verb::Search),
            ("FETCH", what) => only_peeks(what).then_some(Verb::Fetch),
            _ => None,
        },
        _ => None,
    }
}

/// What follows a quoted string at the beginning.
fn after_quoted(text: &str) -> Option<&str> {
    let text = text.strip_prefix('"')?;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(&text[at + 1..]),
            _ => {}
        }
    }
    None
}

/// What follows a run of words and quoted strings that ends in `end`.
fn after_words<'a>(text: &'a str, end: &str) -> Option<&'a str> {
    let mut rest = text;
    loop {
        if let Some(after) = rest.strip_prefix(end) {
            return Some(after);
        }
        rest = match rest.bytes().next()? {
            b'"' => after_quoted(rest)?,
            byte if byte == b' ' || byte == b'-' || byte.is_ascii_alphanumeric() => &rest[1..],
            _ => return None,
        };
    }
}

fn is_option(byte: u8) -> bool {
    byte.is_ascii_uppercase() || matches!(byte, b'-' | b' ' | b'(' | b')')
}

/// Search keys: words and quoted strings. A search changes nothing, whatever it asks for.
fn only_keys(keys: &str) -> bool {
    let mut rest = keys;
    while let Some(byte) = rest.bytes().next() {
        rest = match byte {
            b'"' => match after_quoted(rest) {
                Some(after) => after,
                None => return false,
            },
            b' '..=b'z' if byte != b'{' => &rest[1..],
            _ => return false,
        };
    }
    !keys.is_empty()
}

/// `1:5,7 (UID RFC822.SIZE BODY.PEEK[])`: only items that leave `\Seen` alone. `BODY[` and `RFC822` would set it.
fn only_peeks(what: &str) -> bool {
    let Some((set, items)) = what.split_once(" (") else { return false };
    let set_fine =
        !set.is_empty() && set.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b',' | b'*'));
    let Some(mut rest) = items.strip_suffix(')') else { return false };
    loop {
        let plain =
            ["UID", "FLAGS", "INTERNALDATE", "SAVEDATE", "RFC822.SIZE"].iter().find_map(|item| rest.strip_prefix(item));
        let after = plain.or_else(|| {
            let section = rest.strip_prefix("BODY.PEEK[")?;
            let fields = section.strip_prefix("HEADER.FIELDS (");
            match fields {
                Some(names) => after_words(names, ")]"),
                None => section.strip_prefix("HEADER]").or_else(|| section.strip_prefix(']')),
            }
        });
        match after {
            Some("") => return set_fine,
            Some(after) => match after.strip_prefix(' ') {
                Some(next) => rest = next,
                None => return false,
            },
            None => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_reads_is_sent() {
        let cases = [
            ("a1 CAPABILITY", Verb::Capability),
            ("a1 NOOP", Verb::Noop),
            ("a1 LOGOUT", Verb::Logout),
            ("a1 IDLE", Verb::Idle),
            (r#"a1 LOGIN "anna" "pa\"ss\\word""#, Verb::Login),
            (r#"a1 LOGIN "anna" "{5}""#, Verb::Login),
            (r#"a1 LOGIN "anna" "Grün""#, Verb::Login),
            ("a1 AUTHENTICATE XOAUTH2", Verb::Authenticate),
            ("a1 AUTHENTICATE PLAIN", Verb::Authenticate),
            (r#"a1 ID ("name" "confirmd")"#, Verb::Id),
            (r#"a1 LIST "" "*""#, Verb::List),
            (r#"a1 LIST "" "*" RETURN (SPECIAL-USE STATUS (MESSAGES UIDNEXT UIDVALIDITY))"#, Verb::List),
            (r#"a1 STATUS "a\"b\\c" (MESSAGES UIDNEXT UIDVALIDITY)"#, Verb::Status),
            (r#"a1 EXAMINE "Entw&APw-rfe""#, Verb::Examine),
            (r#"a1 UID SEARCH UID 1:500 OR FROM "facebookmail.com" FROM "meta.com""#, Verb::Search),
            ("a1 UID FETCH 1:5,7,9:* (UID)", Verb::Fetch),
            ("a1 UID FETCH 7 (UID BODY.PEEK[])", Verb::Fetch),
            ("a1 UID FETCH 7 (UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (FROM TO)])", Verb::Fetch),
            ("a1 UID FETCH 7 (BODY.PEEK[HEADER])", Verb::Fetch),
            ("a1 FETCH 1,1001,2001 (UID SAVEDATE)", Verb::Fetch),
        ];
        for (line, verb) in cases {
            assert_eq!(command(line.as_bytes()), Ok(Command { tag: "a1".to_owned(), verb }), "{line}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        let cases = [
            r#"a1 SELECT "INBOX""#,
            r#"a1 CREATE "x""#,
            r#"a1 DELETE "x""#,
            r#"a1 RENAME "x" "y""#,
            r#"a1 SUBSCRIBE "x""#,
            r#"a1 UNSUBSCRIBE "x""#,
            r#"a1 APPEND "x" {5}"#,
            r"a1 STORE 1 +FLAGS (\Seen)",
            r#"a1 COPY 1 "x""#,
            r#"a1 MOVE 1 "x""#,
            "a1 EXPUNGE",
            "a1 CLOSE",
            "a1 CHECK",
            "a1 UNSELECT",
            "a1 STARTTLS",
            "a1 ENABLE UTF8=ACCEPT",
            "a1 SETACL",
            "a1 FETCH 1 (UID BODY[])",
            "a1 SEARCH ALL",
            r"a1 UID STORE 1 +FLAGS (\Seen)",
            r#"a1 UID COPY 1 "x""#,
            r#"a1 UID MOVE 1 "x""#,
            "a1 UID EXPUNGE 1",
            // These set \Seen.
            "a1 UID FETCH 1 (BODY[])",
            "a1 UID FETCH 1 (UID BODY[HEADER.FIELDS (FROM)])",
            "a1 UID FETCH 1 (UID RFC822)",
            "a1 UID FETCH 1 (RFC822.TEXT)",
            "a1 UID FETCH 1 (UID BODY.PEEK[] RFC822)",
            "a1 UID FETCH 1 (UID BODY.PEEK[TEXT]BODY[])",
            "a1 UID FETCH 1 BODY[]",
            "a1 UID FETCH 1 ALL",
            "a1 UID FETCH 1 (UID) (CHANGEDSINCE 5)",
            "a1 UID FETCH 1 ()",
            "a1 UID FETCH  (UID)",
            r#"a1 UID FETCH "1" (UID)"#,
            // A second command, a literal, a NUL.
            "a1 NOOP\r\na2 EXPUNGE",
            "a1 NOOP\na2 EXPUNGE",
            "a1 NOOP\r",
            "a1 UID SEARCH FROM \"x\"\r\nZ1 STORE 1:* +FLAGS \\Deleted",
            "a1 EXAMINE \"a\0b\"",
            "a1 LOGIN {4}",
            r#"a1 LOGIN "anna" {4}"#,
            r#"a1 LOGIN "anna" {4+}"#,
            "a1 UID SEARCH FROM {10+}",
            "a1 UID SEARCH TEXT x{3}",
            r#"a1 UID SEARCH SUBJECT "Kündigung""#,
            r#"a1 UID SEARCH FROM "x"#,
            "a1 UID SEARCH ",
            // Not the form this program writes.
            r#"a1 EXAMINE "x" (CONDSTORE)"#,
            "a1 EXAMINE INBOX",
            r#"a1 EXAMINE "x" "y""#,
            r#"a1 STATUS "x" (MESSAGES) X"#,
            r#"a1 LIST "" "%""#,
            r#"a1 LIST "" "*" RETURN (X"Y)"#,
            r#"a1 LOGIN "anna""#,
            r#"a1 LOGIN "anna" "x" "y""#,
            "a1 AUTHENTICATE PLAIN AGFubmEA",
            "a1 AUTHENTICATE GSSAPI",
            "a1 ID NIL X",
            "a1 CAPABILITY X",
            "a1 idle",
            "a1",
            "a1 ",
            "",
            " NOOP",
            "* NOOP",
            "DONE",
        ];
        for line in cases {
            assert!(command(line.as_bytes()).is_err(), "{line}");
        }
        assert!(command(&[b"a1 EXAMINE \"".as_slice(), &[0xff], b"\""].concat()).is_err());
        assert!(command(format!("a1 UID SEARCH {}", "x".repeat(20_000)).as_bytes()).is_err());
    }

    #[test]
    fn a_challenge_is_answered_with_base64_or_nothing() {
        for line in ["", "*", "dXNlcj1hbm5h", "YQ==", "a+/="] {
            assert!(is_answer(line.as_bytes()), "{line}");
        }
        for line in ["a2 NOOP", "**", "{5}", "a\r", "ü"] {
            assert!(!is_answer(line.as_bytes()), "{line}");
        }
    }

    #[test]
    fn a_refusal_never_repeats_the_line() {
        let fault = command(b"a1 LOGIN \"anna\" secret-word").unwrap_err();
        assert_eq!(fault.to_string(), "command not sent: it is not one of the commands that only read");
    }
}
