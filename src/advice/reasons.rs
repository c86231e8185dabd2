//! From what was seen to reasons with points.

use super::calendar;
use super::cooling::{HEATED, HOT};
use super::draft::{Act, Draft};
use super::signals::{SIGNALS, SignalInfo, is_trigger, of};
use super::temperature::Heard;
use super::thread::{Document, Thread};
use super::verdict::{Earlier, Reason, Source};
use super::worse::Worse;
use super::{Context, RewordingLevel, Seen};
use crate::lint::Place;
use crate::message::Date;
use crate::span::Span;

/// Everything that speaks for or against writing, heaviest first.
pub(super) fn gather(context: &Context<'_>, seen: &Seen) -> Vec<Reason> {
    let mut gathering = Gathering { context, thread: &seen.thread, reasons: Vec::new() };
    gathering.news(seen);
    gathering.customer(&seen.heard);
    gathering.rewording();
    gathering.rounds();
    if gathering.triggered() {
        gathering.beside(&seen.heard, &seen.draft);
        gathering.topics(seen);
        gathering.promises(seen);
        gathering.left_out(seen);
    }
    if context.key_account {
        gathering.tell("key-account", "A key account.", 1.0);
    }
    let mut reasons = gathering.reasons;
    reasons.sort_by(|a, b| b.points.abs().total_cmp(&a.points.abs()));
    tell_apart(&mut reasons);
    reasons
}

/// Two reasons in one sentence: the lighter one says what it is, and shows its own words only.
fn tell_apart(reasons: &mut [Reason]) {
    for at in 1..reasons.len() {
        let (before, rest) = reasons.split_at_mut(at);
        let reason = &mut rest[0];
        if before.iter().any(|earlier| earlier.text == reason.text)
            && let Some((who, _)) = reason.text.split_once(": ")
        {
            reason.text = format!("{who}: {} (\"{}\")", of(reason.signal).about, reason.evidence);
        }
    }
}

/// From so many rounds on, writing does not get further.
const ROUNDS: usize = 3;

/// News of what cannot be put right.
const GONE: [&str; 2] = ["news-loss", "news-grief"];
/// What is left of news that the customer brought themselves.
const KNOWN: f32 = 0.3;

/// A piece of bad news in the draft.
#[derive(Clone, Copy)]
struct News<'s> {
    place: Place,
    /// What it goes back on.
    worse: Option<&'s Worse>,
}

/// Bytes within which two marks belong to one thing said.
const ONE_THING: u32 = 40;

/// Marks of fewer words are shown with their sentence.
const FEW_WORDS: usize = 4;
/// Words shown before marked ones in a long sentence.
const WORDS_BEFORE: usize = 4;
/// Characters of a quote in a reason.
const LINE: usize = 80;

struct Gathering<'c> {
    context: &'c Context<'c>,
    thread: &'c Thread,
    reasons: Vec<Reason>,
}

