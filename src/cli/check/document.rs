//! One document of a run: its message or its replies, each checked and handed over.

use super::cache::{Cache, Kept, Key};
use super::{Arguments, remembers};
use crate::cli::accepted::{Accepted, Ledger, unless_listed};
use crate::cli::allows::{self, Met};
use crate::cli::changes::Before;
use crate::cli::collections::{self, RepliesBefore};
use crate::cli::format::{Format, shown};
use crate::cli::outputs::Outputs;
use crate::cli::parallel::Give;
use crate::cli::rewording::{Newest, Past};
use crate::cli::session::Session;
use tonelint::advice::{Context, RewordingSummary, advise};
use tonelint::collection::Collection;
use tonelint::config::FailOn;
use tonelint::drafts::alike::Reply;
use tonelint::lint::{Linted, Linter};
use tonelint::message::Message;
use tonelint::report::{Checked, Failure, Lines, Tally};
use tonelint::rules::dictionary::Severity;
use tonelint::source::{Document, Input, Kind, Problem};

/// What every document of a run shares.
pub struct Run<'s> {
    pub arguments: &'s Arguments,
    pub session: &'s Session,
    pub accepted: &'s Accepted,
    pub linters: Vec<Linter<'s>>,
    pub outputs: &'s Outputs<'s>,
    pub past: &'s Past,
    /// Where files are known again that had nothing to say.
    pub cache: Option<&'s Cache>,
    pub thread: &'s [Message],
    /// Whether replies that say the same are looked for: in folders, for people.
    pub collection_is_read: bool,
}

/// One message, done, or a document that could not be checked.
#[derive(Default)]
pub struct Done {
    /// The message in each format of the run.
    pub texts: Vec<String>,
    pub tally: Tally,
    pub failure: Option<Failure>,
    /// Whether there is something at or above the level to end with exit code 1.
    pub reached: bool,
    /// Allowances that were needed, or would have been.
    pub allows: Vec<Met>,
    /// What the baseline lists and the file no longer has, as (baseline, how much).
    pub left_over: Option<(usize, usize)>,
    /// What is kept of a reply to tell whether another says the same.
    pub reply: Option<(String, Reply)>,
    /// What the journal is to remember.
    pub sketch: Option<Vec<u8>>,
    /// The file, when the cache knew it.
    pub known: Option<Key>,
    /// The file, when the cache is to know it from now on.
    pub kept: Option<(Key, Kept)>,
}

impl Done {
    /// A named file that is passed over, as the user asked.
    fn passed_over() -> Self {
        Self { tally: Tally { passed_over: 1, ..Tally::default() }, ..Self::default() }
    }
}

impl From<Failure> for Done {
    fn from(failure: Failure) -> Self {
        Self { failure: Some(failure), ..Self::default() }
    }
}

/// A document whose messages are checked.
struct File<'f> {
    input: &'f Input,
    /// As people name it.
    path: &'f str,
    /// Number of its configuration.
    number: usize,
    kind: Kind,
    lines: &'f Lines<'f>,
}

/// What a document holds, and held before a change where only what is new counts.
#[expect(clippy::large_enum_variant, reason = "there is one at a time")]
enum Opened {
    Message(Message, Option<Before>),
    Replies(Collection, Option<RepliesBefore>),
    /// Some other thing.
    Unknown,
}

