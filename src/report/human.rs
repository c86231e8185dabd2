//! What people read: the sentence with its mark, how it lands, what to offer instead, what to do.

use super::{Checked, Failure, Report, Tally, Wording, counted, escape, remark, style};
use crate::advice::Action;
use crate::drafts::Level;
use crate::lint::{Finding, LetPass, Origin, Place};
use crate::rules::dictionary::Severity;
use crate::span::Span;
use std::borrow::Cow;
use std::fmt::Write;

/// How much people want to see.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shown {
    /// What was seen and let pass, too.
    pub why_not: bool,
    /// Messages that can simply be sent, too: for a run over a few files.
    pub quiet_messages: bool,
    /// The file before each verdict: for a run over several files.
    pub names: bool,
}

/// The `human` format.
pub struct Human {
    /// How much to show.
    pub shown: Shown,
}

/// Findings shown of one message. Nobody mends more at once, and each costs as much as its sentence.
const MOST_FINDINGS: usize = 100;
/// Longest excerpt of a sentence, in characters.
const WIDEST: usize = 100;
/// Longest name of a reply, in characters.
const WIDEST_NAME: usize = 60;
/// Signals of what a draft leaves out.
const LEFT_OUT: [&str; 3] = ["unanswered-question", "nothing-restated", "defence"];
/// Pairs of replies that are named.
const MOST_PAIRS: usize = 5;
/// Reasons printed under a verdict.
const MOST_REASONS: usize = 3;

impl Report for Human {
    fn message(&self, checked: &Checked<'_>) -> String {
        let mut out = String::new();
        let shown = checked.live().filter(|f| checked.notes || f.severity > Severity::Note).collect();
        let (shown, more) = the_worst(shown);
        for finding in shown {
            self.finding(&mut out, checked, finding);
        }
        if more > 0 {
            let _ = writeln!(out, "{}\n", style::faint(&format!("{more} more, none of them worse: --format json")));
        }
        if self.shown.why_not {
            for passed in checked.linted.let_pass.iter().take(MOST_FINDINGS) {
                let_pass(&mut out, checked, passed);
            }
            if let Some(more @ 1..) = checked.linted.let_pass.len().checked_sub(MOST_FINDINGS) {
                let _ = writeln!(out, "{}\n", style::faint(&format!("{more} more let pass")));
            }
        }
        let silent = out.is_empty() && checked.advice.action == Action::Send;
        // Of a collection only the replies are told that there is something to say of.
        let quiet = self.shown.quiet_messages && checked.message.name.is_none();
        if !silent || quiet || checked.advice.not_a_template || !checked.message.notices.is_empty() {
            self.verdict(&mut out, checked);
        }
        out
    }

    fn separator(&self) -> &'static str {
        "\n"
    }

    fn finish(&self, tally: &Tally, failures: &[Failure]) -> String {
        let passed_over = tally.passed_over + tally.tables.len();
        if tally.messages + failures.len() < 2 && passed_over == 0 {
            return String::new();
        }
        let [send, rework, call, visit] = tally.actions;
        let mut out = format!("\n{} read: {send} to send", counted(tally.messages, "message"));
        for (count, what) in [(rework, "to rework"), (call, "to call about first"), (visit, "to visit about")] {
            if count > 0 {
                let _ = write!(out, ", {count} {what}");
            }
        }
        out.push('.');
        if !failures.is_empty() {
            let _ = write!(out, " {} could not be read.", failures.len());
        }
        if tally.passed_over > 0 {
            let _ = write!(out, " {} of another type or shape passed over.", counted(tally.passed_over, "file"));
        }
        if tally.withheld > 0 {
            let _ = write!(out, " {} withheld for a reason you gave.", tally.withheld);
        }
        if tally.before > 0 {
            let _ = write!(out, " {} there before this change.", tally.before);
        }
        if tally.listed > 0 {
            let _ = write!(out, " {} listed in the baseline.", tally.listed);
        }
        if tally.for_one > 0 {
            let _ = write!(out, " News for one person, no template: {}.", tally.for_one);
        }
        out.push('\n');
        if let [first, ..] = &tally.tables[..] {
            let (count, first) = (counted(tally.tables.len(), "table"), escape::line(first));
            let _ = writeln!(out, "{count} not read, such as {first}: name it, or its column in tonelint.toml.");
        }
        for (one, other) in tally.alike.iter().take(MOST_PAIRS) {
            let _ = writeln!(out, "Nearly the same: {} and {}", escape::path(one), escape::line(other));
        }
        if let Some(more) = tally.alike.len().checked_sub(MOST_PAIRS).filter(|more| *more > 0) {
            let _ = writeln!(out, "Nearly the same: {more} more");
        }
        out
    }
}

