//! A parsed pattern → a [`Program`] over numbered words, and the anchors it implies.

use super::super::dictionary::{Class, ClassId, Mask, NO_GROUP, WordId};
use super::super::program::{Choice, Feature, Inst, Program};
use super::Compiler;
use super::anchors::{First, Required, frequency};
use super::notation::{Expr, Problem, Reach};

/// So few words the mask tells apart well enough.
const FEW: usize = 12;

impl Compiler {
    /// Compiles `expr` as a pattern of its own.
    pub(super) fn program(&mut self, expr: &Expr) -> Result<Program, Problem> {
        let marked = count_marks(expr)?;
        let mut code = Vec::new();
        if !marked {
            code.push(Inst::MarkStart);
        }
        self.emit(expr, &mut code)?;
        if !marked {
            code.push(Inst::MarkEnd);
        }
        code.push(Inst::Match);
        let first = self.first_words(expr)?;
        Ok(self.finished(code, first))
    }

    fn finished(&mut self, code: Vec<Inst>, first: Mask) -> Program {
        let begins = self.beginnings.of(&self.dictionary, &code).filter(|words| words.len() > FEW);
        let begins = begins.map_or(NO_GROUP, |words| self.begins.number(&words));
        Program { code: code.into(), first, begins }
    }

    /// The words `expr`, as a whole pattern, can begin with.
    fn first_words(&mut self, expr: &Expr) -> Result<Mask, Problem> {
        let first = self.first(expr)?;
        // A pattern that may take no word matches anywhere.
        Ok(if first.empty { Mask::ANY } else { first.words })
    }

    fn emit(&mut self, expr: &Expr, code: &mut Vec<Inst>) -> Result<(), Problem> {
        match expr {
            Expr::Word(word) => {
                let word = self.word(word);
                code.push(Inst::Word(word));
            }
            Expr::Forms(..) => {
                let class = self.anonymous(expr)?;
                code.push(Inst::Class(class));
            }
            Expr::Prefix(start) => code.push(Inst::Prefix(start.clone())),
            Expr::Suffix(end) => code.push(Inst::Suffix(end.clone())),
            Expr::Class(name) => code.push(match Feature::named(name) {
                Some(feature) => Inst::Feature(feature),
                None => Inst::Class(self.class(name)?),
            }),
            Expr::Sequence(items) => self.emit_sequence(items, code)?,
            Expr::Either(arms) => self.emit_either(arms, code)?,
            Expr::Optional(inner) => {
                let split = hole(code);
                self.emit(inner, code)?;
                code[split] = Inst::Split(at(split + 1), at(code.len()));
            }
            Expr::Repeat(inner) => {
                let start = code.len();
                self.emit(inner, code)?;
                code.push(Inst::Split(at(start), at(code.len() + 1)));
            }
            Expr::Gap(width, reach) => {
                // Lazy: the nearest continuation first.
                let splits: Vec<usize> = (0..*width)
                    .map(|_| {
                        let split = hole(code);
                        code.push(match reach {
                            Reach::Clause => Inst::InClause,
                            Reach::Sentence => Inst::InSentence,
                        });
                        split
                    })
                    .collect();
                let end = code.len();
                for split in splits {
                    code[split] = Inst::Split(at(end), at(split + 1));
                }
            }
            Expr::Not(inner) => {
                let class = self.anonymous(inner)?;
                code.push(Inst::NotClass(class));
            }
            Expr::Mark(inner) => {
                code.push(Inst::MarkStart);
                self.emit(inner, code)?;
                code.push(Inst::MarkEnd);
            }
            Expr::Place(place) => code.push(Inst::Place(*place)),
        }
        Ok(())
    }

    /// Adverbs slip in before a word that follows a word; a gap takes them anyway.
    fn emit_sequence(&mut self, items: &[Expr], code: &mut Vec<Inst>) -> Result<(), Problem> {
        let mut begun = false;
        for (index, item) in items.iter().enumerate() {
            let follows = takes_words(item) && items.get(index + 1).is_some_and(takes_words);
            match item {
                // Where nothing stands before what follows, no adverb does either: it is part of what may be left out.
                Expr::Optional(inner) if !begun && follows => {
                    let split = hole(code);
                    self.emit(inner, code)?;
                    code.push(Inst::Slip);
                    code[split] = Inst::Split(at(split + 1), at(code.len()));
                }
                _ => {
                    begun |= takes_words(item);
                    self.emit(item, code)?;
                    if follows {
                        code.push(Inst::Slip);
                    }
                }
            }
        }
        Ok(())
    }

