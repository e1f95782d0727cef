//! Where the first pass over a large folder begins: what it passes over, a search of everything would not have found either.

use super::*;
use crate::support::calendar::Calendar;

const SINCE: jiff::civil::Date = jiff::civil::date(2024, 5, 1);

/// What a search of the whole folder finds that was received since [`SINCE`].
fn plain_search(dovecot: &Dovecot, folder: &str) -> Vec<u32> {
    let mut wire = dovecot.wire();
    wire.ask(&format!("EXAMINE {folder}"));
    let answer = wire.ask("UID SEARCH SINCE 1-May-2024 OR FROM facebookmail.com FROM instagram.com");
    let hits = answer.iter().find_map(|line| line.strip_prefix("* SEARCH")).unwrap();
    hits.split_whitespace().map(|uid| uid.parse().unwrap()).collect()
}

fn plan(needles: &[String]) -> Plan<'_> {
    Plan { since: Some(SINCE), generation: "g1", needles, candidate: &is_candidate, message_limit: 25_000_000 }
}

/// The UIDs that a first pass reads, and the one its search begins with.
fn first_pass(dovecot: &Dovecot, folder: &str) -> (Vec<u32>, u32) {
    let needles = NEEDLES.map(str::to_owned);
    let plan = plan(&needles);
    let mut connection = open(dovecot);
    dovecot.forget_commands();
    let (found, summary) = read_with(&mut connection, folder, None, &plan);
    connection.log_out();
    let uids = subjects(&found).into_iter().map(|(uid, _)| uid).collect();
    let search = dovecot.commands().into_iter().find(|command| command.starts_with("UID SEARCH UID "));
    let begin = search.map(|search| search.split([' ', ':']).nth(3).unwrap().parse().unwrap());
    // Where everything is old there is nothing to search.
    (uids, begin.unwrap_or(summary.cursor.last_uid + 1))
}

/// Puts so many thousand old mails of no interest into a folder, today.
fn fill(dovecot: &Dovecot, folder: &str, thousands: u32) {
    let mut wire = dovecot.wire();
    wire.ask("SELECT Store");
    for _ in 0..thousands {
        wire.ask(&format!("COPY 1:* {folder}"));
    }
}

/// Mails of Meta's, received on these days.
fn put(dovecot: &Dovecot, folder: &str, days: &[&str]) {
    let mails: Vec<(Vec<u8>, String)> =
        days.iter().map(|day| (mail(META, &format!("of {day}")), format!("{day} 10:00:00 +0000"))).collect();
    dovecot.deliver_all(folder, &mails);
}

#[test]
fn what_came_in_before_since_is_not_searched_and_nothing_else_is_left_out() {
    let calendar = Calendar::at("2020-01-01");
    let dovecot = calendar.dovecot();
    let folders = ["Store", "Delivered", "Imported", "Moved", "Old", "Young", "OneDay", "Mixed"];
    folders.iter().for_each(|name| dovecot.create_folder(name));
    let friends: Vec<(Vec<u8>, String)> = (0..1000)
        .map(|nth| (mail(FRIEND, &format!("friend {nth}")), "01-Jan-2020 10:00:00 +0000".to_owned()))
        .collect();
    dovecot.deliver_all("Store", &friends);

    // In 2020: five thousand mails in each, and some of Meta's.
    for folder in ["Delivered", "Moved", "Old", "Mixed"] {
        fill(&dovecot, folder, 5);
        put(&dovecot, folder, &["01-Jan-2020", "01-Jan-2020"]);
    }
    calendar.turn_to("2025-06-01");
    for folder in ["Delivered", "Moved", "Mixed"] {
        fill(&dovecot, folder, 1);
    }
    put(&dovecot, "Delivered", &["01-Jun-2025", "01-Jun-2025"]);
    // Moved here from elsewhere, in no order.
    put(&dovecot, "Moved", &["20-May-2025", "03-Feb-2019", "30-Apr-2024", "01-May-2024", "02-Jan-2025"]);
    // A whole mailbox copied from elsewhere in one day, the newest first, and the last in the middle.
    for days in [["01-Jun-2025", "31-May-2025"], ["03-Feb-2019", "20-May-2025"], ["01-Jan-2010", "01-May-2024"]] {
        put(&dovecot, "Imported", &days);
        fill(&dovecot, "Imported", 2);
    }
    put(&dovecot, "OneDay", &["01-Jun-2025"]);
    fill(&dovecot, "OneDay", 5);
    put(&dovecot, "Young", &["01-Jun-2025", "01-Jun-2025"]);
    fill(&dovecot, "Young", 5);
    put(&dovecot, "Young", &["02-Jun-2025"]);
    // A copy that keeps the days of coming in (as between servers): recent mail, and then old days again.
    put(&dovecot, "Mixed", &["20-May-2025"]);
    calendar.turn_to("2021-01-01");
    fill(&dovecot, "Mixed", 1);
    calendar.turn_to("2026-01-01");

    let mut begins = Vec::new();
    for (folder, count) in
        [("Delivered", 2), ("Moved", 3), ("Imported", 4), ("OneDay", 1), ("Young", 3), ("Old", 0), ("Mixed", 1)]
    {
        let (found, begin) = first_pass(&dovecot, folder);
        assert_eq!(found, plain_search(&dovecot, folder), "{folder}");
        assert_eq!(found.len(), count, "{folder}");
        begins.push((folder, begin));
    }
    // One in sixty or so is asked; the cut lies at the last of them that came in early.
    let [delivered, moved, rest @ ..] = begins.as_slice() else { panic!("{begins:?}") };
    assert!((4930..=5003).contains(&delivered.1) && (4930..=5003).contains(&moved.1), "{begins:?}");
    assert_eq!(rest, [("Imported", 1), ("OneDay", 1), ("Young", 1), ("Old", 5003), ("Mixed", 1)]);
}

#[test]
fn a_first_pass_asks_for_everything_in_four_goes() {
    let calendar = Calendar::at("2020-01-01");
    let dovecot = calendar.dovecot();
    dovecot.create_folder("Store");
    dovecot.create_folder("Large");
    let friends: Vec<(Vec<u8>, String)> = (0..1000)
        .map(|nth| (mail(FRIEND, &format!("friend {nth}")), "01-Jan-2020 10:00:00 +0000".to_owned()))
        .collect();
    dovecot.deliver_all("Store", &friends);
    fill(&dovecot, "Large", 6);
    calendar.turn_to("2025-06-01");
    put(&dovecot, "Large", &["01-Jun-2025"; 70]);
    let line = crate::support::line::Line::to(dovecot.imap_port);
    let mut connection = try_open(&endpoint("localhost", line.port, Tls::None, dovecot.ca_pem()), PASSWORD).unwrap();
    line.trips();
    let needles = NEEDLES.map(str::to_owned);
    let plan = plan(&needles);
    let large = folder(&mut connection, "Large");
    assert_eq!(line.trips(), 1, "the folders and their counts");
    let mut found = 0;
    connection
        .read_folder(&large, None, &plan, &mut |thing| {
            found += usize::from(matches!(thing, Found::Mail { .. }));
            Ok(())
        })
        .unwrap();
    assert_eq!(found, 70);
    assert_eq!(line.trips(), 4, "EXAMINE and the days, the search, a look at the hits, their bodies");
}