impl Gathering<'_> {
    /// The heaviest piece of bad news at full weight, a second kind as a point beside it.
    fn news(&mut self, seen: &Seen) {
        let mut news: Vec<(&'static SignalInfo, News<'_>, f32)> = Vec::new();
        let acts = seen.draft.acts.iter().filter(|act| act.kind.starts_with("news-") || act.kind == "braces-reader");
        // Who told us of a death is not told of it by our answer.
        let known = |kind: &str| kind == "news-grief" && seen.heard.iter().any(|heard| heard.kind == "bereaved");
        let weight = |act: &Act| if known(&act.kind) { act.weight * KNOWN } else { act.weight };
        let acts = acts.map(|act| (&*act.kind, weight(act), News { place: act.place, worse: None }));
        let worse =
            seen.worse.iter().map(|worse| (worse.kind, worse.weight, News { place: worse.now, worse: Some(worse) }));
        for (kind, weight, one) in worse.chain(acts) {
            let Some(info) = info(kind) else { continue };
            let points = self.context.thresholds.points(info) * share(weight);
            match news.iter_mut().find(|(known, ..)| known.name == info.name) {
                Some(known) if known.2 < points => *known = (info, one, points),
                Some(_) => {}
                None => news.push((info, one, points)),
            }
        }
        // Of two that weigh the same, the one that goes back on our word stands first.
        news.sort_by(|a, b| b.2.total_cmp(&a.2));
        let Some(&(_, first, _)) = news.first() else { return };
        let mut more = self.points("more-news");
        for (number, &(info, one, points)) in news.iter().enumerate() {
            // One sentence may be heard in two ways and is one piece of news.
            let other = number > 0 && one.place.sentence != first.place.sentence;
            let (beside, counted) = (if other { more } else { 0.0 }, number == 0);
            match one.worse {
                Some(worse) => self.read_in_both(info, if counted { points } else { beside }, worse),
                None if counted => self.read_in_draft(info, points, one.place),
                None if beside > 0.0 => self.read_in_draft(of("more-news"), beside, one.place),
                None => continue,
            }
            if other {
                more = 0.0;
            }
        }
    }

    /// Each kind of signal in the customer's words once, by its freshest and heaviest place.
    fn customer(&mut self, heard: &[Heard]) {
        let mut kinds: Vec<(&'static SignalInfo, &Heard, f32)> = Vec::new();
        for one in heard {
            let name = if one.kind == "shouting" { "anger" } else { &one.kind };
            let Some(info) = info(name).filter(|info| info.trigger) else { continue };
            let points = self.context.thresholds.points(info) * share(one.weight) * one.fresh;
            match kinds.iter_mut().find(|(known, ..)| known.name == info.name) {
                Some(known) if known.2 < points => *known = (info, one, points),
                Some(_) => {}
                None => kinds.push((info, one, points)),
            }
        }
        // The same words heard in two ways are one thing said: disappointment, when nothing else names it better.
        let general = |info: &SignalInfo| info.name == "disappointment";
        kinds.sort_by(|a, b| general(a.0).cmp(&general(b.0)).then(b.2.total_cmp(&a.2)));
        let mut told: Vec<&Heard> = Vec::new();
        for (info, one, points) in kinds {
            if told.iter().any(|known| known.turn == one.turn && known.mark == one.mark) {
                continue;
            }
            told.push(one);
            self.read_in_turn(info, points, one);
        }
    }

    fn rewording(&mut self) {
        let Some(rewording) = self.context.rewording.filter(|r| r.level == RewordingLevel::High) else { return };
        let info = of("rewording");
        let text = match rewording.drafts {
            0 | 1 => "Several wordings of one thing still in the draft.".to_owned(),
            drafts => format!("{drafts} drafts: other words, same facts."),
        };
        self.push(info, self.context.thresholds.points(info), text, String::new(), None);
    }

    fn triggered(&self) -> bool {
        self.reasons.iter().any(|reason| is_trigger(reason.signal))
    }

    /// What only counts beside a trigger.
    fn beside(&mut self, heard: &[Heard], draft: &Draft) {
        for name in ["stakes", "chasing", "negations", "wrote-again"] {
            let strength = |h: &&Heard| h.fresh.max(0.5) * h.weight;
            // Several plans hang on the answer by several threads.
            let mut told: Vec<&Heard> = heard.iter().filter(|h| h.kind == name && name == "stakes").collect();
            told.dedup_by(|a, b| a.turn == b.turn && near(a.mark, b.mark));
            let more = if told.len() > 1 { 2.0 } else { 1.0 };
            let strongest = heard.iter().filter(|h| h.kind == name).max_by(|a, b| strength(a).total_cmp(&strength(b)));
            if let Some(one) = strongest {
                self.read_in_turn(of(name), self.context.thresholds.points(of(name)) * strength(&one) * more, one);
            }
        }
        if let Some(date) = self.context.message.headers.date.filter(|date| after_hours(*date)) {
            let info = of("after-hours");
            let minute = calendar::minute_of(date);
            let text = format!("The draft {} ({:02}:{:02}).", info.about, minute / 60, minute % 60);
            self.push(info, self.context.thresholds.points(info), text, String::new(), None);
        }
        for name in [
            "large-sum",
            "regret",
            "explains",
            "house-voice",
            "compensation",
            "defence",
            "form-letter",
            "sitting-on-it",
            "resolved",
            "already-spoken",
            "prevention",
            "invites-call",
        ] {
            // A refund brings nothing back that is gone.
            let gone = name == "resolved" && self.reasons.iter().any(|r| GONE.contains(&r.signal) && r.points >= 3.0);
            if gone {
                continue;
            }
            if let Some(act) = draft.acts_of(name).max_by(|a, b| a.weight.total_cmp(&b.weight)) {
                self.read_in_draft(of(name), self.points(name) * share(act.weight), act.place);
            }
        }
    }

    /// A customer who is upset hears one thing at a time.
    fn topics(&mut self, seen: &Seen) {
        let hot = seen.heard.iter().any(|h| HOT.contains(&&*h.kind) && h.fresh >= 1.0 && h.weight >= HEATED);
        if let Some(second) = seen.other_topics.get(1).filter(|_| hot) {
            self.read_in_draft(of("other-topics"), self.points("other-topics"), *second);
        }
    }

    /// Days we gave before: past already, or further off in this draft.
    fn promises(&mut self, seen: &Seen) {
        let Some(today) = self.context.message.headers.date.map(calendar::day_of) else { return };
        let Some(broken) = seen.promised.iter().filter(|p| p.due < today).max_by_key(|p| p.due) else { return };
        let Some(turn) = broken.turn.and_then(|number| self.thread.turns.get(number)) else { return };
        let words = one_line(broken.sentence.of(&turn.text));
        let text = format!("A day we gave has passed ({}): \"{words}\"", calendar::written(broken.due));
        let source = Source { document: turn.document, place: broken.place, date: turn.date };
        let info = of("promise-past");
        self.push(info, self.context.thresholds.points(info), text, words, Some(source));
    }

    /// What the draft leaves out of what was asked.
    fn left_out(&mut self, seen: &Seen) {
        let meeting = &seen.meeting;
        if let Some(ask) = meeting.unanswered.first().and_then(|number| seen.asks.get(*number)) {
            let heard = Heard {
                kind: "unanswered-question".into(),
                weight: 1.0,
                fresh: 1.0,
                turn: ask.turn,
                mark: ask.sentence,
                sentence: ask.sentence,
            };
            self.read_in_turn(of("unanswered-question"), self.points("unanswered-question"), &heard);
        }
        if self.thread.turns.is_empty() {
            return;
        }
        if meeting.restated.is_none() {
            self.tell("nothing-restated", "The draft does not say back what was asked or told.", 1.0);
        }
        if meeting.next_step.is_none() {
            self.tell("no-next-step", "No next step with a day.", 1.0);
        }
        if let Some(place) = meeting.solution_first {
            self.read_in_draft(of("solution-first"), self.points("solution-first"), place);
        }
        if let Some(place) =
            meeting.tasks_for_them.first().filter(|_| meeting.tasks_for_them.len() > meeting.tasks_for_us)
        {
            self.read_in_draft(of("hands-over-tasks"), self.points("hands-over-tasks"), *place);
        }
    }

    /// Rounds of asking and explaining without getting further.
    fn rounds(&mut self) {
        let rounds = self.thread.rounds();
        if rounds < ROUNDS {
            return;
        }
        let text = format!("{rounds} rounds of questions and answers so far.");
        self.push(of("rounds"), self.points("rounds"), text, String::new(), None);
    }

    fn points(&self, name: &'static str) -> f32 {
        self.context.thresholds.points(of(name))
    }

    fn tell(&mut self, name: &'static str, text: &str, share: f32) {
        let info = of(name);
        self.push(info, self.context.thresholds.points(info) * share, text.to_owned(), String::new(), None);
    }

    fn read_in_draft(&mut self, info: &'static SignalInfo, points: f32, place: Place) {
        let passage = place.passage.of(self.context.message);
        let (words, sentence) = passage.map_or(("", ""), |p| (place.mark.of(&p.text), place.sentence.of(&p.text)));
        let words = one_line(words);
        let text = format!("The draft {}: \"{}\"", info.about, legible(&words, sentence));
        self.push(info, points, text, words, Some(self.in_draft(place)));
    }

    /// Words of the draft, and what we wrote before.
    fn read_in_both(&mut self, info: &'static SignalInfo, points: f32, worse: &Worse) {
        let Some(turn) = self.thread.turns.get(worse.turn) else { return };
        let passage = worse.now.passage.of(self.context.message);
        let now = one_line(passage.map_or("", |p| worse.now.mark.of(&p.text)));
        let before = one_line(worse.before.of(&turn.text));
        let day = turn.date.map_or_else(String::new, |date| format!(", {}", calendar::written(calendar::day_of(date))));
        let text = format!("The draft {}: \"{now}\"; then{day}: \"{before}\"", info.about);
        let place =
            Place { passage: turn.passage, mark: turn.place(worse.before), sentence: turn.place(worse.sentence) };
        let source = Source { document: turn.document, place, date: turn.date };
        self.push(info, points, text, now, Some(self.in_draft(worse.now)));
        if let Some(reason) = self.reasons.last_mut() {
            reason.before = Some(Earlier { evidence: before, source });
        }
    }

    fn in_draft(&self, place: Place) -> Source {
        Source { document: Document::Draft, place, date: self.context.message.headers.date }
    }

    fn read_in_turn(&mut self, info: &'static SignalInfo, points: f32, heard: &Heard) {
        let Some(turn) = self.thread.turns.get(heard.turn) else { return };
        let words = one_line(heard.mark.of(&turn.text));
        let who = turn.name.as_deref().unwrap_or("The customer");
        let day = turn.date.map_or_else(String::new, |date| format!(", {}", calendar::written(calendar::day_of(date))));
        let text = format!("{who}{day}: \"{}\"", legible(&words, heard.sentence.of(&turn.text)));
        let place = Place { passage: turn.passage, mark: turn.place(heard.mark), sentence: turn.place(heard.sentence) };
        let source = Source { document: turn.document, place, date: turn.date };
        self.push(info, points, text, words, Some(source));
    }

    fn push(&mut self, info: &SignalInfo, points: f32, text: String, evidence: String, source: Option<Source>) {
        self.reasons.push(Reason { signal: info.name, points, text, evidence, source, before: None });
    }
}

