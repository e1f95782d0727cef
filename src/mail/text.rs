//! What a text says in its own voice, and what it quotes.
//!
//! Line shapes only: whether a sentence is a promise is not for here.

use crate::model::message::Text;

/// Longer than any mail of Meta's by two orders of magnitude; bounds what rules have to read.
pub const MAX_TEXT: usize = 256 * 1024;

/// How much is looked at to fill the two texts. Whoever writes a megabyte before coming to the point is not read.
pub const MAX_READ: usize = 1024 * 1024;

/// A quoted mail's introduction is at most this many lines and bytes long: `Am Mo., 2. Juni 2025 um 10:00 Uhr schrieb\nAnna
/// Muster <anna@example.org>:`.
const INTRO_LINES: usize = 3;
const INTRO_BYTES: usize = 400;

/// Splits a plain text: `>` lines and everything below the first separator of a quoted mail are quoted.
pub fn plain(text: &str) -> Text {
    split(text, true)
}

/// Splits a text that came from HTML, where `>` at the beginning of a line is an arrow.
pub fn from_html(text: &str) -> Text {
    split(text, false)
}

/// Adds `more` below `text`, as a paragraph of its own.
pub fn append(text: &mut String, more: &str) {
    if !text.is_empty() && !more.is_empty() {
        text.push_str("\n\n");
    }
    text.push_str(more);
}

/// `text` without its end, if it is longer than [`MAX_TEXT`].
pub fn cut(mut text: String) -> String {
    text.truncate(prefix(&text, MAX_TEXT).len());
    text
}

