//! The guard under the real `imap` crate, over a transport in memory.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::*;

/// Gives the next reply whenever a line has been sent, as a server does.
pub(super) struct Memory {
    replies: VecDeque<Vec<u8>>,
    readable: VecDeque<u8>,
    sent: std::sync::Arc<std::sync::Mutex<Vec<u8>>>,
    idling: bool,
}

impl Transport for Memory {
    fn begin(&mut self, _: u64, _: Option<Duration>) {}

    fn forgive(&mut self, _: u64) {}

    fn idle_until(&mut self, until: Option<Instant>) {
        self.idling = until.is_some();
    }
}

impl Read for Memory {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.readable.is_empty() && self.idling {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        self.readable.read(buf)
    }
}

impl Write for Memory {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        self.sent.lock().unwrap().extend(buf);
        Ok(buf.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.readable.extend(self.replies.pop_front().unwrap_or_default());
        Ok(())
    }
}

pub(super) struct Talk {
    pub(super) session: imap::Session<Guard<Memory>>,
    pub(super) notes: Notes,
    sent: std::sync::Arc<std::sync::Mutex<Vec<u8>>>,
}

/// A session whose next commands get these replies; their tag is `a2`, `a3`, ...
pub(super) fn talk(replies: &[&[u8]]) -> Talk {
    let sent = std::sync::Arc::default();
    let replies = [b"a1 OK in\r\n".as_slice()].iter().chain(replies).map(|reply| reply.to_vec()).collect();
    let readable = b"* OK [CAPABILITY IMAP4rev1] hello\r\n".iter().copied().collect();
    let memory = Memory { replies, readable, sent: std::sync::Arc::clone(&sent), idling: false };
    let notes = Notes::default();
    let mut client = imap::Client::new(Guard::new(memory, notes.clone(), false));
    client.read_greeting().unwrap();
    let session = client.login("anna", "secret").map_err(|(error, _)| error).unwrap();
    Talk { session, notes, sent }
}

impl Talk {
    /// The fault that has ended the connection.
    fn fault(&self) -> String {
        self.notes.get().fault.as_ref().map(ToString::to_string).unwrap_or_default()
    }

    /// `uid size date body`, of each message fetched.
    pub(super) fn fetched(&mut self) -> Result<Vec<String>, String> {
        let fetches = self.session.uid_fetch("1:*", "(UID BODY.PEEK[])").map_err(|error| error.to_string())?;
        let shown = fetches.iter().map(|fetch| {
            let body = fetch.body().map(|body| body.escape_ascii().to_string());
            let header = fetch.header().map(|header| header.escape_ascii().to_string());
            let date = fetch.internal_date().map(|date| date.timestamp());
            format!("{:?} {:?} {date:?} {header:?} {body:?}", fetch.uid, fetch.size)
        });
        Ok(shown.collect())
    }
}

#[test]
fn fetches_come_through_in_spite_of_everything_around_them() {
    let reply = b"* OK Still here\r\n\
        * NO [ALERT] \xfcber quota\r\n\
        * BAD what\r\n\
        * 23 EXISTS\r\n\
        * 5 EXPUNGE\r\n\
        * FLAGS (\\Seen [odd)\r\n\
        * ESEARCH (TAG \"a1\") UID COUNT 5\r\n\
        * NAMESPACE ((\"\" \"/\")) NIL NIL\r\n\
        * METADATA \"\" (/comment {3}\r\n\xff\xff\xff)\r\n\
        * VANISHED 1:5\r\n\
        * X-UNHEARD-OF \"of\r\n\
        * 1 FETCH (UID 7 INTERNALDATE NIL FLAGS (\\Seen) EMAILID (M1) RFC822.SIZE 5000000000 BODY[] {6}\r\nab\r\n\0\xff)\n\
        * 2 FETCH (FLAGS (\\Seen))\r\n\
        * 3 FETCH (BODY[] \"\" UID 8 INTERNALDATE \" 1-May-2025 00:00:00 +0200\")\r\n\
        * 4 FETCH (BODY[] \"q\\\"q\" UID 9)\r\n\
        * 5 FETCH (BODY[HEADER.FIELDS (FROM)] {0}\r\n UID 10)\r\n\
        \r\n\
        a2 OK done\r\n";
    let mut talk = talk(&[reply]);
    assert_eq!(
        talk.fetched().unwrap(),
        [
            r#"Some(7) Some(4294967295) None None Some("ab\\r\\n\\x00\\xff")"#,
            r#"Some(8) None Some(1746050400) None Some("")"#,
            r#"Some(9) None None None Some("q\\\"q")"#,
            r#"Some(10) None None Some("") None"#,
        ]
    );
    assert_eq!(talk.session.take_all_unsolicited().len(), 0);
}

