//! A sentence followed through all drafts.

use super::classify::{Op, Step};
use super::draft::{Draft, Sentence};
use std::collections::HashSet;

/// Sentences shorter than this ("Dear Anna,", "Kind regards") say nothing about how a message is worded.
const SHORTEST: usize = 4;

/// The versions of one sentence, oldest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Chain {
    /// Where each version stands, in consecutive drafts.
    pub versions: Vec<Version>,
}

/// One version of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    /// Index of the draft.
    pub draft: usize,
    /// Index of the sentence in it.
    pub sentence: usize,
    /// How it came from the version before.
    pub op: Op,
    /// Whether that edit took away a finding.
    pub mended: bool,
}

impl Version {
    /// Whether the sentence was turned into other words, and not to mend it.
    #[must_use]
    pub fn is_reworded(&self) -> bool {
        self.op == Op::Reworded && !self.mended
    }
}

impl Chain {
    /// How often the sentence was reworded.
    #[must_use]
    pub fn rewordings(&self) -> usize {
        self.versions.iter().filter(|v| v.is_reworded()).count()
    }

    /// The most rewordings in consecutive drafts.
    #[must_use]
    pub fn longest_run(&self) -> usize {
        let runs = self.versions.split(|v| !v.is_reworded()).map(<[Version]>::len);
        runs.max().unwrap_or(0)
    }

    /// Whether a rewording brought back the words of an earlier version.
    #[must_use]
    pub fn returns(&self, drafts: &[Draft]) -> bool {
        let words = |v: &Version| drafts[v.draft].sentences[v.sentence].features.sequence;
        let mut seen = HashSet::new();
        let mut last = None;
        self.versions.iter().any(|version| {
            let now = words(version);
            let back = last.is_some_and(|last| last != now) && seen.contains(&now) && version.is_reworded();
            seen.insert(now);
            last = Some(now);
            back
        })
    }
}

/// Follows every sentence long enough to be worded, in the order in which they first appear.
///
/// `steps[n]` leads from `drafts[n]` to `drafts[n + 1]`. Where a sentence was split, the chain follows its
/// first part.
#[must_use]
pub fn chains(drafts: &[Draft], steps: &[Step]) -> Vec<Chain> {
    let mut chains: Vec<Chain> = Vec::new();
    let Some(first) = drafts.first() else { return chains };
    let begin = |chains: &mut Vec<Chain>, draft, sentence| {
        chains.push(Chain { versions: vec![Version { draft, sentence, op: Op::Added, mended: false }] });
        chains.len() - 1
    };
    let mut here: Vec<usize> = (0..first.sentences.len()).map(|i| begin(&mut chains, 0, i)).collect();
    for (draft, step) in (1..).zip(steps) {
        let mut next: Vec<Option<usize>> = vec![None; drafts[draft].sentences.len()];
        let mut taken = HashSet::new();
        for change in &step.changes {
            let (Some(old), Some(new)) = (change.old, change.new) else { continue };
            if next[new].is_none() && taken.insert(old) {
                chains[here[old]].versions.push(Version { draft, sentence: new, op: change.op, mended: change.mended });
                next[new] = Some(here[old]);
            }
        }
        here = (0..).zip(next).map(|(j, at)| at.unwrap_or_else(|| begin(&mut chains, draft, j))).collect();
    }
    chains.retain(|chain| chain.versions.iter().any(|v| is_worded(&drafts[v.draft].sentences[v.sentence])));
    chains
}

/// Whether the sentence is long enough to be worded.
pub(super) fn is_worded(sentence: &Sentence) -> bool {
    sentence.features.len() >= SHORTEST
}
