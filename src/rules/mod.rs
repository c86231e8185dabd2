//! Rules as dictionary entries: one file a rule, senses as grammar over words, examples as tests.
//!
//! A rule owns a word family. Each [`dictionary::Sense`] says by pattern who does what to whom
//! (see [`compile::notation`]), and the first sense that matches a marked word wins, so that
//! *should arrive Tuesday* is a forecast and *you should have told us* is hindsight. One matcher
//! serves findings, credits and signals.
//!
//! ```text
//! rules/words/*.toml ─┐
//! rules/*/*.toml ─────┴► compile (build time) ─► Dictionary ─► Matcher ─► Hits
//! ```
//!
//! ```
//! use tonelint::{rules::{Matcher, RuleSet}, span::Span, text};
//!
//! let rules = RuleSet::embedded();
//! let matcher = Matcher::new(&rules.dictionary);
//! let draft = "You should have told us.";
//! let sentences = text::tokenised(draft, Span::new(0, draft.len()));
//! let hits = matcher.hits(&[matcher.read(&sentences[0])], 0, |_| true);
//! assert!(hits.iter().any(|hit| hit.mark.of(draft).starts_with("should")));
//! ```

pub mod compile;
pub mod dictionary;
mod examples;
mod machine;
mod matcher;
pub mod packed;
pub mod program;
pub mod prose;
mod scratch;
mod set;
mod shapes;
pub mod vocabulary;

pub use examples::{Outcome, Tried, run_examples};
pub use matcher::{Hit, Matcher, NearMiss, Reading};
pub use set::{LoadError, RuleSet};
pub use shapes::shapes;
