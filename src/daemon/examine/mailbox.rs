//! One mailbox, as a pass would find it: connection, login, abilities, folders, and who checks its mails.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SpanRound, Timestamp, Unit, ZonedDateTime};

use super::{Finding, folders, traces};
use crate::config::hosts::Host;
use crate::config::{self, Config, Mailbox};
use crate::daemon::judge::trusted_by;
use crate::daemon::keys::DnsKeys;
use crate::daemon::reader::{PassError, Reader};
use crate::imap::{Certificate, Connection, Error, Protection};
use crate::locale::{Locale, say};
use crate::model::harmless::{harmless, harmless_short};
use crate::rules::{RuleBook, RuleSet};

/// As many newest mails as tell a host's own id from one that a sender wrote.
const NEWEST: u32 = 20;

/// Hosts renew a month ahead; one that has not two weeks ahead may forget it.
const SOON_DAYS: i64 = 14;

/// Tries one mailbox of the configuration. Takes as long as the server does, within `limits.timeout` for each step.
pub fn mailbox(
    config: &Config,
    settings: &Mailbox,
    rules: &Arc<RuleBook>,
    now: &ZonedDateTime,
    locale: &'static Locale,
) -> Vec<Finding> {
    let reader = match reader(config, settings, rules, locale) {
        Ok(reader) => reader,
        Err(finding) => return vec![finding],
    };
    let mut findings = Vec::new();
    match reader.connect() {
        Ok(mut connection) => {
            findings.extend(protection(connection.protection(), settings, now, locale));
            findings.push(logged_in(settings, locale));
            findings.extend(abilities(&connection, settings, locale));
            match inside(&mut connection, &reader, rules, &mut findings, locale) {
                Ok(()) => connection.log_out(),
                Err(error) => findings.push(unread(&error, locale)),
            }
        }
        Err(error) => findings.push(unreachable(settings, &error, locale)),
    }
    findings
}

/// Why a mailbox could not be entered, by what the person can say anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// The login is refused.
    Login,
    /// There is no such server, or not in this way.
    Server,
    /// No password or token could be had.
    Secret,
}

/// A mailbox that could not be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotEntered {
    /// What the person can say anew.
    pub because: Because,
    /// What is wrong, and what to do.
    pub finding: Finding,
}

/// Tries the login alone, and which folders would be read: for a person who is setting up.
pub fn entry(
    config: &Config,
    settings: &Mailbox,
    rules: &Arc<RuleBook>,
    locale: &'static Locale,
) -> Result<Vec<Finding>, NotEntered> {
    let server = |finding| NotEntered { because: Because::Server, finding };
    let reader = reader(config, settings, rules, locale).map_err(server)?;
    let mut connection = reader.connect().map_err(|error| NotEntered {
        because: match &error {
            PassError::Imap(Error::Refused { .. }) => Because::Login,
            PassError::Secret(_) => Because::Secret,
            PassError::Imap(_)
            | PassError::CaFile(_)
            | PassError::Folders(_)
            | PassError::Defect
            | PassError::Stopped => Because::Server,
        },
        finding: unreachable(settings, &error, locale),
    })?;
    let mut findings = vec![Finding::ok(say!(locale, "doc-login", user = harmless(&settings.username)))];
    match folders::folders(&mut connection, &reader, rules.needles(), &mut findings, locale) {
        Ok(_) => connection.log_out(),
        Err(error) => findings.push(unread(&error, locale)),
    }
    Ok(findings)
}

/// Nobody listens: the reader connects, and hands over nothing.
fn reader(config: &Config, settings: &Mailbox, rules: &Arc<RuleBook>, locale: &Locale) -> Result<Reader, Finding> {
    let (events, _) = tokio::sync::mpsc::channel(1);
    let keys = Arc::new(DnsKeys::new(config.dns.server));
    Reader::new(config, settings, rules, &keys, &events).map_err(|error| {
        Finding::wrong(
            say!(locale, "doc-untried", why = locale.fault(&error.to_string())),
            say!(locale, "doc-untried-todo"),
        )
    })
}

fn logged_in(settings: &Mailbox, locale: &Locale) -> Finding {
    let way = match settings.auth {
        config::Auth::Login => say!(locale, "doc-by-password"),
        config::Auth::Xoauth2 => "XOAUTH2".to_owned(),
    };
    let secret = harmless(&settings.secret.say(locale));
    Finding::ok(say!(locale, "doc-login-by", user = harmless(&settings.username), way = way, secret = secret))
}

