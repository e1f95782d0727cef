//! `confirmd init`: asks for mailbox and accounts, tries the login, and writes the configuration.
//!
//! What options say is not asked for; without a terminal, options have to say everything. Nothing is written before the login has
//! gone well (or is not wanted) and the text has been read by the parser that reads it later.

mod ask;
mod compose;
mod options;
mod place;
mod questions;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use super::args::{Args, Init};
use super::context::{CliError, load_rules, now};
use super::doctor::show;
use super::language::language_without_configuration;
use super::output::Output;
use crate::config::{Config, SecretSource, usual_places};
use crate::daemon::examine::{Finding, NotEntered, entry};
use crate::locale::{Locale, say};
use crate::rules::RuleBook;
use ask::Person;
use compose::{Secret, Wanted, compose};

/// Asks, tries and writes. Exit code 1 where the login fails and nobody can be asked again.
pub fn run(args: &Args, command: &Init, output: &mut Output) -> Result<ExitCode, CliError> {
    let locale = Locale::of(language_without_configuration(args));
    let target = target(args, command, locale)?;
    if target.symlink_metadata().is_ok() && !command.force {
        return Err(CliError::Usage(say!(locale, "init-exists", file = shown(&target))));
    }
    let setup = Setup { target, locale, rules: Arc::new(load_rules(None)?) };
    let mut wanted = if Person::is_there() {
        setup.with_person(command, &mut Person::at(output, locale))?
    } else {
        setup.without_person(command, output)?
    };
    setup.write(&mut wanted, command.force, output)?;
    setup.what_next(args, &wanted, output)?;
    Ok(ExitCode::SUCCESS)
}

/// Where the configuration goes: where it is looked for first.
fn target(args: &Args, command: &Init, locale: &Locale) -> Result<PathBuf, CliError> {
    let env = |name: &str| std::env::var_os(name);
    let variable = env("CONFIRMD_CONFIG").filter(|value| !value.is_empty()).map(PathBuf::from);
    let named = command.out.clone().or_else(|| args.config.clone()).or(variable);
    let target = named.or_else(|| usual_places(&env).into_iter().next());
    match target {
        Some(target) if target.file_name().is_some() && !target.is_dir() => Ok(target),
        other => Err(CliError::Usage(say!(locale, "init-no-file", file = shown(&other.unwrap_or_default())))),
    }
}

/// What stays the same from the first question to the last word.
struct Setup {
    target: PathBuf,
    locale: &'static Locale,
    rules: Arc<RuleBook>,
}

impl Setup {
    fn with_person(&self, command: &Init, person: &mut Person<'_>) -> Result<Wanted, CliError> {
        let locale = self.locale;
        person.tell(&say!(locale, "init-welcome"));
        person.tell("");
        let password_file = place::free_password_file(&self.target);
        let mut wanted = questions::mailbox(command, person, locale, &password_file)?;
        if !command.offline {
            self.log_in(&mut wanted, person, &password_file)?;
        }
        person.tell("");
        let address = questions::address_of(command, &wanted);
        wanted.accounts = questions::accounts(command, &address, person, locale)?;
        Ok(wanted)
    }

    /// Tries the login until it goes well, or the person goes on without.
    fn log_in(&self, wanted: &mut Wanted, person: &mut Person<'_>, password_file: &str) -> Result<(), CliError> {
        let locale = self.locale;
        loop {
            person.tell(&say!(locale, "init-trying", host = wanted.host.as_str()));
            let not_entered = match self.try_login(wanted)? {
                Ok(findings) => return findings.iter().try_for_each(|finding| show(person.output(), finding)),
                Err(not_entered) => not_entered,
            };
            show(person.output(), &not_entered.finding)?;
            if person.yes(&say!(locale, "init-again"), true)? {
                questions::again(wanted, not_entered.because, person, locale, password_file)?;
            } else if person.yes(&say!(locale, "init-anyway"), false)? {
                return Ok(());
            } else {
                return Err(CliError::Failed(say!(locale, "init-stopped")));
            }
        }
    }

