//! Folders: the documents in them that are not ignored.

use super::{Named, Problem, SourceError, read_file};
use crate::collection;
use crate::decode::{Format, Kind, begins_like_a_mail};
use ignore::{DirEntry, WalkBuilder};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// How much of a file without extension is looked at to see whether it is a mail.
const HEAD: u64 = 8 * 1024;

/// What a folder holds.
#[derive(Default)]
pub(super) struct Found {
    pub(super) paths: Vec<PathBuf>,
    pub(super) errors: Vec<SourceError>,
    /// Tables that nobody names.
    pub(super) tables: Vec<PathBuf>,
}

/// Walks `folder`, sorted by name. Hidden files, what `.gitignore` (in a repository) and `.ignore`
/// name, and symbolic links are passed over; so are files of other types, and files of many replies that
/// are neither `named` nor of a known shape.
pub(super) fn documents(folder: &Path, named: Named<'_>) -> Found {
    let mut found = Found::default();
    for entry in WalkBuilder::new(folder).sort_by_file_name(Ord::cmp).build() {
        match entry {
            Ok(entry) => match is_document(&entry, named) {
                Ok(true) => found.paths.push(entry.into_path()),
                Ok(false) if is_table(&entry) => found.tables.push(entry.into_path()),
                Ok(false) => {}
                Err(problem) => found.errors.push(SourceError::new(entry.path(), problem)),
            },
            Err(error) => found.errors.push(failure(folder, error)),
        }
    }
    found
}

fn is_table(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|t| t.is_file()) && Format::named(entry.path()) == Some(Format::Csv)
}

fn is_document(entry: &DirEntry, named: Named<'_>) -> Result<bool, Problem> {
    if !entry.file_type().is_some_and(|t| t.is_file()) {
        return Ok(false);
    }
    match Kind::named(entry.path()) {
        _ if named(entry.path()).is_some() => Ok(true),
        Ok(Some(_)) => Ok(true),
        Ok(None) => {
            let mut head = Vec::new();
            File::open(entry.path())?.take(HEAD).read_to_end(&mut head)?;
            Ok(begins_like_a_mail(&head))
        }
        Err(_) => match Format::named(entry.path()) {
            Some(format) => holds_replies(entry.path(), format, || read_file(entry.path())),
            None => Ok(false),
        },
    }
}

/// Whether a file that nobody names holds replies, by its shape. One that is too large is some other thing.
pub(super) fn holds_replies(
    path: &Path,
    format: Format,
    read: impl FnOnce() -> Result<Vec<u8>, Problem>,
) -> Result<bool, Problem> {
    match read() {
        Ok(bytes) => Ok(collection::recognises(path, &bytes, format)),
        Err(Problem::TooLarge) => Ok(false),
        Err(problem) => Err(problem),
    }
}

fn failure(folder: &Path, error: ignore::Error) -> SourceError {
    let path = path_of(&error).unwrap_or(folder).to_owned();
    let text = error.to_string();
    let problem = error.into_io_error().unwrap_or_else(|| std::io::Error::other(text));
    SourceError::new(&path, problem.into())
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}
