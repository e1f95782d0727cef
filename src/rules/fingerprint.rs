//! A fingerprint: has the meaning of the rules changed. With it stored messages are judged anew and mailboxes searched again.
//!
//! They compare, they protect nothing. Comments, order of phrases, sources and file names do not count.

use std::collections::BTreeSet;

use super::rule::{AnyOf, Capture, Conditions, RuleSet};

/// To be raised when this program reads the same rules differently, so that stored messages are judged anew.
pub(super) const READING: &str = "2";

impl RuleSet {
    /// Changes with any change of meaning; 32 hexadecimal digits.
    pub fn fingerprint(&self) -> String {
        let mut lines = vec![format!("reading {READING}")];
        for rule in &self.rules {
            lines.push(format!("rule {} {} {} {}", rule.id, rule.kind, rule.language, canonical(&rule.conditions)));
        }
        for coverage in &self.coverage {
            lines.push(format!("coverage {} {} {}", coverage.id, coverage.language, canonical(&coverage.conditions)));
        }
        for ((language, class), patterns) in &self.lexicon {
            let patterns: BTreeSet<String> = patterns.iter().map(|pattern| pattern.written(&self.words)).collect();
            lines.push(format!("class {language} {class} {patterns:?}"));
        }
        for (language, Capture { greeting, not_a_name, sent_to, intended_for }) in &self.captures {
            lines.push(format!("capture {language} {greeting:?} {not_a_name:?} {sent_to:?} {intended_for:?}"));
        }
        for (language, words) in &self.function_words {
            lines.push(format!("function words {language} {words:?}"));
        }
        lines.push(format!("abbreviations {:?}", self.abbreviations));
        for sender in &self.senders {
            lines.push(format!(
                "sender {} {:?} {:?} {}",
                sender.domain, sender.local, sender.platform, sender.links_only
            ));
        }
        lines.sort();
        fnv(lines.iter().chain(&self.needles).map(String::as_str))
    }
}

fn canonical(conditions: &Conditions) -> String {
    let Conditions {
        sentence,
        not_in_sentence,
        unconditional,
        unreported,
        harmless,
        plain,
        no_question,
        anywhere,
        subject,
        never,
    } = conditions;
    let one = |any_of: &Option<AnyOf>| any_of.as_ref().map(|any_of| any_of.key.to_string()).unwrap_or_default();
    let list = |list: &[AnyOf]| list.iter().map(|any_of| &*any_of.key).collect::<Vec<_>>().join(" & ");
    format!(
        "sentence[{}] not[{}] unconditional[{}] unreported[{}] harmless[{}] plain[{}] question[{no_question}] anywhere[{}] subject[{}] never[{}]",
        list(sentence),
        list(not_in_sentence),
        one(unconditional),
        one(unreported),
        one(harmless),
        one(plain),
        list(anywhere),
        list(subject),
        list(never),
    )
}

/// FNV-1a, 128 bit (draft-eastlake-fnv): short, stable over versions and machines.
fn fnv<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let bytes = parts.flat_map(|part| part.bytes().chain([b'\n']));
    format!("{:032x}", bytes.fold(OFFSET, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fnv_agrees_with_its_published_vectors() {
        assert_eq!(fnv([].into_iter()), "6c62272e07bb014262b821756295c58d");
        // Published for "a"; a line break follows each part here, so the vector is checked on the step itself.
        let step = |hash: u128, byte: u8| (hash ^ u128::from(byte)).wrapping_mul(0x0100_0000_0000_0000_0000_013b);
        assert_eq!(
            format!("{:032x}", step(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d, b'a')),
            "d228cb696f1a8caf78912b704e4a8964"
        );
    }
}
