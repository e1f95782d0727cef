//! Promises with a limit, an alternative, a time span, or something that takes them back: never confirmations, in any language.
//!
//! Beside them stand whole confirmations with the asides that such mails carry, which must stay confirmations.

use super::{DE, EN, check, kind_of, mail};
use crate::model::kind::Kind::Honoured;

pub(super) const FR: &str = "Opposez-vous à l'utilisation de vos informations pour l'IA de Meta";
pub(super) const IT: &str = "Contesta l'uso delle tue informazioni per l'IA di Meta";
pub(super) const ES: &str = "Oposición al uso de tu información para la IA en Meta";
pub(super) const PT: &str = "Oposição à utilização das tuas informações pela IA na Meta";
pub(super) const NL: &str = "Bezwaar tegen het gebruik van je informatie voor AI bij Meta";

fn none_is_honoured(subject: &str, texts: &[&str]) {
    let honoured: Vec<&&str> = texts.iter().filter(|text| kind_of(&mail(subject, text)) == Some(Honoured)).collect();
    assert!(honoured.is_empty(), "{honoured:#?}");
}

#[test]
fn english_promises_with_a_limit_or_taken_back_are_not_honoured() {
    none_is_honoured(
        EN,
        &[
            "We will honour your objection. To complete this, confirm your email address within 7 days.",
            "We will honour your objection. However, you need to confirm your email address first.",
            "We will honour your objection. Please confirm your country so that it takes effect.",
            "We will honour your objection. Otherwise we will continue to use your information.",
            "We will honour your objection. This only takes effect after you verify your account.",
            "We will honour your objection. Your objection expires in 30 days unless renewed.",
            "We will honour your objection. This was sent in error. Please disregard it.",
            "We previously told you that we will honour your objection. That was a mistake.",
            "We no longer honour your objection.",
            "We have withdrawn our decision to honour your objection.",
            "Your objection has been accepted for processing.",
            "Your objection has been accepted in error and will be reversed.",
            "Your objection has been applied to a different account.",
            "Your objection was accepted on 1 May and revoked on 2 May.",
            "Your objection was successful in reaching us.",
            "Your objection will be applied after a review.",
            "We will honour your objection for 30 days.",
            "We will honour your objection starting next year.",
            "We will respect your objection by continuing to use your information.",
            "You withdrew your objection. We won't use your public information for AI at Meta in the EU.",
            "Your objection has been withdrawn. Before, your objection was accepted.",
            "You have successfully withdrawn your objection.",
            "Your objection has been accepted by mistake.",
            "Congratulations! We will honour your objection. Reply with your password.",
            "Confirm to us: we will honour your objection.",
            "We will honour your objection the moment you confirm.",
            "We will honour your objection given that you live in the EU.",
            "We will honour your objection except for photos.",
            "We will honour your objection for Facebook but not Instagram.",
            "We will honour your objection after verification.",
            "We will honour your objection following verification of your identity.",
            "Users say we will honour your objection.",
            "The email you should get reads We will honour your objection.",
            "We won't use your public information for AI at Meta this month.",
            "We won't use your data for AI at Meta yet.",
            "We won't use your information to develop AI models as of now.",
            "We won't use your information for AI at Meta more than needed.",
            "We won't use your information for anything other than AI at Meta.",
            "We won't use your information for other purposes than AI at Meta.",
            "We won't use your information solely for AI at Meta.",
            "We won't use your information exclusively for AI at Meta.",
            "We won't use your information beyond AI at Meta.",
            "We won't use your information outside AI at Meta.",
            "We will no longer use your old objection. AI at Meta continues to use your information.",
            "We will stop using your information for AI at Meta soon.",
            "Your information is no longer used for AI at Meta when we finish.",
            "We will honour your objection as far as legally required.",
            "We will honour your objection where feasible.",
            "We will honour your objection wherever feasible.",
            "We will honour your objection as appropriate.",
            "We will honour your objection within 30 days or tell you why not.",
            "We will honour your objection, or explain our reasons.",
            "We will honour your objection or contact you.",
            "Either we will honour your objection or we will get in touch.",
            "We will honour your objection for public posts, though photos stay in use.",
            "We will honour your objection. But we will still use your public posts for AI.",
            "We will honour your objection. We will continue to use your public posts to train AI models.",
            "You can rest assured we will honour your objection, subject to eligibility.",
            "FAQ. How will Meta respond? We will honour your objection.",
            "Step 1. Fill out. Step 2. We will honour your objection.",
            "We will honour your objection in principle.",
            "We're pleased to say your objection will be honoured tomorrow or never.",
            "Draft: Your objection has been accepted.",
            "[TEST] Your objection has been accepted.",
        ],
    );
}

