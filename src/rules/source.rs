//! A rule file as it is handed over, and what is wrong with one.

/// A rule file's text, and the name under which errors speak of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source<'a> {
    /// The file's name.
    pub name: &'a str,
    /// The file's text (TOML).
    pub text: &'a str,
}

/// What is wrong with a rule file: where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}{}: {place}: {hint}", line.map(|line| format!(":{line}")).unwrap_or_default())]
pub struct RuleError {
    /// The file's name.
    pub file: String,
    /// The line, counted from 1, where it is known.
    pub line: Option<usize>,
    /// The rule, class or field, e.g. "rule `de-honoured`, `sentence`".
    pub place: String,
    /// What is wrong and what to write instead.
    pub hint: String,
}
