//! Exports as mail hosts give them: gzip, zip, tar; and what is damaged or hostile in them.

use confirmd::files::Item;

use super::{Place, SEPARATOR, counts, crlf, handed, mail, skipped, stranger};
use crate::support::pack::{Method, gzip, tar, tar_entry, zip};

const TAKEOUT: &str = "Takeout/Mail/All mail Including Spam and Trash.mbox";

/// An mbox of three mails, two of them wanted, and what comes out of it.
fn mbox() -> (String, [String; 2]) {
    let (a, b) = (mail("a", "x\n"), mail("b", &"y\n".repeat(300_000)));
    let content = format!("{SEPARATOR}{a}\n{SEPARATOR}{}\n{SEPARATOR}{b}\n", stranger("x", "z\n"));
    (content, [a, b])
}

/// What comes out of the mbox when it lies at `origin`.
fn out_of(origin: &str) -> Vec<Item> {
    let (content, [a, b]) = mbox();
    let at = content.find(&b).unwrap() - SEPARATOR.len();
    vec![handed(&format!("{origin} (byte 0)"), a), handed(&format!("{origin} (byte {at})"), b)]
}

/// The kind and text of what went wrong; a mail's subject is enough.
fn short(items: Vec<Item>) -> Vec<String> {
    let short = |item| match item {
        Item::Mail { origin, .. } => origin,
        Item::Skipped { origin, why, .. } => format!("{origin}: {why}"),
    };
    items.into_iter().map(short).collect()
}

#[test]
fn an_mbox_in_gzip_is_read_like_the_mbox() {
    let content = mbox().0;
    let (start, rest) = content.split_at(1000);
    let packed = gzip(content.as_bytes());
    let members = [gzip(start.as_bytes()), gzip(b""), gzip(rest.as_bytes())].concat();
    let padded = [packed.as_slice(), &[0; 512]].concat();
    let place = Place::new(&[("a.mbox.gz", &packed), ("b.mbox.gz", &members), ("c.GZ", &padded), ("Inbox", &packed)]);
    for name in ["a.mbox.gz", "b.mbox.gz", "c.GZ", "Inbox"] {
        assert_eq!(place.read(name), (out_of(name), counts(3, 2, 0)), "{name}");
    }
    // In a directory a packed file is looked into when its name says that it is packed.
    let expected = ["a.mbox.gz", "b.mbox.gz", "c.GZ"].into_iter().flat_map(out_of).collect();
    assert_eq!(place.read(""), (expected, counts(9, 6, 0)));
}

#[test]
fn a_zip_is_read_as_google_takeout_packs_it() {
    let content = mbox().0;
    let mails = content.as_bytes();
    for method in [Method::Stored, Method::Deflated, Method::Wide] {
        let packed = zip(&[
            ("Takeout/", b"", Method::Stored),
            ("Takeout/archive_browser.html", b"<html>From here</html>", Method::Deflated),
            (TAKEOUT, mails, method),
            ("__MACOSX/._All mail.mbox", b"\0\x05\x16\x07", Method::Stored),
            ("Takeout/letter.eml", mail("c", "x\n").as_bytes(), method),
            ("Takeout/notes", crlf(&mail("no mail by its name", "")).as_bytes(), Method::Deflated),
            ("Takeout/Inbox", format!("{SEPARATOR}{}", mail("d", "x\n")).as_bytes(), Method::Deflated),
        ]);
        let moved = [b"#!/bin/sh\n".as_slice(), &packed].concat();
        let place = Place::new(&[("all.zip", &packed), ("moved.zip", &moved)]);
        let mut expected = out_of(&format!("all.zip/{TAKEOUT}"));
        expected.push(handed("all.zip/Takeout/letter.eml", mail("c", "x\n")));
        expected.push(handed("all.zip/Takeout/Inbox (byte 0)", mail("d", "x\n")));
        assert_eq!(place.read("all.zip"), (expected.clone(), counts(5, 4, 0)));
        assert_eq!(place.read(""), (expected, counts(5, 4, 0)));
    }
}

