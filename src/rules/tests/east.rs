//! Promises, refusals and look-alikes in the languages of the east and south: Polish, Czech, Slovak, Hungarian, Romanian, Greek, Bulgarian,
//! Croatian, Slovenian, Maltese. No confirmation was ever published in any of them.

use super::{RULES, check, kind_of, mail};
use crate::model::kind::Kind::{Honoured, Receipt, Refused, Unrecognised};
use crate::rules::language;

/// Czech stands beside Slovak here, Croatian beside Slovenian.
#[test]
fn a_paragraph_tells_its_language() {
    let paragraphs = [
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
        // The header names another language: the text decides.
        let message = crate::model::message::Message { content_language: Some("ga".to_owned()), ..mail("Meta", text) };
        assert_eq!(language::of(&RULES, &message), expected, "{text}");
    }
}

/// Asserts what promises, what refuses, what only acknowledges, what nobody knows (the last two: promises
/// that are denied, which refuse nothing), and what must never be taken for a promise.
fn check_language(subject: &str, promises: &[&str], [refusal, receipt]: [&str; 2], unknown: [&str; 3], near: &[&str]) {
    check(subject, &promises.iter().map(|text| (*text, Some(Honoured))).collect::<Vec<_>>());
    check(subject, &[(refusal, Some(Refused)), (receipt, Some(Receipt))]);
    check(subject, &unknown.map(|text| (text, Some(Unrecognised))));
    let honoured: Vec<&str> =
        near.iter().copied().filter(|text| kind_of(&mail(subject, text)) == Some(Honoured)).collect();
    assert_eq!(honoured, [""; 0]);
}

#[test]
fn polish_promises_are_told_from_what_looks_like_one() {
    check_language(
        "Sprzeciw wobec wykorzystywania Twoich informacji na potrzeby AI w Meta",
        &[
            "Uwzględnimy Twój sprzeciw wobec wykorzystywania Twoich informacji na potrzeby AI w Meta.",
            "Nie będziemy już wykorzystywać Twoich publicznych informacji do rozwijania modeli generatywnej AI.",
            "Twój sprzeciw został uwzględniony.",
            "Potwierdzamy, że nie będziemy wykorzystywać Twoich publicznych informacji do rozwijania modeli generatywnej AI.",
            "Rozpatrzyliśmy Twój wniosek i uwzględnimy Twój sprzeciw.",
            "Oznacza to, że nie będziemy już używać Twoich publicznych danych do trenowania AI w Meta.",
            "Twój sprzeciw zostanie uwzględniony.",
        ],
        ["Nie możemy uwzględnić Twojego sprzeciwu.", "Otrzymaliśmy Twój sprzeciw."],
        [
            "Dobra wiadomość w sprawie Twojego sprzeciwu: obowiązuje od dzisiaj.",
            "Ta wiadomość nie oznacza, że uwzględnimy Twój sprzeciw.",
            "Nie możemy obiecać, że uwzględnimy Twój sprzeciw.",
        ],
        &[
            "Jeżeli wniesiesz sprzeciw, nie będziemy wykorzystywać Twoich informacji na potrzeby AI w Meta.",
            "Nie będziemy wykorzystywać Twoich informacji na potrzeby AI w Meta, gdy Twój sprzeciw zostanie przyjęty.",
            "Po rozpatrzeniu wniosku uwzględnimy Twój sprzeciw.",
            "Otrzymasz wiadomość, że Twój sprzeciw został uwzględniony.",
            "Czy uwzględnimy Twój sprzeciw?",
            "Sprawdzimy, czy Twój sprzeciw zostanie uwzględniony.",
            "Mamy nadzieję, że uwzględnimy Twój sprzeciw.",
            "Twój sprzeciw może zostać uwzględniony.",
            "Uwzględnilibyśmy Twój sprzeciw.",
            "Nie będziemy wykorzystywać Twoich prywatnych wiadomości do trenowania AI w Meta.",
            "Uwzględnimy Twój sprzeciw przez 30 dni.",
            "Twój sprzeciw nie został uwzględniony.",
            "Uwzględnimy Twój sprzeciw. Jednak nie możemy uwzględnić Twojego sprzeciwu dla tego konta.",
            "Uwzględnimy Twój sprzeciw albo wyjaśnimy, dlaczego nie.",
            "Twój sprzeciw został uwzględniony przez pomyłkę.",
            "Uwzględnimy Twój sprzeciw do 27 maja.",
            "Co się stanie, gdy wniosę sprzeciw? Uwzględnimy Twój sprzeciw.",
            "W razie wniesienia sprzeciwu:

• uwzględnimy Twój sprzeciw.",
            "Wypełnij formularz, a uwzględnimy Twój sprzeciw.",
            "Meta pisze: uwzględnimy Twój sprzeciw.",
            "Jeśli już wcześniej złożono sprzeciw, Twój sprzeciw zostanie uwzględniony.",
            "Uwzględnimy Twój sprzeciw. Najpierw potwierdź swój adres e-mail.",
            "Uwzględnimy Twój sprzeciw. Rozpatrujemy obecnie Twój wniosek.",
            "Nikt nie powiedział, że Twój sprzeciw został uwzględniony.",
            "Uwzględnimy Twój sprzeciw wobec usunięcia Twojego posta.",
            "Masz prawo wnieść sprzeciw. Uwzględnimy Twój sprzeciw.",
            "Jan zaprosił Cię do grupy. Uwzględnimy Twój sprzeciw.",
            "Uwzględnimy Twój sprzeciw. Twój kod: 123456",
            "Jeśli wniesiesz sprzeciw, uwzględnimy Twój sprzeciw wobec wykorzystywania Twoich informacji na potrzeby AI w Meta.",
            "Wyślemy Ci wiadomość e-mail z potwierdzeniem, że nie będziemy wykorzystywać Twoich publicznych informacji do rozwijania modeli generatywnej AI.",
            "Nie możemy uwzględnić Twojego sprzeciwu.",
            "Będziemy wykorzystywać Twoje informacje do ulepszania AI w Meta. Masz prawo wnieść sprzeciw. Jeśli wniesiesz sprzeciw, wyślemy Ci wiadomość e-mail z potwierdzeniem, że nie będziemy wykorzystywać Twoich publicznych informacji do rozwijania modeli generatywnej AI.",
        ],
    );
}

