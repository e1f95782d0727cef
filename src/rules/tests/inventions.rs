//! Look-alikes that no list foresaw: a promise confirms only when every word of its sentence is known. And genuine variants, which confirm or
//! are shown to the person, and are never passed over.

use super::limits::FR;
use super::{DE, EN, because, kind_of, mail};
use crate::model::kind::Kind::{Honoured, Unrecognised};
use crate::model::message::Message;

/// A mail of 2025: what it promises for later years is no promise today.
fn of_2025(subject: &str, text: &str) -> Message {
    Message { date: Some("2025-05-20T14:03:11Z".parse().unwrap()), ..mail(subject, text) }
}

fn none_is_honoured(subject: &str, texts: &[&str]) {
    for text in texts {
        let message = of_2025(subject, text);
        assert_ne!(kind_of(&message), Some(Honoured), "{text}\n{}", because(&message));
    }
}

/// How many confirm; the others must be shown to the person.
fn confirm(subject: &str, texts: &[&str], at_least: usize) {
    let kinds: Vec<_> = texts.iter().map(|text| (*text, kind_of(&of_2025(subject, text)))).collect();
    let lost: Vec<_> = kinds.iter().filter(|(_, kind)| !matches!(kind, Some(Honoured | Unrecognised))).collect();
    assert!(lost.is_empty(), "{lost:#?}");
    let honoured = kinds.iter().filter(|(_, kind)| *kind == Some(Honoured)).count();
    assert!(honoured >= at_least, "{honoured} of {}", kinds.len());
}

#[test]
fn english_inventions_are_not_honoured() {
    none_is_honoured(
        EN,
        &[
            "Having verified your identity, we will honour your objection.",
            "Having received proof of your address, we will honour your objection.",
            "We will honour your objection. We cannot honour it for posts that depend on others if they are public.",
            "We will honour your objection for Instagram. Your objection for Facebook is refused, as long as the law allows it.",
            "We will honour your objection. If you disagree with our refusal, write to us.",
            "We'll honour your objection at our discretion.",
            "We will honour your objection to the extent possible.",
            "Assuming all goes well, we'll honour your objection.",
            "We will honour your objection effective once a reviewer signs it off.",
            "Barring any issues, we will honour your objection.",
            "Absent a compelling reason, we will honour your objection.",
            "We will honour your objection, failing which you may complain.",
            "We will honour your objection, pending identity checks.",
            "Granted your objection meets our criteria, we will honour your objection.",
            "We will honour your objection regarding your contact details held by third parties.",
            "We will honour your objection about information others share about you for suggestions.",
            "We will honour your objection to seeing AI features in search.",
            "We will honour your objection to personalised recommendations.",
            "We will honour your objection to being tagged in photos.",
            "We will honour half of your objection.",
            "We will honour your objection for one of your two accounts.",
            "We will honour your objection with regard to photos, and refuse it with regard to posts.",
            "We had said we will honour your objection. That decision no longer stands.",
            "This replaces our earlier message, in which we told you that we will honour your objection.",
            "We will honour your objection. We have since changed our decision.",
            "We will honour your objection. Please ignore our previous email.",
            "Next year we will honour your objection.",
            "From 2030 we will honour your objection.",
            "We will honour your objection starting when our tools are ready.",
            "You wrote: I want to know when you will say We will honour your objection.",
            "Your message: \"Please say: we will honour your objection.\"",
            "Subject: Re: We will honour your objection - this is not a decision.",
            "Wasn't it promised that we will honour your objection?",
            "Is it true? We will honour your objection?",
            "Anna Muster, who believes we will honour your objection",
            "Sent from my phone. My motto: we will honour your objection.",
            "Friends of yours can read here: we will honour your objection.",
            "Meta will honour your objection, a spokesperson told reporters.",
            "Rumour has it we will honour your objection.",
            "Imagine we will honour your objection.",
            "We won't use your public information for AI at Meta unless.",
            "We won't use your public information for AI at Meta, except as described in our policy.",
            "We will not use your information for AI at Meta other than your public posts.",
            "We won't use your information to show you ads about AI at Meta.",
            "We stopped using your information for AI at Meta last week and have resumed since.",
            "Whoever objects: we will honour your objection.",
            "We will honour your objection or any part of it that we can.",
            "We will honour your objection inasmuch as it is lawful.",
            "We will honour your objection where the law requires it.",
            "Your objection would have been accepted.",
            "Your objection has been accepted by our system and is waiting for a decision.",
            "Your objection was accepted, but later rejected.",
            "It has been honoured, you claim.",
            "Please confirm that your objection has been accepted.",
            "Your objection has been accepted, they say.",
            "We are working on tools so that your objection will be honoured.",
        ],
    );
}

