//! Runs a program over the words of one sentence, in time linear in both.
//!
//! A depth-first walk that never visits a (instruction, word) pair twice: preferences are kept as a
//! backtracking engine keeps them, and hostile input costs no more than instructions × words.

use super::dictionary::{ClassId, Dictionary, NO_GROUP};
use super::matcher::{Reading, known};
use super::program::{Choice, Feature, Inst, Place, Program};
use super::scratch::{Scratch, State, Walk};
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
pub(super) struct Machine<'a, 's> {
    dictionary: &'a Dictionary,
    reading: &'a Reading<'s>,
    scratch: RefCell<Scratch>,
}

impl Drop for Machine<'_, '_> {
    fn drop(&mut self) {
        self.scratch.take().give_back();
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

impl<'a, 's> Machine<'a, 's> {
    pub(super) fn new(dictionary: &'a Dictionary, reading: &'a Reading<'s>) -> Self {
        Self { dictionary, reading, scratch: RefCell::new(Scratch::take(dictionary.classes.len())) }
    }

    fn words(&self) -> &'a [Word] {
        self.reading.words
    }

    /// Calls `found` with each match of `program`, from left to right.
    pub(super) fn each_match(&self, program: &Program, mut found: impl FnMut(Found)) {
        self.walk_from(program, 0..self.words().len(), &mut |_, (mark_start, mark_end)| {
            found(Found { mark_start: mark_start as usize, mark_end: mark_end as usize });
            Next::Start
        });
    }

    /// Whether `program` matches anywhere.
    pub(super) fn matches(&self, program: &Program) -> bool {
        let mut matches = false;
        self.walk_from(program, 0..self.words().len(), &mut |_, _| {
            matches = true;
            Next::Stop
        });
        matches
    }

    /// Walks `program` from each of the words `starts` with which a match can begin; `accept` is told
    /// the end and the mark of each way through, and says how to go on.
    fn walk_from(&self, program: &Program, starts: std::ops::Range<usize>, accept: &mut Accept<'_>) {
        let mut starts = starts.filter(|&at| self.begins(program, at)).peekable();
        if starts.peek().is_none() {
            return;
        }
        let mut walk = self.scratch.borrow_mut().walk(program, self.words().len());
        for start in starts.map(number) {
            walk.stack.clear();
            walk.stack.push(State { pc: 0, at: start, mark: (start, start) });
            if self.walk(&program.code, &mut walk, accept) == Next::Stop {
                break;
            }
        }
        self.scratch.borrow_mut().end(walk);
    }

    /// Whether a match of `program` can begin with word `at`.
    fn begins(&self, program: &Program, at: usize) -> bool {
        // The mask tells most of them quickly.
        program.first.meets(self.reading.masks[at])
            && (program.begins == NO_GROUP
                || !self.reading.prefilter
                || known(&self.reading.ids[at]).any(|id| self.dictionary.begins.of(id).has(program.begins)))
    }

    /// Follows the states of `walk` until none is left or `accept` has had enough.
    fn walk(&self, code: &[Inst], walk: &mut Walk, accept: &mut Accept<'_>) -> Next {
        let Walk { stack, visited } = walk;
        while let Some(State { pc, at, mark }) = stack.pop() {
            if !visited.enter(pc, at) {
                continue;
            }
            let mut go = |pc: u32, at: u32, mark| {
                if self.may_go_on(&code[pc as usize], at) {
                    stack.push(State { pc, at, mark });
                }
            };
            match &code[pc as usize] {
                Inst::Match => match accept(at, mark) {
                    Next::Way => {}
                    next => return next,
                },
                Inst::Jump(to) => go(*to, at, mark),
                Inst::Split(first, second) => {
                    go(*second, at, mark);
                    go(*first, at, mark);
                }
                Inst::Choice(choice) => {
                    let before = stack.len();
                    self.choose(choice, code, at, |pc| stack.push(State { pc, at, mark }));
                    // The first way lies on top.
                    if stack.len() > before + 1 {
                        stack[before..].sort_unstable_by_key(|state| std::cmp::Reverse(state.pc));
                    }
                }
                Inst::MarkStart => go(pc + 1, at, (at, at)),
                Inst::MarkEnd => go(pc + 1, at, (mark.0, at)),
                Inst::Place(place) => {
                    if self.is_place(*place, at as usize) {
                        go(pc + 1, at, mark);
                    }
                }
                Inst::NotClass(class) => {
                    if self.class_at(*class, at as usize) == 0 {
                        go(pc + 1, at, mark);
                    }
                }
                Inst::Slip => {
                    for length in bits(self.class_at(self.dictionary.slip, at as usize)) {
                        go(pc, at + length, mark);
                    }
                    go(pc + 1, at, mark);
                }
                Inst::Class(class) => {
                    for length in bits(self.class_at(*class, at as usize)) {
                        go(pc + 1, at + length, mark);
                    }
                }
                one_word => {
                    if (at as usize) < self.words().len() && self.is_word(one_word, at as usize) {
                        go(pc + 1, at + 1, mark);
                    }
                }
            }
        }
        Next::Start
    }

    /// Calls `take` with each way of `choice` that is worth following to word `at`.
    fn choose(&self, choice: &Choice, code: &[Inst], at: u32, mut take: impl FnMut(u32)) {
        if let Some(ids) = self.reading.ids.get(at as usize) {
            known(ids).for_each(|id| choice.each_way(id, &mut take));
        }
        choice.others.iter().copied().filter(|&pc| self.may_go_on(&code[pc as usize], at)).for_each(take);
    }

    /// Whether `inst` is worth following to word `at`: one quick look, as most ways end at their first word.
    fn may_go_on(&self, inst: &Inst, at: u32) -> bool {
        match inst {
            Inst::Word(id) => self.reading.ids.get(at as usize).is_some_and(|ids| ids.contains(id)),
            Inst::Class(class) => {
                let first = self.dictionary.classes[usize::from(*class)].first;
                self.reading.masks.get(at as usize).is_some_and(|&mask| first.meets(mask))
            }
            _ => true,
        }
    }

    fn is_word(&self, inst: &Inst, at: usize) -> bool {
        let word = &self.words()[at];
        match inst {
            Inst::Word(id) => self.reading.ids[at].contains(id),
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
        let single = || u64::from(known(&self.reading.ids[at]).any(|id| entry.words.all().has(id))) << 1;
        let Some(phrases) = &entry.phrases else { return single() };
        let place = self.scratch.borrow_mut().phrases.entry(class, at, self.words().len());
        if let Some(known) = self.scratch.borrow().phrases.known(place) {
            return known;
        }
        let lengths = single() | self.phrases_at(phrases, at);
        self.scratch.borrow_mut().phrases.note(place, lengths);
        lengths
    }

    /// The lengths, as bits, of the ways through the phrases of a class from word `at` on.
    fn phrases_at(&self, phrases: &Program, at: usize) -> u64 {
        let mut lengths = 0;
        self.walk_from(phrases, at..at + 1, &mut |end, _| {
            let length = end as usize - at;
            // A member of a class is a handful of words; longer ones cannot be told apart and are left.
            lengths |= if length < 63 { 1 << length } else { 0 };
            Next::Way
        });
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

/// Told the end and the mark of a way through, says how to go on.
type Accept<'f> = dyn FnMut(u32, (u32, u32)) -> Next + 'f;

/// The numbers of the bits that are set.
fn bits(mut mask: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let bit = (mask != 0).then_some(mask.trailing_zeros())?;
        mask &= mask - 1;
        Some(bit)
    })
}

fn number(word: usize) -> u32 {
    u32::try_from(word).expect("a sentence is at most a few thousand bytes long")
}
