//! A small DNS server on loopback, UDP and TCP on one port, that answers as it is told.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, UdpSocket};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use simple_dns::rdata::{CNAME, RData, TXT};
use simple_dns::{CLASS, Name, Packet, PacketFlag, RCODE, ResourceRecord};

/// How the server answers for a name. Names it was told nothing about do not exist.
#[derive(Debug, Clone)]
pub enum Says {
    /// These TXT records.
    Txt(Vec<String>),
    /// An alias, and the TXT record of its target in the same answer.
    Alias(String, String),
    /// The name exists and has no TXT record.
    Nothing,
    /// SERVFAIL.
    Fails,
    /// Not a word.
    Silent,
    /// Over UDP "truncated", over TCP this record.
    Long(String),
    /// First a forged answer with another id, one to another question, and rubbish; then this record.
    AfterForgeries(String),
    /// Over UDP "truncated", over TCP one byte every 100 ms.
    Drips,
}

/// The server; it stops when it is dropped.
pub struct DnsServer {
    address: SocketAddr,
    state: Arc<State>,
    threads: Vec<JoinHandle<()>>,
}

#[derive(Default)]
struct State {
    says: Mutex<BTreeMap<String, Says>>,
    asked: Mutex<Vec<String>>,
    stop: AtomicBool,
}

impl DnsServer {
    /// Starts a server that knows no name.
    pub fn start() -> DnsServer {
        let (udp, tcp) = loop {
            let udp = UdpSocket::bind("127.0.0.1:0").unwrap();
            // The same port may be taken for TCP: then another one.
            if let Ok(tcp) = TcpListener::bind(udp.local_addr().unwrap()) {
                break (udp, tcp);
            }
        };
        let address = udp.local_addr().unwrap();
        let state = Arc::new(State::default());
        udp.set_read_timeout(Some(Duration::from_millis(20))).unwrap();
        tcp.set_nonblocking(true).unwrap();
        let (for_udp, for_tcp) = (state.clone(), state.clone());
        let threads = vec![
            std::thread::spawn(move || for_udp.serve_udp(&udp)),
            std::thread::spawn(move || for_tcp.serve_tcp(&tcp)),
        ];
        DnsServer { address, state, threads }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// From now on the name (lower case) is answered so.
    pub fn set(&self, name: &str, says: Says) {
        self.state.says.lock().unwrap().insert(name.to_owned(), says);
    }

    /// From now on the name has this TXT record.
    pub fn txt(&self, name: &str, record: &str) {
        self.set(name, Says::Txt(vec![record.to_owned()]));
    }

    /// Every question so far, in order: `udp NAME` or `tcp NAME`.
    pub fn asked(&self) -> Vec<String> {
        self.state.asked.lock().unwrap().clone()
    }
}

impl Drop for DnsServer {
    fn drop(&mut self) {
        self.state.stop.store(true, Ordering::Relaxed);
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

impl State {
    fn serve_udp(&self, socket: &UdpSocket) {
        let mut buffer = [0; 4096];
        while !self.stop.load(Ordering::Relaxed) {
            let Ok((length, client)) = socket.recv_from(&mut buffer) else { continue };
            for packet in self.answers(&buffer[..length], "udp") {
                let _ = socket.send_to(&packet, client);
            }
        }
    }

    fn serve_tcp(&self, listener: &TcpListener) {
        while !self.stop.load(Ordering::Relaxed) {
            let Ok((mut stream, _)) = listener.accept() else {
                std::thread::sleep(Duration::from_millis(5));
                continue;
            };
            stream.set_nonblocking(false).unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(2))).unwrap();
            let mut length = [0; 2];
            if stream.read_exact(&mut length).is_err() {
                continue;
            }
            let mut query = vec![0; u16::from_be_bytes(length).into()];
            if stream.read_exact(&mut query).is_err() {
                continue;
            }
            for packet in self.answers(&query, "tcp") {
                let framed = [&u16::try_from(packet.len()).unwrap().to_be_bytes(), packet.as_slice()].concat();
                let _ = stream.write_all(&framed);
            }
            if matches!(self.says_of(&query), Some(Says::Drips)) {
                for byte in [1, 0].into_iter().chain(std::iter::repeat_n(0, 100)) {
                    if stream.write_all(&[byte]).is_err() || self.stop.load(Ordering::Relaxed) {
                        break;
                    }
                    std::thread::sleep(Duration::from_millis(100));
                }
            }
        }
    }

    fn says_of(&self, query: &[u8]) -> Option<Says> {
        let query = Packet::parse(query).unwrap();
        let name = query.questions[0].qname.to_string().to_lowercase();
        self.says.lock().unwrap().get(&name).cloned()
    }

    fn answers(&self, bytes: &[u8], by: &str) -> Vec<Vec<u8>> {
        let query = Packet::parse(bytes).unwrap();
        let name = query.questions[0].qname.to_string().to_lowercase();
        self.asked.lock().unwrap().push(format!("{by} {name}"));
        let says = self.says.lock().unwrap().get(&name).cloned();
        let txt = |text: &str| RData::TXT(TXT::try_from(text).unwrap().into_owned());
        let record =
            |name: &str, data| ResourceRecord::new(Name::new(name).unwrap().into_owned(), CLASS::IN, 300, data);
        let mut reply = Packet::new_reply(query.id());
        reply.questions.clone_from(&query.questions);
        let mut before = Vec::new();
        match says {
            None => *reply.rcode_mut() = RCODE::NameError,
            Some(Says::Nothing) => {}
            Some(Says::Fails) => *reply.rcode_mut() = RCODE::ServerFailure,
            Some(Says::Silent) => return Vec::new(),
            Some(Says::Drips) if by == "tcp" => return Vec::new(),
            Some(Says::Txt(records)) => reply.answers = records.iter().map(|text| record(&name, txt(text))).collect(),
            Some(Says::Alias(target, text)) => {
                let alias = RData::CNAME(CNAME(Name::new(&target).unwrap().into_owned()));
                reply.answers = vec![record(&name, alias), record(&target, txt(&text))];
            }
            Some(Says::Long(_) | Says::Drips) if by == "udp" => reply.set_flags(PacketFlag::TRUNCATION),
            Some(Says::Long(text)) => reply.answers = vec![record(&name, txt(&text))],
            Some(Says::Drips) => {}
            Some(Says::AfterForgeries(text)) => {
                let mut forged = Packet::new_reply(query.id() ^ 1);
                forged.questions.clone_from(&query.questions);
                forged.answers = vec![record(&name, txt("p=forged"))];
                before.push(forged.build_bytes_vec().unwrap());
                let mut elsewhere = Packet::new_reply(query.id());
                elsewhere.answers = vec![record(&name, txt("p=forged"))];
                before.push(elsewhere.build_bytes_vec().unwrap());
                before.push(b"rubbish".to_vec());
                reply.answers = vec![record(&name, txt(&text))];
            }
        }
        before.push(reply.build_bytes_vec_compressed().unwrap());
        before
    }
}
