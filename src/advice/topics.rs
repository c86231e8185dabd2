//! How many things the draft speaks of beside what the customer wrote about.
//!
//! Length alone says nothing; a paragraph about another matter does, to somebody who is upset.

use super::asks;
use super::draft::Draft;
use super::thread::Thread;
use crate::lint::{Linted, PassageId, Place};
use crate::message::Message;
use crate::text::Kind;

/// Words below which a paragraph is a courtesy.
const FEWEST: usize = 12;

/// The first sentence of each own paragraph that shares no matter with what the customer wrote since we
/// last did, and neither owns up, answers nor offers anything. Empty without such words of theirs.
pub(super) fn other(thread: &Thread, draft: &Draft, message: &Message, linted: &Linted) -> Vec<Place> {
    let theirs: asks::Matter = thread.unanswered().flat_map(|(_, turn)| asks::matter(turn.words())).collect();
    if theirs.is_empty() {
        return Vec::new();
    }
    let (mut found, mut from) = (Vec::new(), 0);
    let sentences = &linted.sentences;
    for at in 1..=sentences.len() {
        let ends = sentences.get(at).is_none_or(|next| {
            let last = &sentences[at - 1];
            let gap =
                last.passage.of(message).and_then(|p| p.text.get(last.span.end as usize..next.span.start as usize));
            next.passage != last.passage || gap.is_none_or(|gap| gap.matches('\n').count() > 1)
        });
        if !ends {
            continue;
        }
        let paragraph = &sentences[from..at];
        from = at;
        let Some(first) = paragraph.first().filter(|first| first.passage != PassageId::Subject) else { continue };
        let words = || paragraph.iter().flat_map(|sentence| &sentence.words);
        let about_it = !asks::matter(words()).is_disjoint(&theirs);
        let acts = draft.acts.iter().any(|act| paragraph.iter().any(|sentence| sentence.is_at(act.place)));
        if words().filter(|word| word.kind != Kind::Mark).count() >= FEWEST && !about_it && !acts {
            found.push(first.place());
        }
    }
    found
}
