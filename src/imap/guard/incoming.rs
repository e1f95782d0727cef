//! One received line after the other, rewritten.
//!
//! What the crate gets to see: the greeting, continuation requests while one is due, the tagged answer to the open command,
//! and of untagged responses those the open command asked for.

use super::super::fault::Fault;
use super::super::harmless_up_to;
use super::super::sock::Transport;
use super::data;
use super::fetched::Fetched;
use super::said::{self, Said, Word};
use super::tokens::{self, Token};
use super::{Form, Guard, LONGEST_NAME, Literal, MOST_FORGIVEN, MOST_LITERALS, Open, Response, Verb};

impl<T: Transport> Guard<T> {
    /// Rewrites one line (without its end); a bare LF, a NUL or an 8-bit byte in it never reaches the crate.
    pub(super) fn rewrite(&mut self, line: &[u8]) -> Result<(), Fault> {
        if let Some(response) = self.response.take() {
            return self.go_on(response, line);
        }
        if !self.greeted {
            return self.greeting(line);
        }
        if let Some(data) = line.strip_prefix(b"* ") {
            return self.untagged(data);
        }
        match line.first() {
            Some(b'+') => self.continuation(&line[1..]),
            Some(_) => self.tagged(line),
            None => Ok(()),
        }
    }

    fn greeting(&mut self, line: &[u8]) -> Result<(), Fault> {
        let Some(said) = line.strip_prefix(b"* ").and_then(Said::parse) else {
            let text = harmless_up_to(&String::from_utf8_lossy(line), 60);
            return Err(Fault::protocol(format!("this is no IMAP server; it says: {text}")));
        };
        match said.word {
            Word::Ok => {
                self.note_capabilities(&said);
                self.greeted = true;
                self.ready.bytes.extend(b"* OK ready\r\n");
                Ok(())
            }
            // A login nobody asked for: on a plain connection it is how STARTTLS is prevented.
            Word::Preauth => {
                Err(Fault::Policy("the server says PREAUTH: it has logged in somebody by itself".to_owned()))
            }
            Word::Bye => Err(Fault::Bye { code: said.code, text: said.text }),
            Word::No | Word::Bad => Err(Fault::protocol(format!("the greeting is a refusal: {}", said.text))),
        }
    }

    fn continuation(&mut self, challenge: &[u8]) -> Result<(), Fault> {
        match &mut self.open {
            Some(open) if open.verb == Verb::Authenticate && !open.continued => {
                open.continued = true;
                let challenge = challenge.trim_ascii();
                self.ready.bytes.extend(b"+ ");
                // Only a refusal comes as a challenge here, and its answer is empty whatever it says.
                if is_base64(challenge) {
                    self.ready.bytes.extend(challenge);
                }
                self.ready.bytes.extend(b"\r\n");
                Ok(())
            }
            Some(open) if open.verb == Verb::Idle && !open.continued => {
                open.continued = true;
                let mut note = self.notes.get();
                note.idle.begun = true;
                self.inner.idle_until(note.idle.until);
                Ok(())
            }
            _ => Err(Fault::protocol("the server wants more of a command that is complete")),
        }
    }

    fn tagged(&mut self, line: &[u8]) -> Result<(), Fault> {
        let end = line.iter().position(|byte| *byte == b' ').unwrap_or(line.len());
        let open = self.open.take().filter(|open| open.tag.as_bytes() == &line[..end]);
        let said = Said::parse(line[end..].trim_ascii_start());
        let (Some(open), Some(said)) = (open, said) else {
            let text = harmless_up_to(&String::from_utf8_lossy(line), 60);
            return Err(Fault::protocol(format!("the server answers what was not asked: {text}")));
        };
        if open.verb == Verb::Idle {
            self.inner.idle_until(None);
        }
        let word = match said.word {
            Word::Ok if open.verb == Verb::Examine && said.is("READ-ONLY") => "OK [READ-ONLY]",
            Word::Ok => "OK",
            Word::No => "NO",
            Word::Bad => "BAD",
            // imap.wp.pl answers LOGOUT with a tagged BYE.
            Word::Bye if open.verb == Verb::Logout => "OK",
            Word::Bye | Word::Preauth => return Err(Fault::Bye { code: said.code, text: said.text }),
        };
        self.ready.bytes.extend(format!("{} {word} done\r\n", open.crates).bytes());
        self.note_capabilities(&said);
        self.notes.get().last = Some(said);
        Ok(())
    }

