//! `confirmd rules check`: every slip with file, line and a hint, in both languages. Nothing here runs a rule.

use crate::support::confirmd::{Confirmd, FACEBOOK};

/// A rule in which one line can go wrong: line 7.
fn rule(line: &str) -> String {
    format!(
        "language = \"en\"\n[[rule]]\nid = \"own\"\nkind = \"refused\"\nstatus = \"seen\"\nsource = \"a mail\"\n{line}\n"
    )
}

fn entry(phrase: &str) -> String {
    format!(
        "language = \"en\"\n\n[lexicon]\nai = [{{ phrase = \"{phrase}\", status = \"seen\", source = \"a mail\" }}]\n"
    )
}

/// What is written, what is said in English, and in German; `FILE` stands for the file's name.
fn slips() -> Vec<(&'static str, Vec<u8>, &'static str, &'static str)> {
    let long = entry(&"word ".repeat(61));
    let huge = "# a comment\n".repeat(100_000);
    let texts = vec![
        (
            "key",
            rule("sentense = [\"a word\"]"),
            "FILE:7: not a rule file: unknown field `sentense`, expected",
            "FILE:7: keine Regeldatei: das Feld `sentense` gibt es nicht; möglich:",
        ),
        (
            "kind",
            rule("sentence = [\"a word\"]").replace("refused", "accepted"),
            "FILE:4: not a rule file: `accepted` is not one of",
            "FILE:4: keine Regeldatei: `accepted` is not one of",
        ),
        (
            "toml",
            "language = \"en\"\n[[rule]\nid = \"own\"\n".to_owned(),
            "FILE:2: not a rule file: ",
            "FILE:2: keine Regeldatei: ",
        ),
        (
            "sender",
            "\n[[sender]]\nstatus = \"seen\"\nsource = \"a mail\"\n".to_owned(),
            "FILE:2: not a rule file: missing field `domain`",
            "FILE:2: keine Regeldatei: das Feld `domain` fehlt",
        ),
        (
            "domain",
            "[[sender]]\ndomain = \"@Meta.com\"\nstatus = \"seen\"\nsource = \"a mail\"\n".to_owned(),
            "FILE:2: sender `@Meta.com`: write the domain as in `facebookmail.com`: lower case",
            "FILE:2: Absender `@Meta.com`: schreiben Sie die Domain wie `facebookmail.com`: klein",
        ),
        (
            "class",
            rule("sentence = [\"@refusa\"]"),
            "FILE:7: rule `own`, `sentence`: there is no class `refusa` of language `en`; did you mean `@refusal`?",
            "FILE:7: Regel `own`, `sentence`: eine Klasse `refusa` der Sprache `en` gibt es nicht; meinten Sie `@refusal`?",
        ),
        (
            "nowhere",
            rule("sentence = [\"@any.nonesuch\"]"),
            "FILE:7: rule `own`, `sentence`: there is no class `nonesuch`; add `nonesuch = [...]`",
            "FILE:7: Regel `own`, `sentence`: eine Klasse `nonesuch` gibt es nicht; ergänzen Sie `nonesuch = [...]`",
        ),
        (
            "elsewhere",
            rule("sentence = [\"@dee.objection\"]"),
            "FILE:7: rule `own`, `sentence`: there is no class `objection` of language `dee`; no rule file is in",
            "FILE:7: Regel `own`, `sentence`: eine Klasse `objection` der Sprache `dee` gibt es nicht; keine Regeldatei",
        ),
        (
            "unasked",
            entry("words of mine").replace("ai =", "honor ="),
            "FILE:4: class `honor`: no rule asks for a class `honor`; did you mean `honour`?",
            "FILE:4: Klasse `honor`: nach einer Klasse `honor` fragt keine Regel; meinten Sie `honour`?",
        ),
        (
            "own",
            entry("words of mine").replace("ai =", "mine ="),
            "FILE:4: class `mine`: no rule asks for a class `mine`; take one that is there, or name `@mine` in a rule",
            "FILE:4: Klasse `mine`: nach einer Klasse `mine` fragt keine Regel; nehmen Sie eine vorhandene, oder nennen Sie `@mine`",
        ),
        (
            "outside",
            "language = \"en\"\nplain = [{ phrases = [\"henceforth\"], status = \"seen\", source = \"a mail\" }]\n"
                .to_owned(),
            "FILE:2: not a rule file: `plain` is a class; write it below `[lexicon]`",
            "FILE:2: keine Regeldatei: `plain` ist eine Klasse; schreiben Sie sie unter `[lexicon]`",
        ),
        (
            "list",
            entry("one").replace("\"one\"", "[\"one\", \"two\"]"),
            "FILE:4: not a rule file: a list stands where one text is expected; several phrases are written `phrases = [...]`",
            "FILE:4: keine Regeldatei: hier steht eine Liste, wo ein Text stehen muss",
        ),
        (
            "quote",
            entry("one").replace("one\"", "one"),
            "look here and in the line above for a quotation mark, comma or bracket that is missing",
            "suchen Sie hier und in der Zeile darüber ein Anführungszeichen",
        ),
        (
            "curly",
            entry("one").replace("\"one\"", "“one”"),
            "or a quotation mark that is curly",
            "oder ein Anführungszeichen, das nicht gerade ist",
        ),
        (
            "dots",
            entry("your objection .. honoured"),
            "FILE:4: class `ai`: `your objection .. honoured` `..` is no gap; write ` ... `",
            "FILE:4: Klasse `ai`: `your objection .. honoured`: `..` ist keine Lücke; schreiben Sie ` ... `",
        ),
        (
            "within",
            entry("@objection"),
            "FILE:4: class `ai`: `@objection` is a class, and a class holds only phrases",
            "FILE:4: Klasse `ai`: `@objection` ist eine Klasse, und eine Klasse enthält nur Wendungen",
        ),
        (
            "twice",
            format!(
                "{}{}",
                rule("sentence = [\"a word\"]"),
                rule("sentence = [\"a word\"]").replace("language = \"en\"\n", "")
            ),
            "FILE:9: rule `own`: this id stands twice in the file",
            "FILE:9: Regel `own`: diese id steht zweimal in der Datei",
        ),
        (
            "language",
            rule("sentence = [\"a word\"]").replace("\"en\"", "\"English\""),
            "FILE:1: `language`: `English` is no language's short name",
            "FILE:1: `language`: `English` ist kein Kürzel einer Sprache",
        ),
        (
            "lexicon",
            rule("sentence = [\"a word\"]").replace("\"en\"", "\"xx\""),
            "there is no class `condition` of language `xx`; add `condition = [...]`",
            "eine Klasse `condition` der Sprache `xx` gibt es nicht; ergänzen Sie `condition = [...]`",
        ),
        (
            "none",
            "[lexicon]\nai = [{ phrase = \"AI\", status = \"seen\", source = \"a mail\" }]\n".to_owned(),
            "FILE: the file: rules and phrases need a language",
            "FILE: die Datei: Regeln und Wendungen brauchen eine Sprache",
        ),
        ("empty", entry(""), "FILE:4: class `ai`: `` has no words", "FILE:4: Klasse `ai`: `` hat keine Wörter"),
        (
            "list",
            rule("sentence = [[]]"),
            "FILE:7: rule `own`, `sentence`: an empty list can never hold",
            "FILE:7: Regel `own`, `sentence`: eine leere Liste trifft nie zu",
        ),
        (
            "long",
            long,
            "has more than 60 words; write the telling ones",
            "hat mehr als 60 Wörter; schreiben Sie die bezeichnenden",
        ),
        (
            "huge",
            huge,
            "FILE: the file: has more than 1 MB; that is no rule file",
            "FILE: die Datei: hat mehr als 1 MB; das ist keine Regeldatei",
        ),
        (
            "bracket",
            rule("sentence = [\"a (word\"]"),
            "FILE:7: rule `own`, `sentence`: `a (word` the bracket `(` is never closed",
            "FILE:7: Regel `own`, `sentence`: `a (word`: die Klammer `(` wird nie geschlossen",
        ),
        ("star", rule("sentence = [\"w*\"]"), "`w*` would match nearly every word", "`w*` träfe fast jedes Wort"),
        ("gap", rule("sentence = [\"... word\"]"), "`...` stands between words", "`...` steht zwischen Wörtern"),
        (
            "sentence",
            rule("anywhere = [\"a word\"]"),
            "FILE:3: rule `own`: needs `sentence = [...]`",
            "FILE:3: Regel `own`: braucht `sentence = [...]`",
        ),
        (
            "source",
            rule("sentence = [\"a word\"]").replace("a mail", " "),
            "FILE:6: rule `own`: say in `source` where the words come from",
            "FILE:6: Regel `own`: sagen Sie in `source`, woher die Worte stammen",
        ),
        (
            "status",
            rule("sentence = [\"a word\"]").replace("\"seen\"", "\"sure\""),
            "FILE:5: not a rule file: `sure` is not one of seen",
            "FILE:5: keine Regeldatei: `sure` is not one of seen",
        ),
        (
            "greeting",
            "language = \"en\"\n[capture]\ngreeting = [{ phrase = \"Hi\", status = \"seen\", source = \"a mail\" }]\n"
                .to_owned(),
            "FILE:3: capture, `greeting`: `Hi` must contain NAME once",
            "FILE:3: capture, `greeting`: `Hi` muss einmal NAME enthalten",
        ),
    ];
    let mut slips: Vec<_> = texts.into_iter().map(|(name, text, en, de)| (name, text.into_bytes(), en, de)).collect();
    let latin1 = b"language = \"de\"\n# Gr\xfc\xdfe\n".to_vec();
    slips.push((
        "latin1",
        latin1,
        "FILE:2: the file: is not written in UTF-8; save it anew",
        "FILE:2: die Datei: ist nicht in UTF-8 geschrieben; speichern Sie",
    ));
    slips
}

