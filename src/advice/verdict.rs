//! The verdict: what the reasons come to.

use super::signals::{is_trigger, of};
use super::thread::Document;
use super::{Advice, Context, RewordingLevel, Seen, cooling};
use crate::lint::Place;
use crate::message::Date;
use crate::text::Word;
use serde::Serialize;

/// What a wise account manager would do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// Send it.
    Send,
    /// Mend these words first.
    Rework,
    /// Speak first, then send it as the record.
    Call,
    /// Go there.
    Visit,
}

impl Action {
    /// The name in machine formats.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Send => "send",
            Self::Rework => "rework",
            Self::Call => "call",
            Self::Visit => "visit",
        }
    }

    /// The name under which it stands among rules, in reports and baselines; `None` unless it asks to speak first.
    #[must_use]
    pub fn rule(self) -> Option<&'static str> {
        match self {
            Self::Send | Self::Rework => None,
            Self::Call => Some("verdict/call"),
            Self::Visit => Some("verdict/visit"),
        }
    }
}

/// One reason, with what it weighs and where it was read.
#[derive(Clone, Debug)]
pub struct Reason {
    /// Its name in [`SIGNALS`](super::signals::SIGNALS).
    pub signal: &'static str,
    /// Points; negative ones speak for sending, 0.0 only tells.
    pub points: f32,
    /// One line for people.
    pub text: String,
    /// The words it rests on, verbatim; empty when it rests on dates or headers.
    pub evidence: String,
    /// Where they stand.
    pub source: Option<Source>,
    /// What we wrote before, when that is what makes it a reason.
    pub before: Option<Earlier>,
}

/// Words of an earlier mail of ours that the draft goes back on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// The words, verbatim.
    pub evidence: String,
    /// Where they stand.
    pub source: Source,
}

impl Reason {
    /// Where its words stand in the file of the draft, when they stand there.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        self.source.filter(|source| source.document == Document::Draft).map(|source| source.place)
    }
}

/// Where something was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// In which document.
    pub document: Document,
    /// Where in it.
    pub place: Place,
    /// When it was written, where known.
    pub date: Option<Date>,
}

/// Points from which on a customer shows that something is at stake.
const SHOWN: f32 = 0.9;
/// Points of a piece of news that is to be told by voice whoever it goes to.
const GRAVE: f32 = 3.0;
/// More apologies than these in one mail drown what is done.
const APOLOGIES: usize = 3;
/// What one omission weighs beside the findings of a draft.
const OMITTED: f32 = 1.0;

/// What the reasons come to; nobody is called about a `template`.
pub(super) fn decide(context: &Context<'_>, seen: &Seen, reasons: Vec<Reason>, template: bool) -> Advice {
    // The sum of nothing is -0.0.
    let points = reasons.iter().map(|reason| reason.points).sum::<f32>().max(0.0) + 0.0;
    let speak = points >= context.thresholds.call && something_at_stake(context, seen, &reasons);
    let draft = &seen.draft;
    let action = if speak && !template {
        if goes_there(context, seen, &reasons) { Action::Visit } else { Action::Call }
    } else if draft.findings.0 + draft.findings.1 > 0 || left_out(seen, &reasons) >= context.thresholds.rework {
        Action::Rework
    } else {
        Action::Send
    };
    let heaviest = reasons.iter().filter(|r| r.signal.starts_with("news-")).map(|r| r.points).fold(0.0, f32::max);
    // A template has no thread, whose points would lead to a call: grave news is enough.
    let news = heaviest >= GRAVE || speak && heaviest > 0.0;
    let cooling = cooling::hints(context.message, &seen.thread, &seen.heard, draft);
    let restated = seen.meeting.restated;
    Advice { action, points, reasons, restated, cooling, not_a_template: template && news }
}

/// Whether there is something to speak about: grave news, or a customer who shows that it matters.
fn something_at_stake(context: &Context<'_>, seen: &Seen, reasons: &[Reason]) -> bool {
    let heaviest = |wanted: &dyn Fn(&str) -> bool| {
        reasons.iter().filter(|r| wanted(r.signal)).map(|r| r.points).fold(0.0, f32::max)
    };
    let news = heaviest(&|name| name.starts_with("news-"));
    let shown = heaviest(&|name| {
        matches!(name, "stakes" | "hope") || is_trigger(name) && !name.starts_with("news-") && name != "braces-reader"
    });
    let alone = seen.thread.turns.is_empty() || context.rewording.is_some_and(|r| r.level == RewordingLevel::High);
    shown >= SHOWN || news >= GRAVE || alone && heaviest(&is_trigger) > 0.0
}

/// What the draft leaves out, as weight beside its findings: each counts half a warning.
fn left_out(seen: &Seen, reasons: &[Reason]) -> f32 {
    let omitted = ["defence", "unanswered-question", "nothing-restated"];
    let argues = reasons.iter().any(|r| r.signal == "defence");
    // What is left out weighs only in a draft whose words rub already.
    let rubs = argues || seen.draft.finding_weight >= 1.0;
    let of_draft = reasons.iter().filter(|r| rubs && omitted.contains(&r.signal)).count();
    let grovels = seen.draft.acts_of("apology").count() > APOLOGIES;
    #[expect(clippy::cast_precision_loss, reason = "three omissions at most")]
    let weight = of_draft as f32 * OMITTED + if grovels { 2.0 } else { 0.0 };
    weight
}

/// Whether speaking means going there: something is at stake that one call does not settle.
fn goes_there(context: &Context<'_>, seen: &Seen, reasons: &[Reason]) -> bool {
    let points_of = |name: &str| reasons.iter().find(|r| r.signal == name).map_or(0.0, |r| r.points);
    // Who asks to be rung is rung, at once; nobody drives there first.
    if points_of("asks-for-call") > 0.0 {
        return false;
    }
    let called_before = seen.heard.iter().any(|heard| heard.kind == "spoke-before");
    let ends = points_of("leaving") >= context.thresholds.points(of("leaving")) && points_of("repeated") > 0.0;
    // Somebody whose name stands beside ours has more to lose than a sale.
    let vouches = points_of("standing") >= context.thresholds.points(of("standing"));
    context.key_account || called_before || ends || vouches
}

/// Whether the draft is one text for many: kept in a collection, or with places to fill in.
pub(super) fn is_template(context: &Context<'_>) -> bool {
    let message = context.message;
    let for_one = !message.headers.to.is_empty() || message.headers.date.is_some();
    message.name.is_some()
        || !for_one && context.linted.sentences.iter().any(|sentence| sentence.words.iter().any(Word::is_placeholder))
}
