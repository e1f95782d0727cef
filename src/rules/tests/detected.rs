//! Which language a text is in: a paragraph of each whose neighbours are easily taken for it.

use super::{RULES, mail};
use crate::model::message::Message;
use crate::rules::language;

#[test]
fn a_paragraph_tells_its_language_against_its_header() {
    let paragraphs = [
        (
            "da",
            "Du kan læse mere om vores arbejde på siden, og hvis du har spørgsmål til dine oplysninger, er du velkommen til at skrive til os. Det er ikke nødvendigt at gøre mere.",
        ),
        (
            "no",
            "Du kan lese mer om arbeidet vårt på siden, og hvis du har spørsmål om opplysningene dine, er du velkommen til å skrive til oss. Det er ikke nødvendig å gjøre noe mer.",
        ),
        (
            "sv",
            "Du kan läsa mer om vårt arbete på sidan, och om du har frågor som rör dina uppgifter är du välkommen att skriva till oss. Det är inte nödvändigt att göra något mer.",
        ),
        (
            "fi",
            "Voit lukea lisää työstämme sivulta, ja jos sinulla on kysyttävää omista tiedoistasi, ota meihin yhteyttä. Muuta ei tarvitse tehdä, mutta se on mahdollista.",
        ),
        (
            "is",
            "Þú getur lesið meira um starf okkar á síðunni og ef þú hefur spurningar um gögnin þín er þér velkomið að skrifa okkur. Það er ekki nauðsynlegt að gera meira.",
        ),
        (
            "et",
            "Meie töö kohta saab lugeda lehelt, ja kui teil on küsimusi oma andmete kohta, siis kirjutage meile. Rohkem ei ole vaja teha, aga see on võimalik.",
        ),
        (
            "lv",
            "Par mūsu darbu var lasīt lapā, un, ja jums ir jautājumi par saviem datiem, rakstiet mums. Nekas cits nav jādara, bet tas ir iespējams.",
        ),
        (
            "lt",
            "Apie mūsų darbą galite skaityti puslapyje, o jei turite klausimų apie savo duomenis, rašykite mums. Daugiau nieko daryti nereikia, bet tai yra įmanoma.",
        ),
        (
            "ga",
            "Tá tuilleadh le léamh ar an leathanach faoin obair seo, agus má tá ceist agat faoi do chuid sonraí, scríobh chugainn. Níl aon rud eile le déanamh ach is féidir é.",
        ),
        (
            "pl",
            "Dziękujemy, że korzystasz z naszych usług. Oto kilka rzeczy, które są ważne dla Ciebie i Twoich znajomych.",
        ),
        (
            "cs",
            "Děkujeme, že používáte naše služby. Tady je několik věcí, které jsou pro vás a vaše přátele důležité, protože jste nás o ně požádali.",
        ),
        (
            "sk",
            "Ďakujeme, že používate naše služby. Tu je niekoľko vecí, ktoré sú pre vás a vašich priateľov dôležité, pretože ste nás o ne požiadali.",
        ),
        (
            "hu",
            "Köszönjük, hogy a szolgáltatásainkat használod. Itt van néhány dolog, amely neked és az ismerőseidnek is fontos lehet, és ezt már meg is írtuk.",
        ),
        (
            "ro",
            "Îți mulțumim că folosești serviciile noastre. Iată câteva lucruri care sunt importante pentru tine și pentru prietenii tăi, din acest motiv am scris.",
        ),
        (
            "el",
            "Σας ευχαριστούμε που χρησιμοποιείτε τις υπηρεσίες μας. Εδώ είναι μερικά πράγματα που είναι σημαντικά για εσάς και τους φίλους σας.",
        ),
        (
            "bg",
            "Благодарим ви, че използвате нашите услуги. Ето няколко неща, които са важни за вас и за вашите приятели, а това не е всичко.",
        ),
        (
            "hr",
            "Hvala vam što se služite našim uslugama. Ovo je nekoliko stvari koje su važne za vas i vaše prijatelje, kao i ono što ćemo uskoro objaviti.",
        ),
        (
            "sl",
            "Hvala, ker uporabljate naše storitve. Tukaj je nekaj stvari, ki so pomembne za vas in vaše prijatelje, lahko pa jih tudi spremenite.",
        ),
        (
            "mt",
            "Grazzi talli tuża s-servizzi tagħna. Dawn huma xi affarijiet li huma importanti għalik u għall-ħbieb tiegħek, u dan mhux kollox.",
        ),
    ];
    for (expected, text) in paragraphs {
        // The header names another language, one with words of its own: the text decides.
        let header = if expected == "mt" { "ga" } else { "mt" };
        let message = Message { content_language: Some(header.to_owned()), ..mail("Meta", text) };
        assert_eq!(language::of(&RULES, &message), expected, "{text}");
    }
}
