//! Texts for people, kept as prose in `templates/` and filled in here.
//!
//! A file holds named texts: a line `== name` begins one, a line `## ...` is a remark for those who edit it. `{word}` in a text is
//! a gap. What fills a gap is never looked at for gaps again: a mail cannot smuggle one in.

use std::collections::BTreeMap;

/// The named texts of one file.
#[derive(Debug, Clone)]
pub struct Texts(BTreeMap<&'static str, String>);

impl Texts {
    /// Reads a file of `templates/`.
    pub fn parse(source: &'static str) -> Texts {
        let mut texts: BTreeMap<&'static str, String> = BTreeMap::new();
        let mut name = None;
        for line in source.lines().filter(|line| !line.starts_with("##")) {
            match (line.strip_prefix("== "), name) {
                (Some(next), _) => name = Some(next.trim()),
                (None, Some(name)) => {
                    let text = texts.entry(name).or_default();
                    text.push_str(line);
                    text.push('\n');
                }
                (None, None) => {}
            }
        }
        Texts(texts.into_iter().map(|(name, text)| (name, text.trim().to_owned())).collect())
    }

    /// The text of that name; a gap of that name where there is none, which the tests of every file look for.
    pub fn get(&self, name: &str) -> String {
        self.0.get(name).cloned().unwrap_or_else(|| format!("{{{name}}}"))
    }

    /// The text of that name with its gaps filled.
    pub fn fill(&self, name: &str, values: &[(&str, &str)]) -> String {
        fill(&self.get(name), values)
    }

    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.0.keys().copied()
    }
}

/// Fills the gaps of a text; a gap without a value stays.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in Pieces(text) {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Gap(name) => match values.iter().find(|(known, _)| *known == name) {
                Some((_, value)) => out.push_str(value),
                None => out.extend(["{", name, "}"]),
            },
        }
    }
    out
}

/// The names of a text's gaps, in order.
pub fn gaps(text: &str) -> Vec<&str> {
    let gap = |piece| match piece {
        Piece::Gap(name) => Some(name),
        Piece::Text(_) => None,
    };
    Pieces(text).filter_map(gap).collect()
}

enum Piece<'a> {
    Text(&'a str),
    Gap(&'a str),
}

struct Pieces<'a>(&'a str);

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        let rest = self.0;
        if rest.is_empty() {
            return None;
        }
        let Some(open) = rest.find('{') else {
            self.0 = "";
            return Some(Piece::Text(rest));
        };
        let name = rest[open + 1..].split_once('}').map(|(name, _)| name);
        let is_gap = |name: &&str| !name.is_empty() && name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'_'));
        match name.filter(is_gap) {
            Some(name) if open == 0 => {
                self.0 = &rest[name.len() + 2..];
                Some(Piece::Gap(name))
            }
            Some(_) => {
                self.0 = &rest[open..];
                Some(Piece::Text(&rest[..open]))
            }
            None => {
                self.0 = &rest[open + 1..];
                Some(Piece::Text(&rest[..=open]))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_once() {
        let cases = [
            ("on {day}.", "on {who}."),
            ("{day}{who}", "{who}{day}"),
            ("no gap: {} { day} {Day} {day", "no gap: {} { day} {Day} {day"),
            ("{unknown} { {day} }", "{unknown} { {who} }"),
            ("", ""),
        ];
        for (text, filled) in cases {
            assert_eq!(fill(text, &[("day", "{who}"), ("who", "{day}")]), filled);
        }
        assert_eq!(gaps("{a} {b_c} {} {D}{e}"), ["a", "b_c", "e"]);
    }

    #[test]
    fn a_file_holds_named_texts() {
        let texts = Texts::parse("## remark\n== one\n\nfirst\n\nsecond\n## remark\n== two\n{gap}\n");
        assert_eq!(texts.names().collect::<Vec<_>>(), ["one", "two"]);
        assert_eq!(texts.get("one"), "first\n\nsecond");
        assert_eq!(texts.fill("two", &[("gap", "x")]), "x");
        assert_eq!(texts.get("three"), "{three}");
    }
}
