//! What mail clients print around a quote, in the languages they print it in.
//!
//! Everything is lower case and compared with lower-cased, white-space-folded text. Words are split
//! by spaces and looked up through [`classes`]; phrases stand in slices of their own.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a single word can be in an attribution. A word can be several things in several languages.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Classes {
    /// Opens an attribution: "on", "am", "le".
    pub opener: bool,
    /// Says that somebody wrote.
    pub wrote: bool,
    /// Stands beside verb or name and belongs to neither.
    pub beside: bool,
    /// Stands between the parts of a date.
    pub connector: bool,
    /// Goes with a clock: "pm", "GMT".
    pub clock: bool,
    /// A day of the week.
    pub weekday: bool,
    /// Somebody who needs no name.
    pub pronoun: bool,
    /// A month, 1–12; 0 for none.
    pub month: u8,
}

/// The classes of a lower-cased word.
pub(super) fn classes(word: &str) -> Classes {
    // Built on the first line that looks like an attribution; most mails have one.
    static WORDS: LazyLock<HashMap<&str, Classes>> = LazyLock::new(lexicon);
    WORDS.get(word).copied().unwrap_or_default()
}

fn lexicon() -> HashMap<&'static str, Classes> {
    let mut words: HashMap<&str, Classes> = HashMap::with_capacity(1024);
    type Mark = fn(&mut Classes);
    let lists: [(&'static str, Mark); 7] = [
        (OPENERS, |c| c.opener = true),
        (WROTE, |c| c.wrote = true),
        (BESIDE, |c| c.beside = true),
        (DATE_CONNECTORS, |c| c.connector = true),
        (CLOCK, |c| c.clock = true),
        (WEEKDAYS, |c| c.weekday = true),
        (PRONOUNS, |c| c.pronoun = true),
    ];
    for (list, set) in lists {
        list.split_ascii_whitespace().for_each(|word| set(words.entry(word).or_default()));
    }
    for (month, names) in (1..).zip(MONTHS) {
        names.split_ascii_whitespace().for_each(|word| words.entry(word).or_default().month = month);
    }
    words
}

/// Words that open an attribution before its date ("On …", "Am …", "Le …").
const OPENERS: &str = "\
    on le am el il op em den w dne dňa dnia dniu på la de în in ve vào pada tanggal om a az at 在 \
    於 于 pe στις בתאריך excerpts quoting zitat citando citat";

/// Verbs (and the few nouns) by which an attribution says that somebody wrote.
const WROTE: &str = "\
    wrote writes schrieb écrit écrivait escribió escribio escribe escreveu scritto schreef \
    geschreven skrev skreiv skrifaði kirjoitti kirjutas napisał napisała napisał(a) pisze napsal \
    napsala napsal(a) napísal napísala написал написала написав писал пишет написа пише írta \
    scris scrie yazdı yazmış έγραψε escrigué escriure viết menulis rakstė parašė rakstīja \
    napisao napisala napisao/la quoting zitat citando citat citerar כתב כתבה كتب 写道 寫道 작성 \
    เขียนว่า ने लिखा excerpts";

/// Attribution endings written without spaces, found anywhere.
#[rustfmt::skip]
pub(super) const WROTE_UNSPACED: &[&str] = &[
    "写道", "寫道", "のメール", "のメッセージ", "書きました", "님이 작성", "님이 쓴", "작성:", "เขียนว่า", "写了", "來信", "来信",
];

/// Small words that stand beside the verb or the name and belong to neither.
const BESIDE: &str = "\
    a ha has had hat het volgende following le o the user użytkownik uživatel пользователь \
    користувач giorno día dia godz from von van de: ezt dnia dniu hrs següent heeft odesílatel \
    article tanggal ο χρήστης";

/// Words that stand between the parts of a date.
const DATE_CONNECTORS: &str = "\
    at um à as às a las la alle ore om kl klo kello o godz v ve в г о de del den d di the of \
    pukul lúc и uhr h hrs czas th thg στις";

