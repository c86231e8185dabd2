//! Cuts decoded text into lines and says how deep each is quoted.
//!
//! Where markup says that a quote, an attribution, a signature or a code block begins or ends inside
//! a line, the line is cut there too, so that every later step can think in whole lines.

use crate::decode::{Region, RegionKind};
use crate::span::Span;

/// Deepest quoting told apart; deeper lines count as this deep.
const DEEPEST: usize = 200;

/// One line (or the part of a line between two marks of markup), without its line end.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Line {
    /// First byte.
    pub start: usize,
    /// One past the last byte, line end excluded.
    pub end: usize,
    /// First byte after the `>` marks.
    pub body: usize,
    /// How many `>` marks stand in front.
    pub marks: usize,
    /// Levels of quoting the markup tells.
    pub markup: usize,
    /// Inside an attribution container.
    pub attribution: bool,
    /// Inside a signature container.
    pub signature: bool,
    /// Inside a block of preformatted text.
    pub code: bool,
    /// Nothing but white space after the marks.
    pub blank: bool,
}

impl Line {
    /// Levels of quoting by marks and markup together.
    pub fn depth(&self) -> usize {
        (self.marks + self.markup).min(DEEPEST)
    }

    /// Where the line stands.
    pub fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }

    /// The words after all marks, white space trimmed.
    pub fn words<'a>(&self, text: &'a str) -> &'a str {
        text[self.body..self.end].trim()
    }

    /// The line after at most `marks` marks: what a sentence broken over quoted lines goes on with
    /// even when the break fell before a `>` of its own (`<ann@mail.example` / `> wrote:`).
    pub fn after_marks<'a>(&self, text: &'a str, marks: usize) -> &'a str {
        let line = &text[self.start..self.end];
        line[scan_marks(line, marks).1..].trim()
    }
}

/// Cuts `text` into lines. `regions` out of bounds or off character boundaries are passed over.
pub(super) fn split(text: &str, regions: &[Region]) -> Vec<Line> {
    let mut events = events(text, regions);
    events.sort_by_key(|e| e.at);
    let mut open = Open::default();
    let mut next = 0;
    let mut lines = Vec::new();
    let mut at = 0;
    for raw in text.split_inclusive('\n') {
        let stop = at + raw.len();
        let end = at + raw.trim_end_matches(['\n', '\r']).len();
        let mut from = at;
        loop {
            while next < events.len() && events[next].at <= from {
                open.apply(&events[next]);
                next += 1;
            }
            let to = events.get(next).map_or(end, |e| e.at.min(end));
            lines.push(line(text, from, to, from == at, &open));
            from = to;
            if to >= end {
                break;
            }
        }
        at = stop;
    }
    lines
}

/// Counts the `>` marks at the head of `line`, at most `most`; also where the words begin.
pub(super) fn scan_marks(line: &str, most: usize) -> (usize, usize) {
    let bytes = line.as_bytes();
    let (mut marks, mut body, mut at) = (0, 0, 0);
    while marks < most {
        let blanks = bytes[at..].iter().take(4).take_while(|b| matches!(b, b' ' | b'\t')).count();
        if bytes.get(at + blanks) != Some(&b'>') || blanks > if marks == 0 { 3 } else { 1 } {
            break;
        }
        marks += 1;
        at += blanks + 1;
        body = at + usize::from(bytes.get(at) == Some(&b' '));
    }
    (marks, body)
}

fn line(text: &str, start: usize, end: usize, at_line_start: bool, open: &Open) -> Line {
    let (marks, skip) =
        if at_line_start && open.code == 0 { scan_marks(&text[start..end], usize::MAX) } else { (0, 0) };
    let body = start + skip;
    Line {
        start,
        end,
        body,
        marks,
        markup: open.blockquotes.max(usize::from(open.quotes > 0)),
        attribution: open.attributions > 0,
        signature: open.signatures > 0,
        code: open.code > 0,
        blank: text[body..end].trim().is_empty(),
    }
}

/// A region opening or closing.
struct Event {
    at: usize,
    kind: RegionKind,
    opens: bool,
}

/// How many regions of each kind are open.
#[derive(Default)]
struct Open {
    blockquotes: usize,
    quotes: usize,
    attributions: usize,
    signatures: usize,
    code: usize,
}

impl Open {
    fn apply(&mut self, event: &Event) {
        let count = match event.kind {
            RegionKind::Blockquote => &mut self.blockquotes,
            RegionKind::Quote => &mut self.quotes,
            RegionKind::Attribution => &mut self.attributions,
            RegionKind::Signature => &mut self.signatures,
            RegionKind::Code => &mut self.code,
            RegionKind::Inserted | RegionKind::Deleted => return,
        };
        *count = if event.opens { *count + 1 } else { count.saturating_sub(1) };
    }
}

