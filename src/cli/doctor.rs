//! `confirmd doctor`: tries everything and says what is wrong, and what to do about it.
//!
//! It changes nothing and sends nothing. What it tries is in `daemon::examine`; here is what needs no trying, and how it is shown.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use jiff::ZonedDateTime;
use unicode_width::UnicodeWidthStr;

use super::args::{Args, Lang};
use super::context::{CliError, load_config, load_rules, now, rule_files};
use super::output::{Output, padded, sign, style};
use crate::config::{Config, ConfigError, Notify, language};
use crate::daemon::examine::{Finding, Level, database, mailbox, resolvers, watching};
use crate::daemon::judge::trusted_by;
use crate::model::harmless::harmless;
use crate::model::mailbox::{Health, MailboxName};
use crate::model::status::Severity;
use crate::rules::RuleSet;
use crate::store::Store;

/// Tries everything. Exit code 1 where something is wrong, 2 where the configuration cannot be used.
pub fn run(args: &Args, output: &mut Output) -> Result<ExitCode, CliError> {
    let now = now();
    let config = load_config(args, &now).map_err(with_fix)?;
    config.require_accounts().map_err(with_fix)?;
    let rules = Arc::new(load_rules(config.rules_dir.as_deref())?);
    let mut report = Report { output, worst: Level::Ok, wrong: 0, notes: 0 };
    report.part("Configuration", configuration(args, &config, &rules)?)?;
    let (findings, readable) = database(&config.database);
    report.part("Database", findings)?;
    if config.mailboxes.is_empty() {
        let todo = "add a [[mailbox]] (see config.example.toml)";
        report.part("Mailboxes", vec![Finding::wrong("there is none: nobody looks for Meta's answers", todo)])?;
    }
    for settings in &config.mailboxes {
        let title = format!("Mailbox \"{}\"", harmless(settings.name.as_str()));
        report.part(&title, mailbox(&config, settings, &rules, &now))?;
    }
    report.part("DNS", vec![resolvers(config.dns.server, &trusting(&config))])?;
    report.part("Notices", notices(&config))?;
    report.part("Watching", watched(&config, readable, &now))?;
    report.end()
}

/// A folder's name longer than this has a line of its own.
const WIDEST: usize = 28;

