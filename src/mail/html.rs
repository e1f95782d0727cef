//! HTML to text and links, one pass over html5gum's tokens.
//!
//! Builds no tree and lays nothing out. Hidden text (a preheader) stays text, in a paragraph of its own: whether it was seen
//! cannot be told from here, and a rule should rather see too much.

use std::collections::BTreeMap;

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use crate::model::message::Text;

use super::elements::{hides, is_block, is_void, quoting_class};
use super::links::Links;
use super::text::{self, MAX_TEXT};

/// Open elements that are remembered. Deeper ones are only counted.
const MAX_OPEN: usize = 1_000;

/// The text of an HTML part; its links are added to `links`.
pub fn read(html: &str, links: &mut Links) -> Text {
    let mut emitter = DefaultEmitter::default();
    // Without it the words of a script would be taken for tags.
    emitter.naively_switch_states(true);
    let mut page =
        Page { links, own: Buffer::default(), quoted: Buffer::default(), open: Open::default(), rest_quoted: false };
    for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
        match token {
            Token::StartTag(tag) => page.start(&tag),
            Token::EndTag(tag) => page.end(&tag.name),
            Token::String(string) => page.text(&String::from_utf8_lossy(&string)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    // An Outlook reply has no <blockquote>, but the old headers.
    let mut read = text::from_html(&page.own.text);
    text::append(&mut read.quoted, &page.quoted.text);
    page.links.add_text(&page.own.text);
    page.links.add_text(&page.quoted.text);
    Text { own: read.own, quoted: text::cut(read.quoted) }
}

struct Page<'a> {
    links: &'a mut Links,
    own: Buffer,
    quoted: Buffer,
    open: Open,
    /// Below Outlook's mark everything to the end is quoted.
    rest_quoted: bool,
}

impl Page<'_> {
    fn start(&mut self, tag: &StartTag<()>) {
        let name: &[u8] = &tag.name;
        self.note_links(name, tag);
        match name {
            b"br" => self.buffer().gap(Gap::Line),
            b"img" => {
                if let Some(alt) = attribute(tag, b"alt") {
                    self.buffer().gap(Gap::Space);
                    self.text(&alt);
                    self.buffer().gap(Gap::Space);
                }
            }
            _ => {}
        }
        let element = Element::of(name, tag);
        if attribute(tag, b"id").is_some_and(|id| matches!(id.as_str(), "divRplyFwdMsg" | "appendonsend")) {
            self.rest_quoted = true;
        }
        if element.breaks {
            self.buffer().gap(Gap::Paragraph);
        }
        if !is_void(name) {
            let turns = element.quotes;
            self.open.push(element);
            if turns {
                self.buffer().gap(Gap::Paragraph);
            }
        }
    }

    fn end(&mut self, name: &[u8]) {
        let closed = self.open.pop(name);
        // `</p>` alone is a paragraph too (WHATWG 13.2.6.4.7), and `</br>` a line break.
        if closed.breaks || is_block(name) {
            self.buffer().gap(Gap::Paragraph);
        } else if name == b"br" {
            self.buffer().gap(Gap::Line);
        }
    }

    fn text(&mut self, text: &str) {
        if self.open.skipped == 0 {
            let pre = self.open.preformatted > 0;
            self.buffer().push(text, pre);
        }
    }

    fn buffer(&mut self) -> &mut Buffer {
        if self.rest_quoted || self.open.quoting > 0 { &mut self.quoted } else { &mut self.own }
    }

    /// Whatever leads somewhere when it is clicked, and what decides where relative links lead.
    fn note_links(&mut self, name: &[u8], tag: &StartTag<()>) {
        let attributes: &[&[u8]] = match name {
            b"link" => &[],
            b"form" => &[b"action"],
            b"button" | b"input" => &[b"formaction"],
            _ => &[b"href", b"xlink:href"],
        };
        for key in attributes {
            if let Some(href) = attribute(tag, key) {
                self.links.add_href(&href);
            }
        }
        if name == b"meta" && attribute(tag, b"http-equiv").is_some_and(|kind| kind.eq_ignore_ascii_case("refresh")) {
            let content = attribute(tag, b"content").unwrap_or_default();
            self.links.add_text(&content.replace(['=', '\''], " "));
        }
    }
}

