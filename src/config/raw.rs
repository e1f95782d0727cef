//! The configuration file as it is written: every key of contract section 3, each with the place where it stands.
//!
//! Nothing is checked here beyond names and types, and no default is filled in: a missing key is `None`.

use secrecy::SecretString;
use serde::Deserialize;
use toml::Spanned;

/// A text in quotes.
pub(super) type Text = Option<Spanned<String>>;
/// A list of texts in quotes.
pub(super) type List = Option<Spanned<Vec<Spanned<String>>>>;
/// A value that can be written in more than one way: a size, a date.
pub(super) type Any = Option<Spanned<toml::Value>>;

/// The whole file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Raw {
    pub(super) database: Text,
    pub(super) language: Text,
    pub(super) rules_dir: Text,
    pub(super) policy: Option<Spanned<Policy>>,
    pub(super) dns: Option<Spanned<Dns>>,
    pub(super) limits: Option<Spanned<Limits>>,
    #[serde(default)]
    pub(super) notify: Vec<Spanned<Notify>>,
    #[serde(default)]
    pub(super) mailbox: Vec<Spanned<Mailbox>>,
    #[serde(default)]
    pub(super) account: Vec<Spanned<Account>>,
}

/// `[policy]`.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Policy {
    pub(super) warn_after: Text,
    pub(super) deadline: Text,
    pub(super) repeat_every: Text,
    pub(super) stale_after: Text,
    pub(super) sender: Text,
}

/// `[dns]`.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Dns {
    pub(super) server: Text,
}

/// `[limits]`.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Limits {
    pub(super) message: Any,
    pub(super) timeout: Text,
}

/// `[[notify]]`. Flat, whatever its `kind`: serde's tagged enums forget where a value stands.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Notify {
    pub(super) kind: Text,
    pub(super) command: List,
    pub(super) smtp: Text,
    pub(super) port: Option<Spanned<i64>>,
    pub(super) tls: Text,
    pub(super) ca_file: Text,
    pub(super) username: Text,
    pub(super) password_command: List,
    pub(super) password_file: Text,
    pub(super) password_env: Text,
    pub(super) password_credential: Text,
    pub(super) password: Option<Spanned<SecretString>>,
    pub(super) from: Text,
    pub(super) to: List,
}

/// `[[mailbox]]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mailbox {
    pub(super) name: Text,
    pub(super) host: Text,
    pub(super) port: Option<Spanned<i64>>,
    pub(super) tls: Text,
    pub(super) ca_file: Text,
    pub(super) username: Text,
    pub(super) password_command: List,
    pub(super) password_file: Text,
    pub(super) password_env: Text,
    pub(super) password_credential: Text,
    pub(super) password: Option<Spanned<SecretString>>,
    pub(super) auth: Text,
    pub(super) token_command: List,
    pub(super) folders: List,
    pub(super) poll: Text,
    pub(super) idle: Option<Spanned<bool>>,
    pub(super) since: Any,
    pub(super) trusted_authserv_ids: List,
}

/// `[[account]]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Account {
    pub(super) id: Text,
    pub(super) platform: Text,
    pub(super) handle: Text,
    pub(super) display_name: Text,
    pub(super) emails: List,
    pub(super) accounts_centre: Text,
    pub(super) objected: Any,
    pub(super) via: Text,
}
