//! Mails of Meta's in languages of which no rules are known, and in words that no rule knows: put up for review, never lost, never believed.
//! Beside them what the same senders write every day, which must not come up.

use super::{EN, RULES, check, kind_of, mail};
use crate::model::kind::Kind::{self, Unrecognised};
use crate::model::message::{Address, Link, Message};
use crate::rules::language;

/// What a confirmation could say, by language (BCP 47). No mail in any of these is known.
const CONFIRMATIONS: &[(&str, &str)] = &[
    (
        "uk",
        "Вітаємо, Анно! Ми розглянули ваш запит і задовольнимо ваше заперечення. Це означає, що ми не будемо використовувати ваші загальнодоступні відомості для розробки моделей генеративного ШІ.",
    ),
    (
        "ru",
        "Здравствуйте, Анна! Мы рассмотрели ваш запрос и удовлетворим ваше возражение. Мы не будем использовать вашу общедоступную информацию для развития моделей генеративного ИИ.",
    ),
    (
        "sr",
        "Здраво, Ана! Прегледали смо твој захтев и уважићемо твој приговор. Нећемо користити твоје јавне информације за развој модела вештачке интелигенције.",
    ),
    (
        "mk",
        "Здраво, Ана. Го разгледавме твоето барање и ќе го почитуваме твојот приговор. Нема да ги користиме твоите јавни информации за вештачката интелигенција.",
    ),
    (
        "tr",
        "Merhaba Anna, talebini inceledik ve itirazını kabul edeceğiz. Herkese açık bilgilerini üretken yapay zeka modellerini geliştirmek için kullanmayacağız.",
    ),
    (
        "sq",
        "Përshëndetje Anna, e shqyrtuam kërkesën tënde dhe do ta respektojmë kundërshtimin tënd. Nuk do t'i përdorim informacionet e tua publike për modelet e inteligjencës artificiale.",
    ),
    (
        "ca",
        "Hola, Anna: hem revisat la teva sol·licitud i respectarem la teva oposició. No farem servir la teva informació pública per desenvolupar models d'intel·ligència artificial.",
    ),
    (
        "ja",
        "アンナ様 リクエストを確認し、異議申し立てを受け入れます。今後、公開情報を生成AIモデルの開発に使用することはありません。",
    ),
    (
        "zh-Hans",
        "安娜，你好！我们已审核你的请求，并将尊重你的反对意见。我们不会再将你的公开信息用于开发生成式人工智能模型。",
    ),
    (
        "zh-Hant",
        "安娜，你好！我們已審查你的要求，並會尊重你的反對意見。我們不會再使用你的公開資料來開發生成式人工智慧模型。",
    ),
    (
        "ko",
        "안녕하세요, Anna님. 요청을 검토했으며 이의 제기를 수용하겠습니다. 회원님의 공개 정보를 생성형 AI 모델 개발에 사용하지 않겠습니다.",
    ),
    (
        "ar",
        "مرحبًا آنا، لقد راجعنا طلبك وسنلتزم باعتراضك. لن نستخدم معلوماتك العامة لتطوير نماذج الذكاء الاصطناعي التوليدي.",
    ),
    (
        "fa",
        "سلام آنا، درخواست شما را بررسی کردیم و اعتراض شما را می‌پذیریم. از اطلاعات عمومی شما برای مدل‌های هوش مصنوعی استفاده نخواهیم کرد.",
    ),
    (
        "he",
        "שלום אנה, בדקנו את הבקשה שלך ונכבד את ההתנגדות שלך. לא נשתמש במידע הציבורי שלך לפיתוח מודלים של בינה מלאכותית.",
    ),
    (
        "vi",
        "Chào Anna, chúng tôi đã xem xét yêu cầu và sẽ tôn trọng phản đối của bạn. Chúng tôi sẽ không dùng thông tin công khai của bạn cho mô hình AI.",
    ),
    (
        "th",
        "สวัสดี Anna เราได้ตรวจสอบคำขอของคุณแล้วและจะดำเนินการตามการคัดค้านของคุณ เราจะไม่ใช้ข้อมูลสาธารณะของคุณเพื่อพัฒนาปัญญาประดิษฐ์",
    ),
    (
        "hi",
        "नमस्ते Anna, हमने आपके अनुरोध की समीक्षा की है और आपकी आपत्ति का सम्मान करेंगे। हम एआई के लिए आपकी सार्वजनिक जानकारी का उपयोग नहीं करेंगे।",
    ),
    (
        "id",
        "Halo Anna, kami telah meninjau permintaan Anda dan akan menghormati keberatan Anda. Kami tidak akan memakai informasi publik Anda untuk model AI.",
    ),
];

