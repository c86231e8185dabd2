//! Saves → the histories of single messages.
//!
//! A mailbox holds drafts of many messages, and clients do not agree on what stays the same between two
//! saves of one: aerc keeps the Message-ID, Thunderbird changes it but keeps In-Reply-To, and of a new
//! mail only recipients and subject remain.

use super::bag::Bag;
use super::draft::Draft;
use super::features::Key;
use super::save::Save;
use crate::decode::Kind;
use crate::message::{Headers, Message, ReadError};
use std::collections::{BTreeSet, HashMap};

/// The drafts of one message.
#[derive(Clone, Debug)]
pub struct History {
    /// The subject of the newest draft.
    pub subject: Option<String>,
    /// The drafts, oldest first; of saves with the same words only the first.
    pub drafts: Vec<Draft>,
    /// For each draft, the message it was read from.
    pub messages: Vec<Message>,
    /// The newest save, whatever its words.
    pub newest: Newest,
    /// How many saves there were.
    pub saves: usize,
}

/// The newest save of a message.
#[derive(Clone, Debug)]
pub struct Newest {
    /// Its name, as its [`Save`] has it.
    pub name: String,
    /// What it says.
    pub message: Message,
}

/// Saves of one message with no header in common but recipients and subject are at most this far apart.
pub(super) const FARTHEST: f32 = 0.70;
/// And at most this long, in seconds: two weeks, as the journal keeps its records.
const WINDOW: i64 = 14 * 24 * 3_600;

/// A mail is compared with this many of the newest of its looks.
const NEWEST: usize = 8;

/// Reads one save. Emacs marks the end of the headers of an unsent mail by a line of its own.
///
/// # Errors
/// When it cannot be read as a message.
pub fn message(save: &Save) -> Result<Message, ReadError> {
    const EMACS_SEPARATOR: &[u8] = b"--text follows this line--";
    let head = memchr::memmem::find(&save.bytes, EMACS_SEPARATOR)
        .filter(|at| *at > 0 && save.bytes[at - 1] == b'\n' && !save.bytes[..*at].windows(2).any(|w| w == b"\n\n"));
    match head {
        Some(at) => {
            // Line ends in its place keep every byte behind it where it was.
            let mut bytes = save.bytes.clone();
            bytes[at..at + EMACS_SEPARATOR.len()].fill(b'\n');
            Message::read(&bytes, Kind::Eml)
        }
        None => Message::read(&save.bytes, save.kind),
    }
}

/// Reads `saves`, all of one message, oldest first. Those that cannot be read are given back with the reason.
#[must_use]
pub fn of_one(saves: &[Save], key: Key) -> (Option<History>, Vec<(String, ReadError)>) {
    let (read, errors) = read_all(saves);
    (build(read, key), errors)
}

/// Reads `saves` of many messages and groups them, the history saved last first.
#[must_use]
pub fn grouped(saves: &[Save], key: Key) -> (Vec<History>, Vec<(String, ReadError)>) {
    let (read, errors) = read_all(saves);
    let mut groups = Groups::default();
    for one in read {
        groups.add(one);
    }
    let mut histories: Vec<(Option<i64>, History)> = Vec::new();
    for group in groups.members {
        let last = group.iter().filter_map(|one| one.when).max();
        histories.extend(build(group, key).map(|history| (last, history)));
    }
    histories.sort_by_key(|(last, _)| std::cmp::Reverse(*last));
    (histories.into_iter().map(|(_, history)| history).collect(), errors)
}

/// A save that was read.
struct One {
    name: String,
    when: Option<i64>,
    message: Message,
}

fn read_all(saves: &[Save]) -> (Vec<One>, Vec<(String, ReadError)>) {
    let (mut read, mut errors) = (Vec::new(), Vec::new());
    for save in saves {
        match message(save) {
            Ok(message) => {
                let when = message.headers.date.map(|date| date.timestamp).or(save.when);
                read.push(One { name: save.name.clone(), when, message });
            }
            Err(error) => errors.push((save.name.clone(), error)),
        }
    }
    (read, errors)
}

fn build(group: Vec<One>, key: Key) -> Option<History> {
    let (mut drafts, mut messages): (Vec<Draft>, Vec<Message>) = (Vec::new(), Vec::new());
    let mut newest = None;
    let saves = group.len();
    for one in group {
        let draft = Draft::of(&*one.name, one.when, &one.message, key);
        // An autosave with the same words is no revision.
        if drafts.last().is_none_or(|last| !last.same_words(&draft)) {
            drafts.push(draft);
            messages.push(one.message.clone());
        }
        newest = Some(Newest { name: one.name, message: one.message });
    }
    newest.map(|newest| History { subject: newest.message.headers.subject.clone(), drafts, messages, newest, saves })
}

/// Groups that grow save by save.
#[derive(Default)]
struct Groups {
    members: Vec<Vec<One>>,
    by_id: HashMap<String, usize>,
    by_answered: HashMap<(String, String), usize>,
    by_subject: HashMap<(BTreeSet<String>, String), Vec<usize>>,
}

