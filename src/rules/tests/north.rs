//! Promises, refusals and look-alikes in the languages of the north: Danish, Norwegian, Swedish, Finnish, Icelandic, Estonian, Latvian,
//! Lithuanian, Irish. No confirmation was ever published in any of them.

use super::check_language;

#[test]
fn danish_promises_are_told_from_what_looks_like_one() {
    let subject = "Gør indsigelse mod, at dine oplysninger bliver brugt til AI hos Meta";
    let promises = [
        "Vi vil imødekomme din indsigelse.",
        "Din indsigelse mod brugen af dine oplysninger til AI hos Meta er blevet imødekommet.",
        "Det betyder, at vi fremadrettet ikke vil bruge dine offentlige oplysninger til at udvikle generative AI-modeller.",
        "Vi har gennemgået din anmodning og vil respektere din indsigelse.",
        "Vi tager din indsigelse til følge.",
    ];
    let refusals = ["Vi kan desværre ikke imødekomme din indsigelse."];
    let near = [
        "Hvis du gør indsigelse, sender vi dig en mail, der bekræfter, at vi ikke længere bruger dine oplysninger til AI hos Meta.",
        "Gør du indsigelse, vil vi imødekomme din indsigelse.",
        "Vi vil imødekomme din indsigelse, såfremt betingelserne er opfyldt.",
        "Du vil modtage en mail, hvor vi bekræfter, at vi vil imødekomme din indsigelse.",
        "Vi vil ikke imødekomme din indsigelse.",
        "Det betyder ikke, at vi vil imødekomme din indsigelse.",
        "Vi kan ikke love, at vi ikke vil bruge dine offentlige oplysninger til AI hos Meta.",
        "Vi overvejer, om vi vil imødekomme din indsigelse.",
        "Vil I imødekomme min indsigelse? Vi vil imødekomme din indsigelse?",
        "Din indsigelse vil måske blive imødekommet, og vi vil imødekomme din indsigelse senere.",
        "Vi vil imødekomme din indsigelse mod annoncer.",
        "Vi bruger ikke dine private beskeder til AI hos Meta.",
        "Skulle du gøre indsigelse: Vi vil imødekomme din indsigelse.",
        "Du har ret til at gøre indsigelse. Vi vil imødekomme din indsigelse.",
        "Meta skriver: »Vi vil imødekomme din indsigelse.«",
        "Vi vil imødekomme din indsigelse med mindre den avvises.",
        "Vi lover intet, men vi vil imødekomme din indsigelse på et tidspunkt, hvis alt går vel.",
        "Vi vil imødekomme din indsigelse, så snart du har svaret.",
        "Kun hvis du bor i EU, vil din indsigelse blive imødekommet.",
        "Vi vil delvist imødekomme din indsigelse, og vi vil imødekomme din indsigelse delvist.",
    ];
    check_language(subject, &promises, &refusals, &near);
}

#[test]
fn norwegian_promises_are_told_from_what_looks_like_one() {
    let subject = "Protester mot at informasjonen din brukes til AI hos Meta";
    let promises = [
        "Vi vil imøtekomme protesten din.",
        "Protesten din er tatt til følge.",
        "Dette betyr at vi ikke lenger vil bruke den offentlige informasjonen din til å utvikle generative KI-modeller.",
        "Vi har gått gjennom forespørselen din og vil respektere innsigelsen din.",
        "Vi tek motsegna di til følge og godtar motsegna din.",
    ];
    let refusals = ["Vi kan dessverre ikke imøtekomme protesten din.", "Vi avviser protesten din."];
    let near = [
        "Hvis du protesterer, sender vi deg en e-post som bekrefter at vi ikke lenger bruker informasjonen din til AI hos Meta.",
        "Protesterer du, vil vi imøtekomme protesten din.",
        "Vi vil imøtekomme protesten din dersom vilkårene er oppfylt.",
        "Du vil motta en e-post der vi bekrefter at vi vil imøtekomme protesten din.",
        "Vi vil ikke imøtekomme protesten din.",
        "Dette betyr ikke at vi vil imøtekomme protesten din.",
        "Me vil ikkje imøtekomme protesten din, og vi vil imøtekomme protesten din ikkje i år.",
        "Vi vurderer om vi vil imøtekomme protesten din.",
        "Vi vil imøtekomme protesten din?",
        "Vi håper at vi vil imøtekomme protesten din.",
        "Vi vil imøtekomme protesten din mot annonser.",
        "Vi bruker ikke lenger de private meldingene dine til AI hos Meta.",
        "Dette skjer når du protesterer: Vi vil imøtekomme protesten din.",
        "Du har rett til å protestere. Vi vil imøtekomme protesten din.",
        "En avis skriver: «Vi vil imøtekomme protesten din.»",
        "Kanskje vil vi ta protesten din til følge, og vi vil ta protesten din til følge i så fall.",
        "Vi vil imøtekomme protesten din så snart du har svart.",
        "Protesten din er ikke tatt til følge.",
        "Når protesten din er tatt til følge, bruker vi ikke lenger informasjonen din til AI hos Meta.",
        "Protester her, og vi bruker ikke lenger informasjonen din til AI hos Meta.",
    ];
    check_language(subject, &promises, &refusals, &near);
}

