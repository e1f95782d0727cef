//! The database: one daemon on it, others beside it, a full disk below it, and what is said when the daemon is dead.

use std::process::Command;

use super::{FACEBOOK, MAY, confirmation, idles};
use crate::support::daemon::{Home, at, mailbox};
use crate::support::dovecot::Dovecot;

#[test]
fn a_second_daemon_and_a_sync_are_refused_and_everything_else_works_beside_it() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    home.configure(&format!("{}{FACEBOOK}", at(&dovecot, "private", "")));
    let daemon = home.run();
    daemon.until("it waits for mail", || idles(&dovecot) > 0);
    for command in ["run", "sync"] {
        let (code, stdout, stderr) = home.says(&[command]);
        assert_eq!((code, stdout.as_str()), (1, ""));
        assert!(stderr.contains("a confirmd already reads the mailboxes for this database"), "{stderr}");
    }
    let (code, stdout, _) = home.says(&["status", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!((code, &json["accounts"][0]["state"]), (0, &"overdue".into()));
    let (code, stdout, _) = home.says(&["check"]);
    assert!(code == 2 && stdout.starts_with("CONFIRMD CRITICAL - anna-facebook overdue |"), "{code} {stdout}");
    let (code, ..) = home.says(&["confirmed", "anna-facebook", "--on", "2025-05-24", "--note", "seen in the app"]);
    assert_eq!((code, home.status()), (0, vec!["anna-facebook confirmed".to_owned()]));
    daemon.terminate();
    let (code, _, stderr) = home.says(&["sync"]);
    assert_eq!(code, 0, "{stderr}");
}

#[test]
fn a_dead_daemon_is_unknown_to_the_monitor_once_the_mailbox_is_stale() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    let today = jiff::Timestamp::now().to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
    let account = FACEBOOK.replace("2025-05-20", &today.to_string());
    home.configure(&format!("[policy]\nstale_after = \"2s\"\n{}{account}", at(&dovecot, "private", "poll = \"1s\"")));
    let daemon = home.run();
    let check = || home.says(&["check"]);
    daemon.until("it is read", || home.last_complete("private").is_some());
    daemon.until("all is well", || check().0 == 0);
    daemon.kill();
    let stale = crate::support::dovecot::wait_until(std::time::Duration::from_secs(20), || check().0 == 3);
    let (_, line, _) = check();
    assert!(stale.is_ok() && line.starts_with("CONFIRMD UNKNOWN - mailbox private stale |"), "{line}");
}

#[test]
fn a_database_that_cannot_be_used_is_said_at_once() {
    let home = Home::new();
    home.configure(&format!("{}{FACEBOOK}", mailbox("private", 1, "password_file = \"password\"")));
    home.write("confirmd.db", "this is a letter to my grandmother, not a database");
    let (code, stdout, stderr) = home.says(&["run"]);
    assert_eq!((code, stdout.as_str()), (1, ""));
    assert!(
        stderr.contains("this is not an SQLite database, so it is not confirmd's; nothing was changed"),
        "{stderr}"
    );
}

/// Needs to be root, to mount a file system that is small enough.
#[test]
fn a_full_disk_is_said_and_it_goes_on_when_there_is_room_again() {
    if !rustix::process::getuid().is_root() {
        eprintln!("passed over: only root can mount a small file system");
        return;
    }
    let (home, dovecot) = (Home::with_database("disk/confirmd.db"), Dovecot::start());
    let disk = Disk::mounted_at(home.path("disk"));
    home.configure(&format!("{}{FACEBOOK}", at(&dovecot, "private", "")));
    let daemon = home.run();
    daemon.until("it waits for mail", || idles(&dovecot) > 0);
    disk.fill();
    // Larger than what is left in pages of the log that exist already.
    let attachment = "Lorem ipsum dolor sit amet.\r\n".repeat(20_000);
    let mail = String::from_utf8(confirmation()).unwrap().replace(
        "Content-Type: text/plain; charset=utf-8\r\n\r\n",
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n",
    );
    let mail =
        format!("{mail}\r\n--b\r\nContent-Type: application/octet-stream\r\n\r\n{attachment}--b--\r\n").into_bytes();
    dovecot.deliver("INBOX", &mail, MAY);
    daemon.until("it is said", || daemon.logged("the disk is full; make room, nothing is lost") > 0);
    daemon.until("the manager hears", || daemon.heard().iter().any(|said| said.contains("cannot be written")));
    assert_eq!(home.status(), ["anna-facebook overdue"]);
    disk.make_room();
    daemon.until("the mail is recorded", || home.status() == ["anna-facebook confirmed"]);
    daemon.until("all is well", || daemon.heard().last().unwrap() == "STATUS=Accounts: 1 confirmed");
    assert_eq!(daemon.terminate().status.code(), Some(0));
}

/// A file system of 2 MB.
struct Disk(std::path::PathBuf);

impl Disk {
    fn mounted_at(path: std::path::PathBuf) -> Disk {
        std::fs::create_dir(&path).unwrap();
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=2m", "confirmd-test"]).arg(&path).status();
        assert!(mounted.unwrap().success());
        Disk(path)
    }

    fn fill(&self) {
        use std::io::Write;
        let mut file = std::fs::File::create(self.0.join("filling")).unwrap();
        while file.write_all(&[0; 4096]).is_ok() {}
    }

    fn make_room(&self) {
        std::fs::remove_file(self.0.join("filling")).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Lazily: a daemon that a failed test leaves behind is killed a moment later.
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}