/// What the same senders write every day in these languages.
const EVERYDAY: &[(&str, &str)] = &[
    ("uk", "Максим прокоментував ваш допис: «Гарне фото!» Переглянути коментар на Facebook."),
    ("ru", "Ваш код для входа: 123456. Никому не сообщайте этот код. Если это были не вы, смените пароль."),
    ("sr", "Имаш нова обавештења. Марко је објавио фотографију и означио те на њој. Погледај на Facebook-у."),
    ("mk", "Твојот код за најава е 123456. Не го споделувај со никого. Тимот на Facebook."),
    ("tr", "Mehmet gönderine yorum yaptı: Çok güzel bir fotoğraf! Yorumu görmek için Facebook'a git."),
    ("sq", "Kodi yt për t'u identifikuar është 123456. Mos e ndaj me askënd. Ekipi i Facebook."),
    ("ca", "Anna, tens 3 notificacions noves. En Pere ha publicat una foto i t'hi ha etiquetat. Mira-ho a Facebook."),
    ("ja", "太郎さんがあなたの投稿にコメントしました。「素敵な写真ですね」 Facebookで見る"),
    ("zh-Hans", "你的登录验证码是 123456。请勿将此验证码告诉任何人。试试 Meta AI，向它提问任何问题。"),
    ("ko", "새로운 알림이 3개 있습니다. 민수님이 회원님을 사진에 태그했습니다. Meta AI에게 물어보세요."),
    ("ar", "علّق محمد على منشورك: صورة جميلة! شاهد التعليق على فيسبوك. جرّب الذكاء الاصطناعي من Meta."),
    ("he", "קוד הכניסה שלך הוא 123456. אין לשתף את הקוד עם אף אחד. נסו את הבינה המלאכותית של Meta."),
    ("vi", "Minh đã bình luận về bài viết của bạn: Ảnh đẹp quá! Xem bình luận trên Facebook. Hãy thử Meta AI."),
    ("hi", "आपका लॉगिन कोड 123456 है। इसे किसी के साथ साझा न करें। Meta AI आज़माएँ।"),
];

const NOTIFICATION: &str = "notification+zj4oc2k@facebookmail.com";
const CASE: &str = "case++100200300400@support.facebook.com";

fn from(address: &str, subject: &str, text: &str) -> Message {
    let from = vec![Address { name: "Facebook".to_owned(), addr: address.to_owned() }];
    Message { from, ..mail(subject, text) }
}

fn linking(form: &str, host: &str, text: &str) -> Message {
    let link = Link { host: host.to_owned(), recipient: None, form: Some(form.to_owned()) };
    Message { links: vec![link], ..from(NOTIFICATION, "Meta", text) }
}

#[test]
fn a_confirmation_in_a_language_without_rules_goes_to_review() {
    for (tag, text) in CONFIRMATIONS {
        for address in [NOTIFICATION, CASE, "no-reply@mail.instagram.com"] {
            assert_eq!(kind_of(&from(address, "Meta", text)), Some(Unrecognised), "{tag}: {text}");
        }
        assert!(!language::is_of_rules(&RULES, &mail("", text)), "{tag} is taken for a language that has rules");
    }
}

#[test]
fn everyday_mails_in_a_language_without_rules_are_nothing() {
    for (tag, text) in EVERYDAY {
        for address in [NOTIFICATION, "security@facebookmail.com", "no-reply@mail.instagram.com"] {
            assert_eq!(kind_of(&from(address, "Facebook", text)), None, "{tag}: {text}");
        }
    }
}

