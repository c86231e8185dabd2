//! What the draft does: the facts of the writer's own words that the verdict weighs.

use super::{manner, money};
use crate::lint::{Linted, PassageId, Place};
use crate::message::Message;
use crate::rules::dictionary::Severity;
use crate::span::Span;

/// Sentences that open a mail, the greeting among them.
const OPENING: usize = 3;

/// The facts of a draft.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Acts seen in the own words, in reading order: kinds of own signals and of credits.
    pub acts: Vec<Act>,
    /// Findings left that would hurt: (errors, warnings).
    pub findings: (usize, usize),
    /// Weight of all findings left.
    pub finding_weight: f32,
    /// The heaviest finding left.
    pub worst: Option<Place>,
    /// Own words.
    pub words: usize,
}

/// Something the draft does in some of its words.
#[derive(Clone, Debug)]
pub struct Act {
    /// What, such as `news-refusal`, `resolved` or `apology`.
    pub kind: String,
    /// What it weighs by its rule.
    pub weight: f32,
    /// Where.
    pub place: Place,
}

impl Draft {
    /// Reads the facts out of what the linter saw, and the sums of money out of the text.
    #[must_use]
    pub fn read(message: &Message, linted: &Linted) -> Self {
        let mut draft = Self { words: linted.own_words, ..Self::default() };
        draft.acts.extend(linted.signals.iter().map(|s| Act {
            kind: s.kind.clone(),
            weight: s.weight,
            place: s.place,
        }));
        draft.acts.extend(linted.credits.iter().map(|c| Act {
            kind: c.kind.clone(),
            weight: c.weight,
            place: c.place,
        }));
        for sentence in &linted.sentences {
            let Some(passage) = sentence.passage.of(message) else { continue };
            for (kind, weight, mark) in money::acts(&passage.text, &sentence.words) {
                let place = Place { passage: sentence.passage, mark, sentence: sentence.span };
                draft.acts.push(Act { kind: kind.into(), weight, place });
            }
        }
        draft.acts.extend(manner::of_draft(linted));
        draft.acts.sort_by_key(|act| (act.place.passage, act.place.mark));
        // A mail that opens with the settled matter is about that.
        let opening: Vec<_> =
            linted.sentences.iter().filter(|s| s.passage != PassageId::Subject).take(OPENING).collect();
        for act in draft.acts.iter_mut().filter(|act| act.kind == "resolved") {
            if opening.iter().any(|sentence| sentence.is_at(act.place)) {
                act.weight *= 2.0;
            }
        }
        let left = linted.findings.iter().filter(|finding| finding.suppressed.is_none());
        let mut heaviest = 0.0;
        for finding in left {
            match finding.severity {
                Severity::Error => draft.findings.0 += 1,
                Severity::Warning => draft.findings.1 += 1,
                Severity::Note | Severity::Silent => continue,
            }
            draft.finding_weight += finding.weight;
            if finding.weight > heaviest {
                heaviest = finding.weight;
                draft.worst = Some(finding.place);
            }
        }
        draft
    }

    /// The acts of a kind, in reading order.
    pub fn acts_of<'d>(&'d self, kind: &'d str) -> impl Iterator<Item = &'d Act> {
        self.acts.iter().filter(move |act| act.kind == kind)
    }

    /// The first act of a kind.
    #[must_use]
    pub fn first<'d>(&'d self, kind: &'d str) -> Option<&'d Act> {
        self.acts_of(kind).next()
    }

    /// How far into the own words `span` stands: 0.0 at the start, 1.0 at the end.
    #[must_use]
    pub fn how_far(&self, linted: &Linted, passage: PassageId, span: Span) -> f32 {
        let total = linted.sentences.len().max(1);
        let before = linted.sentences.iter().filter(|s| (s.passage, s.span.end) <= (passage, span.start)).count();
        #[expect(clippy::cast_precision_loss, reason = "a mail has few sentences")]
        let share = before as f32 / total as f32;
        share
    }
}
