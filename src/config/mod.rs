//! The settings of contract section 3, checked and typed; every error names file, line and key.
//!
//! It reads files and the environment and nothing else: no server is asked, no secret is read before it is needed, and
//! nothing is logged (what deserves a word but is no error is in [`Config::warnings`]).

mod account;
pub mod env;
mod error;
mod shape;
pub mod hosts;
mod mailbox;
mod notify;
pub mod program;
mod raw;
mod secret;
mod section;

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::civil::Date;
use toml::Spanned;

pub use self::account::is_address;
pub use self::env::{language, usual_places};
pub use self::error::{ConfigError, Remark};
pub use self::mailbox::{Auth, Mailbox, Tls};
pub use self::notify::{Email, Login, Notify};
pub use self::secret::{SecretError, SecretSource};
use self::section::{Page, Section};
use crate::locale::{Locale, phrase, say};
use crate::model::account::Account;
pub use crate::model::language::Lang;
use crate::model::period::Period;
use crate::model::status::{Policy, SenderPolicy};

/// Everything the configuration file says, with the defaults filled in.
#[derive(Debug, Clone)]
pub struct Config {
    /// The file all of this is from, as it was named.
    pub file: PathBuf,
    /// The SQLite database.
    pub database: PathBuf,
    /// The directory of the person's own rules, where there is one.
    pub rules_dir: Option<PathBuf>,
    /// The language the file asks for; without one the environment decides ([`language`]).
    pub language: Option<Lang>,
    /// When silence is late, and what counts.
    pub policy: Policy,
    /// What is not waited for, and not read.
    pub limits: Limits,
    /// Who is asked for DKIM keys.
    pub dns: Dns,
    /// The ways to be told; may be empty.
    pub notify: Vec<Notify>,
    /// The mailboxes to watch, in the order of the file; may be empty.
    pub mailboxes: Vec<Mailbox>,
    /// The person's accounts, in the order of the file; may be empty.
    pub accounts: Vec<Account>,
    /// What works but deserves attention.
    pub warnings: Vec<Remark>,
    /// Where the values with a changing default came from.
    pub origins: Origins,
}

/// `[limits]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// In bytes: a larger mail is listed for review, not read.
    pub message: u64,
    /// For connecting, the TLS handshake, and each command's whole answer.
    pub timeout: Duration,
}

/// `[dns]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dns {
    /// The server to ask; `None` means the system's resolvers.
    pub server: Option<SocketAddr>,
}

/// Where a value came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// This line of the configuration file.
    Line(usize),
    /// This environment variable.
    Environment(&'static str),
    /// Nobody said otherwise.
    Default,
}

impl Origin {
    /// `line 3`, `$LANG`, `default`, for a person.
    pub fn say(&self, locale: &Locale) -> String {
        match self {
            Origin::Line(line) => say!(locale, "doc-origin-line", line = *line),
            Origin::Environment(name) => format!("${name}"),
            Origin::Default => say!(locale, "doc-origin-default"),
        }
    }
}

/// Where the values came from that are not the same for everybody who leaves them out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origins {
    /// Of `database`.
    pub database: Origin,
    /// Of `rules_dir`.
    pub rules_dir: Origin,
    /// Of the language in use without `--lang`.
    pub language: Origin,
}

impl Config {
    /// Finds, reads and checks the configuration file.
    ///
    /// `explicit` is `--config`, `env` answers for environment variables, `today` is the local date (nothing the person
    /// did can lie in the future). Source: contract section 3.
    pub fn load(
        explicit: Option<&Path>,
        env: &dyn Fn(&str) -> Option<OsString>,
        today: Date,
    ) -> Result<Config, ConfigError> {
        let found = env::read(explicit, env)?;
        Config::from_text(&found.text, &found.file, found.mode, env, today)
    }

    /// Checks a configuration that has been read, or is about to be written, as `file` with these permission bits.
    pub fn from_text(
        text: &str,
        file: &Path,
        mode: u32,
        env: &dyn Fn(&str) -> Option<OsString>,
        today: Date,
    ) -> Result<Config, ConfigError> {
        Config::checked(text, file, mode, env, today).map_err(|error| error.of_text(text))
    }

    fn checked(
        text: &str,
        file: &Path,
        mode: u32,
        env: &dyn Fn(&str) -> Option<OsString>,
        today: Date,
    ) -> Result<Config, ConfigError> {
        let raw: raw::Raw = toml::from_str(text).map_err(|error| shape::from_toml(file, text, &error))?;
        let directory = file.parent().unwrap_or_else(|| Path::new(""));
        let page = Page {
            file,
            text,
            directory: absolute(directory),
            home: env::home(env),
            mode,
            credentials: env::set(env, "CREDENTIALS_DIRECTORY").map(PathBuf::from),
            today,
        };
        // Reading it twice is for a file that may be empty only.
        let few = raw.account.is_empty() && raw.mailbox.is_empty();
        if few && toml::de::DeTable::parse(text).is_ok_and(|document| document.get_ref().is_empty()) {
            return Err(ConfigError::wrong(file, None, String::new(), phrase!("cfg-empty-file")));
        }
        build(&page, &raw, env)
    }

    /// The mailboxes, for the commands that read mail.
    pub fn require_mailboxes(&self) -> Result<&[Mailbox], ConfigError> {
        if self.mailboxes.is_empty() {
            return Err(ConfigError::NoMailbox { file: self.file.clone() });
        }
        Ok(&self.mailboxes)
    }

