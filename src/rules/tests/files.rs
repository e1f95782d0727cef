//! Rule files: the shipped ones, a person's own beside them, and slips.

use super::{EN, RULES, mail};
use crate::model::kind::Kind;
use crate::rules::{RuleSet, RuleStatus, Source, recognise};

fn with(own: &str) -> Result<RuleSet, Vec<String>> {
    let files: Vec<Source<'_>> =
        RuleSet::shipped().iter().copied().chain([Source { name: "rules.d/own.toml", text: own }]).collect();
    RuleSet::parse(&files).map_err(|errors| errors.iter().map(ToString::to_string).collect())
}

#[test]
fn every_shipped_file_is_embedded() {
    let directory = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut on_disk: Vec<String> = std::fs::read_dir(directory)
        .unwrap()
        .map(|entry| format!("rules/{}", entry.unwrap().file_name().into_string().unwrap()))
        .collect();
    on_disk.sort();
    let mut embedded: Vec<&str> = RuleSet::shipped().iter().map(|source| source.name).collect();
    embedded.sort_unstable();
    assert_eq!(embedded, on_disk, "add the file to the list in src/rules/shipped.rs");
}

#[test]
fn every_rule_says_what_it_is_and_where_it_comes_from() {
    let of = |id: &str| RULES.rules().find(|rule| rule.id == id).unwrap();
    let seen = of("en-honoured");
    assert_eq!((seen.kind, seen.language.as_str(), seen.status), (Kind::Honoured, "en", RuleStatus::Seen));
    assert_eq!(seen.file, "rules/en.toml");
    assert!(seen.source.contains("discuss.grapheneos.org"));
    for rule in RULES.rules() {
        assert!(rule.id.starts_with(&rule.language), "{} is a rule of {}", rule.id, rule.language);
        if rule.status == RuleStatus::Guess {
            assert!(rule.source.starts_with("guess: "), "{} must say that it is a guess", rule.id);
        }
    }
}

#[test]
fn every_language_has_a_rule_for_every_kind() {
    let kinds = [Kind::Code, Kind::Receipt, Kind::Honoured, Kind::InfoRequest, Kind::Refused, Kind::Notice];
    for language in ["de", "en"] {
        for kind in kinds {
            let found = RULES.rules().any(|rule| rule.language == language && rule.kind == kind);
            assert!(found, "no rule of {language} for {kind}");
        }
    }
}

#[test]
fn a_persons_rule_adds_replaces_or_ends_a_shipped_one() {
    let text = "Your objection makes us happy.";
    let kind =
        |rules: &RuleSet| recognise(rules, &mail(EN, text), false).recognition.map(|found| (found.kind, found.rule));

    let added = r#"
        language = "en"
        [[rule]]
        id = "own-happy"
        kind = "honoured"
        status = "seen"
        source = "a mail of 2026-01-02"
        sentence = ["objection makes us happy"]
    "#;
    assert_eq!(kind(&with("").unwrap()), None);
    assert_eq!(kind(&with(added).unwrap()), Some((Kind::Honoured, Some("own-happy".to_owned()))));

    let phrase = r#"
        language = "en"
        [lexicon]
        honour = [{ phrase = "objection makes us happy", status = "seen", source = "a mail of 2026-01-02" }]
    "#;
    assert_eq!(kind(&with(phrase).unwrap()), Some((Kind::Honoured, Some("en-honoured".to_owned()))));

    let replaced = with(&added.replace("own-happy", "en-honoured")).unwrap();
    let ids: Vec<&str> =
        replaced.rules().filter(|rule| rule.id == "en-honoured").map(|rule| rule.file.as_str()).collect();
    assert_eq!(ids, ["rules.d/own.toml"]);
    let message = mail(EN, "We will honour your objection.");
    assert_eq!(recognise(&replaced, &message, false).recognition, None);

    let ended = with(
        r#"
        language = "en"
        [[rule]]
        id = "en-honoured"
        kind = "honoured"
        status = "seen"
        source = "it misfires here"
        off = true
    "#,
    )
    .unwrap();
    assert_eq!(ended.rules().filter(|rule| rule.id == "en-honoured").count(), 0);
}

#[test]
fn what_always_holds_holds_for_a_persons_rule_too() {
    let rules = with(
        r#"
        language = "en"
        [[rule]]
        id = "own"
        kind = "honoured"
        status = "seen"
        source = "a mail"
        sentence = ["makes us happy"]
    "#,
    )
    .unwrap();
    let honoured = |subject: &str, text: &str| {
        recognise(&rules, &mail(subject, text), true).recognition.is_some_and(|found| found.kind == Kind::Honoured)
    };
    assert!(honoured(EN, "Your objection makes us happy."));
    for text in [
        "If accepted, your objection makes us happy.",
        "Your objection never makes us happy.",
        "We will email you that your objection makes us happy.",
        "Does it help that your objection makes us happy?",
        "They wrote \"your objection makes us happy\".",
        "Bob commented on your post: your objection makes us happy.",
    ] {
        assert!(!honoured(EN, text), "{text}");
    }
    assert!(!honoured("A subject without any anchor", "Your objection makes us happy."));
}

