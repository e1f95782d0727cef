//! The rule files that come with the program.

use super::parse::Source;
use super::rule::RuleSet;

macro_rules! shipped {
    ($($name:literal),+ $(,)?) => {
        &[$(Source { name: concat!("rules/", $name), text: include_str!(concat!("../../rules/", $name)) }),+]
    };
}

impl RuleSet {
    /// The shipped files, in the order in which they are read.
    pub fn shipped() -> &'static [Source<'static>] {
        shipped![
            "senders.toml",
            "bg.toml",
            "cs.toml",
            "de.toml",
            "el.toml",
            "en.toml",
            "es.toml",
            "fr.toml",
            "hr.toml",
            "hu.toml",
            "it.toml",
            "mt.toml",
            "nl.toml",
            "pl.toml",
            "pt.toml",
            "ro.toml",
            "sk.toml",
            "sl.toml",
        ]
    }
}
