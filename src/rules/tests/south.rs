//! Promises, refusals and look-alikes in Hungarian, Romanian, Greek and Maltese. No confirmation
//! was ever published in any of them.

use super::check_answers;

#[test]
fn hungarian_promises_are_told_from_what_looks_like_one() {
    check_answers(
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
    check_answers(
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
    check_answers(
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
fn maltese_promises_are_told_from_what_looks_like_one() {
    check_answers(
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
