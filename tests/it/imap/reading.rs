//! Reading folders of a real Dovecot.

use super::*;

#[test]
fn candidates_are_read_once_and_nothing_else_is() {
    let dovecot = Dovecot::start();
    dovecot.deliver("INBOX", &mail(META, "first"), MAY);
    dovecot.deliver("INBOX", &mail(FRIEND, "friend"), MAY);
    dovecot.deliver("INBOX", &mail("\"facebookmail.com\" <x@evil.example>", "name only"), MAY);
    dovecot.deliver("INBOX", &mail("Instagram <no-reply@mail.instagram.com>", "last"), MAY);
    let before = dovecot.flags("INBOX");
    let mut connection = open(&dovecot);
    let (found, first) = read(&mut connection, "INBOX", None);
    // The closure of these tests looks at the whole field, so a display name counts.
    assert_eq!(subjects(&found), are(&[(1, "first"), (3, "name only"), (4, "last")]));
    let Found::Mail { uidvalidity, folder, received_at, raw, .. } = &found[0] else { panic!("{found:?}") };
    assert_eq!((*uidvalidity, folder.as_str()), (first.cursor.uidvalidity, "INBOX"));
    assert_eq!(received_at.unwrap().to_string(), "2025-05-24T08:00:00Z");
    assert_eq!(*raw, mail(META, "first"));
    assert_eq!((first.cursor.last_uid, first.cursor.generation.as_str(), first.looked), (4, "g1", Looked::Headers));
    assert_eq!(dovecot.bodies_read(), 3);
    connection.log_out();

    let mut connection = open(&dovecot);
    dovecot.forget_commands();
    let (found, second) = read(&mut connection, "INBOX", Some(&first.cursor));
    assert_eq!((found, second.looked, &second.cursor), (vec![], Looked::Unchanged, &first.cursor));
    connection.log_out();
    assert_eq!(
        dovecot.commands(),
        [r#"LIST "" "*" RETURN (SPECIAL-USE STATUS (MESSAGES UIDNEXT UIDVALIDITY))"#, "LOGOUT"],
        "an up-to-date mailbox costs one LIST-STATUS"
    );
    assert_eq!(dovecot.flags("INBOX"), before, "no flag has changed, \\Recent included");

    dovecot.deliver("INBOX", &mail(META, "new"), MAY);
    let mut connection = open(&dovecot);
    let (found, third) = read(&mut connection, "INBOX", Some(&first.cursor));
    assert_eq!(subjects(&found), are(&[(5, "new")]));
    assert_eq!((third.cursor.last_uid, dovecot.bodies_read()), (5, 1));
}

#[test]
fn every_command_on_the_wire_only_reads() {
    let dovecot = Dovecot::start();
    dovecot.deliver("INBOX", &mail(META, "one"), MAY);
    let mut connection = open(&dovecot);
    read(&mut connection, "INBOX", None);
    connection.log_out();
    assert_eq!(
        dovecot.commands(),
        [
            r#"LIST "" "*" RETURN (SPECIAL-USE STATUS (MESSAGES UIDNEXT UIDVALIDITY))"#,
            r#"EXAMINE "INBOX""#,
            "UID FETCH 1:1 (UID INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (FROM)])",
            "UID FETCH 1 (UID BODY.PEEK[])",
            "LOGOUT",
        ]
    );
}

#[test]
fn a_changed_uidvalidity_or_generation_starts_from_the_beginning() {
    let dovecot = Dovecot::start();
    dovecot.create_folder("Post");
    dovecot.deliver("Post", &mail(META, "old"), MAY);
    let mut connection = open(&dovecot);
    let (_, first) = read(&mut connection, "Post", None);
    dovecot.recreate_folder("Post");
    dovecot.deliver("Post", &mail(META, "after"), MAY);
    let (found, second) = read(&mut connection, "Post", Some(&first.cursor));
    assert_eq!(subjects(&found), are(&[(1, "after")]));
    assert_ne!(second.cursor.uidvalidity, first.cursor.uidvalidity);

    let other = Cursor { generation: "g0".to_owned(), ..second.cursor.clone() };
    let (found, third) = read(&mut connection, "Post", Some(&other));
    assert_eq!(subjects(&found), are(&[(1, "after")]));
    assert_eq!(third.cursor, second.cursor);
}

#[test]
fn a_first_pass_looks_back_to_since_and_later_ones_take_what_is_new() {
    let dovecot = Dovecot::start();
    let plan = |candidate| Plan {
        since: Some(jiff::civil::date(2025, 5, 24)),
        generation: "g1",
        needles: &[],
        candidate,
        message_limit: 25_000_000,
    };
    dovecot.deliver("INBOX", &mail(META, "the day before"), "24-May-2025 00:59:59 +0100");
    dovecot.deliver("INBOX", &mail(META, "that day"), "23-May-2025 23:00:00 -0100");
    let mut connection = open(&dovecot);
    let (found, first) = read_with(&mut connection, "INBOX", None, &plan(&is_candidate));
    assert_eq!(subjects(&found), are(&[(2, "that day")]));
    dovecot.deliver("INBOX", &mail(META, "moved here later"), "01-Jan-2024 00:00:00 +0000");
    let (found, _) = read_with(&mut connection, "INBOX", Some(&first.cursor), &plan(&is_candidate));
    assert_eq!(subjects(&found), are(&[(3, "moved here later")]));
}

#[test]
fn too_large_a_mail_is_listed_with_its_header() {
    let dovecot = Dovecot::start();
    let large = [mail(META, "large"), b"x".repeat(2000)].concat();
    dovecot.deliver("INBOX", &mail(META, "small"), MAY);
    dovecot.deliver("INBOX", &large, MAY);
    dovecot.deliver("INBOX", &mail(META, "small too"), MAY);
    let mut connection = open(&dovecot);
    let plan = Plan { since: None, generation: "g1", needles: &[], candidate: &is_candidate, message_limit: 1000 };
    let (found, summary) = read_with(&mut connection, "INBOX", None, &plan);
    assert_eq!(subjects(&found), are(&[(1, "small"), (2, "too large"), (3, "small too")]));
    let Found::TooLarge { size, header, .. } = &found[1] else { panic!("{found:?}") };
    assert_eq!(*size, large.len() as u64);
    let header = String::from_utf8_lossy(header);
    assert!(header.contains("Subject: large") && header.contains("From: Facebook"), "{header}");
    assert!(!header.contains("X-Synthetic"), "{header}");
    assert_eq!((summary.cursor.last_uid, dovecot.bodies_read()), (3, 2));
}

#[test]
fn search_and_headers_find_the_same_twelve_of_two_thousand() {
    let dovecot = Dovecot::start();
    let mails: Vec<(Vec<u8>, String)> = (1..=2000)
        .map(|nth| {
            let from = match nth % 160 {
                7 => META,
                // A search finds these too; they are no candidates.
                8 => "facebookmail.com news <x@evil.example>",
                _ => FRIEND,
            };
            (mail(from, &format!("mail {nth}")), MAY.to_owned())
        })
        .collect();
    dovecot.deliver_all("INBOX", &mails);
    let only_addresses = |from: &str| from.ends_with("@facebookmail.com>");
    let needles = NEEDLES.map(str::to_owned);
    let by_search = Plan {
        since: None,
        generation: "g1",
        needles: &needles,
        candidate: &only_addresses,
        message_limit: 25_000_000,
    };
    let by_headers = Plan { needles: &[], ..by_search };
    let mut connection = open(&dovecot);
    let (searched, first) = read_with(&mut connection, "INBOX", None, &by_search);
    let (looked_at, second) = read_with(&mut connection, "INBOX", None, &by_headers);
    assert_eq!((first.looked, second.looked), (Looked::Searched, Looked::Headers));
    let expected: Vec<(u32, String)> =
        (0..13).map(|nth| nth * 160 + 7).filter(|uid| *uid <= 2000).map(|uid| (uid, format!("mail {uid}"))).collect();
    assert_eq!(expected.len(), 13);
    assert_eq!(subjects(&searched), expected);
    assert_eq!(searched, looked_at);
    assert_eq!(first.cursor, second.cursor);
}

#[test]
fn an_interrupted_pass_goes_on_where_it_stopped() {
    let dovecot = Dovecot::start();
    let mails: Vec<(Vec<u8>, String)> =
        (1..=90).map(|nth| (mail(META, &format!("mail {nth}")), MAY.to_owned())).collect();
    dovecot.deliver("INBOX", &mail(META, "long ago"), "01-Jan-2020 00:00:00 +0000");
    dovecot.deliver_all("INBOX", &mails);
    dovecot.deliver("INBOX", &mail(META, "long ago, last"), "01-Jan-2020 00:00:00 +0000");
    let since = Some(jiff::civil::date(2025, 1, 1));
    let plan = Plan { since, generation: "g1", needles: &[], candidate: &is_candidate, message_limit: 25_000_000 };
    let mut connection = open(&dovecot);
    let inbox = folder(&mut connection, "INBOX");
    let (mut cursor, mut uids) = (None, Vec::new());
    let mut interruptions = 0;
    let last = loop {
        let mut taken = 0;
        let result = connection.read_folder(&inbox, cursor.clone().as_ref(), &plan, &mut |found| {
            match found {
                Found::Progress { cursor: progress } => cursor = Some(progress),
                Found::Mail { .. } if taken == 30 => return Err(Stopped),
                Found::Mail { uid, .. } => {
                    taken += 1;
                    uids.push(uid);
                }
                Found::TooLarge { .. } | Found::Unreadable { .. } => panic!("{found:?}"),
            }
            Ok(())
        });
        match result {
            Ok(summary) => break summary,
            Err(error) => assert_eq!(error, Error::Cancelled),
        }
        interruptions += 1;
        assert!(interruptions < 20);
    };
    // Some are handed over twice, which the caller recognises; none is left out, and `since` holds to the end.
    uids.sort_unstable();
    uids.dedup();
    assert_eq!(uids, (2..=91).collect::<Vec<u32>>());
    assert_eq!((last.cursor.last_uid, last.cursor.generation.as_str()), (92, "g1"));
    assert!(interruptions > 1);
}

#[test]
fn what_was_expunged_meanwhile_is_no_error() {
    // Each mail a file of its own: an expunged one is gone at once, for sessions that still know it too.
    let dovecot = Dovecot::start_with("mail_location = sdbox:~/mail");
    for subject in ["one", "two", "three"] {
        dovecot.deliver("INBOX", &mail(META, subject), MAY);
    }
    let mut connection = open(&dovecot);
    let needles = NEEDLES.map(str::to_owned);
    // The closure is asked about the From fields before the bodies are read: a moment to expunge in.
    let expunged = std::cell::Cell::new(0);
    let candidate = |from: &str| {
        expunged.set(expunged.get() + 1);
        if expunged.get() == 3 {
            dovecot.expunge("INBOX", "2");
        }
        is_candidate(from)
    };
    let plan =
        Plan { since: None, generation: "g1", needles: &needles, candidate: &candidate, message_limit: 25_000_000 };
    let (found, summary) = read_with(&mut connection, "INBOX", None, &plan);
    assert_eq!(subjects(&found), are(&[(1, "one"), (3, "three")]));
    assert_eq!(summary.cursor.last_uid, 3);
}

#[test]
fn a_folder_that_is_gone_is_the_folders_error_and_the_rest_is_read() {
    let dovecot = Dovecot::start();
    dovecot.create_folder("Weg");
    dovecot.deliver("Weg", &mail(META, "gone"), MAY);
    dovecot.deliver("INBOX", &mail(META, "there"), MAY);
    let mut connection = open(&dovecot);
    let gone = folder(&mut connection, "Weg");
    dovecot.delete_folder("Weg");
    let plan =
        Plan { since: None, generation: "g1", needles: &[], candidate: &is_candidate, message_limit: 25_000_000 };
    let error = connection.read_folder(&gone, None, &plan, &mut |_| Ok(())).unwrap_err();
    assert!(matches!(&error, Error::Folder { folder, .. } if folder == "Weg"), "{error}");
    assert!(error.is_about_a_folder() && !error.is_hopeless());
    let (found, _) = read(&mut connection, "INBOX", None);
    assert_eq!(subjects(&found), are(&[(1, "there")]));
}

#[test]
fn an_empty_folder_is_not_even_opened() {
    let dovecot = Dovecot::start();
    let mut connection = open(&dovecot);
    let (found, summary) = read(&mut connection, "INBOX", None);
    assert_eq!((found, summary.cursor.last_uid, summary.looked), (vec![], 0, Looked::Unchanged));
    connection.log_out();
    assert!(dovecot.commands().iter().all(|command| !command.starts_with("EXAMINE")), "{:?}", dovecot.commands());
}
