//! The texts for people: each is there in every language, with the same gaps, and each is used.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const LANGUAGES: [&str; 2] = ["de", "en"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Name to gaps of every text in one file; a file with a line that Fluent cannot read fails the test.
fn texts(file: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let source = std::fs::read_to_string(file).unwrap();
    let resource = fluent_bundle::FluentResource::try_new(source.clone());
    assert!(resource.is_ok(), "{}: {:?}", file.display(), resource.err().map(|(_, errors)| errors));
    let mut texts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut name = String::new();
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        if let Some((key, _)) = line.split_once(" =").filter(|(key, _)| !key.starts_with(' ')) {
            name = key.to_owned();
            assert!(texts.insert(name.clone(), BTreeSet::new()).is_none(), "{}: {name} is there twice", file.display());
        }
        for (at, _) in line.match_indices('$') {
            let gap = line[at + 1..].split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next().unwrap();
            texts.get_mut(&name).unwrap().insert(gap.to_owned());
        }
    }
    texts
}

fn files(language: &str) -> BTreeSet<String> {
    let entries = std::fs::read_dir(root().join("locales").join(language)).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn all(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let folder = root().join("locales").join(language);
    let mut all = BTreeMap::new();
    for file in files(language) {
        for (name, gaps) in texts(&folder.join(&file)) {
            assert!(all.insert(name.clone(), gaps).is_none(), "{language}: {name} stands in two files");
        }
    }
    all
}

/// The program's text, without its comments and unit tests.
fn code() -> String {
    fn walk(folder: &Path, code: &mut String) {
        let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                walk(&path, code);
            } else {
                let text = std::fs::read_to_string(&path).unwrap();
                let text = text.split("#[cfg(test)]").next().unwrap();
                code.extend(
                    text.lines().filter(|line| !line.trim_start().starts_with("//")).map(|line| format!("{line}\n")),
                );
            }
        }
    }
    let mut code = String::new();
    walk(&root().join("src"), &mut code);
    code
}

#[test]
fn every_text_is_there_in_every_language_in_the_same_file_with_the_same_gaps() {
    let [first, rest @ ..] = LANGUAGES;
    for language in rest {
        assert_eq!(files(first), files(language));
        for file in files(first) {
            let path = |language: &str| root().join("locales").join(language).join(&file);
            assert_eq!(texts(&path(first)), texts(&path(language)), "{file}: {first} and {language} differ");
        }
    }
}

#[test]
fn every_file_comes_with_the_program() {
    let list = std::fs::read_to_string(root().join("src/locale/files.rs")).unwrap();
    for language in LANGUAGES {
        let line = list.lines().find(|line| line.contains(&format!("shipped![\"{language}\":"))).unwrap();
        for file in files(language) {
            let name = file.trim_end_matches(".ftl");
            assert!(line.contains(&format!("\"{name}\"")), "{language}/{file} is not in src/locale/files.rs");
        }
    }
}

/// What edges say is recognised by its English words (`src/locale/faults.rs`): they must still be what the code says.
#[test]
fn every_fault_is_worded_as_the_code_has_it() {
    let file = std::fs::read_to_string(root().join("locales/en/faults.ftl")).unwrap();
    // A text over several lines of code, and quotes in it, are written differently there.
    let code = code().replace("\\\"", "\"").replace("\\\n", " ");
    let code = code.split_whitespace().collect::<Vec<_>>().join(" ");
    for line in file.lines().filter(|line| line.starts_with("fault-")) {
        let (name, text) = line.split_once(" = ").unwrap();
        // Between gaps; short pieces such as ": " say nothing.
        for piece in text.split(['{', '}']).step_by(2).map(str::trim).filter(|piece| piece.len() > 8) {
            let piece = piece.trim_matches([' ', ':', ';', '(', ')', '$', '"', '=', '`']);
            assert!(code.contains(piece), "{name}: nobody says {piece:?}");
        }
    }
}

#[test]
fn every_text_that_is_asked_for_is_there_and_every_text_is_used() {
    // What is said of mail hosts is named in the table of hosts.
    let hosts = std::fs::read_to_string(root().join("hosts.toml")).unwrap();
    let (code, known) = (code() + &hosts, all("en"));
    for (call, before_the_name) in [("say!(", ','), ("phrase!(", '(')] {
        for (at, _) in code.match_indices(call) {
            // `say!(locale, "name", ...)`; a name that is computed is looked for by the debug build itself.
            let call: String = code[at..].chars().take(200).collect();
            let name = call.split_once(before_the_name).and_then(|(_, rest)| rest.trim_start().strip_prefix('"'));
            if let Some((name, _)) = name.and_then(|rest| rest.split_once('"')) {
                assert!(known.contains_key(name), "no text {name}, which the code asks for");
            }
        }
    }
    // The texts of the command line's help are asked for by the command's and argument's name.
    let unused = known.keys().filter(|name| !name.starts_with("help-") && !code.contains(&format!("\"{name}\"")));
    assert_eq!(unused.collect::<Vec<_>>(), Vec::<&String>::new());
}
