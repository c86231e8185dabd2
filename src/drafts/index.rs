//! How surprising the rewording is, measured against ordinary revision.
//!
//! Everybody revises. Each clue is something that ordinary revision seldom shows; its weight is the
//! surprise, minus the natural logarithm of how often ordinary revision shows it. The base rates were
//! taken from 172 revisions of essays by 86 writers (ArgRewrite V.2); where none could be measured, the
//! weight is a judgement and says so. The clues go together, so their sum is no probability: it is
//! scaled to 0.0–1.0 with [`Level::High`] from 0.5.
//!
//! Only [`Op::Reworded`] counts. Proofreading, new facts, filled templates and edits that took away a
//! finding are no clue of anything.

use super::bag::Bag;
use super::chains::{Chain, chains, is_worded};
use super::classify::{Change, Op, Step};
use super::draft::Draft;
use super::signs::SignKind;
use super::traces::Trace;
use serde::Serialize;

/// What all drafts together say about rewording.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rewording {
    /// 0.0 (nothing) to 1.0.
    pub index: f32,
    /// The index in words.
    pub level: Level,
    /// Number of drafts seen.
    pub drafts: usize,
    /// What it rests on, the most surprising first.
    pub signs: Vec<Clue>,
}

/// How much rewording there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// No more than in ordinary revision.
    #[default]
    None,
    /// More than in most, no reason to act.
    Some,
    /// The writer keeps searching for words: reason to call.
    High,
}

/// One named reason.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Clue {
    /// Its name in machine formats, such as `back-and-forth`.
    pub sign: &'static str,
    /// How much it adds, in nats of surprise.
    pub surprise: f32,
    /// The same for people.
    pub text: String,
}

/// The sum of surprises from which the level is high: two clues that ordinary revision shows once in ten
/// revisions are not enough, with a third they are. A judgement; no outcomes of real mails are published.
const HIGH: f32 = 5.0;
/// The sum from which there is some rewording: one clue of one in ten.
const SOME: f32 = 2.3;

/// Fewer rewordings than this are ordinary in the shortest reply.
const FEWEST: usize = 3;
/// Share of sentences reworded: nine in ten ordinary revisions stay below (0.79 and 0.72).
const SHARE: (f32, f32) = (0.75, 2.3);
/// Rewordings among all changes: nine in ten ordinary revisions stay below (0.92 and 0.87).
const ONLY_WORDS: (f32, f32) = (0.90, 2.3);
/// Share of sentences reworded twice running: nine in ten ordinary histories stay below 0.33.
const TWICE_RUNNING: (f32, f32) = (0.33, 2.3);
/// Way through the middle draft against the straight way: nineteen in twenty stay below 1.35.
const DETOUR: (f32, f32) = (1.35, 3.0);
/// Drafts between the first and the last that are held against both, the newest: each costs as much as the longest.
const MOST_MIDDLES: usize = 500;
/// A detour of less than this share of the words is a typo put right.
const SHORTEST_WAY: f32 = 0.30;
/// The last draft lies so much nearer to the first than to the one between that the words came back.
const CAME_BACK: f32 = 0.75;
/// One sentence in its fourth wording. Judgement.
const FOURTH_WORDING: (usize, f32) = (3, 2.0);
/// Back at words given up before. Judgement.
const RETURN: f32 = 2.0;
/// Words changed and the findings are as many as before: 13 of 22 writers in one study of prompts. Judgement.
const TONE_STAYS: f32 = 2.0;
/// Three steps and more in which words outweigh content. Judgement.
const SUSTAINED: (usize, f32) = (3, 1.5);
/// Rewording spread over an hour or more. Judgement.
const LONG: (i64, f32) = (3_600, 0.7);
/// A left-over variant stands in 4.3 % of essay drafts and 0.1 % of ordinary replies; two at most count.
const LEFT_OVER: f32 = 3.1;
/// Any other trace inside the newest draft. Judgement.
const TRACE: f32 = 2.0;

