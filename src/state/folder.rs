//! Where state lies, and how its files are opened.

use etcetera::BaseStrategy;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why state could not be used.
#[derive(Debug, Error)]
pub enum StateError {
    /// No home folder is known.
    #[error("no folder for state: set XDG_STATE_HOME or HOME")]
    NoFolder,
    /// A file could not be read or written.
    #[error("{}: {cause}", path.display())]
    Unusable {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// The file is none of ours.
    #[error("{}: not a journal of this version; move it away, or run `tonelint drafts forget`", .0.display())]
    Foreign(PathBuf),
    /// The file is ours, and damaged.
    #[error("{}: damaged at byte {at}; run `tonelint drafts forget` to begin a new journal", path.display())]
    Damaged {
        /// Which.
        path: PathBuf,
        /// Where the first unreadable record begins.
        at: u64,
    },
    /// The key is lost, so nothing of the journal can be compared any more.
    #[error("{}: missing or cut short, so the journal beside it cannot be read; run `tonelint drafts forget`", .0.display())]
    NoKey(PathBuf),
    /// The system gave no random bytes.
    #[error("no random bytes for a new key: {0}")]
    NoRandom(String),
    /// A version of a message is too large to be remembered.
    #[error("the message is too long to be remembered ({0} bytes)")]
    TooLong(usize),
}

impl StateError {
    pub(super) fn unusable(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |cause| Self::Unusable { path: path.to_owned(), cause }
    }
}

/// The folder of the user's state: `$XDG_STATE_HOME/tonelint`, by default `~/.local/state/tonelint`.
///
/// # Errors
/// When no home folder is known.
pub fn folder() -> Result<PathBuf, StateError> {
    let base = etcetera::choose_base_strategy().map_err(|_| StateError::NoFolder)?;
    Ok(base.state_dir().unwrap_or_else(|| base.data_dir()).join("tonelint"))
}

/// The folder of what can be made anew: `$XDG_CACHE_HOME/tonelint`, by default `~/.cache/tonelint`.
///
/// # Errors
/// When no home folder is known.
pub fn cache_folder() -> Result<PathBuf, StateError> {
    let base = etcetera::choose_base_strategy().map_err(|_| StateError::NoFolder)?;
    Ok(base.cache_dir().join("tonelint"))
}

/// Makes the folder, for its owner alone.
pub(super) fn make(path: &Path) -> Result<(), StateError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(StateError::unusable(path))
}

/// Puts the file `name`, holding `bytes`, in place of an earlier one in `folder`, which is made if need be.
/// Both are for their owner alone.
///
/// # Errors
/// When the folder or the file cannot be written.
pub fn put(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), StateError> {
    make(folder)?;
    let path = folder.join(name);
    // A name of its own, so that two who write at once do not mix.
    let new = path.with_added_extension(std::process::id().to_string());
    let mut file = open(&new, OpenOptions::new().create(true).truncate(true).write(true))?;
    file.write_all(bytes).map_err(StateError::unusable(&new))?;
    fs::rename(&new, &path).map_err(StateError::unusable(&path))
}

/// Opens a file of the folder with `options`; one that is made is made for its owner alone.
pub(super) fn open(path: &Path, options: &mut OpenOptions) -> Result<File, StateError> {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options.open(path).map_err(StateError::unusable(path))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn what_is_put_stands_alone_and_is_its_owners() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("a/b");
        put(&state, "last.txt", b"one and more").unwrap();
        put(&state, "last.txt", b"two").unwrap();
        assert_eq!(fs::read(state.join("last.txt")).unwrap(), b"two");
        assert_eq!(fs::read_dir(&state).unwrap().count(), 1);
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&state), mode(&state.join("last.txt"))), (0o700, 0o600));
        assert!(put(&state.join("last.txt"), "x", b"").is_err());
    }
}
