//! A small IMAP server that answers by itself, holds its mails in memory, and can be told to break off at any line.
//!
//! For what a transcript is too stiff for: the same mailbox read again and again, whatever the client asks.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A mail on the server.
#[derive(Clone)]
pub struct Stored {
    /// Its UID.
    pub uid: u32,
    /// Its bytes; they may be many.
    pub raw: Arc<Vec<u8>>,
}

/// Where a connection breaks off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Before this line of the server's, counted from 0.
    Before(usize),
    /// In the middle of it.
    Within(usize),
    /// The same, by a reset of the connection.
    Reset(usize),
}

/// A server on 127.0.0.1 that takes any login, also by XOAUTH2. Its mails are in INBOX.
pub struct Answering {
    /// Where it listens.
    pub port: u16,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    mails: Vec<Stored>,
    /// A second folder, as it is called on the wire, and the words with which opening it is refused.
    refused: Option<(String, String)>,
    cut: Option<Cut>,
    /// How many lines the last connection was sent.
    lines: usize,
}

impl Answering {
    /// An empty mailbox.
    pub fn start() -> Answering {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        // It ends with the test's process.
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mut talk = Talk { stream, shared: Arc::clone(&shared), sent: 0 };
                // A client that leaves in the middle is no failure here.
                std::thread::spawn(move || drop(talk.serve()));
            }
        });
        Answering { port, state }
    }

    /// A mail arrives; its UID.
    pub fn deliver(&self, raw: Vec<u8>) -> u32 {
        let mut state = self.state.lock().unwrap();
        let uid = state.mails.last().map_or(1, |last| last.uid + 1);
        state.mails.push(Stored { uid, raw: Arc::new(raw) });
        uid
    }

    /// There is a second folder, and it cannot be opened. The name is as on the wire.
    pub fn refuse(&self, folder: &str, words: &str) {
        self.state.lock().unwrap().refused = Some((folder.to_owned(), words.to_owned()));
    }

    /// Breaks off the connections to come, or no longer.
    pub fn cut(&self, cut: Option<Cut>) {
        self.state.lock().unwrap().cut = cut;
    }

    /// How many lines the last connection was sent.
    pub fn lines(&self) -> usize {
        self.state.lock().unwrap().lines
    }

    /// The configuration's `[[mailbox]]` that leads here; the password is to be in `password_file`.
    pub fn mailbox(&self, password_file: &str) -> String {
        format!(
            "[[mailbox]]\nname = \"private\"\nhost = \"127.0.0.1\"\nport = {}\ntls = \"none\"\nusername = \"anna\"\n\
             password_file = \"{password_file}\"\ntrusted_authserv_ids = [\"mx.example.org\"]\n",
            self.port
        )
    }
}

struct Talk {
    stream: TcpStream,
    shared: Arc<Mutex<State>>,
    sent: usize,
}

impl Talk {
    fn serve(&mut self) -> std::io::Result<()> {
        self.stream.set_nodelay(true)?;
        let mut lines = BufReader::new(self.stream.try_clone()?).lines();
        self.send(b"* OK [CAPABILITY IMAP4rev1 AUTH=XOAUTH2] ready\r\n")?;
        while let Some(line) = lines.next().transpose()? {
            let (tag, command) = line.split_once(' ').unwrap_or((&line, ""));
            if command.starts_with("AUTHENTICATE") {
                self.send(b"+ \r\n")?;
                let _ = lines.next().transpose()?;
            }
            let refused = self.shared.lock().unwrap().refused.clone();
            if let Some((_, words)) = refused.filter(|(folder, _)| *command == format!("EXAMINE \"{folder}\"")) {
                self.send(format!("{tag} NO {words}\r\n").as_bytes())?;
                continue;
            }
            self.answer(command)?;
            self.send(format!("{tag} OK [CAPABILITY IMAP4rev1] done\r\n").as_bytes())?;
            if command == "LOGOUT" {
                break;
            }
        }
        Ok(())
    }

