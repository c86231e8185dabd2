//! Which groups of words stand in a sentence, and where: what a pattern is held against before it is tried.

use super::dictionary::{Dictionary, WordId};
use super::matcher::known;

/// The groups of a sentence, as bits.
#[derive(Debug)]
pub(super) struct Groups {
    /// A row for the whole sentence, and one for each word.
    bits: Vec<u64>,
    /// Length of a row.
    width: usize,
}

impl Groups {
    /// The groups of the words numbered `ids`.
    pub fn of(dictionary: &Dictionary, ids: &[[WordId; 2]]) -> Self {
        let width = dictionary.group_count.div_ceil(64) as usize;
        let mut bits = vec![0; width * (ids.len() + 1)];
        let (sentence, words) = bits.split_at_mut(width);
        for (row, ids) in words.chunks_exact_mut(width.max(1)).zip(ids) {
            for &group in known(ids).flat_map(|word| dictionary.groups.of(word)) {
                row[group as usize / 64] |= 1 << (group % 64);
                sentence[group as usize / 64] |= 1 << (group % 64);
            }
        }
        Self { bits, width }
    }

    /// Whether a word of `group` stands in the sentence.
    pub fn stands(&self, group: u32) -> bool {
        self.is_set(0, group)
    }

    /// Whether word number `at` is of `group`.
    pub fn stands_at(&self, group: u32, at: usize) -> bool {
        self.is_set(at + 1, group)
    }

    fn is_set(&self, row: usize, group: u32) -> bool {
        self.bits[row * self.width + group as usize / 64] & (1 << (group % 64)) != 0
    }
}
