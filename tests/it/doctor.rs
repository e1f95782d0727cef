//! `confirmd doctor` as a person runs it: the real program against a real Dovecot.

use std::collections::BTreeSet;
use std::net::UdpSocket;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;

use confirmd::model::mailbox::MailboxName;
use confirmd::store::{Store, WriterLock};
use jiff::Timestamp;

use crate::support::certificates::Certificates;
use crate::support::dovecot::{Dovecot, PASSWORD, USER};

/// A mailbox, a configuration for it, and a DNS server on loopback.
struct World {
    home: tempfile::TempDir,
    dovecot: Dovecot,
    dns: String,
    port: u16,
    /// Replaces the password.
    password: String,
    /// Replaces the CA.
    ca_file: PathBuf,
    /// More keys of the mailbox.
    mailbox: String,
    /// More sections.
    more: String,
}

/// What the program said.
struct Said {
    out: String,
    err: String,
    code: Option<i32>,
}

impl World {
    fn new() -> World {
        World::around(Dovecot::start())
    }

    fn around(dovecot: Dovecot) -> World {
        World {
            // Of one length everywhere: lines are wrapped at 80 columns.
            home: tempfile::Builder::new().prefix("confirmd-").tempdir_in("/tmp").unwrap(),
            dns: dns_server(),
            port: dovecot.imaps_port,
            password: PASSWORD.to_owned(),
            ca_file: dovecot.ca_path(),
            mailbox: String::new(),
            more: String::new(),
            dovecot,
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn write_configuration(&self) {
        self.write("password", &self.password, 0o600);
        let text = format!(
            "database = \"{database}\"\n[dns]\nserver = \"{dns}\"\n{more}\n[[mailbox]]\nname = \"private\"\n\
             host = \"localhost\"\nport = {port}\nca_file = \"{ca}\"\nusername = \"{USER}\"\npassword_file = \"password\"\n\
             {mailbox}\n[[account]]\nid = \"anna-facebook\"\nplatform = \"facebook\"\nemails = [\"{USER}\"]\n",
            database = self.path("confirmd.db").display(),
            dns = self.dns,
            port = self.port,
            ca = self.ca_file.display(),
            mailbox = self.mailbox,
            more = self.more,
        );
        self.write("config.toml", &text, 0o600);
    }

    fn write(&self, name: &str, text: &str, mode: u32) {
        std::fs::write(self.path(name), text).unwrap();
        std::fs::set_permissions(self.path(name), std::fs::Permissions::from_mode(mode)).unwrap();
    }

    fn doctor(&self) -> Said {
        self.write_configuration();
        self.doctor_as_it_is()
    }

    /// Without writing the configuration first.
    fn doctor_as_it_is(&self) -> Said {
        self.doctor_with(&[])
    }

    fn doctor_with(&self, more: &[&str]) -> Said {
        let mut command = Command::new(env!("CARGO_BIN_EXE_confirmd"));
        command.arg("--config").arg(self.path("config.toml")).args(more).arg("doctor");
        command
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("HOME", self.home.path())
            .env("TZ", "UTC")
            .env("LANG", "C");
        let output = command.output().unwrap();
        let shown = |bytes: Vec<u8>| self.masked(&String::from_utf8(bytes).unwrap());
        Said { out: shown(output.stdout), err: shown(output.stderr), code: output.status.code() }
    }

    /// The text with what differs from run to run replaced.
    fn masked(&self, text: &str) -> String {
        let mut text = text.replace(&self.home.path().display().to_string(), "HOME");
        text = text.replace(&self.port.to_string(), "PORT").replace(&self.dns, "DNS");
        assert!(!text.contains(&self.password), "the password is shown: {text}");
        text
    }

    /// A mailbox that has been read completely just now.
    fn was_read(&self) {
        let now = Timestamp::now();
        let name = MailboxName("private".to_owned());
        Store::open(&self.path("confirmd.db")).unwrap().write(now, |tx| tx.mark_complete(&name, now)).unwrap();
    }
}

impl Said {
    /// The lines of one part, without its title.
    fn part(&self, title: &str) -> Vec<&str> {
        let lines = self.out.lines().skip_while(|line| *line != title).skip(1);
        lines.take_while(|line| !line.is_empty()).collect()
    }
}

/// Gives every name the same TXT record, until the process ends.
fn dns_server() -> String {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    let address = socket.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        let mut question = [0; 1500];
        while let Ok((length, from)) = socket.recv_from(&mut question) {
            // RFC 1035: the question comes back; one answer for the name at offset 12, TXT, IN, 300 s.
            let name = question[12..length].iter().position(|byte| *byte == 0).map_or(length, |zero| 12 + zero + 5);
            let txt = b"v=DKIM1; k=rsa; p=AAAA";
            let mut answer = question[..name.min(length)].to_vec();
            answer[2..12].copy_from_slice(&[0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0]);
            answer.extend([0xc0, 12, 0, 16, 0, 1, 0, 0, 1, 44, 0, txt.len() as u8 + 1, txt.len() as u8]);
            answer.extend(txt);
            let _ = socket.send_to(&answer, from);
        }
    });
    address
}

