//! A disk without room: nothing can be recorded, everything can be asked, and it goes on when there is room.

use super::{FACEBOOK, MAY, confirmation, said, sound};
use crate::support::confirmd::{HONOURED, TITLE, letter, vouch};
use crate::support::daemon::{Home, at};
use crate::support::disk::Disk;
use crate::support::dovecot::Dovecot;
use crate::support::faults::tried;

const FULL: &str = "DIR/disk/confirmd.db: the disk is full; make room, nothing is lost";

/// A mail that does not fit into what is left in pages that exist already.
fn large(number: usize) -> Vec<u8> {
    let attachment = "Lorem ipsum dolor sit amet.\r\n".repeat(20_000);
    let mail = String::from_utf8(vouch(&letter(number, TITLE, HONOURED))).unwrap().replace(
        "Content-Type: text/plain; charset=\"UTF-8\"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n",
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n",
    );
    format!("{mail}\r\n--b\r\nContent-Type: application/octet-stream\r\n\r\n{attachment}--b--\r\n").into_bytes()
}

#[test]
fn every_command_names_the_full_disk_and_changes_nothing() {
    let (home, dovecot) = (Home::with_database("disk/confirmd.db"), Dovecot::start());
    let Some(disk) = Disk::mounted_at(home.path("disk")) else { return };
    home.configure(&format!("{}{FACEBOOK}", at(&dovecot, "private", "")));
    dovecot.deliver("INBOX", &confirmation(), MAY);
    assert_eq!(home.says(&["sync"]).0, 0);
    dovecot.deliver("INBOX", &large(2), MAY);
    home.write("mail.eml", &String::from_utf8(vouch(&letter(3, TITLE, HONOURED))).unwrap());
    let mail = home.path("mail.eml").display().to_string();
    disk.fill();
    let before = std::fs::read(home.database()).unwrap();
    for command in [
        &["sync"][..],
        &["scan", &mail],
        &["objected", "anna-facebook"],
        &["confirmed", "anna-facebook", "--note", "x"],
        &["dismiss", "1"],
        &["run"],
    ] {
        let (code, stdout, stderr) = home.says(command);
        assert_eq!((code, stdout.as_str(), said(&home, &stderr).as_str()), (1, "", FULL), "{command:?}");
    }
    tried("Disk", "full before a command that writes (sync, scan, objected, run ...)", FULL);
    let bundle = home.path("disk/bundle").display().to_string();
    let (code, stdout, stderr) = home.says(&["export", "anna-facebook", "--out", &bundle]);
    assert_eq!((code, stdout.as_str()), (1, ""), "{stderr}");
    assert!(stderr.contains("cannot be written: No space left on device"), "{stderr}");
    let left: Vec<_> = std::fs::read_dir(disk.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains("bundle")), "{left:?}");
    let (_, why) = stderr.trim().split_once(": cannot be written").unwrap();
    tried("Disk", "full under an export", &format!("the file's path: cannot be written{why}; nothing is left behind"));
    // What is known can be asked.
    let (code, stdout, stderr) = home.says(&["status", "--json"]);
    assert!(code == 0 && stderr.is_empty() && stdout.contains("\"confirmed\""), "{stdout}{stderr}");
    let (code, stdout, _) = home.says(&["check"]);
    let line = said(&home, &stdout);
    assert_eq!((code, stdout.lines().count()), (3, 1), "{stdout}");
    assert!(line.starts_with(&format!("CONFIRMD UNKNOWN - {FULL} | accounts=1 ")), "{line}");
    tried("Disk", "full, and the monitor asks", line.split(" |").next().unwrap());
    assert!(std::fs::read(home.database()).unwrap() == before, "nothing was changed");
    disk.make_room();
    for command in [&["sync"][..], &["scan", &mail], &["objected", "anna-facebook"]] {
        let (code, _, stderr) = home.says(command);
        assert_eq!(code, 0, "{command:?}: {stderr}");
    }
    assert_eq!(home.sql("SELECT count(*) FROM message"), ["3"]);
    sound(&home);
}

