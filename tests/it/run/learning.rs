//! What the daemon learns later: accounts that are linked, rules, senders. Stored mails are judged anew, mailboxes are searched again.

use super::{FACEBOOK, MAY, confirmation};
use crate::support::daemon::{Home, at};
use crate::support::dovecot::Dovecot;

const INSTAGRAM: &str = "[[account]]\nid = \"anna-instagram\"\nplatform = \"instagram\"\nhandle = \"anna.ig\"\n\
    emails = [\"anna@example.org\"]\nobjected = 2025-05-20\n";

/// An objection in words that only a rule of the person's knows.
const OWN_PHRASE: &str = "language = \"en\"\n[lexicon]\n\
    honour = [{ phrase = \"your objection ... is in force\", status = \"seen\", source = \"a mail to me\" }]\n";

/// A domain that Meta could send from one day.
const OWN_SENDER: &str = "[[sender]]\ndomain = \"answers.example\"\nplatform = \"facebook\"\nstatus = \"guess\"\nsource = \"a mail to me\"\n";

/// The confirmation that holds for the linked accounts too.
fn for_all() -> Vec<u8> {
    let more = "\r\nWe will also honour your objection for any other accounts that you've added to the same Accounts Centre as this \
                account.\r\n";
    [&confirmation(), more.as_bytes()].concat()
}

/// The confirmation in other words, from another domain.
fn worded(text: &str, domain: &str) -> Vec<u8> {
    let mail = String::from_utf8(confirmation()).unwrap().replace("support.facebook.com", domain);
    // Servers are asked for parts of From: the brand in the name would find a mail of any domain.
    let mail = mail.replace("Facebook <", "Meta <");
    let (head, _) = mail.split_once("\r\n\r\n").unwrap();
    format!("{head}\r\n\r\nHi Anna,\r\n\r\n{text}\r\n").into_bytes()
}

fn transitions(home: &Home, account: &str) -> Vec<String> {
    let of =
        format!("FROM transition WHERE subject = 'account' AND subject_id = '{account}' AND to_word <> 'unobserved'");
    home.sql(&format!("SELECT to_word {of} ORDER BY id"))
}

#[test]
fn accounts_linked_later_are_confirmed_by_the_mail_that_came_before() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    let mailbox = format!("{}{}", home.teller(), at(&dovecot, "private", ""));
    home.configure(&format!("{mailbox}{FACEBOOK}{INSTAGRAM}"));
    dovecot.deliver("INBOX", &for_all(), MAY);
    let daemon = home.run();
    daemon.until("the mail counts", || home.status() == ["anna-facebook confirmed", "anna-instagram overdue"]);
    daemon.until("it is told", || home.told().contains(&"anna-instagram: overdue".to_owned()));

    let linked = |account: &str| format!("{account}accounts_centre = \"anna\"\n");
    home.configure(&format!("{mailbox}{}{}", linked(FACEBOOK), linked(INSTAGRAM)));
    daemon.reload();
    daemon.until("both count", || home.status() == ["anna-facebook confirmed", "anna-instagram confirmed"]);
    daemon.until("that is told", || home.told().contains(&"anna-instagram: confirmed".to_owned()));
    assert_eq!(transitions(&home, "anna-instagram"), ["overdue", "confirmed"]);
    daemon.terminate();

    // The link taken back, over a restart.
    home.configure(&format!("{mailbox}{FACEBOOK}{INSTAGRAM}"));
    let daemon = home.run();
    daemon.until("one counts", || home.status() == ["anna-facebook confirmed", "anna-instagram overdue"]);
    assert_eq!(transitions(&home, "anna-instagram"), ["overdue", "confirmed", "overdue"]);
    assert_eq!(transitions(&home, "anna-facebook"), ["confirmed"]);
    daemon.terminate();
}

#[test]
fn a_rule_learnt_later_judges_stored_mails_anew_and_a_new_sender_is_searched_for() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    let second = FACEBOOK.replace("anna-facebook", "otto").replace("anna@", "otto@");
    home.configure(&format!("{}{FACEBOOK}{second}", at(&dovecot, "private", "")));
    std::fs::create_dir(home.path("rules.d")).unwrap();
    let new_words = "Good news: your objection to AI at Meta is in force.";
    dovecot.deliver("INBOX", &worded(new_words, "support.facebook.com"), MAY);
    let honoured = "We will honour your objection to the use of your information for AI at Meta.";
    let elsewhere = String::from_utf8(worded(honoured, "answers.example")).unwrap();
    dovecot.deliver("INBOX", elsewhere.replace("anna@", "otto@").as_bytes(), MAY);
    let daemon = home.run();
    let messages = || home.sql("SELECT kind || ' ' || coalesce(review, '-') FROM verdict ORDER BY message");
    daemon.until("the new wording is up for review", || messages() == ["unrecognised unrecognised"]);
    daemon.until("all is read", || home.last_complete("private").is_some());
    assert_eq!(home.status(), ["anna-facebook overdue", "otto overdue"]);

    home.write("rules.d/words.toml", OWN_PHRASE);
    daemon.reload();
    daemon.until("the stored mail counts", || home.status() == ["anna-facebook confirmed", "otto overdue"]);
    assert_eq!(transitions(&home, "anna-facebook"), ["overdue", "confirmed"]);

    home.write("rules.d/senders.toml", OWN_SENDER);
    daemon.reload();
    daemon.until("the other mail is found", || home.status() == ["anna-facebook confirmed", "otto confirmed"]);
    assert_eq!(transitions(&home, "otto"), ["overdue", "confirmed"]);
    assert_eq!(messages(), ["honoured -", "honoured -"]);
    daemon.terminate();

    // Without the rule its mail is what it was; the mailboxes are read to their end again, and nothing is counted twice.
    std::fs::remove_file(home.path("rules.d/words.toml")).unwrap();
    let daemon = home.run();
    daemon.until("the wording is unknown again", || home.status() == ["anna-facebook overdue", "otto confirmed"]);
    assert_eq!(messages(), ["unrecognised unrecognised", "honoured -"]);
    daemon.terminate();
}
