//! A small world in domain words: accounts, days, mails, and what the person is told.
//!
//! Real database, real rules, real recorder. What is not real: the server (mails are handed over as a worker would) and the
//! clock (the story says what day it is).

use std::path::PathBuf;

use confirmd::config::Config;
use confirmd::daemon::event::ReadMail;
use confirmd::daemon::judge::Judge;
use confirmd::daemon::recorder::Recorder;
use confirmd::decide::ingest::Settlement;
use confirmd::decide::overview::Overview;
use confirmd::mail;
use confirmd::model::account::AccountId;
use confirmd::model::language::Lang;
use confirmd::model::mailbox::{MailboxName, Place};
use confirmd::model::proof::{Proof, SenderProof};
use confirmd::model::status::MessageNumber;
use confirmd::model::transition::Subject;
use confirmd::store::Store;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::rules;

/// Accounts, a mailbox, and a story that goes on day by day.
pub struct World {
    dir: tempfile::TempDir,
    config: String,
    recorder: Option<Recorder>,
    tz: TimeZone,
    now: Timestamp,
    uid: u32,
    last: Vec<u8>,
}

impl World {
    /// A world with these `[[account]]` lines, on 2025-05-20 in Berlin. Its mailbox "private" has not been read yet.
    pub fn with(accounts: &str) -> World {
        let tz = TimeZone::get("Europe/Berlin").unwrap();
        let now = noon("2025-05-20", &tz);
        let dir = tempfile::tempdir().unwrap();
        let mut world = World { dir, config: String::new(), recorder: None, tz, now, uid: 0, last: Vec::new() };
        world.declares(accounts);
        world
    }

    /// The person edits the accounts in the configuration; the daemon reloads.
    pub fn declares(&mut self, accounts: &str) -> &mut World {
        self.config = format!(
            "database = \"{}\"\n[[mailbox]]\nname = \"private\"\nhost = \"localhost\"\nusername = \"anna\"\npassword_env = \"NONE\"\n{accounts}",
            self.dir.path().join("confirmd.db").display()
        );
        self.restarts()
    }

    /// The daemon stops and starts again on the same database.
    pub fn restarts(&mut self) -> &mut World {
        self.recorder = None;
        let file = PathBuf::from("confirmd.toml");
        let today = self.now.to_zoned_datetime(self.tz.clone()).date();
        let config =
            Config::from_text(&self.config, &file, 0o600, &|_| None, today).unwrap_or_else(|error| panic!("{error}"));
        let judge = Judge::new(&config, rules::shipped().clone(), self.tz.clone(), Lang::En);
        let store = Store::open(&config.database).unwrap();
        self.recorder = Some(Recorder::new(store, judge, self.now).unwrap());
        self
    }

    /// It is noon on that day.
    pub fn on(&mut self, day: &str) -> &mut World {
        self.now = noon(day, &self.tz);
        self
    }

    /// The mailbox is read completely, and the daemon looks at the clock.
    pub fn ticks(&mut self) -> &mut World {
        let now = self.now;
        self.recorder().on_complete(&private(), now, now).unwrap();
        self
    }

    /// The mailbox cannot be read, and the daemon looks at the clock.
    pub fn fails_to_read(&mut self, error: &str) -> &mut World {
        let now = self.now;
        self.recorder().on_failed(&private(), error, false, now).unwrap();
        self
    }

    /// The daemon looks at the clock, and nothing else happens.
    pub fn passes(&mut self) -> &mut World {
        let now = self.now;
        self.recorder().on_tick(now).unwrap();
        self
    }

    /// A mail from Meta arrives now, its sender proven; its To is anna@example.org.
    pub fn receives(&mut self, from: &str, subject: &str, text: &str) -> &mut World {
        self.arrives(from, subject, text, true)
    }

    /// A mail that only claims to come from Meta arrives now.
    pub fn receives_unproven(&mut self, from: &str, subject: &str, text: &str) -> &mut World {
        self.arrives(from, subject, text, false)
    }

    /// The last mail turns up once more, in another folder; there its sender can be proven.
    pub fn finds_a_proven_copy(&mut self) -> &mut World {
        let raw = self.last.clone();
        self.hand_over(raw, "Archive", true)
    }

    fn arrives(&mut self, from: &str, subject: &str, text: &str, proven: bool) -> &mut World {
        let raw = format!(
            "X-Synthetic: yes, made for the confirmd test corpus\r\nFrom: {from}\r\nTo: anna@example.org\r\nSubject: {subject}\r\n\
             Message-ID: <{}@example.org>\r\n\r\n{text}\r\n",
            self.uid
        );
        self.hand_over(raw.into_bytes(), "INBOX", proven)
    }