#[test]
fn a_maildir_and_an_mbox_in_a_tar_are_read_packed_or_not() {
    let content = mbox().0;
    let inside = format!("{SEPARATOR}{}", mail("inside", "x\n"));
    let one = mail("one", &format!("\n{inside}"));
    let long = format!("{}/all.mbox", "folder/".repeat(30));
    let archive = tar(&[
        ("Maildir/cur/1:2,S", one.as_bytes()),
        ("Maildir/cur/2:2,S", stranger("x", "y\n").as_bytes()),
        ("picture.jpg", &[0xFF; 5000]),
        (&long, content.as_bytes()),
        ("z.eml", b""),
    ]);
    let place = Place::new(&[("a.tar", &archive), ("b.tgz", &gzip(&archive)), ("c.tar.gz", &gzip(&archive))]);
    for name in ["a.tar", "b.tgz", "c.tar.gz"] {
        let mut expected = vec![handed(&format!("{name}/Maildir/cur/1:2,S"), &one)];
        expected.extend(out_of(&format!("{name}/{long}")));
        expected.push(skipped(&format!("{name}/z.eml"), "is empty"));
        assert_eq!(place.read(name), (expected, counts(5, 3, 1)), "{name}");
    }
    assert_eq!(place.read("").1, counts(15, 9, 3));
}

#[test]
fn links_devices_and_names_of_other_tars_are_understood() {
    let mut archive = Vec::new();
    tar_entry(&mut archive, "folder/", b'5', b"");
    tar_entry(&mut archive, "link.eml", b'2', b"");
    tar_entry(&mut archive, "pax_global_header", b'g', b"52 comment=0123456789012345678901234567890123456789\n");
    tar_entry(&mut archive, "PaxHeaders/x", b'x', b"24 path=a/long/name.eml\n20 mtime=1716285600\n");
    tar_entry(&mut archive, "short", b'0', mail("a", "x\n").as_bytes());
    tar_entry(&mut archive, "after.eml", b'0', mail("b", "x\n").as_bytes());
    let place = Place::new(&[("a.tar", &archive)]);
    let expected = vec![handed("a.tar/a/long/name.eml", mail("a", "x\n")), handed("a.tar/after.eml", mail("b", "x\n"))];
    assert_eq!(place.read("a.tar"), (expected, counts(2, 2, 0)));
}

#[test]
fn a_mail_that_a_server_keeps_packed_is_read() {
    let raw = mail("one", "x\n");
    let place = Place::new(&[("cur/1:2,S", &gzip(raw.as_bytes())), ("cur/2:2,S", raw.as_bytes())]).with_maildir("");
    assert_eq!(place.read(""), (vec![handed("cur/1:2,S", &raw), handed("cur/2:2,S", &raw)], counts(2, 2, 0)));
}

#[test]
fn what_is_damaged_gives_what_stands_before_and_is_told() {
    let content = mbox().0;
    let packed = gzip(content.as_bytes());
    let mut changed = packed.clone();
    let last = changed.len() - 6;
    changed[last] ^= 1;
    let place = Place::new(&[
        ("cut.mbox.gz", &packed[..packed.len() / 2]),
        ("changed.mbox.gz", &changed),
        ("rubbish.gz", b"\x1F\x8B\x08\0rubbish rubbish rubbish"),
        ("cut.zip", &zip(&[(TAKEOUT, content.as_bytes(), Method::Deflated)])[..500]),
        ("cut.tar", &tar(&[("all.mbox", content.as_bytes())])[..100_000]),
    ]);
    let rest = "what stands before was read, for the rest get the file anew or unpack it and scan what comes out";
    for name in ["cut.mbox.gz", "changed.mbox.gz", "rubbish.gz", "cut.zip"] {
        let error = place.error(name);
        assert!(error.starts_with(&format!("{name}: unpacking failed after ")) && error.ends_with(rest), "{error}");
    }
    let (items, told) = place.read("");
    let told_of =
        |name: &str| short(items.clone()).into_iter().filter(|text| text.starts_with(name)).collect::<Vec<_>>();
    assert_eq!(told_of("cut.mbox.gz")[0], "cut.mbox.gz (byte 0)");
    assert_eq!(told_of("cut.tar")[0], "cut.tar/all.mbox (byte 0)");
    assert_eq!(
        told_of("cut.zip"),
        ["cut.zip: unpacking failed after 0 bytes: the zip archive is cut off: its directory is missing"]
    );
    // The last mail of each is not whole.
    assert_eq!((items.len(), told.candidates, told.skipped), (9, 6, 6), "{:?}", short(items));
}

