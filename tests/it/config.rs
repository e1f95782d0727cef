//! The configuration file as a person writes it: what is read, from where, and with which defaults.

mod secrets;
mod wrong;

use std::ffi::OsString;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use confirmd::config::{Auth, Config, ConfigError, Lang, Notify, Origin, SecretSource, Tls};
use confirmd::model::account::Platform;
use confirmd::model::objection::Via;
use confirmd::model::status::SenderPolicy;
use jiff::civil::{Date, date};

const TODAY: Date = date(2025, 6, 30);

const MAILBOX: &str = "[[mailbox]]\nname = \"private\"\nhost = \"imap.example.org\"\nusername = \"anna@example.org\"\n\
                       password_env = \"IMAP_PASSWORD\"\n";
const ACCOUNT: &str = "[[account]]\nid = \"anna-facebook\"\nplatform = \"facebook\"\nemails = [\"anna@example.org\"]\n";

fn env(name: &str) -> Option<OsString> {
    (name == "HOME").then(|| OsString::from("/home/anna"))
}

fn parse(text: &str) -> Result<Config, ConfigError> {
    Config::from_text(text, Path::new("/etc/confirmd/confirmd.toml"), 0o600, &env, TODAY)
}

#[test]
fn every_key_of_the_contract_is_read() {
    let text = r#"
database = "/var/lib/confirmd/confirmd.db"
language = "de"

[policy]
warn_after = "4 days"
deadline = "2 months"
repeat_every = "1 week"
stale_after = "90 min"
sender = "off"

[dns]
server = "127.0.0.1:5353"

[limits]
message = "500 KiB"
timeout = "5s"

[[notify]]
kind = "command"
command = ["/usr/bin/notify-me", "--urgent", ""]

[[notify]]
kind = "email"
smtp = "smtp.example.org"
username = "anna"
password_command = ["pass", "show", "smtp"]
from = "confirmd@example.org"
to = ["anna@example.org", "ben@example.org"]

[[mailbox]]
name = "private"
host = "imap.example.org"
ca_file = "ca.pem"
username = "anna@example.org"
password_credential = "imap.private"
folders = ["inbox", "\\junk", "Ämter/Meta"]
poll = "10 min"
idle = false
since = 2025-01-01
trusted_authserv_ids = ["mx.example.org"]

[[mailbox]]
name = "work"
host = "imap.example.com"
tls = "starttls"
username = "anna"
auth = "xoauth2"
token_command = ["token", "anna"]
since = "2024-06-01"
trusted_authserv_ids = []

[[account]]
id = "anna-facebook"
platform = "facebook"
handle = "@anna.muster"
display_name = "Anna Muster"
emails = ["anna@example.org", "ANNA@example.org", "meta@example.org"]
accounts_centre = "anna"
objected = 2025-05-20
via = "letter"

[[account]]
id = "anna-nowhere"
platform = "none"
emails = ["anna@example.org"]
objected = "2025-06-30"
"#;
    let config = parse(text).unwrap();
    assert_eq!(config.database, PathBuf::from("/var/lib/confirmd/confirmd.db"));
    assert_eq!(config.origins.database, Origin::Line(2));
    assert_eq!((config.language, config.origins.language), (Some(Lang::De), Origin::Line(3)));
    let policy = &config.policy;
    let shown = [policy.warn_after, policy.deadline, policy.repeat_every, policy.stale_after].map(|p| p.to_string());
    assert_eq!(shown, ["4d", "2mo", "1w", "90m"]);
    assert_eq!(policy.sender, SenderPolicy::Off);
    assert_eq!(config.dns.server, Some("127.0.0.1:5353".parse().unwrap()));
    assert_eq!((config.limits.message, config.limits.timeout), (512_000, Duration::from_secs(5)));

    let [Notify::Command { command }, Notify::Email(email)] = config.notify.as_slice() else {
        panic!("{:?}", config.notify)
    };
    assert_eq!(command, &["/usr/bin/notify-me", "--urgent", ""]);
    assert_eq!((email.smtp.as_str(), email.port, email.tls), ("smtp.example.org", 465, Tls::Implicit));
    assert_eq!(
        (email.from.as_str(), email.to.join(" ")),
        ("confirmd@example.org", "anna@example.org ben@example.org".to_owned())
    );
    let login = email.login.as_ref().unwrap();
    let pass = ["pass", "show", "smtp"].map(str::to_owned).to_vec();
    assert_eq!((login.username.as_str(), &login.password), ("anna", &SecretSource::Command(pass)));

    let [private, work] = config.mailboxes.as_slice() else { panic!("{:?}", config.mailboxes) };
    assert_eq!((private.name.as_str(), private.host.as_str(), private.port), ("private", "imap.example.org", 993));
    assert_eq!((private.tls, private.auth), (Tls::Implicit, Auth::Login));
    assert_eq!(private.ca_file, Some(PathBuf::from("/etc/confirmd/ca.pem")));
    assert_eq!(private.username, "anna@example.org");
    assert_eq!(private.secret, SecretSource::Credential { name: "imap.private".to_owned(), directory: None });
    let folders = ["INBOX", "\\Junk", "Ämter/Meta"].map(str::to_owned).to_vec();
    assert_eq!(private.folders, Some(folders));
    assert_eq!((private.poll, private.idle, private.since), (Duration::from_secs(600), false, date(2025, 1, 1)));
    assert_eq!(private.trusted_authserv_ids, Some(vec!["mx.example.org".to_owned()]));
    assert_eq!((work.port, work.tls, work.auth), (143, Tls::Starttls, Auth::Xoauth2));
    assert_eq!(work.secret, SecretSource::Command(["token", "anna"].map(str::to_owned).to_vec()));
    assert_eq!((work.folders.clone(), work.poll, work.idle), (None, Duration::from_secs(300), true));
    assert_eq!((work.since, work.trusted_authserv_ids.clone()), (date(2024, 6, 1), Some(vec![])));

    let [facebook, nowhere] = config.accounts.as_slice() else { panic!("{:?}", config.accounts) };
    assert_eq!((facebook.id.as_str(), facebook.platform), ("anna-facebook", Platform::Facebook));
    assert_eq!(facebook.handle.as_deref(), Some("anna.muster"), "without the @");
    assert_eq!(facebook.display_name.as_deref(), Some("Anna Muster"));
    assert_eq!(facebook.emails, ["anna@example.org", "meta@example.org"], "each address once");
    assert_eq!(facebook.accounts_centre.as_deref(), Some("anna"));
    let objection = facebook.objection.unwrap();
    assert_eq!((objection.on, objection.via), (date(2025, 5, 20), Via::Letter));
    let objection = nowhere.objection.unwrap();
    assert_eq!((nowhere.platform, objection.on, objection.via), (Platform::None, TODAY, Via::Web));
    assert_eq!(warnings(&config), Vec::<String>::new());
}

