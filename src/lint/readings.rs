//! A passage of a template in several readings: what each gives becomes what the passage gives, once.

use super::{Linted, Place, SentenceAt};
use crate::text;
use std::collections::{BTreeSet, HashMap, HashSet};

impl Linted {
    /// Visits every place found.
    pub(super) fn each_place(&mut self, mut visit: impl FnMut(&mut Place)) {
        self.findings.iter_mut().for_each(|finding| visit(&mut finding.place));
        self.credits.iter_mut().for_each(|credit| visit(&mut credit.place));
        self.signals.iter_mut().for_each(|signal| visit(&mut signal.place));
        self.let_pass.iter_mut().for_each(|passed| visit(&mut passed.place));
    }
}

/// How many of each kind the fullest reading has: who reads one arm is not thanked in the other.
struct Most(HashMap<String, usize>);

impl Most {
    fn of<'k>(readings: impl Iterator<Item = impl Iterator<Item = &'k String>>) -> Self {
        let mut most: HashMap<String, usize> = HashMap::new();
        for kinds in readings {
            let mut counts: HashMap<&String, usize> = HashMap::new();
            kinds.for_each(|kind| *counts.entry(kind).or_default() += 1);
            for (kind, count) in counts {
                let highest = most.entry(kind.clone()).or_default();
                *highest = count.max(*highest);
            }
        }
        Self(most)
    }

    /// Keeps of what stands from `first` on in `all` the first of each kind, as many as there may be.
    fn keep<T>(mut self, all: &mut Vec<T>, first: usize, kind: impl Fn(&T) -> &String) {
        let mut number = 0;
        all.retain(|one| {
            number += 1;
            if number <= first {
                return true;
            }
            let left = self.0.get_mut(kind(one)).filter(|left| **left > 0);
            left.map(|left| *left -= 1).is_some()
        });
    }
}

/// Adds to `linted` what the readings of one passage, whose own text is `text`, gave.
///
/// A word is read in many readings, so the same finding, credit or signal comes back from each. Of findings
/// only the worst of a place is kept in the end.
pub(super) fn merge(linted: &mut Linted, text: &str, readings: impl Iterator<Item = Linted>) {
    let readings: Vec<Linted> = readings.collect();
    let first = linted.sentences.len();
    let sentences: BTreeSet<_> =
        readings.iter().flat_map(|part| &part.sentences).map(|at| (at.passage, at.span)).collect();
    let with_words = |(passage, span)| SentenceAt { passage, span, words: text::words(text, span) };
    linted.sentences.extend(sentences.into_iter().map(with_words));
    linted.own_words += readings.iter().map(|part| part.own_words).max().unwrap_or(0);
    linted.foreign_paragraphs += readings.iter().map(|part| part.foreign_paragraphs).max().unwrap_or(0);
    let (first_credit, first_signal) = (linted.credits.len(), linted.signals.len());
    let most_credits = Most::of(readings.iter().map(|part| part.credits.iter().map(|credit| &credit.kind)));
    let most_signals = Most::of(readings.iter().map(|part| part.signals.iter().map(|signal| &signal.kind)));
    let mut seen = HashSet::new();
    let mut is_new = |rule: u32, sense: u32, place: Place| seen.insert((rule, sense, place.mark));
    for mut part in readings {
        part.findings.retain(|finding| is_new(finding.rule, finding.sense, finding.place));
        part.credits.retain(|credit| is_new(credit.rule, credit.sense, credit.place));
        part.signals.retain(|signal| is_new(signal.rule, signal.sense, signal.place));
        part.let_pass.retain(|passed| is_new(passed.rule, passed.sense, passed.place));
        for finding in &mut part.findings {
            let place = (finding.place.passage, finding.place.sentence);
            finding.sentence = first + linted.sentences[first..].partition_point(|at| (at.passage, at.span) < place);
        }
        linted.findings.append(&mut part.findings);
        linted.credits.append(&mut part.credits);
        linted.signals.append(&mut part.signals);
        linted.let_pass.append(&mut part.let_pass);
    }
    linted.credits[first_credit..].sort_by_key(|credit| (credit.place.passage, credit.place.mark));
    most_credits.keep(&mut linted.credits, first_credit, |credit| &credit.kind);
    most_signals.keep(&mut linted.signals, first_signal, |signal| &signal.kind);
}
