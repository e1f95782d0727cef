//! `.eml`, what is no mail, and standard input: which files are read, and what is handed over or told.

mod ahead;
mod directory;
mod mbox;
mod packed;

use std::cell::RefCell;
use std::fs;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::os::unix::fs::symlink;
use std::path::Path;

use confirmd::files::{self, Counts, FilesError, Item};
use tempfile::TempDir;

const LIMIT: u64 = 25_000_000;
const SEPARATOR: &str = "From anna@example.org Wed May 21 10:00:00 2025\n";

/// The caller's question in all tests: does the From value speak of Facebook's domain?
fn wanted(from: &[u8]) -> bool {
    from.windows(16).any(|part| part == b"facebookmail.com")
}

/// A mail the caller wants.
fn mail(subject: &str, body: &str) -> String {
    format!(
        "From: Facebook <notification+abc@facebookmail.com>\nTo: anna@example.org\nSubject: {subject}\n\
         X-Synthetic: yes, made for the confirmd test corpus\n\n{body}"
    )
}

/// A mail the caller does not want.
fn stranger(subject: &str, body: &str) -> String {
    mail(subject, body).replace("facebookmail.com", "example.org")
}

fn crlf(text: &str) -> String {
    text.replace('\n', "\r\n")
}

/// Everything that comes out of a path.
fn read_with(path: &Path, limit: u64) -> Result<(Vec<Item>, Counts), FilesError> {
    let mut items = Vec::new();
    let mut sink = |item| {
        items.push(item);
        ControlFlow::Continue(())
    };
    let counts = files::read(path, limit, &wanted, &mut sink, &mut |_, _| {})?;
    Ok((items, counts))
}

fn counts(mails: u64, candidates: u64, skipped: u64) -> Counts {
    Counts { mails, candidates, skipped }
}

/// A mail handed over, its place without the directory.
fn handed(origin: &str, raw: impl AsRef<[u8]>) -> Item {
    Item::Mail { origin: origin.to_owned(), raw: raw.as_ref().to_vec() }
}

fn skipped(origin: &str, why: &str) -> Item {
    Item::Skipped { origin: origin.to_owned(), why: why.to_owned(), header: Vec::new(), size: 0 }
}

/// A temporary directory with files in it.
struct Place(TempDir);