/// A synthetic mail with these header lines above its Received line.
fn mail(from: &str, above: &str) -> Vec<u8> {
    format!(
        "{above}Received: from a.example by mx.example.org; Sat, 24 May 2025 10:00:00 +0200\r\nFrom: {from}\r\n\
         To: Anna <anna@example.org>\r\nSubject: test\r\nDate: Sat, 24 May 2025 10:00:00 +0200\r\n\
         X-Synthetic: yes, made for the confirmd test corpus\r\n\r\nHello\r\n"
    )
    .into_bytes()
}

const META: &str = "Facebook <notification@facebookmail.com>";
const FRIEND: &str = "Berta <berta@example.org>";
const CHECKED: &str = "Authentication-Results: mx.example.org; dkim=pass header.d=facebookmail.com\r\n";
const MAY: &str = "24-May-2025 10:00:00 +0200";

/// What is said of the mailbox after its certificate, which is as long as today's date allows.
fn after_certificate(said: &Said) -> Vec<&str> {
    let lines = said.part("Mailbox \"private\"");
    lines.into_iter().skip_while(|line| !line.starts_with("✔ logged in")).collect()
}

#[test]
fn a_mailbox_that_is_as_it_should_be_is_described_and_left_untouched() {
    let mut world = World::new();
    world.mailbox = "trusted_authserv_ids = [\"mx.example.org\"]".to_owned();
    world.more = "[[notify]]\nkind = \"command\"\ncommand = [\"/bin/true\"]".to_owned();
    world.dovecot.create_folder("Drafts");
    world.dovecot.create_folder("Spam");
    world.dovecot.deliver("INBOX", &mail(META, CHECKED), MAY);
    world.dovecot.deliver("INBOX", &mail(FRIEND, CHECKED), MAY);
    world.dovecot.deliver("Spam", &mail(META, CHECKED), "24-Apr-2024 10:00:00 +0200");
    world.was_read();
    let _daemon = WriterLock::take(&world.path("confirmd.db")).unwrap();
    let flags = world.dovecot.flags("INBOX");
    let said = world.doctor();
    assert_eq!((said.err.as_str(), said.code), ("", Some(0)), "{}", said.out);
    assert_eq!(
        said.part("Configuration")[..3],
        [
            "✔ HOME/config.toml (named by --config): 1 mailbox, 1 account, 1",
            "  way to be told",
            "✔ database: HOME/confirmd.db (line 1)",
        ]
    );
    assert_eq!(said.part("Configuration").last(), Some(&"✔ language: en ($LANG)"));
    let mailbox = said.part("Mailbox \"private\"");
    assert_eq!(mailbox[0], "✔ localhost:PORT: TLS 1.3, TLS_AES_256_GCM_SHA384");
    assert!(
        mailbox[1].starts_with("✔ certificate of confirmd test server, issued by confirmd test CA "),
        "{mailbox:?}"
    );
    let mut rest = after_certificate(&said);
    // Which capabilities there are is Dovecot's business.
    let listed = rest.iter().position(|line| line.starts_with("✔ capabilities: ")).unwrap();
    let after = rest.iter().position(|line| line.starts_with("✔ 2 of")).unwrap();
    assert!(rest[listed..after].iter().any(|line| line.split(' ').any(|word| word == "IMAP4REV1")), "{rest:?}");
    rest.drain(listed..after);
    assert_eq!(
        rest,
        [
            "✔ logged in as anna@example.org (password, secret from the file",
            "  HOME/password)",
            "✔ new mail is noticed at once (IDLE), and looked for every 5 min",
            "✔ one question tells which folders have changed (LIST-STATUS)",
            "✔ 2 of 3 folders read: 3 messages, 1 to look at (since 2024-05-01, and claiming",
            "  to come from Meta)",
            "    INBOX             read: 2 messages, 1 to look at",
            "    Spam (\\Junk)      read: 1 message, 0 to look at",
            "    Drafts (\\Drafts)  not read: it holds what you wrote",
            "✔ the newest 2 mails: Authentication-Results of mx.example.org (2), trusted",
            "  (trusted_authserv_ids)",
        ]
    );
    assert_eq!(
        said.part("Notices"),
        ["✔ command /bin/true", "✔ nothing has been sent; `confirmd notify-test` sends a test through each"]
    );
    let watching = said.part("Watching");
    assert_eq!(
        watching[..2],
        ["✔ a confirmd (`run`, or a `sync` under way) reads the mailboxes for this", "  database"]
    );
    assert!(watching[2].starts_with("✔ mailbox \"private\": read completely, last on "), "{watching:?}");
    assert!(said.out.lines().last().unwrap().starts_with("Nothing is wrong"), "{}", said.out);

    assert_eq!(world.dovecot.flags("INBOX"), flags);
    let verbs: BTreeSet<String> = world.dovecot.commands().iter().map(|command| verb(command)).collect();
    assert_eq!(verbs, ["EXAMINE", "LIST", "LOGOUT", "UID FETCH", "UID SEARCH"].map(str::to_owned).into());
    assert_eq!(world.dovecot.bodies_read(), 0);
}

