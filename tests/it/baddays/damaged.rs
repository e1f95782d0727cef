//! A damaged database: said to be so, with what to do, and not a byte of it changed.

use std::fs;

use super::{home_with_a_confirmation, said, sound};
use crate::support::daemon::Home;
use crate::support::dovecot::Dovecot;
use crate::support::faults::{fault, tried};

const COMMANDS: [&[&str]; 4] =
    [&["status"], &["export", "anna-facebook", "--out", "bundle"], &["objected", "anna-facebook"], &["run"]];

const RESTORE: &str = "nothing was changed; restore a backup, or move it away and run `confirmd sync` to read the mailboxes anew \
                       (what you recorded by hand is only in the old file)";

/// Everything of the database that is there: name and bytes.
fn files(home: &Home) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(home.path(""))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file() && path.file_name().unwrap().to_string_lossy().starts_with("confirmd.db"))
        // An index of the log that SQLite makes anew for every process holds nothing.
        .filter(|path| !path.to_string_lossy().ends_with("-shm"))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()))
        .filter(|(name, bytes)| !(name.ends_with("-wal") && bytes.is_empty()))
        .collect();
    files.sort();
    files
}

/// Runs it; a bundle is to be in the home.
fn says(home: &Home, command: &[&str]) -> (i32, String, String) {
    let bundle = home.path("bundle").display().to_string();
    let command: Vec<&str> =
        command.iter().map(|word| if *word == "bundle" { bundle.as_str() } else { word }).collect();
    home.says(&command)
}

#[test]
fn every_damage_is_said_and_nothing_is_overwritten() {
    let dovecot = Dovecot::start();
    let home = home_with_a_confirmation(&dovecot);
    let database = home.database();
    let whole = fs::read(&database).unwrap();
    // The first page of a table that every command needs.
    let root: usize = home.sql("SELECT rootpage FROM sqlite_schema WHERE name = 'setting'")[0].parse().unwrap();
    let page = |bytes: &mut Vec<u8>, number: usize| bytes[(number - 1) * 4096..number * 4096].fill(0xff);
    let no_database = "this is not an SQLite database; nothing was changed; if it was confirmd's, its beginning is damaged: restore \
                       a backup, or move it away and run `confirmd sync` (what you recorded by hand is only in the old file)";
    let malformed = format!("the database is damaged (database disk image is malformed); {RESTORE}");
    let empty = "the database is empty, and was not before; nothing was changed; restore a backup, or move it away and run `confirmd \
                 sync` to read the mailboxes anew (what you recorded by hand is lost without a backup)";
    type Damage<'a> = (&'static str, &'a dyn Fn(&mut Vec<u8>), &'a str);
    let damages: [Damage<'_>; 5] = [
        (fault("database damaged: its first bytes"), &|bytes| bytes[..16].fill(b'x'), no_database),
        (fault("database damaged: everything behind the first bytes"), &|bytes| bytes[100..].fill(0x5a), &malformed),
        (fault("database damaged: a page in the middle"), &|bytes| page(bytes, root), &malformed),
        (fault("database damaged: cut off in the middle"), &|bytes| bytes.truncate(whole.len() / 2 + 100), &malformed),
        (fault("database damaged: empty"), &|bytes| bytes.clear(), empty),
    ];
    for (what, damage, words) in damages {
        let mut bytes = whole.clone();
        damage(&mut bytes);
        fs::write(&database, &bytes).unwrap();
        let before = files(&home);
        let expected = format!("DIR/confirmd.db: {words}");
        for command in COMMANDS {
            let (code, stdout, stderr) = says(&home, command);
            assert_eq!((code, stdout.as_str(), said(&home, &stderr)), (1, "", expected.clone()), "{what}: {command:?}");
        }
        let (code, line, _) = home.says(&["check"]);
        // Of one line of a plugin, only so much is kept.
        assert_eq!((code, line.lines().count()), (3, 1), "{what}: {line}");
        assert!(said(&home, &line).starts_with("CONFIRMD UNKNOWN - DIR/confirmd.db: th"), "{what}: {line}");
        let (code, report, _) = home.says(&["doctor"]);
        assert_eq!(code, 1, "{what}: {report}");
        assert!(files(&home) == before, "{what}: something was changed");
        tried("Database", what, &expected);
    }
    // What the message says, done: everything but what was recorded by hand is there again.
    fs::rename(&database, home.path("old.db")).unwrap();
    assert_eq!(home.says(&["sync"]).0, 0);
    assert_eq!(home.status(), ["anna-facebook confirmed"]);
    sound(&home);
    // And the other way: the backup.
    fs::remove_file(&database).unwrap();
    fs::write(&database, &whole).unwrap();
    assert_eq!(home.says(&["sync"]).0, 0);
    assert_eq!(home.status(), ["anna-facebook confirmed"]);
    sound(&home);
}

#[test]
fn a_log_that_is_garbage_is_no_log_and_one_beside_an_empty_database_is_kept() {
    let dovecot = Dovecot::start();
    let home = home_with_a_confirmation(&dovecot);
    let log = home.path("confirmd.db-wal");
    let garbage: Vec<u8> = (0..50_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    fs::write(&log, &garbage).unwrap();
    let (code, stdout, stderr) = home.says(&["status"]);
    assert!(code == 0 && stderr.is_empty() && stdout.contains("confirmed"), "{stdout}{stderr}");
    assert_eq!(home.says(&["sync"]).0, 0);
    assert_eq!(home.sql("SELECT count(*) FROM message"), ["1"]);
    sound(&home);
    tried("Database", "its log (-wal) is garbage", "nothing of it is taken for true; what is in the database stands");
    // SQLite would delete the log of a database that is empty.
    fs::write(home.database(), b"").unwrap();
    fs::write(&log, &garbage).unwrap();
    fs::remove_file(home.path("confirmd.db.lock")).unwrap();
    for command in COMMANDS {
        let (code, _, stderr) = says(&home, command);
        assert!(code == 1 && stderr.contains("the database is empty, and was not before"), "{command:?}: {stderr}");
    }
    assert!(fs::read(&log).unwrap() == garbage);
    let (_, _, stderr) = home.says(&["status"]);
    tried("Database", "emptied, and its log is still there", &said(&home, &stderr));
}
