//! One mailbox, as a pass would find it: connection, login, abilities, folders, and who checks its mails.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SpanRound, Timestamp, Unit, ZonedDateTime};

use super::{Finding, folders, hints, traces};
use crate::config::{self, Config, Mailbox};
use crate::daemon::judge::trusted_by;
use crate::daemon::keys::DnsKeys;
use crate::daemon::reader::{PassError, Reader};
use crate::imap::{Certificate, Connection, Error, Protection};
use crate::model::harmless::{harmless, harmless_short};
use crate::rules::RuleSet;

/// As many newest mails as tell a host's own id from one that a sender wrote.
const NEWEST: u32 = 20;

/// Hosts renew a month ahead; one that has not two weeks ahead may forget it.
const SOON_DAYS: i64 = 14;

/// Tries one mailbox of the configuration. Takes as long as the server does, within `limits.timeout` for each step.
pub fn mailbox(config: &Config, settings: &Mailbox, rules: &Arc<RuleSet>, now: &ZonedDateTime) -> Vec<Finding> {
    // Nobody listens: the reader connects, and hands over nothing.
    let (events, _) = tokio::sync::mpsc::channel(1);
    let keys = Arc::new(DnsKeys::new(config.dns.server));
    let reader = match Reader::new(config, settings, rules, &keys, &events) {
        Ok(reader) => reader,
        Err(error) => return vec![Finding::wrong(format!("cannot be tried: {error}"), "close other programs")],
    };
    let mut findings = Vec::new();
    match reader.connect() {
        Ok(mut connection) => {
            findings.extend(protection(connection.protection(), settings, now));
            findings.push(Finding::ok(format!(
                "logged in as {} ({}, secret from {})",
                harmless(&settings.username),
                match settings.auth {
                    config::Auth::Login => "password",
                    config::Auth::Xoauth2 => "XOAUTH2",
                },
                harmless(&settings.secret.describe())
            )));
            findings.extend(abilities(&connection, settings));
            match inside(&mut connection, &reader, rules, &mut findings) {
                Ok(()) => connection.log_out(),
                Err(error) => findings.push(unread(&error)),
            }
        }
        Err(error) => findings.push(unreachable(settings, &error)),
    }
    findings
}

fn inside(
    connection: &mut Connection,
    reader: &Reader,
    rules: &RuleSet,
    findings: &mut Vec<Finding>,
) -> Result<(), Error> {
    let settings = reader.settings();
    let Some(newest_in) = folders::folders(connection, reader, rules.needles(), findings)? else {
        findings.push(traces::finding(&[], &[], false));
        return Ok(());
    };
    match connection.newest_traces(&newest_in, NEWEST) {
        Ok(blocks) => {
            let configured = settings.trusted_authserv_ids.is_some();
            findings.push(traces::finding(&blocks, &trusted_by(settings), configured));
            Ok(())
        }
        // It has been said of the folder above.
        Err(error) if error.is_about_a_folder() => Ok(()),
        Err(error) => Err(error),
    }
}

fn protection(found: Option<&Protection>, settings: &Mailbox, now: &ZonedDateTime) -> Vec<Finding> {
    let at = format!("{}:{}", settings.host, settings.port);
    let Some(found) = found else {
        return vec![Finding::ok(format!("{at}: no TLS (tls = \"none\"), which stays on this machine"))];
    };
    let by = match settings.tls {
        config::Tls::Starttls => " after STARTTLS",
        config::Tls::Implicit | config::Tls::None => "",
    };
    let version = found.version.as_deref().unwrap_or("TLS");
    let cipher = found.cipher.as_ref().map(|cipher| format!(", {cipher}")).unwrap_or_default();
    let mut findings = vec![Finding::ok(format!("{at}: {version}{by}{cipher}"))];
    findings.extend(found.certificate.as_ref().map(|found| certificate(found, now)));
    findings
}

