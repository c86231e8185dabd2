//! What happened to each sentence between two drafts: other words, or other content.

use super::align::{Link, LinkKind, align};
use super::draft::{Draft, Sentence};
use super::facts::Class;
use super::features::{Features, Token, shared};
use serde::Serialize;
use std::collections::HashSet;

/// What happened to a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Op {
    /// Written as it was.
    Kept,
    /// Only punctuation, case or spelling.
    Proofread,
    /// The same content in other words.
    Reworded,
    /// The same sentence with a new fact: number, date, name, amount, negation, or a whole clause more.
    Amended,
    /// New.
    Added,
    /// Gone.
    Deleted,
    /// Stands elsewhere now.
    Moved,
}

/// What happened to one sentence, or to one pair of sentences.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// What happened.
    pub op: Op,
    /// Index in the older draft.
    pub old: Option<usize>,
    /// Index in the newer draft.
    pub new: Option<usize>,
    /// How alike the two are, 0.0 to 1.0; 0.0 when there is only one.
    pub similarity: f32,
    /// Whether the edit took away a finding. Such an edit is never a rewording for the index.
    pub mended: bool,
}

/// The changes from one draft to the next, in reading order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Step {
    /// The changes: those of the newer draft in its order, each deleted sentence where it stood.
    pub changes: Vec<Change>,
}

/// A sentence that gained this many content words more than it lost has gained a clause.
///
/// In essay revisions two thirds of the sentences above it gained content, of those below it one in ten.
const CLAUSE: usize = 6;

/// The words of all drafts so far.
#[derive(Debug, Default)]
pub struct Known {
    forms: HashSet<u32>,
}

/// Compares two drafts. A fact that already stood in a draft before `old`, `known` from the steps before, is not
/// new: taking a date out and putting it back is turning words.
#[must_use]
pub fn compare(known: &mut Known, old: &Draft, new: &Draft) -> Step {
    let links = align(&features(old), &features(new));
    known.forms.extend(forms(old));
    let known = &known.forms;
    let still: HashSet<u32> = forms(new).collect();
    let mut gone = vec![true; old.sentences.len()];
    links.iter().for_each(|link| gone[link.old] = false);
    let mut gone: std::iter::Peekable<_> =
        gone.into_iter().enumerate().filter_map(|(i, gone)| gone.then_some(i)).peekable();

    let mut step = Step::default();
    let mut rest = links.as_slice();
    for j in 0..new.sentences.len() {
        let mine = rest.partition_point(|link| link.new == j);
        let (links, later) = rest.split_at(mine);
        rest = later;
        if let Some(first) = links.iter().filter(|l| l.kind != LinkKind::Moved).map(|l| l.old).min() {
            while let Some(i) = gone.next_if(|i| *i < first) {
                step.changes.push(lone(Op::Deleted, Some(i), None));
            }
        }
        if links.is_empty() {
            step.changes.push(lone(Op::Added, None, Some(j)));
        }
        for link in links {
            let (before, after) = (&old.sentences[link.old], &new.sentences[j]);
            step.changes.push(Change {
                op: op(link, before, after, known, &still),
                old: Some(link.old),
                new: Some(j),
                similarity: link.similarity,
                mended: after.findings < before.findings,
            });
        }
    }
    step.changes.extend(gone.map(|i| lone(Op::Deleted, Some(i), None)));
    step
}

fn lone(op: Op, old: Option<usize>, new: Option<usize>) -> Change {
    Change { op, old, new, similarity: 0.0, mended: false }
}

fn features(draft: &Draft) -> Vec<&Features> {
    draft.sentences.iter().map(|s| &s.features).collect()
}

fn forms(draft: &Draft) -> impl Iterator<Item = u32> {
    draft.sentences.iter().flat_map(|s| s.features.tokens.iter().map(|t| t.form))
}

fn op(link: &Link, old: &Sentence, new: &Sentence, known: &HashSet<u32>, still: &HashSet<u32>) -> Op {
    let (old, new) = (&old.features, &new.features);
    match link.kind {
        LinkKind::Moved => Op::Moved,
        // The parts of a split sentence lack words by their nature.
        LinkKind::Split | LinkKind::Merged => Op::Reworded,
        LinkKind::Straight if old.written == new.written => Op::Kept,
        LinkKind::Straight => wording(old, new, known, still),
    }
}

