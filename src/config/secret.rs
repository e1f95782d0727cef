//! Where a password or a token comes from, and how it is fetched when it is needed.
//!
//! Nothing is kept: who reads a secret drops it after the login. Nothing here shows one, not even to a debugger's print.

use std::fs::File;
use std::io::Read;
use std::ops::Range;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use toml::Spanned;
use zeroize::Zeroizing;

use super::error::{ConfigError, Remark};
use super::program::{Program, ProgramError};
use super::raw::{List, Text};
use super::section::Section;
use crate::locale::{Locale, Phrase, phrase, say};
use crate::model::language::Lang;

/// Where a password or a token comes from.
#[derive(Clone)]
pub enum SecretSource {
    /// A program prints it as the first line of its output.
    Command(Vec<String>),
    /// The first line of a file.
    File(PathBuf),
    /// An environment variable.
    Env(String),
    /// A credential of systemd's (`LoadCredential=`): a file in `$CREDENTIALS_DIRECTORY`, which is `None` outside a unit.
    Credential {
        /// Its name.
        name: String,
        /// The directory.
        directory: Option<PathBuf>,
    },
    /// It stands in the configuration file.
    Literal(SecretString),
}

/// Why a secret could not be had. The person can cure all of them, and `Program` may go better by itself next time.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The program failed, hung, or was stopped.
    #[error("no password or token: {0}")]
    Program(#[from] ProgramError),
    /// The file cannot be read.
    #[error("password file {}: {source}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The environment does not have it.
    #[error("{0}")]
    Unset(String),
    /// Something was read that can be no password.
    #[error("{from}: {why}")]
    Unusable {
        /// Where it was read.
        from: String,
        /// What is wrong with it.
        why: &'static str,
    },
}

/// Longer than any password or token; shorter than a file somebody names by mistake.
const MAX_BYTES: usize = 64 << 10;

impl SecretSource {
    /// Fetches the secret. A program has `timeout` (30 s is what the contract gives it).
    pub fn read(&self, timeout: Duration) -> Result<SecretString, SecretError> {
        self.read_unless(timeout, &|| false)
    }

    /// Fetches the secret, and gives up as soon as `stopped` says so: a program that asks for a passphrase takes long.
    pub fn read_unless(&self, timeout: Duration, stopped: &dyn Fn() -> bool) -> Result<SecretString, SecretError> {
        match self {
            SecretSource::Command(command) => {
                let program = Program { command, input: b"", output: MAX_BYTES, complaints: false, timeout };
                first_line(&program.run(stopped)?.stdout, || self.describe())
            }
            SecretSource::File(file) => from_file(file, || self.describe()),
            SecretSource::Env(name) => match std::env::var(name).map(Zeroizing::new) {
                Ok(value) => first_line(value.as_bytes(), || self.describe()),
                Err(std::env::VarError::NotPresent) => {
                    Err(SecretError::Unset(format!("password_env: ${name} is not set")))
                }
                Err(std::env::VarError::NotUnicode(_)) => Err(unusable(self.describe(), NOT_UTF8)),
            },
            SecretSource::Credential { name, directory: Some(directory) } => {
                from_file(&directory.join(name), || self.describe())
            }
            SecretSource::Credential { name, directory: None } => Err(SecretError::Unset(format!(
                "password_credential: {name}: $CREDENTIALS_DIRECTORY is not set; it is only there in a systemd unit with \
                 LoadCredential={name}:..."
            ))),
            SecretSource::Literal(secret) => Ok(secret.clone()),
        }
    }

    /// Where the secret comes from, in English, e.g. `the command pass`; never the secret or an argument.
    pub fn describe(&self) -> String {
        self.say(Locale::of(Lang::En))
    }

    /// Where the secret comes from, for a person to read; never the secret or an argument.
    pub fn say(&self, locale: &Locale) -> String {
        match self {
            SecretSource::Command(command) => {
                say!(locale, "secret-command", name = command.first().map_or("", String::as_str))
            }
            SecretSource::File(file) => say!(locale, "secret-file", name = file.display().to_string()),
            SecretSource::Env(name) => say!(locale, "secret-env", name = name.as_str()),
            SecretSource::Credential { name, .. } => say!(locale, "secret-credential", name = name.as_str()),
            SecretSource::Literal(_) => say!(locale, "secret-literal"),
        }
    }
}

impl std::fmt::Debug for SecretSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SecretSource({})", self.describe())
    }
}

/// So that a reload can tell whether a mailbox has changed.
impl PartialEq for SecretSource {
    fn eq(&self, other: &SecretSource) -> bool {
        match (self, other) {
            (SecretSource::Command(a), SecretSource::Command(b)) => a == b,
            (SecretSource::File(a), SecretSource::File(b)) => a == b,
            (SecretSource::Env(a), SecretSource::Env(b)) => a == b,
            (
                SecretSource::Credential { name: a, directory: in_a },
                SecretSource::Credential { name: b, directory: in_b },
            ) => a == b && in_a == in_b,
            (SecretSource::Literal(a), SecretSource::Literal(b)) => a.expose_secret() == b.expose_secret(),
            (
                SecretSource::Command(_)
                | SecretSource::File(_)
                | SecretSource::Env(_)
                | SecretSource::Credential { .. }
                | SecretSource::Literal(_),
                _,
            ) => false,
        }
    }
}

