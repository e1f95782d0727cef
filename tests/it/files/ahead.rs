//! Several threads, and going on after an interruption: what comes out is what one thread finds that is never interrupted.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::PathBuf;

use confirmd::files::{Counts, Item, Mark, Passed, Reached, Wish, read_ahead};
use proptest::prelude::*;

use super::{LIMIT, Place, SEPARATOR, counts, mail, read_with, stranger, wanted};
use crate::support::pack::{Method, gzip, tar, zip};

/// Everything that several threads find, until `most` things were found; and the marks left.
fn read(
    paths: &[PathBuf],
    (threads, part): (usize, u64),
    marks: &mut BTreeMap<String, Reached>,
    most: usize,
) -> (Vec<Item>, Counts) {
    let known = marks.clone();
    let wish =
        Wish { message_limit: LIMIT, candidate: &wanted, threads, part, reached: &|file| known.get(file).copied() };
    let (items, last, passed_before) = (RefCell::new(Vec::new()), RefCell::new(Counts::default()), RefCell::new(0));
    let mut told = |item: Option<Item>, passed: &Passed| {
        assert!(passed.done >= passed_before.replace(passed.done) && passed.done <= passed.total);
        items.borrow_mut().extend(item);
        *last.borrow_mut() = passed.counts;
        if let Some(Mark { file, reached }) = &passed.mark {
            marks.insert(file.clone(), *reached);
        }
        if items.borrow().len() >= most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let counts = read_ahead(paths, &wish, &|item| item, &mut told).unwrap();
    assert_eq!(counts, last.into_inner(), "what was told last is everything");
    (items.into_inner(), counts)
}

/// Interrupts the reading after every `step` things and goes on with the marks; everything that was found.
fn in_steps(paths: &[PathBuf], how: (usize, u64), step: usize) -> (Vec<Item>, Counts) {
    let (mut marks, mut all) = (BTreeMap::new(), Vec::new());
    loop {
        let (items, counts) = read(paths, how, &mut marks, step);
        let ended = items.len() < step;
        all.extend(items);
        if ended {
            return (all, counts);
        }
    }
}

/// Separators where they part mails and where they do not, lengths that hold and that do not.
fn mbox_of(pieces: &[(u8, String)]) -> String {
    let piece = |(kind, text): &(u8, String)| {
        let inside = format!("{text}\n\n{SEPARATOR}{}\n\n{SEPARATOR}A: 1\n", mail("inside", text));
        match kind % 6 {
            0 => mail("a", text),
            1 => stranger("b", text),
            2 => format!("Content-Length: {}\n{}", inside.len(), stranger("c", &inside)),
            3 => format!("Content-Length: {}\n{}", inside.len(), mail("d", &inside)),
            4 => format!("Content-Length: {}\n{}", inside.len() / 2, mail("e", text)),
            _ => mail("f", &format!("{text}\nFrom now on\n\n>{SEPARATOR}From far away {}\n", "long ".repeat(60))),
        }
    };
    pieces.iter().map(|one| format!("{SEPARATOR}{}\n", piece(one))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn several_threads_and_parts_find_what_one_thread_finds(
        pieces in prop::collection::vec((any::<u8>(), "[a-z\n]{0,200}"), 1..30),
        threads in 1_usize..4,
        part in 40_u64..3000,
        step in 1_usize..6,
    ) {
        let content = mbox_of(&pieces);
        // A file that is smaller than half a part is read anew after an interruption.
        let part = part.min(content.len() as u64);
        let place = Place::new(&[("a.mbox", content.as_bytes())]);
        let path = place.0.path().join("a.mbox");
        let expected = read_with(&path, LIMIT).unwrap();
        let paths = [path];
        prop_assert_eq!(&read(&paths, (threads, part), &mut BTreeMap::new(), usize::MAX), &expected);
        // Interrupted again and again: nothing is lost, nothing comes twice.
        prop_assert_eq!(in_steps(&paths, (threads, part), step), expected);
    }
}

#[test]
fn files_folders_and_archives_come_in_one_order_and_can_be_gone_on_with() {
    let text = "x\n".repeat(400);
    let pieces: Vec<(u8, String)> = (0..40).map(|number| (number, text.clone())).collect();
    let content = mbox_of(&pieces);
    let mails: Vec<(String, String)> = (0..300).map(|number| (format!("{number:03}:2,S"), mail("m", &text))).collect();
    let mut files: Vec<(String, Vec<u8>)> =
        mails.iter().map(|(name, mail)| (format!("Maildir/cur/{name}"), mail.clone().into_bytes())).collect();
    files.push(("a.mbox".to_owned(), content.clone().into_bytes()));
    files.push(("b.mbox.gz".to_owned(), gzip(content.as_bytes())));
    let archive = [("x.mbox", content.as_bytes()), ("y.eml", mails[0].1.as_bytes()), ("z.mbox", content.as_bytes())];
    files.push(("c.tgz".to_owned(), gzip(&tar(&archive))));
    files.push(("d.zip".to_owned(), zip(&archive.map(|(name, content)| (name, content, Method::Deflated)))));
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    let place = Place::new(&files).with_maildir("Maildir");
    let root = place.0.path().to_owned();
    let expected = read_with(&root, LIMIT).unwrap();
    assert_eq!((expected.0.len() as u64, expected.1.skipped), (expected.1.candidates, 0));
    assert_eq!(read(std::slice::from_ref(&root), (3, 300), &mut BTreeMap::new(), usize::MAX), expected);
    // Several paths, as if they were one folder's files.
    let paths = ["a.mbox", "b.mbox.gz", "c.tgz", "d.zip", "Maildir"].map(|name| root.join(name));
    assert_eq!(read(&paths, (3, 300), &mut BTreeMap::new(), usize::MAX), expected);
    // Small files are read again, large ones gone on with.
    for step in [1, 7, 40] {
        let large = &paths[..4];
        let whole = read(large, (3, 300), &mut BTreeMap::new(), usize::MAX);
        assert_eq!(in_steps(large, (3, 300), step), whole);
        assert_eq!(in_steps(large, (1, 300), step), whole);
    }
}

#[test]
fn a_file_that_was_changed_is_read_from_its_beginning() {
    let content = mbox_of(&["a\n", "b\n", "c\n"].map(|text| (0, text.to_owned())));
    let place = Place::new(&[("a.mbox", content.as_bytes())]);
    let paths = [place.0.path().join("a.mbox")];
    let mut marks = BTreeMap::new();
    assert_eq!(read(&paths, (2, 100), &mut marks, 1).0.len(), 1);
    assert_eq!(read(&paths, (2, 100), &mut marks.clone(), 9).1, counts(3, 3, 0));
    assert_eq!(read(&paths, (2, 100), &mut marks.clone(), 9).0.len(), 2);
    std::fs::write(&paths[0], format!("{content}\n")).unwrap();
    assert_eq!(read(&paths, (2, 100), &mut marks, 9).0.len(), 3);
}

#[test]
fn a_path_that_cannot_be_read_is_told_and_the_others_are_read() {
    let place = Place::new(&[("a.eml", mail("a", "x\n").as_bytes()), ("b.mbox.xz", b"\xFD7zXZ\0")]);
    let paths = ["missing", "a.eml", "b.mbox.xz"].map(|name| place.0.path().join(name));
    let (items, told) = read(&paths, (2, 1000), &mut BTreeMap::new(), usize::MAX);
    let whys: Vec<_> = items
        .into_iter()
        .map(|item| match item {
            Item::Mail { .. } => "a mail".to_owned(),
            Item::Skipped { why, .. } => why,
        })
        .collect();
    let expected = [
        "cannot be read: No such file or directory (os error 2); check the path and who may read it",
        "a mail",
        "is packed (xz); unpack it first and scan what comes out of it",
    ];
    assert_eq!((whys, told), (expected.map(str::to_owned).to_vec(), counts(1, 1, 2)));
}