    fn untagged(&mut self, data: &[u8]) -> Result<(), Fault> {
        let Some(open) = &mut self.open else {
            return Err(Fault::protocol("the server speaks out of turn"));
        };
        open.responses += 1;
        if open.responses > open.allowance.responses {
            return Err(Fault::protocol(format!("more than {} responses to one command", open.allowance.responses)));
        }
        let verb = open.verb;
        if let Some(said) = Said::parse(data) {
            return self.status(verb, said);
        }
        let (word, rest) = split(data);
        if let Some(number) = tokens::number(word) {
            let (word, rest) = split(rest);
            match word.to_ascii_uppercase().as_slice() {
                b"EXISTS" => self.exists(verb, number),
                b"EXPUNGE" => self.expunged(),
                b"FETCH" if verb == Verb::Fetch => {
                    let fetched = Fetched::new(number, &open.allowance);
                    return self.go_on(Form::Fetched(fetched).into(), rest);
                }
                _ => return self.go_on(Form::Skipped.into(), rest),
            }
            return Ok(());
        }
        match word.to_ascii_uppercase().as_slice() {
            b"CAPABILITY" => {
                let list = said::capabilities(&String::from_utf8_lossy(rest));
                self.notes.get().capabilities = Some(list.into_iter().collect());
                Ok(())
            }
            b"SEARCH" if verb == Verb::Search => {
                let (line, clean) = data::search(rest);
                let mut note = self.notes.get();
                note.search.answered = true;
                note.search.garbage |= !clean;
                self.ready.bytes.extend(line);
                Ok(())
            }
            b"LIST" if verb == Verb::List => self.go_on(Form::List(Vec::new()).into(), rest),
            b"STATUS" if matches!(verb, Verb::List | Verb::Status) => self.go_on(Form::Status(Vec::new()).into(), rest),
            _ => self.go_on(Form::Skipped.into(), rest),
        }
    }

    /// An untagged `OK`, `NO`, `BAD` or `BYE`. The crate panics on a `NO` during EXAMINE (`* NO [ALERT] quota nearly full`).
    fn status(&mut self, verb: Verb, said: Said) -> Result<(), Fault> {
        match said.word {
            Word::Bye if verb != Verb::Logout => return Err(Fault::Bye { code: said.code, text: said.text }),
            Word::Ok => {
                self.note_capabilities(&said);
                if let (Verb::Examine, Some(number), Some(code @ ("UIDVALIDITY" | "UIDNEXT"))) =
                    (verb, said.number(), said.code.as_deref())
                {
                    self.ready.bytes.extend(format!("* OK [{code} {number}] noted\r\n").bytes());
                }
            }
            Word::No | Word::Bad | Word::Bye | Word::Preauth => {}
        }
        Ok(())
    }

    fn exists(&mut self, verb: Verb, number: u32) {
        let mut note = self.notes.get();
        // Some servers repeat the number they have given before; only more is news.
        let more = verb != Verb::Examine && number > note.idle.exists;
        note.idle.arrived |= more;
        note.idle.grown |= more;
        note.idle.exists = number;
        drop(note);
        if verb == Verb::Examine {
            self.ready.bytes.extend(format!("* {number} EXISTS\r\n").bytes());
        }
    }

    fn expunged(&mut self) {
        let mut note = self.notes.get();
        note.idle.exists = note.idle.exists.saturating_sub(1);
    }

