//! What machine formats for CI say of a message: its findings, and the advice to speak first.

use super::{Checked, Position, Wording, escape};
use crate::advice::{Action, Advice};
use crate::lint::{Finding, normalised};
use crate::rules::dictionary::Severity;
use siphasher::sip128::{Hasher128, SipHasher13};
use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::Hasher;

/// One thing said of a message.
pub(super) struct Remark<'a> {
    /// Number of the rule; `None` for the verdict.
    pub number: Option<u32>,
    /// `category/rule`, or `verdict/call`.
    pub rule: &'a str,
    /// How loud: never silent.
    pub severity: Severity,
    /// How it lands, in a line that commands nothing.
    pub message: String,
    /// What to offer instead.
    pub instead: Option<&'a str>,
    /// The first byte.
    pub start: Position,
    /// One past the last byte.
    pub end: Position,
    /// The same for the same words in the same file, wherever they stand in it; differs between all remarks of a run.
    pub fingerprint: String,
}

/// The lines a verdict is told in.
pub(super) fn head(action: Action) -> (&'static str, &'static str) {
    match action {
        Action::Send => ("SEND", "nothing here stands in its way."),
        Action::Rework => ("REWORK", "something is left out; then send."),
        Action::Call => ("CALL FIRST", "then send this as the record."),
        Action::Visit => ("VISIT", "or at least call; then send this as the record."),
    }
}

/// How many reasons stand behind a verdict.
const MOST_REASONS: usize = 3;

/// Everything to say of `checked`, in reading order; a verdict that asks to speak comes first. `path` tells files
/// apart in fingerprints.
pub(super) fn remarks<'a>(checked: &'a Checked<'_>, path: &str) -> Vec<Remark<'a>> {
    let mut prints = Fingerprints { path, message: name(checked), seen: HashMap::new() };
    let verdict = verdict(checked, &mut prints);
    let findings = checked.live().map(|finding| remark(checked, finding, &mut prints));
    verdict.into_iter().chain(findings).collect()
}

fn remark<'a>(checked: &'a Checked<'_>, finding: &Finding, prints: &mut Fingerprints<'_>) -> Remark<'a> {
    let wording = Wording::of(checked.rules, finding.rule, finding.sense);
    let (start, end, _) = checked.locate(finding.place);
    let sentence = finding.place.sentence.of(checked.text(finding.place.passage));
    Remark {
        number: Some(finding.rule),
        rule: wording.rule,
        severity: finding.severity,
        message: wording.message.to_owned(),
        instead: wording.instead,
        start,
        end,
        fingerprint: prints.of(wording.rule, &normalised(sentence)),
    }
}

fn verdict<'a>(checked: &Checked<'_>, prints: &mut Fingerprints<'_>) -> Option<Remark<'a>> {
    let advice: &Advice = checked.advice;
    let rule = advice.action.rule()?;
    let (head, rest) = head(advice.action);
    let reasons = || advice.reasons.iter().filter(|reason| reason.points > 0.0);
    let told: Vec<&str> = reasons().map(|reason| reason.text.as_str()).take(MOST_REASONS).collect();
    let place = reasons().find_map(|reason| reason.place());
    let (start, end) = match place.map(|place| checked.locate(place)) {
        Some((start, end, _)) => (start, end),
        None => (checked.begin(), checked.begin()),
    };
    let message = escape::line(&format!("{head}, {rest} {}", told.join("; ")));
    let fingerprint = prints.of(rule, "");
    Some(Remark {
        number: None,
        rule,
        severity: Severity::Error,
        message: message.trim_end().to_owned(),
        instead: None,
        start,
        end,
        fingerprint,
    })
}

/// What tells a message from the others of its file: its name, which lasts when others are added; else its place.
fn name<'a>(checked: &Checked<'a>) -> Cow<'a, str> {
    match &checked.message.name {
        Some(name) => Cow::Borrowed(name),
        None if checked.message.index == 0 => Cow::Borrowed(""),
        None => Cow::Owned(checked.message.index.to_string()),
    }
}

/// Makes the fingerprints of one message.
struct Fingerprints<'a> {
    path: &'a str,
    /// Which message of its file.
    message: Cow<'a, str>,
    /// How often a rule pointed at a sentence so far.
    seen: HashMap<(String, String), u64>,
}

impl Fingerprints<'_> {
    fn of(&mut self, rule: &str, sentence: &str) -> String {
        let ordinal = self.seen.entry((rule.to_owned(), sentence.to_owned())).or_default();
        let mut hasher = SipHasher13::new();
        for part in [self.path, &self.message, rule, sentence] {
            hasher.write_u64(part.len() as u64);
            hasher.write(part.as_bytes());
        }
        hasher.write_u64(*ordinal);
        *ordinal += 1;
        format!("{:032x}", hasher.finish128().as_u128())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_differ_within_a_run_and_last_across_runs() {
        let prints = |path| Fingerprints { path, message: "".into(), seen: HashMap::new() };
        let (mut one, mut two) = (prints("a.md"), prints("b.md"));
        let first = one.of("judgement/should", "you should have told us");
        let again = one.of("judgement/should", "you should have told us");
        let other = two.of("judgement/should", "you should have told us");
        assert!(first != again && first != other && again != other);
        // Kept in code-quality reports of earlier runs: it is not to change.
        assert_eq!(first, "da3106617c9b8fcd7fe5f99d5bb8b9ab");
    }
}
