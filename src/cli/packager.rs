//! `confirmd completions` and `confirmd man`: what a packager installs beside the program. Both work without a configuration.

use std::process::ExitCode;

use clap::CommandFactory;

use super::args::{Args, Completions};
use super::context::CliError;
use super::output::Output;

/// Writes the completion script for a shell.
pub fn completions(command: &Completions, output: &mut Output) -> Result<ExitCode, CliError> {
    let mut script = Vec::new();
    clap_complete::generate(command.shell, &mut Args::command(), NAME, &mut script);
    written(&script, output)
}

/// Writes the manual page confirmd(1), as roff: the program, then every command with its options.
pub fn man(output: &mut Output) -> Result<ExitCode, CliError> {
    let mut page = Vec::new();
    render(&mut page).map_err(|error| CliError::Failed(error.to_string()))?;
    written(&page, output)
}

const NAME: &str = "confirmd";

/// Where the page sends a reader for what the command line does not say.
const MORE: &str = ".SH \"EXIT STATUS\"\n\
0 fine, 1 failed at run time, 2 wrong usage or configuration. \\fBcheck\\fR: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN.\n\
.SH FILES\n\
.TP\n\\fI~/.config/confirmd/config.toml\\fR, \\fI/etc/confirmd/config.toml\\fR\nThe configuration; \
config.example.toml explains every key.\n\
.TP\n\\fIrules.d/*.toml\\fR\nYour own rules, beside the configuration.\n";

fn render(page: &mut Vec<u8>) -> std::io::Result<()> {
    // Not built: the options of every command stand once, above.
    let command = Args::command();
    let whole = clap_mangen::Man::new(command.clone());
    whole.render_title(page)?;
    whole.render_name_section(page)?;
    whole.render_synopsis_section(page)?;
    whole.render_description_section(page)?;
    whole.render_options_section(page)?;
    page.extend_from_slice(b".SH COMMANDS\n");
    for sub in command.get_subcommands() {
        describe(sub, &[], page)?;
    }
    page.extend_from_slice(MORE.as_bytes());
    whole.render_version_section(page)
}

/// One command as a subsection; `rules list` after `rules`.
fn describe(command: &clap::Command, above: &[&str], page: &mut Vec<u8>) -> std::io::Result<()> {
    let mut names = above.to_vec();
    names.push(command.get_name());
    let shown = command.clone().bin_name(format!("{NAME} {}", names.join(" ")));
    let man = clap_mangen::Man::new(shown.disable_help_flag(true).disable_version_flag(true));
    page.extend_from_slice(format!(".SS \"{}\"\n", names.join(" ")).as_bytes());
    let mut synopsis = Vec::new();
    man.render_synopsis_section(&mut synopsis)?;
    let mut description = Vec::new();
    man.render_description_section(&mut description)?;
    let mut options = Vec::new();
    man.render_options_section(&mut options)?;
    for part in [synopsis, description, options] {
        // The part's own heading would be one of the whole page's.
        let lines = part.split(|byte| *byte == b'\n').filter(|line| !line.starts_with(b".SH") && !line.is_empty());
        for line in lines {
            page.extend_from_slice(line);
            page.push(b'\n');
        }
        page.extend_from_slice(b".PP\n");
    }
    command.get_subcommands().try_for_each(|sub| describe(sub, &names, page))
}

fn written(bytes: &[u8], output: &mut Output) -> Result<ExitCode, CliError> {
    output.line(String::from_utf8_lossy(bytes).trim_end())?;
    Ok(ExitCode::SUCCESS)
}
