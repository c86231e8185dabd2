//! Cuts decoded text into lines and says how deep each is quoted.
//!
//! Where markup says that a quote, an attribution, a signature or a code block begins or ends inside
//! a line, the line is cut there too, so that every later step can think in whole lines.

use super::regions::{self, Open};
use crate::decode::Region;
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
    let events = regions::events(text, regions);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::RegionKind;

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
