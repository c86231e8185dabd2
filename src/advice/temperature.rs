//! How the customer is: what their own words say, the newest ones most.

use super::thread::{Side, Thread, Turn};
use crate::lint::Linter;
use crate::rules::dictionary::{Role, RuleZone};
use crate::rules::{Matcher, Reading, RuleSet};
use crate::span::Span;
use crate::text::Word;

/// Something the customer's words say.
#[derive(Clone, Debug)]
pub struct Heard {
    /// What, such as `anger`: the kind of a signal rule, or `shouting`.
    pub kind: String,
    /// What it weighs by its rule, before its age counts.
    pub weight: f32,
    /// How much of that is left by age: 1.0 in turns not yet answered, less in older ones.
    pub fresh: f32,
    /// The number of the turn in the thread.
    pub turn: usize,
    /// The words pointed at, in the turn's text.
    pub mark: Span,
    /// The sentence they stand in.
    pub sentence: Span,
}

/// What is left of a signal in a turn that we answered since, once and more than once.
const ANSWERED: [f32; 3] = [1.0, 0.5, 0.3];
/// So many words in capitals, one after the other, are shouting.
const SHOUTED: usize = 3;

/// Reads all the customer's turns.
#[must_use]
pub fn hear(thread: &Thread, linter: &Linter<'_>) -> Vec<Heard> {
    let mut answers = 0;
    let mut heard = Vec::new();
    for (number, turn) in thread.turns.iter().enumerate() {
        match turn.side {
            Side::Us => answers += 1,
            Side::Customer => {
                let fresh = ANSWERED[answers.min(ANSWERED.len() - 1)];
                hear_turn(linter.matcher(), linter.rules(), number, turn, fresh, &mut heard);
            }
        }
    }
    heard
}

fn hear_turn(matcher: &Matcher<'_>, rules: &RuleSet, number: usize, turn: &Turn, fresh: f32, heard: &mut Vec<Heard>) {
    let readings: Vec<Reading<'_>> = turn.sentences().iter().map(|sentence| matcher.read(sentence)).collect();
    let tells = |rule: u32| {
        let rule = &rules.dictionary.rules[rule as usize];
        rule.role == Role::Signal && rule.zone != RuleZone::Own
    };
    for (index, sentence) in turn.sentences().iter().enumerate() {
        for hit in matcher.hits(&readings, index, tells) {
            let sense = &rules.dictionary.rules[hit.rule as usize].senses[hit.sense as usize];
            let Some(kind) = sense.kind.clone() else { continue };
            heard.push(Heard {
                kind,
                weight: sense.weight,
                fresh,
                turn: number,
                mark: hit.mark,
                sentence: sentence.span,
            });
        }
        if let Some(mark) = shouted(&sentence.words) {
            heard.push(Heard {
                kind: "shouting".into(),
                weight: 1.0,
                fresh,
                turn: number,
                mark,
                sentence: sentence.span,
            });
        }
    }
}

/// The longest run of words in capitals, when it is long enough to be meant.
fn shouted(words: &[Word]) -> Option<Span> {
    let mut best: Option<(usize, Span)> = None;
    let mut run: Option<(usize, Span)> = None;
    for word in words {
        run = match (word.caps, run) {
            // An acronym between shouted words belongs to them, one letter ("I", "A") too.
            (true, Some((n, span))) => Some((n + 1, span.cover(word.span))),
            (true, None) => Some((1, word.span)),
            (false, Some(open)) if word.capital && word.span.len() == 1 => Some(open),
            _ => None,
        };
        if run.is_some_and(|(n, _)| best.is_none_or(|(most, _)| n > most)) {
            best = run;
        }
    }
    best.filter(|(n, _)| *n >= SHOUTED).map(|(_, span)| span)
}
