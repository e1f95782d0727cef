//! What is known of HTML elements, their styles and classes. The walk over them is in `html`.

/// Elements without an end tag.
pub fn is_void(name: &[u8]) -> bool {
    matches!(
        name,
        b"area"
            | b"base"
            | b"br"
            | b"col"
            | b"embed"
            | b"hr"
            | b"img"
            | b"input"
            | b"link"
            | b"meta"
            | b"source"
            | b"track"
            | b"wbr"
    )
}

/// Elements that stand on lines of their own. Table cells too: a layout table puts unlike things side by side.
pub fn is_block(name: &[u8]) -> bool {
    const BLOCKS: &str = "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption \
        figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p pre section \
        select summary table tbody td tfoot th thead tr ul title head dir search";
    BLOCKS.split(' ').any(|block| block.as_bytes() == name)
}

/// The usual ways of hiding a preheader.
pub fn hides(style: &str) -> bool {
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    let declarations = style.split(';').map(|declaration| declaration.trim_end_matches("!important"));
    declarations.into_iter().any(|declaration| {
        matches!(
            declaration,
            "display:none"
                | "visibility:hidden"
                | "mso-hide:all"
                | "opacity:0"
                | "font-size:0"
                | "font-size:0px"
                | "max-height:0"
                | "max-height:0px"
                | "height:0"
                | "height:0px"
        )
    })
}

/// Classes that mail readers give to what they quote.
pub fn quoting_class(class: &str) -> bool {
    class.split_whitespace().any(|class| {
        class.starts_with("gmail_quote")
            || matches!(class, "yahoo_quoted" | "moz-cite-prefix" | "protonmail_quote" | "moz-forward-container")
    })
}
