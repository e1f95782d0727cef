//! A real Dovecot on loopback, one instance per test, with its own configuration in a temporary directory.
//!
//! Runs as root and as an ordinary user. What confirmd's sessions say is kept by Dovecot's rawlog; what the tests do
//! themselves goes through another login to the same mailbox and is not.

use std::collections::BTreeMap;
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::certificates::Certificates;
use super::wire::{Wire, quoted};

/// A running Dovecot; killed on drop.
pub struct Dovecot {
    dir: tempfile::TempDir,
    child: Option<Child>,
    /// STARTTLS, and plain on loopback.
    pub imap_port: u16,
    /// Implicit TLS.
    pub imaps_port: u16,
    certificates: Certificates,
    /// How much of each rawlog is of no interest any more.
    forgotten: Mutex<BTreeMap<PathBuf, usize>>,
}

/// The login of the mailbox.
pub const USER: &str = "anna@example.org";
/// Its password.
pub const PASSWORD: &str = "a \"secret\" with \\ in it";
/// The tests' own login to the same mailbox.
const SUPPORT: &str = "support";

/// Folders that have a special use as soon as they exist.
const SPECIAL: &[(&str, &str)] = &[
    ("Entwürfe", "\\Drafts"),
    ("Drafts", "\\Drafts"),
    ("Gesendet", "\\Sent"),
    ("Sent", "\\Sent"),
    ("Spam", "\\Junk"),
    ("Junk", "\\Junk"),
    ("Papierkorb", "\\Trash"),
    ("Trash", "\\Trash"),
    ("Archiv", "\\Archive"),
    ("[Gmail]/Alle Nachrichten", "\\All"),
    ("[Gmail]/Entwürfe", "\\Drafts"),
    ("[Gmail]/Gesendet", "\\Sent"),
    ("[Gmail]/Spam", "\\Junk"),
    ("[Gmail]/Papierkorb", "\\Trash"),
];

impl Dovecot {
    /// Starts one with an empty INBOX. Folders of the usual names get their special use when they are created.
    pub fn start() -> Dovecot {
        Dovecot::start_with("")
    }

    /// Starts one that tells no special use.
    pub fn start_without_special_use() -> Dovecot {
        Dovecot::build(&[], "")
    }

    /// Starts one with more configuration, e.g. `protocol imap { ... }`.
    pub fn start_with(more: &str) -> Dovecot {
        Dovecot::build(SPECIAL, more)
    }

    fn build(special: &[(&str, &str)], more: &str) -> Dovecot {
        let certificates = Certificates::for_localhost();
        // Between choosing a free port and Dovecot's taking it somebody else may: then once more.
        for _ in 0..10 {
            let dir = tempfile::Builder::new().prefix("confirmd-dovecot").tempdir().unwrap();
            let (imap_port, imaps_port) = (free_port(), free_port());
            let certificates = certificates.clone();
            let mut dovecot =
                Dovecot { dir, child: None, imap_port, imaps_port, certificates, forgotten: Mutex::default() };
            dovecot.write_configuration(special, more);
            if dovecot.launch() {
                return dovecot;
            }
        }
        panic!("Dovecot does not start");
    }

    /// The CA's certificate.
    pub fn ca_pem(&self) -> Vec<u8> {
        self.certificates.ca_pem.clone()
    }

    /// The CA's certificate as a file.
    pub fn ca_path(&self) -> PathBuf {
        self.path("ca.pem")
    }

    /// Stops it, as an outage would. All files stay.
    pub fn stop(&mut self) {
        let Some(mut child) = self.child.take() else { return };
        // The whole group: a polite end takes Dovecot a second.
        let _ = rustix::process::kill_process_group(
            rustix::process::Pid::from_child(&child),
            rustix::process::Signal::KILL,
        );
        let _ = child.wait();
    }

    /// Starts it again on the same ports.
    pub fn start_again(&mut self) {
        assert!(self.launch(), "Dovecot does not start again: {}", self.log());
    }