#[test]
fn czech_promises_are_told_from_what_looks_like_one() {
    check_language(
        "Námitka proti použití vašich informací pro AI ve společnosti Meta",
        &[
            "Budeme respektovat vaši námitku proti použití vašich informací pro AI ve společnosti Meta.",
            "Vaše veřejné informace nebudeme nadále používat k vývoji modelů generativní AI.",
            "Vaší námitce bylo vyhověno.",
            "Potvrzujeme, že vaše veřejné informace nebudeme používat pro AI ve společnosti Meta.",
            "Posoudili jsme vaši žádost a vyhovíme vaší námitce.",
            "To znamená, že vaše veřejné informace nebo interakce už nebudeme používat k tréninku AI.",
            "Vaše námitka byla akceptována.",
            "Vaší námitce jsme vyhověli.",
        ],
        ["Vaší námitce nemůžeme vyhovět.", "Obdrželi jsme vaši námitku."],
        [
            "Dobrá zpráva k vaší námitce: platí ode dneška.",
            "Tato zpráva neznamená, že vaší námitce vyhovíme.",
            "Nemůžeme slíbit, že vaší námitce vyhovíme.",
        ],
        &[
            "Pokud vznesete námitku, nebudeme vaše informace používat pro AI ve společnosti Meta.",
            "Nebudeme vaše informace používat pro AI ve společnosti Meta, jakmile námitku přijmeme.",
            "Po posouzení budeme respektovat vaši námitku.",
            "Dostanete zprávu, že vaší námitce bylo vyhověno.",
            "Vyhovíme vaší námitce?",
            "Prověříme, zda vaší námitce vyhovíme.",
            "Doufáme, že vaší námitce vyhovíme.",
            "Vaší námitce bychom vyhověli.",
            "Vaše soukromé zprávy nebudeme používat k tréninku AI.",
            "Nevyhověli jsme vaší námitce.",
            "Budeme respektovat vaši námitku po dobu 30 dní.",
            "Vznesete-li námitku, nebudeme vaše informace používat pro AI ve společnosti Meta.",
            "Budeme respektovat vaši námitku. U tohoto účtu však vaší námitce nemůžeme vyhovět.",
            "Budeme respektovat vaši námitku, nebo vysvětlíme, proč ne.",
            "Vaší námitce bylo vyhověno omylem.",
            "Budeme respektovat vaši námitku do 27. května.",
            "Co se stane, když vznesu námitku? Budeme respektovat vaši námitku.",
            "V případě námitky:

• budeme respektovat vaši námitku.",
            "Vyplňte formulář a budeme respektovat vaši námitku.",
            "Meta píše: budeme respektovat vaši námitku.",
            "Pokud jste již dříve vznesli námitku, vaší námitce bude vyhověno.",
            "Budeme respektovat vaši námitku. Nejprve potvrďte svůj e-mail.",
            "Budeme respektovat vaši námitku. Nyní posuzujeme vaši žádost.",
            "Není pravda, že vaší námitce bylo vyhověno.",
            "Vyhověli jsme vaší námitce proti odstranění vašeho příspěvku.",
            "Máte právo vznést námitku. Budeme respektovat vaši námitku.",
            "Jan vás pozval do skupiny. Pozval vás: budeme respektovat vaši námitku.",
            "Budeme respektovat vaši námitku. Váš kód: 123456",
            "Pokud námitku podáte, budeme respektovat vaši námitku proti použití vašich informací pro AI ve společnosti Meta.",
            "Pošleme vám e-mail s potvrzením, že vaše veřejné informace nebudeme používat k vývoji modelů generativní AI.",
            "Vaší námitce nemůžeme vyhovět.",
            "Budeme používat vaše informace ke zlepšování AI ve společnosti Meta. Máte právo vznést námitku. Pokud vznesete námitku, pošleme vám e-mail s potvrzením, že vaše veřejné informace nebudeme používat k vývoji modelů generativní AI.",
        ],
    );
}

