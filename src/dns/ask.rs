//! One question to one server: UDP, then TCP if the answer was cut off.

use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream, UdpSocket};
use std::time::{Duration, Instant};

use super::packet::{Query, Received, Reply};

/// Why a server gave no answer.
#[derive(Debug)]
pub enum Failure {
    /// It was quiet until the end: asking again may help.
    Silent,
    /// Nobody listens there, or the network says no: asking it again at once does not help.
    Refused(std::io::Error),
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        let timed_out = matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut);
        if timed_out { Failure::Silent } else { Failure::Refused(error) }
    }
}

/// Asks, and waits until `end` at the latest.
///
/// # Errors
/// [`Failure`] when no answer to this question came. Packets that are not it are passed over.
pub fn ask(server: SocketAddr, query: &Query, end: Instant) -> Result<Reply, Failure> {
    // Port 0: the kernel picks a random one. A connected socket takes packets of this server only.
    let local: SocketAddr = match server {
        SocketAddr::V4(_) => (Ipv4Addr::UNSPECIFIED, 0).into(),
        SocketAddr::V6(_) => (Ipv6Addr::UNSPECIFIED, 0).into(),
    };
    let socket = UdpSocket::bind(local)?;
    socket.connect(server)?;
    socket.send(&query.bytes)?;
    let mut buffer = vec![0; 4096];
    loop {
        socket.set_read_timeout(Some(left(end)?))?;
        let length = socket.recv(&mut buffer)?;
        match query.read(&buffer[..length]) {
            Received::Answer(reply) => return Ok(reply),
            Received::Truncated => return ask_by_tcp(server, query, end),
            Received::NotOurs => {}
        }
    }
}

fn ask_by_tcp(server: SocketAddr, query: &Query, end: Instant) -> Result<Reply, Failure> {
    let mut stream = TcpStream::connect_timeout(&server, left(end)?)?;
    stream.set_write_timeout(Some(left(end)?))?;
    let length = u16::try_from(query.bytes.len()).map_err(std::io::Error::other)?;
    stream.write_all(&[&length.to_be_bytes(), query.bytes.as_slice()].concat())?;
    let mut length = [0; 2];
    read_until(&mut stream, &mut length, end)?;
    let mut bytes = vec![0; u16::from_be_bytes(length).into()];
    read_until(&mut stream, &mut bytes, end)?;
    match query.read(&bytes) {
        Received::Answer(reply) => Ok(reply),
        Received::Truncated | Received::NotOurs => {
            Err(Failure::Refused(std::io::Error::new(ErrorKind::InvalidData, "a wrong answer over TCP")))
        }
    }
}

/// `read_exact` with one end for all of it: a server that sends a byte now and then does not hold us longer.
fn read_until(stream: &mut TcpStream, buffer: &mut [u8], end: Instant) -> Result<(), Failure> {
    let mut at = 0;
    while at < buffer.len() {
        stream.set_read_timeout(Some(left(end)?))?;
        match stream.read(&mut buffer[at..])? {
            0 => return Err(std::io::Error::from(ErrorKind::UnexpectedEof).into()),
            count => at += count,
        }
    }
    Ok(())
}

/// The time until `end`.
fn left(end: Instant) -> Result<Duration, Failure> {
    let left = end.saturating_duration_since(Instant::now());
    if left.is_zero() { Err(Failure::Silent) } else { Ok(left) }
}
