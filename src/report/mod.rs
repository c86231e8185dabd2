//! A file per format, each a view of checked messages.
//!
//! A [`Report`] turns one checked message into text at a time, so that a run over ten thousand files
//! holds none of them longer than it must; the caller prints the pieces in order. Text of mails is
//! written by strangers: every format escapes it in its own way ([`escape`] for terminals).

mod checkstyle;
mod difference;
pub mod escape;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod lines;
pub mod points;
mod rdjson;
pub mod reference;
mod remark;
mod root;
mod sarif;
mod short;
mod steps;
mod story;
pub mod style;
mod xml;

pub use checkstyle::Checkstyle;
pub use github::GitHub;
pub use gitlab::GitLab;
pub use human::{Human, Shown};
pub use json::{Json, JsonLines};
pub use junit::JUnit;
pub use lines::{Lines, Position};
pub use rdjson::RdJsonLines;
pub use root::Root;
pub use sarif::Sarif;
pub use short::Short;
pub use steps::{histories, history};
pub use story::{Told, WordPlaces, story};

use crate::advice::{Action, Advice};
use crate::drafts::Rewording;
use crate::lint::{Finding, Linted, Origin, PassageId, Place};
use crate::message::Message;
use crate::rules::RuleSet;
use crate::rules::dictionary::Severity;
use crate::span::Span;

/// One message, read, linted and advised on.
pub struct Checked<'a> {
    /// Its file, as people name it.
    pub path: &'a str,
    /// The lines of the file, which all messages in it share.
    pub lines: &'a Lines<'a>,
    /// The rules it was linted by.
    pub rules: &'a RuleSet,
    /// The message.
    pub message: &'a Message,
    /// What was seen.
    pub linted: &'a Linted,
    /// What its drafts tell; `None` when there is one draft and nothing to tell of it.
    pub rewording: Option<&'a Rewording>,
    /// What to do.
    pub advice: &'a Advice,
    /// Whether people are shown its notes.
    pub notes: bool,
}

/// Something that could not be checked.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Failure {
    /// What it was, as people name it.
    pub path: String,
    /// Why, and what to do next.
    pub message: String,
}

/// The sums of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Messages read.
    pub messages: usize,
    /// Messages to send, rework, call about, visit about.
    pub actions: [usize; 4],
    /// Findings withheld for a reason.
    pub withheld: usize,
    /// Findings that stood in a file before the change that is looked at.
    pub before: usize,
    /// Replies to be written afresh each time: news for one person.
    pub for_one: usize,
    /// Named files passed over, as the user asked: of another type or shape, or without words.
    pub passed_over: usize,
    /// Tables that were met and not read, as people name them.
    pub tables: Vec<String>,
    /// Pairs of replies that say nearly the same, as people name them.
    pub alike: Vec<(String, String)>,
    /// Findings that the baseline lists.
    pub listed: usize,
    /// Notes, which people see only when they ask.
    pub notes: usize,
    /// Findings of warning and above, not withheld.
    pub loud: usize,
    /// The worst live finding.
    pub worst: Option<Severity>,
}

impl Tally {
    /// Adds a checked message.
    pub fn add(&mut self, checked: &Checked<'_>) {
        self.messages += 1;
        self.actions[checked.advice.action as usize] += 1;
        self.for_one += usize::from(checked.advice.not_a_template);
        for finding in &checked.linted.findings {
            if let Some(suppression) = &finding.suppressed {
                match suppression.origin {
                    Origin::Before => self.before += 1,
                    Origin::Baseline => self.listed += 1,
                    Origin::Configuration | Origin::Text | Origin::Header => self.withheld += 1,
                }
                continue;
            }
            self.worst = self.worst.max(Some(finding.severity));
            match finding.severity {
                Severity::Silent | Severity::Note => self.notes += 1,
                Severity::Warning | Severity::Error => self.loud += 1,
            }
        }
    }

    /// Adds the sums of another part of the run.
    pub fn merge(&mut self, other: &Tally) {
        self.messages += other.messages;
        for (sum, add) in self.actions.iter_mut().zip(other.actions) {
            *sum += add;
        }
        self.withheld += other.withheld;
        self.before += other.before;
        self.listed += other.listed;
        self.for_one += other.for_one;
        self.passed_over += other.passed_over;
        self.tables.extend_from_slice(&other.tables);
        self.alike.extend_from_slice(&other.alike);
        self.notes += other.notes;
        self.loud += other.loud;
        self.worst = self.worst.max(other.worst);
    }

    /// Messages for which the advice is to speak.
    #[must_use]
    pub fn to_speak(&self) -> usize {
        self.actions[Action::Call as usize] + self.actions[Action::Visit as usize]
    }
}

/// A format.
pub trait Report: Sync {
    /// What stands before the first message.
    fn start(&self) -> String {
        String::new()
    }
    /// One message; empty when the format has nothing to say of it.
    fn message(&self, checked: &Checked<'_>) -> String;
    /// What stands between two messages that are not empty.
    fn separator(&self) -> &'static str {
        ""
    }
    /// What stands after the last message.
    fn finish(&self, tally: &Tally, failures: &[Failure]) -> String;
}

/// The words of a finding for people: how it lands, and what to offer instead.
pub(crate) struct Wording<'r> {
    /// `category/rule`
    pub rule: &'r str,
    /// Name of the sense.
    pub sense: &'r str,
    /// How the words land.
    pub message: &'r str,
    /// What to offer instead.
    pub instead: Option<&'r str>,
}

impl<'r> Wording<'r> {
    /// The words for sense `sense` of rule `rule`.
    pub(crate) fn of(rules: &'r RuleSet, rule: u32, sense: u32) -> Self {
        let entry = &rules.dictionary.rules[rule as usize];
        let prose = rules.prose(rule);
        let own = &prose.senses[sense as usize];
        Self {
            rule: &entry.id,
            sense: &entry.senses[sense as usize].name,
            message: own.message.as_deref().unwrap_or(&prose.summary),
            instead: own.instead.as_deref().or(prose.instead.as_deref()),
        }
    }
}

impl Checked<'_> {
    /// Where the words at `place` begin and end in the file, and whether that is exact.
    pub(crate) fn locate(&self, place: Place) -> (Position, Position, bool) {
        let Some(passage) = place.passage.of(self.message) else {
            return (self.begin(), self.begin(), false);
        };
        let raw = passage.map.to_source(place.mark);
        (self.lines.position(raw.start as usize), self.lines.position(raw.end as usize), passage.exact)
    }

    /// Where the message begins in the file.
    pub(crate) fn begin(&self) -> Position {
        let first = self.message.bodies.iter().chain(&self.message.subject).filter(|_| self.message.name.is_some());
        let first = first.map(|passage| passage.map.to_source(Span::default()).start).min();
        self.lines.position(first.unwrap_or(0) as usize)
    }

    /// The text of the passage `id`.
    pub(crate) fn text(&self, id: PassageId) -> &str {
        id.of(self.message).map_or("", |passage| &passage.text)
    }

    /// Findings that are not withheld.
    pub(crate) fn live(&self) -> impl Iterator<Item = &Finding> {
        self.linted.findings.iter().filter(|finding| finding.suppressed.is_none())
    }
}

/// How many, in words: `1 draft`, `2 drafts`.
#[must_use]
pub fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// How severities are called in machine formats.
pub(crate) fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Silent => "silent",
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}