fn attribute(tag: &StartTag<()>, key: &[u8]) -> Option<String> {
    tag.attributes.get(key).map(|value| String::from_utf8_lossy(value).into_owned())
}

/// What an open element does to the text in it.
#[derive(Default)]
struct Element {
    name: Vec<u8>,
    breaks: bool,
    quotes: bool,
    skips: bool,
    preformatted: bool,
}

impl Element {
    fn of(name: &[u8], tag: &StartTag<()>) -> Element {
        let hidden = attribute(tag, b"style").is_some_and(|style| hides(&style))
            || tag.attributes.contains_key(b"hidden".as_slice());
        let quotes = name == b"blockquote" || attribute(tag, b"class").is_some_and(|class| quoting_class(&class));
        Element {
            name: name.to_vec(),
            breaks: hidden || quotes || is_block(name),
            quotes,
            skips: matches!(
                name,
                b"script" | b"style" | b"title" | b"template" | b"iframe" | b"noframes" | b"noembed" | b"textarea"
            ),
            preformatted: name == b"pre",
        }
    }
}

/// The elements that are open, and what they add up to.
#[derive(Default)]
struct Open {
    stack: Vec<Element>,
    named: BTreeMap<Vec<u8>, usize>,
    beyond: usize,
    quoting: usize,
    skipped: usize,
    preformatted: usize,
}

impl Open {
    fn push(&mut self, element: Element) {
        if self.stack.len() >= MAX_OPEN {
            self.beyond += 1;
            return;
        }
        self.quoting += usize::from(element.quotes);
        self.skipped += usize::from(element.skips);
        self.preformatted += usize::from(element.preformatted);
        *self.named.entry(element.name.clone()).or_default() += 1;
        self.stack.push(element);
    }

    /// Closes the innermost element of that name and everything still open in it.
    fn pop(&mut self, name: &[u8]) -> Element {
        let mut closed = Element::default();
        if self.beyond > 0 {
            self.beyond -= 1;
            return closed;
        }
        if self.named.get(name).is_none_or(|count| *count == 0) {
            return closed;
        }
        while let Some(element) = self.stack.pop() {
            self.quoting -= usize::from(element.quotes);
            self.skipped -= usize::from(element.skips);
            self.preformatted -= usize::from(element.preformatted);
            if let Some(count) = self.named.get_mut(&element.name) {
                *count -= 1;
            }
            closed.breaks |= element.breaks;
            if element.name == name {
                break;
            }
        }
        closed
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
    Paragraph,
}

/// Text in the making: white space is written when the next word comes.
#[derive(Default)]
struct Buffer {
    text: String,
    pending: Gap,
}

impl Buffer {
    fn gap(&mut self, gap: Gap) {
        // Two line breaks in a row are a blank line.
        self.pending =
            if gap == Gap::Line && self.pending == Gap::Line { Gap::Paragraph } else { self.pending.max(gap) };
    }

