//! Starts made twice, and hedges in a heap.

use super::{Sign, SignKind, sign};
use crate::span::Span;
use crate::text::{Kind, Word};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Hedges in one sentence from which they count as stacked. Two are ordinary courtesy.
const STACK: usize = 3;

/// The signs of a sentence.
pub(super) fn signs(words: &[Word]) -> Vec<Sign> {
    let words: Vec<_> = words.iter().filter(|w| w.kind != Kind::Mark).collect();
    let forms: Vec<&str> = words.iter().map(|w| w.form.as_ref()).collect();
    let span = |(at, phrase): (usize, Phrase)| words[at].span.cover(words[at + phrase.len() - 1].span);
    let (restarts, hedges) = (first_of_each(&BEGINNINGS.0, &forms), first_of_each(&BEGINNINGS.1, &forms));
    let restart = restarts.into_iter().next().map(|restart| sign(SignKind::Restart, span(restart)));
    let stacked = hedges.len() >= STACK;
    let hedges = hedges.into_iter().map(span).reduce(Span::cover).filter(|_| stacked);
    restart.into_iter().chain(hedges.map(|all| sign(SignKind::StackedHedges, all))).collect()
}

/// Words in a row.
type Phrase = &'static [&'static str];

/// Where each of `phrases` stands first among `forms`, in the order of the sentence.
fn first_of_each(phrases: &ByFirst, forms: &[&str]) -> Vec<(usize, Phrase)> {
    let mut found: Vec<(usize, Phrase)> = Vec::new();
    for (at, form) in forms.iter().enumerate() {
        for phrase in phrases.get(form).copied().unwrap_or_default() {
            if forms[at..].starts_with(phrase) && !found.iter().any(|(_, other)| other == phrase) {
                found.push((at, phrase));
            }
        }
    }
    found
}

/// Phrases by their first word: few words of a sentence begin one.
type ByFirst = FxHashMap<&'static str, &'static [Phrase]>;

/// [`RESTARTS`] and [`HEDGES`].
static BEGINNINGS: LazyLock<(ByFirst, ByFirst)> = LazyLock::new(|| {
    let by_first = |phrases: &'static [Phrase]| {
        let same = phrases.chunk_by(|one, next| one[0] == next[0]);
        same.map(|chunk| (chunk[0][0], chunk)).collect()
    };
    (by_first(RESTARTS), by_first(HEDGES))
});

/// In canonical words, contractions taken apart; sorted.
const RESTARTS: &[Phrase] = &[
    &["let", "me", "put", "it", "another", "way"],
    &["let", "me", "put", "it", "differently"],
    &["let", "me", "put", "that", "another", "way"],
    &["let", "me", "put", "this", "differently"],
    &["let", "me", "rephrase"],
    &["let", "me", "say", "that", "again"],
    &["let", "me", "say", "this", "differently"],
    &["let", "me", "start", "again"],
    &["let", "me", "start", "over"],
    &["scratch", "that"],
    &["that", "came", "out", "wrong"],
    &["to", "put", "it", "another", "way"],
    &["to", "put", "it", "differently"],
    &["what", "i", "am", "trying", "to", "say"],
    &["what", "i", "mean", "is"],
    &["what", "i", "meant", "is"],
    &["what", "i", "meant", "to", "say"],
    &["what", "i", "meant", "was"],
    &["what", "i", "want", "to", "say", "is"],
];

/// Sorted. Each is counted once a sentence. Words that also say plain facts (may, could, would, just) are not here.
const HEDGES: &[Phrase] = &[
    &["a", "bit"],
    &["a", "little"],
    &["i", "believe"],
    &["i", "feel"],
    &["i", "guess"],
    &["i", "suppose"],
    &["i", "think"],
    &["i", "was", "wondering"],
    &["if", "possible"],
    &["in", "a", "way"],
    &["it", "seems"],
    &["it", "would", "seem"],
    &["kind", "of"],
    &["maybe"],
    &["might"],
    &["more", "or", "less"],
    &["perhaps"],
    &["possibly"],
    &["potentially"],
    &["probably"],
    &["somewhat"],
    &["sort", "of"],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_phrases_are_sorted() {
        assert!(RESTARTS.is_sorted() && HEDGES.is_sorted());
    }
}