impl Place {
    fn new(files: &[(&str, &[u8])]) -> Place {
        let place = Place(TempDir::new().unwrap());
        for (name, content) in files {
            let path = place.0.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        place
    }

    /// A Maildir's three parts below `name`.
    fn with_maildir(self, name: &str) -> Place {
        for part in ["cur", "new", "tmp"] {
            fs::create_dir_all(self.0.path().join(name).join(part)).unwrap();
        }
        self
    }

    /// What comes out of `name` (or of the whole directory, for ""), origins without the directory.
    fn read(&self, name: &str) -> (Vec<Item>, Counts) {
        let (mut items, counts) = read_with(&self.0.path().join(name), LIMIT).unwrap();
        let start = format!("{}/", self.0.path().display());
        for item in &mut items {
            let (Item::Mail { origin, .. } | Item::Skipped { origin, .. }) = item;
            *origin = origin.strip_prefix(&start).unwrap().to_owned();
        }
        (items, counts)
    }

    /// The error for `name`, without the directory.
    fn error(&self, name: &str) -> String {
        let error = read_with(&self.0.path().join(name), LIMIT).unwrap_err();
        error.to_string().replace(&format!("{}/", self.0.path().display()), "")
    }
}

#[test]
fn one_mail_is_handed_over_byte_by_byte() {
    let bodies = ["Hello\n", "", "no line end", "\n\n\n", "NUL \0 and \u{fc}\n", "a\r\nb\nc\rd", "From anna\n"];
    for body in bodies {
        for raw in [mail("one", body), crlf(&mail("one", body))] {
            for name in ["one.eml", "one", "one.mbox", "one.txt"] {
                let place = Place::new(&[(name, raw.as_bytes())]);
                assert_eq!(place.read(name), (vec![handed(name, &raw)], counts(1, 1, 0)), "{body:?}");
            }
        }
    }
}

#[test]
fn bytes_that_are_no_text_stay() {
    let mut raw = mail("one", "").into_bytes();
    raw.extend((0..=255).cycle().take(3_000_000).collect::<Vec<u8>>());
    let place = Place::new(&[("one.eml", &raw)]);
    assert_eq!(place.read("one.eml"), (vec![handed("one.eml", raw)], counts(1, 1, 0)));
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_mail() {
    let place = Place::new(&[("one.eml", format!("\u{feff}{}", mail("one", "x\n")).as_bytes())]);
    assert_eq!(place.read("one.eml"), (vec![handed("one.eml", mail("one", "x\n"))], counts(1, 1, 0)));
}

#[test]
fn a_mail_from_a_stranger_is_only_counted() {
    let place = Place::new(&[("one.eml", stranger("From: facebookmail.com", "From: x@facebookmail.com\n").as_bytes())]);
    assert_eq!(place.read("one.eml"), (vec![], counts(1, 0, 0)));
}

#[test]
fn the_caller_is_asked_with_the_unfolded_from() {
    let raw = "Received: x\r\n\tFrom: no\r\nFROM: Face\r\n book\r\n <a@example.org>\r\nSubject: x\r\nfrom : b@example.org\r\n\
               X-Synthetic: yes, made for the confirmd test corpus\r\n\r\nFrom: c@example.org\r\n";
    let place = Place::new(&[("1.eml", raw.as_bytes()), ("2.eml", b"X-Synthetic: yes\n\nFrom: c@example.org\n")]);
    let asked = RefCell::new(Vec::new());
    let candidate = |from: &[u8]| {
        asked.borrow_mut().push(String::from_utf8(from.to_vec()).unwrap());
        false
    };
    files::read(place.0.path(), LIMIT, &candidate, &mut |_| ControlFlow::Break(()), &mut |_, _| {}).unwrap();
    assert_eq!(asked.into_inner(), ["Face book <a@example.org>\nb@example.org", ""]);
}

#[test]
fn a_file_that_is_no_mail_is_told() {
    let not_a_mail = "does not begin like a mail or an mbox";
    let cases: &[(&str, &[u8], &str)] = &[
        ("empty.eml", b"", "is empty"),
        ("bom.eml", b"\xEF\xBB\xBF", "is empty"),
        ("text.eml", b"Dear Anna,\nSubject: x\n", not_a_mail),
        ("blank.eml", b"\nSubject: x\n\n", not_a_mail),
        ("utf16.eml", b"\xFF\xFES\0u\0b\0", not_a_mail),
        ("nul.mbox", &[0; 5000], not_a_mail),
        ("quoted.mbox", b">From anna@example.org Wed May 21 10:00:00 2025\n", not_a_mail),
    ];
    for (name, content, why) in cases {
        let place = Place::new(&[(name, content)]);
        assert_eq!(place.read(name), (vec![skipped(name, why)], counts(0, 0, 1)));
        assert_eq!(place.read(""), (vec![skipped(name, why)], counts(0, 0, 1)), "{name} in a directory");
    }
    let empty_mbox = Place::new(&[("empty.mbox", b""), ("Inbox", b"")]);
    for name in ["", "empty.mbox", "Inbox"] {
        assert_eq!(empty_mbox.read(name), (vec![], counts(0, 0, 0)), "{name:?}");
    }
}

#[test]
fn a_file_packed_in_an_unknown_way_says_that_it_must_be_unpacked() {
    let place = Place::new(&[
        ("a.mbox.xz", b"\xFD7zXZ\0\0\0"),
        ("b.7Z", b"7z\xBC\xAF\x27\x1C\0"),
        ("c.mbox", b"\x28\xB5\x2F\xFD\0"),
        ("d.docx", b"PK\x03\x04\0\0"),
        ("e.gz", mail("not packed, only named so", "x\n").as_bytes()),
    ]);
    assert_eq!(place.error("a.mbox.xz"), "a.mbox.xz: is packed (xz); unpack it first and scan what comes out of it");
    assert_eq!(place.error("b.7Z"), "b.7Z: is packed (7z); unpack it first and scan what comes out of it");
    assert_eq!(place.error("c.mbox"), "c.mbox: is packed (zstd); unpack it first and scan what comes out of it");
    assert_eq!(place.read("e.gz").1, counts(1, 1, 0));
    let told = ["a.mbox.xz", "b.7Z", "c.mbox"].into_iter().zip(["xz", "7z", "zstd"]);
    let told = told.map(|(name, format)| skipped(name, &format!("is packed ({format}); unpack it first"))).collect();
    assert_eq!(place.read(""), (told, counts(0, 0, 3)));
}

#[test]
fn a_path_that_cannot_be_read_is_an_error_that_names_it() {
    let place = Place::new(&[]);
    symlink("loop.eml", place.0.path().join("loop.eml")).unwrap();
    let advice = "check the path and who may read it";
    assert_eq!(
        place.error("missing.mbox"),
        format!("missing.mbox: cannot be read: No such file or directory (os error 2); {advice}")
    );
    let why = "cannot be read: Too many levels of symbolic links (os error 40)";
    assert_eq!(place.error("loop.eml"), format!("loop.eml: {why}; {advice}"));
    assert_eq!(place.read(""), (vec![skipped("loop.eml", why)], counts(0, 0, 1)));
}

#[test]
fn a_mail_over_the_limit_is_told_with_its_header_and_size() {
    let raw = mail("big", &"x\n".repeat(1_500_000));
    let header = mail("big", "");
    let place = Place::new(&[("big.eml", raw.as_bytes()), ("small.eml", stranger("big", &raw).as_bytes())]);
    let size = raw.len() as u64;
    let path = place.0.path().join("big.eml");
    let origin = path.display().to_string();
    assert_eq!(read_with(&path, size).unwrap(), (vec![handed(&origin, &raw)], counts(1, 1, 0)));
    for limit in [0, 10, size - 1] {
        let why = format!("has {size} bytes, over the limit of {limit} (`message` in [limits])");
        let expected = Item::Skipped { origin: origin.clone(), why, header: header.clone().into_bytes(), size };
        assert_eq!(read_with(&path, limit).unwrap(), (vec![expected], counts(1, 1, 1)));
    }
    assert_eq!(read_with(&place.0.path().join("small.eml"), 10).unwrap(), (vec![], counts(1, 0, 0)));
}

#[test]
fn a_header_is_judged_by_its_first_mebibyte() {
    let long = |bytes: usize| format!("X-Long: {}\n", "x".repeat(70)).repeat(bytes / 79);
    let late = |before: usize| format!("{}{}", long(before), mail("late", "x\n"));
    let early = mail("early", "").replace("\n\n", &format!("\n{}\n", long(3 << 20)));
    let place = Place::new(&[
        ("1.eml", early.as_bytes()),
        ("2.eml", late(900 << 10).as_bytes()),
        ("3.eml", late(2 << 20).as_bytes()),
    ]);
    let expected = vec![handed("1.eml", early), handed("2.eml", late(900 << 10))];
    assert_eq!(place.read(""), (expected, counts(3, 2, 0)));
}

#[test]
fn the_caller_can_stop_and_sees_how_far_it_went() {
    let raw = mail("a", &"x\n".repeat(400_000));
    let place = Place::new(&[
        ("1.eml", raw.as_bytes()),
        ("2.eml", b"Y: 1\n\n"),
        ("3.eml", raw.as_bytes()),
        ("4.eml", raw.as_bytes()),
    ]);
    let mut seen = Vec::new();
    let mut count = 0;
    let mut sink = |_| {
        count += 1;
        if count == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let told =
        files::read(place.0.path(), LIMIT, &wanted, &mut sink, &mut |done, total| seen.push((done, total))).unwrap();
    assert_eq!(told, counts(3, 2, 0));
    let (size, total) = (raw.len() as u64, 3 * raw.len() as u64 + 6);
    assert!(seen.is_sorted() && seen.iter().all(|(done, all)| done <= all && *all == total), "{seen:?}");
    assert!(seen.contains(&(size, total)) && seen.contains(&(size + 6, total)), "{seen:?}");
    assert_eq!(count, 2);
}

/// A stream that gives one byte at a time, is interrupted in between, and fails at its end when told to.
struct Drip<'a> {
    bytes: &'a [u8],
    fails: bool,
    interrupted: bool,
}

impl Read for Drip<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.interrupted = !self.interrupted;
        match self.bytes.split_first() {
            _ if self.interrupted => Err(io::ErrorKind::Interrupted.into()),
            None if self.fails => Err(io::Error::other("the pipe broke")),
            None => Ok(0),
            Some((first, rest)) => {
                into[0] = *first;
                self.bytes = rest;
                Ok(1)
            }
        }
    }
}

