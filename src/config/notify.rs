//! `[[notify]]`: the ways to be told.

use std::path::PathBuf;

use toml::Spanned;

use super::account::is_address;
use super::error::{ConfigError, Remark, section_label};
use super::mailbox::{Tls, refuse_cleartext};
use super::raw;
use super::secret::{self, SecretSource};
use super::section::{Page, Section};
use crate::locale::phrase;
use crate::model::words;

/// One way to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notify {
    /// A program, run without a shell, with one JSON object on its standard input.
    Command {
        /// The program and its arguments; never empty.
        command: Vec<String>,
    },
    /// A mail over SMTP.
    Email(Email),
}

/// A mail over SMTP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email {
    /// The server's name or address.
    pub smtp: String,
    /// The server's port.
    pub port: u16,
    /// How the connection is protected.
    pub tls: Tls,
    /// An extra trust anchor, PEM.
    pub ca_file: Option<PathBuf>,
    /// The login, where the server wants one.
    pub login: Option<Login>,
    /// The sender's address, bare.
    pub from: String,
    /// The recipients' addresses, bare; never empty.
    pub to: Vec<String>,
}

/// A login with a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// The user.
    pub username: String,
    /// Where the password comes from.
    pub password: SecretSource,
}

impl Notify {
    /// What an error, a log line or `doctor` calls it, e.g. `command notify-me`, `email via smtp.example.org`.
    pub fn label(&self) -> String {
        match self {
            Notify::Command { command } => format!("command {}", command.first().map_or("", String::as_str)),
            Notify::Email(email) => format!("email via {}", email.smtp),
        }
    }
}

words! {
    /// `kind` in `[[notify]]`.
    Kind { Command = "command", Email = "email" }
}

/// Checks every way.
pub(super) fn all(
    page: &Page<'_>,
    raw: &[Spanned<raw::Notify>],
    warnings: &mut Vec<Remark>,
) -> Result<Vec<Notify>, ConfigError> {
    let mut ways = Vec::with_capacity(raw.len());
    for (index, entry) in raw.iter().enumerate() {
        let raw = entry.get_ref();
        let section = Section { page, label: section_label("notify", index, None), at: entry.span().start };
        let kind = section.word("kind", &raw.kind)?;
        ways.push(match kind {
            None => {
                let known: Vec<String> = Kind::ALL.iter().map(|kind| format!("{:?}", kind.as_str())).collect();
                return Err(section.lacks(phrase!("cfg-no-kind", known = known.join(", "))));
            }
            Some(Kind::Command) => command(&section, raw)?,
            Some(Kind::Email) => Notify::Email(email(&section, raw, warnings)?),
        });
    }
    Ok(ways)
}

fn command(section: &Section<'_>, raw: &raw::Notify) -> Result<Notify, ConfigError> {
    let foreign = [
        ("smtp", raw.smtp.as_ref().map(Spanned::span)),
        ("port", raw.port.as_ref().map(Spanned::span)),
        ("tls", raw.tls.as_ref().map(Spanned::span)),
        ("ca_file", raw.ca_file.as_ref().map(Spanned::span)),
        ("username", raw.username.as_ref().map(Spanned::span)),
        ("password_command", raw.password_command.as_ref().map(Spanned::span)),
        ("password_file", raw.password_file.as_ref().map(Spanned::span)),
        ("password_env", raw.password_env.as_ref().map(Spanned::span)),
        ("password_credential", raw.password_credential.as_ref().map(Spanned::span)),
        ("password", raw.password.as_ref().map(Spanned::span)),
        ("from", raw.from.as_ref().map(Spanned::span)),
        ("to", raw.to.as_ref().map(Spanned::span)),
    ];
    if let Some((key, Some(span))) = foreign.into_iter().find(|(_, span)| span.is_some()) {
        return Err(section.wrong(&span, key, phrase!("cfg-for-email")));
    }
    match section.command("command", &raw.command)? {
        Some(command) => Ok(Notify::Command { command }),
        None => {
            Err(section.lacks(phrase!("cfg-missing", key = "command", example = "command = [\"/usr/bin/notify-me\"]")))
        }
    }
}

fn email(section: &Section<'_>, raw: &raw::Notify, warnings: &mut Vec<Remark>) -> Result<Email, ConfigError> {
    if let Some(command) = &raw.command {
        return Err(section.wrong(&command.span(), "command", phrase!("cfg-for-command")));
    }
    let smtp = section.host("smtp", &raw.smtp, "smtp = \"smtp.example.org\"")?;
    let tls = section.word("tls", &raw.tls)?.unwrap_or(Tls::Implicit);
    refuse_cleartext(section, tls, &smtp, &raw.tls)?;
    // RFC 8314 (465), RFC 6409 (587), RFC 5321 (25, a relay on this machine).
    let default_port = match tls {
        Tls::Implicit => 465,
        Tls::Starttls => 587,
        Tls::None => 25,
    };
    let from = section.required("from", &raw.from, "from = \"confirmd@example.org\"")?;
    address(section, "from", &from, raw.from.as_ref())?;
    let Some(to) = section.list("to", &raw.to)? else {
        return Err(section.lacks(phrase!("cfg-missing", key = "to", example = "to = [\"anna@example.org\"]")));
    };
    let values = raw.to.as_ref().map(|list| list.get_ref().as_slice()).unwrap_or_default();
    for (recipient, value) in to.iter().zip(values) {
        address(section, "to", recipient, Some(value))?;
    }
    Ok(Email {
        port: section.port(raw.port.as_ref(), default_port)?,
        tls,
        ca_file: section.path("ca_file", &raw.ca_file)?,
        login: login(section, raw, warnings)?,
        smtp,
        from,
        to,
    })
}

/// A user name and a password, or neither: a relay on this machine wants none.
fn login(section: &Section<'_>, raw: &raw::Notify, warnings: &mut Vec<Remark>) -> Result<Option<Login>, ConfigError> {
    let keys = secret::Keys {
        command: &raw.password_command,
        file: &raw.password_file,
        env: &raw.password_env,
        credential: &raw.password_credential,
        literal: &raw.password,
    };
    match (section.text("username", &raw.username)?, secret::source(section, &keys, warnings)?) {
        (None, None) => Ok(None),
        (Some(username), Some((password, _))) => Ok(Some(Login { username, password })),
        (Some(_), None) => Err(section.lacks(phrase!("cfg-username-alone", keys = secret::KEYS.join(", ")))),
        (None, Some((_, key))) => Err(section.wrong(&keys.span(key), key, phrase!("cfg-password-alone"))),
    }
}

fn address(section: &Section<'_>, key: &str, text: &str, value: Option<&Spanned<String>>) -> Result<(), ConfigError> {
    match value {
        Some(value) if !is_address(text) => {
            Err(section.wrong(&value.span(), key, phrase!("cfg-address", address = text)))
        }
        _ => Ok(()),
    }
}