#[test]
fn swedish_promises_are_told_from_what_looks_like_one() {
    let subject = "Invänd mot att din information används för AI på Meta: invändning";
    let promises = [
        "Vi kommer att respektera din invändning.",
        "Din invändning mot användningen av din information för AI på Meta har godkänts.",
        "Det betyder att vi inte längre kommer att använda din offentliga information för att utveckla generativa AI-modeller.",
        "Vi har granskat din begäran och kommer att godkänna din invändning.",
        "Härmed bekräftar vi att vi respekterar din invändning, och vi respekterar din invändning från och med i dag.",
    ];
    let refusals = ["Vi kan tyvärr inte godkänna din invändning."];
    let near = [
        "Om du invänder skickar vi ett mejl som bekräftar att vi inte längre kommer att använda din information för AI på Meta.",
        "Invänder du kommer vi att respektera din invändning, och vi kommer att respektera din invändning.",
        "Vi kommer att respektera din invändning såvida du bor i EU.",
        "Du kommer att få ett mejl där vi bekräftar att vi kommer att respektera din invändning.",
        "Vi kommer inte att respektera din invändning.",
        "Det betyder inte att vi kommer att respektera din invändning.",
        "Vi kan inte lova att vi inte kommer att använda din information för AI på Meta.",
        "Vi utreder om vi kommer att respektera din invändning.",
        "Din invändning har godkänts?",
        "Din invändning kanske har godkänts.",
        "Vi kommer att respektera din invändning mot annonser.",
        "Vi använder inte dina privata meddelanden för AI på Meta.",
        "Detta gäller när du invänder: Vi kommer att respektera din invändning.",
        "Du har rätt att invända. Vi kommer att respektera din invändning.",
        "Meta skriver: ”Vi kommer att respektera din invändning.”",
        "Skulle du invända så kommer vi, och vi kommer att respektera din invändning.",
        "Vi kommer att respektera din invändning så snart du har svarat.",
        "Din invändning har inte godkänts.",
        "När din invändning har godkänts använder vi inte längre din information för AI på Meta.",
        "Invänd här så använder vi inte längre din information, och vi använder inte längre din information för AI på Meta.",
    ];
    check_language(subject, &promises, &refusals, &near);
}

