//! Rule files and word files → a [`Dictionary`] and its prose.
//!
//! Used at build time for the rules that ship, and at run time for a project's own. Everything that
//! cannot stand is an error with file, line and caret ([`file::FileError`]).

mod anchors;
mod beginnings;
pub mod file;
pub mod folder;
mod forms;
pub mod notation;
mod program;
mod rule;
mod sets;

use super::dictionary::{ClassId, Dictionary, NO_GROUP, Pattern, Rule, Sense, Severity, WordId};
use super::program::{Feature, Program};
use super::prose::Prose;
use beginnings::Beginnings;
use file::{FileError, FileErrors, RuleFile, SenseEntry, Source, WordsFile};
use folder::{File, FileKind};
use notation::{Expr, Problem};
use serde::{Deserialize, Serialize};
use sets::WordSets;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use toml::Spanned;

/// Gathers word files and rule files, and compiles them.
#[derive(Default)]
pub struct Compiler {
    dictionary: Dictionary,
    prose: Vec<Prose>,
    vocabulary: Vec<String>,
    /// For each word, the patterns anchored at it, each followed by a group it needs: as in the dictionary.
    anchored: Vec<Vec<u32>>,
    /// The sets of words that patterns require, each once.
    groups: WordSets,
    /// The sets of words that programs begin with, each once.
    begins: WordSets,
    words: HashMap<String, WordId>,
    classes: BTreeMap<String, ClassId>,
    class_required: Vec<anchors::Required>,
    anonymous: HashMap<String, ClassId>,
    beginnings: Beginnings,
    irregular: forms::Irregular,
    /// Parsed members of classes that are not compiled yet, and where the class stands.
    waiting: BTreeMap<String, (Vec<Expr>, FileError)>,
}

/// A group as common as this holds back too few patterns to be worth counting.
const COMMON: u32 = 400;
/// So many groups hold back nearly all that can be; a pattern has room for no more.
const MOST_GROUPS: usize = 3;

/// What a compiler must know besides the dictionary to go on where another one stopped.
#[derive(Default, Serialize, Deserialize)]
pub struct Groundwork {
    irregular: forms::Irregular,
    class_required: Vec<anchors::Required>,
}

impl Compiler {
    /// Goes on where the compiler of `dictionary` stopped.
    #[must_use]
    pub fn resume(dictionary: Dictionary, prose: Vec<Prose>, groundwork: Groundwork) -> Self {
        let vocabulary: Vec<String> = dictionary.vocabulary.words().map(str::to_owned).collect();
        let words: HashMap<String, WordId> = vocabulary.iter().cloned().zip(0..).collect();
        let anchored = (0..).take(vocabulary.len()).map(|word| dictionary.anchored.of(word).iter().collect()).collect();
        let groups = WordSets::of(&dictionary.groups, dictionary.group_count, vocabulary.len());
        let begins = WordSets::of(&dictionary.begins, dictionary.begins_count, vocabulary.len());
        let named = dictionary.classes.iter().zip(0..).filter(|(class, _)| !class.name.is_empty());
        let classes = named.map(|(class, id)| (class.name.to_string(), id)).collect();
        let Groundwork { irregular, class_required } = groundwork;
        Self {
            vocabulary,
            anchored,
            groups,
            begins,
            words,
            classes,
            dictionary,
            prose,
            class_required,
            irregular,
            ..Self::default()
        }
    }

    /// Compiles `files`, which come words first.
    ///
    /// # Errors
    /// For the first thing in each file that cannot stand; when words are among it, the rules are not looked at.
    pub fn files(&mut self, files: &[File]) -> Result<(), FileErrors> {
        let (words, rules): (Vec<_>, Vec<_>) =
            files.iter().partition(|file| !matches!(file.kind, FileKind::Rule { .. }));
        let taken = words.into_iter().map(|file| match file.kind {
            FileKind::Irregular => self.irregular(file.source()),
            _ => self.word_file(file.source()),
        });
        let mut errors: Vec<FileError> = taken.filter_map(Result::err).collect();
        if errors.is_empty() {
            errors.extend(self.finish_classes().err());
        }
        // A rule may use the very words that cannot stand.
        if errors.is_empty() {
            for file in rules {
                if let FileKind::Rule { category, stem } = &file.kind {
                    errors.extend(self.rule_file(category, stem, file.source()).err());
                }
            }
        }
        if errors.is_empty() { Ok(()) } else { Err(FileErrors(errors)) }
    }

