//! Which language a person reads: `--lang`, the configuration, the environment, in this order.

use super::args::{self, Args};
use crate::config::{self, Config};
use crate::model::language::Lang;

/// The language for what is written to people.
pub fn language(args: &Args, config: &Config) -> Lang {
    let asked = args.lang.map(|lang| match lang {
        args::Lang::De => Lang::De,
        args::Lang::En => Lang::En,
    });
    asked.or(config.language).unwrap_or_else(|| config::language(&|name: &str| std::env::var_os(name)).0)
}