#[test]
fn german_promises_with_a_limit_or_taken_back_are_not_honoured() {
    none_is_honoured(
        DE,
        &[
            "Wir werden deinem Widerspruch nachkommen. Bestätige dazu bitte deine E-Mail-Adresse.",
            "Wir werden deinem Widerspruch nachkommen. Dafür musst du noch deine Identität bestätigen.",
            "Wir werden deinem Widerspruch nachkommen. Allerdings nur, falls du ihn bestätigst.",
            "Wir werden deinem Widerspruch nachkommen. Diese E-Mail wurde irrtümlich gesendet.",
            "Wir werden deinem Widerspruch nachkommen. Wir verwenden deine Beiträge weiterhin für KI.",
            "Dein Widerspruch wurde angenommen und später widerrufen.",
            "Dein Widerspruch wurde irrtümlich angenommen.",
            "Dein Widerspruch wurde zurückgezogen.",
            "Du hast deinen Widerspruch zurückgezogen. Wir werden deine Informationen nicht mehr für KI bei Meta verwenden.",
            "Wir werden deinem Widerspruch nachkommen oder dir die Gründe nennen.",
            "Entweder werden wir deinem Widerspruch nachkommen oder dir schreiben.",
            "Wir werden deinem Widerspruch nach Prüfung nachkommen.",
            "Wir werden deinem Widerspruch nach Bestätigung deiner Identität nachkommen.",
            "Wir werden deinem Widerspruch nach Möglichkeit nachkommen.",
            "Wir werden deinem Widerspruch im Rahmen des Gesetzlichen nachkommen.",
            "Wir werden deinem Widerspruch demnächst nachkommen.",
            "Wir werden deinem Widerspruch bei Vorliegen der Voraussetzungen nachkommen.",
            "Wir werden deine Informationen nicht ausschließlich für KI bei Meta verwenden.",
            "Wir werden deine Informationen nicht für andere Zwecke als KI bei Meta verwenden.",
            "Wir werden deine Informationen nicht allein für KI bei Meta verwenden.",
            "Wir werden deine Informationen außerhalb von KI bei Meta nicht verwenden.",
            "Wir verwenden deine Informationen diesen Monat nicht für KI bei Meta.",
            "Wir verwenden deine Informationen noch nicht für KI bei Meta.",
            "Wir werden deinem Widerspruch für 30 Tage nachkommen.",
            "Entwurf: Dein Widerspruch wurde angenommen.",
        ],
    );
}

#[test]
fn french_promises_with_a_limit_or_taken_back_are_not_honoured() {
    none_is_honoured(
        FR,
        &[
            "Nous respecterons votre opposition. Pour cela, confirmez votre adresse e-mail.",
            "Nous respecterons votre opposition après vérification de votre identité.",
            "Nous respecterons votre opposition ou nous vous expliquerons pourquoi.",
            "Nous respecterons votre opposition dans la mesure du possible.",
            "Nous respecterons votre opposition pendant 30 jours.",
            "Votre opposition a été acceptée par erreur.",
            "Votre opposition a été acceptée puis annulée.",
            "Votre opposition est prise en compte pour examen.",
            "Nous n'utiliserons pas vos informations exclusivement pour l'IA de Meta.",
            "Nous n'utiliserons pas vos informations à d'autres fins que l'IA de Meta.",
            "Nous n'utilisons pas encore vos informations pour l'IA de Meta.",
            "Nous respecterons votre opposition. Nous continuerons à utiliser vos publications pour l'IA.",
            "Lors de l'examen, nous respecterons votre opposition.",
            "À réception de votre pièce d'identité, nous respecterons votre opposition.",
            "Dès réception du formulaire, nous respecterons votre opposition.",
            "Pourvu que vous habitiez dans l'UE, nous respecterons votre opposition.",
            "Vous seriez éligible, nous respecterons votre opposition.",
        ],
    );
}

