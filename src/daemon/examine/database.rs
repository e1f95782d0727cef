//! The database file: whose it is, who can read it, whether it is sound, and whether there is room.

use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

use super::Finding;
use crate::store::{self, Examination, StoreError};

/// A mailbox's answers of years take a few megabytes; SQLite needs room for its log beside them.
const LITTLE: u64 = 50_000_000;

/// Looks at the database file, which may not exist yet; the second value says whether it can be read without changing it.
pub fn database(path: &Path) -> (Vec<Finding>, bool) {
    let metadata = match std::fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return (absent(path), true),
        Err(error) => {
            let what = format!("{} cannot be looked at: {error}", path.display());
            return (vec![Finding::wrong(what, "run this command as the daemon's user, or correct `database`")], false);
        }
    };
    let examined = store::examine(path);
    // An older one would be migrated by reading it.
    let readable = examined.as_ref().is_ok_and(|found| found.version == found.newest);
    let mut findings = vec![match examined {
        Ok(examination) => sound(path, &metadata, &examination),
        Err(error) => refused(&error),
    }];
    let mode = metadata.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        let what = format!("others can read the database (mode {mode:o}), and the mails in it");
        findings.push(Finding::wrong(what, format!("chmod 600 {}", path.display())));
    }
    let me = rustix::process::geteuid().as_raw();
    if metadata.uid() != me {
        let what = format!("the database belongs to user {}, and this command runs as user {me}", metadata.uid());
        findings.push(Finding::note(what, "run confirmd's commands as the daemon's user"));
    }
    findings.push(room(path));
    (findings, readable)
}

fn sound(path: &Path, metadata: &std::fs::Metadata, found: &Examination) -> Finding {
    let mode = metadata.permissions().mode() & 0o777;
    let file = format!("{}: {}, mode {mode:o}", path.display(), bytes(metadata.len()));
    match &found.damage {
        Some(damage) => Finding::wrong(
            format!("{file}: the database is damaged: {damage}"),
            "move it away and run `confirmd sync` to read the mailboxes anew; what you recorded by hand is only in the old file",
        ),
        None if found.version < found.newest => Finding::note(
            format!("{file}, version {}, undamaged", found.version),
            format!("the next command that writes brings it to version {} by itself", found.newest),
        ),
        None => Finding::ok(format!("{file}, version {}, undamaged", found.version)),
    }
}

fn refused(error: &StoreError) -> Finding {
    let todo = match error {
        StoreError::Refused { .. } => "let `database` name another file, or install the confirmd it belongs to",
        StoreError::Busy { .. } => "try again; if it stays so, see which program holds it: fuser on the file",
        StoreError::Unusable { .. } => "check the owner and mode of the file and its folder, and that there is room",
        StoreError::Damaged { .. } => "what you recorded by hand is only in the old file: keep it",
    };
    Finding::wrong(error.to_string(), todo)
}

fn absent(path: &Path) -> Vec<Finding> {
    let what = format!("{} does not exist yet", path.display());
    let mut findings = vec![Finding::note(what, "`confirmd run` or `confirmd sync` creates it")];
    match path.ancestors().skip(1).find(|folder| folder.is_dir()) {
        Some(folder) if rustix::fs::access(folder, rustix::fs::Access::WRITE_OK).is_err() => {
            findings.push(Finding::wrong(
                format!("this user may not write in {}", folder.display()),
                "run this command as the daemon's user, or let `database` name another place",
            ));
        }
        _ => findings.push(room(path)),
    }
    findings
}

/// How much room there is where the file is, or will be.
fn room(path: &Path) -> Finding {
    let folder = path.ancestors().skip(1).find(|folder| folder.is_dir()).unwrap_or_else(|| Path::new("."));
    match rustix::fs::statvfs(folder) {
        Ok(stat) => {
            let free = stat.f_bavail.saturating_mul(stat.f_frsize);
            if free < LITTLE {
                Finding::wrong(format!("only {} are free in {}", bytes(free), folder.display()), "make room")
            } else {
                Finding::ok(format!("{} are free there", bytes(free)))
            }
        }
        Err(error) => Finding::note(format!("how much is free in {} cannot be told: {error}", folder.display()), ""),
    }
}

/// `512 bytes`, `120 kB`, `3.4 GB`: for a glance, in powers of ten.
fn bytes(count: u64) -> String {
    let units = [("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1000)];
    match units.into_iter().find(|(_, unit)| count >= *unit) {
        Some((name, unit)) if count / unit < 10 => format!("{}.{} {name}", count / unit, count % unit * 10 / unit),
        Some((name, unit)) => format!("{} {name}", count / unit),
        None => format!("{count} bytes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_for_a_glance() {
        let cases = [
            (0, "0 bytes"),
            (999, "999 bytes"),
            (1000, "1.0 kB"),
            (45_056, "45 kB"),
            (3_470_000_000, "3.4 GB"),
            (9_999_999, "9.9 MB"),
        ];
        for (count, shown) in cases {
            assert_eq!(bytes(count), shown);
        }
    }
}