    fn without_person(&self, command: &Init, output: &mut Output) -> Result<Wanted, CliError> {
        let wanted = options::wanted(command, self.locale)?;
        self.config(&wanted)?;
        if command.offline {
            return Ok(wanted);
        }
        match self.try_login(&wanted)? {
            Ok(findings) => {
                for finding in &findings {
                    show(output, finding)?;
                }
                Ok(wanted)
            }
            Err(NotEntered { finding: Finding { what, todo, .. }, .. }) => {
                let todo = todo.map(|todo| format!("; {todo}")).unwrap_or_default();
                Err(CliError::Failed(format!("{what}{todo}; {}", say!(self.locale, "init-nothing-written"))))
            }
        }
    }

    /// The configuration as it would be read once it is written.
    fn config(&self, wanted: &Wanted) -> Result<(String, Config), CliError> {
        let now = now();
        let text = compose(wanted, self.locale, now.date());
        let env = |name: &str| std::env::var_os(name);
        let config = Config::from_text(&text, &self.target, 0o600, &env, now.date())?;
        Ok((text, config))
    }

    fn try_login(&self, wanted: &Wanted) -> Result<Result<Vec<Finding>, NotEntered>, CliError> {
        let (_, config) = self.config(wanted)?;
        let Some(mut settings) = config.mailboxes.first().cloned() else { return Ok(Ok(Vec::new())) };
        if let Secret::Typed(password, _) = &wanted.secret {
            settings.secret = SecretSource::Literal(password.clone());
        }
        Ok(entry(&config, &settings, &self.rules, self.locale))
    }

    fn write(&self, wanted: &mut Wanted, replace: bool, output: &mut Output) -> Result<(), CliError> {
        let locale = self.locale;
        let password = match &mut wanted.secret {
            Secret::Typed(password, file) => {
                *file = place::free_password_file(&self.target);
                Some((&*password, file.clone()))
            }
            Secret::File(_) | Secret::Command(_) | Secret::Token(_) => None,
        };
        let password = password.map(|(password, file)| (password.clone(), file));
        let (text, _) = self.config(wanted)?;
        let password = password.as_ref().map(|(password, file)| (password, file.as_str()));
        let kept = place::put(&self.target, &text, password, replace).map_err(|error| {
            CliError::Failed(say!(
                locale,
                "init-unwritable",
                file = shown(&self.target),
                why = locale.fault(&error.to_string())
            ))
        })?;
        output.line(say!(locale, "init-written", file = shown(&self.target)))?;
        if let Some((_, file)) = password {
            output.line(say!(locale, "init-password-written", file = shown(&self.target.with_file_name(file))))?;
        }
        if let Some(kept) = kept {
            output.line(say!(locale, "init-kept", file = shown(&kept)))?;
        }
        Ok(())
    }

    fn what_next(&self, args: &Args, wanted: &Wanted, output: &mut Output) -> Result<(), CliError> {
        let locale = self.locale;
        let env = |name: &str| std::env::var_os(name);
        let found = usual_places(&env).first() == Some(&self.target);
        let named = args.config.is_none() && env("CONFIRMD_CONFIG").is_some_and(|value| value == *self.target);
        let option = if found || named { String::new() } else { format!("--config {} ", shown(&self.target)) };
        output.line("")?;
        if wanted.accounts.iter().any(|account| account.objection.is_none()) {
            output.wrapped("", 0, &say!(locale, "init-not-objected"))?;
            output.line("  confirmd guide")?;
        }
        for (what, command) in [
            ("init-next-doctor", format!("confirmd {option}doctor")),
            ("init-next-sync", format!("confirmd {option}sync")),
            ("init-next-status", format!("confirmd {option}status")),
            ("init-next-run", format!("confirmd {option}run")),
        ] {
            output.wrapped("", 0, &say!(locale, what))?;
            output.line(format!("  {command}"))?;
        }
        if found {
            output.wrapped("", 0, &say!(locale, "init-next-service"))?;
            output.line("  systemctl --user enable --now confirmd")?;
        }
        Ok(())
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
