//! Links without what they say about their reader: the host stays where it is Meta's, the rest becomes placeholders.

use super::{Redactor, Sort};
use crate::mail::links::{host_of, percent_decoded, scheme_of};

/// Hosts that are Meta's without sending mail: shorteners, pictures, apps. A rule's author must see that a link led there. From
/// general knowledge, read in no source: it only decides what a redacted mail shows.
const METAS_TOO: &[&str] = &[
    "fbcdn.net",
    "cdninstagram.com",
    "fbsbx.com",
    "facebook.net",
    "fb.me",
    "ig.me",
    "instagr.am",
    "messenger.com",
    "m.me",
    "meta.ai",
    "threads.com",
    "oculus.com",
    "wa.me",
];

/// Parts of paths that are the same for everybody. Everything else in a path may name somebody.
const PUBLIC_SEGMENTS: &[&str] = &[
    "about",
    "account",
    "accounts",
    "accounts_center",
    "accountscenter",
    "ads",
    "business",
    "confirm",
    "contact",
    "genai",
    "help",
    "index.html",
    "index.php",
    "l.php",
    "legal",
    "login",
    "n",
    "notifications",
    "objection",
    "opt-out",
    "policies",
    "policy",
    "privacy",
    "r.php",
    "rsrc.php",
    "security",
    "settings",
    "support",
    "terms",
    "unsubscribe",
    "x",
    "email_open_log_pic.php",
    "o.php",
];

/// Schemes whose name says nothing about the reader.
const KNOWN_SCHEMES: &[&str] =
    &["tel", "sms", "cid", "mid", "data", "javascript", "fb", "instagram", "threads", "whatsapp"];

