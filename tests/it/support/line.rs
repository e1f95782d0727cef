//! A line to a server that counts how often the client speaks after the server has: round trips.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// The line; it counts as long as somebody holds it.
pub struct Line {
    /// Where it listens, on 127.0.0.1.
    pub port: u16,
    meter: Arc<Mutex<Meter>>,
}

#[derive(Default)]
struct Meter {
    trips: usize,
    client_spoke_last: bool,
}

impl Line {
    /// A line to the server on that port of 127.0.0.1; in clear, so that one answer is not taken for two.
    pub fn to(server: u16) -> Line {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let meter = Arc::new(Mutex::new(Meter::default()));
        let of_thread = Arc::clone(&meter);
        std::thread::spawn(move || {
            while let (Ok((client, _)), Ok(server)) = (listener.accept(), TcpStream::connect(("127.0.0.1", server))) {
                for (from, to, is_client) in [(&client, &server, true), (&server, &client, false)] {
                    let (from, to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
                    let meter = Arc::clone(&of_thread);
                    std::thread::spawn(move || carry(from, to, is_client, &meter));
                }
            }
        });
        Line { port, meter }
    }

    /// Round trips since the last call.
    pub fn trips(&self) -> usize {
        std::mem::take(&mut *self.meter.lock().unwrap()).trips
    }
}

fn carry(mut from: TcpStream, mut to: TcpStream, is_client: bool, meter: &Mutex<Meter>) {
    let mut buffer = [0; 64 * 1024];
    while let Ok(length @ 1..) = from.read(&mut buffer) {
        {
            let mut meter = meter.lock().unwrap();
            meter.trips += usize::from(is_client && !meter.client_spoke_last);
            meter.client_spoke_last = is_client;
        }
        if to.write_all(&buffer[..length]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Both);
}
