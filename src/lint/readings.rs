//! A passage of a template in several readings: what each gives becomes what the passage gives, once.

use super::{Linted, Place, SentenceAt};
use std::collections::{BTreeSet, HashSet};

impl Linted {
    /// Visits every place found.
    pub(super) fn each_place(&mut self, mut visit: impl FnMut(&mut Place)) {
        self.findings.iter_mut().for_each(|finding| visit(&mut finding.place));
        self.credits.iter_mut().for_each(|credit| visit(&mut credit.place));
        self.signals.iter_mut().for_each(|signal| visit(&mut signal.place));
        self.let_pass.iter_mut().for_each(|passed| visit(&mut passed.place));
    }
}

/// Adds to `linted` what the readings of one passage gave.
///
/// A word is read in many readings, so the same finding, credit or signal comes back from each. Of findings
/// only the worst of a place is kept in the end.
pub(super) fn merge(linted: &mut Linted, readings: impl Iterator<Item = Linted>) {
    let readings: Vec<Linted> = readings.collect();
    let first = linted.sentences.len();
    let sentences: BTreeSet<_> =
        readings.iter().flat_map(|part| &part.sentences).map(|at| (at.passage, at.span)).collect();
    linted.sentences.extend(sentences.into_iter().map(|(passage, span)| SentenceAt { passage, span }));
    linted.own_words += readings.iter().map(|part| part.own_words).max().unwrap_or(0);
    linted.foreign_paragraphs += readings.iter().map(|part| part.foreign_paragraphs).max().unwrap_or(0);
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
    linted.credits.sort_by_key(|credit| (credit.place.passage, credit.place.mark));
}
