//! What got worse since we last wrote: a price, a day or an amount that an earlier mail of ours put better.
//!
//! Two sentences speak of one thing when they share a word that carries matter. What the customer
//! themselves brought up since (a later day, fewer chairs, that sum) is no news to them.

use super::calendar::{self, Day};
use super::thread::{Side, Thread, Turn};
use super::{asks, money};
use crate::lint::{Linted, PassageId, Place};
use crate::message::Message;
use crate::span::Span;
use crate::text::days::{MONTHS, WEEKDAYS};
use crate::text::{Kind, Tokenised, Word};

/// Something in the draft that is worse than what we wrote before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Worse {
    /// Its signal: `news-dearer`, `news-later` or `news-less`.
    pub kind: &'static str,
    /// How much worse: 1.0 is as bad as its kind is on the whole.
    pub weight: f32,
    /// The words of the draft.
    pub now: Place,
    /// The number of our earlier turn.
    pub turn: usize,
    /// The words there, in the turn's text.
    pub before: Span,
    /// Their sentence.
    pub sentence: Span,
}

/// Sums that are parts of a price, or go the other way.
const NO_PRICE: &[&str] = &[
    "deposit",
    "balance",
    "instalment",
    "installment",
    "refund",
    "refunded",
    "credit",
    "credited",
    "discount",
    "off",
    "back",
    "save",
    "saving",
    "paid",
    "voucher",
    "gesture",
    "limit",
];
/// Words by which a customer moves a day themselves.
const MOVES: &[&str] =
    &["move", "moved", "postpone", "postponed", "reschedule", "later", "delay", "change", "swap", "rebook", "wait"];
/// Words by which a sentence says that an amount is not what it was.
const LESS: &[&str] = &[
    "only", "instead", "now", "rather", "reduced", "reduce", "down", "fewer", "less", "cut", "just", "longer", "left",
];
/// Lengths of time: fewer of them may be better.
const TIME: &[&str] = &["second", "minute", "hour", "day", "days", "week", "weeks", "month", "months", "year", "years"];
const INCLUDED: &[&str] = &["included", "includes", "include", "including", "free", "complimentary"];
const APART: &[&str] = &["extra", "additional", "additionally", "charged", "chargeable", "separately", "separate"];
const NUMBERS: [&str; 13] =
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// Holds the draft against our earlier turns. Each kind is told once, by the newest turn that was better.
#[must_use]
pub(super) fn find(thread: &Thread, message: &Message, linted: &Linted) -> Vec<Worse> {
    let earlier: Vec<Said<'_>> = thread.ours().flat_map(|(number, turn)| said(number, turn)).collect();
    if earlier.is_empty() {
        return Vec::new();
    }
    let today = message.headers.date.map(calendar::day_of);
    let mut found: Vec<Worse> = Vec::new();
    for sentence in linted.sentences.iter().filter(|s| s.passage != PassageId::Subject) {
        let Some(passage) = sentence.passage.of(message) else { continue };
        let now = Sentence::read(&passage.text, sentence.span, &sentence.words, today);
        for before in &earlier {
            let since = Since { thread, turn: before.turn };
            let kinds = [
                ("news-dearer", dearer(&before.sentence, &now, &since)),
                ("news-later", later(&before.sentence, &now, &since)),
                ("news-less", less(&before.sentence, &now, &since)),
            ];
            for (kind, words) in kinds {
                let Some((old, new, weight)) = words.filter(|_| found.iter().all(|known| known.kind != kind)) else {
                    continue;
                };
                let now = Place { passage: sentence.passage, mark: new, sentence: sentence.span };
                found.push(Worse { kind, weight, now, turn: before.turn, before: old, sentence: before.sentence.span });
            }
        }
    }
    found
}

/// A sentence of an earlier turn of ours.
struct Said<'t> {
    turn: usize,
    sentence: Sentence<'t>,
}

fn said<'t>(number: usize, turn: &'t Turn) -> Vec<Said<'t>> {
    let base = turn.date.map(calendar::day_of);
    let read = |said: &'t Tokenised| Sentence::read(&turn.text, said.span, &said.words, base);
    turn.sentences().iter().map(|said| Said { turn: number, sentence: read(said) }).collect()
}

/// What a sentence says of sums, days and amounts.
struct Sentence<'t> {
    span: Span,
    words: &'t [Word],
    matter: asks::Matter,
    sums: Vec<money::Sum>,
    days: Vec<calendar::Mention>,
    base: Option<Day>,
}

impl<'t> Sentence<'t> {
    fn read(text: &str, span: Span, words: &'t [Word], base: Option<Day>) -> Self {
        let mut matter = asks::matter(words);
        matter.retain(|stem| {
            let is_day = WEEKDAYS.iter().chain(&MONTHS).any(|name| name.full.starts_with(stem.as_str()));
            !is_day && !stem.starts_with(|c: char| c.is_ascii_digit() || !c.is_alphanumeric())
        });
        let days = base.map_or_else(Vec::new, |base| calendar::mentions(words, base));
        Self { span, sums: money::sums(text, words), matter, words, days, base }
    }

    fn holds(&self, list: &[&str]) -> bool {
        self.words.iter().any(|word| list.contains(&&*word.form))
    }

    /// Whether it is about what `other` is about: half of what the shorter one says.
    fn shares(&self, other: &Self) -> bool {
        let shared = self.matter.intersection(&other.matter).count();
        shared > 0 && 2 * shared >= self.matter.len().min(other.matter.len())
    }

    /// Whether it asks for another day. Somebody who moves in asks for none.
    fn moves_a_day(&self) -> bool {
        let goes_on =
            |at: usize| self.words.get(at + 1).is_some_and(|next| matches!(&*next.form, "in" | "out" | "into"));
        self.words.iter().enumerate().any(|(at, word)| MOVES.contains(&&*word.form) && !goes_on(at))
    }

