//! Two wordings of one sentence, left side by side.
//!
//! Likeness alone will not do: ordinary replies are full of parallel sentences ("To cancel, open
//! Billing." "To upgrade, open Plans."). Variants stand next to each other and differ in no fact.

use super::{Sign, SignKind, sign};
use crate::drafts::facts::Class;
use crate::drafts::features::{Features, Key, Token, shared};
use crate::span::Span;
use crate::text::{Sentence, Word};

/// Sentences shorter than this are alike by chance.
const SHORTEST: usize = 7;
/// Likeness of variants. Among reworded pairs of essay revisions more than four in five reach it.
const ALIKE: f32 = 0.55;
/// Variants stand at most this many sentences apart.
const NEAR: usize = 3;
/// Likeness of what stands after "Option 1:" and "Option 2:" when it is two wordings and not two ways.
const ALIKE_OPTIONS: f32 = 0.40;

/// Neighbouring sentences that say the same.
pub(super) fn signs(text: &str, sentences: &[Sentence], words: &[Vec<Word<'_>>]) -> Vec<Sign> {
    let of = |(sentence, words): (&Sentence, &Vec<_>)| Features::of_words(text, sentence.span, words, Key::PLAIN);
    let features: Vec<Features> = sentences.iter().zip(words).map(of).collect();
    let mut out = Vec::new();
    for (n, one) in sentences.iter().enumerate().filter(|(_, s)| !s.item) {
        let near = sentences.iter().enumerate().skip(n + 1).take(NEAR).filter(|(_, s)| !s.item);
        for (m, other) in near {
            if say_the_same(&features[n], &features[m]) {
                out.push(Sign { other: Some(one.span), ..sign(SignKind::LeftoverVariant, other.span) });
            }
        }
    }
    out.extend(options(text, sentences, &features));
    out
}

fn say_the_same(left: &Features, right: &Features) -> bool {
    left.len() >= SHORTEST
        && right.len() >= SHORTEST
        && left.sequence != right.sequence
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
fn options(text: &str, sentences: &[Sentence], features: &[Features]) -> Vec<Sign> {
    let labels: Vec<(usize, Span)> = sentences
        .iter()
        .enumerate()
        .filter_map(|(n, s)| {
            label(s.span.of(text)).map(|len| (n, Span::new(s.span.start as usize, s.span.start as usize + len)))
        })
        .collect();
    let mut out = Vec::new();
    for pair in labels.windows(2) {
        let (first, second) = (&features[pair[0].0], &features[pair[1].0]);
        let shared = shared(&first.tokens, &second.tokens, |t| t.form).count();
        if pair[0].1.of(text).eq_ignore_ascii_case(pair[1].1.of(text)) || shared < 4 {
            continue;
        }
        if first.similarity(second) >= ALIKE_OPTIONS {
            out.push(sign(SignKind::Alternatives, pair[1].1));
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
