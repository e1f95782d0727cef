//! The configuration's text: the commented example with the person's own values in it. Pure.
//!
//! The example is the one source of the comments; what the person did not say stays in it as it is, commented out.

use jiff::civil::Date;
use secrecy::SecretString;
use toml::Value;

use crate::config::{Auth, Tls};
use crate::locale::{Locale, say};
use crate::model::account::Account;
use crate::model::language::Lang;

/// What the person wants in the configuration.
pub struct Wanted {
    /// The IMAP server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub tls: Tls,
    /// An extra trust anchor, as it is to be written.
    pub ca_file: Option<String>,
    /// The login.
    pub username: String,
    /// How the login is proven, and with what.
    pub secret: Secret,
    /// The accounts; the example's own stays where there is none yet.
    pub accounts: Vec<Account>,
}

/// Where the password or the token comes from.
pub enum Secret {
    /// Typed; it is kept in a file of this name beside the configuration.
    Typed(SecretString, String),
    /// A file, as it is to be written.
    File(String),
    /// A program that prints the password.
    Command(Vec<String>),
    /// A program that prints an access token.
    Token(Vec<String>),
}

impl Secret {
    /// How the login is proven.
    pub fn auth(&self) -> Auth {
        match self {
            Secret::Token(_) => Auth::Xoauth2,
            Secret::Typed(..) | Secret::File(_) | Secret::Command(_) => Auth::Login,
        }
    }
}

const ENGLISH: &str = include_str!("../../../config.example.toml");
const GERMAN: &str = include_str!("../../../templates/config.de.toml");

/// The text of the configuration file, with comments in the person's language.
pub fn compose(wanted: &Wanted, locale: &Locale, today: Date) -> String {
    let example = match locale.lang() {
        Lang::De => GERMAN,
        Lang::En => ENGLISH,
    };
    let mut page = Page::headed(example, &say!(locale, "init-file-head", day = locale.day(today)));
    page.set("", "language", text(locale.lang().as_str()));
    let mailbox = "[[mailbox]]";
    page.set(mailbox, "host", text(&wanted.host));
    page.set(mailbox, "username", text(&wanted.username));
    page.unset(mailbox, "password_command");
    match &wanted.secret {
        Secret::Typed(_, file) | Secret::File(file) => page.set(mailbox, "password_file", text(file)),
        Secret::Command(words) => page.set(mailbox, "password_command", list(words)),
        Secret::Token(words) => page.set(mailbox, "token_command", list(words)),
    }
    if wanted.secret.auth() != Auth::Login {
        page.set(mailbox, "auth", text(wanted.secret.auth().as_str()));
    }
    if wanted.tls != Tls::Implicit {
        page.set(mailbox, "tls", text(wanted.tls.as_str()));
    }
    if wanted.port != wanted.tls.usual_port() {
        page.set(mailbox, "port", wanted.port.to_string());
    }
    if let Some(ca_file) = &wanted.ca_file {
        page.set(mailbox, "ca_file", text(ca_file));
    }
    if let Some((first, others)) = wanted.accounts.split_first() {
        page.unset("[[account]]", "objected");
        for (key, value) in keys(first) {
            page.set("[[account]]", key, value);
        }
        for other in others {
            page.add_account(other);
        }
    }
    page.text()
}

/// An account's keys, in the example's order.
fn keys(account: &Account) -> Vec<(&'static str, String)> {
    let mut keys = vec![
        ("id", text(account.id.as_str())),
        ("platform", text(account.platform.as_str())),
        ("emails", list(&account.emails)),
    ];
    let known = [
        ("handle", &account.handle),
        ("display_name", &account.display_name),
        ("accounts_centre", &account.accounts_centre),
    ];
    keys.extend(known.into_iter().filter_map(|(key, value)| Some((key, text(value.as_ref()?)))));
    if let Some(objection) = account.objection {
        keys.extend([("objected", objection.on.to_string()), ("via", text(objection.via.as_str()))]);
    }
    keys
}

