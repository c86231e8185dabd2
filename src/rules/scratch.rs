//! Memory that the machine uses again from sentence to sentence: most sentences are so short that making it
//! anew would cost more than using it.

use super::dictionary::ClassId;
use super::program::Program;
use std::cell::RefCell;

/// A place of a walk: the next instruction, the word it looks at, and the words marked so far.
#[derive(Clone, Copy)]
pub(super) struct State {
    pub pc: u32,
    pub at: u32,
    /// The first marked word, and one past the last.
    pub mark: (u32, u32),
}

/// What the machine notes while it reads one sentence.
#[derive(Default)]
pub(super) struct Scratch {
    pub phrases: Phrases,
    walks: Vec<Walk>,
}

thread_local! {
    /// Scratches that no machine holds.
    static SPARE: RefCell<Vec<Scratch>> = const { RefCell::new(Vec::new()) };
}

impl Scratch {
    /// One for a sentence and `classes` classes.
    pub fn take(classes: usize) -> Self {
        let mut scratch = SPARE.with_borrow_mut(Vec::pop).unwrap_or_default();
        scratch.phrases.reset(classes);
        scratch
    }

    /// Leaves it for the next sentence.
    pub fn give_back(self) {
        SPARE.with_borrow_mut(|spare| spare.push(self));
    }

    /// Memory for a walk of `program` over `words` words.
    pub fn walk(&mut self, program: &Program, words: usize) -> Walk {
        let mut walk = self.walks.pop().unwrap_or_default();
        walk.stack.clear();
        walk.visited.reset(program.code.len() * (words + 1), words + 1);
        walk
    }

    /// Leaves the memory for the next walk.
    pub fn end(&mut self, walk: Walk) {
        self.walks.push(walk);
    }
}

/// The states of a walk that are still to be followed, and what it has been through.
#[derive(Default)]
pub(super) struct Walk {
    pub stack: Vec<State>,
    pub visited: Visited,
}

/// Pairs of instruction and word that were tried already in a walk.
#[derive(Default)]
pub(super) struct Visited {
    /// For each pair the number of the walk that tried it last.
    stamps: Vec<u32>,
    walk: u32,
    width: usize,
}

impl Visited {
    fn reset(&mut self, pairs: usize, width: usize) {
        self.width = width;
        self.walk = self.walk.wrapping_add(1);
        // After four billion walks the numbers begin again.
        if self.walk == 0 {
            self.stamps.clear();
            self.walk = 1;
        }
        if self.stamps.len() < pairs {
            self.stamps.resize(pairs, 0);
        }
    }

    /// Whether the pair is new; it is not from then on.
    pub fn enter(&mut self, pc: u32, at: u32) -> bool {
        let stamp = &mut self.stamps[pc as usize * self.width + at as usize];
        let new = *stamp != self.walk;
        *stamp = self.walk;
        new
    }
}

/// For each class with phrases and each word the lengths, as bits, of the members of the class that start there.
#[derive(Default)]
pub(super) struct Phrases {
    /// For each class the sentence it was asked for last and the start of its row in `lengths`.
    rows: Vec<(u32, u32)>,
    sentence: u32,
    /// Rows as long as the sentence; `UNKNOWN` where nobody asked yet.
    lengths: Vec<u64>,
}

const UNKNOWN: u64 = u64::MAX;

impl Phrases {
    fn reset(&mut self, classes: usize) {
        self.sentence = self.sentence.wrapping_add(1);
        if self.sentence == 0 {
            self.rows.clear();
            self.sentence = 1;
        }
        if self.rows.len() < classes {
            self.rows.resize(classes, (0, 0));
        }
        self.lengths.clear();
    }

    /// The entry for `class` at word `at` of a sentence of `words` words.
    pub fn entry(&mut self, class: ClassId, at: usize, words: usize) -> usize {
        let row = &mut self.rows[usize::from(class)];
        if row.0 != self.sentence {
            let start = u32::try_from(self.lengths.len()).expect("sentences and dictionaries are far smaller");
            *row = (self.sentence, start);
            self.lengths.resize(self.lengths.len() + words, UNKNOWN);
        }
        row.1 as usize + at
    }

    /// What is known at an entry.
    pub fn known(&self, entry: usize) -> Option<u64> {
        Some(self.lengths[entry]).filter(|&lengths| lengths != UNKNOWN)
    }

    /// Notes what is known at an entry from now on.
    pub fn note(&mut self, entry: usize, lengths: u64) {
        self.lengths[entry] = lengths;
    }
}
