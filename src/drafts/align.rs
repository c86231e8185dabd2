//! Which sentence of the new draft is which of the old.
//!
//! First an order-preserving alignment of greatest total similarity, then what such an alignment cannot
//! see: sentences that moved, were split or were merged.

use super::candidates::{Candidate, candidates};
use super::facts::Class;
use super::features::{Features, Token, shared};

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
    /// The sentence stands elsewhere now.
    Moved,
    /// The new sentence took a part of an old one.
    Split,
    /// The old sentence went into a new one beside another.
    Merged,
}

/// Sentences less alike than this are not versions of each other.
///
/// Tuned on one half of the hand-aligned essay revisions of ArgRewrite V.2, checked on the other.
pub const ALIKE: f32 = 0.36;
/// A sentence that stands alone between aligned neighbours in both drafts is the old one down to this.
const ALIKE_BETWEEN_NEIGHBOURS: f32 = 0.20;
/// Out of order, likeness has to be surer.
const ALIKE_ELSEWHERE: f32 = 0.60;
/// Share of a sentence's content that must have come from its neighbour's partner in a split or merge.
const PART: f32 = 0.60;
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
    add_moved(old, new, &found, &mut links);
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

/// Links what is left and alike, the surest first.
fn add_moved(old: &[&Features], new: &[&Features], found: &[Candidate], links: &mut Vec<Link>) {
    let (mut old_used, mut new_used) = used(old.len(), new.len(), links);
    let mut rest: Vec<&Candidate> =
        found.iter().filter(|c| c.similarity >= ALIKE_ELSEWHERE && !old_used[c.old] && !new_used[c.new]).collect();
    rest.sort_by(|a, b| b.similarity.total_cmp(&a.similarity));
    for c in rest {
        if !old_used[c.old] && !new_used[c.new] {
            (old_used[c.old], new_used[c.new]) = (true, true);
            links.push(Link { old: c.old, new: c.new, similarity: c.similarity, kind: LinkKind::Moved });
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
