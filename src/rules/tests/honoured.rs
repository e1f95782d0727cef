//! Promises, and what only looks like one.

use super::{DE, EN, check};
use crate::model::kind::Kind::{Honoured, Unrecognised};

#[test]
fn english_promises_are_honoured() {
    let promises = [
        // The one body that was published (autumn 2024).
        "We will honour your objection for your public information, such as public posts and comments. This means that we won't use your public information from Facebook and Instagram for future development and improvement of generative AI models for our AI at Meta features and experiences.\n\nWe will also honour your objection for any other accounts that you've added to the same Accounts Centre as this account.",
        "We've reviewed your request and will honor your objection. This means your request will be applied going forward. If you want to learn more about generative AI, please review the information we have in the Privacy Center.",
        "Hi Anna,\n\nWe'll honour your objection.\n\nThanks,\nPrivacy Operations",
        "We have honoured your objection.",
        "We've now accepted your objection to the use of your information for AI at Meta.",
        "Your objection to the use of your information for AI at Meta has been honoured.",
        "Your objection has been accepted.",
        "Your objection will be applied going forward.",
        "We have reviewed your objection and will honour it.",
        "We are honouring your objection.",
        "We're writing to confirm that we will honour your objection.",
        "After reviewing your request, we will honour your objection.",
        "Based on the information you've provided, we will honour your objection.",
        "We won't use your public information to develop generative AI models.",
        "We will no longer use your interactions with AI at Meta features to develop generative AI models.",
        "Your public information will no longer be used to develop generative AI models.",
        "We'll honour your objection and won't use your public information for AI at Meta.",
        "We've received your objection and will honour it.",
        "As of 26 May 2025, we will honour your objection.",
        "We may still process information about you, even if you object or don't use our products. We will honour your objection.",
        "What does this mean? We will honour your objection.",
        "WE WILL HONOUR YOUR OBJECTION.",
    ];
    check(EN, &promises.map(|text| (text, Some(Honoured))));
}

#[test]
fn english_look_alikes_are_not_honoured() {
    let near = [
        // Conditions.
        "If your objection is honoured, going forward we won't use your public information from Facebook and Instagram to develop generative AI models.",
        "If you object, we will honour your objection.",
        "We will honour your objection if it meets the requirements.",
        "We will honour your objection unless we have compelling legitimate grounds.",
        "Once reviewed, we will honour your objection.",
        "Should you object, we won't use your public information for AI at Meta.",
        "We will honour your objection as soon as you confirm your email address.",
        "We will honour your objection, provided that you live in the EU.",
        "Until we have decided, we won't use your public information for AI at Meta.",
        "We may honour your objection.",
        "Your objection may be honoured.",
        "Your objection could be honoured.",
        "Email us and we will honour your objection.",
        "Fill in the form and we'll honour your objection.",
        "If you object:\n\n• we won't use your public information for AI at Meta\n\n• we will honour your objection for linked accounts.",
        "What happens if you object? We will honour your objection.",
        "If your objection is honoured\n\nWe won't use your public information for AI at Meta.",
        "We will honour your objection\n\nif it is valid.",
        "If your objection is honoured,\n\nwe won't use your public information for AI at Meta.",
        "You can object. In that case, we will honour your objection.",
        // Reported, announced, asked for.
        "We will send you an email confirming that we won't use your public information for AI at Meta.",
        "You'll receive an email to confirm that we will honour your objection.",
        "We'll let you know whether we will honour your objection.",
        "You asked us to confirm that we will no longer use your public information for AI at Meta.",
        "Your request that we will no longer use your public information for AI at Meta is with our team.",
        "Learn how we will honour your objection.",
        "We aim to decide soon whether we will honour your objection.",
        // Negations.
        "We will not honour your objection, we are sorry.",
        "It does not mean that we will honour your objection.",
        "We cannot promise that we won't use your public information for AI at Meta.",
        "We can't confirm that your objection has been accepted.",
        "Unfortunately, your objection will be honoured by nobody.",
        "We won't only use your public information for AI at Meta.",
        // Questions.
        "Will your objection be honoured? Has it been accepted that your objection has been accepted?",
        // Somebody else's words.
        "Your friend wrote \"We will honour your objection to AI\".",
        "A newspaper says: “We will honour your objection,” according to Meta.",
        // Of everybody, not of this person.
        "We won't use your private messages with friends and family to train AI models for AI at Meta.",
        "We honour all objections.",
        // Other objections.
        "You objected to the use of your information for ads. We will honour your objection.",
        "We will honour your objection to ad measurement.",
        // Contradictions.
        "We will honour your objection. However, we are unable to honour your objection for this account.",
        "We will honour your objection. Please reply to this email with more information.",
        "We will honour your objection. Your confirmation code is 123456.",
        "We will honour your objection. We are still reviewing your request.",
        "You have the right to object to this processing. We will honour your objection.",
        "Bob commented on your post: We will honour your objection.",
        "Bob invited you to manage a business portfolio. We will honour your objection.",
    ];
    use crate::rules::tests::{kind_of, mail};
    for text in near {
        assert_ne!(kind_of(&mail(EN, text)), Some(Honoured), "{text}");
    }
}

