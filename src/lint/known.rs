//! When two findings are the same: the rule and the words of the sentence, however the file around them changed.

use super::{Finding, Linted, Origin, Suppression};
use crate::message::Message;
use crate::span::Span;
use crate::text::{self, Kind};
use std::collections::HashMap;

/// What the reader of a change is told of a finding that stood there before it.
const BEFORE: &str = "it stood there before the change";

/// The words of `sentence`, normalised: case, punctuation, contractions and line breaks make no difference.
///
/// Stable across versions of tonelint: fingerprints are made of it.
#[must_use]
pub fn normalised(sentence: &str) -> String {
    let words = text::words(sentence, Span::new(0, sentence.len()));
    let forms: Vec<&str> = words.iter().filter(|word| word.kind != Kind::Mark).map(|word| &*word.form).collect();
    if forms.is_empty() { sentence.trim().to_owned() } else { forms.join(" ") }
}

/// Withholds the findings of `linted` that `before` had already, as often as it had them.
///
/// Both were linted by the same rules. What was withheld before for another reason does not count: when that
/// reason goes, the finding is new.
pub fn withhold_known(message: &Message, linted: &mut Linted, before: (&Message, &Linted)) {
    let (old, old_linted) = before;
    let mut known: HashMap<(u32, String), usize> = HashMap::new();
    for finding in old_linted.findings.iter().filter(|finding| finding.suppressed.is_none()) {
        *known.entry(key(old, finding)).or_default() += 1;
    }
    for finding in linted.findings.iter_mut().filter(|finding| finding.suppressed.is_none()) {
        if let Some(left) = known.get_mut(&key(message, finding)).filter(|left| **left > 0) {
            *left -= 1;
            finding.suppressed = Some(Suppression { origin: Origin::Before, reason: BEFORE.to_owned() });
        }
    }
}

fn key(message: &Message, finding: &Finding) -> (u32, String) {
    (finding.rule, key_words(message, finding))
}

/// The normalised words of the sentence that `finding` stands in.
pub(super) fn key_words(message: &Message, finding: &Finding) -> String {
    let passage = finding.place.passage.of(message);
    passage.map_or(String::new(), |passage| normalised(finding.place.sentence.of(&passage.text)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Kind;
    use crate::lint::{Linter, Policy};
    use crate::rules::RuleSet;

    #[test]
    fn case_punctuation_and_line_breaks_make_no_difference() {
        assert_eq!(normalised("You shouldn’t\nhave  waited!"), normalised("you should not have waited."));
        assert_ne!(normalised("You should wait."), normalised("You should not wait."));
        assert_eq!(normalised(" ?! "), "?!");
    }

    /// Which findings of `new` are left when `old` stood there before.
    fn left(old: &str, new: &str) -> Vec<bool> {
        let (rules, policy) = (RuleSet::embedded(), Policy::default());
        let linter = Linter::new(&rules, &policy);
        let read = |text: &str| Message::read(text.as_bytes(), Kind::Text).unwrap();
        let (old, new) = (read(old), read(new));
        let mut linted = linter.lint("reply.txt", &new);
        withhold_known(&new, &mut linted, (&old, &linter.lint("reply.txt", &old)));
        linted.findings.iter().map(|finding| finding.suppressed.is_none()).collect()
    }

    #[test]
    fn a_finding_is_known_wherever_its_sentence_went() {
        let told = "You should have told us.";
        assert_eq!(left(told, &format!("Hello.\n\n{told}\n")), [false]);
        assert_eq!(left(told, &format!("{told} {told}")), [false, true]);
        assert_eq!(left(told, "You should have told us by Monday."), [true]);
    }

    #[test]
    fn a_finding_that_loses_its_allowance_is_new() {
        let text = "You should have told us.";
        assert_eq!(left(&format!("{text} tonelint: allow judgement/should it is quoted"), text), [true]);
    }
}
