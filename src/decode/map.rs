//! The way back: from a byte of decoded text to the bytes of the file it came from.

use crate::span::Span;

/// How a run of decoded bytes relates to the raw bytes it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Byte for byte: a part of the run has its own place.
    Linear,
    /// One unit, such as an entity or an encoded word: any part of it maps to all of it.
    Atomic,
    /// Three bytes for four characters (RFC 4648): each byte maps to the two characters that hold
    /// its bits. `raw` starts at a group; the run starts `phase` bytes (0–2) into that group.
    Base64 { phase: u8 },
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
        self.segments.push(Segment { text: Span::new(at, at + len), raw, kind: Kind::Atomic });
    }

    /// Appends `groups` whole base64 groups, each three decoded bytes, whose characters stand
    /// without a gap from `raw_start` on.
    pub fn push_base64(&mut self, groups: usize, raw_start: usize) {
        if groups == 0 {
            return;
        }
        let at = self.len();
        self.segments.push(Segment {
            text: Span::new(at, at + groups * 3),
            raw: Span::new(raw_start, raw_start + groups * 4),
            kind: Kind::Base64 { phase: 0 },
        });
    }

    /// Appends the pieces of `other`, whose raw places are kept as they are.
    pub fn append(&mut self, other: &SourceMap) {
        let at = self.len();
        self.segments.extend(
            other
                .segments
                .iter()
                .map(|s| Segment { text: Span::new(at + s.text.start as usize, at + s.text.end as usize), ..*s }),
        );
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
        Span { start, end: end.max(start) }
    }

    /// This map (inner text → middle text) followed by `outer` (middle text → file).
    #[must_use]
    pub fn compose(&self, outer: &SourceMap) -> SourceMap {
        let mut out = SourceMap::default();
        for segment in &self.segments {
            match segment.kind {
                Kind::Atomic => out.push_atomic(segment.text.len(), outer.to_source(segment.raw)),
                Kind::Linear => outer.each_piece(segment.raw, |piece| out.push(piece)),
                Kind::Base64 { .. } => match outer.linear(segment.raw) {
                    Some(raw) => out.push(Segment { raw, ..*segment }),
                    None => segment.text.range().for_each(|at| {
                        let byte = segment.raw_of(at as u32);
                        out.push_atomic(1, outer.to_source(byte));
                    }),
                },
            }
        }
        out
    }

    /// Appends a piece after the last, whatever text place it names.
    fn push(&mut self, piece: Segment) {
        match piece.kind {
            Kind::Linear => self.push_linear(piece.text.len(), piece.raw.start as usize),
            _ => {
                let at = self.len();
                let text = Span::new(at, at + piece.text.len());
                self.segments.push(Segment { text, ..piece });
            }
        }
    }

    /// Calls `visit` with each piece of `span` that lies in one segment.
    fn each_piece(&self, span: Span, mut visit: impl FnMut(Segment)) {
        let first = self.segments.partition_point(|s| s.text.end <= span.start);
        for segment in self.segments[first..].iter().take_while(|s| s.text.start < span.end) {
            visit(segment.cut(span));
        }
    }

    /// The raw place of `span` when it is byte for byte the same there.
    fn linear(&self, span: Span) -> Option<Span> {
        let index = self.segments.partition_point(|s| s.text.end <= span.start);
        let segment = self.segments.get(index)?;
        let whole = segment.kind == Kind::Linear && segment.text.contains(span);
        whole.then(|| segment.cut(span).raw)
    }

    /// The raw bytes behind the decoded byte at `at`.
    fn raw_of(&self, at: u32) -> Span {
        let index = self.segments.partition_point(|s| s.text.end <= at);
        match self.segments.get(index) {
            Some(segment) => segment.raw_of(at),
            None => {
                let end = self.segments.last().map_or(0, |s| s.raw.end);
                Span { start: end, end }
            }
        }
    }
}

impl Segment {
    /// The raw bytes behind the decoded byte at `at`, which lies in this segment.
    fn raw_of(&self, at: u32) -> Span {
        let offset = at - self.text.start;
        let (start, len) = match self.kind {
            Kind::Atomic => return self.raw,
            Kind::Linear => (offset, 1),
            Kind::Base64 { phase } => {
                let byte = offset + u32::from(phase);
                (byte / 3 * 4 + byte % 3, 2)
            }
        };
        let start = self.raw.start + start;
        Span { start, end: start + len }
    }

    /// The part of this segment that lies in `span`, which overlaps it.
    fn cut(&self, span: Span) -> Segment {
        let text = Span { start: span.start.max(self.text.start), end: span.end.min(self.text.end) };
        let raw = Span { start: self.raw_of(text.start).start, end: self.raw_of(text.end - 1).end };
        match self.kind {
            Kind::Atomic | Kind::Linear => Segment { text, raw, kind: self.kind },
            Kind::Base64 { phase } => {
                let byte = text.start - self.text.start + u32::from(phase);
                let raw = Span { start: self.raw.start + byte / 3 * 4, end: raw.end };
                // Below three by the remainder.
                Segment { text, raw, kind: Kind::Base64 { phase: (byte % 3) as u8 } }
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