impl Human {
    fn finding(&self, out: &mut String, checked: &Checked<'_>, finding: &Finding) {
        let wording = Wording::of(checked.rules, finding.rule, finding.sense);
        quote(out, checked, finding.place, finding.severity);
        // A project's own rules come with the repository, and so from anyone.
        let _ = writeln!(out, "  {}", escape::line(wording.message));
        if let Some(instead) = wording.instead {
            let _ = writeln!(out, "  → {}", escape::line(instead));
        }
        let _ = writeln!(out, "  {}\n", style::faint(wording.rule));
    }

    /// What to do, at most six lines.
    fn verdict(&self, out: &mut String, checked: &Checked<'_>) {
        let advice = checked.advice;
        match &checked.message.name {
            Some(name) => {
                let _ = write!(out, "{}, {}: ", escape::path(checked.path), brief_name(name));
            }
            None if self.shown.names => {
                let _ = write!(out, "{}: ", escape::path(checked.path));
            }
            None => {}
        }
        let loud = checked.live().filter(|f| f.severity > Severity::Note).count();
        let (head, rest) = match advice.action {
            Action::Rework if loud > 0 => {
                ("REWORK", Cow::Owned(format!("{} to look at again, then send.", counted(loud, "place"))))
            }
            action => {
                let (head, rest) = remark::head(action);
                (head, Cow::Borrowed(rest))
            }
        };
        let _ = writeln!(out, "{}  {rest}", style::action(head, advice.action));
        let told = advice.reasons.iter().filter(|reason| match advice.action {
            Action::Send => false,
            // What is left out, when nothing that is said asks for another look.
            Action::Rework => loud == 0 && LEFT_OUT.contains(&reason.signal),
            Action::Call | Action::Visit => reason.points > 0.0,
        });
        for reason in told.take(MOST_REASONS - advice.cooling.len().min(1)) {
            let line = reason.place().map(|place| checked.locate(place).0.line);
            let line = line.map_or(String::new(), |line| format!(" (line {line})"));
            let _ = writeln!(out, "  {}{line}", escape::line(&reason.text));
        }
        let speak = matches!(advice.action, Action::Call | Action::Visit);
        // A high one is a reason of the advice and stands there.
        if let Some(some) = checked.rewording.filter(|rewording| rewording.level == Level::Some && !speak) {
            let signs: Vec<&str> = some.signs.iter().map(|clue| clue.text.as_str()).take(2).collect();
            let _ = writeln!(out, "  Reworded: {}.", escape::line(&signs.join("; ")));
        }
        if let Some(hint) = advice.cooling.first().filter(|_| advice.action != Action::Send) {
            let _ = writeln!(out, "  {}", escape::line(hint));
        }
        if speak {
            let mut path = escape::line(checked.path);
            if checked.message.name.is_some() {
                let _ = write!(path, " --reply {}", checked.message.index + 1);
            }
            let _ = writeln!(out, "  To ring with: tonelint brief {path}. Sending now remains your choice.");
        }
        let last = self.need(checked) + &self.left_alone(checked);
        let _ = writeln!(out, "  {}", style::faint(&last));
        for notice in checked.message.notices.iter().chain(&checked.linted.unused_allows) {
            let _ = writeln!(out, "  {}", style::faint(&escape::line(notice)));
        }
        if advice.not_a_template {
            let _ = writeln!(out, "  {}", style::faint("This is news for one person: write it afresh, or speak."));
        }
    }

    /// Whether the draft says back what the customer needs: the gap, in a few words.
    fn need(&self, checked: &Checked<'_>) -> String {
        match checked.advice.restated {
            _ if checked.linted.other_words == 0 => String::new(),
            Some(place) => format!("Their need: named in line {}. ", checked.locate(place).0.line),
            None if checked.advice.action == Action::Send => String::new(),
            None => "Their need: not seen in your words. ".to_owned(),
        }
    }

    /// How much was read, and how much was left alone.
    fn left_alone(&self, checked: &Checked<'_>) -> String {
        let linted = checked.linted;
        let mut parts = vec![format!("{} of yours read", counted(linted.own_words, "word"))];
        if linted.other_words > 0 {
            parts.push(format!("{} of others left alone", linted.other_words));
        }
        if linted.foreign_paragraphs > 0 {
            parts.push(format!("{} not in English left alone", counted(linted.foreign_paragraphs, "paragraph")));
        }
        let notes = checked.live().filter(|f| f.severity <= Severity::Note).count();
        if notes > 0 && !checked.notes {
            parts.push(format!("{} kept back (--notes)", counted(notes, "note")));
        }
        let by = |origin| linted.findings.iter().filter(|finding| is_withheld(finding, origin)).count();
        let (before, listed) = (by(Origin::Before), by(Origin::Baseline));
        let withheld = linted.findings.len() - checked.live().count() - before - listed;
        if withheld > 0 {
            parts.push(format!("{withheld} withheld for a reason"));
        }
        if before > 0 {
            parts.push(format!("{before} there before this change"));
        }
        if listed > 0 {
            parts.push(format!("{listed} listed in the baseline"));
        }
        parts.join("; ") + "."
    }
}

