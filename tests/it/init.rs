//! `confirmd init` as a person meets it: by options, and by questions on a terminal, against a real Dovecot.

use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::support::confirmd::{Confirmd, Run};
use crate::support::dovecot::{Dovecot, PASSWORD, USER};

/// A home without a configuration.
fn bare() -> Confirmd {
    let confirmd = Confirmd::with("");
    std::fs::remove_file(confirmd.config_path()).unwrap();
    confirmd
}

fn mode(path: &std::path::Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o777
}

fn password_file(confirmd: &Confirmd, text: &str) -> PathBuf {
    let path = confirmd.path().join("pw");
    std::fs::write(&path, text).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    path
}

#[test]
fn by_options_the_login_is_tried_and_the_written_configuration_works() {
    let dovecot = Dovecot::start();
    let confirmd = bare();
    let (port, ca) = (dovecot.imaps_port.to_string(), dovecot.ca_path().display().to_string());
    let init = |secret: &str| {
        let args =
            ["init", "--email", USER, "--host", "localhost", "--port", &port, "--ca-file", &ca, "--password-file"];
        let more = [secret, "--account", "facebook:anna.muster", "--objected", "2025-05-20"];
        confirmd.run(&[&args[..], &more].concat())
    };
    password_file(&confirmd, "not-the-password\n");
    let refused = init("pw");
    assert_eq!((refused.code, refused.stdout.as_str()), (1, ""), "{refused:?}");
    let why =
        format!("confirmd: localhost:{port} refuses the login: Authentication failed.; check username and password; ");
    assert!(refused.stderr.starts_with(&why), "{refused:?}");
    assert!(refused.stderr.ends_with("; nothing has been written; --offline writes without trying\n"), "{refused:?}");
    assert!(!confirmd.config_path().exists());

    let secret = password_file(&confirmd, PASSWORD);
    let written = init("pw");
    assert_eq!((written.code, written.stderr.as_str()), (0, ""), "{written:?}");
    let file = confirmd.config_path();
    let lines: Vec<&str> = written.stdout.lines().collect();
    assert_eq!(lines[0], "✔ logged in as anna@example.org");
    assert!(lines[1].starts_with("✔ 1 of 1 folder read: 0 messages"), "{written:?}");
    let told = lines.iter().position(|line| line.starts_with("Written")).unwrap();
    assert_eq!(
        lines[told..],
        [
            format!("Written, readable for you alone: {}", file.display()).as_str(),
            "",
            "Try everything, and see what is still to be done:",
            "  confirmd doctor",
            "Read the mailbox for the first time:",
            "  confirmd sync",
            "See where your objections stand:",
            "  confirmd status",
            "From then on confirmd watches by itself, and warns when an answer does not come:",
            "  confirmd run",
            "Or as a service that starts by itself, where the package or packaging/systemd is",
            "installed:",
            "  systemctl --user enable --now confirmd",
        ]
    );
    assert_eq!(mode(&file), 0o600);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains(&format!("password_file = \"{}\"", secret.display())), "{text}");
    assert!(!text.contains("secret\\\" with"), "the password stays where it is");
    confirmd.sync();
    assert_eq!(confirmd.states("2025-05-21"), ["anna.muster-facebook pending ok"]);

    let again = init("pw");
    assert_eq!((again.code, again.stdout.as_str()), (2, ""), "{again:?}");
    assert!(again.stderr.contains("is there already"), "{again:?}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
}

#[test]
fn without_a_terminal_every_missing_option_is_named() {
    let confirmd = bare();
    let run = confirmd.run(&["init"]);
    assert_eq!(
        (run.code, run.stderr.as_str()),
        (
            2,
            "confirmd: --email, --host, --password-file | --password-command | --token-command, --account missing; \
             without a terminal to ask on, options say everything (confirmd init --help)\n"
        )
    );
    let known =
        confirmd.run(&["init", "--email", "anna@gmx.de", "--account", "whatsapp", "--password-command", "pass", "x"]);
    assert_eq!(known.code, 2);
    assert!(
        known.stderr.starts_with("confirmd: --account whatsapp: For WhatsApp there is no such objection"),
        "{known:?}"
    );
    let wrong = confirmd.run(&[
        "init",
        "--offline",
        "--email",
        "anna",
        "--host",
        "x",
        "--account",
        "facebook",
        "--password-file",
        "y",
    ]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.stderr.contains("`emails` contains \"anna\", which is not an address"), "{wrong:?}");
    assert!(!confirmd.config_path().exists());
}