/// At most `length` bytes from the beginning, whole characters only.
pub fn prefix(text: &str, length: usize) -> &str {
    let mut end = text.len().min(length);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn split(text: &str, quote_marks: bool) -> Text {
    let lines: Vec<&str> = prefix(text, MAX_READ).lines().map(str::trim).collect();
    let mut own = Paragraphs::default();
    let mut quoted = Paragraphs::default();
    let mut below = false;
    for (at, line) in lines.iter().enumerate() {
        if own.text.len() > MAX_TEXT && quoted.text.len() > MAX_TEXT {
            break;
        }
        below = below || begins_quote(&lines[at..]);
        if below {
            quoted.line(line);
        } else if let Some(inner) = line.strip_prefix('>').filter(|_| quote_marks) {
            quoted.line(inner.trim_start_matches(['>', ' ']));
            own.line("");
        } else {
            own.line(line);
        }
    }
    Text { own: cut(own.text), quoted: cut(quoted.text) }
}

/// Lines put together: one blank line between paragraphs, none at either end.
#[derive(Default)]
struct Paragraphs {
    text: String,
    blank: bool,
}

impl Paragraphs {
    fn line(&mut self, line: &str) {
        if line.is_empty() {
            self.blank = true;
        } else {
            if !self.text.is_empty() {
                self.text.push_str(if self.blank { "\n\n" } else { "\n" });
            }
            self.blank = false;
            self.text.push_str(line);
        }
    }
}

/// Whether a quoted or forwarded mail begins with the first of these lines.
fn begins_quote(lines: &[&str]) -> bool {
    let Some(first) = lines.first() else { return false };
    is_separator(first) || is_introduction(lines) || is_header_block(lines)
}

/// `-----Original Message-----`, `---------- Forwarded message ---------`, `Begin forwarded message:`.
fn is_separator(line: &str) -> bool {
    const BETWEEN_DASHES: [&str; 22] = [
        "original message",
        "originalnachricht",
        "original-nachricht",
        "ursprüngliche nachricht",
        "ursprüngliche mitteilung",
        "weitergeleitete nachricht",
        "forwarded message",
        "message d'origine",
        "message original",
        "message transféré",
        "messaggio originale",
        "messaggio inoltrato",
        "mensaje original",
        "mensaje reenviado",
        "mensagem original",
        "mensagem encaminhada",
        "oorspronkelijk bericht",
        "doorgestuurd bericht",
        "oprindelig meddelelse",
        "videresendt meddelelse",
        "ursprungligt meddelande",
        "forwarded by",
    ];
    const APPLE: [&str; 8] = [
        "begin forwarded message:",
        "anfang der weitergeleiteten nachricht:",
        "début du message réexpédié",
        "début du message transféré",
        "inizio messaggio inoltrato:",
        "inicio del mensaje reenviado:",
        "início da mensagem encaminhada:",
        "begin doorgestuurd bericht:",
    ];
    if line.len() > 200 {
        return false;
    }
    let lower = line.to_lowercase().replace('’', "'");
    if lower.starts_with("--") && lower.ends_with("--") {
        let inside = lower.trim_matches(['-', ' ']);
        return BETWEEN_DASHES.iter().any(|words| inside.starts_with(words));
    }
    APPLE.iter().any(|words| lower.starts_with(words))
}

/// `On Mon, 2 Jun 2025 at 10:00, Meta <case@support.facebook.com> wrote:`, over up to three lines.
fn is_introduction(lines: &[&str]) -> bool {
    const SHAPES: [(&str, &str); 9] = [
        ("on ", " wrote"),
        ("am ", " schrieb"),
        ("le ", " a écrit"),
        ("il ", " ha scritto"),
        ("el ", " escribió"),
        ("em ", " escreveu"),
        ("op ", " schreef"),
        ("den ", " skrev"),
        ("w dniu ", " napisał"),
    ];
    // `Anna <anna@example.org> schrieb am 2.6.2025 um 10:00:`
    let first = lines.first().filter(|line| line.len() <= INTRO_BYTES && line.ends_with(':'));
    if first.is_some_and(|first| first.contains("> schrieb am ") || first.contains("> wrote on ")) {
        return true;
    }
    let mut joined = String::new();
    for line in lines.iter().take(INTRO_LINES).take_while(|line| !line.is_empty()) {
        if joined.len() + line.len() > INTRO_BYTES {
            return false;
        }
        joined.push_str(&line.to_lowercase());
        joined.push(' ');
        if line.ends_with(':') {
            // A date tells it from "On our site you wrote:".
            return joined.bytes().any(|byte| byte.is_ascii_digit())
                && SHAPES.iter().any(|(start, verb)| joined.starts_with(start) && joined.contains(verb));
        }
    }
    false
}

/// Outlook quotes below the old headers: `Von: ...`, `Gesendet: ...`, `An: ...`, `Betreff: ...`.
fn is_header_block(lines: &[&str]) -> bool {
    const FROM: [&str; 7] = ["from:", "von:", "de :", "de:", "da:", "van:", "fra:"];
    const OTHERS: [&str; 22] = [
        "sent:",
        "date:",
        "to:",
        "subject:",
        "gesendet:",
        "datum:",
        "an:",
        "betreff:",
        "envoyé",
        "à :",
        "objet :",
        "inviato:",
        "a:",
        "oggetto:",
        "enviado:",
        "para:",
        "asunto:",
        "assunto:",
        "verzonden:",
        "aan:",
        "onderwerp:",
        "emne:",
    ];
    let unstarred = |line: &str| line.trim_matches('*').to_lowercase();
    let Some(first) = lines.first().filter(|line| line.len() <= INTRO_BYTES).map(|line| unstarred(line)) else {
        return false;
    };
    if !FROM.iter().any(|word| first.starts_with(word)) {
        return false;
    }
    let following = lines[1..].iter().filter(|line| !line.is_empty()).take(4);
    let hits = following.filter(|line| line.len() <= INTRO_BYTES).map(|line| unstarred(line));
    hits.filter(|line| OTHERS.iter().any(|word| line.starts_with(word))).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_words_and_quoted_ones_are_told_apart() {
        let cases = [
            (
                "Hi Ruby,\r\n\r\nWe will\r\nhonour it.\r\n\r\n\r\n\r\nMeta\r\n",
                "Hi Ruby,\n\nWe will\nhonour it.\n\nMeta",
                "",
            ),
            ("> old\n>> older\nnew\n", "new", "old\nolder"),
            ("new\n> old\nnewer", "new\n\nnewer", "old"),
            ("new\n-----Original Message-----\nold\n", "new", "-----Original Message-----\nold"),
            ("new\n----- Ursprüngliche Nachricht -----\nold", "new", "----- Ursprüngliche Nachricht -----\nold"),
            ("new\n---------- Forwarded message ---------\nold", "new", "---------- Forwarded message ---------\nold"),
            ("Begin forwarded message:\n\nold", "", "Begin forwarded message:\n\nold"),
            ("ja\nAm Mo., 2. Juni 2025 schrieb Meta:\nold", "ja", "Am Mo., 2. Juni 2025 schrieb Meta:\nold"),
            (
                "ja\n\nOn Mon, 2 Jun 2025\nMeta <a@b.example> wrote:\nold",
                "ja",
                "On Mon, 2 Jun 2025\nMeta <a@b.example> wrote:\nold",
            ),
            ("a\nMeta <a@b.example> schrieb am 2.6.2025:\nold", "a", "Meta <a@b.example> schrieb am 2.6.2025:\nold"),
            (
                "ja\nVon: Meta\nGesendet: heute\nAn: Anna\nBetreff: x\n\nold",
                "ja",
                "Von: Meta\nGesendet: heute\nAn: Anna\nBetreff: x\n\nold",
            ),
            ("ja\n*From:* Meta\n*Sent:* now\n*To:* Anna\n\nold", "ja", "*From:* Meta\n*Sent:* now\n*To:* Anna\n\nold"),
            // Near misses.
            ("On our site you wrote:\nnew", "On our site you wrote:\nnew", ""),
            ("From: now on it is yours", "From: now on it is yours", ""),
            ("On 2 June 2025 we honoured it", "On 2 June 2025 we honoured it", ""),
            ("--------\nnew", "--------\nnew", ""),
            ("-- \nMeta", "--\nMeta", ""),
            ("the original message is lost", "the original message is lost", ""),
            ("", "", ""),
        ];
        for (text, own, quoted) in cases {
            assert_eq!(plain(text), Text { own: own.to_owned(), quoted: quoted.to_owned() }, "{text:?}");
        }
        assert_eq!(from_html("> Learn more").own, "> Learn more");
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        let text = plain(&"ü".repeat(MAX_TEXT));
        assert_eq!(text.own.len(), MAX_TEXT);
        assert_eq!(cut("ü".repeat(MAX_TEXT) + "x").len(), MAX_TEXT);
        assert_eq!(cut(format!("x{}", "ü".repeat(MAX_TEXT))).len(), MAX_TEXT - 1);
    }
}