#[test]
fn what_is_left_out_has_its_default() {
    let config = parse(&format!("{MAILBOX}{ACCOUNT}")).unwrap();
    assert_eq!(config.database, PathBuf::from("/home/anna/.local/state/confirmd/confirmd.db"));
    assert_eq!((config.origins.database, config.origins.rules_dir), (Origin::Default, Origin::Default));
    assert_eq!((config.rules_dir, config.language), (None, None));
    let policy = &config.policy;
    let shown = [policy.warn_after, policy.deadline, policy.repeat_every, policy.stale_after].map(|p| p.to_string());
    assert_eq!(shown, ["3d", "1mo", "7d", "6h"]);
    assert_eq!(policy.sender, SenderPolicy::Require);
    assert_eq!((config.dns.server, config.notify), (None, vec![]));
    assert_eq!((config.limits.message, config.limits.timeout), (25_000_000, Duration::from_secs(60)));
    let mailbox = &config.mailboxes[0];
    assert_eq!((mailbox.tls, mailbox.port, mailbox.auth), (Tls::Implicit, 993, Auth::Login));
    assert_eq!((mailbox.poll, mailbox.idle, mailbox.since), (Duration::from_secs(300), true, date(2024, 5, 1)));
    assert_eq!((&mailbox.ca_file, &mailbox.folders, &mailbox.trusted_authserv_ids), (&None, &None, &None));
    assert_eq!(config.accounts[0].objection, None);
}

fn warnings(config: &Config) -> Vec<String> {
    config.warnings.iter().map(ToString::to_string).collect()
}