#[test]
fn slovak_promises_are_told_from_what_looks_like_one() {
    check_language(
        "Námietka proti použitiu vašich informácií pre AI v spoločnosti Meta",
        &[
            "Budeme rešpektovať vašu námietku proti použitiu vašich informácií pre AI v spoločnosti Meta.",
            "Vaše verejné informácie už nebudeme používať na vývoj modelov generatívnej AI.",
            "Vašej námietke sme vyhoveli.",
            "Potvrdzujeme, že vaše verejné informácie nebudeme používať pre AI v spoločnosti Meta.",
            "Posúdili sme vašu žiadosť a vyhovieme vašej námietke.",
            "To znamená, že vaše verejné údaje už nebudeme používať na trénovanie AI.",
            "Vaša námietka bola akceptovaná.",
        ],
        ["Vašej námietke nemôžeme vyhovieť.", "Dostali sme vašu námietku."],
        [
            "Dobrá správa k vašej námietke: platí od dnes.",
            "Táto správa neznamená, že vašej námietke vyhovieme.",
            "Nemôžeme sľúbiť, že vašej námietke vyhovieme.",
        ],
        &[
            "Ak vznesiete námietku, nebudeme vaše informácie používať pre AI v spoločnosti Meta.",
            "Vaše informácie nebudeme používať pre AI v spoločnosti Meta, keď námietku prijmeme.",
            "Po posúdení budeme rešpektovať vašu námietku.",
            "Dostanete správu, že vašej námietke sme vyhoveli.",
            "Vyhovieme vašej námietke?",
            "Preveríme, či vašej námietke vyhovieme.",
            "Dúfame, že vašej námietke vyhovieme.",
            "Vašej námietke by sme vyhoveli.",
            "Vaše súkromné správy nebudeme používať na trénovanie AI.",
            "Vašej námietke nevyhovieme.",
            "Budeme rešpektovať vašu námietku na dobu 30 dní.",
            "Budeme rešpektovať vašu námietku. Pri tomto účte však vašej námietke nemôžeme vyhovieť.",
            "Budeme rešpektovať vašu námietku, alebo vysvetlíme, prečo nie.",
            "Vašej námietke sme vyhoveli omylom.",
            "Budeme rešpektovať vašu námietku do 27. mája.",
            "Čo sa stane, keď vznesiem námietku? Budeme rešpektovať vašu námietku.",
            "V prípade námietky:

• budeme rešpektovať vašu námietku.",
            "Vyplňte formulár a budeme rešpektovať vašu námietku.",
            "Meta píše: budeme rešpektovať vašu námietku.",
            "Ak ste už namietali, vašej námietke vyhovieme.",
            "Budeme rešpektovať vašu námietku. Najprv potvrďte svoj e-mail.",
            "Budeme rešpektovať vašu námietku. Momentálne posudzujeme vašu žiadosť.",
            "Nie je pravda, že vašej námietke sme vyhoveli.",
            "Vyhoveli sme vašej námietke proti odstráneniu vášho príspevku.",
            "Máte právo namietať. Budeme rešpektovať vašu námietku.",
            "Ján vás označil v komentári: budeme rešpektovať vašu námietku.",
            "Budeme rešpektovať vašu námietku. Váš kód: 123456",
            "Vaše informácie by sme nepoužívali pre AI v spoločnosti Meta.",
            "Ak ju podáte, budeme rešpektovať vašu námietku proti použitiu vašich informácií pre AI v spoločnosti Meta.",
            "Pošleme vám e-mail s potvrdením, že vaše verejné informácie nebudeme používať na vývoj modelov generatívnej AI.",
            "Vašej námietke nemôžeme vyhovieť.",
            "Budeme používať vaše informácie na zlepšovanie AI v spoločnosti Meta. Máte právo namietať. Ak vznesiete námietku, pošleme vám e-mail s potvrdením, že vaše verejné informácie nebudeme používať na vývoj modelov generatívnej AI.",
        ],
    );
}

#[test]
fn hungarian_promises_are_told_from_what_looks_like_one() {
    check_language(
        "Tiltakozás az információid felhasználása ellen: mesterséges intelligencia a Metánál",
        &[
            "Tiszteletben tartjuk a tiltakozásodat az információid felhasználása ellen.",
            "A nyilvános információidat a továbbiakban nem fogjuk felhasználni generatív AI-modellek fejlesztésére.",
            "A tiltakozásodat elfogadtuk.",
            "Megerősítjük, hogy a nyilvános adataidat nem fogjuk felhasználni AI-modellek fejlesztésére.",
            "Megvizsgáltuk a kérésedet, és elfogadjuk a tiltakozásodat.",
            "Ez azt jelenti, hogy a nyilvános információidat mostantól nem használjuk fel AI-modellek betanítására.",
            "Az Ön tiltakozását elfogadtuk.",
            "Helyt adtunk a tiltakozásának.",
        ],
        ["A tiltakozásodat nem tudjuk elfogadni.", "Megkaptuk a tiltakozásodat."],
        [
            "Jó hír a tiltakozásod ügyében: mától érvényes.",
            "Ez az üzenet nem jelenti azt, hogy elfogadjuk a tiltakozásodat.",
            "Nem ígérhetjük, hogy elfogadjuk a tiltakozásodat.",
        ],
        &[
            "Ha tiltakozol, nem fogjuk felhasználni a nyilvános információidat AI-modellek fejlesztésére.",
            "Nem fogjuk felhasználni a nyilvános információidat AI-modellek fejlesztésére, amennyiben elfogadjuk a tiltakozásodat.",
            "Az ellenőrzés után elfogadjuk a tiltakozásodat.",
            "Értesíteni fogunk arról, hogy elfogadtuk a tiltakozásodat.",
            "Elfogadjuk a tiltakozásodat?",
            "Megvizsgáljuk, hogy elfogadjuk-e a tiltakozásodat.",
            "Elfogadjuk-e a tiltakozásodat, azt később közöljük.",
            "Reméljük, hogy elfogadjuk a tiltakozásodat.",
            "A tiltakozásodat esetleg elfogadjuk.",
            "A privát üzeneteidet nem fogjuk felhasználni AI-modellek fejlesztésére.",
            "Nem fogadjuk el a tiltakozásodat.",
            "A tiltakozásodat 30 napig tiszteletben tartjuk.",
            "Elfogadtuk a tiltakozásodat. Ennél a fióknál azonban nem tudjuk elfogadni a tiltakozásodat.",
            "Elfogadjuk a tiltakozásodat, vagy megindokoljuk, miért nem.",
            "A tiltakozásodat tévedésből elfogadtuk.",
            "A tiltakozásodat május 27-ig tiszteletben tartjuk.",
            "Mi történik, ha tiltakozom? Elfogadjuk a tiltakozásodat.",
            "Tiltakozás esetén:

• elfogadjuk a tiltakozásodat.",
            "Töltsd ki az űrlapot, és elfogadjuk a tiltakozásodat.",
            "A Meta ezt írja: elfogadjuk a tiltakozásodat.",
            "Ha már korábban tiltakoztál, a tiltakozásodat elfogadtuk.",
            "Elfogadjuk a tiltakozásodat. Először erősítsd meg az e-mail-címedet.",
            "Elfogadtuk a tiltakozásodat. Jelenleg vizsgáljuk a kérelmedet.",
            "Nem igaz, hogy elfogadtuk a tiltakozásodat.",
            "Elfogadtuk a tiltakozásodat a bejegyzésed eltávolítása ellen.",
            "Jogod van tiltakozni. Elfogadjuk a tiltakozásodat.",
            "János megjelölt téged egy bejegyzésben: elfogadtuk a tiltakozásodat.",
            "Elfogadtuk a tiltakozásodat. A kódod: 123456",
            "A tiltakozásodat sajnos csak később, feltételekkel fogadhatjuk el.",
            "Ha űrlapot küldesz be, tiszteletben tartjuk a tiltakozásodat az információid felhasználása ellen.",
            "E-mailt küldünk, amelyben megerősítjük, hogy a nyilvános információidat nem fogjuk felhasználni generatív AI-modellek fejlesztésére.",
            "A tiltakozásodat nem tudjuk elfogadni.",
            "Az információidat fel fogjuk használni a mesterséges intelligencia fejlesztésére: AI a Metánál. Jogod van tiltakozni ez ellen. Ha tiltakozol, e-mailt küldünk, amelyben megerősítjük, hogy a nyilvános információidat nem fogjuk felhasználni generatív AI-modellek fejlesztésére.",
        ],
    );
}

