//! What the customer asks: questions and needs, in their own words, and whether the draft answers them.

use super::temperature::Heard;
use super::thread::{Thread, Turn};
use crate::lint::{Linted, Place};
use crate::message::Message;
use crate::span::Span;
use crate::text::{self, Kind};
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
        for sentence in text::sentences(&turn.text, Span::new(0, turn.text.len())) {
            let asked = text::words(&turn.text, sentence.span).iter().rev().take(3).any(|word| word.form == "?");
            let needed = heard.iter().any(|h| h.kind == "need" && h.turn == number && h.sentence == sentence.span);
            let form = match (asked, needed) {
                (true, _) => Form::Question,
                (false, true) => Form::Need,
                _ => continue,
            };
            let answer = answer(turn, sentence.span, message, linted);
            asks.push(Ask { form, turn: number, sentence: sentence.span, answer });
        }
    }
    asks
}

/// The own sentence that shares most matter with the asking one.
fn answer(turn: &Turn, sentence: Span, message: &Message, linted: &Linted) -> Option<Place> {
    let wanted = matter(&turn.text, sentence);
    let mut best: Option<(usize, Place)> = None;
    for own in &linted.sentences {
        let Some(passage) = own.passage.of(message).filter(|p| !p.part.is_empty()) else { continue };
        let shared = matter(&passage.text, own.span).intersection(&wanted).count();
        if shared > best.map_or(0, |(most, _)| most) {
            best = Some((shared, Place { passage: own.passage, mark: own.span, sentence: own.span }));
        }
    }
    best.map(|(_, place)| place)
}

/// The words of a sentence that carry its matter, cut to their stems.
pub(super) fn matter(text: &str, sentence: Span) -> HashSet<String> {
    let words = text::words(text, sentence);
    let carrying = words.iter().filter(|word| match word.kind {
        Kind::Word => word.form.chars().count() >= 4 && !EMPTY.contains(&&*word.form),
        Kind::Number => true,
        Kind::Mark | Kind::Opaque => false,
    });
    carrying.map(|word| word.form.chars().take(STEM).collect()).collect()
}
