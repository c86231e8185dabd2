//! The words a pattern can begin with: where none of them stands, it need not be tried.

use super::super::dictionary::{ClassId, Dictionary};
use super::super::program::Inst;
use super::anchors::Set;
use std::collections::HashMap;

/// What is known of the beginnings of classes.
#[derive(Default)]
pub(super) struct Beginnings(HashMap<ClassId, Option<Set>>);

impl Beginnings {
    /// The words that `code` can begin with; `None` when they are no set of known words.
    pub fn of(&mut self, dictionary: &Dictionary, code: &[Inst]) -> Option<Set> {
        let mut words = Set::new();
        let (mut seen, mut ways) = (vec![false; code.len()], vec![0]);
        while let Some(at) = ways.pop() {
            if std::mem::replace(&mut seen[at], true) {
                continue;
            }
            match &code[at] {
                Inst::Word(word) => drop(words.insert(*word)),
                Inst::Class(class) => words.extend(self.of_class(dictionary, *class)?),
                Inst::Choice(choice) => {
                    words.extend(choice.words.iter().map(|(word, _)| word));
                    ways.extend(choice.others.iter().map(|&way| way as usize));
                }
                Inst::Split(first, second) => ways.extend([*first as usize, *second as usize]),
                Inst::Jump(to) => ways.push(*to as usize),
                Inst::NotClass(_) | Inst::Place(_) | Inst::MarkStart | Inst::MarkEnd => ways.push(at + 1),
                Inst::Prefix(_) | Inst::Suffix(_) | Inst::Feature(_) => return None,
                Inst::InClause | Inst::InSentence | Inst::Slip | Inst::Match => return None,
            }
        }
        Some(words)
    }

    fn of_class(&mut self, dictionary: &Dictionary, class: ClassId) -> Option<Set> {
        if let Some(known) = self.0.get(&class) {
            return known.clone();
        }
        let entry = &dictionary.classes[usize::from(class)];
        let phrases = entry.phrases.as_ref().map_or(Some(Set::new()), |phrases| self.of(dictionary, &phrases.code));
        let all = phrases.map(|mut words| {
            words.extend(entry.words.all().iter());
            words
        });
        self.0.insert(class, all.clone());
        all
    }
}
