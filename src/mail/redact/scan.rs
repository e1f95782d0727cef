//! Where a text says something about a person: links, addresses, names, numbers, tokens.
//!
//! One pass from left to right; what is found first at a place wins. Telling a number or a token goes by its shape alone, so that a
//! placeholder is found again as what it stands for.

use super::fold::{Seen, plain};

/// No scheme of an app is longer.
const MAX_SCHEME: usize = 32;
/// Digits and dots of an IPv4 address, and one more that tells that it is none.
const MAX_IPV4: usize = 16;
/// An IPv6 address with an IPv4 address in it (RFC 4291 section 2.2).
const MAX_IPV6: usize = 45;
/// A number has no more groups.
const MAX_GROUPS: usize = 8;

/// What was found at a place, and over how many characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Find {
    /// `https://...`, `www....`, `fb://...`.
    Link(usize),
    /// `ruby@example.com`, also `ruby%40example.com`.
    Address(usize),
    /// `@sunnyflower`: the sign and the name.
    Mention(usize),
    /// `+49 170 1234567`, `654 321`, `192.0.2.1`.
    Grouped(usize),
    /// Five digits or more.
    Number(usize),
    /// Letters and digits at random.
    Token(usize),
}

/// What begins at `seen[at]`, names aside.
pub fn find(seen: &[Seen], at: usize) -> Option<Find> {
    link(seen, at).or_else(|| address(seen, at)).or_else(|| mention(seen, at))
}

/// Which number or token begins at `seen[at]`.
pub fn find_number(seen: &[Seen], at: usize) -> Option<Find> {
    grouped(seen, at).or_else(|| token(seen, at)).or_else(|| number(seen, at))
}

fn c(seen: &[Seen], at: usize) -> Option<char> {
    seen.get(at).map(|seen| seen.c)
}

fn before(seen: &[Seen], at: usize) -> Option<char> {
    at.checked_sub(1).and_then(|at| c(seen, at))
}

/// How many characters from `at` on fulfil this.
fn run(seen: &[Seen], at: usize, fits: impl Fn(char) -> bool) -> usize {
    seen.iter().skip(at).take_while(|seen| fits(seen.c)).count()
}

/// Like [`run`], where every place of a long run could begin one: bounds the time that a hostile text costs.
fn run_within(seen: &[Seen], at: usize, limit: usize, fits: impl Fn(char) -> bool) -> usize {
    seen.iter().skip(at).take(limit).take_while(|seen| fits(seen.c)).count()
}

fn starts_with(seen: &[Seen], at: usize, text: &str) -> bool {
    text.chars()
        .enumerate()
        .all(|(offset, wanted)| c(seen, at + offset).is_some_and(|c| c.eq_ignore_ascii_case(&wanted)))
}

