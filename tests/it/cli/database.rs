//! Databases of others, broken ones, and whose eyes may see ours.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::time::Duration;

use super::*;
use crate::support::confirmd::signal;
use crate::support::dovecot::{PASSWORD, wait_until};
use crate::support::faults::tried;

/// Every command that opens the database.
const ALL: &[&[&str]] = &[
    &["status"],
    &["status", "--json"],
    &["check"],
    &["show", "anna-facebook"],
    &["messages"],
    &["explain", "1"],
    &["objected", "anna-facebook"],
    &["confirmed", "anna-facebook", "--note", "x"],
    &["assign", "1", "anna-facebook"],
    &["dismiss", "1"],
    &["sync"],
    &["run"],
];

/// Every command fails, `check` with 3, and says this; the file and its mode stay as they are.
#[track_caller]
fn refused(confirmd: &Confirmd, said: &str) -> String {
    let database = confirmd.database();
    let look = || {
        let metadata = fs::metadata(&database).unwrap();
        let content = fs::read(&database).map(|bytes| confirmd::mail::sha256(&bytes));
        (content.ok(), metadata.mode(), metadata.mtime_nsec())
    };
    let before = look();
    for args in ALL {
        let run = confirmd.run(args);
        let (code, text) = if args == &["check"] { (3, &run.stdout) } else { (1, &run.stderr) };
        assert_eq!(run.code, code, "{args:?}: {run:?}");
        assert!(text.contains(said) && text.lines().count() == 1, "{args:?}: {run:?}");
        assert_eq!(look(), before, "{args:?}");
    }
    let told = confirmd.run(&["status"]).stderr;
    told.trim_start_matches("confirmd: ").replace(&confirmd.path().display().to_string(), "HOME")
}

fn with_database(write: impl Fn(&Path)) -> Confirmd {
    let mut confirmd = Confirmd::with(FACEBOOK);
    confirmd.mailbox_text(
        "[[mailbox]]\nname = \"x\"\nhost = \"localhost\"\nport = 9\nusername = \"a\"\npassword_env = \"NONE\"\n",
    );
    fs::create_dir_all(confirmd.database().parent().unwrap()).unwrap();
    write(&confirmd.database());
    confirmd
}

#[test]
fn what_is_not_confirmds_is_refused_and_not_touched() {
    let sqlite = |sql: &'static str| {
        move |path: &Path| {
            rusqlite::Connection::open(path).unwrap().execute_batch(sql).unwrap();
            fs::set_permissions(path, fs::Permissions::from_mode(0o644)).unwrap();
        }
    };
    let told = refused(&with_database(sqlite("CREATE TABLE x (y)")), "belongs to another program; nothing was changed");
    tried("Database", "another program's", &told);
    refused(&with_database(sqlite("PRAGMA journal_mode = WAL; CREATE TABLE x (y)")), "belongs to another program");
    refused(&with_database(sqlite("PRAGMA application_id = 7; PRAGMA user_version = 2")), "belongs to another program");
    let text = |path: &Path| {
        fs::write(path, "This is the diary of somebody, and no database at all.\n".repeat(100)).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o644)).unwrap();
    };
    let told = refused(&with_database(text), "this is not an SQLite database");
    tried("Database", "a text file where it should be", &told);
    refused(&with_database(|path| fs::create_dir(path).unwrap()), "");
}

#[test]
fn a_database_of_a_newer_version_is_refused_and_not_touched() {
    let confirmd = with_database(|_| ());
    assert_eq!(confirmd.run(&["objected", "anna-facebook", "--on", "2025-05-20"]).code, 0);
    rusqlite::Connection::open(confirmd.database()).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let told = refused(&confirmd, "made by a newer confirmd (version 99");
    tried("Database", "made by a newer confirmd", &told);
}

#[test]
fn a_damaged_database_is_said_to_be_so() {
    let confirmd = with_database(|_| ());
    assert_eq!(confirmd.run(&["objected", "anna-facebook", "--on", "2025-05-20"]).code, 0);
    let mut bytes = fs::read(confirmd.database()).unwrap();
    bytes[100..].fill(0x5a);
    fs::write(confirmd.database(), bytes).unwrap();
    for args in ALL {
        let run = confirmd.run(args);
        assert_eq!(run.code, if args == &["check"] { 3 } else { 1 }, "{args:?}: {run:?}");
        assert!(format!("{run:?}").contains("confirmd.db: the database is damaged"), "{args:?}: {run:?}");
    }
}

