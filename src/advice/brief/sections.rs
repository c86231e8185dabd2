//! What stands in each section, and where it was read.

use super::questions;
use super::{Line, LineKind, Section};
use crate::advice::asks::Form;
use crate::advice::calendar;
use crate::advice::temperature::Heard;
use crate::advice::thread::{Document, Turn};
use crate::advice::verdict::Source;
use crate::advice::{Context, Seen};
use crate::lint::Place;
use crate::rules::dictionary::Severity;
use crate::span::Span;

/// No section quotes more lines than this of one sort.
const MOST: usize = 5;
/// Kinds that say what the customer has now.
const HAS: &[&str] = &["hardship", "repeated", "wrote-again", "negations", "disappointment", "drift"];
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

/// Kinds whose words are said back first.
const HEARD_FIRST: &[&str] = &["hurt", "hard-times", "leaving", "standing", "distrust", "worry", "hardship", "stakes"];

pub(super) struct Page<'p> {
    pub(super) context: &'p Context<'p>,
    pub(super) seen: &'p Seen,
}

impl Page<'_> {
    pub(super) fn sections(&self) -> Vec<Section> {
        let section = |name, heading, lines| Section { name, heading, lines };
        vec![
            section("who", "Who", self.who()),
            section("their-words", "Their words", self.their_words()),
            section("have-now", "What they have now", self.have_now()),
            section("gap", "The gap", self.gap()),
            section("changed", "What changed", self.changed()),
            section("ask", "Ask, and let them finish", self.ask()),
            section("own", "What is ours", self.own()),
            section("options", "What can move", self.options()),
            section("dates", "Promises and dates", self.dates()),
            section("leave-out", "Leave out", self.leave_out()),
            section("open", "Open with", self.open()),
            section("listen", "Say back before offering", self.listen()),
            section("record", "Then send, as the record", self.record()),
            section("next-time", "Next time", self.next_time()),
        ]
    }

    fn who(&self) -> Vec<Line> {
        let headers = &self.context.message.headers;
        let mut lines: Vec<Line> = headers
            .to
            .iter()
            .map(|to| {
                fact(match (&to.name, &to.address) {
                    (Some(name), Some(address)) => format!("{name} <{address}>"),
                    (name, address) => name.clone().or(address.clone()).unwrap_or_default(),
                })
            })
            .collect();
        if lines.is_empty() {
            lines.push(missing("The draft names nobody it goes to."));
        }
        if self.context.key_account {
            lines.push(fact("A key account of yours.".into()));
        }
        let turns = &self.seen.thread.turns;
        let customer = self.seen.thread.customer().count();
        lines.push(fact(format!("Earlier mails read: {}; theirs: {customer}.", turns.len())));
        if let Some(first) = turns.iter().filter_map(|turn| turn.date).min_by_key(|date| date.timestamp) {
            lines.push(fact(format!("First mail: {}.", calendar::written(calendar::day_of(first)))));
        }
        if let (Some((_, turn)), Some(now)) = (self.seen.thread.unanswered().next(), headers.date)
            && let Some(then) = turn.date
        {
            let days = calendar::day_of(now) - calendar::day_of(then);
            lines.push(fact(format!("Days since they wrote: {days}.")));
        }
        lines
    }

    fn their_words(&self) -> Vec<Line> {
        let mut lines: Vec<Line> =
            self.seen.asks.iter().take(MOST).map(|ask| self.heard_line(ask.turn, ask.sentence)).collect();
        lines.extend(self.heard_lines(FEELS));
        distinct(&mut lines);
        if lines.is_empty() {
            lines.push(missing("No words of theirs were found in this mail; add the thread with --thread."));
        }
        lines
    }

    fn have_now(&self) -> Vec<Line> {
        let mut lines = self.heard_lines(HAS);
        if lines.is_empty() {
            lines.push(missing("The thread does not say. Ask: \"What do you have in front of you now?\""));
        }
        lines
    }

    fn gap(&self) -> Vec<Line> {
        let need = self.seen.asks.iter().find(|ask| ask.form == Form::Need).or(self.seen.asks.first());
        let has = self.freshest(HAS);
        let words = |turn: usize, span: Span| {
            self.seen.thread.turns.get(turn).map_or_else(String::new, |turn| quote(span.of(&turn.text)))
        };
        let need_words = need.map_or_else(|| "________".to_owned(), |ask| words(ask.turn, ask.sentence));
        let has_words = has.map_or_else(|| "________".to_owned(), |heard| words(heard.turn, heard.sentence));
        vec![
            Line {
                kind: LineKind::Prompt,
                text: format!("They need {need_words}"),
                source: need.and_then(|ask| self.in_turn(ask.turn, ask.sentence)),
            },
            Line {
                kind: LineKind::Prompt,
                text: format!("They have {has_words}"),
                source: has.and_then(|heard| self.in_turn(heard.turn, heard.sentence)),
            },
            prompt("What lies between: ________"),
        ]
    }

    fn changed(&self) -> Vec<Line> {
        let news =
            self.seen.draft.acts.iter().filter(|act| act.kind.starts_with("news-") && act.kind != "news-trouble");
        let mut lines: Vec<Line> = news.map(|act| self.own_line(act.place)).collect();
        distinct(&mut lines);
        lines.truncate(MOST);
        if lines.is_empty() {
            lines.push(missing("The draft names no change. Ask: \"What is different since we last spoke?\""));
        }
        lines
    }

    fn ask(&self) -> Vec<Line> {
        questions::for_thread(&self.seen.heard, &self.seen.draft).into_iter().map(prompt).collect()
    }

    fn own(&self) -> Vec<Line> {
        let kinds = ["news-failure", "ownership", "apology", "regret", "sitting-on-it"];
        let acts = self.seen.draft.acts.iter().filter(|act| kinds.contains(&&*act.kind));
        let mut lines: Vec<Line> = acts.map(|act| self.own_line(act.place)).collect();
        distinct(&mut lines);
        lines.truncate(MOST);
        if lines.is_empty() {
            lines.push(missing("The draft owns nothing. Is there a part that was ours?"));
        }
        lines
    }

    fn options(&self) -> Vec<Line> {
        let kinds = ["resolved", "compensation", "prevention", "next-step", "invites-call"];
        let acts = self.seen.draft.acts.iter().filter(|act| kinds.contains(&&*act.kind));
        let mut lines: Vec<Line> = acts.map(|act| self.own_line(act.place)).collect();
        distinct(&mut lines);
        lines.truncate(MOST);
        if lines.is_empty() {
            lines.push(missing("The draft offers nothing yet."));
        }
        lines.push(prompt("More: what could we do so that they need not lift a finger? ________"));
        lines.push(prompt("Less: what are we doing that they do not need? ________"));
        lines.push(prompt("Neither: who could give them what we cannot? ________"));
        lines
    }

    fn dates(&self) -> Vec<Line> {
        let today = self.context.message.headers.date.map(calendar::day_of);
        let mut lines = Vec::new();
        for promise in self.seen.promised.iter().take(MOST) {
            let Some(turn) = promise.turn.and_then(|number| self.seen.thread.turns.get(number)) else { continue };
            let passed = if today.is_some_and(|today| promise.due < today) { ", passed" } else { "" };
            let text =
                format!("{} (by {}{passed})", quote(promise.sentence.of(&turn.text)), calendar::written(promise.due));
            lines.push(Line { kind: LineKind::Quote, text, source: Some(in_document(turn, promise.place)) });
        }
        for promise in self.seen.promises.iter().take(MOST) {
            let mut line = self.own_line(promise.place);
            line.text = format!("{} (in the draft: by {})", line.text, calendar::written(promise.due));
            lines.push(line);
        }
        if lines.is_empty() {
            lines.push(missing("No promise with a day was found. Agree on the day of your next word."));
        }
        lines
    }

    fn leave_out(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        let left = self.context.linted.findings.iter().filter(|f| f.suppressed.is_none());
        for finding in left.filter(|f| f.severity >= Severity::Warning) {
            let mut line = self.own_line(finding.place);
            line.text = format!(
                "{} ({})",
                line.text,
                self.context.linter.rules().prose(finding.rule).summary.trim_end_matches('.')
            );
            lines.push(line);
        }
        for act in self.seen.draft.acts_of("defence").take(MOST) {
            let mut line = self.own_line(act.place);
            line.text = format!("{} (argues our case; they have not asked who is right)", line.text);
            lines.push(line);
        }
        distinct(&mut lines);
        if lines.is_empty() {
            lines.push(missing("Nothing in the draft stands in the way."));
        }
        lines
    }

    fn open(&self) -> Vec<Line> {
        let name = self.first_name();
        let told = self.freshest(HEARD_FIRST).or(self.freshest(&["tells"])).or(self.freshest(HAS));
        let (words, source) = match told.and_then(|h| self.seen.thread.turns.get(h.turn).map(|turn| (h, turn))) {
            Some((heard, turn)) => {
                (quote_inside(heard.sentence.of(&turn.text)), self.in_turn(heard.turn, heard.sentence))
            }
            None => {
                let text = format!("{name}, I have your mail in front of me. I'd like to hear it from you first.");
                return vec![prompt(text)];
            }
        };
        let text = format!("{name}, you wrote {words}. I'd like to hear it from you before I say anything.");
        vec![Line { kind: LineKind::Prompt, text, source }]
    }

    fn listen(&self) -> Vec<Line> {
        vec![
            prompt("\"So what I heard is ________. Did I get that right?\""),
            prompt("Only then: \"Here is what I can do, and by when: ________\""),
        ]
    }

    fn record(&self) -> Vec<Line> {
        let name = self.first_name();
        vec![
            prompt(format!("{name}, thank you for the call today. We agreed: ________, by ________ (day).")),
            prompt("If I heard anything differently from you, tell me and I'll set it right."),
        ]
    }

    fn next_time(&self) -> Vec<Line> {
        let mut lines = vec![prompt("What could tell us sooner? ________")];
        let waited: Vec<&Heard> =
            self.seen.heard.iter().filter(|h| h.kind == "chasing" || h.kind == "wrote-again").collect();
        lines.extend(waited.into_iter().take(MOST).map(|heard| self.heard_line(heard.turn, heard.sentence)));
        distinct(&mut lines);
        lines
    }

    fn first_name(&self) -> String {
        let name = self.context.message.headers.to.first().and_then(|to| to.name.clone());
        name.and_then(|name| name.split_whitespace().next().map(str::to_owned)).unwrap_or_else(|| "Hello".into())
    }

    fn freshest(&self, kinds: &[&str]) -> Option<&Heard> {
        let fitting = self.seen.heard.iter().filter(|heard| kinds.contains(&&*heard.kind));
        fitting.max_by(|a, b| (a.fresh * a.weight).total_cmp(&(b.fresh * b.weight)))
    }

    fn heard_lines(&self, kinds: &[&str]) -> Vec<Line> {
        let fitting = self.seen.heard.iter().filter(|heard| kinds.contains(&&*heard.kind) && heard.fresh > 0.0);
        let mut lines: Vec<Line> = fitting.map(|heard| self.heard_line(heard.turn, heard.sentence)).collect();
        distinct(&mut lines);
        lines.truncate(MOST);
        lines
    }

    fn heard_line(&self, turn: usize, sentence: Span) -> Line {
        let text = self.seen.thread.turns.get(turn).map_or_else(String::new, |turn| quote(sentence.of(&turn.text)));
        Line { kind: LineKind::Quote, text, source: self.in_turn(turn, sentence) }
    }

    fn in_turn(&self, turn: usize, span: Span) -> Option<Source> {
        let turn = self.seen.thread.turns.get(turn)?;
        let span = turn.place(span);
        Some(in_document(turn, Place { passage: turn.passage, mark: span, sentence: span }))
    }

    fn own_line(&self, place: Place) -> Line {
        let text = place.passage.of(self.context.message).map_or("", |passage| place.sentence.of(&passage.text));
        let place = Place { mark: place.sentence, ..place };
        let source = Source { document: Document::Draft, place, date: self.context.message.headers.date };
        Line { kind: LineKind::Quote, text: quote(text), source: Some(source) }
    }
}

fn in_document(turn: &Turn, place: Place) -> Source {
    Source { document: turn.document, place, date: turn.date }
}

fn fact(text: String) -> Line {
    Line { kind: LineKind::Fact, text, source: None }
}

fn missing(text: &str) -> Line {
    Line { kind: LineKind::Missing, text: text.into(), source: None }
}

fn prompt(text: impl Into<String>) -> Line {
    Line { kind: LineKind::Prompt, text: text.into(), source: None }
}

/// The same inside a sentence of ours, which has its own full stop.
fn quote_inside(words: &str) -> String {
    quote(words.trim_end().trim_end_matches('.'))
}

/// Words between quotation marks, on one line.
fn quote(words: &str) -> String {
    format!("\"{}\"", words.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn distinct(lines: &mut Vec<Line>) {
    let mut known: Vec<String> = Vec::new();
    lines.retain(|line| {
        let new = !known.contains(&line.text);
        if new {
            known.push(line.text.clone());
        }
        new
    });
}
