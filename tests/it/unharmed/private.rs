//! What is secret stays where it is: passwords, tokens, codes, bodies; and files are their owner's alone, whatever the umask.

use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::support::answering::Answering;
use crate::support::confirmd::{Confirmd, FACEBOOK, HONOURED, Run, TITLE, letter, signal, vouch};
use crate::support::dovecot::wait_until;
use crate::support::faults::tried;
use crate::support::smtp::{Behaviour, SmtpServer};

const PASSWORD: &str = "Kanarienvogel-7431";
const TOKEN: &str = "ya29.Nachtigall-9952";
const SMTP_PASSWORD: &str = "Zaunkoenig-2218";
const CODE: &str = "735194";
const BODY: &str = "Rotkehlchen";

/// Anna's mailbox with one mail of each sort: recognised, with a code, up for review, of no interest, of a stranger.
fn with_secrets(server: &Answering) {
    let code = format!(
        "Hi Anna,\r\n\r\nEnter this code to submit your objection to your information being used for AI at Meta:\r\n\r\n{CODE}\r\n{BODY}\r\n"
    );
    server.deliver(vouch(&letter(1, TITLE, &code)));
    server.deliver(vouch(&letter(2, TITLE, &format!("{HONOURED} {BODY}."))));
    server.deliver(letter(3, TITLE, &format!("{HONOURED} {BODY}. {CODE}")));
    server.deliver(vouch(&letter(4, "Anna, you have 3 new notifications", &format!("{BODY} {CODE}"))));
    let stranger = String::from_utf8(letter(5, "Hello", BODY)).unwrap();
    server.deliver(stranger.replace("support.facebook.com", "example.net").into_bytes());
}

#[test]
fn passwords_tokens_codes_and_bodies_are_said_nowhere_not_even_at_trace_level() {
    let (login, xoauth2) = (Answering::start(), Answering::start());
    let mail = SmtpServer::start(Behaviour { auth: "PLAIN", ..Behaviour::default() });
    for server in [&login, &xoauth2] {
        with_secrets(server);
        server.refuse("Kaputt", "no such folder");
    }
    let mut confirmd = Confirmd::with(FACEBOOK);
    let told = confirmd.path().join("told");
    confirmd.secret("private", PASSWORD);
    confirmd.settings(&format!(
        "[dns]\nserver = \"127.0.0.1:1\"\n[[notify]]\nkind = \"command\"\ncommand = [\"/bin/sh\", \"-c\", \"cat >> {}\"]\n\
         [[notify]]\nkind = \"email\"\nsmtp = \"127.0.0.1\"\nport = {}\ntls = \"none\"\nfrom = \"confirmd@example.org\"\n\
         to = [\"anna@example.org\"]\nusername = \"anna\"\npassword = \"{SMTP_PASSWORD}\"\n",
        told.display(),
        mail.port
    ));
    confirmd.mailbox_text(&login.mailbox("private.password"));
    confirmd.secret("token", TOKEN);
    confirmd.mailbox_text(&xoauth2.mailbox("x").replace("\"private\"", "\"second\"").replace(
        "password_file = \"x\"",
        "auth = \"xoauth2\"\ntoken_command = [\"/bin/cat\", \".config/confirmd/token.password\"]",
    ));
    let mut daemon = confirmd.command(&["-vvvv", "run"]);
    let daemon =
        daemon.env("RUST_LOG", "trace").stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let daemon = daemon.spawn().unwrap();
    let notices = || std::fs::read_to_string(&told).unwrap_or_default() + &mail.mails().concat();
    let all_told = || notices().contains("\"review\"") && !mail.mails().is_empty();
    let told_in_time = wait_until(Duration::from_secs(60), all_told);
    let cmdline = std::fs::read(format!("/proc/{}/cmdline", daemon.id())).unwrap();
    signal(&daemon, rustix::process::Signal::TERM);
    let log = Run::end_of(daemon);
    told_in_time.unwrap_or_else(|_| panic!("{log:?} {}", notices()));
    assert!(log.stderr.contains("a message was recorded"), "{log:?}");
    let mut said = format!("{}{}{}{}", log.stdout, log.stderr, notices(), String::from_utf8_lossy(&cmdline));
    for args in [
        &["-vvvv", "sync"][..],
        &["-vvvv", "doctor"],
        &["status"],
        &["show", "anna-facebook"],
        &["messages"],
        &["check"],
    ] {
        let run = Run::of(confirmd.command(args).env("RUST_LOG", "trace"));
        said += &format!("{}{}", run.stdout, run.stderr);
    }
    // In the mail as it is sent, secrets would stand in base64 as well.
    use base64::Engine as _;
    let encoded = |secret: &str| base64::engine::general_purpose::STANDARD.encode(secret);
    for secret in [PASSWORD, TOKEN, SMTP_PASSWORD, CODE, BODY] {
        let hidden = encoded(secret);
        let hidden = hidden.trim_end_matches('=');
        assert!(!said.contains(secret) && !said.contains(&hidden[..hidden.len() - 1]), "{secret}: {said}");
    }
    assert!(mail.lines().iter().any(|line| line.contains(SMTP_PASSWORD)), "the canary sang: {:?}", mail.lines());
    let outcome = "none of them in the log at trace level, in notices, in the process's arguments, in status, messages, check or doctor";
    tried("Secrets", "canaries as password, token, SMTP password, code and words of a mail", outcome);
}

