//! The rules in force: the shipped files' texts with the person's own over them, read when they are first asked for.
//!
//! Reading half a megabyte takes longer than everything else that `status` does, and `status` asks only by which rules the verdicts
//! were made. Texts that were read before need not be read again to know that.

use std::ops::Deref;
use std::sync::OnceLock;

use super::fingerprint::READING;
use super::rule::RuleSet;
use super::source::{RuleError, Source};

/// Rule files, and the rules in them; derefs to these.
#[derive(Debug, Default)]
pub struct RuleBook {
    /// Names and texts of the person's own files.
    own: Vec<(String, String)>,
    /// Where it was made of rules that had been read before, there are no texts to remember.
    has_texts: bool,
    rules: OnceLock<RuleSet>,
    senders: OnceLock<RuleSet>,
    fingerprint: OnceLock<String>,
}

impl RuleBook {
    /// The shipped rules with these files (name, text) over them. Nothing is read yet.
    pub fn new(own: Vec<(String, String)>) -> RuleBook {
        RuleBook { own, has_texts: true, ..RuleBook::default() }
    }

    /// The person's own files: name and text.
    pub fn own(&self) -> impl Iterator<Item = (&str, &str)> {
        self.own.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// Whether the person has files of their own.
    pub fn has_own(&self) -> bool {
        !self.own.is_empty()
    }

    /// Reads them now. Every slip is reported, all at once.
    pub fn check(&self) -> Result<(), Vec<RuleError>> {
        if self.rules.get().is_none() {
            // Whoever was quicker has read the same.
            let _ = self.rules.set(RuleSet::parse(&self.sources())?);
        }
        Ok(())
    }

    /// Rules that know the senders and nothing else: all that is needed to find mails, and a hundredth of the reading.
    pub fn senders(&self) -> &RuleSet {
        let read = || {
            let own = self.own.iter().map(|(name, text)| Source { name, text });
            let shipped = RuleSet::shipped().iter().copied().filter(|source| source.name == "rules/senders.toml");
            RuleSet::read(&shipped.chain(own.filter(|source| source.text.contains("sender"))).collect::<Vec<_>>()).0
        };
        match self.rules.get() {
            Some(rules) => rules,
            None if self.has_texts => self.senders.get_or_init(read),
            None => self,
        }
    }

    /// What to give to [`RuleBook::recall`] the next time; `None` where there are no texts.
    pub fn remembered(&self) -> Option<String> {
        self.has_texts.then(|| format!("{} {}", self.digest(), self.fingerprint()))
    }

    /// Whether these are the very texts that were read without a slip before, by this version; then their fingerprint is known too.
    pub fn recall(&self, remembered: &str) -> bool {
        match remembered.split_once(' ') {
            Some((digest, fingerprint)) if self.has_texts && digest == self.digest() => {
                let _ = self.fingerprint.set(fingerprint.to_owned());
                true
            }
            _ => false,
        }
    }

    /// As [`RuleSet::fingerprint`], without reading where that is known.
    pub fn fingerprint(&self) -> &str {
        self.fingerprint.get_or_init(|| RuleSet::fingerprint(self))
    }

    fn sources(&self) -> Vec<Source<'_>> {
        let own = self.own.iter().map(|(name, text)| Source { name, text });
        RuleSet::shipped().iter().copied().chain(own).collect()
    }

    /// Changes with any change of any text, and with the version of this program.
    fn digest(&self) -> String {
        #[allow(long_running_const_eval, reason = "a tenth of a second, once")]
        const SHIPPED: u128 = digest_of(RuleSet::shipped());
        let own = self.own.iter().fold(SHIPPED, |hash, (name, text)| mix(mix(hash, name), text));
        format!("{:032x}", mix(mix(own, env!("CARGO_PKG_VERSION")), READING))
    }
}

impl Deref for RuleBook {
    type Target = RuleSet;

    /// The rules. Slips are reported by [`RuleBook::check`]; here, what has one is passed over.
    fn deref(&self) -> &RuleSet {
        self.rules.get_or_init(|| RuleSet::read(&self.sources()).0)
    }
}