#[test]
fn romanian_promises_are_told_from_what_looks_like_one() {
    check_language(
        "Opoziție la utilizarea informațiilor tale pentru AI de la Meta",
        &[
            "Vom respecta opoziția ta la utilizarea informațiilor tale pentru AI de la Meta.",
            "Nu vom mai folosi informațiile tale publice pentru dezvoltarea de modele AI generative de la Meta, adică modele de AI.",
            "Opoziția ta a fost acceptată.",
            "Confirmăm că nu vom folosi informațiile tale publice pentru AI de la Meta.",
            "Am analizat solicitarea ta și vom respecta opoziția ta.",
            "Aceasta înseamnă că nu vom mai utiliza datele tale publice pentru AI de la Meta.",
            "Am acceptat opoziţia dvs. la utilizarea informaţiilor pentru AI de la Meta.",
        ],
        ["Nu putem accepta opoziția ta.", "Am primit opoziția ta."],
        [
            "Vești bune despre opoziția ta: este valabilă de azi.",
            "Acest mesaj nu înseamnă că vom respecta opoziția ta.",
            "Nu putem promite că vom respecta opoziția ta.",
        ],
        &[
            "Dacă te opui, nu vom folosi informațiile tale pentru AI de la Meta.",
            "Nu vom folosi informațiile tale pentru AI de la Meta, după ce acceptăm cererea.",
            "În cazul în care te opui, vom respecta opoziția ta.",
            "Vei primi un e-mail că opoziția ta a fost acceptată.",
            "Vom respecta opoziția ta?",
            "Vom verifica dacă opoziția ta va fi acceptată.",
            "Sperăm că vom respecta opoziția ta.",
            "Opoziția ta ar putea fi acceptată, va fi posibil acceptată.",
            "Nu vom folosi mesajele tale private pentru AI de la Meta, nici datele tale.",
            "Vom respecta opoziția ta timp de 30 de zile.",
            "Opoziția ta nu a fost acceptată.",
            "Vom respecta opoziția ta. Totuși, nu putem accepta opoziția ta pentru acest cont.",
            "Vom respecta opoziția ta sau îți vom explica de ce nu.",
            "Opoziția ta a fost acceptată din greșeală.",
            "Vom respecta opoziția ta până la 27 mai.",
            "Ce se întâmplă dacă mă opun? Vom respecta opoziția ta.",
            "În cazul unei opoziții:

• vom respecta opoziția ta.",
            "Completează formularul și vom respecta opoziția ta.",
            "Meta scrie: vom respecta opoziția ta.",
            "Dacă te-ai opus deja, opoziția ta a fost acceptată.",
            "Vom respecta opoziția ta. Mai întâi confirmă adresa de e-mail.",
            "Vom respecta opoziția ta. În prezent analizăm solicitarea ta.",
            "Nu este adevărat că opoziția ta a fost acceptată.",
            "Am acceptat opoziția ta la eliminarea postării tale.",
            "Ai dreptul să te opui. Vom respecta opoziția ta.",
            "Ion te-a etichetat într-o postare: vom respecta opoziția ta.",
            "Vom respecta opoziția ta. Codul tău: 123456",
            "Am respecta opoziția ta, dar nu putem.",
            "Dacă trimiți formularul, vom respecta opoziția ta la utilizarea informațiilor tale pentru AI de la Meta.",
            "Îți vom trimite un e-mail prin care confirmăm că nu vom mai folosi informațiile tale publice pentru modele de AI.",
            "Nu putem accepta opoziția ta.",
            "Vom folosi informațiile tale pentru a îmbunătăți AI de la Meta. Ai dreptul să te opui. Dacă te opui, îți vom trimite un e-mail prin care confirmăm că nu vom mai folosi informațiile tale publice pentru modele de AI.",
        ],
    );
}

