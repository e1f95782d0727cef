//! A password in the configuration file: who may read it, and that no error shows it.

use std::path::Path;

use confirmd::config::{Config, Lang};
use confirmd::locale::Locale;

use super::{ACCOUNT, MAILBOX, TODAY, env, parse};

#[test]
fn a_literal_password_is_refused_where_others_can_read_it() {
    let text = MAILBOX.replace("password_env = \"IMAP_PASSWORD\"", "password = \"hunter2\"");
    let at = |mode| Config::from_text(&text, Path::new("/home/anna/c.toml"), mode, &env, TODAY);
    for mode in [0o644, 0o640, 0o604, 0o620] {
        assert_eq!(
            at(mode).err().unwrap().to_string(),
            format!(
                "/home/anna/c.toml:5: mailbox \"private\": `password` stands in a file that others can read (mode {mode:o}); \
                 chmod 600 /home/anna/c.toml, or use password_command or password_file"
            )
        );
    }
    for mode in [0o600, 0o400] {
        let shown = format!("{:?}", at(mode).unwrap());
        assert!(shown.contains("SecretSource(the configuration file)") && !shown.contains("hunter2"), "{shown}");
    }
}

/// Every slip of one character in a file with a password: deleted, doubled, or one of those that mean something put in.
#[test]
fn no_slip_of_the_pen_shows_the_password_or_takes_two_lines() {
    let text = format!("{}{ACCOUNT}", MAILBOX.replace("password_env = \"IMAP_PASSWORD\"", "password = \"hunter2\""));
    let mut slips = 0;
    for (at, was) in text.char_indices() {
        let (before, after) = text.split_at(at);
        let rest = &after[was.len_utf8()..];
        let doubled = [was, was].iter().collect::<String>();
        for instead in ["", &doubled, "\"", "'", "\n", "=", "[", "]", "\\", "#", ".", "\0", "\r", "\u{1b}", "5", " "] {
            let slip = format!("{before}{instead}{rest}");
            let Err(error) = parse(&slip) else { continue };
            for error in [error.to_string(), error.say(Locale::of(Lang::De))] {
                assert!(error.starts_with("/etc/confirmd/confirmd.toml:"), "{error}");
                assert!(!error.contains("hunter2") && !error.contains(char::is_control), "{error}\n{slip}");
            }
            slips += 1;
        }
    }
    assert!(slips > 1000, "{slips}");
}
