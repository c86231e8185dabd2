//! Anchors: the words without which a pattern cannot match, derived and never written by hand.
//!
//! A sentence is tried against a pattern only when it holds a word of the pattern's anchor set, so the
//! sets must be *necessary*: whatever the pattern matches contains one word of each. They follow from
//! the pattern's shape alone, which makes the prefilter lossless by construction.

use super::super::dictionary::{Mask, WordId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Words of which a match contains at least one.
pub type Set = BTreeSet<WordId>;

/// All the sets a match needs, each at least one word of: a conjunction of disjunctions.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Required(pub Vec<Set>);

impl Required {
    /// Any one of these words.
    pub fn one_of(words: impl IntoIterator<Item = WordId>) -> Self {
        Self(vec![words.into_iter().collect()])
    }

    /// What a sequence needs: everything its parts need.
    pub fn all(parts: impl IntoIterator<Item = Required>) -> Self {
        Self(parts.into_iter().flat_map(|part| part.0).collect())
    }

    /// What a choice needs: one word of what either arm needs; nothing, when an arm needs nothing.
    pub fn either(arms: impl IntoIterator<Item = Required>, cost: &impl Fn(WordId) -> u32) -> Self {
        let mut union = Set::new();
        for arm in arms {
            match arm.rarest(cost) {
                Some(set) => union.extend(set),
                None => return Self::default(),
            }
        }
        Self(vec![union])
    }

    /// The set whose words are rarest in mail.
    pub fn rarest(&self, cost: &impl Fn(WordId) -> u32) -> Option<&Set> {
        self.0.iter().min_by_key(|set| set.iter().map(|&word| cost(word)).sum::<u32>())
    }
}

/// What a match can begin with.
#[derive(Clone, Copy, Debug)]
pub struct First {
    /// The words.
    pub words: Mask,
    /// Whether it may take no word at all, so that what follows counts too.
    pub empty: bool,
}

impl First {
    /// Something that takes no word.
    pub const NOTHING: Self = Self { words: Mask::NONE, empty: true };
    /// Any word.
    pub const ANY: Self = Self { words: Mask::ANY, empty: false };

    /// What `self` followed by `next` can begin with.
    pub fn then(self, next: Self) -> Self {
        if !self.empty {
            return self;
        }
        Self { words: self.words.union(next.words), empty: next.empty }
    }

    /// What either can begin with.
    pub fn or(self, other: Self) -> Self {
        Self { words: self.words.union(other.words), empty: self.empty || other.empty }
    }
}

/// How often a word of mail is met, against a rare word's 1. Rough: it steers speed, never results.
pub fn frequency(word: &str) -> u32 {
    const EVERY_SENTENCE: &[&str] = &["the", "to", "you", "i", "a", "and", "is", "of", "in", "it", ".", ","];
    const OFTEN: &[&str] = &[
        "not", "we", "your", "for", "that", "this", "have", "be", "on", "if", "can", "with", "will", "do", "are", "my",
        "our", "as", "at", "or", "but", "from", "was", "any", "has", "so", "an", "me", "would", "there", "by", "?",
        "!", ":", "-",
    ];
    const NOW_AND_THEN: &[&str] = &[
        "please", "just", "all", "no", "what", "did", "when", "get", "how", "should", "about", "could", "does", "they",
        "had", "been", "out", "up", "need", "know", "see", "us", "then", "only", "like", "were", "use", "which",
        "some", "them", "he", "she", "more", "here", "time", "than", "'s", "am", "one", "also", "let", "(", ")",
    ];
    if EVERY_SENTENCE.contains(&word) {
        400
    } else if OFTEN.contains(&word) {
        120
    } else if NOW_AND_THEN.contains(&word) {
        30
    } else {
        1
    }
}
