//! The real program in a home of its own: nothing of the tester's environment reaches it.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use super::dovecot::{Dovecot, PASSWORD, USER};

/// An account that expects everything at anna@example.org; objected on a Tuesday, so the month ends on Friday 2025-06-20.
pub const FACEBOOK: &str = "
[[account]]
id = \"anna-facebook\"
platform = \"facebook\"
handle = \"anna.muster\"
display_name = \"Anna Muster\"
emails = [\"anna@example.org\"]
objected = 2025-05-20
";

/// A home with a configuration at the default place; the database is at the default place too.
pub struct Confirmd {
    dir: tempfile::TempDir,
    settings: String,
    mailboxes: String,
    accounts: String,
}

/// What came of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The exit code; -1 when a signal ended it.
    pub code: i32,
    /// What it printed.
    pub stdout: String,
    /// What it said beside.
    pub stderr: String,
}

impl Confirmd {
    /// A home whose configuration declares these accounts, and no mailbox yet.
    pub fn with(accounts: &str) -> Confirmd {
        let dir = tempfile::Builder::new().prefix("confirmd-home").tempdir().unwrap();
        fs::create_dir_all(dir.path().join(".config/confirmd")).unwrap();
        let confirmd =
            Confirmd { dir, settings: String::new(), mailboxes: String::new(), accounts: accounts.to_owned() };
        confirmd.write_config();
        confirmd
    }

    /// A home that watches this Dovecot as "private" and believes `mx.example.org`.
    pub fn watching(dovecot: &Dovecot, accounts: &str) -> Confirmd {
        let mut confirmd = Confirmd::with(accounts);
        confirmd.mailbox("private", dovecot, "trusted_authserv_ids = [\"mx.example.org\"]\n");
        confirmd
    }

    /// Replaces what stands above the mailboxes, e.g. `[policy]` and its keys.
    pub fn settings(&mut self, settings: &str) {
        settings.clone_into(&mut self.settings);
        self.write_config();
    }

    /// Replaces the accounts.
    pub fn accounts(&mut self, accounts: &str) {
        accounts.clone_into(&mut self.accounts);
        self.write_config();
    }

    /// Adds a mailbox on this Dovecot: TLS, its CA, its password in a file. `more` are further keys.
    pub fn mailbox(&mut self, name: &str, dovecot: &Dovecot, more: &str) {
        self.mailbox_at(name, dovecot, &format!("port = {}\n{more}", dovecot.imaps_port));
    }

    /// Adds a mailbox on this Dovecot; `more` says at least the port.
    pub fn mailbox_at(&mut self, name: &str, dovecot: &Dovecot, more: &str) {
        self.secret(name, PASSWORD);
        self.mailboxes.push_str(&format!(
            "[[mailbox]]\nname = \"{name}\"\nhost = \"localhost\"\nusername = \"{USER}\"\n\
             password_file = \"{name}.password\"\nca_file = \"{}\"\n{more}\n",
            dovecot.ca_path().display()
        ));
        self.write_config();
    }

    /// Adds a mailbox as it stands.
    pub fn mailbox_text(&mut self, text: &str) {
        self.mailboxes.push_str(text);
        self.write_config();
    }

    /// Removes every mailbox.
    pub fn no_mailbox(&mut self) {
        self.mailboxes.clear();
        self.write_config();
    }

