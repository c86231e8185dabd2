//! Our side of the page: what changed, what is ours, what can move, what we promised, what to leave out.

use super::page::{Page, at_most, fact, in_document, missing, or_missing, prompt};
use super::{Line, LineKind, excerpt};
use crate::advice::{RewordingLevel, calendar};
use crate::lint::Place;
use crate::rules::dictionary::Severity;
use crate::text;

/// Lines of what changed, of what is ours, of offers, of dates, of words to leave out.
const MOST: (usize, usize, usize, usize, usize) = (3, 2, 2, 3, 2);
/// Acts that own something.
const OWNS: &[&str] = &["news-failure", "apology", "sitting-on-it"];
/// Acts that offer something.
const OFFERS: &[&str] =
    &["resolved", "compensation", "alternative", "effort", "prevention", "next-step", "invites-call"];
/// What begins a sentence that offers us, and nothing to do for them.
const WE: &[&str] = &["i", "we", "our", "my"];
/// What begins a sentence that asks something of them.
const REQUESTS: &[&str] = &["please", "kindly"];

impl Page<'_> {
    pub(super) fn changed(&self) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        for worse in &self.seen.worse {
            lines.push(self.own_line(worse.now));
            if let Some((words, source)) = self.of_turn(worse.turn, worse.sentence, worse.before) {
                let text = format!("before: {words}");
                lines.push(Line { kind: LineKind::Quote, text, source: Some(source) });
            }
        }
        let soft = |kind: &str| kind == "news-trouble";
        let news = self.seen.draft.acts.iter().filter(|act| act.kind.starts_with("news-") && !self.rubs(act.place));
        let (trouble, news): (Vec<_>, Vec<_>) = news.partition(|act| soft(&act.kind));
        let told = if news.is_empty() && lines.is_empty() { trouble } else { news };
        lines.extend(told.into_iter().map(|act| self.own_line(act.place)));
        let mut lines = at_most(MOST.0, lines);
        if let Some(rewording) = self.context.rewording.filter(|r| r.level > RewordingLevel::None) {
            let signs: Vec<&str> = rewording.signs.iter().map(String::as_str).take(2).collect();
            lines.push(fact(format!("From draft to draft: {}.", signs.join("; "))));
        }
        or_missing(lines, "The draft names no change. Ask: \"What is different since we last spoke?\"")
    }

    pub(super) fn own(&self) -> Vec<Line> {
        let acts = self.seen.draft.acts.iter().filter(|act| OWNS.contains(&&*act.kind) && !self.rubs(act.place));
        let mut acts: Vec<_> = acts.collect();
        // What happened says more than that it is regretted.
        acts.sort_by_key(|act| OWNS.iter().position(|kind| *kind == act.kind));
        let lines = at_most(MOST.1, acts.into_iter().map(|act| self.own_line(act.place)).chain(self.broken()));
        or_missing(lines, "The draft owns nothing. Is there a part that was ours?")
    }

    /// The newest day we gave that has passed.
    fn broken(&self) -> Option<Line> {
        let today = self.context.message.headers.date.map(calendar::day_of)?;
        let broken = self.seen.promised.iter().filter(|p| p.due < today).max_by_key(|p| p.due)?;
        let turn = self.seen.thread.turns.get(broken.turn?)?;
        let part = excerpt::clause(&turn.text, broken.sentence, broken.sentence);
        let words = excerpt::quoted(&turn.text, broken.sentence, part);
        let text = format!("{words} ({} has passed)", calendar::written(broken.due));
        Some(Line { kind: LineKind::Quote, text, source: Some(in_document(turn, broken.place)) })
    }

    pub(super) fn options(&self) -> Vec<Line> {
        let acts = self.seen.draft.acts.iter().filter(|act| OFFERS.contains(&&*act.kind));
        let offers = acts.filter(|act| {
            let by_us = act.kind != "next-step" || self.begins_with(act.place, WE);
            by_us && !self.begins_with(act.place, REQUESTS) && !self.rubs(act.place)
        });
        let mut lines = at_most(MOST.2, offers.map(|act| self.own_line(act.place)));
        if lines.is_empty() {
            lines.push(missing("The draft offers nothing yet."));
        }
        lines.push(prompt("More: what could we do so that they need not lift a finger? ________"));
        lines.push(prompt("Less: what are we doing that they do not need? ________"));
        lines.push(prompt("Neither: who could give them what we cannot? ________"));
        lines
    }

    /// Whether a sentence of the draft begins with one of `words`.
    fn begins_with(&self, place: Place, words: &[&str]) -> bool {
        let passage = place.passage.of(self.context.message);
        let read = passage.map_or_else(Vec::new, |passage| text::words(&passage.text, place.sentence));
        read.first().is_some_and(|word| words.contains(&&*word.form))
    }

    pub(super) fn dates(&self) -> Vec<Line> {
        let today = self.context.message.headers.date.map(calendar::day_of);
        let earlier = self.seen.promised.iter().filter_map(|promise| {
            let turn = self.seen.thread.turns.get(promise.turn?)?;
            let passed = if today.is_some_and(|today| promise.due < today) { ", passed" } else { "" };
            let part = excerpt::clause(&turn.text, promise.sentence, promise.sentence);
            let words = excerpt::quoted(&turn.text, promise.sentence, part);
            let text = format!("{words} (by {}{passed})", calendar::written(promise.due));
            Some(Line { kind: LineKind::Quote, text, source: Some(in_document(turn, promise.place)) })
        });
        let now = self.seen.promises.iter().map(|promise| {
            let mut line = self.own_line(promise.place);
            line.text = format!("{} (in the draft: by {})", line.text, calendar::written(promise.due));
            line
        });
        let lines = at_most(MOST.3, earlier.chain(now));
        or_missing(lines, "No promise with a day was found. Agree on the day of your next word.")
    }

    pub(super) fn leave_out(&self) -> Vec<Line> {
        let left = self.context.linted.findings.iter().filter(|f| f.suppressed.is_none());
        let mut told: Vec<Place> = Vec::new();
        let mut lines = Vec::new();
        let mut add = |place: Place, why: &str| {
            if told.iter().any(|known| (known.passage, known.sentence) == (place.passage, place.sentence)) {
                return;
            }
            told.push(place);
            let mut line = self.own_line(place);
            line.text = format!("{} ({why})", line.text);
            lines.push(line);
        };
        for finding in left.filter(|f| f.severity >= Severity::Warning) {
            let prose = self.context.linter.rules().prose(finding.rule);
            // What is said after a colon are examples.
            let why = prose.summary.split(':').next().unwrap_or_default();
            add(finding.place, why.trim_end_matches('.'));
        }
        for act in self.seen.draft.acts_of("defence") {
            add(act.place, "argues our case; they have not asked who is right");
        }
        for place in &self.seen.other_topics {
            add(*place, "another matter; it can wait for another mail");
        }
        or_missing(at_most(MOST.4, lines), "Nothing in the draft stands in the way.")
    }
}
