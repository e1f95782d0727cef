//! `confirmd doctor`: tries everything and says what is wrong, and what to do about it.
//!
//! It changes nothing and sends nothing. What it tries is in `daemon::examine`; here is what needs no trying, and how it is shown.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use jiff::ZonedDateTime;
use unicode_width::UnicodeWidthStr;

use super::args::Args;
use super::context::{CliError, load_config, load_rules, now, rule_files};
use super::language::{asked, language, language_without};
use super::output::{Output, padded, sign, style};
use crate::config::{Config, ConfigError, Notify};
use crate::daemon::examine::{Finding, Level, database, mailbox, resolvers, watching};
use crate::daemon::judge::trusted_by;
use crate::locale::{Locale, say};
use crate::model::harmless::harmless;
use crate::model::mailbox::{Health, MailboxName};
use crate::model::status::Severity;
use crate::rules::RuleSet;
use crate::store::Store;

/// Tries everything. Exit code 1 where something is wrong, 2 where the configuration cannot be used.
pub fn run(args: &Args, output: &mut Output) -> Result<ExitCode, CliError> {
    let now = now();
    let config =
        load_config(args, &now).map_err(|error| with_fix(&error, Locale::of(language_without(args, &error))))?;
    let locale = Locale::of(language(args, &config));
    config.require_accounts().map_err(|error| with_fix(&error, locale))?;
    let rules = Arc::new(load_rules(config.rules_dir.as_deref())?);
    let mut report = Report { output, locale, worst: Level::Ok, wrong: 0, notes: 0 };
    report.part(&say!(locale, "doc-part-configuration"), configuration(args, &config, &rules, locale)?)?;
    let (findings, readable) = database(&config.database, locale);
    report.part(&say!(locale, "doc-part-database"), findings)?;
    if config.mailboxes.is_empty() {
        let finding = Finding::wrong(say!(locale, "doc-no-mailbox"), say!(locale, "doc-no-mailbox-todo"));
        report.part(&say!(locale, "doc-part-mailboxes"), vec![finding])?;
    }
    for settings in &config.mailboxes {
        let title = say!(locale, "doc-part-mailbox", name = harmless(settings.name.as_str()));
        report.part(&title, mailbox(&config, settings, &rules, &now, locale))?;
    }
    let dns = resolvers(config.dns.server, &trusting(&config, locale), locale);
    report.part(&say!(locale, "doc-part-dns"), vec![dns])?;
    report.part(&say!(locale, "doc-part-notices"), notices(&config, locale))?;
    report.part(&say!(locale, "doc-part-watching"), watched(&config, readable, &now, locale))?;
    report.end()
}

/// A folder's name longer than this has a line of its own.
const WIDEST: usize = 28;

/// What is shown, and what it adds up to.
struct Report<'a> {
    output: &'a mut Output,
    locale: &'static Locale,
    worst: Level,
    wrong: usize,
    notes: usize,
}

