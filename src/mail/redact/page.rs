//! HTML without personal data: the same elements with the same text, and only attributes that rules or readers need.
//!
//! The page is read with the tokenizer that `mail::html` reads it with, and written anew: no comment, script, style sheet, character
//! reference or attribute of unknown meaning is left to hide something in. A word that elements divide (`Ru<wbr>by`) is found.

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use super::Redactor;
use crate::mail::elements::{hides, is_block, is_void, quoting_class};

/// Attributes that lead somewhere.
const LINKS: &[&str] = &["href", "xlink:href", "src", "action", "formaction", "background"];

/// Attributes that stay, their values searched like any text.
const KEPT: &[&str] = &[
    "align",
    "alt",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "class",
    "color",
    "colspan",
    "dir",
    "height",
    "hidden",
    "http-equiv",
    "id",
    "lang",
    "role",
    "rowspan",
    "style",
    "title",
    "type",
    "valign",
    "width",
];

/// Elements of which nothing is read; they go with what they contain.
const UNREAD: &[&[u8]] = &[b"script", b"style", b"template", b"iframe", b"noframes", b"noembed", b"textarea", b"title"];

/// A page as it may be published.
pub fn redact(redactor: &mut Redactor<'_>, html: &str) -> String {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut page = Page { redactor, pieces: Vec::new(), run: Vec::new(), unread: None };
    for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
        match token {
            Token::StartTag(tag) => page.start(&tag),
            Token::EndTag(tag) => page.end(&tag.name),
            Token::String(string) if page.unread.is_none() => {
                page.run.push(page.pieces.len());
                page.pieces.push(String::from_utf8_lossy(&string).into_owned());
            }
            Token::Doctype(_) => page.pieces.push("<!DOCTYPE html>".to_owned()),
            Token::String(_) | Token::Comment(_) | Token::Error(_) => {}
        }
    }
    page.finish_run();
    page.pieces.concat()
}

struct Page<'a, 'b> {
    redactor: &'a mut Redactor<'b>,
    /// Markup and texts in order.
    pieces: Vec<String>,
    /// Which pieces are the text of one line, not yet redacted.
    run: Vec<usize>,
    /// The element of which nothing is read, if one is open.
    unread: Option<Vec<u8>>,
}

impl Page<'_, '_> {
    fn start(&mut self, tag: &StartTag<()>) {
        if self.unread.is_some() {
            return;
        }
        let name = written_name(&tag.name);
        if UNREAD.contains(&name) {
            self.unread = Some(name.to_vec());
            return;
        }
        let attribute =
            |key: &str| tag.attributes.get(key.as_bytes()).map(|value| String::from_utf8_lossy(value).into_owned());
        let hidden = attribute("style").is_some_and(|style| hides(&style)) || attribute("hidden").is_some();
        let quotes = name == b"blockquote" || attribute("class").is_some_and(|class| quoting_class(&class));
        if hidden || quotes || is_block(name) || matches!(name, b"br" | b"img") {
            self.finish_run();
        }
        let mut markup = format!("<{}", String::from_utf8_lossy(name));
        for (key, value) in &tag.attributes {
            let key = String::from_utf8_lossy(key).into_owned();
            let value = String::from_utf8_lossy(value).into_owned();
            if let Some(value) = self.attribute(name, &key, &value) {
                markup.push_str(&format!(" {key}=\"{}\"", escaped(&value).replace('"', "&quot;")));
            }
        }
        markup.push('>');
        self.pieces.push(markup);
    }

    fn attribute(&mut self, element: &[u8], key: &str, value: &str) -> Option<String> {
        if LINKS.contains(&key) {
            return Some(self.redactor.link(value));
        }
        if element == b"meta" && key == "content" {
            // `0; url=https://...`, and anything else that a page says about itself.
            let (delay, url) = value.split_once('=').map_or((value, None), |(delay, url)| (delay, Some(url)));
            let delay = self.redactor.text(delay);
            return Some(match url {
                Some(url) => format!("{delay}={}", self.redactor.link(url.trim_matches(['\'', '"', ' ']))),
                None => delay,
            });
        }
        KEPT.contains(&key).then(|| self.redactor.text(value))
    }

    fn end(&mut self, name: &[u8]) {
        let name = written_name(name);
        if let Some(unread) = &self.unread {
            if unread == name {
                self.unread = None;
            }
            return;
        }
        if UNREAD.contains(&name) {
            return;
        }
        // `</b>` leaves a word in one piece; which element a stray end tag closes is not looked at.
        if is_block(name) || matches!(name, b"br" | b"img") {
            self.finish_run();
        }
        self.pieces.push(format!("</{}>", String::from_utf8_lossy(name)));
    }