#[test]
fn finnish_promises_are_told_from_what_looks_like_one() {
    let subject = "Vastustamisoikeus: tietojesi käyttö Metan tekoälyyn";
    let promises = [
        "Kunnioitamme vastustustasi.",
        "Vastustamispyyntösi on hyväksytty.",
        "Tämä tarkoittaa, että emme enää käytä julkisia tietojasi Facebookista ja Instagramista generatiivisten tekoälymallien kehittämiseen.",
        "Olemme käsitelleet pyyntösi ja hyväksymme vastustuksesi.",
        "Tästä lähtien julkisia tietojasi ei enää käytetä generatiivisen tekoälyn kehittämiseen.",
    ];
    let refusals = ["Emme valitettavasti voi hyväksyä vastustamispyyntöäsi.", "Vastustuksesi on hylätty."];
    let near = [
        "Jos vastustat, lähetämme sinulle sähköpostin, jossa vahvistamme, ettemme enää käytä tietojasi Metan tekoälyyn.",
        "Kunnioitamme vastustustasi, mikäli ehdot täyttyvät.",
        "Vastustettuasi emme enää käytä julkisia tietojasi Metan tekoälyyn.",
        "Saat sähköpostin, jossa vahvistamme, että kunnioitamme vastustustasi.",
        "Emme kunnioita vastustustasi.",
        "Tämä ei tarkoita, että kunnioitamme vastustustasi.",
        "Emme voi luvata, että emme enää käytä julkisia tietojasi Metan tekoälyyn.",
        "Selvitämme, kunnioitammeko vastustustasi ja hyväksymme vastustuksesi.",
        "Onko niin? Vastustuksesi on hyväksytty?",
        "Vastustuksesi on ehkä hyväksytty, tai vastustuksesi on hyväksytty.",
        "Ellei muuta ilmene, hyväksymme vastustuksesi.",
        "Hyväksymme mainontaa koskevan pyyntösi ja kunnioitamme vastustustasi.",
        "Emme käytä yksityisviestejäsi emmekä siis emme käytä tietojasi yksityisviesteistä Metan tekoälyyn.",
        "Mitä tapahtuu, kun vastustat: Kunnioitamme vastustustasi.",
        "Sinulla on oikeus vastustaa. Kunnioitamme vastustustasi.",
        "Meta kirjoittaa: ”Me hyväksymme vastustuksesi ja kunnioitamme vastustustasi.”",
        "Kunnioitamme vastustustasi heti kun olet vastannut.",
        "Vastustuksesi ei ole hyväksytty.",
        "Kun vastustuksesi on hyväksytty, emme enää käytä tietojasi Metan tekoälyyn.",
        "Vastusta tässä, niin emme enää käytä tietojasi Metan tekoälyyn.",
    ];
    check_language(subject, &promises, &refusals, &near);
}

#[test]
fn icelandic_promises_are_told_from_what_looks_like_one() {
    let subject = "Andmæli við notkun upplýsinga þinna fyrir gervigreind hjá Meta";
    let promises = [
        "Við munum virða andmæli þín.",
        "Andmæli þín gegn notkun upplýsinga þinna hafa verið tekin til greina.",
        "Þetta þýðir að við munum ekki lengur nota opinberar upplýsingar þínar til að þróa gervigreindarlíkön.",
        "Við höfum farið yfir beiðni þína og munum verða við andmælum þínum.",
        "Opinberar upplýsingar þínar verða ekki lengur notaðar fyrir gervigreind hjá Meta.",
    ];
    let refusals = ["Við getum því miður ekki orðið við andmælum þínum.", "Andmælum þínum hefur verið hafnað."];
    let near = [
        "Ef þú andmælir sendum við þér tölvupóst sem staðfestir að við munum ekki lengur nota upplýsingar þínar fyrir gervigreind hjá Meta.",
        "Andmælir þú, þá gildir þetta, og við munum virða andmæli þín.",
        "Við munum virða andmæli þín nema annað komi í ljós.",
        "Þú færð tölvupóst þar sem við staðfestum að við munum virða andmæli þín.",
        "Við munum ekki virða andmæli þín.",
        "Þetta þýðir ekki að við munum virða andmæli þín.",
        "Við getum ekki lofað að við munum ekki nota upplýsingar þínar fyrir gervigreind hjá Meta.",
        "Við metum hvort við munum virða andmæli þín.",
        "Við munum virða andmæli þín?",
        "Kannski munum við bíða, en við munum virða andmæli þín.",
        "Við myndum virða andmæli þín.",
        "Við munum virða andmæli þín við auglýsingum.",
        "Við notum ekki einkaskilaboð eða upplýsingar þínar úr einkaskilaboðum fyrir gervigreind hjá Meta.",
        "Þetta gerist þegar þú andmælir: Við munum virða andmæli þín.",
        "Þú átt rétt á að andmæla. Við munum virða andmæli þín.",
        "Blaðið segir: „Við munum virða andmæli þín.“",
        "Við munum virða andmæli þín um leið og þú svarar.",
        "Andmæli þín hafa ekki verið samþykkt.",
        "Þegar andmæli þín hafa verið samþykkt notum við þær ekki, og við munum ekki lengur nota upplýsingar þínar fyrir gervigreind hjá Meta.",
        "Andmæltu hér og við munum ekki lengur nota upplýsingar þínar fyrir gervigreind hjá Meta.",
    ];
    check_language(subject, &promises, &refusals, &near);
}

