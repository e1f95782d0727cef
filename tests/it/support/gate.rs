//! A gate in front of a server: it counts who comes, and lets through, freezes, or stays shut.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// What happens to connections that come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// They reach the server.
    Open,
    /// They are accepted, and nothing is ever said.
    Silent,
    /// They are closed at once.
    Shut,
    /// They reach the server, and are closed as soon as the client says IDLE (in clear).
    CutAtIdle,
}

/// The gate; it stops when it is dropped.
pub struct GateKeeper {
    /// Where it listens, on 127.0.0.1.
    pub port: u16,
    state: Arc<State>,
}

struct State {
    server: u16,
    gate: Mutex<Gate>,
    arrivals: Mutex<Vec<Instant>>,
    /// Connections with a lower number carry nothing any more, and are not closed either.
    frozen: AtomicUsize,
    over: AtomicBool,
}

impl GateKeeper {
    /// A gate before the server on that port of 127.0.0.1.
    pub fn before(server: u16, gate: Gate) -> GateKeeper {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        listener.set_nonblocking(true).unwrap();
        let state = Arc::new(State {
            server,
            gate: Mutex::new(gate),
            arrivals: Mutex::default(),
            frozen: AtomicUsize::new(0),
            over: AtomicBool::new(false),
        });
        let of_thread = Arc::clone(&state);
        std::thread::spawn(move || of_thread.listen(&listener));
        GateKeeper { port, state }
    }

    /// From now on connections that come fare so.
    pub fn set(&self, gate: Gate) {
        *self.state.gate.lock().unwrap() = gate;
    }

    /// Connections that exist stay open and carry nothing any more, as after a router has forgotten them.
    pub fn freeze(&self) {
        self.state.frozen.store(self.arrivals().len(), Ordering::SeqCst);
    }

    /// When connections came.
    pub fn arrivals(&self) -> Vec<Instant> {
        self.state.arrivals.lock().unwrap().clone()
    }
}

impl Drop for GateKeeper {
    fn drop(&mut self) {
        self.state.over.store(true, Ordering::SeqCst);
    }
}

impl State {
    fn listen(self: Arc<State>, listener: &TcpListener) {
        let mut held = Vec::new();
        while !self.over.load(Ordering::SeqCst) {
            let Ok((client, _)) = listener.accept() else {
                std::thread::sleep(Duration::from_millis(2));
                continue;
            };
            let number = {
                let mut arrivals = self.arrivals.lock().unwrap();
                arrivals.push(Instant::now());
                arrivals.len() - 1
            };
            let gate = *self.gate.lock().unwrap();
            match gate {
                Gate::Shut => drop(client),
                Gate::Silent => held.push(client),
                Gate::Open | Gate::CutAtIdle => self.connect(client, number, gate == Gate::CutAtIdle),
            }
        }
    }

    fn connect(self: &Arc<State>, client: TcpStream, number: usize, cut: bool) {
        client.set_nonblocking(false).unwrap();
        // A server that is down: the client is hung up on.
        let Ok(server) = TcpStream::connect(("127.0.0.1", self.server)) else { return };
        for (from, to, cut) in [(&client, &server, cut), (&server, &client, false)] {
            let (from, to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
            let state = Arc::clone(self);
            std::thread::spawn(move || state.carry(from, to, number, cut));
        }
    }

    fn carry(&self, mut from: TcpStream, mut to: TcpStream, number: usize, cut: bool) {
        from.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
        let mut buffer = [0; 16 * 1024];
        while !self.over.load(Ordering::SeqCst) {
            let length = match from.read(&mut buffer) {
                Ok(0) => break,
                Ok(length) => length,
                Err(error) if matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) => {
                    continue;
                }
                Err(_) => break,
            };
            if number < self.frozen.load(Ordering::SeqCst) {
                continue;
            }
            let carried = &buffer[..length];
            if (cut && carried.ends_with(b" IDLE\r\n")) || to.write_all(carried).is_err() {
                break;
            }
        }
        let _ = from.shutdown(Shutdown::Both);
        let _ = to.shutdown(Shutdown::Both);
    }
}