#[test]
fn what_is_wrong_with_one_file_of_an_archive_does_not_hide_the_others() {
    let (content, _) = mbox();
    let mails = content.as_bytes();
    let packed = zip(&[
        ("a.mbox", mails, Method::Encrypted),
        ("b.mbox", mails, Method::Wrong),
        ("c.mbox.gz", &gzip(mails), Method::Stored),
        ("d.zip", &zip(&[("a.mbox", mails, Method::Stored)]), Method::Stored),
        ("e.txt", b"hello", Method::Encrypted),
        ("f.mbox", b"hello", Method::Deflated),
        ("../../g.mbox", mails, Method::Deflated),
    ]);
    let place = Place::new(&[("all.zip", &packed)]);
    let at = content.find("Subject: b").unwrap() - mail("b", "").find("Subject: b").unwrap() - SEPARATOR.len();
    let expected = [
        "all.zip/a.mbox: is encrypted; unpack the archive with its password first".to_owned(),
        "all.zip/b.mbox (byte 0)".to_owned(),
        format!(
            "all.zip/b.mbox: unpacking failed after {} bytes: it is damaged: its checksum is another one",
            content.len()
        ),
        "all.zip/c.mbox.gz: is packed (gzip) once more; unpack it first".to_owned(),
        "all.zip/d.zip: is packed (zip) once more; unpack it first".to_owned(),
        "all.zip/f.mbox: does not begin like a mail or an mbox".to_owned(),
        "all.zip/../../g.mbox (byte 0)".to_owned(),
        format!("all.zip/../../g.mbox (byte {at})"),
    ];
    assert_eq!(short(place.read("all.zip").0), expected);
}

#[test]
fn an_archive_whose_files_lie_over_each_other_is_refused() {
    // Each entry claims the same bytes: a few kilobytes would give gigabytes.
    let one = zip(&[("a.mbox", mbox().0.as_bytes(), Method::Stored)]);
    let at = one.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    let end = one.windows(4).rposition(|four| four == b"PK\x05\x06").unwrap() - 7;
    let end = one[..end + 8].windows(4).rposition(|four| four == b"PK\x05\x06").unwrap_or(end);
    let entry = one[at..end].to_vec();
    let mut many = one[..at].to_vec();
    (0..40).for_each(|_| many.extend(&entry));
    many.extend(b"PK\x05\x06\0\0\0\0\x28\0\x28\0");
    many.extend([40 * entry.len() as u32, at as u32].map(u32::to_le_bytes).concat());
    many.extend(b"\0\0");
    let place = Place::new(&[("bomb.zip", &many)]);
    let error = place.error("bomb.zip");
    assert!(error.contains("the zip archive claims to hold more than it does"), "{error}");
}

#[test]
fn a_content_length_holds_in_a_packed_file_too() {
    let body = format!("before\n\n{SEPARATOR}Subject: inside\n{}", "z\n".repeat(200_000));
    let first = format!("Content-Length: {}\n{}", body.len(), mail("a", &body));
    let content = format!("{SEPARATOR}{first}\n{SEPARATOR}{}\n", mail("b", "y\n"));
    let place = Place::new(&[("a.mbox.gz", &gzip(content.as_bytes()))]);
    let second = SEPARATOR.len() + first.len() + 1;
    let expected =
        vec![handed("a.mbox.gz (byte 0)", &first), handed(&format!("a.mbox.gz (byte {second})"), mail("b", "y\n"))];
    assert_eq!(place.read("a.mbox.gz"), (expected, counts(2, 2, 0)));
}