fn inside(
    connection: &mut Connection,
    reader: &Reader,
    rules: &RuleSet,
    findings: &mut Vec<Finding>,
    locale: &'static Locale,
) -> Result<(), Error> {
    let settings = reader.settings();
    let Some(newest_in) = folders::folders(connection, reader, rules.needles(), findings, locale)? else {
        findings.push(traces::finding(&[], &[], false, locale));
        return Ok(());
    };
    match connection.newest_traces(&newest_in, NEWEST) {
        Ok(blocks) => {
            let configured = settings.trusted_authserv_ids.is_some();
            findings.push(traces::finding(&blocks, &trusted_by(settings), configured, locale));
            Ok(())
        }
        // It has been said of the folder above.
        Err(error) if error.is_about_a_folder() => Ok(()),
        Err(error) => Err(error),
    }
}

fn protection(found: Option<&Protection>, settings: &Mailbox, now: &ZonedDateTime, locale: &Locale) -> Vec<Finding> {
    let at = format!("{}:{}", settings.host, settings.port);
    let Some(found) = found else {
        return vec![Finding::ok(say!(locale, "doc-no-tls", at = at))];
    };
    let key = match settings.tls {
        config::Tls::Starttls => "doc-starttls",
        config::Tls::Implicit | config::Tls::None => "doc-tls",
    };
    let version = found.version.as_deref().unwrap_or("TLS");
    let cipher = found.cipher.as_ref().map(|cipher| format!(", {cipher}")).unwrap_or_default();
    let mut findings = vec![Finding::ok(say!(locale, key, at = at, version = version, cipher = cipher))];
    findings.extend(found.certificate.as_ref().map(|found| certificate(found, now, locale)));
    findings
}

fn certificate(found: &Certificate, now: &ZonedDateTime, locale: &Locale) -> Finding {
    let or_nameless = |name: &str| if name.is_empty() { say!(locale, "doc-nameless") } else { harmless(name) };
    let (subject, issuer) = (or_nameless(&found.subject), or_nameless(&found.issuer));
    let what = say!(locale, "doc-certificate", subject = subject, issuer = issuer);
    let Some(ends_at) = found.ends_at else { return Finding::ok(what) };
    let days = ends_at.duration_since(now.timestamp()).as_hours() / 24;
    let day = locale.day(day(ends_at, now));
    if days < SOON_DAYS {
        let what = say!(locale, "doc-certificate-soon", certificate = what, day = day, days = days);
        Finding::note(what, say!(locale, "doc-certificate-soon-todo"))
    } else {
        Finding::ok(say!(locale, "doc-certificate-until", certificate = what, day = day))
    }
}

fn day(at: Timestamp, now: &ZonedDateTime) -> jiff::civil::Date {
    at.to_zoned_datetime(now.time_zone().clone()).date()
}

/// What the server can do, and what that means for the watching.
fn abilities(connection: &Connection, settings: &Mailbox, locale: &Locale) -> Vec<Finding> {
    let every = for_people(settings.poll);
    let mut findings = vec![match (settings.idle, connection.offers("IDLE")) {
        (true, true) => Finding::ok(say!(locale, "doc-idle", every = every)),
        (false, _) => Finding::ok(say!(locale, "doc-poll", every = every)),
        (true, false) => Finding::note(say!(locale, "doc-no-idle", every = every), ""),
    }];
    findings.push(if connection.offers("LIST-STATUS") {
        Finding::ok(say!(locale, "doc-list-status"))
    } else {
        Finding::note(say!(locale, "doc-no-list-status"), "")
    });
    let capabilities: Vec<String> = connection.capabilities().iter().map(|word| harmless_short(word, 40)).collect();
    findings.push(Finding::ok(say!(locale, "doc-capabilities", words = capabilities.join(" "))));
    findings
}