/// Half-days, and the words that go with a clock.
const CLOCK: &str = "\
    am pm a.m p.m a.m. p.m. vorm nachm vorm. nachm. uhr fm em ip ap dop odp 上午 下午 午前 午後 오전 오후 \
    noon midnight gmt utc z cet cest eet eest est edt cst cdt mst mdt pst pdt bst ist wib wita \
    wit jst aest aedt msk μ.μ π.μ";

/// Months by every name and short form, January first.
#[rustfmt::skip]
const MONTHS: [&str; 12] = [
    "january jan januar jänner janvier janv enero ene janeiro gennaio gen januari stycznia sty \
     styczeń ledna led tammikuuta tammi tammikuu января янв ocak oca ianuarie ian január січ \
     січня tammik ιαν",
    "february feb februar février févr fév febrero fevereiro fev febbraio februari febr lutego \
     lut luty února úno helmikuuta helmi февраля фев февр şubat şub februarie február лют \
     лютого helmik φεβ",
    "march mar märz mär mrz mars marzo março maart mrt marts marca marzec března bře \
     maaliskuuta maalis марта мар mart martie március márc maret бер березня maalisk μαρ",
    "april apr avril avr abril abr aprile kwietnia kwi kwiecień dubna dub huhtikuuta huhti \
     апреля апр nisan nis aprilie április ápr квіт квітня huhtik απρ",
    "may mai mayo maio maggio mag mei maj maja května kvě toukokuuta touko мая май mayıs május \
     máj трав травня toukok μαΐ",
    "june jun juni juin junio junho giugno giu czerwca cze czerwiec června čvn kesäkuuta kesä \
     июня июн haziran haz iunie iun június jún черв червня kesäk ιουν",
    "july jul juli juillet juil julio julho luglio lug lipca lip lipiec července čvc heinäkuuta \
     heinä июля июл temmuz tem iulie iul július júl лип липня heinäk ιουλ",
    "august aug août aoû agosto ago augustus augusti sierpnia sie sierpień srpna srp elokuuta \
     elo августа авг ağustos ağu augusztus agustus agu серп серпня elok αυγ",
    "september sep sept septembre septiembre septembro set settembre wrzesień września wrz září \
     zář syyskuuta syys сентября сен сент eylül eyl septembrie szeptember szept вер вересня \
     syysk σεπ",
    "october oct oktober okt octobre octubre outubro out ottobre ott października paź \
     październik října říj lokakuuta loka октября окт ekim eki octombrie október жовт жовтня \
     lokak οκτ",
    "november nov novembre noviembre novembro listopada lis listopad marraskuuta marras ноября \
     ноя нояб kasım kas noiembrie лист листопада marrask νοε",
    "december dec dezember dez décembre déc diciembre dic dezembro dicembre desember des \
     grudnia gru grudzień prosince pro joulukuuta joulu декабря дек aralık ara decembrie груд \
     грудня jouluk δεκ",
];

/// Days of the week by every name and short form.
const WEEKDAYS: &str = "\
    monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat \
    sunday sun montag mo dienstag di mittwoch mi donnerstag do don freitag fr samstag sonnabend \
    sa sonntag so lundi lun mardi mar mercredi mer jeudi jeu vendredi ven samedi sam dimanche \
    dim lunes martes miércoles mié jueves jue viernes vie sábado sáb domingo dom lunedì martedì \
    mercoledì giovedì gio venerdì sabato sab domenica segunda-feira seg terça-feira ter \
    quarta-feira qua quinta-feira qui sexta-feira sex segunda terça quarta quinta sexta maandag \
    ma dinsdag woensdag wo donderdag vrijdag vr zaterdag za zondag zo måndag mån mandag man \
    tisdag tis tirsdag tir tirs onsdag ons torsdag tor tors fredag fre lördag lör lørdag lør \
    søndag søn söndag sön poniedziałek pon wtorek wt środa śr czwartek czw piątek pt sobota sob \
    niedziela niedz pondělí po úterý út středa st čtvrtek čt pátek pá neděle ne понедельник пн \
    вторник вт среда ср четверг чт пятница пт суббота сб воскресенье вс maanantai tiistai \
    keskiviikko torstai perjantai lauantai sunnuntai ti ke to pe la su pazartesi salı çarşamba \
    perşembe cuma cumartesi pazar pzt çar per cum paz 月 火 水 木 金 土 日 월 화 수 목 금 토 일 週一 週二 週三 週四 週五 \
    週六 週日 周一 周二 周三 周四 周五 周六 周日 星期一 星期二 星期三 星期四 星期五 星期六 星期日 sen sel rab kam jum δευ τρί τετ πέμ \
    παρ σάβ κυρ нд чтв luni marți marţi miercuri joi vineri sâmbătă duminică th chủ";

