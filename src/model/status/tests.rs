//! The table of contract section 4, row by row. Objected on Tuesday 2025-05-20: late from the 23rd, deadline Friday 2025-06-20.

use super::*;
use jiff::civil::date;

fn policy() -> Policy {
    Policy {
        warn_after: Period::parse("3 days").unwrap(),
        deadline: Period::parse("1 month").unwrap(),
        repeat_every: Period::parse("7 days").unwrap(),
        stale_after: Period::parse("6 hours").unwrap(),
        sender: SenderPolicy::Require,
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn heard(kind: Kind, received_at: &str) -> Heard {
    Heard { message: MessageNumber(1), kind, received_at: at(received_at), basis: Basis::Message, through: None }
}

fn objected(via: Via, mails: &[Heard]) -> Facts {
    Facts {
        objection: Some(Objection { on: date(2025, 5, 20), via }),
        heard: mails.to_vec(),
        confirmed_by_hand: Vec::new(),
    }
}

/// `state severity`, everything read up to the moment of asking.
fn state(facts: &Facts, now: &str) -> String {
    state_read_until(facts, Some(now), now)
}

fn state_read_until(facts: &Facts, until: Option<&str>, now: &str) -> String {
    let now = at(now).to_zoned_datetime(TimeZone::UTC);
    let status = status_at(facts, until.map(at), &policy(), &now);
    format!("{} {}", status.state, status.severity)
}

#[test]
fn every_row_of_the_table() {
    use Kind::{Code, Honoured, InfoRequest, Receipt, Refused};
    let none = Facts::default();
    let silent = objected(Via::Web, &[]);
    let app = objected(Via::App, &[]);
    let mail = |kind| objected(Via::Web, &[heard(kind, "2025-05-20T10:00:00Z")]);
    let cases = [
        (&none, "2025-06-30T12:00:00Z", "not_objected info"),
        (&app, "2025-06-30T12:00:00Z", "no_mail_expected info"),
        (&silent, "2025-05-20T12:00:00Z", "pending ok"),
        (&silent, "2025-05-22T23:59:59Z", "pending ok"),
        (&silent, "2025-05-23T00:00:00Z", "overdue warning"),
        (&silent, "2025-06-20T23:59:59Z", "overdue warning"),
        (&silent, "2025-06-21T00:00:00Z", "overdue critical"),
        (&mail(Code), "2025-05-21T09:59:59Z", "code_sent info"),
        (&mail(Code), "2025-05-21T10:00:00Z", "code_sent warning"),
        (&mail(Code), "2025-05-23T00:00:00Z", "overdue warning"),
        (&mail(Receipt), "2025-06-20T12:00:00Z", "received ok"),
        (&mail(Receipt), "2025-06-21T00:00:00Z", "overdue critical"),
        (&mail(InfoRequest), "2025-08-01T12:00:00Z", "action_needed warning"),
        (&mail(Refused), "2025-08-01T12:00:00Z", "refused critical"),
        (&mail(Honoured), "2025-08-01T12:00:00Z", "confirmed ok"),
    ];
    for (facts, now, expected) in cases {
        assert_eq!(state(facts, now), expected, "at {now} with {facts:?}");
    }
}

#[test]
fn nothing_is_missing_where_nobody_could_look() {
    let silent = objected(Via::Web, &[]);
    let at = |until, now| state_read_until(&silent, until, now);
    assert_eq!(at(None, "2025-05-22T12:00:00Z"), "pending ok");
    assert_eq!(at(None, "2025-05-23T12:00:00Z"), "unobserved unknown");
    assert_eq!(at(Some("2025-05-22T23:59:59Z"), "2025-05-23T12:00:00Z"), "unobserved unknown");
    assert_eq!(at(Some("2025-05-23T00:00:00Z"), "2025-05-23T12:00:00Z"), "overdue warning");
    // Read after it became late, but not since the deadline: late is certain, "past the deadline" is not.
    assert_eq!(at(Some("2025-06-20T12:00:00Z"), "2025-06-25T12:00:00Z"), "overdue warning");
    assert_eq!(at(Some("2025-06-21T00:00:00Z"), "2025-06-25T12:00:00Z"), "overdue critical");
    let received = objected(Via::Web, &[heard(Kind::Receipt, "2025-05-20T10:00:00Z")]);
    assert_eq!(state_read_until(&received, Some("2025-06-20T12:00:00Z"), "2025-06-25T12:00:00Z"), "unobserved unknown");
}

#[test]
fn the_last_word_counts_but_nothing_weaker_undoes_a_confirmation() {
    let both = |first, second| {
        objected(Via::Web, &[heard(second, "2025-05-22T10:00:00Z"), heard(first, "2025-05-21T10:00:00Z")])
    };
    use Kind::{Code, Honoured, InfoRequest, Receipt, Refused};
    let now = "2025-05-22T12:00:00Z";
    assert_eq!(state(&both(Code, Receipt), now), "received ok");
    assert_eq!(state(&both(Receipt, InfoRequest), now), "action_needed warning");
    assert_eq!(state(&both(Refused, Code), now), "code_sent info");
    assert_eq!(state(&both(Refused, Honoured), now), "confirmed ok");
    for later in [Code, Receipt, InfoRequest, Refused] {
        assert_eq!(state(&both(Honoured, later), now), "confirmed ok", "{later}");
    }
}

#[test]
fn a_refusal_after_a_confirmation_goes_to_review_until_the_person_says_that_it_counts() {
    let mut refusal = heard(Kind::Refused, "2025-05-22T10:00:00Z");
    refusal.message = MessageNumber(7);
    let now = at("2025-05-22T12:00:00Z").to_zoned_datetime(TimeZone::UTC);
    let status_with = |refusal: &Heard| {
        let facts = objected(Via::Web, &[heard(Kind::Honoured, "2025-05-21T10:00:00Z"), refusal.clone()]);
        status_at(&facts, None, &policy(), &now)
    };
    let doubtful = status_with(&refusal);
    assert_eq!((doubtful.state, doubtful.contradicting), (State::Confirmed, vec![MessageNumber(7)]));
    refusal.basis = Basis::User;
    let accepted = status_with(&refusal);
    assert_eq!((accepted.state, accepted.contradicting), (State::Refused, vec![]));
}

#[test]
fn a_confirmation_counts_from_before_the_objection_or_without_one_and_a_refusal_does_not() {
    let early = |kind| objected(Via::Web, &[heard(kind, "2024-06-10T10:00:00Z")]);
    assert_eq!(state(&early(Kind::Honoured), "2025-05-21T12:00:00Z"), "confirmed ok");
    assert_eq!(state(&early(Kind::Refused), "2025-05-21T12:00:00Z"), "pending ok");
    let without = Facts { heard: vec![heard(Kind::Honoured, "2024-06-10T10:00:00Z")], ..Facts::default() };
    assert_eq!(state(&without, "2025-05-21T12:00:00Z"), "confirmed ok");
    let receipt = Facts { heard: vec![heard(Kind::Receipt, "2024-06-10T10:00:00Z")], ..Facts::default() };
    assert_eq!(state(&receipt, "2026-05-21T12:00:00Z"), "received ok");
}

#[test]
fn confirmed_on_is_the_local_date_of_receipt() {
    let facts = objected(Via::Web, &[heard(Kind::Honoured, "2025-05-21T22:30:00Z")]);
    let berlin = TimeZone::get("Europe/Berlin").unwrap();
    let now = at("2025-06-01T12:00:00Z").to_zoned_datetime(berlin);
    assert_eq!(status_at(&facts, None, &policy(), &now).confirmed_on, Some(date(2025, 5, 22)));
}

#[test]
fn a_confirmation_by_hand_has_the_persons_basis_and_can_still_be_contradicted() {
    let mut facts = objected(Via::App, &[heard(Kind::Refused, "2025-05-21T10:00:00Z")]);
    facts.confirmed_by_hand = vec![date(2025, 5, 21)];
    let now = at("2025-06-01T12:00:00Z").to_zoned_datetime(TimeZone::UTC);
    let status = status_at(&facts, None, &policy(), &now);
    assert_eq!(
        (status.state, status.basis, status.confirmed_on),
        (State::Confirmed, Some(Basis::User), Some(date(2025, 5, 21)))
    );
    assert_eq!(status.contradicting, vec![MessageNumber(1)]);
}

#[test]
fn as_of_an_earlier_day_later_things_are_not_known_yet() {
    let facts = objected(Via::Web, &[heard(Kind::Honoured, "2025-05-28T10:00:00Z")]);
    let as_of = |day: Date| {
        let now = day.at(12, 0, 0, 0).to_zoned_datetime(TimeZone::UTC).unwrap();
        status_at(&facts.clone().as_of(day, &TimeZone::UTC), Some(at("2026-01-01T00:00:00Z")), &policy(), &now).state
    };
    assert_eq!(as_of(date(2025, 5, 19)), State::NotObjected);
    assert_eq!(as_of(date(2025, 5, 21)), State::Pending);
    assert_eq!(as_of(date(2025, 5, 27)), State::Overdue);
    assert_eq!(as_of(date(2025, 5, 28)), State::Confirmed);
}

#[test]
fn the_next_change_is_computed_across_daylight_saving() {
    let berlin = TimeZone::get("Europe/Berlin").unwrap();
    let facts = Facts {
        objection: Some(Objection { on: date(2025, 10, 24), via: Via::Web }),
        heard: vec![heard(Kind::Code, "2025-10-24T09:00:00Z")],
        ..Facts::default()
    };
    let next =
        |now: &str| next_change(&facts, &policy(), &at(now).to_zoned_datetime(berlin.clone())).map(|at| at.to_string());
    assert_eq!(next("2025-10-24T10:00:00Z").as_deref(), Some("2025-10-25T09:00:00Z"), "the code is a day old");
    assert_eq!(next("2025-10-25T09:00:00Z").as_deref(), Some("2025-10-26T23:00:00Z"), "late: midnight, in winter time");
    assert_eq!(next("2025-10-27T00:00:00Z").as_deref(), Some("2025-11-24T23:00:00Z"), "the day after the deadline");
    assert_eq!(next("2025-11-25T00:00:00Z"), None);
}
