//! docs/OPERATIONS.md is complete, and what it hands to an administrator works: its tables have every state and reason, its examples are
//! those of `packaging/examples`, and those run.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use confirmd::model::attribution::Reason;
use confirmd::model::mailbox::MailboxState;
use confirmd::model::status::{Severity, State};

use crate::support::confirmd::{Confirmd, FACEBOOK, Run};

const OPERATIONS: &str = include_str!("../../docs/OPERATIONS.md");

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging/examples")
}

/// The words in the first column of the table below a heading, and that each row has something to do in its last.
fn table(heading: &str) -> Vec<String> {
    let (_, below) = OPERATIONS.split_once(&format!("## {heading}\n")).unwrap_or_else(|| panic!("no {heading}"));
    let section = below.split("\n## ").next().unwrap();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.map(|row| {
        let (word, rest) = row.split_once('`').unwrap();
        let advice = rest.trim_end_matches([' ', '|']).rsplit('|').next().unwrap();
        assert!(!advice.trim().is_empty(), "{heading}: {word} without a word of what to do");
        word.to_owned()
    })
    .collect()
}

#[test]
fn every_state_and_every_reason_is_explained() {
    let states: Vec<&str> = State::ALL.iter().map(|state| state.as_str()).collect();
    assert_eq!(table("States of an account"), states);
    let reasons: Vec<&str> = Reason::ALL.iter().map(|reason| reason.as_str()).collect();
    assert_eq!(table("Messages that need a look"), reasons);
    let mailboxes: Vec<&str> = MailboxState::ALL.iter().map(|state| state.as_str()).collect();
    assert_eq!(table("States of a mailbox"), mailboxes);
    for severity in Severity::ALL {
        assert!(OPERATIONS.contains(&format!("`{severity}`")), "{severity}");
    }
}

#[test]
fn every_message_about_the_database_is_explained() {
    let (_, below) = OPERATIONS.split_once("## When something is wrong with the database\n").unwrap();
    let section = below.split("\n## ").next().unwrap();
    let texts = include_str!("../../locales/en/errors.ftl").lines();
    let texts = texts.filter(|line| line.starts_with("store-") || line.starts_with("obstacle-"));
    let mut explained = 0;
    for line in texts {
        let (name, text) = line.split_once(" = ").unwrap();
        // What is the same every time: behind the file's name, up to the first gap or advice.
        let text = text.trim_start_matches("{ $file }: ");
        let text = text.split(['{', ';', '(', ':', '`']).next().unwrap().trim();
        assert!(section.contains(text), "{name}: {text:?} is not explained");
        explained += usize::from(!text.is_empty());
    }
    assert!(explained > 15, "{explained}");
    for line in section.lines().filter(|line| line.starts_with("| `")) {
        assert_eq!(line.matches(" | ").count(), 2, "{line}");
    }
}

#[test]
fn every_example_is_shown_as_it_is() {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(examples()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(OPERATIONS.contains(&format!("\n{text}```\n")), "{name} is not in docs/OPERATIONS.md as it is");
        assert!(OPERATIONS.contains(&format!("(`{name}`)")), "{name} is not named in docs/OPERATIONS.md");
        names.push(name);
    }
    names.sort();
    assert_eq!(names, ["confirmd-textfile", "confirmd.rules.yml", "home-assistant.yaml", "icinga2.conf", "nrpe.cfg"]);
}

/// A home with a confirmed account, one that cannot be told, and a mailbox that was never read.
fn home() -> Confirmd {
    let accounts = format!("{FACEBOOK}{}", FACEBOOK.replace("facebook", "instagram"));
    let mut home = Confirmd::with(&accounts);
    home.mailbox_text(
        "[[mailbox]]\nname = \"at \\\"work\\\"\"\nhost = \"imap.example.org\"\nusername = \"anna\"\npassword_env = \"X\"\n",
    );
    let run = home.run(&["confirmed", "anna-facebook", "--on", "2025-05-22", "--note", "the app said so"]);
    assert_eq!(run.code, 0, "{run:?}");
    home
}

