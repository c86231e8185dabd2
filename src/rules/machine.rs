//! Runs a program over the words of one sentence, in time linear in both.
//!
//! A depth-first walk that never visits a (instruction, word) pair twice: preferences are kept as a
//! backtracking engine keeps them, and hostile input costs no more than instructions × words.

use super::dictionary::{ClassId, Dictionary, Feature, Inst, Place, Program};
use super::matcher::Reading;
use crate::text::{Kind, Word};
use std::cell::RefCell;

/// A match, in word numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// First marked word.
    pub mark_start: usize,
    /// One past the last marked word.
    pub mark_end: usize,
}

/// The machine for one sentence.
pub(super) struct Machine<'a, 't> {
    dictionary: &'a Dictionary,
    reading: &'a Reading<'t>,
    /// What is known of the phrases of classes.
    phrases: RefCell<Phrases>,
    /// Memory to use again from one walk to the next.
    spare: RefCell<Vec<(Vec<State>, Visited)>>,
}

/// For each class and word the lengths, as bits, of the phrases of the class that start there.
struct Phrases {
    /// For each class the start of its row in `lengths`, or `NO_ROW`.
    rows: Vec<u32>,
    /// Rows as long as the sentence; `UNKNOWN` where nobody asked yet.
    lengths: Vec<u64>,
}

const NO_ROW: u32 = u32::MAX;
const UNKNOWN: u64 = u64::MAX;

impl Phrases {
    /// Where the entry for `class` at word `at` of a sentence of `words` is.
    fn entry(&mut self, class: ClassId, at: usize, words: usize) -> usize {
        let row = &mut self.rows[usize::from(class)];
        if *row == NO_ROW {
            *row = u32::try_from(self.lengths.len()).expect("sentences and dictionaries are far smaller");
            self.lengths.resize(self.lengths.len() + words, UNKNOWN);
        }
        *row as usize + at
    }
}

/// How to go on after a match.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    /// With the next way through from the same word.
    Way,
    /// From the next word.
    Start,
    /// Not at all.
    Stop,
}

#[derive(Clone, Copy)]
struct State {
    pc: usize,
    at: usize,
    mark: (usize, usize),
}

/// Pairs of instruction and word that were tried already.
#[derive(Default)]
struct Visited {
    bits: Vec<u64>,
    width: usize,
}

impl Visited {
    fn reset(&mut self, program: &Program, words: usize) {
        self.width = words + 1;
        self.bits.clear();
        self.bits.resize((program.code.len() * self.width).div_ceil(64), 0);
    }

    /// Whether the pair is new; it is not from then on.
    fn enter(&mut self, pc: usize, at: usize) -> bool {
        let bit = pc * self.width + at;
        let new = self.bits[bit / 64] & (1 << (bit % 64)) == 0;
        self.bits[bit / 64] |= 1 << (bit % 64);
        new
    }
}

impl<'a, 't> Machine<'a, 't> {
    pub(super) fn new(dictionary: &'a Dictionary, reading: &'a Reading<'t>) -> Self {
        let phrases = Phrases { rows: vec![NO_ROW; dictionary.classes.len()], lengths: Vec::new() };
        Self { dictionary, reading, phrases: RefCell::new(phrases), spare: RefCell::default() }
    }

