//! The other kinds, and what is none of them.

use super::{DE, EN, check};
use crate::model::kind::Kind::{Code, InfoRequest, Notice, Receipt, Refused, Unrecognised};

#[test]
fn english_kinds_are_told_apart() {
    check(
        EN,
        &[
            ("We've received your objection.", Some(Receipt)),
            ("We've received your request and are reviewing it.", Some(Receipt)),
            ("Your request is under review.", Some(Receipt)),
            ("We've received your objection. We'll let you know if we will honour your objection.", Some(Receipt)),
            ("Thank you for submitting your objection. If we need more information, we'll contact you.", Some(Receipt)),
            ("Your confirmation code is 123456.", Some(Code)),
            ("Use this code to confirm your request:\n\n123456", Some(Code)),
            ("123 456 is your confirmation code", Some(Code)),
            ("We need more information to process your objection.", Some(InfoRequest)),
            ("We don't automatically fulfil requests sent using this form.", Some(InfoRequest)),
            (
                "We are unable to process the request. Please provide any prompts you entered that resulted in your personal information appearing.",
                Some(InfoRequest),
            ),
            ("We've received your objection. Please provide a screenshot.", Some(InfoRequest)),
            ("Could you please send us a screenshot?", Some(InfoRequest)),
            ("We cannot take further action on your request.", Some(Refused)),
            ("We are unable to honour your objection.", Some(Refused)),
            ("Your objection has been rejected.", Some(Refused)),
            ("We've reviewed your objection and have decided not to honour your objection.", Some(Refused)),
            ("We've received your objection. We can't honour your objection.", Some(Refused)),
            ("If we can't honour your objection, we will tell you.", Some(Unrecognised)),
            ("We can't fully honour your objection. We can't honour your objection at this time.", Some(Unrecognised)),
            ("Your objection made an impression on us.", Some(Unrecognised)),
            ("We haven't received your objection yet.", Some(Unrecognised)),
        ],
    );
}

#[test]
fn german_kinds_are_told_apart() {
    check(
        DE,
        &[
            ("Wir haben deinen Widerspruch erhalten.", Some(Receipt)),
            ("Wir haben deine Anfrage erhalten und prüfen sie.", Some(Receipt)),
            ("Dein Widerspruch ist bei uns eingegangen.", Some(Receipt)),
            (
                "Vielen Dank für deinen Widerspruch. Falls wir weitere Informationen benötigen, melden wir uns.",
                Some(Receipt),
            ),
            ("Wir haben deinen Widerspruch erhalten und teilen dir mit, ob wir ihm nachkommen.", Some(Receipt)),
            ("Dein Antrag wird derzeit geprüft.", Some(Receipt)),
            ("Dein Bestätigungscode lautet 123456.", Some(Code)),
            ("123456 ist dein Code.", Some(Code)),
            ("Gib diesen Code ein, um deinen Antrag zu bestätigen:\n\n12345678", Some(Code)),
            ("Wir benötigen weitere Informationen, um deinen Widerspruch zu bearbeiten.", Some(InfoRequest)),
            ("Bitte antworte auf diese E-Mail mit einem Screenshot.", Some(InfoRequest)),
            ("Wir können deinen Antrag nicht bearbeiten.", Some(InfoRequest)),
            ("Wir können deinem Widerspruch leider nicht nachkommen.", Some(Refused)),
            ("Dein Widerspruch wurde abgelehnt.", Some(Refused)),
            ("Wir lehnen deinen Widerspruch ab.", Some(Refused)),
            ("Wir werden deinem Widerspruch nicht nachkommen.", Some(Refused)),
            ("Deinem Widerspruch wurde nicht stattgegeben.", Some(Refused)),
            ("Falls wir deinem Widerspruch nicht nachkommen können, sagen wir dir Bescheid.", Some(Unrecognised)),
            ("Wir können deinem Widerspruch nicht vollständig nachkommen.", Some(Unrecognised)),
            ("Dein Widerspruch hat uns beeindruckt.", Some(Unrecognised)),
        ],
    );
}

#[test]
fn announcements_are_notices_whatever_they_promise() {
    let autumn_2024 = "We're getting ready to expand our AI at Meta experiences to your region. AI at Meta is our collection of generative AI features and experiences.\n\nTo help bring these experiences to you, we want you to know that we'll use public information like public posts and comments from accounts of people 18 years or older on the basis of legitimate interests. You have the right to object to the use of your information for these purposes. If your objection is honoured, going forward we won't use your public information from Facebook and Instagram to develop and improve generative AI models for our AI at Meta features and experiences. If you've already objected, you don't need to submit another request.";
    let april_2025 = "Wir verbessern KI bei Meta laufend. In diesem Zusammenhang möchten wir dich darüber informieren, dass wir öffentliche Informationen wie öffentliche Beiträge und Kommentare von Konten, deren Inhaber*innen 18 Jahre oder älter sind, sowie deine Interaktionen mit KI bei Meta-Features verwenden werden.\n\nDu kannst der Verwendung deiner Informationen zu diesen Zwecken widersprechen. Wenn du einen Widerspruch einreichst, werden wir dir eine E-Mail mit der Bestätigung senden, dass wir deine Interaktionen mit KI bei Meta-Features oder deine öffentlichen Informationen von Meta-Produkten nicht mehr für die künftige Entwicklung und Verbesserung generativer KI-Modelle für KI bei Meta verwenden werden. Wenn du bereits widersprochen hast, brauchst du keinen weiteren Antrag zu stellen.";
    check("An update", &[(autumn_2024, Some(Notice)), (april_2025, Some(Notice))]);
    let promise = "Wir werden deinem Widerspruch nachkommen. Es geht um KI bei Meta.";
    check(
        "Erfahre, wie wir deine Informationen im Zuge der Verbesserung von KI bei Meta verwenden",
        &[(april_2025, Some(Notice)), (promise, Some(Notice))],
    );
    check(
        "We're updating our Privacy Policy as we expand AI at Meta",
        &[(autumn_2024, Some(Notice)), ("We will honour your objection.", Some(Notice))],
    );
}

#[test]
fn other_matters_are_nothing() {
    let cases = [
        "123456 is your Instagram code",
        "FB-12345 is your Facebook confirmation code",
        "Your Meta AI login code is 123456.",
        "Authenticate your profile. Someone tried to add your profile to an Accounts Centre. Your code is 123456.",
        "Your account has been disabled. You can object to this decision within 30 days.",
        "You objected to the use of your information for ads. We will honour your objection.",
        "Deinem Einspruch wurde stattgegeben: Dein Beitrag wurde wiederhergestellt.",
        "Wir haben deinen Widerspruch gegen die Verwendung deiner Informationen für Anzeigenmessung erhalten.",
        "Wir haben deinen Einspruch geprüft. Dein Beitrag verstößt gegen unsere Gemeinschaftsstandards.",
        "Max Muster hat deinen Beitrag kommentiert: „Schönes Foto!“",
        "Try Meta AI today. Ask Meta AI anything.",
        "Generative AI is here: try new AI models.",
    ];
    check("A message for you", &cases.map(|text| (text, None)));
}
