//! Where the configuration file is looked for, and what the environment says about language and state.
//!
//! The environment is a function, so that a test, or a reload, can answer for it.

use std::ffi::OsString;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::error::{ConfigError, line_of};
use super::{Lang, Origin};
use crate::locale::{Phrase, phrase};

/// Answers for an environment variable, as `std::env::var_os` does.
pub type Env<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// More than any configuration; less than would hurt when somebody names a mailbox export or a device instead.
const MAX_BYTES: u64 = 1 << 20;

/// A configuration file that has been read.
pub(super) struct Found {
    pub(super) file: PathBuf,
    /// It may hold passwords.
    pub(super) text: Zeroizing<String>,
    /// The permission bits, e.g. `0o644`.
    pub(super) mode: u32,
}

/// Finds and reads the configuration file: the named one, `$CONFIRMD_CONFIG`, or the first that exists of the usual ones.
pub(super) fn read(explicit: Option<&Path>, env: Env<'_>) -> Result<Found, ConfigError> {
    if let Some(file) = explicit {
        return open(file, Some("config-named-option"));
    }
    if let Some(file) = set(env, "CONFIRMD_CONFIG") {
        return open(Path::new(&file), Some("config-named-variable"));
    }
    let looked_at = usual_places(env);
    for file in &looked_at {
        match open(file, None) {
            Err(ConfigError::Unreadable { source, .. })
                if matches!(source.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {}
            found => return found,
        }
    }
    Err(ConfigError::Absent { looked_at })
}

/// The places where a configuration file is looked for when none is named.
///
/// Without `$XDG_CONFIG_HOME` the user's own is `~/.config` (XDG Base Directory specification, which also says that
/// relative values are ignored).
pub fn usual_places(env: Env<'_>) -> Vec<PathBuf> {
    let own = xdg(env, "XDG_CONFIG_HOME", ".config").map(|directory| directory.join("confirmd/config.toml"));
    own.into_iter().chain([PathBuf::from("/etc/confirmd/config.toml")]).collect()
}

/// The database's place when the file names none; `None` where the environment knows no place either.
pub(super) fn database(env: Env<'_>) -> Option<(PathBuf, Origin)> {
    // systemd lists several state directories with colons between them; the first is the one that is ours.
    let service = set(env, "STATE_DIRECTORY").and_then(|list| std::env::split_paths(&list).next());
    if let Some(directory) = service.filter(|directory| directory.is_absolute()) {
        return Some((directory.join("confirmd.db"), Origin::Environment("STATE_DIRECTORY")));
    }
    let origin = match set(env, "XDG_STATE_HOME") {
        Some(directory) if Path::new(&directory).is_absolute() => Origin::Environment("XDG_STATE_HOME"),
        _ => Origin::Default,
    };
    let directory = xdg(env, "XDG_STATE_HOME", ".local/state")?;
    Some((directory.join("confirmd/confirmd.db"), origin))
}

/// The person's language by LC_ALL, LC_MESSAGES, LANG, in this order (POSIX locale(7)); English where it is another one.
pub fn language(env: Env<'_>) -> (Lang, Origin) {
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
        if let Some(locale) = set(env, name) {
            let german = locale.to_string_lossy().split(['_', '.', '@']).next() == Some("de");
            return (if german { Lang::De } else { Lang::En }, Origin::Environment(name));
        }
    }
    (Lang::En, Origin::Default)
}

/// The home directory, for `~/` in paths.
pub(super) fn home(env: Env<'_>) -> Option<PathBuf> {
    set(env, "HOME").map(PathBuf::from).filter(|home| home.is_absolute())
}

/// A variable that is set to something; an empty one counts as unset.
pub(super) fn set(env: Env<'_>, name: &str) -> Option<OsString> {
    env(name).filter(|value| !value.is_empty())
}

fn xdg(env: Env<'_>, name: &str, below_home: &str) -> Option<PathBuf> {
    let named = set(env, name).map(PathBuf::from).filter(|directory| directory.is_absolute());
    named.or_else(|| Some(home(env)?.join(below_home)))
}

