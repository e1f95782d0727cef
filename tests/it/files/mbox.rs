//! mbox: where one mail ends and the next begins, whichever program wrote the file.

use std::io::Write;
use std::ops::ControlFlow;
use std::os::fd::AsRawFd;
use std::path::Path;

use confirmd::files::{self, Counts, Item};
use proptest::prelude::*;

use super::{LIMIT, Place, SEPARATOR, counts, crlf, handed, mail, read_with, stranger, wanted};

/// The mails of an mbox, and how many it holds in all.
fn split(content: &[u8]) -> (Vec<String>, u64) {
    let place = Place::new(&[("a.mbox", content)]);
    let (items, counts) = read_with(&place.0.path().join("a.mbox"), LIMIT).unwrap();
    assert_eq!((counts.candidates, counts.skipped), (items.len() as u64, 0));
    (items.into_iter().map(text).collect(), counts.mails)
}

fn text(item: Item) -> String {
    match item {
        Item::Mail { raw, .. } => String::from_utf8(raw).unwrap(),
        Item::Skipped { origin, why, .. } => panic!("{origin}: {why}"),
    }
}

/// As programs write it: separator, mail, blank line.
fn joined(mails: &[String]) -> String {
    mails.iter().map(|mail| format!("{SEPARATOR}{mail}\n")).collect()
}

/// The mail with a Content-Length field in front.
fn with_length(length: usize, mail: &str) -> String {
    format!("Content-Length: {length}\n{mail}")
}

#[test]
fn wanted_mails_come_with_their_place_and_the_others_are_counted() {
    let mails = [stranger("1", "a\n"), mail("2", "b\n"), stranger("3", ""), mail("4", "c\n\n\n"), mail("5", "")];
    let content = joined(&mails);
    let place = Place::new(&[("a.mbox", content.as_bytes())]);
    let at = |number: usize| format!("a.mbox (byte {})", joined(&mails[..number]).len());
    let expected = [1, 3, 4].map(|number| handed(&at(number), &mails[number])).to_vec();
    assert_eq!(place.read("a.mbox"), (expected, counts(5, 3, 0)));
}

#[test]
fn every_programs_separator_parts_two_mails() {
    let lines = [
        "From anna@example.org Wed May 21 10:00:00 2025",
        "From - Wed May 21 10:00:00 2025",
        "From - Wed May 21 2025 10:00:00",
        "From ",
        "From 1234567890@xxx Wed May 21 10:00:00 +0000 2025",
        "From MAILER-DAEMON Thu May  1 10:00:00 2025",
        "From anna@example.org Wed, 21 May 2025 10:00:00 +0200",
        "From anna at example.org  Wed May 21 10:00:00 2025",
    ];
    let (a, b) = (mail("a", "x\n"), mail("b", "y\n"));
    for line in lines {
        let content = format!("{line}\n{a}\n{line}\n{b}\n");
        assert_eq!(split(content.as_bytes()), (vec![a.clone(), b.clone()], 2), "{line}");
        assert_eq!(split(crlf(&content).as_bytes()), (vec![crlf(&a), crlf(&b)], 2), "{line} with CRLF");
    }
}

#[test]
fn lines_that_only_resemble_a_separator_stay_in_the_mail() {
    let bodies = [
        "\nFrom now on\nSubject: x\n".to_owned(),
        "\nFrom anna@example.org\nSubject: x\n".to_owned(),
        "\nFrom anna@example.org on Wed May 21 10:00:00 2025\nSubject: x\n".to_owned(),
        // A separator, but no line is empty before it.
        format!("x\n{SEPARATOR}Subject: x\n"),
        format!("x\n \n{SEPARATOR}Subject: x\n"),
        // A separator, but no header after it.
        format!("\n{SEPARATOR}he wrote\n"),
        format!("\n{SEPARATOR}\nhe wrote\n"),
        format!("\n{SEPARATOR}But: it is not over.\nAnd so on.\n"),
        "\nFrom \nTo: Anna\nand Ben\n".to_owned(),
        "x\nFrom \nTo: Anna\nSubject: x\n".to_owned(),
        "\nFrom\nTo: Anna\nSubject: x\n".to_owned(),
        // Quoted by the writer: the bytes stay as they are.
        format!("\n>{SEPARATOR}Subject: x\n"),
        format!("\n>>{SEPARATOR}Subject: x\n>From here\n"),
        format!("\n {SEPARATOR}Subject: x\n"),
        // Thunderbird's, without its status line or without its dash.
        "x\nFrom - Wed May 21 10:00:00 2025\nSubject: x\n".to_owned(),
        format!("x\n{SEPARATOR}X-Mozilla-Status: 0001\n"),
        "\n\n\nFrom \n\nFrom \n\nFrom".to_owned() + " \n",
    ];
    for body in bodies {
        let mails = vec![mail("a", &body), mail("b", "y\n")];
        assert_eq!(split(joined(&mails).as_bytes()), (mails.clone(), 2), "{body:?}");
        let expected = mails.iter().map(|mail| crlf(mail)).collect();
        assert_eq!(split(crlf(&joined(&mails)).as_bytes()), (expected, 2), "{body:?} with CRLF");
    }
}

