//! A quick look at two sentences, before their features are worked out.

use crate::drafts::facts;
use crate::drafts::features::{ORDER_SHARE, shared};
use crate::text::{Kind, Word};
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// The words of a sentence as hashes with their weights, sorted.
pub(super) struct Outline(Vec<(u64, u32)>);

impl Outline {
    pub fn of(words: &[Word]) -> Self {
        let mut hashes: Vec<(u64, u32)> = words.iter().filter(|word| word.kind != Kind::Mark).map(weighed).collect();
        hashes.sort_unstable();
        Self(hashes)
    }

    /// Whether two sentences could be `alike` by their features: whether they were, if their words stood in the
    /// same order. Words that differ only as written, such as addresses, count as the same.
    pub fn may_be_like(&self, other: &Self, alike: f32) -> bool {
        let weight = |words: &[(u64, u32)]| words.iter().map(|(_, weight)| weight).sum::<u32>();
        let shared: u32 = shared(&self.0, &other.0, |word| word.0).map(|(word, _)| word.1).sum();
        let total = weight(&self.0) + weight(&other.0);
        #[expect(clippy::cast_precision_loss, reason = "sentences are far shorter than 2^24 words")]
        let words = 2.0 * shared as f32 / total.max(1) as f32;
        (1.0 - ORDER_SHARE) * words + ORDER_SHARE >= alike
    }
}

fn weighed(word: &Word) -> (u64, u32) {
    let form = facts::number_word(&word.form).unwrap_or(&word.form);
    let mut hasher = FxHasher::default();
    hasher.write(form.as_bytes());
    (hasher.finish(), facts::weight(form))
}