fn text(value: &str) -> String {
    Value::String(value.to_owned()).to_string()
}

fn list(values: &[String]) -> String {
    Value::Array(values.iter().cloned().map(Value::String).collect()).to_string()
}

/// The lines of the file.
struct Page {
    lines: Vec<String>,
}

impl Page {
    /// The example with another first paragraph: what it says of copying the file is done.
    fn headed(example: &str, head: &str) -> Page {
        let rest = example.lines().skip_while(|line| *line != "#").map(str::to_owned);
        Page { lines: std::iter::once(format!("# {head}")).chain(rest).collect() }
    }

    /// The lines of a section, behind its header; the top of the file for "".
    fn section(&self, header: &str) -> std::ops::Range<usize> {
        let at = |found: Option<usize>| found.unwrap_or(self.lines.len());
        let start = if header.is_empty() { 0 } else { at(self.lines.iter().position(|line| line == header)) + 1 };
        let start = start.min(self.lines.len());
        let ends = |line: &String| line.starts_with('[') || line.starts_with("#[") || line.starts_with("# ----");
        start..at(self.lines.iter().skip(start).position(ends).map(|offset| start + offset))
    }

    /// The line where a key is set, or shown in a comment: `port = 993`, `#port = 993`, `#   password_file = "..."`.
    fn line_of(&self, header: &str, key: &str) -> Option<usize> {
        let begin = format!("{key} = ");
        let is_it = |line: &String| line.strip_prefix('#').unwrap_or(line).trim_start().starts_with(&begin);
        self.section(header).find(|at| self.lines.get(*at).is_some_and(is_it))
    }

    fn set(&mut self, header: &str, key: &str, value: String) {
        let line = format!("{key} = {value}");
        match self.line_of(header, key).and_then(|at| self.lines.get_mut(at)) {
            Some(found) => *found = line,
            None => self.lines.insert(self.section(header).start, line),
        }
    }

    fn unset(&mut self, header: &str, key: &str) {
        if let Some(found) = self.line_of(header, key).and_then(|at| self.lines.get_mut(at))
            && !found.starts_with('#')
        {
            found.insert(0, '#');
        }
    }

    /// One more account, without comments: they stand above.
    fn add_account(&mut self, account: &Account) {
        // Behind the last account: before the rule that begins the next part.
        let last = self.lines.iter().rposition(|line| line == "[[account]]").unwrap_or_default();
        let rule = |line: &String| line.starts_with("# ----");
        let mut at = self.lines.iter().skip(last).position(rule).map_or(self.lines.len(), |offset| last + offset);
        while at > 0 && self.lines.get(at - 1).is_some_and(String::is_empty) {
            at -= 1;
        }
        let keys = keys(account).into_iter().map(|(key, value)| format!("{key} = {value}"));
        let block: Vec<String> = [String::new(), "[[account]]".to_owned()].into_iter().chain(keys).collect();
        self.lines.splice(at..at, block);
    }