fn events(text: &str, regions: &[Region]) -> Vec<Event> {
    let inside = |r: &&Region| !r.span.is_empty() && text.get(r.span.range()).is_some();
    let starts = |kind: RegionKind| {
        let mut spans: Vec<Span> = regions.iter().filter(inside).filter(|r| r.kind == kind).map(|r| r.span).collect();
        spans.sort();
        spans
    };
    let blockquotes = starts(RegionKind::Blockquote);
    let attributions = starts(RegionKind::Attribution);
    regions
        .iter()
        .filter(inside)
        .filter(|r| match r.kind {
            RegionKind::Inserted | RegionKind::Deleted => false,
            RegionKind::Code => fills_lines(text, r.span),
            RegionKind::Quote => !only_wraps_a_blockquote(text, r.span, &blockquotes, &attributions),
            _ => true,
        })
        .flat_map(|r| {
            let (start, end) = (r.span.start as usize, r.span.end as usize);
            [Event { at: start, kind: r.kind, opens: true }, Event { at: end, kind: r.kind, opens: false }]
        })
        .collect()
}

/// Whether a container holds an attribution and then a blockquote. Replies typed between the
/// paragraphs of a quote stand inside such a container but outside its blockquotes, so that the
/// blockquotes alone say what is quoted.
fn only_wraps_a_blockquote(text: &str, quote: Span, blockquotes: &[Span], attributions: &[Span]) -> bool {
    let first = |spans: &[Span]| {
        spans.get(spans.partition_point(|s| s.start < quote.start)).copied().filter(|s| s.end <= quote.end)
    };
    let Some(block) = first(blockquotes) else {
        return false;
    };
    let head = match first(attributions).filter(|a| a.end <= block.start) {
        Some(a) => [(quote.start, a.start), (a.end, block.start)],
        None => [(quote.start, block.start), (block.start, block.start)],
    };
    head.iter().all(|&(from, to)| {
        let part = Span { start: from, end: to };
        part.len() <= super::attribution::LONGEST && {
            let words = part.of(text).trim();
            words.is_empty() || super::attribution::recognise(words).is_some()
        }
    })
}

/// Whether a region starts at the start of a line and ends at the end of one: a block, not a word in a sentence.
fn fills_lines(text: &str, span: Span) -> bool {
    // A bounded look: indentation longer than this is no indentation.
    const LOOK: usize = 64;
    let bytes = text.as_bytes();
    let visible = |b: &&u8| !matches!(**b, b' ' | b'\t' | b'\r');
    let inner = span.of(text);
    let start = span.start as usize + inner.len() - inner.trim_start_matches([' ', '\t', '\r']).len();
    let before = bytes[..start].iter().rev().take(LOOK).find(visible);
    let after = bytes[span.end as usize..].iter().take(LOOK).find(visible);
    let opens = before.is_none_or(|&b| b == b'\n') || inner.starts_with('\n');
    let closes = after.is_none_or(|&b| b == b'\n') || inner.ends_with('\n');
    opens && closes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn region(kind: RegionKind, start: usize, end: usize) -> Region {
        Region { kind, span: Span::new(start, end) }
    }

    #[test]
    fn marks_are_counted_with_and_without_spaces() {
        for (line, marks, words) in [
            ("> > a", 2, "a"),
            (">>> b", 3, "b"),
            ("c > d", 0, "c > d"),
            (" > e", 1, "e"),
            (">", 1, ""),
            (">  f", 1, " f"),
        ] {
            let (count, body) = scan_marks(line, usize::MAX);
            assert_eq!((count, &line[body..]), (marks, words), "{line:?}");
        }
    }

    #[test]
    fn a_line_is_cut_where_a_quote_begins() {
        let text = "mine theirs\nmine again";
        let lines = split(text, &[region(RegionKind::Blockquote, 5, 11)]);
        let seen: Vec<_> = lines.iter().map(|l| (l.words(text), l.depth())).collect();
        assert_eq!(seen, [("mine", 0), ("theirs", 1), ("mine again", 0)]);
    }

    #[test]
    fn a_container_around_a_blockquote_leaves_replies_between_to_the_writer() {
        let text = "Ann wrote:\nWhen?\nToday.\nWhere?\n";
        let lines = split(
            text,
            &[
                region(RegionKind::Quote, 0, 30),
                region(RegionKind::Attribution, 0, 10),
                region(RegionKind::Blockquote, 11, 16),
                region(RegionKind::Blockquote, 24, 30),
            ],
        );
        let seen: Vec<_> =
            lines.iter().filter(|l| !l.blank).map(|l| (l.words(text), l.depth(), l.attribution)).collect();
        assert_eq!(seen, [("Ann wrote:", 0, true), ("When?", 1, false), ("Today.", 0, false), ("Where?", 1, false)]);
    }

    #[test]
    fn inline_code_cuts_nothing() {
        let text = "Run make now.\nmake all\n";
        let lines = split(text, &[region(RegionKind::Code, 4, 8), region(RegionKind::Code, 14, 22)]);
        let seen: Vec<_> = lines.iter().map(|l| (l.words(text), l.code)).collect();
        assert_eq!(seen, [("Run make now.", false), ("make all", true)]);
    }

    #[test]
    fn regions_out_of_bounds_are_passed_over() {
        let text = "é\n";
        assert_eq!(split(text, &[region(RegionKind::Blockquote, 1, 2), region(RegionKind::Quote, 0, 99)]).len(), 1);
    }
}
