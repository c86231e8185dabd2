//! The story of a message for people: when it changed, which sentences kept changing and in which
//! words, what was new, and what that asks for.

use super::difference::difference;
use super::{Lines, counted, escape, style};
use crate::advice::Action;
use crate::advice::calendar;
use crate::drafts::signs::SignKind;
use crate::drafts::{Chain, Change, Level, Op, Story, Version, duration};
use crate::message::Date;
use std::fmt::Write;
use std::path::Path;

/// A story, and what is needed to tell it.
pub struct Told<'a> {
    /// The story.
    pub story: &'a Story,
    /// The subject of the message.
    pub subject: Option<&'a str>,
    /// What machines are told as the place of a sentence.
    pub places: WordPlaces,
    /// Saves read; those with the same words as the one before are no drafts.
    pub saves: usize,
    /// The newest save as stored, to name lines of it.
    pub newest: Option<&'a [u8]>,
    /// The file to prepare a call from.
    pub brief: Option<&'a str>,
}

/// What the bytes of a sentence are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordPlaces {
    /// The file of its draft.
    File,
    /// The decoded own words of its draft: for entries of a mailbox.
    OwnText,
}

/// Sentences followed through their wordings.
const MOST_CHAINS: usize = 3;
/// Wordings shown of one sentence, the newest.
const MOST_WORDINGS: usize = 8;
/// Sentences shown as new.
const MOST_NEW: usize = 5;
/// Reasons given with the advice.
const MOST_SIGNS: usize = 3;
/// Characters shown of one sentence.
const LONGEST: usize = 600;

/// Tells the story.
#[must_use]
pub fn story(told: &Told<'_>) -> String {
    let mut out = heading(told);
    steps(&mut out, told.story);
    kept_changing(&mut out, told.story);
    news(&mut out, told.story);
    left_inside(&mut out, told);
    advice(&mut out, told);
    out
}

fn heading(told: &Told<'_>) -> String {
    let story = told.story;
    let name = match told.subject {
        Some(subject) if !subject.trim().is_empty() => format!("“{}”", escape::line(subject)),
        _ => story.drafts.last().map_or(String::new(), |newest| escape::line(&newest.name)),
    };
    let count = counted(story.drafts.len(), "draft");
    let times: Vec<i64> = story.drafts.iter().filter_map(|draft| draft.when).collect();
    let when = match (times.iter().min(), times.iter().max()) {
        // Files made in one go tell nothing by their times.
        (Some(&first), Some(&last)) if last - first >= 60 => {
            format!(", over {}, from {}", duration(last - first), moment(first))
        }
        _ => String::new(),
    };
    format!("{}  {count}{when}\n", style::strong(&name))
}

/// `Sun 22 Nov 2026 02:03 UTC`
fn moment(seconds: i64) -> String {
    let date = Date { timestamp: seconds, offset_minutes: 0 };
    let minute = calendar::minute_of(date);
    format!("{} {:02}:{:02} UTC", calendar::written(calendar::day_of(date)), minute / 60, minute % 60)
}

/// A line a draft: its number, by which it is called below, its name, and what happened to it.
fn steps(out: &mut String, story: &Story) {
    if story.drafts.len() < 2 {
        return;
    }
    for (n, draft) in story.drafts.iter().enumerate() {
        let _ = write!(out, "  {:>2}  {}", n + 1, escape::line(last_part(&draft.name)));
        if let Some(before) = n.checked_sub(1) {
            let gap = story.drafts[before].when.zip(draft.when).map(|(a, b)| b.saturating_sub(a));
            let later = gap.filter(|gap| *gap >= 60).map(|gap| format!(", {} later", duration(gap)));
            let _ = write!(out, "{}: {}", later.unwrap_or_default(), summary(story, before));
        }
        out.push('\n');
    }
}

/// The last part of a path, which tells drafts of one folder apart.
fn last_part(name: &str) -> &str {
    Path::new(name).file_name().and_then(|last| last.to_str()).unwrap_or(name)
}

fn summary(story: &Story, step: usize) -> String {
    let changes = &story.steps[step].changes;
    let count = |wanted: &dyn Fn(&Change) -> bool| changes.iter().filter(|change| wanted(change)).count();
    let of = |op: Op| count(&|change| change.op == op);
    let reworded = count(&|change| change.op == Op::Reworded && !change.mended);
    let mended = count(&|change| change.op == Op::Reworded && change.mended);
    let parts = [
        (reworded, "in other words"),
        (mended, "mended"),
        (of(Op::Amended), "with other facts"),
        (of(Op::Added), "new"),
        (of(Op::Deleted), "taken out"),
        (of(Op::Proofread), "proofread"),
        (of(Op::Moved), "moved"),
    ];
    let told: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    if told.is_empty() { "no sentence changed".to_owned() } else { told.join(", ") }
}

fn kept_changing(out: &mut String, story: &Story) {
    let mut chains = story.reworded();
    let least = if story.rewording.level == Level::None { 2 } else { 1 };
    chains.retain(|chain| chain.rewordings() >= least);
    if chains.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", style::strong("What kept changing"));
    for (n, chain) in chains.iter().take(MOST_CHAINS).enumerate() {
        if n > 0 {
            out.push('\n');
        }
        wordings(out, story, chain);
    }
    let more = chains.len().saturating_sub(MOST_CHAINS);
    if more > 0 {
        let _ = writeln!(out, "\n  {}", style::faint(&format!("and {more} more")));
    }
}