/// Words that begin a clause about somebody rather than a name.
const PRONOUNS: &str = "\
    you i he she we they it your my our his her their someone somebody nobody who this that ich \
    du er sie wir ihr ihre unser je tu vous nous elle ils usted ustedes ella yo jij u hij zij \
    wij as when where what customer";

/// `From` as the header blocks of mail clients print it.
#[rustfmt::skip]
pub(super) const FROM: &[&str] = &[
    "from", "von", "de", "da", "van", "från", "fra", "lähettäjä", "od", "от", "від", "kimden",
    "gönderen", "feladó", "dela", "de la", "από", "发件人", "寄件者", "寄件人", "差出人", "보낸 사람", "보낸사람",
    "expéditeur", "remitente", "mittente", "afzender", "absender", "nadawca", "odesílatel",
    "отправитель", "dari", "מאת", "من", "saatja", "nuo", "no",
];
/// `Sent` and `Date`.
#[rustfmt::skip]
pub(super) const SENT: &[&str] = &[
    "sent", "date", "gesendet", "datum", "envoyé", "envoyé le", "enviado", "enviado el",
    "enviado em", "enviada em", "enviada", "fecha", "data", "inviato", "verzonden", "skickat",
    "sendt", "dato", "lähetetty", "päivämäärä", "wysłano", "wysłane", "odesláno", "отправлено",
    "дата", "надіслано", "gönderildi", "gönderilen", "gönderme tarihi", "tarih", "elküldve",
    "küldve", "dátum", "trimis", "发送时间", "发送日期", "日期", "寄件日期", "時間", "送信日時", "日時", "日付", "보낸 날짜",
    "날짜", "dikirim", "tanggal", "date d'envoi", "datum gesendet", "στάλθηκε", "ημερομηνία",
    "sent at", "date sent", "נשלח", "تاريخ", "odoslané", "poslano", "saadetud", "invio",
];
/// `To`.
#[rustfmt::skip]
pub(super) const TO: &[&str] = &[
    "to", "an", "à", "a", "para", "aan", "till", "til", "vastaanottaja", "do", "komu", "кому",
    "kime", "alıcı", "címzett", "către", "catre", "收件人", "收件者", "宛先", "받는 사람", "받는사람", "kepada",
    "προς", "destinataire", "destinatario", "empfänger", "אל", "إلى", "za", "kam", "saaja",
];
/// `Subject`.
#[rustfmt::skip]
pub(super) const SUBJECT: &[&str] = &[
    "subject", "betreff", "objet", "asunto", "assunto", "oggetto", "onderwerp", "ämne", "emne",
    "aihe", "temat", "předmět", "predmet", "тема", "konu", "tárgy", "subiect", "主题", "主旨", "件名",
    "제목", "subjek", "perihal", "θέμα", "נושא", "الموضوع", "teema", "re",
];
/// Other fields such blocks carry.
#[rustfmt::skip]
pub(super) const OTHER_FIELDS: &[&str] = &[
    "cc", "bcc", "kopie", "kopia", "kopi", "copie", "copie à", "copia", "ccn", "reply-to",
    "antwort an", "répondre à", "responder a", "importance", "wichtigkeit", "priority", "priorität",
    "attachments", "anlagen", "pièces jointes", "adjuntos", "organization", "organisation",
    "newsgroups", "message-id", "list-post", "抄送", "副本", "참조", "kopiya", "копия", "dw", "sender",
    "x-mailer", "mailed-by", "signed-by",
];