    fn emit_either(&mut self, arms: &[Expr], code: &mut Vec<Inst>) -> Result<(), Problem> {
        let choice = hole(code);
        let (mut choice_of, mut jumps) = (Choice::default(), Vec::new());
        for (index, arm) in arms.iter().enumerate() {
            let start = code.len();
            self.emit(arm, code)?;
            match code[start] {
                Inst::Word(word) => choice_of.words.push((word, at(start))),
                _ => choice_of.others.push(at(start)),
            }
            if index + 1 < arms.len() {
                jumps.push(hole(code));
            }
        }
        let end = at(code.len());
        for jump in jumps {
            code[jump] = Inst::Jump(end);
        }
        choice_of.words.sort_unstable();
        code[choice] = Inst::Choice(choice_of);
        Ok(())
    }

    /// A class without a name that holds what `expr` matches.
    fn anonymous(&mut self, expr: &Expr) -> Result<ClassId, Problem> {
        let arms = match expr {
            Expr::Either(arms) => arms.clone(),
            other => vec![other.clone()],
        };
        if let Some(known) = self.anonymous.get(&format!("{arms:?}")) {
            return Ok(*known);
        }
        let class = self.build_class("", &arms)?;
        self.anonymous.insert(format!("{arms:?}"), class);
        Ok(class)
    }

    /// Makes a class of `members`: one-word members are numbers, the rest is a program.
    pub(super) fn build_class(&mut self, name: &str, members: &[Expr]) -> Result<ClassId, Problem> {
        let mut words: Vec<WordId> = Vec::new();
        let mut phrases = Vec::new();
        for member in members.iter().flat_map(arms) {
            match member {
                Expr::Word(word) => words.push(self.word(word)),
                Expr::Forms(verb, which) => {
                    let forms = super::forms::forms(verb, *which, &self.irregular);
                    words.extend(forms.iter().map(|form| self.word(form)).collect::<Vec<_>>());
                }
                Expr::Class(other) if Feature::named(other).is_none() => {
                    let other_id = self.class(other)?;
                    let class = &self.dictionary.classes[usize::from(other_id)];
                    words.extend(class.words.all().iter());
                    if class.phrases.is_some() {
                        phrases.push(member.clone());
                    }
                }
                other => phrases.push(other.clone()),
            }
        }
        words.sort_unstable();
        words.dedup();
        let program = match phrases.len() {
            0 => None,
            _ => {
                let mut code = Vec::new();
                let phrases = Expr::Either(phrases);
                self.emit(&phrases, &mut code)?;
                code.push(Inst::Match);
                let first = self.first_words(&phrases)?;
                Some(self.finished(code, first))
            }
        };
        let required = members.iter().map(|member| self.required(member)).collect::<Result<Vec<_>, _>>()?;
        let required = Required::either(required, &|word| self.cost(word));
        let too_many = |_| Problem { at: 0, message: "there are too many word classes".into() };
        let id = ClassId::try_from(self.dictionary.classes.len()).map_err(too_many)?;
        let begin = program.as_ref().map_or(Mask::NONE, |program| program.first);
        let first = begin.union(words.iter().copied().collect());
        self.dictionary.classes.push(Class {
            name: name.to_owned().into(),
            words: words.into(),
            phrases: program,
            first,
        });
        self.class_required.push(required);
        Ok(id)
    }

    /// What a match of `expr` must contain.
    pub(super) fn required(&mut self, expr: &Expr) -> Result<Required, Problem> {
        Ok(match expr {
            Expr::Word(word) => Required::one_of([self.word(word)]),
            Expr::Forms(verb, which) => {
                let forms = super::forms::forms(verb, *which, &self.irregular);
                Required::one_of(forms.iter().map(|form| self.word(form)).collect::<Vec<_>>())
            }
            Expr::Class(name) if Feature::named(name).is_none() => {
                let class = self.class(name)?;
                self.class_required[usize::from(class)].clone()
            }
            Expr::Sequence(items) => {
                Required::all(items.iter().map(|item| self.required(item)).collect::<Result<Vec<_>, _>>()?)
            }
            Expr::Either(arms) => {
                let arms = arms.iter().map(|arm| self.required(arm)).collect::<Result<Vec<_>, _>>()?;
                Required::either(arms, &|word| self.cost(word))
            }
            Expr::Mark(inner) | Expr::Repeat(inner) => self.required(inner)?,
            Expr::Prefix(_) | Expr::Suffix(_) | Expr::Class(_) | Expr::Optional(_) | Expr::Gap(..) | Expr::Not(_) => {
                Required::default()
            }
            Expr::Place(_) => Required::default(),
        })
    }

