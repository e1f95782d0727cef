//! What every command needs: the configuration, the rules, the database, the time.

use std::cell::RefCell;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};

use super::args::Args;
use super::language::{language, language_without_configuration};
use crate::config::{Config, ConfigError, usual_places};
use crate::daemon::judge::Judge;
use crate::daemon::recorder::Recorder;
use crate::decide::overview::{Overview, overview};
use crate::decide::slips::slip_in_words;
use crate::locale::{Locale, say};
use crate::model::account::AccountId;
use crate::model::harmless::harmless;
use crate::rules::{RuleBook, RuleError};
use crate::store::setting::RULES_READ;
use crate::store::{Hurry, Store, StoreError, Tx, TxResult, WriterLock};

/// Why a command ended without its result.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// Wrong usage or configuration: exit code 2.
    #[error("{0}")]
    Usage(String),
    /// Rule files with slips: exit code 2.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Rules(Vec<RuleError>),
    /// Failed at run time: exit code 1.
    #[error("{0}")]
    Failed(String),
    /// There is no usable configuration: exit code 2.
    #[error("{0}")]
    Config(#[from] ConfigError),
    /// The database cannot be used: exit code 1.
    #[error("{0}")]
    Store(#[from] StoreError),
}

impl From<anyhow::Error> for CliError {
    fn from(error: anyhow::Error) -> CliError {
        match error.downcast::<StoreError>() {
            Ok(error) => CliError::Store(error),
            Err(error) => CliError::Failed(format!("{error:#}")),
        }
    }
}

impl CliError {
    /// 1 or 2 (contract section 2).
    pub fn exit_code(&self) -> u8 {
        match self {
            CliError::Usage(_) | CliError::Rules(_) | CliError::Config(_) => 2,
            CliError::Failed(_) | CliError::Store(_) => 1,
        }
    }

    /// What is wrong and what to do, for a person; displayed it is in English.
    pub fn say(&self, locale: &Locale) -> String {
        match self {
            CliError::Usage(text) | CliError::Failed(text) => locale.fault(text),
            CliError::Rules(slips) => {
                slips.iter().map(|slip| slip_in_words(locale, slip)).collect::<Vec<_>>().join("\n")
            }
            CliError::Config(error) => error.say(locale),
            CliError::Store(error) => error.say(locale),
        }
    }
}

/// The configuration with its rules, at one moment.
pub struct Context {
    /// The configuration.
    pub config: Config,
    /// The rules, accounts and policy in force.
    pub judge: Judge,
    /// The moment.
    pub now: ZonedDateTime,
    /// What people read.
    pub locale: &'static Locale,
    /// The database as it was opened to see which rules were read before; for the first reading.
    store: RefCell<Option<Store>>,
}

impl Context {
    /// Loads the configuration and its rules; says on stderr what deserves a word.
    pub fn load(args: &Args) -> Result<Context, CliError> {
        Context::load_by(args, |config, rules| {
            // A lock is not waited for here: nobody listens for signals yet, and what the database has to say against being read, it
            // says when it is read for the command itself.
            let hurry = Hurry::default();
            hurry.up();
            let open = || Store::open_to_read_unless(&config.database, &hurry).ok();
            let store = config.database.exists().then(open).flatten();
            let read = |store: &Store| store.read(|tx| tx.find_setting(RULES_READ)).ok().flatten();
            let recalled = store.as_ref().and_then(read).is_some_and(|remembered| rules.recall(&remembered));
            hurry.down();
            (store, recalled)
        })
    }

    /// The same beside an open database: SQLite keeps a second file of a process open until the first is closed.
    pub fn load_again(args: &Args) -> Result<Context, CliError> {
        Context::load_by(args, |_, _| (None, false))
    }

    /// `recall` tells whether these rules were read without a slip before.
    fn load_by(
        args: &Args,
        recall: impl FnOnce(&Config, &RuleBook) -> (Option<Store>, bool),
    ) -> Result<Context, CliError> {
        let now = now();
        let config = load_config(args, &now).map_err(|error| unless_the_clock_is_wrong(error, &now, args))?;
        for warning in &config.warnings {
            tracing::warn!("{warning}");
        }
        config.require_accounts()?;
        let rules = RuleBook::new(own_rules(config.rules_dir.as_deref())?);
        let (store, recalled) = recall(&config, &rules);
        // In the shipped ones the tests find every slip.
        if !recalled && rules.has_own() {
            rules.check().map_err(CliError::Rules)?;
        }
        let lang = language(args, &config);
        let judge = Judge::new(&config, rules, now.time_zone().clone(), lang);
        Ok(Context { config, judge, now, locale: Locale::of(lang), store: RefCell::new(store) })
    }

    /// Opens the database to write to, and takes the lock of the one process that reads mailboxes.
    /// Neither waits for another program once `hurry` is up.
    pub fn locked_recorder(self, hurry: &Hurry) -> Result<(Recorder, WriterLock), CliError> {
        // The lock file lies beside the database, so its folder must be there first; a database that is refused is not locked.
        let database = self.config.database.clone();
        drop(self.store.take());
        drop(Store::open_unless(&database, hurry)?);
        let lock = WriterLock::take(&database)?;
        let store = Store::open_unless(&database, hurry)?;
        let recorder = Recorder::new(store, self.judge, self.now.timestamp())?;
        Ok((recorder, lock))
    }

    /// Opens the database to read from; one that does not exist yet is empty.
    pub fn read<T>(&self, work: impl FnOnce(&Judge, &Tx<'_>) -> TxResult<T>) -> Result<T, CliError> {
        let store = match self.store.take() {
            Some(store) => store,
            None => Store::open_to_read(&self.config.database)?,
        };
        Ok(store.read(|tx| work(&self.judge, tx))?)
    }

    /// Opens the database to write to.
    pub fn recorder(self) -> Result<(Recorder, ZonedDateTime), CliError> {
        drop(self.store.take());
        let store = Store::open(&self.config.database)?;
        let recorder = Recorder::new(store, self.judge, self.now.timestamp())?;
        Ok((recorder, self.now))
    }

    /// Where everything stands now, or stood or will stand on a date (at noon, so that it is that date everywhere).
    pub fn overview(&self, day: Option<Date>) -> Result<Overview, CliError> {
        let known = self.read(|judge, tx| judge.known(tx, self.now.timestamp()))?;
        let Some(day) = day else { return Ok(overview(&known, &self.judge.policy, &self.now)) };
        let tz = self.now.time_zone();
        let noon = day.at(12, 0, 0, 0).to_zoned_datetime(tz.clone());
        let noon = noon.map_err(|error| CliError::Usage(format!("--as-of {day}: {error}")))?;
        Ok(overview(&known.as_of(day, tz), &self.judge.policy, &noon))
    }

    /// The account of that id; an error that lists the known ones otherwise.
    pub fn account(&self, id: &str) -> Result<AccountId, CliError> {
        let accounts = &self.judge.accounts;
        match accounts.iter().find(|account| account.id.as_str() == id) {
            Some(account) => Ok(account.id.clone()),
            None => {
                let known: Vec<&str> = accounts.iter().map(|account| account.id.as_str()).collect();
                let (id, file) = (harmless(id), self.config.file.display().to_string());
                let known = known.join(", ");
                Err(CliError::Usage(say!(self.locale, "cli-no-account", id = id, file = file, known = known)))
            }
        }
    }
}

/// Earlier than this the clock is wrong: there was no such program. A board without a battery starts in 1970.
const EARLIEST: Date = jiff::civil::date(2026, 1, 1);

/// By a clock that is wrong an objection lies in the future. The configuration is right, and will be found so when the clock is:
/// a failure that systemd starts the daemon anew after.
fn unless_the_clock_is_wrong(error: ConfigError, now: &ZonedDateTime, args: &Args) -> CliError {
    if now.date() >= EARLIEST {
        return error.into();
    }
    let locale = Locale::of(language_without_configuration(args));
    CliError::Failed(say!(locale, "clock-wrong", today = locale.day(now.date()), why = error.say(locale)))
}

/// The configuration alone, for commands that also work without one.
pub fn load_config(args: &Args, now: &ZonedDateTime) -> Result<Config, ConfigError> {
    let env = |name: &str| -> Option<OsString> { std::env::var_os(name) };
    Config::load(args.config.as_deref(), &env, now.date())
}

/// Now, in the local time zone.
pub fn now() -> ZonedDateTime {
    Timestamp::now().to_zoned_datetime(TimeZone::system())
}

/// The shipped rules with the person's own over them.
pub fn load_rules(own: Option<&Path>) -> Result<RuleBook, CliError> {
    let rules = RuleBook::new(own_rules(own)?);
    rules.check().map_err(CliError::Rules)?;
    Ok(rules)
}

/// The same where there is no configuration: `rules.d` stands where the configuration would.
pub fn load_rules_without_config() -> Result<RuleBook, CliError> {
    let places = usual_places(&|name| std::env::var_os(name));
    let mut folders = places.iter().map(|file| file.with_file_name("rules.d"));
    load_rules(folders.find(|folder| folder.is_dir()).as_deref())
}

/// The names and texts of the person's own rule files.
fn own_rules(folder: Option<&Path>) -> Result<Vec<(String, String)>, CliError> {
    rule_files(folder)?.iter().map(|path| Ok((path.display().to_string(), read_rule_file(path)?))).collect()
}

/// The person's own rule files, in the order of their names.
pub fn rule_files(folder: Option<&Path>) -> Result<Vec<PathBuf>, CliError> {
    let Some(folder) = folder else { return Ok(Vec::new()) };
    let unreadable = |error: std::io::Error| CliError::Usage(format!("{}: cannot be read: {error}", folder.display()));
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// A rule file's text.
pub fn read_rule_file(path: &Path) -> Result<String, CliError> {
    let slip = |line, hint: String| {
        let place = "the file".to_owned();
        CliError::Rules(vec![RuleError { file: path.display().to_string(), line, place, hint }])
    };
    let bytes = std::fs::read(path).map_err(|error| match path.is_dir() {
        true => slip(None, "is a folder; name the files in it".to_owned()),
        false => slip(None, format!("cannot be read: {error}")),
    })?;
    String::from_utf8(bytes).map_err(|error| {
        let before = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        slip(Some(line), "is not written in UTF-8; save it anew as UTF-8".to_owned())
    })
}
