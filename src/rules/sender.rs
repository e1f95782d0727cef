//! Which senders are Meta's, and how a server is asked for their mails.
//!
//! A needle only finds candidates: relays and forgers write the brand into From as well. What proves a sender is decided elsewhere.

use super::rule::RuleSet;
use crate::model::account::Platform;
use crate::model::message::Address;

/// One domain that Meta sends from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sender {
    /// The domain, lower case; its subdomains belong to it.
    pub(super) domain: String,
    /// A distinctive part to look for; without one the domain itself is looked for.
    pub(super) needle: Option<String>,
    /// What the local part begins with, where that decides: `instagram++` at support.facebook.com.
    pub(super) local: Option<String>,
    /// What the domain says about the platform, if anything; `none` for a service that has no accounts here (WhatsApp).
    pub(super) platform: Option<Platform>,
    /// Nobody sends from it; links there are Meta's.
    pub(super) links_only: bool,
}

impl RuleSet {
    /// Minimal ASCII lower-case substrings of From headers, for IMAP `SEARCH FROM`.
    ///
    /// A sender's distinctive part (`facebook` stands for facebookmail.com too), or its domain, also as relays write it:
    /// `name_at_meta_com_id@privaterelay.appleid.com`.
    pub fn needles(&self) -> &[String] {
        &self.needles
    }

    /// Whether a mail with this From is read at all: it contains a needle, whatever the case.
    ///
    /// The one definition, for every way of reading. `from_text` is the decoded From header, as a server searches it.
    pub fn is_candidate(&self, from_text: &str) -> bool {
        let from_text = from_text.to_ascii_lowercase();
        self.needles.iter().any(|needle| from_text.contains(needle.as_str()))
    }

    /// Whether the domain is one of Meta's or below one: `d` or `*.d`, never `evil-d`.
    pub fn is_sender_domain(&self, domain: &str) -> bool {
        let domain = domain.trim_end_matches('.').to_ascii_lowercase();
        self.senders.iter().any(|sender| !sender.links_only && is_within(&domain, &sender.domain))
    }

    /// Whether a link to this host stays with Meta: to a sender's domain, or to one that only links lead to.
    pub fn is_metas_host(&self, host: &str) -> bool {
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        self.senders.iter().any(|sender| is_within(&host, &sender.domain))
    }

    /// The platform that a From address speaks for, if it does. Believe it only of a proven sender.
    ///
    /// Trap (seen): a ticket about Instagram came as `Facebook <instagram++TOKEN@support.facebook.com>`; so the display name says
    /// nothing and the local part can outweigh the domain. `Some(Platform::None)`: a service that has no accounts here.
    pub fn platform_of(&self, from: &Address) -> Option<Platform> {
        let domain = from.domain()?;
        let local = from.local().to_ascii_lowercase();
        self.senders
            .iter()
            .filter(|sender| !sender.links_only && is_within(&domain, &sender.domain))
            .filter(|sender| sender.local.as_ref().is_none_or(|beginning| local.starts_with(beginning.as_str())))
            .max_by_key(|sender| (sender.local.is_some(), sender.domain.len()))
            .and_then(|sender| sender.platform)
    }
}

fn is_within(domain: &str, parent: &str) -> bool {
    domain.strip_suffix(parent).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// The needles of all senders, without those that contain another.
pub(super) fn needles_of(senders: &[Sender]) -> Vec<String> {
    let mut all: Vec<String> = senders
        .iter()
        .filter(|sender| !sender.links_only)
        .flat_map(|sender| match &sender.needle {
            Some(needle) => vec![needle.clone()],
            None => vec![sender.domain.clone(), sender.domain.replace('.', "_")],
        })
        .collect();
    all.sort();
    all.dedup();
    let contains_another = |needle: &String| all.iter().any(|other| other != needle && needle.contains(other.as_str()));
    all.iter().filter(|needle| !contains_another(needle)).cloned().collect()
}
