//! The locale files that come with the program; `tests/it/locales.rs` sees that none is forgotten.

use crate::model::language::Lang;

macro_rules! shipped {
    ($lang:literal: $($name:literal),+ $(,)?) => {
        &[$(include_str!(concat!("../../locales/", $lang, "/", $name, ".ftl"))),+]
    };
}

/// The files of a language.
pub(super) fn of(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::De => {
            shipped!["de": "advice", "commands", "config", "dates", "doctor", "errors", "explain", "faults", "help", "init", "tables"]
        }
        Lang::En => {
            shipped!["en": "advice", "commands", "config", "dates", "doctor", "errors", "explain", "faults", "help", "init", "tables"]
        }
    }
}
