//! LIST, STATUS and SEARCH responses, rewritten into the form the `imap` crate can read.
//!
//! The crate ends the session over a single unknown item (`STATUS x (SIZE 99999999999)`), does not unescape names and loses
//! which of them were literals. FETCH, which may be large, is in `fetched`.

use super::tokens::{self, Token};

/// What a line written here is made of: `* LIST (\Junk) "/" "name"`, name and delimiter always quoted, nothing after them.
///
/// `None` where the response is no LIST response, or names nothing.
pub(super) fn list(tokens: &[Token]) -> Option<Vec<u8>> {
    let (Token::Open, rest) = tokens.split_first()? else { return None };
    let close = rest.iter().position(|token| *token == Token::Close)?;
    let (attributes, rest) = (&rest[..close], &rest[close + 1..]);
    let (delimiter, name) = (rest.first()?, rest.get(1)?.bytes()?);
    if name.is_empty() {
        return None;
    }
    let mut line = b"* LIST (".to_vec();
    let attributes = attributes.iter().filter_map(Token::bytes).filter(|attribute| is_attribute(attribute));
    line.extend(attributes.collect::<Vec<_>>().join(b" ".as_slice()));
    line.extend(b") ");
    match delimiter {
        Token::Text(delimiter) if delimiter.len() == 1 => quote(delimiter, &mut line),
        Token::Text(_) | Token::Atom(_) | Token::Open | Token::Close => line.extend(b"NIL"),
    }
    line.push(b' ');
    quote(name, &mut line);
    line.extend(b"\r\n");
    Some(line)
}

/// `* STATUS "name" (MESSAGES 3 UIDNEXT 5 UIDVALIDITY 7)`: of the items those three.
pub(super) fn status(tokens: &[Token]) -> Option<Vec<u8>> {
    let (name, rest) = tokens.split_first()?;
    let mut line = b"* STATUS ".to_vec();
    quote(name.bytes()?, &mut line);
    let mut items = Vec::new();
    for pair in rest.windows(2) {
        let [Token::Atom(item), value] = pair else { continue };
        let wanted =
            ["MESSAGES", "UIDNEXT", "UIDVALIDITY"].into_iter().find(|name| item.eq_ignore_ascii_case(name.as_bytes()));
        if let (Some(item), Some(value)) = (wanted, value.number()) {
            items.push(format!("{item} {value}"));
        }
    }
    line.extend(format!(" ({})\r\n", items.join(" ")).bytes());
    Some(line)
}

/// `* SEARCH 2 84 882`, and whether everything in the response was a UID.
///
/// `(MODSEQ 917162500)` at the end is RFC 7162's and no garbage.
pub(super) fn search(hits: &[u8]) -> (Vec<u8>, bool) {
    let hits = match hits.iter().position(|byte| *byte == b'(') {
        Some(at) => &hits[..at],
        None => hits,
    };
    let mut line = b"* SEARCH".to_vec();
    let mut clean = true;
    for hit in hits.split(u8::is_ascii_whitespace).filter(|hit| !hit.is_empty()) {
        match tokens::number(hit) {
            Some(uid) => line.extend(format!(" {uid}").bytes()),
            None => clean = false,
        }
    }
    line.extend(b"\r\n");
    (line, clean)
}

/// Writes a quoted string. What no quoted string may hold (RFC 3501: CR, LF, NUL, 8-bit) becomes `?`.
fn quote(text: &[u8], line: &mut Vec<u8>) {
    line.push(b'"');
    for byte in text {
        match byte {
            b'"' | b'\\' => line.extend([b'\\', *byte]),
            b' '..=b'~' => line.push(*byte),
            _ => line.push(b'?'),
        }
    }
    line.push(b'"');
}

fn is_attribute(attribute: &[u8]) -> bool {
    let Some(name) = attribute.strip_prefix(b"\\") else { return false };
    !name.is_empty() && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(line: &str) -> Vec<Token> {
        tokens::scan(line.as_bytes()).unwrap().0
    }

    fn shown(line: Option<Vec<u8>>) -> Option<String> {
        line.map(|line| String::from_utf8(line).unwrap().trim_end().to_owned())
    }

    #[test]
    fn names_come_out_quoted_however_they_were_written() {
        let cases = [
            (r#"(\HasNoChildren \Junk) "/" INBOX"#, Some(r#"* LIST (\HasNoChildren \Junk) "/" "INBOX""#)),
            (r#"() "\\" "a\"b\\c""#, Some(r#"* LIST () "\\" "a\"b\\c""#)),
            ("() NIL x", Some(r#"* LIST () NIL "x""#)),
            (r#"() "" x"#, Some(r#"* LIST () NIL "x""#)),
            // The crate's parser fails on each of these: an atom with `%`, extended data, a strange attribute, 8-bit.
            (r#"() "/" 100%"#, Some(r#"* LIST () "/" "100%""#)),
            (r#"() "/" "x" ("CHILDINFO" ("SUBSCRIBED"))"#, Some(r#"* LIST () "/" "x""#)),
            (r#"(\Sent odd \[x]) "/" x"#, Some(r#"* LIST (\Sent) "/" "x""#)),
            ("() \"/\" \"Entwürfe\"", Some(r#"* LIST () "/" "Entw??rfe""#)),
            (r#"() "/" """#, None),
            (r#"() "/""#, None),
            ("x", None),
        ];
        for (line, rewritten) in cases {
            assert_eq!(shown(scan_list(line)).as_deref(), rewritten, "{line}");
        }
    }

    fn scan_list(line: &str) -> Option<Vec<u8>> {
        list(&tokens::scan(line.as_bytes())?.0)
    }

    #[test]
    fn a_name_that_was_a_literal_comes_out_quoted() {
        let tokens = [Token::Open, Token::Close, Token::Text(b"/".to_vec()), Token::Text(b"a\"b\r\nc".to_vec())];
        assert_eq!(shown(list(&tokens)).as_deref(), Some(r#"* LIST () "/" "a\"b??c""#));
    }

    #[test]
    fn of_a_status_three_numbers_remain() {
        let cases = [
            ("INBOX (MESSAGES 3 UIDNEXT 5 UIDVALIDITY 7)", r#"* STATUS "INBOX" (MESSAGES 3 UIDNEXT 5 UIDVALIDITY 7)"#),
            (r#""a b" (uidnext 5 SIZE 99999999999 HIGHESTMODSEQ 12)"#, r#"* STATUS "a b" (UIDNEXT 5)"#),
            ("x (UIDNEXT 99999999999)", r#"* STATUS "x" ()"#),
            ("x ()", r#"* STATUS "x" ()"#),
        ];
        for (line, rewritten) in cases {
            assert_eq!(shown(status(&tokens(line))).as_deref(), Some(rewritten), "{line}");
        }
    }

    #[test]
    fn a_search_result_is_numbers_or_garbage() {
        let cases = [
            (" 2 84 882", "* SEARCH 2 84 882", true),
            ("", "* SEARCH", true),
            (" 2  3 ", "* SEARCH 2 3", true),
            (" 2 5 (MODSEQ 917162500)", "* SEARCH 2 5", true),
            (" 2 x 5", "* SEARCH 2 5", false),
            (" 99999999999", "* SEARCH", false),
        ];
        for (hits, line, clean) in cases {
            let (rewritten, all_uids) = search(hits.as_bytes());
            assert_eq!((shown(Some(rewritten)).as_deref(), all_uids), (Some(line), clean), "{hits}");
        }
    }
}