#[test]
fn estonian_promises_are_told_from_what_looks_like_one() {
    let subject = "Vastuväide teie teabe kasutamisele: Meta tehisintellekt";
    let promises = [
        "Me austame teie vastuväidet.",
        "Teie vastuväide teabe kasutamisele on rahuldatud.",
        "See tähendab, et me ei kasuta enam teie avalikku teavet generatiivse tehisintellekti mudelite arendamiseks.",
        "Oleme teie taotluse läbi vaadanud ja rahuldame teie vastuväite.",
        "Sinu avalikku teavet ei kasutata enam Meta tehisintellekti jaoks.",
    ];
    let refusals = [
        "Kahjuks ei saa me teie vastuväidet rahuldada, sest me ei saa teie vastuväidet rahuldada.",
        "Teie vastuväide on tagasi lükatud.",
    ];
    let near = [
        "Kui esitate vastuväite, saadame teile e-kirja, mis kinnitab, et me ei kasuta enam teie teavet Meta tehisintellekti jaoks.",
        "Me austame teie vastuväidet, kui tingimused on täidetud.",
        "Vastuväite esitamisel me ei kasuta enam teie avalikku teavet Meta tehisintellekti jaoks.",
        "Te saate e-kirja, milles kinnitame, et me austame teie vastuväidet.",
        "Me ei austa teie vastuväidet.",
        "See ei tähenda, et me austame teie vastuväidet.",
        "Me ei saa lubada, et me ei kasuta enam teie avalikku teavet Meta tehisintellekti jaoks.",
        "Kaalume, kas me austame teie vastuväidet.",
        "Me austame teie vastuväidet?",
        "Võib-olla teie vastuväide on rahuldatud.",
        "Me austame teie vastuväidet reklaamide suhtes.",
        "Me ei kasuta enam teie sõnumeid ega teavet Meta tehisintellekti jaoks.",
        "Juhul kui vaidlustate: Me austame teie vastuväidet.",
        "Teil on õigus esitada vastuväiteid. Me austame teie vastuväidet.",
        "Meta kirjutab: „Me austame teie vastuväidet.“",
        "Teie vastuväide ei ole rahuldatud.",
        "Me austame teie vastuväidet niipea, kui olete vastanud.",
        "Teie vastuväide pole rahuldatud.",
        "Pärast vastuväite rahuldamist me ei kasuta enam teie teavet Meta tehisintellekti jaoks.",
        "Esitage vastuväide ja me ei kasuta enam teie teavet Meta tehisintellekti jaoks.",
    ];
    check_language(subject, &promises, &refusals, &near);
}