#[test]
fn a_disk_that_becomes_full_in_the_middle_keeps_what_was_there_and_goes_on_later() {
    let (home, dovecot) = (Home::with_database("disk/confirmd.db"), Dovecot::start());
    let Some(disk) = Disk::mounted_at(home.path("disk")) else { return };
    home.configure(&format!("{}{FACEBOOK}", at(&dovecot, "private", "")));
    dovecot.deliver("INBOX", &confirmation(), MAY);
    dovecot.deliver("INBOX", &large(2), MAY);
    dovecot.deliver("INBOX", &vouch(&letter(3, TITLE, HONOURED)), MAY);
    // Enough for the tables and the first mail.
    disk.fill_up_to(512 * 1024);
    let (code, stdout, stderr) = home.says(&["sync"]);
    assert_eq!((code, stdout.as_str(), said(&home, &stderr).as_str()), (1, "", FULL));
    let read = home.sql("SELECT count(*) FROM message");
    assert_eq!((home.status(), read), (vec!["anna-facebook confirmed".to_owned()], vec!["1".to_owned()]));
    sound(&home);
    tried("Disk", "full in the middle of a sync", &said(&home, &stderr));
    disk.make_room();
    assert_eq!(home.says(&["sync"]).0, 0);
    assert_eq!(home.sql("SELECT count(*) FROM message"), ["3"]);
    sound(&home);
}

#[test]
fn a_new_database_on_a_full_disk_is_begun_when_there_is_room() {
    let home = Home::with_database("disk/new/confirmd.db");
    let Some(disk) = Disk::mounted_at(home.path("disk")) else { return };
    home.configure(FACEBOOK);
    disk.fill();
    let (code, _, stderr) = home.says(&["objected", "anna-facebook"]);
    assert_eq!((code, said(&home, &stderr)), (1, FULL.replace("disk/", "disk/new/")));
    tried("Disk", "full when the database is to be made", &said(&home, &stderr));
    disk.make_room();
    let (code, _, stderr) = home.says(&["objected", "anna-facebook"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    sound(&home);
}

#[test]
fn a_running_daemon_says_that_the_disk_is_full_and_goes_on_when_there_is_room_again() {
    let (home, dovecot) = (Home::with_database("disk/confirmd.db"), Dovecot::start());
    let Some(disk) = Disk::mounted_at(home.path("disk")) else { return };
    home.configure(&format!("{}{FACEBOOK}{}", at(&dovecot, "private", ""), home.teller()));
    let daemon = home.run();
    daemon.until("the person is told that it is late", || home.told() == ["anna-facebook: overdue"]);
    daemon.until("all is noted", || home.sql("SELECT count(*) FROM notice WHERE closed = 0") == ["0"]);
    disk.fill();
    dovecot.deliver("INBOX", &large(1), MAY);
    daemon.until("it is said", || daemon.logged("the disk is full; make room, nothing is lost") > 0);
    daemon.until("the manager hears", || daemon.heard().iter().any(|said| said.contains("cannot be written")));
    let (code, line, _) = home.says(&["check"]);
    assert!(
        code == 2 && line.contains("the disk is full; make room, nothing is lost, anna-facebook overdue"),
        "{line}"
    );
    assert_eq!(home.status(), ["anna-facebook overdue"]);
    disk.make_room();
    daemon.until("the mail is recorded", || home.status() == ["anna-facebook confirmed"]);
    daemon.until("all is well", || daemon.heard().last().unwrap() == "STATUS=Accounts: 1 confirmed");
    daemon.until("it is told", || home.told() == ["anna-facebook: overdue", "anna-facebook: confirmed"]);
    assert_eq!(daemon.logged("the database can be written again"), 1);
    let heard: Vec<String> = daemon.heard().iter().map(|heard| said(&home, heard)).collect();
    let status = heard.iter().find(|heard| heard.contains("cannot be written")).unwrap();
    tried("Disk", "full under the running daemon", &format!("{status}; goes on by itself when there is room"));
    assert_eq!(daemon.terminate().status.code(), Some(0));
    sound(&home);
}