    /// A session of the tests' own.
    pub fn wire(&self) -> Wire {
        Wire::log_in(self.imap_port, SUPPORT, "support")
    }

    /// Creates a folder; the name in UTF-8, `/` between levels.
    pub fn create_folder(&self, name: &str) {
        self.wire().ask(&format!("CREATE {}", quoted(&encoded(name))));
    }

    /// Deletes a folder.
    pub fn delete_folder(&self, name: &str) {
        self.wire().ask(&format!("DELETE {}", quoted(&encoded(name))));
    }

    /// Deletes a folder and creates it again: empty, and with another UIDVALIDITY.
    pub fn recreate_folder(&self, name: &str) {
        self.delete_folder(name);
        self.create_folder(name);
    }

    /// Delivers a mail; returns its UID. The date of receipt is written like `17-Jul-2025 10:00:00 +0200`.
    pub fn deliver(&self, folder: &str, raw: &[u8], internaldate: &str) -> u32 {
        let answer = self.wire().append(&encoded(folder), [(raw, internaldate)]);
        // `t2 OK [APPENDUID 1732500000 7] Append completed.`
        answer.split(']').next().and_then(|code| code.rsplit(' ').next()).unwrap().parse().unwrap()
    }

    /// Delivers many mails at once; UIDs ascend in their order.
    pub fn deliver_all(&self, folder: &str, mails: &[(Vec<u8>, String)]) {
        let mails = mails.iter().map(|(raw, internaldate)| (raw.as_slice(), internaldate.as_str()));
        self.wire().append(&encoded(folder), mails);
    }

    /// Expunges mails, `3,7:9`.
    pub fn expunge(&self, folder: &str, uids: &str) {
        let mut wire = self.wire();
        wire.ask(&format!("SELECT {}", quoted(&encoded(folder))));
        wire.ask(&format!("UID STORE {uids} +FLAGS.SILENT (\\Deleted)"));
        wire.ask("EXPUNGE");
    }

    /// Moves mails to another folder.
    pub fn move_to(&self, folder: &str, uids: &str, target: &str) {
        let mut wire = self.wire();
        wire.ask(&format!("SELECT {}", quoted(&encoded(folder))));
        wire.ask(&format!("UID MOVE {uids} {}", quoted(&encoded(target))));
    }

    /// The flags of every mail, `\Recent` included, by UID.
    pub fn flags(&self, folder: &str) -> BTreeMap<u32, String> {
        let mut wire = self.wire();
        wire.ask(&format!("EXAMINE {}", quoted(&encoded(folder))));
        let answer = wire.try_ask("UID FETCH 1:* (UID FLAGS)");
        let flags = answer.iter().filter_map(|line| {
            let (_, rest) = line.split_once("UID ")?;
            let (uid, flags) = rest.split_once(" FLAGS ")?;
            Some((uid.parse().ok()?, flags.trim_end_matches(')').to_owned() + ")"))
        });
        flags.collect()
    }

    /// The commands confirmd has sent after its logins, without tags, session after session.
    pub fn commands(&self) -> Vec<String> {
        let mut commands = Vec::new();
        for text in self.said("in") {
            for line in text.lines() {
                // `1764037594.123456 a3 UID FETCH ...`
                let words: Vec<&str> = line.splitn(3, ' ').collect();
                match words.as_slice() {
                    [_, "DONE"] => commands.push("DONE".to_owned()),
                    [_, _, command] => commands.push((*command).to_owned()),
                    _ => {}
                }
            }
        }
        commands
    }

    /// How many bodies confirmd has been sent.
    pub fn bodies_read(&self) -> usize {
        self.said("out").iter().map(|text| text.matches("BODY[] ").count()).sum()
    }

    /// Forgets the commands and bodies so far.
    pub fn forget_commands(&self) {
        let mut forgotten = self.forgotten.lock().unwrap();
        for log in self.rawlogs() {
            let length = usize::try_from(fs::metadata(&log).unwrap().len()).unwrap();
            forgotten.insert(log, length);
        }
    }