fn link(seen: &[Seen], at: usize) -> Option<Find> {
    let first = c(seen, at)?;
    if !first.is_ascii_alphabetic() || before(seen, at).is_some_and(|c| c.is_ascii_alphanumeric()) {
        return None;
    }
    let scheme = run_within(seen, at, MAX_SCHEME, |c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-'));
    if !starts_with(seen, at + scheme, "://") && !starts_with(seen, at, "www.") {
        return None;
    }
    let inside = |c: char| !c.is_whitespace() && !matches!(c, '<' | '>' | '"' | '“' | '”' | '„' | '«' | '»');
    let mut length = run(seen, at, inside);
    while let Some('.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '\'' | '*') = c(seen, at + length - 1) {
        length -= 1;
    }
    (length > 4).then_some(Find::Link(length))
}

fn is_local(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-')
}

fn address(seen: &[Seen], at: usize) -> Option<Find> {
    let touches = before(seen, at).is_some_and(is_local);
    if touches || !c(seen, at).is_some_and(|c| is_local(c) && c != '%') {
        return None;
    }
    let is_domain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    let local = run(seen, at, is_local);
    let domain_at = if c(seen, at + local) == Some('@') {
        at + local + 1
    } else {
        // `ruby%40example.com`, where a link was printed and broken.
        let encoded = (1..local).find(|offset| starts_with(seen, at + offset, "%40"))?;
        at + encoded + 3
    };
    let mut domain = run(seen, domain_at, is_domain);
    while domain > 0 && matches!(c(seen, domain_at + domain - 1), Some('.' | '-')) {
        domain -= 1;
    }
    (domain > 0).then_some(Find::Address(domain_at + domain - at))
}

fn mention(seen: &[Seen], at: usize) -> Option<Find> {
    if c(seen, at) != Some('@') || before(seen, at).is_some_and(is_local) {
        return None;
    }
    let mut name = run(seen, at + 1, |c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_'));
    while name > 0 && c(seen, at + name) == Some('.') {
        name -= 1;
    }
    (name > 1).then_some(Find::Mention(name + 1))
}

/// Groups of digits that are one number.
fn grouped(seen: &[Seen], at: usize) -> Option<Find> {
    let first = c(seen, at)?;
    let opens = matches!(first, '+' | '(') && c(seen, at + 1).is_some_and(|c| c.is_ascii_digit());
    if !(first.is_ascii_digit() || opens) || before(seen, at).is_some_and(|c| c.is_alphanumeric()) {
        return None;
    }
    if let Some(length) = ip_address(seen, at) {
        return Some(Find::Grouped(length));
    }
    let start = at + usize::from(opens);
    let groups = groups(seen, start, opens);
    let digits = |count: usize| groups.iter().take(count).map(|(from, to)| to - from).sum::<usize>();
    let end = |count: usize| groups.get(count.checked_sub(1)?).map(|(_, to)| to - at);
    // A telephone number: abroad, with its area in brackets, or with its leading zeros.
    let zeros = run(seen, start, |c| c == '0');
    let leads = opens || ((1..=2).contains(&zeros) && c(seen, start + zeros).is_some_and(|c| c.is_ascii_digit()));
    if leads && groups.len() > 1 && digits(groups.len()) >= 7 && !is_date(seen, &groups) {
        return end(groups.len()).map(Find::Grouped);
    }
    // A code or a case in groups of three or more. Years are none of it.
    let long = groups.iter().take_while(|(from, to)| to - from >= 3).count();
    let is_year = |(from, to): &(usize, usize)| {
        to - from == 4 && (starts_with(seen, *from, "19") || starts_with(seen, *from, "20"))
    };
    if long > 1 && !groups.iter().take(long).all(is_year) { end(long).map(Find::Grouped) } else { None }
}

/// The groups of digits that single separators divide, as places in `seen`.
fn groups(seen: &[Seen], start: usize, dotted: bool) -> Vec<(usize, usize)> {
    let mut groups = Vec::new();
    let mut from = start;
    loop {
        let length = run(seen, from, |c| c.is_ascii_digit());
        // Digits that go on as a word are part of it: `1234567ruby@example.com`.
        let goes_on = c(seen, from + length).is_some_and(|c| c.is_alphabetic() || matches!(c, '@' | '_' | '%'));
        if length == 0 || goes_on || groups.len() == MAX_GROUPS {
            return groups;
        }
        groups.push((from, from + length));
        let separator = |c: char| matches!(c, ' ' | '\u{a0}' | '-' | '/' | '(' | ')') || (dotted && c == '.');
        let gap = run(seen, from + length, separator);
        if gap == 0 || gap > 2 {
            return groups;
        }
        from += length + gap;
    }
}

/// `05/20/2025`, `05-05-25`.
fn is_date(seen: &[Seen], groups: &[(usize, usize)]) -> bool {
    let lengths: Vec<usize> = groups.iter().map(|(from, to)| to - from).collect();
    let marks: Vec<char> = groups.iter().filter_map(|(_, to)| c(seen, *to)).collect();
    matches!(lengths.as_slice(), [1 | 2, 1 | 2, 2 | 4, ..]) && matches!(marks.as_slice(), ['/' | '-', '/' | '-', ..])
}

fn ip_address(seen: &[Seen], at: usize) -> Option<usize> {
    let v4 = run_within(seen, at, MAX_IPV4, |c| c.is_ascii_digit() || c == '.');
    let text = plain(seen.get(at..at + v4)?);
    let text = text.trim_end_matches('.');
    let parts: Vec<&str> = text.split('.').collect();
    let fits = parts.len() == 4 && parts.iter().all(|part| (1..=3).contains(&part.len()));
    fits.then_some(text.len())
}

fn number(seen: &[Seen], at: usize) -> Option<Find> {
    if before(seen, at).is_some_and(|c| c.is_ascii_digit()) {
        return None;
    }
    let length = run(seen, at, |c| c.is_ascii_digit());
    (length >= 5).then_some(Find::Number(length))
}

fn token(seen: &[Seen], at: usize) -> Option<Find> {
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if before(seen, at).is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
        || !c(seen, at).is_some_and(inside)
    {
        return None;
    }
    let length = run(seen, at, inside);
    // `GPT4-Modelle-für`: what goes on with an umlaut is a word.
    if c(seen, at + length).is_some_and(char::is_alphanumeric) {
        return None;
    }
    let text = plain(seen.get(at..at + length)?);
    if is_token(&text) {
        return Some(Find::Token(length));
    }
    // IPv6 addresses have colons, and so do times: those have two at most.
    let address = run_within(seen, at, MAX_IPV6, |c| c.is_ascii_hexdigit() || c == ':');
    let colons = seen.iter().skip(at).take(address).filter(|seen| seen.c == ':').count();
    (colons > 2 && address > 7).then_some(Find::Token(address))
}

/// Whether letters and digits are mixed as nobody writes words: `zj4oc2k`, `4bc1e7f4999675507ac8aac3`, not `16-year-old`.
fn is_token(text: &str) -> bool {
    let mixed = |part: &str| {
        let digits = part.bytes().filter(u8::is_ascii_digit).count();
        let letters = part.bytes().filter(u8::is_ascii_alphabetic).count();
        (digits, letters)
    };
    let part_is_mixed = text.split(['-', '_']).any(|part| {
        let (digits, letters) = mixed(part);
        part.len() >= 6 && digits >= 2 && letters >= 2
    });
    let (digits, letters) = mixed(text);
    let bytes = text.as_bytes();
    let rises = bytes.windows(2).filter(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase()).count();
    part_is_mixed || (text.len() >= 16 && ((digits >= 4 && letters >= 2) || rises >= 3))
}

#[cfg(test)]
mod tests {
    use super::super::fold::fold;
    use super::*;

    /// Everything found, in square brackets.
    fn marked(text: &str) -> String {
        let seen = fold(text);
        let mut out = String::new();
        let mut at = 0;
        while at < seen.len() {
            let found = find(&seen, at).or_else(|| find_number(&seen, at));
            let length = match found {
                Some(
                    Find::Link(length)
                    | Find::Address(length)
                    | Find::Mention(length)
                    | Find::Grouped(length)
                    | Find::Number(length)
                    | Find::Token(length),
                ) => length,
                None => 0,
            };
            if length == 0 {
                out.push(seen[at].c);
                at += 1;
            } else {
                out.push_str(&format!("[{}]", plain(&seen[at..at + length])));
                at += length;
            }
        }
        out
    }

    #[test]
    fn what_is_personal_is_found_and_what_is_not_stays() {
        let cases = [
            ("see https://www.facebook.com/x?y=1. Or", "see [https://www.facebook.com/x?y=1]. Or"),
            ("(www.example.com), fb://profile/1", "([www.example.com]), [fb://profile/1]"),
            ("to ruby.t+x@mail.example.com.", "to [ruby.t+x@mail.example.com]."),
            ("<case++1@support.facebook.com>", "<[case++1@support.facebook.com]>"),
            ("n_m=ruby%40example.com x", "n_m=[ruby%40example.com] x"),
            ("hey @sunny.flower. you @ home", "hey [@sunny.flower]. you @ home"),
            ("code 123456 or 654 321, FB-12345", "code [123456] or [654 321], FB-[12345]"),
            ("code 123\u{200b}456", "code [123456]"),
            (
                "call +49 170 1234567 or (030) 123-456 or 0170/123 45 67",
                "call [+49 170 1234567] or [(030) 123-456] or [0170/123 45 67]",
            ),
            ("from 192.0.2.25 and 2001:db8:0:1::25", "from [192.0.2.25] and [2001:db8:0:1::25]"),
            (
                "ref zj4oc2k and 550e8400-e29b-41d4-a716-446655440000",
                "ref [zj4oc2k] and [550e8400-e29b-41d4-a716-446655440000]",
            ),
            ("key AbCdEfGhIjKlMnOpQr", "key [AbCdEfGhIjKlMnOpQr]"),
            // Near misses.
            ("On 2025-05-20 at 14:03:11, 20.05.2025, 05/20/2025", "On 2025-05-20 at 14:03:11, 20.05.2025, 05/20/2025"),
            (
                "2024-2025, 2024 2025, Art. 21, 16-year-old, 4 Grand Canal",
                "2024-2025, 2024 2025, Art. 21, 16-year-old, 4 Grand Canal",
            ),
            ("GPT-4o, font-size:16px, h264, 1.2.3, a@, @", "GPT-4o, font-size:16px, h264, 1.2.3, a@, @"),
            ("Datenschutzgrundverordnung, KI-Modelle", "Datenschutzgrundverordnung, KI-Modelle"),
        ];
        for (text, wanted) in cases {
            assert_eq!(marked(text), wanted, "{text}");
        }
    }
}
