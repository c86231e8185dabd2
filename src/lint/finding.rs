//! What a pass over a message gives.

use super::suppress::Suppression;
use crate::message::{Message, Passage};
use crate::rules::dictionary::Severity;
use crate::span::Span;
use crate::text::Word;

/// Everything seen in one message.
#[derive(Debug, Default)]
pub struct Linted {
    /// Words to look at again, in reading order; suppressed ones included.
    pub findings: Vec<Finding>,
    /// Words that do the reader good.
    pub credits: Vec<Credit>,
    /// Facts for the advice.
    pub signals: Vec<Signal>,
    /// Words that were seen and let pass, with the sense that let them.
    pub let_pass: Vec<LetPass>,
    /// The writer's own sentences, in reading order.
    pub sentences: Vec<SentenceAt>,
    /// Words read as the writer's own.
    pub own_words: usize,
    /// Words left alone: the customer's, signatures, disclaimers, code.
    pub other_words: usize,
    /// Own paragraphs left alone because they are not English.
    pub foreign_paragraphs: usize,
    /// Suppressions and allowances that no finding needed, said for people.
    pub unused_allows: Vec<String>,
    /// Numbers of the policy's allowances that were needed.
    pub used_allows: Vec<usize>,
    /// Numbers of those that would have been, had their last day not passed.
    pub ended_allows: Vec<usize>,
    /// What the readings of its templates gave, each by itself.
    pub(super) readings: Vec<super::readings::Readings>,
}

/// A passage of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PassageId {
    /// The subject.
    Subject,
    /// The body part of this number.
    Body(usize),
}

impl PassageId {
    /// The passage itself.
    #[must_use]
    pub fn of(self, message: &Message) -> Option<&Passage> {
        match self {
            Self::Subject => message.subject.as_ref(),
            Self::Body(number) => message.bodies.get(number),
        }
    }
}

/// Words in a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// In which passage.
    pub passage: PassageId,
    /// The words pointed at, in the passage's text.
    pub mark: Span,
    /// The sentence they stand in.
    pub sentence: Span,
}

/// A sentence of the writer's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentenceAt {
    /// In which passage.
    pub passage: PassageId,
    /// Where, in the passage's text.
    pub span: Span,
    /// Its words. In a template they are those of its text, whatever an arm leaves out; in a reading of it, those
    /// that are read.
    pub words: Vec<Word>,
}

impl SentenceAt {
    /// The place of the whole sentence.
    #[must_use]
    pub fn place(&self) -> Place {
        Place { passage: self.passage, mark: self.span, sentence: self.span }
    }

    /// Whether it stands at `place`.
    #[must_use]
    pub fn is_at(&self, place: Place) -> bool {
        self.passage == place.passage && self.span == place.sentence
    }
}

/// Words to look at again.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Number of the rule.
    pub rule: u32,
    /// Number of the sense in the rule.
    pub sense: u32,
    /// How much they would hurt.
    pub severity: Severity,
    /// What they weigh in the verdict.
    pub weight: f32,
    /// Where they stand.
    pub place: Place,
    /// Number of the sentence in [`Linted::sentences`].
    pub sentence: usize,
    /// Other rules that point at the same words, as (rule, sense).
    pub related: Vec<(u32, u32)>,
    /// Why it is withheld, if it is.
    pub suppressed: Option<Suppression>,
}

/// Words that do the reader good.
#[derive(Clone, Debug)]
pub struct Credit {
    /// Number of the rule.
    pub rule: u32,
    /// Number of the sense in the rule.
    pub sense: u32,
    /// What they do, such as `apology`.
    pub kind: String,
    /// What they weigh in the verdict.
    pub weight: f32,
    /// Where they stand.
    pub place: Place,
}

/// A fact for the advice, in own words; what the customer's say is heard turn by turn.
#[derive(Clone, Debug)]
pub struct Signal {
    /// Number of the rule.
    pub rule: u32,
    /// Number of the sense in the rule.
    pub sense: u32,
    /// What it says, such as `bad-news`.
    pub kind: String,
    /// What it weighs in the verdict.
    pub weight: f32,
    /// Where it was read.
    pub place: Place,
}

/// Words that were seen and let pass.
#[derive(Clone, Copy, Debug)]
pub struct LetPass {
    /// Number of the rule.
    pub rule: u32,
    /// Number of the sense that let them pass.
    pub sense: u32,
    /// Where they stand.
    pub place: Place,
}
