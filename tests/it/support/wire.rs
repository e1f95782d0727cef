//! A minimal IMAP client for arranging a mailbox and looking at it: everything confirmd itself must not do.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// A plain connection, logged in.
pub struct Wire {
    stream: BufReader<TcpStream>,
    tag: u32,
}

impl Wire {
    /// Logs in.
    pub fn log_in(port: u16, user: &str, password: &str) -> Wire {
        let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream.set_nodelay(true).unwrap();
        let mut wire = Wire { stream: BufReader::new(stream), tag: 0 };
        wire.line();
        wire.ask(&format!("LOGIN \"{user}\" \"{password}\""));
        wire
    }

    /// Runs a command that must succeed; returns all lines of the answer, the tagged one last.
    pub fn ask(&mut self, command: &str) -> Vec<String> {
        let answer = self.try_ask(command);
        let ok = answer.last().is_some_and(|line| line.split(' ').nth(1) == Some("OK"));
        assert!(ok, "{command}: {answer:?}");
        answer
    }

    /// Runs a command.
    pub fn try_ask(&mut self, command: &str) -> Vec<String> {
        let tag = self.send(command.as_bytes());
        self.answer(&tag)
    }

    /// Appends messages, all in one command (RFC 3502); returns its tagged line.
    pub fn append<'a>(&mut self, folder: &str, mails: impl IntoIterator<Item = (&'a [u8], &'a str)>) -> String {
        let mut command = format!("APPEND {}", quoted(folder)).into_bytes();
        for (raw, internaldate) in mails {
            command.extend(format!(" \"{internaldate}\" {{{}+}}\r\n", raw.len()).bytes());
            command.extend(raw);
        }
        let tag = self.send(&command);
        let answer = self.answer(&tag);
        let last = answer.last().unwrap().clone();
        assert!(last.contains(" OK "), "{answer:?}");
        last
    }

    fn send(&mut self, command: &[u8]) -> String {
        self.tag += 1;
        let tag = format!("t{}", self.tag);
        let line = [tag.as_bytes(), b" ", command, b"\r\n"].concat();
        self.stream.get_mut().write_all(&line).unwrap();
        tag
    }

    fn answer(&mut self, tag: &str) -> Vec<String> {
        let mut lines = Vec::new();
        loop {
            let line = self.line();
            let last = line.starts_with(&format!("{tag} "));
            lines.push(line);
            if last {
                return lines;
            }
        }
    }

    /// One line; a literal is read into it.
    fn line(&mut self) -> String {
        let mut line = Vec::new();
        loop {
            self.stream.read_until(b'\n', &mut line).unwrap();
            let text = String::from_utf8_lossy(&line).trim_end().to_owned();
            let size =
                text.strip_suffix('}').and_then(|text| text.rsplit_once('{')).and_then(|(_, size)| size.parse().ok());
            let Some(size) = size else { return text };
            let mut literal = vec![0; size];
            self.stream.read_exact(&mut literal).unwrap();
            line.extend(literal);
        }
    }
}

/// A quoted string.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', r"\\").replace('"', "\\\""))
}
