//! The real binary with a configuration in a folder of its own: the daemon, and the commands beside it.
//!
//! The daemon speaks to a service manager of the test's own, its log is kept, and it never outlives its test.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixDatagram;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags};
use rustix::process::{Pid, Signal, kill_process};

use super::dovecot::{Dovecot, PASSWORD, wait_until};

/// No condition takes longer, however busy the machine is.
pub const PATIENCE: Duration = Duration::from_secs(40);

/// A configuration, a database and a password file in a folder of their own.
pub struct Home {
    dir: tempfile::TempDir,
    database: &'static str,
}

impl Default for Home {
    fn default() -> Home {
        Home::new()
    }
}

impl Home {
    /// An empty one; its file `password` has the password of [`Dovecot`]'s mailbox.
    pub fn new() -> Home {
        Home::with_database("confirmd.db")
    }

    /// One with its database elsewhere in the folder.
    pub fn with_database(database: &'static str) -> Home {
        let home = Home { dir: tempfile::Builder::new().prefix("confirmd-run").tempdir().unwrap(), database };
        home.write("password", PASSWORD);
        home
    }

    /// The database.
    pub fn database(&self) -> PathBuf {
        self.path(self.database)
    }

    /// A file in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Writes a file that only its owner can read.
    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
        std::fs::set_permissions(self.path(name), std::fs::Permissions::from_mode(0o600)).unwrap();
    }

    /// Writes the configuration: these sections. Without a `[dns]` among them nobody is asked for DKIM keys.
    pub fn configure(&self, sections: &str) {
        self.configure_in("en", sections);
    }

    /// The same for somebody who reads that language.
    pub fn configure_in(&self, language: &str, sections: &str) {
        let dns = if sections.contains("[dns]") { "" } else { "[dns]\nserver = \"127.0.0.1:1\"\n" };
        let head = format!("database = \"{}\"\nlanguage = \"{language}\"\n{dns}", self.path(self.database).display());
        self.write("config.toml", &(head + sections));
    }

    /// Starts the daemon; it is ready.
    pub fn run(&self) -> Daemon {
        self.run_with(&[])
    }

    /// Starts the daemon with more in its environment; it is ready.
    pub fn run_with(&self, env: &[(&str, &str)]) -> Daemon {
        let daemon = self.launch(env);
        daemon.until("it is ready", || daemon.heard().iter().any(|said| said.starts_with("READY=1")));
        daemon
    }

    /// Starts the daemon and waits for nothing.
    pub fn launch(&self, env: &[(&str, &str)]) -> Daemon {
        Daemon::start(self, env)
    }

    /// Runs another command to its end: exit code, stdout, stderr.
    pub fn says(&self, arguments: &[&str]) -> (i32, String, String) {
        let output = self.command(arguments).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
    }

    /// Asks the database, each row with `|` between its columns. No database, no rows.
    pub fn sql(&self, query: &str) -> Vec<String> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let Ok(connection) = Connection::open_with_flags(self.path(self.database), flags) else { return Vec::new() };
        connection.busy_timeout(Duration::from_secs(5)).unwrap();
        let Ok(mut statement) = connection.prepare(query) else { return Vec::new() };
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| {
            let values = (0..columns).map(|column| {
                Ok(match row.get_ref(column)? {
                    rusqlite::types::ValueRef::Null => "-".to_owned(),
                    rusqlite::types::ValueRef::Integer(number) => number.to_string(),
                    rusqlite::types::ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                    rusqlite::types::ValueRef::Real(number) => number.to_string(),
                    rusqlite::types::ValueRef::Blob(bytes) => format!("{} bytes", bytes.len()),
                })
            });
            Ok(values.collect::<rusqlite::Result<Vec<_>>>()?.join("|"))
        });
        // Between creating the file and creating its tables there is nothing to ask.
        rows.and_then(Iterator::collect).unwrap_or_default()
    }

    /// Changes the database behind the daemon's back.
    pub fn change(&self, statement: &str) {
        let connection = Connection::open(self.path(self.database)).unwrap();
        connection.busy_timeout(Duration::from_secs(5)).unwrap();
        connection.execute_batch(statement).unwrap();
    }

    /// The state of every account, as the table `status` has it: `id state`.
    pub fn status(&self) -> Vec<String> {
        self.sql("SELECT account_id || ' ' || state FROM status ORDER BY account_id")
    }

    /// When a mailbox was last read completely.
    pub fn last_complete(&self, mailbox: &str) -> Option<String> {
        let last = self.sql(&format!("SELECT last_complete FROM mailbox WHERE name = '{mailbox}'"));
        last.into_iter().find(|at| at != "-")
    }

    /// A `[[notify]]` that appends what it is told to the file `told`.
    pub fn teller(&self) -> String {
        self.command_way(&format!("cat >> {}", self.path("told").display()))
    }

    /// A `[[notify]]` that runs a shell script.
    pub fn command_way(&self, script: &str) -> String {
        format!("[[notify]]\nkind = \"command\"\ncommand = [\"/bin/sh\", \"-c\", '''{script}''']\n")
    }

    /// What [`Home::teller`] was told so far: the event, and `again N` behind it for a repetition.
    pub fn told(&self) -> Vec<String> {
        let shown = self.told_json().into_iter().map(|notice| {
            let event = notice["event"].as_str().unwrap();
            let about = notice["account"].as_str().or(notice["mailbox"].as_str()).unwrap();
            match notice["repeat"].as_u64().unwrap() {
                0 => format!("{about}: {event}"),
                times => format!("{about}: {event} again {times}"),
            }
        });
        shown.collect()
    }

    /// The same, whole.
    pub fn told_json(&self) -> Vec<serde_json::Value> {
        let text = std::fs::read_to_string(self.path("told")).unwrap_or_default();
        // A line without an end is being written.
        let whole = text.split_inclusive('\n').filter(|line| line.ends_with('\n'));
        whole.map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The command with its configuration, run by another program: `prlimit`, `setpriv`.
    pub fn command_under(&self, wrapper: &[&str], arguments: &[&str]) -> Command {
        let plain = self.command(arguments);
        let [program, before @ ..] = wrapper else { return plain };
        let mut command = Command::new(program);
        command.args(before).arg(plain.get_program()).args(plain.get_args()).stdin(Stdio::null());
        for (name, value) in plain.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        command
    }

    /// Runs another command under a wrapper to its end: exit code (-1 for a signal), stdout, stderr.
    pub fn says_under(&self, wrapper: &[&str], arguments: &[&str]) -> (i32, String, String) {
        let output = self.command_under(wrapper, arguments).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
    }

    /// The command with its configuration.
    pub fn command(&self, arguments: &[&str]) -> Command {
        // Another build, to measure it (docs/MEASUREMENTS.md).
        let binary = std::env::var_os("CONFIRMD_BINARY").unwrap_or_else(|| env!("CARGO_BIN_EXE_confirmd").into());
        let mut command = Command::new(binary);
        command.arg("--config").arg(self.path("config.toml")).arg("--color").arg("never").args(arguments);
        command.env("TZ", "UTC").env_remove("RUST_LOG").env_remove("NOTIFY_SOCKET").stdin(Stdio::null());
        command
    }
}

