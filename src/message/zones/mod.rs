//! Whose words are these: divides a passage into [`Zone`]s.
//!
//! Three steps. `lines` cuts the text into lines and counts quote marks. `quoting` walks down the
//! lines and tells own from quoted and forwarded words, helped by `citation` ("Ann wrote:") and
//! `header_block` ("From: … Sent: …"). Then, inside the writer's own stretches, `code`, `signature`,
//! `disclaimer` and `closing` set apart what is not prose. `markers` holds the words all of them look for, in
//! the languages mail clients speak.
//!
//! Every step looks at each line a bounded number of times: mail is written by strangers.

pub mod attribution;
mod citation;
mod closing;
mod code;
mod dates;
mod disclaimer;
mod header_block;
mod lines;
mod markers;
mod numbers;
mod quoting;
mod regions;
mod signature;
mod wording;

use super::{Zone, ZoneKind};
use crate::decode::Region;
use crate::span::Span;
use lines::Line;
use quoting::Label;

/// Divides `text` into zones. `regions` is what the markup said, empty for plain text.
///
/// Zones come in order, do not overlap, and begin and end with words. Bytes in no zone (blank lines
/// between zones, attribution lines, dividers) belong to nobody.
#[must_use]
pub fn divide(text: &str, regions: &[Region]) -> Vec<Zone> {
    let lines = lines::split(text, regions);
    let fenced = code::fences(text, &lines);
    let mut labels = quoting::label(text, &lines, &fenced);
    let mut at = 0;
    while at < lines.len() {
        if !is_own(&labels[at]) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        let mut next = at + 1;
        while next < lines.len() && (is_own(&labels[next]) || labels[next] == Label::Blank) {
            next += 1;
            if is_own(&labels[next - 1]) {
                end = next;
            }
        }
        sort_own(text, &lines[at..end], &fenced[at..end], &mut labels[at..end]);
        at = end;
    }
    assemble(&lines, &labels, text)
}

/// The lines of a quoted or forwarded zone without their `>` marks, blank ones left out.
pub fn quoted_lines<'a>(text: &'a str, zone: &Zone) -> impl Iterator<Item = Span> + 'a {
    let mut at = zone.span.start as usize;
    zone.span.of(text).split_inclusive('\n').filter_map(move |line| {
        let start = at + lines::scan_marks(line, usize::MAX).1;
        at += line.len();
        let words = text[start..at].trim_end();
        (!words.trim().is_empty()).then(|| Span::new(start, start + words.len()))
    })
}

/// Where words come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Origin {
    kind: ZoneKind,
    depth: u8,
    attribution: Option<Span>,
}

impl Origin {
    fn of_writer(kind: ZoneKind) -> Self {
        Self { kind, depth: 0, attribution: None }
    }
}

/// What a line among the writer's own is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    /// Prose.
    Own,
    /// A drawn line at an edge.
    Nothing,
    Signature,
    Disclaimer,
    Code,
}

fn is_own(label: &Label) -> bool {
    matches!(label, Label::Words(origin) if origin.kind == ZoneKind::Own)
}

/// Sets apart code, disclaimers and signature in one stretch of the writer's lines.
fn sort_own(text: &str, lines: &[Line], fenced: &[bool], labels: &mut [Label]) {
    let words: Vec<&str> = lines.iter().map(|l| &text[l.start..l.end]).collect();
    let mut sorts: Vec<Sort> = lines
        .iter()
        .zip(fenced)
        .map(|(line, &fenced)| match () {
            () if line.signature => Sort::Signature,
            () if line.code || fenced => Sort::Code,
            () => Sort::Own,
        })
        .collect();
    code::mark(&words, &mut sorts);
    signature::mark_delimited(&words, &mut sorts);
    disclaimer::mark(&words, &mut sorts);
    closing::mark_closing(&words, &mut sorts);
    signature::drop_rules(&words, &mut sorts);
    for (label, sort) in labels.iter_mut().zip(sorts) {
        if is_own(label) {
            *label = match sort {
                Sort::Own => continue,
                Sort::Nothing => Label::Nobody,
                Sort::Signature => Label::Words(Origin::of_writer(ZoneKind::Signature)),
                Sort::Disclaimer => Label::Words(Origin::of_writer(ZoneKind::Disclaimer)),
                Sort::Code => Label::Words(Origin::of_writer(ZoneKind::Code)),
            };
        }
    }
}

/// Joins neighbouring lines of one origin; blank lines between them belong to the zone.
fn assemble(lines: &[Line], labels: &[Label], text: &str) -> Vec<Zone> {
    let mut zones: Vec<Zone> = Vec::new();
    let mut open: Option<Origin> = None;
    for (line, label) in lines.iter().zip(labels) {
        match *label {
            Label::Blank => {}
            Label::Nobody => open = None,
            Label::Words(origin) => {
                let end = line.start + text[line.start..line.end].trim_end().len();
                match zones.last_mut() {
                    Some(zone) if open == Some(origin) => zone.span = zone.span.cover(Span::new(line.start, end)),
                    _ => zones.push(Zone {
                        kind: origin.kind,
                        span: Span::new(line.start, end),
                        depth: origin.depth,
                        attribution: origin.attribution,
                    }),
                }
                open = Some(origin);
            }
        }
    }
    zones
}

#[cfg(test)]
mod tests;