#[test]
fn greek_promises_are_told_from_what_looks_like_one() {
    check_language(
        "Αντίρρηση για τη χρήση των πληροφοριών σας για την AI στη Meta",
        &[
            "Θα σεβαστούμε την αντίρρησή σας για τη χρήση των πληροφοριών σας για την AI στη Meta.",
            "Δεν θα χρησιμοποιούμε πλέον τις δημόσιες πληροφορίες σας για την ανάπτυξη μοντέλων παραγωγικής AI.",
            "Η εναντίωσή σας έγινε δεκτή.",
            "Επιβεβαιώνουμε ότι δεν θα χρησιμοποιήσουμε τις δημόσιες πληροφορίες σας για την AI στη Meta.",
            "Εξετάσαμε το αίτημά σας και θα σεβαστούμε την εναντίωσή σας.",
            "Αυτό σημαίνει ότι δεν θα χρησιμοποιούμε πλέον τα δημόσια δεδομένα σας για την εκπαίδευση της AI.",
            "Η αντίρρησή σου έγινε δεκτή.",
        ],
        ["Δεν μπορούμε να κάνουμε δεκτή την αντίρρησή σας.", "Λάβαμε την αντίρρησή σας."],
        [
            "Καλά νέα για την αντίρρησή σας: ισχύει από σήμερα.",
            "Αυτό το μήνυμα δεν σημαίνει ότι θα σεβαστούμε την αντίρρησή σας.",
            "Δεν υποσχόμαστε ότι θα σεβαστούμε την αντίρρησή σας.",
        ],
        &[
            "Αν αντιταχθείτε, δεν θα χρησιμοποιούμε τις πληροφορίες σας για την AI στη Meta.",
            "Δεν θα χρησιμοποιούμε τις πληροφορίες σας για την AI στη Meta, εφόσον γίνει δεκτή η αντίρρηση.",
            "Μόλις το ελέγξουμε, θα σεβαστούμε την αντίρρησή σας.",
            "Θα λάβετε μήνυμα ότι η αντίρρησή σας έγινε δεκτή.",
            "Θα σεβαστούμε την αντίρρησή σας;",
            "Θα σεβαστούμε την αντίρρησή σας\u{37e}",
            "Θα εξετάσουμε εάν θα γίνει δεκτή: η αντίρρησή σας θα γίνει δεκτή.",
            "Ελπίζουμε ότι θα σεβαστούμε την αντίρρησή σας.",
            "Ίσως θα σεβαστούμε την αντίρρησή σας.",
            "Δεν θα χρησιμοποιούμε τα ιδιωτικά μηνύματα και τα δεδομένα σας για την AI στη Meta.",
            "Θα σεβαστούμε την αντίρρησή σας για 30 ημέρες.",
            "Η αντίρρησή σας δεν έγινε δεκτή.",
            "Θα σεβαστούμε την αντίρρησή σας. Ωστόσο δεν μπορούμε να κάνουμε δεκτή την αντίρρησή σας για αυτόν τον λογαριασμό.",
            "Θα σεβαστούμε την αντίρρησή σας ή θα εξηγήσουμε γιατί όχι.",
            "Η αντίρρησή σας έγινε δεκτή κατά λάθος.",
            "Θα σεβαστούμε την αντίρρησή σας έως τις 27 Μαΐου.",
            "Τι γίνεται αν αντιταχθώ; Θα σεβαστούμε την αντίρρησή σας.",
            "Σε περίπτωση εναντίωσης:

• θα σεβαστούμε την αντίρρησή σας.",
            "Συμπληρώστε τη φόρμα και θα σεβαστούμε την αντίρρησή σας.",
            "Η Meta γράφει: θα σεβαστούμε την αντίρρησή σας.",
            "Αν έχετε ήδη υποβάλει αντίρρηση, η αντίρρησή σας έγινε δεκτή.",
            "Θα σεβαστούμε την αντίρρησή σας. Πρώτα επιβεβαιώστε το email σας.",
            "Θα σεβαστούμε την αντίρρησή σας. Εξετάζουμε το αίτημά σας.",
            "Δεν αληθεύει ότι η αντίρρησή σας έγινε δεκτή.",
            "Κάναμε δεκτή την ένστασή σας για την αφαίρεση της δημοσίευσής σας.",
            "Έχετε δικαίωμα εναντίωσης. Θα σεβαστούμε την αντίρρησή σας.",
            "Ο Γιάννης σας ανέφερε σε ένα σχόλιο: θα σεβαστούμε την αντίρρησή σας.",
            "Θα σεβαστούμε την αντίρρησή σας. Ο κωδικός σας: 123456",
            "Θα σεβόμασταν την αντίρρησή σας.",
            "Αν συμπληρώσετε τη φόρμα, θα σεβαστούμε την αντίρρησή σας για τη χρήση των πληροφοριών σας για την AI στη Meta.",
            "Θα σας στείλουμε email που επιβεβαιώνει ότι δεν θα χρησιμοποιούμε τις δημόσιες πληροφορίες σας για μοντέλα παραγωγικής AI.",
            "Δεν μπορούμε να κάνουμε δεκτή την αντίρρησή σας.",
            "Θα χρησιμοποιούμε τις πληροφορίες σας για να βελτιώσουμε την AI στη Meta. Έχετε δικαίωμα εναντίωσης. Αν υποβάλετε αντίρρηση, θα σας στείλουμε email που επιβεβαιώνει ότι δεν θα χρησιμοποιούμε τις δημόσιες πληροφορίες σας για μοντέλα παραγωγικής AI.",
        ],
    );
}