/// A `[[mailbox]]` on 127.0.0.1. Without more it has no `tls`, no `ca_file` and no password.
pub fn mailbox(name: &str, port: u16, more: &str) -> String {
    format!(
        "[[mailbox]]\nname = \"{name}\"\nhost = \"127.0.0.1\"\nport = {port}\nusername = \"anna@example.org\"\n\
         trusted_authserv_ids = [\"mx.example.org\"]\n{more}\n"
    )
}

/// A `[[mailbox]]` that is a Dovecot's, over TLS.
pub fn at(dovecot: &Dovecot, name: &str, more: &str) -> String {
    mailbox(name, dovecot.imaps_port, &format!("{}\n{more}", trusting(dovecot)))
}

/// What a mailbox section needs to get into a Dovecot.
pub fn trusting(dovecot: &Dovecot) -> String {
    format!("ca_file = \"{}\"\npassword_file = \"password\"", dovecot.ca_path().display())
}

/// The running daemon; killed on drop.
pub struct Daemon {
    child: Child,
    log: Arc<Mutex<Vec<String>>>,
    heard: Arc<Mutex<Vec<String>>>,
    over: Arc<AtomicBool>,
}

/// How a daemon ended.
pub struct Ended {
    /// What the process returned.
    pub status: ExitStatus,
    /// How long it took from the signal.
    pub after: Duration,
    /// Everything it told the service manager.
    pub heard: Vec<String>,
}

