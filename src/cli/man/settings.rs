//! confirmd.toml(5), made of `config.example.toml`: its headings become sections, its tables subsections, and each setting a
//! paragraph with what is said above it.

use clap_mangen::roff::{Roff, bold, roman};

use super::title;

const EXAMPLE: &str = include_str!("../../../config.example.toml");

/// What stands in no line of the example: lines of roff.
const MORE: &str = include_str!("../../../templates/confirmd.toml.5.txt");

/// The page.
pub fn page() -> String {
    let mut roff = Roff::new();
    title(&mut roff, "confirmd.toml", "5");
    roff.control("SH", ["NAME"]);
    roff.text([roman("confirmd.toml - what confirmd watches, and how it warns")]);
    roff.control("SH", ["DESCRIPTION"]);
    roff.text([roman(
        "The configuration of confirmd(1), in TOML; the file is called config.toml. A setting that is shown with \"default\" has \
         that value when it is left out; one that is shown with \"example\" has none. Paths start at the file's directory; ~/ is \
         your home. Lengths of time: \"90s\", \"5 min\", \"3 days\", \"1 month\". An unknown key is an error.",
    )]);
    roff.control("SH", ["SETTINGS OF THE WHOLE"]);
    let mut below_heading = true;
    for block in blocks(EXAMPLE) {
        write(&mut roff, &block, below_heading);
        below_heading = matches!(block, Block::Heading(_));
    }
    roff.to_roff() + MORE
}

/// A piece of the example.
#[derive(Debug, PartialEq, Eq)]
enum Block {
    /// `# ---- The mailboxes to read: one block for each ----`.
    Heading(String),
    /// Lines that belong together, in their order.
    Lines(Vec<Line>),
}

/// A line of the example.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Line {
    /// `# text`.
    Text(String),
    /// `[policy]`, `[[mailbox]]`, `#[[notify]]`.
    Table(String),
    /// `key = value` as it has to be written.
    Example(String),
    /// `#key = value`, the value it has anyway.
    Default(String),
}

/// The example in pieces. A comment begins a new piece when settings stand above it.
fn blocks(example: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Vec<Line> = Vec::new();
    // The introduction says how to read the file, not the page.
    let body = example.split_once("\n\n").map_or("", |(_, body)| body);
    for text in body.lines() {
        if let Some(heading) = text.strip_prefix("# ---- ") {
            close(&mut blocks, &mut open);
            blocks.push(Block::Heading(heading.trim_end_matches(['-', ' ']).to_owned()));
            continue;
        }
        let Some(line) = line(text) else {
            close(&mut blocks, &mut open);
            continue;
        };
        let says = matches!(line, Line::Text(_));
        if says && open.last().is_some_and(|last| !matches!(last, Line::Text(_))) {
            close(&mut blocks, &mut open);
        }
        open.push(line);
    }
    close(&mut blocks, &mut open);
    blocks
}

fn close(blocks: &mut Vec<Block>, open: &mut Vec<Line>) {
    if !open.is_empty() {
        blocks.push(Block::Lines(std::mem::take(open)));
    }
}

/// `None` for an empty line.
fn line(text: &str) -> Option<Line> {
    let setting = |text: &str| text.starts_with(|c: char| c.is_ascii_lowercase());
    let (comment, rest) = match text.strip_prefix('#') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    Some(match rest {
        "" => return None,
        table if table.starts_with('[') => Line::Table(table.to_owned()),
        rest if comment && setting(rest) => Line::Default(rest.to_owned()),
        rest if !comment => Line::Example(rest.to_owned()),
        // `#   key = value`: another way to write it.
        rest if rest.starts_with("   ") => Line::Example(rest.trim().to_owned()),
        rest => Line::Text(rest.trim().to_owned()),
    })
}

/// Settings with no value of their own although they are shown with one.
const WITHOUT_DEFAULT: &[&str] = &[
    "rules_dir",
    "ca_file",
    "folders",
    "trusted_authserv_ids",
    "handle",
    "display_name",
    "accounts_centre",
    "server",
    "kind",
    "command",
    "smtp",
    "username",
    "password_command",
    "from",
    "to",
    "database",
    "language",
];

