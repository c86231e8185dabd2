//! `[[collection]]`: which files hold many replies, and where in them the replies are.

use super::ConfigError;
use super::file::{CollectionEntry, FormatName};
use crate::collection::{Choice, Selector};
use crate::decode::Format;
use globset::{GlobBuilder, GlobMatcher};
use std::path::{Path, PathBuf};

/// Files of many replies.
#[derive(Clone, Debug)]
pub struct Collections {
    files: GlobMatcher,
    /// The folder that the pattern begins in.
    folder: PathBuf,
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
        let pattern = GlobBuilder::new(&files).literal_separator(true).build();
        let pattern = pattern.map_err(|error| wrong(error.kind().to_string()))?;
        let format = format.map(Format::from);
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
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        Ok(Self { files: pattern.compile_matcher(), folder, format, choice })
    }

    /// The pattern of their names.
    #[must_use]
    pub fn glob(&self) -> &str {
        self.files.glob().glob()
    }

    /// Whether the file at `path` is one of them, told from the folder of the configuration or as people name it.
    #[must_use]
    pub fn hold(&self, path: &Path) -> bool {
        if self.files.is_match(path) {
            return true;
        }
        let (Ok(path), Ok(folder)) = (std::path::absolute(path), std::path::absolute(&self.folder)) else {
            return false;
        };
        path.strip_prefix(folder).is_ok_and(|below| self.files.is_match(below))
    }

    /// What the file at `path`, one of them, is.
    #[must_use]
    pub fn format(&self, path: &Path) -> Option<Format> {
        self.format.or_else(|| Format::named(path))
    }
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Json => Self::Json,
            FormatName::Yaml => Self::Yaml,
            FormatName::Csv => Self::Csv,
            FormatName::Po => Self::Po,
            FormatName::Properties => Self::Properties,
            FormatName::Fluent => Self::Fluent,
        }
    }
}
