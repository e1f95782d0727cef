use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::TimeZone;

use super::*;
use crate::decide::template::gaps;
use crate::decide::timeline::Arrival;
use crate::model::account::AccountId;
use crate::model::attribution::Basis;
use crate::model::status::{MessageNumber, Severity};

fn account() -> Account {
    Account {
        id: AccountId("anna-facebook".to_owned()),
        platform: Platform::Facebook,
        handle: Some("anna.muster".to_owned()),
        display_name: Some("Anna Muster".to_owned()),
        emails: vec!["anna@example.org".to_owned()],
        accounts_centre: None,
        objection: None,
    }
}

fn entry(on: Date, what: What) -> Entry {
    let at = on.to_zoned_datetime(TimeZone::UTC).map_or(Timestamp::UNIX_EPOCH, |start| start.timestamp());
    Entry { at, on, what }
}

fn arrival(on: Date, kind: Kind) -> Entry {
    let what =
        Arrival { number: MessageNumber(1), kind, basis: Basis::Message, proof: None, through: None, unread: false };
    entry(on, What::Message(what))
}

fn matter<'a>(account: &'a Account, timeline: &'a [Entry]) -> Matter<'a> {
    Matter {
        account,
        objection: Some(Objection { on: date(2025, 5, 20), via: Via::Web }),
        state: State::Overdue,
        timeline,
        read_on: Some(date(2025, 6, 24)),
        today: date(2025, 6, 24),
    }
}

fn plain(blocks: &[Block]) -> String {
    let line = |block: &Block| match block {
        Block::Paragraph(text) => format!("\n{text}\n"),
        Block::Item(text) => format!("- {text}\n"),
    };
    blocks.iter().map(line).collect::<String>().trim().to_owned()
}

fn written(kind: LetterKind, lang: Lang, matter: &Matter<'_>) -> String {
    let letter = letter(kind, lang, matter).unwrap();
    format!("{}\n\n{}", plain(&letter.blocks), plain(&letter.notes))
}

