//! The stream below TLS: a socket that never blocks longer than it may.
//!
//! Every read and write keeps an absolute deadline, a byte budget and the [`Canceller`]; a server that sends one byte every
//! few seconds ends at the deadline like one that is silent. It knows nothing of TLS or IMAP.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::os::fd::AsFd;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::cancel::Canceller;
use super::fault::Fault;

/// What the guard above TLS asks of the stream below it.
pub(super) trait Transport: Read + Write {
    /// A command begins: its clock and its byte budget start anew.
    fn begin(&mut self, bytes: u64, timeout: Option<Duration>);
    /// So many bytes of the answer are passed over and do not count against its budget.
    fn forgive(&mut self, bytes: u64);
    /// While set, reading gives `WouldBlock` at that moment, or when woken, instead of failing at a deadline. Nothing is
    /// written meanwhile.
    fn idle_until(&mut self, until: Option<Instant>);
}

/// A connected TCP socket with deadline, budget and cancellation.
#[derive(Debug)]
pub(super) struct Sock {
    stream: TcpStream,
    canceller: Canceller,
    /// `limits.timeout`.
    timeout: Duration,
    /// The timeout of the command under way.
    patience: Duration,
    started: Instant,
    received: u64,
    budget: u64,
    idle_until: Option<Instant>,
    /// The first bytes received since it was asked for, at most so many.
    beginning: Option<(Vec<u8>, usize)>,
}

/// A slow line is not a stuck one: for this many bytes received a command gets another second (contract section 3).
const BYTES_PER_SECOND: u64 = 32 * 1024;

/// What a TLS handshake, a greeting and the commands before login may send: certificate chains are a few kilobytes.
const BYTES_BEFORE_COMMANDS: u64 = 1024 * 1024;

impl Sock {
    /// Takes over a connected, non-blocking socket.
    pub(super) fn new(stream: TcpStream, timeout: Duration, canceller: Canceller) -> Sock {
        Sock {
            stream,
            canceller,
            timeout,
            patience: timeout,
            started: Instant::now(),
            received: 0,
            budget: BYTES_BEFORE_COMMANDS,
            idle_until: None,
            beginning: None,
        }
    }

    /// Starts the clock of a phase before the first command: the handshake, the greeting.
    pub(super) fn begin_phase(&mut self) {
        self.begin(BYTES_BEFORE_COMMANDS, None);
    }

    /// Keeps a copy of the next `most` bytes received.
    pub(super) fn keep_beginning(&mut self, most: usize) {
        self.beginning = Some((Vec::new(), most));
    }

    /// The bytes kept, which are kept no longer.
    pub(super) fn take_beginning(&mut self) -> Vec<u8> {
        self.beginning.take().map_or_else(Vec::new, |(bytes, _)| bytes)
    }

    /// Whether the other end is this machine.
    pub(super) fn is_loopback(&self) -> bool {
        self.stream.peer_addr().is_ok_and(|address| address.ip().to_canonical().is_loopback())
    }

    fn allowed(&self) -> Duration {
        self.patience + Duration::from_millis(self.received.saturating_mul(1000) / BYTES_PER_SECOND)
    }

    fn check(&self) -> Result<(), Fault> {
        if self.canceller.is_cancelled() {
            return Err(Fault::Cancelled);
        }
        if self.received > self.budget {
            return Err(Fault::protocol(format!("the answer is larger than {} bytes", self.budget)));
        }
        if self.idle_until.is_none() && self.started.elapsed() >= self.allowed() {
            return Err(Fault::Timeout(self.allowed()));
        }
        Ok(())
    }

    /// Whether an IDLE has lasted long enough, whatever the server says meanwhile.
    fn idled_enough(&self) -> bool {
        self.idle_until.is_some_and(|until| Instant::now() >= until || self.canceller.is_woken())
    }

    fn wait(&mut self, flags: PollFlags) -> io::Result<()> {
        let left = match self.idle_until {
            Some(until) => until.saturating_duration_since(Instant::now()),
            None => self.allowed().saturating_sub(self.started.elapsed()),
        };
        wait_for(&self.stream, flags, &self.canceller, left)?;
        Ok(())
    }
}

impl Transport for Sock {
    fn begin(&mut self, bytes: u64, timeout: Option<Duration>) {
        self.patience = timeout.unwrap_or(self.timeout);
        self.started = Instant::now();
        self.received = 0;
        self.budget = bytes;
    }

    fn forgive(&mut self, bytes: u64) {
        self.budget = self.budget.saturating_add(bytes);
    }

    fn idle_until(&mut self, until: Option<Instant>) {
        self.idle_until = until;
    }
}

