//! Finds the files with mails below a path, and what is to be expected in each.
//!
//! It opens only what its name does not tell (to see whether it begins like an mbox), and reads no mail. Nothing is
//! said of files that are evidently something else; a file that might be one and cannot be read is told.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, DirEntry, File};
use std::io::{self, Read};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::{FilesError, has_extension, packed, separator};

/// What a path holds.
#[derive(Default)]
pub(super) struct Finds {
    /// Files to read: those of a directory by name, then its subdirectories.
    pub(super) files: Vec<Found>,
    /// What might hold mails and cannot be read, and why.
    pub(super) unreadable: Vec<(PathBuf, String)>,
    /// An error in a file that the person named ends the reading.
    pub(super) strict: bool,
    /// The directories of the files.
    directories: Vec<PathBuf>,
    /// Directories seen, by device and inode: a symlink may lead back to one.
    seen: BTreeSet<(u64, u64)>,
}

impl Found {
    /// Whether it is a file that the person named.
    pub(super) fn is_named(&self) -> bool {
        self.directory.is_none()
    }
}

/// A file to read. Of a Maildir there may be a million: it keeps its own name only.
pub(super) struct Found {
    name: Box<OsStr>,
    /// `None`: the name is the path that the person named.
    directory: Option<u32>,
    pub(super) shape: Shape,
    /// Bytes; 0 for a pipe.
    pub(super) size: u64,
}

/// What to expect in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Its first bytes tell: an mbox or one mail.
    ByContent,
    /// One mail, whatever its lines look like: a Maildir's file, standard input.
    One,
    /// An mbox or nothing that concerns anybody: what an archive holds beside mail, or a packed file of any name.
    Perhaps,
}

/// What a directory holds under one name.
enum Kind {
    Directory,
    File(u64),
    Other,
    Gone(String),
    Unreadable(String),
}

/// Finds the files below several paths. One that cannot be read is told like a file in a directory.
pub(super) fn find_all(paths: &[PathBuf]) -> Finds {
    let mut finds = Finds::default();
    for path in paths {
        if let Err(error) = finds.add(path) {
            finds.unreadable.push((path.clone(), super::without_name(&error, path)));
        }
    }
    finds
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
    /// Adds the files below a path; the path itself when it is a file, whatever its name.
    pub(super) fn add(&mut self, path: &Path) -> Result<(), FilesError> {
        let unreadable = |source| FilesError::Unreadable { path: path.to_owned(), source };
        let metadata = fs::metadata(path).map_err(unreadable)?;
        if !metadata.is_dir() {
            let size = if metadata.is_file() { metadata.len() } else { 0 };
            let name = path.as_os_str().into();
            self.files.push(Found { name, directory: None, shape: Shape::ByContent, size });
            return Ok(());
        }
        fs::read_dir(path).map_err(unreadable)?;
        let is_part = path.file_name().is_some_and(|name| name == "cur" || name == "new");
        if is_part && is_maildir(&path.join("..")) {
            self.maildir_part(path);
            return Ok(());
        }
        // A list of its own instead of recursion: a tree may be deeper than a thread's stack.
        let mut waiting = vec![path.to_owned()];
        while let Some(directory) = waiting.pop() {
            let below = self.directory(&directory);
            waiting.extend(below.into_iter().rev());
        }
        Ok(())
    }

    /// Where a file is.
    pub(super) fn path(&self, found: &Found) -> PathBuf {
        let directory = found.directory.and_then(|at| self.directories.get(at as usize));
        directory.map_or_else(|| PathBuf::from(&*found.name), |directory| directory.join(&*found.name))
    }

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
        let own = self.enter(directory);
        for (name, kind) in self.entries(directory) {
            // `tmp` holds mails whose delivery has not ended.
            if is_maildir && ["cur", "new", "tmp"].iter().any(|part| *name == **part) {
                continue;
            }
            let path = directory.join(&*name);
            match kind {
                Kind::Directory => below.push(path),
                Kind::File(size) => match shape_of(&path) {
                    Ok(Some(shape)) => self.files.push(Found { name, directory: own, shape, size }),
                    Ok(None) => {}
                    Err(error) => self.unreadable.push((path, cannot_be_read(&error))),
                },
                Kind::Other => {}
                // A symlink that leads nowhere: Thunderbird's profiles have one called `lock`.
                Kind::Gone(_) if !is_named_like_mail(&path) => {}
                Kind::Gone(why) | Kind::Unreadable(why) => self.unreadable.push((path, why)),
            }
        }
        below
    }

    /// Adds the mails in a Maildir's `cur` or `new`.
    fn maildir_part(&mut self, directory: &Path) {
        let own = self.enter(directory);
        for (name, kind) in self.entries(directory) {
            if name.as_bytes().starts_with(b".") {
                continue;
            }
            let found = |size| Found { name: name.clone(), directory: own, shape: Shape::One, size };
            match kind {
                Kind::File(size) => self.files.push(found(size)),
                // Its flags may have changed since the directory was listed; the reading looks for it again.
                Kind::Gone(_) => self.files.push(found(0)),
                Kind::Directory | Kind::Other => {}
                Kind::Unreadable(why) => self.unreadable.push((directory.join(&*name), why)),
            }
        }
    }

    fn enter(&mut self, directory: &Path) -> Option<u32> {
        self.directories.push(directory.to_owned());
        u32::try_from(self.directories.len() - 1).ok()
    }

    /// What is in a directory, in the order of the names.
    fn entries(&mut self, directory: &Path) -> Vec<(Box<OsStr>, Kind)> {
        let mut found = Vec::new();
        let listed = fs::read_dir(directory).and_then(|entries| {
            for entry in entries {
                let entry = entry?;
                found.push((entry.file_name().into_boxed_os_str(), kind_of(&entry)));
            }
            Ok(())
        });
        if let Err(error) = listed {
            self.unreadable.push((directory.to_owned(), cannot_be_read(&error)));
        }
        found.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        found
    }
}

/// Asks without resolving the directory's path again, unless it is a symlink.
fn kind_of(entry: &DirEntry) -> Kind {
    let metadata = match entry.metadata() {
        Ok(metadata) if metadata.is_symlink() => fs::metadata(entry.path()),
        metadata => metadata,
    };
    match metadata {
        Ok(metadata) if metadata.is_dir() => Kind::Directory,
        Ok(metadata) if metadata.is_file() => Kind::File(metadata.len()),
        Ok(_) => Kind::Other,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Kind::Gone(cannot_be_read(&error)),
        Err(error) => Kind::Unreadable(cannot_be_read(&error)),
    }
}

/// What a directory's file is to be read as, if at all.
fn shape_of(path: &Path) -> io::Result<Option<Shape>> {
    if is_named_like_mail(path) {
        return Ok(Some(Shape::ByContent));
    }
    let bytes = first_bytes(path)?;
    let format = packed::name_of(&bytes).filter(|_| packed::is_named_packed(path));
    Ok(match format {
        // `all.mbox.gz` and whatever else a packed file is called.
        Some("gzip" | "zip" | "tar") if !path.file_stem().is_some_and(|stem| is_named_like_mail(Path::new(stem))) => {
            Some(Shape::Perhaps)
        }
        // The reading says what to do with a format that is not unpacked here.
        Some(_) => Some(Shape::ByContent),
        // Thunderbird's folders are called `Inbox`, the mails in Apple's `Archive.mbox/` are `mbox`.
        None => separator::begins_right(&bytes).then_some(Shape::ByContent),
    })
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
