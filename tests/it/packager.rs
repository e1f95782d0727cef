//! What a packager installs beside the program, as the real program writes it: without any configuration.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use confirmd::config::Config;
use jiff::civil::date;

use crate::support::confirmd::{Confirmd, FACEBOOK, Run};

fn confirmd(args: &[&str]) -> (i32, String) {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_confirmd"));
    let output = command.args(args).env_clear().env("HOME", home.path()).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{args:?}");
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

/// The commands as `--help` lists them.
fn commands() -> Vec<String> {
    let (_, help) = confirmd(&["--help"]);
    let list = help.split_once("Commands:\n").unwrap().1.split_once("\n\n").unwrap().0.to_owned();
    let named = |line: &str| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')).map(str::to_owned);
    list.lines().filter_map(named).map(|line| line.split_whitespace().next().unwrap().to_owned()).collect()
}

#[test]
fn the_manual_tells_of_every_command_and_of_the_options_once() {
    let (code, page) = confirmd(&["man"]);
    assert_eq!(code, 0);
    assert!(page.contains(".TH confirmd 1"), "{page}");
    let headings: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix(".SS ")).collect();
    for command in commands().iter().filter(|command| *command != "rules") {
        let of = |heading: &&&str| heading.trim_matches('"').split(' ').next() == Some(command.as_str());
        assert_eq!(headings.iter().filter(of).count(), 1, "{command} in {headings:?}");
    }
    assert!(headings.contains(&"\"rules check [FILES...]\""), "{headings:?}");
    assert!(headings.contains(&"\"letter [--kind KIND] ACCOUNT\""), "{headings:?}");
    assert!(!page.contains("__complete"), "{page}");
    assert_eq!(page.matches("\\-\\-config\\fR").count(), 1);
    for section in ["NAME", "SYNOPSIS", "OPTIONS", "COMMANDS", "FILES", "ENVIRONMENT", "EXIT STATUS"] {
        assert_eq!(page.lines().filter(|line| *line == format!(".SH {section}")).count(), 1, "{section}");
    }
}

/// The keys that the parser takes in a table, as it says itself when it is given another.
fn known_keys(table: &str) -> BTreeSet<String> {
    let text = format!("{table}\nnot_a_key = 1\n");
    let parsed = Config::from_text(&text, Path::new("config.toml"), 0o600, &|_| None, date(2025, 6, 30));
    let error = parsed.unwrap_err().to_string();
    let (_, known) = error.split_once("known are ").unwrap_or_else(|| panic!("{error}"));
    known.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn the_manual_of_the_configuration_has_every_key_of_the_parser_and_no_other() {
    let (code, page) = confirmd(&["man", "confirmd.toml"]);
    assert_eq!(code, 0);
    // Table by table: what stands below `.SS [policy]` up to the next table or heading.
    let mut shown: BTreeSet<(String, String)> = BTreeSet::new();
    let mut table = String::new();
    for line in page.lines() {
        if line.starts_with(".SH ") {
            table.clear();
        } else if let Some(heading) = line.strip_prefix(".SS ") {
            heading.clone_into(&mut table);
        } else if let Some((key, _)) = line.strip_prefix("\\fB").and_then(|line| line.split_once("\\fR = ")) {
            shown.insert((table.clone(), key.to_owned()));
        }
    }
    let mut known = BTreeSet::new();
    for table in ["", "[policy]", "[dns]", "[limits]", "[[notify]]", "[[mailbox]]", "[[account]]"] {
        let keys = known_keys(table).into_iter();
        let tables = ["policy", "dns", "limits", "notify", "mailbox", "account"];
        let keys = keys.filter(|key| !(table.is_empty() && tables.contains(&key.as_str())));
        known.extend(keys.map(|key| (table.to_owned(), key)));
    }
    // A notice's password is given as a mailbox's; the example says so once.
    let as_above = ["password_file", "password_env", "password_credential", "password"];
    let as_above = as_above.map(|key| ("[[notify]]".to_owned(), key.to_owned()));
    shown.extend(as_above);
    assert_eq!(shown, known);
}

#[test]
fn the_manuals_are_sound_for_man() {
    for page in ["confirmd", "confirmd.toml"] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(page);
        std::fs::write(&file, confirmd(&["man", page]).1).unwrap();
        let mut man = Command::new("man");
        man.args(["--warnings", "-l", "-E", "UTF-8", "-Tutf8", "-Z"]).arg(&file).env("LC_ALL", "C.UTF-8");
        let output = man.output().unwrap();
        assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""), "{page}");
    }
}

fn toml_of(file: &str) -> toml::Table {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    std::fs::read_to_string(path).unwrap().parse().unwrap()
}

