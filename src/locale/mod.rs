//! What people read, in their language: named texts out of `locales/`, in Fluent's format (projectfluent.org).
//!
//! Only texts: which language it is to be is decided above. What programs read (JSON, the log, `check`) is not here, it stays English.
//! Letters, the dossier and the guide are whole pages of prose and stand in `templates/`.

mod faults;
mod files;
mod phrase;
mod reword;

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use jiff::civil::Date;
use unic_langid::LanguageIdentifier;

use crate::model::language::Lang;

pub(crate) use phrase::phrase;
pub use phrase::{Filling, Phrase};
pub use reword::Form;

/// The texts of one language.
pub struct Locale {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

/// A text with its gaps filled: `say!(locale, "state-pending")`, `say!(locale, "review-more", count = 3)`.
macro_rules! say {
    ($locale:expr, $key:expr $(, $name:ident = $value:expr)* $(,)?) => {
        $locale.fill($key, &[$((stringify!($name), $crate::locale::gap($value))),*])
    };
}
pub(crate) use say;

static GERMAN: LazyLock<Locale> = LazyLock::new(|| Locale::read(Lang::De));
static ENGLISH: LazyLock<Locale> = LazyLock::new(|| Locale::read(Lang::En));

impl Locale {
    /// The texts of a language; they are read when they are first asked for.
    pub fn of(lang: Lang) -> &'static Locale {
        match lang {
            Lang::De => &GERMAN,
            Lang::En => &ENGLISH,
        }
    }

    /// Which language it is.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The text of that name with its gaps filled; use it through [`say!`].
    ///
    /// A name that is missing comes out as `{name}`. That is a fault of this program: it ends a debug build, and so the tests.
    pub fn fill(&self, name: &str, gaps: &[(&str, FluentValue<'_>)]) -> String {
        let pattern = self.bundle.get_message(name).and_then(|message| message.value());
        debug_assert!(pattern.is_some(), "no text {name} in {}", self.lang);
        let Some(pattern) = pattern else { return format!("{{{name}}}") };
        let args: FluentArgs<'_> = gaps.iter().map(|(name, value)| (*name, value.clone())).collect();
        let mut faults = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&args), &mut faults);
        debug_assert!(faults.is_empty(), "text {name} in {}: {faults:?}", self.lang);
        text.into_owned()
    }

    /// Whether there is a text of that name.
    pub fn has(&self, name: &str) -> bool {
        self.bundle.has_message(name)
    }

    /// A date as it stands in tables and sentences: `20.05.2025`, `2025-05-20`.
    pub fn day(&self, date: Date) -> String {
        match self.lang {
            Lang::De => date.strftime("%d.%m.%Y").to_string(),
            Lang::En => date.to_string(),
        }
    }

    /// How far a day is from today: `today`, `yesterday`, `3 days ago`, `in 5 days`.
    pub fn from_today(&self, date: Date, today: Date) -> String {
        let days = date.duration_since(today).as_hours() / 24;
        match days {
            0 => say!(self, "day-today"),
            -1 => say!(self, "day-yesterday"),
            1 => say!(self, "day-tomorrow"),
            ..-1 => say!(self, "days-ago", count = -days),
            2.. => say!(self, "days-ahead", count = days),
        }
    }

    /// `a, b and c`: the last one joined with `and` or with `or`, by the name of the joining text.
    pub fn listed(&self, items: &[String], joint: &str) -> String {
        match items {
            [] => String::new(),
            [only] => only.clone(),
            [first @ .., last] => say!(self, joint, first = first.join(", "), last = last.clone()),
        }
    }

    fn read(lang: Lang) -> Locale {
        let mut bundle = FluentBundle::new_concurrent(vec![language_tag(lang)]);
        // The marks that keep a gap's writing direction apart are invisible in a browser, and not in a terminal or a mail.
        bundle.set_use_isolating(false);
        for text in files::of(lang) {
            // A file that is not well-formed gives the entries that are: a test looks for the others.
            let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, _)| resource);
            let added = bundle.add_resource(resource);
            debug_assert!(added.is_ok(), "a text is there twice in {lang}: {added:?}");
        }
        Locale { lang, bundle }
    }
}

/// What fills a gap: a text or a whole number.
pub fn gap<'a>(value: impl Into<FluentValue<'a>>) -> FluentValue<'a> {
    value.into()
}

/// The BCP 47 tag, which decides about plurals.
fn language_tag(lang: Lang) -> LanguageIdentifier {
    lang.as_str().parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn numbers_choose_their_form_and_gaps_keep_what_they_are_given() {
        let (german, english) = (Locale::of(Lang::De), Locale::of(Lang::En));
        assert_eq!(say!(german, "days-ago", count = 1), "vor 1 Tag");
        assert_eq!(say!(german, "days-ago", count = 1200), "vor 1200 Tagen");
        assert_eq!(say!(english, "days-ago", count = 1), "1 day ago");
        assert_eq!(say!(english, "and", first = "{ $last }", last = "b"), "{ $last } and b");
    }

    #[test]
    fn days_are_near_or_far() {
        let today = date(2025, 6, 1);
        let cases = [
            (date(2025, 6, 1), "heute", "today"),
            (date(2025, 5, 31), "gestern", "yesterday"),
            (date(2025, 6, 2), "morgen", "tomorrow"),
            (date(2025, 5, 20), "vor 12 Tagen", "12 days ago"),
            (date(2025, 6, 20), "in 19 Tagen", "in 19 days"),
        ];
        for (day, german, english) in cases {
            assert_eq!(Locale::of(Lang::De).from_today(day, today), german);
            assert_eq!(Locale::of(Lang::En).from_today(day, today), english);
        }
        assert_eq!(Locale::of(Lang::De).day(date(2025, 5, 2)), "02.05.2025");
        assert_eq!(Locale::of(Lang::En).day(date(2025, 5, 2)), "2025-05-02");
    }

    #[test]
    fn lists_end_in_a_word() {
        let items = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>();
        assert_eq!(Locale::of(Lang::De).listed(&items(&["1", "2", "3"]), "and"), "1, 2 und 3");
        assert_eq!(Locale::of(Lang::En).listed(&items(&["1", "2"]), "or"), "1 or 2");
        assert_eq!(Locale::of(Lang::En).listed(&items(&["1"]), "or"), "1");
    }
}
