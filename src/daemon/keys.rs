//! DKIM keys from DNS, for the verifier that knows no DNS.

use std::net::SocketAddr;

use jiff::Timestamp;

use crate::dns::{Answer, Resolver};
use crate::mail::proof::{KeyLookup, Lookup, key_record};

/// Looks keys up in DNS, with the resolver's cache and time limits.
#[derive(Debug)]
pub struct DnsKeys {
    resolver: Resolver,
}

impl DnsKeys {
    /// Asks this server, or the system's resolvers.
    pub fn new(server: Option<SocketAddr>) -> DnsKeys {
        DnsKeys { resolver: server.map_or_else(Resolver::of_the_system, Resolver::with_server) }
    }
}

impl KeyLookup for DnsKeys {
    fn txt(&self, name: &str) -> Lookup {
        match self.resolver.txt(name) {
            Answer::Found(records) => match key_record(&records) {
                Some(txt) => Lookup::Found { txt: txt.clone(), seen_at: Timestamp::now() },
                None => Lookup::Missing,
            },
            Answer::Missing => Lookup::Missing,
            Answer::Unavailable(why) => Lookup::Unavailable(why),
        }
    }
}
