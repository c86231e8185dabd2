//! The verdict: named reasons with their points, and what they come to.

use super::thread::Document;
use super::{Advice, Context, RewordingLevel, Seen, cooling};
use crate::lint::Place;
use crate::message::Date;
use crate::text;
use std::collections::BTreeMap;

/// What a wise account manager would do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
}

/// One reason, with what it weighs and where it was read.
#[derive(Clone, Debug)]
pub struct Reason {
    /// Its name in [`SIGNALS`].
    pub signal: &'static str,
    /// Points; negative ones speak for sending, 0.0 only tells.
    pub points: f32,
    /// One line for people.
    pub text: String,
    /// The words it rests on, verbatim; empty when it rests on dates or headers.
    pub evidence: String,
    /// Where they stand.
    pub source: Option<Source>,
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

/// A signal the verdict knows.
#[derive(Clone, Copy, Debug)]
pub struct SignalInfo {
    /// Its name.
    pub name: &'static str,
    /// Points at full weight, unless configured otherwise.
    pub points: f32,
    /// Whether it can bring about a call by itself and with others; the rest only count beside one.
    pub trigger: bool,
    /// What it says.
    pub about: &'static str,
}

const fn trigger(name: &'static str, points: f32, about: &'static str) -> SignalInfo {
    SignalInfo { name, points, trigger: true, about }
}

const fn beside(name: &'static str, points: f32, about: &'static str) -> SignalInfo {
    SignalInfo { name, points, trigger: false, about }
}

/// Every signal, its points and what it means. The points are judgement, held against labelled
/// threads; the order of evidence behind them is given in the guide.
pub const SIGNALS: &[SignalInfo] = &[
    // The draft's news.
    trigger("news-loss", 3.0, "tells of something that does not come back"),
    trigger("news-grief", 3.0, "tells of a death, an injury or an illness"),
    trigger("news-ending", 2.0, "ends a product, a service or the relationship"),
    trigger("news-failure", 2.0, "owns up to a failure of ours"),
    trigger("news-refusal", 2.0, "says no to what was asked"),
    trigger("news-price", 2.0, "raises what it costs"),
    trigger("news-money", 2.0, "asks for money that may come as a surprise"),
    trigger("news-staff", 2.0, "is about how one of us behaved"),
    trigger("news-decision", 1.5, "announces a decision the reader had no part in"),
    trigger("news-delay", 1.5, "moves a date back"),
    trigger("news-trouble", 1.0, "tells of trouble in soft words"),
    trigger("news-setback", 1.5, "says that something will not be as hoped"),
    trigger("braces-reader", 1.0, "braces the reader for what comes"),
    beside("more-news", 0.5, "holds a second piece of bad news"),
    beside("large-sum", 1.0, "names a large sum"),
    beside("regret", 0.5, "regrets something"),
    beside("explains", 1.0, "explains what happened"),
    beside("house-voice", 0.5, "speaks as a house to a person"),
    beside("compensation", 0.5, "offers money or a favour for it"),
    // The customer.
    trigger("asks-for-call", 3.0, "asks to be rung, or could not get through"),
    trigger("leaving", 2.0, "thinks of leaving, or is on the way out"),
    trigger("threat", 2.0, "names a lawyer, a regulator, the press or a review"),
    trigger("hurt", 2.0, "was hurt or shamed"),
    trigger("anger", 1.5, "is angry"),
    trigger("repeated", 1.0, "says it has happened before"),
    trigger("resignation", 1.5, "has given up on us"),
    trigger("distrust", 1.0, "doubts us"),
    trigger("drift", 1.0, "says that things are not what they were"),
    trigger("hardship", 1.5, "says what it costs them"),
    trigger("standing", 1.5, "answers to others for us"),
    trigger("disappointment", 1.0, "is disappointed"),
    trigger("worry", 1.0, "is worried"),
    trigger("hard-times", 1.0, "is in a hard time"),
    trigger("cold", 0.5, "has turned formal"),
    trigger("tells", 1.5, "tells what is, and asks nothing"),
    beside("stakes", 1.5, "has built plans on our answer"),
    beside("chasing", 0.5, "had to ask again"),
    beside("negations", 0.5, "says what did not happen"),
    beside("wrote-again", 0.5, "wrote again before we answered"),
    // How the draft meets it.
    beside("defence", 1.0, "argues our case"),
    beside("form-letter", 0.5, "answers with set phrases"),
    beside("sitting-on-it", 1.0, "comes later than we knew"),
    beside("after-hours", 0.5, "goes out when nobody can answer"),
    trigger("rewording", 3.0, "keeps changing the words and not the facts"),
    trigger("rounds", 1.0, "goes round once more"),
    beside("promise-past", 0.5, "a day we gave has passed"),
    beside("unanswered-question", 0.0, "asks something the draft does not take up"),
    beside("nothing-restated", 0.0, "the draft does not say back what was asked or told"),
    beside("no-next-step", 0.0, "no next step with a day"),
    beside("solution-first", 0.0, "gives the solution before a word about what happened"),
    beside("hands-over-tasks", 0.0, "gives the reader more to do than we take on"),
    // What speaks for writing.
    beside("prevention", -0.5, "says what keeps it from happening again"),
    beside("invites-call", 0.0, "offers to speak"),
    beside("resolved", -1.5, "says that the matter is settled"),
    beside("already-spoken", -6.0, "records what the two have spoken about"),
    beside("key-account", 0.0, "goes to a key account"),
];

/// How many points lead to what; all can be set in the configuration.
#[derive(Clone, Debug)]
pub struct Thresholds {
    /// Points from which on to call first.
    pub call: f32,
    /// Weight of findings from which on to rework.
    pub rework: f32,
    points: BTreeMap<String, f32>,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { call: 4.25, rework: 2.0, points: BTreeMap::new() }
    }
}