/// The worst of `findings` that are shown, in the order they were in, and how many more there are.
fn the_worst(findings: Vec<&Finding>) -> (Vec<&Finding>, usize) {
    let more = findings.len().saturating_sub(MOST_FINDINGS);
    let mut worst: Vec<(usize, &Finding)> = findings.into_iter().enumerate().collect();
    worst.sort_by_key(|(_, finding)| std::cmp::Reverse(finding.severity));
    worst.truncate(MOST_FINDINGS);
    worst.sort_by_key(|(number, _)| *number);
    (worst.into_iter().map(|(_, finding)| finding).collect(), more)
}

fn is_withheld(finding: &Finding, by: Origin) -> bool {
    finding.suppressed.as_ref().is_some_and(|suppression| suppression.origin == by)
}

fn let_pass(out: &mut String, checked: &Checked<'_>, passed: &LetPass) {
    let wording = Wording::of(checked.rules, passed.rule, passed.sense);
    quote(out, checked, passed.place, Severity::Silent);
    let _ = writeln!(out, "  {}\n", style::faint(&format!("let pass: {} ({})", wording.sense, wording.rule)));
}

/// `file:line:column`, the sentence, and a line that points at the words.
fn quote(out: &mut String, checked: &Checked<'_>, place: Place, severity: Severity) {
    let (start, _, exact) = checked.locate(place);
    let about = if exact { "" } else { " (about)" };
    let reply = checked.message.name.as_ref().map_or(String::new(), |name| format!("  {}", brief_name(name)));
    let head = format!("{}:{}:{}{about}{reply}", escape::path(checked.path), start.line, start.column);
    let (before, mark, after) = excerpt(checked.text(place.passage), place);
    let _ = writeln!(out, "{}", style::strong(&head));
    let _ = writeln!(out, "  │ {before}{}{after}", style::marked(&mark, severity));
    let point = format!("{}{}", " ".repeat(before.chars().count()), "‾".repeat(mark.chars().count()));
    let _ = writeln!(out, "  │ {}", style::marked(&point, severity).trim_end());
}

/// The name of a reply, made short and safe to show.
fn brief_name(name: &str) -> String {
    format!("“{}”", keep_start(&escape::line(name), WIDEST_NAME))
}

/// The sentence around the mark, cut to a line's width and made safe to show.
fn excerpt(text: &str, place: Place) -> (String, String, String) {
    let before = escape::line(Span { start: place.sentence.start, end: place.mark.start }.of(text));
    let mark = escape::line(place.mark.of(text));
    let after = escape::line(Span { start: place.mark.end, end: place.sentence.end }.of(text));
    let room = WIDEST.saturating_sub(mark.chars().count());
    let want_after = after.chars().count().min(room / 2);
    let before = keep_end(&before, room - want_after);
    let after = keep_start(&after, room - before.chars().count().min(room));
    (before, mark, after)
}

fn keep_end(text: &str, width: usize) -> String {
    let count = text.chars().count();
    if count <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().skip(count - width).collect();
    format!("…{}", kept.split_once(' ').map_or(kept.as_str(), |(_, rest)| rest))
}

fn keep_start(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width).collect();
    format!("{}…", kept.rsplit_once(' ').map_or(kept.as_str(), |(rest, _)| rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::PassageId;

    #[test]
    fn of_very_many_findings_the_worst_are_shown_in_order() {
        let finding = |number: u32| Finding {
            rule: number,
            sense: 0,
            severity: if number.is_multiple_of(2) { Severity::Warning } else { Severity::Error },
            weight: 1.0,
            place: Place { passage: PassageId::Body(0), mark: Span::default(), sentence: Span::default() },
            sentence: 0,
            related: Vec::new(),
            suppressed: None,
        };
        let many: Vec<Finding> = (0..160).map(finding).collect();
        let (shown, more) = the_worst(many.iter().collect());
        assert_eq!((shown.len(), more), (MOST_FINDINGS, 60));
        assert!(shown.is_sorted_by_key(|finding| finding.rule));
        assert_eq!(shown.iter().filter(|finding| finding.severity == Severity::Error).count(), 80);
        assert_eq!(the_worst(many[..3].iter().collect()).1, 0);
    }
}