#[test]
fn german_promises_are_honoured() {
    let promises = [
        "Wir werden deinem Widerspruch nachkommen.",
        "Hallo Anna,\n\nwir werden deinem Widerspruch nachkommen. Das bedeutet, dass wir deine öffentlichen Informationen von Facebook und Instagram nicht mehr für die künftige Entwicklung und Verbesserung generativer KI-Modelle für KI bei Meta verwenden werden.",
        "Wir haben deine Anfrage geprüft und werden deinem Widerspruch nachkommen.",
        "Wir haben deinen Widerspruch geprüft und werden ihm nachkommen.",
        "Wir werden deinen Widerspruch respektieren.",
        "Wir respektieren deinen Widerspruch.",
        "Deinem Widerspruch wurde stattgegeben.",
        "Deinem Widerspruch werden wir nachkommen.",
        "Wir kommen deinem Widerspruch nach.",
        "Wir geben deinem Einspruch gegen die Verwendung deiner Informationen für KI bei Meta statt.",
        "Wir haben deinem Widerspruch stattgegeben.",
        "Dein Widerspruch wurde akzeptiert.",
        "Wir haben deinen Widerspruch umgesetzt.",
        "Hiermit bestätigen wir, dass wir deinem Widerspruch nachkommen.",
        "Wir möchten dich darüber informieren, dass wir deinem Widerspruch nachkommen werden.",
        "Wir werden Ihrem Widerspruch nachkommen.",
        "Wir werden Ihre öffentlichen Informationen nicht mehr für generative KI-Modelle verwenden.",
        "Wir werden deine öffentlichen Informationen sowie deine Interaktionen mit KI bei Meta-Features künftig nicht mehr für die Entwicklung und Verbesserung generativer KI-Modelle für KI bei Meta verwenden.",
        "Wir verwenden deine öffentlichen Informationen ab sofort nicht mehr für KI bei Meta.",
        "Deine öffentlichen Informationen werden nicht mehr für KI bei Meta verwendet.",
        "Wir werden deinem Wider-\nspruch nachkommen.",
        "Wir werden deinem Wider\u{ad}spruch nach\u{ad}kommen.",
        "Wir werden deinem Widerspruch vom 20. Mai 2025 gem. Art. 21 Abs. 1 DSGVO nachkommen.",
        "Was bedeutet das? Wir werden deinem Widerspruch nachkommen.",
    ];
    check(DE, &promises.map(|text| (text, Some(Honoured))));
}

