//! Where links lead, without following one.
//!
//! Hosts are read the way browsers read them (WHATWG URL), because that is where a click would go: user names, ports and
//! backslashes do not hide a host. A host outside ASCII is kept as it is instead of being turned into punycode; it is
//! none of Meta's either way.

use crate::model::message::Link;

use super::transfer::hex_byte;

/// More different links than any real mail has.
const MAX_LINKS: usize = 1_000;

/// The host noted for links that were not read because there is too much of the mail: nobody's (RFC 2606), so that a mail which
/// hides a link behind its size does not pass for one without foreign links.
pub const UNREAD: &str = "unread.invalid";

/// No address is longer (RFC 5321 section 4.5.3.1).
const MAX_RECIPIENT: usize = 320;

/// Meta's hosts that lead on to wherever their parameter `u` says.
const REDIRECTS: &[&str] = &["l.facebook.com", "lm.facebook.com", "l.instagram.com", "l.threads.com", "l.threads.net"];

/// The numbers of Meta's forms have fifteen or sixteen digits.
const FORM_DIGITS: std::ops::RangeInclusive<usize> = 10..=20;

/// What makes one link another: all that is kept of it.
type Seen = (String, Option<String>, Option<String>);

/// The different links of a mail, in order.
#[derive(Debug, Default)]
pub struct Links {
    found: Vec<Link>,
    seen: std::collections::BTreeSet<Seen>,
    overflowed: bool,
}

impl Links {
    /// Notes the link that an `href` leads to. `mailto:`, `tel:`, `#top` and the like are none.
    pub fn add_href(&mut self, href: &str) {
        if let Some(link) = link_of(href) {
            self.add(link);
        }
    }

    /// Notes every `http://`, `https://` and `www.` of a plain text.
    pub fn add_text(&mut self, text: &str) {
        for url in urls_in(text) {
            self.add_href(&url);
            if self.overflowed {
                return;
            }
        }
    }

    /// Notes that there is more of the mail than was read.
    pub fn add_unread(&mut self) {
        self.overflowed = self.overflowed || self.push(Link { host: UNREAD.to_owned(), recipient: None, form: None });
    }

    /// The links found.
    pub fn into_vec(self) -> Vec<Link> {
        self.found
    }

    fn add(&mut self, link: Link) {
        if self.found.len() >= MAX_LINKS && !self.seen.contains(&seen(&link)) {
            self.add_unread();
        } else if !self.overflowed {
            self.push(link);
        }
    }

    /// Whether the link was a new one.
    fn push(&mut self, link: Link) -> bool {
        let new = self.seen.insert(seen(&link));
        if new {
            self.found.push(link);
        }
        new
    }
}

fn seen(link: &Link) -> Seen {
    (link.host.clone(), link.recipient.clone(), link.form.clone())
}

/// The link an `href` is, if it leads to a web page.
fn link_of(href: &str) -> Option<Link> {
    // Browsers drop these inside a URL and around it.
    let url: String =
        href.trim_matches(|c: char| c <= ' ').chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    if url.is_empty() || url.starts_with(['#', '?']) {
        return None;
    }
    let (recipient, form) = (recipient_in(&url), form_in(&url));
    let after_scheme = match scheme_of(&url) {
        Some((scheme, rest)) if matches!(scheme.as_str(), "http" | "https" | "ftp") => rest,
        Some(_) => return None, // mailto:, tel:, cid:, javascript:, an app's own scheme: no host
        None if url.starts_with("//") || url.starts_with("\\\\") || url.starts_with("/\\") => url.as_str(),
        None if url.to_ascii_lowercase().starts_with("www.") => url.as_str(),
        // A relative link leads nowhere in a mail.
        None => return Some(Link { host: String::new(), recipient, form: None }),
    };
    let host = host_of(after_scheme);
    let host = if REDIRECTS.contains(&host.as_str()) { target_of(&url).unwrap_or(host) } else { host };
    Some(Link { host, recipient, form })
}

/// The host to which a redirect leads: `l.facebook.com/l.php?u=https%3A%2F%2Fevil.example%2F`.
fn target_of(url: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    let target = query.split(['&', ';']).find_map(|pair| pair.strip_prefix("u="))?;
    let target = String::from_utf8_lossy(&percent_decoded(target)).into_owned();
    let (_, after_scheme) = scheme_of(&target)?;
    Some(host_of(after_scheme)).filter(|host| !host.is_empty())
}

