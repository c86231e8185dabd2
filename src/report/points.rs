//! How the points of a verdict were made: every reason, its points and the words it rests on.

use super::escape;
use crate::advice::signals::SIGNALS;
use crate::advice::{Action, Context, Reason, Source, advise};
use std::fmt::Write;

/// The sum in the open. `locate` says a place for people, such as `draft.eml:12`.
#[must_use]
pub fn points(context: &Context<'_>, locate: impl Fn(&Source) -> String) -> String {
    let advice = advise(context);
    let (weighing, telling): (Vec<&Reason>, Vec<&Reason>) = advice.reasons.iter().partition(|r| r.points != 0.0);
    let mut out = format!("{}, {:.1} points\n", advice.action.name(), advice.points);
    for (heading, reasons) in [("What weighs", weighing), ("What is seen, and weighs nothing by itself", telling)] {
        if reasons.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n{heading}:");
        for reason in reasons {
            describe(&mut out, reason, &locate);
        }
    }
    let findings = context.linted.findings.iter().filter(|finding| finding.suppressed.is_none()).count();
    let _ = writeln!(out, "\nFindings left in the draft, notes included: {findings}");
    let call = context.thresholds.call;
    let _ =
        writeln!(out, "Speaking comes first from {call:.2} points on, when something is at stake for the customer;");
    let _ = writeln!(out, "going there, when it is a key account, an end in sight, or a talk that did not settle it.");
    if advice.action == Action::Rework {
        let _ = writeln!(out, "Below that, findings of warning and above ask for another look before sending.");
    }
    let _ = writeln!(out, "The points are judgement; [advice] in the configuration changes them.");
    out
}

fn describe(out: &mut String, reason: &Reason, locate: &impl Fn(&Source) -> String) {
    let about = SIGNALS.iter().find(|signal| signal.name == reason.signal).map_or("", |signal| signal.about);
    let place = reason.source.as_ref().map_or(String::new(), |source| format!("  [{}]", locate(source)));
    let _ = writeln!(out, "  {:>5.1}  {}: {about}{}", reason.points, reason.signal, escape::line(&place));
    let before = reason.before.as_ref().map_or(String::new(), |before| format!("  [{}]", locate(&before.source)));
    let _ = writeln!(out, "         {}{}", escape::line(&reason.text), escape::line(&before));
}
