//! Which sentence of the new draft is which of the old.
//!
//! First an order-preserving alignment of greatest total similarity, then what such an alignment cannot
//! see: sentences that moved, were split or were merged.

use super::candidates::{Candidate, candidates};
use super::facts::Class;
use super::features::{Features, Token, shared};
use std::collections::{HashMap, VecDeque};

/// An old and a new sentence that are versions of each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// Index of the old sentence.
    pub old: usize,
    /// Index of the new sentence.
    pub new: usize,
    /// How alike they are, 0.0 to 1.0.
    pub similarity: f32,
    /// How they were found.
    pub kind: LinkKind,
}

/// How the sentences of a [`Link`] belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// One stands for the other, in order.
    Straight,
    /// The same words stand elsewhere now.
    Moved,
    /// The new sentence took a part of an old one.
    Split,
    /// The old sentence went into a new one beside another.
    Merged,
}

/// Sentences less alike than this are not versions of each other.
///
/// Tuned on one half of the hand-aligned essay revisions of ArgRewrite V.2, checked on the other.
pub const ALIKE: f32 = 0.33;
/// A sentence that stands alone between aligned neighbours in both drafts is the old one down to this.
const ALIKE_BETWEEN_NEIGHBOURS: f32 = 0.20;
/// Share of a sentence's content that must have come from its neighbour's partner in a split or merge.
const PART: f32 = 0.75;
/// A part worth speaking of has this many content words.
const PART_WORDS: usize = 3;

/// Aligns the sentences of two drafts. Links are sorted by new sentence, then by old.
///
/// Takes about n log n steps for n sentences; hostile repetition is bounded, not exact.
#[must_use]
pub fn align(old: &[&Features], new: &[&Features]) -> Vec<Link> {
    let found = candidates(old, new, ALIKE);
    let mut links = in_order(&found, new.len());
    fill_gaps(old, new, &mut links);
    add_parts(old, new, &mut links);
    add_moved(old, new, &mut links);
    links.sort_unstable_by_key(|l| (l.new, l.old));
    links
}

/// The order-preserving choice of greatest total similarity: the heaviest increasing chain of candidates.
fn in_order(found: &[Candidate], new_len: usize) -> Vec<Link> {
    // A tree of prefix maxima (Fenwick) over new sentences gives the best chain that ends before one.
    let mut tree: Vec<Option<usize>> = vec![None; new_len + 1];
    let mut total = vec![0.0_f32; found.len()];
    let mut before: Vec<Option<usize>> = vec![None; found.len()];
    let mut from = 0;
    while from < found.len() {
        let row = found[from..].iter().take_while(|c| c.old == found[from].old).count();
        for n in from..from + row {
            let mut at = found[n].new;
            while at > 0 {
                if let Some(m) = tree[at]
                    && before[n].is_none_or(|b| total[m] > total[b])
                {
                    before[n] = Some(m);
                }
                at -= at & at.wrapping_neg();
            }
            total[n] = found[n].similarity + before[n].map_or(0.0, |m| total[m]);
        }
        // Entered after the whole row, so that one old sentence is used once.
        for n in from..from + row {
            let mut at = found[n].new + 1;
            while at <= new_len {
                if tree[at].is_none_or(|m| total[n] > total[m]) {
                    tree[at] = Some(n);
                }
                at += at & at.wrapping_neg();
            }
        }
        from += row;
    }
    let last = (0..found.len()).reduce(|best, n| if total[n] > total[best] { n } else { best });
    let mut links: Vec<Link> = std::iter::successors(last, |n| before[*n])
        .map(|n| Link {
            old: found[n].old,
            new: found[n].new,
            similarity: found[n].similarity,
            kind: LinkKind::Straight,
        })
        .collect();
    links.reverse();
    links
}

/// Links a sentence that stands alone between the same neighbours in both drafts.
fn fill_gaps(old: &[&Features], new: &[&Features], links: &mut Vec<Link>) {
    let mut more = Vec::new();
    let mut start = (0, 0);
    for end in links.iter().map(|l| (l.old, l.new)).chain([(old.len(), new.len())]) {
        let gap = (end.0 - start.0, end.1 - start.1);
        if gap.0 == gap.1 {
            for (i, j) in (start.0..end.0).zip(start.1..end.1) {
                let similarity = old[i].similarity(new[j]);
                if similarity >= ALIKE_BETWEEN_NEIGHBOURS {
                    more.push(Link { old: i, new: j, similarity, kind: LinkKind::Straight });
                }
            }
        }
        start = (end.0 + 1, end.1 + 1);
    }
    links.extend(more);
    links.sort_unstable_by_key(|l| l.new);
}

/// Links unaligned sentences that stand beside an aligned one and are a part of its partner.
fn add_parts(old: &[&Features], new: &[&Features], links: &mut Vec<Link>) {
    let mut more = Vec::new();
    let (mut old_used, mut new_used) = used(old.len(), new.len(), links);
    for link in links.iter() {
        for near in beside(link.new, new.len()).filter(|j| !new_used[*j]).collect::<Vec<_>>() {
            if is_part(new[near], old[link.old], new[link.new]) {
                new_used[near] = true;
                let similarity = old[link.old].similarity(new[near]);
                more.push(Link { old: link.old, new: near, similarity, kind: LinkKind::Split });
            }
        }
        for near in beside(link.old, old.len()).filter(|i| !old_used[*i]).collect::<Vec<_>>() {
            if is_part(old[near], new[link.new], old[link.old]) {
                old_used[near] = true;
                let similarity = old[near].similarity(new[link.new]);
                more.push(Link { old: near, new: link.new, similarity, kind: LinkKind::Merged });
            }
        }
    }
    links.extend(more);
}

