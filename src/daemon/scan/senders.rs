//! Which mails of an export are read: those whose From claims to be Meta's. It is asked for every mail there is.

use memchr::memmem::{self, Finder};

use crate::daemon::reader::is_candidate;
use crate::rules::RuleSet;

/// The question for a From value, quick for those of strangers.
#[derive(Debug)]
pub struct Senders<'a> {
    rules: &'a RuleSet,
    /// The rules' needles; `None` where they are not all ASCII.
    needles: Option<Vec<Finder<'a>>>,
}

impl<'a> Senders<'a> {
    /// For these rules.
    pub fn of(rules: &'a RuleSet) -> Senders<'a> {
        let needles = rules.needles();
        let needles = needles.iter().all(|needle| needle.is_ascii()).then(|| needles.iter().map(Finder::new).collect());
        Senders { rules, needles }
    }

    /// Whether a mail with this From value is to be read; several From fields are joined by a newline.
    ///
    /// The one definition, [`is_candidate`], is asked only where it can say yes: it needs one of the needles or an encoded word.
    pub fn is_candidate(&self, from: &[u8]) -> bool {
        if let Some(needles) = &self.needles {
            let lower = from.to_ascii_lowercase();
            let has_needle = needles.iter().any(|needle| needle.find(&lower).is_some());
            if !has_needle && memmem::find(from, b"=?").is_none() {
                return false;
            }
        }
        // Several From fields: a forger's trick, and worth reading.
        from.split(|byte| *byte == b'\n').any(|field| is_candidate(self.rules, &String::from_utf8_lossy(field)))
    }
}