/// The class of two different writings of one sentence.
fn wording(old: &Features, new: &Features, known: &HashSet<u32>, still: &HashSet<u32>) -> Op {
    if old.sequence == new.sequence {
        return Op::Proofread;
    }
    let (lost, gained) = differences(&old.tokens, &new.tokens);
    if !lost.is_empty() && same_spelling(&lost, &gained) {
        return Op::Proofread;
    }
    let fact = |t: &&Token| t.class.is(Class::FACT) || t.class.is(Class::PLACEHOLDER);
    let new_fact = gained.iter().filter(fact).any(|t| !known.contains(&t.form));
    let lost_fact = lost.iter().filter(fact).any(|t| !still.contains(&t.form));
    let denies = |f: &Features| f.tokens.iter().any(|t| t.class.is(Class::NEGATION));
    // Only where nothing else changed: "We are not able" and "We regret that" deny the same thing.
    let turned = denies(old) != denies(new) && lost.iter().chain(&gained).all(|t| t.class.is(Class::FUNCTION));
    let content = |tokens: &[Token]| tokens.iter().filter(|t| !t.class.is(Class::FUNCTION)).count();
    let clause = content(&gained) >= content(&lost) + CLAUSE;
    if new_fact || lost_fact || turned || clause { Op::Amended } else { Op::Reworded }
}

/// The words of each side that the other lacks, as multisets.
fn differences(old: &[Token], new: &[Token]) -> (Vec<Token>, Vec<Token>) {
    let (mut lost, mut gained) = (Vec::new(), Vec::new());
    let (mut i, mut j) = (0, 0);
    for (a, b) in shared(old, new, |t| t.form) {
        while old[i].form < a.form {
            lost.push(old[i]);
            i += 1;
        }
        while new[j].form < b.form {
            gained.push(new[j]);
            j += 1;
        }
        (i, j) = (i + 1, j + 1);
    }
    lost.extend(&old[i..]);
    gained.extend(&new[j..]);
    (lost, gained)
}

/// Whether each word of one side is a spelling of one of the other.
fn same_spelling(lost: &[Token], gained: &[Token]) -> bool {
    let skeletons = |tokens: &[Token]| {
        let mut all: Vec<u16> = tokens.iter().map(|t| t.skeleton).collect();
        all.sort_unstable();
        all
    };
    let (lost, gained) = (skeletons(lost), skeletons(gained));
    lost == gained && !lost.contains(&0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ops(drafts: &[&str]) -> Vec<Op> {
        let drafts: Vec<Draft> = drafts.iter().map(|text| Draft::plain("", text)).collect();
        let mut known = Known::default();
        let last = drafts.windows(2).map(|pair| compare(&mut known, &pair[0], &pair[1])).last().unwrap();
        last.changes.iter().map(|c| c.op).collect()
    }

    fn op(old: &str, new: &str) -> Op {
        let ops = ops(&[old, new]);
        assert_eq!(ops.len(), 1, "{old} / {new}");
        ops[0]
    }

    #[test]
    fn only_writing_is_proofreading() {
        assert_eq!(op("We recieved the parcel, thanks", "We received the parcel; thanks."), Op::Proofread);
        assert_eq!(op("We received the parcel.", "We received the\nparcel."), Op::Kept);
    }

    #[test]
    fn other_words_for_the_same_are_rewording() {
        let old = "We are sorry that the delivery on Friday was late.";
        assert_eq!(op(old, "We regret that the Friday delivery was late."), Op::Reworded);
        assert_eq!(op("We cannot refund the deposit.", "We are unable to refund the deposit."), Op::Reworded);
    }

    #[test]
    fn a_new_fact_is_content() {
        for (old, new) in [
            ("The refund arrives on Friday.", "The refund arrives on Monday."),
            ("We will refund £40 to your card.", "We will refund £60 to your card."),
            ("The order is with the courier.", "The order is with Parcelway, the courier."),
            ("We will refund the deposit.", "We will not refund the deposit."),
            ("The part for the X200 is here.", "The part for the X300 is here."),
            ("Your refund of {{ amount }} is on its way.", "Your refund of £12 is on its way."),
            ("Dear [NAME], thank you for the photo.", "Dear customer, thank you for the photo."),
        ] {
            assert_eq!(op(old, new), Op::Amended, "{new}");
        }
        let clause =
            "The refund is on its way, and the courier collects the broken kettle together with its box and lid.";
        assert_eq!(op("The refund is on its way.", clause), Op::Amended);
    }

    #[test]
    fn a_fact_that_comes_back_is_not_new() {
        let (with, without) = ("The refund of £40 arrives this week.", "The refund arrives this week.");
        assert_eq!(ops(&[with, without, with]), [Op::Reworded]);
        assert_eq!(ops(&[without, with]), [Op::Amended]);
    }

    #[test]
    fn deleted_sentences_stand_where_they_stood() {
        let old = "The parcel left on time.\n\nIt rained.\n\nThe refund goes to your card.";
        let new = "The parcel left on time.\n\nThe refund goes to your card.\n\nThank you.";
        assert_eq!(ops(&[old, new]), [Op::Kept, Op::Deleted, Op::Kept, Op::Added]);
    }

    #[test]
    fn an_edit_that_takes_away_a_finding_is_mended() {
        let mut old = Draft::plain("", "You should have told us earlier about the door.");
        let new = Draft::plain("", "We heard late about the door.");
        old.set_findings(&[crate::span::Span::new(0, 10)]);
        let step = compare(&mut Known::default(), &old, &new);
        assert!(step.changes.iter().any(|c| c.mended), "{step:?}");
    }
}