impl Daemon {
    fn start(home: &Home, env: &[(&str, &str)]) -> Daemon {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let socket = home.path(&format!("notify{}", NUMBER.fetch_add(1, Ordering::Relaxed)));
        let manager = UnixDatagram::bind(&socket).unwrap();
        let mut command = home.command(&["run"]);
        command.env("NOTIFY_SOCKET", &socket).envs(env.iter().copied()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let stderr = child.stderr.take().unwrap();
        let daemon = Daemon { child, log: Arc::default(), heard: Arc::default(), over: Arc::default() };
        let log = Arc::clone(&daemon.log);
        std::thread::spawn(move || {
            BufReader::new(stderr).lines().map_while(Result::ok).for_each(|line| log.lock().unwrap().push(line));
        });
        let (heard, over) = (Arc::clone(&daemon.heard), Arc::clone(&daemon.over));
        manager.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            loop {
                match manager.recv(&mut buffer) {
                    Ok(length) => heard.lock().unwrap().push(String::from_utf8_lossy(&buffer[..length]).into_owned()),
                    // What was said before the end is still in the queue.
                    Err(_) if over.load(Ordering::Relaxed) => return,
                    Err(_) => {}
                }
            }
        });
        daemon
    }

    /// The process's number.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Its log so far.
    pub fn log(&self) -> Vec<String> {
        self.log.lock().unwrap().clone()
    }

    /// How many lines of its log contain this.
    pub fn logged(&self, text: &str) -> usize {
        self.log().iter().filter(|line| line.contains(text)).count()
    }

    /// What it has told the service manager so far.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }

    /// Waits until something is true.
    #[track_caller]
    pub fn until(&self, what: &str, condition: impl FnMut() -> bool) {
        if wait_until(PATIENCE, condition).is_err() {
            panic!("in vain: {what}");
        }
    }

    /// Sends it a signal.
    pub fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    /// Has it reload, and waits until that is over.
    #[track_caller]
    pub fn reload(&self) {
        let ready = |daemon: &Daemon| daemon.heard().iter().filter(|said| said.starts_with("READY=1")).count();
        let before = ready(self);
        self.signal(Signal::HUP);
        self.until("it is ready again", || ready(self) > before);
    }

    /// Ends it with SIGTERM.
    #[track_caller]
    pub fn terminate(mut self) -> Ended {
        let begun = Instant::now();
        self.signal(Signal::TERM);
        self.until_it_ends(begun)
    }

    /// Waits for its end.
    #[track_caller]
    pub fn until_it_ends(&mut self, begun: Instant) -> Ended {
        let mut status = None;
        let child = &mut self.child;
        let ended = wait_until(PATIENCE, || {
            status = child.try_wait().unwrap();
            status.is_some()
        });
        assert!(ended.is_ok(), "it does not end");
        let after = begun.elapsed();
        // The manager's thread reads the last words; nobody writes any more.
        self.over.store(true, Ordering::Relaxed);
        let _ = wait_until(Duration::from_secs(1), || self.heard().iter().any(|said| said == "STOPPING=1"));
        Ended { status: status.unwrap(), after, heard: self.heard() }
    }

    /// Kills it where it stands, as a power failure would.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.over.store(true, Ordering::Relaxed);
        if std::thread::panicking() {
            eprintln!(
                "--- the daemon's log ---\n{}\n--- told to systemd ---\n{}",
                self.log().join("\n"),
                self.heard().join("\n")
            );
        }
    }
}

/// Whether a process is still running; one that has ended and that nobody has waited for is not.
pub fn is_running(pid: &str) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", pid.trim())).unwrap_or_default();
    // `1234 (sleep) S 1 ...`
    stat.rsplit(") ").next().and_then(|rest| rest.chars().next()).is_some_and(|state| state != 'Z' && state != 'X')
}
