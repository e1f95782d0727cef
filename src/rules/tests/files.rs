use crate::rules::RuleSet;

#[test]
fn shipped_rules_parse() {
    if let Err(errors) = RuleSet::parse(RuleSet::shipped()) {
        panic!("{}", errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    }
}
