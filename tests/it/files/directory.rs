//! Directories: Maildirs, and trees with everything that mail programs leave in them.

use std::fs;
use std::ops::ControlFlow;
use std::os::unix::fs::{PermissionsExt, symlink};

use confirmd::files::{self, Item};

use super::{LIMIT, Place, SEPARATOR, counts, handed, mail, skipped, stranger, wanted};

#[test]
fn what_nobody_may_read_is_told_and_the_rest_is_read() {
    let b = mail("b", "x\n");
    let place =
        Place::new(&[("a.eml", b"A: 1\n\n"), ("b.eml", b.as_bytes()), ("c/c.eml", b"C: 1\n\n"), ("Inbox", b"x")]);
    let modes = |mode| {
        for name in ["a.eml", "c", "Inbox"] {
            fs::set_permissions(place.0.path().join(name), fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    modes(0);
    if fs::File::open(place.0.path().join("a.eml")).is_ok() {
        // Root may read everything.
        modes(0o700);
        return;
    }
    let denied = "cannot be read: Permission denied (os error 13)";
    let (items, told) = place.read("");
    let error = place.error("a.eml");
    modes(0o700);
    assert_eq!(error, format!("a.eml: {denied}; check the path and who may read it"));
    let expected = vec![skipped("Inbox", denied), skipped("c", denied), skipped("a.eml", denied), handed("b.eml", b)];
    assert_eq!((items, told), (expected, counts(1, 1, 3)));
}

#[test]
fn a_maildir_gives_new_and_current_mails_of_all_its_folders() {
    let raw = |name: &str| mail(name, "x\n").into_bytes();
    let place = Place::new(&[
        ("new/3.M1.example", &raw("new")),
        ("cur/1.M1.example:2,", &raw("current")),
        ("cur/2.M1.example:2,FRS", &raw("seen")),
        ("cur/4.M1.example:2,S", stranger("x", "x\n").as_bytes()),
        ("cur/.hidden", &raw("hidden")),
        ("tmp/5.M1.example", &raw("half delivered")),
        ("dovecot-uidlist", b"3 V1716285600 N5\n"),
        (".Junk/cur/6.M1.example:2,S", &raw("junk")),
        (".Junk/maildirfolder", b""),
        ("Archive/2024/new/7.M1.example", &raw("nested")),
    ]);
    let place = place.with_maildir("").with_maildir(".Junk").with_maildir("Archive/2024");
    let expected = vec![
        handed("new/3.M1.example", raw("new")),
        handed("cur/1.M1.example:2,", raw("current")),
        handed("cur/2.M1.example:2,FRS", raw("seen")),
        handed(".Junk/cur/6.M1.example:2,S", raw("junk")),
        handed("Archive/2024/new/7.M1.example", raw("nested")),
    ];
    assert_eq!(place.read(""), (expected.clone(), counts(6, 5, 0)));
    // Naming one part of it is enough.
    assert_eq!(place.read("cur"), (expected[1..3].to_vec(), counts(3, 2, 0)));
    assert_eq!(place.read(".Junk/cur"), (expected[3..4].to_vec(), counts(1, 1, 0)));
}

#[test]
fn a_file_in_a_maildir_is_one_mail_whatever_its_lines_look_like() {
    let raw = mail("one", &format!("forwarded:\n\n{SEPARATOR}{}", mail("inside", "x\n")));
    let with_line = format!("{SEPARATOR}{raw}");
    let place = Place::new(&[("cur/1:2,", raw.as_bytes()), ("cur/2:2,", with_line.as_bytes()), ("new/3", b"")]);
    let place = place.with_maildir("");
    let expected = vec![skipped("new/3", "is empty"), handed("cur/1:2,", &raw), handed("cur/2:2,", &raw)];
    assert_eq!(place.read(""), (expected, counts(2, 2, 1)));
}

#[test]
fn a_mail_that_is_flagged_or_moved_meanwhile_is_read_all_the_same() {
    let (a, b, c) = (mail("a", "x\n"), mail("b", "x\n"), mail("c", "x\n"));
    let place = Place::new(&[
        ("new/1.a", a.as_bytes()),
        ("new/2.b", b.as_bytes()),
        ("cur/3.c:2,", c.as_bytes()),
        ("cur/4.d:2,", b""),
    ])
    .with_maildir("");
    let root = place.0.path();
    let mut raws = Vec::new();
    let mut sink = |item| {
        if raws.is_empty() {
            fs::rename(root.join("new/2.b"), root.join("cur/2.b:2,S")).unwrap();
            fs::rename(root.join("cur/3.c:2,"), root.join("cur/3.c:2,FS")).unwrap();
            fs::remove_file(root.join("cur/4.d:2,")).unwrap();
        }
        raws.push(match item {
            Item::Mail { raw, .. } => String::from_utf8(raw).unwrap(),
            Item::Skipped { why, .. } => why,
        });
        ControlFlow::Continue(())
    };
    let told = files::read(root, LIMIT, &wanted, &mut sink, &mut |_, _| {}).unwrap();
    assert_eq!(raws, [a, b, c, "cannot be read: No such file or directory (os error 2)".to_owned()]);
    assert_eq!(told, counts(3, 3, 1));
}

#[test]
fn a_directory_is_searched_for_everything_that_holds_mails() {
    let one = |name: &str| mail(name, "x\n");
    let mbox = |name: &str| format!("{SEPARATOR}{}\n", one(name));
    let place = Place::new(&[
        ("a.EML", one("a").as_bytes()),
        ("b/Takeout/Mail/All mail.mbox", mbox("b").as_bytes()),
        ("c/Archive.mbox/mbox", mbox("c").as_bytes()),
        ("c/Archive.mbox/table_of_contents", b"\0\0\0\x01"),
        ("d/Mail/Inbox", mbox("d").replacen("anna@example.org", "-", 1).as_bytes()),
        ("d/Mail/Inbox.msf", b"// <!-- <mdb:mork:z v=\"1.4\"/> -->\n"),
        ("d/Mail/Inbox.sbd/Old", mbox("old").replacen(SEPARATOR, "From \r\n", 1).as_bytes()),
        ("e/Maildir/cur/1:2,S", one("e").as_bytes()),
        ("e/letter.txt", b"From Anna, with love\n\nSubject: x\n"),
        ("e/headers.txt", one("no mail by its name").as_bytes()),
    ]);
    let place = place.with_maildir("e/Maildir");
    let expected = vec![
        handed("a.EML", one("a")),
        handed("b/Takeout/Mail/All mail.mbox (byte 0)", one("b")),
        handed("c/Archive.mbox/mbox (byte 0)", one("c")),
        handed("d/Mail/Inbox (byte 0)", one("d")),
        handed("d/Mail/Inbox.sbd/Old (byte 0)", one("old")),
        handed("e/Maildir/cur/1:2,S", one("e")),
    ];
    assert_eq!(place.read(""), (expected, counts(6, 6, 0)));
}

#[test]
fn symlinks_are_followed_but_not_in_circles() {
    let raw = mail("a", "x\n");
    let place = Place::new(&[("a/a.eml", raw.as_bytes())]);
    let outside = Place::new(&[("b.eml", raw.as_bytes())]);
    symlink("..", place.0.path().join("a/up")).unwrap();
    symlink(".", place.0.path().join("self")).unwrap();
    symlink(outside.0.path(), place.0.path().join("out")).unwrap();
    symlink("127.0.0.1:+4711", place.0.path().join("lock")).unwrap();
    symlink("gone", place.0.path().join("gone.eml")).unwrap();
    let gone = skipped("gone.eml", "cannot be read: No such file or directory (os error 2)");
    let expected = vec![gone, handed("a/a.eml", &raw), handed("out/b.eml", &raw)];
    assert_eq!(place.read(""), (expected, counts(2, 2, 1)));
}
