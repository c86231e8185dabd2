//! The signals: one table of all that can speak for or against writing, and their points.

use std::collections::BTreeMap;

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

/// Every signal, its points and what it says, as the end of a sentence that begins with the draft or
/// the customer. The points are judgement: no study gives outcomes of calls against mails.
pub const SIGNALS: &[SignalInfo] = &[
    // The draft's news.
    trigger("news-loss", 3.0, "tells of something that does not come back"),
    trigger("news-grief", 3.0, "tells of a death, an injury or an illness"),
    trigger("news-ending", 2.5, "ends a product, a service or the relationship"),
    trigger("news-failure", 2.0, "owns up to a failure of ours"),
    trigger("news-refusal", 2.0, "says no to what was asked"),
    trigger("news-price", 2.0, "raises what it costs"),
    trigger("news-money", 2.0, "asks for money that may come as a surprise"),
    trigger("news-staff", 2.0, "is about how one of us behaved"),
    trigger("news-decision", 1.5, "announces a decision"),
    trigger("news-delay", 1.5, "moves a date back"),
    trigger("news-trouble", 1.0, "tells of trouble in soft words"),
    trigger("news-setback", 1.5, "says that something will not be as hoped"),
    trigger("braces-reader", 1.0, "braces the reader for what comes"),
    trigger("news-dearer", 2.25, "asks more than we wrote before"),
    trigger("news-later", 1.5, "names a later day than we gave"),
    trigger("news-less", 1.5, "gives less than we wrote before"),
    beside("more-news", 0.5, "holds a second piece of news of that kind"),
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
    trigger("disappointment", 1.5, "is disappointed"),
    trigger("worry", 1.0, "is worried"),
    trigger("hard-times", 1.5, "is in a hard time"),
    trigger("cold", 0.5, "has turned formal"),
    trigger("tells", 1.5, "tells what is, and asks nothing"),
    beside("stakes", 1.5, "has built plans on our answer"),
    beside("chasing", 0.5, "had to ask again"),
    beside("negations", 0.5, "says what did not happen"),
    beside("wrote-again", 0.5, "wrote again before we answered"),
    // How the draft meets it.
    beside("defence", 1.0, "argues our case"),
    beside("form-letter", 0.5, "answers with set phrases"),
    beside("other-topics", 0.5, "brings up more than they wrote about"),
    beside("sitting-on-it", 1.0, "comes later than we knew"),
    beside("after-hours", 0.5, "goes out when nobody can answer"),
    // By itself reason to call.
    trigger("rewording", 4.5, "keeps changing the words and not the facts"),
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
    beside("resolved", -1.5, "says that it is done"),
    beside("already-spoken", -6.0, "records what the two have spoken about"),
    beside("key-account", 0.0, "goes to a key account"),
];

/// How many points lead to what; all can be set in the configuration.
#[derive(Clone, Debug)]
pub struct Thresholds {
    /// Points from which on to call first.
    pub call: f32,
    /// Weight of what is left out from which on to rework; findings ask for it by themselves.
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

    /// Signals that have other points than usual, by name.
    pub fn changed(&self) -> impl Iterator<Item = (&str, f32)> {
        self.points.iter().map(|(name, &points)| (name.as_str(), points))
    }

    /// The points of a signal at full weight.
    #[must_use]
    pub fn points(&self, signal: &SignalInfo) -> f32 {
        self.points.get(signal.name).copied().unwrap_or(signal.points)
    }
}

/// The signal of a name that stands in the table.
pub(super) fn of(name: &'static str) -> &'static SignalInfo {
    SIGNALS.iter().find(|signal| signal.name == name).unwrap_or(&SIGNALS[0])
}

/// Whether a signal can bring about a call.
pub(super) fn is_trigger(name: &str) -> bool {
    SIGNALS.iter().any(|signal| signal.trigger && signal.name == name)
}
