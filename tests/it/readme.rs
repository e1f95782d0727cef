//! The documents tell the truth: their commands exist, their settings are taken, and the `status` in both READMEs is the one that the
//! demo shows.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use confirmd::config::Config;
use jiff::civil::date;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn document(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap()
}

/// The text of the fenced blocks of a language; of those without one for "".
fn blocks(text: &str, language: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut open: Option<(bool, String)> = None;
    for line in text.lines() {
        open = match (line.strip_prefix("```"), open) {
            (Some(tag), None) => Some((tag == language, String::new())),
            (Some(_), Some((wanted, block))) => {
                if wanted {
                    blocks.push(block);
                }
                None
            }
            (None, Some((wanted, block))) => Some((wanted, format!("{block}{line}\n"))),
            (None, None) => None,
        };
    }
    assert_eq!(open, None, "a block that does not end");
    blocks
}

fn run(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_confirmd")).args(arguments).output().unwrap();
    assert!(output.status.success(), "confirmd {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The commands that `confirmd --help` lists.
fn commands() -> BTreeSet<String> {
    let help = run(&["--help"]);
    let list = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    list.take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}

/// What is called in a document's code: command and options, e.g. `letter`, `["--kind"]`.
fn calls(text: &str) -> Vec<(String, Vec<String>)> {
    // Every other piece between fences is a block; code within a line stands between single marks.
    let prose: String = text.split("```").step_by(2).collect();
    let mut code: Vec<String> = prose.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    let called = |line: &&str| line.starts_with("    ") || line.starts_with("$ ");
    code.extend(text.lines().filter(called).map(str::to_owned));
    code.extend(blocks(text, "sh").concat().lines().map(str::to_owned));
    let mut calls = Vec::new();
    for span in code {
        let mut words = span.trim_start().trim_start_matches("$ ").split_whitespace();
        let command = words.next().filter(|word| *word == "confirmd").and_then(|_| words.next());
        let Some(command) = command.filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase())) else { continue };
        let own = words.take_while(|word| *word != "|" && !word.starts_with('#'));
        calls.push((command.to_owned(), own.filter(|word| word.starts_with("--")).map(str::to_owned).collect()));
    }
    calls
}

#[test]
fn every_command_and_option_that_is_named_exists() {
    let known = commands();
    let mut wrong = BTreeSet::new();
    for (name, least) in [
        ("README.md", 15),
        ("README.de.md", 15),
        ("docs/OPERATIONS.md", 10),
        ("CONTRIBUTING.md", 2),
        ("CHANGELOG.md", 1),
        ("templates/confirmd.1.txt", 0),
    ] {
        let calls = calls(&document(name));
        assert!(calls.len() >= least, "{name}: {calls:?}");
        for (command, options) in calls {
            if !known.contains(&command) {
                wrong.insert(format!("{name}: confirmd {command}"));
                continue;
            }
            let help = run(&[&command, "--help"]);
            for option in options.iter().filter(|option| !help.contains(option.as_str())) {
                wrong.insert(format!("{name}: confirmd {command} {option}"));
            }
        }
    }
    assert_eq!(wrong, BTreeSet::new(), "known are {known:?}");
}

#[test]
fn every_setting_that_is_shown_is_taken() {
    let env = |name: &str| (name == "HOME").then(|| OsString::from("/home/anna"));
    let parse = |text: &str| Config::from_text(text, Path::new("/etc/config.toml"), 0o600, &env, date(2025, 6, 30));
    let mut shown = Vec::new();
    for name in ["README.md", "README.de.md"] {
        let settings = blocks(&document(name), "toml");
        assert_eq!(settings.len(), 7, "{name}: accounts, four mailboxes, two ways to be told");
        for text in &settings {
            parse(text).unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
        }
        let all = parse(&settings.concat()).unwrap();
        assert_eq!((all.accounts.len(), all.mailboxes.len(), all.notify.len()), (2, 4, 2), "{name}");
        assert_eq!(all.warnings, Vec::new(), "{name}");
        shown.push((all.accounts, all.mailboxes, all.notify));
    }
    assert_eq!(shown[0], shown[1], "both languages show the same settings");
}

#[test]
fn both_readmes_say_the_same_in_the_same_order() {
    let outline = |name: &str| {
        let text = document(name);
        let fences: Vec<String> = text.lines().filter(|line| line.starts_with("```")).map(str::to_owned).collect();
        let headings = text.lines().filter(|line| line.starts_with("## ")).count();
        let commands: Vec<String> = text
            .lines()
            .filter_map(|line| line.strip_prefix("| `confirmd "))
            .filter_map(|row| row.split_once(" |").map(|(calls, _)| calls.to_owned()))
            .collect();
        (fences, headings, commands, blocks(&text, "sh"))
    };
    assert_eq!(outline("README.md"), outline("README.de.md"));
}

#[test]
fn every_file_that_is_linked_is_there() {
    let documents = [
        ("README.md", ""),
        ("README.de.md", ""),
        ("CONTRIBUTING.md", ""),
        ("SECURITY.md", ""),
        ("docs/OPERATIONS.md", "docs"),
    ];
    for (name, folder) in documents {
        let text = document(name);
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let files: Vec<&str> = targets.filter(|target| !target.starts_with("https://")).collect();
        assert!(!files.is_empty(), "{name}");
        for file in files {
            assert!(root().join(folder).join(file).exists(), "{name}: {file}");
        }
    }
}

/// Dates, times of day and ages made alike: `2026-11-25 (8 days ago)` becomes `0000-00-00 (0 days ago)`, a message's number stays.
fn without_dates(text: &str) -> String {
    let alike = |word: &str| {
        let (body, end) = match word.strip_suffix('.') {
            Some(body) => (body, "."),
            None => (word, ""),
        };
        let shape: String = body.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        if ["0000-00-00", "00.00.0000", "00:00", "(0", "(00", "(000"].contains(&shape.as_str()) {
            format!("{shape}{end}")
        } else {
            word.to_owned()
        }
    };
    let lines = text.lines().map(|line| line.split(' ').map(alike).collect::<Vec<_>>().join(" "));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_demo_shows_the_status_of_both_readmes_and_leaves_nothing_behind() {
    let temporary = tempfile::tempdir().unwrap();
    // The demo's server runs as a user of its own when the tests run as root.
    let open = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(temporary.path(), open).unwrap();
    let tools = tempfile::tempdir().unwrap();
    let in_both_languages = tools.path().join("confirmd");
    let program = env!("CARGO_BIN_EXE_confirmd");
    let script =
        format!("#!/bin/sh\n{program} \"$@\" || exit\n[ \"$*\" != status ] || exec {program} status --lang de\n");
    std::fs::write(&in_both_languages, script).unwrap();
    std::fs::set_permissions(&in_both_languages, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let output = Command::new(root().join("scripts/demo"))
        .env("CONFIRMD", &in_both_languages)
        .env("TMPDIR", temporary.path())
        .env("TZ", "UTC")
        .output()
        .unwrap();
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{shown}\n{}", String::from_utf8_lossy(&output.stderr));
    for name in ["README.md", "README.de.md"] {
        let [status] = blocks(&document(name), "").try_into().unwrap();
        let (_, status) = status.split_once('\n').unwrap();
        assert!(without_dates(&shown).contains(&without_dates(status)), "{name} shows\n{status}\nthe demo\n{shown}");
    }
    let left: Vec<_> = std::fs::read_dir(temporary.path()).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
}
