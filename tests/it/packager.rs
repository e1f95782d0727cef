//! What a packager installs beside the program, as the real program writes it: without any configuration.

use std::process::Command;

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
    for command in commands() {
        assert!(page.contains(&format!(".SS \"{command}\"\n")), "{command}");
    }
    assert!(page.contains(".SS \"rules check\"\n"));
    assert!(page.contains("\\fBconfirmd status\\fR"), "{page}");
    assert_eq!(page.matches("\\-\\-config\\fR \\fI<FILE>").count(), 1);
    for section in ["NAME", "SYNOPSIS", "OPTIONS", "COMMANDS", "FILES", "VERSION"] {
        assert_eq!(page.lines().filter(|line| *line == format!(".SH {section}")).count(), 1, "{section}");
    }
}

#[test]
fn bash_completes_commands_and_options() {
    let (code, script) = confirmd(&["completions", "bash"]);
    assert_eq!(code, 0);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("confirmd.bash");
    std::fs::write(&file, script).unwrap();
    let ask = |words: &str, place: usize| {
        let line = format!(
            "source {}; COMP_WORDS=({words}); COMP_CWORD={place}; _confirmd confirmd \"${{COMP_WORDS[$COMP_CWORD]}}\" \
             \"${{COMP_WORDS[$((COMP_CWORD-1))]}}\"; echo \"${{COMPREPLY[@]}}\"",
            file.display()
        );
        let output = Command::new("bash").args(["--norc", "-c", &line]).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    };
    assert_eq!(ask("confirmd sta", 1), "status");
    assert_eq!(ask("confirmd status --as", 2), "--as-of");
    assert_eq!(ask("confirmd --color al", 2), "always");
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
