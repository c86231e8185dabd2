//! Senses that are seen by a shape in the text and not by words: placeholders have no grammar.
//!
//! What they see is a finding and no notice of the message, so that a report locates it, an allowance and a
//! baseline can name it, the exit code counts it, and a mail is held for it. Each belongs to a rule file like any
//! other, with `shape` in place of `pattern`: its words, its severity and its examples are there.

use super::dictionary::{Dictionary, Rule, Shape};
use super::matcher::Hit;
use crate::span::Span;
use crate::text::blanks;

/// The senses of `dictionary` that have a shape, as (rule, sense, shape).
pub fn shapes(dictionary: &Dictionary) -> impl Iterator<Item = (&Rule, Hit, Shape)> {
    let rules = dictionary.rules.iter().zip(0..);
    rules.flat_map(|(rule, number)| {
        let senses = rule.senses.iter().zip(0..);
        senses.filter_map(move |(sense, index)| {
            let hit = Hit { rule: number, sense: index, mark: Span::default() };
            Some((rule, hit, sense.shape?))
        })
    })
}

impl Shape {
    /// Where it stands in `sentence` of `text`.
    #[must_use]
    pub fn find(self, text: &str, sentence: Span) -> Vec<Span> {
        match self {
            Self::Unfilled => blanks::unfilled(text, sentence),
            Self::EmptyFallback => blanks::empty_fallbacks(text, sentence),
        }
    }
}
