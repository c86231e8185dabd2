//! Runs the examples of rules: they are the rules' tests.

use super::dictionary::Severity;
use super::matcher::{Hit, Matcher, Reading};
use super::prose::Example;
use super::set::RuleSet;
use super::shapes::shapes;
use crate::span::Span;
use crate::text::{self, Tokenised};

/// How an example came out. The names follow ast-grep's rule tests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Marked as it says, by the sense it says.
    Reported,
    /// Let pass, as it says.
    Validated,
    /// It says words are marked, and they are not.
    Missing,
    /// Words are marked that it does not mark.
    Noisy(String),
    /// The right words, by another sense.
    Wrong(String),
}

impl Outcome {
    /// Whether the example holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        matches!(self, Self::Reported | Self::Validated)
    }
}

/// An example and how it came out.
#[derive(Debug)]
pub struct Tried<'r> {
    /// Number of the rule.
    pub rule: u32,
    /// The example.
    pub example: &'r Example,
    /// How it came out.
    pub outcome: Outcome,
}

/// Runs the examples of all rules that `wanted` chooses by id.
pub fn run_examples<'r>(rules: &'r RuleSet, wanted: impl Fn(&str) -> bool) -> Vec<Tried<'r>> {
    let matcher = Matcher::new(&rules.dictionary);
    let mut tried = Vec::new();
    for (rule, number) in rules.dictionary.rules.iter().zip(0..).filter(|(rule, _)| wanted(&rule.id)) {
        for example in &rules.prose(number).examples {
            tried.push(Tried { rule: number, example, outcome: run(rules, &matcher, &rule.id, number, example) });
        }
    }
    tried
}

fn run(rules: &RuleSet, matcher: &Matcher<'_>, id: &str, number: u32, example: &Example) -> Outcome {
    let (text, marks) = unmark(&example.text);
    let rule = &rules.dictionary.rules[number as usize];
    let sentences = text::tokenised(&text, Span::new(0, text.len()));
    let readings: Vec<Reading<'_>> = sentences.iter().map(|sentence| matcher.read(sentence)).collect();
    let hits: Vec<(Span, &str, bool)> = (0..readings.len())
        .flat_map(|index| matcher.hits(&readings, index, |rule| rule == number))
        .chain(by_shape(rules, id, &text, &sentences))
        .map(|hit| {
            let sense = &rule.senses[hit.sense as usize];
            (hit.mark, sense.name.as_str(), sense.severity == Severity::Silent)
        })
        .collect();
    let loud: Vec<_> = hits.iter().filter(|(.., silent)| !silent).collect();
    let expected = example.sense.as_deref();
    let expects_silence = match expected {
        None => marks.is_empty(),
        Some(name) => rule.senses.iter().any(|s| s.name == name && s.severity == Severity::Silent),
    };
    if expects_silence {
        if let Some((mark, ..)) = loud.first() {
            return Outcome::Noisy(mark.of(&text).into());
        }
        let by_sense = expected.is_none_or(|name| hits.iter().any(|(_, sense, _)| *sense == name));
        return if by_sense { Outcome::Validated } else { Outcome::Missing };
    }
    if let Some((mark, ..)) = loud.iter().find(|(mark, ..)| !marks.contains(mark)) {
        return Outcome::Noisy(mark.of(&text).into());
    }
    for mark in &marks {
        match loud.iter().find(|(found, ..)| found == mark) {
            None => return Outcome::Missing,
            Some((_, sense, _)) if expected.is_some_and(|name| name != *sense) => {
                return Outcome::Wrong((*sense).into());
            }
            Some(_) => {}
        }
    }
    if marks.is_empty() { Outcome::Missing } else { Outcome::Reported }
}

/// The hits of the rule `id` that are seen by a shape.
fn by_shape(rules: &RuleSet, id: &str, text: &str, sentences: &[Tokenised]) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (_, hit, shape) in shapes(&rules.dictionary).filter(|(rule, ..)| rule.id == id) {
        let marks = sentences.iter().flat_map(|sentence| shape.find(text, sentence.span));
        hits.extend(marks.map(|mark| Hit { mark, ..hit }));
    }
    hits
}

/// The text without its `[[ ]]`, and the spans they marked.
fn unmark(marked: &str) -> (String, Vec<Span>) {
    let mut text = String::with_capacity(marked.len());
    let mut marks = Vec::new();
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once("[[") {
        let (inside, after) = after.split_once("]]").unwrap_or((after, ""));
        text.push_str(before);
        marks.push(Span::new(text.len(), text.len() + inside.len()));
        text.push_str(inside);
        rest = after;
    }
    text.push_str(rest);
    (text, marks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_that_ship_do_what_their_examples_say() {
        let rules = RuleSet::embedded();
        let failed: Vec<String> = run_examples(&rules, |_| true)
            .into_iter()
            .filter(|tried| !tried.outcome.holds())
            .map(|tried| format!("{:?}: {} (line {})", tried.outcome, tried.example.text, tried.example.line))
            .collect();
        assert!(failed.is_empty(), "{failed:#?}");
    }
}
