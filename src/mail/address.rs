//! Address lists of From, To and Cc.
//!
//! Strict about what is an address and generous about how many there are: whatever could be taken for a second From is
//! counted as one, because a From that can be read in two ways proves nothing. Encoded words are decoded in names only: a
//! name that reads `security@facebookmail.com` stays a name.

use crate::model::message::Address;

use super::encoded_word;

/// Nobody is written to at more addresses at once; the rest is not read.
const MAX_ADDRESSES: usize = 1_000;

/// The addresses of an unfolded header value, e.g. `"Muster, Anna" <anna@example.org>, bob@example.org`.
///
/// Groups count by their members; `undisclosed-recipients:;` is empty. Names come decoded, addresses as written.
pub fn list(value: &str) -> Vec<Address> {
    let mut found = Vec::new();
    let mut mailbox = Mailbox::default();
    let tokens = Tokens { rest: value };
    for token in tokens {
        match token {
            Token::Separator => mailbox.finish(&mut found),
            // What stood before a colon was the group's name.
            Token::GroupStart => mailbox = Mailbox::default(),
            Token::Comment => {}
            Token::Quoted(text) => mailbox.words.push(Word::Quoted(text)),
            Token::Atom(text) => mailbox.words.push(Word::Atom(text)),
            Token::Angle(text) => mailbox.angle(&text, &mut found),
        }
        if found.len() >= MAX_ADDRESSES {
            return found;
        }
    }
    mailbox.finish(&mut found);
    found
}

/// `text` as an address if it is one: one `@` outside quotes, something on both sides, nothing that ends an address.
pub fn addr_spec(text: &str) -> Option<String> {
    let text = text.trim();
    let (local, domain) = match text.strip_prefix('"') {
        Some(rest) => {
            let close = closing_quote(rest)?;
            let domain = rest[close + 1..].trim_start().strip_prefix('@')?;
            (&text[..close + 2], domain)
        }
        None => text.split_once('@')?,
    };
    let (local, domain) = (local.trim(), domain.trim());
    let bad =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '@' | ',' | ';' | '(' | ')' | '"');
    let local_is_fine = !local.is_empty() && (local.starts_with('"') || !local.contains(bad));
    let domain_is_fine = !domain.is_empty() && !domain.contains(bad) && !domain.starts_with('.');
    (local_is_fine && domain_is_fine).then(|| format!("{local}@{domain}"))
}

enum Word {
    Quoted(String),
    Atom(String),
}

/// What has been read of one list entry.
#[derive(Default)]
struct Mailbox {
    words: Vec<Word>,
    had_angle: bool,
}

impl Mailbox {
    /// An address in angle brackets: the words before it are its name.
    fn angle(&mut self, text: &str, found: &mut Vec<Address>) {
        let name = self.name();
        self.words.clear();
        self.had_angle = true;
        // RFC 5322 section 4.4: `<@relay,@relay2:anna@example.org>`.
        let spec =
            if text.trim_start().starts_with('@') { text.split_once(':').map_or(text, |(_, spec)| spec) } else { text };
        if let Some(addr) = addr_spec(spec) {
            found.push(Address { name, addr });
        }
    }

    /// The end of an entry: words that no angle bracket followed hold a bare address, or after one a second address.
    fn finish(&mut self, found: &mut Vec<Address>) {
        for spec in self.bare() {
            if let Some(addr) = addr_spec(&spec) {
                found.push(Address { name: String::new(), addr });
            }
        }
        *self = Mailbox::default();
    }

