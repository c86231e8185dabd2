//! What people read when a mail is held, and the copy that names rules and lines alone.

use super::unchecked::moment;
use crate::advice::{Action, Advice, Reason};
use crate::lint::{Finding, Linted, PassageId, Place};
use crate::message::Message;
use crate::report::{Wording, escape};
use crate::rules::RuleSet;
use crate::rules::dictionary::Severity;
use std::fmt::Write;

/// A mail that is held.
pub struct Hold<'a> {
    /// The mail.
    pub message: &'a Message,
    /// What was seen in it.
    pub linted: &'a Linted,
    /// What to do.
    pub advice: &'a Advice,
    /// The rules it was read by.
    pub rules: &'a RuleSet,
    /// For how many minutes the same text, sent again, passes.
    pub window: u32,
}

/// Reasons told.
const REASONS: usize = 3;
/// Places shown, two lines each.
const PLACES: usize = 5;
/// Longest words shown, in characters.
const WIDEST: usize = 60;

/// How to send at once, without waiting for a second attempt.
const AT_ONCE: &str = "At once: the header “X-Tonelint: sent-anyway; reason=…” (it does not leave), or TONELINT=off.";

impl Hold<'_> {
    /// The text for standard error, at most 20 lines. The first is complete in itself: some mail clients
    /// show no more.
    #[must_use]
    pub fn text(&self) -> String {
        let places = self.places();
        let what = match self.advice.action {
            Action::Call => "call first, then send this as the record".to_owned(),
            Action::Visit => "visit, or at least call; then send this as the record".to_owned(),
            Action::Send | Action::Rework => match places.first() {
                Some(first) => {
                    let many = if places.len() == 1 { "place" } else { "places" };
                    let (words, line) = (self.words(first.place), self.line(first.place));
                    format!("{} {many} to look at again, “{words}” in {line}", places.len())
                }
                None => "another look is worth it".to_owned(),
            },
        };
        let mut out = format!("tonelint holds this mail: {what}. {}\n", self.again());
        for reason in self.reasons().take(REASONS) {
            let line = reason.place().map_or(String::new(), |place| format!(" ({})", self.line(place)));
            let _ = writeln!(out, "  {}{line}", escape::line(&reason.text));
        }
        for finding in places.iter().take(PLACES) {
            let wording = Wording::of(self.rules, finding.rule, finding.sense);
            let (line, words) = (self.line(finding.place), self.words(finding.place));
            let _ = writeln!(out, "  {line}, “{words}”: {} ({})", escape::line(wording.message), wording.rule);
            if let Some(instead) = wording.instead {
                let _ = writeln!(out, "    → {}", escape::line(instead));
            }
        }
        if places.len() > PLACES {
            let _ = writeln!(out, "  {} more: tonelint check shows all.", places.len() - PLACES);
        }
        let _ = writeln!(out, "  {AT_ONCE}");
        out
    }

    /// The copy for the disk, of a mail held at `now` (seconds since 1970-01-01T00:00:00Z): what was held
    /// for, by rule and line, and no word of the mail.
    #[must_use]
    pub fn copy(&self, now: i64) -> String {
        let mut out = format!("Held {}: {}. {}\n", moment(now), self.advice.action.name(), self.again());
        for reason in self.reasons() {
            let line = reason.place().map_or(String::new(), |place| format!(" ({})", self.line(place)));
            let _ = writeln!(out, "  {}{line}", reason.signal);
        }
        for finding in self.places() {
            let wording = Wording::of(self.rules, finding.rule, finding.sense);
            let _ = writeln!(out, "  {}: {} ({})", self.line(finding.place), wording.rule, wording.sense);
        }
        let _ = writeln!(out, "  {AT_ONCE}");
        out
    }

    fn again(&self) -> String {
        let minutes = if self.window == 1 { "minute" } else { "minutes" };
        format!("Sent again unchanged within {} {minutes}, it goes out.", self.window)
    }

    /// Reasons to speak, when that is the advice.
    fn reasons(&self) -> impl Iterator<Item = &Reason> {
        let speak = matches!(self.advice.action, Action::Call | Action::Visit);
        self.advice.reasons.iter().filter(move |reason| speak && reason.points > 0.0)
    }

    /// Findings to look at again, those that would hurt first.
    fn places(&self) -> Vec<&Finding> {
        let loud = |f: &&Finding| f.suppressed.is_none() && f.severity > Severity::Note;
        let mut places: Vec<&Finding> = self.linted.findings.iter().filter(loud).collect();
        places.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        places
    }

    /// Where something stands as its writer counts: in the text as it was typed, below the header.
    fn line(&self, place: Place) -> String {
        let text = place.passage.of(self.message).map_or("", |passage| &*passage.text);
        let before = text.get(..place.mark.start as usize).unwrap_or_default();
        let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
        match place.passage {
            PassageId::Subject => "the subject".to_owned(),
            PassageId::Body(0) => format!("line {line}"),
            PassageId::Body(part) => format!("line {line} of part {}", part + 1),
        }
    }

    fn words(&self, place: Place) -> String {
        let text = place.passage.of(self.message).map_or("", |passage| &*passage.text);
        let words = escape::line(place.mark.of(text));
        match words.char_indices().nth(WIDEST) {
            Some((at, _)) => format!("{}…", &words[..at]),
            None => words,
        }
    }
}

