//! The journal as its users see it.

use super::journal::EXPIRES;
use super::record::{FULL, HEAD, LARGEST, MAGIC};
use super::{Journal, StateError};
use std::fs;
use std::path::Path;

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
    assert_eq!(mode(journal.path().parent().unwrap()), 0o700);
    for entry in fs::read_dir(journal.path().parent().unwrap()).unwrap() {
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