/// What is shown, and what it adds up to.
struct Report<'a> {
    output: &'a mut Output,
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
        let severity = match finding.level {
            Level::Ok => Severity::Ok,
            Level::Note => Severity::Warning,
            Level::Wrong => Severity::Critical,
        };
        self.wrong += usize::from(finding.level == Level::Wrong);
        self.notes += usize::from(finding.level == Level::Note);
        self.worst = self.worst.max(finding.level);
        let color = style(severity);
        self.output.wrapped(&format!("{color}{}{color:#} ", sign(severity)), 2, &finding.what)?;
        self.rows(&finding.rows)?;
        if let Some(todo) = &finding.todo {
            self.output.wrapped("  > ", 4, todo)?;
        }
        match &finding.copy {
            Some(line) => self.output.line(format!("      {line}")),
            None => Ok(()),
        }
    }

    fn rows(&mut self, rows: &[(String, String)]) -> Result<(), CliError> {
        let width = rows.iter().map(|(name, _)| name.width()).filter(|width| *width <= WIDEST).max().unwrap_or(0);
        for (name, what) in rows {
            if name.width() > width {
                self.output.line(format!("    {name}"))?;
                self.output.wrapped(&" ".repeat(width + 6), width + 6, what)?;
            } else {
                self.output.wrapped(&format!("    {}  ", padded(name, width)), width + 6, what)?;
            }
        }
        Ok(())
    }

    fn end(self) -> Result<ExitCode, CliError> {
        let things = |count: usize| if count == 1 { "1 thing is".to_owned() } else { format!("{count} things are") };
        let wrong =
            if self.wrong == 0 { "Nothing is wrong".to_owned() } else { format!("{} wrong", things(self.wrong)) };
        let notes = if self.notes == 0 { String::new() } else { format!("; {} worth a look", things(self.notes)) };
        self.output.line(format!("{wrong}{notes}."))?;
        Ok(if self.worst == Level::Wrong { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}

/// The configuration's own words, and what to do where they name none.
fn with_fix(error: ConfigError) -> CliError {
    let fix = match &error {
        ConfigError::Unreadable { source, .. } if source.kind() == std::io::ErrorKind::PermissionDenied => {
            "; run this command as the daemon's user, or let that user own the file"
        }
        ConfigError::Unreadable { source, .. } if source.kind() == std::io::ErrorKind::NotFound => {
            "; correct the path, or write one there, starting from config.example.toml"
        }
        ConfigError::Unreadable { .. } => "; let the path name a file with the configuration",
        ConfigError::Wrong { .. } => "; correct that line (config.example.toml explains every key)",
        ConfigError::Absent { .. } | ConfigError::NoMailbox { .. } | ConfigError::NoAccount { .. } => "",
    };
    CliError::Usage(format!("{error}{fix}"))
}

fn configuration(args: &Args, config: &Config, rules: &RuleSet) -> Result<Vec<Finding>, CliError> {
    let env = |name: &str| std::env::var_os(name);
    let named_by = if args.config.is_some() {
        "named by --config"
    } else if env("CONFIRMD_CONFIG").is_some_and(|value| !value.is_empty()) {
        "named by $CONFIRMD_CONFIG"
    } else {
        "a usual place"
    };
    let mut findings = vec![
        Finding::ok(format!(
            "{} ({named_by}): {}, {}, {}",
            config.file.display(),
            counted(config.mailboxes.len(), "mailbox", "mailboxes"),
            counted(config.accounts.len(), "account", "accounts"),
            counted(config.notify.len(), "way to be told", "ways to be told")
        )),
        Finding::ok(format!("database: {} ({})", config.database.display(), config.origins.database)),
        Finding::ok(own_rules(config, rules)?),
        Finding::ok(spoken(args, config, &env)),
    ];
    findings.extend(config.warnings.iter().map(|warning| Finding::note(harmless(warning), "")));
    Ok(findings)
}

fn own_rules(config: &Config, rules: &RuleSet) -> Result<String, CliError> {
    let count = rules.rules().count();
    let origin = config.origins.rules_dir;
    Ok(match &config.rules_dir {
        Some(folder) => {
            let files = counted(rule_files(Some(folder))?.len(), "file", "files");
            format!("rules: {count} in force, with {files} of your own from {} ({origin})", folder.display())
        }
        None => format!("rules: {count} in force, all shipped ({origin})"),
    })
}

fn spoken(args: &Args, config: &Config, env: &dyn Fn(&str) -> Option<std::ffi::OsString>) -> String {
    match args.lang {
        Some(Lang::De) => "language: de (--lang)".to_owned(),
        Some(Lang::En) => "language: en (--lang)".to_owned(),
        None => {
            let lang = config.language.unwrap_or_else(|| language(env).0);
            format!("language: {lang} ({})", config.origins.language)
        }
    }
}

/// The mailboxes whose senders can be proven without DNS.
fn trusting(config: &Config) -> Vec<String> {
    let trusting = config.mailboxes.iter().filter(|mailbox| !trusted_by(mailbox).is_empty());
    trusting.map(|mailbox| format!("mailbox \"{}\"", harmless(mailbox.name.as_str()))).collect()
}

fn notices(config: &Config) -> Vec<Finding> {
    if config.notify.is_empty() {
        let what = "no [[notify]]: warnings reach the log and `confirmd status`, and nobody else";
        return vec![Finding::note(what, "add a [[notify]], then try it with `confirmd notify-test`")];
    }
    let mut findings: Vec<Finding> = config.notify.iter().map(way).collect();
    findings.push(Finding::ok("nothing has been sent; `confirmd notify-test` sends a test through each"));
    findings
}

fn way(way: &Notify) -> Finding {
    let label = harmless(&way.label());
    match way {
        Notify::Command { command } => match command.first().map(|program| is_there(program)) {
            Some(false) => Finding::wrong(
                format!("{label}: there is no such program"),
                "correct `command` in [[notify]]; the daemon's $PATH may be shorter than yours: write the whole path",
            ),
            Some(true) | None => Finding::ok(label),
        },
        Notify::Email(email) => Finding::ok(format!("{label}, to {}", harmless(&email.to.join(", ")))),
    }
}

fn is_there(program: &str) -> bool {
    if program.contains('/') {
        return Path::new(program).is_file();
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).map(|folder| folder.join(program)).any(|file: PathBuf| file.is_file())
}

fn watched(config: &Config, readable: bool, now: &ZonedDateTime) -> Vec<Finding> {
    let read = || Store::open_to_read(&config.database)?.read(|tx| tx.find_health());
    let health = if readable { read() } else { Ok(BTreeMap::new()) };
    match health {
        Ok(health) => {
            let of = |name: &MailboxName| (name.clone(), health.get(name).cloned().unwrap_or_else(Health::default));
            let mailboxes: Vec<_> = config.mailboxes.iter().map(|mailbox| of(&mailbox.name)).collect();
            watching(&config.database, &mailboxes, &config.policy.stale_after, now)
        }
        Err(error) => vec![Finding::wrong(error.to_string(), "see what is said of the database above")],
    }
}

fn counted(count: usize, one: &str, several: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {several}") }
}
