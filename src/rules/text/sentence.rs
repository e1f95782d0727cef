//! Where a sentence ends, and which others it introduces.
//!
//! In doubt it does not end: see the parent module.

use std::collections::BTreeSet;

use super::{End, Sentence, Word};
use crate::rules::letters::is_word;

/// Whether the sentence ends at `chars[i]`; then how, and where the next one may begin. No word stands from `words_end` on.
pub(super) fn sentence_end(
    chars: &[(usize, char)],
    i: usize,
    words_end: usize,
    last: Option<&Word>,
    abbreviations: &BTreeSet<String>,
) -> Option<(End, usize)> {
    let char_at = |at: usize| chars.get(at).map(|(_, c)| *c);
    // Greek asks with a semicolon; NFKC has made one of U+037E.
    let asks = |c: char| c == '?' || c == ';' && last.is_some_and(|word| word.folded.chars().any(is_greek));
    let is_terminator = |c: char| matches!(c, '.' | '!' | ':') || asks(c);
    char_at(i).filter(|c| is_terminator(*c))?;
    if i.checked_sub(1).and_then(char_at).is_some_and(is_terminator) {
        return None;
    }
    let run: Vec<char> = (i..).map_while(|at| char_at(at).filter(|c| is_terminator(*c))).collect();
    let closers = |c: &char| {
        matches!(c, '"' | '\'' | '”' | '“' | '’' | '‘' | '»' | '«' | '›' | '‹' | ')' | ']' | '}' | '*' | '_' | '>')
    };
    let mut next = i + run.len();
    while char_at(next).is_some_and(|c| closers(&c)) {
        next += 1;
    }
    let at_end = next >= words_end;
    let breaks = char_at(next).is_none_or(char::is_whitespace);
    if !breaks {
        return None;
    }
    let question = run.iter().any(|c| asks(*c));
    if question || run.contains(&'!') {
        // "(!)" and "(?)" comment on a word, they end nothing.
        let bracketed = i.checked_sub(1).and_then(char_at) == Some('(');
        return (!bracketed).then_some((if question { End::Question } else { End::Full }, next));
    }
    if run.contains(&':') {
        return Some((End::Colon, next));
    }
    if at_end {
        return Some((End::Full, next));
    }
    // "..." trails off in the middle of a sentence as often as at its end.
    let touching = i.checked_sub(1).and_then(char_at).is_some_and(is_word);
    let abbreviated = touching && last.is_some_and(|word| is_abbreviation(&word.folded, abbreviations));
    // Baltic and Hungarian dates write years as ordinals ("2025. gada 27. maijā"): no new sentence begins in lower case behind one.
    let lower = (next..).map_while(char_at).find(|c| !c.is_whitespace()).is_some_and(char::is_lowercase);
    let ordinal = touching && lower && last.is_some_and(|word| word.folded.chars().all(|c| c.is_ascii_digit()));
    (run.len() == 1 && !abbreviated && !ordinal).then_some((End::Full, next))
}

fn is_greek(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}')
}

/// `Art.`, `z. B.`, `27. Mai`, `A. Muster`, and whatever has no vowel (`bzgl.`, `Nr.`): a full stop there ends no sentence.
fn is_abbreviation(word: &str, abbreviations: &BTreeSet<String>) -> bool {
    let letters = word.chars().count();
    if word.chars().all(|c| c.is_ascii_digit()) {
        // An ordinal ("27. Mai"); a year ends sentences.
        return letters <= 2;
    }
    let vowels = |c: char| "aeiouyäöüáàâéèêëíìîïóòôõúùûýåæøœąęěőű".contains(c);
    letters == 1 || (letters <= 5 && word.is_ascii() && !word.contains(vowels)) || abbreviations.contains(word)
}

