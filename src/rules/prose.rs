//! What a rule says to people: kept apart from the patterns, and read only when something is said.

use serde::{Deserialize, Serialize};

/// The words of one rule.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Prose {
    /// What is seen, in one line.
    pub summary: String,
    /// How it lands, and why.
    pub why: String,
    /// What to offer instead.
    pub instead: Option<String>,
    /// Where it comes from.
    pub source: Vec<String>,
    /// The words of each sense.
    pub senses: Vec<SenseProse>,
    /// Examples: the rule's own tests.
    pub examples: Vec<Example>,
    /// The file it was read from.
    pub path: String,
}

/// The words of one sense.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SenseProse {
    /// Its patterns as written.
    pub patterns: Vec<String>,
    /// How it lands, in at most twelve words; the rule's summary when absent.
    pub message: Option<String>,
    /// What to offer instead; the rule's when absent.
    pub instead: Option<String>,
}

/// An example.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Example {
    /// The text, with the words to be marked in `[[ ]]`.
    pub text: String,
    /// The sense that marks it or lets it pass.
    pub sense: Option<String>,
    /// Line in the rule's file.
    pub line: u32,
}
