//! Mail hosts that are known: where their IMAP server is, and what their customers have to do first (`hosts.toml`).
//!
//! A suggestion for a person who sets up, and a hint for one who is refused. Nothing else depends on it: what the configuration says
//! is what is used.

use std::sync::LazyLock;

use serde::Deserialize;

use super::mailbox::{Auth, Tls};

/// A mail host that is known.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Host {
    /// What people call it, e.g. `GMX`.
    pub name: String,
    /// The domains of its own addresses, in lower case.
    addresses: Vec<String>,
    /// What its IMAP servers' names end in, in lower case.
    servers: Vec<String>,
    /// Its IMAP server; `None` where it offers no IMAP.
    pub imap: Option<String>,
    /// The server's port; [`Host::port`] knows the default.
    port: Option<u16>,
    /// How the connection is protected.
    #[serde(default = "implicit")]
    pub tls: Tls,
    /// How a login is proven.
    #[serde(default = "login")]
    pub auth: Auth,
    /// The name of the text that says what its customers have to do first.
    pub remark: Option<String>,
}

#[derive(Deserialize)]
struct Table {
    host: Vec<Host>,
}

static HOSTS: LazyLock<Vec<Host>> = LazyLock::new(|| {
    // A test reads it: what is shipped is well-formed.
    let table = toml::from_str::<Table>(include_str!("../../hosts.toml"));
    table.map(|table| table.host).unwrap_or_default()
});

impl Host {
    /// The host of an e-mail address, by its domain: `anna@gmx.de`.
    pub fn of_address(address: &str) -> Option<&'static Host> {
        let domain = address.rsplit_once('@')?.1.trim_end_matches('.').to_lowercase();
        HOSTS.iter().find(|host| host.addresses.contains(&domain))
    }

    /// The host that an IMAP server belongs to, by the end of its name: `imap.gmx.net`.
    pub fn of_server(server: &str) -> Option<&'static Host> {
        let server = server.trim_end_matches('.').to_ascii_lowercase();
        let is_within =
            |end: &String| server.strip_suffix(end.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        HOSTS.iter().find(|host| host.servers.iter().any(is_within))
    }

    /// The host that people call so, in any case: `ionos`.
    pub fn called(name: &str) -> Option<&'static Host> {
        HOSTS.iter().find(|host| host.imap.is_some() && host.name.to_lowercase() == name.trim().to_lowercase())
    }

    /// The server's port.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(self.tls.usual_port())
    }
}

fn implicit() -> Tls {
    Tls::Implicit
}

fn login() -> Auth {
    Auth::Login
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Locale;
    use crate::model::language::Lang;

    #[test]
    fn the_shipped_table_is_well_formed_and_no_domain_is_there_twice() {
        let table = toml::from_str::<Table>(include_str!("../../hosts.toml")).unwrap();
        let mut domains: Vec<&String> = table.host.iter().flat_map(|host| &host.addresses).collect();
        domains.sort();
        let twice: Vec<_> = domains.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert_eq!(twice, Vec::<&[&String]>::new());
        for host in &table.host {
            assert!(host.addresses.iter().chain(&host.servers).all(|name| *name == name.to_lowercase()), "{host:?}");
            assert!(host.imap.is_some() || host.remark.is_some(), "{host:?}");
            for lang in [Lang::De, Lang::En] {
                assert!(host.remark.as_ref().is_none_or(|remark| Locale::of(lang).has(remark)), "{host:?}");
            }
        }
    }

    #[test]
    fn a_host_is_found_by_an_address() {
        let cases = [
            ("anna@gmx.de", Some("imap.gmx.net:993")),
            ("Anna@GoogleMail.com", Some("imap.gmail.com:993")),
            ("anna@proton.me", Some("127.0.0.1:1143")),
            ("anna@notgmx.de", None),
            ("anna@mail.gmx.de", None),
            ("anna@tuta.com", None),
            ("gmx.de", None),
        ];
        for (address, server) in cases {
            let found =
                Host::of_address(address).and_then(|host| Some(format!("{}:{}", host.imap.as_ref()?, host.port())));
            assert_eq!(found.as_deref(), server, "{address}");
        }
        assert_eq!(Host::called(" ionos").and_then(|host| host.imap.as_deref()), Some("imap.ionos.de"));
        assert!(Host::called("Tuta").is_none(), "it has no server");
    }

    #[test]
    fn a_host_is_known_by_the_end_of_its_servers_name() {
        let cases = [
            ("imap.gmx.net", Some("GMX")),
            ("IMAP.web.de.", Some("WEB.DE")),
            ("imap.gmail.com", Some("Gmail")),
            ("outlook.office365.com", Some("Outlook")),
            ("imap-mail.outlook.com", Some("Outlook")),
            ("imap.mail.yahoo.com", Some("Yahoo")),
            ("imap.mail.me.com", Some("iCloud")),
            ("secureimap.t-online.de", Some("Telekom")),
            ("imap.notweb.de", None),
            ("gmail.com.example.org", None),
            ("imap.some.com", None),
            ("127.0.0.1", None),
            ("", None),
        ];
        for (server, name) in cases {
            assert_eq!(Host::of_server(server).map(|host| host.name.as_str()), name, "{server}");
        }
    }
}
