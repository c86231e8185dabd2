//! Sets of words, each numbered once: what patterns share is stored once.

use super::super::dictionary::{Postings, WordId};
use super::anchors::Set;
use super::number;
use std::collections::HashMap;

/// Sets of words by their numbers.
#[derive(Default)]
pub(super) struct WordSets(HashMap<Vec<WordId>, u32>);

impl WordSets {
    /// The sets of which `postings` gives the numbers for each of `words` words; there are `count`.
    pub fn of(postings: &Postings, count: u32, words: usize) -> Self {
        let mut sets: Vec<Vec<WordId>> = vec![Vec::new(); count as usize];
        for word in (0..).take(words) {
            postings.of(word).iter().for_each(|set| sets[set as usize].push(word));
        }
        Self(sets.into_iter().zip(0..).collect())
    }

    /// How many there are.
    pub fn count(&self) -> u32 {
        number(self.0.len())
    }

    /// The number of `set`.
    pub fn number(&mut self, set: &Set) -> u32 {
        let next = self.count();
        *self.0.entry(set.iter().copied().collect()).or_insert(next)
    }

    /// For each of `words` words the numbers of its sets, sorted.
    pub fn postings(self, words: usize) -> Postings {
        let mut lists = vec![Vec::new(); words];
        for (set, number) in self.0 {
            set.iter().for_each(|&word| lists[word as usize].push(number));
        }
        lists.iter_mut().for_each(|list| list.sort_unstable());
        lists.into_iter().collect()
    }
}
