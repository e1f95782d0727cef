//! Checking a bundle's files against its checksums. The bundle may have been made, or changed, by anybody: nothing outside
//! of its folder is read, no link is followed, and memory is bounded.

use std::collections::BTreeMap;
use std::fs::{File, FileType, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rustix::fs::OFlags;

use super::sums::{Sha256Hex, read_sums};
use super::{EvidenceError, SUMS};

/// More than a million files; a longer list is not one of this program's.
const MAX_SUMS: u64 = 128 << 20;

/// More files than this in one folder are not looked at one by one.
const MAX_ENTRIES: usize = 1_000_000;

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileVerdict {
    /// Byte for byte as it was exported.
    Ok,
    /// Not the bytes that were exported.
    Changed,
    /// In the list, and not there.
    Missing,
    /// There, and not in the list.
    Added,
    /// It cannot be told, in words why: unreadable, no ordinary file, a list with damaged lines.
    Unknown(String),
}

/// A file of a bundle, or one that should be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedFile {
    /// The name from the bundle's folder on, as it is: not made harmless.
    pub name: String,
    /// What became of it.
    pub verdict: FileVerdict,
}

/// Compares every file under `dir` with `SHA256SUMS`; the result is ordered by name.
///
/// # Errors
/// [`EvidenceError::Place`] when `dir` is no folder or cannot be looked into.
pub fn check(dir: &Path) -> Result<Vec<CheckedFile>, EvidenceError> {
    let place = |reason: String| EvidenceError::Place { path: dir.to_owned(), reason };
    match std::fs::metadata(dir) {
        Ok(metadata) if metadata.is_dir() => {}
        Ok(_) => return Err(place("is no folder".to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(place("does not exist".to_owned())),
        Err(error) => return Err(place(format!("cannot be looked at: {error}"))),
    }
    let found = entries(dir).map_err(|error| place(format!("cannot be looked into: {error}")))?;
    let mut verdicts = BTreeMap::new();
    let sums = match read_file(dir, SUMS, MAX_SUMS) {
        Ok(bytes) => read_sums(&bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Ok(vec![CheckedFile { name: SUMS.to_owned(), verdict: FileVerdict::Missing }]);
        }
        Err(error) => {
            let verdict = FileVerdict::Unknown(format!("cannot be read: {error}"));
            return Ok(vec![CheckedFile { name: SUMS.to_owned(), verdict }]);
        }
    };
    if !sums.damaged.is_empty() {
        let lines: Vec<String> = sums.damaged.iter().take(10).map(ToString::to_string).collect();
        let more = if sums.damaged.len() > 10 { " and more" } else { "" };
        let words = format!("changed: damaged in line {}{more}", lines.join(", "));
        verdicts.insert(SUMS.to_owned(), FileVerdict::Unknown(words));
    } else if sums.files.is_empty() {
        verdicts.insert(SUMS.to_owned(), FileVerdict::Unknown("names no file".to_owned()));
    }
    for name in found.into_iter().filter(|name| name != SUMS && !sums.files.contains_key(name)) {
        verdicts.insert(name, FileVerdict::Added);
    }
    for (name, sum) in &sums.files {
        let verdict = match open(dir, name).and_then(Sha256Hex::of_reader) {
            Ok(actual) if actual == *sum => FileVerdict::Ok,
            Ok(_) => FileVerdict::Changed,
            Err(error) if error.kind() == io::ErrorKind::NotFound => FileVerdict::Missing,
            Err(error) => FileVerdict::Unknown(format!("cannot be read: {error}")),
        };
        verdicts.insert(name.clone(), verdict);
    }
    Ok(verdicts.into_iter().map(|(name, verdict)| CheckedFile { name, verdict }).collect())
}

/// Reads an ordinary file of a bundle. `name` must be one that [`check`] has given. A file of more than `most` bytes is an error.
pub fn read_file(dir: &Path, name: &str, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(dir, name)?.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("larger than {} MiB", most >> 20)));
    }
    Ok(bytes)
}

/// Every file in the folder and in the folders directly below it, and whatever else is there.
fn entries(dir: &Path) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    for (name, kind) in list(dir)? {
        if !kind.is_dir() {
            found.push(name);
            continue;
        }
        let below = list(&dir.join(&name))?;
        if below.is_empty() {
            found.push(format!("{name}/"));
        }
        for (inner, kind) in below {
            // No folder of a bundle has folders.
            let slash = if kind.is_dir() { "/" } else { "" };
            found.push(format!("{name}/{inner}{slash}"));
        }
    }
    Ok(found)
}

fn list(dir: &Path) -> io::Result<Vec<(String, FileType)>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir)?.take(MAX_ENTRIES) {
        let entry = entry?;
        found.push((entry.file_name().to_string_lossy().into_owned(), entry.file_type()?));
    }
    Ok(found)
}

