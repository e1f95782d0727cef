//! The shipped rules, read once: a debug build needs a third of a second for it.

use std::sync::LazyLock;

use confirmd::rules::RuleSet;

static RULES: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::parse(RuleSet::shipped()).unwrap());

pub fn shipped() -> &'static RuleSet {
    &RULES
}