#[test]
fn bulgarian_promises_are_told_from_what_looks_like_one() {
    check_language(
        "Възражение срещу използването на вашата информация за AI в Meta",
        &[
            "Ще уважим вашето възражение срещу използването на вашата информация за AI в Meta.",
            "Няма повече да използваме вашата публична информация за разработване на модели с генеративен изкуствен интелект.",
            "Възражението ви беше уважено.",
            "Потвърждаваме, че няма да използваме вашата публична информация за AI в Meta.",
            "Разгледахме искането ви и ще уважим вашето възражение.",
            "Това означава, че вече няма да използваме вашите публични данни за AI в Meta.",
            "Вашето възражение беше уважено.",
        ],
        ["Не можем да уважим вашето възражение.", "Получихме вашето възражение."],
        [
            "Добра новина за възражението ви: валидно е от днес.",
            "Това съобщение не означава, че ще уважим вашето възражение.",
            "Не можем да обещаем, че ще уважим вашето възражение.",
        ],
        &[
            "Ако възразите, няма да използваме вашата информация за AI в Meta.",
            "Няма да използваме вашата информация за AI в Meta, щом приемем възражението.",
            "След проверка ще уважим вашето възражение.",
            "Ще получите имейл, че възражението ви е уважено.",
            "Ще уважим ли вашето възражение?",
            "Ще проверим дали ще уважим вашето възражение.",
            "Надяваме се, че ще уважим вашето възражение.",
            "Може би ще уважим вашето възражение.",
            "Няма да използваме вашите лични съобщения и вашите данни за AI в Meta.",
            "Ще уважим вашето възражение за срок от 30 дни.",
            "Възражението ви не беше уважено.",
            "Ще уважим вашето възражение. За този акаунт обаче не можем да уважим вашето възражение.",
            "Ще уважим вашето възражение или ще обясним защо не.",
            "Възражението ви беше уважено по погрешка.",
            "Ще уважим вашето възражение до 27 май.",
            "Какво става, ако възразя? Ще уважим вашето възражение.",
            "В случай на възражение:

• ще уважим вашето възражение.",
            "Попълнете формуляра и ще уважим вашето възражение.",
            "Meta пише: ще уважим вашето възражение.",
            "Ако вече сте възразили, вашето възражение е уважено.",
            "Ще уважим вашето възражение. Първо потвърдете имейла си.",
            "Ще уважим вашето възражение. В момента разглеждаме искането ви.",
            "Не е вярно, че възражението ви е уважено.",
            "Уважихме вашето възражение срещу премахването на публикацията ви.",
            "Имате право на възражение. Ще уважим вашето възражение.",
            "Иван ви отбеляза в коментар: ще уважим вашето възражение.",
            "Ще уважим вашето възражение. Кодът ви: 123456",
            "Щяхме да уважим вашето възражение.",
            "Ако попълните формуляра, ще уважим вашето възражение срещу използването на вашата информация за AI в Meta.",
            "Ще ви изпратим имейл, с който потвърждаваме, че няма да използваме вашата публична информация за модели с изкуствен интелект.",
            "Не можем да уважим вашето възражение.",
            "Ще използваме вашата информация, за да подобрим AI в Meta. Имате право на възражение. Ако възразите, ще ви изпратим имейл, с който потвърждаваме, че няма да използваме вашата публична информация за модели с изкуствен интелект.",
        ],
    );
}

#[test]
fn croatian_promises_are_told_from_what_looks_like_one() {
    check_language(
        "Prigovor na upotrebu vaših informacija za AI u tvrtki Meta",
        &[
            "Poštovat ćemo vaš prigovor na upotrebu vaših informacija za AI u tvrtki Meta.",
            "Više nećemo koristiti vaše javne informacije za razvoj modela generativne AI.",
            "Vaš prigovor je prihvaćen.",
            "Potvrđujemo da nećemo koristiti vaše javne informacije za AI u tvrtki Meta.",
            "Pregledali smo vaš zahtjev i prihvatit ćemo vaš prigovor.",
            "To znači da više nećemo upotrebljavati vaše javne podatke za AI u tvrtki Meta.",
            "Prihvatili smo vaš prigovor.",
        ],
        ["Ne možemo prihvatiti vaš prigovor.", "Zaprimili smo vaš prigovor."],
        [
            "Dobra vijest o vašem prigovoru: vrijedi od danas.",
            "Ova poruka ne znači da ćemo prihvatiti vaš prigovor.",
            "Ne možemo obećati da ćemo prihvatiti vaš prigovor.",
        ],
        &[
            "Ako uložite prigovor, nećemo koristiti vaše informacije za AI u tvrtki Meta.",
            "Nećemo koristiti vaše informacije za AI u tvrtki Meta kada prihvatimo prigovor.",
            "Nakon provjere prihvatit ćemo vaš prigovor.",
            "Primit ćete e-poruku da je vaš prigovor prihvaćen.",
            "Hoće li vaš prigovor biti prihvaćen: vaš prigovor je prihvaćen?",
            "Provjerit ćemo hoćemo li prihvatiti vaš prigovor.",
            "Nadamo se da ćemo prihvatiti vaš prigovor.",
            "Možda ćemo prihvatiti vaš prigovor.",
            "Nećemo koristiti vaše privatne poruke ni vaše podatke za AI u tvrtki Meta.",
            "Prihvatili bismo vaš prigovor.",
            "Poštovat ćemo vaš prigovor 30 dana.",
            "Vaš prigovor nije prihvaćen.",
            "Prihvatit ćemo vaš prigovor. Za ovaj račun ipak ne možemo prihvatiti vaš prigovor.",
            "Prihvatit ćemo vaš prigovor ili ćemo objasniti zašto ne.",
            "Vaš prigovor je prihvaćen pogreškom.",
            "Poštovat ćemo vaš prigovor do 27. svibnja.",
            "Što se događa ako uložim prigovor? Poštovat ćemo vaš prigovor.",
            "U slučaju prigovora:

• poštovat ćemo vaš prigovor.",
            "Ispunite obrazac i poštovat ćemo vaš prigovor.",
            "Meta piše: poštovat ćemo vaš prigovor.",
            "Ako ste već uložili prigovor, vaš prigovor je prihvaćen.",
            "Poštovat ćemo vaš prigovor. Najprije potvrdite svoju e-adresu.",
            "Poštovat ćemo vaš prigovor. Trenutačno razmatramo vaš zahtjev.",
            "Nije istina da je vaš prigovor prihvaćen.",
            "Prihvatili smo vaš prigovor na uklanjanje vaše objave.",
            "Imate pravo na prigovor. Poštovat ćemo vaš prigovor.",
            "Ivan vas je spomenuo u komentaru: poštovat ćemo vaš prigovor.",
            "Poštovat ćemo vaš prigovor. Vaš kod: 123456",
            "Budete li uložili prigovor, nećemo koristiti vaše informacije za AI u tvrtki Meta.",
            "Ako ispunite obrazac, poštovat ćemo vaš prigovor na upotrebu vaših informacija za AI u tvrtki Meta.",
            "Poslat ćemo vam e-poruku kojom potvrđujemo da nećemo koristiti vaše javne informacije za razvoj modela generativne AI.",
            "Ne možemo prihvatiti vaš prigovor.",
            "Koristit ćemo vaše informacije za poboljšanje AI u tvrtki Meta. Imate pravo na prigovor. Ako uložite prigovor, poslat ćemo vam e-poruku kojom potvrđujemo da nećemo koristiti vaše javne informacije za razvoj modela generativne AI.",
        ],
    );
}

