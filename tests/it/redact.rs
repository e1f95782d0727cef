//! `confirmd redact`: every corpus mail is recognised as before, and nothing of its person is left in any decoding.
//!
//! The corpus is about Anna Muster, who is also the placeholder; so each mail is told of somebody else before it is redacted.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use confirmd::mail::redact::{REDACTED, Redacted, Sort, Unredactable, redact};
use confirmd::model::message::Message;
use confirmd::rules::{RuleSet, recognise};
use proptest::prelude::*;

use crate::support::rules;

fn corpus() -> Vec<(String, Vec<u8>)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "eml") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut paths = Vec::new();
    walk(&root, &mut paths);
    paths.sort();
    let name = |path: &Path| path.strip_prefix(&root).unwrap().display().to_string();
    paths.iter().map(|path| (name(path), std::fs::read(path).unwrap())).collect()
}

/// The mail with `Anna` and `Muster` told of Ruby Wagner, also where a soft line break divides them. The words are as long as those they
/// replace, so that no line changes its length; what is base64 stays as it is.
fn told_of_ruby(raw: &[u8]) -> Vec<u8> {
    let mut raw = raw.to_vec();
    for (from, to) in [("anna", "ruby"), ("muster", "wagner")] {
        let mut at = 0;
        while at < raw.len() {
            if let Some(places) = letters_at(&raw, at, from) {
                for (place, new) in places.iter().zip(to.bytes()) {
                    raw[*place] = if raw[*place].is_ascii_uppercase() { new.to_ascii_uppercase() } else { new };
                }
            }
            at += 1;
        }
    }
    raw
}

/// Where the letters of `word` stand, if it begins at `at`.
fn letters_at(raw: &[u8], mut at: usize, word: &str) -> Option<Vec<usize>> {
    let mut places = Vec::new();
    for letter in word.bytes() {
        while raw.get(at..at + 2) == Some(b"=\n") {
            at += 2;
        }
        raw.get(at).filter(|byte| byte.eq_ignore_ascii_case(&letter))?;
        places.push(at);
        at += 1;
    }
    Some(places)
}

/// What rules make of a mail: kind, rule, coverage, foreign or not.
fn made_of(rules: &RuleSet, raw: &[u8]) -> String {
    let message = confirmd::mail::parse(raw).unwrap();
    let found = recognise(rules, &message, true).recognition;
    let found = found.map(|found| {
        (found.kind, found.rule, found.language, found.covers_accounts_centre, found.foreign_link.is_some())
    });
    format!("{found:?}, read: {}", rules.is_candidate(&message.from_text))
}

/// Everything a reader could see: the bytes, the decoded headers and texts, the links' recipients.
fn everything(mail: &str) -> String {
    let message = confirmd::mail::parse(mail.as_bytes()).unwrap();
    let Message { from, from_text, to, cc, delivered_to, subject, message_id, facebook_notify, texts, links, .. } =
        message;
    let seen =
        format!("{mail}\n{from:?}{from_text}{to:?}{cc:?}{delivered_to:?}{subject}{message_id:?}{facebook_notify:?}");
    let seen = format!("{seen}{texts:?}{links:?}");
    // Once more with quoted-printable undone and percent signs decoded.
    let unfolded = mail.replace("=\n", "").replace("=3D", "=").replace("%40", "@");
    format!("{seen}\n{unfolded}").to_lowercase()
}

/// Numbers of five digits and more, and random words with digits in them.
fn telling(mail: &str) -> BTreeSet<String> {
    let message = confirmd::mail::parse(mail.as_bytes()).unwrap();
    let own: String = message.texts.iter().map(|text| format!("{} {} ", text.own, text.quoted)).collect();
    let own = own.replace("%40", "@");
    let all = format!("{own} {} {} {}", message.from_text, message.subject, message.message_id.unwrap_or_default());
    let words = all.split(|c: char| !c.is_ascii_alphanumeric());
    let digits = |word: &str| word.bytes().filter(u8::is_ascii_digit).count();
    words.filter(|word| digits(word) >= 5 || (word.len() >= 7 && digits(word) >= 2)).map(str::to_lowercase).collect()
}

