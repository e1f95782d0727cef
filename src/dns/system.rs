//! Which DNS servers the system uses: resolv.conf(5).

use std::io::Read;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;

/// More than any system has.
const MAX_SERVERS: usize = 8;
/// A resolv.conf is a few lines; what is longer is something else.
const MAX_FILE: u64 = 64 * 1024;

/// The servers named in a file. As resolv.conf(5) has it: without any it is the one on this machine.
pub fn servers(path: &Path) -> Vec<SocketAddr> {
    let mut text = String::new();
    // An unreadable file is like none.
    let read = std::fs::File::open(path).and_then(|file| file.take(MAX_FILE).read_to_string(&mut text));
    let servers = if read.is_ok() { parse(&text) } else { Vec::new() };
    if servers.is_empty() { vec![SocketAddr::from((Ipv4Addr::LOCALHOST, 53))] } else { servers }
}

fn parse(text: &str) -> Vec<SocketAddr> {
    let lines = text.lines().map(|line| line.split(['#', ';']).next().unwrap_or_default());
    lines
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            if words.next() != Some("nameserver") {
                return None;
            }
            // `fe80::1%eth0` cannot be reached without the number of its interface: left out.
            words.next()?.parse::<IpAddr>().ok().map(|ip| SocketAddr::new(ip, 53))
        })
        .take(MAX_SERVERS)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nameservers_are_read_in_order() {
        let text = "# nameserver 192.0.2.9\ndomain example.org\nnameserver 192.0.2.1\n  nameserver\t2001:db8::1 ; x\n\
                    nameserver fe80::1%eth0\nnameserver nonsense\nnameserver\noptions timeout:1\nnameservers 192.0.2.8\n";
        let wanted: Vec<SocketAddr> = vec!["192.0.2.1:53".parse().unwrap(), "[2001:db8::1]:53".parse().unwrap()];
        assert_eq!(parse(text), wanted);
        assert_eq!(servers(Path::new("/nonexistent/resolv.conf")), ["127.0.0.1:53".parse().unwrap()]);
    }
}