#[test]
fn slips_are_reported_with_file_line_and_a_hint() {
    let rule = |fields: &str| {
        format!(
            "language = \"en\"\n[[rule]]\nid = \"own\"\nkind = \"refused\"\nstatus = \"seen\"\nsource = \"x\"\n{fields}"
        )
    };
    let cases: &[(String, &str)] = &[
        ("language = ".to_owned(), "rules.d/own.toml:1: not a rule file: "),
        ("langage = \"en\"".to_owned(), "rules.d/own.toml:1: not a rule file: unknown field `langage`"),
        (rule("sentense = [\"a word\"]"), "rules.d/own.toml:7: not a rule file: unknown field `sentense`"),
        (
            rule("sentence = [\"a (word\"]"),
            "rules.d/own.toml:7: rule `own`, `sentence`: `a (word` the bracket `(` is never closed",
        ),
        (
            rule("sentence = [\"@refusa\"]"),
            "rules.d/own.toml:7: rule `own`, `sentence`: there is no class `refusa` of language `en`; did you mean `@refusal`?",
        ),
        (
            rule("sentence = [\"@any.nonesuch\"]"),
            "there is no class `nonesuch`; add `nonesuch = [...]` under `[lexicon]`",
        ),
        (rule("anywhere = [\"a word\"]"), "rules.d/own.toml:3: rule `own`: needs `sentence = [...]`"),
        (rule("sentence = [[]]"), "an empty list can never hold"),
        (rule("sentence = [\"a word\"]").replace("refused", "unrecognised"), "`unrecognised` is what remains"),
        (rule("sentence = [\"a word\"]").replace("refused", "accepted"), "`accepted` is not one of"),
        (rule("sentence = [\"a word\"]").replace("\"x\"", "\" \""), "say in `source` where the words come from"),
        (rule("sentence = [\"a word\"]").replace("status = \"seen\"\n", ""), "missing field `status`"),
        (rule("sentence = [\"a word\"]").replace("language = \"en\"\n", ""), "rules and phrases need a language"),
        (rule("sentence = [\"a word\"]").replace("\"en\"", "\"xx\""), "there is no class `condition` of language `xx`"),
        (
            "language = \"en\"\n[lexicon]\nai = [{ status = \"seen\", source = \"x\" }]".to_owned(),
            "class `ai`: an entry needs `phrase",
        ),
        (
            "language = \"en\"\n[capture]\ngreeting = [{ phrase = \"Hi\", status = \"seen\", source = \"x\" }]"
                .to_owned(),
            "`Hi` must contain NAME once",
        ),
        (
            "[[sender]]\ndomain = \"@meta.com\"\nstatus = \"seen\"\nsource = \"x\"".to_owned(),
            "rules.d/own.toml:2: sender `@meta.com`: write the domain as in",
        ),
        (
            "[[sender]]\ndomain = \"meta.com\"\nneedle = \"facebook\"\nstatus = \"seen\"\nsource = \"x\"".to_owned(),
            "`needle` must be a part of the domain",
        ),
        (
            "[[sender]]\ndomain = \"meta.com\"\nlocal = \"a\"\nstatus = \"seen\"\nsource = \"x\"".to_owned(),
            "end it with `*`",
        ),
    ];
    for (text, expected) in cases {
        let errors = with(text).unwrap_err();
        assert!(errors.iter().any(|error| error.contains(expected)), "{text}\nshould say {expected}\nsays {errors:#?}");
    }
}

#[test]
fn all_slips_of_all_files_are_reported_at_once() {
    let broken = [Source { name: "a.toml", text: "x = 1" }, Source { name: "b.toml", text: "[[sender]]\ndomain = 1" }];
    let errors = RuleSet::parse(&broken).unwrap_err();
    let places: Vec<(&str, Option<usize>)> = errors.iter().map(|error| (error.file.as_str(), error.line)).collect();
    assert_eq!(places, [("a.toml", Some(1)), ("b.toml", Some(2))]);
}

#[test]
fn the_fingerprint_changes_with_the_meaning_and_only_then() {
    let plain = with("").unwrap();
    let same = with("# a comment\nlanguage = \"en\"\n").unwrap();
    assert_eq!(same.fingerprint(), plain.fingerprint());
    let again = r#"
        language = "en"
        [lexicon]
        ai = [{ phrase = "AI at Meta", status = "guess", source = "elsewhere" }]
    "#;
    assert_eq!(
        with(again).unwrap().fingerprint(),
        plain.fingerprint(),
        "a phrase that is known already changes nothing"
    );

    let meanings = [
        "language = \"en\"\n[lexicon]\nai = [{ phrase = \"clever machines\", status = \"guess\", source = \"x\" }]",
        "language = \"en\"\nabbreviations = [\"abbrev.\"]",
        "language = \"en\"\nfunction_words = [\"whereas\"]",
        "language = \"en\"\n[capture]\nnot_a_name = [\"nobody\"]",
        "[[sender]]\ndomain = \"meta.example\"\nstatus = \"guess\"\nsource = \"x\"",
        "language = \"en\"\n[[rule]]\nid = \"own\"\nkind = \"code\"\nstatus = \"seen\"\nsource = \"x\"\nsubject = [\"a code\"]",
        "language = \"en\"\n[[coverage]]\nid = \"own\"\nstatus = \"seen\"\nsource = \"x\"\nsentence = [\"all accounts\"]",
    ];
    let mut seen = vec![plain.fingerprint()];
    for text in meanings {
        let rules = with(text).unwrap();
        assert!(!seen.contains(&rules.fingerprint()), "{text}");
        seen.push(rules.fingerprint());
    }
}

#[test]
fn the_manuals_first_example_does_what_it_says() {
    let manual = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/RULES.md")).unwrap();
    let block = manual.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let quoted: Vec<&str> = manual.lines().filter_map(|line| line.strip_prefix("> ")).collect();
    let message = mail("", &quoted.join("\n"));
    let kind = |rules: &RuleSet| recognise(rules, &message, true).recognition.map(|found| found.kind);
    assert_eq!(kind(&RULES), Some(Kind::Unrecognised));
    assert_eq!(kind(&with(block).unwrap()), Some(Kind::Honoured));
}
