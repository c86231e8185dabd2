//! Starts made twice, and hedges in a heap.

use super::{Sign, SignKind, sign};
use crate::span::Span;
use crate::text::{self, Kind, Sentence};

/// Hedges in one sentence from which they count as stacked. Two are ordinary courtesy.
const STACK: usize = 3;

/// The signs of each sentence.
pub(super) fn signs(text: &str, sentences: &[Sentence]) -> Vec<Sign> {
    let mut out = Vec::new();
    for sentence in sentences {
        let words = text::words(text, sentence.span);
        let words: Vec<_> = words.iter().filter(|w| w.kind != Kind::Mark).collect();
        let forms: Vec<&str> = words.iter().map(|w| w.form.as_ref()).collect();
        let at = |phrase: &[&str]| forms.windows(phrase.len()).position(|window| window == phrase);
        let span = |at: usize, len: usize| words[at].span.cover(words[at + len - 1].span);
        if let Some(found) = RESTARTS.iter().find_map(|phrase| at(phrase).map(|n| span(n, phrase.len()))) {
            out.push(sign(SignKind::Restart, found));
        }
        let hedges: Vec<Span> = HEDGES.iter().filter_map(|phrase| at(phrase).map(|n| span(n, phrase.len()))).collect();
        if hedges.len() >= STACK {
            out.extend(hedges.into_iter().reduce(Span::cover).map(|all| sign(SignKind::StackedHedges, all)));
        }
    }
    out
}

/// In canonical words: contractions are taken apart.
const RESTARTS: &[&[&str]] = &[
    &["what", "i", "mean", "is"],
    &["what", "i", "meant", "is"],
    &["what", "i", "meant", "was"],
    &["what", "i", "meant", "to", "say"],
    &["what", "i", "am", "trying", "to", "say"],
    &["what", "i", "want", "to", "say", "is"],
    &["let", "me", "put", "it", "differently"],
    &["let", "me", "put", "this", "differently"],
    &["let", "me", "put", "it", "another", "way"],
    &["let", "me", "put", "that", "another", "way"],
    &["let", "me", "rephrase"],
    &["let", "me", "start", "again"],
    &["let", "me", "start", "over"],
    &["let", "me", "say", "that", "again"],
    &["let", "me", "say", "this", "differently"],
    &["to", "put", "it", "another", "way"],
    &["to", "put", "it", "differently"],
    &["that", "came", "out", "wrong"],
    &["scratch", "that"],
];

/// Each is counted once a sentence. Words that also say plain facts (may, could, would, just) are not here.
const HEDGES: &[&[&str]] = &[
    &["maybe"],
    &["perhaps"],
    &["possibly"],
    &["probably"],
    &["potentially"],
    &["somewhat"],
    &["might"],
    &["sort", "of"],
    &["kind", "of"],
    &["a", "bit"],
    &["a", "little"],
    &["i", "think"],
    &["i", "guess"],
    &["i", "suppose"],
    &["i", "feel"],
    &["i", "believe"],
    &["i", "was", "wondering"],
    &["it", "seems"],
    &["it", "would", "seem"],
    &["in", "a", "way"],
    &["if", "possible"],
    &["more", "or", "less"],
];
