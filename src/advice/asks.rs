//! What the customer asks: questions and needs, in their own words, and whether the draft answers them.

use super::temperature::Heard;
use super::thread::Thread;
use crate::lint::{Linted, Place};
use crate::message::Message;
use crate::span::Span;
use crate::text::{Kind, Word};
use smol_str::SmolStr;
use std::collections::HashSet;

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
/// Letters that words share when they are forms of one.
const STEM: usize = 5;

/// The asks in the turns not yet answered, newest first.
#[must_use]
pub fn find(thread: &Thread, heard: &[Heard], message: &Message, linted: &Linted) -> Vec<Ask> {
    let mut asks: Vec<Ask> = Vec::new();
    for (number, turn) in thread.unanswered() {
        for sentence in turn.sentences() {
            let needed = heard.iter().any(|h| h.kind == "need" && h.turn == number && h.sentence == sentence.span);
            let form = match (sentence.asks(), needed) {
                (true, _) => Form::Question,
                (false, true) => Form::Need,
                _ => continue,
            };
            let answer = answer(&sentence.words, message, linted);
            asks.push(Ask { form, turn: number, sentence: sentence.span, answer });
        }
    }
    asks
}

/// The own sentence that shares most matter with the asking one.
fn answer(asked: &[Word], message: &Message, linted: &Linted) -> Option<Place> {
    let wanted = matter(asked);
    let mut best: Option<(usize, Place)> = None;
    for own in &linted.sentences {
        if own.passage.of(message).is_none_or(|passage| passage.part.is_empty()) {
            continue;
        }
        let shared = matter(&own.words).intersection(&wanted).count();
        if shared > best.map_or(0, |(most, _)| most) {
            best = Some((shared, own.place()));
        }
    }
    best.map(|(_, place)| place)
}

/// Those of `words` that carry their matter, cut to their stems.
pub(super) fn matter<'w>(words: impl IntoIterator<Item = &'w Word>) -> HashSet<SmolStr> {
    let carrying = words.into_iter().filter(|word| match word.kind {
        Kind::Word => word.form.chars().count() >= 4 && !EMPTY.contains(&&*word.form),
        Kind::Number => true,
        Kind::Mark | Kind::Opaque => false,
    });
    carrying.map(|word| word.form.chars().take(STEM).collect()).collect()
}