    /// Redacts the text that has no paragraph, line break or picture in it as one, whatever elements divide it.
    fn finish_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        let texts: Vec<String> = run.iter().map(|at| self.pieces.get(*at).cloned().unwrap_or_default()).collect();
        let mut edits = self.redactor.edits(&texts.concat()).into_iter().peekable();
        let mut start = 0;
        // Where the edit that is being applied ends: it may reach over several pieces, and its words go into the first.
        let mut covered = 0;
        for (at, text) in run.into_iter().zip(&texts) {
            let end = start + text.len();
            let mut out = String::with_capacity(text.len());
            let mut from = start.max(covered.min(end));
            while let Some(edit) = edits.next_if(|edit| edit.range.start < end) {
                out.push_str(&escaped(text.get(from - start..edit.range.start - start).unwrap_or_default()));
                out.push_str(&escaped(&edit.with));
                covered = edit.range.end;
                from = covered.min(end);
            }
            out.push_str(&escaped(text.get(from - start..).unwrap_or_default()));
            if let Some(piece) = self.pieces.get_mut(at) {
                *piece = out;
            }
            start = end;
        }
    }
}

/// Elements that are known, besides blocks and those without an end.
const INLINE: &[&[u8]] = &[
    b"a", b"abbr", b"acronym", b"b", b"bdo", b"big", b"button", b"cite", b"code", b"del", b"dfn", b"em", b"font", b"i",
    b"ins", b"kbd", b"label", b"map", b"mark", b"o:p", b"q", b"s", b"samp", b"small", b"span", b"strike", b"strong",
    b"sub", b"sup", b"svg", b"time", b"tt", b"u", b"var",
];

/// An element's name, as it is written: an unknown one can be anything (`<ruby@example.com>` is a tag to every browser), and the text
/// of `xmp` and its like is taken literally, so that it would show escapes.
fn written_name(name: &[u8]) -> &[u8] {
    let is_known = UNREAD.contains(&name) || INLINE.contains(&name) || is_block(name) || is_void(name);
    if is_known { name } else { b"x-unknown" }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleSet;

    #[test]
    fn pages_keep_their_text_and_lose_what_is_hidden_in_them() {
        let rules = RuleSet::shipped_once();
        let common = rules.vocabulary();
        let cases = [
            ("<p>Hi Ruby,</p><p>a &amp; b&nbsp;&lt;c&gt;</p>", "<p>Hi Anna,</p><p>a &amp; b\u{a0}&lt;c&gt;</p>"),
            ("Ru<wbr>by, R<b>ub</b>y!", "Anna<wbr>, Anna<b></b>!"),
            ("Ru<br>by <div>Ruby</div>", "Ru<br>by <div>Anna</div>"),
            ("&#82;uby Ru&shy;by &#x52;&#x75;by", "Anna Anna Anna"),
            ("<b>654</b> 321", "<b>900 001</b>"),
            ("<!-- Ruby --><script>Ruby</script><style>.ruby{}</style><title>Ruby</title>x", "x"),
            ("<xmp>Ruby & <b></xmp>", "<x-unknown>Anna &amp; &lt;b&gt;</x-unknown>"),
            (
                "<a href='https://www.facebook.com/help?n_m=ruby%40example.com&amp;x=1' data-who=ruby onclick='ruby()'>x</a>",
                "<a href=\"https://www.facebook.com/help?n_m=anna%40example.org&amp;x=1\">x</a>",
            ),
            (
                "<img alt='Ruby &quot;x&quot;' src='https://x.example/123456.png'>",
                "<img alt=\"Anna &quot;x&quot;\" src=\"https://host1.example/000000.xxa\">",
            ),
            (
                "<div style='display:none;color:#141823' hidden>x</div>",
                "<div hidden=\"\" style=\"display:none;color:#000001\">x</div>",
            ),
            (
                "<meta http-equiv=refresh content='0; url=https://evil.example/'>",
                "<meta content=\"0; url=https://host1.example/\" http-equiv=\"refresh\">",
            ),
            ("from <ruby@example.com>Ruby", "from <x-unknown>Anna"),
            ("", ""),
        ];
        for (html, wanted) in cases {
            let mut redactor = Redactor::new(rules, common);
            redactor.people.learn_name(0, "Ruby", common);
            let once = redact(&mut redactor, html);
            assert_eq!(once, wanted, "{html}");
            let mut redactor = Redactor::new(rules, common);
            redactor.people.learn_name(0, "Anna", common);
            assert_eq!(redact(&mut redactor, &once), wanted, "again: {html}");
        }
    }
}
