//! Sentences that are kept in English, said again in the person's language: why a message was judged as it was.
//!
//! They stand in the database and in JSON as they were made, so they are recognised by their English form. A sentence that no form
//! fits stays as it is: it names a fault of somebody else's in their words.

use super::Locale;
use crate::model::language::Lang;

/// A text's name and the names of its gaps.
pub type Form = (&'static str, &'static [&'static str]);

impl Locale {
    /// The English sentence in this language, by the first form that fits.
    pub fn reworded(&self, english: &str, forms: &[Form]) -> String {
        self.reworded_by(english, forms, &|_, value| value)
    }

    /// The same, with the reason that the sentence gives (the gaps `why` and `where`) reworded too.
    pub(super) fn reworded_within(&self, english: &str, forms: &[Form]) -> String {
        self.reworded_by(english, forms, &|gap, value| match gap {
            "why" | "where" => self.reworded_within(&value, forms),
            _ => value,
        })
    }

    fn reworded_by(&self, english: &str, forms: &[Form], value: &dyn Fn(&str, String) -> String) -> String {
        if self.lang() == Lang::En {
            return english.to_owned();
        }
        let fitting = forms.iter().find_map(|(name, gaps)| Some((name, gaps, values(name, gaps, english)?)));
        let Some((name, gaps, values)) = fitting else { return english.to_owned() };
        let filled: Vec<_> = gaps
            .iter()
            .zip(values)
            .map(|(gap, said)| (*gap, fluent_bundle::FluentValue::from(value(gap, said))))
            .collect();
        self.fill(name, &filled)
    }
}

/// What stands in the gaps of that English text, in the order of `gaps`; `None` where it is another sentence.
fn values(name: &str, gaps: &[&str], sentence: &str) -> Option<Vec<String>> {
    // A private character stands where the gap is.
    let mark = |number: usize| char::from_u32(0xf_0000 + u32::try_from(number).unwrap_or(0)).unwrap_or('\u{fffd}');
    let marks: Vec<String> = (0..gaps.len()).map(|number| mark(number).to_string()).collect();
    let filled: Vec<_> =
        gaps.iter().zip(&marks).map(|(gap, mark)| (*gap, fluent_bundle::FluentValue::from(mark.as_str()))).collect();
    let form = Locale::of(Lang::En).fill(name, &filled);

    let mut values: Vec<Option<String>> = vec![None; gaps.len()];
    let (mut form, mut rest) = (form.as_str(), sentence);
    loop {
        let next = form.char_indices().find_map(|(at, c)| {
            let number = marks.iter().position(|mark| mark.starts_with(c))?;
            Some((at, c.len_utf8(), number))
        });
        let Some((at, length, number)) = next else { break };
        rest = rest.strip_prefix(form.get(..at)?)?;
        form = form.get(at + length..)?;
        let literal_ends = form.find(|c: char| marks.iter().any(|mark| mark.starts_with(c))).unwrap_or(form.len());
        let literal = form.get(..literal_ends)?;
        let end = if literal_ends == form.len() { rest.len().checked_sub(literal.len())? } else { rest.find(literal)? };
        *values.get_mut(number)? = Some(rest.get(..end)?.to_owned());
        rest = rest.get(end..)?;
    }
    if rest != form {
        return None;
    }
    values.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORMS: &[Form] = &[
        ("evidence-sentence", &["what"]),
        ("evidence-unconditional", &["what"]),
        ("check-key-unavailable", &["reason"]),
        ("evidence-rival", &["rule", "kind"]),
        ("evidence-readable", &[]),
    ];

    #[test]
    fn a_kept_sentence_is_said_again_in_german() {
        let german = |sentence: &str| Locale::of(Lang::De).reworded(sentence, FORMS);
        let cases = [
            ("one sentence says @promise and @ai", "ein Satz sagt @promise and @ai"),
            (
                "no @condition or @unsure stands in that sentence or introduces it",
                "kein @condition or @unsure steht in diesem Satz oder leitet ihn ein",
            ),
            ("the rule `de-x` (refused) does not hold as well", "die Regel `de-x` (refused) trifft nicht zugleich zu"),
            ("the mail can be read", "die Mail ist lesbar"),
            ("the mail can be read or not", "the mail can be read or not"),
            ("somebody else's words", "somebody else's words"),
            ("", ""),
        ];
        for (sentence, expected) in cases {
            assert_eq!(german(sentence), expected);
            assert_eq!(Locale::of(Lang::En).reworded(sentence, FORMS), sentence);
        }
    }
}
