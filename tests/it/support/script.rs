//! A server that follows a transcript, for what no real server can be made to do.
//!
//! Transcripts lie in `tests/it/transcripts/NAME.txt`: what it is about, where that is from, then one instruction a line:
//!
//! | line | does |
//! |---|---|
//! | `# text` | nothing |
//! | `C: text` | waits for that line; a tag before it is remembered. `...` at the end stands for anything |
//! | `S: text` | sends the line; `$` is the tag remembered |
//! | `S\ text` | sends the text as it is, with `\r` `\n` `\0` `\xNN` `\\` replaced and no line end |
//! | `REPEAT n text` | sends the line that often |
//! | `FLOOD n text` | sends the text that often, without line ends |
//! | `DRIP ms` | sends a byte that often until the client leaves |
//! | `PAUSE ms` | waits |
//! | `HOLD` | says nothing until the client leaves |
//! | `TLS` | shakes hands |
//! | `NEXT` | closes, and waits for the next connection |
//! | `@login` | greeting, CAPABILITY and LOGIN as usual |

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use super::certificates::Certificates;
use super::dovecot::wait_until;

/// A server following a transcript.
pub struct Script {
    /// Where it listens, on 127.0.0.1.
    pub port: u16,
    /// The CA of its certificate.
    pub ca_pem: Vec<u8>,
    holding: Arc<AtomicBool>,
    thread: JoinHandle<Result<(), String>>,
}

const LOGIN: &str = "S: * OK [CAPABILITY IMAP4rev1 IDLE] ready\nC: LOGIN \"anna\" \"secret\"\n\
                     S: $ OK [CAPABILITY IMAP4rev1 IDLE] logged in\n";

impl Script {
    /// Plays `tests/it/transcripts/NAME.txt`.
    pub fn play(name: &str) -> Script {
        Script::play_text(&transcript(name))
    }

    /// Plays a transcript.
    pub fn play_text(transcript: &str) -> Script {
        Script::play_with(transcript, Certificates::for_localhost())
    }

    /// Plays a transcript with a certificate for those names and addresses.
    pub fn play_for(transcript: &str, names: &[&str], addresses: &[&str]) -> Script {
        Script::play_with(transcript, Certificates::for_names(names, addresses))
    }

    fn play_with(transcript: &str, certificates: Certificates) -> Script {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let ca_pem = certificates.ca_pem.clone();
        let transcript = transcript.replace("@login\n", LOGIN);
        let holding = Arc::new(AtomicBool::new(false));
        let held = Arc::clone(&holding);
        let thread = std::thread::spawn(move || follow(&listener, &certificates, &transcript, &held));
        Script { port, ca_pem, holding, thread }
    }

    /// Whether it has come to a `HOLD`: the client waits for something that never comes.
    pub fn is_holding(&self) -> bool {
        self.holding.load(Ordering::SeqCst)
    }

    /// Waits until it has been played; what the client did otherwise, if anything.
    pub fn finish(self) -> Result<(), String> {
        self.thread.join().unwrap()
    }
}

