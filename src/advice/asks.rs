//! What the customer asks: questions and needs, in their own words, and whether the draft answers them.

use super::temperature::Heard;
use super::thread::Thread;
use crate::lint::{Linted, Place};
use crate::message::Message;
use crate::span::Span;
use crate::text::{Kind, Word};
use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use std::sync::LazyLock;

/// One thing the customer asks.
#[derive(Clone, Debug)]
pub struct Ask {
    /// What form it has.
    pub form: Form,
    /// The turn it stands in.
    pub turn: usize,
    /// The sentence, in the turn's text.
    pub sentence: Span,
    /// Own words of the draft that take it up.
    pub answer: Option<Place>,
}

/// What form an ask has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// It ends in a question mark.
    Question,
    /// It says what is needed, without one.
    Need,
}

/// Words that carry no matter, so that sharing them answers nothing.
const EMPTY: &[&str] = &[
    "about", "after", "again", "also", "another", "back", "been", "before", "being", "could", "does", "doing", "done",
    "from", "give", "going", "have", "hello", "here", "into", "just", "know", "like", "make", "many", "more", "much",
    "need", "only", "other", "over", "please", "really", "should", "some", "still", "such", "sure", "take", "tell",
    "than", "thank", "thanks", "that", "their", "them", "then", "there", "these", "they", "thing", "this", "those",
    "time", "very", "want", "well", "were", "what", "when", "where", "which", "while", "will", "with", "would", "your",
    "yours",
];
static CARRY_NOTHING: LazyLock<FxHashSet<&str>> = LazyLock::new(|| EMPTY.iter().copied().collect());
/// Letters that words share when they are forms of one.
const STEM: usize = 5;

/// The asks in the turns not yet answered, newest first.
#[must_use]
pub fn find(thread: &Thread, heard: &[Heard], message: &Message, linted: &Linted) -> Vec<Ask> {
    let mut asks: Vec<Ask> = Vec::new();
    let bodies = linted.sentences.iter().filter(|own| own.passage.of(message).is_some_and(|p| !p.part.is_empty()));
    let own: Vec<(Place, Matter)> = bodies.map(|own| (own.place(), matter(&own.words))).collect();
    for (number, turn) in thread.unanswered() {
        for sentence in turn.sentences() {
            let needed = heard.iter().any(|h| h.kind == "need" && h.turn == number && h.sentence == sentence.span);
            let form = match (sentence.asks(), needed) {
                (true, _) => Form::Question,
                (false, true) => Form::Need,
                _ => continue,
            };
            let answer = answer(&sentence.words, &own);
            asks.push(Ask { form, turn: number, sentence: sentence.span, answer });
        }
    }
    asks
}

/// The first of the `own` sentences that share most matter with the asking one.
fn answer(asked: &[Word], own: &[(Place, Matter)]) -> Option<Place> {
    let wanted = matter(asked);
    let mut best: Option<(usize, Place)> = None;
    for (place, matter) in own {
        let shared = matter.intersection(&wanted).count();
        if shared > best.map_or(0, |(most, _)| most) {
            best = Some((shared, *place));
        }
    }
    best.map(|(_, place)| place)
}

/// Words that carry what a text is about, cut to their stems.
pub(super) type Matter = FxHashSet<SmolStr>;

/// Those of `words` that carry their matter, cut to their stems.
pub(super) fn matter<'w>(words: impl IntoIterator<Item = &'w Word>) -> Matter {
    let carrying = words.into_iter().filter(|word| match word.kind {
        Kind::Word => word.form.chars().count() >= 4 && !CARRY_NOTHING.contains(&*word.form),
        Kind::Number => true,
        Kind::Mark | Kind::Opaque => false,
    });
    carrying.map(|word| word.form.chars().take(STEM).collect()).collect()
}
