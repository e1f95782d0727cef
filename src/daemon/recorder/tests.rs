use std::path::Path;

use jiff::tz::TimeZone;

use super::*;
use crate::config::Config;
use crate::model::account::Platform;
use crate::model::mailbox::Place;
use crate::model::objection::Via;
use crate::rules::RuleSet;
use crate::store::work;

const HONOURED: &str = "We've reviewed your request and will honour your objection. This means we won't use your public information \
    from Facebook and Instagram for future development and improvement of generative AI models at Meta.";
const RECEIPT: &str =
    "We've received your objection to your information being used for AI at Meta and are reviewing it.";
const REFUSAL: &str = "We've reviewed your objection to the use of your information for AI at Meta and are unable to honour your \
    objection.";
const UNKNOWN: &str = "Your objection to AI at Meta has reached the department for such matters.";

const ACCOUNTS: usize = 4;

/// A database with a few accounts, and the recorder that a daemon has on it.
struct Desk {
    dir: tempfile::TempDir,
    rules: RuleSet,
    recorder: Recorder,
    now: Timestamp,
    mails: u32,
}

impl Desk {
    fn new(rules: &RuleSet) -> Desk {
        let dir = tempfile::tempdir().unwrap();
        let now: Timestamp = "2025-05-20T10:00:00Z".parse().unwrap();
        let recorder = open(dir.path(), rules, now);
        Desk { dir, rules: rules.clone(), recorder, now, mails: 0 }
    }

    fn mail(&mut self, account: usize, text: &str, proof: Option<Proof>) {
        self.mails += 1;
        let raw = format!(
            "X-Synthetic: yes, made for the confirmd test corpus\r\nFrom: Facebook <case++1@support.facebook.com>\r\n\
             To: a{account}@example.org\r\nSubject: Your case\r\nMessage-ID: <{}@example.org>\r\n\r\nHi Anna,\r\n\r\n{text}\r\n",
            self.mails
        )
        .into_bytes();
        let message = mail::parse(&raw).unwrap();
        let proof = SenderProof { proof, domain: message.from[0].domain(), ..SenderProof::default() };
        let place = Place { mailbox: mailbox(), folder: "INBOX".to_owned(), uidvalidity: 1, uid: self.mails };
        let (identity, sha256) = (mail::identity(&raw), mail::sha256(&raw));
        let mail =
            ReadMail { place: Some(place), received_at: self.now, identity, sha256, raw, message: Ok(message), proof };
        self.recorder.on_mail(&mail, self.now).unwrap();
    }

    /// Everything that a person can see of what was decided.
    fn rows(&self) -> Vec<String> {
        let database = rusqlite::Connection::open(self.dir.path().join("confirmd.db")).unwrap();
        let mut rows = Vec::new();
        for sql in [
            "SELECT subject || ' ' || subject_id || ' ' || ifnull(from_word, '-') || ' ' || to_word || ' ' || severity || ' ' || at
                 FROM transition ORDER BY id",
            "SELECT subject || ' ' || subject_id || ' ' || event || ' ' || title || ' ' || text || ' ' || at || ' ' || repeat || closed
                 FROM notice ORDER BY id",
            "SELECT account_id || ' ' || state || ' ' || severity || ' ' || ifnull(confirmed_on, '-') || ' ' || updated_at FROM status",
        ] {
            let mut statement = database.prepare(sql).unwrap();
            rows.extend(statement.query_map([], |row| row.get(0)).unwrap().map(Result::<String, _>::unwrap));
        }
        rows
    }
}

fn open(dir: &Path, rules: &RuleSet, now: Timestamp) -> Recorder {
    let accounts: String = (0..ACCOUNTS)
        .map(|number| {
            format!(
                "[[account]]\nid = \"a{number}\"\nplatform = \"{}\"\nemails = [\"a{number}@example.org\"]\nobjected = 2025-05-19\n",
                Platform::Facebook
            )
        })
        .collect();
    let text = format!(
        "database = \"{}\"\n[[mailbox]]\nname = \"private\"\nhost = \"localhost\"\nusername = \"anna\"\npassword_env = \"NONE\"\n{accounts}",
        dir.join("confirmd.db").display()
    );
    let today = now.to_zoned_datetime(TimeZone::UTC).date();
    let config = Config::from_text(&text, Path::new("confirmd.toml"), 0o600, &|_| None, today).unwrap();
    let judge = Judge::new(&config, rules.clone(), TimeZone::UTC, crate::model::language::Lang::En);
    Recorder::new(Store::open(&config.database).unwrap(), judge, now).unwrap()
}

fn mailbox() -> MailboxName {
    MailboxName("private".to_owned())
}

