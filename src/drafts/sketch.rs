//! Versions of a message as the journal keeps them: hashes and counts under a key, no word.
//!
//! A sketch is obscured, not secret: whoever holds the journal and its key can test guesses.

use super::bag::Bag;
use super::draft::{Draft, Sentence};
use super::features::{Features, Key};
use super::history::{FARTHEST, recipients, sender, subject};
use crate::message::Message;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// By what a message is known again, each as a keyed hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    message_id: Option<u64>,
    /// What it answers, and who answers.
    answered: Option<u64>,
    /// Recipients and subject.
    looks: u64,
    path: Option<u64>,
}

impl Identity {
    /// The identity of `message`, read from `path` if it has one.
    #[must_use]
    pub fn of(message: &Message, path: Option<&Path>, key: Key) -> Self {
        let headers = &message.headers;
        let to: Vec<String> = recipients(headers).into_iter().collect();
        let (from, subject) = (sender(headers), subject(headers));
        let looks = to.iter().map(String::as_str).chain(["\n", subject.as_str()]);
        Self {
            message_id: headers.message_id.as_deref().map(|id| key.hash(b'm', [id])),
            answered: headers.in_reply_to.as_deref().map(|id| key.hash(b'a', [id, from.as_str()])),
            looks: key.hash(b'l', looks),
            path: path.map(|path| key.hash(b'f', [&*path.to_string_lossy(), message.name.as_deref().unwrap_or("")])),
        }
    }

    /// Whether the two are surely of one message.
    fn is(self, other: Self) -> bool {
        let same = |a: Option<u64>, b: Option<u64>| a.is_some() && a == b;
        same(self.message_id, other.message_id) || same(self.answered, other.answered)
    }

    /// Whether the two are of one message if their words are much the same. A file may be used again for
    /// another message, and two mails may go to one person under one subject.
    fn may_be(self, other: Self) -> bool {
        let answers = |a: Self| a.answered.is_some();
        (self.path.is_some() && self.path == other.path)
            || (self.looks == other.looks && !answers(self) && !answers(other))
    }
}

#[derive(Serialize, Deserialize)]
struct Sketch {
    identity: Identity,
    sentences: Vec<(Features, u16)>,
}

/// At most this many earlier versions are compared, the newest.
const MOST: usize = 50;

/// What the journal keeps of `draft`, whose features were made under the journal's key.
#[must_use]
pub fn encode(identity: Identity, draft: &Draft) -> Vec<u8> {
    let sentences = draft.sentences.iter().map(|s| (s.features.clone(), s.findings)).collect();
    postcard::to_allocvec(&Sketch { identity, sentences }).unwrap_or_default()
}

/// All that is remembered, read once for a run over many messages.
#[derive(Debug, Default)]
pub struct Memory {
    versions: Vec<(Identity, Draft)>,
}

/// What is remembered of one message.
#[derive(Debug, Default)]
pub struct Recalled {
    /// Its earlier versions as drafts without text, oldest first; none has the words of the one after it.
    pub earlier: Vec<Draft>,
    /// Whether these very words were remembered last, so that there is nothing new to remember.
    pub known: bool,
}

impl Memory {
    /// Reads `records` (time and sketch, oldest first). What cannot be read is left out: a sketch of another
    /// version of tonelint.
    pub fn of<'r>(records: impl IntoIterator<Item = (i64, &'r [u8])>) -> Self {
        let read = |(when, bytes)| {
            let sketch = postcard::from_bytes::<Sketch>(bytes).ok()?;
            Some((sketch.identity, sketched(when, sketch.sentences)))
        };
        Self { versions: records.into_iter().filter_map(read).collect() }
    }

    /// The earlier versions of `draft`, known again by `identity`.
    #[must_use]
    pub fn recall(&self, identity: Identity, draft: &Draft) -> Recalled {
        let words = Bag::of(draft);
        let mut earlier: Vec<&Draft> = Vec::new();
        for (other, version) in &self.versions {
            let known = other.is(identity) || (other.may_be(identity) && Bag::of(version).distance(&words) <= FARTHEST);
            if known && earlier.last().is_none_or(|last| !last.same_words(version)) {
                earlier.push(version);
            }
        }
        let known = earlier.pop_if(|last| last.same_words(draft)).is_some();
        let newest = earlier.split_off(earlier.len().saturating_sub(MOST));
        Recalled { earlier: newest.into_iter().cloned().collect(), known }
    }
}