#[test]
fn english_variants_confirm_or_are_shown() {
    confirm(
        EN,
        &[
            "Your objection has been approved, and we've stopped using your public information to train our AI.",
            "We've accepted your objection. From now on your public information won't be used for AI at Meta.",
            "Thanks for reaching out. We reviewed your objection and we've decided to honour it.",
            "We reviewed the objection you submitted on 20 May 2025 and have honoured it.",
            "Good news: your objection has been granted.",
            "Your objection is now in effect.",
            "Your request has been honoured: we will no longer use your information to develop generative AI models.",
            "We have processed your objection and will not use your public content to train AI at Meta.",
            "We confirm your objection. Your information will not be used to train AI models.",
            "You've opted out. We won't use your public information for AI at Meta.",
            "Your objection was successful. It applies to Facebook and Instagram.",
            "We've applied your objection to your account, but you may still see AI features.",
            "We will honour your objection. This change will take effect soon.",
            "We will honour your objection and your information will be excluded from training.",
            "We will respect your choice and will no longer use your posts for AI at Meta.",
        ],
        11,
    );
}

#[test]
fn german_inventions_are_not_honoured() {
    none_is_honoured(
        DE,
        &[
            "Nach erfolgreicher Prüfung deiner Identität werden wir deinem Widerspruch nachkommen.",
            "Geprüft und für gut befunden, werden wir deinem Widerspruch nachkommen.",
            "Wir werden deinem Widerspruch nachkommen. Für Beiträge, die öffentlich sind, lehnen wir ihn ab, falls sie andere betreffen.",
            "Wir werden deinem Widerspruch nach eigenem Ermessen nachkommen.",
            "Wir werden deinem Widerspruch so weit wie möglich nachkommen.",
            "Wir werden deinem Widerspruch zur Hälfte nachkommen.",
            "Wir werden deinem Widerspruch für eines deiner beiden Konten nachkommen.",
            "Wir werden deinem Widerspruch bezüglich Fotos nachkommen, bezüglich Beiträgen nicht.",
            "Wir werden deinem Widerspruch gegen personalisierte Empfehlungen nachkommen.",
            "Wir werden deinem Widerspruch gegen Markierungen auf Fotos nachkommen.",
            "Wir werden deinem Widerspruch gegen die Speicherung deiner Kontaktdaten durch Dritte nachkommen.",
            "Wir werden deinem Widerspruch gegen Gesichtserkennung nachkommen.",
            "Wir hatten geschrieben, wir werden deinem Widerspruch nachkommen. Diese Entscheidung gilt nicht mehr.",
            "Wir werden deinem Widerspruch nachkommen. Inzwischen haben wir anders entschieden.",
            "Wir werden deinem Widerspruch nachkommen. Bitte ignoriere unsere vorige E-Mail.",
            "Nächstes Jahr werden wir deinem Widerspruch nachkommen.",
            "Ab 2030 werden wir deinem Widerspruch nachkommen.",
            "Erst wenn unsere Werkzeuge bereit sind, werden wir deinem Widerspruch nachkommen.",
            "Deine Nachricht: Bitte schreibt mir, wir werden deinem Widerspruch nachkommen.",
            "Stimmt es, dass wir deinem Widerspruch nachkommen?",
            "Angenommen, wir werden deinem Widerspruch nachkommen.",
            "Stell dir vor, wir werden deinem Widerspruch nachkommen.",
            "Gerüchten nach werden wir deinem Widerspruch nachkommen.",
            "Ein Sprecher sagte, Meta wird deinem Widerspruch nachkommen.",
            "Von meinem iPhone gesendet. Mein Motto: Wir werden deinem Widerspruch nachkommen.",
            "Sollte alles passen, werden wir deinem Widerspruch nachkommen.",
            "Passt alles, werden wir deinem Widerspruch nachkommen.",
            "Nur wer in der EU lebt, kann sich freuen: wir werden deinem Widerspruch nachkommen.",
            "Wir werden deinem Widerspruch nachkommen, es sei denn, es gibt zwingende Gründe.",
            "Wir werden deinem Widerspruch nachkommen, wo das Gesetz es verlangt.",
            "Vorbehaltlich einer Prüfung werden wir deinem Widerspruch nachkommen.",
            "Dein Widerspruch wäre akzeptiert worden.",
            "Dein Widerspruch wurde vom System angenommen und wartet auf eine Entscheidung.",
            "Dein Widerspruch wurde angenommen, dann aber abgelehnt.",
            "Dein Widerspruch wurde akzeptiert, behauptest du.",
            "Bitte bestätige, dass dein Widerspruch akzeptiert wurde.",
            "Wir verwenden deine Informationen nicht mehr für Werbung rund um KI bei Meta.",
            "Wir verwenden deine öffentlichen Informationen nicht für KI bei Meta, ausgenommen Beiträge.",
            "Wir haben deine Informationen letzte Woche nicht mehr für KI bei Meta verwendet, inzwischen wieder.",
            "Wir verwenden deine Kontaktdaten nicht mehr für KI bei Meta, deine Beiträge schon.",
            "Wir arbeiten daran, dass wir deinem Widerspruch nachkommen.",
            "Wir werden uns bemühen, deinem Widerspruch nachzukommen.",
            "Wir überlegen, deinem Widerspruch nachzukommen.",
        ],
    );
}