#[test]
fn what_the_package_takes_from_the_repository_is_there() {
    let deb = &toml_of("Cargo.toml")["package"]["metadata"]["deb"];
    let mut named: Vec<String> = ["changelog", "maintainer-scripts"].iter().map(|key| text(&deb[*key])).collect();
    named.push(text(&deb["license-file"][0]));
    named.push(text(&deb["systemd-units"]["unit-scripts"]));
    named.extend(deb["assets"].as_array().unwrap().iter().map(|asset| text(&asset[0])));
    let script = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/package")).unwrap();
    for file in named {
        match file.strip_prefix("target/") {
            // Built, or written by the script into `target/package`, which it calls `$made`.
            Some(built) => {
                let made = built.replacen("package/", "$made/", 1);
                assert!(built == "release/confirmd" || script.contains(&format!(">\"{made}\"")), "nobody makes {file}");
            }
            None => {
                let path = file.trim_end_matches("/*");
                assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(path).exists(), "there is no {file}");
            }
        }
    }
}

fn text(value: &toml::Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// `cargo deny` asks the network; licences and forbidden crates can be told without.
#[test]
fn every_crate_has_a_licence_that_is_allowed_and_none_is_forbidden() {
    let deny = toml_of("deny.toml");
    let allowed: BTreeSet<String> = deny["licenses"]["allow"].as_array().unwrap().iter().map(text).collect();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform"]);
    let output = cargo.arg("x86_64-unknown-linux-gnu").current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let crates = metadata["packages"].as_array().unwrap();
    assert!(crates.len() > 50, "{}", crates.len());
    for one in crates {
        let (name, licence) = (one["name"].as_str().unwrap(), one["license"].as_str().unwrap().replace('/', " OR "));
        let may = |part: &str| part.trim_matches(['(', ')']).split(" OR ").any(|one| allowed.contains(one));
        assert!(licence.split(" AND ").all(may), "{name}: {licence}");
        let of_crates_io =
            one["source"].as_str().is_none_or(|source| source.ends_with("github.com/rust-lang/crates.io-index"));
        assert!(of_crates_io, "{name} comes from elsewhere");
        let forbidden = deny["bans"]["deny"].as_array().unwrap();
        assert!(!forbidden.iter().any(|entry| text(&entry["crate"]) == name), "{name}");
    }
}

#[test]
fn there_is_a_script_for_every_shell_and_an_unknown_one_is_named() {
    for (shell, beginning) in [("bash", "_confirmd()"), ("zsh", "#compdef confirmd"), ("fish", "# Print")] {
        let (code, script) = confirmd(&["completions", shell]);
        assert!(code == 0 && script.starts_with(beginning), "{shell}: {}", &script[..80]);
        for command in commands() {
            assert!(script.contains(&command), "{shell}: {command}");
        }
    }
    let refused = Command::new(env!("CARGO_BIN_EXE_confirmd")).args(["completions", "dos"]).output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("'dos'"));
}

/// What bash puts there for the last of these words.
fn bash_completes(home: &Confirmd, words: &str) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_confirmd"));
    let script = "source <(confirmd completions bash); COMP_WORDS=($1); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); \
                  [[ $1 == *' ' ]] && COMP_WORDS+=('') && COMP_CWORD=$((COMP_CWORD + 1)); \
                  _confirmd_values confirmd \"${COMP_WORDS[COMP_CWORD]}\" \"${COMP_WORDS[COMP_CWORD-1]}\"; \
                  printf '%s\\n' \"${COMPREPLY[@]}\"";
    let mut bash = Command::new("bash");
    bash.args(["--norc", "-c", script, "bash", words]).env_clear().env("HOME", home.path());
    let path = format!("{}:/usr/bin:/bin", program.parent().unwrap().display());
    let run = Run::of(bash.env("PATH", path));
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{words}");
    run.stdout.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn bash_completes_commands_options_accounts_and_mailboxes() {
    let accounts = format!("{FACEBOOK}{}", FACEBOOK.replace("facebook", "instagram"));
    let mut home = Confirmd::with(&accounts);
    home.mailbox_text(
        "[[mailbox]]\nname = \"at work\"\nhost = \"imap.example.org\"\nusername = \"anna\"\npassword_env = \"X\"\n",
    );
    let cases = [
        ("confirmd sta", "status"),
        ("confirmd status --as", "--as-of"),
        ("confirmd --color al", "always"),
        ("confirmd show ", "anna-facebook anna-instagram"),
        ("confirmd show anna-i", "anna-instagram"),
        ("confirmd export anna-facebook anna-", "anna-facebook anna-instagram"),
        ("confirmd sync --mailbox ", "at\\ work"),
    ];
    for (words, completed) in cases {
        assert_eq!(bash_completes(&home, words), completed, "{words}");
    }
    assert!(!home.database().exists(), "completing creates nothing");
    // A configuration that is wrong has no place to say so.
    std::fs::write(home.config_path(), "nonsense").unwrap();
    assert_eq!(
        home.run(&["__complete", "--", "show", ""]),
        Run { code: 0, stdout: String::new(), stderr: String::new() }
    );
}