#[test]
fn a_link_leads_to_the_database() {
    // As systemd's DynamicUser= has it: /var/lib/confirmd -> private/confirmd.
    let confirmd = Confirmd::with(FACEBOOK);
    let state = confirmd.path().join(".local/state");
    fs::create_dir_all(state.join("private/confirmd")).unwrap();
    std::os::unix::fs::symlink("private/confirmd", state.join("confirmd")).unwrap();
    let run = confirmd.run(&["objected", "anna-facebook", "--on", "2025-05-21"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{run:?}");
    let status = confirmd.json(&["status", "--json"]);
    assert_eq!(status["accounts"][0]["objected_on"], "2025-05-21");
}

#[test]
fn a_folder_that_may_not_be_written_is_named() {
    let nobody = rustix::process::getuid().is_root().then_some(65534);
    let confirmd = with_database(|_| ());
    assert_eq!(confirmd.run(&["objected", "anna-facebook", "--on", "2025-05-20"]).code, 0);
    let folder = confirmd.database().parent().unwrap().to_owned();
    let own = |path: &Path| {
        if let Some(uid) = nobody {
            std::os::unix::fs::chown(path, Some(uid), Some(uid)).unwrap();
        }
    };
    for path in
        [confirmd.path(), &confirmd.config_path(), &confirmd.path().join(".config"), &confirmd.database(), &folder]
    {
        own(path);
    }
    let as_user = |args: &[&str]| {
        let mut command = confirmd.command(args);
        if let Some(uid) = nobody {
            command.uid(uid).gid(uid);
        }
        Run::of(&mut command)
    };
    assert_eq!(as_user(&["status"]).code, 0);
    for suffix in ["-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{suffix}", confirmd.database().display()));
    }
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o500)).unwrap();
    for args in [&["objected", "anna-facebook"][..], &["sync"], &["dismiss", "1"]] {
        let run = as_user(args);
        assert!([1, 2].contains(&run.code) && !run.stderr.contains("panic"), "{args:?}: {run:?}");
        assert!(run.code == 2 || run.stderr.contains("confirmd.db: "), "{args:?}: {run:?}");
    }
    // Asking needs no place to write.
    let status = as_user(&["status", "--json"]);
    assert_eq!((status.code, status.stderr.as_str()), (0, ""), "{status:?}");
    let document: Value = serde_json::from_str(&status.stdout).unwrap();
    assert_eq!(document["accounts"][0]["objected_on"], "2025-05-20");
    assert_eq!(as_user(&["check", "--as-of", "2025-05-20"]).code, 3, "the mailbox was never read");
    // What a killed process has left behind needs one.
    fs::write(format!("{}-wal", confirmd.database().display()), "x".repeat(64)).unwrap();
    let check = as_user(&["check", "--as-of", "2025-05-20"]);
    let wal = fs::metadata(format!("{}-wal", confirmd.database().display())).unwrap().len();
    assert_eq!((check.code, check.stdout.lines().count(), wal), (3, 1, 64), "{check:?}");
    assert!(check.stdout.contains("confirmd.db: "), "{check:?}");
    // Nothing can be created either.
    fs::remove_file(confirmd.database()).unwrap();
    let run = as_user(&["objected", "anna-facebook"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.stderr.contains("confirmd.db: cannot be created: the mode of "), "{run:?}");
    assert!(run.stderr.ends_with(" (500) forbids it; change it with chmod\n"), "{run:?}");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn nobody_else_may_look_and_every_command_works_beside_the_daemon() {
    let dovecot = Dovecot::start();
    dovecot.deliver("INBOX", &vouched("en/honoured/no-longer-used"), MAY_21);
    dovecot.deliver("INBOX", &letter(1, TITLE, HONOURED), MAY_21);
    let confirmd = Confirmd::watching(&dovecot, FACEBOOK);
    let daemon = confirmd.start(&["-vvv", "run"]);
    let confirmed = || confirmd.run(&["status", "--json"]).stdout.contains("\"last_complete\": \"20");
    wait_until(Duration::from_secs(30), confirmed).unwrap();
    let cmdline = fs::read(format!("/proc/{}/cmdline", daemon.id())).unwrap();
    for suffix in ["", "-wal", "-shm", ".lock"] {
        let path = format!("{}{suffix}", confirmd.database().display());
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o7777, 0o600, "{path}");
    }
    assert_eq!(fs::metadata(confirmd.database().parent().unwrap()).unwrap().mode() & 0o7777, 0o700);
    for args in [
        &["status"][..],
        &["show", "anna-facebook"],
        &["messages"],
        &["messages", "--review"],
        &["explain", "1"],
        &["dismiss", "2"],
        &["dismiss", "2", "--undo"],
        &["objected", "anna-facebook", "--on", "2025-05-20"],
        &["rules", "list"],
    ] {
        let run = confirmd.run(args);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{args:?}: {run:?}");
    }
    assert_eq!(confirmd.run(&["check"]).code, 1, "one message is up for review");
    let sync = confirmd.run(&["sync"]);
    assert_eq!((sync.code, sync.stdout.as_str()), (1, ""), "{sync:?}");
    signal(&daemon, rustix::process::Signal::TERM);
    let run = Run::end_of(daemon);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{run:?}");
    let said = format!("{}{}", run.stderr, String::from_utf8_lossy(&cmdline));
    for secret in [PASSWORD, "secret\\\" with", "honour your objection"] {
        assert!(!said.contains(secret), "{secret}: {said}");
    }
}

