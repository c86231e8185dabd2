//! From what was seen to reasons with points.

use super::draft::{Act, Draft};
use super::temperature::Heard;
use super::thread::{Document, Thread};
use super::verdict::{Reason, SIGNALS, SignalInfo, Source};
use super::{Context, RewordingLevel};
use crate::lint::Place;
use crate::message::Date;

/// Everything that speaks for or against writing, heaviest first.
pub(super) fn gather(context: &Context<'_>, thread: &Thread, heard: &[Heard], draft: &Draft) -> Vec<Reason> {
    let mut gathering = Gathering { context, thread, reasons: Vec::new() };
    gathering.news(draft);
    gathering.customer(heard);
    gathering.rewording();
    if gathering.triggered() {
        gathering.beside(heard, draft);
    }
    if context.key_account {
        gathering.tell("key-account", "A key account.", 1.0);
    }
    let mut reasons = gathering.reasons;
    reasons.sort_by(|a, b| b.points.abs().total_cmp(&a.points.abs()));
    reasons
}

struct Gathering<'c> {
    context: &'c Context<'c>,
    thread: &'c Thread,
    reasons: Vec<Reason>,
}

impl Gathering<'_> {
    /// The heaviest piece of bad news at full weight, a second kind as a point beside it.
    fn news(&mut self, draft: &Draft) {
        let mut news: Vec<(&'static SignalInfo, &Act, f32)> = Vec::new();
        for act in draft.acts.iter().filter(|act| act.kind.starts_with("news-") || act.kind == "braces-reader") {
            let Some(info) = info(&act.kind) else { continue };
            let points = self.context.thresholds.points(info) * share(act.weight, info);
            match news.iter_mut().find(|(known, ..)| known.name == info.name) {
                Some(known) if known.2 < points => *known = (info, act, points),
                Some(_) => {}
                None => news.push((info, act, points)),
            }
        }
        news.sort_by(|a, b| b.2.total_cmp(&a.2));
        for (rank, (info, act, points)) in news.into_iter().enumerate() {
            let (info, points) = match rank {
                0 => (info, points),
                1 => (of("more-news"), self.context.thresholds.points(of("more-news"))),
                _ => continue,
            };
            self.read_in_draft(info, points, act);
        }
    }

    /// Each kind of signal in the customer's words once, by its freshest and heaviest place.
    fn customer(&mut self, heard: &[Heard]) {
        let mut kinds: Vec<(&'static SignalInfo, &Heard, f32)> = Vec::new();
        for one in heard {
            let name = if one.kind == "shouting" { "anger" } else { &one.kind };
            let Some(info) = info(name).filter(|info| info.trigger) else { continue };
            let points = self.context.thresholds.points(info) * share(one.weight, info) * one.fresh;
            match kinds.iter_mut().find(|(known, ..)| known.name == info.name) {
                Some(known) if known.2 < points => *known = (info, one, points),
                Some(_) => {}
                None => kinds.push((info, one, points)),
            }
        }
        for (info, one, points) in kinds {
            self.read_in_turn(info, points, one);
        }
    }

    fn rewording(&mut self) {
        let Some(rewording) = self.context.rewording.filter(|r| r.level == RewordingLevel::High) else { return };
        let info = of("rewording");
        let text = format!("The words changed over {} drafts, the facts did not.", rewording.drafts);
        self.push(info, self.context.thresholds.points(info), text, String::new(), None);
    }

    fn triggered(&self) -> bool {
        self.reasons.iter().any(|reason| info(reason.signal).is_some_and(|info| info.trigger))
    }

    /// What only counts beside a trigger.
    fn beside(&mut self, heard: &[Heard], draft: &Draft) {
        for name in ["stakes", "chasing", "negations", "wrote-again"] {
            let strength = |h: &&Heard| h.fresh.max(0.5) * h.weight;
            let strongest = heard.iter().filter(|h| h.kind == name).max_by(|a, b| strength(a).total_cmp(&strength(b)));
            if let Some(one) = strongest {
                self.read_in_turn(of(name), self.context.thresholds.points(of(name)) * strength(&one), one);
            }
        }
        if let Some(date) = self.context.message.headers.date.filter(|date| after_hours(*date)) {
            let info = of("after-hours");
            let text = format!("The draft {} ({:02}:{:02}).", info.about, local_minutes(date) / 60, local_minutes(date) % 60);
            self.push(info, self.context.thresholds.points(info), text, String::new(), None);
        }
        for name in [
            "large-sum", "regret", "explains", "house-voice", "compensation", "defence", "sitting-on-it", "resolved",
            "already-spoken",
        ] {
            if let Some(act) = draft.acts_of(name).max_by(|a, b| a.weight.total_cmp(&b.weight)) {
                self.read_in_draft(of(name), self.context.thresholds.points(of(name)) * share(act.weight, of(name)), act);
            }
        }
    }

    fn tell(&mut self, name: &'static str, text: &str, share: f32) {
        let info = of(name);
        self.push(info, self.context.thresholds.points(info) * share, text.to_owned(), String::new(), None);
    }

    fn read_in_draft(&mut self, info: &'static SignalInfo, points: f32, act: &Act) {
        let words = act.place.passage.of(self.context.message).map_or("", |p| act.place.mark.of(&p.text));
        let words = one_line(words);
        let text = format!("The draft {}: \"{words}\"", info.about);
        let date = self.context.message.headers.date;
        let source = Source { document: Document::Draft, place: act.place, date };
        self.push(info, points, text, words, Some(source));
    }

    fn read_in_turn(&mut self, info: &'static SignalInfo, points: f32, heard: &Heard) {
        let Some(turn) = self.thread.turns.get(heard.turn) else { return };
        let words = one_line(heard.mark.of(&turn.text));
        let who = turn.name.as_deref().unwrap_or("The customer");
        let text = format!("{who} {}: \"{words}\"", info.about);
        let place = Place { passage: turn.passage, mark: turn.place(heard.mark), sentence: turn.place(heard.sentence) };
        let source = Source { document: turn.document, place, date: turn.date };
        self.push(info, points, text, words, Some(source));
    }

    fn push(&mut self, info: &SignalInfo, points: f32, text: String, evidence: String, source: Option<Source>) {
        self.reasons.push(Reason { signal: info_name(info), points, text, evidence, source });
    }
}

fn info_name(info: &SignalInfo) -> &'static str {
    info.name
}

/// A rule may weigh its senses: weight 1.0 is the signal's full points.
fn share(weight: f32, _info: &SignalInfo) -> f32 {
    weight.clamp(0.0, 2.0)
}

fn info(name: &str) -> Option<&'static SignalInfo> {
    SIGNALS.iter().find(|signal| signal.name == name)
}

/// The signal of a name that stands in the table.
fn of(name: &'static str) -> &'static SignalInfo {
    info(name).unwrap_or(&SIGNALS[0])
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Minutes since midnight by the writer's clock.
fn local_minutes(date: Date) -> i64 {
    (date.timestamp + i64::from(date.offset_minutes) * 60).rem_euclid(86_400) / 60
}

fn after_hours(date: Date) -> bool {
    !(7 * 60..17 * 60).contains(&local_minutes(date))
}
