//! Which texts were held, so that the same text passes when it is sent again.

use crate::message::Message;
use crate::state::{Journal, StateError};
use siphasher::sip::SipHasher24;
use std::hash::Hasher;
use std::path::Path;

/// The record of held texts: keyed hashes with their time, no text.
#[derive(Clone, Debug)]
pub struct HoldRecord {
    journal: Journal,
}

impl HoldRecord {
    /// The record in the state folder `state`. Nothing is made until something is held.
    #[must_use]
    pub fn in_folder(state: &Path) -> Self {
        Self { journal: Journal::in_folder(state.join("holds")) }
    }

    /// Whether the text of `message` was held within the last `window` minutes before `now` (seconds since
    /// 1970-01-01T00:00:00Z); if not, it is written down as held now.
    ///
    /// The same text is that of the same own words, but for white space, with the same subject, recipients
    /// and mail answered. Date, Message-ID and boundaries differ with every attempt, and do not count.
    ///
    /// # Errors
    /// When the record cannot be read or written.
    pub fn was_held(&self, message: &Message, now: i64, window: u32) -> Result<bool, StateError> {
        match self.look_up(message, now, window) {
            // A damaged record is worth a second hold, and no more.
            Err(StateError::Foreign(_) | StateError::Damaged { .. } | StateError::NoKey(_)) => {
                self.forget()?;
                self.look_up(message, now, window)
            }
            done => done,
        }
    }

    /// Deletes the record. Says whether there was any.
    ///
    /// # Errors
    /// When a file cannot be deleted.
    pub fn forget(&self) -> Result<bool, StateError> {
        self.journal.forget()
    }

    fn look_up(&self, message: &Message, now: i64, window: u32) -> Result<bool, StateError> {
        let print = fingerprint(message, self.journal.key()?).to_le_bytes();
        let within = 0..=i64::from(window) * 60;
        let held = self.journal.read(now)?.iter().any(|r| r.payload == print && within.contains(&(now - r.when)));
        if !held {
            self.journal.append(now, &print)?;
        }
        Ok(held)
    }
}

fn fingerprint(message: &Message, key: [u8; 16]) -> u64 {
    let mut hasher = SipHasher24::new_with_key(&key);
    let mut part = |text: &str| {
        for word in text.split_whitespace() {
            hasher.write(word.as_bytes());
            hasher.write_u8(b' ');
        }
        // No byte of UTF-8, so that no word runs from one part into the next.
        hasher.write_u8(0xff);
    };
    let headers = &message.headers;
    part(headers.in_reply_to.as_deref().unwrap_or_default());
    part(headers.subject.as_deref().unwrap_or_default());
    let mut to: Vec<String> = headers.to.iter().filter_map(|m| m.address.as_deref()).map(str::to_lowercase).collect();
    to.sort_unstable();
    to.dedup();
    part(&to.join(" "));
    for body in &message.bodies {
        body.own().for_each(|zone| part(zone.of(&body.text)));
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Kind;
    use std::fs;

    const NOW: i64 = 1_700_000_000;
    const MAIL: &str = "Date: Mon, 1 Jan 2024 10:00:00 +0000\nMessage-ID: <1@a.example>\nTo: Anna <anna@b.example>, c@d.example\nSubject: Re: Gate\nIn-Reply-To: <q@b.example>\n\nYou forgot the gate code.\n\nRegards\n\n> Where is it?\n";

    fn record() -> (tempfile::TempDir, HoldRecord) {
        let folder = tempfile::tempdir().unwrap();
        let record = HoldRecord::in_folder(folder.path());
        (folder, record)
    }

    fn was_held(record: &HoldRecord, mail: &str, now: i64) -> bool {
        record.was_held(&Message::read(mail.as_bytes(), Kind::Eml).unwrap(), now, 15).unwrap()
    }

    #[test]
    fn the_same_text_passes_within_the_window_and_not_after() {
        let (_folder, record) = record();
        assert!(!was_held(&record, MAIL, NOW));
        assert!(was_held(&record, MAIL, NOW + 900));
        assert!(was_held(&record, MAIL, NOW + 899), "it may be sent more than once: sending may fail");
        assert!(!was_held(&record, MAIL, NOW + 901), "then it is held anew");
        assert!(was_held(&record, MAIL, NOW + 1_801));
    }

    #[test]
    fn what_a_client_writes_afresh_does_not_count_and_what_people_write_does() {
        for (from, to, same) in [
            ("<1@a.example>", "<2@a.example>", true),
            ("10:00:00", "10:01:07", true),
            ("Anna <anna@b.example>, c@d.example", "c@d.example, \"A\" <ANNA@b.example>", true),
            ("forgot the", "forgot\nthe", true),
            ("\n", "\r\n", true),
            ("gate code", "gate number", false),
            ("c@d.example", "e@d.example", false),
            ("Re: Gate", "Re: Fence", false),
            ("q@b.example", "r@b.example", false),
        ] {
            let (_folder, record) = record();
            assert!(!was_held(&record, MAIL, NOW));
            assert_eq!(was_held(&record, &MAIL.replace(from, to), NOW + 1), same, "{from:?} → {to:?}");
        }
    }

    #[test]
    fn no_word_lies_on_the_disk_and_damage_is_healed() {
        let (folder, record) = record();
        assert!(!was_held(&record, MAIL, NOW));
        let holds = folder.path().join("holds");
        for entry in fs::read_dir(&holds).unwrap() {
            let bytes = fs::read(entry.unwrap().path()).unwrap();
            let text = String::from_utf8_lossy(&bytes).to_lowercase();
            assert!(!["forgot", "gate", "anna", "b.example"].iter().any(|word| text.contains(word)));
        }
        fs::write(holds.join("journal"), "rubbish").unwrap();
        assert!(!was_held(&record, MAIL, NOW + 1));
        assert!(was_held(&record, MAIL, NOW + 2));
        assert!(record.forget().unwrap());
        assert!(!was_held(&record, MAIL, NOW + 3));
    }
}
