//! `confirmd guide`: how to object, platform by platform. Works without any configuration.

use super::args::{Args, Guide};
use super::context::CliError;
use super::language::locale;
use super::output::Output;
use crate::model::language::Lang;

const ENGLISH: &str = include_str!("../../templates/guide.en.txt");
const GERMAN: &str = include_str!("../../templates/guide.de.txt");

/// What can be asked for.
pub const TOPICS: &[&str] = &["facebook", "instagram", "threads", "none", "whatsapp"];

/// Shows one topic, or the overview.
pub fn run(args: &Args, command: &Guide, output: &mut Output) -> Result<(), CliError> {
    let text = match locale(args).lang() {
        Lang::De => GERMAN,
        Lang::En => ENGLISH,
    };
    let topic = command.platform.as_deref().unwrap_or("overview");
    output.line(section(text, topic).unwrap_or_default())
}

/// The part below `== TOPIC`.
fn section<'a>(text: &'a str, topic: &str) -> Option<&'a str> {
    text.split("== ").find_map(|part| part.strip_prefix(topic)?.strip_prefix('\n')).map(str::trim_end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_topic_is_there_in_both_languages_and_fits_a_terminal() {
        for text in [ENGLISH, GERMAN] {
            for topic in TOPICS.iter().chain(&["overview"]) {
                let section = section(text, topic).unwrap_or_default();
                assert!(section.lines().count() > 3, "{topic}");
                for line in section.lines() {
                    assert!(line.chars().count() <= 80, "{topic}: {line}");
                }
            }
        }
    }
}