#[test]
fn a_message_larger_than_allowed_is_left_out_and_the_rest_comes() {
    let body = "x".repeat(1000);
    let reply = format!(
        "* 1 FETCH (UID 7 BODY[] {{1000}}\r\n{body})\r\n* 2 FETCH (UID 8 BODY[] {{3}}\r\nabc)\r\na2 OK done\r\n"
    );
    let mut talk = talk(&[reply.as_bytes()]);
    talk.notes.get().allowance = Allowance { literal: 999, ..Allowance::default() };
    assert_eq!(talk.fetched().unwrap(), ["Some(7) None None None None", r#"Some(8) None None None Some("abc")"#]);
}

#[test]
fn an_examine_survives_warnings_and_tells_what_matters() {
    let reply = b"* FLAGS (\\Answered OIB-Seen-[Gmail]/All)\r\n* OK [PERMANENTFLAGS (\\*)] limited\r\n\
        * NO [ALERT] nearly full\r\n* 7 EXISTS\r\n* 2 RECENT\r\n* CAPABILITY IMAP4rev1 IDLE\r\n* LIST () \"/\" \"x\"\r\n\
        * OK [UIDVALIDITY 42] valid\r\n* OK [UIDNEXT 9] next\r\n* OK [HIGHESTMODSEQ 99999999999999999999] x\r\n\
        * 3 FETCH (FLAGS (\\Seen))\r\na2 OK [READ-ONLY] done\r\n";
    let mut talk = talk(&[reply]);
    let mailbox = talk.session.examine("INBOX").unwrap();
    assert_eq!((mailbox.exists, mailbox.uid_validity, mailbox.uid_next), (7, Some(42), Some(9)));
    assert!(mailbox.is_read_only);
    assert_eq!(talk.notes.get().capabilities.take().unwrap().into_iter().collect::<Vec<_>>(), ["IDLE", "IMAP4REV1"]);
}

#[test]
fn answers_beyond_all_measure_end_the_connection() {
    let many_literals = format!("* 1 FETCH ({})\r\n", "BODY[] {1}\r\nx ".repeat(65));
    let cases: [(&str, Vec<u8>); 14] = [
        ("a line is longer than 1048576 bytes", vec![b'x'; 2_000_000]),
        ("a line is longer than 4194304 bytes", [b"* SEARCH ".as_slice(), &vec![b'1'; 5_000_000]].concat()),
        ("a literal of 4294967295 bytes is announced", b"* 1 FETCH (BODY[] {4294967295}\r\n".to_vec()),
        ("a literal of 18446744073709551615 bytes is announced", b"* X {99999999999999999999999}\r\n".to_vec()),
        ("an answer is nested too deeply", [b"* 1 FETCH (BODYSTRUCTURE ".as_slice(), &[b'('; 2000], b"\r\n"].concat()),
        ("more than 64 literals in one response", many_literals.into_bytes()),
        ("more than 20000 responses to one command", b"* 5 EXISTS\r\n".repeat(20_001)),
        ("a quoted string does not end", b"* 1 FETCH (BODY[] \"x\r\n".to_vec()),
        ("the server answers what was not asked: a9 OK done", b"a9 OK done\r\n".to_vec()),
        ("the server answers what was not asked: a2 MAYBE", b"a2 MAYBE\r\n".to_vec()),
        ("the server wants more of a command that is complete", b"+ go on\r\n".to_vec()),
        ("the server closed the connection: Gr\u{fffd}\u{fffd}e", b"* BYE [X] Gr\xfc\xdfe\r\n".to_vec()),
        ("the server closed the connection", b"* 1 FETCH (UID 5".to_vec()),
        ("the server closed the connection: tagged", b"a2 BYE tagged\r\n".to_vec()),
    ];
    for (fault, reply) in cases {
        let mut talk = talk(&[&reply, b"a3 OK done\r\n"]);
        assert!(talk.fetched().is_err(), "{fault}");
        assert_eq!(talk.fault(), fault);
        // And nothing goes out any more.
        let sent = talk.sent.lock().unwrap().len();
        assert!(talk.session.noop().is_err(), "{fault}");
        assert_eq!(talk.sent.lock().unwrap().len(), sent, "{fault}");
    }
}

#[test]
fn what_is_no_greeting_is_no_server() {
    let cases = [
        ("* PREAUTH welcome back\r\n", "the server says PREAUTH: it has logged in somebody by itself"),
        ("* BYE [UNAVAILABLE] full\r\n", "the server closed the connection: full"),
        ("* NO go away\r\n", "the greeting is a refusal: go away"),
        ("220 mail.example.org ESMTP\r\n", "this is no IMAP server; it says: 220 mail.example.org ESMTP"),
        ("a1 OK LOGIN\r\n", "this is no IMAP server; it says: a1 OK LOGIN"),
        ("", "the server closed the connection"),
    ];
    for (greeting, fault) in cases {
        let readable = greeting.bytes().collect();
        let memory = Memory { replies: VecDeque::new(), readable, sent: std::sync::Arc::default(), idling: false };
        let notes = Notes::default();
        let mut client = imap::Client::new(Guard::new(memory, notes.clone(), false));
        assert!(client.read_greeting().is_err(), "{greeting}");
        assert_eq!(notes.get().fault.as_ref().unwrap().to_string(), fault);
    }
}

#[test]
fn an_answer_that_is_there_before_its_question_is_refused() {
    let mut talk = talk(&[b"a2 OK done\r\na3 OK done\r\n", b""]);
    talk.session.noop().unwrap();
    assert!(talk.session.noop().is_err());
    assert_eq!(talk.fault(), "the server answers what was not asked");
}

#[test]
fn commands_that_write_never_leave() {
    for command in
        ["SELECT \"INBOX\"", "STORE 1 +FLAGS (\\Seen)", "EXPUNGE", "UID FETCH 1 (BODY[])", "NOOP\r\na9 EXPUNGE"]
    {
        let mut talk = talk(&[b"a2 OK done\r\n"]);
        let before = talk.sent.lock().unwrap().clone();
        assert!(talk.session.run(command).is_err(), "{command}");
        assert!(talk.fault().starts_with("command not sent: "), "{}", talk.fault());
        drop(talk.session);
        assert_eq!(*talk.sent.lock().unwrap(), before, "{command}");
    }
    let mut talk = talk(&[]);
    assert!(talk.session.append("INBOX", b"x").finish().is_err());
    assert!(talk.session.uid_search("FROM \"x\"\r\nZ1 STORE 1:* +FLAGS \\Deleted").is_err());
    assert_eq!(talk.sent.lock().unwrap().as_slice(), b"a1 LOGIN \"anna\" \"secret\"\r\n");
}

#[test]
fn lists_and_searches_are_rewritten_and_garbage_is_noted() {
    let list = b"* LIST (\\HasNoChildren) \"/\" {5}\r\na\"b\\c\r\n* LIST () NIL 100%\r\n* STATUS {1}\r\nx (MESSAGES 5 SIZE 99999999999)\r\n\
        * LIST () \"/\" {0}\r\n\r\n* LSUB () \"/\" y\r\na2 OK done\r\n";
    let mut talk = talk(&[
        list,
        b"* SEARCH 5 3\r\n* SEARCH 9 (MODSEQ 5)\r\na3 OK done\r\n",
        b"* SEARCH 5 x\r\na4 OK done\r\n",
        b"a5 OK done\r\n",
    ]);
    let lines = talk.session.run_command_and_read_response("LIST \"\" \"*\"").unwrap();
    assert_eq!(
        String::from_utf8(lines).unwrap(),
        "* LIST (\\HasNoChildren) \"/\" \"a\\\"b\\\\c\"\r\n* LIST () NIL \"100%\"\r\n* STATUS \"x\" (MESSAGES 5)\r\n"
    );
    let mut search = || {
        let mut hits: Vec<u32> = talk.session.uid_search("ALL").unwrap().into_iter().collect();
        hits.sort_unstable();
        let notes = talk.notes.get().search;
        (hits, notes.answered, notes.garbage)
    };
    assert_eq!(search(), (vec![3, 5, 9], true, false));
    assert_eq!(search(), (vec![5], true, true));
    assert_eq!(search(), (vec![], false, false));
}

/// What was sent after the login, with `|` for the ends of lines.
fn sent(talk: &Talk) -> String {
    let all = talk.sent.lock().unwrap().clone();
    let rest = all["a1 LOGIN \"anna\" \"secret\"\r\n".len()..].to_vec();
    String::from_utf8(rest).unwrap().replace("\r\n", "|")
}

fn announce(talk: &Talk, commands: &[&str]) {
    talk.notes.get().announced.extend(commands.iter().map(|command| (*command).to_owned()));
}

#[test]
fn what_is_announced_goes_out_with_the_next_command_and_is_answered_in_its_turn() {
    let mut talk = talk(&[b"* 3 EXISTS\r\na2 OK [READ-ONLY] in\r\n* 1 FETCH (UID 7 RFC822.SIZE 5)\r\np1 OK done\r\n\
        * SEARCH 4\r\np2 OK done\r\n"]);
    announce(&talk, &["UID FETCH 1:* (UID RFC822.SIZE)", "UID SEARCH ALL"]);
    assert_eq!(talk.session.examine("INBOX").unwrap().exists, 3);
    let fetched = talk.session.uid_fetch("1:*", "(UID RFC822.SIZE)").unwrap();
    assert_eq!(fetched.iter().map(|fetch| (fetch.uid, fetch.size)).collect::<Vec<_>>(), [(Some(7), Some(5))]);
    assert_eq!(talk.session.uid_search("ALL").unwrap().into_iter().collect::<Vec<_>>(), [4]);
    assert_eq!(sent(&talk), "a2 EXAMINE \"INBOX\"|p1 UID FETCH 1:* (UID RFC822.SIZE)|p2 UID SEARCH ALL|");
}

#[test]
fn an_answer_that_nobody_asks_for_is_dropped() {
    let mut talk = talk(&[
        b"* 3 EXISTS\r\na2 OK [READ-ONLY] in\r\n* 1 FETCH (UID 7 BODY[] {5}\r\nhello)\r\np1 OK done\r\n* SEARCH 1\r\np2 NO what\r\n",
        b"* SEARCH 4\r\na3 OK done\r\n",
    ]);
    announce(&talk, &["UID FETCH 7 (UID BODY.PEEK[])", "UID SEARCH ALL"]);
    talk.session.examine("INBOX").unwrap();
    assert_eq!(talk.session.uid_search("SEEN").unwrap().into_iter().collect::<Vec<_>>(), [4]);
    assert!(sent(&talk).ends_with("|p2 UID SEARCH ALL|a3 UID SEARCH SEEN|"), "{}", sent(&talk));
}

#[test]
fn an_answer_to_the_second_question_before_the_first_ends_the_connection() {
    let mut talk = talk(&[b"* SEARCH 4\r\np1 OK done\r\n* 3 EXISTS\r\na2 OK in\r\n"]);
    announce(&talk, &["UID SEARCH ALL"]);
    assert!(talk.session.examine("INBOX").is_err());
    assert_eq!(talk.fault(), "the server answers what was not asked: p1 OK done");
}

#[test]
fn what_is_announced_must_be_on_the_whitelist_too() {
    let mut talk = talk(&[]);
    announce(&talk, &["UID STORE 1 +FLAGS (\\Seen)"]);
    assert!(talk.session.examine("INBOX").is_err());
    assert_eq!(sent(&talk), "");
}

/// What came of an IDLE: the outcome, the notes, and what was sent.
fn idled(replies: &[&[u8]]) -> (bool, bool, bool, String) {
    let mut talk = talk(replies);
    {
        let mut note = talk.notes.get();
        note.idle.exists = 5;
        note.idle.until = Some(Instant::now());
    }
    let ok = talk.session.run_command_and_check_ok("IDLE").is_ok();
    let idle = talk.notes.get().idle;
    (ok, idle.begun, idle.arrived, sent(&talk))
}

#[test]
fn an_idle_is_ended_by_news_by_time_or_by_the_server() {
    let done = b"* OK bye idle\r\na2 OK idle done\r\n".as_slice();
    let cases: [(&str, &[&[u8]], _); 8] = [
        ("news", &[b"+ idling\r\n* 6 EXISTS\r\n", done], (true, true, true, "a2 IDLE|DONE|")),
        ("news before the plus", &[b"* 6 EXISTS\r\n+\r\n", done], (true, true, true, "a2 IDLE|DONE|")),
        ("time", &[b"+ idling\r\n* OK Still here\r\n", done], (true, true, false, "a2 IDLE|DONE|")),
        (
            "no news",
            &[b"+ idling\r\n* 5 EXISTS\r\n* 1 RECENT\r\n* 2 FETCH (FLAGS (\\Seen))\r\n", done],
            (true, true, false, "a2 IDLE|DONE|"),
        ),
        (
            "one gone, one come",
            &[b"+ idling\r\n* 2 EXPUNGE\r\n* 5 EXISTS\r\n", done],
            (true, true, true, "a2 IDLE|DONE|"),
        ),
        ("OK at once", &[b"a2 OK what\r\n"], (true, false, false, "a2 IDLE|")),
        ("refused", &[b"a2 NO not here\r\n"], (false, false, false, "a2 IDLE|")),
        ("ended by the server", &[b"+ idling\r\na2 OK enough\r\n"], (true, true, false, "a2 IDLE|")),
    ];
    for (name, replies, (ok, begun, arrived, sent)) in cases {
        assert_eq!(idled(replies), (ok, begun, arrived, sent.to_owned()), "{name}");
    }
}

#[test]
fn a_challenge_is_passed_on_and_answered() {
    struct Twice(std::cell::Cell<u8>);
    impl imap::Authenticator for Twice {
        type Response = String;
        fn process(&self, challenge: &[u8]) -> String {
            self.0.set(self.0.get() + 1);
            format!("{}{}", self.0.get(), String::from_utf8_lossy(challenge))
        }
    }
    let sent = std::sync::Arc::default();
    // A challenge that is no base64 is passed on as none.
    let replies = [b"+ \r\n".as_slice(), b"+ eyJ9\r\n", b"+ no base64!\r\n", b"a1 NO [AUTHENTICATIONFAILED] no\r\n"];
    let memory = Memory {
        replies: replies.iter().map(|reply| reply.to_vec()).collect(),
        readable: b"* OK hello\r\n".iter().copied().collect(),
        sent: std::sync::Arc::clone(&sent),
        idling: false,
    };
    let notes = Notes::default();
    let mut client = imap::Client::new(Guard::new(memory, notes.clone(), false));
    client.read_greeting().unwrap();
    assert!(client.authenticate("XOAUTH2", &Twice(std::cell::Cell::new(0))).is_err());
    // 1, 2{"}, 3
    let lines = String::from_utf8(sent.lock().unwrap().clone()).unwrap();
    assert_eq!(lines, "a1 AUTHENTICATE XOAUTH2\r\nMQ==\r\nMnsifQ==\r\nMw==\r\n");
    assert!(notes.get().last.as_ref().unwrap().is("AUTHENTICATIONFAILED"));
}
