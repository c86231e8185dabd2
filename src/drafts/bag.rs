//! How far two drafts lie apart, sentence order aside.

use super::draft::Draft;
use std::collections::HashMap;

/// The words of a draft, counted.
pub(super) struct Bag {
    words: HashMap<u32, u32>,
    total: u32,
}

impl Bag {
    pub(super) fn of(draft: &Draft) -> Self {
        let mut bag = Self { words: HashMap::new(), total: 0 };
        for token in draft.sentences.iter().flat_map(|s| &s.features.tokens) {
            *bag.words.entry(token.form).or_default() += 1;
            bag.total += 1;
        }
        bag
    }

    /// Share of the words that differ, 0.0 to 1.0.
    #[expect(clippy::cast_precision_loss, reason = "a share needs no more than 24 bits")]
    pub(super) fn distance(&self, other: &Self) -> f32 {
        let shared: u32 = self.words.iter().map(|(form, n)| other.words.get(form).map_or(0, |m| (*n).min(*m))).sum();
        let total = self.total + other.total;
        if total == 0 { 0.0 } else { 1.0 - 2.0 * shared as f32 / total as f32 }
    }
}