/// Whether the content of `piece` comes from what `partner` has left of `whole`.
fn is_part(piece: &Features, whole: &Features, partner: &Features) -> bool {
    let content =
        |f: &Features| -> Vec<Token> { f.tokens.iter().filter(|t| !t.class.is(Class::FUNCTION)).copied().collect() };
    let piece = content(piece);
    let mut left = content(whole);
    for (used, _) in shared(&content(whole), &partner.tokens, |t| t.form) {
        if let Some(at) = left.iter().position(|t| t.form == used.form) {
            left.remove(at);
        }
    }
    let got = shared(&piece, &left, |t| t.form).count();
    #[expect(clippy::cast_precision_loss, reason = "sentences are far shorter than 2^24 words")]
    let enough = got as f32 >= PART * piece.len() as f32;
    got >= PART_WORDS && enough
}

/// Links what is left and has the same words. Out of order, anything less alike is as often a new
/// sentence on the old subject.
fn add_moved(old: &[&Features], new: &[&Features], links: &mut Vec<Link>) {
    let (old_used, new_used) = used(old.len(), new.len(), links);
    let mut places: HashMap<u64, VecDeque<usize>> = HashMap::new();
    for i in (0..old.len()).filter(|i| !old_used[*i]) {
        places.entry(old[i].sequence).or_default().push_back(i);
    }
    for j in (0..new.len()).filter(|j| !new_used[*j]) {
        if let Some(i) = places.get_mut(&new[j].sequence).and_then(VecDeque::pop_front) {
            links.push(Link { old: i, new: j, similarity: 1.0, kind: LinkKind::Moved });
        }
    }
}

fn used(old_len: usize, new_len: usize, links: &[Link]) -> (Vec<bool>, Vec<bool>) {
    let (mut old, mut new) = (vec![false; old_len], vec![false; new_len]);
    for link in links {
        (old[link.old], new[link.new]) = (true, true);
    }
    (old, new)
}

fn beside(at: usize, len: usize) -> impl Iterator<Item = usize> {
    [at.checked_sub(1), (at + 1 < len).then_some(at + 1)].into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drafts::Key;
    use crate::span::Span;
    use LinkKind::{Merged, Moved, Split, Straight};

    fn links(old: &[&str], new: &[&str]) -> Vec<(usize, usize, LinkKind)> {
        let of = |lines: &[&str]| -> Vec<Features> {
            lines.iter().map(|l| Features::of(l, Span::new(0, l.len()), Key::PLAIN)).collect()
        };
        let (old, new) = (of(old), of(new));
        let found = align(&old.iter().collect::<Vec<_>>(), &new.iter().collect::<Vec<_>>());
        found.iter().map(|l| (l.old, l.new, l.kind)).collect()
    }

    const PARCEL: &str = "The parcel left our warehouse in the morning.";
    const REFUND: &str = "The refund goes back to the card you paid with.";
    const PHOTO: &str = "A photo of the label helps us to trace the box.";

    #[test]
    fn reworded_sentences_keep_their_partners_around_an_added_one() {
        let new = [
            "Your parcel left the warehouse this morning.",
            "Sorry for the wait.",
            "Your refund will go back to the card you used.",
        ];
        assert_eq!(links(&[PARCEL, REFUND], &new), [(0, 0, Straight), (1, 2, Straight)]);
    }

    #[test]
    fn the_same_words_elsewhere_have_moved() {
        assert_eq!(
            links(&[PARCEL, REFUND, PHOTO], &[PHOTO, PARCEL, REFUND]),
            [(2, 0, Moved), (0, 1, Straight), (1, 2, Straight)]
        );
    }

    #[test]
    fn parts_are_found_beside_the_sentence_they_came_from() {
        let long = "The refund of the deposit goes back to your card, and the courier collects the broken kettle.";
        let parts = ["The refund of the deposit goes back to your card.", "The courier collects the broken kettle."];
        assert_eq!(links(&[long], &parts), [(0, 0, Straight), (0, 1, Split)]);
        assert_eq!(links(&parts, &[long]), [(0, 0, Straight), (1, 0, Merged)]);
    }

    #[test]
    fn nothing_aligns_with_nothing() {
        assert!(links(&[], &[PARCEL]).is_empty());
        assert!(links(&[PARCEL], &[]).is_empty());
        assert!(links(&[PARCEL], &["Kind regards"]).is_empty());
    }

    #[test]
    fn long_drafts_align_without_comparing_all_pairs() {
        let nouns = ["invoice", "kettle", "deposit", "courier", "voucher", "ticket", "cable"];
        let sentence =
            |n: usize, verb: &str| format!("The {} numbered item{n} and case{} {verb} our desk.", nouns[n % 7], n * 31);
        let old: Vec<String> = (0..2_000).map(|n| sentence(n, "has reached")).collect();
        let new: Vec<String> = (0..2_000).map(|n| sentence(n, "arrived at")).collect();
        let found = links(
            &old.iter().map(String::as_str).collect::<Vec<_>>(),
            &new.iter().map(String::as_str).collect::<Vec<_>>(),
        );
        assert_eq!(found.len(), 2_000);
        assert!(found.iter().all(|(i, j, kind)| i == j && *kind == Straight));
    }

    #[test]
    fn a_thousand_equal_sentences_stay_in_order() {
        let old = vec!["Please see above."; 1_000];
        let found = links(&old, &old);
        assert_eq!(found.len(), 1_000);
    }
}