/// `5 min`, `1 h 30 min`: the units' signs are the same in every language.
fn for_people(duration: Duration) -> String {
    let span = jiff::Span::try_from(duration).and_then(|span| span.round(SpanRound::new().largest(Unit::Hour)));
    let Ok(span) = span else { return format!("{} s", duration.as_secs()) };
    let (hours, minutes, seconds) = (i64::from(span.get_hours()), span.get_minutes(), span.get_seconds());
    let parts = [(hours, "h"), (minutes, "min"), (seconds, "s")];
    let shown: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, unit)| format!("{count} {unit}")).collect();
    shown.join(" ")
}

/// A mailbox that cannot be reached or entered, and what its owner can do.
fn unreachable(settings: &Mailbox, error: &PassError, locale: &Locale) -> Finding {
    let secret = harmless(&settings.secret.say(locale));
    let remark = Host::of_server(&settings.host).and_then(|host| host.remark.as_deref());
    let hint = remark.map(|remark| say!(locale, "doc-hint", remark = say!(locale, remark)));
    let todo = match error {
        PassError::Imap(Error::Refused { .. }) => {
            let check = match settings.secret {
                // It has just been typed, or stands beside the user name.
                config::SecretSource::Literal(_) => say!(locale, "doc-refused-typed-todo"),
                config::SecretSource::Command(_)
                | config::SecretSource::File(_)
                | config::SecretSource::Env(_)
                | config::SecretSource::Credential { .. } => say!(locale, "doc-refused-todo", secret = secret),
            };
            hint.map_or_else(|| check.clone(), |hint| format!("{check}; {hint}"))
        }
        PassError::Imap(Error::Certificate { .. }) => say!(locale, "doc-certificate-todo"),
        PassError::Imap(Error::Network { .. }) => say!(locale, "doc-network-todo"),
        PassError::Imap(Error::Timeout { .. }) => say!(locale, "doc-timeout-todo"),
        PassError::Imap(Error::Policy { .. }) => hint.unwrap_or_else(|| say!(locale, "doc-policy-todo")),
        PassError::Imap(Error::Unavailable { .. }) => say!(locale, "doc-unavailable-todo"),
        PassError::Imap(Error::Protocol { .. }) => say!(locale, "doc-protocol-todo"),
        PassError::Secret(_) => say!(locale, "doc-secret-todo", secret = secret),
        PassError::CaFile(_) => say!(locale, "doc-ca-file-todo"),
        PassError::Imap(Error::Folder { .. } | Error::Cancelled)
        | PassError::Folders(_)
        | PassError::Defect
        | PassError::Stopped => String::new(),
    };
    Finding::wrong(harmless(&error.say(locale)), todo)
}

/// The connection ended while the mailbox was being looked at.
fn unread(error: &Error, locale: &Locale) -> Finding {
    let what = say!(locale, "doc-look-ended", why = harmless(&error.say(locale)));
    Finding::wrong(what, say!(locale, "doc-look-ended-todo"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZone;

    #[test]
    fn a_certificate_that_ends_soon_is_worth_a_note() {
        let now: Timestamp = "2025-06-01T12:00:00Z".parse().unwrap();
        let now = now.to_zoned_datetime(TimeZone::UTC);
        let shown = |subject: &str, ends_at: Option<&str>| {
            let ends_at = ends_at.map(|at| at.parse().unwrap());
            let found = Certificate { subject: subject.to_owned(), issuer: "A\u{1b}CA".to_owned(), ends_at };
            let finding = certificate(&found, &now, Locale::of(crate::model::language::Lang::En));
            format!("{:?}: {}", finding.level, finding.what)
        };
        assert_eq!(
            shown("imap.example.org", Some("2025-08-01T00:00:00Z")),
            "Ok: certificate of imap.example.org, issued by A\\u{1b}CA, valid until 2025-08-01"
        );
        assert_eq!(
            shown("imap.example.org", Some("2025-06-14T12:00:00Z")),
            "Note: certificate of imap.example.org, issued by A\\u{1b}CA, valid until 2025-06-14, 13 days from now"
        );
        assert_eq!(shown("", None), "Ok: certificate of (no name), issued by A\\u{1b}CA");
    }

    #[test]
    fn lengths_of_time_are_for_people() {
        let cases = [(300, "5 min"), (90, "1 min 30 s"), (5400, "1 h 30 min"), (30, "30 s"), (172_800, "48 h")];
        for (seconds, shown) in cases {
            assert_eq!(for_people(Duration::from_secs(seconds)), shown);
        }
    }
}
