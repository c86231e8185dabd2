//! What earlier drafts tell of the one that is checked: those the user names, or those the journal
//! remembers. Nothing is read or kept that was not asked for.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};
use tonelint::drafts::history::{self, History};
use tonelint::drafts::sketch::{self, Identity, Memory};
use tonelint::drafts::{Draft, Key, Rewording, Save, Story, traces};
use tonelint::lint::{Linted, Linter};
use tonelint::message::Message;
use tonelint::report::Failure;
use tonelint::rules::dictionary::Severity;
use tonelint::source::Document;
use tonelint::state::{self, Journal, StateError};

/// Earlier drafts, read once for a run.
pub struct Past {
    key: Key,
    previous: Option<History>,
    journal: Option<(Journal, Memory)>,
}

/// A draft that is checked.
pub struct Newest<'a> {
    /// What people call it.
    pub name: &'a str,
    /// Its file, if it has one.
    pub file: Option<&'a Path>,
    /// The message.
    pub message: &'a Message,
    /// What was seen in it.
    pub linted: &'a Linted,
    /// What lints the earlier drafts.
    pub linter: &'a Linter<'a>,
    /// Findings of this severity and above are shown to the writer.
    pub shown: Severity,
    /// Whether the journal is to remember it.
    pub remember: bool,
}

impl Past {
    /// Reads the files `previous`, oldest first, and the journal if the run is to `remember`. What cannot be
    /// read is told in `failures`.
    pub fn open(previous: &[PathBuf], remember: bool, failures: &mut Vec<Failure>) -> Self {
        let mut past = Self { key: Key::PLAIN, previous: None, journal: None };
        if remember {
            match remembered() {
                Ok((key, journal, memory)) => {
                    past.key = key;
                    past.journal = Some((journal, memory));
                }
                Err(failure) => failures.push(failure),
            }
        }
        if !previous.is_empty() {
            let mut saves = Vec::new();
            for path in previous {
                match Save::file(path) {
                    Ok(save) => saves.push(save),
                    Err(error) => failures.push(failure(path, &error.to_string())),
                }
            }
            let (history, errors) = history::of_one(&saves, past.key);
            past.previous = history;
            failures.extend(errors.into_iter().map(|(path, error)| Failure { path, message: error.to_string() }));
        }
        past
    }

    /// What the drafts of `newest` tell, and what the journal is to remember of it.
    ///
    /// Drafts the user names stand before remembered ones. A draft without earlier ones and without signs of
    /// rewording inside it tells nothing.
    pub fn tell(&self, newest: &Newest<'_>) -> (Option<Rewording>, Option<Vec<u8>>) {
        let traces = traces(newest.message);
        let memory = self.journal.as_ref().filter(|_| newest.remember).map(|(_, memory)| memory);
        if self.previous.is_none() && memory.is_none() && traces.is_empty() {
            return (None, None);
        }
        let when = if self.previous.is_some() { saved(newest.file) } else { now() };
        let mut draft = Draft::of(newest.name, Some(when), newest.message, self.key);
        draft.set_linted(newest.message, newest.linted, newest.shown);

        let mut sketch = None;
        let mut drafts = Vec::new();
        if let Some(memory) = memory {
            let file = newest.file.map(|path| path.canonicalize().unwrap_or_else(|_| path.to_owned()));
            let identity = Identity::of(newest.message, file.as_deref(), self.key);
            let recalled = memory.recall(identity, &draft);
            sketch = (!recalled.known).then(|| sketch::encode(identity, &draft));
            drafts = recalled.earlier;
        }
        if let Some(previous) = &self.previous {
            drafts = linted(previous, newest.linter, newest.shown);
            // It was saved once more in the same words.
            drafts.pop_if(|last| last.same_words(&draft));
        }
        if drafts.is_empty() && traces.is_empty() {
            return (None, sketch);
        }
        drafts.push(draft);
        (Some(Story::tell(drafts, traces).rewording), sketch)
    }

    /// Remembers `sketches`. Says why not, if it cannot.
    pub fn keep(&self, sketches: &[Vec<u8>]) -> Option<Failure> {
        let (journal, _) = self.journal.as_ref()?;
        journal.append_all(now(), sketches).err().map(|error| failure(&journal.path(), &error.to_string()))
    }
}

/// What is known of the drafts before the one in `document`, without remembering it: from the files `previous`,
/// oldest first, and from the journal, if there is one.
pub fn known(
    previous: &[PathBuf],
    document: &Document,
    message: &Message,
    linted: &Linted,
    linter: &Linter<'_>,
    failures: &mut Vec<Failure>,
) -> Option<Rewording> {
    let file = Some(&*document.path).filter(|path| path.is_file());
    let remembers = file.is_some() && journal().is_ok_and(|journal| journal.path().is_file());
    let past = Past::open(previous, remembers, failures);
    let name = document.path.display().to_string();
    let newest = Newest { name: &name, file, message, linted, linter, shown: Severity::Warning, remember: remembers };
    past.tell(&newest).0
}

/// The drafts of `history`, each told its findings of severity `shown` and above.
pub fn linted(history: &History, linter: &Linter<'_>, shown: Severity) -> Vec<Draft> {
    let mut drafts = history.drafts.clone();
    for (draft, message) in drafts.iter_mut().zip(&history.messages) {
        draft.set_linted(message, &linter.lint(&draft.name, message), shown);
    }
    drafts
}

/// The user's journal.
pub fn journal() -> Result<Journal, StateError> {
    Ok(Journal::in_folder(state::folder()?))
}

fn remembered() -> Result<(Key, Journal, Memory), Failure> {
    let journal = journal().map_err(|error| Failure { path: "journal".into(), message: error.to_string() })?;
    let read = || {
        let key = journal.key()?;
        Ok((key, journal.read(now())?))
    };
    let (key, records) = read().map_err(|error: StateError| failure(&journal.path(), &error.to_string()))?;
    let memory = Memory::of(records.iter().map(|record| (record.when, record.payload.as_slice())));
    Ok((Key(key), journal, memory))
}

/// A failure at `path`, which `message` need not name again.
fn failure(path: &Path, message: &str) -> Failure {
    let path = path.display().to_string();
    let message = message.strip_prefix(&format!("{path}: ")).unwrap_or(message).to_owned();
    Failure { path, message }
}

/// Seconds since 1970-01-01T00:00:00Z.
pub fn now() -> i64 {
    seconds(SystemTime::now())
}

/// When `file` was last changed; now, for what is no file.
fn saved(file: Option<&Path>) -> i64 {
    let modified = file.and_then(|path| path.metadata().ok()?.modified().ok());
    modified.map_or_else(now, seconds)
}

fn seconds(time: SystemTime) -> i64 {
    time.duration_since(UNIX_EPOCH).ok().and_then(|since| i64::try_from(since.as_secs()).ok()).unwrap_or(0)
}
