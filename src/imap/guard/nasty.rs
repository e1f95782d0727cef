//! Random answers, put together from what servers say: none may make the `imap` crate panic, abort or hang.

use std::time::Instant;

use proptest::prelude::*;

use super::tests::talk;

/// Pieces of answers, good and bad, put together at random.
fn nasty() -> impl Strategy<Value = Vec<u8>> {
    let pieces = prop::sample::select(vec![
        "* ",
        "+ ",
        "+",
        "a2 ",
        "a3 ",
        "OK ",
        "NO ",
        "BAD ",
        "BYE ",
        "PREAUTH ",
        "\r\n",
        "\n",
        "\r",
        " ",
        "(",
        ")",
        "\"",
        "\\",
        "[",
        "]",
        "{3}\r\nabc",
        "{0}\r\n",
        "{5}",
        "~{2}\r\nxy",
        "{4294967296}\r\n",
        "5 ",
        "EXISTS",
        "EXPUNGE",
        "FETCH (",
        "UID 7 ",
        "UID 4294967296 ",
        "BODY[] ",
        "BODY[HEADER.FIELDS (FROM)] ",
        "INTERNALDATE NIL ",
        "INTERNALDATE \" 1-May-2025 00:00:00 +0000\" ",
        "RFC822.SIZE 99999999999 ",
        "FLAGS (\\Seen) ",
        "BODYSTRUCTURE ((((((",
        "ENVELOPE (NIL ",
        "MODSEQ (5) ",
        "NIL ",
        "LIST (\\Junk) \"/\" ",
        "STATUS x (MESSAGES 5 ",
        "SEARCH 1 2 ",
        "SEARCH",
        "CAPABILITY IMAP4rev1 ",
        "METADATA \"\" (",
        "VANISHED (EARLIER) 1:5",
        "[UIDVALIDITY 5] ",
        "[CAPABILITY X] ",
        "[UIDNEXT 0] ",
        "QUOTA \"\" (STORAGE 1 2)",
        "ACL x y z",
        "ID NIL",
        "ENABLED X",
        "* OK Still here\r\n",
        "* 6 EXISTS\r\n",
        "a2 OK done\r\n",
        "* 1 FETCH (UID 7 BODY[] {3}\r\nabc)\r\n",
        "\u{fc}",
        "\0",
    ]);
    let piece = prop_oneof![8 => pieces.prop_map(|piece| piece.as_bytes().to_vec()), 1 => prop::collection::vec(any::<u8>(), 0..6)];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// The bare crate panics, aborts or hangs on about one in a thousand of these.
    #[test]
    fn no_answer_makes_the_crate_panic_or_hang(reply in nasty(), second in nasty(), which in 0..7) {
        let mut talk = talk(&[&reply, &second]);
        talk.notes.get().idle.until = Some(Instant::now());
        match which {
            0 => drop(talk.fetched()),
            1 => drop(talk.session.examine("INBOX")),
            2 => drop(talk.session.uid_search("ALL")),
            3 => drop(talk.session.run_command_and_read_response("LIST \"\" \"*\"")),
            4 => drop(talk.session.noop()),
            5 => drop(talk.session.run_command_and_check_ok("IDLE")),
            _ => drop(talk.session.logout()),
        }
        drop(talk.session.noop());
    }
}