    /// Replaces a mailbox's password.
    pub fn secret(&self, mailbox: &str, password: &str) {
        let path = self.config_path().with_file_name(format!("{mailbox}.password"));
        fs::write(&path, format!("{password}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    }

    /// The home.
    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    /// The configuration file.
    pub fn config_path(&self) -> PathBuf {
        self.path().join(".config/confirmd/config.toml")
    }

    /// The database.
    pub fn database(&self) -> PathBuf {
        self.path().join(".local/state/confirmd/confirmd.db")
    }

    /// Runs a command to its end.
    pub fn run(&self, args: &[&str]) -> Run {
        Run::of(&mut self.command(args))
    }

    /// Runs a command that must succeed without a word on stderr; its one JSON document.
    #[track_caller]
    pub fn json(&self, args: &[&str]) -> Value {
        let run = self.run(args);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{args:?}: {run:?}");
        serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{args:?}: {error}: {}", run.stdout))
    }

    /// `sync` that must read everything.
    #[track_caller]
    pub fn sync(&self) {
        let run = self.run(&["sync"]);
        assert_eq!(run.code, 0, "{run:?}");
    }

    /// Starts a command; what it prints is kept for [`Run::end_of`].
    pub fn start(&self, args: &[&str]) -> Child {
        self.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// The command with this home as its whole environment.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_confirmd"));
        command.env_clear().env("HOME", self.path()).env("PATH", "/usr/bin:/bin").env("TZ", "UTC").env("LANG", "C");
        command.current_dir(self.path()).stdin(Stdio::null()).args(args);
        command
    }

    /// Every message: `number kind review accounts places`, where a place is `folder/uid`.
    pub fn messages(&self) -> Vec<String> {
        let document = self.json(&["messages", "--json"]);
        let messages = document["messages"].as_array().unwrap();
        let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
        let list = |value: &Value, show: &dyn Fn(&Value) -> String| -> String {
            value.as_array().unwrap().iter().map(show).collect::<Vec<_>>().join(",")
        };
        let row = |message: &Value| {
            format!(
                "{} {} {} [{}] {}",
                message["number"],
                word(&message["kind"]),
                word(&message["review"]),
                list(&message["accounts"], &word),
                list(&message["places"], &|place| format!("{}/{}", word(&place["folder"]), place["uid"]))
            )
        };
        messages.iter().map(row).collect()
    }

    /// Every account on that day: `id state severity`.
    pub fn states(&self, day: &str) -> Vec<String> {
        let document = self.json(&["status", "--json", "--as-of", day]);
        let word = |value: &Value| value.as_str().unwrap().to_owned();
        let row = |row: &Value| format!("{} {} {}", word(&row["id"]), word(&row["state"]), word(&row["severity"]));
        document["accounts"].as_array().unwrap().iter().map(row).collect()
    }

    /// What one column of a query gives.
    pub fn sql(&self, query: &str) -> Vec<String> {
        let database = rusqlite::Connection::open(self.database()).unwrap();
        let mut statement = database.prepare(query).unwrap();
        let column = |row: &rusqlite::Row<'_>| {
            let value = row.get_ref(0)?;
            Ok(value.as_i64().map_or_else(|_| value.as_str().unwrap().to_owned(), |number| number.to_string()))
        };
        statement.query_map([], column).unwrap().map(Result::unwrap).collect()
    }

    fn write_config(&self) {
        let path = self.config_path();
        fs::write(&path, format!("{}\n{}\n{}", self.settings, self.mailboxes, self.accounts)).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    }
}

impl Run {
    /// Runs a command to its end.
    pub fn of(command: &mut Command) -> Run {
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        Run::end_of(child)
    }

    /// Waits for the end of a started command.
    pub fn end_of(child: Child) -> Run {
        let output = child.wait_with_output().unwrap();
        Run {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// Sends a signal to a started command.
pub fn signal(child: &Child, signal: rustix::process::Signal) {
    rustix::process::kill_process(rustix::process::Pid::from_child(child), signal).unwrap();
}

/// A mail of the corpus, with the line ends of a server.
pub fn corpus(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(format!("{name}.eml"));
    let text = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines = text.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    lines.collect::<Vec<_>>().join(&b"\r\n"[..])
}

/// A mail of the corpus as the own mail host delivers it: with its word that the sender's signature is valid.
pub fn vouched(name: &str) -> Vec<u8> {
    vouch(&corpus(name))
}

/// A mail with the own host's header above it.
pub fn vouch(mail: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(mail).into_owned();
    let from = text.lines().find(|line| line.starts_with("From:")).unwrap();
    let domain = from.rsplit_once('@').unwrap().1.trim_end_matches('>');
    let header = format!("Authentication-Results: mx.example.org;\r\n dkim=pass header.d={domain}\r\n");
    [header.as_bytes(), mail].concat()
}

/// A synthetic mail from Meta's support that has come to anna@example.org by way of mx.example.org.
pub fn letter(number: usize, subject: &str, text: &str) -> Vec<u8> {
    format!(
        "Received: from mx-out.support.facebook.com (mx-out.support.facebook.com [192.0.2.25])\r\n by mx.example.org (Postfix)\r\n \
         with ESMTPS id 4bK{number};\r\n Wed, 21 May 2025 10:00:00 +0000\r\nX-Synthetic: yes, made for the confirmd test corpus\r\n\
         Date: Wed, 21 May 2025 10:00:00 +0000\r\nTo: Anna Muster <anna@example.org>\r\nSubject: {subject}\r\n\
         From: Facebook <case++{number}@support.facebook.com>\r\nMessage-ID: <{number}@support.facebook.com>\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=\"UTF-8\"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n"
    )
    .into_bytes()
}

/// The form's title, which its answers have as their subject.
pub const TITLE: &str = "Object to your information being used for AI at Meta";

/// The words of a confirmation.
pub const HONOURED: &str = "Hi Anna,\r\n\r\nWe've reviewed your request and will honour your objection. This means we won't use \
    your public information from Facebook and Instagram for future development and improvement of generative AI models at Meta.";

/// A day after the objection in [`FACEBOOK`].
pub const MAY_21: &str = "21-May-2025 10:00:00 +0000";