    /// The display name: words joined by spaces, encoded words decoded.
    fn name(&self) -> String {
        let mut name = String::new();
        for word in &self.words {
            let (Word::Quoted(text) | Word::Atom(text)) = word;
            if !name.is_empty() {
                name.push(' ');
            }
            name.push_str(text);
        }
        // Many mailers encode inside quotes, which RFC 2047 forbids and every reader decodes.
        encoded_word::decode(&name).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Candidates for bare addresses: `anna @ example . org` is one, `Anna anna@example.org` holds one.
    fn bare(&self) -> Vec<String> {
        let mut specs: Vec<String> = Vec::new();
        for word in &self.words {
            let text = match word {
                Word::Quoted(text) => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
                Word::Atom(text) => text.clone(),
            };
            match specs.last_mut() {
                Some(last) if last.ends_with(['@', '.']) || text.starts_with(['@', '.']) => last.push_str(&text),
                _ => specs.push(text),
            }
        }
        specs.retain(|spec| spec.contains('@'));
        specs
    }
}

enum Token {
    /// `,` or `;`.
    Separator,
    /// `:`.
    GroupStart,
    Comment,
    Quoted(String),
    /// The inside of angle brackets, without comments.
    Angle(String),
    Atom(String),
}

/// Cuts a header value into tokens. Whatever is left open reaches to the end.
struct Tokens<'a> {
    rest: &'a str,
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        self.rest = self.rest.trim_start();
        let first = self.rest.chars().next()?;
        let inner = &self.rest[first.len_utf8()..];
        match first {
            ',' | ';' => {
                self.rest = inner;
                Some(Token::Separator)
            }
            ':' => {
                self.rest = inner;
                Some(Token::GroupStart)
            }
            '(' => {
                self.rest = &inner[comment_length(inner)..];
                Some(Token::Comment)
            }
            '"' => {
                let end = closing_quote(inner).unwrap_or(inner.len());
                self.rest = inner.get(end + 1..).unwrap_or("");
                Some(Token::Quoted(unescape(&inner[..end])))
            }
            '<' => {
                let (text, length) = angle(inner);
                self.rest = &inner[length..];
                Some(Token::Angle(text))
            }
            '>' | ')' => {
                self.rest = inner;
                Some(Token::Comment)
            }
            '[' => {
                // A domain literal: its colons are no group.
                let end = self.rest.find([']', ',', '>']).map_or(self.rest.len(), |end| end + 1);
                let (text, rest) = self.rest.split_at(end);
                self.rest = rest;
                Some(Token::Atom(text.trim_end_matches([',', '>']).to_owned()))
            }
            _ => {
                let end = self
                    .rest
                    .find(|c: char| {
                        c.is_whitespace() || matches!(c, ',' | ';' | ':' | '(' | ')' | '"' | '<' | '>' | '[')
                    })
                    .unwrap_or(self.rest.len());
                let (text, rest) = self.rest.split_at(end);
                self.rest = rest;
                Some(Token::Atom(text.to_owned()))
            }
        }
    }
}

/// The length of a comment's rest, its closing parenthesis included; comments nest.
fn comment_length(text: &str) -> usize {
    let mut depth = 1usize;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => depth += 1,
            b')' => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    text.len()
}

/// Where the quoted string that began before `text` closes.
fn closing_quote(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(at),
            _ => {}
        }
    }
    None
}