    /// What clients (`in`) or Dovecot (`out`) said, one text for each session, the oldest first.
    fn said(&self, side: &str) -> Vec<String> {
        let mut logs: Vec<PathBuf> = self.rawlogs();
        logs.retain(|path| path.extension().is_some_and(|extension| extension == side));
        // `20251125-023130-29670-1.in`: the time and the process, which counts up.
        logs.sort();
        let forgotten = self.forgotten.lock().unwrap();
        let texts = logs.iter().map(|log| {
            let bytes = fs::read(log).unwrap();
            String::from_utf8_lossy(&bytes[forgotten.get(log).copied().unwrap_or(0)..]).into_owned()
        });
        texts.collect()
    }

    /// Dovecot's own log.
    pub fn log(&self) -> String {
        fs::read_to_string(self.path("log")).unwrap_or_default()
    }

    fn rawlogs(&self) -> Vec<PathBuf> {
        fs::read_dir(self.path("rawlog").join(USER)).unwrap().map(|entry| entry.unwrap().path()).collect()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn launch(&mut self) -> bool {
        let binary = ["/usr/sbin/dovecot", "/usr/local/sbin/dovecot", "/usr/bin/dovecot"];
        let binary =
            binary.into_iter().find(|path| Path::new(path).exists()).expect("install dovecot-imapd to run this test");
        let mut command = Command::new(binary);
        command.arg("-F").arg("-c").arg(self.path("dovecot.conf"));
        // Dovecot writes dates of receipt in its own time zone.
        command.env("TZ", "UTC").process_group(0);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let ports = [self.imap_port, self.imaps_port];
        let up = wait_until(Duration::from_secs(10), || {
            let exited = matches!(child.try_wait(), Ok(Some(_)));
            exited
                || (ports.iter().all(|port| TcpStream::connect(("127.0.0.1", *port)).is_ok()) && greets(self.imap_port))
        });
        let running = up.is_ok() && matches!(child.try_wait(), Ok(None));
        self.child = Some(child);
        if !running {
            self.stop();
        }
        running
    }

    fn write_configuration(&self, special: &[(&str, &str)], more: &str) {
        let me = Person::current();
        // Dovecot gives no mail to root.
        let mail = if me.uid == 0 { Person::called("dovecot") } else { me.clone() };
        let login = if me.uid == 0 { "dovenull".to_owned() } else { me.name.clone() };
        fs::set_permissions(self.dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
        for dir in ["run", "state", "home", "rawlog", &format!("rawlog/{USER}")] {
            fs::create_dir_all(self.path(dir)).unwrap();
            if me.uid == 0 && dir != "run" && dir != "state" {
                chown(self.path(dir), Some(mail.uid), Some(mail.gid)).unwrap();
            }
        }
        fs::write(self.path("ca.pem"), &self.certificates.ca_pem).unwrap();
        fs::write(self.path("certificate.pem"), &self.certificates.certificate_pem).unwrap();
        fs::write(self.path("key.pem"), &self.certificates.key_pem).unwrap();
        let users = [(USER, PASSWORD), (SUPPORT, "support")].map(|(user, password)| {
            format!("{user}:{{PLAIN}}{password}:{}:{}::{}::\n", mail.uid, mail.gid, self.path("home").display())
        });
        fs::write(self.path("users"), users.concat()).unwrap();
        let mailboxes: String = special
            .iter()
            .map(|(name, special)| format!("  mailbox \"{name}\" {{\n    special_use = {special}\n  }}\n"))
            .collect();
        let configuration = format!(
            "base_dir = {dir}/run\nstate_dir = {dir}/state\nlog_path = {dir}/log\nprotocols = imap\nlisten = 127.0.0.1\n\
             ssl = yes\nssl_cert = <{dir}/certificate.pem\nssl_key = <{dir}/key.pem\nssl_dh =\n\
             default_internal_user = {internal}\ndefault_internal_group = {group}\ndefault_login_user = {login}\n\
             disable_plaintext_auth = no\nauth_failure_delay = 0\nauth_mechanisms = plain login\nfirst_valid_uid = 1\n\
             mail_location = mdbox:~/mail\nmail_fsync = never\nmail_max_userip_connections = 100\n\
             service anvil {{\n  chroot =\n}}\n\
             service imap-login {{\n  chroot =\n  service_count = 0\n  process_min_avail = 1\n\
             \x20 inet_listener imap {{\n    port = {imap}\n  }}\n  inet_listener imaps {{\n    port = {imaps}\n    ssl = yes\n  }}\n}}\n\
             passdb {{\n  driver = passwd-file\n  args = {dir}/users\n}}\nuserdb {{\n  driver = passwd-file\n  args = {dir}/users\n}}\n\
             protocol imap {{\n  rawlog_dir = {dir}/rawlog/%u\n}}\n\
             namespace inbox {{\n  inbox = yes\n  separator = /\n{mailboxes}}}\n{more}\n",
            dir = self.dir.path().display(),
            internal = mail.name,
            group = mail.group,
            imap = self.imap_port,
            imaps = self.imaps_port,
        );
        fs::write(self.path("dovecot.conf"), configuration).unwrap();
    }
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("--- Dovecot's log ---\n{}", self.log());
        }
        self.stop();
    }
}