impl Eq for SecretSource {}

/// The keys that can say where a password is.
pub(super) struct Keys<'a> {
    pub(super) command: &'a List,
    pub(super) file: &'a Text,
    pub(super) env: &'a Text,
    pub(super) credential: &'a Text,
    pub(super) literal: &'a Option<Spanned<SecretString>>,
}

/// Their names, the recommended ones first.
pub(super) const KEYS: [&str; 5] =
    ["password_command", "password_file", "password_env", "password_credential", "password"];

impl Keys<'_> {
    fn present(&self) -> impl Iterator<Item = (&'static str, Range<usize>)> {
        let spans = [
            self.command.as_ref().map(Spanned::span),
            self.file.as_ref().map(Spanned::span),
            self.env.as_ref().map(Spanned::span),
            self.credential.as_ref().map(Spanned::span),
            self.literal.as_ref().map(Spanned::span),
        ];
        KEYS.into_iter().zip(spans).filter_map(|(key, span)| Some((key, span?)))
    }

    /// Where the value of that key stands.
    pub(super) fn span(&self, key: &str) -> Range<usize> {
        self.present().find(|(present, _)| *present == key).map(|(_, span)| span).unwrap_or_default()
    }
}

/// The one source of a password, with the key that names it; `None` where there is none, an error where there are two.
pub(super) fn source(
    section: &Section<'_>,
    keys: &Keys<'_>,
    warnings: &mut Vec<Remark>,
) -> Result<Option<(SecretSource, &'static str)>, ConfigError> {
    let mut present = keys.present();
    let Some((key, span)) = present.next() else { return Ok(None) };
    if let Some((second, at)) = present.next() {
        return Err(section.wrong(&at, second, phrase!("cfg-two-passwords", other = key)));
    }
    let wrong = |what: Phrase| section.wrong(&span, key, what);
    if let Some(command) = section.command(key, keys.command)? {
        return Ok(Some((SecretSource::Command(command), key)));
    }
    if let Some(file) = section.path(key, keys.file)? {
        if let Some(mode) = open_to_others(&file) {
            let (file, mode) = (file.display().to_string(), format!("{mode:o}"));
            warnings.push(section.remark(&span, phrase!("cfg-open-file", key = key, file = file, mode = mode)));
        }
        return Ok(Some((SecretSource::File(file), key)));
    }
    if let Some(name) = section.text(key, keys.env)? {
        if name.contains('=') || name.starts_with('$') {
            return Err(wrong(phrase!("cfg-variable")));
        }
        return Ok(Some((SecretSource::Env(name), key)));
    }
    if let Some(name) = section.text(key, keys.credential)? {
        if name.contains('/') || name == "." || name == ".." {
            return Err(wrong(phrase!("cfg-credential")));
        }
        let directory = section.page.credentials.clone();
        return Ok(Some((SecretSource::Credential { name, directory }, key)));
    }
    let Some(literal) = keys.literal else { return Ok(None) };
    let secret = literal.get_ref();
    if section.page.mode & OTHERS != 0 {
        let (file, mode) = (section.page.file.display().to_string(), format!("{:o}", section.page.mode));
        return Err(wrong(phrase!("cfg-open-password", file = file, mode = mode)));
    }
    if secret.expose_secret().is_empty() || secret.expose_secret().contains(['\r', '\n', '\0']) {
        return Err(wrong(phrase!("cfg-password")));
    }
    Ok(Some((SecretSource::Literal(secret.clone()), key)))
}

/// The permission bits of everybody but the owner.
const OTHERS: u32 = 0o077;

fn open_to_others(file: &Path) -> Option<u32> {
    let mode = std::fs::metadata(file).ok()?.permissions().mode() & 0o7777;
    (mode & OTHERS != 0).then_some(mode)
}

fn from_file(file: &Path, describe: impl Fn() -> String) -> Result<SecretString, SecretError> {
    let failed = |source| SecretError::File { file: file.to_owned(), source };
    // Of the full length from the start: a buffer that grows leaves copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(MAX_BYTES + 1));
    File::open(file).map_err(failed)?.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() > MAX_BYTES {
        return Err(unusable(describe(), "larger than 64 KiB, which is no password"));
    }
    first_line(&bytes, describe)
}

