//! Evidence bundles and letters, through the real binary on a real database.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use confirmd::config::Config;
use confirmd::daemon::event::{ReadMail, UnreadMail};
use confirmd::daemon::judge::Judge;
use confirmd::daemon::recorder::Recorder;
use confirmd::decide::ingest::Settlement;
use confirmd::mail;
use confirmd::mail::proof::StoredKeys;
use confirmd::model::account::AccountId;
use confirmd::model::attribution::Reason;
use confirmd::model::language::Lang;
use confirmd::model::mailbox::{MailboxName, Place};
use confirmd::model::proof::KeyRecord;
use confirmd::model::status::MessageNumber;
use confirmd::store::Store;
use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::TimeZone;

use crate::support::rules;
use crate::support::sign::{Body, Domain};

const ACCOUNTS: &str = r#"
[[account]]
id = "anna-facebook"
platform = "facebook"
handle = "anna.muster"
display_name = "Anna Muster"
emails = ["anna@example.org"]
objected = 2025-05-20
via = "web"

[[account]]
id = "berta-instagram"
platform = "instagram"
handle = "berta"
emails = ["berta@example.org"]
objected = 2025-05-20
via = "app"
"#;

/// A configuration and a database, filled as the daemon would.
struct Desk {
    dir: tempfile::TempDir,
    recorder: Option<Recorder>,
    meta: Domain,
    uid: u32,
}

struct Said {
    code: i32,
    out: String,
    err: String,
}

impl Desk {
    fn new() -> Desk {
        Desk::with(ACCOUNTS)
    }