    /// What a match of `expr` can begin with.
    fn first(&mut self, expr: &Expr) -> Result<First, Problem> {
        let some = |words: Mask| First { words, empty: false };
        Ok(match expr {
            Expr::Word(word) => some(Mask::of(self.word(word))),
            Expr::Forms(verb, which) => {
                let forms = super::forms::forms(verb, *which, &self.irregular);
                some(forms.iter().map(|form| self.word(form)).collect())
            }
            Expr::Class(name) if Feature::named(name).is_none() => {
                let class = self.class(name)?;
                some(self.dictionary.classes[usize::from(class)].first)
            }
            Expr::Sequence(items) => {
                let firsts = items.iter().map(|item| self.first(item)).collect::<Result<Vec<_>, _>>()?;
                firsts.into_iter().fold(First::NOTHING, First::then)
            }
            Expr::Either(arms) => {
                let arms = arms.iter().map(|arm| self.first(arm)).collect::<Result<Vec<_>, _>>()?;
                arms.into_iter().reduce(First::or).unwrap_or(First::NOTHING)
            }
            Expr::Optional(inner) => First { empty: true, ..self.first(inner)? },
            Expr::Mark(inner) | Expr::Repeat(inner) => self.first(inner)?,
            Expr::Gap(..) => First { empty: true, ..First::ANY },
            Expr::Not(_) | Expr::Place(_) => First::NOTHING,
            Expr::Prefix(_) | Expr::Suffix(_) | Expr::Class(_) => First::ANY,
        })
    }

    /// How common a word is, to choose the rarest anchor.
    pub(super) fn cost(&self, word: WordId) -> u32 {
        frequency(&self.vocabulary[word as usize])
    }
}

/// The arms of a choice, or the expression itself.
fn arms(expr: &Expr) -> Vec<&Expr> {
    match expr {
        Expr::Either(inner) => inner.iter().flat_map(arms).collect(),
        other => vec![other],
    }
}

/// Whether every way through `expr` marks words exactly once; `false` when none does.
fn count_marks(expr: &Expr) -> Result<bool, Problem> {
    let uneven =
        || Problem { at: 0, message: "mark the same way in every alternative: one `[ ]` each, or none".into() };
    Ok(match expr {
        Expr::Mark(inner) => match count_marks(inner)? {
            true => return Err(Problem { at: 0, message: "a mark cannot stand inside a mark".into() }),
            false => true,
        },
        Expr::Sequence(items) => {
            let marks = items.iter().map(count_marks).collect::<Result<Vec<_>, _>>()?;
            match marks.iter().filter(|m| **m).count() {
                0 => false,
                1 => true,
                _ => return Err(Problem { at: 0, message: "mark one run of words with `[ ]`, not several".into() }),
            }
        }
        Expr::Either(arms) => {
            let marks = arms.iter().map(count_marks).collect::<Result<Vec<_>, _>>()?;
            if marks.iter().any(|m| *m != marks[0]) {
                return Err(uneven());
            }
            marks[0]
        }
        Expr::Optional(inner) | Expr::Repeat(inner) | Expr::Not(inner) => match count_marks(inner)? {
            true => return Err(Problem { at: 0, message: "a mark cannot be optional or repeated".into() }),
            false => false,
        },
        _ => false,
    })
}

fn takes_words(expr: &Expr) -> bool {
    !matches!(expr, Expr::Place(_) | Expr::Gap(..) | Expr::Not(_))
}

fn hole(code: &mut Vec<Inst>) -> usize {
    code.push(Inst::Match);
    code.len() - 1
}

fn at(index: usize) -> u32 {
    u32::try_from(index).expect("a program is far shorter than 4 billion instructions")
}
