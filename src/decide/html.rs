//! HTML that strangers' words cannot break out of: text enters a page only through [`Html::text`].

use crate::model::harmless::harmless;

/// A piece of HTML.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Text of any origin, escaped, with control and bidi characters made visible.
    pub fn text(text: &str) -> Html {
        let mut out = String::with_capacity(text.len());
        for c in harmless(text).chars() {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\'' => out.push_str("&#39;"),
                c => out.push(c),
            }
        }
        Html(out)
    }

    /// An element around `content`. `tag` may have attributes written in this program: `p class="soft"`.
    pub fn element(tag: &'static str, content: impl Into<Html>) -> Html {
        let name = tag.split(' ').next().unwrap_or(tag);
        Html(format!("<{tag}>{}</{name}>", content.into().0))
    }

    /// Pieces one below the other.
    pub fn lines(pieces: impl IntoIterator<Item = Html>) -> Html {
        Html(pieces.into_iter().map(|piece| piece.0).collect::<Vec<_>>().join("\n"))
    }

    /// This piece, a space, and another.
    pub fn and(self, other: Html) -> Html {
        if self.0.is_empty() { other } else { Html(format!("{} {}", self.0, other.0)) }
    }

    /// This piece as something a link can lead to. `id` is made of letters, digits and `-`.
    pub fn with_id(self, id: &str) -> Html {
        match self.0.split_once('>') {
            Some((open, rest)) => Html(format!("{open} id=\"{}\">{rest}", Html::text(id).0)),
            None => self,
        }
    }

    /// A link within the page.
    pub fn link_to(id: &str, text: &str) -> Html {
        Html(format!("<a href=\"#{}\">{}</a>", Html::text(id).0, Html::text(text).0))
    }

    /// The HTML.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Html {
    fn from(text: &str) -> Html {
        Html::text(text)
    }
}

impl From<String> for Html {
    fn from(text: String) -> Html {
        Html::text(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        let cases = [
            ("Grüße", "Grüße"),
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("\"><img src=x onerror='a'>", "&quot;&gt;&lt;img src=x onerror=&#39;a&#39;&gt;"),
            ("&lt;b&gt;", "&amp;lt;b&amp;gt;"),
            ("\u{202e}evil\u{1b}[0m", "\\u{202e}evil\\u{1b}[0m"),
        ];
        for (text, html) in cases {
            assert_eq!(Html::text(text).as_str(), html);
        }
    }

    #[test]
    fn pieces_are_put_together() {
        let cell = Html::element("td class=\"x\"", "a<b").with_id("m-1");
        assert_eq!(cell.as_str(), "<td class=\"x\" id=\"m-1\">a&lt;b</td>");
        assert_eq!(
            Html::default().and("a".into()).and(Html::link_to("m-1", "<1>")).as_str(),
            "a <a href=\"#m-1\">&lt;1&gt;</a>"
        );
    }
}
