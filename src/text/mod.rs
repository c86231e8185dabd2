//! Paragraphs, sentences and words, as spans of the text they lie in.
//!
//! Nothing is copied: a [`Sentence`] is a span, and a [`Word`] borrows its canonical form where the
//! text already is in that form. Hard-wrapped lines, bullet lists, abbreviations, addresses and
//! contractions are dealt with here, once, so that rules can speak of plain words.
//!
//! ```
//! use tonelint::{span::Span, text};
//!
//! let draft = "Dr. Lee, you really\nshouldn't wait. Call us.";
//! let all = Span::new(0, draft.len());
//! let sentences = text::sentences(draft, all);
//! assert_eq!(sentences.len(), 2);
//! let words: Vec<_> = text::words(draft, sentences[0].span).into_iter().map(|w| w.form).collect();
//! assert_eq!(words, ["dr", "lee", ",", "you", "really", "should", "not", "wait", "."]);
//! ```

mod abbreviations;
pub mod blanks;
mod blocks;
mod contractions;
pub mod days;
mod language;
mod quotes;
mod sentences;
mod tokenised;
mod words;

pub use blocks::{Block, blocks};
pub use language::{Language, language};
pub use sentences::{Sentence, sentences};
pub use tokenised::{Tokenised, asks, tokenised};
pub use words::{Kind, PLACEHOLDER, Word, words};