/// The scheme in lower case, and what follows its colon.
pub(super) fn scheme_of(url: &str) -> Option<(String, &str)> {
    let (scheme, rest) = url.split_once(':')?;
    let mut chars = scheme.chars();
    let fine =
        chars.next()?.is_ascii_alphabetic() && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    fine.then(|| (scheme.to_ascii_lowercase(), rest))
}

/// The host after `http:`: between the slashes (however many, either way round) and the path, without user and port.
pub(super) fn host_of(after_scheme: &str) -> String {
    let authority = after_scheme.trim_start_matches(['/', '\\']);
    let authority = &authority[..authority.find(['/', '\\', '?', '#']).unwrap_or(authority.len())];
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = if host.starts_with('[') {
        host.find(']').map_or("", |end| &host[..=end])
    } else {
        host.split(':').next().unwrap_or("")
    };
    let host = String::from_utf8_lossy(&percent_decoded(host)).to_lowercase();
    let host = host.trim_end_matches('.');
    let unreadable =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '^' | '|' | '%' | '/' | '\\' | '"');
    if host.contains(unreadable) { String::new() } else { host.to_owned() }
}

/// The address in the parameter `n_m`, which Meta's links carry: `...&n_m=anna%40example.org`.
fn recipient_in(url: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    let query = query.split('#').next().unwrap_or(query);
    let value = query.split(['&', ';', '?']).find_map(|pair| pair.strip_prefix("n_m="))?;
    let address = String::from_utf8(percent_decoded(value)).ok()?;
    let fine = address.len() <= MAX_RECIPIENT
        && address.contains('@')
        && !address.contains(|c: char| c.is_control() || c.is_whitespace());
    fine.then_some(address)
}

/// The number behind `contact/`, as on `www.facebook.com/help/contact/N` and `help.instagram.com/contact/N`; also where a tracking link
/// names its target percent-encoded (`/n/?help%2Fcontact%2FN`).
fn form_in(url: &str) -> Option<String> {
    let decoded = String::from_utf8_lossy(&percent_decoded(url)).into_owned();
    let mut rest = decoded.as_str();
    while let Some((_, behind)) = rest.split_once("contact/") {
        let length = behind.bytes().take_while(u8::is_ascii_digit).count();
        if FORM_DIGITS.contains(&length) {
            return behind.get(..length).map(str::to_owned);
        }
        rest = behind;
    }
    None
}

pub(super) fn percent_decoded(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        rest = tail;
        match (first, tail.first_chunk::<2>().and_then(hex_byte)) {
            (b'%', Some(byte)) => {
                out.push(byte);
                rest = &tail[2..];
            }
            (byte, _) => out.push(*byte),
        }
    }
    out
}