    /// The accounts, for the commands that speak about them.
    pub fn require_accounts(&self) -> Result<&[Account], ConfigError> {
        if self.accounts.is_empty() {
            return Err(ConfigError::NoAccount { file: self.file.clone() });
        }
        Ok(&self.accounts)
    }
}

fn build(page: &Page<'_>, raw: &raw::Raw, env: env::Env<'_>) -> Result<Config, ConfigError> {
    let top = Section { page, label: String::new(), at: 0 };
    let mut warnings = Vec::new();
    let (database, database_from) = database(&top, raw, env)?;
    let (rules_dir, rules_dir_from) = rules_dir(&top, raw)?;
    let language = top.word("language", &raw.language)?;
    let language_from = match &raw.language {
        Some(value) => Origin::Line(page.line(value.span().start)),
        None => env::language(env).1,
    };
    Ok(Config {
        file: page.file.to_owned(),
        database,
        rules_dir,
        language,
        policy: policy(page, raw.policy.as_ref())?,
        limits: limits(page, raw.limits.as_ref())?,
        dns: dns(page, raw.dns.as_ref())?,
        notify: notify::all(page, &raw.notify, &mut warnings)?,
        mailboxes: mailbox::all(page, &raw.mailbox, &mut warnings)?,
        accounts: account::all(page, &raw.account, &mut warnings)?,
        warnings,
        origins: Origins { database: database_from, rules_dir: rules_dir_from, language: language_from },
    })
}

fn database(top: &Section<'_>, raw: &raw::Raw, env: env::Env<'_>) -> Result<(PathBuf, Origin), ConfigError> {
    if let (Some(path), Some(value)) = (top.path("database", &raw.database)?, &raw.database) {
        return Ok((path, Origin::Line(top.page.line(value.span().start))));
    }
    let nowhere = || ConfigError::wrong(top.page.file, None, String::new(), phrase!("cfg-no-database"));
    env::database(env).ok_or_else(nowhere)
}

/// `rules.d` beside the file is used when it is there; a directory that is named must be.
fn rules_dir(top: &Section<'_>, raw: &raw::Raw) -> Result<(Option<PathBuf>, Origin), ConfigError> {
    match (top.path("rules_dir", &raw.rules_dir)?, &raw.rules_dir) {
        (Some(path), Some(value)) if path.is_dir() => Ok((Some(path), Origin::Line(top.page.line(value.span().start)))),
        (Some(path), Some(value)) => {
            let what = phrase!("cfg-directory", path = path.display().to_string());
            Err(top.wrong(&value.span(), "rules_dir", what))
        }
        _ => Ok((Some(top.page.directory.join("rules.d")).filter(|path| path.is_dir()), Origin::Default)),
    }
}

fn policy(page: &Page<'_>, raw: Option<&Spanned<raw::Policy>>) -> Result<Policy, ConfigError> {
    let default = raw::Policy::default();
    let raw = raw.map_or(&default, Spanned::get_ref);
    let section = Section { page, label: "[policy]".to_owned(), at: 0 };
    let period = |key, value, default: &str| match section.period(key, value)? {
        Some(period) => Ok(period),
        None => Period::parse(default).map_err(|error| section.lacks(section::period(error).with("key", key))),
    };
    Ok(Policy {
        warn_after: period("warn_after", &raw.warn_after, "3 days")?,
        deadline: period("deadline", &raw.deadline, "1 month")?,
        repeat_every: period("repeat_every", &raw.repeat_every, "7 days")?,
        stale_after: period("stale_after", &raw.stale_after, "6 hours")?,
        sender: section.word("sender", &raw.sender)?.unwrap_or(SenderPolicy::Require),
    })
}

fn limits(page: &Page<'_>, raw: Option<&Spanned<raw::Limits>>) -> Result<Limits, ConfigError> {
    let default = raw::Limits::default();
    let raw = raw.map_or(&default, Spanned::get_ref);
    let section = Section { page, label: "[limits]".to_owned(), at: 0 };
    Ok(Limits {
        message: section.size("message", &raw.message)?.unwrap_or(25_000_000),
        timeout: section.duration("timeout", &raw.timeout, Duration::from_secs(60))?,
    })
}

/// `127.0.0.1:5353`, `[::1]:5353`, or an address alone, which means port 53. No name: who would resolve it?
fn dns(page: &Page<'_>, raw: Option<&Spanned<raw::Dns>>) -> Result<Dns, ConfigError> {
    let section = Section { page, label: "[dns]".to_owned(), at: 0 };
    let Some(value) = raw.and_then(|raw| raw.get_ref().server.as_ref()) else { return Ok(Dns { server: None }) };
    let text = value.get_ref();
    let server = text.parse().or_else(|_| text.parse().map(|address| SocketAddr::new(address, 53)));
    match server {
        Ok(server) if server.port() > 0 => Ok(Dns { server: Some(server) }),
        Ok(_) | Err(_) => Err(section.wrong(&value.span(), "server", phrase!("cfg-dns-server"))),
    }
}

/// The directory from the root on, so that a later change of the working directory changes nothing.
fn absolute(directory: &Path) -> PathBuf {
    let here = if directory.as_os_str().is_empty() { Path::new(".") } else { directory };
    std::path::absolute(here).unwrap_or_else(|_| here.to_owned())
}
