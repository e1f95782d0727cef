//! Promises and look-alikes in the languages of which no confirmation was ever published.

use super::check_language;

#[test]
fn french_promises_are_told_from_what_looks_like_one() {
    let subject = "Opposez-vous à l'utilisation de vos informations pour l'IA de Meta";
    let promises = [
        "Nous allons respecter votre demande d'opposition.",
        "Votre demande d'opposition a bien été prise en compte.",
        "Cela signifie que nous n'utiliserons pas vos informations publiques pour le développement futur de modèles d'IA générative.",
        "Nous vous confirmons que nous respecterons votre opposition.",
        "Nous avons examiné votre demande et nous respecterons votre opposition.",
    ];
    let near = [
        "Si vous vous opposez, nous n'utiliserons plus vos informations pour l'IA de Meta.",
        "Lorsque votre opposition est acceptée, nous n'utiliserons plus vos informations pour l'IA de Meta.",
        "Sous réserve de vérification, nous respecterons votre opposition.",
        "Nous respecterons votre opposition dès que vous aurez confirmé votre adresse.",
        "Votre opposition pourrait être acceptée.",
        "Nous espérons que nous respecterons votre opposition.",
        "Respecterons-nous votre opposition ?",
        "En cas d'opposition, nous n'utiliserons plus vos informations pour l'IA de Meta.",
        "Nous n'utiliserons pas vos messages privés pour l'IA de Meta.",
        "Remplissez le formulaire et nous respecterons votre opposition.",
        "Nous n'utiliserons pas seulement vos informations publiques pour l'IA de Meta.",
    ];
    check_language(subject, &promises, &["Nous ne respecterons pas votre opposition."], &near);
}

#[test]
fn italian_promises_are_told_from_what_looks_like_one() {
    let subject = "Contesta l'uso delle tue informazioni per l'IA di Meta";
    let promises = [
        "Rispetteremo la tua opposizione.",
        "La tua opposizione è stata accolta.",
        "Ti confermiamo che non useremo le tue informazioni pubbliche per lo sviluppo futuro dei modelli di IA generativa di Meta.",
        "Ti confermiamo l'accoglienza dell'opposizione.",
        "Abbiamo esaminato la tua richiesta e rispetteremo la tua opposizione.",
    ];
    let near = [
        "Se ti opponi, non useremo più le tue informazioni per l'IA di Meta.",
        "Qualora la tua opposizione venga accolta, non useremo le tue informazioni per l'IA di Meta.",
        "La tua opposizione potrebbe essere accolta.",
        "Speriamo che accoglieremo la tua opposizione.",
        "Ti invieremo un'email per confermare che non useremo le tue informazioni per l'IA di Meta.",
        "Non useremo i tuoi messaggi privati per l'IA di Meta.",
    ];
    check_language(subject, &promises, &["Non accoglieremo la tua opposizione."], &near);
}

#[test]
fn spanish_promises_are_told_from_what_looks_like_one() {
    let subject = "Oposición al uso de tu información para la IA en Meta";
    let promises = [
        "Respetaremos tu oposición.",
        "Tu solicitud de oposición ha sido aceptada.",
        "Te confirmamos que no utilizaremos tu información pública para la IA en Meta.",
        "Hemos revisado tu solicitud y respetaremos tu oposición.",
        "Esto significa que ya no utilizaremos tus datos para el desarrollo de modelos de IA generativa.",
    ];
    let near = [
        "Si te opones, no utilizaremos tu información para la IA en Meta.",
        "Cuando se acepte tu oposición, no utilizaremos tu información para la IA en Meta.",
        "Tu oposición podría ser aceptada.",
        "Esperamos que respetaremos tu oposición.",
        "¿Respetaremos tu oposición?",
        "No utilizaremos tus mensajes privados para la IA en Meta.",
    ];
    check_language(subject, &promises, &["No respetaremos tu oposición."], &near);
}

#[test]
fn portuguese_promises_are_told_from_what_looks_like_one() {
    let subject = "Oposição à utilização das tuas informações pela IA na Meta";
    let promises = [
        "Respeitaremos a sua oposição.",
        "Sua oposição foi aceita.",
        "Confirmamos que não vamos utilizar as tuas informações públicas para a IA na Meta.",
        "Analisámos o teu pedido e vamos respeitar a tua oposição.",
    ];
    let near = [
        "Se te opuseres, não vamos utilizar as tuas informações para a IA na Meta.",
        "Caso a tua oposição seja aceite, não vamos utilizar as tuas informações para a IA na Meta.",
        "A tua oposição poderá ser aceite.",
        "Esperamos que a tua oposição será aceite.",
        "Não vamos utilizar as tuas mensagens privadas para a IA na Meta.",
    ];
    check_language(subject, &promises, &["Não vamos respeitar a tua oposição."], &near);
}

#[test]
fn dutch_promises_are_told_from_what_looks_like_one() {
    let subject = "Bezwaar tegen het gebruik van je informatie voor AI bij Meta";
    let promises = [
        "We zullen je bezwaar respecteren.",
        "We hebben je bezwaar goedgekeurd.",
        "Dit betekent dat we je openbare informatie niet meer zullen gebruiken voor de ontwikkeling van generatieve AI-modellen.",
        "We hebben je verzoek bekeken en zullen je bezwaar honoreren.",
    ];
    let near = [
        "Als je bezwaar maakt, zullen we je informatie niet meer gebruiken voor AI bij Meta.",
        "Zodra je bezwaar is gehonoreerd, gebruiken we je informatie niet meer voor AI bij Meta.",
        "We hopen dat we je bezwaar zullen honoreren.",
        "Mocht je bezwaar maken, dan zullen we je informatie niet gebruiken voor AI bij Meta.",
        "Zullen we je bezwaar honoreren?",
        "We laten je weten of we je bezwaar zullen honoreren.",
    ];
    check_language(subject, &promises, &["We zullen je bezwaar niet honoreren."], &near);
}
