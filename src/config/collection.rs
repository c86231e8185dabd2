//! `[[collection]]`: which files hold many replies, and where in them the replies are.

use super::ConfigError;
use super::file::CollectionEntry;
use crate::collection::{Choice, Format, Selector};
use crate::lint::Files;
use std::path::Path;

/// Files of many replies.
#[derive(Clone, Debug)]
pub struct Collections {
    /// Which.
    pub files: Files,
    /// What they are; by their names, when nothing is said.
    format: Option<Format>,
    /// Where in them the replies are.
    pub choice: Choice,
}

impl Collections {
    /// What `entry` of the configuration file at `path` says.
    pub(super) fn new(path: &Path, entry: CollectionEntry) -> Result<Self, ConfigError> {
        let CollectionEntry { files, format, each, select, subject, name, html } = entry;
        let wrong = |reason: String| ConfigError::Collection { path: path.to_owned(), files: files.clone(), reason };
        let selector = |written: String| written.parse::<Selector>().map_err(|error| wrong(error.to_string()));
        if select.is_empty() {
            return Err(wrong("select names no text; try: select = [\"$..body\"]".to_owned()));
        }
        let matching = Files::by_folder(&files, path.parent().unwrap_or(Path::new("")));
        let matching = matching.map_err(|error| wrong(error.kind().to_string()))?;
        if format.is_none() && files.rsplit_once('.').is_some_and(|_| Format::named(Path::new(&files)).is_none()) {
            return Err(wrong("the names do not tell what the files are; say format = \"json\"".to_owned()));
        }
        let rows = || matches!(format.or_else(|| Format::named(Path::new(&files))), Some(Format::Csv));
        let each = each.or_else(|| rows().then(|| "$[*]".to_owned()));
        let choice = Choice::new(
            each.map(selector).transpose()?,
            select.into_iter().map(selector).collect::<Result<_, _>>()?,
            subject.map(selector).transpose()?,
            name.map(selector).transpose()?,
            html,
        );
        Ok(Self { files: matching, format, choice })
    }

    /// What the file at `path`, one of them, is.
    #[must_use]
    pub fn format(&self, path: &Path) -> Option<Format> {
        self.format.or_else(|| Format::named(path))
    }
}
