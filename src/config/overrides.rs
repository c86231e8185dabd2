//! `[[files]]`: what a configuration says of some files alone.

use super::file::{FilesEntry, OneOrMore};
use super::{Config, ConfigError};
use crate::lint::Files;
use std::path::Path;

/// What a configuration says of the files that match.
#[derive(Clone, Debug)]
pub struct Override {
    files: Vec<Files>,
    entry: FilesEntry,
    /// The configuration it comes from.
    path: std::path::PathBuf,
}

impl Override {
    /// An override of the configuration at `path`.
    ///
    /// # Errors
    /// For a glob that cannot be read.
    pub(super) fn new(path: &Path, entry: FilesEntry) -> Result<Self, ConfigError> {
        let globs = match &entry.matches {
            OneOrMore::One(glob) => std::slice::from_ref(glob),
            OneOrMore::More(globs) => globs,
        };
        let files = globs.iter().map(|glob| files(path, "match", glob)).collect::<Result<_, _>>()?;
        Ok(Self { files, entry, path: path.to_owned() })
    }

    /// What it sets, in a line.
    #[must_use]
    pub fn summary(&self) -> String {
        let FilesEntry { fail_on, notes, rules, advice, .. } = &self.entry;
        let mut parts = Vec::new();
        parts.extend(fail_on.map(|level| format!("fail-on {}", level.name())));
        parts.extend(notes.map(|shown| format!("notes {}", if shown { "shown" } else { "kept back" })));
        parts.extend(rules.iter().map(|(name, level)| format!("{name} {}", format!("{level:?}").to_lowercase())));
        parts.extend(advice.call.map(|points| format!("call from {points}")));
        parts.extend(advice.rework.map(|points| format!("rework from {points}")));
        parts.extend(advice.points.iter().map(|(signal, points)| format!("{signal} {points}")));
        parts.join(", ")
    }

    /// The globs, as written.
    pub fn globs(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(Files::glob)
    }
}

impl Config {
    /// Numbers of the overrides that hold for the file at `path`, in their order.
    #[must_use]
    pub fn overrides_for(&self, path: &Path) -> Vec<usize> {
        let holds = |file: &Override| file.files.iter().any(|files| files.contain(path));
        self.overrides.iter().zip(0..).filter(|(file, _)| holds(file)).map(|(_, number)| number).collect()
    }

    /// What is in force where the overrides of these `numbers` hold; a later one counts over an earlier.
    ///
    /// # Errors
    /// When one weighs a signal that there is not.
    pub fn under(&self, numbers: &[usize]) -> Result<Config, ConfigError> {
        let mut config = self.clone();
        for file in numbers.iter().filter_map(|&number| self.overrides.get(number)) {
            let entry = file.entry.clone();
            config.fail_on = entry.fail_on.or(config.fail_on);
            config.notes = entry.notes.or(config.notes);
            config.decide(entry.rules);
            config.weigh(&file.path, entry.advice)?;
        }
        Ok(config)
    }
}

/// The files of a glob that stands at `key` of the configuration at `path`.
pub(super) fn files(path: &Path, key: &'static str, glob: &str) -> Result<Files, ConfigError> {
    Files::new(glob, path.parent().unwrap_or(Path::new(""))).map_err(|error| ConfigError::Glob {
        path: path.to_owned(),
        key,
        glob: glob.to_owned(),
        reason: error.kind().to_string(),
    })
}
