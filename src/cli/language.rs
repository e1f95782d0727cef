//! Which language a person reads: `--lang`, the configuration, the environment, in this order.

use std::ffi::OsString;

use super::args::{self, Args};
use super::context::{load_config, now};
use crate::config::{self, Config, ConfigError};
use crate::locale::Locale;
use crate::model::language::Lang;

/// The language for what is written to people.
pub fn language(args: &Args, config: &Config) -> Lang {
    asked(args).or(config.language).unwrap_or_else(of_the_environment)
}

/// The same where there is no configuration to ask.
pub fn language_without_configuration(args: &Args) -> Lang {
    asked(args).unwrap_or_else(of_the_environment)
}

/// The same where there is one that cannot be used: what it seems to ask for still counts.
pub fn language_without(args: &Args, error: &ConfigError) -> Lang {
    asked(args).or(error.language()).unwrap_or_else(of_the_environment)
}

/// The language before the arguments are read: the `--lang` that is among them, else the environment's.
pub fn of_raw(arguments: &[OsString]) -> Lang {
    let mut words = arguments.iter().skip(1).map(|word| word.to_string_lossy());
    while let Some(word) = words.next() {
        let named = if word == "--lang" {
            words.next()
        } else {
            word.strip_prefix("--lang=").map(|named| named.to_owned().into())
        };
        if let Some(lang) = named.and_then(|named| named.parse().ok()) {
            return lang;
        }
    }
    of_the_environment()
}

/// What people read where a configuration is not needed: a wrong one is no reason to be silent, it is reported elsewhere.
pub fn locale(args: &Args) -> &'static Locale {
    Locale::of(match asked(args) {
        Some(lang) => lang,
        None => match load_config(args, &now()) {
            Ok(config) => language(args, &config),
            Err(error) => language_without(args, &error),
        },
    })
}

/// The language that `--lang` names.
pub fn asked(args: &Args) -> Option<Lang> {
    args.lang.map(|lang| match lang {
        args::Lang::De => Lang::De,
        args::Lang::En => Lang::En,
    })
}

fn of_the_environment() -> Lang {
    config::language(&|name: &str| std::env::var_os(name)).0
}