fn transcript(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/transcripts").join(format!("{name}.txt"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What a transcript is about, for the table of faults: its first line. Each has one, and its source below it.
pub fn about(name: &str) -> String {
    let text = transcript(name);
    let mut lines = text.lines();
    let what = lines.next().and_then(|line| line.strip_prefix("# ")).unwrap_or_else(|| panic!("{name}: about what?"));
    let source = lines.next().is_some_and(|line| line.starts_with("# Source: "));
    assert!(source, "{name}: where is it from?");
    what.trim_end_matches('.').to_owned()
}

trait ReadWrite: Read + Write + Send {}
impl<T: Read + Write + Send> ReadWrite for T {}

fn follow(
    listener: &TcpListener,
    certificates: &Certificates,
    transcript: &str,
    holding: &AtomicBool,
) -> Result<(), String> {
    let mut stream = Player::accept(listener)?;
    for line in transcript.lines() {
        if line == "NEXT" {
            stream = Player::accept(listener)?;
        } else if line == "TLS" {
            stream = stream.shake_hands(certificates)?;
        } else {
            holding.store(line == "HOLD", Ordering::SeqCst);
            stream.instruction(line).map_err(|what| format!("at `{line}`: {what}"))?;
        }
    }
    Ok(())
}

struct Player {
    stream: BufReader<Box<dyn ReadWrite>>,
    tcp: TcpStream,
    tag: String,
}

impl Player {
    fn accept(listener: &TcpListener) -> Result<Player, String> {
        listener.set_nonblocking(true).map_err(|error| error.to_string())?;
        let mut accepted = listener.accept();
        let come = wait_until(Duration::from_secs(20), || {
            if accepted.is_err() {
                accepted = listener.accept();
            }
            accepted.is_ok()
        });
        come.map_err(|_| "no client has come".to_owned())?;
        let (tcp, _) = accepted.map_err(|error| error.to_string())?;
        tcp.set_nonblocking(false).map_err(|error| error.to_string())?;
        tcp.set_read_timeout(Some(Duration::from_secs(20))).map_err(|error| error.to_string())?;
        tcp.set_nodelay(true).map_err(|error| error.to_string())?;
        let stream: Box<dyn ReadWrite> = Box::new(tcp.try_clone().map_err(|error| error.to_string())?);
        Ok(Player { stream: BufReader::new(stream), tcp, tag: String::new() })
    }

    fn shake_hands(self, certificates: &Certificates) -> Result<Player, String> {
        let identity = native_tls::Identity::from_pkcs8(&certificates.certificate_pem, &certificates.key_pem);
        let acceptor = native_tls::TlsAcceptor::new(identity.map_err(|error| error.to_string())?);
        let tcp = self.tcp.try_clone().map_err(|error| error.to_string())?;
        let tls = acceptor.map_err(|error| error.to_string())?.accept(tcp).map_err(|error| error.to_string())?;
        Ok(Player { stream: BufReader::new(Box::new(tls)), tcp: self.tcp, tag: self.tag })
    }

    fn instruction(&mut self, line: &str) -> Result<(), String> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let number = || rest.split(' ').next().and_then(|n| n.parse::<u64>().ok()).ok_or("no number");
        let text = || rest.split_once(' ').map_or("", |(_, text)| text);
        match word {
            "" | "#" => Ok(()),
            "C:" => self.expect(rest),
            "S:" => {
                let line = rest.replace('$', &self.tag) + "\r\n";
                self.send(line.as_bytes())
            }
            "S\\" => self.send(&unescaped(&rest.replace('$', &self.tag))),
            "REPEAT" => self.flood(&format!("{}\r\n", text()), number()?),
            "FLOOD" => self.flood(text(), number()?),
            "PAUSE" => {
                std::thread::sleep(Duration::from_millis(number()?));
                Ok(())
            }
            "DRIP" => {
                let pause = Duration::from_millis(number()?);
                while self.send(b"x").is_ok() {
                    std::thread::sleep(pause);
                }
                Ok(())
            }
            "HOLD" => {
                let mut waste = Vec::new();
                let _ = self.stream.read_to_end(&mut waste);
                Ok(())
            }
            _ => Err("no such instruction".to_owned()),
        }
    }

    fn expect(&mut self, text: &str) -> Result<(), String> {
        let mut line = String::new();
        match self.stream.read_line(&mut line) {
            Ok(0) => return Err("the client has left".to_owned()),
            Ok(_) => {}
            Err(error) => return Err(error.to_string()),
        }
        let line = line.trim_end_matches(['\r', '\n']);
        let fits = |line: &str| match text.strip_suffix("...") {
            Some(beginning) => line.starts_with(beginning),
            None => line == text,
        };
        if fits(line) {
            return Ok(());
        }
        match line.split_once(' ') {
            Some((tag, command)) if fits(command) => {
                self.tag = tag.to_owned();
                Ok(())
            }
            _ => Err(format!("the client says `{line}`")),
        }
    }

    fn flood(&mut self, text: &str, times: u64) -> Result<(), String> {
        let piece = text.repeat(1000);
        for _ in 0..times / 1000 {
            // A client that has had enough leaves.
            if self.send(piece.as_bytes()).is_err() {
                return Ok(());
            }
        }
        let rest = text.repeat(usize::try_from(times % 1000).unwrap_or(0));
        let _ = self.send(rest.as_bytes());
        Ok(())
    }

    fn send(&mut self, bytes: &[u8]) -> Result<(), String> {
        let stream = self.stream.get_mut();
        stream.write_all(bytes).and_then(|()| stream.flush()).map_err(|error| error.to_string())
    }
}

fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let escaped = (byte == b'\\').then(|| rest.next()).flatten();
        match escaped {
            None => bytes.push(byte),
            Some(b'r') => bytes.push(b'\r'),
            Some(b'n') => bytes.push(b'\n'),
            Some(b'0') => bytes.push(0),
            Some(b'x') => {
                let digits: String = rest.by_ref().take(2).map(char::from).collect();
                bytes.push(u8::from_str_radix(&digits, 16).unwrap());
            }
            Some(other) => bytes.push(other),
        }
    }
    bytes
}

#[test]
fn every_transcript_says_what_it_is_about_and_where_that_is_from() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/transcripts");
    let mut seen = std::collections::BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        // Two of one name would be one line in the table of faults.
        assert!(seen.insert(about(&name)), "{name}");
    }
    assert!(seen.len() > 60, "{}", seen.len());
}
