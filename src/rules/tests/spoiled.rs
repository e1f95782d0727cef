//! A condition or a denial put anywhere into a promise unmakes it, in every language; and so does one before it, however the mail is laid out.

use proptest::prelude::*;

use super::limits::{ES, FR, IT, NL, PT};
use super::properties::{laid_out, layouts};
use super::{DE, EN, kind_of, mail};
use crate::model::kind::Kind::Honoured;

/// A promise that is honoured, and what spoils it. The first of these are also tried in front of it.
struct Promise {
    language: &'static str,
    subject: &'static str,
    text: &'static str,
    spoilers: &'static [&'static str],
}

macro_rules! promises {
    ($($language:literal $subject:expr, $text:literal: $($spoiler:literal),+ $(,)?;)+) => {
        &[$(Promise { language: $language, subject: $subject, text: $text, spoilers: &[$($spoiler),+] }),+]
    };
}

const PROMISES: &[Promise] = promises! {
    "en" EN, "We will honour your objection for your public information.":
        "if you qualify,", "unless something changes,", "once you confirm,", "provided you live there,", "never", "not", "perhaps", "in no way", "as soon as we can,", "hardly";
    "en" EN, "We won't use your public information for AI at Meta.":
        "if you qualify,", "until further notice,", "only", "before May,", "unless asked,", "except on Sundays,", "perhaps";
    "de" DE, "Wir werden deinem Widerspruch nachkommen.":
        "falls alles stimmt,", "wenn du bestätigst,", "sofern möglich,", "sobald es geht,", "nicht", "keineswegs", "nie", "vielleicht", "teilweise", "nur";
    "de" DE, "Wir werden deine öffentlichen Informationen nicht mehr für KI bei Meta verwenden.":
        "falls alles stimmt,", "sofern möglich,", "bis auf Weiteres,", "vielleicht", "nur", "solange es geht,";
    "fr" FR, "Nous respecterons votre opposition.":
        "si vous confirmez,", "à moins d'un refus,", "dès que possible,", "sous réserve d'examen,", "ne", "pas", "jamais", "peut-être", "en partie";
    "fr" FR, "Nous n'utiliserons plus vos informations publiques pour l'IA de Meta.":
        "si vous confirmez,", "sous réserve d'examen,", "jusqu'à nouvel ordre,", "peut-être", "seulement", "sauf exception,";
    "it" IT, "Rispetteremo la tua opposizione.":
        "se confermi,", "qualora possibile,", "appena possibile,", "salvo errori,", "non", "mai", "forse", "in parte", "purché";
    "it" IT, "Non useremo più le tue informazioni pubbliche per l'IA di Meta.":
        "se confermi,", "finché possibile,", "forse", "soltanto", "salvo eccezioni,";
    "es" ES, "Respetaremos tu oposición.":
        "si confirmas,", "siempre que puedas,", "en cuanto sea posible,", "salvo error,", "no", "nunca", "quizás", "en parte", "cuando toque,";
    "es" ES, "No utilizaremos tu información pública para la IA en Meta.":
        "si confirmas,", "hasta nuevo aviso,", "quizás", "solo", "salvo excepciones,";
    "pt" PT, "Vamos respeitar a tua oposição.":
        "se confirmares,", "caso possas,", "desde que possas,", "salvo erro,", "não", "nunca", "talvez", "em parte", "assim que possível,";
    "pt" PT, "Não vamos utilizar as tuas informações públicas para a IA na Meta.":
        "se confirmares,", "até novo aviso,", "talvez", "apenas", "salvo exceções,";
    "nl" NL, "We zullen je bezwaar respecteren.":
        "als je bevestigt,", "mits mogelijk,", "zodra het kan,", "tenzij er iets is,", "niet", "nooit", "misschien", "deels", "indien mogelijk,";
    "nl" NL, "We zullen je openbare informatie niet meer gebruiken voor AI bij Meta.":
        "als je bevestigt,", "tot nader order,", "misschien", "alleen", "behalve soms,";
    "da" "Gør indsigelse mod, at dine oplysninger bliver brugt til AI hos Meta", "Vi vil imødekomme din indsigelse.": "hvis du bekræfter,", "ikke", "måske", "aldrig";
    "no" "Protester mot at informasjonen din brukes til AI hos Meta", "Vi vil imøtekomme protesten din.": "hvis du bekrefter,", "ikke", "kanskje", "aldri";
    "sv" "Invänd mot att din information används för AI på Meta: invändning", "Vi kommer att respektera din invändning.": "om du bekräftar,", "inte", "kanske", "aldrig";
    "fi" "Vastustamisoikeus: tietojesi käyttö Metan tekoälyyn", "Kunnioitamme vastustustasi.": "jos vahvistat,", "emme", "ehkä", "koskaan";
    "is" "Andmæli við notkun upplýsinga þinna fyrir gervigreind hjá Meta", "Við munum virða andmæli þín.": "ef þú staðfestir,", "ekki", "kannski", "aldrei";
    "et" "Vastuväide teie teabe kasutamisele: Meta tehisintellekt", "Me austame teie vastuväidet.": "kui te kinnitate,", "ei", "võib-olla", "kunagi";
    "lv" "Iebildums pret jūsu informācijas izmantošanu: Meta mākslīgais intelekts", "Mēs ievērosim jūsu iebildumu.": "ja apstiprināsiet,", "ne", "varbūt", "nekad";
    "lt" "Prieštaravimas dėl jūsų informacijos naudojimo: „Meta“ dirbtinis intelektas", "Mes gerbsime jūsų prieštaravimą.": "jei patvirtinsite,", "ne", "galbūt", "niekada";
    "ga" "Agóid i gcoinne úsáid d'fhaisnéise don intleacht shaorga ag Meta", "Urramóimid d'agóid.": "má dhearbhaíonn tú,", "ní", "b'fhéidir", "riamh";
    "pl" "Sprzeciw wobec wykorzystywania Twoich informacji na potrzeby AI w Meta", "Uwzględnimy Twój sprzeciw.": "jeśli potwierdzisz,", "nie", "może", "nigdy";
    "cs" "Námitka proti použití vašich informací pro AI ve společnosti Meta", "Budeme respektovat vaši námitku.": "pokud potvrdíte,", "ne", "možná", "nikdy";
    "sk" "Námietka proti použitiu vašich informácií pre AI v spoločnosti Meta", "Budeme rešpektovať vašu námietku.": "ak potvrdíte,", "nie", "možno", "nikdy";
    "bg" "Възражение срещу използването на вашата информация за AI в Meta", "Ще уважим вашето възражение.": "ако потвърдите,", "не", "може би", "никога";
    "hr" "Prigovor na upotrebu vaših informacija za AI u tvrtki Meta", "Poštovat ćemo vaš prigovor.": "ako potvrdite,", "nećemo", "možda", "nikad";
    "sl" "Ugovor proti uporabi vaših informacij za umetno inteligenco v podjetju Meta", "Upoštevali bomo vaš ugovor.": "če potrdite,", "ne", "morda", "nikoli";
    "hu" "Tiltakozás az információid felhasználása ellen: mesterséges intelligencia a Metánál", "Tiszteletben tartjuk a tiltakozásodat.": "ha megerősíted,", "nem", "talán", "soha";
    "ro" "Opoziție la utilizarea informațiilor tale pentru AI de la Meta", "Vom respecta opoziția ta.": "dacă confirmi,", "nu", "poate", "niciodată";
    "el" "Αντίρρηση για τη χρήση των πληροφοριών σας για την AI στη Meta", "Θα σεβαστούμε την αντίρρησή σας.": "αν επιβεβαιώσετε,", "δεν", "ίσως", "ποτέ";
    "mt" "Oġġezzjoni għall-użu tal-informazzjoni tiegħek għall-AI ta’ Meta", "Se nirrispettaw l-oġġezzjoni tiegħek.": "jekk tikkonferma,", "mhux", "forsi", "qatt";
};

