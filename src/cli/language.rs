//! Which language a person reads: `--lang`, the configuration, the environment, in this order.

use super::args::{self, Args};
use super::context::{load_config, now};
use crate::config::{self, Config};
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

/// What people read where a configuration is not needed: a wrong one is no reason to be silent, it is reported elsewhere.
pub fn locale(args: &Args) -> &'static Locale {
    Locale::of(match asked(args) {
        Some(lang) => lang,
        None => match load_config(args, &now()) {
            Ok(config) => language(args, &config),
            Err(_) => language_without_configuration(args),
        },
    })
}

fn asked(args: &Args) -> Option<Lang> {
    args.lang.map(|lang| match lang {
        args::Lang::De => Lang::De,
        args::Lang::En => Lang::En,
    })
}

fn of_the_environment() -> Lang {
    config::language(&|name: &str| std::env::var_os(name)).0
}
