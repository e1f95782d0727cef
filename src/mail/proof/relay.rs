//! Relays that rewrite From: such a mail can be recognised, and its sender cannot be proven (docs/DOMAIN.md, point 11).
//!
//! A relay signs anew with its own domain; what Meta had signed is lost. It is named so that the person sees why.

/// The relay services, by the domains that stand in From after rewriting. The patterns are those of public descriptions;
/// a domain that is missing here only goes unnamed.
const RELAYS: &[(&str, &[&str])] = &[
    ("Apple's Hide My Email", &["privaterelay.appleid.com", "icloud.com"]),
    (
        "SimpleLogin",
        &["simplelogin.com", "simplelogin.co", "simplelogin.fr", "simplelogin.io", "aleeas.com", "slmail.me"],
    ),
    ("DuckDuckGo Email Protection", &["duck.com"]),
    ("Firefox Relay", &["mozmail.com", "relay.firefox.com"]),
];

/// The relay that rewrote this From, if one did: its domain is the relay's, and the address or name carries another domain,
/// as in `case_at_support_facebook_com_x1@privaterelay.appleid.com` or `"case at support.facebook.com" <x1@simplelogin.co>`.
pub fn relay_of(from_domain: &str, from_text: &str) -> Option<&'static str> {
    let carries_another = ["_at_", " at ", "[via Relay]", "(via Relay)"].iter().any(|sign| from_text.contains(sign))
        || from_text.matches('@').count() > 1;
    named(from_domain).filter(|_| carries_another)
}

/// Whether a relay made this address from another: `case_at_support_facebook_com_x1@privaterelay.appleid.com`.
pub fn is_rewritten(local: &str, domain: &str) -> bool {
    local.contains("_at_") && named(domain).is_some()
}

fn named(from_domain: &str) -> Option<&'static str> {
    let of_relay = |(_, domains): &&(&str, &[&str])| {
        domains.iter().any(|domain| from_domain == *domain || from_domain.ends_with(&format!(".{domain}")))
    };
    RELAYS.iter().find(of_relay).map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relay_is_named_and_an_ordinary_address_at_its_domain_is_not() {
        let cases = [
            (
                "privaterelay.appleid.com",
                "Facebook <case_at_support_facebook_com_x1@privaterelay.appleid.com>",
                Some("Apple's Hide My Email"),
            ),
            ("icloud.com", "Facebook <case_at_support_facebook_com_x1@icloud.com>", Some("Apple's Hide My Email")),
            ("simplelogin.co", "\"Facebook - case at support.facebook.com\" <x1@simplelogin.co>", Some("SimpleLogin")),
            ("duck.com", "Facebook <case_at_support.facebook.com_anna@duck.com>", Some("DuckDuckGo Email Protection")),
            ("mozmail.com", "\"case@support.facebook.com [via Relay]\" <x1@mozmail.com>", Some("Firefox Relay")),
            ("icloud.com", "Anna <anna@icloud.com>", None),
            ("support.facebook.com", "Facebook <case++1@support.facebook.com>", None),
            ("notduck.com", "Facebook <case_at_support_facebook_com@notduck.com>", None),
        ];
        for (domain, from, relay) in cases {
            assert_eq!(relay_of(domain, from), relay, "{from}");
        }
    }
}
