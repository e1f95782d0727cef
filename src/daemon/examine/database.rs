//! The database file: whose it is, who can read it, whether it is sound, and whether there is room.

use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

use super::Finding;
use crate::locale::{Locale, say};
use crate::model::language::Lang;
use crate::store::{self, Examination, StoreError};

/// A mailbox's answers of years take a few megabytes; SQLite needs room for its log beside them.
const LITTLE: u64 = 50_000_000;

/// Looks at the database file, which may not exist yet; the second value says whether it can be read without changing it.
pub fn database(path: &Path, locale: &Locale) -> (Vec<Finding>, bool) {
    let metadata = match std::fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return (absent(path, locale), true),
        Err(error) => {
            let what = say!(locale, "doc-db-unseen", file = shown(path), why = error.to_string());
            return (vec![Finding::wrong(what, say!(locale, "doc-db-unseen-todo"))], false);
        }
    };
    let examined = store::examine(path);
    // An older one would be migrated by reading it.
    let readable = examined.as_ref().is_ok_and(|found| found.version == found.newest);
    let mut findings = vec![match examined {
        Ok(examination) => sound(path, &metadata, &examination, locale),
        Err(error) => refused(&error, locale),
    }];
    let mode = metadata.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        let what = say!(locale, "doc-db-open", mode = format!("{mode:o}"));
        findings.push(Finding::wrong(what, format!("chmod 600 {}", path.display())));
    }
    let me = rustix::process::geteuid().as_raw();
    if metadata.uid() != me {
        let what = say!(locale, "doc-db-foreign", owner = metadata.uid(), me = me);
        findings.push(Finding::note(what, say!(locale, "doc-db-foreign-todo")));
    }
    findings.push(room(path, locale));
    (findings, readable)
}

fn sound(path: &Path, metadata: &std::fs::Metadata, found: &Examination, locale: &Locale) -> Finding {
    let mode = format!("{:o}", metadata.permissions().mode() & 0o777);
    let (file, size) = (shown(path), bytes(metadata.len(), locale));
    let whole =
        |file, size, mode| say!(locale, "doc-db-whole", file = file, size = size, mode = mode, version = found.version);
    match &found.damage {
        Some(damage) => Finding::wrong(
            say!(locale, "doc-db-damaged", file = file, size = size, mode = mode, damage = damage.as_str()),
            say!(locale, "doc-db-damaged-todo"),
        ),
        None if found.version < found.newest => {
            Finding::note(whole(file, size, mode), say!(locale, "doc-db-old-todo", newest = found.newest))
        }
        None => Finding::ok(whole(file, size, mode)),
    }
}

fn refused(error: &StoreError, locale: &Locale) -> Finding {
    let todo = match error {
        StoreError::Refused { .. } => "doc-db-refused-todo",
        StoreError::Busy { .. } => "doc-db-busy-todo",
        StoreError::Unusable { .. } => "doc-db-unusable-todo",
        StoreError::Damaged { .. } => "doc-db-keep-todo",
    };
    Finding::wrong(error.say(locale), say!(locale, todo))
}

fn absent(path: &Path, locale: &Locale) -> Vec<Finding> {
    let what = say!(locale, "doc-db-absent", file = shown(path));
    let mut findings = vec![Finding::note(what, say!(locale, "doc-db-absent-todo"))];
    match path.ancestors().skip(1).find(|folder| folder.is_dir()) {
        Some(folder) if rustix::fs::access(folder, rustix::fs::Access::WRITE_OK).is_err() => {
            findings.push(Finding::wrong(
                say!(locale, "doc-db-unwritable", folder = shown(folder)),
                say!(locale, "doc-db-unwritable-todo"),
            ));
        }
        _ => findings.push(room(path, locale)),
    }
    findings
}

/// How much room there is where the file is, or will be.
fn room(path: &Path, locale: &Locale) -> Finding {
    let folder = path.ancestors().skip(1).find(|folder| folder.is_dir()).unwrap_or_else(|| Path::new("."));
    match rustix::fs::statvfs(folder) {
        Ok(stat) => {
            let free = stat.f_bavail.saturating_mul(stat.f_frsize);
            if free < LITTLE {
                let what = say!(locale, "doc-room-little", size = bytes(free, locale), folder = shown(folder));
                Finding::wrong(what, say!(locale, "doc-room-little-todo"))
            } else {
                Finding::ok(say!(locale, "doc-room", size = bytes(free, locale)))
            }
        }
        Err(error) => {
            Finding::note(say!(locale, "doc-room-unknown", folder = shown(folder), why = error.to_string()), "")
        }
    }
}

/// `512 bytes`, `120 kB`, `3.4 GB`: for a glance, in powers of ten.
fn bytes(count: u64, locale: &Locale) -> String {
    let units = [("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1000)];
    let point = match locale.lang() {
        Lang::De => ',',
        Lang::En => '.',
    };
    match units.into_iter().find(|(_, unit)| count >= *unit) {
        Some((name, unit)) if count / unit < 10 => {
            format!("{}{point}{} {name}", count / unit, count % unit * 10 / unit)
        }
        Some((name, unit)) => format!("{} {name}", count / unit),
        None => say!(locale, "doc-bytes", count = count),
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
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
            assert_eq!(bytes(count, Locale::of(Lang::En)), shown);
        }
        assert_eq!(bytes(3_470_000_000, Locale::of(Lang::De)), "3,4 GB");
    }
}
