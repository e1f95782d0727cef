//! Mail that comes while the daemon watches.

use super::{FACEBOOK, MAY, confirmation, idles, unproven_confirmation};
use crate::support::daemon::{Home, at, mailbox, trusting};
use crate::support::dns::{DnsServer, Says};
use crate::support::dovecot::Dovecot;
use crate::support::gate::{Gate, GateKeeper};
use crate::support::sign::{Body, Domain};

#[test]
fn a_mail_that_arrives_while_idling_changes_the_status_table_at_once() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    home.configure(&format!("{}{FACEBOOK}", at(&dovecot, "private", "")));
    let daemon = home.run();
    daemon.until("it waits for mail", || idles(&dovecot) > 0);
    assert_eq!(home.status(), ["anna-facebook overdue"]);
    // The next round is a quarter of an hour away: what is recorded now came by IDLE. How fast is measured, not tested.
    dovecot.deliver("INBOX", &confirmation(), MAY);
    daemon.until("the mail is recorded", || home.status() == ["anna-facebook confirmed"]);
    daemon.until("it waits again", || idles(&dovecot) > 1);
    assert_eq!(dovecot.bodies_read(), 1);
    assert_eq!(daemon.terminate().status.code(), Some(0));
}

#[test]
fn of_fifty_mails_that_arrive_one_after_the_other_none_is_missed_and_each_is_read_once() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    home.configure(&format!("{}{FACEBOOK}", at(&dovecot, "private", "")));
    let daemon = home.run();
    daemon.until("it waits for mail", || idles(&dovecot) > 0);
    dovecot.forget_commands();
    for number in 1..=50 {
        let mail = String::from_utf8(confirmation()).unwrap();
        dovecot.deliver("INBOX", mail.replace("<1@support", &format!("<{number}@support")).as_bytes(), MAY);
    }
    daemon.until("all are recorded", || home.sql("SELECT count(*) FROM message") == ["50"]);
    let uids: Vec<String> = (1..=50).map(|uid| uid.to_string()).collect();
    assert_eq!(home.sql("SELECT uid FROM place ORDER BY uid"), uids);
    daemon.until("it waits again", || dovecot.commands().last().is_some_and(|command| command == "IDLE"));
    assert_eq!(dovecot.bodies_read(), 50);
    let opened = dovecot.commands().iter().filter(|command| command.starts_with("EXAMINE")).count();
    let rounds = dovecot.commands().iter().filter(|command| command.starts_with("LIST")).count();
    assert!(opened <= rounds + 1, "the folder is opened once a round: {:?}", dovecot.commands());
    daemon.terminate();
}

#[test]
fn the_poll_round_finds_mail_in_other_folders_while_one_is_idled_on() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    dovecot.create_folder("Spam");
    home.configure(&format!("{}{FACEBOOK}", at(&dovecot, "private", "poll = \"1s\"")));
    let daemon = home.run();
    daemon.until("it waits for mail", || idles(&dovecot) > 0);
    dovecot.deliver("Spam", &confirmation(), MAY);
    daemon.until("the mail is recorded", || home.status() == ["anna-facebook confirmed"]);
    assert_eq!(home.sql("SELECT folder FROM place"), ["Spam"]);
}

#[test]
fn without_idle_it_polls() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    home.configure(&format!("{}{FACEBOOK}", at(&dovecot, "private", "idle = false\npoll = \"1s\"")));
    let daemon = home.run();
    daemon.until("it has looked", || home.last_complete("private").is_some());
    dovecot.deliver("INBOX", &confirmation(), MAY);
    daemon.until("the mail is recorded", || home.status() == ["anna-facebook confirmed"]);
    assert_eq!((idles(&dovecot), daemon.logged("connection lost")), (0, 0));
}

#[test]
fn a_mailbox_that_hangs_does_not_hold_up_the_others() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    let silent = GateKeeper::before(1, Gate::Silent);
    let hanging = mailbox("hanging", silent.port, &trusting(&dovecot));
    let limits = "[limits]\ntimeout = \"1s\"\n";
    home.configure(&format!("{limits}{hanging}{}{FACEBOOK}{}", at(&dovecot, "private", ""), home.teller()));
    let daemon = home.run();
    daemon.until("the other one waits for mail", || idles(&dovecot) > 0);
    dovecot.deliver("INBOX", &confirmation(), MAY);
    daemon.until("the mail is recorded", || home.status() == ["anna-facebook confirmed"]);
    daemon.until("the person is told of both", || home.told().len() == 2);
    let mut told = home.told();
    told.sort();
    assert_eq!(told, ["anna-facebook: confirmed", "hanging: mailbox_failing"]);
    let states = home.sql("SELECT subject_id, to_word FROM transition WHERE subject = 'mailbox' ORDER BY id");
    assert_eq!(states, ["private|ok", "hanging|failing"]);
}

#[test]
fn a_sender_whose_key_dns_could_not_give_is_proven_later() {
    let (home, dovecot, dns) = (Home::new(), Dovecot::start(), DnsServer::start());
    let meta = Domain::new("support.facebook.com");
    dns.set(&meta.key_name(), Says::Fails);
    let dns_section = format!("[dns]\nserver = \"{}\"\n", dns.address());
    home.configure(&format!("{dns_section}{}{FACEBOOK}", at(&dovecot, "private", "poll = \"1s\"")));
    dovecot.deliver("INBOX", &meta.sign(&unproven_confirmation(), Body::Simple), MAY);
    let daemon = home.run();
    daemon.until("the mail is recorded", || home.sql("SELECT proof_retry FROM message") == ["1"]);
    assert_eq!(home.sql("SELECT review FROM verdict"), ["unproven_sender"]);
    dns.txt(&meta.key_name(), &meta.key_record());
    daemon.until("the sender is proven", || home.status() == ["anna-facebook confirmed"]);
    assert_eq!(home.sql("SELECT proof, proof_retry FROM message"), ["dkim|0"]);
    assert_eq!(home.sql("SELECT review FROM verdict"), ["-"]);
    let (asked, looked) = (dns.asked().len(), home.last_complete("private"));
    daemon.until("it has looked again", || home.last_complete("private") != looked);
    daemon.terminate();
    assert_eq!(dns.asked().len(), asked, "what is proven stays proven");
}