#[test]
fn slovenian_promises_are_told_from_what_looks_like_one() {
    check_language(
        "Ugovor proti uporabi vaših informacij za umetno inteligenco v podjetju Meta",
        &[
            "Upoštevali bomo vaš ugovor proti uporabi vaših informacij za AI v podjetju Meta.",
            "Vaših javnih informacij ne bomo več uporabljali za razvoj modelov generativne AI.",
            "Vaš ugovor je bil odobren.",
            "Potrjujemo, da vaših javnih informacij ne bomo uporabljali za AI v podjetju Meta.",
            "Pregledali smo vaš zahtevek in bomo upoštevali vaš ugovor.",
            "To pomeni, da vaših javnih podatkov ne bomo več uporabljali za AI v podjetju Meta.",
            "Vašemu ugovoru smo ugodili.",
            "Upoštevali bomo vaš ugovor.",
        ],
        ["Vašemu ugovoru ne moremo ugoditi.", "Prejeli smo vaš ugovor."],
        [
            "Dobra novica o vašem ugovoru: velja od danes.",
            "To sporočilo ne pomeni, da bomo upoštevali vaš ugovor.",
            "Ne moremo obljubiti, da bomo upoštevali vaš ugovor.",
        ],
        &[
            "Če ugovarjate, vaših informacij ne bomo uporabljali za AI v podjetju Meta.",
            "Vaših informacij ne bomo uporabljali za AI v podjetju Meta, ko bo ugovor sprejet.",
            "Po preverjanju bomo upoštevali vaš ugovor.",
            "Prejeli boste sporočilo, da je bil vaš ugovor odobren: vaš ugovor je bil odobren.",
            "Ali bomo upoštevali vaš ugovor?",
            "Preverili bomo, ali bomo upoštevali vaš ugovor.",
            "Upamo, da bomo upoštevali vaš ugovor.",
            "Morda bomo upoštevali vaš ugovor.",
            "Vaših zasebnih sporočil in vaših podatkov ne bomo uporabljali za AI v podjetju Meta.",
            "Vaš ugovor bi bil odobren.",
            "Vaš ugovor bomo upoštevali za 30 dni.",
            "Vaš ugovor ni bil odobren.",
            "Bomo upoštevali vaš ugovor. Za ta račun vašemu ugovoru žal ne moremo ugoditi.",
            "Upoštevali bomo vaš ugovor ali pojasnili, zakaj ne.",
            "Vaš ugovor je bil pomotoma odobren.",
            "Upoštevali bomo vaš ugovor do 27. maja.",
            "Kaj se zgodi, če ugovarjam? Upoštevali bomo vaš ugovor.",
            "V primeru ugovora:

• upoštevali bomo vaš ugovor.",
            "Izpolnite obrazec in upoštevali bomo vaš ugovor.",
            "Meta piše: upoštevali bomo vaš ugovor.",
            "Če ste že ugovarjali, je vaš ugovor sprejet, vaš ugovor je odobren.",
            "Upoštevali bomo vaš ugovor. Najprej potrdite svoj e-naslov.",
            "Upoštevali bomo vaš ugovor. Trenutno pregledujemo vaš zahtevek.",
            "Ni res, da je bil vaš ugovor odobren: vaš ugovor je bil odobren.",
            "Upoštevali bomo vaš ugovor proti odstranitvi vaše objave.",
            "Imate pravico do ugovora. Upoštevali bomo vaš ugovor.",
            "Janez vas je omenil v komentarju: upoštevali bomo vaš ugovor.",
            "Upoštevali bomo vaš ugovor. Vaša koda: 123456",
            "Sprejeli smo vaš ugovor v obravnavo.",
            "Če izpolnite obrazec, bomo upoštevali vaš ugovor proti uporabi vaših informacij za AI v podjetju Meta.",
            "Poslali vam bomo e-pošto, s katero potrjujemo, da vaših javnih informacij ne bomo uporabljali za razvoj modelov generativne AI.",
            "Vašemu ugovoru ne moremo ugoditi.",
            "Vaše informacije bomo uporabljali za izboljšanje AI v podjetju Meta. Imate pravico do ugovora. Če ugovarjate, vam bomo poslali e-pošto, s katero potrjujemo, da vaših javnih informacij ne bomo uporabljali za razvoj modelov generativne AI.",
        ],
    );
}

