//! Sums of money: a price that goes up, a large sum asked for.

use crate::span::Span;
use crate::text::{Kind, Word};

/// A sum as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sum {
    /// In whole units of its currency.
    pub(super) value: f64,
    /// The sign or letters of its currency.
    pub(super) currency: &'static str,
    /// Whether it is for one of many: "£40 a night", "€2 per page".
    pub(super) each: bool,
    /// Where it stands in the text.
    pub(super) span: Span,
    /// Number of its word in the sentence.
    at: usize,
}

/// From this sum on (in any currency) a payment asked of one person is large.
const LARGE: f64 = 5_000.0;
/// A price that rises by less than this share is no news.
pub(super) const RISE: f64 = 1.03;
/// Words before a second, smaller sum that say it is the price until now.
const UNTIL_NOW: &[&str] = &[
    "expiring",
    "previously",
    "currently",
    "was",
    "were",
    "formerly",
    "old",
    "present",
    "existing",
    "from",
    "last",
    "paid",
    "paying",
    "pay",
    "before",
    "instead",
    "against",
    "current",
    "previous",
    "originally",
    "quoted",
    "than",
    "estimated",
    "estimate",
    "quote",
    "up",
];
/// Words that say money is asked for.
const ASKED: &[&str] = &["payable", "due", "owed", "owe", "owing", "liability", "outstanding", "arrears", "repay"];

/// What the sums of `words`, a sentence of `text`, say, as acts: (kind, weight, words).
pub(super) fn acts(text: &str, words: &[Word]) -> Vec<(&'static str, f32, Span)> {
    let sums = sums(text, words);
    if sums.is_empty() {
        return Vec::new();
    }
    let mut acts = Vec::new();
    for pair in sums.windows(2) {
        if let Some(mark) = rise(words, pair[0], pair[1]) {
            acts.push(("news-price", 1.0, mark));
            break;
        }
    }
    let asked = words.iter().any(|word| ASKED.contains(&&*word.form));
    let negated = words.iter().any(|word| matches!(&*word.form, "no" | "not" | "nothing" | "credit" | "refund"));
    let largest = sums.iter().max_by(|a, b| a.value.total_cmp(&b.value));
    if let Some(largest) = largest.filter(|sum| asked && !negated && sum.value >= LARGE) {
        acts.push(("large-sum", 1.0, largest.span));
    }
    acts
}

/// The words from the lower to the higher price, when one rises to the other.
fn rise(words: &[Word], first: Sum, second: Sum) -> Option<Span> {
    let cue = |sum: Sum| {
        let before = &words[sum.at.saturating_sub(4)..sum.at];
        before.iter().any(|word| UNTIL_NOW.contains(&&*word.form))
    };
    let to = words[first.at..second.at].iter().any(|word| matches!(&*word.form, "to" | "now"));
    let up = first.value * RISE < second.value && to && cue(first);
    let down = second.value * RISE < first.value && cue(second) && !to;
    // "£30 instead of £25" rises; "£50 from the £60" falls short of saying so without a cue.
    (up || down).then(|| first.span.cover(second.span))
}

/// The sums that `words`, a sentence of `text`, name.
pub(super) fn sums(text: &str, words: &[Word]) -> Vec<Sum> {
    let each = |at: usize| {
        let after = words.get(at + 1).map_or("", |word| &*word.form);
        matches!(
            after,
            "a" | "an" | "per" | "each" | "every" | "monthly" | "weekly" | "annually" | "hourly" | "pcm" | "pp"
        )
    };
    let read = |(at, word)| sum(text, word, at).map(|sum| Sum { each: each(at), ..sum });
    words.iter().enumerate().filter_map(read).collect()
}

/// Signs and names of currencies, each with the one it is known by.
const CURRENCIES: &[(&str, &str)] = &[
    ("£", "£"),
    ("$", "$"),
    ("€", "€"),
    ("¥", "¥"),
    ("₹", "₹"),
    ("EUR", "€"),
    ("USD", "$"),
    ("GBP", "£"),
    ("euro", "€"),
    ("dollars", "$"),
    ("pounds", "£"),
];

fn sum(text: &str, word: &Word, at: usize) -> Option<Sum> {
    if word.kind != Kind::Number {
        return None;
    }
    let written = word.span.of(text);
    let before = text[..word.span.start as usize].trim_end();
    let after = text[word.span.end as usize..].trim_start();
    let stands = |(name, _): &&(&str, &str)| match name.chars().count() {
        1 => written.contains(*name) || before.ends_with(*name) || after.starts_with(*name),
        _ => after.starts_with(*name),
    };
    let (_, currency) = CURRENCIES.iter().find(stands)?;
    let thousands = written.ends_with(['k', 'K']);
    let digits: String = written.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let value: f64 = digits.trim_end_matches('.').parse().ok()?;
    Some(Sum { value: if thousands { value * 1000.0 } else { value }, currency, each: false, span: word.span, at })
}