    fn text(&self) -> String {
        self.lines.iter().map(|line| format!("{line}\n")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, SecretSource};
    use crate::model::account::{AccountId, Platform};
    use crate::model::objection::{Objection, Via};
    use jiff::civil::date;
    use std::ffi::OsString;
    use std::path::{Path, PathBuf};

    fn account(id: &str, handle: Option<&str>, objection: Option<Objection>) -> Account {
        Account {
            id: AccountId(id.to_owned()),
            platform: Platform::Instagram,
            handle: handle.map(str::to_owned),
            display_name: handle.map(|_| "Änna \"Muster\" C:\\".to_owned()),
            emails: vec!["änna@exämple.org".to_owned(), "b@example.org".to_owned()],
            accounts_centre: handle.map(|_| "a'b\"c".to_owned()),
            objection,
        }
    }

    fn parsed(wanted: &Wanted, lang: Lang) -> (String, Config) {
        let today = date(2026, 11, 25);
        let text = compose(wanted, Locale::of(lang), today);
        let env = |name: &str| (name == "HOME").then(|| OsString::from("/home/anna"));
        let config = Config::from_text(&text, Path::new("/x/config.toml"), 0o600, &env, today);
        let config = config.unwrap_or_else(|error| panic!("{error}\n{text}"));
        (text, config)
    }

    fn wanted(secret: Secret, tls: Tls, port: u16, accounts: Vec<Account>) -> Wanted {
        let (host, username) = ("imap.example.org".to_owned(), "ä\\n\"na'@example.org".to_owned());
        Wanted { host, port, tls, ca_file: (port != 993).then(|| "my ca.pem".to_owned()), username, secret, accounts }
    }

    #[test]
    fn what_is_wanted_is_what_the_parser_reads_in_both_languages() {
        let objection = Objection { on: date(2025, 5, 20), via: Via::App };
        let accounts =
            vec![account("a", Some("änna"), Some(objection)), account("b", None, None), account("c", Some("c"), None)];
        let words = ["pass".to_owned(), "a \"b\" \\c".to_owned()].to_vec();
        let typed = || Secret::Typed(SecretString::from("hunter2"), "private.password".to_owned());
        for lang in [Lang::De, Lang::En] {
            for (secret, tls, port, source) in [
                (typed(), Tls::Implicit, 993, SecretSource::File("/x/private.password".into())),
                (Secret::File("/y/p".to_owned()), Tls::Starttls, 1143, SecretSource::File("/y/p".into())),
                (Secret::Command(words.clone()), Tls::Starttls, 143, SecretSource::Command(words.clone())),
                (Secret::Token(words.clone()), Tls::Implicit, 1993, SecretSource::Command(words.clone())),
            ] {
                let wanted = wanted(secret, tls, port, accounts.clone());
                let (text, config) = parsed(&wanted, lang);
                assert!(!text.contains("hunter2") && text.contains("2026") && text.lines().count() > 100, "{text}");
                let [mailbox] = config.mailboxes.as_slice() else { panic!("{text}") };
                assert_eq!((mailbox.host.as_str(), mailbox.port, mailbox.tls), ("imap.example.org", port, tls));
                assert_eq!((&mailbox.username, &mailbox.secret), (&wanted.username, &source));
                assert_eq!(mailbox.auth, wanted.secret.auth());
                assert_eq!(mailbox.ca_file, wanted.ca_file.as_ref().map(|_| PathBuf::from("/x/my ca.pem")));
                assert_eq!((config.accounts.as_slice(), config.language), (accounts.as_slice(), Some(lang)));
                assert_eq!(config.warnings, Vec::new());
            }
        }
    }

    #[test]
    fn every_line_that_is_no_setting_of_the_persons_is_the_examples_own() {
        let wanted = wanted(Secret::File("p".to_owned()), Tls::Implicit, 993, vec![account("a", None, None)]);
        let (text, _) = parsed(&wanted, Lang::En);
        let known: Vec<&str> = ENGLISH.lines().collect();
        let own: Vec<&str> = text.lines().filter(|line| !known.contains(line)).collect();
        assert_eq!(
            own,
            [
                "# confirmd's configuration, written by `confirmd init` on 2026-11-25. Change what you like, and try it with `confirmd doctor`.",
                "language = \"en\"",
                "username = '''ä\\n\"na'@example.org'''",
                "password_file = \"p\"",
                "id = \"a\"",
                "platform = \"instagram\"",
                "emails = [\"änna@exämple.org\", \"b@example.org\"]",
                "#objected = 2025-05-20",
            ]
        );
    }

    #[test]
    fn the_examples_in_both_languages_have_the_same_settings() {
        let settings = |text: &str| -> Vec<String> {
            let is_setting = |line: &&str| {
                let line = line.trim_start_matches('#').trim_start();
                line.starts_with('[') || line.split_once(" = ").is_some_and(|(key, _)| !key.contains(' '))
            };
            text.lines().filter(is_setting).map(str::to_owned).collect()
        };
        assert_eq!(settings(GERMAN), settings(ENGLISH));
    }
}
