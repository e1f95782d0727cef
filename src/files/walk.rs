//! Finds the files with mails below a path, and what is to be expected in each.
//!
//! It opens only what its name does not tell (to see whether it begins like an mbox), and reads no mail. Nothing is
//! said of files that are evidently something else; a file that might be one and cannot be read is told.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::{FilesError, has_extension, packed, separator};

/// What a path holds.
pub(super) struct Finds {
    /// Whether the path was a file, which the person named.
    pub(super) named: bool,
    /// Files to read: those of a directory by name, then its subdirectories.
    pub(super) files: Vec<Found>,
    /// What might hold mails and cannot be read, and why.
    pub(super) unreadable: Vec<(PathBuf, String)>,
    /// Directories seen, by device and inode: a symlink may lead back to one.
    seen: BTreeSet<(u64, u64)>,
}

/// A file to read.
pub(super) struct Found {
    pub(super) path: PathBuf,
    /// Bytes; 0 for a pipe.
    pub(super) size: u64,
    pub(super) shape: Shape,
}

/// What to expect in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Its first bytes tell: an mbox or one mail.
    ByContent,
    /// One mail, whatever its lines look like: a Maildir's file, standard input.
    One,
}

/// Finds the files below a path; the path itself when it is a file, whatever its name.
pub(super) fn find(path: &Path) -> Result<Finds, FilesError> {
    let unreadable = |source| FilesError::Unreadable { path: path.to_owned(), source };
    let metadata = fs::metadata(path).map_err(unreadable)?;
    let mut finds = Finds { named: false, files: Vec::new(), unreadable: Vec::new(), seen: BTreeSet::new() };
    if !metadata.is_dir() {
        finds.named = true;
        finds.add(path.to_owned(), &metadata, Shape::ByContent);
        return Ok(finds);
    }
    fs::read_dir(path).map_err(unreadable)?;
    let is_part = path.file_name().is_some_and(|name| name == "cur" || name == "new");
    if is_part && is_maildir(&path.join("..")) {
        finds.maildir_part(path);
        return Ok(finds);
    }
    // A list of its own instead of recursion: a tree may be deeper than a thread's stack.
    let mut waiting = vec![path.to_owned()];
    while let Some(directory) = waiting.pop() {
        let below = finds.directory(&directory);
        waiting.extend(below.into_iter().rev());
    }
    Ok(finds)
}

/// Where a Maildir's file went that was there a moment ago: a mail program moves it from `new` to `cur`, or changes the
/// flags in its name (`1716285600.M1P2.example:2,` becomes `...:2,S`).
pub(super) fn renamed(path: &Path) -> Option<PathBuf> {
    let unique = |name: &OsStr| name.as_bytes().split(|byte| *byte == b':').next().map(<[u8]>::to_vec);
    let wanted = unique(path.file_name()?)?;
    let maildir = path.parent()?.parent()?;
    let entries = ["cur", "new"].iter().filter_map(|part| fs::read_dir(maildir.join(part)).ok()).flatten();
    let mut paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    paths.find(|path| path.file_name().and_then(unique).as_ref() == Some(&wanted))
}

/// An item's reason.
pub(super) fn cannot_be_read(error: &io::Error) -> String {
    format!("cannot be read: {error}")
}

impl Finds {
    /// Adds the directory's files; returns its subdirectories in the order of their names.
    fn directory(&mut self, directory: &Path) -> Vec<PathBuf> {
        match fs::metadata(directory) {
            Ok(metadata) if !self.seen.insert((metadata.dev(), metadata.ino())) => return Vec::new(),
            Ok(_) | Err(_) => {}
        }
        let is_maildir = is_maildir(directory);
        if is_maildir {
            self.maildir_part(&directory.join("new"));
            self.maildir_part(&directory.join("cur"));
        }
        let mut below = Vec::new();
        for path in self.entries(directory) {
            // `tmp` holds mails whose delivery has not ended.
            let name = path.file_name().unwrap_or_default();
            if is_maildir && ["cur", "new", "tmp"].iter().any(|part| name == *part) {
                continue;
            }
            match fs::metadata(&path) {
                Ok(metadata) if metadata.is_dir() => below.push(path),
                Ok(metadata) if metadata.is_file() => self.file(path, &metadata),
                Ok(_) => {}
                // A symlink that leads nowhere: Thunderbird's profiles have one called `lock`.
                Err(error) if error.kind() == io::ErrorKind::NotFound && !is_named_like_mail(&path) => {}
                Err(error) => self.unreadable.push((path, cannot_be_read(&error))),
            }
        }
        below
    }

    /// Adds the mails in a Maildir's `cur` or `new`.
    fn maildir_part(&mut self, directory: &Path) {
        for path in self.entries(directory) {
            if path.file_name().is_some_and(|name| name.as_bytes().starts_with(b".")) {
                continue;
            }
            match fs::metadata(&path) {
                Ok(metadata) if metadata.is_file() => self.add(path, &metadata, Shape::One),
                Ok(_) => {}
                // Its flags may have changed since the directory was listed; the reading looks for it again.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    self.files.push(Found { path, size: 0, shape: Shape::One });
                }
                Err(error) => self.unreadable.push((path, cannot_be_read(&error))),
            }
        }
    }

    fn file(&mut self, path: PathBuf, metadata: &Metadata) {
        if is_named_like_mail(&path) {
            return self.add(path, metadata, Shape::ByContent);
        }
        let is_named_packed =
            ["gz", "tgz", "zip", "bz2", "xz", "zst", "7z"].iter().any(|end| has_extension(&path, end));
        match first_bytes(&path) {
            Err(error) => self.unreadable.push((path, cannot_be_read(&error))),
            // The reading says what to do with a packed file.
            Ok(bytes) if is_named_packed && packed(&bytes).is_some() => self.add(path, metadata, Shape::ByContent),
            // Thunderbird's folders are called `Inbox`, the mails in Apple's `Archive.mbox/` are `mbox`.
            Ok(bytes) => {
                let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
                if separator::looks_right(line) {
                    self.add(path, metadata, Shape::ByContent);
                }
            }
        }
    }

    fn add(&mut self, path: PathBuf, metadata: &Metadata, shape: Shape) {
        let size = if metadata.is_file() { metadata.len() } else { 0 };
        self.files.push(Found { path, size, shape });
    }

    /// The paths in a directory, in the order of their names.
    fn entries(&mut self, directory: &Path) -> Vec<PathBuf> {
        let mut paths = Vec::new();
        let listed = fs::read_dir(directory).and_then(|entries| {
            for entry in entries {
                paths.push(entry?.path());
            }
            Ok(())
        });
        if let Err(error) = listed {
            self.unreadable.push((directory.to_owned(), cannot_be_read(&error)));
        }
        paths.sort_unstable();
        paths
    }
}

fn is_maildir(directory: &Path) -> bool {
    directory.join("cur").is_dir() && directory.join("new").is_dir()
}

fn is_named_like_mail(path: &Path) -> bool {
    has_extension(path, "eml") || has_extension(path, "mbox")
}

fn first_bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(separator::LOOKAHEAD as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}
