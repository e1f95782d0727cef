//! What a comment or a page points to exists: documents, their sections, the numbered points.

use std::path::{Path, PathBuf};

use super::root;

/// Every text of the project that points somewhere.
fn texts() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let speaks = |extension: &str| ["rs", "md", "toml", "sql"].contains(&extension);
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| speaks(&extension.to_string_lossy())) {
                found.push(path);
            }
        }
    }
    let mut paths: Vec<PathBuf> =
        ["README.md", "README.de.md", "CHANGELOG.md", "CONTRIBUTING.md"].map(|name| root().join(name)).to_vec();
    for folder in ["src", "rules", "docs", "migrations", "examples", "tests/it"] {
        walk(&root().join(folder), &mut paths);
    }
    // This file has names in it that are looked for, and no reference.
    paths.retain(|path| !path.ends_with("tidy/references.rs"));
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())).collect()
}

/// The documents that a text names: `docs/DOMAIN.md`, `README.md`.
fn documents(text: &str) -> Vec<&str> {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '/');
    let names = text.split(|c: char| !part(c)).map(|name| name.trim_matches(['.', '/']));
    names.filter(|name| name.strip_suffix(".md").is_some_and(|stem| stem.len() > 1 && !stem.ends_with('/'))).collect()
}

#[test]
fn every_document_that_is_named_exists() {
    let mut missing = Vec::new();
    for (path, text) in texts() {
        let beside = path.parent().unwrap().to_owned();
        for name in documents(&text) {
            let places = [root().join(name), root().join("docs").join(name), beside.join(name)];
            if !places.iter().any(|place| place.exists()) {
                missing.push(format!("{}: {name}", path.display()));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_point_and_section_that_is_cited_exists() {
    let read = |name: &str| std::fs::read_to_string(root().join("docs").join(name)).unwrap();
    let (domain, contract) = (read("DOMAIN.md"), read("CONTRACT.md"));
    let mut cited = 0;
    let mut missing = Vec::new();
    for (path, text) in texts() {
        let text = text.replace("\n//!", "").replace("\n///", "").to_lowercase();
        let mut check = |opening: &str, exists: &dyn Fn(&str) -> bool| {
            for behind in text.split(opening).skip(1) {
                let number: String = behind.chars().take_while(char::is_ascii_digit).collect();
                if !number.is_empty() {
                    cited += 1;
                    if !exists(&number) {
                        missing.push(format!("{}: {opening}{number}", path.display()));
                    }
                }
            }
        };
        check("docs/domain.md, point ", &|number| domain.contains(&format!("\n{number}. ")));
        check("contract section ", &|number| contract.contains(&format!("\n## {number}. ")));
        check("contract, promise ", &|number| contract.contains(&format!("\n{number}. ")));
        for behind in text.split("docs/domain.md, \"").skip(1) {
            let title = behind.split('"').next().unwrap_or_default();
            if !domain.to_lowercase().contains(&format!("## {title}\n")) {
                missing.push(format!("{}: section {title}", path.display()));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
    assert!(cited > 10, "only {cited} citations were found");
}
