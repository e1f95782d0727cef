//! A database that this user, or nobody, may write: everything can be asked, and it is said whose it is and what to do.

use std::os::unix::fs::{PermissionsExt, chown};
use std::path::Path;

use super::{FACEBOOK, MAY, confirmation, said, sound};
use crate::support::daemon::{Home, at};
use crate::support::disk::Disk;
use crate::support::dovecot::Dovecot;
use crate::support::faults::tried;

const ASKING: [&[&str]; 4] = [&["status"], &["messages"], &["show", "anna-facebook"], &["explain", "1"]];

const WRITING: [&[&str]; 4] = [&["objected", "anna-facebook"], &["run"], &["dismiss", "1"], &["sync"]];

#[test]
fn a_read_only_file_system_can_be_asked_and_the_monitor_hears_of_it() {
    let (home, dovecot) = (Home::with_database("disk/confirmd.db"), Dovecot::start());
    let Some(disk) = Disk::mounted_at(home.path("disk")) else { return };
    home.configure(&format!("{}{FACEBOOK}", at(&dovecot, "private", "")));
    dovecot.deliver("INBOX", &confirmation(), MAY);
    assert_eq!(home.says(&["sync"]).0, 0);
    disk.protect();
    let before = std::fs::read(home.database()).unwrap();
    for command in ASKING {
        let (code, _, stderr) = home.says(command);
        assert_eq!((code, stderr.as_str()), (0, ""), "{command:?}");
    }
    let bundle = home.path("bundle").display().to_string();
    assert_eq!(home.says(&["export", "anna-facebook", "--out", &bundle]).0, 0);
    let read_only = "DIR/disk/confirmd.db: the file system is mounted read-only, nothing can be recorded; see why (a failing \
                     disk?), and make it writable again";
    for command in WRITING {
        let (code, stdout, stderr) = home.says(command);
        assert_eq!((code, stdout.as_str(), said(&home, &stderr).as_str()), (1, "", read_only), "{command:?}");
    }
    tried("Disk", "read-only file system, a command that writes", read_only);
    let (code, stdout, _) = home.says(&["check"]);
    assert_eq!((code, stdout.lines().count()), (3, 1), "{stdout}");
    let line = said(&home, &stdout);
    assert!(line.starts_with(&format!("CONFIRMD UNKNOWN - {read_only} | accounts=1 ")), "{line}");
    tried("Disk", "read-only file system, and the monitor asks", line.split(" |").next().unwrap());
    assert!(std::fs::read(home.database()).unwrap() == before);
    disk.release();
    assert_eq!(home.says(&["sync"]).0, 0);
    sound(&home);
}

/// Needs to be root, to be somebody else.
#[test]
fn a_database_of_another_user_is_said_to_be_theirs() {
    if !rustix::process::getuid().is_root() {
        eprintln!("passed over: only root can be another user");
        return;
    }
    let (home, dovecot) = (Home::with_database("state/confirmd.db"), Dovecot::start());
    home.configure(&format!("{}{FACEBOOK}", at(&dovecot, "private", "")));
    dovecot.deliver("INBOX", &confirmation(), MAY);
    assert_eq!(home.says(&["sync"]).0, 0);
    let mode = |path: &Path, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    let folder = home.path("state");
    mode(&home.path(""), 0o755);
    for file in ["config.toml", "password"] {
        chown(home.path(file), Some(65534), Some(65534)).unwrap();
    }
    let nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
    let theirs = "belongs to user root (0), and this command runs as user nobody (65534); run it as that user (sudo -u '#0' \
                  confirmd ...), or as root";
    // Modes of folder and file; whether it can be read; what is said, before whose it is, of asking and of writing.
    let cases = [
        (0o755, 0o644, true, "", ""),
        (0o755, 0o600, false, "", ""),
        (0o700, 0o600, false, "cannot be looked at: DIR/state ", "cannot be created: DIR/state "),
    ];
    for (of_folder, of_file, readable, asking, writing) in cases {
        mode(&folder, of_folder);
        mode(&home.database(), of_file);
        let before = std::fs::read(home.database()).unwrap();
        let told = |how: &str| format!("DIR/state/confirmd.db: {how}{theirs}");
        for command in &ASKING[..1] {
            let (code, _, stderr) = home.says_under(&nobody, command);
            let expected = if readable { (0, String::new()) } else { (1, told(asking)) };
            assert_eq!((code, said(&home, &stderr)), expected, "{of_folder:o} {of_file:o} {command:?}");
        }
        for command in &WRITING[..2] {
            let (code, stdout, stderr) = home.says_under(&nobody, command);
            assert_eq!(
                (code, stdout.as_str(), said(&home, &stderr)),
                (1, "", told(writing)),
                "{of_file:o} {command:?}"
            );
        }
        let (code, stdout, _) = home.says_under(&nobody, &["check"]);
        if readable {
            assert_eq!(code, 0, "{stdout}");
        } else {
            assert_eq!((code, said(&home, &stdout)), (3, format!("CONFIRMD UNKNOWN - {}", told(asking))));
        }
        assert!(std::fs::read(home.database()).unwrap() == before);
    }
    tried(
        "Database",
        "another user's, and readable: a command that writes",
        &format!("DIR/state/confirmd.db: {theirs}"),
    );
    tried(
        "Database",
        "another user's: status",
        &format!("DIR/state/confirmd.db: cannot be looked at: DIR/state {theirs}"),
    );
    // Whoever it belongs to is not locked out by what root has done.
    chown(&folder, Some(65534), Some(65534)).unwrap();
    for entry in std::fs::read_dir(&folder).unwrap() {
        std::fs::remove_file(entry.unwrap().path()).unwrap();
    }
    assert_eq!(home.says_under(&nobody, &["objected", "anna-facebook"]).0, 0);
    assert_eq!(home.says(&["sync"]).0, 0, "as root");
    let (code, _, stderr) = home.says_under(&nobody, &["sync"]);
    assert!(!stderr.contains("lock file"), "{code} {stderr}");
    sound(&home);
}