/// Weighs the drafts of one message, oldest first. `steps[n]` leads from `drafts[n]` to `drafts[n + 1]`;
/// `traces` are those of the newest draft. Findings count if the drafts were told them.
#[must_use]
pub fn rewording(drafts: &[Draft], steps: &[Step], traces: &[Trace]) -> Rewording {
    let mut clues = from_traces(traces);
    let traced = !clues.is_empty();
    let tallies: Vec<Tally> = steps.iter().zip(drafts.windows(2)).map(|(step, pair)| Tally::of(step, pair)).collect();
    let all = tallies.iter().fold(Tally::default(), |sum, t| sum.plus(*t));
    // Where content outweighs words, words change because content does.
    if all.reworded >= FEWEST && all.reworded >= all.content {
        clues.extend(from_counts(all));
        clues.extend(from_chains(drafts, &chains(drafts, steps)));
        clues.extend(detour(drafts));
        clues.extend(tone(drafts));
        clues.extend(time(drafts, &tallies));
    }
    clues.sort_by(|a, b| b.surprise.total_cmp(&a.surprise));
    let mut sum: f32 = clues.iter().map(|c| c.surprise).sum();
    // One step is one revision, however thorough.
    let steps_reworded = tallies.iter().filter(|t| t.reworded > 0).count();
    if steps_reworded < 2 && !traced {
        sum = sum.min(HIGH - 0.1);
    }
    let level = match sum {
        s if s >= HIGH => Level::High,
        s if s >= SOME => Level::Some,
        _ => Level::None,
    };
    if level == Level::None {
        clues.clear();
        sum = 0.0;
    }
    Rewording { index: sum / (sum + HIGH), level, drafts: drafts.len(), signs: clues }
}

/// What happened in a step, in sentences.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    reworded: usize,
    /// Sentences that stand in both drafts.
    aligned: usize,
    /// Added, deleted and amended.
    content: usize,
}

impl Tally {
    fn of(step: &Step, pair: &[Draft]) -> Self {
        let worded = |change: &&Change| {
            let old = change.old.is_some_and(|i| is_worded(&pair[0].sentences[i]));
            let new = change.new.is_some_and(|j| is_worded(&pair[1].sentences[j]));
            old || new
        };
        let mut tally = Self::default();
        for change in step.changes.iter().filter(worded).filter(|c| !c.mended) {
            tally.reworded += usize::from(change.op == Op::Reworded);
            tally.content += usize::from(matches!(change.op, Op::Added | Op::Deleted | Op::Amended));
            tally.aligned += usize::from(change.old.is_some() && change.new.is_some());
        }
        tally
    }

    fn plus(self, other: Self) -> Self {
        Self {
            reworded: self.reworded + other.reworded,
            aligned: self.aligned + other.aligned,
            content: self.content + other.content,
        }
    }
}

fn clue(sign: &'static str, surprise: f32, text: String) -> Clue {
    Clue { sign, surprise, text }
}

fn from_counts(all: Tally) -> Vec<Clue> {
    let mut out = Vec::new();
    if ratio(all.reworded, all.aligned) >= SHARE.0 {
        out.push(clue(
            "most-sentences-reworded",
            SHARE.1,
            format!("{} of {} sentences in other words", all.reworded, all.aligned),
        ));
    }
    if ratio(all.reworded, all.reworded + all.content) >= ONLY_WORDS.0 {
        let text = match all.content {
            0 => "only words changed, no facts".to_owned(),
            n => format!("{} rewordings, {n} new facts", all.reworded),
        };
        out.push(clue("words-not-facts", ONLY_WORDS.1, text));
    }
    out
}

fn from_chains(drafts: &[Draft], chains: &[Chain]) -> Vec<Clue> {
    let mut out = Vec::new();
    let twice = chains.iter().filter(|chain| chain.longest_run() >= 2).count();
    let present = chains.iter().filter(|chain| chain.versions.len() >= 3).count();
    if twice > 0 && ratio(twice, present) >= TWICE_RUNNING.0 {
        out.push(clue(
            "same-sentences-again",
            TWICE_RUNNING.1,
            format!("{twice} of {present} sentences reworded twice running"),
        ));
    }
    if let Some(most) = chains.iter().map(Chain::rewordings).max().filter(|n| *n >= FOURTH_WORDING.0) {
        out.push(clue("many-wordings", FOURTH_WORDING.1, format!("one sentence in its {} wording", ordinal(most + 1))));
    }
    if chains.iter().any(|chain| chain.returns(drafts)) {
        out.push(clue("return", RETURN, "back at words given up before".to_owned()));
    }
    out
}