    fn push(&mut self, text: &str, preformatted: bool) {
        for c in text.chars() {
            if self.text.len() > MAX_TEXT {
                return;
            }
            match c {
                '\n' if preformatted => self.gap(Gap::Line),
                ' ' | '\t' | '\n' | '\r' | '\u{c}' => self.gap(Gap::Space),
                c => {
                    if !self.text.is_empty() {
                        self.text.push_str(match self.pending {
                            Gap::None => "",
                            Gap::Space => " ",
                            Gap::Line => "\n",
                            Gap::Paragraph => "\n\n",
                        });
                    }
                    self.pending = Gap::None;
                    self.text.push(c);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_one(html: &str) -> (String, String, Vec<String>) {
        let mut links = Links::default();
        let text = read(html, &mut links);
        (text.own, text.quoted, links.into_vec().into_iter().map(|link| link.host).collect())
    }

    #[test]
    fn paragraphs_cells_and_breaks_are_kept_apart() {
        let cases = [
            ("<p>Hi Ruby,</p><p>We <b>will</b>\n honour&nbsp;it.</p>", "Hi Ruby,\n\nWe will honour\u{a0}it."),
            ("<div>a</div>b<div>c</div>", "a\n\nb\n\nc"),
            ("<table><tr><td>Betrag</td><td>12,00 EUR</td></tr></table>", "Betrag\n\n12,00 EUR"),
            ("a<br>b<br><br>c<br/> <br>d", "a\nb\n\nc\n\nd"),
            ("Kündi<wbr>gung Kündi&shy;gung", "Kündigung Kündi\u{ad}gung"),
            ("a<script>if (a<b) {}</script>b<style>p{}</style>c", "abc"),
            ("<head><title>t</title></head><body>b", "b"),
            ("<script>never closed <p>x", ""),
            ("a<img alt=\"Facebook\">b<img alt=''>c", "a Facebook b c"),
            ("x<span style='DISPLAY : none !important'>pre</span>y", "x\n\npre\n\ny"),
            ("<div hidden>pre</div>y", "pre\n\ny"),
            ("&lt;p&gt; &auml &amp;amp; &#8364;", "<p> ä &amp; €"),
            ("<pre>a\n  b\n\nc</pre>", "a\nb\n\nc"),
            ("<!-- c --><!--[if mso]>m<![endif]-->a", "a"),
            ("<ul><li>a<li>b</ul>c", "a\n\nb\n\nc"),
            ("a</p>b</nonsense>c<//>d", "a\n\nbcd"),
            ("> Learn more", "> Learn more"),
            ("", ""),
        ];
        for (html, own) in cases {
            assert_eq!(read_one(html), (own.to_owned(), String::new(), Vec::new()), "{html:?}");
        }
    }

    #[test]
    fn what_is_quoted_is_told_apart() {
        let cases = [
            ("a<blockquote>b<p>c</p></blockquote>d", "a\n\nd", "b\n\nc"),
            ("a<blockquote><blockquote>b</blockquote>c</blockquote>d", "a\n\nd", "b\n\nc"),
            ("a<div class=\"x gmail_quote gmail_quote_container\">b<div>c</div></div>d", "a\n\nd", "b\n\nc"),
            ("a<div id=divRplyFwdMsg>b</div>c", "a", "b\n\nc"),
            ("a<p><b>Von:</b> x<br>Gesendet: y<br>An: z<br></p><p>old</p>", "a", "Von: x\nGesendet: y\nAn: z\n\nold"),
            ("a<blockquote>never closed", "a", "never closed"),
            ("a</blockquote>b", "a\n\nb", ""),
        ];
        for (html, own, quoted) in cases {
            assert_eq!(read_one(html), (own.to_owned(), quoted.to_owned(), Vec::new()), "{html:?}");
        }
    }

    #[test]
    fn whatever_can_be_clicked_is_a_link() {
        let html = "<base href='https://base.example/'><a href='https://a.example/?x&amp;n_m=anna%40example.org'>facebook.com</a>\
                    <area href=//b.example><form action='https://c.example'><button formaction='https://d.example'></form>\
                    <meta http-equiv=Refresh content='0;url=https://e.example/'><svg><a xlink:href='https://f.example'></svg>\
                    <link href='https://not.example'><img src='https://not2.example'><a href='mailto:a@not3.example'>x</a>\
                    see https://g.example/.<!-- https://not4.example -->";
        let (_, _, hosts) = read_one(html);
        assert_eq!(
            hosts,
            ["base.example", "a.example", "b.example", "c.example", "d.example", "e.example", "f.example", "g.example"]
        );
    }

    #[test]
    fn html_bombs_are_read_in_linear_time() {
        let deep = format!("{}a{}b", "<ul><li><blockquote>".repeat(20_000), "</blockquote></li></ul>".repeat(20_000));
        assert_eq!(read_one(&deep), ("b".to_owned(), "a".to_owned(), Vec::new()));
        let unclosed = "<b><i><p></u>".repeat(40_000);
        assert_eq!(read_one(&unclosed).0, "");
        assert!(read_one(&"<p>wort wort".repeat(40_000)).0.len() <= MAX_TEXT);
        assert_eq!(read_one(&format!("<a {}>x", "b=c ".repeat(50_000))).0, "x");
    }
}
