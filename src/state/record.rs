//! What a journal looks like on disk.
//!
//! ```text
//! journal:  "tonelint journal 1\n"  { length: u32, !length: u32, checksum: u32, when: i64, payload }*
//! ```
//!
//! Numbers are little-endian. What a payload holds is the caller's affair. A record cut short at the end is
//! none; damage anywhere else is an error.

use super::folder::StateError;
use siphasher::sip::SipHasher13;
use std::hash::Hasher;
use std::path::Path;

/// What the file begins with.
pub(super) const MAGIC: &[u8] = b"tonelint journal 1\n";
/// Length, its complement and a checksum before each record. Without the complement a damaged length would
/// look like a record cut short, and all behind it would be lost without a word.
pub(super) const HEAD: usize = 12;
/// The largest record, in bytes: some two thousand sentences.
pub(super) const LARGEST: usize = 1024 * 1024;
/// Above this many bytes, the older half is dropped.
pub(super) const FULL: u64 = 4 * 1024 * 1024;

/// A record of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// When it was written, in seconds since 1970-01-01T00:00:00Z.
    pub when: i64,
    /// What was written.
    pub payload: Vec<u8>,
}

/// The bytes of a record, head and all.
pub(super) fn encode(when: i64, payload: &[u8]) -> Vec<u8> {
    let body = [&when.to_le_bytes(), payload].concat();
    let length = u32::try_from(body.len()).unwrap_or(u32::MAX);
    [&length.to_le_bytes(), &(!length).to_le_bytes(), &checksum(&body).to_le_bytes(), body.as_slice()].concat()
}

/// A whole journal: of `records`, oldest first, the newest within half the bound, and the last in any case.
pub(super) fn compacted(mut records: Vec<Vec<u8>>) -> Vec<u8> {
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
pub(super) fn decode(path: &Path, bytes: &[u8]) -> Result<(Vec<Record>, usize), StateError> {
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
