//! The baseline: what stood in the files when a project began to check them.
//!
//! An entry is a file, a rule and the normalised words of a sentence, with how often they were there; a verdict
//! that asked to speak first is an entry of its own, with the signals it rested on. The words are kept as text,
//! not as a hash: the file lies beside the replies that hold the same words, and whoever reviews it is to see
//! what is let stand. It is written one entry a line, in a fixed order, so that a change of it reads as a diff.

use super::known::key_words;
use super::{Finding, Linted, Origin, Suppression};
use crate::message::Message;
use crate::rules::RuleSet;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The version of the format.
const VERSION: u32 = 1;

/// What the reader of a report is told of a finding that is listed.
const LISTED: &str = "it is listed in the baseline";

/// What is listed, by file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    files: BTreeMap<String, Listed>,
}

/// What is listed of one file, and how much of it is left while its messages are checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    entries: BTreeMap<Entry, usize>,
}

/// A rule, and the words it saw.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    rule: String,
    words: String,
}

/// Why a baseline cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    /// It is not as `tonelint baseline` writes it.
    #[error("{0}; put it right, or delete it and begin anew: tonelint baseline")]
    Unreadable(#[from] serde_json::Error),
    /// Another version of tonelint wrote it.
    #[error("version {0} of the format is not known here; delete the file and begin anew: tonelint baseline")]
    Version(u32),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    version: u32,
    files: BTreeMap<String, Vec<WrittenEntry>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenEntry {
    rule: String,
    words: String,
    /// As wide as leaves room to add them up.
    count: u32,
}

impl Baseline {
    /// Reads a baseline as [`render`](Self::render) writes it.
    ///
    /// # Errors
    /// With line and column for what is no JSON, an unknown key, or another version.
    pub fn parse(text: &str) -> Result<Self, BaselineError> {
        let written: Written = serde_json::from_str(text)?;
        if written.version != VERSION {
            return Err(BaselineError::Version(written.version));
        }
        let mut baseline = Self::default();
        for (file, entries) in written.files {
            let listed = baseline.files.entry(file).or_default();
            for WrittenEntry { rule, words, count } in entries {
                *listed.entries.entry(Entry { rule, words }).or_default() += count as usize;
            }
        }
        Ok(baseline)
    }

    /// The text of the file: JSON, an entry a line, sorted.
    #[must_use]
    pub fn render(&self) -> String {
        let json = |value: &str| serde_json::json!(value).to_string();
        let mut out = format!("{{\n  \"version\": {VERSION},\n  \"files\": {{");
        for (number, (file, listed)) in self.files.iter().enumerate() {
            let comma = if number > 0 { "," } else { "" };
            let _ = write!(out, "{comma}\n    {}: [", json(file));
            for (number, (entry, count)) in listed.entries.iter().enumerate() {
                let comma = if number > 0 { "," } else { "" };
                let (rule, words) = (json(&entry.rule), json(&entry.words));
                let _ = write!(out, "{comma}\n      {{\"rule\": {rule}, \"words\": {words}, \"count\": {count}}}");
            }
            out.push_str("\n    ]");
        }
        out.push_str(if self.files.is_empty() { "}\n}\n" } else { "\n  }\n}\n" });
        out
    }

    /// The files listed, in order.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// What is listed of `file`.
    #[must_use]
    pub fn of(&self, file: &str) -> Listed {
        self.files.get(file).cloned().unwrap_or_default()
    }

    /// Lists `listed` for `file` in place of what was listed before.
    pub fn set(&mut self, file: &str, listed: Listed) {
        if listed.entries.is_empty() {
            self.files.remove(file);
        } else {
            self.files.insert(file.to_owned(), listed);
        }
    }

    /// How many findings and verdicts are listed.
    #[must_use]
    pub fn count(&self) -> usize {
        self.files.values().map(Listed::count).sum()
    }
}

impl Listed {
    /// Adds the findings of a message that are not withheld.
    pub fn add(&mut self, rules: &RuleSet, message: &Message, linted: &Linted) {
        for finding in linted.findings.iter().filter(|finding| finding.suppressed.is_none()) {
            *self.entries.entry(entry(rules, message, finding)).or_default() += 1;
        }
    }

    /// Adds a verdict, such as `verdict/call`, by the signals it rests on.
    pub fn add_verdict(&mut self, verdict: &str, signals: &str) {
        *self.entries.entry(Entry { rule: verdict.to_owned(), words: signals.to_owned() }).or_default() += 1;
    }

    /// Withholds the findings of `linted` that are listed, as often as they are, and crosses them off.
    pub fn withhold(&mut self, rules: &RuleSet, message: &Message, linted: &mut Linted) {
        if self.entries.is_empty() {
            return;
        }
        for finding in linted.findings.iter_mut().filter(|finding| finding.suppressed.is_none()) {
            if self.cross_off(&entry(rules, message, finding)) {
                finding.suppressed = Some(Suppression { origin: Origin::Baseline, reason: LISTED.to_owned() });
            }
        }
    }

    /// Whether the verdict is listed with these signals; crosses it off.
    pub fn withhold_verdict(&mut self, verdict: &str, signals: &str) -> bool {
        self.cross_off(&Entry { rule: verdict.to_owned(), words: signals.to_owned() })
    }

    /// What is listed here and, as often, in `other`.
    #[must_use]
    pub fn shared_with(&self, other: &Self) -> Self {
        let shared = self.entries.iter().map(|(entry, &count)| {
            let there = other.entries.get(entry).copied().unwrap_or_default();
            (entry.clone(), count.min(there))
        });
        Self { entries: shared.filter(|(_, count)| *count > 0).collect() }
    }

    /// How many findings and verdicts are left.
    #[must_use]
    pub fn count(&self) -> usize {
        self.entries.values().sum()
    }

    fn cross_off(&mut self, entry: &Entry) -> bool {
        let Some(left) = self.entries.get_mut(entry).filter(|left| **left > 0) else { return false };
        *left -= 1;
        true
    }
}

fn entry(rules: &RuleSet, message: &Message, finding: &Finding) -> Entry {
    let rule = rules.dictionary.rules[finding.rule as usize].id.clone();
    Entry { rule, words: key_words(message, finding) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Kind;
    use crate::lint::{Linter, Policy};

    const TOLD: &str = "You should have told us.";

    /// `text` read and linted.
    fn linted<T>(text: &str, then: impl FnOnce(&RuleSet, &Message, Linted) -> T) -> T {
        let (rules, policy) = (RuleSet::embedded(), Policy::default());
        let message = Message::read(text.as_bytes(), Kind::Text).unwrap();
        let linted = Linter::new(&rules, &policy).lint("reply.txt", &message);
        then(&rules, &message, linted)
    }

    fn listed(text: &str) -> Listed {
        linted(text, |rules, message, linted| {
            let mut listed = Listed::default();
            listed.add(rules, message, &linted);
            listed
        })
    }

    /// Which findings of `text` are left under `listed`, and how much of `listed` is.
    fn left(listed: &mut Listed, text: &str) -> Vec<bool> {
        linted(text, |rules, message, mut linted| {
            listed.withhold(rules, message, &mut linted);
            linted.findings.iter().map(|finding| finding.suppressed.is_none()).collect()
        })
    }

    #[test]
    fn what_is_listed_is_withheld_as_often_as_it_is_listed() {
        let mut known = listed(TOLD);
        assert_eq!(left(&mut known, &format!("Hello.\n\n{TOLD} {TOLD}")), [false, true]);
        assert_eq!(known.count(), 0);
        assert_eq!(left(&mut known, TOLD), [true]);
    }

    #[test]
    fn what_is_no_longer_there_is_left_over() {
        let mut known = listed(&format!("{TOLD} {TOLD}"));
        assert_eq!(left(&mut known.clone(), "You should have told us by Monday."), [true]);
        assert_eq!(left(&mut known, TOLD), [false]);
        assert_eq!(known.count(), 1);
        assert_eq!(listed(&format!("{TOLD} {TOLD}")).shared_with(&listed(TOLD)), listed(TOLD));
    }

    #[test]
    fn what_is_written_is_read_again_and_reads_well() {
        let mut baseline = Baseline::default();
        assert_eq!(Baseline::parse(&baseline.render()).unwrap(), baseline);
        let mut call = Listed::default();
        call.add_verdict("verdict/call", "news-refusal");
        baseline.set("b \"odd\".md", call.clone());
        baseline.set("a.md", listed(TOLD));
        assert_eq!(
            baseline.render(),
            "{\n  \"version\": 1,\n  \"files\": {\n    \"a.md\": [\n      \
             {\"rule\": \"judgement/should\", \"words\": \"you should have told us\", \"count\": 1}\n    ],\n    \
             \"b \\\"odd\\\".md\": [\n      \
             {\"rule\": \"verdict/call\", \"words\": \"news-refusal\", \"count\": 1}\n    ]\n  }\n}\n"
        );
        assert_eq!(Baseline::parse(&baseline.render()).unwrap(), baseline);
        assert!(call.withhold_verdict("verdict/call", "news-refusal"));
        assert!(!call.withhold_verdict("verdict/call", "news-refusal"));
        baseline.set("a.md", Listed::default());
        assert_eq!(baseline.files().collect::<Vec<_>>(), ["b \"odd\".md"]);
    }

    #[test]
    fn no_count_is_too_large_to_add_up() {
        let entry = format!("{{\"rule\": \"a/b\", \"words\": \"\", \"count\": {}}}", usize::MAX);
        let text = format!("{{\"version\": 1, \"files\": {{\"a\": [{entry}, {entry}], \"b\": [{entry}]}}}}");
        assert!(Baseline::parse(&text).unwrap_err().to_string().contains("line 1 column"));
        let text = text.replace(&usize::MAX.to_string(), &u32::MAX.to_string());
        assert_eq!(Baseline::parse(&text).unwrap().count(), 3 * u32::MAX as usize);
    }

    #[test]
    fn what_cannot_stand_says_where() {
        let problem = |text: &str| Baseline::parse(text).unwrap_err().to_string();
        assert!(problem("{\"version\": 1, \"fils\": {}}").contains("line 1 column"));
        assert!(problem("null").contains("line 1 column"));
        assert!(problem("{\"version\": 2, \"files\": {}}").contains("version 2"));
    }
}
