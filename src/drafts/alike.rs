//! Replies of one collection that say nearly the same, so that one of them could do.
//!
//! Two drafts of one message are compared as a story ([`compare`](super::compare)); here thousands of replies are
//! compared with each other, so only counts of hashed words are kept of each. Candidates share a whole sentence
//! that is no boilerplate; the Dice share of their words then decides. The cost grows with the number of replies,
//! not with that of pairs.

use crate::lint::Linted;
use crate::message::Message;
use rustc_hash::{FxHashMap, FxHasher};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::hash::Hasher;

/// Share of words from which on two replies are nearly the same: one word in ten may differ.
const NEARLY: f32 = 0.9;
/// Fewer words than these say too little to be compared.
const FEWEST: usize = 12;
/// A sentence of fewer words is a greeting, or another formula.
const SENTENCE: usize = 5;
/// A sentence that more replies than these share is boilerplate.
const BOILERPLATE: usize = 20;

/// What is kept of a reply: no word of it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Reply {
    /// Hashes of its words, sorted.
    words: Vec<u32>,
    /// Hashes of its longer sentences, each once.
    sentences: BTreeSet<u64>,
}

impl Reply {
    /// What is kept of `message`, of whose own words `linted` tells.
    #[must_use]
    pub fn of(message: &Message, linted: &Linted) -> Self {
        let mut reply = Self::default();
        for sentence in &linted.sentences {
            let Some(passage) = sentence.passage.of(message) else { continue };
            let begun = reply.words.len();
            let mut whole = FxHasher::default();
            for word in sentence.span.of(&passage.text).split(|c: char| !c.is_alphanumeric()) {
                if !word.is_empty() {
                    let hash = hash(word);
                    whole.write_u64(hash);
                    reply.words.push((hash >> 32) as u32);
                }
            }
            if reply.words.len() - begun >= SENTENCE {
                reply.sentences.insert(whole.finish());
            }
        }
        reply.words.sort_unstable();
        reply
    }

    /// Share of the words that both have, 0.0 to 1.0.
    #[expect(clippy::cast_precision_loss, reason = "a share needs no more than 24 bits")]
    fn share(&self, other: &Self) -> f32 {
        let (mut left, mut right) = (self.words.iter().peekable(), other.words.iter().peekable());
        let mut shared = 0_usize;
        while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => drop(left.next()),
                std::cmp::Ordering::Greater => drop(right.next()),
                std::cmp::Ordering::Equal => {
                    shared += 1;
                    left.next();
                    right.next();
                }
            }
        }
        2.0 * shared as f32 / (self.words.len() + other.words.len()) as f32
    }
}

/// Pairs of `replies` that are nearly the same, by their numbers, in order. Of many that are all alike each is
/// paired with the first.
#[must_use]
pub fn alike(replies: &[Reply]) -> Vec<(usize, usize)> {
    let mut holders: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    let long = replies.iter().enumerate().filter(|(_, reply)| reply.words.len() >= FEWEST);
    for (number, reply) in long.clone() {
        for &sentence in &reply.sentences {
            holders.entry(sentence).or_default().push(number);
        }
    }
    let mut pairs = Vec::new();
    let mut paired = vec![false; replies.len()];
    for (number, reply) in long {
        let held = reply.sentences.iter().filter_map(|sentence| holders.get(sentence));
        let held = held.filter(|numbers| numbers.len() <= BOILERPLATE);
        let candidates: BTreeSet<usize> = held.flatten().copied().filter(|&other| other < number).collect();
        let near = |&other: &usize| !paired[other] && replies[other].share(reply) >= NEARLY;
        if let Some(other) = candidates.into_iter().find(near) {
            paired[number] = true;
            pairs.push((other, number));
        }
    }
    pairs
}

/// Case makes no difference.
fn hash(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    for c in word.chars().flat_map(char::to_lowercase) {
        hasher.write_u32(c as u32);
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Kind;
    use crate::lint::{Linter, Policy};
    use crate::rules::RuleSet;

    fn pairs(texts: &[&str]) -> Vec<(usize, usize)> {
        let (rules, policy) = (RuleSet::embedded(), Policy::default());
        let linter = Linter::new(&rules, &policy);
        let replies = texts.iter().map(|text| {
            let message = Message::read(text.as_bytes(), Kind::Text).unwrap();
            Reply::of(&message, &linter.lint("reply.txt", &message))
        });
        alike(&replies.collect::<Vec<_>>())
    }

    const LATE: &str =
        "Thank you for writing. Your parcel left our depot in Ghent on Monday. It reaches you by Thursday at noon.";

    #[test]
    fn replies_that_differ_by_a_word_are_nearly_the_same() {
        let friday = LATE.replace("Thursday", "Friday").to_uppercase();
        let other =
            "Thank you for writing. Your key is ready, and you can fetch it at the desk from nine to five every day.";
        assert_eq!(pairs(&[LATE, other, &friday, LATE]), [(0, 2), (0, 3)]);
    }

    #[test]
    fn short_ones_and_formulas_are_no_pair() {
        assert_eq!(pairs(&["Your parcel is on its way now.", "Your parcel is on its way now."]), []);
        let more = format!("{LATE} We pay the postage back, and the next order has a voucher of ten euros for you.");
        assert_eq!(pairs(&[LATE, &more]), []);
    }
}
