//! Databases of earlier versions, with data in every table: made from the earlier migrations alone, as an earlier confirmd would.

use std::path::Path;

use rusqlite::{Connection, params};

use super::{FACEBOOK, sound};
use crate::support::confirmd::{HONOURED, TITLE, letter, vouch};
use crate::support::daemon::{Home, mailbox};
use crate::support::faults::tried;

/// The migrations in order.
pub fn migrations() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect()
}

/// What never changes once it is written.
const FACTS: [&str; 8] =
    ["message", "dkim_key", "place", "settlement", "objection", "confirmation", "cursor", "transition"];

/// Makes the database as the confirmd with so many migrations left it, with so many confirmations in it.
pub fn make_earlier(home: &Home, version: usize, mails: usize) {
    let mut database = Connection::open(home.database()).unwrap();
    database.pragma_update(None, "journal_mode", "WAL").unwrap();
    let migrations = migrations();
    // The rows are written in the shape they had before the third.
    let (before, after) = migrations[..version].split_at(version.min(2));
    before.iter().for_each(|migration| database.execute_batch(migration).unwrap());
    database.pragma_update(None, "application_id", 0x6366_6d64).unwrap();
    database.pragma_update(None, "user_version", i64::try_from(version).unwrap()).unwrap();
    let tx = database.transaction().unwrap();
    for number in 1..=i64::try_from(mails).unwrap() {
        let raw = vouch(&letter(usize::try_from(number).unwrap(), TITLE, HONOURED));
        tx.execute(
            "INSERT INTO message (number, identity, sha256, raw, size, from_text, subject, message_id, received_at, proof, proof_domain,
                 proof_detail, proof_retry, recorded_at)
             VALUES (?1, ?2, ?3, ?4, ?5, 'Facebook <case++1@support.facebook.com>', ?6, ?7, '2025-05-21T10:00:00Z', 'authserv',
                 'support.facebook.com', '[]', 0, '2025-05-21T10:00:05Z')",
            params![
                number,
                confirmd::mail::identity(&raw),
                confirmd::mail::sha256(&raw),
                raw,
                i64::try_from(raw.len()).unwrap(),
                TITLE,
                format!("{number}@support.facebook.com")
            ],
        )
        .unwrap();
        let place = "INSERT INTO place VALUES ('private', 'INBOX', 7, ?1, ?1, 1, '2025-05-21T10:00:05Z')";
        tx.execute(place, [number]).unwrap();
        tx.execute("INSERT INTO verdict VALUES (?1, 'honoured', 'an-earlier-rule', 'en', NULL, 0, '[]')", [number])
            .unwrap();
        tx.execute("INSERT INTO verdict_account VALUES (?1, 'anna-facebook', 'message', NULL)", [number]).unwrap();
    }
    tx.execute_batch(
        "INSERT INTO dkim_key VALUES (1, 's._domainkey.support.facebook.com', 'v=DKIM1; p=', '2025-05-21T10:00:05Z');
         INSERT INTO settlement VALUES (1, 1, 'dismiss', NULL, '2025-05-22T10:00:00Z'), (2, 1, 'undo', NULL, '2025-05-22T10:01:00Z');
         INSERT INTO objection VALUES (1, 'anna-facebook', '2025-05-20', 'web', 'config', '2025-05-20T10:00:00Z');
         INSERT INTO confirmation VALUES (1, 'anna-instagram', '2025-05-22', 'seen in the app', '2025-05-22T11:00:00Z');
         INSERT INTO cursor VALUES ('private', 'INBOX', 7, 1, 'an earlier search', '2025-05-21T10:00:05Z');
         INSERT INTO mailbox VALUES ('private', '2025-05-21T10:00:00Z', 0, 0, NULL, '2025-05-21T10:00:05Z');
         INSERT INTO transition VALUES
             (1, 'account', 'anna-facebook', NULL, 'pending', 'ok', '2025-05-20T10:00:00Z'),
             (2, 'account', 'anna-facebook', 'pending', 'confirmed', 'ok', '2025-05-21T10:00:05Z');
         INSERT INTO status VALUES ('anna-facebook', 'facebook', 'anna.muster', 'confirmed', 'ok', '2025-05-20', '2025-05-21',
             '2025-06-20', '2025-05-21T10:00:05Z');
         INSERT INTO setting VALUES ('verdicts_made_by', 'earlier rules');",
    )
    .unwrap();
    if version >= 2 {
        tx.execute_batch(
            "INSERT INTO notice VALUES (1, 'account', 'anna-facebook', 'confirmed', 'ok', 'anna-facebook', NULL, 'title', 'text',
                 '2025-05-21T10:00:05Z', 0, 0, 1);
             INSERT INTO delivery VALUES (1, 'log', 1, NULL, '2025-05-21T10:00:06Z', NULL);",
        )
        .unwrap();
    }
    tx.commit().unwrap();
    after.iter().for_each(|migration| database.execute_batch(migration).unwrap());
}

/// How many rows of each kind of fact there are.
pub fn facts(home: &Home) -> Vec<String> {
    FACTS.iter().flat_map(|table| home.sql(&format!("SELECT '{table} ' || count(*) FROM {table}"))).collect()
}

/// A home that watches a mailbox nobody answers for.
pub fn home() -> Home {
    let home = Home::new();
    let instagram = FACEBOOK.replace("facebook", "instagram").replace("anna.muster", "anna.ig");
    let mailbox = mailbox("private", 1, "password_file = \"password\"");
    home.configure(&format!("{mailbox}{FACEBOOK}{}", instagram.replace("objected = 2025-05-20\n", "")));
    home
}

#[test]
fn a_database_of_every_earlier_version_is_brought_up_to_date_with_everything_in_it() {
    let newest = migrations().len();
    for version in 1..=newest {
        let home = home();
        make_earlier(&home, version, 3);
        let before = facts(&home);
        let (code, stdout, stderr) = home.says(&["status", "--json", "--as-of", "2025-05-30"]);
        assert_eq!((code, stderr.as_str()), (0, ""), "from version {version}");
        let status: serde_json::Value = serde_json::from_str(&stdout).unwrap();
        let account = |at: usize| {
            let account = &status["accounts"][at];
            [&account["state"], &account["basis"], &account["confirmed_on"]]
                .map(|value| value.as_str().unwrap().to_owned())
        };
        assert_eq!(account(0), ["confirmed", "message", "2025-05-21"], "from version {version}");
        assert_eq!(account(1), ["confirmed", "user", "2025-05-22"], "from version {version}");
        assert_eq!(home.sql("PRAGMA user_version"), [newest.to_string()]);
        assert_eq!(facts(&home), before, "from version {version}");
        // The first command that writes judges everything by the rules that are in force now.
        let (code, _, stderr) = home.says(&["dismiss", "3"]);
        assert_eq!((code, stderr.as_str()), (0, ""), "from version {version}");
        assert_eq!(home.sql("SELECT count(*) FROM verdict WHERE rule = 'an-earlier-rule'"), ["0"]);
        let (code, stdout, _) = home.says(&["messages", "--json"]);
        assert!(code == 0 && stdout.matches("\"honoured\"").count() == 3, "{stdout}");
        sound(&home);
    }
    tried("Database", "of an earlier version, with data in every table", "brought up to date with everything in it");
}