/// One thing that happens, chosen by a number.
fn happens(desk: &mut Desk, dice: u64) {
    let account = (dice >> 8) as usize % ACCOUNTS;
    let number = MessageNumber(1 + (dice >> 12) as i64 % i64::from(desk.mails.max(1)));
    let known = desk.mails > 0 && desk.recorder.store().read(|tx| tx.find_message(number)).unwrap().is_some();
    let id = AccountId(format!("a{account}"));
    let proven = Some(Proof::Authserv);
    match dice % 16 {
        0 | 1 => desk.mail(account, HONOURED, proven),
        2 | 3 => desk.mail(account, RECEIPT, proven),
        4 => desk.mail(account, REFUSAL, proven),
        5 => desk.mail(account, UNKNOWN, proven),
        6 => desk.mail(account, HONOURED, None),
        7 => desk.recorder.on_complete(&mailbox(), desk.now, desk.now).unwrap(),
        8 => desk.recorder.on_failed(&mailbox(), "connection refused", false, desk.now).unwrap(),
        9 => desk.recorder.on_tick(desk.now).unwrap(),
        10 if known => desk.recorder.on_settled(number, Some(&Settlement::Assigned(id)), desk.now).unwrap(),
        11 if known => desk.recorder.on_settled(number, Some(&Settlement::Dismissed), desk.now).unwrap(),
        12 if known => desk.recorder.on_settled(number, None, desk.now).unwrap(),
        13 => {
            // Another process: the person's `confirmd objected`.
            let mut other = open(desk.dir.path(), &desk.rules, desk.now);
            other.on_objected(&id, Objection { on: jiff::civil::date(2025, 5, 21), via: Via::Web }, desk.now).unwrap();
        }
        14 => {
            let proof = SenderProof { proof: Some(Proof::Dkim), ..SenderProof::default() };
            if known {
                desk.recorder.on_proof(number, &proof, desk.now).unwrap();
            }
        }
        _ => {}
    }
    // Mostly minutes, sometimes days, once in a while back.
    desk.now += match (dice >> 20) % 8 {
        0 => jiff::SignedDuration::from_hours(50),
        1 => jiff::SignedDuration::from_hours(7),
        2 => jiff::SignedDuration::from_secs(-90),
        _ => jiff::SignedDuration::from_millis(61_500),
    };
}

#[test]
fn what_is_kept_between_transactions_comes_to_the_same_as_reading_everything_anew() {
    let rules = RuleSet::shipped_once();
    let (mut keeping, mut reading) = (Desk::new(rules), Desk::new(rules));
    let mut dice = 20250527_u64;
    for _ in 0..160 {
        // Knuth's MMIX; the upper bits are the random ones.
        dice = dice.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        happens(&mut keeping, dice >> 24);
        reading.recorder.picture = None;
        happens(&mut reading, dice >> 24);
        let view = |desk: &Desk| format!("{:?}", desk.recorder.overview());
        // Where the event was none for this process, nothing was read anew.
        if reading.recorder.picture.is_some() {
            assert_eq!(view(&keeping), view(&reading));
        }
    }
    let rows = keeping.rows();
    assert_eq!(rows, reading.rows());
    for word in ["confirmed", "received", "refused", "overdue", "unobserved", "settled", "failing"] {
        assert!(rows.iter().any(|row| row.contains(word)), "the story has no {word}: {rows:#?}");
    }
}

#[test]
fn the_fortieth_message_costs_no_more_questions_than_the_tenth() {
    let rules = RuleSet::shipped_once();
    let mut desk = Desk::new(rules);
    desk.recorder.on_complete(&mailbox(), desk.now, desk.now).unwrap();
    let mut costs = Vec::new();
    for _ in 0..40 {
        let before = work::done();
        work::watch(desk.recorder.store_mut());
        desk.mail(0, UNKNOWN, Some(Proof::Authserv));
        costs.push(work::done() - before);
    }
    assert!(costs[9].statements > 0 && costs[9].rows > 0);
    assert_eq!(costs[39], costs[9], "{costs:?}");
}

#[test]
fn an_overview_asks_the_database_the_same_few_questions_however_much_there_is() {
    let rules = RuleSet::shipped_once();
    let mut desk = Desk::new(rules);
    let cost = |desk: &mut Desk| {
        let before = work::done();
        work::watch(desk.recorder.store_mut());
        desk.recorder.store().read(|tx| desk.recorder.judge().known(tx, desk.now)).unwrap();
        work::done() - before
    };
    let empty = cost(&mut desk);
    for number in 0..20 {
        desk.mail(number % ACCOUNTS, HONOURED, Some(Proof::Authserv));
    }
    let full = cost(&mut desk);
    assert_eq!(full.statements, empty.statements);
    assert_eq!(full.rows, empty.rows + 20, "one row for each message");
}
