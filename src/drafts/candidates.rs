//! Which pairs of sentences are worth comparing.
//!
//! Comparing every old sentence with every new one is quadratic. Two sentences alike enough to be one
//! share an uncommon word, so beyond a small size only those that do are compared.

use super::features::Features;
use std::collections::HashMap;

/// A pair of sentences and how alike they are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Candidate {
    pub old: usize,
    pub new: usize,
    pub similarity: f32,
}

/// Up to this many pairs (200 sentences by 200), all are compared.
const ALL_PAIRS: usize = 40_000;
/// A word that stands in more old sentences than this points nowhere.
const COMMON: usize = 64;
/// Of the old sentences that share words with a new one, this many are compared with it.
const BEST: usize = 24;

/// All pairs at least `threshold` alike, sorted by old sentence and, within one, by new sentence.
pub(super) fn candidates(old: &[&Features], new: &[&Features], threshold: f32) -> Vec<Candidate> {
    let mut out = Vec::new();
    let mut compare = |i: usize, j: usize| {
        let similarity = old[i].similarity(new[j]);
        if similarity >= threshold {
            out.push(Candidate { old: i, new: j, similarity });
        }
    };
    if old.len().saturating_mul(new.len()) <= ALL_PAIRS {
        (0..old.len()).for_each(|i| (0..new.len()).for_each(|j| compare(i, j)));
        return out;
    }
    let index = Index::of(old);
    let mut likely = Vec::new();
    for (j, sentence) in new.iter().enumerate() {
        index.likely(sentence, j, &mut likely);
        likely.iter().for_each(|i| compare(*i, j));
    }
    out.sort_unstable_by_key(|c| (c.old, c.new));
    out
}

/// Where each word and each whole sentence stands among the old sentences.
struct Index {
    words: HashMap<u32, Vec<usize>>,
    whole: HashMap<u64, Vec<usize>>,
}

impl Index {
    fn of(old: &[&Features]) -> Self {
        let mut index = Self { words: HashMap::new(), whole: HashMap::new() };
        for (i, sentence) in old.iter().enumerate() {
            index.whole.entry(sentence.sequence).or_default().push(i);
            let mut last = None;
            for token in &sentence.tokens {
                if last.replace(token.form) != Some(token.form) {
                    index.words.entry(token.form).or_default().push(i);
                }
            }
        }
        index
    }

    /// The old sentences most worth comparing with the new sentence at `place`.
    fn likely(&self, sentence: &Features, place: usize, out: &mut Vec<usize>) {
        out.clear();
        // Of equal sentences the nearest will do: a list of a thousand "Yes." must not cost a million pairs.
        if let Some(equal) = self.whole.get(&sentence.sequence) {
            let middle = equal.partition_point(|i| *i < place);
            out.extend(&equal[middle.saturating_sub(BEST / 2)..(middle + BEST / 2).min(equal.len())]);
        }
        let mut counts: HashMap<usize, u32> = HashMap::new();
        let mut last = None;
        for token in &sentence.tokens {
            if last.replace(token.form) == Some(token.form) {
                continue;
            }
            for i in self.words.get(&token.form).filter(|list| list.len() <= COMMON).into_iter().flatten() {
                *counts.entry(*i).or_default() += token.weight();
            }
        }
        let mut ranked: Vec<(u32, usize)> = counts.into_iter().map(|(i, weight)| (weight, i)).collect();
        ranked.sort_unstable_by_key(|&(weight, i)| (std::cmp::Reverse(weight), i.abs_diff(place), i));
        out.extend(ranked.into_iter().take(BEST).map(|(_, i)| i));
        out.sort_unstable();
        out.dedup();
    }
}
