//! The way back: from a byte of decoded text to the bytes of the file it came from.

use crate::span::Span;

/// How a run of decoded bytes relates to the raw bytes it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Byte for byte: a part of the run has its own place.
    Linear,
    /// One unit, such as an entity or an encoded word: any part of it maps to all of it.
    Atomic,
}

/// A run of decoded bytes and the raw bytes it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Segment {
    text: Span,
    raw: Span,
    kind: Kind,
}

/// Decoded text beside the raw bytes it came from: every decoded byte has a raw start **and** a raw end.
///
/// Built front to back with [`SourceMap::push_linear`] and [`SourceMap::push_atomic`]; maps of
/// consecutive decoding steps are joined with [`SourceMap::compose`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMap {
    segments: Vec<Segment>,
}

impl SourceMap {
    /// The map of text that is a plain slice of the file, starting at raw byte `raw_start`.
    #[must_use]
    pub fn slice(raw_start: usize, len: usize) -> Self {
        let mut map = Self::default();
        map.push_linear(len, raw_start);
        map
    }

    /// Length of the decoded text in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.segments.last().map_or(0, |s| s.text.end as usize)
    }

    /// Whether no byte is mapped.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }

    /// Appends `len` decoded bytes that equal the raw bytes from `raw_start` on.
    pub fn push_linear(&mut self, len: usize, raw_start: usize) {
        if len == 0 {
            return;
        }
        let at = self.len();
        if let Some(last) = self.segments.last_mut()
            && last.kind == Kind::Linear
            && last.raw.end as usize == raw_start
        {
            last.text = Span::new(last.text.start as usize, at + len);
            last.raw = Span::new(last.raw.start as usize, raw_start + len);
            return;
        }
        self.segments.push(Segment {
            text: Span::new(at, at + len),
            raw: Span::new(raw_start, raw_start + len),
            kind: Kind::Linear,
        });
    }

    /// Appends `len` decoded bytes that stand for the raw bytes `raw` as one unit.
    pub fn push_atomic(&mut self, len: usize, raw: Span) {
        if len == 0 {
            return;
        }
        let at = self.len();
        self.segments.push(Segment {
            text: Span::new(at, at + len),
            raw,
            kind: Kind::Atomic,
        });
    }

    /// The raw bytes that `span` of the decoded text came from.
    ///
    /// From the raw start of its first byte to the raw end of its last; an empty span gives the
    /// empty place before its byte. Positions past the end give the end.
    #[must_use]
    pub fn to_source(&self, span: Span) -> Span {
        let start = self.raw_of(span.start).start;
        if span.is_empty() {
            return Span { start, end: start };
        }
        let end = self.raw_of(span.end - 1).end;
        Span {
            start,
            end: end.max(start),
        }
    }

    /// This map (inner text → middle text) followed by `outer` (middle text → file).
    #[must_use]
    pub fn compose(&self, outer: &SourceMap) -> SourceMap {
        let mut out = SourceMap::default();
        for segment in &self.segments {
            match segment.kind {
                Kind::Atomic => out.push_atomic(segment.text.len(), outer.to_source(segment.raw)),
                Kind::Linear => outer.each_piece(segment.raw, |piece, raw, kind| match kind {
                    Kind::Linear => out.push_linear(piece.len(), raw.start as usize),
                    Kind::Atomic => out.push_atomic(piece.len(), raw),
                }),
            }
        }
        out
    }

    /// Calls `visit` with each piece of `span` that lies in one segment, and its raw place.
    fn each_piece(&self, span: Span, mut visit: impl FnMut(Span, Span, Kind)) {
        let first = self.segments.partition_point(|s| s.text.end <= span.start);
        for segment in self.segments[first..]
            .iter()
            .take_while(|s| s.text.start < span.end)
        {
            let piece = Span {
                start: span.start.max(segment.text.start),
                end: span.end.min(segment.text.end),
            };
            let raw = match segment.kind {
                Kind::Atomic => segment.raw,
                Kind::Linear => {
                    let start = segment.raw.start + (piece.start - segment.text.start);
                    Span {
                        start,
                        end: start + (piece.end - piece.start),
                    }
                }
            };
            visit(piece, raw, segment.kind);
        }
    }

    /// The raw bytes behind the decoded byte at `at`.
    fn raw_of(&self, at: u32) -> Span {
        let index = self.segments.partition_point(|s| s.text.end <= at);
        let Some(segment) = self.segments.get(index) else {
            let end = self.segments.last().map_or(0, |s| s.raw.end);
            return Span { start: end, end };
        };
        match segment.kind {
            Kind::Atomic => segment.raw,
            Kind::Linear => {
                let start = segment.raw.start + (at - segment.text.start);
                Span {
                    start,
                    end: start + 1,
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composed_maps_lead_back_to_the_file() {
        // File: `a=\nb&amp;c` — a quoted-printable soft break, then an entity.
        let mut transfer = SourceMap::default();
        transfer.push_linear(1, 0);
        transfer.push_linear(7, 3);
        let mut html = SourceMap::default();
        html.push_linear(2, 0);
        html.push_atomic(1, Span::new(2, 7));
        html.push_linear(1, 7);
        let map = html.compose(&transfer);
        assert_eq!(map.len(), 4);
        assert_eq!(map.to_source(Span::new(0, 2)), Span::new(0, 4));
        assert_eq!(map.to_source(Span::new(2, 3)), Span::new(4, 9));
        assert_eq!(map.to_source(Span::new(3, 4)), Span::new(9, 10));
        assert_eq!(map.to_source(Span::new(4, 4)), Span::new(10, 10));
    }
}