/// Every mail of the corpus, told of Ruby Wagner and redacted: once for all tests.
fn redacted_corpus() -> &'static [(String, Vec<u8>, Redacted)] {
    static CORPUS: OnceLock<Vec<(String, Vec<u8>, Redacted)>> = OnceLock::new();
    CORPUS.get_or_init(|| {
        let redacted = |(name, raw): (String, Vec<u8>)| {
            let raw = told_of_ruby(&raw);
            let redacted = redact(&raw, rules::shipped()).unwrap();
            (name, raw, redacted)
        };
        corpus().into_iter().map(redacted).collect()
    })
}

#[test]
fn every_corpus_mail_is_recognised_as_before_by_the_same_rule() {
    let rules = rules::shipped();
    for (name, raw, redacted) in redacted_corpus() {
        assert!(redacted.recognised_alike, "{name}\n{}", redacted.mail);
        assert_eq!(made_of(rules, redacted.mail.as_bytes()), made_of(rules, raw), "{name}\n{}", redacted.mail);
    }
}

#[test]
fn nothing_of_the_person_is_left_in_any_decoding() {
    for (name, raw, redacted) in redacted_corpus() {
        let left = everything(&redacted.mail);
        for word in ["ruby", "wagner", "zj4oc2k", "k3j4h5", "192.0.2.", "mx.example.org", "postfix"] {
            assert!(!left.contains(word), "{name} still says {word}\n{}", redacted.mail);
        }
        for word in telling(&String::from_utf8_lossy(raw)) {
            assert!(!left.contains(&word), "{name} still says {word}\n{}", redacted.mail);
        }
        assert!(redacted.mail.is_ascii() && !redacted.mail.contains('\r'), "{name}");
        assert!(redacted.mail.contains(&format!("\nX-Redacted: {REDACTED}\n")), "{name}");
    }
}

#[test]
fn redacting_twice_gives_the_same() {
    let rules = rules::shipped();
    // Every fifth mail: each costs several passes, and arbitrary bytes are tried as well (`any_bytes_...`).
    for (name, _, once) in redacted_corpus().iter().step_by(5) {
        let twice = redact(once.mail.as_bytes(), rules).unwrap();
        assert_eq!(twice.mail, once.mail, "{name}");
        assert_eq!(twice.replaced, [].into(), "{name}");
    }
}

/// A real mail's troubles in one: every header there is, both alternatives, an attachment, a mail inside.
const WHOLE: &str = "\
Return-Path: <bounce+ruby.wagner82=example.com@facebookmail.com>
Delivered-To: ruby.wagner82@example.com
Received: from mail.ruby.example (mail.ruby.example [192.0.2.1]) by mx.ruby.example (Postfix) id 4bK22; Tue, 20 May 2025 14:03:12 -0700
Authentication-Results: mx.ruby.example; dkim=pass header.d=support.facebook.com
DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/simple; d=support.facebook.com; s=s1024-2013-q3; t=1747774991;
 h=Date:To:Subject:From; bh=frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=; b=IiLMI0MpwtQ7cJ0rRubyAbCd
X-Synthetic: yes, made for the confirmd test corpus
Date: Tue, 20 May 2025 14:03:11 -0700
To: =?UTF-8?Q?Ruby_W=C3=A4gner?= <ruby.wagner82@example.com>
Subject: =?UTF-8?Q?Ruby=2C_your_request_100200300400?=
From: Facebook <case++100200300400@support.facebook.com>
Reply-To: Facebook <case++100200300400@support.facebook.com>
Message-ID: <4bc1e7f4999675507ac8aac3@support.facebook.com>
List-Unsubscribe: <https://www.facebook.com/o.php?k=AS3abc&u=100001234567890>
X-Facebook-Notify: privacy_request; mailid=5b3c0a1G5af3
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=\"ruby-b1\"

This preamble is Ruby's.
--ruby-b1
Content-Type: multipart/alternative; boundary=b2

--b2
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: 8bit

Hi Ruby,

Case 100200300400, code 654 321, phone +49 170 1234567. WAEGNER, Ruby's, ruby_wagner.
We will honour your objection for your public information. This means that we won't use your
information for AI at Meta. See https://www.facebook.com/help/contact/712876720715583?n_m=ruby.wagner82%40example.com&mid=5b3c.
This message was sent to ruby.wagner82@example.com and intended for sunny.flower. @sunny.flower
--b2
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: base64