#[test]
fn thunderbirds_folders_need_no_blank_line() {
    let status = |name: &str| format!("X-Mozilla-Status: 0001\nX-Mozilla-Status2: 00000000\n{}", mail(name, "x\n"));
    let line = "From - Wed May 21 10:00:00 2025\n";
    for line in [line, "From \n"] {
        let content = format!("{line}{}{line}{}\n{line}{}", status("a"), status("b"), status("c"));
        assert_eq!(split(content.as_bytes()), (vec![status("a"), status("b"), status("c")], 3));
        let expected = [status("a"), status("b"), status("c")].map(|mail| crlf(&mail)).to_vec();
        assert_eq!(split(crlf(&content).as_bytes()), (expected, 3));
    }
    // Its own lines end with LF, those of the mail with CRLF.
    let mixed = |name: &str| format!("X-Mozilla-Status: 0001\n{}", crlf(&mail(name, "x\n")));
    let content = format!("{line}{}\r\n{line}{}\n", mixed("a"), mixed("b"));
    assert_eq!(split(content.as_bytes()), (vec![mixed("a"), mixed("b")], 2));
}

#[test]
fn a_file_may_end_anywhere() {
    let (a, b) = (mail("a", "x\n"), mail("b", "yy\n"));
    let whole = joined(&[a.clone(), b.clone()]);
    let without_blank = whole.trim_end().to_owned() + "\n";
    assert_eq!(split(whole.as_bytes()), (vec![a.clone(), b.clone()], 2));
    assert_eq!(split(without_blank.as_bytes()), (vec![a.clone(), b.clone()], 2));
    assert_eq!(split(without_blank.trim_end().as_bytes()), (vec![a.clone(), b.trim_end().to_owned()], 2));
    let start = joined(std::slice::from_ref(&a));
    assert_eq!(split(format!("{start}{SEPARATOR}").as_bytes()), (vec![a.clone()], 1));
    assert_eq!(split(format!("{start}{}", SEPARATOR.trim_end()).as_bytes()), (vec![a.clone()], 1));
    let header = "From: x@facebookmail.com\nX-Synthetic: y";
    assert_eq!(split(format!("{start}{SEPARATOR}{header}").as_bytes()), (vec![a, header.to_owned()], 2));
    assert_eq!(split(SEPARATOR.as_bytes()), (vec![], 0));
    assert_eq!(split(b"From "), (vec![], 0));
}

#[test]
fn a_mail_without_a_body_ends_with_its_header() {
    let header = mail("a", "").trim_end().to_owned() + "\n";
    let mails = vec![header.clone(), mail("b", ""), header, mail("c", "x\n")];
    assert_eq!(split(joined(&mails).as_bytes()), (mails, 4));
}