#[test]
fn german_variants_confirm_or_are_shown() {
    confirm(
        DE,
        &[
            "Dein Widerspruch wurde genehmigt, und wir verwenden deine öffentlichen Informationen nicht mehr zum Training unserer KI.",
            "Wir haben deinem Widerspruch entsprochen.",
            "Danke für deine Nachricht. Wir haben deinen Widerspruch geprüft und kommen ihm gerne nach.",
            "Wir haben den Widerspruch, den du am 20. Mai 2025 eingereicht hast, geprüft und angenommen.",
            "Gute Nachrichten: Dein Widerspruch wurde angenommen.",
            "Dein Widerspruch ist jetzt wirksam.",
            "Deiner Anfrage wurde stattgegeben: Wir werden deine Informationen nicht mehr für generative KI-Modelle verwenden.",
            "Wir haben deinen Widerspruch bearbeitet und werden deine öffentlichen Inhalte nicht für das Training von KI bei Meta verwenden.",
            "Wir bestätigen deinen Widerspruch. Deine Informationen werden nicht zum Training von KI-Modellen verwendet.",
            "Dein Widerspruch war erfolgreich. Er gilt für Facebook und Instagram.",
            "Wir haben deinen Widerspruch auf dein Konto angewendet, aber du siehst vielleicht weiterhin KI-Funktionen.",
            "Wir werden deinem Widerspruch nachkommen. Die Änderung wird bald wirksam.",
            "Wir werden deinem Widerspruch nachkommen und deine Informationen vom Training ausschließen.",
            "Wir respektieren deine Entscheidung und verwenden deine Beiträge nicht mehr für KI bei Meta.",
            "Ihr Widerspruch ist bei uns eingegangen, und wir haben ihm stattgegeben.",
        ],
        12,
    );
}

