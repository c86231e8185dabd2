//! The advice: send it, rework it, call first, or go there.
//!
//! ```text
//! Message ─► thread (turns) ─► temperature (what the customer's words say)  ─┐
//! Linted  ─► draft (what the own words do)                                  ─┼► reasons ─► verdict
//! drafts  ─► rewording                                                      ─┘
//! ```
//!
//! Every reason has a name, points, the words it rests on and where they stand; see
//! [`signals::SIGNALS`]. It is advice, never a block.

pub mod asks;
pub mod brief;
pub mod calendar;
mod cooling;
mod draft;
mod manner;
mod money;
pub mod omissions;
pub mod promises;
mod reasons;
pub mod signals;
pub mod temperature;
pub mod thread;
mod topics;
pub mod verdict;
mod worse;

pub use asks::Ask;
pub use draft::{Act, Draft};
pub use omissions::Meeting;
pub use promises::Promise;
pub use signals::Thresholds;
pub use temperature::Heard;
pub use thread::{Document, Side, Thread, Turn};
pub use verdict::{Action, Earlier, Reason, Source};
pub use worse::Worse;

use crate::drafts::{Level, Rewording};
use crate::lint::{Linted, Linter, Place};
use crate::message::Message;
use std::sync::LazyLock;

/// All that the advice looks at.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The draft.
    pub message: &'a Message,
    /// What the linter saw in it.
    pub linted: &'a Linted,
    /// The linter that saw it, to read the customer's words by the same rules.
    pub linter: &'a Linter<'a>,
    /// Earlier mails of the thread that the user named.
    pub thread: &'a [Message],
    /// What earlier drafts tell, when there are any.
    pub rewording: Option<&'a RewordingSummary>,
    /// Whether the draft goes to a key account.
    pub key_account: bool,
    /// How many points lead to what.
    pub thresholds: &'a Thresholds,
}

impl<'a> Context<'a> {
    /// A draft by itself: no thread named, no earlier drafts, an ordinary account, the usual thresholds.
    #[must_use]
    pub fn of(message: &'a Message, linted: &'a Linted, linter: &'a Linter<'a>) -> Self {
        Self { message, linted, linter, thread: &[], rewording: None, key_account: false, thresholds: &USUAL }
    }
}

static USUAL: LazyLock<Thresholds> = LazyLock::new(Thresholds::default);

/// How much a draft was reworded, as the room of drafts found it.
#[derive(Clone, Debug, Default)]
pub struct RewordingSummary {
    /// How much.
    pub level: RewordingLevel,
    /// From 0.0 to 1.0.
    pub index: f32,
    /// How many drafts were read.
    pub drafts: usize,
    /// What it was seen by, said for people.
    pub signs: Vec<String>,
}

impl From<&Rewording> for RewordingSummary {
    fn from(rewording: &Rewording) -> Self {
        let level = match rewording.level {
            Level::None => RewordingLevel::None,
            Level::Some => RewordingLevel::Some,
            Level::High => RewordingLevel::High,
        };
        let signs = rewording.signs.iter().map(|clue| clue.text.clone()).collect();
        Self { level, index: rewording.index, drafts: rewording.drafts, signs }
    }
}

/// How much a draft was reworded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum RewordingLevel {
    /// No more than any text is.
    #[default]
    None,
    /// Some.
    Some,
    /// So much that the words are not what is amiss.
    High,
}

/// What to do, and why.
#[derive(Clone, Debug)]
pub struct Advice {
    /// What to do.
    pub action: Action,
    /// The sum of all points, at least 0.0.
    pub points: f32,
    /// Every reason, heaviest first.
    pub reasons: Vec<Reason>,
    /// Own words that say back what the customer needs; `None` when the draft does not.
    pub restated: Option<Place>,
    /// What speaks for waiting a night, one line each.
    pub cooling: Vec<String>,
    /// Whether the draft is a template whose subject is bad news for one person.
    pub not_a_template: bool,
}

/// Everything seen in a draft and its thread, before it is weighed.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// The turns before the draft.
    pub thread: Thread,
    /// What the customer's words say.
    pub heard: Vec<Heard>,
    /// What the draft does.
    pub draft: Draft,
    /// What the customer asks.
    pub asks: Vec<Ask>,
    /// What we promised before.
    pub promised: Vec<Promise>,
    /// What the draft promises.
    pub promises: Vec<Promise>,
    /// What the draft does with what was asked.
    pub meeting: Meeting,
    /// What got worse since we last wrote.
    pub worse: Vec<Worse>,
    /// Where the draft begins something the customer did not write about, once for each.
    pub other_topics: Vec<Place>,
}

/// Reads a draft and its thread.
#[must_use]
pub fn see(context: &Context<'_>) -> Seen {
    see_draft(context, see_thread(context))
}

/// What does not hang on the words of the draft.
#[derive(Clone)]
struct Before {
    thread: Thread,
    heard: Vec<Heard>,
    promised: Vec<Promise>,
}

fn see_thread(context: &Context<'_>) -> Before {
    let thread = Thread::read(context.message, context.thread);
    let mut heard = temperature::hear(&thread, context.linter);
    manner::of_customer(&thread, &mut heard);
    let promised = promises::made_before(&thread);
    Before { thread, heard, promised }
}

fn see_draft(context: &Context<'_>, before: Before) -> Seen {
    let (message, linted) = (context.message, context.linted);
    let Before { thread, heard, promised } = before;
    let draft = Draft::read(message, linted);
    let asks = asks::find(&thread, &heard, message, linted);
    let promises = promises::made_now(message, linted);
    let meeting = omissions::meet(&thread, &asks, &draft, &promises, linted);
    let worse = worse::find(&thread, message, linted);
    let other_topics = topics::other(&thread, &draft, message, linted);
    Seen { thread, heard, draft, asks, promised, promises, meeting, worse, other_topics }
}

/// Weighs a draft: of a template the reading that asks for most, for nobody gets to read arms that exclude each
/// other.
#[must_use]
pub fn advise(context: &Context<'_>) -> Advice {
    let template = verdict::is_template(context);
    let before = see_thread(context);
    let weigh = |context: &Context<'_>, before: Before| {
        let seen = see_draft(context, before);
        let reasons = reasons::gather(context, &seen);
        verdict::decide(context, &seen, reasons, template)
    };
    let of_reading = |linted| weigh(&Context { linted: &linted, ..*context }, before.clone());
    let all: Vec<Advice> = context.linted.by_reading().map(of_reading).collect();
    let not_a_template = all.iter().any(|advice| advice.not_a_template);
    let worst = all.into_iter().reduce(|worst, next| if next.asks_more_than(&worst) { next } else { worst });
    worst.map_or_else(|| weigh(context, before), |advice| Advice { not_a_template, ..advice })
}

impl Advice {
    fn asks_more_than(&self, other: &Advice) -> bool {
        self.action.cmp(&other.action).then(self.points.total_cmp(&other.points)).is_gt()
    }
}

/// Whether any recipient of `message` is among the key accounts: addresses, or `@domain` for all of one.
#[must_use]
pub fn is_key_account(message: &Message, keys: &[String]) -> bool {
    let recipients = message.headers.to.iter().filter_map(|to| to.address.as_deref());
    recipients.map(str::to_lowercase).any(|address| {
        keys.iter().map(|key| key.to_lowercase()).any(|key| match key.strip_prefix('@') {
            Some(domain) => {
                address.rsplit_once('@').is_some_and(|(_, d)| d == domain || d.ends_with(&format!(".{domain}")))
            }
            None => address == key,
        })
    })
}

#[cfg(test)]
mod tests;
