//! The questions of `confirmd init`: short, each with what its answer is for. What an option has said is not asked.

use jiff::civil::Date;

use super::ask::Person;
use super::compose::{Secret, Wanted};
use super::options;
use crate::cli::args::Init;
use crate::cli::context::{CliError, now};
use crate::config::hosts::Host;
use crate::config::{Tls, is_address};
use crate::daemon::examine::Because;
use crate::locale::{Locale, say};
use crate::model::account::{Account, Platform};
use crate::model::objection::{Objection, Via};

/// Asks for the mailbox. A typed password is to be kept in `password_file`.
pub fn mailbox(
    command: &Init,
    person: &mut Person<'_>,
    locale: &'static Locale,
    password_file: &str,
) -> Result<Wanted, CliError> {
    person.tell(&say!(locale, "init-mailbox"));
    let email = match &command.email {
        Some(email) => email.clone(),
        None => person.until(&say!(locale, "init-email"), "", |answer| address(answer, locale))?,
    };
    let known = Host::of_address(&email);
    let (host, port, tls) = match (options::server(&Init { email: Some(email.clone()), ..command.clone() }), known) {
        (Some(server), _) => server,
        (None, known) => {
            if let Some(remark) = known.and_then(|host| host.remark.as_deref()) {
                person.tell(&say!(locale, remark));
            }
            let domain = email.rsplit_once('@').map_or("example.org", |(_, domain)| domain);
            let host = person.line(&say!(locale, "init-host"), &format!("imap.{domain}"))?;
            let tls = command.tls.unwrap_or(Tls::Implicit);
            // Somebody with an address of their own knows what the host is called: "ionos".
            match Host::called(&host) {
                Some(Host { imap: Some(imap), .. }) => (imap.clone(), command.port.unwrap_or(tls.usual_port()), tls),
                Some(_) | None => (host, command.port.unwrap_or(tls.usual_port()), tls),
            }
        }
    };
    if command.host.is_none() {
        let found = say!(locale, "init-server", host = host.as_str(), port = i64::from(port), tls = tls.as_str());
        person.tell(&found);
    }
    if let Some(remark) = Host::of_server(&host).or(known).and_then(|host| host.remark.as_deref()) {
        person.tell(&say!(locale, "doc-hint", remark = say!(locale, remark)));
    }
    let username = match &command.username {
        Some(username) => username.clone(),
        // A known host takes the address; where it does not, the refusal is followed by the question.
        None if known.is_some() => email.clone(),
        None => person.line(&say!(locale, "init-username"), &email)?,
    };
    let secret = match options::secret(command) {
        Some(secret) => secret,
        None => secret(options::takes_token(&email, &host), person, locale, password_file)?,
    };
    let accounts = Vec::new();
    Ok(Wanted { host, port, tls, ca_file: options::ca_file(command), username, secret, accounts })
}

/// Asks anew for what was refused.
pub fn again(
    wanted: &mut Wanted,
    because: Because,
    person: &mut Person<'_>,
    locale: &'static Locale,
    password_file: &str,
) -> Result<(), CliError> {
    match because {
        Because::Login => {
            wanted.username = person.line(&say!(locale, "init-username"), &wanted.username)?;
            let token = matches!(wanted.secret, Secret::Token(_));
            wanted.secret = secret(token, person, locale, password_file)?;
        }
        Because::Secret => {
            let token = matches!(wanted.secret, Secret::Token(_));
            wanted.secret = secret(token, person, locale, password_file)?;
        }
        Because::Server => {
            wanted.host = person.line(&say!(locale, "init-host"), &wanted.host)?;
            let words = |answer: &str| answer.to_lowercase().parse::<Tls>().map_err(|_| say!(locale, "init-tls-wrong"));
            let tls = person.until(&say!(locale, "init-tls"), wanted.tls.as_str(), words)?;
            let usual = if tls == wanted.tls { wanted.port } else { tls.usual_port() };
            wanted.tls = tls;
            let number = |answer: &str| match answer.parse::<u16>() {
                Ok(port) if port > 0 => Ok(port),
                Ok(_) | Err(_) => Err(say!(locale, "init-port-wrong")),
            };
            wanted.port = person.until(&say!(locale, "init-port"), &usual.to_string(), number)?;
        }
    }
    Ok(())
}

fn secret(
    token: bool,
    person: &mut Person<'_>,
    locale: &'static Locale,
    password_file: &str,
) -> Result<Secret, CliError> {
    let command = |answer: &str| match words(answer) {
        words if words.is_empty() => Err(say!(locale, "init-command-empty")),
        words => Ok(words),
    };
    if token {
        return Ok(Secret::Token(person.until(&say!(locale, "init-token-command"), "", command)?));
    }
    person.tell(&say!(locale, "init-password-note", file = password_file));
    let password = person.hidden(&say!(locale, "init-password"))?;
    if secrecy::ExposeSecret::expose_secret(&password).is_empty() {
        return Ok(Secret::Command(person.until(&say!(locale, "init-password-command"), "", command)?));
    }
    Ok(Secret::Typed(password, password_file.to_owned()))
}

/// The address that an account's default is taken from.
pub fn address_of(command: &Init, wanted: &Wanted) -> String {
    command.email.clone().unwrap_or_else(|| wanted.username.clone())
}

