//! What must never change a verdict, and what always must.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::limits::{ES, FR, IT, NL, PT};
use super::{DE, EN, RULES, kind_of, mail};
use crate::model::kind::Kind;
use crate::model::message::Message;
use crate::rules::recognise;

/// Mails of every kind, by language; the subject carries the anchors.
const MAILS: &[(&str, &str)] = &[
    (
        EN,
        "Hi Anna, we will honour your objection for your public information, such as public posts and comments. This means that we won't use your public information from Facebook and Instagram for future development and improvement of generative AI models.",
    ),
    (
        EN,
        "If your objection is honoured, going forward we won't use your public information to develop generative AI models.",
    ),
    (EN, "We will send you an email confirming that we won't use your public information for AI at Meta."),
    (EN, "We are unable to honour your objection. We cannot take further action."),
    (EN, "We've received your request and are reviewing it. If we need more information, we'll contact you."),
    (EN, "Please provide a screenshot. We need more information to process your objection."),
    (EN, "A friend wrote \"we will honour your objection to this\" today."),
    (
        DE,
        "Hallo Anna, wir werden deinem Widerspruch nachkommen. Das bedeutet, dass wir deine öffentlichen Informationen nicht mehr für die künftige Entwicklung generativer KI-Modelle für KI bei Meta verwenden werden.",
    ),
    (
        DE,
        "Wenn du einen Widerspruch einreichst, werden wir dir eine E-Mail mit der Bestätigung senden, dass wir deine öffentlichen Informationen nicht mehr für KI bei Meta verwenden werden.",
    ),
    (DE, "Wir können deinem Widerspruch leider nicht nachkommen."),
    (DE, "Wir haben deinen Widerspruch erhalten und prüfen ihn. Wir melden uns z. B. per E-Mail."),
    (DE, "Wir benötigen weitere Informationen, um deinen Widerspruch zu bearbeiten."),
    (
        FR,
        "Bonjour Anna, nous avons examiné votre demande et nous respecterons votre opposition. Vous n'avez rien d'autre à faire.",
    ),
    (FR, "Si vous vous opposez, nous n'utiliserons plus vos informations publiques pour l'IA de Meta."),
    (FR, "Nous ne pouvons pas respecter votre opposition."),
    (IT, "Ciao Anna, abbiamo esaminato la tua richiesta e rispetteremo la tua opposizione."),
    (IT, "Se ti opponi, non useremo più le tue informazioni pubbliche per l'IA di Meta."),
    (IT, "Non possiamo accogliere la tua opposizione."),
    (ES, "Hola, Anna, hemos revisado tu solicitud y respetaremos tu oposición. No tienes que hacer nada más."),
    (ES, "Si te opones, no utilizaremos tu información pública para la IA en Meta."),
    (ES, "No podemos aceptar tu oposición."),
    (PT, "Olá, Anna, analisámos o teu pedido e vamos respeitar a tua oposição."),
    (PT, "Se te opuseres, não vamos utilizar as tuas informações públicas para a IA na Meta."),
    (PT, "Não podemos aceitar a tua oposição."),
    (NL, "Hallo Anna, we hebben je verzoek bekeken en zullen je bezwaar honoreren."),
    (NL, "Als je bezwaar maakt, zullen we je openbare informatie niet meer gebruiken voor AI bij Meta."),
    (NL, "We kunnen je bezwaar niet honoreren."),
];

