//! However the same mails are read, the same comes of it: at once, in pieces, while a daemon waits, or from files.

use std::fs;

use super::*;
use crate::support::confirmd::{HONOURED, letter, signal};
use crate::support::dovecot::wait_until;

/// Mails of every sort, in the order in which they arrive.
fn mails() -> Vec<Vec<u8>> {
    let large = [vouched("en/honoured/no-longer-used"), b"x".repeat(30_000)].concat();
    let mut mails = vec![
        vouched("en/receipt/received"),
        vouched("en/near/login-code"),
        crate::support::confirmd::corpus("en/honoured/passive"),
        vouched("en/unrecognised/new-wording"),
        large,
        vouched("en/refused/no-further-action"),
        vouched("en/near/ads-receipt"),
    ];
    // The same words in other mails, one of them twice, and a hundred mails of no interest between them.
    for number in 0..6 {
        mails.extend((0..16).map(|nth| friend(number * 100 + nth)));
        mails.push(vouch(&letter(number.min(4), crate::support::confirmd::TITLE, HONOURED)));
    }
    mails
}

fn friend(number: usize) -> Vec<u8> {
    format!(
        "From: Berta <berta@example.org>\r\nTo: anna@example.org\r\nSubject: {number}\r\nMessage-ID: <{number}@example.org>\r\n\
         X-Synthetic: yes, made for the confirmd test corpus\r\n\r\nMeta will honour your objection to AI at Meta.\r\n"
    )
    .into_bytes()
}

fn home(dovecot: &Dovecot) -> Confirmd {
    let mut confirmd = Confirmd::watching(dovecot, FACEBOOK);
    confirmd.settings("[limits]\nmessage = \"20 KB\"\n[dns]\nserver = \"127.0.0.1:1\"\n");
    confirmd
}

/// Recognised, to be reviewed, not read: how many messages there are of each sort.
fn counts(confirmd: &Confirmd) -> Vec<String> {
    let document = confirmd.json(&["messages", "--json"]);
    let mut rows: Vec<String> = document["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|message| {
            let read = if message["sha256"].is_null() { "not read" } else { "read" };
            format!("{} {} {} {}", message["kind"], message["review"], message["proof"], read)
        })
        .collect();
    rows.sort();
    rows
}

#[test]
fn the_same_mails_come_to_the_same_however_they_are_read() {
    let mails = mails();
    let dated = |mails: &[Vec<u8>]| -> Vec<(Vec<u8>, String)> {
        mails.iter().map(|raw| (raw.clone(), MAY_21.to_owned())).collect()
    };

    let dovecot = Dovecot::start();
    dovecot.deliver_all("INBOX", &dated(&mails));
    let at_once = home(&dovecot);
    at_once.sync();
    let expected = counts(&at_once);
    assert_eq!(expected.len(), 10, "{expected:#?}");
    assert_eq!(expected.iter().filter(|row| row.ends_with("not read")).count(), 1, "{expected:#?}");

    let dovecot = Dovecot::start();
    let in_pieces = home(&dovecot);
    for piece in mails.chunks(9) {
        dovecot.deliver_all("INBOX", &dated(piece));
        in_pieces.sync();
    }
    assert_eq!(counts(&in_pieces), expected, "in pieces");

    let dovecot = Dovecot::start();
    let waiting = home(&dovecot);
    let mut daemon = waiting.start(&["run"]);
    let idles = || dovecot.commands().iter().any(|command| command == "IDLE");
    wait_until(std::time::Duration::from_secs(40), idles).unwrap();
    for raw in &mails {
        dovecot.deliver("INBOX", raw, MAY_21);
    }
    let read = wait_until(std::time::Duration::from_secs(40), || counts(&waiting) == expected);
    assert!(read.is_ok(), "in a burst: {:#?}", counts(&waiting));
    signal(&daemon, rustix::process::Signal::TERM);
    assert_eq!(daemon.wait().unwrap().code(), Some(0));
    assert_eq!(counts(&waiting), expected, "in a burst");

    let from_files = home(&dovecot);
    let folder = from_files.path().join("Maildir");
    for part in ["cur", "new", "tmp"] {
        fs::create_dir_all(folder.join(part)).unwrap();
    }
    for (number, raw) in mails.iter().enumerate() {
        fs::write(folder.join(format!("cur/{number}.mail:2,S")), raw).unwrap();
    }
    let scanned = from_files.run(&["scan", folder.to_str().unwrap(), "--trust-authserv", "mx.example.org"]);
    assert!(scanned.stdout.starts_with("Read "), "{scanned:?}");
    assert_eq!(counts(&from_files), expected, "from files");
}
