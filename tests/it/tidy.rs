//! The house rules that a text scan can watch: layers, clocks, sizes, words.

#[path = "tidy/faults.rs"]
mod faults;
#[path = "tidy/references.rs"]
mod references;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// From the core outwards. A module may use modules of an earlier layer, and of its own layer none but itself.
const LAYERS: &[&[&str]] = &[
    &["model"],
    &["locale"],
    &["rules"],
    &["decide"],
    &["config"],
    &["mail", "dns", "imap", "files", "store", "evidence", "notify", "systemd"],
    &["daemon"],
    &["cli"],
];

/// Only the shell may ask what time it is.
const CLOCKS: &[&str] = &["Timestamp::now", "SystemTime::now", "ZonedDateTime::now", "Utc::now", "Local::now"];

const CORE: &[&str] = &["model", "locale", "rules", "decide"];

/// What the core must not touch: IO, concurrency, logging.
const NOT_IN_CORE: &[&str] =
    &["std::fs", "std::net", "std::process", "std::thread", "std::env", "tokio", "tracing::", "rusqlite", "async fn"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file under `folder` with the part that is not comments: path from the project's root, text.
fn sources(folder: &str) -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let mut paths = Vec::new();
    walk(&root().join(folder), &mut paths);
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let code = text.lines().map(|line| if line.trim_start().starts_with("//") { "" } else { line });
        (name, code.collect::<Vec<_>>().join("\n"))
    };
    paths.into_iter().map(read).collect()
}

fn module_of(file: &str) -> &str {
    let path = file.trim_start_matches("src/");
    path.split_once('/').map_or(path.trim_end_matches(".rs"), |(module, _)| module)
}

fn is_tests(file: &str) -> bool {
    file.ends_with("tests.rs") || file.contains("/tests/")
}

/// The text before the unit tests: those may use what the code may not.
fn without_tests(code: &str) -> &str {
    code.split("#[cfg(test)]").next().unwrap_or(code)
}

#[test]
fn a_module_uses_only_lower_layers() {
    let layer: BTreeMap<&str, usize> = LAYERS
        .iter()
        .enumerate()
        .flat_map(|(depth, modules)| modules.iter().map(move |module| (*module, depth)))
        .collect();
    let mut wrong = Vec::new();
    for (file, code) in sources("src") {
        let module = module_of(&file);
        if matches!(module, "main" | "lib") {
            continue;
        }
        let own = layer.get(module).unwrap_or_else(|| panic!("{file}: module {module} has no layer in this test"));
        for (at, _) in code.match_indices("crate::") {
            let used = code[at + 7..].split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default();
            if let Some(used_layer) = layer.get(used)
                && used != module
                && used_layer >= own
            {
                wrong.push(format!("{file} uses {used}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_core_is_pure_and_only_the_shell_has_a_clock() {
    let mut wrong = Vec::new();
    for (file, code) in sources("src") {
        let module = module_of(&file);
        let code = without_tests(&code);
        if !matches!(module, "daemon" | "cli" | "main" | "lib") {
            wrong.extend(CLOCKS.iter().filter(|clock| code.contains(**clock)).map(|clock| format!("{file}: {clock}")));
        }
        if CORE.contains(&module) && !is_tests(&file) {
            wrong.extend(NOT_IN_CORE.iter().filter(|word| code.contains(**word)).map(|word| format!("{file}: {word}")));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn sql_stands_only_in_the_store() {
    let mut wrong = Vec::new();
    for (file, code) in sources("src") {
        let sql = ["INSERT INTO", "DELETE FROM", " WHERE ", "PRAGMA "].iter().any(|word| code.contains(word));
        if sql && module_of(&file) != "store" {
            wrong.push(file);
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn no_file_is_a_hall_and_no_module_has_an_empty_name() {
    const EMPTY_NAMES: &[&str] = &["utils", "util", "helpers", "common", "types", "manager", "service", "misc"];
    let mut wrong = Vec::new();
    for (file, code) in sources("src") {
        let lines = without_tests(&code).lines().filter(|line| !line.trim().is_empty()).count();
        if lines > 400 && !is_tests(&file) {
            wrong.push(format!("{file}: {lines} lines of code"));
        }
        let name = Path::new(&file).file_stem().unwrap().to_string_lossy();
        if EMPTY_NAMES.contains(&name.as_ref()) || file.split('/').any(|part| EMPTY_NAMES.contains(&part)) {
            wrong.push(format!("{file}: says nothing"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_crate_that_is_declared_is_used() {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let section = |name: &str| -> BTreeSet<String> {
        let start = manifest.find(&format!("\n[{name}]\n")).unwrap() + name.len() + 4;
        let body = manifest[start..].split("\n[").next().unwrap();
        body.lines()
            .filter_map(|line| line.split_once('='))
            .map(|(key, _)| key.trim().to_owned())
            .filter(|key| !key.starts_with('#'))
            .collect()
    };
    let production: String = sources("src").into_iter().map(|(_, code)| code).collect();
    let tests: String = sources("tests").into_iter().map(|(_, code)| code).collect::<String>() + &production;
    let unused = |names: BTreeSet<String>, code: &str| -> Vec<String> {
        names.into_iter().filter(|name| !code.contains(&format!("{}::", name.replace('-', "_")))).collect()
    };
    assert_eq!(unused(section("dependencies"), &production), Vec::<String>::new());
    assert_eq!(unused(section("dev-dependencies"), &tests), Vec::<String>::new());
}