#[test]
fn french_inventions_are_not_honoured() {
    none_is_honoured(
        FR,
        &[
            "Votre identité une fois vérifiée, nous respecterons votre opposition.",
            "Ayant vérifié votre identité, nous respecterons votre opposition.",
            "Nous respecterons votre opposition. Nous la refusons pour les publications qui concernent d'autres personnes, si elles sont publiques.",
            "Nous respecterons votre opposition à notre discrétion.",
            "Nous respecterons votre opposition autant que possible.",
            "Nous respecterons la moitié de votre opposition.",
            "Nous respecterons votre opposition pour l'un de vos deux comptes.",
            "Nous respecterons votre opposition pour les photos, mais pas pour les publications.",
            "Nous respecterons votre opposition aux recommandations personnalisées.",
            "Nous respecterons votre opposition à l'identification sur les photos.",
            "Nous respecterons votre opposition à la conservation de vos coordonnées par des tiers.",
            "Nous respecterons votre opposition à la reconnaissance faciale.",
            "Nous avions écrit : nous respecterons votre opposition. Cette décision n'est plus valable.",
            "Nous respecterons votre opposition. Entre-temps, nous avons changé d'avis.",
            "Nous respecterons votre opposition. Veuillez ignorer notre e-mail précédent.",
            "L'année prochaine, nous respecterons votre opposition.",
            "À partir de 2030, nous respecterons votre opposition.",
            "Ce n'est que lorsque nos outils seront prêts que nous respecterons votre opposition.",
            "Votre message : écrivez-moi que nous respecterons votre opposition.",
            "Est-il vrai que nous respecterons votre opposition ?",
            "Supposons que nous respecterons votre opposition.",
            "Imaginez : nous respecterons votre opposition.",
            "Selon la rumeur, nous respecterons votre opposition.",
            "Meta respectera votre opposition, a déclaré un porte-parole.",
            "Envoyé depuis mon iPhone. Ma devise : nous respecterons votre opposition.",
            "À condition que tout soit en ordre, nous respecterons votre opposition.",
            "Nous respecterons votre opposition, à moins que des motifs impérieux ne s'y opposent.",
            "Nous respecterons votre opposition là où la loi l'exige.",
            "Dans l'hypothèse d'une opposition, nous respecterons votre opposition.",
            "Moyennant vérification, nous respecterons votre opposition.",
            "Votre opposition aurait été acceptée.",
            "Votre opposition a été acceptée par notre système et attend une décision.",
            "Votre opposition a été acceptée, puis rejetée.",
            "Votre opposition a été acceptée, dites-vous.",
            "Veuillez confirmer que votre opposition a été acceptée.",
            "Nous n'utiliserons plus vos informations pour la publicité sur l'IA de Meta.",
            "Nous n'utiliserons plus vos informations pour l'IA de Meta, hormis vos publications.",
            "La semaine dernière, nous n'utilisions plus vos informations pour l'IA de Meta, depuis nous avons repris.",
            "Nous n'utiliserons plus vos coordonnées pour l'IA de Meta, mais vos publications.",
            "Nous travaillons pour que votre opposition soit acceptée.",
            "Nous nous efforcerons de respecter votre opposition.",
            "Nous envisageons de respecter votre opposition.",
            "Eussiez-vous fait opposition, nous respecterons votre opposition.",
        ],
    );
}

#[test]
fn french_variants_confirm_or_are_shown() {
    confirm(
        FR,
        &[
            "Votre opposition a été approuvée et nous n'utilisons plus vos informations publiques pour entraîner notre IA.",
            "Nous avons fait droit à votre opposition.",
            "Merci de votre message. Nous avons examiné votre opposition et nous la respecterons.",
            "Nous avons examiné l'opposition que vous avez envoyée le 20 mai 2025 et l'avons acceptée.",
            "Bonne nouvelle : votre opposition a été acceptée.",
            "Votre opposition est désormais effective.",
            "Votre demande a été acceptée : nous n'utiliserons plus vos informations pour les modèles d'IA générative.",
            "Nous avons traité votre opposition et n'utiliserons pas vos contenus publics pour entraîner l'IA de Meta.",
            "Nous confirmons votre opposition. Vos informations ne seront pas utilisées pour entraîner des modèles d'IA.",
            "Votre opposition a abouti. Elle s'applique à Facebook et Instagram.",
            "Nous avons appliqué votre opposition à votre compte, mais vous verrez peut-être encore des fonctionnalités d'IA.",
            "Nous respecterons votre opposition. Ce changement prendra bientôt effet.",
            "Nous respecterons votre opposition et exclurons vos informations de l'entraînement.",
            "Nous respectons votre choix et n'utiliserons plus vos publications pour l'IA de Meta.",
            "Nous avons bien reçu votre opposition et nous l'avons acceptée.",
        ],
        11,
    );
}

#[test]
fn a_mail_that_is_dated_later_may_speak_of_that_year() {
    let promise = "From 1 January 2026 we will honour your objection.";
    let sent = |date: &str| kind_of(&Message { date: Some(date.parse().unwrap()), ..mail(EN, promise) });
    assert_eq!(sent("2025-12-20T10:00:00Z"), Some(Unrecognised));
    assert_eq!(sent("2026-01-02T10:00:00Z"), Some(Honoured));
}

#[test]
fn the_word_that_nobody_foresaw_is_named() {
    let message = mail(EN, "Hi Anna, we will honour your objection at our discretion.");
    let said = because(&message);
    assert!(
        said.contains("every other word of that sentence is one of @plain") && said.contains("discretion"),
        "{said}"
    );
}

#[test]
fn a_receipt_that_says_more_is_shown() {
    let cases = [
        ("We have received your objection.", Some(crate::model::kind::Kind::Receipt)),
        ("We have received your objection and granted it today.", Some(Unrecognised)),
        ("We have received your objection and binned it.", Some(Unrecognised)),
    ];
    super::check(EN, &cases);
}
