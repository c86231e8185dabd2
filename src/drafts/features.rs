//! What is known of a sentence without its words: hashes that can be compared and counted.

use super::facts::{self, Class};
use crate::span::Span;
use crate::text::{self, Kind, Word};
use serde::{Deserialize, Serialize};
use siphasher::sip::SipHasher24;
use smol_str::{SmolStr, StrExt};
use std::hash::Hasher;

/// The secret under which words are hashed.
///
/// Features are comparable only when they were made under one key. Drafts read from files use
/// [`Key::PLAIN`]; the journal has a random key of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Key(pub [u8; 16]);

impl Key {
    /// The key for features that never leave memory.
    pub const PLAIN: Key = Key([0; 16]);

    /// A hash of `parts`, different for every `purpose`.
    pub(super) fn hash<'a>(self, purpose: u8, parts: impl IntoIterator<Item = &'a str>) -> u64 {
        let mut hasher = SipHasher24::new_with_key(&self.0);
        hasher.write_u8(purpose);
        for part in parts {
            hasher.write(part.as_bytes());
            hasher.write_u8(0xff);
        }
        hasher.finish()
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

/// A word as a hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Token {
    /// Hash of the canonical form.
    pub form: u32,
    /// Hash of the consonants: equal for a word and its misspelling. 0 for words too short to tell.
    pub skeleton: u16,
    /// What the word contributes.
    pub class: Class,
}

/// All that alignment and classification know of a sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Features {
    /// Its words, sorted by hash; marks are left out.
    pub tokens: Vec<Token>,
    /// Hashes of neighbouring words, sorted.
    pub pairs: Vec<u32>,
    /// Hash of its words in order.
    pub sequence: u64,
    /// Hash of its writing, white space folded.
    pub written: u64,
}

impl Features {
    /// The features of `sentence`, a span of `text`, under `key`.
    #[must_use]
    pub fn of(text: &str, sentence: Span, key: Key) -> Self {
        Self::of_words(text, sentence, &text::words(text, sentence), key)
    }

    /// The same of a sentence whose words are at hand.
    #[must_use]
    pub fn of_words(text: &str, sentence: Span, words: &[Word], key: Key) -> Self {
        let gaps = facts::gaps(text, sentence);
        let mut forms: Vec<SmolStr> = Vec::with_capacity(words.len());
        let mut tokens = Vec::with_capacity(words.len());
        for (index, word) in words.iter().enumerate().filter(|(_, w)| w.kind != Kind::Mark) {
            let form = match word.kind {
                // Canonical forms of these are all alike, and what they say is their fact.
                Kind::Opaque => word.span.of(text).to_lowercase_smolstr(),
                _ => facts::number_word(&word.form).map_or_else(|| word.form.clone(), SmolStr::new_static),
            };
            tokens.push(Token {
                form: short(key.hash(b'w', [&*form])),
                skeleton: skeleton(&form).map_or(0, |s| (key.hash(b's', [&*s]) as u16).max(1)),
                class: facts::class(text, words, index, &gaps),
            });
            forms.push(form);
        }
        let mut pairs: Vec<u32> =
            forms.windows(2).map(|pair| short(key.hash(b'p', pair.iter().map(SmolStr::as_str)))).collect();
        tokens.sort_unstable();
        pairs.sort_unstable();
        Self {
            tokens,
            pairs,
            sequence: key.hash(b'q', forms.iter().map(SmolStr::as_str)),
            written: key.hash(b'r', sentence.of(text).split_whitespace()),
        }
    }

    /// Number of words.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether it has no word at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// How alike two sentences are, from 0.0 to 1.0: Dice over the multisets of words, in which a
    /// function word counts half, mixed with Dice over neighbouring words.
    ///
    /// On essay revisions this aligns better than words alone, because two sentences on one
    /// subject share words but not their order.
    #[must_use]
    pub fn similarity(&self, other: &Features) -> f32 {
        if self.sequence == other.sequence {
            return 1.0;
        }
        let shared: u32 = shared(&self.tokens, &other.tokens, |t| t.form).map(|(t, _)| t.weight()).sum();
        let words = dice(shared, self.weight() + other.weight());
        if self.pairs.is_empty() || other.pairs.is_empty() {
            return words;
        }
        let pairs = shared_count(&self.pairs, &other.pairs);
        let order = dice(pairs, count(self.pairs.len() + other.pairs.len()));
        (1.0 - ORDER_SHARE) * words + ORDER_SHARE * order
    }

