//! The page and what its sections share: quoting with the place, telling lines apart, keeping to a sheet.

use super::address::{self, Name};
use super::{Line, LineKind, Section, excerpt};
use crate::advice::thread::{Document, Turn};
use crate::advice::verdict::{Reason, Source};
use crate::advice::{Context, Heard, Seen, calendar, reasons};
use crate::lint::Place;
use crate::rules::dictionary::Severity;
use crate::span::Span;

/// What the page is written from.
pub(super) struct Page<'p> {
    pub(super) context: &'p Context<'p>,
    pub(super) seen: &'p Seen,
    pub(super) reasons: Vec<Reason>,
    /// Who is spoken to.
    pub(super) name: Option<Name>,
}

impl<'p> Page<'p> {
    pub(super) fn of(context: &'p Context<'p>, seen: &'p Seen) -> Self {
        Self { context, seen, reasons: reasons::gather(context, seen), name: address::name(context, seen) }
    }

    /// What the page is about: the subject without its "Re:", else who is written to.
    pub(super) fn title(&self) -> String {
        let mut subject = self.context.message.subject.as_ref().map_or("", |passage| passage.text.trim());
        while let Some((mark, rest)) = subject.split_once(':')
            && ["re", "fw", "fwd", "aw", "wg", "sv", "antw"].contains(&&*mark.trim().to_lowercase())
        {
            subject = rest.trim();
        }
        match (&self.name, subject) {
            (Some(name), "") => name.name.clone(),
            (None, "") => "a draft without a subject".into(),
            (_, subject) => subject.to_owned(),
        }
    }

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

    /// What weighs most of `kinds`, the newest turns first.
    pub(super) fn freshest(&self, kinds: &[&str]) -> Option<&'p Heard> {
        let fitting = self.seen.heard.iter().filter(|heard| kinds.contains(&&*heard.kind));
        fitting.rev().max_by(|a, b| (a.fresh * a.weight).total_cmp(&(b.fresh * b.weight)))
    }

    /// The clause of a turn around `mark`, verbatim, and where it stands.
    pub(super) fn of_turn(&self, number: usize, sentence: Span, mark: Span) -> Option<(String, Source)> {
        let turn = self.seen.thread.turns.get(number)?;
        let part = excerpt::clause(&turn.text, sentence, mark);
        let place = Place { passage: turn.passage, mark: turn.place(part), sentence: turn.place(sentence) };
        Some((excerpt::quoted(&turn.text, sentence, part), in_document(turn, place)))
    }

    /// The same as a line, with the day where the customer wrote more than once.
    pub(super) fn turn_line(&self, number: usize, sentence: Span, mark: Span) -> Option<Line> {
        let (mut text, source) = self.of_turn(number, sentence, mark)?;
        if self.seen.thread.customer().count() > 1
            && let Some(date) = source.date
        {
            text = format!("{text} ({})", calendar::written(calendar::day_of(date)));
        }
        Some(Line { kind: LineKind::Quote, text, source: Some(source) })
    }

    pub(super) fn heard_line(&self, heard: &Heard) -> Option<Line> {
        self.turn_line(heard.turn, heard.sentence, heard.mark)
    }

    /// Words of the draft, verbatim.
    pub(super) fn own_line(&self, place: Place) -> Line {
        let text = place.passage.of(self.context.message).map_or("", |passage| &*passage.text);
        let part = excerpt::clause(text, place.sentence, place.mark);
        let source = self.in_draft(Place { mark: part, ..place });
        Line { kind: LineKind::Quote, text: excerpt::quoted(text, place.sentence, part), source: Some(source) }
    }

    pub(super) fn in_draft(&self, place: Place) -> Source {
        Source { document: Document::Draft, place, date: self.context.message.headers.date }
    }

    /// Whether a sentence of the draft rubs; such words are to be left out, and serve for nothing else.
    pub(super) fn rubs(&self, place: Place) -> bool {
        let left = self.context.linted.findings.iter().filter(|finding| finding.suppressed.is_none());
        left.filter(|finding| finding.severity >= Severity::Warning)
            .any(|finding| (finding.place.passage, finding.place.sentence) == (place.passage, place.sentence))
    }
}

pub(super) fn in_document(turn: &Turn, place: Place) -> Source {
    Source { document: turn.document, place, date: turn.date }
}

pub(super) fn fact(text: String) -> Line {
    Line { kind: LineKind::Fact, text, source: None }
}

pub(super) fn missing(text: &str) -> Line {
    Line { kind: LineKind::Missing, text: text.into(), source: None }
}

pub(super) fn prompt(text: impl Into<String>) -> Line {
    Line { kind: LineKind::Prompt, text: text.into(), source: None }
}

/// Whether two lines quote the same words, or one most of the other's.
fn alike(a: &Line, b: &Line) -> bool {
    let Some((a, b)) = a.source.zip(b.source).filter(|_| a.kind == b.kind) else { return a.text == b.text };
    let (one, other) = (a.place.mark, b.place.mark);
    let shared = one.end.min(other.end).saturating_sub(one.start.max(other.start));
    let shorter = u32::try_from(one.len().min(other.len())).unwrap_or(u32::MAX);
    (a.document, a.place.passage) == (b.document, b.place.passage) && 2 * shared > shorter
}

/// Each line once, at most `most`; the last says how many more there are.
pub(super) fn at_most(most: usize, lines: impl IntoIterator<Item = Line>) -> Vec<Line> {
    let mut kept: Vec<Line> = Vec::new();
    let mut more = 0;
    for line in lines {
        if kept.iter().any(|known| alike(known, &line)) {
            continue;
        }
        if kept.len() < most { kept.push(line) } else { more += 1 }
    }
    if let Some(last) = kept.last_mut().filter(|_| more > 0) {
        last.text = format!("{} (and {more} more)", last.text);
    }
    kept
}

/// `lines`, or what was not found.
pub(super) fn or_missing(mut lines: Vec<Line>, text: &str) -> Vec<Line> {
    if lines.is_empty() {
        lines.push(missing(text));
    }
    lines
}