/// The way from the first draft to the last through the draft farthest off, against the straight way.
///
/// The way is long when the words come back, and when each draft finds new ones: the measure is one, what is
/// told of it are two things.
fn detour(drafts: &[Draft]) -> Option<Clue> {
    let (first, last) = (Bag::of(drafts.first()?), Bag::of(drafts.last()?));
    let straight = first.distance(&last);
    let legs = |middle: &Draft| {
        let middle = Bag::of(middle);
        (first.distance(&middle), middle.distance(&last))
    };
    let middles = drafts[1..].iter().rev().skip(1).take(MOST_MIDDLES).map(legs);
    let (out, home) = middles.max_by(|a, b| (a.0 + a.1).total_cmp(&(b.0 + b.1)))?;
    let longest = out + home;
    if longest < SHORTEST_WAY || longest < DETOUR.0 * straight {
        return None;
    }
    Some(if straight < CAME_BACK * home {
        clue("back-and-forth", DETOUR.1, "the words went away and came back".to_owned())
    } else {
        clue("ever-new-words", DETOUR.1, "each draft in new words".to_owned())
    })
}

fn tone(drafts: &[Draft]) -> Option<Clue> {
    let (first, last) = (drafts.first()?.findings(), drafts.last()?.findings());
    let text = || format!("other words, and still {last} to look at");
    (last > 0 && last >= first).then(|| clue("tone-stays", TONE_STAYS, text()))
}

fn time(drafts: &[Draft], tallies: &[Tally]) -> Vec<Clue> {
    let mut out = Vec::new();
    let steps: Vec<usize> =
        (0..).zip(tallies).filter(|(_, t)| t.reworded > 0 && t.reworded >= t.content).map(|(n, _)| n).collect();
    if steps.len() >= SUSTAINED.0 {
        out.push(clue("many-drafts", SUSTAINED.1, format!("reworded in {} drafts", steps.len())));
    }
    if let (Some(&from), Some(&to)) = (steps.first(), steps.last())
        && let (Some(start), Some(end)) = (drafts[from].when, drafts[to + 1].when)
        && end.saturating_sub(start) >= LONG.0
    {
        out.push(clue("long-time", LONG.1, format!("over {}", duration(end - start))));
    }
    out
}

fn from_traces(traces: &[Trace]) -> Vec<Clue> {
    let variants = traces.iter().filter(|t| t.kind == SignKind::LeftoverVariant).count();
    let others = traces.len() - variants;
    let mut out = Vec::new();
    if variants > 0 {
        let weight = if variants > 1 { 2.0 * LEFT_OVER } else { LEFT_OVER };
        out.push(clue("left-over-variants", weight, "two wordings of one sentence side by side".to_owned()));
    }
    if others > 0 {
        out.push(clue("open-choices", TRACE, "the draft still holds notes or choices".to_owned()));
    }
    out
}

#[expect(clippy::cast_precision_loss, reason = "a share needs no more than 24 bits")]
fn ratio(part: usize, whole: usize) -> f32 {
    if whole == 0 { 0.0 } else { part as f32 / whole as f32 }
}

fn ordinal(n: usize) -> String {
    match n {
        4 => "fourth".to_owned(),
        5 => "fifth".to_owned(),
        6 => "sixth".to_owned(),
        _ => format!("{n}th"),
    }
}

/// A stretch of time for people: the largest unit alone.
pub(crate) fn duration(seconds: i64) -> String {
    let plural = |n: i64, unit: &str| if n == 1 { format!("{n} {unit}") } else { format!("{n} {unit}s") };
    match seconds / 3_600 {
        hours if hours >= 48 => plural(hours / 24, "day"),
        hours if hours >= 1 => plural(hours, "hour"),
        _ => plural(seconds / 60, "minute"),
    }
}