    fn words(&self) -> &'a [Word<'t>] {
        &self.reading.words
    }

    /// Calls `found` with each match of `program`, from left to right.
    pub(super) fn each_match(&self, program: &Program, mut found: impl FnMut(Found)) {
        self.walk_from(program, 0..self.words().len(), |_, (mark_start, mark_end)| {
            found(Found { mark_start, mark_end });
            Next::Start
        });
    }

    /// Whether `program` matches anywhere.
    pub(super) fn matches(&self, program: &Program) -> bool {
        let mut matches = false;
        self.walk_from(program, 0..self.words().len(), |_, _| {
            matches = true;
            Next::Stop
        });
        matches
    }

    /// Walks `program` from each of the words `starts` with which a match can begin; `accept` is told
    /// the end and the mark of each way through, and says how to go on.
    fn walk_from(
        &self,
        program: &Program,
        starts: std::ops::Range<usize>,
        mut accept: impl FnMut(usize, (usize, usize)) -> Next,
    ) {
        let mut starts = starts.filter(|&at| program.first.meets(self.reading.masks[at])).peekable();
        if starts.peek().is_none() {
            return;
        }
        let (mut stack, mut visited) = self.spare.borrow_mut().pop().unwrap_or_default();
        visited.reset(program, self.words().len());
        for start in starts {
            stack.clear();
            stack.push(State { pc: 0, at: start, mark: (start, start) });
            if self.walk(program, &mut stack, &mut visited, &mut accept) == Next::Stop {
                break;
            }
        }
        self.spare.borrow_mut().push((stack, visited));
    }

    /// Follows the states on `stack` until none is left or `accept` has had enough.
    fn walk(
        &self,
        program: &Program,
        stack: &mut Vec<State>,
        visited: &mut Visited,
        accept: &mut impl FnMut(usize, (usize, usize)) -> Next,
    ) -> Next {
        while let Some(State { pc, at, mark }) = stack.pop() {
            if !visited.enter(pc, at) {
                continue;
            }
            let mut go = |pc, at, mark| stack.push(State { pc, at, mark });
            match &program.code[pc] {
                Inst::Match => match accept(at, mark) {
                    Next::Way => {}
                    next => return next,
                },
                Inst::Jump(to) => go(*to as usize, at, mark),
                Inst::Split(first, second) => {
                    go(*second as usize, at, mark);
                    go(*first as usize, at, mark);
                }
                Inst::MarkStart => go(pc + 1, at, (at, at)),
                Inst::MarkEnd => go(pc + 1, at, (mark.0, at)),
                Inst::Place(place) => {
                    if self.is_place(*place, at) {
                        go(pc + 1, at, mark);
                    }
                }
                Inst::NotClass(class) => {
                    if self.class_at(*class, at) == 0 {
                        go(pc + 1, at, mark);
                    }
                }
                Inst::Slip => {
                    for length in bits(self.class_at(self.dictionary.slip, at)) {
                        go(pc, at + length, mark);
                    }
                    go(pc + 1, at, mark);
                }
                Inst::Class(class) => {
                    for length in bits(self.class_at(*class, at)) {
                        go(pc + 1, at + length, mark);
                    }
                }
                one_word => {
                    if at < self.words().len() && self.is_word(one_word, at) {
                        go(pc + 1, at + 1, mark);
                    }
                }
            }
        }
        Next::Start
    }

    fn is_word(&self, inst: &Inst, at: usize) -> bool {
        let word = &self.words()[at];
        match inst {
            Inst::Word(id) => self.reading.ids[at].contains(&Some(*id)),
            Inst::Prefix(start) => word.kind == Kind::Word && word.form.starts_with(start.as_str()),
            Inst::Suffix(end) => word.kind == Kind::Word && word.form.ends_with(end.as_str()),
            Inst::Feature(feature) => match feature {
                Feature::Number => word.kind == Kind::Number,
                Feature::Name => word.capital && at > 0 && word.form != "i",
                Feature::Quoted => word.quoted,
                Feature::Blank => word.kind == Kind::Opaque,
                Feature::Word => word.kind != Kind::Mark,
                Feature::Caps => word.caps,
            },
            Inst::InClause => word.kind != Kind::Mark && self.class_at(self.dictionary.joint, at) == 0,
            Inst::InSentence => true,
            _ => false,
        }
    }

    /// Lengths, as bits, of the members of `class` that start at word `at`.
    fn class_at(&self, class: ClassId, at: usize) -> u64 {
        let Some(&mask) = self.reading.masks.get(at) else { return 0 };
        let entry = &self.dictionary.classes[usize::from(class)];
        if !entry.first.meets(mask) {
            return 0;
        }
        let single = self.reading.ids[at].iter().flatten().any(|id| entry.words.binary_search(id).is_ok());
        let phrases = entry.phrases.as_ref().map_or(0, |program| self.phrases_at(class, program, at));
        phrases | (u64::from(single) << 1)
    }

    fn phrases_at(&self, class: ClassId, program: &Program, at: usize) -> u64 {
        let entry = self.phrases.borrow_mut().entry(class, at, self.words().len());
        let known = self.phrases.borrow().lengths[entry];
        if known != UNKNOWN {
            return known;
        }
        let mut lengths = 0;
        self.walk_from(program, at..at + 1, |end, _| {
            // A member of a class is a handful of words; longer ones cannot be told apart and are left.
            lengths |= if end - at < 63 { 1 << (end - at) } else { 0 };
            Next::Way
        });
        self.phrases.borrow_mut().lengths[entry] = lengths;
        lengths
    }

    fn is_place(&self, place: Place, at: usize) -> bool {
        let words = self.words();
        match place {
            Place::SentenceStart => self.is_sentence_start(at),
            Place::ClauseStart => {
                self.is_sentence_start(at)
                    || words[at - 1].kind == Kind::Mark
                    || self.class_at(self.dictionary.joint, at - 1) != 0
            }
            Place::ClauseEnd => {
                words.get(at).is_none_or(|word| word.kind == Kind::Mark)
                    || self.class_at(self.dictionary.joint, at) != 0
            }
            Place::SentenceEnd => words[at..].iter().all(|word| word.kind == Kind::Mark),
        }
    }

    /// Whether only openers ("Well,", "But", "Hi Anna,") stand before word `at`.
    fn is_sentence_start(&self, at: usize) -> bool {
        let words = self.words();
        let mut here = 0;
        while here < at {
            let opener = 63_u32.saturating_sub(self.class_at(self.dictionary.opener, here).leading_zeros()) as usize;
            let vocative = words[here].capital && words.get(here + 1).is_some_and(|next| next.form == ",");
            here += match words[here].kind {
                Kind::Mark => 1,
                _ if opener > 0 => opener,
                _ if vocative => 2,
                _ => return false,
            };
        }
        here == at
    }
}

/// The numbers of the bits that are set.
fn bits(mut mask: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = (mask != 0).then_some(mask.trailing_zeros() as usize)?;
        mask &= mask - 1;
        Some(bit)
    })
}