    fn hand_over(&mut self, raw: Vec<u8>, folder: &str, proven: bool) -> &mut World {
        self.uid += 1;
        self.last = raw.clone();
        let place = Place { mailbox: private(), folder: folder.to_owned(), uidvalidity: 1, uid: self.uid };
        let message = mail::parse(&raw).unwrap();
        let domain = message.from[0].domain();
        let proof = match proven {
            true => SenderProof { proof: Some(Proof::Authserv), domain, ..SenderProof::default() },
            false => SenderProof::default(),
        };
        let mail = ReadMail {
            place: Some(place),
            received_at: self.now,
            identity: mail::identity(&raw),
            sha256: mail::sha256(&raw),
            raw,
            message: Ok(message),
            proof,
        };
        let now = self.now;
        self.recorder().on_mail(&mail, now).unwrap();
        self
    }

    /// The person settles a message.
    pub fn settles(&mut self, number: i64, settlement: Option<Settlement>) -> &mut World {
        let now = self.now;
        self.recorder().on_settled(MessageNumber(number), settlement.as_ref(), now).unwrap();
        self
    }

    /// The person records a confirmation by hand.
    pub fn confirms(&mut self, account: &str, on: &str) -> &mut World {
        let now = self.now;
        let on: Date = on.parse().unwrap();
        self.recorder().on_confirmed(&AccountId(account.to_owned()), on, "seen in the app", now).unwrap();
        self
    }

    /// What the person is told since the last question, in order: titles.
    #[track_caller]
    pub fn announces(&mut self, expected: &[&str]) -> &mut World {
        let now = self.now;
        let store = self.recorder().store_mut();
        let open = store.read(|tx| tx.find_open_notices()).unwrap();
        let titles: Vec<String> = open
            .iter()
            .map(|open| match open.notice.repeat {
                0 => open.notice.title.clone(),
                again => format!("{} (again: {again})", open.notice.title),
            })
            .collect();
        assert_eq!(titles, expected, "on {now}");
        for open in &open {
            store.write(now, |tx| tx.mark_delivered(open.id, "told").and_then(|()| tx.mark_closed(open.id))).unwrap();
        }
        self
    }

    /// Nothing is told.
    #[track_caller]
    pub fn announces_nothing(&mut self) -> &mut World {
        self.announces(&[])
    }

    /// Every account's state as the status table has it: `id state severity`.
    #[track_caller]
    pub fn shows(&mut self, expected: &[&str]) -> &mut World {
        let overview = self.overview();
        let rows: Vec<String> = overview
            .accounts
            .iter()
            .map(|view| format!("{} {} {}", view.account.id, view.status.state, view.status.severity))
            .collect();
        assert_eq!(rows, expected, "on {}", self.now);
        self
    }

    /// What is up for review: `number reason: candidates`.
    #[track_caller]
    pub fn reviews(&mut self, expected: &[&str]) -> &mut World {
        let overview = self.overview();
        let rows: Vec<String> = overview
            .review
            .iter()
            .map(|item| {
                let candidates: Vec<&str> = item.message.candidates.iter().map(AccountId::as_str).collect();
                format!("{} {}: {}", item.message.number, item.reason, candidates.join(" "))
            })
            .collect();
        assert_eq!(rows, expected, "on {}", self.now);
        self
    }

    /// When something changes by itself, as local time.
    pub fn next_change(&mut self) -> Option<String> {
        let tz = self.tz.clone();
        let next = self.recorder().next_change()?;
        Some(next.to_zoned_datetime(tz).strftime("%Y-%m-%d %H:%M").to_string())
    }

    /// The words of an account's transitions in their order: `from>to`.
    pub fn transitions(&mut self, account: &str) -> Vec<String> {
        let subject = Subject::Account(AccountId(account.to_owned()));
        let transitions = self.recorder().store().read(|tx| tx.find_transitions(&subject)).unwrap();
        transitions.iter().map(|one| format!("{}>{}", one.from.as_deref().unwrap_or("-"), one.to)).collect()
    }

    fn overview(&mut self) -> Overview {
        self.recorder().overview().unwrap().clone()
    }

    fn recorder(&mut self) -> &mut Recorder {
        self.recorder.as_mut().unwrap()
    }
}

fn private() -> MailboxName {
    MailboxName("private".to_owned())
}

fn noon(day: &str, tz: &TimeZone) -> Timestamp {
    let day: Date = day.parse().unwrap();
    day.at(12, 0, 0, 0).to_zoned_datetime(tz.clone()).unwrap().timestamp()
}
