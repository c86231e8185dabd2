//! The compiled dictionary: what the matcher walks, as plain data.
//!
//! Built from the rule files at build time and read back from a compact binary, so a cold start
//! parses no rule. Words are numbers here ([`Dictionary::vocabulary`]).

use super::packed::{Numbers, Packed, Run, text};
use super::program::Program;
use super::vocabulary::Vocabulary;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Number of a word in the vocabulary.
pub type WordId = u32;
/// Stands for the number of a word that no pattern knows.
pub const NO_WORD: WordId = WordId::MAX;
/// Number of a class.
pub type ClassId = u16;
/// Number of a pattern.
pub type PatternId = u32;

/// All rules, compiled.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Dictionary {
    /// Every word that some pattern knows, by number.
    pub vocabulary: Vocabulary,
    /// Classes, by number.
    pub classes: Vec<Class>,
    /// Rules, by number.
    pub rules: Vec<Rule>,
    /// Patterns of all senses, in the order of rules and senses.
    pub patterns: Vec<Packed<Pattern>>,
    /// For each word, the patterns that it makes worth trying, each followed by the rarest of the groups it needs
    /// besides, or [`NO_GROUP`].
    pub anchored: Postings,
    /// For each word, the groups it belongs to.
    pub groups: Postings,
    /// How many groups there are.
    pub group_count: u32,
    /// For each word, the sets of words that programs begin with and that it belongs to, sorted.
    pub begins: Postings,
    /// How many such sets there are.
    pub begins_count: u32,
    /// The class of words that may slip in anywhere (`<slip>`).
    pub slip: ClassId,
    /// The class of words that may open a sentence before its first word (`<opener>`).
    pub opener: ClassId,
    /// The class of words that start a clause (`<joint>`).
    pub joint: ClassId,
}

/// Stands for the number of a group where a pattern needs none.
pub const NO_GROUP: u32 = u32::MAX;

/// For each word a list of numbers, one list after the other.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Postings {
    ends: Numbers,
    entries: Numbers,
}

impl Postings {
    /// The list of `word`.
    #[must_use]
    pub fn of(&self, word: WordId) -> Run<'_> {
        let word = word as usize;
        let start = if word == 0 { 0 } else { self.ends.at(word - 1) as usize };
        self.entries.between(start, self.ends.at(word) as usize)
    }
}

impl FromIterator<Vec<u32>> for Postings {
    fn from_iter<T: IntoIterator<Item = Vec<u32>>>(lists: T) -> Self {
        let (mut ends, mut entries) = (Vec::new(), Vec::new());
        for list in lists {
            entries.extend(list);
            ends.push(u32::try_from(entries.len()).expect("a dictionary is far smaller than 4 billion entries"));
        }
        Self { ends: ends.into(), entries: entries.into() }
    }
}

/// A set of words, told apart only roughly: a word whose bit is not set is surely not in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mask(#[serde(with = "postcard::fixint::le")] u128);

impl Mask {
    /// No word.
    pub const NONE: Self = Self(0);
    /// Any word, known or not.
    pub const ANY: Self = Self(u128::MAX);

    /// The set of one word.
    #[must_use]
    pub fn of(word: WordId) -> Self {
        Self(1 << (word.wrapping_mul(0x9E37_79B1) >> 25))
    }

    /// The words of both sets.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the sets may share a word.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self == Self::ANY || self.0 & other.0 != 0
    }
}

impl FromIterator<WordId> for Mask {
    fn from_iter<T: IntoIterator<Item = WordId>>(words: T) -> Self {
        words.into_iter().fold(Self::default(), |mask, word| mask.union(Self::of(word)))
    }
}

/// A word class.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Class {
    /// Its name, without angle brackets; empty for a group inside a pattern.
    #[serde(deserialize_with = "text")]
    pub name: Cow<'static, str>,
    /// Members that are one word.
    pub words: Numbers,
    /// Members that are more than that.
    pub phrases: Option<Program>,
    /// Words a member can begin with.
    pub first: Mask,
}

/// A rule without its prose.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Rule {
    /// `category/name`.
    pub id: String,
    /// What its hits are.
    pub role: Role,
    /// Whose words it reads.
    pub zone: RuleZone,
    /// Whether it is on when the configuration says nothing.
    pub on: bool,
    /// Its senses; the first that matches a marked word wins.
    pub senses: Vec<Sense>,
}

/// What the hits of a rule are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Words to look at again.
    Finding,
    /// Words that do the reader good.
    Credit,
    /// Facts for the advice.
    Signal,
}

/// Whose words a rule reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RuleZone {
    /// The writer's.
    #[default]
    Own,
    /// The customer's.
    Quoted,
    /// Either.
    Both,
}

/// How much words would hurt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Idiom, forecast, courtesy: nothing to say.
    Silent,
    /// Worth a second look.
    Note,
    /// Judges the reader, the dispute or a person.
    Warning,
    /// Blames, insults or accuses the reader.
    Error,
}

/// One sense of a rule's words.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Sense {
    /// Its name.
    pub name: String,
    /// How much it would hurt. Of a credit or a signal only whether it is silent counts.
    pub severity: Severity,
    /// What it weighs in the verdict.
    pub weight: f32,
    /// The kind of a credit or signal, such as `apology`.
    pub kind: Option<String>,
    /// Whether hits between quotation marks count.
    pub in_quotes: bool,
    /// Whether the sentence must be a question, or must not.
    pub question: Option<bool>,
    /// Only when one of these stands in the sentence.
    pub with: Vec<Program>,
    /// Not when one of these stands in the sentence.
    pub unless: Vec<Program>,
    /// Not when one of these stands in the sentence or a neighbour of it.
    pub unless_near: Vec<Program>,
    /// Only when one of these stands in the sentence or a neighbour of it.
    pub near: Vec<Program>,
    /// The shape it is seen by, in place of patterns.
    pub shape: Option<Shape>,
}

/// What is seen by its shape: placeholders have no grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// A place to fill in, in a mail that goes to somebody.
    Unfilled,
    /// A placeholder that leaves a gap when there is nothing to put in.
    EmptyFallback,
}

/// A pattern of a sense.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Pattern {
    /// Its rule.
    pub rule: u32,
    /// Its sense in the rule.
    pub sense: u32,
    /// What to run.
    pub program: Program,
    /// Up to two more groups of words, the rarest first, of which a matching sentence has one each, or [`NO_GROUP`].
    /// The one that stands beside it in [`Dictionary::anchored`] is not among them, nor are groups that few sentences
    /// lack.
    pub required: [u32; 2],
}