/// Compares a whole letter with the text as it stands in this file, set in by four spaces.
fn assert_says(letter: &str, text: &str) {
    let lines = text.trim().lines().map(|line| line.strip_prefix("    ").unwrap_or(line));
    assert_eq!(letter, lines.collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_german_reminder_says_what_is_known_and_asks_for_the_rest() {
    let account = account();
    assert_says(
        &written(LetterKind::Reminder, Lang::De, &matter(&account, &[])),
        r#"
    Anna Muster
    [BITTE ERGÄNZEN: Ihre Anschrift]
    E-Mail: anna@example.org

    An Meta
    [BITTE ERGÄNZEN: vollständiger Name und Anschrift der verantwortlichen Stelle; beides steht in der Datenschutzrichtlinie der Plattform]

    [BITTE ERGÄNZEN: Ort], 24. Juni 2025

    Betreff: Erinnerung an meinen Widerspruch vom 20. Mai 2025 nach Art. 21 DSGVO – Facebook-Konto anna.muster

    Sehr geehrte Damen und Herren,

    am 20. Mai 2025 habe ich über das Online-Formular von Meta nach Art. 21 DSGVO der Verwendung meiner personenbezogenen Daten für die Entwicklung und Verbesserung von KI-Modellen („KI bei Meta“) widersprochen. Der Widerspruch betrifft mein Facebook-Konto anna.muster (E-Mail-Adresse: anna@example.org).

    Eine Bestätigung, dass Sie dem Widerspruch nachkommen, habe ich bis heute nicht erhalten. Meine Postfächer wurden zuletzt am 24. Juni 2025 vollständig daraufhin durchgesehen.

    Nach Art. 12 Abs. 3 DSGVO hätten Sie mich innerhalb eines Monats nach Eingang darüber unterrichten müssen, was Sie auf den Widerspruch hin unternommen haben. Diese Frist ist am 20. Juni 2025 abgelaufen. Verlängern lässt sie sich um höchstens zwei Monate, und auch das hätten Sie mir innerhalb des ersten Monats mitteilen und begründen müssen. Eine solche Mitteilung liegt mir nicht vor.

    Bitte bestätigen Sie mir bis zum 8. Juli 2025 schriftlich, gern per E-Mail,
    - dass Sie dem Widerspruch nachkommen,
    - seit wann Sie meine Daten nicht mehr für die Entwicklung und Verbesserung von KI-Modellen verwenden, und
    - für welche meiner Konten das gilt.

    Kommen Sie dem Widerspruch nicht nach, nennen Sie mir bitte die Gründe. Erhalte ich bis dahin keine Antwort, werde ich mich bei der zuständigen Datenschutzaufsichtsbehörde beschweren.

    Mit freundlichen Grüßen

    Anna Muster

    ---- Hinweise für Sie; sie gehören nicht zum Brief ----
    - Dieser Text ist keine Rechtsberatung. Er gibt wieder, was confirmd über Ihren Widerspruch gespeichert hat; lesen Sie ihn, bevor Sie ihn absenden.
    - Fällt der letzte Tag der Frist auf ein Wochenende, ist der nächste Montag genannt. Gesetzliche Feiertage kennt confirmd nicht; die Frist kann dann einen Tag später enden.
    - Ergänzen oder prüfen Sie die 3 Stellen in eckigen Klammern.
    "#,
    );
}

#[test]
fn an_english_reminder_after_a_receipt_names_it() {
    let account = account();
    let timeline = [arrival(date(2025, 5, 20), Kind::Code), arrival(date(2025, 5, 21), Kind::Receipt)];
    assert_says(
        &written(LetterKind::Reminder, Lang::En, &matter(&account, &timeline)),
        r#"
    Anna Muster
    [PLEASE ADD: your address]
    Email: anna@example.org

    To Meta
    [PLEASE ADD: full name and address of the controller; both are in the platform's privacy policy]

    [PLEASE ADD: place], 24 June 2025

    Subject: Reminder: my objection of 20 May 2025 under Art. 21 GDPR – Facebook account anna.muster

    Dear Sir or Madam,

    On 20 May 2025 I objected through Meta's online form, under Art. 21 GDPR, to the use of my personal data for developing and improving AI models ("AI at Meta"). The objection concerns my Facebook account anna.muster (email address: anna@example.org).

    On 21 May 2025 you confirmed that you had received it. To this day you have not told me your decision. All of my mailboxes were last searched for it, completely, on 24 June 2025.

    Under Art. 12(3) GDPR you should have told me within one month of receipt what you have done about the objection. That period ended on 20 June 2025. It can be extended by two months at most, and that too you should have told me, with reasons, within the first month. [PLEASE CHECK: one of Meta's messages may announce such an extension. If none does: I have no such message.]

    Please confirm to me by 8 July 2025, in writing (an email will do),
    - that you honour the objection,
    - since when you have no longer been using my data for developing and improving AI models, and
    - for which of my accounts this holds.

    If you do not honour the objection, please tell me your reasons. If I receive no answer by then, I shall complain to the competent data protection authority.

    Yours faithfully,

    Anna Muster

    ---- Notes for you; they are not part of the letter ----
    - This text is no legal advice. It says what confirmd has recorded about your objection; read it before you send it.
    - Where the last day of the period falls on a weekend, the next Monday is given. confirmd does not know public holidays; the period may then end a day later.
    - Complete or check the 4 places in square brackets.
    "#,
    );
}

#[test]
fn a_german_complaint_goes_to_hamburg_and_tells_what_happened() {
    let account = account();
    let timeline = [
        arrival(date(2025, 4, 1), Kind::Refused), // answers an earlier objection
        arrival(date(2025, 5, 20), Kind::Code),
        arrival(date(2025, 5, 21), Kind::InfoRequest),
        entry(date(2025, 5, 23), What::Noticed(None, "action_needed".to_owned(), Severity::Warning)),
    ];
    assert_says(
        &written(LetterKind::Complaint, Lang::De, &matter(&account, &timeline)),
        r#"
    Anna Muster
    [BITTE ERGÄNZEN: Ihre Anschrift]
    E-Mail: anna@example.org

    An den Hamburgischen Beauftragten für Datenschutz und Informationsfreiheit
    [BITTE ERGÄNZEN: Anschrift; oder reichen Sie den Text über das Online-Formular der Behörde ein]

    [BITTE ERGÄNZEN: Ort], 24. Juni 2025

    Betreff: Beschwerde über Meta: keine Entscheidung über meinen Widerspruch nach Art. 21 DSGVO

    Sehr geehrte Damen und Herren,

    ich beschwere mich über den Umgang von Meta mit meinem Widerspruch. Am 20. Mai 2025 habe ich über das Online-Formular von Meta nach Art. 21 DSGVO der Verwendung meiner personenbezogenen Daten für die Entwicklung und Verbesserung von KI-Modellen („KI bei Meta“) widersprochen. Der Widerspruch betrifft mein Facebook-Konto anna.muster (E-Mail-Adresse: anna@example.org).

    Was bisher geschehen ist:
    - 20. Mai 2025: Ich widerspreche über das Online-Formular von Meta.
    - 20. Mai 2025: Meta schickt mir einen Bestätigungscode für das Formular.
    - 21. Mai 2025: Meta bittet mich um weitere Angaben. [BITTE ERGÄNZEN: wann und was Sie geantwortet haben]
    - 20. Juni 2025: Die Frist nach Art. 12 Abs. 3 DSGVO läuft ab.
    - [BITTE ERGÄNZEN, falls geschehen: Datum, an dem Sie Meta erinnert haben, und auf welchem Weg]
    - Bis heute, 24. Juni 2025: keine Entscheidung von Meta. Meine Postfächer wurden zuletzt am 24. Juni 2025 vollständig daraufhin durchgesehen.

    Nach Art. 12 Abs. 3 DSGVO hätte Meta mich innerhalb eines Monats nach Eingang darüber unterrichten müssen, was auf den Widerspruch hin unternommen wurde. Diese Frist ist am 20. Juni 2025 abgelaufen. Verlängern lässt sie sich um höchstens zwei Monate, und auch das hätte Meta mir innerhalb des ersten Monats mitteilen und begründen müssen. [BITTE PRÜFEN: In einer Nachricht von Meta könnte eine solche Verlängerung stehen. Wenn nicht: Eine solche Mitteilung liegt mir nicht vor.]

    Ich bitte Sie, den Vorgang zu prüfen, darauf hinzuwirken, dass Meta über meinen Widerspruch entscheidet und ihm nachkommt, und mich über den Fortgang zu unterrichten.

    Anlagen:
    - Dossier mit dem zeitlichen Ablauf und allen Nachrichten von Meta im Original
    - [BITTE ERGÄNZEN, falls vorhanden: Ihre Erinnerung an Meta]

    Mit freundlichen Grüßen

    Anna Muster

    ---- Hinweise für Sie; sie gehören nicht zum Brief ----
    - Dieser Text ist keine Rechtsberatung. Er gibt wieder, was confirmd über Ihren Widerspruch gespeichert hat; lesen Sie ihn, bevor Sie ihn absenden.
    - Fällt der letzte Tag der Frist auf ein Wochenende, ist der nächste Montag genannt. Gesetzliche Feiertage kennt confirmd nicht; die Frist kann dann einen Tag später enden.
    - Wenden Sie sich vor einer Beschwerde selbst an Meta, falls Sie das noch nicht getan haben. Dass Meta schweigt, hindert Sie nicht.
    - In Deutschland ist für Meta der Hamburgische Beauftragte zuständig. In der EU ist die irische Data Protection Commission federführend; ein Text an sie, auf Englisch: confirmd letter anna-facebook --kind complaint --lang en
    - Die Anlagen erstellt: confirmd export anna-facebook --out ORDNER
    - Ergänzen oder prüfen Sie die 7 Stellen in eckigen Klammern.
    "#,
    );
}

#[test]
fn an_english_complaint_about_a_refusal_goes_to_ireland() {
    let account = Account { platform: Platform::None, handle: None, display_name: None, ..account() };
    let timeline = [arrival(date(2025, 6, 2), Kind::Refused)];
    let matter = Matter { state: State::Refused, ..matter(&account, &timeline) };
    assert_says(
        &written(LetterKind::Complaint, Lang::En, &matter),
        r#"
    [PLEASE ADD: your name]
    [PLEASE ADD: your address]
    Email: anna@example.org

    To the Data Protection Commission, Ireland
    [PLEASE ADD: its address; or paste this text into its online complaint form]

    [PLEASE ADD: place], 24 June 2025

    Subject: Complaint about Meta: refusal of my objection under Art. 21 GDPR

    Dear Sir or Madam,

    I am complaining about how Meta has dealt with my objection. On 20 May 2025 I objected through Meta's online form, under Art. 21 GDPR, to the use of my personal data for developing and improving AI models ("AI at Meta"). I have no account with Meta; the address I gave is anna@example.org.

    What has happened so far:
    - 20 May 2025: I object through Meta's online form.
    - 2 June 2025: Meta tells me that it will not honour the objection.
    - [PLEASE ADD, if you did: the date on which you reminded Meta, and how]

    In my view Meta must honour the objection under Art. 21 GDPR. [PLEASE ADD: why, in your own words; respond to the reasons Meta gave]

    I ask you to examine this matter, to see to it that Meta honours my objection, and to keep me informed.

    Attached:
    - Dossier with the course of events and all of Meta's messages in the original
    - [PLEASE ADD, if there is one: your reminder to Meta]

    Yours faithfully,

    [PLEASE ADD: your name]

    ---- Notes for you; they are not part of the letter ----
    - This text is no legal advice. It says what confirmd has recorded about your objection; read it before you send it.
    - The Irish commission wants you to have turned to Meta first; if Meta stayed silent, that counts. It has the evidence uploaded, and tells you within three months how things stand.
    - The Irish Data Protection Commission leads for Meta in the EU. If you live in Germany, the Hamburg commissioner handles Meta; a text for him, in German: confirmd letter anna-facebook --kind complaint --lang de. In the United Kingdom Art. 12A of the UK GDPR stands in place of Art. 12(3) GDPR.
    - The attachments are made by: confirmd export anna-facebook --out DIR
    - Complete or check the 8 places in square brackets.
    "#,
    );
}

#[test]
fn nothing_is_claimed_about_mailboxes_that_were_not_read() {
    let account = account();
    let says = |read_on, state, text: &str| {
        let matter = Matter { read_on, state, ..matter(&account, &[]) };
        let letter = written(LetterKind::Reminder, Lang::De, &matter);
        assert!(letter.contains(text), "{letter}");
        assert_eq!(letter.contains("wurden zuletzt am"), text.starts_with("wurden"), "{letter}");
    };
    says(
        Some(date(2025, 6, 22)),
        State::Overdue,
        "wurden zuletzt am 22. Juni 2025 vollständig daraufhin durchgesehen.",
    );
    says(
        Some(date(2025, 6, 21)),
        State::Overdue,
        "[BITTE PRÜFEN: Ist wirklich nichts gekommen? confirmd hat zuletzt am 21. Juni 2025",
    );
    says(
        Some(date(2025, 6, 24)),
        State::Unobserved,
        "[BITTE PRÜFEN: Ist wirklich nichts gekommen? confirmd hat zuletzt am 24. Juni 2025",
    );
    says(None, State::Overdue, "[BITTE PRÜFEN: Ist wirklich nichts gekommen? confirmd hat noch nicht alle Postfächer");
}

#[test]
fn the_month_ends_with_its_last_day_and_is_the_laws_month() {
    let account = account();
    let says = |today, text: &str| {
        let matter = Matter { today, ..matter(&account, &[]) };
        let letter = written(LetterKind::Reminder, Lang::En, &matter);
        assert!(letter.contains(text), "{letter}");
    };
    says(date(2025, 6, 20), "That period ends on 20 June 2025.");
    says(date(2025, 6, 20), "Meta still has time to answer, until 20 June 2025.");
    says(date(2025, 6, 21), "That period ended on 20 June 2025.");
}

#[test]
fn a_confirmed_objection_needs_no_letter() {
    let account = account();
    let matter = Matter { state: State::Confirmed, ..matter(&account, &[]) };
    assert_eq!(letter(LetterKind::Reminder, Lang::De, &matter), Err(Confirmed));
    assert_eq!(letter(LetterKind::Complaint, Lang::En, &matter), Err(Confirmed));
}

#[test]
fn a_name_cannot_smuggle_in_a_gap_or_a_control_character() {
    let account = Account { display_name: Some("A {today}\u{1b}[2J".to_owned()), ..account() };
    let letter = written(LetterKind::Reminder, Lang::En, &matter(&account, &[]));
    assert!(letter.starts_with("A {today}\\u{1b}[2J\n"), "{letter}");
}

/// Every letter there can be, in a language.
fn every_letter(lang: Lang) -> Vec<String> {
    let mut letters = Vec::new();
    for kind in LetterKind::ALL {
        for platform in Platform::ALL {
            for last in [Kind::Code, Kind::Receipt, Kind::InfoRequest, Kind::Refused, Kind::Honoured] {
                for via in [None, Some(Via::Web), Some(Via::App), Some(Via::Letter)] {
                    for today in [date(2025, 6, 1), date(2025, 7, 1)] {
                        let account = Account { platform: *platform, handle: None, display_name: None, ..account() };
                        let timeline = [arrival(date(2025, 5, 22), last)];
                        let objection = via.map(|via| Objection { on: date(2025, 5, 20), via });
                        let read_on = Some(today);
                        let state = State::Received;
                        let matter =
                            Matter { account: &account, objection, state, timeline: &timeline, read_on, today };
                        letters.push(written(*kind, lang, &matter));
                    }
                }
            }
        }
    }
    letters
}

#[test]
fn whose_address_nobody_knows_is_asked_for() {
    let account = Account { emails: vec!["*@example.org".to_owned()], ..account() };
    let letter = written(LetterKind::Reminder, Lang::De, &matter(&account, &[]));
    assert!(
        letter.contains("E-Mail: [BITTE ERGÄNZEN: die im Formular angegebene Adresse bei example.org]\n"),
        "{letter}"
    );
    assert!(!letter.contains('*'), "{letter}");
}

#[test]
fn no_letter_has_an_unfilled_gap_or_an_odd_space() {
    for lang in Lang::ALL {
        for letter in every_letter(*lang) {
            assert_eq!(gaps(&letter), Vec::<&str>::new(), "{letter}");
            assert!(!letter.contains("  ") && !letter.contains(" \n") && !letter.contains(" ."), "{letter}");
            let advice = if *lang == Lang::De { "keine Rechtsberatung" } else { "no legal advice" };
            assert!(letter.contains(advice), "{letter}");
        }
    }
}

#[test]
fn both_languages_have_the_same_texts_with_the_same_gaps_and_all_are_used() {
    let (de, en) = (texts(Lang::De), texts(Lang::En));
    assert_eq!(de.names().collect::<Vec<_>>(), en.names().collect::<Vec<_>>());
    let code = include_str!("../letter.rs");
    for name in de.names() {
        let of = |texts: &Texts| gaps(&texts.get(name)).iter().map(|gap| (*gap).to_owned()).collect::<BTreeSet<_>>();
        assert_eq!(of(&de), of(&en), "{name}");
        assert!(code.contains(&format!("\"{name}\"")), "{name} is not used");
    }
}
