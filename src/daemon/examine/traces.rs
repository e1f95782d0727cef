//! Whose Authentication-Results the newest mails carry: pure.
//!
//! It proposes and never decides. Whether one mail's results are believed is for `mail::proof`, which knows more about places.

use std::collections::BTreeMap;

use super::Finding;
use crate::locale::{Locale, say};

/// The id that stands in the configuration for Outlook's results, which name nobody.
const NAMELESS: &str = "outlook";

/// What the newest mails say about who checks them. `blocks` are their Received and Authentication-Results fields; `trusted` the ids
/// in force, `configured` whether the person wrote them.
pub(super) fn finding(blocks: &[Vec<u8>], trusted: &[String], configured: bool, locale: &Locale) -> Finding {
    let mails = blocks.len();
    if mails == 0 {
        return Finding::note(say!(locale, "doc-auth-no-mail"), "");
    }
    let newest = say!(locale, "doc-auth-newest", count = mails);
    let is_trusted = |id: &str| trusted.iter().any(|trusted| trusted.trim().eq_ignore_ascii_case(id));
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let (mut checked, mut believed) = (0, 0);
    for ids in blocks.iter().map(|block| top_ids(block)) {
        checked += usize::from(!ids.is_empty());
        believed += usize::from(ids.iter().any(|id| is_trusted(id)));
        ids.into_iter().for_each(|id| *seen.entry(id).or_default() += 1);
    }
    // One mail can bring a forged id; half of all that were checked can not, unless the host checks nothing itself.
    let half = |count: usize| count > 0 && count * 2 >= checked;
    let named = |ids: &mut dyn Iterator<Item = (&String, &usize)>| {
        ids.map(|(id, count)| format!("{} ({count})", shown(id, locale))).collect::<Vec<_>>().join(", ")
    };
    // Together: some hosts have a name for each of their machines.
    if half(believed) {
        let how = if configured { "trusted_authserv_ids".to_owned() } else { say!(locale, "doc-auth-known") };
        let ids = named(&mut seen.iter().filter(|(id, _)| is_trusted(id)));
        return Finding::ok(say!(locale, "doc-auth-trusted", newest = newest, ids = ids, how = how));
    }
    let foreign: Vec<_> = seen.iter().filter(|(id, count)| half(**count) && !is_trusted(id)).collect();
    let expected = if configured && !trusted.is_empty() {
        say!(locale, "doc-auth-expected", ids = trusted.join(", "))
    } else {
        String::new()
    };
    if foreign.is_empty() && checked > 0 {
        return Finding::note(
            say!(locale, "doc-auth-many", newest = newest, count = seen.len(), expected = expected),
            say!(locale, "doc-auth-many-todo"),
        );
    }
    if foreign.is_empty() {
        return Finding::note(
            say!(locale, "doc-auth-none", newest = newest, expected = expected),
            say!(locale, "doc-auth-none-todo"),
        );
    }
    let ids: Vec<String> = trusted.iter().cloned().chain(foreign.iter().map(|(id, _)| (*id).clone())).collect();
    let list = ids.iter().map(|id| format!("\"{id}\"")).collect::<Vec<_>>().join(", ");
    let mut finding = Finding::note(
        {
            let ids = named(&mut foreign.iter().copied());
            say!(locale, "doc-auth-foreign", newest = newest, ids = ids, expected = expected)
        },
        say!(locale, "doc-auth-foreign-todo"),
    );
    finding.copy = Some(format!("trusted_authserv_ids = [{list}]"));
    finding
}

fn shown(id: &str, locale: &Locale) -> String {
    if id == NAMELESS { say!(locale, "doc-auth-nameless") } else { id.to_owned() }
}

/// The ids of results about DKIM that stand highest: above the first Received field, else below the first one (some hosts write
/// there, or deliver inside by one more hop). Further down anybody can have written them.
fn top_ids(block: &[u8]) -> Vec<String> {
    let mut ids: [Vec<String>; 2] = [Vec::new(), Vec::new()];
    let mut depth = 0;
    for (name, value) in fields(&String::from_utf8_lossy(block)) {
        if name.eq_ignore_ascii_case("Received") {
            depth += 1;
        } else if name.eq_ignore_ascii_case("Authentication-Results")
            && let (Some(ids), Some(id)) = (ids.get_mut(depth), authserv_id(&value))
            && !ids.contains(&id)
        {
            ids.push(id);
        }
    }
    let [above, below] = ids;
    if above.is_empty() { below } else { above }
}

/// The fields of a header block, unfolded.
fn fields(block: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in block.lines() {
        match (line.starts_with([' ', '\t']), fields.last_mut(), line.split_once(':')) {
            (true, Some((_, value)), _) => value.push_str(line),
            (false, _, Some((name, value))) => fields.push((name.trim_end().to_owned(), value.to_owned())),
            _ => {}
        }
    }
    fields
}

