//! Files of a folder that had nothing to say and are the same still: they are not checked twice.
//!
//! A file is known again by a hash of its name and its bytes, made under all that decides what is found: this
//! program, the rules, the configuration, the baseline and the options. Kept beside it are how many messages and
//! notes it holds and, to find replies that say the same, hashes of their words. No word is kept, and nothing at
//! all of a file that had something to say.

use super::Arguments;
use super::document::Done;
use crate::cli::session::Session;
use serde::{Deserialize, Serialize};
use siphasher::sip128::{Hasher128, SipHasher24};
use std::collections::HashMap;
use std::hash::Hasher;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use tonelint::advice::Action;
use tonelint::bounded::{self, read_file};
use tonelint::config::Config;
use tonelint::drafts::alike::Reply;
use tonelint::report::Tally;
use tonelint::rules::compile::folder;
use tonelint::rules::dictionary::Severity;
use tonelint::state;

/// Fewer files are checked sooner than remembered.
const WORTH_IT: usize = 100;
/// A cache that was not written for so long is thrown away: it costs a run, no more.
const FORGOTTEN: Duration = Duration::from_secs(60 * 60 * 24 * 30);

/// A file known again.
pub type Key = u128;

/// What is kept of a file that had nothing to say.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Kept {
    messages: usize,
    notes: usize,
    replies: Vec<(String, Reply)>,
}

impl Kept {
    /// Adds a message. `None` when it has something to say, or something to remember.
    pub fn with(mut self, done: &Done) -> Option<Self> {
        let Tally { messages, notes, .. } = done.tally;
        let silent = done.texts.iter().all(String::is_empty) && done.tally == sums(messages, notes);
        if !silent || done.reached || done.failure.is_some() || !done.allows.is_empty() || done.sketch.is_some() {
            return None;
        }
        self.messages += messages;
        self.notes += notes;
        self.replies.extend(done.reply.clone());
        Some(self)
    }

    /// What the file gave, and gives again.
    pub fn again(&self) -> impl Iterator<Item = Done> + '_ {
        let all = Done { tally: sums(self.messages, self.notes), ..Done::default() };
        let replies = self.replies.iter().map(|reply| Done { reply: Some(reply.clone()), ..Done::default() });
        std::iter::once(all).chain(replies)
    }
}

/// What `messages` that can be sent as they are come to, with `notes` that people see only when they ask.
fn sums(messages: usize, notes: usize) -> Tally {
    let mut tally = Tally { messages, notes, worst: (notes > 0).then_some(Severity::Note), ..Tally::default() };
    tally.actions[Action::Send as usize] = messages;
    tally
}

/// What is kept of the folders of a run.
pub struct Cache {
    folder: PathBuf,
    name: String,
    /// For each configuration, what decides what is found under it.
    bases: Vec<Key>,
    known: HashMap<Key, Kept>,
}

impl Cache {
    /// The cache for a run over the folders that `arguments` names, with `files` files; `None` when there is none
    /// to be had or it is not worth it.
    pub fn open(arguments: &Arguments, session: &Session, files: usize) -> Option<Self> {
        let plain = arguments.previous.is_empty() && arguments.thread.is_empty() && arguments.output.is_empty();
        if arguments.no_cache || !plain || files < WORTH_IT {
            return None;
        }
        let folder = state::cache_folder().ok()?;
        let name = format!("{:032x}.quiet", of_run(arguments).ok()?);
        let bases = session.all().map(|(config, _)| basis(config)).collect::<io::Result<_>>().ok()?;
        // One that cannot be read is made anew.
        let kept = read_file(&folder.join(&name), bounded::DOCUMENT).ok();
        let known = kept.and_then(|bytes| postcard::from_bytes(&bytes).ok()).unwrap_or_default();
        Some(Self { folder, name, bases, known })
    }

    /// How the file called `path` that holds `bytes` is known again under configuration `number`.
    pub fn key(&self, number: usize, path: &str, bytes: &[u8]) -> Key {
        let mut hash = Parts::default();
        hash.add(&self.bases[number].to_le_bytes());
        hash.add(path.as_bytes());
        hash.add(bytes);
        hash.finish()
    }

    /// What is kept of a file.
    pub fn of(&self, key: Key) -> Option<&Kept> {
        self.known.get(&key)
    }

    /// Keeps the files of this run and no others: those that are `known` still, and `new` ones. A cache that cannot
    /// be written is none, and no trouble.
    pub fn keep(mut self, known: &[Key], new: Vec<(Key, Kept)>) {
        if new.is_empty() && known.len() == self.known.len() {
            return;
        }
        let still = known.iter().filter_map(|key| self.known.remove_entry(key)).chain(new);
        let still: HashMap<Key, Kept> = still.collect();
        if let Ok(bytes) = postcard::to_allocvec(&still)
            && state::put(&self.folder, &self.name, &bytes).is_ok()
        {
            forget_old(&self.folder);
        }
    }
}

/// All that decides what is found under `config`, but for the options.
fn basis(config: &Config) -> io::Result<Key> {
    let mut hash = Parts::default();
    hash.add(env!("CARGO_PKG_VERSION").as_bytes());
    // While it is worked on, the program changes and its version does not.
    let program = std::env::current_exe()?.metadata()?;
    let built = program.modified()?.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    hash.add(&program.len().to_le_bytes());
    hash.add(&built.as_nanos().to_le_bytes());
    for file in &config.files {
        // Its folder is the one that globs lead from.
        hash.add(file.as_os_str().as_encoded_bytes());
        hash.add(&read_file(file, bounded::WRITTEN)?);
    }
    // An allowance ends with its last day, whatever the file says.
    let over: Vec<u8> = config.policy.allows.iter().map(|allow| u8::from(allow.over)).collect();
    hash.add(&over);
    if let Some(folder) = &config.rules_folder {
        for file in folder::read(folder).map_err(|(_, error)| error)? {
            hash.add(file.path.as_bytes());
            hash.add(file.text.as_bytes());
        }
    }
    if config.baseline.exists() {
        hash.add(&read_file(&config.baseline, bounded::DOCUMENT)?);
    }
    Ok(hash.finish())
}

/// The folders that are named, from where, and what is asked of them: runs that differ in it keep apart.
fn of_run(arguments: &Arguments) -> io::Result<Key> {
    let Arguments { format, notes, why_not, fail_on, paths, .. } = arguments;
    let mut hash = Parts::default();
    hash.add(format!("{format:?} {notes} {why_not} {fail_on:?}").as_bytes());
    hash.add(std::env::current_dir()?.as_os_str().as_encoded_bytes());
    for path in paths {
        hash.add(path.canonicalize()?.as_os_str().as_encoded_bytes());
    }
    Ok(hash.finish())
}

/// Throws away what was not written for long.
fn forget_old(folder: &Path) {
    let Ok(files) = folder.read_dir() else { return };
    for file in files.flatten().filter(|file| file.path().extension().is_some_and(|ending| ending == "quiet")) {
        let age = file.metadata().and_then(|meta| meta.modified()).map(|written| written.elapsed());
        if age.is_ok_and(|age| age.is_ok_and(|age| age > FORGOTTEN)) {
            // Another run may have been quicker.
            let _ = std::fs::remove_file(file.path());
        }
    }
}

/// A hash of parts that are told apart by their lengths.
#[derive(Default)]
struct Parts(SipHasher24);

impl Parts {
    fn add(&mut self, part: &[u8]) {
        self.0.write_usize(part.len());
        self.0.write(part);
    }

    fn finish(&self) -> Key {
        self.0.finish128().as_u128()
    }
}
