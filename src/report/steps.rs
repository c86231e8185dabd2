//! `drafts --format json`: what happened to each sentence, for machines.
//!
//! One history is `{"version":1,"drafts":[…],"steps":[…],"traces":[…],"rewording":{…}}`; several, or none,
//! are `{"version":1,"histories":[…]}` with such an object, and the subject, for each.

use super::escape;
use super::story::{Told, WordPlaces};
use crate::drafts::{Draft, Op, Rewording, Step};
use crate::span::Span;
use serde::Serialize;

/// The object of one history.
#[must_use]
pub fn history(told: &Told<'_>) -> String {
    line(&Single { version: 1, history: object(told) })
}

/// The object of several histories.
#[must_use]
pub fn histories(all: &[Told<'_>]) -> String {
    line(&Several { version: 1, histories: all.iter().map(object).collect() })
}

fn line(object: &impl Serialize) -> String {
    escape::json(serde_json::to_string(object).expect("strings, numbers and lists are always JSON")) + "\n"
}

#[derive(Serialize)]
struct Single<'a> {
    version: u8,
    #[serde(flatten)]
    history: HistoryObject<'a>,
}

#[derive(Serialize)]
struct Several<'a> {
    version: u8,
    histories: Vec<HistoryObject<'a>>,
}

#[derive(Serialize)]
struct HistoryObject<'a> {
    subject: Option<&'a str>,
    drafts: Vec<DraftObject<'a>>,
    steps: Vec<StepObject<'a>>,
    traces: Vec<TraceObject<'a>>,
    rewording: &'a Rewording,
}

#[derive(Serialize)]
struct DraftObject<'a> {
    name: &'a str,
    /// Seconds since 1970-01-01T00:00:00Z.
    when: Option<i64>,
}

#[derive(Serialize)]
struct StepObject<'a> {
    from: &'a str,
    to: &'a str,
    sentences: Vec<SentenceObject<'a>>,
}

#[derive(Serialize)]
struct SentenceObject<'a> {
    op: Op,
    mended: bool,
    from: Option<PlaceObject<'a>>,
    to: Option<PlaceObject<'a>>,
}

#[derive(Serialize)]
struct PlaceObject<'a> {
    start: u32,
    end: u32,
    text: &'a str,
}

#[derive(Serialize)]
struct TraceObject<'a> {
    kind: crate::drafts::signs::SignKind,
    text: &'a str,
    /// Bytes in the newest save.
    start: u32,
    end: u32,
    other: Option<PlaceObject<'a>>,
}

fn object<'a>(told: &Told<'a>) -> HistoryObject<'a> {
    let story = told.story;
    let pairs = story.drafts.windows(2).zip(&story.steps);
    let place = |span: Span, text: &'a str| PlaceObject { start: span.start, end: span.end, text };
    HistoryObject {
        subject: told.subject,
        drafts: story.drafts.iter().map(|draft| DraftObject { name: &draft.name, when: draft.when }).collect(),
        steps: pairs.map(|(pair, step)| step_object(&pair[0], &pair[1], step, told.places)).collect(),
        traces: story
            .traces
            .iter()
            .map(|trace| TraceObject {
                kind: trace.kind,
                text: &trace.text,
                start: trace.source.start,
                end: trace.source.end,
                other: trace.other.as_ref().map(|(text, source)| place(*source, text)),
            })
            .collect(),
        rewording: &story.rewording,
    }
}

fn step_object<'a>(old: &'a Draft, new: &'a Draft, step: &Step, places: WordPlaces) -> StepObject<'a> {
    let side = |draft: &'a Draft, index: Option<usize>| -> Option<PlaceObject<'a>> {
        let index = index?;
        let place = draft.sentences.get(index)?.place?;
        let span = match places {
            WordPlaces::File => place.source,
            WordPlaces::OwnText => place.text,
        };
        Some(PlaceObject { start: span.start, end: span.end, text: draft.sentence_text(index) })
    };
    let sentences = step.changes.iter().map(|change| SentenceObject {
        op: change.op,
        mended: change.mended,
        from: side(old, change.old),
        to: side(new, change.new),
    });
    StepObject { from: &old.name, to: &new.name, sentences: sentences.collect() }
}
