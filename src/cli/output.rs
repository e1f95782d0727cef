//! Writing to the terminal: colours only where they help, columns by their width on screen, lines that fit.

use std::fmt::Display;
use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use super::args::Color;
use super::context::CliError;
use crate::model::harmless::is_harmful;
use crate::model::status::Severity;

/// How wide lines may become: a terminal of 80 columns.
pub const WIDTH: usize = 80;

/// Stdout for results, stderr for everything else.
pub struct Output {
    stdout: AutoStream<io::Stdout>,
    stderr: AutoStream<io::Stderr>,
}

impl Output {
    /// Colours as asked for; `auto` means on a terminal without NO_COLOR.
    pub fn new(color: Color) -> Output {
        let choice = match color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::AlwaysAnsi,
            Color::Never => ColorChoice::Never,
        };
        Output { stdout: AutoStream::new(io::stdout(), choice), stderr: AutoStream::new(io::stderr(), choice) }
    }

    /// One line of result.
    pub fn line(&mut self, line: impl Display) -> Result<(), CliError> {
        written(writeln!(self.stdout, "{line}"))
    }

    /// A result as one JSON document. What could move a cursor or turn text around stands in it as an escape: a document
    /// may be looked at on a terminal, and reads the same for a program.
    pub fn json(&mut self, document: &impl serde::Serialize) -> Result<(), CliError> {
        let text = serde_json::to_string_pretty(document).map_err(|error| CliError::Failed(error.to_string()))?;
        self.line(escaped(&text))
    }

    /// Text wrapped to the width, each line after `indent` spaces, the first after `lead` instead.
    pub fn wrapped(&mut self, lead: &str, indent: usize, text: &str) -> Result<(), CliError> {
        let mut lead = lead.to_owned();
        for line in wrap(text, WIDTH.saturating_sub(indent)) {
            self.line(format!("{lead}{line}"))?;
            lead = " ".repeat(indent);
        }
        Ok(())
    }

    /// A word on stderr that is not a result.
    pub fn remark(&mut self, text: &str) {
        // When stderr is closed there is nobody to tell.
        let _ = writeln!(self.stderr, "{text}");
    }

    /// Part of a line on stderr, to be overwritten.
    pub fn partial(&mut self, text: &str) {
        let _ = write!(self.stderr, "{text}").and_then(|()| self.stderr.flush());
    }

    /// An error on stderr.
    pub fn complain(&mut self, text: &str) {
        let red = style(Severity::Critical);
        let _ = writeln!(self.stderr, "{red}confirmd:{red:#} {text}");
    }

    /// Everything written so far reaches its reader.
    pub fn finish(&mut self) -> Result<(), CliError> {
        written(self.stdout.flush())
    }
}

/// A reader that has seen enough (`| head`) is no failure: what the exit code has to say stays true.
fn written(result: io::Result<()>) -> Result<(), CliError> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(CliError::Failed(format!("the result cannot be written: {error}")))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// JSON with harmful characters as `\u202e` and the like; outside ASCII they stand only inside strings.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c != '\n' && is_harmful(c) {
            out.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            out.push(c);
        }
    }
    out
}

/// The colour of a severity; readable on light and dark backgrounds.
pub fn style(severity: Severity) -> Style {
    match severity {
        Severity::Ok => AnsiColor::Green.on_default(),
        Severity::Info => Style::new(),
        Severity::Warning => AnsiColor::Yellow.on_default().bold(),
        Severity::Critical => AnsiColor::Red.on_default().bold(),
        Severity::Unknown => AnsiColor::Magenta.on_default().bold(),
    }
}

/// A sign for a severity, for those who see no colour.
pub fn sign(severity: Severity) -> &'static str {
    match severity {
        Severity::Ok => "✔",
        Severity::Info => "·",
        Severity::Warning => "!",
        Severity::Critical => "✖",
        Severity::Unknown => "?",
    }
}

/// Text padded with spaces to a width on screen.
pub fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// Lines no wider than `width`, broken at spaces; a word that is wider stands alone.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let Some(line) = lines.last_mut() else { break };
        if line.is_empty() {
            line.push_str(word);
        } else if line.width() + 1 + word.width() <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_by_their_width_on_screen() {
        assert_eq!(wrap("ab cd ef", 5), ["ab cd", "ef"]);
        assert_eq!(wrap("日本 語", 5), ["日本", "語"]);
        assert_eq!(wrap("unbreakable x", 5), ["unbreakable", "x"]);
        assert_eq!(padded("日本", 6), "日本  ");
    }

    #[test]
    fn json_keeps_its_meaning_and_loses_its_power_over_a_terminal() {
        let hostile = "a\u{1b}[2J\u{9b}2J\u{202e}\u{e0041}\u{7f}\nü日";
        let text = escaped(&serde_json::to_string_pretty(&[hostile]).unwrap());
        assert_eq!(text, "[\n  \"a\\u001b[2J\\u009b2J\\u202e\\udb40\\udc41\\u007f\\nü日\"\n]");
        assert_eq!(serde_json::from_str::<[String; 1]>(&text).unwrap(), [hostile]);
    }
}