impl Groups {
    fn add(&mut self, one: One) {
        let headers = &one.message.headers;
        let id = headers.message_id.clone();
        let answered = headers.in_reply_to.clone().zip(Some(sender(headers)));
        let subject = (recipients(headers), subject(headers));
        let known = id
            .as_ref()
            .and_then(|id| self.by_id.get(id))
            .or_else(|| answered.as_ref().and_then(|key| self.by_answered.get(key)))
            .copied();
        // An answer names what it answers; only a new mail has to be known by its looks.
        let group = known.or_else(|| if answered.is_none() { self.alike(&subject, &one) } else { None });
        let group = group.unwrap_or(self.members.len());
        if let Some(id) = id {
            self.by_id.entry(id).or_insert(group);
        }
        if let Some(answered) = answered {
            self.by_answered.entry(answered).or_insert(group);
        }
        let same = self.by_subject.entry(subject).or_default();
        // One of long ago is new again.
        if !same.iter().rev().take(NEWEST).any(|known| *known == group) {
            same.push(group);
        }
        match self.members.get_mut(group) {
            Some(members) => members.push(one),
            None => self.members.push(vec![one]),
        }
    }

    /// The newest group with the same recipients and subject whose last save has much the same words.
    fn alike(&self, subject: &(BTreeSet<String>, String), one: &One) -> Option<usize> {
        let bag = |one: &One| Bag::of(&Draft::of("", None, &one.message, Key::PLAIN));
        let words = bag(one);
        self.by_subject.get(subject)?.iter().rev().take(NEWEST).copied().find(|group| {
            self.members[*group].last().is_some_and(|last| {
                let apart = one.when.zip(last.when).map_or(0, |(a, b)| (a - b).abs());
                apart <= WINDOW && words.distance(&bag(last)) <= FARTHEST
            })
        })
    }
}

pub(super) fn sender(headers: &Headers) -> String {
    headers.from.iter().find_map(|mailbox| mailbox.address.as_deref()).unwrap_or("").to_lowercase()
}

pub(super) fn recipients(headers: &Headers) -> BTreeSet<String> {
    headers.to.iter().filter_map(|mailbox| mailbox.address.as_deref()).map(str::to_lowercase).collect()
}

/// The subject without its case, its blanks and its `Re:`.
pub(super) fn subject(headers: &Headers) -> String {
    let mut subject = headers.subject.as_deref().unwrap_or("").trim().to_lowercase();
    while let Some((mark, rest)) = subject.split_once(':')
        && matches!(mark.trim(), "re" | "aw" | "sv" | "fw" | "fwd" | "wg")
    {
        subject = rest.trim().to_owned();
    }
    subject.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(headers: &str, body: &str) -> Save {
        let bytes = format!("From: Ann <ann@a.example>\n{headers}\n\n{body}\n").into_bytes();
        Save { name: body.to_owned(), when: None, bytes, kind: Kind::Eml }
    }

    /// Names of the drafts of each history.
    fn names(saves: &[Save]) -> Vec<Vec<String>> {
        let (histories, errors) = grouped(saves, Key::PLAIN);
        assert!(errors.is_empty());
        histories.into_iter().map(|h| h.drafts.into_iter().map(|d| d.name).collect()).collect()
    }

    #[test]
    fn one_message_id_is_one_message_whatever_it_says() {
        let id = "To: b@b.example\nSubject: Door\nMessage-ID: <1@a.example>";
        assert_eq!(names(&[mail(id, "Hello there."), mail(id, "We will call.")]), [["Hello there.", "We will call."]]);
    }

    #[test]
    fn answers_to_one_mail_are_one_message() {
        let answer = |id: &str| format!("Subject: Re: Door\nMessage-ID: <{id}@a.example>\nIn-Reply-To: <q@b.example>");
        let other = "Subject: Re: Door\nIn-Reply-To: <other@b.example>";
        let saves = [mail(&answer("1"), "One way."), mail(other, "Not this."), mail(&answer("2"), "And another.")];
        assert_eq!(names(&saves), [vec!["One way.", "And another."], vec!["Not this."]]);
    }

    #[test]
    fn a_new_mail_is_known_by_recipients_subject_and_words() {
        let to = |to: &str| format!("To: {to}\nSubject: Your order");
        let saves = [
            mail(&to("b@b.example"), "The box leaves our store today."),
            mail(&to("c@c.example"), "The box leaves our store today as well."),
            mail(&to("B@b.example"), "The box will leave our store today."),
            mail(&to("b@b.example"), "Please return both chairs with their cushions."),
        ];
        let got = names(&saves);
        assert_eq!(got.len(), 3, "{got:?}");
        assert_eq!(got[0], ["The box leaves our store today.", "The box will leave our store today."]);
    }

    #[test]
    fn autosaves_are_no_revisions() {
        let id = "To: b@b.example\nMessage-ID: <1@a.example>";
        let saves = [mail(id, "Hello there."), mail(id, "Hello  there."), mail(id, "Hello you.")];
        assert_eq!(names(&saves), [["Hello there.", "Hello you."]]);
    }

    #[test]
    fn the_line_emacs_puts_below_the_headers_is_no_word_of_the_mail() {
        const BYTES: &[u8] = b"To: b@b.example\nSubject: Door\n--text follows this line--\nHello there.\n";
        let save = Save { name: String::new(), when: None, bytes: BYTES.to_vec(), kind: Kind::Text };
        let read = message(&save).unwrap();
        assert_eq!(read.headers.subject.as_deref(), Some("Door"));
        assert_eq!(read.bodies[0].text.trim(), "Hello there.");
        let draft = Draft::of("", None, &read, Key::PLAIN);
        let source = draft.sentences[1].place.unwrap().source;
        assert_eq!(&BYTES[source.range()], b"Hello there.", "every byte is where it was");
    }
}