/// A password ends at the first line break: editors add one, and `pass show` prints notes below it.
fn first_line(bytes: &[u8], describe: impl Fn() -> String) -> Result<SecretString, SecretError> {
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    match std::str::from_utf8(line) {
        Ok("") => Err(unusable(describe(), "empty, or its first line is")),
        Ok(line) if line.contains('\0') => Err(unusable(describe(), "contains a NUL character")),
        Ok(line) => Ok(SecretString::from(line.to_owned())),
        Err(_) => Err(unusable(describe(), NOT_UTF8)),
    }
}

const NOT_UTF8: &str = "not UTF-8";

fn unusable(from: String, why: &'static str) -> SecretError {
    SecretError::Unusable { from, why }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &SecretSource) -> Result<String, String> {
        match source.read(Duration::from_secs(20)) {
            Ok(secret) => Ok(secret.expose_secret().to_owned()),
            Err(error) => Err(error.to_string()),
        }
    }

    fn command(words: &[&str]) -> SecretSource {
        SecretSource::Command(words.iter().map(|word| (*word).to_owned()).collect())
    }

    #[test]
    fn a_command_gives_its_first_line() {
        assert_eq!(read(&command(&["printf", "hunter2\\nuser: anna\\n"])), Ok("hunter2".to_owned()));
        assert_eq!(read(&command(&["printf", "hunter2\\r\\n"])), Ok("hunter2".to_owned()));
        assert_eq!(read(&command(&["printf", " with spaces "])), Ok(" with spaces ".to_owned()));
        assert_eq!(read(&command(&["echo", "$HOME; no shell"])), Ok("$HOME; no shell".to_owned()));
    }

    #[test]
    fn a_command_that_gives_nothing_usable_is_named_without_arguments() {
        let cases = [
            (vec!["true"], "the command true: empty, or its first line is"),
            (vec!["printf", "\\377"], "the command printf: not UTF-8"),
            (vec!["false", "hunter2"], "no password or token: false failed (exit status 1)"),
            (vec!["yes", "hunter2"], "no password or token: yes printed more than 65536 bytes"),
        ];
        for (words, error) in cases {
            assert_eq!(read(&command(&words)), Err(error.to_owned()), "{words:?}");
        }
        let hanging = command(&["sleep", "600"]).read(Duration::from_millis(200)).err().unwrap();
        assert_eq!(hanging.to_string(), "no password or token: sleep did not end within 0.2 s and was killed");
    }

    #[test]
    fn files_and_credentials_are_read_when_they_are_needed() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("imap.private");
        let credential =
            SecretSource::Credential { name: "imap.private".to_owned(), directory: Some(directory.path().to_owned()) };
        let missing = read(&SecretSource::File(file.clone()));
        let shown = file.display();
        assert_eq!(missing, Err(format!("password file {shown}: No such file or directory (os error 2)")));
        std::fs::write(&file, "hunter2\n").unwrap();
        assert_eq!(read(&SecretSource::File(file.clone())), Ok("hunter2".to_owned()));
        assert_eq!(read(&credential), Ok("hunter2".to_owned()));
        std::fs::write(&file, "\n").unwrap();
        assert_eq!(read(&credential), Err("the credential imap.private: empty, or its first line is".to_owned()));
        std::fs::write(&file, vec![b'x'; MAX_BYTES + 1]).unwrap();
        let huge = read(&SecretSource::File(file.clone()));
        assert_eq!(huge, Err(format!("the file {shown}: larger than 64 KiB, which is no password")));
    }

    #[test]
    fn what_the_environment_lacks_is_said_by_name() {
        let unset = SecretSource::Env("CONFIRMD_TEST_UNSET".to_owned());
        assert_eq!(read(&unset), Err("password_env: $CONFIRMD_TEST_UNSET is not set".to_owned()));
        // Cargo sets it for every test it runs.
        assert_eq!(read(&SecretSource::Env("CARGO_PKG_NAME".to_owned())), Ok("confirmd".to_owned()));
        let credential = SecretSource::Credential { name: "imap".to_owned(), directory: None };
        assert_eq!(
            read(&credential),
            Err("password_credential: imap: $CREDENTIALS_DIRECTORY is not set; it is only there in a systemd unit with \
                 LoadCredential=imap:..."
                .to_owned())
        );
    }

    #[test]
    fn debug_shows_neither_a_literal_nor_an_argument() {
        let literal = SecretSource::Literal(SecretString::from("hunter2"));
        assert_eq!(format!("{literal:?}"), "SecretSource(the configuration file)");
        assert_eq!(format!("{:?}", command(&["echo", "hunter2"])), "SecretSource(the command echo)");
        assert_eq!(read(&literal), Ok("hunter2".to_owned()));
    }

    #[test]
    fn a_changed_source_is_another_one() {
        let literal = |text: &str| SecretSource::Literal(SecretString::from(text));
        assert_eq!(literal("a"), literal("a"));
        assert_ne!(literal("a"), literal("b"));
        assert_ne!(command(&["pass", "a"]), command(&["pass", "b"]));
        assert_ne!(SecretSource::Env("a".to_owned()), SecretSource::File("a".into()));
    }
}
