//! What the markup says, brought into the order of the text.

use crate::decode::{Region, RegionKind};
use crate::span::Span;

/// A region opening or closing.
pub(super) struct Event {
    /// The byte it happens at.
    pub at: usize,
    kind: RegionKind,
    opens: bool,
}

/// How many regions of each kind are open.
#[derive(Default)]
pub(super) struct Open {
    pub blockquotes: usize,
    pub quotes: usize,
    pub attributions: usize,
    pub signatures: usize,
    pub code: usize,
}

impl Open {
    /// Counts an event.
    pub fn apply(&mut self, event: &Event) {
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

/// The openings and closings that matter here, in order. Regions out of bounds or off character
/// boundaries are passed over.
pub(super) fn events(text: &str, regions: &[Region]) -> Vec<Event> {
    let inside = |r: &&Region| !r.span.is_empty() && text.get(r.span.range()).is_some();
    let starts = |kind: RegionKind| {
        let mut spans: Vec<Span> = regions.iter().filter(inside).filter(|r| r.kind == kind).map(|r| r.span).collect();
        spans.sort();
        spans
    };
    let blockquotes = starts(RegionKind::Blockquote);
    let attributions = starts(RegionKind::Attribution);
    let mut events: Vec<Event> = regions
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
        .collect();
    events.sort_by_key(|e| e.at);
    events
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
        part.len() <= super::citation::LONGEST && {
            let words = part.of(text).trim();
            words.is_empty() || super::citation::recognise(words).is_some()
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