fn certificate(found: &Certificate, now: &ZonedDateTime) -> Finding {
    let or_nameless = |name: &str| if name.is_empty() { "(no name)".to_owned() } else { harmless(name) };
    let what = format!("certificate of {}, issued by {}", or_nameless(&found.subject), or_nameless(&found.issuer));
    let Some(ends_at) = found.ends_at else { return Finding::ok(what) };
    let days = ends_at.duration_since(now.timestamp()).as_hours() / 24;
    let what = format!("{what}, valid until {}", day(ends_at, now));
    if days < SOON_DAYS {
        Finding::note(
            format!("{what}, {days} days from now"),
            "the mail host has to renew it; after that day nothing is read",
        )
    } else {
        Finding::ok(what)
    }
}

fn day(at: Timestamp, now: &ZonedDateTime) -> jiff::civil::Date {
    at.to_zoned_datetime(now.time_zone().clone()).date()
}

/// What the server can do, and what that means for the watching.
fn abilities(connection: &Connection, settings: &Mailbox) -> Vec<Finding> {
    let every = for_people(settings.poll);
    let mut findings = vec![match (settings.idle, connection.offers("IDLE")) {
        (true, true) => Finding::ok(format!("new mail is noticed at once (IDLE), and looked for every {every}")),
        (false, _) => Finding::ok(format!("new mail is looked for every {every} (idle = false)")),
        (true, false) => Finding::note(format!("no IDLE: new mail is noticed within {every} (poll)"), ""),
    }];
    findings.push(if connection.offers("LIST-STATUS") {
        Finding::ok("one question tells which folders have changed (LIST-STATUS)")
    } else {
        Finding::note("no LIST-STATUS: each folder is asked for by itself at every look", "")
    });
    let capabilities: Vec<String> = connection.capabilities().iter().map(|word| harmless_short(word, 40)).collect();
    findings.push(Finding::ok(format!("capabilities: {}", capabilities.join(" "))));
    findings
}

/// `5 min`, `1 h 30 min`.
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
fn unreachable(settings: &Mailbox, error: &PassError) -> Finding {
    let secret = harmless(&settings.secret.describe());
    let todo = match error {
        PassError::Imap(Error::Refused { .. }) => {
            let hint = hints::hint(&settings.host).map(|hint| format!("; hint: {hint}")).unwrap_or_default();
            format!("check `username`, and what comes from {secret}{hint}")
        }
        PassError::Imap(Error::Certificate { .. }) => {
            "if `host` is right and the certificate is your own CA's, name that CA in `ca_file`; else do not log in: somebody may \
             stand between"
                .to_owned()
        }
        PassError::Imap(Error::Network { .. }) => "check `host`, `port` and `tls`, and the network".to_owned(),
        PassError::Imap(Error::Timeout { .. }) => {
            "check `host` and `port`; a firewall may swallow the connection".to_owned()
        }
        PassError::Imap(Error::Policy { .. }) => {
            hints::hint(&settings.host).map_or("check `tls` and `auth`".to_owned(), |hint| format!("hint: {hint}"))
        }
        PassError::Imap(Error::Unavailable { .. }) => "try again later; if it stays so, ask the mail host".to_owned(),
        PassError::Imap(Error::Protocol { .. }) => "check `port` and `tls`: is that an IMAP server?".to_owned(),
        PassError::Secret(_) => format!("make {secret} give the password on its first line, for this user"),
        PassError::CaFile(_) => "correct `ca_file`, or make it readable for this user".to_owned(),
        PassError::Imap(Error::Folder { .. } | Error::Cancelled)
        | PassError::Folders(_)
        | PassError::Defect
        | PassError::Stopped => String::new(),
    };
    Finding::wrong(harmless(&error.to_string()), todo)
}

/// The connection ended while the mailbox was being looked at.
fn unread(error: &Error) -> Finding {
    Finding::wrong(
        format!("the look at its folders ended early: {}", harmless(&error.to_string())),
        "try again; if it stays so, ask the mail host, or raise `timeout` in [limits]",
    )
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
            let finding = certificate(&found, &now);
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
