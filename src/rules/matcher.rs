//! Which senses of which rules a sentence holds.

use super::dictionary::{Dictionary, Mask, NO_GROUP, NO_WORD, Pattern, PatternId, Sense, WordId};
use super::machine::Machine;
use crate::span::Span;
use crate::text::{Tokenised, Word};

/// A sentence made ready to be matched: its words and their numbers.
#[derive(Debug)]
pub struct Reading<'s> {
    /// Its words.
    pub(super) words: &'s [Word],
    /// Whether it asks.
    question: bool,
    /// For each word its numbers, in its first and its second reading; `NO_WORD` where no pattern knows it.
    pub(super) ids: Vec<[WordId; 2]>,
    /// The numbers of each word, as a mask.
    pub(super) masks: Vec<Mask>,
    /// Which groups have a word here, a bit each.
    groups: Vec<u64>,
    /// Whether patterns are tried only where their words stand.
    pub(super) prefilter: bool,
}

impl Reading<'_> {
    /// Whether a word of `group` stands in the sentence, if there is such a group.
    fn has(&self, group: u32) -> bool {
        group == NO_GROUP || self.groups[group as usize / 64] & (1 << (group % 64)) != 0
    }
}

/// The numbers of a word.
pub(super) fn known(ids: &[WordId; 2]) -> impl Iterator<Item = WordId> + '_ {
    ids.iter().copied().filter(|&id| id != NO_WORD)
}

/// A sense found at some words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Number of the rule.
    pub rule: u32,
    /// Number of the sense in the rule.
    pub sense: u32,
    /// The words to point at.
    pub mark: Span,
}

/// A pattern that had its words in a sentence and yet did not win there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NearMiss {
    /// Number of the rule.
    pub rule: u32,
    /// Number of the sense in the rule.
    pub sense: u32,
    /// Whether its words matched, but a condition of the sense or an earlier sense stood against it.
    pub matched: bool,
}

/// Finds senses by the words of a dictionary.
pub struct Matcher<'d> {
    dictionary: &'d Dictionary,
    prefilter: bool,
}

impl<'d> Matcher<'d> {
    /// A matcher for `dictionary`.
    #[must_use]
    pub fn new(dictionary: &'d Dictionary) -> Self {
        Self { dictionary, prefilter: true }
    }

    /// A matcher that tries every pattern at every word: what the prefilter is measured against. It reads its
    /// own sentences.
    #[doc(hidden)]
    #[must_use]
    pub fn without_prefilter(dictionary: &'d Dictionary) -> Self {
        Self { prefilter: false, ..Self::new(dictionary) }
    }

