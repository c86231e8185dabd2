//! The manner of both sides: signs that need no word list.
//!
//! A customer who tells what happened and asks nothing wants to be heard before being answered. A
//! draft that explains the past at length, in the house's voice, has something to explain.

use super::draft::Act;
use super::temperature::Heard;
use super::thread::{Side, Thread, Turn};
use crate::lint::{Linted, Place};
use crate::span::Span;
use crate::text::{Kind, Tokenised, Word};

/// From so many words on, a turn without a question tells something.
const TELLING: usize = 25;
/// From so many words on, it tells a good deal.
const TELLING_MUCH: usize = 45;
/// So many sentences with one question among them still tell more than they ask.
const MOSTLY: usize = 5;
/// So many negations say that things did not happen.
const NEGATIONS: usize = 2;
/// So many clauses about the past explain; twice as many explain at length.
const EXPLAINING: usize = 4;
/// Mean letters per word from which on a mail speaks in the house's voice.
const LONG_WORDS: f32 = 4.55;
/// Own words below which the manner of a draft says nothing.
const FEWEST: usize = 40;

const PAST: &[&str] = &["was", "were", "had", "did", "been"];
const NEGATIVE: &[&str] = &["no", "not", "never", "nothing", "nobody", "none", "neither", "nor", "without", "nowhere"];
const HOUSE: &[&str] = &["we", "our", "us", "ours"];

/// What the manner of the newest turn of the customer tells.
pub(super) fn of_customer(thread: &Thread, heard: &mut Vec<Heard>) {
    let Some((number, turn)) = thread.unanswered().next() else { return };
    let sentences = turn.sentences();
    let words: Vec<&Word> = turn.words().collect();
    let spoken = words.iter().filter(|word| word.kind != Kind::Mark).count();
    let whole = Span::new(0, turn.text.len());
    let mut hear = |kind: &str, weight: f32, mark: Span| {
        heard.push(Heard { kind: kind.into(), weight, fresh: 1.0, turn: number, mark, sentence: whole });
    };
    let questions = words.iter().filter(|word| word.form == "?").count();
    let mostly = questions == 1 && sentences.len() >= MOSTLY;
    if let Some(first) = telling_sentence(turn, sentences).filter(|_| (questions == 0 || mostly) && spoken >= TELLING) {
        hear(
            "tells",
            if mostly {
                0.5
            } else if spoken >= TELLING_MUCH {
                1.5
            } else {
                1.0
            },
            first,
        );
    }
    let negations: Vec<&Word> = words.into_iter().filter(|word| NEGATIVE.contains(&&*word.form)).collect();
    if let Some(first) = negations.first().filter(|_| negations.len() >= NEGATIONS) {
        let mark = sentences.iter().map(|s| s.span).find(|s| s.contains(first.span)).unwrap_or(first.span);
        hear("negations", if negations.len() >= 2 * NEGATIONS { 2.0 } else { 1.0 }, mark);
    }
    let waiting = thread.unanswered().count();
    if waiting > 1 {
        hear("wrote-again", if waiting > 2 { 1.5 } else { 1.0 }, sentences.first().map_or(whole, |s| s.span));
    }
}

/// The longest sentence of a turn: what it tells.
fn telling_sentence(turn: &Turn, sentences: &[Tokenised]) -> Option<Span> {
    debug_assert_eq!(turn.side, Side::Customer);
    sentences.iter().map(|s| s.span).max_by_key(|span| span.len())
}

/// What the manner of the draft tells, as acts.
pub(super) fn of_draft(linted: &Linted) -> Vec<Act> {
    let mut past: Vec<Place> = Vec::new();
    let (mut house, mut letters, mut all) = (Vec::new(), 0, 0);
    for sentence in &linted.sentences {
        for word in &sentence.words {
            if !matches!(word.kind, Kind::Word) {
                continue;
            }
            all += 1;
            letters += word.form.chars().count();
            if PAST.contains(&&*word.form) {
                past.push(sentence.place());
            }
            if HOUSE.contains(&&*word.form) {
                house.push(sentence.place());
            }
        }
    }
    let mut acts = Vec::new();
    let mut act = |kind: &str, weight: f32, place: &Place| acts.push(Act { kind: kind.into(), weight, place: *place });
    if let Some(first) = past.first().filter(|_| past.len() >= EXPLAINING) {
        act("explains", if past.len() >= 2 * EXPLAINING { 1.5 } else { 1.0 }, first);
    }
    #[expect(clippy::cast_precision_loss, reason = "a mail has few words")]
    let (mean, share) = (letters as f32 / all.max(1) as f32, house.len() as f32 / all.max(1) as f32);
    if let Some(first) = house.first().filter(|_| all >= FEWEST && (mean >= LONG_WORDS || share >= 0.03)) {
        act("house-voice", if mean >= LONG_WORDS && share >= 0.03 { 1.5 } else { 1.0 }, first);
    }
    acts
}