fn verb(command: &str) -> String {
    let words = command.split(' ').take(if command.starts_with("UID") { 2 } else { 1 });
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_large_folder_is_counted_by_a_search_and_an_older_mail_does_not_count() {
    let world = World::new();
    let mut mails = vec![(mail(FRIEND, ""), MAY.to_owned()); 250];
    mails[3] = (mail(META, ""), "24-Apr-2024 10:00:00 +0200".to_owned());
    mails[7] = (mail(META, ""), MAY.to_owned());
    mails[249] = (mail("Facebook via relay <x_at_facebookmail_com_1@relay.example.org>", ""), MAY.to_owned());
    world.dovecot.deliver_all("INBOX", &mails);
    let said = world.doctor();
    let lines = after_certificate(&said);
    let from = lines.iter().position(|line| line.starts_with("✔ 1 of 1")).unwrap();
    assert_eq!(
        lines[from..],
        [
            "✔ 1 of 1 folder read: 250 messages, 2 to look at (since 2024-05-01, and claiming",
            "  to come from Meta)",
            "    INBOX  read: 250 messages, 2 to look at",
            "! the newest 20 mails: no Authentication-Results that speak of DKIM",
            "  > senders are proven by their DKIM signatures alone, which needs DNS; nothing",
            "    needs to be done",
        ]
    );
}

#[test]
fn an_id_that_the_newest_mails_carry_is_proposed_with_a_warning() {
    let world = World::new();
    world.dovecot.deliver("INBOX", &mail(META, CHECKED), MAY);
    let said = world.doctor();
    let lines = after_certificate(&said);
    let from = lines.iter().position(|line| line.starts_with("! the newest")).unwrap();
    assert_eq!(
        lines[from..],
        [
            "! the newest mail: Authentication-Results of mx.example.org (1), not trusted",
            "  > if that is your own mail host (ask it, or compare with mails from elsewhere:",
            "    a sender can write such a line too), add to this [[mailbox]], so that",
            "    senders are proven also where DKIM cannot be verified here:",
            "      trusted_authserv_ids = [\"mx.example.org\"]",
        ]
    );
    assert_eq!(said.code, Some(0), "a proposal is no failure: {}", said.out);
}

#[test]
fn starttls_is_described_too() {
    let mut world = World::new();
    world.port = world.dovecot.imap_port;
    world.mailbox = "tls = \"starttls\"\nidle = false\npoll = \"90 s\"".to_owned();
    let said = world.doctor();
    assert_eq!(said.part("Mailbox \"private\"")[0], "✔ localhost:PORT: TLS 1.3 after STARTTLS, TLS_AES_256_GCM_SHA384");
    assert!(said.out.contains("✔ new mail is looked for every 1 min 30 s (idle = false)\n"), "{}", said.out);
    assert!(
        said.out.contains("! no mail is there yet that could show who checks mails for this mailbox\n"),
        "{}",
        said.out
    );
}

#[test]
fn a_wrong_password_is_named_without_showing_it() {
    let mut world = World::new();
    world.password = "hunter2-and-more".to_owned();
    let said = world.doctor();
    assert_eq!(
        said.part("Mailbox \"private\""),
        [
            "✖ localhost:PORT refuses the login: Authentication failed.; check username and",
            "  password",
            "  > check `username`, and what comes from the file HOME/password",
        ]
    );
    assert_eq!((said.err.as_str(), said.code), ("", Some(1)));
    assert!(said.out.lines().last().unwrap().starts_with("1 thing is wrong; "), "{}", said.out);
}

#[test]
fn in_german_it_says_the_same() {
    let mut world = World::new();
    world.more = "[[notify]]\nkind = \"command\"\ncommand = [\"/bin/true\"]".to_owned();
    world.dovecot.create_folder("Drafts");
    world.dovecot.deliver("INBOX", &mail(META, CHECKED), MAY);
    world.was_read();
    world.write_configuration();
    let said = world.doctor_with(&["--lang", "de"]);
    assert_eq!((said.err.as_str(), said.code), ("", Some(0)), "{}", said.out);
    let lines = said.part("Postfach „private“");
    assert_eq!(lines[0], "✔ localhost:PORT: TLS 1.3, TLS_AES_256_GCM_SHA384");
    let from = lines.iter().position(|line| line.starts_with("✔ 1 von 2")).unwrap();
    assert_eq!(
        lines[from..from + 5],
        [
            "✔ 1 von 2 Ordnern werden gelesen: 1 Mail, 1 zu prüfen (seit 01.05.2024,",
            "  angeblich von Meta)",
            "    INBOX             wird gelesen: 1 Mail, 1 zu prüfen",
            "    Drafts (\\Drafts)  nicht gelesen: enthält, was Sie selbst geschrieben haben",
            "! die neueste Mail: Authentication-Results von mx.example.org (1), nicht als",
        ]
    );
    assert_eq!(
        said.part("Benachrichtigungen"),
        [
            "✔ command /bin/true",
            "✔ es wurde nichts verschickt; `confirmd notify-test` schickt auf jedem Weg eine",
            "  Probe"
        ]
    );
    assert_eq!(said.out.lines().last().unwrap(), "Kein Fehler; 2 Hinweise verdienen einen Blick.", "{}", said.out);

    world.password = "hunter2-and-more".to_owned();
    world.write_configuration();
    let said = world.doctor_with(&["--lang", "de"]);
    assert_eq!(
        said.part("Postfach „private“"),
        [
            "✖ localhost:PORT lehnt die Anmeldung ab: Authentication failed.; prüfen Sie",
            "  Benutzername und Passwort",
            "  > prüfen Sie `username` und das Passwort aus der Datei",
            "    HOME/password",
        ]
    );
}

#[test]
fn a_foreign_ca_is_refused_before_the_password_is_sent() {
    let mut world = World::new();
    world.ca_file = world.path("other.pem");
    std::fs::write(&world.ca_file, Certificates::for_names(&["localhost"], &[]).ca_pem).unwrap();
    let said = world.doctor();
    assert_eq!(
        said.part("Mailbox \"private\""),
        [
            "✖ localhost:PORT: the certificate does not verify: unable to get local issuer",
            "  certificate; check `host`, or name the CA in `ca_file` if it is your own",
            "  > if `host` is right and the certificate is your own CA's, name that CA in",
            "    `ca_file`; else do not log in: somebody may stand between",
        ]
    );
    assert_eq!(said.code, Some(1));
}

#[test]
fn a_server_that_is_not_there_and_a_program_that_is_not_there_are_two_wrong_things() {
    let mut world = World::new();
    world.port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    world.more = "[[notify]]\nkind = \"command\"\ncommand = [\"/nowhere/notify-me\"]".to_owned();
    let said = world.doctor();
    assert_eq!(
        said.part("Mailbox \"private\""),
        ["✖ localhost:PORT: Connection refused (os error 111)", "  > check `host`, `port` and `tls`, and the network",]
    );
    assert_eq!(said.part("Notices")[0], "✖ command /nowhere/notify-me: there is no such program");
    assert_eq!(said.code, Some(1));
    assert!(said.out.lines().last().unwrap().starts_with("2 things are wrong; "), "{}", said.out);
}

#[test]
fn a_named_folder_that_is_missing_is_wrong_and_a_missing_special_one_is_not() {
    let mut world = World::new();
    world.dovecot.create_folder("Archiv");
    world.mailbox = "folders = [\"INBOX\", \"Archiv/Meta\", \"\\\\Junk\"]".to_owned();
    let said = world.doctor();
    let lines = after_certificate(&said);
    let from = lines.iter().position(|line| line.starts_with("✔ 1 of 2")).unwrap();
    assert_eq!(
        lines[from..from + 6],
        [
            "✔ 1 of 2 folders read: 0 messages, 0 to look at (since 2024-05-01, and claiming",
            "  to come from Meta)",
            "    INBOX              read: 0 messages, 0 to look at",
            "    Archiv (\\Archive)  not read: `folders` does not name it",
            "✖ there is no folder \"Archiv/Meta\", which `folders` names",
            "  > correct `folders`, or create it; the server has \"INBOX\", \"Archiv\"",
        ]
    );
    assert_eq!(said.code, Some(1));
}

#[test]
fn dns_that_gives_the_key_is_good() {
    let world = World::new();
    let said = world.doctor();
    let lines = said.part("DNS");
    assert!(lines[0].starts_with("✔ DNS ([dns] server) gives Meta's DKIM key,"), "{lines:?}");
    assert!(lines.concat().contains("s1024-2013-q3._domainkey.facebookmail.com, in "), "{lines:?}");
}

#[test]
fn dns_that_does_not_answer_is_wrong_and_says_what_remains() {
    let mut world = World::new();
    world.dns = UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    world.mailbox = "trusted_authserv_ids = [\"mx.example.org\"]".to_owned();
    let said = world.doctor();
    let lines = said.part("DNS");
    assert!(lines[0].starts_with("✖ DNS ([dns] server) cannot be asked for Meta's DKIM key ("), "{lines:?}");
    let todo = lines.iter().position(|line| line.starts_with("  > ")).unwrap();
    assert_eq!(
        lines[todo..],
        [
            "  > DKIM cannot be verified; senders are then proven only by the",
            "    Authentication-Results of a trusted server (that is so for mailbox",
            "    \"private\"): check [dns] server, or the network",
        ]
    );
    assert_eq!(said.code, Some(1));
}

#[test]
fn a_mailbox_not_read_for_long_is_wrong() {
    let world = World::new();
    let name = MailboxName("private".to_owned());
    let long_ago: Timestamp = "2025-06-01T12:00:00Z".parse().unwrap();
    let mut store = Store::open(&world.path("confirmd.db")).unwrap();
    store.write(long_ago, |tx| tx.mark_complete(&name, long_ago)).unwrap();
    let said = world.doctor();
    assert_eq!(
        said.part("Watching"),
        [
            "! no confirmd is running: nobody would notice a confirmation that does not come",
            "  > start the daemon: systemctl --user enable --now confirmd (packaging/ has the",
            "    units), or confirmd run",
            "✖ mailbox \"private\": stale, read completely last on 2025-06-01 12:00",
            "  > start the daemon, or run `confirmd sync` now",
        ]
    );
    assert_eq!(said.code, Some(1));
}

#[test]
fn a_database_is_looked_at_and_neither_created_nor_changed() {
    let world = World::new();
    let said = world.doctor();
    assert_eq!(
        said.part("Database")[..2],
        ["! HOME/confirmd.db does not exist yet", "  > `confirmd run` or `confirmd sync` creates it"]
    );
    assert!(!world.path("confirmd.db").exists());

    world.was_read();
    std::fs::set_permissions(world.path("confirmd.db"), std::fs::Permissions::from_mode(0o644)).unwrap();
    let said = world.doctor();
    let lines = said.part("Database");
    assert!(lines[0].starts_with("✔ HOME/confirmd.db: ") && lines[0].ends_with(", undamaged"), "{lines:?}");
    assert_eq!(
        lines[1..3],
        ["✖ others can read the database (mode 644), and the mails in it", "  > chmod 600 HOME/confirmd.db",]
    );
    assert_eq!(said.code, Some(1));
    assert_eq!(world.path("confirmd.db").metadata().unwrap().permissions().mode() & 0o777, 0o644);

    world.write("confirmd.db", "this is no database, and long enough to be told from one", 0o600);
    let said = world.doctor();
    assert_eq!(
        said.part("Database")[..5],
        [
            "✖ HOME/confirmd.db: this is not an SQLite database; nothing was",
            "  changed; if it was confirmd's, its beginning is damaged: restore a backup, or",
            "  move it away and run `confirmd sync` (what you recorded by hand is only in the",
            "  old file)",
            "  > let `database` name another file, or install the confirmd it belongs to",
        ]
    );
    assert_eq!(said.code, Some(1));
}

#[test]
fn a_password_file_that_others_can_read_is_pointed_out() {
    let world = World::new();
    world.write_configuration();
    world.write("password", PASSWORD, 0o644);
    let said = world.doctor_as_it_is();
    assert_eq!(
        said.part("Configuration").iter().skip_while(|line| !line.starts_with("! ")).copied().collect::<Vec<_>>(),
        [
            "! HOME/config.toml:11: mailbox \"private\": `password_file`:",
            "  others can read HOME/password (mode 644); chmod 600 it",
        ]
    );
    assert_eq!((said.err.as_str(), said.code), ("", Some(0)));
}

#[test]
fn a_configuration_that_cannot_be_used_ends_with_two_and_the_fix() {
    let mut world = World::new();
    let said = world.doctor_as_it_is();
    assert_eq!((said.out.as_str(), said.code), ("", Some(2)));
    assert_eq!(
        said.err,
        "confirmd: HOME/config.toml: cannot be read (named by --config): No such file or directory (os error 2); correct the \
         path, or write one there, with confirmd init\n"
    );
    world.mailbox = "poll = \"soon\"".to_owned();
    let said = world.doctor();
    assert_eq!((said.out.as_str(), said.code), ("", Some(2)));
    assert!(
        said.err.starts_with("confirmd: HOME/config.toml:12: mailbox \"private\": `poll` is wrong: "),
        "{}",
        said.err
    );
    assert!(said.err.ends_with("; correct that line (config.example.toml explains every key)\n"), "{}", said.err);
}