fn sketched(when: i64, sentences: Vec<(Features, u16)>) -> Draft {
    let sentences =
        sentences.into_iter().map(|(features, findings)| Sentence { features, place: None, findings }).collect();
    Draft { name: "remembered".to_owned(), when: Some(when), text: String::new(), sentences }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Kind;
    use crate::drafts::{Known, Op, compare};

    const KEY: Key = Key([3; 16]);

    fn read(text: &str) -> (Message, Draft) {
        let kind = if text.starts_with("To:") { Kind::Eml } else { Kind::Text };
        let message = Message::read(text.as_bytes(), kind).unwrap();
        let draft = Draft::of("", None, &message, KEY);
        (message, draft)
    }

    /// Which of `texts` are recalled as earlier versions of the last, all saved under `path`.
    fn recalled(texts: &[&str], path: Option<&str>) -> Vec<i64> {
        let path = path.map(Path::new);
        let all: Vec<_> = texts
            .iter()
            .map(|text| {
                let (message, draft) = read(text);
                (Identity::of(&message, path, KEY), draft)
            })
            .collect();
        let (last, before) = all.split_last().unwrap();
        let sketches: Vec<Vec<u8>> = before.iter().map(|(identity, draft)| encode(*identity, draft)).collect();
        Memory::of((0..).zip(sketches.iter().map(Vec::as_slice)))
            .recall(last.0, &last.1)
            .earlier
            .into_iter()
            .filter_map(|draft| draft.when)
            .collect()
    }

    #[test]
    fn no_word_of_the_message_is_kept() {
        let text = "To: petra@customer.example\nSubject: Kettle\n\nHello Petra,\n\nthe refund of 240 euros for the broken kettle arrives soon.\n";
        let (message, draft) = read(text);
        let bytes = encode(Identity::of(&message, Some(Path::new("petra-kettle.eml")), KEY), &draft);
        let kept = String::from_utf8_lossy(&bytes).to_lowercase();
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() >= 3);
        for word in words.chain(["petra-kettle"]) {
            assert!(!kept.contains(&word.to_lowercase()), "{word}");
        }
    }

    #[test]
    fn sketches_align_as_their_texts_do() {
        let texts = [
            "We regret that the kettle came late.\n\nIt costs 20 euros.",
            "We are sorry that the kettle came late.\n\nIt costs 30 euros.",
        ];
        let (message, old) = read(texts[0]);
        let (_, new) = read(texts[1]);
        let identity = Identity::of(&message, None, KEY);
        let sketch = encode(identity, &old);
        let memory = Memory::of([(5, sketch.as_slice())]);
        let remembered = memory.recall(identity, &new).earlier;
        assert_eq!(remembered.len(), 1);
        let ops: Vec<Op> = compare(&mut Known::default(), &remembered[0], &new).changes.iter().map(|c| c.op).collect();
        assert_eq!(ops, [Op::Reworded, Op::Amended]);
        assert!(!memory.recall(identity, &new).known);
        assert!(memory.recall(identity, &old).known, "nothing new to remember");
    }

    #[test]
    fn versions_of_other_messages_are_not_recalled() {
        let (one, two) = ("We will send the new kettle on Monday.", "We will send a new kettle on Monday.");
        let other = "Thank you for the photos of both doors; our joiner measures again.";
        assert_eq!(recalled(&[one, other, two], Some("reply.txt")), [0], "a file may be used again");
        assert_eq!(recalled(&[one, one, two], None), [0], "the same words are no version");
        let answer =
            |id: &str, text: &str| format!("To: a@a.example\nIn-Reply-To: <{id}>\nSubject: Re: Kettle\n\n{text}\n");
        let mails = [answer("1@a", one), answer("2@a", two), answer("1@a", other)];
        assert_eq!(recalled(&mails.each_ref().map(String::as_str), None), [0], "an answer is known by what it answers");
    }

    #[test]
    fn rubbish_is_left_out() {
        let (message, draft) = read("We will call.");
        let identity = Identity::of(&message, None, KEY);
        let memory = Memory::of([(0, b"rubbish".as_slice()), (1, b"".as_slice())]);
        assert!(memory.recall(identity, &draft).earlier.is_empty());
    }
}