impl Run<'_> {
    /// Checks the messages of `input`, and hands each over when it is done.
    pub fn check(&self, input: &Input, take: &mut Give<'_, Done>) -> anyhow::Result<()> {
        let (path, number) = (shown(input.path()), self.session.of(input.path()));
        let document = match input.read() {
            Ok(document) => document,
            Err(error) if self.arguments.ignore_unknown && matches!(error.problem, Problem::UnknownType(_)) => {
                return take(Done::passed_over());
            }
            Err(error) => return take(Failure { path, message: error.problem.to_string() }.into()),
        };
        let mut ledger = Ledger::of(self.accepted, number, input.path());
        let listed = ledger.left_over();
        let cache = self.cache.filter(|_| !input.is_named());
        let key = cache.map(|cache| (cache, cache.key(number, &path, &document.bytes)));
        if let Some((key, kept)) = key.and_then(|(cache, key)| Some((key, cache.of(key)?))) {
            kept.again().try_for_each(&mut *take)?;
            return take(Done { left_over: Some(listed), known: Some(key), ..Done::default() });
        }
        let opened = match self.open(input, &document, &path) {
            Ok(opened) => opened,
            Err(message) => return take(Failure { path, message }.into()),
        };
        let file = File { input, path: &path, number, kind: document.kind, lines: &Lines::new(&document.bytes) };
        let mut kept = key.map(|_| Kept::default());
        let mut take_one = |done: Done| {
            kept = kept.take().and_then(|kept| kept.with(&done));
            take(done)
        };
        match opened {
            Opened::Message(message, before) => take_one(self.message(&file, &message, before, &mut ledger))?,
            Opened::Replies(collection, before) => {
                for entry in collection.entries() {
                    let before = before.as_ref().and_then(|all| all.of(&entry, &path, &self.linters[number]));
                    take_one(self.message(&file, &Message::of_entry(entry), before, &mut ledger))?;
                }
            }
            Opened::Unknown => take_one(Done::passed_over())?,
        }
        let left = ledger.left_over();
        // Words that the baseline lists are words to speak of, once they are not listed any more.
        let kept = kept.filter(|_| left == listed).zip(key).map(|(kept, (_, key))| (key, kept));
        take(Done { left_over: Some(left), kept, ..Done::default() })
    }

    /// Reads what `document`, which `input` gave, holds.
    fn open(&self, input: &Input, document: &Document, path: &str) -> Result<Opened, String> {
        let number = self.session.of(input.path());
        let (new_only, ignore_unknown) = (self.arguments.changes.new_only, self.arguments.ignore_unknown);
        if ignore_unknown && input.is_taken_at_word(document) {
            return Ok(Opened::Unknown);
        }
        if let Kind::Collection(format) = document.kind {
            if !self.arguments.previous.is_empty() {
                return Err("--previous goes with one draft, and this file holds many replies".to_owned());
            }
            let config = self.session.config(number);
            let collection = match collections::open(document, format, config) {
                Err(error)
                    if ignore_unknown
                        && config.collection(&document.path).is_none()
                        && error.is_of_another_shape(&document.path, &document.bytes) =>
                {
                    return Ok(Opened::Unknown);
                }
                opened => opened.map_err(|error| error.to_string())?,
            };
            let before = new_only.then(|| RepliesBefore::read(input, config)).transpose();
            let before = before.map_err(|error| error.problem.to_string())?;
            return Ok(Opened::Replies(collection, before.flatten()));
        }
        let message = Message::read(&document.bytes, document.kind).map_err(|error| error.to_string())?;
        let before = new_only.then(|| Before::read(input, path, &self.linters[number])).transpose();
        let before = before.map_err(|error| error.problem.to_string())?;
        Ok(Opened::Message(message, before.flatten()))
    }

    /// Checks one message of `file`, and crosses off in the `ledger` what the baseline lists.
    fn message(&self, file: &File<'_>, message: &Message, before: Option<Before>, ledger: &mut Ledger) -> Done {
        let (path, number) = (file.path, file.number);
        let (linter, config) = (&self.linters[number], self.session.config(number));
        let mut linted = linter.lint(path, message);
        if file.input.is_named() && message.name.is_none() && is_wordless(&linted) {
            // A mail has words somewhere, and these were not found.
            if self.arguments.ignore_unknown && file.kind != Kind::Eml {
                return Done::passed_over();
            }
            let message = "there are no words in it to check".to_owned();
            return Failure { path: path.to_owned(), message }.into();
        }
        ledger.now.withhold(linter.rules(), message, &mut linted);
        let mut before = before;
        if let Some(before) = &mut before {
            before.accept(&mut ledger.before, linter);
            before.withhold(message, &mut linted);
        }
        let notes = self.arguments.notes || config.notes == Some(true);
        let all = notes || self.arguments.format != Format::Human;
        let (rewording, sketch) = self.past.tell(&Newest {
            name: path,
            file: file.input.file(),
            message,
            linted: &linted,
            linter,
            shown: if all { Severity::Note } else { Severity::Warning },
            // A template has no drafts that are sent one after the other.
            remember: message.name.is_none() && remembers(self.arguments, self.session, file.input),
        });
        let summary = rewording.as_ref().map(RewordingSummary::from);
        let context = self.session.context(number, linter, message, &linted, self.thread);
        let context = Context { rewording: summary.as_ref(), ..context };
        let advice = match &before {
            Some(before) => before.advise(&context, self.session, number, linter),
            None => advise(&context),
        };
        let advice = unless_listed(advice, &mut ledger.now, &context);
        let checked = Checked {
            path,
            lines: file.lines,
            rules: linter.rules(),
            message,
            linted: &linted,
            rewording: rewording.as_ref(),
            advice: &advice,
            notes,
        };
        let mut tally = Tally::default();
        tally.add(&checked);
        let limit = self.arguments.fail_on.or(config.fail_on).unwrap_or_default();
        Done {
            texts: self.outputs.message(&checked),
            reached: reaches(&tally, limit),
            tally,
            failure: None,
            allows: allows::met(&linted, config),
            left_over: None,
            reply: self.collection_is_read.then(|| (named_reply(path, message), Reply::of(message, &linted))),
            sketch,
            ..Done::default()
        }
    }
}

/// How people find a reply: its file, and its name there.
fn named_reply(path: &str, message: &Message) -> String {
    message.name.as_ref().map_or(path.to_owned(), |name| format!("{path} ({name})"))
}

/// Whether a message has no words at all, of anybody: no draft yet, or the file of another.
fn is_wordless(linted: &Linted) -> bool {
    linted.own_words + linted.other_words + linted.foreign_paragraphs == 0
}

/// Whether a message holds something at or above `limit`.
fn reaches(tally: &Tally, limit: FailOn) -> bool {
    let speak = tally.to_speak() > 0;
    match limit {
        FailOn::Never => false,
        FailOn::Call => speak,
        FailOn::Error => speak || tally.worst >= Some(Severity::Error),
        FailOn::Warning => speak || tally.worst >= Some(Severity::Warning),
        FailOn::Note => speak || tally.worst >= Some(Severity::Note),
    }
}
