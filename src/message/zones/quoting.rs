//! The state machine that walks down the lines and says which are quoted, how deep, and by whom.
//!
//! Two things quote: marks (`>`, `|`, `Ann>`, a blockquote), which say of each line how deep it is,
//! and unmarked headings (an Outlook header block, an attribution without marks), after which
//! everything is quoted down to the end of the surrounding quote, or of the mail.

use super::citation::{self, Strength};
use super::header_block::{self, Announces};
use super::lines::Line;
use super::{Origin, ZoneKind};
use crate::span::Span;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// White space.
    Blank,
    /// An attribution or a divider: nobody's words.
    Nobody,
    /// Somebody's words.
    Words(Origin),
}

/// Labels every line.
pub(super) fn label(text: &str, lines: &[Line], fenced: &[bool]) -> Vec<Label> {
    let mut walk = Walk {
        text,
        lines,
        fenced,
        labels: Vec::with_capacity(lines.len()),
        levels: Vec::new(),
        remembered: Vec::new(),
        unmarked: Vec::new(),
        pending: None,
        cited: None,
    };
    while walk.labels.len() < lines.len() {
        walk.step();
    }
    walk.labels
}

/// Whose words one level of quoting holds.
#[derive(Clone, Copy, Debug)]
struct Level {
    kind: ZoneKind,
    attribution: Option<Span>,
}

const UNKNOWN: Level = Level { kind: ZoneKind::Quoted, attribution: None };

/// A quote without marks.
#[derive(Clone, Copy, Debug)]
struct Unmarked {
    /// The depth of marks it began at; it ends where they become fewer.
    at: usize,
    level: Level,
}

/// Marks that count only after an attribution, because they mean other things elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cited {
    /// `Ann> text`
    Name,
    /// `| text`
    Bar,
}

struct Walk<'a> {
    text: &'a str,
    lines: &'a [Line],
    fenced: &'a [bool],
    labels: Vec<Label>,
    /// Whose words each depth of marks holds just now.
    levels: Vec<Level>,
    /// The same from the block before: a quote that goes on after a reply between is by the same hand.
    remembered: Vec<Level>,
    unmarked: Vec<Unmarked>,
    /// An attribution that waits for the marks it announced, and the depth it stood at.
    pending: Option<(usize, Level)>,
    cited: Option<(Cited, Level)>,
}

/// A heading found at the present line.
struct Heading {
    end: usize,
    level: Level,
    /// It quotes what follows even without marks.
    alone: bool,
    /// Made of header fields: what follows is never marked by it.
    fields: bool,
}

