//! The whole story of one message: its drafts, what happened between them, and what that amounts to.

use super::chains::{Chain, chains};
use super::classify::{Change, Known, Op, Step, compare};
use super::draft::Draft;
use super::index::{Rewording, rewording};
use super::traces::Trace;
use similar::{ChangeTag, TextDiff};

/// The story of one message.
#[derive(Clone, Debug)]
pub struct Story {
    /// The drafts, oldest first.
    pub drafts: Vec<Draft>,
    /// `steps[n]` leads from `drafts[n]` to `drafts[n + 1]`.
    pub steps: Vec<Step>,
    /// What the newest draft shows by itself.
    pub traces: Vec<Trace>,
    /// What it all amounts to.
    pub rewording: Rewording,
}

/// A run of words between two writings of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordRun {
    /// What happened to it.
    pub kind: WordRunKind,
    /// The words, with the blanks after them.
    pub text: String,
}

/// What happened to a [`WordRun`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordRunKind {
    /// In both.
    Kept,
    /// Only in the older.
    Removed,
    /// Only in the newer.
    Inserted,
}

impl Story {
    /// Compares `drafts` (oldest first, made under one key) and weighs them; `traces` are those of the newest.
    ///
    /// Tell the drafts their findings first ([`Draft::set_findings`]), so that mending them is no rewording.
    #[must_use]
    pub fn tell(drafts: Vec<Draft>, traces: Vec<Trace>) -> Self {
        let mut known = Known::default();
        let steps: Vec<Step> = drafts.windows(2).map(|pair| compare(&mut known, &pair[0], &pair[1])).collect();
        let rewording = rewording(&drafts, &steps, &traces);
        Self { drafts, steps, traces, rewording }
    }

    /// The sentences reworded at least once, the most reworded first.
    #[must_use]
    pub fn reworded(&self) -> Vec<Chain> {
        let mut chains = chains(&self.drafts, &self.steps);
        chains.retain(|chain| chain.rewordings() > 0);
        chains.sort_by_key(|chain| std::cmp::Reverse(chain.rewordings()));
        chains
    }

    /// The words that `change`, one of `steps[step]`, took away and put in; empty where no text is known or
    /// one side is missing.
    #[must_use]
    pub fn words(&self, step: usize, change: &Change) -> Vec<WordRun> {
        let (Some(old), Some(new)) = (change.old, change.new) else { return Vec::new() };
        let old = self.drafts.get(step).map_or("", |draft| draft.sentence_text(old));
        let new = self.drafts.get(step + 1).map_or("", |draft| draft.sentence_text(new));
        if old.is_empty() || new.is_empty() { Vec::new() } else { word_runs(old, new) }
    }

    /// How many sentences of `steps[step]` were changed by `op`.
    #[must_use]
    pub fn count(&self, step: usize, op: Op) -> usize {
        self.steps.get(step).map_or(0, |step| step.changes.iter().filter(|change| change.op == op).count())
    }
}

/// Compares two writings word by word.
#[must_use]
pub fn word_runs(old: &str, new: &str) -> Vec<WordRun> {
    let mut runs: Vec<WordRun> = Vec::new();
    let (old, new) = (pieces(old), pieces(new));
    for change in TextDiff::from_slices(&old, &new).iter_all_changes() {
        let kind = match change.tag() {
            ChangeTag::Equal => WordRunKind::Kept,
            ChangeTag::Delete => WordRunKind::Removed,
            ChangeTag::Insert => WordRunKind::Inserted,
        };
        match runs.last_mut() {
            Some(last) if last.kind == kind => last.text.push_str(change.value()),
            _ => runs.push(WordRun { kind, text: change.value().to_owned() }),
        }
    }
    runs
}

/// Words, marks and blanks, each for itself: a full stop that follows another word has not changed.
fn pieces(text: &str) -> Vec<&str> {
    let kind = |c: char| match c {
        c if c.is_whitespace() => 0,
        c if c.is_alphanumeric() || matches!(c, '\'' | '’' | '@' | '_') => 1,
        _ => 2,
    };
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    chars
        .chunk_by(|(_, a), (_, b)| kind(*a) == kind(*b))
        .map(|run| {
            let (at, last) = run[run.len() - 1];
            &text[run[0].0..at + last.len_utf8()]
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drafts::Level;

    fn story(texts: &[&str]) -> Story {
        Story::tell(texts.iter().map(|text| Draft::plain("", text)).collect(), Vec::new())
    }

    #[test]
    fn one_draft_is_a_story_without_steps() {
        let story = story(&["Hello there, we will call you today."]);
        assert!(story.steps.is_empty());
        assert_eq!((story.rewording.level, story.rewording.drafts), (Level::None, 1));
    }

    #[test]
    fn the_words_of_a_change_are_told() {
        let story = story(&["We regret the long delay.", "We are sorry for the long delay."]);
        let runs = story.words(0, &story.steps[0].changes[0]);
        let side = |without: WordRunKind| -> String {
            runs.iter().filter(|run| run.kind != without).map(|run| run.text.as_str()).collect()
        };
        assert_eq!(side(WordRunKind::Inserted), "We regret the long delay.");
        assert_eq!(side(WordRunKind::Removed), "We are sorry for the long delay.");
        assert!(runs.iter().any(|run| run.kind == WordRunKind::Removed && run.text.contains("regret")));
    }

    #[test]
    fn marks_are_pieces_of_their_own() {
        assert_eq!(
            pieces("It's “late”, at 9.30 – again."),
            ["It's", " ", "“", "late", "”,", " ", "at", " ", "9", ".", "30", " ", "–", " ", "again", "."]
        );
    }

    #[test]
    fn the_sentence_that_kept_changing_comes_first() {
        let story = story(&[
            "The box left our store in time.\n\nWe are sorry for the trouble you had.",
            "The box left our store on time.\n\nWe regret the trouble you had with it.",
            "The box left our store on time.\n\nWe are sorry about the trouble you had.",
        ]);
        let most = &story.reworded()[0];
        assert_eq!(most.rewordings(), 2);
        assert_eq!(story.drafts[0].sentence_text(most.versions[0].sentence), "We are sorry for the trouble you had.");
    }
}
