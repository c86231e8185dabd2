//! What the draft leaves out: answers, the need said back, a next step with a day.

use super::asks::{self, Ask, Form};
use super::draft::Draft;
use super::promises::Promise;
use super::thread::Thread;
use crate::lint::{Linted, Place};
use crate::text::{self, Kind, Word};

/// What the draft does with what was asked of it.
#[derive(Clone, Debug, Default)]
pub struct Meeting {
    /// Questions that no own sentence takes up, by their number among the asks.
    pub unanswered: Vec<usize>,
    /// Own words that say the customer's matter back.
    pub restated: Option<Place>,
    /// The first own sentence that asks something back.
    pub asks_back: Option<Place>,
    /// The nearest dated step we take.
    pub next_step: Option<Promise>,
    /// The solution, when it stands before any word about what happened to them.
    pub solution_first: Option<Place>,
    /// Sentences that give the customer something to do.
    pub tasks_for_them: Vec<Place>,
    /// Sentences that say what we do or did.
    pub tasks_for_us: usize,
}

/// So many words in common say a matter back.
const RESTATED: usize = 2;
/// Only the opening of a mail can say back what was heard.
const OPENING: usize = 4;
/// Acts that acknowledge.
const ACKNOWLEDGING: &[&str] = &["apology", "empathy", "restating", "agreement", "thanks", "regret", "braces-reader"];
/// Acts that solve.
const SOLVING: &[&str] = &["resolved", "compensation"];

/// Holds the draft against the asks and the newest turn.
#[must_use]
pub fn meet(thread: &Thread, asks: &[Ask], draft: &Draft, promises: &[Promise], linted: &Linted) -> Meeting {
    let open = asks.iter().enumerate().filter(|(_, ask)| ask.form == Form::Question && ask.answer.is_none());
    let mut meeting = Meeting {
        unanswered: open.map(|(number, _)| number).collect(),
        restated: restated(thread, linted),
        next_step: promises.iter().min_by_key(|promise| promise.due).cloned(),
        ..Meeting::default()
    };
    for sentence in &linted.sentences {
        let place = sentence.place();
        match doer(&sentence.words) {
            Doer::Asks => meeting.asks_back = meeting.asks_back.or(Some(place)),
            Doer::You => meeting.tasks_for_them.push(place),
            Doer::We => meeting.tasks_for_us += 1,
            Doer::Nobody => {}
        }
    }
    let first = |kinds: &[&str]| draft.acts.iter().find(|act| kinds.contains(&&*act.kind)).map(|act| act.place);
    let acknowledged = first(ACKNOWLEDGING).into_iter().chain(meeting.restated).map(|p| (p.passage, p.mark)).min();
    meeting.solution_first = first(SOLVING).filter(|p| acknowledged.is_none_or(|known| (p.passage, p.mark) < known));
    meeting
}

fn restated(thread: &Thread, linted: &Linted) -> Option<Place> {
    let (_, turn) = thread.unanswered().next()?;
    let matter = asks::matter(turn.words());
    let bodies = linted.sentences.iter().filter(|s| s.passage != crate::lint::PassageId::Subject);
    bodies.take(OPENING).find_map(|sentence| {
        let shared = asks::matter(&sentence.words).intersection(&matter).count();
        (shared >= RESTATED).then(|| sentence.place())
    })
}

enum Doer {
    Asks,
    You,
    We,
    Nobody,
}

/// Who has something to do by a sentence.
fn doer(words: &[Word]) -> Doer {
    const DUTIES: &[&str] = &["must", "need", "should", "have"];
    const OURS: &[&str] = &["i", "we"];
    if text::asks(words) {
        return Doer::Asks;
    }
    let forms: Vec<&str> = words.iter().filter(|word| word.kind != Kind::Mark).map(|word| &*word.form).collect();
    match forms.as_slice() {
        ["please" | "kindly", ..] => Doer::You,
        [first, second, ..] if OURS.contains(first) && matches!(*second, "will" | "have" | "am" | "are" | "shall") => {
            Doer::We
        }
        _ if forms.windows(2).any(|pair| pair[0] == "you" && DUTIES.contains(&pair[1])) => {
            // "You have the key", "you should have said" give nothing to do.
            let has = forms.windows(3).any(|t| match t {
                ["you", "have", third] => *third != "to",
                ["you", "should", third] => *third == "have",
                _ => false,
            });
            if has { Doer::Nobody } else { Doer::You }
        }
        _ => Doer::Nobody,
    }
}