fn open(file: &Path, named_by: Option<&'static str>) -> Result<Found, ConfigError> {
    let unreadable = |source| ConfigError::Unreadable { file: file.to_owned(), named_by, source };
    let wrong = |line, what: Phrase| ConfigError::wrong(file, line, String::new(), what);
    let mut opened = File::open(file).map_err(unreadable)?;
    let mode = opened.metadata().map_err(unreadable)?.permissions().mode() & 0o7777;
    let mut bytes = Zeroizing::new(Vec::new());
    opened.by_ref().take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(wrong(None, phrase!("cfg-too-large")));
    }
    match std::str::from_utf8(&bytes) {
        Ok(text) => Ok(Found { file: file.to_owned(), text: Zeroizing::new(text.to_owned()), mode }),
        Err(error) => {
            let before = String::from_utf8_lossy(bytes.get(..error.valid_up_to()).unwrap_or_default());
            let line = line_of(&before, before.len());
            Err(wrong(Some(line), phrase!("cfg-not-utf8")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env<'a>(pairs: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<OsString> + 'a {
        |name| pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value))
    }

    #[test]
    fn the_usual_places_follow_xdg_and_ignore_what_is_relative_or_empty() {
        let own = |pairs: &[(&str, &str)]| match usual_places(&env(pairs)).as_slice() {
            [own, system] if system == Path::new("/etc/confirmd/config.toml") => own.display().to_string(),
            places => format!("{places:?}"),
        };
        assert_eq!(own(&[("XDG_CONFIG_HOME", "/x"), ("HOME", "/h")]), "/x/confirmd/config.toml");
        assert_eq!(own(&[("HOME", "/h")]), "/h/.config/confirmd/config.toml");
        assert_eq!(own(&[("XDG_CONFIG_HOME", "x"), ("HOME", "/h")]), "/h/.config/confirmd/config.toml");
        assert_eq!(own(&[("XDG_CONFIG_HOME", ""), ("HOME", "/h")]), "/h/.config/confirmd/config.toml");
        assert_eq!(own(&[]), "[\"/etc/confirmd/config.toml\"]");
    }

    #[test]
    fn the_database_goes_where_the_service_manager_or_xdg_says() {
        let at = |pairs: &[(&str, &str)]| database(&env(pairs));
        let path = PathBuf::from;
        assert_eq!(
            at(&[("STATE_DIRECTORY", "/var/lib/confirmd:/var/lib/other"), ("HOME", "/h")]),
            Some((path("/var/lib/confirmd/confirmd.db"), Origin::Environment("STATE_DIRECTORY")))
        );
        assert_eq!(
            at(&[("XDG_STATE_HOME", "/s"), ("HOME", "/h")]),
            Some((path("/s/confirmd/confirmd.db"), Origin::Environment("XDG_STATE_HOME")))
        );
        assert_eq!(at(&[("HOME", "/h")]), Some((path("/h/.local/state/confirmd/confirmd.db"), Origin::Default)));
        assert_eq!(at(&[]), None);
    }

    #[test]
    fn the_language_is_that_of_the_first_locale_that_is_set() {
        let cases: [(&[(&str, &str)], Lang); 7] = [
            (&[("LANG", "de_DE.UTF-8")], Lang::De),
            (&[("LANG", "de")], Lang::De),
            (&[("LC_MESSAGES", "en_GB.UTF-8"), ("LANG", "de_DE.UTF-8")], Lang::En),
            (&[("LC_ALL", "de_AT@euro"), ("LANG", "C")], Lang::De),
            (&[("LC_MESSAGES", ""), ("LANG", "de_CH")], Lang::De),
            (&[("LANG", "den_CA")], Lang::En),
            (&[], Lang::En),
        ];
        for (pairs, lang) in cases {
            assert_eq!(language(&env(pairs)).0, lang, "{pairs:?}");
        }
    }
}
