//! Writing a bundle: in a temporary folder beside its place, which becomes the bundle in one step or not at all.

use std::collections::BTreeMap;
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use super::sums::{Sha256Hex, is_plain_name, write_sums};
use super::{EvidenceError, SUMS};

/// A bundle being written. Dropped before [`finish`](Builder::finish), it leaves nothing behind.
#[derive(Debug)]
pub struct Builder {
    out: PathBuf,
    parent: PathBuf,
    temporary: PathBuf,
    sums: BTreeMap<String, Sha256Hex>,
    finished: bool,
}

impl Builder {
    /// Begins a bundle that will be the folder `out`.
    ///
    /// # Errors
    /// [`EvidenceError::Place`] when there is something at `out` (an empty folder is taken), or no folder to put it in.
    pub fn new(out: &Path) -> Result<Builder, EvidenceError> {
        let Some(name) = out.file_name() else {
            return Err(place(out, "name a folder that does not exist yet"));
        };
        require_free(out)?;
        let parent = match out.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        if !parent.is_dir() {
            return Err(place(out, "the folder it should be in does not exist; create that first"));
        }
        // A name that is taken belongs to a run that was killed, or to one at the same time.
        for attempt in 0..100 {
            let mut hidden = std::ffi::OsString::from(".");
            hidden.push(name);
            hidden.push(format!(".unfinished-{}-{attempt}", std::process::id()));
            let temporary = parent.join(hidden);
            match private_folder(&temporary) {
                Ok(()) => {
                    return Ok(Builder {
                        out: out.to_owned(),
                        parent,
                        temporary,
                        sums: BTreeMap::new(),
                        finished: false,
                    });
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(failed(&temporary, &error)),
            }
        }
        Err(place(out, "there are too many unfinished bundles beside it; remove the `.*.unfinished-*` folders"))
    }

    /// Writes one file of the bundle, mode 0600. `name` is `FILE` or `FOLDER/FILE`, made of letters, digits, `.`, `_`, `-`.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), EvidenceError> {
        let path = self.temporary.join(name);
        if !is_plain_name(name) || self.sums.contains_key(name) {
            return Err(EvidenceError::Failed { path, reason: "is no name for a file of a bundle".to_owned() });
        }
        if let Some((folder, _)) = name.split_once('/') {
            let folder = self.temporary.join(folder);
            if !folder.is_dir() {
                private_folder(&folder).map_err(|error| failed(&folder, &error))?;
            }
        }
        write_private(&path, bytes).map_err(|error| failed(&path, &error))?;
        self.sums.insert(name.to_owned(), Sha256Hex::of(bytes));
        Ok(())
    }

    /// Writes the checksums and puts the bundle in its place, where by now nothing else may be.
    pub fn finish(mut self) -> Result<(), EvidenceError> {
        let sums = self.temporary.join(SUMS);
        write_private(&sums, write_sums(&self.sums).as_bytes()).map_err(|error| failed(&sums, &error))?;
        for name in self.sums.keys() {
            if let Some((folder, _)) = name.split_once('/') {
                sync_folder(&self.temporary.join(folder))?;
            }
        }
        sync_folder(&self.temporary)?;
        require_free(&self.out)?;
        // rename(2) takes an empty folder's place and refuses any other: what came there meanwhile stays.
        std::fs::rename(&self.temporary, &self.out).map_err(|error| failed(&self.out, &error))?;
        self.finished = true;
        sync_folder(&self.parent)
    }
}

impl Drop for Builder {
    fn drop(&mut self) {
        if !self.finished {
            // There is nobody to tell; what stays behind says by its name what it is.
            let _ = std::fs::remove_dir_all(&self.temporary);
        }
    }
}

fn require_free(out: &Path) -> Result<(), EvidenceError> {
    let metadata = match std::fs::symlink_metadata(out) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(place(out, &format!("cannot be looked at: {error}"))),
    };
    if !metadata.is_dir() {
        return Err(place(out, "is there already and is no folder; nothing is overwritten, name another"));
    }
    let mut content = std::fs::read_dir(out).map_err(|error| place(out, &format!("cannot be looked into: {error}")))?;
    match content.next() {
        None => Ok(()),
        Some(_) => Err(place(out, "is not empty; nothing is overwritten, name another folder")),
    }
}

fn private_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().mode(0o700).create(path)
}

fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn sync_folder(path: &Path) -> Result<(), EvidenceError> {
    File::open(path).and_then(|folder| folder.sync_all()).map_err(|error| failed(path, &error))
}

fn place(path: &Path, reason: &str) -> EvidenceError {
    EvidenceError::Place { path: path.to_owned(), reason: reason.to_owned() }
}

fn failed(path: &Path, error: &io::Error) -> EvidenceError {
    EvidenceError::Failed { path: path.to_owned(), reason: format!("cannot be written: {error}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_bundle_appears_whole_and_private() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("bundle");
        let mut builder = Builder::new(&out).unwrap();
        builder.add("messages/0001.eml", b"one").unwrap();
        builder.add("keys.json", b"{}").unwrap();
        assert!(!out.exists());
        builder.finish().unwrap();
        assert_eq!(names(home.path()), ["bundle"]);
        assert_eq!(names(&out), ["SHA256SUMS", "keys.json", "messages"]);
        let mode = |path: &str| out.join(path).metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!([mode(""), mode("messages")], [0o700; 2]);
        assert_eq!([mode("messages/0001.eml"), mode("keys.json"), mode("SHA256SUMS")], [0o600; 3]);
        assert_eq!(
            std::fs::read_to_string(out.join("SHA256SUMS")).unwrap(),
            "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a  keys.json\n\
             7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed  messages/0001.eml\n"
        );
    }

    #[test]
    fn what_is_there_is_never_overwritten() {
        let home = tempfile::tempdir().unwrap();
        let refused = |out: &Path| matches!(Builder::new(out), Err(EvidenceError::Place { .. }));
        let full = home.path().join("full");
        std::fs::create_dir(&full).unwrap();
        std::fs::write(full.join("mine"), "x").unwrap();
        std::fs::write(home.path().join("file"), "x").unwrap();
        std::os::unix::fs::symlink(home.path(), home.path().join("link")).unwrap();
        for name in ["full", "full/", "file", "link", "nowhere/bundle", "..", "full/.."] {
            assert!(refused(&home.path().join(name)), "{name}");
        }
        let empty = home.path().join("empty");
        std::fs::create_dir(&empty).unwrap();
        Builder::new(&empty).unwrap().finish().unwrap();
        assert_eq!(names(&empty), ["SHA256SUMS"]);

        let late = home.path().join("late");
        let builder = Builder::new(&late).unwrap();
        std::fs::create_dir(&late).unwrap();
        std::fs::write(late.join("mine"), "x").unwrap();
        assert!(matches!(builder.finish(), Err(EvidenceError::Place { .. })));
        assert_eq!(names(&late), ["mine"]);
        assert_eq!(names(home.path()), ["empty", "file", "full", "late", "link"]);
    }

    #[test]
    fn an_unfinished_bundle_leaves_nothing_behind() {
        let home = tempfile::tempdir().unwrap();
        let mut builder = Builder::new(&home.path().join("bundle")).unwrap();
        builder.add("messages/0001.eml", b"one").unwrap();
        for name in ["messages/0001.eml", "../out", "/etc/x", "a/b/c", ".hidden", "a b", "", "a\n"] {
            assert!(builder.add(name, b"").is_err(), "{name}");
        }
        drop(builder);
        assert_eq!(names(home.path()), Vec::<String>::new());
    }
}