PHA+SGkgUnU8d2JyPmJ5LDwvcD48cD5XZSB3aWxsIGhvbm91ciB5b3VyIG9iamVjdGlvbi4gPGEgaHJlZj0iaHR0cHM6Ly93d3cuZmFjZWJv
b2suY29tL3N1bm55LmZsb3dlcj91PTEiPlImIzExNztieTwvYT48IS0tIFJ1YnkgLS0+PC9wPg==
--b2--
--ruby-b1
Content-Type: application/pdf; name=\"Ruby Wagner.pdf\"
Content-Disposition: attachment; filename=\"Ruby Wagner.pdf\"
Content-Transfer-Encoding: base64

UnVieQ==
--ruby-b1
Content-Type: message/rfc822

From: Ruby W. <ruby.wagner82@example.com>
To: Otto Fischer <otto@example.com>
Subject: Fwd
X-Ruby: yes

Otto, see what Ruby got.
--ruby-b1--
";

fn whole() -> Redacted {
    redact(WHOLE.as_bytes(), rules::shipped()).unwrap()
}

#[test]
fn a_whole_mail_is_redacted_in_every_corner() {
    let redacted = whole();
    assert_eq!(redacted.mail, WHOLE_REDACTED);
    assert!(redacted.recognised_alike);
}

const WHOLE_REDACTED: &str = "\
Return-Path: xxxxxa+xxxa.xxxxxx01=xxxxxxa.com@facebookmail.com
Delivered-To: anna@example.org
Received: from host1.example by host2.example; Tue, 20 May 2025 14:03:12 -0700
DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/simple; d=support.facebook.com; s=s1024-2013-q3; h=Date:To:Subject:From; bh=redacted; b=redacted
X-Synthetic: yes, made for the confirmd test corpus
Date: Tue, 20 May 2025 14:03:11 -0700
To: Anna Muster <anna@example.org>
Subject: Anna, your request 000000000001
From: Facebook <case++000000000001@support.facebook.com>
Reply-To: Facebook <case++000000000001@support.facebook.com>
Message-ID: <0xx0x0x0000000000xx0xxx1@support.facebook.com>
X-Facebook-Notify: privacy_request
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=\"=_redacted_1\"
X-Redacted: by confirmd; personal data replaced, signatures no longer valid

--=_redacted_1
Content-Type: multipart/alternative; boundary=\"=_redacted_2\"

--=_redacted_2
Content-Type: text/plain; charset=\"UTF-8\"
Content-Transfer-Encoding: quoted-printable

Hi Anna,

Case 000000000001, code 900 001, phone +00 000 0000001. MUSTER, Anna's, ann=
a_muster.
We will honour your objection for your public information. This means that =
we won't use your
information for AI at Meta. See https://www.facebook.com/help/contact/71287=
6720715583?n_m=3Danna%40example.org&mid=3D0x0a.
This message was sent to anna@example.org and intended for anna.muster. @an=
na.muster

--=_redacted_2
Content-Type: text/html; charset=\"UTF-8\"
Content-Transfer-Encoding: quoted-printable

<p>Hi Anna<wbr>,</p><p>We will honour your objection. <a href=3D\"https://ww=
w.facebook.com/xxxxx.xxxxxa?u=3D1\">Anna</a></p>

--=_redacted_2--

--=_redacted_1
Content-Type: application/pdf
Content-Disposition: attachment

The content of this part was removed.

--=_redacted_1
Content-Type: message/rfc822

From: Anna Muster <anna@example.org>
To: Berta Beispiel <person2@example.org>
Subject: Fwd
MIME-Version: 1.0
Content-Type: text/plain; charset=\"UTF-8\"
Content-Transfer-Encoding: quoted-printable

Berta, see what Anna got.

--=_redacted_1--
";

