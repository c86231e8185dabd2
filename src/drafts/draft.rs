//! One version of a message: its own words as sentences, with where they stand.

use super::features::{Features, Key};
use crate::lint::Linted;
use crate::message::Message;
use crate::rules::dictionary::Severity;
use crate::span::Span;
use crate::text;

/// One version of a message.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// What people call it: a path, a mailbox entry, a commit.
    pub name: String,
    /// When it was saved, in seconds since 1970-01-01T00:00:00Z.
    pub when: Option<i64>,
    /// The writer's own words, decoded; empty when only a sketch is known.
    pub text: String,
    /// Its sentences, in order.
    pub sentences: Vec<Sentence>,
}

/// A sentence of a [`Draft`].
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    /// What is compared.
    pub features: Features,
    /// Where it stands; `None` in a sketch.
    pub place: Option<Place>,
    /// How many findings it has, as told by [`Draft::set_findings`].
    pub findings: u16,
}

/// Where a sentence stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// In the text of its draft, in bytes.
    pub text: Span,
    /// In the file the draft was read from, in bytes.
    pub source: Span,
}

impl Draft {
    /// The own words of `message` under the key `key`: subject first, then the bodies.
    #[must_use]
    pub fn of(name: impl Into<String>, when: Option<i64>, message: &Message, key: Key) -> Self {
        let mut draft = Draft { name: name.into(), when, ..Draft::default() };
        // The subject of an answer is the customer's.
        let subject = message.subject.iter().filter(|_| !message.headers.subject.as_deref().is_some_and(is_answer));
        for passage in subject.chain(&message.bodies) {
            for zone in passage.own() {
                draft.push(&passage.text, zone, key, |span| passage.map.to_source(span));
            }
        }
        draft
    }

    /// A draft that is plain text, all of it the writer's own words.
    #[must_use]
    pub fn plain(name: impl Into<String>, text: &str) -> Self {
        let mut draft = Draft { name: name.into(), ..Draft::default() };
        draft.push(text, Span::new(0, text.len()), Key::PLAIN, |span| span);
        draft
    }

    /// Appends the words of `zone`, a part of `text`.
    fn push(&mut self, text: &str, zone: Span, key: Key, source: impl Fn(Span) -> Span) {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let base = self.text.len();
        self.text.push_str(zone.of(text));
        for sentence in text::sentences(text, zone) {
            let features = Features::of(text, sentence.span, key);
            if features.is_empty() {
                continue;
            }
            let at = base + (sentence.span.start - zone.start) as usize;
            let place = Place { text: Span::new(at, at + sentence.span.len()), source: source(sentence.span) };
            self.sentences.push(Sentence { features, place: Some(place), findings: 0 });
        }
    }

    /// Tells which stretches of the file had findings, so that mending one is no rewording.
    pub fn set_findings(&mut self, sources: &[Span]) {
        for sentence in &mut self.sentences {
            let Some(place) = sentence.place else { continue };
            let count = sources.iter().filter(|span| place.source.overlaps(**span)).count();
            sentence.findings = u16::try_from(count).unwrap_or(u16::MAX);
        }
    }

    /// Tells it what the linter saw in `message`, the message it was made of: findings of `least` and above,
    /// those withheld for a reason left out. `least` is what the writer was shown.
    pub fn set_linted(&mut self, message: &Message, linted: &Linted, least: Severity) {
        let shown = linted.findings.iter().filter(|f| f.suppressed.is_none() && f.severity >= least);
        let sources: Vec<Span> = shown
            .filter_map(|f| f.place.passage.of(message).map(|passage| passage.map.to_source(f.place.mark)))
            .collect();
        self.set_findings(&sources);
    }

    /// Findings of all sentences.
    #[must_use]
    pub fn findings(&self) -> usize {
        self.sentences.iter().map(|s| usize::from(s.findings)).sum()
    }

    /// The words of sentence `index`; empty in a sketch.
    #[must_use]
    pub fn sentence_text(&self, index: usize) -> &str {
        self.sentences.get(index).and_then(|s| s.place).map_or("", |place| place.text.of(&self.text))
    }

    /// Whether the two drafts say the same words in the same order: an autosave, no revision.
    #[must_use]
    pub fn same_words(&self, other: &Draft) -> bool {
        let sequences = |draft: &Draft| draft.sentences.iter().map(|s| s.features.written).collect::<Vec<_>>();
        sequences(self) == sequences(other)
    }
}

fn is_answer(subject: &str) -> bool {
    let mark = subject.split(':').next().unwrap_or("").trim();
    subject.contains(':') && ["re", "aw", "sv"].iter().any(|known| mark.eq_ignore_ascii_case(known))
}