/// The mode bits of a file or folder.
fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).mode() & 0o7777
}

/// Everything below a folder, and the folder.
fn all_below(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = vec![folder.to_owned()];
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(all_below(&path)) } else { found.push(path) }
    }
    found
}

#[test]
fn files_are_their_owners_alone_also_where_the_umask_forbids_nothing() {
    let server = Answering::start();
    with_secrets(&server);
    let mut confirmd = Confirmd::with(FACEBOOK);
    confirmd.secret("private", PASSWORD);
    confirmd.mailbox_text(&server.mailbox("private.password"));
    confirmd.settings("[dns]\nserver = \"127.0.0.1:1\"\n");
    let open = |args: &[&str]| -> Command {
        let mut command = Command::new("/bin/sh");
        command.env_clear().env("HOME", confirmd.path()).env("PATH", "/usr/bin:/bin").env("LANG", "C");
        command.current_dir(confirmd.path()).stdin(std::process::Stdio::null());
        command.args(["-c", "umask 000; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_confirmd")]).args(args);
        command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
        command
    };
    let daemon = open(&["run"]).spawn().unwrap();
    let read = || confirmd.run(&["messages", "--json"]).stdout.contains("\"number\": 3");
    let read_in_time = wait_until(Duration::from_secs(60), read);
    let state = confirmd.database();
    let modes: Vec<u32> =
        ["", "-wal", "-shm", ".lock"].map(|suffix| mode(Path::new(&format!("{}{suffix}", state.display())))).to_vec();
    signal(&daemon, rustix::process::Signal::TERM);
    let run = Run::end_of(daemon);
    read_in_time.unwrap_or_else(|_| panic!("{run:?}"));
    assert_eq!((modes, mode(state.parent().unwrap())), (vec![0o600; 4], 0o700));

    let bundle = confirmd.path().join("bundle");
    let run = Run::of(&mut open(&["export", "anna-facebook", "--out", "bundle"]));
    assert_eq!(run.code, 0, "{run:?}");
    for path in all_below(&bundle) {
        assert_eq!(mode(&path), if path.is_dir() { 0o700 } else { 0o600 }, "{}", path.display());
    }

    std::fs::remove_dir_all(confirmd.path().join(".config/confirmd")).unwrap();
    let args = [
        "init",
        "--email",
        "anna@example.org",
        "--host",
        "127.0.0.1",
        "--password-file",
        "/nowhere",
        "--account",
        "facebook:anna",
    ];
    let run = Run::of(&mut open(&[&args[..], &["--offline"]].concat()));
    assert_eq!(run.code, 0, "{run:?}");
    let written = confirmd.config_path();
    assert_eq!((mode(&written), mode(written.parent().unwrap())), (0o600, 0o700));
    // What is left over of all that: nothing that others can read.
    let loose: Vec<_> = all_below(&confirmd.path().join(".local/state/confirmd"))
        .into_iter()
        .filter(|path| mode(path) & 0o077 != 0)
        .collect();
    assert_eq!(loose, Vec::<std::path::PathBuf>::new());
    let outcome = "database, -wal, -shm, lock, bundle and configuration are 0600, their folders 0700";
    tried("Secrets", "a umask of 000", outcome);
}