#[test]
fn counts_say_what_was_replaced_and_a_mail_that_is_none_is_refused() {
    let counts = whole().replaced;
    for sort in Sort::ALL {
        assert!(counts.get(sort).is_some_and(|count| *count > 0), "{sort}: {counts:?}");
    }
    let rules = rules::shipped();
    let error = |raw: &[u8]| redact(raw, rules).unwrap_err();
    assert_eq!(error(b""), Unredactable::NoHeader);
    assert_eq!(error(b"\x00\x01\xff\xfe binary\n\nmore"), Unredactable::NoHeader);
    assert_eq!(error(&[b"A: b\n\n".as_slice(), &vec![b'x'; 9 << 20]].concat()), Unredactable::TooLarge);
    assert_eq!(error("A: b\n".repeat(30_000).as_bytes()), Unredactable::TooLarge);
    let many = format!("Content-Type: multipart/mixed; boundary=b\n\n{}", "--b\n\na\n".repeat(5_000));
    assert_eq!(error(many.as_bytes()), Unredactable::TooManyParts);
    let deep: String = (0..50).map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n")).collect();
    assert_eq!(error(format!("{deep}\ntext").as_bytes()), Unredactable::TooManyParts);
}

#[test]
fn hostile_texts_are_redacted_without_a_trace() {
    let rules = rules::shipped();
    for piece in ["a-", "1 ", "1.", "a@", "@a.", "%40", "<b>", "https://", "&#82;", "Ruby ", "\u{ad}", "a:", "(1", "=?"]
    {
        let text = piece.repeat(2_000 / piece.len());
        for kind in ["plain", "html"] {
            let raw = format!("To: Ruby <ruby@example.com>\nContent-Type: text/{kind}; charset=utf-8\n\n{text}\n");
            let redacted = redact(raw.as_bytes(), rules).unwrap();
            assert!(!redacted.mail.to_lowercase().contains("ruby"), "{piece} {kind}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_redacted_or_refused_and_stay_as_they_are(
        head in proptest::collection::vec("(From|To|Subject|Content-Type|Received|X-Y|DKIM-Signature): [ -~é]{0,40}", 1..6),
        html in any::<bool>(),
        body in "([ -~\u{e9}\u{ad}\n]|Ruby|<b>|</b>|&#82;|https://|123456|[+]49 170 1234567|ruby@example[.]com){0,60}",
    ) {
        let kind = if html { "html" } else { "plain" };
        let raw = format!("To: Ruby <ruby@example.com>\n{}\nContent-Type: text/{kind}\n\n{body}", head.join("\n"));
        let once = redact(raw.as_bytes(), rules::shipped()).unwrap();
        prop_assert!(once.mail.is_ascii());
        prop_assert_eq!(&redact(once.mail.as_bytes(), rules::shipped()).unwrap().mail, &once.mail, "{}", raw);
    }

    #[test]
    fn no_bytes_make_it_panic(raw in proptest::collection::vec(any::<u8>(), 0..2000)) {
        if let Ok(once) = redact(&raw, rules::shipped()) {
            prop_assert!(once.mail.is_ascii());
        }
    }
}

fn confirmd(file: &Path, args: &[&str]) -> Output {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_confirmd"));
    command.env_clear().env("HOME", home.path()).env("XDG_CONFIG_HOME", home.path()).stdin(Stdio::null());
    command.args(args).arg("redact").arg(file).output().unwrap()
}

#[test]
fn the_command_needs_no_configuration_and_says_what_is_left_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mail.eml");
    std::fs::write(&file, WHOLE).unwrap();
    let output = confirmd(&file, &[]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), WHOLE_REDACTED);
    let said = String::from_utf8_lossy(&output.stderr).replace('\n', " ");
    for words in
        ["Replaced or left out: ", "DKIM signature is no longer valid", "Look it over yourself before you publish it"]
    {
        assert!(said.contains(words), "{said}");
    }
    assert!(!said.contains("ruby") && !said.contains("Ruby"), "{said}");
    assert_eq!(confirmd(&file, &["-q"]).stderr, b"");
}

#[test]
fn what_is_no_mail_is_said_with_its_name_and_exit_code_1() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("picture.eml");
    std::fs::write(&file, b"\x89PNG\r\n\x1a\n\x00").unwrap();
    for (file, why) in [(file, "has no header: not a mail"), (folder.path().join("none.eml"), "cannot be read")] {
        let output = confirmd(&file, &[]);
        assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(1), b"".as_slice()), "{output:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains(why) && said.contains(file.file_name().unwrap().to_str().unwrap()), "{said}");
    }
}