/// Names of the mail answered, as they stand between dashes.
#[rustfmt::skip]
pub(super) const ORIGINAL: &[&str] = &[
    "original message", "original appointment", "original email", "original e-mail",
    "reply message", "replied message", "previous message", "quoted message", "quoted text",
    "ursprüngliche nachricht", "originalnachricht", "original-nachricht", "urspr. nachricht",
    "originalmeldung", "message d'origine", "message d’origine", "message original",
    "message initial", "messaggio originale", "messaggio di origine", "mensaje original",
    "mensagem original", "oorspronkelijk bericht", "oorspronkelijke bericht", "origineel bericht",
    "ursprungligt meddelande", "ursprungsmeddelande", "originalmeddelande", "original meddelelse",
    "oprindelig meddelelse", "opprinnelig melding", "original melding", "alkuperäinen viesti",
    "oryginalna wiadomość", "wiadomość oryginalna", "původní zpráva", "pôvodná správa",
    "исходное сообщение", "пересланное сообщение ", "оригинальное сообщение",
    "оригінальне повідомлення", "orijinal mesaj", "özgün ileti", "orijinal ileti", "eredeti üzenet",
    "mesaj original", "mesajul original", "originalna poruka", "izvorna poruka", "αρχικό μήνυμα",
    "原始邮件", "原邮件", "原始郵件", "原始信息", "元のメッセージ", "원본 메시지", "원본메시지", "pesan asli",
];
/// Names of a mail handed on.
#[rustfmt::skip]
pub(super) const FORWARDED: &[&str] = &[
    "forwarded message", "forwarded by", "begin forwarded message", "start of forwarded message",
    "forwarded email", "forwarded mail", "weitergeleitete nachricht",
    "anfang der weitergeleiteten nachricht", "beginn der weitergeleiteten nachricht",
    "message transféré", "message transmis", "message réexpédié", "début du message réexpédié",
    "début du message transféré", "mensaje reenviado", "inicio del mensaje reenviado",
    "mensagem encaminhada", "mensagem reencaminhada", "início da mensagem encaminhada",
    "início da mensagem reencaminhada", "messaggio inoltrato", "inizio messaggio inoltrato",
    "inizio del messaggio inoltrato", "doorgestuurd bericht", "begin doorgestuurd bericht",
    "vidarebefordrat meddelande", "vidarebefordrat mejl", "vidarebefordrat brev",
    "börja vidarebefordrat brev", "videresendt meddelelse", "videresendt melding", "videresendt",
    "start på videresendt besked", "välitetty viesti", "edelleenlähetetty viesti",
    "przekazana wiadomość", "wiadomość przekazana dalej", "treść przekazanej wiadomości",
    "początek przekazywanej wiadomości", "přeposlaná zpráva", "preposlaná správa",
    "пересылаемое сообщение", "пересланное сообщение", "переслане повідомлення",
    "начало переадресованного сообщения", "iletilmiş mesaj", "yönlendirilmiş ileti",
    "iletilen ileti", "továbbított üzenet", "továbbított levél", "mesaj redirecționat",
    "mesajul redirecționat", "proslijeđena poruka", "προωθημένο μήνυμα", "转发的邮件", "转发邮件", "轉寄郵件",
    "已转发邮件", "転送されたメッセージ", "転送メッセージ", "전달된 메시지", "pesan terusan",
];