#[test]
fn secrets_bodies_and_codes_are_not_said_even_at_vvv() {
    let dovecot = Dovecot::start();
    let code = "Hi Anna,\r\n\r\nEnter this code to submit your objection to your information being used for AI at Meta:\r\n\r\n735194\r\n";
    dovecot.deliver("INBOX", &vouch(&letter(1, TITLE, code)), MAY_21);
    dovecot.deliver("INBOX", &vouched("en/code/numeric"), MAY_21);
    let confirmd = Confirmd::watching(&dovecot, FACEBOOK);
    let run = Run::of(confirmd.command(&["-vvv", "sync"]).env("RUST_LOG", "trace"));
    assert_eq!(run.code, 0, "{run:?}");
    let codes = regex_of_six_digits(&String::from_utf8(corpus("en/code/numeric")).unwrap());
    assert!(!codes.is_empty());
    for secret in codes.iter().map(String::as_str).chain(["735194", PASSWORD, "with \\ in it", "Enter this code"]) {
        assert!(!format!("{}{}", run.stdout, run.stderr).contains(secret), "{secret}: {run:?}");
    }
}

/// The words of exactly six digits behind the header.
fn regex_of_six_digits(mail: &str) -> Vec<String> {
    let (_, body) = mail.split_once("\r\n\r\n").unwrap();
    let words = body.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|word| word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit())).map(str::to_owned).collect()
}

#[test]
fn the_table_for_sqlite3_says_what_status_says() {
    let dovecot = Dovecot::start();
    let second = FACEBOOK
        .replace("anna-facebook", "anna-threads")
        .replace("\"facebook\"", "\"threads\"")
        .replace("handle = \"anna.muster\"\n", "");
    dovecot.deliver("INBOX", &vouched("en/honoured/no-longer-used"), MAY_21);
    let mut confirmd = Confirmd::watching(&dovecot, &format!("{FACEBOOK}{second}"));
    let same = || {
        let query = "SELECT json_object('id', account_id, 'platform', platform, 'handle', handle, 'state', state, 'severity', severity, \
                     'objected_on', objected_on, 'confirmed_on', confirmed_on, 'deadline_on', deadline_on) FROM status ORDER BY account_id";
        let table: Vec<Value> = confirmd.sql(query).iter().map(|row| serde_json::from_str(row).unwrap()).collect();
        let status = confirmd.json(&["status", "--json"]);
        let keys = ["id", "platform", "handle", "state", "severity", "objected_on", "confirmed_on", "deadline_on"];
        let shown: Vec<Value> = status["accounts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|account| {
                keys.iter()
                    .map(|key| ((*key).to_owned(), account[*key].clone()))
                    .collect::<serde_json::Map<_, _>>()
                    .into()
            })
            .collect();
        assert_eq!(table, shown);
        table.len()
    };
    confirmd.sync();
    assert_eq!(same(), 2);
    confirmd.run(&["confirmed", "anna-threads", "--on", "2025-05-25", "--note", "seen"]);
    assert_eq!(same(), 2);
    confirmd.accounts(FACEBOOK);
    confirmd.sync();
    let database = confirmd.database();
    let rows = rusqlite::Connection::open(database)
        .unwrap()
        .query_row("SELECT count(*) FROM status", [], |row| row.get::<_, i64>(0));
    assert_eq!(rows.unwrap(), 1, "an account that is no longer declared is gone");
}
