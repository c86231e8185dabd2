//! Two wordings of one sentence, left side by side.
//!
//! Likeness alone will not do: ordinary replies are full of parallel sentences ("To cancel, open
//! Billing." "To upgrade, open Plans."). Variants stand next to each other and differ in no fact.

use super::outline::Outline;
use super::{Sign, SignKind, sign};
use crate::drafts::facts::Class;
use crate::drafts::features::{Features, Key, Token, shared};
use crate::span::Span;
use crate::text::{Kind, Tokenised};
use std::cell::OnceCell;

/// Sentences shorter than this are alike by chance.
const SHORTEST: usize = 7;
/// Likeness of variants. Among reworded pairs of essay revisions more than four in five reach it.
const ALIKE: f32 = 0.55;
/// Variants stand at most this many sentences apart.
const NEAR: usize = 3;
/// Likeness of what stands after "Option 1:" and "Option 2:" when it is two wordings and not two ways.
const ALIKE_OPTIONS: f32 = 0.40;

/// Neighbouring sentences that say the same.
pub(super) fn signs(text: &str, sentences: &[Tokenised]) -> Vec<Sign> {
    let read =
        sentences.iter().map(|sentence| Read { text, sentence, outline: OnceCell::new(), features: OnceCell::new() });
    let read: Vec<Read<'_>> = read.collect();
    let mut out = Vec::new();
    for (n, one) in read.iter().enumerate().filter(|(_, one)| one.may_vary()) {
        for other in read.iter().skip(n + 1).take(NEAR).filter(|other| other.may_vary()) {
            if one.outline().may_be_like(other.outline(), ALIKE) && say_the_same(one.features(), other.features()) {
                let (one, other) = (one.sentence.span, other.sentence.span);
                out.push(Sign { other: Some(one), ..sign(SignKind::LeftoverVariant, other) });
            }
        }
    }
    out.extend(options(&read));
    out
}

/// A sentence whose features are worked out when they are first asked for: most stand beside none like them.
struct Read<'s> {
    text: &'s str,
    sentence: &'s Tokenised,
    outline: OnceCell<Outline>,
    features: OnceCell<Features>,
}

impl Read<'_> {
    fn outline(&self) -> &Outline {
        self.outline.get_or_init(|| Outline::of(&self.sentence.words))
    }

    fn features(&self) -> &Features {
        let Tokenised { span, words, .. } = self.sentence;
        self.features.get_or_init(|| Features::of_words(self.text, *span, words, Key::PLAIN))
    }

    /// Whether another wording of it could stand beside it.
    fn may_vary(&self) -> bool {
        let words = self.sentence.words.iter().filter(|word| word.kind != Kind::Mark).count();
        !self.sentence.item && words >= SHORTEST
    }
}

fn say_the_same(left: &Features, right: &Features) -> bool {
    left.sequence != right.sequence
        && !left.tokens.iter().chain(&right.tokens).any(|t| t.class.is(Class::PLACEHOLDER))
        && left.similarity(right) >= ALIKE
        && same_facts(left, right)
}

/// Whether neither has a fact, a negation or a gap that the other lacks, and what differs is more than one
/// noun in the same frame.
fn same_facts(left: &Features, right: &Features) -> bool {
    let facts = |f: &Features| -> Vec<Token> {
        f.tokens.iter().filter(|t| !t.class.is(Class::FUNCTION) && t.class != Class::CONTENT).copied().collect()
    };
    let denies = |f: &Features| f.tokens.iter().any(|t| t.class.is(Class::NEGATION));
    facts(left) == facts(right) && denies(left) == denies(right) && !parallel(left, right)
}

/// Whether the two differ by the same number of content words in the same frame of function words.
fn parallel(left: &Features, right: &Features) -> bool {
    let frame = |f: &Features| -> Vec<u32> {
        f.tokens.iter().filter(|t| t.class.is(Class::FUNCTION)).map(|t| t.form).collect()
    };
    frame(left) == frame(right) && left.len() == right.len()
}

/// "Option 1:" and its like before two wordings of one sentence.
fn options(read: &[Read<'_>]) -> Vec<Sign> {
    let labelled = read.iter().filter_map(|one| {
        let start = one.sentence.span.start as usize;
        label(one.sentence.span.of(one.text)).map(|len| (one, Span::new(start, start + len)))
    });
    let labelled: Vec<(&Read<'_>, Span)> = labelled.collect();
    let mut out = Vec::new();
    for pair in labelled.windows(2) {
        let [(first, first_label), (second, second_label)] = pair else { continue };
        if first_label.of(first.text).eq_ignore_ascii_case(second_label.of(second.text)) {
            continue;
        }
        let (first, second) = (first.features(), second.features());
        let shared = shared(&first.tokens, &second.tokens, |token| token.form).count();
        if shared >= 4 && first.similarity(second) >= ALIKE_OPTIONS {
            out.push(sign(SignKind::Alternatives, *second_label));
        }
    }
    out
}

/// Length of the label a sentence begins with: "Option 1:", "Version B -", "v2:", "Take 2:", "Or:".
fn label(sentence: &str) -> Option<usize> {
    let end = sentence.find([':', '-', '–'])?;
    let mut words = sentence[..end].split_whitespace();
    let first = words.next()?.to_lowercase();
    let number = words.next();
    let short = |word: &str| word.chars().count() == 1 && word.chars().all(char::is_alphanumeric);
    let named =
        matches!(first.as_str(), "option" | "version" | "variant" | "alternative" | "take" | "draft" | "wording");
    let told =
        named && number.is_none_or(short) || matches!(first.as_str(), "or" | "v1" | "v2" | "v3") && number.is_none();
    (told && words.next().is_none()).then_some(end)
}