impl Redactor<'_> {
    /// A link as it may be published. It leads to the same host when that is Meta's, and to a foreign one when it was foreign.
    pub fn link(&mut self, raw: &str) -> String {
        let url: String = raw.trim().chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
        let redacted = match scheme_of(&url) {
            Some((scheme, rest)) if matches!(scheme.as_str(), "http" | "https" | "ftp") => {
                format!("{scheme}://{}", self.after_scheme(rest))
            }
            Some((scheme, rest)) if scheme == "mailto" => {
                let address =
                    String::from_utf8_lossy(&percent_decoded(rest.split('?').next().unwrap_or(rest))).into_owned();
                format!("mailto:{}", if address.contains('@') { self.address(&address) } else { String::new() })
            }
            Some((scheme, rest)) => {
                let known = KNOWN_SCHEMES.iter().find(|known| **known == scheme).copied().unwrap_or("link");
                // The slashes make it a link in a text.
                let (slashes, rest) = rest.strip_prefix("//").map_or(("", rest), |rest| ("//", rest));
                format!("{known}:{slashes}{}", self.shapes.of(rest))
            }
            None if url.starts_with("//") || url.starts_with("\\\\") || url.starts_with("/\\") => {
                format!("//{}", self.after_scheme(&url))
            }
            None if url.to_ascii_lowercase().starts_with("www.") => {
                let (host, rest) = url.split_at(url.find(['/', '\\', '?', '#']).unwrap_or(url.len()));
                // A text's link is told by its `www.`; the placeholder of a foreign host has none of its own.
                let host = self.host(&host_of(host));
                let www = if host.starts_with("www.") { "" } else { "www." };
                format!("{www}{host}{}", self.path(rest))
            }
            None => self.path(&url),
        };
        self.count_if(Sort::Link, redacted != raw);
        redacted
    }

    /// Host and everything behind it. A user name that looks like one of Meta's hosts is a trick worth keeping.
    fn after_scheme(&mut self, rest: &str) -> String {
        let inner = rest.trim_start_matches(['/', '\\']);
        let (authority, path) = inner.split_at(inner.find(['/', '\\', '?', '#']).unwrap_or(inner.len()));
        let user = authority.rsplit_once('@').map(|(user, _)| user.split(':').next().unwrap_or(user));
        let user = match user {
            Some(user) if self.rules.is_sender_domain(user) => format!("{}@", self.host(user)),
            Some(_) => "user@".to_owned(),
            None => String::new(),
        };
        let host = self.host(&host_of(rest));
        format!("{user}{host}{}", self.path(path))
    }

    /// A host as it may be published: Meta's as it is, every other as `host1.example`.
    pub fn host(&mut self, host: &str) -> String {
        let within =
            |domain: &&str| host.strip_suffix(*domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        if host.is_empty() {
            return String::new();
        }
        let domain = METAS_TOO.iter().copied().find(within);
        if self.rules.is_sender_domain(host) || domain.is_some() {
            // Meta's own domain has no digits; names and machine numbers before it go.
            return host.split('.').map(|label| self.text(label)).collect::<Vec<_>>().join(".");
        }
        let bare = host.strip_prefix("www.").unwrap_or(host).to_owned();
        let next = self.hosts.len() + 1;
        let number = *self.hosts.entry(bare.clone()).or_insert(next);
        let placeholder = format!("host{number}.example");
        self.count_if(Sort::Host, placeholder != bare);
        placeholder
    }

    fn path(&mut self, text: &str) -> String {
        let (text, fragment) = text.split_once('#').map_or((text, None), |(text, fragment)| (text, Some(fragment)));
        let (path, query) = text.split_once('?').map_or((text, None), |(path, query)| (path, Some(query)));
        let segments: Vec<String> = path.split(['/', '\\']).map(|segment| self.segment(segment)).collect();
        let mut out = segments.join("/");
        if let Some(query) = query {
            let pairs: Vec<String> = query.split(['&', ';']).map(|pair| self.pair(pair)).collect();
            out.push('?');
            out.push_str(&pairs.join("&"));
        }
        if let Some(fragment) = fragment {
            out.push('#');
            out.push_str(&self.opaque(fragment));
        }
        out
    }

    fn segment(&mut self, segment: &str) -> String {
        // Forms of the help centre that rules ask for by their number are the same for everybody.
        let is_form = segment.len() >= 10 && segment.bytes().all(|byte| byte.is_ascii_digit());
        if PUBLIC_SEGMENTS.contains(&segment.to_ascii_lowercase().as_str()) || is_form && self.common.contains(segment)
        {
            segment.to_owned()
        } else {
            self.opaque(segment)
        }
    }

    /// A parameter: its name stays where it is a word, its value never. `n_m=` keeps being an address, rules look at it.
    fn pair(&mut self, pair: &str) -> String {
        let Some((key, value)) = pair.split_once('=') else { return self.opaque(pair) };
        let is_word = key.len() <= 12 && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        let key = if is_word { self.text(key) } else { self.opaque(key) };
        let decoded = String::from_utf8_lossy(&percent_decoded(value)).into_owned();
        if decoded.contains('@') && !decoded.contains(|c: char| c.is_whitespace() || c.is_control()) {
            let address = self.address(&decoded).replace('%', "%25").replace('+', "%2B").replace('@', "%40");
            return format!("{key}={address}");
        }
        // Where a redirect leads decides whether the link is foreign; to which page does not.
        if key == "u"
            && let Some((scheme @ ("http" | "https"), rest)) =
                scheme_of(&decoded).as_ref().map(|(scheme, rest)| (scheme.as_str(), *rest))
        {
            return format!("u={scheme}%3A%2F%2F{}%2F", self.host(&host_of(rest)));
        }
        format!("{key}={}", self.opaque(value))
    }

    fn opaque(&mut self, text: &str) -> String {
        let decoded = String::from_utf8_lossy(&percent_decoded(text)).into_owned();
        self.shapes.of(&decoded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::links::Links;
    use crate::rules::RuleSet;

    #[test]
    fn a_link_keeps_its_host_and_loses_its_reader() {
        let rules = RuleSet::shipped_once();
        let common = rules.vocabulary();
        let cases = [
            ("https://www.facebook.com/help", "https://www.facebook.com/help"),
            (
                "https://www.facebook.com/n/?sunny&n_m=ruby%40example.com&mid=5f3a9#tok9",
                "https://www.facebook.com/n/?xxxxa&n_m=anna%40example.org&mid=0x0x1#xxx1",
            ),
            (
                "https://help.instagram.com/contact/767264225370182?ref=AbC",
                "https://help.instagram.com/contact/767264225370182?ref=XxA",
            ),
            (
                "https://www.facebook.com/help/contact/767264225370183",
                "https://www.facebook.com/help/contact/000000000000001",
            ),
            (
                "https://l.facebook.com/l.php?u=https%3A%2F%2Fevil.example%2Fruby&h=AT1",
                "https://l.facebook.com/l.php?u=https%3A%2F%2Fhost1.example%2F&h=XX1",
            ),
            ("https://www.instagram.com/sunnyflower/", "https://www.instagram.com/xxxxxxxxxxa/"),
            ("https://evil.example/ruby?x", "https://host1.example/xxxa?a"),
            ("HTTPS:\\\\www.evil.example:8080\\a", "https://host1.example/a"),
            ("https://www.facebook.com@login.example/confirm", "https://www.facebook.com@host1.example/confirm"),
            ("https://ruby:secret@example.com/", "https://user@host1.example/"),
            ("//evil.example", "//host1.example"),
            ("www.evil.example/x", "www.host1.example/x"),
            ("www.facebook.com", "www.facebook.com"),
            ("https://scontent-fra5-1.xx.fbcdn.net/v/t1", "https://scontent-fra5-1.xx.fbcdn.net/a/x1"),
            ("mailto:ruby%40example.com?subject=Ruby", "mailto:anna@example.org"),
            ("tel:+491701234567", "tel:-000000000001"),
            ("rubys.app:open", "link:xxxa"),
            ("javascript:alert(1)", "javascript:xxxxx-1-"),
            ("settings/ruby", "settings/xxxa"),
            ("#top", "#xxa"),
            ("?x=1", "?x=1"),
            ("", ""),
        ];
        for (link, wanted) in cases {
            assert_eq!(Redactor::new(rules, common).link(link), wanted, "{link:?}");
        }
    }

    #[test]
    fn a_link_is_foreign_afterwards_exactly_when_it_was() {
        let rules = RuleSet::shipped_once();
        let common = rules.vocabulary();
        let foreign = |link: &str| {
            let mut links = Links::default();
            links.add_href(link);
            let found = links.into_vec();
            found.first().map(|link| !link.host.is_empty() && !rules.is_metas_host(&link.host))
        };
        let links = [
            "https://evil.example\\@facebook.com/",
            "https:/evil.example",
            "https:evil.example",
            "https://www.facebook.com./",
            "https://%65vil.example/",
            "https://FÀCEBOOK.com/",
            "https://[2001:db8::1]:443/",
            "https://facebook.com.evil.example/",
            "https://evil.example?facebook.com",
            "https://l.facebook.com/l.php?u=https%3A%2F%2Fevil.example%2Fx",
            "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.facebook.com%2Fx",
            "https://m.me/x",
            "https://www.messenger.com/x",
            "ftp://evil.example/x",
            "www.evil.example/x",
            "https://",
            "https://a b.example/",
            "mailto:a@evil.example",
            "www.evil.example:80",
            "data:text/html,x",
        ];
        for link in links {
            assert_eq!(foreign(&Redactor::new(rules, common).link(link)), foreign(link), "{link:?}");
        }
    }
}