#[test]
fn every_slip_is_said_with_file_line_and_a_hint_in_both_languages() {
    let confirmd = Confirmd::with(FACEBOOK);
    let mut wrong = Vec::new();
    for (name, text, english, german) in slips() {
        let file = confirmd.path().join(format!("{name}.toml"));
        std::fs::write(&file, text).unwrap();
        let file = file.to_str().unwrap();
        for (language, said) in [("en", english), ("de", german)] {
            let run = confirmd.run(&["--lang", language, "rules", "check", file]);
            let said = said.replace("FILE", file);
            if run.code != 2 || !run.stdout.is_empty() || !run.stderr.contains(&said) {
                wrong.push(format!("{name} should say {said}\n  says {run:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_no_file_is_said_and_the_others_are_checked_all_the_same() {
    let confirmd = Confirmd::with(FACEBOOK);
    let (folder, missing) = (confirmd.path().join("folder.toml"), confirmd.path().join("missing.toml"));
    std::fs::create_dir(&folder).unwrap();
    let fine = confirmd.path().join("fine.toml");
    std::fs::write(&fine, rule("sentence = [\"a word\"]")).unwrap();
    let files = [&folder, &missing, &fine].map(|path| path.to_str().unwrap());
    let run = confirmd.run(&["rules", "check", files[0], files[1], files[2]]);
    assert_eq!((run.code, run.stdout), (2, format!("{}: right, 1 rule, 0 phrases\n", files[2])), "{}", run.stderr);
    let said = [
        format!("{}: the file: is a folder; name the files in it", files[0]),
        format!("{}: the file: cannot be read: No such file or directory (os error 2)", files[1]),
    ];
    assert_eq!(run.stderr.lines().collect::<Vec<_>>(), said);
}

#[test]
fn what_editors_do_to_a_file_is_no_slip() {
    let confirmd = Confirmd::with(FACEBOOK);
    let fine = rule("sentence = [\"a word\"]");
    let variants = [
        ("bom", format!("\u{feff}{fine}")),
        ("crlf", fine.replace('\n', "\r\n")),
        ("both", format!("\u{feff}{}", fine.replace('\n', "\r\n"))),
        ("end", fine.trim_end().to_owned()),
    ];
    for (name, text) in variants {
        let file = confirmd.path().join(format!("{name}.toml"));
        std::fs::write(&file, text).unwrap();
        let file = file.to_str().unwrap();
        let run = confirmd.run(&["rules", "check", file]);
        assert_eq!(
            (run.code, run.stdout),
            (0, format!("{file}: right, 1 rule, 0 phrases\n")),
            "{name}: {}",
            run.stderr
        );
    }
    let empty = confirmd.path().join("empty.toml");
    std::fs::write(&empty, "").unwrap();
    assert_eq!(confirmd.run(&["rules", "check", empty.to_str().unwrap()]).code, 0, "an empty file has no slip");
    // One behind a byte order mark is found in its line all the same.
    let broken = confirmd.path().join("broken.toml");
    std::fs::write(&broken, format!("\u{feff}{}", rule("sentence = [[]]"))).unwrap();
    let run = confirmd.run(&["rules", "check", broken.to_str().unwrap()]);
    assert!(run.stderr.contains("broken.toml:7: rule `own`"), "{}", run.stderr);
}

#[test]
fn a_slip_in_rules_d_is_said_in_german_by_every_command() {
    let confirmd = Confirmd::with(FACEBOOK);
    let folder = confirmd.config_path().with_file_name("rules.d");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("own.toml"), rule("sentence = [\"@refusa\"]")).unwrap();
    for command in ["list", "check"] {
        let run = confirmd.run(&["--lang", "de", "rules", command]);
        assert_eq!(run.code, 2);
        assert!(run.stderr.contains("own.toml:7: Regel `own`, `sentence`: eine Klasse `refusa`"), "{}", run.stderr);
    }
}

#[test]
fn what_was_read_of_rules_d_is_said_also_without_a_configuration() {
    let confirmd = Confirmd::with(FACEBOOK);
    let folder = confirmd.config_path().with_file_name("rules.d");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("own.toml"), entry("words of mine")).unwrap();
    let said = format!("{}: right, 0 rules, 1 phrase\n", folder.join("own.toml").display());
    let run = confirmd.run(&["rules", "check"]);
    assert!(run.code == 0 && run.stdout.ends_with(&said), "{run:?}");

    // The usual place, before anybody has written a configuration there.
    let home = tempfile::tempdir().unwrap();
    let usual = home.path().join("confirmd/rules.d");
    std::fs::create_dir_all(&usual).unwrap();
    std::fs::write(usual.join("own.toml"), entry("words of mine")).unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_confirmd"));
    command.env_clear().env("HOME", home.path()).env("XDG_CONFIG_HOME", home.path()).args(["rules", "check"]);
    let output = command.output().unwrap();
    let said = format!("{}: right, 0 rules, 1 phrase\n", usual.join("own.toml").display());
    assert!(String::from_utf8_lossy(&output.stdout).ends_with(&said), "{output:?}");
}
