//! Which of several recorded objections is in force.

use crate::model::objection::Objection;

/// One record: the objection, and whether it stood in the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recorded {
    /// The objection.
    pub objection: Objection,
    /// It stood in the configuration; else it was recorded by command.
    pub from_config: bool,
}

/// The objection in force: the last word counts, whether it was said in the configuration or by command.
///
/// `records` are in the order of recording. A configuration that says something else than it did when it was last
/// recorded has been edited since, so it is the last word.
pub fn in_force(configured: Option<Objection>, records: &[Recorded]) -> Option<Objection> {
    if is_news(configured, records) {
        return configured;
    }
    let last = records.iter().rev().find(|record| configured.is_some() || !record.from_config)?;
    Some(last.objection)
}

/// Whether the configuration says something that has not been recorded yet.
pub fn is_news(configured: Option<Objection>, records: &[Recorded]) -> bool {
    let last_configured = records.iter().rev().find(|record| record.from_config).map(|record| record.objection);
    configured.is_some() && configured != last_configured
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::objection::Via;
    use jiff::civil::date;

    #[test]
    fn the_last_word_counts_in_the_configuration_or_by_command() {
        let on = |day| Objection { on: date(2025, 5, day), via: Via::Web };
        let config = |day| Recorded { objection: on(day), from_config: true };
        let command = |day| Recorded { objection: on(day), from_config: false };
        let cases: &[(Option<i8>, &[Recorded], Option<i8>)] = &[
            (None, &[], None),
            (Some(20), &[], Some(20)),
            (Some(20), &[config(20)], Some(20)),
            (None, &[command(22)], Some(22)),
            (Some(20), &[config(20), command(22)], Some(22)),
            (Some(24), &[config(20), command(22)], Some(24)),
            (Some(24), &[config(20), command(22), config(24)], Some(24)),
            (None, &[config(20)], None),
            (None, &[command(22), config(20)], Some(22)),
        ];
        for (configured, records, expected) in cases {
            assert_eq!(in_force(configured.map(on), records), expected.map(on), "{configured:?} {records:?}");
        }
    }
}
