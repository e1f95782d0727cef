//! The rule files that come with the program.

use super::rule::RuleSet;
use super::source::Source;

macro_rules! shipped {
    ($($name:literal),+ $(,)?) => {
        &[$(Source { name: concat!("rules/", $name), text: include_str!(concat!("../../rules/", $name)) }),+]
    };
}

impl RuleSet {
    /// The shipped files, in the order in which they are read.
    pub const fn shipped() -> &'static [Source<'static>] {
        shipped![
            "senders.toml",
            "bg.toml",
            "cs.toml",
            "da.toml",
            "de.toml",
            "el.toml",
            "en.toml",
            "es.toml",
            "et.toml",
            "fi.toml",
            "fr.toml",
            "ga.toml",
            "hr.toml",
            "hu.toml",
            "is.toml",
            "it.toml",
            "lt.toml",
            "lv.toml",
            "mt.toml",
            "nl.toml",
            "no.toml",
            "pl.toml",
            "pt.toml",
            "ro.toml",
            "sk.toml",
            "sl.toml",
            "sv.toml",
            "und.toml",
        ]
    }

    /// The shipped rules, read once for all unit tests: a debug build needs a third of a second for it.
    #[cfg(test)]
    pub(crate) fn shipped_once() -> &'static RuleSet {
        static READ: std::sync::LazyLock<RuleSet> =
            std::sync::LazyLock::new(|| RuleSet::parse(RuleSet::shipped()).unwrap());
        &READ
    }
}
