//! Promises on record: what we said we would do, and by when.

use super::calendar::{self, Day};
use super::thread::{Side, Thread};
use crate::lint::{Linted, Place};
use crate::message::Message;
use crate::span::Span;
use crate::text::{Kind, Word};

/// Something we said would happen by a day.
#[derive(Clone, Debug)]
pub struct Promise {
    /// The turn it was made in; `None` for the draft.
    pub turn: Option<usize>,
    /// The sentence, in the text of the turn, or of the draft's passage.
    pub sentence: Span,
    /// Where it stands, in the passage of its document.
    pub place: Place,
    /// The last day it may mean.
    pub due: Day,
}

/// Words that look ahead.
const AHEAD: &[&str] = &[
    "will",
    "shall",
    "hopefully",
    "going",
    "aim",
    "hope",
    "expect",
    "expected",
    "due",
    "ready",
    "back",
    "by",
    "within",
    "plan",
    "planned",
    "should",
    "follow",
    "follows",
    "update",
    "until",
];
/// Subjects that make it the other's task.
const THEIRS: &[&str] = &["you", "your", "please"];

/// The promises in our earlier turns, newest first, of turns whose day is known.
#[must_use]
pub fn made_before(thread: &Thread) -> Vec<Promise> {
    let mut promises = Vec::new();
    for (number, turn) in thread.turns.iter().enumerate().filter(|(_, turn)| turn.side == Side::Us) {
        let Some(base) = turn.date.map(calendar::day_of) else { continue };
        for sentence in turn.sentences() {
            if let Some((mark, due)) = promised(&sentence.words, base) {
                let place =
                    Place { passage: turn.passage, mark: turn.place(mark), sentence: turn.place(sentence.span) };
                promises.push(Promise { turn: Some(number), sentence: sentence.span, place, due });
            }
        }
    }
    promises
}

/// The promises in the draft: its dated next steps.
#[must_use]
pub fn made_now(message: &Message, linted: &Linted) -> Vec<Promise> {
    let Some(base) = message.headers.date.map(calendar::day_of) else { return Vec::new() };
    let mut promises = Vec::new();
    for sentence in &linted.sentences {
        if let Some((mark, due)) = promised(&sentence.words, base) {
            let place = Place { passage: sentence.passage, mark, sentence: sentence.span };
            promises.push(Promise { turn: None, sentence: sentence.span, place, due });
        }
    }
    promises
}

/// The latest day ahead that `words`, a sentence of ours, name, when it looks ahead and asks nothing of the other.
fn promised(words: &[Word], base: Day) -> Option<(Span, Day)> {
    let first = words.iter().find(|word| word.kind == Kind::Word)?;
    let theirs =
        THEIRS.contains(&&*first.form) && !words.iter().any(|w| matches!(&*w.form, "receive" | "have" | "get"));
    let ahead = words.iter().any(|word| AHEAD.contains(&&*word.form));
    if theirs || !ahead || words.iter().any(|word| word.form == "?") {
        return None;
    }
    let latest = calendar::mentions(words, base).into_iter().max_by_key(|mention| mention.day)?;
    (latest.day >= base).then_some((latest.span, latest.day))
}