impl Read for Sock {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        loop {
            self.check().map_err(Fault::into_io)?;
            if self.idled_enough() {
                return Err(io::ErrorKind::WouldBlock.into());
            }
            match self.stream.read(buf) {
                Ok(n) => {
                    self.received += n as u64;
                    if let Some((bytes, most)) = &mut self.beginning {
                        bytes.extend(buf[..n].iter().take(most.saturating_sub(bytes.len())));
                    }
                    return Ok(n);
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => self.wait(PollFlags::IN)?,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

impl Write for Sock {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        loop {
            self.check().map_err(Fault::into_io)?;
            match self.stream.write(buf) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => self.wait(PollFlags::OUT)?,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => return result,
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Sleeps until the descriptor is ready, a signal came, or the time is over; the caller looks which.
pub(super) fn wait_for(fd: impl AsFd, flags: PollFlags, canceller: &Canceller, left: Duration) -> io::Result<bool> {
    let signals = canceller.descriptor();
    let mut fds = [PollFd::new(&fd, flags), PollFd::from_borrowed_fd(signals, PollFlags::IN)];
    // One millisecond more than asked: a deadline that is a fraction of a millisecond away must not spin.
    let timeout = Timespec::try_from(left + Duration::from_millis(1)).ok();
    match poll(&mut fds, timeout.as_ref()) {
        Ok(_) | Err(rustix::io::Errno::INTR) => {}
        Err(errno) => return Err(errno.into()),
    }
    let ready = !fds[0].revents().is_empty();
    if !fds[1].revents().is_empty() && !canceller.is_cancelled() {
        canceller.drain();
    }
    Ok(ready)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    /// A socket whose other end is returned too.
    fn pair(timeout: Duration, canceller: &Canceller) -> (Sock, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let near = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        near.set_nonblocking(true).unwrap();
        let (far, _) = listener.accept().unwrap();
        (Sock::new(near, timeout, canceller.clone()), far)
    }

    #[test]
    fn a_silent_server_ends_at_the_deadline() {
        let (mut sock, _far) = pair(Duration::from_millis(80), &Canceller::new().unwrap());
        let started = Instant::now();
        let error = sock.read(&mut [0; 16]).unwrap_err();
        assert!(matches!(Fault::of(&error), Fault::Timeout(_)), "{error}");
        assert!((80..1000).contains(&started.elapsed().as_millis()), "{:?}", started.elapsed());
    }

    #[test]
    fn a_dripping_server_ends_at_the_deadline_too() {
        let (mut sock, mut far) = pair(Duration::from_millis(150), &Canceller::new().unwrap());
        let dripping = std::thread::spawn(move || {
            while far.write_all(b"x").is_ok() {
                std::thread::sleep(Duration::from_millis(20));
            }
        });
        let started = Instant::now();
        let error = loop {
            if let Err(error) = sock.read(&mut [0; 16]) {
                break error;
            }
        };
        assert!(matches!(Fault::of(&error), Fault::Timeout(_)), "{error}");
        assert!((150..1000).contains(&started.elapsed().as_millis()), "{:?}", started.elapsed());
        drop(sock);
        dripping.join().unwrap();
    }

    #[test]
    fn what_has_been_received_buys_time() {
        let (mut sock, _far) = pair(Duration::from_secs(60), &Canceller::new().unwrap());
        sock.received = 32 * 1024 * 800;
        assert_eq!(sock.allowed(), Duration::from_secs(860));
    }

    #[test]
    fn more_bytes_than_allowed_are_refused() {
        let (mut sock, mut far) = pair(Duration::from_secs(5), &Canceller::new().unwrap());
        sock.begin(10, None);
        far.write_all(&[b'x'; 11]).unwrap();
        let mut seen = 0;
        let error = loop {
            match sock.read(&mut [0; 16]) {
                Ok(n) => seen += n,
                Err(error) => break error,
            }
        };
        assert_eq!((seen, error.to_string().as_str()), (11, "the answer is larger than 10 bytes"));
    }

    #[test]
    fn cancelling_ends_a_read_at_once_and_all_later_ones() {
        let canceller = Canceller::new().unwrap();
        let (mut sock, _far) = pair(Duration::from_secs(60), &canceller);
        let other = canceller.clone();
        let cancelling = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(30));
            let at = Instant::now();
            other.cancel();
            at
        });
        let error = sock.read(&mut [0; 16]).unwrap_err();
        assert_eq!(Fault::of(&error), Fault::Cancelled);
        assert!(cancelling.join().unwrap().elapsed() < Duration::from_millis(100));
        assert_eq!(Fault::of(&sock.write(b"x").unwrap_err()), Fault::Cancelled);
    }

    #[test]
    fn waking_ends_an_idle_but_no_ordinary_read() {
        let canceller = Canceller::new().unwrap();
        let (mut sock, mut far) = pair(Duration::from_millis(200), &canceller);
        canceller.wake();
        let error = sock.read(&mut [0; 16]).unwrap_err();
        assert!(matches!(Fault::of(&error), Fault::Timeout(_)), "an ordinary read: {error}");
        sock.begin(1000, None);
        sock.idle_until(Some(Instant::now() + Duration::from_secs(60)));
        assert_eq!(sock.read(&mut [0; 16]).unwrap_err().kind(), io::ErrorKind::WouldBlock);
        assert!(canceller.take_woken());
        // The connection is none the worse for it.
        sock.idle_until(None);
        sock.begin(1000, None);
        far.write_all(b"OK").unwrap();
        assert_eq!(sock.read(&mut [0; 16]).unwrap(), 2);
    }

    #[test]
    fn an_idle_ends_at_its_wall_clock_limit_whatever_arrives() {
        let (mut sock, mut far) = pair(Duration::from_secs(60), &Canceller::new().unwrap());
        let chatter = std::thread::spawn(move || {
            while far.write_all(b"x").is_ok() {
                std::thread::sleep(Duration::from_millis(15));
            }
        });
        let started = Instant::now();
        sock.begin(1000, None);
        sock.idle_until(Some(started + Duration::from_millis(120)));
        while sock.read(&mut [0; 16]).is_ok() {}
        assert!((120..1000).contains(&started.elapsed().as_millis()), "{:?}", started.elapsed());
        drop(sock);
        chatter.join().unwrap();
    }
}