#[test]
fn german_look_alikes_are_not_honoured() {
    let near = [
        "Wenn du einen Widerspruch einreichst, werden wir dir eine E-Mail mit der Bestätigung senden, dass wir deine Interaktionen mit KI bei Meta-Features oder deine öffentlichen Informationen von Meta-Produkten nicht mehr für die künftige Entwicklung und Verbesserung generativer KI-Modelle für KI bei Meta verwenden werden.",
        "Wenn du Widerspruch einlegst, bestätigen wir dir per E-Mail, dass wir deine öffentlichen Informationen nicht für die zukünftige Entwicklung generativer KI-Modelle für KI bei Meta verwenden werden.",
        "Wir werden deinem Widerspruch nachkommen, sofern die Voraussetzungen erfüllt sind.",
        "Sobald wir alles geprüft haben, werden wir deinem Widerspruch nachkommen.",
        "Solltest du widersprechen, werden wir deinem Widerspruch nachkommen.",
        "Widersprichst du, werden wir deine öffentlichen Informationen nicht mehr für KI bei Meta verwenden.",
        "Legst du Widerspruch ein, werden wir ihm nachkommen.",
        "Wir würden deinem Widerspruch nachkommen.",
        "Wir werden deinem Widerspruch gegebenenfalls nachkommen.",
        "Wenn du z. B. bzgl. KI widersprichst, werden wir deine öffentlichen Informationen nicht mehr für KI bei Meta verwenden.",
        "Wenn du vor dem 27. Mai widersprichst, werden wir deine öffentlichen Informationen nicht mehr für KI bei Meta verwenden.",
        "Folgendes gilt, wenn du widersprichst: Wir werden deine öffentlichen Informationen nicht mehr für KI bei Meta verwenden.",
        "Was passiert, wenn ich widerspreche?\n\nWir werden deine öffentlichen Informationen nicht mehr für KI bei Meta verwenden.",
        "Wir werden prüfen, ob wir deinem Widerspruch nachkommen.",
        "Um deinem Widerspruch nachkommen zu können, werden wir uns melden.",
        "Damit wir deinem Widerspruch nachkommen, fehlt noch etwas.",
        "Wir werden dir eine E-Mail mit der Bestätigung senden, dass wir deinem Widerspruch nachkommen werden.",
        "Wir werden dir mitteilen, dass wir deinem Widerspruch nachkommen.",
        "Du hast uns gebeten, dass wir deine öffentlichen Informationen nicht mehr für KI bei Meta verwenden werden.",
        "Du möchtest, dass wir deine öffentlichen Informationen nicht mehr für KI bei Meta verwenden.",
        "Erfahre, wie wir deinem Widerspruch nachkommen werden.",
        "Wir werden deinem Widerspruch nicht nachkommen.",
        "Wir werden deinem Widerspruch leider nicht nachkommen können.",
        "Das bedeutet nicht, dass wir deinem Widerspruch nachkommen.",
        "Diese E-Mail ist keine Bestätigung, dass wir deinem Widerspruch nachkommen werden.",
        "Wir können nicht zusagen, dass wir deine öffentlichen Informationen nicht mehr für KI bei Meta verwenden werden.",
        "Werden wir deinem Widerspruch nachkommen?",
        "Meta schreibt: „Wir werden deinem Widerspruch nachkommen.“",
        "Meta schreibt, „Wir werden deinem Widerspruch nachkommen. Das gilt ab sofort.“",
        "Wir werden deine privaten Nachrichten nicht für das Training von KI-Modellen für KI bei Meta verwenden.",
        "Wir werden deine öffentlichen Informationen, nicht aber deine privaten, für KI bei Meta verwenden.",
        "Du hast der Verwendung deiner Informationen für Werbung widersprochen. Wir werden deinem Widerspruch nachkommen.",
        "Wir werden deinem Widerspruch gegen personalisierte Werbung nachkommen.",
        "Wir werden deinem Widerspruch nachkommen. Wir können deinem Widerspruch für dieses Konto jedoch nicht nachkommen.",
        "Wir werden deinem Widerspruch nachkommen. Bitte antworte auf diese E-Mail mit einem Screenshot.",
        "Wir werden deinem Widerspruch nachkommen. Dein Code lautet 123456.",
        "Wir werden deinem Widerspruch nachkommen. Wir prüfen deinen Antrag noch.",
        "Du kannst der Verwendung deiner Informationen zu diesen Zwecken widersprechen. Wir werden deinem Widerspruch nachkommen.",
        "Max Muster hat deinen Beitrag kommentiert: Wir werden deinem Widerspruch nachkommen.",
        "Max Muster hat dich eingeladen, ein Unternehmensportfolio zu verwalten. Wir werden deinem Widerspruch nachkommen.",
        "Bob commented on your post: Wir werden deinem Widerspruch nachkommen.",
    ];
    use crate::rules::tests::{kind_of, mail};
    for text in near {
        assert_ne!(kind_of(&mail(DE, text)), Some(Honoured), "{text}");
    }
}

#[test]
fn a_doubtful_promise_is_shown_to_the_person() {
    let doubtful = [
        "We will honour your objection. However, we are unable to honour your objection for this account.",
        "We will honour your objection. Please reply to this email with more information.",
        "We will honour your objection. Your confirmation code is 123456.",
        "Bob commented on your post: We will honour your objection.",
        "You have the right to object to this processing. We will honour your objection.",
    ];
    check(EN, &doubtful.map(|text| (text, Some(Unrecognised))));
}
