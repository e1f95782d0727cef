//! Wrong usage and wrong configuration: exit code 2 with file, line and key, and `check`'s one line with code 3.

use super::*;

/// Configurations that are wrong, and what is said: the line and the words behind the file's name.
const WRONG: &[(&str, &str)] = &[
    (
        "[[account]]\nid = \"a\"\nplatform = \"facebook\"\nemails = [\"a@example.org\"]\nemial = 1\n",
        ":5: account \"a\": `emial` is not a key",
    ),
    ("polcy = 1\n", ":1: `polcy` is not a key that is known here"),
    ("[policy]\nwarn_after = \"0 days\"\n", ":2: [policy]: `warn_after` is wrong"),
    ("[policy]\ndeadline = 30\n", ":2: [policy]: `deadline` must be a text in quotes"),
    (
        "[[account]]\nid = \"A\"\nplatform = \"facebook\"\nemails = [\"a@example.org\"]\n",
        ":2: account \"A\": `id` contains 'A'",
    ),
    (
        "[[account]]\nid = \"a\"\nplatform = \"whatsapp\"\nemails = [\"a@example.org\"]\n",
        ":3: account \"a\": `platform` is \"whatsapp\"",
    ),
    ("[[account]]\nid = \"a\"\nplatform = \"facebook\"\n", ":1: account \"a\": `emails` is missing"),
    (
        "[[account]]\nid = \"a\"\nplatform = \"facebook\"\nemails = [\"a@example.org\"]\nobjected = 2999-01-01\n",
        ":5: account \"a\": `objected` is in the future",
    ),
    ("x = [\n", ":1: "),
    ("language = \"en\"\n", ": no [[account]]"),
];

#[test]
fn a_wrong_configuration_names_file_line_and_key() {
    for (text, said) in WRONG {
        let confirmd = Confirmd::with(text);
        std::fs::write(confirmd.config_path(), text).unwrap();
        let file = confirmd.config_path().display().to_string();
        for args in [
            &["status"][..],
            &["sync"],
            &["messages", "--json"],
            &["show", "a"],
            &["objected", "a"],
            &["assign", "1", "a"],
            &["run"],
        ] {
            let run = confirmd.run(args);
            assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{args:?} with {text}: {run:?}");
            assert!(run.stderr.starts_with(&format!("confirmd: {file}{said}")), "{args:?} with {text}: {run:?}");
            assert_eq!(run.stderr.lines().count(), 1, "{run:?}");
        }
        let check = confirmd.run(&["check"]);
        assert!(check.stdout.starts_with(&format!("CONFIRMD UNKNOWN - {file}{said}")), "{check:?}");
        assert_eq!((check.code, check.stdout.lines().count()), (3, 1), "{check:?}");
    }
}

#[test]
fn check_says_unknown_whatever_is_wrong() {
    let confirmd = Confirmd::with(FACEBOOK);
    let cases: &[&[&str]] = &[
        &["check", "--bogus"],
        &["check", "too", "many"],
        &["check", "--as-of", "2025-02-30"],
        &["check", "--as-of", "tomorrow"],
        &["check", "--as-of"],
        &["--bogus", "check"],
        &["--lang", "fr", "check"],
        &["-q", "-v", "check"],
        &["--config", "/nonexistent/confirmd.toml", "check"],
        &["--config", "/", "check"],
    ];
    for args in cases {
        let run = confirmd.run(args);
        assert!(run.stdout.starts_with("CONFIRMD UNKNOWN - "), "{args:?}: {run:?}");
        assert_eq!(
            (run.code, run.stdout.lines().count(), run.stdout.contains('|')),
            (3, 1, false),
            "{args:?}: {run:?}"
        );
    }
    let elsewhere = Run::of(confirmd.command(&["check"]).env("HOME", "/nonexistent"));
    assert!(elsewhere.stdout.starts_with("CONFIRMD UNKNOWN - no configuration file; looked for "), "{elsewhere:?}");
    assert_eq!(elsewhere.code, 3);
    let odd = <std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(b"\xff");
    let bytes = Run::of(confirmd.command(&[]).arg(odd).arg("check"));
    assert_eq!(bytes.code, 2, "the command is not `check` but something unreadable: {bytes:?}");
    let help = confirmd.run(&["check", "--help"]);
    assert_eq!((help.code, help.stderr.as_str()), (0, ""));
}