impl Walk<'_> {
    fn step(&mut self) {
        let at = self.labels.len();
        let line = self.lines[at];
        if line.blank {
            return self.labels.push(Label::Blank);
        }
        if self.fenced[at] && self.unmarked.is_empty() {
            self.cited = None;
            return self.labels.push(self.words(0));
        }
        if let Some((cited, level)) = self.cited {
            if line.depth() == 0 && cites(line.words(self.text), cited) {
                return self.labels.push(Label::Words(Origin {
                    kind: level.kind,
                    depth: self.quoted_depth(1),
                    attribution: level.attribution,
                }));
            }
            self.cited = None;
        }
        let depth = if self.is_broken_off(at) { self.lines[at - 1].depth() } else { line.depth() };
        let first_of_block = self.enter(depth);
        match self.heading(at, depth) {
            Some(heading) => self.open(heading, at, depth, first_of_block),
            None => self.labels.push(self.words(depth)),
        }
    }

    /// Moves to `depth` of marks; tells whether this line begins a quote of unknown origin.
    fn enter(&mut self, depth: usize) -> bool {
        while self.unmarked.last().is_some_and(|u| u.at > depth) {
            self.unmarked.pop();
        }
        self.levels.truncate(depth);
        let mut unknown = false;
        while self.levels.len() < depth {
            let k = self.levels.len();
            let announced = self.pending.filter(|(at, _)| *at == k).map(|(_, level)| level);
            if let Some(level) = announced {
                self.remembered.truncate(k);
                self.remembered.push(level);
            } else if self.remembered.len() <= k {
                self.remembered.push(UNKNOWN);
            }
            let level = self.remembered[k];
            unknown = level.attribution.is_none();
            self.levels.push(level);
        }
        self.pending = None;
        unknown
    }

    fn words(&self, depth: usize) -> Label {
        let outermost =
            self.unmarked.iter().find(|u| u.at == 0).map(|u| u.level).or_else(|| self.levels.first().copied());
        // The innermost level says who speaks: the deepest marks, or an unmarked quote begun at them.
        let innermost = self
            .unmarked
            .last()
            .filter(|u| u.at >= depth)
            .map(|u| u.level)
            .or_else(|| self.levels.last().copied())
            .or(outermost);
        let kind = outermost.map_or(ZoneKind::Own, |l| l.kind);
        Label::Words(Origin {
            kind,
            depth: self.quoted_depth(depth),
            attribution: innermost.and_then(|l| l.attribution),
        })
    }

    fn quoted_depth(&self, marks: usize) -> u8 {
        u8::try_from(marks + self.unmarked.len()).unwrap_or(u8::MAX)
    }

    fn heading(&self, at: usize, depth: usize) -> Option<Heading> {
        let line = &self.lines[at];
        if line.attribution {
            let mut end = at;
            while end < self.lines.len()
                && (self.lines[end].attribution && self.lines[end].markup == line.markup
                    || self.lines[end].blank && end < at + 3)
            {
                end += 1;
            }
            while self.lines[end - 1].blank {
                end -= 1;
            }
            let forwarded =
                (at..end).any(|i| header_block::divider(self.lines[i].words(self.text)) == Some(Announces::Forwarded));
            let fields = header_block::find(self.text, self.lines, at).is_some_and(|h| h.fields);
            return Some(Heading { end, level: self.level(at, end, forwarded), alone: fields || forwarded, fields });
        }
        if let Some(found) = header_block::find(self.text, self.lines, at) {
            let forwarded = found.announces == Announces::Forwarded;
            // A divider above an attribution: the attribution says who.
            let below = self
                .next_words(found.end)
                .filter(|&n| !found.fields && self.lines[n].depth() == depth && n <= found.end + 2);
            if let Some((end, _)) = below.and_then(|n| citation::find(self.text, self.lines, n)) {
                return Some(Heading { end, level: self.level(at, end, forwarded), alone: true, fields: false });
            }
            return Some(Heading {
                end: found.end,
                level: self.level(at, found.end, forwarded),
                alone: true,
                fields: found.fields,
            });
        }
        let (end, strength) = citation::find(self.text, self.lines, at)?;
        let alone = match strength {
            Strength::Strong => true,
            Strength::Alone => (at == 0 || self.lines[at - 1].blank) && self.lines.get(end).is_none_or(|l| l.blank),
            Strength::Weak => false,
        };
        let heading = Heading { end, level: self.level(at, end, false), alone, fields: false };
        (alone || self.marks_follow(end, depth).is_some()).then_some(heading)
    }

    fn level(&self, at: usize, end: usize, forwarded: bool) -> Level {
        let kind = if forwarded { ZoneKind::Forwarded } else { ZoneKind::Quoted };
        Level { kind, attribution: Some(self.lines[at].span().cover(self.lines[end - 1].span())) }
    }

    fn open(&mut self, heading: Heading, at: usize, depth: usize, first_of_block: bool) {
        self.labels.extend((at..heading.end).map(|i| if self.lines[i].blank { Label::Blank } else { Label::Nobody }));
        let follows = self.next_words(heading.end);
        let shallower = follows.is_some_and(|n| self.lines[n].depth() < depth);
        match self.marks_follow(heading.end, depth) {
            Some(marks) if !heading.fields => {
                self.pending = Some((depth, heading.level));
                self.cited = marks.map(|cited| (cited, heading.level));
            }
            // The heading stands in a container of its own, what it announces below it.
            _ if shallower && heading.fields && first_of_block && self.lines[at].markup > 0 => {
                let outer = follows.map_or(0, |n| self.lines[n].depth());
                self.enter(outer);
                self.unmarked.push(Unmarked { at: outer, level: heading.level });
            }
            // It heads the quote it stands in: Apple Mail marks "Begin forwarded message:" itself.
            _ if first_of_block && depth > 0 && self.unmarked.iter().all(|u| u.at < depth) => {
                for levels in [&mut self.levels, &mut self.remembered] {
                    if let Some(last) = levels.get_mut(depth - 1) {
                        *last = heading.level;
                    }
                }
            }
            marks if heading.alone => {
                self.pending = marks.map(|_| (depth, heading.level));
                // Deeper than can be told apart: the number stays, the origin is still the newest.
                if self.unmarked.len() < usize::from(u8::MAX) {
                    self.unmarked.push(Unmarked { at: depth, level: heading.level });
                } else if let Some(last) = self.unmarked.last_mut() {
                    last.level = heading.level;
                }
            }
            _ => {}
        }
    }

    fn next_words(&self, from: usize) -> Option<usize> {
        (from..self.lines.len()).find(|&i| !self.lines[i].blank)
    }

    /// Whether the next words after line `from` are marked as quoted deeper, and how.
    fn marks_follow(&self, from: usize, depth: usize) -> Option<Option<Cited>> {
        let next = &self.lines[self.next_words(from)?];
        let words = next.words(self.text);
        if next.depth() > depth {
            Some(None)
        } else if depth > 0 || !self.unmarked.is_empty() {
            None
        } else {
            [Cited::Bar, Cited::Name].into_iter().find(|&c| cites(words, c)).map(Some)
        }
    }

    /// Whether a line is the unmarked end of the quoted line above, broken off when the quote was
    /// wrapped again: `> … we have waited since the` / `third of May` / `> and nobody …`.
    fn is_broken_off(&self, at: usize) -> bool {
        const FULL: usize = 55;
        let line = &self.lines[at];
        let (Some(before), Some(after)) = (at.checked_sub(1).map(|i| &self.lines[i]), self.lines.get(at + 1)) else {
            return false;
        };
        if line.depth() > 0 || before.marks == 0 || before.blank || after.marks != before.marks || after.blank {
            return false;
        }
        let (words, above) = (line.words(self.text), before.words(self.text));
        words.len() < FULL
            && above.len() >= FULL
            && words.starts_with(char::is_lowercase)
            && !above.ends_with(['.', '!', '?', ':', ';'])
    }
}

fn cites(words: &str, cited: Cited) -> bool {
    match cited {
        Cited::Bar => words.starts_with('|'),
        Cited::Name => words.find('>').is_some_and(|at| {
            at <= 24 && at > 0 && words[..at].chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
        }),
    }
}