#[test]
fn italian_promises_with_a_limit_or_taken_back_are_not_honoured() {
    none_is_honoured(
        IT,
        &[
            "Rispetteremo la tua opposizione. Conferma prima il tuo indirizzo e-mail.",
            "Rispetteremo la tua opposizione dopo la verifica della tua identità.",
            "Rispetteremo la tua opposizione nei limiti del possibile.",
            "Rispetteremo la tua opposizione o ti spiegheremo i motivi.",
            "Rispetteremo la tua opposizione per 30 giorni.",
            "La tua opposizione è stata accolta per errore.",
            "Non useremo le tue informazioni esclusivamente per l'IA di Meta.",
            "Non useremo le tue informazioni per scopi diversi dall'IA di Meta.",
            "Non useremo ancora le tue informazioni per l'IA di Meta.",
            "Purché tu viva nell'UE, rispetteremo la tua opposizione.",
            "In caso di esito positivo rispetteremo la tua opposizione.",
            "Previa verifica, rispetteremo la tua opposizione.",
            "Salvo errori, rispetteremo la tua opposizione.",
            "Mai rispetteremo la tua opposizione.",
        ],
    );
}

#[test]
fn spanish_promises_with_a_limit_or_taken_back_are_not_honoured() {
    none_is_honoured(
        ES,
        &[
            "Respetaremos tu oposición. Primero confirma tu correo electrónico.",
            "Respetaremos tu oposición tras verificar tu identidad.",
            "Respetaremos tu oposición en la medida de lo posible.",
            "Respetaremos tu oposición o te explicaremos los motivos.",
            "Respetaremos tu oposición durante 30 días.",
            "Tu oposición ha sido aceptada por error.",
            "No utilizaremos tu información exclusivamente para la IA en Meta.",
            "No utilizaremos tu información para fines distintos de la IA en Meta.",
            "Aún no utilizamos tu información para la IA en Meta.",
            "Siempre que vivas en la UE, respetaremos tu oposición.",
            "En caso de aprobación, respetaremos tu oposición.",
            "Previa verificación, respetaremos tu oposición.",
            "Jamás respetaremos tu oposición.",
            "De ser válida, respetaremos tu oposición.",
        ],
    );
}

#[test]
fn portuguese_promises_with_a_limit_or_taken_back_are_not_honoured() {
    none_is_honoured(
        PT,
        &[
            "Respeitaremos a sua oposição. Primeiro confirme o seu e-mail.",
            "Respeitaremos a sua oposição após verificar a sua identidade.",
            "Respeitaremos a sua oposição na medida do possível.",
            "Respeitaremos a sua oposição ou explicaremos os motivos.",
            "Respeitaremos a sua oposição durante 30 dias.",
            "Sua oposição foi aceita por engano.",
            "Não vamos utilizar as tuas informações exclusivamente para a IA na Meta.",
            "Não vamos utilizar as tuas informações para fins que não a IA na Meta.",
            "Ainda não vamos utilizar as tuas informações para a IA na Meta.",
            "Desde que vivas na UE, respeitaremos a tua oposição.",
            "Mediante verificação, respeitaremos a sua oposição.",
            "Jamais respeitaremos a sua oposição.",
            "Sendo válida, respeitaremos a sua oposição.",
        ],
    );
}

#[test]
fn dutch_promises_with_a_limit_or_taken_back_are_not_honoured() {
    none_is_honoured(
        NL,
        &[
            "We zullen je bezwaar respecteren. Bevestig eerst je e-mailadres.",
            "We zullen je bezwaar respecteren na verificatie van je identiteit.",
            "We zullen je bezwaar zoveel mogelijk respecteren.",
            "We zullen je bezwaar respecteren of je de redenen geven.",
            "We zullen je bezwaar 30 dagen respecteren.",
            "We hebben je bezwaar per ongeluk goedgekeurd.",
            "We zullen je openbare informatie niet uitsluitend gebruiken voor AI bij Meta.",
            "We gebruiken je informatie nog niet voor AI bij Meta.",
            "Mits je in de EU woont, zullen we je bezwaar respecteren.",
            "Tenzij er iets verandert, zullen we je bezwaar respecteren.",
            "Bij goedkeuring zullen we je bezwaar respecteren.",
            "Nooit zullen we je bezwaar respecteren.",
            "Indien geldig zullen we je bezwaar respecteren.",
        ],
    );
}

