//! From host name to connected socket, within one deadline and cancellable at every step.
//!
//! No TLS, and no racing of addresses: a host may be asked at most eight times in twelve seconds (contract section 7), and a
//! race would use that up.

use std::io;
use std::net::{IpAddr, SocketAddr, TcpStream, ToSocketAddrs};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use rustix::event::PollFlags;
use rustix::net::{AddressFamily, SocketFlags, SocketType, sockopt};
use rustix::pipe::{PipeFlags, pipe_with};

use super::cancel::Canceller;
use super::fault::Fault;
use super::sock::{Sock, wait_for};

/// Connects to the first address of `host` that answers.
pub(super) fn connect(host: &str, port: u16, timeout: Duration, canceller: &Canceller) -> Result<Sock, Fault> {
    let end = Instant::now() + timeout;
    let addresses = resolve(host, port, timeout, canceller)?;
    let mut failure = Fault::Network("the name has no address; check `host`".to_owned());
    for (nth, address) in addresses.iter().enumerate() {
        let left = end.saturating_duration_since(Instant::now());
        // A black hole behind the first address (IPv6 without a route is the usual one) must not use up the time of the others.
        let share = if nth + 1 == addresses.len() { left } else { (left / 2).min(Duration::from_secs(10)) };
        match connect_to(*address, share, canceller) {
            Ok(stream) => return Ok(Sock::new(stream, timeout, canceller.clone())),
            Err(Fault::Cancelled) => return Err(Fault::Cancelled),
            Err(fault) => failure = fault,
        }
    }
    // The person knows the whole time they have set, not an address's share of it.
    Err(if matches!(failure, Fault::Timeout(_)) { Fault::Timeout(timeout) } else { failure })
}

/// The resolver blocks and cannot be interrupted: it runs in a thread of its own that may outlive the question.
fn resolve(host: &str, port: u16, timeout: Duration, canceller: &Canceller) -> Result<Vec<SocketAddr>, Fault> {
    if canceller.is_cancelled() {
        return Err(Fault::Cancelled);
    }
    // `[::1]` is how a person writes an IPv6 address beside a port.
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    if let Ok(address) = bare.parse::<IpAddr>() {
        return Ok(vec![SocketAddr::new(address, port)]);
    }
    let (done, finished) = pipe_with(PipeFlags::CLOEXEC).map_err(network)?;
    let (sender, answer) = mpsc::channel();
    let question = (host.to_owned(), port);
    let spawned = std::thread::Builder::new().name("resolve".to_owned()).spawn(move || {
        let addresses = question.to_socket_addrs().map(Iterator::collect::<Vec<_>>);
        let _ = sender.send(addresses);
        // Closing the pipe makes its other end readable.
        drop(finished);
    });
    spawned.map_err(network)?;
    let end = Instant::now() + timeout;
    loop {
        match answer.try_recv() {
            Ok(Ok(addresses)) => return Ok(addresses),
            Ok(Err(error)) => return Err(Fault::Network(format!("the name cannot be resolved: {error}"))),
            Err(mpsc::TryRecvError::Disconnected) => {
                return Err(Fault::Network("the name cannot be resolved".to_owned()));
            }
            Err(mpsc::TryRecvError::Empty) => {}
        }
        wait(&done, PollFlags::IN, end, timeout, canceller)?;
    }
}