/// Heads of mobile signatures.
#[rustfmt::skip]
pub(super) const SENT_FROM: &[&str] = &[
    "sent from", "sent via", "sent with", "sent using", "sent by", "sent on", "typed on my",
    "written on my", "this message was sent from my", "this email was sent from my", "envoyé de",
    "envoyé depuis", "envoyé à partir", "envoyé avec", "envoyé par", "envoyé via", "gesendet von",
    "gesendet mit", "gesendet über", "gesendet aus", "von meinem", "von meiner", "von unterwegs",
    "diese nachricht wurde von", "diese e-mail wurde von", "enviado desde", "enviado do",
    "enviado de", "enviado a partir", "enviado por", "enviado con", "enviado com", "enviado via",
    "enviada do", "inviato da", "inviato dal", "inviato con", "inviato via", "verzonden vanaf",
    "verzonden met", "verzonden via", "verstuurd vanaf", "verstuurd met", "verstuurd via",
    "skickat från", "skickat med", "skickat via", "sendt fra", "sendt med", "sendt via",
    "lähetetty", "wysłane z", "wysłano z", "odesláno z", "odoslané z", "отправлено с",
    "отправлено из", "надіслано з", "trimis de pe", "trimis din", "küldve", "στάλθηκε από",
    "poslano z", "poslano iz", "dikirim dari", "发自", "發自", "從我的", "从我的", "iphoneから", "ipadから",
    "나의 ", "내 ",
];
/// Ends of mobile signatures where the verb stands last.
#[rustfmt::skip]
pub(super) const SENT_FROM_TAIL: &[&str] = &[
    "gesendet", "verzonden", "geschickt", "傳送", "发送", "發送", "送信", "보냄", "에서 보냄", "gönderildi",
    "küldve", "から送信",
];
/// Possessives before the device.
#[rustfmt::skip]
pub(super) const MY: &[&str] = &[
    "my ", "meinem ", "meiner ", "mon ", "ma ", "mi ", "mio ", "mia ", "meu ", "minha ", "mijn ",
    "min ", "mitt ", "moj", "моего", "a phone", "a mobile", "mobile ", "我的", "從我的", "从我的", "발자",
    "발자 ",
];
/// Devices and mail apps.
#[rustfmt::skip]
pub(super) const DEVICES: &[&str] = &[
    "iphone", "ipad", "ipod", "phone", "mobil", "móvil", "cell", "handy", "smartphone", "tablet",
    "android", "galaxy", "samsung", "huawei", "xiaomi", "pixel", "nokia", "htc", "blackberry",
    "outlook", "mail", "yahoo", "proton", "gmail", "windows", "device", "gerät", "appareil",
    "dispositivo", "telefon", "téléphone", "teléfono", "telefono", "smart", "mac", "手机", "手機", "휴대",
];
/// Advertisements of mail apps.
#[rustfmt::skip]
pub(super) const APP_ADVERTS: &[&str] = &[
    "get outlook for", "get [outlook", "download outlook", "télécharger outlook", "obtenez outlook",
    "obtenir outlook", "holen sie sich outlook", "laden sie outlook", "outlook für",
    "obtener outlook", "obtén outlook", "obter o outlook", "scarica outlook", "ottieni outlook",
    "outlook voor", "hämta outlook", "hent outlook", "pobierz outlook", "outlook для",
    "virus-free.", "获取 outlook", "取得 outlook", "下载 outlook",
];

/// Closings of a letter.
#[rustfmt::skip]
pub(super) const VALEDICTIONS: &[&str] = &[
    "regards", "kind regards", "best regards", "warm regards", "warmest regards", "kindest regards",
    "many regards", "with regards", "with kind regards", "with best regards", "with warm regards",
    "with best wishes", "best wishes", "warm wishes", "with warmest wishes", "warmest wishes",
    "all the best", "best", "all best", "warmly", "sincerely", "sincerely yours", "yours sincerely",
    "yours faithfully", "yours truly", "yours", "respectfully", "cordially", "cheers", "thanks",
    "thank you", "many thanks", "thanks again", "thank you again", "thanks so much",
    "thanks in advance", "thank you very much", "thanks and regards", "thanks & regards",
    "with thanks", "with many thanks", "kind thanks", "take care", "talk soon", "speak soon",
    "rgds", "br", "kr", "ta", "love", "mit freundlichen grüßen", "mit freundlichen grüssen",
    "mit besten grüßen", "mit lieben grüßen", "freundliche grüße", "viele grüße", "beste grüße",
    "liebe grüße", "schöne grüße", "herzliche grüße", "mfg", "lg", "vg", "cordialement",
    "bien cordialement", "bien à vous", "salutations", "meilleures salutations",
    "sincères salutations", "merci", "amicalement", "saludos", "un saludo", "saludos cordiales",
    "atentamente", "gracias", "muchas gracias", "un abrazo", "atenciosamente", "cumprimentos",
    "com os melhores cumprimentos", "abraços", "obrigado", "obrigada", "cordiali saluti",
    "distinti saluti", "saluti", "un saluto", "grazie", "met vriendelijke groet",
    "met vriendelijke groeten", "vriendelijke groet", "groeten", "groet", "groetjes", "mvg",
    "bedankt", "hartelijke groet", "med vänlig hälsning", "med vänliga hälsningar",
    "vänliga hälsningar", "mvh", "hälsningar", "med venlig hilsen", "venlig hilsen",
    "med vennlig hilsen", "vennlig hilsen", "hilsen", "terveisin", "ystävällisin terveisin",
    "pozdrawiam", "z poważaniem", "s pozdravem", "с уважением", "此致", "祝好", "よろしくお願いします",
];