/// Where a layout may break or hide: between words, and inside long ones.
#[derive(Debug, Clone)]
pub(super) enum Layout {
    Space(&'static str),
    Inside(&'static str),
}

pub(super) fn layouts() -> impl Strategy<Value = Vec<Option<Layout>>> {
    let space =
        prop::sample::select(vec!["\n", "  ", "\u{a0}", " \n ", "\t", " \u{200b}", "\r\n"]).prop_map(Layout::Space);
    let inside = prop::sample::select(vec!["\u{ad}", "\u{200b}", "\u{200d}", "\u{feff}", "-\n", "\u{2060}"])
        .prop_map(Layout::Inside);
    prop::collection::vec(prop::option::of(prop_oneof![space, inside]), 1..40)
}

pub(super) fn laid_out(text: &str, layouts: &[Option<Layout>]) -> String {
    let mut out = String::new();
    for (word, layout) in text.split(' ').zip(layouts.iter().cycle()) {
        let middle = word.char_indices().map(|(at, _)| at).nth(word.chars().count() / 2).unwrap_or(0);
        let plain = word.chars().all(char::is_alphabetic) && word.chars().count() > 5;
        match layout {
            Some(Layout::Space(space)) => out.extend([word, space]),
            Some(Layout::Inside(hidden)) if plain => out.extend([&word[..middle], hidden, &word[middle..], " "]),
            Some(Layout::Inside(_)) | None => out.extend([word, " "]),
        }
    }
    out
}

proptest! {
    // A verdict takes milliseconds here, and these run with every build; PROPTEST_CASES asks for more.
    #![proptest_config(ProptestConfig { cases: std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(64), ..ProptestConfig::default() })]

    #[test]
    fn layout_never_changes_a_verdict(index in 0..MAILS.len(), layouts in layouts()) {
        let (subject, text) = MAILS[index];
        let laid_out = laid_out(text, &layouts);
        prop_assert_eq!(kind_of(&mail(subject, &laid_out)), kind_of(&mail(subject, text)), "{}", laid_out);
    }

    #[test]
    fn case_never_changes_a_verdict(index in 0..MAILS.len(), upper in any::<bool>()) {
        let (subject, text) = MAILS[index];
        let folded = if upper { text.to_uppercase() } else { text.to_lowercase() };
        prop_assert_eq!(kind_of(&mail(subject, &folded)), kind_of(&mail(subject, text)));
    }

    #[test]
    fn whatever_a_mail_holds_it_is_read_without_panic(text in "\\PC{0,300}", subject in "\\PC{0,80}") {
        kind_of(&mail(&subject, &text));
    }

    #[test]
    fn whatever_a_rule_file_holds_it_is_read_without_panic(text in "[a-z\\[\\]=\"@.*(|)#\n ]{0,200}") {
        let _ = crate::rules::RuleSet::parse(&[crate::rules::Source { name: "x.toml", text: &text }]);
        let _ = crate::rules::phrase::Phrases::default().read(&text);
    }
}

#[test]
fn the_mails_of_these_properties_are_of_every_kind() {
    let kinds: BTreeSet<Option<Kind>> = MAILS.iter().map(|(subject, text)| kind_of(&mail(subject, text))).collect();
    let expected = [Kind::Unrecognised, Kind::Receipt, Kind::InfoRequest, Kind::Refused, Kind::Honoured];
    assert_eq!(kinds, expected.map(Some).into());
}

#[test]
fn a_hostile_text_is_read_in_time_and_promises_nothing() {
    // Whatever is quadratic would take minutes.
    let hostile = [
        "a: ",
        "a? ",
        "a\n\n",
        "> a\n",
        "'a ",
        "\"a ",
        "„a ",
        "a-",
        "(a",
        "werden deinem ",
        "://",
        "was sent to ",
        "if a\n\n",
    ];
    for piece in hostile {
        let text = piece.repeat(30_000 / piece.len());
        assert_eq!(kind_of(&mail("", &text)), None, "{piece}");
    }
}

#[test]
fn a_text_too_long_to_be_read_whole_confirms_nothing() {
    let promise = "We will honour your objection.\n\n";
    let long = format!("{promise}{}", "A word. ".repeat(9_000));
    assert_eq!(kind_of(&mail(EN, promise)), Some(Kind::Honoured));
    assert_eq!(kind_of(&mail(EN, &long)), Some(Kind::Unrecognised));
    // And whatever Meta says in one, it is not passed over; a stranger's is.
    let unread = mail("", &"A word. ".repeat(9_000));
    assert_eq!(kind_of(&unread), Some(Kind::Unrecognised));
    assert_eq!(recognise(&RULES, &unread, false).recognition, None);
    let cut = Message { cut: true, ..mail("", "A word.") };
    assert_eq!(kind_of(&cut), Some(Kind::Unrecognised));
}
