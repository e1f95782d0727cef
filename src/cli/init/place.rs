//! Puts the configuration, and a typed password beside it, where they belong: for this user alone, and never half.

use std::fs::{DirBuilder, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};

/// A file name beside `target` that is free: `private.password`, else `private-2.password` and so on.
pub fn free_password_file(target: &Path) -> String {
    let is_free = |name: &String| !target.with_file_name(name).exists();
    let names = (2..).map(|number: u32| format!("private-{number}.password"));
    std::iter::once("private.password".to_owned()).chain(names).find(is_free).unwrap_or_default()
}

/// Writes the configuration (0600) in one step, with its folder (0700) where that is missing. The password, if any, is there before.
///
/// An existing file is an error unless `replace`; then it is kept beside the new one, and its new name returned.
pub fn put(
    target: &Path,
    text: &str,
    password: Option<(&SecretString, &str)>,
    replace: bool,
) -> std::io::Result<Option<PathBuf>> {
    if let Some(folder) = target.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    let secret = match password {
        Some((password, name)) => {
            let file = target.with_file_name(name);
            write_new(&file, format!("{}\n", password.expose_secret()).as_bytes())?;
            Some(file)
        }
        None => None,
    };
    let placed = place(target, text, replace);
    if let (Err(_), Some(file)) = (&placed, secret) {
        // Without the configuration nobody would look for it.
        let _ = std::fs::remove_file(file);
    }
    placed
}

fn place(target: &Path, text: &str, replace: bool) -> std::io::Result<Option<PathBuf>> {
    let fresh = beside(target, &format!("new-{}", std::process::id()));
    write_new(&fresh, text.as_bytes())?;
    let placed = swap(target, &fresh, replace);
    if placed.is_err() {
        let _ = std::fs::remove_file(&fresh);
    }
    placed
}

fn swap(target: &Path, fresh: &Path, replace: bool) -> std::io::Result<Option<PathBuf>> {
    let backup = if replace && target.symlink_metadata().is_ok() {
        let backup = (1..).map(|number: u32| beside(target, &format!("bak{number}"))).find(|path| !path.exists());
        let backup = backup.unwrap_or_else(|| beside(target, "bak"));
        // With the old file's mode: it may hold a password.
        std::fs::copy(target, &backup)?;
        Some(backup)
    } else {
        None
    };
    if replace {
        std::fs::rename(fresh, target)?;
    } else {
        // A link, unlike a rename, never takes the place of a file that has come meanwhile.
        std::fs::hard_link(fresh, target)?;
        std::fs::remove_file(fresh)?;
    }
    Ok(backup)
}

/// `config.toml.bak1` beside `config.toml`.
fn beside(target: &Path, end: &str) -> PathBuf {
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(end);
    target.with_file_name(name)
}

fn write_new(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    let named = |error: std::io::Error| std::io::Error::new(error.kind(), format!("{}: {error}", file.display()));
    let mut opened = match options.open(file) {
        // What an earlier process of the same number left half.
        Err(error) if error.kind() == ErrorKind::AlreadyExists && file.extension().is_some_and(is_leftover) => {
            std::fs::remove_file(file)?;
            options.open(file)
        }
        opened => opened,
    }
    .map_err(named)?;
    opened.write_all(bytes).and_then(|()| opened.sync_all()).map_err(named)
}

fn is_leftover(extension: &std::ffi::OsStr) -> bool {
    extension.to_string_lossy().starts_with("new-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn files_are_for_this_user_alone_and_an_existing_one_is_kept() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("a/b/config.toml");
        let password = SecretString::from("hunter2");
        assert_eq!(put(&target, "one", Some((&password, "private.password")), false).unwrap(), None);
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        let secret = target.with_file_name("private.password");
        assert_eq!((mode(&target), mode(&secret), mode(target.parent().unwrap())), (0o600, 0o600, 0o700));
        assert_eq!(std::fs::read_to_string(&secret).unwrap(), "hunter2\n");

        let error = put(&target, "two", Some((&password, "private-2.password")), false).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::AlreadyExists);
        assert_eq!(std::fs::read_to_string(&target).unwrap(), "one");
        assert_eq!(free_password_file(&target), "private-2.password", "what is of no use is removed");

        let backup = put(&target, "two", None, true).unwrap().unwrap();
        assert_eq!(backup.file_name().unwrap(), "config.toml.bak1");
        let content = |path: &Path| std::fs::read_to_string(path).unwrap();
        assert_eq!((content(&backup), content(&target)), ("one".to_owned(), "two".to_owned()));
        let names = std::fs::read_dir(target.parent().unwrap()).unwrap().count();
        assert_eq!(names, 3, "configuration, backup, password");
    }
}