    fn with(accounts: &str) -> Desk {
        let dir = tempfile::tempdir().unwrap();
        let text = format!(
            "database = \"{}\"\n[[mailbox]]\nname = \"private\"\nhost = \"localhost\"\nusername = \"anna\"\n\
             password_env = \"NONE\"\ntrusted_authserv_ids = [\"mx.example.org\"]\n{accounts}",
            dir.path().join("confirmd.db").display()
        );
        let file = dir.path().join("confirmd.toml");
        std::fs::write(&file, &text).unwrap();
        let config = Config::from_text(&text, &file, 0o600, &|_| None, date(2026, 1, 1)).unwrap();
        let judge = Judge::new(&config, rules::shipped().clone(), TimeZone::get("Europe/Berlin").unwrap(), Lang::En);
        let recorder =
            Recorder::new(Store::open(&config.database).unwrap(), judge, at("2025-05-20T10:00:00Z")).unwrap();
        Desk { dir, recorder: Some(recorder), meta: Domain::new("support.facebook.com"), uid: 0 }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn recorder(&mut self) -> &mut Recorder {
        self.recorder.as_mut().unwrap()
    }

    fn place(&mut self) -> Place {
        self.uid += 1;
        Place { mailbox: MailboxName("private".to_owned()), folder: "INBOX".to_owned(), uidvalidity: 1, uid: self.uid }
    }

    /// A mail arrives, its sender proven as far as it can be; the number it gets.
    fn receives(&mut self, raw: &[u8], received_at: &str) -> MessageNumber {
        let keys = StoredKeys::from_iter([KeyRecord {
            name: self.meta.key_name(),
            txt: self.meta.key_record(),
            seen_at: at(received_at),
        }]);
        let message = mail::parse(raw).unwrap();
        let trusted = ["mx.example.org".to_owned()];
        let is_meta = |domain: &str| rules::shipped().is_sender_domain(domain);
        let proof = mail::proof::prove(raw, &message, &trusted, &keys, at(received_at), &is_meta);
        let mail = ReadMail {
            place: Some(self.place()),
            received_at: at(received_at),
            raw: raw.to_vec(),
            identity: mail::identity(raw),
            sha256: mail::sha256(raw),
            message: Ok(message),
            proof,
        };
        self.recorder().on_mail(&mail, at(received_at)).unwrap().unwrap()
    }

    /// A confirmation as Meta signs it.
    fn receives_signed_confirmation(&mut self) -> MessageNumber {
        let raw = self.meta.sign(CONFIRMATION.as_bytes(), Body::Simple);
        self.receives(&raw, "2025-05-22T08:00:00Z")
    }

    fn is_read(&mut self, now: &str) {
        let mailbox = MailboxName("private".to_owned());
        self.recorder().on_complete(&mailbox, at(now), at(now)).unwrap();
    }

    fn run(&self, args: &[&str]) -> Said {
        let config = self.path("confirmd.toml");
        let mut all = vec!["--config", config.to_str().unwrap(), "--color", "never"];
        all.extend(args);
        run_in(self.dir.path(), &all)
    }

    /// Exports both accounts, and returns the bundle's folder.
    fn exported(&self) -> PathBuf {
        let out = self.path("bundle");
        let said =
            self.run(&["export", "anna-facebook", "berta-instagram", "--out", out.to_str().unwrap(), "--lang", "de"]);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{}", said.out);
        out
    }
}

fn run_in(dir: &Path, args: &[&str]) -> Said {
    let output = Command::new(env!("CARGO_BIN_EXE_confirmd"))
        .args(args)
        .current_dir(dir)
        .env_clear()
        .env("TZ", "Europe/Berlin")
        .env("HOME", dir)
        .output()
        .unwrap();
    Said {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Checks a bundle where there is no configuration: another computer, so to say.
fn verify(bundle: &Path) -> Said {
    let elsewhere = tempfile::tempdir().unwrap();
    run_in(elsewhere.path(), &["--color", "never", "verify", bundle.to_str().unwrap()])
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

const CONFIRMATION: &str = "X-Synthetic: yes, made for the confirmd test corpus\r\n\
Date: Thu, 22 May 2025 10:00:00 +0200\r\nTo: Anna Muster <anna@example.org>\r\n\
Subject: Einspruch gegen die Verwendung deiner Informationen bei Meta\r\n\
From: Facebook <case++100200300400@support.facebook.com>\r\nMessage-ID: <1@support.facebook.com>\r\n\
MIME-Version: 1.0\r\nContent-Type: text/plain; charset=\"UTF-8\"\r\n\r\nHallo Anna,\r\n\r\n\
Wir haben deine Anfrage geprüft und werden deinem Widerspruch nachkommen. Das bedeutet, dass wir deine Informationen nicht \
mehr für die künftige Entwicklung und Verbesserung generativer KI-Modelle für KI bei Meta verwenden werden.\r\n\r\n\
Diese Nachricht wurde auf deinen Wunsch an anna@example.org gesendet.\r\n";

/// To one of a domain's many addresses; the own mail host vouches for the sender.
const RECEIPT_TO_AN_ALIAS: &str = "Authentication-Results: mx.example.org; dkim=pass header.d=support.facebook.com\r\n\
X-Synthetic: yes, made for the confirmd test corpus\r\nDate: Wed, 21 May 2025 10:00:00 +0200\r\n\
To: Anna Muster <meta@example.org>\r\nSubject: Einspruch gegen die Verwendung deiner Informationen\r\n\
From: Facebook <case++100200300400@support.facebook.com>\r\nMessage-ID: <7@support.facebook.com>\r\n\
MIME-Version: 1.0\r\nContent-Type: text/plain; charset=\"UTF-8\"\r\n\r\nHallo Anna,\r\n\r\n\
wir haben deinen Widerspruch gegen die Verwendung deiner Informationen für KI bei Meta erhalten.\r\n";

/// The same mail with other words in its head.
fn confirmation_with(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(CONFIRMATION.to_owned(), |mail, (from, to)| {
        assert!(mail.contains(from), "{from}");
        mail.replace(from, to)
    })
}

/// Every file below a folder: its name and content.
fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for folder in ["", "messages/"] {
        for entry in std::fs::read_dir(dir.join(folder)).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_file() {
                let name = format!("{folder}{}", entry.file_name().to_str().unwrap());
                found.insert(name, std::fs::read(entry.path()).unwrap());
            }
        }
    }
    found
}

/// Writes the checksums anew, as somebody would who wants a change to go unnoticed.
fn cover_up(dir: &Path) {
    let sums = files(dir).into_iter().filter(|(name, _)| name != "SHA256SUMS");
    let sums: String = sums.map(|(name, bytes)| format!("{}  {name}\n", mail::sha256(&bytes))).collect();
    std::fs::write(dir.join("SHA256SUMS"), sums).unwrap();
}

fn replace_in(file: &Path, from: &str, to: &str) {
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "{from} is not in {text}");
    std::fs::write(file, text.replace(from, to)).unwrap();
}

const NOTE: &str = "A valid signature shows that the holder of the stored key sent exactly this
message. That the key is the sender's own is what keys.json says; while the
sender publishes it, DNS says so too. Checksums alone do not protect against
somebody who changes them together with the files.
";

#[test]
fn a_bundle_is_complete_private_and_verifies_elsewhere() {
    let mut desk = Desk::new();
    desk.receives_signed_confirmation();
    desk.is_read("2025-05-23T10:00:00Z");
    let out = desk.path("bundle");
    let said = desk.run(&["export", "anna-facebook", "anna-facebook", "--out", out.to_str().unwrap()]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let dir = out.display();
    assert_eq!(
        said.out,
        format!(
            "Wrote {dir}: 1 message, its key, a timeline, and the page to print: dossier.html\n\
             To check it, here or on another computer: confirmd verify {dir}\n"
        )
    );
    let found = files(&out);
    let names: Vec<&str> = found.keys().map(String::as_str).collect();
    assert_eq!(names, ["SHA256SUMS", "dossier.html", "keys.json", "messages/0001.eml", "timeline.json"]);
    assert_eq!(found["messages/0001.eml"], desk.meta.sign(CONFIRMATION.as_bytes(), Body::Simple));
    for name in names {
        assert_eq!(out.join(name).metadata().unwrap().permissions().mode() & 0o7777, 0o600, "{name}");
    }
    for folder in ["", "messages"] {
        assert_eq!(out.join(folder).metadata().unwrap().permissions().mode() & 0o7777, 0o700, "{folder}");
    }
    let keys: serde_json::Value = serde_json::from_slice(&found["keys.json"]).unwrap();
    let key = serde_json::json!({ "message": 1, "name": desk.meta.key_name(), "txt": desk.meta.key_record(),
        "seen_at": "2025-05-22T08:00:00Z" });
    assert_eq!(keys, serde_json::json!({ "schema": 1, "keys": [key] }));
    let timeline: serde_json::Value = serde_json::from_slice(&found["timeline.json"]).unwrap();
    assert_eq!(timeline["accounts"][0]["state"], "confirmed");
    assert_eq!(timeline["accounts"][0]["confirmed_on"], "2025-05-22");
    assert_eq!(timeline["messages"][0]["sender_proof"], "dkim");
    assert_eq!(timeline["accounts"].as_array().unwrap().len(), 1);

    // sha256sum(1) knows the form, too.
    let checks = ["--check", "--strict", "--quiet", "SHA256SUMS"];
    assert!(Command::new("sha256sum").args(checks).current_dir(&out).status().unwrap().success());

    let said = verify(&out);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert_eq!(
        said.out,
        format!(
            "Files, by SHA256SUMS:\n  ✔ dossier.html: ok\n  ✔ keys.json: ok\n  ✔ messages/0001.eml: ok\n  ✔ timeline.json: ok\n\n\
             Senders, by the messages themselves:\n  ✔ message 1: signature of support.facebook.com valid with the stored key\n\n\
             Fine: every file is as SHA256SUMS says.\n{NOTE}"
        )
    );
}

#[test]
fn every_flipped_byte_is_found() {
    let mut desk = Desk::new();
    desk.receives_signed_confirmation();
    let bundle = desk.exported();
    for (name, bytes) in files(&bundle) {
        let last = bytes.len() - 1;
        for (at, bit) in [(0, 1), (last / 3, 0x20), (last / 2, 4), (last - 1, 1), (last, 0x80)] {
            let mut flipped = bytes.clone();
            flipped[at] ^= bit;
            std::fs::write(bundle.join(&name), &flipped).unwrap();
            let said = verify(&bundle);
            assert_eq!(said.code, 1, "{name}, byte {at}: {}", said.out);
            let named = said.out.lines().any(|line| line.starts_with("  ✖ ") && line.contains(&name));
            let by_sum = name == "SHA256SUMS" && said.out.contains("  ✖ ");
            assert!(named || by_sum, "{name}, byte {at}: {}", said.out);
        }
        std::fs::write(bundle.join(&name), &bytes).unwrap();
    }
    assert_eq!(verify(&bundle).code, 0);
}

#[test]
fn a_forged_message_is_found_by_its_signature_even_with_new_checksums() {
    let mut desk = Desk::new();
    desk.receives_signed_confirmation();
    let bundle = desk.exported();
    let eml = bundle.join("messages/0001.eml");
    let before = mail::sha256(&std::fs::read(&eml).unwrap());
    let finding = |bundle: &Path| -> String {
        let said = verify(bundle);
        assert_eq!((said.code, said.err.as_str()), (1, ""), "{}", said.out);
        let lines = said.out.lines().skip_while(|line| !line.starts_with("Senders")).skip(1);
        let words = lines.take_while(|line| !line.is_empty()).flat_map(str::split_whitespace);
        words.collect::<Vec<_>>().join(" ")
    };

    replace_in(&eml, "nicht mehr", "weiterhin");
    cover_up(&bundle);
    assert_eq!(finding(&bundle), "✖ message 1: messages/0001.eml is not the message that timeline.json describes");
    let after = mail::sha256(&std::fs::read(&eml).unwrap());
    replace_in(&bundle.join("timeline.json"), &before, &after);
    cover_up(&bundle);
    assert_eq!(finding(&bundle), "✖ message 1: signature not valid: the body was changed after signing");

    replace_in(&eml, "weiterhin", "nicht mehr");
    replace_in(&eml, "Subject: Einspruch", "Subject: Widerspruch");
    let subject = mail::sha256(&std::fs::read(&eml).unwrap());
    replace_in(&bundle.join("timeline.json"), &after, &subject);
    cover_up(&bundle);
    assert_eq!(
        finding(&bundle),
        "✖ message 1: signature not valid: the signed headers were changed after signing, or the key is another one"
    );

    replace_in(&eml, "Subject: Widerspruch", "Subject: Einspruch");
    replace_in(&bundle.join("timeline.json"), &subject, &before);
    replace_in(
        &bundle.join("timeline.json"),
        "\"proof_domain\": \"support.facebook.com\"",
        "\"proof_domain\": \"meta.com\"",
    );
    cover_up(&bundle);
    assert_eq!(
        finding(&bundle),
        "✖ message 1: signature valid, but of support.facebook.com, which is not the sender that timeline.json names"
    );
    replace_in(
        &bundle.join("timeline.json"),
        "\"proof_domain\": \"meta.com\"",
        "\"proof_domain\": \"support.facebook.com\"",
    );

    // The time of receipt set before the signature was made, and a key that is gone.
    let raw = std::fs::read_to_string(bundle.join("keys.json")).unwrap();
    std::fs::write(bundle.join("keys.json"), "{ \"schema\": 1, \"keys\": [] }\n").unwrap();
    cover_up(&bundle);
    assert_eq!(finding(&bundle), "✖ message 1: signature not valid: the key could not be had: this key was not kept");
    std::fs::write(bundle.join("keys.json"), raw).unwrap();
    cover_up(&bundle);
    assert_eq!(verify(&bundle).code, 0);
}

#[test]
fn a_signature_from_after_the_time_of_receipt_is_none() {
    let mut desk = Desk::new();
    let headers = ["Date", "To", "Subject", "From", "MIME-Version", "Content-Type"];
    let raw = desk.meta.sign_with(CONFIRMATION.as_bytes(), Body::Simple, &headers, "t=1747900800;"); // 2025-05-22T08:00:00Z
    desk.receives(&raw, "2025-05-22T08:00:00Z");
    let bundle = desk.exported();
    assert_eq!(verify(&bundle).code, 0);
    replace_in(
        &bundle.join("timeline.json"),
        "\"received_at\": \"2025-05-22T08:00:00Z\"",
        "\"received_at\": \"2025-05-20T08:00:00Z\"",
    );
    cover_up(&bundle);
    let said = verify(&bundle);
    assert_eq!(said.code, 1);
    assert!(
        said.out.contains("signature not valid: the signature was made after the mail was\n    received"),
        "{}",
        said.out
    );
}

#[test]
fn each_kind_of_proof_has_its_own_words() {
    let mut desk = Desk::new();
    desk.receives_signed_confirmation();
    let noted = "Authentication-Results: mx.example.org; dkim=pass header.d=support.facebook.com\r\n\
                 Received: from mx-out.facebook.com (mx-out.facebook.com [192.0.2.25]) by mx.example.org (Postfix) with ESMTPS id 1;\r\n\
                 \u{20}Thu, 22 May 2025 10:00:00 +0200\r\n";
    let by_host = format!("{noted}{}", confirmation_with(&[("<1@", "<2@")]));
    desk.receives(by_host.as_bytes(), "2025-05-22T09:00:00Z");
    let unproven = confirmation_with(&[("<1@", "<3@")]);
    desk.receives(unproven.as_bytes(), "2025-05-22T10:00:00Z");
    let vouched = confirmation_with(&[("<1@", "<4@"), ("anna@example.org>", "berta@example.org>")]);
    let vouched = desk.receives(vouched.as_bytes(), "2025-05-22T11:00:00Z");
    let berta = Settlement::Assigned(AccountId("berta-instagram".to_owned()));
    desk.recorder().on_settled(vouched, Some(&berta), at("2025-05-23T10:00:00Z")).unwrap();
    let header =
        b"From: Facebook <case++1@support.facebook.com>\r\nSubject: huge\r\nTo: berta@example.org\r\n".to_vec();
    let huge = UnreadMail {
        place: Some(desk.place()),
        received_at: at("2025-05-22T12:00:00Z"),
        message: mail::header_only(&header),
        header,
        size: 900_000_000,
        reason: Reason::TooLarge,
        why: "858 MB, more than limits.message".to_owned(),
    };
    let huge = desk.recorder().on_unread(&huge, at("2025-05-22T12:00:00Z")).unwrap();
    desk.recorder().on_settled(huge, Some(&berta), at("2025-05-23T11:00:00Z")).unwrap();

    let bundle = desk.exported();
    let names: Vec<String> = files(&bundle).into_keys().filter(|name| name.starts_with("messages/")).collect();
    assert_eq!(
        names,
        [
            "messages/0001.eml",
            "messages/0002.eml",
            "messages/0003.eml",
            "messages/0004.eml",
            "messages/0005.header.txt"
        ]
    );
    let said = verify(&bundle);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let senders =
        said.out.split("Senders, by the messages themselves:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    assert_eq!(
        senders,
        "  ✔ message 1: signature of support.facebook.com valid with the stored key\n  \
         · message 2: proven then by the mail host's note only, which cannot be checked\n    offline\n  \
         · message 3: sender not proven then\n  \
         · message 4: sender not proven then; vouched for by the person\n  \
         · message 5: was not read when it came, so there is no signature to check;\n    vouched for by the person"
    );
    let page = std::fs::read_to_string(bundle.join("dossier.html")).unwrap();
    for words in [
        "Absender bewiesen: support.facebook.com",
        "Absender vom eigenen Mailanbieter bestätigt: support.facebook.com",
        "Diese Nachricht zählt nicht mit: ihr Absender ist nicht bewiesen.",
        "die Person bürgt selbst für sie",
        "Von dieser Nachricht liegen nur einige Kopfzeilen vor: 858 MB, more than limits.message.",
    ] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn hostile_mails_name_no_file_and_break_no_page() {
    let mut desk = Desk::new();
    let subject = "</style><script>alert(1)</script> {body} ../../etc/passwd";
    let hostile = confirmation_with(&[
        ("Einspruch gegen die Verwendung deiner Informationen bei Meta", subject),
        ("<1@support.facebook.com>", "<../../../x\u{1b}[2J@support.facebook.com>"),
        ("From: Facebook ", "From: \"<img src=x onerror=alert(1)>\" "),
        ("Hallo Anna,", "Hallo Anna,\r\n\r\n<iframe src=\"//evil.example\"></iframe>"),
    ]);
    let raw = desk.meta.sign(hostile.as_bytes(), Body::Simple);
    desk.receives(&raw, "2025-05-22T08:00:00Z");
    desk.recorder()
        .on_confirmed(
            &AccountId("anna-facebook".to_owned()),
            date(2025, 5, 23),
            "<svg onload=alert(1)>",
            at("2025-05-23T10:00:00Z"),
        )
        .unwrap();
    let bundle = desk.exported();
    let names: Vec<String> = files(&bundle).into_keys().collect();
    assert_eq!(names, ["SHA256SUMS", "dossier.html", "keys.json", "messages/0001.eml", "timeline.json"]);
    let page = std::fs::read_to_string(bundle.join("dossier.html")).unwrap();
    for tag in ["<script", "<img", "<iframe", "<svg", "\u{1b}"] {
        assert!(!page.contains(tag), "{tag}");
    }
    assert_eq!(page.matches("</style>").count(), 1);
    assert!(page.contains("&lt;/style&gt;&lt;script&gt;alert(1)&lt;/script&gt; {body} ../../etc/passwd"));
    assert!(page.contains("&lt;iframe src=&quot;//evil.example&quot;&gt;&lt;/iframe&gt;"));
    assert!(page.contains("„&lt;svg onload=alert(1)&gt;“"));
    assert_eq!(verify(&bundle).code, 0);
}

#[test]
fn a_bundle_from_anybody_ends_in_a_verdict() {
    let mut desk = Desk::new();
    desk.receives_signed_confirmation();
    let bundle = desk.exported();
    let timeline = std::fs::read_to_string(bundle.join("timeline.json")).unwrap();
    let cases: &[(&str, &str)] = &[
        ("", "timeline.json is not as confirmd writes it"),
        ("{}", "timeline.json is not as confirmd writes it"),
        ("[[[[[[[[", "timeline.json is not as confirmd writes it"),
        ("{ \"schema\": 2 }", "timeline.json has the form 2"),
        (&"[".repeat(1_000_000), "timeline.json is not as confirmd writes it"),
        (&timeline.replace("messages/0001.eml", "../confirmd.toml"), "../confirmd.toml is not a file of this bundle"),
        (&timeline.replace("messages/0001.eml", "/etc/passwd"), "/etc/passwd is not a file of this bundle"),
        (&timeline.replace("messages/0001.eml", "\\u001b[2J"), "\\u{1b}[2J is not a file of this bundle"),
    ];
    for (text, words) in cases {
        std::fs::write(bundle.join("timeline.json"), text).unwrap();
        cover_up(&bundle);
        let said = verify(&bundle);
        let joined = said.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!((said.code, said.err.as_str()), (1, ""), "{words}");
        assert!(joined.contains(words), "{words}\n{}", said.out);
    }
    std::fs::write(bundle.join("timeline.json"), &timeline).unwrap();
    std::fs::remove_file(bundle.join("messages/0001.eml")).unwrap();
    std::fs::write(bundle.join("messages/0009\u{1b}[2J.eml"), "x").unwrap();
    let said = verify(&bundle);
    assert_eq!(said.code, 1);
    for line in [
        "  ✖ messages/0001.eml: missing\n",
        "  ✖ messages/0009\\u{1b}[2J.eml: added\n",
        "  ✖ message 1: messages/0001.eml is missing\n",
    ] {
        assert!(said.out.contains(line), "{line}{}", said.out);
    }
    std::fs::remove_file(bundle.join("SHA256SUMS")).unwrap();
    let said = verify(&bundle);
    assert_eq!(said.code, 1);
    assert!(said.out.contains("  ✖ SHA256SUMS: missing\n"), "{}", said.out);
}

#[test]
fn nothing_is_overwritten_and_nothing_is_left_behind() {
    let mut desk = Desk::new();
    desk.receives_signed_confirmation();
    let bundle = desk.exported();
    let before = files(&bundle);
    let refused = |args: &[&str], words: &str| {
        let said = desk.run(args);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{}", said.err);
        assert!(said.err.contains(words), "{words}\n{}", said.err);
    };
    refused(&["export", "anna-facebook", "--out", "bundle"], "bundle: is not empty; nothing is overwritten");
    refused(&["export", "anna-facebook", "--out", "confirmd.db"], "is no folder; nothing is overwritten");
    refused(&["export", "anna-facebook", "--out", "nowhere/bundle"], "the folder it should be in does not exist");
    refused(&["export", "anna", "--out", "new"], "there is no account \"anna\"");
    refused(&["export", "--out", "new"], "ACCOUNT");
    refused(&["verify", "nowhere"], "nowhere: does not exist");
    refused(&["verify", "confirmd.toml"], "confirmd.toml: is no folder");
    assert_eq!(files(&bundle), before);
    let names =
        std::fs::read_dir(desk.dir.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| !name.starts_with("confirmd.")).collect();
    names.sort();
    assert_eq!(names, ["bundle"]);
    std::fs::create_dir(desk.path("empty")).unwrap();
    let said = desk.run(&["export", "anna-facebook", "--out", "empty"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(verify(&desk.path("empty")).code, 0);
}

#[test]
fn an_address_of_a_whole_domain_is_told_as_it_was_used() {
    let mut desk = Desk::with(&ACCOUNTS.replace("\"anna@example.org\"", "\"*@example.org\""));
    let dossier = |desk: &Desk, out: &str| {
        let said = desk.run(&["export", "anna-facebook", "--out", out, "--lang", "en"]);
        assert_eq!(said.code, 0, "{}", said.err);
        std::fs::read_to_string(desk.path(out).join("dossier.html")).unwrap()
    };
    assert!(dossier(&desk, "before").contains("every address at example.org"));
    desk.receives(RECEIPT_TO_AN_ALIAS.as_bytes(), "2025-05-21T08:00:00Z");
    let letter = desk.run(&["letter", "anna-facebook", "--lang", "en"]);
    assert!(letter.out.contains("\nEmail: meta@example.org\n"), "{}", letter.out);
    let page = dossier(&desk, "after");
    assert!(page.contains("meta@example.org") && !page.contains("*@"), "{page}");
}

#[test]
fn letters_follow_the_timeline_in_both_languages() {
    let mut desk = Desk::new();
    desk.is_read("2025-06-24T10:00:00Z");
    let said = desk.run(&["letter", "anna-facebook", "--lang", "de"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    for words in [
        "An Meta\n[BITTE ERGÄNZEN: vollständiger Name und Anschrift",
        "Betreff: Erinnerung an meinen Widerspruch vom 20. Mai 2025 nach Art. 21 DSGVO –\nFacebook-Konto anna.muster\n",
        "Diese Frist ist am\n20. Juni 2025 abgelaufen.",
        "confirmd hat zuletzt am 24. Juni 2025",
        "- Dieser Text ist keine Rechtsberatung.",
    ] {
        let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat(&said.out).contains(&flat(words)), "{words}\n{}", said.out);
    }
    assert!(said.out.lines().all(|line| line.chars().count() <= 80), "{}", said.out);
    let said = desk.run(&["letter", "berta-instagram", "--kind", "complaint", "--lang", "en"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert!(said.out.contains("To the Data Protection Commission, Ireland\n"), "{}", said.out);
    assert!(said.out.contains("- 20 May 2025: I object in the app.\n"), "{}", said.out);

    let said = desk.run(&["letter", "anna-facebook", "--kind", "sonnet"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    desk.receives_signed_confirmation();
    let said = desk.run(&["letter", "anna-facebook"]);
    assert_eq!((said.code, said.out.as_str()), (1, ""));
    assert_eq!(
        said.err,
        "confirmd: Meta confirmed the objection for anna-facebook on 2025-05-22: no letter is needed\n"
    );
}