/// The URLs that a mail reader would make clickable in a plain text.
fn urls_in(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”' | '„' | '«' | '»')).filter_map(
        |word| {
            // `to_ascii_lowercase` keeps every byte where it is.
            let lower = word.to_ascii_lowercase();
            let start = ["http://", "https://"].iter().filter_map(|scheme| lower.find(scheme)).min().or_else(|| {
                let start = lower.find("www.")?;
                let before = lower[..start].chars().next_back();
                before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '@' | '.' | '-')).then_some(start)
            })?;
            Some(word[start..].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '*']).to_owned())
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_where_a_browser_would_go() {
        let cases = [
            ("https://www.facebook.com/help", "www.facebook.com"),
            ("HTTPS://WWW.Facebook.COM", "www.facebook.com"),
            ("https://facebook.com@evil.example/", "evil.example"),
            ("https://facebook.com:80@evil.example:443/x", "evil.example"),
            ("https://evil.example\\@facebook.com/", "evil.example"),
            ("https:\\\\evil.example\\facebook.com", "evil.example"),
            ("https:/evil.example", "evil.example"),
            ("https:evil.example", "evil.example"),
            ("https:////evil.example/", "evil.example"),
            ("//evil.example/x", "evil.example"),
            ("https://evil.example?facebook.com", "evil.example"),
            ("https://evil.example#facebook.com", "evil.example"),
            ("https://facebook.com.evil.example/", "facebook.com.evil.example"),
            ("https://www.facebook.com./", "www.facebook.com"),
            (" https://www.face\nbook.com/\t", "www.facebook.com"),
            ("https://%65vil.example/", "evil.example"),
            ("https://evil%2eexample/", "evil.example"),
            ("https://xn--fcebook-8va.com/", "xn--fcebook-8va.com"),
            ("https://FÀCEBOOK.com/", "fàcebook.com"),
            ("https://[2001:db8::1]:443/", "[2001:db8::1]"),
            ("http://192.0.2.1/", "192.0.2.1"),
            ("ftp://evil.example/x", "evil.example"),
            ("www.evil.example/x", "www.evil.example"),
            ("https://l.facebook.com/l.php?u=https%3A%2F%2Fevil.example%2Fx&h=AT1", "evil.example"),
            ("https://l.instagram.com/?e=1&u=https%3A%2F%2Fwww.facebook.com%2Fhelp", "www.facebook.com"),
            ("https://l.facebook.com/l.php?h=AT1", "l.facebook.com"),
            ("https://www.facebook.com/l.php?u=https%3A%2F%2Fevil.example%2F", "www.facebook.com"),
            ("help/contact", ""),
            ("https://", ""),
            ("https://a b.example/", ""),
        ];
        for (href, host) in cases {
            assert_eq!(link_of(href).map(|link| link.host).as_deref(), Some(host), "{href:?}");
        }
        for href in [
            "mailto:a@evil.example",
            "tel:+49",
            "cid:1@x",
            "javascript:alert(1)",
            "#top",
            "?x",
            "",
            " ",
            "data:text/html,x",
        ] {
            assert_eq!(link_of(href), None, "{href:?}");
        }
    }

    #[test]
    fn the_recipient_is_read_from_metas_parameter() {
        let cases = [
            ("https://www.facebook.com/n/?a&n_m=anna%40example.org&x=1", Some("anna@example.org")),
            ("https://www.facebook.com/n/?n_m=anna%2Bfb%40example.org#y", Some("anna+fb@example.org")),
            ("https://www.facebook.com/n/?n_m=anna+fb@example.org", Some("anna+fb@example.org")),
            ("https://www.facebook.com/n/?xn_m=anna%40example.org", None),
            ("https://www.facebook.com/n/?n_m=anna", None),
            ("https://www.facebook.com/n/?n_m=anna%40%0aexample.org", None),
            ("https://www.facebook.com/n_m=anna%40example.org", None),
        ];
        for (href, recipient) in cases {
            assert_eq!(link_of(href).and_then(|link| link.recipient).as_deref(), recipient, "{href:?}");
        }
    }

    #[test]
    fn the_number_of_a_form_is_read_wherever_the_link_names_it() {
        let cases = [
            ("https://www.facebook.com/help/contact/712876720715583", Some("712876720715583")),
            ("https://help.instagram.com/contact/767264225370182?ref=1", Some("767264225370182")),
            ("https://www.facebook.com/n/?help%2Fcontact%2F712876720715583&n_m=a%40b.example", Some("712876720715583")),
            ("https://www.facebook.com/help/contact/", None),
            ("https://www.facebook.com/help/contact/12", None),
            ("https://www.facebook.com/help/contact/contact/712876720715583/x", Some("712876720715583")),
            ("https://www.facebook.com/712876720715583", None),
        ];
        for (href, form) in cases {
            assert_eq!(link_of(href).and_then(|link| link.form).as_deref(), form, "{href:?}");
        }
    }

    #[test]
    fn urls_are_found_in_plain_text() {
        let text = "Siehe https://www.facebook.com/help. (www.instagram.com), <http://a.example/x>; mail@www.none.example \
                    nichtwww.none.example HTTP://B.example";
        let mut links = Links::default();
        links.add_text(text);
        let hosts: Vec<_> = links.into_vec().into_iter().map(|link| link.host).collect();
        assert_eq!(hosts, ["www.facebook.com", "www.instagram.com", "a.example", "b.example"]);
    }

    #[test]
    fn links_are_noted_once_and_too_many_are_noted_as_nobodys() {
        let mut links = Links::default();
        for n in 0..5_000 {
            links.add_href("https://www.facebook.com/");
            links.add_href(&format!("https://h{n}.example/"));
        }
        let links = links.into_vec();
        assert_eq!(
            (links.len(), links[0].host.as_str(), links[MAX_LINKS].host.as_str()),
            (1_001, "www.facebook.com", UNREAD)
        );
    }
}
