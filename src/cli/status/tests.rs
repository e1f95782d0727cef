use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::TimeZone;

use super::*;
use crate::decide::known::Known;
use crate::decide::overview::overview;
use crate::model::account::{Account, Platform};
use crate::model::language::Lang;
use crate::model::mailbox::{Health, MailboxName};
use crate::model::objection::{Objection, Via};
use crate::model::status::{Facts, Policy};

/// Accounts that objected on 2025-05-20, one confirmed by hand on the 22nd, as they stand on 2025-06-01 at noon (UTC).
fn june(ids: &[&str], confirmed: &[&str]) -> Overview {
    let id = |id: &str| AccountId(id.to_owned());
    let account = |name: &&str| Account {
        id: id(name),
        platform: Platform::Facebook,
        handle: Some("anna.muster".to_owned()),
        display_name: None,
        emails: vec!["anna@example.org".to_owned()],
        accounts_centre: None,
        objection: None,
    };
    let objection = Objection { on: date(2025, 5, 20), via: Via::Web };
    let facts = |name: &str| Facts {
        objection: Some(objection),
        confirmed_by_hand: confirmed.iter().filter(|id| **id == name).map(|_| date(2025, 5, 22)).collect(),
        ..Facts::default()
    };
    let read: Timestamp = "2025-06-01T11:57:00Z".parse().unwrap();
    let known = Known {
        accounts: ids.iter().map(account).collect(),
        facts: ids.iter().map(|name| (id(name), facts(name))).collect(),
        mailboxes: vec![(MailboxName("private".to_owned()), Health { last_complete: Some(read), ..Health::default() })],
        ..Known::default()
    };
    let now: Timestamp = "2025-06-01T12:00:00Z".parse().unwrap();
    overview(&known, &Policy::default(), &now.to_zoned_datetime(TimeZone::UTC))
}

/// The page without colours.
fn shown(lang: Lang, overview: &Overview, width: usize) -> String {
    let page = page(Locale::of(lang), overview, None, width);
    anstream::adapter::strip_str(page.text()).to_string()
}

#[test]
fn a_wide_terminal_has_columns_and_says_how_long_it_has_been() {
    let overview = june(&["anna-fb", "anna-ig"], &["anna-fb"]);
    assert_eq!(
        shown(Lang::En, &overview, 80),
        "  ACCOUNT  STATE            SINCE                     DEADLINE\n\
         ✔ anna-fb  confirmed        2025-05-22 (10 days ago)  2025-06-20\n\
         ! anna-ig  no answer, late  2025-05-23 (9 days ago)   2025-06-20\n\
         \x20 > No mail that counts was found in any mailbox. Did you give another address\n\
         \x20   in the form, or object in the app? If neither, object once more. If Meta did\n\
         \x20   confirm: confirmd confirmed anna-ig --note TEXT\n\
         \n\
         ✔ mailbox \"private\": read completely on 2025-06-01 11:57 (3 minutes ago)\n"
    );
    assert_eq!(
        shown(Lang::De, &overview, 80),
        "  KONTO    STAND               SEIT                       FRIST\n\
         ✔ anna-fb  bestätigt           22.05.2025 (vor 10 Tagen)  20.06.2025\n\
         ! anna-ig  Antwort überfällig  23.05.2025 (vor 9 Tagen)   20.06.2025\n\
         \x20 > In keinem Postfach fand sich eine Mail, die als Antwort gilt. Haben Sie im\n\
         \x20   Formular eine andere Adresse angegeben oder in der App widersprochen? Sonst\n\
         \x20   legen Sie noch einmal Widerspruch ein. Falls Meta doch bestätigt hat:\n\
         \x20   confirmd confirmed anna-ig --note TEXT\n\
         \n\
         ✔ Postfach „private“: vollständig gelesen am 01.06.2025 11:57 (vor 3 Minuten)\n"
    );
}

#[test]
fn where_that_does_not_fit_the_date_alone_is_said() {
    let overview = june(&["anna-facebook-of-the-family"], &["anna-facebook-of-the-family"]);
    assert_eq!(
        shown(Lang::En, &overview, 70),
        "  ACCOUNT                      STATE      SINCE       DEADLINE\n\
         ✔ anna-facebook-of-the-family  confirmed  2025-05-22  2025-06-20\n\
         \n\
         ✔ mailbox \"private\": read completely on 2025-06-01 11:57 (3 minutes ago)\n"
            .replace("(3 minutes ago)\n", "(3 minutes\n  ago)\n")
    );
}

#[test]
fn an_id_too_long_for_its_column_stands_above_its_row() {
    let long = "a-very-long-account-id-of-somebody-who-likes-them-long-and-clear";
    let overview = june(&["anna-fb", long], &["anna-fb", long]);
    assert_eq!(
        shown(Lang::En, &overview, 80).lines().take(4).collect::<Vec<_>>(),
        [
            "  ACCOUNT  STATE      SINCE       DEADLINE",
            "✔ anna-fb  confirmed  2025-05-22  2025-06-20",
            "✔ a-very-long-account-id-of-somebody-who-likes-them-long-and-clear",
            "           confirmed  2025-05-22  2025-06-20",
        ]
    );
}

#[test]
fn a_narrow_terminal_has_lines_instead_of_columns() {
    let overview = june(&["anna-fb", "a-very-long-account-id-of-somebody-who-likes-them"], &["anna-fb"]);
    assert_eq!(
        shown(Lang::De, &overview, 40),
        "✔ anna-fb\n\
         \x20 bestätigt\n\
         \x20 seit 22.05.2025 (vor 10 Tagen)\n\
         \x20 Frist: 20.06.2025\n\
         ! a-very-long-account-id-of-somebody-who\n\
         \x20 -likes-them\n\
         \x20 Antwort überfällig\n\
         \x20 seit 23.05.2025 (vor 9 Tagen)\n\
         \x20 Frist: 20.06.2025\n\
         \x20 > In keinem Postfach fand sich eine\n\
         \x20   Mail, die als Antwort gilt. Haben\n\
         \x20   Sie im Formular eine andere Adresse\n\
         \x20   angegeben oder in der App\n\
         \x20   widersprochen? Sonst legen Sie noch\n\
         \x20   einmal Widerspruch ein. Falls Meta\n\
         \x20   doch bestätigt hat: confirmd\n\
         \x20   confirmed\n\
         \x20   a-very-long-account-id-of-somebody-w\n\
         \x20   ho-likes-them --note TEXT\n\
         \n\
         ✔ Postfach „private“: vollständig\n\
         \x20 gelesen am 01.06.2025 11:57 (vor 3\n\
         \x20 Minuten)\n"
    );
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    let overview = june(&["anna-fb", "a-very-long-account-id-of-somebody-who-likes-them-long-and-clear"], &[]);
    for lang in [Lang::De, Lang::En] {
        for width in 20..=80 {
            for line in shown(lang, &overview, width).lines() {
                assert!(line.width() <= width, "{width}: {line}");
            }
        }
    }
}

#[test]
fn signs_have_colours_and_words_have_none() {
    let overview = june(&["anna-fb"], &[]);
    let page = page(Locale::of(Lang::En), &overview, None, 80);
    let row = page.text().lines().nth(1).unwrap().to_owned();
    assert!(row.starts_with("\u{1b}[1m\u{1b}[33m!\u{1b}[0m anna-fb"), "{row:?}");
    assert!(row.contains("\u{1b}[1mno answer, late\u{1b}[0m"), "{row:?}");
}
