//! `[[mailbox]]`: the IMAP logins that are watched.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use jiff::civil::{Date, date};
use toml::Spanned;

use super::error::{ConfigError, Remark, section_label};
use super::raw;
use super::secret::{self, SecretSource};
use super::section::{Page, Section};
use crate::locale::phrase;
use crate::model::mailbox::MailboxName;
use crate::model::words;

/// One IMAP login that is watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// Unique name.
    pub name: MailboxName,
    /// The server's name or address.
    pub host: String,
    /// The server's port.
    pub port: u16,
    /// How the connection is protected.
    pub tls: Tls,
    /// An extra trust anchor, PEM.
    pub ca_file: Option<PathBuf>,
    /// The login.
    pub username: String,
    /// How the login is proven.
    pub auth: Auth,
    /// Where the password, or with `xoauth2` the token, comes from.
    pub secret: SecretSource,
    /// Names, or special uses with a leading backslash, e.g. `\Junk`; `None` means every selectable folder but `\Drafts`
    /// and `\Sent`.
    pub folders: Option<Vec<String>>,
    /// How often to look, IDLE or not.
    pub poll: Duration,
    /// Whether to wait in IDLE where the server offers it.
    pub idle: bool,
    /// How far back the first pass looks.
    pub since: Date,
    /// Whose Authentication-Results to believe; `None` means what is known for the host.
    pub trusted_authserv_ids: Option<Vec<String>>,
}

words! {
    /// How a connection is protected. `none` is for loopback addresses only.
    Tls { Implicit = "implicit", Starttls = "starttls", None = "none" }
}

impl Tls {
    /// The port of IMAP under this protection: 993, or 143.
    pub fn usual_port(self) -> u16 {
        match self {
            Tls::Implicit => 993,
            Tls::Starttls | Tls::None => 143,
        }
    }
}

words! {
    /// How a login is proven.
    Auth { Login = "login", Xoauth2 = "xoauth2" }
}

/// The special uses of RFC 6154, and `\Important` of RFC 8457.
const SPECIAL_USES: &[&str] =
    &["\\All", "\\Archive", "\\Drafts", "\\Flagged", "\\Important", "\\Junk", "\\Sent", "\\Trash"];

/// The first European campaign of Meta's began in May 2024: no answer is older.
const FIRST_CAMPAIGN: Date = date(2024, 5, 1);

/// Checks every mailbox.
pub(super) fn all(
    page: &Page<'_>,
    raw: &[Spanned<raw::Mailbox>],
    warnings: &mut Vec<Remark>,
) -> Result<Vec<Mailbox>, ConfigError> {
    let mut mailboxes = Vec::with_capacity(raw.len());
    let mut names: BTreeMap<MailboxName, usize> = BTreeMap::new();
    let mut logins: BTreeMap<(String, u16, String), usize> = BTreeMap::new();
    for (index, entry) in raw.iter().enumerate() {
        let raw = entry.get_ref();
        let named = raw.name.as_ref().map(|name| name.get_ref().as_str());
        let section = Section { page, label: section_label("mailbox", index, named), at: entry.span().start };
        let mailbox = one(&section, raw, warnings)?;
        let start = entry.span().start;
        if let (Some(first), Some(name)) = (names.insert(mailbox.name.clone(), start), &raw.name) {
            let what = phrase!("cfg-mailbox-twice", first = page.line(first).to_string());
            return Err(section.wrong(&name.span(), "name", what));
        }
        let login = (mailbox.host.to_ascii_lowercase(), mailbox.port, mailbox.username.clone());
        if let Some(first) = logins.insert(login, start) {
            return Err(section.lacks(phrase!("cfg-login-twice", first = page.line(first).to_string())));
        }
        mailboxes.push(mailbox);
    }
    Ok(mailboxes)
}