impl Thresholds {
    /// Gives the signal called `name` other points.
    ///
    /// # Errors
    /// With all the names there are, when there is no such signal.
    pub fn set_points(&mut self, name: &str, points: f32) -> Result<(), String> {
        if SIGNALS.iter().any(|signal| signal.name == name) {
            self.points.insert(name.to_owned(), points);
            return Ok(());
        }
        let names: Vec<&str> = SIGNALS.iter().map(|signal| signal.name).collect();
        Err(format!("there is no signal `{name}`; there are: {}", names.join(", ")))
    }

    /// The points of a signal at full weight.
    #[must_use]
    pub fn points(&self, signal: &SignalInfo) -> f32 {
        self.points.get(signal.name).copied().unwrap_or(signal.points)
    }
}

/// Points from which on a customer shows that something is at stake.
const SHOWN: f32 = 0.9;
/// Points of a piece of news that is to be told by voice whoever it goes to.
const GRAVE: f32 = 3.0;
/// More apologies than these in one mail drown what is done.
const APOLOGIES: usize = 3;
/// What one omission weighs beside the findings of a draft.
const OMITTED: f32 = 1.0;

/// What the reasons come to.
pub(super) fn decide(context: &Context<'_>, seen: &Seen, reasons: Vec<Reason>) -> Advice {
    let points = reasons.iter().map(|reason| reason.points).sum::<f32>().max(0.0);
    let speak = points >= context.thresholds.call && something_at_stake(context, seen, &reasons);
    let template = is_template(context);
    let draft = &seen.draft;
    let action = if speak && !template {
        if goes_there(context, seen, &reasons) { Action::Visit } else { Action::Call }
    } else if draft.findings.0 > 0 || draft.finding_weight + left_out(seen, &reasons) >= context.thresholds.rework {
        Action::Rework
    } else {
        Action::Send
    };
    let news = reasons.iter().any(|reason| reason.signal.starts_with("news-") && reason.points > 0.0);
    let cooling = cooling::hints(context.message, &seen.thread, &seen.heard, draft);
    Advice { action, points, reasons, cooling, not_a_template: template && speak && news }
}

/// Whether there is something to speak about: grave news, or a customer who shows that it matters.
fn something_at_stake(context: &Context<'_>, seen: &Seen, reasons: &[Reason]) -> bool {
    let heaviest = |wanted: &dyn Fn(&str) -> bool| {
        reasons.iter().filter(|r| wanted(r.signal)).map(|r| r.points).fold(0.0, f32::max)
    };
    let news = heaviest(&|name| name.starts_with("news-"));
    let shown = heaviest(&|name| {
        name == "stakes" || is_trigger(name) && !name.starts_with("news-") && name != "braces-reader"
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

fn is_trigger(name: &str) -> bool {
    SIGNALS.iter().any(|signal| signal.trigger && signal.name == name)
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
fn is_template(context: &Context<'_>) -> bool {
    let message = context.message;
    let for_one = !message.headers.to.is_empty() || message.headers.date.is_some();
    message.name.is_some()
        || !for_one
            && context.linted.sentences.iter().any(|sentence| {
                let passage = sentence.passage.of(message);
                passage.is_some_and(|p| text::words(&p.text, sentence.span).iter().any(|word| word.form == "{}"))
            })
}

/// The signal of a name that stands in the table.
pub(super) fn of(name: &'static str) -> &'static SignalInfo {
    SIGNALS.iter().find(|signal| signal.name == name).unwrap_or(&SIGNALS[0])
}