fn connect_to(address: SocketAddr, timeout: Duration, canceller: &Canceller) -> Result<TcpStream, Fault> {
    let family = if address.is_ipv4() { AddressFamily::INET } else { AddressFamily::INET6 };
    let flags = SocketFlags::NONBLOCK | SocketFlags::CLOEXEC;
    let socket = rustix::net::socket_with(family, SocketType::STREAM, flags, None).map_err(network)?;
    let end = Instant::now() + timeout;
    match rustix::net::connect(&socket, &address) {
        Ok(()) => {}
        Err(rustix::io::Errno::INPROGRESS) => {
            while !wait(&socket, PollFlags::OUT, end, timeout, canceller)? {}
            sockopt::socket_error(&socket).map_err(network)?.map_err(network)?;
        }
        Err(errno) => return Err(network(errno)),
    }
    // A connection in IDLE that a router forgot must be noticed within minutes, not at the next night's reconnect.
    let _ = sockopt::set_socket_keepalive(&socket, true);
    let _ = sockopt::set_tcp_keepidle(&socket, Duration::from_secs(60));
    let _ = sockopt::set_tcp_keepintvl(&socket, Duration::from_secs(20));
    let _ = sockopt::set_tcp_keepcnt(&socket, 4);
    let _ = sockopt::set_tcp_nodelay(&socket, true);
    Ok(TcpStream::from(socket))
}

fn wait(
    fd: impl std::os::fd::AsFd,
    flags: PollFlags,
    end: Instant,
    timeout: Duration,
    canceller: &Canceller,
) -> Result<bool, Fault> {
    let left = end.saturating_duration_since(Instant::now());
    if canceller.is_cancelled() {
        return Err(Fault::Cancelled);
    }
    if left.is_zero() {
        return Err(Fault::Timeout(timeout));
    }
    let ready = wait_for(fd, flags, canceller, left).map_err(network)?;
    if canceller.is_cancelled() {
        return Err(Fault::Cancelled);
    }
    Ok(ready)
}

fn network(error: impl Into<io::Error>) -> Fault {
    Fault::Network(error.into().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    fn short() -> Duration {
        Duration::from_secs(5)
    }

    #[test]
    fn a_name_and_an_address_both_lead_to_the_socket() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        for host in ["127.0.0.1", "localhost"] {
            assert!(connect(host, port, short(), &Canceller::new().unwrap()).is_ok(), "{host}");
        }
    }

    #[test]
    fn a_closed_port_says_so() {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let fault = connect("127.0.0.1", port, short(), &Canceller::new().unwrap()).unwrap_err();
        assert_eq!(fault.to_string(), "Connection refused (os error 111)");
    }

    #[test]
    fn a_cancelled_one_does_not_even_begin() {
        let canceller = Canceller::new().unwrap();
        canceller.cancel();
        for host in ["127.0.0.1", "localhost"] {
            assert_eq!(connect(host, 1, short(), &canceller).unwrap_err(), Fault::Cancelled);
        }
    }

    /// A listener whose queue is full lets connects hang, as a black hole does.
    fn full_queue() -> (std::os::fd::OwnedFd, u16, Vec<TcpStream>) {
        let socket = rustix::net::socket(AddressFamily::INET, SocketType::STREAM, None).unwrap();
        rustix::net::bind(&socket, &"127.0.0.1:0".parse::<SocketAddr>().unwrap()).unwrap();
        rustix::net::listen(&socket, 0).unwrap();
        let address = SocketAddr::try_from(rustix::net::getsockname(&socket).unwrap()).unwrap();
        let mut filling = Vec::new();
        while let Ok(stream) = TcpStream::connect_timeout(&address, Duration::from_millis(200)) {
            filling.push(stream);
        }
        (socket, address.port(), filling)
    }

    #[test]
    fn a_connect_that_hangs_ends_at_the_deadline_or_when_cancelled() {
        let (_socket, port, _filling) = full_queue();
        let canceller = Canceller::new().unwrap();
        let limit = Duration::from_millis(150);
        let started = Instant::now();
        assert_eq!(connect("127.0.0.1", port, limit, &canceller).unwrap_err(), Fault::Timeout(limit));
        assert!((150..1000).contains(&started.elapsed().as_millis()), "{:?}", started.elapsed());

        let other = canceller.clone();
        let cancelling = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(50));
            let at = Instant::now();
            other.cancel();
            at
        });
        assert_eq!(connect("127.0.0.1", port, Duration::from_secs(60), &canceller).unwrap_err(), Fault::Cancelled);
        assert!(cancelling.join().unwrap().elapsed() < Duration::from_millis(100));
    }
}
