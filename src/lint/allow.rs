//! Exceptions of a configuration: `[[allow]]`.

use super::files::Files;
use super::policy::covers;
use crate::span::Span;
use std::path::{Path, PathBuf};

/// An exception with its reason.
#[derive(Clone, Debug, Default)]
pub struct Allow {
    /// `category/rule`, or a whole category.
    pub rule: String,
    /// Only where the marked words touch these, in any case.
    pub phrase: Option<String>,
    /// Only in these files.
    pub files: Option<Files>,
    /// Why it is allowed.
    pub reason: String,
    /// The last day on which it holds, as `2027-01-31`.
    pub until: Option<String>,
    /// Whether that day is over. Whoever makes the exception looks at the clock, nothing later does.
    pub over: bool,
    /// The configuration it comes from, and which one in it, from 1.
    pub origin: (PathBuf, usize),
}

impl Allow {
    /// Whether it covers words that the rule `id` marks at `mark`, in `sentence` of `text`, in the file at `path`.
    pub(super) fn covers(&self, path: &str, id: &str, text: &str, (sentence, mark): (Span, Span)) -> bool {
        covers(&self.rule, id)
            && self.files.as_ref().is_none_or(|files| files.contain(Path::new(path)))
            && self.phrase.as_ref().is_none_or(|phrase| touches(phrase, text, sentence, mark))
    }
}

/// Whether `phrase` stands in `sentence` of `text` so that it shares a byte with `mark`.
fn touches(phrase: &str, text: &str, sentence: Span, mark: Span) -> bool {
    let (phrase, _) = folded(phrase);
    let (folded, origins) = folded(sentence.of(text));
    if phrase.is_empty() {
        return false;
    }
    let start = sentence.start as usize;
    folded.match_indices(&phrase).any(|(at, found)| {
        let (first, last) = (start + origins[at], start + origins[at + found.len() - 1]);
        first < mark.end as usize && (mark.start as usize) <= last
    })
}

/// Lower case, straight apostrophes, and every run of white space as one blank; with the byte that each byte
/// comes from.
fn folded(text: &str) -> (String, Vec<usize>) {
    let (mut out, mut origins) = (String::new(), Vec::new());
    let mut blank = false;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            blank = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut blank) {
            out.push(' ');
        }
        match c {
            '’' => out.push('\''),
            c => out.extend(c.to_lowercase()),
        }
        origins.resize(out.len(), at);
    }
    (out, origins)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn touched(phrase: &str, text: &str, mark: &str) -> bool {
        let at = text.find(mark).unwrap();
        touches(phrase, text, Span::new(0, text.len()), Span::new(at, at + mark.len()))
    }

    #[test]
    fn a_phrase_counts_where_the_mark_stands() {
        let text = "É: Our  privacy\npolicy is new, and our policy on RETURNS isn’t.";
        assert!(touched("our privacy policy", text, "Our  privacy\npolicy is"));
        assert!(touched("privacy policy", text, "Our  privacy\npolicy"));
        assert!(!touched("our privacy policy", text, "our policy"));
        assert!(touched("policy on returns isn't", text, "our policy"));
        assert!(!touched("new", text, "policy is"));
        assert!(!touched(" ", text, "policy is"));
    }
}