    /// Takes the forms of irregular verbs: `verb = ["past", "participle"]`.
    ///
    /// # Errors
    /// When the file is not such TOML.
    pub fn irregular(&mut self, source: Source<'_>) -> Result<(), FileError> {
        self.irregular.extend(source.read::<forms::Irregular>()?);
        Ok(())
    }

    /// Takes the classes of one word file. They are compiled when first used or at [`Compiler::finish`].
    ///
    /// # Errors
    /// For a member that cannot be read, or a name that is taken.
    pub fn word_file(&mut self, source: Source<'_>) -> Result<(), FileError> {
        for (name, entry) in source.read::<WordsFile>()? {
            let Some(first) = entry.words.first() else {
                return Err(FileError::new(source.path, source.text, 0, format!("the class `{name}` has no words")));
            };
            if Feature::named(&name).is_some() || self.knows_class(&name) {
                return Err(source.error(&first.span(), format!("a class called `{name}` exists already")));
            }
            let members = entry.words.iter().map(|word| read_pattern(source, word)).collect::<Result<Vec<_>, _>>()?;
            let place = source.error(&first.span(), String::new());
            self.waiting.insert(name, (members, place));
        }
        Ok(())
    }

    /// Compiles the classes taken so far.
    ///
    /// # Errors
    /// For a class that refers to an unknown class or to itself.
    fn finish_classes(&mut self) -> Result<(), FileError> {
        while let Some((name, (_, place))) = self.waiting.first_key_value().map(|(n, w)| (n.clone(), w.clone())) {
            self.class(&name).map_err(|problem| FileError { message: problem.message, ..place })?;
        }
        Ok(())
    }

    /// Compiles one rule file of `category`.
    ///
    /// # Errors
    /// For anything in it that cannot stand.
    pub fn rule_file(&mut self, category: &str, stem: &str, source: Source<'_>) -> Result<(), FileError> {
        let file: RuleFile = source.read()?;
        rule::check(&file, stem, source)?;
        let id = format!("{category}/{}", file.id.get_ref());
        if self.dictionary.rules.iter().any(|rule| rule.id == id) {
            return Err(source.error(&file.id.span(), format!("a rule called `{id}` exists already")));
        }
        let number = number(self.dictionary.rules.len());
        let mut senses = Vec::new();
        for (index, entry) in file.senses.iter().enumerate() {
            senses.push(self.sense(&file, entry, source)?);
            for written in &entry.pattern {
                self.pattern(number, index, written, source)?;
            }
        }
        self.prose.push(rule::prose(&file, source)?);
        self.dictionary.rules.push(Rule { id, role: file.role, zone: file.zone, on: file.on, senses });
        Ok(())
    }

    /// The dictionary, its prose rule by rule, and the groundwork to resume from.
    ///
    /// # Errors
    /// When a class the engine needs is missing.
    pub fn finish(mut self) -> Result<(Dictionary, Vec<Prose>, Groundwork), String> {
        let mut special = |name| self.class(name).map_err(|problem| problem.message);
        let (slip, opener, joint) = (special("slip")?, special("opener")?, special("joint")?);
        self.anchored.resize(self.vocabulary.len(), Vec::new());
        let words = self.vocabulary.len();
        let dictionary = Dictionary {
            vocabulary: self.vocabulary.into_iter().collect(),
            anchored: self.anchored.into_iter().collect(),
            group_count: self.groups.count(),
            groups: self.groups.postings(words),
            begins_count: self.begins.count(),
            begins: self.begins.postings(words),
            slip,
            opener,
            joint,
            ..self.dictionary
        };
        let groundwork = Groundwork { irregular: self.irregular, class_required: self.class_required };
        Ok((dictionary, self.prose, groundwork))
    }

    fn sense(&mut self, file: &RuleFile, entry: &SenseEntry, source: Source<'_>) -> Result<Sense, FileError> {
        let severity = entry.severity.unwrap_or(Severity::Note);
        let by_severity = match severity {
            Severity::Silent | Severity::Note => 0.0,
            Severity::Warning => 1.0,
            Severity::Error => 3.0,
        };
        let mut programs = |written: &[Spanned<String>]| {
            written.iter().map(|pattern| self.condition(pattern, source)).collect::<Result<Vec<_>, _>>()
        };
        Ok(Sense {
            name: entry.name.get_ref().clone(),
            severity,
            weight: entry.weight.unwrap_or(by_severity),
            kind: entry.kind.clone().or_else(|| file.kind.clone()),
            in_quotes: entry.in_quotes,
            question: entry.question,
            with: programs(&entry.with)?,
            unless: programs(&entry.unless)?,
            unless_near: programs(&entry.unless_near)?,
            near: programs(&entry.near)?,
            shape: entry.shape,
        })
    }

