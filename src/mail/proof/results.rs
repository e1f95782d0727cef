//! The grammar of an Authentication-Results header (RFC 8601 section 2.2).
//!
//! Reads; what may be believed is for `authserv`.

/// One Authentication-Results header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Results {
    /// Who did the checking, in lower case, e.g. `mx.google.com`; empty where none is named (Outlook).
    pub authserv_id: String,
    /// Every method's result.
    pub results: Vec<MethodResult>,
}

/// One result, e.g. `dkim=pass header.d=facebookmail.com`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MethodResult {
    /// `dkim`, `spf`, `dmarc`, in lower case.
    pub method: String,
    /// `pass`, `fail`, in lower case.
    pub result: String,
    /// `header.d` and its value; the name in lower case, the value as written.
    pub properties: Vec<(String, String)>,
}

impl MethodResult {
    /// The value of a property, e.g. `header.d`. Given twice with different values it has none.
    pub fn property(&self, name: &str) -> Option<&str> {
        let mut values = self.properties.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let first = values.next()?;
        values.all(|value| value == first).then_some(first)
    }
}

/// Reads an unfolded header value. What does not follow the grammar is left out.
pub fn parse(value: &str) -> Results {
    let segments = segments(value);
    let mut rest = segments.iter();
    let mut authserv_id = String::new();
    if let Some(first) = segments.first().filter(|first| !first.iter().any(|token| matches!(token, Token::Equals))) {
        rest.next();
        // `mx.google.com` or `mx.google.com 1` (a version).
        if let Some(Token::Word(id)) = first.first() {
            authserv_id = id.to_ascii_lowercase();
        }
    }
    Results { authserv_id, results: rest.filter_map(|segment| method_result(segment)).collect() }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    Equals,
}

/// The header cut at its semicolons, each piece into words and `=`. Comments are dropped, quoted strings are words.
fn segments(value: &str) -> Vec<Vec<Token>> {
    let mut segments = vec![Vec::new()];
    let mut word: Option<String> = None;
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        let ends_word = c.is_whitespace() || matches!(c, ';' | '=' | '(');
        // `header.b=ab=cd` and `header.d= x`: after the first `=` of a property the value may hold more.
        if ends_word {
            push_word(&mut segments, word.take());
        }
        match c {
            ';' => segments.push(Vec::new()),
            '=' => push(&mut segments, Token::Equals),
            '(' => skip_comment(&mut chars),
            '"' => {
                let quoted = word.get_or_insert_default();
                while let Some(inner) = chars.next() {
                    match inner {
                        '"' => break,
                        '\\' => quoted.extend(chars.next()),
                        inner => quoted.push(inner),
                    }
                }
            }
            c if c.is_whitespace() => {}
            c => word.get_or_insert_default().push(c),
        }
    }
    push_word(&mut segments, word.take());
    segments.retain(|segment| !segment.is_empty());
    segments
}

fn push(segments: &mut [Vec<Token>], token: Token) {
    if let Some(last) = segments.last_mut() {
        last.push(token);
    }
}

fn push_word(segments: &mut [Vec<Token>], word: Option<String>) {
    if let Some(word) = word {
        push(segments, Token::Word(word));
    }
}

fn skip_comment(chars: &mut std::str::Chars<'_>) {
    let mut depth = 1;
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                chars.next();
            }
            '(' => depth += 1,
            ')' => {
                depth -= 1;
                if depth == 0 {
                    return;
                }
            }
            _ => {}
        }
    }
}

/// `dkim/1 = pass reason="..." header.d=example.org header.b=ab`
fn method_result(segment: &[Token]) -> Option<MethodResult> {
    let [Token::Word(method), Token::Equals, Token::Word(result), rest @ ..] = segment else { return None };
    let mut properties = Vec::new();
    let mut rest = rest;
    while let [Token::Word(name), Token::Equals, Token::Word(value), tail @ ..] = rest {
        properties.push((name.to_ascii_lowercase(), value.clone()));
        // The padding of a base64 value: `header.b=ab==`.
        rest = tail;
        while let [Token::Equals, tail @ ..] = rest {
            rest = tail;
        }
    }
    let method = method.split('/').next().unwrap_or(method).to_ascii_lowercase();
    Some(MethodResult { method, result: result.to_ascii_lowercase(), properties })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `id|method=result name=value ...|...`
    fn shown(value: &str) -> String {
        let read = parse(value);
        let results = read.results.iter().map(|result| {
            let properties: String = result.properties.iter().map(|(name, value)| format!(" {name}={value}")).collect();
            format!("|{}={}{properties}", result.method, result.result)
        });
        read.authserv_id + &results.collect::<String>()
    }

    #[test]
    fn the_grammar_of_rfc_8601_is_read() {
        let cases = [
            ("mx.example.org; none", "mx.example.org"),
            ("mx.example.org", "mx.example.org"),
            ("MX.example.org 1; dkim=pass header.d=a.example", "mx.example.org|dkim=pass header.d=a.example"),
            (
                "(c) mx.example.org (c); (x;y=z) dkim = pass (good \\(;) header.d = a.example",
                "mx.example.org|dkim=pass header.d=a.example",
            ),
            (
                "mx.google.com; dkim=pass header.i=@a.example header.s=s1 header.b=ab/c+d==; spf=pass (google.com: x) smtp.mailfrom=a@b.example; dmarc=pass (p=REJECT) header.from=a.example",
                "mx.google.com|dkim=pass header.i=@a.example header.s=s1 header.b=ab/c+d|spf=pass smtp.mailfrom=a@b.example|dmarc=pass header.from=a.example",
            ),
            (
                "\"mx.example.org\"; DKIM/1=PASS reason=\"a; dkim=pass\" Header.D=a.example",
                "mx.example.org|dkim=pass reason=a; dkim=pass header.d=a.example",
            ),
            (
                "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=a.example; dkim=pass (signature was verified) header.d=a.example;dmarc=pass action=none header.from=a.example;compauth=pass reason=100",
                "|spf=pass smtp.mailfrom=a.example|dkim=pass header.d=a.example|dmarc=pass action=none header.from=a.example|compauth=pass reason=100",
            ),
            ("mx.example.org; dkim=pass header.d=\"a.example\"", "mx.example.org|dkim=pass header.d=a.example"),
            // The whole of what a comment or a quoted string holds is no result.
            ("mx.example.org; spf=none (; dkim=pass header.d=a.example)", "mx.example.org|spf=none"),
            (
                "mx.example.org; spf=none smtp.mailfrom=\"x; dkim=pass header.d=a.example\"",
                "mx.example.org|spf=none smtp.mailfrom=x; dkim=pass header.d=a.example",
            ),
            ("mx.example.org; spf=none (unclosed ; dkim=pass header.d=a.example", "mx.example.org|spf=none"),
            ("mx.example.org; dkim pass", "mx.example.org"),
            ("; dkim=pass", "|dkim=pass"),
            ("", ""),
        ];
        for (value, wanted) in cases {
            assert_eq!(shown(value), wanted, "{value:?}");
        }
    }

    #[test]
    fn a_property_given_twice_counts_only_when_it_agrees() {
        let one = |value: &str| parse(value).results[0].property("header.d").map(str::to_owned);
        assert_eq!(one("x; dkim=pass header.d=a header.d=a"), Some("a".to_owned()));
        assert_eq!(one("x; dkim=pass header.d=a header.d=b"), None);
        assert_eq!(one("x; dkim=pass"), None);
    }
}