/// The text for a mail that could not be checked for `reason`, and is held for that.
#[must_use]
pub fn unchecked_text(reason: &str) -> String {
    let reason = escape::line(reason);
    format!(
        "tonelint holds this mail: it could not be checked ({reason}), and fail = \"closed\" is set.\n  {AT_ONCE}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advice::{Context, advise};
    use crate::decode::Kind;
    use crate::lint::{Linter, Policy};

    /// What is said on the screen and on the disk of the mail `raw`.
    fn held(raw: &str) -> (String, String) {
        let (rules, policy) = (RuleSet::embedded(), Policy::default());
        let message = Message::read(raw.as_bytes(), Kind::Eml).unwrap();
        let linter = Linter::new(&rules, &policy);
        let linted = linter.lint("", &message);
        let advice = advise(&Context::of(&message, &linted, &linter));
        let hold = Hold { message: &message, linted: &linted, advice: &advice, rules: &rules, window: 15 };
        (hold.text(), hold.copy(1_762_423_920))
    }

    #[test]
    fn the_first_line_is_complete_and_places_are_lines_of_the_text() {
        let (text, copy) =
            held("Subject: x\nTo: a@b.example\n\nHi Anna,\n\nYou should have told us.\nYou are an idiot.\n");
        let first = text.lines().next().unwrap();
        assert!(first.contains("2 places to look at again"), "{text}");
        assert!(first.ends_with("in line 4. Sent again unchanged within 15 minutes, it goes out."), "{text}");
        assert!(text.contains("\n  line 3, “should have told”: ") || text.contains("\n  line 3, “"), "{text}");
        assert!(copy.starts_with("Held Thu 6 Nov 2025 10:12 UTC: rework. "), "{copy}");
        assert!(copy.contains("\n  line 4: contempt/insult ("), "{copy}");
    }

    #[test]
    fn it_stays_within_twenty_lines_and_the_copy_holds_no_words() {
        let mut raw = "Subject: Re: Your idiotic question\n\n".to_owned();
        for n in 0..40 {
            let _ = writeln!(raw, "You idiot number {n}, you should have told us\u{1b}[2J.\n");
        }
        let (text, copy) = held(&raw);
        assert!(text.lines().count() <= 20, "{text}");
        assert!(text.contains(" more: tonelint check"), "{text}");
        assert!(!text.contains('\u{1b}'));
        for word in ["idiot", "told us", "question", "number"] {
            assert!(!copy.contains(word), "{word}: {copy}");
        }
    }

    #[test]
    fn our_own_words_pass_our_own_rules() {
        let (rules, policy) = (RuleSet::embedded(), Policy::default());
        let (linted, message) = (Linted::default(), Message::default());
        let linter = Linter::new(&rules, &policy);
        let mut advice = advise(&Context::of(&message, &linted, &linter));
        for action in [Action::Send, Action::Rework, Action::Call, Action::Visit] {
            advice.action = action;
            let hold = Hold { message: &message, linted: &linted, advice: &advice, rules: &rules, window: 1 };
            for words in [hold.text(), hold.copy(0), unchecked_text("the message is encrypted")] {
                let said = Message::read(words.as_bytes(), Kind::Text).unwrap();
                let heard = linter.lint("", &said);
                assert!(heard.own_words > 10, "{words}");
                assert!(heard.findings.is_empty(), "{words}: {:?}", heard.findings);
            }
        }
    }
}
