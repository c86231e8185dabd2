//! What the user names → documents, read one by one.
//!
//! A [`Plan`] lists the inputs first and reads none of them, so that documents can be read and
//! checked in parallel; each path that cannot be used is an error of its own and stops no other.

mod blob;
mod changes;
mod error;
mod walk;

pub use crate::decode::{Format, Kind};
pub use changes::{Change, GitError};
pub use error::{Problem, SourceError};

use crate::bounded;
use blob::Blob;
use std::io;
use std::path::{Path, PathBuf};

/// The largest document read, in bytes.
pub const SIZE_LIMIT: u64 = bounded::DOCUMENT;

/// The path that stands for standard input.
pub const STDIN: &str = "-";

/// What standard input is called without a name of its own.
const UNNAMED: &str = "<stdin>";

/// Says of a file whether the configuration names it as one of many replies, and in what format.
///
/// Of the others, those named by the user are taken, and in folders and changes those of a known shape.
pub type Named<'n> = &'n dyn Fn(&Path) -> Option<Format>;

/// A document as it was stored.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its path as people are shown it.
    pub path: PathBuf,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What it is.
    pub kind: Kind,
}

impl Document {
    /// A document whose kind is told by its name and its first lines.
    #[must_use]
    pub fn new(path: PathBuf, bytes: Vec<u8>) -> Self {
        let kind = Kind::of(&path, &bytes);
        Self { path, bytes, kind }
    }
}

/// Something to read.
#[derive(Clone, Debug)]
pub struct Input {
    path: PathBuf,
    stdin: bool,
    /// Whether the user named this very file; in folders only known types are taken.
    named: bool,
    /// The format the configuration gives it as a file of many replies.
    format: Option<Format>,
    /// The content to read in place of the file's.
    blob: Option<Blob>,
    /// What the file held before a change.
    before: Option<Blob>,
}

/// The inputs of a run, in a stable order: as named, and sorted by name inside a folder.
#[derive(Debug, Default)]
pub struct Plan {
    /// What can be read.
    pub inputs: Vec<Input>,
    /// What cannot.
    pub errors: Vec<SourceError>,
    /// Tables that were met and are not read: nobody says in which column replies are.
    pub tables: Vec<PathBuf>,
}

impl Plan {
    /// Finds the documents behind `paths`. Folders are walked; ignore files are respected there,
    /// not for a file that is named itself. `-` is standard input, shown as `stdin_name`.
    ///
    /// A folder without a document is an error, and so is naming nothing at all.
    #[must_use]
    pub fn of<P: AsRef<Path>>(paths: &[P], stdin_name: Option<&Path>, named: Named<'_>) -> Plan {
        let mut plan = Plan::default();
        for path in paths {
            plan.add(path.as_ref(), stdin_name, named);
        }
        if paths.is_empty() {
            plan.errors.push(SourceError::new(Path::new(""), Problem::NothingNamed));
        }
        let mut seen = std::collections::HashSet::new();
        plan.inputs.retain(|input| seen.insert(input.path.clone()));
        plan
    }

    fn add(&mut self, path: &Path, stdin_name: Option<&Path>, named: Named<'_>) {
        if path == Path::new(STDIN) {
            let name = stdin_name.unwrap_or(Path::new(UNNAMED));
            match Kind::named(name) {
                Err(extension) if stdin_name.is_some() && Format::named(name).or_else(|| named(name)).is_none() => {
                    self.errors.push(SourceError::new(name, Problem::UnknownType(extension)));
                }
                _ => self.inputs.push(Input { stdin: true, ..Input::new(name, true, named) }),
            }
            return;
        }
        match path.metadata() {
            Ok(meta) if meta.is_dir() => self.add_folder(path, named),
            Ok(_) => self.inputs.push(Input::new(path, true, named)),
            Err(error) => self.errors.push(SourceError::new(path, error.into())),
        }
    }

    /// Passes over the names for standard input that tell no type which is read; gives how many.
    pub fn ignore_unknown(&mut self) -> usize {
        let before = self.errors.len();
        self.errors.retain(|error| !matches!(error.problem, Problem::UnknownType(_)));
        before - self.errors.len()
    }

    fn add_folder(&mut self, folder: &Path, named: Named<'_>) {
        let found = walk::documents(folder, named);
        if found.paths.is_empty() && found.errors.is_empty() {
            self.errors.push(SourceError::new(folder, Problem::EmptyFolder));
        }
        self.tables.extend(found.tables.iter().map(|path| from_here(path)));
        self.errors.extend(found.errors);
        self.inputs.extend(found.paths.iter().map(|path| Input::new(path, false, named)));
    }
}

impl Input {
    fn new(path: &Path, by_user: bool, named: Named<'_>) -> Self {
        Self { path: from_here(path), stdin: false, named: by_user, format: named(path), blob: None, before: None }
    }

    /// The path as people are shown it.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the user named it, or piped it in; otherwise it was found in a folder.
    #[must_use]
    pub fn is_named(&self) -> bool {
        self.named
    }

    /// Whether nothing but the user's naming it makes `document`, which it gave, a draft: its name tells no type, and
    /// it does not begin like a mail.
    #[must_use]
    pub fn is_taken_at_word(&self, document: &Document) -> bool {
        !self.stdin && document.kind == Kind::Text && Kind::named(&self.path) == Ok(None)
    }

    /// Its file; standard input has one only by the name the user gives it.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        Some(&*self.path).filter(|path| *path != Path::new(UNNAMED))
    }

    /// Reads the document.
    ///
    /// # Errors
    /// When it cannot be read, is larger than [`SIZE_LIMIT`], or was named and is of an unknown
    /// type (unless it begins like a mail, as files of a Maildir do).
    pub fn read(&self) -> Result<Document, SourceError> {
        let error = |problem: Problem| SourceError::new(&self.path, problem);
        let bytes = if let Some(blob) = &self.blob {
            blob.read()
        } else if self.stdin {
            bounded::read(io::stdin().lock(), SIZE_LIMIT).map_err(Problem::from)
        } else {
            read_file(&self.path)
        }
        .map_err(error)?;
        if self.stdin && bytes.is_empty() {
            return Err(error(Problem::EmptyInput));
        }
        let document = self.document(bytes);
        match Kind::named(&self.path) {
            Err(extension) if self.named && !self.stdin && document.kind == Kind::Text => {
                Err(error(Problem::UnknownType(extension)))
            }
            _ => Ok(document),
        }
    }
}

impl Input {
    /// Reads what the document was before the change, if it was there.
    ///
    /// # Errors
    /// When git does not give it, or it is larger than [`SIZE_LIMIT`].
    pub fn read_before(&self) -> Result<Option<Document>, SourceError> {
        let Some(before) = &self.before else { return Ok(None) };
        let bytes = before.read().map_err(|problem| SourceError::new(&self.path, problem))?;
        Ok(Some(self.document(bytes)))
    }

    fn document(&self, bytes: Vec<u8>) -> Document {
        let document = Document::new(self.path.clone(), bytes);
        match self.format {
            Some(format) => Document { kind: Kind::Collection(format), ..document },
            None => document,
        }
    }
}

/// `path` without the `./` that `check .` would put before all of them.
fn from_here(path: &Path) -> PathBuf {
    path.strip_prefix(".").ok().filter(|below| !below.as_os_str().is_empty()).unwrap_or(path).to_owned()
}

/// Reads the file at `path`, if it is no larger than the limit.
fn read_file(path: &Path) -> Result<Vec<u8>, Problem> {
    Ok(bounded::read_file(path, SIZE_LIMIT)?)
}

#[cfg(test)]
mod tests;