#[test]
fn a_content_length_that_holds_keeps_unquoted_separators_inside() {
    let body = format!("before\n\n{SEPARATOR}{}\nafter\n", stranger("inside", "x\n"));
    for body in [body.clone(), body.repeat(40_000)] {
        for own in [mail, stranger] {
            let first = with_length(body.len(), &own("a", &body));
            let second = with_length(2, &mail("b", "y\n"));
            let mut expected = vec![first.clone(), second.clone()];
            expected.retain(|mail| wanted(mail.as_bytes()));
            // mboxcl2 as programs write it, without the blank line, with CRLF, and at the end of the file.
            for between in ["\n", "", "\r\n"] {
                let content = format!("{SEPARATOR}{first}{between}{SEPARATOR}{second}{between}");
                assert_eq!(split(content.as_bytes()), (expected.clone(), 2), "{between:?}");
            }
            let only = format!("{SEPARATOR}{first}");
            assert_eq!(split(only.as_bytes()).1, 1);
        }
    }
    let body = crlf(&format!("before\n\n{SEPARATOR}Subject: x\n"));
    let first = format!("Content-Length: {}\r\n{}{body}", body.len(), crlf(&mail("a", "")));
    assert_eq!(
        split(format!("{SEPARATOR}{first}\r\n{SEPARATOR}{first}\r\n").as_bytes()),
        (vec![first.clone(), first], 2)
    );
}

#[test]
fn a_content_length_that_does_not_hold_is_ignored() {
    let body = "0123456789\nabcdefghij\n";
    for length in [0, 1, 5, 10, 11, 21, 24, 25, 60, 100, 500, 1_000_000, usize::MAX / 2, usize::MAX] {
        let mails = vec![with_length(length, &mail("a", body)), mail("b", "y\n"), stranger("c", &"z\n".repeat(200))];
        assert_eq!(split(joined(&mails).as_bytes()), (mails[..2].to_vec(), 3), "{length}");
    }
    let odd = mail("a", body).replace("To:", "Content-Length: x\nContent-Length: 300\nTo:");
    let mails = vec![odd, mail("b", "y\n")];
    assert_eq!(split(joined(&mails).as_bytes()), (mails, 2));
}

#[test]
fn a_separator_is_found_wherever_the_memory_ends() {
    for around in [256 << 10, 512 << 10, 1 << 20] {
        for ends in [|text: &str| text.to_owned(), crlf] {
            let frame = ends(&joined(&[mail("a", "\n")])).len();
            // What is read at once ends before, in and behind the separator and the header that follows.
            for length in (around - frame - 70..around - frame + 12).step_by(if around == 1 << 20 { 1 } else { 3 }) {
                let mails = [ends(&mail("a", &("x".repeat(length) + "\n"))), ends(&mail("b", "y\n"))];
                let content: String = mails.iter().map(|mail| ends(SEPARATOR) + mail + &ends("\n")).collect();
                let (found, count) = split(content.as_bytes());
                assert!(found == mails && count == 2, "{length} around {around}");
            }
        }
    }
}

#[test]
fn a_mail_over_the_limit_does_not_hide_the_next() {
    let big = mail("big", &"\n\nFrom far and wide\n".repeat(200_000));
    let mails = [big.clone(), stranger("big", &big.replace("From: ", "")), mail("b", "y\n")];
    let place = Place::new(&[("a.mbox", joined(&mails).as_bytes())]);
    let path = place.0.path().join("a.mbox");
    let (items, told) = read_with(&path, 100_000).unwrap();
    let size = big.len() as u64;
    let expected = vec![
        Item::Skipped {
            origin: format!("{} (byte 0)", path.display()),
            why: format!("has {size} bytes, over the limit of 100000 (`message` in [limits])"),
            header: mail("big", "").into_bytes(),
            size,
        },
        handed(&format!("{} (byte {})", path.display(), joined(&mails[..2]).len()), mail("b", "y\n")),
    ];
    assert_eq!((items, told), (expected, counts(3, 2, 1)));
}

#[test]
fn nul_bytes_of_a_crashed_writer_hide_no_mail() {
    let torn = mail("torn", &format!("x{}\n", "\0".repeat(2_000_000)));
    let mails = vec![torn, mail("b", "y\n")];
    assert_eq!(split(joined(&mails).as_bytes()), (mails, 2));
}