impl Report<'_> {
    fn part(&mut self, title: &str, findings: Vec<Finding>) -> Result<(), CliError> {
        self.output.line(title)?;
        for finding in findings {
            self.finding(&finding)?;
        }
        self.output.line("")
    }

    fn finding(&mut self, finding: &Finding) -> Result<(), CliError> {
        self.wrong += usize::from(finding.level == Level::Wrong);
        self.notes += usize::from(finding.level == Level::Note);
        self.worst = self.worst.max(finding.level);
        show(self.output, finding)
    }

    fn end(self) -> Result<ExitCode, CliError> {
        let locale = self.locale;
        let end = match self.notes {
            0 => say!(locale, "doc-end", wrong = self.wrong),
            notes => {
                let notes = say!(locale, "doc-end-notes", count = notes);
                say!(locale, "doc-end-and", wrong = self.wrong, notes = notes)
            }
        };
        self.output.line(end)?;
        Ok(if self.worst == Level::Wrong { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}

/// Shows one thing that was looked at, and what to do about it.
pub fn show(output: &mut Output, finding: &Finding) -> Result<(), CliError> {
    let severity = match finding.level {
        Level::Ok => Severity::Ok,
        Level::Note => Severity::Warning,
        Level::Wrong => Severity::Critical,
    };
    let color = style(severity);
    output.wrapped(&format!("{color}{}{color:#} ", sign(severity)), 2, &finding.what)?;
    rows(output, &finding.rows)?;
    if let Some(todo) = &finding.todo {
        output.wrapped("  > ", 4, todo)?;
    }
    match &finding.copy {
        Some(line) => output.line(format!("      {line}")),
        None => Ok(()),
    }
}

fn rows(output: &mut Output, rows: &[(String, String)]) -> Result<(), CliError> {
    let width = rows.iter().map(|(name, _)| name.width()).filter(|width| *width <= WIDEST).max().unwrap_or(0);
    for (name, what) in rows {
        if name.width() > width {
            output.line(format!("    {name}"))?;
            output.wrapped(&" ".repeat(width + 6), width + 6, what)?;
        } else {
            output.wrapped(&format!("    {}  ", padded(name, width)), width + 6, what)?;
        }
    }
    Ok(())
}

/// The configuration's own words, and what to do where they name none.
fn with_fix(error: &ConfigError, locale: &Locale) -> CliError {
    let fix = match error {
        ConfigError::Unreadable { source, .. } if source.kind() == std::io::ErrorKind::PermissionDenied => {
            "doc-fix-permission"
        }
        ConfigError::Unreadable { source, .. } if source.kind() == std::io::ErrorKind::NotFound => "doc-fix-missing",
        ConfigError::Unreadable { .. } => "doc-fix-unreadable",
        ConfigError::Wrong { .. } => "doc-fix-wrong",
        ConfigError::Absent { .. } | ConfigError::NoMailbox { .. } | ConfigError::NoAccount { .. } => {
            return CliError::Usage(error.say(locale));
        }
    };
    CliError::Usage(format!("{}; {}", error.say(locale), say!(locale, fix)))
}

fn configuration(args: &Args, config: &Config, rules: &RuleSet, locale: &Locale) -> Result<Vec<Finding>, CliError> {
    let env = |name: &str| std::env::var_os(name);
    let named_by = if args.config.is_some() {
        say!(locale, "doc-named-option")
    } else if env("CONFIRMD_CONFIG").is_some_and(|value| !value.is_empty()) {
        say!(locale, "doc-named-variable")
    } else {
        say!(locale, "doc-named-usual")
    };
    let mut findings = vec![
        Finding::ok(say!(
            locale,
            "doc-config",
            file = config.file.display().to_string(),
            named = named_by,
            mailboxes = say!(locale, "doc-count-mailboxes", count = config.mailboxes.len()),
            accounts = say!(locale, "doc-count-accounts", count = config.accounts.len()),
            ways = say!(locale, "doc-count-ways", count = config.notify.len()),
        )),
        Finding::ok(say!(
            locale,
            "doc-database",
            file = config.database.display().to_string(),
            origin = config.origins.database.say(locale)
        )),
        Finding::ok(own_rules(config, rules, locale)?),
        Finding::ok(spoken(args, config, locale)),
    ];
    findings.extend(config.warnings.iter().map(|warning| Finding::note(harmless(&warning.say(locale)), "")));
    Ok(findings)
}

fn own_rules(config: &Config, rules: &RuleSet, locale: &Locale) -> Result<String, CliError> {
    let count = rules.rules().count();
    let origin = config.origins.rules_dir.say(locale);
    Ok(match &config.rules_dir {
        Some(folder) => {
            let files = say!(locale, "doc-count-files", count = rule_files(Some(folder))?.len());
            let folder = folder.display().to_string();
            say!(locale, "doc-rules-own", count = count, files = files, folder = folder, origin = origin)
        }
        None => say!(locale, "doc-rules", count = count, origin = origin),
    })
}

fn spoken(args: &Args, config: &Config, locale: &Locale) -> String {
    let lang = language(args, config).as_str();
    match asked(args) {
        Some(_) => say!(locale, "doc-language", lang = lang, origin = "--lang"),
        None => say!(locale, "doc-language", lang = lang, origin = config.origins.language.say(locale)),
    }
}

/// The mailboxes whose senders can be proven without DNS.
fn trusting(config: &Config, locale: &Locale) -> Vec<String> {
    let trusting = config.mailboxes.iter().filter(|mailbox| !trusted_by(mailbox).is_empty());
    trusting.map(|mailbox| say!(locale, "doc-mailbox", name = harmless(mailbox.name.as_str()))).collect()
}

fn notices(config: &Config, locale: &Locale) -> Vec<Finding> {
    if config.notify.is_empty() {
        return vec![Finding::note(say!(locale, "doc-no-notify"), say!(locale, "doc-no-notify-todo"))];
    }
    let mut findings: Vec<Finding> = config.notify.iter().map(|notify| way(notify, locale)).collect();
    findings.push(Finding::ok(say!(locale, "doc-nothing-sent")));
    findings
}

fn way(way: &Notify, locale: &Locale) -> Finding {
    let label = harmless(&way.label());
    match way {
        Notify::Command { command } => match command.first().map(|program| is_there(program)) {
            Some(false) => {
                Finding::wrong(say!(locale, "doc-no-program", label = label), say!(locale, "doc-no-program-todo"))
            }
            Some(true) | None => Finding::ok(label),
        },
        Notify::Email(email) => {
            Finding::ok(say!(locale, "doc-email", label = label, to = harmless(&email.to.join(", "))))
        }
    }
}

fn is_there(program: &str) -> bool {
    if program.contains('/') {
        return Path::new(program).is_file();
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).map(|folder| folder.join(program)).any(|file: PathBuf| file.is_file())
}

fn watched(config: &Config, readable: bool, now: &ZonedDateTime, locale: &Locale) -> Vec<Finding> {
    let read = || Store::open_to_read(&config.database)?.read(|tx| tx.find_health());
    let health = if readable { read() } else { Ok(BTreeMap::new()) };
    match health {
        Ok(health) => {
            let of = |name: &MailboxName| (name.clone(), health.get(name).cloned().unwrap_or_else(Health::default));
            let mailboxes: Vec<_> = config.mailboxes.iter().map(|mailbox| of(&mailbox.name)).collect();
            watching(&config.database, &mailboxes, &config.policy.stale_after, now, locale)
        }
        Err(error) => vec![Finding::wrong(error.say(locale), say!(locale, "doc-see-database"))],
    }
}
