//! One save of a message, as it was found: not read yet.

use crate::bounded;
use crate::decode::Kind;
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use thiserror::Error;

/// One save of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Save {
    /// What people call it: a path, a place in a mailbox, a commit.
    pub name: String,
    /// When it was saved, in seconds since 1970-01-01T00:00:00Z, as far as its store tells.
    pub when: Option<i64>,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What they are.
    pub kind: Kind,
}

/// Why earlier saves could not be read.
#[derive(Debug, Error)]
pub enum SaveError {
    /// A file or folder could not be read.
    #[error("{}: {cause}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// Neither an mbox nor a Maildir.
    #[error("{}: no mailbox here; name an mbox file (as Thunderbird's `Drafts`) or a folder with `cur` and `new`", .0.display())]
    NoMailbox(PathBuf),
    /// A file of more than [`SIZE_LIMIT`](crate::source::SIZE_LIMIT).
    #[error("{}: larger than {} MiB; of a mailbox, compact it and try again", path.display(), limit / (1024 * 1024))]
    TooLarge {
        /// Which.
        path: PathBuf,
        /// The limit in bytes.
        limit: u64,
    },
    /// git could not be started or refused.
    #[error("{}: git gave no history: {message}", path.display())]
    Git {
        /// The file asked for.
        path: PathBuf,
        /// What git said.
        message: String,
    },
}

impl SaveError {
    pub(super) fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |cause| match cause.kind() {
            io::ErrorKind::FileTooLarge => Self::TooLarge { path, limit: SIZE_LIMIT },
            _ => Self::Unreadable { path, cause },
        }
    }
}

impl Save {
    /// Reads the file at `path`; its time is that of its last change.
    ///
    /// # Errors
    /// When it cannot be read or is larger than [`crate::source::SIZE_LIMIT`].
    pub fn file(path: &Path) -> Result<Self, SaveError> {
        let meta = path.metadata().map_err(SaveError::unreadable(path))?;
        let bytes = bounded::read_file(path, SIZE_LIMIT).map_err(SaveError::unreadable(path))?;
        let when = meta.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
        let when = when.and_then(|since| i64::try_from(since.as_secs()).ok());
        Ok(Self { name: path.display().to_string(), when, kind: Kind::of(path, &bytes), bytes })
    }
}

/// The largest file read, in bytes.
pub(super) const SIZE_LIMIT: u64 = bounded::DOCUMENT;