#[test]
fn wrong_usage_exits_with_2_and_says_so_on_stderr() {
    let confirmd = Confirmd::with(FACEBOOK);
    let cases: &[&[&str]] = &[
        &[],
        &["nonsense"],
        &["status", "--bogus"],
        &["status", "--as-of", "20250630"],
        &["status", "--as-of", "2025-06-30T12:00"],
        &["status", "--as-of", "30.06.2025"],
        &["show"],
        &["assign", "x", "anna-facebook"],
        &["assign", "1"],
        &["objected", "anna-facebook", "--via", "fax"],
        &["objected", "anna-facebook", "--on", "2025-02-30"],
        &["confirmed", "anna-facebook"],
        &["rules"],
        &["rules", "check", "--bogus"],
        &["rules", "check", "/nonexistent.toml"],
        &["sync"],
        &["run"],
        &["-q", "-v", "status"],
        &["--color", "sometimes", "status"],
    ];
    for args in cases {
        let run = confirmd.run(args);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{args:?}: {run:?}");
        assert!(!run.stderr.is_empty(), "{args:?}");
    }
    assert!(confirmd.run(&["sync"]).stderr.contains("no [[mailbox]]"));
    assert!(!confirmd.database().exists());
    for args in [&["--help"][..], &["--version"], &["status", "--help"], &["sync", "--version"]] {
        let run = confirmd.run(args);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{args:?}");
        assert!(!run.stdout.is_empty(), "{args:?}");
    }
}

#[test]
fn the_configuration_is_found_where_the_contract_says_in_that_order() {
    let confirmd = Confirmd::with(FACEBOOK);
    let named = |id: &str| {
        let path = confirmd.path().join(format!("{id}.toml"));
        std::fs::write(&path, FACEBOOK.replace("anna-facebook", id)).unwrap();
        path
    };
    let (option, variable) = (named("by-option"), named("by-variable"));
    let xdg = confirmd.path().join("xdg");
    std::fs::create_dir_all(xdg.join("confirmd")).unwrap();
    std::fs::copy(named("by-xdg"), xdg.join("confirmd/config.toml")).unwrap();
    let id = |command: &mut std::process::Command| {
        let run = Run::of(command);
        let document: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run:?}"));
        document["accounts"][0]["id"].as_str().unwrap().to_owned()
    };
    let status = || confirmd.command(&["status", "--json"]);
    assert_eq!(id(&mut status()), "anna-facebook");
    assert_eq!(id(status().env("XDG_CONFIG_HOME", &xdg)), "by-xdg");
    assert_eq!(id(status().env("XDG_CONFIG_HOME", &xdg).env("CONFIRMD_CONFIG", &variable)), "by-variable");
    assert_eq!(id(status().env("CONFIRMD_CONFIG", &variable).arg("--config").arg(&option)), "by-option");
}

#[test]
fn a_password_that_others_can_read_is_refused_or_warned_about() {
    use std::os::unix::fs::PermissionsExt;
    let dovecot = Dovecot::start();
    let mut confirmd = Confirmd::watching(&dovecot, FACEBOOK);
    let all = std::fs::Permissions::from_mode(0o644);
    std::fs::set_permissions(confirmd.config_path().with_file_name("private.password"), all.clone()).unwrap();
    let run = confirmd.run(&["sync"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.stderr.contains("private.password") && run.stderr.contains("WARN"), "{run:?}");

    confirmd.no_mailbox();
    confirmd.mailbox_text(
        "[[mailbox]]\nname = \"x\"\nhost = \"localhost\"\nusername = \"a\"\npassword = \"Sesam-oeffne-dich\"\n",
    );
    std::fs::set_permissions(confirmd.config_path(), all).unwrap();
    for args in [&["status"][..], &["sync"], &["check"], &["-vvv", "run"]] {
        let run = confirmd.run(args);
        let code = if args == ["check"] { 3 } else { 2 };
        assert_eq!(run.code, code, "{args:?}: {run:?}");
        assert!(format!("{run:?}").contains("chmod 600") && !format!("{run:?}").contains("Sesam"), "{run:?}");
    }
}

#[test]
fn rules_are_listed_and_checked() {
    let confirmd = Confirmd::with(FACEBOOK);
    let listed = confirmd.json(&["rules", "list", "--json"]);
    let rules = listed["rules"].as_array().unwrap();
    assert_eq!(listed["schema"], 1);
    assert!(
        rules.iter().any(|rule| rule["id"] == "en-honoured" && rule["kind"] == "honoured" && rule["language"] == "en")
    );
    for rule in rules {
        assert!(["seen", "told", "unverified", "guess"].contains(&rule["status"].as_str().unwrap()), "{rule}");
        assert!(
            !rule["source"].as_str().unwrap().is_empty() && rule["file"].as_str().unwrap().ends_with(".toml"),
            "{rule}"
        );
    }
    let check = confirmd.run(&["rules", "check"]);
    assert_eq!(check.stdout, format!("All {} rules in force are right.\n", rules.len()));
    let broken = confirmd.path().join("broken.toml");
    std::fs::write(&broken, "[[rule]]\nid = \"mine\"\nnonsense = 1\n").unwrap();
    let run = confirmd.run(&["rules", "check", broken.to_str().unwrap()]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{run:?}");
    assert!(run.stderr.contains("broken.toml"), "{run:?}");
    // One in rules.d keeps everything from working, and check says so.
    let folder = confirmd.config_path().with_file_name("rules.d");
    std::fs::create_dir(&folder).unwrap();
    std::fs::copy(&broken, folder.join("broken.toml")).unwrap();
    assert_eq!(confirmd.run(&["status"]).code, 2);
    let check = confirmd.run(&["check"]);
    assert_eq!((check.code, check.stdout.lines().count()), (3, 1), "{check:?}");
}
