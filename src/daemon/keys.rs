//! DKIM keys from DNS, for the verifier that knows no DNS.

use std::net::SocketAddr;

use jiff::Timestamp;

use crate::dns::{Answer, Resolver};
use crate::mail::proof::{KeyLookup, Lookup};

/// Looks keys up in DNS, with the resolver's cache and time limits.
#[derive(Debug)]
pub struct DnsKeys {
    resolver: Resolver,
}

impl DnsKeys {
    /// Asks this server, or the system's resolvers.
    pub fn new(server: Option<SocketAddr>) -> DnsKeys {
        DnsKeys { resolver: Resolver::new(server) }
    }
}

impl KeyLookup for DnsKeys {
    fn txt(&self, name: &str) -> Lookup {
        match self.resolver.txt(name) {
            Answer::Found(txt) => Lookup::Found { txt, seen_at: Timestamp::now() },
            Answer::Missing => Lookup::Missing,
            Answer::Unavailable(why) => Lookup::Unavailable(why),
        }
    }
}