impl From<RuleSet> for RuleBook {
    fn from(rules: RuleSet) -> RuleBook {
        RuleBook { rules: OnceLock::from(rules), ..RuleBook::default() }
    }
}

/// FNV-1a, 128 bit, over words of eight bytes: it compares, it protects nothing.
const fn mix(mut hash: u128, text: &str) -> u128 {
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let mut rest = text.as_bytes();
    while let Some((word, behind)) = rest.split_first_chunk::<8>() {
        hash = (hash ^ u64::from_le_bytes(*word) as u128).wrapping_mul(PRIME);
        rest = behind;
    }
    while let Some((byte, behind)) = rest.split_first() {
        hash = (hash ^ *byte as u128).wrapping_mul(PRIME);
        rest = behind;
    }
    // Where one text ends and the next begins is part of it.
    (hash ^ text.len() as u128).wrapping_mul(PRIME)
}

/// The compiler does this once, so that no command reads half a megabyte for it.
#[allow(long_running_const_eval, reason = "a tenth of a second")]
const fn digest_of(sources: &[Source<'_>]) -> u128 {
    let mut hash = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    let mut at = 0;
    while at < sources.len() {
        hash = mix(mix(hash, sources[at].name), sources[at].text);
        at += 1;
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(text: &str) -> Vec<(String, String)> {
        vec![("own.toml".to_owned(), text.to_owned())]
    }

    const SENDER: &str = "[[sender]]\ndomain = \"example.org\"\nstatus = \"guess\"\nsource = \"made for this test\"\n";

    #[test]
    fn the_very_same_texts_are_known_again_without_being_read() {
        let book = RuleBook::new(own(SENDER));
        book.check().unwrap();
        let remembered = book.remembered().unwrap();

        let again = RuleBook::new(own(SENDER));
        assert!(again.recall(&remembered));
        assert_eq!(again.fingerprint(), book.fingerprint());
        assert!(again.rules.get().is_none(), "nobody has asked for a rule");
        assert!(again.is_sender_domain("example.org"));

        let comment = RuleBook::new(own(&format!("{SENDER}# a remark\n")));
        assert!(!comment.recall(&remembered), "it may hold a slip");
        assert_eq!(comment.fingerprint(), book.fingerprint(), "a remark changes no meaning");
        for other in [RuleBook::new(Vec::new()), RuleBook::new(own("")), RuleBook::from(RuleSet::default())] {
            assert!(!other.recall(&remembered));
        }
        assert_eq!(RuleBook::from(RuleSet::default()).remembered(), None);
    }

    #[test]
    fn senders_are_known_without_reading_the_rules() {
        for own in [Vec::new(), own(SENDER), own("language = \"en\"\n[lexicon]\nai = 3\n")] {
            let (book, whole) = (RuleBook::new(own.clone()), RuleBook::new(own));
            assert_eq!(book.senders().needles(), whole.needles());
            assert_eq!(book.senders().senders, whole.rules.get().unwrap().senders);
            assert!(book.rules.get().is_none(), "nobody has asked for a rule");
            assert!(book.senders().is_sender_domain("support.facebook.com"));
        }
        assert_eq!(RuleBook::from(RuleSet::default()).senders().needles(), Vec::<String>::new());
    }

    #[test]
    fn a_slip_is_reported_when_asked_for() {
        let errors = RuleBook::new(own("[[rule]]\nid = 3\n")).check().unwrap_err();
        assert_eq!((errors.len(), errors[0].file.as_str()), (1, "own.toml"));
    }

    #[test]
    fn the_shipped_files_hold_no_slip() {
        assert_eq!(RuleBook::new(Vec::new()).check(), Ok(()));
    }

    #[test]
    fn a_text_that_moves_from_one_file_to_the_next_is_another() {
        assert_ne!(mix(mix(1, "ab"), "c"), mix(mix(1, "a"), "bc"));
        assert_ne!(mix(1, "12345678"), mix(1, "12345679"));
    }
}