#[test]
fn a_pipe_is_read_like_a_file() {
    let body = format!("before\n\n{SEPARATOR}Subject: inside\n");
    let mails = vec![
        mail("a", &"x\n".repeat(700_000)),
        with_length(body.len(), &mail("b", &body)),
        with_length(3_000_000, &mail("c", "y\n")),
    ];
    let content = joined(&mails);
    let (reader, mut writer) = std::io::pipe().unwrap();
    let writing = std::thread::spawn(move || writer.write_all(content.as_bytes()).unwrap());
    let (items, told) = read_with(Path::new(&format!("/dev/fd/{}", reader.as_raw_fd())), LIMIT).unwrap();
    writing.join().unwrap();
    assert_eq!((items.into_iter().map(text).collect::<Vec<_>>(), told), (mails, counts(3, 3, 0)));
}

#[test]
fn stopping_in_an_mbox_leaves_the_rest_unread() {
    let place = Place::new(&[("a.mbox", joined(&vec![mail("a", "x\n"); 5]).as_bytes())]);
    let mut left = 3;
    let mut sink = |_| {
        left -= 1;
        if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let told = files::read(place.0.path(), LIMIT, &wanted, &mut sink, &mut |_, _| {}).unwrap();
    assert_eq!((told, left), (Counts { mails: 3, candidates: 3, skipped: 0 }, 0));
}

/// Lines that make splitting hard; those a writer would quote are quoted.
fn line() -> impl Strategy<Value = String> {
    let hard = prop::sample::select(vec![
        "",
        " ",
        "From now on",
        ">From ",
        "From",
        "From anna@example.org Wed May 21 10:00:00",
        ">From anna@example.org Wed May 21 10:00:00 2025",
        "From: x@facebookmail.com",
        "Content-Length: 5",
        "X-Mozilla-Status: 0001",
        "\0\0",
        "\r",
    ]);
    prop_oneof![4 => hard.prop_map(str::to_owned), 1 => "[^\n]{0,40}"]
}

fn body(lines: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    prop::collection::vec(lines, 0..12).prop_map(|lines| lines.iter().map(|line| format!("{line}\n")).collect())
}

/// Unquoted separators too, as in mboxcl2.
fn any_line() -> impl Strategy<Value = String> {
    prop_oneof![3 => line(), 1 => Just(SEPARATOR.trim_end().to_owned()), 1 => Just("Subject: x".to_owned())]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn joined_mails_come_back_as_they_were(
        bodies in prop::collection::vec((any::<bool>(), body(line())), 0..8),
        windows in any::<bool>(),
    ) {
        let ends = |text: &str| if windows { crlf(text) } else { text.to_owned() };
        let mails: Vec<(bool, String)> = bodies
            .iter()
            .map(|(ours, body)| (*ours, ends(&if *ours { mail("x", body) } else { stranger("x", body) })))
            .collect();
        let content: String = mails.iter().map(|(_, mail)| ends(SEPARATOR) + mail + &ends("\n")).collect();
        let expected = mails.iter().filter(|(ours, _)| *ours).map(|(_, mail)| mail.clone()).collect::<Vec<_>>();
        prop_assert_eq!(split(content.as_bytes()), (expected, mails.len() as u64));
    }

    #[test]
    fn mails_joined_with_their_lengths_come_back_whatever_they_contain(
        bodies in prop::collection::vec(body(any_line()), 0..8),
    ) {
        let mails: Vec<String> = bodies.iter().map(|body| with_length(body.len(), &mail("x", body))).collect();
        prop_assert_eq!(split(joined(&mails).as_bytes()), (mails.clone(), mails.len() as u64));
    }

    #[test]
    fn no_bytes_are_invented_or_read_twice(content in prop::collection::vec(any_line(), 0..40)) {
        let content = format!("{SEPARATOR}{}", content.join("\n"));
        let place = Place::new(&[("a.mbox", content.as_bytes())]);
        let mut size = 0;
        let mut sink = |item| {
            if let Item::Mail { raw, .. } = item {
                size += raw.len();
            }
            ControlFlow::Continue(())
        };
        let told = files::read(place.0.path(), LIMIT, &|_| true, &mut sink, &mut |_, _| {}).unwrap();
        prop_assert!(size <= content.len() - SEPARATOR.len());
        // A separator at the very end begins no mail.
        prop_assert!(size + (told.mails as usize + 1) * (SEPARATOR.len() + 2) >= content.len());
    }
}