#[test]
fn with_force_the_old_configuration_is_kept_and_the_new_one_speaks_the_persons_language() {
    let confirmd = Confirmd::with("# the old one\n");
    let old = std::fs::read_to_string(confirmd.config_path()).unwrap();
    let args =
        ["--lang", "de", "init", "--offline", "--force", "--email", "änna@gmx.de", "--account", "instagram:\"x\\"];
    let run = confirmd.run(&[&args[..], &["--password-command", "pass", "show", "a \"b\""]].concat());
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{run:?}");
    let backup = confirmd.config_path().with_file_name("config.toml.bak1");
    assert_eq!(std::fs::read_to_string(&backup).unwrap(), old);
    let told = run.stdout.lines().take(6).collect::<Vec<_>>();
    assert_eq!(
        told,
        [
            format!("Geschrieben, nur für Sie lesbar: {}", confirmd.config_path().display()).as_str(),
            format!("Die alte Konfiguration: {}", backup.display()).as_str(),
            "",
            "Sie haben noch nicht für jedes Konto widersprochen. So geht es, Schritt für",
            "Schritt:",
            "  confirmd guide",
        ]
    );
    let text = std::fs::read_to_string(confirmd.config_path()).unwrap();
    for line in [
        "language = \"de\"",
        "host = \"imap.gmx.net\"",
        "username = \"änna@gmx.de\"",
        "handle = '\"x\\'",
        "#objected = 2025-05-20",
    ] {
        assert!(text.lines().any(|known| known == line), "{line}: {text}");
    }
    assert!(text.contains("# Die Postfächer") || text.contains("Die Postfächer: ein Abschnitt"), "{text}");
    let status = confirmd.run(&["status"]);
    assert_eq!((status.code, status.stderr.as_str()), (0, ""), "{status:?}");
    assert!(status.stdout.contains("noch kein Widerspruch"), "{status:?}");
}

/// The program at a pseudo-terminal of its own, made by script(1).
struct Terminal {
    child: Child,
    input: ChildStdin,
    output: Receiver<Vec<u8>>,
    /// Everything that was shown.
    shown: String,
    /// How much of it has been waited for.
    seen: usize,
}

impl Terminal {
    fn of(confirmd: &Confirmd, words: &str) -> Terminal {
        Terminal::running(confirmd, &format!("{} {words}", env!("CARGO_BIN_EXE_confirmd")))
    }