fn drip(bytes: &[u8], fails: bool) -> Result<(Vec<Item>, Counts), FilesError> {
    let mut items = Vec::new();
    let mut sink = |item| {
        items.push(item);
        ControlFlow::Continue(())
    };
    let mut stream = Drip { bytes, fails, interrupted: false };
    let counts = files::read_message(&mut stream, "standard input", LIMIT, &wanted, &mut sink)?;
    Ok((items, counts))
}

#[test]
fn of_a_strangers_mail_only_the_beginning_is_read() {
    struct Counted<'a>(&'a [u8], usize);
    impl Read for Counted<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let count = self.0.read(into)?;
            self.1 += count;
            Ok(count)
        }
    }
    let read = |raw: &str| {
        let mut stream = Counted(raw.as_bytes(), 0);
        let mut sink = |_| ControlFlow::Continue(());
        files::read_message(&mut stream, "one", LIMIT, &wanted, &mut sink).unwrap();
        stream.1
    };
    let (body, header) = ("x\n".repeat(1_000_000), "X-Long: x\n".repeat(2000));
    assert_eq!(read(&stranger("a", &body)), 16 << 10);
    assert_eq!(read(&mail("a", &body)), mail("a", &body).len());
    // A longer header is read to its end.
    assert_eq!(read(&format!("{header}{}", stranger("a", &body))), (16 << 10) + (256 << 10));
}

#[test]
fn a_stream_is_one_message() {
    let raw = mail("one", &format!("forwarded:\n\n{SEPARATOR}{}", mail("inside", "x\n\n")));
    let one = || (vec![handed("standard input", &raw)], counts(1, 1, 0));
    assert_eq!(drip(raw.as_bytes(), false).unwrap(), one());
    assert_eq!(drip(format!("{SEPARATOR}{raw}").as_bytes(), false).unwrap(), one());
    assert_eq!(drip(stranger("x", "y").as_bytes(), false).unwrap(), (vec![], counts(1, 0, 0)));
    assert_eq!(drip(b"", false).unwrap(), (vec![skipped("standard input", "is empty")], counts(0, 0, 1)));
}

#[test]
fn a_stream_that_breaks_is_an_error_that_says_where() {
    let message = |bytes: &[u8]| drip(bytes, true).unwrap_err().to_string();
    let long = mail("x", &"x".repeat(2000));
    assert_eq!(
        message(long.as_bytes()),
        format!(
            "standard input: reading failed at byte {}: the pipe broke; what stands before was read, try again for the rest",
            long.len()
        )
    );
    assert_eq!(message(b""), "standard input: cannot be read: the pipe broke; check the path and who may read it");
}
