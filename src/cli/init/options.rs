//! What the options of `confirmd init` say.

use std::path::Path;

use crate::cli::args::Init;
use crate::cli::context::CliError;
use crate::config::hosts::Host;
use crate::config::{Auth, Tls};
use crate::locale::{Locale, say};
use crate::model::account::{Account, AccountId, Platform};
use crate::model::objection::{Objection, Via};

use super::compose::{Secret, Wanted};

/// Everything from the options; an error names all that are missing.
pub fn wanted(command: &Init, locale: &Locale) -> Result<Wanted, CliError> {
    let host = server(command);
    let secret = secret(command);
    let login = command.username.clone().or_else(|| command.email.clone());
    let missing: Vec<&str> = [
        (login.is_none(), "--email"),
        (host.is_none(), "--host"),
        (secret.is_none(), "--password-file | --password-command | --token-command"),
        (command.account.is_empty(), "--account"),
    ]
    .into_iter()
    .filter_map(|(is_missing, option)| is_missing.then_some(option))
    .collect();
    let (Some(username), Some((host, port, tls)), Some(secret), []) = (login, host, secret, missing.as_slice()) else {
        return Err(CliError::Usage(say!(locale, "init-missing", options = missing.join(", "))));
    };
    let accounts = accounts(command, command.email.as_deref().unwrap_or_default(), locale)?;
    Ok(Wanted { host, port, tls, ca_file: ca_file(command), username, secret, accounts })
}

/// Host, port and protection: as the options say, else as they are known for the address.
pub fn server(command: &Init) -> Option<(String, u16, Tls)> {
    let known = command.email.as_deref().and_then(Host::of_address).filter(|host| host.imap.is_some());
    let known = if command.host.is_some() { None } else { known };
    let host = command.host.clone().or_else(|| known?.imap.clone())?;
    let tls = command.tls.or(known.map(|host| host.tls)).unwrap_or(Tls::Implicit);
    let usual = known.filter(|host| host.tls == tls).map_or_else(|| tls.usual_port(), Host::port);
    Some((host, command.port.unwrap_or(usual), tls))
}

/// Where the password or token comes from, if an option says so. Files are named by their whole path: the configuration may be
/// elsewhere.
pub fn secret(command: &Init) -> Option<Secret> {
    let file = command.password_file.as_deref().map(|path| Secret::File(whole(path)));
    let program =
        || Some(Secret::Command(command.password_command.clone())).filter(|_| !command.password_command.is_empty());
    let token = || Some(Secret::Token(command.token_command.clone())).filter(|_| !command.token_command.is_empty());
    file.or_else(program).or_else(token)
}

/// The extra trust anchor.
pub fn ca_file(command: &Init) -> Option<String> {
    command.ca_file.as_deref().map(whole)
}

/// Whether a token and no password is what this host takes.
pub fn takes_token(email: &str, host: &str) -> bool {
    let known = Host::of_address(email).filter(|known| known.imap.as_deref() == Some(host));
    known.or_else(|| Host::of_server(host)).is_some_and(|known| known.auth == Auth::Xoauth2)
}

fn whole(path: &Path) -> String {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).display().to_string()
}

/// The accounts that the options name: `PLATFORM[:HANDLE][=ADDRESS[,ADDRESS...]]`.
pub fn accounts(command: &Init, address: &str, locale: &Locale) -> Result<Vec<Account>, CliError> {
    let objection = command.objected.map(|on| Objection { on, via: command.via.unwrap_or(Via::Web) });
    let mut accounts: Vec<Account> = Vec::new();
    for text in &command.account {
        let (named, emails) = text.split_once('=').map_or((text.as_str(), None), |(named, list)| (named, Some(list)));
        let (word, handle) = named.split_once(':').map_or((named, None), |(word, handle)| (word, Some(handle)));
        let platform = platform(word, locale).map_err(|why| CliError::Usage(format!("--account {text}: {why}")))?;
        let emails: Vec<String> = emails.unwrap_or(address).split(',').map(|email| email.trim().to_owned()).collect();
        let handle = handle.map(|handle| handle.trim_start_matches('@').to_owned()).filter(|handle| !handle.is_empty());
        accounts.push(Account {
            id: free_id(platform, handle.as_deref(), &accounts),
            platform,
            handle,
            display_name: None,
            emails,
            accounts_centre: command.accounts_centre.clone(),
            objection,
        });
    }
    Ok(accounts)
}

