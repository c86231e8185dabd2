//! Which words carry facts (numbers, dates, names, addresses) and which only hold a sentence together.

use crate::span::Span;
use crate::text::days::in_full;
use crate::text::{Kind, Word};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// What a word contributes to the content of its sentence, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Class(u8);

impl Class {
    /// A content word that is no fact of its own.
    pub const CONTENT: Class = Class(0);
    /// A word that holds the sentence together: articles, pronouns, auxiliaries, prepositions.
    pub const FUNCTION: Class = Class(1);
    /// A number, an amount, a date, a name, a product word, an address.
    pub const FACT: Class = Class(2);
    /// A word that denies: *not*, *never*, *unable*.
    pub const NEGATION: Class = Class(4);
    /// A gap of a template that waits for its value.
    pub const PLACEHOLDER: Class = Class(8);

    /// Whether all bits of `other` are set.
    #[must_use]
    pub fn is(self, other: Class) -> bool {
        self.0 & other.0 == other.0
    }

    fn and(self, other: Class) -> Class {
        Class(self.0 | other.0)
    }
}

/// Classifies the word at `index` of `words`, a sentence of `text`; `gaps` are its placeholders.
pub(super) fn class(text: &str, words: &[Word], index: usize, gaps: &[Span]) -> Class {
    let word = &words[index];
    let form = word.form.as_ref();
    if gaps.iter().any(|gap| gap.contains(word.span)) {
        return Class::PLACEHOLDER;
    }
    match word.kind {
        Kind::Opaque => return if word.is_placeholder() { Class::PLACEHOLDER } else { Class::FACT },
        Kind::Number => return Class::FACT,
        Kind::Word | Kind::Mark => {}
    }
    if let Some(&class) = KNOWN.get(form) {
        return class;
    }
    let beside_number =
        || [index.wrapping_sub(1), index + 1].iter().any(|&n| words.get(n).is_some_and(|w| w.kind == Kind::Number));
    let named = in_full(form).is_some_and(|name| !name.also_a_word || word.capital && beside_number());
    let dated = named || DATE_WORDS.contains(&form);
    let numbered = number_word(form).is_some() || form.bytes().any(|b| b.is_ascii_digit());
    if dated || numbered || is_name(text, words, index) { Class::FACT } else { Class::CONTENT }
}

/// The digits a number word stands for, so that "two days" and "2 days" are the same fact.
pub(super) fn number_word(form: &str) -> Option<&'static str> {
    NUMBERS.get(form).copied()
}

/// The words whose class is known by the word alone.
static KNOWN: LazyLock<FxHashMap<&str, Class>> = LazyLock::new(|| {
    let function = FUNCTION_WORDS.iter().map(|word| (*word, Class::FUNCTION));
    let negations = NEGATIONS.iter().map(|word| (*word, Class::NEGATION.and(Class::FUNCTION)));
    function.chain(negations).collect()
});

static NUMBERS: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| NUMBER_WORDS.iter().copied().collect());

/// What `word` weighs by itself in the likeness of two sentences, in halves: a function word holds together and
/// says little.
pub(super) fn weight(form: &str) -> u32 {
    if KNOWN.get(form).is_some_and(|class| class.is(Class::FUNCTION)) { 1 } else { 2 }
}

/// The gaps of a template in `sentence` that are no words of [`crate::text::words`]: `[NAME]`,
/// `{order}`, `<date>`, `___`, `XXX`. A bracket that offers a choice is no gap.
pub(super) fn gaps(text: &str, sentence: Span) -> Vec<Span> {
    let body = sentence.of(text);
    let base = sentence.start as usize;
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(found) = body[at..].find(['[', '{', '<', '_', 'X', 'x']) {
        let start = at + found;
        let len = gap_len(&body[start..]);
        let glued = body[..start].ends_with(|c: char| c.is_alphanumeric());
        if len > 0 && !glued {
            out.push(Span::new(base + start, base + start + len));
        }
        at = start + len.max(1);
    }
    out
}

/// A gap's name is short; longer brackets are asides.
const LONGEST_GAP: usize = 40;

fn gap_len(rest: &str) -> usize {
    let close = match rest.as_bytes()[0] {
        b'[' => ']',
        b'{' => '}',
        b'<' => '>',
        first => {
            let run = rest.bytes().take_while(|b| *b == first).count();
            let enough = if first == b'_' { 2 } else { 3 };
            let ends = !rest[run..].starts_with(|c: char| c.is_alphanumeric());
            return if run >= enough && ends { run } else { 0 };
        }
    };
    let Some(end) = rest.find(close).filter(|&end| end <= LONGEST_GAP) else { return 0 };
    let name = &rest[1..end];
    let plain = !name.contains(['/', '|', '@', ':']) && name.split_whitespace().count() <= 4;
    if plain && name.contains(char::is_alphabetic) { end + 1 } else { 0 }
}

/// Whether the word is written like a name: a capital inside a sentence that is not all capitals.
fn is_name(text: &str, words: &[Word], index: usize) -> bool {
    if !words[index].capital {
        return false;
    }
    let starts =
        words[..index].iter().rev().find(|w| w.kind != Kind::Mark || matches!(&*w.form, "." | ":" | "!" | "?"));
    let inside = starts.is_some_and(|before| before.kind != Kind::Mark);
    // "Kind Regards", "PLEASE HELP": where every word has its capital, a capital tells nothing.
    let lower = words.iter().any(|w| w.kind == Kind::Word && w.span.of(text).starts_with(char::is_lowercase));
    inside && lower
}

/// Days counted from today, and hours with a name.
const DATE_WORDS: &[&str] = &["today", "tomorrow", "yesterday", "tonight", "noon", "midnight"];

/// Not "one", which is mostly a pronoun.
const NUMBER_WORDS: &[(&str, &str)] = &[
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("eleven", "11"),
    ("twelve", "12"),
    ("fifteen", "15"),
    ("twenty", "20"),
    ("thirty", "30"),
    ("forty", "40"),
    ("fifty", "50"),
    ("hundred", "100"),
    ("thousand", "1000"),
];

/// Words that deny. Those that deny by their meaning stand here too: "cannot" and "unable to" are one fact.
const NEGATIONS: &[&str] = &[
    "not",
    "no",
    "never",
    "none",
    "nothing",
    "nobody",
    "nowhere",
    "neither",
    "nor",
    "without",
    "unable",
    "impossible",
    "cannot",
    "hardly",
    "refuse",
    "decline",
];

const FUNCTION_WORDS: &[&str] = &[
    "'s", "a", "about", "after", "again", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "because",
    "been", "before", "being", "but", "by", "can", "could", "did", "do", "does", "for", "from", "had", "has", "have",
    "he", "her", "here", "him", "his", "how", "i", "if", "in", "into", "is", "it", "its", "just", "may", "me", "might",
    "more", "most", "much", "must", "my", "now", "of", "on", "only", "or", "our", "ours", "out", "over", "own",
    "shall", "she", "should", "so", "some", "such", "than", "that", "the", "their", "them", "then", "there", "these",
    "they", "this", "those", "to", "too", "up", "us", "very", "was", "we", "were", "what", "when", "where", "which",
    "while", "who", "why", "will", "with", "would", "you", "your", "yours",
];
