//! Why an input could not be used, and what to do next.

use std::io;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// A path that could not be used.
#[derive(Debug, Error)]
#[error("{}: {problem}", path.display())]
pub struct SourceError {
    /// The path as people are shown it.
    pub path: PathBuf,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What can be wrong with an input.
#[derive(Debug, Error)]
pub enum Problem {
    /// The file system said no.
    #[error("cannot be read: {0}")]
    Io(#[source] io::Error),
    /// A file named on the command line whose extension is not one of ours.
    #[error(
        "files of type .{0} cannot be checked; give .txt, .md, .html or .eml, or .json, .yml, .csv or .po with replies, \
         or pipe the text in: tonelint check - --stdin-name reply.txt"
    )]
    UnknownType(String),
    /// A folder in which nothing matched.
    #[error(
        "no .txt, .md, .html or .eml file in this folder that is not ignored; \
         name a file to check it all the same"
    )]
    EmptyFolder,
    /// Standard input that holds nothing, as when the command before it failed.
    #[error("empty, so nothing was checked; pipe the reply in, or name its file")]
    EmptyInput,
    /// No path at all.
    #[error("nothing to check; name a file or a folder, or pipe a reply in")]
    NothingNamed,
    /// More than [`SIZE_LIMIT`](super::SIZE_LIMIT).
    #[error("larger than 256 MiB; save the reply without its attachments")]
    TooLarge,
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::FileTooLarge { Self::TooLarge } else { Self::Io(error) }
    }
}

impl SourceError {
    pub(super) fn new(path: &Path, problem: Problem) -> Self {
        Self { path: super::from_here(path), problem }
    }
}
