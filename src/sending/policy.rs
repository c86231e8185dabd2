//! What holds a mail back.

use crate::advice::{Action, Advice};
use crate::config::HoldOn;
use crate::lint::Linted;
use crate::rules::dictionary::Severity;

/// Whether a mail of which `linted` and `advice` tell is held under `hold`. Findings that are withheld
/// for a reason hold nothing.
#[must_use]
pub fn holds(hold: HoldOn, linted: &Linted, advice: &Advice) -> bool {
    let worst = linted.findings.iter().filter(|f| f.suppressed.is_none()).map(|f| f.severity).max();
    let speak = matches!(advice.action, Action::Call | Action::Visit);
    match hold {
        HoldOn::Never => false,
        HoldOn::Error => worst >= Some(Severity::Error),
        HoldOn::Call => speak || worst >= Some(Severity::Error),
        HoldOn::Warning => speak || worst >= Some(Severity::Warning),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advice::{Context, advise};
    use crate::decode::Kind;
    use crate::lint::{Linter, Policy};
    use crate::message::Message;
    use crate::rules::RuleSet;

    fn seen(text: &str) -> (Linted, Advice) {
        let (rules, policy) = (RuleSet::embedded(), Policy::default());
        let message = Message::read(text.as_bytes(), Kind::Eml).unwrap();
        let linter = Linter::new(&rules, &policy);
        let linted = linter.lint("", &message);
        let advice = advise(&Context::of(&message, &linted, &linter));
        (linted, advice)
    }

    fn held_by(linted: &Linted, advice: &Advice) -> [bool; 4] {
        [HoldOn::Never, HoldOn::Error, HoldOn::Call, HoldOn::Warning].map(|hold| holds(hold, linted, advice))
    }

    #[test]
    fn each_level_holds_for_more() {
        let (linted, mut advice) = seen("You forgot to attach the form.\n\nYou are an idiot.\n");
        assert_eq!(linted.findings.iter().map(|f| f.severity).max(), Some(Severity::Error));
        assert_eq!(held_by(&linted, &advice), [false, true, true, true]);
        let (linted, warned) = seen("You should have told us earlier.\n");
        assert_eq!(linted.findings.iter().map(|f| f.severity).max(), Some(Severity::Warning));
        assert_eq!(held_by(&linted, &warned), [false, false, false, true]);
        for action in [Action::Call, Action::Visit] {
            advice.action = action;
            assert_eq!(held_by(&Linted::default(), &advice), [false, false, true, true]);
        }
    }

    #[test]
    fn what_is_allowed_with_a_reason_holds_nothing() {
        let (linted, advice) =
            seen("X-Tonelint-Allow: contempt quoting what the court wrote\nSubject: Ruling\n\nYou are an idiot.\n");
        assert!(linted.findings.iter().all(|f| f.suppressed.is_some()) && !linted.findings.is_empty());
        assert!(!holds(HoldOn::Error, &linted, &advice));
    }
}
