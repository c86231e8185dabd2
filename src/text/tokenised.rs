//! Sentences with their words: read once, and looked at by all who come after.

use super::{Sentence, Word, sentences, words};
use crate::span::Span;

/// A sentence and its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tokenised {
    /// Where it lies, without surrounding white space.
    pub span: Span,
    /// Whether it is an item of a list.
    pub item: bool,
    /// Its words, in order.
    pub words: Vec<Word>,
}

impl Tokenised {
    /// Reads the words of `sentence`, which lies in `text`.
    #[must_use]
    pub fn of(text: &str, sentence: Sentence) -> Self {
        Self { span: sentence.span, item: sentence.item, words: words(text, sentence.span) }
    }

    /// Whether it asks.
    #[must_use]
    pub fn asks(&self) -> bool {
        asks(&self.words)
    }
}

/// Whether the sentence of these words asks.
#[must_use]
pub fn asks(words: &[Word]) -> bool {
    words.iter().rev().take(3).any(|word| word.form == "?")
}

/// The sentences of `within`, in order, with their words.
#[must_use]
pub fn tokenised(text: &str, within: Span) -> Vec<Tokenised> {
    sentences(text, within).into_iter().map(|sentence| Tokenised::of(text, sentence)).collect()
}
