//! Their side of the page: who they are, what they said, what they have and need.

use super::page::{Page, at_most, fact, missing, or_missing, prompt};
use super::{Line, LineKind};
use crate::advice::asks::{self, Form};
use crate::advice::{Heard, calendar};
use crate::span::Span;

/// Kinds that say what the customer has now.
pub(super) const HAS: &[&str] = &["hardship", "repeated", "wrote-again", "negations", "disappointment", "drift"];
/// Kinds that say how the customer is.
const FEELS: &[&str] = &[
    "asks-for-call",
    "anger",
    "hurt",
    "threat",
    "leaving",
    "resignation",
    "distrust",
    "standing",
    "worry",
    "hard-times",
    "cold",
    "stakes",
    "chasing",
];
/// Lines of their words; what they have.
const MOST: (usize, usize) = (4, 2);
/// What is needed is said of oneself: "I need", "we would like".
const ONESELF: &[&str] = &["i", "we", "all"];

/// Words of a question that yes and no do not answer.
const OPEN: &[&str] = &["how", "what", "when", "where", "why", "which", "who"];

impl Page<'_> {
    pub(super) fn who(&self) -> Vec<Line> {
        let headers = &self.context.message.headers;
        let named = headers.to.iter().map(|to| match (&to.name, &to.address) {
            (Some(name), Some(address)) => fact(format!("{name} <{address}>")),
            (name, address) => fact(name.clone().or(address.clone()).unwrap_or_default()),
        });
        let mut lines = at_most(1, named);
        let place = self.name.as_ref().and_then(|name| Some((name, name.place?)));
        if let Some((name, place)) = place.filter(|_| lines.is_empty()) {
            lines.push(Line { source: Some(self.in_draft(place)), ..fact(name.name.clone()) });
        }
        if lines.is_empty() {
            lines.push(missing("The draft names nobody it goes to."));
        }
        if self.context.key_account {
            lines.push(fact("A key account of yours.".into()));
        }
        lines.push(fact(self.so_far()));
        lines
    }

    /// The thread in one line.
    fn so_far(&self) -> String {
        let turns = &self.seen.thread.turns;
        let mut told = format!("Earlier mails read: {}; theirs: {}", turns.len(), self.seen.thread.customer().count());
        if let Some(first) = turns.iter().filter_map(|turn| turn.date).min_by_key(|date| date.timestamp) {
            told = format!("{told}; the first on {}", calendar::written(calendar::day_of(first)));
        }
        let newest = self.seen.thread.unanswered().next().and_then(|(_, turn)| turn.date);
        if let Some((now, then)) = self.context.message.headers.date.zip(newest) {
            let days = calendar::day_of(now) - calendar::day_of(then);
            told = format!("{told}; days since they wrote: {days}");
        }
        format!("{told}.")
    }

    pub(super) fn their_words(&self) -> Vec<Line> {
        // What they ask, and how they are, by turns; the page has room for some of both.
        let mut asks = self.seen.asks.iter().filter_map(|ask| self.turn_line(ask.turn, ask.sentence, self.asked(ask)));
        let mut feelings: Vec<&Heard> =
            self.seen.heard.iter().filter(|heard| FEELS.contains(&&*heard.kind) && heard.fresh > 0.0).collect();
        feelings.sort_by(|a, b| (b.fresh * b.weight).total_cmp(&(a.fresh * a.weight)));
        let mut feelings = feelings.into_iter().filter_map(|heard| self.heard_line(heard));
        let mut lines = Vec::new();
        loop {
            let (ask, feeling) = (asks.next(), feelings.next());
            if ask.is_none() && feeling.is_none() {
                break;
            }
            lines.extend(ask.into_iter().chain(feeling));
        }
        let lines = at_most(MOST.0, lines);
        or_missing(lines, "No words of theirs were found in this mail; add the thread with --thread.")
    }

    pub(super) fn have_now(&self) -> Vec<Line> {
        let fitting = self.seen.heard.iter().filter(|heard| HAS.contains(&&*heard.kind) && heard.fresh > 0.0);
        let lines = at_most(MOST.1, fitting.filter_map(|heard| self.heard_line(heard)));
        or_missing(lines, "The thread does not say. Ask: \"What do you have in front of you now?\"")
    }

    pub(super) fn gap(&self) -> Vec<Line> {
        let need = self.need().and_then(|(form, turn, sentence, mark)| {
            let lead = if form == Form::Need { "They need" } else { "They ask" };
            self.of_turn(turn, sentence, mark).map(|(words, source)| (format!("{lead} {words}"), source))
        });
        let has = self.freshest(HAS).and_then(|heard| self.of_turn(heard.turn, heard.sentence, heard.mark));
        let line = |told: Option<(String, _)>, else_: &str| match told {
            Some((text, source)) => Line { kind: LineKind::Prompt, text, source: Some(source) },
            None => prompt(else_),
        };
        vec![
            line(need, "They need ________"),
            line(has.map(|(words, source)| (format!("They have {words}"), source)), "They have ________"),
            prompt("What lies between: ________"),
        ]
    }

    /// The need they state; where they state none, what they beg; else the question that asks most.
    fn need(&self) -> Option<(Form, usize, Span, Span)> {
        let stated = |heard: &Heard| -> usize {
            let first = self.turn_words(heard.turn, heard.mark);
            usize::from(ONESELF.iter().any(|own| first.split(' ').next() == Some(own)))
        };
        let needs = self.seen.heard.iter().filter(|h| h.kind == "need" && h.fresh >= 1.0);
        let need = needs.rev().max_by_key(|heard| (stated(heard), self.matter(heard.turn, heard.sentence)));
        let question = self.seen.asks.iter().filter(|ask| ask.form == Form::Question);
        // "How is he?" asks more than "Could you send a photo?" does.
        let asks = |ask: &&asks::Ask| {
            let words = self.turn_words(ask.turn, ask.sentence);
            let opens = words.split(|c: char| !c.is_alphanumeric()).any(|word| OPEN.contains(&word));
            (opens, self.matter(ask.turn, ask.sentence))
        };
        let question = question.rev().max_by_key(asks);
        match (need, question) {
            (Some(need), Some(ask)) if stated(need) == 0 && need.sentence != ask.sentence => {
                let asks_more = asks(&ask) > (false, self.matter(need.turn, need.sentence));
                let asked = (Form::Question, ask.turn, ask.sentence, self.asked(ask));
                Some(if asks_more { asked } else { (Form::Need, need.turn, need.sentence, need.mark) })
            }
            (Some(need), Some(ask)) if stated(need) == 0 => Some((Form::Question, ask.turn, ask.sentence, need.mark)),
            (Some(need), _) => Some((Form::Need, need.turn, need.sentence, need.mark)),
            (None, Some(ask)) => Some((Form::Question, ask.turn, ask.sentence, self.asked(ask))),
            (None, None) => None,
        }
    }

    /// How much a sentence of a turn says.
    fn matter(&self, turn: usize, sentence: Span) -> usize {
        let Some(turn) = self.seen.thread.turns.get(turn) else { return 0 };
        asks::matter(turn.words().filter(|word| sentence.contains(word.span))).len()
    }

    fn turn_words(&self, turn: usize, span: Span) -> String {
        self.seen.thread.turns.get(turn).map_or_else(String::new, |turn| span.of(&turn.text).to_lowercase())
    }

    /// The words of an ask that matter most: the need in it, or where the question ends.
    fn asked(&self, ask: &asks::Ask) -> Span {
        let need =
            self.seen.heard.iter().find(|h| h.kind == "need" && (h.turn, h.sentence) == (ask.turn, ask.sentence));
        let end = Span { start: ask.sentence.end.saturating_sub(1).max(ask.sentence.start), end: ask.sentence.end };
        need.map_or(end, |heard| heard.mark)
    }
}