/// Opens an ordinary file: no link, neither there nor on the way, and no pipe that would keep its reader waiting.
fn open(dir: &Path, name: &str) -> io::Result<File> {
    if let Some((folder, _)) = name.split_once('/')
        && !std::fs::symlink_metadata(dir.join(folder))?.is_dir()
    {
        return Err(io::Error::other("its folder is no folder"));
    }
    let path = dir.join(name);
    if !std::fs::symlink_metadata(&path)?.is_file() {
        return Err(io::Error::other("it is no ordinary file"));
    }
    let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed();
    let file = OpenOptions::new().read(true).custom_flags(flags).open(&path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("it is no ordinary file"));
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::super::Builder;
    use super::*;
    use std::os::unix::fs::symlink;
    use std::path::PathBuf;

    fn bundle(home: &Path) -> PathBuf {
        let out = home.join("bundle");
        let mut builder = Builder::new(&out).unwrap();
        builder.add("messages/0001.eml", b"one").unwrap();
        builder.add("messages/0002.eml", b"two").unwrap();
        builder.add("keys.json", b"{}").unwrap();
        builder.finish().unwrap();
        out
    }

    fn wrong(dir: &Path) -> Vec<String> {
        let words = |file: CheckedFile| match file.verdict {
            FileVerdict::Ok => None,
            verdict => Some(format!("{} {verdict:?}", file.name)),
        };
        check(dir).unwrap().into_iter().filter_map(words).collect()
    }

    #[test]
    fn whatever_is_done_to_a_file_is_named() {
        type Damage = fn(&Path);
        let cases: &[(Damage, &[&str])] = &[
            (|_| {}, &[]),
            (|dir| std::fs::write(dir.join("keys.json"), "{ }").unwrap(), &["keys.json Changed"]),
            (|dir| std::fs::write(dir.join("messages/0002.eml"), "").unwrap(), &["messages/0002.eml Changed"]),
            (|dir| std::fs::remove_file(dir.join("messages/0001.eml")).unwrap(), &["messages/0001.eml Missing"]),
            (
                |dir| std::fs::rename(dir.join("messages/0001.eml"), dir.join("messages/0003.eml")).unwrap(),
                &["messages/0001.eml Missing", "messages/0003.eml Added"],
            ),
            (|dir| std::fs::write(dir.join(".hidden"), "x").unwrap(), &[".hidden Added"]),
            (|dir| std::fs::write(dir.join("a b\nc"), "x").unwrap(), &["a b\nc Added"]),
            (|dir| std::fs::create_dir(dir.join("more")).unwrap(), &["more/ Added"]),
            (|dir| std::fs::create_dir_all(dir.join("messages/deep/er")).unwrap(), &["messages/deep/ Added"]),
            (|dir| std::fs::remove_file(dir.join("SHA256SUMS")).unwrap(), &["SHA256SUMS Missing"]),
            (
                |dir| std::fs::write(dir.join("SHA256SUMS"), "").unwrap(),
                &[
                    "SHA256SUMS Unknown(\"names no file\")",
                    "keys.json Added",
                    "messages/0001.eml Added",
                    "messages/0002.eml Added",
                ],
            ),
        ];
        for (damage, expected) in cases {
            let home = tempfile::tempdir().unwrap();
            let dir = bundle(home.path());
            damage(&dir);
            assert_eq!(wrong(&dir), *expected);
        }
    }

    #[test]
    fn links_and_pipes_are_not_followed() {
        let home = tempfile::tempdir().unwrap();
        let dir = bundle(home.path());
        let kept = home.path().join("kept.json");
        std::fs::rename(dir.join("keys.json"), &kept).unwrap();
        symlink(&kept, dir.join("keys.json")).unwrap();
        assert_eq!(wrong(&dir), ["keys.json Unknown(\"cannot be read: it is no ordinary file\")"]);
        std::fs::remove_file(dir.join("keys.json")).unwrap();
        rustix::fs::mknodat(
            rustix::fs::CWD,
            dir.join("keys.json"),
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::RUSR,
            0,
        )
        .unwrap();
        assert_eq!(wrong(&dir), ["keys.json Unknown(\"cannot be read: it is no ordinary file\")"]);
        std::fs::remove_file(dir.join("keys.json")).unwrap();
        std::fs::rename(dir.join("messages"), home.path().join("messages")).unwrap();
        symlink(home.path().join("messages"), dir.join("messages")).unwrap();
        let no_folder = "Unknown(\"cannot be read: its folder is no folder\")";
        assert_eq!(
            wrong(&dir),
            [
                "keys.json Missing".to_owned(),
                "messages Added".to_owned(),
                format!("messages/0001.eml {no_folder}"),
                format!("messages/0002.eml {no_folder}")
            ]
        );
    }

    #[test]
    fn a_folder_that_is_not_there_is_another_matter() {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join("file"), "x").unwrap();
        for name in ["nowhere", "file"] {
            assert!(matches!(check(&home.path().join(name)), Err(EvidenceError::Place { .. })), "{name}");
        }
        let dir = bundle(home.path());
        assert!(read_file(&dir, "keys.json", 2).is_ok());
        assert!(read_file(&dir, "keys.json", 1).is_err());
    }
}