/// The id of a result that speaks of DKIM (RFC 8601, section 2.2), in lower case; [`NAMELESS`] where none is named.
///
/// `mx.example.org 1; dkim=pass ...`, `(comment) mx.example.org; ...`, `spf=pass ...; dkim=pass ...`.
fn authserv_id(value: &str) -> Option<String> {
    let bare = without_comments(value).to_ascii_lowercase();
    if !bare.contains("dkim=") {
        return None;
    }
    let first = bare.split(';').next()?;
    if first.contains('=') {
        return Some(NAMELESS.to_owned());
    }
    let id = first.split_whitespace().next()?.trim_matches('"');
    // It is proposed as a line of the configuration: nothing but what a host's name is made of.
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b':');
    let fits = !id.is_empty() && id.len() <= 100 && id.bytes().all(plain);
    fits.then(|| id.to_owned())
}

fn without_comments(value: &str) -> String {
    let mut depth = 0_usize;
    let mut bare = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECEIVED: &str = "Received: from a.example by b.example;\r\n Mon, 1 Jan 2025 00:00:00 +0000\r\n";
    const OWN: &str = "Authentication-Results: mx.example.org;\r\n\tdkim=pass header.d=example.com\r\n";
    const FORGED: &str = "Authentication-Results: mx.evil.example; dkim=pass\r\n";

    #[test]
    fn an_id_is_read_as_servers_write_it() {
        let cases = [
            ("mx.example.org; dkim=pass header.d=x", Some("mx.example.org")),
            (" MX.Example.org 1 ; dkim=none", Some("mx.example.org")),
            ("(by (nested) us) \"mx.example.org\"; spf=pass; dkim=fail", Some("mx.example.org")),
            ("spf=pass (sender IP is 192.0.2.1); dkim=pass", Some("outlook")),
            ("mx.example.org; spf=pass", None),
            ("mx.example.org; spf=pass (dkim=pass)", None),
            ("mx\"]\u{7}; dkim=pass", None),
            ("; dkim=pass", None),
            ("", None),
        ];
        for (value, id) in cases {
            assert_eq!(authserv_id(value).as_deref(), id, "{value}");
        }
    }

    #[test]
    fn only_what_stands_highest_is_counted() {
        let cases: [(String, &[&str]); 6] = [
            (format!("{OWN}{RECEIVED}{FORGED}"), &["mx.example.org"]),
            (format!("{RECEIVED}{OWN}{RECEIVED}{FORGED}"), &["mx.example.org"]),
            (format!("{RECEIVED}{RECEIVED}{FORGED}"), &[]),
            (format!("{OWN}{OWN}{RECEIVED}"), &["mx.example.org"]),
            (RECEIVED.to_owned(), &[]),
            (String::new(), &[]),
        ];
        for (block, ids) in cases {
            assert_eq!(top_ids(block.as_bytes()), ids, "{block}");
        }
    }

    fn found(blocks: &[&str], trusted: &[&str], configured: bool) -> (String, Option<String>) {
        let blocks: Vec<Vec<u8>> = blocks.iter().map(|block| block.as_bytes().to_vec()).collect();
        let trusted: Vec<String> = trusted.iter().map(|id| (*id).to_owned()).collect();
        let finding = finding(&blocks, &trusted, configured, Locale::of(crate::model::language::Lang::En));
        (format!("{:?}: {}", finding.level, finding.what), finding.copy)
    }

    #[test]
    fn what_was_seen_is_proposed_and_what_is_trusted_is_confirmed() {
        let own = format!("{OWN}{RECEIVED}");
        let forged = format!("{RECEIVED}{FORGED}");
        let machine = |number: u32| own.replace("mx.", &format!("mx{number}."));
        let propose = |line: &str| Some(line.to_owned());
        let cases = [
            (
                found(&[&own, &own], &[], false),
                "Note: the newest 2 mails: Authentication-Results of mx.example.org (2), not trusted",
                propose(r#"trusted_authserv_ids = ["mx.example.org"]"#),
            ),
            (
                found(&[&own, &own, &forged, RECEIVED], &["MX.example.org"], true),
                "Ok: the newest 4 mails: Authentication-Results of mx.example.org (2), trusted (trusted_authserv_ids)",
                None,
            ),
            (
                found(&[&own], &["mx.example.org"], false),
                "Ok: the newest mail: Authentication-Results of mx.example.org (1), trusted (known of this host)",
                None,
            ),
            (
                found(&[&own, &own, &own, &forged], &["mx.old.example"], true),
                "Note: the newest 4 mails: Authentication-Results of mx.example.org (3), not trusted, and none of mx.old.example (trusted_authserv_ids)",
                propose(r#"trusted_authserv_ids = ["mx.old.example", "mx.example.org"]"#),
            ),
            (
                found(&[RECEIVED, RECEIVED], &[], true),
                "Note: the newest 2 mails: no Authentication-Results that speak of DKIM",
                None,
            ),
            (
                found(&[&machine(1), &machine(2), &machine(3)], &[], false),
                "Note: the newest 3 mails: Authentication-Results of 3 servers, no one of them in half of the mails",
                None,
            ),
            (
                found(&[&machine(1), &machine(2), &machine(3)], &["mx1.example.org", "mx2.example.org"], false),
                "Ok: the newest 3 mails: Authentication-Results of mx1.example.org (1), mx2.example.org (1), trusted (known of this host)",
                None,
            ),
            (
                found(&[], &[], false),
                "Note: no mail is there yet that could show who checks mails for this mailbox",
                None,
            ),
        ];
        for ((shown, copy), expected, line) in cases {
            assert_eq!((shown.as_str(), copy), (expected, line));
        }
    }
}
