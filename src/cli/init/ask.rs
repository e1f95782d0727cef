//! Questions on a terminal, and their answers.
//!
//! It knows nothing of what is asked. Questions go to standard error, answers come from standard input.

use std::io::IsTerminal;
use std::os::fd::AsFd;

use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr};
use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::cli::context::CliError;
use crate::cli::output::{Output, WIDTH, wrap};
use crate::locale::{Locale, say};

/// Longer than any answer; a person who pastes a file by mistake gets an end.
const LONGEST: usize = 1000;

/// A person at a terminal.
pub struct Person<'a> {
    output: &'a mut Output,
    locale: &'static Locale,
}

impl<'a> Person<'a> {
    /// Whether there is somebody who can be asked.
    pub fn is_there() -> bool {
        std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
    }

    /// The person at this process's terminal.
    pub fn at(output: &'a mut Output, locale: &'static Locale) -> Person<'a> {
        Person { output, locale }
    }

    /// What the results are written to.
    pub fn output(&mut self) -> &mut Output {
        self.output
    }

    /// Says something, wrapped.
    pub fn tell(&mut self, text: &str) {
        for line in wrap(text, WIDTH) {
            self.output.remark(&line);
        }
    }

    /// An answer in one line, without blanks around it; the default (shown in brackets) where it is empty.
    pub fn line(&mut self, question: &str, default: &str) -> Result<String, CliError> {
        loop {
            let shown = if default.is_empty() { format!("{question}: ") } else { format!("{question} [{default}]: ") };
            self.output.question(&shown);
            let mut answer = String::new();
            let read = std::io::stdin().read_line(&mut answer);
            let trouble = match read {
                Ok(0) => return Err(self.stopped()),
                Ok(_) => answer.trim().contains(char::is_control) || answer.len() > LONGEST,
                Err(error) if error.kind() == std::io::ErrorKind::InvalidData => true,
                Err(error) => return Err(CliError::Failed(error.to_string())),
            };
            if trouble {
                self.tell(&say!(self.locale, "init-unreadable"));
                continue;
            }
            let answer = answer.trim();
            return Ok(if answer.is_empty() { default.to_owned() } else { answer.to_owned() });
        }
    }

    /// An answer that `read` understands; it is asked for again, with what `read` says, until it does.
    pub fn until<T>(
        &mut self,
        question: &str,
        default: &str,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Result<T, CliError> {
        loop {
            match read(&self.line(question, default)?) {
                Ok(value) => return Ok(value),
                Err(why) => self.tell(&why),
            }
        }
    }

    /// Yes or no.
    pub fn yes(&mut self, question: &str, default: bool) -> Result<bool, CliError> {
        let (yes, no) = (say!(self.locale, "init-yes"), say!(self.locale, "init-no"));
        let usual = if default { yes.clone() } else { no.clone() };
        let question = format!("{question} ({yes}/{no})");
        let unclear = say!(self.locale, "init-yes-or-no", yes = yes.as_str(), no = no.as_str());
        self.until(&question, &usual, |answer| match answer.to_lowercase().chars().next() {
            Some('y' | 'j') => Ok(true),
            Some('n') => Ok(false),
            Some(_) | None => Err(unclear.clone()),
        })
    }

    /// An answer that is not shown as it is typed. `^C` ends the program, with the terminal as it was.
    pub fn hidden(&mut self, question: &str) -> Result<SecretString, CliError> {
        // The question comes when nothing is shown any more: somebody may type at once.
        let typed = Silence::keep().and_then(|_silence| {
            self.output.question(&format!("{question}: "));
            typed()
        });
        self.output.remark("");
        match typed.map_err(|error| CliError::Failed(error.to_string()))? {
            Some(bytes) => match std::str::from_utf8(&bytes) {
                Ok(text) => Ok(SecretString::from(text)),
                Err(_) => Err(CliError::Failed(say!(self.locale, "init-unreadable"))),
            },
            None => Err(self.stopped()),
        }
    }

    fn stopped(&self) -> CliError {
        CliError::Failed(say!(self.locale, "init-stopped"))
    }
}

/// The terminal shows nothing of what is typed until this is dropped.
struct Silence {
    before: Termios,
}

impl Silence {
    fn keep() -> std::io::Result<Silence> {
        let stdin = std::io::stdin();
        let before = tcgetattr(stdin.as_fd())?;
        let mut silent = before.clone();
        // Without ISIG the terminal sends no signal on ^C, which would end the process before the terminal is as it was.
        silent.local_modes.remove(LocalModes::ECHO | LocalModes::ECHONL | LocalModes::ICANON | LocalModes::ISIG);
        silent.special_codes[SpecialCodeIndex::VMIN] = 1;
        silent.special_codes[SpecialCodeIndex::VTIME] = 0;
        tcsetattr(stdin.as_fd(), OptionalActions::Now, &silent)?;
        Ok(Silence { before })
    }
}

impl Drop for Silence {
    fn drop(&mut self) {
        // A terminal that is gone needs no care.
        let _ = tcsetattr(std::io::stdin().as_fd(), OptionalActions::Now, &self.before);
    }
}

/// The bytes up to the end of the line; `None` after ^C, ^D or the end of the input.
fn typed() -> std::io::Result<Option<Zeroizing<Vec<u8>>>> {
    let stdin = std::io::stdin();
    // Of its whole size from the start: growing would leave copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST));
    loop {
        let mut byte = Zeroizing::new([0_u8; 1]);
        if rustix::io::read(stdin.as_fd(), byte.as_mut_slice())? == 0 {
            return Ok(None);
        }
        match byte[0] {
            b'\n' | b'\r' => return Ok(Some(bytes)),
            3 | 4 => return Ok(None),
            // Backspace takes a whole character: the continuation bytes of UTF-8 with it.
            8 | 127 => while bytes.pop().is_some_and(|byte| byte & 0b1100_0000 == 0b1000_0000) {},
            21 => bytes.clear(),
            byte if bytes.len() < LONGEST => bytes.push(byte),
            _ => {}
        }
    }
}