/// A sentence in its wordings, each as what changed against the one before.
fn wordings(out: &mut String, story: &Story, chain: &Chain) {
    let text = |version: &Version| words(story.drafts[version.draft].sentence_text(version.sentence));
    let mut told: Vec<(usize, String)> = Vec::new();
    let mut last: Option<&Version> = None;
    for version in chain.versions.iter().filter(|v| is_changed(v)) {
        let shown = match last {
            None => escape::line(&text(version)),
            Some(last) => difference(&text(last), &text(version)),
        };
        let why = match version.op {
            _ if last.is_none() => "",
            _ if version.mended => "  (mended)",
            Op::Amended => "  (other facts)",
            Op::Proofread => "  (proofread)",
            _ => "",
        };
        told.push((version.draft + 1, format!("{shown}{}", style::faint(why))));
        last = Some(version);
    }
    let skipped = told.len().saturating_sub(MOST_WORDINGS);
    if skipped > 0 {
        let _ = writeln!(out, "  {}", style::faint(&format!("… {skipped} earlier")));
    }
    for (draft, line) in &told[skipped..] {
        let _ = writeln!(out, "  {draft:>2}  {line}");
    }
}

/// Whether it differs from the version before; the first always does.
fn is_changed(version: &Version) -> bool {
    !matches!(version.op, Op::Kept | Op::Moved)
}

fn news(out: &mut String, story: &Story) {
    let mut lines = Vec::new();
    for (n, step) in story.steps.iter().enumerate() {
        let side = |draft: usize, index: Option<usize>| index.map(|i| words(story.drafts[draft].sentence_text(i)));
        for change in step.changes.iter().filter(|change| matches!(change.op, Op::Amended | Op::Added)) {
            let line = match (side(n, change.old), side(n + 1, change.new)) {
                (Some(old), Some(new)) => difference(&old, &new),
                (None, Some(new)) => style::added(&format!("{{+{}+}}", escape::line(&new))),
                _ => continue,
            };
            lines.push(format!("  {:>2}  {line}", n + 2));
        }
    }
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", style::strong("What was new"));
    for line in lines.iter().take(MOST_NEW) {
        let _ = writeln!(out, "{line}");
    }
    if lines.len() > MOST_NEW {
        let _ = writeln!(out, "  {}", style::faint(&format!("and {} more", lines.len() - MOST_NEW)));
    }
}

fn left_inside(out: &mut String, told: &Told<'_>) {
    let lines = told.newest.map(Lines::new);
    if told.story.traces.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", style::strong("Still in the newest draft"));
    for trace in told.story.traces.iter().take(MOST_NEW) {
        let line = lines.as_ref().map(|lines| lines.position(trace.source.start as usize).line);
        let line = line.map_or(String::new(), |line| format!("line {line}: "));
        let what = match trace.kind {
            SignKind::LeftoverVariant => "one of two wordings",
            SignKind::Alternatives => "a choice still open",
            SignKind::NoteToSelf => "a note to yourself",
            SignKind::StruckOut => "struck out",
            SignKind::TrackedChange => "a change still marked",
            SignKind::Restart => "begins again",
            SignKind::StackedHedges => "several hedges at once",
        };
        let _ = writeln!(out, "  {line}“{}”  {}", escape::line(&words(&trace.text)), style::faint(what));
    }
}

fn advice(out: &mut String, told: &Told<'_>) {
    let rewording = &told.story.rewording;
    let signs: Vec<String> = rewording.signs.iter().take(MOST_SIGNS).map(|clue| escape::line(&clue.text)).collect();
    let _ = match rewording.level {
        Level::High => {
            let _ = writeln!(out, "\n{}  then send this as the record.", style::action("CALL FIRST", Action::Call));
            let _ = writeln!(out, "  {}.", signs.join("; "));
            let brief = told.brief.map(|file| format!("To ring with: tonelint brief {file}. "));
            writeln!(out, "  {}Sending now remains your choice.", escape::line(&brief.unwrap_or_default()))
        }
        Level::Some => {
            let head = style::action("A QUESTION MAY HELP", Action::Rework);
            let _ = writeln!(out, "\n{head}  more than one more wording.");
            writeln!(out, "  {}.", signs.join("; "))
        }
        Level::None => {
            let head = style::action("READY", Action::Send);
            let rest = match (told.saves, told.story.drafts.len()) {
                (0 | 1, _) => "one draft; name the earlier ones to compare them.",
                (_, 0 | 1) => "every save holds the same words.",
                _ => "the words follow the facts; nothing asks for a call.",
            };
            writeln!(out, "\n{head}  {rest}")
        }
    };
}

/// `text` with its white space folded, and cut where it is no sentence any more.
fn words(text: &str) -> String {
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match folded.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &folded[..at]),
        None => folded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_without_end_is_cut() {
        assert_eq!(words(&"word ".repeat(1_000)).chars().count(), LONGEST + 1);
    }
}