/// Labels in front of a number or address.
#[rustfmt::skip]
pub(super) const CONTACT_LABELS: &[&str] = &[
    "tel", "phone", "telephone", "mobile", "mob", "cell", "fax", "direct", "office", "email",
    "e-mail", "mail", "web", "website", "t", "m", "p", "f", "e", "w", "telefon", "mobil", "handy",
    "tél", "téléphone", "portable", "teléfono", "móvil", "telefono", "cellulare", "telefoon",
    "mobiel", "skype", "linkedin",
];

/// Phrases of legal boilerplate ("e-mail" is folded to "email" before the comparison).
#[rustfmt::skip]
pub(super) const BOILERPLATE: &[&str] = &[
    "not the intended recipient", "received this email in error", "received this message in error",
    "received this communication in error", "this email and any attach", "this email and any file",
    "this email, and any attach", "this email (including any attach", "this message and any attach",
    "this email message and any", "this message (including any attach",
    "the information contained in this email", "the information in this email",
    "information contained in this message", "the contents of this email", "this email is intended",
    "this message is intended", "this email may contain", "this email contains confidential",
    "this message contains confidential", "this transmission", "intended solely for the",
    "intended only for the use", "intended for the exclusive use", "confidential and may be",
    "confidential and intended", "confidential and privileged", "confidentiality notice",
    "legally privileged", "consider the environment before", "think before you print",
    "before printing this", "do not print this email", "calls may be recorded",
    "calls are recorded", "calls may be monitored", "registered in england",
    "registered in scotland", "incorporated in england", "authorised and regulated by the",
    "you are receiving this", "you received this message because",
    "reply to this email directly or", "been scanned for viruses", "checked for viruses",
    "checked by avast", "scanned by", "vertrauliche informationen",
    "vertraulich und ausschließlich", "nicht der richtige adressat",
    "nicht der vorgesehene empfänger", "bitte denken sie an die umwelt",
    "ce message et toutes les pièces jointes", "ce message est confidentiel",
    "n'êtes pas le destinataire", "n'imprimez ce", "pensez à l'environnement", "este mensaje y sus",
    "este mensaje puede contener", "si usted no es el destinatario", "esta mensagem pode conter",
    "se você não é o destinatário", "questo messaggio e", "se non siete il destinatario",
    "dit bericht is uitsluitend bestemd", "dit bericht kan vertrouwelijke",
    "indien u niet de geadresseerde", "denk aan het milieu", "detta meddelande kan innehålla",
    "denne e-post kan indeholde",
];
/// Phrases that are boilerplate only below the end of a letter.
#[rustfmt::skip]
pub(super) const LIKELY_BOILERPLATE: &[&str] = &[
    "unsubscribe", "registered office", "registered address", "company number",
    "company registration", "company no", "vat no", "vat reg", "confidential",
    "no longer wish to receive", "manage your preferences", "email preferences",
    "notification settings", "privacy policy", "privacy notice", "geschäftsführer",
    "handelsregister", "amtsgericht", "sitz der gesellschaft", "ust-id", "siège social", "rcs ",
    "kvk", "p.iva", "save paper", "opinions expressed", "views expressed", "charity no",
    "registered charity", "virus",
];
