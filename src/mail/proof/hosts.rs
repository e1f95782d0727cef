//! What is known about mail hosts: by which id they sign their Authentication-Results, and where they write them.
//!
//! Read in public captures of 2022 to 2026 unless a line says otherwise. A wrong id does no harm: its header would still
//! have to stand where only the own host can have written it.

use std::net::{IpAddr, Ipv6Addr};

use super::received::Hop;

/// The id that a person writes into `trusted_authserv_ids` for Outlook, Hotmail and Microsoft 365, whose headers name no server.
pub const OUTLOOK: &str = "outlook";

/// The authserv-ids known for an IMAP host, e.g. `mx.google.com` for `imap.gmail.com`; empty where nothing is known.
pub fn known_authserv_ids(imap_host: &str) -> &'static [&'static str] {
    let host = imap_host.trim_end_matches('.').to_ascii_lowercase();
    match host.as_str() {
        "imap.gmail.com" | "imap.googlemail.com" => &["mx.google.com"],
        "imap.gmx.net" | "imap.gmx.de" => &["gmx.net"],
        // A guess: the same software as GMX, no capture seen.
        "imap.web.de" => &["web.de"],
        "posteo.de" | "imap.posteo.de" => &["posteo.de"],
        "imap.mail.me.com" => &["dkim-verifier.icloud.com"],
        // One per machine. Seen: mx1 to mx6, phl-mx-04, phl-mx-07; the numbers between are inferred.
        "imap.fastmail.com" | "imap.messagingengine.com" => &[
            "mx1.messagingengine.com",
            "mx2.messagingengine.com",
            "mx3.messagingengine.com",
            "mx4.messagingengine.com",
            "mx5.messagingengine.com",
            "mx6.messagingengine.com",
            "phl-mx-01.messagingengine.com",
            "phl-mx-02.messagingengine.com",
            "phl-mx-03.messagingengine.com",
            "phl-mx-04.messagingengine.com",
            "phl-mx-05.messagingengine.com",
            "phl-mx-06.messagingengine.com",
            "phl-mx-07.messagingengine.com",
            "phl-mx-08.messagingengine.com",
        ],
        // Yahoo and AOL write another id per machine (`atlas105.free.mail.bf1.yahoo.com`) and often no valid syntax; Outlook names
        // none; mailbox.org: no capture seen; Proton's bridge listens on the person's own machine.
        _ => &[],
    }
}

/// Whether the host of `authserv_id` writes its results *below* the Received header by which it took the mail from outside, and
/// this is that header.
///
/// A stranger's header stands in the same place, so this holds only for hosts that write a result for every mail (theirs is then
/// above the stranger's) or remove what pretends to be theirs: Gmail and iCloud.
pub fn writes_below(authserv_id: &str, border: &Hop) -> bool {
    match authserv_id {
        // "from ... by mx.google.com with ESMTPS", Received-SPF, Authentication-Results.
        "mx.google.com" => border.by == "mx.google.com",
        // "from ... by ci74p00im-qukt09072702.me.com (Postfix)" or, newer, "by p01-icloudmta-smtpin-...".
        "dkim-verifier.icloud.com" => border.by.ends_with(".me.com") || border.by.contains("-icloudmta-smtpin"),
        _ => false,
    }
}

/// Hops that stay inside the host of `authserv_id` without looking like it.
pub fn is_internal(authserv_id: &str, hop: &Hop) -> bool {
    let from = hop.from.as_deref().unwrap_or_default();
    match authserv_id {
        // "from ci74p00im-qukt09072702.me.com by p116-mailgateway-smtp-746c496c44-6mknn (mailgateway 2403B92) with SMTP": the
        // gateway has no name that anybody outside could reach.
        "dkim-verifier.icloud.com" => !hop.described && hop.by.contains("-mailgateway-smtp") && !hop.by.contains('.'),
        // "from BL02EPF0001A100.namprd03.prod.outlook.com (2603:10b6:408:e3:cafe::eb) by BN1PR14CA0030.outlook.office365.com (...)".
        OUTLOOK => {
            let own = |name: &str| [".outlook.com", ".office365.com"].iter().any(|end| name.ends_with(end));
            own(from) && own(&hop.by) && !hop.addresses.is_empty() && hop.addresses.iter().all(is_exchange)
        }
        _ => false,
    }
}

/// The networks inside Exchange Online, as they appear between its own machines: Europe, America, Asia.
fn is_exchange(ip: &IpAddr) -> bool {
    match ip {
        IpAddr::V4(_) => false,
        IpAddr::V6(ip) => [0x10a6, 0x10b6, 0x1096].iter().any(|second| is_in(ip, *second)),
    }
}

fn is_in(ip: &Ipv6Addr, second: u16) -> bool {
    let segments = ip.segments();
    segments[0] == 0x2603 && segments[1] == second
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_hosts_have_ids_and_unknown_ones_none() {
        assert_eq!(known_authserv_ids("imap.gmail.com"), ["mx.google.com"]);
        assert_eq!(known_authserv_ids("IMAP.GMAIL.COM."), ["mx.google.com"]);
        assert_eq!(known_authserv_ids("imap.gmx.net"), ["gmx.net"]);
        for host in ["imap.example.org", "gmail.com", "imap.gmail.com.evil.example", "127.0.0.1", ""] {
            assert!(known_authserv_ids(host).is_empty(), "{host}");
        }
    }
}