    /// Makes a sentence ready.
    #[must_use]
    pub fn read<'s>(&self, sentence: &'s Tokenised) -> Reading<'s> {
        let words = &sentence.words;
        let number = |form: &str| self.dictionary.vocabulary.number(form).unwrap_or(NO_WORD);
        let ids: Vec<_> = words.iter().map(|word| [number(&word.form), word.other.map_or(NO_WORD, number)]).collect();
        let mask = |ids| if self.prefilter { known(ids).collect() } else { Mask::ANY };
        let masks: Vec<Mask> = ids.iter().map(mask).collect();
        let mut groups = vec![0_u64; self.dictionary.group_count.div_ceil(64) as usize];
        for group in ids.iter().flat_map(known).flat_map(|word| self.dictionary.groups.of(word).iter()) {
            groups[group as usize / 64] |= 1 << (group % 64);
        }
        let prefilter = self.prefilter;
        Reading { words, question: sentence.asks(), ids, masks, groups, prefilter }
    }

    /// The hits in sentence `index` of `sentences`, by rule. `wanted` chooses among the rules, by number.
    ///
    /// The neighbours are there for senses that look at them.
    #[must_use]
    pub fn hits(&self, sentences: &[Reading<'_>], index: usize, wanted: impl Fn(u32) -> bool) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        let machine = Machine::new(self.dictionary, &sentences[index]);
        for (_, pattern) in self.candidates(&sentences[index]) {
            if !wanted(pattern.rule) {
                continue;
            }
            self.try_pattern(sentences, index, &machine, pattern, |hit, holds| {
                let taken = hits.iter().rev().take_while(|h| h.rule == hit.rule).any(|h| h.mark.overlaps(hit.mark));
                if holds && !taken {
                    hits.push(hit);
                }
            });
        }
        hits
    }

    /// The patterns that had their words in sentence `index` and are not among its `hits`.
    #[must_use]
    pub fn near_misses(&self, sentences: &[Reading<'_>], index: usize, hits: &[Hit]) -> Vec<NearMiss> {
        let machine = Machine::new(self.dictionary, &sentences[index]);
        let mut misses: Vec<NearMiss> = Vec::new();
        for (_, pattern) in self.candidates(&sentences[index]) {
            let mut matched = false;
            self.try_pattern(sentences, index, &machine, pattern, |_, _| matched = true);
            let won = hits.iter().any(|hit| hit.rule == pattern.rule && hit.sense == pattern.sense);
            let miss = NearMiss { rule: pattern.rule, sense: pattern.sense, matched };
            if won || misses.contains(&miss) {
                continue;
            }
            misses.push(miss);
        }
        misses
    }

    /// Patterns whose words are there, in the order of rules and senses.
    fn candidates<'s>(&'s self, sentence: &'s Reading<'_>) -> impl Iterator<Item = (PatternId, &'d Pattern)> + 's {
        let words = sentence.ids.iter().flat_map(known);
        let anchored = words.flat_map(|word| self.dictionary.anchored.of(word).pairs());
        let promising = anchored.filter(|(_, group)| sentence.has(*group));
        let mut ids: Vec<PatternId> = promising.map(|(pattern, _)| pattern).collect();
        ids.sort_unstable();
        ids.dedup();
        let prefilter = self.prefilter;
        if !prefilter {
            ids = (0..).zip(&self.dictionary.patterns).map(|(id, _)| id).collect();
        }
        ids.into_iter()
            .map(|id| (id, &*self.dictionary.patterns[id as usize]))
            .filter(move |(_, pattern)| !prefilter || pattern.required.iter().all(|&group| sentence.has(group)))
    }

    /// Tells `found` each match of `pattern` and whether the sense's conditions hold there.
    fn try_pattern(
        &self,
        sentences: &[Reading<'_>],
        index: usize,
        machine: &Machine<'_, '_>,
        pattern: &Pattern,
        mut found: impl FnMut(Hit, bool),
    ) {
        let words = sentences[index].words;
        let sense = &self.dictionary.rules[pattern.rule as usize].senses[pattern.sense as usize];
        let mut conditions = None;
        machine.each_match(&pattern.program, |at| {
            let Some(marked) = words.get(at.mark_start..at.mark_end).filter(|marked| !marked.is_empty()) else {
                return;
            };
            let mark = marked[0].span.cover(marked[marked.len() - 1].span);
            let quoted = marked.iter().all(|word| word.quoted);
            let hold = *conditions.get_or_insert_with(|| self.conditions_hold(sense, sentences, index, machine));
            found(Hit { rule: pattern.rule, sense: pattern.sense, mark }, hold && (sense.in_quotes || !quoted));
        });
    }

    fn conditions_hold(
        &self,
        sense: &Sense,
        sentences: &[Reading<'_>],
        index: usize,
        machine: &Machine<'_, '_>,
    ) -> bool {
        if sense.question.is_some_and(|wanted| wanted != sentences[index].question) {
            return false;
        }
        if !sense.with.is_empty() && !sense.with.iter().any(|program| machine.matches(program)) {
            return false;
        }
        if sense.unless.iter().any(|program| machine.matches(program)) {
            return false;
        }
        if sense.near.is_empty() && sense.unless_near.is_empty() {
            return true;
        }
        let first = index.saturating_sub(1);
        let around: Vec<_> = sentences[first..sentences.len().min(index + 2)]
            .iter()
            .map(|neighbour| Machine::new(self.dictionary, neighbour))
            .collect();
        let stands = |program| around.iter().any(|machine| machine.matches(program));
        !sense.unless_near.iter().any(stands) && (sense.near.is_empty() || sense.near.iter().any(stands))
    }
}
