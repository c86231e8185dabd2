//! The local journal: records of earlier checks, appended and never changed.
//!
//! The journal keeps them 14 days and in bounds. A record is one write under a lock, so a process that is
//! killed loses at most its own; a torn record at the end is cut off by the next writer.

use super::folder::{self, StateError};
use super::record::{FULL, LARGEST, Record, compacted, decode, encode};
use crate::bounded;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Records older than this many seconds are dropped.
pub(super) const EXPIRES: i64 = 14 * 24 * 3_600;

/// The journal in a folder.
#[derive(Clone, Debug)]
pub struct Journal {
    folder: PathBuf,
}

impl Journal {
    /// The journal in `folder`. Nothing is made until something is written.
    #[must_use]
    pub fn in_folder(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The file that holds the records.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.folder.join("journal")
    }

    fn key_path(&self) -> PathBuf {
        self.folder.join("journal.key")
    }

    /// The secret key for what the records hold, made with the journal.
    ///
    /// # Errors
    /// When it cannot be read or made, or is gone while the journal is there.
    pub fn key(&self) -> Result<[u8; 16], StateError> {
        let _lock = self.lock()?;
        let path = self.key_path();
        match bounded::read_file(&path, bounded::WRITTEN) {
            Ok(bytes) => <[u8; 16]>::try_from(bytes).map_err(|_| StateError::NoKey(path)),
            Err(error) if error.kind() == io::ErrorKind::NotFound && !self.path().exists() => self.make_key(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(StateError::NoKey(path)),
            Err(error) => Err(StateError::unusable(&path)(error)),
        }
    }

    fn make_key(&self) -> Result<[u8; 16], StateError> {
        let mut key = [0; 16];
        getrandom::fill(&mut key).map_err(|error| StateError::NoRandom(error.to_string()))?;
        self.replace(&self.key_path(), &key)?;
        Ok(key)
    }

    /// Appends a record; `now` is in seconds since 1970-01-01T00:00:00Z. Expired records are dropped.
    ///
    /// # Errors
    /// When the journal is foreign, damaged or cannot be written, or the payload is over 1 MiB.
    pub fn append(&self, now: i64, payload: &[u8]) -> Result<(), StateError> {
        self.append_all(now, &[payload])
    }

    /// Appends records as [`Self::append`] does, in one write.
    ///
    /// # Errors
    /// As for [`Self::append`]; then none is appended.
    pub fn append_all<P: AsRef<[u8]>>(&self, now: i64, payloads: &[P]) -> Result<(), StateError> {
        let new: Vec<Vec<u8>> = payloads.iter().map(|payload| encode(now, payload.as_ref())).collect();
        if let Some(long) = new.iter().map(Vec::len).find(|length| *length > LARGEST) {
            return Err(StateError::TooLong(long));
        }
        if new.is_empty() {
            return Ok(());
        }
        let _lock = self.lock()?;
        let path = self.path();
        let bytes = self.bytes()?;
        let (records, end) = decode(&path, &bytes)?;
        let expired = records.first().is_some_and(|r| is_expired(r.when, now));
        let added: usize = new.iter().map(Vec::len).sum();
        if bytes.is_empty() || expired || (end + added) as u64 > FULL {
            let old = records.iter().filter(|r| !is_expired(r.when, now)).map(|r| encode(r.when, &r.payload));
            return self.replace(&path, &compacted(old.chain(new).collect()));
        }
        let mut file = folder::open(&path, OpenOptions::new().append(true))?;
        if end < bytes.len() {
            // The torn record of a writer that was killed.
            file.set_len(end as u64).map_err(StateError::unusable(&path))?;
        }
        file.write_all(&new.concat()).and_then(|()| file.sync_data()).map_err(StateError::unusable(&path))
    }

    /// All records that have not expired at `now`, oldest first.
    ///
    /// # Errors
    /// When the journal is foreign, damaged or cannot be read.
    pub fn read(&self, now: i64) -> Result<Vec<Record>, StateError> {
        if !self.path().exists() {
            return Ok(Vec::new());
        }
        let _lock = self.lock()?;
        let bytes = self.bytes()?;
        let (mut records, _) = decode(&self.path(), &bytes)?;
        records.retain(|record| !is_expired(record.when, now));
        Ok(records)
    }

    /// Deletes the journal and its key. Says whether there was anything.
    ///
    /// # Errors
    /// When a file cannot be deleted.
    pub fn forget(&self) -> Result<bool, StateError> {
        if !self.folder.is_dir() {
            return Ok(false);
        }
        let _lock = self.lock()?;
        let mut any = false;
        // The journal first: a key without a journal is harmless, a journal without its key is an error.
        for path in [self.path(), self.new_path(&self.path()), self.key_path(), self.new_path(&self.key_path())] {
            match fs::remove_file(&path) {
                Ok(()) => any = true,
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(StateError::unusable(&path)(error)),
            }
        }
        Ok(any)
    }

    /// One process at a time. The lock lies beside the journal, which may be replaced; it ends with its file.
    fn lock(&self) -> Result<File, StateError> {
        folder::make(&self.folder)?;
        let path = self.folder.join("journal.lock");
        let file = folder::open(&path, OpenOptions::new().create(true).truncate(false).write(true))?;
        file.lock().map_err(StateError::unusable(&path))?;
        Ok(file)
    }

    fn bytes(&self) -> Result<Vec<u8>, StateError> {
        let path = self.path();
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(StateError::unusable(&path)(error)),
        };
        let mut bytes = Vec::new();
        // Nothing of ours grows beyond this; what does is not ours.
        file.take(FULL + 2 * LARGEST as u64).read_to_end(&mut bytes).map_err(StateError::unusable(&path))?;
        Ok(bytes)
    }

    fn new_path(&self, path: &Path) -> PathBuf {
        path.with_added_extension("new")
    }

    /// Writes a whole file beside `path` and puts it in its place.
    fn replace(&self, path: &Path, bytes: &[u8]) -> Result<(), StateError> {
        let new = self.new_path(path);
        let mut file = folder::open(&new, OpenOptions::new().create(true).truncate(true).write(true))?;
        file.write_all(bytes).and_then(|()| file.sync_all()).map_err(StateError::unusable(&new))?;
        fs::rename(&new, path).map_err(StateError::unusable(path))
    }
}

fn is_expired(when: i64, now: i64) -> bool {
    now.saturating_sub(when) > EXPIRES
}
