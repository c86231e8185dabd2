//! Rule files and word files as written: TOML, with the place of everything that can go amiss.

use super::super::dictionary::{Role, RuleZone, Severity, Shape};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use toml::Spanned;

/// `rules/<category>/<rule>.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RuleFile {
    /// Name of the rule: the file's name without `.toml`.
    pub id: Spanned<String>,
    /// What its hits are.
    pub role: Role,
    /// Whose words it reads.
    #[serde(default)]
    pub zone: RuleZone,
    /// `false` for a rule that waits to be switched on.
    #[serde(default = "yes")]
    pub on: bool,
    /// Kind of its credits or signals, such as `apology`.
    pub kind: Option<String>,
    /// What is seen, in one line.
    pub summary: String,
    /// How it lands, and why.
    pub why: String,
    /// What to offer instead: a fact to put there, or a question about the need.
    pub instead: Option<String>,
    /// Where it comes from.
    pub source: Vec<String>,
    /// Senses, in order.
    #[serde(rename = "sense")]
    pub senses: Vec<SenseEntry>,
    /// Examples, which are the rule's tests.
    #[serde(default, rename = "example")]
    pub examples: Vec<ExampleEntry>,
}

fn yes() -> bool {
    true
}

/// A `[[sense]]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SenseEntry {
    /// Name, unique in the rule.
    pub name: Spanned<String>,
    /// Patterns, any of which is this sense.
    #[serde(default)]
    pub pattern: Vec<Spanned<String>>,
    /// The shape it is seen by, in place of patterns.
    pub shape: Option<Shape>,
    /// How much it would hurt. For credits and signals only `silent`: words that look like one and are none.
    pub severity: Option<Severity>,
    /// What it weighs in the verdict; from the severity when absent.
    pub weight: Option<f32>,
    /// Kind, when it differs from the rule's.
    pub kind: Option<String>,
    /// How these words land, in at most twelve words.
    pub message: Option<String>,
    /// What to offer instead, when it differs from the rule's.
    pub instead: Option<String>,
    /// Whether hits between quotation marks count.
    #[serde(default)]
    pub in_quotes: bool,
    /// Whether the sentence must be a question.
    pub question: Option<bool>,
    /// Only when one of these stands in the sentence.
    #[serde(default)]
    pub with: Vec<Spanned<String>>,
    /// Not when one of these stands in the sentence.
    #[serde(default)]
    pub unless: Vec<Spanned<String>>,
    /// Not when one of these stands in the sentence or a neighbour.
    #[serde(default)]
    pub unless_near: Vec<Spanned<String>>,
    /// Only when one of these stands in the sentence or a neighbour.
    #[serde(default)]
    pub near: Vec<Spanned<String>>,
}

/// An `[[example]]`: `text` with the marked words in `[[ ]]`, or none for a silent one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleEntry {
    /// The example.
    pub text: Spanned<String>,
    /// The sense that marks it, or lets it pass.
    pub sense: Option<Spanned<String>>,
}

/// A table of `rules/words/<topic>.toml`: one word class.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassEntry {
    /// What its members have in common.
    pub about: String,
    /// Members: words, forms (`fail~ed`), phrases, other classes.
    pub words: Vec<Spanned<String>>,
}

/// `rules/words/<topic>.toml`.
pub type WordsFile = BTreeMap<String, ClassEntry>;

/// Characters shown of a line.
const WIDEST: usize = 120;

/// Something in a rule file that cannot stand, with the line it is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError {
    /// The file, as named to the loader.
    pub path: String,
    /// One-based line.
    pub line: usize,
    /// One-based column, in characters.
    pub column: usize,
    /// The line itself.
    pub excerpt: String,
    /// What stands in the way, and what to write instead.
    pub message: String,
}

impl FileError {
    /// The error at `at` (bytes) in `text`.
    #[must_use]
    pub fn new(path: &str, text: &str, at: usize, message: impl Into<String>) -> Self {
        let at = text.floor_char_boundary(at.min(text.len()));
        let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
        Self {
            path: path.into(),
            line: text[..at].matches('\n').count() + 1,
            column: text[start..at].chars().count() + 1,
            excerpt: text[start..].lines().next().unwrap_or("").into(),
            message: message.into(),
        }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}:{}:{}: {}", self.path, self.line, self.column, self.message)?;
        let long = self.excerpt.chars().count() > WIDEST;
        let skipped = if long { self.column.saturating_sub(WIDEST / 2) } else { 0 };
        let shown: String = self.excerpt.chars().skip(skipped).take(WIDEST).collect();
        writeln!(f, "  | {shown}")?;
        write!(f, "  | {}^", " ".repeat(self.column - 1 - skipped))
    }
}

impl std::error::Error for FileError {}

/// All that cannot stand in a folder of rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileErrors(pub Vec<FileError>);

impl fmt::Display for FileErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().enumerate().try_for_each(
            |(number, error)| {
                if number > 0 { write!(f, "\n{error}") } else { write!(f, "{error}") }
            },
        )
    }
}

impl std::error::Error for FileErrors {}

/// A file as it was read, to say where things are in it.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// How it is named to people.
    pub path: &'a str,
    /// Its whole text.
    pub text: &'a str,
}

impl Source<'_> {
    /// Reads TOML into `T`.
    ///
    /// # Errors
    /// With the place, for broken TOML and unknown or missing keys.
    pub fn read<T: serde::de::DeserializeOwned>(&self) -> Result<T, FileError> {
        toml::from_str(self.text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            FileError::new(self.path, self.text, at, error.message().trim())
        })
    }

    /// An error at a value.
    pub fn error(&self, span: &Range<usize>, message: impl Into<String>) -> FileError {
        FileError::new(self.path, self.text, span.start, message)
    }

    /// An error inside a string value, `at` bytes after its opening quotes.
    pub fn error_inside(&self, span: &Range<usize>, at: usize, message: impl Into<String>) -> FileError {
        let written = &self.text[span.clone()];
        let quotes = if written.starts_with("'''") || written.starts_with("\"\"\"") { 3 } else { 1 };
        FileError::new(self.path, self.text, span.start + quotes + at, message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_without_end_is_cut_around_the_caret() {
        let text = format!("a\n{}!{}", "é".repeat(5_000), "x".repeat(5_000));
        let shown = FileError::new("f", &text, 2 + 10_000, "no").to_string();
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(lines[0], "f:2:5001: no");
        assert_eq!(lines[1].chars().count(), 4 + WIDEST);
        assert_eq!(lines[1].chars().nth(lines[2].chars().count() - 1), Some('!'));
        assert_eq!(FileError::new("f", "a = b", 4, "no").to_string(), "f:1:5: no\n  | a = b\n  |     ^");
    }
}
