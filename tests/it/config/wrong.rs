//! What a person is told when something in the configuration file is wrong: file, line, key, and what to write instead.

use std::collections::BTreeSet;

use confirmd::config::{Lang, Notify, Tls};
use confirmd::locale::Locale;

use super::{ACCOUNT, MAILBOX, parse};

/// The error without the directory, which is the same in all of them; what is said in German names the same file, line and keys.
fn error(text: &str) -> String {
    let Some(error) = parse(text).err() else { return "no error".to_owned() };
    let said = |lang: Lang| error.say(Locale::of(lang)).replace("/etc/confirmd/", "");
    let (english, german) = (said(Lang::En), said(Lang::De));
    let place = |said: &str| said.split(": ").next().map(str::to_owned);
    assert_eq!(place(&english), place(&german));
    assert_ne!(english, german);
    let (named, missing) = (keys(&german), keys(&english));
    assert_eq!(missing.difference(&named).collect::<Vec<_>>(), Vec::<&String>::new(), "{english}\n{german}");
    english
}

/// What stands in backticks.
fn keys(said: &str) -> BTreeSet<String> {
    said.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn a_german_reader_is_told_in_german_with_the_same_keys() {
    let cases = [
        ("", "confirmd.toml: die Datei ist leer; gehen Sie von config.example.toml aus"),
        (
            "language = de\n",
            "confirmd.toml:1: `language`: nicht lesbar: ein Text steht in Anführungszeichen (\"), zum Beispiel language = \"de\"",
        ),
        (
            "databse = \"x\"\n",
            "confirmd.toml:1: den Schlüssel `databse` gibt es hier nicht; es gibt `database`, `language`, `rules_dir`, `policy`, \
             `dns`, `limits`, `notify`, `mailbox`, `account`",
        ),
        (
            "[[mailbox]]\nname = \"work\"\nfolders = 3\n",
            "confirmd.toml:3: mailbox \"work\": `folders` muss eine Liste in eckigen Klammern, [\"...\"], sein; hier steht \
             eine ganze Zahl",
        ),
        (
            "[policy]\nwarn_after = \"bald\"\n",
            "confirmd.toml:2: [policy]: `warn_after` ist falsch: `bald` ist keine Zeitspanne; schreiben Sie zum Beispiel \"90s\", \
             \"5 min\", \"3 days\" (Tage) oder \"1 month\" (Monat)",
        ),
        (
            "[[account]]\nid = \"anna\"\nplatform = \"facebook\"\nemails = [\"anna\"]\n",
            "confirmd.toml:4: account \"anna\": `emails` enthält \"anna\", das ist keine Adresse; schreiben Sie zum Beispiel \
             \"anna@example.org\"",
        ),
    ];
    for (text, expected) in cases {
        let error = parse(text).err().unwrap().say(Locale::of(Lang::De));
        assert_eq!(error.replace("/etc/confirmd/", ""), expected);
    }
}

#[test]
fn what_is_not_toml_is_said_with_line_and_key() {
    let cases = [
        ("", "confirmd.toml: the file is empty; start from config.example.toml"),
        ("# nothing\n\n", "confirmd.toml: the file is empty; start from config.example.toml"),
        (
            "\n\n[[mailbox]\nname = \"x\"\n",
            "confirmd.toml:3: not readable: the brackets are not closed; a part begins like [policy] or [[mailbox]]",
        ),
        (
            "language = de\n",
            "confirmd.toml:1: `language`: not readable: a text stands in quotes, for example language = \"de\"",
        ),
        (
            "language = \"de\"\nlanguage = \"en\"\n",
            "confirmd.toml:2: `language`: not readable: the key is there twice; keep one of them",
        ),
        (
            "\npassword = hunter2\n",
            "confirmd.toml:2: `password`: not readable: a text stands in quotes, for example language = \"de\"",
        ),
        (
            "folders = [\"\\Junk\"]\n",
            "confirmd.toml:1: `folders`: not readable: in quotes a backslash is written twice: \"\\\\Junk\"",
        ),
        ("language = \"de\n", "confirmd.toml:1: `language`: not readable: the quotes are not closed"),
        ("folders = [\"a\"\n", "confirmd.toml:1: `folders`: not readable: the list is not closed with ]"),
        (
            "folders = [\"a\" \"b\"]\n",
            "confirmd.toml:1: `folders`: not readable: in a list a comma stands between two values, and only there",
        ),
        ("language =\n", "confirmd.toml:1: `language`: not readable: after the = a value is missing"),
        ("language \"de\"\n", "confirmd.toml:1: not readable: between key and value an = is missing"),
        ("port = 09\n", "confirmd.toml:1: `port`: not readable: this is no number"),
    ];
    for (text, expected) in cases {
        assert_eq!(error(text), expected, "{text:?}");
    }
}

#[test]
fn an_unknown_or_misshapen_key_is_said_with_section_and_line() {
    let cases = [
        (
            "databse = \"x\"\n".to_owned(),
            "confirmd.toml:1: `databse` is not a key that is known here; known are `database`, `language`, `rules_dir`, \
             `policy`, `dns`, `limits`, `notify`, `mailbox`, `account`",
        ),
        (
            "[policy]\nwarnafter = \"3 days\"\n".to_owned(),
            "confirmd.toml:2: [policy]: `warnafter` is not a key that is known here; known are `warn_after`, `deadline`, \
             `repeat_every`, `stale_after`, `sender`",
        ),
        (
            "[limits]\nmessages = 3\n".to_owned(),
            "confirmd.toml:2: [limits]: `messages` is not a key that is known here; known are `message`, `timeout`",
        ),
        (
            format!("{MAILBOX}\n[[mailbox]]\nname = \"work\"\nport = \"143\"\n"),
            "confirmd.toml:9: mailbox \"work\": `port` must be a whole number; here is a text",
        ),
        (
            format!("{MAILBOX}idle = \"yes\"\n"),
            "confirmd.toml:6: mailbox \"private\": `idle` must be true or false; here is a text",
        ),
        (
            format!("{MAILBOX}folders = \"INBOX\"\n"),
            "confirmd.toml:6: mailbox \"private\": `folders` must be a list in square brackets, [\"...\"]; here is a text",
        ),
        (
            format!("{ACCOUNT}handle = 4711\n"),
            "confirmd.toml:5: account \"anna-facebook\": `handle` must be a text in quotes; here is a whole number",
        ),
        (
            "[[account]]\nemails = [\"a@example.org\", 3]\n".to_owned(),
            "confirmd.toml:2: account 1: `emails` must be a text in quotes; here is a whole number",
        ),
        (
            "[mailbox]\nname = \"private\"\n".to_owned(),
            "confirmd.toml:1: `mailbox` is written in double brackets, [[mailbox]], because there can be several",
        ),
        ("policy = 3\n".to_owned(), "confirmd.toml:1: `policy` must be a table, [policy]; here is a whole number"),
        (
            "[[mailbox]]\nname = \"private\"\npassword = 12345678\n".to_owned(),
            "confirmd.toml:3: mailbox \"private\": `password` must be a text in quotes; here is a whole number",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(error(&text), expected, "{text}");
    }
}

#[test]
fn a_value_that_cannot_be_is_said_with_what_could() {
    let top: [(&str, &str); 13] = [
        ("language = \"fr\"", "1: `language` is wrong: `fr` is not one of de, en"),
        ("database = \"\"", "1: `database` is empty"),
        ("rules_dir = \"nowhere\"", "1: `rules_dir` is not a directory: nowhere"),
        (
            "[policy]\nwarn_after = \"soon\"",
            "2: [policy]: `warn_after` is wrong: `soon` is not a length of time; write for example \"90s\", \"5 min\", \"3 days\" or \"1 month\"",
        ),
        ("[policy]\ndeadline = \"0 days\"", "2: [policy]: `deadline` is wrong: `0 days` is not longer than zero"),
        (
            "[policy]\nrepeat_every = \"9000 years\"",
            "2: [policy]: `repeat_every` is wrong: `9000 years` reaches beyond the calendar",
        ),
        ("[policy]\nsender = \"maybe\"", "2: [policy]: `sender` is wrong: `maybe` is not one of require, off"),
        (
            "[dns]\nserver = \"dns.example.org\"",
            "2: [dns]: `server` is not the address of a server; write for example \"127.0.0.1:5353\" or \"9.9.9.9\"",
        ),
        (
            "[dns]\nserver = \"127.0.0.1:0\"",
            "2: [dns]: `server` is not the address of a server; write for example \"127.0.0.1:5353\" or \"9.9.9.9\"",
        ),
        (
            "[limits]\nmessage = \"lots\"",
            "2: [limits]: `message` is not a size; write for example \"25 MB\" or \"500 KiB\"",
        ),
        ("[limits]\nmessage = 0", "2: [limits]: `message` is zero; nothing could be read"),
        ("[limits]\nmessage = -1", "2: [limits]: `message` is not a size; write for example \"25 MB\" or \"500 KiB\""),
        ("[limits]\ntimeout = \"0s\"", "2: [limits]: `timeout` is wrong: `0s` is not longer than zero"),
    ];
    for (text, expected) in top {
        assert_eq!(error(text), format!("confirmd.toml:{expected}"), "{text}");
    }
}

#[test]
fn a_mailbox_says_what_it_lacks_or_cannot_have() {
    let cases = [
        ("name = \"private\"", "", "1: mailbox 1: `name` is missing; write for example name = \"private\""),
        ("name = \"private\"", "name = \" \"", "2: mailbox \" \": `name` is empty"),
        (
            "host = \"imap.example.org\"",
            "",
            "1: mailbox \"private\": `host` is missing; write for example host = \"imap.example.org\"",
        ),
        ("host = \"imap.example.org\"", "host = \"\"", "3: mailbox \"private\": `host` is empty"),
        (
            "host = \"imap.example.org\"",
            "host = \"imap.example.org:993\"",
            "3: mailbox \"private\": `host` is a server's name alone; write the port as `port = ...`",
        ),
        (
            "host = \"imap.example.org\"",
            "host = \"imaps://imap.example.org\"",
            "3: mailbox \"private\": `host` is a server's name alone, without `://` and `/`",
        ),
        ("host = \"imap.example.org\"", "host = \"imap example\"", "3: mailbox \"private\": `host` contains a space"),
        (
            "username = \"anna@example.org\"",
            "",
            "1: mailbox \"private\": `username` is missing; write for example username = \"anna@example.org\"",
        ),
        (
            "username = \"anna@example.org\"",
            "username = \"anna\\r\\nA1 DELETE INBOX\"",
            "4: mailbox \"private\": `username` contains a control character, such as a line break",
        ),
        ("", "port = 0", "6: mailbox \"private\": `port` is 0; a port is a number from 1 to 65535"),
        ("", "port = 70000", "6: mailbox \"private\": `port` is 70000; a port is a number from 1 to 65535"),
        ("", "tls = \"ssl\"", "6: mailbox \"private\": `tls` is wrong: `ssl` is not one of implicit, starttls, none"),
        (
            "",
            "tls = \"none\"",
            "6: mailbox \"private\": `tls` is \"none\", and imap.example.org is not this machine: the password would cross the network in clear; write \"implicit\" or \"starttls\" (\"none\" is for 127.0.0.1, ::1 and localhost)",
        ),
        ("", "auth = \"plain\"", "6: mailbox \"private\": `auth` is wrong: `plain` is not one of login, xoauth2"),
        (
            "",
            "folders = []",
            "6: mailbox \"private\": `folders` is an empty list; name at least one, or leave the key out",
        ),
        ("", "folders = [\"INBOX\", \"\"]", "6: mailbox \"private\": `folders` is empty"),
        (
            "",
            "folders = [\"\\\\Spam\"]",
            "6: mailbox \"private\": `folders` contains \\Spam, which is no special use; known are \\All, \\Archive, \\Drafts, \\Flagged, \\Important, \\Junk, \\Sent, \\Trash",
        ),
        (
            "",
            "poll = \"often\"",
            "6: mailbox \"private\": `poll` is wrong: `often` is not a length of time; write for example \"90s\", \"5 min\", \"3 days\" or \"1 month\"",
        ),
        (
            "",
            "since = 2025-07-01",
            "6: mailbox \"private\": `since` is in the future: 2025-07-01 (today is 2025-06-30)",
        ),
        (
            "",
            "since = 2025-06-01T00:00:00Z",
            "6: mailbox \"private\": `since` is not a day; write for example 2025-05-20",
        ),
        ("", "since = \"1 June\"", "6: mailbox \"private\": `since` is not a day; write for example 2025-05-20"),
        (
            "",
            "password_file = \"/x\"",
            "5: mailbox \"private\": `password_env` and `password_file` both say where the password is; keep one of them",
        ),
        (
            "password_env = \"IMAP_PASSWORD\"",
            "",
            "1: mailbox \"private\": no password; give exactly one of password_command, password_file, password_env, password_credential, password",
        ),
        (
            "password_env = \"IMAP_PASSWORD\"",
            "password_command = []",
            "5: mailbox \"private\": `password_command` is an empty list; it names a program and its arguments",
        ),
        (
            "password_env = \"IMAP_PASSWORD\"",
            "password_command = [\"\"]",
            "5: mailbox \"private\": `password_command` is empty",
        ),
        (
            "password_env = \"IMAP_PASSWORD\"",
            "password_env = \"$IMAP\"",
            "5: mailbox \"private\": `password_env` is the name of an environment variable, without `$` and `=`",
        ),
        (
            "password_env = \"IMAP_PASSWORD\"",
            "password_credential = \"../shadow\"",
            "5: mailbox \"private\": `password_credential` is the name of a credential, without `/`; its file is set by LoadCredential= in the unit",
        ),
        (
            "password_env = \"IMAP_PASSWORD\"",
            "password = \"\"",
            "5: mailbox \"private\": `password` is empty, or contains a line break or a NUL character",
        ),
        (
            "",
            "token_command = [\"token\"]",
            "6: mailbox \"private\": `token_command` belongs to `auth = \"xoauth2\"`; here `auth` is \"login\"",
        ),
        (
            "",
            "auth = \"xoauth2\"\ntoken_command = [\"token\"]",
            "5: mailbox \"private\": `password_env` is not used with `auth = \"xoauth2\"`; remove it",
        ),
        (
            "password_env = \"IMAP_PASSWORD\"",
            "auth = \"xoauth2\"",
            "1: mailbox \"private\": `token_command` is missing; `auth = \"xoauth2\"` needs a program that prints an access token",
        ),
    ];
    for (line, instead, expected) in cases {
        let text = changed(MAILBOX, line, instead);
        assert_eq!(error(&text), format!("confirmd.toml:{expected}"), "{text}");
    }
}

#[test]
fn the_same_mailbox_or_account_twice_is_said_with_both_lines() {
    let other_name = MAILBOX.replace("private", "work");
    assert_eq!(
        error(&format!("{MAILBOX}{}", MAILBOX.replace("imap.", "imap2."))),
        "confirmd.toml:7: mailbox \"private\": `name` is used twice: the mailbox in line 1 has it too"
    );
    assert_eq!(
        error(&format!("{MAILBOX}{}", other_name.replace("imap.example", "IMAP.example"))),
        "confirmd.toml:6: mailbox \"work\": the same `host`, `port` and `username` as the mailbox in line 1; one of them is enough"
    );
    assert_eq!(error(&format!("{MAILBOX}{other_name}port = 1993\n")), "no error", "another server of the same machine");
    assert_eq!(
        error(&format!("{ACCOUNT}{ACCOUNT}")),
        "confirmd.toml:6: account \"anna-facebook\": `id` is used twice: the account in line 1 has it too"
    );
}

#[test]
fn an_account_says_what_it_lacks_or_cannot_have() {
    let whatsapp = "is \"whatsapp\", and WhatsApp has no objection to AI training: private chats are end-to-end encrypted and not \
                    used, and there is no form whose answer could be waited for; remove this [[account]] and see `confirmd guide whatsapp`";
    let whatsapp = format!("3: account \"anna-facebook\": `platform` {whatsapp}");
    let cases = [
        ("id = \"anna-facebook\"", "", "1: account 1: `id` is missing; write for example id = \"anna-facebook\""),
        (
            "id = \"anna-facebook\"",
            "id = \"Anna\"",
            "2: account \"Anna\": `id` contains 'A'; an id is made of a-z, 0-9, `.`, `_` and `-`",
        ),
        (
            "id = \"anna-facebook\"",
            "id = \"anna facebook\"",
            "2: account \"anna facebook\": `id` contains ' '; an id is made of a-z, 0-9, `.`, `_` and `-`",
        ),
        (
            "platform = \"facebook\"",
            "",
            "1: account \"anna-facebook\": `platform` is missing; it is \"facebook\", \"instagram\", \"threads\", or \"none\" for somebody without an account",
        ),
        (
            "platform = \"facebook\"",
            "platform = \"myspace\"",
            "3: account \"anna-facebook\": `platform` is wrong: `myspace` is not one of facebook, instagram, threads, none",
        ),
        ("platform = \"facebook\"", "platform = \"WhatsApp\"", whatsapp.as_str()),
        (
            "emails = [\"anna@example.org\"]",
            "",
            "1: account \"anna-facebook\": `emails` is missing; list the account's addresses and the one given in the form: emails = [\"anna@example.org\"]",
        ),
        (
            "emails = [\"anna@example.org\"]",
            "emails = []",
            "4: account \"anna-facebook\": `emails` is an empty list; name at least one, or leave the key out",
        ),
        (
            "emails = [\"anna@example.org\"]",
            "emails = [\n\"anna@example.org\",\n\"anna\",\n]",
            "6: account \"anna-facebook\": `emails` contains \"anna\", which is not an address; write for example \"anna@example.org\"",
        ),
        (
            "emails = [\"anna@example.org\"]",
            "emails = [\"*@example.org\", \"an*@example.org\"]",
            "4: account \"anna-facebook\": `emails` contains \"an*@example.org\"; `*` alone before the @ stands for every address of a domain: \"*@example.org\"; anything else is written out",
        ),
        ("", "handle = \"@\"", "5: account \"anna-facebook\": `handle` is empty but for the @"),
        (
            "",
            "objected = 2025-07-01",
            "5: account \"anna-facebook\": `objected` is in the future: 2025-07-01 (today is 2025-06-30)",
        ),
        (
            "",
            "objected = 2025-02-30",
            "5: `objected`: not readable: there is no such date or time; a day is written like 2025-05-20",
        ),
        (
            "",
            "objected = \"20.5.2025\"",
            "5: account \"anna-facebook\": `objected` is not a day; write for example 2025-05-20",
        ),
        ("", "objected = true", "5: account \"anna-facebook\": `objected` is not a day; write for example 2025-05-20"),
        (
            "",
            "objected = 2025-05-20\nvia = \"phone\"",
            "6: account \"anna-facebook\": `via` is wrong: `phone` is not one of web, app, letter",
        ),
    ];
    for (line, instead, expected) in cases {
        let text = changed(ACCOUNT, line, instead);
        assert_eq!(error(&text), format!("confirmd.toml:{expected}"), "{text}");
    }
}

#[test]
fn a_way_to_be_told_says_what_it_lacks_or_cannot_have() {
    let email = "[[notify]]\nkind = \"email\"\nsmtp = \"smtp.example.org\"\nfrom = \"a@example.org\"\nto = [\"b@example.org\"]\n";
    let cases = [
        ("[[notify]]\n".to_owned(), "1: notify 1: `kind` is missing; it is one of \"command\", \"email\""),
        ("[[notify]]\nkind = \"sms\"\n".to_owned(), "2: notify 1: `kind` is wrong: `sms` is not one of command, email"),
        (
            "[[notify]]\nkind = \"command\"\n".to_owned(),
            "1: notify 1: `command` is missing; write for example command = [\"/usr/bin/notify-me\"]",
        ),
        (
            "[[notify]]\nkind = \"command\"\ncommand = [\"x\"]\nto = [\"a@example.org\"]\n".to_owned(),
            "4: notify 1: `to` belongs to `kind = \"email\"`; here `kind` is \"command\"",
        ),
        (
            format!("{email}command = [\"x\"]\n"),
            "6: notify 1: `command` belongs to `kind = \"command\"`; here `kind` is \"email\"",
        ),
        (
            email.replace("smtp = \"smtp.example.org\"\n", ""),
            "1: notify 1: `smtp` is missing; write for example smtp = \"smtp.example.org\"",
        ),
        (
            email.replace("to = [\"b@example.org\"]\n", ""),
            "1: notify 1: `to` is missing; write for example to = [\"anna@example.org\"]",
        ),
        (
            email.replace("b@example.org", "Ben <b@example.org>"),
            "5: notify 1: `to` is \"Ben <b@example.org>\", which is not an address alone; write for example \"anna@example.org\"",
        ),
        (
            email.replace("a@example.org", "confirmd"),
            "4: notify 1: `from` is \"confirmd\", which is not an address alone; write for example \"anna@example.org\"",
        ),
        (
            format!("{email}username = \"a\"\n"),
            "1: notify 1: `username` without a password; give exactly one of password_command, password_file, password_env, password_credential, password",
        ),
        (
            format!("{email}password = \"a\"\n"),
            "6: notify 1: `password` is not used without `username`; add it, or remove the password",
        ),
        (
            format!("{email}tls = \"none\"\n"),
            "6: notify 1: `tls` is \"none\", and smtp.example.org is not this machine: the password would cross the network in clear; write \"implicit\" or \"starttls\" (\"none\" is for 127.0.0.1, ::1 and localhost)",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(error(&text), format!("confirmd.toml:{expected}"), "{text}");
    }
    let relay = parse(&format!("{}tls = \"none\"\n", email.replace("smtp.example.org", "localhost"))).unwrap();
    let [Notify::Email(relay)] = relay.notify.as_slice() else { panic!("{:?}", relay.notify) };
    assert_eq!((relay.port, relay.tls, &relay.login), (25, Tls::None, &None));
}

/// The section with one line replaced, or with one more line.
fn changed(section: &str, line: &str, instead: &str) -> String {
    match line {
        "" => format!("{section}{instead}\n"),
        line => section.replace(&format!("{line}\n"), &format!("{instead}\n")),
    }
}
