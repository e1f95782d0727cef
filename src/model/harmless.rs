//! Text from strangers made harmless for terminals, logs and notices.

/// Makes control, escape, bidirectional and line-breaking characters visible as `\u{1b}` and the like.
///
/// What a mail, a folder name or a server's error text contains reaches a person only through here (contract, promise 7).
pub fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_harmful(c) { out.extend(c.escape_unicode()) } else { out.push(c) }
    }
    out
}

/// [`harmless`], and cut to at most `most` characters with an ellipsis.
pub fn harmless_short(text: &str, most: usize) -> String {
    let mut cut: String = text.chars().take(most).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    harmless(&cut)
}

/// Whether a character can move a cursor, turn text around, or hide.
pub fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{200b}'..='\u{200f}'   // zero width, LRM, RLM
            | '\u{2028}'..='\u{202e}' // line and paragraph separators, bidi embedding and override
            | '\u{2060}'..='\u{206f}' // word joiner, invisible operators, bidi isolates
            | '\u{061c}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_move_a_cursor_or_turn_text_around_becomes_visible() {
        let cases = [
            ("Grüße, 日本語 ✔", "Grüße, 日本語 ✔"),
            ("\u{1b}[31mred", "\\u{1b}[31mred"),
            ("a\r\nb\tc\0", "a\\u{d}\\u{a}b\\u{9}c\\u{0}"),
            ("exe.\u{202e}gpj", "exe.\\u{202e}gpj"),
            ("\u{9b}2J", "\\u{9b}2J"),
        ];
        for (hostile, shown) in cases {
            assert_eq!(harmless(hostile), shown);
        }
        assert_eq!(harmless_short("abcdef", 3), "abc…");
        assert_eq!(harmless_short("abc", 3), "abc");
    }
}