#[test]
fn latvian_promises_are_told_from_what_looks_like_one() {
    let subject = "Iebildums pret jūsu informācijas izmantošanu: Meta mākslīgais intelekts";
    let promises = [
        "Mēs ievērosim jūsu iebildumu.",
        "Jūsu iebildums pret informācijas izmantošanu ir apmierināts.",
        "Tas nozīmē, ka mēs vairs neizmantosim jūsu publisko informāciju, lai attīstītu ģeneratīvā mākslīgā intelekta modeļus.",
        "Esam izskatījuši jūsu pieprasījumu un apmierināsim jūsu iebildumu.",
        "Jūsu publiskā informācija vairs netiks izmantota mākslīgā intelekta modeļiem.",
    ];
    let refusals = ["Diemžēl nevaram apmierināt jūsu iebildumu.", "Jūsu iebildums ir noraidīts."];
    let near = [
        "Ja jūs iebildīsiet, nosūtīsim jums e-pasta vēstuli, kas apstiprinās, ka mēs vairs neizmantosim jūsu informāciju Meta mākslīgajam intelektam.",
        "Ja jūs līdz 2025. gada 27. maijam iebildīsiet, mēs ievērosim jūsu iebildumu.",
        "Mēs ievērosim jūsu iebildumu ar nosacījumu, ka dzīvojat ES.",
        "Iesniedzot iebildumu, mēs vairs neizmantosim jūsu publisko informāciju Meta mākslīgajam intelektam.",
        "Jūs saņemsiet vēstuli, kurā apstiprinām, ka ievērosim jūsu iebildumu.",
        "Mēs neievērosim jūsu iebildumu.",
        "Tas nenozīmē, ka mēs ievērosim jūsu iebildumu.",
        "Nevaram apsolīt, ka mēs vairs neizmantosim jūsu informāciju Meta mākslīgajam intelektam.",
        "Izvērtēsim, vai ievērosim jūsu iebildumu.",
        "Mēs ievērosim jūsu iebildumu?",
        "Iespējams, mēs ievērosim jūsu iebildumu.",
        "Mēs ievērosim jūsu iebildumu pret reklāmām.",
        "Mēs neizmantosim jūsu privātās ziņas un jūsu informāciju no tām: ziņojumi netiks izmantoti Meta mākslīgajam intelektam.",
        "Kas notiek, kad jūs iebilstat: Mēs ievērosim jūsu iebildumu.",
        "Jums ir tiesības iebilst. Mēs ievērosim jūsu iebildumu.",
        "Avīze raksta: „Mēs ievērosim jūsu iebildumu.“",
        "Jūsu iebildums ir pieņemts izskatīšanai, un mēs ievērosim jūsu iebildumu.",
        "Mēs ievērosim jūsu iebildumu, tiklīdz būsiet atbildējuši.",
        "Jūsu iebildums nav apmierināts.",
        "Kad jūsu iebildums ir apmierināts, mēs vairs neizmantosim jūsu informāciju Meta mākslīgajam intelektam.",
        "Iebilstiet šeit, un mēs vairs neizmantosim jūsu informāciju Meta mākslīgajam intelektam.",
    ];
    check_language(subject, &promises, &refusals, &near);
}

#[test]
fn lithuanian_promises_are_told_from_what_looks_like_one() {
    let subject = "Prieštaravimas dėl jūsų informacijos naudojimo: „Meta“ dirbtinis intelektas";
    let promises = [
        "Mes gerbsime jūsų prieštaravimą.",
        "Jūsų prieštaravimas dėl informacijos naudojimo buvo patenkintas.",
        "Tai reiškia, kad nebenaudosime jūsų viešos informacijos generatyviniams dirbtinio intelekto modeliams kurti.",
        "Peržiūrėjome jūsų prašymą ir patenkinsime jūsų nesutikimą.",
        "Jūsų vieša informacija nebebus naudojama dirbtinio intelekto modeliams tobulinti.",
    ];
    let refusals = ["Deja, negalime patenkinti jūsų prieštaravimo.", "Jūsų nesutikimas atmestas."];
    let near = [
        "Jei prieštarausite, atsiųsime jums el. laišką, kuriame patvirtinsime, kad nebenaudosime jūsų informacijos „Meta“ dirbtiniam intelektui.",
        "Mes gerbsime jūsų prieštaravimą, jeigu bus įvykdytos sąlygos.",
        "Pateikus prieštaravimą, nebenaudosime jūsų viešos informacijos „Meta“ dirbtiniam intelektui.",
        "Gausite laišką, kuriame patvirtiname, kad gerbsime jūsų prieštaravimą.",
        "Mes negerbsime jūsų prieštaravimo.",
        "Tai nereiškia, kad gerbsime jūsų prieštaravimą.",
        "Negalime pažadėti, kad nebenaudosime jūsų informacijos „Meta“ dirbtiniam intelektui.",
        "Svarstysime, ar gerbsime jūsų prieštaravimą.",
        "Mes gerbsime jūsų prieštaravimą?",
        "Galbūt mes gerbsime jūsų prieštaravimą.",
        "Mes gerbsime jūsų prieštaravimą dėl reklamos.",
        "Nenaudosime jūsų informacijos iš privačių žinučių „Meta“ dirbtiniam intelektui.",
        "Kas nutiks, kai prieštarausite: Mes gerbsime jūsų prieštaravimą.",
        "Turite teisę nesutikti. Mes gerbsime jūsų prieštaravimą.",
        "Laikraštis rašo: „Mes gerbsime jūsų prieštaravimą.“",
        "Jūsų prieštaravimas nebuvo patenkintas.",
        "Mes gerbsime jūsų prieštaravimą, kai tik atsakysite.",
        "Jūsų prieštaravimas nėra patenkintas.",
        "Kai jūsų prieštaravimas bus patenkintas, nebenaudosime jūsų informacijos „Meta“ dirbtiniam intelektui.",
        "Prieštaraukite čia, ir nebenaudosime jūsų informacijos „Meta“ dirbtiniam intelektui.",
    ];
    check_language(subject, &promises, &refusals, &near);
}