    fn asks(&self) -> bool {
        self.words.last().is_some_and(|word| word.form == "?")
    }
}

/// What the customer wrote since a turn of ours.
struct Since<'t> {
    thread: &'t Thread,
    turn: usize,
}

impl Since<'_> {
    /// Whether any sentence of theirs since then is so. Turns stand newest first.
    fn any(&self, so: impl Fn(&Sentence<'_>) -> bool) -> bool {
        let theirs = self.thread.turns.iter().take(self.turn).filter(|turn| turn.side == Side::Customer);
        theirs.flat_map(|turn| said(0, turn)).any(|said| so(&said.sentence))
    }
}

/// The words before and now, and how much worse that is.
type Found = Option<(Span, Span, f32)>;

/// From this rise on a price is another price, whatever the reason.
const STEEP: f64 = 1.25;
/// Days from which on a delay upsets plans.
const LONG: Day = 14;
/// Words by which a customer asks for more themselves.
const MORE: &[&str] = &["add", "added", "extra", "another", "also", "upgrade", "bigger", "larger", "second", "more"];

fn dearer(before: &Sentence<'_>, now: &Sentence<'_>, since: &Since<'_>) -> Found {
    let (&[old], &[new]) = (&before.sums[..], &now.sums[..]) else { return None };
    let comparable = old.currency == new.currency && old.each == new.each;
    let price = !before.holds(NO_PRICE) && !now.holds(NO_PRICE);
    let rises = old.value > 0.0 && new.value >= old.value * money::RISE;
    if !(comparable && price && rises && before.shares(now)) {
        return None;
    }
    let known = since.any(|theirs| theirs.sums.iter().any(|sum| sum.value >= new.value));
    let asked = since.any(|theirs| theirs.holds(MORE));
    let weight = if new.value >= old.value * STEEP { 2.0 } else { 1.0 };
    (!known && !asked).then_some((old.span, new.span, weight))
}

fn later(before: &Sentence<'_>, now: &Sentence<'_>, since: &Since<'_>) -> Found {
    let last = |sentence: &Sentence<'_>| sentence.days.iter().copied().max_by_key(|day| day.day);
    let (old, new) = (last(before)?, last(now)?);
    // A day that was past when it was named is an account, no promise.
    let ahead = before.base.is_some_and(|base| old.day >= base) && now.base.is_some_and(|base| new.day >= base);
    if !ahead || new.day <= old.day || before.asks() || now.asks() || !before.shares(now) {
        return None;
    }
    let theirs = since.any(|theirs| theirs.moves_a_day() || theirs.days.iter().any(|day| day.day >= new.day));
    let weight = if new.day - old.day >= LONG { 1.33 } else { 1.0 };
    (!theirs).then_some((old.span, new.span, weight))
}

fn less(before: &Sentence<'_>, now: &Sentence<'_>, since: &Since<'_>) -> Found {
    fewer(before, now, since).or_else(|| no_longer_included(before, now))
}

fn fewer(before: &Sentence<'_>, now: &Sentence<'_>, since: &Since<'_>) -> Found {
    if !now.holds(LESS) {
        return None;
    }
    let mut pairs =
        counts(before).into_iter().flat_map(|old| counts(now).into_iter().map(move |new| (old.clone(), new)));
    let (old, new) = pairs.find(|(old, new)| old.of == new.of && new.count < old.count)?;
    let theirs = since.any(|theirs| counts(theirs).iter().any(|count| count.of == new.of && count.count <= new.count));
    (!theirs).then_some((old.span, new.span, 1.0))
}

fn no_longer_included(before: &Sentence<'_>, now: &Sentence<'_>) -> Found {
    let old = before.words.iter().find(|word| INCLUDED.contains(&&*word.form))?;
    let denied = |word: &&Word| matches!(&*word.form, "not" | "no" | "without");
    let apart = match now.words.iter().find(|word| INCLUDED.contains(&&*word.form)) {
        Some(_) => now.words.iter().find(denied),
        None => {
            now.words.iter().find(|word| APART.contains(&&*word.form)).filter(|_| !now.words.iter().any(|w| denied(&w)))
        }
    }?;
    before.shares(now).then_some((old.span, apart.span, 1.0))
}

/// So many of a thing.
#[derive(Clone)]
struct Count {
    count: u64,
    of: String,
    span: Span,
}

/// Words between a number and the thing counted: "three large rooms".
const BETWEEN: usize = 2;
/// Letters that forms of one noun share.
const STEM: usize = 5;

fn counts(sentence: &Sentence<'_>) -> Vec<Count> {
    let number = |word: &Word| match word.kind {
        Kind::Number => word.form.parse().ok(),
        Kind::Word => NUMBERS.iter().position(|name| *name == word.form).and_then(|n| u64::try_from(n).ok()),
        Kind::Mark | Kind::Opaque => None,
    };
    let counted = |at: usize, word: &Word| {
        let count = number(word)?;
        let after = sentence.words[at + 1..].iter().take(BETWEEN + 1).take_while(|word| word.kind == Kind::Word);
        // The last of them that carries matter is the thing.
        let thing = after.filter(|word| word.form.chars().count() >= 4).last()?;
        let of: String = thing.form.trim_end_matches('s').chars().take(STEM).collect();
        let time = TIME.iter().any(|unit| unit.trim_end_matches('s').starts_with(&*of));
        (!time).then(|| Count { count, of, span: word.span.cover(thing.span) })
    };
    sentence.words.iter().enumerate().filter_map(|(at, word)| counted(at, word)).collect()
}
