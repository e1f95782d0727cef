//! A text that is named now and said later, once the reader's language is known: what an error carries.

use fluent_bundle::FluentValue;

use super::Locale;
use crate::model::language::Lang;

/// The name of a text, and what fills its gaps: `phrase!("cfg-empty")`, `phrase!("cli-no-message", number = 3)`.
///
/// Displayed it is in English, for the log and for `check`.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    name: &'static str,
    gaps: Vec<(&'static str, Filling)>,
}

/// What fills a gap.
#[derive(Debug, Clone, PartialEq)]
pub enum Filling {
    /// A text that is the same in every language: a key, a name, a value.
    Text(String),
    /// A whole number, which decides about plurals.
    Number(i64),
    /// Another text to be said.
    Phrase(Phrase),
}

/// Names a text and fills its gaps, as `say!` does, for later.
macro_rules! phrase {
    ($key:expr $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::locale::Phrase::new($key, vec![$((stringify!($name), $crate::locale::Filling::from($value))),*])
    };
}
pub(crate) use phrase;

impl Phrase {
    /// The text of that name; use it through `phrase!`.
    pub fn new(name: &'static str, gaps: Vec<(&'static str, Filling)>) -> Phrase {
        Phrase { name, gaps }
    }

    /// The same with one more gap filled.
    pub fn with(mut self, gap: &'static str, value: impl Into<Filling>) -> Phrase {
        self.gaps.push((gap, value.into()));
        self
    }

    /// The text in that language.
    pub fn say(&self, locale: &Locale) -> String {
        let gaps: Vec<_> = self.gaps.iter().map(|(name, filling)| (*name, filling.value(locale))).collect();
        locale.fill(self.name, &gaps)
    }
}

impl Filling {
    fn value(&self, locale: &Locale) -> FluentValue<'_> {
        match self {
            Filling::Text(text) => FluentValue::from(text.as_str()),
            Filling::Number(number) => FluentValue::from(*number),
            Filling::Phrase(phrase) => FluentValue::from(phrase.say(locale)),
        }
    }
}

impl std::fmt::Display for Phrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.say(Locale::of(Lang::En)))
    }
}

impl From<&str> for Filling {
    fn from(text: &str) -> Filling {
        Filling::Text(text.to_owned())
    }
}

impl From<String> for Filling {
    fn from(text: String) -> Filling {
        Filling::Text(text)
    }
}

impl From<i64> for Filling {
    fn from(number: i64) -> Filling {
        Filling::Number(number)
    }
}

impl From<usize> for Filling {
    fn from(number: usize) -> Filling {
        Filling::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<Phrase> for Filling {
    fn from(phrase: Phrase) -> Filling {
        Filling::Phrase(phrase)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_said_in_the_language_that_is_known_later() {
        let away = phrase!("days-ago", count = 1_i64);
        assert_eq!(away.to_string(), "1 day ago");
        let both = phrase!("and", first = away, last = "x");
        assert_eq!(both.say(Locale::of(Lang::De)), "vor 1 Tag und x");
        assert_eq!(both.to_string(), "1 day ago and x");
    }
}