    /// Weight of all words, in halves.
    #[must_use]
    pub fn weight(&self) -> u32 {
        self.tokens.iter().map(|t| t.weight()).sum()
    }
}

impl Token {
    /// Its weight in [`Features::similarity`], in halves.
    #[must_use]
    pub fn weight(self) -> u32 {
        if self.class.is(Class::FUNCTION) { 1 } else { 2 }
    }
}

/// Share of neighbouring words in [`Features::similarity`].
pub(super) const ORDER_SHARE: f32 = 0.3;

#[expect(clippy::cast_precision_loss, reason = "sentences are far shorter than 2^24 words")]
fn dice(shared: u32, total: u32) -> f32 {
    if total == 0 { 0.0 } else { 2.0 * shared as f32 / total as f32 }
}

/// The items two sorted lists share by `key`, as multisets.
pub(super) fn shared<'a, T, K: Ord>(
    left: &'a [T],
    right: &'a [T],
    key: impl Fn(&T) -> K + 'a,
) -> impl Iterator<Item = (&'a T, &'a T)> {
    let (mut i, mut j) = (0, 0);
    std::iter::from_fn(move || {
        while let (Some(a), Some(b)) = (left.get(i), right.get(j)) {
            match key(a).cmp(&key(b)) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    (i, j) = (i + 1, j + 1);
                    return Some((a, b));
                }
            }
        }
        None
    })
}

fn shared_count(left: &[u32], right: &[u32]) -> u32 {
    count(shared(left, right, |n| *n).count())
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[expect(clippy::cast_possible_truncation, reason = "a shorter hash is wanted")]
fn short(hash: u64) -> u32 {
    hash as u32
}

/// The first letter of a word and its consonants, sorted, doubles dropped; `None` for words too short to
/// be told apart by them.
///
/// "recieve" and "receive", "adress" and "address", "form" and "from" share theirs.
fn skeleton(form: &str) -> Option<String> {
    let first = form.chars().next().filter(|c| c.is_alphabetic())?;
    let mut letters: Vec<char> = form.chars().skip(1).filter(|c| c.is_alphabetic() && !"aeiou".contains(*c)).collect();
    letters.sort_unstable();
    letters.dedup();
    let tells = form.chars().count() >= 3 && letters.iter().any(|c| *c != first);
    tells.then(|| std::iter::once(first).chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Features {
        Features::of(text, Span::new(0, text.len()), Key::PLAIN)
    }

    #[test]
    fn writing_words_and_order_are_told_apart() {
        let plain = of("We will call on Friday.");
        assert_eq!(plain.written, of("We will  call\non Friday.").written);
        assert_ne!(plain.written, of("we will call on Friday").written);
        assert_eq!(plain.sequence, of("we will call, on Friday").sequence);
        assert_ne!(plain.sequence, of("On Friday we will call.").sequence);
        assert_eq!(plain.tokens.len(), 5);
    }

    #[test]
    fn number_words_are_numbers() {
        assert_eq!(of("it takes two days").sequence, of("it takes 2 days").sequence);
    }

    #[test]
    fn misspellings_share_their_consonants() {
        for (wrong, right) in
            [("recieve", "receive"), ("adress", "address"), ("teh", "the"), ("definately", "definitely")]
        {
            assert_eq!(skeleton(wrong), skeleton(right), "{wrong}");
        }
        assert_ne!(skeleton("sorry"), skeleton("sure"));
        assert_ne!(skeleton("call"), skeleton("write"));
        assert_eq!(skeleton("an"), None);
    }

    #[test]
    fn order_counts_in_similarity() {
        let one = of("the driver left the parcel with the neighbour");
        let reworded = of("the driver handed the parcel to the neighbour");
        let scrambled = of("parcel driver the to neighbour handed the the");
        assert!(one.similarity(&reworded) > one.similarity(&scrambled));
        assert!((one.similarity(&one) - 1.0).abs() < f32::EPSILON);
        assert!(one.similarity(&of("Kind regards")) < 0.05);
    }

    #[test]
    fn another_key_makes_other_hashes() {
        let text = "We will call";
        let other = Features::of(text, Span::new(0, text.len()), Key([7; 16]));
        assert!(other.tokens.iter().all(|t| of(text).tokens.iter().all(|u| u.form != t.form)));
    }
}
