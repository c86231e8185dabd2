//! The local journal: records of earlier checks, appended and never changed.
//!
//! What a record holds is the caller's affair; here it is bytes with a time. The journal keeps them
//! 14 days and in bounds.
//!
//! ```text
//! journal:  "tonelint journal 1\n"  { length: u32, !length: u32, checksum: u32, when: i64, payload }*
//! ```
//!
//! Numbers are little-endian. A record is one write under a lock, so a process that is killed loses at most its own; a torn record at
//! the end is cut off by the next writer. Damage anywhere else is an error.

use super::folder::{self, StateError};
use siphasher::sip::SipHasher13;
use std::fs::{self, File, OpenOptions};
use std::hash::Hasher;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// What the file begins with.
const MAGIC: &[u8] = b"tonelint journal 1\n";
/// Length, its complement and a checksum before each record. Without the complement a damaged length would
/// look like a record cut short, and all behind it would be lost without a word.
const HEAD: usize = 12;
/// The largest record, in bytes: some two thousand sentences.
const LARGEST: usize = 1024 * 1024;
/// Above this many bytes, the older half is dropped.
const FULL: u64 = 4 * 1024 * 1024;
/// Records older than this many seconds are dropped.
const EXPIRES: i64 = 14 * 24 * 3_600;

/// A record of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// When it was written, in seconds since 1970-01-01T00:00:00Z.
    pub when: i64,
    /// What was written.
    pub payload: Vec<u8>,
}

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
        match fs::read(&path) {
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

fn encode(when: i64, payload: &[u8]) -> Vec<u8> {
    let body = [&when.to_le_bytes(), payload].concat();
    let length = u32::try_from(body.len()).unwrap_or(u32::MAX);
    [&length.to_le_bytes(), &(!length).to_le_bytes(), &checksum(&body).to_le_bytes(), body.as_slice()].concat()
}

/// A whole journal: of `records`, oldest first, the newest within half the bound, and the last in any case.
fn compacted(mut records: Vec<Vec<u8>>) -> Vec<u8> {
    let mut size = 0;
    let within = |record: &&Vec<u8>| {
        size += record.len() as u64;
        size <= FULL / 2
    };
    let kept = records.iter().rev().take_while(within).count().max(1);
    let newest = records.split_off(records.len().saturating_sub(kept));
    [MAGIC.to_vec(), newest.concat()].concat()
}

/// The records of a journal, and where the last whole one ends.
fn decode(path: &Path, bytes: &[u8]) -> Result<(Vec<Record>, usize), StateError> {
    if bytes.is_empty() {
        return Ok((Vec::new(), 0));
    }
    if !bytes.starts_with(MAGIC) {
        return Err(StateError::Foreign(path.to_owned()));
    }
    let mut records = Vec::new();
    let mut at = MAGIC.len();
    while let Some((head, rest)) = bytes[at..].split_first_chunk::<HEAD>() {
        let number = |n: usize| u32::from_le_bytes([head[n], head[n + 1], head[n + 2], head[n + 3]]);
        let length = number(0) as usize;
        let damaged = || StateError::Damaged { path: path.to_owned(), at: at as u64 };
        if number(4) != !number(0) || !(size_of::<i64>()..=LARGEST).contains(&length) {
            return Err(damaged());
        }
        let Some(body) = rest.get(..length) else { break };
        if checksum(body) != number(8) {
            // At the very end, a write of which the disk kept the length only.
            if rest.len() == length {
                break;
            }
            return Err(damaged());
        }
        let (when, payload) = body.split_first_chunk().ok_or_else(damaged)?;
        records.push(Record { when: i64::from_le_bytes(*when), payload: payload.to_vec() });
        at += HEAD + length;
    }
    Ok((records, at))
}

/// Against damage, not against forgery.
#[expect(clippy::cast_possible_truncation, reason = "a shorter checksum is wanted")]
fn checksum(bytes: &[u8]) -> u32 {
    let mut hasher = SipHasher13::new();
    hasher.write(bytes);
    hasher.finish() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_700_000_000;

    fn journal() -> (tempfile::TempDir, Journal) {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::in_folder(folder.path().join("state"));
        (folder, journal)
    }

    fn payloads(journal: &Journal) -> Vec<String> {
        journal.read(NOW).unwrap().into_iter().map(|r| String::from_utf8(r.payload).unwrap()).collect()
    }

    #[test]
    fn records_come_back_in_order_and_forget_leaves_none() {
        let (_folder, journal) = journal();
        assert_eq!(payloads(&journal), [""; 0]);
        let key = journal.key().unwrap();
        for text in ["one", "", "three"] {
            journal.append(NOW, text.as_bytes()).unwrap();
        }
        assert_eq!(payloads(&journal), ["one", "", "three"]);
        assert_eq!(journal.key().unwrap(), key);
        assert!(journal.forget().unwrap());
        assert_eq!(payloads(&journal), [""; 0]);
        assert!(!journal.forget().unwrap());
        assert_ne!(journal.key().unwrap(), key, "a new journal has a new key");
    }

    #[cfg(unix)]
    #[test]
    fn files_are_for_their_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let (_folder, journal) = journal();
        journal.key().unwrap();
        journal.append(NOW, b"one").unwrap();
        journal.append(NOW, b"two").unwrap();
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&journal.folder), 0o700);
        for entry in fs::read_dir(&journal.folder).unwrap() {
            assert_eq!(mode(&entry.unwrap().path()), 0o600);
        }
    }

    #[test]
    fn writers_at_once_lose_nothing() {
        let (_folder, journal) = journal();
        // A lock belongs to its open file, so threads meet as processes do.
        std::thread::scope(|scope| {
            for writer in 0..4 {
                let journal = journal.clone();
                scope.spawn(move || {
                    for n in 0..25 {
                        journal.append(NOW, format!("{writer} {n}").as_bytes()).unwrap();
                    }
                });
            }
        });
        let got = payloads(&journal);
        assert_eq!(got.len(), 100);
        for writer in 0..4 {
            let mine: Vec<&String> = got.iter().filter(|p| p.starts_with(&format!("{writer} "))).collect();
            assert!((0..25).all(|n| *mine[n] == format!("{writer} {n}")));
        }
    }

    #[test]
    fn a_write_cut_off_anywhere_loses_only_its_own_record() {
        let (_folder, journal) = journal();
        journal.append(NOW, b"first").unwrap();
        let whole = fs::metadata(journal.path()).unwrap().len();
        journal.append(NOW, b"second").unwrap();
        let bytes = fs::read(journal.path()).unwrap();
        for cut in usize::try_from(whole).unwrap()..bytes.len() {
            fs::write(journal.path(), &bytes[..cut]).unwrap();
            assert_eq!(payloads(&journal), ["first"], "cut at {cut}");
            journal.append(NOW, b"third").unwrap();
            assert_eq!(payloads(&journal), ["first", "third"], "cut at {cut}");
        }
    }

    #[test]
    fn many_records_are_one_write_and_stay_in_bounds() {
        let (_folder, journal) = journal();
        journal.append_all(NOW, &["one", "two"]).unwrap();
        journal.append_all::<&str>(NOW, &[]).unwrap();
        journal.append_all(NOW, &["three"]).unwrap();
        assert_eq!(payloads(&journal), ["one", "two", "three"]);
        let many: Vec<Vec<u8>> = (0..20).map(|_| vec![b'x'; LARGEST / 2]).collect();
        journal.append_all(NOW, &many).unwrap();
        assert!(fs::metadata(journal.path()).unwrap().len() <= FULL);
        assert_eq!(payloads(&journal).len(), 3, "the newest of them");
    }

    #[test]
    fn damage_and_foreign_files_are_errors_with_a_next_step() {
        let (_folder, journal) = journal();
        journal.append(NOW, b"first").unwrap();
        journal.append(NOW, b"second").unwrap();
        let good = fs::read(journal.path()).unwrap();
        for at in 0..MAGIC.len() + HEAD + 13 {
            let mut bytes = good.clone();
            bytes[at] ^= 0x40;
            fs::write(journal.path(), &bytes).unwrap();
            let error = journal.read(NOW).unwrap_err();
            assert!(error.to_string().contains("tonelint drafts forget"), "{at}: {error}");
            assert!(journal.append(NOW, b"third").is_err(), "{at}");
            assert_eq!(fs::read(journal.path()).unwrap(), bytes, "an unreadable journal is left as it is");
        }
        fs::write(journal.path(), "").unwrap();
        assert!(matches!(journal.key(), Err(StateError::NoKey(_))));
        assert!(journal.forget().unwrap());
    }

    #[test]
    fn old_records_expire() {
        let (_folder, journal) = journal();
        journal.append(NOW - EXPIRES - 1, b"old").unwrap();
        journal.append(NOW - EXPIRES, b"just young enough").unwrap();
        assert_eq!(payloads(&journal), ["just young enough"]);
        journal.append(NOW, b"new").unwrap();
        assert!(!fs::read(journal.path()).unwrap().windows(4).any(|w| w == b"old"), "expired records leave the disk");
        assert_eq!(payloads(&journal), ["just young enough", "new"]);
    }

    #[test]
    fn the_journal_stays_in_bounds() {
        let (_folder, journal) = journal();
        let large = vec![b'x'; LARGEST / 2];
        for _ in 0..20 {
            journal.append(NOW, &large).unwrap();
            assert!(fs::metadata(journal.path()).unwrap().len() <= FULL);
        }
        journal.append(NOW, b"last").unwrap();
        assert_eq!(payloads(&journal).last().map(String::as_str), Some("last"));
        assert!(matches!(journal.append(NOW, &vec![0; LARGEST]), Err(StateError::TooLong(_))));
    }
}
