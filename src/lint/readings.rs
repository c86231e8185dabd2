//! A passage of a template in several readings: what each gives becomes what the passage gives, once.

use super::{Finding, Linted, PassageId, Place, SentenceAt};
use crate::span::Span;
use crate::text;
use std::collections::{BTreeSet, HashMap, HashSet};

/// What the readings of a passage gave, each by itself, where that is not the same.
#[derive(Debug)]
pub(super) struct Readings {
    passage: PassageId,
    each: Vec<Linted>,
}

/// What was seen where: a rule, its sense and the words.
type Seen = (u32, u32, Span);

impl Linted {
    /// What each reader of a template gets to see, when not all see the same: of arms that exclude each other
    /// one. Empty for a text of one reading.
    pub fn by_reading(&self) -> impl Iterator<Item = Linted> {
        let several = self.readings.iter().map(|readings| readings.each.len()).max();
        let found: Vec<Vec<HashSet<Seen>>> =
            self.readings.iter().map(|of| of.each.iter().map(Linted::findings_seen).collect()).collect();
        // What is seen by its shape is found in no reading, and stands wherever its sentence does.
        let by_words: HashSet<Seen> = found.iter().flatten().flatten().copied().collect();
        (0..several.unwrap_or(0)).map(move |number| self.reading(number, &found, &by_words))
    }

    /// What reading `number` gives; a passage that has fewer gives its last. `found` is what each has by its
    /// words, and `by_words` all of that.
    fn reading(&self, number: usize, found: &[Vec<HashSet<Seen>>], by_words: &HashSet<Seen>) -> Linted {
        let of = |passage: PassageId| self.readings.iter().position(|readings| readings.passage == passage);
        let part = |place: usize| number.min(self.readings[place].each.len() - 1);
        let everywhere = |passage: PassageId| of(passage).is_none();
        let mut linted = Linted { own_words: self.own_words, other_words: self.other_words, ..Linted::default() };
        linted.sentences.extend(self.sentences.iter().filter(|at| everywhere(at.passage)).cloned());
        linted.signals.extend(self.signals.iter().filter(|at| everywhere(at.place.passage)).cloned());
        linted.credits.extend(self.credits.iter().filter(|at| everywhere(at.place.passage)).cloned());
        for place in 0..self.readings.len() {
            let own = &self.readings[place].each[part(place)];
            linted.sentences.extend(own.sentences.iter().cloned());
            linted.signals.extend(own.signals.iter().cloned());
            linted.credits.extend(own.credits.iter().cloned());
        }
        linted.sentences.sort_by_key(|at| (at.passage, at.span));
        // Of findings, what became of them since counts: the worst of a place, and what is withheld.
        for finding in &self.findings {
            let Place { passage, mark, .. } = finding.place;
            // Another reading may part its words into other sentences.
            let next = linted.sentences.partition_point(|at| (at.passage, at.span.start) <= (passage, mark.start));
            let Some(sentence) = next.checked_sub(1) else { continue };
            let at = &linted.sentences[sentence];
            let seen = &(finding.rule, finding.sense, mark);
            let here = |place: usize| found[place][part(place)].contains(seen) || !by_words.contains(seen);
            if at.passage == passage && at.span.contains(mark) && of(passage).is_none_or(here) {
                let place = Place { sentence: at.span, ..finding.place };
                linted.findings.push(Finding { sentence, place, ..finding.clone() });
            }
        }
        linted
    }

    fn findings_seen(&self) -> HashSet<Seen> {
        self.findings.iter().map(|finding| (finding.rule, finding.sense, finding.place.mark)).collect()
    }

    /// All that was seen but for the sentences and what was let pass, in order.
    fn seen(&self) -> Vec<Seen> {
        let findings = self.findings.iter().map(|one| (one.rule, one.sense, one.place.mark));
        let credits = self.credits.iter().map(|one| (one.rule, one.sense, one.place.mark));
        let signals = self.signals.iter().map(|one| (one.rule, one.sense, one.place.mark));
        findings.chain(credits).chain(signals).collect()
    }

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

/// Adds to `linted` what the readings of one `passage`, given with its own text, gave.
///
/// A word is read in many readings, so the same finding, credit or signal comes back from each. Of findings
/// only the worst of a place is kept in the end.
pub(super) fn merge(linted: &mut Linted, passage: (PassageId, &str), readings: impl Iterator<Item = Linted>) {
    let (id, text) = passage;
    let mut readings: Vec<Linted> = readings.collect();
    let first = linted.sentences.len();
    let sentences: BTreeSet<_> =
        readings.iter().flat_map(|part| &part.sentences).map(|at| (at.passage, at.span)).collect();
    let with_words = |(passage, span)| SentenceAt { passage, span, words: text::words(text, span) };
    linted.sentences.extend(sentences.into_iter().map(with_words));
    linted.readings.extend(distinct(&mut readings).map(|each| Readings { passage: id, each }));
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

/// Of those that gave the same the first; `None` when all did. Takes their sentences.
fn distinct(readings: &mut [Linted]) -> Option<Vec<Linted>> {
    let mut known = HashSet::new();
    let kept: Vec<&mut Linted> = readings.iter_mut().filter(|part| known.insert(part.seen())).collect();
    let copy = |part: &mut Linted| Linted {
        findings: part.findings.clone(),
        credits: part.credits.clone(),
        signals: part.signals.clone(),
        sentences: std::mem::take(&mut part.sentences),
        ..Linted::default()
    };
    (kept.len() > 1).then(|| kept.into_iter().map(copy).collect())
}