/// Whether two marks may belong to one thing said.
fn near(a: Span, b: Span) -> bool {
    a.end.max(b.end) - a.start.min(b.start) < ONE_THING
}

/// A rule may weigh its senses: weight 1.0 is the signal's full points.
fn share(weight: f32) -> f32 {
    weight.clamp(0.0, 2.0)
}

fn info(name: &str) -> Option<&'static SignalInfo> {
    SIGNALS.iter().find(|signal| signal.name == name)
}

/// The words by themselves or, when they are too few to be understood, with their sentence around.
fn legible(words: &str, sentence: &str) -> String {
    let sentence = one_line(sentence);
    let shown = if words.split(' ').count() < FEW_WORDS { sentence.as_str() } else { words };
    if shown.chars().count() <= LINE {
        return shown.to_owned();
    }
    // Whole words from a little before the marked ones on, as many as fit.
    let at = shown.find(words).unwrap_or(0);
    let from = shown[..at].char_indices().rev().filter(|(_, c)| *c == ' ').nth(WORDS_BEFORE).map_or(0, |(n, _)| n + 1);
    let fits = shown[from..].char_indices().nth(LINE).map_or(shown.len(), |(n, _)| from + n);
    let to = if fits == shown.len() { fits } else { shown[from..fits].rfind(' ').map_or(fits, |n| from + n) };
    let (before, after) = (if from > 0 { "…" } else { "" }, if to < shown.len() { "…" } else { "" });
    format!("{before}{}{after}", &shown[from..to])
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn after_hours(date: Date) -> bool {
    !(7 * 60..17 * 60).contains(&calendar::minute_of(date))
}
