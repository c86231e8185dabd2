//! Is this paragraph English? Other languages are left alone.

use super::words::{Kind, words};
use crate::span::Span;

/// What a paragraph seems to be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English, or too short to tell.
    English,
    /// Surely something else.
    Other,
}

/// A paragraph with fewer words than this is never called foreign.
const FEWEST_WORDS: usize = 6;

/// Judges `block` by its function words.
///
/// Every language of mail is thick with a few dozen short words. English is kept on the benefit of
/// the doubt: a paragraph is [`Language::Other`] only when it is not short, and either its letters
/// are mostly not Latin, or foreign function words outnumber English ones by two to one.
#[must_use]
pub fn language(text: &str, block: Span) -> Language {
    let body = block.of(text);
    let letters = body.chars().filter(|c| c.is_alphabetic()).count();
    let other_script = body.chars().filter(|&c| c.is_alphabetic() && !is_latin(c)).count();
    if other_script > 10 && other_script * 2 > letters {
        return Language::Other;
    }
    let words = words(text, block);
    let (mut count, mut english, mut foreign) = (0, 0, 0);
    for word in words.iter().filter(|w| w.kind == Kind::Word) {
        count += 1;
        english += usize::from(ENGLISH.contains(&&*word.form));
        foreign += usize::from(FOREIGN.contains(&&*word.form));
    }
    if count >= FEWEST_WORDS && foreign >= 3 && foreign > 2 * english { Language::Other } else { Language::English }
}

fn is_latin(c: char) -> bool {
    (c as u32) < 0x250 || ('\u{1e00}'..='\u{1eff}').contains(&c)
}

/// Function words that hardly another language has.
const ENGLISH: &[&str] = &[
    "the", "and", "you", "your", "we", "our", "is", "are", "was", "were", "be", "been", "have", "has", "had", "not",
    "of", "to", "that", "this", "these", "it", "with", "for", "from", "at", "by", "can", "could", "will", "would",
    "should", "do", "does", "did", "if", "when", "what", "which", "they", "them", "their", "there", "please", "thank",
    "thanks", "i", "my", "but", "or", "any", "all", "about", "as", "on", "in", "an",
];

/// Function words of French, German, Spanish, Italian, Portuguese, Dutch, Polish, Swedish, Danish, Norwegian, Czech, Turkish
/// and Finnish that are no English words.
const FOREIGN: &[&str] = &[
    "le", "la", "les", "des", "une", "vous", "nous", "votre", "notre", "est", "sont", "avec", "pour", "dans", "pas",
    "que", "qui", "sur", "au", "aux", "du", "et", "ce", "cette", "avez", "der", "das", "und", "sie", "ihr", "ihre",
    "ihnen", "wir", "ist", "sind", "nicht", "mit", "für", "von", "auf", "dem", "den", "ein", "eine", "einen", "zu",
    "wurde", "haben", "bitte", "el", "los", "las", "usted", "su", "sus", "por", "para", "con", "una", "es", "está",
    "del", "y", "no", "se", "lo", "il", "gli", "che", "non", "per", "sono", "della", "nel", "e", "di", "un", "si", "o",
    "os", "não", "você", "seu", "sua", "com", "uma", "foi", "ao", "het", "een", "van", "u", "uw", "niet", "wij",
    "zijn", "voor", "met", "naar", "dat", "ik", "nie", "jest", "się", "że", "na", "do", "jak", "pan", "pani", "och",
    "att", "det", "som", "inte", "är", "av", "till", "på", "ikke", "og", "jeg", "vi", "til", "af", "je", "že", "jsme",
    "prosím", "ve", "bir", "için", "bu", "ja", "ei", "että", "olemme", "teidän",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Language {
        language(text, Span::new(0, text.len()))
    }

    #[test]
    fn english_and_short_lines_are_never_foreign() {
        for text in [
            "Sorry, no.",
            "Danke!",
            "La Poste Colissimo parcel",
            "You should have told us.",
            "Could Mr van den Berg from De Vries call me on Monday about La Rochelle?",
            "CASE NO 5 PLEASE ADVISE",
        ] {
            assert_eq!(of(text), Language::English, "{text}");
        }
    }

    #[test]
    fn whole_foreign_paragraphs_are_known() {
        for text in [
            "Nous avons bien reçu votre demande et nous vous remercions pour votre patience.",
            "Bitte senden Sie uns das Formular bis Freitag, damit wir die Lieferung für Sie planen können.",
            "Hemos recibido su pedido y lo enviaremos el lunes por la mañana con el transportista.",
            "Wij hebben uw bericht ontvangen en nemen zo snel mogelijk contact met u op.",
            "Мы получили ваше письмо и ответим вам завтра утром.",
            "ご連絡ありがとうございます。明日お返事いたします。",
        ] {
            assert_eq!(of(text), Language::Other, "{text}");
        }
    }
}