#[test]
fn maltese_promises_are_told_from_what_looks_like_one() {
    check_language(
        "Oġġezzjoni għall-użu tal-informazzjoni tiegħek għall-AI ta’ Meta",
        &[
            "Se nirrispettaw l-oġġezzjoni tiegħek għall-użu tal-informazzjoni tiegħek għall-AI ta’ Meta.",
            "Mhux se nibqgħu nużaw l-informazzjoni pubblika tiegħek għall-iżvilupp tal-AI ta’ Meta.",
            "L-oġġezzjoni tiegħek ġiet aċċettata.",
            "Nikkonfermaw li mhux se nużaw l-informazzjoni pubblika tiegħek għall-AI ta’ Meta.",
            "Irrevedejna t-talba tiegħek u se nirrispettaw l-oġġezzjoni tiegħek.",
            "Dan ifisser li m’aħniex se nużaw id-data pubblika tiegħek għall-AI ta’ Meta.",
            "Aċċettajna l-oġġezzjoni tiegħek.",
        ],
        ["Ma nistgħux nilqgħu l-oġġezzjoni tiegħek.", "Irċevejna l-oġġezzjoni tiegħek."],
        [
            "Aħbar tajba dwar l-oġġezzjoni tiegħek: tgħodd mil-lum.",
            "Dan il-messaġġ ma jfissirx li se nirrispettaw l-oġġezzjoni tiegħek.",
            "Ma nistgħux inwiegħdu li se nirrispettaw l-oġġezzjoni tiegħek.",
        ],
        &[
            "Jekk toġġezzjona, mhux se nużaw l-informazzjoni tiegħek għall-AI ta’ Meta.",
            "Meta toġġezzjona, mhux se nużaw l-informazzjoni tiegħek għall-AI ta’ Meta.",
            "Mhux se nużaw l-informazzjoni tiegħek għall-AI ta’ Meta malli naċċettaw it-talba.",
            "Wara l-verifika se nirrispettaw l-oġġezzjoni tiegħek.",
            "Tirċievi email li l-oġġezzjoni tiegħek ġiet aċċettata.",
            "Se nirrispettaw l-oġġezzjoni tiegħek?",
            "Nittamaw li se nirrispettaw l-oġġezzjoni tiegħek.",
            "Forsi se nirrispettaw l-oġġezzjoni tiegħek.",
            "Mhux se nużaw il-messaġġi privati tiegħek jew id-data tiegħek għall-AI ta’ Meta.",
            "M’aħniex se nirrispettaw l-oġġezzjoni tiegħek.",
            "Se nirrispettaw l-oġġezzjoni tiegħek għal 30 jum, xahar wieħed.",
            "L-oġġezzjoni tiegħek ma ġietx aċċettata.",
            "Se nirrispettaw l-oġġezzjoni tiegħek. Madankollu ma nistgħux nilqgħu l-oġġezzjoni tiegħek għal dan il-kont.",
            "Se nirrispettaw l-oġġezzjoni tiegħek jew nispjegaw għaliex le.",
            "L-oġġezzjoni tiegħek ġiet aċċettata bi żball.",
            "Se nirrispettaw l-oġġezzjoni tiegħek sas-27 ta’ Mejju.",
            "X’jiġri jekk noġġezzjona? Se nirrispettaw l-oġġezzjoni tiegħek.",
            "F’każ ta’ oġġezzjoni:

• se nirrispettaw l-oġġezzjoni tiegħek.",
            "Imla l-formola u se nirrispettaw l-oġġezzjoni tiegħek.",
            "Meta qalet: se nirrispettaw l-oġġezzjoni tiegħek.",
            "Jekk diġà oġġezzjonajt, l-oġġezzjoni tiegħek ġiet aċċettata.",
            "Se nirrispettaw l-oġġezzjoni tiegħek. L-ewwel ikkonferma l-email tiegħek.",
            "Se nirrispettaw l-oġġezzjoni tiegħek. Bħalissa qed neżaminaw it-talba tiegħek.",
            "Mhux minnu li l-oġġezzjoni tiegħek ġiet aċċettata.",
            "Għandek id-dritt li toġġezzjona. Se nirrispettaw l-oġġezzjoni tiegħek.",
            "Ġanni semmiek f’kumment: se nirrispettaw l-oġġezzjoni tiegħek.",
            "Se nirrispettaw l-oġġezzjoni tiegħek. Il-kodiċi tiegħek: 123456",
            "Meta naċċettaw l-oġġezzjoni tiegħek, se nirrispettaw l-oġġezzjoni tiegħek.",
            "Jekk timla l-formola, se nirrispettaw l-oġġezzjoni tiegħek għall-użu tal-informazzjoni tiegħek għall-AI ta’ Meta.",
            "Nibagħtulek email li jikkonferma li mhux se nużaw l-informazzjoni pubblika tiegħek għall-iżvilupp tal-AI ta’ Meta.",
            "Ma nistgħux nilqgħu l-oġġezzjoni tiegħek.",
            "Se nużaw l-informazzjoni tiegħek biex intejbu l-AI ta’ Meta. Għandek id-dritt li toġġezzjona. Jekk toġġezzjona, nibagħtulek email li jikkonferma li mhux se nużaw l-informazzjoni pubblika tiegħek għall-iżvilupp tal-AI ta’ Meta.",
        ],
    );
}
