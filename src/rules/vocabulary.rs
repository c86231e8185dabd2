//! The words that patterns know, by number: a table that is looked up where it lies, so a start builds none.

use super::dictionary::WordId;
use super::packed::{Numbers, text};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Words by number, and the numbers of words.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Vocabulary {
    /// The words, one after the other.
    #[serde(deserialize_with = "text")]
    words: Cow<'static, str>,
    /// Where each ends.
    ends: Numbers,
    /// An open hash table: one more than the number of a word, or 0. As many as a power of two, at most half full.
    slots: Numbers,
}

impl Vocabulary {
    /// How many words there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.all().len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The words, in the order of their numbers.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|number| self.word(number))
    }

    /// The number of `word`, if it is known.
    #[must_use]
    pub fn number(&self, word: &str) -> Option<WordId> {
        let mask = self.slots.all().len().checked_sub(1)?;
        let mut slot = hash(word) & mask;
        loop {
            let number = self.slots.at(slot).checked_sub(1)?;
            if self.word(number as usize) == word {
                return Some(number);
            }
            slot = (slot + 1) & mask;
        }
    }

    fn word(&self, number: usize) -> &str {
        let start = if number == 0 { 0 } else { self.ends.at(number - 1) as usize };
        &self.words[start..self.ends.at(number) as usize]
    }
}

impl FromIterator<String> for Vocabulary {
    /// Takes words in the order of their numbers, each once.
    fn from_iter<T: IntoIterator<Item = String>>(words: T) -> Self {
        let words: Vec<String> = words.into_iter().collect();
        let mut slots = vec![0; (2 * words.len()).next_power_of_two()];
        let mut ends = Vec::with_capacity(words.len());
        let (mut text, mask) = (String::new(), slots.len() - 1);
        for (word, number) in words.iter().zip(1..) {
            let mut slot = hash(word) & mask;
            while slots[slot] != 0 {
                slot = (slot + 1) & mask;
            }
            slots[slot] = number;
            text.push_str(word);
            ends.push(u32::try_from(text.len()).expect("all words together are far shorter than 4 GiB"));
        }
        Self { words: text.into(), ends: ends.into(), slots: slots.into() }
    }
}

/// FNV-1a (<http://www.isthe.com/chongo/tech/comp/fnv/>), 32 bits: the same on every machine, as the table is made
/// on one and looked up on another.
fn hash(word: &str) -> usize {
    word.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_has_its_number_and_others_none() {
        let words: Vec<String> = (0..1000).map(|number| format!("word{number}")).collect();
        let vocabulary: Vocabulary = words.iter().cloned().collect();
        assert!(vocabulary.words().eq(&words));
        for (word, number) in words.iter().zip(0..) {
            assert_eq!(vocabulary.number(word), Some(number));
        }
        assert_eq!(vocabulary.number("word1000"), None);
        assert_eq!(Vocabulary::default().number("word"), None);
        assert_eq!(Vocabulary::from_iter([]).number("word"), None);
    }

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!((hash(""), hash("a"), hash("foobar")), (0x811c_9dc5, 0xe40c_292c, 0xbf9c_f968));
    }
}
