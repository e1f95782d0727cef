//! Commands that go out before their turn: what a slow line costs is paid once for several questions.
//!
//! The session announces a command; it goes out together with the next one, and counts as asked when the crate comes to ask the
//! same. Where the crate asks something else, the answers are read and dropped first. What may be sent is on the whitelist,
//! announced or not.
//!
//! Only a question that must wait for the one before may be announced (a FETCH behind its EXAMINE): of two FETCHes Dovecot sends
//! all data first and then both tagged answers, so the second one's would be taken for the first one's.

use std::collections::VecDeque;
use std::io::{self, Read};

use zeroize::Zeroizing;

use super::super::fault::Fault;
use super::super::sock::Transport;
use super::notes::Allowance;
use super::outgoing::{self, Command, Verb};
use super::{CHUNK, Guard, Open};

/// Commands sent and not yet asked for.
#[derive(Default)]
pub(super) struct Ahead {
    sent: VecDeque<Sent>,
    count: u64,
}

struct Sent {
    tag: String,
    /// The command without its tag.
    text: String,
    verb: Verb,
}

impl<T: Transport> Guard<T> {
    /// What is to be written for this line of the crate's: the line, unless it went out before, and what has been announced.
    pub(super) fn prepared(&mut self, bare: &[u8], command: Command) -> io::Result<Zeroizing<Vec<u8>>> {
        let text = bare.get(command.tag.len() + 1..).unwrap_or_default();
        let asked = self.ahead.sent.front().is_some_and(|sent| sent.text.as_bytes() == text);
        let before = if asked { self.ahead.sent.pop_front() } else { None };
        if before.is_none() {
            self.drop_answers()?;
        }
        let mut lines = Zeroizing::new(Vec::new());
        let (tag, early) = match before {
            Some(sent) => (sent.tag, true),
            None => {
                lines.extend_from_slice(bare);
                lines.extend_from_slice(b"\r\n");
                (command.tag.clone(), false)
            }
        };
        // While a server idles nothing but DONE may come.
        if command.verb != Verb::Idle {
            self.send_announced(&mut lines)?;
        }
        self.begin(command, tag, early)?;
        Ok(lines)
    }

    /// Adds what has been announced to what is to be written.
    pub(super) fn send_announced(&mut self, lines: &mut Vec<u8>) -> io::Result<()> {
        let announced = std::mem::take(&mut self.notes.get().announced);
        for text in announced {
            self.ahead.count += 1;
            // The crate's own tags are `a1`, `a2`, ...
            let tag = format!("p{}", self.ahead.count);
            let line = format!("{tag} {text}");
            let Command { verb, .. } = outgoing::command(line.as_bytes()).map_err(Fault::into_io)?;
            lines.extend_from_slice(line.as_bytes());
            lines.extend_from_slice(b"\r\n");
            self.ahead.sent.push_back(Sent { tag, text, verb });
        }
        Ok(())
    }

    /// Reads the answers to what went out before its turn and was not asked for.
    fn drop_answers(&mut self) -> io::Result<()> {
        while let Some(Sent { tag, verb, .. }) = self.ahead.sent.pop_front() {
            let allowance = Allowance::default();
            self.inner.begin(allowance.bytes, allowance.timeout);
            let (crates, kept) = (tag.clone(), allowance.kept);
            self.open =
                Some(Open { tag, crates, verb, allowance, continued: false, done: false, responses: 0, forgiven: 0 });
            (self.given, self.kept) = (0, kept);
            let mut waste = [0; CHUNK];
            while self.open.is_some() || !self.ready.is_empty() {
                // However much it is: it goes nowhere.
                let _: usize = self.read(&mut waste)?;
            }
        }
        Ok(())
    }
}