    /// The next line of a data response: to its end, or to its next literal.
    fn go_on(&mut self, mut response: Response, line: &[u8]) -> Result<(), Fault> {
        let literal = if matches!(response.form, Form::Skipped) {
            let word = line.rsplit(|byte| matches!(byte, b' ' | b'(')).next().unwrap_or_default();
            tokens::literal(word)
        } else {
            let (words, literal) = tokens::scan(line).ok_or_else(|| Fault::protocol("a quoted string does not end"))?;
            match &mut response.form {
                Form::Skipped => {}
                Form::Fetched(fetched) => {
                    if !fetched.words(words, &mut self.ready.bytes) {
                        return Err(Fault::protocol("an answer is nested too deeply"));
                    }
                }
                Form::List(kept) | Form::Status(kept) => kept.extend(words),
            }
            literal
        };
        match literal {
            Some(size) => self.literal(response, size),
            None => {
                self.finish(response);
                Ok(())
            }
        }
    }

    fn literal(&mut self, mut response: Response, size: u64) -> Result<(), Fault> {
        response.literals += 1;
        if response.literals > MOST_LITERALS {
            return Err(Fault::protocol(format!("more than {MOST_LITERALS} literals in one response")));
        }
        let allowed = self.open.as_ref().map_or(0, |open: &Open| open.allowance.bytes);
        if size > allowed {
            return Err(Fault::protocol(format!("a literal of {size} bytes is announced")));
        }
        self.literal = match &mut response.form {
            Form::Skipped => Literal::Skip(size),
            Form::Fetched(fetched) => match fetched.literal(size, &mut self.ready.bytes) {
                0 => Literal::Skip(size),
                passing => Literal::Pass(passing, size - passing),
            },
            Form::List(_) | Form::Status(_) if size > LONGEST_NAME => {
                return Err(Fault::protocol(format!("a folder name of {size} bytes is announced")));
            }
            Form::List(_) | Form::Status(_) => Literal::Keep(size, Vec::new()),
        };
        let behind = match self.literal {
            Literal::Pass(_, behind) => behind,
            Literal::Skip(size) if matches!(response.form, Form::Fetched(_)) => size,
            Literal::None | Literal::Skip(_) | Literal::Keep(..) => 0,
        };
        self.forgive(behind);
        self.response = Some(response);
        if size == 0 {
            // Nothing to read: an empty read would look like the end of the connection.
            if let Literal::Keep(..) = std::mem::replace(&mut self.literal, Literal::None) {
                self.keep(Vec::new());
            }
        }
        Ok(())
    }

    /// What anybody can send to the person, a mail with header fields of any size, must not end the answer for the others.
    fn forgive(&mut self, bytes: u64) {
        let Some(open) = &mut self.open else { return };
        if bytes > 0 && open.forgiven + bytes <= MOST_FORGIVEN {
            open.forgiven += bytes;
            self.inner.forgive(bytes);
        }
    }

    /// A folder name has been read.
    pub(super) fn keep(&mut self, name: Vec<u8>) {
        if let Some(Response { form: Form::List(kept) | Form::Status(kept), .. }) = &mut self.response {
            kept.push(Token::Text(name));
        }
    }

    fn finish(&mut self, response: Response) {
        match response.form {
            Form::Skipped => {}
            Form::Fetched(fetched) => {
                self.notes.get().saved.extend(fetched.saved());
                fetched.end(&mut self.ready.bytes);
            }
            Form::List(tokens) => self.ready.bytes.extend(data::list(&tokens).unwrap_or_default()),
            Form::Status(tokens) => self.ready.bytes.extend(data::status(&tokens).unwrap_or_default()),
        }
    }

    fn note_capabilities(&self, said: &Said) {
        if said.is("CAPABILITY") {
            self.notes.get().capabilities = Some(said::capabilities(&said.argument).into_iter().collect());
        }
    }
}

impl From<Form> for Response {
    fn from(form: Form) -> Response {
        Response { form, literals: 0 }
    }
}

fn split(data: &[u8]) -> (&[u8], &[u8]) {
    let end = data.iter().position(|byte| *byte == b' ').unwrap_or(data.len());
    (&data[..end], data[end..].trim_ascii_start())
}

fn is_base64(text: &[u8]) -> bool {
    text.len().is_multiple_of(4) && {
        let digits = text.strip_suffix(b"==").or_else(|| text.strip_suffix(b"=")).unwrap_or(text);
        digits.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
    }
}
