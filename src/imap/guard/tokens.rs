//! The words of a data response: atoms, strings, parentheses, and the literal announced at the end of a line.
//!
//! It works line by line (a literal's bytes are the guard's) and keeps no state. It does not know what the words mean.

/// One word. A quoted string arrives without its quotes and escapes, like a literal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) enum Token {
    Open,
    Close,
    Atom(Vec<u8>),
    Text(Vec<u8>),
}

impl Token {
    /// The text of an atom or string.
    pub(in super::super) fn bytes(&self) -> Option<&[u8]> {
        match self {
            Token::Atom(bytes) | Token::Text(bytes) => Some(bytes),
            Token::Open | Token::Close => None,
        }
    }

    /// A number of 32 bits.
    pub(in super::super) fn number(&self) -> Option<u32> {
        match self {
            Token::Atom(bytes) => number(bytes),
            Token::Text(_) | Token::Open | Token::Close => None,
        }
    }
}

/// A line as words, and the size of the literal it ends in; `None` where a quoted string does not end.
pub(in super::super) fn scan(line: &[u8]) -> Option<(Vec<Token>, Option<u64>)> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&byte) = line.get(at) {
        match byte {
            b' ' => at += 1,
            b'(' => {
                tokens.push(Token::Open);
                at += 1;
            }
            b')' => {
                tokens.push(Token::Close);
                at += 1;
            }
            b'"' => {
                let (text, after) = quoted(line, at + 1)?;
                tokens.push(Token::Text(text));
                at = after;
            }
            _ => {
                if let Some(size) = literal(&line[at..]) {
                    return Some((tokens, Some(size)));
                }
                let end = atom_end(line, at);
                tokens.push(Token::Atom(line[at..end].to_vec()));
                at = end;
            }
        }
    }
    Some((tokens, None))
}

/// The size a literal at the very end of a line announces: `{310}`, `{310+}`, `~{310}`.
pub(super) fn literal(word: &[u8]) -> Option<u64> {
    let word = word.strip_prefix(b"~").unwrap_or(word);
    let digits = word.strip_prefix(b"{")?.strip_suffix(b"}")?;
    let digits = digits.strip_suffix(b"+").unwrap_or(digits);
    let all_digits = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    // More digits than a u64 holds is still a literal, and larger than anything allowed.
    all_digits.then(|| str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok()).unwrap_or(u64::MAX))
}

/// An unsigned number of 32 bits, digits only.
pub(super) fn number(digits: &[u8]) -> Option<u32> {
    let all_digits = digits.iter().all(u8::is_ascii_digit);
    str::from_utf8(digits).ok().filter(|_| all_digits).and_then(|digits| digits.parse().ok())
}

fn quoted(line: &[u8], from: usize) -> Option<(Vec<u8>, usize)> {
    let mut text = Vec::new();
    let mut at = from;
    loop {
        match *line.get(at)? {
            b'"' => return Some((text, at + 1)),
            b'\\' => {
                text.push(*line.get(at + 1)?);
                at += 2;
            }
            byte => {
                text.push(byte);
                at += 1;
            }
        }
    }
}

/// An atom ends at a space or parenthesis, except between brackets: `BODY[HEADER.FIELDS (FROM)]<0>` is one word.
fn atom_end(line: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(&byte) = line.get(at) {
        match byte {
            b' ' | b'(' | b')' | b'"' => break,
            b'[' => match line[at..].iter().position(|byte| *byte == b']') {
                Some(closing) => at += closing + 1,
                None => at += 1,
            },
            _ => at += 1,
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `( A:atom T:text ) {size}`
    fn shown(line: &str) -> Option<String> {
        let (tokens, literal) = scan(line.as_bytes())?;
        let mut words: Vec<String> = tokens
            .iter()
            .map(|token| match token {
                Token::Open => "(".to_owned(),
                Token::Close => ")".to_owned(),
                Token::Atom(atom) => format!("A:{}", String::from_utf8_lossy(atom)),
                Token::Text(text) => format!("T:{}", String::from_utf8_lossy(text)),
            })
            .collect();
        words.extend(literal.map(|size| format!("{{{size}}}")));
        Some(words.join(" "))
    }

    #[test]
    fn lines_fall_into_words() {
        let cases = [
            (r"(UID 7 FLAGS (\Seen))", Some(r"( A:UID A:7 A:FLAGS ( A:\Seen ) )")),
            (r#"(\HasNoChildren) "/" "a\"b\\c""#, Some(r#"( A:\HasNoChildren ) T:/ T:a"b\c"#)),
            ("(BODY[HEADER.FIELDS (FROM TO)] {12}", Some("( A:BODY[HEADER.FIELDS (FROM TO)] {12}")),
            ("(BODY[]<0> ~{12}", Some("( A:BODY[]<0> {12}")),
            ("x {12+}", Some("A:x {12}")),
            ("x {99999999999999999999999}", Some("A:x {18446744073709551615}")),
            // No literals: not at the end, not a number, in a string.
            ("{12} x", Some("A:{12} A:x")),
            ("{x}", Some("A:{x}")),
            (r#""{12}""#, Some("T:{12}")),
            ("[Gmail]/All", Some("A:[Gmail]/All")),
            ("[half", Some("A:[half")),
            (r#""""#, Some("T:")),
            ("", Some("")),
            (r#""never ends {5}"#, None),
            (r#""ends in a backslash\"#, None),
        ];
        for (line, words) in cases {
            assert_eq!(shown(line).as_deref(), words, "{line}");
        }
    }

    #[test]
    fn a_number_has_32_bits() {
        let cases = [("0", Some(0)), ("4294967295", Some(u32::MAX)), ("4294967296", None), ("+1", None), ("", None)];
        for (digits, value) in cases {
            assert_eq!(number(digits.as_bytes()), value, "{digits}");
        }
    }
}