/// The inside of `<...>` without comments, and its length with the bracket. A quoted local part may hold a `>`.
fn angle(text: &str) -> (String, usize) {
    let mut inside = String::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let after = at + c.len_utf8();
        match c {
            '>' => return (inside, after),
            '(' => at = after + comment_length(&text[after..]),
            '"' => {
                let end = closing_quote(&text[after..]).map_or(text.len(), |end| after + end + 1);
                inside.push_str(&text[at..end]);
                at = end;
            }
            c => {
                inside.push(c);
                at = after;
            }
        }
    }
    (inside, text.len())
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        out.extend(if c == '\\' { chars.next() } else { Some(c) });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_and_names_stay_names() {
        let cases: &[(&str, &[(&str, &str)])] = &[
            ("anna@example.org", &[("", "anna@example.org")]),
            ("<anna@example.org>", &[("", "anna@example.org")]),
            ("Anna Muster <anna@example.org>", &[("Anna Muster", "anna@example.org")]),
            (
                "\"Muster, Anna\" <anna@example.org>, b@example.org",
                &[("Muster, Anna", "anna@example.org"), ("", "b@example.org")],
            ),
            ("=?utf-8?q?J=C3=BCrgen?= =?utf-8?q?_M?= <j@example.org>", &[("Jürgen M", "j@example.org")]),
            ("\"=?utf-8?q?J=C3=BCrgen?=\" <j@example.org>", &[("Jürgen", "j@example.org")]),
            ("Jürgen <j@example.org>", &[("Jürgen", "j@example.org")]),
            ("anna@example.org (Anna)", &[("", "anna@example.org")]),
            ("(Meta) a(x)@(y)example.org", &[("", "a@example.org")]),
            ("anna @ example . org", &[("", "anna@example.org")]),
            ("undisclosed-recipients:;", &[]),
            ("Undisclosed recipients: ;", &[]),
            (
                "friends: a@example.org, B <b@example.org>; c@example.org",
                &[("", "a@example.org"), ("B", "b@example.org"), ("", "c@example.org")],
            ),
            ("mailto:anna@example.org", &[("", "anna@example.org")]),
            ("<@relay.example,@two.example:anna@example.org>", &[("", "anna@example.org")]),
            ("\"a b\"@example.org", &[("", "\"a b\"@example.org")]),
            ("<\"a>b\"@example.org>", &[("", "\"a>b\"@example.org")]),
            ("a@[192.0.2.1]", &[("", "a@[192.0.2.1]")]),
            ("a@[IPv6:2001:db8::1], b@example.org", &[("", "a@[IPv6:2001:db8::1]"), ("", "b@example.org")]),
            ("Facebook <instagram++abc@support.facebook.com>", &[("Facebook", "instagram++abc@support.facebook.com")]),
            // Names that look like addresses.
            ("\"security@facebookmail.com\" <x@evil.example>", &[("security@facebookmail.com", "x@evil.example")]),
            ("security@facebookmail.com <x@evil.example>", &[("security@facebookmail.com", "x@evil.example")]),
            (
                "=?utf-8?q?security=40facebookmail=2Ecom?= <x@evil.example>",
                &[("security@facebookmail.com", "x@evil.example")],
            ),
            ("=?utf-8?q?security=40facebookmail=2Ecom?=", &[]),
            // Two readings are two addresses.
            ("<a@facebookmail.com> <b@evil.example>", &[("", "a@facebookmail.com"), ("", "b@evil.example")]),
            ("<a@facebookmail.com> b@evil.example", &[("", "a@facebookmail.com"), ("", "b@evil.example")]),
            ("a@facebookmail.com b@evil.example", &[("", "a@facebookmail.com"), ("", "b@evil.example")]),
            ("a@facebookmail.com\u{0},b@evil.example", &[("", "b@evil.example")]),
            // No addresses.
            ("a@b@c.example", &[]),
            ("a@facebookmail.com@evil.example", &[]),
            ("<>", &[]),
            ("<MAILER-DAEMON>", &[]),
            ("@example.org", &[]),
            ("anna@", &[]),
            ("a@.example.org", &[]),
            ("Anna", &[]),
            ("", &[]),
            (",,;;", &[]),
            // Left open.
            ("\"Anna <anna@example.org>", &[]),
            ("Anna <anna@example.org", &[("Anna", "anna@example.org")]),
            ("(Anna <anna@example.org>", &[]),
        ];
        for (value, wanted) in cases {
            let found = list(value);
            let found: Vec<_> = found.iter().map(|address| (address.name.as_str(), address.addr.as_str())).collect();
            assert_eq!(found, *wanted, "{value:?}");
        }
    }

    #[test]
    fn a_long_list_is_cut() {
        assert_eq!(list(&"a@example.org,".repeat(5_000)).len(), MAX_ADDRESSES);
    }
}