/// Asks for the accounts.
pub fn accounts(
    command: &Init,
    address: &str,
    person: &mut Person<'_>,
    locale: &'static Locale,
) -> Result<Vec<Account>, CliError> {
    if !command.account.is_empty() {
        return options::accounts(command, address, locale);
    }
    person.tell(&say!(locale, "init-accounts"));
    let mut accounts: Vec<Account> = Vec::new();
    loop {
        let account = account(command, address, &accounts, person, locale)?;
        accounts.push(account);
        if !person.yes(&say!(locale, "init-another"), false)? {
            break;
        }
    }
    if accounts.len() > 1 && person.yes(&say!(locale, "init-centre"), false)? {
        // Any word does: it only has to be the same one.
        accounts.iter_mut().for_each(|account| account.accounts_centre = Some("mine".to_owned()));
    }
    Ok(accounts)
}

fn account(
    command: &Init,
    address: &str,
    taken: &[Account],
    person: &mut Person<'_>,
    locale: &'static Locale,
) -> Result<Account, CliError> {
    let read = |answer: &str| options::platform(answer, locale);
    let platform = person.until(&say!(locale, "init-platform"), "facebook", read)?;
    let mut optional = |key: &str| -> Result<Option<String>, CliError> {
        let answer = person.line(&say!(locale, key), "")?;
        Ok(Some(answer.trim_start_matches('@').to_owned()).filter(|answer| !answer.is_empty()))
    };
    let (handle, display_name) = match platform {
        Platform::None => (None, None),
        Platform::Facebook | Platform::Instagram | Platform::Threads => {
            (optional("init-handle")?, optional("init-display-name")?)
        }
    };
    let usual = if is_address(address) { address } else { "" };
    let emails = person.until(&say!(locale, "init-emails"), usual, |answer| {
        let emails: Vec<String> = answer.split([',', ' ']).filter(|part| !part.is_empty()).map(str::to_owned).collect();
        match emails.iter().find(|email| !is_address(email)) {
            Some(wrong) => Err(say!(locale, "init-email-wrong", text = wrong.as_str())),
            None if emails.is_empty() => Err(say!(locale, "init-email-wrong", text = "")),
            None => Ok(emails),
        }
    })?;
    let objection = match command.objected {
        Some(on) => Some(Objection { on, via: command.via.unwrap_or(Via::Web) }),
        None => objection(person, locale)?,
    };
    let id = options::free_id(platform, handle.as_deref(), taken);
    Ok(Account { id, platform, handle, display_name, emails, accounts_centre: None, objection })
}

fn objection(person: &mut Person<'_>, locale: &'static Locale) -> Result<Option<Objection>, CliError> {
    let today = now().date();
    let on = person.until(&say!(locale, "init-objected"), "", |answer| match (answer, day(answer)) {
        ("", _) => Ok(None),
        (_, Some(on)) if on <= today => Ok(Some(on)),
        (_, Some(_)) => Err(say!(locale, "init-future")),
        (_, None) => Err(say!(locale, "init-date-wrong")),
    })?;
    let Some(on) = on else { return Ok(None) };
    let words = |answer: &str| match answer.to_lowercase().as_str() {
        "form" | "formular" => Ok(Via::Web),
        "brief" => Ok(Via::Letter),
        word => word.parse::<Via>().map_err(|_| say!(locale, "init-via-wrong")),
    };
    Ok(Some(Objection { on, via: person.until(&say!(locale, "init-via"), "web", words)? }))
}

fn address(answer: &str, locale: &Locale) -> Result<String, String> {
    if is_address(answer) { Ok(answer.to_owned()) } else { Err(say!(locale, "init-email-wrong", text = answer)) }
}

/// `2025-05-20`, or as it is written in German, `20.5.2025`.
fn day(text: &str) -> Option<Date> {
    if let Ok(date) = text.parse::<Date>() {
        return Some(date).filter(|date| date.to_string() == text);
    }
    let mut parts = text.split('.').map(str::trim);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let date = Date::new(year.parse().ok().filter(|year| *year > 2000)?, month.parse().ok()?, day.parse().ok()?);
    date.ok().filter(|_| parts.next().is_none())
}

/// A program and its arguments, at their blanks; a word in quotes may hold blanks.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote: Option<char> = None;
    for c in text.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_read_in_both_ways_of_writing_them() {
        for text in ["2025-05-20", "20.05.2025", "20.5.2025", "20. 5. 2025"] {
            assert_eq!(day(text), Some(date(2025, 5, 20)), "{text}");
        }
        for text in ["", "20.5.", "20.5.25", "5/20/2025", "30.2.2025", "1.2.3.2025", "20250520", "yesterday"] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn a_command_is_split_at_blanks_outside_quotes() {
        let cases: [(&str, &[&str]); 5] = [
            ("pass show mail/anna", &["pass", "show", "mail/anna"]),
            ("  a  'b c' \"d'e\" ", &["a", "b c", "d'e"]),
            ("a \"\" x\"y z\"", &["a", "", "xy z"]),
            ("a \\b", &["a", "\\b"]),
            ("  ", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(words(text), expected, "{text}");
        }
    }
}
