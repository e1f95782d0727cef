//! `confirmd completions`: the script by which a shell completes commands, options, and the values that the person named.
//!
//! Commands and options stand in the script (clap_complete writes it); accounts, mailboxes and messages are asked for with the
//! hidden `confirmd __complete` each time (docs/decisions/0008), see [`super::complete`]. The script reads no configuration.

use clap::{Command, CommandFactory, ValueHint};
use clap_complete::Shell;

use super::args::{Args, Completions};
use super::complete::VALUES;
use super::context::CliError;
use super::output::Output;

/// Writes the script for a shell.
pub fn run(command: &Completions, output: &mut Output) -> Result<(), CliError> {
    output.line(script(command.shell).trim_end())
}

/// clap_complete's script, with the values woven in for the three shells of Debian.
fn script(shell: Shell) -> String {
    let mut command = with_hints(Args::command());
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "confirmd", &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();
    match shell {
        Shell::Bash => script + BASH,
        // The words are shortened on the way down to a command's own arguments; `--config` would be lost.
        Shell::Zsh => script.replace("_users'", "_confirmd_values'").replacen(
            "\n_confirmd() {\n",
            &format!("{ZSH}\n_confirmd() {{\n{ZSH_ENTERED}\n"),
            1,
        ),
        Shell::Fish => fish(&script.replace("(__fish_complete_users)", "(__confirmd_values)")),
        Shell::Elvish | Shell::PowerShell | _ => script,
    }
}

/// The hint says "user names", which nothing else here takes, so that the place can be found in the script.
fn with_hints(command: Command) -> Command {
    VALUES.iter().fold(command, |command, (name, arg, _)| {
        command.mut_subcommand(name, |command| command.mut_arg(arg, |arg| arg.value_hint(ValueHint::Username)))
    })
}

/// fish is told of positional values command by command; `explain` takes a file as well.
fn fish(script: &str) -> String {
    let mut script = format!("{script}{FISH}");
    let mut before = "";
    for (name, arg, _) in VALUES.iter().filter(|(_, arg, _)| *arg != "mailbox") {
        if *name != before {
            let files = if *arg == "what" { "" } else { " -f" };
            let when = format!("__fish_confirmd_using_subcommand {name}");
            script.push_str(&format!("complete -c confirmd -n \"{when}\"{files} -a \"(__confirmd_values)\"\n"));
        }
        before = name;
    }
    script
}

/// `$1` is the program as it was typed. What it does not complete is completed as clap_complete would. A mailbox's name may hold
/// spaces.
const BASH: &str = r#"
_confirmd_values() {
    local value rest
    COMPREPLY=()
    while IFS=$'\t' read -r value rest; do
        printf -v value %q "$value"
        COMPREPLY+=("$value")
    done < <("$1" __complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
    [[ ${#COMPREPLY[@]} -gt 0 ]] || _confirmd "$@"
}

complete -F _confirmd_values -o bashdefault -o default confirmd
"#;

const ZSH: &str = r#"
_confirmd_values() {
    local -a values
    local line value
    for line in "${(@f)$(confirmd __complete -- "${(@Q)entered[2,-1]}" 2>/dev/null)}"; do
        [[ -n $line ]] || continue
        value=${line%%$'\t'*}
        values+=("${value//:/\\:}:${line#*$'\t'}")
    done
    if (( $#values )); then
        _describe -V value values
    elif (( ${entered[(Ie)explain]} )); then
        _files
    fi
}
"#;

const ZSH_ENTERED: &str = r#"    local -a entered=("${(@)words[1,CURRENT]}")"#;

const FISH: &str = r#"
function __confirmd_values
    set -l words (commandline -opc) (commandline -ct)
    command confirmd __complete -- $words[2..-1] 2>/dev/null
end
"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_for_a_value_is_in_the_script_of_zsh() {
        let script = script(Shell::Zsh);
        assert_eq!(script.matches("_confirmd_values'").count(), VALUES.len(), "{script}");
        assert_eq!(script.matches(ZSH_ENTERED).count(), 1, "{script}");
        assert!(!script.contains("_users"), "{script}");
    }

    #[test]
    fn every_command_with_a_value_is_in_the_script_of_fish() {
        let script = script(Shell::Fish);
        let asked: Vec<&str> = script.lines().filter(|line| line.contains("(__confirmd_values)")).collect();
        for (name, _, _) in VALUES {
            let lines = asked.iter().filter(|line| line.contains(&format!("subcommand {name}"))).count();
            assert_eq!(lines, 1, "{name} in {asked:?}");
        }
    }
}