#[test]
fn irish_promises_are_told_from_what_looks_like_one() {
    let subject = "Agóid i gcoinne úsáid d'fhaisnéise don intleacht shaorga ag Meta";
    let promises = [
        "Urramóimid d'agóid.",
        "Tá glactha againn le d’agóid.",
        "Ciallaíonn sé seo nach n-úsáidfimid d'fhaisnéis phoiblí a thuilleadh chun samhlacha intleachta saorga a fhorbairt.",
        "Rinneamar athbhreithniú ar d'iarratas agus glacfaimid le d'agóid.",
        "Ní úsáidfear do chuid faisnéise a thuilleadh don intleacht shaorga ag Meta.",
    ];
    let refusals = ["Faraor, ní féidir linn glacadh le d'agóid.", "Diúltaíodh d'agóid."];
    let near = [
        "Má dhéanann tú agóid, seolfaimid ríomhphost chugat ag deimhniú nach n-úsáidfimid d'fhaisnéis a thuilleadh don intleacht shaorga ag Meta.",
        "Urramóimid d'agóid má chomhlíontar na coinníollacha.",
        "Nuair a dhéanann tú agóid, ní úsáidfimid d'fhaisnéis a thuilleadh don intleacht shaorga ag Meta.",
        "Gheobhaidh tú ríomhphost a deir go nglacfaimid le d'agóid agus urramóimid d'agóid.",
        "Ní urramóimid d'agóid.",
        "Ní chiallaíonn sé seo go nglacfaimid le d'agóid.",
        "Ní féidir linn a gheallúint nach n-úsáidfimid d'fhaisnéis don intleacht shaorga ag Meta.",
        "Ní úsáidfimid d'fhaisnéis ach don intleacht shaorga ag Meta.",
        "Urramóimid d'agóid?",
        "B'fhéidir, b'fhéidir: urramóimid d'agóid.",
        "Urramóimid d'agóid i gcoinne fógraí.",
        "Ní úsáidfimid do chuid sonraí ó theachtaireachtaí: teachtaireachtaí príobháideacha don intleacht shaorga ag Meta.",
        "Mura bhfuil fadhb ann: Urramóimid d'agóid.",
        "Tá ceart agat agóid a dhéanamh. Urramóimid d'agóid.",
        "Scríobhann Meta: “Urramóimid d'agóid go hiomlán anois.”",
        "Níor glacadh le d'agóid.",
        "Urramóimid d'agóid a luaithe a fhreagraíonn tú.",
        "Níl d'agóid ceadaithe.",
        "Nuair a ghlacfar le d'agóid, ní úsáidfimid d'fhaisnéis don intleacht shaorga ag Meta.",
        "Déan agóid anseo agus ní úsáidfimid d'fhaisnéis don intleacht shaorga ag Meta.",
    ];
    check_language(subject, &promises, &refusals, &near);
}