    fn running(confirmd: &Confirmd, line: &str) -> Terminal {
        let mut command = Command::new("script");
        command.args(["-qec", line, "/dev/null"]).env_clear().env("HOME", confirmd.path()).env("PATH", "/usr/bin:/bin");
        command
            .env("TZ", "UTC")
            .env("LANG", "C")
            .env("TERM", "dumb")
            .env("SHELL", "/bin/sh")
            .current_dir(confirmd.path());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (input, mut stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = stdout.read(&mut bytes) {
                if sender.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Terminal { child, input, output, shown: String::new(), seen: 0 }
    }

    /// Waits until the question is there, then types the answer.
    #[track_caller]
    fn answer(&mut self, question: &str, answer: &str) {
        self.wait_for(question);
        self.input.write_all(format!("{answer}\n").as_bytes()).unwrap();
    }

    #[track_caller]
    fn wait_for(&mut self, text: &str) {
        let end = Instant::now() + Duration::from_secs(60);
        while !self.shown[self.seen..].contains(text) {
            match self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.shown.push_str(&String::from_utf8_lossy(&bytes)),
                Err(_) => panic!("no {text:?} in {}", &self.shown),
            }
        }
        self.seen += self.shown[self.seen..].find(text).unwrap() + text.len();
    }

    /// The exit code, and everything that was shown.
    fn end(mut self) -> (i32, String) {
        drop(self.input);
        while let Ok(bytes) = self.output.recv_timeout(Duration::from_secs(60)) {
            self.shown.push_str(&String::from_utf8_lossy(&bytes));
        }
        (self.child.wait().unwrap().code().unwrap_or(-1), self.shown.replace("\r\n", "\n"))
    }
}

#[test]
fn on_a_terminal_a_wrong_password_is_asked_for_again_and_never_shown() {
    let dovecot = Dovecot::start();
    let confirmd = bare();
    let (port, ca) = (dovecot.imaps_port, dovecot.ca_path().display().to_string());
    let mut terminal = Terminal::of(&confirmd, &format!("init --host localhost --port {port} --ca-file {ca}"));
    terminal.answer("Your e-mail address: ", "anna");
    terminal.answer("\"anna\" is not an e-mail address", USER);
    terminal.answer("User name for the login [anna@example.org]: ", "");
    terminal.answer("Password (not shown as you type): ", "Falsch-und-mehr");
    terminal.wait_for("refuses the login");
    // What others can see of the process says nothing of the password.
    let processes = Run::of(Command::new("ps").args(["-eo", "args"])).stdout;
    assert!(processes.contains("--port") && !processes.contains("Falsch"), "{processes}");
    terminal.answer("Try again? (y/n) [y]: ", "");
    terminal.answer("User name for the login [anna@example.org]: ", "");
    terminal.answer("Password (not shown as you type): ", &format!("oops\u{15}{PASSWORD}ü\u{7f}"));
    terminal.wait_for("✔ logged in as anna@example.org");
    terminal.answer("[facebook]: ", "whatsapp");
    terminal.answer("there is no such objection", "instagram");
    terminal.answer("Your user name there (may stay empty): ", "@anna.muster");
    terminal.answer("Your name as it is shown there (may stay empty): ", "Anna \"M\" Muster");
    terminal.answer("[anna@example.org]: ", "");
    terminal.answer("(empty: not yet): ", "20.5.2999");
    terminal.answer("still to come", "20.5.2025");
    terminal.answer("[web]: ", "");
    terminal.answer("One more account? (y/n) [n]: ", "y");
    terminal.answer("[facebook]: ", "");
    terminal.answer("Your user name there (may stay empty): ", "");
    terminal.answer("Your name as it is shown there (may stay empty): ", "");
    terminal.answer("[anna@example.org]: ", "a@example.org, b@example.org");
    terminal.answer("(empty: not yet): ", "");
    terminal.answer("One more account? (y/n) [n]: ", "");
    terminal.answer("Accounts Centre? (y/n) [n]: ", "y");
    let (code, shown) = terminal.end();
    assert_eq!(code, 0, "{shown}");
    for secret in [PASSWORD, "Falsch", "oops"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    let text = std::fs::read_to_string(confirmd.config_path()).unwrap();
    let secret = confirmd.config_path().with_file_name("private.password");
    assert_eq!(std::fs::read_to_string(&secret).unwrap(), format!("{PASSWORD}\n"));
    assert_eq!((mode(&secret), mode(&confirmd.config_path())), (0o600, 0o600));
    assert!(!text.contains(PASSWORD) && text.contains("\npassword_file = \"private.password\"\n"), "{text}");
    assert!(shown.contains("confirmd guide\n"), "the second account has not objected: {shown}");
    confirmd.sync();
    assert_eq!(
        confirmd.states("2025-05-21"),
        ["anna.muster-instagram pending ok", "facebook not_objected info"],
        "{text}"
    );
    assert_eq!(text.matches("accounts_centre = \"mine\"").count(), 2, "{text}");
}

#[test]
fn in_german_the_questions_are_german_and_an_interrupt_leaves_nothing() {
    let confirmd = bare();
    let program = env!("CARGO_BIN_EXE_confirmd");
    let mut terminal = Terminal::running(&confirmd, &format!("{program} --lang de init; echo code $?; stty -a"));
    terminal.answer("Ihre E-Mail-Adresse: ", "anna@gmx.de");
    terminal.wait_for("Server: imap.gmx.net, Port 993, TLS: implicit.");
    terminal.wait_for("Hinweis: GMX: IMAP einschalten unter E-Mail > Einstellungen > POP3/IMAP Abruf");
    terminal.wait_for("Passwort (wird beim Tippen nicht angezeigt): ");
    terminal.input.write_all(b"geheim\x03").unwrap();
    terminal.wait_for("confirmd: abgebrochen; es wurde nichts geschrieben");
    let (_, shown) = terminal.end();
    assert!(shown.contains("code 1\n") && !shown.contains("geheim"), "{shown}");
    let settings = shown.split("code 1\n").nth(1).unwrap();
    for mode in ["echo", "icanon", "isig"] {
        assert!(settings.split([' ', '\n', ';']).any(|word| word == mode), "{mode}: {settings}");
    }
    let left: Vec<_> = std::fs::read_dir(confirmd.config_path().parent().unwrap()).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
}
