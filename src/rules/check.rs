//! Slips in a rule file that its shape allows, and what a rule cannot do without. Each comes with a hint for whoever wrote it.
//!
//! It reads no phrase and knows no other file.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use toml::Spanned;

use super::raw;
use super::rule::Conditions;
use crate::model::kind::Kind;

/// All shipped files together are half of this; a file beyond is something else, a mailbox perhaps.
const LONGEST_FILE: usize = 1024 * 1024;

/// Where, which field, and the hint.
type Slip = (Range<usize>, String, String);

/// The hint for a file that nobody wrote by hand.
pub(super) fn too_long(text: &str) -> Option<String> {
    (text.len() > LONGEST_FILE).then(|| "has more than 1 MB; that is no rule file".to_owned())
}

/// What is wrong in a file as a whole: its language, ids that stand twice, classes within classes.
pub(super) fn slips(raw: &raw::File) -> Vec<Slip> {
    let mut slips = Vec::new();
    if let Some(language) = &raw.language
        && !is_tag(language.get_ref())
    {
        let hint = format!("`{}` is no language's short name; write one as in `de`, in lower case", language.get_ref());
        slips.push((language.span(), "`language`".to_owned(), hint));
    }
    twice("rule", raw.rule.iter().map(|rule| &rule.id), &mut slips);
    twice("coverage", raw.coverage.iter().map(|coverage| &coverage.id), &mut slips);
    for (class, entries) in &raw.lexicon {
        for phrase in entries.iter().flat_map(raw::Entry::phrases).filter(|phrase| phrase.get_ref().starts_with('@')) {
            let hint = format!(
                "`{}` is a class, and a class holds only phrases; name both where the rule asks for them: `[\"@one\", \"@other\"]`",
                phrase.get_ref()
            );
            slips.push((phrase.span(), format!("class `{}`", class.get_ref()), hint));
        }
    }
    slips
}

fn twice<'a>(what: &str, ids: impl Iterator<Item = &'a Spanned<String>>, slips: &mut Vec<Slip>) {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for id in ids {
        if !seen.insert(id.get_ref()) {
            let hint = "this id stands twice in the file, and the first would be lost; give one another id";
            slips.push((id.span(), format!("{what} `{}`", id.get_ref()), hint.to_owned()));
        }
    }
}

/// `de`, `und`, `zh-Hant`, `sr-Latn`.
fn is_tag(language: &str) -> bool {
    let mut parts = language.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_lowercase())
        && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// What a rule of this kind cannot do without.
pub(super) fn misses(kind: Kind, conditions: &Conditions) -> Option<&'static str> {
    match kind {
        Kind::Unrecognised => Some(
            "`unrecognised` is what remains when no rule fits; a rule says one of code, receipt, honoured, info_request, refused, notice",
        ),
        Kind::Honoured | Kind::Refused | Kind::InfoRequest | Kind::Receipt if conditions.sentence.is_empty() => {
            Some("needs `sentence = [...]`: the words that say it, which must stand in one sentence")
        }
        Kind::Honoured | Kind::Refused | Kind::InfoRequest | Kind::Receipt => None,
        Kind::Code | Kind::Notice => {
            let none =
                conditions.sentence.is_empty() && conditions.anywhere.is_empty() && conditions.subject.is_empty();
            none.then_some("needs at least one of `sentence`, `anywhere` and `subject`")
        }
    }
}

/// What to say of a file that is no TOML, or has something where it does not belong.
pub(super) fn of_toml(text: &str, error: &toml::de::Error, is_class: impl Fn(&str) -> bool) -> String {
    let said = error.message().replace('\n', " ");
    if toml::from_str::<toml::Table>(text).is_err() {
        return format!(
            "{said}; look here and in the line above for a quotation mark, comma or bracket that is missing, or a quotation mark that is curly"
        );
    }
    let field = said.strip_prefix("unknown field `").and_then(|rest| rest.split('`').next());
    match field {
        Some(field) if is_class(field) => format!("`{field}` is a class; write it below `[lexicon]`"),
        _ if said == "invalid type: sequence, expected a string" => {
            "a list stands where one text is expected; several phrases are written `phrases = [...]`".to_owned()
        }
        Some(_) | None => said,
    }
}

/// What to say of a class that is asked for and is not there; `classes` have the languages of each. The language may be `named`, as in
/// `@de.ai`, or be that of the file.
pub(super) fn no_class(
    name: &str,
    language: Option<&str>,
    named: bool,
    classes: &BTreeMap<String, BTreeSet<String>>,
) -> String {
    let of = language.map(|language| format!(" of language `{language}`")).unwrap_or_default();
    if let Some(language) = language.filter(|_| named)
        && !classes.values().any(|languages| languages.contains(language))
    {
        return format!("there is no class `{name}`{of}; no rule file is in the language `{language}`");
    }
    let near: Vec<String> = near(name, classes.keys(), "@");
    let advice = match near.as_slice() {
        [] => format!("add `{name} = [...]` under `[lexicon]`"),
        near => format!("did you mean {}?", near.join(" or ")),
    };
    format!("there is no class `{name}`{of}; {advice}")
}

/// What to say of a class that nothing asks for: its phrases would never be looked for.
pub(super) fn unasked(name: &str, asked: &BTreeSet<String>) -> String {
    let near = near(name, asked.iter(), "");
    let advice = match near.as_slice() {
        [] => format!("take one that is there, or name `@{name}` in a rule"),
        near => format!("did you mean {}?", near.join(" or ")),
    };
    format!("no rule asks for a class `{name}`; {advice}")
}

fn near<'a>(name: &str, known: impl Iterator<Item = &'a String>, sign: &str) -> Vec<String> {
    known.filter(|known| is_near(known, name)).map(|known| format!("`{sign}{known}`")).collect()
}

/// Whether one name is the other with one letter added, lost or changed.
fn is_near(a: &str, b: &str) -> bool {
    let common = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let rest = |word: &str, skip: usize| word.chars().skip(common + skip).collect::<String>();
    a != b && (rest(a, 1) == rest(b, 1) || rest(a, 0) == rest(b, 1) || rest(a, 1) == rest(b, 0))
}
