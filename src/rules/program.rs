//! What the machine runs: a pattern or the phrases of a class, as instructions over words.

use super::dictionary::{ClassId, Mask, WordId};
use super::packed::Packed;
use serde::{Deserialize, Serialize};

/// Instructions over words.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Program {
    /// The instructions; starts at the first.
    pub code: Packed<Vec<Inst>>,
    /// Words a match can begin with.
    pub first: Mask,
    /// The number of their set in [`Dictionary::begins`](super::dictionary::Dictionary::begins);
    /// [`NO_GROUP`](super::dictionary::NO_GROUP) when they are few, or not all known.
    pub begins: u32,
}

/// One instruction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Inst {
    /// This word.
    Word(WordId),
    /// A word of this class, or a phrase of it.
    Class(ClassId),
    /// Here stands nothing of this class.
    NotClass(ClassId),
    /// A word that begins so.
    Prefix(String),
    /// A word that ends so.
    Suffix(String),
    /// A word with this feature.
    Feature(Feature),
    /// A word inside the clause, whatever it is.
    InClause,
    /// A word or mark inside the sentence, whatever it is.
    InSentence,
    /// Adverbs, or nothing.
    Slip,
    /// A place between words.
    Place(Place),
    /// The words to point at begin.
    MarkStart,
    /// The words to point at end.
    MarkEnd,
    /// Try the first, then the second.
    Split(u32, u32),
    /// Try each of several ways in turn.
    Choice(Choice),
    /// Go on there.
    Jump(u32),
    /// Matched.
    Match,
}

/// Ways to go on, in the order of their instructions: most begin with a word, and a sentence has few of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The ways that begin with a word: the word and the first instruction, sorted.
    pub words: Vec<(WordId, u32)>,
    /// The first instructions of the others, in order.
    pub others: Vec<u32>,
}

/// So many are looked through faster than they are halved.
const HANDFUL: usize = 8;

impl Choice {
    /// Calls `take` with the first instructions of the ways that begin with `word`.
    pub fn each_way(&self, word: WordId, mut take: impl FnMut(u32)) {
        let first = match self.words.len() {
            0..=HANDFUL => 0,
            _ => self.words.partition_point(|way| way.0 < word),
        };
        for &(begins, way) in &self.words[first..] {
            if begins == word {
                take(way);
            } else if begins > word {
                break;
            }
        }
    }
}

/// Built-in classes: what a word is like, not which it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Feature {
    /// `<number>`: begins with a digit or a currency sign.
    Number,
    /// `<name>`: written with a capital, not at the start of the sentence.
    Name,
    /// `<quoted>`: between quotation marks.
    Quoted,
    /// `<blank>`: a template placeholder or an address.
    Blank,
    /// `<word>`: any word or number, no mark.
    Word,
    /// `<caps>`: written in capitals throughout.
    Caps,
}

impl Feature {
    /// The feature called `name`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "number" => Self::Number,
            "name" => Self::Name,
            "quoted" => Self::Quoted,
            "blank" => Self::Blank,
            "word" => Self::Word,
            "caps" => Self::Caps,
            _ => return None,
        })
    }
}

/// A place between words, which takes none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// `^`
    SentenceStart,
    /// `^^`
    ClauseStart,
    /// `$`
    ClauseEnd,
    /// `$$`
    SentenceEnd,
}