/// A user of the system.
#[derive(Clone)]
struct Person {
    name: String,
    group: String,
    uid: u32,
    gid: u32,
}

impl Person {
    fn current() -> Person {
        let uid = rustix::process::getuid().as_raw();
        Person::find(|_, person_uid| person_uid == uid)
    }

    fn called(name: &str) -> Person {
        Person::find(|person, _| person == name)
    }

    fn find(is: impl Fn(&str, u32) -> bool) -> Person {
        let passwd = fs::read_to_string("/etc/passwd").unwrap();
        let groups = fs::read_to_string("/etc/group").unwrap();
        for line in passwd.lines() {
            let fields: Vec<&str> = line.split(':').collect();
            let [name, _, uid, gid, ..] = fields.as_slice() else { continue };
            let (uid, gid): (u32, u32) = (uid.parse().unwrap(), gid.parse().unwrap());
            if is(name, uid) {
                let group = groups.lines().find(|line| line.split(':').nth(2) == Some(&gid.to_string()));
                let group = group.and_then(|line| line.split(':').next()).unwrap_or("nogroup").to_owned();
                return Person { name: (*name).to_owned(), group, uid, gid };
            }
        }
        panic!("no such user");
    }
}

/// Whether a server greets there: a port alone may still be that of one that is about to end.
fn greets(port: u16) -> bool {
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) else { return false };
    let mut greeting = [0; 4];
    stream.set_read_timeout(Some(Duration::from_secs(2))).is_ok()
        && std::io::Read::read_exact(&mut stream, &mut greeting).is_ok()
        && &greeting == b"* OK"
}

/// Waits for a condition; an error when it does not come true in time.
pub fn wait_until(limit: Duration, mut condition: impl FnMut() -> bool) -> Result<(), &'static str> {
    let end = Instant::now() + limit;
    while !condition() {
        if Instant::now() > end {
            return Err("not in time");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    Ok(())
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A folder name in modified UTF-7, written apart from the code under test.
fn encoded(name: &str) -> String {
    use base64::Engine as _;
    let (mut out, mut units) = (String::new(), Vec::new());
    for character in name.chars().chain(['\0']) {
        if !character.is_ascii() {
            units.extend(character.encode_utf16(&mut [0; 2]).iter().flat_map(|unit| unit.to_be_bytes()));
            continue;
        }
        if !units.is_empty() {
            let run = base64::engine::general_purpose::STANDARD_NO_PAD.encode(&units).replace('/', ",");
            out.push_str(&format!("&{run}-"));
            units.clear();
        }
        match character {
            '\0' => {}
            '&' => out.push_str("&-"),
            _ => out.push(character),
        }
    }
    out
}
