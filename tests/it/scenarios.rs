//! Stories in domain words: what happens, what the table shows, what the person is told.

use confirmd::decide::ingest::Settlement;
use confirmd::model::account::AccountId;

use crate::support::world::World;

const FACEBOOK: &str = "
[[account]]
id = \"anna-facebook\"
platform = \"facebook\"
handle = \"anna.muster\"
display_name = \"Anna Muster\"
emails = [\"anna@example.org\"]
objected = 2025-05-20
";

const INSTAGRAM: &str = "
[[account]]
id = \"anna-instagram\"
platform = \"instagram\"
handle = \"anna.ig\"
emails = [\"anna@example.org\"]
objected = 2025-05-20
";

const FROM_FACEBOOK: &str = "Facebook <case++1@support.facebook.com>";
const TITLE: &str = "Object to your information being used for AI at Meta";

const HONOURED: &str = "Hi Anna,\r\n\r\nWe've reviewed your request and will honour your objection. This means we won't use your \
    public information from Facebook and Instagram for future development and improvement of generative AI models at Meta.";
const HONOURED_FOR_ALL: &str = "Hi Anna,\r\n\r\nWe will honour your objection for your public information, so we won't use it for \
    generative AI models at Meta.\r\n\r\nWe will also honour your objection for any other accounts that you've added to the same Accounts Centre.";
const RECEIPT: &str =
    "Hi Anna,\r\n\r\nWe've received your objection to your information being used for AI at Meta and are reviewing it.";
const REFUSAL: &str = "Hi Anna,\r\n\r\nWe've reviewed your objection to the use of your information for AI at Meta and are unable to \
    honour your objection.";

#[test]
fn a_confirmation_that_does_not_come_is_said_once_and_then_every_week() {
    let mut world = World::with(FACEBOOK);
    world.ticks().announces_nothing().shows(&["anna-facebook pending ok"]);
    assert_eq!(world.next_change().as_deref(), Some("2025-05-20 18:00"), "the mailbox would be stale");
    world.on("2025-05-22").ticks().announces_nothing();
    world.on("2025-05-23").ticks().announces(&["anna-facebook: no confirmation, objected on 2025-05-20"]);
    world.on("2025-05-24").ticks().announces_nothing();
    world.restarts().ticks().announces_nothing();
    world.on("2025-05-30").ticks().announces(&["anna-facebook: no confirmation, objected on 2025-05-20 (again: 1)"]);
    world.on("2025-05-31").restarts().ticks().announces_nothing();
    world.on("2025-06-06").ticks().announces(&["anna-facebook: no confirmation, objected on 2025-05-20 (again: 2)"]);
    world
        .on("2025-06-21")
        .ticks()
        .announces(&["anna-facebook: no confirmation, and the deadline of 2025-06-20 has passed"]);
    world.shows(&["anna-facebook overdue critical"]);
    world
        .on("2025-06-22")
        .ticks()
        .receives(FROM_FACEBOOK, TITLE, HONOURED)
        .announces(&["anna-facebook: Meta confirmed the objection"]);
    world.shows(&["anna-facebook confirmed ok"]);
    world.on("2026-06-22").ticks().announces_nothing();
}

#[test]
fn an_outage_never_looks_like_a_missing_mail() {
    let mut world = World::with(FACEBOOK);
    world.ticks();
    world
        .on("2025-05-21")
        .fails_to_read("imap.example.org:993: connection refused")
        .announces(&["Mailbox \"private\" has not been read for too long"]);
    world.on("2025-05-22").fails_to_read("imap.example.org:993: connection refused").announces_nothing();
    world.on("2025-05-23").fails_to_read("imap.example.org:993: connection refused");
    world
        .announces(&["anna-facebook: cannot tell whether Meta confirmed"])
        .shows(&["anna-facebook unobserved unknown"]);
    world.on("2025-06-25").passes().shows(&["anna-facebook unobserved unknown"]);
    world.announces(&[
        "Mailbox \"private\" cannot be read (again: 1)",
        "anna-facebook: cannot tell whether Meta confirmed (again: 1)",
    ]);
    // Back again: the mail had been there all the time.
    world.receives(FROM_FACEBOOK, TITLE, HONOURED).ticks();
    world.announces(&["anna-facebook: Meta confirmed the objection", "Mailbox \"private\" is read again"]);
    world.shows(&["anna-facebook confirmed ok"]);
}

#[test]
fn a_deadline_that_passes_during_an_outage_is_not_called_passed() {
    let mut world = World::with(FACEBOOK);
    world.on("2025-05-24").ticks().shows(&["anna-facebook overdue warning"]);
    world.on("2025-06-25").passes().shows(&["anna-facebook overdue warning"]);
    world.ticks().shows(&["anna-facebook overdue critical"]);
}

#[test]
fn an_unproven_confirmation_changes_nothing_and_is_put_up_for_review() {
    let mut world = World::with(FACEBOOK);
    world.ticks().receives_unproven(FROM_FACEBOOK, TITLE, HONOURED);
    world.shows(&["anna-facebook pending ok"]).reviews(&["1 unproven_sender: anna-facebook"]);
    world.announces(&["Message 1 needs a look: sender not proven"]);
    world.settles(1, Some(Settlement::Assigned(AccountId("anna-facebook".to_owned()))));
    world
        .shows(&["anna-facebook confirmed ok"])
        .reviews(&[])
        .announces(&["anna-facebook: Meta confirmed the objection"]);
    world.settles(1, None).shows(&["anna-facebook pending ok"]).reviews(&["1 unproven_sender: anna-facebook"]);
    world.settles(1, Some(Settlement::Dismissed)).shows(&["anna-facebook pending ok"]).reviews(&[]);
}

#[test]
fn the_same_mail_proven_elsewhere_counts_once_and_ends_the_review() {
    let mut world = World::with(FACEBOOK);
    world.ticks().receives_unproven(FROM_FACEBOOK, TITLE, HONOURED).reviews(&["1 unproven_sender: anna-facebook"]);
    world.announces(&["Message 1 needs a look: sender not proven"]);
    world.finds_a_proven_copy().reviews(&[]).shows(&["anna-facebook confirmed ok"]);
    world.announces(&["anna-facebook: Meta confirmed the objection"]);
    world.finds_a_proven_copy().reviews(&[]).announces_nothing();
}

#[test]
fn a_receipt_is_not_a_confirmation_and_a_refusal_after_one_goes_to_review() {
    let mut world = World::with(FACEBOOK);
    world.ticks().receives(FROM_FACEBOOK, TITLE, RECEIPT).shows(&["anna-facebook received ok"]);
    world.announces(&["anna-facebook: Meta received the objection"]);
    world.on("2025-05-21").ticks().receives(FROM_FACEBOOK, TITLE, HONOURED).shows(&["anna-facebook confirmed ok"]);
    world.on("2025-05-25").ticks().receives(FROM_FACEBOOK, TITLE, REFUSAL);
    world.shows(&["anna-facebook confirmed ok"]).reviews(&["3 contradicts: anna-facebook"]);
    world.announces(&[
        "anna-facebook: Meta confirmed the objection",
        "Message 3 needs a look: contradicts a confirmation",
    ]);
    world.settles(3, Some(Settlement::Dismissed)).shows(&["anna-facebook confirmed ok"]).reviews(&[]);
    world.settles(3, Some(Settlement::Assigned(AccountId("anna-facebook".to_owned()))));
    world.shows(&["anna-facebook refused critical"]).reviews(&[]);
}

#[test]
fn a_refusal_is_critical_at_once() {
    let mut world = World::with(FACEBOOK);
    world.ticks().receives(FROM_FACEBOOK, TITLE, REFUSAL).shows(&["anna-facebook refused critical"]);
    world.announces(&["anna-facebook: Meta refuses the objection"]);
}

#[test]
fn an_accounts_centre_declared_later_is_confirmed_by_the_mail_that_came_before() {
    let mut world = World::with(&format!("{FACEBOOK}{INSTAGRAM}"));
    world.ticks().receives(FROM_FACEBOOK, TITLE, HONOURED_FOR_ALL);
    world.shows(&["anna-facebook confirmed ok", "anna-instagram pending ok"]);
    world.announces(&["anna-facebook: Meta confirmed the objection"]);
    let linked = |account: &str| format!("{account}accounts_centre = \"anna\"\n");
    world.declares(&format!("{}{}", linked(FACEBOOK), linked(INSTAGRAM)));
    world.shows(&["anna-facebook confirmed ok", "anna-instagram confirmed ok"]);
    world.announces(&["anna-instagram: Meta confirmed the objection"]);
}

#[test]
fn a_confirmation_seen_in_the_app_is_recorded_by_hand() {
    let app = FACEBOOK.replace("objected = 2025-05-20", "objected = 2025-05-20\nvia = \"app\"");
    let mut world = World::with(&app);
    world.on("2025-09-01").ticks().shows(&["anna-facebook no_mail_expected info"]).announces_nothing();
    world.confirms("anna-facebook", "2025-05-20").shows(&["anna-facebook confirmed ok"]);
    world.announces(&["anna-facebook: Meta confirmed the objection"]);
}

#[test]
fn a_year_passes_with_every_change_at_local_midnight() {
    let account = FACEBOOK.replace("2025-05-20", "2025-01-31");
    let mut world = World::with(&account);
    // 31 January plus a month is 28 February, a Friday; it is long over.
    world.ticks().shows(&["anna-facebook overdue critical"]);
    let late = FACEBOOK.replace("objected = 2025-05-20", "objected = 2025-10-24");
    let mut world = World::with(&late.replace("2025-10-24", "2025-05-20"));
    world.on("2025-10-24").declares(&late).ticks().shows(&["anna-facebook pending ok"]);
    // The night of 26 October has 25 hours in Berlin.
    world.on("2025-10-26").ticks().shows(&["anna-facebook pending ok"]);
    world.on("2025-10-27").ticks().shows(&["anna-facebook overdue warning"]);
    world.on("2025-11-24").ticks().shows(&["anna-facebook overdue warning"]);
    world.on("2025-11-25").ticks().shows(&["anna-facebook overdue critical"]);
}
