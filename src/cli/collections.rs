//! Files of many replies: which ones the configuration names, and what they held before a change.

use super::Common;
use super::changes::Before;
use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use tonelint::collection::{Collection, CollectionError, Entry};
use tonelint::config::{Config, ConfigError};
use tonelint::lint::Linter;
use tonelint::message::Message;
use tonelint::source::{Document, Format, Input, Kind, SourceError};

/// The configurations of the folders asked about, as far as they name files of many replies.
pub struct Configured<'c> {
    common: &'c Common,
    by_folder: RefCell<HashMap<PathBuf, Config>>,
    /// The first that could not be loaded.
    error: RefCell<Option<ConfigError>>,
}

impl<'c> Configured<'c> {
    /// Nothing is loaded yet.
    pub fn new(common: &'c Common) -> Self {
        Self { common, by_folder: RefCell::default(), error: RefCell::default() }
    }

    /// The format that the configuration gives the file at `path`; `None` for a file it does not name.
    pub fn format(&self, path: &Path) -> Option<Format> {
        let folder = path.parent().unwrap_or(Path::new(""));
        let mut known = self.by_folder.borrow_mut();
        if !known.contains_key(folder) {
            let config = Config::load(folder, self.common.config.as_deref()).unwrap_or_else(|error| {
                self.error.borrow_mut().get_or_insert(error);
                Config::default()
            });
            known.insert(folder.to_owned(), config);
        }
        known.get(folder)?.collection(path)?.format(path)
    }

    /// Says whether every configuration could be loaded.
    ///
    /// # Errors
    /// With the first that could not.
    pub fn finish(self) -> Result<(), ConfigError> {
        self.error.into_inner().map_or(Ok(()), Err)
    }
}

/// Opens `document`, a file of many replies, as `config` says where they are, or as its shape does.
///
/// # Errors
/// When it is not sound, or it is not known where its replies are.
pub fn open(document: &Document, format: Format, config: &Config) -> Result<Collection, CollectionError> {
    let choice = config.collection(&document.path).map(|named| &named.choice);
    Collection::open(&document.path, &document.bytes, format, choice)
}

/// Hands the messages of `document`, which has the configuration `config`, to `take`.
///
/// # Errors
/// Why it cannot be read.
pub fn each_message(document: &Document, config: &Config, mut take: impl FnMut(&Message)) -> Result<(), String> {
    let Kind::Collection(format) = document.kind else {
        let message = Message::read(&document.bytes, document.kind).map_err(|error| error.to_string())?;
        take(&message);
        return Ok(());
    };
    let collection = open(document, format, config).map_err(|error| error.to_string())?;
    collection.entries().for_each(|entry| take(&Message::of_entry(entry)));
    Ok(())
}

/// The replies that a file held before a change.
pub struct RepliesBefore {
    collection: Collection,
    by_name: HashMap<String, usize>,
    by_words: HashMap<String, usize>,
}

impl RepliesBefore {
    /// Reads what `input` held before; `None` when it was not there, or nobody could read it.
    ///
    /// # Errors
    /// When git does not give it.
    pub fn read(input: &Input, config: &Config) -> Result<Option<Self>, SourceError> {
        let Some(document) = input.read_before()? else { return Ok(None) };
        let Kind::Collection(format) = document.kind else { return Ok(None) };
        let Ok(collection) = open(&document, format, config) else { return Ok(None) };
        let by_name = collection.names().map(str::to_owned).zip(0..).collect();
        let by_words = collection.entries().map(|entry| (words(&entry), entry.index)).collect();
        Ok(Some(Self { collection, by_name, by_words }))
    }

    /// What the reply `entry` was before: the one of its name, or one in its words.
    pub fn of(&self, entry: &Entry, path: &str, linter: &Linter<'_>) -> Option<Before> {
        let index = self.by_name.get(&entry.name).or_else(|| self.by_words.get(&words(entry)))?;
        let message = Message::of_entry(self.collection.entry(*index)?);
        Some(Before::of(message, path, linter))
    }
}

fn words(entry: &Entry) -> String {
    let texts: Vec<&str> = entry.bodies.iter().chain(&entry.subject).map(|words| &*words.decoded.text).collect();
    texts.join("\n")
}