#[test]
fn what_works_but_deserves_a_word_is_a_warning() {
    let directory = tempfile::tempdir().unwrap();
    let (file, password) = (directory.path().join("config.toml"), directory.path().join("password"));
    let text = format!(
        "{}{ACCOUNT}via = \"app\"\n",
        MAILBOX.replace("password_env = \"IMAP_PASSWORD\"", "password_file = \"password\"")
    );
    std::fs::write(&file, text).unwrap();
    let load = || Config::load(Some(&file), &env, TODAY).unwrap();

    let via = format!(
        "{}:10: account \"anna-facebook\": `via` has no effect without `objected`; give the way with the date: \
         `confirmd objected anna-facebook --via ...`",
        file.display()
    );
    let missing = load();
    assert_eq!(warnings(&missing), std::slice::from_ref(&via), "a password file is missed when it is read");
    assert_eq!(missing.mailboxes[0].secret, SecretSource::File(password.clone()));

    std::fs::write(&password, "hunter2\n").unwrap();
    std::fs::set_permissions(&password, std::fs::Permissions::from_mode(0o644)).unwrap();
    let open = format!(
        "{}:5: mailbox \"private\": `password_file`: others can read {} (mode 644); chmod 600 it",
        file.display(),
        password.display()
    );
    assert_eq!(warnings(&load()), [open, via.clone()]);
    std::fs::set_permissions(&password, std::fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(warnings(&load()), [via]);
}

#[test]
fn the_file_is_looked_for_in_every_place_in_order() {
    let directory = tempfile::tempdir().unwrap();
    let root = directory.path().to_owned();
    let (named, variable, own) = (root.join("a.toml"), root.join("b.toml"), root.join("xdg/confirmd/config.toml"));
    std::fs::create_dir_all(own.parent().unwrap()).unwrap();
    for (file, id) in [(&named, "named"), (&variable, "variable"), (&own, "own")] {
        std::fs::write(file, ACCOUNT.replace("anna-facebook", id)).unwrap();
    }
    let env = |set: &'static [&'static str]| {
        let root = root.clone();
        move |name: &str| {
            let value = match name {
                "CONFIRMD_CONFIG" => root.join("b.toml"),
                "XDG_CONFIG_HOME" => root.join("xdg"),
                "XDG_STATE_HOME" => root.join("state"),
                "MISSING" | "HOME" => root.join("missing"),
                _ => return None,
            };
            (set.contains(&name) || name == "XDG_STATE_HOME").then(|| value.into_os_string())
        }
    };
    let id = |explicit: Option<&Path>, set| {
        let config = Config::load(explicit, &env(set), TODAY).unwrap();
        config.accounts[0].id.to_string()
    };
    assert_eq!(id(Some(&named), &["CONFIRMD_CONFIG", "XDG_CONFIG_HOME"]), "named");
    assert_eq!(id(None, &["CONFIRMD_CONFIG", "XDG_CONFIG_HOME"]), "variable");
    assert_eq!(id(None, &["XDG_CONFIG_HOME"]), "own");

    let gone = root.join("gone.toml");
    let error = Config::load(Some(&gone), &env(&["XDG_CONFIG_HOME"]), TODAY).err().unwrap();
    assert_eq!(
        error.to_string(),
        format!("{}: cannot be read (named by --config): No such file or directory (os error 2)", gone.display())
    );
    std::fs::remove_file(&variable).unwrap();
    let error = Config::load(None, &env(&["CONFIRMD_CONFIG", "XDG_CONFIG_HOME"]), TODAY).err().unwrap();
    assert_eq!(
        error.to_string(),
        format!(
            "{}: cannot be read (named by $CONFIRMD_CONFIG): No such file or directory (os error 2)",
            variable.display()
        )
    );
    let error = Config::load(Some(&root), &env(&[]), TODAY).err().unwrap();
    assert_eq!(
        error.to_string(),
        format!("{}: cannot be read (named by --config): Is a directory (os error 21)", root.display())
    );
    // This one is only told where the machine has no configuration of its own.
    if !Path::new("/etc/confirmd/config.toml").exists() {
        let error = Config::load(None, &env(&["HOME"]), TODAY).err().unwrap();
        let own = root.join("missing/.config/confirmd/config.toml");
        assert_eq!(
            error.to_string(),
            format!(
                "no configuration file; looked for {}, /etc/confirmd/config.toml; run `confirmd init`, \
                 or start from config.example.toml",
                own.display()
            )
        );
        assert!(matches!(error, ConfigError::Absent { .. }));
    }
}

#[test]
fn a_file_that_is_no_text_is_said_with_its_line() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("config.toml");
    std::fs::write(&file, b"language = \"de\"\n# Stra\xdfe\n").unwrap();
    let said = |file: &Path| Config::load(Some(file), &env, TODAY).err().unwrap().to_string();
    assert_eq!(
        said(&file),
        format!("{}:2: a character that is not UTF-8; save the file with the encoding UTF-8", file.display())
    );
    std::fs::write(&file, "#".repeat(2 << 20)).unwrap();
    assert_eq!(
        said(&file),
        format!("{}: larger than 1 MiB; that is no configuration file of confirmd's", file.display())
    );
    std::fs::write(&file, format!("\u{feff}{ACCOUNT}")).unwrap();
    assert!(Config::load(Some(&file), &env, TODAY).is_ok(), "a byte order mark is no fault");
}