#[test]
fn every_language_has_a_promise_here_that_is_honoured() {
    for promise in PROMISES {
        assert_eq!(
            kind_of(&mail(promise.subject, promise.text)),
            Some(Honoured),
            "{}: {}",
            promise.language,
            promise.text
        );
    }
    for language in super::RULES.rules().map(|rule| &rule.language) {
        assert!(PROMISES.iter().any(|promise| promise.language == language), "{language}");
    }
}

#[test]
fn whatever_spoils_a_promise_does_so_at_every_place_in_it() {
    let mut honoured = Vec::new();
    for promise in PROMISES {
        let words: Vec<&str> = promise.text.split(' ').collect();
        for spoiler in promise.spoilers {
            for at in 0..words.len() {
                let mut spoiled = words.clone();
                spoiled.insert(at, spoiler);
                let text = spoiled.join(" ");
                if kind_of(&mail(promise.subject, &text)) == Some(Honoured) {
                    honoured.push(text);
                }
            }
        }
    }
    assert!(honoured.is_empty(), "{honoured:#?}");
}

proptest! {
    // A verdict takes milliseconds here, and these run with every build; PROPTEST_CASES asks for more.
    #![proptest_config(ProptestConfig { cases: std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(96), max_global_rejects: 100_000, ..ProptestConfig::default() })]

    #[test]
    fn however_it_is_laid_out_it_stays_spoiled(index in 0..PROMISES.len(), spoiler in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), layouts in layouts()) {
        let promise = &PROMISES[index];
        let mut words: Vec<&str> = promise.text.split(' ').collect();
        words.insert(at.index(words.len()), promise.spoilers[spoiler.index(promise.spoilers.len())]);
        let text = laid_out(&words.join(" "), &layouts);
        prop_assert_ne!(kind_of(&mail(promise.subject, &text)), Some(Honoured), "{}", text);
    }

    #[test]
    fn however_it_is_laid_out_a_promise_stays_one(index in 0..PROMISES.len(), layouts in layouts()) {
        let promise = &PROMISES[index];
        let text = laid_out(promise.text, &layouts);
        prop_assert_eq!(kind_of(&mail(promise.subject, &text)), Some(Honoured), "{}", text);
    }

    #[test]
    fn a_clause_before_a_promise_unmakes_it(index in 0..PROMISES.len(), spoiler in 0..BEFORE.len(), layouts in layouts()) {
        let (language, clause) = BEFORE[spoiler];
        let promise = &PROMISES[index];
        prop_assume!(promise.language == language);
        let text = laid_out(&format!("{clause} {}", promise.text), &layouts);
        prop_assert_ne!(kind_of(&mail(promise.subject, &text)), Some(Honoured), "{}", text);
    }
}

/// Clauses that govern what follows.
const BEFORE: &[(&str, &str)] = &[
    ("en", "We do not say that"),
    ("en", "It is not true that"),
    ("en", "Nobody knows whether"),
    ("en", "You will receive an email confirming that"),
    ("en", "Should you object,"),
    ("de", "Wenn du widersprichst, gilt:"),
    ("de", "Es stimmt nicht, dass"),
    ("de", "Wir können nicht zusagen, dass"),
    ("de", "Du erhältst eine E-Mail, dass"),
    ("de", "Solltest du widersprechen,"),
    ("fr", "Il n'est pas vrai que"),
    ("fr", "Vous recevrez un e-mail confirmant que"),
    ("it", "Non è vero che"),
    ("it", "Riceverai un'e-mail a conferma che"),
    ("es", "No es cierto que"),
    ("es", "Recibirás un correo electrónico confirmando que"),
    ("pt", "Não é verdade que"),
    ("pt", "Vais receber um e-mail a confirmar que"),
    ("nl", "Het is niet waar dat"),
    ("nl", "Je ontvangt een e-mail waarin staat dat"),
];