fn with_confirmd(home: &Confirmd, program: &mut Command) -> Run {
    let own = Path::new(env!("CARGO_BIN_EXE_confirmd")).parent().unwrap();
    program.env_clear().env("HOME", home.path()).env("PATH", format!("{}:/usr/bin:/bin", own.display()));
    Run::of(program)
}

#[test]
fn the_textfile_for_prometheus_has_every_account_and_mailbox() {
    let home = home();
    let folder = tempfile::tempdir().unwrap();
    let run = with_confirmd(&home, Command::new(examples().join("confirmd-textfile")).arg(folder.path()));
    assert_eq!(run, Run { code: 0, stdout: String::new(), stderr: String::new() });
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["confirmd.prom"]);
    let text = std::fs::read_to_string(folder.path().join("confirmd.prom")).unwrap();
    let (asked, samples): (Vec<&str>, Vec<&str>) =
        text.lines().filter(|line| !line.starts_with('#')).partition(|line| line.starts_with("confirmd_asked"));
    assert_eq!(
        samples,
        [
            r#"confirmd_account_severity{account="anna-facebook",state="confirmed"} 0"#,
            r#"confirmd_account_severity{account="anna-instagram",state="unobserved"} 3"#,
            r#"confirmd_mailbox_ok{mailbox="at \"work\""} 0"#,
            "confirmd_review 0",
        ]
    );
    let [asked] = asked.as_slice() else { panic!("{text}") };
    let at: i64 = asked.strip_prefix("confirmd_asked_timestamp_seconds ").unwrap().parse().unwrap();
    assert!(at > 1_750_000_000, "{at}");
    // Every metric is described once, above its samples.
    let described = text.lines().filter(|line| line.starts_with("# TYPE ")).count();
    assert_eq!(described, 4);
    let alerts = std::fs::read_to_string(examples().join("confirmd.rules.yml")).unwrap();
    for line in text.lines().filter_map(|line| line.strip_prefix("# TYPE ")) {
        let metric = line.split(' ').next().unwrap();
        assert!(alerts.contains(metric), "nothing watches {metric}");
    }
}

#[test]
fn a_failing_confirmd_leaves_the_last_textfile_as_it_was() {
    let home = home();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("confirmd.prom");
    std::fs::write(&file, "confirmd_review 7\n").unwrap();
    std::fs::write(home.config_path(), "nonsense").unwrap();
    with_confirmd(&home, Command::new(examples().join("confirmd-textfile")).arg(folder.path()));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "confirmd_review 7\n");
}

#[test]
fn home_assistant_finds_what_its_template_asks_for() {
    let text = std::fs::read_to_string(examples().join("home-assistant.yaml")).unwrap();
    let setting = |key: &str| {
        let line = text.lines().map(str::trim).find_map(|line| line.strip_prefix(&format!("{key}: ")));
        line.unwrap_or_else(|| panic!("no {key}")).to_owned()
    };
    let home = home();
    let run = with_confirmd(&home, Command::new("sh").args(["-c", &setting("command")]));
    let document: BTreeMap<String, serde_json::Value> = serde_json::from_str(&run.stdout).unwrap();
    for key in setting("json_attributes").trim_matches(['[', ']']).split(", ") {
        assert!(document[key].is_array(), "{key}");
    }
    for (list, field) in [("accounts", "severity"), ("mailboxes", "state")] {
        assert!(text.contains(&format!("value_json.{list} | rejectattr('{field}'")), "{text}");
        assert!(document[list][0][field].is_string(), "{list} {field}");
    }
}

#[test]
fn the_plugin_that_is_configured_for_nagios_and_icinga_exists() {
    let home = home();
    let plugin = home.run(&["check"]);
    assert_eq!(plugin.code, 3, "{plugin:?}");
    assert!(plugin.stdout.starts_with("CONFIRMD UNKNOWN - anna-instagram unobserved"), "{plugin:?}");
    for (file, command) in [
        ("icinga2.conf", "[ \"/usr/bin/sudo\", \"/usr/bin/confirmd\", \"check\" ]"),
        ("nrpe.cfg", "=/usr/bin/sudo /usr/bin/confirmd check\n"),
    ] {
        assert!(std::fs::read_to_string(examples().join(file)).unwrap().contains(command), "{file}");
    }
}