fn one(section: &Section<'_>, raw: &raw::Mailbox, warnings: &mut Vec<Remark>) -> Result<Mailbox, ConfigError> {
    let name = section.required("name", &raw.name, "name = \"private\"")?;
    let host = section.host("host", &raw.host, "host = \"imap.example.org\"")?;
    let tls = section.word("tls", &raw.tls)?.unwrap_or(Tls::Implicit);
    refuse_cleartext(section, tls, &host, &raw.tls)?;
    let auth = section.word("auth", &raw.auth)?.unwrap_or(Auth::Login);
    Ok(Mailbox {
        name: MailboxName(name),
        port: section.port(raw.port.as_ref(), tls.usual_port())?,
        tls,
        ca_file: section.path("ca_file", &raw.ca_file)?,
        username: section.required("username", &raw.username, "username = \"anna@example.org\"")?,
        auth,
        secret: secret(section, raw, auth, warnings)?,
        folders: folders(section, raw)?,
        poll: section.duration("poll", &raw.poll, Duration::from_secs(300))?,
        idle: raw.idle.as_ref().is_none_or(|idle| *idle.get_ref()),
        since: section.past_date("since", &raw.since)?.unwrap_or(FIRST_CAMPAIGN),
        trusted_authserv_ids: section.texts("trusted_authserv_ids", &raw.trusted_authserv_ids)?,
        host,
    })
}

/// A password in clear may cross the loopback interface and nothing else.
pub(super) fn refuse_cleartext(
    section: &Section<'_>,
    tls: Tls,
    host: &str,
    value: &raw::Text,
) -> Result<(), ConfigError> {
    match (tls, value) {
        (Tls::None, Some(value)) if !is_loopback(host) => {
            Err(section.wrong(&value.span(), "tls", phrase!("cfg-cleartext", host = host)))
        }
        _ => Ok(()),
    }
}

fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// A password for `login`, a program that prints a token for `xoauth2`; never both.
fn secret(
    section: &Section<'_>,
    raw: &raw::Mailbox,
    auth: Auth,
    warnings: &mut Vec<Remark>,
) -> Result<SecretSource, ConfigError> {
    let token = section.command("token_command", &raw.token_command)?;
    let keys = secret::Keys {
        command: &raw.password_command,
        file: &raw.password_file,
        env: &raw.password_env,
        credential: &raw.password_credential,
        literal: &raw.password,
    };
    let password = secret::source(section, &keys, warnings)?;
    match (auth, token, password) {
        (Auth::Login, None, Some((source, _))) => Ok(source),
        (Auth::Xoauth2, Some(command), None) => Ok(SecretSource::Command(command)),
        (Auth::Login, Some(_), _) => {
            let span = raw.token_command.as_ref().map(Spanned::span).unwrap_or_default();
            Err(section.wrong(&span, "token_command", phrase!("cfg-token-for-login")))
        }
        (Auth::Login, None, None) => Err(section.lacks(phrase!("cfg-no-password", keys = secret::KEYS.join(", ")))),
        (Auth::Xoauth2, _, Some((_, key))) => {
            Err(section.wrong(&keys.span(key), key, phrase!("cfg-password-for-token")))
        }
        (Auth::Xoauth2, None, None) => Err(section.lacks(phrase!("cfg-no-token"))),
    }
}

fn folders(section: &Section<'_>, raw: &raw::Mailbox) -> Result<Option<Vec<String>>, ConfigError> {
    let Some(folders) = section.list("folders", &raw.folders)? else { return Ok(None) };
    let values = raw.folders.as_ref().map(|list| list.get_ref().as_slice()).unwrap_or_default();
    let mut unique: Vec<String> = Vec::with_capacity(folders.len());
    for (folder, value) in folders.into_iter().zip(values) {
        let special = SPECIAL_USES.iter().find(|known| known.eq_ignore_ascii_case(&folder));
        let folder = match special {
            Some(special) => (*special).to_owned(),
            None if folder.starts_with('\\') => {
                let what = phrase!("cfg-special-use", folder = folder, known = SPECIAL_USES.join(", "));
                return Err(section.wrong(&value.span(), "folders", what));
            }
            // RFC 3501 section 5.1: INBOX is the same in any case, and the only name that is.
            None if folder.eq_ignore_ascii_case("INBOX") => "INBOX".to_owned(),
            None => folder,
        };
        if !unique.contains(&folder) {
            unique.push(folder);
        }
    }
    Ok(Some(unique))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_loopback() {
        for here in ["127.0.0.1", "127.8.9.1", "::1", "localhost", "LOCALHOST"] {
            assert!(is_loopback(here), "{here}");
        }
        for elsewhere in
            ["10.0.0.1", "0.0.0.0", "::", "localhost.example.org", "imap.example.org", "127.0.0.1.nip.io", ""]
        {
            assert!(!is_loopback(elsewhere), "{elsewhere}");
        }
    }
}