    fn answer(&mut self, command: &str) -> std::io::Result<()> {
        let mails = self.shared.lock().unwrap().mails.clone();
        let next = mails.last().map_or(1, |last| last.uid + 1);
        let words: Vec<&str> = command.splitn(4, ' ').collect();
        match words.as_slice() {
            ["LIST", ..] => {
                let refused = self.shared.lock().unwrap().refused.clone();
                let more = refused.map(|(folder, _)| format!("* LIST () \"/\" \"{folder}\"\r\n")).unwrap_or_default();
                self.send(format!("* LIST () \"/\" INBOX\r\n{more}").as_bytes())
            }
            ["STATUS", folder, ..] if *folder != "\"INBOX\"" => {
                self.send(format!("* STATUS {folder} (MESSAGES 1 UIDNEXT 2 UIDVALIDITY 7)\r\n").as_bytes())
            }
            ["STATUS", ..] => {
                let counts = format!("MESSAGES {} UIDNEXT {next} UIDVALIDITY 7", mails.len());
                self.send(format!("* STATUS INBOX ({counts})\r\n").as_bytes())
            }
            ["EXAMINE", ..] => {
                let said = format!("* {} EXISTS\r\n* OK [UIDVALIDITY 7]\r\n* OK [UIDNEXT {next}]\r\n", mails.len());
                self.send(said.as_bytes())
            }
            ["UID", "FETCH", set, items] => {
                for (number, mail) in mails.iter().enumerate().filter(|(_, mail)| is_in(set, mail.uid)) {
                    self.fetched(number + 1, mail, items)?;
                }
                Ok(())
            }
            ["UID", "SEARCH", "UID", set] => {
                let hits = mails.iter().filter(|mail| is_in(set, mail.uid));
                let hits: String = hits.map(|mail| format!(" {}", mail.uid)).collect();
                self.send(format!("* SEARCH{hits}\r\n").as_bytes())
            }
            _ => Ok(()),
        }
    }

    fn fetched(&mut self, number: usize, mail: &Stored, items: &str) -> std::io::Result<()> {
        let raw = &mail.raw;
        let head = raw.windows(4).position(|four| four == b"\r\n\r\n").map_or(raw.len(), |at| at + 4);
        let mut answer = format!("* {number} FETCH (UID {}", mail.uid).into_bytes();
        if items.contains("INTERNALDATE") {
            answer.extend(b" INTERNALDATE \"21-May-2025 10:00:00 +0000\"");
        }
        if items.contains("RFC822.SIZE") {
            answer.extend(format!(" RFC822.SIZE {}", raw.len()).bytes());
        }
        let fields = items.split_once("BODY.PEEK[").map(|(_, rest)| rest.split(']').next().unwrap_or_default());
        if let Some(section) = fields {
            // All of the header where fields of it are asked for: confirmd finds those.
            let literal = if section.is_empty() { &raw[..] } else { &raw[..head] };
            answer.extend(format!(" BODY[{section}] {{{}}}\r\n", literal.len()).bytes());
            answer.extend(literal);
        }
        answer.extend(b")\r\n");
        self.send(&answer)
    }

    /// Sends, line by line as long as the connection is to be broken off somewhere.
    fn send(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        let cut = self.shared.lock().unwrap().cut;
        let Some(cut) = cut else {
            self.sent += bytes.iter().filter(|byte| **byte == b'\n').count();
            self.shared.lock().unwrap().lines = self.sent;
            return self.stream.write_all(bytes);
        };
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            let (at, part) = match cut {
                Cut::Before(at) => (at, 0),
                Cut::Within(at) | Cut::Reset(at) => (at, line.len() / 2),
            };
            if self.sent == at {
                self.stream.write_all(&line[..part])?;
                if matches!(cut, Cut::Reset(_)) {
                    rustix::net::sockopt::set_socket_linger(&self.stream, Some(Duration::ZERO))?;
                }
                return Err(std::io::ErrorKind::ConnectionAborted.into());
            }
            self.stream.write_all(line)?;
            self.sent += 1;
        }
        Ok(())
    }
}

/// Whether a UID is in a set such as `3,7:9`; `*` is the largest number.
fn is_in(set: &str, uid: u32) -> bool {
    let number = |text: &str| text.parse().unwrap_or(u32::MAX);
    set.split(',').any(|range| {
        let (from, to) = range.split_once(':').unwrap_or((range, range));
        (number(from)..=number(to)).contains(&uid)
    })
}