/// The platform of that name; WhatsApp has an answer of its own.
pub fn platform(word: &str, locale: &Locale) -> Result<Platform, String> {
    let word = word.trim().to_lowercase();
    if word == "whatsapp" {
        return Err(say!(locale, "init-whatsapp"));
    }
    word.parse().map_err(|_| say!(locale, "init-platforms"))
}

/// An id that says what it is: `anna.muster-facebook`, `facebook`; with a number where it is taken.
pub fn free_id(platform: Platform, handle: Option<&str>, taken: &[Account]) -> AccountId {
    let fits = |c: &char| matches!(c, 'a'..='z' | '0'..='9' | '.' | '_' | '-');
    let handle: String = handle.unwrap_or_default().to_lowercase().chars().filter(fits).collect();
    let id = if handle.is_empty() { platform.to_string() } else { format!("{handle}-{platform}") };
    let numbered = (2..).map(|number: u32| format!("{id}-{number}"));
    let is_free = |id: &String| taken.iter().all(|account| account.id.as_str() != id);
    AccountId(std::iter::once(id.clone()).chain(numbered).find(is_free).unwrap_or(id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::language::Lang;
    use jiff::civil::date;

    #[test]
    fn accounts_are_written_in_one_word() {
        let texts =
            ["facebook:@Anna.Müster", "instagram=a@example.org, b@example.org", "facebook", "facebook", "none:x=y@z"];
        let command = Init {
            account: texts.map(str::to_owned).to_vec(),
            objected: Some(date(2025, 5, 20)),
            accounts_centre: Some("anna".to_owned()),
            ..Init::default()
        };
        let accounts = accounts(&command, "anna@example.org", Locale::of(Lang::En)).unwrap();
        let row = |account: &Account| {
            format!("{} {} {:?} {}", account.id, account.platform, account.handle.as_deref(), account.emails.join(" "))
        };
        assert_eq!(
            accounts.iter().map(row).collect::<Vec<_>>(),
            [
                "anna.mster-facebook facebook Some(\"Anna.Müster\") anna@example.org",
                "instagram instagram None a@example.org b@example.org",
                "facebook facebook None anna@example.org",
                "facebook-2 facebook None anna@example.org",
                "x-none none Some(\"x\") y@z",
            ]
        );
        let objection = Some(Objection { on: date(2025, 5, 20), via: Via::Web });
        assert!(accounts.iter().all(|a| a.objection == objection && a.accounts_centre.as_deref() == Some("anna")));
    }

    #[test]
    fn a_server_is_known_by_the_address_and_an_option_is_stronger() {
        let asked = |email: &str, host: Option<&str>, port, tls| {
            let (email, host) = (Some(email.to_owned()), host.map(str::to_owned));
            server(&Init { email, host, port, tls, ..Init::default() })
        };
        let at = |host: &str, port, tls| Some((host.to_owned(), port, tls));
        assert_eq!(asked("a@gmx.de", None, None, None), at("imap.gmx.net", 993, Tls::Implicit));
        assert_eq!(asked("a@proton.me", None, None, None), at("127.0.0.1", 1143, Tls::Starttls));
        assert_eq!(asked("a@gmx.de", None, None, Some(Tls::Starttls)), at("imap.gmx.net", 143, Tls::Starttls));
        assert_eq!(asked("a@proton.me", Some("x.example"), None, None), at("x.example", 993, Tls::Implicit));
        assert_eq!(asked("a@gmx.de", None, Some(1993), None), at("imap.gmx.net", 1993, Tls::Implicit));
        assert_eq!(asked("a@example.org", None, None, None), None);
        assert_eq!(asked("a@tuta.com", None, None, None), None);
    }
}