/// Notes how far each sentence reaches that introduces others.
///
/// A colon or a question governs whatever follows: layouts lose the bullets of lists, and nobody can tell where an answer ends.
/// A heading governs the paragraph below it, and the list that this begins.
pub(super) fn find_reach(sentences: &mut [Sentence], is_list: &[bool]) {
    let count = sentences.len();
    // How far a list reaches that begins with the paragraph after this sentence; told from the end backwards.
    let mut list_reach = count;
    let mut after: Option<(usize, End)> = None;
    for number in (0..count).rev() {
        let Some(sentence) = sentences.get_mut(number) else { continue };
        let last_of_paragraph = after.is_none_or(|(paragraph, _)| paragraph != sentence.paragraph);
        let reach_below = list_reach;
        if last_of_paragraph {
            let goes_on = after.is_some_and(|(next, _)| is_list.get(next) == Some(&true)) || sentence.end == End::Open;
            if !goes_on {
                list_reach = number + 1;
            }
        }
        sentence.reach = match sentence.end {
            End::Full => number + 1,
            End::Colon | End::Question => count,
            End::Open => reach_below,
        };
        after = Some((sentence.paragraph, sentence.end));
    }
}

#[cfg(test)]
mod tests {
    use super::super::Prose;
    use super::*;

    fn sentences(text: &str) -> Vec<String> {
        let abbreviations = ["art", "abs", "etc", "evtl"].into_iter().map(str::to_owned).collect();
        let prose = Prose::read(text, &abbreviations);
        (0..prose.sentences.len()).map(|number| prose.sentence_text(number)).collect()
    }

    #[test]
    fn sentences_end_at_full_stops_but_not_at_abbreviations_and_dates() {
        let cases: &[(&str, &[&str])] = &[
            ("One thing. Another thing! And a third?", &["One thing", "Another thing", "And a third"]),
            ("Nach Art. 21 Abs. 1 DSGVO, z. B. hier. Ende.", &["Nach Art. 21 Abs. 1 DSGVO, z. B. hier", "Ende"]),
            ("Bis zum 27. Mai bzgl. KI, e.g. here, i.e. there.", &["Bis zum 27. Mai bzgl. KI, e.g. here, i.e. there"]),
            ("Θα το κάνουμε; Ναι\u{37e} Ίσως· όχι.", &["Θα το κάνουμε", "Ναι", "Ίσως· όχι"]),
            ("One thing; another.", &["One thing; another"]),
            ("Im Jahr 2025. Danach nicht.", &["Im Jahr 2025", "Danach nicht"]),
            ("Ja līdz 2025. gada 27. maijam, tad. Beigas.", &["Ja līdz 2025. gada 27. maijam, tad", "Beigas"]),
            ("Kuni 2025. aastani. Edasi.", &["Kuni 2025. aastani", "Edasi"]),
            ("A. Muster schreibt ... und wartet.", &["A. Muster schreibt ... und wartet"]),
            ("Das gilt (!) auch hier (?) noch.", &["Das gilt (!) auch hier (?) noch"]),
            ("He said “no.” Then he left.", &["He said “no", "Then he left"]),
            ("One line\nand its wrap\n\nNext paragraph", &["One line and its wrap", "Next paragraph"]),
            ("If so: that. At 12:30 it ends.", &["If so", "that", "At 12:30 it ends"]),
            ("See https://example.org/a.b?c=d. Next one.", &["See", "Next one"]),
        ];
        for (text, expected) in cases {
            assert_eq!(&sentences(text), expected, "{text}");
        }
    }

    #[test]
    fn a_head_reaches_over_what_it_introduces() {
        let introduced = |text: &str| -> Vec<Vec<usize>> {
            let prose = Prose::read(text, &BTreeSet::new());
            let count = prose.sentences.len();
            (0..count).map(|head| (0..count).filter(|number| prose.introduces(head, *number)).collect()).collect()
        };
        let cases: &[(&str, &[&[usize]])] = &[
            ("First. Second.", &[&[], &[]]),
            ("If you object:\n\nOne thing.\n\nAnother.", &[&[1, 2], &[], &[]]),
            ("What if? First.\n\nSecond.", &[&[1, 2], &[], &[]]),
            ("A heading\n\nFirst. Second.\n\nThird.", &[&[1, 2], &[], &[], &[]]),
            ("A heading\n\n• one.\n\n• two.\n\nThree.", &[&[1, 2], &[], &[], &[]]),
            ("A heading\n\none\n\ntwo.\n\nThree.", &[&[1, 2], &[2], &[], &[]]),
        ];
        for (text, expected) in cases {
            assert_eq!(&introduced(text), expected, "{text}");
        }
    }
}