#[test]
fn an_answer_to_a_request_goes_to_review_when_its_language_is_not_known_or_it_speaks_of_ai() {
    let cases = [
        (CASE, "Бид таны хүсэлтийг хянан үзээд хүндэтгэн биелүүлэх болно гэдгийг мэдэгдэж байна.", Some(Unrecognised)),
        (
            "instagram++TOKEN@support.facebook.com",
            "Elkarrizketa honi buruz idatzi diguzu eta zure eskaera onartu dugu gaur bertan.",
            Some(Unrecognised),
        ),
        (
            "case++1@support.instagram.com",
            "We looked into what you wrote to us about AI at Meta and made a note of it for you.",
            Some(Unrecognised),
        ),
        (CASE, "We looked into what you wrote to us about your profile and made a note of it for you.", None),
        (
            CASE,
            "Wir haben uns angesehen, was du uns zu deinem Profil geschrieben hast, und es ist alles in Ordnung.",
            None,
        ),
        (CASE, "Рахмат.", None),
        (NOTIFICATION, "Бид таны хүсэлтийг хянан үзээд хүндэтгэн биелүүлэх болно гэдгийг мэдэгдэж байна.", None),
        (NOTIFICATION, "See what is new about AI at Meta and try it with your friends.", None),
    ];
    for (address, text, expected) in cases {
        assert_eq!(kind_of(&from(address, "Meta", text)), expected, "{address}: {text}");
    }
}

#[test]
fn a_link_to_the_objection_form_brings_a_mail_to_review_in_any_language() {
    let text = "Abc def ghi jkl mno pqr stu vwx.";
    let cases = [
        ("712876720715583", "www.facebook.com", Some(Unrecognised)),
        ("767264225370182", "help.instagram.com", Some(Unrecognised)),
        ("510058597920541", "m.facebook.com", Some(Unrecognised)),
        ("1266025207620918", "www.facebook.com", Some(Unrecognised)),
        ("712876720715583", "www.facebook.com.evil.example", None),
        ("283747512119302", "www.facebook.com", None),
    ];
    for (form, host, expected) in cases {
        assert_eq!(kind_of(&linking(form, host, text)), expected, "{host}/{form}");
    }
}

#[test]
fn words_that_no_rule_knows_go_to_review_in_languages_that_have_rules() {
    let cases: &[(&str, Option<Kind>)] = &[
        // The promise without what it is about.
        ("We will honour your objection.", Some(Unrecognised)),
        ("We are unable to honour your objection.", Some(Unrecognised)),
        ("Wir werden deinem Widerspruch nachkommen.", Some(Unrecognised)),
        ("Nous respecterons votre opposition.", Some(Unrecognised)),
        // Neither an objection nor a request by name.
        ("Your public information is not going to feed our AI models, as you wished.", Some(Unrecognised)),
        ("Deine öffentlichen Informationen fließen nicht in generative KI ein.", Some(Unrecognised)),
        ("Vos informations publiques ne serviront pas à l'IA générative.", Some(Unrecognised)),
        // What everybody gets.
        ("Try AI at Meta: it knows more than ever. Your friends do already.", None),
        ("Your information is safe with us. We do not sell it to anyone.", None),
        ("Wir werden deinem Einspruch gegen die Entfernung deines Beitrags nachkommen.", None),
        ("We will honour your objection to the use of your information for ads.", None),
    ];
    check("A message for you", cases);
}

#[test]
fn scripts_without_spaces_are_read_character_by_character() {
    let says = |text: &str, phrase: &str| {
        let mut phrases = crate::rules::phrase::Phrases::default();
        let pattern = phrases.read(phrase).unwrap();
        let prose = crate::rules::text::Prose::read(text, &std::collections::BTreeSet::new());
        !pattern.find(&phrases.into_list(), &prose, false).is_empty()
    };
    let cases = [
        ("今後、異議申し立てを受け入れます。", "異議", true),
        ("今後、異なる議論をします。", "異議", false),
        ("生成AIモデルの開発", "生成AI", true),
        ("生成ＡＩモデル", "AI", true),
        ("การคัดค้านของคุณ", "คัดค้าน", true),
        ("我们会尊重你的反\n对意见", "反对", true),
        ("Ragtime", "AI", false),
    ];
    for (text, phrase, expected) in cases {
        assert_eq!(says(text, phrase), expected, "{phrase} in {text}");
    }
}

#[test]
fn nothing_in_the_file_for_other_languages_can_confirm() {
    for (tag, text) in CONFIRMATIONS {
        let kind = kind_of(&from(CASE, EN, text));
        assert_eq!(kind, Some(Unrecognised), "{tag}");
    }
    assert!(RULES.rules().all(|rule| rule.language != "und"));
}