/// A paragraph right below a heading needs no mark of its own.
fn write(roff: &mut Roff, block: &Block, below_heading: bool) {
    let lines = match block {
        Block::Heading(heading) => {
            roff.control("SH", [heading.to_uppercase().as_str()]);
            return;
        }
        Block::Lines(lines) => lines,
    };
    let said: Vec<&str> = lines.iter().filter_map(Line::said).collect();
    let said = paragraph(&said.join(" "));
    let mut tables = lines.iter().filter_map(Line::table).peekable();
    let is_table = tables.peek().is_some();
    for table in tables {
        roff.control("SS", [table]);
    }
    let settings: Vec<&Line> = lines.iter().filter(|line| line.setting().is_some()).collect();
    if !said.is_empty() && (settings.is_empty() || is_table) {
        if !is_table && !below_heading {
            roff.control("PP", []);
        }
        roff.text([roman(said.as_str())]);
    }
    for (index, line) in settings.iter().enumerate() {
        let Some((key, value)) = line.setting() else { continue };
        // What is said of a table is said of its settings together: they follow as lines, not each with a text of its own.
        let control = match (is_table, index) {
            (true, 0) => "PP",
            (true, _) => "br",
            (false, 0) => "TP",
            (false, _) => "TQ",
        };
        roff.control(control, []);
        roff.text([bold(key), roman(format!(" = {value}{}", line.remark(key)))]);
    }
    if !settings.is_empty() && !is_table {
        roff.text([roman(said)]);
    }
}

/// "or a file that only you can read:" is half a sentence with the setting below it, and a whole one beside it.
fn paragraph(said: &str) -> String {
    let said = said.strip_prefix("or ").unwrap_or(said);
    let said = said.strip_suffix(':').map_or_else(|| said.to_owned(), |said| format!("{said}."));
    let mut chars = said.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

impl Line {
    fn said(&self) -> Option<&str> {
        match self {
            Line::Text(text) => Some(text),
            Line::Table(_) | Line::Example(_) | Line::Default(_) => None,
        }
    }

    fn table(&self) -> Option<&str> {
        match self {
            Line::Table(table) => Some(table),
            Line::Text(_) | Line::Example(_) | Line::Default(_) => None,
        }
    }

    fn setting(&self) -> Option<(&str, &str)> {
        match self {
            Line::Example(setting) | Line::Default(setting) => setting.split_once(" = "),
            Line::Text(_) | Line::Table(_) => None,
        }
    }

    fn remark(&self, key: &str) -> &'static str {
        match self {
            Line::Default(_) if !WITHOUT_DEFAULT.contains(&key) => "  (default)",
            Line::Default(_) | Line::Example(_) => "  (example)",
            Line::Text(_) | Line::Table(_) => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_example_is_text_table_or_setting() {
        let text = |text: &str| Line::Text(text.to_owned());
        let cases = [
            ("# The folders to read.", Some(text("The folders to read."))),
            ("#poll = \"5 min\"", Some(Line::Default("poll = \"5 min\"".to_owned()))),
            ("host = \"imap.example.org\"", Some(Line::Example("host = \"imap.example.org\"".to_owned()))),
            ("#   password = \"...\"", Some(Line::Example("password = \"...\"".to_owned()))),
            ("#[[notify]]", Some(Line::Table("[[notify]]".to_owned()))),
            ("[policy]", Some(Line::Table("[policy]".to_owned()))),
            ("", None),
            ("#", None),
        ];
        for (line, expected) in cases {
            assert_eq!(super::line(line), expected, "{line}");
        }
    }

    #[test]
    fn half_a_sentence_becomes_a_whole_one() {
        assert_eq!(paragraph("or a file that only you can read:"), "A file that only you can read.");
        assert_eq!(paragraph("How often to look."), "How often to look.");
    }
}
