//! The conversation: what to ask, how to open, what to say back, what to send after it.

use super::page::{Page, at_most, prompt};
use super::theirs::HAS;
use super::{Line, LineKind, questions};
use crate::advice::{Heard, Source};
use crate::lint::Place;

/// Kinds whose words are said back first: what happened to them, before how they say it.
const HEARD_FIRST: &[&str] = &[
    "hurt",
    "asks-for-call",
    "hard-times",
    "hardship",
    "standing",
    "worry",
    "repeated",
    "disappointment",
    "chasing",
    "leaving",
    "distrust",
];
/// Kinds whose words nobody wants to hear again.
const HEATED: &[&str] = &["anger", "threat", "shouting"];
/// What they have built on our answer: said back when nothing else was heard.
const BUILT: &[&str] = &["tells", "stakes"];
/// Who is heard first, whatever the news.
const AT_ONCE: &[&str] = &["anger", "hurt", "bereaved"];
/// News of what cannot be undone.
const FINAL: &[&str] = &["news-loss", "news-grief"];
/// Points of a piece of news that is said at once, before anything is asked.
const GRAVE: f32 = 3.0;

impl Page<'_> {
    pub(super) fn ask(&self) -> Vec<Line> {
        questions::for_thread(&self.seen.heard, &self.seen.draft).into_iter().map(prompt).collect()
    }

    pub(super) fn open(&self) -> Vec<Line> {
        if let Some(place) = self.grave_news() {
            let words = self.own_line(place);
            let text = format!("Then in one sentence, in plain words: {}", words.text);
            return vec![
                prompt(self.spoken("I have hard news, and I wanted you to hear it from me.")),
                Line { kind: LineKind::Prompt, text, source: words.source },
            ];
        }
        let told = [HEARD_FIRST, HAS, BUILT].iter().find_map(|kinds| self.calm_words(kinds));
        let Some((words, source)) = told else {
            return vec![prompt(self.spoken("I have your mail in front of me. I'd like to hear it from you first."))];
        };
        // Inside a sentence of ours, which has its own full stop.
        let words = words.strip_suffix(".\"").map_or(words.clone(), |words| format!("{words}\""));
        let text = self.spoken(&format!("you wrote {words}. I'd like to hear it from you before I say anything."));
        vec![Line { kind: LineKind::Prompt, text, source: Some(source) }]
    }

    /// The words of the freshest signal of `kinds` that can be said back without heat.
    fn calm_words(&self, kinds: &[&str]) -> Option<(String, Source)> {
        let mut fitting: Vec<&Heard> = self.seen.heard.iter().filter(|heard| kinds.contains(&&*heard.kind)).collect();
        fitting.sort_by(|a, b| (b.fresh * b.weight).total_cmp(&(a.fresh * a.weight)));
        let hot = |source: &Source| {
            let heated = self.seen.heard.iter().filter(|heard| HEATED.contains(&&*heard.kind));
            heated
                .filter_map(|heard| Some((self.seen.thread.turns.get(heard.turn)?, heard.mark)))
                .any(|(turn, mark)| turn.document == source.document && source.place.mark.contains(turn.place(mark)))
        };
        let words = fitting.into_iter().filter_map(|heard| self.of_turn(heard.turn, heard.sentence, heard.mark));
        words.into_iter().find(|(_, source)| !hot(source))
    }

    /// News so grave that asking first would keep them waiting, when they do not know of it yet.
    fn grave_news(&self) -> Option<Place> {
        let heard = |kinds: &[&str]| self.seen.heard.iter().any(|heard| kinds.contains(&&*heard.kind));
        let news = self.reasons.iter().find(|r| r.signal.starts_with("news-") && r.points >= GRAVE)?;
        // What cannot be undone waits for nobody's account but that of the angry and the grieving.
        let first = if FINAL.contains(&news.signal) { AT_ONCE } else { HEARD_FIRST };
        if heard(AT_ONCE) || heard(first) { None } else { news.place() }
    }

    pub(super) fn listen(&self) -> Vec<Line> {
        vec![
            prompt("\"So what I heard is ________. Did I get that right?\""),
            prompt("Only then: \"Here is what I can do, and by when: ________\""),
        ]
    }

    pub(super) fn record(&self) -> Vec<Line> {
        vec![
            prompt(self.spoken("thank you for the call today. We agreed: ________, by ________ (day).")),
            prompt("If I heard anything differently from you, tell me and I'll set it right."),
        ]
    }

    pub(super) fn next_time(&self) -> Vec<Line> {
        let waited: Vec<&Heard> =
            self.seen.heard.iter().filter(|h| h.kind == "chasing" || h.kind == "wrote-again").collect();
        let mut lines = vec![prompt("What could tell us sooner? ________")];
        lines.extend(at_most(1, waited.into_iter().filter_map(|heard| self.heard_line(heard))));
        lines
    }

    /// Words of ours, with the name before them when it is known.
    fn spoken(&self, words: &str) -> String {
        match &self.name {
            Some(name) => format!("{}, {words}", name.name),
            None => {
                let mut letters = words.chars();
                letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
            }
        }
    }
}