#[test]
fn the_asides_of_a_confirmation_do_not_undo_it() {
    let mails = [
        "Hi Anna,\n\nThanks for contacting us. We've reviewed your request and will honour your objection. This means that your request will be applied going forward.\n\nIf you want to learn more about generative AI and our privacy work in this new space, please review the information we have in Privacy Center.\n\nThis inbox cannot accept incoming messages. If you send a reply to this message, it won't be received.\n\nThanks,\nPrivacy Operations",
        "Your objection to the use of your public information for AI at Meta has been accepted. You can withdraw your objection at any time in your settings.",
        "We've received your objection and will honour it. We won't use your public posts to develop and improve generative AI models. You don't need to do anything else. If you didn't make this request, please ignore this email.",
        "We will honour your objection. We may still process information about you to develop and improve AI at Meta, even if you object or don't use our Products and services. For example, this could happen if you or your information appear anywhere in an image shared by someone using our Products and services.",
        "We will honor your objection. From now on, we won't use your information from Facebook, Instagram or Threads for training our AI models.",
        "We've honoured your objection for this account and for your other accounts in the same Accounts Centre.",
    ];
    check(EN, &mails.map(|text| (text, Some(Honoured))));
    let mails = [
        "Hallo Anna,\n\nvielen Dank für deine Nachricht. Wir haben deine Anfrage geprüft und werden deinem Widerspruch nachkommen. Das bedeutet, dass dein Antrag künftig angewendet wird.\n\nWenn du mehr über generative KI erfahren möchtest, besuche unseren Privacy Center.\n\nDein Datenschutzteam",
        "Wir haben deinen Widerspruch erhalten und werden ihn berücksichtigen. Wir werden deine öffentlichen Informationen aus Facebook und Instagram nicht mehr für die künftige Entwicklung und Verbesserung generativer KI-Modelle verwenden. Du musst nichts weiter tun.",
        "Dein Widerspruch wurde berücksichtigt. Auch wenn du widersprichst, können wir weiterhin Informationen über dich verarbeiten, um KI bei Meta zu entwickeln, zum Beispiel wenn du in einem Bild zu sehen bist.",
        "Ab sofort verwenden wir deine öffentlichen Informationen nicht mehr für KI bei Meta. Dein Widerspruch gilt auch für deine anderen Konten in derselben Kontenübersicht.",
        "Wir bestätigen dir, dass wir deinem Widerspruch nachkommen. Du kannst deinen Widerspruch jederzeit in den Einstellungen widerrufen.",
    ];
    check(DE, &mails.map(|text| (text, Some(Honoured))));
    let mails = [
        "Bonjour Anna,\n\nNous avons examiné votre demande et nous respecterons votre opposition. Cela signifie que nous n'utiliserons plus vos informations publiques de Facebook et Instagram pour développer et améliorer les modèles d'IA générative. Vous n'avez rien d'autre à faire.",
        "Votre opposition a bien été prise en compte. Vous pouvez retirer votre opposition à tout moment.",
    ];
    check(FR, &mails.map(|text| (text, Some(Honoured))));
    let mails = [
        "Ciao Anna,\n\nabbiamo esaminato la tua richiesta e rispetteremo la tua opposizione. Ciò significa che non useremo più le tue informazioni pubbliche di Facebook e Instagram per sviluppare e migliorare i modelli di IA generativa.",
    ];
    check(IT, &mails.map(|text| (text, Some(Honoured))));
    let mails = [
        "Hola, Anna:\n\nHemos revisado tu solicitud y respetaremos tu oposición. Esto significa que no utilizaremos tu información pública de Facebook e Instagram para el desarrollo y la mejora de los modelos de IA generativa. No tienes que hacer nada más.",
    ];
    check(ES, &mails.map(|text| (text, Some(Honoured))));
    let mails = [
        "Olá, Anna,\n\nAnalisámos o teu pedido e vamos respeitar a tua oposição. Isto significa que não vamos utilizar as tuas informações públicas do Facebook e do Instagram para desenvolver modelos de IA generativa.",
        "Olá Anna,\n\nAnalisamos sua solicitação e respeitaremos sua oposição. Isso significa que não usaremos suas informações públicas para desenvolver modelos de IA generativa.",
    ];
    check(PT, &mails.map(|text| (text, Some(Honoured))));
    let mails = [
        "Hallo Anna,\n\nWe hebben je verzoek bekeken en zullen je bezwaar honoreren. Dit betekent dat we je openbare informatie van Facebook en Instagram niet meer zullen gebruiken voor de ontwikkeling en verbetering van generatieve AI-modellen. Je hoeft verder niets te doen.",
    ];
    check(NL, &mails.map(|text| (text, Some(Honoured))));
}
