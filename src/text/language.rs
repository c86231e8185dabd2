//! Is this paragraph English? Other languages are left alone.

use crate::span::Span;
use rustc_hash::FxHashSet;
use smol_str::StrExt;
use std::sync::LazyLock;

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
/// So many English function words and no foreign one settle it.
const ENOUGH: usize = 4;
/// Longest function word looked up, in bytes.
const LONGEST: usize = 8;

/// Judges `block` by its function words.
///
/// Every language of mail is thick with a few dozen short words. English is kept on the benefit of
/// the doubt: a paragraph is [`Language::Other`] only when it is not short, and either its letters
/// are mostly not Latin, or foreign function words outnumber English ones by two to one.
#[must_use]
pub fn language(text: &str, block: Span) -> Language {
    let (mut words, mut english, mut foreign, mut other_script) = (0, 0, 0, 0);
    for word in block.of(text).split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        words += 1;
        other_script += word.chars().filter(|&c| !is_latin(c)).count();
        if word.len() <= LONGEST {
            let word = word.to_lowercase_smolstr();
            english += usize::from(KNOWN.0.contains(word.as_str()));
            foreign += usize::from(KNOWN.1.contains(word.as_str()));
        }
        // The usual case is plain after a line or two.
        if english >= ENOUGH && foreign == 0 && other_script == 0 {
            return Language::English;
        }
    }
    let letters = || block.of(text).chars().filter(|c| c.is_alphabetic()).count();
    let not_latin = other_script > 10 && other_script * 2 > letters();
    let not_english = words >= FEWEST_WORDS && foreign >= 3 && foreign > 2 * english;
    if not_latin || not_english { Language::Other } else { Language::English }
}

fn is_latin(c: char) -> bool {
    (c as u32) < 0x250 || ('\u{1e00}'..='\u{1eff}').contains(&c)
}

/// English function words, and those of others.
static KNOWN: LazyLock<(FxHashSet<&str>, FxHashSet<&str>)> =
    LazyLock::new(|| (ENGLISH.iter().copied().collect(), FOREIGN.iter().copied().collect()));

/// Function words that hardly another language has. Sorted.
const ENGLISH: &[&str] = &[
    "about", "all", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can", "could", "did", "do",
    "does", "for", "from", "had", "has", "have", "i", "if", "in", "is", "it", "my", "not", "of", "on", "or", "our",
    "please", "should", "thank", "thanks", "that", "the", "their", "them", "there", "these", "they", "this", "to",
    "was", "we", "were", "what", "when", "which", "will", "with", "would", "you", "your",
];

/// Function words of French, German, Spanish, Italian, Portuguese, Dutch, Polish, Swedish, Danish, Norwegian, Czech, Turkish
/// and Finnish that are no English words. Sorted.
const FOREIGN: &[&str] = &[
    "af", "ao", "att", "au", "auf", "aux", "av", "avec", "avez", "bir", "bitte", "bu", "ce", "cette", "che", "com",
    "con", "dans", "das", "dat", "del", "della", "dem", "den", "der", "des", "det", "di", "do", "du", "e", "een", "ei",
    "ein", "eine", "einen", "el", "es", "est", "está", "et", "että", "foi", "für", "gli", "haben", "het", "ihnen",
    "ihr", "ihre", "ik", "ikke", "il", "inte", "ist", "için", "ja", "jak", "je", "jeg", "jest", "jsme", "la", "las",
    "le", "les", "lo", "los", "met", "mit", "na", "naar", "nel", "nicht", "nie", "niet", "no", "non", "notre", "nous",
    "não", "o", "och", "og", "olemme", "os", "pan", "pani", "para", "pas", "per", "por", "pour", "prosím", "på", "que",
    "qui", "se", "seu", "si", "sie", "sind", "się", "som", "sono", "sont", "su", "sua", "sur", "sus", "teidän", "til",
    "till", "u", "uma", "un", "una", "und", "une", "usted", "uw", "van", "ve", "vi", "você", "von", "voor", "votre",
    "vous", "wij", "wir", "wurde", "y", "zijn", "zu", "är", "że", "že",
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
    fn the_words_are_sorted_and_short() {
        for list in [ENGLISH, FOREIGN] {
            assert!(list.is_sorted());
            assert!(list.iter().all(|word| word.len() <= LONGEST));
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
