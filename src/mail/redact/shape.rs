//! Placeholders of the same shape: digits for digits, letters for letters, everything else as it is.
//!
//! Equal originals get equal placeholders, different ones different ones, by the order in which they come: so a redacted mail,
//! redacted again, stays as it is.

use std::collections::BTreeMap;

/// The placeholders given so far.
#[derive(Debug, Default)]
pub struct Shapes {
    given: BTreeMap<String, String>,
    /// How many originals had this shape.
    used: BTreeMap<String, usize>,
}

impl Shapes {
    /// `000000000001` for `100200300400`, `0xx0xxx1` for `4bc1e7f9`. What is neither letter, digit, `.`, `-` nor `_` becomes `-`.
    pub fn of(&mut self, original: &str) -> String {
        self.filled(original, original.chars().map(blank).collect())
    }

    /// A number written in groups, `+49 170 1234567` or `654 321`: separators stay, and so does what tells that it is one: the
    /// zeros or the plus it begins with, and that something else follows.
    pub fn of_grouped(&mut self, original: &str) -> String {
        let mut lead = !original.starts_with('+');
        let blank = |c: char| match c {
            '0' => '0',
            '1'..='9' if lead => {
                lead = false;
                '9'
            }
            '1'..='9' => '0',
            c => c,
        };
        self.filled(original, original.chars().map(blank).collect())
    }

    fn filled(&mut self, original: &str, shape: String) -> String {
        if let Some(given) = self.given.get(original) {
            return given.clone();
        }
        let used = self.used.entry(shape.clone()).or_default();
        *used += 1;
        let placeholder = counted(&shape, *used);
        self.given.insert(original.to_owned(), placeholder.clone());
        placeholder
    }
}

fn blank(c: char) -> char {
    match c {
        '0'..='9' => '0',
        'A'..='Z' => 'X',
        '.' | '-' | '_' => c,
        c if c.is_numeric() => '0',
        c if c.is_alphabetic() => 'x',
        _ => '-',
    }
}

/// Writes a number into the last blanks: decimal into digits, `x`, `a`, `b`, ... into letters. A leading `9` is no blank.
fn counted(shape: &str, mut number: usize) -> String {
    let mut chars: Vec<char> = shape.chars().collect();
    for c in chars.iter_mut().rev() {
        let (radix, digits) = match c {
            '0' => (10, "0123456789"),
            'x' => (24, "xabcdefghijklmnopqrstuvw"),
            'X' => (24, "XABCDEFGHIJKLMNOPQRSTUVW"),
            _ => continue,
        };
        *c = digits.chars().nth(number % radix).unwrap_or(*c);
        number /= radix;
        if number == 0 {
            break;
        }
    }
    chars.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_have_the_shape_of_what_they_replace() {
        let mut shapes = Shapes::default();
        let cases = [
            ("100200300400", "000000000001"),
            ("500600700800", "000000000002"),
            ("100200300400", "000000000001"),
            ("500600700", "000000001"),
            ("4bc1e7f9", "0xx0x0x1"),
            ("AbC-d_e", "XxX-x_a"),
            ("ä@b", "x-a"),
        ];
        for (original, placeholder) in cases {
            assert_eq!(shapes.of(original), placeholder, "{original}");
        }
        let grouped = [
            ("654 321", "900 001"),
            ("+49 170 1234567", "+00 000 0000001"),
            ("0170/1234567", "0900/0000001"),
            ("0049 170 1234567", "0090 000 0000001"),
        ];
        for (original, placeholder) in grouped {
            assert_eq!(shapes.of_grouped(original), placeholder, "{original}");
        }
    }

    #[test]
    fn placeholders_are_their_own_placeholders() {
        let mut first = Shapes::default();
        let mut second = Shapes::default();
        for original in ["12345", "99999", "abc1234", "xyz9876", "12345", "00001"] {
            let placeholder = first.of(original);
            assert_eq!(second.of(&placeholder), placeholder, "{original}");
        }
        for original in ["654 321", "111 222", "0170 12345", "+49 89 12345"] {
            let placeholder = first.of_grouped(original);
            assert_eq!(second.of_grouped(&placeholder), placeholder, "{original}");
        }
    }
}