#[test]
fn paths_start_at_the_file_and_the_rules_beside_it_are_found() {
    let directory = tempfile::tempdir().unwrap();
    let root = directory.path();
    let file = root.join("config.toml");
    std::fs::write(&file, format!("database = \"data/confirmd.db\"\n{ACCOUNT}")).unwrap();
    let load = || Config::load(Some(&file), &env, TODAY).unwrap();
    assert_eq!((load().database, load().rules_dir), (root.join("data/confirmd.db"), None));
    std::fs::create_dir(root.join("rules.d")).unwrap();
    assert_eq!((load().rules_dir, load().origins.rules_dir), (Some(root.join("rules.d")), Origin::Default));
    std::fs::create_dir(root.join("mine")).unwrap();
    std::fs::write(&file, format!("database = \"~/confirmd.db\"\nrules_dir = \"mine\"\n{ACCOUNT}")).unwrap();
    assert_eq!(load().database, PathBuf::from("/home/anna/confirmd.db"));
    assert_eq!((load().rules_dir, load().origins.rules_dir), (Some(root.join("mine")), Origin::Line(2)));
}

#[test]
fn a_command_that_needs_a_mailbox_or_an_account_says_so() {
    let nothing = parse("language = \"de\"\n").unwrap();
    assert_eq!(
        nothing.require_mailboxes().err().unwrap().to_string(),
        "/etc/confirmd/confirmd.toml: no [[mailbox]]; this command reads mail: add one (see config.example.toml)"
    );
    assert_eq!(
        nothing.require_accounts().err().unwrap().to_string(),
        "/etc/confirmd/confirmd.toml: no [[account]]; add the account you objected for (see config.example.toml)"
    );
    let both = parse(&format!("{MAILBOX}{ACCOUNT}")).unwrap();
    assert_eq!((both.require_mailboxes().unwrap().len(), both.require_accounts().unwrap().len()), (1, 1));
}

#[test]
fn a_machine_without_a_home_is_asked_for_a_database() {
    let config = Config::from_text(ACCOUNT, Path::new("c.toml"), 0o600, &|_| None, TODAY);
    assert_eq!(
        config.err().unwrap().to_string(),
        "c.toml: `database` is missing, and none of $STATE_DIRECTORY, $XDG_STATE_HOME and $HOME says where it could be"
    );
}

#[test]
fn the_example_is_a_configuration_and_shows_every_key() {
    let example = include_str!("../../config.example.toml");
    let config = parse(example).unwrap();
    assert_eq!(warnings(&config), Vec::<String>::new());
    assert_eq!((config.mailboxes.len(), config.accounts.len(), config.notify.len()), (1, 1, 0));

    // Each unknown key is answered with all that are known.
    for section in ["", "[policy]", "[dns]", "[limits]", "[[notify]]", "[[mailbox]]", "[[account]]"] {
        let error = parse(&format!("{section}\nunknown = 1\n")).err().unwrap().to_string();
        let (_, known) = error.split_once("; known are ").unwrap();
        for key in known.split(", ").map(|key| key.trim_matches('`')) {
            let shown = |line: &str| {
                let line = line.trim_start_matches(['#', ' ']);
                line.starts_with(&format!("{key} = ")) || line == format!("[{key}]") || line == format!("[[{key}]]")
            };
            assert!(example.lines().any(shown), "{section} {key} is not in config.example.toml");
        }
    }
}

#[test]
fn the_example_shows_the_defaults() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("config.toml");
    std::fs::create_dir(directory.path().join("rules.d")).unwrap();
    let example = include_str!("../../config.example.toml");
    let load = |text: &str| {
        std::fs::write(&file, text).unwrap();
        Config::load(Some(&file), &env, TODAY).unwrap()
    };
    let uncommented = example.lines().map(|line| match line.strip_prefix('#') {
        Some(setting) if setting.starts_with(|c: char| c.is_ascii_lowercase() || c == '[') => setting,
        _ => line,
    });
    let shown = load(&uncommented.collect::<Vec<_>>().join("\n"));
    let default = load(example);
    let policy = |config: &Config| format!("{:?}", config.policy);
    assert_eq!(policy(&shown), policy(&default));
    assert_eq!((shown.limits, &shown.rules_dir), (default.limits, &default.rules_dir));
    assert_eq!((&shown.database, shown.language), (&default.database, Some(Lang::En)));
    let (shown_box, default_box) = (&shown.mailboxes[0], &default.mailboxes[0]);
    assert_eq!(shown_box.ca_file, Some(directory.path().join("my-ca.pem")), "has no default");
    assert_eq!(shown_box.trusted_authserv_ids, Some(vec!["mx.example.org".to_owned()]), "has no default");
    let mut without_examples = shown_box.clone();
    (without_examples.ca_file, without_examples.folders, without_examples.trusted_authserv_ids) = (None, None, None);
    assert_eq!(&without_examples, default_box);
    assert_eq!(shown.accounts[0].objection, default.accounts[0].objection);
    assert_eq!(
        shown.notify.iter().map(Notify::label).collect::<Vec<_>>(),
        ["command /usr/bin/notify-me", "email via smtp.example.org"]
    );
}
