//! Writing to the terminal: colours only where they help, columns by their width on screen, lines that fit.
//!
//! No colour carries a meaning alone: only signs are coloured, words are at most bold, so that everything can be read on a light
//! and on a dark background, without colours, and aloud.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::os::fd::AsFd;

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::args::Color;
use super::context::CliError;
use crate::model::harmless::is_harmful;
use crate::model::status::Severity;

/// How wide lines may become: a terminal of 80 columns, also where there is none. Longer ones are hard to read.
pub const WIDTH: usize = 80;

/// A terminal that says it is narrower than this is not believed.
const NARROWEST: usize = 20;

/// Stdout for results, stderr for everything else.
pub struct Output {
    stdout: AutoStream<io::Stdout>,
    stderr: AutoStream<io::Stderr>,
    width: usize,
}

impl Output {
    /// Colours as asked for; `auto` means on a terminal without NO_COLOR.
    pub fn new(color: Color) -> Output {
        let choice = match color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::AlwaysAnsi,
            Color::Never => ColorChoice::Never,
        };
        Output {
            stdout: AutoStream::new(io::stdout(), choice),
            stderr: AutoStream::new(io::stderr(), choice),
            width: width(&io::stdout()),
        }
    }

    /// How wide lines may become on this terminal.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Takes over the terminal's width where it has changed.
    pub fn measure(&mut self) {
        self.width = width(&io::stdout());
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
        let mut page = Page::new(self.width);
        page.wrapped(lead, indent, text);
        self.page(&page)
    }

    /// A page of result.
    pub fn page(&mut self, page: &Page) -> Result<(), CliError> {
        written(write!(self.stdout, "{}", page.text()))
    }

    /// Moves the cursor of stdout's terminal, or erases there. It goes past the colours' switch: NO_COLOR forbids no erasing.
    pub fn control(&mut self, sequence: &str) -> Result<(), CliError> {
        self.finish()?;
        written(write!(io::stdout(), "{sequence}").and_then(|()| io::stdout().flush()))
    }

    /// A word on stderr that is not a result.
    pub fn remark(&mut self, text: &str) {
        // When stderr is closed there is nobody to tell.
        let _ = writeln!(self.stderr, "{text}");
    }

    /// The beginning of a line on stderr, which the answer ends.
    pub fn question(&mut self, text: &str) {
        let _ = write!(self.stderr, "{text}").and_then(|()| self.stderr.flush());
    }

    /// Writes this over the line of stderr's terminal in which the cursor stands; nothing erases the line.
    pub fn partial(&mut self, text: &str) {
        let line = shortened(text, width(&io::stderr()).saturating_sub(1));
        let _ = self.stderr.flush();
        let _ = write!(io::stderr(), "\r\u{1b}[K{line}").and_then(|()| io::stderr().flush());
    }

    /// An error on stderr; on a terminal its lines end between words.
    pub fn complain(&mut self, text: &str) {
        let red = style(Severity::Critical);
        let text = match size(&io::stderr()) {
            Some(_) => text.lines().flat_map(|line| wrap(line, width(&io::stderr()).saturating_sub(10))).collect(),
            None => vec![text.to_owned()],
        };
        let _ = writeln!(self.stderr, "{red}confirmd:{red:#} {}", text.join("\n          "));
    }

    /// Everything written so far reaches its reader.
    pub fn finish(&mut self) -> Result<(), CliError> {
        written(self.stdout.flush())
    }
}

/// Lines that fit a width, made before they are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    width: usize,
    text: String,
}

impl Page {
    /// An empty page.
    pub fn new(width: usize) -> Page {
        Page { width, text: String::new() }
    }

    /// One line as it is.
    pub fn line(&mut self, line: impl Display) {
        self.text.push_str(&format!("{line}\n"));
    }

    /// Text wrapped to the width, each line after `indent` spaces, the first after `lead` instead.
    pub fn wrapped(&mut self, lead: &str, indent: usize, text: &str) {
        let mut lead = lead.to_owned();
        for line in wrap(text, self.width.saturating_sub(indent).max(1)) {
            self.line(format!("{lead}{line}"));
            lead = " ".repeat(indent);
        }
    }

    /// How wide its lines may become.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Everything, each line with its end.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Columns and rows of a terminal; `None` where it is none, or does not say.
pub fn size(stream: &impl AsFd) -> Option<(usize, usize)> {
    let size = rustix::termios::tcgetwinsize(stream).ok()?;
    (size.ws_col > 0 && size.ws_row > 0).then(|| (usize::from(size.ws_col), usize::from(size.ws_row)))
}

/// How wide lines may become there.
fn width(stream: &impl AsFd) -> usize {
    size(stream).map_or(WIDTH, |(columns, _)| columns.clamp(NARROWEST, WIDTH))
}

/// Whether what was written there can be written over: a terminal, and not one that only types (`TERM=dumb`, as in Emacs).
pub fn can_overwrite(stream: &impl IsTerminal) -> bool {
    let term = std::env::var_os("TERM").unwrap_or_default();
    stream.is_terminal() && !term.is_empty() && term != "dumb"
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

/// The colour of a severity, for its sign.
pub fn style(severity: Severity) -> Style {
    match severity {
        Severity::Ok => AnsiColor::Green.on_default(),
        Severity::Info => Style::new(),
        Severity::Warning => AnsiColor::Yellow.on_default().bold(),
        Severity::Critical => AnsiColor::Red.on_default().bold(),
        Severity::Unknown => AnsiColor::Magenta.on_default().bold(),
    }
}

/// How words of a severity stand out: bold where they need a person. Yellow words cannot be read on white.
pub fn weight(severity: Severity) -> Style {
    match severity {
        Severity::Ok | Severity::Info => Style::new(),
        Severity::Warning | Severity::Critical | Severity::Unknown => Style::new().bold(),
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

/// Text cut to a width on screen; a sign says so.
fn shortened(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let (start, _) = split_at_width(text, width.saturating_sub(1));
    format!("{start}…")
}

/// Lines no wider than `width`, broken at spaces; a word that is wider is broken within.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    // How wide the line is so far: measuring it anew for every word would cost its square.
    let mut used = 0;
    for mut word in text.split_whitespace() {
        let mut wide = word.width();
        if used > 0 && used + 1 + wide > width {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        while wide > width {
            let (start, rest) = split_at_width(word, width);
            if rest.is_empty() {
                break;
            }
            line.push_str(start);
            lines.push(std::mem::take(&mut line));
            word = rest;
            wide = word.width();
        }
        if !line.is_empty() {
            line.push(' ');
            used += 1;
        }
        line.push_str(word);
        used += wide;
    }
    lines.push(line);
    lines
}

/// The longest start that is no wider, but at least one character, and the rest.
fn split_at_width(text: &str, width: usize) -> (&str, &str) {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += c.width().unwrap_or(0);
        if used > width && at > 0 {
            return text.split_at(at);
        }
    }
    (text, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_by_their_width_on_screen() {
        assert_eq!(wrap("ab cd ef", 5), ["ab cd", "ef"]);
        assert_eq!(wrap("日本 語", 5), ["日本", "語"]);
        assert_eq!(wrap("a unbreakable x", 5), ["a", "unbre", "akabl", "e x"]);
        assert_eq!(wrap("日本語日本語", 5), ["日本", "語日", "本語"]);
        assert_eq!(wrap("語", 1), ["語"]);
        assert_eq!(shortened("日本語", 5), "日本…");
        assert_eq!(shortened("abc", 3), "abc");
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
