//! Signs of rewording inside a single draft: what a writer leaves behind who is still choosing words.

mod markup;
mod outline;
mod phrases;
mod variants;

use crate::decode::Region;
use crate::span::Span;
use crate::text;
use serde::Serialize;

/// A trace of choosing between words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sign {
    /// What was seen.
    pub kind: SignKind,
    /// Where, in the text given.
    pub span: Span,
    /// The other wording of a [`SignKind::LeftoverVariant`].
    pub other: Option<Span>,
}

/// The kinds of [`Sign`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignKind {
    /// Two wordings of one sentence stand side by side.
    LeftoverVariant,
    /// A choice is still open: `[sorry / regret]`, `Option 1:` before two wordings.
    Alternatives,
    /// A reminder: `TODO soften`, `(better word?)`.
    NoteToSelf,
    /// Words struck out: `~~words~~`, `<s>`.
    StruckOut,
    /// Changes still marked: CriticMarkup, `<ins>` and `<del>`.
    TrackedChange,
    /// The writer starts again: "what I mean is".
    Restart,
    /// Three hedges or more in one sentence.
    StackedHedges,
}

/// The signs in the stretches `own` of `text`, in order; `regions` is what its markup said.
#[must_use]
pub fn signs(text: &str, own: &[Span], regions: &[Region]) -> Vec<Sign> {
    let mut out = markup::regions(own, regions);
    let mut sentences = Vec::new();
    for &zone in own {
        out.extend(markup::written(text, zone));
        sentences.extend(text::tokenised(text, zone));
    }
    out.extend(sentences.iter().flat_map(|sentence| phrases::signs(&sentence.words)));
    out.extend(variants::signs(text, &sentences));
    out.sort_unstable_by_key(|sign| (sign.span, sign.kind));
    out.dedup();
    out
}

fn sign(kind: SignKind, span: Span) -> Sign {
    Sign { kind, span, other: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::RegionKind;

    fn seen(text: &str) -> Vec<(SignKind, &str)> {
        signs(text, &[Span::new(0, text.len())], &[]).into_iter().map(|s| (s.kind, s.span.of(text))).collect()
    }

    #[test]
    fn open_choices_are_seen_and_forms_are_not() {
        assert_eq!(
            seen("We [regret / are sorry for] the delay."),
            [(SignKind::Alternatives, "[regret / are sorry for]")]
        );
        assert_eq!(seen("We [apologise|say sorry] today.").len(), 1);
        for quiet in
            ["Damage: [Yes/No]", "See [the guide](https://a.example/x/y).", "Hello [NAME],", "he/she and/or [1]"]
        {
            assert_eq!(seen(quiet), [], "{quiet}");
        }
    }

    #[test]
    fn options_are_a_sign_only_when_they_are_two_wordings() {
        let wordings =
            "Option 1: We are sorry that we missed the date.\n\nOption 2: We are sorry for missing the date.";
        assert_eq!(seen(wordings), [(SignKind::Alternatives, "Option 2")]);
        assert_eq!(seen("Option 1: Restart the router.\n\nOption 2: Call the hotline on weekdays."), []);
    }

    #[test]
    fn notes_to_self_are_seen() {
        for note in ["TODO soften", "(better word?)", "[too harsh?]", "[rephrase]", "softer wording?"] {
            let text = format!("We looked at the claim {note} and found nothing.");
            assert_eq!(seen(&text).first().map(|s| s.0), Some(SignKind::NoteToSelf), "{note}");
        }
        assert_eq!(seen("Is there a better way to reach you? Your to-do list shows (other) items."), []);
    }

    #[test]
    fn marked_changes_are_seen_once() {
        assert_eq!(seen("We {~~cannot~>can~~} do it."), [(SignKind::TrackedChange, "{~~cannot~>can~~}")]);
        assert_eq!(
            seen("We {++really++} ~~must~~ do it.").iter().map(|s| s.0).collect::<Vec<_>>(),
            [SignKind::TrackedChange, SignKind::StruckOut]
        );
        let regions = [Region { kind: RegionKind::Deleted, span: Span::new(3, 7) }];
        let text = "We must do it.";
        assert_eq!(signs(text, &[Span::new(0, 14)], &regions), [sign(SignKind::TrackedChange, Span::new(3, 7))]);
        assert_eq!(signs(text, &[Span::new(8, 14)], &regions), [], "outside the writer's own words");
    }

    #[test]
    fn restarts_and_stacked_hedges_are_seen() {
        assert_eq!(seen("What I'm trying to say is that it broke."), [(SignKind::Restart, "What I'm trying to say")]);
        assert_eq!(
            seen("I think it might perhaps have been us."),
            [(SignKind::StackedHedges, "I think it might perhaps")]
        );
        assert_eq!(seen("I think it might rain."), []);
    }

    #[test]
    fn variants_are_seen_and_parallel_sentences_are_not() {
        let variants = "We are very sorry that the kitchen was delivered so late. \
                        We sincerely apologise that the kitchen was delivered so late.";
        assert_eq!(seen(variants).iter().map(|s| s.0).collect::<Vec<_>>(), [SignKind::LeftoverVariant]);
        for parallel in [
            "The first box will leave our warehouse on Monday. The second box will leave our warehouse on Friday.",
            "To cancel the plan, open the page named billing. To upgrade the plan, open the page named offers.",
            "We can send the part to your home address. We cannot send the part to your work address.",
        ] {
            assert_eq!(seen(parallel), [], "{parallel}");
        }
    }
}