    fn condition(&mut self, written: &Spanned<String>, source: Source<'_>) -> Result<Program, FileError> {
        let expr = read_pattern(source, written)?;
        self.program(&expr).map_err(|problem| inside(source, &written.span(), &problem))
    }

    fn pattern(
        &mut self,
        rule: u32,
        sense: usize,
        written: &Spanned<String>,
        source: Source<'_>,
    ) -> Result<(), FileError> {
        let place = |problem: Problem| inside(source, &written.span(), &problem);
        let arms = match read_pattern(source, written)? {
            Expr::Either(arms) => arms,
            other => vec![other],
        };
        for arm in arms {
            let program = self.program(&arm).map_err(place)?;
            let required = self.required(&arm).map_err(place)?;
            let Some(anchor) = required.rarest(&|word| self.cost(word)) else {
                let message = "nothing in this pattern is a known word, so it would be tried on every sentence; name a word or a class";
                return Err(source.error_inside(&written.span(), 0, message));
            };
            let id = number(self.dictionary.patterns.len());
            self.anchored.resize(self.vocabulary.len(), Vec::new());
            // A word of the anchor is there when the pattern is tried. Of the rest, the rarest says no soonest.
            let cost = |set: &anchors::Set| set.iter().map(|&word| self.cost(word)).sum::<u32>();
            let mut rest: Vec<&anchors::Set> =
                required.0.iter().filter(|set| *set != anchor && cost(set) < COMMON).collect();
            rest.sort_by_key(|set| cost(set));
            rest.truncate(MOST_GROUPS);
            let mut groups = rest.into_iter().map(|set| self.groups.number(set)).collect::<Vec<_>>().into_iter();
            let also = groups.next().unwrap_or(NO_GROUP);
            for &word in anchor {
                self.anchored[word as usize].extend([id, also]);
            }
            let required = [groups.next().unwrap_or(NO_GROUP), groups.next().unwrap_or(NO_GROUP)];
            let pattern = Pattern { rule, sense: number(sense), program, required };
            self.dictionary.patterns.push(pattern.into());
        }
        Ok(())
    }

    fn word(&mut self, word: &str) -> WordId {
        if let Some(&id) = self.words.get(word) {
            return id;
        }
        let id = number(self.vocabulary.len());
        self.vocabulary.push(word.into());
        self.words.insert(word.into(), id);
        id
    }

    /// The class called `name`, compiled now if it waits.
    fn class(&mut self, name: &str) -> Result<ClassId, Problem> {
        if let Some(&id) = self.classes.get(name) {
            return Ok(id);
        }
        let Some((members, _)) = self.waiting.remove(name) else {
            return Err(Problem { at: 0, message: self.unknown_class(name) });
        };
        let id = self.build_class(name, &members)?;
        self.classes.insert(name.into(), id);
        Ok(id)
    }

    fn knows_class(&self, name: &str) -> bool {
        self.classes.contains_key(name) || self.waiting.contains_key(name)
    }

    fn unknown_class(&self, name: &str) -> String {
        let nearest = self.classes.keys().chain(self.waiting.keys()).max_by(|a, b| {
            let near = |known: &String| strsim::jaro_winkler(known, name);
            near(a).total_cmp(&near(b))
        });
        let hint = nearest.map_or(String::new(), |known| format!("; did you mean `<{known}>`?"));
        format!("there is no word class `<{name}>`{hint}")
    }
}

fn read_pattern(source: Source<'_>, written: &Spanned<String>) -> Result<Expr, FileError> {
    notation::parse(written.get_ref()).map_err(|problem| inside(source, &written.span(), &problem))
}

fn inside(source: Source<'_>, span: &Range<usize>, problem: &Problem) -> FileError {
    source.error_inside(span, problem.at, problem.message.clone())
}

fn number(n: usize) -> u32 {
    u32::try_from(n).expect("a dictionary is far smaller than 4 billion entries")
}
